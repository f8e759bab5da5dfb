"""Measures of the example book on a day, answered from the acts by hand before the answers were run.

`data/measures.csv` and `data/reliefs.csv` give for each question what follows from the acts, with the reason.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from habeas.answers.in_force import WORDS, in_force
from habeas.cases import fold
from habeas.ledger import open_ledger
from habeas.nouns import Casebook, Links, Team
from habeas.readers import load_book, read_events
from tests.answers.conftest import NOON
from tests.answers.test_questions import asked

BOOK = Path(__file__).parents[2] / "examples/belarus"
DATA = Path(__file__).parent / "data"


def questions(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook[Team]]:
    """The events of the example book, without its lists."""
    own = load_book(BOOK)
    read = read_events(own, BOOK, lambda *parts: "-".join(parts))
    with open_ledger(tmp_path_factory.mktemp("events") / "ledger.sqlite", create=True) as ledger:
        ledger.append(read.drafts, recorded=NOON, recorder="keeper")
        yield fold(ledger.view(Team), Links(persons=(), unsure=()), own)


@pytest.mark.parametrize("q", questions("measures.csv"), ids=lambda q: f"{q['measure']}, {q['target']}, {q['day']}")
def test_a_measure_on_a_day(book: Casebook[Team], q: dict[str, str]) -> None:
    rows = asked(book, "measures", q["day"], target=q["target"]).more["measures"]
    found = {r["measure"]: r["in_force"] for r in rows}
    assert found.get(q["measure"], "absent") == q["in_force"], q["reason"]


@pytest.mark.parametrize("q", questions("reliefs.csv"), ids=lambda q: f"{q['leg']}, {q['day']}")
def test_a_relief_on_a_day(book: Casebook[Team], q: dict[str, str]) -> None:
    legs = {leg.id: leg for deal in book.deals.values() for leg in deal.legs}
    holds, why = in_force(book, legs[q["leg"]], date.fromisoformat(q["day"]))
    assert WORDS[holds] == q["in_force"], f"{q['reason']}; {why}"


def test_nothing_is_wrong_with_the_acts_of_the_example(book: Casebook[Team]) -> None:
    assert book.problems == ()
    assert {o.act.id for o in book.left_out} == {"US-2025-09-11"}  # a word, and no act
