"""Whatever is changed in a record past habeas is found: every column of every table that the database itself names.

Each column is changed, emptied, given another type and swapped between two rows; each row is deleted, doubled, all are
deleted. The guards stand again afterwards, so that only what the rows say can tell.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from habeas.errors import HabeasError
from habeas.ledger import Ledger, open_ledger
from habeas.ledger.keys import Trust, known_signers
from habeas.ledger.vault import Cost
from habeas.nouns import Draft, Keeper, Links, Person, View, Visibility
from tests.ledger.conftest import NOON, a_draft
from tests.planted import damage

TODAY = date(2026, 1, 1)
WORD = "correct horse"
# What nothing that is shown hangs on: whether the file is still to be cleaned of what was sealed.
SAYS_NOTHING = frozenset({("vault", "scrub")})


def who(view: View[Keeper]) -> Links:
    entries = sorted({s.subject for s in view.statements if s.subject.startswith("entry:")})
    return Links(persons=tuple(Person(id=f"C-{n}", mentions=(e,)) for n, e in enumerate(entries)), unsure=())


def fill(ledger: Ledger) -> None:
    """A record with something in every table: three batches, an erasure, what is restricted and what is taken back."""

    def put(*drafts: Draft) -> list[str]:
        return [s.id for s in ledger.append(drafts, recorded=NOON, recorder="k", linker=who)]

    first = put(*(a_draft(f"Person {n}", subject=f"entry:list-1:{n}", published="2023") for n in "ABCD"))
    put(
        a_draft("1990-01-02", "born", subject="entry:list-1:A", visibility=Visibility.TEAM),
        a_draft("2021-02-03", "detained", subject="entry:list-1:B", original="3 Feb", lang="en", place="a.csv row 2"),
        a_draft("a remark", "note", subject="entry:list-1:B", visibility=Visibility.TEAM, reason="why"),
    )
    for prop, value in (("subject", "entry:list-1:A"), ("by", "k"), ("visibility", "team")):
        put(a_draft(value, prop, subject="restriction:r", visibility=Visibility.TEAM))
    put(a_draft(None, "name", subject="entry:list-1:D", retracts=first[3]))
    tombstone = [a_draft("person", "erased", subject="tombstone:1"), a_draft("1", "statements", subject="tombstone:1")]
    ledger.erase(
        [3], tombstone, names=["Person C"], entries=["entry:list-1:C"], recorded=NOON, recorder="k", linker=who
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], tuple[Path, Path]]:
    """A ledger in a file, plain or locked, and the folder of its keys."""
    folder = tmp_path_factory.mktemp("made")
    done: dict[bool, tuple[Path, Path]] = {}

    def make(locked: bool) -> tuple[Path, Path]:
        if locked not in done:
            path, keys = folder / f"{locked}.sqlite", folder / f"keys-{locked}"
            with open_ledger(path, create=True, keys=keys, today=TODAY) as ledger:
                if locked:
                    ledger.lock(WORD, who, Cost(n=2))
                fill(ledger)
                ledger.who_is_who(who, "1")
            with closing(sqlite3.connect(path)) as raw:
                raw.execute("PRAGMA journal_mode=DELETE")
            done[locked] = path, keys
        return done[locked]

    return make


def other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"\0"
    return value + 1 if isinstance(value, int) else f"{value}x"


def literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def mutations(columns: list[str], rows: list[dict[str, Any]], table: str) -> Iterator[list[str]]:
    """SQL that changes what a table holds; the first column is its key."""

    def where(row: dict[str, Any]) -> str:
        return f"WHERE {columns[0]} = {literal(row[columns[0]])}"

    some = rows if len(rows) < 5 else [rows[0], rows[2], rows[len(rows) // 2], rows[-1]]
    for column in columns:
        for row in some:
            for value in (other(row[column]), None, b"\0", -1, "", "zz"):
                if value != row[column]:
                    yield [f"UPDATE {table} SET {column} = {literal(value)} {where(row)}"]
        for one, two in zip(some, some[1:], strict=False):
            if column != columns[0] and one[column] != two[column]:
                yield [
                    f"UPDATE {table} SET {column} = {literal(two[column])} {where(one)}",
                    f"UPDATE {table} SET {column} = {literal(one[column])} {where(two)}",
                ]
    for row in some:
        yield [f"DELETE FROM {table} {where(row)}"]
        for key in (other(row[columns[0]]), 0, 10_000, "zz"):
            values = [literal(key), *(literal(row[column]) for column in columns[1:])]
            yield [f"INSERT INTO {table} VALUES ({', '.join(values)})"]
            if "id" in columns:
                values[columns.index("id")] = "'aaaaaaaaaaaaaaaa'"
                yield [f"INSERT INTO {table} VALUES ({', '.join(values)})"]
    if rows:
        yield [f"DELETE FROM {table}"]
        yield [f"DELETE FROM {table} WHERE rowid > 1"] if len(rows) > 1 else []
    else:
        yield [f"INSERT INTO {table} VALUES ({', '.join('1' for _ in columns)})"]


def tables_of(path: Path) -> dict[str, list[str]]:
    """Every table in a file and its columns, the key first, as the file itself says."""
    with closing(sqlite3.connect(path)) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [row[1] for row in sorted(raw.execute(f"PRAGMA table_info({name})"), key=lambda r: not r[5])]
            for name in names
        }


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as raw:
        raw.text_factory = bytes
        return [repr(row) for name in tables_of(path) for row in raw.execute(f"SELECT * FROM {name} ORDER BY 1")]


@pytest.mark.parametrize("locked", [False, True], ids=["plain", "locked"])
def test_every_change_of_every_column_is_found(
    made: Callable[[bool], tuple[Path, Path]], tmp_path: Path, locked: bool
) -> None:
    source, keys = made(locked)
    trust = Trust(signers=known_signers(keys))
    words = [WORD, None] if locked else [None]
    before, tried, missed = dump(source), 0, []
    for table, columns in tables_of(source).items():
        with closing(sqlite3.connect(source)) as raw:
            rows = [
                dict(zip(columns, row, strict=True)) for row in raw.execute(f"SELECT {', '.join(columns)} FROM {table}")
            ]
        for sql in mutations(columns, rows, table):
            path = shutil.copyfile(source, tmp_path / "l.sqlite")
            try:
                damage(path, *sql)
            except sqlite3.IntegrityError:
                continue  # the table itself refuses it
            if dump(path) == before or any(f"'{key}'" in sql[0] for name, key in SAYS_NOTHING if name == table):
                continue
            tried += 1
            missed += [(sql, word, said) for word in words if (said := told(path, word, trust)) != "found"]
    assert tried > 400
    assert not missed, missed


def told(path: Path, word: str | None, trust: Trust) -> str:
    """`found` where verify says that something is off, or the ledger cannot even be opened, in a sentence."""
    try:
        with open_ledger(path, today=TODAY, passphrase=lambda: word) as ledger:
            return "found" if ledger.verify(trust=trust) else "passed"
    except HabeasError as error:
        return "found" if str(error) else "no sentence"
    except Exception as error:  # noqa: BLE001 -- whatever comes up as a traceback
        return repr(error)


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
