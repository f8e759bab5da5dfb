"""Charts as SVG text, drawn offline by Altair and vl-convert; the same input gives the same bytes.

Each chart comes wide and narrow (a phone). Title and source are baked in, so that a chart that travels alone still says
what it shows and who says so. One accent colour and greys; lines are labelled directly; axes of counts begin at zero;
a low-high band is pale, a stretch that no list covers is grey. Text is measured with Liberation Sans, which vl-convert
carries with it, so the drawing does not hang on the fonts of the machine.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, TypeAlias

import altair as alt
import vl_convert

ACCENT = "#0b5a8a"
INK, MUTE, LINE, PALE = "#22262a", "#646b72", "#dfe2e5", "#eef0f2"
Panel: TypeAlias = "alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large a chart is drawn, and how large its text."""

    name: str
    width: int
    height: int
    text: int
    wrap: int  # characters of a caption line


WIDE = Size(name="wide", width=760, height=300, text=13, wrap=118)
NARROW = Size(name="narrow", width=296, height=230, text=12, wrap=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A figure somebody published: when, how many, by whom; not `exact` where it was given as `about` or `at least`."""

    day: date
    n: int
    by: str
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A release marked on the chart: when, and how many were announced as freed."""

    day: date
    n: int


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
    """Taken into custody and out of it in a month, documented by name."""

    month: date
    taken: int
    out: int


def _ms(day: date) -> int:
    """The day as milliseconds UTC: no time zone of the machine enters the drawing."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def inline(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=[dict(row) for row in rows])


def _x(first: date, last: date, *, labels: bool = True, narrow: bool = False) -> alt.X:
    """The time axis, with a tick for each year (a phone: two-figure years where there are many), or each quarter."""
    room = last - (last - first) * (0.11 if narrow else 0.05)  # a label further right would be cut off
    short = (last - first).days < 800
    years = [
        date(y, m, 1)
        for y in range(first.year, last.year + 1)
        for m in ((1, 4, 7, 10) if short else (1,))
        if first <= date(y, m, 1) <= room
    ]
    return alt.X(
        "t:T",
        scale=alt.Scale(type="utc", domain=[_ms(first), _ms(last)], nice=False),
        axis=alt.Axis(
            values=[_ms(y) for y in years],
            format="%Y-%m" if short else "’%y" if narrow and len(years) > 6 else "%Y",
            title=None,
            grid=False,
            labels=labels,
            ticks=labels,
            labelAlign="left" if labels else "center",
            labelOffset=3,
            labelFlush=False,
        ),
    )


def _y(top: float, *, count: int, bottom: float = 0, expression: str | None = None) -> alt.Y:
    axis: dict[str, Any] = {"title": None, "tickCount": count, "format": ",d"}
    if expression is not None:
        axis["labelExpr"] = expression
    return alt.Y("n:Q", scale=alt.Scale(domain=[bottom, top], nice=False, zero=True), axis=alt.Axis(**axis))


def drawn(panels: Sequence[Panel], title: str, under: str, source: str, size: Size) -> str:
    """Panels under each other with the title above and the source below, as SVG."""
    head = alt.TitleParams(
        text=textwrap.wrap(title, size.wrap * 10 // 13),
        subtitle=textwrap.wrap(under, size.wrap),
        anchor="start",
        fontSize=size.text + 3,
        subtitleFontSize=size.text,
        fontWeight="bold",
        color=INK,
        subtitleColor=MUTE,
        offset=12,
        subtitlePadding=4,
        frame="bounds",
    )
    foot = alt.TitleParams(
        text=textwrap.wrap(source, size.wrap + size.wrap // 10),
        orient="bottom",
        anchor="start",
        fontSize=size.text - 2,
        fontWeight="normal",
        color=MUTE,
        offset=10,
        frame="bounds",
    )
    inner = alt.vconcat(*panels, spacing=10).properties(title=head)
    whole = (
        alt.vconcat(inner)
        .properties(title=foot, padding=6)
        .configure(font=FONT, background="white")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=MUTE, labelFontSize=size.text - 1, gridColor=LINE, domain=False, tickColor=LINE, labelFont=FONT
        )
    )
    return str(vl_convert.vegalite_to_svg(whole.to_json()))


def published(
    points: Sequence[Point], marks: Sequence[Mark], *, main: str, title: str, under: str, source: str, size: Size
) -> str:
    """Published counts over time, the main publisher as a line, others as rings; releases as bars beneath."""
    first, last = _frame([p.day for p in points] + [m.day for m in marks])
    top = max(p.n for p in points) * 1.12
    narrow = size is NARROW
    x, y = _x(first, last, labels=not marks, narrow=narrow), _y(top, count=4)
    rows = [{"t": _ms(p.day), "n": p.n, "by": p.by, "exact": p.exact} for p in points]
    own = [row for row, p in zip(rows, points, strict=True) if p.by == main]
    others = [row for row, p in zip(rows, points, strict=True) if p.by != main]
    large = _largest(marks, 3 if narrow else 5, last - first)
    layers: list[alt.Chart] = [
        alt.Chart(inline([{"t": _ms(m.day), "n": 0} for m in large]))
        .mark_rule(color="#c4c9ce", strokeDash=[2, 3])
        .encode(x=x),
        alt.Chart(inline(own)).mark_line(color=ACCENT, strokeWidth=1.6).encode(x=x, y=y),
        alt.Chart(inline([r for r in own if r["exact"]]))
        .mark_point(color=ACCENT, filled=True, size=22, opacity=1)
        .encode(x=x, y=y),
        alt.Chart(inline([r for r in own if not r["exact"]]))
        .mark_point(stroke=ACCENT, fill="white", size=26, opacity=1, strokeWidth=1.4)
        .encode(x=x, y=y),
        alt.Chart(inline(others))
        .mark_point(color=INK, size=34, opacity=1, strokeWidth=1.3, shape="diamond")
        .encode(x=x, y=y),
    ]
    layers += [
        alt.Chart(inline([{"t": label.t, "n": label.n, "text": label.text}]))
        .mark_text(
            align=label.align,
            dx=label.dx,
            dy=label.dy,
            fontSize=size.text - 1,
            color=label.color,
            fontWeight=label.weight,
            font=FONT,
        )
        .encode(x=x, y=y, text="text:N")
        for label in _labels(points, main, (first, last), top, size)
    ]
    panels: list[Panel] = [alt.layer(*layers).properties(width=size.width, height=size.height)]
    if marks:
        panels.append(_releases(marks, large, first, last, size))
    return drawn(panels, title, under, source, size)


def _frame(days: Sequence[date]) -> tuple[date, date]:
    """The stretch of time drawn: from the first of a year to a month past the last day."""
    return date(min(days).year, 1, 1), max(days) + timedelta(days=45)


def _largest(marks: Sequence[Mark], most: int, whole: timedelta) -> list[Mark]:
    """The largest releases that can each carry a label without touching another's."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (-m.n, m.day)):
        if (
            len(kept) < most
            and mark.n * 12 >= max(m.n for m in marks)
            and all(abs(mark.day - k.day) > whole / 30 for k in kept)
        ):
            kept.append(mark)
    return sorted(kept, key=lambda m: m.day)


def _releases(marks: Sequence[Mark], large: Sequence[Mark], first: date, last: date, size: Size) -> Panel:
    narrow = size is NARROW
    x, top = _x(first, last, narrow=narrow), max(m.n for m in marks) * 1.35
    y = alt.Y("n:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=None)
    rows = [{"t": _ms(m.day), "n": m.n, "zero": 0} for m in marks]
    bars = alt.Chart(inline(rows)).mark_rule(color=INK, strokeWidth=1.5 if narrow else 2).encode(x=x, y=y, y2="zero:Q")
    named = [{"t": _ms(m.day), "n": m.n, "text": f"{m.n:,}"} for m in large]
    text = (
        alt.Chart(inline(named))
        .mark_text(dy=-7, fontSize=size.text - 1, color=INK, fontWeight="bold", font=FONT)
        .encode(x=x, y=y, text="text:N")
    )
    said = alt.Chart(inline([{"t": _ms(first), "n": top, "text": "Announced as freed"}]))
    label = said.mark_text(align="left", dx=4, dy=10, fontSize=size.text - 1, color=MUTE, font=FONT).encode(
        x=x, y=y, text="text:N"
    )
    zero = alt.Chart(inline([{"n": 0}])).mark_rule(color=LINE).encode(y=y)
    return alt.layer(zero, bars, text, label).properties(width=size.width, height=64 if narrow else 76)


@dataclass(frozen=True, slots=True)
class _Label:
    t: int
    n: int
    text: str
    align: Literal["left", "center", "right"]
    dx: int
    dy: int
    color: str
    weight: Literal["normal", "bold"]


# Where a label may stand around its point, the first that is free.
_PLACES: tuple[tuple[Literal["left", "center", "right"], int, int], ...] = (
    ("right", -7, -8), ("center", 0, -12), ("left", 7, 0), ("right", -8, 0), ("right", -7, 10), ("center", 0, 15),
)  # fmt: skip


def _labels(points: Sequence[Point], main: str, frame: tuple[date, date], top: float, size: Size) -> list[_Label]:
    """Labels that touch neither each other nor a point: the main line's peak and last figure, then the others' points."""
    first, last = frame
    days = (last - first).days
    em = (size.text - 1) * 0.56

    def place(p: Point) -> tuple[float, float]:
        return (p.day - first).days / days * size.width, (1 - p.n / top) * size.height

    own = [p for p in points if p.by == main]
    wanted: list[tuple[Point, str]] = []
    if own:
        peak, final = max(own, key=lambda p: p.n), max(own, key=lambda p: p.day)
        wanted.append((peak, f"{main} {peak.n:,}"))
        if final is not peak:
            wanted.append((final, f"{main} {final.n:,}" if size is WIDE else f"{final.n:,}"))
    rest = sorted((p for p in points if p.by != main), key=lambda p: (-p.n, p.day, p.by))
    wanted += [(p, f"{textwrap.shorten(p.by, 24, placeholder='…')} {p.n:,}") for p in rest]
    taken = [(x - 3, y - 3, x + 3, y + 3) for x, y in map(place, points)]
    found = []
    for point, text in wanted:
        x, y = place(point)
        wide = len(text) * em
        for align, dx, dy in _PLACES:
            left = x + dx - {"left": 0, "center": wide / 2, "right": wide}[align]
            box = (left, y + dy - size.text / 2, left + wide, y + dy + size.text / 2)
            inside = box[0] >= 0 and box[2] <= size.width and box[1] >= 0 and box[3] <= size.height
            if inside and not any(_touch(box, other) for other in taken):
                taken.append(box)
                color = ACCENT if point.by == main else INK
                found.append(
                    _Label(
                        _ms(point.day), point.n, text, align, dx, dy, color, "bold" if point.by == main else "normal"
                    )
                )
                break
    return found


def _touch(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def documented(readings: Sequence[Reading], *, label: str, title: str, under: str, source: str, size: Size) -> str:
    """Cases documented by name over time: best reading with its low-high band; grey where no list covers the day."""
    first, last = _frame([r.day for r in readings])
    top = max(4, *(1.18 * (r.high or 0) for r in readings))
    x = _x(first, last, narrow=size is NARROW)
    y = _y(top, count=4)
    rows = [{"t": _ms(r.day), "low": r.low, "n": r.best, "high": r.high} for r in readings]
    empty = _uncovered(readings, first, last)
    gaps = [{"t": _ms(a), "to": _ms(b), "n": 0, "top": top} for a, b in empty]
    peak = max(readings, key=lambda r: r.high or 0)
    side = "right" if (peak.day - first) > (last - first) / 2 else "left"
    layers = [
        alt.Chart(inline(gaps)).mark_rect(color=PALE).encode(x=x, x2="to:T", y=y, y2="top:Q"),
        alt.Chart(inline(rows))
        .mark_area(color=MUTE, opacity=0.22)
        .encode(x=x, y=alt.Y("low:Q", scale=alt.Scale(domain=[0, top])), y2="high:Q"),
        alt.Chart(inline(rows)).mark_line(color=INK, strokeWidth=1.6).encode(x=x, y=y),
        _say((x, y), peak.day, peak.high or 0, label, size, align=side, dy=-9, fontWeight="bold", color=INK),
    ]
    widest = max(empty, key=lambda gap: gap[1] - gap[0], default=None)
    if widest is not None and (widest[1] - widest[0]) / (last - first) > (0.2 if size is WIDE else 0.5):
        layers.append(
            _say((x, y), widest[0], top, "no list covers this time", size, align="left", dx=6, dy=12, color=MUTE)
        )
    return drawn([alt.layer(*layers).properties(width=size.width, height=size.height - 60)], title, under, source, size)


def _say(axes: tuple[alt.X, alt.Y], day: date, n: float, text: str, size: Size, **look: Any) -> alt.Chart:
    """One text set at a place of the chart."""
    x, y = axes
    at = alt.Chart(inline([{"t": _ms(day), "n": n, "text": text}]))
    made: alt.Chart = at.mark_text(fontSize=size.text - 1, font=FONT, **look).encode(x=x, y=y, text="text:N")
    return made


def _uncovered(readings: Sequence[Reading], first: date, last: date) -> list[tuple[date, date]]:
    """The stretches that no list covers: between the covered readings, before the first and after the last."""
    found: list[tuple[date, date]] = []
    begun = first
    for reading in readings:
        if reading.covered:
            if reading.day > begun:
                found.append((begun, reading.day))
            begun = reading.day + timedelta(days=31)
    if begun < last:
        found.append((begun, last))
    return found


def flows(months: Sequence[Flow], *, title: str, under: str, source: str, size: Size) -> str:
    """Taken (up) and out (down) by month, documented by name."""
    first, last = _frame([f.month for f in months])
    most = max(max(f.taken, f.out) for f in months)
    top = 1.2 * max(1, most / 4, *(f.taken for f in months))  # room for the words on either side
    bottom = -1.2 * max(1, most / 4, *(f.out for f in months))
    x = _x(first, last, narrow=size is NARROW)
    y = _y(top, bottom=bottom, count=5, expression="format(abs(datum.value), ',d')")
    thick = max(1.5, min(9, size.width / max((last - first).days / 30.4, 1) * 0.7))

    def bars(rows: list[dict[str, Any]], color: str) -> alt.Chart:
        made: alt.Chart = (
            alt.Chart(inline(rows)).mark_rule(color=color, strokeWidth=thick).encode(x=x, y=y, y2="zero:Q")
        )
        return made

    taken = [{"t": _ms(f.month + timedelta(days=14)), "n": f.taken, "zero": 0} for f in months if f.taken]
    out = [{"t": _ms(f.month + timedelta(days=14)), "n": -f.out, "zero": 0} for f in months if f.out]
    said = [
        _say((x, y), first, top, "↑ taken into custody", size, align="left", dx=6, dy=8, color=MUTE, fontWeight="bold"),
        _say(
            (x, y), first, bottom, "↓ out of custody", size, align="left", dx=6, dy=-8, color=ACCENT, fontWeight="bold"
        ),
    ]
    zero = alt.Chart(inline([{"n": 0}])).mark_rule(color=MUTE).encode(y=y)
    panel = alt.layer(bars(taken, "#9aa1a8"), bars(out, ACCENT), zero, *said)
    return drawn([panel.properties(width=size.width, height=size.height - 40)], title, under, source, size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """A stay in custody as a line: whose, and from when to when, certainly and possibly."""

    name: str
    first: date  # the first day the person may have been inside
    begun: date  # certainly inside from here
    ended: date  # to here
    last: date  # the last day the person may have been inside


_MOST_NAMED = 14  # as many lines as carry a name each


def stays(rows: Sequence[Stay], last: date, *, title: str, under: str, source: str, size: Size) -> str:
    """Stays in custody as lines by their beginning, pale where dates leave it open; a few carry their names."""
    first = date(min(r.first for r in rows).year, 1, 1)
    named = len(rows) <= _MOST_NAMED
    height = len(rows) * (16 if named else max(3, min(10, size.height // len(rows))))
    half = first + (last - first) / 2
    made = [
        {
            "row": at,
            "t": _ms(r.first),
            "to": _ms(r.last),
            "name": r.name,
            "left": r.first > half,
            "sure": r.begun < r.ended,
        }
        for at, r in enumerate(rows)
    ]
    sure = [{"row": at, "t": _ms(r.begun), "to": _ms(r.ended)} for at, r in enumerate(rows) if r.begun < r.ended]
    x, y = _x(first, last), alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.4 if named else 0.2))
    layers = [
        alt.Chart(inline(group)).mark_bar(color=color).encode(x=x, x2="to:T", y=y)
        for group, color in ((made, "#c9dbe6"), (sure, ACCENT))
    ]
    # The name stands before a line that begins late, else within it.
    ink = alt.condition("datum.sure", alt.value("white"), alt.value(INK))
    for left, align, dx in ((True, "right", -5), (False, "left", 5)):
        group = [m for m in made if m["left"] is left]
        if named and group:
            text = alt.Chart(inline(group)).mark_text(
                align="right" if align == "right" else "left", dx=dx, fontSize=size.text - 2, font=FONT
            )
            layers.append(text.encode(x=x, y=y, text="name:N", color=alt.value(INK) if left else ink))
    return drawn([alt.layer(*layers).properties(width=size.width, height=height)], title, under, source, size)
