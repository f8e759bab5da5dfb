"""Who is who: mentions, pairs and persons."""

from __future__ import annotations

from dataclasses import dataclass
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
