"""The record: appended, never changed, read only through a view, verified."""

from __future__ import annotations

import contextlib
import itertools
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.dates import Clock, Span
from habeas.errors import LedgerUnwritable, NotALedger, VocabularyError
from habeas.ledger import Ledger, open_ledger
from habeas.nouns import Draft, Keeper, Public, Team, Visibility
from tests.ledger.conftest import NOON, a_draft
from tests.strategies import custody_drafts

Make = Callable[..., Ledger]
_NUMBERS = itertools.count()


def test_what_is_appended_is_seen(make: Make) -> None:
    from datetime import date

    ledger = make()
    draft = a_draft(
        original="PERSON A", lang="en", valid=Span(date(2020, 1, 1), None), published="2020-05", place="row 2"
    )
    (said,) = ledger.append([draft], recorded=NOON, recorder="keeper")
    (seen,) = ledger.view(Public).statements
    assert seen == said
    assert (seen.seq, seen.recorded, seen.recorder, seen.original, seen.valid) == (
        1,
        NOON,
        "keeper",
        "PERSON A",
        draft.valid,
    )
    assert ledger.append([], recorded=NOON, recorder="keeper") == ()


def test_ids_are_salted(make: Make) -> None:
    one, other = make("a.sqlite"), make("b.sqlite")
    (a,) = one.append([a_draft()], recorded=NOON, recorder="k")
    (b,) = other.append([a_draft()], recorded=NOON, recorder="k")
    assert a.id != b.id
    assert one.make_id("list", "Person A") != other.make_id("list", "Person A")
    assert one.make_id("list", "Person A") == one.make_id("list", "Person A")
    assert one.make_id("ab", "c") != one.make_id("a", "bc")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE statement SET value = 'x'",
        "DELETE FROM statement",
        "INSERT OR REPLACE INTO statement SELECT * FROM statement",
        "UPDATE book SET value = 'x'",
        "DELETE FROM book",
        "INSERT OR REPLACE INTO book SELECT key, 'x' FROM book",
    ],
)
def test_nothing_is_ever_changed(make: Make, tmp_path: Path, sql: str) -> None:
    make().append([a_draft()], recorded=NOON, recorder="k")
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(sql)
    connection.close()


def test_a_retraction_takes_back_and_a_correction_replaces(make: Make) -> None:
    ledger = make()
    (wrong,) = ledger.append([a_draft("2021-05", "detained")], recorded=NOON, recorder="k")
    later = NOON + timedelta(days=1)
    (right,) = ledger.append(
        [a_draft("2021-06", "detained", retracts=wrong.id, reason="corrected in the list")],
        recorded=later,
        recorder="k",
    )
    assert ledger.view(Team).statements == (right,)
    assert ledger.view(Team, known=NOON).statements == (wrong,)
    ledger.append([a_draft(None, "detained", retracts=right.id, reason="withdrawn")], recorded=later, recorder="k")
    assert ledger.view(Team).statements == ()


def test_what_may_not_be_said_is_refused_whole(make: Make) -> None:
    ledger = make()
    with pytest.raises(VocabularyError, match="has no property 'shoe_size'"):
        ledger.append([a_draft(), a_draft("43", "shoe_size")], recorded=NOON, recorder="k")
    with pytest.raises(VocabularyError, match="nothing may be stated about a 'planet'"):
        ledger.append([a_draft(subject="planet:earth")], recorded=NOON, recorder="k")
    with pytest.raises(VocabularyError, match="needs a value"):
        ledger.append([a_draft(None)], recorded=NOON, recorder="k")
    with pytest.raises(VocabularyError, match="there is no such statement"):
        ledger.append([a_draft(), a_draft(retracts="nowhere")], recorded=NOON, recorder="k")
    with pytest.raises(ValueError, match="aware instant"):
        ledger.append([a_draft()], recorded=datetime(2026, 1, 1), recorder="k")
    assert ledger.view(Keeper).statements == ()


def test_a_clock_set_back_does_not_reorder_the_record(make: Make) -> None:
    ledger = make()
    ledger.append([a_draft()], recorded=NOON, recorder="k")
    (said,) = ledger.append([a_draft("Person B")], recorded=NOON - timedelta(days=9), recorder="k")
    assert said.recorded == NOON


def test_two_clocks(make: Make) -> None:
    ledger = make()
    drafts = [
        a_draft("A", published="2022-05"),
        a_draft("B", published="2023-01-15"),
        a_draft("C", published=None),
        a_draft("../2023", published="2023/..", prop="released"),
        Draft(subject="list:list-1", prop="title", value="List", source="list:list-1", visibility=Visibility.PUBLIC),
    ]
    ledger.append(drafts, recorded=NOON, recorder="k")

    def known(year: int, month: int, day: int) -> list[str | None]:
        view = ledger.view(Team, datetime(year, month, day, tzinfo=UTC), Clock.PUBLISHED)
        return [s.value for s in view.statements]

    assert known(2022, 5, 30) == ["List"]  # "May 2022" may mean the 31st
    assert known(2022, 5, 31) == ["A", "List"]
    assert known(2024, 1, 1) == ["A", "B", "List"]
    assert ledger.view(Team, NOON - timedelta(seconds=1)).statements == ()
    assert ledger.view(Team, NOON).last_recorded == NOON
    assert ledger.view(Team, NOON - timedelta(seconds=1)).head == "empty"


def test_restricted_values_are_gone_and_their_subjects_stay(make: Make) -> None:
    ledger = make()
    ledger.append(
        [
            a_draft("Person A"),
            a_draft("1962-09-25", "born", visibility=Visibility.TEAM, original="25.09.1962", source="source:secret"),
            a_draft("1961/1963", "born", visibility=Visibility.TEAM),
            a_draft("1963-01-01", "born", visibility=Visibility.SEALED),
            a_draft("a note", "note", visibility=Visibility.TEAM, source="source:secret", place="row 3"),
        ],
        recorded=NOON,
        recorder="k",
    )
    public = ledger.view(Public)
    assert [s.value for s in public.statements] == ["Person A", "1962", None, None, None]
    hidden = public.statements[-1]
    assert (hidden.source, hidden.place, hidden.original, hidden.subject) == ("", "", None, "entry:list-1:row1")
    assert public.statements[1].original is None
    assert [s.value for s in ledger.view(Team).statements][-2:] == [None, "a note"]
    assert [s.value for s in ledger.view(Keeper).statements][-2:] == ["1963-01-01", "a note"]
    assert next(iter(ledger.view(Team).of_kind("entry")))[0] == "entry:list-1:row1"
    assert list(ledger.view(Team).of_kind("deal")) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(first=st.lists(custody_drafts(), max_size=6), later=st.lists(custody_drafts(), max_size=6), data=st.data())
def test_a_past_known_never_changes(make: Make, first: list[Draft], later: list[Draft], data: st.DataObject) -> None:
    ledger = make(f"{next(_NUMBERS)}.sqlite")
    said = ledger.append(first, recorded=NOON, recorder="k")
    before = [ledger.view(audience, NOON) for audience in (Public, Team, Keeper)]
    published = ledger.view(Team, NOON, Clock.PUBLISHED).statements
    retractions = [
        Draft(
            subject=s.subject,
            prop=s.prop,
            value=None,
            source=s.source,
            retracts=s.id,
            reason="wrong",
            published="2026-01-02",
        )
        for s in said
        if data.draw(st.booleans())
    ]
    ledger.append([*later, *retractions], recorded=NOON + timedelta(seconds=1), recorder="k")
    assert [ledger.view(audience, NOON).statements for audience in (Public, Team, Keeper)] == [
        v.statements for v in before
    ]
    assert [s for s in ledger.view(Team, NOON, Clock.PUBLISHED).statements if s.seq <= len(said)] == list(published)
    assert ledger.verify() == ()


def _damage(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for sql in statements:
        connection.execute(sql)
    connection.commit()
    connection.close()


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE statement SET value = 'Person X' WHERE seq = 2", "statement 2 was changed"),
        ("UPDATE statement SET visibility = 'public' WHERE seq = 3", "statement 3 was changed"),
        ("UPDATE statement SET recorded = '2020-01-01T00:00:00+00:00' WHERE seq = 1", "statement 1 was changed"),
        ("UPDATE statement SET recorded = 'yesterday' WHERE seq = 1", "statement 1 was changed"),
        ("DELETE FROM statement WHERE seq = 2", "statement 2 is missing"),
        ("UPDATE statement SET seq = 9 WHERE seq = 3", "statement 3 is missing"),
    ],
)
def test_verify_names_the_first_bad_statement(make: Make, tmp_path: Path, sql: str, what: str) -> None:
    ledger = make()
    ledger.append([a_draft(f"Person {n}", visibility=Visibility.TEAM) for n in "ABC"], recorded=NOON, recorder="k")
    assert ledger.verify() == ()
    _damage(tmp_path / "ledger.sqlite", sql)
    assert [p.what.startswith(what) for p in ledger.verify()] == [True]


def test_verify_finds_a_retraction_of_what_is_gone(make: Make, tmp_path: Path) -> None:
    ledger = make()
    (first,) = ledger.append([a_draft("Person A")], recorded=NOON, recorder="k")
    ledger.append([a_draft(None, retracts=first.id)], recorded=NOON, recorder="k")
    _damage(tmp_path / "ledger.sqlite", "DELETE FROM statement WHERE seq = 1", "UPDATE statement SET seq = 1")
    (problem,) = ledger.verify()
    assert "statement 1" in problem.what


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
        assert open_ledger(path).verify()


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
    ledger._store._engine.dispose()  # the limit holds from the next connection on

    @event.listens_for(ledger._store._engine, "connect")
    def limit(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA max_page_count = 12")

    with pytest.raises(LedgerUnwritable, match="the disk is full: nothing was written"):
        ledger.append([a_draft("x" * 1000, "note") for _ in range(500)], recorded=NOON, recorder="k")
    assert [s.value for s in ledger.view(Team).statements] == ["Person A"]
    assert ledger.verify() == ()


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
    ledger._store._engine.dispose()  # it is read-only from the next connection on

    @event.listens_for(ledger._store._engine, "connect")
    def freeze(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA query_only = ON")

    with pytest.raises(LedgerUnwritable, match="read-only"):
        ledger.append([a_draft("Person B")], recorded=NOON, recorder="k")


def test_a_broken_append_leaves_nothing(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = make()

    def fail(*_: object) -> object:
        raise RuntimeError("stopped half-way")

    monkeypatch.setattr("habeas.ledger.tables.commitment", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        ledger.append([a_draft()], recorded=NOON, recorder="k")
    monkeypatch.undo()
    assert ledger.view(Team).statements == ()


def test_verify_finds_a_retraction_of_nothing_that_was_recorded_rightly(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `append` refuses, written past it: the id is right, what it takes back is not there."""
    ledger = make()
    ledger.append([a_draft()], recorded=NOON, recorder="k")
    monkeypatch.setattr(ledger, "_check_retractions", lambda *_: None)
    ledger.append([a_draft(None, retracts="nowhere")], recorded=NOON, recorder="k")
    (problem,) = ledger.verify()
    assert problem.what == "statement 2 takes back what is not there"


def test_a_fault_of_the_disk_is_told_in_its_own_words(make: Make) -> None:
    from sqlalchemy import event

    ledger = make()
    ledger._store._engine.dispose()  # it fails from the next connection on

    @event.listens_for(ledger._store._engine, "connect")
    def fail(connection: sqlite3.Connection, record: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(LedgerUnwritable, match=r"could not be written \(disk I/O error\); it is as it was before"):
        ledger.append([a_draft()], recorded=NOON, recorder="k")
