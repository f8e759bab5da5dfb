"""Laws of what-if runs: what is stated happens, chance is shared, and the same seed gives the same fan."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.errors import UsageError
from habeas.estimate.scenario import LEVELS, Pace, Scenario, break_even, fans

CALM = Pace(stock=1_000, arrests=0, months=12, exits=0, exposure=1e12, stated=True)
USUAL = Pace(stock=1_135, arrests=509, months=11.73, exits=406, exposure=14_034, varies=0.19)
NOTHING = Scenario(name="nothing")


def test_where_nothing_happens_only_the_stated_release_does() -> None:
    (fan,) = fans(CALM, [Scenario(name="freed", releases={3: 120, 9: 30})], months=12, draws=200, seed=1)
    assert fan.quantiles[0].tolist() == [1_000] * 3 + [880] * 6 + [850] * 4
    assert (fan.quantiles == fan.quantiles[0]).all()


def test_no_more_are_freed_than_are_inside() -> None:
    (fan,) = fans(CALM, [Scenario(name="all", releases={1: 5_000})], months=2, draws=100, seed=1)
    assert fan.runs.min() == fan.runs[:, -1].max() == 0


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2_000), st.integers(0, 300), st.floats(-1, 2), st.integers(0, 2**31))
def test_quantiles_are_in_order_and_the_seed_is_the_run(stock: int, freed: int, change: float, seed: int) -> None:
    pace = Pace(stock=stock, arrests=90, months=6, exits=40, exposure=2_000, varies=0.4)
    scenario = Scenario(name="x", releases={2: freed}, change=change, since=2, over=4)
    first, again = (fans(pace, [scenario], months=8, draws=100, seed=seed)[0] for _ in range(2))
    assert np.array_equal(first.runs, again.runs)
    assert (np.diff(first.quantiles, axis=0) >= 0).all()
    assert (first.runs >= 0).all()
    assert first.quantiles.shape == (len(LEVELS), 9)


def test_one_more_scenario_changes_none_of_the_others() -> None:
    more = Scenario(name="more", change=0.5, since=1, over=6)
    alone = fans(USUAL, [NOTHING], months=6, draws=200, seed=4)[0]
    beside = fans(USUAL, [more, NOTHING], months=6, draws=200, seed=4)[1]
    assert np.array_equal(alone.runs, beside.runs)


def test_the_mean_is_that_of_the_recursion() -> None:
    """E S(t+1) = E S(t) exp(-mu) + lambda: with rates stated to the full, the runs must average to it."""
    pace = Pace(stock=1_000, arrests=480, months=12, exits=0.03 * 1e12, exposure=1e12, stated=True)
    (fan,) = fans(pace, [NOTHING], months=24, draws=4_000, seed=2)
    expected = 1_000.0
    for _ in range(24):
        expected = expected * np.exp(-0.03) + 40
    assert fan.runs[:, -1].mean() == pytest.approx(expected, rel=0.01)


def test_differing_months_widen_the_fan() -> None:
    steady, wild = (
        fans(Pace(stock=1_000, arrests=500, months=12, exits=300, exposure=12_000, varies=v), [NOTHING],
             months=12, draws=1_000, seed=3)[0] for v in (0.0, 1.0)
    )  # fmt: skip
    assert np.diff(wild.quantiles[[0, -1], -1]) > 2 * np.diff(steady.quantiles[[0, -1], -1])


def test_break_even_by_hand() -> None:
    """123 freed at 509 arrests in 11.73 months, over a year: 123 / (43.39 x 12) = 23.6%."""
    even = break_even(123, USUAL, 12)
    assert even.share == pytest.approx(0.2362, abs=1e-4)
    assert even.low < even.share < even.high
    stated = break_even(123, Pace(stock=1, arrests=60, months=1, exits=0, exposure=1, stated=True), 12)
    assert stated.low == stated.share == stated.high == pytest.approx(123 / 720)


def test_at_the_break_even_arrests_make_up_for_the_release() -> None:
    even = break_even(123, USUAL, 12)
    pace = Pace(stock=1_135, arrests=509, months=11.73, exits=0, exposure=1e12, stated=True)
    run = fans(
        pace,
        [NOTHING, Scenario(name="even", releases={1: 123}, change=even.share, since=1, over=12)],
        months=12,
        draws=4_000,
        seed=5,
    )
    assert run[1].runs[:, -1].mean() == pytest.approx(run[0].runs[:, -1].mean(), rel=0.002)


@pytest.mark.parametrize(
    ("call", "match"),
    [
        (lambda: fans(USUAL, [NOTHING], months=0, draws=200, seed=1), "1 to 240 months"),
        (lambda: fans(USUAL, [NOTHING], months=6, draws=5, seed=1), "100 to 100,000 times"),
        (lambda: fans(USUAL, [Scenario(name="x", change=-1.5)], months=6, draws=200, seed=1), "more than 100%"),
        (lambda: Pace(stock=-1, arrests=1, months=1, exits=0, exposure=1), "outside 0 to"),
        (lambda: Pace(stock=1, arrests=1, months=0, exits=0, exposure=1), "over some time"),
        (lambda: break_even(5, CALM, 12), "nobody is arrested"),
    ],
)
def test_what_cannot_be_run(call: object, match: str) -> None:
    with pytest.raises(UsageError, match=match):
        call()  # type: ignore[operator]
