"""The ratio of two shares with score bounds, which hold where numbers are small and where a cell is empty.

Koopman 1984 (Biometrics 40:513): the ratios r at which the score test of p1 = r p2 does not reject. At r the shares most
likely under p1 = r p2 are known in closed form (a quadratic), and the statistic grows away from the observed ratio,
so each bound is one root.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq

from habeas.errors import UsageError

CHI_SQUARE_95 = 3.841458820694124
FARTHEST = 1e8  # no ratio of shares of people lies farther out


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRatio:
    """A share over another: `ratio` None where both are empty or the second is (then `high` is None: no upper bound)."""

    ratio: float | None
    low: float
    high: float | None


def _statistic(r: float, a: int, n: int, b: int, m: int) -> float:
    """Koopman's chi-square of the ratio r for a of n against b of m."""
    total = n + m
    half = r * (n + b) + a + m
    inner = max(half * half - 4 * r * total * (a + b), 0.0)
    p1 = min(max((half - math.sqrt(inner)) / (2 * total), 0.0), 1.0)
    p2 = min(p1 / r, 1.0)
    variance = p1 * (1 - p1) / n + r * r * p2 * (1 - p2) / m
    apart = (a / n - r * b / m) ** 2
    if variance <= 0:
        return 0.0 if apart < 1e-18 else 1e12
    return apart / variance


def risk_ratio(a: int, n: int, b: int, m: int) -> RiskRatio:
    """The share a / n over the share b / m with 95% score bounds.

    Raises:
        UsageError: a count is below zero or above its whole, or a whole is empty.
    """
    if n < 1 or m < 1 or not 0 <= a <= n or not 0 <= b <= m:
        raise UsageError(f"{a} of {n} against {b} of {m} are no shares")
    if a == b == 0:
        return RiskRatio(ratio=None, low=0.0, high=None)
    ratio = None if b == 0 else (a / n) / (b / m)

    def beyond(logarithm: float) -> float:
        return _statistic(math.exp(logarithm), a, n, b, m) - CHI_SQUARE_95

    far = math.log(FARTHEST)
    middle = math.log(ratio) if ratio else (-far if ratio == 0 else far)
    low = 0.0 if a == 0 else math.exp(brentq(beyond, -far, middle, xtol=1e-12)) if ratio != 0 else 0.0
    high = None if b == 0 else math.exp(brentq(beyond, middle, far, xtol=1e-12))
    return RiskRatio(ratio=ratio, low=low, high=high)
