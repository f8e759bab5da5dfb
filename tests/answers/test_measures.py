"""Measures by their own acts: renewed, suspended, run out, taken back; in force on a day."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from habeas.nouns import Casebook, Team
from tests.answers.conftest import drafts_of
from tests.answers.test_questions import asked

Fold = Callable[..., Casebook[Team]]


def act(
    identifier: str, day: str, action: str, until: str = "", changes: str = "", **more: str
) -> dict[str, list[tuple[str, str]]]:
    said = [("date", day), ("authority", "United States"), ("action", action), ("target", "nine companies")]
    said += [("until", until)] if until else []
    said += [("changes", f"measure:{changes}")] if changes else []
    return {f"measure:{identifier}": [*said, *more.items()]}


LICENCE = act("gl", "2015-10-29", "licensed", "2016-04-30", official_id="31 CFR 548")
RENEWED = act("gl-d", "2017-10-24", "renewed", "2018-04-30", "gl")
REVOKED = act("gl-h", "2021-04-19", "revoked", "2021-06-03", "gl-d")  # through another act


@pytest.mark.parametrize(
    ("day", "state", "until", "acts"),
    [
        ("2016-01-01", "in force", "2016-04-30", 1),
        ("2016-04-30", "in force", "2016-04-30", 1),
        ("2016-05-01", "ran out", "2016-04-30", 1),
        ("2018-01-01", "in force", "2018-04-30", 2),
        ("2021-05-01", "winding down", "2021-06-03", 3),
        ("2021-06-04", "taken back", "2021-06-03", 3),
    ],
)
def test_a_licence_with_its_renewals_and_its_end(
    fold_drafts: Fold, day: str, state: str, until: str, acts: int
) -> None:
    found = asked(fold_drafts(drafts_of({**REVOKED, **RENEWED, **LICENCE})), "measures", day)
    (row,) = found.more["measures"]
    assert (row["state"], row["until"], len(row["acts"]), row["official_ids"]) == (state, until, acts, ["31 CFR 548"])
    assert found.value == (state == "in force")
    assert asked(fold_drafts(drafts_of(LICENCE)), "measures", "2015-10-28").more["measures"] == []


@pytest.mark.parametrize(
    ("acts", "day", "state"),
    [
        (act("a", "2015", "suspended", "2016-02-29"), "2016-01-01", "suspended"),
        (act("a", "2015", "suspended", "2016-02-29"), "2017-01-01", "cannot say"),
        (act("a", "2015", "imposed"), "2015-06-01", "cannot say"),  # its day may not have come
        (act("a", "2015", "imposed"), "2030-06-01", "in force"),
        ({**act("a", "2015", "imposed"), **act("b", "2016-01-01", "lifted", changes="a")}, "2016-02-01", "lifted"),
        ({**act("a", "2015", "imposed", "2016"), **act("b", "2015-12-01", "maintained", changes="a")}, "2016-06-01", "in force"),
        (act("a", "2015", "announced"), "2016-01-01", "announced only"),
        (act("a", "2015-01-01", "revoked"), "2016-01-01", "taken back"),
        ({**act("a", "2015-01-01", "imposed", changes="b"), **act("b", "2015-01-02", "imposed", changes="a")}, "2016-01-01", "in force"),
    ],
)  # fmt: skip
def test_how_a_measure_stands(fold_drafts: Fold, acts: dict[str, list[tuple[str, str]]], day: str, state: str) -> None:
    rows = asked(fold_drafts(drafts_of(acts)), "measures", day).more["measures"]
    assert {r["state"] for r in rows} == {state}


def test_only_what_is_asked_for(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**LICENCE, **act("other", "2020-01-01", "imposed", name="Somebody Else")}))
    assert asked(book, "measures", "2021-01-01").value == 1
    assert [r["measure"] for r in asked(book, "measures", "2021-01-01", target="cfr 548").more["measures"]] == ["gl"]
    assert [r["measure"] for r in asked(book, "measures", "2021-01-01", target="somebody").more["measures"]] == [
        "other"
    ]
    assert asked(book, "measures", "2021-01-01", authority="Union").more["measures"] == []
