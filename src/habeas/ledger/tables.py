"""The record's tables, the same on every database, and how a row becomes a Statement.

A statement's row holds its content beside a commitment to it: SHA-256 over a random nonce and the canonical content. The
commitments are the leaves of the record's Merkle tree. Erasure empties the content and the nonce and leaves the
commitment, so the tree still verifies and says nothing of what was erased.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import Column, Connection, Dialect, Index, Integer, LargeBinary, MetaData, Row, String, Table

from habeas.dates import Span
from habeas.nouns import Head, Statement, Visibility

FORMAT = 1
NONCE = 16  # bytes

metadata = MetaData()

CONTENT = (
    "subject",
    "prop",
    "value",
    "original",
    "lang",
    "valid_start",
    "valid_end",
    "source",
    "place",
    "published",
    "visibility",
    "retracts",
    "reason",
    "recorder",
)

statement = Table(
    "statement",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False, unique=True),
    Column("commitment", LargeBinary, nullable=False),
    Column("nonce", LargeBinary),
    Column("batch", Integer, nullable=False),
    Column("recorded", String, nullable=False),
    *(Column(name, String) for name in CONTENT),
)
Index("statement_subject", statement.c.subject)
Index(
    "statement_retracts",
    statement.c.retracts,
    sqlite_where=statement.c.retracts.is_not(None),
    postgresql_where=statement.c.retracts.is_not(None),
)

head = Table(
    "head",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False, unique=True),
    Column("root", LargeBinary, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
    Column("recorded", String, nullable=False),
    Column("key", String, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

# Which statements were erased, by which tombstone (the id of the statement that says who, why and when).
erased = Table(
    "erased",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("tombstone", String, nullable=False),
)

# Salted hashes of what must not come back from the inputs.
suppressed = Table("suppressed", metadata, Column("token", String, primary_key=True))

book = Table("book", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))


def new_book() -> list[dict[str, str]]:
    """What an empty record keeps of its book: a salt and a name of its own, both random."""
    return [{"key": "salt", "value": secrets.token_hex(32)}, {"key": "name", "value": secrets.token_hex(8)}]


def canonical(parts: object) -> bytes:
    """One byte form for one content: JSON, sorted, without spaces (a joined text could be said in two ways).

    Content is texts, integers, booleans and None, in lists, tuples and maps by text. What is no Unicode (a damaged text
    as read back) is written as the bytes it was.
    """
    try:
        return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
    except TypeError:  # a lone surrogate, or a number past 64 bits
        return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
            "utf-8", "surrogateescape"
        )


_committed = itemgetter("seq", "batch", "recorded", *CONTENT)


def commitment(row: dict[str, Any]) -> bytes:
    """The commitment to a row's content: SHA-256 of its nonce and its canonical content, with seq, batch and instant."""
    return hashlib.sha256(row["nonce"] + canonical(_committed(row))).digest()


def insert(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Add rows of statements, as the driver takes them: to go through SQLAlchemy row by row costs as much as hashing."""
    sql, places = _insertion(connection.dialect)
    connection.exec_driver_sql(sql, list(rows) if places is None else [places(row) for row in rows])


@lru_cache(maxsize=4)
def _insertion(dialect: Dialect) -> tuple[str, Callable[[dict[str, Any]], tuple[Any, ...]] | None]:
    """The statement that inserts, and what puts a row in the order of its places, where places have no names."""
    compiled = statement.insert().compile(dialect=dialect)
    return str(compiled), itemgetter(*compiled.positiontup or ()) if compiled.positional else None


def statement_id(committed: bytes) -> str:
    """The id of a statement: the beginning of its commitment, which its nonce keeps from being guessed."""
    return base64.b32encode(committed[:10]).decode("ascii").lower()


def statement_ids(committed: Sequence[bytes]) -> list[str]:
    """The ids of many statements, encoded in one go."""
    ids = base64.b32encode(b"".join([c[:10] for c in committed])).decode("ascii").lower()
    return [ids[at : at + 16] for at in range(0, len(ids), 16)]


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
        batch=row.batch,
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


def head_from_row(row: Row[Any], name: str) -> Head:
    """The head a row holds."""
    return Head(
        book=name,
        batch=row.batch,
        size=row.size,
        root=row.root.hex(),
        recorded=datetime.fromisoformat(row.recorded).astimezone(UTC),
        key=row.key,
        signature=row.signature.hex(),
    )
