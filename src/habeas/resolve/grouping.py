"""Persons from weighted pairs: joined where whole groups fit, never along a chain, never against what must stay apart."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# Mean weight (log2 of the odds) over all pairs of two groups from which they are one person.
JOINED = -1.0
# What a pair counts that was not worth comparing.
UNSEEN = -2.0
_SLACK = 1e-9

Edge = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Told:
    """What people decided on pairs of rows: joined before anything else, or held apart whatever the model thinks."""

    same: frozenset[tuple[int, int]] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()


@dataclass(slots=True)
class _Groups:
    """Groups of rows by their least row, with the sum and number of weighted pairs between each two."""

    members: dict[int, list[int]]
    lists: dict[int, set[str]]
    barred: dict[int, set[int]] = field(default_factory=dict)  # rows that must not be in this group
    home: dict[int, int] = field(default_factory=dict)
    near: dict[int, dict[int, tuple[float, int]]] = field(default_factory=dict)

    def mean(self, a: int, b: int) -> float:
        total, seen = self.near[a][b]
        pairs = len(self.members[a]) * len(self.members[b])
        return (total + (pairs - seen) * UNSEEN) / pairs

    def may_join(self, a: int, b: int) -> bool:
        if not self.lists[a].isdisjoint(self.lists[b]):
            return False
        barred = self.barred.get(a)
        return not barred or barred.isdisjoint(self.members[b])

    def join(self, a: int, b: int) -> int:
        """Join two groups under the lesser id; returns it."""
        keep, gone = (a, b) if a < b else (b, a)
        for row in self.members[gone]:
            self.home[row] = keep
        self.members[keep] += self.members.pop(gone)
        self.lists[keep] |= self.lists.pop(gone)
        if gone in self.barred:
            self.barred.setdefault(keep, set()).update(self.barred.pop(gone))
        mine = self.near.setdefault(keep, {})
        for other, (total, seen) in self.near.pop(gone, {}).items():
            self.near[other].pop(gone)
            if other == keep:
                continue
            so_far = mine.get(other, (0.0, 0))
            mine[other] = self.near[other][keep] = (so_far[0] + total, so_far[1] + seen)
        return keep


def _start(rows: Iterable[int], lists: Sequence[str | None], told: Told, started: Mapping[int, int]) -> _Groups:
    groups = _Groups({row: [row] for row in rows}, {})
    for row in groups.members:
        printed = lists[row]
        groups.lists[row] = {printed} if printed is not None else set()
        groups.home[row] = row
    for a, b in told.apart:
        groups.barred.setdefault(a, set()).add(b)
        groups.barred.setdefault(b, set()).add(a)
    for row, first in started.items():
        a, b = groups.home[row], groups.home[first]
        if a != b:
            groups.join(a, b)
    for a, b in sorted(told.same):
        left, right = groups.home[a], groups.home[b]
        if left != right and groups.barred.get(left, set()).isdisjoint(groups.members[right]):
            groups.join(left, right)
    return groups


def group(
    edges: Iterable[Edge],
    lists: Sequence[str | None],
    told: Told = Told(),
    started: Mapping[int, int] | None = None,
    settled: frozenset[int] = frozenset(),
) -> dict[int, int]:
    """Each row that is in an edge, a decision or a started group, with the least row of its group.

    Average linkage, the surest two groups first: the mean over all their pairs counts, so that one good pair does not
    carry ten bad ones. `lists` gives each row's list (None: unknown): two rows of one list are two people unless `told`
    otherwise. `started` are groups that stand already (row to any row of its group); two that hold `settled` rows are
    not joined with each other. Ties go to the lesser rows, so the order of the edges has no say.
    """
    edges = list(edges)
    started = started or {}
    rows = {row for a, b, _ in edges for row in (a, b)} | {row for pair in told.same | told.apart for row in pair}
    rows |= set(started) | set(started.values())
    groups = _start(sorted(rows), lists, told, started)
    fixed = {groups.home[row] for row in settled if row in groups.home}
    for a, b, weight in edges:
        left, right = groups.home[a], groups.home[b]
        if left != right:
            total, seen = groups.near.setdefault(left, {}).get(right, (0.0, 0))
            groups.near[left][right] = groups.near.setdefault(right, {})[left] = (total + weight, seen + 1)
    heap = [
        (-mean, a, b) for a, others in groups.near.items() for b in others if a < b and (mean := groups.mean(a, b)) >= JOINED
    ]
    heapq.heapify(heap)
    while heap:
        offered, a, b = heapq.heappop(heap)
        if b not in groups.near.get(a, {}) or abs(groups.mean(a, b) + offered) > _SLACK:
            continue  # one of the two has changed since
        if not groups.may_join(a, b) or (a in fixed and b in fixed):
            continue
        kept = groups.join(a, b)
        if a in fixed or b in fixed:
            fixed.add(kept)
        for other in groups.near[kept]:
            mean = groups.mean(kept, other)
            if mean >= JOINED:
                heapq.heappush(heap, (-mean, min(kept, other), max(kept, other)))
    return groups.home
