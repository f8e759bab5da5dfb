"""Simple records from their statements: each field is the property of its name, read by its type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from habeas.dates import PartialDate
from habeas.languages import is_state, state
from habeas.nouns import (
    A,
    Act,
    Assessment,
    Body,
    Condition,
    Count,
    Fact,
    Figure,
    Leg,
    Party,
    Record,
    Request,
    Stance,
    Statement,
    Tombstone,
    Translated,
    View,
)
from habeas.vocabulary import property_of

R = TypeVar("R", bound=Record)

# What statements call a kind, and a field whose name is not that of its property.
KINDS: Mapping[type[Record], str] = {
    Act: "measure",
    Assessment: "assessment",
    Body: "body",
    Condition: "condition",
    Count: "count",
    Fact: "fact",
    Figure: "figure",
    Leg: "leg",
    Request: "request",
    Stance: "stance",
    Tombstone: "tombstone",
}
_RENAMED: Mapping[tuple[type[Record], str], str] = {(Fact, "from_"): "from", (Tombstone, "count"): "statements"}
_OF_RECORD = frozenset({"id", "statements", "sources"})
_Read = Callable[[Sequence[Statement]], Any]


def records(noun: type[R], view: View[A]) -> tuple[R, ...]:
    """The records of a kind, by day and id; those without a day come last."""
    found = [record(noun, subject, said) for subject, said in view.of_kind(KINDS[noun])]
    return tuple(sorted(found, key=_order))


def record(noun: type[R], subject: str, said: Sequence[Statement]) -> R:
    """One record from all statements about it; of a property that holds one value, the first recorded stands."""
    by_prop: dict[str, list[Statement]] = {}
    for s in said:
        if s.value is not None:
            by_prop.setdefault(s.prop, []).append(s)
    known = {
        name: value
        for name, (prop, read) in _readers(KINDS[noun]).items()
        if prop in by_prop and (value := read(by_prop[prop])) is not None
    }
    return noun(
        id=subject.partition(":")[2],
        statements=tuple(s.id for s in said),
        sources=tuple(dict.fromkeys(s.source for s in said if s.source)),
        **known,
    )


def owned(found: Iterable[R], owner: Callable[[R], str]) -> Mapping[str, tuple[R, ...]]:
    """Records by what they belong to, in the order of their ids."""
    by: dict[str, list[R]] = {}
    for one in found:
        if owner(one):
            by.setdefault(owner(one), []).append(one)
    return {key: tuple(sorted(some, key=lambda r: r.id)) for key, some in by.items()}


def _order(found: Record) -> tuple[str, str]:
    days = (getattr(found, name, None) for name in ("date", "on", "from_"))
    when = next((d for d in days if d is not None), None)
    return str(when.earliest or when.latest) if when is not None else "9999", found.id


@lru_cache(maxsize=32)
def _readers(kind: str) -> Mapping[str, tuple[str, _Read]]:
    """For each field of the noun of a kind its property, and how its statements read."""
    noun = next(n for n, called in KINDS.items() if called == kind)
    hints = get_type_hints(noun)
    return {
        f.name: (prop := _RENAMED.get((noun, f.name), f.name), _reader(hints[f.name], kind, prop))
        for f in fields(noun)
        if f.name not in _OF_RECORD
    }


def _reader(hint: Any, kind: str, prop: str) -> _Read:
    spec = property_of(kind, prop)
    prefix = f"{spec.to}:" if spec.type == "ref" else ""
    if get_origin(hint) is tuple:
        one = _one(get_args(hint)[0], prefix)
        return lambda said: tuple(dict.fromkeys(v for s in said if (v := one(s)) is not None))
    plain = next(a for a in get_args(hint) if a is not type(None)) if get_origin(hint) is UnionType else hint
    single = _one(plain, prefix)
    return lambda said: single(said[0])


def _one(plain: Any, prefix: str) -> Callable[[Statement], Any]:
    """How one value reads; None where it is no value of the type, as in a record of another format."""
    if plain is PartialDate:
        return lambda s: PartialDate.parse(s.value or "")
    if plain is int:
        return lambda s: int(s.value or 0)
    if plain is bool:
        return lambda s: s.value == "true"
    if plain is Party:
        return _party
    if issubclass(plain, StrEnum):
        known = {str(member): member for member in plain}
        return lambda s: known.get(s.value or "")
    return lambda s: s.value.removeprefix(prefix) if prefix and s.value else s.value


def _party(said: Statement) -> Party:
    """A state by the name that every language has its own for, unless the book words it; another body as it was printed."""
    code, printed = said.value or "", said.original
    if printed is None or (is_state(state(code)) and not isinstance(printed, Translated)):
        return Party(code=code, name=state(code))
    return Party(code=code, name=printed)
