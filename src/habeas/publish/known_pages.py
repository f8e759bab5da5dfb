"""As known on another day: the front page as it would have been, from what was published by then.

The pages of the site speak as known now. These few speak as known at the end of a day in the past, by the publication
dates of the sources, so that a book filled in later can still say what was publicly known in 2022. What is kept back now is
kept back on them too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.nouns import Answer, say
from habeas.publish import deal_pages
from habeas.publish.contents import Contents, Page
from habeas.publish.figures import Figure, published_figure
from habeas.publish.front_page import documented, newest_count
from habeas.publish.names import Called


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A person in custody by the best reading on that day, with the way to their case where it still has a page."""

    called: Called
    path: str


def inside_page(contents: Contents) -> Page | None:
    """Those whom the front page counts as documented in custody, on the last day that a list covers; None where none does."""
    counted = documented(contents)
    if counted is None:
        return None
    answer = contents.ask("inside", on=counted["day"])
    likely, possible = (
        _people(contents, contents, answer, ("certain", "likely")),
        _people(contents, contents, answer, ("possible",)),
    )
    return Page(
        path="inside.html",
        template="inside.html.j2",
        title=say("Documented by name here as in custody on {day}", day=counted["day"]),
        context={"named": counted, "likely": likely, "possible": possible},
    )


def folder_of(contents: Contents) -> str:
    """Where the page of a past day lies."""
    return f"known/{contents.known_day}/"


def known_pages(now: Contents, past: Sequence[Contents]) -> Iterator[tuple[Page, Figure | None]]:
    """The page of each past day with its chart, and before them the list of all."""
    days = [_row(s) for s in past]
    yield (
        Page(
            path="known.html",
            template="known.html.j2",
            title=say("As known on other days"),
            context={"days": days, "now": _row(now)},
        ),
        None,
    )
    for contents, row in zip(past, days, strict=True):
        figure = published_figure(contents)
        page = Page(
            path=row["path"],
            template="known_day.html.j2",
            title=say("As publicly known on {day}", day=row["day"]),
            context={
                **row,
                "published": figure,
                "latest": [_linked(now, r, i) for r, i in _releases(contents)],
                "inside": _inside(now, contents),
                "days": days,
            },
        )
        yield page, figure


def _row(contents: Contents) -> dict[str, Any]:
    assert contents.known_day is not None
    return {
        "day": contents.known_day,
        "path": folder_of(contents) + "index.html",
        "count": newest_count(contents),
        "named": documented(contents),
        "cases": len(contents.casebook.cases),
        "releases": len(contents.casebook.releases),
        "why": tuple(d.title or d.id for d in contents.casebook.deals.values() if d.when.middle == contents.known_day),
    }


def _releases(contents: Contents) -> Iterator[tuple[deal_pages.Row, str]]:
    for release in list(contents.casebook.releases.values())[::-1]:
        yield deal_pages.row(contents, release), release.id


def _linked(now: Contents, row: deal_pages.Row, identifier: str) -> dict[str, Any]:
    """The row with the way to today's page of the release, where there still is one."""
    return {"row": row, "path": now.release_paths.get(identifier, "")}


def _inside(now: Contents, then: Contents) -> list[Inside] | None:
    """Who was in custody by the best reading of what was known; None where it cannot be said of the day."""
    day: date | None = then.known_day
    answer = then.ask("inside", on=day)
    if answer.value is None:
        return None
    return _people(now, then, answer, ("certain", "likely"))


def _people(now: Contents, then: Contents, answer: Answer, levels: Sequence[str]) -> list[Inside]:
    """The people of an answer who stand at some levels."""
    return [
        Inside(called=then.called(then.casebook.cases[p["case"]]), path=now.case_paths.get(p["case"], ""))
        for p in answer.more["people"]
        if p["level"] in levels and p["case"] in then.casebook.cases
    ]
