"""The shapes of answers that estimate, compare and suppose."""

from __future__ import annotations

from typing import Any, Literal, TypedDict

from habeas.answers.shapes.common import AnswerShape, Between, Count, Rests


class Median(TypedDict):
    """Half ended within so many days; null: not reached, or no bound."""

    days: int | None
    low: int | None
    high: int | None


class Share(TypedDict):
    """A share after whole years, 0 to 1, with its bounds."""

    years: int
    share: float
    low: float
    high: float


class Way(TypedDict):
    """One way out, and the share that left by it."""

    way: str
    exits: int
    after: list[Share]


class Point(TypedDict):
    """One step of a curve."""

    days: int
    share: float
    low: float
    high: float
    watched: int
    left: dict[str, float]


class Group(TypedDict):
    """One group's curve, or why there is none."""

    group: str
    stays: int | None
    exits: int | None
    refused: str | None
    median: Median | None
    inside: list[Share]
    ways: list[Way]
    curve: list[Point]
    until: int | None


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

    watched: str
    followed: str
    stays: int
    exits: int
    median: int | None


class Check(TypedDict):
    """The same by another road."""

    what: str
    stays: int
    median: int | None


class Survival(AnswerShape):
    """How long somebody stays; the first of `groups` is everybody."""

    unit: str
    by: str | None
    followed: str
    watched: str
    seed: int
    since: str | None
    groups: list[Group]
    left_out: dict[str, int]
    ratios: list[Ratio]
    readings: list[Reading]
    checks: list[Check]


class Method(TypedDict):
    """One method's estimate; `rests_on` is its assumption in words, `diagnostics` its own (docs/json.md)."""

    method: str
    model: str
    estimate: float
    low: float
    high: float | None
    se: float | None
    bic: float | None
    rests_on: str
    diagnostics: dict[str, Any]


class Model(TypedDict):
    """One model's estimate."""

    model: str
    estimate: float


class SpreadShape(TypedDict):
    """How far methods and models lie apart."""

    low: float
    high: float
    ratio: float
    factor: float
    of: list[Model]


class EstimateShape(TypedDict):
    """How many there are in all (`habeas estimate`); `refused`: why it is no answer."""

    lists: list[str]
    observed: int
    methods: list[Method]
    spread: SpreadShape | None
    warnings: list[str]
    refused: str | None


class Origin(TypedDict):
    """An independent origin, and its lists."""

    origin: str
    lists: list[str]


class LeftOut(TypedDict):
    """A list that is not used, and why."""

    list: str
    why: str


class Linked(TypedDict):
    """A method with the unsure links in its interval; `share` of the variance that they make."""

    method: str
    estimate: float
    low: float
    high: float
    share: float


class Linkage(TypedDict):
    """What joining the unsure pairs by chance changes."""

    unsure_pairs: int
    draws: int
    observed: list[int]
    methods: list[Linked]


class Hidden(AnswerShape, EstimateShape):
    """How many there are in all, those on no list included."""

    unit: str
    origins: list[Origin]
    left_out: list[LeftOut]
    published: list[Count]
    linkage: Linkage | None


_From = TypedDict("_From", {"from": str})


class PaceShape(_From):
    """The pace of the scenarios: what is stated, over what the book measures."""

    stated: list[str]
    stock: int
    arrests_per_month: float
    leaving_per_month: float
    varies: float


class Measured(TypedDict):
    """A pace that the book gives."""

    pace: str
    what: str
    stock: int
    stock_on: str
    arrests: int
    months: float
    arrests_per_month: float
    leaving_per_month: float
    in_deals: int
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
    """A scenario as a fan; `back`: the share of runs back by a month."""

    name: str
    releases: list[FreedIn]
    change: float
    since: int
    over: int
    fan: list[Quantiles]
    back_by: int | None
    back: float | None


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
    of: str
    cite: str
    url: str


class Whatif(AnswerShape):
    """People inside under stated arrests and releases."""

    unit: str
    start: str
    pace: PaceShape
    paces: list[Measured]
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
    """One group against the others; `high` null: no upper bound, and all null where it is refused."""

    facet: str
    group: str
    refused: str | None
    released: int | None
    of: int | None
    others_released: int | None
    others: int | None
    ratio: float | None
    low: float | None
    high: float | None


class Selectivity(AnswerShape):
    """Who was released and who stayed; `refused`: why nothing can be said of who was chosen."""

    release: str
    inside: Literal["best", "possible"]
    unit: str
    refused: str | None
    held: int | None
    released: int
    comparisons: list[Comparison]
    fame: str


class Month(TypedDict):
    """One month: counted, expected by the trend before, fitted."""

    month: str
    n: int
    after: bool
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

    family: str
    dispersion: float
    lag1: float
    level: EffectShape
    slope: EffectShape
    turn: EffectShape


class ChangePoint(Between):
    """Where the rate changed by itself: `before` and `after` are the mean and its bounds, a month."""

    first_month_after: str
    chance: float
    odds: float
    before: list[float]
    after: list[float]


class Trend(AnswerShape):
    """Whether the pace changed at a day."""

    unit: str
    series: str
    day: str
    settled_until: str | None
    refused: str | None
    months: list[Month]
    interrupted: Interruption | None
    change: ChangePoint | None
    assumed: list[str]
