"""Open a ledger where it lies: a file or a team's database, upgraded and unlocked where that is asked for."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from habeas.errors import LedgerUnwritable, NotALedger
from habeas.ledger import locking, tables
from habeas.ledger.ids import MARK, IdKeys, fingerprint
from habeas.ledger.places import open_store
from habeas.ledger.record import Ledger
from habeas.nouns import Book

_HEX = re.compile(r"(?:[0-9a-f]{2}){16,}").fullmatch


def open_ledger(
    place: Path | str,
    *,
    create: bool = False,
    keys: Path | None = None,
    today: date | None = None,
    passphrase: Callable[[], str | None] | None = None,
    cache: Path | None = None,
    book: Book | None = None,
) -> Ledger:
    """The ledger at a path or a `postgresql://` address; with `create`, an empty one where there is none.

    The ids of a new ledger are made with the key of `book`, which lies in the folder `keys`, and is made there where the
    book has none yet (`notice` says so); without a book or that folder the ledger holds a salt of its own.

    Heads are signed with the key in the folder `keys` (made there where there is none); without it they are not signed.
    `today` is the day on which consents hold; without it, one that ends at some time holds no more. `passphrase` is asked
    where the book has one; without it, or where it gives None, the book stays locked. A record of an older format that is
    opened with `keys`, so to be written, is upgraded; `notice` says so. `cache` is the folder of what is worked
    out of the record and kept; without it, one beside the file, and none beside a database.

    Raises:
        UsageError: the address cannot be used.
        NoLedger: there is none yet, and `create` was not asked for.
        LedgerLocked: it is another passphrase.
        LedgerUnreachable: no server answers there, or it does not let this login in.
        NotALedger: it is something else, of a newer format than this version reads, or not for this login.
        LedgerUnwritable: it cannot be made or opened.
    """
    ids, beginning = None, _Beginning(None, "")
    if passphrase is not None:
        passphrase = functools.cache(passphrase)  # a person is asked once
    if keys is not None and book is not None:
        ids = IdKeys(folder=keys, book=book.id, asked=passphrase)
        beginning = _Beginning(ids, book.ids_key)
    store, kept = open_store(place, create=create, begin=beginning)
    if cache is None and (isinstance(place, Path) or "://" not in place):
        cache = Path(place).with_name(f"{Path(place).name}-cache")
    with ExitStack() as undo:
        undo.callback(store.close)
        mark, name = _identity(store.title, kept)
        ledger = Ledger(store, _salt(mark, ids), name, keys, today, cache, ids=ids, mark=mark)
        if create or keys is not None:
            with suppress(LedgerUnwritable):  # what may not be written can be read as it is
                ledger.notice = store.upgrade()
                if keys is not None:
                    ledger.vouch()
        said = passphrase() if ledger.locked and passphrase is not None else None
        if said is not None:
            ledger.unlock(said)
        ledger.notice = beginning.notice or ledger.notice
        undo.pop_all()
    return ledger


class _Beginning:
    """Begins a new record: with the mark of the book's key of ids, which is made where there is none."""

    def __init__(self, ids: IdKeys | None, pinned: str) -> None:
        self._ids, self._pinned, self.notice = ids, pinned, ""

    def __call__(self, connection: Connection) -> None:
        if self._ids is None:
            tables.begin(connection)
            return
        secret, made = self._ids.own(self._pinned)
        mark = fingerprint(secret)
        if made:
            self.notice = (
                f"the ids of this book are made with a new key, ids/{self._ids.path.name} beside the signing key: keep a"
                f' copy of it, and write ids_key = "{mark}" into book.toml, so that no other machine makes other ids'
            )
        tables.begin(connection, f"{MARK}{mark}")


def _identity(title: str, kept: Mapping[str, str]) -> tuple[str, str]:
    """The mark of the key of its ids, or an older ledger's salt; and the record's own name.

    Raises:
        NotALedger: somebody changed or removed them.
    """
    mark, name = kept.get("salt"), kept.get("name")
    marks = isinstance(mark, str) and (mark == locking.SEALED_SALT or mark.startswith(MARK) or _HEX(mark))
    if marks and isinstance(mark, str) and isinstance(name, str):
        return mark, name
    raise NotALedger(
        f"{title} does not say whose record it is (its table `book` was changed): restore it from a backup, or a copy"
        " that verifies"
    )


def _salt(stands: str, ids: IdKeys | None) -> bytes | None:
    """What makes the ids, as far as it is at hand: an older ledger holds it itself."""
    if stands == locking.SEALED_SALT:
        return None
    if stands.startswith(MARK):
        return None if ids is None else ids.find(stands.removeprefix(MARK))
    salt = bytes.fromhex(stands)
    if ids is not None:
        ids.adopt(salt)
    return salt
