"""`ask selectivity` and `ask trend` as a user runs them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from habeas.answers import ask
from habeas.cli import comparing, telling
from habeas.cli.show import Page
from habeas.dates import AsOf
from habeas.nouns import Book, Question
from habeas.pipeline import Built
from tests.answers.test_selectivity import RELEASE, people
from tests.answers.test_survival import casebook_of
from tests.cli.conftest import Run

ON = ("--on", "2026-04-01")


def test_selectivity_prints_ratios_and_refusals(run: Run, example: tuple[Book, Built]) -> None:
    ran = run("ask", "selectivity", "BY-2025-12-13", *ON, "-b", example[0].folder)
    assert ran.code == 0, ran.err
    told = " ".join(ran.out.split())
    assert "Cannot say who was chosen in BY-2025-12-13: 108 of the 123 announced are named by nobody here" in told
    assert "score bounds" not in told, "nothing is compared where most are unnamed"
    small = run("ask", "selectivity", "BY-2025-02-12", *ON, "-b", example[0].folder)
    told = " ".join(small.out.split())
    for said in ("a sample", "Cannot be said", "fewer than 10 people", "fame:", "by chance alone"):
        assert said in told
    assert run("ask", "selectivity", "BY-1066", *ON, "-b", example[0].folder).code == 2


def test_what_can_be_compared_is_printed_with_its_bounds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = casebook_of(tmp_path, people())
    found = ask(book, Question(ask="selectivity", as_of=AsOf(date(2024, 1, 1)), args={"id": RELEASE}))
    telling.answer(found, book, people=False, statements=False, tell=comparing._selectivity, page=Page("en"))
    told = " ".join(capsys.readouterr().out.split())
    for said in ("95% score bounds", "4 of 20", "12 of 20", "0.33"):
        assert said in told


def test_trend_prints_its_assumptions_and_refuses_young_months(run: Run, example: tuple[Book, Built]) -> None:
    book = ("-b", example[0].folder)
    ran = run("ask", "trend", "--at", "2022-02-24", *ON, "--people", *book)
    assert ran.code == 0, ran.err
    told = " ".join(ran.out.split())
    for said in ("may be no change", "negative binomial", "Where the rate changed by itself", "assumed", "Months"):
        assert said in told
    recent = run("ask", "trend", "--deal", "BY-2025-09-11", *ON, *book)
    assert "Cannot say whether arrests changed at 2025-09-11" in recent.out
    assert "no month after it is covered and settled yet" in " ".join(recent.out.split())
    assert run("ask", "trend", *ON, *book).code == 2
