"""The commands on a team's database: the same as on a file, the site to the byte."""

from __future__ import annotations

import hashlib
import itertools
import json
import secrets
import shutil
from pathlib import Path

import pytest

from habeas.ledger import open_ledger
from habeas.nouns import Book
from habeas.pipeline import Built, build
from habeas.readers import load_book
from tests.cli.conftest import HELD, Run, book, run
from tests.cli.test_erase import holding
from tests.conftest import BUILT_AT
from tests.contract.conftest import InPostgres
from tests.contract.server import OWNER, Server

__all__ = ["book", "run"]


# What a server keeps beyond an erasure; a file keeps nothing.
LOGS = "  still held in the server's write-ahead log, and in archives, replicas and dumps made of it\n"


@pytest.fixture
def place(postgres: InPostgres, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty database that HABEAS_LEDGER names."""
    found = postgres.place()
    monkeypatch.setenv("HABEAS_LEDGER", found)
    return found


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_command_does_the_same(
    run: Run, book: Path, postgres: InPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One salt, one clock and the same nonces: what is printed and what is written is the same on both."""
    other = Path(shutil.copytree(book, book.with_name("other")))
    place = postgres.place()
    with open_ledger(book / "ledger.sqlite", create=True) as empty:
        empty.copy(place)
    monkeypatch.setattr("habeas.cli.options.now", lambda: BUILT_AT)
    for module in ("keeping", "trust", "restricting", "people"):
        monkeypatch.setattr(f"habeas.cli.{module}.now", lambda: BUILT_AT)

    def tell(folder: Path) -> tuple[list[tuple[object, ...]], dict[str, bytes]]:
        numbers = itertools.count()
        free = secrets.token_bytes

        def drawn(size: int) -> bytes:  # nonces alone are counted: names of drafts are drawn where one is made
            return free(size) if size < 16 else hashlib.shake_128(str(next(numbers)).encode()).digest(size)

        monkeypatch.setattr("secrets.token_bytes", drawn)
        said = [run("build", "-b", folder)]
        (folder / "lists" / "held.csv").write_text(HELD.replace("2022-01,", "2022-02,"), encoding="utf-8")
        said += [
            run(*what, "-b", folder) for what in (["read", "--preview"], ["read"], ["log", "Specimen Betaev"], ["log"])
        ]
        said += [
            run("undo", 3, "--reason", "typed wrongly", "-b", folder),
            run("log", "Specimen Betaev", "--json", "-b", folder),
        ]
        said += [
            run("restrict", "Exemplar Gammaev", "--to", "team", "--reason", "r", "--review-on", "2027", "-b", folder)
        ]
        said += [
            run("ask", "inside", "--on", "2023-04-01", "--public", "--json", "-b", folder),
            run("publish", "site", "-b", folder),
        ]
        said += [run("link", "-b", folder), run("restrict", "-b", folder), run("verify", "-b", folder)]
        said += [
            run("erase", "Placeholder Alphaev", "--reason", "asked", "--yes", "-b", folder),
            run("verify", "--json", "-b", folder),
        ]
        said += [
            run("erase", "--list", "-b", folder),
            run("undo", 99, "-b", folder),
            run("ask", "case", "Placeholder Alphaev", "-b", folder),
        ]
        printed = [(r.code, r.out.replace(folder.as_posix(), "BOOK").replace(LOGS, ""), r.err) for r in said]
        return printed, tree(folder / "site")

    on_file = tell(book)
    monkeypatch.setenv("HABEAS_LEDGER", place)
    on_server = tell(other)
    for here, there in zip(on_server[0], on_file[0], strict=True):
        assert here == there
    assert on_server[1] == on_file[1]
    assert not (other / "ledger.sqlite").exists()
    assert "31 statements" in repr(on_file[0])


def test_copy_moves_a_book_to_a_server_and_back(
    run: Run, book: Path, postgres: InPostgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run("build", "-b", book)
    site = tree(book / "site")
    place, back = postgres.place(), tmp_path / "back.sqlite"
    copied = run("copy", place, "-b", book)
    assert copied.out == "copied: 31 statements in 2 batches; every head of the copy is the same\n"
    again = run("copy", place, "-b", book)
    assert (again.code, "holds something already: a copy needs a new file or an empty database" in again.err) == (
        2,
        True,
    )
    assert run("copy", place, back).code == 0
    assert run("copy", "-b", book).code == 2
    assert run("copy", tmp_path / "none.sqlite", tmp_path / "x.sqlite").code == 2
    assert "agrees with 2 kept heads" in run("verify", "--against", place, "-b", book).out
    monkeypatch.setenv("HABEAS_LEDGER", str(back))
    assert "the record holds: 31 statements" in run("verify", "-b", book).out
    monkeypatch.setenv("HABEAS_LEDGER", place)
    assert "0 statements added" in run("build", "-b", book).out
    assert tree(book / "site") == site
    assert "agrees with 2 kept heads" in run("verify", "--against", back, "-b", book).out
    assert "31 statements" in run("backup", tmp_path / "backup.sqlite", "-b", book).out


def test_the_example_book_gives_the_same_site_on_a_server(
    example: tuple[Book, Built], place: str, tmp_path: Path
) -> None:
    made, _ = example
    folder = Path(
        shutil.copytree(made.folder, tmp_path / "belarus", ignore=shutil.ignore_patterns("ledger.sqlite*", "site"))
    )
    with open_ledger(made.ledger) as ledger:
        ledger.copy(place)
    done = build(load_book(folder), now=BUILT_AT, place=place)
    assert done.added == 0
    assert tree(folder / "site") == tree(made.folder / "site")


def test_an_erasure_on_a_server_names_the_file_that_was_copied_from(
    run: Run, book: Path, postgres: InPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old ledger beside the book still holds the person."""
    run("build", "-b", book)
    place = postgres.place()
    run("copy", place, "-b", book)
    monkeypatch.setenv("HABEAS_LEDGER", place)
    done = run("erase", "Specimen Betaev", "--reason", "asked for it", "--yes", "-b", book)
    assert "still held in ledger.sqlite" in done.out
    assert "still held in lists/held.csv" in done.out
    assert holding(book, "ledger.sqlite", "lists/") == []
    again = run("build", "-b", book)
    assert "belong to somebody who was erased" in again.err
    assert "Betaev" not in again.out + again.err
    assert postgres.run(place, "SELECT count(*) FROM habeas.shown WHERE value LIKE '%Betaev%'") == [(0,)]


def test_failures_are_one_sentence_without_the_address(
    run: Run, book: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in (
        server.url("none", OWNER, "open-sesame"),
        "postgresql://k:open-sesame@127.0.0.1:1/book",
        "mysql://k:open-sesame@h/b",
    ):
        monkeypatch.setenv("HABEAS_LEDGER", address)
        for command in (["build"], ["verify"], ["log"], ["read", "--preview"], ["ask", "deals"]):
            said = run(*command, "-b", book)
            assert said.code == 2, said
            assert said.out == ""
            assert said.err.startswith("habeas: ")
            assert said.err.count("\n") == 1, said.err
            assert "open-sesame" not in said.err


def test_a_preview_on_an_empty_database_makes_nothing(run: Run, book: Path, place: str, postgres: InPostgres) -> None:
    assert "would be added; nothing was written" in run("read", "--preview", "-b", book).out
    assert postgres.run(place, "SELECT 1 FROM pg_namespace WHERE nspname = 'habeas'") == []
    assert run("verify", "-b", book).code == 2
    run("build", "-b", book)
    found = json.loads(run("verify", "--json", "-b", book).out)
    assert (found["problems"], found["head"]["size"]) == ([], 31)


def test_a_question_is_answered_where_nothing_may_be_written(
    run: Run, book: Path, place: str, postgres: InPostgres
) -> None:
    run("build", "-b", book)
    asked = ("ask", "case", "Placeholder Alphaev", "-b", book)
    answer = run(*asked)
    postgres.run(place, "DELETE FROM showing")  # as after an editor's work
    name = postgres.run(place, "SELECT current_database()")[0][0]
    postgres.run(place, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    try:
        frozen = run(*asked)
    finally:
        postgres.run(place, "SET default_transaction_read_only = off", f"ALTER DATABASE {name} RESET ALL")
    assert (frozen.code, frozen.out) == (0, answer.out)
    assert frozen.err.startswith("the public view of the database stays closed: ")
    assert "read-only" in frozen.err


def test_an_upgrade_is_said_once(run: Run, book: Path) -> None:
    from tests.contract.test_moving import ALONE, FORMAT_1

    shutil.copy(FORMAT_1, book / "ledger.sqlite")
    with open_ledger(FORMAT_1) as older:
        (key,) = {head.key for head in older.heads()}
    sentence = "ledger.sqlite was brought from format 1 to 3; as it was, it is kept in ledger.sqlite.format-1\n"
    looked = run("verify", "-b", book, "--signer", key)
    assert (looked.code, ALONE in looked.err) == (1, True)
    assert looked.err.splitlines()[1:] == ["definitions were not compared: the record is of the older format 1"]
    assert (book / "ledger.sqlite").read_bytes() == FORMAT_1.read_bytes()
    first = run("log", "-b", book)
    assert (first.code, first.err) == (0, sentence)
    assert run("verify", "-b", book, "--signer", key).err == ""
    assert f"signed by a key that is not known here: {key}" in run("verify", "-b", book).err
    shutil.copy(FORMAT_1, book / "ledger.sqlite")
    assert "it is kept in ledger.sqlite.format-1-2" in run("build", "-b", book).err
