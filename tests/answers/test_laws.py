"""Laws that every book keeps, whatever its sources say and in whatever order they arrive."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers import ask
from habeas.answers.joined import heads
from habeas.answers.states import Level
from habeas.answers.stock import stock
from habeas.cases import fold
from habeas.dates import AsOf
from habeas.ledger import open_ledger
from habeas.nouns import Casebook, Draft, Links, Person, Question, Team, View
from tests.answers.conftest import EVERY_DAY, a_book, drafts_of
from tests.strategies import custody_drafts

Fold = Callable[..., Casebook[Team]]
FEW = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25, deadline=None
)
DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))
SAID = st.lists(custody_drafts(), max_size=10, unique=True)
NUMBERS = itertools.count()


def asked(book: Casebook[Any], question: str, day: date, **args: str) -> Any:
    return ask(book, Question(ask=question, as_of=AsOf(day), args=args))


@FEW
@given(SAID, DAYS)
def test_the_stock_of_a_day_is_that_of_the_day_before_and_who_came_and_went(
    fold_drafts: Fold, drafts: list[Draft], day: date
) -> None:
    book = fold_drafts([*EVERY_DAY, *drafts])
    for level in (Level.POSSIBLE, Level.LIKELY, Level.CERTAIN):
        one, next_ = (
            {c.id for c, s in stock(book, d).people if s.level >= level} for d in (day, day + timedelta(days=1))
        )
        assert len(one) + len(next_ - one) - len(one - next_) == len(next_)
    today = stock(book, day)
    assert today.low <= today.best <= today.high


@FEW
@given(SAID, st.dates(date(1990, 1, 1), date(2010, 1, 1)), st.integers(1, 40))
def test_flows_keep_the_stock_identity_in_every_period(
    fold_drafts: Fold, drafts: list[Draft], first: date, months: int
) -> None:
    book = fold_drafts([*EVERY_DAY, *drafts])
    last = first + timedelta(days=30 * months)
    for by in ("month", "year"):
        rows = asked(book, "flows", last, **{"by": by, "from": first.isoformat()}).more["periods"]
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            assert row["stock_after"] == row["stock_before"] + row["arrests"] - row["out"] + row["residual"]
            assert after is None or after["stock_before"] == row["stock_after"]
            assert row["out"] == sum(row["exits"].values())
        assert rows[-1]["stock_after"] == stock(book, last).best
        assert rows[0]["stock_before"] == stock(book, first - timedelta(days=1)).best


def folded(view: View[Team], folder: Path) -> Casebook[Team]:
    people: dict[str, list[str]] = {}
    for subject, _ in view.of_kind("entry"):
        people.setdefault(subject.rpartition(":")[2], []).append(subject)
    return fold(
        view,
        Links(persons=tuple(Person(id=f"C-{k}", mentions=tuple(m)) for k, m in people.items()), unsure=()),
        a_book(folder),
    )


@FEW
@given(SAID, DAYS, st.data())
def test_what_is_learned_later_never_changes_what_was_known(
    tmp_path: Path, drafts: list[Draft], day: date, data: st.DataObject
) -> None:
    then = data.draw(st.integers(0, len(drafts)))
    begun = datetime(2026, 1, 1, 12, tzinfo=UTC)
    with open_ledger(tmp_path / f"{next(NUMBERS)}.sqlite", create=True) as ledger:

        def record(some: list[Draft], at: int) -> None:
            for number, draft in enumerate(some):
                ledger.append([draft], recorded=begun + timedelta(minutes=at + number), recorder="keeper")

        record(drafts[:then], 0)
        before = folded(ledger.view(Team), tmp_path)
        record(drafts[then:], then)
        known = begun + timedelta(minutes=then) - timedelta(seconds=1)
        again = folded(ledger.view(Team, known), tmp_path)
    for question, args in (("inside", {}), ("series", {"from": "2000-01-01", "to": "2000-06-01"}), ("officials", {})):
        one, two = asked(before, question, day, **args), asked(again, question, day, **args)
        assert (one.value, one.low, one.high, one.sentence, one.rests_on) == (
            two.value,
            two.low,
            two.high,
            two.sentence,
            two.rests_on,
        )
    assert {c.id: c.spells for c in before.cases.values()} == {c.id: c.spells for c in again.cases.values()}


@FEW
@given(SAID, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_is_irrelevant(fold_drafts: Fold, drafts: list[Draft], day: date, random: Any) -> None:
    shuffled = list(drafts)
    random.shuffle(shuffled)
    one, two = fold_drafts(drafts), fold_drafts(shuffled)
    for question, args in (
        ("inside", {"by": "age"}),
        ("flows", {"by": "year", "from": "1950"}),
        ("series", {"from": "2000-01-01", "to": "2000-03-01"}),
    ):
        first, second = asked(one, question, max(day, date(2000, 3, 1)), **args), None
        second = asked(two, question, max(day, date(2000, 3, 1)), **args)
        assert (first.value, first.low, first.high, first.sentence) == (
            second.value,
            second.low,
            second.high,
            second.sentence,
        )
        assert [(s.what, s.result) for s in first.steps] == [(s.what, s.result) for s in second.steps]


@FEW
@given(st.integers(2, 6), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=5), st.data())
def test_people_who_may_be_one_lower_what_there_is_at_least_by_so_many(
    fold_drafts: Fold, people: int, maybe: list[tuple[int, int]], data: st.DataObject
) -> None:
    out = [data.draw(st.booleans(), label=f"{one} came out") for one in range(people)]
    rows = {
        f"entry:every-day:{one}": [
            ("list", "list:every-day"),
            ("detained", f"2021-{data.draw(st.integers(1, 12)):02}-01"),
            *([("released", "2023-03-01")] if left else [("held_on", "2023-06-01")]),
        ]
        for one, left in enumerate(out)
    }
    pairs = [(a, b) for a, b in maybe if a < people and b < people and a != b]
    book = fold_drafts(
        [*EVERY_DAY, *drafts_of(rows)], unsure=[(f"entry:every-day:{a}", f"entry:every-day:{b}") for a, b in pairs]
    )
    ids = [str(one) for one in range(people)]
    together = heads(ids, [(str(a), str(b)) for a, b in pairs])
    groups = len(set(together.values()))
    held = asked(book, "inside", date(2022, 6, 1))
    assert (held.low, held.value, held.high) == (groups, people, people)
    found = asked(book, "flows", date(2023, 12, 31), by="year", **{"from": "2021"})
    freed = {together[one] for one, left in zip(ids, out, strict=True) if left}
    assert (found.more["arrests"], found.more["out"]) == (people, sum(out))
    assert found.more["at_least"] == {"arrests": groups, "out": len(freed)}


@dataclass(frozen=True)
class Truth:
    """What happened to one person, and what a source says of it: each date as two bounds around the true day."""

    start: date
    end: date
    seen: tuple[date, ...]
    wide: tuple[tuple[date, date], tuple[date, date]]
    narrow: tuple[tuple[date, date], tuple[date, date]]


@st.composite
def truths(draw: st.DrawFn) -> Truth:
    start = draw(st.dates(date(2001, 1, 1), date(2005, 1, 1)))
    end = start + timedelta(days=draw(st.integers(1, 1500)))
    held = [
        start + timedelta(days=draw(st.integers(0, (end - start).days - 1))) for _ in range(draw(st.integers(0, 2)))
    ]

    def around(day: date) -> tuple[tuple[date, date], tuple[date, date]]:
        near = [draw(st.integers(0, 200)) for _ in range(2)]
        far = [n + draw(st.integers(0, 200)) for n in near]
        return tuple((day - timedelta(days=a), day + timedelta(days=b)) for a, b in (far, near))  # type: ignore[return-value]

    (wide_start, narrow_start), (wide_end, narrow_end) = around(start), around(end)
    return Truth(start, end, tuple(sorted(held)), (wide_start, wide_end), (narrow_start, narrow_end))


def told(truth: Truth, bounds: tuple[tuple[date, date], tuple[date, date]]) -> list[tuple[str, str]]:
    (a, b), (c, d) = bounds
    return [("detained", f"{a}/{b}"), ("released", f"{c}/{d}"), *(("held_on", str(day)) for day in truth.seen)]


@FEW
@given(st.lists(truths(), min_size=1, max_size=3), st.dates(date(2000, 1, 1), date(2011, 1, 1)))
def test_narrowing_a_date_never_widens_the_bounds_and_they_hold_the_truth(
    fold_drafts: Fold, people: list[Truth], day: date
) -> None:
    wide, narrow = (
        stock(fold_drafts(EVERY_DAY + drafts_of({f"entry:l:p{i}": told(p, b(p)) for i, p in enumerate(people)})), day)
        for b in (lambda p: p.wide, lambda p: p.narrow)
    )
    assert wide.low <= narrow.low <= narrow.best <= narrow.high <= wide.high
    inside = sum(p.start <= day < p.end for p in people)
    assert narrow.low <= inside <= narrow.high
