"""Does everything hold? The whole record checked at once, in large pieces; it says only yes or that something is off.

What `proof` checks row by row, so that it can name the first that is bad, is checked here with a tenth of the work: a
record is nearly always whole. Whatever is not as it should be, an error of the database included, is left to `proof`.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, FromClause, func, or_, select

from habeas.errors import NotALedger
from habeas.ledger import merkle, tables
from habeas.ledger.aside import forged
from habeas.nouns import Visibility

_PIECE = 4096
_CONTENT = ", ".join(tables.CONTENT)
# SQLite writes the canonical form itself, in the bytes that are there, a third of the work of handing over each column.
_WRITTEN = f"CAST(json_array(seq, batch, recorded, {_CONTENT}) AS BLOB)"
_EMPTY = b",null" * len(tables.CONTENT) + b"]"
_LETTERS = b"abcdefghijklmnopqrstuvwxyz234567"  # of RFC 4648, as ids use them
_DIGITS = bytes.maketrans(_LETTERS, b"0123456789abcdefghijklmnopqrstuv")
_RETRACTS_NOTHING = (
    "SELECT 1 FROM statement s WHERE s.retracts IS NOT NULL AND NOT EXISTS "
    "(SELECT 1 FROM statement t WHERE t.id = s.retracts AND t.seq < s.seq)"
)


class _Off(Exception):
    """Something does not hold."""


def quick_check(connection: Connection, heads: FromClause, name: str) -> dict[int, str] | None:
    """(size -> root, hex) of every head of a record in which everything holds; None where something does not."""
    try:
        return dict(_heads(connection, heads, name))
    except (_Off, NotALedger, ValueError, TypeError, AttributeError, sqlite3.Error):
        return None


def _must(holds: bool) -> None:  # noqa: FBT001 -- private
    if not holds:
        raise _Off


def _heads(connection: Connection, there: FromClause, name: str) -> Iterator[tuple[int, str]]:
    _must(connection.exec_driver_sql(_RETRACTS_NOTHING).first() is None)
    _readable(connection)
    heads = connection.execute(select(there).order_by(there.c.batch)).all()
    bad = forged(connection, tables.statement, there, name)
    tombs = frozenset(connection.execute(select(tables.erased.c.seq)).scalars())
    frontier = merkle.Frontier.empty()
    at = 0
    for leaves in _pieces(connection, tombs):
        done = 0
        while at < len(heads) and heads[at].size <= frontier.size + len(leaves) - done:
            cut = done + heads[at].size - frontier.size
            frontier.push(leaves[done:cut])
            done = cut
            root = frontier.root()
            head = tables.head_from_row(heads[at], name)
            _must(heads[at].root == root and heads[at].frontier == frontier.pack())
            _must(head.batch not in bad or bad[head.batch].by is not None)
            yield frontier.size, root.hex()
            at += 1
        frontier.push(leaves[done:])
    # Every head is reached, and no statement lies behind the last.
    _must(at == len(heads) and frontier.size == (heads[-1].size if heads else 0))


def _readable(connection: Connection) -> None:
    """Every number of a batch, day, instant and visibility on record is one."""
    c = tables.statement.c
    if connection.dialect.name == "sqlite":
        # Bytes in a value's place would be taken for JSON in SQLite's own form, and might read the same.
        bytes_ = [func.typeof(column) == "blob" for column in (c.batch, c.recorded, *(c[n] for n in tables.CONTENT))]
        _must(connection.execute(select(c.seq).where(or_(*bytes_)).limit(1)).first() is None)
    known = select(c.recorded, c.valid_start, c.valid_end, c.visibility).where(c.subject.is_not(None)).distinct()
    for row in connection.execute(known):
        datetime.fromisoformat(row.recorded)
        Visibility(row.visibility)
        for day in (row.valid_start, row.valid_end):
            if day is not None:
                date.fromisoformat(day)


def _pieces(connection: Connection, tombs: frozenset[int]) -> Iterator[Sequence[bytes]]:
    """The commitments in order, piece by piece, each piece checked."""
    raw = connection.connection.driver_connection
    written = isinstance(raw, sqlite3.Connection)
    columns = _WRITTEN if written else f"seq, batch, recorded, {_CONTENT}"
    # Our own names, no input.
    sql = f"SELECT seq, id, commitment, nonce, subject IS NULL, {columns} FROM statement ORDER BY seq"  # noqa: S608
    with closing(_cursor(connection, sql)) as found:
        yield from _checked(found, tombs, written=written)


def _cursor(connection: Connection, sql: str) -> Any:
    """Rows as the driver has them; a server hands them over piece by piece."""
    raw = connection.connection.driver_connection
    if isinstance(raw, sqlite3.Connection):
        return raw.execute(sql)
    return connection.execution_options(stream_results=True).exec_driver_sql(sql)


def _checked(found: Any, tombs: frozenset[int], *, written: bool) -> Iterator[Sequence[bytes]]:
    expected = 1
    for rows in iter(lambda: found.fetchmany(_PIECE), []):
        seqs, ids, commitments, nonces, empty, *rest = zip(*rows, strict=True)
        _must(seqs == tuple(range(expected, expected + len(rows))))
        expected += len(rows)
        contents = rest[0] if written else [tables.canonical(row[5:]) for row in rows]
        _check(ids, commitments)
        if any(empty) or (tombs and not tombs.isdisjoint(seqs)):
            _check_erased(rows, contents, tombs)
        else:
            sha256 = hashlib.sha256
            made = [sha256(n + c).digest() for n, c in zip(nonces, contents, strict=True)]
            _must(made == list(commitments))
        yield commitments


def _check(ids: Sequence[str], commitments: Sequence[bytes]) -> None:
    """Each id is the beginning of its commitment; all of a piece are read as one number in base 32."""
    _must(set(map(len, ids)) == {16} and set(map(len, commitments)) == {32})
    said = "".join(ids).encode("ascii")
    _must(not said.translate(None, _LETTERS))
    _must(int(said.translate(_DIGITS), 32) == int.from_bytes(b"".join([c[:10] for c in commitments]), "big"))


def _check_erased(rows: Sequence[Sequence[Any]], contents: Sequence[bytes], tombs: frozenset[int]) -> None:
    for row, content in zip(rows, contents, strict=True):
        seq, _, commitment, nonce, empty = row[:5]
        if seq in tombs:
            _must(nonce is None and content.endswith(_EMPTY))
        else:
            _must(not empty and hashlib.sha256(nonce + content).digest() == commitment)
