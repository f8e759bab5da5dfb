"""Where the headings of a sheet stand: one row, or two of which the lower names parts of what the upper one names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from habeas.readers.cells import clean
from habeas.readers.heading_words import OTHERS, PARENT, meanings
from habeas.readers.tables import Row

_LOOK = 40  # filled rows from the top among which headings are looked for
_LONG = 60
Span = tuple[int, int, int, int]  # merged cells: first row, first column, last row, last column; rows by number


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A sheet or table as it lies in the file: its rows by number, and which of its cells are merged."""

    name: str
    rows: tuple[Row, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The heading rows of a grid (one, or two that belong together), by number, and how many columns they name."""

    rows: tuple[int, ...]
    cells: tuple[str, ...]
    score: float = 0.0
    first: bool = True  # it is the first filled row, so that nothing has to be told


def filled_rows(grid: Grid) -> list[Row]:
    """The rows of a grid in which some cell holds something."""
    return [row for row in grid.rows if any(cell.strip() for cell in row.cells)]


def find_headings(grid: Grid) -> Headings | None:
    """The row whose cells are most of all phrases of headings; where none is, the first that is as wide as the table."""
    filled = filled_rows(grid)
    if not filled:
        return None
    looked = filled[:_LOOK]
    scores = [_score(row) for row in looked]
    best = max(range(len(looked)), key=lambda at: (scores[at], -at))
    if scores[best] < 1:
        width = median(len(filled_places(row)) for row in filled)
        best = next((at for at, row in enumerate(looked) if len(filled_places(row)) >= max(1, width * 0.6)), 0)
    at: tuple[int, ...] = (looked[best].number,)
    if best + 1 < len(filled) and _two_rows(looked[best], filled[best + 1], grid.spans):
        at = (looked[best].number, filled[best + 1].number)
    elif best > 0 and _two_rows(looked[best - 1], looked[best], grid.spans):
        at = (looked[best - 1].number, looked[best].number)
    cells = headings(grid, at)
    return Headings(
        rows=at, cells=cells, score=max(scores[best], sum(map(_known, cells))), first=at == (filled[0].number,)
    )


def headings(grid: Grid, rows: Sequence[int]) -> tuple[str, ...]:
    """The headings that stand in one row, or in two as `Parent > Child`; without the empty cells to the right."""
    by_number = {row.number: row for row in grid.rows}
    lines = [by_number[number].cells for number in rows if number in by_number]
    width = max((i + 1 for cells in lines for i, cell in enumerate(cells) if cell.strip()), default=0)
    texts = [[clean(cell).text for cell in cells[:width]] + [""] * (width - len(cells)) for cells in lines]
    if len(texts) < 2:
        return tuple(texts[0]) if texts else ()
    upper, lower = _spread(texts[0], texts[1], rows[0], grid.spans), texts[1]
    return tuple(PARENT.join(dict.fromkeys(part for part in pair if part)) for pair in zip(upper, lower, strict=True))


def _spread(upper: list[str], lower: list[str], number: int, spans: Sequence[Span]) -> list[str]:
    """A parent stands over every column that it is merged across, or over the empty cells after it that have a child."""
    out = list(upper)
    merged = {c: first for top, first, _, last in spans if top == number for c in range(first, last + 1)}
    known = any(top == number for top, *_ in spans)
    for at in range(1, len(out)):
        if out[at]:
            continue
        if at in merged:
            out[at] = upper[merged[at]]
        elif not known and lower[at] and lower[at - 1]:
            out[at] = out[at - 1]
    return out


def _two_rows(upper: Row, lower: Row, spans: Sequence[Span]) -> bool:
    """True where the lower row names parts of what the upper one names: under merged cells, or under its gaps."""
    above, below = filled_places(upper), filled_places(lower)
    if lower.number != upper.number + 1 or min(len(above), len(below)) < 2:
        return False
    if any(sign.isdecimal() for at in below for sign in lower.cells[at]):
        return False
    under = {
        c
        for top, left, end, right in spans
        if top == end == upper.number and left < right
        for c in range(left, right + 1)
    }
    if under:
        return set(below) <= under
    gaps = set(range(min(above), max(*above, *below) + 1)).difference(above)
    return bool(gaps) and gaps <= set(below) <= gaps | {at - 1 for at in gaps}


def _score(row: Row) -> float:
    """How much a row looks like headings: phrases count whole, words half, and other text nothing."""
    cells = [clean(row.cells[at]).text for at in filled_places(row)]
    known = sum(map(_known, cells))
    return known if len(cells) > 1 and known * 3 >= len(cells) else known / 4


def _known(text: str) -> float:
    found = meanings(text)
    if not found or (found[0].prop == OTHERS and not found[0].plain) or len(text) > _LONG:
        return 0.0
    if any(sign.isdecimal() for sign in text) and not found[0].plain:
        return 0.0
    return 1.0 if found[0].plain else 0.4


def filled_places(row: Row) -> list[int]:
    """The places of the cells of a row that hold something."""
    return [at for at, cell in enumerate(row.cells) if cell.strip()]
