"""Where the people of a release went: by the figures given for all of it, and person by person of those named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.answers.announced import HOME, Abroad, headline, lies_abroad, taken_abroad
from habeas.dates import PartialDate
from habeas.nouns import Case, Casebook, FigureKind, Op, Release, Spell, Value

EXPELLED = "expelled"


def spell_ended(case: Case, release: Release) -> Spell | None:
    """The spell that the release ended: the one whose end lies nearest to it."""
    day: date | None = release.when.latest

    def away(spell: Spell) -> int:
        end = None if spell.end is None else PartialDate.parse(spell.end.value).middle
        return abs((end - day).days) if end is not None and day is not None else 10**6

    ended = [s for s in case.spells if s.end is not None]
    return min(ended, key=away, default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """Where the people of one release went, as far as it is on record.

    `abroad` counts all who were taken out of the country, `stayed` all who stayed; None where nobody says. `to` is the way
    of each of the named of whom it is known, `expelled` the named who are on record as put out against their will, `papers`
    whether each of the named of whom it is known was let go with a passport.
    """

    country: str
    announced: int | None
    named: int
    abroad: Abroad | None
    stayed: int | None
    to: tuple[Value, ...]
    expelled: tuple[Value, ...]
    papers: tuple[Value, ...]

    @property
    def people_abroad(self) -> tuple[Value, ...]:
        """The way of each of the named who is known to have been taken out of the country."""
        return tuple(v for v in self.to if lies_abroad((v.value,), self.country))

    @property
    def people_home(self) -> tuple[Value, ...]:
        """The way of each of the named who is known to have stayed."""
        return tuple(v for v in self.to if not lies_abroad((v.value,), self.country))

    @property
    def all_abroad(self) -> bool:
        """True where everybody announced is counted as taken abroad, or everybody is named and known to have been."""
        counted = self.abroad is not None and self.announced is not None and self.abroad.n >= self.announced
        return counted or self._everybody(self.people_abroad)

    @property
    def all_home(self) -> bool:
        """True where everybody announced is counted as having stayed, or everybody is named and known to have."""
        counted = self.stayed is not None and self.announced is not None and self.stayed >= self.announced
        return counted or self._everybody(self.people_home)

    @property
    def not_all_abroad(self) -> bool:
        """True where somebody is known to have stayed, or fewer are counted abroad than were announced."""
        fewer = self.abroad is not None and self.announced is not None and self.abroad.n < self.announced
        return fewer or bool(self.stayed) or bool(self.people_home)

    def places(self) -> tuple[tuple[str, ...], ...]:
        """The destination of each number and of each of the named who was taken abroad, where it is on record."""
        told = [f.destination for f in self.abroad.parts if f.n and f.destination] if self.abroad is not None else []
        return (*told, *((v.value,) for v in self.people_abroad))

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The statements that all this rests on."""
        figures = () if self.abroad is None else self.abroad.parts
        found = [i for f in figures for i in f.statements] + [
            i for v in (*self.to, *self.expelled, *self.papers) for i in v.statements
        ]
        return tuple(dict.fromkeys(found))

    def _everybody(self, some: Iterable[Value]) -> bool:
        return self.announced is not None and 0 < self.announced <= len(tuple(some))


def went(casebook: Casebook[Any], release: Release) -> Went:
    """Where the people of a release went."""
    country = casebook.book.country
    ended = [s for c in release.named if (s := spell_ended(casebook.cases[c], release)) is not None]
    announced, stayed = (headline(release, k) for k in (FigureKind.ANNOUNCED, FigureKind.STAYED))
    return Went(
        country=country,
        announced=None if announced is None or announced.op is not Op.EQ else announced.n,
        named=len(release.named),
        abroad=taken_abroad(release, country),
        stayed=None if stayed is None else stayed.n,
        to=tuple(s.taken_to for s in ended if s.taken_to is not None),
        expelled=tuple(s.exit_kind for s in ended if s.exit_kind is not None and s.exit_kind.value == EXPELLED),
        papers=tuple(v for c in release.named if (v := _papers(casebook, casebook.cases[c], release)) is not None),
    )


def _papers(casebook: Casebook[Any], case: Case, release: Release) -> Value | None:
    """What entries that tell of this release say of somebody's papers."""
    said = [casebook.statements[i] for i in case.statements if i in casebook.statements]
    then = {
        s.subject
        for s in said
        if s.prop == "released" and s.value is not None and PartialDate.parse(s.value).compatible(release.when)
    }
    for value in case.attributes.get("papers", ()):
        if any(casebook.statements[i].subject in then for i in value.statements if i in casebook.statements):
            return value
    return None


def is_at(destination: Iterable[str], places: Iterable[str]) -> bool:
    """True where a destination is one of some places."""
    return bool({d.casefold() for d in destination} & {p.casefold() for p in places} - {HOME})
