"""What the keeper is told of texts that name somebody kept back, and what is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEAM = """
[[list]]
id = "families"
file = "lists/families.csv"
title = "Told by families"
publisher = "Publisher B"
published = "2023-05-01"
means = "held"
visibility = "team"
visibility_reason = "asked by them"
review_on = "2027-01"
key = ["name"]
[list.columns]
name = "name"
"""
FACTS = """id,kind,what,note,from,url
one,award,An award,for Игоря Лосика,2022,https://example.org/1
"""


@pytest.fixture
def hidden(book: Path) -> Path:
    """The small book with somebody whom only the team's list names, and texts that name them."""
    toml = (book / "book.toml").read_text(encoding="utf-8")
    toml = toml.replace('title = "A small book"', 'title = "A small book"\nabout = "A letter of Igor Losik."')
    (book / "book.toml").write_text(toml + TEAM, encoding="utf-8")
    (book / "lists" / "families.csv").write_text("name\nІгар Лосік\n", encoding="utf-8")
    (book / "events" / "facts.csv").write_text(FACTS, encoding="utf-8")
    (book / "words.csv").write_text("where,en,ru\nfact,An award,Награда Лосику Игорю\n", encoding="utf-8")
    return book


def published(folder: Path) -> str:
    found = [p for p in folder.rglob("*") if p.is_file()]
    return "\n".join([str(p.relative_to(folder)) + p.read_bytes().decode("utf-8", "replace") for p in found]).casefold()


def test_texts_are_withheld_and_told_by_place(run: Run, hidden: Path, tmp_path: Path) -> None:
    built = run("build", "-b", hidden)
    assert built.code == 0
    for place in ("book.toml [book] about: a text names", "words.csv: a text names", "events/facts.csv row 2"):
        assert place in " ".join(built.err.split())
    run("export", tmp_path / "tables", "-b", hidden)
    for shown in (built.out + built.err, published(hidden / "site"), published(tmp_path / "tables")):
        assert not any(word in shown.casefold() for word in ("losik", "лосік", "лосик"))
    assert "an award" in published(tmp_path / "tables")


def test_an_id_that_names_somebody_is_refused(run: Run, hidden: Path) -> None:
    facts = FACTS.replace("one,", "ihar-losik,")
    (hidden / "events" / "facts.csv").write_text(facts, encoding="utf-8")
    refused = run("build", "-b", hidden)
    assert refused.code == 2
    assert "an id in events/facts.csv names somebody who is kept back" in " ".join(refused.err.split())
    assert "losik" not in refused.err.casefold()
    assert not (hidden / "site").exists()


def test_without_the_key_nothing_is_published(run: Run, hidden: Path, tmp_path: Path) -> None:
    run("build", "-b", hidden)
    shutil.rmtree(hidden / "site")
    (tmp_path / "keys").rename(tmp_path / "elsewhere")
    for command in (
        ["build"], ["read"], ["publish", "site"], ["export", tmp_path / "tables"],
        ["publish", "report", "--from", "2023-01-01", "--to", "2023-12-31", "--out", tmp_path / "r.pdf"],
    ):  # fmt: skip
        refused = run(*command, "-b", hidden)
        assert refused.code == 2, command
        assert "the key that makes the ids of this book" in refused.err
    assert not any(path.exists() for path in (hidden / "site", tmp_path / "tables", tmp_path / "r.pdf"))
