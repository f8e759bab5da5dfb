"""Choose among contradicting values by a stated rule; the losers stay visible.

What a person preferred stands, with the reason given. Else, in order: (1) the book's `prefer`; (2) more sources behind it, where a vaguer date counts for the more
precise one that it agrees with; (3) the more precise; (4) the later publication; (5) the earlier date, or the first in
alphabetical order. When a statement was recorded has no say: the same statements give the same casebook in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from habeas.cases.rulings import NO_RULINGS, Rulings
from habeas.dates import PartialDate
from habeas.nouns import Preferred, Statement, Value, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """How much each source is trusted: its rank in the book's `prefer` by list id, publisher or source id."""

    order: tuple[str, ...]
    names: dict[str, tuple[str, ...]]  # source or list id -> the names it may be preferred by
    rulings: Rulings = NO_RULINGS  # what people decided

    def rank(self, statement: Statement) -> int:
        """Position of the statement's most trusted name; past the end where none is named."""
        list_id = statement.subject.split(":")[1] if statement.kind == "entry" else ""
        names = (list_id, *self.names.get(list_id, ()), statement.source, *self.names.get(statement.source, ()))
        return min((self.order.index(n) for n in names if n in self.order), default=len(self.order))


@dataclass(slots=True)
class _Candidate:
    value: str
    said: list[Statement]
    behind: list[Statement]
    when: PartialDate | None

    @property
    def sources(self) -> set[str]:
        return {s.source for s in self.behind}


def _width(when: PartialDate | None) -> int:
    if when is None:
        return 0
    if when.earliest is None or when.latest is None:
        return 10**7
    return (when.latest - when.earliest).days


def _published(candidate: _Candidate) -> date:
    days = (PartialDate.parse(s.published).latest for s in candidate.said if s.published is not None)
    return max((d for d in days if d is not None), default=date.min)


def _candidates(statements: Sequence[Statement], *, dated: bool) -> list[_Candidate]:
    found: dict[str, _Candidate] = {}
    for statement in statements:
        if statement.value is None:
            continue
        when = PartialDate.parse(statement.value) if dated else None
        found.setdefault(statement.value, _Candidate(statement.value, [], [], when)).said.append(statement)
    for candidate in found.values():
        for other in found.values():
            agrees = candidate is other or (
                candidate.when is not None and other.when is not None and candidate.when.within(other.when)
            )
            if agrees:
                candidate.behind.extend(other.said)
    return list(found.values())


_Key = tuple[int, int, int, int, str]


def _key(c: _Candidate, preference: Preference) -> _Key:
    """The rule as a sorting key, one place a step."""
    return (
        min(preference.rank(s) for s in c.said),
        -len(c.sources),
        _width(c.when),
        -_published(c).toordinal(),
        c.value if c.when is None else f"{c.when.middle} {c.value}",
    )


def choose(statements: Sequence[Statement], preference: Preference, *, dated: bool = False) -> Value | None:
    """The preferred of the values that `statements` give for one property, or None where none gives any.

    Args:
        statements: competing statements of one property; redacted ones are passed over.
        dated: the values are partial dates: a vaguer one that agrees is no contradiction.
    """
    ranked = sorted(((_key(c, preference), c) for c in _candidates(statements, dated=dated)), key=lambda pair: pair[0])
    if not ranked:
        return None
    first = ranked[0][1]
    (key, winner), decided = _ruled(ranked, preference)
    lost = [(k, c) for k, c in ranked if c is not winner and not _agree(c.when, winner.when)]
    reason = ruling(decided) if decided is not None else _reason(key, lost[0][0]) if lost else ""
    value = Value(
        value=winner.value,
        statements=tuple(s.id for s in sorted(winner.behind, key=lambda s: (s.batch, s.id))),
        reason=reason,
        against=tuple((c.value, tuple(s.id for s in c.said)) for _, c in lost),
        decided=() if decided is None else decided.statements,
        stood="" if first is winner else first.value,
    )
    return graded(value, winner.said, preference)


def _ruled(
    ranked: Sequence[tuple[_Key, _Candidate]], preference: Preference
) -> tuple[tuple[_Key, _Candidate], Preferred | None]:
    """The one that a person preferred last, with that; else the first by the rule."""
    told = [(found, pair) for pair in ranked if (found := preference.rulings.preference(pair[1].said)) is not None]
    if not told:
        return ranked[0], None
    (_, decided), chosen = max(told, key=lambda one: one[0][0])
    return chosen, decided


def ruling(found: Preferred) -> str:
    """Why a person preferred a value."""
    if not found.reason:
        return say("preferred by a person")
    return say("preferred by a person: {reason}", reason=found.reason)


def graded(value: Value, said: Sequence[Statement], preference: Preference) -> Value:
    """The value with the grade that a person gave it last."""
    found = preference.rulings.grade(said)
    if found is None:
        return value
    return replace(value, confidence=found.confidence, decided=(*value.decided, *found.statements))


def _agree(a: PartialDate | None, b: PartialDate | None) -> bool:
    return a is not None and b is not None and a.compatible(b)


def _reason(first: _Key, second: _Key) -> str:
    """Which step of the rule decided between the winner and the best of those that contradict it."""
    step = next(i for i, (a, b) in enumerate(zip(first, second, strict=True)) if a != b)
    return (
        say("the book prefers its source"),
        say("given by {n} sources against {other}", n=-first[1], other=-second[1]),
        say("the more precise of the two"),
        say("the later publication"),
        say("the earlier; nothing else decides"),
    )[step]
