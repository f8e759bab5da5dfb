"""The record in one SQLite file: how it is made, upgraded, locked, copied and scrubbed."""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, FromClause, QueuePool, create_engine, event, select, text
from sqlalchemy.exc import DatabaseError

from habeas.errors import LedgerError, LedgerUnwritable, NoLedger, NotALedger, UsageError
from habeas.ledger import tables
from habeas.ledger.definitions import amiss, differences, made_by_sqlite, of_sqlite, refusal
from habeas.ledger.erasing import empty
from habeas.ledger.migrations import migrate
from habeas.making import discard_left, making

# "habe" in ASCII: SQLite's own mark for the kind of a file.
APPLICATION_ID = 0x68616265
_BUSY_SECONDS = 30


def _unwritable(path: Path, error: DatabaseError) -> LedgerError:
    """The sentence for a failed write or open; the transaction was rolled back before it is said."""
    said = str(error.orig).lower()
    if any(sign in said for sign in ("not a database", "malformed", "file is encrypted", "could not decode")):
        return NotALedger(f"{path.name} is not a habeas ledger, or is damaged; restore it from a backup")
    if "full" in said:
        return LedgerUnwritable(f"the disk is full: nothing was written to {path.name}; free some space and run again")
    if "readonly" in said or "read-only" in said:
        return LedgerUnwritable(
            f"{path.name} may not be written (read-only): nothing was written; check its permissions"
        )
    if "locked" in said or "busy" in said:
        return LedgerUnwritable(f"{path.name} is in use by another program for over {_BUSY_SECONDS} s; run again later")
    if "unable to open" in said:
        return LedgerUnwritable(
            f"{path.name} cannot be opened or made in {path.parent.name or path.parent}; check permissions"
        )
    return LedgerUnwritable(f"{path.name} could not be written ({error.orig}); it is as it was before")


def _engine(path: Path) -> Engine:
    # One connection stays open: to open a file and to close the last connection to it (which folds in the write-ahead
    # log) costs several times what a durable commit does.
    engine = create_engine(
        f"sqlite:///{path.as_posix()}",
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=-1,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,  # an error's text may end in a log
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:  # noqa: ARG001 -- SQLAlchemy hands both over
        connection.isolation_level = None  # we say BEGIN ourselves
        # Without recursive triggers INSERT OR REPLACE would delete a row past the guard; erased bytes are overwritten.
        # What SQLite would put in temporary files stays in memory: they are no part of the book, and nobody scrubs them.
        # A large batch that fits the cache (64 MB, taken as needed) is not written twice.
        for pragma in (
            "recursive_triggers=ON",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
            "cache_size=-65536",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


class SqliteStore:
    """A record in a file; get one from `open_file`."""

    keeps = True
    whole = True
    shares = False
    seals = True

    def __init__(self, engine: Engine, path: Path, format_: int, off: Mapping[str, str]) -> None:
        """`off` is what of its tables was amiss when it was opened: it can only be inspected then."""
        self._engine = engine
        self.path = path
        self._format = format_
        self._off = off

    @property
    def title(self) -> str:
        return self.path.name

    @property
    def heads(self) -> FromClause:
        return tables.heads_of(self._format)

    @property
    def statements(self) -> FromClause:
        return tables.statements_of(self._format)

    def upgrade(self) -> str | None:
        """Bring an older file to this format in one transaction; it is kept as it was, beside it."""
        self._must_be_sound()
        if self._format == tables.FORMAT:
            return None
        # Its name goes on from the ledger's, so that a rule that keeps the one out of git keeps the other out.
        kept = _free(f"{self.path}.format-{self._format}")
        try:
            with self._writing() as connection:
                there = connection.execute(text("PRAGMA user_version")).scalar_one()
                if there < tables.FORMAT:  # no other program was faster
                    self.backup(kept)
                    migrate(connection, to=tables.FORMAT, since=there)
                    connection.execute(text(f"PRAGMA user_version = {tables.FORMAT}"))
        except BaseException:
            kept.unlink(missing_ok=True)
            raise
        self._format = tables.FORMAT
        if there == tables.FORMAT:
            return None
        return f"{self.title} was brought from format {there} to {tables.FORMAT}; as it was, it is kept in {kept.name}"

    def add(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        tables.insert(connection, rows)

    def close_batch(self, connection: Connection, head: Mapping[str, Any]) -> None:
        connection.execute(tables.head.insert(), head)

    def empty(self, connection: Connection, seqs: Sequence[int], tombstone: str, tokens: Iterable[str]) -> None:
        empty(connection, seqs, tombstone, tokens)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        self.upgrade()
        with self._writing() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                connection.execute(text("BEGIN IMMEDIATE"))
                try:
                    yield connection
                except BaseException:
                    connection.rollback()
                    raise
                connection.commit()
        except DatabaseError as error:
            raise _unwritable(self.path, error) from None

    def _must_be_sound(self) -> None:
        if self._off:
            raise refusal(self.title, self._off)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        self._must_be_sound()
        with self._reading() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                connection.execute(text("BEGIN"))
                yield connection
        except DatabaseError as error:
            raise _unwritable(self.path, error) from None

    @contextmanager
    def inspecting(self) -> Iterator[Connection]:
        with self._reading() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.text_factory = lambda bytes_: bytes_.decode("utf-8", "surrogateescape")
            try:
                yield connection
            finally:
                raw.text_factory = str  # the connection is used again

    def uncompared(self, connection: Connection) -> str | None:
        return f"the record is of the older format {self._format}" if self._format < tables.FORMAT else None

    def definitions(self, connection: Connection) -> tuple[str, ...]:
        off = amiss(connection, self._format).values()
        if self._format < tables.FORMAT:  # verify says so
            return tuple(off)
        other = list(dict.fromkeys((*differences(made_by_sqlite(self._format), of_sqlite(connection)), *off)))
        if not other:
            other = [
                f"the table {table.name} is not empty, as it is in every file"
                for table in tables.DERIVED  # of databases that have roles
                if connection.execute(select(table)).first() is not None
            ]
        return tuple(other)

    def damage(self, connection: Connection) -> tuple[str, ...]:
        lines = connection.execute(text("PRAGMA integrity_check")).scalars()
        return tuple(f"SQLite: {line}" for line in lines if line != "ok")

    def scrub(self) -> tuple[str, ...]:
        """Fold in the write-ahead log and rewrite every page; what the dead left half made beside it goes too."""
        discard_left(self.path.parent)
        try:
            with self._engine.connect() as connection:
                # A rewrite of a large file does not fit in memory; by now nothing in it is plain that must not be.
                for step in ("PRAGMA temp_store=DEFAULT", "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM"):
                    connection.execute(text(step))
                busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
        except DatabaseError as error:
            raise _unwritable(self.path, error) from None
        if busy:
            raise LedgerUnwritable(
                f"{self.path.name} is in use by another program: bytes of what is gone may still lie in it; run again later"
            )
        return ()

    def backup(self, target: Path) -> None:
        self._must_be_sound()
        if target.exists():
            raise UsageError(f"{target.name} exists already; name a new file for the backup")
        try:
            with making(target) as draft:
                with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(draft)) as copy:
                    source.backup(copy)
                draft.replace(target)
        except (sqlite3.Error, OSError) as error:
            raise LedgerUnwritable(f"the backup could not be written to {target.name} ({error})") from None

    def close(self) -> None:
        self._engine.dispose()


def _free(wanted: str) -> Path:
    """The path, or one like it that is not taken."""
    taken = (Path(wanted if number == 1 else f"{wanted}-{number}") for number in itertools.count(1))
    return next(path for path in taken if not path.exists())


def make_file(path: Path, fill: Callable[[Connection], None]) -> None:
    """A new ledger that `fill` writes into, made beside its place and put there whole, so that nobody meets half a one.

    Raises:
        FileExistsError: another process was faster; its ledger stands.
        LedgerUnwritable: it cannot be made there.
    """
    try:
        with making(path) as draft:
            _fill(draft, fill)
            os.link(draft, path)  # a link does not replace
    except DatabaseError as error:
        raise _unwritable(path, error) from None
    except FileExistsError:
        raise
    except OSError as error:
        raise LedgerUnwritable(
            f"{path.name} cannot be opened or made in {path.parent.name or path.parent} ({error.strerror}); check permissions"
        ) from None


def _fill(draft: Path, fill: Callable[[Connection], None]) -> None:
    engine = _engine(draft)
    try:
        with engine.connect() as connection:
            connection.execute(text("BEGIN IMMEDIATE"))
            migrate(connection, to=tables.FORMAT)
            fill(connection)
            connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
            connection.execute(text(f"PRAGMA user_version = {tables.FORMAT}"))
            connection.commit()
            connection.execute(text("PRAGMA journal_mode=WAL"))
    finally:
        engine.dispose()


def open_file(
    path: Path, *, create: bool, begin: Callable[[Connection], None] = tables.begin
) -> tuple[SqliteStore, dict[str, str]]:
    """The record at `path` and what it keeps of the book itself; with `create`, an empty one is made where there is none.

    Raises:
        NoLedger: there is none.
        NotALedger: the file is something else, or of a newer format than this version reads.
        LedgerUnwritable: it cannot be made or opened.
    """
    if not path.exists() and not create:
        raise NoLedger(f"there is no ledger at {path.name}; run `habeas build` first")
    if path.is_dir():
        raise NotALedger(f"{path.name} is a folder, not a ledger")
    if create:
        discard_left(path.parent)
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            make_file(path, begin)
    if path.stat().st_size == 0:
        # Its salt and all it held are gone: to begin anew in silence would change every id.
        raise NotALedger(f"{path.name} is empty; restore it from a backup, or delete it to begin a new record")
    engine = _engine(path)
    try:
        with engine.connect() as connection:
            connection.execute(text("BEGIN"))  # one snapshot: another program may be upgrading it
            mark = connection.execute(text("PRAGMA application_id")).scalar_one()
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
            if mark != APPLICATION_ID:
                raise NotALedger(f"{path.name} is a database, but not a habeas ledger; name another file")
            if version > tables.FORMAT:
                raise NotALedger(
                    f"{path.name} was written by a newer habeas (format {version}); upgrade habeas to read it"
                )
            if version < 1:
                raise NotALedger(
                    f"{path.name} says that it is of format {version}, which no habeas makes: restore it from a backup"
                )
            off = amiss(connection, version)
            if "book" in off:  # without it nothing can be told, not even by `verify`
                raise refusal(path.name, off)
            kept = {row.key: row.value for row in connection.execute(select(tables.book))}
    except DatabaseError as error:
        engine.dispose()
        raise _unwritable(path, error) from None
    except LedgerError:
        engine.dispose()
        raise
    return SqliteStore(engine, path, version, off), kept
