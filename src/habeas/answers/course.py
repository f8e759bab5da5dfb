"""The course of every case: how each person stands on every day, worked out once for a casebook and kept with it.

How a person stands turns on few days, and the dates of the record say which. The rule (`standing`) is asked on those alone,
and its answers stand side by side with their days: any later day is found between them by bisection, which takes a
millionth of a second where the rule takes some twenty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from habeas.answers.standing import FOREVER, Dates, Level, Standing, nowhere
from habeas.nouns import Case, Casebook, Spell

FIRST_DAY = 1  # of the calendar; days are numbered as by `date.toordinal`


class Course:
    """One case: its stretches of one level by one spell, each from its day in `edges` up to the next."""

    __slots__ = ("_dates", "_horizon", "case", "edges", "levels", "spells")

    def __init__(self, case: Case, horizon: int) -> None:
        self.case, self._horizon = case, horizon
        self._dates = tuple(map(Dates, case.spells))
        self.edges: list[int] = []
        self.levels: list[Level] = []
        self.spells: list[int] = []
        turning = {FIRST_DAY, *(d for dates in self._dates for d in dates.turning(horizon))}
        for day in sorted(d for d in turning if FIRST_DAY <= d < FOREVER):
            level, by = self._by_rule(day)
            if not self.edges or level is not self.levels[-1] or by != self.spells[-1]:
                self.edges.append(day)
                self.levels.append(level)
                self.spells.append(by)

    def _by_rule(self, day: int) -> tuple[Level, int]:
        """The level by the spell that says most, the first of equals, and its place."""
        found, by = Level.OUT, 0
        for place, dates in enumerate(self._dates):
            level, _ = dates.on(day, self._horizon)
            if level > found:
                found, by = level, place
        return found, by

    def level(self, day: int) -> Level:
        """The level on a day."""
        return self.levels[bisect_right(self.edges, day) - 1]

    def standing(self, day: int) -> Standing:
        """How the person stands on a day, as `standing` has it."""
        if not self._dates:
            return nowhere()
        at = bisect_right(self.edges, day) - 1
        dates = self._dates[self.spells[at]]
        return Standing(self.levels[at], dates.spell, partial(dates.reason, day, self._horizon))

    def spell_level(self, place: int, day: int) -> Level:
        """The level on a day by one of the spells alone."""
        if len(self._dates) == 1:
            return self.level(day)
        return self._dates[place].on(day, self._horizon)[0]

    def known_then(self, day: int) -> tuple[Level, Spell | None]:
        """The level on a day by what spoke of that day or an earlier one, and the spell that says most; None: by none."""
        found: tuple[Level, Spell | None] = (Level.OUT, None)
        for dates in self._dates:
            then = dates.known_by(day)
            if then is not None:
                level, _ = then.on(day, self._horizon)
                if found[1] is None or level > found[0]:
                    found = level, dates.spell
        return found

    def stretches(self, first: int, past: int) -> Iterator[tuple[int, int, Level, int]]:
        """(start, end, level, place of the spell) of each stretch between two days on which custody is possible."""
        for at in range(bisect_right(self.edges, first) - 1, len(self.edges)):
            if self.edges[at] >= past:
                return
            if self.levels[at] is not Level.OUT:
                end = self.edges[at + 1] if at + 1 < len(self.edges) else past
                yield max(self.edges[at], first), min(end, past), self.levels[at], self.spells[at]


def courses(casebook: Casebook[Any]) -> Mapping[str, Course]:
    """The course of each case, by its id, in the order of the casebook."""
    return casebook.once(_courses)


def _courses(casebook: Casebook[Any]) -> dict[str, Course]:
    return {i: Course(case, casebook.book.horizon_days) for i, case in casebook.cases.items()}


def people_on(casebook: Casebook[Any], day: date) -> Iterator[tuple[Case, Standing]]:
    """The people who are possibly in custody on a day, in the order of the casebook."""
    at = day.toordinal()
    for course in courses(casebook).values():
        if course.level(at) is not Level.OUT:
            yield course.case, course.standing(at)
