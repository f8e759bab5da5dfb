"""Stays in custody as the record knows them: since when each was watched, and within what bounds it ended.

A stay is a spell whose arrest is on record. Three things are kept apart that a plain average mixes up:

* *watched since*: a list that names people from a day on can only name those who were still inside then. A person
  counts from the first day on which a list that does not speak of exits looks (its window; or, by the strict reading,
  the day on which the first such source was published). Who is known only from lists of people who came out tells
  nothing of those who stayed, and is left out;
* *ended within*: the exit lies between the last evidence of custody and the latest reading of its date; a sentence that
  takes nobody's liberty is an exit;
* *still running*: a stay without an exit on record is followed as far as the reading says: to the last evidence
  (`least`), as long as the best reading has the person inside (`best`, the rule of `inside`), or to the day asked
  (`most`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from habeas.answers.course import Course, courses
from habeas.answers.standing import FOREVER, NEVER, Level
from habeas.dates import ONE_DAY, PartialDate, Span
from habeas.nouns import Case, Casebook, Means, Spell, say

WAYS = ("term served", "pardoned", "exchanged", "expelled", "died", "other", "not on record")
AROUND = timedelta(days=7)  # a decree, a gate and a border are passed on different days
FOLLOWED = ("least", "best", "most")
WATCHED = ("window", "strict")

_WAY_OF_KIND: Mapping[str, str] = {
    "term_served": "term served",
    "pardoned": "pardoned",
    "amnestied": "pardoned",
    "expelled": "expelled",
    "swapped": "exchanged",
    "died": "died",
    "early_release": "other",
    "acquitted": "other",
    "released": "other",
}


class Stay(NamedTuple):
    """One stay, in days since the arrest: the exit lies in `(low, high]`, or at `low` where both are equal.

    `high` None: still running at `low`. `entry` None: watched from the arrest on. `way` None where it runs on.
    """

    case: Case
    spell: Spell
    low: int
    high: int | None
    entry: int | None
    way: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """The stays that can be counted, and how many spells cannot, by the reason."""

    stays: tuple[Stay, ...]
    left_out: Mapping[str, int]


class Known(NamedTuple):
    """What the record says of one spell by a day, before any reading of what it leaves open; days by number.

    `refused` says why the spell can be no stay, or is empty. `start` are the earliest, the middle and the latest day of
    the arrest, `exit` those of an exit by the day asked. `watched` is the first day by `window` and `strict`, FOREVER
    where there is none; `until` the last day by `least`, `best` and `most` of a spell that runs on, empty for one that
    ended; `soonest` the earliest day of the exit.
    """

    case: Case
    spell: Spell
    refused: str
    start: tuple[int, int, int] = (NEVER, NEVER, NEVER)
    exit: tuple[int, int, int] | None = None
    soonest: int = NEVER
    way: str | None = None
    watched: tuple[int, int] = (FOREVER, FOREVER)
    until: tuple[int, ...] = ()


class _Lasting:
    """What the record says of one spell by any day: as ended, once its exit is past, and as running on until then."""

    __slots__ = ("_course", "_evidence", "_exit", "_late", "_place", "_start", "_watched", "ended")

    def __init__(
        self, casebook: Casebook[Any], course: Course, place: int, start: PartialDate, deals: set[str]
    ) -> None:
        case, spell = course.case, course.case.spells[place]
        self._course, self._place, self._start = course, place, _three(start)
        self._exit, self._watched = _exit(spell), _watched_since(casebook, spell)
        self._late = Known(case, spell, say("arrested after the day asked"))
        seen = [d.toordinal() for d, _ in spell.seen]
        self._evidence = sorted([*seen, *(w.latest.toordinal() for w, _ in spell.recognised if w.latest is not None)])
        self.ended = self._ended(casebook, deals)

    def _ended(self, casebook: Casebook[Any], deals: set[str]) -> Known | None:
        """As it is once the exit is past; None where its last day is not known."""
        exit_, case, spell = self._exit, self._course.case, self._late.spell
        if exit_ is None or exit_.latest is None:
            return None
        out = _three(exit_)
        evidence = [d.toordinal() for d, _ in spell.seen if d <= exit_.latest]
        told = [w.earliest for w, _ in spell.recognised if w.earliest is not None and w.earliest <= exit_.latest]
        soonest = max([self._start[2], *evidence, *(d.toordinal() for d in told), out[0]])
        way = "other" if spell.end is None else way_of(casebook, case, spell, deals)
        return Known(case, spell, "", self._start, out, soonest, way, self._watched)

    def by(self, day: int, horizon: int) -> Known:
        """What is known by a day."""
        if self._start[2] > day:
            return self._late
        if self.ended is not None and self.ended.exit is not None and self.ended.exit[2] <= day:
            return self.ended
        late = self._late
        return Known(late.case, late.spell, "", self._start, watched=self._watched, until=self._until(day, horizon))

    def _until(self, day: int, horizon: int) -> tuple[int, int, int]:
        """The last day on which the stay is read as running, by each reading."""
        arrested = self._start[1]
        if self._exit is not None:
            # It ended, perhaps after the day asked: it ran at least to the day before the soonest exit.
            soonest = self._exit.earliest
            ran = arrested if soonest is None else min(day, max(arrested, soonest.toordinal() - 1))
            return ran, ran, ran
        past = bisect_right(self._evidence, day)
        last = max(arrested, self._evidence[past - 1]) if past else arrested
        term = self._late.spell.term_ends
        reach = sorted({last + horizon, day, *(() if term is None else (term.toordinal(),))})
        within = (d for d in reversed(reach) if last < d <= day)
        best = next((d for d in within if self._course.spell_level(self._place, d) >= Level.LIKELY), last)
        return last, best, day


def _three(when: PartialDate) -> tuple[int, int, int]:
    """The earliest, the middle and the latest day of a date, by number."""
    first = NEVER if when.earliest is None else when.earliest.toordinal()
    last = FOREVER if when.latest is None else when.latest.toordinal()
    return first, NEVER if when.middle is None else when.middle.toordinal(), last


def known_of(casebook: Casebook[Any], day: date) -> tuple[Known, ...]:
    """What the record says of every spell by a day; the readings of `stays_of` take it from here."""
    at, horizon = day.toordinal(), casebook.book.horizon_days
    return tuple(one if isinstance(one, Known) else one.by(at, horizon) for one in casebook.once(_lasting))


def _lasting(casebook: Casebook[Any]) -> tuple[Known | _Lasting, ...]:
    deals = {r for deal in casebook.deals.values() for r in deal.releases}
    return tuple(
        _last(casebook, course, place, deals)
        for course in courses(casebook).values()
        for place in range(len(course.case.spells))
    )


def _last(casebook: Casebook[Any], course: Course, place: int, deals: set[str]) -> Known | _Lasting:
    case, spell = course.case, course.case.spells[place]
    if spell.impossible:
        return Known(case, spell, say("the record contradicts itself"))
    if spell.start is None:
        return Known(case, spell, say("the arrest is not on record"))
    start = PartialDate.parse(spell.start.value)
    if start.earliest is None or start.latest is None:
        return Known(case, spell, say("the arrest has no earliest or no latest day"))
    return _Lasting(casebook, course, place, start, deals)


def _exit(spell: Spell) -> PartialDate | None:
    """When a spell ended: its exit, or the day of a sentence that took no liberty, unless the person was seen inside later."""
    if spell.end is not None:
        return PartialDate.parse(spell.end.value)
    if spell.at_liberty is None or spell.liberty_since is None:
        return None
    when = PartialDate.parse(spell.liberty_since.value)
    later = when.latest is not None and any(d > when.latest for d, _ in spell.seen)
    return None if later else when


def stays_of(
    known: Sequence[Known], *, followed: str = "best", watched: str = "window", since: date | None = None
) -> Stays:
    """The stays by one reading of what is known.

    Args:
        followed: how far a stay without an exit is followed: `least`, `best` or `most`.
        watched: since when a person counts: `window` (of the list) or `strict` (publication).
        since: only stays whose arrest may lie on this day or later.
    """
    found: list[Stay] = []
    left_out: Counter[str] = Counter()
    early = NEVER if since is None else since.toordinal()
    for one in known:
        stay: Stay | str = one.refused
        if not one.refused:
            stay = (
                say("arrested before {day}", day=since)
                if since is not None and one.start[2] < early
                else _stay(one, followed, watched)
            )
        if isinstance(stay, Stay):
            found.append(stay)
        else:
            left_out[stay] += 1
    return Stays(stays=tuple(found), left_out=dict(sorted(left_out.items(), key=lambda item: (-item[1], item[0]))))


def _stay(known: Known, followed: str, watched: str) -> Stay | str:
    """The stay by one reading, or why it cannot be counted."""
    (earliest, middle, latest), first = known.start, known.watched[WATCHED.index(watched)]
    if first == FOREVER:
        return say("known only from lists of people who came out, or from none that says when it looks")
    entry = None if first <= latest else first - middle
    if known.exit is None:
        low = max(0, known.until[FOLLOWED.index(followed)] - middle)
        if entry is not None and entry >= low:
            return say("out of sight before anyone watched")
        return Stay(case=known.case, spell=known.spell, low=low, high=None, entry=entry, way=None)
    high = known.exit[2] - earliest
    low = max(0, known.soonest - latest)
    if entry is not None and entry >= high:
        return say("first listed after the exit, or on its day")
    if high > low:
        low -= 1  # the bound itself may be the length, and (low, high] leaves its lower end out
    if entry is not None:
        low = max(low, entry)
    return Stay(case=known.case, spell=known.spell, low=low, high=high, entry=entry, way=known.way)


def _watched_since(casebook: Casebook[Any], spell: Spell) -> tuple[int, int]:
    """The first day, by number, on which somebody who does not speak of the exit looked, and would have named the person."""
    days = [d for d, _ in spell.seen]
    days += [w.latest for w, _ in spell.recognised if w.latest is not None]
    window, strict = list(days), list(days)
    for identifier in spell.statements:
        statement = casebook.statements.get(identifier)
        if statement is None or statement.kind != "entry":
            continue
        listed = casebook.lists.get(statement.subject.split(":")[1])
        if listed is None or listed.means in (Means.RELEASED, Means.DIED):
            continue
        said = statement.published or (listed.published.text if listed.published is not None else None)
        latest = PartialDate.parse(said).latest if said is not None else None
        published = [latest] if latest is not None else []
        period = listed.covers.period
        begins = None if period is None else period.earliest or period.latest
        strict += published
        window += published if begins is None else [begins]
    first, other = (min((d.toordinal() for d in some), default=FOREVER) for some in (window, strict))
    return first, other


def way_of(casebook: Casebook[Any], case: Case, spell: Spell, deals: set[str]) -> str:
    """By which way a spell ended: death first, then a swap or a release of a deal, then being taken abroad, then the kind.

    That a release was part of a deal is a claim of the book, with who says so: see `habeas ask deal`.
    """
    kind = None if spell.exit_kind is None else _WAY_OF_KIND.get(spell.exit_kind.value, "other")
    if kind in ("died", "exchanged", "expelled"):
        return kind
    if _freed_in(casebook, case, spell, deals):
        return "exchanged"
    abroad = spell.taken_to is not None and spell.taken_to.value.upper() != casebook.book.country.upper()
    return "expelled" if abroad else kind or "not on record"


def _freed_in(casebook: Casebook[Any], case: Case, spell: Spell, deals: set[str]) -> bool:
    """True where the spell ended within a week of a release of a deal that names the person."""
    if spell.end is None:
        return False
    ended = Span.covering(PartialDate.parse(spell.end.value))
    for identifier in case.releases:
        release = casebook.releases.get(identifier)
        if release is None or identifier not in deals or case.id not in release.named:
            continue
        when = release.when
        around = Span(
            None if when.earliest is None else when.earliest - AROUND,
            None if when.latest is None else when.latest + AROUND + ONE_DAY,
        )
        if ended.cut(around) is not None:
            return True
    return False


FACETS: Mapping[str, Sequence[str]] = {
    "charge": ("article", "charge"),
    "sex": ("sex",),
    "occupation": ("occupation",),
    "nationality": ("nationality",),
    "prison": ("prison",),
    "year": (),
}


def facets(stay: Stay, by: str) -> tuple[str, ...]:
    """The groups of a stay: every article of the charge, or the one preferred value; the year of the arrest."""
    if by == "year":
        assert stay.spell.start is not None
        middle = PartialDate.parse(stay.spell.start.value).middle
        return () if middle is None else (str(middle.year),)
    for prop in FACETS[by]:
        values = stay.case.attributes.get(prop, ())
        if values:
            return tuple(dict.fromkeys(v.value for v in values)) if by == "charge" else (values[0].value,)
    return ()
