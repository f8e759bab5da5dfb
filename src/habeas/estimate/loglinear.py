"""Log-linear models: every hierarchical one of three to five lists, the best by BIC, and those that fit about as well.

Each cell count is Poisson with log mu = sum of the model's terms (Fienberg 1972; Bishop, Fienberg and Holland 1975,
ch. 6; the profile interval: Cormack 1992). BIC counts observed persons, not cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
from scipy.special import gammaln
from scipy.stats import chi2

from habeas.estimate.hierarchy import Model, hierarchical, named, notation
from habeas.estimate.poisson import Array, Mask, Verdict, check, fit, terms_of
from habeas.nouns import Estimate, OverlapTable, say

FEWEST, MOST = 3, 5
NEAR_BIC = (
    2.0  # models within this of the best fit about as well (Kass and Raftery 1995: "not worth more than a mention")
)
SHOWN = 10
_WIDEST = 200.0  # an upper bound beyond this many times the persons seen is no bound
_ROUNDING = 1e-3  # of a BIC
_MANY = 200  # models: fewer are fitted sooner than sorted out
_LOOKED_AT = 400  # models are checked in order of BIC until enough are sound, at most so many
RESTS_ON = say(
    "that the term for standing on all lists together is nothing: whoever is on no list relates to the lists as those "
    "who are on some"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """One model fitted: the number in all, its standard error and criteria, and the number of terms."""

    model: Model
    estimate: float
    se: float
    bic: float
    aic: float
    deviance: float
    terms: int


class Frame:
    """The cells of a table as arrays: all combinations with somebody possible in them, in order of their number."""

    def __init__(self, table: OverlapTable) -> None:
        self.lists = len(table.lists)
        self.n = table.observed
        self.cells = np.arange(1, 1 << self.lists, dtype=np.int64)
        self.counts = np.zeros(len(self.cells))
        for cell, n in table.cells.items():
            self.counts[cell - 1] = n

    def empty(self, term: int) -> bool:
        """True where nobody is on all the lists of a term: its coefficient is minus infinity, its cells stay empty."""
        return not self.counts[self.cells & term == term].any()

    @cached_property
    def singles(self) -> tuple[int, ...]:
        """The intercept and the single lists."""
        return (0, *(1 << j for j in range(self.lists)))


def _prepared(frame: Frame, models: Sequence[Model], terms: Sequence[int]) -> tuple[Mask, Mask]:
    """For each model the terms with a finite value, and the cells that it leaves room for."""
    gone = {t for t in terms if t and frame.empty(t)}
    columns = np.zeros((len(models), len(terms)), dtype=np.bool_)
    cells = np.ones((len(models), len(frame.cells)), dtype=np.bool_)
    inside = {t: frame.cells & t == t for t in gone}
    place = {t: i for i, t in enumerate(terms)}
    for number, model in enumerate(models):
        out = [t for t in model if t in gone]
        for term in (*frame.singles, *model):
            columns[number, place[term]] = not any(term & t == t for t in out)
        for term in out:
            cells[number] &= ~inside[term]
    return columns, cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Models in order of BIC, those that cannot be fitted left out, and how many those were."""

    found: tuple[Fitted, ...]
    aic_best: Fitted
    models: int
    set_aside: int


def search(table: OverlapTable, models: Sequence[Model] | None = None) -> Search | None:
    """Fit all models; the sound ones best first, or None where there is none.

    A term on whose lists nobody stands together has no finite value: its cells are left out, and it counts as a term.
    """
    frame = Frame(table)
    models = hierarchical(frame.lists) if models is None else models
    terms = [*frame.singles, *sorted({t for m in models for t in m})]
    design = terms_of(frame.cells, terms)
    columns, cells = _prepared(frame, models, terms)
    fits = fit(design, frame.counts[None, :], columns, cells)
    size = np.array([1 + frame.lists + len(m) for m in models])
    bic = size * np.log(frame.n) - 2 * fits.loglik
    aic = 2 * size - 2 * fits.loglik
    full = _saturated(frame.counts)

    def sound(i: int) -> bool:
        kept = design[np.ix_(cells[i], columns[i])]
        if fits.found[i]:
            return bool(np.linalg.matrix_rank(kept) == kept.shape[1])
        return check(kept, frame.counts[cells[i]]) is Verdict.SOUND

    def fitted(i: int) -> Fitted:
        unseen = float(np.exp(min(fits.intercept[i], 700.0)))
        return Fitted(
            model=models[i],
            estimate=frame.n + unseen,
            se=float(np.sqrt(unseen + unseen**2 * fits.variance[i])),
            bic=float(bic[i]),
            aic=float(aic[i]),
            deviance=float(2 * (full - fits.loglik[i])),
            terms=int(size[i]),
        )

    seen: dict[int, bool] = {}
    best, aside = _first(bic, sound, seen, SHOWN)
    by_aic, _ = _first(aic, sound, seen, 1)
    if not best or not by_aic:
        return None
    return Search(found=tuple(fitted(i) for i in best), aic_best=fitted(by_aic[0]), models=len(models), set_aside=aside)


def _saturated(counts: Array) -> float:
    """The log-likelihood of expectations that are the counts themselves."""
    some = counts[counts > 0]
    return float((some * np.log(some) - some - gammaln(some + 1)).sum())


def _first(criterion: Array, sound: Callable[[int], bool], seen: dict[int, bool], most: int) -> tuple[list[int], int]:
    """The first sound models by a criterion, and how many on the way were not."""
    kept: list[int] = []
    aside = 0
    for i in np.argsort(criterion, kind="stable")[:_LOOKED_AT].tolist():
        if i not in seen:
            seen[i] = sound(i)
        if not seen[i]:
            aside += 1
            continue
        kept.append(i)
        if len(kept) == most:
            break
    return kept, aside


def profile_interval(table: OverlapTable, model: Model, *, level: float = 0.95) -> tuple[float, float, float]:
    """The multinomial profile likelihood's maximum in N, and its bounds: asymmetric, as the data are.

    The number on no list enters as one more cell; for each value of it the model is fitted again, and those that the
    likelihood ratio does not reject at `level` lie inside (Cormack 1992).
    """
    frame = Frame(table)
    terms = [*frame.singles, *sorted(model)]
    columns, cells = _prepared(frame, [model], terms)
    design = np.vstack([terms_of(np.array([0]), terms), terms_of(frame.cells, terms)])
    room = np.concatenate([[[True]], cells], axis=1)

    def profile(unseen: Array) -> Array:
        counts = np.concatenate([unseen[:, None], np.broadcast_to(frame.counts, (len(unseen), len(frame.counts)))], 1)
        fits = fit(design, counts, np.broadcast_to(columns, (len(unseen), len(terms))), room)
        whole = frame.n + unseen
        shares = np.where(room & (fits.mu > 0), fits.mu, 1.0) / whole[:, None]
        return np.asarray(
            gammaln(whole + 1) - gammaln(unseen + 1) + np.where(room, counts * np.log(shares), 0.0).sum(axis=1)
        )

    return _bounds(profile, frame.n, float(chi2.ppf(level, 1)) / 2)


def _bounds(profile: Callable[[Array], Array], n: int, drop: float) -> tuple[float, float, float]:
    """Where a profile over the unseen is highest, and where it has fallen by `drop` on each side."""
    grid = np.concatenate([[1e-3], np.geomspace(0.25, _WIDEST * n, 48)])
    values = profile(grid)
    for _ in range(7):
        peak = int(values.argmax())
        grid = np.linspace(grid[max(peak - 1, 0)], grid[min(peak + 1, len(grid) - 1)], 17)
        values = profile(grid)
    best, top = float(grid[values.argmax()]), float(values.max())
    edges = []
    for end in (1e-3, _WIDEST * n):
        inner, outer = best, end
        if profile(np.array([end]))[0] >= top - drop:
            edges.append(float("inf") if end > best else end)
            continue
        for _ in range(10):
            tried = np.linspace(inner, outer, 17)
            inside = np.flatnonzero(profile(tried) >= top - drop)
            last = int(inside.max()) if len(inside) else 0
            inner, outer = tried[last], tried[min(last + 1, 16)]
        edges.append(float(inner + outer) / 2)
    return n + best, n + edges[0], n + edges[1]


def best_by_bic(table: OverlapTable) -> tuple[float, float] | None:
    """The number in all by the model of least BIC and its standard error, for many tables: nothing else of `loglinear`."""
    if not FEWEST <= len(table.lists) <= MOST:
        return None
    many = len(hierarchical(len(table.lists))) > _MANY
    tried = (search(table, in_reach(table)) if many else None) or search(table)
    return None if tried is None else (tried.found[0].estimate, tried.found[0].se)


@cache
def _lacking(lists: int) -> Mask:
    """Which terms each hierarchical model lacks: (models, terms), the terms in order of their number."""
    models = hierarchical(lists)
    terms = sorted({t for m in models for t in m})
    return np.array([[t not in m for t in terms] for m in models])


def in_reach(table: OverlapTable) -> Sequence[Model]:
    """The models that may be of least BIC, found without fitting all of them.

    A model without some term lies inside the largest model without it, and fits no better. So a few fits bound the BIC of
    every model from below; those whose bound lies above the BIC of a model at hand cannot be the best.
    """
    frame = Frame(table)
    models = hierarchical(frame.lists)
    terms = sorted({t for m in models for t in m})
    whole = frozenset(terms)
    largest = [frozenset(u for u in terms if u & t != t) for t in terms]
    columns, cells = _prepared(frame, [*largest, whole], [*frame.singles, *terms])
    *without, most = fit(
        terms_of(frame.cells, [*frame.singles, *terms]), frame.counts[None, :], columns, cells
    ).loglik.tolist()
    # Each term that pays for itself; with a term its parts do, for whoever leaves out a part leaves out the term.
    paying = frozenset(t for t, loglik in zip(terms, without, strict=True) if 2 * (most - loglik) > np.log(frame.n))
    at_hand = search(table, [paying])
    if at_hand is None:
        return models
    lacks = _lacking(frame.lists)
    reach = np.where(lacks, without, most).min(axis=1)
    bound = (1 + frame.lists + (~lacks).sum(axis=1)) * np.log(frame.n) - 2 * reach
    return [models[i] for i in np.flatnonzero(bound <= at_hand.found[0].bic + _ROUNDING)]


def loglinear(table: OverlapTable) -> Estimate | str:
    """The log-linear estimate: the model of least BIC, with the others that fit about as well; or why there is none."""
    if not FEWEST <= len(table.lists) <= MOST:
        return say(
            "log-linear models are tried for {fewest} to {most} lists, not {lists}",
            fewest=FEWEST,
            most=MOST,
            lists=len(table.lists),
        )
    tried = search(table)
    if tried is None:
        return say(
            "no log-linear model can be fitted: too many overlaps are empty for the likelihood to have a maximum"
        )
    best = tried.found[0]
    peak, low, high = profile_interval(table, best.model)
    return Estimate(
        method="log-linear",
        model=notation(best.model, len(table.lists)),
        estimate=best.estimate,
        low=low,
        high=high if np.isfinite(high) else None,
        se=best.se,
        bic=best.bic,
        rests_on=RESTS_ON,
        diagnostics={
            "terms": named(best.model, table.lists),
            "aic": best.aic,
            "deviance": best.deviance,
            "profile_peak": peak,
            "models": tried.models,
            "set_aside": tried.set_aside,
            "aic_best": _row(tried.aic_best, table, interval=True),
            "near": [_row(m, table) for m in tried.found],
        },
    )


def _row(found: Fitted, table: OverlapTable, *, interval: bool = False) -> dict[str, Any]:
    said: dict[str, Any] = {
        "model": notation(found.model, len(table.lists)),
        "estimate": found.estimate,
        "se": found.se,
        "bic": found.bic,
        "aic": found.aic,
    }
    if interval:
        _, low, high = profile_interval(table, found.model)
        said |= {"low": low, "high": high if np.isfinite(high) else None}
    return said
