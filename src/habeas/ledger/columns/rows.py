"""From the record to rows that compete: through disclosure, statement by statement or by what disclosure looks at.

Nothing that the audience may not see becomes a row. Where people or sources are kept back, each statement goes through the
disclosure itself. Where nothing is, disclosure looks at nothing but a statement's kind, property and visibility, whether it has a
value and a publication date, and what its source is called by: it is asked once for each such kind of statement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, and_, func, not_, or_, select

from habeas.dates import PartialDate
from habeas.ledger import tables
from habeas.ledger.columns.pick import EVER, SCHEMA, STANDS
from habeas.ledger.disclosure import Disclosure
from habeas.nouns import Statement
from habeas.vocabulary import kinds, property_of

_PIECE = 100_000
_MANY = 500  # texts in one question to the database
_AGREED = ("restriction", "consent", "publicity")

PROPS = tuple(f"{kind.name}.{prop}" for kind in kinds().values() for prop in kind.properties)
_NUMBER = {prop: number for number, prop in enumerate(PROPS)}
DATES = frozenset(n for p, n in _NUMBER.items() if property_of(*p.split(".")).type == "date")
SEVERAL = frozenset(n for p, n in _NUMBER.items() if property_of(*p.split(".")).several)
CUSTODY = {prop: _NUMBER[f"entry.{prop}"] for prop in ("detained", "released", "died")}

_S = tables.statement.c
_COLUMNS = (_S.seq, _S.batch, _S.subject, _S.prop, _S.value, _S.source, _S.published, _S.visibility)
_PLAIN = and_(_S.value.is_not(None), _S.sealed.is_(None))
ReadRow = Callable[[Row[Any]], Statement]


def _of_kind(kind: str, table: FromClause = tables.statement) -> ColumnElement[bool]:
    """As a range, for the index of subjects."""
    return and_(table.c.subject >= f"{kind}:", table.c.subject < f"{kind};")


def agreed_on(connection: Connection) -> bool:
    """True where a restriction, a consent or a wish is on record: what they keep back may change from day to day."""
    return _any(connection, select(_S.seq).where(or_(*(_of_kind(kind) for kind in _AGREED))))


def anything_kept_back(connection: Connection, *, names: bool) -> bool:
    """True where `agreed_on` is; with `names` also where names are kept back from texts that the public sees."""
    published = and_(_S.visibility == "public", or_(_S.published.is_not(None), _S.source.like("source:%")))
    hidden = or_(_S.sealed.is_not(None), not_(published))
    some = select(_S.seq).where(_of_kind("entry"), _S.prop == "name", hidden), select(tables.suppressed.c.token)
    return agreed_on(connection) or (names and any(_any(connection, one) for one in some))


def _any(connection: Connection, some: Select[Any]) -> bool:
    return connection.execute(some.limit(1)).first() is not None


def what_gates(connection: Connection, read: ReadRow) -> tuple[Statement, ...]:
    """What disclosure looks at where nothing of `_AGREED` is on record: sources and lists, and what takes that back."""
    said = tables.statement.alias("said")
    theirs = select(said.c.id).where(or_(_of_kind("source", said), _of_kind("list", said)))
    some = or_(_of_kind("source"), _of_kind("list"), and_(_S.retracts.is_not(None), _S.retracts.in_(theirs)))
    found = select(tables.statement).where(_S.subject.is_not(None), some).order_by(_S.seq)
    return tuple(read(row) for row in connection.execute(found))


def retracted(connection: Connection, size: int, seqs: Iterable[int] | None = None) -> Mapping[int, int]:
    """The batch that took back each seq, among the first `size` statements."""
    said, by = tables.statement.alias("said"), tables.statement.alias("by")
    found = (
        select(said.c.seq, func.min(by.c.batch))
        .where(by.c.retracts == said.c.id, by.c.retracts.is_not(None), by.c.seq <= size)
        .group_by(said.c.seq)
    )
    if seqs is None:
        return {row[0]: row[1] for row in connection.execute(found)}
    wanted = list(seqs)
    pieces = (wanted[at : at + _MANY] for at in range(0, len(wanted), _MANY))
    return {seq: batch for piece in pieces for seq, batch in connection.execute(found.where(said.c.seq.in_(piece)))}


def touched(connection: Connection, low: int, high: int) -> list[str]:
    """The subjects of which the statements after `low` up to `high` say or take back something."""
    said, by = tables.statement.alias("said"), tables.statement.alias("by")
    new = and_(_S.seq > low, _S.seq <= high, _S.subject.is_not(None))
    found = set(connection.execute(select(_S.subject).where(new).distinct()).scalars())
    back = select(said.c.subject).where(by.c.seq > low, by.c.seq <= high, by.c.retracts == said.c.id)
    found |= set(connection.execute(back.where(said.c.subject.is_not(None)).distinct()).scalars())
    return sorted(found)


@dataclass(slots=True)
class Numbers:
    """Texts as numbers, in the order met."""

    texts: dict[str, int] = field(default_factory=dict)

    def of(self, texts: Iterable[str]) -> list[int]:
        known = self.texts
        return [known.setdefault(text, len(known)) for text in texts]


@dataclass(slots=True)
class Rows:
    """Rows of `pick.SCHEMA`, and what their numbers stand for."""

    frame: pl.DataFrame
    subjects: list[str]


def list_of(subject: str) -> str:
    """The list that an entry stands on, "" for what is no entry."""
    return subject.split(":", 2)[1] if subject.startswith("entry:") else ""


class Reader:
    """Reads rows for one audience from one snapshot of the record; `read` makes a statement of a row of the table."""

    def __init__(
        self, connection: Connection, disclosure: Disclosure, read: ReadRow, size: int, prefer: Sequence[str]
    ) -> None:
        self._connection = connection
        self._disclosure = disclosure
        self._read = read
        self._size = size
        self.ranks = self._find_ranks(prefer)
        self._last = len(prefer)

    def all(self) -> Rows:
        """Everything up to `size`."""
        return self._rows([_S.seq <= self._size], retracted(self._connection, self._size))

    def of(self, subjects: Sequence[str], size: int) -> Rows:
        """What the first `size` statements say of some subjects."""
        pieces = [subjects[at : at + _MANY] for at in range(0, len(subjects), _MANY)]
        where = [and_(_S.subject.in_(piece), _S.seq <= size) for piece in pieces]
        seqs = [s for w in where for s in self._connection.execute(select(_S.seq).where(w)).scalars()]
        return self._rows(where, retracted(self._connection, size, seqs))

    def _rows(self, where: Sequence[ColumnElement[bool]], taken_back: Mapping[int, int]) -> Rows:
        subjects, sources = Numbers(), Numbers()
        simple = self._disclosure.open or self._disclosure.plain
        pieces: list[pl.DataFrame] = []
        for w in where:
            if simple:
                pieces += self._by_kind(w, subjects, sources, taken_back)
            # What does not stand plain in its row is read whole.
            pieces += self._one_by_one(and_(w, not_(_PLAIN)) if simple else w, subjects, sources, taken_back)
        frame = pl.concat(pieces) if pieces else pl.DataFrame(schema=dict(SCHEMA))
        return Rows(frame, list(subjects.texts))

    def _by_kind(
        self, where: ColumnElement[bool], subjects: Numbers, sources: Numbers, taken_back: Mapping[int, int]
    ) -> Iterator[pl.DataFrame]:
        told: dict[tuple[object, ...], str | None] = {}
        # Order is not asked for: it makes no difference to a winner.
        found = select(*_COLUMNS).where(_S.subject.is_not(None), _PLAIN, where)
        for rows in self._connection.execute(found).partitions(_PIECE):
            seqs, batches, about, props, values, from_, published, visible = zip(*rows, strict=True)
            said = [f"{a.partition(':')[0]}.{p}" for a, p in zip(about, props, strict=True)]
            seen: Sequence[str | None] = values
            if not self._disclosure.open:
                looked_at = zip(seqs, said, visible, from_, values, published, strict=True)
                seen = [self._seen(told, *look, undated=day is None) for *look, day in looked_at]
            yield self._frame(seqs, batches, about, said, seen, from_, published, subjects, sources, taken_back)

    def _seen(
        self, told: dict[tuple[object, ...], str | None], seq: int, said: str, visible: str, source: str, value: str,
        *, undated: bool,
    ) -> str | None:  # fmt: skip
        """The value as disclosure shows it; asked once for all statements between which it sees no difference."""
        whole = property_of(*said.split(".")).public is not None
        look = (said, visible, undated, source.startswith("source:"), value if whole else None)
        if look not in told:
            whole_row = self._connection.execute(select(tables.statement).where(_S.seq == seq)).one()
            shown = self._disclosure(self._read(whole_row))
            told[look] = None if shown is None else shown.value
        answer = told[look]
        return answer if whole or answer is None else value

    def _one_by_one(
        self, where: ColumnElement[bool], subjects: Numbers, sources: Numbers, taken_back: Mapping[int, int]
    ) -> Iterator[pl.DataFrame]:
        found = select(tables.statement).where(_S.subject.is_not(None), where)
        for rows in self._connection.execute(found).partitions(_PIECE):
            seen = [s for row in rows if (s := self._disclosure(self._read(row))) is not None and s.value is not None]
            if seen:
                yield self._frame(
                    [s.seq for s in seen],
                    [s.batch for s in seen],
                    [s.subject for s in seen],
                    [f"{s.kind}.{s.prop}" for s in seen],
                    [s.value for s in seen],
                    [s.source for s in seen],
                    [s.published for s in seen],
                    subjects,
                    sources,
                    taken_back,
                )

    def _frame(
        self,
        seqs: Sequence[int],
        batches: Sequence[int],
        about: Sequence[str],
        said: Sequence[str],
        values: Sequence[str | None],
        from_: Sequence[str],
        published: Sequence[str | None],
        subjects: Numbers,
        sources: Numbers,
        taken_back: Mapping[int, int],
    ) -> pl.DataFrame:
        ranks: Sequence[int] = [self._last] * len(seqs)
        if self.ranks:
            known = self.ranks.get
            pairs = zip(about, from_, strict=True)
            ranks = [min(known(list_of(a), self._last), known(f, self._last)) for a, f in pairs]
        frame = pl.DataFrame(
            {
                "subject": subjects.of(about),
                "prop": [_NUMBER[s] for s in said],
                "value": values,
                "source": sources.of(from_),
                "rank": ranks,
                "published": [EVER if p is None else _latest(p) for p in published],
                "since": batches,
                "until": [taken_back.get(seq, STANDS) for seq in seqs],
                "seq": seqs,
            },
            schema=dict(SCHEMA),
        )
        return frame.filter(pl.col("value").is_not_null())

    def _find_ranks(self, prefer: Sequence[str]) -> dict[str, int]:
        """The rank in the book's `prefer` of each source and list that it names, by id, publisher or address."""
        if not prefer:
            return {}
        place = {name: at for at, name in reversed(list(enumerate(prefer)))}
        names: dict[str, dict[str, str]] = {}
        some = select(tables.statement).where(or_(_of_kind("source"), _of_kind("list")), _S.seq <= self._size)
        rows = self._connection.execute(some.order_by(_S.seq)).all()
        gone = retracted(self._connection, self._size, [row.seq for row in rows])
        for row in rows:
            shown = self._disclosure(self._read(row)) if row.seq not in gone else None
            if shown is not None and shown.value is not None:
                names.setdefault(shown.subject, {}).setdefault(shown.prop, shown.value)
        found = dict(place)
        for subject, said in names.items():
            # A list by its publisher, a source by its publisher and its address, as `cases` calls them.
            url = said.get("url", "")
            publisher = said.get("publisher") or ("" if url else said.get("pseudonym", ""))
            called = [(subject, publisher), (subject, url), (subject.removeprefix("list:"), said.get("publisher", ""))]
            for who, name in called:
                if name in place:
                    found[who] = min(found.get(who, len(prefer)), place[name])
        return found


_DAYS: dict[str, int] = {}


def _latest(text: str) -> int:
    if text not in _DAYS:
        latest = PartialDate.parse(text).latest
        _DAYS[text] = EVER if latest is None else latest.toordinal()
    return _DAYS[text]


def fingerprint(disclosure: Disclosure, *, ranks: Mapping[str, int]) -> str:
    """One text for all that decides what becomes a row, beside the statements themselves."""
    return hashlib.sha256(tables.canonical([disclosure.state(), sorted(ranks.items())])).hexdigest()
