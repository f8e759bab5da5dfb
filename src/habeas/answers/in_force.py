"""Whether measures and reliefs are in force on a day, in words; what they say is made in one place (`habeas.cases`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from habeas.answers.shapes.trade import Allowed, InForceText
from habeas.answers.words import word
from habeas.cases import relief_of_acts, state_of
from habeas.dates import PartialDate
from habeas.nouns import (
    Act,
    Casebook,
    Cause,
    Effect,
    Holding,
    InForce,
    Leg,
    Measure,
    Party,
    Phrase,
    Why,
    coded,
    say,
    together,
)

WORDS: Mapping[InForce, InForceText] = {
    InForce.YES: coded("yes"),
    InForce.PARTLY: coded("partly"),
    InForce.NO: coded("no"),
    InForce.CANNOT_SAY: coded("cannot say"),
}


def holds_in_words(holds: str, because: str) -> Phrase:
    """Whether a relief holds, by its word of `WORDS`, and why."""
    match holds:
        case "yes":
            return say("in force: {why}", why=because)
        case "partly":
            return say("in force in part: {why}", why=because)
        case "no":
            return say("not in force: {why}", why=because)
        case _:
            return say("whether it is in force cannot be said: {why}", why=because)


def how_it_stands(casebook: Casebook[Any], measure: Measure, day: date, items: frozenset[str] = frozenset()) -> Holding:
    """The state of a measure of this casebook on a day, for all or for some of those it is on."""
    return state_of(_by_id(casebook), measure, day, items)


def in_force(casebook: Casebook[Any], leg: Leg, day: date) -> tuple[InForce, Phrase]:
    """Whether what a relief gave still holds on a day, by the acts on record that carry it out; and why."""
    if leg.effect is Effect.NONE:
        return InForce.NO, say("no legal act")
    if not {act.id for act in casebook.acts}.intersection(leg.measure):
        named = bool(leg.act or leg.act_on is not None or leg.measure)
        elsewhere = say("its act is not among the measures of this book")
        return InForce.CANNOT_SAY, elsewhere if named else say("no legal act on record")
    state = relief_of_acts(_by_id(casebook), leg.measure, day)
    return state.in_force, why(casebook, state) or say("no legal act on record")


def why(casebook: Casebook[Any], state: Holding) -> Phrase:
    """Why a measure, or a relief, stands as it does."""
    said = dict.fromkeys(_because(casebook, cause) for cause in state.causes)
    return together(said, "; ")


def names_of_items(casebook: Casebook[Any], items: tuple[str, ...]) -> Phrase:
    """Those whom an act names, as the book calls them."""
    return together([_name(casebook, item) for item in items], ", ")


def act_of(act: Act | None) -> Phrase:
    """An act by what it does, its number and its day: `licensed 2025-12-15 (Belarus General License 13)`."""
    if act is None:
        return say("an act")
    when = act.holds_from or say("on a day not on record")
    done = together([word(a) for a in act.action], ", ") or say("an act")
    if act.identifier:
        return say("{done} {on} ({number})", done=done, on=when, number=act.identifier)
    return say("{done} {on}", done=done, on=when)


def allowed(casebook: Casebook[Any], state: Holding) -> list[Allowed]:
    """What is allowed, ready for JSON."""
    return [
        {
            "act": c.act.id if c.act is not None else "",
            "whom": [_name(casebook, item) for item in c.on],
            "until": None if c.until is None else c.until.text,
        }
        for c in state.allowed
    ]


def _by_id(casebook: Casebook[Any]) -> Mapping[str, Measure]:
    return casebook.once(_measures_by_id)


def _measures_by_id(casebook: Casebook[Any]) -> Mapping[str, Measure]:
    return {m.id: m for m in casebook.measures}


def name_of_body(casebook: Casebook[Any], identifier: str) -> str:
    """A body as the book calls it first, or its id."""
    body = casebook.bodies.get(identifier)
    return body.name[0] if body is not None and body.name else identifier


def _name(casebook: Casebook[Any], item: str) -> str:
    sort, _, key = item.partition(":")
    if sort == "body":
        return name_of_body(casebook, key)
    told = {n.casefold(): n for m in casebook.measures for a in m.acts for n in (*a.name, *a.official_id)}
    return told.get(key, key)


def _because(casebook: Casebook[Any], cause: Cause) -> Phrase:
    act, until = act_of(cause.act), cause.until
    match cause.why:
        case Why.NOT_YET:
            return say("the act is of {when}", when=_when(cause.act))
        case Why.NO_END:
            return say("no end on record")
        case Why.UNTIL | Why.RAN_OUT:
            return _until(cause, until)
        case Why.KEPT:
            return say("its end had been moved, as is seen from what came later: {act}", act=act)
        case Why.EASED:
            return _eased(casebook, cause)
        case Why.ENDED:
            return _for_whom(casebook, cause)
        case Why.LESS:
            return say("{act}, for some who are not named", act=act)
        case Why.RESTS_ON:
            rests = say("it rests on {what}", what=_called(cause.act))
            return rests if until is None else say("{rests}, until {when}", rests=rests, when=until)
        case Why.UNHEARD if until is not None:
            return say("nothing heard since {when}", when=until)
        case Why.SUSPENSION_OVER:
            return say("its suspension ended {when}, and nothing was heard since", when=until or "")
        case Why.DATE_OPEN:
            return say("the date leaves it open: {act}", act=act)
        case Why.DISAGREE:
            return say("what is on record cannot be so: {act}", act=act)
        case _:
            return say("no legal act on record")


def _until(cause: Cause, until: PartialDate | None) -> Phrase:
    when = until if until is not None else say("a day not on record")
    return say("ran out {when}", when=when) if cause.why is Why.RAN_OUT else say("until {when}", when=when)


def _for_whom(casebook: Casebook[Any], cause: Cause) -> Phrase:
    told = act_of(cause.act)
    if cause.on:
        told = say("{act}, for {whom}", act=told, whom=names_of_items(casebook, cause.on))
    return told


def _called(act: Act | None) -> Phrase | str:
    """A measure that another rests on: its number, or its id."""
    return "" if act is None else act.identifier or act.id


def _eased(casebook: Casebook[Any], cause: Cause) -> Phrase:
    told = _for_whom(casebook, cause)
    return say("{act}, until {when}", act=told, when=cause.until) if cause.until is not None else told


def _when(act: Act | None) -> PartialDate | str:
    return "" if act is None else act.holds_from or ""


def party(found: Party) -> str:
    """A party by its name, or its code."""
    return found.name or found.code
