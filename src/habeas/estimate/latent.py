"""Latent classes: people of unknown kinds, alike within a kind in how likely each list is to name them.

The nonparametric latent-class model LCMCR (Manrique-Vallier 2016): stick-breaking weights of at most K classes, in
each class a probability for each list, and a prior on the number in all by which every order of magnitude is alike.
Drawn by Gibbs sampling on the counts of the cells, all chains at once; how far the chains agree is always said (R-hat
of Vehtari and others 2021, rank-normalised and split).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaln, logit
from scipy.stats import norm, rankdata

from habeas.estimate.poisson import Array
from habeas.nouns import Estimate, OverlapTable, say

CHAINS = 16
CLASSES = 5
AGREED = 1.05  # R-hat from which the chains do not tell the same
_LEVEL = 0.95
_SHAPE, _RATE = 0.25, 0.25  # of the prior of alpha
_FURTHEST = 20  # times the persons seen: the number unseen is drawn below this
_SMALL = 1e-12
_TENTH = 0.1
_ENOUGH = 1.03  # R-hat at which sampling stops early
_LOOKS = 8  # the first look at the chains is after an eighth of the draws
_TOO_FAST = 3.0  # times as fast as R-hat falls
_WORK = 250_000  # draws a chain times combinations of lists, at most
RESTS_ON = say(
    "that people fall into kinds within which the lists are independent, and that those on no list are of the same "
    "kinds as those seen"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """What was drawn: numbers in all (chains, draws), and the mean weight of the largest classes."""

    total: Array
    shares: Array  # (classes,) mean share of each class, the largest first
    several: float  # share of the draws in which a second class holds a tenth or more
    rhat: float
    effective: float


class Sampler:
    """The state of all chains; `step` moves each once."""

    def __init__(self, table: OverlapTable, *, classes: int, chains: int, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        lists = len(table.lists)
        cells = sorted(table.cells)
        self._x = np.array([[c >> j & 1 for j in range(lists)] for c in cells], dtype=np.float64)
        self._counts = np.array([table.cells[c] for c in cells], dtype=np.int64)
        self._n = table.observed
        self.alpha = self._rng.uniform(0.1, 1.0, chains)
        # Begun apart: each chain at other classes and another number unseen, so that agreement means something.
        self.weights = self._rng.dirichlet(np.ones(classes), chains)
        self.chance = self._rng.beta(1, 2, (chains, classes, lists))
        self.unseen = np.rint(self._n * self._rng.uniform(0.05, 2.0, chains)).astype(np.int64)

    def step(self, *, loose: bool = False) -> None:
        """Classes of the seen and the unseen, then chances, weights, concentration, and the number unseen.

        `loose` holds the concentration at 1, so that empty classes are tried: a chain begun with everybody in one class is
        else long in finding that there are several.
        """
        rng, x = self._rng, self._x
        odds = logit(self.chance)
        missed = np.log1p(-self.chance).sum(axis=2) + np.log(self.weights)  # (chains, classes)
        score = np.matmul(x, odds.transpose(0, 2, 1)) + missed[:, None, :]
        seen = rng.multinomial(self._counts[None, :], _shares(score))  # (chains, cells, classes)
        hidden = rng.multinomial(self.unseen, _shares(missed))  # (chains, classes)
        of_class = seen.sum(axis=1)
        listed = np.matmul(seen.transpose(0, 2, 1).astype(np.float64), x)
        whole = of_class + hidden
        self._relabel(whole, listed)
        chance = rng.beta(1 + listed, 1 + whole[:, :, None] - listed)
        self.chance = np.clip(chance, _SMALL, 1 - _SMALL)
        log_left = self._break(whole)
        self.alpha = np.ones(len(whole)) if loose else rng.gamma(_SHAPE + whole.shape[1] - 1, 1 / (_RATE - log_left))
        self._draw_unseen()

    def _relabel(self, whole: npt.NDArray[np.int64], listed: Array) -> None:
        """Exchange neighbouring classes, with the weights integrated out.

        The order of the sticks matters to the prior, and without this a chain keeps for thousands of steps whatever order it
        began with (Papaspiliopoulos and Roberts 2008).
        """
        last = whole.shape[1] - 1
        later = whole.sum(axis=1)
        chosen = np.log(self._rng.random((len(whole), last)))
        for k in range(last):
            here, there = whole[:, k].copy(), whole[:, k + 1].copy()
            later = later - here
            beyond = later - there + self.alpha
            gain = betaln(1 + there, here + beyond) - betaln(1 + here, there + beyond)
            if k + 1 < last:
                gain += betaln(1 + here, beyond) - betaln(1 + there, beyond)
            swap = np.flatnonzero(chosen[:, k] < gain)
            whole[swap, k], whole[swap, k + 1] = there[swap], here[swap]
            listed[swap, k], listed[swap, k + 1] = listed[swap, k + 1], listed[swap, k].copy()
            later[swap] += here[swap] - there[swap]

    def _break(self, whole: Array) -> Array:
        """New weights by stick-breaking; the log of what is left for the last class."""
        later = whole[:, ::-1].cumsum(axis=1)[:, ::-1] - whole
        parts = np.clip(self._rng.beta(1 + whole[:, :-1], self.alpha[:, None] + later[:, :-1]), _SMALL, 1 - _SMALL)
        left = np.log1p(-parts).cumsum(axis=1)
        before = np.concatenate([np.zeros((len(parts), 1)), left], axis=1)
        taken = np.concatenate([np.log(parts), np.zeros((len(parts), 1))], axis=1)
        self.weights = np.maximum(np.exp(before + taken), 1e-300)
        return np.asarray(left[:, -1])

    def _draw_unseen(self) -> None:
        nobody = (self.weights * np.exp(np.log1p(-self.chance).sum(axis=2))).sum(axis=1)
        nobody = np.clip(nobody / self.weights.sum(axis=1), _SMALL, 1 - _SMALL)
        drawn = self._rng.negative_binomial(self._n, 1 - nobody)
        for _ in range(20):
            far = drawn > _FURTHEST * self._n
            if not far.any():
                break
            drawn = np.where(far, self._rng.negative_binomial(self._n, 1 - nobody), drawn)
        self.unseen = np.minimum(drawn, _FURTHEST * self._n)


def _shares(score: Array) -> Array:
    """Log weights as shares that add up to 1."""
    found = np.exp(score - score.max(axis=-1, keepdims=True))
    return np.asarray(found / found.sum(axis=-1, keepdims=True))


def rhat(draws: Array) -> float:
    """Rank-normalised split R-hat of (chains, draws), the larger of bulk and tail (Vehtari and others 2021)."""
    half = draws.shape[1] // 2
    split = np.concatenate([draws[:, :half], draws[:, half : 2 * half]])
    folded = np.abs(split - np.median(split))
    return max(_rhat(_normal_scores(split)), _rhat(_normal_scores(folded)))


def _normal_scores(draws: Array) -> Array:
    ranks = rankdata(draws).reshape(draws.shape)
    return np.asarray(norm.ppf((ranks - 0.375) / (draws.size + 0.25)))


def _rhat(draws: Array) -> float:
    within = float(draws.var(axis=1, ddof=1).mean())
    between = float(draws.mean(axis=1).var(ddof=1))
    count = draws.shape[1]
    return 1.0 if within == 0 else float(np.sqrt(((count - 1) / count * within + between) / within))


def effective(draws: Array) -> float:
    """How many independent draws the mean of all chains is worth, by the variance of batch means."""
    size = max(1, int(np.sqrt(draws.shape[1])))
    kept = draws[:, : draws.shape[1] // size * size]
    means = kept.reshape(len(kept), -1, size).mean(axis=2)
    spread = float(means.var(ddof=1)) * size
    return float(draws.size if spread == 0 else min(draws.size, draws.size * draws.var() / spread))


def sample(
    table: OverlapTable,
    *,
    seed: int,
    classes: int = CLASSES,
    chains: int = CHAINS,
    warm_up: int = 1_000,
    draws: int = 4_000,
    most: int | None = None,
) -> Draws:
    """Draw from the posterior: at least `draws` a chain after `warm_up`, and more until the chains agree, at most `most`.

    How far R-hat is from 1 falls about as one over the draws. Where it would have to fall three times as fast for the
    chains to agree by `most`, drawing ends: the figure is not used, however long they run.
    """
    if most is None:
        most = max(2 * draws, min(4 * draws, _WORK // len(table.cells)))
    sampler = Sampler(table, classes=classes, chains=chains, seed=seed)
    for i in range(warm_up):
        sampler.step(loose=2 * i < warm_up)
    total = np.empty((chains, 0))
    shares, several = np.zeros(classes), 0.0
    count, block = 0, -(-draws // _LOOKS)
    while True:
        found = np.empty((chains, block))
        for i in range(block):
            sampler.step()
            found[:, i] = table.observed + sampler.unseen
            sizes = np.sort(sampler.weights, axis=1)[:, ::-1]
            shares += sizes.mean(axis=0)
            several += float((sizes[:, 1] >= _TENTH).mean()) if classes > 1 else 0.0
        total, count = np.concatenate([total, found], axis=1), count + block
        block = min(count, (draws if count < draws else most) - count)
        # What came before the chains had found each other is dropped with the first half of a longer run.
        kept = total if count <= draws else total[:, count // 2 :]
        agreement = rhat(kept)
        hopeless = (agreement - 1) * count / most > (AGREED - 1) * _TOO_FAST
        if hopeless or (count >= draws and (agreement < _ENOUGH or block <= 0)):
            return Draws(
                total=kept,
                shares=shares / count,
                several=several / count,
                rhat=agreement,
                effective=effective(kept),
            )


def latent(table: OverlapTable, *, seed: int, draws: int = 4_000) -> Estimate:
    """The latent-class estimate: posterior mean, equal-tailed 95% bounds, and whether the chains agree."""
    found = sample(table, seed=seed, draws=draws)
    low, median, high = np.quantile(found.total, [(1 - _LEVEL) / 2, 0.5, (1 + _LEVEL) / 2])
    return Estimate(
        method="latent-class",
        model=f"at most {CLASSES} classes",
        estimate=float(found.total.mean()),
        low=float(low),
        high=float(high),
        se=float(found.total.std()),
        bic=None,
        rests_on=RESTS_ON,
        diagnostics={
            "median": float(median),
            "rhat": found.rhat,
            "agreed": found.rhat < AGREED,
            "effective_draws": found.effective,
            "chains": len(found.total),
            "draws_a_chain": found.total.shape[1],
            "class_shares": [float(s) for s in found.shares],
            "several_kinds": found.several,
            "at_the_limit": float((found.total >= table.observed * (1 + _FURTHEST) * 0.99).mean()),
            "seed": seed,
        },
    )
