"""A series of monthly counts before and after a day: interrupted regression, and where the rate changed by itself.

Interrupted time series: log E[y(t)] = a + b t + c after(t) + d (t - t0) after(t), Poisson, or negative binomial (NB2) where
the counts vary more than Poisson allows (Pearson's chi-square over its degrees of freedom beyond DISPERSED), by
statsmodels (Wagner et al. 2002, J. Clin. Pharm. Ther. 27:299; Bernal, Cummins and Gasparrini 2017, Int. J. Epidemiol. 46:348).

Change point: y is Poisson with one rate up to k and another after it; both rates have a Gamma(shape, 1 / mean) law and
every k the same chance. Then the chance of k is known exactly, no sampling (Raftery and Akman 1986, Biometrika 73:85).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import gammaln
from scipy.stats import gamma

from habeas.errors import UsageError
from habeas.estimate.lifetimes import Floats
from habeas.estimate.shape import Family
from habeas.nouns import coded, say, say_count

NORMAL_95 = 1.959963984540054
DISPERSED = 1.5
FEWEST_MONTHS, FEWEST_COUNTED = 6, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A factor on the rate with its 95% bounds and p: 1 is no change."""

    factor: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Interrupted:
    """What changed at t0: `level` at once, `slope` by the month before, `turn` by the month after against before.

    `family` is the law taken, `dispersion` Pearson's chi-square over its degrees of freedom under Poisson (1: none), `lag1`
    the correlation of residuals of neighbouring months; `expected` and `fitted` the months' rates without and with
    the change.
    """

    family: Family
    dispersion: float
    lag1: float
    level: Effect
    slope: Effect
    turn: Effect
    expected: Floats
    fitted: Floats


def interrupted(counts: Sequence[int], first_after: int) -> Interrupted:
    """Fit the interrupted series; `first_after` is the number of the first month after the day.

    Raises:
        UsageError: too few months or too few counted on one side, or the fit finds no answer.
    """
    y = np.asarray(counts, float)
    before, after = y[:first_after], y[first_after:]
    for part, where in ((before, say("before")), (after, say("after"))):
        if part.size < FEWEST_MONTHS:
            raise UsageError(
                say_count(
                    "{n} month {where} is fewer than {fewest}",
                    "{n} months {where} are fewer than {fewest}",
                    part.size,
                    where=where,
                    fewest=FEWEST_MONTHS,
                )
            )
        if part.sum() < FEWEST_COUNTED:
            counted = int(part.sum())
            raise UsageError(
                say("{n} counted {where} are fewer than {fewest}", n=counted, where=where, fewest=FEWEST_COUNTED)
            )
    t = np.arange(y.size, dtype=float)
    post = (t >= first_after).astype(float)
    design = np.column_stack([np.ones_like(t), t - first_after, post, (t - first_after) * post])
    fit, family, dispersion = _fitted(y, design)
    values, errors, chances = fit.params[:4], fit.bse[:4], fit.pvalues[:4]
    if not np.isfinite(errors).all():
        raise UsageError(say("the months do not tell level and slope apart"))
    effects = [
        Effect(
            factor=float(np.exp(b)),
            low=float(np.exp(b - NORMAL_95 * e)),
            high=float(np.exp(b + NORMAL_95 * e)),
            p=float(p),
        )
        for b, e, p in zip(values, errors, chances, strict=True)
    ]
    fitted = np.exp(design @ values)
    plain = design.copy()
    plain[:, 2:] = 0
    residual = (y - fitted) / np.sqrt(fitted)
    centred = residual - residual.mean()
    return Interrupted(
        family=family,
        dispersion=dispersion,
        lag1=float((centred[1:] * centred[:-1]).sum() / (centred**2).sum()) if (centred**2).sum() > 0 else 0.0,
        level=effects[2],
        slope=effects[1],
        turn=effects[3],
        expected=np.exp(plain @ values),
        fitted=fitted,
    )


def _fitted(y: Floats, design: Floats) -> tuple[Any, Family, float]:
    """The regression, its family, and the dispersion under Poisson."""
    import statsmodels.api as sm
    from statsmodels.discrete.discrete_model import NegativeBinomial

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            poisson = sm.GLM(y, design, family=sm.families.Poisson()).fit()
            dispersion = float(poisson.pearson_chi2 / poisson.df_resid)
            if dispersion <= DISPERSED:
                return poisson, coded("Poisson"), dispersion
            start = np.append(poisson.params, 0.1)
            wide = NegativeBinomial(y, design).fit(start_params=start, disp=0, maxiter=500, method="bfgs")
            if not wide.mle_retvals["converged"] or not np.isfinite(wide.bse).all():
                raise UsageError(say("the counts vary so much that no regression fits them"))
        except (ValueError, np.linalg.LinAlgError):
            raise UsageError(say("no regression fits these counts")) from None
    return wide, coded("negative binomial"), dispersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Where one rate gives way to another: `chances` that the first part ends with each place but the last.

    `last` is the likeliest last place of the first part; `first`, `final` bound the smallest set of places that holds
    95%; `before`, `after` are the mean rates given `last`, with 95% bounds; `odds` how many times likelier the series
    is with one change than with none.
    """

    chances: Floats
    last: int
    first: int
    final: int
    before: tuple[float, float, float]
    after: tuple[float, float, float]
    odds: float


def change_point(counts: Sequence[int], *, shape: float = 1.0) -> Change:
    """The exact posterior of one change in the rate of a series of counts.

    Args:
        shape: of the Gamma law of both rates, whose mean is that of the whole series; 1 is the exponential law.

    Raises:
        UsageError: fewer than three counts, one below zero, or nothing counted.
    """
    y = np.asarray(counts, float)
    if y.size < 3 or (y < 0).any() or y.sum() == 0:
        raise UsageError("a change is looked for in three or more counts, none below zero, not all zero")
    rate = shape / y.mean()
    sums, n = np.cumsum(y)[:-1], np.arange(1, y.size, dtype=float)

    def evidence(total: Floats, months: Floats) -> Floats:
        """Log chance of a part, its rate integrated out; what is common to all parts is left out."""
        return np.asarray(
            shape * np.log(rate) - gammaln(shape) + gammaln(shape + total) - (shape + total) * np.log(rate + months)
        )

    split = evidence(sums, n) + evidence(y.sum() - sums, y.size - n)
    whole = float(evidence(np.array([y.sum()]), np.array([float(y.size)]))[0])
    top = split.max()
    chances = np.exp(split - top)
    odds = float(np.exp(min(top + np.log(chances.mean()) - whole, 700.0)))
    chances /= chances.sum()
    order = np.argsort(-chances, kind="stable")
    held = order[: int(np.searchsorted(np.cumsum(chances[order]), 0.95)) + 1]
    last = int(chances.argmax())

    def law(total: float, months: float) -> tuple[float, float, float]:
        a, b = shape + total, rate + months
        low, high = gamma.ppf([0.025, 0.975], a, scale=1 / b)
        return float(a / b), float(low), float(high)

    return Change(
        chances=chances,
        last=last,
        first=int(held.min()),
        final=int(held.max()),
        before=law(float(sums[last]), float(n[last])),
        after=law(float(y.sum() - sums[last]), float(y.size - n[last])),
        odds=odds,
    )
