"""Ends known only within bounds: the most likely share of who stays and who left by which way.

The likelihood of stay i is P(low < end <= high) / P(end > entry); its maximum over all curves is Turnbull's estimate (1976,
JRSS B 38:290; with late entry Frydman 1994, JRSS B 56:71), and stands on the distinct upper bounds and entries. Written
in the hazards of those lengths it is concave, late entry and all: -sum of the hazards from entry to the lower bound,
+log(1 - exp(-sum of those within the bounds)). So it is climbed by Newton's method with the hazards held at or above zero
(projected Newton: Bertsekas 1982, SIAM J. Control 20:221), on what stays say and how many say it, not on each stay.

Ways are split afterwards: the mass at a length is shared among the ways as the stays spread there are, so that within its
bounds a stay is taken to have ended when all that ended there did, whichever way. With exact ends this is
Aalen-Johansen; all ways together it is Turnbull. Between two bounds that nothing divides the curve is not determined:
the mass stands at the upper bound of the first that ends there.

Bounds come of drawing the persons again. Of few stays each draw is fitted anew, by expectation and maximisation; of many
one step of Newton's method from the estimate is taken for each (the one-step bootstrap: Shao and Tu 1995, The Jackknife
and Bootstrap, ch. 5), on Poisson weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve
from scipy.sparse import csr_array

from habeas.estimate.lifetimes import Floats, Ints, Lifetimes, Marks
from habeas.estimate.survival import Curve

MOST_STEPS = 5_000
CLOSE = 1e-9
CLOSE_RESAMPLED = 1e-5
CLIMBS, EXCHANGES, PATIENCE = 200, 500, 8
RIDGE = 1e-11
TINY = 1e-100  # what is nothing, where it is divided by
ENDLESS = 40.0  # a hazard after which nobody is left, to rounding
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
    (first, past, hidden, way), home = _distinct(problem.first, problem.past, problem.hidden, problem.way)
    return _Problem(problem.support, problem.ways, way, first, past, hidden), home


def _distinct(*columns: Ints) -> tuple[list[Ints], Ints]:
    """The distinct rows of columns of small whole numbers, and which of them each row is."""
    rows = np.stack(columns)
    low = rows.min(axis=1, initial=0)
    sizes = tuple(int(n) for n in rows.max(axis=1, initial=0) - low + 1)
    codes, home = np.unique(np.ravel_multi_index(tuple(rows - low[:, None]), sizes), return_inverse=True)
    return [c + b for c, b in zip(np.unravel_index(codes, sizes), low, strict=True)], home.reshape(-1)


def _ranges(first: Ints, past: Ints, size: int) -> csr_array:
    """A matrix that adds a number to a range of the support, once what it makes is summed up along the support."""
    n = first.size
    rows, columns = np.concatenate([first, past]), np.tile(np.arange(n), 2)
    signs = np.concatenate([np.ones(n), -np.ones(n)])
    return csr_array((signs, (rows, columns)), shape=(size + 1, n))


@dataclass(frozen=True, slots=True)
class _Climb:
    """The likelihood in the hazards of the lengths that may bear mass; `at` are their places in the support.

    What stays say is told apart as ranges of hazards within which some end (`first` to `past`, `range_of` each class, -1 where
    it runs on) and as hazards that each class outlived (`from_` to `until`).
    """

    at: Ints
    first: Ints
    past: Ints
    range_of: Ints
    from_: Ints
    until: Ints

    @classmethod
    def of(cls, problem: _Problem) -> _Climb:
        """A length at which no range begins and nobody enters bears none: the one before it serves whom it serves."""
        last = problem.support.size - 1
        at = np.unique(np.concatenate([[0], problem.first, problem.hidden]))
        at = at[at < last]
        first, past, hidden = (np.searchsorted(at, x) for x in (problem.first, problem.past, problem.hidden))
        ended = problem.past <= last
        (begins, stops), home = _distinct(first[ended], past[ended])
        range_of = np.full(first.size, -1, np.int64)
        range_of[ended] = home
        return cls(at, begins, stops, range_of, hidden, first)

    def sums(self, weights: Floats) -> tuple[Floats, Floats]:
        """Weights of the ranges and of the hazards outlived, for columns of weights of the classes."""
        ended = np.flatnonzero(self.range_of >= 0)
        shape = (self.first.size, self.range_of.size)
        gather = csr_array((np.ones(ended.size), (self.range_of[ended], ended)), shape=shape)
        outlived = np.cumsum(_ranges(self.from_, self.until, self.at.size) @ weights, axis=0)[:-1]
        return np.asarray(gather @ weights), np.asarray(outlived)

    def inside(self, hazards: Floats) -> Floats:
        """The sum of the hazards within each range."""
        whole = np.concatenate([[0.0], np.cumsum(hazards)])
        return np.asarray(whole[self.past] - whole[self.first])

    def slope(self, hazards: Floats, ended: Floats, outlived: Floats) -> Floats:
        """How the likelihood rises with each hazard, for columns of weights."""
        pull = ended / np.expm1(np.maximum(self.inside(hazards), TINY))[:, None]
        return np.cumsum(_ranges(self.first, self.past, self.at.size) @ pull, axis=0)[:-1] - outlived

    def bend(self, hazards: Floats, ended: Floats) -> Floats:
        """Minus the second derivatives: the sum over ranges of a block each, by running sums along both sides."""
        odds = 1.0 / np.expm1(np.maximum(self.inside(hazards), TINY))
        weight = ended * odds * (1.0 + odds)
        size = self.at.size + 1
        corners = np.concatenate([c * size + d for c in (self.first, self.past) for d in (self.first, self.past)])
        signed = np.concatenate([weight, -weight, -weight, weight])
        blocks = np.bincount(corners, signed, minlength=size * size).reshape(size, size)
        return np.asarray(blocks.cumsum(axis=0).cumsum(axis=1)[:-1, :-1])

    def height(self, hazards: Floats, ended: Floats, outlived: Floats) -> float:
        """The log-likelihood of one column of weights."""
        found = self.inside(hazards)
        if (found <= 0).any():
            return -np.inf
        return float((ended * np.log(-np.expm1(-found))).sum() - (outlived * hazards).sum())

    def mass(self, hazards: Floats, size: int) -> Floats:
        """Share that ends at each place of the support, for columns of hazards; what is left stands at the last."""
        running = np.exp(-np.cumsum(hazards, axis=0))
        before = np.concatenate([np.ones((1, running.shape[1])), running])
        found = np.zeros((size, running.shape[1]))
        found[self.at] = before[:-1] - running
        found[-1] += running[-1]
        return found


def _solved(bend: Floats, slope: Floats) -> Floats:
    """The step of Newton's method; what nothing tells apart moves alike."""
    ridge = RIDGE * max(float(np.trace(bend)) / max(bend.shape[0], 1), TINY)
    return np.asarray(solve(bend + ridge * np.eye(bend.shape[0]), slope, assume_a="pos", check_finite=False))


def _climbed(climb: _Climb, ended: Floats, outlived: Floats) -> tuple[Floats, Marks]:
    """The most likely hazards, and which of them are free to move: neither at zero nor endless."""
    width = climb.past - climb.first
    even = np.cumsum(_ranges(climb.first, climb.past, climb.at.size) @ (ended / width))[:-1]
    even = np.maximum(even, 0.0)
    endless = (outlived < TINY) & (even > TINY)  # all who came so far end here
    hazards = np.where(endless, ENDLESS, np.log1p(even / np.where(outlived > TINY, outlived, 1.0)))
    height = climb.height(hazards, ended, outlived)
    may = np.flatnonzero(~endless)
    for _ in range(CLIMBS):
        slope = climb.slope(hazards, ended[:, None], outlived[:, None])[:, 0]
        step = np.zeros_like(hazards)
        step[may] = _step(hazards[may], slope[may], climb.bend(hazards, ended)[np.ix_(may, may)])
        for part in 0.5 ** np.arange(40):
            tried = np.clip(hazards + part * step, 0.0, ENDLESS)
            reached = climb.height(tried, ended, outlived)
            if reached >= height:
                break
        else:
            break
        moved = np.abs(np.exp(-np.cumsum(tried)) - np.exp(-np.cumsum(hazards))).max()
        hazards, height = tried, reached
        if moved < CLOSE:
            break
    return hazards, ~endless & (hazards > 0)


def _step(hazards: Floats, slope: Floats, bend: Floats) -> Floats:
    """The step to the top of the parabola that fits here, over all hazards at or above zero.

    Which of them are zero there is found by exchanging those that are wrong, all at once, and one by one where that does not end
    (block principal pivoting: Portugal, Judice and Vicente 1994, Math. Comp. 63:625).
    """
    wanted = bend @ hazards + slope
    above = hazards > 0
    fewest, patience = hazards.size + 1, PATIENCE
    for _ in range(EXCHANGES):
        top = np.zeros_like(hazards)
        top[above] = _solved(bend[np.ix_(above, above)], wanted[above])
        wrong = np.where(above, top < 0, bend @ top < wanted - CLOSE * np.abs(wanted))
        count = int(wrong.sum())
        if count == 0:
            break
        fewest, patience = (count, PATIENCE) if count < fewest else (fewest, patience - 1)
        if patience < 0:
            wrong[: np.flatnonzero(wrong)[-1]] = False
        above ^= wrong
    return np.asarray(np.maximum(top, 0.0) - hazards)


def _split(problem: _Problem, mass: Floats, weights: Floats) -> Floats:
    """Share gone by each way up to each length (k, m - 1, b), for columns of mass (m, b) and of weights (n, b)."""
    size = problem.support.size
    below = np.concatenate([np.zeros((1, mass.shape[1])), np.cumsum(mass, axis=0)])
    parts = np.empty((problem.ways, *mass.shape))
    for k in range(problem.ways):
        mine = np.flatnonzero(problem.way == k)
        inside = np.maximum(below[problem.past[mine]] - below[problem.first[mine]], TINY)
        adder = _ranges(problem.first[mine], problem.past[mine], size)
        parts[k] = np.maximum(np.cumsum(adder @ (weights[mine] / inside), axis=0)[:-1], 0.0)
    whole = parts.sum(axis=0)
    parts *= np.where(whole > 0, mass / np.where(whole > 0, whole, 1.0), 0.0)
    return np.asarray(np.cumsum(parts, axis=1)[:, :-1])


def _expected(problem: _Problem, weights: Floats) -> Floats:
    """The mass of each length (m, b) for columns of weights (n, b), by expectation and maximisation."""
    size, several = problem.support.size, weights.shape[1]
    spread = _ranges(problem.first, problem.past, size)
    late = np.flatnonzero(problem.hidden > 0)
    unseen = _ranges(np.zeros_like(problem.hidden[late]), problem.hidden[late], size)
    mass = np.full((size, several), 1.0 / size)

    def each(mass: Floats) -> tuple[Floats, Floats]:
        below = np.concatenate([np.zeros((1, several)), np.cumsum(mass, axis=0)])
        inside = np.maximum(below[problem.past] - below[problem.first], TINY)
        return weights / inside, weights[late] / np.maximum(1.0 - below[problem.hidden[late]], TINY)

    for _ in range(MOST_STEPS):
        seen, early = each(mass)
        fresh = mass * (np.cumsum(spread @ seen, axis=0)[:-1] + np.cumsum(unseen @ early, axis=0)[:-1])
        fresh = np.maximum(fresh, 0.0)
        fresh /= fresh.sum(axis=0)
        moved = np.abs(np.cumsum(fresh - mass, axis=0)).max()
        mass = fresh
        if moved < CLOSE_RESAMPLED:
            break
    return mass


def self_consistent(stays: Lifetimes, *, resamples: int = 0, seed: int = 0, one_step: bool = False) -> Curve:
    """Share staying and share gone by each way, from ends within bounds with late entry.

    Args:
        resamples: how often the persons are drawn again for 95% bounds (percentiles); 0 gives bounds equal to the curve.
        seed: of the draws; the same seed gives the same bounds.
        one_step: take one step from the estimate for each draw instead of fitting it anew: right where stays are many.
    """
    problem, home = _classes(_problem(stays))
    climb, counts = _Climb.of(problem), np.bincount(home).astype(float)
    ended, outlived = (x[:, 0] for x in climb.sums(counts[:, None]))
    hazards, free = _climbed(climb, ended, outlived)
    left = _split(problem, climb.mass(hazards[:, None], problem.support.size), counts[:, None])[:, :, 0]
    staying = 1.0 - left.sum(axis=0)
    bounds = [staying, staying, left, left]
    if resamples:
        if one_step:
            weights = _poisson(home, stays.person, resamples, seed)
            slope = climb.slope(hazards, *climb.sums(weights))[free]
            moved = np.repeat(hazards[:, None], resamples, axis=1)
            moved[free] += _solved(climb.bend(hazards, ended)[np.ix_(free, free)], slope)
            drawn = _split(problem, climb.mass(np.clip(moved, 0.0, ENDLESS), problem.support.size), weights)
        else:
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
        weights = np.asarray(gather @ drawn, float)
        parts.append(_split(problem, _expected(problem, weights), weights))
    return np.concatenate(parts, axis=2)


def _poisson(home: Ints, person: Ints, resamples: int, seed: int) -> Floats:
    """How often each class is drawn (n, b): all persons with one stay of a class together, the others one by one."""
    _, owner, stays = np.unique(person, return_inverse=True, return_counts=True)
    alone = stays[owner] == 1
    rng = np.random.default_rng(seed)
    classes = int(home.max()) + 1
    found = rng.poisson(np.bincount(home[alone], minlength=classes), (resamples, classes)).T.astype(float)
    several, whose = np.unique(owner[~alone], return_inverse=True)
    drawn = rng.poisson(1.0, (several.size, resamples)).astype(float)
    shape = (classes, several.size)
    return np.asarray(found + csr_array((np.ones(whose.size), (home[~alone], whose)), shape=shape) @ drawn)
