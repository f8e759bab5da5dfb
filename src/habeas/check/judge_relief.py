"""Verdicts on sanctions and deals: announced, licensed, eased, lifted and delisted are different days.

That a measure was lifted is wrong only where a later act of the same state shows that it was still in force, or where that
state said at the time that it stays. That something was exchanged is wrong only where the record says of a party that it
gave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from habeas.answers.in_force import how_it_stands
from habeas.check.acts import acts
from habeas.check.desk import Desk, Finding, cannot_say, fits
from habeas.check.events import announced, identifier, read_day
from habeas.check.moves import SAID_AS, Move, moves_by, of_leg, of_the_act
from habeas.check.plain_claims import plain
from habeas.check.topics import topics
from habeas.dates import PartialDate
from habeas.languages import code, state
from habeas.names import compare
from habeas.nouns import Claim, Deal, InForce, Release, Side, Step, Topic, Verdict, say, together
from habeas.vocabulary.codes import actor

_ACTING = frozenset(("US", "EU", "GB", "CA", "CH", "UA"))
_WITHIN = timedelta(days=10)
_BEFORE = timedelta(days=100)


def measures_of(claim: Claim, desk: Desk) -> Iterator[Move]:
    """The measures that a sentence about another date can mean: of the one state it names, on what it names, by what was done.

    What is said to be in force since a day was imposed then, whatever else the sentence tells of it.
    """
    sentence = desk.page.parsed[claim.sentence]
    codes = {str(c.value["code"]) for c in sentence.of("nation")} - {desk.casebook.book.country}
    actors = {SAID_AS.get(code, code) for code in codes if code in _ACTING}
    if len(actors) != 1:
        return
    acting = actors.pop()
    wanted = topics(" ".join(t.low for t in sentence.tokens), "measures")
    done = [one for label, one in _SAID_DONE.items() if sentence.has(label)]
    if any(sentence.among(c.i - 1, "since") for c in sentence.of("date") if c.value["date"] == claim.value.get("date")):
        done = ["imposed"]
    for move in of_the_act(desk.casebook, moves_by(desk.casebook, acting), desk.page.printed(claim.sentence)):
        if done and not any(move.does(one) for one in done):
            continue
        if not wanted or wanted & move.topics:
            yield move


_SAID_DONE = {"lift": "lifted", "delist": "delisted", "ease": "eased", "license": "licensed", "impose": "imposed"}


def _near(move: Move, when: PartialDate, *, exact: bool) -> bool:
    """True where one of the days of a move is the day said; a day not said reaches back 100 days and ahead ten."""
    for day in move.days:
        if day.compatible(when):
            return True
        if exact or when.earliest is None or when.latest is None or day.middle is None:
            continue
        if when.earliest - _BEFORE <= day.middle <= when.latest + _WITHIN:
            return True
    return False


def judge_sanctions(claim: Claim, desk: Desk) -> Finding:
    """A measure imposed, eased, licensed, lifted or delisted, against the legs of deals and the measures on record."""
    acting, action = str(claim.value.get("actor")), str(claim.value.get("action"))
    when = read_day(str(claim.value.get("date", "")))
    if when is None:
        return cannot_say(say("the text gives no day"), say("a day of publication (--published)"))
    quote = desk.page.text[claim.quote.start : claim.quote.end]
    target = str(claim.value.get("target", ""))
    wanted = topics(f"{target} {quote}", "measures")
    act_by = say("the act itself ({who:party})", who=state(acting))
    if not wanted and _something_else(claim, desk):
        return cannot_say(
            say("no measure on {target} on record ({who:party})", who=state(acting), target=target), act_by
        )
    exact = desk.published is None or str(claim.value["date"]) != desk.published.isoformat()
    pool = moves_by(desk.casebook, acting)
    on_topic = [m for m in pool if not wanted or wanted & m.topics]
    told = _of_the_act(claim, desk, on_topic)
    everything = not wanted and _all_of_it(claim, desk)
    if action == "maintained":
        return _kept_up(claim, desk, on_topic, when, exact=exact)
    good = [
        m
        for m in told
        if _near(m, when, exact=exact)
        and m.does(action)
        and (action != "delisted" or _off_the_list(m, when, exact=exact))
        and _same_number(claim, desk, m)
        and not everything
    ]
    if not good and (begun := _since(claim, desk, when)) is not None:
        acted = [m for m in told if m.does(action) and _same_number(claim, desk, m)]
        good = [m for m in acted if any(_after(d, begun, desk) for d in m.days)]
    if not good and not exact and action == "imposed" and _at_some_time(claim, desk, everything=everything):
        good = [m for m in told if m.does(action) and _by(m, when)][-1:]
    if not good and not exact:
        # "Brussels alone targeted 78 people and eight companies": how many they were tells which measure is meant.
        good = [m for m in told if m.does(action) and _tells_as_many(claim, desk, m) and _by(m, when)][:1]
    if not good:
        kept = _still_in_force(claim, desk, on_topic, when, exact=exact, everything=everything)
        if kept is not None:
            why = say("in force after the day said: {measure}", measure=kept.told)
            return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=(kept.step,), rests_on=kept.statements)
        why = say(
            "no measure on {target} on record that was {action} near {day} ({who:party})",
            who=state(acting),
            target=target or say("sanctions"),
            action=code("action", action.replace("announced_lifting", "announced")),
            day=when,
        )
        return cannot_say(why, act_by)
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=good[0].told,
        steps=tuple(m.step for m in good[:3]),
        rests_on=good[0].statements,
        context=_but(action, good, on_topic, when),
    )


def _of_the_act(claim: Claim, desk: Desk, some: list[Move]) -> Sequence[Move]:
    """Of some moves those of the act that the claim names by its number, or its sentence does."""
    return of_the_act(desk.casebook, some, claim.quote.text, desk.page.printed(claim.sentence))


def _since(claim: Claim, desk: Desk, when: PartialDate) -> date | None:
    """The first day of a stretch up to publication: `sanctions imposed since the vote of 2020`."""
    p = desk.page.parsed[claim.sentence]
    told = [c for c in p.of("date") if str(c.value["date"]) == str(claim.value.get("date"))]
    since = any(p.any_of("since", c.i - _TO_SINCE, c.i) for c in told)
    return when.earliest if since else None


_TO_SINCE = 3  # words from `since` to its date


def _after(day: PartialDate, begun: date, desk: Desk) -> bool:
    return (
        day.earliest is not None
        and begun <= day.earliest
        and (desk.published is None or day.possibly_by(desk.published))
    )


def _kept_up(claim: Claim, desk: Desk, on_topic: list[Move], when: PartialDate, *, exact: bool) -> Finding:
    """A measure said not to have been lifted, against what shows that it was in force after that day."""
    lifted = replace(claim, value={**claim.value, "action": "lifted"})
    kept = _still_in_force(lifted, desk, on_topic, when, exact=exact, everything=False)
    if kept is None:
        return cannot_say(say("a denial of a measure"), say("an act that shows the measure in force after that day"))
    why = say("in force after the day said: {measure}", measure=kept.told)
    return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(kept.step,), rests_on=kept.statements)


def _something_else(claim: Claim, desk: Desk) -> bool:
    """True where the measure is said to be on something that has a name of its own, not on the country of the book."""
    return bool(_own_names(claim, desk))


def _own_names(claim: Claim, desk: Desk) -> list[str]:
    """The words with a capital in what a measure is said to be on; neither the country of the book nor its rulers."""
    target = str(claim.value.get("target", ""))
    sentence = desk.page.parsed[claim.sentence]
    words = [t for t in sentence.tokens if t.capital and t.text in target.split()]
    home = desk.casebook.book.country
    # Who acts is no name of a thing, nor is the country of the book; another state may be what a measure is on.
    acting = (*_ACTING, home)
    ours = {k for c in sentence.of("nation") if c.value["code"] in acting for k in range(c.i, c.j)}
    rulers = {k for c in sentence.of("person") if c.value["person"] in desk.directory.rulers for k in range(c.i, c.j)}
    places = {sentence.tokens[k].text for k in ours | rulers}
    return [t.text for t in words if t.text not in places]


def _inside(claim: Claim, desk: Desk, before: int = 0) -> list[int]:
    """The tokens of a claim's quote, and some before it."""
    tokens = desk.page.parsed[claim.sentence].tokens
    found = [k for k, t in enumerate(tokens) if t.start >= claim.quote.start and t.end <= claim.quote.end]
    return [*range(max(0, found[0] - before), found[0]), *found] if found else []


def _all_of_it(claim: Claim, desk: Desk) -> bool:
    """`all sanctions on Belarus`: every measure is meant, not those on so many people."""
    sentence = desk.page.parsed[claim.sentence]
    return any(
        sentence.tokens[k].low in plain(sentence.lexicon.language).universal
        and not any(c.i in (k + 1, k + 2) for c in sentence.of("number"))
        for k in _inside(claim, desk, before=3)
    )


_LEAST = 10  # a smaller number in a target is hardly one of people listed


def _same_number(claim: Claim, desk: Desk, move: Move) -> bool:
    """False where the text says of how many people or companies a measure is, and the record of how many others."""
    inside = _inside(claim, desk)
    numbers = [c.value for c in desk.page.parsed[claim.sentence].of("number") if c.i in inside]
    said = {n: v for v in numbers if isinstance(n := v.get("n"), int) and n >= _LEAST}
    return not said or not move.counted or any(fits(v, n) for v in said.values() for n in move.counted)


def _at_some_time(claim: Claim, desk: Desk, *, everything: bool) -> bool:
    """`The EU and others have penalised it`: said of no day, no number, nothing by name, and of nothing new."""
    p = desk.page.parsed[claim.sentence]
    counted = any(c.i in _inside(claim, desk) for c in p.of("number"))
    new = "new" in topics(" ".join(t.low for t in p.tokens), "groups")
    return not (everything or counted or new or p.of("date") or _own_names(claim, desk))


def _tells_as_many(claim: Claim, desk: Desk, move: Move) -> bool:
    """True where every number of the quote is one of the measure, one of them large enough to be nobody else's."""
    inside = _inside(claim, desk)
    said = [c.value for c in desk.page.parsed[claim.sentence].of("number") if c.i in inside]
    large = any(int(v.get("n", 0)) >= _LEAST for v in said)
    return large and all(any(fits(v, n) for n in move.counted) for v in said)


def _by(move: Move, when: PartialDate) -> bool:
    return when.latest is not None and any(d.possibly_by(when.latest) for d in move.days)


def _off_the_list(move: Move, when: PartialDate, *, exact: bool) -> bool:
    """True where an act of that time took somebody off a list: to say so, or to allow dealings, is less."""
    day = move.act_on
    if not move.takes_off or day is None:
        return False
    if day.compatible(when) or exact or when.earliest is None or when.latest is None or day.middle is None:
        return day.compatible(when)
    return when.earliest - _BEFORE <= day.middle <= when.latest


# Topics that are one thing: a sector, a carrier, an embargo. Of people, companies and banks some are listed and delisted all
# the time, and a later act on others says nothing of those that a text means.
_ONE_THING = frozenset({Topic.POTASH, Topic.AIRLINE, Topic.ARMS})


def _still_in_force(
    claim: Claim, desk: Desk, on_topic: list[Move], when: PartialDate, *, exact: bool, everything: bool
) -> Move | None:
    """The act that shows a measure to have been in force after the day on which it is said to have been lifted.

    Who lifts a measure, allows dealings against it, or prolongs it, had not lifted it before, unless by its acts it did not
    hold just after that day: it was imposed again in between. Who says at the time that it stays has not lifted it either.
    """
    if claim.value.get("action") not in ("lifted", "delisted") or when.latest is None or when.earliest is None:
        return None
    quote = desk.page.text[claim.quote.start : claim.quote.end]
    named = topics(f"{claim.value.get('target', '')} {quote}", "measures")
    others = [w for w in _own_names(claim, desk) if not topics(w, "measures") & _ONE_THING]
    if others or not (everything or (named and named <= _ONE_THING)):
        return None
    if not exact and any(_near(m, when, exact=False) and m.does("lifted") for m in on_topic) and not everything:
        return None
    rows = sorted(
        ((day.earliest, m.id, m) for m in on_topic for day in m.shown_on if day.earliest is not None),
        key=lambda row: row[:2],
    )
    for day, _, move in rows:
        told = when.earliest if exact else when.earliest - _WITHIN
        kept = move.stays and told <= day <= when.latest
        if kept or (day > when.latest and _held_after(desk, move, on_topic, when.latest)):
            return move
    return None


def _held_after(desk: Desk, move: Move, on_topic: list[Move], day: date) -> bool:
    """True where a measure that a move is on was in force just after a day, or no measure is on record.

    Words without an act are on all that their maker has on the topic.
    """
    law = move.law or {act for m in on_topic for act in m.law}
    on = [m for m in desk.casebook.measures if law & {act.id for act in m.acts}]
    states = (how_it_stands(desk.casebook, m, day + timedelta(days=1)) for m in on)
    return not on or any(state.in_force in (InForce.YES, InForce.PARTLY) for state in states)


def _but(action: str, good: list[Move], on_topic: list[Move], when: PartialDate) -> str:
    """What to add to a claim that is right: said lifted where the act only licensed, and when it was lifted in law."""
    if action not in ("lifted", "delisted", "announced_lifting"):
        return ""
    notes: list[str] = []
    for move in good:
        if move.said is None or move.act_on is None:
            continue
        if move.act_on != move.said_on or not move.takes_off:
            spoken = move.said_on is not None
            told = say("said {day}", day=move.said_on or "") if spoken else code("said", "none")
            notes.append(say("{told}; the act of {day}: {effect}", told=told, day=move.act_on, effect=move.effect))
    later = [
        day for m in on_topic if m not in good and (day := m.lifted_on) is not None and (when.latest or date.max) < day
    ]
    if later:
        notes.append(say("lifted in law {day}", day=min(later)))
    kept = list(dict.fromkeys(notes))
    return say("right, but: {notes}", notes=together(kept, "; ")) if kept else ""


# --- deals --------------------------------------------------------------------------------------------------------


def _deal_of(desk: Desk, event: str) -> Deal | None:
    for deal in desk.casebook.deals.values():
        if event == deal.id.removeprefix("deal:") or event in [r.removeprefix("release:") for r in deal.releases]:
            return deal
    return None


def _deal_beside(claim: Claim, desk: Desk) -> Deal | None:
    """The one deal whose release the sentence, or the one before, tells of by its number."""
    found: dict[str, Deal] = {}
    for s in range(max(0, claim.sentence - 1), claim.sentence + 1):
        for chunk in desk.page.parsed[s].of("number"):
            n = chunk.value.get("n")
            pool = [r for r in desk.events.releases if isinstance(n, int) and n > _FEW and n in announced(r)]
            deals = [deal for r in pool if _in_time(r, desk) and (deal := _deal_of(desk, identifier(r))) is not None]
            found |= {deal.id: deal for deal in deals}
    return next(iter(found.values())) if len(found) == 1 else None


_FEW = 9  # smaller numbers are those of too many releases
_A_YEAR = timedelta(days=366)


def _in_time(release: Release, desk: Desk) -> bool:
    day = release.when.middle
    return day is not None and (desk.published is None or desk.published - _A_YEAR <= day <= desk.published)


def _deal_of_late(desk: Desk) -> Deal | None:
    """The one deal whose release came in the ten days before an article that tells of no other."""
    if desk.published is None:
        return None
    recent = [
        deal
        for deal in desk.casebook.deals.values()
        for r in desk.events.releases
        if _deal_of(desk, identifier(r)) is deal
        and r.when.middle is not None
        and desk.published - _WITHIN <= r.when.middle <= desk.published
    ]
    return recent[0] if len({d.id for d in recent}) == 1 else None


def judge_deal(claim: Claim, desk: Desk) -> Finding:
    """An exchange, its broker, or the denial of one: by the legs, the brokers and who says for and against."""
    deal = _deal_of(desk, str(claim.value.get("event", ""))) or _deal_beside(claim, desk) or _deal_of_late(desk)
    if deal is None:
        return cannot_say(say("no deal on record that this can mean"), say("the release that is meant"))
    against = [s for s in deal.stances if s.stance == "against"]
    contested = say("contested: {by}: {what}", by=against[0].by, what=against[0].what) if against else ""
    if "negated" in claim.flags:
        if against:
            why = say("{by}: {what}", by=against[0].by, what=against[0].what)
            return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=against[0].statements)
        return cannot_say(say("nobody on record says that it was no exchange: {deal}", deal=deal.title))
    if claim.value.get("broker"):
        return _broker(claim, deal, contested)
    known = acts(desk.casebook)
    given = [(leg.side, of_leg(leg, known)) for leg in deal.legs]
    relief = _relief(given)
    steps = tuple(Step(what=_SIDES[side], result=move.told, rests_on=move.statements) for side, move in given)
    nothing = _by_who_gave_nothing(claim, deal, given, against=bool(against), steps=steps)
    if nothing is not None:
        return nothing
    nothing_on_record = say("no relief on record: {deal}", deal=deal.title)
    if not relief and claim.value.get("get") is None and _broker_codes(deal) & set(claim.value.get("parties", ())):
        # That people came out by somebody's mediation is on record; what was given for them is not.
        why = say("{title} ({day})", title=deal.title, day=deal.when)
        rests = tuple(s for leg in deal.legs for s in leg.statements)
        note = together([x for x in (nothing_on_record, contested) if x], "; ")
        return Finding(verdict=Verdict.SUPPORTED, why=why, steps=steps, rests_on=rests, context=note)
    if not relief:
        return cannot_say(nothing_on_record, context=contested, steps=steps)
    if _something_else_for_it(claim, desk, relief):
        told = together([move.whose for move in relief], "; ")
        why = say("on record as given for it: {what}", what=told)
        return cannot_say(why, say("a source on what was given for it"), contested, steps)
    rests = tuple(s for leg in deal.legs for s in leg.statements)
    why = say("{title} ({day})", title=deal.title, day=deal.when)
    return Finding(verdict=Verdict.SUPPORTED, why=why, steps=steps, rests_on=rests, context=contested)


_SIDES = {
    Side.RELEASE: say("the release"),
    Side.RELIEF: say("given for it"),
    Side.OTHER: say("given besides"),
}


def _relief(given: list[tuple[Side, Move]]) -> list[Move]:
    """What was given for a release, without the relief that came to nothing."""
    return [move for side, move in given if side is Side.RELIEF and not move.gave_nothing]


def _by_who_gave_nothing(
    claim: Claim, deal: Deal, given: list[tuple[Side, Move]], *, against: bool, steps: tuple[Step, ...]
) -> Finding | None:
    """An exchange with a party that gave nothing by the record, and none beside it that gave something."""
    relief = _relief(given)
    home = deal.id.removeprefix("deal:")[:2]
    others = [SAID_AS.get(p, p) for p in claim.value.get("parties", ()) if p != home]
    acting = [p for p in others if p in {SAID_AS.get(a, a) for a in _ACTING}]
    if claim.value.get("get") is None:
        gave = any(m.by(p) for _, m in given for p in others) or any(p in _broker_codes(deal) for p in others)
        if not others or gave:
            return None
        return cannot_say(
            say("no relief on record ({who:party}): {deal}", who=state(others[0]), deal=deal.title), steps=steps
        )
    if not acting or any(move.by(p) for move in relief for p in acting):
        return None
    kept = [m for _, m in given for p in acting if m.by(p) and m.stays]
    if kept and relief and not against and len(acting) == 1:
        return Finding(verdict=Verdict.CONTRADICTED, why=kept[0].told, steps=steps, rests_on=kept[0].statements)
    why = say("no relief on record ({who:party}): {deal}", who=state(acting[0]), deal=deal.title)
    return cannot_say(why, steps=steps)


def _broker_names(deal: Deal) -> list[str]:
    """Who brokered a deal, each by a name of their own: `United States` and `J. Coale` of `United States (J. Coale)`."""
    return [name for said in deal.brokers for part in re.split(r"[(),;/]| for ", said) if (name := part.strip())]


def _broker_codes(deal: Deal) -> set[str]:
    """The states among the brokers, as claims say their codes."""
    found = {code_ for name in _broker_names(deal) if (code_ := _state_called(name)) is not None}
    return {SAID_AS.get(c, c) for c in found}


def _state_called(name: str) -> str | None:
    """The code of the state of a name; None for a person or a body."""
    try:
        found = actor(name)
    except ValueError:
        return None
    return found if found.isupper() else None


def _something_else_for_it(claim: Claim, desk: Desk, relief: list[Move]) -> bool:
    """True where the text names what was given, and the record has only something else: another measure, money, people."""
    sentence = desk.page.parsed[claim.sentence]
    inside = _inside(claim, desk)
    wanted = topics(" ".join(t.low for t in sentence.tokens), "measures")
    if wanted and claim.value.get("get") is not None:
        return not any(wanted & move.topics for move in relief)
    for_it = plain(sentence.lexicon.language).in_return_for
    after = [k for k in inside if k and sentence.tokens[k - 1].low in for_it]
    if claim.value.get("get") is not None or not after:
        return False
    named = range(after[0], min(len(sentence.tokens), after[0] + 7))
    given = ("free_verb", "freed_state", "free_noun", "sanctions")
    people = any(c.i in named for c in (*sentence.of("number"), *sentence.of("person")))
    return not people and not any(sentence.has(label, named.start, named.stop) for label in given)


_SAME_NAME = 0.7  # a name of a broker that is like enough to the one in the text


def _broker(claim: Claim, deal: Deal, contested: str) -> Finding:
    said = str(claim.value["broker"])
    surname = said.rsplit(maxsplit=1)[-1] if len(said.split()) > 1 else None
    names = _broker_names(deal)
    same = any(compare(said, n).score >= _SAME_NAME or n.rsplit(maxsplit=1)[-1] == surname for n in names)
    brokers = ", ".join(deal.brokers)
    if same or SAID_AS.get(said, said) in _broker_codes(deal):
        why = say("{deal}: brokers {names}", deal=deal.title, names=brokers)
        return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=deal.statements, context=contested)
    why = say("brokers on record: {names}", names=brokers) if brokers else say("no broker on record")
    return cannot_say(why, say("who brokered it"), contested)
