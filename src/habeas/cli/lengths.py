"""`habeas ask survival` and `habeas ask whatif`: questions about time, and their tables and plots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from habeas.answers.coverage import dated
from habeas.answers.shapes import added
from habeas.answers.shapes.estimates import Bounded, Median, Quantiles, Ratio, Survival, Whatif
from habeas.answers.stays import FACETS, FOLLOWED, WATCHED
from habeas.answers.words import word
from habeas.cli.asking import answer, ask, common
from habeas.cli.show import Page, console
from habeas.cli.telling import and_more, given, lefts, rights
from habeas.nouns import Answer, Phrase, only, say, say_count

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


def _days(found: Median | None) -> str:
    """A median with its bounds: `1,441 (1,057–1,775)`."""
    if found is None:
        return ""
    if found["days"] is None:
        return say("not reached")
    high = "…" if found["high"] is None else only(found["high"])
    return say("{days} ({low}–{high})", days=found["days"], low=found["low"] or 0, high=high)


def _share(found: Bounded) -> Phrase:
    """A share with its bounds; of what never happened resampling can say nothing, so no bounds are shown."""
    if found["high"] == 0:
        return say("none")
    return say("{share:.0%} ({low:.0%}–{high:.0%})", share=found["share"], low=found["low"], high=found["high"])


def _survival(page: Page, found: Answer, people: bool) -> None:
    more = added(found, Survival)
    by = word(more["by"] or "")
    _how_long(page, [g for g in more["groups"] if g["refused"] is None], by)
    refused = [(g["group"], g["refused"]) for g in more["groups"] if g["refused"] is not None]
    most = len(refused) if people else 8
    page.table(say("Cannot be said"), lefts(by, say("why")), refused[:most])
    if len(refused) > most:
        page.line(and_more(len(refused) - most))
    ratios = [(r["group"], r["refused"] or _ratio(r), r["against"] or "") for r in more["ratios"]]
    title = say("How fast they leave, against another group")
    page.table(title, lefts("", say("ratio"), say("against")), ratios)
    _left_open(page, more["readings"], more["checks"])


def _how_long(page: Page, told: Sequence[Any], by: str) -> None:
    """How long the people of each group stay, and by which way those of the first leave."""
    # As many years as fit beside their bounds.
    years = sorted({i["years"] for g in told for i in g["inside"]})[: 4 if console().width >= 100 else 2]
    columns = [*lefts(by), *rights(say("stays"), say("ended"), say("half ended within, days"))]
    columns += rights(*(say("inside after {years:d}y", years=y) for y in years))
    rows = []
    for g in told:
        inside = {i["years"]: _share(i) for i in g["inside"]}
        rows.append((g["group"], g["stays"], g["exits"], _days(g["median"]), *(inside.get(y, "") for y in years)))
    page.table(say("How long (95% bounds)"), columns, rows)
    if told:
        last = [(word(w["way"]), w["exits"], *(_share(a) for a in w["after"][: len(years)])) for w in told[0]["ways"]]
        columns = [*lefts(""), *rights(say("exits"), *(say("after {years:d}y", years=y) for y in years))]
        page.table(say("Left by"), columns, last)


def _left_open(page: Page, readings: Sequence[Mapping[str, Any]], checks: Sequence[Mapping[str, Any]]) -> None:
    """The same by other readings of what the record does not say, and by other methods."""
    half = say("half ended within, days")
    columns = [
        *lefts(say("counted since"), say("without an exit, followed")),
        *rights(say("stays"), say("ended"), half),
    ]
    rows = [
        (_WATCHED[r["watched"]], _FOLLOWED[r["followed"]], r["stays"], r["exits"], _half(r["median"])) for r in readings
    ]
    page.table(say("What the record leaves open"), columns, rows)
    columns = [*lefts(say("by another road")), *rights(say("stays"), half)]
    page.table("", columns, [(c["what"], c["stays"], _half(c["median"])) for c in checks])


_WATCHED = {"window": say("the list's window"), "strict": say("the first publication")}
_FOLLOWED = {
    "least": say("to the last evidence"),
    "best": say("while the best reading has them inside"),
    "most": say("to the day asked"),
}


def _ratio(found: Ratio) -> Phrase:
    ends = {"ratio": found["ratio"], "low": found["low"], "high": found["high"]}
    return say("{ratio} ({low}–{high})", **{k: given(n, "") for k, n in ends.items()})


def _half(days: int | None) -> str:
    return given(days, say("cannot say"))


def _whatif(page: Page, found: Answer, people: bool) -> None:  # noqa: ARG001
    more = added(found, Whatif)
    rows = []
    for s in more["scenarios"]:
        fan = s["fan"]
        middle = fan[min(12, len(fan) - 1)]
        rows.append((s["name"], _fan(middle), _fan(fan[-1]), given(s["back"], "", ".0%")))
    first = min(12, more["months"])
    back = more["scenarios"][-1]["back_by"]
    undone = "" if back is None or more["break_even"] is None else say("undone by month {n:d}", n=back)
    after = say_count("after {n:d} month", "after {n:d} months", first)
    columns = [*lefts(say("scenario")), *rights(after, say("after {n:d}", n=more["months"]), undone)]
    title = say(
        "People inside from {day} on: nine runs in ten of {draws}, no forecast",
        day=dated(more["start"]),
        draws=more["draws"],
    )
    page.table(title, columns, rows)
    even = more["break_even"]
    paces = []
    for p in more["paces"]:
        share = only(even["share"], ".0%") if even is not None and p["pace"] == more["pace"]["from"] else ""
        leaving = only(p["leaving_per_month"], ".1%")
        paces.append((p["pace"], p["what"], p["stock"], p["arrests_per_month"], leaving, share))
    columns = [
        *lefts(say("count"), ""),
        *rights(say("inside"), say("taken a month"), say("leaving"), say("break-even")),
    ]
    page.table(say("What the book counts"), columns, paces)
    page.table(
        say("Do releases make more arrests? Disputed"),
        lefts("", say("found"), say("of")),
        [(row["who"], row["says"], row["of"]) for row in more["literature"]],
    )
    for row in more["literature"]:
        page.line(f"  {row['cite']}. {row['url']}", wrap=False)
    page.line("")


def _fan(at: Quantiles) -> Phrase:
    return say("{low}–{high}", low=at["q05"], high=at["q95"])
