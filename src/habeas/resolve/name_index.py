"""Which names of a large book a pasted name may mean, found by folded letters alone, before any name is taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import Indel

from habeas.names import fold, fold_all
from habeas.names.letters import consonants, stem

# A word of a name that more than this many cases share (a given name) brings none of them together by itself.
_COMMON = 40
_COMMON_SHARE = 0.01
_NEAREST = 12


class NameIndex:
    """Names by the consonants of their words, each also with one left out, and by their whole folded letters."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names` are (case, name) pairs."""
        self._by_whole: dict[str, set[int]] = {}
        self._by_near: dict[str, set[int]] = {}
        named = list(names)
        self._cases = [case for case, _ in named]
        self._whole: list[str] = []
        for number, readings in enumerate(_readings([name for _, name in named])):
            self._whole.append(" ".join(sorted(readings[0])))
            whole, near = _keys(readings)
            for key in whole:
                self._by_whole.setdefault(key, set()).add(number)
            for key in near:
                self._by_near.setdefault(key, set()).add(number)
        self._most = max(_COMMON, int(len(set(self._cases)) * _COMMON_SHARE))

    def of(self, name: str) -> list[str]:
        """The cases that share a rare word or two common ones; and the likest of those that do so but for a letter."""
        (readings,) = _readings([name])
        whole, near = _keys(readings)
        surely = self._sharing(whole, self._by_whole)
        others = self._sharing(near, self._by_whole) | self._sharing(whole | near, self._by_near)
        likely = [self._cases[number] for number in sorted(surely)]
        likely += self._name_index(readings[0], {number: self._whole[number] for number in sorted(others - surely)})
        return list(dict.fromkeys(likely))

    def _sharing(self, keys: Iterable[str], index: Mapping[str, set[int]]) -> set[int]:
        shared = (index.get(key, set()) for key in keys)
        return set().union(*(some for some in shared if len(some) <= self._most))

    def nearest(self, name: str) -> list[str]:
        """The cases with the likest letters, however far, the likest first."""
        return self._name_index(fold(name).split(), self._whole)

    def _name_index(self, words: list[str], among: Mapping[int, str] | Sequence[str]) -> list[str]:
        asked = " ".join(sorted(words))
        likest = process.extract(asked, among, scorer=Indel.normalized_similarity, limit=_NEAREST)
        return list(dict.fromkeys(self._cases[number] for _, alike, number in likest if alike > 0))


def _readings(names: Sequence[str]) -> list[list[list[str]]]:
    """The folded words of each name, and those of its other reading where `ch` may be kh."""
    found = [[folded.split()] for folded in fold_all(names)]
    kh = [at for at, name in enumerate(names) if "ch" in name]
    for at, folded in zip(kh, fold_all(names[at].replace("ch", "kh") for at in kh), strict=True):
        found[at].append(folded.split())
    return found


def _keys(readings: Iterable[list[str]]) -> tuple[set[str], set[str]]:
    """Frames of the folded words and of each two, and frames with a letter left out."""
    whole: set[str] = set()
    near: set[str] = set()
    for reading in readings:
        frames = [consonants(stem(word)) for word in reading]
        whole.update(frames)
        whole.update(" ".join(sorted((a, b))) for i, a in enumerate(frames) for b in frames[i + 1 :])
        near.update(f[:i] + f[i + 1 :] for f in frames if len(f) >= 4 for i in range(len(f)))
    return whole, near
