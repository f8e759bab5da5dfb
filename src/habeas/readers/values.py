"""The values in a cell, in the normal form of their property."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from habeas.nouns import Column, Means
from habeas.readers.cells import LONGEST_NAME, Cell, letters
from habeas.readers.dating import pieces_of
from habeas.readers.lexicon import folded, phrases
from habeas.readers.printed import How, read_date, several
from habeas.readers.standing import rest_of, rests
from habeas.vocabulary import normal, property_of

_YOUNGEST = 14  # years: nobody younger stands on a list of prisoners
_OLDEST = 120
# What a cell of dates may say again of its own column: "released 12 May 2021".
_SAYS: dict[str, Means] = {
    "detained": Means.HELD,
    "held_on": Means.HELD,
    "released": Means.RELEASED,
    "died": Means.DIED,
    "recognised": Means.RECOGNISED,
}


def read_values(
    kind: str, prop: str, cell: Cell, column: Column, *, until: int | None = None
) -> Iterator[tuple[str, str | None, str | None]]:
    """(value, original, fault) of each value in a cell; where there is a fault, value is the text as found.

    A value that `values` reads as "" is left out on purpose, and so is a word for unknown. `original` is what was found,
    where it differs. `until` is the year of the list, after which no year of two digits is read.
    """
    whole = _mapped(cell.text, column)
    pieces: tuple[str, ...] = (cell.text,)
    if whole is None:
        pieces = _pieces(kind, prop, cell, column, until)
    for piece in dict.fromkeys(piece.strip() for piece in pieces):
        meaning = _mapped(piece, column)
        if piece == "" or meaning == "" or (meaning is None and _says_nothing(kind, prop, piece)):
            continue
        found = cell.found if len(pieces) == 1 or cell.marks else piece
        try:
            value = _normal(kind, prop, piece if meaning is None else meaning, column, until)
        except ValueError as fault:
            yield piece, found, str(fault)
        else:
            yield value, None if value == found else found, None


def _pieces(kind: str, prop: str, cell: Cell, column: Column, until: int | None) -> tuple[str, ...]:
    """The values of a cell: parted as the column says, or, of dates, where every piece reads by itself."""
    if column.split is not None:
        return tuple(cell.text.split(column.split))
    if property_of(kind, prop).type != "date" or _reads(kind, prop, cell.text, column, until):
        return (cell.text,)
    text = "\n".join(line.strip() for line in cell.found.splitlines()) if "\n" in cell.found else cell.text
    for pieces in several(text):
        if all(_reads(kind, prop, piece, column, until) for piece in pieces):
            return pieces
    return (cell.text,)


def _reads(kind: str, prop: str, text: str, column: Column, until: int | None) -> bool:
    try:
        _normal(kind, prop, text, column, until)
    except ValueError:
        return False
    return True


def is_unknown(text: str) -> bool:
    """True of a word that says that something is not known, in any language: "n/a", «нет данных», 不详."""
    return folded(text) in _unknown() or not any(sign.isalnum() for sign in text)


@cache
def _unknown() -> frozenset[str]:
    found = (word for keys in phrases("dates").values() for word in keys.get("unknown", ()))
    return frozenset(filter(None, map(folded, found)))


def _says_nothing(kind: str, prop: str, text: str) -> bool:
    """True where a cell that should hold a name, a code or a figure holds a word for unknown; free words stay words."""
    spec = property_of(kind, prop)
    if prop == "means":
        return False  # not to know where somebody is differs from saying nothing of it: a person is asked
    return spec.type != "name" and not spec.free and text.casefold() not in spec.of and is_unknown(text)


def _mapped(text: str, column: Column) -> str | None:
    """What a printed value means by the column's `values`; capitals make no difference."""
    if text in column.values:
        return column.values[text]
    small = text.casefold()
    return next((meaning for printed, meaning in column.values.items() if printed.casefold() == small), None)


def _normal(kind: str, prop: str, text: str, column: Column, until: int | None) -> str:
    """The normal form of one value.

    Raises:
        ValueError: it is no value of that type; the message says what was expected.
    """
    match property_of(kind, prop).type:
        case "date":
            last = until - _YOUNGEST if until is not None and prop == "born" else until
            how = How(
                formats=column.formats, order=column.order, calendar=column.calendar, lang=column.lang, until=last
            )
            return _date(prop, text, how)
        case "name":
            if letters(text) < 2:
                raise ValueError("a name of fewer than two letters: it cannot tell one person from another")
            if len(text) > LONGEST_NAME:
                raise ValueError(f"longer than {LONGEST_NAME} characters, and no name is")
        case "integer" if prop == "age":
            return _age(text)
    return normal(kind, prop, text)


def _date(prop: str, text: str, how: How) -> str:
    """A date, also one that says again what its column says.

    Raises:
        ValueError: as `read_date`.
    """
    try:
        return read_date(text, how)
    except ValueError as fault:
        rest = rest_of(text, _SAYS[prop]) if prop in _SAYS else None
        if rest is None:
            raise
        try:
            return read_date(rest, how)
        except ValueError:
            raise fault from None


def dated(text: str, until: int | None = None) -> tuple[Means, str] | None:
    """The standing and the date of a status that says both, such as "Released 12 May 2021"; None where it does not."""
    found = set()
    for means, rest in rests(text):
        try:
            found.add((means, read_date(rest, How(until=until))))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None


def _age(text: str) -> str:
    """Whole years, with the word for them or without.

    Raises:
        ValueError: it is no whole number of years, or more than anybody lives.
    """
    pieces = pieces_of(text)
    numbers = [piece for kind, piece in pieces if kind == "number"]
    others = [piece.strip() for kind, piece in pieces if kind != "number"]
    if len(numbers) != 1 or not all(word in _years_old() or word in ".~" for word in others):
        raise ValueError("not an age in whole years")
    if int(numbers[0]) > _OLDEST:
        raise ValueError(f"an age of more than {_OLDEST} years")
    return str(int(numbers[0]))


@cache
def _years_old() -> frozenset[str]:
    return frozenset(folded(word) for keys in phrases("age").values() for word in keys.get("years", ()))
