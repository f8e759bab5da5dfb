"""What a database does for the record: transactions in one total order, snapshots, and what only it can do itself."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection


class Store(Protocol):
    """One database that holds one record; its methods raise LedgerError in sentences that name no restricted value."""

    @property
    def title(self) -> str:
        """What a sentence calls it: a file's name, or the database's."""

    def writing(self) -> AbstractContextManager[Connection]:
        """One transaction, all or none, durable when it ends; writers wait for each other, so there is a total order."""

    def reading(self) -> AbstractContextManager[Connection]:
        """One snapshot, whatever others write meanwhile."""

    def inspecting(self) -> AbstractContextManager[Connection]:
        """A snapshot that gives damaged text as it is, so that it shows as a changed statement."""

    def damage(self, connection: Connection) -> tuple[str, ...]:
        """What the database itself finds wrong with its bytes, a line each."""

    def scrub(self) -> None:
        """Leave no byte of what was emptied in the database's files."""

    def backup(self, target: Path) -> None:
        """A copy in a new file, as the record stands at one moment, while others go on using it."""

    def close(self) -> None:
        """Let go of the database."""
