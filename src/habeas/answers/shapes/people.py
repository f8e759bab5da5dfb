"""The shapes of answers about people: who is inside, a case, flows, a series, and why a figure changed."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from habeas.answers.shapes.common import Between, Bounds, Count, Named, Rests, StateShape
from habeas.answers.states import LevelText, State

PeriodName = Literal["month", "year"]
ReasonCode = Literal[
    "new",
    "taken again",
    "recognised later",
    "not dated",
    "evidence added",
    "out",
    "release learned",
    "corrected",
    "withdrawn",
    "redefined",
    "identity",
    "out of sight",
]
WasText = LevelText | Literal["not on record"]


class Held(Named):
    """A person on the day asked."""

    level: LevelText
    state: StateShape
    reason: str
    since: str | None
    rests_on: Rests


class StateRow(TypedDict):
    """Everybody in one state on the day, and how the state counts."""

    state: State
    words: str
    level: LevelText
    people: int
    cases: list[Named]


class FacetRow(TypedDict):
    """One value of a facet with its own bounds."""

    value: str
    low: int
    best: int
    high: int
    rests_on: Rests


class Inside(TypedDict):
    """Who is inside on a day; `inside` is a number only where a list claims to hold everybody."""

    unit: str
    inside: int | str
    coverage: str
    published: list[Count]
    people: list[Held]
    doubts: dict[str, int]
    states: list[StateRow]
    under_another_limit: int | None
    regimes: list[FacetRow]
    by: NotRequired[str]
    facet: NotRequired[list[FacetRow]]
    definition: NotRequired[str]
    assessed: NotRequired[int]
    found: NotRequired[int]


class Losing(TypedDict):
    """A value that contradicts the preferred one, and who says it."""

    value: str
    by: list[str]
    rests_on: Rests


class ValueShape(TypedDict):
    """A value of the record, why it is preferred, and what contradicts it.

    `confidence` is how sure a person graded it: reported, corroborated, confirmed. `stood` is what would stand if nobody
    had preferred another value.
    """

    value: str
    reason: str
    confidence: str | None
    stood: str | None
    against: list[Losing]
    rests_on: Rests


class NameShape(TypedDict):
    """A name as printed."""

    name: str
    lang: str | None
    rests_on: Rests


class DaysShape(TypedDict):
    """Days held, `to` a day; `high` null: no upper bound."""

    low: int
    best: int | None
    high: int | None
    to: NotRequired[str]


class SpellShape(TypedDict):
    """One unbroken stretch in custody."""

    start: ValueShape | None
    end: ValueShape | None
    exit_kind: ValueShape | None
    taken_to: ValueShape | None
    sentence: ValueShape | None
    term_ends: str | None
    days: DaysShape | None
    seen: list[str]
    recognised: list[str]
    in_custody: LevelText
    reason: str
    doubts: list[str]
    facts: dict[str, list[ValueShape]]
    state: StateShape


class SourceShape(TypedDict):
    """Who says."""

    publisher: str
    url: str


class AbsenceShape(TypedDict):
    """Where somebody was looked for and not found: no exit."""

    where: str
    day: str | None
    by: str
    url: str
    reason: str
    rests_on: Rests


class CaseAnswer(TypedDict):
    """One person's history; `attributes` maps each property to its values, the preferred first.

    `asked` is the id that was asked for, where it leads on to this case; `parted` are the cases of whom it was decided that
    they are another person.
    """

    case: str
    name: str
    asked: str | None
    parted: list[str]
    state: StateShape
    in_custody: LevelText
    names: list[NameShape]
    rule: str
    spells: list[SpellShape]
    total_days: DaysShape | None
    attributes: dict[str, list[ValueShape]]
    tier: str | None
    absences: list[AbsenceShape]
    releases: list[str]
    lists: list[str]
    sources: list[SourceShape]


class Period(TypedDict):
    """Arrests, recognitions and exits of one period; a stock of a day that no list covers, and what rests on it, is null."""

    period: str
    arrests: int
    recognised: int
    exits: dict[str, int]
    out: int
    stock_before: int | None
    stock_after: int | None
    residual: int | None
    lists: int
    settled: bool
    rests_on: Rests


class Rearrests(TypedDict):
    """Of the exits known to the day, how many were followed by an arrest within some days."""

    within_days: int
    out: int
    again: int
    rests_on: Rests


class LagShape(TypedDict):
    """Days from arrest to the first list."""

    people: int
    median: int
    nine_of_ten: int


class OverAll(TypedDict):
    """The periods together."""

    arrests: int
    out: int
    release_to_admission: float | None
    turnover: float | None


class AtLeast(TypedDict):
    """The periods together, where all who may be one person (unsure links) are."""

    arrests: int
    out: int


class Flows(OverAll):
    """Who was taken and who came out, period by period; `value` is arrests minus exits."""

    unit: str
    periods: list[Period]
    at_least: AtLeast
    not_placed: dict[str, int]
    rearrests: Rearrests
    lists_settled_until: str | None
    lag: dict[str, LagShape]


class DayRow(TypedDict):
    """One day of a series; null where no list covers it."""

    on: str
    low: int | None
    best: int | None
    high: int | None
    lists: int


Numbers = list[int | None]


class ListSeries(TypedDict):
    """One list's own entries in custody: one number a day, null outside its window."""

    list: str
    title: str
    entries: int
    low: Numbers
    best: Numbers
    high: Numbers


class Series(Between):
    """How many were inside on each day."""

    unit: str
    days: list[DayRow]
    lists: NotRequired[list[ListSeries]]


_Is = TypedDict("_Is", {"is": WasText})


class Moved(Named, _Is):
    """Somebody who moved between two states of knowledge."""

    change: int
    was: WasText
    rests_on: Rests
    no_longer_on_record: Rests


class Reason(TypedDict):
    """A reason why the figure changed, and the people."""

    reason: ReasonCode
    what: str
    more: int
    fewer: int
    people: list[Moved]


class Side(Bounds):
    """The count of one state of knowledge."""

    on: str


_Sides = TypedDict("_Sides", {"from": Side, "to": Side})


class WhyChanged(_Sides):
    """Why a figure changed."""

    refused: str | None
    reasons: list[Reason]
