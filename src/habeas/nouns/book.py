"""The book, as its keeper describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from habeas.dates import PartialDate
from habeas.nouns.evidence import Visibility
from habeas.nouns.phrases import Translated


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

    `prop` is a vocabulary property of an entry; `lang` the language and script of names, or the language of its dates;
    `formats` date formats (strptime, or `excel`, tried in order before anything else); `order` which of day and month comes
    first in dates of figures; `calendar` that of years which no word beside them tells; `split` the separator of several values in a cell; `values` maps what is
    printed to the normal form; `visibility` overrides the vocabulary, never towards the public by accident, with its
    reason and the day to look at it again; `source_of` names the property columns whose source URL this column gives
    instead. `join` names the columns whose cells, one after the other, are its value: a family name and a given name.
    """

    prop: str | None = None
    lang: str | None = None
    formats: tuple[str, ...] = ()
    order: str | None = None
    calendar: str | None = None
    split: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    visibility: Visibility | None = None
    source_of: tuple[str, ...] = ()
    visibility_reason: str = ""
    review_on: str | None = None
    join: tuple[str, ...] = ()


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
    edition_of: str = ""  # the id of another edition of the list, which numbers people alike
    key: tuple[str, ...] = ()
    columns: Mapping[str, Column] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    many_rows: bool = False  # a long list: several rows of one key speak of one entry
    release: str | None = None  # everybody on the list was part of this release
    sheet: str | None = None
    header_row: tuple[int, ...] = ()  # where the headings stand, one row or two; empty: in the first that is filled
    keep_rows: tuple[int, ...] = ()  # rows that are people though they look like a total, a note or a heading
    ask: str = ""  # what nobody has answered yet; until then the list is not read
    encoding: str | None = None
    rows: tuple[int | None, int | None] = (None, None)  # fewest and most rows to expect
    visibility: Visibility | None = None
    visibility_reason: str = ""
    review_on: str | None = None


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
    licence: str = ""  # under which what is published may be used
    as_of: tuple[date, ...] = ()  # past days of which the site shows what was publicly known, beside those of deals
    language: str = ""  # of the keeper's own words: titles, events, notes; empty where the book does not say
    address: str = ""  # where the site stands, such as https://example.org/book
    codes: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # by property of events: the keeper's words, and codes
    words: Mapping[str, Translated] = field(default_factory=dict)  # texts of the book, in other languages (`words.csv`)
    id: str = "book"  # the book's own, by which the key of its ids is found
    ids_key: str = ""  # which key makes its ids, where the book says so
    keeper: str = ""  # who keeps it, as book.toml says; `recorder` is whoever records in it now

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.sqlite"
