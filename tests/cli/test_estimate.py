"""`habeas estimate` and `habeas ask hidden` as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from habeas.nouns import Book
from habeas.pipeline import Built
from tests.cli.conftest import Run

LISTS = Path(__file__).parent.parent / "known_answers" / "data" / "lists"
FAST = ("--method", "log-linear", "--method", "graph-averaging", "--method", "chao")


def test_a_table_is_estimated_with_the_models_that_fit_about_as_well(run: Run) -> None:
    ran = run("estimate", LISTS / "kosovo.csv", *FAST)
    assert ran.code == 0
    for words in (
        "10,357",
        "8,994–12,110",
        "[123,14,34]",
        "12,741",
        "18,393",
        "≥ 8,591",
        "Each rests on",
        "quote the range",
    ):
        assert words in ran.out
    shape = json.loads(run("estimate", LISTS / "kosovo.csv", "--json", *FAST).out)
    assert (shape["observed"], shape["refused"]) == (4400, None)
    assert [m["method"] for m in shape["methods"]] == ["log-linear", "graph-averaging", "chao"]


def test_the_same_seed_prints_the_same(run: Run) -> None:
    command = ("estimate", LISTS / "new-orleans-5.csv", "--method", "stepwise", "--draws", "100", "--json", "--seed")
    assert run(*command, 7).out == run(*command, 7).out != run(*command, 8).out


def test_a_refusal_is_an_answer_and_a_bad_table_is_a_sentence(run: Run, tmp_path: Path) -> None:
    refused = run("estimate", LISTS / "artificial-3.csv")
    assert (refused.code, "cannot be said: only two lists can be used" in " ".join(refused.out.split())) == (0, True)
    bad = tmp_path / "bad.csv"
    bad.write_text("A,B,C,count\n" + "".join(f"1,0,0,-{i}\n" for i in range(1, 9)), encoding="utf-8")
    ran = run("estimate", bad, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert "row 2, column count: a count is negative ('-1')" in ran.err
    assert "more." in ran.err
    assert "there is no file" in run("estimate", tmp_path / "none.csv").err


@pytest.mark.parametrize("ending", ["svg", "png", "html"])
def test_the_forest_is_drawn(run: Run, tmp_path: Path, ending: str) -> None:
    drawn = tmp_path / f"forest.{ending}"
    assert run("estimate", LISTS / "kosovo.csv", *FAST, "--plot", drawn).code == 0
    data = drawn.read_bytes()
    if ending == "png":
        assert data.startswith(b"\x89PNG")
    else:
        text = data.decode("utf-8")
        for words in ("How many in all, by method", "[134,12,23]", "18,393", "seen 4,400", "≥ 8,591"):
            assert words in text
        assert "http" not in text.replace("http://www.w3.org/", "")
    assert "--plot takes a file ending in" in run("estimate", LISTS / "kosovo.csv", "--plot", "a.pdf", *FAST).err
    assert "nothing to draw" in run("estimate", LISTS / "artificial-3.csv", "--plot", drawn).err


def test_the_example_book_says_why_it_cannot_say(
    run: Run, example: tuple[Book, Built], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _ = example
    monkeypatch.chdir(book.folder)
    ran = run("ask", "hidden", "--on", "2025-12-01")
    assert (ran.code, "cannot be said" in ran.out, "Lists left out" in ran.out) == (0, True, True)
    shape = json.loads(run("ask", "hidden", "--on", "2025-12-01", "--json").out)
    assert (shape["value"], shape["methods"]) == (None, [])
    assert shape["published"][0]["n"] > 1_000
    assert len(shape["left_out"]) == 138
    freed = json.loads(run("ask", "hidden", "--group", "released on 2025-12-13", "--on", "2025-12-13", "--json").out)
    assert len(freed["origins"]) > 3
    assert "any number fits" in freed["refused"], "123 were announced, and these lists name 14"


@pytest.mark.parametrize("heavy", ["numpy", "scipy"])
def test_without_the_extra_one_sentence_says_what_to_install(heavy: str) -> None:
    script = f"import sys; sys.modules[{heavy!r}] = None; from habeas.cli import main; main()"
    command = [sys.executable, "-c", script, "estimate", str(LISTS / "kosovo.csv")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "pip install 'habeas[estimate]'" in done.stderr) == (2, True), done.stderr
