"""Each list's own count day by day, from the columns of the record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from habeas.answers import in_window
from habeas.answers.shapes.people import ListSeries
from habeas.ledger import Ledger
from habeas.nouns import Casebook
from habeas.pipeline.people import who_is_who
from habeas.resolve import rules


def list_series(ledger: Ledger, cases: Casebook[Any], first: date, last: date) -> list[ListSeries]:
    """The entries of each list in custody on each day, by their preferred dates; None outside the list's own window.

    A list's entries are its own count, not people: somebody on two lists is in both series.
    """
    found = ledger.project(cases.audience, who_is_who(cases.book, ledger), cases.book.prefer, rules())
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    rows = []
    for info in cases.lists.values():
        told = found.series(first, last, cases.known, info.id)
        inside = [in_window(info, day) for day in days]
        low, best, high = (
            [n if there else None for n, there in zip(told[reading], inside, strict=True)]
            for reading in ("low", "best", "high")
        )
        rows.append(ListSeries(list=info.id, title=info.title, entries=info.entries, low=low, best=best, high=high))
    return rows
