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
    chances: tuple[tuple[str, str, float], ...] = ()  # mentions of two persons; log2 of the odds that these are one

    def as_seen(self, seen: Callable[[str], bool]) -> Links:
        """Who is who as far as the mentions that are seen tell; nobody is lost.

        Somebody of whom no mention is seen keeps the one that gives the case its id, and stands in no pair: nothing that is
        seen is counted of them. In an unsure pair each stands by a mention that is seen; why, and who decided, is not told.
        """
        shown = {one.id: tuple(filter(seen, one.mentions)) for one in self.persons}
        home = {mention: one.id for one in self.persons for mention in one.mentions}

        def stands(mention: str) -> str | None:
            told = shown.get(home.get(mention, ""), ())
            return mention if mention in told else next(iter(told), None)

        unsure: dict[Pair, None] = {}
        for pair in self.unsure:
            a, b = stands(pair.a), stands(pair.b)
            if a is not None and b is not None and home[a] != home[b]:
                unsure[Pair(a=a, b=b, score=pair.score, same=pair.same, why=())] = None
        chances = ((stands(a), stands(b), odds) for a, b, odds in self.chances)
        persons = tuple(replace(one, mentions=shown[one.id] or (_called_by(one),)) for one in self.persons)
        return Links(
            persons=persons,
            unsure=tuple(unsure),
            problems=self.problems,
            chances=tuple((a, b, odds) for a, b, odds in chances if a is not None and b is not None),
        )


def _called_by(person: Person) -> str:
    """The mention that gives a person's case its id."""
    own = (m for m in person.mentions if m.rpartition(":")[2] == person.id.removeprefix("C-"))
    return next(own, person.mentions[0])
