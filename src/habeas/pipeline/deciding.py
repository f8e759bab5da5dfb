"""What a person decides of a case: recorded as statements on the entry that it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from habeas.errors import UsageError
from habeas.ledger import Ledger
from habeas.nouns import Book, Case, Casebook, Draft, Statement, Value, Visibility, strictest
from habeas.pipeline.people import keep_who, linker
from habeas.pipeline.steps import one_step
from habeas.readers import ON_A_VALUE, ruled_property
from habeas.vocabulary import kinds, normal, property_of

# By which property a spell tells what others give it: a return is an arrest, a death an exit.
_TOLD_AS = {"returned": "detained", "died": "released"}


def values_of(case: Case, prop: str) -> tuple[Value, ...]:
    """The values of a property that stand in a case: one for each spell, where it is of a spell."""
    told_as = _TOLD_AS.get(prop, prop)
    found = tuple(v for spell in case.spells for p, v in spell.stated() if p == told_as)
    return found or tuple(case.attributes.get(prop, ()))


@one_step
def rule(
    book: Book,
    ledger: Ledger,
    cases: Casebook[Any],
    case: Case,
    kind: str,
    said: Mapping[str, str],
    *,
    now: datetime,
    by: str = "",
) -> Sequence[Statement]:
    """Record what a person decides of a case (`kind` is preference, grade, tier or absence), with who and why.

    Args:
        said: the decision by property, such as prop, value and reason.

    Raises:
        UsageError: the case has no such value, or what is decided cannot be said.
    """
    fields, entry, kept_back = {p: text for p, text in said.items() if text.strip()}, case.mentions[0], None
    lacking = kinds()[kind].lacks(fields)
    if lacking:
        raise UsageError(f"a decision of this kind needs its {lacking[0].one_of[0]}")
    if kind in ON_A_VALUE:
        row = _row(cases, case, kind, said["prop"], said["value"])
        entry, fields["value"] = row.subject, row.value or ""
        kept_back = strictest(property_of("entry", row.prop).visibility, row.visibility)
    by = by or book.recorder
    whole = {"entry": entry, **_normal(kind, fields), "by": by, "on": now.date().isoformat()}
    subject = f"{kind}:{ledger.make_id(kind, entry, *whole.values(), now.isoformat())}"
    drafts = [
        Draft(
            subject=subject,
            prop=prop,
            value=value,
            source=f"person:{by}",
            place="decided in habeas",
            visibility=_visibility(kind, prop, kept_back),
        )
        for prop, value in whole.items()
        if value
    ]
    recorded = ledger.append(drafts, recorded=now, recorder=book.recorder, linker=linker(book))
    keep_who(book, ledger)
    return recorded


def _normal(kind: str, fields: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for prop, text in fields.items():
        try:
            found[prop] = text if prop == "value" else normal(kind, prop, text)
        except ValueError as fault:
            raise UsageError(f"{prop} {text!r} is {fault}") from None
    return found


def _visibility(kind: str, prop: str, kept_back: Visibility | None) -> Visibility:
    hidden = kept_back if prop in ("value", "reason") else None
    return strictest(property_of(kind, prop).visibility, hidden)


def _row(cases: Casebook[Any], case: Case, kind: str, prop: str, value: str) -> Statement:
    """The first statement of a case that says a value."""
    try:
        ruled_property(kind, prop)
    except ValueError as fault:
        raise UsageError(str(fault)) from None
    try:
        plain = normal("entry", prop, value)
    except ValueError as fault:
        raise UsageError(f"{value!r} is no {prop}: it is {fault}") from None
    said = _said(cases, case, prop)
    rows = sorted((s for s in said if s.value == plain), key=lambda s: case.mentions.index(s.subject))
    if not rows:
        there = ", ".join(dict.fromkeys(s.value or "" for s in said)) or "nothing"
        raise UsageError(f"no source on record says {prop} {plain} of {case.id}; on record is {there}")
    return rows[0]


def _said(cases: Casebook[Any], case: Case, prop: str) -> list[Statement]:
    """What is said of a property of a case."""
    found = (cases.statements.get(i) for i in case.statements)
    return [s for s in found if s is not None and s.prop == prop and s.value is not None]
