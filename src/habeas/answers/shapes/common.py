"""What the shapes of all answers share."""

from __future__ import annotations

from typing import Literal, TypedDict

LevelText = Literal["certain", "likely", "possible", "out"]
StateText = Literal[
    "held",
    "held_disputed",
    "last_seen",
    "last_seen_long_ago",
    "perhaps_taken",
    "perhaps_out",
    "perhaps_limited",
    "contradicted",
    "due_out",
    "long_due_out",
    "limited",
    "limit_over",
    "released",
    "died",
    "only_named",
    "not_yet",
]
Rests = list[str]


class QuestionShape(TypedDict):
    ask: str
    on: str
    known: str | None
    known_by: Literal["recorded", "published"]
    audience: Literal["public", "team"]
    head: str
    query: str


class StateShape(TypedDict):
    """How a person stands on a day; `on` is the day (EDTF) that it rests on, `to` an ISO country."""

    code: StateText
    words: str
    on: str | None
    limit: str | None
    how: str | None
    to: str | None
    conditions: list[str]
    reason: str


class StepShape(TypedDict):
    """One step of the working."""

    what: str
    result: str
    rests_on: Rests


class AnswerShape(TypedDict):
    """What every answer begins with; `said` is one sentence to quote, in each language there is."""

    question: QuestionShape
    value: int | str | None
    low: int | None
    high: int | None
    sentence: str
    steps: list[StepShape]
    rests_on: Rests
    said: dict[str, str]


class Bounds(TypedDict):
    """Certainly, by the best reading, possibly; null where nobody can be counted (no list covers the day)."""

    low: int | None
    best: int | None
    high: int | None


class Count(TypedDict):
    """A count that somebody published, with its hedge in `op`."""

    id: str
    on: str
    near: str
    n: int | None
    op: Literal["eq", "ge", "gt", "le", "lt", "approx", "approx_lt", ""]
    by: str
    definition: str
    note: str
    rests_on: Rests


class Named(TypedDict):
    """A person: the id of the case, and the name shown."""

    case: str
    name: str


Between = TypedDict("Between", {"from": str, "to": str})
