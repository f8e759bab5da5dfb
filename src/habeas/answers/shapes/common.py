"""What the shapes of all answers share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, TypedDict

from habeas.answers.states import State
from habeas.dates import Clock
from habeas.nouns import Op

Rests = Annotated[Sequence[str], "ids of statements"]


class QuestionShape(TypedDict):
    """The question as asked; its arguments stand beside its clocks."""

    ask: str
    on: str
    known: str | None
    known_by: Clock
    audience: Literal["public", "team"]
    head: str  # the state of the record: number and id of its last statement
    query: str  # the command that asks the same of the same record; a person by id


class StateShape(TypedDict):
    """How a person stands on a day; `on` is the day (EDTF) that it rests on, `to` an ISO country."""

    code: State
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
    """What every answer begins with."""

    question: QuestionShape
    value: int | str | None  # the figure; null: cannot say
    low: int | None  # null: the question has no bounds
    high: int | None
    sentence: str  # the answer in words
    steps: list[StepShape]  # the working
    rests_on: Rests  # ids of the statements the answer rests on, in the order used
    said: dict[str, str]  # one sentence to quote, in each language that the book is read in, English among them


class Bounds(TypedDict):
    """Certainly, by the best reading, possibly; null where nobody can be counted (no list covers the day)."""

    low: int | None
    best: int | None
    high: int | None


class Count(TypedDict):
    """A count that somebody published."""

    id: str
    on: str
    near: str  # the day it is taken to speak of
    n: int | None
    op: Op  # its hedge: `ge` is at least, `gt` more than, `approx` about, `approx_lt` nearly
    by: str
    definition: str
    note: str
    rests_on: Rests


class Named(TypedDict):
    """A person."""

    case: str  # the id
    name: str  # as shown


Between = TypedDict("Between", {"from": str, "to": str})
