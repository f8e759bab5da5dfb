"""What sources say of one person that cannot be so, as problems with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from habeas.dates import PartialDate
from habeas.nouns import Case, Problem, Release, Spell, Statement, say


def contradictions(
    cases: Mapping[str, Case], releases: Mapping[str, Release], statements: Mapping[str, Statement]
) -> Iterator[Problem]:
    """Deaths before an arrest, and people on two releases of one day; all that was said is kept."""
    for case in cases.values():
        yield from _dead_and_taken(case, statements)
        yield from _twice_on_a_day(case, releases, statements)


def _dead_and_taken(case: Case, statements: Mapping[str, Statement]) -> Iterator[Problem]:
    for spell, later in zip(case.spells, case.spells[1:], strict=False):
        begun = _begun(later)
        if spell.died and spell.end is not None and begun:
            yield Problem(
                file=_place(spell.end.statements, statements),
                what=say(
                    "a death lies before custody that another source tells of, at {place}",
                    place=_place(begun, statements),
                ),
                value=case.id,
                do=say(
                    "Correct the one that is wrong; if these are two people, decide so (`habeas link --different`)."
                ),
            )


def _begun(spell: Spell) -> tuple[str, ...]:
    """What says that a spell was: of its arrest, else the first sighting."""
    return spell.start.statements if spell.start is not None else tuple(i for _, i in spell.seen[:1])


def _twice_on_a_day(
    case: Case, releases: Mapping[str, Release], statements: Mapping[str, Statement]
) -> Iterator[Problem]:
    by_day: dict[PartialDate, str] = {}
    for identifier in case.releases:
        release = releases.get(identifier)
        if release is None or not release.when.is_day:
            continue
        first = by_day.setdefault(release.when, identifier)
        if first != identifier:
            said = [
                i
                for i in case.statements
                if (s := statements.get(i)) is not None and s.value == f"release:{identifier}"
            ]
            yield Problem(
                file=_place(said, statements),
                what=say("one person on two releases of one day, {one} and {other}", one=first, other=identifier),
                value=case.id,
                do=say(
                    "Take the person off the wrong one; if these are two people, decide so (`habeas link --different`)."
                ),
            )


def _place(ids: Iterable[str], statements: Mapping[str, Statement]) -> str:
    for identifier in ids:
        statement = statements.get(identifier)
        if statement is not None:
            return statement.place or statement.subject
    return ""
