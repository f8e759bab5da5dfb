"""The values in a cell, in the normal form of their property."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.nouns import Column
from habeas.readers.cells import LONGEST_NAME, Cell, letters, read_date
from habeas.vocabulary import normal, property_of

_YOUNGEST = 14  # years: nobody younger stands on a list of prisoners


def read_values(
    kind: str, prop: str, cell: Cell, column: Column, *, until: int | None = None
) -> Iterator[tuple[str, str | None, str | None]]:
    """(value, original, fault) of each value in a cell; where there is a fault, value is the text as found.

    A value that `values` reads as "" is left out on purpose. `original` is what was found, where it differs. `until` is
    the year of the list, after which no year of two digits is read.
    """
    whole = _mapped(cell.text, column)
    pieces = [cell.text] if whole is not None or column.split is None else cell.text.split(column.split)
    for piece in dict.fromkeys(piece.strip() for piece in pieces):
        meaning = _mapped(piece, column)
        if piece == "" or meaning == "":
            continue
        found = cell.found if len(pieces) == 1 or cell.marks else piece
        try:
            value = _normal(kind, prop, piece if meaning is None else meaning, column, until)
        except ValueError as fault:
            yield piece, found, str(fault)
        else:
            yield value, None if value == found else found, None


def _mapped(text: str, column: Column) -> str | None:
    """What a printed value means by the column's `values`; capitals make no difference."""
    if text in column.values:
        return column.values[text]
    folded = text.casefold()
    return next((meaning for printed, meaning in column.values.items() if printed.casefold() == folded), None)


def _normal(kind: str, prop: str, text: str, column: Column, until: int | None) -> str:
    """The normal form of one value.

    Raises:
        ValueError: it is no value of that type; the message says what was expected.
    """
    match property_of(kind, prop).type:
        case "date":
            last = until - _YOUNGEST if until is not None and prop == "born" else until
            return read_date(text, column.formats, last)
        case "name":
            if letters(text) < 2:
                raise ValueError("a name of fewer than two letters: it cannot tell one person from another")
            if len(text) > LONGEST_NAME:
                raise ValueError(f"longer than {LONGEST_NAME} characters, and no name is")
    return normal(kind, prop, text)
