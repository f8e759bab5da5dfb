"""Two names letter by letter, whatever their scripts: which letters stand for the same, and which do not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from habeas.names import fold

# Letters on either side that may stand together for one sound (shch, щ).
_WIDEST = 4
_SHORTEST = 0.01  # what a group costs, so that small groups come before wide ones
_LONGEST = 60
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of both names that stand against each other; `same` where the rules of spelling explain them."""

    a: str
    b: str
    same: bool


@lru_cache(maxsize=65_536)
def _sounds(letters: str) -> frozenset[str]:
    """The folds that letters may have; none where they are silent. `ch` is kh in Lacinka and Polish."""
    found = {fold(letters)} | ({fold("kh")} if letters.casefold() == "ch" else set())
    return frozenset(found - {""})


def align(a: str, b: str) -> tuple[Letters, ...]:
    """Two names against each other, the words of the second in the order of the first.

    The alignment with the fewest letters unexplained, by dynamic programming over groups of up to four letters on each
    side that fold alike.
    """
    a, b = " ".join(a[:_LONGEST].split()), " ".join(b[:_LONGEST].split())
    words = b.split()
    orders = permutations(words) if len(words) <= _MOST_WORDS else [tuple(words)]
    return min((_aligned(a, " ".join(order)) for order in orders), key=lambda found: found[0])[1]


def _aligned(a: str, b: str) -> tuple[float, tuple[Letters, ...]]:
    best: list[list[tuple[float, int, int]]] = [[(0.0, 0, 0)] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if i or j:
                best[i][j] = min(_steps(a, b, i, j, best))
    found: list[Letters] = []
    i, j = len(a), len(b)
    while i or j:
        _, di, dj = best[i][j]
        left, right = a[i - di : i], b[j - dj : j]
        found.append(Letters(left, right, same=_alike(left, right)))
        i, j = i - di, j - dj
    return best[len(a)][len(b)][0], tuple(reversed(found))


def _steps(a: str, b: str, i: int, j: int, best: list[list[tuple[float, int, int]]]) -> list[tuple[float, int, int]]:
    steps = []
    if i:
        steps.append((best[i - 1][j][0] + _alone(a[i - 1]), 1, 0))
    if j:
        steps.append((best[i][j - 1][0] + _alone(b[j - 1]), 0, 1))
    if i and j:
        steps.append((best[i - 1][j - 1][0] + (0.0 if _alike(a[i - 1], b[j - 1]) else 1.5), 1, 1))
    steps += [
        (best[i - di][j - dj][0] + _SHORTEST * (di + dj), di, dj)
        for di in range(1, min(_WIDEST, i) + 1)
        for dj in range(1, min(_WIDEST, j) + 1)
        if di + dj > 2 and _alike(a[i - di : i], b[j - dj : j])
    ]
    return steps


def _alone(letter: str) -> float:
    """What a letter with nothing against it costs; a soft sign, an apostrophe and a space are silent."""
    return 1.0 if _sounds(letter) else 0.1


def _alike(a: str, b: str) -> bool:
    if " " in a or " " in b:
        return a == b
    left, right = _sounds(a), _sounds(b)
    return not left.isdisjoint(right) if left or right else True
