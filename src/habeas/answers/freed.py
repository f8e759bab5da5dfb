"""What a release gave to those it freed: whose term was nearly over, what was forgiven, who is out and not free.

Terms are the longest sentence on record counted from the arrest; without both, nothing is said of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from habeas.answers.destinations import spell_ended
from habeas.answers.shapes.trade import Forgiven, Freed, OutWith, Whereabouts
from habeas.nouns import Case, Casebook, Release, Spell, Value

DUE_WITHIN = timedelta(days=90)


def freed(casebook: Casebook[Any], release: Release) -> Freed:
    """Of the named: how many were due out, days of the term forgiven, conditions, whereabouts; each with how many are known."""
    left = _those_who_left(casebook, release)
    terms = [(case, spell) for case, spell in left if spell.term_ends is not None]
    conditions = [(case, v) for case, spell in left for v in case.of(spell, "release_condition")]
    went = [spell.taken_to for _, spell in left if spell.taken_to is not None]
    forgiven = _left_to_serve((spell for _, spell in terms), release.when.latest)
    return {
        "due_out": {
            "within_days": DUE_WITHIN.days,
            "people": sum(1 for days in forgiven if days <= DUE_WITHIN.days),
            "of_known": len(forgiven),
        },
        "forgiven_days": _forgiven(forgiven),
        "conditions": [_out_with(case, v) for case, v in conditions],
        "whereabouts": _whereabouts([w.value for w in went], len(release.named), casebook.book.country),
        "rests_on": _rests(terms, [v.statements for _, v in conditions], [w.statements for w in went]),
    }


def _those_who_left(casebook: Casebook[Any], release: Release) -> list[tuple[Case, Spell]]:
    """The named, each with the stretch in custody that the release ended."""
    named = [casebook.cases[c] for c in release.named]
    return [(case, spell) for case in named if (spell := spell_ended(case, release)) is not None]


def _out_with(case: Case, condition: Value) -> OutWith:
    return {
        "case": case.id,
        "name": case.label,
        "condition": condition.value,
        "rests_on": list(condition.statements),
    }


def _left_to_serve(spells: Iterable[Spell], day: date | None) -> list[int]:
    """The days of each term that were left on the day of the release, the fewest first; below zero where it was over."""
    if day is None:
        return []
    return sorted((spell.term_ends - day).days for spell in spells if spell.term_ends is not None)


def _forgiven(left: Sequence[int]) -> Forgiven:
    rest = [days for days in left if days > 0]
    return {
        "of_known": len(left),
        "total": sum(rest),
        "median": rest[(len(rest) - 1) // 2] if rest else None,
        "longest": rest[-1] if rest else None,
    }


def _whereabouts(went: Sequence[str], named: int, home: str) -> Whereabouts:
    at_home = sum(1 for country in went if country == home)
    return {"abroad": len(went) - at_home, "at_home": at_home, "unknown": named - len(went)}


def _rests(terms: Iterable[tuple[Case, Spell]], *more: Iterable[Sequence[str]]) -> list[str]:
    found = [i for _, s in terms for v in (s.start, s.sentence) if v is not None for i in v.statements]
    return list(dict.fromkeys((*found, *(i for some in more for ids in some for i in ids))))
