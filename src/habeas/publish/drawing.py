"""An SVG drawn by hand: lines, shapes and text in a few named looks, light and dark, with its words baked in.

Charts that stand on a page are drawn in this way and not by a plotting library: a chart is drawn in milliseconds in each
language, its labels are placed where nothing else stands, and a reader's dark screen gets dark paper. Coordinates are in
pixels from the top left. The same calls give the same bytes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Literal, TypeAlias

Point: TypeAlias = tuple[float, float]
Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom
Anchor: TypeAlias = Literal["start", "middle", "end"]

SANS = "'Liberation Sans', Arial, Helvetica, sans-serif"
SERIF = "Georgia, 'Liberation Serif', 'Times New Roman', serif"

# Colours by name: on white paper, on dark paper. One accent besides greys; each stands out from its paper by 4.5 to 1
# where it carries text.
_COLOURS: Mapping[str, tuple[str, str]] = {
    "paper": ("#ffffff", "#16191c"),
    "ink": ("#22262a", "#e6e8ea"),
    "mute": ("#5c636a", "#a2a9b0"),
    "line": ("#dcdfe2", "#3a4147"),
    "pale": ("#eef0f2", "#262c31"),
    "grey": ("#9aa1a8", "#7b838b"),
    "band": ("#cdd1d5", "#454d55"),
    "accent": ("#0b5a8a", "#6cb2dc"),
    "faint": ("#c9dbe6", "#27465a"),
}
# What a shape or a text of a look is filled and drawn with (names of colours), and how its line runs.
_LOOKS: Mapping[str, tuple[str, str, str]] = {
    "paper": ("paper", "", ""),
    "ink": ("ink", "", ""),
    "mute": ("mute", "", ""),
    "accent": ("accent", "", ""),
    "faint": ("faint", "", ""),
    "grey": ("grey", "", ""),
    "band": ("band", "", ""),
    "pale": ("pale", "", ""),
    "grid": ("", "line", ""),
    "axis": ("", "mute", ""),
    "rule": ("", "grey", 'stroke-dasharray="2 3"'),
    "curve": ("none", "ink", 'stroke-width="1.8" stroke-linejoin="round"'),
    "main": ("none", "accent", 'stroke-width="1.8" stroke-linejoin="round"'),
    "hollow": ("paper", "accent", 'stroke-width="1.5"'),
    "diamond": ("paper", "ink", 'stroke-width="1.3"'),
    "hatch": ("", "line", ""),
    "open": ("paper", "mute", ""),
}
_NARROW, _WIDE = frozenset("iIljtf.,:;!'|()[]1 ·іїІЇ-‑"), frozenset("mwMWшщжюыфмШЩЖЮЫФМ@%—–…")


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text runs, in pixels, in the widest of the faces that a reader may have."""
    units = sum(0.36 if c in _NARROW else 0.95 if c in _WIDE else 0.72 if c.isupper() else 0.62 for c in text)
    return units * size * (1.08 if bold else 1.0)


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The text in lines no wider than `width`, cut between words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _isolated(text: str) -> str:
    """A text that runs from right to left set apart, so that its order is its own: a drawing runs from left to right."""
    return f"\u2068{text}\u2069" if any(unicodedata.bidirectional(c) in ("R", "AL") for c in text) else text


def touch(a: Box, b: Box) -> bool:
    """True where two boxes overlap."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


class Drawing:
    """A drawing in the making, `width` pixels wide; its height is given when it is done."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._parts: list[tuple[str, str, str]] = []  # look, tag, the rest

    def _add(self, look: str, tag: str, shape: str, inside: str = "") -> None:
        self._parts.append((look, tag, shape + (f">{inside}</{tag}>" if inside else "/>")))

    def text(
        self,
        at: Point,
        text: str,
        size: float,
        look: str = "ink",
        *,
        anchor: Anchor = "start",
        bold: bool = False,
        serif: bool = False,
    ) -> None:
        """A line of text; `at` is where its baseline begins, has its middle, or ends."""
        style = f'x="{_n(at[0])}" y="{_n(at[1])}" font-size="{_n(size)}"'
        style += f' text-anchor="{anchor}"' if anchor != "start" else ""
        style += ' font-weight="bold"' if bold else ""
        style += f' font-family="{SERIF}"' if serif else ""
        self._add(look, "text", style, escape(_isolated(text), quote=False))

    def line(self, a: Point, b: Point, look: str, *, thick: float | None = None) -> None:
        style = f' stroke-width="{_n(thick)}"' if thick is not None else ""
        self._add(look, "line", f'x1="{_n(a[0])}" y1="{_n(a[1])}" x2="{_n(b[0])}" y2="{_n(b[1])}"{style}')

    def box(self, box: Box, look: str) -> None:
        left, top, right, bottom = box
        self._add(look, "rect", f'x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}" height="{_n(bottom - top)}"')

    def shape(self, points: Sequence[Point], look: str, *, closed: bool = True) -> None:
        """A polygon, or an open line through the points."""
        listed = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        self._add(look, "polygon" if closed else "polyline", f'points="{listed}"')

    def dot(self, at: Point, radius: float, look: str) -> None:
        self._add(look, "circle", f'cx="{_n(at[0])}" cy="{_n(at[1])}" r="{_n(radius)}"')

    def hatched(self, box: Box, step: float = 9) -> None:
        """A stretch of which nothing, or not all, is known: grey lines on the slant."""
        left, top, right, bottom = box
        self.box(box, "pale")
        rise = bottom - top
        at = left - rise
        while at < right:
            x1, x2 = max(at, left), min(at + rise, right)
            if x2 > x1:
                self.line((x1, bottom - (x1 - at)), (x2, bottom - (x2 - at)), "hatch")
            at += step

    def svg(self, height: float, title: str, *, lang: str, dark: bool = True) -> str:
        """The whole, with its words as the title that is read out.

        `dark`: it follows the reader's screen. Without, it has no style of its own, so that it may stand within a page.
        """
        marked = ' class="{}"' if dark else ""
        parts = [f"<{tag}{marked.format(look)}{_LIGHT[look]} {rest}" for look, tag, rest in self._parts]
        style = f"<style>@media(prefers-color-scheme:dark){{{_dark(self._parts)}}}</style>" if dark else ""
        paper = f'<rect{marked.format("paper")}{_LIGHT["paper"]} width="{self.width}" height="{_n(height)}"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" xml:lang="{lang}" width="{self.width}" height="{_n(height)}" '
            f'viewBox="0 0 {self.width} {_n(height)}" font-family="{SANS}"><title>{escape(title, quote=False)}</title>'
            f"{style}{paper}{''.join(parts)}</svg>\n"
        )


def _light(look: str) -> str:
    """The attributes of a look on white paper."""
    fill, stroke, more = _LOOKS[look]
    said = "".join(
        f' {what}="{_COLOURS[name][0] if name in _COLOURS else name}"'
        for what, name in (("fill", fill), ("stroke", stroke))
        if name
    )
    return said + (f" {more}" if more else "")


_LIGHT: Mapping[str, str] = {look: _light(look) for look in _LOOKS}


def _dark(parts: Iterable[tuple[str, str, str]]) -> str:
    """The colours on dark paper of the looks that are used."""
    told = []
    for look in sorted({"paper", *(look for look, _, _ in parts)}):
        fill, stroke, _ = _LOOKS[look]
        said = [
            f"{what}:{_COLOURS[name][1]}" for what, name in (("fill", fill), ("stroke", stroke)) if name in _COLOURS
        ]
        told.append(f".{look}{{{';'.join(said)}}}")
    return "".join(told)


def _n(x: float) -> str:
    """A number of a drawing: at most one decimal."""
    return f"{x:.1f}".removesuffix(".0")
