"""How fast people are taken and come out, by two measures that are never mixed: published counts, and by name here.

*Published*: the publisher of the stock nearest to the day, its last count of newly recognised (or arrested) people, and
its stocks at both ends of that time. What left is what the stock identity leaves over: exits = before + in - after.
*By name*: arrests and exits of the cases of this book. Lists learn of people months after the arrest, so months that are
not settled by the book's own lag (see `ask flows`) are not counted.
Releases that belong to a deal are taken out of the exits in both: a deal is a scenario, not a pace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.answers.announced import announced, carried_out
from habeas.answers.coverage import covered_months, last_covered, nearest, stocks
from habeas.answers.lag import maturity
from habeas.answers.shapes.estimates import PaceName
from habeas.answers.stays import FOLLOWED, WAYS
from habeas.answers.stock import Refused, stock
from habeas.dates import ONE_DAY, Span, shift_months
from habeas.nouns import Casebook, Count, Flow, coded, say

MONTH = 30.4375  # days
SHORTEST, NEAR = 80, 45  # days: a count of a few weeks is no pace; a stock this near an end of it stands for that end
STALE = 548  # days after which a count tells of another time
WINDOW, FEWEST_MONTHS = 36, 6  # months of arrests by name that are looked at, and must be covered
BRIEF, FEWEST_COUNTS = 14, 3  # days, counts: what is needed to say how much months differ

_TAKEN = frozenset({Flow.DETAINED, Flow.RECOGNISED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One pace with where it comes from: `arrests` in `months`, `exits` in `exposure` person-months (deals apart).

    `varies` is the squared coefficient of variation of a month's arrests beyond chance, `note` what it is to be read with.
    """

    name: PaceName
    what: str
    stock: int
    stock_on: date
    arrests: int
    months: float
    exits: int
    exposure: float
    in_deals: int
    varies: float
    note: str
    rests_on: tuple[str, ...]


def measures(casebook: Casebook[Any], day: date) -> tuple[Measure, ...]:
    """The paces that the book can give on a day, published first; either may be missing."""
    by_name = _by_name(casebook, day)
    found = (_published(casebook, day, 0.0 if by_name is None else by_name.varies), by_name)
    return tuple(m for m in found if m is not None)


def _published(casebook: Casebook[Any], day: date, varies: float) -> Measure | None:
    for on, last in nearest(casebook, day):
        by, n = last.by, last.n
        if on > day or n is None or not by:
            continue
        for span, flow, (before, first), (after, final) in _identities(casebook, by, day):
            deals = _in_deals(casebook, span)
            arrests, were, are = flow.n or 0, first.n or 0, final.n or 0
            months = (span.days or 0) / MONTH
            left = were + arrests - are
            return Measure(
                name=coded("published"),
                what=say("{what} ({who})", what=flow.what, who=by),
                stock=n,
                stock_on=on,
                arrests=arrests,
                months=months,
                exits=max(0, left - deals),
                exposure=(were + are) / 2 * months,
                in_deals=min(deals, max(left, 0)),
                varies=_varies(_takings(casebook, by, day, BRIEF), arrests / months, span.end or day, varies),
                note=say(
                    "{first} on {before}, {final} on {after}: {left} left, {deals} of them in deals",
                    first=were,
                    before=before,
                    final=are,
                    after=after,
                    left=left,
                    deals=min(deals, max(left, 0)),
                ),
                rests_on=tuple(
                    dict.fromkeys((*last.statements, *flow.statements, *first.statements, *final.statements))
                ),
            )
    return None


def _identities(
    casebook: Casebook[Any], by: str, day: date
) -> Iterator[tuple[Span, Count, tuple[date, Count], tuple[date, Count]]]:
    """A publisher's counts of people taken that are not too old and have its own stocks about both ends beside them."""
    own = [(d, r) for d, r in stocks(casebook) if r.by == by and _exact(r)]
    for span, flow in _takings(casebook, by, day, SHORTEST):
        assert span.start is not None
        assert span.end is not None
        before, after = _near(own, span.start), _near(own, span.end)
        fresh = (day - span.end).days <= STALE
        if fresh and before is not None and after is not None and before[0] < after[0]:
            yield span, flow, before, after


def _exact(record: Count) -> bool:
    return record.n is not None and record.op in ("", "eq")


def _takings(casebook: Casebook[Any], by: str, day: date, shortest: int) -> list[tuple[Span, Count]]:
    """A publisher's counts of people taken over some days up to the day, the latest and then the longest first."""
    found = []
    for record in casebook.counts:
        when = record.on
        if record.kind != "flow" or record.by != by or when is None or not _exact(record):
            continue
        span = Span.covering(when)
        ends = span.start is not None and span.end is not None and span.end - ONE_DAY <= day
        if ends and (span.days or 0) >= shortest and record.flow in _TAKEN:
            found.append((span, record))
    return sorted(found, key=lambda item: (str(item[0].end), item[0].days, item[1].id), reverse=True)


def _varies(flows: Sequence[tuple[Span, Count]], rate: float, end: date, otherwise: float) -> float:
    """How much months differ beyond chance: over a count of L months chi-square is 1 + rate x this, as mean over counts."""
    near = [(s, r) for s, r in flows if s.start is not None and s.start >= shift_months(end, -WINDOW)]
    if len(near) < FEWEST_COUNTS or not rate:
        return otherwise
    expected = [rate * (s.days or 0) / MONTH for s, _ in near]
    chi = sum(((r.n or 0) - e) ** 2 / e for (_, r), e in zip(near, expected, strict=True)) / (len(near) - 1)
    return max(0.0, (chi - 1) / rate)


def _near(found: Sequence[tuple[date, Count]], day: date) -> tuple[date, Count] | None:
    close = [item for item in found if abs((item[0] - day).days) <= NEAR]
    return min(close, key=lambda item: (abs((item[0] - day).days), item[1].id), default=None)


def _in_deals(casebook: Casebook[Any], span: Span) -> int:
    """How many people were announced as freed in releases of deals over a time (as named, where none is announced)."""
    total = 0
    for release in carried_out(casebook, *casebook.deals.values()):
        if release.when.middle is not None and span.contains(release.when.middle):
            number = announced(release)
            total += len(release.named) if number is None else number
    return total


def settled_until(casebook: Casebook[Any], on: date) -> date | None:
    """The first day of the first month not yet settled: later arrests are still being learned of; None where none is."""
    since = maturity(casebook).since
    return None if since is None else min(since, on).replace(day=1)


def _by_name(casebook: Casebook[Any], day: date) -> Measure | None:
    import numpy as np

    from habeas.answers.columns import known_of

    last = settled_until(casebook, day)
    if last is None:
        return None
    span = Span(shift_months(last, -WINDOW), last)
    months = list(span.months())
    begin, past = covered_months(casebook, months, last - ONE_DAY)
    months = months[begin:past]
    if len(months) < FEWEST_MONTHS:
        return None
    assert months[0].start is not None
    span = Span(months[0].start, last)
    assert span.start is not None
    counted: Counter[date] = Counter()
    rests: list[str] = []
    first, past = span.start.toordinal(), last.toordinal()
    known = known_of(casebook, day)
    spells, begun, dated = known.spells, known.spells.start[:, 1], known.refused < 0
    for row in np.flatnonzero(dated & (first <= begun) & (begun < past)).tolist():
        counted[date.fromordinal(int(begun[row])).replace(day=1)] += 1
        start = spells.of[row][1].start
        rests.extend(start.statements if start is not None else ())
    left = spells.exit[:, 1]
    out = dated & known.past & (first <= left) & (left < past)
    dealt = int((out & (spells.way == WAYS.index("exchanged"))).sum())
    exits = int(out.sum()) - dealt
    until = np.minimum(np.where(known.past, left, known.until[:, FOLLOWED.index("best")]), past)
    days = int(np.maximum(0, until - np.maximum(begun, first))[dated].sum())
    arrests = sum(counted.values())
    if not arrests or not days:
        return None
    seen = last_covered(casebook, day)
    inside = None if seen is None else stock(casebook, seen)
    if seen is None or inside is None or isinstance(inside, Refused):
        return None
    mean = arrests / len(months)
    variance = sum((counted[m.start] - mean) ** 2 for m in months if m.start is not None) / (len(months) - 1)
    return Measure(
        name=coded("by name"),
        what=say("arrests documented by name here, a sample"),
        stock=inside.best,
        stock_on=seen,
        arrests=arrests,
        months=float(len(months)),
        exits=exits,
        exposure=days / MONTH,
        in_deals=dealt,
        varies=max(0.0, (variance - mean) / mean**2),
        note=say(
            "{first} to {last}; later months are left out, as lists still learn of them",
            first=span.start,
            last=last - ONE_DAY,
        ),
        rests_on=tuple(dict.fromkeys(rests)),
    )
