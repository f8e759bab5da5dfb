"""Each method by itself: laws that hold on any table, and what it says where it cannot say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from habeas.estimate.chao import chao
from habeas.estimate.graphs import average, decomposable, graphs
from habeas.estimate.hierarchy import generators, hierarchical, named, notation
from habeas.estimate.latent import Sampler, effective, latent, rhat, sample
from habeas.estimate.loglinear import in_reach, loglinear, profile_interval, search
from habeas.estimate.poisson import exists, fit, terms_of
from habeas.estimate.stepwise import Stepwise, bca, stepwise
from habeas.nouns import Estimate, OverlapTable


def of(counts: list[int], lists: int = 3) -> OverlapTable:
    return OverlapTable(lists=tuple("ABCDEFGH"[:lists]), cells={c: n for c, n in enumerate(counts, 1) if n})


SEVEN = [40, 30, 12, 20, 9, 8, 3]
counts_of_three = st.lists(st.integers(1, 400), min_size=7, max_size=7)


@given(counts_of_three)
@settings(max_examples=25, deadline=None)
def test_two_lists_independent_of_each_other_given_a_third_have_a_closed_form(counts: list[int]) -> None:
    """The model without a pair is fitted by hand: n0 = mu(A) mu(B) / mu(AB), here on the people who are not on C."""
    found = search(of(counts), [frozenset({0b101, 0b110})])
    assert found is not None
    a, b, ab = counts[0], counts[1], counts[2]
    assert found.found[0].estimate == pytest.approx(sum(counts) + a * b / ab, rel=1e-6)


@given(counts_of_three)
@settings(max_examples=15, deadline=None)
def test_the_order_of_the_lists_has_no_say(counts: list[int]) -> None:
    turned = {1: 4, 2: 1, 4: 2}
    other = [0] * 7
    for cell, n in enumerate(counts, 1):
        other[sum(turned[1 << j] for j in range(3) if cell >> j & 1) - 1] = n
    first, second = loglinear(of(counts)), loglinear(of(other))
    assert isinstance(first, Estimate)
    assert isinstance(second, Estimate)
    assert first.estimate == pytest.approx(second.estimate, rel=1e-6)
    assert graphs(of(counts)).estimate == pytest.approx(graphs(of(other)).estimate, rel=1e-6)  # type: ignore[union-attr]


@given(st.lists(st.integers(0, 60), min_size=15, max_size=15), st.integers(1, 40))
@settings(max_examples=15, deadline=None)
@example([20, 9, 7, 31, 0, 4, 2, 15, 5, 6, 1, 12, 0, 3, 0], 1)
def test_the_model_of_least_bic_is_among_those_in_reach(counts: list[int], times: int) -> None:
    table = of([n * times for n in [counts[0] + 5, *counts[1:]]], lists=4)
    best, found = search(table), search(table, in_reach(table))
    if best is not None:
        assert found is not None
        assert found.found[0].bic == pytest.approx(best.found[0].bic, rel=1e-9)


@given(counts_of_three)
@settings(max_examples=15, deadline=None)
def test_the_profile_interval_holds_its_own_peak(counts: list[int]) -> None:
    peak, low, high = profile_interval(of(counts), frozenset())
    assert sum(counts) <= low <= peak <= high


@given(counts_of_three, st.integers(0, 6))
@settings(max_examples=40, deadline=None)
@example([1, 1, 50, 1, 1, 2, 224], 1)
def test_a_fit_that_was_found_exists_and_one_that_was_not_does_not(counts: list[int], gone: int) -> None:
    counts[gone] = 0
    cells = np.arange(1, 8)
    design = terms_of(cells, [0, 1, 2, 4, 3])
    made = np.array([counts], dtype=float)
    found = fit(design, made, np.ones((1, 5), dtype=bool), np.ones((1, 7), dtype=bool))
    assert bool(found.found[0]) == exists(design, made[0])


def test_generators_are_written_as_r_writes_them() -> None:
    assert notation({0b0011, 0b0101, 0b0110, 0b0111, 0b1001, 0b1100}, 4) == "[123,14,34]"
    assert notation(frozenset(), 3) == "[1,2,3]"
    assert notation({0b11}, 11) == "[1.2,3,4,5,6,7,8,9,10,11]"
    assert named({0b011}, ("X", "Y", "Z")) == [["X", "Y"], ["Z"]]
    assert generators({0b011, 0b101, 0b110, 0b111}, 3) == (0b111,)
    assert all(0b1111 not in model for model in hierarchical(4))


def test_methods_say_how_many_lists_they_are_for() -> None:
    six, two = of([5] * 63, 6), of([5, 5, 5], 2)
    assert "3 to 5 lists, not 6" in str(loglinear(six))
    assert "3 to 6 lists, not 2" in str(graphs(two))
    assert "3 to 12 lists, not 2" in str(chao(two))
    assert "no log-linear model" in str(loglinear(of([5, 0, 0, 0, 0, 0, 0])))


def test_a_pair_that_shares_nobody_counts_as_a_term() -> None:
    found = stepwise(of([400, 300, 0, 200, 90, 80, 0]), seed=1, draws=0)
    assert isinstance(found, Estimate)
    assert found.diagnostics["empty_pairs"] == [["A", "B"]]


def test_resamples_and_draws_repeat_exactly() -> None:
    first, again = (stepwise(of(SEVEN), seed=3, draws=100) for _ in range(2))
    assert first == again
    assert first != stepwise(of(SEVEN), seed=4, draws=100)
    assert latent(of(SEVEN), seed=3, draws=200) == latent(of(SEVEN), seed=3, draws=200)


def test_selections_done_together_are_those_done_alone() -> None:
    steps = Stepwise(4)
    made = np.random.default_rng(1).poisson(20, (30, 15)).astype(float)
    together = steps.run(made)
    for row in range(30):
        alone = steps.run(made[row : row + 1])
        assert (alone.chosen[0] == together.chosen[row]).all()
        assert alone.estimate[0] == pytest.approx(together.estimate[row], rel=1e-6)


def test_bca_of_a_symmetric_bootstrap_is_the_percentile_interval() -> None:
    resampled = np.arange(-1000.0, 1001.0)
    low, high = bca(0.0, resampled, (np.array([-1.0, 1.0]), np.array([5.0, 5.0])))
    assert (low, high) == pytest.approx((-950, 950), abs=1)


def test_every_graph_is_a_probability_of_the_same_table() -> None:
    """Summed over all tables of one person on two lists, each graph's probability is 1."""
    for lists in (3, 4):
        weights = decomposable(lists).weights
        inside = [sum(int(w) for s, w in enumerate(row) if s >> j & 1) for row in weights for j in range(lists)]
        assert set(inside) == {1}, "each list is counted once: cliques less separators"


def test_the_graph_that_joins_all_lists_has_no_weight_unless_asked_for() -> None:
    grid = np.arange(1, 300.0)
    whole = [c == ((1 << 3) - 1,) for c in decomposable(3).cliques].index(True)
    assert average(of(SEVEN), grid, delta=1 / 8).graph_weights[whole] == 0
    assert average(of(SEVEN), grid, delta=1 / 8, saturated=True).graph_weights[whole] > 0


def test_chains_that_cannot_come_to_agree_are_not_run_on() -> None:
    """A hundred thousand people on four lists that all depend on each other: each chain keeps the classes it began with."""
    counts = [9380, 9132, 4491, 9216, 4515, 4508, 4121, 9478, 4371, 4609, 3922, 4467, 4013, 3991, 7477]
    found = sample(of(counts, lists=4), seed=1, warm_up=200, draws=1_600, most=6_400)
    assert found.total.shape[1] < 1_600
    assert found.rhat > 1.5


def test_latent_classes_find_the_number_of_people_who_are_alike() -> None:
    rng = np.random.default_rng(5)
    on = rng.random((2000, 4)) < [0.3, 0.25, 0.2, 0.35]
    cells: dict[int, int] = {}
    for row in on @ (1 << np.arange(4)):
        if row:
            cells[int(row)] = cells.get(int(row), 0) + 1
    found = sample(OverlapTable(lists=("A", "B", "C", "D"), cells=cells), seed=1, warm_up=300, draws=700, most=700)
    assert np.quantile(found.total, 0.025) < 2000 < np.quantile(found.total, 0.975)


def test_exchanged_classes_keep_everybody() -> None:
    sampler = Sampler(of(SEVEN), classes=5, chains=8, seed=1)
    whole = np.random.default_rng(2).integers(0, 50, (8, 5))
    listed = np.repeat(whole[:, :, None], 3, axis=2).astype(float)
    before = np.sort(whole, axis=1)
    sampler._relabel(whole, listed)
    assert (np.sort(whole, axis=1) == before).all()
    assert (listed[:, :, 0] == whole).all(), "who is listed goes with the class"


def test_rhat_tells_chains_that_agree_from_those_that_do_not() -> None:
    same = np.random.default_rng(1).normal(size=(16, 500))
    assert rhat(same) < 1.01
    apart = same + np.arange(16)[:, None]
    assert rhat(apart) > 1.5
    assert effective(same) > 10 * effective(apart)


def test_the_lower_bound_is_no_more_than_the_number_where_people_differ_in_how_readily_they_are_listed() -> None:
    rng = np.random.default_rng(7)
    readily = rng.beta(1, 3, 20_000)[:, None]
    on = rng.random((20_000, 5)) < readily * [0.9, 0.7, 0.8, 0.6, 0.5]
    cells: dict[int, int] = {}
    for row in on @ (1 << np.arange(5)):
        if row:
            cells[int(row)] = cells.get(int(row), 0) + 1
    found = chao(OverlapTable(lists=tuple("ABCDE"), cells=cells))
    assert isinstance(found, Estimate)
    assert found.estimate < 20_000
    assert found.diagnostics["bends"]
