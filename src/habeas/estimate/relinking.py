"""Who is who is not sure: the estimate averaged over links drawn as likely as they look (Sadinle 2018).

Each drawn table gives an estimate with its error; by Rubin's rules the variance of the whole is the mean of theirs and the spread
between them, on the logarithm of the number unseen, which is nearer to normal than the number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from scipy.stats import t as student

from habeas.estimate.graphs import graphs
from habeas.estimate.loglinear import best_by_bic
from habeas.estimate.shape import Drawn, Linked, Method
from habeas.estimate.usable import usable
from habeas.nouns import Estimate, OverlapTable

Found = tuple[float, float]  # the number in all, and its standard error


def _plain(method: Callable[[OverlapTable], Estimate | str]) -> Callable[[OverlapTable], Found | None]:
    def run(table: OverlapTable) -> Found | None:
        found = method(table)
        return (found.estimate, found.se) if isinstance(found, Estimate) and found.se is not None else None

    return run


# The methods quick enough to be run for every draw; the others' intervals are of the table as linked. Chao's is a bound.
_RUN: Mapping[str, Callable[[OverlapTable], Found | None]] = {
    "log-linear": best_by_bic,
    "graph-averaging": _plain(graphs),
}
_FEWEST = 2


def combined(tables: Sequence[OverlapTable], methods: Sequence[Method]) -> Drawn:
    """Each quick method over the drawn tables, the uncertainty of the links in its interval."""
    fit = [usable(table) for table in tables]
    kept = [u.table for u in fit if u.refused is None]
    rows: list[Linked] = []
    for name, run in _RUN.items():
        if not any(m["method"] == name for m in methods):
            continue
        found = [(t.observed, f) for t in kept if (f := run(t)) is not None and f[0] > 0 and f[1] > 0]
        if len(found) >= _FEWEST:
            rows.append(_rubin(name, found))
    seen = [t.observed for t in tables]
    return {
        "draws": len(tables),
        "observed": {"low": min(seen), "high": max(seen)},
        "methods": rows,
    }


def _rubin(method: str, found: Sequence[tuple[int, Found]]) -> Linked:
    """The draws as one estimate; each with the persons observed in its own table."""
    seen = float(np.mean([observed for observed, _ in found]))
    unseen = np.array([max(n - observed, 1e-3) for observed, (n, _) in found])
    error = np.array([se for _, (_, se) in found])
    within = float(np.log1p((error / unseen) ** 2).mean())
    between = float(np.log(unseen).var(ddof=1))
    whole = within + (1 + 1 / len(found)) * between
    middle = float(np.log(unseen).mean())
    # Few draws with much between them leave few degrees of freedom (Rubin 1987, p. 77).
    freedom = 1e6 if between == 0 else (len(found) - 1) * (1 + within / ((1 + 1 / len(found)) * between)) ** 2
    reach = float(student.ppf(0.975, freedom)) * np.sqrt(whole)
    return {
        "method": method,
        "estimate": float(seen + unseen.mean()),
        "low": float(seen + np.exp(middle - reach)),
        "high": float(seen + np.exp(middle + reach)),
        "share": 0.0 if whole == 0 else (1 + 1 / len(found)) * between / whole,
    }
