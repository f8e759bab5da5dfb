"""Cases, releases, deals: what the statements of all sources fold to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

from habeas.dates import ONE_DAY, Clock, Days, PartialDate, Span
from habeas.nouns.book import Book, Covers, Means
from habeas.nouns.evidence import A, Problem, Statement
from habeas.nouns.measures import LeftOut, Measure
from habeas.nouns.people import Name, Pair
from habeas.nouns.records import (
    Absence,
    Act,
    Assessment,
    Body,
    Condition,
    Confidence,
    Count,
    Fact,
    Figure,
    Leg,
    Official,
    Request,
    Stance,
    TierMark,
    Tombstone,
)
from habeas.nouns.verdicts import KeptVerdict

T = TypeVar("T")

# A decree, the gate of a prison and a border are passed on different days.
AROUND = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who says: publisher, address, and the day of publication as far as it is known."""

    id: str
    publisher: str
    url: str
    title: str = ""
    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInfo:
    """A list as read into the ledger: what it is and what it covers."""

    id: str
    title: str
    publisher: str
    url: str
    published: PartialDate | None
    language: str | None
    means: Means
    covers: Covers
    based_on: tuple[str, ...]
    entries: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value the record prefers, the statements it rests on, and the ones that contradict it.

    `reason` states the rule or the decision by which it won; `against` keeps each losing value with its statements.
    `confidence` is how sure a person graded it, empty where nobody did; `decided` are the statements of what people decided
    of it, and `stood` the value that would stand if nobody had preferred another.
    """

    value: str
    statements: tuple[str, ...]
    reason: str = ""
    against: tuple[tuple[str, tuple[str, ...]], ...] = ()
    confidence: Confidence | None = None
    decided: tuple[str, ...] = ()
    stood: str = ""

    @property
    def contested(self) -> bool:
        return bool(self.against)


class EventKind(StrEnum):
    """What happened to a person. Pardoned, released, taken abroad and free are four things."""

    DETAINED = "detained"
    HELD_ON = "held_on"  # seen in custody on a day
    RECOGNISED = "recognised"
    SENTENCED = "sentenced"
    APPEAL = "appeal"
    PARDONED = "pardoned"
    RELEASED = "released"
    RETURNED = "returned"  # taken back into custody
    DIED = "died"
    ABSENT = "absent_since"  # left a list: never a release


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a person, when, as said by the statements."""

    kind: EventKind
    when: PartialDate
    statements: tuple[str, ...]
    note: str = ""
    disputed: str = ""  # why this is not taken as having happened, where it is not


class Limit(StrEnum):
    """What may take the place of custody, by the codes of `regime`; none of them is custody."""

    SUSPENDED = "suspended"
    FINE = "fine"
    HOME_KHIMIYA = "home_khimiya"
    HOUSE_ARREST = "house_arrest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One unbroken stretch in custody; `end` None is right-censored: no exit on record.

    `start` None: in custody, but no source gives the arrest. `seen` are the days on which a source saw the person in
    custody, `about` the spans of which that is told and no day of them is sure. `term_ends` is the start plus the longest
    sentence on record, where both are known: a reading, not a date of release. `limit` is what took the place of custody (house arrest, a suspended sentence, restriction at home, a fine),
    where those who speak of this spell say nothing stricter, `limit_since` its day (that of the sentence, unless a source
    gives another) and `limit_ends` when it ran out by the sentence on record. `exit_kind` and `taken_to` (ISO country)
    describe the exit. `facts` are what else belongs to this stretch alone, by property, the preferred value first: where
    and by whom arrested, charge, court, judge, prison, conditions of release ...
    """

    start: Value | None
    end: Value | None
    seen: tuple[tuple[date, str], ...]  # (day, statement id)
    exit_kind: Value | None = None
    taken_to: Value | None = None
    sentence: Value | None = None
    term_ends: date | None = None
    limit: Value | None = None
    limit_since: Value | None = None
    limit_ends: date | None = None
    recognised: tuple[tuple[PartialDate, str], ...] = ()
    about: tuple[tuple[PartialDate, str], ...] = ()
    days: Days | None = None  # in custody; only where the spell has a start, and an end or another limit
    absent: tuple[tuple[date, str], ...] = ()  # the days since which the person is off a list
    impossible: str = ""  # why what is said of it cannot all be so, where it cannot
    statements: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    facts: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[tuple[PartialDate, str], ...]:
        """What shows custody on some day of a span: a recognition, or a sighting of which no day is sure."""
        return (*self.recognised, *self.about)

    @property
    def left(self) -> Value | None:
        """When custody ended: the exit, or another limit that took its place before, unless something shows it went on."""
        if self.limit is None or self.limit_since is None:
            return self.end
        by = PartialDate.parse(self.limit_since.value).latest
        if by is None or any(day > by for day, _ in self.seen):
            return self.end
        end = None if self.end is None else PartialDate.parse(self.end.value)
        if end is None or (end.possibly_by(by) and not end.certainly_by(by)):
            return self.limit_since
        return self.end

    def stated(self) -> tuple[tuple[str, Value], ...]:
        """Every value that is told of the spell, with its property; `limit` and its day are among the facts it is read from."""
        own = (
            ("detained", self.start),
            ("released", self.end),
            ("release_kind", self.exit_kind),
            ("taken_to", self.taken_to),
            ("sentence", self.sentence),
        )
        facts = ((prop, v) for prop, values in self.facts.items() for v in values)
        return (*((prop, v) for prop, v in own if v is not None), *facts)

    @property
    def died(self) -> bool:
        """True where the exit on record is a death."""
        return self.exit_kind is not None and self.exit_kind.value == "died"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person's history with the state.

    `attributes` maps a property of the person (born, sex, occupation ...) to its values, the preferred first; what belongs
    to a stretch in custody (charge, judge, prison ...) stands on the spell, and here only where no spell is on record.
    `releases` are those in which some list names the person, whether the record takes it so or not (`Casebook.releases_of`).
    `label` is the name shown; a public case whose names are all restricted is shown by its id.
    """

    id: str
    label: str
    names: tuple[Name, ...]
    mentions: tuple[str, ...]
    lists: tuple[str, ...]
    spells: tuple[Spell, ...]
    events: tuple[Event, ...]
    attributes: Mapping[str, tuple[Value, ...]]
    releases: tuple[str, ...]
    statements: tuple[str, ...]
    assessments: tuple[Assessment, ...] = ()  # who finds, by which definition, that this is a political prisoner
    tier: TierMark | None = None  # how a person marked it last
    absences: tuple[Absence, ...] = ()  # where the person was looked for and not found
    parted: tuple[str, ...] = ()  # the cases of whom it was decided that they are another person

    def attribute(self, prop: str) -> Value | None:
        found = self.attributes.get(prop, ())
        return found[0] if found else None

    def of(self, spell: Spell | None, prop: str) -> tuple[Value, ...]:
        """What is said of the person, or of one spell, by a property."""
        own = () if spell is None else spell.facts.get(prop, ())
        return own or self.attributes.get(prop, ())

    def ever(self, prop: str) -> tuple[Value, ...]:
        """What is said by a property of the person or of any spell, each value once with all it rests on."""
        said: dict[str, tuple[str, ...]] = {}
        for facts in (self.attributes, *(s.facts for s in self.spells)):
            for v in facts.get(prop, ()):
                said[v.value] = tuple(dict.fromkeys((*said.get(v.value, ()), *v.statements)))
        return tuple(Value(value=v, statements=ids) for v, ids in said.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A value that stood, and the one that stands in its place: of which subject (and case), why, and since when."""

    subject: str
    case: str
    prop: str
    before: str
    after: str
    why: str
    on: date | None
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release: what was announced, its parts, and who is named (case ids).

    `named` are those whom a list names and whom the record takes to have come out then, or to have refused to leave;
    `disputed` those whom a list names, and whom the record does not take so.
    """

    id: str
    country: str
    when: PartialDate
    kind: str
    status: str  # executed, not_executed, promised
    title: str
    figures: tuple[Figure, ...]
    named: tuple[str, ...]
    statements: tuple[str, ...]
    note: str = ""
    disputed: tuple[str, ...] = ()

    def ended(self, spell: Spell) -> bool:
        """True where a spell ended, or may have ended, within a week of the release: who came out then came out in it."""
        if spell.end is None:
            return False
        first, last = self.when.earliest, self.when.latest
        around = Span(None if first is None else first - AROUND, None if last is None else last + AROUND + ONE_DAY)
        return Span.covering(PartialDate.parse(spell.end.value)).cut(around) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """Releases exchanged for relief: legs, conditions, and who says for or against that it was an exchange."""

    id: str
    country: str
    when: PartialDate
    title: str
    status: str
    brokers: tuple[str, ...]
    releases: tuple[str, ...]
    legs: tuple[Leg, ...]
    conditions: tuple[Condition, ...]
    stances: tuple[Stance, ...]
    statements: tuple[str, ...]
    note: str = ""
    requests: tuple[Request, ...] = ()  # names asked for, answered, released


@dataclass(frozen=True, kw_only=True)
class Casebook(Generic[A]):
    """All cases, releases, deals, measures and figures that one audience may see, as known at one moment."""

    audience: type[A]
    book: Book
    known: datetime | None
    known_by: Clock
    head: str
    last_recorded: datetime | None
    cases: Mapping[str, Case]
    releases: Mapping[str, Release]
    deals: Mapping[str, Deal]
    acts: tuple[Act, ...]
    counts: tuple[Count, ...]
    facts: tuple[Fact, ...]
    lists: Mapping[str, ListInfo]
    sources: Mapping[str, Source]
    statements: Mapping[str, Statement]
    unsure: tuple[Pair, ...]
    problems: tuple[Problem, ...]
    officials: tuple[
        Official, ...
    ] = ()  # with names and posts; who is named in cases and stands nowhere else is not here
    bodies: Mapping[str, Body] = field(default_factory=dict)
    measures: tuple[Measure, ...] = ()  # each imposition with the acts that change it
    left_out: tuple[LeftOut, ...] = ()  # acts that no measure takes account of
    erasures: tuple[Tombstone, ...] = ()  # what was erased when; what was published before that day is superseded
    corrected: tuple[Correction, ...] = ()  # values that were corrected; only what is published has them
    chances: tuple[
        tuple[str, str, float], ...
    ] = ()  # mentions of two cases; log2 of the odds that these are one person
    verdicts: tuple[KeptVerdict, ...] = ()  # on claims of articles: signed ones, and to the team drafts that were kept

    @property
    def day(self) -> date | None:
        """The day of knowledge: the instant asked for, else the last one on record; None: nothing is on record yet."""
        instant = self.known or self.last_recorded
        return None if instant is None else instant.astimezone(UTC).date()

    def sources_of(self, statements: tuple[str, ...] | list[str]) -> tuple[Source, ...]:
        """The distinct sources that some statements rest on, in the order first met."""
        found: dict[str, Source] = {}
        for identifier in statements:
            statement = self.statements.get(identifier)
            if statement is not None and statement.source not in found:
                source = self.sources.get(statement.source)
                if source is not None:
                    found[statement.source] = source
        return tuple(found.values())

    def releases_of(self, case: Case) -> tuple[Release, ...]:
        """The releases that the record takes a person to have been part of; lists may name the person in others."""
        return self._part_of.get(case.id, ())

    @cached_property
    def _part_of(self) -> Mapping[str, tuple[Release, ...]]:
        found: dict[str, tuple[Release, ...]] = {}
        for release in self.releases.values():
            for case in release.named:
                found[case] = (*found.get(case, ()), release)
        return found

    def once(self, make: Callable[[Casebook[A]], T]) -> T:
        """What a function makes of this casebook: made when it is first asked for, and kept with it, which never changes."""
        if make not in self._made:
            self._made[make] = make(self)
        return cast("T", self._made[make])

    @cached_property
    def _made(self) -> dict[Callable[..., Any], Any]:
        return {}
