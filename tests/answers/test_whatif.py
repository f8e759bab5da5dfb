"""What if: the pace counted from a book, the break-even by hand, scenarios as stated."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from habeas.answers import as_json, ask
from habeas.answers.pace import measures, settled_until
from habeas.dates import AsOf
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Question
from tests.answers.test_survival import Rows, casebook_of

DAY = date(2024, 1, 1)


def counts() -> Rows:
    """A publisher's year: 1,000 inside, 480 taken, 900 inside, so 580 left; 100 of them in a deal."""
    said = [("by", "Publisher A"), ("op", "eq")]
    return {
        "count:a": [("kind", "stock"), ("on", "2023-01-01"), ("n", "1000"), *said],
        "count:b": [("kind", "stock"), ("on", "2023-12-31"), ("n", "900"), *said],
        "count:c": [
            ("kind", "flow"),
            ("on", "2023-01-01/2023-12-31"),
            ("n", "480"),
            ("flow", "recognised"),
            ("what", "people recognised"),
            *said,
        ],
        "release:XX-2023-06-01": [("date", "2023-06-01"), ("country", "BY"), ("status", "executed")],
        "figure:f": [("release", "release:XX-2023-06-01"), ("figure", "announced"), ("n", "100"), ("op", "eq")],
        "deal:XX-2023-06-01": [("date", "2023-06-01"), ("release", "release:XX-2023-06-01"), ("status", "executed")],
    }


def named() -> Rows:
    """Three arrests a month from 2019 to 2023, each with a term of ten months."""
    rows: Rows = {"list:a": [("means", "held"), ("covers_period", "2019/2024"), ("published", "2024-01-01")]}
    for month in range(60):
        day = f"{2019 + month // 12}-{month % 12 + 1:02d}-05"
        for n in range(3):
            rows[f"entry:a:{month}-{n}"] = [("name", "Person"), ("detained", day), ("sentence", "P10M")]
    return rows


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Casebook[Any]:
    return casebook_of(tmp_path_factory.mktemp("published"), counts())


@pytest.fixture(scope="module")
def by_name(tmp_path_factory: pytest.TempPathFactory) -> Casebook[Any]:
    days = {s: str(date.fromisoformat(said[1][1]) + timedelta(days=30)) for s, said in named().items() if s != "list:a"}
    return casebook_of(tmp_path_factory.mktemp("named"), named(), published=days)


def asked(casebook: Casebook[Any], **args: str) -> Answer:
    found = ask(casebook, Question(ask="whatif", as_of=AsOf(DAY), args={"draws": "400", **args}))
    json.dumps(as_json(found, casebook))
    assert set(found.rests_on) <= set(casebook.statements)
    return found


def test_the_published_pace_is_the_stock_identity(published: Casebook[Any]) -> None:
    (found,) = measures(published, DAY)
    assert (found.stock, found.arrests, found.exits, found.in_deals) == (900, 480, 480, 100)
    assert found.months == pytest.approx(12, abs=0.02)
    assert found.exposure == pytest.approx(950 * 12, rel=0.01)


def test_the_pace_by_name_begins_with_the_last_day_that_a_list_covers(by_name: Casebook[Any]) -> None:
    (found,) = measures(by_name, date(2025, 6, 1))
    assert found.stock_on == date(2024, 12, 31)
    assert found.stock == ask(by_name, Question(ask="inside", as_of=AsOf(found.stock_on), args={})).value


def test_the_pace_by_name_leaves_the_young_months_out(by_name: Casebook[Any]) -> None:
    (found,) = measures(by_name, DAY)
    assert settled_until(by_name, DAY) == date(2023, 12, 1)
    assert (found.arrests, found.months) == (108, 36.0)
    assert found.note.startswith("2020-12-01 to 2023-11-30")
    assert found.varies == 0
    assert "later months are left out" in found.note


def test_break_even_by_hand(published: Casebook[Any]) -> None:
    """120 freed, 480 taken in 12 months: 120 / (40 x 12) = 25%."""
    found = asked(published, release="120")
    assert found.value == 25
    assert found.low is not None
    assert found.high is not None
    assert found.low < 25 < found.high
    assert found.more["break_even"]["extra_per_month"] == 10
    assert "25%" in found.sentence
    assert "26% to 87%" in found.sentence
    assert "no increase" in found.sentence


def test_both_findings_stand_beside_every_answer(published: Casebook[Any]) -> None:
    for args in ({}, {"release": "50"}):
        rows = asked(published, **args).more["literature"]
        assert [(r["low"], r["high"]) for r in rows] == [(0.26, 0.87), (0.0, 0.0)]
        assert all(r["cite"] and r["url"].startswith("https://") for r in rows)


def test_scenarios_are_what_is_stated(published: Casebook[Any]) -> None:
    found = asked(published, release="120", after="3", change="-20,50")
    shown = [(s["change"], s["since"], s["over"]) for s in found.more["scenarios"]]
    assert shown == [
        (0.0, 1, 0),
        (0.0, 3, 12),
        (0.26, 3, 12),
        (0.87, 3, 12),
        (pytest.approx(0.25, abs=0.01), 3, 12),
        (-0.2, 3, 12),
        (0.5, 3, 12),
    ]
    assert {tuple(r.items()) for s in found.more["scenarios"] for r in s["releases"]} == {(("month", 3), ("n", 120))}
    assert found.value == 25
    less, more = found.more["scenarios"][5], found.more["scenarios"][6]
    assert less["fan"][-1]["q95"] < more["fan"][-1]["q95"]


def test_deal_after_deal(published: Casebook[Any]) -> None:
    found = asked(published, release="40", every="6", months="18")
    assert found.more["scenarios"][1]["releases"] == [{"month": m, "n": 40} for m in (1, 7, 13)]


def test_what_is_stated_is_taken_as_it_is(published: Casebook[Any]) -> None:
    found = asked(published, release="90", arrests="30", leaving="2", stock="500", over="6")
    assert (found.value, found.low, found.high) == (50, 50, 50)
    assert found.more["pace"] == {
        "from": "published",
        "stated": ["stock", "arrests", "leaving"],
        "stock": 500,
        "arrests_per_month": 30.0,
        "leaving_per_month": 0.0202,
        "varies": 0.0,
    }


def test_the_same_seed_gives_the_same_answer(published: Casebook[Any]) -> None:
    first, again, other = (asked(published, release="50", seed=s).more["scenarios"] for s in ("3", "3", "4"))
    assert first == again
    assert first != other


def test_there_is_no_point_in_a_fan(published: Casebook[Any]) -> None:
    found = asked(published)
    assert found.value is None
    assert set(found.more["scenarios"][0]["fan"][0]) == {"month", "q05", "q25", "q75", "q95"}
    assert "not a forecast" in found.sentence


@pytest.mark.parametrize(
    ("args", "match"),
    [
        ({"release": "many"}, "--release takes a number"),
        ({"release": "-3"}, "--release takes 0 to"),
        ({"release": "2.5"}, "whole number"),
        ({"release": "901"}, "more than the 900 who are inside"),
        ({"release": "5", "after": "30"}, "outside the 24 months"),
        ({"change": "lots"}, "--change takes percentages"),
        ({"change": "-150"}, "-100 to 10000"),
        ({"draws": "3"}, "--draws takes 100"),
        ({"pace": "by name"}, "gives no pace 'by name'"),
        ({"arrests": "nan"}, "--arrests takes 0 to"),
    ],
)
def test_arguments_that_cannot_be(published: Casebook[Any], args: dict[str, str], match: str) -> None:
    with pytest.raises(UsageError, match=match):
        asked(published, **args)


def test_a_book_without_a_pace_asks_for_one(tmp_path: Path) -> None:
    empty = casebook_of(tmp_path, {"list:a": [("means", "held")]})
    with pytest.raises(UsageError, match="state --stock and --arrests and --leaving"):
        asked(empty, release="10")
    found = asked(empty, release="10", stock="100", arrests="5", leaving="1")
    assert found.value == 17
    assert found.rests_on == ()


def test_nobody_arrested_has_no_break_even(published: Casebook[Any]) -> None:
    found = asked(published, release="10", arrests="0")
    assert found.value is None
    assert found.more["break_even"] is None
