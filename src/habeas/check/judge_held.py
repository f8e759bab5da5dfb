"""Verdicts on counts of people held: against every count published near the day, whoever published it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from habeas.check.desk import Desk, Finding, cannot_say, fits, worded
from habeas.check.events import announced, figures, read_day
from habeas.check.figures import generic, published, said, steps_of
from habeas.check.judge_people import in_custody
from habeas.check.text import low
from habeas.check.topics import topics
from habeas.languages import code
from habeas.nouns import A, Casebook, Claim, Count, EventKind, FigureKind, Flow, Phrase, Step, Verdict, say, together

_NEAR = timedelta(days=60)
_EVER = timedelta(days=36_525)
_AT_THE_TIME = timedelta(days=30)
_LONG = timedelta(days=731)
_SOME = 10  # so many on a list, and it is wrong that there is nobody
_FAR_OFF = 2.0  # a count is wrong only where it is this many times every published one, or that part of it
_VAGUE_OFF = 5.0  # "scores" also says "at least": wrong only where there are several times as many
_SAME_COUNT = 1 / 12
_ARRESTS = 0.05  # people may be arrested after a count: up to this share of it is left open


_KEPT: list[tuple[object, list[tuple[date, date, Count]]]] = []


def _stocks(casebook: Casebook[A]) -> list[tuple[date, date, Count]]:
    """Every stock count with the first and last day it can be of; made once for a casebook."""
    if not (_KEPT and _KEPT[0][0] is casebook):
        rows = []
        for record in casebook.counts:
            when = record.on
            if record.kind == "stock" and when is not None and when.middle is not None and record.n is not None:
                rows.append((when.earliest or when.middle, when.latest or when.middle, record))
        _KEPT[:] = [(casebook, rows)]
    return _KEPT[0][1]


def _stock(desk: Desk, day: date, reach: timedelta) -> list[tuple[int, Count]]:
    """Published stock counts within reach of a day, the nearest first, as (days apart, count)."""
    found = []
    for first, last, record in _stocks(desk.casebook):
        apart = 0 if first <= day <= last else min(abs((day - first).days), abs((day - last).days))
        if apart <= reach.days:
            found.append((apart, record))
    return sorted(found, key=lambda item: (item[0], item[1].id))


def _fits_stock(value: Mapping[str, Any], record: Count) -> bool:
    n = record.n
    return n is not None and fits(value, n, record.op, rounded=True)


def judge_detained(claim: Claim, desk: Desk) -> Finding:
    """A count of people held, against every count published within 60 days; whose count it is stays visible."""
    value = claim.value
    if "question" in claim.flags:
        return cannot_say(say("a question, not a claim"))
    when = read_day(str(value.get("as_of", ""))) or (
        None if desk.published is None else read_day(desk.published.isoformat())
    )
    day = None if when is None else (when.latest or when.middle)
    if day is None:
        return cannot_say(say("the text gives no day for this count"), say("a day of publication (--published)"))
    if "parts" in value:
        return _men_and_women(claim, desk, day)
    if (named := _those_named(claim, desk, day)) is not None:
        return named
    if _of_the_dead(claim, desk):
        return _died(claim, desk) or cannot_say(say("no such number of deaths in custody on record"))
    if not generic(value) and not _of_the_list(claim, desk) and not _exactly_published(claim, desk, day):
        whom = value.get("what") or value.get("nationality") or say("these people")
        return _women(claim, desk, day) or cannot_say(say("no published count of {whom}", whom=whom))
    if value.get("flow"):
        return _flow_held(claim, desk)
    near = _stock(desk, day, _NEAR)
    if not near:
        why = say("no count was published within {n} days of {day}", n=_NEAR.days, day=day)
        return cannot_say(why, say("a published count near {day}", day=day))
    good = [r for _, r in near if _fits_stock(value, r)]
    steps = tuple(
        Step(what=say("count of {day}", day=r.on or ""), result=said(r), rests_on=r.statements) for _, r in near[:6]
    )
    others = [_of_day(r) for _, r in near if r not in good]
    # "In the country there are none" says nothing wrong of the country of the book where the text names no country.
    at_home = desk.page.country == desk.casebook.book.country
    finding = _stock_verdict(claim, near, good, steps, others, at_home=at_home)
    if finding.verdict is Verdict.NOT_ENOUGH and (died := _died(claim, desk)) is not None:
        return died
    if not good and "ever" in topics(" ".join(t.low for t in desk.page.parsed[claim.sentence].tokens), "groups"):
        return _ever_held(claim, desk, day, near[0][1])
    present = _in_the_present(claim, desk)
    if not _about_prisoners(claim, desk):
        # "1,100 people are held" does not say whom it counts: it can agree with a count, never be wrong by it.
        if finding.verdict is not Verdict.SUPPORTED:
            return _flow_held(claim, desk)
        loose = say("the text does not say whom it counts; compared with counts of political prisoners")
        finding = replace(finding, context=together((loose, finding.context), "; "))
    if not present or finding.verdict is not Verdict.SUPPORTED:
        return finding
    return replace(finding, today=_today(claim, desk, good[0]))


_FEW = 15  # more people than that are not named in an article one by one


def _those_named(claim: Claim, desk: Desk, day: date) -> Finding | None:
    """`All five remain in custody`, `five of its members are behind bars: A, B ...`: of the people the text names there.

    None where it does not name so many, or the record does not know most of them.
    """
    n, p = claim.value.get("n"), desk.page.parsed[claim.sentence]
    if not isinstance(n, int) or not 1 < n <= _FEW or claim.value.get("op", "eq") != "eq" or claim.value.get("flow"):
        return None
    if claim.value.get("unit") == "political_prisoners":
        return None
    last = max((k for k, t in enumerate(p.tokens) if t.end <= claim.quote.end), default=0)
    following = _names(desk, claim.sentence, first=last) or _names(desk, claim.sentence + 1)
    before = _names(desk, claim.sentence - 1)
    whole = list(dict.fromkeys(name for s in range(len(desk.page.parsed)) for name in _names(desk, s)))
    names = next((row for row in (following, before, whole) if len(row) == n), None)
    cases = [case for name in names or () if (case := desk.case(name)) is not None]
    if names is None or len(cases) < _ENOUGH * n:
        return None
    then = [in_custody(case, day, desk) for case in cases]
    if False in then or sum(then_ is True for then_ in then) < _ENOUGH * n:
        return None
    out = [case.label for case in cases if in_custody(case, desk.today, desk) is False]
    ids = tuple(i for case in cases for spell in case.spells for i in spell.statements)
    who = ", ".join(case.label for case in cases)
    step = Step(what=say("in custody on {day}", day=day), result=who, rests_on=ids)
    return Finding(
        verdict=Verdict.SUPPORTED,
        today=Verdict.CONTRADICTED if out and _in_the_present(claim, desk) else None,
        why=say("{n} of the {whole} named were in custody on {day} by the record", n=len(cases), whole=n, day=day),
        steps=(step,),
        rests_on=ids,
        context=say("out since: {names}", names=", ".join(out)) if out else "",
    )


_ENOUGH = 0.6  # of the people named must be on record


def _names(desk: Desk, s: int, first: int = 0) -> list[str]:
    """Who is named in a sentence from token `first` on, but those who rule or speak."""
    if not 0 <= s < len(desk.page.parsed):
        return []
    found = [str(c.value["person"]) for c in desk.page.subjects(s) if c.i >= first]
    return [name for name in dict.fromkeys(found) if name not in desk.directory.rulers]


def _of_the_dead(claim: Claim, desk: Desk) -> bool:
    """True where the verb right after the people counted says that they died: `at least seven prisoners have died`."""
    p = desk.page.parsed[claim.sentence]
    first = next((k for k, t in enumerate(p.tokens) if t.start >= claim.quote.end), len(p.tokens))
    stop = next((k for k in range(first, len(p.tokens)) if p.tokens[k].text in ",;:"), len(p.tokens))
    return p.has("death", first, min(stop, first + 3))


def _died(claim: Claim, desk: Desk) -> Finding | None:
    """`Two died in custody in 2025`, `at least seven have died since 2020`: those whose death in custody is on record."""
    n, p = claim.value.get("n"), desk.page.parsed[claim.sentence]
    if not isinstance(n, int) or not p.has("death") or desk.published is None:
        return None
    told = [d for c in p.of("date") if (d := read_day(str(c.value["date"]))) is not None and d.earliest is not None]
    first = min((d.earliest for d in told if d.earliest is not None), default=None)
    since = any(p.among(c.i - 1, "since") for c in p.of("date"))
    last = desk.published if since or not told else max(d.latest or desk.published for d in told)
    rows = [
        (case.label, event)
        for case in desk.casebook.cases.values()
        for event in case.events
        if event.kind is EventKind.DIED and event.when.possibly_by(desk.published) and event.when.certainly_by(last)
        if first is None or (event.when.earliest is not None and event.when.earliest >= first)
    ]
    if not fits(claim.value, len(rows)):
        return None
    ids = tuple(i for _, event in rows for i in event.statements)
    who = ", ".join(sorted(name for name, _ in rows))
    step = Step(what=say("deaths in custody on record"), result=who, rests_on=ids)
    return Finding(
        verdict=Verdict.SUPPORTED, why=say("deaths in custody on record: {n}", n=len(rows)), steps=(step,), rests_on=ids
    )


def _men_and_women(claim: Claim, desk: Desk, day: date) -> Finding:
    """`968 men and 168 women`: the parts of one count, which need not add up to it."""
    parts = claim.value["parts"]
    good = [
        r
        for _, r in _stock(desk, day, _NEAR)
        if set(parts) <= {"men", "women"} and all(_of_sex(r, k) == n for k, n in parts.items())
    ]
    if not good:
        return cannot_say(
            say("no published count with these parts"), say("a count of men and women near {day}", day=day)
        )
    total = sum(parts.values())
    off = total != good[0].n and len(parts) > 1
    context = say("the parts add up to {total}", total=total) if off else ""
    finding = Finding(verdict=Verdict.SUPPORTED, why=_of_day(good[0]), rests_on=good[0].statements, context=context)
    if not _in_the_present(claim, desk):
        return finding
    whole = replace(claim, value={"n": good[0].n, "op": "eq"})
    return replace(finding, today=_today(whole, desk, good[0]))


_SEX = {"women": "female", "men": "male"}


def _of_sex(record: Count, whom: str) -> int | None:
    """How many women, or men, a published count gives."""
    return {"women": record.women, "men": record.men}.get(whom)


def _ever_held(claim: Claim, desk: Desk, day: date, now: Count) -> Finding:
    """`present and former` prisoners: those held now and those released before, or all who were recognised by then."""
    found: list[tuple[int, Phrase, tuple[str, ...]]] = []
    for wanted, beside in ((Flow.RECOGNISED, None), (Flow.RELEASED, now)):
        flows = [r for r in desk.casebook.counts if r.flow is wanted and r.all_told and r.n is not None]
        before = [r for r in flows if (when := r.on) is not None and when.latest and when.latest <= day]
        if not before:
            continue
        last = max(before, key=lambda r: r.n or 0)  # a sum that runs on grows: the largest has run for longest
        n, ids, told = last.n or 0, last.statements, _of_day(last)
        if beside is not None:
            n, ids = n + (beside.n or 0), (*ids, *beside.statements)
            told = say("{held} + {freed} = {n}", held=_of_day(beside), freed=told, n=n)
        found.append((n, told, ids))
    steps = tuple(
        Step(what=say("present and former, at the least"), result=told, rests_on=ids) for _, told, ids in found
    )
    for n, told, ids in found:
        if fits(claim.value, n, rounded=True):
            return Finding(verdict=Verdict.SUPPORTED, why=told, steps=steps, rests_on=ids)
    why = say("no published figure that fits: {number}", number=worded(claim.value))
    return cannot_say(why, say("a published number of people arrested, convicted or recognised by then"), steps=steps)


def _of_day(record: Count) -> Phrase:
    return say("{figure}, {day}", figure=said(record), day=record.on or "")


def _about_prisoners(claim: Claim, desk: Desk) -> bool:
    """True where a count is one of political prisoners: by its own words, or by those of its sentence or the one before."""
    words = str(claim.value.get("what", "")).casefold()
    if claim.value.get("unit") == "political_prisoners" or any(w in words for w in ("prisoner", "inmate", "political")):
        return True
    rows = desk.page.parsed[max(0, claim.sentence - 1) : claim.sentence + 1]
    return any(p.has("political") for p in rows)


def _of_the_list(claim: Claim, desk: Desk) -> bool:
    """`the list of political prisoners has 1,135 names`: a count of everybody on it."""
    p = desk.page.parsed[claim.sentence]
    rows = desk.page.parsed[max(0, claim.sentence - _TO_THE_LIST) : claim.sentence + 1]
    named = p.has("list_word") or "listed" in topics(low(str(claim.value.get("what", ""))), "groups")
    whole = not {"nationality", "parts", "part"} & set(claim.value) and claim.value.get("unit") not in _SEX
    return whole and named and any(row.has("political") for row in rows)


def _exactly_published(claim: Claim, desk: Desk, day: date) -> bool:
    """True where a large number is, to the last place, one that was published near that day: `on 1 January they were 969`."""
    n, told = claim.value.get("n"), any(row.has("political") for row in desk.page.parsed)
    if not isinstance(n, int) or n < _LARGE or n % 10 == 0 or not told:
        return False
    return any(record.n == n for _, record in _stock(desk, day, _AT_THE_TIME))


_LARGE = 100
_TO_THE_LIST = 3  # sentences from the words for a list to the number of those on it


_JUST_NOW = timedelta(days=3)


def _in_the_present(claim: Claim, desk: Desk) -> bool:
    """True where a count is one of the day of publication, or of the days just before it."""
    when = read_day(str(claim.value.get("as_of", "")))
    if desk.published is None or when is None or not when.is_day or when.earliest is None:
        return False
    return timedelta(0) <= desk.published - when.earliest <= _JUST_NOW


def _stock_verdict(
    claim: Claim,
    near: list[tuple[int, Count]],
    good: list[Count],
    steps: tuple[Step, ...],
    others: list[Phrase],
    *,
    at_home: bool,
) -> Finding:
    value = claim.value
    if good:
        context = say("other counts: {counts}", counts=together(others[:4], "; ")) if others else ""
        why = _of_day(good[0])
        return Finding(verdict=Verdict.SUPPORTED, why=why, steps=steps, rests_on=good[0].statements, context=context)
    counts = [r.n or 0 for _, r in near]
    near_by = together(others[:4], "; ")
    why = say("the text says {number}; published near that day: {counts}", number=worded(value), counts=near_by)
    rests = tuple(s for _, r in near[:4] for s in r.statements)
    low, high = value.get("min"), value.get("max")
    if low is not None and high is not None and (min(counts) > high * _VAGUE_OFF or max(counts) * _FAR_OFF < low):
        context = say("read literally; read as “at least” it would hold") if min(counts) > high else ""
        return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=steps, rests_on=rests, context=context)
    n = value.get("n")
    if n == 0 and at_home and len(counts) > 1 and min(counts) >= _SOME:  # one count alone is not sure
        return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=steps, rests_on=rests)
    told, missing = value.get("op", "eq"), say("the count that the text relies on")
    if not isinstance(n, int) or n < 20 or len(counts) < 2 or {"hedged", "vague"} & claim.flags:
        return cannot_say(why, missing, steps=steps)
    # Nobody has ever counted fewer than the lists; the true number may be several times theirs (families keep silent).
    too_few = min(counts) > n * _FAR_OFF and told in ("eq", "approx", "le", "lt")
    if too_few or (told == "eq" and max(counts) * _FAR_OFF < n):
        return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=steps, rests_on=rests)
    return cannot_say(why, missing, steps=steps)


def _today(claim: Claim, desk: Desk, bearing: Count) -> Verdict:
    """Whether a count in the present tense still holds, or has been overtaken by a later count of whoever published it.

    Where they have published none, by the others' count, if the two agreed before. A count that the latest one overtakes
    is outdated, however old the latest is. That it still holds needs recent news, and nobody freed since: after a release
    the stock lies anywhere between the latest count and what is left of it.
    """
    rows = _later(desk, bearing, claim.value)
    if not rows:
        return Verdict.NOT_ENOUGH
    recent = desk.today - timedelta(days=desk.casebook.book.horizon_days)
    still, open_ = False, False
    for last, since in rows:
        n = last.n or 0
        holds = fits(claim.value, n, last.op, rounded=True)
        still = still or (holds and not since.most and _dated(last)[1] >= recent)
        low_, high = n - since.most, math.ceil(n * (1 + _ARRESTS)) - since.least
        # What the count has come to since is not known; where its middle no longer bears the number out, it is overtaken.
        middle = high if last == bearing else (low_ + high) // 2
        open_ = open_ or (holds and _can_be(claim.value, low_, high) and _can_be(claim.value, low_, middle))
    if still:
        return Verdict.SUPPORTED
    return Verdict.NOT_ENOUGH if open_ else Verdict.CONTRADICTED


@dataclass(frozen=True, slots=True)
class _Freed:
    """People freed after a count who were on it: those said to be political prisoners, and everybody announced."""

    least: int
    most: int


def _later(desk: Desk, bearing: Count, value: Mapping[str, Any]) -> list[tuple[Count, _Freed]]:
    """The latest counts up to today that can overtake one, each with the people freed after it."""
    past = [r for _, r in _stock(desk, desk.today, _EVER) if _dated(r)[0] <= desk.today]
    later = [r for r in past if _dated(r)[0] > _dated(bearing)[1]]
    mine = [r for r in later if r.by == bearing.by]
    agreed = [r for r in later if _agreed(desk, bearing, r.by, value)]
    if not mine and not agreed and desk.today - _dated(bearing)[1] > _LONG:
        # Whoever counted has not counted for years: the others of late.
        agreed = [r for r in later if desk.today - _dated(r)[1] <= _LONG]
    found = mine or agreed or [r for r in past if r == bearing]
    latest: dict[str, Count] = {}
    for record in sorted(found, key=lambda r: (_dated(r)[1], r.id)):
        latest[record.by] = record
    return [(record, _freed(desk, _dated(record)[1], desk.today)) for record in latest.values()]


def _dated(record: Count) -> tuple[date, date]:
    """The first and last day a count can be of."""
    when = record.on
    assert when is not None  # _stock keeps no other
    assert when.middle is not None
    return when.earliest or when.middle, when.latest or when.middle


def _agreed(desk: Desk, bearing: Count, by: str, value: Mapping[str, Any]) -> bool:
    """True where somebody else's count of the same time was that of `bearing`, give or take a twelfth.

    It has to bear the claim out too, but where people were freed between the two.
    """
    n, day = bearing.n or 0, _dated(bearing)[1]
    others = [r for _, r in _stock(desk, day, _AT_THE_TIME) if r.by == by]
    if not others:
        return False
    other, between = others[0], _freed(desk, day, _dated(others[0])[0])
    near = abs((other.n or 0) - (n - between.most)) <= _SAME_COUNT * n
    return near if between.most else near and _fits_stock(value, other)


def _freed(desk: Desk, after: date, until: date) -> _Freed:
    found = [
        r
        for r in desk.events.releases
        if r.when.latest is not None
        and r.when.earliest is not None
        and after < r.when.latest
        and r.when.earliest <= until
    ]
    political = [n for r in found for n, _, figure in figures(r) if figure is FigureKind.POLITICAL]
    return _Freed(sum(political), sum(max(announced(r), default=0) for r in found))


def _can_be(value: Mapping[str, Any], least: int, most: int) -> bool:
    """True where a number as worded holds of some figure from `least` to `most`."""
    n = value.get("n")
    corners = [
        least,
        most,
        *(x for x in (n, value.get("min"), value.get("max")) if isinstance(x, int) and least <= x <= most),
    ]
    return any(fits(value, x, rounded=True) for x in corners)


def _women(claim: Claim, desk: Desk, day: date) -> Finding | None:
    if claim.value.get("unit") not in ("women", "men"):
        return None
    key = str(claim.value["unit"])
    good = [r for _, r in _stock(desk, day, _NEAR) if (n := _of_sex(r, key)) is not None and fits(claim.value, n)]
    if not good:
        return None
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=say(
            "{n} {whom}: {count}", n=_of_sex(good[0], key) or 0, whom=code("sex", _SEX[key]), count=_of_day(good[0])
        ),
        rests_on=good[0].statements,
    )


_BEFORE_A_COURT = frozenset({Flow.CONVICTED, Flow.VERDICTS, Flow.COLONY_TERMS, Flow.PROSECUTED})
_TAKEN = frozenset({Flow.DETAINED, Flow.RECOGNISED})


def _flow_held(claim: Claim, desk: Desk) -> Finding:
    wanted = _BEFORE_A_COURT if claim.value.get("flow") == "convicted" else _TAKEN
    flows = [r for r in desk.casebook.counts if r.flow in wanted]
    said_as = claim.value.get("op", "eq")
    good = [r for r in flows if r.n == claim.value.get("n") and (said_as == "approx" or r.op in (said_as, "approx"))]
    if good:
        return Finding(
            verdict=Verdict.SUPPORTED,
            why=published(good[0]),
            rests_on=good[0].statements,
            steps=steps_of(claim, good[0]),
        )
    if (seized := _seized_then(claim, desk)) is not None:
        return seized
    why = say("no published figure that fits: {number}", number=worded(claim.value))
    return cannot_say(why, say("a published number of people arrested, convicted or recognised by then"))


def _seized_then(claim: Claim, desk: Desk) -> Finding | None:
    """`All six were detained on 19 April`: those whom the text names, most of whom were detained on that day by the record."""
    n, when = claim.value.get("n"), read_day(str(claim.value.get("as_of", "")))
    if not isinstance(n, int) or not 1 < n <= _FEW or when is None or not when.is_day:
        return None
    names = dict.fromkeys(name for s in range(claim.sentence + 1) for name in _names(desk, s))
    rows = [
        (case.label, event)
        for name in names
        if (case := desk.case(name)) is not None
        for event in case.events
        if event.kind is EventKind.DETAINED and event.when.is_day and event.when.compatible(when)
    ]
    who = list(dict.fromkeys(label for label, _ in rows))
    if not _ENOUGH * n <= len(who) <= n:
        return None
    ids = tuple(i for _, event in rows for i in event.statements)
    step = Step(what=say("arrest"), result=", ".join(who), rests_on=ids)
    why = say("detained on {day} by the record: {names}", day=when, names=", ".join(who))
    return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=ids)
