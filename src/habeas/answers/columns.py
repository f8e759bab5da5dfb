"""Stays in columns: a row for each spell of a casebook, read once; a day and a reading are asked of all rows at once.

What a stay is, and what the record says of one, stands in `stays`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from habeas.answers.announced import carried_out
from habeas.answers.shapes.estimates import Followed, StayFacet, Watched
from habeas.answers.standing import FOREVER, NEVER
from habeas.answers.standings import Standings, standings
from habeas.answers.states import Level
from habeas.answers.stays import FOLLOWED, WATCHED, WAYS, Bounds, bounds, facets
from habeas.estimate.lifetimes import RUNNING, Floats, Ints, Lifetimes, Marks
from habeas.nouns import Case, Casebook, Spell, say

_ROW = 1 << 24  # more than any number of a day: row and day in one number
_NO_WAY = len(WAYS)


class Stay(NamedTuple):
    """One stay, in days since the arrest: the exit lies in `(low, high]`, or at `low` where both are equal.

    `high` None: still running at `low`. `entry` None: watched from the arrest on. `way` None where it runs on.
    """

    case: Case
    spell: Spell
    low: int
    high: int | None
    entry: int | None
    way: str | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stays:
    """The stays that can be counted by one reading, a row each, and how many spells cannot, by the reason.

    `rows` are those of the spells; `low`, `high` and `entry` are days since the arrest, as in `Stay`, infinite where that
    has None; `way` is the number in WAYS, RUNNING where it runs on.
    """

    spells: Spells
    rows: Ints
    low: Floats
    high: Floats
    entry: Floats
    way: Ints
    left_out: Mapping[str, int]

    def __len__(self) -> int:
        return int(self.rows.size)

    def __iter__(self) -> Iterator[Stay]:
        for row, low, high, entry, way in zip(self.rows, self.low, self.high, self.entry, self.way, strict=True):
            case, spell = self.spells.of[row]
            yield Stay(
                case,
                spell,
                int(low),
                None if np.isinf(high) else int(high),
                None if np.isinf(entry) else int(entry),
                None if way == RUNNING else WAYS[way],
            )

    @property
    def ended(self) -> Marks:
        return np.asarray(self.way != RUNNING)

    def only(self, which: Marks | Ints) -> Stays:
        """The stays that `which` marks, or whose places it has."""
        return Stays(
            spells=self.spells,
            rows=self.rows[which],
            low=self.low[which],
            high=self.high[which],
            entry=self.entry[which],
            way=self.way[which],
            left_out=self.left_out,
        )

    def told(self) -> Iterator[tuple[Case, Spell]]:
        """Whose stays they are, and by which spell."""
        return (self.spells.of[row] for row in self.rows.tolist())

    def lifetimes(self) -> Lifetimes:
        """The stays with the ways that occur."""
        occur = np.unique(self.way[self.ended])
        ways = [WAYS[way] for way in occur] or [WAYS[-1]]
        number = np.where(self.ended, np.searchsorted(occur, self.way), RUNNING)
        _, people = np.unique(self.spells.case[self.rows], return_inverse=True)
        return Lifetimes.of(self.low, self.high, number, ways, self.entry, people)

    def groups(self, casebook: Casebook[Any], by: StayFacet) -> list[tuple[str, Ints]]:
        """Each group and the places of its stays, the largest first; a stay under two articles stands in both."""
        found = casebook.once(_Groups(by))
        here = np.full(len(self.spells.of), -1)
        here[self.rows] = np.arange(len(self))
        at = here[found.rows]
        group = found.groups[at >= 0]
        order, sizes = np.argsort(group, kind="stable"), np.bincount(group, minlength=len(found.names))
        parts = np.split(at[at >= 0][order], np.cumsum(sizes)[:-1])
        named = [(name, part) for name, part in zip(found.names, parts, strict=False) if part.size]
        return sorted(named, key=lambda item: (-item[1].size, item[0]))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Known:
    """What the record says of every spell by a day, before any reading of what it leaves open; a row each.

    `refused` is the number of the reason in `reasons`, -1 where there is none. `past` marks those whose exit is past;
    `until` (n, 3) is the last day by `least`, `best` and `most` of those that run on.
    """

    spells: Spells
    reasons: tuple[str, ...]
    refused: Ints
    past: Marks
    until: Ints

    def stays(self, *, followed: Followed = "best", watched: Watched = "window", since: date | None = None) -> Stays:
        """The stays by one reading of what is known.

        Args:
            followed: how far a stay without an exit is followed: `least`, `best` or `most`.
            watched: since when a person counts: `window` (of the list) or `strict` (publication).
            since: only stays whose arrest may lie on this day or later.
        """
        spells, past, first = self.spells, self.past, self.spells.watched[:, WATCHED.index(watched)]
        earliest, middle, latest = spells.start.T
        entry = np.where(first <= latest, -np.inf, first - middle)
        high = np.where(past, spells.exit[:, 2] - earliest, np.inf)
        soon = np.maximum(0, spells.soonest - latest)
        # The bound itself may be the length, and (low, high] leaves its lower end out.
        ended = np.maximum(np.where(high > soon, soon - 1, soon), entry)
        low = np.where(past, ended, np.maximum(0, self.until[:, FOLLOWED.index(followed)] - middle))
        unseen = entry >= np.where(past, high, low)
        why, reasons = self.refused.copy(), list(self.reasons)
        refusals = [
            (
                say("known only from lists of people who came out, or from none that says when it looks"),
                first == FOREVER,
            ),
            (say("first listed after the exit, or on its day"), past & unseen),
            (say("out of sight before anyone watched"), ~past & unseen),
        ]
        if since is not None:
            refusals.insert(0, (say("arrested before {day}", day=since), latest < since.toordinal()))
        for text, which in refusals:
            why[(why < 0) & which] = len(reasons)
            reasons.append(text)
        kept = why < 0
        told = Counter({reasons[at]: n for at, n in enumerate(np.bincount(why[~kept], minlength=1).tolist()) if n})
        return Stays(
            spells=spells,
            rows=np.flatnonzero(kept),
            low=low[kept],
            high=high[kept],
            entry=entry[kept],
            way=np.where(past, spells.way, RUNNING)[kept],
            left_out=dict(sorted(told.items(), key=lambda item: (-item[1], item[0]))),
        )


def _told_of(casebook: Casebook[Any], of: Iterable[tuple[Case, Spell]]) -> list[Bounds]:
    """What the record says of each spell, told whether it ended in a release of a deal."""
    deals = {r.id for r in carried_out(casebook, *casebook.deals.values())}
    return [bounds(casebook, case, spell, deals) for case, spell in of]


def _refusals(told: Sequence[Bounds]) -> tuple[tuple[str, ...], Ints]:
    """Why spells cannot be followed, and for each spell the place of its reason, or -1."""
    reasons = tuple(dict.fromkeys(one.refused for one in told if one.refused))
    return reasons, _whole_numbers(reasons.index(one.refused) if one.refused else -1 for one in told)


def _way(told: Bounds) -> int:
    return _NO_WAY if told.way is None else WAYS.index(told.way)


def _term(spell: Spell) -> int:
    return NEVER if spell.term_ends is None else spell.term_ends.toordinal()


def _whole_numbers(found: Iterable[int]) -> Ints:
    return np.fromiter(found, dtype=np.int64)


class Spells:
    """What the record says of every spell, whatever day is asked: `Bounds` in columns, and the days on which levels turn.

    `of` are the cases and their spells, `case` the number of each one's case. Days of evidence and the stretches of a
    level stand one after the other in order, as row and day in one number, where bisection finds them for all rows at once.
    """

    def __init__(self, casebook: Casebook[Any]) -> None:
        found = standings(casebook).values()
        self.of = [(daily.case, spell) for daily in found for spell in daily.case.spells]
        told = _told_of(casebook, self.of)
        endless = (FOREVER, FOREVER, FOREVER)
        self.case = np.repeat(np.arange(len(found)), [len(daily.case.spells) for daily in found])
        self.reasons, self.refused = _refusals(told)
        self.start = _columns((one.start for one in told), 3)
        exits = [one.exit for one in told]
        self.exit = _columns((one or endless for one in exits), 3)
        self.leaves = np.array([one is not None for one in exits], dtype=bool)
        self.soonest = _whole_numbers(one.soonest for one in told)
        self.way = _whole_numbers(map(_way, told))
        self.watched = _columns((one.watched for one in told), 2)
        self.term = _whole_numbers(_term(spell) for _, spell in self.of)
        self.evidence = _in_rows(one.evidence for one in told)
        self.edges, self.likely = _stretches(found, told)

    def by(self, day: int, horizon: int) -> Known:
        """What is known by a day."""
        late = say("arrested after the day asked")
        refused = np.where((self.refused < 0) & (self.start[:, 2] > day), len(self.reasons), self.refused)
        return Known(
            spells=self,
            reasons=(*self.reasons, late),
            refused=refused,
            past=self.exit[:, 2] <= day,
            until=self._until(day, horizon),
        )

    def _until(self, day: int, horizon: int) -> Ints:
        """The last day on which each stay is read as running, by each reading."""
        arrested, rows, soonest = self.start[:, 1], np.arange(len(self.of)), self.exit[:, 0]
        # One that ended, perhaps after the day asked, ran at least to the day before the soonest exit.
        ran = np.where(soonest == NEVER, arrested, np.minimum(day, np.maximum(arrested, soonest - 1)))
        at = np.searchsorted(self.evidence, rows * _ROW + day, side="right") - 1
        before = np.where(at < 0, -1, self.evidence[at]) if self.evidence.size else np.full(rows.shape, -1)
        last = np.where(before // _ROW == rows, np.maximum(arrested, before % _ROW), arrested)
        best = last
        for reach in (last + horizon, np.full(rows.shape, day), self.term):
            there = (reach > last) & (reach <= day) & self._likely(rows, reach)
            best = np.maximum(best, np.where(there, reach, last))
        return np.where(self.leaves[:, None], ran[:, None], np.stack([last, best, np.full(rows.shape, day)], axis=1))

    def _likely(self, rows: Ints, days: Ints) -> Marks:
        """True where a spell without an exit has the person in custody on a day by the best reading."""
        if not self.edges.size:
            return np.zeros(rows.shape, bool)
        at = np.searchsorted(self.edges, rows * _ROW + days, side="right") - 1
        return np.asarray((self.edges[at] // _ROW == rows) & self.likely[at])


def _columns(rows: Iterable[tuple[int, ...]], width: int) -> Ints:
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, width)


def _in_rows(days: Iterable[Sequence[int]]) -> Ints:
    """Days of each row one after the other, as row and day in one number."""
    return np.fromiter((row * _ROW + day for row, some in enumerate(days) for day in some), dtype=np.int64)


def _stretches(found: Iterable[Standings], told: Sequence[Bounds]) -> tuple[Ints, Marks]:
    """From which days on the spells without an exit are likely or more, or are not."""
    edges: list[int] = []
    likely: list[bool] = []
    row = 0
    for daily in found:
        for place in range(len(daily.case.spells)):
            one = told[row]
            if not one.refused and one.exit is None:
                for day, level in daily.turns(place):
                    edges.append(row * _ROW + day)
                    likely.append(level >= Level.LIKELY)
            row += 1
    return np.array(edges, dtype=np.int64), np.array(likely, dtype=bool)


@dataclass(frozen=True, slots=True)
class _Grouped:
    """The groups of every spell by one facet: each row with the number of one of its groups, in order of rows."""

    names: tuple[str, ...]
    rows: Ints
    groups: Ints


@dataclass(frozen=True, slots=True)
class _Groups:
    """What `_Grouped` makes of a casebook, by a facet: made once for it."""

    by: StayFacet

    def __call__(self, casebook: Casebook[Any]) -> _Grouped:
        told = [facets(case, spell, self.by) for case, spell in casebook.once(Spells).of]
        number = {name: at for at, name in enumerate(dict.fromkeys(chain.from_iterable(told)))}
        rows: NDArray[np.int64] = np.repeat(np.arange(len(told)), [len(some) for some in told])
        groups = np.fromiter((number[name] for some in told for name in some), dtype=np.int64)
        return _Grouped(tuple(number), rows, groups)


def known_of(casebook: Casebook[Any], day: date) -> Known:
    """What the record says of every spell by a day; readings are taken from here."""
    return casebook.once(Spells).by(day.toordinal(), casebook.book.horizon_days)
