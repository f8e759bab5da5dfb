"""What cannot be so of one person is told with its place, and nothing of it is lost."""

from __future__ import annotations

from collections.abc import Callable

from habeas.nouns import Casebook, Draft, Team
from tests.answers.conftest import drafts_of

Fold = Callable[..., Casebook[Team]]


def told(book: Casebook[Team]) -> list[str]:
    return [p.what for p in book.problems]


def test_a_death_before_an_arrest(fold_drafts: Fold) -> None:
    dead = drafts_of({"entry:a:p": [("detained", "2020-01-01"), ("died", "2021-03-01")]}, source="source:a")
    taken = drafts_of({"entry:b:p": [("detained", "2023-01-01")]}, source="source:b")
    (problem,) = told(fold_drafts([*dead, *taken]))
    assert "a death lies before custody" in problem
    assert told(fold_drafts(dead)) == []


def test_one_person_on_two_releases_of_one_day(fold_drafts: Fold) -> None:
    def releases(second: str) -> list[Draft]:
        days = {"release:R1": [("date", "2025-12-13")], "release:R2": [("date", second)]}
        people = {"entry:a:p": [("released", "2025-12-13"), ("released_in", "release:R1")]}
        more = {"entry:b:p": [("released_in", "release:R2")]}
        return drafts_of({**days, **people, **more})

    (problem,) = told(fold_drafts(releases("2025-12-13")))
    assert "two releases of one day, R1 and R2" in problem
    assert told(fold_drafts(releases("2025-12-14"))) == []
