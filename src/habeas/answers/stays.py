"""Stays in custody as the record knows them: since when each was watched, and within what bounds it ended.

A stay is a spell whose arrest is on record. Three things are kept apart that a plain average mixes up:

* *watched since*: a list that names people from a day on can only name those who were still inside then. A person
  counts from the first day on which a list that does not speak of exits looks (its window; or, by the strict reading,
  the day on which the first such source was published). Who is known only from lists of people who came out tells
  nothing of those who stayed, and is left out;
* *ended within*: the exit lies between the last evidence of custody and the latest reading of its date; a sentence that
  takes nobody's liberty is an exit;
* *still running*: a stay without an exit on record is followed as far as the reading says: to the last evidence
  (`least`), as long as the best reading has the person inside (`best`, the rule of `inside`), or to the day asked
  (`most`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from habeas.answers.destinations import out_of_the_country
from habeas.answers.shapes.estimates import Followed, StayFacet, Watched
from habeas.answers.standing import FOREVER, NEVER
from habeas.dates import PartialDate
from habeas.nouns import Case, Casebook, ListInfo, Means, Spell, Statement, say

WAYS = ("term served", "pardoned", "exchanged", "expelled", "died", "other", "not on record")
FOLLOWED: tuple[Followed, ...] = ("least", "best", "most")
WATCHED: tuple[Watched, ...] = ("window", "strict")

_WAY_OF_KIND: Mapping[str, str] = {
    "term_served": "term served",
    "pardoned": "pardoned",
    "amnestied": "pardoned",
    "expelled": "expelled",
    "swapped": "exchanged",
    "died": "died",
    "early_release": "other",
    "acquitted": "other",
    "released": "other",
}


class Bounds(NamedTuple):
    """What the record says of one spell, whatever day is asked; days by number.

    `refused` says why the spell can be no stay, or is empty. `start` are the earliest, the middle and the latest day of
    the arrest, `exit` those of the exit (a sentence that takes nobody's liberty is one), None where there is none;
    `soonest` is the earliest day of an exit that is past, `way` how it was left. `watched` is the first day by `window`
    and `strict`, FOREVER where there is none; `evidence` are days of custody, in order, of a spell without an exit.
    """

    refused: str
    start: tuple[int, int, int] = (NEVER, NEVER, NEVER)
    exit: tuple[int, int, int] | None = None
    soonest: int = NEVER
    way: str | None = None
    watched: tuple[int, int] = (FOREVER, FOREVER)
    evidence: tuple[int, ...] = ()


def bounds(casebook: Casebook[Any], case: Case, spell: Spell, deals: set[str]) -> Bounds:
    """What the record says of one spell; `deals` are the releases that belong to a deal."""
    if spell.impossible:
        return Bounds(say("the record contradicts itself"))
    if spell.start is None:
        return Bounds(say("the arrest is not on record"))
    start = PartialDate.parse(spell.start.value)
    if start.earliest is None or start.latest is None:
        return Bounds(say("the arrest has no earliest or no latest day"))
    begun, watched, exit_ = _three(start), _watched_since(casebook, spell), _exit(spell)
    if exit_ is None:
        return Bounds("", begun, watched=watched, evidence=_evidence(spell))
    out = _three(exit_)
    if exit_.latest is None:
        return Bounds("", begun, out, watched=watched)
    soonest = max(begun[2], out[0], *_told_by(spell, exit_.latest))
    way = "other" if spell.end is None else way_of(casebook, case, spell, deals)
    return Bounds("", begun, out, soonest, way, watched)


def _evidence(spell: Spell) -> tuple[int, ...]:
    """The days, by number, of which custody is shown, in order."""
    seen = [day.toordinal() for day, _ in spell.seen]
    recognised = [when.latest.toordinal() for when, _ in spell.shown if when.latest is not None]
    return tuple(sorted((*seen, *recognised)))


def _told_by(spell: Spell, last: date) -> Iterator[int]:
    """The days up to the last, by number, on which custody is shown."""
    told = [*(day for day, _ in spell.seen), *(when.earliest for when, _ in spell.shown)]
    return (day.toordinal() for day in told if day is not None and day <= last)


def _three(when: PartialDate) -> tuple[int, int, int]:
    """The earliest, the middle and the latest day of a date, by number."""
    first = NEVER if when.earliest is None else when.earliest.toordinal()
    last = FOREVER if when.latest is None else when.latest.toordinal()
    return first, NEVER if when.middle is None else when.middle.toordinal(), last


def _exit(spell: Spell) -> PartialDate | None:
    """When custody ended: the exit, or the day of another limit."""
    return None if spell.left is None else PartialDate.parse(spell.left.value)


def _watched_since(casebook: Casebook[Any], spell: Spell) -> tuple[int, int]:
    """The first day, by number, on which somebody who does not speak of the exit looked, and would have named the person."""
    days = [d for d, _ in spell.seen]
    days += [w.latest for w, _ in spell.shown if w.latest is not None]
    window, strict = list(days), list(days)
    for statement, listed in _lists_that_look(casebook, spell):
        said = statement.published or (listed.published.text if listed.published is not None else None)
        latest = PartialDate.parse(said).latest if said is not None else None
        published = [latest] if latest is not None else []
        period = listed.covers.period
        begins = None if period is None else period.earliest or period.latest
        strict += published
        window += published if begins is None else [begins]
    first, other = (min((d.toordinal() for d in some), default=FOREVER) for some in (window, strict))
    return first, other


def _lists_that_look(casebook: Casebook[Any], spell: Spell) -> Iterator[tuple[Statement, ListInfo]]:
    """What lists say of a spell, but for those of people who came out or died: they speak of the exit."""
    for identifier in spell.statements:
        statement = casebook.statements.get(identifier)
        if statement is not None and statement.kind == "entry":
            listed = casebook.lists.get(statement.subject.split(":")[1])
            if listed is not None and listed.means not in (Means.RELEASED, Means.DIED):
                yield statement, listed


def way_of(casebook: Casebook[Any], case: Case, spell: Spell, deals: set[str]) -> str:
    """By which way a spell ended: death first, then a swap or a release of a deal, then being taken abroad, then the kind.

    That a release was part of a deal is a claim of the book, with who says so: see `habeas ask deal`.
    """
    kind = None if spell.exit_kind is None else _WAY_OF_KIND.get(spell.exit_kind.value, "other")
    if kind in ("died", "exchanged", "expelled"):
        return kind
    if _freed_in(casebook, case, spell, deals):
        return "exchanged"
    return "expelled" if out_of_the_country(spell, casebook.book.country) else kind or "not on record"


def _freed_in(casebook: Casebook[Any], case: Case, spell: Spell, deals: set[str]) -> bool:
    """True where a release of a deal that names the person ended the spell."""
    return any(
        (release := casebook.releases.get(identifier)) is not None
        and identifier in deals
        and case.id in release.named
        and release.ended(spell)
        for identifier in case.releases
    )


FACETS: Mapping[StayFacet, Sequence[str]] = {
    "charge": ("article", "charge"),
    "sex": ("sex",),
    "occupation": ("occupation",),
    "nationality": ("nationality",),
    "prison": ("prison",),
    "year": (),
}


def facets(case: Case, spell: Spell, by: StayFacet) -> tuple[str, ...]:
    """The groups of a stay: every article of the charge, or the one preferred value; the year of the arrest."""
    if by == "year":
        middle = None if spell.start is None else PartialDate.parse(spell.start.value).middle
        return () if middle is None else (str(middle.year),)
    for prop in FACETS[by]:
        values = case.of(spell, prop)
        if values:
            return tuple(dict.fromkeys(v.value for v in values)) if by == "charge" else (values[0].value,)
    return ()
