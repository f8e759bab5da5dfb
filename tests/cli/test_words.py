"""The keeper's own texts in other languages: gathered for a translator, shown on the pages, and never a way around a restriction."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def _fill(book: Path, **said: str) -> None:
    path = book / "words.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    for row in rows:
        row["be"] = said.get(row["en"].replace(" ", "_"), row["be"])
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, fieldnames=list(rows[0]))
        table.writeheader()
        table.writerows(rows)


@pytest.fixture
def told(book: Path) -> Path:
    home = book / "book.toml"
    home.write_text(
        home.read_text(encoding="utf-8").replace(
            'country = "BY"', 'country = "BY"\nlanguage = "en"\nlanguages = ["be", "ru"]', 1
        ),
        encoding="utf-8",
    )
    return book


def test_texts_are_gathered_filled_in_and_shown(run: Run, told: Path) -> None:
    run("build", "-b", told)
    gathered = run("words", "-b", told)
    assert gathered.code == 0
    assert "3 texts, 3 of them new" in gathered.out
    assert "be: 3 to translate" in gathered.out
    _fill(told, A_release="Вызваленне", People_held="Зняволеныя")
    again = json.loads(run("words", "--json", "-b", told).out)
    assert (again["texts"], again["added"], again["missing"]) == (3, 0, {"en": 0, "be": 1, "ru": 3})
    assert run("build", "-b", told).code == 0
    page = Path("releases") / "BY-2023-06-01.html"
    assert "<h1>Вызваленне</h1>" in (told / "site" / "be" / page).read_text(encoding="utf-8")
    assert "<h1>A release</h1>" in (told / "site" / page).read_text(encoding="utf-8")
    assert '<h1><span lang="en">A release</span></h1>' in (told / "site" / "ru" / page).read_text(encoding="utf-8")
    assert "Зняволеныя" in (told / "site" / "be" / "lists.html").read_text(encoding="utf-8")


def test_what_is_kept_back_is_not_gathered_and_its_translation_is_in_no_byte(run: Run, told: Path) -> None:
    restrict = (
        '\nvisibility = "team"\nvisibility_reason = "the list is secret"\nreview_on = "2030-01-01"\n[list.columns]'
    )
    home = told / "book.toml"
    home.write_text(home.read_text(encoding="utf-8").replace("\n[list.columns]", restrict, 1), encoding="utf-8")
    run("build", "-b", told)
    run("words", "-b", told)
    written = (told / "words.csv").read_text(encoding="utf-8-sig")
    assert "A release" in written
    assert "People held" not in written
    (told / "words.csv").write_text("en,be\nPeople held,Таемны спіс\nPublisher A,Таемны выдавец\n", encoding="utf-8")
    assert run("build", "-b", told).code == 0
    for path in (told / "site").rglob("*"):
        assert path.is_dir() or "Таемны".encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    "there", [b"PK\x03\x04 a workbook", b"en,be\nA release,one,two too many\n", b"en,be,be\nA release,one,two\n"]
)
def test_a_table_that_cannot_be_read_whole_is_never_written_over(run: Run, told: Path, there: bytes) -> None:
    run("read", "-b", told)
    (told / "words.csv").write_bytes(there)
    said = run("words", "-b", told)
    assert (said.code, "nothing was written" in said.err) == (2, True)
    assert (told / "words.csv").read_bytes() == there


def test_a_book_that_does_not_name_its_language_is_told_so(run: Run, book: Path) -> None:
    run("read", "-b", book)
    said = run("words", "-b", book)
    assert (said.code, 'write language = "en" under [book]' in said.err) == (2, True)
