"""`ask survival` and `ask whatif` as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from habeas.nouns import Book
from habeas.pipeline import Built
from tests.cli.conftest import Run

Example = tuple[Book, Built]
ON = ("--on", "2026-04-01")


def test_survival_prints_what_the_record_leaves_open(run: Run, example: Example) -> None:
    ran = run("ask", "survival", "--by", "charge", *ON, "-b", example[0].folder)
    assert ran.code == 0, ran.err
    for said in ("a sample", "Left by", "Cannot be said", "What the record leaves open", "surpyval", "more groups"):
        assert said in ran.out


def test_survival_as_json(run: Run, example: Example) -> None:
    found = json.loads(run("ask", "survival", *ON, "--json", "-b", example[0].folder).out)
    assert found["low"] <= found["value"] <= found["high"]
    assert found["question"]["head"]
    assert [g["group"] for g in found["groups"]] == ["all"]


def test_whatif_prints_the_break_even_and_the_disagreement(run: Run, example: Example, tmp_path: Path) -> None:
    """Viasna 2025: 509 newly recognised in 357 days are 43.4 a month; 123 / (43.4 x 12) = 24%."""
    ran = run("ask", "whatif", "--release", 123, *ON, "--plot", tmp_path / "fan.svg", "-b", example[0].folder)
    assert ran.code == 0, ran.err
    assert "123 / (43.4 × 12) = 24%" in ran.out
    for said in ("no forecast", "Brandt, George and Sandler 2016", "Bringing Americans Home 2024", "by name"):
        assert said in ran.out
    assert "drawn to" in ran.err
    assert (tmp_path / "fan.svg").read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["whatif", "--release", "12x"], "--release takes a number"),
        (["whatif", "--seed", "-1"], "-1"),
        (["survival", "--by", "shoe"], "shoe"),
        (["survival", "--plot", "curve.docx"], ".svg, .png, .html"),
    ],
)
def test_bad_use_is_one_sentence(run: Run, example: Example, arguments: list[str], said: str) -> None:
    ran = run("ask", *arguments, *ON, "-b", example[0].folder)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize("missing", ["numpy", "scipy", "surpyval"])
def test_without_the_extra_only_these_questions_ask_for_it(
    missing: str, run: Run, example: Example, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = ("habeas.estimate", "habeas.names.many")  # what an earlier test may have loaded with it
    for name in [n for n in sys.modules if n.partition(".")[0] == missing or n.startswith(loaded)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    book = ("-b", example[0].folder)
    assert run("ask", "deals", *ON, *book).code == 0
    ran = run("ask", "survival", "--by", "year", *ON, *book)
    assert (ran.code, "pip install 'habeas[estimate]'" in ran.err) == (2, True), ran.err


def test_the_command_line_loads_no_estimates() -> None:
    script = "import sys; import habeas.cli; print([m for m in ('numpy', 'scipy', 'altair') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
