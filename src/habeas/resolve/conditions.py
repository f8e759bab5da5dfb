"""Conditions on two folded rows, each said once: as SQL for the engines, as a test in Python for a book.

In both a condition on something that is not there does not hold.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from rapidfuzz.distance import Levenshtein

from habeas.resolve.folding import Folded


@dataclass(frozen=True, slots=True)
class Condition:
    """What may hold of two rows; in `sql` the columns of the first end in `_l`, those of the second in `_r`."""

    sql: str
    holds: Callable[[Folded, Folded], bool]

    def __and__(self, other: Condition) -> Condition:
        mine, also = self.holds, other.holds
        return Condition(f"({self.sql}) and ({other.sql})", lambda a, b: mine(a, b) and also(a, b))

    def __or__(self, other: Condition) -> Condition:
        mine, also = self.holds, other.holds
        return Condition(f"({self.sql}) or ({other.sql})", lambda a, b: mine(a, b) or also(a, b))


def _of(column: str) -> Callable[[Folded], Any]:
    return itemgetter(Folded._fields.index(column))


OTHERWISE = Condition("ELSE", lambda _a, _b: True)


def same(column: str, other: str | None = None) -> Condition:
    """A column of the first row is a column of the second: the same one, or `other`."""
    second = other or column
    left, right = _of(column), _of(second)

    def holds(a: Folded, b: Folded) -> bool:
        value = left(a)
        return value is not None and value == right(b)

    return Condition(f"{column}_l = {second}_r", holds)


def crossed(column: str, other: str) -> Condition:
    """One column of either row is the other column of the other, or both are of both."""
    return same(column, other) | same(other, column) | same(other)


def swapped(column: str, other: str) -> Condition:
    """Each is the other of the other row."""
    return same(column, other) & same(other, column)


def missing(*columns: str) -> Condition:
    """One of the two rows has none of the columns."""
    if len(columns) == 1:
        get = _of(columns[0])

        def holds(a: Folded, b: Folded) -> bool:
            return get(a) is None or get(b) is None
    else:
        several = itemgetter(*map(Folded._fields.index, columns))
        none = (None,) * len(columns)

        def holds(a: Folded, b: Folded) -> bool:
            return none in (several(a), several(b))

    sides = [" and ".join(f"{column}_{side} is null" for column in columns) for side in "lr"]
    return Condition(" or ".join(f"({side})" for side in sides), holds)


def known(column: str) -> Condition:
    """Both rows have the column."""
    get = _of(column)
    return Condition(
        f"{column}_l is not null and {column}_r is not null",
        lambda a, b: get(a) is not None and get(b) is not None,
    )


def begins(column: str, letters: int) -> Condition:
    """So many first letters of a column are the same."""
    get = _of(column)

    def holds(a: Folded, b: Folded) -> bool:
        x, y = get(a), get(b)
        return x is not None and y is not None and x[:letters] == y[:letters]

    return Condition(f"substr({column}_l, 1, {letters}) = substr({column}_r, 1, {letters})", holds)


def piece(column: str, start: int, length: int, other: int | None = None) -> Condition:
    """A piece of a column, from letter `start` (from 1), is the same, or the piece from `other` of the second row."""
    second = other or start
    get = _of(column)

    def holds(a: Folded, b: Folded) -> bool:
        x, y = get(a), get(b)
        return x is not None and y is not None and x[start - 1 :][:length] == y[second - 1 :][:length]

    return Condition(f"substr({column}_l, {start}, {length}) = substr({column}_r, {second}, {length})", holds)


def near(column: str, edits: int, *, longer: int = 0) -> Condition:
    """A column differs in so many letters at most, and the first row's is longer than `longer`."""
    get = _of(column)

    def holds(a: Folded, b: Folded) -> bool:
        x, y = get(a), get(b)
        if x is None or y is None or len(x) <= longer:
            return False
        return Levenshtein.distance(x, y, score_cutoff=edits) <= edits

    length = f" and length({column}_l) > {longer}" if longer else ""
    return Condition(f"levenshtein({column}_l, {column}_r) <= {edits}{length}", holds)


def half_alike(column: str) -> Condition:
    """A column differs in half of its letters at most."""
    get = _of(column)

    def holds(a: Folded, b: Folded) -> bool:
        x, y = get(a), get(b)
        return x is not None and y is not None and Levenshtein.distance(x, y) * 2 <= len(x)

    return Condition(f"levenshtein({column}_l, {column}_r) * 2 <= length({column}_l)", holds)


def apart(column: str, *steps: int) -> Condition:
    """Two numbers are one of these steps apart."""
    get = _of(column)

    def holds(a: Folded, b: Folded) -> bool:
        x, y = get(a), get(b)
        return x is not None and y is not None and abs(x - y) in steps

    return Condition(f"abs({column}_l - {column}_r) in ({', '.join(map(str, steps))})", holds)
