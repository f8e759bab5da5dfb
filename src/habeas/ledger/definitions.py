"""What a database holds beside rows: are its tables, guards and views those that this version makes, and no others?

A trigger may write what nobody recorded, a view may stand in a table's place, and a guard may be gone. What is there is
compared with what the steps of the record's format make, and with nothing that is kept in the record itself.

Before a record is read at all, less is asked, of every login and at little cost: whether each table and column that it is
read from is there and of its type (`amiss`). Where not, rows may be gone or read otherwise, and no answer is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Dialect, create_engine, select, text

from habeas.errors import NotALedger
from habeas.ledger import tables
from habeas.ledger.migrations import migrate

_KEPT_BY_SQLITE = "sqlite_stat"  # what ANALYZE leaves: of how rows are found, and not of what they say
_COLUMNS = {
    "sqlite": "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    "postgresql": """SELECT relname, attname, replace(format_type(atttypid, atttypmod), 'character varying', 'varchar')
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relnamespace = to_regnamespace('habeas') AND relkind = 'r' AND attnum > 0 AND NOT attisdropped""",
}


def amiss(connection: Connection, format_: int) -> dict[str, str]:
    """How the tables that a record of a format is read from are not those of that format, a phrase for each such table."""
    there: dict[str, dict[str, str]] = {}
    for table, column, type_ in connection.exec_driver_sql(_COLUMNS[connection.dialect.name]):
        there.setdefault(table, {})[column] = str(type_).upper()
    wanted = tables.columns_of(format_)
    if format_ == tables.FORMAT or tables.step.name in there:  # the first files were made without
        wanted[tables.step.name] = dict(tables.step.c)
    found = {name: _off(name, columns, there.get(name, {}), connection.dialect) for name, columns in wanted.items()}
    if found.get(tables.step.name) == "":
        steps = connection.execute(select(tables.step)).scalars().all()
        found[tables.step.name] = "" if steps == [str(format_)] else "the table alembic_version names another format"
    return {name: phrase for name, phrase in found.items() if phrase}


def _off(table: str, wanted: Mapping[str, Column[Any] | None], there: Mapping[str, str], dialect: Dialect) -> str:
    """What of a table is not as it should be, the first alone; empty where nothing is."""
    if not there and any(column is not None for column in wanted.values()):
        return f"the table {table} is missing"
    for name, column in wanted.items():
        type_, has = None if column is None else column.type.compile(dialect), there.get(name)
        if type_ != has:
            if has is None:
                return f"the column {name} of the table {table} is missing"
            if type_ is None:
                return f"the column {name} of the table {table} is of a newer format than the record says it is of"
            return f"the column {name} of the table {table} is of the type {has or 'none'}, and not {type_}"
    return ""


def refusal(title: str, found: Mapping[str, str]) -> NotALedger:
    """The sentence for a record whose tables are amiss."""
    first, *more = found.values()
    others = f" (and {len(more)} more)" if more else ""
    return NotALedger(
        f"{title} is damaged, {first}{others}: nothing was read from it or written; `habeas verify` says what else is off,"
        " restore it from a backup, or a copy that verifies"
    )


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
