"""Certainly, likely, possibly: what each day in custody rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers.standing import Standing, by_spell
from habeas.answers.standings import Standings
from habeas.answers.states import Level
from habeas.cases.choose import Preference
from habeas.cases.spells import spells_of
from habeas.nouns import Case, Casebook, Draft, Team
from tests.answers.conftest import drafts_of
from tests.cases.test_spells import _mentions, _statements
from tests.strategies import DAYS, custody_drafts

Fold = Callable[..., Casebook[Team]]
HORIZON = 180


def standing(case: Case, day: date, horizon: int) -> Standing:
    return Standings(case, horizon).standing(day.toordinal())


@pytest.mark.parametrize(
    ("said", "day", "level", "reason"),
    [
        ([("detained", "2021-07-14"), ("released", "2025-12-13")], "2021-07-13", Level.OUT, "not yet detained"),
        ([("detained", "2021-07-14"), ("released", "2025-12-13")], "2021-07-14", Level.CERTAIN, ""),
        ([("detained", "2021-07-14"), ("released", "2025-12-13")], "2025-12-12", Level.CERTAIN, ""),
        ([("detained", "2021-07-14"), ("released", "2025-12-13")], "2025-12-13", Level.OUT, "released by then"),
        ([("detained", "2021"), ("released", "2025-12-13")], "2021-12-31", Level.CERTAIN, ""),
        ([("detained", "2021"), ("released", "2025-12-13")], "2021-08-01", Level.LIKELY, "arrest is imprecise (2021)"),
        (
            [("detained", "2021"), ("released", "2025-12-13")],
            "2021-05-01",
            Level.POSSIBLE,
            "arrest is imprecise (2021)",
        ),
        (
            [("detained", "2021-01-01"), ("released", "2025")],
            "2025-03-01",
            Level.POSSIBLE,
            "release is imprecise (2025)",
        ),
        (
            [("detained", "2021-01-01"), ("released", "2025")],
            "2025-09-01",
            Level.POSSIBLE,
            "release is imprecise (2025)",
        ),
        ([("detained", "2021-01-01"), ("released", "2025")], "2024-12-31", Level.CERTAIN, ""),
        ([("detained", "2021-01-01")], "2021-03-01", Level.LIKELY, "no exit on record; last evidence 2021-01-01"),
        ([("detained", "2021-01-01")], "2022-03-01", Level.POSSIBLE, "no exit on record; last evidence 2021-01-01"),
        (
            [("detained", "2021-01-01"), ("sentence", "P5Y")],
            "2025-12-31",
            Level.LIKELY,
            "the term on record runs to 2026-01-01",
        ),
        ([("detained", "2021-01-01"), ("sentence", "P1Y")], "2022-02-01", Level.POSSIBLE, "ran out on 2022-01-01"),
        ([("detained", "2021-01-01"), ("sentence", "P1Y")], "2023-02-01", Level.OUT, "ran out on 2022-01-01"),
        ([("detained", "2021-01-01"), ("held_on", "2023-01-01")], "2022-06-01", Level.CERTAIN, ""),
        (
            [("detained", "2021-01-01"), ("held_on", "2023-01-01")],
            "2023-02-01",
            Level.LIKELY,
            "last evidence 2023-01-01",
        ),
        ([("held_on", "2023-01-01")], "2022-06-01", Level.POSSIBLE, "the arrest is not on record"),
        ([("held_on", "2023-01-01"), ("released", "2024-01-01")], "2023-06-01", Level.CERTAIN, ""),
        (
            [("recognised", "2023-01-01"), ("released", "2024-01-01")],
            "2023-06-01",
            Level.LIKELY,
            "the arrest is not on record",
        ),
        ([("recognised", "2023-01-01")], "2023-03-01", Level.LIKELY, "last evidence 2023-01-01"),
        ([("recognised", "2023-01-01")], "2022-12-01", Level.POSSIBLE, "the arrest is not on record"),
        ([("recognised", "2023-01-01")], "2020-12-01", Level.OUT, "first evidence of custody is of 2023-01-01"),
        ([("released", "2023-01-01")], "2020-12-01", Level.OUT, "first evidence of custody is of 2023-01-01"),
        ([("released", "2023-01-01")], "2022-12-01", Level.POSSIBLE, "the arrest is not on record"),
        # Seen on some day of a span: sure on its first day where the arrest was before, on its last where custody went on.
        ([("detained", "2021-01-01"), ("held_on", "2023-05~")], "2023-03-01", Level.CERTAIN, ""),
        ([("held_on", "2023-05"), ("held_on", "2024-05-01")], "2023-09-01", Level.CERTAIN, ""),
        ([("held_on", "2023-05"), ("released", "2024-01-01")], "2023-09-01", Level.CERTAIN, ""),
        ([("held_on", "2023-05")], "2023-09-01", Level.LIKELY, "last evidence 2023-05-31"),
        ([("held_on", "2023-05")], "2023-05-15", Level.POSSIBLE, "the arrest is not on record"),
        (
            [("held_on", "../2020-01-01"), ("held_on", "2023-05~")],
            "2020-01-01",
            Level.LIKELY,
            "last evidence 2020-01-01",
        ),
        ([("born", "1980")], "2022-12-01", Level.OUT, "dates this person's custody"),
        (
            [("detained", "2021-01-01"), ("detained", "2021-01-05"), ("released", "2022")],
            "2021-01-03",
            Level.LIKELY,
            "sources disagree on the arrest",
        ),
    ],
)
def test_levels(fold_drafts: Fold, said: list[tuple[str, str]], day: str, level: Level, reason: str) -> None:
    drafts = [
        d
        for number, one in enumerate(said)
        for d in drafts_of({f"entry:list-{number if one[0] != 'sentence' else 0}:p": [one]}, source=f"source:{number}")
    ]
    found = standing(fold_drafts(drafts).cases["C-p"], date.fromisoformat(day), HORIZON)
    assert (found.level, reason in found.reason) == (level, True), found.reason


def test_disagreement_on_the_release(fold_drafts: Fold) -> None:
    drafts = [
        *drafts_of({"entry:a:p": [("detained", "2021-01-01"), ("released", "2022-06-01")]}, source="source:a"),
        *drafts_of({"entry:b:p": [("released", "2022-06-10")]}, source="source:b"),
        *drafts_of({"entry:c:p": [("released", "2022-06-10")]}, source="source:c"),
    ]
    case = fold_drafts(drafts).cases["C-p"]
    assert standing(case, date(2022, 5, 31), HORIZON).level is Level.CERTAIN
    between = standing(case, date(2022, 6, 5), HORIZON)
    assert (between.level, between.reason) == (Level.LIKELY, "sources disagree on the release")
    assert standing(case, date(2022, 6, 10), HORIZON).level is Level.OUT


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(custody_drafts(), max_size=8), DAYS, st.integers(0, 400))
def test_an_older_horizon_never_raises_a_level(drafts: list[Draft], day: date, horizon: int) -> None:
    """A shorter horizon is stricter for the best reading; nobody certain depends on it."""
    spells, _ = spells_of(_mentions(_statements(drafts)), Preference(order=(), names={}))
    for spell in spells:
        short, long = by_spell(spell, day, horizon), by_spell(spell, day, horizon + 100)
        assert short.level <= long.level
        assert (short.level is Level.CERTAIN) == (long.level is Level.CERTAIN)


def test_a_row_whose_release_lies_before_its_arrest_proves_nothing(fold_drafts: Fold) -> None:
    row = drafts_of({"entry:a:p": [("detained", "2025-03-05"), ("released", "2025-03-01")]})
    case = fold_drafts(row).cases["C-p"]
    (spell,) = case.spells
    assert spell.end is None
    assert any("lies before the arrest in the same entry" in d for d in spell.doubts)
    assert standing(case, date(2025, 3, 4), HORIZON).level is Level.OUT
    after = standing(case, date(2025, 3, 6), HORIZON)
    assert (after.level, after.reason) == (
        Level.POSSIBLE,
        "the release on record lies before the arrest in the same entry",
    )
    other = drafts_of({"entry:b:p": [("detained", "2025-02-01"), ("released", "2025-03-01")]}, source="source:b")
    told = standing(fold_drafts([*row, *other]).cases["C-p"], date(2025, 2, 15), HORIZON)
    assert told.level in (Level.LIKELY, Level.CERTAIN)


def test_who_is_off_a_list_is_no_more_than_possibly_inside(fold_drafts: Fold) -> None:
    rows = [("detained", "2023-01-01"), ("held_on", "2023-05-01"), ("absent_since", "2023-08-01")]
    case = fold_drafts(drafts_of({"entry:a:p": rows})).cases["C-p"]
    assert standing(case, date(2023, 7, 31), HORIZON).level is Level.LIKELY
    left = standing(case, date(2023, 8, 1), HORIZON)
    assert (left.level, "off a list since 2023-08-01" in left.reason) == (Level.POSSIBLE, True)
    seen = drafts_of({"entry:b:p": [("held_on", "2023-09-01")]})
    assert (
        standing(fold_drafts([*drafts_of({"entry:a:p": rows}), *seen]).cases["C-p"], date(2023, 9, 2), HORIZON).level
        is Level.LIKELY
    )


def test_who_was_seen_free_was_out_by_then(fold_drafts: Fold) -> None:
    case = fold_drafts(drafts_of({"entry:a:p": [("detained", "2023-01-01"), ("not_held_on", "2023-05-01")]})).cases[
        "C-p"
    ]
    assert case.spells[0].end is not None
    assert case.spells[0].end.value == "../2023-05-01"
    assert standing(case, date(2023, 5, 1), HORIZON).level is Level.OUT
    never = fold_drafts(drafts_of({"entry:a:p": [("not_held_on", "2023-05-01")]})).cases["C-p"]
    assert never.spells == ()
