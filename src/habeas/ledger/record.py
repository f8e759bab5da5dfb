"""The record on SQLite: append in one transaction, view for an audience at an instant, verify.

The door for PostgreSQL is `open_ledger`: it is the only function that knows which database it talks to.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, func, select, text
from sqlalchemy.exc import DatabaseError

from habeas.dates import Clock
from habeas.errors import LedgerError, LedgerUnwritable, NotALedger, VocabularyError
from habeas.ledger import tables
from habeas.ledger.sight import see
from habeas.nouns import A, Draft, Problem, Statement, View
from habeas.vocabulary import property_of

_BUSY_SECONDS = 30
_DRAFT_FIELDS = tuple(f.name for f in fields(Draft))


def _unwritable(path: Path, error: DatabaseError) -> LedgerError:
    """The sentence for a failed write or open; the transaction was rolled back before it is said."""
    said = str(error.orig).lower()
    if "not a database" in said or "malformed" in said or "file is encrypted" in said:
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


def _canonical(parts: object) -> bytes:
    """One byte form for one content: JSON, sorted, without spaces (a joined text could be said in two ways)."""
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


class Ledger:
    """An append-only record of statements; get one from `open_ledger`, and close it or use it in a `with`."""

    def __init__(self, engine: Engine, path: Path, salt: bytes) -> None:
        self._engine = engine
        self._path = path
        self._salt = salt

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    def make_id(self, *parts: str) -> str:
        """A short salted hash (10 characters): the same parts give the same id in this book and in no other."""
        return self._hash(list(parts))[:10]

    def append(self, drafts: Iterable[Draft], *, recorded: datetime, recorder: str) -> tuple[Statement, ...]:
        """Record drafts in order, all or none, and return them as statements.

        Args:
            drafts: what to record; each must be sayable in the vocabulary.
            recorded: the instant, aware; never earlier than the last one on record (a clock set back is held there).
            recorder: the pseudonym of who records.

        Raises:
            VocabularyError: a draft says what may not be said, or takes back what was never said.
            LedgerUnwritable: disk full, read-only, locked; nothing was written.
        """
        if recorded.tzinfo is None:
            raise ValueError("`recorded` must be an aware instant")
        waiting = tuple(drafts)
        for draft in waiting:
            property_of(draft.kind, draft.prop)
            if draft.value is None and draft.retracts is None:
                raise VocabularyError(
                    f"{draft.subject} {draft.prop}: a statement needs a value or something to retract"
                )
        if not waiting:
            return ()
        with self._writing() as connection:
            self._check_retractions(connection, waiting)
            last_seq, last_instant = connection.execute(
                select(func.max(tables.statement.c.seq), func.max(tables.statement.c.recorded))
            ).one()
            instant = recorded.astimezone(UTC)
            if last_instant is not None:
                instant = max(instant, datetime.fromisoformat(last_instant))
            said = tuple(
                self._statement(draft, seq, instant, recorder)
                for seq, draft in enumerate(waiting, start=1 if last_seq is None else last_seq + 1)
            )
            connection.execute(tables.statement.insert(), [tables.to_row(s) for s in said])
        return said

    def view(self, audience: type[A], known: datetime | None = None, known_by: Clock = Clock.RECORDED) -> View[A]:
        """What an audience may see, as known at an instant: the only way to read the record.

        On the clock of record a statement counts from the instant it was recorded until one that retracts it was; on
        the clock of publication, from the last day its source may have been published. Values that the audience may
        not see are None (their subjects stay, so counts hold), or coarsened where the vocabulary says so.
        """
        with self._reading() as connection:
            rows = connection.execute(select(tables.statement).order_by(tables.statement.c.seq)).all()
        return see(tuple(tables.from_row(row) for row in rows), audience, known, known_by)

    def verify(self) -> tuple[Problem, ...]:
        """Recompute every statement's id and numbering; what does not hold comes back as Problems, first first."""
        found: list[Problem] = []
        with self._reading() as connection:
            said = connection.execute(text("PRAGMA integrity_check")).scalars()
            restore = "Restore the ledger from a backup."
            found += [
                Problem(file=self._path.name, what=f"SQLite: {line}", do=restore) for line in said if line != "ok"
            ]
            ids: set[str] = set()
            rows = connection.execute(select(tables.statement).order_by(tables.statement.c.seq))
            for expected, row in enumerate(rows, start=1):
                problem = self._broken(row, expected, ids)
                if problem is not None:
                    found.append(problem)
                    break
                ids.add(row.id)
        return tuple(found)

    def _broken(self, row: Any, expected: int, ids: set[str]) -> Problem | None:
        restore = "Restore the ledger from a backup; nothing after this statement can be relied on."
        if row.seq != expected:
            what = f"statement {expected} is missing (the next one is {row.seq})"
            return Problem(file=self._path.name, what=what, do=restore)
        try:
            statement = tables.from_row(row)
        except (ValueError, TypeError):
            return Problem(file=self._path.name, what=f"statement {row.seq} cannot be read", do=restore)
        if self._id_of(statement) != statement.id:
            return Problem(
                file=self._path.name, what=f"statement {row.seq} was changed after it was recorded", do=restore
            )
        if statement.retracts is not None and statement.retracts not in ids:
            return Problem(file=self._path.name, what=f"statement {row.seq} takes back what is not there", do=restore)
        return None

    def _statement(self, draft: Draft, seq: int, recorded: datetime, recorder: str) -> Statement:
        content = {name: getattr(draft, name) for name in _DRAFT_FIELDS}
        unnamed = Statement(**content, id="", seq=seq, recorded=recorded, recorder=recorder)
        return Statement(**content, id=self._id_of(unnamed), seq=seq, recorded=recorded, recorder=recorder)

    def _id_of(self, statement: Statement) -> str:
        row = tables.to_row(statement)
        del row["id"]
        return self._hash(row)[:16]

    def _hash(self, content: object) -> str:
        digest = hmac.new(self._salt, _canonical(content), hashlib.sha256).digest()
        return base64.b32encode(digest).decode("ascii").lower().rstrip("=")

    def _check_retractions(self, connection: Connection, drafts: tuple[Draft, ...]) -> None:
        wanted = {d.retracts for d in drafts if d.retracts is not None}
        for start in range(0, len(wanted), 500):
            some = sorted(wanted)[start : start + 500]
            there = connection.execute(select(tables.statement.c.id).where(tables.statement.c.id.in_(some))).scalars()
            missing = set(some) - set(there)
            if missing:
                raise VocabularyError(f"cannot take back {min(missing)}: there is no such statement")

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
            raise _unwritable(self._path, error) from None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                connection.execute(text("BEGIN"))
                yield connection
        except DatabaseError as error:
            raise _unwritable(self._path, error) from None


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path.as_posix()}", poolclass=NullPool, connect_args={"timeout": _BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:  # noqa: ARG001 -- SQLAlchemy hands both over
        connection.isolation_level = None  # we say BEGIN ourselves
        # Without recursive triggers INSERT OR REPLACE would delete a row past the guard.
        for pragma in ("recursive_triggers=ON", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def open_ledger(path: Path, *, create: bool = False) -> Ledger:
    """The ledger at `path`; with `create`, an empty one with a new salt is made where there is none.

    Raises:
        NotALedger: the file is something else, or of a newer format than this version reads.
        LedgerUnwritable: it cannot be made or opened.
    """
    if not path.exists() and not create:
        raise NotALedger(f"there is no ledger at {path.name}; run `habeas build` first")
    if path.is_dir():
        raise NotALedger(f"{path.name} is a folder, not a ledger")
    new = not path.exists() or path.stat().st_size == 0
    engine = _engine(path)
    try:
        with engine.connect() as connection:
            if new:
                connection.execute(text("PRAGMA journal_mode=WAL"))
                connection.execute(text("BEGIN IMMEDIATE"))
                mark = connection.execute(text("PRAGMA application_id")).scalar_one()
                if mark == 0:  # pragma: no branch -- else another process was faster
                    tables.create(connection, secrets.token_hex(32))
                connection.commit()
            mark = connection.execute(text("PRAGMA application_id")).scalar_one()
            version = connection.execute(text("PRAGMA user_version")).scalar_one()
            if mark != tables.APPLICATION_ID:
                raise NotALedger(f"{path.name} is a database, but not a habeas ledger; name another file")
            if version > tables.FORMAT:
                raise NotALedger(
                    f"{path.name} was written by a newer habeas (format {version}); upgrade habeas to read it"
                )
            salt = connection.execute(select(tables.book.c.value).where(tables.book.c.key == "salt")).scalar_one()
    except DatabaseError as error:
        engine.dispose()
        raise _unwritable(path, error) from None
    except LedgerError:
        engine.dispose()
        raise
    return Ledger(engine, path, bytes.fromhex(salt))
