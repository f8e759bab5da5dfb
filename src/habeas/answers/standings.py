"""The standings of every case: how each person stands on every day, worked out once for a casebook and kept with it.

How a person stands turns on few days, and the dates of the record say which. The rule (`says_most`) is asked on those alone,
and its answers stand side by side with their days: any later day is found between them by bisection, which takes a
millionth of a second where the rule takes some twenty.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from habeas.answers.standing import FOREVER, Dates, Standing, says_most
from habeas.answers.states import LEVEL, Level
from habeas.nouns import Case, Casebook, Spell

FIRST_DAY = 1  # of the calendar; days are numbered as by `date.toordinal`
PARTS = 64  # of the calendar, in which people are looked for


class Standings:
    """One case: its stretches of one state, each from its day in `edges` up to the next; `places` are of its spells."""

    __slots__ = ("_dates", "_horizon", "case", "edges", "places", "standings")

    def __init__(self, case: Case, horizon: int) -> None:
        self.case, self._horizon = case, horizon
        self._dates = tuple(map(Dates, case.spells))
        self.edges: list[int] = []
        self.standings: list[Standing] = []
        self.places: list[int] = []
        turning = {FIRST_DAY, *(d for dates in self._dates for d in dates.turning(horizon))}
        before: object = None
        for day in sorted(d for d in turning if FIRST_DAY <= d < FOREVER):
            place, found = says_most(self._dates, day, horizon)
            if (place, found) != before:
                before = place, found
                self.edges.append(day)
                self.standings.append(Standing(self._dates[place].spell if self._dates else None, found))
                self.places.append(place)

    def level(self, day: int) -> Level:
        """The level on a day."""
        return self.standing(day).level

    def standing(self, day: int) -> Standing:
        """How the person stands on a day, as `says_most` has it."""
        return self.standings[bisect_right(self.edges, day) - 1]

    def turns(self, place: int) -> Iterator[tuple[int, Level]]:
        """The days from which on one of the spells alone says a level; one may say what the one before says."""
        if len(self._dates) == 1:
            yield from zip(self.edges, (s.level for s in self.standings), strict=True)
            return
        dates = self._dates[place]
        for day in sorted({FIRST_DAY, *(d for d in dates.turning(self._horizon) if FIRST_DAY <= d < FOREVER)}):
            yield day, LEVEL[dates.on(day, self._horizon)[0]]

    def known_then(self, day: int) -> tuple[Level, Spell | None]:
        """The level on a day by what spoke of that day or an earlier one, and the spell that says most; None: by none."""
        found: tuple[Level, Spell | None] = (Level.OUT, None)
        for dates in self._dates:
            level = dates.as_known(day, self._horizon)
            if level is not None and (found[1] is None or level > found[0]):
                found = level, dates.spell
        return found

    def told(self) -> tuple[int, int]:
        """From which day on and up to which `known_then` may speak of custody."""
        found = [dates.told() for dates in self._dates]
        return min((first for first, _ in found), default=FOREVER), max((past for _, past in found), default=FOREVER)

    def spells_between(self, first: int, past: int) -> Iterable[Spell]:
        """The spells by which custody is possible on some day from the first on and before the last."""
        at = range(bisect_right(self.edges, first) - 1, bisect_left(self.edges, past))
        found = dict.fromkeys(self.places[i] for i in at if self.standings[i].level)
        return [self.case.spells[place] for place in found]


def standings(casebook: Casebook[Any]) -> Mapping[str, Standings]:
    """The standings of each case, by its id, in the order of the casebook."""
    return casebook.once(_standings)


def _standings(casebook: Casebook[Any]) -> dict[str, Standings]:
    return {i: Standings(case, casebook.book.horizon_days) for i, case in casebook.cases.items()}


def people_on(casebook: Casebook[Any], day: date) -> list[tuple[Case, Standing]]:
    """The people who are possibly in custody on a day, in the order of the casebook."""
    return casebook.once(_Roll).on(day.toordinal())


def everybody_on(casebook: Casebook[Any], day: date) -> list[tuple[Case, Standing]]:
    """Every person of the casebook and how each stands on a day, in its order."""
    at = day.toordinal()
    return [(daily.case, daily.standing(at)) for daily in standings(casebook).values()]


def told_on(casebook: Casebook[Any], day: int) -> list[Standings]:
    """Those of whom custody on a day may have been known by then, in the order of the casebook, and some more."""
    return [daily for daily, (first, past) in casebook.once(_told) if first <= day < past]


def _told(casebook: Casebook[Any]) -> list[tuple[Standings, tuple[int, int]]]:
    return [(daily, daily.told()) for daily in standings(casebook).values()]


class _Roll:
    """Every stretch on which custody is possible, by the part of the calendar that it reaches into.

    The parts lie between days on which something turns, so that each holds few who are not there on all its days.
    """

    def __init__(self, casebook: Casebook[Any]) -> None:
        found = standings(casebook).values()
        edges = sorted(edge for daily in found for edge in daily.edges)
        self._bounds = edges[:: max(1, len(edges) // PARTS)]
        self._parts = [array("L") for _ in self._bounds]
        self._starts, self._ends = array("L"), array("L")
        self._people: list[tuple[Case, Standing]] = []
        for daily in found:
            for start, end, standing in zip(daily.edges, (*daily.edges[1:], FOREVER), daily.standings, strict=True):
                if standing.level is Level.OUT:
                    continue
                for part in range(bisect_right(self._bounds, start) - 1, bisect_left(self._bounds, end)):
                    self._parts[part].append(len(self._people))
                self._starts.append(start)
                self._ends.append(end)
                self._people.append((daily.case, standing))

    def on(self, day: int) -> list[tuple[Case, Standing]]:
        """Those there on a day."""
        starts, ends, people = self._starts, self._ends, self._people
        part = self._parts[bisect_right(self._bounds, day) - 1] if self._parts else ()
        return [people[at] for at in part if starts[at] <= day < ends[at]]
