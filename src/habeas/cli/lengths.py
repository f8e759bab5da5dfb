"""`habeas ask survival` and `habeas ask whatif`: questions about time, and their tables and plots."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from habeas.answers.stays import FACETS, FOLLOWED, WATCHED
from habeas.cli.asking import answer, ask, common
from habeas.cli.show import console, table
from habeas.nouns import Answer

PLOT = click.option(
    "--plot", type=click.Path(path_type=Path, dir_okay=False), help="Draw it to a file ending in .svg, .png or .html."
)
SEED = click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the random draws.")


@ask.command()
@click.option("--by", type=click.Choice(list(FACETS)), help="One curve for each group.")
@click.option("--since", metavar="DATE", help="Only people arrested from this day on.")
@click.option(
    "--followed",
    type=click.Choice(FOLLOWED),
    default="best",
    show_default=True,
    help="How far a stay without an exit on record is followed.",
)
@click.option(
    "--watched",
    type=click.Choice(WATCHED),
    default="window",
    show_default=True,
    help="Since when a person counts: the list's window, or the first publication.",
)
@SEED
@PLOT
@common
def survival(
    by: str | None, since: str | None, followed: str, watched: str, seed: int, plot: Path | None, **asked: Any
) -> None:
    """How long somebody who is arrested stays, and by which way people leave."""
    args = {"by": by, "since": since, "followed": followed, "watched": watched, "seed": str(seed)}
    answer("survival", args, tell=_survival, plot=plot, **asked)


@ask.command()
@click.option("--release", metavar="R", help="How many people are freed.")
@click.option("--after", metavar="MONTH", help="In which month they are freed [default: 1].")
@click.option("--every", metavar="MONTHS", help="Free as many again every so many months: deal after deal.")
@click.option("--over", metavar="MONTHS", help="For how long arrests change after a release (T) [default: 12].")
@click.option("--change", metavar="PERCENTS", help="More scenarios: by how much arrests change, such as 30,-20.")
@click.option("--months", metavar="MONTHS", help="How far to run [default: 24].")
@click.option("--arrests", metavar="N", help="State the arrests a month instead of the counted ones.")
@click.option("--leaving", metavar="PERCENT", help="State the share that leaves a month, deals apart.")
@click.option("--stock", metavar="N", help="State how many are inside at the start.")
@click.option("--pace", type=click.Choice(["published", "by name"]), help="Which count to go by [default: published].")
@click.option("--draws", metavar="N", help="How many runs [default: 4000].")
@SEED
@PLOT
@common
def whatif(seed: int, plot: Path | None, **asked: Any) -> None:
    """People inside under stated arrests and releases, as fans, and how much arresting undoes a release."""
    own = ("release", "after", "every", "over", "change", "months", "arrests", "leaving", "stock", "pace", "draws")
    args: dict[str, str | None] = {name: asked.pop(name) for name in own}
    answer("whatif", {**args, "seed": str(seed)}, tell=_whatif, plot=plot, **asked)


def _days(found: Mapping[str, Any] | None) -> str:
    """A median with its bounds: `1,441 (1,057–1,775)`."""
    if found is None:
        return ""
    if found["days"] is None:
        return "not reached"
    high = "…" if found["high"] is None else f"{found['high']:,}"
    return f"{found['days']:,} ({found['low'] or 0:,}–{high})"


def _share(found: Mapping[str, Any]) -> str:
    """A share with its bounds; of what never happened resampling can say nothing, so no bounds are shown."""
    if found["high"] == 0:
        return "none"
    return f"{found['share']:.0%} ({found['low']:.0%}–{found['high']:.0%})"


def _survival(found: Answer, people: bool) -> None:
    more = found.more
    told = [g for g in more["groups"] if g["refused"] is None]
    # As many years as fit beside their bounds.
    years = sorted({i["years"] for g in told for i in g["inside"]})[: 4 if console().width >= 100 else 2]
    columns = [(more["by"] or "", "left"), ("stays", "right"), ("ended", "right"), ("half ended within, days", "right")]
    columns += [(f"inside after {y}y", "right") for y in years]
    rows = []
    for g in told:
        inside = {i["years"]: _share(i) for i in g["inside"]}
        rows.append((g["group"], g["stays"], g["exits"], _days(g["median"]), *(inside.get(y, "") for y in years)))
    table("How long (95% bounds)", columns, rows)
    if told:
        last = [(w["way"], w["exits"], *(_share(a) for a in w["after"][: len(years)])) for w in told[0]["ways"]]
        columns = [("", "left"), ("exits", "right"), *((f"after {y}y", "right") for y in years)]
        table("Left by", columns, last)
    refused = [(g["group"], g["refused"]) for g in more["groups"] if g["refused"] is not None]
    most = len(refused) if people else 8
    table("Cannot be said", [(more["by"] or "", "left"), ("why", "left")], refused[:most])
    if len(refused) > most:
        click.echo(f"and {len(refused) - most} more groups: --people lists them\n")
    ratios = [
        (r["group"], r["refused"] or f"{r['ratio']} ({r['low']}–{r['high']})", r["against"] or "")
        for r in more["ratios"]
    ]
    table("How fast they leave, against another group", [("", "left"), ("ratio", "left"), ("against", "left")], ratios)
    columns = [("counted since", "left"), ("without an exit, followed", "left"), ("stays", "right"), ("ended", "right")]
    columns.append(("half ended within, days", "right"))
    rows = [
        (_WATCHED[r["watched"]], _FOLLOWED[r["followed"]], r["stays"], r["exits"], _half(r["median"]))
        for r in more["readings"]
    ]
    table("What the record leaves open", columns, rows)
    columns = [("by another road", "left"), ("stays", "right"), ("half ended within, days", "right")]
    table("", columns, [(c["what"], c["stays"], _half(c["median"])) for c in more["checks"]])


_WATCHED = {"window": "the list's window", "strict": "the first publication"}
_FOLLOWED = {
    "least": "to the last evidence",
    "best": "while the best reading has them inside",
    "most": "to the day asked",
}


def _half(days: int | None) -> str:
    return "cannot say" if days is None else f"{days:,}"


def _whatif(found: Answer, people: bool) -> None:  # noqa: ARG001
    more = found.more
    rows = []
    for s in more["scenarios"]:
        fan = s["fan"]
        middle = fan[min(12, len(fan) - 1)]
        last = fan[-1]
        back = "" if s["back"] is None else f"{s['back']:.0%}"
        rows.append((s["name"], f"{middle['q05']:,}–{middle['q95']:,}", f"{last['q05']:,}–{last['q95']:,}", back))
    first = min(12, more["months"])
    columns = [("scenario", "left"), (f"after {first} months", "right"), (f"after {more['months']}", "right")]
    undone = f"undone by month {more['scenarios'][-1]['back_by']}" if more["break_even"] else ""
    columns.append((undone, "right"))
    table(f"People inside from {more['start']} on: nine runs in ten of {more['draws']:,}, no forecast", columns, rows)
    even = more["break_even"]
    paces = []
    for p in more["paces"]:
        share = ""
        if even is not None and p["pace"] == more["pace"]["from"]:
            share = f"{even['share']:.0%}"
        paces.append((p["pace"], p["what"], p["stock"], p["arrests_per_month"], f"{p['leaving_per_month']:.1%}", share))
    columns = [("count", "left"), ("", "left"), ("inside", "right"), ("taken a month", "right"), ("leaving", "right")]
    table("What the book counts", [*columns, ("break-even", "right")], paces)
    table(
        "Do releases make more arrests? Disputed",
        [("", "left"), ("found", "left"), ("of", "left")],
        [(row["who"], row["says"], row["of"]) for row in more["literature"]],
    )
    for row in more["literature"]:
        click.echo(f"  {row['cite']}. {row['url']}")
    click.echo()
