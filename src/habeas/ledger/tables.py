"""The record's tables, its triggers against change, and how a row becomes a Statement."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Column, Connection, Index, Integer, MetaData, Row, String, Table, text

from habeas.dates import Span
from habeas.nouns import Statement, Visibility

# "habe" in ASCII: SQLite's own mark for the kind of a file.
APPLICATION_ID = 0x68616265
FORMAT = 1

metadata = MetaData()

statement = Table(
    "statement",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("subject", String, nullable=False),
    Column("prop", String, nullable=False),
    Column("value", String),
    Column("original", String),
    Column("lang", String),
    Column("valid_start", String),
    Column("valid_end", String),
    Column("source", String, nullable=False),
    Column("place", String, nullable=False),
    Column("published", String),
    Column("visibility", String, nullable=False),
    Column("retracts", String),
    Column("reason", String),
    Column("recorded", String, nullable=False),
    Column("recorder", String, nullable=False),
)
Index("statement_subject", statement.c.subject)

book = Table("book", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

_GUARDS = [
    f"CREATE TRIGGER {table.name}_no_{verb} BEFORE {verb.upper()} ON {table.name} "
    f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for table in (statement, book)
    for verb in ("update", "delete")
] + [
    # INSERT OR REPLACE deletes without firing the guard above where a program has not asked for recursive triggers.
    f"CREATE TRIGGER {table.name}_no_replace BEFORE INSERT ON {table.name} WHEN EXISTS (SELECT 1 FROM {table.name} "  # noqa: S608 -- our own names, no input
    f"WHERE {clash}) BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    for table, clash in ((statement, "seq = NEW.seq OR id = NEW.id"), (book, "key = NEW.key"))
]


def create(connection: Connection, salt: str) -> None:
    """Make an empty record with its salt."""
    metadata.create_all(connection)
    for guard in _GUARDS:
        connection.execute(text(guard))
    connection.execute(book.insert(), [{"key": "salt", "value": salt}])
    connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
    connection.execute(text(f"PRAGMA user_version = {FORMAT}"))


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def from_row(row: Row[Any]) -> Statement:
    """The statement a row holds."""
    span = None
    if row.valid_start is not None or row.valid_end is not None:
        span = Span(_day(row.valid_start), _day(row.valid_end))
    return Statement(
        seq=row.seq,
        id=row.id,
        subject=row.subject,
        prop=row.prop,
        value=row.value,
        original=row.original,
        lang=row.lang,
        valid=span,
        source=row.source,
        place=row.place,
        published=row.published,
        visibility=Visibility(row.visibility),
        retracts=row.retracts,
        reason=row.reason,
        recorded=datetime.fromisoformat(row.recorded).astimezone(UTC),
        recorder=row.recorder,
    )


def to_row(said: Statement) -> dict[str, Any]:
    """The row that holds a statement."""
    span = said.valid
    return {
        "seq": said.seq,
        "id": said.id,
        "subject": said.subject,
        "prop": said.prop,
        "value": said.value,
        "original": said.original,
        "lang": said.lang,
        "valid_start": None if span is None or span.start is None else span.start.isoformat(),
        "valid_end": None if span is None or span.end is None else span.end.isoformat(),
        "source": said.source,
        "place": said.place,
        "published": said.published,
        "visibility": said.visibility.value,
        "retracts": said.retracts,
        "reason": said.reason,
        "recorded": said.recorded.astimezone(UTC).isoformat(),
        "recorder": said.recorder,
    }
