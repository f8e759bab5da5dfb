"""Exactly dated ends: Kaplan-Meier, Aalen-Johansen, and the comparison of groups by Cox; Turnbull for bounds.

Sources: Kaplan and Meier 1958 (JASA 53:457); Greenwood 1926; Kalbfleisch and Prentice 1980 (log-log bounds); Aalen and
Johansen 1978 (Scand. J. Stat. 5:141); Marubini and Valsecchi 1995 (variance by the delta method); Turnbull 1976 (JRSS B
38:290), by surpyval; Cox 1972 with Efron's ties. Late entry narrows the set at risk: a stay counts at t
where `entry < t <= end`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from habeas.errors import UsageError
from habeas.estimate.lifetimes import Floats, Ints, Lifetimes
from habeas.nouns import say

NORMAL_95 = 1.959963984540054
MOMENT = 1e-6
STEPS, CLOSE = 50, 1e-12  # of Newton's method
FLAT, FURTHEST = 1e-6, 15.0  # information under which, and a coefficient past which, there is no comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Shares by length of stay, for m lengths and k ways, each holding from its length up to the next.

    `staying` (m): share that stays longer; `left` (k, m): share that left by each way so far; `low`, `high` and
    `left_low`, `left_high`: 95% bounds. `at_risk` (m): stays under watch and known to run just before each length.
    """

    lengths: Floats
    staying: Floats
    low: Floats
    high: Floats
    left: Floats
    left_low: Floats
    left_high: Floats
    at_risk: Ints

    def at(self, length: float) -> int:
        """The index of the step that holds at a length; -1 before the first."""
        return int(np.searchsorted(self.lengths, length, side="right")) - 1

    def median(self) -> float | None:
        """The first length by which half have left; None where the curve does not fall so far."""
        return first_below(self.lengths, self.staying)

    def median_bounds(self) -> tuple[float | None, float | None]:
        """Where the bounds of the curve fall to one half."""
        return first_below(self.lengths, self.low), first_below(self.lengths, self.high)


def first_below(lengths: Floats, share: Floats) -> float | None:
    """The first length at which a share is at most one half (to rounding), or None."""
    found = np.flatnonzero(share <= 0.5 + 1e-12)
    return float(lengths[found[0]]) if found.size else None


def _counts(stays: Lifetimes) -> tuple[Floats, Ints, Ints]:
    """Distinct ends, how many were at risk just before each, and how many left by each way (k, m)."""
    if not stays.exact:
        raise UsageError("these ends are known only within bounds")
    ends = stays.low[stays.ended]
    lengths = np.unique(ends)
    entered = np.searchsorted(np.sort(stays.entry), lengths, side="left")
    gone = np.searchsorted(np.sort(stays.low), lengths, side="left")
    left = np.zeros((len(stays.ways), lengths.size), np.int64)
    np.add.at(left, (stays.way[stays.ended], np.searchsorted(lengths, ends)), 1)
    return lengths, (entered - gone).astype(np.int64), left


def aalen_johansen(stays: Lifetimes) -> Curve:
    """Share staying and share gone by each way, from exactly dated ends with late entry and right censoring.

    With one way this is the Kaplan-Meier curve with Greenwood's variance. Bounds are log-log.

    Raises:
        UsageError: an end is known only within bounds.
    """
    lengths, at_risk, left = _counts(stays)
    gone = left.sum(axis=0)
    staying = np.cumprod(1 - gone / at_risk)
    before = np.concatenate([[1.0], staying[:-1]])
    incidence = np.cumsum(before * left / at_risk, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(gone / (at_risk * (at_risk - gone)))
        low, high = _log_log(staying, staying * np.sqrt(greenwood))
        spread = np.sqrt(_delta(incidence, before, at_risk, left))
        far, near = _log_log(1 - incidence, spread)
    return Curve(
        lengths=lengths,
        staying=staying,
        low=low,
        high=high,
        left=incidence,
        left_low=1 - near,
        left_high=1 - far,
        at_risk=at_risk,
    )


def _delta(incidence: Floats, before: Floats, at_risk: Ints, left: Ints) -> Floats:
    """Variance of each incidence at each length (Marubini and Valsecchi 1995, 10.12), from running sums.

    At the last length, where everybody at risk leaves, the first sum has no finite term and adds nothing.
    """
    gone = left.sum(axis=0)
    staying_on = np.where(at_risk > gone, at_risk - gone, np.inf)
    first = gone / (at_risk * staying_on)
    second = before**2 * (at_risk - left) * left / at_risk.astype(float) ** 3
    third = before * left / at_risk.astype(float) ** 2
    sums = [np.cumsum(x, axis=-1) for x in (first, incidence * first, incidence**2 * first, third, incidence * third)]
    variance = (
        incidence**2 * sums[0]
        - 2 * incidence * sums[1]
        + sums[2]
        + np.cumsum(second, axis=1)
        - 2 * (incidence * sums[3] - sums[4])
    )
    return np.asarray(np.maximum(variance, 0.0))


def _log_log(share: Floats, error: Floats) -> tuple[Floats, Floats]:
    """95% bounds on the log(-log) scale; where the share is 0 or 1 there is no error to speak of, and none is shown."""
    inner = (share > 0) & (share < 1) & np.isfinite(error)
    safe = np.where(inner, share, 0.5)
    wide = NORMAL_95 * np.where(inner, error, 0.0) / np.abs(safe * np.log(safe))
    low, high = safe ** np.exp(wide), safe ** np.exp(-wide)
    return np.where(inner, low, share), np.where(inner, high, share)


def turnbull(stays: Lifetimes, lengths: ArrayLike) -> Floats:
    """Share staying longer than each of `lengths`, all ways together, from ends within bounds (surpyval's Turnbull)."""
    from surpyval import Turnbull

    first = float(min(0.0, stays.low.min()))
    exact = stays.high == stays.low
    high = np.where(exact, stays.low, stays.high)
    # surpyval wants each stay to be watched from before its lower bound on, if only by a moment.
    entry = np.where(np.isinf(stays.entry), first - 1.0, np.minimum(stays.entry, stays.low - MOMENT))
    late = {"tl": entry} if not np.isinf(stays.entry).all() else {}
    found = Turnbull.fit(xl=stays.low, xr=high, turnbull_estimator="Kaplan-Meier", tol=1e-8, max_iter=20_000, **late)
    return np.asarray(found.sf(np.asarray(lengths, float)), float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How fast one group leaves against the first: the ratio of rates, with 95% bounds."""

    name: str
    coefficient: float
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _AtRisk:
    """Distinct ends (m), how many of each group ended then, and how many of it were at risk just before (m, groups)."""

    lengths: Floats
    ended: Floats
    at_risk: Floats

    @classmethod
    def of(cls, stays: Lifetimes, group: Ints, groups: int) -> _AtRisk:
        lengths = np.unique(stays.low[stays.ended])
        ended, at_risk = np.zeros((lengths.size, groups)), np.empty((lengths.size, groups))
        np.add.at(ended, (np.searchsorted(lengths, stays.low[stays.ended]), group[stays.ended]), 1.0)
        for g in range(groups):
            entered = np.searchsorted(np.sort(stays.entry[group == g]), lengths, side="left")
            at_risk[:, g] = entered - np.searchsorted(np.sort(stays.low[group == g]), lengths, side="left")
        return cls(lengths, ended, at_risk)

    def tied(self) -> tuple[Ints, Floats]:
        """Of each end one by one its length, and the share of those who end with it that ended before it (Efron's ties)."""
        ends = self.ended.sum(axis=1).astype(np.int64)
        first = np.repeat(np.cumsum(ends) - ends, ends)
        return np.repeat(np.arange(ends.size), ends), (np.arange(ends.sum()) - first) / np.repeat(ends, ends)


def cox(stays: Lifetimes, group: ArrayLike, names: Sequence[str]) -> tuple[tuple[Ratio, ...], float]:
    """Ratios of the rate of leaving of each group against the first, and the partial log-likelihood (Cox 1972; Efron 1977).

    As groups are all that tells stays apart, what is at risk is counted and not summed over stays. Where a person has
    several, errors are robust and stays of one person go together (Lin and Wei 1989, JASA 84:1074).

    Args:
        group: the number of each stay's group, 0 the one that the others are held against.
        names: of the groups.

    Raises:
        UsageError: an end is known only within bounds, or nearly all ends fall to some of the groups.
    """
    if not stays.exact:
        raise UsageError("these ends are known only within bounds")
    of = np.asarray(group, np.int64)
    risk = _AtRisk.of(stays, of, len(names))
    beta, shares, total, information, likelihood = _climbed(risk)
    variance = np.linalg.inv(information)
    if np.unique(stays.person).size < len(stays):
        scores = _scores(stays, of, risk, beta, shares, total)
        _, owner = np.unique(stays.person, return_inverse=True)
        by_person = np.stack([np.bincount(owner, column) for column in scores.T], axis=1) @ variance
        variance = by_person.T @ by_person
    errors = np.sqrt(np.diag(variance))
    return tuple(
        Ratio(
            name=name,
            coefficient=float(b),
            ratio=float(np.exp(b)),
            low=float(np.exp(b - NORMAL_95 * error)),
            high=float(np.exp(b + NORMAL_95 * error)),
        )
        for name, b, error in zip(names[1:], beta, errors, strict=True)
    ), likelihood


def _climbed(risk: _AtRisk) -> tuple[Floats, Floats, Floats, Floats, float]:
    """Coefficients by Newton's method; of each end the shares of the groups at risk and their total; information; height."""
    place, before = risk.tied()
    at_risk = risk.at_risk[place] - before[:, None] * risk.ended[place]
    seen = risk.ended[:, 1:].sum(axis=0)
    beta, height = np.zeros(seen.size), -np.inf
    for _ in range(STEPS):
        weighted = at_risk * np.exp(np.concatenate([[0.0], beta]))
        total = weighted.sum(axis=1)
        shares = weighted[:, 1:] / total[:, None]
        likelihood = float(seen @ beta - np.log(total).sum())
        information = np.diag(shares.sum(axis=0)) - shares.T @ shares
        if (np.diag(information) < FLAT).any() or np.abs(beta).max() > FURTHEST:
            raise UsageError(say("the groups cannot be compared: nearly all ends fall to one of them")) from None
        if abs(likelihood - height) < CLOSE * (1 + abs(likelihood)):
            return beta, shares, total, information, likelihood
        beta, height = beta + np.linalg.solve(information, seen - shares.sum(axis=0)), likelihood
    raise UsageError(say("the groups cannot be compared: nearly all ends fall to one of them")) from None


def _scores(stays: Lifetimes, group: Ints, risk: _AtRisk, beta: Floats, shares: Floats, total: Floats) -> Floats:
    """What each stay adds to the slope (n, groups - 1): what it ended with, less what it stood in for while at risk."""
    place, before = risk.tied()
    size, count = risk.lengths.size, beta.size

    def summed(weight: Floats) -> Floats:
        return np.asarray(np.bincount(place, weight, minlength=size), float)

    ends = risk.ended.sum(axis=1)
    mean = np.stack([summed(shares[:, k]) for k in range(count)], axis=1) / ends[:, None]
    hazard, drift = summed(1 / total), np.stack([summed(shares[:, k] / total) for k in range(count)], axis=1)
    tied, tied_drift = (
        summed(before / total),
        np.stack([summed(before * shares[:, k] / total) for k in range(count)], axis=1),
    )
    whole = np.concatenate([[0.0], np.cumsum(hazard)])
    whole_drift = np.concatenate([np.zeros((1, count)), np.cumsum(drift, axis=0)])
    first = np.searchsorted(risk.lengths, stays.entry, side="right")
    past = np.searchsorted(risk.lengths, stays.low, side="right")
    own = (group[:, None] == np.arange(1, count + 1)).astype(float)
    rate = np.exp(np.concatenate([[0.0], beta]))[group][:, None]
    found = -rate * (own * (whole[past] - whole[first])[:, None] - (whole_drift[past] - whole_drift[first]))
    out = np.flatnonzero(stays.ended)
    at = past[out] - 1
    found[out] += own[out] - mean[at] + rate[out] * (own[out] * tied[at][:, None] - tied_drift[at])
    return np.asarray(found)
