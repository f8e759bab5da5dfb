"""`habeas lock` and `habeas unlock`, and what every other command does in a book with a passphrase."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import shutil
import sqlite3
import subprocess
import sys
import termios
import time
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from habeas.errors import LedgerUnwritable
from habeas.ledger import open_ledger
from habeas.ledger.sqlite import SqliteStore
from habeas.ledger.vault import Cost
from habeas.nouns import Links
from habeas.pipeline import build, linker
from habeas.readers import load_book
from habeas.resolve import READS
from tests.cli.conftest import BOOK, Run, small_book
from tests.ledger.conftest import ANYBODY
from tests.planted import found_in

WORD = "correct horse"
FULL = ("Placeholder Alphaev", "Specimen Betaev")
SECRETS = ("Тайны Сведка", "a remark of a sister", "1980-04-05", "Хворы Узор", "formkept")
TEAM_LIST = """
[[list]]
id = "families"
file = "lists/families.csv"
title = "From relatives"
publisher = "Publisher B"
published = "2023-06-01"
language = "be"
means = "held"
visibility = "team"
visibility_reason = "not for the public"
review_on = "2027-01"
key = ["name"]
[list.columns]
name = "name"
detained = "detained"
note = { prop = "note", visibility = "sealed", visibility_reason = "names a relative", review_on = "2027-01" }
"""
WISHES = "list,key,wish,by,recorded_by,on,note\nheld,3,does_not_want,relative,recordedkept,2025-01-02,formkept\n"


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "word.txt"
    path.write_text(f"{WORD}\n", encoding="utf-8")
    return path


def fill(book: Path) -> None:
    """A list for the team, a wish, and an article that names whom it may not."""
    (book / "book.toml").write_text(BOOK + TEAM_LIST, encoding="utf-8")
    rows = "name,detained,note\nТайны Сведка,2021-03-04,a remark of a sister\nХворы Узор,2022-05-06,\n"
    (book / "lists" / "families.csv").write_text(rows, encoding="utf-8")
    (book / "events" / "publicity.csv").write_text(WISHES, encoding="utf-8")
    (book / "articles" / "two.txt").write_text(
        "title: Of Exemplar Gammaev\npublished: 2023-05-02\n---\nExemplar Gammaev was freed.\n", encoding="utf-8"
    )


@pytest.fixture
def full(book: Path) -> Path:
    fill(book)
    return book


@pytest.fixture(scope="module")
def once_locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book built and locked once; a guess of its passphrase costs little, so that the tests do."""
    folder = tmp_path_factory.mktemp("once") / "book"
    small_book(folder)
    fill(folder)
    book = load_book(folder)
    build(book, now=datetime(2026, 1, 5, tzinfo=UTC))
    with open_ledger(book.ledger) as ledger:
        ledger.lock(WORD, linker(book), Cost(n=2))
    return folder


@pytest.fixture
def locked(once_locked: Path, tmp_path: Path) -> Path:
    return shutil.copytree(once_locked, tmp_path / "locked")


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch, word: Path) -> None:
    monkeypatch.setenv("HABEAS_PASSPHRASE_FILE", str(word))


def opens(monkeypatch: pytest.MonkeyPatch, word: Path | None) -> None:
    if word is None:
        monkeypatch.delenv("HABEAS_PASSPHRASE_FILE", raising=False)
    else:
        monkeypatch.setenv("HABEAS_PASSPHRASE_FILE", str(word))


def tables(run: Run, book: Path, name: str) -> dict[str, bytes]:
    target = book.parent / name
    assert run("export", target, "-b", book).code == 0
    return {p.name: p.read_bytes() for p in sorted(target.iterdir())}


# --- the public view of a locked book --------------------------------------------------------------------------------


def test_a_locked_book_answers_publishes_and_exports_the_same_public_view(
    run: Run, locked: Path, word: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for given in (None, word):
        opens(monkeypatch, given)
        inside = run("ask", "inside", "--on", "2023-05-01", "--public", "--people", "--json", "-b", locked)
        assert run("publish", "site", "-b", locked).code == 0
        pages = {p.name: p.read_bytes() for p in (locked / "site" / "cases").iterdir()}
        found.append((inside.out, pages, tables(run, locked, f"tables-{given is None}")))
    assert found[0] == found[1]
    assert len(found[0][1]) == 5


def test_an_entry_that_a_locked_book_cannot_place_is_left_out_and_said(run: Run, locked: Path) -> None:
    with open_ledger(locked / "ledger.sqlite", passphrase=lambda: WORD) as ledger:
        first = Links(persons=ledger.remembered().persons[:1], unsure=())
        ledger.who_is_who(lambda _: first, "none", READS)
    ran = run("publish", "site", "-b", locked)
    assert (ran.code, "of the entries became public since who is who was last worked out" in ran.err) == (0, True), (
        ran.err
    )
    assert len(list((locked / "site" / "cases").iterdir())) == 1


def test_a_person_on_a_list_of_the_team_is_the_same_case_locked_and_open_and_nothing_ties_the_two(
    run: Run, book: Path, word: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(book)
    early = TEAM_LIST.replace("2023-06-01", "2020-01-01")  # the row of the team would be the first of the person
    (book / "book.toml").write_text(BOOK + early, encoding="utf-8")
    with (book / "lists" / "families.csv").open("a", encoding="utf-8") as stream:
        stream.write("Placeholder Alphaev,2021-02-03,\nSpecimen Betaev,2022-01-05,\n")
    assert run("build", "-b", book).code == 0
    cases = [json.loads(run("ask", "case", name, "--json", "-b", book).out) for name in FULL]
    assert run("lock", "--passphrase-file", word, "-b", book).code == 0
    found = []
    for given in (word, None):
        opens(monkeypatch, given)
        inside = run("ask", "inside", "--on", "2023-05-01", "--public", "--people", "--json", "-b", book)
        found.append((inside.out, tables(run, book, f"out-{given is None}")))
    assert found[0] == found[1]
    with closing(sqlite3.connect(book / "ledger.sqlite")) as raw:
        (kept,) = raw.execute("SELECT value FROM vault WHERE key = 'links'").fetchone()
        rows = {one for (one,) in raw.execute("SELECT DISTINCT subject FROM statement WHERE subject LIKE 'entry:%'")}
    for person in json.loads(kept)[0]:
        assert len({one.split(":")[1] for one in person[1:]}) == 1, person
    team = {one.rpartition(":")[2] for one in rows if one.startswith("entry:families:")}
    assert len(team) == 4
    assert not {one["case"].removeprefix("C-") for one in cases} & team


def test_of_a_locked_book_no_article_is_published_and_the_site_says_nothing_else(run: Run, locked: Path) -> None:
    ran = run("publish", "site", "-b", locked)
    assert ran.code == 0
    assert "articles/one.txt: the book is locked, and nobody can tell whether the article names somebody" in ran.err
    assert not (locked / "site" / "articles").exists()


@pytest.mark.parametrize(
    "command",
    [
        ["build"],
        ["read"],
        ["read", "--preview"],
        ["ask", "inside"],
        ["ask", "case", "Placeholder Alphaev"],
        ["ask", "inside", "--public", "--known", "2030-01-01"],
        ["check", "articles/one.txt"],
        ["check", "articles/one.txt", "--public", "--page", "page.html"],
        ["check", "articles/one.txt", "--sign", "editor-1"],
        ["recheck"],
        ["remark", "abc", "--reply", "r", "--by", "b"],
        ["link"],
        ["log"],
        ["log", "Placeholder Alphaev"],
        ["undo", "1"],
        ["restrict"],
        ["restrict", "Placeholder Alphaev", "--to", "team", "--reason", "r", "--review-on", "2027"],
        ["erase", "Placeholder Alphaev", "--yes"],
        ["erase", "--list"],
        ["lock"],
        ["lock", "--inputs"],
        ["lock", "lists/held.csv"],
        ["unlock", "lists/held.csv"],
    ],
    ids=" ".join,
)
def test_everything_else_says_in_one_sentence_that_the_passphrase_is_needed(
    run: Run, locked: Path, command: list[str]
) -> None:
    before = (locked / "ledger.sqlite").read_bytes()
    ran = run(*(str(locked / c) if c.startswith("articles/") else c for c in command), "-b", locked)
    assert (ran.code, ran.out) == (2, "")
    said = [line for line in ran.err.splitlines() if not line.startswith("  ")]
    assert said == [
        "habeas: the book is locked: this needs its passphrase (HABEAS_PASSPHRASE_FILE names a file that holds it)"
    ]
    assert (locked / "ledger.sqlite").read_bytes() == before


def test_verify_says_what_it_cannot_tell_without_the_passphrase(
    run: Run, locked: Path, word: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run("verify", "--unsigned", "-b", locked)
    assert (ran.code, "can only be read with the passphrase" in ran.out) == (0, True)
    assert json.loads(run("verify", "--unsigned", "--json", "-b", locked).out)["sealed_checked"] is False
    opens(monkeypatch, word)
    ran = run("verify", "--unsigned", "-b", locked)
    assert (ran.code, "each was opened and is as recorded" in ran.out) == (0, True)
    found = json.loads(run("verify", "--unsigned", "--json", "-b", locked).out)
    assert (found["sealed_checked"], found["sealed"] > 10) == (True, True)


def test_with_the_passphrase_all_commands_work(run: Run, locked: Path, key: None) -> None:
    assert "0 statements added" in run("build", "-b", locked).out
    ran = run("ask", "case", "Тайны Сведка", "--json", "-b", locked)
    assert json.loads(ran.out)["name"] == "Тайны Сведка"
    assert run("ask", "inside", "--known", "2030-01-01", "-b", locked).code == 0
    assert "Тайны Сведка" in run("log", "Тайны Сведка", "-b", locked).out
    two = [json.loads(run("ask", "case", n, "--json", "-b", locked).out)["case"] for n in FULL]
    assert run("link", "--different", *two, "-b", locked).code == 0
    batches = json.loads(run("log", "--json", "-b", locked).out)["batches"]
    assert run("undo", batches[-1]["batch"], "-b", locked).code == 0
    assert run("backup", locked.parent / "copy.sqlite", "-b", locked).code == 0
    assert run("verify", "--unsigned", "--against", locked.parent / "copy.sqlite", "-b", locked).code == 0
    ran = run("erase", "Тайны Сведка", "--yes", "-b", locked)
    assert (ran.code, "still held in lists/families.csv" in ran.out) == (0, True)
    assert run("verify", "--unsigned", "-b", locked).code == 0


# --- what lies in the book's folder ----------------------------------------------------------------------------------


def test_after_lock_no_byte_of_the_folder_holds_what_is_restricted(run: Run, locked: Path, key: None) -> None:
    ran = run("build", "-b", locked)
    plain = "articles/two.txt, events/publicity.csv, lists/families.csv, lists/held.csv"
    assert f"not sealed, and not all for the public: {plain}" in ran.err
    assert {s for _, s in found_in(locked, SECRETS)} == set(SECRETS)
    ran = run("lock", "--inputs", "-b", locked)
    assert [line for line in ran.out.splitlines() if line.startswith("sealed")] == [
        f"sealed {name}.sealed" for name in plain.split(", ")
    ]
    assert found_in(locked, [*SECRETS, "Exemplar Gammaev"]) == set()
    assert found_in(locked, ["Alphaev"])
    ran = run("build", "-b", locked)
    assert (ran.code, "0 statements added" in ran.out, "not sealed" in ran.err) == (0, True, False)
    assert "articles/two.txt: the article names somebody" in ran.err
    assert (
        run(
            "restrict", "Placeholder Alphaev", "--to", "team", "--reason", "r", "--review-on", "2027", "-b", locked
        ).code
        == 0
    )
    assert run("publish", "site", "-b", locked).code == 0
    assert found_in(locked, [*SECRETS, "Exemplar Gammaev", "Alphaev"]) == set()


def test_a_draft_of_a_verdict_is_sealed_and_a_signed_one_is_for_all(
    run: Run, locked: Path, key: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = locked / "articles" / "three.txt"
    article.write_text(
        "published: 2023-06-02\n---\nIn Belarus two people were freed on 1 June 2023.\n", encoding="utf-8"
    )
    words = b"two people were freed"
    assert run("check", article, "--keep", "-b", locked).code == 0
    assert not any(words in p.read_bytes() for p in locked.glob("ledger.sqlite*") if p.is_file())
    assert run("check", article, "--sign", "editor-1", "-b", locked).code == 0
    assert any(words in p.read_bytes() for p in locked.glob("ledger.sqlite*") if p.is_file())
    assert run("recheck", "-b", locked).code == 0
    monkeypatch.delenv("HABEAS_PASSPHRASE_FILE")
    assert run("export", locked.parent / "out", "--format", "jsonld", "-b", locked).code == 0
    assert words in (locked.parent / "out" / "claimreviews.jsonld").read_bytes()


def test_a_sealed_list_is_read_and_its_new_rows_are_never_plain(run: Run, locked: Path, key: None) -> None:
    assert run("lock", "--inputs", "-b", locked).code == 0
    path = locked / "lists" / "families.csv"
    assert run("unlock", path, "-b", locked).out == "in plain: lists/families.csv\n"
    with path.open("a", encoding="utf-8") as stream:
        stream.write("Новы Прыклад,2023-01-02,\n")
    assert run("lock", path, "-b", locked).code == 0
    assert "1 new" in run("read", "-b", locked).out
    assert found_in(locked, [*SECRETS, "Новы Прыклад"]) == set()
    assert json.loads(run("ask", "case", "Новы Прыклад", "--json", "-b", locked).out)["name"] == "Новы Прыклад"


def test_an_erasure_names_sealed_inputs_too(run: Run, locked: Path, key: None) -> None:
    assert run("lock", "--inputs", "-b", locked).code == 0
    assert "still held in lists/families.csv.sealed" in run("erase", "Тайны Сведка", "--yes", "-b", locked).out
    assert "still held in lists/families.csv.sealed" in run("erase", "--list", "-b", locked).out
    assert "1 rows belong to somebody who was erased" in run("build", "-b", locked).err


def test_a_backup_is_sealed_as_the_book_is(run: Run, locked: Path) -> None:
    target = locked.parent / "copies" / "copy.sqlite"
    target.parent.mkdir()
    assert run("backup", target, "-b", locked).code == 0
    assert found_in(target.parent, SECRETS) == set()
    with open_ledger(target, passphrase=lambda: WORD) as copy:
        assert copy.verify(trust=ANYBODY) == ()


# --- inputs ----------------------------------------------------------------------------------------------------------


def test_an_input_is_given_back_to_the_byte(run: Run, locked: Path, key: None) -> None:
    path = locked / "lists" / "held.csv"
    before = path.read_bytes()
    assert run("lock", path, "-b", locked).out == "sealed lists/held.csv.sealed\n"
    assert not path.exists()
    assert run("unlock", f"{path}.sealed", "-b", locked).code == 0
    assert (path.read_bytes(), list(path.parent.glob("*.sealed"))) == (before, [])
    ran = run("check", locked / "articles" / "one.txt", "--json", "-b", locked)
    assert run("lock", "articles/one.txt", "-b", locked).code == 0
    assert run("check", locked / "articles" / "one.txt", "--json", "-b", locked).out == ran.out
    assert run("check", locked / "articles" / "one.txt.sealed", "--json", "-b", locked).out == ran.out


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("book.toml", "is no input of this book"),
        ("ledger.sqlite", "is no input of this book"),
        ("../word.txt", "is no input of this book"),
        ("lists/none.csv", "there is no file"),
    ],
)
def test_only_inputs_are_sealed(run: Run, locked: Path, key: None, name: str, says: str) -> None:
    ran = run("lock", name, "-b", locked)
    assert (ran.code, says in ran.err) == (2, True), ran.err


def test_a_sealed_input_changed_renamed_or_beside_a_plain_one_is_refused(run: Run, locked: Path, key: None) -> None:
    path = locked / "lists" / "families.csv"
    assert run("lock", path, "-b", locked).code == 0
    sealed = path.with_name("families.csv.sealed")
    data = sealed.read_bytes()
    sealed.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    ran = run("read", "-b", locked)
    assert "families.csv.sealed cannot be opened: it was changed, renamed" in ran.err
    sealed.write_bytes(data)
    path.write_text("name,detained,note\n", encoding="utf-8")
    assert "lies there both plain and sealed" in run("read", "-b", locked).err
    assert "is there already" in run("lock", path, "-b", locked).err
    assert "lies there in plain already" in run("unlock", path, "-b", locked).err
    path.unlink()
    sealed.rename(sealed.with_name("held.csv.sealed"))
    (locked / "lists" / "held.csv").unlink()
    assert "held.csv.sealed cannot be opened" in run("unlock", "lists/held.csv", "-b", locked).err


HOLDS = {  # a name or a value that is kept back, in every kind of text
    "README": "We thank Тайны Сведка.\n",
    "sources/page.htm": "<p>Exemplar <b>Gammaev</b></p>\n",
    "notes/todo.yaml": "ask: a remark of a sister\n",
    "events/assessments.txt": "born 1980-04-05\n",
}


def _document(text: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document><w:t>{text}</w:t></w:document>")
    return made.getvalue()


def test_what_is_named_is_what_is_sealed_and_what_must_stay_or_is_no_text_is_said(
    run: Run, locked: Path, key: None
) -> None:
    for name, text in HOLDS.items():
        (locked / name).parent.mkdir(exist_ok=True)
        (locked / name).write_text(text, encoding="utf-8")
    (locked / "articles" / "three.docx").write_bytes(_document("Exemplar Gammaev"))
    (locked / "articles" / "scan.pdf").write_bytes(b"%PDF-1.4 a picture")
    (locked / "sources").mkdir(exist_ok=True)
    (locked / "sources" / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x81\x8d\x8f\x90\x9d" * 9)
    (locked / "notes" / "plain.txt").write_text("Placeholder Alphaev was held.\n", encoding="utf-8")
    (locked / "words.csv").write_text("where,en,be\n,Exemplar Gammaev,\n", encoding="utf-8")
    named = run("build", "-b", locked).err.partition("not all for the public: ")[2].splitlines()[0].split(", ")
    assert {*HOLDS, "articles/three.docx"} < set(named)
    ran = run("lock", "--inputs", "-b", locked)
    assert [line for line in ran.out.splitlines() if line.startswith("sealed")] == [f"sealed {n}.sealed" for n in named]
    assert "not looked into: articles/scan.pdf, sources/photo.jpg; " in ran.err
    assert "words.csv: stays in plain, and names somebody or says something that is kept back (line 2)" in ran.err
    assert "book.toml: stays in plain, and names lists that only the team sees: families" in ran.err
    assert run("unlock", "README", "-b", locked).code == 0
    assert (locked / "README").read_text(encoding="utf-8") == HOLDS["README"]
    assert (locked / "notes" / "plain.txt").exists()


# --- the passphrase --------------------------------------------------------------------------------------------------


def test_it_is_changed_and_the_old_one_opens_nothing(
    run: Run, locked: Path, word: Path, key: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = word.with_name("other.txt")
    other.write_text("another one\n", encoding="utf-8")
    ran = run("lock", "--passphrase-file", other, "-b", locked)
    assert (ran.code, "Backups made before still open with the old one" in ran.out) == (0, True)
    ran = run("ask", "inside", "-b", locked)
    assert (ran.code, ran.err) == (2, "habeas: this is not the passphrase of this book; nothing was opened\n")
    opens(monkeypatch, other)
    assert run("ask", "inside", "-b", locked).code == 0


def test_it_is_set_on_a_book_that_had_none(run: Run, full: Path, word: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_: SqliteStore) -> None:
        raise LedgerUnwritable("in use")

    assert run("read", "-b", full).code == 0
    monkeypatch.setattr(SqliteStore, "scrub", busy)
    ran = run("lock", "--passphrase-file", word, "-b", full)
    assert (ran.code, "statements are sealed" in ran.out) == (0, True)
    assert "Another program has the ledger open" in ran.err
    assert "not sealed, and not all for the public: articles/two.txt, events/publicity.csv" in ran.err


@pytest.mark.parametrize(("content", "says"), [(None, "cannot be read"), ("\n", "is empty"), ("\xff", "not UTF-8")])
def test_a_passphrase_file_that_says_nothing(run: Run, full: Path, content: str | None, says: str) -> None:
    path = full.parent / "empty.txt"
    if content is not None:
        path.write_text(content, encoding="latin-1")
    ran = run("lock", "--passphrase-file", path, "-b", full)
    assert (ran.code, says in ran.err) == (2, True), ran.err


def test_it_is_never_taken_from_a_pipe_or_the_command_line(run: Run, full: Path) -> None:
    ran = run("lock", "-b", full)
    assert (ran.code, "no passphrase was given" in ran.err) == (2, True)
    help_ = run("lock", "-h").out
    assert "--passphrase-file" in help_
    assert "--passphrase " not in help_


def test_init_takes_it_from_a_file_and_the_first_build_seals(run: Run, tmp_path: Path, word: Path, key: None) -> None:
    folder = tmp_path / "new"
    ran = run("init", folder, "--passphrase-file", word)
    assert (ran.code, "The book has a passphrase" in ran.out) == (0, True)
    (folder / "book.toml").write_text(BOOK + TEAM_LIST, encoding="utf-8")
    (folder / "lists" / "held.csv").write_text(
        "id,name,detained,born,note\n1,A Alphaev,,1980-04-05,\n", encoding="utf-8"
    )
    (folder / "lists" / "families.csv").write_text("name,detained,note\nТайны Сведка,2021,\n", encoding="utf-8")
    assert run("lock", "lists/families.csv", "lists/held.csv", "-b", folder).code == 0
    assert run("build", "-b", folder).code == 0
    assert found_in(folder, SECRETS) == set()


def talk(arguments: list[str], answers: list[str], folder: Path) -> tuple[int, str]:
    """Run the command in a terminal of its own, and type."""
    keyboard, terminal = pty.openpty()
    environment = {**os.environ, "HABEAS_KEYS": str(folder / "keys"), "COLUMNS": "140"}
    environment.pop("HABEAS_PASSPHRASE_FILE", None)
    child = subprocess.Popen(
        [sys.executable, "-m", "habeas", *arguments], stdin=terminal, stdout=terminal, stderr=terminal, env=environment
    )
    os.close(terminal)
    shown, waiting = b"", list(answers)
    while select.select([keyboard], [], [], 60)[0]:
        try:
            some = os.read(keyboard, 4096)
        except OSError:  # nobody holds the other end any more
            break
        if not some:
            break
        shown += some
        if waiting and shown.rstrip().endswith(b":"):
            # What is typed before the echo is off is thrown away.
            for _ in range(1000):
                if not termios.tcgetattr(keyboard)[3] & termios.ECHO or child.poll() is not None:
                    break
                time.sleep(0.01)
            os.write(keyboard, waiting.pop(0).encode() + b"\n")
    else:
        child.kill()
    os.close(keyboard)
    return child.wait(), shown.decode()


def test_in_a_terminal_init_offers_it_first_and_shows_nothing_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    code, shown = talk(["init", str(folder)], [WORD, WORD], tmp_path)
    assert (code, WORD in shown) == (0, False), shown
    assert shown.index("cannot be restored") < shown.index("Passphrase (Enter: none)") < shown.index("made ")
    with open_ledger(folder / "ledger.sqlite") as ledger:
        assert ledger.locked
    code, shown = talk(["log", "-b", str(folder)], ["wrong"], tmp_path)
    assert (code, "this is not the passphrase" in shown) == (2, True), shown
    code, shown = talk(["log", "-b", str(folder)], [WORD], tmp_path)
    assert (code, WORD in shown) == (0, False), shown


def test_in_a_terminal_enter_is_none_and_two_that_differ_make_nothing(tmp_path: Path) -> None:
    code, _ = talk(["init", str(tmp_path / "none")], [""], tmp_path)
    assert (code, (tmp_path / "none" / "ledger.sqlite").exists()) == (0, False)
    code, shown = talk(["init", str(tmp_path / "two")], [WORD, "another"], tmp_path)
    assert (code, "the two were not the same" in shown) == (2, True), shown
    assert not (tmp_path / "two").exists()


# --- names that leave no trace ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["ask", "case", "-"], ["log", "-"], ["erase", "-", "--yes"]], ids=" ".join)
def test_a_dash_reads_the_name_from_standard_input(
    run: Run, full: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "-b", full).code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("Тайны Сведка\n"))
    assert run(*command, "-b", full).code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    ran = run(*command, "-b", full)
    assert (ran.code, "nothing was read from standard input" in ran.err) == (2, True)
    monkeypatch.setattr("sys.stdin", io.StringIO("Нехта Невядомы\n"))
    ran = run(*command, "-b", full)
    assert (ran.code, "Невядомы" in ran.out + ran.err) == (2, False), ran.err


def test_the_address_of_a_source_to_erase_is_read_from_standard_input(
    run: Run, full: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("build", "-b", full).code == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("https://secret.example/never\n"))
    ran = run("erase", "--source", "-", "--yes", "-b", full)
    assert (ran.code, "secret.example" in ran.out + ran.err) == (2, False), ran.err


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_of_ours_says_its_kind_and_no_value(
    run: Run, full: Path, debug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(SECRETS[0])

    monkeypatch.setattr("habeas.cli.asking.casebook", broken)
    monkeypatch.setenv("HABEAS_DEBUG", debug)
    assert run("read", "-b", full).code == 0
    ran = run("ask", "inside", "-b", full)
    assert (ran.code, "Сведка" in ran.err, "RuntimeError" in ran.err) == (3, False, True)
    assert ("in broken" in ran.err) is bool(debug)
