"""Two people judged the same pairs without knowing the other's view: how far they agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from habeas.nouns import Same, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one reviewer thinks of a pair of entries, the lesser first."""

    a: str
    b: str
    by: str
    same: Same
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Two reviewers: the pairs both judged, on how many they agree, Cohen's kappa, and the pairs they differ on.

    `kappa` is None where it is not defined: no pair in common, or both always said the same one thing.
    """

    reviewers: tuple[str, str]
    pairs: int
    agreed: int
    kappa: float | None
    differ: tuple[tuple[Opinion, Opinion], ...]


def opinions(view: View[Any]) -> tuple[Opinion, ...]:
    """The latest opinion of each reviewer on each pair, in the order of recording."""
    latest: dict[tuple[str, str, str], Opinion] = {}
    for _, statements in view.of_kind("opinion"):
        said = {s.prop: s for s in statements if s.value is not None}
        if not {"a", "b", "same", "by"} <= said.keys():
            continue
        a, b = sorted((str(said["a"].value), str(said["b"].value)))
        by = str(said["by"].value)
        found = Opinion(a=a, b=b, by=by, same=Same(str(said["same"].value)), seq=said["same"].seq)
        if (a, b, by) not in latest or latest[a, b, by].seq < found.seq:
            latest[a, b, by] = found
    return tuple(sorted(latest.values(), key=lambda one: one.seq))


def kappa(labels: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two people's labels on the same things.

    Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960) 37-46:
    (observed - expected) / (1 - expected), expected from how often each of the two uses each label.
    """
    if not labels:
        return None
    n = len(labels)
    observed = sum(a == b for a, b in labels) / n
    first, second = Counter(a for a, _ in labels), Counter(b for _, b in labels)
    expected = sum(first[label] * second[label] for label in first) / (n * n)
    return None if expected == 1 else (observed - expected) / (1 - expected)


def agreement(found: Sequence[Opinion]) -> tuple[Agreement, ...]:
    """Each two reviewers that judged pairs in common, by name."""
    by: dict[str, dict[tuple[str, str], Opinion]] = {}
    for one in found:
        by.setdefault(one.by, {})[one.a, one.b] = one
    made = []
    for left, right in combinations(sorted(by), 2):
        shared = [(by[left][pair], by[right][pair]) for pair in by[left] if pair in by[right]]
        if not shared:
            continue
        made.append(
            Agreement(
                reviewers=(left, right),
                pairs=len(shared),
                agreed=sum(x.same is y.same for x, y in shared),
                kappa=kappa([(x.same.value, y.same.value) for x, y in shared]),
                differ=tuple((x, y) for x, y in shared if x.same is not y.same),
            )
        )
    return tuple(made)
