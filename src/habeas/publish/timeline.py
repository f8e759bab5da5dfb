"""The spells of a case as a drawing: positions in percent of the width, so that one drawing fits every screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from habeas.dates import PartialDate
from habeas.nouns import Case, Spell, Value

_STEPS = 400  # places on the axis: two pixels where a page is widest


class Bar(NamedTuple):
    """One stretch of the drawing: `certain`, `possible` (the date is imprecise) or `unknown` (no exit on record)."""

    x: float
    width: float
    sort: str


class Timeline(NamedTuple):
    """Bars and days seen in custody, on an axis of the years from `first` to `last`."""

    first: int
    last: int
    bars: Sequence[Bar]
    seen: Sequence[float]

    @property
    def vague(self) -> bool:
        """True where some of it is possible only."""
        return "possible" in [bar.sort for bar in self.bars]

    @property
    def open_ended(self) -> bool:
        """True where no exit is on record."""
        return "unknown" in [bar.sort for bar in self.bars]

    @property
    def drawn(self) -> str:
        """The drawing as elements that the style sheet places, since a page holds no style of its own."""
        parts = [_years(self.first, self.last)]
        for x, width, sort in self.bars:
            first = _at(x)
            parts.append(f'<i class="{sort} x{first} w{max(_at(x + width) - first, 1)}"></i>')
        parts += [f'<u class="x{_at(x)}"></u>' for x in self.seen]
        return "".join(parts)


def _at(percent: float) -> int:
    return round(percent * _STEPS / 100)


@lru_cache(maxsize=1 << 12)
def _axis(first: int, last: int) -> tuple[int, int]:
    """The day an axis of whole years begins on, by number, and its length in days."""
    begin = date(first, 1, 1).toordinal()
    return begin, max(date(min(last + 1, 9999), 1, 1).toordinal() - begin, 1)


@lru_cache(maxsize=1 << 12)
def _years(first: int, last: int) -> str:
    """The lines of the years, as many of them labelled as there is room for."""
    begin, whole = _axis(first, last)
    count = last - first + 1
    step = 1 if count <= 8 else 2 if count <= 16 else 5
    lines = ((_at(_percent(date(y, 1, 1), begin, whole)), y) for y in range(first, last + 1))
    return "".join(f'<em class="x{x}">{y if (y - first) % step == 0 else ""}</em>' for x, y in lines)


def _percent(day: date, begin: int, whole: int) -> float:
    return round((day.toordinal() - begin) / whole * 100, 2)


def places() -> str:
    """The places of a drawing as a style sheet: written once, and not on each page."""
    lefts = (f".x{n}{{left:{n * 100 / _STEPS:g}%}}" for n in range(_STEPS + 1))
    widths = (f".w{n}{{width:{n * 100 / _STEPS:g}%}}" for n in range(1, _STEPS + 2))
    return "\n/* Places in the drawing of the time in custody. */\n" + "\n".join((*lefts, *widths)) + "\n"


def timeline(case: Case, on: date | None) -> Timeline | None:
    """The drawing of a case's spells up to the day `on`, or None where no spell has a day to draw."""
    stretches = [s for spell in case.spells for s in _stretches(spell, on)]
    seen = [day for spell in case.spells for day, _ in spell.seen]
    days = [d for start, end, _ in stretches for d in (start, end)] + seen
    if not days:
        return None
    first, last = min(days).year, max(days).year
    begin, whole = _axis(first, last)
    bars = []
    for start, end, sort in stretches:
        x = _percent(start, begin, whole)
        bars.append(Bar(x, max(round(_percent(end, begin, whole) - x, 2), 0.4), sort))
    return Timeline(first, last, bars, [_percent(day, begin, whole) for day in sorted(set(seen))])


def _bounds(said: Value | None) -> tuple[date | None, date | None]:
    if said is None:
        return None, None
    when = PartialDate.parse(said.value)
    return when.earliest, when.latest


def _seen(spell: Spell) -> Iterator[date]:
    """The days on which lists and those who recognise people say that the person was inside."""
    yield from (day for day, _ in spell.seen)
    yield from (when.latest for when, _ in spell.recognised if when.latest is not None)


def _stretches(spell: Spell, on: date | None) -> list[tuple[date, date, str]]:
    """The spell as (from, to, sort): certainly inside between the latest start and the earliest end."""
    begun_low, begun_high = _bounds(spell.start)
    ended_low, ended_high = _bounds(spell.end)
    known = sorted([*_seen(spell), *(d for d in (begun_high, ended_low) if d is not None)])
    if not known:
        return []
    start = begun_high or known[0]
    end = ended_low or known[-1]
    found = []
    if begun_low is not None and begun_low < start:
        found.append((begun_low, start, "possible"))
    if start < end:
        found.append((start, end, "certain"))
    if ended_high is not None and ended_high > end:
        found.append((max(start, end), ended_high, "possible"))
    elif spell.end is None and on is not None and on > end:
        found.append((end, on, "unknown"))
    return found or [(start, start + timedelta(days=1), "certain")]
