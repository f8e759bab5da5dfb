"""Whether the pace changed at a day: a made series with a known change, and refusals."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from habeas.answers import as_json, ask
from habeas.dates import AsOf, shift_months
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Question
from tests.answers.test_survival import Rows, casebook_of


def arrests() -> Rows:
    """Eight arrests a month from 2019 to 2020 and two a month in 2021, each published 30 days after."""
    rows: Rows = {
        "list:a": [("means", "held"), ("covers_period", "2019/2021"), ("published", "2022-01-31")],
        "deal:BY-2020-12-31": [("date", "2020-12-31"), ("status", "executed")],
    }
    for month in range(36):
        day = shift_months(date(2019, 1, 5), month)
        for n in range(8 if month < 24 else 2):
            rows[f"entry:a:{month}-{n}"] = [("name", "Person"), ("detained", str(day))]
    return rows


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Casebook[Any]:
    days = {
        s: str(date.fromisoformat(said[1][1]) + timedelta(days=30)) for s, said in arrests().items() if s[:5] == "entry"
    }
    return casebook_of(tmp_path_factory.mktemp("trend"), arrests(), published=days)


def asked(casebook: Casebook[Any], on: str = "2024-01-01", **args: str) -> Answer:
    found = ask(casebook, Question(ask="trend", as_of=AsOf(date.fromisoformat(on)), args=args))
    json.dumps(as_json(found, casebook))
    assert set(found.rests_on) <= set(casebook.statements)
    return found


def test_a_fall_to_a_quarter_is_found_at_the_deal(cases: Casebook[Any]) -> None:
    found = asked(cases, deal="BY-2020-12-31")
    assert found.value == -75
    assert found.low is not None
    assert found.high is not None
    assert -95 < found.low < -75 < found.high < -40
    assert found.more["interrupted"]["family"] == "Poisson"
    assert "its cause does not follow" in found.sentence
    assert found.more["change"]["first_month_after"] == "2021-01"
    assert asked(cases, at="2020-12-31").value == -75


def test_months_too_young_are_left_out(cases: Casebook[Any]) -> None:
    found = asked(cases, on="2021-04-15", at="2020-12-31")
    assert found.value is None
    assert found.more["settled_until"] == "2021-04-01"
    assert "3 months after are fewer than 6 (months from 2021-04-01 are left out" in found.sentence


def test_a_series_of_nothing_cannot_be_said(cases: Casebook[Any]) -> None:
    found = asked(cases, at="2020-12-31", series="exits")
    assert found.value is None
    assert found.more["change"] is None


def test_assumptions_are_printed(cases: Casebook[Any]) -> None:
    found = asked(cases, at="2020-12-31")
    assert [s.result for s in found.steps if s.what == "assumed"] == found.more["assumed"]


@pytest.mark.parametrize(
    ("args", "match"),
    [
        ({}, "one of --deal DEAL and --at DAY"),
        ({"at": "2020-12-31", "deal": "BY-2020-12-31"}, "one of --deal DEAL and --at DAY"),
        ({"at": "soon"}, "--at takes a day"),
        ({"at": "2020-12"}, "one day such as"),
        ({"deal": "BY-1"}, "there is no deal"),
        ({"at": "2020-12-31", "series": "deaths"}, "--series takes arrests"),
    ],
)
def test_arguments_that_cannot_be(cases: Casebook[Any], args: dict[str, str], match: str) -> None:
    with pytest.raises(UsageError, match=match):
        asked(cases, **args)


def test_a_book_without_anything(tmp_path: Path) -> None:
    found = asked(casebook_of(tmp_path, {"list:a": [("means", "held")]}), at="2020-12-31")
    assert (found.value, found.rests_on) == (None, ())


def test_months_that_no_list_covers_are_not_months_without_arrests(cases: Casebook[Any]) -> None:
    """The list begins in 2019: of the three years before the day, 2018 is not counted as empty."""
    found = asked(cases, at="2020-12-31")
    assert (found.more["months"][0]["month"], found.more["months"][-1]["month"]) == ("2019-01", "2021-12")
    assert asked(cases, at="2016-05-01").value is None
