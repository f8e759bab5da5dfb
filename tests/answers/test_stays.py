"""Stays: since when each is watched, within what bounds it ended, and which way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers.columns import Stay, known_of
from habeas.answers.stays import FOLLOWED, WATCHED, facets
from habeas.nouns import Casebook, Team
from tests.answers import plain
from tests.answers.conftest import drafts_of
from tests.strategies import custody_drafts

Fold = Callable[..., Casebook[Team]]
DAY = date(2024, 1, 1)
LISTS: Mapping[str, list[tuple[str, str]]] = {
    "list:always": [("means", "named"), ("covers_period", "2000/2024"), ("published", "2022-06-01")],
    "list:late": [("means", "named"), ("covers_period", "2021-01-01/2024"), ("published", "2022-06-01")],
    "list:freed": [("means", "released"), ("covers_period", "2000/2024"), ("published", "2022-06-01")],
    "list:quiet": [("means", "named"), ("title", "says nothing of when it looks")],
}


def stay(fold: Fold, said: list[tuple[str, str]], listed: str = "always", **how: str) -> Stay | str:
    """The stay of one person, or why there is none."""
    rows: dict[str, list[tuple[str, str]]] = {k: list(v) for k, v in LISTS.items()}
    rows[f"entry:{listed}:a"] = [("name", "Person A"), *said]
    found = known_of(fold(drafts_of(rows)), DAY).stays(**how)
    return next(iter(found), None) or next(iter(found.left_out))


def bounds(found: Stay | str) -> tuple[int, int | None, int | None]:
    assert isinstance(found, Stay), found
    return found.low, found.high, found.entry


def test_an_exact_stay_has_the_length_of_the_house_rule(fold_drafts: Fold) -> None:
    found = stay(fold_drafts, [("detained", "2020-07-14"), ("released", "2023-12-13")])
    assert bounds(found) == (1247, 1247, None)


def test_imprecise_dates_bound_the_length(fold_drafts: Fold) -> None:
    """Arrested in March 2021 (1 to 31), out in May 2021 (1 to 31): 31 to 91 days; the half-open bound is 30 to 91."""
    found = stay(fold_drafts, [("detained", "2021-03"), ("released", "2021-05")])
    assert bounds(found) == (30, 91, None)


def test_the_last_sighting_bounds_a_vague_exit_from_below(fold_drafts: Fold) -> None:
    vague = stay(fold_drafts, [("detained", "2021-01-01"), ("released", "../2022-01-01")])
    assert bounds(vague) == (-1, 365, None)
    seen = stay(fold_drafts, [("detained", "2021-01-01"), ("held_on", "2021-04-11"), ("released", "../2022-01-01")])
    assert bounds(seen) == (99, 365, None)


@pytest.mark.parametrize(("followed", "low"), [("least", 100), ("best", 280), ("most", 1095)])
def test_without_an_exit_three_readings(fold_drafts: Fold, followed: str, low: int) -> None:
    found = stay(fold_drafts, [("detained", "2021-01-01"), ("held_on", "2021-04-11")], followed=followed)
    assert bounds(found) == (low, None, None)


def test_a_term_that_runs_keeps_the_best_reading(fold_drafts: Fold) -> None:
    found = stay(fold_drafts, [("detained", "2021-01-01"), ("sentence", "P2Y")])
    assert bounds(found) == (730, None, None)


def test_a_list_that_begins_late_watches_late(fold_drafts: Fold) -> None:
    said = [("detained", "2020-09-23"), ("released", "2022-09-23")]
    assert bounds(stay(fold_drafts, said, "late")) == (730, 730, 100)
    assert bounds(stay(fold_drafts, said, "late", watched="strict")) == (730, 730, 616)
    assert bounds(stay(fold_drafts, said, "always", watched="strict")) == (730, 730, 616)


@pytest.mark.parametrize(
    ("said", "listed", "why"),
    [
        ([("detained", "2020-01-01"), ("released", "2021-06-01")], "freed", "only from lists of people who came out"),
        ([("detained", "2020-01-01"), ("released", "2021-06-01")], "quiet", "from none that says when it looks"),
        ([("detained", "2019-01-01"), ("released", "2020-06-01")], "late", "first listed after the exit"),
        ([("detained", "2019-01-01")], "late", "out of sight"),
        ([("held_on", "2021-01-01")], "always", "the arrest is not on record"),
        ([("detained", "../2021-01-01")], "always", "no earliest or no latest day"),
        ([("detained", "2024-05-01")], "always", "after the day asked"),
        ([("detained", "2021-05-01"), ("released", "2020-05-01")], "always", "contradicts itself"),
    ],
)
def test_what_cannot_be_counted_says_why(fold_drafts: Fold, said: list[tuple[str, str]], listed: str, why: str) -> None:
    found = stay(fold_drafts, said, listed)
    assert isinstance(found, str)
    assert why in found


def test_an_exit_after_the_day_asked_is_none(fold_drafts: Fold) -> None:
    found = stay(fold_drafts, [("detained", "2023-12-22"), ("released", "2024-03-01")])
    assert bounds(found) == (10, None, None)


DEAL: Mapping[str, list[tuple[str, str]]] = {
    "release:XX-2022-05-01": [("date", "2022-05-01"), ("country", "BY"), ("status", "executed")],
    "deal:XX-2022-05-01": [("date", "2022-05-01"), ("release", "release:XX-2022-05-01")],
}


@pytest.mark.parametrize(
    ("said", "way"),
    [
        ([("release_kind", "term_served")], "term served"),
        ([("release_kind", "amnestied")], "pardoned"),
        ([("release_kind", "acquitted")], "other"),
        ([("release_kind", "swapped")], "exchanged"),
        ([("release_kind", "pardoned"), ("taken_to", "LT")], "expelled"),
        ([("release_kind", "pardoned"), ("taken_to", "BY")], "pardoned"),
        ([("release_kind", "pardoned"), ("released_in", "release:XX-2022-05-01")], "exchanged"),
        ([], "not on record"),
    ],
)
def test_the_way_out(fold_drafts: Fold, said: list[tuple[str, str]], way: str) -> None:
    rows: dict[str, list[tuple[str, str]]] = {k: list(v) for k, v in {**LISTS, **DEAL}.items()}
    rows["entry:always:a"] = [("name", "Person A"), ("detained", "2021-01-01"), ("released", "2022-05-01"), *said]
    (found,) = known_of(fold_drafts(drafts_of(rows)), DAY).stays()
    assert found.way == way


def test_death_is_a_way_of_its_own(fold_drafts: Fold) -> None:
    found = stay(fold_drafts, [("detained", "2021-01-01"), ("died", "2022-05-01")])
    assert isinstance(found, Stay)
    assert found.way == "died"


def test_a_sentence_without_custody_is_an_exit(fold_drafts: Fold) -> None:
    said = [("detained", "2021-01-01"), ("sentenced", "2021-04-11"), ("regime", "home_khimiya")]
    found = stay(fold_drafts, said)
    assert bounds(found) == (100, 100, None)
    assert isinstance(found, Stay)
    assert found.way == "other"
    later = stay(fold_drafts, [*said, ("held_on", "2021-06-01")], followed="least")
    assert bounds(later) == (151, None, None)


def test_groups_of_a_stay(fold_drafts: Fold) -> None:
    found = stay(fold_drafts, [("detained", "2021-05-01"), ("article", "342"), ("article", "293.1"), ("sex", "female")])
    assert isinstance(found, Stay)
    told = {by: facets(found.case, found.spell, by) for by in ("charge", "sex", "year", "prison")}
    assert set(told.pop("charge")) == {"342", "293.1"}
    assert told == {"sex": ("female",), "year": ("2021",), "prison": ()}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(custody_drafts(), min_size=1, max_size=8))
def test_bounds_are_in_order_whatever_lists_say(fold_drafts: Fold, drafts: list[Any]) -> None:
    lists = drafts_of({f"list:list-{n}": [("means", "named"), ("covers_period", "1900/2100")] for n in (1, 2, 3)})
    casebook = fold_drafts([*lists, *drafts])
    found: dict[str, dict[Any, Stay]] = {}
    for how in FOLLOWED:
        stays = list(known_of(casebook, DAY).stays(followed=how))
        found[how] = {(s.case.id, s.spell.statements): s for s in stays}
        for s in stays:
            assert s.high is None or (s.low <= s.high and s.way is not None)
            assert s.entry is None or s.entry <= s.low
    for key, least in found["least"].items():
        assert least.low <= found["best"][key].low <= found["most"][key].low


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drafts=st.lists(custody_drafts(), min_size=1, max_size=12),
    day=st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    since=st.none() | st.dates(date(1950, 1, 1), date(2100, 1, 1)),
)
def test_stays_in_columns_are_those_read_one_by_one(
    fold_drafts: Fold, drafts: list[Any], day: date, since: date | None
) -> None:
    lists = drafts_of({f"list:list-{n}": [("means", "named"), ("covers_period", "1960/2100")] for n in (1, 2, 3)})
    casebook = fold_drafts([*lists, *drafts])
    known = known_of(casebook, day)
    for watched in WATCHED:
        for followed in FOLLOWED:
            found = known.stays(followed=followed, watched=watched, since=since)
            stays, left_out = plain.stays(casebook, day, followed, watched, since)
            assert (list(found), dict(found.left_out)) == (stays, left_out)
            data = found.lifetimes()
            ends = [float("inf") if s.high is None else s.high for s in stays]
            assert (data.low.tolist(), data.high.tolist()) == ([s.low for s in stays], ends)
            assert [data.ways[way] if way >= 0 else None for way in data.way] == [s.way for s in stays]
            for by in ("sex", "charge", "year"):
                groups = {name: [list(found)[at] for at in part] for name, part in found.groups(casebook, by)}
                names = {name for s in stays for name in facets(s.case, s.spell, by)}
                assert groups == {n: [s for s in stays if n in facets(s.case, s.spell, by)] for n in names}
