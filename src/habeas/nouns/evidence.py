"""Who may see what, and what sources say: from captured bytes to statements and views."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from habeas.dates import Clock, Span


class Visibility(StrEnum):
    """Who may see a value; the most restrictive of several wins."""

    PUBLIC = "public"
    TEAM = "team"
    SEALED = "sealed"


_ORDER = tuple(Visibility)


def strictest(first: Visibility, *others: Visibility | None) -> Visibility:
    """The most restrictive of several."""
    return max((first, *(v for v in others if v is not None)), key=_ORDER.index)


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
    """A draft as recorded: numbered in one total order, at an instant (UTC), by a recorder; never changed.

    `batch` numbers the append it came with: what was read or decided together.
    """

    id: str
    seq: int
    recorded: datetime
    recorder: str
    batch: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The state of the record after a batch: how many statements, the root of their Merkle tree (hex), and `state`.

    `state` (JSON) holds a digest of each other part of the record that has a say and of all heads before; it is empty in
    heads of older formats. `key` names the public key (hex) that made `signature` (hex, ed25519); both empty where the
    head is not signed. A head kept elsewhere proves later that nothing before it was changed, reordered or removed.
    """

    book: str
    batch: int
    size: int
    root: str
    recorded: datetime
    key: str = ""
    signature: str = ""
    state: str = ""


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
