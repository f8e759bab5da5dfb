"""A locked book is seized: what its folder tells whoever has not the passphrase, byte by byte and row by row.

The public view says what may be known. `LEFT` is all that may be found beside it, as docs/locking.md lists it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from habeas.ledger import open_ledger
from habeas.nouns import Keeper
from habeas.pipeline import decide
from habeas.readers import load_book
from tests.cli.conftest import BOOK, Run
from tests.cli.test_lock import HOLDS, SECRETS, TEAM_LIST, WORD, fill, opens, word
from tests.planted import found_in

__all__ = ["word"]  # a fixture

NOW = datetime(2026, 1, 5, tzinfo=UTC)
DRAFT = "published: 2023-06-02\n---\nIn Belarus three people were freed on 1 June 2023, a friend told.\n"
KEPT = (
    *SECRETS,
    "Specimen Betaev",  # restricted
    "Exemplar Gammaev",  # does not want publicity
    "asked by a cousin",  # why a person is restricted
    "the same village",  # why two are one
    "heard from a neighbour",  # an opinion
    "three people were freed",  # a draft of a verdict
    "recordedkept",  # who recorded a wish
    "From relatives",  # the title of the team's list
)
LEFT = {
    # It opens the book, so it stays plain; `habeas lock` says that it names a list of the team's.
    ("book.toml", "From relatives"),
}


@pytest.fixture
def seized(run: Run, book: Path, word: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book with each kind of secret, built, decided on, one person erased, and locked whole, as its keeper is told to."""
    fill(book)
    early = TEAM_LIST.replace("2023-06-01", "2020-01-01")  # its rows would be the first of each person
    (book / "book.toml").write_text(BOOK + early, encoding="utf-8")
    with (book / "lists" / "families.csv").open("a", encoding="utf-8") as stream:
        stream.write("Placeholder Alphaev,2021-02-03,\nP Alphaev,2021-02-04,\n")
    for name, text in HOLDS.items():
        (book / name).parent.mkdir(exist_ok=True)
        (book / name).write_text(text, encoding="utf-8")
    (book.parent / "three.txt").write_text(DRAFT, encoding="utf-8")
    (book / "words.csv").write_text("where,en,be\n,Exemplar Gammaev,\n", encoding="utf-8")
    assert run("build", "-b", book).code == 0
    assert run("check", book.parent / "three.txt", "--keep", "-b", book).code == 0
    reason = ("--reason", "asked by a cousin", "--review-on", "2027")
    assert run("restrict", "Specimen Betaev", "--to", "team", *reason, "-b", book).code == 0
    two = [
        json.loads(run("ask", "case", n, "--json", "-b", book).out)["case"]
        for n in ("Тайны Сведка", "Placeholder Alphaev")
    ]
    assert run("link", "--same", *two, "--reason", "the same village", "-b", book).code == 0
    made = load_book(book)
    with open_ledger(made.ledger, keys=book.parent / "keys", today=NOW.date(), book=made) as ledger:
        some = sorted({s.subject for s in ledger.view(Keeper).statements if s.kind == "entry"})[:2]
        decide(made, ledger, *some, same="same", reason="heard from a neighbour", now=NOW, blind=True)
    assert run("erase", "Хворы Узор", "--yes", "-b", book).code == 0
    assert run("lock", "--passphrase-file", word, "-b", book).code == 0
    opens(monkeypatch, word)
    said = run("lock", "--inputs", "-b", book).err
    assert "words.csv: stays in plain" in said
    assert "names lists that only the team sees: families" in said
    (book / "words.csv").unlink()
    opens(monkeypatch, None)
    assert run("publish", "site", "-b", book).code == 0  # without articles, which it cannot look through
    return book


def units(cell: object) -> Iterator[str]:
    """What a cell holds, piece by piece: the innermost lists of JSON, else the cell."""
    try:
        said = json.loads(cell) if isinstance(cell, str) else None
    except ValueError:
        said = None
    if not isinstance(said, list):
        yield cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
    elif any(isinstance(one, list) for one in said):
        for one in said:
            yield from units(json.dumps(one))
    else:
        yield json.dumps(said)


def rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Every row of every table that a database says it has."""
    with closing(sqlite3.connect(path)) as raw:
        for (table,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in raw.execute(f'SELECT * FROM "{table}"'):
                yield table, [unit for cell in row for unit in units(cell)]


def test_no_secret_lies_in_any_byte_of_the_folder(seized: Path) -> None:
    assert WORD not in (seized / "book.toml").read_text(encoding="utf-8")
    assert found_in(seized, KEPT) == LEFT
    assert found_in(seized, ["Placeholder Alphaev"])  # the search would find them


def test_no_row_or_file_ties_what_the_public_does_not_see_to_what_it_sees(run: Run, seized: Path) -> None:
    cells = [(table, row) for table, row in rows(seized / "ledger.sqlite")]
    ids = {word for _, row in cells for text in row for word in text.split('"') if word.startswith("entry:")}
    team = {one.rpartition(":")[2] for one in ids if one.startswith("entry:families:")}
    open_ = {one.rpartition(":")[2] for one in ids if one.startswith("entry:held:")}
    assert len(team) >= 3
    assert len(open_) == 3
    for table, row in cells:
        pieces = row if table == "vault" else [" ".join(row)]
        for piece in pieces:
            assert not (any(one in piece for one in team) and any(one in piece for one in open_)), (table, piece)
    told = (p for p in seized.rglob("*") if p.is_file() and not p.is_relative_to(seized / "site"))  # the site is public
    for path in (p for p in told if p.name != "ledger.sqlite"):
        for line in path.read_bytes().splitlines():
            both = [any(one.encode() in line for one in some) for some in (team, open_)]
            assert not all(both), (path.name, line[:200])
    ran = run("ask", "inside", "--on", "2023-05-01", "--public", "--people", "--json", "-b", seized)
    assert ran.code == 0
    named = [one for one in json.loads(ran.out)["people"] if one["name"] != one["case"]]
    assert named
    assert not {one["case"].removeprefix("C-") for one in named} & team
    assert run("export", seized.parent / "out", "-b", seized).code == 0
    for path in sorted((seized.parent / "out").iterdir()):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not (any(one in line for one in team) and "Alphaev" in line), (path.name, line)
