"""Log-linear models for sparse overlaps: pairs of lists added one by one (Chan, Silverman and Vincent 2021).

A pair of lists that share nobody has a coefficient of minus infinity: its cells are left out, and it counts as a term.
A pair is a candidate only where the model with it can be fitted and told apart. The interval is Efron's BCa with the
choice of the pairs repeated in each resample.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import pdtr
from scipy.stats import norm

from habeas.estimate.hierarchy import notation, sizes
from habeas.estimate.loglinear import Frame, profile_interval
from habeas.estimate.poisson import Array, Fits, Mask, Verdict, check, fit, terms_of
from habeas.nouns import Estimate, OverlapTable, say

THRESHOLD = 0.02  # a pair enters while the chance of its overlap under the model is smaller
MOST = 12  # lists: beyond, the combinations are too many to resample
MOST_RESAMPLED = 8
_LEVEL = 0.95
RESTS_ON = say(
    "that only pairs of lists depend on each other, that the pairs found are all there are, and that people are alike "
    "in how likely they are to be listed"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Selections done for several tables at once: for each its pairs, in number in all, and log-likelihood."""

    chosen: Mask  # (tables, pairs)
    estimate: Array  # (tables,); NaN where not even the model without pairs can be fitted
    loglik: Array  # (tables,)
    order: tuple[tuple[int, ...], ...]  # the pairs of each table, as they came in


class Stepwise:
    """The pairs, cells and design of one set of lists; `run` selects for many tables of counts together."""

    def __init__(self, lists: int) -> None:
        self.lists = lists
        self.cells = np.arange(1, 1 << lists, dtype=np.int64)
        self.pairs = sizes(lists, 2)
        self.singles = (0, *(1 << j for j in range(lists)))
        self.design = terms_of(self.cells, [*self.singles, *self.pairs])
        self.holds = terms_of(self.cells, self.pairs).astype(np.bool_)  # (cells, pairs)

    def masks(self, chosen: Mask, overlap: Array) -> tuple[Mask, Mask]:
        """The finite terms and the open cells of each model, given how many persons each pair shares."""
        out = chosen & (overlap == 0)
        columns = np.concatenate(
            [np.ones((len(chosen), len(self.singles)), dtype=np.bool_), chosen & (overlap > 0)], axis=1
        )
        return columns, ~(out.astype(np.float64) @ self.holds.T.astype(np.float64) > 0)

    def sound(self, counts: Array, columns: Mask, cells: Mask, fits: Fits) -> Mask:
        """Which fits are of a model that exists and is identified; the linear programme settles what the fit leaves open."""
        found = np.zeros(len(counts), dtype=np.bool_)
        known: dict[tuple[bytes, bytes], bool] = {}
        for i in range(len(counts)):
            key = (columns[i].tobytes(), cells[i].tobytes())
            if fits.found[i]:
                if key not in known:
                    kept = self.design[np.ix_(cells[i], columns[i])]
                    known[key] = bool(np.linalg.matrix_rank(kept) == kept.shape[1])
                found[i] = known[key]
            else:
                kept = self.design[np.ix_(cells[i], columns[i])]
                found[i] = check(kept, counts[i][cells[i]]) is Verdict.SOUND
        return found

    def run(self, counts: Array, threshold: float = THRESHOLD) -> Steps:
        """Forward selection for each row of `counts` (tables, cells)."""
        tables = len(counts)
        overlap = counts @ self.holds
        chosen = np.zeros((tables, len(self.pairs)), dtype=np.bool_)
        tried = np.zeros_like(chosen)
        order: list[list[int]] = [[] for _ in range(tables)]
        columns, cells = self.masks(chosen, overlap)
        fits = fit(self.design, counts, columns, cells)
        sound = self.sound(counts, columns, cells, fits)
        mu, loglik, unseen = fits.mu.copy(), fits.loglik.copy(), np.exp(np.minimum(fits.intercept, 700.0))
        going = np.flatnonzero(sound)
        while len(going):
            rare = self._chance(mu[going] @ self.holds, overlap[going])
            rare[tried[going]] = np.inf
            pair = rare.argmin(axis=1)
            more = rare[np.arange(len(going)), pair] < threshold
            going, pair = going[more], pair[more]
            if not len(going):
                break
            tried[going, pair] = True
            candidate = chosen[going]
            candidate[np.arange(len(going)), pair] = True
            columns, cells = self.masks(candidate, overlap[going])
            fits = fit(self.design, counts[going], columns, cells)
            taken = self.sound(counts[going], columns, cells, fits)
            into = going[taken]
            chosen[into] = candidate[taken]
            mu[into], loglik[into] = fits.mu[taken], fits.loglik[taken]
            unseen[into] = np.exp(np.minimum(fits.intercept[taken], 700.0))
            # A pair that cannot be had with these may be had with others: those put off are looked at again.
            tried[into] = chosen[into]
            for number, one in zip(into.tolist(), pair[taken].tolist(), strict=True):
                order[number].append(one)
        estimate = np.where(sound, counts.sum(axis=1) + unseen, np.nan)
        return Steps(chosen=chosen, estimate=estimate, loglik=loglik, order=tuple(map(tuple, order)))

    @staticmethod
    def _chance(expected: Array, overlap: Array) -> Array:
        """The smaller tail of a Poisson with the fitted overlap: as few, or as many, as were seen."""
        expected = np.maximum(expected, 1e-300)
        fewer = pdtr(overlap, expected)
        more = np.where(overlap > 0, 1 - pdtr(np.maximum(overlap - 1, 0), expected), 1.0)
        return np.asarray(np.minimum(fewer, more))


def bca(point: float, resampled: Array, jackknife: tuple[Array, Array]) -> tuple[float, float]:
    """Efron's bias-corrected and accelerated bounds (Efron 1987; DiCiccio and Efron 1996).

    `jackknife` are the estimates with one person left out and how many persons each stands for.
    """
    values, weights = jackknife
    # Half of the ties are counted as below, else a table that changes little has no median.
    below = (resampled < point).mean() + (resampled == point).mean() / 2
    bias = float(norm.ppf(np.clip(below, 0.5 / len(resampled), 1 - 0.5 / len(resampled))))
    mean = float((values * weights).sum() / weights.sum())
    away = mean - values
    spread = float((weights * away**2).sum())
    acceleration = 0.0 if spread <= 0 else float((weights * away**3).sum()) / (6 * spread**1.5)
    z = norm.ppf([(1 - _LEVEL) / 2, (1 + _LEVEL) / 2])
    moved = norm.cdf(bias + (bias + z) / (1 - acceleration * (bias + z)))
    low, high = np.quantile(resampled, moved)
    return float(low), float(high)


def _resampled(steps: Stepwise, counts: Array, draws: int, seed: int) -> Array:
    n = int(counts.sum())
    made = np.random.default_rng(seed).multinomial(n, counts / n, size=draws).astype(np.float64)
    return steps.run(made).estimate


def _jackknife(steps: Stepwise, counts: Array) -> tuple[Array, Array]:
    some: npt.NDArray[np.intp] = np.flatnonzero(counts)
    made = np.repeat(counts[None, :], len(some), axis=0)
    made[np.arange(len(some)), some] -= 1
    values = steps.run(made).estimate
    fine = np.isfinite(values)
    return values[fine], counts[some][fine]


def stepwise(table: OverlapTable, *, seed: int, draws: int = 1000) -> Estimate | str:
    """The sparse stepwise estimate with its BCa interval, or why there is none.

    From nine lists on the interval is the profile likelihood's of the pairs found, which leaves out that others might
    have been found: the diagnostics say which it is.
    """
    lists = len(table.lists)
    if lists > MOST:
        return say("the stepwise method is tried for at most {most} lists, not {lists}", most=MOST, lists=lists)
    frame, steps = Frame(table), Stepwise(lists)
    found = steps.run(frame.counts[None, :])
    if np.isnan(found.estimate[0]):
        return say("stepwise: not even the model without pairs can be fitted: too many overlaps are empty")
    pairs = [steps.pairs[i] for i in found.order[0]]
    point = float(found.estimate[0])
    interval, se, failed = "profile likelihood, with the pairs as found", None, 0
    if lists <= MOST_RESAMPLED and draws > 0:
        made = _resampled(steps, frame.counts, draws, seed)
        failed = int(np.isnan(made).sum())
        made = made[np.isfinite(made)]
        if failed * 10 > draws:
            return say(
                "stepwise: in {failed} of {draws} resamples the model cannot be fitted; the data do not carry it",
                failed=failed,
                draws=draws,
            )
        (low, high), se = bca(point, made, _jackknife(steps, frame.counts)), float(made.std(ddof=1))
        interval = f"BCa, {draws:,} resamples, the choice of pairs repeated"
    else:
        _, low, high = profile_interval(table, frozenset(pairs))
    size = 1 + lists + len(pairs)
    return Estimate(
        method="stepwise",
        model=notation(pairs, lists),
        estimate=point,
        low=low,
        high=high if np.isfinite(high) else None,
        se=se,
        bic=float(size * np.log(frame.n) - 2 * found.loglik[0]),
        rests_on=RESTS_ON,
        diagnostics={
            "pairs": [[table.lists[j] for j in range(lists) if p >> j & 1] for p in pairs],
            "empty_pairs": [[table.lists[j] for j in range(lists) if p >> j & 1] for p in pairs if frame.empty(p)],
            "threshold": THRESHOLD,
            "interval": interval,
            "failed_resamples": failed,
            "seed": seed,
        },
    )
