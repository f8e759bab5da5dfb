"""Suppress small cells of a breakdown, where they would reveal a restricted value, and only there.

For a breakdown that counts people whose value in it is restricted (a facet counted from all the team sees). What is
counted from the public view needs none of it: restricted values are not in it. It protects against a reader who knows
this rule and the total; against one who knows every other person's value, only the public view does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """A breakdown as it may be shown: a cell that is None is kept back; so is the total where it would tell a cell."""

    cells: Mapping[str, int | None]
    total: int | None


def suppress(cells: Mapping[str, int], restricted: Mapping[str, int], *, fewest: int = FEWEST) -> Suppressed:
    """Keep back each cell of fewer than `fewest` people of whom one's value is restricted, and its neighbour with it.

    The neighbour keeps the total from telling the cell (complementary suppression). Cells are neighbours by their order
    alone: a partner chosen by its size would tell something by having been chosen. Where there is one cell only, the
    total is kept back too.

    Args:
        cells: people in each cell, restricted ones included; all the values there can be, also those of nobody.
        restricted: of them, those whose value in this breakdown is restricted.
    """
    for name, n in restricted.items():
        if not 0 <= n <= cells.get(name, 0):
            raise ValueError(f"{n} restricted of {cells.get(name, 0)} in {name!r}")
    telling = {name for name, n in cells.items() if restricted.get(name, 0) and n < fewest}
    hidden = {name for block in _blocks(list(cells)) if telling.intersection(block) for name in block}
    shown = {name: None if name in hidden else n for name, n in cells.items()}
    return Suppressed(cells=shown, total=None if len(cells) == 1 and hidden else sum(cells.values()))


def _blocks(names: list[str]) -> list[list[str]]:
    """Neighbours two by two; an odd one out joins the last two."""
    starts = range(0, max(len(names) - 1, 1), 2)
    found = [names[start : start + 2] for start in starts]
    if len(names) % 2 and len(names) > 1:
        found[-1] = names[-3:]
    return found
