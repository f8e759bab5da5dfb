"""The nouns of habeas; no I/O.

Data flows one way: Capture -> Draft -> Statement -> View -> Mention -> Person -> Casebook -> Answer, Verdict -> files.
Every noun is frozen, slotted and keyword-only. Ids:

* a *subject* is `kind:rest`: `entry:viasna-2023:k7x2m9qa` (one row of a list), `release:BY-2025-12-13`, `deal:...`;
* statement ids, row keys and case ids are salted hashes: a bare hash of a name can be guessed;
* releases and deals are named by country and date, `BY-2025-12-13`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

from habeas.dates import AsOf, Clock, Days, PartialDate, Span

# --- who may see what -------------------------------------------------------------------------------------------


class Visibility(StrEnum):
    """Who may see a value; the most restrictive of several wins."""

    PUBLIC = "public"
    TEAM = "team"
    SEALED = "sealed"


class Audience:
    """Whom a view is for. The classes are markers: they type a View and a Casebook, and have no instances."""

    sees: frozenset[Visibility]


class Public(Audience):
    """Everybody: what may be published."""

    sees = frozenset({Visibility.PUBLIC})


class Team(Audience):
    """The people who keep the book."""

    sees = frozenset({Visibility.PUBLIC, Visibility.TEAM})


class Keeper(Audience):
    """Those few who may see sealed values."""

    sees = frozenset({Visibility.PUBLIC, Visibility.TEAM, Visibility.SEALED})


A = TypeVar("A", bound=Audience)

# --- evidence ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """The bytes of a file at a moment: its path in the book, SHA-256 (hex) and size in bytes."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in the data, returned and never raised: where, what, and what to do.

    `where` is `file`, row number (1 is the header), column and the value as found, as far as they are known.
    """

    file: str
    what: str
    do: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __str__(self) -> str:
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {self.column}"
        found = f" ({self.value!r})" if self.value is not None else ""
        return f"{where}: {self.what}{found}. {self.do}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a source says, before it is recorded: subject.prop = value, over a valid span.

    `value` is in the normal form of the property's type (vocabulary), `original` the wording found where it differs;
    it is None only where `retracts` names the id of an earlier statement that this one takes back (with `reason`).
    A draft with both a value and `retracts` corrects the earlier one. `lang` is a BCP 47 tag (`be-Cyrl`, `be-Latn`).
    `published` is the source's publication date in EDTF.
    """

    subject: str
    prop: str
    value: str | None
    source: str
    place: str = ""
    original: str | None = None
    lang: str | None = None
    valid: Span | None = None
    published: str | None = None
    visibility: Visibility = Visibility.TEAM
    retracts: str | None = None
    reason: str | None = None

    @property
    def kind(self) -> str:
        return self.subject.partition(":")[0]

    @property
    def key(self) -> str:
        """The subject without its kind."""
        return self.subject.partition(":")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Draft):
    """A draft as recorded: numbered in one total order, at an instant (UTC), by a recorder; never changed."""

    id: str
    seq: int
    recorded: datetime
    recorder: str


@dataclass(frozen=True, kw_only=True)
class View(Generic[A]):
    """The statements an audience may see, as known at an instant; retracted ones are gone, restricted values None.

    `head` names the state of the record the view was taken from, for anyone who wants to reproduce a figure.
    """

    audience: type[A]
    known: datetime | None
    known_by: Clock
    statements: tuple[Statement, ...]
    head: str
    last_recorded: datetime | None

    @cached_property
    def by_subject(self) -> Mapping[str, tuple[Statement, ...]]:
        grouped: dict[str, list[Statement]] = {}
        for statement in self.statements:
            grouped.setdefault(statement.subject, []).append(statement)
        return {subject: tuple(found) for subject, found in grouped.items()}

    def of_kind(self, kind: str) -> Iterator[tuple[str, tuple[Statement, ...]]]:
        """(subject, statements) for each subject of a kind, in the order in which they were first recorded."""
        prefix = kind + ":"
        for subject, statements in self.by_subject.items():
            if subject.startswith(prefix):
                yield subject, statements


# --- the book, as its keeper describes it ---------------------------------------------------------------------


class Means(StrEnum):
    """What it means that a person stands on a list."""

    HELD = "held"  # in custody when the list was published
    RECOGNISED = "recognised"  # assessed as a political prisoner by the publisher
    RELEASED = "released"
    DIED = "died"  # died in custody
    NAMED = "named"  # nothing but the name and what the columns say


class Extent(StrEnum):
    """Whether a list claims to hold everybody it covers."""

    FULL = "full"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True, kw_only=True)
class Covers:
    """The window a list looks through: outside it the list says nothing."""

    period: PartialDate | None = None
    group: str = ""
    place: str = ""
    extent: Extent = Extent.SAMPLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What one column of a list holds.

    `prop` is a vocabulary property of an entry; `lang` the language and script of names; `formats` date formats
    (strptime, tried in order before EDTF); `split` the separator of several values in a cell; `values` maps what is
    printed to the normal form; `visibility` overrides the vocabulary, never towards the public by accident;
    `source_of` names the property columns whose source URL this column gives instead.
    """

    prop: str | None = None
    lang: str | None = None
    formats: tuple[str, ...] = ()
    split: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    visibility: Visibility | None = None
    source_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """One list of the book: where it lies, who published it, what it covers, how its columns read."""

    id: str
    file: Path
    title: str
    publisher: str
    url: str = ""
    published: str | None = None
    language: str | None = None
    means: Means = Means.NAMED
    covers: Covers = field(default_factory=Covers)
    based_on: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    columns: Mapping[str, Column] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    many_rows: bool = False  # a long list: several rows of one key speak of one entry
    release: str | None = None  # everybody on the list was part of this release
    sheet: str | None = None
    encoding: str | None = None
    rows: tuple[int | None, int | None] = (None, None)  # fewest and most rows to expect
    visibility: Visibility | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A user's project: the folder and what `book.toml` says."""

    folder: Path
    title: str
    country: str
    languages: tuple[str, ...]
    contact: str
    recorder: str
    lists: tuple[ListSpec, ...]
    prefer: tuple[str, ...] = ()  # sources or publishers, most trusted first, for contradicting values
    horizon_days: int = 180  # how long an observation "in custody" is read as still true
    about: str = ""

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.sqlite"


# --- identity ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as a source printed it, with its language and script and the statement that says so."""

    text: str
    lang: str | None
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One list's entry: the statements of one row."""

    id: str  # its subject, `entry:list:key`
    list_id: str
    names: tuple[Name, ...]
    statements: tuple[Statement, ...]

    def values(self, prop: str) -> tuple[Statement, ...]:
        return tuple(s for s in self.statements if s.prop == prop and s.value is not None)


class Same(StrEnum):
    """How a pair of mentions stands: by the model (sure, unsure, not) or by a person's Decision."""

    SAME = "same"
    UNSURE = "unsure"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two mentions compared: a score in [0, 1], how they stand, and why, part by part.

    `decision` is the id of the statement by which a person decided; it then overrides the score.
    """

    a: str
    b: str
    score: float
    same: Same
    why: tuple[str, ...]
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The cluster of mentions that are one person; `id` is the case id, taken from the first mention recorded."""

    id: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Who is who: persons, and the pairs kept apart because nothing settles them."""

    persons: tuple[Person, ...]
    unsure: tuple[Pair, ...]
    problems: tuple[Problem, ...] = ()


# --- cases ------------------------------------------------------------------------------------------------------


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
    """

    value: str
    statements: tuple[str, ...]
    reason: str = ""
    against: tuple[tuple[str, tuple[str, ...]], ...] = ()

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """One unbroken stretch in custody; `end` None is right-censored: no exit on record.

    `start` None: in custody, but no source gives the arrest. `seen` are the days on which a source saw the person in
    custody. `term_ends` is the start plus the longest sentence on record, where both are known: a reading, not a date
    of release. `exit_kind` and `taken_to` (ISO country) describe the exit.
    """

    start: Value | None
    end: Value | None
    seen: tuple[tuple[date, str], ...]  # (day, statement id)
    exit_kind: Value | None = None
    taken_to: Value | None = None
    sentence: Value | None = None
    term_ends: date | None = None
    recognised: tuple[tuple[PartialDate, str], ...] = ()
    days: Days | None = None  # only where the spell has a start and an end
    statements: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person's history with the state.

    `attributes` maps a property (born, sex, occupation, articles ...) to its values, the preferred first.
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
    problems: tuple[Problem, ...] = ()

    def attribute(self, prop: str) -> Value | None:
        found = self.attributes.get(prop, ())
        return found[0] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One thing of a simple kind (figure, leg, condition, stance, measure, count, fact), by property.

    `values` maps each property to its live values in order; `statements` are all it rests on.
    """

    id: str
    values: Mapping[str, tuple[str, ...]]
    statements: tuple[str, ...]
    sources: tuple[str, ...]

    def get(self, prop: str, default: str = "") -> str:
        found = self.values.get(prop, ())
        return found[0] if found else default

    def date(self, prop: str) -> PartialDate | None:
        text = self.get(prop)
        return PartialDate.parse(text) if text else None

    def number(self, prop: str) -> int | None:
        text = self.get(prop)
        return int(text) if text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release: what was announced, its parts, who is named. `named` are case ids, `refused` those who did not leave."""

    id: str
    country: str
    when: PartialDate
    kind: str
    status: str  # executed, not_executed, promised
    title: str
    figures: tuple[Record, ...]
    named: tuple[str, ...]
    statements: tuple[str, ...]
    note: str = ""


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
    legs: tuple[Record, ...]
    conditions: tuple[Record, ...]
    stances: tuple[Record, ...]
    statements: tuple[str, ...]
    note: str = ""


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
    measures: tuple[Record, ...]
    counts: tuple[Record, ...]
    facts: tuple[Record, ...]
    lists: Mapping[str, ListInfo]
    sources: Mapping[str, Source]
    statements: Mapping[str, Statement]
    unsure: tuple[Pair, ...]
    problems: tuple[Problem, ...]

    def sources_of(self, statements: tuple[str, ...] | list[str]) -> tuple[Source, ...]:
        """The distinct sources that some statements rest on, in the order first met."""
        found: dict[str, Source] = {}
        for identifier in statements:
            statement = self.statements.get(identifier)
            if statement is not None and statement.source in self.sources:
                found.setdefault(statement.source, self.sources[statement.source])
        return tuple(found.values())


# --- answers ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Asked by name (`inside`, `case`, `flows` ...), as of two clocks, with the arguments of that question."""

    ask: str
    as_of: AsOf
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the working: what was done, what came of it, and the statements it used."""

    what: str
    result: str
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A figure with its bounds and its working. `value` None means "cannot say", and `sentence` says why.

    `more` is what the question adds, ready for JSON (only dict, list, str, int, float, bool, None).
    """

    question: Question
    value: int | str | None
    low: int | None
    high: int | None
    sentence: str
    steps: tuple[Step, ...]
    rests_on: tuple[str, ...]
    more: Mapping[str, Any] = field(default_factory=dict)


# --- checked articles -------------------------------------------------------------------------------------------


class Verdict(StrEnum):
    """What the record says of a claim; `context` beside it keeps "right, but" apart from wrong."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    OUTDATED = "outdated"
    NOT_ENOUGH = "not enough information"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Exact characters of the text given: `text == article.text[start:end]`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A checkable span: its kind, its value in the claim's own units, and how it is said (negated, attributed ...)."""

    quote: Quote
    sentence: int
    kind: str
    value: Mapping[str, Any]
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A claim with its verdicts, when published and today, the working, and what would be needed to say more."""

    claim: Claim
    at_publication: Verdict
    today: Verdict
    why: str
    steps: tuple[Step, ...]
    rests_on: tuple[str, ...]
    context: str = ""
    missing: str = ""

    @property
    def verdict(self) -> Verdict:
        """One word for both days: outdated where it was right when published and is not today."""
        if self.at_publication is Verdict.SUPPORTED and self.today is Verdict.CONTRADICTED:
            return Verdict.OUTDATED
        return self.at_publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text to check. `published` None: not given; `published_from` says how the day was found."""

    path: Path
    title: str
    text: str
    published: date | None
    published_from: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedArticle:
    """An article with its claims judged, opinion set apart, and what looks checkable but was not understood."""

    article: Article
    judgements: tuple[Judgement, ...]
    loaded: tuple[Quote, ...]
    not_understood: tuple[Quote, ...]
    problems: tuple[Problem, ...] = ()
