"""Laws of grouping: what must stay apart stays apart, order has no say, nothing chains."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from habeas.resolve.grouping import JOINED, Edge, Told, group

ROWS = 9
_pairs = st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).filter(lambda p: p[0] < p[1])
_edges = st.dictionaries(_pairs, st.floats(-8, 20).map(lambda w: round(w, 3)), max_size=20).map(
    lambda found: [(a, b, w) for (a, b), w in found.items()]
)
_lists = st.lists(st.sampled_from([None, "x", "y", "z"]), min_size=ROWS, max_size=ROWS)
_apart = st.frozensets(_pairs, max_size=4)


def whole(home: dict[int, int]) -> list[int]:
    return [home.get(row, row) for row in range(ROWS)]


@given(_edges, _lists, _apart, st.randoms(use_true_random=False))
def test_what_must_stay_apart_stays_apart_and_order_has_no_say(
    edges: list[Edge], lists: list[str | None], apart: frozenset[tuple[int, int]], chance: random.Random
) -> None:
    told = Told(apart=apart)
    home = whole(group(edges, lists, told))
    assert all(home[a] != home[b] for a, b in apart)
    for a in range(ROWS):
        for b in range(a + 1, ROWS):
            if home[a] == home[b]:
                assert lists[a] is None or lists[a] != lists[b]
        assert home[home[a]] == home[a] <= a
    shuffled = list(edges)
    chance.shuffle(shuffled)
    assert whole(group(shuffled, lists, told)) == home


@given(_edges, _pairs)
def test_a_merge_by_decision_is_undone_by_taking_it_back_and_ids_lead_on(
    edges: list[Edge], pair: tuple[int, int]
) -> None:
    nothing: list[str | None] = [None] * ROWS
    before = whole(group(edges, nothing))
    merged = whole(group(edges, nothing, Told(same=frozenset({pair}))))
    assert merged[pair[0]] == merged[pair[1]]
    # The id of a group is a row of it: followed through the merge it leads to the group that has that row.
    assert all(merged[merged[one]] == merged[one] for one in before)
    assert whole(group(edges, nothing)) == before


@given(_edges, st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_groups_that_stand_grow_and_are_never_joined(edges: list[Edge], standing: list[int]) -> None:
    first = {}
    started = {row: first.setdefault(number, row) for row, number in enumerate(standing)}
    home = whole(group(edges, [None] * ROWS, started=started))
    for a, first_of_a in started.items():
        for b, first_of_b in started.items():
            assert (home[a] == home[b]) == (first_of_a == first_of_b)


def test_a_chain_of_good_pairs_does_not_join_its_ends() -> None:
    """Each fits the next, the ends contradict: a father, a son and an entry that could be either."""
    edges = [(0, 1, 5.0), (1, 2, 4.0), (0, 2, -12.0)]
    assert whole(group(edges, [None] * ROWS))[:3] == [0, 0, 2]


def test_the_bar_is_the_mean_over_all_pairs() -> None:
    assert whole(group([(0, 1, JOINED)], [None] * ROWS))[:2] == [0, 0]
    assert whole(group([(0, 1, JOINED - 0.001)], [None] * ROWS))[:2] == [0, 1]
    # One good pair between two groups does not carry three that were not worth comparing.
    assert whole(group([(0, 1, 9.0), (2, 3, 9.0), (1, 2, 4.0)], [None] * ROWS))[:4] == [0, 0, 2, 2]
