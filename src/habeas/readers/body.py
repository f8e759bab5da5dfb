"""The rows below the headings: which are people, and which belong to the page: totals, notes, parts, headings again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import median

from habeas.readers.cells import clean
from habeas.readers.heading_row import Grid, Span, filled_places
from habeas.readers.heading_words import PARENT
from habeas.readers.lexicon import folded, phrases
from habeas.readers.tables import Row, Skipped

_WIDE = 3  # cells that a usual row fills, where a row that fills one alone is no person
_LONG = 60
_LONG_LIST = 12  # rows, from which on a row that fills one cell alone stands out
_AGAIN, _TOTAL, _NOTE, _ALONE = "the headings again", "a total", "a note or the heading of a part", "one cell alone"
_MARKS = ("*", "†", "※")


@dataclass(slots=True)
class Parted:
    """The rows under the headings: people, and what was passed over, each with why."""

    people: list[Row] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What the rows of a list look like: by which those that are none of it are told."""

    usual: float  # cells that a row fills
    rows: int
    names: frozenset[int]  # places of names; empty where nobody has said which they are
    again: tuple[frozenset[str], ...]  # each heading as a cell may repeat it
    across: frozenset[int]  # rows of which cells are merged side by side


def part(
    grid: Grid, found: Sequence[int], header: Sequence[str], names: Collection[str] = (), keep: Collection[int] = ()
) -> Parted:
    """Part the rows below the headings into people and what belongs to the page.

    `names` are the headings under which names stand. Rows named in `keep` are people whatever they look like.
    """
    body = down([row for row in grid.rows if row.number > max(found) and filled_places(row)], grid.spans)
    page = _Page(
        usual=median(len(filled_places(row)) for row in body) if body else 0,
        rows=len(body),
        names=frozenset(at for at, heading in enumerate(header) if heading in names),
        again=tuple(frozenset(map(folded, (cell, *cell.split(PARENT)))) for cell in header),
        across=frozenset(top for top, left, _, right in grid.spans if right > left),
    )
    parted = Parted()
    for row in body:
        why = None if row.number in keep else _furniture(row, page)
        if why is None:
            parted.people.append(_cut(row, len(header)))
            continue
        text = clean(row.cells[filled_places(row)[0]]).text[:_LONG]
        parted.skipped.append(Skipped(number=row.number, why=why, text=text, doubtful=why == _ALONE))
    return parted


def _furniture(row: Row, page: _Page) -> str | None:
    """Why a row is no person's, or None."""
    filled = filled_places(row)
    if _repeats(row, filled, page):
        return _AGAIN
    if _is_total(row, filled):
        return _TOTAL
    if len(filled) > 1:
        few = page.usual >= _WIDE and len(filled) * 3 <= page.usual
        return _NOTE if few and page.names and page.names.isdisjoint(filled) else None
    return _alone(row, filled[0], page)


def _repeats(row: Row, filled: Sequence[int], page: _Page) -> bool:
    same = sum(1 for at in filled if at < len(page.again) and folded(row.cells[at]) in page.again[at])
    return len(filled) > 1 and same * 5 >= len(filled) * 3


def _alone(row: Row, at: int, page: _Page) -> str | None:
    """Why a row with one filled cell is no person's: a name alone may be one, where other rows say little more."""
    text = row.cells[at]
    if _is_note(text):
        return _NOTE
    if page.usual < _WIDE:
        return None
    elsewhere = bool(page.names) and at not in page.names
    if row.number in page.across or elsewhere or len(text) > _LONG:
        return _NOTE
    # In a short list a name alone may well be a person of whom nothing else is known.
    return _ALONE if page.rows >= _LONG_LIST else None


def _is_total(row: Row, filled: Sequence[int]) -> bool:
    """A word for a total, alone or with its figure, and nothing but figures in the cells beside it."""
    worded = [text for text in (row.cells[at] for at in filled) if any(map(str.isalpha, text))]
    if len(worded) != 1:
        return False
    plain = folded(worded[0])
    return any(
        plain == phrase or (_goes_on(plain, phrase) and any(map(str.isdecimal, plain))) for phrase in _phrases("totals")
    )


def _goes_on(plain: str, phrase: str) -> bool:
    """True where a text begins with a phrase and another word or a figure follows: `total 20`, `共20人`."""
    rest = plain.removeprefix(phrase)
    return rest != plain and (rest.startswith(" ") or re.match(r"\d", rest) is not None)


def _is_note(text: str) -> bool:
    """A word for a note or a source, alone, before a colon, or before a day: never a name that begins like one."""
    if text.lstrip().startswith(_MARKS):
        return True
    plain, before = folded(text), folded(re.split("[:：]", text, maxsplit=1)[0])
    dated = any(map(str.isdecimal, plain))
    return any(phrase in (plain, before) or (dated and _goes_on(plain, phrase)) for phrase in _phrases("notes"))


@cache
def _phrases(key: str) -> frozenset[str]:
    return frozenset(folded(phrase) for keys in phrases("rows").values() for phrase in keys.get(key, ()))


def down(rows: Sequence[Row], spans: Sequence[Span]) -> tuple[Row, ...]:
    """The rows with the value of each cell that is merged downwards in every row that it covers."""
    cells = {row.number: list(row.cells) for row in rows}
    for top, left, bottom, _ in spans:
        if top < bottom and top in cells and left < len(cells[top]):
            for number in cells.keys() & range(top + 1, bottom + 1):
                _fill(cells[number], left, cells[top][left])
    return tuple(Row(number=row.number, cells=tuple(cells[row.number])) for row in rows)


def _fill(line: list[str], at: int, value: str) -> None:
    line += [""] * (at + 1 - len(line))
    line[at] = line[at] if line[at].strip() else value


def _cut(row: Row, width: int) -> Row:
    """Without the empty cells to the right of the headings: in a sheet every row is as wide as the widest."""
    cells = list(row.cells)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return Row(number=row.number, cells=tuple(cells))
