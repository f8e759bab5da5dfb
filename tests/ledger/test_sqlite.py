"""A record in a file: what else may lie there, what fails, and what is said then."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from habeas.errors import LedgerUnwritable, NotALedger
from habeas.ledger import Ledger, open_ledger
from habeas.nouns import Public, Team
from tests.ledger.conftest import ANYBODY, NOON, a_draft

Make = Callable[..., Ledger]
_NUMBERS = itertools.count()


def _damage(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for sql in statements:
        connection.execute(sql)
    connection.commit()
    connection.close()


def test_verify_finds_damaged_pages(make: Make, tmp_path: Path) -> None:
    ledger = make()
    ledger.append([a_draft(f"Person {n}") for n in range(2000)], recorded=NOON, recorder="k")
    ledger.close()
    path = tmp_path / "ledger.sqlite"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 64] = b"\xff" * 64
    path.write_bytes(raw)
    # Where the damage hits decides whether SQLite refuses the file or verify names it; never that it passes.
    with contextlib.suppress(NotALedger):
        assert open_ledger(path).verify(trust=ANYBODY)


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "text.sqlite"
    text.write_text("not a ledger, " * 200, encoding="utf-8")
    with pytest.raises(NotALedger, match=r"text\.sqlite is not a habeas ledger"):
        open_ledger(text, create=True)
    assert text.read_text(encoding="utf-8") == "not a ledger, " * 200
    other = tmp_path / "other.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE cats (name)")
    connection.commit()
    connection.close()
    before = other.read_bytes()
    with pytest.raises(NotALedger, match="not a habeas ledger"):
        open_ledger(other, create=True)
    assert other.read_bytes() == before
    with pytest.raises(NotALedger, match="is a folder"):
        open_ledger(tmp_path, create=True)
    with pytest.raises(NotALedger, match="run `habeas build` first"):
        open_ledger(tmp_path / "none.sqlite")


def test_a_newer_format_is_named(make: Make, tmp_path: Path) -> None:
    make().append([a_draft()], recorded=NOON, recorder="k")
    _damage(tmp_path / "ledger.sqlite", "PRAGMA user_version = 99")
    with pytest.raises(NotALedger, match="newer habeas"):
        open_ledger(tmp_path / "ledger.sqlite")


def test_an_emptied_file_is_no_new_ledger(tmp_path: Path) -> None:
    """A new salt in silence would change every id and lose every decision."""
    (tmp_path / "ledger.sqlite").touch()
    for create in (True, False):
        with pytest.raises(NotALedger, match=r"ledger\.sqlite is empty; restore it from a backup"):
            open_ledger(tmp_path / "ledger.sqlite", create=create)


def test_a_new_ledger_is_put_in_its_place_whole(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger:
        assert ledger.view(Public).statements == ()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ledger.sqlite"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnwritable, match="cannot be opened"):
        open_ledger(tmp_path / "nowhere" / "ledger.sqlite", create=True)


def test_a_full_disk_writes_nothing(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own page limit fails a write exactly as a full disk does (SQLITE_FULL), after part of it was done."""
    from sqlalchemy import event

    ledger = make()
    ledger.append([a_draft("Person A")], recorded=NOON, recorder="k")

    ledger._store._engine.dispose()  # it holds from the next connection on

    @event.listens_for(ledger._store._engine, "connect")
    def limit(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA max_page_count = 12")

    with pytest.raises(LedgerUnwritable, match="the disk is full: nothing was written"):
        ledger.append([a_draft("x" * 1000, "note") for _ in range(500)], recorded=NOON, recorder="k")
    assert [s.value for s in ledger.view(Team).statements] == ["Person A"]
    assert ledger.verify(trust=ANYBODY) == ()


def test_a_locked_ledger_says_so(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("habeas.ledger.sqlite._BUSY_SECONDS", 0)
    ledger = make()
    ledger.append([a_draft()], recorded=NOON, recorder="k")
    other = sqlite3.connect(tmp_path / "ledger.sqlite")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerUnwritable, match="in use by another program"):
        ledger.append([a_draft("Person B")], recorded=NOON, recorder="k")
    other.close()


def test_a_read_only_ledger_says_so(make: Make) -> None:
    from sqlalchemy import event

    ledger = make()
    ledger.append([a_draft()], recorded=NOON, recorder="k")

    ledger._store._engine.dispose()  # it holds from the next connection on

    @event.listens_for(ledger._store._engine, "connect")
    def freeze(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    with pytest.raises(LedgerUnwritable, match="read-only"):
        ledger.append([a_draft("Person B")], recorded=NOON, recorder="k")


def test_a_fault_of_the_disk_is_told_in_its_own_words(make: Make) -> None:
    from sqlalchemy import event

    ledger = make()

    ledger._store._engine.dispose()  # it holds from the next connection on

    @event.listens_for(ledger._store._engine, "connect")
    def fail(connection: sqlite3.Connection, record: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(LedgerUnwritable, match=r"could not be written \(disk I/O error\); it is as it was before"):
        ledger.append([a_draft()], recorded=NOON, recorder="k")
