"""Pairs of mentions judged: by what the entries say, and above that by what people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import inf, log2

from habeas.names import SURE as SURE_NAME
from habeas.names import likelihoods
from habeas.nouns import Pair, Same
from habeas.resolve.blocking import Blocks
from habeas.resolve.evidence import NOBODY, Judged, best_names, judge
from habeas.resolve.folding import Folded
from habeas.resolve.mentions import Facts, rows_of
from habeas.resolve.weighing import Weigher

# One pair weighs at most so much where whole clusters are held against each other, and a decision always does.
MOST = 15.0
# Pairs below this weight (log2 of the odds) are not looked at.
_WORTH = -10.0

Key = tuple[str, str]
# A mention with all that were decided to be the same person as it, itself among them: it carries the names of all. Of one
# of whom nothing was decided there are none.
_Carrier = tuple[str, tuple[str, ...]]
_Carriers = tuple[_Carrier, _Carrier]


def key_of(a: str, b: str) -> Key:
    """A pair of ids, in one order."""
    return (a, b) if a < b else (b, a)


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided: for each pair how it stands, with the decision's statement id and wording."""

    pairs: Mapping[Key, Pair] = field(default_factory=dict)

    def of(self, a: str, b: str) -> Pair | None:
        return self.pairs.get(key_of(a, b))

    def together(self) -> dict[str, set[str]]:
        """Each mention that was decided to be the same person as another, with all that are so by that."""
        group: dict[str, set[str]] = {}
        for (a, b), pair in self.pairs.items():
            if pair.same is Same.SAME:
                joined = group.get(a, {a}) | group.get(b, {b})
                group.update(dict.fromkeys(joined, joined))
        return group


class Likeness:
    """What the entries say of who is who before anybody decides, and whatever was worked out of them once.

    It holds for as long as the entries stay the same. Mentions that people decided to be one person carry each other's
    names, else a name that looked like somebody else's until the decision (a misprint, a pen name) would keep every later
    mention of the right name away from the two: so a decision changes what is said of those mentions, and of no others.
    How common a name is, is counted from what the entries print.
    """

    def __init__(self, facts: Mapping[str, Facts]) -> None:
        self.facts = facts
        self._number = {one: number for number, one in enumerate(facts)}
        self._blocks = Blocks(facts.values())
        self._rows: dict[_Carrier, tuple[Folded, ...]] = {}
        self._weigher = Weigher([row for one in facts for row in self._rows_of((one, ()))], len(facts))
        self._carried: dict[_Carrier, Facts] = {}
        self._judged: dict[_Carriers, Judged] = {}
        self._worthy: dict[_Carriers, bool] = {}
        self._plain = self._worth(((a, ()), (b, ())) for a, b in self._blocks.pairs())

    def worth(self, lent: Mapping[str, tuple[str, ...]]) -> list[Key]:
        """The pairs that deserve a look, where some mentions carry the names of others (`lent`: of which)."""
        found = [(a, b) for (a, _), (b, _) in self._plain if a not in lent and b not in lent]
        if lent:
            pairs = self._blocks.pairs_of({one: self._facts_of((one, group)) for one, group in lent.items()})
            found += [
                (a, b) for (a, _), (b, _) in self._worth(((a, lent.get(a, ())), (b, lent.get(b, ()))) for a, b in pairs)
            ]
        return found

    def between(self, a: _Carrier, b: _Carrier) -> Judged:
        """How two mentions stand by what the entries say, with the names they carry."""
        found = self._judged.get((a, b))
        if found is None:
            found = self._judged[a, b] = self._judge(a, b)
        return found

    def names(self, one: _Carrier) -> Sequence[str]:
        return [name.text for name in self._facts_of(one).names]

    def _facts_of(self, one: _Carrier) -> Facts:
        mention, group = one
        if not group:
            return self.facts[mention]
        found = self._carried.get(one)
        if found is None:
            names = tuple(name for other in group for name in self.facts[other].names)
            found = self._carried[one] = replace(self.facts[mention], names=names)
        return found

    def _rows_of(self, one: _Carrier) -> tuple[Folded, ...]:
        found = self._rows.get(one)
        if found is None:
            found = self._rows[one] = rows_of(self._facts_of(one), self._number[one[0]])
        return found

    def _worth(self, pairs: Iterable[_Carriers]) -> list[_Carriers]:
        """Of many pairs those that deserve a look; their names are held against each other all at once."""
        pairs = list(pairs)
        asked = [
            (pair, x.text, y.text)
            for pair in pairs
            if pair not in self._worthy
            for x, y in product(*(self._facts_of(one).names for one in pair))
        ]
        likely: dict[_Carriers, float] = {}
        for (pair, _, _), chance in zip(asked, likelihoods((x, y) for _, x, y in asked), strict=True):
            likely[pair] = max(chance, likely.get(pair, 0.0))
        for pair, chance in likely.items():
            self._worthy[pair] = self._bits(*pair, chance) >= _WORTH or self._numbered(*pair)
        return [pair for pair in pairs if self._worthy.get(pair)]

    def _numbered(self, a: _Carrier, b: _Carrier) -> bool:
        """True where editions of one list give both the same number."""
        x, y = self._facts_of(a), self._facts_of(b)
        return x.number is not None and (x.series, x.number) == (y.series, y.number)

    def _bits(self, a: _Carrier, b: _Carrier, likely: float) -> float:
        rows = product(self._rows_of(a), self._rows_of(b))
        return max((self._weigher(x, y, likely) for x, y in rows), default=-inf)

    def _judge(self, a: _Carrier, b: _Carrier) -> Judged:
        x, y = self._facts_of(a), self._facts_of(b)
        named = best_names(x, y)
        if named is None:
            return NOBODY
        name, equal = named
        # Short words (Дж, Dzh) look less alike than what the tables know of them.
        likely = max(name.likelihood, SURE_NAME if name.sure else 0.0)
        return judge(x, y, name, self._bits(a, b, likely), equal=equal)


class Judge:
    """How any two mentions stand: a decision of a person stands before what the entries say."""

    def __init__(self, likeness: Likeness, decided: Decided) -> None:
        self._likeness = likeness
        self._decided = {key: _as_decided(pair) for key, pair in decided.pairs.items()}
        self._lent = {one: tuple(sorted(group)) for one, group in decided.together().items()}

    def worth(self) -> list[Key]:
        """The pairs that deserve a look, those decided among them, in one order."""
        return sorted({*self._likeness.worth(self._lent), *self._decided})

    def __call__(self, a: str, b: str) -> Judged:
        a, b = key_of(a, b)
        told = self._decided.get((a, b))
        return told or self._likeness.between((a, self._lent.get(a, ())), (b, self._lent.get(b, ())))

    def two_surnames(self, mention: str) -> bool:
        """True where a mention prints an alternative name in brackets, or several that differ."""
        names = self._likeness.names((mention, self._lent.get(mention, ())))
        return len(names) > 1 or any("(" in name or "/" in name for name in names)


def _as_decided(pair: Pair) -> Judged:
    bits = MOST if pair.same is Same.SAME else -MOST
    return Judged(
        same=pair.same, score=pair.score, bits=bits, why=pair.why, apart=pair.same is not Same.SAME,
        odds=log2(pair.score / (1 - pair.score)) if pair.same is Same.UNSURE else bits,
    )  # fmt: skip
