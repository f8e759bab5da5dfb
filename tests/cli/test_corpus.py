"""`habeas check --corpus`: one record a claim, in order, past whatever cannot be read, and on from where it stopped."""

from __future__ import annotations

import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from habeas.pipeline import build
from habeas.pipeline import corpus as reading
from habeas.readers import load_book
from tests.cli.conftest import Run, small_book

WRONG = Path(__file__).parent.parent / "fixtures" / "wrong" / "corpus"
TEXT = "On 1 June 2023 authorities in Belarus freed 5 political prisoners. More than 1,400 people remain in jail."
WHAT_IS_WRONG = {
    1: "the line is no JSON",
    2: "the line is no JSON object",
    3: "has no `text`",
    4: "`text` of the line is no text",
    6: "`title` of the line is no text",
    7: "the line is no JSON",
    8: "has no `text`",
    9: "holds a notice",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    book = load_book(small_book(tmp_path_factory.mktemp("corpus") / "book"))
    build(book, now=datetime(2023, 6, 5, tzinfo=UTC))
    return book.folder


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def lines(path: Path, count: int) -> Path:
    said = [
        {"id": f"a{n}", "published": "2023-06-03", "text": TEXT if n % 2 else "Nothing here."} for n in range(count)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in said), encoding="utf-8")
    return path


def test_each_claim_is_a_record_and_the_same_on_one_core_and_two(run: Run, built: Path, tmp_path: Path) -> None:
    corpus = lines(tmp_path / "c.jsonl", 6)
    out = tmp_path / "out.jsonl"
    done = run("check", "--corpus", corpus, "-j", 2, "--out", out, "-b", built)
    assert (done.code, done.out) == (0, "")
    assert "6 articles, " in done.err
    alone = run("check", "--corpus", corpus, "-j", 1, "-b", built)
    assert alone.out == out.read_text(encoding="utf-8")
    found = rows(alone.out)
    assert [r["record"] for r in found[:1]] == ["run"]
    closing = [r for r in found if r["record"] == "article"]
    assert [(r["article"], r["place"]) for r in closing] == [(f"a{n}", f"c.jsonl:{n + 1}") for n in range(6)]
    claims = [r for r in found if r["record"] == "claim"]
    assert sum(r["claims"] for r in closing) == len(claims)
    for claim in claims:
        assert TEXT[claim["start"] : claim["end"]] == claim["quote"]
    single = tmp_path / "a1.txt"
    single.write_text(f"published: 2023-06-03\n---\n{TEXT}", encoding="utf-8")
    checked = json.loads(run("check", single, "--json", "-b", built).out)["claims"]
    assert checked
    assert [{k: c[k] for k in checked[0]} for c in claims if c["article"] == "a1"] == checked


def test_a_folder_is_read_file_by_file_in_order(run: Run, built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "b").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "z.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b" / "a.txt").write_text(f"title: One\npublished: 2023-06-03\n---\n{TEXT}", encoding="utf-8")
    (folder / "empty.txt").write_text(" \n", encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / ".hidden" / "x.txt").write_text(TEXT, encoding="utf-8")
    (folder / "signatures.csv").write_text(f"article,quote\nz.txt,{TEXT}", encoding="utf-8")
    done = run("check", "--corpus", folder, "-j", 1, "-b", built)
    closing = [(r["place"], r["record"]) for r in rows(done.out) if r["record"] in ("article", "problem")]
    assert closing == [
        ("empty.txt", "problem"),
        ("scan.pdf", "problem"),
        ("z.txt", "article"),
        ("b/a.txt", "article"),
    ]
    assert done.code == 1
    assert "2 articles" in done.err
    assert "2 not read" in done.err


def test_a_bad_line_is_a_problem_and_the_rest_goes_on(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = run("check", "--corpus", WRONG / "bad-lines.jsonl", "-j", 1, "-b", built)
    problems = {r["place"]: r["what"] for r in rows(done.out) if r["record"] == "problem"}
    assert [k for k, said in WHAT_IS_WRONG.items() if said not in problems[f"bad-lines.jsonl:{k}"]] == []
    assert len(problems) == len(WHAT_IS_WRONG)
    closing = {r["article"]: r for r in rows(done.out) if r["record"] == "article"}
    assert set(closing) == {"no day", "7", "bad-lines.jsonl:12"}
    assert "`published: soon` beside the article names no day" in closing["no day"]["problems"][0]
    assert closing["7"]["title"] == "A page"
    # Metadata of a line are weighed as those of a page are.
    assert closing["bad-lines.jsonl:12"]["published"] is None
    assert "the text tells of 2025" in closing["bad-lines.jsonl:12"]["problems"][0]
    monkeypatch.setattr(reading, "MOST_LINE", 500)
    long = tmp_path / "long.jsonl"
    long.write_text(json.dumps({"text": TEXT * 40}) + "\n" + json.dumps({"text": TEXT}), encoding="utf-8")
    found = [r for r in rows(run("check", "--corpus", long, "-j", 1, "-b", built).out) if r["record"] != "claim"][1:]
    assert [(r["record"], r["place"]) for r in found] == [("problem", "long.jsonl:1"), ("article", "long.jsonl:2")]
    assert "longer than 500 bytes" in found[0]["what"]


def test_a_stopped_run_goes_on_after_its_last_whole_article(run: Run, built: Path, tmp_path: Path) -> None:
    corpus, out = lines(tmp_path / "c.jsonl", 5), tmp_path / "out.jsonl"
    assert run("check", "--corpus", corpus, "-j", 1, "--out", out, "-b", built).code == 0
    whole = out.read_bytes()
    again = run("check", "--corpus", corpus, "--out", out, "-b", built)
    assert (again.code, "lies there already; `--resume` goes on" in again.err) == (2, True)
    assert out.read_bytes() == whole
    for cut in (len(whole), whole.index(b'"article":"a3"') + 40, whole.index(b"\n") + 1, whole.rindex(b'"place"')):
        out.write_bytes(whole[:cut])
        done = run("check", "--corpus", corpus, "-j", 1, "--out", out, "--resume", "-b", built)
        assert (done.code, out.read_bytes() == whole) == (0, True), done.err


def test_a_run_goes_on_with_nothing_else_than_it_was_begun_with(run: Run, built: Path, tmp_path: Path) -> None:
    corpus, out = lines(tmp_path / "c.jsonl", 3), tmp_path / "out.jsonl"
    run("check", "--corpus", corpus, "-j", 1, "--out", out, "-b", built)
    other = run("check", "--corpus", lines(tmp_path / "d.jsonl", 3), "-j", 1, "--out", out, "--resume", "-b", built)
    assert (other.code, "the corpus is not the one that was begun" in other.err) == (2, True)
    public = run("check", "--corpus", corpus, "--public", "--out", out, "--resume", "-b", built)
    assert (public.code, "begin a new file" in public.err) == (2, True)
    for name, content in (("e.jsonl", b'{"record":"claim"}\n'), ("f.jsonl", b""), ("g.jsonl", b"\xff\n")):
        (tmp_path / name).write_bytes(content)
        odd = run("check", "--corpus", corpus, "--out", tmp_path / name, "--resume", "-b", built)
        assert (odd.code, "was not written by `habeas check --corpus`" in odd.err) == (2, True)


def test_ctrl_c_leaves_whole_articles(run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, out = lines(tmp_path / "c.jsonl", 5), tmp_path / "out.jsonl"
    whole = run("check", "--corpus", corpus, "-j", 1, "-b", built).out
    real = reading._checked

    def stopped(item: reading.Item) -> reading.Outcome:
        if item.place == "c.jsonl:4":
            raise KeyboardInterrupt
        return real(item)

    monkeypatch.setattr(reading, "_checked", stopped)
    done = run("check", "--corpus", corpus, "-j", 1, "--out", out, "-b", built)
    assert (done.code, "run the same with --resume to go on" in done.err) == (130, True)
    monkeypatch.undo()
    monkeypatch.setenv("HABEAS_KEYS", str(tmp_path / "keys"))
    assert rows(out.read_text(encoding="utf-8"))[-1]["place"] == "c.jsonl:3"
    run("check", "--corpus", corpus, "-j", 1, "--out", out, "--resume", "-b", built)
    assert out.read_text(encoding="utf-8") == whole


def test_packed_lines_and_standard_input_are_read_too(
    run: Run, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = lines(tmp_path / "c.jsonl", 2)
    packed = tmp_path / "c.jsonl.gz"
    packed.write_bytes(gzip.compress(corpus.read_bytes()))
    assert "2 articles" in run("check", "--corpus", packed, "-j", 1, "-b", built).err
    packed.write_bytes(packed.read_bytes()[:-12])
    cut = run("check", "--corpus", packed, "-j", 1, "-b", built)
    assert (cut.code, "cannot be read to its end" in cut.err) == (2, True)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(corpus.read_bytes())))
    assert "2 articles" in run("check", "--corpus", "-", "-j", 1, "-b", built).err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "name one ARTICLE to check, or many"),
        (("a.txt", "--corpus", "c.jsonl"), "name one ARTICLE to check, or many"),
        (("a.txt", "--out", "o.jsonl"), "go with --corpus"),
        (("--corpus", "c.jsonl", "--resume"), "--resume needs --out"),
        (("--corpus", "c.jsonl", "--published", "2025-12-13"), "in a corpus each line says its own"),
        (("--corpus", "none.jsonl", "-j", 1), "there is no file or folder none.jsonl"),
        (("--corpus", "book.toml", "--out", "no/such/folder.jsonl"), "folder.jsonl cannot be written"),
        (("--corpus", "book.toml", "--out", "none.jsonl", "--resume"), "none.jsonl cannot be read"),
    ],
)
def test_a_wrong_call_is_one_sentence(
    run: Run, built: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[object, ...], said: str
) -> None:
    monkeypatch.chdir(built)
    done = run("check", *arguments)
    assert (done.code, said in done.err) == (2, True), done.err
