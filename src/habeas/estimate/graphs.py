"""Averaging over decomposable graphs of dependence between lists (Madigan and York 1997; Dawid and Lauritzen 1993).

A graph joins lists that may depend on each other. With a hyper-Dirichlet prior the probability of the table under a
graph and a number n0 on no list is a product of marginal tables, so the posterior of the number in all is summed exactly over
all graphs and a grid of n0. The graph that joins all lists is left out unless asked for: under it the lists say nothing
of who is on none, and its part of the answer is the prior and the end of the grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, logsumexp

from habeas.estimate.poisson import Array
from habeas.nouns import Estimate, OverlapTable, say

FEWEST, MOST = 3, 6
_LEVEL = 0.95
_FURTHEST = 30  # the grid ends at this many times the persons seen
_AT_ONCE = 2_000_000  # numbers held together
_WORK = 20_000_000  # graphs times points of the grid: the grid is every number unseen where that is few enough
_LONG = 4_000  # points of a grid that is looked over first
_NOTHING = 60.0  # below the highest log weight that was met: nothing that could be seen in an answer
_EDGE = 0.01  # posterior weight in the last twentieth of the grid from which the grid decides
_TOP = 5
RESTS_ON = say(
    "that some graph in which at least two lists are independent given the others is right, and that people are alike "
    "in how likely they are to be listed"
)
SATURATED_OUT = say(
    "the graph joining all lists is left out: under it the lists say nothing about those on none, and the end of the "
    "grid would decide"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphs:
    """All decomposable graphs of some lists: their cliques, and the marginal tables that each multiplies and divides.

    `weights[g, s]` is how often the marginal table of the lists `s` (bits) counts in graph g: 1 for a clique, minus 1
    for a separator; the empty separator of unconnected parts is s = 0.
    """

    cliques: tuple[tuple[int, ...], ...]
    weights: npt.NDArray[np.int8]


def _elimination(lists: int, edges: frozenset[int]) -> list[tuple[int, int]] | None:
    """(list, later neighbours) in an order in which these always form a clique; None where there is no such order."""
    near = [sum(1 << k for k in range(lists) if (1 << j | 1 << k) in edges) for j in range(lists)]
    left, order = (1 << lists) - 1, []
    while left:
        for j in range(lists):
            around = near[j] & left
            if left >> j & 1 and _clique(around, near):
                order.append((j, around))
                left &= ~(1 << j)
                break
        else:
            return None
    return order


def _clique(members: int, near: list[int]) -> bool:
    rest = members
    while rest:
        j = (rest & -rest).bit_length() - 1
        rest &= rest - 1
        if rest & ~near[j]:
            return False
    return True


@cache
def decomposable(lists: int) -> Graphs:
    """Every labelled chordal graph: 8 of three lists, 61 of four, 822 of five, 18,154 of six; the empty one first."""
    pairs = [1 << j | 1 << k for j, k in combinations(range(lists), 2)]
    cliques, rows = [], []
    for number in range(1 << len(pairs)):
        order = _elimination(lists, frozenset(p for i, p in enumerate(pairs) if number >> i & 1))
        if order is None:
            continue
        row = np.zeros(1 << lists, dtype=np.int8)
        found = [around | 1 << j for j, around in order]
        for whole, (_, around) in zip(found, order, strict=True):
            row[whole] += 1
            row[around] -= 1
        rows.append(row)
        largest = {c for c in found if not any(c != other and c & other == c for other in found)}
        cliques.append(tuple(sorted(largest, key=lambda c: (-c.bit_count(), c))))
    return Graphs(cliques=tuple(cliques), weights=np.array(rows))


def marginals(table: OverlapTable, unseen: Array, delta: float) -> Array:
    """Log probability of each marginal table under its Dirichlet, for each number unseen; shape (subsets, len(unseen)).

    `delta` is the prior weight of a single combination of all lists; those of a marginal table add theirs up. The empty
    subset is the whole number, whose ratio to the product of the others is what makes the product a probability.
    """
    lists = len(table.lists)
    found = np.zeros((1 << lists, len(unseen)))
    for subset in range(1 << lists):
        counts: dict[int, int] = {}
        for cell, n in table.cells.items():
            counts[cell & subset] = counts.get(cell & subset, 0) + n
        prior = delta * 2.0 ** (lists - subset.bit_count())
        none = counts.pop(0, 0)
        fixed = sum(float(gammaln(n + prior) - gammaln(prior)) for n in counts.values())
        found[subset] = gammaln(unseen + none + prior) - gammaln(prior) + fixed
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """Weight of each number unseen and of each graph; both add up to 1. Of a long grid, only of numbers that have any."""

    unseen: Array
    weights: Array
    graphs: Graphs
    graph_weights: Array

    def quantile(self, at: float) -> float:
        return float(self.unseen[np.searchsorted(self.weights.cumsum(), at * self.weights.sum())])

    @property
    def mean(self) -> float:
        return float((self.unseen * self.weights).sum())

    @property
    def sd(self) -> float:
        return float(np.sqrt(((self.unseen - self.mean) ** 2 * self.weights).sum()))


def average(
    table: OverlapTable, unseen: Array, *, delta: float, log_prior: Array | None = None, saturated: bool = False
) -> Posterior:
    """The posterior over a grid of numbers unseen and all decomposable graphs.

    Args:
        unseen: the grid, evenly spaced from 1.
        delta: prior weight of a combination of lists.
        log_prior: of each number in the grid; else that every order of magnitude is alike, 1/N.
        saturated: also the graph that joins all lists.
    """
    graphs = decomposable(len(table.lists))
    full = np.array([len(c) == 1 and c[0].bit_count() == len(table.lists) for c in graphs.cliques])
    weights = graphs.weights.astype(np.float64)[slice(None) if saturated else ~full]
    step = max(1, _AT_ONCE // len(weights))

    def weigh(some: npt.NDArray[np.int64]) -> tuple[Array, Array]:
        """Log weights of some numbers, of all graphs together; and of each graph, of those numbers together."""
        of_numbers, of_graphs = np.empty(len(some)), np.full(len(weights), -np.inf)
        for i in range(0, len(some), step):
            at = unseen[some[i : i + step]]
            prior = -np.log(at + table.observed) if log_prior is None else log_prior[some[i : i + step]]
            # The product of marginals over all N persons, times the ways in which they may be those seen and unseen.
            common = prior + gammaln(at + table.observed + 1) - gammaln(at + 1)
            joint = weights @ marginals(table, at, delta) + common
            top = joint.max()
            np.exp(np.subtract(joint, top, out=joint), out=joint)
            with np.errstate(divide="ignore"):  # what is nothing beside the rest
                of_numbers[i : i + step] = np.log(joint.sum(axis=0)) + top
                of_graphs = np.logaddexp(of_graphs, np.log(joint.sum(axis=1)) + top)
        return of_numbers, of_graphs

    chosen = _looked_at(unseen)
    by_unseen, of_graphs = weigh(chosen)
    if len(chosen) < len(unseen):
        near = np.flatnonzero(by_unseen > by_unseen.max() - _NOTHING)
        first, past = chosen[np.maximum(near - 1, 0)], chosen[np.minimum(near + 1, len(chosen) - 1)] + 1
        chosen = np.unique(np.concatenate([np.arange(a, b) for a, b in zip(first, past, strict=True)]))
        by_unseen, of_graphs = weigh(chosen)
    by_graph = np.full(len(full), -np.inf)
    by_graph[slice(None) if saturated else ~full] = of_graphs
    total = logsumexp(by_unseen)
    return Posterior(
        unseen=unseen[chosen], weights=np.exp(by_unseen - total), graphs=graphs, graph_weights=np.exp(by_graph - total)
    )


def _looked_at(unseen: Array) -> npt.NDArray[np.int64]:
    """Where on a long grid to look first: two square roots apart.

    Under no graph is the number unseen known to less than its square root, so that no top lies further than that from a
    place looked at, where it is still six tenths as high; what is taken for nothing is lower by twenty-six powers of ten.
    """
    if len(unseen) <= _LONG:
        return np.arange(len(unseen))
    roots = np.arange(np.sqrt(unseen[0]), np.sqrt(unseen[-1]), 1.0)
    return np.unique(np.append(np.searchsorted(unseen, roots**2), len(unseen) - 1))


def grid(table: OverlapTable) -> Array:
    """Numbers unseen from 1 to 30 times those seen, evenly spaced: every one, or as many as the work allows."""
    last = max(_FURTHEST * table.observed, 500)
    spacing = max(1, -(-last * len(decomposable(len(table.lists)).cliques) // _WORK))
    return np.arange(1, last + 1, min(spacing, max(1, last // 1_000)), dtype=np.float64)


def graphs(table: OverlapTable, *, saturated: bool = False) -> Estimate | str:
    """The average over all decomposable graphs, by its posterior mean and equal-tailed bounds; or why there is none."""
    lists = len(table.lists)
    if not FEWEST <= lists <= MOST:
        return say(
            "graph averaging is done for {fewest} to {most} lists, not {lists}", fewest=FEWEST, most=MOST, lists=lists
        )
    delta = 2.0**-lists
    points = grid(table)
    found = average(table, points, delta=delta, saturated=saturated)
    order = np.argsort(-found.graph_weights, kind="stable")[:_TOP].tolist()
    n = table.observed
    edge = float(found.weights[found.unseen >= points[int(len(points) * 0.95)]].sum())
    return Estimate(
        method="graph-averaging",
        model=_notation(found.graphs.cliques[order[0]]) + f" of {len(found.graphs.cliques) - (not saturated):,}",
        estimate=n + found.mean,
        low=n + found.quantile((1 - _LEVEL) / 2),
        high=n + found.quantile((1 + _LEVEL) / 2),
        se=found.sd,
        bic=None,
        rests_on=RESTS_ON,
        diagnostics={
            "median": n + found.quantile(0.5),
            "mode": n + float(found.unseen[found.weights.argmax()]),
            "graphs": [
                {"cliques": _notation(found.graphs.cliques[g]), "weight": float(found.graph_weights[g])} for g in order
            ],
            "peaks": _peaks(found.weights, found.unseen, n),
            "grid": {"first": 1, "last": int(points[-1]), "spacing": int(points[1] - points[0])},
            "weight_at_the_end_of_the_grid": edge,
            "grid_decides": edge > _EDGE,
            "delta": delta,
            "saturated": "included" if saturated else SATURATED_OUT,
        },
    )


def _notation(cliques: tuple[int, ...]) -> str:
    return "[" + ",".join("".join(str(j + 1) for j in range(6) if c >> j & 1) for c in cliques) + "]"


def _peaks(weights: Array, points: Array, n: int) -> list[float]:
    """Where the posterior has separate tops, each at least a tenth as high as the highest."""
    inner = weights[1:-1]
    tops = np.flatnonzero((inner >= weights[:-2]) & (inner > weights[2:]) & (inner > weights.max() / 10)) + 1
    return [n + float(points[i]) for i in tops]
