"""The people documented by name on a day: the count that `inside`, `flows` and the others rest on.

Counts are kept as the days on which they change, for all days at once: see `daily`. Of a day that no list covers there is
no count: what is given instead is why not, so that whoever prints a number has to ask first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from habeas.answers.coverage import uncovered
from habeas.answers.joined import heads
from habeas.answers.shapes.common import Bounds as BoundsShape
from habeas.answers.standing import FOREVER, Standing
from habeas.answers.standings import Standings, people_on, standings
from habeas.answers.states import Level
from habeas.nouns import Case, Casebook, Phrase

Pair = tuple[str, str]  # of case ids


@dataclass(frozen=True, kw_only=True)
class Stock:
    """People documented by name on a day: certainly, by the best reading, and possibly in custody."""

    casebook: Casebook[Any] = field(repr=False, compare=False)
    day: date
    low: int
    best: int
    high: int

    @cached_property
    def people(self) -> Sequence[tuple[Case, Standing]]:
        """Who is possibly in custody that day, and how each stands."""
        return people_on(self.casebook, self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why nobody can be counted on a day."""

    day: date
    why: Phrase


class Bounds(NamedTuple):
    """How many are certainly, by the best reading, and possibly in custody on a day."""

    low: int
    best: int
    high: int


def bounds_json(found: Stock | Refused) -> BoundsShape:
    """The bounds of a day, ready for JSON; None where nobody can be counted."""
    if isinstance(found, Refused):
        return {"low": None, "best": None, "high": None}
    return {"low": found.low, "best": found.best, "high": found.high}


class _Count:
    """A number on every day, from the days on which it changes and by how much."""

    def __init__(self, changes: Mapping[int, int]) -> None:
        self._days = sorted(day for day, by in changes.items() if by)
        self._sums = [0, *accumulate(changes[day] for day in self._days)]

    def on(self, day: int) -> int:
        return self._sums[bisect_right(self._days, day)]


def stock(casebook: Casebook[Any], day: date) -> Stock | Refused:
    """The people documented by name on one day, or why they cannot be counted."""
    why = uncovered(casebook, day)
    if why is not None:
        return Refused(day=day, why=why)
    low, best, high = _on(casebook, day.toordinal())
    return Stock(casebook=casebook, day=day, low=low, best=best, high=high)


def stocks(casebook: Casebook[Any], first: date, days: int) -> tuple[Bounds | None, ...]:
    """The people documented by name on each day of so many from the first; None for a day that no list covers."""
    start = first.toordinal()
    return tuple(
        None if uncovered(casebook, date.fromordinal(day)) is not None else _on(casebook, day)
        for day in range(start, start + days)
    )


def _on(casebook: Casebook[Any], day: int) -> Bounds:
    return Bounds(*(count.on(day) for count in casebook.once(_counts)))


def _counts(casebook: Casebook[Any]) -> tuple[_Count, _Count, _Count]:
    """Certainly, by the best reading, possibly in custody, on every day."""
    unsure = unsure_cases(casebook)
    apart = {case for pair in unsure for case in pair}
    found = standings(casebook)
    changes: tuple[Counter[int], ...] = tuple(Counter() for _ in Level)
    for identifier, daily in found.items():
        most = Level.LIKELY if identifier in apart else Level.CERTAIN
        before: int = Level.OUT
        for edge, standing in zip(daily.edges, daily.standings, strict=True):
            now = min(standing.level, most)
            for at in range(before + 1, now + 1):
                changes[at][edge] += 1
            for at in range(now + 1, before + 1):
                changes[at][edge] -= 1
            before = now
    for cases, pairs in groups_of(unsure):
        for start, end, people in _merged({c: found[c] for c in cases}, pairs):
            changes[Level.CERTAIN][start] += people
            changes[Level.CERTAIN][end] -= people
    return _Count(changes[Level.CERTAIN]), _Count(changes[Level.LIKELY]), _Count(changes[Level.POSSIBLE])


def unsure_cases(casebook: Casebook[Any]) -> tuple[Pair, ...]:
    """Pairs of case ids that may be one person."""
    return casebook.once(_unsure_cases)


def _unsure_cases(casebook: Casebook[Any]) -> tuple[Pair, ...]:
    home = {m: c.id for c in casebook.cases.values() for m in c.mentions}
    return tuple(
        (home[p.a], home[p.b]) for p in casebook.unsure if p.a in home and p.b in home and home[p.a] != home[p.b]
    )


def groups_of(pairs: Sequence[Pair]) -> Iterator[tuple[list[str], list[Pair]]]:
    """The cases that pairs hold together, as they may be one person, and those pairs."""
    head = heads([case for pair in pairs for case in pair], pairs)
    cases: dict[str, list[str]] = {}
    among: dict[str, list[Pair]] = {}
    for case, first in head.items():
        cases.setdefault(first, []).append(case)
    for pair in pairs:
        among.setdefault(head[pair[0]], []).append(pair)
    for first, some in cases.items():
        yield some, among[first]


def _merged(found: Mapping[str, Standings], pairs: Sequence[Pair]) -> Iterator[tuple[int, int, int]]:
    """How many certain people some cases are at least, where any pair may be one person: (from, up to, people)."""
    edges = sorted({edge for daily in found.values() for edge in daily.edges})
    for start, end in pairwise([*edges, FOREVER]):
        there = [case for case, daily in found.items() if daily.level(start) is Level.CERTAIN]
        if there:
            yield start, end, len(set(heads(there, pairs).values()))
