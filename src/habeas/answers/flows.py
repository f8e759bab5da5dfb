"""Flows: who was taken and who came out, by period, with the stock identity and its residual always shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from habeas.answers.arguments import one_of
from habeas.answers.coverage import asked_span, covering
from habeas.answers.dated import IN, OUT, Happening, Placed, by_period, happenings_of, numbered, twice
from habeas.answers.lag import Lag, Maturity, by_list, maturity
from habeas.answers.shapes.people import AtLeast, Flows, OverAll, Period, PeriodName, Rearrests
from habeas.answers.standing import FOREVER
from habeas.answers.stock import Refused, stock
from habeas.answers.tiers import tier_steps
from habeas.dates import ONE_DAY, Span
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Phrase, Question, Step, only, say, say_count, together

PERIODS: tuple[PeriodName, ...] = ("month", "year")
NOTHING = Placed(Counter(), ())


def _periods(span: Span, by: str) -> list[Span]:
    months = list(span.months())
    if by == "month":
        return months
    years = sorted({m.start.year for m in months if m.start is not None})
    return [Span(date(y, 1, 1), date(y + 1, 1, 1)) for y in years]


def _label(period: Span, by: str) -> str:
    assert period.start is not None
    return period.start.isoformat()[: 7 if by == "month" else 4]


def flows(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `flows`: arrests, recognitions, exits by kind and stock for each period; value is arrests minus exits.

    An event is placed in a period only where its date allows no other; the rest are counted as not placed. A stock of a day
    that no list covers is None, and so is a residual that would rest on it.
    """
    by = one_of(PERIODS, question.args.get("by", "month"), "by")
    span = asked_span(casebook, question)
    known = maturity(casebook)
    periods = _periods(span, by)
    placing = by_period(casebook, by)
    assert span.end is not None
    rows: list[Period] = []
    before = _best(casebook, _day_before(span.start))
    for period in periods:
        assert period.start is not None
        assert period.end is not None
        placed = placing.periods.get(period.start, NOTHING)
        counted = placed.counts
        end = min(period.end, span.end)
        exits = {k.removeprefix("out:"): n for k, n in sorted(counted.items()) if k.startswith("out:")}
        after = _best(casebook, _day_before(end))
        outs = sum(exits.values())
        rows.append(
            {
                "period": _label(period, by),
                "arrests": counted["in"],
                "recognised": counted["recognised"],
                "exits": exits,
                "out": outs,
                "stock_before": before,
                "stock_after": after,
                "residual": residual(before, counted["in"], outs, after),
                "lists": len(covering(casebook, end - ONE_DAY)),
                "settled": known.covers(end - ONE_DAY),
                "rests_on": list(placed.rests_on),
            }
        )
        before = after
    within = _within(question.args.get("within", "365"))
    more: Flows = {
        "unit": say("people documented by name here"),
        "periods": rows,
        "at_least": _at_least(casebook, rows, periods, by),
        "not_placed": _not_placed(placing.loose, span),
        **_over_all(rows),
        "rearrests": _rearrests(casebook, span, within),
        "lists_settled_until": None if known.since is None else known.since.isoformat(),
        "lag": {
            i: {"people": g.people, "median": g.median, "nine_of_ten": g.nine_of_ten} for i, g in _lags(casebook, known)
        },
    }
    found = _answer(question, rows, more, span, known)
    return replace(found, steps=(*found.steps, *tier_steps(casebook, stock(casebook, _day_before(span.end)))))


def _at_least(casebook: Casebook[Any], rows: Iterable[Period], periods: Iterable[Span], by: str) -> AtLeast:
    """How many arrests and exits the periods have at least, where people who may be one person are."""
    less = twice(casebook, (p.start for p in periods if p.start is not None), by)
    over_all = _over_all(list(rows))
    return {"arrests": over_all["arrests"] - less[IN], "out": over_all["out"] - less[OUT]}


def _best(casebook: Casebook[Any], day: date) -> int | None:
    """The people documented by name on a day by the best reading; None where no list covers it."""
    found = stock(casebook, day)
    return None if isinstance(found, Refused) else found.best


def residual(before: int | None, taken: int, exits: int, after: int | None) -> int | None:
    """What the stock identity leaves over: after - (before + taken - exits); None where a stock cannot be said."""
    return None if before is None or after is None else after - (before + taken - exits)


def release_to_admission(exits: int, taken: int) -> float | None:
    """Exits for each arrest, to four places; None without arrests."""
    return round(exits / taken, 4) if taken else None


def _within(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise UsageError(f"--rearrest-within takes a number of days, not {text!r}")
    return int(text)


def _lags(casebook: Casebook[Any], known: Maturity) -> list[tuple[str, Lag]]:
    """The lag of all lists together, then of each that has enough people."""
    return [*([] if known.lag is None else [("all", known.lag)]), *sorted(by_list(casebook).items())]


def _over_all(rows: list[Period]) -> OverAll:
    """Totals; exits for each arrest; turnover: exits over the mean of the stocks at the ends of the periods, if all are known."""
    taken, outs = sum(r["arrests"] for r in rows), sum(r["out"] for r in rows)
    ends = [rows[0]["stock_before"], *(r["stock_after"] for r in rows)]
    known = [n for n in ends if n is not None]
    mean = None if len(known) < len(ends) else sum(known) / len(known)
    return {
        "arrests": taken,
        "out": outs,
        "release_to_admission": release_to_admission(outs, taken),
        "turnover": round(outs / mean, 4) if mean else None,
    }


def _rearrests(casebook: Casebook[Any], span: Span, within: int) -> Rearrests:
    """Of the exits of a span, how many were followed by an arrest of the same person within some days."""
    out = again = 0
    rests: list[str] = []
    first, past = numbered(span)
    for left, later in casebook.once(_exits):
        if first <= left < past:
            out += 1
            taken = next((t for t in later if t.first >= left and t.last <= min(left + within, FOREVER - 1)), None)
            if taken is not None:
                again += 1
                rests += taken.statements
    return {"within_days": within, "out": out, "again": again, "rests_on": rests}


def _exits(casebook: Casebook[Any]) -> list[tuple[int, tuple[Happening, ...]]]:
    """Each exit known to the day, by number, with the arrests of the same person in later spells."""
    found = []
    for case in casebook.cases.values():
        said = [list(happenings_of(case.spells, place)) for place in range(len(case.spells))]
        for place, spell in enumerate(said):
            later = tuple(one for some in said[place + 1 :] for one in some if one.kind == IN)
            found += [(one.first, later) for one in spell if one.kind.startswith(OUT) and one.first == one.last]
    return found


def _day_before(day: date | None) -> date:
    assert day is not None
    return day - ONE_DAY


def _not_placed(loose: Iterable[Happening], span: Span) -> dict[str, int]:
    """What may have happened in the span, but in no one period of it."""
    first, past = numbered(span)
    kinds = Counter(one.kind for one in loose if one.first < past and one.last >= first)
    left: Counter[str] = Counter()
    for kind, n in kinds.items():
        left["out" if kind.startswith(OUT) else "arrests" if kind == IN else kind] += n
    return dict(sorted(left.items()))


def _answer(question: Question, rows: list[Period], more: Flows, span: Span, known: Maturity) -> Answer:
    taken, outs = more["arrests"], more["out"]
    first, last = rows[0]["stock_before"], rows[-1]["stock_after"]
    left_over = residual(first, taken, outs, last)
    begun = span.start
    assert begun is not None
    steps = (
        Step(what=say("documented by name before {day}", day=begun), result=_or_refused(first)),
        Step(
            what=say("arrests placed in a period"),
            result=only(taken, "+,"),
            rests_on=tuple(dict.fromkeys(chain.from_iterable(r["rests_on"] for r in rows))),
        ),
        Step(what=say("exits placed in a period"), result=say("-{n}", n=outs)),
        Step(
            what=say("at least, if all who may be one person are"),
            result=together(
                [
                    say_count("{n} arrest", "{n} arrests", more["at_least"]["arrests"]),
                    say_count("{n} exit", "{n} exits", more["at_least"]["out"]),
                ],
                ", ",
            ),
        ),
        Step(
            what=say("residual (dates not placed, people who came into or went out of sight)"),
            result=_or_refused(left_over, "+,"),
        ),
        Step(what=say("documented by name at the end"), result=_or_refused(last)),
        Step(
            what=say("may lie in the period, but in no one month")
            if question.args.get("by", "month") == "month"
            else say("may lie in the period, but in no one year"),
            result=only(sum(more["not_placed"].values()), "d"),
        ),
        _lag_step(known),
    )
    sentence = say(
        "Of the people documented by name here, {arrests} and {exits} are dated between {first} and {last}; {caveat}.",
        arrests=say_count("{n} arrest", "{n} arrests", taken),
        exits=say_count("{n} exit", "{n} exits", outs),
        first=begun,
        last=_day_before(span.end),
        caveat=_caveat(known, _day_before(span.end)),
    )
    return Answer(
        question=question,
        value=taken - outs,
        low=None,
        high=None,
        sentence=sentence,
        steps=steps,
        rests_on=steps[1].rests_on,
        more=more,
    )


def _or_refused(n: int | None, spec: str = "") -> Phrase:
    return say("cannot say: no list covers the day") if n is None else only(n, spec)


def _caveat(known: Maturity, last: date) -> Phrase:
    """What may not be read out of the last periods."""
    if known.covers(last):
        return say("the lists have had their time to name people arrested by then")
    if known.since is None:
        return say("lists learn of arrests months later, so recent periods are incomplete")
    return say(
        "lists name people late, so of no period after {day} can fewer arrests be said", day=_day_before(known.since)
    )


def _lag_step(known: Maturity) -> Step:
    lag = known.lag
    if lag is None:
        return Step(what=say("days from arrest to the first list"), result=say("too few dated arrests to say"))
    return Step(
        what=say_count(
            "days from arrest to the first list ({n} person)",
            "days from arrest to the first list ({n} people)",
            lag.people,
        ),
        result=say("median {median}, nine of ten within {most}", median=lag.median, most=lag.nine_of_ten),
        rests_on=lag.statements,
    )
