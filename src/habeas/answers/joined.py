"""What pairs hold together."""

from __future__ import annotations

from collections.abc import Iterable


def heads(things: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each thing the one that stands for all that pairs, one after the other, lead to from it; other pairs are none."""
    head = {thing: thing for thing in things}

    def find(thing: str) -> str:
        while head[thing] != thing:
            head[thing] = head[head[thing]]
            thing = head[thing]
        return thing

    for a, b in pairs:
        if a in head and b in head:
            head[find(a)] = find(b)
    return {thing: find(thing) for thing in head}
