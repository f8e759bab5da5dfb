"""`habeas names compare` as a user meets it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, run

__all__ = ["run"]

PAIRS = """a,b,list
Алесь Бяляцкі,Ales Bialiatski,x
Viktar Losik,Ігар Лосік,y
,Ales Bialiatski,z
"""


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS, encoding="utf-8")
    return path


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_file_of_pairs_gets_a_score_and_a_decision(run: Run, pairs: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    done = run("names", "compare", pairs, "--out", out)
    assert (done.code, "3 pairs, 1 the same" in done.out) == (0, True)
    assert "row 4, column a: there is no name" in done.err
    rows = _rows(out)
    assert list(rows[0]) == ["a", "b", "list", "score", "same"]
    assert [(row["list"], row["same"]) for row in rows] == [("x", "1"), ("y", "0"), ("z", "0")]
    assert all(0 <= float(row["score"]) <= 1 for row in rows)


def test_reasons_on_request(run: Run, pairs: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    assert run("names", "compare", pairs, "--out", out, "--explain").code == 0
    assert "given names differ" in _rows(out)[1]["why"]
    shown = run("names", "compare", pairs, "--explain").out
    assert "(one name)" in shown
    found = json.loads(run("names", "compare", pairs, "--json").out)
    assert (found[0]["same"], found[1]["same"]) == (1, 0)


def test_columns_that_are_there_already_are_written_anew(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "again.csv", tmp_path / "out.csv"
    path.write_text("score;b;a\n0.1;Ales Bialiatski;Алесь Бяляцкі\n", encoding="utf-8")
    assert run("names", "compare", path, "--out", out).code == 0
    assert list(_rows(out)[0]) == ["b", "a", "score", "same"]
    assert _rows(out)[0]["same"] == "1"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,b\nx,y\n", "pairs.csv has no column a (it has name, b)"),
        ("one\nx\n", "the delimiter is not known"),
        ("\n", "the file is empty"),
        ("PK\x03\x04rest", "spreadsheet"),
    ],
)
def test_a_file_that_is_no_table_of_pairs(run: Run, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(text, encoding="utf-8")
    done = run("names", "compare", path)
    assert (done.code, said in done.err) == (2, True), done.err


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert run("names", "compare", tmp_path / "none.csv").code == 2


def test_an_unwritable_place(run: Run, pairs: Path, tmp_path: Path) -> None:
    assert run("names", "compare", pairs, "--out", tmp_path / "no" / "folder" / "out.csv").code == 2
