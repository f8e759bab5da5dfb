"""How the cells of a column read, told from the cells themselves: formats, values, separators, and what they cannot tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from habeas.dates import PartialDate
from habeas.nouns import Column, Means
from habeas.readers.cells import Cell, clean
from habeas.readers.columns import dates_of
from habeas.readers.lexicon import folded, phrases
from habeas.readers.printed import How
from habeas.readers.standing import standing
from habeas.readers.values import dated, is_unknown, read_values
from habeas.vocabulary import normal, property_of

_WORD = re.compile(r"[^\W\d_]+")
_BARE = re.compile(r"\d{1,3}(?:[.,]\d+)?")
_UNPLACED = frozenset({"born", "appeal", "ends", "published"})  # dates that say nothing of the time a list looks at
_YEARS = (1900, 2100)
_MOST_CODES = 12  # different cells of a column of codes
_MOST_UNKNOWN = 30
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
    order: str | None = None
    calendar: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


def settings_of(heading: str, prop: str, cells: list[str], seen: str) -> Guess:
    """With the formats or values by which the cells read; a column that mostly does not read is left to the person."""
    kind = {"url": "source", "published": "source", "lang": "source"}.get(prop, "entry")
    name = "language" if prop == "lang" else prop
    spec = property_of(kind, name)
    how, unsaid = dates_of(heading, cells) if spec.type == "date" else (How(), ())
    values, asked = _sexes(cells) if prop == "sex" else ({}, ())
    if spec.type == "duration":
        values = _lengths(heading, cells)
    split = ";" if spec.several and prop != "note" and any(";" in cell for cell in cells) else None
    column = Column(
        formats=how.formats, order=how.order, calendar=how.calendar, lang=how.lang, values=values, split=split
    )
    unread = [cell for cell in cells if not _reads(kind, name, cell, column)]
    if sum(1 for cell in unread if not _is_like(spec.type, cell)) * 2 > len(cells):
        return Guess(heading=heading, prop=None, seen=f"{seen}; looks like {prop}, but most cells do not read so")
    remark = f"{seen}; {len(unread)} of {len(cells)} cells do not read so" if unread else seen
    return Guess(
        heading=heading, prop=prop, seen=remark, lang=how.lang, formats=how.formats, order=how.order, calendar=how.calendar,
        values=values, split=split, remarks=(*unsaid, *asked),
    )  # fmt: skip


def _is_like(kind: str, cell: str) -> bool:
    """True of what looks like a date: one that does not exist, or may be two, is told of its row; its column is kept."""
    return kind == "date" and any(sign.isdigit() for sign in cell)


def _lengths(heading: str, cells: Sequence[str]) -> dict[str, str]:
    """What bare numbers mean under a heading that names one unit: "sentence (years)"."""
    values = {}
    words = _WORD.findall(heading)
    for cell in dict.fromkeys(cells):
        found = {length for word in words if (length := _length(f"{cell} {word}"))} if _BARE.fullmatch(cell) else set()
        if len(found) == 1:
            values[cell] = found.pop()
    return values


def _length(text: str) -> str | None:
    try:
        return normal("entry", "sentence", text)
    except ValueError:
        return None


def _sexes(cells: list[str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What each printed sex means, in the languages that know most of the column's words; they have to agree."""
    every = [_known(cells, words) for words in phrases("sex").values()]
    best = max(map(len, every), default=0)
    found = [values for values in every if values and len(values) == best]
    if not found:
        return {}, ()
    unsure = [cell for cell in found[0] if len({values.get(cell) for values in found}) > 1]
    values = {cell: sex for cell, sex in found[0].items() if cell not in unsure}
    said = f"{', '.join(unsure[:5])}: female in one language and male in another; add each to values"
    return values, (said,) if unsure else ()


def _known(cells: Sequence[str], words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """What each printed word means, of those that one language knows."""
    known = {folded(word): meaning for meaning, forms in words.items() for word in forms}
    return {cell: known[folded(cell)] for cell in dict.fromkeys(cells) if folded(cell) in known}


def standing_of(heading: str, cells: list[str], seen: str) -> Guess:
    """What each printed status means for standing on the list; those not known are left to a person, by name."""
    counted = Counter(cells)
    values = {cell: means.value for cell in counted if (means := standing(cell)) is not None}
    if not values and len(counted) > _MOST_CODES:
        return settings_of(heading, "status", cells, seen)  # told freely
    values |= {cell: "" for cell in counted if is_unknown(cell)}
    unknown = [cell for cell in counted if cell not in values and dated(cell) is None]
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
            for value, _, fault in read_values("entry", str(column.prop), clean(text), _column(column)):
                when = PartialDate.parse(value) if fault is None else None
                if when is not None and when.earliest is not None and when.latest is not None:
                    days += [day for day in (when.earliest, when.latest) if _YEARS[0] <= day.year < _YEARS[1]]
    if not days:
        return None
    first, last = min(days).isoformat(), max(days).isoformat()
    return first if first == last else f"{first}/{last}"


def _column(guess: Guess) -> Column:
    return Column(formats=guess.formats, order=guess.order, calendar=guess.calendar, lang=guess.lang)


def filled(rows: Sequence[Sequence[str]], position: int) -> list[str]:
    return [row[position] for row in rows if position < len(row) and row[position]]


def share_of(cells: list[str], test: Callable[[str], object]) -> float:
    return sum(1 for cell in cells if test(cell)) / len(cells) if cells else 0.0


def _reads(kind: str, prop: str, text: str, column: Column) -> bool:
    cell = Cell(text=text, found=text)
    return cell.empty or all(fault is None for _, _, fault in read_values(kind, prop, cell, column))
