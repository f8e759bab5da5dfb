"""The spells of a case as a drawing: positions in percent of the width, so that one drawing fits every screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from habeas.dates import PartialDate
from habeas.nouns import Case, Spell

_HATCH = (
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch-back" d="M0 0h6v6H0z"/><path class="hatch-line" d="M0 0h2v6H0z"/></pattern>'
)


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
        """What stands in the `svg` of the page, 62 pixels high; sizes and looks that all share are in the style sheet."""
        parts = [_HATCH] if self.open_ended else []
        for x, year, labelled in self.years:
            parts.append(f'<line x1="{x:g}%" x2="{x:g}%" y2="62"/>')
            if labelled:
                parts.append(f'<text x="{x:g}%" dx="4" y="58">{year}</text>')
        parts.append('<line class="base" x2="100%" y1="40" y2="40"/>')
        for bar in self.bars:
            fill = ' fill="url(#hatch)"' if bar.sort == "unknown" else ""
            parts.append(f'<rect class="{bar.sort}" x="{bar.x:g}%" y="14" width="{bar.width:g}%" height="18"{fill}/>')
        parts.extend(f'<circle cx="{x:g}%" cy="6" r="2.5"/>' for x in self.seen)
        return Markup("\n".join(parts))  # noqa: S704 -- numbers, and words of our own


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
