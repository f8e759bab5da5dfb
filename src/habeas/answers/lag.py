"""How long after an arrest a list first names the person, and since when the record is therefore not yet whole.

Lists recognise people months later, so that the last months always look calm. The lag of a person is the first day on
which any source of the case was published, minus the day of arrest, where both are known to the day. The window in
which nothing may be said of fewer arrests reaches back from the last day of publication by the lag within which nine of
ten were named. People arrested lately and not named yet have no lag at all, so that the true one is longer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from habeas.dates import PartialDate
from habeas.nouns import Case, Casebook

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


ALL = ""  # every list together, beside the id of each
Lags = list[tuple[int, str]]  # days, and the statement that first named the person


def _published(casebook: Casebook[Any]) -> dict[str, dict[str, str]]:
    """The dates of publication of each entry as they are written, each with its first statement.

    An entry says many things at once, of which any names the person: the least id stands for them.
    """
    found: dict[str, dict[str, str]] = {}
    for identifier, statement in casebook.statements.items():
        published, subject = statement.published, statement.subject
        if published is not None and subject.startswith("entry:"):
            days = found.get(subject)
            if days is None:
                found[subject] = {published: identifier}
            elif identifier < days.setdefault(published, identifier):
                days[published] = identifier
    return found


def _named(case: Case, published: Mapping[str, Mapping[str, str]]) -> dict[str, list[tuple[date, str]]]:
    """The days on which something was published of a case, by list and of all, in order; each with its first statement."""
    found: dict[str, dict[date, str]] = {ALL: {}}
    for mention in case.mentions:
        for text, identifier in published.get(mention, {}).items():
            when = PartialDate.parse(text)
            if when.earliest is None or when.earliest != when.latest:
                continue
            for listed in (ALL, mention.split(":")[1]):
                days = found.setdefault(listed, {})
                days[when.earliest] = min(identifier, days.get(when.earliest, identifier))
    return {listed: sorted(days.items()) for listed, days in found.items()}


def _arrested(case: Case) -> Iterator[tuple[date, date]]:
    """Each arrest known to the day, and until when a list that names the person can mean it."""
    for spell in case.spells:
        start = None if spell.start is None else PartialDate.parse(spell.start.value)
        if start is not None and start.is_day and start.earliest is not None:
            end = None if spell.end is None else PartialDate.parse(spell.end.value).earliest
            yield start.earliest, end or date.max


def _lags(casebook: Casebook[Any]) -> dict[str, Lags]:
    """The lag in days of each arrest known to the day, with the statement that first named it: of each list, and of all."""
    found: dict[str, Lags] = {ALL: []}
    published = _published(casebook)
    for case in casebook.cases.values():
        arrested = list(_arrested(case))
        for listed, named in _named(case, published).items() if arrested else ():
            for start, end in arrested:
                first = next(((d, i) for d, i in named if start <= d <= end), None)
                if first is not None:
                    found.setdefault(listed, []).append(((first[0] - start).days, first[1]))
    for some in found.values():
        some.sort()
    return found


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
    return casebook.once(_maturity)


def _maturity(casebook: Casebook[Any]) -> Maturity:
    days = [
        info.published.earliest
        for info in casebook.lists.values()
        if info.published is not None and info.published.is_day and info.published.earliest is not None
    ]
    last = max(days, default=None)
    lag = summary(casebook.once(_lags)[ALL])
    since = None if last is None or lag is None else last - timedelta(days=lag.nine_of_ten)
    return Maturity(last_published=last, lag=lag, since=since)


def by_list(casebook: Casebook[Any]) -> dict[str, Lag]:
    """The lag of each list that names enough people with a day of arrest."""
    return casebook.once(_by_list)


def _by_list(casebook: Casebook[Any]) -> dict[str, Lag]:
    every = casebook.once(_lags)
    found = {identifier: summary(every.get(identifier, ())) for identifier in casebook.lists}
    return {identifier: lag for identifier, lag in found.items() if lag is not None}
