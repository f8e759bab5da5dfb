"""Who is who is not sure: the estimate averaged over links drawn as likely as they look (Sadinle 2018).

Each drawn table gives an estimate with its error; by Rubin's rules the variance of the whole is the mean of theirs and the spread
between them, on the logarithm of the number unseen, which is nearer to normal than the number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.stats import t as student

from habeas.estimate.chao import chao
from habeas.estimate.graphs import graphs
from habeas.estimate.loglinear import best_by_bic
from habeas.estimate.usable import usable
from habeas.nouns import Estimate, OverlapTable

Found = tuple[float, float]  # the number in all, and its standard error


def _plain(method: Callable[[OverlapTable], Estimate | str]) -> Callable[[OverlapTable], Found | None]:
    def run(table: OverlapTable) -> Found | None:
        found = method(table)
        return (found.estimate, found.se) if isinstance(found, Estimate) and found.se is not None else None

    return run


# The methods quick enough to be run for every draw; the others' intervals are of the table as linked.
_RUN: Mapping[str, Callable[[OverlapTable], Found | None]] = {
    "log-linear": best_by_bic,
    "graph-averaging": _plain(graphs),
    "chao": _plain(chao),
}
_FEWEST = 2


def combined(tables: Sequence[OverlapTable], methods: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Each quick method over the drawn tables: `estimate`, `low`, `high` and `share`, that of the links in the variance."""
    fit = [usable(table) for table in tables]
    kept = [u.table for u in fit if u.refused is None]
    rows = []
    for name, run in _RUN.items():
        if not any(m["method"] == name for m in methods):
            continue
        found = [f for f in map(run, kept) if f is not None and f[0] > 0 and f[1] > 0]
        if len(found) >= _FEWEST:
            rows.append({"method": name, "bound": name == "chao", **_rubin(kept, found)})
    seen = [t.observed for t in tables]
    return {
        "draws": len(tables),
        "observed": {"low": min(seen), "high": max(seen)},
        "methods": [r for r in rows if not r.pop("bound")],
    }


def _rubin(tables: Sequence[OverlapTable], found: Sequence[Found]) -> dict[str, float]:
    seen = float(np.mean([t.observed for t in tables]))
    unseen = np.array([max(n - t.observed, 1e-3) for (n, _), t in zip(found, tables, strict=False)])
    error = np.array([se for _, se in found])
    within = float(np.log1p((error / unseen) ** 2).mean())
    between = float(np.log(unseen).var(ddof=1))
    whole = within + (1 + 1 / len(found)) * between
    middle = float(np.log(unseen).mean())
    # Few draws with much between them leave few degrees of freedom (Rubin 1987, p. 77).
    freedom = 1e6 if between == 0 else (len(found) - 1) * (1 + within / ((1 + 1 / len(found)) * between)) ** 2
    reach = float(student.ppf(0.975, freedom)) * np.sqrt(whole)
    return {
        "estimate": float(seen + unseen.mean()),
        "low": float(seen + np.exp(middle - reach)),
        "high": float(seen + np.exp(middle + reach)),
        "share": 0.0 if whole == 0 else (1 + 1 / len(found)) * between / whole,
    }
