"""A list at hand against our own reading, person by person: who is on both, who only on one, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from habeas.answers.standing import Level, standing
from habeas.answers.stock import stock
from habeas.errors import UsageError
from habeas.nouns import Answer, Case, Casebook, ListInfo, Question, Step


def side_by_side(casebook: Casebook[Any], question: Question, identifier: str) -> Answer:
    """Answer `reconcile` with a list: value is its people minus ours; each person of the difference with a reason.

    Raises:
        UsageError: there is no such list; the message names some that there are.
    """
    info = casebook.lists.get(identifier)
    if info is None:
        some = ", ".join(list(casebook.lists)[:6])
        raise UsageError(f"there is no list {identifier!r} in this book; there are {some or 'none'}")
    day = question.as_of.on
    ours = {c.id: c for c, s in stock(casebook, day).people if s.level >= Level.LIKELY}
    theirs = {c.id: c for c in casebook.cases.values() if identifier in c.lists}
    both = [c for c in ours if c in theirs]
    only_list = [_listed(casebook, c, day) for i, c in theirs.items() if i not in ours]
    only_ours = [_unlisted(casebook, c, info) for i, c in ours.items() if i not in theirs]
    steps = (
        _step(casebook, f"people on {info.title or identifier}", theirs.values(), identifier),
        Step(what=f"in custody on {day} by our best reading", result=f"{len(ours):,}"),
        Step(what="on both", result=f"{len(both):,}"),
        Step(what="only on the list", result=f"{len(only_list):,}"),
        Step(what="only in our reading", result=f"{len(only_ours):,}"),
    )
    gap = len(theirs) - len(ours)
    return Answer(
        question=question,
        value=gap,
        low=None,
        high=None,
        sentence=(
            f"{info.title or identifier} names {len(theirs):,} people; {len(ours):,} are documented here as in custody on "
            f"{day}. {len(both):,} are on both, {len(only_list):,} only on the list, {len(only_ours):,} only in our reading: "
            f"{len(both):,} + {len(only_list):,} = {len(theirs):,} and {len(both):,} + {len(only_ours):,} = {len(ours):,}."
        ),
        steps=steps,
        rests_on=tuple(dict.fromkeys(i for s in steps for i in s.rests_on)),
        more={
            "list": identifier,
            "on": day.isoformat(),
            "both": len(both),
            "only_on_the_list": only_list,
            "only_in_our_reading": only_ours,
        },
    )


def _step(casebook: Casebook[Any], what: str, people: Any, identifier: str) -> Step:
    prefix = f"entry:{identifier}:"
    rests = [
        i
        for case in people
        for i in case.statements
        if (s := casebook.statements.get(i)) is not None and s.subject.startswith(prefix) and s.prop == "list"
    ]
    return Step(what=what, result=f"{len(people):,}", rests_on=tuple(rests))


def _listed(casebook: Casebook[Any], case: Case, day: date) -> dict[str, Any]:
    """Somebody on the list whom our best reading does not have in custody that day."""
    found = standing(case, day, casebook.book.horizon_days)
    return {"case": case.id, "name": case.label, "in_custody": found.level.name.lower(), "why": found.reason}


def _unlisted(casebook: Casebook[Any], case: Case, info: ListInfo) -> dict[str, Any]:
    """Somebody in custody by our reading whom the list does not name: what the list covers, and who names the person."""
    others = [casebook.lists[i].title or i for i in case.lists if i in casebook.lists]
    covers = info.covers.group or info.covers.place
    why = (
        f"the list covers {covers} only" if covers else "the list is a sample" if info.covers.extent == "sample" else ""
    )
    return {"case": case.id, "name": case.label, "why": why or "not named by the list", "named_by": others}
