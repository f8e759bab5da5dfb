"""The model in plain Python, for a book: the same table and frequencies as the engines run, to the same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log2

from habeas.resolve.folding import Folded
from habeas.resolve.model import COMMON, MODEL, NAMES, PERSON, Compared, frequency, prior, spelled

_OF_NAMES = tuple(one for one in MODEL if one.name in NAMES)
_OTHERS = tuple(one for one in MODEL if one.name not in NAMES)
# What a value is worth that the list has nowhere.
_UNMET = {column: -log2(share) for column, share in COMMON.items()}


def frequencies(rows: Iterable[Folded]) -> dict[str, dict[str, float]]:
    """How common each value of the columns of `COMMON` is, as `frequency_sql` counts it."""
    people = {tuple(getattr(row, column) for column in PERSON) for row in rows}
    found = {}
    for column in COMMON:
        at = PERSON.index(column)
        counted = Counter(one[at] for one in people if one[at] is not None)
        total = counted.total()
        found[column] = {value: frequency(n, total, column) for value, n in counted.items()}
    return found


class Weigher:
    """Weighs pairs of rows of a list: log2 of the odds that the two are one person."""

    def __init__(self, rows: Sequence[Folded], records: int | None = None) -> None:
        """`rows` are counted for the frequencies; `records`, where they are not the number of rows, for the prior."""
        self._rare = {
            column: {value: -log2(share) for value, share in found.items()}
            for column, found in frequencies(rows).items()
        }
        chance = prior(len(rows) if records is None else records)
        self._start = log2(chance / (1 - chance))

    def __call__(self, a: Folded, b: Folded, likelihood: float | None = None) -> float:
        """The weight of a pair; with the likelihood of its names, where they were held against each other."""
        folded = [self._said(one, a, b) for one in _OF_NAMES]
        rest = self._start + sum(self._said(one, a, b) for one in _OTHERS)
        if likelihood is None:
            return rest + sum(folded)
        rarity = self._rarity("giv", a, b) + self._rarity("sur", a, b) + max(folded[-1], 0.0)
        return rest + spelled(sum(folded), rarity, likelihood)

    def _rarity(self, column: str, a: Folded, b: Folded) -> float:
        """What one value of a column in both rows would be worth, going by the commoner of the two; 0 where one has none."""
        x, y = getattr(a, column), getattr(b, column)
        if x is None or y is None:
            return 0.0
        rare = self._rare[column]
        return min(rare.get(x, _UNMET[column]), rare.get(y, _UNMET[column]))

    def _said(self, one: Compared, a: Folded, b: Folded) -> float:
        """What a comparison says, in bits; 0 where it says nothing."""
        if one.nothing.holds(a, b):
            return 0.0
        for level in one.levels:
            if level.when.holds(a, b):
                break
        return level.weight if level.common is None else level.seen + self._rarity(level.common, a, b)
