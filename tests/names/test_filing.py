"""Names as directories of each people file them: by the first of two surnames, by the last, without an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.names import custom_of, filed_as, pinyin


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Ales Bialiatski", "Bialiatski Ales"),
        ("Алесь Бяляцкі", "Бяляцкі Алесь"),
        ("Алесь Віктаравіч Бяляцкі", "Бяляцкі Алесь Віктаравіч"),
        ("Бяляцкі Алесь Віктаравіч", "Бяляцкі Алесь Віктаравіч"),
        # Nothing tells which word is the surname, or it stands first already.
        ("刘晓波", "刘晓波"),
        ("Алесь Алесь Б.", "Алесь Алесь Б."),
        ("Aung San Suu Kyi", "Aung San Suu Kyi"),
        ("Phạm Đoan Trang", "Phạm Đoan Trang"),
        ("", ""),
    ],
)
def test_where_nobody_says_whose_name_it_is_the_surname_comes_first_if_it_can_be_told(name: str, filed: str) -> None:
    assert filed_as(name) == filed


@pytest.mark.parametrize(
    ("custom", "name", "filed"),
    [
        # The first of two surnames; one surname behind two given names; particles go with it and do not file it.
        ("es", "Maykel Castillo Pérez", "Castillo Pérez Maykel"),
        ("es", 'Maykel "Osorbo" Castillo Pérez', 'Castillo Pérez Maykel "Osorbo"'),
        ("es", "José Daniel Ferrer García", "Ferrer García José Daniel"),
        ("es", "José Daniel Ferrer", "Ferrer José Daniel"),
        ("es", "Luis Manuel Otero Alcántara", "Otero Alcántara Luis Manuel"),
        ("es", "María Corina Machado Parisca", "Machado Parisca María Corina"),
        ("es", "María Corina Machado", "Machado María Corina"),
        ("es", "María de los Ángeles Matienzo Puerto", "Matienzo Puerto María de los Ángeles"),
        ("es", "Rocío San Miguel Sosa", "San Miguel Sosa Rocío"),
        ("es", "Oscar Elías Biscet", "Biscet Oscar Elías"),
        ("es", "Juan de la Cruz", "Cruz Juan de la"),
        ("es", "Castillo Pérez, Maykel", "Castillo Pérez, Maykel"),
        ("es", "Ferrer", "Ferrer"),
        # The last surname; who is the younger is no surname.
        ("pt", "Luiz Inácio Lula da Silva", "Silva Luiz Inácio Lula da"),
        ("pt", "Tancredo de Almeida Neves", "Neves Tancredo de Almeida"),
        ("pt", "João Cabral de Melo Neto", "Melo Neto João Cabral de"),
        # Words that make one name; the article aside, where it is one.
        ("ar", "عبد الهادي الخواجة", "خواجة عبد الهادي ال"),
        ("ar", "علاء عبد الفتاح", "عبد الفتاح علاء"),
        ("ar", "نبيل رجب", "رجب نبيل"),
        ("ar", "Abdulhadi al-Khawaja", "Khawaja Abdulhadi al-"),
        ("ar", "Alaa Abd El-Fattah", "Abd El-Fattah Alaa"),
        ("fa", "نرگس محمدی", "محمدی نرگس"),
        ("fa", "عالیه مطلب زاده", "مطلب زاده عالیه"),
        ("fa", "روح الله نخعی", "نخعی روح الله"),
        ("fa", "Narges Mohammadi", "Mohammadi Narges"),
        # The last word, where a given name does not tell otherwise.
        ("eu", "Cécile Kohler", "Kohler Cécile"),
        ("eu", "Xiyue Wang", "Wang Xiyue"),
        ("eu", "Andrzej Poczobut", "Poczobut Andrzej"),
        ("eu", "Poczobut Andrzej", "Poczobut Andrzej"),
    ],
)
def test_each_people_has_its_custom(custom: str, name: str, filed: str) -> None:
    assert filed_as(name, custom) == filed


@pytest.mark.parametrize("name", ["何塞·丹尼尔·费雷尔", "خوسيه دانييل فيرير", "Хосе Даниел Ферер"])
def test_in_another_script_the_latin_spelling_tells_which_words_are_given_names(name: str) -> None:
    surname = name.replace("·", " ").split()[-1]
    assert filed_as(name, "es", ("José Daniel Ferrer García", "José Daniel Ferrer")).startswith(surname)


@pytest.mark.parametrize(
    ("name", "lang", "nationalities", "country", "custom"),
    [
        # What is known of the person goes before the book, and the book before the language of the list.
        ("Amir Hekmati", "en", ("US", "IR"), "IR", "fa"),
        ("Xiyue Wang", "en", ("US",), "IR", "eu"),
        ("Emad Sharghi", "en", ("IR",), "CU", "fa"),
        ("Maykel Castillo", "en", (), "CU", "es"),
        ("نيلوفر حميدي", "ar", (), "IR", "fa"),
        ("Otero Alcántara", "es", (), "", "es"),
        ("Алесь Бяляцкі", "be", (), "BY", ""),
        # A list in Spanish prints foreign names too.
        ("Ales Viktaravich Bialiatski", "es", (), "BY", ""),
        # The name itself.
        ("Maykel Castillo Pérez", None, (), "", "es"),
        ("María Corina Machado", "en", (), "", "es"),
        ("Sergio Ramirez", None, (), "", "es"),
        ("Ales Bialiatski", None, (), "", ""),
        ("Narges Mohammadi", None, (), "", ""),
        ("", None, (), "", ""),
    ],
)
def test_whose_custom_it_is(
    name: str, lang: str | None, nationalities: tuple[str, ...], country: str, custom: str
) -> None:
    assert custom_of(name, lang, nationalities, country) == custom


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("刘晓波", "liu xiao bo"), ("曾金燕", "zeng jin yan"), ("任志强", "ren zhi qiang"), ("查建英", "zha jian ying"),
        ("仇和", "qiu he"), ("单田芳", "shan tian fang"), ("單田芳", "shan tian fang"), ("尉迟恭", "yuchi gong"),
        ("欧阳修", "ou yang xiu"), ("乌戈·查韦斯", "wu ge · cha wei si"), ("", ""),
    ],
)  # fmt: skip
def test_a_chinese_family_name_is_read_as_one(name: str, read: str) -> None:
    assert pinyin(name) == read


WORDS = [
    "Maykel",
    "José",
    "Castillo",
    "Pérez",
    "de",
    "la",
    "San",
    "Filho",
    "عبد",
    "الخواجة",
    "محمد",
    "زاده",
    "Алесь",
    "Бяляцкі",
    "Ales",
    "刘晓波",
    "김",
]


@given(st.lists(st.sampled_from(WORDS), max_size=6), st.sampled_from(["", "es", "pt", "ar", "fa", "eu"]))
def test_no_letter_of_a_name_is_lost(words: list[str], custom: str) -> None:
    name = " ".join(words)
    assert sorted(filed_as(name, custom).replace(" ", "")) == sorted(name.replace(" ", ""))
