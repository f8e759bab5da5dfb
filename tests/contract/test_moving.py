"""Erased, undone, copied, backed up, upgraded: on every store, and from every store to every other."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, FromClause, insert, select, text

from habeas.errors import LedgerUnwritable, UsageError
from habeas.ledger import Ledger, open_ledger, sealing, tables
from habeas.ledger.keys import Trust
from habeas.ledger.migrations import migrate
from habeas.nouns import Draft, Keeper, Public, Team, Visibility
from habeas.pipeline import undo
from tests.answers.conftest import a_book
from tests.contract.conftest import InPostgres, InSqlite, Kind, Make, Place
from tests.contract.server import Server
from tests.ledger.conftest import ANYBODY, NOON, a_draft
from tests.strategies import custody_drafts

FORMAT_1 = Path(__file__).parents[1] / "fixtures" / "right" / "format-1.sqlite"
NAME = "Zqxname Person"
TOMBSTONE = a_draft("person", "erased", subject="tombstone:1", source="person:k")


def lived(ledger: Ledger) -> Ledger:
    """A record in which everything has happened once: a correction, a withdrawal, an erasure."""
    a, b, c, _ = ledger.append(
        [
            a_draft("Person A", original="Особа А", lang="be", place="row 2"),
            a_draft("2021-05", "detained"),
            a_draft("a note", "note", visibility=Visibility.SEALED),
            a_draft(NAME, subject="entry:list-1:row2"),
        ],
        recorded=NOON,
        recorder="k",
    )
    later = NOON + timedelta(days=1)
    ledger.append([a_draft("2021-06", "detained", retracts=b.id, reason="corrected")], recorded=later, recorder="k")
    ledger.append([a_draft(None, "note", retracts=c.id, visibility=Visibility.SEALED)], recorded=later, recorder="k")
    ledger.erase([4], [TOMBSTONE], names=[NAME], entries=["entry:list-1:row2"], recorded=later, recorder="k")
    assert a.seq == 1
    return ledger


def whole(ledger: Ledger) -> tuple[object, ...]:
    """All that makes a record the same record."""
    return (
        ledger.heads(),
        ledger.history(Keeper),
        ledger.make_id("x"),
        ledger.suppression().named_in(NAME),
        [ledger.view(audience).statements for audience in (Public, Team, Keeper)],
    )


OLDER = Trust(unsigned=True, older=True)
ALONE = "it is of an older format: its heads vouch for its statements, not for what was erased, suppressed or sealed"
SINCE = ("sealed", "state")  # columns that format 1 has not


def rows(kind: Kind, place: Place, *, old: bool = False) -> list[list[tuple[object, ...]]]:
    """Every row of every table, as it lies there; of an old record, what format 1 has."""
    found = []
    for table in tables.RECORD:
        if old and table is tables.vault:
            continue
        order = ", ".join(column.name for column in table.primary_key)
        columns = ", ".join(column.name for column in table.c if not (old and column.name in SINCE))
        found.append(kind.run(place, f"SELECT {columns} FROM {table.name} ORDER BY {order}"))
    return found


def test_what_is_erased_is_empty_and_the_rest_verifies(kind: Kind, make: Make) -> None:
    ledger = lived(make())
    assert ledger.verify(ledger.heads(), trust=ANYBODY) == ()
    assert NAME not in repr(ledger.history(Keeper))
    assert ledger.suppression().entry("entry:list-1:row2")
    assert not ledger.suppression().named_in("Person A")
    ((nonce, value, subject),) = kind.run(kind.place(), "SELECT nonce, value, subject FROM statement WHERE seq = 4")
    assert (nonce, value, subject) == (None, None, None)
    for sql in (
        "UPDATE statement SET value = 'x' WHERE seq = 4",
        "UPDATE statement SET commitment = commitment WHERE seq = 1",
        f"UPDATE statement SET nonce = NULL, {', '.join(f'{c} = NULL' for c in tables.CONTENT)} WHERE seq = 1",
        "DELETE FROM erased",
    ):
        with pytest.raises(kind.refused, match="append-only"):
            kind.run(kind.place(), sql)
    with pytest.raises(UsageError, match="there is nothing to erase"):
        ledger.erase([], [TOMBSTONE], names=[], entries=[], recorded=NOON, recorder="k")


def test_what_a_ledger_has_read_goes_on_as_the_record_does(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever somebody else adds or erases: who has the record open reads what who opens it now reads."""
    mine, theirs = make(), make()
    assert mine.view(Keeper).statements == ()
    theirs.append([a_draft("Person 0")], recorded=NOON, recorder="k")
    read: list[int] = []
    rows = sealing.rows

    def counted(*args: object, after: int = 0) -> object:
        read.append(after)
        return rows(*args, after=after)  # type: ignore[arg-type]

    for number in range(1, 3):
        assert mine.view(Keeper).statements == make().view(Keeper).statements
        theirs.append([a_draft(f"Person {number}")], recorded=NOON, recorder="k")
        with monkeypatch.context() as patched:
            patched.setattr(sealing, "rows", counted)
            mine.view(Keeper)
        assert mine.history(Keeper) == make().history(Keeper)
    assert read == [1, 2]  # only what was added
    erased = mine.view(Keeper).statements[1]
    theirs.erase([erased.seq], [TOMBSTONE], names=["Person 1"], entries=[], recorded=NOON, recorder="k")
    assert mine.view(Keeper).statements == make().view(Keeper).statements
    assert "Person 1" not in repr(mine.history(Keeper))
    theirs.append([a_draft("Person 4")], recorded=NOON, recorder="k")
    assert mine.history(Keeper) == make().history(Keeper)


def test_no_byte_of_what_was_erased_is_left_in_the_files_of_a_file(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger:
        lived(ledger)
    assert [p.name for p in tmp_path.rglob("*") if NAME.encode() in p.read_bytes()] == []


def test_no_byte_of_what_was_erased_is_left_in_the_tables_of_a_server(postgres: InPostgres, server: Server) -> None:
    """Its write-ahead log is its own: docs/teams.md says so."""
    place = postgres.place()
    with open_ledger(place, create=True) as ledger:
        ledger.append([a_draft(NAME), a_draft(NAME + " again", "note")], recorded=NOON, recorder="k")
        ledger.share()
        postgres.run(place, "CHECKPOINT")
        ((folder,),) = postgres.run(place, "SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()")

        def holding() -> list[str]:
            postgres.run(place, "CHECKPOINT")
            files = [p for p in (server.files / folder).iterdir() if p.is_file()]
            return [p.name for p in files if NAME.encode() in p.read_bytes()]

        assert holding()
        ledger.erase([1, 2], [TOMBSTONE], names=[NAME], entries=[], recorded=NOON, recorder="k")
        ledger.share()
        postgres.run(place, "ANALYZE")
        assert holding() == []


KINDS = ("sqlite", "postgresql")


@pytest.fixture
def kinds(tmp_path: Path, postgres: InPostgres) -> dict[str, Kind]:
    return {"sqlite": InSqlite(tmp_path), "postgresql": postgres}


@pytest.mark.parametrize("source", KINDS)
@pytest.mark.parametrize("target", KINDS)
def test_a_copy_is_the_same_record(kinds: dict[str, Kind], source: str, target: str, tmp_path: Path) -> None:
    there, here = kinds[source].place("one"), kinds[target].place("two")
    with open_ledger(there, create=True, keys=tmp_path / "keys") as ledger:
        lived(ledger)
        ledger.copy(here)
        with open_ledger(here, keys=tmp_path / "keys") as copy:
            assert whole(copy) == whole(ledger)
            assert copy.verify(ledger.heads(), trust=ANYBODY) == ()
            proof = copy.prove(ledger.view(Public).statements[0].id)
            assert proof.holds()
            assert rows(kinds[source], there) == rows(kinds[target], here)
            # Each goes on by itself, from the same head.
            copy.append([a_draft("Person C")], recorded=NOON, recorder="k")
            assert copy.verify(ledger.heads(), trust=ANYBODY) == ()
            assert len(ledger.heads()) == len(copy.heads()) - 1
        with pytest.raises(UsageError, match="holds something already: a copy needs a new file or an empty database"):
            ledger.copy(here)
    with pytest.raises(kinds[target].refused, match="append-only"):
        kinds[target].run(here, "UPDATE statement SET value = 'x'")


def test_a_copy_that_fails_leaves_nothing(kinds: dict[str, Kind]) -> None:
    with open_ledger(kinds["sqlite"].place(), create=True) as ledger:
        ledger.append([a_draft("Person A"), a_draft("Person\0B")], recorded=NOON, recorder="k")
        target = kinds["postgresql"].place("target")
        with pytest.raises(LedgerUnwritable, match="holds a NUL character, which PostgreSQL does not keep"):
            ledger.copy(target)
        assert kinds["postgresql"].run(target, "SELECT 1 FROM pg_namespace WHERE nspname = 'habeas'") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@given(first=st.lists(custody_drafts(), min_size=1, max_size=5), second=st.lists(custody_drafts(), max_size=5))
def test_there_and_back_again_is_the_same_record(
    kinds: dict[str, Kind], first: list[Draft], second: list[Draft]
) -> None:
    there, here, back = kinds["sqlite"].place("a"), kinds["postgresql"].place("b"), kinds["sqlite"].place("c")
    for kind, place in (("sqlite", there), ("postgresql", here), ("sqlite", back)):
        kinds[kind].clear(place)
    with open_ledger(there, create=True) as ledger:
        for drafts in (first, second):
            ledger.append(drafts, recorded=NOON, recorder="k")
        ledger.copy(here)
        with open_ledger(here) as copy:
            copy.copy(back)
            assert copy.history(Keeper) == ledger.history(Keeper)
    assert rows(kinds["sqlite"], there) == rows(kinds["postgresql"], here) == rows(kinds["sqlite"], back)
    with open_ledger(back) as again:
        assert again.verify(trust=ANYBODY) == ()


def test_a_backup_is_of_one_moment(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is copied somebody records: the copy has all of it or nothing."""
    ledger = lived(make())
    before = ledger.heads()
    poured: Callable[..., None] = tables.pour

    def pour(source: Connection, statements: FromClause, heads: FromClause, target: Connection) -> None:
        source.execute(text("SELECT 1 FROM head"))  # the moment
        ledger.append([a_draft("Person Z")], recorded=NOON, recorder="k")
        poured(source, statements, heads, target)

    monkeypatch.setattr("habeas.ledger.tables.pour", pour)
    ledger.backup(tmp_path / "backup.sqlite")
    with open_ledger(tmp_path / "backup.sqlite") as copy:
        assert copy.heads() == before
        assert copy.verify(before, trust=ANYBODY) == ()
    assert ledger.verify(before, trust=ANYBODY) == ()


def test_undo_takes_a_batch_back(make: Make, tmp_path: Path) -> None:
    ledger = make()
    ledger.append([a_draft("Person A"), a_draft("2021", "detained")], recorded=NOON, recorder="k")
    stood = [(s.prop, s.value) for s in ledger.view(Keeper).statements]
    wrong = ledger.view(Keeper).statements[1]
    ledger.append([a_draft("2022", "detained", retracts=wrong.id)], recorded=NOON, recorder="k")
    undo(a_book(tmp_path), ledger, 2, reason="typed wrongly", now=NOON)
    assert sorted((s.prop, s.value) for s in ledger.view(Keeper).statements) == sorted(stood)
    assert ledger.verify(trust=ANYBODY) == ()


def old(kind: Kind) -> Place:
    """A record of format 1: the file as an earlier habeas made it, or a database with the tables of that format."""
    place = kind.place("old")
    if isinstance(place, Path):
        shutil.copy(FORMAT_1, place)
        return place
    from sqlalchemy import create_engine

    engine = create_engine(place.replace("postgresql://", "postgresql+psycopg://"))
    source = create_engine(f"sqlite:///{FORMAT_1}")
    with engine.begin() as connection, source.connect() as file:
        connection.execute(text("CREATE SCHEMA habeas"))
        connection.execute(text("SET search_path = habeas"))
        migrate(connection, to=1)
        for table in (t for t in tables.RECORD if t is not tables.vault):
            columns = [c for c in table.c if c.name not in SINCE]
            said = [dict(row) for row in file.execute(select(*columns)).mappings()]
            if said:
                connection.execute(insert(table), said)
    engine.dispose()
    source.dispose()
    return place


def test_an_older_record_is_read_as_it_is_and_upgraded_to_be_written(kind: Kind, tmp_path: Path) -> None:
    place = old(kind)
    before = rows(kind, place, old=True)
    with open_ledger(place) as ledger:
        assert ledger.notice is None
        heads = ledger.heads()
        kept = whole(ledger)
        assert ledger.verify(heads, OLDER) == ()
        assert [p.what for p in ledger.verify(heads, ANYBODY)] == [ALONE]
    assert rows(kind, place, old=True) == before
    with open_ledger(place, keys=tmp_path / "keys") as ledger:
        assert ledger.notice is not None
        assert "was brought from format 1 to 3; as it was, it is kept in" in ledger.notice
        assert whole(ledger)[1:] == kept[1:]
        assert ledger.heads()[:-1] == heads  # and one more, which vouches for the whole of it
        assert ledger.verify(heads, trust=ANYBODY) == ()
        now = rows(kind, place, old=True)
        assert [now[0][1:], now[1], now[2][:-1], *now[3:]] == [before[0][1:], *before[1:]]
        ledger.append([a_draft("Person C")], recorded=NOON, recorder="k")
        ledger.share()
        assert ledger.verify(heads, trust=ANYBODY) == ()
    with open_ledger(place, keys=tmp_path / "keys") as ledger:
        assert ledger.notice is None
    with pytest.raises(kind.refused, match="append-only"):
        kind.run(place, "UPDATE statement SET value = 'x'")


def test_the_first_writer_upgrades_too(kind: Kind, tmp_path: Path) -> None:
    place = old(kind)
    with open_ledger(place) as ledger:
        ledger._keys = tmp_path / "keys"  # opened with them, it would be upgraded before it is written
        heads = ledger.heads()
        ledger.append([a_draft("Person C")], recorded=NOON, recorder="k")
        assert ledger.verify(heads, trust=ANYBODY) == ()
    assert kind.run(place, "SELECT version_num FROM alembic_version") == [("3",)]


def test_two_programs_that_find_an_older_record_upgrade_it_once(kind: Kind, tmp_path: Path) -> None:
    place = old(kind)
    with open_ledger(place) as one, open_ledger(place) as other:
        other._keys = tmp_path / "keys"
        assert one._store.upgrade() is not None
        assert other._store.upgrade() is None
        assert other._store.upgrade() is None
        other.append([a_draft("Person C")], recorded=NOON, recorder="k")
        assert one.verify(other.heads(), trust=ANYBODY) == ()
    kept = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'habeas_format_%'"
    found = len(list(place.parent.glob("*format*"))) if isinstance(place, Path) else kind.run(place, kept)[0][0]
    assert found == 1


def test_what_an_upgrade_kept_of_a_file_is_the_file_as_it_was(tmp_path: Path) -> None:
    place = old(InSqlite(tmp_path))
    open_ledger(place, create=True).close()
    with open_ledger(tmp_path / "old.sqlite.format-1") as kept, open_ledger(place) as now:
        assert whole(kept) == whole(now)
    assert InSqlite(tmp_path).run(tmp_path / "old.sqlite.format-1", "PRAGMA user_version") == [(1,)]


def test_what_an_upgrade_kept_in_a_database_goes_with_the_next_erasure(postgres: InPostgres, tmp_path: Path) -> None:
    place = old(postgres)
    with open_ledger(place, create=True, keys=tmp_path / "keys") as ledger:
        ((count,),) = postgres.run(place, "SELECT count(*) FROM habeas_format_1.statement")
        assert count == 8
        ledger.erase([1], [TOMBSTONE], names=[], entries=[], recorded=NOON + timedelta(days=9), recorder="k")
        schemas = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'habeas%'"
        assert postgres.run(place, schemas) == [("habeas",)]


def test_a_failed_upgrade_leaves_the_record_as_it_was(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    place = old(kind)
    before = rows(kind, place, old=True)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("stopped half-way")

    for module in ("sqlite", "postgres"):
        monkeypatch.setattr(f"habeas.ledger.{module}.migrate", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        open_ledger(place, create=True)
    monkeypatch.undo()
    assert rows(kind, place, old=True) == before
    with open_ledger(place, create=True) as ledger:
        assert ledger.notice is not None
        assert ledger.verify(trust=OLDER) == ()


def test_a_file_of_an_older_format_that_may_not_be_written_is_read(tmp_path: Path) -> None:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    place = old(InSqlite(tmp_path))

    def freeze(connection: sqlite3.Connection, record: object) -> None:
        if connection.execute("PRAGMA database_list").fetchone()[2]:  # in memory is no file
            connection.execute("PRAGMA query_only = ON")

    event.listen(Engine, "connect", freeze)
    try:
        with open_ledger(place, keys=tmp_path / "keys") as ledger:
            assert ledger.notice is None
            assert ledger.verify(trust=OLDER) == ()
    finally:
        event.remove(Engine, "connect", freeze)
    assert not (tmp_path / "old.sqlite.format-1").exists()
