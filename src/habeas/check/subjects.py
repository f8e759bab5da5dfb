"""Whom a claim is about, and one finding made of those for each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from habeas.check.desk import Desk, Finding, cannot_say
from habeas.check.groups import UNNAMED
from habeas.nouns import Case, Claim, Verdict, say, together


def persons(claim: Claim) -> list[str]:
    """The people a claim is about, by the names it carries."""
    one = claim.value.get("person")
    return [str(one)] if one else [str(p) for p in claim.value.get("persons", ()) if p != UNNAMED]


def unknown(name: str) -> Finding:
    """Somebody whom no record knows: nothing can be said of them."""
    return Finding(
        verdict=Verdict.NOT_ENOUGH,
        why=say("no record of {name}", name=name),
        missing=say("a record of {name}", name=name),
        unknown=True,
    )


def nobody_meant() -> Finding:
    """A claim about somebody whom the text does not name."""
    return cannot_say(say("the text does not say whom it means"), say("a name"))


_ENOUGH = 0.7  # of the people of a list must be on record for the list to be borne out


def all_of(findings: list[tuple[str, Finding]]) -> Finding:
    """One finding for a claim about several people: it holds of each, or it does not hold."""
    if len(findings) == 1:
        return findings[0][1]
    known = [(name, f) for name, f in findings if not f.unknown]
    if len(known) < len(findings) and len(known) >= _ENOUGH * len(findings):
        names = ", ".join(name for name, f in findings if f.unknown)
        found = all_of(known)
        context = together((found.context, say("nobody on record by the name of {names}", names=names)), "; ")
        # Of somebody whom no record knows nothing can be said to be wrong, nor of the whole list.
        sure = found.verdict is not Verdict.CONTRADICTED
        return (
            replace(found, context=context)
            if sure
            else cannot_say(found.why, say("a record of {name}", name=names), context)
        )
    order = (Verdict.CONTRADICTED, Verdict.NOT_ENOUGH, Verdict.SUPPORTED)
    verdict = min((f.verdict for _, f in findings), key=order.index)
    today = min((f.today or f.verdict for _, f in findings), key=order.index)
    return Finding(
        verdict=verdict,
        today=today,
        why=together([say("{name}: {what}", name=name, what=f.why) for name, f in findings], "; "),
        steps=tuple(s for _, f in findings for s in f.steps),
        rests_on=tuple(dict.fromkeys(r for _, f in findings for r in f.rests_on)),
        context=together([f.context for _, f in findings], "; "),
        missing=together([f.missing for _, f in findings], "; "),
    )


def each(claim: Claim, desk: Desk, one: Callable[[Claim, Desk, Case], Finding]) -> Finding:
    """Judge a claim for each person it is about."""
    found = []
    for name in persons(claim):
        case = desk.case(name)
        found.append((name, unknown(name) if case is None else one(claim, desk, case)))
    return all_of(found) if found else nobody_meant()
