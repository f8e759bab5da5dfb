"""Whatever is changed in a record past habeas is found: every column of every table that the database itself names.

Each column is changed, emptied, given another type and swapped between two rows; each row is deleted, doubled, all are
deleted. The guards stand again afterwards, so that only what the rows say can tell.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
from psycopg import errors
from sqlalchemy import NullPool, create_engine, text

from habeas.ledger import catalogue, open_ledger
from habeas.ledger.keys import Trust, known_signers
from tests.contract.conftest import InPostgres, InSqlite, Kind, Place
from tests.contract.mutating import TODAY, UNREAD, WORD, make, mutations, told

# What nothing that is shown hangs on: whether the file is still to be cleaned of what was sealed.
SAYS_NOTHING = frozenset({("vault", "scrub")})
# A database itself refuses it: the row, or a value of another type.
REFUSED = (sqlite3.IntegrityError, errors.IntegrityError, errors.DataError, errors.DatatypeMismatch)


def dump(kind: Kind, place: Place, table: str, columns: list[str]) -> list[str]:
    """All that a table says, byte by byte: a text may be damaged."""
    read = (f"typeof({c}), CAST({c} AS BLOB)" if kind.name == "sqlite" else c for c in columns)
    return sorted(map(repr, kind.run(place, f"SELECT {', '.join(read)} FROM {table}")))


def missed_in(kind: Kind, place: Place, keys: Path, words: list[str | None]) -> tuple[int, list[object]]:
    """How many changes of a record were tried, and those of which `verify` says nothing, or no sentence."""
    trust = Trust(signers=known_signers(keys))
    assert {told(place, word, trust) for word in words} == {"passed"}
    tried, missed = 0, []
    for table, columns in kind.tables(place).items():
        before = dump(kind, place, table, columns)
        found = kind.run(place, f"SELECT {', '.join(columns)} FROM {table}")
        rows = [dict(zip(columns, row, strict=True)) for row in found]
        for sql in mutations(table, rows, columns, kind.literal):
            if any(f"'{key}'" in sql[0] for name, key in SAYS_NOTHING if name == table):
                continue
            try:
                with kind.changed(place, table, *sql) as changed:
                    if dump(kind, changed, table, columns) == before:
                        continue
                    tried += 1
                    said = {told(changed, word, trust) for word in words}
            except REFUSED:
                continue
            # A reader may be shown nothing, and verify says it; never something else.
            fine = {"found", UNREAD} if table == "showing" else {"found"}
            missed += [(sql, said)] if said - fine else []
        assert dump(kind, place, table, columns) == before
    return tried, missed


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], tuple[Path, Path]]:
    """A ledger in a file, plain or locked, and the folder of its keys."""
    folder = tmp_path_factory.mktemp("made")

    @cache
    def one(locked: bool) -> tuple[Path, Path]:
        path, keys = folder / f"{locked}.sqlite", folder / f"keys-{locked}"
        make(path, keys, locked=locked)
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("PRAGMA journal_mode=DELETE")
        return path, keys

    return one


@pytest.mark.parametrize("locked", [False, True], ids=["plain", "locked"])
def test_every_change_of_every_column_of_a_file_is_found(
    made: Callable[[bool], tuple[Path, Path]], tmp_path: Path, locked: bool
) -> None:
    path, keys = made(locked)
    tried, missed = missed_in(InSqlite(tmp_path), path, keys, [WORD, None] if locked else [None])
    assert tried > 400
    assert not missed, missed


def test_every_change_of_every_column_of_a_database_is_found(
    postgres: InPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book with a passphrase stays a file, so there is a plain one only."""
    place, keys = postgres.place(), tmp_path / "keys"
    make(place, keys, locked=False)
    url = place.replace("postgresql:", "postgresql+psycopg:")
    with create_engine(url, poolclass=NullPool).connect() as connection:
        connection.execute(text("SET search_path = habeas, pg_temp"))
        ours = catalogue.made(connection)  # and nothing is committed
    monkeypatch.setattr(catalogue, "made", lambda connection: ours)  # noqa: ARG005 -- no row has a say in it
    tried, missed = missed_in(postgres, place, keys, [None])
    assert tried > 400
    assert not missed, missed


DEFINITIONS = (
    ("DROP TRIGGER statement_no_update", "the trigger statement_no_update is missing"),
    ("CREATE TRIGGER mine AFTER INSERT ON statement BEGIN SELECT 1; END", "the trigger mine is none that habeas makes"),
    ("CREATE TABLE mine (a)", "the table mine is none that habeas makes"),
    ("DROP INDEX statement_subject", "the index statement_subject is missing"),
    ("DROP TABLE suppressed", "the table suppressed is missing"),
    ("DROP TABLE erased", "the table erased is missing"),
    ("DROP TABLE head", "the table head is missing"),
    ("DROP TABLE statement", "the table statement is missing"),
    ("DROP TABLE vault", "the table vault is missing"),
    ("ALTER TABLE head ADD COLUMN mine", "the table head is not as habeas makes it"),
    ("UPDATE alembic_version SET version_num = '2'", "the table alembic_version names another format"),
    ("PRAGMA user_version = 2", "the signature of the head of batch 1"),
)


@pytest.mark.parametrize(("sql", "what"), DEFINITIONS)
def test_tables_and_guards_that_are_not_ours_are_found(
    made: Callable[[bool], tuple[Path, Path]], tmp_path: Path, sql: str, what: str
) -> None:
    source, keys = made(False)
    path = shutil.copyfile(source, tmp_path / "l.sqlite")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(sql)
        raw.commit()
    before = path.read_bytes()
    with open_ledger(path, today=TODAY) as ledger:
        assert what in " / ".join(p.what for p in ledger.verify(trust=Trust(signers=known_signers(keys))))
    assert path.read_bytes() == before


def test_a_view_in_the_place_of_a_table_is_found(made: Callable[[bool], tuple[Path, Path]], tmp_path: Path) -> None:
    path = shutil.copyfile(made(False)[0], tmp_path / "l.sqlite")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("ALTER TABLE suppressed RENAME TO hers")
        raw.execute("CREATE VIEW suppressed AS SELECT * FROM hers LIMIT 0")
        raw.commit()
    with open_ledger(path, today=TODAY) as ledger:
        assert "the view suppressed is none that habeas makes" in [p.what for p in ledger.verify()]
