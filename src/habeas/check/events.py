"""Which release of the casebook a claim speaks of: by its day, else by its number near the day of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from habeas.dates import PartialDate
from habeas.nouns import A, Casebook, FigureKind, Op, Phrase, Release, say

_NEAR = timedelta(days=3)  # a page may date a release by the day it reports it
_RECENT = timedelta(days=60)


def figures(release: Release) -> list[tuple[int, Op, FigureKind | None]]:
    """(number, operator, what it is a figure of) for each figure of a release."""
    out = []
    for record in release.figures:
        n = record.n
        if n is not None:
            out.append((n, record.op, record.figure))
    return out


def announced(release: Release) -> list[int]:
    return [n for n, _, figure in figures(release) if figure is FigureKind.ANNOUNCED]


def read_day(text: str) -> PartialDate | None:
    """The date as written on a claim, or None where it is none."""
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Events:
    """The releases that happened, in order of their days, and the one this article is mainly about."""

    releases: tuple[Release, ...]
    main: str | None = None

    def get(self, identifier: str | None) -> Release | None:
        return next((r for r in self.releases if r.id.removeprefix("release:") == identifier), None)

    def on(self, when: PartialDate) -> list[Release]:
        """The releases whose day could be meant by a date as said, an exact day give or take three."""
        if when.is_day and when.earliest is not None:
            low, high = when.earliest - _NEAR, when.earliest + _NEAR
            exact = [r for r in self.releases if r.when.compatible(when)]
            if exact:
                return exact
            return [r for r in self.releases if r.when.middle is not None and low <= r.when.middle <= high]
        return [r for r in self.releases if r.when.compatible(when)]

    def recent(self, published: date) -> list[Release]:
        """The releases of the 60 days up to publication, the latest first."""
        found = [r for r in self.releases if r.when.middle is not None]
        near = [
            r for r in found if published - _RECENT <= (r.when.middle or published) <= published + timedelta(days=1)
        ]
        return sorted(near, key=lambda r: r.when.middle or published, reverse=True)

    def find(self, n: float | None, when: PartialDate | None, published: date | None) -> Release | None:
        """The release that a number, a day, or both speak of; None where nothing decides."""
        if when is not None:
            pool = self.on(when)
        else:
            pool = self.recent(published) if published is not None else []
            main = self.get(self.main)
            pool = ([main] if main is not None and main not in pool else []) + pool
        if n is not None:
            whole = [r for r in pool if n in announced(r)]
            part = [r for r in pool if n in [f[0] for f in figures(r)]]
            if whole or part:
                return (whole or part)[0]
        if when is not None:
            return pool[0] if len(pool) == 1 else None
        return self.get(self.main)


def events(casebook: Casebook[A]) -> Events:
    """The releases of a casebook that were carried out."""
    done = [r for r in casebook.releases.values() if r.status in ("executed", "")]
    return Events(tuple(sorted(done, key=lambda r: (r.when.middle or date.min, r.id))))


def called(release: Release) -> Phrase:
    """A release as a reader knows it, by its day."""
    return say("the release of {day}", day=release.when)


def identifier(release: Release) -> str:
    """The name of a release: country and date."""
    return release.id.removeprefix("release:")


def main_event(found: Events, values: list[dict[str, Any]], published: date | None) -> str | None:
    """The release an article is mainly about: the latest one that its counts name by day or by number."""
    fitting: list[Release] = []
    for value in values:
        n = value.get("n")
        when = read_day(str(value.get("date", "")))
        if when is not None and when.is_day:
            fitting += [r for r in found.on(when) if r.when.compatible(when)]
        elif isinstance(n, int) and n >= 5:
            pool = found.on(when) if when is not None else (found.recent(published) if published else [])
            fitting += [r for r in pool if n in announced(r)]
    if published is not None:
        fitting = [r for r in fitting if r.when.possibly_by(published)] or fitting
    last = max(fitting, key=lambda r: (r.when.middle or date.min, r.id), default=None)
    return None if last is None else identifier(last)
