"""The model in plain Python, for a book: the same table and frequencies as the engines run, to the same weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from math import log2

from habeas.resolve.folding import Folded
from habeas.resolve.model import COMMON, MODEL, NAMES, PERSON, frequency, prior, spelled


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
        self._common = frequencies(rows)
        chance = prior(len(rows) if records is None else records)
        self._start = log2(chance / (1 - chance))

    def __call__(self, a: Folded, b: Folded, likelihood: float | None = None) -> float:
        """The weight of a pair; with the likelihood of its names, where they were held against each other."""
        bits = dict(self.told(a, b))
        folded = [bits.pop(what, 0.0) for what in NAMES]
        if likelihood is None:
            return self._start + sum(bits.values()) + sum(folded)
        rarity = self._rarity("giv", a, b) + self._rarity("sur", a, b) + max(folded[-1], 0.0)
        return self._start + sum(bits.values()) + spelled(sum(folded), rarity, likelihood)

    def _rarity(self, column: str, a: Folded, b: Folded) -> float:
        """What one value of a column in both rows would be worth, going by the commoner of the two; 0 where one has none."""
        x, y = getattr(a, column), getattr(b, column)
        if x is None or y is None:
            return 0.0
        common = self._common[column]
        return -log2(max(common.get(one) or COMMON[column] for one in (x, y)))

    def told(self, a: Folded, b: Folded) -> Iterator[tuple[str, float]]:
        """What each comparison that says anything says, in bits."""
        for one in MODEL:
            if one.nothing.holds(a, b):
                continue
            for level in one.levels:
                if level.when.holds(a, b):
                    break
            yield one.name, level.weight if level.common is None else log2(level.m) + self._rarity(level.common, a, b)
