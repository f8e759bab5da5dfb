"""The report of a stretch of time: who was taken and who came out, the releases and deals in it, the counts of others."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from habeas.answers.coverage import counted
from habeas.dates import PartialDate, Span
from habeas.nouns import Answer, Count, Phrase, Release, say, say_count, together
from habeas.publish.report.blocks import Block, Cell, Key, Keys, Report
from habeas.publish.report.drawings import counts_chart, flows_chart
from habeas.publish.report.reporter import Reporter

METHOD = (
    say(
        "Arrests and exits are those of people documented by name here, where the date allows no other month. The stock at "
        "the end is the stock at the start, plus arrests, minus exits, plus a residual that is always shown."
    ),
    say(
        "Lists name people months after an arrest: recent months always look calm, and fewer arrests can be said only of a "
        "time for which the lists have had their time."
    ),
    say(
        "Counts by others stand as their publishers gave them, each by its own definition. The number of people documented "
        "here is a sample and is not to be held against them."
    ),
)


def on_period(reporter: Reporter, start: date, end: date) -> Report:
    """The report of the days from `start` to `end`, both included.

    Raises:
        UsageError: the days are out of order, or outside the years that anybody can speak of.
    """
    contents, language = reporter.contents, reporter.language
    answer = contents.ask("flows", None, **{"from": start.isoformat(), "to": end.isoformat(), "by": "month"})
    days = Span(start, end + timedelta(days=1))
    releases = [r for r in contents.casebook.releases.values() if _within(r.when, days)]
    blocks: list[Block] = [
        reporter.paragraph(answer.sentence, look="lead"),
        _keys(reporter, answer, start, end),
        *flows_chart(reporter, answer.more["periods"]),
        *_releases(reporter, releases),
        *_deals(reporter, days),
        *_counts(reporter, days),
    ]
    if reporter.full:
        blocks += [*counts_chart(reporter), *_months(reporter, answer.more["periods"])]
    first, last = language.day(start), language.day(end)
    kicker = together((say("Period"), say("as known on {day}", day=reporter.known)), ", ")
    return reporter.report(kicker, reporter.text(say("{first} to {last}", first=first, last=last)), blocks, METHOD)


def _within(when: PartialDate, days: Span) -> bool:
    return when.middle is not None and days.contains(when.middle)


def _keys(reporter: Reporter, answer: Answer, start: date, end: date) -> Keys:
    number, more = reporter.language.number, answer.more
    before = reporter.contents.ask("inside", on=start - timedelta(days=1))
    after = reporter.contents.ask("inside", on=end)
    left_over = [p["residual"] for p in more["periods"]]

    def stock(found: Answer, label: Phrase) -> Key:
        best = found.value if isinstance(found.value, int) else None
        note = say("certainly {low}, possibly {high}", low=found.low or 0, high=found.high or 0)
        covered = reporter.text(note) if best is not None else reporter.text(say("no list covers this day"))
        return Key(figure=number(best), label=reporter.text(label), note=covered)

    again = more["rearrests"]
    return Keys(
        keys=(
            stock(before, say("documented in custody before")),
            Key(
                figure=f"+{number(more['arrests'])}",
                label=reporter.text(say("arrests with a known month")),
                cites=reporter.cite(answer.rests_on),
            ),
            Key(
                figure=f"−{number(more['out'])}",
                label=reporter.text(say("exits with a known month")),
                note=reporter.text(
                    say_count(
                        "{n} of them held again within {days:d} days",
                        "{n} of them held again within {days:d} days",
                        again["again"],
                        days=again["within_days"],
                    )
                ),
            ),
            Key(
                figure=number(None) if None in left_over else f"{sum(left_over):+,}".replace("-", "−"),
                label=reporter.text(say("residual")),
                note=reporter.text(say("dates not placed, people out of sight")),
            ),
            stock(after, say("documented in custody at the end")),
        )
    )


def _releases(reporter: Reporter, releases: list[Release]) -> list[Block]:
    number = reporter.language.number
    rows = []
    for release in releases:
        more = reporter.contents.ask("release", id=release.id).more
        status = "" if release.status == "executed" else reporter.language.code("status", release.status)
        rows.append(
            (
                (
                    Cell(text=reporter.language.when(release.when, short=True)),
                    Cell(text=release.title or release.id, mute=status),
                    *(Cell(text=number(more[kind])) for kind in ("announced", "named", "matched", "crossed")),
                ),
                release.statements,
            )
        )
    heads = (say("When"), say("Release"), say("Announced"), say("Named"), say("Matched"), say("Taken abroad"))
    made = reporter.table(heads, rows, (16, 36, 12, 12, 12, 12), right=(2, 3, 4, 5), most=8)
    return [reporter.heading(say("Releases")), made] if rows else []


def _deals(reporter: Reporter, days: Span) -> list[Block]:
    rows = []
    for deal in reporter.contents.casebook.deals.values():
        if not _within(deal.when, days):
            continue
        relief = reporter.contents.ask("deal", id=deal.id).more["relief"]
        rows.append(
            (
                (
                    Cell(text=reporter.language.when(deal.when, short=True)),
                    Cell(text=deal.title or deal.id),
                    Cell(
                        text="; ".join(_relief(reporter, leg) for leg in relief) or reporter.text(say("none on record"))
                    ),
                ),
                deal.statements,
            )
        )
    heads = (say("When"), say("Deal"), say("Relief, by word and by act"))
    return [reporter.heading(say("Deals")), reporter.table(heads, rows, (16, 30, 54), most=6)] if rows else []


def _relief(reporter: Reporter, leg: Mapping[str, Any]) -> str:
    language = reporter.language
    said = language.code("said", leg["said"]) if leg["said"] else "–"
    done = language.code("effect", leg["effect"]) if leg["effect"] else "–"
    return reporter.text(
        say("{giver}, {what}: said {said}, by law {done}", giver=leg["giver"], what=leg["what"], said=said, done=done)
    )


def _counts(reporter: Reporter, days: Span) -> list[Block]:
    """The stock counts that others published in the period, the latest first."""
    found = [
        (when, record)
        for record in reporter.contents.casebook.counts
        if record.kind == "stock" and (when := record.on) is not None and _within(when, days)
    ]
    found.sort(key=lambda pair: (pair[0].middle or date.min, pair[1].id), reverse=True)
    rows = [(_count(reporter, when, record), record.statements) for when, record in found]
    heads = (say("On"), say("Count"), say("By"), say("What is counted"))
    made = reporter.table(heads, rows, (18, 16, 33, 33), right=(1,), most=5)
    return [reporter.heading(say("As counted by others")), made] if rows else []


def _count(reporter: Reporter, when: PartialDate, record: Count) -> tuple[Cell, ...]:
    by = record.by or reporter.text(say("not named"))
    return (
        Cell(text=reporter.language.when(when, short=True)),
        Cell(text=reporter.language.number(record.n, record.op)),
        Cell(text=by),
        Cell(text=reporter.text(counted(record)), mute=record.note if reporter.full else ""),
    )


def _months(reporter: Reporter, periods: list[Mapping[str, Any]]) -> list[Block]:
    language = reporter.language
    rows = []
    for period in periods:
        kinds = ", ".join(
            f"{language.code('release_kind', k)} {language.number(n)}" for k, n in period["exits"].items()
        )
        month = date.fromisoformat(f"{period['period']}-01")
        rows.append(
            (
                (
                    Cell(text=language.month(month)),
                    Cell(text=language.number(period["stock_before"])),
                    Cell(text=language.number(period["arrests"])),
                    Cell(text=language.number(period["out"]), mute=kinds),
                    Cell(text=language.number(period["residual"])),
                    Cell(text=language.number(period["stock_after"])),
                ),
                period["rests_on"],
            )
        )
    heads = (say("Month"), say("Before"), say("Taken"), say("Out"), say("Residual"), say("After"))
    made = reporter.table(heads, rows, (22, 12, 12, 30, 12, 12), right=(1, 2, 4, 5))
    return [reporter.heading(say("Month by month")), made] if rows else []
