"""What a head vouches for beside the statements: a digest of each part of the record that has a say, and of all heads before.

The commitments of the statements are leaves of a tree, whose root a head names. What else decides what is shown stands in
tables of its own: what was erased, what is suppressed, the mark of the ids' key, the wrapped key, and what lies sealed.
Each is hashed as a chain, h' = SHA-256(h || row), over its rows in the order of their keys and all their columns, so a
column that is added later is covered too. The digests and the chain over the heads before are the `state` that a head says
and that is signed with it. What a change does not touch is said again as the last head said it, and not worked out anew:
so no later head vouches for what was changed past habeas in between.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, FromClause, Row, Select, select

from habeas.errors import LedgerError
from habeas.ledger import tables
from habeas.ledger.keys import Signer
from habeas.ledger.merkle import Frontier
from habeas.ledger.store import Store
from habeas.nouns import Head

_SCRUB = "scrub"  # of the vault: whether the file is still to be cleaned, which changes by itself and decides nothing
_START = hashlib.sha256().hexdigest()

PARTS: dict[str, str] = {  # what a sentence calls each
    "book": "the mark of the key of its ids, or its name",
    "erased": "which statements were erased",
    "suppressed": "the list of what must not come back",
    "vault": "what is kept under the passphrase",
    "sealed": "which statements are sealed, or what of them stays plain",
}


def chained(start: str, rows: Iterable[Sequence[Any]]) -> str:
    """The digest (hex) of rows that follow on what `start` is the digest of."""
    digest = bytes.fromhex(start)
    for row in rows:
        plain = [value.hex() if isinstance(value, bytes) else value for value in row]
        digest = hashlib.sha256(digest + tables.canonical(plain)).digest()
    return digest.hex()


def _rows(part: str) -> Select[Any]:
    s = tables.statement
    if part == "sealed":
        return select(s).where(s.c.sealed.is_not(None)).order_by(s.c.seq)
    if part == "erased":  # with what is left of the statements themselves
        e = tables.erased
        return select(e, s).outerjoin(s, s.c.seq == e.c.seq).order_by(e.c.seq)
    if part == "vault":
        return select(tables.vault).where(tables.vault.c.key != _SCRUB).order_by(tables.vault.c.key)
    table = {"book": tables.book, "suppressed": tables.suppressed}[part]
    return select(table).order_by(*table.primary_key)


def digest(connection: Connection, part: str) -> str:
    """The digest of a part of the record, by its name in `PARTS`."""
    return chained(_START, connection.execute(_rows(part)))


def _said(state: str) -> dict[str, Any]:
    """What a head's state says; nothing where it says nothing that can be read."""
    try:
        said = json.loads(state)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def last_head(connection: Connection, heads: FromClause = tables.head) -> Row[Any] | None:
    return connection.execute(_last(heads)).one_or_none()


@lru_cache(maxsize=8)
def _last(heads: FromClause) -> Select[Any]:
    """Every commit asks it, and making the question costs more than its answer."""
    return select(heads).order_by(heads.c.batch.desc()).limit(1)


def must_hold(connection: Connection, *parts: str, heads: FromClause = tables.head) -> None:
    """Ask whether parts are as the last head says: before they are gone by, or changed and the next head vouches for them.

    Raises:
        LedgerError: they are not.
    """
    last = last_head(connection, heads)
    said = {} if last is None else _said(last.state)
    off = [part for part in parts if part in said and said[part] != digest(connection, part)]
    if off:
        raise LedgerError(
            f"the record was changed past habeas ({PARTS[off[0]]}): nothing was done; `habeas verify` tells what"
        )


def attest(
    connection: Connection,
    store: Store,
    book: str,
    frontier: Frontier,
    instant: datetime,
    key: Signer | None,
    *,
    touched: Collection[str] = (),
    sealed: Iterable[Sequence[Any]] = (),
) -> None:
    """Write the next head, signed where there is a key: of the statements now in the tree, and of the state.

    Args:
        touched: the parts that were changed since the last head, after `must_hold` was asked of them.
        sealed: sealed rows that are new at the end of the record, with all their columns in order.
    """
    last = last_head(connection)
    # Of an empty record nothing can be erased or sealed; whoever may not read rows need not be asked to.
    said = dict.fromkeys(("erased", "sealed"), _START) if last is None else _said(last.state)
    parts = {part: said[part] if part in said and part not in touched else digest(connection, part) for part in PARTS}
    if "sealed" in said and "sealed" not in touched:
        parts["sealed"] = chained(parts["sealed"], sealed)
    head = Head(
        book=book,
        batch=1 if last is None else last.batch + 1,
        size=frontier.size,
        root=frontier.root().hex(),
        recorded=instant,
        key="" if key is None else key.public,
        state=tables.canonical({**parts, "format": tables.FORMAT, "heads": _before(connection, last)}).decode("ascii"),
    )
    store.close_batch(
        connection,
        {
            "batch": head.batch,
            "size": head.size,
            "root": frontier.root(),
            "frontier": frontier.pack(),
            "recorded": instant.isoformat(),
            "key": head.key,
            "signature": b"" if key is None else key.sign(head),
            "state": head.state,
        },
    )


def _before(connection: Connection, last: Row[Any] | None) -> str:
    """The chain over all heads on record, from the last one's where it says it."""
    if last is not None and "heads" in _said(last.state):
        return chained(_said(last.state)["heads"], [last])
    return chained(_START, connection.execute(select(tables.head).order_by(tables.head.c.batch)))


def broken_chain(heads: Sequence[Row[Any]]) -> int | None:
    """The batch of the first head that does not stand on all those before it, in order; None where each does."""
    digest = _START
    for head in heads:
        said = _said(head.state)
        if head.state and said.get("heads") != digest:
            return int(head.batch)
        digest = chained(digest, [head])
    return None


def disputed(connection: Connection, last: Row[Any]) -> Iterator[str]:
    """The parts that are not as the last head says; nothing where it says no state."""
    said = _said(last.state)
    for part, what in PARTS.items():
        if said and said.get(part) != digest(connection, part):
            yield what
