"""Ids of cases through the command line: made anew, with the key, without it, merged and split."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from habeas.ledger import open_ledger
from tests.cli.conftest import BOOK, Run, small_book

OTHER = """
[[list]]
id = "also"
file = "lists/also.csv"
title = "People named"
publisher = "Publisher B"
published = "2022-05-01"
language = "en"
means = "named"
covers = { period = "2020/2022-05-01", extent = "sample" }
key = ["id"]
[list.columns]
name = "name"
"""
ALSO = "id,name\na,Placeholder Alphaev\nb,Muster Zetaev\n"


@pytest.fixture
def two_lists(book: Path) -> Path:
    spoken = BOOK.replace("[book]", '[book]\nlanguages = ["be", "ru"]')
    (book / "book.toml").write_text(spoken + OTHER, encoding="utf-8")
    (book / "lists" / "also.csv").write_text(ALSO, encoding="utf-8")
    return book


def ids(run: Run, book: Path, *more: str) -> dict[str, str]:
    """The id of each case by the names on it."""
    target = book.parent / f"export-{book.name}"
    shutil.rmtree(target, ignore_errors=True)
    assert run("export", target, *more, "-b", book).code == 0
    (table,) = target.rglob("cases.csv")
    with table.open(encoding="utf-8-sig", newline="") as stream:
        return {row["name"]: row["id"] for row in csv.DictReader(stream)}


def decide(book: Path, *rows: str) -> None:
    lines = ["list_a,key_a,list_b,key_b,same,by,on,reason", *rows]
    (book / "events" / "decisions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_ledger_made_anew_has_the_same_ids_in_any_order(run: Run, two_lists: Path) -> None:
    first = run("build", "-b", two_lists)
    assert first.code == 0
    assert "made with a new key" in first.err
    before = ids(run, two_lists)
    assert len(before) == 4
    for left in two_lists.glob("ledger.sqlite*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    # The lists the other way round, and their rows.
    text = (two_lists / "book.toml").read_text(encoding="utf-8")
    head, held, also = text.partition("[[list]]")[0], BOOK.partition("[[list]]")[2], OTHER
    (two_lists / "book.toml").write_text(f"{head}{also}[[list]]{held}", encoding="utf-8")
    rows = (two_lists / "lists" / "held.csv").read_text(encoding="utf-8").splitlines()
    (two_lists / "lists" / "held.csv").write_text("\n".join([rows[0], *reversed(rows[1:])]) + "\n", encoding="utf-8")
    again = run("build", "-b", two_lists)
    assert again.code == 0
    assert "new key" not in again.err
    assert ids(run, two_lists) == before


def test_books_have_keys_of_their_own(run: Run, book: Path, tmp_path: Path) -> None:
    other = small_book(tmp_path / "other")
    text = BOOK.replace("A small book", "Another book")
    (other / "book.toml").write_text(text, encoding="utf-8")
    assert run("build", "-b", book).code == run("build", "-b", other).code == 0
    assert not set(ids(run, book).values()) & set(ids(run, other).values())
    assert len(list((tmp_path / "keys" / "ids").iterdir())) == 2


def test_every_view_has_the_same_ids(run: Run, two_lists: Path) -> None:
    run("build", "-b", two_lists)

    def asked(*how: str) -> str:
        answer = run("ask", "case", "Placeholder Alphaev", "--json", *how, "-b", two_lists)
        return str(json.loads(answer.out)["case"])

    # The older list was recorded second; on the clock of publication it stands alone on that day.
    assert asked() == asked("--public") == asked("--known", "2022-06-01", "--known-by", "published")
    assert asked() == asked("--known", "2023-06-01", "--known-by", "published", "--public")


def test_without_the_key_nothing_gets_another_id(run: Run, two_lists: Path, tmp_path: Path) -> None:
    run("build", "-b", two_lists)
    before = ids(run, two_lists)
    keys = tmp_path / "keys"
    keys.rename(tmp_path / "elsewhere")
    # What is on record can be read; nothing can be added under other ids, and nothing is published.
    assert run("export", tmp_path / "tables", "-b", two_lists).code == 2
    assert run("ask", "case", "Placeholder Alphaev", "-b", two_lists).code == 0
    (two_lists / "lists" / "also.csv").write_text(ALSO + "c,Exemplar Gammaev\n", encoding="utf-8")
    for command in ("build", "read"):
        refused = run(command, "-b", two_lists)
        assert refused.code == 2
        assert "the key that makes the ids of this book" in refused.err
        assert "is not on this machine" in refused.err
    assert not list((keys / "ids").glob("*"))
    shutil.rmtree(keys, ignore_errors=True)
    (tmp_path / "elsewhere").rename(keys)
    assert run("build", "-b", two_lists).code == 0
    left = {"Placeholder Alphaev", "Specimen Betaev"}
    assert {n: i for n, i in before.items() if n in left} == {n: i for n, i in ids(run, two_lists).items() if n in left}


def test_a_book_that_names_its_key_is_not_begun_without_it(run: Run, two_lists: Path, tmp_path: Path) -> None:
    first = run("build", "-b", two_lists)
    mark = first.err.partition('ids_key = "')[2].partition('"')[0]
    text = (two_lists / "book.toml").read_text(encoding="utf-8")
    (two_lists / "book.toml").write_text(
        text.replace("[book]", f'[book]\nid = "a-book"\nids_key = "{mark}"'), encoding="utf-8"
    )
    before = ids(run, two_lists)
    clone = tmp_path / "clone"
    shutil.copytree(two_lists, clone, ignore=shutil.ignore_patterns("ledger.sqlite*", "site"))
    keys = tmp_path / "keys"
    keys.rename(tmp_path / "elsewhere")
    refused = run("build", "-b", clone)
    assert refused.code == 2
    assert mark in refused.err
    assert not (clone / "ledger.sqlite").exists()
    shutil.rmtree(keys, ignore_errors=True)
    (tmp_path / "elsewhere").rename(keys)
    assert run("build", "-b", clone).code == 0
    assert ids(run, clone) == before


def test_no_file_of_the_book_holds_the_key_of_its_ids(run: Run, two_lists: Path, tmp_path: Path) -> None:
    run("build", "-b", two_lists)
    secret = next((tmp_path / "keys" / "ids").glob("*.key")).read_bytes().strip()
    for path in two_lists.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert secret not in data
            assert bytes.fromhex(secret.decode()) not in data


def test_an_older_ledger_keeps_its_ids_also_when_made_anew(run: Run, two_lists: Path) -> None:
    with open_ledger(two_lists / "ledger.sqlite", create=True):
        pass  # with a salt of its own, as ledgers had it before
    assert run("build", "-b", two_lists).code == 0
    before = ids(run, two_lists)
    for left in two_lists.glob("ledger.sqlite*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    assert run("build", "-b", two_lists).code == 0
    assert ids(run, two_lists) == before


def test_old_ids_lead_on_after_a_merge_and_a_split(run: Run, two_lists: Path) -> None:
    run("build", "-b", two_lists)
    apart = ids(run, two_lists)
    assert apart["Muster Zetaev"] != apart["Specimen Betaev"]
    decide(two_lists, "held,2,also,b,same,keeper,2023-06-02,one notice has both spellings")
    run("build", "-b", two_lists)
    merged = set(ids(run, two_lists).values())
    # The older list gives the id; the other one leads on, in `ask` and on the site.
    now, was = apart["Muster Zetaev"], apart["Specimen Betaev"]
    assert now in merged
    assert was not in merged
    told = run("ask", "case", was, "-b", two_lists)
    assert f"What stood under {was} is now in the case {now}." in told.out
    assert json.loads(run("ask", "case", was, "--json", "-b", two_lists).out)["asked"] == was
    for place in ("", "be/", "ru/"):
        page = (two_lists / "site" / place / "cases" / f"{was}.html").read_text(encoding="utf-8")
        assert f"url={now}.html" in page
        assert f'href="{now}.html"' in page
    decide(two_lists, "held,2,also,b,different,keeper,2023-06-03,two dates of birth")
    run("build", "-b", two_lists)
    assert ids(run, two_lists) == apart
    told = run("ask", "case", now, "-b", two_lists)
    assert re.search(rf"decided to be somebody else\s+Specimen Betaev \({was}\)", told.out)
    assert json.loads(run("ask", "case", now, "--json", "-b", two_lists).out)["parted"] == [was]


def test_a_passphrase_seals_the_key_too(
    run: Run, two_lists: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", "-b", two_lists)
    before = ids(run, two_lists)
    kept = tmp_path / "passphrase"
    kept.write_text("five or six random words\n", encoding="utf-8")
    assert run("lock", "--passphrase-file", kept, "-b", two_lists).code == 0
    assert [p.suffix for p in (tmp_path / "keys" / "ids").iterdir()] == [".sealed"]
    for left in two_lists.glob("ledger.sqlite*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    assert run("build", "-b", two_lists).code == 2
    monkeypatch.setenv("HABEAS_PASSPHRASE_FILE", str(kept))
    assert run("build", "-b", two_lists).code == 0
    assert ids(run, two_lists) == before
