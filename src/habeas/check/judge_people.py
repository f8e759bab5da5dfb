"""Verdicts on people: part of a release, custody on a day, sentence, time held, age, awards, offices and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from habeas.answers import Level, State, stands
from habeas.check.desk import Desk, Finding, cannot_say
from habeas.check.events import announced, called, identifier, read_day
from habeas.check.subjects import all_of, each, nobody_meant, persons, unknown
from habeas.dates import PartialDate, days_held
from habeas.languages import state
from habeas.names import compare
from habeas.nouns import (
    Case,
    Claim,
    EventKind,
    FigureKind,
    Happening,
    Phrase,
    Release,
    Spell,
    Step,
    Value,
    Verdict,
    only,
    say,
    together,
)

SLACK = 3  # the start may be the seizure, the formal arrest or the transfer
ANOTHER_START = 31  # days by which a text may be off that counts from the charge or the formal arrest
_A_WEEK = timedelta(days=7)
ANOTHER_STRETCH = 0.3  # a number further off than this share may be of another stretch in custody


# --- part of a release --------------------------------------------------------------------------------------------


def _readings(value: Value | None) -> list[PartialDate]:
    return [] if value is None else [PartialDate.parse(v) for v in (value.value, *(v for v, _ in value.against))]


def back_inside(case: Case, release: Release) -> bool:
    """True where the person was taken back, or refused to leave, at the release."""
    day = release.when.latest
    if day is None:
        return False
    returned = any(
        e.kind is EventKind.RETURNED and e.when.earliest is not None and abs((e.when.earliest - day).days) <= 7
        for e in case.events
    )
    return returned or any(
        r.figure is FigureKind.REFUSED and any(compare(name, case.label).sure for name in r.person)
        for r in release.figures
    )


def _exit_elsewhere(case: Case, release: Release) -> Spell | None:
    """The spell that shows, exactly and uncontested, that the person was inside for more than a week after the release."""
    day = release.when.latest
    for spell in case.spells:
        if day is None or spell.end is None or spell.end.contested:
            continue
        end = PartialDate.parse(spell.end.value)
        begun = spell.start is None or PartialDate.parse(spell.start.value).certainly_before(day)
        if begun and end.earliest is not None and (end.earliest - day).days > 7:
            return spell
    return None


def _disputed(case: Case, release: Release) -> str:
    """Why the record does not take the person to have been freed then although some source says so, or nothing."""
    for event in case.events:
        if event.kind is EventKind.RELEASED and event.disputed and event.when.compatible(release.when):
            return event.disputed
    if case.id in getattr(release, "disputed", ()):
        which = called(release)
        return say("some lists of {release} name {name}, others give another day", release=which, name=case.label)
    ends = [end for spell in case.spells for end in _readings(spell.end)[:1]]
    named = case.id in release.named or identifier(release) in case.releases
    if named and ends and not any(_same_time(end, release.when) for end in ends):
        days = together([only(end) for end in ends], ", ")
        which = called(release)
        return say(
            "a list of {release} names {name}; the exit on record is {days}", release=which, name=case.label, days=days
        )
    return ""


def _out_before(case: Case, release: Release) -> bool:
    """True where the last exit on record lies before a release."""
    ends = [end for spell in case.spells[-1:] for end in _readings(spell.end)[:1]]
    day = release.when.earliest
    return bool(ends) and day is not None and ends[0].certainly_before(day)


def _same_time(end: PartialDate, when: PartialDate) -> bool:
    """True where an exit can be that of a release: the same day, give or take three."""
    if end.compatible(when):
        return True
    if end.middle is None or when.middle is None:
        return False
    return abs((end.middle - when.middle).days) <= SLACK


def judge_membership(claim: Claim, desk: Desk) -> Finding:
    """Somebody said to be part of a release, or not: by the names on record, and by what happened to the person after."""
    return each(claim, desk, _member)


def _release_meant(claim: Claim, desk: Desk, case: Case) -> Release | None:
    """The release a claim was read as speaking of; else another of its time that the text tells of and the person was in."""
    release = desk.events.get(claim.value.get("event"))
    if release is None or desk.published is None or "date" in claim.value or not claim.value.get("member", True):
        return release
    if case.id in release.named or identifier(release) in case.releases:
        return release
    recent = [r for r in desk.events.recent(desk.published) if case.id in r.named or identifier(r) in case.releases]
    counted = {c.value.get("n") for c in desk.page.parsed[claim.sentence].of("number")} & {*announced(release)}
    own = [r for r in recent if _told_by(r, desk)] or ([] if counted else recent)
    return next(iter(own), release)


def _told_by(release: Release, desk: Desk) -> bool:
    """True where the text gives the number of people announced for a release."""
    numbers = {c.value.get("n") for p in desk.page.parsed for c in p.of("number")}
    return any(n in numbers for n in announced(release) if n > 1)


def _member(claim: Claim, desk: Desk, case: Case) -> Finding:
    release = _release_meant(claim, desk, case)
    wanted = bool(claim.value.get("member", True))
    if release is None:
        return _freed_somewhen(claim, desk, case, wanted=wanted)
    named = case.id in release.named or identifier(release) in case.releases
    rests = tuple(s for e in case.events if e.kind is EventKind.RELEASED for s in e.statements) or release.statements
    when = read_day(str(claim.value.get("date", "")))
    # Only a text that names the day of the release can be contradicted about who was in it.
    sure = when is not None and when.is_day and release.when.is_day and when.earliest == release.when.earliest
    which = called(release)
    step = Step(
        what=say("named in {release}", release=which), result=say("yes") if named else say("no"), rests_on=rests
    )
    is_named = say("{name} is named in {release}", name=case.label, release=which)
    disputed = _disputed(case, release)
    if named and not disputed:
        back = back_inside(case, release)
        if not wanted and not sure:
            return cannot_say(say("{what}; the text may mean another", what=is_named), steps=(step,))
        if not wanted:
            return Finding(verdict=Verdict.CONTRADICTED, why=is_named, steps=(step,), rests_on=rests)
        if back:
            return _not_free(is_named, step, rests)
        return Finding(verdict=Verdict.SUPPORTED, why=is_named, steps=(step,), rests_on=rests)
    if disputed and back_inside(case, release) and wanted:
        return _not_free(say("among those of {release}", release=which), step, rests)
    if disputed:
        why = say("sources disagree on whether {name} was freed then: {why}", name=case.label, why=disputed)
        return cannot_say(why, context=disputed, steps=(step,))
    if wanted and not release.named and (left := _left_on(case, release)) is not None:
        why = say("{name} left custody on {day}", name=case.label, day=release.when)
        return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=left.statements)
    counted = {c.value.get("n") for c in desk.page.parsed[claim.sentence].of("number")} & {*announced(release)}
    if wanted and when is None and not named and not counted and _out_before(case, release):
        # The text gives neither day nor number, and nobody is freed who is free: it speaks of an earlier release.
        elsewhere = _freed_somewhen(claim, desk, case, wanted=wanted)
        if elsewhere.verdict is Verdict.SUPPORTED:
            return replace(
                elsewhere, context=say("{name} is not among those named for {release}", name=case.label, release=which)
            )
    if not wanted and release.when.latest is not None and in_custody(case, release.when.latest + _A_WEEK, desk):
        why = say(
            "{name} is not among those named for {release}, and was in custody after it by the record",
            name=case.label,
            release=which,
        )
        return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=case.statements[:1])
    return _not_named(release, case, step, wanted=wanted, sure=sure)


def _not_free(why: str, step: Step, rests: tuple[str, ...]) -> Finding:
    """Freed that day, and not free: right when written, and wrong by now."""
    context = say("released, but not free: refused to leave or was taken back at once")
    return Finding(
        verdict=Verdict.SUPPORTED,
        today=Verdict.CONTRADICTED,
        why=why,
        steps=(step,),
        rests_on=rests,
        context=context,
    )


def _left_on(case: Case, release: Release) -> Spell | None:
    """The stay that ended on the day of a release."""
    found = (s for s in case.spells if s.end is not None and PartialDate.parse(s.end.value) == release.when)
    return next(found, None) if release.when.is_day else None


def _abroad_before(case: Case, release: Release) -> Spell | None:
    """The last stay, where it ended more than a week before a release and the person was taken out of the country."""
    last, day = (case.spells[-1] if case.spells else None), release.when.earliest
    if last is None or day is None or last.end is None or last.taken_to is None:
        return None
    # Sources may differ on the day, where each of them is well before the release.
    ends = _readings(last.end)
    settled = all(end.is_day and end.latest is not None and end.latest + _A_WEEK < day for end in ends)
    return last if settled and not back_inside(case, release) else None


def _not_named(release: Release, case: Case, step: Step, *, wanted: bool, sure: bool) -> Finding:
    later = _exit_elsewhere(case, release)
    if later is not None and later.end is not None:
        why = say("{name} was in custody until {day}", name=case.label, day=PartialDate.parse(later.end.value))
        if not wanted:
            return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=later.statements)
        if sure:
            return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=(step,), rests_on=later.statements)
        other = say("{why}; the text may mean another release than {release}", why=why, release=called(release))
        return cannot_say(other, steps=(step,))
    before = _abroad_before(case, release)
    if before is not None and before.end is not None and wanted and sure:
        why = say("{name} left custody on {day}", name=case.label, day=PartialDate.parse(before.end.value))
        return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=(step,), rests_on=before.statements)
    seen = [d for s in case.spells for d, _ in s.seen]
    day = release.when.latest
    if not wanted and day is not None and any(d > day for d in seen):
        return Finding(
            verdict=Verdict.SUPPORTED,
            why=say("{name} was seen in custody after {day}", name=case.label, day=day),
            steps=(step,),
            rests_on=case.statements[:1],
        )
    which = called(release)
    n = len(release.named)
    why = say("{name} is not among the {n} people named for {release}", name=case.label, n=n, release=which)
    return cannot_say(why, say("a full list of {release}", release=which), steps=(step,))


def _freed_somewhen(claim: Claim, desk: Desk, case: Case, *, wanted: bool) -> Finding:
    when = read_day(str(claim.value.get("date", "")))
    day = (when.latest if when is not None else None) or desk.published
    ends = [(s, e) for s in case.spells for e in _readings(s.end)[:1]]
    for spell, end in reversed(ends):
        if wanted and day is not None and end.certainly_by(day) and (when is None or end.compatible(when)):
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=say("{name} left custody on {day}", name=case.label, day=end),
                rests_on=spell.statements,
                steps=(Step(what=say("exit on record"), result=only(end), rests_on=spell.statements),),
            )
    why = say("no release on record that this can mean for {name}", name=case.label)
    return cannot_say(why, say("the day of release of {name}", name=case.label))


# --- status -------------------------------------------------------------------------------------------------------


def in_custody(case: Case, day: date, desk: Desk) -> bool | None:
    """True or False where the record is sure enough of a day, None where it is not."""
    now = stands(desk.casebook, case, day)
    if now.level >= Level.LIKELY:
        return True
    if now.state in (State.RELEASED, State.DIED):
        return False
    return None


def judge_status(claim: Claim, desk: Desk) -> Finding:
    """Somebody said to be in custody, free, abroad or dead: at publication, and today."""
    if claim.value.get("status") not in _ABROAD:
        return each(claim, desk, _status)
    found = [
        (name, left or _where(claim, desk, name)) for name in persons(claim) for left in (_left(claim, desk, name),)
    ]
    return all_of(found) if found else nobody_meant()


_ABROAD = frozenset(("in_exile", "abroad"))


def _where(claim: Claim, desk: Desk, name: str) -> Finding:
    case = desk.case(name)
    return unknown(name) if case is None else _status(claim, desk, case)


def _left(claim: Claim, desk: Desk, name: str) -> Finding | None:
    """That somebody left the country before the day of the claim, as a context fact tells."""
    when = read_day(str(claim.value.get("as_of", "")))
    day = (when.latest if when is not None else None) or desk.published
    for fact in desk.facts("event", name):
        left = fact.from_
        if left is None or day is None or not left.certainly_by(day) or Happening.EXILE not in fact.topic:
            continue
        told = say("{what}, {day}", what=fact.what, day=left)
        step = Step(what=say("on record"), result=told, rests_on=fact.statements)
        why = say("{name}: {what}", name=name, what=fact.what)
        return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=fact.statements)
    return None


def _status(claim: Claim, desk: Desk, case: Case) -> Finding:
    status = str(claim.value.get("status"))
    when = read_day(str(claim.value.get("as_of", "")))
    day = (when.middle if when is not None else None) or desk.published
    if day is None:
        return cannot_say(say("the text gives no day"), say("a day of publication (--published)"))
    if status in ("in_custody", "released"):
        dated = desk.published is None or day != desk.published or bool(claim.value.get("dated"))
        then, now = in_custody(case, day, desk), in_custody(case, day if dated else desk.today, desk)
        inside = status == "in_custody"
        if not inside and when is not None and not when.is_day:
            # "He released X in June": the day of the exit is one of that month.
            out = [e for s in case.spells for e in _readings(s.end)[:1] if e.is_day and e.within(when)]
            if out:
                why = say("{name} left custody on {day}", name=case.label, day=out[-1])
                return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=case.statements[:1])
        unread = _exit_unread(case, day, desk, inside=inside)
        found = _custody(case, day, inside=inside, then=then, now=now, unread=unread)
        if claim.value.get("past") and Verdict.CONTRADICTED in (found.verdict, found.today):
            return cannot_say(found.why, steps=found.steps)  # of another time than the day it is held against
        return found
    if status == "died":
        died = [e for e in case.events if e.kind is EventKind.DIED]
        if died:
            why = say("{name} died ({day})", name=case.label, day=died[0].when)
            return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=died[0].statements)
        return cannot_say(say("no record that {name} died", name=case.label))
    taken = [
        s.taken_to
        for s in case.spells
        if s.taken_to is not None and s.end is not None and PartialDate.parse(s.end.value).possibly_by(day)
    ]
    if taken:
        why = say("{name} was taken to {country:party}", name=case.label, country=state(taken[-1].value))
        return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=taken[-1].statements)
    why = say("no record of where {name} lives", name=case.label)
    return cannot_say(why, say("a source on where {name} lives", name=case.label))


def _exit_unread(case: Case, day: date, desk: Desk, *, inside: bool) -> bool:
    """True where the person came out on that very day and the article does not itself tell of the release."""
    if not inside:
        return False
    same_day = any(e.is_day and e.earliest == day for s in case.spells for e in _readings(s.end)[:1])
    main = desk.events.get(desk.events.main)
    return same_day and not (main is not None and main.when.possibly_by(day) and identifier(main) in case.releases)


def _custody(case: Case, day: date, *, inside: bool, then: bool | None, now: bool | None, unread: bool) -> Finding:
    statements = tuple(dict.fromkeys(i for s in case.spells for i in s.statements))
    steps = tuple(
        Step(
            what=say("spell {number}", number=k),
            result=say(
                "{start} to {end}",
                start=PartialDate.parse(s.start.value) if s.start else say("an unknown day"),
                end=PartialDate.parse(s.end.value) if s.end else say("no exit on record"),
            ),
            rests_on=s.statements,
        )
        for k, s in enumerate(case.spells, start=1)
    )
    if then is None or unread:
        why = (
            say("{name} came out that same day", name=case.label)
            if unread
            else say("the record does not settle where {name} was on {day}", name=case.label, day=day)
        )
        return cannot_say(why, say("a source on {name} near {day}", name=case.label, day=day), steps=steps)

    def verdict(*, known: bool | None) -> Verdict:
        if known is None:
            return Verdict.NOT_ENOUGH
        return Verdict.SUPPORTED if known is inside else Verdict.CONTRADICTED

    stood = say("{name} was in custody on {day}", name=case.label, day=day)
    if not then:
        stood = say("{name} was out of custody on {day}", name=case.label, day=day)
    return Finding(
        verdict=verdict(known=then),
        today=verdict(known=now),
        why=stood,
        steps=steps,
        rests_on=statements,
    )


# --- time held ----------------------------------------------------------------------------------------------------


def _lengths(spell: Spell, until: date | None) -> list[tuple[int, int, Phrase]]:
    """(fewest, most days, how) of a spell by each reading of its start and end, the preferred reading first."""
    out = []
    ends = _readings(spell.end)
    if until is not None and (not ends or any(end.latest is None or end.latest > until for end in ends)):
        ends = [end for end in ends if end.certainly_by(until)] + [PartialDate.of(until)]
    for start in _readings(spell.start):
        for end in ends:
            if start.earliest is not None and end.latest is not None and end.latest >= start.earliest:
                held = days_held(start, end)
                high = held.low if held.high is None else held.high
                length = only(held.low) if high == held.low else say("{low} or {high}", low=held.low, high=high)
                out.append((held.low, high, say("{start} to {end}: {n} days", start=start, end=end, n=length)))
    return out


def _in_all(case: Case, until: date | None) -> int | None:
    """The days of all spells on record together, where each has its exact length."""
    rows = [_lengths(spell, until)[:1] for spell in case.spells]
    if len(rows) < 2 or not all(row and row[0][0] == row[0][1] for row in rows):
        return None
    return sum(row[0][0] for row in rows)


def judge_days(claim: Claim, desk: Desk) -> Finding:
    """Days held: end minus start, first day not counted; the start may move by three days."""
    return each(claim, desk, _days)


def _days(claim: Claim, desk: Desk, case: Case) -> Finding:
    days, op = int(claim.value["days"]), str(claim.value.get("op", "eq"))
    lengths = [(spell, row) for spell in reversed(case.spells) for row in _lengths(spell, desk.published)]
    if not lengths:
        why = say("no record of both the arrest and the release of {name}", name=case.label)
        return cannot_say(why, say("the dates of arrest and release of {name}", name=case.label))
    whole = _in_all(case, desk.published)
    if whole is not None and op == "eq" and abs(whole - days) <= SLACK:
        how = together([row[2] for _, row in reversed(lengths)], "; ")
        ids = tuple(dict.fromkeys(i for s, _ in lengths for i in s.statements))
        step = Step(what=say("days held in all"), result=say("{number} days", number=whole), rests_on=ids)
        why = say("{rows}; {n} in all", rows=how, n=whole)
        return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=ids)
    for spell, (low, high, how) in lengths:
        slack = SLACK if op == "eq" else 0.1 * days if op.startswith("approx") else 0
        good = (
            (op in ("gt", "ge") and high >= days)
            or (op in ("le", "lt") and low <= days)
            or low - slack <= days <= high + slack
        )
        if good:
            by = min(abs(days - low), abs(days - high))
            off = say("off by {n}: the start may be the seizure or the formal arrest", n=by)
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=how,
                steps=(Step(what=say("days held"), result=how, rests_on=spell.statements),),
                rests_on=spell.statements,
                context="" if low <= days <= high else off,
            )
    spell, (low, high, how) = lengths[0]
    steps = tuple(Step(what=say("days held"), result=row[2], rests_on=s.statements) for s, row in lengths)
    over = spell.end is not None and (
        desk.published is None or PartialDate.parse(spell.end.value).certainly_by(desk.published)
    )
    settled = (
        over
        and spell.end is not None
        and low == high
        and not (spell.start and spell.start.contested)
        and not spell.end.contested
    )
    # Far off, the number can be of another stretch; close by, of another first day (seizure, formal arrest, charge).
    wrong = ANOTHER_START < abs(days - low) <= ANOTHER_STRETCH * low
    if settled and op == "eq" and wrong:
        why = say("the text says {number}; {how}", number=days, how=how)
        return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=steps, rests_on=spell.statements)
    why = say("the text says {number}; on record: {how}", number=days, how=how)
    return cannot_say(why, say("exact dates of {name}", name=case.label), steps=steps)


def judge_stay(claim: Claim, desk: Desk) -> Finding:
    """A length of time in custody, in the rough units it was said in."""
    if claim.value.get("op") == "vague":
        return cannot_say(say("no number is given"), say("how long"))
    return each(claim, desk, _since if "since" in claim.value else _duration)


def _since(claim: Claim, _: Desk, case: Case) -> Finding:
    when = read_day(str(claim.value["since"]))
    for spell in case.spells:
        if when is not None and any(s.compatible(when) for s in _readings(spell.start)):
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=say("{name} was detained on {day}", name=case.label, day=_readings(spell.start)[0]),
                rests_on=spell.statements,
            )
    since = when or str(claim.value["since"])
    return cannot_say(say("no arrest of {name} on record that fits {day}", name=case.label, day=since))


def _duration(claim: Claim, desk: Desk, case: Case) -> Finding:
    value = claim.value
    months = 12 * float(value.get("years", 0)) + float(value.get("months", 0)) + float(value.get("days", 0)) / 30.44
    unit = 12 if "years" in value and "months" not in value else 1
    whole = _in_all(case, desk.published)
    op = str(value.get("op", "eq"))
    for spell in _meant(case, claim, desk):
        for low, high, how in _lengths(spell, desk.published):
            if rough(months, unit, op, low / 30.44, high / 30.44):
                return Finding(
                    verdict=Verdict.SUPPORTED,
                    why=how,
                    rests_on=spell.statements,
                    steps=(Step(what=say("time held"), result=how, rests_on=spell.statements),),
                )
    if whole is not None and rough(months, unit, op, whole / 30.44, whole / 30.44):
        ids = tuple(dict.fromkeys(i for s in case.spells for i in s.statements))
        told = say("{number} days", number=whole)
        step = Step(what=say("days held in all"), result=told, rests_on=ids)
        why = say("{n} days in all {m} spells", n=whole, m=len(case.spells))
        return Finding(verdict=Verdict.SUPPORTED, why=why, rests_on=ids, steps=(step,))
    why = say("no spell of {name} on record is that long", name=case.label)
    return cannot_say(why, say("the dates of {name}", name=case.label))


def _meant(case: Case, claim: Claim, desk: Desk) -> list[Spell]:
    """The spells a length of time can be of: the last one, and an earlier one of which the sentence gives a year."""
    spells = list(reversed(case.spells))
    told = [d for c in desk.page.parsed[claim.sentence].of("date") if (d := read_day(str(c.value["date"]))) is not None]
    return spells[:1] + [s for s in spells[1:] if any(r.compatible(d) for d in told for r in _edges(s))]


def _edges(spell: Spell) -> list[PartialDate]:
    return [*_readings(spell.start), *_readings(spell.end)]


def rough(months: float, unit: int, op: str, low: float, high: float) -> bool:
    """Whether a length in whole years or months fits one in days: "five years" holds from 4.5 up to 6."""
    match op:
        case "gt" | "ge":
            return high >= months * 0.99
        case "lt" | "le":
            return low <= months
        case "approx" | "approx_lt":
            return low <= months * 1.12 and high >= months * 0.85
        case _:
            return low <= months + unit and high >= months - unit / 2
