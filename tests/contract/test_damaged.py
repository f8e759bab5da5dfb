"""A ledger whose tables are not as they were made: no command answers from it or writes to it, and each says so in a sentence.

Over every table and column that the database itself names. `test_mutations` changes what the rows say; here it is the
tables that are other.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.ledger.tables import FORMAT
from tests.cli.conftest import Ran, Run, book, run
from tests.contract.conftest import Kind, Place
from tests.contract.test_mutations import dump

__all__ = ["book", "run"]

READING = (("ask", "inside"), ("log",), ("link",), ("publish", "site"))
WRITING = (
    ("read",),
    ("build",),
    ("undo", "1", "--reason", "r"),
    ("restrict", "Placeholder Alphaev", "--to", "team", "--reason", "r"),
)


VERIFY = ("verify",)
# Where a writer notes what it is about to write; nothing is read from it.
NEVER_READ = frozenset({"opened"})
# Without what names the format, a database is told from that of another program by nothing.
SAID = {
    "alembic_version": ("is damaged", "not a habeas ledger", "does not say of which format", "not as habeas made it"),
}


@pytest.fixture
def built(run: Run, book: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The ledger of the book, which HABEAS_LEDGER names."""
    found = kind.place()
    monkeypatch.setenv("HABEAS_LEDGER", str(found))
    assert run("build", "-b", book).code == 0
    assert run("verify", "-b", book).code == 0
    return found


def all_rows(kind: Kind, place: Place) -> dict[str, list[str]]:
    return {table: dump(kind, place, table, columns) for table, columns in kind.tables(place).items()}


def files(folder: Path) -> dict[Path, bytes]:
    """Everything in a book but its ledger."""
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and ".sqlite" not in p.name}


def is_refused(table: str, told: Ran) -> bool:
    damaged = any(word in told.err for word in SAID.get(table, ("is damaged",)))
    return told.code == 2 and told.err.count("\n") == 1 and damaged


def is_as_it_should(table: str, what: tuple[str, ...], told: Ran) -> bool:
    """`verify` lists what is off, and where it cannot even begin, it refuses; all others refuse."""
    if what == VERIFY:
        return told.code == 1 or is_refused(table, told)
    return table in NEVER_READ or is_refused(table, told)


def test_without_a_table_nothing_is_answered_and_nothing_written(
    run: Run, book: Path, kind: Kind, built: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = files(book)
    wrong: list[object] = []
    for table in kind.tables(built).keys() - NEVER_READ:
        there, back = f"ALTER TABLE {table} RENAME TO gone", f"ALTER TABLE gone RENAME TO {table}"
        with kind.remade(built, [there], [back]) as place:
            monkeypatch.setenv("HABEAS_LEDGER", str(place))
            before = all_rows(kind, place)
            said = {what: run(*what, "-b", book) for what in (*READING, *WRITING, VERIFY)}
            wrong += [(table, what, told) for what, told in said.items() if not is_as_it_should(table, what, told)]
            assert all_rows(kind, place) == before
    assert not wrong
    assert files(book) == pages


@pytest.mark.parametrize("other", [(), ("ADD COLUMN {column} NUMERIC",)], ids=["gone", "of another type"])
def test_without_a_column_as_it_was_made_nothing_is_answered(
    run: Run, book: Path, kind: Kind, built: Place, other: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong: list[object] = []
    for table, columns in kind.tables(built).items():
        for column in columns:
            with kind.remade(built, *changes(table, column, other)) as place:
                monkeypatch.setenv("HABEAS_LEDGER", str(place))
                said = {what: run(*what, "-b", book) for what in (READING[0], VERIFY)}
                wrong += [
                    (table, column, what, told) for what, told in said.items() if not is_as_it_should(table, what, told)
                ]
    assert not wrong


def changes(table: str, column: str, other: tuple[str, ...]) -> tuple[list[str], list[str]]:
    there = [f"ALTER TABLE {table} RENAME COLUMN {column} TO was_{column}"]
    back = [f"ALTER TABLE {table} RENAME COLUMN was_{column} TO {column}"]
    for added in other:
        there.append(f"ALTER TABLE {table} {added.format(column=column)}")
        back.insert(0, f"ALTER TABLE {table} DROP COLUMN {column}")
    return there, back


def formats(kind: Kind, number: object) -> list[str]:
    pragma = [f"PRAGMA user_version = {number}"] if kind.name == "sqlite" and isinstance(number, int) else []
    return [f"UPDATE alembic_version SET version_num = '{number}'", *pragma]


@pytest.mark.parametrize("number", [FORMAT + 1, FORMAT - 1, 1, 0, -1, "", "x", "٣"])
def test_of_another_format_nothing_is_answered(
    run: Run, book: Path, kind: Kind, built: Place, number: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither of a newer one, nor of a number that its tables do not bear out."""
    with kind.remade(built, formats(kind, number), formats(kind, FORMAT)) as place:
        monkeypatch.setenv("HABEAS_LEDGER", str(place))
        before = all_rows(kind, place)
        for what in (*READING, *WRITING, VERIFY):
            told = run(*what, "-b", book)
            assert told.code == 2 or (what == VERIFY and told.code == 1), (what, told)
            assert told.err.count("\n") == 1 or told.code == 1, (what, told)
        assert all_rows(kind, place) == before
