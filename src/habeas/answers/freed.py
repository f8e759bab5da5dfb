"""What a release gave to those it freed: whose term was nearly over, what was forgiven, who is out and not free.

Terms are the longest sentence on record counted from the arrest; without both, nothing is said of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from habeas.answers.destinations import spell_ended
from habeas.answers.shapes.trade import Freed
from habeas.nouns import Case, Casebook, Release, Spell

DUE_WITHIN = timedelta(days=90)


def freed(casebook: Casebook[Any], release: Release) -> Freed:
    """Of the named: how many were due out, days of the term forgiven, conditions, whereabouts; each with how many are known."""
    day = release.when.latest
    named = [casebook.cases[c] for c in release.named]
    left = [(case, spell) for case in named if (spell := spell_ended(case, release)) is not None]
    terms = [(case, spell) for case, spell in left if spell.term_ends is not None]
    forgiven = sorted(
        (spell.term_ends - day).days for _, spell in terms if day is not None and spell.term_ends is not None
    )
    due = [d for d in forgiven if d <= DUE_WITHIN.days]
    rest = [d for d in forgiven if d > 0]
    conditions = [(case, v) for case in named for v in case.of(spell_ended(case, release), "release_condition")]
    home = casebook.book.country
    went = [spell.taken_to for _, spell in left if spell.taken_to is not None]
    return {
        "due_out": {"within_days": DUE_WITHIN.days, "people": len(due), "of_known": len(forgiven)},
        "forgiven_days": {
            "of_known": len(forgiven),
            "total": sum(rest),
            "median": rest[(len(rest) - 1) // 2] if rest else None,
            "longest": rest[-1] if rest else None,
        },
        "conditions": [
            {"case": case.id, "name": case.label, "condition": v.value, "rests_on": list(v.statements)}
            for case, v in conditions
        ],
        "whereabouts": {
            "abroad": sum(1 for w in went if w.value != home),
            "at_home": sum(1 for w in went if w.value == home),
            "unknown": len(named) - len(went),
        },
        "rests_on": _rests(terms, [v.statements for _, v in conditions], [w.statements for w in went]),
    }


def _rests(terms: Iterable[tuple[Case, Spell]], *more: Iterable[Sequence[str]]) -> list[str]:
    found = [i for _, s in terms for v in (s.start, s.sentence) if v is not None for i in v.statements]
    return list(dict.fromkeys((*found, *(i for some in more for ids in some for i in ids))))
