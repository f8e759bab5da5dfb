"""How long people stay: figures of a book made for it, and refusals where too little is known."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from habeas.answers import as_json, ask
from habeas.cases import fold
from habeas.dates import AsOf
from habeas.errors import UsageError
from habeas.ledger import open_ledger
from habeas.nouns import Answer, Casebook, Links, Person, Public, Question, Team
from tests.answers.conftest import NOON, a_book, drafts_of

FIRST = date(2020, 1, 1)
Rows = dict[str, list[tuple[str, str]]]


def casebook_of(
    folder: Path,
    rows: Mapping[str, list[tuple[str, str]]],
    audience: Any = Team,
    published: Mapping[str, str] | None = None,
) -> Casebook[Any]:
    """A casebook of entries, each a person of its own; `published` gives the day on which an entry was published."""
    days = published or {}
    drafts = [d for subject, said in rows.items() for d in drafts_of({subject: said}, published=days.get(subject))]
    with open_ledger(folder / "ledger.sqlite", create=True) as ledger:
        ledger.append(drafts, recorded=NOON, recorder="keeper")
        view = ledger.view(audience)
    persons = tuple(Person(id=f"C-{s}", mentions=(s,)) for s, _ in view.of_kind("entry"))
    return fold(view, Links(persons=persons, unsure=()), a_book(folder))


def people() -> Rows:
    """Sixty stays: 40 men out after 100, 110 ... 490 days, 20 women after 200, 210 ... 390, eight without a sex inside."""
    rows: Rows = {"list:a": [("means", "named"), ("covers_period", "2019/2026"), ("published", "2026")]}
    for n in range(40):
        out = FIRST + timedelta(days=100 + 10 * n)
        said = [("sex", "male"), ("release_kind", "term_served" if n % 2 else "pardoned"), ("article", "342")]
        rows[f"entry:a:m{n}"] = [("name", "Person"), ("detained", str(FIRST)), ("released", str(out)), *said]
    for n in range(20):
        out = FIRST + timedelta(days=200 + 10 * n)
        said = [("sex", "female"), ("release_kind", "expelled"), ("article", "342"), ("article", f"{100 + n}")]
        rows[f"entry:a:w{n}"] = [("name", "Person"), ("detained", str(FIRST)), ("released", str(out)), *said]
    for n in range(8):
        rows[f"entry:a:i{n}"] = [("name", "Person"), ("detained", str(FIRST)), ("held_on", "2021-12-31")]
    return rows


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Casebook[Any]:
    return casebook_of(tmp_path_factory.mktemp("survival"), people())


def asked(casebook: Casebook[Any], question: str = "survival", **args: str) -> Answer:
    found = ask(casebook, Question(ask=question, as_of=AsOf(date(2022, 1, 1)), args=args))
    json.dumps(as_json(found, casebook))
    assert set(found.rests_on) <= set(casebook.statements)
    return found


def group(found: Answer, name: str) -> Mapping[str, Any]:
    return next(g for g in found.more["groups"] if g["group"] == name)


def test_the_median_is_the_one_counted_by_hand(cases: Casebook[Any]) -> None:
    """Of 68 the 34th end: up to day 319 there are 22 men and 12 women out, the last two of them on day 310."""
    found = asked(cases)
    assert found.value == 310
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 310 <= found.high
    assert "68 stays" in found.sentence
    year = group(found, "all")["inside"][0]
    assert year["share"] == pytest.approx((68 - 27 - 17) / 68, abs=1e-4)


def test_ways_and_those_inside_make_up_the_whole(cases: Casebook[Any]) -> None:
    whole = group(asked(cases), "all")
    assert {w["way"]: w["exits"] for w in whole["ways"]} == {"term served": 20, "pardoned": 20, "expelled": 20}
    for step in whole["curve"]:
        assert step["share"] + sum(step["left"].values()) == pytest.approx(1, abs=1e-3)
        assert step["low"] <= step["share"] <= step["high"]


def test_groups_and_their_ratio(cases: Casebook[Any]) -> None:
    found = asked(cases, by="sex")
    assert [g["group"] for g in found.more["groups"]] == ["all", "male", "female"]
    assert group(found, "male")["median"]["days"] == 290
    assert group(found, "female")["median"]["days"] == 290
    (ratio,) = found.more["ratios"]
    assert (ratio["group"], ratio["against"], ratio["refused"]) == ("female", "male", None)
    assert ratio["low"] < 1.3 < ratio["high"]


def test_small_groups_are_refused_with_the_reason(cases: Casebook[Any]) -> None:
    found = asked(cases, by="charge")
    assert group(found, "342")["refused"] is None
    assert group(found, "105")["refused"] == "fewer than 10 stays (1)"
    assert group(found, "105")["median"] is None


def test_to_the_public_small_numbers_are_not_said(tmp_path: Path) -> None:
    public = casebook_of(tmp_path, people(), Public)
    small = group(asked(public, by="charge"), "105")
    assert (small["stays"], small["exits"], small["refused"]) == (None, None, "fewer than 10 stays")


def test_too_few_in_all_is_cannot_say(tmp_path: Path) -> None:
    rows = {k: v for k, v in people().items() if k in ("list:a", "entry:a:m1", "entry:a:m2")}
    found = asked(casebook_of(tmp_path, rows))
    assert found.value is None
    assert found.sentence == "Cannot say how long people stay: fewer than 10 stays (2)."


def test_exits_without_dates_are_refused(tmp_path: Path) -> None:
    rows: Rows = {"list:a": [("means", "named"), ("covers_period", "2019/2026")]}
    for n in range(12):
        rows[f"entry:a:{n}"] = [("name", "Person"), ("detained", "2020-01-01"), ("released", "../2021-06-01")]
    found = asked(casebook_of(tmp_path, rows))
    assert "fewer than 5 exits dated within two months (0 of 12 stays)" in found.sentence


def test_the_seed_is_the_band(cases: Casebook[Any], tmp_path: Path) -> None:
    rows = people()
    rows["entry:a:m0"] = [("name", "Person"), ("detained", "2020-01"), ("released", "2020-05")]
    vague = casebook_of(tmp_path, rows)
    first, again, other = (asked(vague, seed=s).more["groups"][0]["curve"] for s in ("1", "1", "2"))
    assert first == again
    assert first != other
    assert [s["share"] for s in first] == [s["share"] for s in other]


def test_every_reading_is_printed(cases: Casebook[Any]) -> None:
    found = asked(cases)
    assert [(r["watched"], r["followed"]) for r in found.more["readings"]] == [
        (w, f) for w in ("window", "strict") for f in ("least", "best", "most")
    ]
    assert [c["median"] for c in found.more["checks"]] == [310, 310]


def test_only_those_arrested_since_a_day(cases: Casebook[Any], tmp_path: Path) -> None:
    rows = people()
    for n in range(12):
        rows[f"entry:a:late{n}"] = [
            ("name", "Person"),
            ("detained", "2021-03-01"),
            ("released", f"2021-0{4 + n % 6}-01"),
        ]
    found = asked(casebook_of(tmp_path, rows), since="2021")
    assert group(found, "all")["stays"] == 12
    assert found.more["left_out"] == {"arrested before 2021-01-01": 68}
    assert found.value is not None
    assert found.value < 200


@pytest.mark.parametrize(
    ("args", "match"),
    [
        ({"since": "lately"}, "--since takes a date"),
        ({"seed": "-1"}, "--seed takes a whole number"),
        ({"by": "shoe size"}, "--by takes charge, sex"),
        ({"followed": "always"}, "--followed takes least, best or most"),
        ({"watched": "never"}, "--watched takes window or strict"),
    ],
)
def test_arguments_that_name_nothing(cases: Casebook[Any], args: dict[str, str], match: str) -> None:
    with pytest.raises(UsageError, match=match):
        asked(cases, **args)


@pytest.mark.parametrize("question", ["survival", "whatif"])
def test_without_the_extra_it_says_what_to_install(
    cases: Casebook[Any], monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    for name in ("scipy", "scipy.sparse", "scipy.stats", "habeas.estimate.bounded", "habeas.estimate.scenario"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delattr("habeas.estimate.bounded", raising=False)
    with pytest.raises(UsageError, match=r"pip install 'habeas\[estimate\]'"):
        asked(cases, question)
