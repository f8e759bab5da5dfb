"""A head with a bad signature, which a database cannot tell: named, not shown to the public, and set aside by a keeper."""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg import errors

from habeas.ledger import Ledger, open_ledger
from habeas.nouns import Draft, Keeper, Visibility
from habeas.pipeline import undo
from tests.answers.conftest import a_book
from tests.contract.casework import FOUR, ONE, TODAY, Casework, said, team, who
from tests.contract.conftest import Kind, Make
from tests.contract.forging import LATER, Forger, forger
from tests.ledger.conftest import ANYBODY, NOON, a_draft

__all__ = ["forger", "team"]

NEW = said(ONE, "detained", "2020-02")
_VALUES = "SELECT value FROM habeas.public_statement WHERE value IS NOT NULL"


def forge(forger: Forger, *drafts: Draft, role: str = "editor") -> None:
    attempt = forger.attempt(*drafts)
    attempt.head["signature"] = bytes(64)
    with forger.team.sql(role) as login:
        attempt.go(login, role)


def _keeper(forger: Forger) -> Ledger:
    return open_ledger(forger.team.url("keeper"), keys=forger.keys, today=TODAY)


def _public(team: Casework) -> set[str]:
    with team.sql("reader") as reader:
        return {value for (value,) in reader.execute(_VALUES)}


def test_verify_names_the_batch_and_who_recorded_it_and_undo_sets_it_aside(forger: Forger, tmp_path: Path) -> None:
    with _keeper(forger) as keeper:
        (taken_back,) = [s for s in keeper.history(Keeper) if s.value == "Prison 1"]
    forge(forger, NEW, said(ONE, "prison", "Prison 9", retracts=taken_back.id))
    with _keeper(forger) as keeper:
        (bad,) = keeper.forged()
        (problem,) = keeper.verify(trust=ANYBODY)
        assert problem.what.startswith("the signature of the head of batch 3 is not its key's (recorded by e, key ")
        assert bad.head.key[:16] in problem.what
        assert "`habeas undo 3`" in problem.do
        # The others go on: what they record stands on the statements, and holds.
        with open_ledger(forger.team.url("editor"), keys=forger.keys, today=TODAY) as editor:
            editor.append([said(ONE, "occupation", "writer")], recorded=LATER, recorder="e2")
        assert [p.what for p in keeper.verify(trust=ANYBODY)] == [problem.what]
        undo(a_book(tmp_path / "book"), keeper, 3, reason="not signed", now=LATER)
        assert keeper.verify(trust=ANYBODY) == ()
        assert [(f.head.batch, f.by) for f in keeper.forged()] == [(3, 5)]
        values = {s.value for s in keeper.view(Keeper).statements}
        assert values >= {"Prison 1", "writer"}
        assert not values & {"Prison 9", "2020-02"}
        keeper.backup(tmp_path / "copy.sqlite")
    with open_ledger(tmp_path / "copy.sqlite") as copy:
        assert copy.verify(trust=ANYBODY) == ()


def test_the_public_sees_nothing_under_a_bad_head_until_it_is_set_aside(forger: Forger, tmp_path: Path) -> None:
    with _keeper(forger) as keeper:
        keeper.share(who)
        before = _public(forger.team)
        assert {"teacher", "Consenting Person"} <= before
        forge(forger, NEW)
        assert _public(forger.team) == before
        keeper.append([said(ONE, "occupation", "writer")], recorded=LATER, recorder="k")
        keeper.share(who)
        assert _public(forger.team) == before
        # What keeps somebody back does so wherever it stands.
        restricted = [
            said("restriction:3", "subject", FOUR, Visibility.TEAM),
            said("restriction:3", "visibility", "team", Visibility.TEAM),
        ]
        forge(forger, *restricted)
        assert _public(forger.team) == set()
        keeper.share(who)
        assert _public(forger.team) == before - {"Consenting Person"}
        for batch in (3, 5):
            undo(a_book(tmp_path / f"book-{batch}"), keeper, batch, reason="not signed", now=LATER)
        keeper.share(who)
        assert _public(forger.team) == before | {"writer"}


def test_nothing_that_is_said_under_a_bad_head_opens_anything(forger: Forger) -> None:
    with _keeper(forger) as keeper:
        keeper.share(who)
        before = _public(forger.team)
        forge(forger, said("restriction:1", "visibility", "public", Visibility.TEAM))
        restriction = [s for s in keeper.history(Keeper) if s.subject == "restriction:1" and s.value == "team"]
        forge(forger, *(said(s.subject, s.prop, "public", Visibility.TEAM, retracts=s.id) for s in restriction))
        keeper.share(who)
        assert _public(forger.team) == before


def test_a_batch_is_set_aside_by_a_keeper_and_under_a_good_head_alone(forger: Forger) -> None:
    forge(forger, NEW)
    aside = said("batch:3", "aside", "mine", Visibility.TEAM)
    with forger.team.sql("editor") as editor, pytest.raises(errors.InsufficientPrivilege):
        forger.attempt(aside).go(editor, "editor")
    forge(forger, aside, role="keeper")
    with _keeper(forger) as keeper:
        assert [(f.head.batch, f.by) for f in keeper.forged()] == [(3, None), (4, None)]
        assert len(keeper.verify(trust=ANYBODY)) == 2


def test_a_batch_that_takes_back_what_took_back_can_be_undone(forger: Forger, tmp_path: Path) -> None:
    with _keeper(forger) as keeper:
        (first,) = [s for s in keeper.history(Keeper) if s.value == "teacher"]
        (second,) = keeper.append([said(ONE, "occupation", None, retracts=first.id)], recorded=LATER, recorder="k")
        forge(forger, said(ONE, "occupation", None, retracts=second.id))
        undo(a_book(tmp_path / "book"), keeper, 4, reason="not signed", now=LATER)
        assert keeper.verify(trust=ANYBODY) == ()
        assert "teacher" not in {s.value for s in keeper.view(Keeper).statements}


def test_a_head_whose_signature_was_changed_is_set_aside_in_any_store(make: Make, kind: Kind, tmp_path: Path) -> None:
    with make(keys=tmp_path / "keys") as ledger:
        for value in ("Person A", "Person B"):
            ledger.append([a_draft(value)], recorded=NOON, recorder="k")
    kind.damage(kind.place(), f"UPDATE head SET signature = {kind.zeros(64)} WHERE batch = 2")
    with open_ledger(kind.place(), keys=tmp_path / "keys") as ledger:
        assert len(ledger.verify(trust=ANYBODY)) == 1
        undo(a_book(tmp_path / "book"), ledger, 2, reason="", now=NOON)
        assert ledger.verify(trust=ANYBODY) == ()
        assert {s.value for s in ledger.view(Keeper).statements} >= {"Person A"}
