"""The record: append in one transaction, view for an audience at an instant."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, func, select, update

from habeas.dates import Clock
from habeas.errors import LedgerError, LedgerLocked, LedgerUnwritable, UsageError
from habeas.ledger import locking, sealing, tables
from habeas.ledger.as_read import AsRead
from habeas.ledger.aside import Forged, forged
from habeas.ledger.attesting import attest, last_head, must_hold
from habeas.ledger.cache import Cache, mark_of
from habeas.ledger.disclosure import Disclosure, KeptBack, Who
from habeas.ledger.erasing import Erasures, Suppression, covered, tokens_of
from habeas.ledger.hiding import Hiding, Linker
from habeas.ledger.ids import MARK, IdKeys, fingerprint, missing
from habeas.ledger.keys import SIGNED, Signer, Trust, signer
from habeas.ledger.merkle import Frontier
from habeas.ledger.places import make_store
from habeas.ledger.proof import Consistency, Inclusion, consistency, inclusion, uncompared, verify
from habeas.ledger.rows import Batch, batch_of, check_drafts, check_retractions
from habeas.ledger.sharing import Shares
from habeas.ledger.steps import Step, size_of
from habeas.ledger.store import Store
from habeas.ledger.vault import Cost, Vault, unwrap
from habeas.ledger.views import Seen, see, whole
from habeas.nouns import A, Audience, Draft, Head, Keeper, Links, Problem, Public, Statement, View

if TYPE_CHECKING:
    from habeas.ledger.columns import Projection

_NEEDED = "the book is locked: this needs its passphrase (HABEAS_PASSPHRASE_FILE names a file that holds it)"


class Ledger:
    """An append-only record of statements; get one from `open_ledger`, and close it or use it in a `with`."""

    def __init__(
        self,
        store: Store,
        salt: bytes | None,
        name: str,
        keys: Path | None,
        today: date | None = None,
        cache: Path | None = None,
        *,
        ids: IdKeys | None = None,
        mark: str = "",
    ) -> None:
        """`salt` makes the ids, where it is at hand; `mark` is what stands in its place in the record."""
        self._cache = Cache(cache)
        self._store = store
        self.path = store.path  # of its file; None where it lies on a server
        self.step = Step(store)  # does what reads the record and then appends to it as one
        self._salt = salt
        self._ids = ids
        self._mark = mark
        self._locked = mark == locking.SEALED_SALT
        self._name = name
        self._keys = keys
        self._key: Signer | None = None  # read when first needed
        self._today = today
        self._vault: Vault | None = None
        self._hiding: Hiding | None = None
        self._erased = Erasures(self.make_id)
        self._kept: tuple[object, KeptBack] | None = None  # as of a head
        self._as_read = AsRead(store)
        self.notice: str | None = None  # what its keeper should be told of it
        self.uncompared: str | None = None  # after `verify`: why its tables and guards were not compared
        self.unread: str | None = None  # after `verify`: why what readers read was not compared
        self.left: tuple[str, ...] = ()  # after an erasure: where bytes of what was erased lie on, beyond our reach

    @property
    def title(self) -> str:
        """What a sentence calls it: its file's name, or the database's."""
        return self._store.title

    @property
    def whole(self) -> bool:
        """True where this login reads every statement in full; in a team's database an editor does not."""
        return self._store.whole

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._store.close()

    @property
    def locked(self) -> bool:
        """True where the book has a passphrase and was not given it: then only its public view can be read."""
        return self._locked

    @property
    def vault(self) -> Vault | None:
        """What seals and opens whatever else is kept of the book; None where it has no passphrase.

        Raises:
            LedgerLocked: the book is locked.
        """
        self._need_open()
        return self._vault

    def unlock(self, passphrase: str) -> None:
        """Open a locked book.

        Raises:
            LedgerLocked: it is another passphrase.
        """
        with self._store.inspecting() as connection:
            kept = locking.read(connection)
        if locking.WRAPPED not in kept:
            return
        self._vault = unwrap(kept[locking.WRAPPED], passphrase)
        self._salt = locking.open_salt(kept, self._vault)
        self._locked = False
        self._hiding = Hiding(self._vault, self._today, self._erased)
        if self._ids is not None and not self._ids.kept:
            with suppress(LedgerUnwritable):
                self._ids.seal(kept[locking.WRAPPED], self._vault, self._salt)
        if self._keys is not None:  # else it was opened only to be looked at
            with suppress(LedgerError):  # damage is for `verify`
                # An older version kept more than the public view folds.
                self._remember(self.head(), self.remembered())
            if self.unscrubbed():
                self._scrub()

    def lock(self, passphrase: str, linker: Linker | None = None, cost: Cost | None = None) -> int:
        """Give the book a passphrase, or another in place of the one it has; say how many statements are sealed.

        From then on what the public may not see, now or on any later day, stands sealed in the file. `linker` tells who is who.

        Raises:
            LedgerLocked: the book is locked.
            UsageError: the passphrase is empty, or the record lies in a team's database.
            LedgerUnwritable: it could not be done; the book is as it was.
        """
        if not self._store.seals:
            raise UsageError("a passphrase is for a book in a file; a team's database has its roles and its disk")
        self._need_open()
        salt = self._key_of_ids()
        vault = self._vault or Vault.new()
        wrapped = vault.wrap(passphrase, cost)
        hiding = Hiding(vault, self._today, self._erased)
        forget: Callable[[], None] | None = None
        with self._store.writing() as connection:
            locking.check_state(connection, self._vault)
            must_hold(connection, "book", "vault", "sealed")
            locking.keep(connection, locking.WRAPPED, wrapped)
            if self._vault is None:
                locking.seal_salt(connection, vault, salt)
                hiding.on_record(connection, (), linker)
            locking.scrub_due(connection, due=True)
            self._attest(connection, "book", "vault", "sealed")
            if self._ids is not None:  # last: where it cannot be kept, the book is as it was
                forget = self._ids.seal(wrapped, vault, salt)
        self._vault, self._hiding = vault, hiding
        if forget is not None:
            forget()
        self._cache.forget()  # what was kept in the plain
        self._scrub()
        if linker is not None:
            self._remember(self.head(), linker(self.view(Keeper)))
        return self.sealed()

    def unscrubbed(self) -> bool:
        """True where plain bytes of what is sealed may still lie in the file, because other programs had it open."""
        with self._store.reading() as connection:
            return locking.is_scrub_due(locking.read(connection))

    def sealed(self) -> int:
        """How many statements are sealed."""
        wanted = select(func.count()).where(self._store.statements.c.sealed.is_not(None))
        with self._store.reading() as connection:
            return connection.execute(wanted).scalar_one()

    def who_is_who(self, linker: Linker, rules: str, reads: Collection[str]) -> Links:
        """Who is who, from everything the keepers may see: as kept while neither `rules` nor what linking reads has changed.

        `reads` are the kinds of statements that tell who is who. It is kept beside the record, and a book with a passphrase keeps what the public view folds of it (`remembered`).
        """
        if self._salt is None:  # nothing tells whose a kept one would be
            return linker(self.view(Keeper))
        head = self.head()  # first: what another process adds meanwhile must not count as known
        mark = partial(self.make_id, "who is who", self._name, mark_of(self._statements(), reads), rules)
        found = self._cache.links(mark, self._vault)
        if found is None:
            found = linker(self.view(Keeper))
            self._cache.keep(found, mark, self._vault)
        with suppress(LedgerUnwritable):  # a book that may only be read keeps what it has
            self._remember(head, found)
        return found

    def _remember(self, head: Head | None, links: Links) -> None:
        if self._vault is None or (self._keys is None and head is not None and head.key):
            return  # a head that is not signed must not follow on signed ones
        with self._store.reading() as connection:
            news = locking.news(connection, links)
        if news is not None:
            with self._store.writing() as connection:
                if size_of(connection) != (0 if head is None else head.size):
                    return  # whoever came after remembers
                must_hold(connection, "vault")
                locking.remember(connection, news)
                self._attest(connection, "vault")
            if news.less:
                self._scrub()

    def vouch(self) -> None:
        """Sign the state of a record whose heads, of an older format, say none; its salt goes to the keys of its keeper.

        Raises:
            LedgerUnwritable: it cannot be written.
        """
        head = self.head()
        if head is None or head.state or not self._store.keeps:
            return
        salt = None if self._ids is None or self._mark.startswith(MARK) or self.locked else self._salt
        with self._store.writing() as connection:
            if salt is not None and self._ids is not None and self._ids.find(fingerprint(salt)) == salt:
                self._mark = f"{MARK}{fingerprint(salt)}"
                connection.execute(update(tables.book).where(tables.book.c.key == "salt").values(value=self._mark))
            self._attest(connection)

    def remembered(self) -> Links:
        """Who is who as the public view folds it, by ids alone, as last worked out before the book was locked."""
        with self._store.reading() as connection:
            return locking.remembered(locking.read(connection))

    def _need_open(self) -> None:
        if self.locked:
            raise LedgerLocked(_NEEDED)

    def _key_of_ids(self) -> bytes:
        if self._salt is None:
            name = "*.key" if self._ids is None else self._ids.path.name
            raise LedgerError(missing(name, self._mark.removeprefix(MARK)))
        return self._salt

    def _scrub(self) -> None:
        """Leave no plain byte of what was sealed; where that cannot be done now, it is done when the book is next opened."""
        with suppress(LedgerUnwritable):
            self._store.scrub()
            with self._store.writing() as connection:
                locking.scrub_due(connection, due=False)

    # --- the record ---

    def make_id(self, *parts: str) -> str:
        """A short keyed hash (10 characters): the same parts give the same id in this book and in no other.

        Raises:
            LedgerLocked: the book is locked.
            LedgerError: the key of its ids is not on this machine.
        """
        self._need_open()
        digest = hmac.new(self._key_of_ids(), tables.canonical(list(parts)), hashlib.sha256).digest()
        return base64.b32encode(digest).decode("ascii").lower()[:10]

    def append(
        self,
        drafts: Iterable[Draft],
        *,
        recorded: datetime,
        recorder: str,
        linker: Linker | None = None,
        coming: Sequence[Draft] = (),
    ) -> Sequence[Statement]:
        """Record drafts in order as one batch, all or none, sign the new head, and return them as statements.

        Args:
            drafts: what to record; each must be sayable in the vocabulary.
            recorded: the instant, aware; never earlier than the last one on record (a clock set back is held there).
            recorder: the pseudonym of who records.
            linker: tells who is who; needed where the book has a passphrase and people are restricted in it.
            coming: what is about to be recorded in batches after this one; what it hides is sealed from the start.

        Raises:
            LedgerLocked: the book is locked.
            ValueError: people are restricted, the book has a passphrase, and `linker` was not handed in.
            VocabularyError: a draft says what may not be said, or takes back what was never said.
            LedgerUnwritable: disk full, read-only, locked; nothing was written.
        """
        if recorded.tzinfo is None:
            raise ValueError("`recorded` must be an aware instant")
        self._need_open()
        waiting = tuple(drafts)
        check_drafts(waiting)
        if not waiting:
            return ()
        key = self._signer()
        with self._store.writing() as connection:
            check_retractions(connection, waiting)
            batch, hidden = self._record(connection, waiting, recorded, recorder, linker, coming)
            sealed = [tuple(row[c.name] for c in tables.statement.c) for row in batch.rows if row["sealed"] is not None]
            touched = ("sealed",) if hidden else ()
            attest(
                connection, self._store, self._name, batch.frontier, batch.instant, key, touched=touched, sealed=sealed
            )
        if hidden:
            self._scrub()
        return batch.said

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
            LedgerLocked: the book is locked, and this is not its public view of now.
        """
        statements, seen_as = self._seen_as(audience, who, known)
        return see(statements, audience, known, known_by, seen_as)

    def history(self, audience: type[Audience], who: Who | None = None) -> tuple[Statement, ...]:
        """Everything ever said, retractions and what they took back included, as an audience may see it."""
        return whole(*self._seen_as(audience, who))

    def kept_back(self, who: Who | None = None) -> KeptBack:
        """Whether a text names somebody, or gives the address of a source, that is kept back from the public or erased."""
        self._need_open()
        state = (self.head(), who is None)
        if self._kept is None or self._kept[0] != state:
            statements = self._statements()
            self._kept = state, KeptBack(statements, self._disclosure(statements, Public, who))
        return self._kept[1]

    def _seen_as(
        self, audience: type[Audience], who: Who | None, known: datetime | None = None
    ) -> tuple[tuple[Statement, ...], Seen]:
        if self.locked and (audience is not Public or known is not None):
            raise LedgerLocked(_NEEDED)
        if audience is Public and not self.locked:
            kept = self.kept_back(who)
            return kept.statements, kept.disclosure
        statements = self._statements()
        return statements, sealing.as_sealed if self.locked else self._disclosure(statements, audience, who)

    def _disclosure(self, statements: Sequence[Statement], audience: type[Audience], who: Who | None) -> Disclosure:
        with self._store.reading() as connection:
            gone = self._erased.read(connection).named_in_any() if audience is Public else None
        return Disclosure(statements, audience, who, self._today, gone=gone)

    def since(self, seq: int) -> tuple[Statement, ...]:
        """All that was recorded after the statement of a number; 0: all."""
        self._need_open()
        return self._as_read.after(seq, self._vault)

    def _statements(self) -> tuple[Statement, ...]:
        return self._as_read.all((self.head(), self.locked), self._vault)

    def share(self, who: Who | None = None) -> None:
        """Let the roles of a team's database read what their audiences may see now; elsewhere there is nothing to do.

        What was recorded since then shows when this is done anew; where it may keep somebody back, a reader sees nothing
        until then. Nothing under a head that does not carry its key's signature is shown. Only a keeper decides it.
        """
        self._shares(who).decide()

    def _shares(self, who: Who | None) -> Shares:
        return Shares(self._store, self._vault, who, self._today, self._erased, self._name)

    def project(
        self, audience: type[Audience], who: Who | None = None, prefer: Sequence[str] = (), rules: str = ""
    ) -> Projection:
        """What an audience may see, in columns: winners by subject and property, as known at any instant, and counts.

        It is a cache beside the record, brought up to date here, and holds nothing that the audience may not see.

        `prefer`: the book's preferred sources, lists and publishers, the most trusted first; `rules`: as for `who_is_who`.

        Raises:
            LedgerLocked: the book is locked.
            UsageError: the libraries for it are not installed.
            ValueError: people are restricted, and `who` was not handed in.
        """
        self._need_open()
        try:
            from habeas.ledger.columns import open_projection, sealed_with, what_gates
        except ImportError:
            raise UsageError("columns need two libraries: python -m pip install 'habeas[scale]'") from None
        vault = self._vault
        read = partial(sealing.opened, vault)

        def disclosure(connection: Connection, whole: bool) -> Disclosure:  # noqa: FBT001 -- one argument
            everything = sealing.rows(connection, self._store.statements, vault)
            statements = tuple(said for _, said in everything) if whole else what_gates(connection, read)
            return self._disclosure(statements, audience, who)

        seal = None if vault is None else sealed_with(vault)
        make = partial(open_projection, book=self._name, audience=audience, prefer=prefer, rules=rules)
        return make(self._store.reading, disclosure, read, folder=self._cache.folder, seal=seal)

    def erase(
        self,
        seqs: Iterable[int],
        tombstone: Iterable[Draft],
        *,
        names: Iterable[str],
        entries: Iterable[str],
        recorded: datetime,
        recorder: str,
        linker: Linker | None = None,
    ) -> Statement:
        """Empty statements for good, under a tombstone that says who, why and when and nothing of the person.

        The tombstone is recorded as a batch of its own; what it covers is emptied in the same transaction, and the
        entries and full names go to the suppression list. Afterwards no byte of them is left in the file, but for
        what `left` says.

        Returns:
            the first statement of the tombstone.

        Raises:
            UsageError: there is nothing to erase.
            LedgerUnwritable: it could not be done; nothing was.
        """
        self._needs_keeper("erasing")
        wanted = sorted(set(seqs))
        drafts, key = tuple(tombstone), self._signer()
        if not wanted:
            raise UsageError("there is nothing to erase")
        check_drafts(drafts)
        tokens = tokens_of(self.make_id, entries, names)
        touched = ("erased", "suppressed", "sealed")
        with self._store.writing() as connection:
            must_hold(connection, *touched)
            covers = replace(drafts[0], prop="covers", value=covered(connection, wanted))
            batch, _ = self._record(connection, (*drafts, covers), recorded, recorder)
            self._store.empty(connection, wanted, batch.said[0].id, tokens)
            if self._hiding is not None:
                self._hiding.on_record(connection, (), linker)
            attest(connection, self._store, self._name, batch.frontier, batch.instant, key, touched=touched)
            self._cache.forget()
        self.left = self._store.scrub()
        self._cache.forget()  # what another process made of the record meanwhile
        return batch.said[0]

    def naming(self, names: Iterable[str]) -> Callable[[str], bool]:
        """Whether a text holds one of these full names, as the suppression list will tell."""
        return Suppression(self.make_id, frozenset(tokens_of(self.make_id, (), names))).named_in

    def suppression(self) -> Suppression:
        """What must not come back from the inputs.

        Raises:
            LedgerError: the book is locked, the key of its ids is not on this machine, or the list was changed.
        """
        self._need_open()
        self._key_of_ids()
        with self._store.reading() as connection:
            must_hold(connection, "suppressed", heads=self._store.heads)
            return self._erased.read(connection)

    def forged(self) -> tuple[Forged, ...]:
        """The heads that do not carry their key's signature, in order, and which batch set each aside."""
        with self._store.reading() as connection:
            return tuple(forged(connection, self._store.statements, self._store.heads, self._name).values())

    def head(self) -> Head | None:
        """The state of the record after its last batch; None where nothing was recorded yet."""
        with self._store.reading() as connection:
            row = last_head(connection, self._store.heads)
        return None if row is None else tables.head_from_row(row, self._name)

    def heads(self) -> tuple[Head, ...]:
        """The head of every batch, in order."""
        with self._store.reading() as connection:
            rows = connection.execute(select(self._store.heads).order_by(self._store.heads.c.batch)).all()
        return tuple(tables.head_from_row(row, self._name) for row in rows)

    def verify(self, kept: Sequence[Head] = (), trust: Trust = SIGNED, who: Who | None = None) -> tuple[Problem, ...]:
        """Recompute every commitment, the tree, each head and all it vouches for; what does not hold comes as Problems.

        What was cut back as a whole to an earlier head shows only against one `kept` elsewhere. What was worked out of
        the record and kept beside it is thrown away.

        Args:
            who: who is who; without it what the roles of a database read is not compared with what they may.
        """
        self._needs_keeper("verifying")
        self._cache.forget()
        self.uncompared, self.unread = uncompared(self._store), None
        found = verify(self._store, self._name, self._vault, kept, trust)
        if who is not None:
            found, self.unread = self._shares(who).compare(found)
        return found

    def prove(self, statement: str) -> Inclusion:
        """Proof that a statement is in the record under its head, to be checked without the record.

        Raises:
            UsageError: there is no such statement.
        """
        with self._store.reading() as connection:
            return inclusion(connection, self._store.statements, statement, self.head())

    def grown(self, first: Head) -> Consistency:
        """Proof that what an earlier head names is the beginning of the record, to be checked without the record.

        Raises:
            UsageError: the record holds fewer statements than that head names, or none.
        """
        with self._store.reading() as connection:
            return consistency(connection, self._store.statements, first, self.head())

    def backup(self, target: Path) -> None:
        """Copy the record to a new file, as it stands at one moment, while others go on using it.

        Raises:
            UsageError: the file exists already.
            LedgerUnwritable: it cannot be written.
        """
        self._needs_keeper("a backup")
        self._store.backup(target)

    def copy(self, place: Path | str) -> None:
        """Copy the record to a new file or an empty database: ids, proofs, signatures, what was erased and suppressed.

        Raises:
            UsageError: there is something at that place, or a book with a passphrase would go to a database.
            LedgerUnwritable: it cannot be written.
        """
        self._needs_keeper("a copy")
        with self._store.reading() as source:
            if isinstance(place, str) and "://" in place and locking.WRAPPED in locking.read(source):
                raise UsageError("a book with a passphrase stays a file: a database would hold what it seals")
            there = self._store.statements, self._store.heads
            make_store(place, lambda target: tables.pour(source, *there, target))

    def _needs_keeper(self, what: str) -> None:
        if not self._store.keeps:
            raise UsageError(f"{what} needs a keeper's login: this one does not read sealed statements (docs/teams.md)")

    # --- writing ---

    def _signer(self) -> Signer | None:
        if self._key is None and self._keys is not None:
            self._key = signer(self._keys)
        return self._key

    def _record(
        self,
        connection: Connection,
        drafts: tuple[Draft, ...],
        recorded: datetime,
        recorder: str,
        linker: Linker | None = None,
        coming: Sequence[Draft] = (),
    ) -> tuple[Batch, int]:
        """Insert a batch, still without its head; also how many older statements were sealed because of it."""
        if self._store.seals:
            locking.check_state(connection, self._vault)
        batch = batch_of(drafts, last_head(connection), recorded.astimezone(UTC), recorder)
        self.step.appends(batch.frontier.size - len(drafts), batch.frontier.size)
        hide = self._hiding
        hidden = 0 if hide is None else hide.batch(connection, batch.rows, tuple(batch.said), linker, coming)
        self._store.add(connection, batch.rows)
        return batch, hidden

    def _attest(self, connection: Connection, *touched: str) -> None:
        """Write a head without new statements, where there is one before it: something else changed that has a say."""
        last = last_head(connection)
        if last is not None:
            frontier = Frontier.unpack(last.size, last.frontier)
            instant = datetime.fromisoformat(last.recorded)
            attest(connection, self._store, self._name, frontier, instant, self._signer(), touched=touched)
