"""Ends known only within bounds: the self-consistent estimate of who stays and who left by which way.

The likelihood of stay i is P(low < end <= high) / P(end > entry). Its maximum is found by expectation and maximisation
(Turnbull 1976, JRSS B 38:290): mass on the distinct upper bounds and entries, each stay spread over what its bounds
allow in proportion to the mass there, and for each stay that was seen, the ones like it that ended too early to be seen
(Frydman 1994, JRSS B 56:71). Ways are split afterwards: the mass at a length is shared among the ways as the stays
spread there are, so that within its bounds a stay is taken to have ended when all that ended there did, whichever way.
With exact ends this is Aalen-Johansen; all ways together it is Turnbull. Between two bounds that nothing divides the
curve is not determined: the mass stands at the upper one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from habeas.estimate.lifetimes import Floats, Ints, Lifetimes
from habeas.estimate.survival import Curve

MOST_STEPS = 5_000
CLOSE = 1e-9
CLOSE_RESAMPLED = 1e-5
AT_ONCE = 2_000_000  # numbers held for one batch of resamples


@dataclass(frozen=True, slots=True)
class _Problem:
    """Each stay as ranges of the support: `first` to `past` for its end, up to `hidden` where it was not seen."""

    support: Floats
    ways: int
    way: Ints
    first: Ints
    past: Ints
    hidden: Ints


def _problem(stays: Lifetimes) -> _Problem:
    ends = stays.high[stays.ended]
    entries = stays.entry[np.isfinite(stays.entry)]
    support = np.append(np.unique(np.concatenate([ends, entries])), np.inf)
    exact = stays.high == stays.low
    first = np.where(
        exact, np.searchsorted(support, stays.low, side="left"), np.searchsorted(support, stays.low, side="right")
    )
    past = np.searchsorted(support, stays.high, side="right")
    hidden = np.where(np.isinf(stays.entry), 0, np.searchsorted(support, stays.entry, side="right"))
    return _Problem(support, len(stays.ways), stays.way, np.maximum(first, hidden), past, hidden)


def _classes(problem: _Problem) -> tuple[_Problem, Ints]:
    """Stays that say the same as one, and which of these each stay is: the work is by what is said, not by who."""
    said = np.stack([problem.first, problem.past, problem.hidden, problem.way])
    told, home = np.unique(said, axis=1, return_inverse=True)
    first, past, hidden, way = told
    return _Problem(problem.support, problem.ways, way, first, past, hidden), home.reshape(-1)


def _ranges(first: Ints, past: Ints, size: int) -> csr_array:
    """A matrix that adds a number to a range of the support, once what it makes is summed up along the support."""
    n = first.size
    rows, columns = np.concatenate([first, past]), np.tile(np.arange(n), 2)
    signs = np.concatenate([np.ones(n), -np.ones(n)])
    return csr_array((signs, (rows, columns)), shape=(size + 1, n))


def _fit(problem: _Problem, weights: Floats, close: float) -> Floats:
    """Share gone by each way up to each length (k, m - 1, b), for b columns of weights (n, b)."""
    size, several = problem.support.size, weights.shape[1]
    spread = _ranges(problem.first, problem.past, size)
    late = np.flatnonzero(problem.hidden > 0)
    unseen = _ranges(np.zeros_like(problem.hidden[late]), problem.hidden[late], size)
    mass = np.full((size, several), 1.0 / size)
    tiny = np.finfo(float).tiny

    def each(mass: Floats) -> tuple[Floats, Floats]:
        below = np.concatenate([np.zeros((1, several)), np.cumsum(mass, axis=0)])
        inside = np.maximum(below[problem.past] - below[problem.first], tiny)
        return weights / inside, weights[late] / np.maximum(1.0 - below[problem.hidden[late]], tiny)

    for _ in range(MOST_STEPS):
        seen, early = each(mass)
        fresh = mass * (np.cumsum(spread @ seen, axis=0)[:-1] + np.cumsum(unseen @ early, axis=0)[:-1])
        fresh = np.maximum(fresh, 0.0)
        fresh /= fresh.sum(axis=0)
        moved = np.abs(np.cumsum(fresh - mass, axis=0)).max()
        mass = fresh
        if moved < close:
            break
    seen, _ = each(mass)
    parts = np.empty((problem.ways, size, several))
    for k in range(problem.ways):
        mine = np.flatnonzero(problem.way == k)
        adder = _ranges(problem.first[mine], problem.past[mine], size)
        parts[k] = np.maximum(np.cumsum(adder @ seen[mine], axis=0)[:-1], 0.0)
    whole = parts.sum(axis=0)
    parts *= np.where(whole > 0, mass / np.where(whole > 0, whole, 1.0), 0.0)
    return np.asarray(np.cumsum(parts, axis=1)[:, :-1])


def self_consistent(stays: Lifetimes, *, resamples: int = 0, seed: int = 0) -> Curve:
    """Share staying and share gone by each way, from ends within bounds with late entry.

    Args:
        resamples: how often the persons are drawn again for 95% bounds (percentiles); 0 gives bounds equal to the curve.
        seed: of the draws; the same seed gives the same bounds.
    """
    problem, home = _classes(_problem(stays))
    left = _fit(problem, np.bincount(home)[:, None].astype(float), CLOSE)[:, :, 0]
    staying = 1.0 - left.sum(axis=0)
    bounds = [staying, staying, left, left]
    if resamples:
        drawn = _resampled(problem, home, stays.person, resamples, seed)
        stay = 1.0 - drawn.sum(axis=0)
        bounds = [
            np.quantile(stay, 0.025, axis=-1),
            np.quantile(stay, 0.975, axis=-1),
            np.quantile(drawn, 0.025, axis=-1),
            np.quantile(drawn, 0.975, axis=-1),
        ]
    lengths = problem.support[:-1]
    # Known to be running just before a length: what is left to chance within bounds carries no curve on.
    entered = np.searchsorted(np.sort(stays.entry), lengths, side="left")
    sure = entered - np.searchsorted(np.sort(stays.low), lengths, side="left")
    return Curve(
        lengths=lengths,
        staying=np.clip(staying, 0.0, 1.0),
        low=np.clip(np.minimum(bounds[0], staying), 0.0, 1.0),
        high=np.clip(np.maximum(bounds[1], staying), 0.0, 1.0),
        left=left,
        left_low=np.minimum(bounds[2], left),
        left_high=np.maximum(bounds[3], left),
        at_risk=np.maximum(sure, 0).astype(np.int64),
    )


def _resampled(problem: _Problem, home: Ints, person: Ints, resamples: int, seed: int) -> Floats:
    """Share gone by way and length (k, m - 1, b) for draws of persons with replacement; `home` is the class of a stay."""
    _, owner = np.unique(person, return_inverse=True)
    count = int(owner.max()) + 1
    chance = np.full(count, 1.0 / count)
    gather = csr_array((np.ones(home.size), (home, np.arange(home.size))), shape=(problem.way.size, home.size))
    rng = np.random.default_rng(seed)
    batch = max(1, AT_ONCE // max(problem.support.size * problem.ways, problem.way.size))
    parts = []
    for i in range(0, resamples, batch):
        drawn = rng.multinomial(count, chance, size=min(batch, resamples - i)).T[owner]
        parts.append(_fit(problem, np.asarray(gather @ drawn, float), CLOSE_RESAMPLED))
    return np.concatenate(parts, axis=2)
