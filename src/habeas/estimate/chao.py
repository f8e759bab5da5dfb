"""A lower bound that needs no model of who differs from whom: Chao's, with lists of unequal size.

People who differ in how likely they are to be listed make every estimate that ignores it too low. Lists of unequal
size and people of any kinds: log mu = intercept + lists + g(k), k the number of lists a person stands on. Whatever the
kinds, g is convex; so it is 0 up to two lists and free, but convex, from there (Chao 1987; Rivest and Baillargeon 2007:
"Mth Chao"), and those on one and on two lists say how many, at least, are on none. The simple f1^2 / 2 f2 takes the lists for alike and many, and is no bound for few unequal ones.
"""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from habeas.estimate.loglinear import Frame
from habeas.estimate.poisson import Array, Fits, Mask, Verdict, check, fit, terms_of
from habeas.nouns import Estimate, OverlapTable, say

FEWEST, MOST = 3, 12
_ZERO = 1e-10
RESTS_ON = say(
    "that people differ from each other only in how readily they are listed at all, not in which lists name them; then "
    "there are at least so many"
)


def chao(table: OverlapTable) -> Estimate | str:
    """The lower bound, with the lower end of its 95% interval and no upper one; or why there is none."""
    lists = len(table.lists)
    if not FEWEST <= lists <= MOST:
        return say(
            "the lower bound is computed for {fewest} to {most} lists, not {lists}",
            fewest=FEWEST,
            most=MOST,
            lists=lists,
        )
    frame = Frame(table)
    sizes = np.array([int(c).bit_count() for c in frame.cells])
    singles = terms_of(frame.cells, frame.singles)
    most = int(sizes[frame.counts > 0].max())
    bends = list(range(2, most))  # g turns up by so much more after k lists
    everywhere = np.ones((1, len(frame.cells)), dtype=np.bool_)
    while True:
        design = np.column_stack([singles, *(np.maximum(sizes - k, 0) for k in bends)]).astype(np.float64)
        columns: Mask = np.ones((1, design.shape[1]), dtype=np.bool_)
        found = fit(design, frame.counts[None, :], columns, everywhere)
        below = _below(design, found, len(bends))
        if not below:
            break
        bends = [k for i, k in enumerate(bends) if i not in below]
    if not found.found[0] and check(design, frame.counts) is not Verdict.SOUND:
        return say("the lower bound cannot be computed: too many overlaps are empty")
    unseen = float(np.exp(min(found.intercept[0], 700.0)))
    se = float(np.sqrt(unseen + unseen**2 * found.variance[0]))
    # The number unseen is skewed: its logarithm is nearer to normal (Burnham and others 1987).
    factor = float(np.exp(norm.ppf(0.975) * np.sqrt(np.log1p((se / unseen) ** 2)))) if unseen > 0 else 1.0
    return Estimate(
        method="chao",
        model="Mth Chao (LB)",
        estimate=frame.n + unseen,
        low=frame.n + unseen / factor,
        high=None,
        se=se,
        bic=float(design.shape[1] * np.log(frame.n) - 2 * found.loglik[0]),
        rests_on=RESTS_ON,
        diagnostics={"bound": "lower", "bends": bends, "unseen": unseen},
    )


def _below(design: Array, found: Fits, extra: int) -> list[int]:
    """The places of the bends that came out negative: dropped, for g is convex."""
    mu = found.mu[0]
    beta = np.linalg.lstsq(design, np.log(np.maximum(mu, 1e-300)), rcond=None)[0]
    return [i for i, b in enumerate(beta[len(beta) - extra :].tolist()) if b < -_ZERO] if extra else []
