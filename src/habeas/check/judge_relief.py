"""Verdicts on sanctions and deals: announced, licensed, eased, lifted and delisted are different days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from habeas.check.desk import Desk, Finding, cannot_say
from habeas.check.events import announced, identifier, read_day
from habeas.check.relief import SAID_AS
from habeas.check.topics import topics
from habeas.dates import PartialDate
from habeas.names import compare
from habeas.nouns import Claim, Deal, Record, Release, Step, Verdict

_NAMES = {
    "US": ("united states", "u.s.", "us "),
    "EU": ("european union", "eu "),
    "UK": ("united kingdom", "uk "),
    "CA": ("canada",),
    "CH": ("switzerland",),
    "UA": ("ukraine",),
}
_ACTING = frozenset(("US", "EU", "GB", "CA", "CH", "UA"))
_RELIEF = frozenset({"announced", "licensed", "eased", "suspended", "lifted", "delisted", "promised"})
_WITHIN = timedelta(days=10)
_BEFORE = timedelta(days=100)


def _acts_for(record: Record, actor: str) -> bool:
    who = (record.get("giver") or record.get("authority")).casefold() + " "
    return any(name in who for name in _NAMES.get(actor, (actor.casefold(),)))


def days_of(record: Record) -> list[PartialDate]:
    """The days on which a measure was spoken of, and on which an act put it into force."""
    return [d for key in ("said_on", "act_on", "date") if (d := record.date(key)) is not None]


def measures_of(claim: Claim, desk: Desk) -> Iterator[Record]:
    """The measures that a sentence about another date can mean: of the one state it names, on what it names, by what was done.

    What is said to be in force since a day was imposed then, whatever else the sentence tells of it.
    """
    sentence = desk.page.parsed[claim.sentence]
    codes = {str(c.value["code"]) for c in sentence.of("nation")} - {desk.casebook.book.country}
    actors = {SAID_AS.get(code, code) for code in codes if code in _ACTING}
    if len(actors) != 1:
        return
    actor = actors.pop()
    wanted = topics(" ".join(t.low for t in sentence.tokens), "measures")
    acts = [act for label, act in _SAID_DONE.items() if sentence.has(label)]
    if any(sentence.among(c.i - 1, "since") for c in sentence.of("date") if c.value["date"] == claim.value.get("date")):
        acts = ["imposed"]
    for measure in (*desk.casebook.measures, *_legs(desk)):
        if not _acts_for(measure, actor) or (acts and not any(_does(measure, act) for act in acts)):
            continue
        if not wanted or wanted & _target_topics(measure):
            yield measure


def _target_topics(record: Record) -> frozenset[str]:
    return topics(f"{record.get('what')} {record.get('target')}", "measures")


_SAID_DONE = {"lift": "lifted", "delist": "delisted", "ease": "eased", "license": "licensed", "impose": "imposed"}


def _near(record: Record, when: PartialDate, *, exact: bool) -> bool:
    """True where one of the record's days is the day said; a day not said reaches back 100 days and ahead ten."""
    for day in days_of(record):
        if day.compatible(when):
            return True
        if exact or when.earliest is None or when.latest is None or day.middle is None:
            continue
        if when.earliest - _BEFORE <= day.middle <= when.latest + _WITHIN:
            return True
    return False


def _legs(desk: Desk) -> list[Record]:
    return [leg for deal in desk.casebook.deals.values() for leg in deal.legs if leg.get("side") == "relief"]


def _told(record: Record) -> str:
    if record.get("giver"):
        said = f"{record.get('said')} {record.get('said_on')}" if record.get("said_on") else ""
        act = (
            f"{record.get('act') or 'act'} of {record.get('act_on')}: {record.get('effect')}"
            if record.get("act_on")
            else "no act on record"
        )
        return f"{record.get('giver')}, {record.get('what')}: " + "; ".join(x for x in (said, act) if x)
    return f"{record.get('authority')}, {record.get('identifier') or 'act'}, {record.get('date')}: {', '.join(record.values.get('action', ()))} ({record.get('target')})"


def judge_sanctions(claim: Claim, desk: Desk) -> Finding:
    """A measure imposed, eased, licensed, lifted or delisted, against the legs of deals and the measures on record."""
    actor, action = str(claim.value.get("actor")), str(claim.value.get("action"))
    when = read_day(str(claim.value.get("date", "")))
    if when is None:
        return cannot_say("the text gives no day", "a day of publication (--published)")
    quote = desk.page.text[claim.quote.start : claim.quote.end]
    target = str(claim.value.get("target", ""))
    wanted = topics(f"{target} {quote}", "measures")
    if not wanted and _something_else(claim, desk):
        return cannot_say(f"no measure of {actor} on {target} on record", f"the act by which {actor} did so")
    exact = desk.published is None or str(claim.value["date"]) != desk.published.isoformat()
    pool = [r for r in (*_legs(desk), *desk.casebook.measures) if _acts_for(r, actor)]
    on_topic = [r for r in pool if not wanted or wanted & _target_topics(r)]
    near = [r for r in on_topic if _near(r, when, exact=exact)]
    good = [r for r in near if _does(r, action)]
    if not good:
        target = claim.value.get("target") or "sanctions"
        return cannot_say(
            f"no measure of {actor} on {target} on record that was {action.replace('_', ' ')} near {when}",
            f"the act by which {actor} did so",
        )
    steps = tuple(Step(what="on record", result=_told(r), rests_on=r.statements) for r in good[:3])
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=_told(good[0]),
        steps=steps,
        rests_on=good[0].statements,
        context=_but(action, good, on_topic, when),
    )


def _something_else(claim: Claim, desk: Desk) -> bool:
    """True where the measure is said to be on something that has a name of its own, not on the country of the book."""
    target = str(claim.value.get("target", ""))
    sentence = desk.page.parsed[claim.sentence]
    words = [t for t in sentence.tokens if t.capital and t.text in target.split()]
    home = desk.casebook.book.country
    ours = {k for c in sentence.of("nation") if c.value["code"] == home for k in range(c.i, c.j)}
    rulers = {k for c in sentence.of("person") if c.value["person"] in desk.directory.rulers for k in range(c.i, c.j)}
    places = {sentence.tokens[k].text for k in ours | rulers} | {"Minsk"}
    return any(t.text not in places for t in words)


def _does(record: Record, action: str) -> bool:
    acts = {*record.values.get("action", ()), record.get("said"), record.get("effect")} - {""}
    if action == "imposed":
        return bool(acts & {"imposed", "reimposed", "extended", "renewed", "amended"})
    if action == "licensed":
        return "licensed" in acts
    if action == "eased":
        return bool(acts & _RELIEF)
    return bool(acts & (_RELIEF - {"licensed"}))


def _but(action: str, good: list[Record], on_topic: list[Record], when: PartialDate) -> str:
    """What to add to a claim that is right: said lifted where the act only licensed, and when it was lifted in law."""
    if action not in ("lifted", "delisted", "announced_lifting"):
        return ""
    notes = []
    for record in good:
        said_on, act_on = record.get("said_on"), record.get("act_on")
        if act_on and (act_on != said_on or record.get("effect") not in ("lifted", "delisted")):
            notes.append(f"said {said_on or 'nothing'}; the act of {act_on} {record.get('effect')}")
    later = [
        r
        for r in on_topic
        if r not in good and _lifted_on(r) is not None and (when.latest or date.max) < (_lifted_on(r) or date.min)
    ]
    if later:
        notes.append(f"lifted in law {min(str(_lifted_on(r)) for r in later)}")
    return "right, but: " + "; ".join(dict.fromkeys(notes)) if notes else ""


def _lifted_on(record: Record) -> date | None:
    if record.get("effect") in ("lifted", "delisted"):
        day = record.date("act_on")
    elif {"lifted", "delisted"} & set(record.values.get("action", ())):
        day = record.date("date")
    else:
        return None
    return None if day is None else day.earliest


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


def judge_deal(claim: Claim, desk: Desk) -> Finding:
    """An exchange, its broker, or the denial of one: by the legs, the brokers and who says for and against."""
    deal = _deal_of(desk, str(claim.value.get("event", ""))) or _deal_beside(claim, desk)
    if deal is None:
        return cannot_say("no deal on record that this can mean", "the release that is meant")
    against = [s for s in deal.stances if s.get("stance") == "against"]
    contested = f"contested: {against[0].get('by')}: {against[0].get('what')}" if against else ""
    if "negated" in claim.flags:
        if against:
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=f"{against[0].get('by')}: {against[0].get('what')}",
                rests_on=against[0].statements,
            )
        return cannot_say(f"nobody on record says that {deal.id} was no exchange")
    if claim.value.get("broker"):
        return _broker(claim, deal, contested)
    relief = [
        leg
        for leg in deal.legs
        if leg.get("side") == "relief" and not (leg.get("said") in ("none", "") and leg.get("effect") in ("none", ""))
    ]
    if not relief:
        return cannot_say(f"no relief on record for {deal.id}", context=contested)
    steps = tuple(Step(what=f"leg: {leg.get('side')}", result=_told(leg), rests_on=leg.statements) for leg in deal.legs)
    rests = tuple(s for leg in deal.legs for s in leg.statements)
    return Finding(
        verdict=Verdict.SUPPORTED, why=f"{deal.id}: {deal.title}", steps=steps, rests_on=rests, context=contested
    )


def _broker(claim: Claim, deal: Deal, contested: str) -> Finding:
    said = str(claim.value["broker"])
    names = [n for broker in deal.brokers for n in re.split(r"[(),;/]| for ", broker) if n.strip()]
    same = any(
        compare(said, n.strip()).score >= 0.7
        or any(n.casefold().strip().startswith(x.strip()) for x in _NAMES.get(said, ()))
        for n in names
    )
    legs = " ".join(f"{leg.get('what')} {leg.get('note')}" for leg in deal.legs)
    told = f"{deal.note} {deal.title} {' '.join(deal.brokers)} {legs}"
    if same or (len(said.split()) > 1 and said.rsplit(maxsplit=1)[-1] in told):
        return Finding(
            verdict=Verdict.SUPPORTED,
            why=f"{deal.id}: brokers {', '.join(deal.brokers)}",
            rests_on=deal.statements,
            context=contested,
        )
    return cannot_say(f"brokers on record: {', '.join(deal.brokers) or 'none'}", "who brokered it", contested)
