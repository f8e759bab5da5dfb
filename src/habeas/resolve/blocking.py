"""Which mentions are held against each other at all: those that share a key, as long as the key says something."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from habeas.names import keys
from habeas.resolve.mentions import Facts

# A block grows into pairs with the square of its size. Up to so many may share a key of a loose kind (`d:`, where `x:`
# finds more among fewer, brings nobody together); in a larger block of another kind only those meet who share a second key.
_LOOSE = {"d:": 0, "g:": 300, "x:": 20}
_LARGE = 300


class Blocks:
    """The mentions that share each key of a name, a full birth date or a number of one list."""

    def __init__(self, facts: Iterable[Facts]) -> None:
        self._keyed = {one.id: _keys(one) for one in facts}
        self._blocks = _blocks(self._keyed, sorted(self._keyed))
        self._within: dict[str, dict[str, list[str]]] = {}  # of a large block, by second key
        self._met: dict[Facts, tuple[set[str], set[str]]] = {}

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs that share a key, each once, in one order."""
        found: set[tuple[str, str]] = set()
        for key, ids in self._blocks.items():
            if len(ids) <= _most(key):
                found.update(combinations(ids, 2))
            elif key[:2] not in _LOOSE:
                for some in self._told_apart(key).values():
                    found.update(combinations(some, 2))
        return sorted(found)

    def pairs_of(self, others: Mapping[str, Facts]) -> list[tuple[str, str]]:
        """The pairs of mentions that are told more of than their entries say, with all of whom they share a key."""
        met = {one: self._meets(facts) for one, facts in others.items()}
        found = {_in_order(one, other) for one, (_, ids) in met.items() for other in ids if other != one}
        for ids in _blocks({one: telling for one, (telling, _) in met.items()}, sorted(met)).values():
            found.update(combinations(ids, 2))
        return sorted(found)

    def _meets(self, one: Facts) -> tuple[set[str], set[str]]:
        """The keys by which a mention meets others, and whom of those who have them of themselves."""
        if one not in self._met:
            keys, ids = _keys(one), set[str]()
            telling = {key for key in keys if len(self._blocks.get(key, ())) <= _most(key)}
            for key in telling:
                ids.update(self._blocks.get(key, ()))
            for key in keys - telling:
                if key[:2] not in _LOOSE:
                    within = self._told_apart(key)
                    ids.update(other for second in keys for other in within.get(second, ()))
            self._met[one] = telling, ids
        return self._met[one]

    def _told_apart(self, key: str) -> dict[str, list[str]]:
        """Those of a large block who share another key too, one that tells the block apart."""
        if key not in self._within:
            found = _blocks(self._keyed, self._blocks[key])
            self._within[key] = {
                other: ids for other, ids in found.items() if other != key and len(ids) <= _most(other)
            }
        return self._within[key]


def _in_order(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


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
