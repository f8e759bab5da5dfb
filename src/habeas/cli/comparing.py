"""`habeas ask selectivity` and `habeas ask trend`: who was chosen, and whether the pace changed."""

from __future__ import annotations

from typing import Any

import click

from habeas.answers.selectivity import INSIDE
from habeas.answers.trend import SERIES
from habeas.cli.asking import answer, ask, common
from habeas.cli.show import table
from habeas.nouns import Answer

MOST_REFUSED = 8


@ask.command()
@click.argument("release_id", metavar="RELEASE")
@click.option(
    "--inside",
    type=click.Choice(list(INSIDE)),
    default="best",
    show_default=True,
    help="Who counts as inside on the eve: by the best reading, or possibly.",
)
@common
def selectivity(release_id: str, inside: str, **asked: Any) -> None:
    """Who was released and who stayed, by charge, occupation, sex, fame and time served."""
    answer("selectivity", {"id": release_id, "inside": inside}, tell=_selectivity, **asked)


@ask.command()
@click.option("--deal", metavar="DEAL", help="The day of a deal, such as BY-2025-09-11.")
@click.option("--at", metavar="DAY", help="Another day.")
@click.option("--series", type=click.Choice(SERIES), default="arrests", show_default=True, help="What is counted.")
@common
def trend(deal: str | None, at: str | None, series: str, **asked: Any) -> None:
    """Whether the pace of arrests changed at a day, and where it changed by itself."""
    answer("trend", {"deal": deal, "at": at, "series": series}, tell=_trend, **asked)


def _bounds(low: float, high: float | None) -> str:
    return f"{low:g}–{'…' if high is None else f'{high:g}'}"


def _selectivity(found: Answer, people: bool) -> None:
    told = [r for r in found.more["comparisons"] if r["refused"] is None]
    columns = [("", "left"), ("group", "left"), ("came out", "right"), ("others", "right"), ("ratio", "right")]
    rows = [
        (
            r["facet"],
            r["group"],
            f"{r['released']} of {r['of']}",
            f"{r['others_released']} of {r['others']}",
            "—" if r["ratio"] is None else f"{r['ratio']:g}",
            _bounds(r["low"], r["high"]),
        )
        for r in told
    ]
    table("Who came out (ratio of shares, 95% score bounds)", [*columns, ("95%", "left")], rows)
    refused = [(r["facet"], r["group"], r["refused"]) for r in found.more["comparisons"] if r["refused"] is not None]
    most = len(refused) if people else MOST_REFUSED
    table("Cannot be said", [("", "left"), ("group", "left"), ("why", "left")], refused[:most])
    if len(refused) > most:
        click.echo(f"and {len(refused) - most} more groups: --people lists them\n")
    click.echo(f"fame: {found.more['fame']}\n")


def _trend(found: Answer, people: bool) -> None:
    more = found.more
    fit = more["interrupted"]
    if fit is not None:
        names = {"level": "level, at once", "slope": "each month before", "turn": "each month after, against before"}
        rows = [(name, f"× {fit[k]['factor']:g}", _bounds(fit[k]["low"], fit[k]["high"])) for k, name in names.items()]
        table(f"At {more['day']} ({fit['family']})", [("", "left"), ("factor", "left"), ("95%", "left")], rows)
    change = more["change"]
    if change is not None:
        rows = [
            ("first month after", change["first_month_after"], f"{change['from']} to {change['to']}"),
            ("a month before", f"{change['before'][0]:.2f}", f"{change['before'][1]:.2f} to {change['before'][2]:.2f}"),
            ("a month after", f"{change['after'][0]:.2f}", f"{change['after'][1]:.2f} to {change['after'][2]:.2f}"),
            ("one change against none", f"{change['odds']:g} times as likely", ""),
        ]
        table("Where the rate changed by itself (exact)", [("", "left"), ("", "left"), ("95%", "left")], rows)
    if people:
        rows = [(m["month"], m["n"], "" if m["expected"] is None else f"{m['expected']:.1f}") for m in more["months"]]
        table("Months", [("month", "left"), (more["series"], "right"), ("by the trend before", "right")], rows)
