"""Persons from weighted pairs: joined where whole groups fit, never along a chain, never against what must stay apart."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

# Mean weight (log2 of the odds) over all pairs of two groups from which they are one person.
JOINED = 0.0
# What a pair counts that was not worth comparing.
UNSEEN = -1.5
_SLACK = 1e-9

Edge = tuple[int, int, float]
Lists = Sequence[str | None] | Mapping[int, str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What people decided on pairs of rows: joined before anything else, or held apart whatever the model thinks."""

    same: frozenset[tuple[int, int]] = frozenset()
    apart: frozenset[tuple[int, int]] = frozenset()


NOTHING_TOLD = Told()


@dataclass(slots=True)
class _Groups:
    """Groups of rows by their least row, with the sum and number of weighted pairs between each two that touch."""

    lists: Lists
    members: dict[int, list[int]] = field(default_factory=dict)
    printed: dict[int, set[str]] = field(default_factory=dict)  # the lists a group has rows of
    barred: dict[int, set[int]] = field(default_factory=dict)  # rows that must not come into a group
    near: dict[int, dict[int, tuple[float, int]]] = field(default_factory=dict)

    def add(self, row: int) -> None:
        if row not in self.members:
            one = self.lists[row]
            self.members[row], self.printed[row] = [row], set() if one is None else {one}

    def mean(self, a: int, b: int) -> float:
        total, seen = self.near[a][b]
        pairs = len(self.members[a]) * len(self.members[b])
        return (total + (pairs - seen) * UNSEEN) / pairs

    def touch(self, a: int, b: int, total: float, seen: int) -> None:
        so_far = self.near.setdefault(a, {}).get(b, (0.0, 0))
        both = (so_far[0] + total, so_far[1] + seen)
        self.near[a][b] = self.near.setdefault(b, {})[a] = both

    def barred_from(self, a: int, b: int) -> bool:
        barred = self.barred.get(a)
        return barred is not None and not barred.isdisjoint(self.members[b])

    def kept_apart(self, a: int, b: int) -> bool:
        """True where one list prints both, or a row of the one must not come to the other."""
        return not self.printed[a].isdisjoint(self.printed[b]) or self.barred_from(a, b)

    def join(self, a: int, b: int) -> int:
        """Join two groups under the lesser row; returns it."""
        keep, gone = (a, b) if a < b else (b, a)
        self.members[keep] += self.members.pop(gone)
        self.printed[keep] |= self.printed.pop(gone)
        if gone in self.barred:
            self.barred.setdefault(keep, set()).update(self.barred.pop(gone))
        for other, (total, seen) in self.near.pop(gone, {}).items():
            del self.near[other][gone]
            if other != keep:
                self.touch(keep, other, total, seen)
        return keep


class _Roots:
    """Which rows hang together at all, by any strong pair: groups never reach beyond."""

    def __init__(self) -> None:
        self._up: dict[int, int] = {}

    def of(self, row: int) -> int:
        up = self._up
        root = row
        while (above := up.get(root, root)) != root:
            root = above
        while row != root:
            up[row], row = root, up.get(row, row)
        return root

    def tie(self, a: int, b: int) -> None:
        x, y = self.of(a), self.of(b)
        self._up[max(x, y)] = self._up[min(x, y)] = min(x, y)

    def rows(self) -> Iterable[int]:
        return self._up


@dataclass(slots=True)
class _Part:
    """The rows that hang together, and everything between them."""

    rows: list[int] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    same: list[tuple[int, int]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)
    started: list[tuple[int, int]] = field(default_factory=list)


def _parts(edges: Iterable[Edge], told: Told, started: Mapping[int, int]) -> Iterable[_Part]:
    edges = list(edges)
    roots = _Roots()
    for a, b, weight in edges:
        if weight >= JOINED:
            roots.tie(a, b)
    for a, b in (*told.same, *started.items()):
        roots.tie(a, b)
    parts: dict[int, _Part] = {}
    home = {row: roots.of(row) for row in sorted(roots.rows())}
    for row, root in home.items():
        parts.setdefault(root, _Part()).rows.append(row)
    for edge in edges:
        root = home.get(edge[0], -1)
        if root >= 0 and root == home.get(edge[1]):
            parts[root].edges.append(edge)
    for a, b in sorted(told.same):
        parts[home[a]].same.append((a, b))
    for a, b in sorted(told.apart):
        if a in home and home[a] == home.get(b):
            parts[home[a]].apart.append((a, b))
    for pair in started.items():
        parts[home[pair[0]]].started.append(pair)
    return parts.values()


def group(
    edges: Iterable[Edge],
    lists: Lists,
    told: Told = NOTHING_TOLD,
    started: Mapping[int, int] | None = None,
) -> dict[int, int]:
    """The rows that are not alone, each with the least row of its group.

    Average linkage, the surest two groups first: the mean over all their pairs counts, so that one good pair does not
    carry ten bad ones. `lists` gives each row's list (None: unknown): two rows of one list are two people unless `told`
    otherwise. `started` are groups that stand already (row to any row of its group): they may grow but are not joined
    with each other. Ties go to the lesser rows, so the order of the edges has no say.
    """
    home: dict[int, int] = {}
    for part in _parts(edges, told, started or {}):
        if len(part.rows) == 2 and not part.same and not part.apart and not part.started:
            a, b = part.rows
            if lists[a] is None or lists[a] != lists[b]:
                home[a] = home[b] = a
            continue
        for root, members in _grown(part, lists).members.items():
            if len(members) > 1:
                home.update(dict.fromkeys(members, root))
    return home


def _grown(part: _Part, lists: Lists) -> _Groups:
    groups = _Groups(lists)
    for row in part.rows:
        groups.add(row)
    for a, b in part.apart:
        groups.barred.setdefault(a, set()).add(b)
        groups.barred.setdefault(b, set()).add(a)
    home = {row: row for row in part.rows}

    def join(a: int, b: int) -> int:
        kept = groups.join(a, b)
        home.update(dict.fromkeys(groups.members[kept], kept))
        return kept

    for a, b in part.started:
        if home[a] != home[b]:
            join(home[a], home[b])
    fixed = {home[a] for a, _ in part.started}
    for a, b in part.same:
        if home[a] != home[b] and not groups.barred_from(home[a], home[b]):
            was_fixed = home[a] in fixed or home[b] in fixed
            kept = join(home[a], home[b])
            if was_fixed:
                fixed.add(kept)
    for a, b, weight in part.edges:
        if home[a] != home[b]:
            groups.touch(home[a], home[b], weight, 1)
    _agglomerate(groups, fixed)
    return groups


def _surest(groups: _Groups, pairs: Iterable[tuple[int, int]]) -> list[tuple[float, int, int]]:
    """The pairs of groups that are sure enough to be joined, each with its mean likeness below 0, for a heap."""
    return [(-mean, a, b) for a, b in pairs if (mean := groups.mean(a, b)) >= JOINED]


def _agglomerate(groups: _Groups, fixed: set[int]) -> None:
    """Join the surest two groups, again and again, as long as they fit."""
    heap = _surest(groups, ((a, b) for a, others in groups.near.items() for b in others if a < b))
    heapq.heapify(heap)
    while heap:
        offered, a, b = heapq.heappop(heap)
        if b not in groups.near.get(a, {}) or abs(groups.mean(a, b) + offered) > _SLACK:
            continue  # one of the two has changed since
        if groups.kept_apart(a, b) or (a in fixed and b in fixed):
            continue
        kept = groups.join(a, b)
        if a in fixed or b in fixed:
            fixed.add(kept)
        for one in _surest(groups, ((min(kept, other), max(kept, other)) for other in groups.near.get(kept, {}))):
            heapq.heappush(heap, one)
