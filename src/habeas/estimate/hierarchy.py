"""Hierarchical log-linear models of up to five lists: which there are, and how they are written.

A model is the set of its terms of two or more lists, closed downwards: with a term it has every part of it. All have
the single lists, none the term of all lists together: that one is what no data can tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import combinations

Model = frozenset[int]


def sizes(lists: int, size: int) -> tuple[int, ...]:
    """Every term of `size` lists."""
    return tuple(sum(1 << j for j in some) for some in combinations(range(lists), size))


@cache
def hierarchical(lists: int) -> tuple[Model, ...]:
    """Every hierarchical model: 1 of two lists, 8 of three, 113 of four, 6,893 of five; the independent one first."""
    found: list[Model] = [frozenset()]
    for size in range(2, lists):
        larger = []
        for model in found:
            ready = [t for t in sizes(lists, size) if all(part in model for part in _parts(t))]
            larger += [model | frozenset(some) for n in range(1, len(ready) + 1) for some in combinations(ready, n)]
        found += larger
    return tuple(found)


def _parts(term: int) -> list[int]:
    """The terms with one list fewer, where those still have two."""
    bits = [1 << j for j in range(term.bit_length()) if term >> j & 1]
    return [term & ~bit for bit in bits] if len(bits) > 2 else []


def generators(model: Iterable[int], lists: int) -> tuple[int, ...]:
    """The terms that no other term contains, the larger first; single lists among them."""
    terms = [*model, *(1 << j for j in range(lists))]
    largest = [t for t in terms if not any(t != other and t & other == t for other in terms)]
    return tuple(sorted(largest, key=lambda t: (-t.bit_count(), _places(t))))


def _places(term: int) -> tuple[int, ...]:
    return tuple(j for j in range(term.bit_length()) if term >> j & 1)


def notation(model: Iterable[int], lists: int) -> str:
    """A model as its generators: `[123,14,34]`; from ten lists on with dots, `[1.12,3]`."""
    dot = "." if lists > 9 else ""
    return "[" + ",".join(dot.join(str(j + 1) for j in _places(t)) for t in generators(model, lists)) + "]"


def named(model: Iterable[int], names: tuple[str, ...]) -> list[list[str]]:
    """The generators by the names of their lists."""
    return [[names[j] for j in _places(t)] for t in generators(model, len(names))]
