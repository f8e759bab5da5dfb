"""Poisson log-linear models of who is on which lists, many fitted at once, and whether a fit exists at all.

Cells are the combinations x of the lists, log mu(x) = sum of the terms t contained in x; the empty term is the
intercept, so the expected number on no list is exp(b0). A term is a number whose bits are its lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog
from scipy.special import gammaln

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_ROUNDS = 60
_DONE = 1e-11
_STEEPEST = 30.0  # no log expectation is moved further than this in a step
_CHUNK = 2_000_000  # numbers held at once for the normal equations
# Where the last step moves no log expectation further, the maximum is reached and its coefficients are finite; towards
# a maximum that does not exist every step is about 1.
_STILL = 1e-4
_PATIENCE = 3


def terms_of(cells: npt.NDArray[np.int64], terms: Sequence[int]) -> Array:
    """The design: 1 where a cell contains a term; shape (cells, terms)."""
    wanted = np.asarray(terms, dtype=np.int64)
    return np.asarray((cells[:, None] & wanted[None, :]) == wanted[None, :], dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Fitted models, one a row: the intercept and its variance, expectations and log-likelihood."""

    intercept: Array  # (models,)
    variance: Array  # (models,) of the intercept
    mu: Array  # (models, cells); 0 in the cells that a model leaves out
    loglik: Array  # (models,)
    found: Mask  # (models,) True where the maximum was reached: a fit is its own proof that it exists


def fit(design: Array, counts: Array, columns: Mask, cells: Mask) -> Fits:
    """Maximum likelihood by Newton's method, for many models or tables at once.

    Args:
        design: (cells, terms), the intercept first.
        counts: (models, cells) or (1, cells) persons.
        columns: (models, terms) True where a model has the term; all have the intercept.
        cells: (models, cells) or (1, cells) False where a model says that nobody can be.
    """
    models = len(columns)
    counts = np.broadcast_to(counts, (models, len(design)))
    cells = np.broadcast_to(cells, (models, len(design)))
    width = int(columns.sum(axis=1).max(initial=1))
    step = max(1, _CHUNK // (len(design) * width))
    parts = [
        _fit(*_own(design, columns[i : i + step]), counts[i : i + step], cells[i : i + step])
        for i in range(0, models, step)
    ]
    return Fits(
        intercept=np.concatenate([p.intercept for p in parts]),
        variance=np.concatenate([p.variance for p in parts]),
        mu=np.concatenate([p.mu for p in parts]),
        loglik=np.concatenate([p.loglik for p in parts]),
        found=np.concatenate([p.found for p in parts]),
    )


def _own(design: Array, columns: Mask) -> tuple[Array, Mask]:
    """Each model's own terms, its design as (models, terms, cells); short models are filled up with idle terms."""
    width = int(columns.sum(axis=1).max())
    order = np.argsort(~columns, axis=1, kind="stable")[:, :width]
    live = np.take_along_axis(columns, order, axis=1)
    return np.asarray(design.T[order] * live[:, :, None], dtype=np.float64), live


def _normal(design: Array, weights: Array, live: Mask) -> Array:
    """X'WX of each model, with 1 on the diagonal of its idle terms, and a hair of ridge."""
    made = np.matmul(design * weights[:, None, :], design.transpose(0, 2, 1))
    diagonal = np.einsum("mii->mi", made)
    diagonal += np.where(live, 1e-10 * diagonal.max(axis=1, keepdims=True) + 1e-13, 1.0)
    return np.asarray(made, dtype=np.float64)


def _times(beta: Array, design: Array) -> Array:
    return np.asarray(np.matmul(beta[:, None, :], design)[:, 0, :], dtype=np.float64)


def _score(design: Array, residual: Array) -> Array:
    return np.asarray(np.matmul(design, residual[:, :, None]), dtype=np.float64)


def _solve(normal: Array, right: Array) -> Array:
    return np.asarray(np.linalg.solve(normal, right)[:, :, 0], dtype=np.float64)


def _fit(design: Array, live: Mask, counts: Array, cells: Mask) -> Fits:
    beta = _start(design, live, counts, cells)
    moved = np.full(len(live), np.inf)
    before = np.full(len(live), -np.inf)
    level = np.zeros(len(live), dtype=np.int64)  # rounds since the likelihood last rose
    eta = _times(beta, design)
    mu = np.where(cells, np.exp(np.minimum(eta, 700.0)), 0.0)
    for _ in range(_ROUNDS):
        loglik = np.where(cells, counts * eta, 0.0).sum(axis=1) - mu.sum(axis=1)
        level = np.where(np.abs(loglik - before) <= _DONE * (np.abs(loglik) + 1), level + 1, 0)
        if ((moved < _STILL) & (level > 0) | (level > _PATIENCE)).all():
            break
        change = _solve(_normal(design, mu, live), _score(design, counts * cells - mu))
        moved = np.abs(_times(change, design)).max(axis=1, initial=1e-300)
        change *= np.minimum(1.0, _STEEPEST / moved)[:, None]
        beta, eta, mu = _ascend(design, counts, cells, (beta, change, loglik))
        before = loglik
    return Fits(
        intercept=beta[:, 0],
        variance=_solve(_normal(design, mu, live), np.eye(live.shape[1])[None, :, :1])[:, 0],
        mu=mu,
        loglik=np.where(cells, counts * eta, 0.0).sum(axis=1) - mu.sum(axis=1) - gammaln(counts + 1).sum(axis=1),
        found=moved < _STILL,
    )


def _start(design: Array, live: Mask, counts: Array, cells: Mask) -> Array:
    """Weighted least squares on the log counts, as iterated least squares begins."""
    weights = np.where(cells, counts + 0.5, 0.0)
    right = _score(design, weights * np.log(counts + 0.5))
    return _solve(_normal(design, weights, live), right)


def _ascend(design: Array, counts: Array, cells: Mask, step: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
    """Take the step, halved in each model until the likelihood no longer falls."""
    beta, change, loglik = step
    share = np.ones(len(beta))
    for _ in range(30):
        tried = beta + share[:, None] * change
        eta = _times(tried, design)
        mu = np.where(cells, np.exp(np.minimum(eta, 700.0)), 0.0)
        falls = np.where(cells, counts * eta, 0.0).sum(axis=1) - mu.sum(axis=1) < loglik - 1e-9 * (np.abs(loglik) + 1)
        if not falls.any():
            break
        share = np.where(falls, share / 2, share)
    return tried, eta, mu


class Verdict(IntEnum):
    """Whether a model can be fitted and what it is asked for be told from it."""

    SOUND = 0
    NO_MAXIMUM = 1
    NOT_IDENTIFIED = 2
    NEITHER = 3


def exists(design: Array, counts: Array) -> bool:
    """True where the likelihood has a maximum with every expectation above nothing (Fienberg and Rinaldo 2012).

    Greatest s with z >= s and X'z = X'y, by linear programme: there is a maximum if and only if s > 0.
    """
    cells, terms = design.shape
    left = sparse.hstack([sparse.csr_array(design.T), sparse.csr_array((terms, 1))])
    apart = sparse.hstack([-sparse.eye_array(cells), sparse.csr_array(np.ones((cells, 1)))])
    scale = max(float(counts.sum()), 1.0)
    found = linprog(
        np.r_[np.zeros(cells), -1.0],
        A_ub=apart,
        b_ub=np.zeros(cells),
        A_eq=left,
        b_eq=design.T @ counts / scale,
        bounds=[(0, None)] * cells + [(None, None)],
        method="highs",
    )
    return bool(found.status == 0 and -found.fun > 1e-9)


def check(design: Array, counts: Array) -> Verdict:
    """Existence and identifiability of one model; the design holds the kept cells and the terms with a finite value.

    Code 1: no maximum. Code 2: the terms cannot be told apart, the design lacks rank. Code 3: both.
    """
    rank = int(np.linalg.matrix_rank(design)) if len(design) else 0
    found = Verdict.SOUND if rank == design.shape[1] else Verdict.NOT_IDENTIFIED
    return Verdict(found | (Verdict.SOUND if exists(design, counts) else Verdict.NO_MAXIMUM))
