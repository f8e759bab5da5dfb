"""The JSON shape of every answer, as types: what producers return. `docs/schemas/` and `docs/json.md` are made of them.

Days and months are ISO 8601 texts, other dates EDTF; ids of statements stand in `rests_on`. Keys may be added; none
changes its meaning. What a comment behind a key says, the docs say.
"""

from collections.abc import Mapping
from typing import NotRequired, TypeVar, cast, get_origin, get_type_hints

from habeas.answers.shapes.common import AnswerShape
from habeas.answers.shapes.estimates import Hidden, Selectivity, Survival, Trend, Whatif
from habeas.answers.shapes.people import CaseAnswer, Flows, Inside, Series, WhyChanged
from habeas.answers.shapes.trade import (
    CountsBeside,
    DealAnswer,
    Deals,
    ListBeside,
    Measures,
    Officials,
    Progress,
    ReleaseAnswer,
)
from habeas.nouns import Answer

# What each question adds to `AnswerShape`; one of several where it is asked in several ways.
SHAPES: Mapping[str, tuple[type, ...]] = {
    "inside": (Inside,),
    "case": (CaseAnswer,),
    "flows": (Flows,),
    "series": (Series,),
    "release": (ReleaseAnswer,),
    "deals": (Deals,),
    "deal": (DealAnswer,),
    "progress": (Progress,),
    "officials": (Officials,),
    "measures": (Measures,),
    "reconcile": (CountsBeside, ListBeside),
    "survival": (Survival,),
    "hidden": (Hidden,),
    "whatif": (Whatif,),
    "selectivity": (Selectivity,),
    "trend": (Trend,),
    "why-changed": (WhyChanged,),
}
_Shape = TypeVar("_Shape")

__all__ = ["SHAPES", "AnswerShape", "added"]


def _must(shape: type) -> frozenset[str]:
    """The keys that a shape must have; the class itself does not know, as its annotations are texts."""
    hints = get_type_hints(shape, include_extras=True)
    return frozenset(key for key, hint in hints.items() if get_origin(hint) is not NotRequired)


_MUST: Mapping[type, frozenset[str]] = {shape: _must(shape) for shapes in SHAPES.values() for shape in shapes}


def added(answer: Answer, shape: type[_Shape]) -> _Shape:
    """What the question added to an answer, as its shape.

    Raises:
        TypeError: the shape is that of another question, or of another way to ask it.
    """
    if shape not in SHAPES[answer.question.ask] or not _MUST[shape] <= answer.more.keys():
        raise TypeError(f"{shape.__name__} is not what {answer.question.ask!r} adds")
    return cast(_Shape, answer.more)
