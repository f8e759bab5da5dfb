"""The stable JSON shape of an estimation, as types and as made of one."""

from __future__ import annotations

import math
from typing import Any, Literal, TypedDict

from habeas.nouns import Estimate, Estimation

Family = Literal["Poisson", "negative binomial"]  # the law of a series of counts


class Method(TypedDict):
    """One method's estimate, in persons; `diagnostics` are its own (below)."""

    method: str  # log-linear, stepwise, graph-averaging, latent-class or chao
    model: str
    estimate: float
    low: float  # 95%
    high: float | None  # null: no upper end
    se: float | None
    bic: float | None
    rests_on: str  # the assumption that cannot be tested from the lists, in words
    diagnostics: dict[str, Any]  # open: every method has keys of its own


class Model(TypedDict):
    """One model's estimate."""

    model: str
    estimate: float


class SpreadShape(TypedDict):
    """How far methods and models lie apart."""

    low: float
    high: float
    ratio: float  # of high to low
    factor: float  # the ratio from which the answer is refused
    of: list[Model]


class EstimateShape(TypedDict):
    """How many there are in all; a refused one keeps the methods' figures as evidence."""

    lists: list[str]
    observed: int  # persons on at least one list
    methods: list[Method]  # none: nothing could be estimated
    spread: SpreadShape | None
    warnings: list[str]
    refused: str | None  # why it is no answer


class Linked(TypedDict):
    """A method with what linking leaves open in its estimate and interval."""

    method: str
    estimate: float
    low: float
    high: float
    share: float  # of the variance, that of the links


class Ends(TypedDict):
    """The least and the most."""

    low: int
    high: int


class Drawn(TypedDict):
    """The quick methods on tables of people put together by chance."""

    draws: int
    observed: Ends  # persons on at least one list, over the draws
    methods: list[Linked]


def as_json(found: Estimation) -> EstimateShape:
    """An estimation as plain JSON."""
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


def _method(found: Estimate) -> Method:
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
