"""The series says of each day what `inside` says of it, and the columns say what each list says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers import ask
from habeas.answers.stock import stocks
from habeas.dates import AsOf
from habeas.errors import UsageError
from habeas.nouns import Casebook, Draft, Question, Team, Visibility
from tests.answers.conftest import EVERY_DAY, drafts_of
from tests.answers.plain import stock
from tests.strategies import custody_drafts

Fold = Callable[..., Casebook[Team]]
WINDOW = ("list:l", [("covers_period", "2020/2021"), ("title", "A list"), ("means", "held")])


def asked(cases: Casebook[Team], ask_: str, on: date, **args: str) -> Any:
    return ask(cases, Question(ask=ask_, as_of=AsOf(on), args={k.strip("_"): v for k, v in args.items()}))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(
    drafts=st.lists(custody_drafts(), min_size=1, max_size=14),
    unsure=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3)), max_size=2),
    first=st.dates(date(1899, 1, 1), date(2101, 1, 1)),
    horizon=st.sampled_from([0, 30, 180]),
)
def test_each_day_is_what_a_count_of_that_day_is(
    fold_drafts: Fold, drafts: list[Draft], unsure: list[tuple[int, int]], first: date, horizon: int
) -> None:
    pairs = [(f"entry:list-1:row{a}", f"entry:list-1:row{b}") for a, b in unsure if a != b]
    cases = fold_drafts(
        [*EVERY_DAY, *(d for d in drafts if d.visibility is not Visibility.SEALED)], unsure=pairs, horizon_days=horizon
    )
    # Every day near a date on record, and days far from any.
    days = {e.when.earliest for c in cases.cases.values() for e in c.events if e.when.earliest is not None}
    for start in sorted({first, *days}, key=lambda d: (d != first, d))[:4]:
        found = stocks(cases, start, 400)
        for at in (*range(3), *range(25, 400, 25), *range(178, 184)):
            one = stock(cases, start + timedelta(days=at))
            assert found[at] == (one.low, one.best, one.high)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(drafts=st.lists(custody_drafts(), min_size=1, max_size=6), at=st.integers(0, 5))
def test_every_day_around_a_date_on_record(fold_drafts: Fold, drafts: list[Draft], at: int) -> None:
    cases = fold_drafts([*EVERY_DAY, *drafts])
    days = sorted(
        {d for c in cases.cases.values() for e in c.events for d in (e.when.earliest, e.when.latest) if d is not None}
    )
    if not days:
        return
    start = days[at % len(days)] - timedelta(days=4)
    found = stocks(cases, start, 200)
    for day in (*range(9), *range(176, 200)):
        one = stock(cases, start + timedelta(days=day))
        assert found[day] == (one.low, one.best, one.high)


def test_a_series_is_told_with_its_bounds(fold_drafts: Fold) -> None:
    rows = {
        "entry:l:a": [("detained", "2020-03-01"), ("released", "2020-03-05")],
        "entry:l:b": [("detained", "2020-03"), ("held_on", "2020-04-02")],
    }
    cases = fold_drafts(drafts_of({**rows, WINDOW[0]: WINDOW[1]}))
    found = asked(cases, "series", date(2020, 3, 6), from_="2020-02-28")
    assert [(d["on"], d["low"], d["best"], d["high"]) for d in found.more["days"]] == [
        ("2020-02-28", 0, 0, 0),
        ("2020-02-29", 0, 0, 0),
        ("2020-03-01", 1, 1, 2),
        ("2020-03-02", 1, 1, 2),
        ("2020-03-03", 1, 1, 2),
        ("2020-03-04", 1, 1, 2),
        ("2020-03-05", 0, 0, 1),
        ("2020-03-06", 0, 0, 1),
    ]
    assert (found.value, found.low, found.high) == (0, 0, 1)
    assert found.sentence == (
        "On 2020-03-06, 0 people are documented by name here as in custody (certainly 0, possibly 1); between 2020-02-28 "
        "and then the most were 1, on 2020-03-04. The lists are samples: how many were inside in all cannot be said from "
        "them."
    )
    assert len(found.rests_on) == 4
    assert found.more["unit"].startswith("people documented by name here")


def test_days_that_no_list_covers_have_no_figure(fold_drafts: Fold) -> None:
    rows = {"entry:l:a": [("detained", "2021-12-30"), ("held_on", "2022-02-01")], WINDOW[0]: WINDOW[1]}
    cases = fold_drafts(drafts_of(rows))
    found = asked(cases, "series", date(2022, 1, 1), from_="2021-12-31")
    assert [(d["best"], d["lists"]) for d in found.more["days"]] == [(1, 1), (None, 0)]
    assert (found.value, found.low) == (None, None)
    assert found.sentence.startswith("On 2022-01-01 no list of this book covers the day; between")
    nothing = asked(cases, "series", date(2023, 1, 2), from_="2023-01-01")
    assert nothing.sentence == (
        "Cannot say who was inside between 2023-01-01 and 2023-01-02: no list of this book covers a day of it."
    )
    whole = asked(cases, "series", date(2021, 12, 31))
    assert whole.more["from"] == "2020-01-01"


@pytest.mark.parametrize(
    ("args", "what"),
    [
        ({"from_": "yesterday"}, "take dates"),
        ({"from_": "2023"}, "lies after --to 2022-01-01"),
        ({"from_": "1066"}, "take days between 1900 and 2100"),
        ({"to": "2200"}, "take days between 1900 and 2100"),
    ],
)
def test_a_stretch_that_cannot_be_is_refused(fold_drafts: Fold, args: dict[str, str], what: str) -> None:
    cases = fold_drafts(drafts_of({"entry:l:a": [("detained", "2021")]}))
    with pytest.raises(UsageError, match=what):
        asked(cases, "series", date(2022, 1, 1), **args)
