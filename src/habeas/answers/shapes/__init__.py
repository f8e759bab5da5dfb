"""The JSON shape of every answer, as types: what producers return. `docs/schemas/` and `docs/json.md` are made of them.

Days and months are ISO 8601 texts, other dates EDTF; ids of statements stand in `rests_on`. Keys may be added; none
changes its meaning. What a comment behind a key says, the docs say.
"""

from typing import TypeVar, cast

from habeas.answers.shapes.common import AnswerShape
from habeas.answers.shapes.estimates import Hidden, Selectivity, Survival, Trend, Whatif
from habeas.answers.shapes.people import CaseAnswer, Flows, Inside, Series, WhyChanged
from habeas.answers.shapes.trade import DealAnswer, Deals, Measures, Officials, Progress, Reconcile, ReleaseAnswer
from habeas.nouns import Answer

# What each question adds to `AnswerShape`.
SHAPES: dict[str, type] = {
    "inside": Inside,
    "case": CaseAnswer,
    "flows": Flows,
    "series": Series,
    "release": ReleaseAnswer,
    "deals": Deals,
    "deal": DealAnswer,
    "progress": Progress,
    "officials": Officials,
    "measures": Measures,
    "reconcile": Reconcile,
    "survival": Survival,
    "hidden": Hidden,
    "whatif": Whatif,
    "selectivity": Selectivity,
    "trend": Trend,
    "why-changed": WhyChanged,
}
_Shape = TypeVar("_Shape")

__all__ = ["SHAPES", "AnswerShape", "added"]


def added(answer: Answer, shape: type[_Shape]) -> _Shape:
    """What the question added to an answer, as its shape.

    Raises:
        TypeError: the shape is that of another question.
    """
    if SHAPES[answer.question.ask] is not shape:
        raise TypeError(f"{shape.__name__} is not what {answer.question.ask!r} adds")
    return cast(_Shape, answer.more)
