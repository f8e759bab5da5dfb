"""Heads that do not carry their key's signature: which there are, and which of them a keeper has set aside since.

A database cannot check a signature, so whoever may record can add a head that nobody signed rightly. The tree holds all the
same: later batches stand on the statements, not on the signature. A keeper withdraws such a batch (`habeas undo`) and says
with it, in a batch that is signed, that it is set aside: a statement on `batch:NUMBER`, which is a keeper's alone to say.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, FromClause, func, select

from habeas.errors import NotALedger
from habeas.ledger import tables
from habeas.ledger.keys import signed
from habeas.nouns import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class Forged:
    """A head that does not carry its key's signature: who recorded its batch, and which batch set it aside, if one did."""

    head: Head
    recorder: str
    by: int | None

    def __str__(self) -> str:
        return (
            f"the signature of the head of batch {self.head.batch} is not its key's (recorded by {self.recorder}, key"
            f" {self.head.key[:16]})"
        )


def subject_of(batch: int) -> str:
    """What is spoken of where a batch is set aside."""
    return f"batch:{batch}"


def forged(connection: Connection, statements: FromClause, heads: FromClause, name: str) -> dict[int, Forged]:
    """The heads that do not carry their key's signature, by batch; heads that cannot be read are not among them."""
    good: set[int] = set()
    bad: dict[int, Head] = {}
    for row in connection.execute(select(heads).order_by(heads.c.batch)):
        with suppress(NotALedger):
            head = tables.head_from_row(row, name)
            if head.key and not signed(head):
                bad[head.batch] = head
            elif head.key:
                good.add(head.batch)
    if not bad:
        return {}
    s = statements.c
    said = select(s.subject, s.batch).where(s.prop == "aside", s.subject.in_(map(subject_of, bad))).order_by(s.seq)
    by: dict[str, int] = {}
    for row in connection.execute(said):
        if row.batch in good:
            by.setdefault(row.subject, row.batch)
    recorders = select(s.batch, func.min(s.recorder)).where(s.batch.in_(bad)).group_by(s.batch)
    who = {row[0]: row[1] for row in connection.execute(recorders)}
    return {
        batch: Forged(head=head, recorder=who.get(batch) or "nobody named", by=by.get(subject_of(batch)))
        for batch, head in bad.items()
    }


def vouched(connection: Connection, statements: FromClause, name: str) -> int | None:
    """How many statements stand under good heads alone, up to the first bad one that is not set aside; None where none is."""
    first = min(
        (f.head.batch for f in forged(connection, statements, tables.head, name).values() if f.by is None), default=None
    )
    if first is None:
        return None
    before = select(func.max(tables.head.c.size)).where(tables.head.c.batch < first)
    return connection.execute(before).scalar_one() or 0
