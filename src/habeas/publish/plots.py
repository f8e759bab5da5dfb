"""Plots of answers that are curves: who stays how long, and fans of what if; one file, drawn offline."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Literal

import altair as alt
import vl_convert

from habeas.answers.shapes import added
from habeas.answers.shapes.estimates import Group, Hidden, Quantiles, Survival, Whatif
from habeas.answers.stays import WAYS
from habeas.errors import PublishError
from habeas.estimate.shape import EstimateShape
from habeas.nouns import Answer
from habeas.publish.forest import forest
from habeas.publish.panels import ACCENT, FONT, INK, LINE, MUTE, WIDE, Panel, drawn, inline

SUFFIXES = (".svg", ".png", ".html")
SCALE = 2.0  # pixels a point in PNG
MOST_CURVES = 4
HUES = (ACCENT, "#b3541e", "#4c7a34", "#7a4c8f")  # told apart in print and by the colour-blind, and labelled directly
SHADES = ("#b3541e", "#5b9bc4", ACCENT, "#7a4c8f", INK, "#9aa1a8", LINE)  # one for each of WAYS
YEAR = 365


def write_plot(answer: Answer, path: Path, *, head: str) -> None:
    """Draw an answer to a file by the file's suffix: `.svg`, `.png` or `.html`.

    Raises:
        PublishError: the suffix is another, there is nothing to draw, or the folder is not there.
    """
    _writable(path)
    draw = _DRAWN.get(answer.question.ask)
    if draw is None:
        raise PublishError(f"there is no plot of {answer.question.ask!r}")
    _save(draw(answer, head), path, title=answer.question.ask, said=answer.sentence)


def write_forest(found: EstimateShape, path: Path, *, foot: str) -> None:
    """Draw an estimation in its JSON shape to a file by the file's suffix, as `write_plot` does."""
    _writable(path)
    _save(forest(found, foot), path, title="How many in all", said=found["refused"] or "")


def _save(svg: str, path: Path, *, title: str, said: str) -> None:
    if path.suffix.lower() == ".svg":
        path.write_text(svg, encoding="utf-8", newline="\n")
    elif path.suffix.lower() == ".png":
        path.write_bytes(vl_convert.svg_to_png(svg, scale=SCALE))
    else:
        path.write_text(_page(svg, title, said), encoding="utf-8", newline="\n")


def _writable(path: Path) -> None:
    if path.suffix.lower() not in SUFFIXES:
        raise PublishError(f"--plot takes a file ending in {', '.join(SUFFIXES)}, not {path.name!r}")
    if not path.parent.is_dir():
        raise PublishError(f"--plot cannot write {path.name!r}: there is no folder {path.parent.name!r}")


def _page(svg: str, title: str, said: str) -> str:
    """A page of its own that asks no other host for anything."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title>"
        f"<style>body{{font:16px/1.5 {FONT};color:{INK};max-width:52rem;margin:2rem auto;padding:0 1rem}}"
        "svg{max-width:100%;height:auto}</style></head>"
        f"<body><p><strong>{html.escape(said)}</strong></p>\n<figure>{svg}</figure></body></html>\n"
    )


def _hidden(answer: Answer, head: str) -> str:
    return forest(added(answer, Hidden), _foot(answer, head))


def _foot(answer: Answer, head: str) -> str:
    return (
        f"habeas ask {answer.question.ask}, on {answer.question.as_of.on}, record {head}. Documented by name: a sample."
    )


def _axes(longest: float) -> tuple[alt.X, alt.Y]:
    years = [y * YEAR for y in range(int(longest // YEAR) + 1)]
    x = alt.X(
        "days:Q",
        scale=alt.Scale(domain=[0, longest], nice=False),
        axis=alt.Axis(
            title="years since the arrest", values=years, labelExpr=f"datum.value / {YEAR}", grid=False, titleColor=MUTE, labelFlush=False,
            titleFont=FONT, titleFontWeight="normal",
        ),
    )  # fmt: skip
    y = alt.Y(
        "n:Q",
        scale=alt.Scale(domain=[0, 1], nice=False),
        axis=alt.Axis(title=None, format=".0%", values=[0, 0.25, 0.5, 0.75, 1]),
    )
    return x, y


def _steps(group: Group) -> list[dict[str, float]]:
    start: dict[str, float] = {"days": 0, "n": 1.0, "low": 1.0, "high": 1.0}
    return [start, *({"days": s["days"], "n": s["share"], "low": s["low"], "high": s["high"]} for s in group["curve"])]


def _curve(group: Group, hue: str, place: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """How many of a group are still inside, with its band and its name at the place of its end."""
    rows = _steps(group)
    name = f"{group['stays']} stays" if group["group"] == "all" else f"{group['group']} ({group['stays']})"
    return [
        alt.Chart(inline(rows))
        .mark_area(color=hue, opacity=0.14, interpolate="step-after")
        .encode(x=x, y=alt.Y("low:Q", scale=alt.Scale(domain=[0, 1])), y2="high:Q"),
        alt.Chart(inline(rows)).mark_line(color=hue, strokeWidth=1.8, interpolate="step-after").encode(x=x, y=y),
        _label(rows[-1]["days"], place, name, hue, x, y, dx=6),
    ]


def _survival(answer: Answer, head: str) -> str:
    """Who is still inside after how long; beneath it, where no groups are asked for, by which way the others left."""
    more = added(answer, Survival)
    groups = [g for g in more["groups"] if g["refused"] is None]
    if not groups:
        raise PublishError(f"there is nothing to draw: {answer.sentence}")
    several = [g for g in groups if g["group"] != "all"][:MOST_CURVES]
    shown = several or groups[:1]
    longest = max(g["until"] or 0 for g in shown) * 1.02
    x, y = _axes(longest)
    layers: list[alt.Chart] = [_rule(y)]
    ends = _apart([g["curve"][-1]["share"] for g in shown], 0.055)
    for group, hue, place in zip(shown, HUES, ends, strict=False):
        layers += _curve(group, hue, place, x, y)
    room = 150
    panel = alt.layer(*layers).properties(width=WIDE.width - room, height=WIDE.height - 40)
    panels: list[Panel] = [panel]
    if not several:
        panels.append(_ways(shown[0], x, room))
    title = "Still in custody after how long" + (f", by {more['by']}" if several else "")
    under = f"Share of stays that last longer; bands 95%.{_too_small(more) if several else ''} {answer.sentence}"
    return drawn(panels, title, under, _foot(answer, head), WIDE)


def _too_small(more: Survival) -> str:
    refused = sum(g["refused"] is not None for g in more["groups"])
    return f" {refused} groups are too small to be drawn." if refused else ""


def _rule(y: alt.Y) -> alt.Chart:
    rule: alt.Chart = alt.Chart(inline([{"n": 0.5}])).mark_rule(color=LINE, strokeDash=[4, 3]).encode(y=y)
    return rule


def _label(days: float, n: float, text: str, color: str, x: alt.X, y: alt.Y, *, dx: int) -> alt.Chart:
    made: alt.Chart = (
        alt.Chart(inline([{"days": days, "n": n, "text": text}]))
        .mark_text(
            align="left", baseline="middle", dx=dx, fontSize=WIDE.text - 1, color=color, font=FONT, fontWeight="bold"
        )
        .encode(x=x, y=y, text="text:N")
    )
    return made


def _apart(places: Sequence[float], gap: float) -> list[float]:
    """The places moved up and down as little as keeps labels from lying on each other, within 0 to 1."""
    order = sorted(range(len(places)), key=lambda i: places[i])
    found = list(places)
    for before, after in pairwise(order):
        found[after] = max(found[after], found[before] + gap)
    ceiling = 1.0
    for i in reversed(order):
        found[i] = min(found[i], ceiling)
        ceiling = found[i] - gap
    return found


def _ways(group: Group, x: alt.X, room: int) -> Panel:
    """By which way people left, stacked from the way most left by."""
    last = group["curve"][-1]["left"]
    names = sorted((w for w in WAYS if last.get(w)), key=lambda w: -last[w])
    rows, below = [], dict.fromkeys(range(len(group["curve"])), 0.0)
    tops = []
    for name in names:
        rows.append({"days": 0, "way": name, "from": 0.0, "n": 0.0})
        for i, step in enumerate(group["curve"]):
            rows.append({"days": step["days"], "way": name, "from": below[i], "n": below[i] + step["left"][name]})
            below[i] += step["left"][name]
        tops.append(below[len(group["curve"]) - 1])
    top = max(tops) * 1.05
    y = alt.Y("n:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=alt.Axis(title=None, format=".0%", tickCount=4))
    area = (
        alt.Chart(inline(rows))
        .mark_area(interpolate="step-after")
        .encode(
            x=x,
            y=y,
            y2="from:Q",
            color=alt.Color("way:N", scale=alt.Scale(domain=list(WAYS), range=list(SHADES)), legend=None),
        )
    )
    middles = [t - last[n] / 2 for t, n in zip(tops, names, strict=True)]
    places = [p * top for p in _apart([m / top for m in middles], 0.1)]
    end = group["curve"][-1]["days"]
    labels = [_label(end, p, f"{n} {last[n]:.0%}", INK, x, y, dx=6) for p, n in zip(places, names, strict=True)]
    head = alt.TitleParams(text="Left by", anchor="start", fontSize=WIDE.text, color=MUTE, fontWeight="bold", font=FONT)
    return alt.layer(area, *labels).properties(width=WIDE.width - room, height=150, title=head)


def _whatif(answer: Answer, head: str) -> str:
    """One fan a scenario, all on one scale; behind each the fan without the release, in grey."""
    more = added(answer, Whatif)
    scenarios = more["scenarios"]
    top = max(m["q95"] for s in scenarios for m in s["fan"]) * 1.08
    usual = scenarios[0]["fan"]
    months = more["months"]
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, months], nice=False),
        axis=alt.Axis(
            title="months",
            titleColor=MUTE,
            titleFont=FONT,
            titleFontWeight="normal",
            grid=False,
            format="d",
            values=list(range(0, months + 1, max(1, 6 * (months // 48 + 1) if months > 12 else 2))),
            labelFlush=False,
        ),
    )
    y = alt.Y(
        "q05:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=alt.Axis(title=None, format=",d", tickCount=4)
    )
    gap, across = 46, 2
    width = (WIDE.width - gap) // across - 20

    def area(
        rows: Sequence[Quantiles], low: Literal["q05", "q25"], high: Literal["q75", "q95"], color: str, opacity: float
    ) -> alt.Chart:
        made: alt.Chart = (
            alt.Chart(inline([{"month": r["month"], "q05": r[low], "top": r[high]} for r in rows]))
            .mark_area(color=color, opacity=opacity)
            .encode(x=x, y=y, y2="top:Q")
        )
        return made

    panels: list[Panel] = []
    for number, s in enumerate(scenarios):
        layers = [] if number == 0 else [area(usual, "q05", "q95", MUTE, 0.22)]
        layers += [area(s["fan"], "q05", "q95", ACCENT, 0.25), area(s["fan"], "q25", "q75", ACCENT, 0.45)]
        end = s["fan"][-1]
        name = s["name"] if len(s["name"]) < 58 else [s["name"].partition(", ")[0] + ",", s["name"].partition(", ")[2]]
        title = alt.TitleParams(
            text=name,
            subtitle=f"{end['q05']:,} to {end['q95']:,} after {months} months",
            anchor="start", fontSize=WIDE.text - 1, subtitleFontSize=WIDE.text - 2, color=INK, subtitleColor=MUTE, font=FONT,
            subtitleFont=FONT,
        )  # fmt: skip
        panels.append(alt.layer(*layers).properties(width=width, height=150, title=title))
    rows: list[Panel] = [alt.hconcat(*panels[i : i + across], spacing=gap) for i in range(0, len(panels), across)]
    pace = more["pace"]
    under = (
        f"Nine runs in ten lie in the pale band, half in the dark one; grey: no release. From {pace['stock']:,} inside, "
        f"{pace['arrests_per_month']:,.1f} taken a month, {pace['leaving_per_month']:.1%} leaving a month. What would follow "
        "from what is stated; not a forecast."
    )
    foot = f"habeas ask whatif, on {answer.question.as_of.on}, record {head}, seed {more['seed']}. " + "; ".join(
        f"{row['who']}: {row['says']}" for row in more["literature"]
    )
    return drawn(rows, "What if: people inside under stated arrests and releases", under, foot, WIDE)


_DRAWN: Mapping[str, Callable[[Answer, str], str]] = {
    "survival": _survival,
    "whatif": _whatif,
    "hidden": _hidden,
}
