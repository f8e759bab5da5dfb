"""The key of the ids: under which names it is found, what a passphrase leaves of it, and when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import LedgerError
from habeas.ledger import open_ledger
from habeas.ledger.sqlite import SqliteStore
from habeas.ledger.vault import Cost
from habeas.nouns import Book
from habeas.readers import load_book

CHEAP = Cost(n=2**4)


def book(folder: Path, title: str = "A book", more: str = "") -> Book:
    (folder / "book.toml").write_text(f'[book]\ntitle = "{title}"\ncountry = "BY"\n{more}', encoding="utf-8")
    return load_book(folder)


def kept(keys: Path) -> list[str]:
    return sorted(path.suffix for path in (keys / "ids").iterdir())


def test_a_passphrase_leaves_no_key_in_the_plain_whatever_the_book_was_called(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with open_ledger(tmp_path / "ledger", create=True, keys=keys, book=book(tmp_path, "Old title")) as ledger:
        before = ledger.make_id("x")
    now = book(tmp_path, "New title")
    with open_ledger(tmp_path / "ledger", keys=keys, book=now) as ledger:
        ledger.lock("a passphrase", None, CHEAP)
    assert kept(keys) == [".sealed"]
    with open_ledger(tmp_path / "ledger", keys=keys, book=now, passphrase=lambda: "a passphrase") as ledger:
        assert ledger.make_id("x") == before


def test_a_passphrase_takes_away_no_key_of_another_ledger(tmp_path: Path) -> None:
    keys, mine = tmp_path / "keys", book(tmp_path, more='id = "mine"')
    with open_ledger(tmp_path / "one", create=True, keys=keys, book=mine):
        pass
    (keys / "ids" / "mine.key").rename(keys / "ids" / "other.key")
    with open_ledger(tmp_path / "two", create=True, keys=keys, book=mine) as two:
        before = two.make_id("x")
    with open_ledger(tmp_path / "one", keys=keys, book=mine) as one:
        one.lock("a passphrase", None, CHEAP)
    assert kept(keys) == [".key", ".sealed"]
    with open_ledger(tmp_path / "two", keys=keys, book=mine) as two:
        assert two.make_id("x") == before


def test_where_the_key_cannot_be_sealed_the_book_is_as_it_was(tmp_path: Path) -> None:
    keys, mine = tmp_path / "keys", book(tmp_path)
    with open_ledger(tmp_path / "ledger", create=True, keys=keys, book=mine) as ledger:
        before = ledger.make_id("x")
        (keys / "ids" / f"{mine.id}.sealed").mkdir()  # nothing can be put in its place
        with pytest.raises(LedgerError):
            ledger.lock("a passphrase", None, CHEAP)
    with open_ledger(tmp_path / "ledger", keys=keys, book=mine) as ledger:
        assert (ledger.locked, ledger.make_id("x")) == (False, before)


def test_an_older_ledger_with_a_passphrase_has_its_ids_when_made_anew(tmp_path: Path) -> None:
    keys, mine = tmp_path / "keys", book(tmp_path)
    with open_ledger(tmp_path / "older", create=True) as older:  # one that holds a salt of its own
        older.lock("a passphrase", None, CHEAP)
    with open_ledger(tmp_path / "older", keys=keys, book=mine, passphrase=lambda: "a passphrase") as older:
        before = older.make_id("x")
    assert kept(keys) == [".sealed"]
    with open_ledger(tmp_path / "anew", create=True, keys=keys, book=mine, passphrase=lambda: "a passphrase") as anew:
        assert anew.make_id("x") == before


def test_a_person_is_asked_for_the_passphrase_once(tmp_path: Path) -> None:
    keys, mine = tmp_path / "keys", book(tmp_path)
    with open_ledger(tmp_path / "ledger", create=True, keys=keys, book=mine) as ledger:
        ledger.lock("a passphrase", None, CHEAP)
    asked = []

    def ask() -> str:
        asked.append(1)
        return "a passphrase"

    with open_ledger(tmp_path / "anew", create=True, keys=keys, book=mine, passphrase=ask):
        assert len(asked) == 1


def test_a_prompt_that_is_left_closes_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(tmp_path / "ledger", create=True) as ledger:
        ledger.lock("a passphrase", None, CHEAP)
    closed, close = [], SqliteStore.close
    monkeypatch.setattr(SqliteStore, "close", lambda store: (closed.append(1), close(store)))

    def leave() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_ledger(tmp_path / "ledger", passphrase=leave)
    assert closed == [1]


def test_without_the_key_the_sentence_says_what_to_bring(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger", create=True, keys=tmp_path / "keys", book=book(tmp_path)):
        pass
    with open_ledger(tmp_path / "ledger") as ledger, pytest.raises(LedgerError, match=r"bring ids/\*\.key"):
        ledger.make_id("x")
