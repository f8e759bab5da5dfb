"""What people decided of single values and cases: preferences, grades, marks, and where somebody was not found.

A ruling speaks of what one entry says. It goes along with that entry into whatever case the entry is in, and holds as long
as the entry still says so. Of two on one thing the later holds, by the day that they give, then by the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from habeas.cases.records import owned, records
from habeas.dates import PartialDate
from habeas.nouns import Absence, Case, Grade, Preferred, Problem, Record, Statement, TierMark, View

Order = tuple[date, int, str]
_Said = tuple[str, str]  # (subject of an entry, property)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulings:
    """The rulings of a view: the last preference and the last grades of each (entry, property), marks and absences by entry."""

    preferred: Mapping[_Said, tuple[Order, Preferred]]
    graded: Mapping[_Said, tuple[tuple[Order, Grade], ...]]
    marks: Mapping[str, tuple[tuple[Order, TierMark], ...]]
    absences: Mapping[str, tuple[Absence, ...]]

    def preference(self, said: Iterable[Statement]) -> tuple[Order, Preferred] | None:
        """The last preference for what some statements say."""
        if not self.preferred:
            return None
        found = ((s, self.preferred[s.subject, s.prop]) for s in said if (s.subject, s.prop) in self.preferred)
        return max((one for s, one in found if one[1].value in ("", s.value)), key=lambda one: one[0], default=None)

    def grade(self, said: Iterable[Statement]) -> Grade | None:
        """The last grade of what some statements say."""
        if not self.graded:
            return None
        found = [one for s in said for one in self.graded.get((s.subject, s.prop), ()) if one[1].value in ("", s.value)]
        return max(found, key=lambda one: one[0])[1] if found else None

    def mark(self, entries: Iterable[str]) -> TierMark | None:
        """The last mark on any of some entries."""
        found = [one for entry in entries for one in self.marks.get(entry, ())]
        return max(found, key=lambda one: one[0])[1] if found else None

    def absent(self, entries: Iterable[str]) -> tuple[Absence, ...]:
        """Where any of some entries was looked for and not found, by day."""
        found = [one for entry in entries for one in self.absences.get(entry, ())]
        return tuple(sorted(found, key=lambda a: (_day(a.day), a.id)))


NO_RULINGS = Rulings(preferred={}, graded={}, marks={}, absences={})


def rulings(view: View[Any]) -> Rulings:
    """The rulings of a view."""
    seqs = {s.id: s.seq for s in view.statements if s.kind in ("preference", "grade", "tier")}

    def ranked(one: Preferred | Grade | TierMark) -> Order:
        return _day(one.on), max((seqs[i] for i in one.statements), default=0), one.id

    preferred: dict[_Said, tuple[Order, Preferred]] = {}
    for one in records(Preferred, view):
        key = (f"entry:{one.entry}", one.prop)
        if key not in preferred or preferred[key][0] < ranked(one):
            preferred[key] = ranked(one), one
    graded: dict[_Said, list[tuple[Order, Grade]]] = {}
    for grade in records(Grade, view):
        if grade.confidence is not None:
            graded.setdefault((f"entry:{grade.entry}", grade.prop), []).append((ranked(grade), grade))
    marks: dict[str, list[tuple[Order, TierMark]]] = {}
    for mark in records(TierMark, view):
        if mark.tier is not None:
            marks.setdefault(f"entry:{mark.entry}", []).append((ranked(mark), mark))
    return Rulings(
        preferred=preferred,
        graded={key: tuple(some) for key, some in graded.items()},
        marks={entry: tuple(some) for entry, some in marks.items()},
        absences=owned(records(Absence, view), lambda a: f"entry:{a.entry}" if a.entry else ""),
    )


def _day(when: PartialDate | None) -> date:
    return date.min if when is None else when.latest or when.earliest or date.min


def unfit(found: Rulings, view: View[Any], cases: Iterable[Case]) -> tuple[Problem, ...]:
    """Rulings that hold of nothing: their entry is not on record, or no longer says that value."""
    there = {mention for case in cases for mention in case.mentions}
    said = {(s.subject, s.prop, s.value) for s in view.statements if s.kind == "entry" and s.value is not None}
    problems = []
    for one in _each(found):
        entry = f"entry:{one.entry}"
        if entry not in there:
            do = "Check the list and the key, or read the list first."
            problems.append(_problem(view, one, "a decision is on an entry that is not on record", entry, do))
        elif isinstance(one, Preferred) and one.value and (entry, one.prop, one.value) not in said:
            what = f"a decision on {one.prop} no longer fits: its entry does not say that value"
            problems.append(_problem(view, one, what, one.value, "Decide anew, or take the decision out."))
    return tuple(problems)


def _each(found: Rulings) -> Iterator[Preferred | TierMark | Absence]:
    """Every ruling that may hold."""
    yield from (one for _, one in found.preferred.values())
    yield from (one for _, one in chain.from_iterable(found.graded.values()))
    yield from (one for _, one in chain.from_iterable(found.marks.values()))
    yield from chain.from_iterable(found.absences.values())


def _problem(view: View[Any], one: Record, what: str, value: str, do: str) -> Problem:
    places = {s.id: s.place for s in view.statements if s.id in one.statements}
    return Problem(file=next(iter(places.values()), "decisions"), what=what, value=value, do=do)
