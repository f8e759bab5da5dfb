"""What became of a deal: indicators, each with its direction and its evidence; no verdict of ours.

The direction says only which way a figure points (fewer people in custody, or more), by the rule printed beside it.
Counts of arrests since the relief stand against a span of the same length before it; where lists have not had their time
to name the people arrested, fewer arrests cannot be said, and more can.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any

from habeas.answers.announced import Announced, announced_in, carried_out
from habeas.answers.case import stands
from habeas.answers.conditions import kept
from habeas.answers.coverage import uncovered
from habeas.answers.dated import arrests, recognitions
from habeas.answers.deals import given, leg_json, relief_of, the_deal
from habeas.answers.destinations import Went, went
from habeas.answers.evidence import evidence
from habeas.answers.in_force import WORDS
from habeas.answers.lag import Maturity, maturity
from habeas.answers.shapes.trade import Direction, Given, Indicator, Progress
from habeas.answers.shapes.trade import Request as RequestShape
from habeas.answers.states import Level
from habeas.answers.stock import Refused, Stock, stock
from habeas.dates import ONE_DAY, Span, edtf
from habeas.errors import UsageError
from habeas.nouns import (
    Answer,
    Case,
    Casebook,
    Deal,
    InForce,
    Phrase,
    Question,
    Request,
    Spell,
    Step,
    coded,
    say,
    say_count,
    together,
)

TOWARD: Direction = coded("toward freedom")
AWAY: Direction = coded("away from it")
NEITHER: Direction = coded("neither")
UNKNOWN: Direction = coded("cannot say")


def progress(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `progress`: value is the number of indicators; `more` has them, the conditions and the inventory.

    Raises:
        UsageError: there is no such deal, or the day asked lies before it.
    """
    deal = the_deal(casebook, question.args.get("id", ""))
    day, begun = question.as_of.on, deal.when.latest
    if begun is None or day < begun:
        raise UsageError(f"{deal.id} is of {deal.when}; ask about a day after it, with --on")
    people = announced_in(casebook, deal)
    named = [casebook.cases[c] for c in people.named]
    known = maturity(casebook)
    since, before = Span(begun, day), Span(begun - (day - begun), begun)
    indicators = [
        _freed(people, named),
        _held_again(casebook, named, day),
        _taken_abroad([went(casebook, r) for r in carried_out(casebook, deal)]),
        _arrests(casebook, since, before, known),
        _rearrests(casebook, since, before, known),
        _recognised(casebook, since, before),
        _net(stock(casebook, begun), stock(casebook, day)),
    ]
    conditions = [kept(casebook, deal, c, day) for c in deal.conditions]
    requests = [_request(r) for r in deal.requests]
    relief = [given(casebook, leg, day) for leg in relief_of(deal)]
    rows = (*indicators, *conditions, *requests, *relief)
    rests = dict.fromkeys(chain(deal.statements, *(row["rests_on"] for row in rows)))
    more: Progress = {
        "deal": deal.id,
        "title": deal.title,
        "since": begun.isoformat(),
        "span_before": [_iso(before.start), _iso(before.end)],
        "lists_settled_until": None if known.since is None else known.since.isoformat(),
        "indicators": indicators,
        "conditions": conditions,
        "requests": requests,
        "given": relief,
        "got": [leg_json(leg) for leg in deal.legs if leg.side == "release"],
        "people": [{"case": c.id, "name": c.label} for c in named],
    }
    return Answer(
        question=question,
        value=len(indicators),
        low=None,
        high=None,
        sentence=_sentence(deal, indicators, relief, day),
        steps=tuple(
            Step(
                what=i["indicator"],
                result=say("{figure}: {direction}", figure=i["figure"], direction=i["direction"]),
                rests_on=tuple(i["rests_on"]),
            )
            for i in indicators
        ),
        rests_on=tuple(rests),
        more=more,
    )


def _request(record: Request) -> RequestShape:
    """Names asked for, answered and released, as somebody told it."""
    return {
        "on": edtf(record.date),
        "by": record.by,
        "of": record.of,
        "what": record.what,
        "asked": record.asked,
        "answered": record.answered,
        "released": record.released,
        "answered_on": edtf(record.answered_on),
        "rests_on": list(record.statements),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _row(indicator: Phrase, figure: Phrase, direction: Direction, rule: Phrase, rests: Iterable[str] = ()) -> Indicator:
    return {
        "indicator": indicator,
        "figure": figure,
        "direction": direction,
        "rule": rule,
        "rests_on": list(rests),
    }


def _freed(people: Announced, named: Sequence[Case]) -> Indicator:
    return _row(
        say("people announced as freed, and named"),
        say(
            "{announced} announced, {named} named here, {unnamed} not named",
            announced=people.n or 0,
            named=len(named),
            unnamed=people.unnamed,
        ),
        TOWARD if people.n or named else UNKNOWN,
        say("any release points toward freedom; of people who are not named nothing more can be said"),
        dict.fromkeys(
            [*people.statements, *(i for c in named for s in c.spells if s.end is not None for i in s.end.statements)]
        ),
    )


def _held_again(casebook: Casebook[Any], named: Sequence[Case], day: date) -> Indicator:
    indicator = say("of the named, in custody again or still on {day}", day=day)
    rule = say("one person of the named who is held again points away")
    why = uncovered(casebook, day)
    if why is not None:
        return _row(indicator, say("cannot say: {why}", why=why), UNKNOWN, rule)
    held = [c for c in named if stands(casebook, c, day).level >= Level.LIKELY]
    return _row(
        indicator,
        say("{n} of {all}", n=len(held), all=len(named)),
        UNKNOWN if not named else AWAY if held else TOWARD,
        rule,
        dict.fromkeys(i for c in held for i in c.statements),
    )


def _taken_abroad(releases: Sequence[Went]) -> Indicator:
    """Of the named, each once, those taken out of the country; who is in several releases of the deal is one person."""
    out = {c for one in releases for c in one.people_abroad}
    told = out.union(*(one.people_home for one in releases))
    return _row(
        say("of the named, taken out of the country"),
        say("{n} of {all} whose way is known", n=len(out), all=len(told)) if told else say("of nobody is it known"),
        UNKNOWN if not told else AWAY if out else TOWARD,
        say(
            "freed at home points toward freedom, taken abroad away from it; whether somebody wished to go is not "
            "counted here"
        ),
        dict.fromkeys(i for one in releases for v in one.ways for i in v.statements),
    )


def _compared(
    indicator: Phrase,
    after: Sequence[Spell],
    before: Sequence[Spell],
    known: Maturity,
    span: Span,
    rule: Phrase,
) -> Indicator:
    assert span.end is not None
    settled = known.covers(span.end - ONE_DAY)
    if len(after) > len(before):
        direction = AWAY
    elif not settled:
        direction = UNKNOWN
    else:
        direction = TOWARD if len(after) < len(before) else NEITHER
    figure = say("{after} since, {before} in as long before", after=len(after), before=len(before))
    if not settled and known.since is None:
        figure = say("{figure} (lists still name people later)", figure=figure)
    elif not settled and known.since is not None:
        figure = say(
            "{figure} (lists still name people later; lists are settled up to {day})", figure=figure, day=known.since
        )
    rests = dict.fromkeys(i for s in (*after, *before) if s.start is not None for i in s.start.statements)
    return _row(indicator, figure, direction, rule, rests)


def _arrests(casebook: Casebook[Any], since: Span, before: Span, known: Maturity) -> Indicator:
    rule = say(
        "more arrests than in as long a span before point away; fewer count only where lists have had their time"
    )
    return _compared(
        say("arrests documented since"), arrests(casebook, since), arrests(casebook, before), known, since, rule
    )


def _rearrests(casebook: Casebook[Any], since: Span, before: Span, known: Maturity) -> Indicator:
    rule = say("people taken again after an earlier release; as with arrests")
    after, earlier = arrests(casebook, since, again=True), arrests(casebook, before, again=True)
    return _compared(say("re-arrests documented since"), after, earlier, known, since, rule)


def _recognised(casebook: Casebook[Any], since: Span, before: Span) -> Indicator:
    after, earlier = recognitions(casebook, since), recognitions(casebook, before)
    return _row(
        say("people newly recognised as political prisoners"),
        say("{after} since, {before} in as long before", after=len(after), before=len(earlier)),
        NEITHER,
        say("recognition follows arrest by months, and its pace is the recognisers': it points nowhere by itself"),
        dict.fromkeys(one.statements[0] for one in (*after, *earlier)),
    )


def _net(then: Stock | Refused, now: Stock | Refused) -> Indicator:
    counted = [s for s in (then, now) if isinstance(s, Stock)]
    if isinstance(then, Refused) or isinstance(now, Refused):
        direction = UNKNOWN
    elif now.high < then.low:
        direction = TOWARD
    elif now.low > then.high:
        direction = AWAY
    else:
        direction = UNKNOWN
    return _row(
        say("people documented by name as in custody (best, certainly–possibly)"),
        together([_bounded(then), _bounded(now)], ", "),
        direction,
        say(
            "only where the bounds of the two days do not meet does the change point anywhere; a sample, not all who are "
            "held"
        ),
        evidence((case, p.spell) for s in counted for case, p in s.people if p.level >= Level.LIKELY),
    )


def _bounded(found: Stock | Refused) -> Phrase:
    if isinstance(found, Refused):
        return say("cannot say for {day}: {why}", day=found.day, why=found.why)
    return say("{best} ({low}–{high}) on {day}", best=found.best, low=found.low, high=found.high, day=found.day)


def _sentence(deal: Deal, indicators: Sequence[Indicator], relief: Sequence[Given], day: date) -> Phrase:
    counted = {d: sum(1 for i in indicators if i["direction"] == d) for d in (TOWARD, AWAY, NEITHER, UNKNOWN)}
    said = together([say("{n} {direction}", n=n, direction=d) for d, n in counted.items() if n], ", ")
    force = [leg for leg in relief if leg["in_force"] in (WORDS[InForce.YES], WORDS[InForce.PARTLY])]
    if not relief:
        return say_count(
            "{deal} on {day}: of {n} indicator, {directions}; no relief on record.",
            "{deal} on {day}: of {n} indicators, {directions}; no relief on record.",
            len(indicators),
            deal=deal.id,
            day=day,
            directions=said,
        )
    return say_count(
        "{deal} on {day}: of {n} indicator, {directions}; of what was given in relief, {force} of {relief} on record as in "
        "force.",
        "{deal} on {day}: of {n} indicators, {directions}; of what was given in relief, {force} of {relief} on record as "
        "in force.",
        len(indicators),
        deal=deal.id,
        day=day,
        directions=said,
        force=len(force),
        relief=len(relief),
    )
