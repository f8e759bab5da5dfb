"""What the book of Iran must be able to tell: kept in Persian, with days of its calendar; counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from habeas.answers import ask
from habeas.dates import AsOf
from habeas.nouns import Answer, Casebook, Question, Team
from habeas.pipeline import Built

Example = tuple[Built, Casebook[Team]]


@pytest.fixture(scope="module")
def built(book_of: Callable[[str], Example]) -> Example:
    return book_of("iran")


def asked(built: Example, question: str, on: str = "2026-04-01", **args: str) -> Answer:
    return ask(built[1], Question(ask=question, as_of=AsOf(date.fromisoformat(on)), args=args))


def test_what_the_book_cannot_be_read_of_is_told_row_by_row(built: Example) -> None:
    """Three rows have no day of publication, and six counts are of a group that no population is: the pages do not say."""
    assert len(built[0].problems) == 9
    assert all(problem.row is not None for problem in built[0].problems)


def test_three_fewer_are_inside_once_the_exchange_is_done(built: Example) -> None:
    before, after = (asked(built, "inside", on=day).value for day in ("2023-09-17", "2023-09-18"))
    assert (before, after) == (14, 11)


def test_five_were_announced_three_are_named_here_and_all_left(built: Example) -> None:
    found = asked(built, "release", id="IR-2023-09-18")
    assert found.value == 5
    assert found.more["named"] == 3
    (by_sex,) = [s for s in found.more["sums"] if s["split"] == "sex"]
    assert ([part["n"] for part in by_sex["parts"]], by_sex["sum"]) == ([4, 1], 5)


@pytest.mark.parametrize("name", ["نرگس محمدی", "Narges Mohammadi"])
def test_a_person_is_found_in_persian_and_in_latin_letters(built: Example, name: str) -> None:
    assert asked(built, "case", name=name).more["case"] == asked(built, "case", name="Narges Mohammadi").more["case"]
