"""What the book of Cuba must be able to tell: kept in Spanish, from lists in eight languages; counted by hand."""

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
    return book_of("cuba")


def asked(built: Example, question: str, on: str = "2026-04-01", **args: str) -> Answer:
    return ask(built[1], Question(ask=question, as_of=AsOf(date.fromisoformat(on)), args=args))


def test_the_book_reads_without_a_problem(built: Example) -> None:
    assert built[0].problems == ()


def test_those_certainly_inside_are_as_many_as_counted_by_hand(built: Example) -> None:
    certain = [asked(built, "inside", on=day).low for day in ("2024-12-31", "2025-03-31", "2026-03-15")]
    assert certain == [16, 14, 0]


@pytest.mark.parametrize(
    "name", ["José Daniel Ferrer García", "José Daniel Ferrer", "何塞·丹尼尔·费雷尔", "Хосе Даниэль Феррер"]
)
def test_ferrer_was_held_three_times_however_he_is_spelled(built: Example, name: str) -> None:
    found = asked(built, "case", name=name)
    assert [s["days"] and s["days"]["best"] for s in found.more["spells"]][1:] == [1285, 167]


def test_the_553_were_announced_and_what_was_given_was_taken_back(built: Example) -> None:
    assert asked(built, "release", id="CU-2025-01-14").value == 553
    relief = asked(built, "deal", id="CU-2025-01-14").more["relief"]
    assert {given["in_force"] for given in relief} == {"no", "cannot say"}
    assert any("revoked 2025-01-20" in given["why"] for given in relief)
