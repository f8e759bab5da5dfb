"""`habeas restrict`: keep back a person, a source or an alias; list what is due; take it away by the word public."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from habeas.ledger import open_ledger
from habeas.nouns import Keeper
from tests.cli.conftest import BOOK, Run

URL = "https://example.org/secret-page"
WHY = ("--reason", "they asked", "--review-on", "2026-02")


@pytest.fixture
def kept(run: Run, book: Path) -> Path:
    """A book with two lists that name one person, one of them from an address."""
    second = """
[[list]]
id = "second"
file = "lists/second.csv"
title = "Others held"
publisher = "Publisher B"
published = "2023-06-01"
language = "en"
means = "held"
key = ["id"]
[list.columns]
name = { prop = "name", split = ";" }
detained = "detained"
url = "url"
"""
    (book / "book.toml").write_text(BOOK + second, encoding="utf-8")
    rows = f"id,name,detained,url\n9,Placeholder Alphaev;Nickname Nicknamov,2021-02-03,{URL}\n"
    (book / "lists" / "second.csv").write_text(rows, encoding="utf-8")
    (book / "articles" / "one.txt").write_text(
        "title: A text\npublished: 2023-05-02\n---\nPlaceholder Alphaev was freed.\n", encoding="utf-8"
    )
    assert run("build", "-b", book).code == 0
    return book


def public_bytes(run: Run, book: Path) -> str:
    """All that is public of a book: its site and its tables."""
    run("publish", "site", "-b", book)
    run("export", book / "tables", "-b", book)
    found = [p for folder in ("site", "tables") for p in sorted((book / folder).rglob("*")) if p.is_file()]
    return "\n".join(p.name + "\n" + p.read_bytes().decode("utf-8", "replace") for p in found)


def case_id(run: Run, book: Path) -> str:
    found: str = json.loads(run("ask", "case", "Placeholder Alphaev", "--json", "-b", book).out)["case"]
    return found


def test_a_person_is_kept_back_on_all_lists_and_in_articles(run: Run, kept: Path) -> None:
    assert "Alphaev" in public_bytes(run, kept)
    ran = run("restrict", case_id(run, kept), "--to", "team", *WHY, "-b", kept)
    assert "recorded: 2 entries for team" in ran.out
    text = public_bytes(run, kept)
    assert [s for s in ("Alphaev", "Nicknamov", "2021-02-03", URL) if s in text] == []
    assert f"Case {case_id(run, kept)}" in text
    assert "3 cases" in text
    assert "the article names somebody" in run("publish", "site", "-b", kept).err
    assert run("ask", "case", "Placeholder Alphaev", "--public", "--known", "2030-01-01", "-b", kept).code == 2


def test_an_alias_is_kept_back_alone(run: Run, kept: Path) -> None:
    with open_ledger(kept / "ledger.sqlite") as ledger:
        (alias,) = [s.id for s in ledger.view(Keeper).statements if s.value == "Nickname Nicknamov"]
    assert "recorded: statement for sealed" in run("restrict", alias, "--to", "sealed", *WHY, "-b", kept).out
    text = public_bytes(run, kept)
    assert ("Nicknamov" in text, "Alphaev" in text) == (False, True)
    log = run("log", "Placeholder Alphaev", "-b", kept).out
    assert ("Nicknamov" in log, "(restricted)" in log) == (False, True)
    listed = run("restrict", "-b", kept).out
    assert ("they asked" in listed, alias in listed) == (False, True)


def test_a_source_is_shown_by_its_class(run: Run, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert URL in public_bytes(run, kept)
    monkeypatch.setattr("sys.stdin", io.StringIO(URL + "\n"))
    ran = run("restrict", "-", "--to", "team", "--as", "a relative", *WHY, "-b", kept)
    assert "recorded: 1 source for team" in ran.out
    text = public_bytes(run, kept)
    assert ("secret-page" in text, "a relative" in text, "Alphaev" in text) == (False, True, True)
    assert URL in run("ask", "case", "Placeholder Alphaev", "-b", kept).out
    monkeypatch.setattr("sys.stdin", io.StringIO(URL + "\n"))
    assert "is no longer restricted" in run("restrict", "-", "--to", "public", "--reason", "agreed", "-b", kept).out
    text = public_bytes(run, kept)
    assert (URL in text, "a relative" in text) == (True, False)


def test_public_is_a_word_to_be_said_and_opens_nothing_else(run: Run, kept: Path) -> None:
    who = case_id(run, kept)
    for missing in (["--to", "team"], ["--to", "team", "--reason", "x"], ["--reason", "x"]):
        assert run("restrict", who, *missing, "-b", kept).code == 2
    assert "no restriction of exactly this" in run("restrict", who, "--to", "public", "--reason", "x", "-b", kept).err
    run("restrict", who, "--to", "sealed", *WHY, "-b", kept)
    run("restrict", who, "--to", "team", *WHY, "-b", kept)
    assert "1 restrictions" in run("restrict", "-b", kept).out
    assert "Alphaev" in run("ask", "case", who, "-b", kept).out
    run("restrict", who, "--to", "public", "--reason", "x", "-b", kept)
    text = public_bytes(run, kept)
    assert ("Alphaev" in text, "1980-04-05" in text) == (True, False)
    assert "0 restrictions" in run("restrict", "-b", kept).out
    assert run("verify", "-b", kept).code == 0


def test_what_is_due(run: Run, kept: Path) -> None:
    run("restrict", "list:held", "--to", "team", "--reason", "a", "--review-on", "2999", "-b", kept)
    run("restrict", "list:second", "--to", "team", "--reason", "b", "--review-on", "2020", "-b", kept)
    due = json.loads(run("restrict", "--due", "--json", "-b", kept).out)["restrictions"]
    assert [(d["what"], d["reason"], d["due"]) for d in due] == [(["list:second"], "b", True)]
    assert len(json.loads(run("restrict", "--json", "-b", kept).out)["restrictions"]) == 2


def test_errors_do_not_say_again_what_was_typed(run: Run, kept: Path) -> None:
    ran = run("restrict", "https://example.org/never-said", "--to", "team", *WHY, "-b", kept)
    assert (ran.code, "never-said" in ran.err) == (2, False)
    assert run("restrict", "list:held", "--as", "x", "--to", "team", *WHY, "-b", kept).code == 2
    assert run("restrict", "list:held", "--to", "team", "--reason", "x", "--review-on", "soon", "-b", kept).code == 2


def test_a_restriction_of_the_book_is_lifted_in_the_book(run: Run, kept: Path) -> None:
    text = (kept / "book.toml").read_text(encoding="utf-8")
    (kept / "book.toml").write_text(
        text.replace('means = "held"', 'means = "held"\nvisibility = "team"', 1), encoding="utf-8"
    )
    run("read", "-b", kept)
    ran = run("restrict", "list:held", "--to", "public", "--reason", "x", "-b", kept)
    assert "restricted by book.toml" in ran.err
