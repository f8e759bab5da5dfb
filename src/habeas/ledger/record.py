"""The record: append in one transaction, view for an audience at an instant.

`open_ledger` is the only function that knows which database it talks to.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import shutil
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, select

from habeas.dates import Clock
from habeas.errors import LedgerError, UsageError, VocabularyError
from habeas.ledger import tables
from habeas.ledger.erasing import Suppression, empty, tokens_of
from habeas.ledger.gate import Gate, Who
from habeas.ledger.keys import Signer, signer
from habeas.ledger.merkle import Frontier
from habeas.ledger.proof import Inclusion, inclusion, inspect
from habeas.ledger.sight import see, whole
from habeas.ledger.sqlite import open_file
from habeas.ledger.store import Store
from habeas.ledger.sweep import sweep
from habeas.nouns import A, Audience, Draft, Head, Problem, Public, Statement, View
from habeas.vocabulary import property_of

if TYPE_CHECKING:
    from habeas.ledger.columns import Projection


class Ledger:
    """An append-only record of statements; get one from `open_ledger`, and close it or use it in a `with`."""

    def __init__(
        self,
        store: Store,
        salt: bytes,
        name: str,
        keys: Path | None,
        today: date | None = None,
        columns: Path | None = None,
    ) -> None:
        self._columns = columns
        self._store = store
        self._salt = salt
        self._name = name
        self._keys = keys
        self._key: Signer | None = None  # read when first needed
        self._today = today

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    def make_id(self, *parts: str) -> str:
        """A short salted hash (10 characters): the same parts give the same id in this book and in no other."""
        digest = hmac.new(self._salt, tables.canonical(list(parts)), hashlib.sha256).digest()
        return _short(digest)[:10]

    def append(self, drafts: Iterable[Draft], *, recorded: datetime, recorder: str) -> tuple[Statement, ...]:
        """Record drafts in order as one batch, all or none, sign the new head, and return them as statements.

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
        _check(waiting)
        if not waiting:
            return ()
        key = self._signer()
        with self._store.writing() as connection:
            self._check_retractions(connection, waiting)
            return self._record(connection, waiting, recorded.astimezone(UTC), recorder, key)

    def view(
        self,
        audience: type[A],
        known: datetime | None = None,
        known_by: Clock = Clock.RECORDED,
        who: Who | None = None,
    ) -> View[A]:
        """What an audience may see, as known at an instant: the only way to read the record.

        On the clock of record a statement counts from the instant it was recorded until one that retracts it was; on
        the clock of publication, from the last day its source may have been published. Values that the audience may
        not see are None (their subjects stay, so counts hold), or coarsened where the vocabulary says so.

        Restrictions, consents and wishes hold as they stand now, whatever instant is asked for, and for all of a
        person: `who` tells which entries are one.

        Raises:
            ValueError: people are restricted, and `who` was not handed in.
        """
        return see(self._statements(), audience, known, known_by, who, self._today)

    def history(self, audience: type[Audience], who: Who | None = None) -> tuple[Statement, ...]:
        """Everything ever said, retractions and what they took back included, as an audience may see it."""
        return whole(self._statements(), audience, who, self._today)

    def kept_back(self, who: Who | None = None) -> Callable[[str], bool]:
        """Whether a text names somebody, or gives the address of a source, that is kept back from the public."""
        return Gate(self._statements(), Public, who, self._today).names

    def project(self, audience: type[Audience], who: Who | None = None, prefer: Sequence[str] = ()) -> Projection:
        """What an audience may see, in columns: winners by subject and property, as known at any instant, and counts.

        It is a cache beside the record, brought up to date here; nothing that the audience may not see is in it.

        Args:
            prefer: the book's preferred sources, lists and publishers, the most trusted first.

        Raises:
            UsageError: the libraries for it are not installed.
            ValueError: people are restricted, and `who` was not handed in.
        """
        try:
            from habeas.ledger.columns import open_projection, what_gates
        except ImportError:
            raise UsageError("columns need two libraries: python -m pip install 'habeas[scale]'") from None

        def gate(connection: Connection, whole: bool) -> Gate:  # noqa: FBT001 -- one argument
            statements = self._read(connection) if whole else what_gates(connection, tables.from_row)
            return Gate(statements, audience, who, self._today)

        return open_projection(
            self._store.reading,
            gate,
            tables.from_row,
            book=self._name,
            audience=audience,
            prefer=prefer,
            folder=self._columns,
        )

    def _statements(self) -> tuple[Statement, ...]:
        with self._store.reading() as connection:
            return self._read(connection)

    def _read(self, connection: Connection) -> tuple[Statement, ...]:
        there = select(tables.statement).where(tables.statement.c.subject.is_not(None))
        return tuple(tables.from_row(row) for row in connection.execute(there.order_by(tables.statement.c.seq)))

    def erase(
        self,
        seqs: Iterable[int],
        tombstone: Iterable[Draft],
        *,
        names: Iterable[str],
        entries: Iterable[str],
        recorded: datetime,
        recorder: str,
    ) -> Statement:
        """Empty statements for good, under a tombstone that says who, why and when and nothing of the person.

        The tombstone is recorded as a batch of its own; what it covers is emptied in the same transaction, and the
        entries and full names go to the suppression list. Afterwards no byte of them is left in the file.

        Returns:
            the first statement of the tombstone.

        Raises:
            UsageError: there is nothing to erase.
            LedgerUnwritable: it could not be done; nothing was.
        """
        wanted = sorted(set(seqs))
        drafts = tuple(tombstone)
        if not wanted:
            raise UsageError("there is nothing to erase")
        _check(drafts)
        key = self._signer()
        tokens = tokens_of(self.make_id, entries, names)
        with self._store.writing() as connection:
            said = self._record(connection, drafts, recorded.astimezone(UTC), recorder, key)
            empty(connection, wanted, said[0].id, tokens)
            self._forget()
        self._store.scrub()
        self._forget()  # what another process made of the record meanwhile
        return said[0]

    def _forget(self) -> None:
        """Throw the columns away: they may hold what was erased."""
        if self._columns is not None:
            shutil.rmtree(self._columns, ignore_errors=True)

    def naming(self, names: Iterable[str]) -> Callable[[str], bool]:
        """Whether a text holds one of these full names, as the suppression list would tell."""
        return Suppression(self.make_id, frozenset(tokens_of(self.make_id, (), names))).named_in

    def suppression(self) -> Suppression:
        """What must not come back from the inputs."""
        with self._store.reading() as connection:
            tokens = frozenset(connection.execute(select(tables.suppressed.c.token)).scalars())
        return Suppression(self.make_id, tokens)

    def head(self) -> Head | None:
        """The state of the record after its last batch; None where nothing was recorded yet."""
        found = self.heads()
        return found[-1] if found else None

    def heads(self) -> tuple[Head, ...]:
        """The head of every batch, in order."""
        with self._store.reading() as connection:
            rows = connection.execute(select(tables.head).order_by(tables.head.c.batch)).all()
        return tuple(tables.head_from_row(row, self._name) for row in rows)

    def verify(self, kept: Sequence[Head] = ()) -> tuple[Problem, ...]:
        """Recompute every commitment, the tree and each head; what does not hold comes back as Problems, the first first.

        Finds any changed byte of a statement, and any statement removed or put in another place. A tail cut off together
        with its heads leaves no trace in the file itself: only a head `kept` elsewhere, or another copy's, shows it.
        """
        found: list[Problem] = []
        # The database looks through its own pages meanwhile, in C.
        with ThreadPoolExecutor(1) as beside:
            pages = beside.submit(self._damage)
            roots: dict[int, str] | None = None
            with suppress(LedgerError), self._store.reading() as connection:
                roots = sweep(connection, self._name)
        try:
            with self._store.inspecting() as connection:
                found += inspect(connection, self._store.title, self._name, kept, pages.result(), roots)
        except LedgerError as error:
            found.append(Problem(file=self._store.title, what=str(error), do="Restore the ledger from a backup."))
        return tuple(found)

    def _damage(self) -> tuple[str, ...]:
        with self._store.inspecting() as connection:
            return self._store.damage(connection)

    def prove(self, statement: str) -> Inclusion:
        """Proof that a statement is in the record under its head, to be checked without the record.

        Raises:
            UsageError: there is no such statement.
        """
        with self._store.reading() as connection:
            found = inclusion(connection, statement)
        head = self.head()
        if found is None or head is None:
            raise UsageError(f"there is no statement {statement!r} on record")
        return replace(found, head=head)

    def backup(self, target: Path) -> None:
        """Copy the record to a new file, as it stands at one moment, while others go on using it.

        Raises:
            UsageError: the file exists already.
            LedgerUnwritable: it cannot be written.
        """
        self._store.backup(target)

    # --- writing ---

    def _signer(self) -> Signer | None:
        if self._key is None and self._keys is not None:
            self._key = signer(self._keys)
        return self._key

    def _record(
        self, connection: Connection, drafts: tuple[Draft, ...], recorded: datetime, recorder: str, key: Signer | None
    ) -> tuple[Statement, ...]:
        last = connection.execute(select(tables.head).order_by(tables.head.c.batch.desc()).limit(1)).one_or_none()
        frontier = Frontier.empty() if last is None else Frontier.unpack(last.size, last.frontier)
        # A clock set back is held at the last head, so that one is the latest.
        instant = recorded if last is None else max(recorded, datetime.fromisoformat(last.recorded))
        batch = 1 if last is None else last.batch + 1
        written = instant.isoformat()
        nonces = secrets.token_bytes(tables.NONCE * len(drafts))
        rows = [
            self._row(
                draft,
                seq=frontier.size + 1 + at,
                batch=batch,
                recorded=written,
                recorder=recorder,
                nonce=nonces[tables.NONCE * at : tables.NONCE * (at + 1)],
            )
            for at, draft in enumerate(drafts)
        ]
        commitments = [row["commitment"] for row in rows]
        for row, identifier in zip(rows, tables.statement_ids(commitments), strict=True):
            row["id"] = identifier
        tables.insert(connection, rows)
        frontier.push(commitments)
        head = Head(
            book=self._name,
            batch=batch,
            size=frontier.size,
            root=frontier.root().hex(),
            recorded=instant,
            key="" if key is None else key.public,
        )
        signature = b"" if key is None else key.sign(head)
        connection.execute(
            tables.head.insert(),
            {
                "batch": batch,
                "size": frontier.size,
                "root": frontier.root(),
                "frontier": frontier.pack(),
                "recorded": written,
                "key": head.key,
                "signature": signature,
            },
        )
        return tuple(_statement(draft, row, instant, recorder) for draft, row in zip(drafts, rows, strict=True))

    def _row(self, draft: Draft, *, seq: int, batch: int, recorded: str, recorder: str, nonce: bytes) -> dict[str, Any]:
        span = draft.valid
        row: dict[str, Any] = {
            "seq": seq,
            "batch": batch,
            "recorded": recorded,
            "nonce": nonce,
            "subject": draft.subject,
            "prop": draft.prop,
            "value": draft.value,
            "original": draft.original,
            "lang": draft.lang,
            "valid_start": None if span is None or span.start is None else span.start.isoformat(),
            "valid_end": None if span is None or span.end is None else span.end.isoformat(),
            "source": draft.source,
            "place": draft.place,
            "published": draft.published,
            "visibility": draft.visibility.value,
            "retracts": draft.retracts,
            "reason": draft.reason,
            "recorder": recorder,
        }
        row["commitment"] = tables.commitment(row)
        return row

    def _check_retractions(self, connection: Connection, drafts: tuple[Draft, ...]) -> None:
        wanted = sorted({d.retracts for d in drafts if d.retracts is not None})
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            there = connection.execute(select(tables.statement.c.id).where(tables.statement.c.id.in_(some))).scalars()
            missing = set(some) - set(there)
            if missing:
                raise VocabularyError(f"cannot take back {min(missing)}: there is no such statement")


def _short(digest: bytes) -> str:
    return base64.b32encode(digest).decode("ascii").lower().rstrip("=")


def _check(drafts: Iterable[Draft]) -> None:
    sayable = set()
    for draft in drafts:
        said = draft.kind, draft.prop
        if said not in sayable:
            property_of(*said)
            sayable.add(said)
        if draft.value is None and draft.retracts is None:
            raise VocabularyError(f"{draft.subject} {draft.prop}: a statement needs a value or something to retract")


def _statement(draft: Draft, row: dict[str, Any], recorded: datetime, recorder: str) -> Statement:
    return Statement(
        subject=draft.subject,
        prop=draft.prop,
        value=draft.value,
        source=draft.source,
        place=draft.place,
        original=draft.original,
        lang=draft.lang,
        valid=draft.valid,
        published=draft.published,
        visibility=draft.visibility,
        retracts=draft.retracts,
        reason=draft.reason,
        id=row["id"],
        seq=row["seq"],
        recorded=recorded,
        recorder=recorder,
        batch=row["batch"],
    )


def open_ledger(
    path: Path,
    *,
    create: bool = False,
    keys: Path | None = None,
    today: date | None = None,
    columns: Path | None = None,
) -> Ledger:
    """The ledger at `path`; with `create`, an empty one with a new salt is made where there is none.

    Heads are signed with the key in the folder `keys` (made there where there is none); without it they are not signed.
    `today` is the day on which consents hold; without it, one that ends at some time holds no more. `columns` is the folder
    in which projections are kept; without it, one beside the file.

    Raises:
        NotALedger: the file is something else, or of a newer format than this version reads.
        LedgerUnwritable: it cannot be made or opened.
    """
    store, kept = open_file(path, create=create)
    beside = path.with_name(f"{path.name}-columns") if columns is None else columns
    return Ledger(store, bytes.fromhex(kept["salt"]), kept["name"], keys, today, beside)
