"""One gate: what `inside` refuses to count on a day, no other question counts.

Every stock is replaced by a number that tells its day, so that wherever one is printed the day can be read off it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from habeas.answers import QUESTIONS, as_json, ask
from habeas.answers.ask import COMPARISONS
from habeas.answers.coverage import covering, last_covered, uncovered
from habeas.answers.stock import Bounds
from habeas.dates import AsOf
from habeas.errors import UsageError
from habeas.nouns import Casebook, Question, Team
from tests.answers.conftest import drafts_of
from tests.answers.test_progress import DEAL, FREED

Fold = Callable[..., Casebook[Team]]
DAYS = ("2015-06-01", "2019-12-31", "2020-01-01", "2022-06-01", "2022-09-01", "2023-12-31", "2024-01-01", "2026-12-02")
TELLING = re.compile(r"(?<!\d)7(\d{6})[012](?!\d)")  # 7, the number of the day, and which bound

LISTS = {
    "list:a": [("title", "A list"), ("covers_period", "2020/2023"), ("means", "held"), ("extent", "sample")],
    "list:out": [("title", "Freed"), ("means", "released")],
    "count:x": [("kind", "stock"), ("on", "2026-11-30"), ("n", "900"), ("by", "A publisher")],
    "count:y": [("kind", "stock"), ("on", "2022-08-30"), ("n", "800"), ("by", "A publisher")],
}
HELD = {
    f"entry:a:q{i}": [
        ("list", "list:a"),
        ("name", f"Person Q{i}"),
        ("detained", f"2021-{i % 12 + 1:02}-03"),
        ("sentence", "P9Y"),
    ]
    for i in range(30)
}


@pytest.fixture
def book(fold_drafts: Fold) -> Casebook[Team]:
    return fold_drafts(drafts_of({**DEAL, **LISTS, **FREED, **HELD}, published="2023-06-01"))


def questions(book: Casebook[Team], day: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every question there is, so asked that it speaks of the day."""
    span = {"from": day, "to": day}
    args: dict[str, list[dict[str, str]]] = {
        "inside": [{}, {"by": "sex"}],
        "case": [{"name": min(book.cases)}],
        "flows": [{**span, "by": "month"}, {**span, "by": "year"}],
        "series": [span],
        "release": [{"id": "R"}],
        "deal": [{"id": "D"}],
        "progress": [{"id": "D"}],
        "reconcile": [{}, {"list": "a"}],
        "whatif": [{"stock": "1000", "arrests": "3", "leaving": "1"}],
        "selectivity": [{"id": "R"}],
        "trend": [{"at": day}],
    }
    for question in QUESTIONS:
        for some in args.get(question, [{}]):
            yield question, some


def told(book: Casebook[Team], question: Question, before: Casebook[Team] | None = None) -> str:
    """All that an answer says, without marks of thousands; nothing where the deal asked about had not come by the day."""
    if question.ask == "progress" and question.as_of.on < date(2022, 6, 1):
        with pytest.raises(UsageError, match="ask about a day after it"):
            ask(book, question, before)
        return ""
    found = ask(book, question, before)
    steps = [str(s.result) for s in found.steps]
    text = json.dumps([as_json(found, book), str(found.sentence), steps], default=str, ensure_ascii=False)
    return re.sub(r"(?<=\d),(?=\d{3})", "", text)


def tell_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "habeas.answers.stock._on",
        lambda _, day: Bounds(*(int(f"7{day:06}{bound}") for bound in range(3))),
    )


def days_told(text: str) -> set[date]:
    return {date.fromordinal(int(day)) for day in TELLING.findall(text)}


@pytest.mark.parametrize("day", DAYS)
def test_no_question_counts_people_of_a_day_that_inside_refuses(
    book: Casebook[Team], monkeypatch: pytest.MonkeyPatch, day: str
) -> None:
    tell_the_day(monkeypatch)
    on = date.fromisoformat(day)
    counted: set[str] = set()
    for name, args in questions(book, day):
        found = days_told(told(book, Question(ask=name, as_of=AsOf(on), args=args)))
        assert all(ask(book, Question(ask="inside", as_of=AsOf(d), args={})).value is not None for d in found), name
        counted |= {name} if found else set()
    for name in COMPARISONS:
        question = Question(ask=name, as_of=AsOf(on), args={"from": day})
        found = days_told(told(book, question, book))
        assert all(uncovered(book, d) is None for d in found), name
        counted |= {name} if found else set()
    if covering(book, on):
        seen = {"inside", "series", "flows", "why-changed", "reconcile"} | (
            {"progress"} if day >= "2022-06-01" else set()
        )
        assert seen <= counted, "the law has lost sight of the numbers"
    else:
        assert "inside" not in counted


@pytest.mark.parametrize("day", ["2019-12-31", "2024-01-01"])
def test_people_of_a_release_are_not_counted_on_such_a_day(book: Casebook[Team], day: str) -> None:
    on = AsOf(date.fromisoformat(day))
    assert ask(book, Question(ask="release", as_of=on, args={"id": "R"})).more["held_now"] is None
    listed = ask(book, Question(ask="reconcile", as_of=on, args={"list": "a"}))
    assert listed.value is None
    assert listed.more["refused"] == f"no list of this book covers {day}"
    inside = ask(book, Question(ask="inside", as_of=on, args={}))
    assert inside.more["people"] == inside.more["states"] == []


def test_somebody_held_again_is_not_counted_on_such_a_day(book: Casebook[Team]) -> None:
    found = ask(book, Question(ask="progress", as_of=AsOf(date(2024, 1, 1)), args={"id": "D"}))
    again = next(i for i in found.more["indicators"] if "in custody again" in i["indicator"])
    assert (again["figure"], again["direction"]) == (
        "cannot say: no list of this book covers 2024-01-01",
        "cannot say",
    )


def test_the_windows_are_those_of_the_lists_one_by_one(fold_drafts: Fold) -> None:
    periods = ("2020-02/2020-04", "2020-04-15/2020-06", "2020-08", "../2020-01-10", "2020-11-05/..")
    book = fold_drafts(
        drafts_of({f"list:{i}": [("title", "A list"), ("covers_period", p)] for i, p in enumerate(periods)})
    )
    last = None
    for at in range(400):
        day = date(2020, 1, 1) + timedelta(days=at)
        assert (uncovered(book, day) is None) == bool(covering(book, day))
        last = day if covering(book, day) else last
        assert last_covered(book, day) == last


def test_nothing_on_record_is_said_to_be_nothing(fold_drafts: Fold) -> None:
    found = ask(fold_drafts([]), Question(ask="inside", as_of=AsOf(date(2022, 1, 1)), args={}))
    assert found.sentence == "Cannot say who was inside on 2022-01-01: nothing was on record here by then."
