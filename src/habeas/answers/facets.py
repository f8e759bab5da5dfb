"""The people inside by a property: each value with its own low, best and high; nothing on record is a row of its own.

A person of whom several values are on record counts under each of them, so that rows need not add up to the whole. An
age is that on the day asked, by the year or day of birth on record; where the date allows two bands, it is said so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any

from habeas.answers.arguments import one_of
from habeas.answers.shapes.people import FacetRow
from habeas.answers.standing import Standing
from habeas.answers.states import WORDS, Level
from habeas.answers.stock import Stock
from habeas.dates import PartialDate
from habeas.languages import code
from habeas.nouns import Case, Casebook, Definition, Limit, Tier, say

PROPERTIES = ("charge", "article", "prison", "occupation", "sex", "nationality")
FACETS = (*PROPERTIES, "region", "age", "regime", "state", "recognised-by", "definition", "confirmed", "tier")
NOT_ON_RECORD = say("not on record")
_BANDS = ((0, say("under 18")), (18, "18-29"), (30, "30-44"), (45, "45-59"), (60, say("60 and over")))
_COLONIES = frozenset({"general", "medium", "maximum", "special"})
DEFINITIONS = {
    Definition.PACE_1900: say("PACE Resolution 1900"),
    Definition.VIASNA: say("Viasna's definition"),
    Definition.LIST: say("the list's own definition"),
}
_NOBODY_SAYS: Sequence[tuple[str, tuple[str, ...]]] = ((NOT_ON_RECORD, ()),)
_FINDINGS = {"yes": say("is one"), "no": say("is none")}
Values = Sequence[tuple[str, tuple[str, ...]]]  # each value once, with the statements it rests on


def facet(casebook: Casebook[Any], found: Stock, by: str) -> list[FacetRow]:
    """The rows of one facet, the most people first.

    Raises:
        UsageError: there is no such facet.
    """
    by = one_of(FACETS, by, "by")
    column = casebook.once(_Column(by)) if by in _STANDING else None
    people: dict[str, list[int]] = {}  # of each value, by level
    rests: dict[str, list[tuple[str, ...]]] = {}  # of each person apart: no two share a statement
    for case, standing in found.people:
        if column is not None:
            said = column[case.id]
        elif by in _BY_SPELL:
            said = _BY_SPELL[by](case, standing)
        else:
            said = _VALUES[by](case, found.day, casebook)
        for value, statements in said or _NOBODY_SAYS:
            if value not in people:
                people[value], rests[value] = [0] * len(Level), []
            people[value][standing.level] += 1
            rests[value].append(statements)
    rows: list[FacetRow] = [
        {
            "value": value,
            "low": at[Level.CERTAIN],
            "best": sum(at[Level.LIKELY :]),
            "high": sum(at),
            "rests_on": list(chain.from_iterable(rests[value])),
        }
        for value, at in people.items()
    ]
    # Of equal ones the first met comes first: what they are called decides nothing.
    return sorted(rows, key=lambda r: (r["value"] == NOT_ON_RECORD, -r["best"], -r["high"]))


@dataclass(frozen=True, slots=True)
class _Column:
    """What the record says of each case by one facet on whatever day is asked: made once for a casebook."""

    by: str

    def __call__(self, casebook: Casebook[Any]) -> Mapping[str, Values]:
        return {i: _STANDING[self.by](case, casebook) for i, case in casebook.cases.items()}


def _told(prop: str) -> Callable[[Case, Standing], Values]:
    """The values of a property of the person, or of the spell that the person stands by."""

    def values(case: Case, standing: Standing) -> Values:
        return tuple({v.value: v.statements for v in case.of(standing.spell, prop)}.items())

    return values


def _region(case: Case, _: Casebook[Any]) -> Values:
    return tuple({v.value: v.statements for v in case.attributes.get("home", ())}.items())


def _age(case: Case, day: date, _: Casebook[Any]) -> Values:
    born = case.attribute("born")
    bands = None if born is None else _bands(born.value, day)
    return () if born is None or bands is None else ((bands, born.statements),)


@lru_cache(maxsize=65_536)
def _bands(born: str, day: date) -> str | None:
    """The band of an age on a day, or the two that the date of birth allows; many people share a day of birth."""
    when = PartialDate.parse(born)
    if when.earliest is None or when.latest is None or when.latest > day:
        return None
    first, last = _band(_years(when.latest, day)), _band(_years(when.earliest, day))
    return first if first == last else say("{one} or {other}", one=first, other=last)


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _band(years: int) -> str:
    return next(name for start, name in reversed(_BANDS) if years >= start)


def _regime(case: Case, standing: Standing) -> Values:
    """The kind of custody, which no limit is that came later; colonies of every regime are one row."""
    return [
        (say("colony") if v.value in _COLONIES else code("regime", v.value), v.statements)
        for v in case.of(standing.spell, "regime")[:1]
        if v.value not in set(Limit)
    ]


def _state(_: Case, standing: Standing) -> Values:
    return [(WORDS[standing.state], standing.spell.statements if standing.spell is not None else ())]


def _recognised_by(case: Case, day: date, casebook: Casebook[Any]) -> Values:
    """Who published that the person is recognised as a political prisoner, by the day: whose definition it is."""
    found: dict[str, dict[str, None]] = {}
    for spell in case.spells:
        for when, statement in spell.recognised:
            if when.earliest is not None and when.earliest <= day:
                said = casebook.statements.get(statement)
                source = None if said is None else casebook.sources.get(said.source)
                who = (
                    source.publisher if source is not None and source.publisher else say("a source without a publisher")
                )
                found.setdefault(who, {})[statement] = None
    return [(who, tuple(statements)) for who, statements in found.items()]


def _definition(case: Case, day: date, _: Casebook[Any]) -> Values:
    """Who finds the person to be a political prisoner, by which definition and criteria; the finding as of the day."""
    found: dict[str, tuple[str, ...]] = {}
    for record in case.assessments:
        when = record.on
        if when is not None and not when.possibly_by(day):
            continue
        criteria = ", ".join(sorted(record.criteria))
        by = DEFINITIONS.get(record.definition or Definition.OTHER, say("its own definition"))
        found[
            say(
                "{who}, by {definition}: {finding}",
                who=record.by or say("somebody"),
                definition=say("{definition} ({criteria})", definition=by, criteria=criteria) if criteria else by,
                finding=_FINDINGS.get(record.finding, say("unsure")),
            )
        ] = record.statements
    return tuple(found.items())


def _confirmed(case: Case, casebook: Casebook[Any]) -> Values:
    """Confirmed where two publishers that do not take names from each other speak of the person."""
    origins: set[str] = set()
    for info in (casebook.lists[i] for i in case.lists if i in casebook.lists):
        origins |= {o.casefold() for o in (info.based_on or (info.publisher or info.id,))}
    return [(say("named by two origins or more") if len(origins) > 1 else say("named by one origin"), ())]


TIERS: Mapping[str, str] = {
    Tier.CONFIRMED: say("marked as confirmed"),
    Tier.UNCONFIRMED: say("marked as unconfirmed"),
    "": say("not marked"),
}


def _tier(case: Case, _: Casebook[Any]) -> Values:
    """How a person marked the case last."""
    mark = case.tier
    return [(TIERS[mark.tier], mark.statements) if mark is not None and mark.tier is not None else (TIERS[""], ())]


# What the record says of a person on whatever day is asked, and what hangs on the day.
_STANDING: Mapping[str, Callable[[Case, Casebook[Any]], Values]] = {
    "region": _region,
    "confirmed": _confirmed,
    "tier": _tier,
}
# What is said of the spell that the person stands by.
_BY_SPELL: Mapping[str, Callable[[Case, Standing], Values]] = {
    **{prop: _told(prop) for prop in PROPERTIES},
    "regime": _regime,
    "state": _state,
}
_VALUES: Mapping[str, Callable[[Case, date, Casebook[Any]], Values]] = {
    "age": _age,
    "recognised-by": _recognised_by,
    "definition": _definition,
}
