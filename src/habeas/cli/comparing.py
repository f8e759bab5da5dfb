"""`habeas ask selectivity` and `habeas ask trend`: who was chosen, and whether the pace changed."""

from __future__ import annotations

from typing import Any

import click

from habeas.answers.coverage import dated
from habeas.answers.selectivity import INSIDE
from habeas.answers.shapes import added
from habeas.answers.shapes.estimates import Selectivity, Trend, compared
from habeas.answers.trend import SERIES
from habeas.answers.words import word
from habeas.cli.asking import answer, ask, common
from habeas.cli.show import Page
from habeas.cli.telling import and_more, given, lefts, rights
from habeas.nouns import Answer, Phrase, only, say

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


def _bounds(low: float, high: float | None) -> Phrase:
    return say("{low}–{high}", low=only(low, "g"), high="…" if high is None else only(high, "g"))


def _selectivity(page: Page, found: Answer, people: bool) -> None:
    more = added(found, Selectivity)
    told = [r for r in more["comparisons"] if compared(r)]
    columns = [*lefts("", say("group")), *rights(say("came out"), say("others"), say("ratio")), ("95%", "left")]
    rows = [
        (
            r["facet"],
            r["group"],
            say("{n:d} of {all:d}", n=r["released"], all=r["of"]),
            say("{n:d} of {all:d}", n=r["others_released"], all=r["others"]),
            given(r["ratio"], "—", "g"),
            _bounds(r["low"], r["high"]),
        )
        for r in told
    ]
    page.table(say("Who came out (ratio of shares, 95% score bounds)"), columns, rows)
    refused = [(r["facet"], r["group"], r["refused"]) for r in more["comparisons"] if r["refused"] is not None]
    most = len(refused) if people else MOST_REFUSED
    page.table(say("Cannot be said"), lefts("", say("group"), say("why")), refused[:most])
    if len(refused) > most:
        page.line(and_more(len(refused) - most))
    if more["refused"] is None:
        page.line(say("fame: {fame}\n", fame=more["fame"]), wrap=False)


def _trend(page: Page, found: Answer, people: bool) -> None:
    more = added(found, Trend)
    fit = more["interrupted"]
    if fit is not None:
        effects = [
            (say("level, at once"), fit["level"]),
            (say("each month before"), fit["slope"]),
            (say("each month after, against before"), fit["turn"]),
        ]
        rows: list[tuple[object, ...]] = [
            (name, say("× {factor:g}", factor=of["factor"]), _bounds(of["low"], of["high"])) for name, of in effects
        ]
        title = say("At {day} ({family})", day=dated(more["day"]), family=word(fit["family"]))
        page.table(title, lefts("", say("factor"), "95%"), rows)
    change = more["change"]
    if change is not None:
        rows = [
            (
                say("first month after"),
                dated(change["first_month_after"]),
                say("{first} to {last}", first=dated(change["from"]), last=dated(change["to"])),
            ),
            (say("a month before"), only(change["before"][0], ".2f"), _span(*change["before"][1:])),
            (say("a month after"), only(change["after"][0], ".2f"), _span(*change["after"][1:])),
            (say("one change against none"), say("{odds:g} times as likely", odds=change["odds"]), ""),
        ]
        page.table(say("Where the rate changed by itself (exact)"), lefts("", "", "95%"), rows)
    if people:
        rows = [(dated(m["month"]), m["n"], given(m["expected"], "", ".1f")) for m in more["months"]]
        columns = [*lefts(say("month")), *rights(word(more["series"]), say("by the trend before"))]
        page.table(say("Months"), columns, rows)


def _span(low: float, high: float) -> Phrase:
    return say("{low} to {high}", low=only(low, ".2f"), high=only(high, ".2f"))
