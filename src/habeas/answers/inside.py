"""Who is inside on a day: the people documented by name, with bounds, and beside them what others published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Any

from habeas.answers.arguments import one_of
from habeas.answers.coverage import covering, dated, hedged, is_whole, published
from habeas.answers.facets import FACETS, facet
from habeas.answers.shapes.common import Count
from habeas.answers.shapes.people import Held, Inside, StateRow
from habeas.answers.standing import Standing, doubt_in, told
from habeas.answers.standings import everybody_on, standings
from habeas.answers.states import LEVEL, LEVELS, WORDS, Level, State
from habeas.answers.stock import Refused, Stock, stock, unsure_cases
from habeas.answers.tiers import tier_steps
from habeas.nouns import Answer, Case, Casebook, Phrase, Question, Step, only, say, say_count, together

UNIT = say("people documented by name here as in custody")


def inside(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `inside`: value is the best reading of the people documented by name, None outside every list's window."""
    day = question.as_of.on
    lists = covering(casebook, day)
    found = stock(casebook, day)
    beside = published(casebook, day)
    if isinstance(found, Refused):
        return _cannot_say(casebook, question, found, beside)
    rests_on = _rests(found)
    whole = is_whole(lists, day)
    rows = states_on(casebook, day)
    limited = next((len(r["cases"]) for r in rows if r["state"] == State.LIMITED.value), 0)
    steps = (
        *_looked_at(casebook, day),
        Step(
            what=say("certainly in custody that day (low)"),
            result=only(found.low),
            rests_on=rests_on[Level.CERTAIN],
        ),
        Step(what=say("in custody by the best reading"), result=only(found.best), rests_on=rests_on[Level.LIKELY]),
        Step(what=say("possibly in custody (high)"), result=only(found.high), rests_on=rests_on[Level.POSSIBLE]),
        Step(what=say("under another limit, in none of the three"), result=only(limited)),
        *tier_steps(casebook, found),
        *_as_published(beside),
    )
    twins = _twins(casebook, found)
    short = say_count(
        "On {day}, {n} person is documented by name here as in custody (certainly {low}, possibly {high}).",
        "On {day}, {n} people are documented by name here as in custody (certainly {low}, possibly {high}).",
        found.best,
        day=day,
        low=found.low,
        high=found.high,
    )
    sample = say("The lists are samples: how many were inside in all cannot be said from them.")
    more: Inside = {
        "unit": UNIT,
        "inside": found.best if whole else say("cannot say"),
        "coverage": _coverage(len(lists), whole),
        "published": beside,
        "people": [_person(case, where, twins) for case, where in found.people],
        "doubts": _doubts(found),
        "states": rows,
        "under_another_limit": limited,
        "regimes": facet(casebook, found, "regime"),
    }
    by = question.args.get("by")
    if by is not None:
        more["by"], more["facet"] = by, facet(casebook, found, by)
    return Answer(
        question=question,
        value=found.best,
        low=found.low,
        high=found.high,
        sentence=short if whole else together([short, sample]),
        said=short,
        steps=steps,
        rests_on=tuple(chain.from_iterable(s.rests_on for s in steps)),  # nobody stands at two levels
        more=more,
    )


def _cannot_say(casebook: Casebook[Any], question: Question, found: Refused, beside: list[Count]) -> Answer:
    """The answer of a day of which nobody can be counted: why, and what others published."""
    more: Inside = {
        "unit": UNIT,
        "inside": say("cannot say"),
        "coverage": _coverage(0, whole=False),
        "published": beside,
        "people": [],
        "doubts": {},
        "states": [],
        "under_another_limit": None,
        "regimes": [],
    }
    by = question.args.get("by")
    if by is not None:
        more["by"], more["facet"] = one_of(FACETS, by, "by"), []
    steps = (*_looked_at(casebook, found.day), *_as_published(beside))
    return Answer(
        question=question,
        value=None,
        low=None,
        high=None,
        sentence=say("Cannot say who was inside on {day}: {why}.", day=found.day, why=found.why),
        steps=steps,
        rests_on=tuple(chain.from_iterable(s.rests_on for s in steps)),
        more=more,
    )


def _looked_at(casebook: Casebook[Any], day: date) -> tuple[Step, ...]:
    lists = len(covering(casebook, day))
    return (
        Step(what=say("cases documented by name in this book"), result=only(len(casebook.cases))),
        Step(
            what=say("lists whose window holds {day}", day=day),
            result=say("{n:d} of {all:d}", n=lists, all=len(casebook.lists)),
        ),
    )


def _as_published(beside: Iterable[Count]) -> tuple[Step, ...]:
    return tuple(
        Step(
            what=say("published by {who}, {on}", who=c["by"], on=dated(c["on"])),
            result=hedged(c["n"], c["op"]),
            rests_on=tuple(c["rests_on"]),
        )
        for c in beside
    )


def states_on(casebook: Casebook[Any], day: date) -> list[StateRow]:
    """Every person of the casebook in one row, that of the state on a day; the figures of `inside` are sums of these rows."""
    people: dict[State, list[Case]] = {state: [] for state in State}
    for case, where in everybody_on(casebook, day):
        people[where.state].append(case)
    return [
        {
            "state": state,
            "words": WORDS[state],
            "level": LEVELS[LEVEL[state]],
            "people": len(cases),
            "cases": [{"case": c.id, "name": c.label} for c in cases],
        }
        for state, cases in people.items()
        if cases
    ]


def _coverage(lists: int, whole: bool) -> str:  # noqa: FBT001 -- private
    if lists == 0:
        return say("outside: no list covers this day")
    return (
        say("whole: a list claims to hold everybody")
        if whole
        else say_count(
            "sample: {n:d} list covers this day, and does not claim to hold everybody",
            "sample: {n:d} lists cover this day, none claims to hold everybody",
            lists,
        )
    )


def _rests(found: Stock) -> list[tuple[str, ...]]:
    """The statements that each level rests on; each person stands at one, by one spell, and shares no statement."""
    told: list[list[tuple[str, ...]]] = [[] for _ in Level]
    for _, where in found.people:
        if where.spell is not None:
            told[where.level].append(where.spell.statements)
    return [tuple(chain.from_iterable(some)) for some in told]


def _twins(casebook: Casebook[Any], found: Stock) -> dict[str, Phrase]:
    """Of the people certainly inside, those who may be one person with another of them, and with whom."""
    daily, day = standings(casebook), found.day.toordinal()
    twins: dict[str, Phrase] = {}
    for pair in unsure_cases(casebook):
        one, other = (daily[identifier] for identifier in pair)
        if one.level(day) is Level.CERTAIN and other.level(day) is Level.CERTAIN:
            twins.setdefault(one.case.id, say("may be one person with {name}", name=other.case.label))
            twins.setdefault(other.case.id, say("may be one person with {name}", name=one.case.label))
    return twins


def _person(case: Case, where: Standing, twins: Mapping[str, Phrase]) -> Held:
    spell = where.spell
    return {
        "case": case.id,
        "name": case.label,
        "level": LEVELS[where.level],
        "state": told(where),
        "reason": where.reason or twins.get(case.id, ""),
        "since": spell.start.value if spell is not None and spell.start is not None else None,
        "rests_on": spell.statements if spell is not None else (),
    }


def _doubts(found: Stock) -> dict[str, int]:
    """How many of the people who are not certain stand so for which reason, the most common first.

    Of people who are certain but may be one and the same, as many as the lower bound leaves out.
    """
    counted: dict[str, int] = {}
    merged = sum(where.level is Level.CERTAIN for _, where in found.people) - found.low
    if merged:
        counted[say("may be one person with another")] = merged
    reasons = Counter(where.reason for _, where in found.people if where.level is not Level.CERTAIN)
    for reason, people in reasons.items():
        doubt = doubt_in(reason)
        counted[doubt] = counted.get(doubt, 0) + people
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
