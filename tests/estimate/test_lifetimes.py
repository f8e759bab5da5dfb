"""Laws of lengths of time: the general estimate holds the special ones, and bad columns are refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.errors import UsageError
from habeas.estimate.bounded import self_consistent
from habeas.estimate.lifetimes import RUNNING, Lifetimes
from habeas.estimate.survival import NORMAL_95, aalen_johansen, cox, turnbull

WAYS = ("served", "pardoned")


@st.composite
def exact_stays(draw: st.DrawFn) -> Lifetimes:
    """Stays with exact ends, half of them watched late; some are watched from the start, so nothing is unknowable."""
    n = draw(st.integers(12, 40))
    low = np.array(draw(st.lists(st.integers(1, 30), min_size=n, max_size=n)), float)
    way = np.array(draw(st.lists(st.integers(-1, 1), min_size=n, max_size=n)))
    back = np.array(draw(st.lists(st.integers(1, 30), min_size=n, max_size=n)))
    entry = np.where((back < low) & (np.arange(n) >= n // 2), low - back, -np.inf)
    way[0], low[0], entry[0] = RUNNING, 31, -np.inf  # somebody is at risk throughout
    return Lifetimes.of(low, np.where(way == RUNNING, np.inf, low), way, WAYS, entry)


@settings(max_examples=60, deadline=None)
@given(exact_stays())
def test_shares_add_up_and_bounds_hold_the_curve(stays: Lifetimes) -> None:
    curve = aalen_johansen(stays)
    assert curve.staying + curve.left.sum(axis=0) == pytest.approx(np.ones(curve.lengths.size))
    assert (curve.low <= curve.staying + 1e-12).all()
    assert (curve.staying <= curve.high + 1e-12).all()
    assert (curve.left_low <= curve.left + 1e-12).all()
    assert (curve.left <= curve.left_high + 1e-12).all()
    assert (np.diff(curve.staying) <= 1e-12).all()


@settings(max_examples=40, deadline=None)
@given(exact_stays())
def test_bounds_of_no_width_give_aalen_johansen(stays: Lifetimes) -> None:
    exact, bounded = aalen_johansen(stays), self_consistent(stays)
    at = [bounded.at(length) for length in exact.lengths]
    assert bounded.staying[at] == pytest.approx(exact.staying, abs=1e-5)
    assert bounded.left[:, at] == pytest.approx(exact.left, abs=1e-5)


@settings(max_examples=40, deadline=None)
@given(exact_stays())
def test_with_one_way_the_error_is_greenwoods(stays: Lifetimes) -> None:
    one = Lifetimes.of(stays.low, stays.high, np.minimum(stays.way, 0), ("left",), stays.entry)
    curve = aalen_johansen(one)
    assert 1 - curve.left[0] == pytest.approx(curve.staying)
    assert 1 - curve.left_high[0] == pytest.approx(curve.low, abs=1e-9)
    assert 1 - curve.left_low[0] == pytest.approx(curve.high, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 15), st.booleans()), min_size=8, max_size=30))
def test_with_one_way_bounded_ends_are_turnbulls(found: list[tuple[int, int, bool]]) -> None:
    """The estimate is not unique between bounds, its likelihood is: ours is no less likely than surpyval's."""
    low = np.array([a for a, _, _ in found], float)
    high = np.array([np.inf if open_ else a + w for a, w, open_ in found])
    way = np.where(np.isinf(high), RUNNING, 0)
    if (way == RUNNING).all():
        return
    stays = Lifetimes.of(low, high, way, ("left",))
    ours = self_consistent(stays)

    def likelihood(staying: np.ndarray, at_low: np.ndarray) -> float:
        return float(np.log(np.maximum(at_low - staying, 1e-12)).sum())

    def shares(lengths: np.ndarray) -> np.ndarray:
        padded = np.concatenate([[1.0], ours.staying])
        return padded[np.searchsorted(ours.lengths, lengths, side="right")]

    at_high = np.where(np.isinf(high), 0.0, shares(np.where(np.isinf(high), 0, high)))
    theirs_high = np.where(np.isinf(high), 0.0, turnbull(stays, np.where(np.isinf(high), 0.0, high)))
    theirs_low = turnbull(stays, low)
    assert likelihood(at_high, shares(low)) >= likelihood(theirs_high, theirs_low) - 1e-2


def test_the_same_seed_gives_the_same_bounds() -> None:
    rng = np.random.default_rng(3)
    low = rng.integers(1, 400, 60).astype(float)
    stays = Lifetimes.of(low - 1, low + rng.integers(0, 40, 60), rng.integers(0, 2, 60), WAYS)
    first, again, other = (self_consistent(stays, resamples=40, seed=s) for s in (7, 7, 8))
    assert np.array_equal(first.low, again.low)
    assert np.array_equal(first.left_high, again.left_high)
    assert not np.array_equal(first.low, other.low)
    assert (first.low <= first.staying).all()
    assert (first.staying <= first.high).all()


def test_the_bounds_of_resampling_are_near_greenwoods() -> None:
    rng = np.random.default_rng(5)
    low = np.ceil(rng.exponential(300, 400))
    way = np.where(rng.random(400) < 0.2, RUNNING, 0)
    stays = Lifetimes.of(low, np.where(way == RUNNING, np.inf, low), way, ("left",))
    exact, drawn = aalen_johansen(stays), self_consistent(stays, resamples=200, seed=1)
    at = exact.at(250)
    there = drawn.at(250)
    assert drawn.high[there] - drawn.low[there] == pytest.approx(exact.high[at] - exact.low[at], rel=0.2)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_nothing_near_the_estimate_is_more_likely(seed: int) -> None:
    """The estimate is a maximum: moving mass from any length to any other makes what was seen no more likely."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(8, 40))
    low = rng.integers(0, 15, size).astype(float)
    runs = rng.random(size) < 0.3
    high = np.where(runs, np.inf, np.maximum(low + rng.integers(0, 8, size), 1.0))
    entry = np.where(rng.random(size) < 0.7, -np.inf, low - rng.integers(1, 6, size))
    runs[0], low[0], high[0], entry[0] = True, 20.0, np.inf, -np.inf  # somebody is at risk throughout
    stays = Lifetimes.of(low, high, np.where(runs, RUNNING, 0), ("left",), entry)
    curve = self_consistent(stays)
    mass = np.diff(np.concatenate([[0.0], 1 - curve.staying, [1.0]]))
    place = np.append(curve.lengths, np.inf)
    inside = np.where(high == low, place[:, None] == low, (place[:, None] > low) & (place[:, None] <= high))
    inside |= np.isinf(place)[:, None] & np.isinf(high)
    seen = place[:, None] > entry

    def height(shares: np.ndarray) -> float:
        return float(np.log(np.maximum(shares @ inside, 1e-300) / np.maximum(shares @ seen, 1e-300)).sum())

    best = height(mass)
    for i in np.flatnonzero(mass > 1e-6):
        for j in range(mass.size):
            moved = mass.copy()
            moved[i] -= 1e-4 * mass[i]
            moved[j] += 1e-4 * mass[i]
            assert height(moved) <= best + 1e-7


def test_one_step_for_each_draw_gives_the_bounds_of_fitting_each_anew() -> None:
    rng = np.random.default_rng(12)
    size = 3000
    end = rng.exponential(500, size)
    entry = np.where(rng.random(size) < 0.4, rng.uniform(0, 500, size), -np.inf)
    runs, wide = rng.random(size) < 0.3, np.where(rng.random(size) < 0.8, 7.0, 180.0)
    low = np.where(runs, end, np.maximum(np.floor(end / wide) * wide, entry))
    high = np.where(runs, np.inf, np.floor(end / wide) * wide + wide)
    kept = end > entry
    way = np.where(runs, RUNNING, rng.integers(0, 2, size))[kept]
    stays = Lifetimes.of(low[kept], high[kept], way, WAYS, entry[kept], (np.arange(size) // 1.2).astype(int)[kept])
    coarse = stays.rounded(14)
    each, step = (self_consistent(coarse, resamples=300, seed=3, one_step=o) for o in (False, True))
    for length in (100, 400, 900):
        at = each.at(length)
        assert step.high[at] - step.low[at] == pytest.approx(each.high[at] - each.low[at], rel=0.2)
        wide_each, wide_step = (c.left_high[:, at] - c.left_low[:, at] for c in (each, step))
        assert wide_step == pytest.approx(wide_each, rel=0.25)


def test_truth_is_found_from_late_entry_and_bounds() -> None:
    """Exponential stays of mean 500, watched late and dated to the month: half have left by 347 days."""
    rng = np.random.default_rng(11)
    end = rng.exponential(500, 6000)
    entry = np.where(rng.random(6000) < 0.6, rng.uniform(0, 900, 6000), -np.inf)
    seen = end > entry
    end, entry = end[seen], entry[seen]
    low = np.maximum(np.floor(end / 30) * 30, np.where(np.isinf(entry), 0, entry))
    curve = self_consistent(Lifetimes.of(low, np.floor(end / 30) * 30 + 30, np.zeros(end.size), ("left",), entry))
    naive = np.median(end)
    assert curve.median() == pytest.approx(500 * np.log(2), abs=25)
    assert naive > 400  # what comes of taking those who were seen for all


def test_a_group_that_leaves_twice_as_fast() -> None:
    rng = np.random.default_rng(2)
    group = np.repeat([0, 1], 400)
    low = np.ceil(rng.exponential(600 / (1 + group)))
    stays = Lifetimes.of(low, low, np.zeros(800), ("left",))
    (ratio,), _ = cox(stays, group, ("slow", "fast"))
    assert ratio.low < 2 < ratio.high
    assert ratio.ratio == pytest.approx(2, rel=0.2)


def test_errors_of_stays_that_go_together_are_those_of_scores_summed_up_one_by_one() -> None:
    """Late entry, several stays of one person and no ties: each score by its definition (lifelines forgets who came late)."""
    rng = np.random.default_rng(3)
    end, entry = rng.exponential(300, 120), np.where(rng.random(120) < 0.5, -np.inf, rng.uniform(0, 200, 120))
    kept = end > entry
    end, entry, group = end[kept], entry[kept], rng.integers(0, 2, 120)[kept]
    runs, person = rng.random(end.size) < 0.3, rng.integers(0, 50, end.size)
    stays = Lifetimes.of(end, np.where(runs, np.inf, end), np.where(runs, RUNNING, 0), ("left",), entry, person)
    (ratio,), _ = cox(stays, group, ("a", "b"))
    rate, score, information = np.exp(ratio.coefficient * group), np.zeros(50), 0.0
    for out in np.flatnonzero(~runs):
        there = np.flatnonzero((entry < end[out]) & (end >= end[out]))
        share = rate[there] / rate[there].sum()
        mean = float(share @ group[there])
        information += mean * (1 - mean)
        score[person[out]] += group[out] - mean
        np.add.at(score, person[there], -share * (group[there] - mean))
    error = np.sqrt((score**2).sum()) / information
    assert np.log(ratio.high / ratio.low) == pytest.approx(2 * NORMAL_95 * error, rel=1e-6)


def test_what_cannot_be_compared_is_said() -> None:
    low = np.array([5.0, 6, 7, 8])
    stays = Lifetimes.of(low, [5, 6, np.inf, np.inf], [0, 0, RUNNING, RUNNING], ("left",))
    with pytest.raises(UsageError, match="cannot be compared"):
        cox(stays, [1, 1, 0, 0], ("a", "b"))
    with pytest.raises(UsageError, match="only within bounds"):
        cox(Lifetimes.of([1], [4], [0], ("left",)), [0], ("a",))
    with pytest.raises(UsageError, match="only within bounds"):
        aalen_johansen(Lifetimes.of([1], [4], [0], ("left",)))


@pytest.mark.parametrize(
    ("columns", "match"),
    [
        (([5.0], [4.0], [0]), "before it begins"),
        (([5.0], [5.0], [RUNNING]), "names none"),
        (([5.0], [np.inf], [0]), "names none"),
        (([5.0], [5.0], [4]), "names none"),
        (([np.nan], [5.0], [0]), "no length"),
        (([5.0, 6.0], [5.0], [0]), "differ in length"),
        (([5.0], [5.0], [0], [5.0]), "before it could be seen"),
    ],
)
def test_columns_that_cannot_be(columns: tuple[list[float], ...], match: str) -> None:
    low, high, way, *entry = columns
    with pytest.raises(UsageError, match=match):
        Lifetimes.of(low, high, way, WAYS, entry[0] if entry else None)


def test_rounding_keeps_what_is_known_and_the_estimate() -> None:
    rng = np.random.default_rng(8)
    end = rng.integers(1, 900, 800).astype(float)
    entry = np.where(rng.random(800) < 0.3, end - rng.integers(1, 300, 800), -np.inf)
    way = np.where(rng.random(800) < 0.3, RUNNING, rng.integers(0, 2, 800))
    stays = Lifetimes.of(end, np.where(way == RUNNING, np.inf, end), way, WAYS, entry)
    coarse = stays.rounded(7)
    assert (coarse.low <= stays.low).all()
    assert (coarse.high >= stays.high).all()
    assert (coarse.entry <= stays.entry).all()
    by_day, by_week = self_consistent(stays), self_consistent(coarse)
    for length in (182, 364, 546):
        there, here = by_day.at(length), by_week.at(length)
        assert by_week.staying[here] == pytest.approx(by_day.staying[there], abs=0.01)
        assert by_week.left[:, here] == pytest.approx(by_day.left[:, there], abs=0.01)
    assert turnbull(coarse, [364])[0] == pytest.approx(by_week.staying[by_week.at(364)], abs=1e-4)


def test_ends_at_their_middles() -> None:
    stays = Lifetimes.of([10, 10, 50, 3], [20, 100, np.inf, 3], [0, 0, RUNNING, 1], WAYS, [-np.inf, 0, 40, 1])
    moved = stays.at_middles(30)
    assert moved.low.tolist() == [15, 50, 3]
    assert moved.exact
