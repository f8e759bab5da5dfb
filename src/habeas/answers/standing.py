"""How a person stands on a day: certainly, likely or possibly in custody, or not; and why.

The rule, printed with every count:

* *certain*: the start is certainly past, and a source saw the person in custody on that day or later, or every
  reading of the exit lies after it;
* *likely* (the best reading): the preferred start is past and the preferred exit is not; where no exit is on record,
  only as long as the last evidence is at most the book's `horizon_days` old, or the term on record still runs;
* *possible*: nothing on record rules it out. A person whose term ran out longer ago than the horizon is ruled out, and
  an arrest that is not on record is looked for at most two years back from the first evidence of custody.

The day of release is not a day in custody (spans are half-open). A sentence that takes nobody's liberty (suspended, a
fine, restriction at home) ends custody on the day of sentence, unless a source saw the person in custody after it. Colony,
prison, open-type institution (khimiya), house arrest and compulsory treatment are custody, each a state of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from habeas.dates import ONE_DAY, PartialDate
from habeas.nouns import Case, Phrase, Spell, say

LOOK_BACK = timedelta(days=730)
_AT_LIBERTY = {
    "suspended": say("the sentence is suspended"),
    "fine": say("the sentence is a fine"),
    "home_khimiya": say("the sentence is restriction at home"),
}


class Level(IntEnum):
    """How sure the record is that a person is in custody."""

    OUT = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A level, the reason where it is not certain, and the spell it rests on."""

    level: Level
    reason: str
    spell: Spell | None


def _starts(spell: Spell) -> list[PartialDate]:
    if spell.start is None:
        return []
    return [PartialDate.parse(v) for v in (spell.start.value, *(v for v, _ in spell.start.against))]


def _ends(spell: Spell) -> list[PartialDate]:
    """The readings of the exit; one that a later sighting refutes is no reading."""
    if spell.end is None:
        return []
    last_seen = max((d for d, _ in spell.seen), default=date.min)
    others = (PartialDate.parse(v) for v, _ in spell.end.against)
    return [PartialDate.parse(spell.end.value), *(e for e in others if not e.certainly_by(last_seen))]


def _last_evidence(spell: Spell, day: date) -> date | None:
    days = [d for d, _ in spell.seen if d <= day]
    days += [w.latest for w, _ in spell.recognised if w.latest is not None and w.latest <= day]
    days += [s.middle for s in _starts(spell)[:1] if s.middle is not None and s.middle <= day]
    return max(days, default=None)


def _first_evidence(spell: Spell) -> date | None:
    """The first day on which somebody saw or said the person to be in custody."""
    days = [d for d, _ in spell.seen]
    days += [w.earliest for w, _ in spell.recognised if w.earliest is not None]
    days += [e.latest for e in _ends(spell)[:1] if e.latest is not None]
    return min(days, default=None)


def first_and_last(spell: Spell, horizon: timedelta) -> tuple[date | None, date | None]:
    """The first and the last day on which a person may have been in custody by one spell; None: not bounded.

    A spell without an exit on record is followed to its last evidence or the end of its term, and the horizon beyond.
    """
    starts, ends = _starts(spell), _ends(spell)
    begun = min((s.earliest for s in starts if s.earliest is not None), default=None)
    known = [d for d, _ in spell.seen] + [w.latest for w, _ in spell.recognised if w.latest is not None]
    first = begun if starts else min(known, default=None)
    if ends:
        lasts = [e.latest for e in ends]
        return first, None if None in lasts else max(e for e in lasts if e is not None)
    known += [s.latest for s in starts if s.latest is not None]
    known += [spell.term_ends] if spell.term_ends is not None else []
    return first, max(known) + horizon if known else None


def in_spell(spell: Spell, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day` by one spell."""

    def at(level: Level, reason: str) -> Standing:
        return Standing(level=level, reason=reason, spell=spell)

    if spell.impossible:
        return _contradictory(spell, day)
    starts, ends = _starts(spell), _ends(spell)
    seen_before = any(d <= day for d, _ in spell.seen)
    seen_after = any(d >= day for d, _ in spell.seen)
    if not seen_before and starts and not any(s.possibly_by(day) for s in starts):
        return at(Level.OUT, say("not yet detained"))
    first = None if starts else _first_evidence(spell)
    if first is not None and day < first - LOOK_BACK:
        return at(Level.OUT, say("first evidence of custody is of {day}", day=first))
    if ends and all(e.certainly_by(day) for e in ends):
        return at(Level.OUT, say("released or dead by then"))
    certainly_begun = seen_before or (bool(starts) and all(s.certainly_by(day) for s in starts))
    certainly_after = seen_after or (bool(ends) and all(e.earliest is not None and e.earliest > day for e in ends))
    if certainly_begun and certainly_after:
        return at(Level.CERTAIN, "")
    recognised = any(w.latest is not None and w.latest <= day for w, _ in spell.recognised)
    middle = starts[0].middle if starts else None
    begun = seen_before or recognised or (middle is not None and middle <= day)
    if not begun:
        return at(
            Level.POSSIBLE,
            say("the arrest is not on record") if not starts else _imprecise_arrest(starts[0]),
        )
    if certainly_after:
        if not starts:
            return at(Level.LIKELY, say("the arrest is not on record"))
        why = say("sources disagree on the arrest") if len(starts) > 1 else _imprecise_arrest(starts[0])
        return at(Level.LIKELY, why)
    return _open(spell, day, horizon_days, ends)


def _imprecise_arrest(when: PartialDate) -> Phrase:
    return say("{doubt} ({when})", doubt=say("the date of arrest is imprecise"), when=when)


def _contradictory(spell: Spell, day: date) -> Standing:
    """Standing by a spell that contradicts itself: from its first date on record on, possible and no more."""
    first = min((s.earliest for s in _starts(spell) if s.earliest is not None), default=None)
    level = Level.OUT if first is not None and day < first else Level.POSSIBLE
    return Standing(level=level, reason=spell.impossible, spell=spell)


def _open(spell: Spell, day: date, horizon_days: int, ends: list[PartialDate]) -> Standing:
    """Standing where the spell has begun and nothing certain is known of the day or after it."""

    def at(level: Level, reason: str) -> Standing:
        return Standing(level=level, reason=reason, spell=spell)

    if ends:
        exit_day = ends[0].middle
        disagree = any(not e.compatible(ends[0]) for e in ends[1:])
        why = (
            say("sources disagree on the release")
            if disagree
            else say("{doubt} ({when})", doubt=say("the date of release is imprecise"), when=ends[0])
        )
        if exit_day is not None and exit_day <= day:
            return at(Level.POSSIBLE, why)
        if ends[0].earliest is not None and ends[0].earliest > day:
            return at(Level.LIKELY, why)
    else:
        why = say("no exit on record")
    last = _last_evidence(spell, day)
    left = next((d for d, _ in spell.absent if d <= day and (last is None or d > last)), None)
    if left is not None and not ends:
        return at(Level.POSSIBLE, say("{doubt}; off a list since {day}", doubt=why, day=left))
    if last is not None and (day - last).days <= horizon_days:
        return at(Level.LIKELY, say("{doubt}; last evidence {day}", doubt=why, day=last))
    if spell.term_ends is not None:
        if spell.term_ends >= day:
            return at(Level.LIKELY, say("{doubt}; the term on record runs to {day}", doubt=why, day=spell.term_ends))
        if spell.term_ends + timedelta(days=horizon_days) < day:
            return at(Level.OUT, say("the term on record ran out on {day}; no exit is recorded", day=spell.term_ends))
    return at(Level.POSSIBLE, why if last is None else say("{doubt}; last evidence {day}", doubt=why, day=last))


def standing(case: Case, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day`: by the spell that says most."""
    found = [by_spell(s, day, horizon_days) for s in case.spells]
    if not found:
        return Standing(level=Level.OUT, reason=say("no custody on record"), spell=None)
    return max(found, key=lambda s: s.level)


def by_spell(spell: Spell, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day` by one spell, a sentence that took no liberty heeded."""
    return _sentenced(in_spell(spell, day, horizon_days), day)


def _sentenced(found: Standing, day: date) -> Standing:
    """The standing, where a sentence told of this spell ended custody and nothing shows that it went on."""
    spell = found.spell
    if spell is None or spell.at_liberty is None or found.level is Level.OUT:
        return found
    what = _AT_LIBERTY.get(spell.at_liberty.value) or say("the sentence is {what}", what=spell.at_liberty.value)
    if spell.liberty_since is None:
        level = min(found.level, Level.POSSIBLE)
        return (
            found
            if level is found.level
            else replace(found, level=level, reason=say("{doubt}; its day is not on record", doubt=what))
        )
    since = PartialDate.parse(spell.liberty_since.value)
    if since.latest is None or not since.certainly_by(day):
        return found
    later = [d for d, _ in spell.seen] + [e.earliest for e in _ends(spell) if e.earliest is not None]
    if any(d > since.latest for d in later):
        return found
    return Standing(level=Level.OUT, reason=say("{doubt}, of {when}", doubt=what, when=since), spell=spell)


def turning_days(spell: Spell, horizon_days: int) -> set[date]:
    """Every day on which `in_spell` may say something else than on the day before, and some more.

    The rule compares a day with dates of the record alone: it turns on such a date, the day after it, or the day after the
    horizon from it has passed, and where custody is looked for before the first evidence.
    """
    when = [*_starts(spell), *_ends(spell), *(w for w, _ in spell.recognised)]
    if spell.liberty_since is not None:
        when.append(PartialDate.parse(spell.liberty_since.value))
    days = {d for w in when for d in (w.earliest, w.middle, w.latest) if d is not None}
    days |= {d for d, _ in (*spell.seen, *spell.absent)}
    if spell.term_ends is not None:
        days.add(spell.term_ends)
    first = _first_evidence(spell)
    after = (timedelta(0), ONE_DAY, timedelta(days=horizon_days + 1))
    turning = {_shifted(d, by) for d in days for by in after}
    return turning if first is None else turning | {_shifted(first, -LOOK_BACK)}


def _shifted(day: date, by: timedelta) -> date:
    """The day so much later, held inside the calendar."""
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta(0) else date.max
