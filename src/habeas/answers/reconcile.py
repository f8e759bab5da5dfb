"""Our count beside a published one: the residual, and what is known of where it comes from."""

from __future__ import annotations

from datetime import date
from typing import Any

from habeas.answers.coverage import count_json, dated, hedged, stocks
from habeas.answers.shapes.trade import Beside, CountsBeside, Residual
from habeas.answers.side_by_side import side_by_side
from habeas.answers.stock import Refused, Stock, bounds_json, stock
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Count, Op, Phrase, Question, Step, say, together


def _wanted(casebook: Casebook[Any], question: Question) -> list[tuple[date, Count]]:
    """The counts of the nearest day to the one asked, all of that day, or those of one publisher."""
    by = question.args.get("by", "")
    found = [(d, r) for d, r in stocks(casebook) if not by or by.casefold() in r.by.casefold()]
    if not found:
        raise UsageError(f"no published count{' by ' + by if by else ''} is in this book; add it to events/counts.csv")
    day = question.as_of.on
    nearest = min(found, key=lambda item: (abs((item[0] - day).days), item[0]))[0]
    return [(d, r) for d, r in found if d == nearest]


def _breakdown(record: Count) -> Step | None:
    """Men and women added up against the whole, where the source gives them."""
    men, women, n = record.men, record.women, record.n
    if men is None or women is None or n is None:
        return None
    off = men + women - n
    said = say("adds up") if off == 0 else say("off by {n:d} inside the same source", n=abs(off))
    return Step(
        what=say("{who}: {men} men + {women} women", who=record.by, men=men, women=women),
        result=say("{sum} against {n}: {judged}", sum=men + women, n=n, judged=said),
        rests_on=record.statements,
    )


def _bounds(op: Op, low: int, high: int) -> tuple[int | None, int | None]:
    """The bounds of a residual, as far as the published number has any: "more than" has no upper one."""
    no_low, no_high = (Op.LE, Op.LT, Op.APPROX, Op.APPROX_LT), (Op.GE, Op.GT, Op.APPROX)
    return None if op in no_low else low, None if op in no_high else high


def reconcile(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `reconcile`: value is published minus documented by name; counts of one day are set against each other."""
    if "list" in question.args:
        return side_by_side(casebook, question, question.args["list"])
    counts = _wanted(casebook, question)
    day = counts[0][0]
    ours = stock(casebook, day)
    bounds = None if isinstance(ours, Refused) else ours
    steps = [
        Step(
            what=say("documented by name here on {day}", day=day),
            result=say("cannot say: {why}", why=ours.why)
            if isinstance(ours, Refused)
            else say("{best} (certainly {low}, possibly {high})", best=ours.best, low=ours.low, high=ours.high),
        )
    ]
    rows: list[Beside] = []
    for when, record in counts:
        n = record.n
        if n is None:
            continue
        row: Beside = {
            **count_json(when, record),
            "men": record.men,
            "women": record.women,
            **_residual(record.op, n, bounds),
        }
        what = say("published by {who}, {on}", who=row["by"], on=dated(row["on"]))
        steps.append(Step(what=what, result=hedged(n, record.op), rests_on=record.statements))
        if row["residual"] is not None:
            what = say("residual against {who}", who=row["by"])
            left = hedged(row["residual"], record.op)
            result = say("{number} not documented by name here, or counted by another definition", number=left)
            steps.append(Step(what=what, result=result, rests_on=record.statements))
        breakdown = _breakdown(record)
        if breakdown is not None:
            steps.append(breakdown)
        rows.append(row)
    if not rows:
        raise UsageError(f"the published count of {day} has no number; correct events/counts.csv")
    between = _between(rows, steps)
    first = rows[0]
    short = _short(first, ours)
    more: CountsBeside = {
        "on": day.isoformat(),
        "ours": bounds_json(ours),
        "published": rows,
        "between": between,
    }
    return Answer(
        question=question,
        value=first["residual"],
        low=first["residual_low"],
        high=first["residual_high"],
        sentence=together([short, between]),
        said=short,
        steps=tuple(steps),
        rests_on=tuple(dict.fromkeys(i for s in steps for i in s.rests_on)),
        more=more,
    )


def _residual(op: Op, n: int, ours: Stock | None) -> Residual:
    """Published minus documented by name, with its bounds; None where ours cannot be counted."""
    if ours is None:
        return {"residual": None, "residual_low": None, "residual_high": None}
    low, high = _bounds(op, n - ours.high, n - ours.low)
    return {"residual": n - ours.best, "residual_low": low, "residual_high": high}


def _short(published: Beside, ours: Stock | Refused) -> Phrase:
    """One published number set against ours."""
    if isinstance(ours, Refused):
        return say(
            "{who} published {number} for {on}; how many are documented by name here cannot be said: {why}.",
            who=published["by"],
            number=hedged(published["n"], published["op"]),
            on=dated(published["on"]),
            why=ours.why,
        )
    return say(
        "{who} published {number} for {on}; {ours} are documented by name here, so {left} are not explained by this book.",
        who=published["by"],
        number=hedged(published["n"], published["op"]),
        on=dated(published["on"]),
        ours=ours.best,
        left=hedged(published["residual"], published["op"]),
    )


def _between(rows: list[Beside], steps: list[Step]) -> str:
    """Two publishers on one day: their difference, left open where nothing explains it."""
    told = [(n, r) for r in rows if (n := r["n"]) is not None and r["op"] is Op.EQ]
    if len(rows) < 2 or len(told) < len(rows):
        return ""
    (least, low), (most, high) = min(told, key=lambda one: one[0]), max(told, key=lambda one: one[0])
    text = say(
        "On the same day {more} counts {n} more than {fewer}; no source in this book explains it.",
        more=high["by"],
        n=most - least,
        fewer=low["by"],
    )
    steps.append(
        Step(
            what=say("{more} minus {fewer}", more=high["by"], fewer=low["by"]),
            result=say("{more} - {fewer} = {n}", more=most, fewer=least, n=most - least),
            rests_on=(*high["rests_on"], *low["rests_on"]),
        )
    )
    return text
