"""The population series: for each day of a stretch of time, what `inside` says of it.

How a person stands changes on few days, and those are known from the record (`turning_days`). So each case is asked on
those days only and gives stretches of one level; the series adds them up, as many days as there may be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, pairwise
from typing import Any

from habeas.answers.coverage import asked_span, covering, is_whole
from habeas.answers.inside import UNIT
from habeas.answers.standing import Level, standing, turning_days
from habeas.answers.stock import merged, unsure_cases
from habeas.dates import ONE_DAY
from habeas.nouns import Answer, Case, Casebook, Phrase, Question, Step, only, say, say_count, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days of one level, by number from the first day asked: [start, end)."""

    start: int
    end: int
    level: Level
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stocks:
    """People documented by name on each day from `first`: certainly, by the best reading, and possibly in custody."""

    first: date
    low: tuple[int, ...]
    best: tuple[int, ...]
    high: tuple[int, ...]
    statements: tuple[str, ...]  # of every spell that counts on some day


def stretches(case: Case, first: date, days: int, horizon_days: int) -> Iterator[Stretch]:
    """How a person stands from `first` on, for so many days; days on which nothing is possible are left out."""
    last = first + timedelta(days=days - 1)
    turning = {d for spell in case.spells for d in turning_days(spell, horizon_days) if first < d <= last}
    for start, end in pairwise([first, *sorted(turning), last + ONE_DAY]):
        found = standing(case, start, horizon_days)
        if found.level is not Level.OUT:
            yield Stretch(
                start=(start - first).days,
                end=(end - first).days,
                level=found.level,
                statements=() if found.spell is None else found.spell.statements,
            )


class _Sum:
    """Counts by day, from the days on which they change."""

    def __init__(self, days: int) -> None:
        self._changes = [0] * (days + 1)

    def add(self, start: int, end: int, count: int = 1) -> None:
        self._changes[start] += count
        self._changes[end] -= count

    def total(self) -> tuple[int, ...]:
        return tuple(accumulate(self._changes[:-1]))


def stocks(casebook: Casebook[Any], first: date, days: int) -> Stocks:
    """The people documented by name on each day, as `inside` counts them on any one."""
    sums = {level: _Sum(days) for level in (Level.CERTAIN, Level.LIKELY, Level.POSSIBLE)}
    unsure = unsure_cases(casebook)
    apart = {c for pair in unsure for c in pair}
    certain: dict[str, list[Stretch]] = {}
    statements: dict[str, None] = {}
    for case in casebook.cases.values():
        for stretch in stretches(case, first, days, casebook.book.horizon_days):
            statements.update(dict.fromkeys(stretch.statements))
            for level, total in sums.items():
                if stretch.level < level:
                    continue
                if level is Level.CERTAIN and case.id in apart:
                    certain.setdefault(case.id, []).append(stretch)
                else:
                    total.add(stretch.start, stretch.end)
    for group in _groups(unsure):
        _add_merged(sums[Level.CERTAIN], {c: certain.get(c, []) for c in group}, unsure)
    return Stocks(
        first=first,
        low=sums[Level.CERTAIN].total(),
        best=sums[Level.LIKELY].total(),
        high=sums[Level.POSSIBLE].total(),
        statements=tuple(statements),
    )


def _groups(pairs: Sequence[tuple[str, str]]) -> list[set[str]]:
    """The cases that unsure pairs hold together."""
    groups: list[set[str]] = []
    for pair in pairs:
        met = [g for g in groups if not g.isdisjoint(pair)]
        groups = [g for g in groups if g.isdisjoint(pair)]
        groups.append(set(pair).union(*met))
    return groups


def _add_merged(total: _Sum, certain: Mapping[str, Iterable[Stretch]], unsure: Sequence[tuple[str, str]]) -> None:
    """Add how many people such cases are at least, between the days on which one of them changes."""
    edges = sorted({e for some in certain.values() for s in some for e in (s.start, s.end)})
    pairs = [pair for pair in unsure if pair[0] in certain]
    for start, end in pairwise(edges):
        there = [c for c, some in certain.items() if any(s.start <= start < s.end for s in some)]
        if there:
            total.add(start, end, merged(there, pairs))


def series(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `series`: low, best and high for each day; value is the best reading of the last day.

    A day outside every list's window has no figure.
    """
    span = asked_span(casebook, question)
    assert span.start is not None
    assert span.end is not None
    first, last = span.start, span.end - ONE_DAY
    found = stocks(casebook, first, (last - first).days + 1)
    rows: list[dict[str, Any]] = []
    sample = False
    for at, (low, best, high) in enumerate(zip(found.low, found.best, found.high, strict=True)):
        day = first + timedelta(days=at)
        lists = covering(casebook, day)
        sample = sample or not is_whole(lists, day)
        said = {"low": low, "best": best, "high": high} if lists else dict.fromkeys(("low", "best", "high"))
        rows.append({"on": day.isoformat(), **said, "lists": len(lists)})
    told = [r for r in rows if r["best"] is not None]
    most = max(told, key=lambda r: (r["best"], r["on"]), default=None)
    end = rows[-1]
    short = _sentence(first, last, end, most)
    steps = (
        Step(what=say("days asked about"), result=only(len(rows))),
        Step(what=say("days that no list's window holds"), result=only(len(rows) - len(told))),
        Step(what=say("cases documented by name in this book"), result=only(len(casebook.cases))),
        Step(
            what=say("most in custody on one day, by the best reading"),
            result=say("cannot say")
            if most is None
            else say("{n} on {day}", n=most["best"], day=date.fromisoformat(most["on"])),
            rests_on=found.statements,
        ),
    )
    return Answer(
        question=question,
        value=end["best"],
        low=end["low"],
        high=end["high"],
        sentence=together([short, _SAMPLE]) if sample and most is not None else short,
        said=short,
        steps=steps,
        rests_on=found.statements,
        more={"unit": UNIT, "from": first.isoformat(), "to": last.isoformat(), "days": rows},
    )


_SAMPLE = say("The lists are samples: how many were inside in all cannot be said from them.")


def _sentence(first: date, last: date, end: Mapping[str, Any], most: Mapping[str, Any] | None) -> Phrase:
    if most is None:
        return say(
            "Cannot say who was inside between {first} and {last}: no list of this book covers a day of it.",
            first=first,
            last=last,
        )
    said = (
        say_count(
            "On {day}, {n} person is documented by name here as in custody (certainly {low}, possibly {high})",
            "On {day}, {n} people are documented by name here as in custody (certainly {low}, possibly {high})",
            end["best"],
            day=last,
            low=end["low"],
            high=end["high"],
        )
        if end["best"] is not None
        else say("On {day} no list of this book covers the day", day=last)
    )
    return say(
        "{today}; between {first} and then the most were {n}, on {day}.",
        today=said,
        first=first,
        n=most["best"],
        day=date.fromisoformat(most["on"]),
    )
