"""One case: its spells, the days held by the stated rule, and the sources."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from habeas.answers.coverage import dated
from habeas.answers.facets import TIERS
from habeas.answers.shapes.people import AbsenceShape, CaseAnswer, DaysShape, SpellShape, ValueShape
from habeas.answers.standing import Standing, by_spell, in_words, told
from habeas.answers.standings import standings
from habeas.answers.states import LEVELS, State
from habeas.answers.words import word
from habeas.dates import Days, PartialDate, days_held
from habeas.errors import AmbiguousName
from habeas.languages import code
from habeas.nouns import (
    Answer,
    Case,
    Casebook,
    Confidence,
    Part,
    Phrase,
    Question,
    Spell,
    Step,
    Value,
    only,
    say,
    say_count,
    together,
)
from habeas.resolve import called, find

CONFIDENCES = {
    Confidence.REPORTED: say("reported: one source says so"),
    Confidence.CORROBORATED: say("corroborated: two sources that do not take it from each other say so"),
    Confidence.CONFIRMED: say("confirmed: a document was seen, or somebody who knows at first hand was asked"),
}
RULE = say("days held = end minus start, first day not counted")


class Custody(NamedTuple):
    """One spell as it stands on a day: its days in custody, until when they count, and its own state in words.

    `days` is None where they cannot be counted; `open`: nothing ended them by the day asked, up to which they count.
    """

    days: Days | None
    to: str
    words: Phrase
    open: bool


def custody(casebook: Casebook[Any], found: Case, day: date) -> tuple[Custody, ...]:
    """Each spell of a case as the question `case` has it, and nothing besides: for pages of many cases."""
    stays = _stays(casebook, found, day)
    return tuple(
        Custody(stay.length, stay.until or day.isoformat(), in_words(stay.on), open=not stay.until) for stay in stays
    )


class _Stay(NamedTuple):
    """One spell as it stands on a day, the days it lasted by then, and until when; empty: to the day asked."""

    spell: Spell
    on: Standing
    length: Days | None
    until: str


def _stays(casebook: Casebook[Any], found: Case, day: date) -> list[_Stay]:
    stays = []
    for spell in found.spells:
        on = by_spell(spell, day, casebook.book.horizon_days)
        stays.append(_Stay(spell, on, *_length(spell, day, on.state)))
    return stays


def stands(casebook: Casebook[Any], found: Case, day: date) -> Standing:
    """The state of a person on a day."""
    return standings(casebook)[found.id].standing(day.toordinal())


def the_case(casebook: Casebook[Any], name: str) -> Case:
    """The one case that a name, in any script, or a case id stands for.

    Raises:
        AmbiguousName: the name fits nobody for sure (`match`); whom it may mean is listed. It is not said again, for an
            error's text may end in a log.
    """
    known = called(name, casebook)
    if known is not None:
        return known
    near = tuple((c.id, c.label) for c in find(name, casebook))
    if not near:
        raise AmbiguousName("nobody in this book is called that; try the surname alone, or another spelling")
    these = "this one" if len(near) == 1 else f"one of these {len(near)}"
    raise AmbiguousName(
        f"that is not surely a name of one person here; did you mean {these}? Ask again by the id", near
    )


def case(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `case`: value is the days of the spell the person stands by, to its end or, where none has come, to the day asked."""
    asked = question.args.get("name", "")
    found = the_case(casebook, asked)
    day = question.as_of.on
    here = stands(casebook, found, day)
    stays = _stays(casebook, found, day)
    now = next((stay for stay in stays if stay.spell is here.spell), None)
    held = None if now is None else now.length
    low, best, high = (None, None, None) if held is None else (held.low, held.best, held.high)
    steps = (
        Step(what=say("how the person stands on {day}", day=day), result=_stands(here), rests_on=_rests(here)),
        *(step for number, stay in enumerate(stays, start=1) for step in _steps(number, stay)),
        *_contradicted(casebook, found),
        *_decided(found),
        *_parted(casebook, found),
    )
    more: CaseAnswer = {
        "case": found.id,
        "name": found.label,
        "asked": led_from(asked, found),
        "parted": list(found.parted),
        "names": [{"name": n.text, "lang": n.lang, "rests_on": [n.statement]} for n in found.names],
        "rule": RULE,
        "state": told(here),
        "in_custody": LEVELS[here.level],
        "spells": [_spell_json(casebook, stay, day) for stay in stays],
        "total_days": _in_all([stay.length for stay in stays if stay.on.state is not State.NOT_YET]),
        "attributes": _attributes(casebook, found),
        "tier": None if found.tier is None else found.tier.tier,
        "absences": _absences(found),
        "releases": list(found.releases),
        "lists": list(found.lists),
        "sources": [{"publisher": s.publisher, "url": s.url} for s in casebook.sources_of(found.statements) if s.url],
    }
    return Answer(
        question=question,
        value=best,
        low=low,
        high=high,
        sentence=_led(asked, found, _sentence(found, here, now, day)),
        steps=steps,
        rests_on=found.statements,
        more=more,
    )


def _in_all(lengths: list[Days | None]) -> DaysShape | None:
    total = _total(lengths)
    return None if total is None else {"low": total.low, "best": total.best, "high": total.high}


def _attributes(casebook: Casebook[Any], found: Case) -> dict[str, list[ValueShape]]:
    """The values of each property of the person."""
    return {p: [_value_json(casebook, v) for v in values] for p, values in found.attributes.items()}


def _absences(found: Case) -> list[AbsenceShape]:
    """Where the person was looked for and not found."""
    return [
        {
            "where": a.where,
            "day": None if a.day is None else a.day.text,
            "by": a.by,
            "url": a.url,
            "reason": a.reason,
            "rests_on": list(a.statements),
        }
        for a in found.absences
    ]


def led_from(asked: str, found: Case) -> str | None:
    """What was asked for, where it is an id that leads on to the case."""
    there = asked != found.id and any(asked == f"C-{mention.rpartition(':')[2]}" for mention in found.mentions)
    return asked if there else None


def _led(asked: str, found: Case, sentence: Phrase) -> Phrase:
    if led_from(asked, found) is None:
        return sentence
    return together((say("What stood under {was} is now in the case {now}.", was=asked, now=found.id), sentence))


def _decided(found: Case) -> list[Step]:
    """What people decided of the case beside its values: its tier, and where it was not found."""
    steps = []
    if found.tier is not None and found.tier.tier is not None:
        said = together((TIERS[found.tier.tier], found.tier.reason), "; ")
        steps.append(Step(what=say("the case"), result=said, rests_on=found.tier.statements))
    for one in found.absences:
        where = say(
            "looked for on {where}, {day}: not there", where=one.where, day=dated(one.day.text if one.day else "")
        )
        who = say("by {who}", who=one.by) if one.by else ""
        steps.append(Step(what=where, result=together((who, one.reason), "; "), rests_on=one.statements))
    return steps


def _parted(casebook: Casebook[Any], found: Case) -> list[Step]:
    """Whom the person was decided not to be: rows that once stood here may be there."""
    others = (casebook.cases[one] for one in found.parted if one in casebook.cases)
    return [
        Step(what=say("decided to be somebody else"), result=say("{name} ({id})", name=other.label, id=other.id))
        for other in others
    ]


def _stands(here: Standing) -> Phrase:
    words = in_words(here)
    return say("{state} ({reason})", state=words, reason=here.reason) if here.reason else words


def _rests(here: Standing) -> tuple[str, ...]:
    return () if here.spell is None else here.spell.statements


def _length(spell: Spell, day: date, state: State) -> tuple[Days | None, str]:
    """Days in custody of a spell and until when they count; empty: to the day asked, as nothing ended it before.

    They count up to its end on record or the day of another limit, where these have come; else to the end of a term that
    is over: of what came after those days nobody says that it was custody.
    """
    if spell.left is not None and not _to_come(spell.left, day):
        return spell.days, spell.left.value if spell.days is not None else ""
    start = None if spell.start is None else PartialDate.parse(spell.start.value)
    if start is None or not start.possibly_by(day):
        return None, ""
    until = ""
    if state in (State.DUE_OUT, State.LONG_DUE_OUT) and spell.term_ends is not None:
        until = spell.term_ends.isoformat()
    return days_held(start, PartialDate.parse(until) if until else PartialDate.of(day)), until


def _to_come(end: Value, day: date) -> bool:
    """True where what ended custody surely lies after a day."""
    earliest = PartialDate.parse(end.value).earliest
    return earliest is not None and day < earliest


def _total(lengths: list[Days | None]) -> Days | None:
    known = [length for length in lengths if length is not None]
    if not known or len(known) < len(lengths):
        return None
    best = [length.best for length in known]
    high = [length.high for length in known]
    return Days(
        sum(length.low for length in known),
        None if None in best else sum(b for b in best if b is not None),
        None if None in high else sum(h for h in high if h is not None),
    )


def _steps(number: int, stay: _Stay) -> list[Step]:
    spell, length, until = stay.spell, stay.length, stay.until
    steps = []
    if spell.start is not None:
        steps.append(
            Step(
                what=say("spell {number}: detained", number=number),
                result=only(PartialDate.parse(spell.start.value)),
                rests_on=spell.start.statements,
            )
        )
    if spell.end is not None:
        kind = word("released") if spell.exit_kind is None else code("release_kind", spell.exit_kind.value)
        steps.append(
            Step(
                what=say("spell {number}: out, {kind}", number=number, kind=kind),
                result=only(PartialDate.parse(spell.end.value)),
                rests_on=spell.end.statements,
            )
        )
    if length is not None:
        open_end = say("the day asked (no exit on record)") if spell.left is None else say("the day asked")
        to = dated(until) if until else open_end
        steps.append(
            Step(
                what=say("spell {number}: days to {until}; {rule}", number=number, until=to, rule=RULE),
                result=lasting(length),
                rests_on=spell.statements,
            )
        )
    for prop in _TOLD:
        steps.extend(
            Step(
                what=say("spell {number}: {property}", number=number, property=word(prop)),
                result=_fact(prop, v),
                rests_on=v.statements,
            )
            for v in spell.facts.get(prop, ())
        )
    steps.extend(Step(what=say("spell {number}: doubt", number=number), result=d) for d in spell.doubts)
    return steps


# What the working tells of a spell besides its dates: what was done, by whom, and on what conditions somebody came out.
_TOLD = (
    "arrest_place",
    "arrested_by",
    "sentenced",
    "court",
    "judge",
    "prosecutor",
    "investigator",
    "appeal",
    "incommunicado_since",
    "pardoned",
    "release_condition",
    "papers",
)


def _fact(prop: str, value: Value) -> Phrase:
    dates = ("sentenced", "appeal", "incommunicado_since", "pardoned")
    return only(PartialDate.parse(value.value)) if prop in dates else together([value.value])


def lasting(days: Days) -> Phrase:
    """Days with their bounds: `1,613`, `1,600–1,640`, `at least 1,600`."""
    if days.exact:
        return only(days.low)
    if days.high is None:
        return say("at least {number}", number=days.low)
    return say("{low}–{high}", low=days.low, high=days.high)


def in_days(days: Days) -> Phrase:
    """The same as a part of a sentence: `1,613 days`."""
    if days.exact:
        return say_count("{n} day", "{n} days", days.low)
    return say("{number} days", number=lasting(days))


def _limited(found: Case, here: Standing, length: Days | None, until: str) -> Phrase:
    """Of somebody whose custody another limit ended, or whose term is over without a word."""
    stays: dict[str, Part] = {"name": found.label, "state": in_words(here)}
    if length is None:
        return say("{name}: {state}.", **stays)
    assert here.spell is not None
    assert here.spell.start is not None  # there is a length
    begun = PartialDate.parse(here.spell.start.value)
    return say(
        "{name}: detained {begun}, {state}; in custody {days} to {until}.",
        **stays,
        begun=begun,
        days=in_days(length),
        until=dated(until),
    )


def _sentence(found: Case, here: Standing, now: _Stay | None, day: date) -> Phrase:
    if now is None:
        return say("{name}: only named; no source on record here dates custody.", name=found.label)
    spell, _, length, until = now
    if here.state is State.NOT_YET:
        return say("{name}: {state}.", name=found.label, state=in_words(here))
    over = (State.LIMITED, State.LIMIT_OVER, State.DUE_OUT, State.LONG_DUE_OUT)
    if here.state in over and spell.start is not None:
        return _limited(found, here, length, until)
    begun = PartialDate.parse(spell.start.value) if spell.start is not None else say("an unknown day")
    parts: dict[str, Part] = {"name": found.label, "begun": begun}
    if spell.end is None:
        if length is None:
            return say("{name}: detained {begun}, no exit on record.", **parts)
        return say(
            "{name}: detained {begun}, no exit on record; {days} to the day asked, if still held.",
            **parts,
            days=in_days(length),
        )
    parts["kind"] = _way_out(spell)
    parts["until"] = dated(until or spell.end.value)
    if _to_come(spell.end, day):
        return _before_the_exit(here, length, parts)
    if length is None:
        return say("{name}: detained {begun}, {kind} {until}.", **parts)
    return say("{name}: detained {begun}, {kind} {until}, {days}.", **parts, days=in_days(length))


def _before_the_exit(here: Standing, length: Days | None, parts: Mapping[str, Part]) -> Phrase:
    """Of a day before the exit on record: how the person stands on it, and how custody ended later."""
    if length is None:
        return say("{name}: {state}; {kind} {until}.", state=in_words(here), **parts)
    return say(
        "{name}: {state}, {days} to the day asked; {kind} {until}.",
        state=in_words(here),
        days=in_days(length),
        **parts,
    )


def _way_out(spell: Spell) -> str:
    """How somebody came out; a pardon of another day than the way out is told with its day."""
    kind, pardons = spell.exit_kind, spell.facts.get("pardoned", ())
    if kind is not None and kind.value == "pardoned" and pardons and spell.end is not None:
        day = PartialDate.parse(pardons[0].value)
        if not day.compatible(PartialDate.parse(spell.end.value)):
            return say("pardoned {day}, out", day=day)
    if (
        kind is None or kind.value == "released"
    ):  # with its day after it: that the grounds are not stated would part them
        return word("out" if kind is None else "released")
    return code("release_kind", kind.value)


def _value_json(casebook: Casebook[Any], value: Value) -> ValueShape:
    return {
        "value": value.value,
        "reason": value.reason,
        "confidence": value.confidence,
        "stood": value.stood or None,
        "against": [{"value": v, "by": _who(casebook, ids), "rests_on": list(ids)} for v, ids in value.against],
        "rests_on": [*value.statements, *value.decided],
    }


def _contradicted(casebook: Casebook[Any], found: Case) -> list[Step]:
    """What is contradicted, by whom, and why the other value is preferred."""
    said = [told for spell in found.spells for told in spell.stated()]
    said += [(p, v) for p, values in found.attributes.items() for v in values]
    return [
        Step(
            what=say("{property}: {value} stands, against it {other}", property=word(p), value=v.value, other=other),
            result=say("{who}; {reason}", who=", ".join(_who(casebook, ids)), reason=v.reason)
            if v.reason
            else together([", ".join(_who(casebook, ids))]),
            rests_on=ids,
        )
        for p, v in said
        for other, ids in v.against
    ] + [
        Step(
            what=say("{property}: {value}", property=word(p), value=v.value),
            result=CONFIDENCES[v.confidence],
            rests_on=v.decided,
        )
        for p, v in said
        if v.confidence is not None
    ]


def _who(casebook: Casebook[Any], statements: tuple[str, ...]) -> list[str]:
    """Who says it: the publishers, or the addresses of those that have none on record."""
    by = (s.publisher or s.title or s.url for s in casebook.sources_of(statements))
    return list(dict.fromkeys(who for who in by if who))


def _spell_json(casebook: Casebook[Any], stay: _Stay, day: date) -> SpellShape:
    spell, on = stay.spell, stay.on

    def told_of(value: Value | None) -> ValueShape | None:
        return None if value is None else _value_json(casebook, value)

    return {
        "start": told_of(spell.start),
        "end": told_of(spell.end),
        "exit_kind": told_of(spell.exit_kind),
        "taken_to": told_of(spell.taken_to),
        "sentence": told_of(spell.sentence),
        "term_ends": None if spell.term_ends is None else spell.term_ends.isoformat(),
        "days": _days_json(stay, day),
        "seen": [d.isoformat() for d, _ in spell.seen],
        "recognised": [w.text for w, _ in spell.recognised],
        "facts": {p: [_value_json(casebook, v) for v in values] for p, values in spell.facts.items()},
        "state": told(on),
        "in_custody": LEVELS[on.level],
        "reason": on.reason,
        "doubts": list(spell.doubts),
    }


def _days_json(stay: _Stay, day: date) -> DaysShape | None:
    length = stay.length
    if length is None:
        return None
    return {"low": length.low, "best": length.best, "high": length.high, "to": stay.until or day.isoformat()}
