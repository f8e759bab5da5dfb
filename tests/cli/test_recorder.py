"""Every statement bears the pseudonym of whoever recorded it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from habeas.errors import DecidedMeanwhile
from habeas.ledger import Ledger, open_ledger
from habeas.nouns import Keeper
from habeas.pipeline import decide, undo
from habeas.readers import load_book
from tests.cli.conftest import Run

Acts = Callable[[Run, Path], None]
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def team(book: Path, run: Run) -> Path:
    """A book that `keeper` has read, one list of which is kept back."""
    text = (book / "book.toml").read_text(encoding="utf-8")
    kept = text.replace('means = "held"', 'means = "held"\nvisibility = "team"\nvisibility_reason = "asked"', 1)
    (book / "book.toml").write_text(kept, encoding="utf-8")
    assert run("read", "-b", book).code == 0
    return book


def _all(book: Path) -> list[str]:
    with _open(book) as ledger:
        return [said.recorder for said in ledger.since(0)]


def _open(book: Path) -> Ledger:
    return open_ledger(book / "ledger.sqlite", keys=book.parent / "keys", book=load_book(book))


def _case(run: Run, book: Path, name: str) -> str:
    identifier = json.loads(run("ask", "case", name, "--json", "-b", book).out)["case"]
    assert isinstance(identifier, str)
    return identifier


def _reads_more(run: Run, book: Path) -> None:
    with (book / "lists" / "held.csv").open("a", encoding="utf-8") as list_:
        list_.write("4,Muster Deltaev,2022-03-04,,\n")
    assert run("read", "-b", book).code == 0


def _links(run: Run, book: Path) -> None:
    two = [_case(run, book, name) for name in ("Placeholder Alphaev", "Specimen Betaev")]
    assert run("link", "--different", *two, "--reason", "seen apart", "-b", book).code == 0


def _restricts(run: Run, book: Path) -> None:
    done = run(
        "restrict", "Exemplar Gammaev", "--to", "sealed", "--reason", "asked", "--review-on", "2027-01", "-b", book
    )
    assert done.code == 0, done.err


def _undoes(run: Run, book: Path) -> None:
    done = run("undo", "1", "--reason", "the wrong file", "-b", book)
    assert done.code == 0, done.err


@pytest.mark.parametrize("acts", [_reads_more, _links, _restricts, _undoes])
def test_what_is_recorded_bears_the_name_of_whoever_did(
    acts: Acts, team: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(_all(team))
    monkeypatch.setenv("HABEAS_BY", "reader-2")
    acts(run, team)
    after = _all(team)
    assert len(after) > before
    assert set(after[before:]) == {"reader-2"}


def test_what_a_colleague_has_read_is_not_recorded_again(team: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _all(team)
    monkeypatch.setenv("HABEAS_BY", "reader-2")
    assert run("read", "-b", team).code == 0
    assert _all(team) == before


@pytest.mark.parametrize("name", ["two\nlines", " padded", "hid\u200bden", "x" * 101])
def test_what_is_no_pseudonym_is_refused(name: str, team: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _all(team)
    monkeypatch.setenv("HABEAS_BY", name)
    done = run("read", "-b", team)
    assert done.code == 2
    assert "HABEAS_BY is no pseudonym: a short name on one line, such as HABEAS_BY=reader-2" in done.err
    assert _all(team) == before


def test_a_decision_after_somebody_elses_is_refused_and_says_what_was_decided(team: Path) -> None:
    book = load_book(team)
    with _open(team) as ledger:
        one, two = sorted({said.subject for said in ledger.view(Keeper).statements if said.kind == "entry"})[:2]
        shown = len(ledger.since(0))
        decide(book, ledger, one, two, same="different", reason="", now=NOW, by="reader-2")
        on_record = len(ledger.since(0))
        with pytest.raises(DecidedMeanwhile, match="reader-2 decided these two meanwhile: different; nothing"):
            decide(book, ledger, two, one, same="same", reason="", now=NOW, seen=shown)
        assert len(ledger.since(0)) == on_record
        decide(book, ledger, two, one, same="same", reason="", now=NOW, seen=on_record)
        assert len(ledger.since(0)) > on_record


def test_a_decision_that_was_taken_back_meanwhile_is_in_nobodys_way(team: Path) -> None:
    book = load_book(team)
    with _open(team) as ledger:
        one, two = sorted({said.subject for said in ledger.view(Keeper).statements if said.kind == "entry"})[:2]
        shown = len(ledger.since(0))
        (decided, *_) = decide(book, ledger, one, two, same="different", reason="", now=NOW, by="reader-2")
        undo(book, ledger, decided.batch, reason="the wrong key", now=NOW)
        said = decide(book, ledger, one, two, same="same", reason="", now=NOW, seen=shown)
        assert "same" in {one.value for one in said if one.prop == "same"}


def test_an_opinion_is_nobodys_business_until_both_are_given(team: Path) -> None:
    book = load_book(team)
    with _open(team) as ledger:
        one, two = sorted({said.subject for said in ledger.view(Keeper).statements if said.kind == "entry"})[:2]
        shown = len(ledger.since(0))
        for reader in ("reader-1", "reader-2"):
            assert decide(book, ledger, one, two, same="same", reason="", now=NOW, by=reader, blind=True, seen=shown)
