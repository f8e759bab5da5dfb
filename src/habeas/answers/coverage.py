"""What the lists of a book cover on a day, and which published counts stand beside our own."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from habeas.answers.shapes.common import Count as CountShape
from habeas.dates import ONE_DAY, PartialDate, Span, edtf
from habeas.errors import UsageError
from habeas.languages import code
from habeas.nouns import Casebook, Count, Extent, ListInfo, Means, Op, Part, Phrase, Question, only, say

EARLIEST, LATEST = 1900, 2100
NEAR_DAYS = 60
AS_OF_DAYS = 31


def in_window(info: ListInfo, day: date) -> bool:
    """True where the list's window holds the day; a list that declares no period covers no day."""
    period = info.covers.period
    return period is not None and period.possibly_by(day) and not period.certainly_before(day)


def covering(casebook: Casebook[Any], day: date) -> tuple[ListInfo, ...]:
    """The lists whose window holds the day."""
    return tuple(info for info in casebook.lists.values() if in_window(info, day))


def uncovered(casebook: Casebook[Any], day: date) -> Phrase | None:
    """Why nobody can count the people of a day from this book; None where a list covers it.

    The one gate: what is refused here is refused by every question and on every page.
    """
    at, windows = day.toordinal(), casebook.once(_windows)
    place = bisect_right(windows, (at, math.inf)) - 1
    if place >= 0 and at <= windows[place][1]:
        return None
    if not casebook.lists:
        return say("nothing was on record here by then")
    return say("no list of this book covers {day}", day=day)


def _windows(casebook: Casebook[Any]) -> list[tuple[float, float]]:
    """The stretches of days that lists cover, in order and apart from each other, by first and last day."""
    periods = (info.covers.period for info in casebook.lists.values())
    found = sorted(
        (
            -math.inf if period.earliest is None else period.earliest.toordinal(),
            math.inf if period.latest is None else period.latest.toordinal(),
        )
        for period in periods
        if period is not None
    )
    joined: list[tuple[float, float]] = []
    for first, last in found:
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    return joined


def last_covered(casebook: Casebook[Any], day: date) -> date | None:
    """The last day up to a day on which people can be counted; None where there is none."""
    at = day.toordinal()
    last = max((min(last, at) for first, last in casebook.once(_windows) if first <= at), default=None)
    return None if last is None else date.fromordinal(int(last))


def _first_covered(casebook: Casebook[Any]) -> date | None:
    """The first day that a list covers."""
    periods = (info.covers.period for info in casebook.lists.values())
    return min((p.earliest for p in periods if p is not None and p.earliest is not None), default=None)


def asked_span(casebook: Casebook[Any], question: Question) -> Span:
    """From the first day asked (`from`), or that a list covers, to the last asked (`to`), or the day of the question.

    Raises:
        UsageError: these are no dates, out of order, or outside the years that anybody can speak of.
    """
    start, end = question.args.get("from"), question.args.get("to")
    try:
        begins = PartialDate.parse(start).earliest if start else None
        ends = PartialDate.parse(end).latest if end else question.as_of.on
    except ValueError as error:
        raise UsageError(f"--from and --to take dates: {error}") from None
    if begins is None:
        begins = _first_covered(casebook) or ends
    between = f"--from and --to take days between {EARLIEST} and {LATEST}"
    if begins is not None and begins.year < EARLIEST:
        raise UsageError(f"--from {start or begins} lies before {EARLIEST}: {between}")
    if ends is not None and ends.year > LATEST:
        raise UsageError(f"--to {end or ends} lies after {LATEST}: {between}")
    if begins is None or ends is None or begins > ends:
        raise UsageError(f"--from {begins} lies after --to {ends}")
    return Span(begins, ends + ONE_DAY)


def covered_months(casebook: Casebook[Any], months: Sequence[Span], day: date) -> tuple[int, int]:
    """The first and past the last of the months around a day that lists cover without a gap; equal where the day lies in none.

    A month that no list covers is no month without arrests.
    """
    known = [m.start is not None and bool(covering(casebook, m.start)) for m in months]
    home = next((i for i, m in enumerate(months) if m.contains(day)), None)
    if home is None or not known[home]:
        return 0, 0
    first, past = home, home
    while first > 0 and known[first - 1]:
        first -= 1
    while past < len(months) and known[past]:
        past += 1
    return first, past


def is_whole(lists: Iterable[ListInfo], day: date) -> bool:
    """True where one of the lists claims to hold everybody who was inside on the day.

    That is a list of people held or recognised with extent full and no narrower group or place, published within a
    month of the day: a later list holds only those who stayed.
    """
    return any(
        info.covers.extent is Extent.FULL
        and info.means in (Means.HELD, Means.RECOGNISED)
        and not info.covers.group
        and not info.covers.place
        and info.published is not None
        and info.published.middle is not None
        and abs((info.published.middle - day).days) <= AS_OF_DAYS
        for info in lists
    )


def stocks(casebook: Casebook[Any]) -> list[tuple[date, Count]]:
    """Published stock counts with their day (the middle of an imprecise one), in order."""
    found = []
    for record in casebook.counts:
        when = record.on
        if record.kind == "stock" and when is not None and when.middle is not None:
            found.append((when.middle, record))
    return sorted(found, key=lambda item: (item[0], item[1].id))


def counted(record: Count) -> str:
    """Whom a published count counts: by the words for its population, else as its row says it."""
    return record.what if record.population is None else code("counted", record.population)


def nearest(casebook: Casebook[Any], day: date) -> tuple[tuple[date, Count], ...]:
    """The published count of each publisher nearest to the day, nearest first; with those of the same day together."""
    best: dict[str, tuple[date, Count]] = {}
    for when, record in stocks(casebook):
        by = record.by
        if by not in best or abs((when - day).days) < abs((best[by][0] - day).days):
            best[by] = (when, record)
    return tuple(sorted(best.values(), key=lambda item: (abs((item[0] - day).days), item[1].id)))


def published(casebook: Casebook[Any], day: date, within_days: int = NEAR_DAYS) -> list[CountShape]:
    """Published counts near the day, ready for JSON; where none is near, the nearest one."""
    found = nearest(casebook, day)
    near = [item for item in found if abs((item[0] - day).days) <= within_days] or list(found[:1])
    return [count_json(when, record) for when, record in near]


def hedged(n: int | None, op: Op) -> Phrase:
    """A published number in the words it was hedged with: `more than 1,100`."""
    if n is None:
        return say("no number")
    match op:
        case Op.GE:
            return say("at least {number}", number=n)
        case Op.GT:
            return say("more than {number}", number=n)
        case Op.LE:
            return say("at most {number}", number=n)
        case Op.LT:
            return say("fewer than {number}", number=n)
        case Op.APPROX:
            return say("about {number}", number=n)
        case Op.APPROX_LT:
            return say("nearly {number}", number=n)
        case Op.EQ:
            return only(n)


def dated(text: str) -> Part:
    """A date in its EDTF form as a part of a phrase, so that each language writes it its own way; else the text."""
    try:
        return PartialDate.parse(text) if text else text
    except ValueError:
        return text


def count_json(when: date, record: Count) -> CountShape:
    """One published count, ready for JSON."""
    return {
        "id": record.id,
        "on": edtf(record.on),
        "near": when.isoformat(),
        "n": record.n,
        "op": record.op,
        "by": record.by,
        "definition": record.definition,
        "note": record.note,
        "rests_on": list(record.statements),
    }
