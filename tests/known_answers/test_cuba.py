"""What the book of Cuba must be able to tell: kept in Spanish, from lists in eight languages; counted by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.known_answers.conftest import Example


@pytest.fixture(scope="module")
def cuba(book_of: Callable[[str], Example]) -> Example:
    return book_of("cuba")


def test_the_book_reads_without_a_problem(cuba: Example) -> None:
    assert cuba.built.problems == ()


def test_those_certainly_inside_are_as_many_as_counted_by_hand(cuba: Example) -> None:
    certain = [cuba.asked("inside", on=day).low for day in ("2024-12-31", "2025-03-31", "2026-03-15")]
    assert certain == [16, 14, 0]


@pytest.mark.parametrize(
    "name", ["José Daniel Ferrer García", "José Daniel Ferrer", "何塞·丹尼尔·费雷尔", "Хосе Даниэль Феррер"]
)
def test_ferrer_was_held_three_times_however_he_is_spelled(cuba: Example, name: str) -> None:
    found = cuba.asked("case", name=name)
    assert [s["days"] and s["days"]["best"] for s in found.more["spells"]][1:] == [1285, 167]


def test_the_553_were_announced_and_what_was_given_was_taken_back(cuba: Example) -> None:
    assert cuba.asked("release", id="CU-2025-01-14").value == 553
    relief = cuba.asked("deal", id="CU-2025-01-14").more["relief"]
    assert {given["in_force"] for given in relief} == {"no", "cannot say"}
    assert any("revoked 2025-01-20" in given["why"] for given in relief)
