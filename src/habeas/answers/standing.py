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

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import Any

from habeas.dates import PartialDate
from habeas.nouns import Case, Phrase, Spell, say

LOOK_BACK = 730
_AT_LIBERTY = {
    "suspended": say("the sentence is suspended"),
    "fine": say("the sentence is a fine"),
    "home_khimiya": say("the sentence is restriction at home"),
}
# Days are numbered as by `date.toordinal`; these lie before and after every day there is.
NEVER, FOREVER = 0, 10_000_000


class Level(IntEnum):
    """How sure the record is that a person is in custody."""

    OUT = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


LEVELS = tuple(level.name.lower() for level in Level)  # as answers print them, by level
_NOT_YET = say("not yet detained")
_GONE = say("released or dead by then")
_ARRESTS = say("sources disagree on the arrest")
_NO_ARREST = say("the arrest is not on record")
_VAGUE_ARREST = say("the date of arrest is imprecise")
_NO_EXIT = say("no exit on record")
_EXITS = say("sources disagree on the release")
_VAGUE_EXIT = say("the date of release is imprecise")
# A reason is put into words only where somebody reads it: until then it is what says it, and of what. Equal ones say the same.
Why = tuple[Callable[..., str], Any, Any]
_Found = tuple[Level, Why]


class Standing:
    """A level, the spell it rests on, and the reason where it is not certain, put into words when it is first read."""

    __slots__ = ("_reason", "level", "spell", "why")

    def __init__(self, level: Level, spell: Spell | None, why: Why) -> None:
        self.level, self.spell, self.why = level, spell, why
        self._reason: str | None = None

    @property
    def reason(self) -> str:
        if self._reason is None:
            self._reason = _words(self.why)
        return self._reason


@lru_cache(maxsize=65_536)
def _words(why: Why) -> str:
    """Many people share one reason."""
    says, *of = why
    return says(*of)


def _as_it_stands(words: str, _: object) -> str:
    return words


def _plainly(words: str) -> Why:
    """A reason that needs nothing filled in."""
    return _as_it_stands, words, None


NOTHING = _plainly("")


def _readings(spell: Spell) -> tuple[list[PartialDate], list[PartialDate]]:
    """The readings of the arrest and of the exit, the preferred first; an exit that a later sighting refutes is none."""
    starts = (
        []
        if spell.start is None
        else [PartialDate.parse(v) for v in (spell.start.value, *(v for v, _ in spell.start.against))]
    )
    if spell.end is None:
        return starts, []
    last_seen = max((d for d, _ in spell.seen), default=date.min)
    others = (PartialDate.parse(v) for v, _ in spell.end.against)
    return starts, [PartialDate.parse(spell.end.value), *(e for e in others if not e.certainly_by(last_seen))]


def first_and_last(spell: Spell, horizon: timedelta) -> tuple[date | None, date | None]:
    """The first and the last day on which a person may have been in custody by one spell; None: not bounded.

    A spell without an exit on record is followed to its last evidence or the end of its term, and the horizon beyond.
    """
    starts, ends = _readings(spell)
    begun = min((s.earliest for s in starts if s.earliest is not None), default=None)
    known = [d for d, _ in spell.seen] + [w.latest for w, _ in spell.recognised if w.latest is not None]
    first = begun if starts else min(known, default=None)
    if ends:
        lasts = [e.latest for e in ends]
        return first, None if None in lasts else max(e for e in lasts if e is not None)
    known += [s.latest for s in starts if s.latest is not None]
    known += [spell.term_ends] if spell.term_ends is not None else []
    return first, max(known) + horizon if known else None


def _numbers(days: Iterable[date | None]) -> list[int]:
    return [d.toordinal() for d in days if d is not None]


class Dates:
    """The dates of one spell, parsed once, as bounds that a day is held against; `on` is the rule."""

    __slots__ = (
        "absent",
        "begun_by",
        "ends",
        "evidence",
        "first_evidence",
        "first_seen",
        "free_by",
        "gone_by",
        "last_seen",
        "leaves_after",
        "look_from",
        "may_begin",
        "middle",
        "recognised_by",
        "seen",
        "spell",
        "starts",
        "term_ends",
        "unended",
    )

    def __init__(self, spell: Spell) -> None:
        starts, ends = _readings(spell)
        seen = sorted([d.toordinal() for d, _ in spell.seen])
        recognised = [w.latest.toordinal() for w, _ in spell.recognised if w.latest is not None]
        begins, leaves = [_earliest(s) for s in starts], [_earliest(e) for e in ends]
        self.spell, self.starts, self.ends = spell, starts, ends
        self.seen = seen
        self.first_seen, self.last_seen = (seen[0], seen[-1]) if seen else (FOREVER, NEVER)
        self.may_begin = min(begins, default=NEVER)
        self.begun_by = max([_latest(s) for s in starts], default=FOREVER)
        self.middle = _middle(starts[0]) if starts else FOREVER
        self.gone_by = max([_latest(e) for e in ends], default=FOREVER)
        self.leaves_after = min(leaves, default=NEVER)
        self.recognised_by = min(recognised, default=FOREVER)
        evidence = {*seen, *recognised}
        if self.middle != FOREVER:
            evidence.add(self.middle)
        self.evidence = sorted(evidence)
        self.first_evidence = NEVER
        if not starts:
            told = [*seen, *_numbers(w.earliest for w, _ in spell.recognised), *_numbers(e.latest for e in ends[:1])]
            self.first_evidence = min(told, default=NEVER)
        self.look_from = self.first_evidence - LOOK_BACK
        self.absent = [d.toordinal() for d, _ in spell.absent]
        self.term_ends = NEVER if spell.term_ends is None else spell.term_ends.toordinal()
        sentenced = spell.liberty_since if spell.at_liberty is not None else None
        since = FOREVER if sentenced is None else _latest(PartialDate.parse(sentenced.value))
        # The day from which a sentence that takes no liberty ended custody, where nothing shows that it went on.
        self.free_by = FOREVER if max(leaves, default=NEVER) > since else since
        self.unended: Dates | None = None

    def on(self, day: int, horizon: int, known: int = FOREVER) -> _Found:
        """How the person stands on a day by this spell and sightings up to `known`, a sentence that took no liberty heeded."""
        last_seen = self._last_seen(known)
        found = self.by_dates(day, horizon, last_seen)
        told = self.spell.at_liberty
        if told is None or found[0] is Level.OUT:
            return found
        what = _AT_LIBERTY.get(told.value) or say("the sentence is {what}", what=told.value)
        since = self.spell.liberty_since
        if since is None:
            if found[0] is Level.POSSIBLE:
                return found
            return Level.POSSIBLE, (_undated, what, None)
        if last_seen <= self.free_by <= day:
            return Level.OUT, (_sentenced, what, since.value)
        return found

    def _last_seen(self, known: int) -> int:
        if self.last_seen <= known:
            return self.last_seen
        past = bisect_right(self.seen, known)
        return self.seen[past - 1] if past else NEVER

    def by_dates(self, day: int, horizon: int, last_seen: int) -> _Found:
        """How the person stands on a day by what is said of arrest, sightings and exit."""
        spell, starts = self.spell, self.starts
        if spell.impossible:  # from its first date on record on possible, and no more
            first = min(_numbers(s.earliest for s in starts), default=NEVER)
            return (Level.OUT if day < first else Level.POSSIBLE), _plainly(spell.impossible)
        seen_before = self.first_seen <= day
        if not seen_before and day < self.may_begin:
            return Level.OUT, _plainly(_NOT_YET)
        if day < self.look_from:
            return Level.OUT, (_first_evidence, self.first_evidence, None)
        if self.gone_by <= day:
            return Level.OUT, _plainly(_GONE)
        certainly_after = last_seen >= day or self.leaves_after > day
        if certainly_after and (seen_before or self.begun_by <= day):
            return Level.CERTAIN, NOTHING
        if not (seen_before or self.recognised_by <= day or self.middle <= day):
            return Level.POSSIBLE, self._arrest()
        if certainly_after:
            return Level.LIKELY, _plainly(_ARRESTS) if len(starts) > 1 else self._arrest()
        return self._open(day, horizon)

    def _arrest(self) -> Why:
        return (_vague, _VAGUE_ARREST, self.starts[0]) if self.starts else _plainly(_NO_ARREST)

    def _exit(self) -> Why:
        if not self.ends:
            return _plainly(_NO_EXIT)
        if any(not e.compatible(self.ends[0]) for e in self.ends[1:]):
            return _plainly(_EXITS)
        return _vague, _VAGUE_EXIT, self.ends[0]

    def _open(self, day: int, horizon: int) -> _Found:
        """Standing where the spell has begun and nothing certain is known of the day or after it."""
        doubt = self._exit()
        if self.ends:
            if _middle(self.ends[0]) <= day:
                return Level.POSSIBLE, doubt
            if _earliest(self.ends[0]) > day:
                return Level.LIKELY, doubt
        past = bisect_right(self.evidence, day)
        last = self.evidence[past - 1] if past else NEVER
        if not self.ends:
            left = next((d for d in self.absent if last < d <= day), None)
            if left is not None:
                return Level.POSSIBLE, (_off_a_list, doubt, left)
        if last != NEVER and day - last <= horizon:
            return Level.LIKELY, (_last_evidence, doubt, last)
        if self.term_ends != NEVER:
            if self.term_ends >= day:
                return Level.LIKELY, (_term_runs, doubt, self.term_ends)
            if self.term_ends + horizon < day:
                return Level.OUT, (_term_over, self.term_ends, None)
        return Level.POSSIBLE, doubt if last == NEVER else (_last_evidence, doubt, last)

    def as_known(self, day: int, horizon: int) -> Level | None:
        """The level on a day by what spoke of that day or an earlier one: no later sighting, and no exit that may lie after.

        None where the exit certainly lies on the day or before it, or nothing had spoken of the spell.
        """
        if self.ends and _latest(self.ends[0]) <= day:
            return None
        if not self.starts and min(self.first_seen, self.recognised_by) > day:
            return None
        if self.unended is None:
            self.unended = Dates(replace(self.spell, end=None)) if self.ends else self
        return self.unended.on(day, horizon, known=day)[0]

    def told(self) -> tuple[int, int]:
        """From which day on and up to which `as_known` may speak of custody."""
        begins = min(self.may_begin if self.starts else self.recognised_by, self.first_seen)
        return begins, _latest(self.ends[0]) if self.ends else FOREVER

    def turning(self, horizon: int) -> set[int]:
        """Every day on which the level may be another than on the day before, and some more.

        The rule compares a day with dates of the record alone: it turns on such a date, on the day after it, or on the
        day after the horizon from it has passed. What was seen between the first and the last sighting turns nothing.
        """
        days = {self.first_seen, self.last_seen + 1, self.may_begin, self.begun_by, self.middle, self.gone_by}
        days |= {self.leaves_after, self.recognised_by, self.look_from, self.free_by, *self.absent}
        days.update(map(_earliest, self.starts))
        if self.ends:
            days |= {_earliest(self.ends[0]), _middle(self.ends[0])}
        if self.term_ends != NEVER:
            days |= {self.term_ends + 1, self.term_ends + horizon + 1}
        for last in self.evidence[bisect_right(self.evidence, self.last_seen - 1) :]:
            days |= {last, last + horizon + 1}
        return days


def _vague(doubt: Phrase, when: PartialDate) -> Phrase:
    return say("{doubt} ({when})", doubt=doubt, when=when)


def _undated(doubt: Phrase, _: object) -> Phrase:
    return say("{doubt}; its day is not on record", doubt=doubt)


def _sentenced(doubt: Phrase, when: str) -> Phrase:
    return say("{doubt}, of {when}", doubt=doubt, when=PartialDate.parse(when))


def _first_evidence(day: int, _: object) -> Phrase:
    return say("first evidence of custody is of {day}", day=date.fromordinal(day))


def _off_a_list(doubt: Why, day: int) -> Phrase:
    return say("{doubt}; off a list since {day}", doubt=_words(doubt), day=date.fromordinal(day))


def _last_evidence(doubt: Why, day: int) -> Phrase:
    return say("{doubt}; last evidence {day}", doubt=_words(doubt), day=date.fromordinal(day))


def _term_runs(doubt: Why, day: int) -> Phrase:
    return say("{doubt}; the term on record runs to {day}", doubt=_words(doubt), day=date.fromordinal(day))


def _term_over(day: int, _: object) -> Phrase:
    return say("the term on record ran out on {day}; no exit is recorded", day=date.fromordinal(day))


def _earliest(when: PartialDate) -> int:
    return NEVER if when.earliest is None else when.earliest.toordinal()


def _latest(when: PartialDate) -> int:
    return FOREVER if when.latest is None else when.latest.toordinal()


def _middle(when: PartialDate) -> int:
    middle = when.middle
    return FOREVER if middle is None else middle.toordinal()


def in_spell(spell: Spell, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day` by one spell, whatever sentence ended it."""
    dates = Dates(spell)
    level, why = dates.by_dates(day.toordinal(), horizon_days, dates.last_seen)
    return Standing(level, spell, why)


def by_spell(spell: Spell, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day` by one spell, a sentence that took no liberty heeded."""
    level, why = Dates(spell).on(day.toordinal(), horizon_days)
    return Standing(level, spell, why)


def standing(case: Case, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day`: by the spell that says most."""
    found = [by_spell(s, day, horizon_days) for s in case.spells]
    return max(found, key=lambda s: s.level) if found else nowhere()


def nowhere() -> Standing:
    """The standing of somebody of whom no custody is on record."""
    return Standing(Level.OUT, None, _plainly(say("no custody on record")))
