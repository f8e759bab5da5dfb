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
from scipy.optimize import linprog
from scipy.special import gammaln

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_ROUNDS = 60
_DONE = 1e-11
_STEEPEST = 30.0  # no log expectation is moved further than this in a step
_CHUNK = 2_000_000  # numbers held at once for the normal equations
# Fitted expectations that are all above this are themselves the proof that the maximum exists.
_PROOF = 1e-6


def terms_of(cells: npt.NDArray[np.int64], terms: Sequence[int]) -> Array:
    """The design: 1 where a cell contains a term; shape (cells, terms)."""
    wanted = np.asarray(terms, dtype=np.int64)
    return ((cells[:, None] & wanted[None, :]) == wanted[None, :]).astype(np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fits:
    """Fitted models, one a row: coefficients, expectations, log-likelihood, and Var(b0) of the first column."""

    beta: Array  # (models, terms)
    mu: Array  # (models, cells); 0 in the cells that a model leaves out
    loglik: Array  # (models,)
    variance: Array  # (models,) of the intercept
    settled: Mask  # (models,)


def fit(design: Array, counts: Array, columns: Mask, cells: Mask) -> Fits:
    """Maximum likelihood by Newton's method, for many models or tables at once.

    Args:
        design: (cells, terms), the intercept first.
        counts: (models, cells) or (1, cells) persons.
        columns: (models, terms) True where a model has the term.
        cells: (models, cells) or (1, cells) False where a model says that nobody can be.
    """
    models, width = columns.shape
    counts = np.broadcast_to(counts, (models, len(design)))
    cells = np.broadcast_to(cells, (models, len(design)))
    step = max(1, _CHUNK // max(1, len(design) * width))
    parts = [
        _fit(design, counts[i : i + step], columns[i : i + step], cells[i : i + step]) for i in range(0, models, step)
    ]
    return Fits(
        beta=np.concatenate([p.beta for p in parts]),
        mu=np.concatenate([p.mu for p in parts]),
        loglik=np.concatenate([p.loglik for p in parts]),
        variance=np.concatenate([p.variance for p in parts]),
        settled=np.concatenate([p.settled for p in parts]),
    )


def _normal(design: Array, weights: Array, columns: Mask) -> Array:
    """X'WX of each model, with 1 on the diagonal of the terms it does not have, and a hair of ridge."""
    made = np.matmul(weights[:, None, :] * design.T[None], design)
    made *= columns[:, :, None] & columns[:, None, :]
    diagonal = np.einsum("mii->mi", made)
    diagonal += np.where(columns, 1e-10 * diagonal.max(axis=1, keepdims=True) + 1e-13, 1.0)
    return made


def _fit(design: Array, counts: Array, columns: Mask, cells: Mask) -> Fits:
    live = columns.astype(np.float64)
    beta = _start(design, counts, columns, cells)
    settled = np.zeros(len(columns), dtype=np.bool_)
    before = np.full(len(columns), -np.inf)
    eta = beta @ design.T
    mu = np.where(cells, np.exp(eta), 0.0)
    for _ in range(_ROUNDS):
        loglik = np.where(cells, counts * eta, 0.0).sum(axis=1) - mu.sum(axis=1)
        settled = np.abs(loglik - before) <= _DONE * (np.abs(loglik) + 1)
        if settled.all():
            break
        gradient = ((counts * cells - mu) @ design) * live
        change = np.linalg.solve(_normal(design, mu, columns), gradient[:, :, None])[:, :, 0]
        moved = np.abs(change @ design.T).max(axis=1, initial=1e-300)
        change *= np.minimum(1.0, _STEEPEST / moved)[:, None]
        beta, eta, mu = _ascend(design, counts, cells, (beta, change, loglik))
        before = loglik
    variance = np.linalg.inv(_normal(design, mu, columns))[:, 0, 0]
    loglik = np.where(cells, counts * eta, 0.0).sum(axis=1) - mu.sum(axis=1) - gammaln(counts + 1).sum(axis=1)
    return Fits(beta=beta, mu=mu, loglik=loglik, variance=variance, settled=settled)


def _start(design: Array, counts: Array, columns: Mask, cells: Mask) -> Array:
    """Weighted least squares on the log counts, as iterated least squares begins."""
    first = np.where(cells, counts + 0.5, 0.0)
    target = np.where(cells, np.log(counts + 0.5), 0.0)
    right = ((first * target) @ design) * columns
    return np.asarray(np.linalg.solve(_normal(design, first, columns), right[:, :, None])[:, :, 0])


def _ascend(
    design: Array, counts: Array, cells: Mask, step: tuple[Array, Array, Array]
) -> tuple[Array, Array, Array]:
    """Take the step, halved in each model until the likelihood no longer falls."""
    beta, change, loglik = step
    share = np.ones(len(beta))
    for _ in range(30):
        tried = beta + share[:, None] * change
        eta = tried @ design.T
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
    left = np.hstack([design.T, np.zeros((terms, 1))])
    apart = np.hstack([-np.eye(cells), np.ones((cells, 1))])
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


def proven(mu: Array, cells: Mask) -> Mask:
    """True for each fit whose expectations are all clear of nothing: it is its own proof that the maximum exists."""
    return np.asarray(np.where(cells, mu, np.inf).min(axis=1) > _PROOF)
