"""What a database holds beside rows: are its tables, guards and views those that this version makes, and no others?

A trigger may write what nobody recorded, a view may stand in a table's place, and a guard may be gone. What is there is
compared with what the steps of the record's format make, and with nothing that is kept in the record itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from sqlalchemy import Connection, create_engine, text

from habeas.ledger.migrations import migrate

_KEPT_BY_SQLITE = "sqlite_stat"  # what ANALYZE leaves: of how rows are found, and not of what they say


def differences(ours: Mapping[str, str], there: Mapping[str, str]) -> Iterator[str]:
    """How definitions, by name, differ from ours, a phrase each."""
    yield from (f"{what} is missing" for what in sorted(ours.keys() - there.keys()))
    yield from (f"{what} is none that habeas makes" for what in sorted(there.keys() - ours.keys()))
    yield from (
        f"{what} is not as habeas makes it" for what, how in sorted(ours.items()) if there.get(what, how) != how
    )


def of_sqlite(connection: Connection) -> dict[str, str]:
    """Everything that a file defines, by kind and name; one step says its SQL with other blanks than the next."""
    found = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    return {
        f"the {row.type} {row.name}": f"{row.tbl_name} {' '.join(str(row.sql).split())}"
        for row in found
        if not str(row.name).startswith(_KEPT_BY_SQLITE)
    }


@cache
def made_by_sqlite(format_: int) -> dict[str, str]:
    """Everything that a new file of a format defines."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            migrate(connection, to=format_)
            return of_sqlite(connection)
    finally:
        engine.dispose()
