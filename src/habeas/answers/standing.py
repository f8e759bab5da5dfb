"""The state of a person on a day: one function (`says_most`), by which every count, page, filter, export and verdict goes.

It is asked once for a casebook, on the days on which a state may turn (`daily`); whatever wants a state looks it up there.

A state (`states.State`) says how the person stands, rests on a day and a stretch in custody, and carries why. How it counts
hangs on the state alone (`states.LEVEL`):

* *certain*: the start is certainly past, and a source saw the person in custody on that day or later, or every
  reading of the exit lies after it;
* *likely* (the best reading): the preferred start is past and the preferred exit is not; where no exit is on record,
  only as long as the last evidence is at most the book's `horizon_days` old, or the term on record still runs;
* *possible*: nothing on record rules it out. A person whose term ran out longer ago than the horizon, with no word since,
  is due out; an arrest that is not on record is looked for at most two years back from the first evidence of custody.

The day of release is not a day in custody (spans are half-open). House arrest, a suspended sentence, restriction at home
and a fine are no custody but another limit, from their day on, unless a source saw the person in custody after it. Colony,
prison, open-type institution (khimiya) and compulsory treatment are custody. Once a later stretch in custody has certainly
begun, the earlier ones have no more to say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from habeas.answers.shapes.common import StateShape
from habeas.answers.states import LEVEL, WORDS, Level, State
from habeas.dates import PartialDate
from habeas.languages import code, state
from habeas.nouns import Limit, Phrase, Spell, Value, say, together

LOOK_BACK = 730
_LIMITED = {
    Limit.SUSPENDED: say("the sentence is suspended"),
    Limit.FINE: say("the sentence is a fine"),
    Limit.HOME_KHIMIYA: say("the sentence is restriction at home"),
    Limit.HOUSE_ARREST: say("under house arrest"),
}
# Days are numbered as by `date.toordinal`; these lie before and after every day there is.
NEVER, FOREVER = 0, 10_000_000

_NOT_YET = say("not yet detained")
_GONE = say("released by then")
_DEAD = say("dead by then")
_ARRESTS = say("sources disagree on the arrest")
_NO_ARREST = say("the arrest is not on record")
_VAGUE_ARREST = say("the date of arrest is imprecise")
_NO_EXIT = say("no exit on record")
_EXITS = say("sources disagree on the release")
_VAGUE_EXIT = say("the date of release is imprecise")
_TERM_OVER = say("the term on record ran out")
# A reason is put into words only where somebody reads it: until then it is what says it, and of what. Equal ones say the same.
Why = tuple[Callable[..., str], Any, Any]
_Found = tuple[State, int, Why]  # the day is that of the last word, or of the term; NEVER where the spell says it


class Standing:
    """A state, the spell it rests on, and the reason where it is not certain, put into words when it is first read."""

    __slots__ = ("_reason", "last", "level", "spell", "state", "why")

    def __init__(self, spell: Spell | None, found: _Found) -> None:
        self.spell = spell
        self.state, self.last, self.why = found
        self.level = LEVEL[self.state]
        self._reason: str | None = None

    @property
    def reason(self) -> str:
        if self._reason is None:
            self._reason = _words(self.why)
        return self._reason

    @property
    def day(self) -> PartialDate | None:
        """The day the state rests on: of the arrest, the last word, the end of the term, the limit, the exit."""
        if self.last != NEVER:
            return PartialDate.of(date.fromordinal(self.last))
        spell = self.spell
        if spell is None:
            return None
        by = {
            State.RELEASED: spell.end,
            State.DIED: spell.end,
            State.PERHAPS_OUT: spell.end,
            State.LIMITED: spell.limit_since,
        }
        value = by.get(self.state, spell.start)
        return None if value is None else PartialDate.parse(value.value)

    @property
    def limit(self) -> Value | None:
        """Which limit stands in the place of custody, where one does."""
        told = self.state in (State.LIMITED, State.LIMIT_OVER, State.PERHAPS_LIMITED)
        return self.spell.limit if told and self.spell is not None else None

    @property
    def how(self) -> Value | None:
        """The kind of exit, of somebody who is out."""
        return self.spell.exit_kind if self.state in _EXITED and self.spell is not None else None

    @property
    def to(self) -> Value | None:
        """The country that the person was taken to, of somebody who is out."""
        return self.spell.taken_to if self.state is State.RELEASED and self.spell is not None else None

    @property
    def conditions(self) -> Sequence[Value]:
        """On what conditions somebody is out."""
        if self.state is not State.RELEASED or self.spell is None:
            return ()
        return self.spell.facts.get("release_condition", ())


def doubt_in(reason: str) -> str:
    """The doubt that a reason is made of, without the days that differ from person to person."""
    parts = reason.parts if isinstance(reason, Phrase) else {}
    inner = parts.get("doubt")
    return doubt_in(inner) if isinstance(inner, str) else reason


_EXITED = (State.RELEASED, State.DIED)


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
    known = [d for d, _ in spell.seen] + _days(w.latest for w, _ in spell.shown)
    first = min(_days(s.earliest for s in starts) if starts else known, default=None)
    if ends:
        lasts = _days(e.latest for e in ends)
        return first, max(lasts) if len(lasts) == len(ends) else None
    known += _days((*(s.latest for s in starts), spell.term_ends))
    return first, max(known) + horizon if known else None


def _days(days: Iterable[date | None]) -> list[date]:
    return [d for d in days if d is not None]


def _numbers(days: Iterable[date | None]) -> list[int]:
    return [d.toordinal() for d in days if d is not None]


def _number(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


def _first_told(spell: Spell, seen: Sequence[int], ends: Sequence[PartialDate]) -> int:
    """The first day of which anything is said, of a spell whose arrest is not on record; of "by a day" that day."""
    recognised = _numbers(w.earliest or w.latest for w, _ in spell.shown)
    return min((*seen, *recognised, *_numbers(e.latest for e in ends[:1])), default=NEVER)


class Dates:
    """The dates of one spell, parsed once, as bounds that a day is held against; `on` is the rule."""

    __slots__ = (
        "absent",
        "began",
        "begun_by",
        "ends",
        "evidence",
        "first_evidence",
        "first_seen",
        "gone_by",
        "last_seen",
        "leaves_after",
        "limit_ends",
        "limited_by",
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
        seen = sorted(_numbers(d for d, _ in spell.seen))
        recognised = _numbers(w.latest for w, _ in spell.shown)
        self.spell, self.starts, self.ends = spell, starts, ends
        self.seen = seen
        self.first_seen, self.last_seen = (seen[0], seen[-1]) if seen else (FOREVER, NEVER)
        self.may_begin = min(map(_earliest, starts), default=NEVER)
        self.begun_by = max(map(_latest, starts), default=FOREVER)
        self.middle = _middle(starts[0]) if starts else FOREVER
        self.gone_by = max(map(_latest, ends), default=FOREVER)
        self.leaves_after = min(map(_earliest, ends), default=NEVER)
        self.recognised_by = min(recognised, default=FOREVER)
        self.evidence = sorted({*seen, *recognised, self.middle} - {FOREVER})
        self.first_evidence = NEVER if starts else _first_told(spell, seen, ends)
        self.look_from = self.first_evidence - LOOK_BACK
        self.absent = _numbers(d for d, _ in spell.absent)
        self.term_ends = _number(spell.term_ends)
        by = (
            FOREVER
            if spell.limit is None or spell.limit_since is None
            else _latest(PartialDate.parse(spell.limit_since.value))
        )
        # The day from which another limit took the place of custody, where nothing shows that custody went on.
        self.limited_by = FOREVER if max(map(_earliest, ends), default=NEVER) > by else by
        self.limit_ends = _number(spell.limit_ends)
        # The day by which the spell has certainly begun: earlier ones are over.
        self.began = min(self.begun_by if starts else FOREVER, self.first_seen)
        self.unended: Dates | None = None

    def on(self, day: int, horizon: int, known: int = FOREVER) -> _Found:
        """The state on a day by this spell and sightings up to `known`, another limit heeded."""
        last_seen = self._last_seen(known)
        found = self.by_dates(day, horizon, last_seen)
        limit = self.spell.limit
        if limit is None or found[0] in (State.NOT_YET, State.DIED):
            return found
        what, since = _LIMITED[Limit(limit.value)], self.spell.limit_since
        if since is None:
            if LEVEL[found[0]] <= Level.POSSIBLE:
                return found
            return State.PERHAPS_LIMITED, found[1], (_undated, what, None)
        if not last_seen <= self.limited_by <= day:
            return found
        if self._limit_runs(day, horizon):
            return State.LIMITED, NEVER, (_sentenced, what, since.value)
        if found[0] is State.RELEASED:  # an exit on record says more than a limit that is over
            return found
        over = self.limit_ends or self.limited_by
        return State.LIMIT_OVER, over, (_limit_over if self.limit_ends else _limit_unheard, what, over)

    def _limit_runs(self, day: int, horizon: int) -> bool:
        """True up to the end of a limit by its term; without one, as long as the last word of it is followed."""
        return day < self.limit_ends if self.limit_ends != NEVER else day - self.limited_by <= horizon

    def _last_seen(self, known: int) -> int:
        if self.last_seen <= known:
            return self.last_seen
        past = bisect_right(self.seen, known)
        return self.seen[past - 1] if past else NEVER

    def by_dates(self, day: int, horizon: int, last_seen: int) -> _Found:
        """The state on a day by what is said of arrest, sightings and exit."""
        spell, starts = self.spell, self.starts
        if spell.impossible:  # from its first date on record on possible, and no more
            first = min(_numbers(s.earliest for s in starts), default=NEVER)
            return (State.NOT_YET if day < first else State.CONTRADICTED), NEVER, _plainly(spell.impossible)
        seen_before = self.first_seen <= day
        if not seen_before and day < self.may_begin:
            return State.NOT_YET, NEVER, _plainly(_NOT_YET)
        if day < self.look_from:
            return State.NOT_YET, NEVER, (_first_evidence, self.first_evidence, None)
        if self.gone_by <= day:
            return (State.DIED, NEVER, _plainly(_DEAD)) if spell.died else (State.RELEASED, NEVER, _plainly(_GONE))
        begun = min(self.first_seen, self.recognised_by, self.middle) <= day
        if last_seen >= day or self.leaves_after > day:
            return self._within(day, begun=begun)
        if not begun:
            return State.PERHAPS_TAKEN, NEVER, self._arrest()
        return self._exit_vague(day, horizon) if self.ends else self._open(day, horizon)

    def _within(self, day: int, *, begun: bool) -> _Found:
        """The state where custody certainly goes on after the day: only the arrest may be open."""
        if min(self.first_seen, self.begun_by) <= day:
            return State.HELD, NEVER if self.starts else self.first_seen, NOTHING
        if not begun:
            return State.PERHAPS_TAKEN, NEVER, self._arrest()
        return State.HELD_DISPUTED, NEVER, _plainly(_ARRESTS) if len(self.starts) > 1 else self._arrest()

    def _arrest(self) -> Why:
        return (_vague, _VAGUE_ARREST, self.starts[0]) if self.starts else _plainly(_NO_ARREST)

    def _exit_vague(self, day: int, horizon: int) -> _Found:
        """The state where the spell has begun, and the exit on record may lie before the day or after it."""
        preferred = self.ends[0]
        disagree = any(not e.compatible(preferred) for e in self.ends[1:])
        doubt = _plainly(_EXITS) if disagree else (_vague, _VAGUE_EXIT, preferred)
        if _middle(preferred) <= day:
            return State.PERHAPS_OUT, NEVER, doubt
        if _earliest(preferred) > day:
            return State.HELD_DISPUTED, NEVER, doubt
        last = self._last_word(day)
        if last != NEVER and day - last <= horizon:
            return State.HELD_DISPUTED, last, (_last_evidence, doubt, last)
        if self.term_ends >= day:
            return State.HELD_DISPUTED, last, (_term_runs, doubt, self.term_ends)
        # Of an exit that is only known to lie before a day the term says more than the day.
        return (self._term_over(day, horizon, last) if preferred.earliest is None else None) or (
            State.PERHAPS_OUT,
            NEVER,
            doubt,
        )

    def _open(self, day: int, horizon: int) -> _Found:
        """The state where the spell has begun, and neither an exit nor any word of the day or after it is on record."""
        doubt, last = _plainly(_NO_EXIT), self._last_word(day)
        left = next((d for d in self.absent if last < d <= day), None)
        if left is not None:
            return State.LAST_SEEN_LONG_AGO, last, (_off_a_list, doubt, left)
        if last != NEVER and day - last <= horizon:
            return State.LAST_SEEN, last, (_last_evidence, doubt, last)
        if self.term_ends >= day:
            return State.LAST_SEEN, last, (_term_runs, doubt, self.term_ends)
        return self._term_over(day, horizon, last) or (
            State.LAST_SEEN_LONG_AGO,
            last,
            doubt if last == NEVER else (_last_evidence, doubt, last),
        )

    def _term_over(self, day: int, horizon: int, last: int) -> _Found | None:
        """Due out, where the term on record ran out before the day; of somebody seen after it the term says nothing."""
        if self.term_ends == NEVER or self.term_ends < last:
            return None
        state = State.LONG_DUE_OUT if self.term_ends + horizon < day else State.DUE_OUT
        return state, self.term_ends, (_term_over, self.term_ends, bool(self.ends))

    def _last_word(self, day: int) -> int:
        """The last evidence of custody up to a day."""
        past = bisect_right(self.evidence, day)
        return self.evidence[past - 1] if past else NEVER

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
        return LEVEL[self.unended.on(day, horizon, known=day)[0]]

    def told(self) -> tuple[int, int]:
        """From which day on and up to which `as_known` may speak of custody."""
        begins = min(self.may_begin if self.starts else self.recognised_by, self.first_seen)
        return begins, _latest(self.ends[0]) if self.ends else FOREVER

    def turning(self, horizon: int) -> set[int]:
        """Every day on which the state may be another than on the day before, and some more.

        The rule compares a day with dates of the record alone: it turns on such a date, on the day after it, or on the
        day after the horizon from it has passed. What was seen between the first and the last sighting turns nothing.
        """
        days = {self.first_seen, self.last_seen + 1, self.may_begin, self.begun_by, self.middle, self.gone_by}
        days |= {self.leaves_after, self.recognised_by, self.look_from, self.limited_by, *self.absent}
        days.update(map(_earliest, self.starts))
        if self.ends:
            days |= {_earliest(self.ends[0]), _middle(self.ends[0])}
        if self.limited_by != FOREVER:
            days |= {self.limit_ends, self.limited_by + horizon + 1}
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


def _limit_over(doubt: Phrase, day: int) -> Phrase:
    return say("{doubt}; it ran out on {day}, and nothing is on record since", doubt=doubt, day=date.fromordinal(day))


def _limit_unheard(doubt: Phrase, day: int) -> Phrase:
    return say("{doubt}; nothing is on record of it since {day}", doubt=doubt, day=date.fromordinal(day))


def _first_evidence(day: int, _: object) -> Phrase:
    return say("first evidence of custody is of {day}", day=date.fromordinal(day))


def _off_a_list(doubt: Why, day: int) -> Phrase:
    return say("{doubt}; off a list since {day}", doubt=_words(doubt), day=date.fromordinal(day))


def _last_evidence(doubt: Why, day: int) -> Phrase:
    return say("{doubt}; last evidence {day}", doubt=_words(doubt), day=date.fromordinal(day))


def _term_runs(doubt: Why, day: int) -> Phrase:
    return say("{doubt}; the term on record runs to {day}", doubt=_words(doubt), day=date.fromordinal(day))


def _term_over(day: int, out: object) -> Phrase:
    over = date.fromordinal(day)
    if out:
        return say("{doubt} on {day}; the day of the exit is not on record", doubt=_TERM_OVER, day=over)
    return say("{doubt} on {day}; no exit is recorded", doubt=_TERM_OVER, day=over)


def _earliest(when: PartialDate) -> int:
    return NEVER if when.earliest is None else when.earliest.toordinal()


def _latest(when: PartialDate) -> int:
    return FOREVER if when.latest is None else when.latest.toordinal()


def _middle(when: PartialDate) -> int:
    middle = when.middle
    return FOREVER if middle is None else middle.toordinal()


def by_spell(spell: Spell, day: date, horizon_days: int) -> Standing:
    """The state of a person on `day` by one spell alone."""
    return Standing(spell, Dates(spell).on(day.toordinal(), horizon_days))


def says_most(spells: Sequence[Dates], day: int, horizon: int) -> tuple[int, _Found]:
    """The place of the spell by which a person stands on a day, and what it says.

    Of the last that had certainly begun and those after it, the first of those that count most; where none counts, the
    last that is not still to come.
    """
    begun = max((n for n, spell in enumerate(spells) if spell.began <= day), default=0)
    place, best = 0, ONLY_NAMED
    for n in range(begun, len(spells)):
        found = spells[n].on(day, horizon)
        level, so_far = LEVEL[found[0]], LEVEL[best[0]]
        if n == begun or level > so_far or (level == so_far == Level.OUT and found[0] is not State.NOT_YET):
            place, best = n, found
    return place, best


ONLY_NAMED: _Found = (State.ONLY_NAMED, NEVER, _plainly(say("no source on record here dates this person's custody")))


def in_words(found: Standing) -> Phrase:
    """A state with its day, its limit or its exit: what a page says of one person."""
    day = found.day
    if day is not None and found.limit is not None and found.state is State.LIMITED:
        return say("under another limit since {day}: {limit}", limit=code("regime", found.limit.value), day=day)
    if day is not None and found.state is State.RELEASED:
        return _released(found, day)
    says = _ON_A_DAY.get(found.state)
    return WORDS[found.state] if says is None or day is None else says(day)


def _released(found: Standing, day: PartialDate) -> Phrase:
    """When, how, where to, and that there are conditions."""
    parts: list[str] = [say("out {day}", day=day)]
    if found.how is not None:
        parts.append(code("release_kind", found.how.value))
    if found.to is not None:
        parts.append(say("to {state:party}", state=state(found.to.value)))
    if found.conditions:
        parts.append(say("on conditions: {conditions}", conditions="; ".join(v.value for v in found.conditions)))
    return together(parts, ", ")


_ON_A_DAY: dict[State, Callable[[PartialDate], Phrase]] = {
    State.HELD: lambda day: say("in custody since {day}", day=day),
    State.LAST_SEEN: lambda day: say("last seen in custody on {day}, no exit on record", day=day),
    State.LAST_SEEN_LONG_AGO: lambda day: say(
        "last seen in custody on {day}, too long ago to say; no exit on record", day=day
    ),
    State.DUE_OUT: lambda day: say("due out since {day}, no word", day=day),
    State.LONG_DUE_OUT: lambda day: say("due out since {day}, no word", day=day),
    State.LIMIT_OVER: lambda day: say("was under another limit; no word since {day}", day=day),
    State.DIED: lambda day: say("died in custody {day}", day=day),
}


def told(found: Standing) -> StateShape:
    """A state ready for JSON."""
    return {
        "code": found.state,
        "words": in_words(found),
        "on": None if found.day is None else found.day.text,
        "limit": _code(found.limit),
        "how": _code(found.how),
        "to": _code(found.to),
        "conditions": [v.value for v in found.conditions],
        "reason": found.reason,
    }


def _code(value: Value | None) -> str | None:
    return None if value is None else value.value
