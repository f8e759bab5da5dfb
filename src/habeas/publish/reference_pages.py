"""The front page and the pages that hold the rest together: counts, measures, lists, sources, and how it is counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from habeas.languages import code, number
from habeas.nouns import Record, say, say_count, together
from habeas.publish import article_pages, deal_pages
from habeas.publish.environment import host
from habeas.publish.figures import Figure
from habeas.publish.shelf import Page, Shelf, file_name

LATEST = 8


def front_page(shelf: Shelf, figures: Sequence[Figure]) -> Page:
    """What this is, the three charts, the latest releases, the checked articles."""
    named = {f.name: f for f in figures}
    inside = None if shelf.known_day is None else shelf.ask("inside")
    return Page(
        path="index.html",
        template="index.html.j2",
        title=shelf.casebook.book.title,
        context={
            "published": named.get("published"),
            "documented": named.get("documented"),
            "flows": named.get("flows"),
            "inside": inside,
            "latest": deal_pages.latest_rows(shelf, LATEST),
            "articles": [article_pages.summary(shelf, c) for c in article_pages.distinct(shelf)],
            "totals": [
                (say_count("{n} case", "{n} cases", len(shelf.casebook.cases)), "cases.html"),
                (say_count("{n} release", "{n} releases", len(shelf.casebook.releases)), "deals.html#releases"),
                (say_count("{n} deal", "{n} deals", len(shelf.casebook.deals)), "deals.html"),
                (
                    say_count("{n} sanctions measure", "{n} sanctions measures", len(shelf.casebook.measures)),
                    "measures.html",
                ),
                (say_count("{n} published count", "{n} published counts", len(shelf.casebook.counts)), "counts.html"),
                (say_count("{n} list", "{n} lists", len(shelf.casebook.lists)), "lists.html"),
            ],
        },
    )


def counts_page(shelf: Shelf, figures: Sequence[Figure]) -> Page:
    """Every published count, stock and flow, by whom and by which definition."""
    rows = [_count(shelf, r) for r in reversed(shelf.casebook.counts) if r.number("n") is not None]
    return Page(
        path="counts.html",
        template="counts.html.j2",
        title=say("Published counts"),
        context={
            "published": next((f for f in figures if f.name == "published"), None),
            "groups": [
                (title, [r for r in rows if r["kind"] == kind])
                for kind, title in (("stock", say("On a day")), ("flow", say("Over a time")))
            ],
        },
    )


def _count(shelf: Shelf, record: Record) -> dict[str, Any]:
    men, women = record.number("men"), record.number("women")
    parts = (
        "" if men is None else say_count("{n} man", "{n} men", men),
        "" if women is None else say_count("{n} woman", "{n} women", women),
    )
    n = record.number("n")
    off = ""
    if men is not None and women is not None and n is not None and men + women != n:
        off = say(
            "{men} + {women} = {sum}, not {n}: the source does not add up", men=men, women=women, sum=men + women, n=n
        )
    return {
        "kind": record.get("kind") or "stock",
        "on": record.date("on"),
        "n": number(n, record.get("op") or "eq"),
        "what": record.get("what"),
        "parts": together(parts, ", "),
        "by": record.get("by"),
        "definition": record.get("definition"),
        "off": off,
        "note": record.get("note"),
        "notes": shelf.notes(record.statements),
    }


def measures_page(shelf: Shelf) -> Page:
    """The sanctions measures, the latest first."""
    rows = [
        {
            "date": r.date("date"),
            "authority": r.get("authority"),
            "identifier": r.get("identifier"),
            "action": together((code("action", a) for a in r.values.get("action", ())), ", "),
            "target": r.get("target"),
            "reason": r.get("reason"),
            "condition": r.get("condition"),
            "note": r.get("note"),
            "notes": shelf.notes(r.statements),
        }
        for r in reversed(shelf.casebook.measures)
    ]
    return Page(
        path="measures.html", template="measures.html.j2", title=say("Sanctions measures"), context={"rows": rows}
    )


def lists_page(shelf: Shelf) -> Page:
    """The lists, what each covers, and on whose list it rests."""
    found = sorted(
        shelf.casebook.lists.values(),
        key=lambda i: (
            i.published is None,
            str(i.published.earliest or i.published.latest) if i.published else "",
            i.id,
        ),
        reverse=True,
    )
    rows = [{"info": i, "anchor": file_name(i.id), "notes": shelf.notes(i.statements)} for i in found]
    return Page(path="lists.html", template="lists.html.j2", title=say("Lists"), context={"rows": rows})


def sources_page(shelf: Shelf) -> Page:
    """Every source that a public statement rests on, by publisher, with how many statements rest on it."""
    notes = shelf.notes(shelf.casebook.statements)
    publishers: dict[str, list[Any]] = {}
    for note in notes:
        if note.url:
            publishers.setdefault(note.publisher or host(note.url) or "", []).append(note)
    groups = [
        (who, sorted(some, key=lambda n: (n.published or "9999", n.url)))
        for who, some in sorted(publishers.items(), key=lambda item: (item[0].casefold(), item[0]))
    ]
    return Page(
        path="sources.html",
        template="sources.html.j2",
        title=say("Sources"),
        context={"groups": groups, "total": sum(len(s) for _, s in groups)},
    )


def method_page(shelf: Shelf) -> Page:
    """How it is counted, what is kept back, corrections and takedown."""
    return Page(
        path="method.html",
        template="method.html.j2",
        title=say("How it is counted"),
        context={"horizon": shelf.casebook.book.horizon_days, "head": shelf.casebook.head},
    )
