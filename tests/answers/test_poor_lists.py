"""Less is known of the people on the lists: the estimate goes on holding what fuller lists say, and the truth."""

from __future__ import annotations

import pytest
from bench.unlisted import TAKEN, Found, World, answered, listed

WORLD = World(300, 40, {"ru_full": 0.5, "be": 0.4, "en": 0.4, "wd": 0.35})
SEEDS = range(1, 8)


@pytest.fixture(scope="module")
def found() -> list[list[tuple[Found, Found]]]:
    """For each seed the estimate on the lists as linked and as answered: from all they say, then from less and less."""
    return [[answered(listed(WORLD, seed), list(WORLD.lists), without, seed) for without in TAKEN] for seed in SEEDS]


def test_taking_births_and_fathers_away_leaves_the_estimate_inside_its_interval(
    found: list[list[tuple[Found, Found]]],
) -> None:
    for (_, full), *poorer in found:
        for _, one in poorer:
            assert one.holds(full.best)


def test_the_interval_holds_the_truth_and_the_lists_as_linked_do_not(found: list[list[tuple[Found, Found]]]) -> None:
    tried = [both for some in found for both in some]
    assert sum(answer.holds(WORLD.people) for _, answer in tried) >= 0.85 * len(tried)
    assert sum(linked.holds(WORLD.people) for linked, _ in tried) < 0.2 * len(tried)


def test_where_lists_tell_much_the_interval_is_narrow_and_who_knows_less_is_less_sure(
    found: list[list[tuple[Found, Found]]],
) -> None:
    for (_, full), *_, (_, poorest) in found:
        assert full.high - full.low < 0.25 * WORLD.people
        assert poorest.high - poorest.low > full.high - full.low
