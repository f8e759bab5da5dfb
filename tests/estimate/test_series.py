"""Laws of interrupted series, change points and ratios of shares."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from habeas.errors import UsageError
from habeas.estimate.ratios import risk_ratio
from habeas.estimate.series import change_point, interrupted


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int, int, int]:
    n, m = draw(st.integers(1, 60)), draw(st.integers(1, 60))
    return draw(st.integers(0, n)), n, draw(st.integers(0, m)), m


@settings(max_examples=150, deadline=None)
@given(shares())
def test_bounds_hold_the_ratio_and_turn_over_with_it(found: tuple[int, int, int, int]) -> None:
    a, n, b, m = found
    one, other = risk_ratio(a, n, b, m), risk_ratio(b, m, a, n)
    if one.ratio is not None:
        assert one.low <= one.ratio * (1 + 1e-9)
        assert one.high is None or one.high >= one.ratio * (1 - 1e-9)
    if a and b:
        assert other.high is not None
        assert one.low * other.high == pytest.approx(1, rel=1e-6)
    assert (one.high is None) == (b == 0)
    assert (one.low == 0) == (a == 0)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 40), st.integers(2, 40), st.data())
def test_inside_the_border_they_are_those_of_statsmodels(n: int, m: int, data: st.DataObject) -> None:
    a, b = data.draw(st.integers(1, n - 1)), data.draw(st.integers(1, m - 1))
    low, high = confint_proportions_2indep(a, n, b, m, method="score", compare="ratio", correction=False)
    found = risk_ratio(a, n, b, m)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-6)


@pytest.mark.parametrize("counts", [(1, 0, 1, 2), (3, 2, 1, 2), (-1, 2, 1, 2), (1, 2, 1, 0)])
def test_no_shares(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(UsageError, match="are no shares"):
        risk_ratio(*counts)


def test_nobody_on_either_side_has_no_ratio() -> None:
    found = risk_ratio(0, 10, 0, 12)
    assert (found.ratio, found.low, found.high) == (None, 0.0, None)


def test_a_known_interruption_is_found() -> None:
    t = np.arange(72)
    rate = 40 * np.exp(0.01 * (t - 36)) * np.where(t >= 36, 0.5, 1.0)
    found = interrupted(np.rint(rate).astype(int).tolist(), 36)
    assert found.family == "Poisson"
    assert found.level.low < 0.5 < found.level.high
    assert found.slope.low < math.exp(0.01) < found.slope.high
    assert found.level.factor == pytest.approx(0.5, rel=0.05)
    assert found.expected[50] == pytest.approx(40 * math.exp(0.14), rel=0.05)


def test_wild_counts_get_a_wider_law() -> None:
    rng = np.random.default_rng(6)
    found = interrupted(rng.negative_binomial(1.5, 1.5 / 31.5, 80).tolist(), 40)
    assert found.family == "negative binomial"
    assert found.dispersion > 1.5
    assert found.level.low < 1 < found.level.high


@pytest.mark.parametrize(
    ("counts", "at", "match"),
    [
        ([5] * 20, 3, "3 months before are fewer than 6"),
        ([5] * 20, 18, "2 months after are fewer than 6"),
        ([5] * 10 + [0] * 10, 10, "0 counted after are fewer than 10"),
    ],
)
def test_too_little_to_fit(counts: list[int], at: int, match: str) -> None:
    with pytest.raises(UsageError, match=match):
        interrupted(counts, at)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=3, max_size=60).filter(any))
def test_the_chances_are_those_of_every_place(counts: list[int]) -> None:
    found = change_point(counts)
    assert found.chances.sum() == pytest.approx(1)
    assert found.chances.size == len(counts) - 1
    assert found.first <= found.last <= found.final
    assert found.chances[found.first : found.final + 1].sum() >= 0.95 - 1e-9
    backwards = change_point(counts[::-1])
    assert backwards.chances[::-1] == pytest.approx(found.chances)
    assert backwards.odds == pytest.approx(found.odds)


def test_a_steady_series_has_no_change() -> None:
    assert change_point([4] * 40).odds < 1


@pytest.mark.parametrize("counts", [[1, 2], [0, 0, 0], [1, -1, 3]])
def test_no_change_to_look_for(counts: list[int]) -> None:
    with pytest.raises(UsageError, match="three or more counts"):
        change_point(counts)
