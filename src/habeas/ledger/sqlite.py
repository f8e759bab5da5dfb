"""The record in one SQLite file: how it is made, locked, guarded against change, copied and scrubbed."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, Table, create_engine, event, select, text
from sqlalchemy.exc import DatabaseError

from habeas.errors import LedgerError, LedgerUnwritable, NotALedger, UsageError
from habeas.ledger import tables

# "habe" in ASCII: SQLite's own mark for the kind of a file.
APPLICATION_ID = 0x68616265
_BUSY_SECONDS = 30

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
# Only emptying a row whose erasure is on record is let through.
_EMPTIED = " AND ".join(
    [f"NEW.{c} IS OLD.{c}" for c in ("seq", "id", "commitment", "batch", "recorded")]
    + [f"NEW.{c} IS NULL" for c in ("nonce", *tables.CONTENT)]
    + ["EXISTS (SELECT 1 FROM erased WHERE erased.seq = OLD.seq)"]
)
_KEYS: tuple[tuple[Table, str], ...] = (
    (tables.statement, "seq = NEW.seq OR id = NEW.id"),
    (tables.head, "batch = NEW.batch OR size = NEW.size"),
    (tables.erased, "seq = NEW.seq"),
    (tables.suppressed, "token = NEW.token"),
    (tables.book, "key = NEW.key"),
)

_GUARDS = [
    f"CREATE TRIGGER statement_no_update BEFORE UPDATE ON statement WHEN NOT ({_EMPTIED}) {_REFUSE}",
    *(
        f"CREATE TRIGGER {t.name}_no_update BEFORE UPDATE ON {t.name} {_REFUSE}"
        for t in (tables.head, tables.erased, tables.suppressed, tables.book)
    ),
    *(f"CREATE TRIGGER {t.name}_no_delete BEFORE DELETE ON {t.name} {_REFUSE}" for t, _ in _KEYS),
    # INSERT OR REPLACE deletes without firing the guard above where a program has not asked for recursive triggers.
    *(
        f"CREATE TRIGGER {t.name}_no_replace BEFORE INSERT ON {t.name} WHEN EXISTS (SELECT 1 FROM {t.name} WHERE {clash}) {_REFUSE}"  # noqa: S608 -- our own names, no input
        for t, clash in _KEYS
    ),
]


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
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:  # noqa: ARG001 -- SQLAlchemy hands both over
        connection.isolation_level = None  # we say BEGIN ourselves
        # Without recursive triggers INSERT OR REPLACE would delete a row past the guard; erased bytes are overwritten.
        # A large batch that fits the cache (64 MB, taken as needed) is not written twice.
        for pragma in (
            "recursive_triggers=ON",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "cache_size=-65536",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


class SqliteStore:
    """A record in a file; get one from `open_file`."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path

    @property
    def title(self) -> str:
        return self._path.name

    @contextmanager
    def writing(self) -> Iterator[Connection]:
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
            raise _unwritable(self._path, error) from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                connection.execute(text("BEGIN"))
                yield connection
        except DatabaseError as error:
            raise _unwritable(self._path, error) from None

    @contextmanager
    def inspecting(self) -> Iterator[Connection]:
        with self.reading() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.text_factory = lambda bytes_: bytes_.decode("utf-8", "surrogateescape")
            try:
                yield connection
            finally:
                raw.text_factory = str  # the connection is used again

    def damage(self, connection: Connection) -> tuple[str, ...]:
        lines = connection.execute(text("PRAGMA integrity_check")).scalars()
        return tuple(f"SQLite: {line}" for line in lines if line != "ok")

    def scrub(self) -> None:
        """Fold in the write-ahead log and rewrite every page."""
        try:
            with self._engine.connect() as connection:
                for step in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    connection.execute(text(step))
        except DatabaseError as error:
            raise _unwritable(self._path, error) from None

    def backup(self, target: Path) -> None:
        if target.exists():
            raise UsageError(f"{target.name} exists already; name a new file for the backup")
        draft = target.with_name(f".{target.name}.part")
        try:
            with closing(sqlite3.connect(self._path)) as source, closing(sqlite3.connect(draft)) as copy:
                source.backup(copy)
            draft.replace(target)
        except (sqlite3.Error, OSError) as error:
            draft.unlink(missing_ok=True)
            raise LedgerUnwritable(f"the backup could not be written to {target.name} ({error})") from None

    def close(self) -> None:
        self._engine.dispose()


def _make(path: Path) -> None:
    """A new ledger, made beside its place and put there whole, so that nobody meets half a one.

    Raises:
        LedgerUnwritable: it cannot be made there.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    engine = _engine(draft)
    try:
        with engine.connect() as connection:
            connection.execute(text("BEGIN IMMEDIATE"))
            tables.metadata.create_all(connection)
            for guard in _GUARDS:
                connection.execute(text(guard))
            connection.execute(tables.book.insert(), tables.new_book())
            connection.execute(text(f"PRAGMA application_id = {APPLICATION_ID}"))
            connection.execute(text(f"PRAGMA user_version = {tables.FORMAT}"))
            connection.commit()
            connection.execute(text("PRAGMA journal_mode=WAL"))
        engine.dispose()
        # A link does not replace: where another process was faster, its ledger stands.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    except DatabaseError as error:
        raise _unwritable(path, error) from None
    except OSError as error:
        raise LedgerUnwritable(f"{path.name} cannot be made ({error.strerror}); check permissions") from None
    finally:
        engine.dispose()
        for left in path.parent.glob(f"{draft.name}*"):
            left.unlink()


def open_file(path: Path, *, create: bool) -> tuple[SqliteStore, dict[str, str]]:
    """The record at `path` and what it keeps of the book itself; with `create`, an empty one is made where there is none.

    Raises:
        NotALedger: the file is something else, or of a newer format than this version reads.
        LedgerUnwritable: it cannot be made or opened.
    """
    if not path.exists() and not create:
        raise NotALedger(f"there is no ledger at {path.name}; run `habeas build` first")
    if path.is_dir():
        raise NotALedger(f"{path.name} is a folder, not a ledger")
    if not path.exists():
        _make(path)
    if path.stat().st_size == 0:
        # Its salt and all it held are gone: to begin anew in silence would change every id.
        raise NotALedger(f"{path.name} is empty; restore it from a backup, or delete it to begin a new record")
    engine = _engine(path)
    try:
        with engine.connect() as connection:
            mark = connection.execute(text("PRAGMA application_id")).scalar_one()
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
            if mark != APPLICATION_ID:
                raise NotALedger(f"{path.name} is a database, but not a habeas ledger; name another file")
            if version > tables.FORMAT:
                raise NotALedger(
                    f"{path.name} was written by a newer habeas (format {version}); upgrade habeas to read it"
                )
            kept = {row.key: row.value for row in connection.execute(select(tables.book))}
    except DatabaseError as error:
        engine.dispose()
        raise _unwritable(path, error) from None
    except LedgerError:
        engine.dispose()
        raise
    return SqliteStore(engine, path), kept
