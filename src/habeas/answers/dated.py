"""What happened to people, by its date: arrests, recognitions and exits, read once from a casebook and kept with it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.answers.standing import FOREVER, NEVER
from habeas.answers.stock import groups_of, unsure_cases
from habeas.dates import PartialDate, Span
from habeas.nouns import Case, Casebook, Spell

IN, RECOGNISED, OUT = "in", "recognised", "out:"  # an exit has its kind behind the colon


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened by one spell, between two days by number (`date.toordinal`), both inclusive.

    `again`: the person had come out before this spell.
    """

    kind: str
    first: int
    last: int
    when: PartialDate
    spell: Spell
    statements: tuple[str, ...]
    again: bool


def numbered(span: Span) -> tuple[int, int]:
    """The first day of a span and the first past it, by number."""
    return (
        NEVER if span.start is None else span.start.toordinal(),
        FOREVER if span.end is None else span.end.toordinal(),
    )


def happenings(casebook: Casebook[Any]) -> tuple[Happening, ...]:
    """Every arrest, exit and first recognition, in the order of the cases and their spells."""
    return casebook.once(_happenings)


def _happenings(casebook: Casebook[Any]) -> tuple[Happening, ...]:
    return tuple(
        one
        for case in casebook.cases.values()
        for place in range(len(case.spells))
        for one in happenings_of(case.spells, place)
    )


def happenings_of(spells: tuple[Spell, ...], place: int) -> Iterator[Happening]:
    """What happened by one of a person's spells."""
    spell = spells[place]
    again = any(s.end is not None for s in spells[:place])
    if spell.start is not None:
        yield _one(IN, PartialDate.parse(spell.start.value), spell, spell.start.statements, again=again)
    if spell.end is not None:
        kind = spell.exit_kind.value if spell.exit_kind is not None else "kind not on record"
        yield _one(OUT + kind, PartialDate.parse(spell.end.value), spell, spell.end.statements, again=again)
    if spell.recognised:
        when, statement = spell.recognised[0]
        yield _one(RECOGNISED, when, spell, (statement,), again=again)


def _one(kind: str, when: PartialDate, spell: Spell, statements: tuple[str, ...], *, again: bool) -> Happening:
    first = NEVER if when.earliest is None else when.earliest.toordinal()
    last = FOREVER if when.latest is None else when.latest.toordinal()
    return Happening(kind, first, last, when, spell, statements, again)


class _ByDay:
    """Some of what happened, by the day on which it may first have; what lies in a span is found without reading all."""

    def __init__(self, some: Iterable[tuple[int, Happening]]) -> None:
        placed = sorted(((day, place, one) for place, (day, one) in enumerate(some)), key=lambda item: item[0])
        self._days = [day for day, _, _ in placed]
        self._placed = [(place, one) for _, place, one in placed]

    def between(self, first: int, past: int) -> list[Happening]:
        """Those of days from the first on and before the last, in the order of the cases."""
        found = self._placed[bisect_left(self._days, first) : bisect_left(self._days, past)]
        return [one for _, one in sorted(found, key=lambda item: item[0])]


def arrests(casebook: Casebook[Any], span: Span, *, again: bool = False) -> list[Spell]:
    """Spells whose arrest certainly lies in a span; `again`: only those after an earlier exit."""
    first, past = numbered(span)
    found = casebook.once(_arrests).between(max(first, NEVER + 1), past)
    return [one.spell for one in found if one.last < past and (one.again or not again)]


def _arrests(casebook: Casebook[Any]) -> _ByDay:
    return _ByDay((one.first, one) for one in happenings(casebook) if one.kind == IN)


def recognitions(casebook: Casebook[Any], span: Span) -> list[Happening]:
    """First recognitions whose date has its middle in a span."""
    return casebook.once(_recognitions).between(*numbered(span))


def _recognitions(casebook: Casebook[Any]) -> _ByDay:
    told = (one for one in happenings(casebook) if one.kind == RECOGNISED)
    return _ByDay((one.when.middle.toordinal(), one) for one in told if one.when.middle is not None)


@dataclass(frozen=True, slots=True)
class Placed:
    """What certainly happened in one month or year: how often, by kind, and on which statements that rests."""

    counts: Counter[str]
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placing:
    """Everything that happened, by the month (or year) that it certainly happened in; `loose` fits in no one of them."""

    periods: Mapping[date, Placed]  # by first day
    loose: tuple[Happening, ...]


def by_period(casebook: Casebook[Any], by: str) -> Placing:
    """Everything that happened, by `month` or `year`."""
    return casebook.once(_placings)[by]


def _placings(casebook: Casebook[Any]) -> dict[str, Placing]:
    """Placed in a month (a year) where both bounds of the date lie in it; else loose."""
    return {by: _placing(casebook, monthly=by == "month") for by in ("month", "year")}


def _period(one: Happening, *, monthly: bool) -> tuple[int, int] | None:
    """The month, or year, that something certainly happened in."""
    first, last = one.when.earliest, one.when.latest
    if first is None or last is None or first.year != last.year or (monthly and first.month != last.month):
        return None
    return first.year, first.month if monthly else 1


def twice(casebook: Casebook[Any], periods: Iterable[date], by: str) -> dict[str, int]:
    """How many arrests and exits of some periods, by their first days, may be counted twice: of people who may be one."""
    wanted = {(day.year, day.month) for day in periods}
    found = {IN: 0, OUT: 0}
    for cases, _ in groups_of(unsure_cases(casebook)):
        of_each = [_kinds(casebook.cases[case], wanted, monthly=by == "month") for case in cases]
        for kind in found:
            counted = [kinds[kind] for kinds in of_each]
            found[kind] += sum(counted) - max(counted)
    return found


def _kinds(case: Case, wanted: Collection[tuple[int, int]], *, monthly: bool) -> Counter[str]:
    """How many arrests and exits of a case certainly happened in the periods."""
    said = (one for place in range(len(case.spells)) for one in happenings_of(case.spells, place))
    return Counter(OUT if o.kind.startswith(OUT) else o.kind for o in said if _period(o, monthly=monthly) in wanted)


def _placing(casebook: Casebook[Any], *, monthly: bool) -> Placing:
    """Placed by the first day of the month, or of the year."""
    counts: dict[tuple[int, int], Counter[str]] = {}
    rests: dict[tuple[int, int], dict[str, None]] = {}
    loose: list[Happening] = []
    for one in happenings(casebook):
        period = _period(one, monthly=monthly)
        if period is None:
            loose.append(one)
            continue
        counts.setdefault(period, Counter())[one.kind] += 1
        rests.setdefault(period, {}).update(dict.fromkeys(one.statements))
    periods = {date(*p, 1): Placed(counts[p], tuple(rests[p])) for p in counts}
    return Placing(periods, tuple(loose))
