"""The charts of the site: drawn in a reader's language, wide and narrow (a phone), title and source baked in.

One accent colour and greys; lines are labelled directly; axes of counts begin at zero; a low-high band is pale; a stretch
that no list covers is hatched. What is told by colour is told by form too: releases of a deal carry a cap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log10

from habeas.languages import Language
from habeas.nouns import say
from habeas.publish.drawing import Anchor, Box, Drawing, Point, touch, width_of, wrapped


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a chart is drawn, and how large its text, in pixels."""

    name: str
    width: int
    height: int
    text: float


WIDE = Size(name="wide", width=800, height=300, text=13)
NARROW = Size(name="narrow", width=340, height=230, text=12)
_EDGE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A figure somebody published: when, how many, by whom; not `exact` where it was given as `about` or `at least`."""

    day: date
    n: int
    by: str
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A release marked on the chart: when, how many were announced as freed, and whether it was part of a deal."""

    day: date
    n: int
    deal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Documented by name on a day: certainly, as best read, possibly; all None where no list covers the day."""

    day: date
    low: int | None
    best: int | None
    high: int | None

    @property
    def covered(self) -> bool:
        return self.best is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A month of the people documented by name: taken, out, what the stock changed beside that; `settled` or incomplete."""

    month: date
    taken: int
    out: int
    residual: int | None  # none where no list covers an end of the month
    settled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a chart says: its title, how to read it, and where it is from."""

    title: str
    under: str
    source: str


class _Frame:
    """A drawing with its head written, and the scale of time across it."""

    def __init__(self, words: Words, days: tuple[date, date], reader: Language, size: Size, *, left: float) -> None:
        self.drawing, self.reader, self.size = Drawing(size.width), reader, size
        self.first, self.last = days
        self.words = words
        self.left, self.right = left, float(size.width - _EDGE)
        wide = size.width - 2 * _EDGE
        at = _EDGE + size.text + 3
        for text in wrapped(reader.text(words.title), size.text + 4, wide, bold=True):
            self.drawing.text((_EDGE, at), text, size.text + 4, bold=True, serif=True)
            at += size.text + 9
        at -= 1
        for text in wrapped(reader.text(words.under), size.text, wide):
            self.drawing.text((_EDGE, at), text, size.text, "mute")
            at += size.text + 4
        self.top = at + 4

    def x(self, day: date) -> float:
        return self.left + (day - self.first).days / max((self.last - self.first).days, 1) * (self.right - self.left)

    def years(self, top: float, bottom: float, *, labels: bool) -> None:
        """A line at each new year, the year beneath it; on a phone two figures where there are many."""
        years = self.last.year - self.first.year
        months = (1, 4, 7, 10) if (self.last - self.first).days < 800 else (1,)
        for day in (date(y, m, 1) for y in range(self.first.year, self.last.year + 1) for m in months):
            if not self.first <= day <= self.last:
                continue
            self.drawing.line((self.x(day), top), (self.x(day), bottom), "grid")
            if len(months) > 1:
                told = self.reader.month(day, short=True)
            else:
                told = f"’{day.year % 100:02}" if self.size is NARROW and years > 5 else str(day.year)
            if labels and self.x(day) + width_of(told, self.size.text - 1) < self.size.width:
                self.drawing.text((self.x(day) + 3, bottom + self.size.text), told, self.size.text - 1, "mute")

    def counts(self, scale: Callable[[float], float], ticks: Sequence[int]) -> None:
        """The axis of counts: a line and a figure for each tick."""
        for tick in ticks:
            self.drawing.line((self.left, scale(tick)), (self.right, scale(tick)), "axis" if tick == 0 else "grid")
            self.drawing.text(
                (self.left - 5, scale(tick) + self.size.text * 0.35),
                self.reader.number(abs(tick)),
                self.size.text - 1,
                "mute",
                anchor="end",
            )

    def done(self, bottom: float, *, dark: bool) -> str:
        """The drawing with its source written beneath `bottom`."""
        size = self.size.text - 2
        at = bottom + size + 8
        for text in wrapped(self.reader.text(self.words.source), size, self.size.width - 2 * _EDGE):
            self.drawing.text((_EDGE, at), text, size, "mute")
            at += size + 4
        return self.drawing.svg(
            ceil(at - size + 4), self.reader.text(self.words.title), lang=self.reader.tag, dark=dark
        )


def _ticks(top: float, most: int) -> list[int]:
    """Round numbers from zero up to `top`, at most so many besides zero."""
    rough = max(top, 1) / most
    power = 10 ** int(log10(rough)) if rough >= 1 else 1
    step = next((m * power for m in (1, 2, 5, 10) if m * power >= rough), 10 * power)
    return list(range(0, int(top) + 1, step))


def _days(found: Sequence[date]) -> tuple[date, date]:
    """The stretch of time drawn: from the first of a year to a month past the last day."""
    return date(min(found).year, 1, 1), max(found) + timedelta(days=31)


def _gutter(reader: Language, size: Size, ticks: Sequence[int]) -> float:
    return _EDGE + 6 + max(width_of(reader.number(t), size.text - 1) for t in ticks)


def published(
    points: Sequence[Count],
    marks: Sequence[Mark],
    main: str,
    words: Words,
    reader: Language,
    size: Size,
    *,
    dark: bool = True,
) -> str:
    """Published counts over time, the main publisher as a line, others as diamonds; releases as bars beneath."""
    top_count = max(p.n for p in points) * 1.12
    ticks = _ticks(top_count, 4)
    frame = _Frame(
        words, _days([p.day for p in points] + [m.day for m in marks]), reader, size, left=_gutter(reader, size, ticks)
    )
    drawing, high = frame.drawing, size.height
    top, bottom = frame.top, frame.top + high

    def y(n: float) -> float:
        return bottom - n / top_count * high

    strip = (size.height * 0.3 if marks else 0) + (size.text + 8 if marks else 0)
    frame.years(top, bottom + strip, labels=True)
    frame.counts(y, ticks)
    own = [p for p in points if p.by == main]
    drawing.shape([(frame.x(p.day), y(p.n)) for p in own], "main", closed=False)
    for p in points:
        at = (frame.x(p.day), y(p.n))
        if p.by != main:
            _diamond(drawing, at)
        else:
            drawing.dot(at, 2.6, "accent" if p.exact else "hollow")
    _label(frame, points, main, y, (frame.left, top, frame.right, bottom))
    if marks:
        _releases(frame, marks, bottom + size.text + 8, bottom + strip)
    return frame.done(bottom + strip + size.text + 4, dark=dark)


def _diamond(drawing: Drawing, at: Point, half: float = 4) -> None:
    x, y = at
    drawing.shape([(x, y - half), (x + half, y), (x, y + half), (x - half, y)], "diamond")


# Where a label may stand around its point, the first that is free: anchor, and how far off.
_PLACES: tuple[tuple[Anchor, float, float], ...] = (
    ("end", -8, -4), ("middle", 0, -9), ("start", 8, 4), ("end", -9, 4), ("end", -8, 14), ("middle", 0, 19), ("start", 8, 16),
)  # fmt: skip


def _label(frame: _Frame, points: Sequence[Count], main: str, y: Callable[[float], float], room: Box) -> None:
    """Labels that touch neither each other nor a point: the main line's peak and last figure, then the others' points."""
    size, reader = frame.size.text - 1, frame.reader
    own = [p for p in points if p.by == main]
    wanted: list[tuple[Count, bool]] = []
    if own:
        peak, final = max(own, key=lambda p: p.n), max(reversed(own), key=lambda p: p.day)
        wanted = [(peak, True)] + ([(final, True)] if final is not peak else [])
    wanted += [(p, False) for p in sorted((p for p in points if p.by != main), key=lambda p: (-p.n, p.day, p.by))]
    at = [(frame.x(p.day), y(p.n)) for p in points]
    taken: list[Box] = [(a - 4, b - 4, a + 4, b + 4) for a, b in at]
    for point, bold in wanted:
        by = reader.party(reader.text(point.by))
        text = f"{by if len(by) <= 26 else by[:25] + '…'} {reader.number(point.n)}"
        px, py = frame.x(point.day), y(point.n)
        wide = width_of(text, size, bold=bold)
        for anchor, dx, dy in _PLACES:
            left = px + dx - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
            box = (left - 2, py + dy - size * 0.8, left + wide + 2, py + dy + size * 0.25)
            inside = box[0] >= room[0] and box[2] <= room[2] + _EDGE and box[1] >= room[1] - 4 and box[3] <= room[3]
            if inside and not any(touch(box, other) for other in taken):
                taken.append(box)
                frame.drawing.text(
                    (px + dx, py + dy), text, size, "accent" if bold else "ink", anchor=anchor, bold=bold
                )
                break


def _releases(frame: _Frame, marks: Sequence[Mark], top: float, bottom: float) -> None:
    """The releases as bars, those that were part of a deal in the accent and with a cap; the largest carry their number."""
    drawing, size = frame.drawing, frame.size.text - 1
    most = max(m.n for m in marks)
    high = bottom - top - size - 6
    drawing.line((frame.left, bottom), (frame.right, bottom), "axis")
    large = _largest(marks, 4 if frame.size is NARROW else 6, frame.last - frame.first)
    deals = any(m.deal for m in marks)
    head = frame.reader.text(say("Announced as freed"))
    drawing.text((frame.left + 4, top + size * 0.4), head, size, "mute", bold=True)
    if deals:
        told = frame.reader.text(say("as part of a deal"))
        x, y = frame.left + 18 + width_of(head, size, bold=True), top
        if large and x + 12 + width_of(told, size, bold=True) > frame.x(min(m.day for m in large)):
            x, y = frame.left + 8, top + size * 1.5  # beneath, on a phone
        drawing.shape([(x - 4, y - 3), (x + 4, y - 3), (x, y + 3)], "accent")
        drawing.text((x + 8, y + size * 0.4), told, size, "accent", bold=True)
    thick = 1.6 if frame.size is NARROW else 2.2
    for mark in sorted(marks, key=lambda m: m.deal):
        x, y = frame.x(mark.day), bottom - mark.n / most * high
        look = "accent" if mark.deal else "mute"
        drawing.box((x - thick / 2, y, x + thick / 2, bottom), look)
        if mark.deal:
            drawing.shape([(x - 3.4, y - 4), (x + 3.4, y - 4), (x, y + 1)], look)
        if mark in large:
            drawing.text((x, y - 7), frame.reader.number(mark.n), size, "ink", anchor="middle", bold=True)


def _largest(marks: Sequence[Mark], most: int, whole: timedelta) -> list[Mark]:
    """The largest releases that can each carry a label without touching another's."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (-m.n, m.day)):
        if (
            len(kept) < most
            and mark.n * 12 >= max(m.n for m in marks)
            and all(abs(mark.day - k.day) > whole / 26 for k in kept)
        ):
            kept.append(mark)
    return kept


def documented(readings: Sequence[Reading], words: Words, reader: Language, size: Size, *, dark: bool = True) -> str:
    """Cases documented by name over time: best reading with its low-high band; hatched where no list covers the day."""
    top_count = max(4.0, *(1.18 * (r.high or 0) for r in readings))
    ticks = _ticks(top_count, 4)
    frame = _Frame(words, _days([r.day for r in readings]), reader, size, left=_gutter(reader, size, ticks))
    drawing, high = frame.drawing, size.height - 60
    top, bottom = frame.top, frame.top + high

    def y(n: float) -> float:
        return bottom - n / top_count * high

    gaps = _uncovered(readings, frame.first, frame.last)
    for start, end in gaps:
        drawing.hatched((frame.x(start), top, frame.x(end), bottom))
    frame.years(top, bottom, labels=True)
    frame.counts(y, ticks)
    for run in _runs(readings):
        band = [(frame.x(r.day), y(r.high or 0)) for r in run] + [
            (frame.x(r.day), y(r.low or 0)) for r in reversed(run)
        ]
        drawing.shape(band, "band")
    for run in _runs(readings):
        drawing.shape([(frame.x(r.day), y(r.best or 0)) for r in run], "curve", closed=False)
    covered = [r for r in readings if r.covered]
    text = size.text - 1
    if covered:
        peak = max(covered, key=lambda r: r.high or 0)
        side: Anchor = "end" if frame.x(peak.day) > (frame.left + frame.right) / 2 else "start"
        told = reader.text(say("documented by name"))
        drawing.text((frame.x(peak.day), y(peak.high or 0) - 7), told, text, anchor=side, bold=True)
    for start, end in gaps:
        told = reader.text(say("no list covers this time"))
        if frame.x(end) - frame.x(start) > width_of(told, text) + 12:
            at = (frame.x(start) + 6, top + text + 2)
            drawing.box((at[0] - 3, at[1] - text, at[0] + width_of(told, text) + 3, at[1] + 4), "pale")
            drawing.text(at, told, text, "mute")
    return frame.done(bottom + size.text + 4, dark=dark)


def _runs(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The covered readings, cut where a reading is not covered."""
    runs: list[list[Reading]] = [[]]
    for reading in readings:
        if reading.covered:
            runs[-1].append(reading)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _uncovered(readings: Sequence[Reading], first: date, last: date) -> list[tuple[date, date]]:
    """The stretches that no list covers: between the covered readings, before the first and after the last."""
    found: list[tuple[date, date]] = []
    begun = first
    for reading in readings:
        if reading.covered:
            if reading.day - timedelta(days=31) > begun:
                found.append((begun, reading.day))
            begun = reading.day
    if begun + timedelta(days=31) < last:
        found.append((begun, last))
    return found


def flows(months: Sequence[Flow], words: Words, reader: Language, size: Size, *, dark: bool = True) -> str:
    """Taken (up) and out (down) by month; beneath, what the stock changed beside them; months still filling are hatched."""
    most = max(max(f.taken, f.out) for f in months)
    # Room for the words on either side.
    taken, out = max(1, most / 4, *(f.taken for f in months)), max(1, most / 4, *(f.out for f in months))
    ticks = [-t for t in _ticks(out * 1.15, 2)[1:]] + _ticks(taken * 1.15, 3)
    frame = _Frame(words, _days([f.month for f in months]), reader, size, left=_gutter(reader, size, ticks))
    drawing, high, text = frame.drawing, size.height - 40, size.text - 1
    top = frame.top + text + 4
    bottom = top + high
    unit = high / ((taken + out) * 1.15)
    zero = top + taken * 1.15 * unit

    def y(n: float) -> float:
        return zero - n * unit

    rests = max((abs(f.residual or 0) for f in months), default=0)
    below = bottom + text + 26
    rise = 22.0
    foot = below + 2 * rise if rests else bottom
    open_from = next((f.month for f in months if not f.settled), None)
    if open_from is not None:
        x = max(frame.x(open_from), frame.left)
        drawing.hatched((x, frame.top, frame.right, bottom))
    frame.years(frame.top, foot, labels=True)
    frame.counts(y, ticks)
    half = max(0.8, min(5, (frame.right - frame.left) / max((frame.last - frame.first).days / 30.4, 1) * 0.36))
    for f in months:
        x = frame.x(f.month + timedelta(days=14))
        if f.taken:
            drawing.box((x - half, y(f.taken), x + half, zero), "grey")
        if f.out:
            drawing.box((x - half, zero, x + half, y(-f.out)), "accent")
        if f.residual and rests:
            middle = below + rise
            at = middle - f.residual / rests * (rise - 2)
            drawing.box((x - half, min(at, middle), x + half, max(at, middle)), "open")
    drawing.text(
        (frame.left + 4, frame.top + text * 0.8), reader.text(say("↑ taken into custody")), text, "mute", bold=True
    )
    drawing.text((frame.left + 4, bottom - 5), reader.text(say("↓ out of custody")), text, "accent", bold=True)
    if open_from is not None:
        _open_label(frame, open_from, text)
    if rests:
        drawing.line((frame.left, below + rise), (frame.right, below + rise), "axis")
        told = reader.text(say("□ change that no dated arrest or exit explains, at most {n} a month", n=rests))
        drawing.text((frame.left + 4, below - 4), told, text, "mute")
    return frame.done(foot + size.text + 4, dark=dark)


def _open_label(frame: _Frame, since: date, text: float) -> None:
    """That the last months are still filling, where there is room for it."""
    told = frame.reader.text(say("still filling"))
    wide = width_of(told, text)
    x = max(frame.x(since), frame.left)
    if frame.right - x > wide + 12:
        frame.drawing.box((frame.right - wide - 8, frame.top, frame.right, frame.top + text + 4), "pale")
        frame.drawing.text((frame.right - 4, frame.top + text), told, text, "mute", anchor="end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A stay in custody as a line: whose, and from when to when, certainly and possibly."""

    name: str
    first: date  # the first day the person may have been inside
    begun: date  # certainly inside from here
    ended: date  # to here
    last: date  # the last day the person may have been inside


_MOST_NAMED = 14  # as many lines as carry a name each


def stays(rows: Sequence[Stay], last: date, words: Words, reader: Language, size: Size, *, dark: bool = True) -> str:
    """Stays in custody as lines by their beginning, pale where dates leave it open; a few carry their names."""
    named = len(rows) <= _MOST_NAMED
    high = 17.0 if named else max(3.0, min(10.0, size.height / len(rows)))
    frame = _Frame(words, (date(min(r.first for r in rows).year, 1, 1), last), reader, size, left=_EDGE)
    bottom = frame.top + high * len(rows)
    frame.years(frame.top, bottom, labels=True)
    gap, text = high * (0.14 if named else 0.1), size.text - 2
    for at, row in enumerate(rows):
        top = frame.top + at * high
        left, right = frame.x(row.first), max(frame.x(row.last), frame.x(row.first) + 1)
        frame.drawing.box((left, top + gap, right, top + high - gap), "faint")
        sure = row.begun < row.ended
        if sure:
            frame.drawing.box((frame.x(row.begun), top + gap, frame.x(row.ended), top + high - gap), "accent")
        if not named:
            continue
        # The name stands before a line that begins late, else within it, or after one that is too short.
        wide, line = width_of(row.name, text), top + high / 2 + text * 0.35
        if left - wide - 5 > frame.left and left > (frame.left + frame.right) / 2:
            frame.drawing.text((left - 5, line), row.name, text, anchor="end")
        elif sure and frame.x(row.ended) - frame.x(row.begun) > wide + 10:
            frame.drawing.text((frame.x(row.begun) + 5, line), row.name, text, "paper")
        elif right + wide + 5 < frame.right:
            frame.drawing.text((right + 5, line), row.name, text)
        else:
            frame.drawing.text((left - 5, line), row.name, text, anchor="end")
    return frame.done(bottom + size.text + 4, dark=dark)
