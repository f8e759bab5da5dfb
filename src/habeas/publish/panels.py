"""Panels of a plot of an answer under one head, as SVG text: drawn offline by Altair and vl-convert.

Text is measured with Liberation Sans, which vl-convert carries with it, so a drawing does not hang on the fonts of the
machine; the same input gives the same bytes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import altair as alt
import vl_convert

ACCENT = "#0b5a8a"
INK, MUTE, LINE = "#22262a", "#646b72", "#dfe2e5"
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


def inline(rows: Sequence[Mapping[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=[dict(row) for row in rows])


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
