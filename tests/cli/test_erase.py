"""Erasure: gone from the record, its caches, exports and site; the record verifies; the inputs do not bring it back."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import HELD, Run

FACTS = """id,kind,person,what,from,url
one,award,Specimen Betaev,an award of Betaev Specimen,2022,https://example.org/betaev-award
"""


@pytest.fixture
def full(book: Path) -> Path:
    """The small book with one person in a list, a fact, an article and a source of their own."""
    held = HELD.replace("id,name,detained,born,note", "id,name,detained,born,note,page")
    rows = held.splitlines()
    rows[1:] = [row + (",https://example.org/people/specimen-betaev" if "Betaev" in row else ",") for row in rows[1:]]
    (book / "lists" / "held.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    text = (book / "book.toml").read_text(encoding="utf-8")
    (book / "book.toml").write_text(text + 'page = "url"\n', encoding="utf-8")
    (book / "events" / "facts.csv").write_text(FACTS, encoding="utf-8")
    (book / "articles" / "two.txt").write_text(
        "title: T\npublished: 2023-05-02\n---\nSpecimen Betaev was freed.\n", encoding="utf-8"
    )
    return book


NEEDLES = ("Betaev", "betaev")


def holding(folder: Path, *leave: str) -> list[str]:
    """Files that hold the name, but for those named."""
    found = []
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(leave) and any(n.encode() in path.read_bytes() for n in NEEDLES):
            found.append(name)
    return found


INPUTS = ("lists/", "events/", "articles/")


def test_erased_is_gone_everywhere_and_stays_gone(run: Run, full: Path, tmp_path: Path) -> None:
    run("build", "-b", full)
    assert "ledger.sqlite" in " ".join(holding(full, *INPUTS))
    assert "site/cases.html" in holding(full, *INPUTS)
    done = run("erase", "Specimen Betaev", "--reason", "asked for it", "--yes", "-b", full)
    assert done.code == 0
    for place in ("lists/held.csv", "events/facts.csv", "articles/two.txt"):
        assert f"still held in {place}" in done.out
    assert holding(full, *INPUTS) == []
    assert "the record holds" in run("verify", "-b", full).out
    again = run("build", "-b", full)
    assert "0 statements added" in again.out
    assert "belong to somebody who was erased" in again.err
    assert "names somebody who was erased" in again.err
    assert "Betaev" not in again.out + again.err
    assert holding(full, *INPUTS) == []
    run("export", tmp_path / "tables", "-b", full)
    run("backup", tmp_path / "copy.sqlite", "-b", full)
    assert holding(tmp_path, "book/lists", "book/events", "book/articles") == []
    assert run("ask", "case", "Specimen Betaev", "-b", full).code == 2
    assert "Betaev" not in run("log", "-b", full).out
    others = json.loads(run("ask", "inside", "--on", "2023-04-01", "--json", "-b", full).out)
    assert {p["name"] for p in others["people"]} == {"Placeholder Alphaev", "Exemplar Gammaev"}


def test_the_tombstone_says_who_when_why_and_older_releases_are_superseded(run: Run, full: Path) -> None:
    run("build", "-b", full)
    run("erase", "Specimen Betaev", "--reason", "asked for it", "--yes", "-b", full)
    listed = run("erase", "--list", "-b", full).out
    assert "asked for it" in listed
    assert "keeper" in listed
    assert "still held in lists/held.csv" in listed
    method = (full / "site" / "corrections.html").read_text(encoding="utf-8")
    assert "superseded" in method
    assert "asked for it" not in method
    (full / "lists" / "held.csv").write_text("id,name,detained,born,note,page\n", encoding="utf-8")
    assert "lists/held.csv" not in run("erase", "--list", "-b", full).out


def test_a_name_on_another_list_does_not_bring_the_person_back(run: Run, full: Path) -> None:
    run("build", "-b", full)
    run("erase", "Specimen Betaev", "--yes", "-b", full)
    text = (full / "lists" / "held.csv").read_text(encoding="utf-8")
    (full / "lists" / "held.csv").write_text(
        text + "77,BETAEV SPECIMEN,,,,\n78,Specimen Gammaev,,,,\n", encoding="utf-8"
    )
    run("build", "-b", full)
    assert run("ask", "case", "Specimen Betaev", "-b", full).code == 2
    assert run("ask", "case", "Specimen Gammaev", "-b", full).code == 0


def test_a_source_is_erased_with_what_it_said(run: Run, full: Path) -> None:
    run("build", "-b", full)
    done = run("erase", "--source", "https://example.org/betaev-award", "--yes", "-b", full)
    assert done.code == 0
    with (full / "ledger.sqlite").open("rb") as stream:
        assert b"betaev-award" not in stream.read()
    assert run("erase", "--source", "https://example.org/none", "--yes", "-b", full).code == 2


def test_git_history_that_still_holds_it_is_named(run: Run, full: Path) -> None:
    git = shutil.which("git")
    assert git is not None
    shown = ["-c", "user.name=k", "-c", "user.email=k@example.org"]
    for command in (["init", "-q"], ["add", "lists"], [*shown, "commit", "-q", "-m", "lists"]):
        subprocess.run([git, "-C", str(full), *command], check=True)
    run("build", "-b", full)
    done = run("erase", "Specimen Betaev", "--yes", "-b", full)
    assert "still held in git history: commits " in done.out


def test_erasing_asks_first_and_wants_one_thing(run: Run, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("build", "-b", full)
    monkeypatch.setattr("click.confirm", lambda *_, **__: (_ for _ in ()).throw(__import__("click").Abort()))
    assert run("erase", "Specimen Betaev", "-b", full).code == 130
    assert run("ask", "case", "Specimen Betaev", "-b", full).code == 0
    assert "name one of" in run("erase", "-b", full).err
    assert "name one of" in run("erase", "Specimen Betaev", "--list", "-b", full).err


def test_nothing_but_an_erased_row_may_be_emptied(run: Run, full: Path) -> None:
    import sqlite3

    run("build", "-b", full)
    connection = sqlite3.connect(full / "ledger.sqlite")
    columns = "nonce subject prop value original lang valid_start valid_end source place published visibility retracts reason recorder"
    emptied = ", ".join(f"{c} = NULL" for c in columns.split())
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(f"UPDATE statement SET {emptied} WHERE seq = 1")
    connection.close()
