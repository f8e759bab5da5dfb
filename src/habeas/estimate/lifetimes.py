"""Lengths of stay as arrays: known exactly, within bounds, or only as still running, and watched from some length on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from habeas.errors import UsageError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]

RUNNING = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifetimes:
    """How long each of n stays lasted, as far as it is known; any unit, days here.

    Stay i ended in `(low[i], high[i]]`, or exactly at `low[i]` where both are equal; `high[i]` is infinite where it
    was still running at `low[i]` (right-censored). It could be seen only once it had lasted longer than `entry[i]`
    (left-truncated; minus infinity where it was watched from its first day). `way[i]` is the number in `ways` by which
    it ended, RUNNING where it did not. Stays of one `person` are resampled together.
    """

    ways: tuple[str, ...]
    entry: Floats
    low: Floats
    high: Floats
    way: Ints
    person: Ints

    @classmethod
    def of(
        cls,
        low: ArrayLike,
        high: ArrayLike,
        way: ArrayLike,
        ways: Sequence[str],
        entry: ArrayLike | None = None,
        person: ArrayLike | None = None,
    ) -> Lifetimes:
        """Lifetimes from columns of equal length; without `entry` all are watched from the start.

        Raises:
            UsageError: a stay ends before it may begin to be seen, has no length, or names no way.
        """
        lows, highs = np.asarray(low, float), np.asarray(high, float)
        numbers = np.asarray(way, np.int64)
        entries = np.full(lows.shape, -np.inf) if entry is None else np.asarray(entry, float)
        people = np.arange(lows.size, dtype=np.int64) if person is None else np.asarray(person, np.int64)
        if len({lows.shape, highs.shape, numbers.shape, entries.shape, people.shape}) != 1:
            raise UsageError("the columns of lifetimes differ in length")
        if np.isnan(lows).any() or np.isnan(highs).any() or np.isnan(entries).any():
            raise UsageError("a lifetime has no length")
        if (highs < lows).any():
            raise UsageError("a lifetime ends before it begins")
        if (np.where(np.isinf(highs), lows, highs) < entries).any() or ((highs == lows) & (entries >= highs)).any():
            raise UsageError("a lifetime ended before it could be seen")
        if not (np.isinf(highs) == (numbers == RUNNING)).all() or (numbers >= len(ways)).any():
            raise UsageError("a lifetime that ended names the way it did, one that runs on names none")
        return cls(ways=tuple(ways), entry=entries, low=lows, high=highs, way=numbers, person=people)

    def __len__(self) -> int:
        return int(self.low.size)

    @property
    def exact(self) -> bool:
        """True where every end is known exactly."""
        return bool((np.isinf(self.high) | (self.high == self.low)).all())

    @property
    def ended(self) -> Marks:
        return np.asarray(self.way != RUNNING)

    def only(self, which: Marks) -> Lifetimes:
        """The stays that `which` marks."""
        return Lifetimes(
            ways=self.ways,
            entry=self.entry[which],
            low=self.low[which],
            high=self.high[which],
            way=self.way[which],
            person=self.person[which],
        )

    def rounded(self, step: float) -> Lifetimes:
        """Bounds moved outwards to whole steps, entries down: fewer distinct lengths, where there are very many stays."""
        high = np.where(self.ended, np.ceil(self.high / step) * step, np.inf)
        exact = self.high == self.low
        low = np.where(exact, high - step, np.floor(self.low / step) * step)
        entry = np.where(np.isinf(self.entry), self.entry, np.floor(self.entry / step) * step)
        return Lifetimes(
            ways=self.ways, entry=entry, low=np.maximum(low, entry), high=high, way=self.way, person=self.person
        )

    def at_middles(self, widest: float) -> Lifetimes:
        """Ends moved to the middle of their bounds; those known less well than within `widest` are left out."""
        width = np.where(self.ended, self.high - self.low, 0.0)
        middle = np.where(self.ended, (self.low + self.high) / 2, self.low)
        end = np.where(self.ended, middle, np.inf)
        moved = Lifetimes(
            ways=self.ways,
            entry=self.entry,
            low=middle,
            high=end,
            way=self.way,
            person=self.person,
        )
        return moved.only((width <= widest) & (self.entry < middle))
