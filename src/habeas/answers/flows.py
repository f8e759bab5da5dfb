"""Flows: who was taken and who came out, by period, with the stock identity and its residual always shown."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import date, timedelta
from typing import Any

from habeas.answers.coverage import asked_span, covering
from habeas.answers.lag import Lag, Maturity, by_list, maturity
from habeas.answers.series import stocks
from habeas.dates import PartialDate, Span
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Phrase, Question, Spell, Step, only, say, say_count

PERIODS = ("month", "year")


def _periods(span: Span, by: str) -> list[Span]:
    months = list(span.months())
    if by == "month":
        return months
    years = sorted({m.start.year for m in months if m.start is not None})
    return [Span(date(y, 1, 1), date(y + 1, 1, 1)) for y in years]


def _label(period: Span, by: str) -> str:
    assert period.start is not None
    return period.start.isoformat()[: 7 if by == "month" else 4]


def arrests(casebook: Casebook[Any], span: Span, *, again: bool = False) -> list[Spell]:
    """Spells whose arrest certainly lies in a span; `again`: only those after an earlier exit."""
    found = []
    for case in casebook.cases.values():
        for number, spell in enumerate(case.spells):
            if spell.start is None or (again and not any(s.end is not None for s in case.spells[:number])):
                continue
            if _fits(PartialDate.parse(spell.start.value), span):
                found.append(spell)
    return found


def _fits(when: PartialDate, period: Span) -> bool:
    """True where every day the date may mean lies in the period: only then is it placed there."""
    return (
        when.earliest is not None
        and when.latest is not None
        and period.contains(when.earliest)
        and period.contains(when.latest)
    )


def flows(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `flows`: arrests, recognitions, exits by kind and stock for each period; value is arrests minus exits.

    An event is placed in a period only where its date allows no other; the rest are counted as not placed.
    """
    by = question.args.get("by", "month")
    if by not in PERIODS:
        raise UsageError(f"--by takes {' or '.join(PERIODS)}, not {by!r}")
    span = asked_span(casebook, question)
    events = _events(casebook)
    known = maturity(casebook)
    periods = _periods(span, by)
    first = _day_before(span.start)
    assert span.end is not None
    best = stocks(casebook, first, (span.end - first).days).best  # of each day from the first
    counts, statements, placed = _placed(events, periods)
    rows = []
    before = best[0]
    for period, counted, rests in zip(periods, counts, statements, strict=True):
        assert period.end is not None
        end = min(period.end, span.end)
        exits = {k.removeprefix("out:"): n for k, n in sorted(counted.items()) if k.startswith("out:")}
        after = best[(_day_before(end) - first).days]
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
                "lists": len(covering(casebook, end - timedelta(days=1))),
                "settled": known.covers(end - timedelta(days=1)),
                "rests_on": list(dict.fromkeys(rests)),
            }
        )
        before = after
    within = _within(question.args.get("within", "365"))
    more = {
        "unit": say("people documented by name here"),
        "periods": rows,
        "not_placed": _not_placed(events, placed, span),
        **_over_all(rows),
        "rearrests": _rearrests(casebook, span, within),
        "lists_settled_until": None if known.since is None else known.since.isoformat(),
        "lag": {
            i: {"people": g.people, "median": g.median, "nine_of_ten": g.nine_of_ten} for i, g in _lags(casebook, known)
        },
    }
    return _answer(question, rows, more, span, known)


def residual(before: int, taken: int, exits: int, after: int) -> int:
    """What the stock identity leaves over: after - (before + taken - exits)."""
    return after - (before + taken - exits)


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


def _over_all(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Totals; exits for each arrest; turnover: exits over the mean of the stocks at the ends of the periods."""
    taken, outs = sum(r["arrests"] for r in rows), sum(r["out"] for r in rows)
    ends = [rows[0]["stock_before"], *(r["stock_after"] for r in rows)]
    mean = sum(ends) / len(ends)
    return {
        "arrests": taken,
        "out": outs,
        "release_to_admission": release_to_admission(outs, taken),
        "turnover": round(outs / mean, 4) if mean else None,
    }


def _rearrests(casebook: Casebook[Any], span: Span, within: int) -> dict[str, Any]:
    """Of the exits of a span, how many were followed by an arrest of the same person within some days."""
    out = again = 0
    rests: list[str] = []
    for case in casebook.cases.values():
        for number, spell in enumerate(case.spells):
            left = None if spell.end is None else PartialDate.parse(spell.end.value)
            if left is None or not left.is_day or left.earliest is None or not span.contains(left.earliest):
                continue
            out += 1
            for later in case.spells[number + 1 :]:
                taken = None if later.start is None else PartialDate.parse(later.start.value)
                if later.start is None or taken is None or taken.latest is None or taken.earliest is None:
                    continue
                if taken.earliest >= left.earliest and (taken.latest - left.earliest).days <= within:
                    again += 1
                    rests += later.start.statements
                    break
    return {"within_days": within, "out": out, "again": again, "rests_on": rests}


def _placed(
    events: list[tuple[str, PartialDate, tuple[str, ...]]], periods: list[Span]
) -> tuple[list[Counter[str]], list[list[str]], set[int]]:
    """What happened in each period, by kind, and on which statements that rests; and which events were placed at all."""
    starts = [p.start for p in periods if p.start is not None]
    counts: list[Counter[str]] = [Counter() for _ in periods]
    rests: list[list[str]] = [[] for _ in periods]
    placed = set()
    for number, (kind, when, statements) in enumerate(events):
        at = bisect_right(starts, when.earliest) - 1 if when.earliest is not None else -1
        if at >= 0 and _fits(when, periods[at]):
            counts[at][kind] += 1
            rests[at].extend(statements)
            placed.add(number)
    return counts, rests, placed


def _day_before(day: date | None) -> date:
    assert day is not None
    return day - timedelta(days=1)


def _events(casebook: Casebook[Any]) -> list[tuple[str, PartialDate, tuple[str, ...]]]:
    found = []
    for case in casebook.cases.values():
        for spell in case.spells:
            if spell.start is not None:
                found.append(("in", PartialDate.parse(spell.start.value), spell.start.statements))
            if spell.end is not None:
                kind = spell.exit_kind.value if spell.exit_kind is not None else "kind not on record"
                found.append((f"out:{kind}", PartialDate.parse(spell.end.value), spell.end.statements))
            if spell.recognised:
                when, statement = spell.recognised[0]
                found.append(("recognised", when, (statement,)))
    return found


def _not_placed(events: list[tuple[str, PartialDate, tuple[str, ...]]], placed: set[int], span: Span) -> dict[str, int]:
    """Events that may lie in the span but in no one period of it."""
    left: Counter[str] = Counter()
    for number, (kind, when, _) in enumerate(events):
        if (
            number not in placed
            and Span.covering(when).cut(span) is not None
            and not _fits(when, Span(None, span.start))
        ):
            left["out" if kind.startswith("out:") else "arrests" if kind == "in" else kind] += 1
    return dict(sorted(left.items()))


def _answer(
    question: Question, rows: list[dict[str, Any]], more: dict[str, Any], span: Span, known: Maturity
) -> Answer:
    taken, outs = more["arrests"], more["out"]
    left_over = sum(r["residual"] for r in rows)
    first, last = rows[0]["stock_before"], rows[-1]["stock_after"]
    begun = span.start
    assert begun is not None
    steps = (
        Step(what=say("documented by name before {day}", day=begun), result=only(first)),
        Step(
            what=say("arrests placed in a period"),
            result=only(taken, "+,"),
            rests_on=tuple(dict.fromkeys(i for r in rows for i in r["rests_on"])),
        ),
        Step(what=say("exits placed in a period"), result=say("-{n}", n=outs)),
        Step(
            what=say("residual (dates not placed, people who came into or went out of sight)"),
            result=only(left_over, "+,"),
        ),
        Step(what=say("documented by name at the end"), result=only(last)),
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
