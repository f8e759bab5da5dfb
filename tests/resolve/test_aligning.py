from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.cli.reviewing import letter_by_letter
from habeas.resolve.aligning import align


@pytest.mark.parametrize(
    ("a", "b", "differ"),
    [
        ("Ales Bialiatski", "Алесь Бяляцкі", []),
        ("Shcharbakova", "Щербакова", []),
        ("Siarhiej Cichanoŭski", "Сергей Тихановский", []),
        ("Бяляцкі Алесь", "Ales Bialiatski", []),
        ("Дзмітрый Папкоў", "Dzmitry Papou", [("к", "")]),
        ("Anna Paniszewa", "Anna Paniszyna", [("e", "y"), ("w", "n")]),
    ],
)
def test_letters_that_the_rules_of_spelling_do_not_explain(a: str, b: str, differ: list[tuple[str, str]]) -> None:
    assert [(one.a, one.b) for one in align(a, b) if not one.same] == differ


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_every_letter_stands_somewhere(a: str, b: str) -> None:
    found = align(a, b)
    assert "".join(one.a for one in found) == " ".join(a.split())
    assert sorted("".join(one.b for one in found).replace(" ", "")) == sorted("".join(b.split()))


def test_both_lines_are_of_one_length_and_marked_without_colours() -> None:
    left, right = letter_by_letter("Дзмітрый Папкоў", "Dzmitry Papou", marked=True)
    assert (left.plain, right.plain) == ("Дзмітрый Пап[к]оў", "Dzmitry· Pap[·]ou")
    left, right = letter_by_letter("Дзмітрый Папкоў", "Dzmitry Papou", marked=False)
    assert (left.plain, right.plain) == ("Дзмітрый Папкоў", "Dzmitry· Pap·ou")
    assert len(left.plain) == len(right.plain)
