"""Where a record lies: in a file, or in a PostgreSQL database. The only module that knows which is which."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection

from habeas.errors import UsageError
from habeas.ledger.sqlite import make_file, open_file
from habeas.ledger.store import Store


def open_store(place: Path | str, *, create: bool, begin: Callable[[Connection], None]) -> tuple[Store, dict[str, str]]:
    """The record at a path or an address, and what it keeps of the book itself; `begin` begins a new one."""
    if isinstance(place, Path) or "://" not in place:
        return open_file(Path(place), create=create, begin=begin)
    from habeas.ledger.postgres import open_database

    return open_database(place, create=create, begin=begin)


def make_store(place: Path | str, fill: Callable[[Connection], None]) -> None:
    """A new record that `fill` writes into, whole or not at all.

    Raises:
        UsageError: there is something at that place.
        LedgerUnwritable: it cannot be made there.
    """
    try:
        if isinstance(place, Path) or "://" not in place:
            make_file(Path(place), fill)
        else:
            from habeas.ledger.postgres import make_database

            make_database(place, fill)
    except FileExistsError as taken:
        what = Path(place).name if isinstance(place, Path) or "://" not in place else str(taken)
        raise UsageError(f"{what} holds something already: a copy needs a new file or an empty database") from None
