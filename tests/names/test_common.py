"""Names that many bear, of real lists of them and of real people, and names that are few people's."""

from __future__ import annotations

import re

import pytest

from habeas.names import common
from habeas.names.tables import rows

MANY = (
    "王伟", "李娜", "Wang Wei", "陳志明", "陈志明", "Chen Chih-ming", "김지우", "Kim Ji-woo", "Nguyễn Văn Hùng", "Nguyen Van Hung",
    "محمد أحمد علي", "Mohamed Ahmed", "Ali Hussein", "محمد علی", "علی محمدی", "Mohammad Ahmadi", "Dr. Mohammad Ali",
    "Məmmədov Əli", "Elchin Mammadov", "Эльчин Мамедов", "Иван Иванов", "Иванова Мария", "Олександр Шевченко", "Сергей Новик", "Ahmet Yılmaz",
    "Juan González", "María García", "Juan Carlos Pérez García", "Maria Silva", "John Smith", "გიორგი ბერიძე", "Արթուր Գևորգյան",
)  # fmt: skip
FEW = (
    "刘晓波", "Liu Xiaobo", "Li Keqiang", "박근혜", "Kim Jong-un", "Phạm Đoan Trang", "Narges Mohammadi", "نرگس محمدی",
    "Ales Bialiatski", "Алесь Бяляцкі", "Марыя Калеснікава", "Alexei Navalny", "José Daniel Ferrer García", "Maykel Castillo Pérez",
    "Alaa Abd El-Fattah", "Ilham Tohti", "Wa Lone", "Ali Dehghan", "Min Ko Naing", "Иван Сергеевич Иванов", "Ali", "Иванов", "", "1956-08-12",
)  # fmt: skip


@pytest.mark.parametrize("name", MANY)
def test_many_people_bear_it(name: str) -> None:
    assert common(name)
    assert common(name.upper())


@pytest.mark.parametrize("name", FEW)
def test_few_people_bear_it_or_it_is_half_a_name(name: str) -> None:
    assert not common(name)


@pytest.mark.parametrize("row", list(rows("common.csv")), ids=lambda row: f"{row['where']} {row['part']}")
def test_no_form_stands_twice_and_every_form_has_letters(row: dict[str, str]) -> None:
    forms = re.split(r"[|/]", row["names"])
    assert len(forms) == len(set(forms))
    assert all(any(map(str.isalpha, form)) and form == form.strip() for form in forms)
    assert row["part"] in ("surname", "given", "middle")
