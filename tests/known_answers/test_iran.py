"""What the book of Iran must be able to tell: kept in Persian, with days of its calendar; counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.known_answers.conftest import Example


@pytest.fixture(scope="module")
def iran(book_of: Callable[[str], Example]) -> Example:
    return book_of("iran")


def test_what_the_book_cannot_be_read_of_is_told_row_by_row(iran: Example) -> None:
    """Three rows have no day of publication, and six counts are of a group that no population is: the pages do not say."""
    assert len(iran.built.problems) == 9
    assert all(problem.row is not None for problem in iran.built.problems)


def test_three_fewer_are_inside_once_the_exchange_is_done(iran: Example) -> None:
    before, after = (iran.asked("inside", on=day).value for day in ("2023-09-17", "2023-09-18"))
    assert (before, after) == (14, 11)


def test_five_were_announced_three_are_named_here_and_all_left(iran: Example) -> None:
    found = iran.asked("release", id="IR-2023-09-18")
    assert found.value == 5
    assert found.more["named"] == 3
    (by_sex,) = [s for s in found.more["sums"] if s["split"] == "sex"]
    assert ([part["n"] for part in by_sex["parts"]], by_sex["sum"]) == ([4, 1], 5)


@pytest.mark.parametrize("name", ["نرگس محمدی", "Narges Mohammadi"])
def test_a_person_is_found_in_persian_and_in_latin_letters(iran: Example, name: str) -> None:
    assert iran.asked("case", name=name).more["case"] == iran.asked("case", name="Narges Mohammadi").more["case"]
