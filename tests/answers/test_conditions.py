"""Conditions of a deal as the record answers them: met, not met, or cannot say and what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from habeas.nouns import Casebook, Team
from tests.answers.conftest import drafts_of
from tests.answers.test_questions import asked

Fold = Callable[..., Casebook[Team]]
Said = dict[str, list[tuple[str, str]]]

BASE: Said = {
    "release:R": [("date", "2022-06-01"), ("title", "A release"), ("status", "executed"), ("country", "BY")],
    "deal:D": [("date", "2022-06-01"), ("title", "A deal"), ("status", "executed"), ("release", "release:R")],
    "list:a": [("title", "A list"), ("covers_period", "2020/2023"), ("means", "held"), ("extent", "sample")],
    "list:out": [("title", "Freed"), ("means", "released")],
    "figure:all": [("release", "release:R"), ("figure", "announced"), ("n", "10")],
}


def part(n: int, to: str, **more: str) -> list[tuple[str, str]]:
    said = {"figure": "part", "part_of": "all", "split": "destination", **more}
    return [("release", "release:R"), ("n", str(n)), ("destination", to), *said.items()]


def figure(kind: str, n: int, **more: str) -> list[tuple[str, str]]:
    return [("release", "release:R"), ("figure", kind), ("n", str(n)), *more.items()]


def freed(*said: tuple[str, str]) -> Said:
    held = [("list", "list:a"), ("name", "Person P"), ("detained", "2021-01-01"), ("released", "2022-06-01")]
    return {
        "entry:a:p": held,
        "entry:out:p": [
            ("list", "list:out"),
            ("name", "Person P"),
            ("released", "2022-06-01"),
            ("released_in", "release:R"),
            *said,
        ],
    }


def kept(fold_drafts: Fold, rows: Said, test: str, day: str = "2022-12-01", place: str = "") -> tuple[str, str]:
    condition = [("deal", "deal:D"), ("what", "as stated"), ("test", test), *([("place", place)] if place else [])]
    book = fold_drafts(drafts_of({**BASE, **rows, "condition:c": condition}))
    (found,) = asked(book, "progress", day, id="D").more["conditions"]
    return found["kept"], found["why"]


@pytest.mark.parametrize(
    ("rows", "verdict", "why"),
    [
        ({"figure:lt": part(4, "LT"), "figure:ua": part(6, "UA")}, "not met", "some were taken to Ukraine"),
        ({"figure:lt": part(4, "LT"), "figure:h": part(6, "home")}, "not met", "4 of 10 announced taken abroad"),
        ({"figure:lt": part(4, "LT"), "figure:pl": part(6, "PL")}, "not met", "some were taken to Poland"),
        (
            {"figure:lt": part(4, "LT"), "figure:ua": part(5, "UA")},
            "cannot say",
            "no figure says it of all 10 announced",
        ),
        ({"figure:x": figure("crossed", 9, destination="LT")}, "not met", "9 of 10 announced taken abroad"),
        ({"figure:x": figure("stayed", 1)}, "not met", "1 stayed in the country"),
        ({}, "cannot say", "person by person it is on record of 0"),
        (freed(("taken_to", "LT")), "cannot say", "person by person it is on record of 1"),
        (freed(("taken_to", "BY")), "not met", "0 of 1 named taken abroad"),
    ],
)
def test_all_were_expelled(fold_drafts: Fold, rows: Said, verdict: str, why: str) -> None:
    found = kept(fold_drafts, rows, "all_expelled", place="LT")
    assert found[0] == verdict
    assert why in found[1]


def test_all_were_expelled_wherever_to(fold_drafts: Fold) -> None:
    found = kept(fold_drafts, {"figure:lt": part(4, "LT"), "figure:ua": part(6, "UA")}, "all_expelled")
    assert found == ("met", "10 of 10 announced taken abroad")


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ({"figure:lt": figure("crossed", 3, destination="LT")}, "met"),
        (freed(("taken_to", "LT")), "met"),
        ({"figure:lt": figure("crossed", 3, destination="PL")}, "not met"),
        (freed(("taken_to", "PL")), "not met"),
        ({"figure:x": figure("stayed", 10)}, "not met"),
        ({"figure:x": figure("crossed", 3)}, "cannot say"),
        ({}, "cannot say"),
    ],
)
def test_taken_to_a_place(fold_drafts: Fold, rows: Said, verdict: str) -> None:
    assert kept(fold_drafts, rows, "taken_to", place="LT")[0] == verdict


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        (freed(("papers", "withheld")), "met"),
        (freed(("papers", "kept")), "not met"),
        (freed(), "cannot say"),
        ({"entry:out:p": [("name", "Person P"), ("released", "2019"), ("papers", "withheld")]}, "cannot say"),
    ],
)
def test_papers_withheld(fold_drafts: Fold, rows: Said, verdict: str) -> None:
    assert kept(fold_drafts, rows, "papers_withheld")[0] == verdict


def test_nobody_expelled_where_all_stayed(fold_drafts: Fold) -> None:
    assert kept(fold_drafts, {"figure:x": figure("stayed", 10)}, "no_expulsion")[0] == "met"
    assert kept(fold_drafts, freed(("release_kind", "expelled")), "no_expulsion")[0] == "not met"
    assert kept(fold_drafts, freed(("taken_to", "LT")), "no_expulsion")[0] == "cannot say"


@pytest.mark.parametrize(
    ("day", "verdict"), [("2022-06-05", "not met"), ("2022-07-01", "met"), ("2023-02-01", "not met")]
)
def test_the_relief_stands_from_its_act_to_its_end(fold_drafts: Fold, day: str, verdict: str) -> None:
    rows: Said = {
        "measure:m": [("date", "2020-01-01"), ("action", "imposed"), ("authority", "US")],
        "measure:gl": [("date", "2022-06-10"), ("action", "licensed"), ("authority", "US"), ("changes", "measure:m")],
        "measure:e": [("date", "2023-01-31"), ("action", "revoked"), ("authority", "US"), ("changes", "measure:gl")],
        "leg:l": [
            ("deal", "deal:D"),
            ("side", "relief"),
            ("giver", "US"),
            ("effect", "licensed"),
            ("act_on", "2022-06-10"),
            ("measure", "measure:gl"),
        ],
    }
    assert kept(fold_drafts, rows, "relief_stands", day)[0] == verdict


def test_a_word_without_an_act_is_no_relief_that_stands(fold_drafts: Fold) -> None:
    leg = [("deal", "deal:D"), ("side", "relief"), ("giver", "US"), ("said", "lifted"), ("said_on", "2022-06-01")]
    found = kept(fold_drafts, {"leg:l": leg}, "relief_stands")
    assert found == ("cannot say", "no legal act of relief is on record")


@pytest.mark.parametrize(
    ("on", "n", "op", "verdict"),
    [
        ("2024-05-20", "13", "gt", "not met"),
        ("2024-05-20", "0", "eq", "cannot say"),
        ("2024-05-20", "13", "lt", "cannot say"),
        ("2024-01-20", "13", "eq", "cannot say"),  # of months before
        ("2024-06-20", "13", "eq", "cannot say"),  # after the day
        ("2022-05-20", "13", "eq", "cannot say"),  # before the deal
    ],
)
def test_all_released_by_what_others_counted(fold_drafts: Fold, on: str, n: str, op: str, verdict: str) -> None:
    count = [("kind", "stock"), ("on", on), ("n", n), ("op", op), ("by", "A"), ("population", "political_prisoners")]
    assert kept(fold_drafts, {"count:x": count}, "all_released", "2024-06-01")[0] == verdict


def test_on_a_day_that_no_list_covers_it_says_what_is_missing(fold_drafts: Fold) -> None:
    found = kept(fold_drafts, {}, "all_released", "2024-06-01")
    assert found == ("cannot say", "no list of this book covers 2024-06-01, and nobody published a count near it")
