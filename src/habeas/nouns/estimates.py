"""How many there are in all: who is on which lists, and what each method makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True, kw_only=True)
class OverlapTable:
    """How many persons stand on exactly which lists; nobody is counted twice.

    `cells` maps a combination of lists to its persons: bit j of the number is 1 where they stand on `lists[j]`. Only
    combinations with somebody in them are kept; 0, those on no list, is what an estimate is of. `notes` are what was
    done to the lists before (merged into an origin, left out), in words.
    """

    lists: tuple[str, ...]
    cells: Mapping[int, int]
    notes: tuple[str, ...] = ()

    @cached_property
    def observed(self) -> int:
        """Persons on at least one list."""
        return sum(self.cells.values())

    def on(self, *places: int) -> int:
        """Persons on all of the lists at these places."""
        wanted = sum(1 << j for j in places)
        return sum(n for cell, n in self.cells.items() if cell & wanted == wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What one method says of the number in all: `estimate` with its 95% bounds, in persons.

    `high` None: the method gives a lower bound only. `se` is the standard error or the posterior's standard deviation.
    `rests_on` is the assumption that cannot be tested from the lists, in words. `diagnostics` is plain JSON.
    """

    method: str
    model: str
    estimate: float
    low: float
    high: float | None
    se: float | None
    bic: float | None
    rests_on: str
    diagnostics: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far the methods and the models that fit about as well lie apart: lowest, highest, and their ratio.

    `factor` is the ratio from which the answer is refused.
    """

    low: float
    high: float
    ratio: float
    factor: float
    of: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimation:
    """All that the lists allow to say of the number in all; `refused` is the reason why it is no answer, or None."""

    table: OverlapTable
    methods: tuple[Estimate, ...]
    spread: Spread | None
    warnings: tuple[str, ...]
    refused: str | None
