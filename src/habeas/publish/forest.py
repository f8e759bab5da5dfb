"""A forest of methods: each method's estimate with its interval on one scale, and the models that fit about as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from habeas.errors import PublishError
from habeas.estimate.shape import EstimateShape
from habeas.publish.panels import ACCENT, FONT, INK, MUTE, WIDE, Panel, drawn, inline

_NAMES = 170  # points kept for the names on the left
_ROOM = 130  # and for the figures on the right
_ROW = 26
_LOG_FROM = 6.0  # the scale is logarithmic where the ends lie this many times apart
_MODELS = 4


def forest(found: EstimateShape, foot: str) -> str:
    """The SVG of an estimation in its JSON shape.

    Raises:
        PublishError: no method gives a figure.
    """
    rows = _rows(found)
    if not rows:
        raise PublishError(f"there is nothing to draw: {found['refused']}")
    scale, end = _scale(rows, found["observed"])
    x = alt.X(
        "n:Q",
        scale=scale,
        axis=alt.Axis(title="persons in all", format=",d", tickCount=5, titleColor=MUTE, titleFont=FONT, grid=True),
    )
    order = [r["name"] for r in rows]
    y = alt.Y("name:N", sort=order, axis=None)
    shown = [{**r, "high": end if r["high"] is None else r["high"], "text": _figure(r)} for r in rows]
    methods, models = [r for r in shown if not r["near"]], [r for r in shown if r["near"]]
    points, bounds = [r for r in methods if not r["bound"]], [r for r in methods if r["bound"]]
    seen = [{"n": found["observed"], "text": f"seen {found['observed']:,}"}]
    hue = alt.Color("color:N", scale=None)
    layers: list[alt.Chart] = [
        alt.Chart(inline(seen)).mark_rule(color=MUTE, strokeDash=[3, 3]).encode(x=x),
        alt.Chart(inline(methods)).mark_rule(strokeWidth=2).encode(x=_low(x), x2="high:Q", y=y, color=hue),
        alt.Chart(inline(points)).mark_point(filled=True, size=70, opacity=1).encode(x=x, y=y, color=hue),
        alt.Chart(inline(bounds))
        .mark_point(color=ACCENT, shape="triangle-right", filled=True, size=90, opacity=1)
        .encode(x=x, y=y),
        alt.Chart(inline(models)).mark_point(color=INK, size=45, opacity=1, strokeWidth=1.4).encode(x=x, y=y),
        _text(shown, "name:N", y, at=-_NAMES, align="left", color=INK),
        _text(shown, "text:N", y, at=WIDE.width - _NAMES - _ROOM + 12, align="left", color=MUTE),
        alt.Chart(inline(seen))
        .mark_text(align="left", baseline="bottom", dx=4, dy=-3, fontSize=WIDE.text - 2, color=MUTE, font=FONT)
        .encode(x=x, y=alt.value(0), text="text:N"),
    ]
    panel: Panel = alt.layer(*layers).properties(width=WIDE.width - _NAMES - _ROOM, height=_ROW * len(rows))
    title = "How many in all: no answer, the methods disagree" if found["refused"] else "How many in all, by method"
    under = "Point: estimate; line: 95% interval; triangle: lower bound; ring: another model that fits about as well."
    said = found["refused"] or ""
    return drawn(
        [panel], title, f"{under} {said[:1].upper()}{said[1:]}".strip(), f"{foot}. Broken line: persons seen.", WIDE
    )


def _scale(rows: Sequence[Mapping[str, Any]], observed: float) -> tuple[alt.Scale, float]:
    """A scale on which all figures have room, by logarithm where they lie far apart, and its upper end."""
    ends = [n for r in rows for n in (r["low"], r["n"], r["high"]) if n is not None] + [observed]
    low, high = min(ends), max(ends)
    far = high / max(low, 1) > _LOG_FROM
    domain = [low * 0.93, high * 1.05] if far else [max(0.0, low - (high - low) * 0.06), high + (high - low) * 0.06]
    return alt.Scale(type="log" if far else "linear", domain=domain, nice=False, zero=False), domain[1]


def _rows(found: EstimateShape) -> list[dict[str, Any]]:
    rows = []
    listed = set() if found["spread"] is None else {m["model"] for m in found["spread"]["of"]}
    for m in found["methods"]:
        bound = m["diagnostics"].get("bound") == "lower"
        rows.append(
            {
                "name": m["method"] + ("" if bound or m["diagnostics"]["used"] else " (not used)"),
                "n": m["estimate"],
                "low": m["low"],
                "high": m["high"],
                "near": False,
                "bound": bound,
                "color": ACCENT if bound or m["diagnostics"]["used"] else MUTE,
            }
        )
        near = [n for n in m["diagnostics"].get("near", [])[1:] if f"{m['method']} {n['model']}" in listed]
        rows += [
            {
                "name": f"\u2003{n['model']}",
                "n": n["estimate"],
                "low": None,
                "high": n["estimate"],
                "near": True,
                "bound": False,
                "color": INK,
            }
            for n in near[:_MODELS]
        ]
    return rows


def _figure(row: Mapping[str, Any]) -> str:
    if row["near"]:
        return f"{row['n']:,.0f}"
    if row["bound"]:
        return f"≥ {row['n']:,.0f}"
    return f"{row['n']:,.0f} ({row['low']:,.0f}–{'…' if row['high'] is None else format(row['high'], ',.0f')})"


def _low(x: alt.X) -> alt.X:
    """The same axis for the lower end of a line."""
    made: alt.X = x.copy()
    made.shorthand = "low:Q"
    return made


def _text(rows: list[dict[str, Any]], field: str, y: alt.Y, *, at: float, align: str, color: str) -> alt.Chart:
    made: alt.Chart = (
        alt.Chart(inline(rows))
        .mark_text(align=align, baseline="middle", fontSize=WIDE.text - 1, color=color, font=FONT, limit=0)  # type: ignore[arg-type]
        .encode(x=alt.value(at), y=y, text=field)
    )
    return made
