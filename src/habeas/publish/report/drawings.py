"""The drawings of a report, as wide as a page and flat enough for two of them on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from habeas.dates import PartialDate
from habeas.nouns import Case, Value, say, say_count, together
from habeas.publish import charts
from habeas.publish.figures import published_figure
from habeas.publish.report.blocks import Chart
from habeas.publish.report.reporter import Reporter

PAGE = charts.Size(name="page", width=700, height=210, text=13)
MOST_STAYS = 60


def counts_chart(reporter: Reporter) -> list[Chart]:
    """The published counts over time with the releases beneath; nothing where none is on record."""
    found = published_figure(reporter.contents)
    if found is None:
        return []
    return [Chart(svg=found.draw(reporter.language, PAGE, dark=False), alt=reporter.text(found.alt))]


def flows_chart(reporter: Reporter, periods: Sequence[Mapping[str, Any]]) -> list[Chart]:
    """Taken and out by month; nothing where neither is on record."""
    months = [
        charts.Flow(
            month=date.fromisoformat(f"{p['period']}-01"),
            taken=p["arrests"],
            out=p["out"],
            residual=p["residual"],
            settled=p["settled"],
        )
        for p in periods
    ]
    if not any(m.taken or m.out for m in months):
        return []
    title = say("Taken and freed by month, documented by name: a sample")
    under = say("Where the month is known. Lists learn of arrests late: recent months are incomplete.")
    taken, out = sum(m.taken for m in months), sum(m.out for m in months)
    alt = say("{title}: {taken} taken, {out} out.", title=title, taken=taken, out=out)
    words = charts.Words(title=title, under=under, source=_credit(reporter))
    svg = charts.flows(months, words, reporter.language, PAGE, dark=False)
    return [Chart(svg=svg, alt=reporter.text(alt))]


def stays_chart(reporter: Reporter, cases: Sequence[Case]) -> list[Chart]:
    """A line for each person's last stay in custody, by its beginning; nothing where fewer than two are dated."""
    known = reporter.contents.known_day
    rows = [r for c in cases if known is not None and (r := _stay(reporter, c, known)) is not None]
    rows.sort(key=lambda r: (r.first, r.name))
    if known is None or len(rows) < 2:
        return []
    shown = rows[:MOST_STAYS]
    title = say("Who was taken when, and for how long")
    under = say("A line is a stay in custody. Pale: the dates leave it open, or no exit is on record.")
    if len(shown) < len(rows):
        left = say_count("{n} more is not drawn.", "{n} more are not drawn.", len(rows) - len(shown))
        under = together((under, left))
    dated = say_count("{n} dated stay", "{n} dated stays", len(rows))
    alt = say("{title}: {stays}.", title=title, stays=dated)
    words = charts.Words(title=title, under=under, source=_credit(reporter))
    svg = charts.stays(shown, known, words, reporter.language, PAGE, dark=False)
    return [Chart(svg=svg, alt=reporter.text(alt))]


def _credit(reporter: Reporter) -> str:
    book = reporter.contents.casebook.book.title
    return reporter.text(say("{book}, as known on {day}.", book=book, day=reporter.known))


def _stay(reporter: Reporter, case: Case, known: date) -> charts.Stay | None:
    """The last stay with a beginning; without an exit it is certain only up to the last day somebody saw the person."""
    spell = next((s for s in reversed(case.spells) if s.start is not None), None)
    begun = None if spell is None else _dated(reporter, spell.start)
    if spell is None or begun is None or begun.earliest is None or begun.latest is None or begun.earliest > known:
        return None
    ended = _dated(reporter, spell.end)
    seen = max((day for day, said in spell.seen if reporter.contents.shown((said,))), default=begun.latest)
    last = known if ended is None or ended.latest is None else min(ended.latest, known)
    until = seen if ended is None or ended.earliest is None else max(seen, ended.earliest)
    return charts.Stay(
        name=reporter.name(case), first=begun.earliest, begun=begun.latest, ended=min(until, last), last=last
    )


def _dated(reporter: Reporter, value: Value | None) -> PartialDate | None:
    """A date that may be shown."""
    if value is None or not reporter.contents.shown(value.statements):
        return None
    return PartialDate.parse(value.value)
