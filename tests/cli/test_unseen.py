"""Marks that nobody sees, put into every text of a book: none of them is printed or published."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest

from habeas.names import shown
from tests.cli.conftest import BOOK, HELD, RELEASES, small_book

MARKS = "\u202e\u200b\x9b\u061c\u2066"  # a turn, no width, a control of a terminal
TITLED = (
    BOOK.replace("A small book", "A small book@")
    .replace("corrections@example.org", "Person A@")
    .replace("People held", "People held@")
    .replace("Publisher A", "Publisher A@")
    .replace('place = "Belarus"', 'place = "Belarus@", group = "some@"')
    .replace(
        'country = "BY"', 'country = "BY"\nlanguage = "en"\nabout = "About@"\nlicence = "CC@"\nrecorder = "keeper@"'
    )
    .replace('note = "note"', 'note@ = { prop = "note@", visibility = "public@" }')
)


def _run(book: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "habeas", *arguments, "-b", str(book)],
        capture_output=True,
        env={**os.environ, "HABEAS_KEYS": str(book.parent / "keys")},
        check=False,
    )
    printed = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == 0, printed
    return printed


def _marked(text: str) -> str:
    """CSV with the marks in every cell that is free text: ids, days and codes have forms of their own."""
    rows = list(csv.reader(text.splitlines()))
    free = [n for n, head in enumerate(rows[0]) if head in ("name", "note", "title", "en", "be")]
    for row in rows[1:]:
        for n in free:
            row[n] = row[n] and f"{row[n][:2]}{MARKS}{row[n][2:]}"
    return "\n".join(",".join(row) for row in rows) + "\n"


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = tmp_path_factory.mktemp("marked") / "book"
    small_book(book)
    quoted = TITLED.replace("note@ =", '"note@" =')
    (book / "book.toml").write_text(quoted.replace("@", MARKS.replace("\x9b", "\\u009b")), encoding="utf-8")
    (book / "lists" / "held.csv").write_text(_marked(HELD), encoding="utf-8")
    (book / "events" / "releases.csv").write_text(_marked(RELEASES), encoding="utf-8")
    (book / "words.csv").write_text(_marked("en,be\nA release,Вызваленне\n"), encoding="utf-8")
    (book / "articles" / f"o{MARKS}ne.txt").write_text(
        f"title: Of{MARKS} some\npublished: 2023-05-02\n---\nPlaceholder{MARKS} Alphaev was freed{MARKS}.\n",
        encoding="utf-8",
    )
    return book


def _texts(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        found[f"name of {path.name}"] = path.name
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as packed:
                found |= {f"{path.name} {name}": packed.read(name).decode("utf-8") for name in packed.namelist()}
        elif path.suffix == ".parquet":
            found[path.name] = pl.read_parquet(path).write_csv()
        elif path.suffix not in (".png", ".woff2"):
            found[path.name] = path.read_text(encoding="utf-8-sig")
    return found


def test_every_text_that_held_them_is_named(marked: Path) -> None:
    said = _run(marked, "read", "--preview", "--all")
    for place in (
        "book.title", "book.contact", "book.about", "book.licence", "book.recorder", "list 1.title", "list 1.publisher",
        "list 1.covers.place", "list 1.covers.group", "list 1.columns.note", "words.csv, row 2",
        "lists/held.csv, row 2, column name", "events/releases.csv, row 2, column title", "articles/one.txt",
    ):  # fmt: skip
        assert place in said, place


def test_nothing_printed_and_nothing_published_holds_them(marked: Path, tmp_path: Path) -> None:
    printed = [_run(marked, "build")]
    folder = tmp_path / "export"
    printed.append(
        _run(marked, "export", str(folder), *(f"--format={f}" for f in ("csv", "xlsx", "parquet", "jsonld", "ftm")))
    )
    printed += [_run(marked, "ask", "case", "Placeholder Alphaev", *more) for more in ([], ["--public", "--json"])]
    printed += [_run(marked, *command) for command in (["read", "--preview", "--all"], ["words"])]
    printed.append(_run(marked, "check", str(next((marked / "articles").glob("o*")))))
    said = {f"printed {number}": text for number, text in enumerate(printed)}
    found = {**said, **_texts(folder), **_texts(marked / "site")}
    assert [name for name, text in found.items() if shown(text) != text or any(m in text for m in MARKS)] == []
    escapes = [f"\\u{ord(sign):04x}" for sign in MARKS]
    assert [name for name, text in found.items() if any(e in text for e in escapes)] == []
