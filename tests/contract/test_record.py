"""The record, on every store: appended, never changed, read only through a view."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.dates import Clock, Span
from habeas.errors import VocabularyError
from habeas.nouns import Draft, Keeper, Public, Team, Visibility
from tests.contract.conftest import Kind, Make
from tests.ledger.conftest import ANYBODY, NOON, a_draft
from tests.strategies import custody_drafts


def test_what_is_appended_is_seen(make: Make) -> None:
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
    one, other = make("a"), make("b")
    (a,) = one.append([a_draft()], recorded=NOON, recorder="k")
    (b,) = other.append([a_draft()], recorded=NOON, recorder="k")
    assert a.id != b.id
    assert one.make_id("list", "Person A") != other.make_id("list", "Person A")
    assert one.make_id("list", "Person A") == one.make_id("list", "Person A")
    assert one.make_id("ab", "c") != one.make_id("a", "bc")


_CHANGES = {
    "sqlite": (
        "INSERT OR REPLACE INTO statement SELECT * FROM statement",
        "INSERT OR REPLACE INTO book SELECT key, 'x' FROM book",
        "INSERT INTO head SELECT * FROM head WHERE true ON CONFLICT (batch) DO UPDATE SET root = excluded.root",
    ),
    "postgresql": (
        "TRUNCATE statement",
        "TRUNCATE statement, head, erased, suppressed, book CASCADE",
        "INSERT INTO book SELECT key, 'x' FROM book ON CONFLICT (key) DO UPDATE SET value = 'x'",
        "MERGE INTO statement s USING statement t ON s.seq = t.seq WHEN MATCHED THEN UPDATE SET value = 'x'",
        "SET session_replication_role = replica; UPDATE statement SET value = 'x'",
    ),
}


def test_nothing_is_ever_changed(kind: Kind, make: Make) -> None:
    """By nobody, the owner included, as long as the guards stand."""
    make().append([a_draft()], recorded=NOON, recorder="k")
    changes = [
        "UPDATE statement SET value = 'x'",
        "UPDATE statement SET value = NULL",
        "UPDATE head SET size = 9",
        "UPDATE book SET value = 'x'",
        *(f"DELETE FROM {table}" for table in ("statement", "head", "book")),
        *_CHANGES[kind.name],
    ]
    for sql in changes:
        with pytest.raises(kind.refused, match="append-only"):
            kind.run(kind.place(), sql)


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
    said = ledger.append(
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
    by_id = {s.id: s for s in public.statements}
    public_of = [by_id[s.id] for s in said]
    assert [s.value for s in public_of] == ["Person A", "1962", None, None, None]
    hidden = public_of[-1]
    assert (hidden.source, hidden.place, hidden.original, hidden.subject) == ("", "", None, "entry:list-1:row1")
    assert public_of[1].original is None
    assert [s.value for s in ledger.view(Team).statements][-2:] == [None, "a note"]
    assert [s.value for s in ledger.view(Keeper).statements][-2:] == ["1963-01-01", "a note"]
    assert next(iter(ledger.view(Team).of_kind("entry")))[0] == "entry:list-1:row1"
    assert list(ledger.view(Team).of_kind("deal")) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(first=st.lists(custody_drafts(), max_size=6), later=st.lists(custody_drafts(), max_size=6), data=st.data())
def test_a_past_known_never_changes(
    kind: Kind, make: Make, first: list[Draft], later: list[Draft], data: st.DataObject
) -> None:
    kind.clear(kind.place())
    ledger = make()
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
    assert ledger.verify(trust=ANYBODY) == ()
    ledger.close()


def test_a_broken_append_leaves_nothing(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = make()

    def fail(*_: object) -> object:
        raise RuntimeError("stopped half-way")

    monkeypatch.setattr("habeas.ledger.tables.commitment", fail)
    with pytest.raises(RuntimeError, match="half-way"):
        ledger.append([a_draft()], recorded=NOON, recorder="k")
    monkeypatch.undo()
    assert ledger.view(Team).statements == ()
