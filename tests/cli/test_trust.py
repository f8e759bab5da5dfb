"""The record as its users check it: log, undo, verify, backup."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.errors import UsageError
from habeas.ledger import open_ledger
from habeas.nouns import Draft, Keeper, Statement
from habeas.pipeline import undo
from tests.answers.conftest import a_book
from tests.cli.conftest import HELD, Run
from tests.ledger.authority import Authority
from tests.ledger.conftest import ANYBODY, NOON
from tests.strategies import custody_drafts


def test_log_tells_who_when_why_and_the_difference(run: Run, book: Path) -> None:
    run("build", "-b", book)
    (book / "lists" / "held.csv").write_text(HELD.replace("2022-01,", "2022-02,"), encoding="utf-8")
    run("read", "-b", book)
    shape = json.loads(run("log", "Specimen Betaev", "--json", "-b", book).out)
    changed = [c for c in shape["changes"] if c["property"] == "detained"]
    assert [(c["before"], c["after"]) for c in changed] == [(None, "2022-01"), ("2022-01", "2022-02")]
    assert "corrected in lists/held.csv" in changed[1]["reason"]
    assert changed[1]["recorder"] == "keeper"
    assert "2022-01 → 2022-02" in run("log", "Specimen Betaev", "-b", book).out
    batches = json.loads(run("log", "--json", "-b", book).out)["batches"]
    assert [b["from"] for b in batches] == ["lists/held.csv", "events/releases.csv", "lists/held.csv"]
    assert "withdraws it" in run("log", "-b", book).out
    assert run("log", "Nobody", "-b", book).code == 2


def test_undo_withdraws_a_batch_by_statements(run: Run, book: Path) -> None:
    run("build", "-b", book)
    before = run("ask", "case", "Specimen Betaev", "-b", book).out.splitlines()[0]
    (book / "lists" / "held.csv").write_text(HELD.replace("2022-01,", "2022-02,"), encoding="utf-8")
    run("read", "-b", book)
    assert run("ask", "case", "Specimen Betaev", "-b", book).out.splitlines()[0] != before
    assert (
        "batch 3 is withdrawn by 2 statements, batch 4" in run("undo", 3, "--reason", "typed wrongly", "-b", book).out
    )
    assert run("ask", "case", "Specimen Betaev", "-b", book).out.splitlines()[0] == before
    assert "undo of batch 3: typed wrongly" in run("log", "Specimen Betaev", "-b", book).out
    assert "nothing of batch 3 stands any more" in run("undo", 3, "-b", book).err
    assert "there is no batch 99" in run("undo", 99, "-b", book).err
    assert "the record holds" in run("verify", "-b", book).out


Said = tuple[str, str, str | None, str]


def _content(statements: tuple[Statement, ...]) -> set[Said]:
    return {(s.subject, s.prop, s.value, s.source) for s in statements}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    st.lists(custody_drafts(), min_size=1, max_size=5), st.lists(custody_drafts(), min_size=1, max_size=5), st.data()
)
def test_undoing_the_last_batch_leaves_what_stood_before(
    tmp_path_factory: pytest.TempPathFactory, first: list[Draft], second: list[Draft], data: st.DataObject
) -> None:
    from dataclasses import replace

    folder = tmp_path_factory.mktemp("undo")
    with open_ledger(folder / "ledger.sqlite", create=True) as ledger:
        there = ledger.append(first, recorded=NOON, recorder="k")
        before = _content(ledger.view(Keeper).statements)
        later = [
            replace(d, retracts=data.draw(st.sampled_from([s.id for s in there]))) if data.draw(st.booleans()) else d
            for d in second
        ]
        if data.draw(st.booleans()):
            later.append(
                Draft(subject=there[0].subject, prop=there[0].prop, value=None, source="list:a", retracts=there[0].id)
            )
        batch = ledger.append(later, recorded=NOON, recorder="k")[0].batch
        undo(a_book(folder), ledger, batch, reason="", now=NOON)
        assert _content(ledger.view(Keeper).statements) == before
        assert ledger.verify(trust=ANYBODY) == ()


def test_undo_of_nothing(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite", create=True) as ledger, pytest.raises(UsageError, match="no batch 1"):
        undo(a_book(tmp_path), ledger, 1, reason="", now=NOON)


def test_verify_against_a_kept_head_and_another_copy(run: Run, book: Path, tmp_path: Path) -> None:
    run("build", "-b", book)
    head, copy = tmp_path / "head.json", tmp_path / "copy.sqlite"
    assert run("verify", "--save-head", head, "-b", book).code == 0
    assert "31 statements" in run("backup", copy, "-b", book).out
    assert run("backup", copy, "-b", book).code == 2
    (book / "lists" / "held.csv").write_text(HELD + "9,Sample Deltaev,,,\n", encoding="utf-8")
    run("read", "-b", book)
    assert "agrees with 1 kept head" in run("verify", "--kept", head, "-b", book).out
    assert "agrees with 2 kept heads" in run("verify", "--against", copy, "-b", book).out
    late = tmp_path / "late.json"
    run("verify", "--save-head", late, "-b", book)
    (book / "ledger.sqlite").unlink()
    for rest in book.glob("ledger.sqlite-*"):
        rest.unlink()
    copy.rename(book / "ledger.sqlite")
    assert run("verify", "--kept", head, "-b", book).code == 0
    cut = run("verify", "--kept", late, "-b", book)
    assert (cut.code, "a kept head names" in cut.err) == (1, True)
    head.write_text("{}", encoding="utf-8")
    assert "is no saved head" in run("verify", "--kept", head, "-b", book).err
    assert run("verify", "--kept", tmp_path / "none.json", "-b", book).code == 2


def test_a_proof_is_printed_and_holds(run: Run, book: Path) -> None:
    from datetime import datetime

    from habeas.ledger.proof import Inclusion
    from habeas.nouns import Head

    run("build", "-b", book)
    found = json.loads(run("ask", "case", "Placeholder Alphaev", "--json", "-b", book).out)
    shape = json.loads(run("verify", "--prove", found["rests_on"][0], "-b", book).out)["proof"]
    head = Head(**{**shape["head"], "recorded": datetime.fromisoformat(shape["head"]["recorded"])})
    assert Inclusion(**{**shape, "path": tuple(shape["path"]), "head": head}).holds()
    assert run("verify", "--prove", "nothing", "-b", book).code == 2


def test_an_empty_record_verifies(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "new", "--country", "BY")
    run("read", "-b", tmp_path / "new")
    assert "the record is empty" in run("verify", "-b", tmp_path / "new").out


def test_stamps_are_asked_for_kept_and_checked_with_the_record(run: Run, book: Path, tmp_path: Path) -> None:
    assert run("stamp", "-b", book).code == 2
    run("build", "-b", book)
    authority = Authority(tmp_path / "authority", "Authority One")
    asked = run("stamp", "-b", book)
    assert (asked.code, "bring back the answer" in asked.out) == (0, True)
    (query,) = (book / "stamps").glob("*.tsq")
    (tmp_path / "roots.pem").write_bytes(authority.roots)
    (tmp_path / "reply.tsr").write_bytes(authority.reply(query.read_bytes()))
    kept = run("stamp", tmp_path / "reply.tsr", "--roots", tmp_path / "roots.pem", "-b", book)
    assert "says Authority One" in kept.out
    found = run("verify", "-b", book).out
    assert "agrees with 1 kept head" in found
    assert "says Authority One" in found
    (stamp,) = json.loads(run("verify", "--json", "-b", book).out)["stamps"]
    assert stamp["authority"] == "Authority One"
    (tmp_path / "reply.tsr").write_bytes(b"<html>not found</html>")
    wrong = run("stamp", tmp_path / "reply.tsr", "-b", book)
    assert (wrong.code, "no reply of a time-stamping authority" in wrong.err) == (2, True)
    assert run("stamp", tmp_path / "nowhere.tsr", "-b", book).code == 2
    next((book / "stamps").glob("*.tsr")).write_bytes(b"damaged")
    assert run("verify", "-b", book).code == 1
