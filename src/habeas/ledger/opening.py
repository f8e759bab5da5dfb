"""Open a ledger where it lies: a file or a team's database, upgraded and unlocked where that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from habeas.errors import LedgerError, LedgerUnwritable
from habeas.ledger import locking
from habeas.ledger.places import open_store
from habeas.ledger.record import Ledger


def open_ledger(
    place: Path | str,
    *,
    create: bool = False,
    keys: Path | None = None,
    today: date | None = None,
    passphrase: Callable[[], str | None] | None = None,
    cache: Path | None = None,
) -> Ledger:
    """The ledger at a path or a `postgresql://` address; with `create`, an empty one with a new salt where there is none.

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
    store, kept = open_store(place, create=create)
    salt = None if kept["salt"] == locking.SEALED_SALT else bytes.fromhex(kept["salt"])
    if cache is None and (isinstance(place, Path) or "://" not in place):
        cache = Path(place).with_name(f"{Path(place).name}-cache")
    ledger = Ledger(store, salt, kept["name"], keys, today, cache)
    try:
        if create or keys is not None:
            ledger.notice = store.upgrade()
    except LedgerUnwritable:
        pass  # what may not be written can be read as it is
    except BaseException:
        ledger.close()
        raise
    if ledger.locked and passphrase is not None:
        said = passphrase()
        if said is not None:
            try:
                ledger.unlock(said)
            except LedgerError:
                ledger.close()
                raise
    return ledger
