"""The people inside by a property: each value with its own low, best and high; nothing on record is a row of its own.

A person of whom several values are on record counts under each of them, so that rows need not add up to the whole. An
age is that on the day asked, by the year or day of birth on record; where the date allows two bands, it is said so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from habeas.answers.standing import Level
from habeas.answers.stock import Stock
from habeas.dates import PartialDate
from habeas.errors import UsageError
from habeas.nouns import Case, Casebook, say

PROPERTIES = ("charge", "article", "prison", "occupation", "sex", "nationality")
FACETS = (*PROPERTIES, "region", "age", "state", "recognised-by", "definition", "confirmed")
NOT_ON_RECORD = say("not on record")
_BANDS = ((0, say("under 18")), (18, "18-29"), (30, "30-44"), (45, "45-59"), (60, say("60 and over")))
_STATES = {
    "khimiya": say("open-type institution (khimiya)"),
    "house_arrest": say("house arrest"),
    "compulsory_treatment": say("compulsory treatment"),
    "prison": say("prison regime"),
}
_DEFINITIONS = {
    "pace_1900": say("PACE Resolution 1900"),
    "viasna": say("Viasna's definition"),
    "list": say("the list's own definition"),
}
_FINDINGS = {"yes": say("is one"), "no": say("is none")}
Values = Iterable[tuple[str, tuple[str, ...]]]  # each value with the statements it rests on


def facet(casebook: Casebook[Any], found: Stock, by: str) -> list[dict[str, Any]]:
    """The rows of one facet, the most people first.

    Raises:
        UsageError: there is no such facet.
    """
    if by not in FACETS:
        raise UsageError(f"--by takes {', '.join(FACETS)}, not {by!r}")
    rows: dict[str, dict[str, Any]] = {}
    for case, standing in found.people:
        said = dict(_values(by, case, found.day, casebook)) or {NOT_ON_RECORD: ()}
        for value, statements in said.items():
            row = rows.setdefault(value, {"value": value, "low": 0, "best": 0, "high": 0, "rests_on": {}})
            row["low"] += standing.level is Level.CERTAIN
            row["best"] += standing.level >= Level.LIKELY
            row["high"] += 1
            row["rests_on"].update(dict.fromkeys(statements))
    told = [{**row, "rests_on": list(row["rests_on"])} for row in rows.values()]
    return sorted(told, key=lambda r: (r["value"] == NOT_ON_RECORD, -r["best"], -r["high"], r["value"]))


def _values(by: str, case: Case, day: date, casebook: Casebook[Any]) -> Values:
    if by == "region":
        return [(v.value, v.statements) for v in case.attributes.get("home", ())]
    if by in _VALUES:
        return _VALUES[by](case, day, casebook)
    return [(v.value, v.statements) for v in case.attributes.get(by, ())]


def _age(case: Case, day: date, _: Casebook[Any]) -> Values:
    born = case.attribute("born")
    if born is None:
        return []
    when = PartialDate.parse(born.value)
    if when.earliest is None or when.latest is None or when.latest > day:
        return []
    bands = dict.fromkeys(_band(_years(b, day)) for b in (when.latest, when.earliest))
    first, last = next(iter(bands)), next(reversed(bands))
    return [(first if len(bands) == 1 else say("{one} or {other}", one=first, other=last), born.statements)]


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _band(years: int) -> str:
    return next(name for start, name in reversed(_BANDS) if years >= start)


def _state(case: Case, _: date, __: Casebook[Any]) -> Values:
    return [(_STATES.get(v.value, say("colony")), v.statements) for v in case.attributes.get("regime", ())[:1]]


def _recognised_by(case: Case, day: date, casebook: Casebook[Any]) -> Values:
    """Who published that the person is recognised as a political prisoner, by the day: whose definition it is."""
    found: dict[str, tuple[str, ...]] = {}
    for spell in case.spells:
        for when, statement in spell.recognised:
            if when.earliest is not None and when.earliest <= day:
                said = casebook.statements.get(statement)
                source = None if said is None else casebook.sources.get(said.source)
                who = (
                    source.publisher if source is not None and source.publisher else say("a source without a publisher")
                )
                found[who] = (*found.get(who, ()), statement)
    return found.items()


def _definition(case: Case, day: date, _: Casebook[Any]) -> Values:
    """Who finds the person to be a political prisoner, by which definition and criteria; the finding as of the day."""
    found: dict[str, tuple[str, ...]] = {}
    for record in case.assessments:
        when = record.date("on")
        if when is not None and not when.possibly_by(day):
            continue
        criteria = ", ".join(sorted(record.values.get("criteria", ())))
        by = _DEFINITIONS.get(record.get("definition"), say("its own definition"))
        found[
            say(
                "{who}, by {definition}: {finding}",
                who=record.get("by") or say("somebody"),
                definition=say("{definition} ({criteria})", definition=by, criteria=criteria) if criteria else by,
                finding=_FINDINGS.get(record.get("finding"), say("unsure")),
            )
        ] = record.statements
    return found.items()


def _confirmed(case: Case, _: date, casebook: Casebook[Any]) -> Values:
    """Confirmed where two publishers that do not take names from each other speak of the person."""
    origins: set[str] = set()
    for info in (casebook.lists[i] for i in case.lists if i in casebook.lists):
        origins |= {o.casefold() for o in (info.based_on or (info.publisher or info.id,))}
    return [(say("named by two origins or more") if len(origins) > 1 else say("named by one origin"), ())]


_VALUES: Mapping[str, Callable[[Case, date, Casebook[Any]], Values]] = {
    "age": _age,
    "state": _state,
    "recognised-by": _recognised_by,
    "definition": _definition,
    "confirmed": _confirmed,
}
