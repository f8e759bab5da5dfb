"""Reading and appending as one step, which keeps nobody waiting: whoever was overtaken reads again.

What a writer adds follows from what it read. Under the writers' lock the record must still end where the step found it;
where somebody recorded something in between, nothing is written, and the step is taken again from its beginning.
Each time that happens somebody else has got on, so two writers never wait for each other.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, func, or_, select

from habeas.ledger import tables
from habeas.ledger.store import Store

T = TypeVar("T")


def size_of(connection: Connection) -> int:
    """How many statements are on record."""
    size: int = connection.execute(select(func.coalesce(func.max(tables.head.c.size), 0))).scalar_one()
    return size


class _OvertakenError(Exception):
    """Somebody recorded something after this step had read the record."""


class Step:
    """Called with some work, does it as one step of the record; a step within a step is part of it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: int | None = None  # how many statements the step under way knows of

    def __call__(self, work: Callable[[], T]) -> T:
        """What `work` gives: it reads the record, and all that it appends is appended to what it read.

        It may be called more than once, so it asks nobody anything, and what it does beside the record it can do again.
        """
        if self._read is not None:
            return work()
        while True:
            with self._store.reading() as connection:  # first, so that what it does not know is never taken as known
                self._read = size_of(connection)
            try:
                return work()
            except _OvertakenError:
                continue
            finally:
                self._read = None

    def appends(self, before: int, after: int) -> None:
        """Say under the writers' lock how many statements are on record and then will be: outside of a step any may be."""
        if self._read is None:
            return
        if before != self._read:
            raise _OvertakenError
        self._read = after

    def holds(self, *kinds: str) -> None:
        """Begin the step under way again where something of these kinds was recorded since it read the record."""
        said = self._store.statements.c
        since = select(said.seq).where(said.seq > self._read, or_(*(said.subject.startswith(f"{k}:") for k in kinds)))
        with self._store.reading() as connection:
            if connection.execute(since.limit(1)).first() is not None:
                raise _OvertakenError
