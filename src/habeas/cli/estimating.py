"""`habeas estimate` and `habeas ask hidden`: how many there are in all, from who is on which lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.text import Text

from habeas.answers.coverage import dated
from habeas.answers.shapes import added
from habeas.answers.shapes.estimates import Hidden
from habeas.archive import capture
from habeas.cli.asking import answer, ask, common
from habeas.cli.lengths import PLOT, SEED
from habeas.cli.options import Progress, json_option, print_json
from habeas.cli.show import Page, console, figure
from habeas.cli.telling import given, lefts, rights
from habeas.errors import UsageError
from habeas.estimate import as_json as estimation_json
from habeas.estimate import estimate as estimated
from habeas.estimate import read_table
from habeas.estimate.shape import EstimateShape
from habeas.nouns import Answer, only, say, say_count
from habeas.publish import plot_estimation

METHODS = ("log-linear", "stepwise", "graph-averaging", "latent-class", "chao")
_LEFT_OUT = 5  # lists left out that are shown
_SHOWN = 3  # problems of a table said at once


@click.command()
@click.argument("path", metavar="TABLE", type=click.Path(path_type=Path))
@click.option("--lists", metavar="A,B,C", help="The columns that are lists (else all but count, id and name).")
@click.option(
    "--method", "methods", type=click.Choice(METHODS), multiple=True, help="Only this method; may be given again."
)
@click.option("--factor", type=float, default=2.0, show_default=True, help="Refuse where methods lie further apart.")
@click.option(
    "--draws", type=click.IntRange(100, 100_000), default=1_000, show_default=True, help="Resamples for intervals."
)
@SEED
@PLOT
@json_option
def estimate(
    path: Path,
    lists: str | None,
    methods: tuple[str, ...],
    factor: float,
    draws: int,
    seed: int,
    plot: Path | None,
    as_json: bool,
) -> None:
    """How many are on no list, from who is on which: several methods, their spread, or a refusal.

    TABLE is a CSV file with a 0/1 column for each list: either a row for each combination with a column `count`, or a row
    for each person.
    """
    taken, data = capture(path.resolve(), folder=path.resolve().parent)
    chosen = [name.strip() for name in lists.split(",")] if lists else []
    overlap, problems = read_table(data, taken.path.name, lists=chosen)
    if overlap is None:
        more = f" And {len(problems) - _SHOWN} more." if len(problems) > _SHOWN else ""
        raise UsageError(" ".join(str(p) for p in problems[:_SHOWN]) + more)
    progress = Progress()
    estimation = estimated(overlap, seed=seed, methods=methods, factor=factor, draws=draws, progress=progress)
    progress.done()
    found = estimation_json(estimation)
    if plot is not None:
        plot_estimation(found, plot, foot=f"habeas estimate {taken.path.name}, seed {seed}")
        click.echo(f"drawn to {plot}", err=True)
    if as_json:
        print_json(found)
        return
    console().print(Text(headline(found), style="bold"))
    console().print(Text(f"{len(found['lists'])} lists: {', '.join(found['lists'])}; seed {seed}\n", style="dim"))
    tell(Page(), found)


def headline(found: EstimateShape) -> str:
    """An estimation in a sentence that can be quoted."""
    seen = f"{found['observed']:,} persons are on at least one list"
    if found["refused"] is not None:
        return f"{seen}; how many there are in all cannot be said: {found['refused']}."
    if found["spread"] is None:
        bound = found["methods"][0]
        return f"{seen}; at least {bound['low']:,.0f} there are in all, by the lower bound's lower end."
    used = [m for m in found["methods"] if m["diagnostics"]["used"]]
    low, highs = min(m["low"] for m in used), [m["high"] for m in used if m["high"] is not None]
    spread = found["spread"]
    said = (
        f"{spread['low']:,.0f}"
        if round(spread["low"]) == round(spread["high"])
        else f"{spread['low']:,.0f} to {spread['high']:,.0f}"
    )
    end = "no upper end" if len(highs) < len(used) else f"{max(highs):,.0f}"
    return f"{seen}; in all there may be {said} (with each method's uncertainty {low:,.0f} to {end})."


def tell(page: Page, found: EstimateShape) -> None:
    """The methods as a table, what each rests on, the models that fit about as well, and what to beware of."""
    rows = []
    for m in found["methods"]:
        bound = m["diagnostics"].get("bound") == "lower"
        rows.append(
            (
                m["method"] if bound or m["diagnostics"]["used"] else say("{method} (not used)", method=m["method"]),
                say("≥ {number:,.0f}", number=m["estimate"]) if bound else only(m["estimate"], ",.0f"),
                say("{number:,.0f} or more", number=m["low"])
                if m["high"] is None
                else say("{low:,.0f}–{high:,.0f}", low=m["low"], high=m["high"]),
                given(m["se"], "", ",.0f"),
                given(m["bic"], "", ".1f"),
                m["model"],
            )
        )
    columns = [*lefts(say("method")), *rights(say("in all"), "95%", say("s.e."), "BIC"), *lefts(say("model"))]
    refused = say("What each method says; no answer, for the reason above")
    page.table(refused if found["refused"] else say("What each method says"), columns, rows)
    for m in found["methods"]:
        if len(m["diagnostics"].get("near", [])) > 1:
            near = [
                (n["model"], only(n["estimate"], ",.0f"), only(n["se"], ",.0f"), only(n["bic"], ".1f"))
                for n in m["diagnostics"]["near"][:5]
            ]
            columns = [*lefts(say("model")), *rights(say("in all"), say("s.e."), "BIC")]
            page.table(say("Log-linear models by BIC"), columns, near)
    page.table(say("Each rests on"), lefts(say("method"), ""), [(m["method"], m["rests_on"]) for m in found["methods"]])
    page.table(say("Beware"), lefts(""), [(w,) for w in found["warnings"]])


@ask.command()
@click.option(
    "--from",
    "start",
    metavar="DATE",
    help="People who may have been in custody from this day on (else on the day asked).",
)
@click.option("--to", "end", metavar="DATE", help="And until this one.")
@click.option("--group", metavar="TEXT", help="Only people of this group, as the lists name it, or of this occupation.")
@click.option("--place", metavar="TEXT", help="Only people of this place, as the lists name it, or held in it.")
@SEED
@PLOT
@common
def hidden(
    start: str | None,
    end: str | None,
    group: str | None,
    place: str | None,
    seed: int,
    plot: Path | None,
    **asked: Any,
) -> None:
    """How many there are in all, those on no list included; refused under three independent origins of lists."""
    args = {"from": start, "to": end, "group": group, "place": place, "seed": str(seed)}
    answer("hidden", args, tell=_hidden, plot=plot, **asked)


def _hidden(page: Page, found: Answer, people: bool) -> None:
    more = added(found, Hidden)
    origins = [(o["origin"], len(o["lists"]), ", ".join(o["lists"][:3])) for o in more["origins"]]
    columns = [*lefts(say("origin")), *rights(say("lists")), *lefts(say("of them"))]
    page.table(say("Independent origins"), columns, origins)
    left = [(o["list"], o["why"]) for o in more["left_out"]]
    shown = left if people else left[:_LEFT_OUT]
    page.table(say("Lists left out"), lefts(say("list"), say("why")), shown)
    if len(shown) < len(left):
        n = len(left) - len(shown)
        page.line(say_count("and {n:d} more: --people lists them\n", "and {n:d} more: --people lists them\n", n))
    if more["methods"]:
        tell(page, more)
    counts = [
        (say("by {who}, {on}", who=c["by"], on=dated(c["on"])), figure(c), c["definition"] or c["note"])
        for c in more["published"]
    ]
    page.table(say("Published counts"), [*lefts(""), *rights(say("number")), *lefts("")], counts)
    linkage = more["linkage"]
    if linkage is not None:
        rows = [
            (
                m["method"],
                only(m["estimate"], ",.0f"),
                say("{low:,.0f}–{high:,.0f}", low=m["low"], high=m["high"]),
                only(m["share"], ".0%"),
            )
            for m in linkage["methods"]
        ]
        title = say_count(
            "With the {n:d} pair who may be one person put together by chance, {draws:d} times",
            "With the {n:d} pairs who may be one person put together by chance, {draws:d} times",
            linkage["unsure_pairs"],
            draws=linkage["draws"],
        )
        columns = [*lefts(say("method")), *rights(say("in all"), "95%", say("of the variance"))]
        page.table(title, columns, rows)
