"""Where the people of a release went: by the figures given for all of it, and person by person of those named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.answers.announced import HOME, Abroad, headline, lies_abroad, taken_abroad
from habeas.dates import PartialDate
from habeas.nouns import Case, Casebook, FigureKind, Op, Release, Spell, Value

EXPELLED = "expelled"


def spell_ended(case: Case, release: Release) -> Spell | None:
    """The spell that the release ended, of several the one whose end lies nearest; None where it ended none.

    Who refused to leave is named in the release, and came out in none.
    """
    day: date | None = release.when.latest

    def away(spell: Spell) -> int:
        end = None if spell.end is None else PartialDate.parse(spell.end.value).middle
        return abs((end - day).days) if end is not None and day is not None else 10**6

    return min(filter(release.ended, case.spells), key=away, default=None)


def out_of_the_country(spell: Spell, country: str) -> bool | None:
    """Whether somebody was taken out of the country at the end of a spell; None where the record does not say.

    Who was expelled was taken out, wherever to.
    """
    if _expelled(spell):
        return True
    return None if spell.taken_to is None else lies_abroad((spell.taken_to.value,), country)


def _expelled(spell: Spell) -> bool:
    return spell.exit_kind is not None and spell.exit_kind.value == EXPELLED


@dataclass(frozen=True, slots=True, kw_only=True)
class Went:
    """Where the people of one release went, as far as it is on record.

    `abroad` counts all who were taken out of the country, `stayed` all who stayed; None where nobody says. `left` is the
    spell that the release ended of each of the named of whom there is one, by case id.
    """

    country: str
    announced: int | None
    named: int
    abroad: Abroad | None
    stayed: int | None
    left: Mapping[str, Spell]

    @property
    def people_abroad(self) -> dict[str, Spell]:
        """Those of the named who are known to have been taken out of the country."""
        return {c: s for c, s in self.left.items() if out_of_the_country(s, self.country) is True}

    @property
    def people_home(self) -> dict[str, Spell]:
        """Those of the named who are known to have stayed."""
        return {c: s for c, s in self.left.items() if out_of_the_country(s, self.country) is False}

    @property
    def ways(self) -> tuple[Value, ...]:
        """What tells the way of each of the named of whom it is known: where to, and that it was an expulsion."""
        known = (*self.people_abroad.values(), *self.people_home.values())
        to = (s.taken_to for s in known if s.taken_to is not None)
        return (*to, *self.expelled)

    @property
    def expelled(self) -> tuple[Value, ...]:
        """The way out of each of the named who is on record as put out against the person's will."""
        return tuple(s.exit_kind for s in self.left.values() if s.exit_kind is not None and _expelled(s))

    @property
    def papers(self) -> tuple[Value, ...]:
        """Whether each of the named of whom it is known was let go with a passport."""
        return tuple(v for s in self.left.values() for v in s.facts.get("papers", ())[:1])

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
        people = (s.taken_to for s in self.people_abroad.values())
        return (*told, *((v.value,) for v in people if v is not None))

    @property
    def all_placed(self) -> bool:
        """True where the destination is on record of all who are taken to have been taken abroad."""
        if self.abroad is not None:
            return all(f.destination for f in self.abroad.parts if f.n)
        return all(s.taken_to is not None for s in self.people_abroad.values())

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The statements that tell where people went: of the figures of all, and of the named only where there are none."""
        if self.abroad is not None:
            return tuple(dict.fromkeys(i for f in self.abroad.parts for i in f.statements))
        return tuple(dict.fromkeys(i for v in self.ways for i in v.statements))

    def _everybody(self, some: Collection[str]) -> bool:
        return self.announced is not None and 0 < self.announced <= len(some)


def went(casebook: Casebook[Any], release: Release) -> Went:
    """Where the people of a release went."""
    country = casebook.book.country
    announced, stayed = (headline(release, k) for k in (FigureKind.ANNOUNCED, FigureKind.STAYED))
    return Went(
        country=country,
        announced=None if announced is None or announced.op is not Op.EQ else announced.n,
        named=len(release.named),
        abroad=taken_abroad(release, country),
        stayed=None if stayed is None else stayed.n,
        left={c: s for c in release.named if (s := spell_ended(casebook.cases[c], release)) is not None},
    )


def is_at(destination: Iterable[str], places: Iterable[str]) -> bool:
    """True where a destination is one of some places."""
    return bool({d.casefold() for d in destination} & {p.casefold() for p in places} - {HOME})
