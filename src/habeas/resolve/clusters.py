"""Clusters of mentions: who is who, with what people decided held above what the model thinks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from habeas.nouns import Pair, Same
from habeas.resolve.evidence import Judged
from habeas.resolve.judging import MOST, Decided, Judge, Key, Likeness, key_of
from habeas.resolve.model import EXPECTED, FEWEST

# Mean weight (log2 of the odds) across two clusters from which they may be joined: one good pair does not carry ten
# bad ones, of which each counts `MOST` at most.
_MEAN = 0.0
# Log2 of the odds from which two persons are told of as maybe one: one in a hundred.
_MAYBE = -6.6
_ROUNDS = 5  # by then it is settled how many are one person

Chance = tuple[str, str, float]  # two mentions, and log2 of the odds that they are one person


class Clusters:
    """Which mentions are together; joining is refused where any two members must stay apart."""

    def __init__(
        self, ids: Iterable[str], judged: Callable[[str, str], Judged], two: Callable[[str], bool], decided: Decided
    ) -> None:
        self._judged = judged
        self._two = two
        self._decided = decided
        self._one = decided.together()
        self._root = {one: one for one in ids}
        self._members = {one: [one] for one in self._root}

    def root(self, one: str) -> str:
        return self._root[one]

    def members(self) -> list[list[str]]:
        return list(self._members.values())

    def together(self, a: str, b: str) -> bool:
        return self._root[a] == self._root[b]

    def join(self, a: str, b: str) -> None:
        keep, gone = sorted((self._root[a], self._root[b]))
        for one in self._members[gone]:
            self._root[one] = keep
        self._members[keep] += self._members.pop(gone)

    def kept_apart(self, a: str, b: str) -> Key | None:
        """Two members, one of each cluster, that must not be together."""
        left, right = self._members[self._root[a]], self._members[self._root[b]]
        clashes = (key_of(x, y) for x in left for y in right if self._judged(x, y).apart and not self._decided_so(x, y))
        return min(clashes, default=None)

    def _decided_so(self, x: str, y: str) -> bool:
        """True where the two are one person by a decision on one of them with somebody whom the other surely is."""
        if self._decided.of(x, y) is not None:
            return False
        return any(
            self._judged(one, z).same is Same.SAME
            for one, other in ((x, y), (y, x))
            for z in self._one.get(other, ())
            if z not in (other, one)
        )

    def holds(self, a: str, b: str) -> bool:
        """True where the clusters fit as wholes: the mean weight of their pairs is high enough.

        A pair that a mention with two surnames vouches for on both sides counts as that mention's own.
        """
        left, right = self._members[self._root[a]], self._members[self._root[b]]
        vouchers = [one for one in (*left, *right) if self._two(one)]
        total = sum(self._across(x, y, vouchers) for x in left for y in right)
        return total / (len(left) * len(right)) >= _MEAN

    def _across(self, x: str, y: str, vouchers: list[str]) -> float:
        found = self._judged(x, y)
        if found.same is not Same.SAME and (
            self._decided_so(x, y) or any(self._vouches(one, x, y) for one in vouchers)
        ):
            return MOST
        return max(min(found.bits, MOST), -MOST)

    def _vouches(self, one: str, x: str, y: str) -> bool:
        return all(one == other or self._judged(one, other).same is Same.SAME for other in (x, y))


@dataclass(frozen=True, slots=True)
class Outcome:
    """The clusters, the pairs kept apart for a person to look at, and how likely any two clusters are one person."""

    clusters: tuple[tuple[str, ...], ...]
    unsure: tuple[Pair, ...]
    chances: tuple[Chance, ...]


def _torn(sure: dict[Key, Judged], judged: Callable[[str, str], Judged]) -> dict[Key, str]:
    """Sure pairs that cannot all hold: a mention that fits two people who are known to be two.

    The better supported pair wins, else the one whose name is the same and not only alike; where none is, all are put off,
    with the reason.
    """
    near: dict[str, list[str]] = {}
    for a, b in sure:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    put_off: dict[Key, str] = {}
    for one, others in near.items():
        for i, x in enumerate(others):
            for y in others[i + 1 :]:
                if not judged(x, y).apart:
                    continue
                fit_x, fit_y = sure[key_of(one, x)], sure[key_of(one, y)]
                why = "several persons of that name are known"
                if fit_x.fit <= fit_y.fit:
                    put_off[key_of(one, x)] = why
                if fit_y.fit <= fit_x.fit:
                    put_off[key_of(one, y)] = why
    return put_off


def _unsure_pairs(found: dict[Key, Judged], decided: Decided, clusters: Clusters) -> tuple[Pair, ...]:
    """One pair for each two clusters: the best, for that is what a person will look at first."""
    best: dict[Key, Pair] = {}
    settled = _settled(decided, clusters)
    for (a, b), judged in found.items():
        between = key_of(clusters.root(a), clusters.root(b))
        if clusters.together(a, b) or between in settled:
            continue
        pair = decided.of(a, b) or judged.pair(a, b)
        if between not in best or (-pair.score, pair.a, pair.b) < (
            -best[between].score,
            best[between].a,
            best[between].b,
        ):
            best[between] = pair
    return tuple(sorted(best.values(), key=lambda p: (-p.score, p.a, p.b)))


def _settled(decided: Decided, clusters: Clusters) -> set[Key]:
    """The clusters that a person decided to be two."""
    apart = (pair for pair, one in decided.pairs.items() if one.same is Same.DIFFERENT)
    return {key_of(clusters.root(a), clusters.root(b)) for a, b in apart}


def _chances(found: Mapping[Key, Judged], decided: Decided, clusters: Clusters, records: int) -> tuple[Chance, ...]:
    """How likely each two clusters are one person, by the pair that tells most of it; a person's word before the model's."""
    more = _oftener([one.odds for one in found.values()], records)
    settled = _settled(decided, clusters)
    best: dict[Key, tuple[bool, float, Key]] = {}
    for pair, judged in found.items():
        between = key_of(clusters.root(pair[0]), clusters.root(pair[1]))
        if between[0] != between[1] and between not in settled:
            told = decided.of(*pair) is not None
            one = (told, judged.odds if told else judged.odds + more, pair)
            best[between] = max(one, best.get(between, one))
    return tuple(
        (*pair, round(odds, 2)) for _, odds, pair in sorted(best.values(), key=lambda b: b[2]) if odds >= _MAYBE
    )


def _oftener(odds: Sequence[float], records: int) -> float:
    """How much oftener rows of these lists are one person than the model expects, in bits, as the pairs themselves tell."""
    more = 0.0
    for _ in range(_ROUNDS):
        pairs = sum(1 / (1 + 2 ** -min(max(one + more, -60.0), 60.0)) for one in odds)
        more = log2((2 * pairs + EXPECTED * FEWEST) / (records + FEWEST) / EXPECTED)
    return more


def resolve(likeness: Likeness, decided: Decided) -> Outcome:
    """Mentions joined into clusters, the surest pair first.

    The order of the mentions has no say: pairs are taken by score, support and id. A decision "same" is carried out
    before any model judgement, "different" and "unsure" hold their two apart.
    """
    judged = Judge(likeness, decided)
    clusters = Clusters(sorted(likeness.facts), judged, judged.two_surnames, decided)
    for (a, b), decision in sorted(decided.pairs.items()):
        if decision.same is Same.SAME and not clusters.together(a, b):
            clusters.join(a, b)
    found = {pair: judged(*pair) for pair in judged.worth()}
    sure = {pair: one for pair, one in found.items() if one.same is Same.SAME}
    unsure = {pair: one for pair, one in found.items() if one.same is Same.UNSURE}
    for pair, why in _torn(sure, judged).items():
        one = sure[pair]
        if decided.of(*pair) is None:
            unsure[pair] = _put_off(one, why)
            del sure[pair]
    unsure |= _join(sure, clusters)
    return Outcome(
        tuple(tuple(sorted(m)) for m in clusters.members()),
        _unsure_pairs(unsure, decided, clusters),
        _chances(found, decided, clusters, len(likeness.facts)),
    )


def _join(sure: dict[Key, Judged], clusters: Clusters) -> dict[Key, Judged]:
    """Join the sure pairs, the surest first; back come those that the clusters do not let be joined."""
    put_off: dict[Key, Judged] = {}
    for pair in sorted(sure, key=lambda p: (-sure[p].score, -sure[p].support, p)):
        if clusters.together(*pair):
            continue
        clash = clusters.kept_apart(*pair)
        if clash is not None:
            why = f"joining them would join others that are apart: {clash[0]}, {clash[1]}"
            put_off[pair] = _put_off(sure[pair], why)
        elif not clusters.holds(*pair):
            put_off[pair] = _put_off(sure[pair], "the other entries of the two do not fit together")
        else:
            clusters.join(*pair)
    return put_off


def _put_off(one: Judged, why: str) -> Judged:
    return Judged(same=Same.UNSURE, score=min(one.score, 0.89), bits=one.bits, why=(*one.why, why), support=one.support)
