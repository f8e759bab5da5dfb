"""The people documented by name on a day: the count that `inside`, `flows` and the others rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.answers.standing import Level, Standing, standing
from habeas.nouns import Case, Casebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """People documented by name on a day: certainly, by the best reading, and possibly in custody."""

    day: date
    low: int
    best: int
    high: int
    people: tuple[tuple[Case, Standing], ...]


def merged(cases: Sequence[str], pairs: Sequence[tuple[str, str]]) -> int:
    """How many people `cases` are at least, where any unsure pair may be one person."""
    head = {c: c for c in cases}

    def find(c: str) -> str:
        while head[c] != c:
            head[c] = head[head[c]]
            c = head[c]
        return c

    for a, b in pairs:
        if a in head and b in head:
            head[find(a)] = find(b)
    return len({find(c) for c in cases})


def unsure_cases(casebook: Casebook[Any]) -> tuple[tuple[str, str], ...]:
    """Pairs of case ids that may be one person."""
    home = {m: c.id for c in casebook.cases.values() for m in c.mentions}
    return tuple(
        (home[p.a], home[p.b]) for p in casebook.unsure if p.a in home and p.b in home and home[p.a] != home[p.b]
    )


def stock(casebook: Casebook[Any], day: date) -> Stock:
    """The people documented by name on one day."""
    people = []
    for case in casebook.cases.values():
        found = standing(case, day, casebook.book.horizon_days)
        if found.level is not Level.OUT:
            people.append((case, found))
    certain = [c.id for c, s in people if s.level is Level.CERTAIN]
    return Stock(
        day=day,
        low=merged(certain, unsure_cases(casebook)),
        best=sum(1 for _, s in people if s.level >= Level.LIKELY),
        high=len(people),
        people=tuple(people),
    )
