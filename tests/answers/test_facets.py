"""The people inside by a property, and which sentences are no custody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from habeas.errors import UsageError
from habeas.nouns import Casebook, Team
from tests.answers.conftest import drafts_of
from tests.answers.test_questions import LIST, asked

Fold = Callable[..., Casebook[Team]]
Said = list[tuple[str, str]]
HELD: Said = [("list", "list:a"), ("detained", "2022-01-01"), ("held_on", "2024-12-31")]


def rows(book: Casebook[Team], by: str, on: str = "2023-01-01") -> dict[str, tuple[int, int, int]]:
    found = asked(book, "inside", on, by=by)
    return {r["value"]: (r["low"], r["best"], r["high"]) for r in found.more["facet"]}


def test_each_value_has_its_own_bounds_and_what_is_not_on_record_a_row(fold_drafts: Fold) -> None:
    people = {
        "entry:a:p": [*HELD, ("name", "Person P"), ("article", "342"), ("article", "361"), ("sex", "female")],
        "entry:a:q": [*HELD, ("name", "Person Q"), ("article", "342")],
        "entry:a:r": [("list", "list:a"), ("name", "Person R"), ("held_on", "2024-12-31"), ("sex", "male")],
    }
    book = fold_drafts(drafts_of({**LIST, **people}))
    assert rows(book, "article") == {"342": (2, 2, 2), "361": (1, 1, 1), "not on record": (0, 0, 1)}
    assert rows(book, "sex") == {"female": (1, 1, 1), "male": (0, 0, 1), "not on record": (1, 1, 1)}
    assert list(rows(book, "sex"))[-1] == "not on record"
    with pytest.raises(UsageError, match="--by takes charge, article"):
        asked(book, "inside", "2023-01-01", by="colour")


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ("1993-01-01", "30-44"),
        ("1993-01-02", "18-29"),
        ("1993", "18-29 or 30-44"),
        ("2010", "under 18"),
        ("1900", "60 and over"),
        ("2024", "not on record"),  # after the day asked
        ("../1990", "not on record"),
    ],
)
def test_an_age_is_that_on_the_day_asked(fold_drafts: Fold, born: str, band: str) -> None:
    book = fold_drafts(drafts_of({**LIST, "entry:a:p": [*HELD, ("name", "Person P"), ("born", born)]}))
    assert list(rows(book, "age")) == [band]


def test_named_by_one_origin_or_more(fold_drafts: Fold) -> None:
    lists = {
        **LIST,
        "list:b": [("title", "Another"), ("means", "held"), ("based_on", "publisher a")],
        "list:c": [("title", "A third"), ("means", "held"), ("publisher", "Publisher C")],
    }
    copied = {"entry:a:p": [*HELD, ("name", "Person P")], "entry:b:p": [("list", "list:b"), ("name", "Person P")]}
    assert list(rows(fold_drafts(drafts_of({**lists, **copied})), "confirmed")) == ["named by one origin"]
    third = {"entry:c:p": [("list", "list:c"), ("name", "Person P")]}
    assert list(rows(fold_drafts(drafts_of({**lists, **copied, **third})), "confirmed")) == [
        "named by two origins or more"
    ]


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ([], "likely"),
        ([("regime", "general"), ("sentenced", "2022-06-01")], "likely"),
        ([("regime", "khimiya"), ("sentenced", "2022-06-01")], "likely"),
        ([("regime", "house_arrest"), ("sentenced", "2022-06-01")], None),
        ([("regime", "suspended"), ("sentenced", "2022-06-01")], None),
        ([("regime", "fine"), ("sentenced", "2022-06")], None),
        ([("regime", "home_khimiya"), ("sentenced", "2022-06-01")], None),
        ([("regime", "home_khimiya")], "possible"),
        ([("regime", "suspended"), ("sentenced", "2023-06-01")], "likely"),  # on remand until then
        ([("regime", "suspended"), ("sentenced", "2022-06-01"), ("held_on", "2022-12-01")], "likely"),
    ],
)
def test_a_sentence_that_takes_nobodys_liberty_ends_custody(fold_drafts: Fold, more: Said, level: str | None) -> None:
    said: Said = [("list", "list:a"), ("name", "Person P"), ("detained", "2022-01-01"), ("recognised", "2022-12-20")]
    book = fold_drafts(drafts_of({**LIST, "entry:a:p": [*said, *more]}))
    people = asked(book, "inside", "2023-01-01").more["people"]
    assert [p["level"] for p in people] == ([] if level is None else [level])


def test_every_kind_of_custody_is_a_row_of_its_own(fold_drafts: Fold) -> None:
    people = {
        f"entry:a:{regime}": [*HELD, ("name", f"Person {regime}"), ("regime", regime)]
        for regime in ("general", "special", "prison", "khimiya", "house_arrest", "compulsory_treatment")
    }
    kinds = {
        s["value"]: s["high"]
        for s in asked(fold_drafts(drafts_of({**LIST, **people})), "inside", "2023-01-01").more["regimes"]
    }
    assert kinds == {
        "colony": 2,
        "prison regime": 1,
        "open-type institution (khimiya)": 1,
        "compulsory treatment": 1,
        "not on record": 1,  # house arrest is a limit, and no kind of custody
    }


def test_definitions_stand_side_by_side(fold_drafts: Fold) -> None:
    people = {"entry:a:p": [*HELD, ("name", "Person P")], "entry:a:q": [*HELD, ("name", "Person Q")]}
    assessments: dict[str, Said] = {
        "assessment:1": [
            ("entry", "entry:a:p"),
            ("by", "Assessor A"),
            ("definition", "pace_1900"),
            ("criteria", "a"),
            ("criteria", "c"),
            ("finding", "yes"),
            ("on", "2022-05"),
        ],
        "assessment:2": [("entry", "entry:a:p"), ("by", "Viasna"), ("definition", "viasna"), ("finding", "yes")],
        "assessment:3": [("entry", "entry:a:q"), ("by", "Viasna"), ("definition", "viasna"), ("finding", "no")],
        "assessment:4": [
            ("entry", "entry:a:q"),
            ("by", "B"),
            ("definition", "other"),
            ("finding", "yes"),
            ("on", "2024"),
        ],
    }
    book = fold_drafts(drafts_of({**LIST, **people, **assessments}))
    assert rows(book, "definition") == {
        "Assessor A, by PACE Resolution 1900 (a, c): is one": (1, 1, 1),
        "Viasna, by Viasna's definition: is one": (1, 1, 1),
        "Viasna, by Viasna's definition: is none": (1, 1, 1),
    }
