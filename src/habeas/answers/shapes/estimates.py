"""The shapes of answers that estimate, compare and suppose."""

from __future__ import annotations

from typing import Literal, TypedDict, TypeGuard

from habeas.answers.shapes.common import Between, Count, Rests
from habeas.estimate.shape import Drawn, EstimateShape, Family

ComparedBy = Literal["charge", "occupation", "sex", "nationality", "fame", "time served"]
EveLevel = Literal["best", "possible"]
Followed = Literal["least", "best", "most"]
Watched = Literal["window", "strict"]
PaceName = Literal["published", "by name"]
SeriesName = Literal["arrests", "recognised", "exits"]
StayFacet = Literal["charge", "sex", "occupation", "nationality", "prison", "year"]


class Median(TypedDict):
    """How long half of them lasted, in days."""

    days: int | None  # null: not reached
    low: int | None
    high: int | None  # null: no upper bound


class Bounded(TypedDict):
    """A share, 0 to 1, with its 95% bounds."""

    share: float
    low: float
    high: float


class Share(Bounded):
    """A share after whole years, 0 to 1, with its 95% bounds."""

    years: int


class Way(TypedDict):
    """One way out, and the share that left by it."""

    way: str  # exchanged, pardoned, expelled, term served, died, other or not on record
    exits: int
    after: list[Share]


class Point(Bounded):
    """One step of a curve: the share still inside."""

    days: int
    watched: int  # how many were still under watch
    left: dict[str, float]  # the share that left by each way


class Group(TypedDict):
    """One group's curve, or why there is none."""

    group: str  # the first of them is `all`
    stays: int | None  # null: too few to be told to the public
    exits: int | None
    refused: str | None  # the reason why it has no curve
    median: Median | None
    inside: list[Share]
    ways: list[Way]
    curve: list[Point]
    until: int | None  # days: as far as the curve rests on enough stays


class Ratio(TypedDict):
    """How fast one group leaves against another."""

    group: str
    against: str | None
    ratio: float | None
    low: float | None
    high: float | None
    refused: str | None


class Reading(TypedDict):
    """The median by one reading of what the record leaves open."""

    watched: Watched
    followed: Followed
    stays: int
    exits: int
    median: int | None  # days


class Check(TypedDict):
    """The same by another road."""

    what: str
    stays: int
    median: int | None  # days


class Survival(TypedDict):
    """How long somebody stays; `value` is the median in days."""

    unit: str
    by: StayFacet | None
    followed: Followed  # how far a stay without an exit on record is followed
    watched: Watched  # since when a person counts
    seed: int
    since: str | None
    groups: list[Group]
    left_out: dict[str, int]  # spells by the reason why they are no stay
    ratios: list[Ratio]
    readings: list[Reading]
    checks: list[Check]


class Origin(TypedDict):
    """An independent origin, and its lists."""

    origin: str
    lists: list[str]


class LeftOut(TypedDict):
    """A list that is not used, and why."""

    list: str
    why: str


class Linkage(Drawn):
    """What putting people together by chance, as likely as they are one, changes."""

    unsure_pairs: int  # pairs with a chance of one in a hundred or more


class Hidden(EstimateShape):
    """How many there are in all, those on no list included; `value` is the median of the methods used.

    Beside these it has the keys of `habeas estimate`.
    """

    unit: str
    origins: list[Origin]
    left_out: list[LeftOut]
    published: list[Count]
    linkage: Linkage | None


_From = TypedDict("_From", {"from": PaceName | Literal["stated"]})


class PaceShape(_From):
    """The pace of the scenarios: what is stated, over what the book measures."""

    stated: list[str]  # which of stock, arrests, leaving
    stock: int
    arrests_per_month: float
    leaving_per_month: float  # the share of those inside, deals apart
    varies: float  # how much months of arrests differ beyond chance (squared coefficient of variation)


class Measured(TypedDict):
    """A pace that the book gives."""

    pace: PaceName
    what: str
    stock: int
    stock_on: str
    arrests: int
    months: float  # over which they were counted
    arrests_per_month: float
    leaving_per_month: float
    in_deals: int  # who left in deals, counted apart
    varies: float
    note: str
    rests_on: Rests


class FreedIn(TypedDict):
    """How many are freed in which month."""

    month: int
    n: int


class Quantiles(TypedDict):
    """People inside in one month: nine runs in ten lie between q05 and q95."""

    month: int
    q05: int
    q25: int
    q75: int
    q95: int


class ScenarioShape(TypedDict):
    """A scenario as a fan."""

    name: str
    releases: list[FreedIn]
    change: float  # of arrests, as a share
    since: int  # the month from which they change
    over: int  # for how many months
    fan: list[Quantiles]
    back_by: int | None
    back: float | None  # the share of runs that are back by that month


class Even(TypedDict):
    """The rise of arrests that undoes a release."""

    released: int
    months: int
    share: float
    low: float
    high: float
    extra_per_month: float


class Finding(TypedDict):
    """What research found."""

    who: str
    says: str
    low: float
    high: float
    of: str  # whom and what it counted
    cite: str
    url: str


class Whatif(TypedDict):
    """People inside under stated arrests and releases; `value` is the break-even in percent."""

    unit: str
    start: str
    pace: PaceShape
    paces: list[Measured]  # every count of the book
    months: int
    after: int
    every: int
    over: int
    draws: int
    seed: int
    scenarios: list[ScenarioShape]
    break_even: Even | None
    literature: list[Finding]


class Comparison(TypedDict):
    """One group against the others."""

    facet: ComparedBy
    group: str
    refused: None
    released: int
    of: int
    others_released: int
    others: int
    ratio: float | None
    low: float
    high: float | None  # null: no upper bound


class RefusedComparison(TypedDict):
    """A group that is too small to be compared."""

    facet: ComparedBy
    group: str
    refused: str  # the reason
    released: None
    of: None
    others_released: None
    others: None
    ratio: None
    low: None
    high: None


def compared(row: Comparison | RefusedComparison) -> TypeGuard[Comparison]:
    """True of a comparison that was made."""
    return row["refused"] is None


class Selectivity(TypedDict):
    """Who was released and who stayed; `value` is how many of those compared came out."""

    release: str
    inside: EveLevel  # who counts as inside on the eve: by the best reading, or possibly
    unit: str
    refused: str | None
    held: int | None
    released: int
    comparisons: list[Comparison | RefusedComparison]
    fame: str  # what stands for it


class Month(TypedDict):
    """One month: counted, expected by the trend before, fitted."""

    month: str
    n: int
    after: bool  # the day
    expected: float | None
    fitted: float | None


class EffectShape(TypedDict):
    """A factor with its bounds."""

    factor: float
    low: float
    high: float
    p: float


class Interruption(TypedDict):
    """The interrupted series."""

    family: Family
    dispersion: float
    lag1: float  # the correlation of neighbouring months
    level: EffectShape  # at once
    slope: EffectShape  # each month before
    turn: EffectShape  # each month after, against before


class ChangePoint(Between):
    """Where the rate changed by itself: `from` and `to` are the months that bound it."""

    first_month_after: str
    chance: float  # that it is this month
    odds: float  # of one change against none
    before: list[float]  # the mean of a month and its bounds
    after: list[float]


class Trend(TypedDict):
    """Whether the pace changed at a day; `value` is the change of level in percent."""

    unit: str
    series: SeriesName
    day: str
    settled_until: str | None
    refused: str | None
    months: list[Month]
    interrupted: Interruption | None
    change: ChangePoint | None
    assumed: list[str]
