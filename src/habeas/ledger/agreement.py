"""Do the tables of a record agree with each other? Each statement and head may hold by itself, and the whole be wrong.

A row is empty because it was erased, and a tombstone says which were; a row is sealed because the book has a passphrase;
heads are numbered without a gap, each with the number and the instant of the batch that it closes, and the last one says
what everything else is (`attesting.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, FromClause, Row, select

from habeas.ledger import locking, tables
from habeas.ledger.attesting import broken_chain, disputed
from habeas.ledger.erasing import covered

_AT_ONCE = 500  # rows asked for by their numbers


def disagreements(connection: Connection, statements: FromClause, heads: Sequence[Row[Any]]) -> list[str]:
    """What does not agree, a sentence each; nothing where each statement and head was found to hold, and all is well.

    What a head vouches for as a whole is told where nothing tells more closely what was changed.

    Args:
        heads: all of them, by batch.
    """
    found = [*_heads(connection, statements, heads), *_sealed(connection, statements), *_erased(connection, statements)]
    if found or not heads:
        return found
    broken = broken_chain(heads)
    if broken is not None:
        return [f"the heads before that of batch {broken} are not those that it was signed after"]
    return [f"{what}: not as the head of batch {heads[-1].batch} says" for what in disputed(connection, heads[-1])]


def _heads(connection: Connection, statements: FromClause, heads: Sequence[Row[Any]]) -> Iterator[str]:
    gap = next((expected for expected, head in enumerate(heads, start=1) if head.batch != expected), None)
    if gap is not None:
        yield f"the head of batch {gap} is missing (the next one is {heads[gap - 1].batch})"
        return
    first = {head.size: head.batch for head in reversed(heads)}  # those after it at one size are of no new statements
    s = statements.c
    sizes = sorted(first)
    at = {
        row.seq: row
        for start in range(0, len(sizes), _AT_ONCE)
        for row in connection.execute(
            select(s.seq, s.batch, s.recorded).where(s.seq.in_(sizes[start : start + _AT_ONCE]))
        )
    }
    for head in heads:
        closing = at.get(head.size)
        if closing is None or (closing.batch, closing.recorded) != (first[head.size], head.recorded):
            yield f"the head of batch {head.batch} is not of the batch and the instant of the statement that it closes with"
            return


def _sealed(connection: Connection, statements: FromClause) -> Iterator[str]:
    s = statements.c
    first = connection.execute(select(s.seq).where(s.sealed.is_not(None)).order_by(s.seq).limit(1)).scalar()
    if first is not None and locking.WRAPPED not in locking.read(connection):
        yield f"statement {first} is sealed, and the book has no passphrase"


def _erased(connection: Connection, statements: FromClause) -> Iterator[str]:
    """A tombstone is a statement on record, and says how many it is one of, and which; each that does has them."""
    s, e = statements.c, tables.erased.c
    under: dict[str, list[int]] = {}
    for seq, tombstone in connection.execute(select(e.seq, e.tombstone).order_by(e.seq)):
        under.setdefault(tombstone, []).append(seq)
    subjects = set()
    for tombstone, seqs in under.items():
        subject = connection.execute(select(s.subject).where(s.id == tombstone)).scalar()
        if subject is None or not subject.startswith("tombstone:"):
            yield f"statement {seqs[0]} was emptied, and no tombstone on record says who erased it and why"
            continue
        subjects.add(subject)
        said = dict(connection.execute(select(s.prop, s.value).where(s.subject == subject)).all())
        emptied = f"{len(seqs)} statement{'s were' if len(seqs) > 1 else ' was'} emptied under the tombstone of"
        if said.get("statements", str(len(seqs))) != str(len(seqs)):  # `habeas erase` always says it
            yield f"{emptied} statement {seqs[0]}, which says {said['statements']}"
        elif said.get("covers") not in (None, covered(connection, seqs)):  # an older one says no more than the number
            yield f"{emptied} statement {seqs[0]}, which says others"
    covering = select(s.subject).where(s.subject.like("tombstone:%"), s.prop == "covers").order_by(s.seq)
    for subject in connection.execute(covering).scalars():
        if subject not in subjects:
            yield f"{subject} says what it covers, and nothing was emptied under it"
