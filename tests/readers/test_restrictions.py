"""Restrictions of book.toml, consents and wishes as read; and nothing restricted in what is said of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import BookError
from habeas.readers import load_book
from tests.cli.conftest import BOOK, HELD, Run, book, run

__all__ = ["book", "run"]

SECRETS = ("Placeholder", "Alphaev", "1980", "a remark", "Betaev", "Gammaev", "2021", "2022")


def write(folder: Path, toml: str = BOOK, held: str = HELD) -> None:
    (folder / "book.toml").write_text(toml, encoding="utf-8")
    (folder / "lists" / "held.csv").write_text(held, encoding="utf-8")


def test_a_reason_without_a_visibility_is_refused(book: Path) -> None:
    for more in ('review_on = "2027"\n', 'visibility_reason = "afraid"\n'):
        write(book, BOOK.replace("key = [", more + "key = ["))
        with pytest.raises(BookError, match='add visibility = "team"'):
            load_book(book)
    write(book, BOOK.replace('note = "note"', 'note = { prop = "note", review_on = "2027" }'))
    with pytest.raises(BookError, match="column 'note'"):
        load_book(book)


def test_restrictions_of_the_book_are_statements_with_reason_and_review(run: Run, book: Path) -> None:
    restricted = 'visibility = "team"\nvisibility_reason = "they asked"\nreview_on = "2026-01"\nkey = ['
    write(
        book,
        BOOK.replace("key = [", restricted).replace('born = "born"', 'born = { prop = "born", visibility = "sealed" }'),
    )
    run("build", "-b", book)
    shown = run("restrict", "-b", book).out
    assert "they asked" in shown
    assert "2026-01 due" in shown
    assert "2 restrictions, 1 of them to be looked at again" in shown
    assert "0 statements added" in run("read", "-b", book).out


@pytest.mark.parametrize("what", ["list", "column"])
def test_what_the_book_no_longer_says_holds_until_it_says_public(run: Run, book: Path, what: str) -> None:
    if what == "list":
        team = BOOK.replace("key = [", 'visibility = "team"\nkey = [')
        public = BOOK.replace("key = [", 'visibility = "public"\nkey = [')
    else:
        team = BOOK.replace('name = "name"', 'name = { prop = "name", visibility = "team" }')
        public = BOOK.replace('name = "name"', 'name = { prop = "name", visibility = "public" }')
    pages = book / "site" / "cases.html"
    write(book, team)
    run("build", "-b", book)
    assert "Alphaev" not in pages.read_text(encoding="utf-8")
    write(book)
    assert "it holds all the same" in run("build", "-b", book).err
    assert "Alphaev" not in pages.read_text(encoding="utf-8")
    write(book, public)
    assert "it holds" not in run("build", "-b", book).err
    assert "Alphaev" in pages.read_text(encoding="utf-8")


BAD = """id,name,detained,born,note
1,Placeholder Alphaev,2021-02-30,1980-04-55,
1,Specimen Betaev,around 2022,about 1980,=a remark
3,Exemplar Gammaev,2021,2022,,one cell too many of Gammaev
3,Exemplar Gammaev,2021,2022,
"""


@pytest.mark.parametrize("visibility", ["team", "sealed"])
def test_no_problem_shows_a_value_of_a_restricted_list(run: Run, book: Path, visibility: str) -> None:
    write(book, BOOK.replace("key = [", f'visibility = "{visibility}"\nkey = ['), BAD)
    for arguments in (["read", "--preview", "--all"], ["build"]):
        ran = run(*arguments, "-b", book)
        assert "(restricted)" in ran.err
        assert [s for s in SECRETS if s in ran.err] == []
    if visibility == "sealed":
        ran = run("read", "--preview", "--all", "--columns", "-b", book)
        assert [s for s in SECRETS if s in ran.out] == []


def test_no_problem_shows_a_value_of_a_restricted_column(run: Run, book: Path) -> None:
    write(book, held=BAD)
    shown = run("build", "-b", book).err
    assert "1980" not in shown  # the vocabulary keeps birth dates for the team
    assert "2021-02-30" in shown
    column = '{ prop = "detained", visibility = "team" }'
    write(book, BOOK.replace('detained = "detained"', f"detained = {column}"), BAD)
    shown = run("build", "-b", book).err
    assert [s for s in ("2021-02-30", "around 2022", "day 30") if s in shown] == []


def consent(folder: Path, rows: str) -> None:
    head = "list,key,by,form,scope,recorded_by,from,until,withdrawn\n"
    (folder / "events" / "consents.csv").write_text(head + rows, encoding="utf-8")


def wish(folder: Path, rows: str) -> None:
    (folder / "events" / "publicity.csv").write_text("list,key,wish,by,on\n" + rows, encoding="utf-8")


def test_a_wish_keeps_the_name_back_and_the_case_in_counts(run: Run, book: Path) -> None:
    run("build", "-b", book)
    cases = book / "site" / "cases.html"
    assert "Alphaev" in cases.read_text(encoding="utf-8")
    wish(book, "held,1,does_not_want,relative,2026-01-02\n")
    ran = run("build", "-b", book)
    assert ran.err.count("Problem") == 0
    text = cases.read_text(encoding="utf-8")
    assert "Alphaev" not in text
    assert "Betaev" in text
    assert "3 cases" in (book / "site" / "index.html").read_text(encoding="utf-8")
    assert "Placeholder Alphaev" in run("ask", "case", "Placeholder Alphaev", "-b", book).out
    public = run("ask", "case", "Placeholder Alphaev", "--public", "--known", "2024-01-01", "-b", book)
    assert public.code == 2
    assert "0 statements added" in run("read", "-b", book).out


def test_a_wish_that_vanished_from_its_file_holds(run: Run, book: Path) -> None:
    wish(book, "held,1,does_not_want,relative,2026-01-02\nheld,2,wants,subject,2026-01-02\n")
    run("build", "-b", book)
    wish(book, "held,2,wants,subject,2026-01-02\n")
    ran = run("build", "-b", book)
    assert "it holds all the same" in ran.err
    assert "Alphaev" not in (book / "site" / "cases.html").read_text(encoding="utf-8")
    wish(book, "held,1,wants,relative,2026-02-02\n")
    run("build", "-b", book)
    assert "Alphaev" in (book / "site" / "cases.html").read_text(encoding="utf-8")


def test_a_withdrawal_emptied_in_the_file_holds(run: Run, book: Path) -> None:
    cases = book / "site" / "cases.html"
    consent(book, "held,1,subject,written,name;health,keeper,2025-01-01,,\n")
    run("build", "-b", book)
    assert "Alphaev" in cases.read_text(encoding="utf-8")
    consent(book, "held,1,subject,written,name;health,keeper,2025-01-01,,2026-01-03\n")
    run("build", "-b", book)
    assert "Alphaev" not in cases.read_text(encoding="utf-8")
    consent(book, "held,1,subject,written,name;health,keeper,2025-01-01,,\n")
    assert "it holds all the same" in run("build", "-b", book).err
    assert "Alphaev" not in cases.read_text(encoding="utf-8")
    consent(book, "held,2,subject,written,name,keeper,2025-01-01,,\n")
    assert "it holds all the same" in run("build", "-b", book).err
    assert "Alphaev" not in cases.read_text(encoding="utf-8")
    consent(book, "held,1,subject,written,name,keeper,2026-02-01,,\n")
    run("build", "-b", book)
    assert "Alphaev" in cases.read_text(encoding="utf-8")


def test_a_consent_taken_out_of_the_file_is_taken_back(run: Run, book: Path) -> None:
    health = BOOK.replace('note = "note"', 'note = "health"')
    write(book, health)
    consent(book, "held,2,subject,written,health,keeper,2025-01-01,,\n")
    run("build", "-b", book)
    run("export", book / "tables", "-b", book)
    assert "a remark" in (book / "tables" / "statements.csv").read_text(encoding="utf-8")
    consent(book, "held,2,subject,written,photo,keeper,2025-01-01,,\n")
    run("build", "-b", book)
    run("export", book / "tables", "-b", book)
    assert "a remark" not in (book / "tables" / "statements.csv").read_text(encoding="utf-8")


def test_a_row_that_concerns_nobody_is_reported_without_its_key(run: Run, book: Path) -> None:
    wish(book, "held,Placeholder Alphaev,does_not_want,relative,2026-01-02\nheld,,wants,,\nnowhere,1,perhaps,,soon\n")
    shown = run("build", "-b", book).err
    assert "the row concerns nobody" in shown
    assert "the entry of the publicity is missing" in shown
    assert "no list has this id" in shown
    assert [s for s in ("Alphaev", "perhaps", "soon") if s in shown] == []


def test_a_name_on_a_list_that_says_nowhere_when_it_was_published_needs_consent(run: Run, book: Path) -> None:
    write(book, BOOK.replace('published = "2023-05-01"\n', ""))
    assert "its names are public with consent only" in run("build", "-b", book).err
    cases = book / "site" / "cases.html"
    assert "Alphaev" not in cases.read_text(encoding="utf-8")
    consent(book, "held,1,subject,written,name,keeper,2025-01-01,,\n")
    run("build", "-b", book)
    assert "Alphaev" in cases.read_text(encoding="utf-8")
    assert "Betaev" not in cases.read_text(encoding="utf-8")


def test_a_near_name_and_a_list_no_longer_named_are_reported_without_what_is_restricted(run: Run, book: Path) -> None:
    held = (
        "id,name,detained,born,note\nPlaceholder Alphaev,Placeholder Alphaev,,,\nSpecimen Betaev,Specimen Betaev,,,\n"
    )
    text = BOOK.replace("key = [", 'visibility = "team"\nkey = [')
    write(book, text, held)
    run("build", "-b", book)
    write(book, text, held.replace("Specimen Betaev", "Specimen Betaeva"))
    shown = run("build", "-b", book).err
    assert "near name" in shown
    assert [s for s in SECRETS if s in shown] == []
    write(book, BOOK.partition("[[list]]")[0], held)
    shown = run("build", "-b", book).err
    assert ("no [[list]] names it" in shown, "People held" in shown) == (True, False)
