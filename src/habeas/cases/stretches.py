"""Stretches in custody: what sources say of arrests, sightings and exits, put in order and cut.

An arrest stands by its earliest day, an exit by its latest; a stretch ends where an exit is followed by a new arrest. Arrests
without an exit between them compete for one start, exits without an arrest between them for one end. Rules keep a stretch
unbroken or cut it, each left as a doubt to read:

* an exit is not believed where the person was seen in custody within a month after it (a false report of release), or
  was taken back into custody the same day;
* a sighting later than that begins a new stretch whose arrest is not on record;
* two arrests more than half a year apart without an exit between them are two stretches, the first with an unknown end;
  so are a sighting, of which no arrest is told, and an arrest more than half a year after it;
* an entry whose release lies before its own arrest contradicts itself: one stretch, and nothing certain of it;
* who was seen free on a day was out by then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from habeas.dates import PartialDate
from habeas.nouns import Mention, Statement, say, say_count

FALSE_RELEASE_DAYS = 31
SAME_ARREST_DAYS = 180

_START, _SEEN, _END, _FREE, _RETURNED = range(5)
_KIND_OF = {
    "detained": _START,
    "held_on": _SEEN,
    "released": _END,
    "died": _END,
    "not_held_on": _FREE,
    "returned": _RETURNED,
}
ORDER = say("the release on record lies before the arrest in the same entry")


@dataclass(frozen=True, slots=True)
class Said:
    order: int
    when: PartialDate
    statement: Statement

    @property
    def key(self) -> tuple[date, int, str, str, str]:
        """By day, then what comes first on one day; never by when it was recorded."""
        bound = self.when.latest if self.order in (_END, _FREE) else self.when.earliest
        day = bound or self.when.latest or self.when.earliest or date.min
        return day, self.order, self.when.text, self.statement.subject, self.statement.source


@dataclass(slots=True)
class Stretch:
    """A spell being put together; `disputed` maps an exit's statement id to why it is not believed."""

    starts: list[Said] = field(default_factory=list)
    seen: list[Said] = field(default_factory=list)
    ends: list[Said] = field(default_factory=list)
    disputed: dict[str, str] = field(default_factory=dict)
    recognised: list[tuple[PartialDate, Statement]] = field(default_factory=list)
    rearrested: PartialDate | None = None

    @property
    def entries(self) -> set[str]:
        """The entries that date something in this spell."""
        dated = (c.statement.subject for c in (*self.starts, *self.ends, *self.seen))
        return {*dated, *(s.subject for _, s in self.recognised)}

    @property
    def believed(self) -> list[Said]:
        return [e for e in self.ends if e.statement.id not in self.disputed]

    @property
    def impossible(self) -> bool:
        """True where all that is known of the spell are entries that contradict themselves."""
        wrong = {e.statement.subject for e in self.ends if self.disputed.get(e.statement.id) == ORDER}
        return bool(wrong) and not self.believed and {c.statement.subject for c in (*self.starts, *self.seen)} <= wrong

    @property
    def sightings(self) -> tuple[tuple[date, str], ...]:
        """The days on which somebody was surely in custody by being seen there, with who says so."""
        days = ((self._surely(c.when), c.statement.id) for c in self.seen)
        return tuple(sorted((day, said) for day, said in days if day is not None))

    @property
    def vague_sightings(self) -> tuple[tuple[PartialDate, str], ...]:
        """The sightings on some day of a span, of which no day is sure."""
        return tuple((c.when, c.statement.id) for c in self.seen if self._surely(c.when) is None)

    def _surely(self, when: PartialDate) -> date | None:
        """A day in custody by a sighting: of a span the first day, where custody had begun by then, or the last, where it went on."""
        first, last = when.earliest, when.latest
        if when.is_day or (first is not None and self._begun <= first):
            return first
        return last if last is not None and last < self._goes_on_to else None

    @property
    def _begun(self) -> date:
        """The day by which the stretch had surely begun."""
        arrests = [c.when.latest or date.max for c in self.starts]
        return min((*self._days_seen, max(arrests, default=date.max)))

    @property
    def _goes_on_to(self) -> date:
        """The last day to which the stretch surely went on: of a sighting, or before every exit."""
        exits = [e.when.earliest or date.min for e in self.believed]
        return max((*self._days_seen, min(exits, default=date.min)))

    @property
    def _days_seen(self) -> list[date]:
        return [c.when.earliest for c in self.seen if c.when.is_day and c.when.earliest is not None]

    @property
    def last_exit(self) -> date | None:
        return max((e.when.latest for e in self.believed if e.when.latest is not None), default=None)

    def dispute(self, why: str) -> None:
        for end in self.believed:
            self.disputed[end.statement.id] = why

    def begun_by(self, day: date) -> bool:
        """True where the spell may have begun by a day."""
        return not self.starts or any(s.when.possibly_by(day) for s in self.starts)

    def holds(self, day: date) -> bool:
        """True where the day may lie in this spell."""
        exit_day = self.last_exit
        return self.begun_by(day) and (exit_day is None or day <= exit_day)


def said(mentions: Iterable[Mention]) -> list[Said]:
    """What the mentions say of arrests, sightings, exits and returns, in order."""
    found = []
    for mention in mentions:
        for statement in mention.statements:
            order = _KIND_OF.get(statement.prop)
            if order is None or statement.value is None:
                continue
            when = PartialDate.parse(statement.value)
            if order == _FREE and when.latest is not None:
                # Seen free on a day: the exit was on that day or before it.
                statement = replace(statement, value=f"../{when.latest}")  # noqa: PLW2901
                when = PartialDate.parse(f"../{when.latest}")
            found.append(Said(order, when, statement))
    return sorted(found, key=lambda claim: claim.key)


def _impossible(claims: Sequence[Said]) -> dict[str, list[Said]]:
    """Exits that certainly lie before the only arrest of the same entry, by that entry."""
    by_entry: dict[str, list[Said]] = {}
    for claim in claims:
        by_entry.setdefault(claim.statement.subject, []).append(claim)
    found = {}
    for entry, said_here in by_entry.items():
        starts = [c for c in said_here if c.order == _START]
        ends = [c for c in said_here if c.order == _END]
        first = min((c.when.earliest for c in starts if c.when.earliest is not None), default=None)
        if first is not None and ends and all(e.when.certainly_before(first) for e in ends):
            found[entry] = ends
    return found


def _gap(earlier: date | None, later: date | None) -> int:
    return 0 if earlier is None or later is None else (later - earlier).days


def cut(claims: Sequence[Said]) -> list[Stretch]:
    """Cut ordered claims into spells."""
    impossible = _impossible(claims)
    misplaced = {e.statement.id for ends in impossible.values() for e in ends}  # told with the arrest they contradict
    cutting = _Cutting(impossible)
    for claim in claims:
        if claim.statement.id not in misplaced:
            cutting.take(claim)
    cutting.close()
    return cutting.spells


class _Cutting:
    """Puts one claim after the other to the spell that is open, or closes it and opens the next."""

    def __init__(self, impossible: Mapping[str, Sequence[Said]]) -> None:
        self.spells: list[Stretch] = []
        self._now, self._impossible = Stretch(), impossible
        self._by_kind = {
            _START: self._arrest,
            _SEEN: self._sighting,
            _END: self._exit,
            _FREE: self._free,
            _RETURNED: self._return,
        }

    def take(self, claim: Said) -> None:
        self._by_kind[claim.order](claim)

    def close(self) -> None:
        if self._now.starts or self._now.seen or self._now.ends:
            self.spells.append(self._now)
        self._now = Stretch()

    def _arrest(self, claim: Said) -> None:
        now = self._now
        if now.believed:
            self.close()
        elif (before := now.starts or now.seen) and all(_taken_anew(c.when, claim.when) for c in before):
            now.rearrested = claim.when
            self.close()
        self._now.starts.append(claim)
        for end in self._impossible.get(claim.statement.subject, ()):
            self._now.ends.append(end)
            self._now.disputed[end.statement.id] = ORDER

    def _sighting(self, claim: Said) -> None:
        late = _gap(self._now.last_exit, claim.when.earliest or claim.when.latest)
        if 0 < late <= FALSE_RELEASE_DAYS and _taken_on_the_way_out(self._now):
            self._end_what_was_before()
        elif 0 < late <= FALSE_RELEASE_DAYS:
            self._now.dispute(
                say_count(
                    "seen in custody on {day}, {n} day later",
                    "seen in custody on {day}, {n} days later",
                    late,
                    day=claim.when,
                )
            )
        elif late > 0:
            self.close()
        self._now.seen.append(claim)

    def _end_what_was_before(self) -> None:
        """The exits of the open spell end the one before it: one whose end nobody told, else one whose arrest nobody told."""
        if not self.spells or self.spells[-1].rearrested is None or self.spells[-1].believed:
            self.spells.append(Stretch())
        self.spells[-1].ends.extend(self._now.believed)
        self._now.ends = [e for e in self._now.ends if e.statement.id in self._now.disputed]

    def _exit(self, claim: Said) -> None:
        if _gap(self._now.last_exit, claim.when.earliest) > SAME_ARREST_DAYS:
            self.close()
        self._now.ends.append(claim)

    def _free(self, claim: Said) -> None:
        """Seen free is news of a spell only where one is open."""
        now = self._now
        if (now.starts or now.seen) and not now.believed:
            now.ends.append(claim)

    def _return(self, claim: Said) -> None:
        if any(e.when.compatible(claim.when) for e in self._now.believed):
            self._now.dispute("taken back into custody the same day")
            self._now.seen.append(claim)
        else:
            self.close()
            self._now.starts.append(claim)


def _taken_on_the_way_out(now: Stretch) -> bool:
    """True where every exit is of the day of the arrest, by an entry that tells of no arrest."""
    days = {s.when.earliest for s in now.starts if s.when.is_day}
    arrested = {s.statement.subject for s in now.starts}
    return all(e.when.is_day and e.when.earliest in days and e.statement.subject not in arrested for e in now.believed)


def _taken_anew(before: PartialDate, when: PartialDate) -> bool:
    """True of an arrest too late after another, or after a sighting, to be of the same custody told twice."""
    return not before.compatible(when) and _gap(before.latest, when.earliest) > SAME_ARREST_DAYS
