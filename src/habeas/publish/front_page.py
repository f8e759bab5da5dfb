"""The front page: the one number and who says so, the charts, the latest deals, what came of them, the checked articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from habeas.answers import brought_relief, in_window
from habeas.answers.coverage import last_covered
from habeas.languages import number
from habeas.nouns import Count, say_count
from habeas.publish import article_pages, deal_pages
from habeas.publish.contents import Contents, Page
from habeas.publish.figures import Figure, main_stocks, middle

LATEST = 8
_BESIDE = timedelta(days=92)  # counts by others are of the same time where they lie no further from the newest one


def front_page(contents: Contents, figures: Sequence[Figure]) -> Page:
    """What this is and the number first; then the charts, the latest releases, the watch, the checked articles."""
    named = {f.name: f for f in figures}
    book = contents.casebook
    measures = contents.ask("measures").more["measures"]
    return Page(
        path="index.html",
        template="index.html.j2",
        title=book.book.title,
        context={
            "count": newest_count(contents),
            "named": documented(contents),
            "published": named.get("published"),
            "documented": named.get("documented"),
            "flows": named.get("flows"),
            "latest": deal_pages.latest_rows(contents, LATEST),
            "watch": watch(contents),
            "articles": [article_pages.summary(contents, c) for c in article_pages.distinct(contents)],
            "totals": [
                (say_count("{n} case", "{n} cases", len(book.cases)), "cases.html"),
                (say_count("{n} release", "{n} releases", len(book.releases)), "deals.html#releases"),
                (say_count("{n} deal", "{n} deals", len(book.deals)), "deals.html#deals"),
                (say_count("{n} sanctions measure", "{n} sanctions measures", len(measures)), "measures.html"),
                (say_count("{n} published count", "{n} published counts", len(book.counts)), "counts.html"),
                (say_count("{n} list", "{n} lists", len(book.lists)), "lists.html"),
            ],
        },
    )


def newest_count(contents: Contents) -> Mapping[str, Any] | None:
    """The newest count by whoever counts most often, and the newest of each other who counted about then."""
    what, same = main_stocks(contents)
    if not same:
        return None
    by_whom: dict[str, list[Count]] = {}
    for record in same:
        by_whom.setdefault(record.by, []).append(record)
    main = max(by_whom, key=lambda by: (len(by_whom[by]), by))
    newest = by_whom.pop(main)[-1]
    others = [some[-1] for some in by_whom.values() if abs(middle(some[-1]) - middle(newest)) <= _BESIDE]
    return {
        "what": what,
        **_said(contents, newest),
        "beside": [_said(contents, r) for r in sorted(others, key=lambda r: (middle(r), r.id), reverse=True)],
    }


def _said(contents: Contents, record: Count) -> Mapping[str, Any]:
    return {
        "n": number(record.n, record.op),
        "by": record.by,
        "on": record.on,
        "definition": record.definition,
        "notes": contents.notes(record.statements),
    }


def documented(contents: Contents) -> Mapping[str, Any] | None:
    """The people documented by name on the last day that a list covers: low, best, high, and by how many lists."""
    known = contents.known_day
    if known is None or not contents.casebook.cases:
        return None
    day = last_covered(contents.casebook, known)
    answer = None if day is None else contents.ask("inside", on=day)
    if day is None or answer is None or answer.value is None:
        return None
    return {
        "low": answer.low,
        "best": answer.value,
        "high": answer.high,
        "day": day,
        "today": day == known,
        "lists": sum(1 for i in contents.casebook.lists.values() if in_window(i, day)),
        "notes": contents.notes(answer.rests_on),
    }


def watch(contents: Contents) -> Mapping[str, Any] | None:
    """What came of the last deal that brought relief: where each indicator points, and what was given is in force."""
    found = [d for d in contents.casebook.deals.values() if d.status == "executed" and brought_relief(d)]
    if not found or contents.known_day is None:
        return None
    return {"deal": found[-1], "path": contents.deal_paths[found[-1].id], **deal_pages.progress(contents, found[-1])}
