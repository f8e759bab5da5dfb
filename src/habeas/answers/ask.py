"""Ask: the one door from a question to an answer, and the answer's stable JSON shape."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

from habeas.answers.by_definition import counted_by
from habeas.answers.case import case
from habeas.answers.changes import why_changed
from habeas.answers.deals import deal, deals
from habeas.answers.flows import flows
from habeas.answers.hidden import hidden
from habeas.answers.inside import inside
from habeas.answers.measures import measures
from habeas.answers.officials import officials
from habeas.answers.progress import progress
from habeas.answers.query import query
from habeas.answers.reconcile import reconcile
from habeas.answers.release import release
from habeas.answers.selectivity import selectivity
from habeas.answers.series import series
from habeas.answers.shapes.common import AnswerShape, QuestionShape
from habeas.answers.survival import survival
from habeas.answers.trend import trend
from habeas.answers.whatif import whatif
from habeas.errors import UsageError
from habeas.languages import language, languages_of
from habeas.nouns import Answer, Casebook, Public, Question

QUESTIONS: Mapping[str, Callable[[Casebook[Any], Question], Answer]] = {
    "inside": lambda casebook, question: (
        counted_by(casebook, question, inside) if "definition" in question.args else inside(casebook, question)
    ),
    "case": case,
    "flows": flows,
    "series": series,
    "release": release,
    "deals": deals,
    "deal": deal,
    "progress": progress,
    "officials": officials,
    "measures": measures,
    "reconcile": reconcile,
    "survival": survival,
    "hidden": hidden,
    "whatif": whatif,
    "selectivity": selectivity,
    "trend": trend,
}

# Questions about two states of knowledge: asked of the casebook as known then, and as known now.
COMPARISONS: Mapping[str, Callable[[Casebook[Any], Casebook[Any], Question], Answer]] = {"why-changed": why_changed}


def ask(casebook: Casebook[Any], question: Question, before: Casebook[Any] | None = None) -> Answer:
    """Answer a question from a casebook; a comparison also needs the casebook `before`.

    Raises:
        UsageError: there is no such question, or its arguments name nothing in the book.
    """
    if question.ask in COMPARISONS and before is not None:
        with _uncollected():
            return COMPARISONS[question.ask](before, casebook, question)
    if question.ask not in QUESTIONS:
        raise UsageError(f"there is no question {question.ask!r}; there are {', '.join(QUESTIONS)}")
    with _uncollected():
        return QUESTIONS[question.ask](casebook, question)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles: an answer makes rows by the hundred thousand, in no cycle, and of a large book's millions
    of objects, which live on, each search goes through all.

    What is no longer used goes at once, as ever. The switch is one for the process: of answers that overlap in threads, the
    first that ends turns it on again.
    """  # fmt: skip
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def as_json(answer: Answer, casebook: Casebook[Any]) -> dict[str, Any]:
    """The answer as plain JSON: an `AnswerShape`, then what the question adds (`habeas.answers.shapes.SHAPES`)."""
    as_of = answer.question.as_of
    question: QuestionShape = {
        "ask": answer.question.ask,
        "on": as_of.on.isoformat(),
        "known": None if as_of.known is None else as_of.known.isoformat(),
        "known_by": as_of.known_by,
        "audience": "public" if casebook.audience is Public else "team",
        "head": casebook.head,
        "query": query(answer, casebook),
    }
    shape: AnswerShape = {
        "question": cast(QuestionShape, {**question, **answer.question.args}),  # the one place with keys of any name
        "value": answer.value,
        "low": answer.low,
        "high": answer.high,
        "sentence": answer.sentence,
        "steps": [{"what": s.what, "result": s.result, "rests_on": list(s.rests_on)} for s in answer.steps],
        "rests_on": list(answer.rests_on),
        "said": {tag: language(tag).text(answer.quotable) for tag in languages_of(casebook.book)},
    }
    return {**shape, **answer.more}
