"""Verdicts on sentences, ages, awards, offices and dates: by the case, and by the context facts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from habeas.check.desk import Desk, Finding, cannot_say
from habeas.check.events import identifier, read_day
from habeas.check.judge_people import SLACK, each, persons, rough, together
from habeas.check.judge_relief import same_measure
from habeas.dates import PartialDate
from habeas.names import compare
from habeas.nouns import Case, Claim, EventKind, Record, Step, Verdict

# --- sentences, ages ----------------------------------------------------------------------------------------------


def _months(duration: str) -> int | None:
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:\d+W)?(?:\d+D)?", duration)
    return None if found is None else 12 * int(found[1] or 0) + int(found[2] or 0)


# A sentence far from the one on record may be of another trial; one that is a year off, of before or after an amnesty.
_SAME_TRIAL = (0.75, 1.5)
_AMNESTY = 12  # months


def _misstated(said: float, on_record: int) -> bool:
    return _SAME_TRIAL[0] * on_record <= said <= _SAME_TRIAL[1] * on_record and abs(said - on_record) > _AMNESTY


def _told_twice(desk: Desk, rows: list[tuple[int, tuple[str, ...]]]) -> bool:
    """True where more than one source gives the sentence."""
    told = {s.source for _, ids in rows for i in ids if (s := desk.casebook.statements.get(i)) is not None}
    return len(told) > 1


def judge_sentence(claim: Claim, desk: Desk) -> Finding:
    """A sentence, against every one on record for the person."""
    if "statutory" in claim.flags:
        return cannot_say("a penalty the law allows, not one that somebody got")
    return each(claim, desk, _sentence)


def _of_facts(desk: Desk, case: Case) -> list[tuple[int, Record]]:
    """Sentences told by context facts: `sentenced to 10, 9 and 7 years` for people in that order."""
    found = []
    for fact in desk.casebook.facts:
        names = fact.values.get("person", ())
        years = [int(y) for y in re.findall(r"\d+", fact.get("what"))]
        if fact.get("kind") != "verdict" or not years:
            continue
        for k, name in enumerate(names):
            if compare(name, case.label).sure:
                found.append((12 * (years[k] if len(years) == len(names) else years[0]), fact))
    return found


def _sentence(claim: Claim, desk: Desk, case: Case) -> Finding:
    value = claim.value
    known = [
        (v, ids)
        for s in case.spells
        if s.sentence is not None
        for v, ids in ((s.sentence.value, s.sentence.statements), *s.sentence.against)
    ]
    rows = [(m, ids) for v, ids in known if (m := _months(v)) is not None] + [
        (m, f.statements) for m, f in _of_facts(desk, case)
    ]
    if not rows and not known:
        return cannot_say(f"no sentence of {case.label} on record", f"the sentence of {case.label}")
    if value.get("life"):
        good = [ids for v, ids in known if v == "life"]
        return (
            Finding(verdict=Verdict.SUPPORTED, why="life, as on record", rests_on=good[0])
            if good
            else cannot_say("no life sentence on record")
        )
    low = 12 * float(value.get("years_min", value.get("years", 0))) + float(value.get("months", 0))
    high = 12 * float(value.get("years_max", value.get("years", 0))) + float(value.get("months", 0))
    for months, ids in rows:
        if low <= months <= high:
            text = f"{months // 12} years" + (f" {months % 12} months" if months % 12 else "")
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=f"{case.label}: {text} on record",
                rests_on=ids,
                steps=(Step(what="sentence on record", result=text, rests_on=ids),),
            )
    exact = value.get("op", "eq") == "eq" and "years" in value and not {"coref", "elliptic", "hedged"} & claim.flags
    said = ", ".join(sorted({f"{m / 12:g} years" for m, _ in rows}))
    if (
        exact
        and "months" not in value
        and len({m for m, _ in rows}) == 1
        and len(case.spells) == 1
        and _misstated(low, rows[0][0])
        and _told_twice(desk, rows)
    ):
        return Finding(
            verdict=Verdict.CONTRADICTED,
            why=f"the text says {value['years']} years, the record {said}",
            rests_on=rows[0][1],
        )
    return cannot_say(f"on record for {case.label}: {said}", "the verdict that the text means")


def judge_age(claim: Claim, desk: Desk) -> Finding:
    """An age, at publication or at a date that the sentence gives: birth dates are public by year only."""
    return each(claim, desk, _age)


def _age(claim: Claim, desk: Desk, case: Case) -> Finding:
    born = case.attribute("born")
    if born is None:
        return cannot_say(f"no birth date of {case.label} on record", f"the year of birth of {case.label}")
    when = PartialDate.parse(born.value)
    anchors = [d for d in (desk.published,) if d is not None]
    for chunk in desk.page.parsed[claim.sentence].of("date"):
        read = read_day(str(chunk.value["date"]))
        if read is not None and read.earliest is not None:
            anchors += [d for d in (read.earliest, read.latest) if d is not None]
    spans = [_age_span(when, d) for d in anchors]
    for day, (low, high) in zip(anchors, spans, strict=True):
        if low <= claim.value["age"] <= high:
            context = "" if day == desk.published else f"right on {day}, not at publication"
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=f"born {born.value}: {low} or {high} on {day}"
                if low != high
                else f"born {born.value}: {low} on {day}",
                rests_on=born.statements,
                context=context,
            )
    low, high = spans[0] if spans else (0, 0)
    off = spans and (claim.value["age"] < low - 1 or claim.value["age"] > high + 1)
    if off and not born.contested and len(anchors) == 1:
        return Finding(
            verdict=Verdict.CONTRADICTED,
            why=f"born {born.value}: {low} to {high} at publication",
            rests_on=born.statements,
        )
    return cannot_say(f"born {born.value} on record", "the exact date of birth")


def _age_span(born: PartialDate, day: date) -> tuple[int, int]:
    def age(birth: date) -> int:
        return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))

    return (age(born.latest) if born.latest else 0), (age(born.earliest) if born.earliest else 150)


# --- facts --------------------------------------------------------------------------------------------------------


def _facts(desk: Desk, kind: str, person: str) -> Iterable[Record]:
    for fact in desk.casebook.facts:
        if fact.get("kind") == kind and any(compare(name, person).sure for name in fact.values.get("person", ())):
            yield fact


def judge_award(claim: Claim, desk: Desk) -> Finding:
    """A prize and its year."""
    words = {w for w in re.findall(r"[a-z]+", str(claim.value["award"]).casefold()) if w not in ("prize", "award")}
    found = [
        f
        for p in persons(claim)
        for f in _facts(desk, "award", p)
        if words & set(re.findall(r"[a-z]+", f.get("what").casefold()))
    ]
    if not found:
        return cannot_say(f"no award of that name to {', '.join(persons(claim))} on record", "a source on the award")
    when = found[0].date("from")
    step = Step(what="award on record", result=f"{found[0].get('what')}, {when}", rests_on=found[0].statements)
    if when is not None and when.earliest is not None and when.earliest.year == claim.value["year"]:
        return Finding(
            verdict=Verdict.SUPPORTED, why=f"{found[0].get('what')}", steps=(step,), rests_on=found[0].statements
        )
    if len(found) == 1 and when is not None and when.is_day:
        return Finding(
            verdict=Verdict.CONTRADICTED,
            why=f"on record: {found[0].get('what')}, {when}",
            steps=(step,),
            rests_on=found[0].statements,
        )
    return cannot_say(f"on record: {found[0].get('what')}")


def judge_office(claim: Claim, desk: Desk) -> Finding:
    """Time in office, from the context facts to the day of publication."""
    found = [f for p in persons(claim) for f in _facts(desk, "office", p)]
    if not found:
        return cannot_say("no office of this person on record", "the first day in office")
    fact, start = found[0], found[0].date("from")
    if "ordinal_term" in claim.value:
        return cannot_say("the record does not number the terms of office", "the elections of this person")
    if start is None or start.earliest is None:
        return cannot_say("no first day in office on record", "the first day in office")
    if "since" in claim.value:
        when = read_day(str(claim.value["since"]))
        if when is not None and when.compatible(start):
            return Finding(verdict=Verdict.SUPPORTED, why=f"{fact.get('what')} since {start}", rests_on=fact.statements)
        return cannot_say(f"on record: since {start}")
    if desk.published is None:
        return cannot_say("the text gives no day to count to", "a day of publication (--published)")
    end = fact.date("to")
    until = desk.published if end is None or end.latest is None else min(end.latest, desk.published)
    years = (until - start.earliest).days / 365.25
    said, op = (
        float(claim.value.get("years", 0)) + float(claim.value.get("months", 0)) / 12,
        str(claim.value.get("op", "eq")),
    )
    step = Step(what="time in office", result=f"{start} to {until}: {years:.1f} years", rests_on=fact.statements)
    if rough(said * 12, 12 if said < 20 else 24, op, years * 12, years * 12):
        return Finding(
            verdict=Verdict.SUPPORTED,
            why=f"{years:.1f} years ({fact.get('what')} since {start})",
            steps=(step,),
            rests_on=fact.statements,
        )
    return cannot_say(f"{years:.1f} years by the record; the text says {said:g}", steps=(step,))


# --- dates --------------------------------------------------------------------------------------------------------


def judge_date(claim: Claim, desk: Desk) -> Finding:
    """A date said of an arrest, a verdict, a death, a release or another event on record."""
    when = read_day(str(claim.value.get("date", "")))
    if when is None:
        return cannot_say("the date cannot be read")
    if "negated" in claim.flags:
        return cannot_say("it is said not to have happened then", "what happened on that day")
    event = str(claim.value.get("event"))
    release = desk.events.get(event)
    if release is not None:
        if release.when.compatible(when) or event == desk.events.main:
            return Finding(verdict=Verdict.SUPPORTED, why=f"{event}: {release.when}", rests_on=release.statements)
        return cannot_say(f"{event}: {release.when}")
    if event == "release":
        fitting = [r for r in desk.events.releases if r.when.within(when)]
        if fitting:
            names = ", ".join(identifier(r) for r in fitting)
            return Finding(verdict=Verdict.SUPPORTED, why=f"released then: {names}", rests_on=fitting[0].statements)
    if event in ("detention", "verdict", "death") and persons(claim):
        return together([(n, _person_date(claim, desk, n, event, when)) for n in persons(claim)])
    return _any_event(desk, when, claim)


def _person_date(claim: Claim, desk: Desk, name: str, event: str, when: PartialDate) -> Finding:
    case = desk.case(name)
    rows: list[tuple[PartialDate, tuple[str, ...]]] = []
    if case is not None:
        kinds = {
            "detention": (EventKind.DETAINED, EventKind.RETURNED),
            "verdict": (EventKind.SENTENCED,),
            "death": (EventKind.DIED,),
        }[event]
        rows += [(e.when, e.statements) for e in case.events if e.kind in kinds]
    rows += [
        (d, f.statements)
        for f in _facts(desk, "verdict" if event == "verdict" else "event", name)
        if (d := f.date("from")) is not None
    ]
    for day, ids in rows:
        if _meets(day, when, claim):
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=f"{name}: {event} {day}",
                rests_on=ids,
                steps=(Step(what=event, result=str(day), rests_on=ids),),
            )
    if not rows:
        return cannot_say(f"no date of {event} of {name} on record", f"the date of {event} of {name}")
    one = (
        case is not None
        and len(case.spells) == 1
        and len({d.text for d, _ in rows}) == 1
        and rows[0][0].is_day
        and event == "detention"
    )
    if (
        one
        and _inside_already(case, when)
        and "op" not in claim.value
        and "coref" not in claim.flags
        and str(claim.value.get("person")) == name
    ):
        return Finding(verdict=Verdict.CONTRADICTED, why=f"{name}: {event} {rows[0][0]} on record", rests_on=rows[0][1])
    return cannot_say(f"on record for {name}: {event} {', '.join(sorted({d.text for d, _ in rows}))}")


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
    if when.is_day and day.is_day and when.earliest is not None and day.earliest is not None:
        return abs((when.earliest - day.earliest).days) <= SLACK
    return day.compatible(when)


_RELEASE = re.compile(
    r"\b(?:releas|freed|frees|free\b|pardon|amnest|swap|exchange|handover|handed over|let go|set free)"
)
_TOLD = re.compile(r"\b(?:sa(?:id|ys)|announc|report|confirm|sign|decree|told|wrote|statement)")


def _of_release(claim: Claim, desk: Desk) -> bool:
    """True where a date is said of a release, or of word given of it; not of what else happened on that day."""
    if claim.value.get("event") == "release":
        return True
    sentence = desk.page.sentences[claim.sentence]
    before = [t.start for t in sentence.tokens if t.start < claim.quote.start][-2:]
    told = desk.page.text[min([*before, claim.quote.start]) : claim.quote.end].casefold()
    whole = desk.page.text[sentence.start : sentence.end].casefold()
    return _RELEASE.search(told) is not None or (_TOLD.search(told) is not None and _RELEASE.search(whole) is not None)


def _any_event(desk: Desk, when: PartialDate, claim: Claim) -> Finding:
    """An event of another kind: what the record has on that very day, where one day is meant."""
    main = desk.events.get(desk.events.main)
    if (
        main is not None
        and _of_release(claim, desk)
        and main.when.is_day
        and when.is_day
        and main.when.compatible(when)
    ):
        return Finding(verdict=Verdict.SUPPORTED, why=f"the day of {identifier(main)}", rests_on=main.statements)
    words = set(re.findall(r"[a-z]{4,}", str(claim.value.get("what", "")).casefold()))
    for fact in desk.casebook.facts:
        day = fact.date("from")
        if (
            fact.get("kind") == "event"
            and day is not None
            and day.compatible(when)
            and words & set(re.findall(r"[a-z]{4,}", fact.get("what").casefold()))
        ):
            return Finding(verdict=Verdict.SUPPORTED, why=fact.get("what"), rests_on=fact.statements)
    if claim.value.get("event") == "verdict":
        named = {c.value["person"] for s in range(len(desk.page.parsed)) for c in desk.page.people(s)}
        for fact in desk.casebook.facts:
            day = fact.date("from")
            told = fact.get("kind") == "verdict" and day is not None and day.compatible(when)
            if told and any(compare(n, p).sure for n in named for p in fact.values.get("person", ())):
                return Finding(
                    verdict=Verdict.SUPPORTED,
                    why=f"{', '.join(fact.values['person'])}: {fact.get('what')}, {day}",
                    rests_on=fact.statements,
                )
    sentence, home = desk.page.parsed[claim.sentence], desk.casebook.book.country
    for measure in desk.casebook.measures if sentence.has("sanctions") else ():
        day = measure.date("date")
        if (
            day is not None
            and day.is_day
            and when.is_day
            and day.compatible(when)
            and same_measure(measure, sentence, home)
        ):
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=f"{measure.get('authority')}: {measure.get('target')}, {day}",
                rests_on=measure.statements,
            )
    return cannot_say("this event is not on record", "a fact with its date")
