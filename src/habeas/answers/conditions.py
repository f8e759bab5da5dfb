"""Conditions of a deal as questions on the ledger: met, not met, or cannot say and what is missing, on any day.

A condition is text as stated; where the book gives it a `test`, the record can be asked. Each test has its rule in
docs/figures.md. A condition without one (papers to be filed, who asked for a pardon) is shown and not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from habeas.answers.announced import carried_out
from habeas.answers.coverage import NEAR_DAYS, covering, hedged, is_whole, stocks
from habeas.answers.dated import arrests
from habeas.answers.deals import by_act, relief_of
from habeas.answers.destinations import Went, is_at, went
from habeas.answers.in_force import in_force
from habeas.answers.lag import maturity
from habeas.answers.shapes.trade import Judged, Kept
from habeas.answers.states import Level
from habeas.answers.stock import Refused, stock
from habeas.dates import ONE_DAY, Span
from habeas.languages import state
from habeas.nouns import (
    Casebook,
    Condition,
    ConditionTest,
    Count,
    Deal,
    InForce,
    Op,
    Phrase,
    Population,
    Value,
    coded,
    say,
    say_count,
    together,
)

MET: Judged = coded("met")
NOT_MET: Judged = coded("not met")
CANNOT_SAY: Judged = coded("cannot say")

_NO_DAY = say("the day of the deal is not on record, or has not come")


class Finding(NamedTuple):
    """Whether a condition is kept, why or what is missing, and what that rests on."""

    kept: Judged
    why: Phrase
    rests_on: Sequence[str] = ()


def kept(casebook: Casebook[Any], deal: Deal, condition: Condition, day: date) -> Kept:
    """One condition on one day, ready for JSON."""
    found = _asked(casebook, deal, condition, day)
    return {
        "what": condition.what,
        "by": condition.by,
        "test": condition.test or "",
        "kept": found.kept,
        "why": found.why,
        "rests_on": list(dict.fromkeys((*condition.statements, *found.rests_on))),
    }


def _asked(casebook: Casebook[Any], deal: Deal, condition: Condition, day: date) -> Finding:
    if condition.test is None:
        return Finding(CANNOT_SAY, say("the record cannot be asked about it: this book gives it no test"))
    begun = deal.when.latest
    if begun is None or day < begun:
        return Finding(CANNOT_SAY, _NO_DAY)
    match condition.test:
        case ConditionTest.ALL_RELEASED:
            return _all_released(casebook, deal, day)
        case ConditionTest.NO_NEW_ARRESTS:
            return _no_new_arrests(casebook, begun, day)
        case ConditionTest.RELIEF_STANDS:
            return _relief_stands(casebook, deal, day)
        case _:
            return _of_those_freed(casebook, deal, condition)


def _behind(values: Iterable[Value]) -> list[str]:
    """The statements that some values rest on."""
    return [i for v in values for i in v.statements]


def _of_those_freed(casebook: Casebook[Any], deal: Deal, condition: Condition) -> Finding:
    """A condition on where the people of the deal's releases went, and how."""
    found = [went(casebook, r) for r in carried_out(casebook, deal)]
    if not found:
        return Finding(CANNOT_SAY, say("no release of this deal is on record as carried out"))
    rests = [i for one in found for i in one.rests_on]
    match condition.test:
        case ConditionTest.ALL_EXPELLED:
            return Finding(*_all_expelled(found, condition.place), rests)
        case ConditionTest.TAKEN_TO:
            return Finding(*_taken_to(found, condition.place), rests)
        case ConditionTest.PAPERS_WITHHELD:
            return Finding(*_papers_withheld(found), _behind(v for one in found for v in one.papers))
        case _:
            expelled = _behind(v for one in found for v in one.expelled)
            return Finding(*_no_expulsion(found), expelled or rests)


def _all_released(casebook: Casebook[Any], deal: Deal, day: date) -> Finding:
    """By people certainly in custody that day, or by those whom others counted near it."""
    found = stock(casebook, day)
    counted = _still_counted(casebook, deal, day)
    if not isinstance(found, Refused) and found.low:
        certain = [s.spell for _, s in found.people if s.level is Level.CERTAIN and s.spell is not None]
        why = say_count(
            "{n} person is certainly in custody that day", "{n} people are certainly in custody that day", found.low
        )
        return Finding(NOT_MET, why, [i for s in certain for i in s.statements])
    if counted is not None:
        when, record = counted
        why = say(
            "{who} counted {number} on {on}",
            who=record.by or say("a source"),
            number=hedged(record.n, record.op),
            on=record.on or when,
        )
        return Finding(NOT_MET, why, record.statements)
    if isinstance(found, Refused):
        return Finding(CANNOT_SAY, say("{why}, and nobody published a count near it", why=found.why))
    if found.high == 0 and is_whole(covering(casebook, day), day):
        return Finding(MET, say("a list that claims to hold everybody leaves nobody"))
    return Finding(CANNOT_SAY, say("nobody is certainly in custody that day, and no list claims to hold everybody"))


def _still_counted(casebook: Casebook[Any], deal: Deal, day: date) -> tuple[date, Count] | None:
    """The last published count of political prisoners between a deal and a day that leaves no doubt that there were some.

    None where there is none of the weeks before the day, or where one of them leaves it open that there were none.
    """
    begun = deal.when.earliest
    near = [
        (when, record)
        for when, record in stocks(casebook)
        if record.population is Population.POLITICAL_PRISONERS
        and record.on is not None
        and record.on.possibly_by(day)
        and (begun is None or not record.on.certainly_before(begun))
        and (day - when).days <= NEAR_DAYS
    ]
    if not near or any(not record.n or record.op in (Op.LE, Op.LT) for _, record in near):
        return None
    return max(near, key=lambda item: (item[0], item[1].id))


def _no_new_arrests(casebook: Casebook[Any], begun: date, day: date) -> Finding:
    if day <= begun:
        return Finding(CANNOT_SAY, _NO_DAY)
    taken = arrests(casebook, Span(begun, day + ONE_DAY))
    if taken:
        rests = [i for spell in taken if spell.start is not None for i in spell.start.statements]
        why = say_count(
            "{n} arrest since {day} is documented", "{n} arrests since {day} are documented", len(taken), day=begun
        )
        return Finding(NOT_MET, why, rests)
    lists = covering(casebook, day)
    if is_whole(lists, day) and covering(casebook, begun) and maturity(casebook).covers(day):
        return Finding(MET, say("no arrest since is documented, and lists have had their time to name them"))
    return Finding(CANNOT_SAY, say("no arrest since is documented, but lists name people later, or hold only some"))


def _relief_stands(casebook: Casebook[Any], deal: Deal, day: date) -> Finding:
    """Met while every relief that a legal act gave is in force, not met once one of them ended."""
    legs = list(filter(by_act, relief_of(deal)))
    if not legs:
        return Finding(CANNOT_SAY, say("no legal act of relief is on record"))
    rests = tuple(i for leg in legs for i in leg.statements)
    holds = [in_force(casebook, leg, day) for leg in legs]
    ended = [why for held, why in holds if held is InForce.NO]
    unsure = [why for held, why in holds if held is InForce.CANNOT_SAY]
    if ended:
        return Finding(NOT_MET, say("the relief did not stand: {why}", why=together(ended, "; ")), rests)
    if unsure:
        why = say("whether the relief stands is open: {why}", why=together(unsure, "; "))
        return Finding(CANNOT_SAY, why, rests)
    return Finding(MET, say("the relief is in force: {why}", why=together((w for _, w in holds), "; ")), rests)


def _all_expelled(found: Sequence[Went], places: Sequence[str]) -> tuple[Judged, Phrase]:
    """Met where everybody was taken abroad, to one of the places; not met where somebody stayed or went elsewhere."""
    elsewhere = _elsewhere(found, places)
    if elsewhere:
        return NOT_MET, say("some were taken to {places}", places=elsewhere)
    if any(one.not_all_abroad for one in found):
        return NOT_MET, together((_of_all(one) for one in found), "; ")
    if all(one.all_abroad and (not places or one.all_placed) for one in found):
        return MET, together((_of_all(one) for one in found), "; ")
    return CANNOT_SAY, _unknown(found)


def _taken_to(found: Sequence[Went], places: Sequence[str]) -> tuple[Judged, Phrase]:
    """Met where those taken abroad were taken to one of the places, as far as it is known; not met where elsewhere."""
    elsewhere = _elsewhere(found, places)
    if elsewhere:
        return NOT_MET, say("some were taken to {places}", places=elsewhere)
    if any(is_at(place, places) for one in found for place in one.places()):
        told = together((_of_all(one) for one in found), "; ")
        return MET, say("{known}; nobody on record as taken elsewhere", known=told)
    if all(one.all_home for one in found):
        return NOT_MET, say("all stayed in the country")
    return CANNOT_SAY, _unknown(found)


def _no_expulsion(found: Sequence[Went]) -> tuple[Judged, Phrase]:
    """Not met where somebody was expelled; that somebody was taken abroad does not say whether against his will."""
    expelled = sum(len(one.expelled) for one in found)
    if expelled:
        return NOT_MET, say_count(
            "{n} of the named is on record as expelled", "{n} of the named are on record as expelled", expelled
        )
    if all(one.all_home for one in found):
        return MET, say("all stayed in the country")
    abroad = sum(len(one.people_abroad) for one in found)
    if abroad:
        return CANNOT_SAY, say_count(
            "{n} of the named was taken abroad; whether against the person's will is not on record",
            "{n} of the named were taken abroad; whether against their will is not on record",
            abroad,
        )
    return CANNOT_SAY, _unknown(found)


def _papers_withheld(found: Sequence[Went]) -> tuple[Judged, Phrase]:
    """Met where somebody was let go without papers and nobody on record with them, as far as it is known."""
    known = [v.value for one in found for v in one.papers]
    named = sum(one.named for one in found)
    kept = sum(v == "kept" for v in known)
    if not known:
        return CANNOT_SAY, say("of nobody is it on record whether papers were taken")
    told = say(
        "of {n} of {all} named it is on record; papers were taken of {taken}",
        n=len(known),
        all=named,
        taken=len(known) - kept,
    )
    return (NOT_MET if kept else MET), told


def _elsewhere(found: Iterable[Went], places: Sequence[str]) -> Phrase | None:
    """The destinations on record that are none of the places; None where there is none, or no place is stated."""
    if not places:
        return None
    other = {code for one in found for d in one.places() if not is_at(d, places) for code in d}
    return together((say("{state:party}", state=state(code)) for code in sorted(other)), ", ") if other else None


def _of_all(one: Went) -> Phrase:
    """How many of a release are known to have been taken abroad: of those announced, else of the named."""
    if one.abroad is not None and one.announced is not None:
        return say("{n} of {all} announced taken abroad", n=one.abroad.n, all=one.announced)
    if one.abroad is not None:
        return say("{n} taken abroad", n=one.abroad.n)
    if one.stayed:
        return say("{n} stayed in the country", n=one.stayed)
    return say("{n} of {all} named taken abroad", n=len(one.people_abroad), all=one.named)


def _unknown(found: Sequence[Went]) -> Phrase:
    """What is missing: where the people went."""
    known, named = sum(len(one.people_abroad) + len(one.people_home) for one in found), sum(one.named for one in found)
    announced = [one.announced for one in found]
    if None in announced:
        return say("where the people went is on record of {n} of {all} named", n=known, all=named)
    return say(
        "no figure says it of all {all} announced, and person by person it is on record of {n} where they went",
        n=known,
        all=sum(n or 0 for n in announced),
    )
