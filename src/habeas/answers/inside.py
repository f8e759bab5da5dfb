"""Who is inside on a day: the people documented by name, with bounds, and beside them what others published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.answers.coverage import covering, hedged, is_whole, published
from habeas.answers.standing import Level, Standing, standing
from habeas.nouns import Answer, Case, Casebook, Question, Step

UNIT = "people documented by name here as in custody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """People documented by name on a day: certainly, by the best reading, and possibly in custody."""

    day: date
    low: int
    best: int
    high: int
    people: tuple[tuple[Case, Standing], ...]


def merged(cases: Sequence[str], pairs: Sequence[tuple[str, str]]) -> int:
    """How many people `cases` are at least, where any unsure pair may be one person."""
    head = {c: c for c in cases}

    def find(c: str) -> str:
        while head[c] != c:
            head[c] = head[head[c]]
            c = head[c]
        return c

    for a, b in pairs:
        if a in head and b in head:
            head[find(a)] = find(b)
    return len({find(c) for c in cases})


def unsure_cases(casebook: Casebook[Any]) -> tuple[tuple[str, str], ...]:
    """Pairs of case ids that may be one person."""
    home = {m: c.id for c in casebook.cases.values() for m in c.mentions}
    return tuple(
        (home[p.a], home[p.b]) for p in casebook.unsure if p.a in home and p.b in home and home[p.a] != home[p.b]
    )


def stock(casebook: Casebook[Any], day: date, unsure: Sequence[tuple[str, str]] | None = None) -> Stock:
    """The people documented by name on one day.

    Args:
        unsure: pairs of cases that may be one person (`unsure_cases`), where the caller counts many days.
    """
    pairs = unsure_cases(casebook) if unsure is None else unsure
    people = []
    for case in casebook.cases.values():
        found = standing(case, day, casebook.book.horizon_days)
        if found.level is not Level.OUT:
            people.append((case, found))
    certain = [c.id for c, s in people if s.level is Level.CERTAIN]
    return Stock(
        day=day,
        low=merged(certain, pairs),
        best=sum(1 for _, s in people if s.level >= Level.LIKELY),
        high=len(people),
        people=tuple(people),
    )


def inside(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `inside`: value is the best reading of the people documented by name, None outside every list's window."""
    day = question.as_of.on
    lists = covering(casebook, day)
    found = stock(casebook, day)
    beside = published(casebook, day)
    whole = is_whole(lists, day)
    steps = (
        Step(what="cases documented by name in this book", result=f"{len(casebook.cases):,}"),
        Step(what=f"lists whose window holds {day}", result=f"{len(lists)} of {len(casebook.lists)}"),
        Step(
            what="certainly in custody that day (low)", result=f"{found.low:,}", rests_on=_rests(found, Level.CERTAIN)
        ),
        Step(what="in custody by the best reading", result=f"{found.best:,}", rests_on=_rests(found, Level.LIKELY)),
        Step(what="possibly in custody (high)", result=f"{found.high:,}", rests_on=_rests(found, Level.POSSIBLE)),
        *(
            Step(
                what=f"published by {c['by']}, {c['on']}",
                result=hedged(c),
                rests_on=tuple(c["rests_on"]),
            )
            for c in beside
        ),
    )
    rests = tuple(dict.fromkeys(i for s in steps for i in s.rests_on))
    more = {
        "unit": UNIT,
        "inside": found.best if whole and lists else "cannot say",
        "coverage": _coverage(len(lists), whole),
        "published": beside,
        "people": [_person(case, where) for case, where in found.people],
        "doubts": _doubts(found),
    }
    if not lists:
        sentence = f"Cannot say who was inside on {day}: no list of this book covers that day."
        return Answer(
            question=question,
            value=None,
            low=None,
            high=None,
            sentence=sentence,
            steps=steps,
            rests_on=rests,
            more=more,
        )
    sentence = (
        f"On {day}, {found.best:,} people are documented by name here as in custody "
        f"(certainly {found.low:,}, possibly {found.high:,})."
    )
    if not whole:
        sentence += " The lists are samples: how many were inside in all cannot be said from them."
    return Answer(
        question=question,
        value=found.best,
        low=found.low,
        high=found.high,
        sentence=sentence,
        steps=steps,
        rests_on=rests,
        more=more,
    )


def _coverage(lists: int, whole: bool) -> str:  # noqa: FBT001 -- private
    if lists == 0:
        return "outside: no list covers this day"
    return (
        "whole: a list claims to hold everybody"
        if whole
        else f"sample: {lists} lists cover this day, none claims to hold everybody"
    )


def _rests(found: Stock, level: Level) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            i for _, s in found.people if s.level is level and s.spell is not None for i in s.spell.statements
        )
    )


def _person(case: Case, where: Standing) -> dict[str, Any]:
    spell = where.spell
    return {
        "case": case.id,
        "name": case.label,
        "level": where.level.name.lower(),
        "reason": where.reason,
        "since": spell.start.value if spell is not None and spell.start is not None else None,
        "rests_on": list(spell.statements) if spell is not None else [],
    }


def _doubts(found: Stock) -> Mapping[str, int]:
    """How many of the people who are not certain stand so for which reason, the most common first."""
    counted: dict[str, int] = {}
    for _, where in found.people:
        if where.level is not Level.CERTAIN:
            kind = where.reason.partition(";")[0].partition(" (")[0]
            counted[kind] = counted.get(kind, 0) + 1
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
