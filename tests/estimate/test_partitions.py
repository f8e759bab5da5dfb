"""People put together by chance: as likely as they are one person, and never one with two who are two."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from habeas.estimate.partitions import partitions

Chances = list[tuple[str, str, float]]


def shares(chances: Chances, draws: int = 4_000) -> Counter[tuple[str, ...]]:
    """Of all drawings, the share that has each group of two or more."""
    counted = Counter(
        tuple(sorted(group))
        for groups in partitions(chances, draws=draws, seed=1)
        for group in groups
        if len(group) > 1
    )
    return Counter({group: n / draws for group, n in counted.items()})  # type: ignore[misc]


def test_even_odds_are_one_person_half_the_time() -> None:
    assert abs(shares([("a", "b", 0.0)])["a", "b"] - 0.5) < 0.03


def test_what_is_sure_is_sure_and_what_is_far_is_seldom() -> None:
    found = shares([("a", "b", 12.0), ("c", "d", -8.0)])
    assert found["a", "b"] > 0.99
    assert found["c", "d"] < 0.03


def test_one_row_that_fits_two_people_is_one_of_them() -> None:
    found = shares([("one", "x", 6.0), ("one", "y", 6.0)])
    assert found["one", "x", "y"] < 0.15
    assert abs(found["one", "x"] - found["one", "y"]) < 0.1
    assert found["one", "x"] + found["one", "y"] + found["one", "x", "y"] > 0.98


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("ghijkl"), st.floats(-8, 14)), max_size=12),
    st.integers(0, 5),
)
def test_nobody_is_lost_or_twice_and_a_seed_is_repeated(chances: Chances, seed: int) -> None:
    found = [sorted(map(sorted, groups)) for groups in partitions(chances, draws=3, seed=seed)]
    for groups in found:
        assert sorted(one for group in groups for one in group) == sorted({x for a, b, _ in chances for x in (a, b)})
    assert found == [sorted(map(sorted, groups)) for groups in partitions(chances, draws=3, seed=seed)]
