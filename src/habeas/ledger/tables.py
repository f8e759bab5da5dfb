"""The record's tables, the same on every database, and how a row becomes a Statement.

A statement's row holds its content beside a commitment to it: SHA-256 over a random nonce and the canonical content. The
commitments are the leaves of the record's Merkle tree. Erasure empties the content and the nonce and leaves the
commitment, so the tree still verifies and says nothing of what was erased. In a book with a passphrase, what the public
may not see of a row stands in its `sealed` blob alone (`sealing.py`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    literal,
    null,
    select,
)

from habeas.dates import Span
from habeas.errors import NotALedger
from habeas.nouns import Head, Statement, Visibility

FORMAT = 3  # the newest step in `migrations/formats`
NONCE = 16  # bytes

_AT_ONCE = 5000  # rows held in memory while a record is copied

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
    Column("sealed", LargeBinary),
)
Index("statement_subject", statement.c.subject)
Index(
    "statement_retracts",
    statement.c.retracts,
    sqlite_where=statement.c.retracts.is_not(None),
    postgresql_where=statement.c.retracts.is_not(None),
)

# One for each batch; and one of no new statements where something else changed that has a say (`state`, `attesting.py`).
head = Table(
    "head",
    metadata,
    Column("batch", Integer, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("frontier", LargeBinary, nullable=False),
    Column("recorded", String, nullable=False),
    Column("key", String, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("state", String, nullable=False, server_default=""),
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

# What belongs to the passphrase, and may be replaced: the wrapped key, the sealed salt, who is who by ids (`locking.py`).
vault = Table("vault", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

# What the roles of a database may read, as disclosure decided when the record held `showing.size` statements: the public
# view itself, so that a restricted value does not even lie in the table that the public reads, and those statements of
# which the team sees a part (`part` is what is withheld: the value, or only its origin: who said it and where). Derived:
# thrown away without loss, and not copied.
SHOWN = tuple(name for name in CONTENT if name not in ("visibility", "retracts", "recorder"))
shown = Table(
    "shown",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False),
    Column("batch", Integer, nullable=False),
    Column("recorded", String, nullable=False),
    *(Column(name, String) for name in SHOWN),
)
withheld = Table(
    "withheld",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("part", String, nullable=False),
)
showing = Table(
    "showing",
    metadata,
    Column("size", Integer, primary_key=True, autoincrement=False),
    Column("until", String),  # the day from which it may be other
)

book = Table("book", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

# What moves with a record, in the order in which it is written.
RECORD = (book, statement, head, erased, suppressed, vault)

# What is worked out of it for the roles of a database.
DERIVED = (shown, withheld, showing)

# What Alembic keeps of the format.
step = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))

_SINCE = {"vault": 2, "shown": 2, "withheld": 2, "showing": 2, "statement.sealed": 2, "head.state": 3}


def columns_of(format_: int) -> dict[str, dict[str, Column[Any] | None]]:
    """The columns of each table by name, in a record of some format; None in place of those that a later one brought."""
    return {
        table.name: {
            column.name: None if max(_SINCE.get(table.name, 1), _SINCE.get(str(column), 1)) > format_ else column
            for column in table.c
        }
        for table in (*RECORD, *DERIVED)
    }


# The statements as a login of the team may read them: a view of a database that has roles, with the columns of the table.
team_statement = statement.to_metadata(MetaData(), name="team_statement")


def statements_of(format_: int, table: Table = statement) -> FromClause:
    """The statements of a record of some format, with the columns of today's: before format 2 nothing was sealed."""
    if format_ >= 2:
        return table
    there = [column for column in table.c if column.name != "sealed"]
    return select(*there, null().label("sealed")).subquery("statement")


def heads_of(format_: int) -> FromClause:
    """The heads of a record of some format, with the columns of today's: before format 3 they told of statements alone."""
    if format_ >= 3:
        return head
    there = [column for column in head.c if column.name != "state"]
    return select(*there, literal("").label("state")).subquery("head")


def begin(connection: Connection, mark: str = "") -> None:
    """Begin an empty record: it gets a name, random, and the mark of the key of its ids, else a salt of its own."""
    kept = {"salt": mark or secrets.token_hex(32), "name": secrets.token_hex(8)}
    connection.execute(book.insert(), [{"key": key, "value": value} for key, value in kept.items()])


def pour(source: Connection, statements: FromClause, heads: FromClause, target: Connection) -> None:
    """Write all of a record into empty tables: ids, commitments, nonces, heads and signatures as they are.

    Args:
        statements: where the source has its statements (`Store.statements`); what an older format lacks is left out.
        heads: where it has its heads (`Store.heads`).
    """
    there = {statement: statements, head: heads}
    for table in RECORD:
        if table is vault and statements is not statement:
            continue
        wanted = select(there.get(table, table))
        rows = source.execute(wanted, execution_options={"yield_per": _AT_ONCE})
        for some in rows.mappings().partitions():
            target.execute(table.insert(), [dict(row) for row in some])


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


def preimage(row: Mapping[str, Any]) -> bytes:
    """What a row commits to: its nonce and its canonical content, with seq, batch and instant."""
    nonce: bytes = row["nonce"]
    return nonce + canonical(_committed(row))


def commitment(row: Mapping[str, Any]) -> bytes:
    """The commitment to a row's content: SHA-256 of its preimage."""
    return hashlib.sha256(preimage(row)).digest()


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
    """The head a row holds.

    Raises:
        NotALedger: it was changed so that it can be none.
    """
    try:
        texts = {column: str.__str__(getattr(row, column)) for column in ("recorded", "key", "state")}
        return Head(
            book=name,
            batch=row.batch,
            size=int.__index__(row.size),
            root=bytes.hex(row.root),
            recorded=datetime.fromisoformat(texts["recorded"]).astimezone(UTC),
            key=texts["key"],
            signature=bytes.hex(row.signature),
            state=texts["state"],
        )
    except (ValueError, TypeError):
        raise NotALedger(
            f"the head of batch {row.batch} was changed after it was recorded; run `habeas verify`"
        ) from None
