"""Small cells: nothing is kept back without need, and what is kept back cannot be reckoned from the rest."""

from __future__ import annotations

import itertools
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.answers.suppression import FEWEST, suppress

CELLS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1)


@st.composite
def breakdowns(draw: st.DrawFn) -> tuple[dict[str, int], dict[str, int]]:
    cells = draw(CELLS)
    return cells, {name: draw(st.integers(0, min(n, 3))) for name, n in cells.items()}


@given(CELLS)
def test_without_restricted_values_everything_is_shown(cells: dict[str, int]) -> None:
    shown = suppress(cells, {})
    assert (shown.cells, shown.total) == (cells, sum(cells.values()))


@given(breakdowns())
def test_small_cells_with_restricted_values_are_kept_back_and_others_only_beside_them(
    case: tuple[dict[str, int], dict[str, int]],
) -> None:
    cells, restricted = case
    shown = suppress(cells, restricted)
    telling = {name for name, n in cells.items() if restricted[name] and n < FEWEST}
    hidden = {name for name, n in shown.cells.items() if n is None}
    assert telling <= hidden
    assert len(hidden) <= 3 * len(telling)
    assert all(n is None or n == cells[name] for name, n in shown.cells.items())
    assert shown.total in (sum(cells.values()), None)
    if len(hidden) == 1:
        assert shown.total is None


SIZE = 6


@cache
def worlds(names: str) -> dict[object, list[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """Every small breakdown with one restricted person, by what is shown of it."""
    found: dict[object, list[tuple[tuple[int, ...], tuple[int, ...]]]] = {}
    for counts in itertools.product(range(SIZE), repeat=len(names)):
        for at in range(len(names)):
            if counts[at]:
                restricted = tuple(int(i == at) for i in range(len(names)))
                shown = suppress(dict(zip(names, counts, strict=True)), dict(zip(names, restricted, strict=True)))
                found.setdefault((tuple(shown.cells.items()), shown.total), []).append((counts, restricted))
    return found


@pytest.mark.parametrize("names", ["ab", "abc", "abcd"])
def test_who_knows_the_rule_and_the_total_cannot_tell_a_cell_or_where_the_restricted_person_is(names: str) -> None:
    """Of everything that would be shown so, at least two breakdowns differ in each small cell, and in where the person is."""
    for (cells, _), possible in worlds(names).items():  # type: ignore[misc]
        hidden = [i for i, (_, n) in enumerate(cells) if n is None]
        if hidden:
            assert len({restricted for _, restricted in possible}) >= min(2, len(names))
            told = [i for i in hidden if len({counts[i] for counts, _ in possible}) < 2]
            assert told == [], (cells, possible)


def test_more_restricted_than_there_are_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="2 restricted of 1 in 'a'"):
        suppress({"a": 1}, {"a": 2})


def test_a_cell_alone_takes_the_total_with_it() -> None:
    shown = suppress({"a": 1}, {"a": 1})
    assert (shown.cells, shown.total) == ({"a": None}, None)
