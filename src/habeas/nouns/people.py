"""Who is who: mentions, pairs and persons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from habeas.nouns.evidence import Problem, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as a source printed it, with its language and script and the statement that says so."""

    text: str
    lang: str | None
    statement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One list's entry: the statements of one row."""

    id: str  # its subject, `entry:list:key`
    list_id: str
    names: tuple[Name, ...]
    statements: tuple[Statement, ...]

    def values(self, prop: str) -> tuple[Statement, ...]:
        return tuple(s for s in self.statements if s.prop == prop and s.value is not None)


class Same(StrEnum):
    """How a pair of mentions stands: by the model (sure, unsure, not) or by a person's Decision."""

    SAME = "same"
    UNSURE = "unsure"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two mentions compared: a score in [0, 1], how they stand, and why, part by part.

    `decision` is the id of the statement by which a person decided; it then overrides the score.
    """

    a: str
    b: str
    score: float
    same: Same
    why: tuple[str, ...]
    decision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The cluster of mentions that are one person; `id` is the case id, taken from the first mention recorded."""

    id: str
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Who is who: persons, and the pairs kept apart because nothing settles them."""

    persons: tuple[Person, ...]
    unsure: tuple[Pair, ...]
    problems: tuple[Problem, ...] = ()
    parted: tuple[tuple[str, str], ...] = ()  # mentions of two persons that were decided to be two

    def as_seen(self, seen: Callable[[str], bool]) -> Links:
        """Who is who as far as the mentions that are seen tell; nobody is lost, and no two more are kept apart.

        Somebody of whom no mention is seen keeps the one that gives the case its id. An unsure pair is one of two people:
        each stands in it by a mention that is seen; why, and who decided, is not told.
        """
        persons = tuple(replace(one, mentions=_told(one, seen)) for one in self.persons)
        shown = {one.id: one.mentions for one in persons}
        home = {mention: one.id for one in self.persons for mention in one.mentions}

        def stands(mention: str) -> str:
            told = shown[home[mention]]
            return mention if mention in told else told[0]

        pairs = (p for p in self.unsure if p.a in home and p.b in home and home[p.a] != home[p.b])
        unsure = dict.fromkeys(Pair(a=stands(p.a), b=stands(p.b), score=p.score, same=p.same, why=()) for p in pairs)
        return Links(persons=persons, unsure=tuple(unsure), problems=self.problems)


def _told(person: Person, seen: Callable[[str], bool]) -> tuple[str, ...]:
    called = (m for m in person.mentions if m.rpartition(":")[2] == person.id.removeprefix("C-"))
    return tuple(filter(seen, person.mentions)) or (next(called, person.mentions[0]),)
