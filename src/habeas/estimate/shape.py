"""The stable JSON shape of an estimation."""

from __future__ import annotations

import math
from typing import Any

from habeas.nouns import Estimate, Estimation


def as_json(found: Estimation) -> dict[str, Any]:
    """An estimation as plain JSON: `lists`, `observed`, `methods`, `spread`, `warnings`, `refused` (None or the reason)."""
    spread = found.spread
    return {
        "lists": list(found.table.lists),
        "observed": found.table.observed,
        "methods": [_method(m) for m in found.methods],
        "spread": None
        if spread is None
        else {
            "low": spread.low,
            "high": spread.high,
            "ratio": spread.ratio,
            "factor": spread.factor,
            "of": [{"model": model, "estimate": n} for model, n in spread.of],
        },
        "warnings": list(found.warnings),
        "refused": found.refused,
    }


def _method(found: Estimate) -> dict[str, Any]:
    return {
        "method": found.method,
        "model": found.model,
        "estimate": found.estimate,
        "low": found.low,
        "high": found.high,
        "se": found.se,
        "bic": found.bic,
        "rests_on": found.rests_on,
        "diagnostics": _plain(found.diagnostics),
    }


def _plain(value: Any) -> Any:
    """JSON has no infinity: what is not finite is null."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
