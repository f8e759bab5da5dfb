"""People of whom some may be one person, put together by chance as likely as they look (Steorts 2015; Sadinle 2018).

A way of putting them together is as likely as the odds of all pairs in one group, multiplied: who fits one of two people
who are surely two is the one or the other. Groups are drawn by Gibbs sampling, one person after the other being placed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from random import Random

# How far off the odds of all pairs together may be (log2, s.d.): they were measured on other lists. Drawn anew each time.
_OFF = 2.0
# Log2 of the odds of a pair that is not told of.
_FAR = -10.0
_MOST = 60.0
_FIRST, _BETWEEN = 20, 6  # times everybody is placed anew before the first drawing, and between two


def partitions(chances: Iterable[tuple[str, str, float]], *, draws: int, seed: int) -> Iterator[list[list[str]]]:
    """The people of the pairs in groups, each one person, drawn so many times; the same seed gives the same groups.

    `chances` are two people and log2 of the odds that they are one.
    """
    random = Random(seed)  # noqa: S311 -- a simulation, repeated exactly
    near: dict[str, dict[str, float]] = {}
    for a, b, odds in chances:
        near.setdefault(a, {})[b] = odds
        near.setdefault(b, {})[a] = odds
    home = {one: [one] for one in near}
    for drawing in range(draws):
        off = random.gauss(0, _OFF)
        for _ in range(_BETWEEN if drawing else _FIRST):
            for one, others in near.items():
                _place(one, others, home, off, random)
        yield [list(group) for group in {id(group): group for group in home.values()}.values()]


def _place(one: str, near: Mapping[str, float], home: dict[str, list[str]], off: float, random: Random) -> None:
    """Put somebody into a group of people near them or into one of their own, by the odds of each."""
    home[one].remove(one)
    groups = [*{id(home[other]): home[other] for other in near}.values(), []]
    odds = [2 ** min(sum(near.get(other, _FAR) + off for other in group), _MOST) for group in groups]
    home[one] = random.choices(groups, odds)[0]
    home[one].append(one)
