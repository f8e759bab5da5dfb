"""How the cells of a column read, told from the cells themselves: formats, values, separators, and what they cannot tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from habeas.dates import PartialDate
from habeas.nouns import Column, Means
from habeas.readers.cells import Cell, clean, read_date
from habeas.readers.standing import standing
from habeas.readers.values import read_values
from habeas.vocabulary import property_of

_PARTED = re.compile(r"(\d{1,2})([/\-.])(\d{1,2})\2(\d{4}|\d{2})")
_UNPLACED = frozenset({"born", "appeal", "published"})  # dates that say nothing of the time a list looks at
_YEARS = (1900, 2100)
_MOST_UNKNOWN = 30
_SEX = {
    "f": "female", "w": "female", "woman": "female", "ж": "female", "жен": "female", "k": "female", "жін": "female",
    "m": "male", "man": "male", "м": "male", "муж": "male", "чол": "male",
}  # fmt: skip
MOST = 0.7  # of the filled cells


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """One column: the property it seems to hold (None: not recognised), how it reads, and what was seen in it.

    `remarks` are what a person has to decide about it, a line each.
    """

    heading: str
    prop: str | None
    seen: str
    key: bool = False
    lang: str | None = None
    split: str | None = None
    formats: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def settings_of(heading: str, prop: str, cells: list[str], seen: str) -> Guess:
    """With the formats or values by which the cells read; a column that mostly does not read is left to the person."""
    kind = {"url": "source", "published": "source", "lang": "source"}.get(prop, "entry")
    name = "language" if prop == "lang" else prop
    spec = property_of(kind, name)
    formats, remarks = _formats(cells) if spec.type == "date" else ((), ())
    values = {cell: _SEX[cell.casefold()] for cell in dict.fromkeys(cells) if prop == "sex" and cell.casefold() in _SEX}
    split = ";" if spec.several and prop != "note" and any(";" in cell for cell in cells) else None
    column = Column(formats=formats, values=values, split=split)
    bad = sum(1 for cell in cells if not _reads(kind, name, cell, column))
    if bad * 2 > len(cells):
        return Guess(heading=heading, prop=None, seen=f"{seen}; looks like {prop}, but most cells do not read so")
    remark = f"{seen}; {bad} of {len(cells)} cells do not read so" if bad else seen
    return Guess(heading=heading, prop=prop, seen=remark, formats=formats, values=values, split=split, remarks=remarks)


def standing_of(heading: str, cells: list[str], seen: str) -> Guess:
    """What each printed status means for standing on the list; those not known are left to a person, by name."""
    counted = Counter(cells)
    values = {cell: means.value for cell in counted if (means := standing(cell)) is not None}
    if not values:
        return settings_of(heading, "status", cells, seen)
    unknown = [cell for cell in counted if cell not in values]
    said = [f"not known: {cell[:60]} ({counted[cell]} of {len(cells)} cells)" for cell in unknown[:_MOST_UNKNOWN]]
    if len(unknown) > _MOST_UNKNOWN:
        said.append(f"and {len(unknown) - _MOST_UNKNOWN} more that are not known")
    if unknown:
        meanings = ", ".join(Means)
        said.append(f'Add each to values with what it means ({meanings}), or with "" where it says none of these')
    return Guess(heading=heading, prop="means", seen=seen, values=values, remarks=tuple(said))


def period_of(found: Sequence[Guess], header: Sequence[str], rows: Sequence[Sequence[str]]) -> str | None:
    """From the first to the last day that the cells guessed to be dates of custody can mean, in EDTF, or None."""
    days = []
    for column in found:
        dated = column.prop is not None and column.prop not in {*_UNPLACED, "means", "url", "lang"}
        if not dated or property_of("entry", str(column.prop)).type != "date":
            continue
        for text in filled(rows, list(header).index(column.heading)):
            for value, _, fault in read_values("entry", str(column.prop), clean(text), Column(formats=column.formats)):
                when = PartialDate.parse(value) if fault is None else None
                if when is not None and when.earliest is not None and when.latest is not None:
                    days += [day for day in (when.earliest, when.latest) if _YEARS[0] <= day.year < _YEARS[1]]
    if not days:
        return None
    first, last = min(days).isoformat(), max(days).isoformat()
    return first if first == last else f"{first}/{last}"


def are_dates(cells: list[str]) -> bool:
    def is_date(cell: str) -> bool:
        try:
            read_date(cell)
        except ValueError:
            return False
        return True

    return share_of(cells, is_date) >= MOST


def filled(rows: Sequence[Sequence[str]], position: int) -> list[str]:
    return [row[position] for row in rows if position < len(row) and row[position]]


def share_of(cells: list[str], test: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def _reads(kind: str, prop: str, text: str, column: Column) -> bool:
    cell = Cell(text=text, found=text)
    return cell.empty or all(fault is None for _, _, fault in read_values(kind, prop, cell, column))


def _formats(cells: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Day before month unless a cell shows otherwise, and what no cell shows; nothing where dates read by themselves."""
    parts = [match for cell in cells if (match := _PARTED.fullmatch(cell))]
    slashed = [match for match in parts if match[2] != "."]  # with full stops the day always comes first
    month_first, day_first = (any(int(match[place]) > 12 for match in slashed) for place in (3, 1))
    formats = _written(parts, month_first=month_first and not day_first)
    remarks = []
    if slashed and month_first == day_first:
        why = "cells show both" if day_first else "no cell proves which, since no number is above 12"
        remarks.append(f"{slashed[0][0]} may be day/month or month/day: {why}; it is read with the day first")
    if any(form.endswith("%y") for form in formats):
        remarks.append(
            "Years of two digits: 00 to 68 are read as 20xx, 69 to 99 as 19xx, none after `published`: fill that in"
        )
    return formats, tuple(remarks)


def _written(dates: list[re.Match[str]], *, month_first: bool) -> tuple[str, ...]:
    """The formats that have to be told for these dates to be read."""
    formats: dict[str, None] = {}
    for match in dates:
        sign, short = match[2], len(match[4]) == 2
        if sign == "." and not short:
            continue  # read without being told
        order = ("%m", "%d") if sign != "." and month_first else ("%d", "%m")
        formats.setdefault(sign.join((*order, "%y" if short else "%Y")))
    return tuple(formats)
