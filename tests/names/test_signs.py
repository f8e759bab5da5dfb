"""A full name in a text, however it is spelt; and what is nobody's full name."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from habeas.names import name_signs, surname_stems, tells

HERE = Path(__file__).parent


def rows(file: str) -> list[list[str]]:
    """Written by hand, from how newspapers and registers print these names, and not from the tables of the code."""
    with (HERE / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def named(name: str, text: str) -> bool:
    signs = name_signs(name)
    stems = {stem for _, stem in signs}
    return tells(text, lambda word: surname_stems(word) & stems, lambda sign, stem: (sign, stem) in signs)


RESPELT = rows("respellings.csv")


def test_six_people_are_respelt_thirty_times() -> None:
    most = Counter(name for name, _ in RESPELT).most_common(6)
    assert min(number for _, number in most) >= 30


@pytest.mark.parametrize(("name", "spelling"), RESPELT)
def test_a_name_is_found_however_it_is_spelt(name: str, spelling: str) -> None:
    for text in (spelling, f"Учора {spelling} была тут. Потым", f"list: {spelling}; 3 more", f"<b>{spelling}</b>"):
        assert named(name, text), text


@pytest.mark.parametrize(("name", "text"), rows("others.csv"))
def test_what_is_not_the_full_name_is_not_found(name: str, text: str) -> None:
    assert not named(name, text)


def test_a_name_is_found_though_what_is_not_seen_parts_it() -> None:
    assert named("Ihar Losik", "Иг\u00adорь Ло\u200bсик")
    assert named("Ihar Losik", "<td>Лосик</td>\n<td>Игорь</td>")


def test_an_initial_on_record_stands_for_each_name_it_may_be_of() -> None:
    assert named("I. Losik", "Ігар Лосік")
    assert not named("I. Losik", "Дарья Лосик")
