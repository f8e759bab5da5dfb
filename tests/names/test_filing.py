"""Names as directories file them: by the surname where it can be told, in the order of the alphabets."""

from __future__ import annotations

import pytest

from habeas.names.parse import by_surname
from habeas.publish.names import filing


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Ales Bialiatski", "Bialiatski Ales"),
        ("Алесь Бяляцкі", "Бяляцкі Алесь"),
        ("Алесь Віктаравіч Бяляцкі", "Бяляцкі Алесь Віктаравіч"),
        ("Бяляцкі Алесь Віктаравіч", "Бяляцкі Алесь Віктаравіч"),
        # Nothing tells which word is the surname, or it stands first already.
        ("刘晓波", "刘晓波"),
        ("Aung San Suu Kyi", "Aung San Suu Kyi"),
        ("Phạm Đoan Trang", "Phạm Đoan Trang"),
        ("", ""),
    ],
)
def test_the_surname_comes_first_where_it_can_be_told(name: str, filed: str) -> None:
    assert by_surname(name) == filed


def test_no_word_of_a_name_is_lost() -> None:
    for name in ("Ales Bialiatski", "Бяляцкі А. В.", "Maria Kalesnikava (Мария Колесникова)", "Ihar Losik-Losik"):
        assert sorted(by_surname(name).split()) == sorted(name.split())


def test_letters_stand_where_their_alphabets_place_them() -> None:
    assert sorted(["Zidane", "Łabno", "Madej", "Lato"], key=filing) == ["Lato", "Łabno", "Madej", "Zidane"]
    assert sorted(["Ярош", "Ігнатюк", "Йовенко", "Ґеник", "Дмитрук", "Гнатюк"], key=filing) == [
        "Гнатюк", "Ґеник", "Дмитрук", "Ігнатюк", "Йовенко", "Ярош",
    ]  # fmt: skip
