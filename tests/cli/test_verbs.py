"""Each verb as a user runs it, on a small book and on the example."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from habeas.nouns import Book
from habeas.pipeline import Built
from tests.cli.conftest import HELD, Run


def test_build_and_again(run: Run, book: Path) -> None:
    first = run("build", "-b", book)
    assert (first.code, "1 articles checked" in first.out) == (0, True)
    assert "A small book: " in first.out
    assert (book / "site" / "index.html").is_file()
    assert "A small book: 0 statements added" in run("build", "-b", book).out


def test_a_site_made_again_from_the_ledger_is_the_same_to_the_byte(run: Run, book: Path) -> None:
    run("build", "-b", book)
    before = {p.relative_to(book): p.read_bytes() for p in (book / "site").rglob("*") if p.is_file()}
    shutil.rmtree(book / "site")
    assert run("build", "-b", book).code == 0
    assert {p.relative_to(book): p.read_bytes() for p in (book / "site").rglob("*") if p.is_file()} == before
    assert run("publish", "site", "-b", book).code == 0
    assert {p.relative_to(book): p.read_bytes() for p in (book / "site").rglob("*") if p.is_file()} == before


def test_the_book_is_found_from_where_one_stands(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(book / "lists")
    assert run("read").code == 0
    monkeypatch.chdir(book.parent)
    lost = run("read")
    assert (lost.code, "no book.toml" in lost.err) == (2, True)


def test_preview_writes_nothing_and_says_what_would_change(run: Run, book: Path) -> None:
    seen = run("read", "--preview", "--columns", "-b", book)
    assert "nothing was written" in seen.out
    assert "note: mapped to note" in seen.out
    run("read", "-b", book)
    corrected = HELD.replace("2022-01", "2022-02").replace("3,Exemplar Gammaev,,,\n", "4,Sample Deltaev,,,\n")
    (book / "lists" / "held.csv").write_text(corrected, encoding="utf-8")
    seen = run("read", "--preview", "-b", book)
    assert "detained 2022-01 -> 2022-02" in seen.out
    assert "this is no release" in seen.out
    shape = json.loads(run("read", "--preview", "--json", "-b", book).out)
    assert shape["added"] is None
    assert any("Sample Deltaev" in line for i in shape["inputs"] for line in i["changes"])
    assert run("read", "-b", book).code == 0
    assert "0 statements added" in run("read", "-b", book).out


def test_a_vanished_row_is_no_release(run: Run, book: Path) -> None:
    run("read", "-b", book)
    (book / "lists" / "held.csv").write_text(HELD.replace("3,Exemplar Gammaev,,,\n", ""), encoding="utf-8")
    run("read", "-b", book)
    found = json.loads(run("ask", "case", "Exemplar Gammaev", "--on", "2023-06-01", "--json", "-b", book).out)
    assert found["spells"][0]["end"] is None


def test_ask_prints_a_table_and_json(run: Run, book: Path) -> None:
    run("build", "-b", book)
    table = run("ask", "inside", "--on", "2023-04-01", "--people", "-b", book)
    assert "Placeholder Alphaev" in table.out
    assert "cannot say" in table.out
    shape = json.loads(run("ask", "inside", "--on", "2023-04-01", "--json", "-b", book).out)
    assert (shape["low"], shape["value"], shape["high"], shape["inside"]) == (2, 2, 3, "cannot say")
    full = run("ask", "case", "Placeholder Alphaev", "--statements", "-b", book)
    assert "lists/held.csv row 2, column detained" in full.out
    assert "1980-04-05" in full.out
    public = run("ask", "case", "Placeholder Alphaev", "--public", "--statements", "-b", book)
    assert "1980-04-05" not in public.out
    assert "1980" in public.out


@pytest.mark.parametrize(
    "question",
    [
        ["flows", "--by", "year"],
        ["release", "BY-2023-06-01", "--people"],
        ["deals"],
        ["case", "Placeholder Alphaev"],
        ["inside"],
    ],
)
def test_every_question_has_a_table(run: Run, book: Path, question: list[str]) -> None:
    run("build", "-b", book)
    assert run("ask", *question, "--on", "2023-05-01", "-b", book).code == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ask", "case", "Nobody"], "nobody in this book is called that"),
        (["ask", "case", "ev"], "nobody in this book is called that"),
        (["ask", "release", "BY-2020-01-01"], "there is no release 'BY-2020-01-01'"),
        (["ask", "deal", "BY-2020-01-01"], "there is no deal 'BY-2020-01-01'"),
        (["ask", "reconcile"], "no published count is in this book"),
        (["ask", "inside", "--on", "yesterday"], "--on takes a day such as 2025-12-13"),
        (["ask", "inside", "--on", "2025"], "--on takes one day"),
        (["ask", "inside", "--known", "2025-12-14Tnoon"], "--known takes a day or an instant"),
        (["ask", "flows", "--from", "soon"], "--from and --to take dates"),
        (["check", "none.txt"], "there is no file none.txt"),
        (["check", "articles/one.txt", "--published", "2023"], "--published takes one day"),
        (["match", "none.txt"], "there is no file none.txt"),
        (["link", "--same", "C-x", "C-y"], "there is no case 'C-x'"),
        (["ask", "why"], "No such command 'why'"),
        (["build", "-b", "nowhere"], "book.toml"),
    ],
)  # fmt: skip
def test_bad_use_is_one_sentence_and_exit_code_2(
    run: Run, book: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    run("build", "-b", book)
    monkeypatch.chdir(book)
    found = run(*arguments)
    assert found.code == 2
    assert sentence in found.err


def test_asking_before_building_says_what_to_do(run: Run, book: Path) -> None:
    found = run("ask", "deals", "-b", book)
    assert (found.code, "run `habeas build` first" in found.err) == (2, True)


def test_a_name_that_fits_several_lists_them_and_exits_2(run: Run, book: Path) -> None:
    (book / "lists" / "held.csv").write_text(HELD + "4,Another Alphaev,,,\n", encoding="utf-8")
    run("build", "-b", book)
    found = run("ask", "case", "Alphaev", "-b", book)
    assert found.code == 2
    assert "did you mean one of these 2?" in found.err
    assert "Placeholder Alphaev" in found.err
    assert "Another Alphaev" in found.err


def test_match_and_record(run: Run, book: Path, tmp_path: Path) -> None:
    run("build", "-b", book)
    pasted = tmp_path / "names.txt"
    pasted.write_text("1. Alphaev Placeholder\n\n2. Бетаев Specimen\n- Unknown Person\n", encoding="utf-8")
    assert "3 names: " in run("match", pasted, "-b", book).out
    shape = json.loads(run("match", pasted, "--json", "-b", book).out)
    assert (shape["names"][0]["fit"], shape["unmatched"], shape["recorded"]) == ("matched", 1, None)
    recorded = run("match", pasted, "--record", "BY-2023-06-01", "--url", "https://example.org/list", "-b", book)
    assert "recorded in BY-2023-06-01" in recorded.out
    assert (
        ": 0 statements added"
        in run("match", pasted, "--record", "BY-2023-06-01", "--url", "https://example.org/list", "-b", book).out
    )
    release = json.loads(run("ask", "release", "BY-2023-06-01", "--json", "-b", book).out)
    assert release["named"] == 3
    assert release["matched"] >= 1
    case = json.loads(run("ask", "case", "Placeholder Alphaev", "--json", "-b", book).out)
    assert case["spells"][0]["end"]["value"] == "../2023-06-01"
    assert "A small book: 0 statements added" in run("build", "-b", book).out
    assert run("match", pasted, "--record", "BY-1999-01-01", "-b", book).code == 2
    assert run("match", pasted, "--url", "https://example.org", "-b", book).code == 2


def test_pasting_twice_adds_and_ambiguous_names_wait_in_link(run: Run, book: Path, tmp_path: Path) -> None:
    (book / "lists" / "held.csv").write_text(HELD + "4,Another Alphaev,,,\n", encoding="utf-8")
    run("build", "-b", book)
    first, second = tmp_path / "one.txt", tmp_path / "two.txt"
    first.write_text("Betaev Specimen\n", encoding="utf-8")
    second.write_text("Alphaev\nExemplar Gammaev\n", encoding="utf-8")
    run("match", first, "--record", "BY-2023-06-01", "-b", book)
    batches = len(json.loads(run("log", "--json", "-b", book).out)["batches"])
    assert "1 ambiguous" in run("match", second, "--record", "BY-2023-06-01", "-b", book).out
    assert len(json.loads(run("log", "--json", "-b", book).out)["batches"]) == batches + 1, "one paste is one batch"
    assert ": 0 statements added" in run("match", second, "--record", "BY-2023-06-01", "-b", book).out
    release = json.loads(run("ask", "release", "BY-2023-06-01", "--json", "-b", book).out)
    assert release["named"] == 3
    assert "absent" not in run("log", "Specimen Betaev", "-b", book).out
    waiting = json.loads(run("link", "--json", "-b", book).out)["unsure"]
    assert any("pasted for BY-2023-06-01" in " ".join(p["why"]) for p in waiting)


def test_a_preview_makes_no_ledger(run: Run, book: Path) -> None:
    assert "statements would be added; nothing was written" in run("read", "--preview", "-b", book).out
    assert not (book / "ledger.sqlite").exists()


def test_files_that_are_not_ours_are_left_alone(run: Run, book: Path, tmp_path: Path) -> None:
    run("build", "-b", book)
    note = book / "site" / "my-notes.txt"
    note.write_text("mine", encoding="utf-8")
    refused = run("publish", "site", "-b", book)
    assert (refused.code, "my-notes.txt" in refused.err) == (2, True)
    assert note.read_text(encoding="utf-8") == "mine"
    note.unlink()
    assert run("publish", "site", "-b", book).code == 0
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "cases.csv").write_text("mine", encoding="utf-8")
    refused = run("export", tables, "-b", book)
    assert (refused.code, "cases.csv" in refused.err) == (2, True)
    assert run("export", tmp_path / "other", "-b", book).code == 0
    assert run("export", tmp_path / "other", "-b", book).code == 0


def test_nothing_recorded_is_nothing_to_publish(run: Run, tmp_path: Path) -> None:
    run("init", tmp_path / "new", "--country", "BY")
    run("read", "-b", tmp_path / "new")
    found = run("publish", "site", "-b", tmp_path / "new")
    assert (found.code, "nothing is on record" in found.err) == (2, True)


def test_link_lists_unsure_pairs_and_takes_decisions(run: Run, book: Path) -> None:
    (book / "lists" / "held.csv").write_text(HELD + "4,P. Alphaev,,,\n", encoding="utf-8")
    run("build", "-b", book)
    shape = json.loads(run("link", "--json", "-b", book).out)
    assert shape["people"] == 4
    cases = {
        c: json.loads(run("ask", "case", c, "--json", "-b", book).out)["case"]
        for c in ("Placeholder Alphaev", "P. Alphaev")
    }
    decided = run("link", "--same", *cases.values(), "--reason", "the same address", "-b", book)
    assert "are same" in decided.out
    assert json.loads(run("link", "--json", "-b", book).out)["people"] == 3
    assert run("link", "--same", "C-a", "C-a", "-b", book).code == 2


def test_verify_and_a_changed_ledger(run: Run, book: Path) -> None:
    run("build", "-b", book)
    assert "the record holds" in run("verify", "-b", book).out
    connection = sqlite3.connect(book / "ledger.sqlite")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("UPDATE statement SET value = 'x' WHERE seq = 5")
    connection.commit()
    connection.close()
    found = run("verify", "-b", book)
    assert (found.code, "statement 5 was changed" in found.err) == (1, True)
    assert json.loads(run("verify", "--json", "-b", book).out)["problems"]


def test_export_is_public_and_safe_to_open(run: Run, book: Path, tmp_path: Path) -> None:
    (book / "lists" / "held.csv").write_text(HELD + "5,=HYPERLINK(evil),,,\n", encoding="utf-8")
    run("build", "-b", book)
    found = run("export", tmp_path / "out", "-b", book)
    assert found.code == 0
    text = "".join(p.read_text(encoding="utf-8-sig") for p in (tmp_path / "out").iterdir())
    assert "Placeholder Alphaev" in text
    assert "1980-04-05" not in text
    assert "a remark" not in text
    assert ",=HYPERLINK" not in text
    assert "'=HYPERLINK" in text
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert run("export", tmp_path / "file", "-b", book).code == 2


def test_init_from_nothing_and_from_a_list(run: Run, tmp_path: Path) -> None:
    made = run("init", tmp_path / "new", "--title", "Prisoners of ...", "--country", "BY")
    assert made.code == 0
    assert run("build", "-b", tmp_path / "new").code == 0
    assert run("init", tmp_path / "new").code == 2
    path = tmp_path / "prisoners.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(
            [("№", "Фамилия, имя", "Дата задержания"), ("1", "Плейсхолдер Альфаев", "03.02.2021")]
        ):
            sheet.write_row(number, 0, row)
    assert run("init", path, "--country", "BY").code == 0
    book = tmp_path / "prisoners"
    assert (book / "lists" / "prisoners.xlsx").read_bytes() == path.read_bytes()
    assert run("build", "-b", book).code == 0
    found = json.loads(run("ask", "case", "Плейсхолдер Альфаев", "--json", "-b", book).out)
    assert found["spells"][0]["start"]["value"] == "2021-02-03"
    assert run("init", tmp_path / "none.csv").code == 2
    assert run("init", path, "--in", path).code == 2


def test_check_prints_claims_and_json(run: Run, example: tuple[Book, Built]) -> None:
    book, _ = example
    article = next((book.folder / "articles").glob("*wrong-number*"))
    found = run("check", article, "-b", book.folder)
    assert "contradicted" in found.out
    shape = json.loads(run("check", article, "--json", "-b", book.folder).out)
    assert {"claims", "loaded", "not_understood"} <= set(shape)


def test_a_fault_of_ours_is_one_sentence_and_exit_code_3(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> object:
        raise RuntimeError("unforeseen, with a secret in it")

    monkeypatch.setattr("habeas.cli.asking.casebook", fail)
    run("build", "-b", book)
    found = run("ask", "deals", "-b", book)
    assert (found.code, "a fault of ours (RuntimeError)" in found.err) == (3, True)
    assert "secret" not in found.err


def test_a_full_disk_leaves_everything_as_it_was(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import io
    import os

    run("build", "-b", book)
    before = {p.relative_to(book): p.read_bytes() for p in (book / "site").rglob("*") if p.is_file()}

    def full(path: str | Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        if "w" in mode and str(book) in str(path):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return opens(path, mode, *more, **named)

    def full_below(path: str, flags: int, *more: Any, **named: Any) -> int:
        if flags & os.O_CREAT and str(book) in str(path):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return opens_below(path, flags, *more, **named)

    opens, opens_below = io.open, os.open
    told = (book / "book.toml").read_text(encoding="utf-8")
    (book / "book.toml").write_text(told.replace("A small book", "Another title"), encoding="utf-8")
    monkeypatch.setattr("builtins.open", full)
    monkeypatch.setattr(io, "open", full)  # what Path writes by
    monkeypatch.setattr(os, "open", full_below)
    found = run("publish", "site", "-b", book)
    monkeypatch.undo()
    assert (found.code, "No space left on device" in found.err) == (2, True)
    assert {p.relative_to(book): p.read_bytes() for p in (book / "site").rglob("*") if p.is_file()} == before


def test_a_series_day_by_day_and_list_by_list(run: Run, book: Path) -> None:
    assert run("build", "-b", book).code == 0
    few = run("ask", "series", "--from", "2023-04-29", "--to", "2023-05-02", "-b", book)
    assert few.code == 0
    assert "2023-04-29" in few.out
    assert "cannot be said from them" in few.out
    found = json.loads(
        run("ask", "series", "--from", "2021", "--on", "2023-05-01", "--lists", "--json", "-b", book).out
    )
    inside = json.loads(run("ask", "inside", "--on", "2023-04-30", "--json", "-b", book).out)
    day = next(d for d in found["days"] if d["on"] == "2023-04-30")
    assert (day["best"], day["low"], day["high"]) == (inside["value"], inside["low"], inside["high"])
    (own,) = found["lists"]
    assert (own["list"], own["entries"], len(own["best"])) == ("held", 3, len(found["days"]))
    assert (own["low"][-1], own["best"][-1], own["high"][-1]) == (2, 2, 2)
    assert (own["low"][0], own["best"][34], own["high"][-400]) == (0, 1, 2)
    table = run("ask", "series", "--from", "2021", "--to", "2023", "--lists", "-b", book)
    assert "1,095 days: --json has each" in table.out
    assert "People held" in table.out
    refused = run("ask", "series", "--lists", "--known-by", "published", "-b", book)
    assert (refused.code, "leave --known-by out" in refused.err) == (2, True)


def test_a_series_needs_no_extra_but_its_lists_do(run: Run, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("build", "-b", book).code == 0
    monkeypatch.setitem(sys.modules, "habeas.ledger.columns", None)
    assert run("ask", "series", "--from", "2023", "--to", "2023-02", "-b", book).code == 0
    refused = run("ask", "series", "--lists", "-b", book)
    assert (refused.code, "pip install 'habeas[scale]'" in refused.err) == (2, True)


def test_an_erased_person_leaves_the_columns(run: Run, book: Path) -> None:
    assert run("build", "-b", book).code == 0
    assert run("ask", "series", "--from", "2023", "--to", "2023-02", "--lists", "-b", book).code == 0
    kept = [p for p in book.rglob("*.arrow") if b"Specimen Betaev" in p.read_bytes()]
    assert len(kept) == 1
    assert run("erase", "Specimen Betaev", "--yes", "-b", book).code == 0
    assert [p for p in book.rglob("*.arrow") if b"Specimen" in p.read_bytes()] == []
