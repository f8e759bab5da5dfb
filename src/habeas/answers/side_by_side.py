"""A list at hand against our own reading, person by person: who is on both, who only on one, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from habeas.answers.evidence import listings
from habeas.answers.shapes.trade import ListBeside, OnlyListed, OnlyOurs
from habeas.answers.standing import Standing, told
from habeas.answers.standings import standings
from habeas.answers.states import LEVELS, Level
from habeas.answers.stock import Refused, stock
from habeas.errors import UsageError
from habeas.nouns import Answer, Case, Casebook, ListInfo, Phrase, Question, Step, only, say, say_count, together


def side_by_side(casebook: Casebook[Any], question: Question, identifier: str) -> Answer:
    """Answer `reconcile` with a list: value is its people minus ours; each person of the difference with a reason.

    Raises:
        UsageError: there is no such list; the message names some that there are.
    """
    info = casebook.lists.get(identifier)
    if info is None:
        some = ", ".join(list(casebook.lists)[:6])
        raise UsageError(f"there is no list {identifier!r} in this book; there are {some or 'none'}")
    day = question.as_of.on
    theirs = casebook.once(_by_list).get(identifier, [])
    counted = stock(casebook, day)
    if isinstance(counted, Refused):
        return _cannot_say(casebook, question, info, theirs, counted)
    ours = [c for c, s in counted.people if s.level >= Level.LIKELY]
    inside = {c.id for c in ours}
    daily = standings(casebook)
    only_list = [_listed(c, daily[c.id].standing(day.toordinal())) for c in theirs if c.id not in inside]
    only_ours = [_unlisted(casebook, c, info) for c in ours if identifier not in c.lists]
    both = len(ours) - len(only_ours)
    steps = (
        _step(casebook, say("people on {list}", list=info.title or identifier), theirs, identifier),
        Step(what=say("in custody on {day} by our best reading", day=day), result=only(len(ours))),
        Step(what=say("on both"), result=only(both)),
        Step(what=say("only on the list"), result=only(len(only_list))),
        Step(what=say("only in our reading"), result=only(len(only_ours))),
    )
    gap = len(theirs) - len(ours)
    short = say_count(
        "{list} names {n} person; {ours} are documented here as in custody on {day}.",
        "{list} names {n} people; {ours} are documented here as in custody on {day}.",
        len(theirs),
        list=info.title or identifier,
        ours=len(ours),
        day=day,
    )
    sums = say(
        "{both} are on both, {listed} only on the list, {read} only in our reading: {both} + {listed} = {theirs} and "
        "{both} + {read} = {ours}.",
        both=both,
        listed=len(only_list),
        read=len(only_ours),
        theirs=len(theirs),
        ours=len(ours),
    )
    more: ListBeside = {
        "list": identifier,
        "on": day.isoformat(),
        "refused": None,
        "both": both,
        "only_on_the_list": only_list,
        "only_in_our_reading": only_ours,
    }
    return Answer(
        question=question,
        value=gap,
        low=None,
        high=None,
        sentence=together([short, sums]),
        said=short,
        steps=steps,
        rests_on=tuple(dict.fromkeys(i for s in steps for i in s.rests_on)),
        more=more,
    )


def _cannot_say(
    casebook: Casebook[Any], question: Question, info: ListInfo, theirs: Sequence[Case], found: Refused
) -> Answer:
    """The list alone, of a day of which nobody else can be counted."""
    on_the_list = _step(casebook, say("people on {list}", list=info.title or info.id), theirs, info.id)
    more: ListBeside = {
        "list": info.id,
        "on": found.day.isoformat(),
        "refused": found.why,
        "both": None,
        "only_on_the_list": [],
        "only_in_our_reading": [],
    }
    return Answer(
        question=question,
        value=None,
        low=None,
        high=None,
        sentence=say_count(
            "{list} names {n} person; how many are documented here as in custody on {day} cannot be said: {why}.",
            "{list} names {n} people; how many are documented here as in custody on {day} cannot be said: {why}.",
            len(theirs),
            list=info.title or info.id,
            day=found.day,
            why=found.why,
        ),
        steps=(on_the_list,),
        rests_on=on_the_list.rests_on,
        more=more,
    )


def _by_list(casebook: Casebook[Any]) -> dict[str, list[Case]]:
    """The cases of each list."""
    found: dict[str, list[Case]] = {}
    for case in casebook.cases.values():
        for listed in case.lists:
            found.setdefault(listed, []).append(case)
    return found


def _step(casebook: Casebook[Any], what: Phrase, people: Sequence[Case], identifier: str) -> Step:
    prefix = f"entry:{identifier}:"
    on_lists = listings(casebook)
    rests = [i for case in people for m in case.mentions if m.startswith(prefix) for i in on_lists.get(m, ())]
    return Step(what=what, result=only(len(people)), rests_on=tuple(rests))


def _listed(case: Case, found: Standing) -> OnlyListed:
    """Somebody on the list whom our best reading does not have in custody that day."""
    return {
        "case": case.id,
        "name": case.label,
        "in_custody": LEVELS[found.level],
        "state": told(found),
        "why": found.reason,
    }


def _unlisted(casebook: Casebook[Any], case: Case, info: ListInfo) -> OnlyOurs:
    """Somebody in custody by our reading whom the list does not name: what the list covers, and who names the person."""
    others = [casebook.lists[i].title or i for i in case.lists if i in casebook.lists]
    covers = info.covers.group or info.covers.place
    why = (
        say("the list covers {group} only", group=covers)
        if covers
        else say("the list is a sample")
        if info.covers.extent == "sample"
        else say("not named by the list")
    )
    return {"case": case.id, "name": case.label, "why": why, "named_by": others}
