"""Verdicts on sanctions and deals: announced, licensed, eased, lifted and delisted are different days.

That a measure was lifted is wrong only where a later act of the same state shows that it was still in force, or where that
state said at the time that it stays. That something was exchanged is wrong only where the record says of a party that it
gave nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from habeas.check.desk import Desk, Finding, cannot_say, fits
from habeas.check.events import announced, identifier, read_day
from habeas.check.relief import SAID_AS
from habeas.check.settles import plain
from habeas.check.topics import topics
from habeas.dates import PartialDate, edtf
from habeas.languages import code, state
from habeas.names import compare
from habeas.nouns import Act, Claim, Deal, Leg, Phrase, Release, Step, Verdict, names_of, say, together

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


def acts_for(record: Act | Leg, actor: str) -> bool:
    """True where a measure or a leg is one of the state: its code as claims say it."""
    who = (names_of(record.giver) or record.authority.name).casefold() + " "
    return any(name in who for name in _NAMES.get(actor, (actor.casefold(),)))


def days_of(record: Act | Leg) -> list[PartialDate]:
    """The days on which a measure was spoken of, and on which an act put it into force."""
    found = [d for key in ("said_on", "act_on", "date") if (d := record.date(key)) is not None]
    return [d for d in found if d.earliest is not None]  # "by February 2016" is no day of anything


def measures_of(claim: Claim, desk: Desk) -> Iterator[Act | Leg]:
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
    for measure in (*desk.casebook.acts, *_legs(desk)):
        if not acts_for(measure, actor) or (acts and not any(_does(measure, act) for act in acts)):
            continue
        if not wanted or wanted & _target_topics(measure):
            yield measure


def _target_topics(record: Act | Leg) -> frozenset[str]:
    on = f"{record.get('what')} {record.get('target')}"
    listed = (
        frozenset({"people"})
        if re.search(r"\b(people|officials|judges|listings?|no (?:entry|visas))\b", on)
        else frozenset()
    )
    return topics(on, "measures") | listed


_SAID_DONE = {"lift": "lifted", "delist": "delisted", "ease": "eased", "license": "licensed", "impose": "imposed"}


def _near(record: Act | Leg, when: PartialDate, *, exact: bool) -> bool:
    """True where one of the record's days is the day said; a day not said reaches back 100 days and ahead ten."""
    for day in days_of(record):
        if day.compatible(when):
            return True
        if exact or when.earliest is None or when.latest is None or day.middle is None:
            continue
        if when.earliest - _BEFORE <= day.middle <= when.latest + _WITHIN:
            return True
    return False


def _legs(desk: Desk) -> list[Act | Leg]:
    return [leg for deal in desk.casebook.deals.values() for leg in deal.legs if leg.side == "relief"]


def _when(record: Act | Leg, key: str) -> PartialDate | str:
    """A day of a record, as a date where it is one."""
    return record.date(key) or record.get(key)


def _on_record(record: Act | Leg) -> Step:
    """A measure as a step of the working: whose and on what, and what was said and done."""
    return Step(what=_whose(record), result=_done(record) or say("stays in force"), rests_on=record.statements)


def _told(record: Act | Leg) -> Phrase:
    """A measure in one sentence: whose and on what, what was said of it and what was done, each with its day."""
    done = _done(record)
    return say("{measure}: {done}", measure=_whose(record), done=done) if done else _whose(record)


def _whose(record: Act | Leg) -> Phrase:
    on = record.what.removeprefix("none: ") or record.target
    return say("{who:party}, {what}", who=names_of(record.giver) or record.authority.name, what=on)


def _done(record: Act | Leg) -> str:
    if not names_of(record.giver):
        return say(
            "{act} of {day}: {effect}",
            act=record.identifier or say("act"),
            day=_when(record, "date"),
            effect=together([code("action", a) for a in record.action], ", "),
        )
    rows: list[str] = []
    if edtf(record.said_on) and record.said not in ("", "none"):
        rows.append(say("said {day}: {what}", day=_when(record, "said_on"), what=code("said", record.said)))
    if edtf(record.act_on):
        effect, act = code("effect", record.effect), record.act or say("act")
        rows.append(say("{act} of {day}: {effect}", act=act, day=_when(record, "act_on"), effect=effect))
    elif not _says_it_stays(record):
        rows.append(say("no act on record"))
    return together(rows, "; ")


def judge_sanctions(claim: Claim, desk: Desk) -> Finding:
    """A measure imposed, eased, licensed, lifted or delisted, against the legs of deals and the measures on record."""
    actor, action = str(claim.value.get("actor")), str(claim.value.get("action"))
    when = read_day(str(claim.value.get("date", "")))
    if when is None:
        return cannot_say(say("the text gives no day"), say("a day of publication (--published)"))
    quote = desk.page.text[claim.quote.start : claim.quote.end]
    target = str(claim.value.get("target", ""))
    wanted = topics(f"{target} {quote}", "measures")
    act_by = say("the act itself ({who:party})", who=state(actor))
    if not wanted and _something_else(claim, desk):
        return cannot_say(
            say("no measure on {target} on record ({who:party})", who=state(actor), target=target), act_by
        )
    exact = desk.published is None or str(claim.value["date"]) != desk.published.isoformat()
    pool = [r for r in (*_legs(desk), *desk.casebook.acts) if acts_for(r, actor)]
    on_topic = [r for r in pool if not wanted or wanted & _target_topics(r)]
    everything = not wanted and _all_of_it(claim, desk)
    if action == "maintained":
        return _kept_up(claim, desk, on_topic, when, exact=exact)
    good = [
        r
        for r in on_topic
        if _near(r, when, exact=exact)
        and _does(r, action)
        and (action != "delisted" or _off_the_list(r, when, exact=exact))
        and _same_number(claim, desk, r)
        and not everything
    ]
    if not good and (begun := _since(claim, desk, when)) is not None:
        acted = [r for r in on_topic if _does(r, action) and _same_number(claim, desk, r)]
        good = [r for r in acted if any(_after(d, begun, desk) for d in days_of(r))]
    if not good and not exact and action == "imposed" and _at_some_time(claim, desk, everything=everything):
        good = [r for r in on_topic if _does(r, action) and _by(r, when)][-1:]
    if not good and not exact:
        # "Brussels alone targeted 78 people and eight companies": how many they were tells which measure is meant.
        good = [r for r in on_topic if _does(r, action) and _tells_as_many(claim, desk, r) and _by(r, when)][:1]
    if not good:
        kept = _still_in_force(claim, desk, on_topic, when, exact=exact, everything=everything)
        if kept is not None:
            why = say("in force after the day said: {measure}", measure=_told(kept))
            step = _on_record(kept)
            return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=(step,), rests_on=kept.statements)
        why = say(
            "no measure on {target} on record that was {action} near {day} ({who:party})",
            who=state(actor),
            target=target or say("sanctions"),
            action=code("action", action.replace("announced_lifting", "announced")),
            day=when,
        )
        return cannot_say(why, act_by)
    steps = tuple(_on_record(r) for r in good[:3])
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=_told(good[0]),
        steps=steps,
        rests_on=good[0].statements,
        context=_but(action, good, on_topic, when),
    )


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


def _kept_up(claim: Claim, desk: Desk, on_topic: list[Act | Leg], when: PartialDate, *, exact: bool) -> Finding:
    """A measure said not to have been lifted, against what shows that it was in force after that day."""
    lifted = replace(claim, value={**claim.value, "action": "lifted"})
    kept = _still_in_force(lifted, desk, on_topic, when, exact=exact, everything=False)
    if kept is None:
        return cannot_say(say("a denial of a measure"), say("an act that shows the measure in force after that day"))
    why = say("in force after the day said: {measure}", measure=_told(kept))
    return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(_on_record(kept),), rests_on=kept.statements)


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


def _same_number(claim: Claim, desk: Desk, record: Act | Leg) -> bool:
    """False where the text says of how many people or companies a measure is, and the record of how many others."""
    inside = _inside(claim, desk)
    numbers = [c.value for c in desk.page.parsed[claim.sentence].of("number") if c.i in inside]
    said = {n: v for v in numbers if isinstance(n := v.get("n"), int) and n >= _LEAST}
    told = _numbers_of(record)
    return not said or not told or any(fits(v, n) for v in said.values() for n in told)


def _at_some_time(claim: Claim, desk: Desk, *, everything: bool) -> bool:
    """`The EU and others have penalised it`: said of no day, no number, nothing by name, and of nothing new."""
    p = desk.page.parsed[claim.sentence]
    counted = any(c.i in _inside(claim, desk) for c in p.of("number"))
    new = "new" in topics(" ".join(t.low for t in p.tokens), "groups")
    return not (everything or counted or new or p.of("date") or _own_names(claim, desk))


def _tells_as_many(claim: Claim, desk: Desk, record: Act | Leg) -> bool:
    """True where every number of the quote is one of the measure, one of them large enough to be nobody else's."""
    inside = _inside(claim, desk)
    said = [c.value for c in desk.page.parsed[claim.sentence].of("number") if c.i in inside]
    told = _numbers_of(record)
    large = any(int(v.get("n", 0)) >= _LEAST for v in said)
    return large and all(any(fits(v, n) for n in told) for v in said)


def _numbers_of(record: Act | Leg) -> set[int]:
    """How many people, companies or other things a measure is on, as its words and its note count them."""
    words = " ".join(record.get(key) for key in ("what", "target", "note"))
    return {int(n) for n in re.findall(r"(?<![\d-])\d{1,3}(?![\d-])", words)}


def _by(record: Act | Leg, when: PartialDate) -> bool:
    return when.latest is not None and any(d.possibly_by(when.latest) for d in days_of(record))


def _off_the_list(record: Act | Leg, when: PartialDate, *, exact: bool) -> bool:
    """True where an act of that time took somebody off a list: to say so, or to allow dealings, is less."""
    if not {record.effect, *record.action} & {"lifted", "delisted"}:
        return False
    day = record.act_on or record.date
    if day is None:
        return False
    if day.compatible(when) or exact or when.earliest is None or when.latest is None or day.middle is None:
        return day.compatible(when)
    return when.earliest - _BEFORE <= day.middle <= when.latest


# Measures of which the record has every act; of people and banks, some are listed and delisted all the time.
_WHOLE = frozenset({"potash", "airline", "arms"})
_SHOWS_IT = frozenset({"lifted", "delisted", "licensed", "eased", "extended", "renewed", "maintained"})


def _still_in_force(
    claim: Claim, desk: Desk, on_topic: list[Act | Leg], when: PartialDate, *, exact: bool, everything: bool
) -> Act | Leg | None:
    """The act that shows a measure to have been in force after the day on which it is said to have been lifted.

    Who lifts a measure, allows dealings against it, or prolongs it, had not lifted it before, unless it was imposed again
    in between. Who says at the time that it stays has not lifted it either.
    """
    if claim.value.get("action") not in ("lifted", "delisted") or when.latest is None or when.earliest is None:
        return None
    quote = desk.page.text[claim.quote.start : claim.quote.end]
    named = topics(f"{claim.value.get('target', '')} {quote}", "measures")
    others = [w for w in _own_names(claim, desk) if not topics(w, "measures") & _WHOLE]
    if others or not (everything or (named and named <= _WHOLE)):
        return None
    if not exact and any(_near(r, when, exact=False) and _does(r, "lifted") for r in on_topic) and not everything:
        return None
    imposed = [d for r in on_topic if _does(r, "imposed") for d in days_of(r) if d.earliest is not None]
    rows = sorted(
        ((day.earliest, r.id, r) for r in on_topic for day in _shown_on(r) if day.earliest is not None),
        key=lambda row: row[:2],
    )
    for day, _, record in rows:
        again = any(d.latest is not None and when.earliest <= d.latest and (d.earliest or day) <= day for d in imposed)
        told = when.earliest if exact else when.earliest - _WITHIN
        kept = _says_it_stays(record) and told <= day <= when.latest
        if kept or (day > when.latest and not again):
            return record
    return None


def _shown_on(record: Act | Leg) -> list[PartialDate]:
    """The days on which a measure is shown to be in force: by an act on it, or by the word that it stays."""
    if _says_it_stays(record):
        return days_of(record)
    acts = {record.effect, *record.action}
    day = record.act_on or record.date
    return [day] if day is not None and acts & _SHOWS_IT and day.is_day else []


def _says_it_stays(record: Act | Leg) -> bool:
    """`none: potash and other measures stay`, or an act that maintains them."""
    return "maintained" in record.action or (record.said == "none" and record.what.startswith("none: "))


def _does(record: Act | Leg, action: str) -> bool:
    acts = {*record.action, record.said, record.effect} - {""}
    if action == "imposed":
        return bool(acts & {"imposed", "reimposed", "extended", "renewed", "amended"})
    if action == "licensed":
        return "licensed" in acts
    if action == "eased":
        return bool(acts & _RELIEF)
    return bool(acts & (_RELIEF - {"licensed"}))


def _but(action: str, good: list[Act | Leg], on_topic: list[Act | Leg], when: PartialDate) -> str:
    """What to add to a claim that is right: said lifted where the act only licensed, and when it was lifted in law."""
    if action not in ("lifted", "delisted", "announced_lifting"):
        return ""
    notes: list[str] = []
    for record in good:
        said_on, act_on = edtf(record.said_on), edtf(record.act_on)
        if act_on and (act_on != said_on or record.effect not in ("lifted", "delisted")):
            effect = code("effect", record.effect)
            told = say("said {day}", day=_when(record, "said_on")) if said_on else code("said", "none")
            notes.append(
                say("{told}; the act of {day}: {effect}", told=told, day=_when(record, "act_on"), effect=effect)
            )
    later = [
        day
        for r in on_topic
        if r not in good and (day := _lifted_on(r)) is not None and (when.latest or date.max) < day
    ]
    if later:
        notes.append(say("lifted in law {day}", day=min(later)))
    kept = list(dict.fromkeys(notes))
    return say("right, but: {notes}", notes=together(kept, "; ")) if kept else ""


def _lifted_on(record: Act | Leg) -> date | None:
    if record.effect in ("lifted", "delisted"):
        day = record.act_on
    elif {"lifted", "delisted"} & set(record.action):
        day = record.date
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
    relief = [leg for leg in deal.legs if leg.side == "relief" and not _gave_nothing(leg)]
    steps = tuple(
        Step(what=_SIDES.get(leg.side, leg.side), result=_told(leg), rests_on=leg.statements) for leg in deal.legs
    )
    nothing = _by_who_gave_nothing(claim, deal, relief, against=bool(against), steps=steps)
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
        told = together([_whose(r) for r in relief], "; ")
        why = say("on record as given for it: {what}", what=told)
        return cannot_say(why, say("a source on what was given for it"), contested, steps)
    rests = tuple(s for leg in deal.legs for s in leg.statements)
    why = say("{title} ({day})", title=deal.title, day=deal.when)
    return Finding(verdict=Verdict.SUPPORTED, why=why, steps=steps, rests_on=rests, context=contested)


_SIDES = {
    "release": say("the release"),
    "relief": say("given for it"),
    "other": say("given besides"),
}


def _gave_nothing(leg: Act | Leg) -> bool:
    return leg.said in ("none", "") and leg.effect in ("none", "")


def _by_who_gave_nothing(
    claim: Claim, deal: Deal, relief: list[Act | Leg], *, against: bool, steps: tuple[Step, ...]
) -> Finding | None:
    """An exchange with a party that gave nothing by the record, and none beside it that gave something."""
    home = deal.id.removeprefix("deal:")[:2]
    others = [SAID_AS.get(p, p) for p in claim.value.get("parties", ()) if p != home]
    acting = [p for p in others if p in {SAID_AS.get(a, a) for a in _ACTING}]
    if claim.value.get("get") is None:
        gave = any(acts_for(leg, p) for leg in deal.legs for p in others) or any(
            p in _broker_codes(deal) for p in others
        )
        if not others or gave:
            return None
        return cannot_say(
            say("no relief on record ({who:party}): {deal}", who=state(others[0]), deal=deal.title), steps=steps
        )
    if not acting or any(acts_for(leg, p) for leg in relief for p in acting):
        return None
    kept = [leg for leg in deal.legs for p in acting if acts_for(leg, p) and _says_it_stays(leg)]
    if kept and relief and not against and len(acting) == 1:
        return Finding(verdict=Verdict.CONTRADICTED, why=_told(kept[0]), steps=steps, rests_on=kept[0].statements)
    why = say("no relief on record ({who:party}): {deal}", who=state(acting[0]), deal=deal.title)
    return cannot_say(why, steps=steps)


def _broker_codes(deal: Deal) -> set[str]:
    said = " ".join(deal.brokers).casefold() + " "
    return {p for p, names in _NAMES.items() if any(name in said for name in names)}


def _something_else_for_it(claim: Claim, desk: Desk, relief: list[Act | Leg]) -> bool:
    """True where the text names what was given, and the record has only something else: another measure, money, people."""
    sentence = desk.page.parsed[claim.sentence]
    inside = _inside(claim, desk)
    wanted = topics(" ".join(t.low for t in sentence.tokens), "measures")
    if wanted and claim.value.get("get") is not None:
        return not any(wanted & _target_topics(leg) for leg in relief)
    for_it = plain(sentence.lexicon.language).in_return_for
    after = [k for k in inside if k and sentence.tokens[k - 1].low in for_it]
    if claim.value.get("get") is not None or not after:
        return False
    named = range(after[0], min(len(sentence.tokens), after[0] + 7))
    given = ("free_verb", "freed_state", "free_noun", "sanctions")
    people = any(c.i in named for c in (*sentence.of("number"), *sentence.of("person")))
    return not people and not any(sentence.has(label, named.start, named.stop) for label in given)


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
    brokers = ", ".join(deal.brokers)
    if same or (len(said.split()) > 1 and said.rsplit(maxsplit=1)[-1] in told):
        why = say("{deal}: brokers {names}", deal=deal.title, names=brokers)
        return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=deal.statements, context=contested)
    why = say("brokers on record: {names}", names=brokers) if brokers else say("no broker on record")
    return cannot_say(why, say("who brokered it"), contested)
