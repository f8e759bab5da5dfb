"""Tiers counted apart: of a stock, how many cases a person marked as confirmed, and how many not; the count stays what it is."""

from __future__ import annotations

from typing import Any

from habeas.answers.facets import facet
from habeas.answers.stock import Refused, Stock
from habeas.nouns import Casebook, Step, say, together


def tier_steps(casebook: Casebook[Any], found: Stock | Refused) -> tuple[Step, ...]:
    """A line of working with the people of a stock by tier; none in a book that marks no case."""
    if isinstance(found, Refused) or not any(case.tier is not None for case in casebook.cases.values()):
        return ()
    rows = facet(casebook, found, "tier")
    told = together(
        (
            say("{tier}: {best} ({low}–{high})", tier=row["value"], best=row["best"], low=row["low"], high=row["high"])
            for row in rows
        ),
        "; ",
    )
    rests = tuple(i for row in rows for i in row["rests_on"])
    return (Step(what=say("of them by tier, by the best reading (certainly–possibly)"), result=told, rests_on=rests),)
