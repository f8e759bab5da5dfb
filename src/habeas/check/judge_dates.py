"""Verdicts on dates and lengths of time that are not of custody: by the case, the releases, the measures and the context facts.

A date is said of an event. Which one is read from the words around it, in any language, as a topic (`topics.yaml`): the
word of an event that stands nearest to the date decides, and only what the record tells of that kind of event can bear it
out. Where the record knows such events on other days alone, the verdict names those days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from habeas.check.desk import Desk, Finding, cannot_say
from habeas.check.events import called, read_day
from habeas.check.judge_facts import judge_left, judge_office
from habeas.check.judge_people import SLACK, back_inside, judge_stay, rough
from habeas.check.judge_relief import measures_of
from habeas.check.judge_then import judge_then
from habeas.check.moves import moves, of_the_act
from habeas.check.named import gazetteer
from habeas.check.plain_claims import plain
from habeas.check.subjects import all_of, each, persons
from habeas.check.topics import by_distance, topics
from habeas.dates import PartialDate
from habeas.nouns import Case, Claim, EventKind, Fact, FactKind, Happening, Phrase, Step, Verdict, only, say, together

_NEAR = 9  # words between a date and the word of its event
_ASIDE = 2  # words between a date and a comma that only sets it apart
_BACK = 2  # sentences before in which those can be named whom an event befell
_RECENT = timedelta(days=60)
_FREED = ("freed_state", "free_verb", "free_noun", "pardon_word")
_MARKS = frozenset(",;:()—–")


def judge_date(claim: Claim, desk: Desk) -> Finding:
    """A date said of an arrest, a verdict, a death, a release or another event on record."""
    when = read_day(str(claim.value.get("date", "")))
    if when is None:
        return cannot_say(say("the date cannot be read"))
    if "negated" in claim.flags:
        return cannot_say(say("it is said not to have happened then"), say("what happened on that day"))
    event = str(claim.value.get("event"))
    release = desk.events.get(event)
    if release is not None or event == "release":
        own = _freed_then(claim, desk, when)
        if own is not None:
            return own
    if release is not None:
        why = say("the day of {release}", release=called(release))
        if release.when.compatible(when) or event == desk.events.main or _in_that_week(claim, release.when, when):
            return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=release.statements)
        return cannot_say(why)
    if event == "release":
        fitting = [r for r in desk.events.releases if r.when.within(when)]
        if fitting:
            why = say("the day of {release}", release=together([called(r) for r in fitting], ", "))
            return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=fitting[0].statements)
    finding = None
    if event in _OF_PEOPLE and persons(claim):
        finding = all_of([(n, _person_date(claim, desk, n, event, when)) for n in persons(claim)])
        if finding.verdict is not Verdict.NOT_ENOUGH:
            return finding
    other = _any_event(desk, when, claim)
    if other.verdict is not Verdict.SUPPORTED:
        other = judge_then(claim, desk, when) or other
    return other if finding is None or other.verdict is Verdict.SUPPORTED else finding


def _in_that_week(claim: Claim, day: PartialDate, when: PartialDate) -> bool:
    """True for a day in the week that a text means by a day of it: `signed last week`."""
    if claim.value.get("precision") != "week" or day.middle is None or when.middle is None:
        return False
    return abs(day.middle - when.middle) < _A_WEEK


def _freed_then(claim: Claim, desk: Desk, when: PartialDate) -> Finding | None:
    """`<somebody> was freed on Saturday`: the day is that of one person's release, not of whoever was freed then.

    None where the words before the release name nobody, somebody unknown, or a number of people.
    """
    parsed = desk.page.parsed[claim.sentence]
    first = next((k for k, t in enumerate(parsed.tokens) if t.start >= claim.quote.start), 0)
    # A quote may begin with the person's name, or after the verb.
    named = [c for c in parsed.of("person") if first - _BESIDE <= c.j <= first + 1 or c.i == first]
    if not named or str(named[-1].value["person"]) in desk.directory.rulers:
        return None
    between = range(named[-1].j, first)
    case = desk.case(str(named[-1].value["person"]))
    words = plain(parsed.lexicon.language)
    linking = words.past | words.now | words.linking
    if case is None or not case.spells or any(parsed.tokens[k].low not in linking for k in between):
        return None
    exits = [PartialDate.parse(s.end.value) for s in case.spells if s.end is not None]
    then = next((d for d in exits if d.compatible(when) or _close(d, when)), None)
    if then is not None:
        why = say("{name} left custody on {day}", name=case.label, day=then)
        ids = tuple(i for s in case.spells for i in s.statements)
        step = Step(what=say("exit on record"), result=only(then), rests_on=ids)
        return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=ids)
    told_of = (e for e in case.events if e.kind is EventKind.RELEASED and e.when.compatible(when))
    if any(not e.disputed for e in told_of) or any(back_inside(case, r) for r in desk.events.on(when)):
        return None
    if "coref" not in claim.flags and _inside_throughout(case, when):
        later = next(
            d for d in exits if d.earliest is not None and when.latest is not None and d.earliest > when.latest
        )
        why = say("{name} was in custody until {day}", name=case.label, day=later)
        ids = tuple(i for s in case.spells for i in s.statements)
        return Finding(verdict=Verdict.CONTRADICTED, why=why, rests_on=ids)
    told = together([only(d) for d in exits], ", ") if exits else say("no exit on record")
    why = say("on record for {name}: {what}", name=case.label, what=told)
    return cannot_say(why, say("the day of release of {name}", name=case.label))


def _close(day: PartialDate, when: PartialDate) -> bool:
    """Within three days of each other: a release is told of late, or counted from the border."""
    if not (day.is_day and when.is_day) or day.earliest is None or when.earliest is None:
        return False
    return abs((day.earliest - when.earliest).days) <= SLACK


_BESIDE = 4  # tokens between a name and the words of the release


# --- what befell a person -----------------------------------------------------------------------------------------

_OF_PEOPLE = {
    "detention": (EventKind.DETAINED, EventKind.RETURNED),
    "verdict": (EventKind.SENTENCED, EventKind.APPEAL),
    "death": (EventKind.DIED,),
}


_EVENTS = {"detention": say("arrest"), "verdict": say("verdict"), "death": say("death")}


def _days_of(desk: Desk, name: str, event: str) -> Iterator[tuple[PartialDate, tuple[str, ...]]]:
    """The days on record of an arrest, a verdict (appeals among them) or a death of somebody."""
    case = desk.case(name)
    if case is not None:
        yield from ((e.when, e.statements) for e in case.events if e.kind in _OF_PEOPLE[event])
    for fact in desk.facts("verdict" if event == "verdict" else "event", name):
        day = _when(fact)
        if day is not None and (event == "verdict" or (event == "detention" and Happening.ABDUCTION in fact.topic)):
            yield day, fact.statements


def _person_date(claim: Claim, desk: Desk, name: str, event: str, when: PartialDate) -> Finding:
    rows = list(_days_of(desk, name, event))
    for day, ids in rows:
        if _meets(day, when, claim):
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=say("{name}: {event} {day}", name=name, event=_EVENTS[event], day=day),
                rests_on=ids,
                steps=(Step(what=_EVENTS[event], result=only(day), rests_on=ids),),
            )
    if not rows:
        why = say("no date on record for {name}: {event}", name=name, event=_EVENTS[event])
        return cannot_say(why, say("the date for {name}: {event}", name=name, event=_EVENTS[event]))
    case = desk.case(name)
    if (
        event == "detention"
        and _inside_already(case, when)
        and "op" not in claim.value
        and "coref" not in claim.flags
        and str(claim.value.get("person")) == name
    ):
        why = say("{name}: {event} {day}", name=name, event=_EVENTS[event], day=rows[0][0])
        return Finding(verdict=Verdict.CONTRADICTED, why=why, rests_on=rows[0][1])
    if event == "death" and _died_once(rows, when) and str(claim.value.get("person")) == name:
        why = say("{name}: {event} {day}", name=name, event=_EVENTS[event], day=rows[0][0])
        return Finding(verdict=Verdict.CONTRADICTED, why=why, rests_on=rows[0][1])
    days = together([only(PartialDate.parse(d)) for d in sorted({d.text for d, _ in rows})], ", ")
    return cannot_say(
        say("on record for {name}: {what}", name=name, what=say("{event} {days}", event=_EVENTS[event], days=days))
    )


def _died_once(rows: list[tuple[PartialDate, tuple[str, ...]]], when: PartialDate) -> bool:
    """True where every source that gives the day of a death gives one, which lies well off the time said."""
    known = {d.text: d for d, _ in rows if d.is_day}
    if len(known) != 1 or when.earliest is None or when.latest is None:
        return False
    day = next(iter(known.values())).earliest
    rest = (d for d, _ in rows if not d.is_day)
    assert day is not None  # a day has its first moment
    off = when.latest + _A_WEEK < day or day + _A_WEEK < when.earliest
    return off and all(d.latest is None or day <= d.latest for d in rest)


_A_WEEK = timedelta(days=7)


def _inside_throughout(case: Case, when: PartialDate) -> bool:
    """True where somebody surely was in custody before a time, all through it, and for more than a week after."""
    for spell in case.spells:
        if spell.start is None or spell.end is None or when.latest is None:
            continue
        if spell.start.contested or spell.end.contested:
            continue
        start, end = PartialDate.parse(spell.start.value), PartialDate.parse(spell.end.value)
        begun = start.latest is not None and when.earliest is not None and start.latest < when.earliest
        if begun and end.earliest is not None and when.latest + _A_WEEK < end.earliest:
            return True
    return False


def _inside_already(case: Case | None, when: PartialDate) -> bool:
    """True where somebody was in custody for more than a month before a date and after it: no arrest can be then.

    A date before the arrest on record proves nothing: people are arrested more than once.
    """
    if case is None or when.earliest is None or when.latest is None:
        return False
    for spell in case.spells:
        if spell.start is None or spell.end is None or spell.start.contested or spell.end.contested:
            continue
        start, end = PartialDate.parse(spell.start.value), PartialDate.parse(spell.end.value)
        if start.latest is None or end.earliest is None:
            continue
        if start.latest + timedelta(days=31) < when.earliest and when.latest < end.earliest:
            return True
    return False


def _meets(day: PartialDate, when: PartialDate, claim: Claim) -> bool:
    if claim.value.get("op") == "lt":
        return when.latest is not None and day.certainly_by(when.latest)
    if day.earliest is None or day.latest is None:
        return False  # "dead by January 2024" is no day of anything
    if when.is_day and day.is_day and when.earliest is not None and day.earliest is not None:
        return abs((when.earliest - day.earliest).days) <= SLACK
    return day.compatible(when)


# --- other events -------------------------------------------------------------------------------------------------


def _clause(claim: Claim, desk: Desk) -> tuple[list[str], int]:
    """The words of the clause in which a claim's date stands, and the place of the date among them."""
    parsed = desk.page.parsed[claim.sentence]
    said = str(claim.value.get("date", ""))
    inside = [c for c in parsed.of("date") if str(c.value["date"]) == said] or parsed.of("date")
    at = next((c.i for c in inside if parsed.tokens[c.i].start >= claim.quote.start - 1), inside[0].i if inside else 0)
    tokens = parsed.tokens
    # A date set apart by commas ("Kalesnikava, in September 2020, ...") belongs to the words around it.
    start = max((k + 1 for k in range(at - _ASIDE) if tokens[k].text in _MARKS), default=0)
    stop = next((k for k in range(at + _ASIDE + 1, len(tokens)) if tokens[k].text in _MARKS), len(tokens))
    return [t.low for t in tokens[start:stop]], at - start


def _spoken_of(desk: Desk, s: int) -> list[str]:
    """The people named in a sentence and in the two before it."""
    rows = range(max(0, s - _BACK), s + 1)
    return [str(c.value["person"]) for k in rows for c in desk.page.people(k)]


def _when(fact: Fact) -> PartialDate | None:
    """The day of a context fact, or the span from its first to its last day."""
    first, last = fact.from_, fact.to
    if first is None or last is None or first.text == last.text:
        return first
    return PartialDate.parse(f"{first.text}/{last.text}") if "/" not in first.text + last.text else first


def _told(desk: Desk, kinds: frozenset[str], s: int) -> list[Fact]:
    """The context facts of an event of one of these kinds; one that tells of people or bodies only where one is named."""
    bodies = gazetteer(desk.casebook).bodies_in(desk.page.printed(s, back=_BACK))
    people = _spoken_of(desk, s)
    return [
        fact
        for fact in desk.casebook.facts
        if fact.kind is FactKind.EVENT
        and kinds & set(fact.topic)
        and (not fact.person or any(desk.tells_of(fact, name) for name in people))
        and (not fact.body or bodies & set(fact.body))
    ]


def _apart(fact: Fact, when: PartialDate) -> int:
    """How many days a context fact lies from a date as said."""
    day = _when(fact)
    middle = None if day is None else day.middle
    return 0 if middle is None or when.middle is None else abs((middle - when.middle).days)


def _fits_day(fact: Fact, when: PartialDate, claim: Claim, *, decade: bool) -> bool:
    day = _when(fact)
    if day is None:
        return False
    if claim.value.get("op") == "lt":
        return when.latest is not None and day.possibly_by(when.latest)
    if (
        (str(claim.value.get("precision", "")).endswith("decade") or decade)
        and when.earliest is not None
        and day.middle is not None
    ):
        return day.middle.year // 10 == when.earliest.year // 10
    return day.compatible(when)


def _any_event(desk: Desk, when: PartialDate, claim: Claim) -> Finding:
    """An event of another kind: what the record has of that kind on that day."""
    main = desk.events.get(desk.events.main)
    releases = [main, *desk.events.releases] if main is not None else desk.events.releases
    same_day = next((r for r in releases if r.when.is_day and when.is_day and r.when.compatible(when)), None)
    if same_day is not None and _of_release(claim, desk):
        why = say("the day of {release}", release=called(same_day))
        return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=same_day.statements)
    words, at = _clause(claim, desk)
    near = by_distance(words, at, "events", _NEAR)
    named = _spoken_of(desk, claim.sentence)
    others: list[Phrase] = []
    decade = desk.page.text[claim.quote.end : claim.quote.end + 1] == "s"  # "founded in the 1990s"
    for k, (_, kinds) in enumerate(near):
        found = _told(desk, kinds, claim.sentence)
        good = [f for f in found if _fits_day(f, when, claim, decade=decade)]
        if good:
            step = Step(what=say("on record"), result=_fact(good[0]), rests_on=good[0].statements)
            return Finding(verdict=Verdict.SUPPORTED, why=_fact(good[0]), steps=(step,), rests_on=good[0].statements)
        if "court" in kinds and (finding := _verdict_then(claim, desk, when, named)) is not None:
            return finding
        if "measure" in kinds and (finding := _measure_then(claim, desk, when)) is not None:
            return finding
        if k == 0:
            others = [_fact(f) for f in sorted(found, key=lambda f: _apart(f, when))]
    if desk.page.parsed[claim.sentence].has("sanctions") and (finding := _measure_then(claim, desk, when)) is not None:
        return finding
    if when.is_day and (finding := _on_that_day(claim, desk, when)) is not None:
        return finding
    if others:
        told = say("on record: {what}", what=together(others[:3], "; "))
        return cannot_say(told, say("a source on what happened then ({day})", day=when))
    return cannot_say(say("this event is not on record"), say("a fact with its date ({day})", day=when))


def _fact(fact: Fact) -> Phrase:
    return say("{what} ({day})", what=fact.what, day=_when(fact) or say("not dated"))


def _on_that_day(claim: Claim, desk: Desk, when: PartialDate) -> Finding | None:
    """`sworn in ..., state media reported on Tuesday`: an event that the sentence speaks of, on that very day."""
    kinds = topics(" ".join(t.low for t in desk.page.parsed[claim.sentence].tokens), "events")
    for fact in _told(desk, kinds, claim.sentence):
        day = _when(fact)
        if day is not None and day.is_day and day.compatible(when):
            return Finding(verdict=Verdict.SUPPORTED, why=_fact(fact), rests_on=fact.statements)
    return None


def _verdict_then(claim: Claim, desk: Desk, when: PartialDate, named: list[str]) -> Finding | None:
    """A verdict of a court on somebody spoken of then: close by, or anywhere in the text where a day is given."""
    anywhere = [str(c.value["person"]) for s in range(len(desk.page.parsed)) for c in desk.page.people(s)]
    for name in dict.fromkeys([*persons(claim), *reversed(named), *(anywhere if when.is_day else [])]):
        for day, ids in _days_of(desk, name, "verdict"):
            if _meets(day, when, claim):
                return Finding(
                    verdict=Verdict.SUPPORTED,
                    why=say("{name}: {event} {day}", name=name, event=_EVENTS["verdict"], day=day),
                    rests_on=ids,
                    steps=(Step(what=_EVENTS["verdict"], result=only(day), rests_on=ids),),
                )
    return None


def _measure_then(claim: Claim, desk: Desk, when: PartialDate) -> Finding | None:
    """A measure that came into force, or changed, on that day."""
    # A year alone fits too many measures to bear anything out.
    if len(str(claim.value.get("date", ""))) < len("2022-04"):
        return None
    for measure in measures_of(claim, desk):
        day = next((d for d in measure.days if d.compatible(when)), None)
        if day is not None:
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=say("{who}: {what}, {day}", who=measure.who, what=measure.what, day=day),
                rests_on=measure.statements,
            )
    return None


def _of_release(claim: Claim, desk: Desk) -> bool:
    """True where a date is said of a release, or of word given of it; not of what else happened on that day."""
    if claim.value.get("event") == "release":
        return True
    parsed = desk.page.parsed[claim.sentence]
    inside = [k for k, t in enumerate(parsed.tokens) if claim.quote.start <= t.start and t.end <= claim.quote.end]
    if not inside:
        return False
    first, last = max(0, inside[0] - 2), inside[-1] + 1
    if any(parsed.has(label, first, last) for label in _FREED):
        return True
    told = any(parsed.has(label, first, last) for label in ("says", "announced", "event_verb"))
    return told and any(parsed.has(label) for label in _FREED)


# --- lengths of time that are not of custody ----------------------------------------------------------------------


def judge_length(claim: Claim, desk: Desk) -> Finding:
    """How long somebody was in custody or out of touch, or how long talks, protests or another event lasted."""
    parsed = desk.page.parsed[claim.sentence]
    inside = [k for k, t in enumerate(parsed.tokens) if t.start >= claim.quote.start and t.end <= claim.quote.end]
    near = by_distance([t.low for t in parsed.tokens], inside[-1] if inside else 0, "events", _NEAR)
    if persons(claim) and any("silence" in kinds for _, kinds in near):
        return each(claim, desk, _silent)
    if parsed.has("left_to_serve") and persons(claim):
        return judge_left(claim, desk)
    if claim.value.get("state") == "in_custody":
        return judge_stay(claim, desk)
    if not persons(claim) and (told := _whose(claim, desk)) is not None:
        return told
    for fact in _told(desk, near[0][1] if near else frozenset(), claim.sentence):
        days = _lasted(fact, desk.published)
        if days is not None and _length_in_days(claim) in (days, days - 1):
            start, end = fact.from_ or "", fact.to or ""
            lasted = say("{start} to {end}: {n} days with the first and the last", start=start, end=end, n=days)
            why = say("{name}: {what}", name=fact.what, what=lasted)
            step = Step(what=say("length"), result=lasted, rests_on=fact.statements)
            return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=fact.statements)
    return cannot_say(say("the record holds no dates for this length of time"), say("its first and last day"))


_HELD = ("held_state", "held_verb", "held_noun", "jailed_for")
_RULED = ("office", "reign", "in_power")


def _whose(claim: Claim, desk: Desk) -> Finding | None:
    """A length of time that names nobody: in office, of the one who rules; in custody, of those spoken of before.

    The record can bear such a reading out, and never call it wrong.
    """
    s, p = claim.sentence, desk.page.parsed[claim.sentence]
    first = next((k for k, t in enumerate(p.tokens) if t.start >= claim.quote.start), 0)
    if topics(" ".join(t.low for t in p.tokens), "events") & {"silence"}:
        return None
    rulers = [str(c.value["person"]) for c in p.of("person") if c.value["person"] in desk.directory.rulers]
    finding = None
    if rulers and any(p.has(label) for label in _RULED):
        finding = judge_office(replace(claim, value={**claim.value, "person": rulers[0]}), desk)
    elif any(p.has(label) for label in _HELD):
        told = desk.page.group_for(s, first) or desk.page.subjects(s)
        names = [str(c.value["person"]) for c in told if c.value["person"] not in desk.directory.rulers]
        if names:
            own = {**claim.value, "persons": names, "state": "in_custody"}
            finding = judge_stay(replace(claim, value=own), desk)
    elif p.has("sanctions") or p.has("ease") or p.has("license"):
        finding = _in_force(claim, desk)
    return finding if finding is not None and finding.verdict is Verdict.SUPPORTED else None


def _in_force(claim: Claim, desk: Desk) -> Finding | None:
    """How long a measure holds, from its day, or the one on which it begins, to the one with which it ends by itself."""
    months = _length_in_days(claim) / 30.44
    for move in of_the_act(desk.casebook, moves(desk.casebook), desk.page.printed(claim.sentence)):
        first, last = move.begins or move.act_on, move.until
        if first is None or last is None or first.earliest is None or last.earliest is None:
            continue
        held = (last.earliest - first.earliest).days / 30.44
        if desk.published is not None and abs((desk.published - first.earliest).days) > _RECENT.days:
            continue
        if abs(held - months) <= _HALF_A_MONTH:
            why = say("{start} to {end}", start=first, end=last)
            step = Step(what=move.what, result=why, rests_on=move.statements)
            return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=move.statements)
    return None


_HALF_A_MONTH = 0.5


def _lasted(fact: Fact, published: date | None) -> int | None:
    """The days of an event shortly before publication, the first and the last counted."""
    first, last = fact.from_, fact.to
    if published is None or first is None or last is None or not (first.is_day and last.is_day):
        return None
    assert first.earliest is not None
    assert last.earliest is not None
    return (last.earliest - first.earliest).days + 1 if published - _RECENT <= last.earliest <= published else None


def _length_in_days(claim: Claim) -> float:
    value = claim.value
    return float(value.get("days", 0)) + 30.44 * (float(value.get("months", 0)) + 12 * float(value.get("years", 0)))


def _silent(claim: Claim, desk: Desk, case: Case) -> Finding:
    """Out of touch since the last letter, as long as the person was inside."""
    last = next(reversed(case.ever("incommunicado_since")), None)
    if last is None or desk.published is None:
        missing = say("the day of the last news of {name}", name=case.label)
        return cannot_say(say("no record of when {name} was last heard from", name=case.label), missing)
    when = PartialDate.parse(last.value)
    if when.earliest is None or when.latest is None:
        return cannot_say(say("last heard from {day}", day=when))
    if "since" in claim.value:
        said = read_day(str(claim.value["since"]))
        fits = said is not None and said.compatible(when)
    else:
        days, month = _length_in_days(claim), 30.44
        unit = 12 if "years" in claim.value and "months" not in claim.value else 1
        low, high = (desk.published - when.latest).days / month, (desk.published - when.earliest).days / month
        fits = rough(days / month, unit, str(claim.value.get("op", "eq")), low, high)
    why = say("{name}: last heard from {day}", name=case.label, day=when)
    if not fits:
        return cannot_say(why, say("later news of {name}", name=case.label))
    told = say("{start} to {end}", start=when, end=desk.published)
    step = Step(what=say("last heard from"), result=told, rests_on=last.statements)
    return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=last.statements)
