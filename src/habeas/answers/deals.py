"""Deals: legs by word and by legal act, conditions as stated, and who says it was, or was not, an exchange."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from habeas.answers.announced import announced_in
from habeas.answers.case import in_days
from habeas.answers.coverage import dated
from habeas.answers.in_force import WORDS, in_force
from habeas.answers.shapes.trade import DealAnswer, DealInShort, Deals, DealSummary, Does, Given
from habeas.answers.shapes.trade import Leg as LegShape
from habeas.answers.words import word
from habeas.dates import Days, PartialDate, days_held, edtf
from habeas.errors import UsageError
from habeas.nouns import (
    Answer,
    Casebook,
    Deal,
    Effect,
    Leg,
    Phrase,
    Question,
    Said,
    Side,
    Step,
    coded,
    names_of,
    say,
    say_count,
    together,
)

# What an act must do to keep a word; a licence lets dealings go on and unblocks nothing.
_KEEPS: Mapping[Said, frozenset[Effect]] = {
    Said.LICENSED: frozenset({Effect.LICENSED, Effect.EASED, Effect.SUSPENDED, Effect.LIFTED, Effect.DELISTED}),
    Said.EASED: frozenset({Effect.LICENSED, Effect.EASED, Effect.SUSPENDED, Effect.LIFTED, Effect.DELISTED}),
    Said.SUSPENDED: frozenset({Effect.SUSPENDED, Effect.LIFTED, Effect.DELISTED}),
    Said.LIFTED: frozenset({Effect.LIFTED, Effect.DELISTED}),
    Said.DELISTED: frozenset({Effect.DELISTED}),
}


def the_deal(casebook: Casebook[Any], identifier: str) -> Deal:
    """The deal of an id.

    Raises:
        UsageError: there is none; the message names some that there are.
    """
    identifier = identifier if identifier in casebook.deals else identifier.strip().upper()
    if identifier in casebook.deals:
        return casebook.deals[identifier]
    raise UsageError(
        f"there is no deal {identifier!r} in this book; there are {', '.join(list(casebook.deals)[-6:]) or 'none'}"
    )


def word_and_act(leg: Leg) -> tuple[Days | None, Does]:
    """Days between word and legal act, below zero where the act came first, and whether it does what was said."""
    return _between(leg.said_on, leg.act_on), _does_what_was_said(leg)


def _does_what_was_said(leg: Leg) -> Does:
    if leg.effect is Effect.UNKNOWN or leg.said not in _KEEPS:
        return coded("cannot say")
    return coded("yes") if leg.effect in _KEEPS[leg.said] else coded("no")


def by_act(leg: Leg) -> bool:
    """True where a legal act is on record that did something."""
    return leg.effect not in (Effect.NONE, Effect.UNKNOWN)


def relief_of(deal: Deal) -> list[Leg]:
    """The legs that ease a measure, in word or in law; a leg that says "none" is a statement that there was no relief."""
    silent = (Said.NONE, Said.MAINTAINED)
    return [leg for leg in deal.legs if leg.side is Side.RELIEF and (by_act(leg) or leg.said not in silent)]


def _between(said_on: PartialDate | None, act_on: PartialDate | None) -> Days | None:
    if said_on is None or act_on is None:
        return None
    if said_on.earliest is None or act_on.latest is None or said_on.earliest <= act_on.latest:
        return days_held(said_on, act_on)
    before = days_held(act_on, said_on)
    return (
        None if before.high is None else Days(-before.high, None if before.best is None else -before.best, -before.low)
    )


def leg_json(leg: Leg) -> LegShape:
    """One leg of a deal, ready for JSON."""
    between, keeps = word_and_act(leg)
    return {
        "giver": names_of(leg.giver),
        "side": leg.side,
        "what": leg.what,
        "said": leg.said,
        "said_on": edtf(leg.said_on),
        "act": leg.act,
        "act_on": edtf(leg.act_on),
        "effect": leg.effect,
        "until": edtf(leg.until),
        "ended_on": edtf(leg.ended_on),
        "measures": list(leg.measure),
        "days_between": "" if between is None else str(between),
        "act_does_what_was_said": keeps,
        "note": leg.note,
        "rests_on": list(leg.statements),
    }


def brought_relief(deal: Deal) -> bool:
    """True where a legal act eased something in a deal, whether it still does or not."""
    return any(map(by_act, relief_of(deal)))


def given(casebook: Casebook[Any], leg: Leg, day: date) -> Given:
    """A relief, and whether it is in force on a day, ready for JSON."""
    holds, why = in_force(casebook, leg, day)
    return {**leg_json(leg), "in_force": WORDS[holds], "why": why}


def _in_short(casebook: Casebook[Any], deal: Deal, day: date) -> DealInShort:
    people = announced_in(casebook, deal)
    return {
        "deal": deal.id,
        "title": deal.title,
        "date": deal.when.text,
        "status": deal.status,
        "brokers": list(deal.brokers),
        "releases": list(deal.releases),
        "announced": people.n,
        "named": len(people.named),
        "relief": [given(casebook, leg, day) for leg in relief_of(deal)],
        "said_for": sum(1 for s in deal.stances if s.stance == "for"),
        "said_against": sum(1 for s in deal.stances if s.stance == "against"),
    }


def deals(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `deals`: every deal up to the day asked; value is how many were carried out."""
    day = question.as_of.on
    found = [d for d in casebook.deals.values() if d.when.possibly_by(day)]
    rows: list[DealSummary] = [{**_in_short(casebook, d, day), "rests_on": list(d.statements)} for d in found]
    done = [r for r in rows if r["status"] == "executed"]
    steps = tuple(
        Step(
            what=say("{deal}: {title}", deal=r["deal"], title=r["title"]),
            result=word(r["status"]),
            rests_on=tuple(r["rests_on"]),
        )
        for r in rows
    )
    more: Deals = {"deals": rows}
    return Answer(
        question=question,
        value=len(done),
        low=None,
        high=None,
        sentence=say_count(
            "{n:d} deal on record as carried out by {day}, {others:d} promised or not carried out.",
            "{n:d} deals on record as carried out by {day}, {others:d} promised or not carried out.",
            len(done),
            day=day,
            others=len(rows) - len(done),
        ),
        steps=steps,
        rests_on=tuple(dict.fromkeys(i for s in steps for i in s.rests_on)),
        more=more,
    )


def deal(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `deal`: value is the number of people announced in its releases; legs, conditions and stances in `more`."""
    found = the_deal(casebook, question.args.get("id", ""))
    short = _in_short(casebook, found, question.as_of.on)
    steps = [
        *(
            Step(
                what=say("{who} gave: {what}", who=names_of(leg.giver) or say("a party"), what=leg.what),
                result=_leg_result(leg),
                rests_on=leg.statements,
            )
            for leg in found.legs
        ),
        *(Step(what=say("condition stated"), result=c.what, rests_on=c.statements) for c in found.conditions),
        *(
            Step(
                what=say("{who} says it was an exchange", who=s.by)
                if s.stance == "for"
                else say("{who} says it was not an exchange", who=s.by),
                result=s.what,
                rests_on=s.statements,
            )
            for s in found.stances
        ),
    ]
    people = sorted(announced_in(casebook, found).named)
    more: DealAnswer = {
        **short,
        "note": found.note,
        "legs": [leg_json(leg) for leg in found.legs],
        "conditions": [
            {"what": c.what, "by": c.by, "note": c.note, "rests_on": list(c.statements)} for c in found.conditions
        ],
        "stances": [
            {"stance": s.stance, "by": s.by, "what": s.what, "rests_on": list(s.statements)} for s in found.stances
        ],
        "people": [{"case": c, "name": casebook.cases[c].label} for c in people],
    }
    sentence = _sentence(found, short["announced"])
    return Answer(
        question=question,
        value=short["announced"],
        low=None,
        high=None,
        sentence=sentence,
        said=_short(found, short["announced"]),
        steps=tuple(steps),
        rests_on=tuple(dict.fromkeys((*found.statements, *(i for s in steps for i in s.rests_on)))),
        more=more,
    )


def _sentence(found: Deal, announced: int | None) -> Phrase:
    said = [_announced(found, announced), *(_relief(leg) for leg in relief_of(found))]
    if len(said) == 1:
        said.append(say("no relief on record"))
    return together(said, "; ", ".")


def _short(found: Deal, announced: int | None) -> Phrase:
    """What to quote of a deal: the people, and how much relief is on record by which means."""
    relief = relief_of(found)
    if not relief:
        return together([_announced(found, announced), say("no relief on record")], "; ", ".")
    acts = sum(map(by_act, relief))
    less = sum(1 for leg in relief if word_and_act(leg)[1] == "no")
    given = say_count(
        "{n} relief on record, {acts} of it by legal act, {less} of it doing less than was said",
        "{n} reliefs on record, {acts} of them by legal act, {less} of them doing less than was said",
        len(relief),
        acts=acts,
        less=less,
    )
    return together([_announced(found, announced), given], "; ", ".")


def _announced(found: Deal, announced: int | None) -> Phrase:
    if announced is None:
        return say("{deal}: nobody announced as released", deal=found.id)
    return say_count(
        "{deal}: {n} person announced as released",
        "{deal}: {n} people announced as released",
        announced,
        deal=found.id,
    )


def _relief(leg: Leg) -> Phrase:
    """What was given, by word and by law, in a part of a sentence."""
    between, keeps = word_and_act(leg)
    what: str = leg.what
    if leg.said not in ("", "none"):
        what = say("{what}: said {word}", what=what, word=word(leg.said))
    if by_act(leg):
        same_day = between is None or (between.exact and not between.low)
        what = (
            say("{what}, {effect} by law", what=what, effect=word(leg.effect))
            if between is None or same_day
            else say("{what}, {effect} by law {days} later", what=what, effect=word(leg.effect), days=in_days(between))
        )
    return say("{what} (less than was said)", what=what) if keeps == "no" else together([what])


def _leg_result(leg: Leg) -> Phrase:
    between, keeps = word_and_act(leg)
    parts = []
    if leg.said and leg.said != "none":
        parts.append(
            say("said {word} {on}", word=word(leg.said), on=dated(edtf(leg.said_on)))
            if edtf(leg.said_on)
            else say("said {word}", word=word(leg.said))
        )
    if leg.act:
        effect = word(leg.effect) if leg.effect else say("effect not on record")
        parts.append(say("act {on}: {act} ({effect})", on=dated(edtf(leg.act_on)), act=leg.act, effect=effect))
    if between is not None:
        parts.append(say("{days} between", days=in_days(between)))
    if keeps == "no":
        parts.append(say("the act does less than the word"))
    return together(parts, "; ") if parts else say("no word or act on record")
