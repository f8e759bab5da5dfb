"""Which mentions are held against each other at all: those that share a key, as long as the key says something."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations

from habeas.names import keys
from habeas.resolve.mentions import Facts

# A block grows into pairs with the square of its size. Up to so many may share a key of a loose kind (`d:`, where `x:`
# finds more among fewer, brings nobody together); in a larger block of another kind only those meet who share a second key.
_LOOSE = {"d:": 0, "g:": 300, "x:": 20}
_LARGE = 300


def candidates(facts: Iterable[Facts]) -> list[tuple[str, str]]:
    """Pairs that share a key of a name, a full birth date or a number of one list, each once, in one order."""
    keyed = {one.id: _keys(one) for one in facts}
    found: set[tuple[str, str]] = set()
    for key, ids in _blocks(keyed, sorted(keyed)).items():
        if len(ids) <= _most(key):
            found.update(combinations(ids, 2))
        elif key[:2] not in _LOOSE:
            found.update(_of_large(key, ids, keyed))
    return sorted(found)


def _most(key: str) -> int:
    return _LOOSE.get(key[:2], _LARGE)


def _keys(one: Facts) -> set[str]:
    found: set[str] = set()
    for name in one.names:
        found |= keys(name.text)
    found |= {f"b:{born}" for born in one.born if born.is_day}
    if one.number is not None:
        found.add(f"l:{one.series}:{one.number}")
    return found


def _blocks(keyed: Mapping[str, Collection[str]], ids: Iterable[str]) -> dict[str, list[str]]:
    """The ids that have each key, in the order given."""
    blocks: dict[str, list[str]] = {}
    for one in ids:
        for key in keyed[one]:
            blocks.setdefault(key, []).append(one)
    return blocks


def _of_large(key: str, ids: list[str], keyed: Mapping[str, Collection[str]]) -> Iterator[tuple[str, str]]:
    """The pairs of a large block that share another key too, one that tells the block apart."""
    for other, some in _blocks(keyed, ids).items():
        if other != key and len(some) <= _most(other):
            yield from combinations(some, 2)
