"""What a database does for the record: transactions in one total order, snapshots, and what only it can do itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, FromClause


class Store(Protocol):
    """One database that holds one record; its methods raise LedgerError in sentences that name no restricted value."""

    @property
    def title(self) -> str:
        """What a sentence calls it: a file's name, or the database's."""

    @property
    def path(self) -> Path | None:
        """Its file; None where it lies on a server."""

    @property
    def statements(self) -> FromClause:
        """Where this login reads the statements: the table, or a view that withholds what it may not see."""

    @property
    def heads(self) -> FromClause:
        """Where the heads stand, with the columns of today's format."""

    @property
    def keeps(self) -> bool:
        """True where this login is a keeper's: it reads the rows themselves, erases, and copies all of it."""

    @property
    def whole(self) -> bool:
        """True where this login reads every statement in full."""

    @property
    def seals(self) -> bool:
        """True where a book here may have a passphrase."""

    @property
    def shares(self) -> bool:
        """True where the database has roles of its own, and this login says what they may read."""

    def upgrade(self) -> str | None:
        """Bring a record of an older format to this one, and keep it as it was; the sentence that says so."""

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction, all or none, durable when it ends; writers wait for each other, so there is a total order."""

    def add(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        """Write the statements of a batch, still without its head."""

    def close_batch(self, connection: Connection, head: Mapping[str, Any]) -> None:
        """Write the head that closes the batch."""

    def empty(self, connection: Connection, seqs: Sequence[int], tombstone: str, tokens: Iterable[str]) -> None:
        """Empty statements under a tombstone of the batch that is not closed yet, and suppress what would bring them back."""

    def reading(self) -> AbstractContextManager[Connection]:
        """One snapshot, whatever others write meanwhile."""

    def inspecting(self) -> AbstractContextManager[Connection]:
        """A snapshot that gives damaged text as it is, so that it shows as a changed statement."""

    def uncompared(self, connection: Connection) -> str | None:
        """Why `definitions` compares nothing, which is then said; None where it does."""

    def definitions(self, connection: Connection) -> tuple[str, ...]:
        """How its tables, guards and views differ from those that this format makes, a phrase each."""

    def damage(self, connection: Connection) -> tuple[str, ...]:
        """What the database itself finds wrong with its bytes, a line each."""

    def scrub(self) -> tuple[str, ...]:
        """Leave no byte of what was emptied in the database's files; where some lie on all the same, a phrase each."""

    def backup(self, target: Path) -> None:
        """A copy in a new SQLite file, as the record stands at one moment, while others go on using it."""

    def close(self) -> None:
        """Let go of the database."""
