"""What a stock would become under stated arrests and releases: fans over many runs, and the break-even of a release.

A run draws what is not known of the pace (arrests a month and the rate of leaving, each with a Gamma law given what was
counted: Jeffreys' prior for a Poisson rate), then month by month: arrests ~ Poisson(rate x weather), weather ~ Gamma
with mean 1 and the variance by which past months differed beyond chance; exits ~ Binomial(stock, 1 - exp(-rate));
releases as stated. All scenarios share the draws of the pace and of the arrests that go on anyway, so that they differ
by what is stated and not by luck.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import gamma

from habeas.errors import UsageError

LEVELS = (0.05, 0.25, 0.75, 0.95)
JEFFREYS = 0.5
MOST_MONTHS, MOST_DRAWS, MOST_STOCK = 240, 100_000, 10_000_000

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast people are taken and leave: counts and what they were counted over.

    `stock` people inside now; `arrests` in `months`; `varies` the squared coefficient of variation of a month's arrests
    beyond chance (0: steady); `exits` in `exposure` person-months, releases of deals apart. `stated` is True where the
    arrests are assumed and not counted: then their rate is taken as it is.
    """

    stock: int
    arrests: float
    months: float
    exits: float
    exposure: float
    varies: float = 0.0
    stated: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.stock <= MOST_STOCK:
            raise UsageError(f"a stock of {self.stock:,} is outside 0 to {MOST_STOCK:,}")
        if self.months <= 0 or self.exposure <= 0 or self.arrests < 0 or self.exits < 0 or self.varies < 0:
            raise UsageError("a pace is counted over some time, and no count in it is below zero")

    @property
    def per_month(self) -> float:
        """Arrests a month."""
        return self.arrests / self.months


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is stated: releases by month (1 is the first), and arrests changed by a share for some months from one on."""

    name: str
    releases: Mapping[int, int] = field(default_factory=dict)
    change: float = 0.0
    since: int = 1
    over: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan:
    """The stock by month under a scenario: the LEVELS of all runs (levels, months + 1), and each run (draws, months + 1)."""

    scenario: Scenario
    quantiles: Counts
    runs: Counts


def fans(pace: Pace, scenarios: Sequence[Scenario], *, months: int, draws: int, seed: int) -> tuple[Fan, ...]:
    """Run every scenario `draws` times for some months; the same seed gives the same runs.

    Raises:
        UsageError: the months or draws are out of bounds, or a change would make arrests negative.
    """
    if not 1 <= months <= MOST_MONTHS or not 100 <= draws <= MOST_DRAWS:
        raise UsageError(f"a scenario runs 1 to {MOST_MONTHS} months and 100 to {MOST_DRAWS:,} times")
    if any(s.change < -1 for s in scenarios):
        raise UsageError("arrests cannot fall by more than 100%")
    rng = np.random.default_rng(seed)
    rate = rng.gamma(pace.arrests + JEFFREYS, 1 / pace.months, draws)
    if pace.stated:
        rate = np.full(draws, pace.per_month)
    leaving = 1 - np.exp(-rng.gamma(pace.exits + JEFFREYS, 1 / pace.exposure, draws))
    weather = np.ones((draws, months))
    if pace.varies > 0:
        weather = rng.gamma(1 / pace.varies, pace.varies, (draws, months))
    usual = rng.poisson(rate[:, None] * weather)
    seeds = rng.integers(0, 2**63 - 1, size=2)
    found = []
    for scenario in scenarios:
        # Each scenario starts its own luck from the same seeds: one more scenario changes none of the others.
        extra, gone = np.random.default_rng(seeds[0]), np.random.default_rng(seeds[1])
        runs = np.empty((draws, months + 1), np.int64)
        runs[:, 0] = pace.stock
        for month in range(1, months + 1):
            taken = usual[:, month - 1]
            if scenario.since <= month < scenario.since + scenario.over:
                more = extra.poisson(rate * weather[:, month - 1] * abs(scenario.change))
                taken = np.maximum(taken + np.sign(scenario.change).astype(np.int64) * more, 0)
            stock = runs[:, month - 1] - np.minimum(runs[:, month - 1], scenario.releases.get(month, 0))
            runs[:, month] = stock + taken - gone.binomial(stock, leaving)
        found.append(
            Fan(
                scenario=scenario,
                quantiles=np.quantile(runs, LEVELS, axis=0, method="inverted_cdf").astype(np.int64),
                runs=runs,
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """How much more arresting undoes a release: m* = R / (lambda T), with 95% bounds from the counted arrests."""

    released: int
    months: int
    share: float
    low: float
    high: float


def break_even(released: int, pace: Pace, months: int) -> BreakEven:
    """The share by which arrests must rise over some months to take as many people as were released.

    Raises:
        UsageError: nobody is arrested at this pace, so no share of it undoes anything.
    """
    if pace.per_month == 0:
        raise UsageError("nobody is arrested at this pace: no rise of it undoes a release")
    share = released / (pace.per_month * months)
    low, high = share, share
    if not pace.stated:
        most, least = gamma.ppf([0.975, 0.025], pace.arrests + JEFFREYS, scale=1 / pace.months)
        low, high = min(share, released / (most * months)), max(share, released / (least * months))
    return BreakEven(released=released, months=months, share=share, low=low, high=high)
