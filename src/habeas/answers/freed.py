"""What a release gave to those it freed: whose term was nearly over, what was forgiven, who is out and not free.

Terms are the longest sentence on record counted from the arrest; without both, nothing is said of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import Any

from habeas.answers.destinations import Went, went
from habeas.answers.shapes.trade import DueOut, Forgiven, Freed, OutWith, Whereabouts
from habeas.nouns import Case, Casebook, Release, Spell, Value

DUE_WITHIN = timedelta(days=90)


def freed(casebook: Casebook[Any], release: Release) -> Freed:
    """Of the named: how many were due out, days of the term forgiven, conditions, whereabouts; each with how many are known."""
    found = went(casebook, release)
    left = [(casebook.cases[c], spell) for c, spell in found.left.items()]
    terms = [spell for _, spell in left if spell.term_ends is not None]
    forgiven = _days_left(terms, release.when.latest)
    conditions = [(case, v) for case, spell in left for v in case.of(spell, "release_condition")]
    return {
        "due_out": _due_out(forgiven),
        "forgiven_days": _forgiven(forgiven),
        "conditions": [_out_with(case, v) for case, v in conditions],
        "whereabouts": _whereabouts(found),
        "rests_on": _rests(terms, (v for _, v in conditions), found.ways),
    }


def _days_left(terms: Iterable[Spell], day: date | None) -> list[int]:
    """Days from the release to the end of each term, fewest first; below zero where it was over."""
    if day is None:
        return []
    return sorted((spell.term_ends - day).days for spell in terms if spell.term_ends is not None)


def _due_out(days: Sequence[int]) -> DueOut:
    due = sum(1 for d in days if d <= DUE_WITHIN.days)
    return {"within_days": DUE_WITHIN.days, "people": due, "of_known": len(days)}


def _forgiven(days: Sequence[int]) -> Forgiven:
    rest = [d for d in days if d > 0]
    return {
        "of_known": len(days),
        "total": sum(rest),
        "median": rest[(len(rest) - 1) // 2] if rest else None,
        "longest": rest[-1] if rest else None,
    }


def _out_with(case: Case, condition: Value) -> OutWith:
    return {
        "case": case.id,
        "name": case.label,
        "condition": condition.value,
        "rests_on": list(condition.statements),
    }


def _whereabouts(found: Went) -> Whereabouts:
    abroad, at_home = len(found.people_abroad), len(found.people_home)
    return {"abroad": abroad, "at_home": at_home, "unknown": found.named - abroad - at_home}


def _rests(terms: Iterable[Spell], *more: Iterable[Value]) -> list[str]:
    found = (v for s in terms for v in (s.start, s.sentence) if v is not None)
    return list(dict.fromkeys(i for v in chain(found, *more) for i in v.statements))
