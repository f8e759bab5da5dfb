"""Our own count under a definition: of the people inside on a day, those whom an assessment on record finds to be one by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from habeas.answers.arguments import one_of
from habeas.answers.facets import DEFINITIONS
from habeas.answers.shapes import added
from habeas.answers.shapes.people import Inside
from habeas.nouns import Answer, Assessment, AssessmentFinding, Case, Casebook, Definition, Question, Step, only, say

Count = Callable[[Casebook[Any], Question], Answer]


def counted_by(casebook: Casebook[Any], question: Question, count: Count) -> Answer:
    """The answer of `count` for those cases alone that are assessed `yes` under the definition asked for, by the day.

    Where several assessed one person under it, the last finding holds; two of one day that differ find nobody. Who is not
    assessed is not in it: that nobody assessed somebody says nothing of them.

    Raises:
        UsageError: there is no such definition.
    """
    wanted, day = one_of(Definition, question.args["definition"], "definition"), question.as_of.on
    called = DEFINITIONS.get(wanted, say("another definition"))
    assessed = _assessed(casebook, wanted, day)
    yes = [one for one, some in assessed.items() if {a.finding for a in some} == {AssessmentFinding.YES}]
    rests = tuple(s for some in assessed.values() for a in some for s in a.statements)
    steps = (
        Step(what=say("assessed under {definition} by that day", definition=called), result=only(len(assessed))),
        Step(what=say("of them found to be a political prisoner"), result=only(len(yes)), rests_on=rests),
    )
    held = count(replace(casebook, cases={one: casebook.cases[one] for one in yes}), _without(question))
    # That a list holds everybody says nothing of who was assessed.
    more: Inside = {
        **added(held, Inside),
        "inside": say("cannot say"),
        "definition": wanted.value,
        "assessed": len(assessed),
        "found": len(yes),
    }
    if not assessed:
        sentence = say(
            "Cannot say how many are inside under {definition} on {day}: no assessment under it is on record by then.",
            definition=called,
            day=day,
        )
        return replace(
            held, question=question, value=None, low=None, high=None, sentence=sentence, said="", steps=steps,
            rests_on=(), more=more,
        )  # fmt: skip
    if held.value is None:
        return replace(held, question=question, steps=steps, more=more)
    sentence = say(
        "On {day}, {best} of the {found} people whom assessments on record find to be political prisoners under {definition}"
        " are documented here as in custody (certainly {low}, possibly {high}). Whoever nobody assessed is not among them.",
        day=day,
        best=held.value,
        found=len(yes),
        definition=called,
        low=int(held.low or 0),
        high=int(held.high or 0),
    )
    return replace(
        held, question=question, sentence=sentence, said=sentence, more=more,
        steps=(*steps, *held.steps[1:]),  # the first tells how many cases the book has
        rests_on=tuple(dict.fromkeys((*held.rests_on, *rests))),
    )  # fmt: skip


def _assessed(casebook: Casebook[Any], wanted: Definition, day: date) -> Mapping[str, tuple[Assessment, ...]]:
    """The last assessments of each case that was assessed by a day."""
    found = {case.id: _under(case, wanted, day) for case in casebook.cases.values()}
    return {one: some for one, some in found.items() if some}


def _without(question: Question) -> Question:
    """The question without the definition."""
    return replace(question, args={k: v for k, v in question.args.items() if k != "definition"})


def _under(case: Case, definition: Definition, day: date) -> tuple[Assessment, ...]:
    """The last assessments of a case under a definition that were made by a day; one without a day counts from the first."""
    some = [a for a in case.assessments if a.definition is definition and (a.on is None or a.on.possibly_by(day))]
    last = max((_day(a) for a in some), default=date.min)
    return tuple(a for a in some if _day(a) == last)


def _day(one: Assessment) -> date:
    return date.min if one.on is None else one.on.latest or one.on.earliest or date.min
