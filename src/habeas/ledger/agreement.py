"""Do the tables of a record agree with each other? Each statement and head may hold by itself, and the whole be wrong.

A row is empty because it was erased, and a tombstone says how many were; a row is sealed because the book has a
passphrase; heads are numbered without a gap, each with the number and the instant of the batch that it closes.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, FromClause, func, or_, select

from habeas.ledger import locking, tables


def disagreements(connection: Connection, statements: FromClause) -> Iterator[str]:
    """What does not agree, a sentence each; nothing where each statement and head was found to hold, and all is well."""
    yield from _heads(connection, statements)
    yield from _sealed(connection, statements)
    yield from _erased(connection, statements)


def _heads(connection: Connection, statements: FromClause) -> Iterator[str]:
    h, s = tables.head.c, statements.c
    batches = connection.execute(select(h.batch).order_by(h.batch)).scalars().all()
    gap = next((expected for expected, batch in enumerate(batches, start=1) if batch != expected), None)
    if gap is not None:
        yield f"the head of batch {gap} is missing (the next one is {batches[gap - 1]})"
        return
    other = or_(s.batch != h.batch, s.recorded != h.recorded)
    closing = select(h.batch).join(statements, s.seq == h.size).where(other).order_by(h.batch).limit(1)
    changed = connection.execute(closing).scalar()
    if changed is not None:
        yield f"the head of batch {changed} is not of the batch and the instant of the statement that it closes with"


def _sealed(connection: Connection, statements: FromClause) -> Iterator[str]:
    s = statements.c
    first = connection.execute(select(s.seq).where(s.sealed.is_not(None)).order_by(s.seq).limit(1)).scalar()
    if first is not None and locking.WRAPPED not in locking.read(connection):
        yield f"statement {first} is sealed, and the book has no passphrase"


def _erased(connection: Connection, statements: FromClause) -> Iterator[str]:
    """A tombstone is a statement on record, and says of how many it is one."""
    s, e = statements.c, tables.erased.c
    counted = connection.execute(
        select(e.tombstone, func.count(), func.min(e.seq)).group_by(e.tombstone).order_by(func.min(e.seq))
    ).all()
    for tombstone, rows, first in counted:
        subject = connection.execute(select(s.subject).where(s.id == tombstone)).scalar()
        if subject is None or not subject.startswith("tombstone:"):
            yield f"statement {first} was emptied, and no tombstone on record says who erased it and why"
            continue
        how_many = select(s.value).where(s.subject == subject, s.prop == "statements")
        said = connection.execute(how_many).scalars().all()
        if said and said != [str(rows)]:  # `habeas erase` always says it
            yield (
                f"{rows} statement{'s were' if rows > 1 else ' was'} emptied under the tombstone of statement {first},"
                f" which says {', '.join(n or 'nothing' for n in said)}"
            )
