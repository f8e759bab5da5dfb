"""The spells of a case as a drawing: positions in percent of the width, so that one drawing fits every screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from habeas.dates import PartialDate
from habeas.nouns import Case, Spell

_STEPS = 400  # places on the axis: two pixels where a page is widest


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One stretch of the drawing: `certain`, `possible` (the date is imprecise) or `unknown` (no exit on record)."""

    x: float
    width: float
    sort: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Bars, days seen in custody and year lines, on an axis of whole years; `years` are (position, year, labelled)."""

    first: int
    last: int
    bars: tuple[Bar, ...]
    seen: tuple[float, ...]
    years: tuple[tuple[float, int, bool], ...]
    open_ended: bool

    @property
    def vague(self) -> bool:
        """True where some of it is possible only."""
        return any(bar.sort == "possible" for bar in self.bars)

    @property
    def drawn(self) -> Markup:
        """The drawing as elements that the style sheet places, since a page holds no style of its own."""
        parts = [f'<em class="{_at(x)}">{year if labelled else ""}</em>' for x, year, labelled in self.years]
        for bar in self.bars:
            first = round(bar.x * _STEPS / 100)
            last = max(round((bar.x + bar.width) * _STEPS / 100), first + 1)
            parts.append(f'<i class="{bar.sort} x{first} w{last - first}"></i>')
        parts.extend(f'<u class="{_at(x)}"></u>' for x in self.seen)
        return Markup("".join(parts))  # noqa: S704 -- numbers, and words of our own


def _at(percent: float) -> str:
    return f"x{round(percent * _STEPS / 100)}"


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
    begin, end = date(first, 1, 1), date(min(last + 1, 9999), 1, 1)
    whole = max((end - begin).days, 1)

    def at(day: date) -> float:
        return round((day - begin).days / whole * 100, 2)

    count = last - first + 1
    step = 1 if count <= 8 else 2 if count <= 16 else 5
    return Timeline(
        first=first,
        last=last,
        bars=tuple(Bar(x=at(a), width=max(round(at(b) - at(a), 2), 0.4), sort=sort) for a, b, sort in stretches),
        seen=tuple(at(day) for day in sorted(set(seen))),
        years=tuple((at(date(y, 1, 1)), y, (y - first) % step == 0) for y in range(first, last + 1)),
        open_ended=any(sort == "unknown" for _, _, sort in stretches),
    )


def _bounds(text: str | None) -> tuple[date | None, date | None]:
    if text is None:
        return None, None
    when = PartialDate.parse(text)
    return when.earliest, when.latest


def _stretches(spell: Spell, on: date | None) -> list[tuple[date, date, str]]:
    """The spell as (from, to, sort): certainly inside between the latest start and the earliest end."""
    begun_low, begun_high = _bounds(None if spell.start is None else spell.start.value)
    ended_low, ended_high = _bounds(None if spell.end is None else spell.end.value)
    seen = [day for day, _ in spell.seen]
    recognised = [w.latest for w, _ in spell.recognised if w.latest is not None]
    known = sorted(d for d in (begun_high, ended_low, *seen, *recognised) if d is not None)
    if not known:
        return []
    start = begun_high or known[0]
    end = ended_low if ended_low is not None else max(known)
    found = []
    if begun_low is not None and begun_low < start:
        found.append((begun_low, start, "possible"))
    if start < end:
        found.append((start, end, "certain"))
    if ended_high is not None and ended_high > end:
        found.append((max(start, end), ended_high, "possible"))
    elif spell.end is None and on is not None and on > end:
        found.append((end, on, "unknown"))
    if not found:
        found.append((start, start + timedelta(days=1), "certain"))
    return found
