"""How long after an arrest a list first names the person, and since when the record is therefore not yet whole.

Lists recognise people months later, so that the last months always look calm. The lag of a person is the first day on
which any source of the case was published, minus the day of arrest, where both are known to the day. The window in
which nothing may be said of fewer arrests reaches back from the last day of publication by the lag within which nine of
ten were named. People arrested lately and not named yet have no lag at all, so that the true one is longer.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from habeas.dates import PartialDate
from habeas.nouns import Casebook

FEWEST = 20
SHARE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """Days from arrest to the first list: of how many people, the median, and within how many days nine of ten."""

    people: int
    median: int
    nine_of_ten: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maturity:
    """The last day of publication on record, the lag, and the first day of the window that is not yet whole.

    `since` None: too few people have a lag, so that no day can be called mature.
    """

    last_published: date | None
    lag: Lag | None
    since: date | None

    def covers(self, day: date) -> bool:
        """True where lists have had their time to name who was arrested by `day`."""
        return self.since is not None and day < self.since


def _published(casebook: Casebook[Any], statements: Iterable[str]) -> Iterable[tuple[date, str]]:
    for identifier in statements:
        said = casebook.statements.get(identifier)
        if said is not None and said.published is not None:
            when = PartialDate.parse(said.published)
            if when.is_day and when.earliest is not None:
                yield when.earliest, identifier


def lags(casebook: Casebook[Any], entries_of: str | None = None) -> list[tuple[int, str]]:
    """The lag in days of each arrest known to the day, with the statement that first named it; of one list, or of all."""
    found = []
    for case in casebook.cases.values():
        statements = case.statements
        if entries_of is not None:
            of_list = f"entry:{entries_of}:"
            statements = tuple(
                i for i in statements if (s := casebook.statements.get(i)) is not None and s.subject.startswith(of_list)
            )
        named = sorted(_published(casebook, statements))
        for spell in case.spells:
            if spell.start is None:
                continue
            start = PartialDate.parse(spell.start.value)
            if not start.is_day or start.earliest is None:
                continue
            end = PartialDate.parse(spell.end.value).earliest if spell.end is not None else None
            first = next(((d, i) for d, i in named if d >= start.earliest and (end is None or d <= end)), None)
            if first is not None:
                found.append(((first[0] - start.earliest).days, first[1]))
    return sorted(found)


def summary(found: Sequence[tuple[int, str]]) -> Lag | None:
    """Median and nine-of-ten of some lags; None under twenty people."""
    if len(found) < FEWEST:
        return None
    return Lag(
        people=len(found),
        median=found[(len(found) - 1) // 2][0],
        nine_of_ten=found[math.ceil(SHARE * len(found)) - 1][0],
        statements=tuple(i for _, i in found),
    )


def maturity(casebook: Casebook[Any]) -> Maturity:
    """Up to when the record of arrests may be taken as settled."""
    days = [
        info.published.earliest
        for info in casebook.lists.values()
        if info.published is not None and info.published.is_day and info.published.earliest is not None
    ]
    last = max(days, default=None)
    lag = summary(lags(casebook))
    since = None if last is None or lag is None else last - timedelta(days=lag.nine_of_ten)
    return Maturity(last_published=last, lag=lag, since=since)


def by_list(casebook: Casebook[Any]) -> dict[str, Lag]:
    """The lag of each list that names enough people with a day of arrest."""
    found = {identifier: summary(lags(casebook, identifier)) for identifier in casebook.lists}
    return {identifier: lag for identifier, lag in found.items() if lag is not None}
