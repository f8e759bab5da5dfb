"""Signatures that a book keeps in a file: which claim of which text, with which verdict, was signed by whom."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from habeas.dates import PartialDate
from habeas.nouns import Problem, Verdict
from habeas.readers.tables import csv_table

_NEEDED = ("article", "text", "quote", "verdict", "by", "on")
_COLUMNS = (*_NEEDED, "kind", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One row: the file of the article, the beginning of its text's fingerprint, the claim's words, what was signed."""

    number: int
    article: str
    text: str
    quote: str
    kind: str
    verdict: Verdict
    by: str
    on: date
    note: str


def read_signatures(data: bytes, *, file: str) -> tuple[tuple[Signature, ...], tuple[Problem, ...]]:
    """The signatures of a CSV file with the columns article, text, quote, verdict, by, on and, if need be, kind and note."""
    table = csv_table(data, file=file, expected=_COLUMNS)
    header = [name.strip().casefold() for name in table.header]
    problems = list(table.problems)
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        if header:
            problems.append(
                Problem(
                    file=file, what=f"columns are missing: {', '.join(missing)}", do="Add them; nothing was signed."
                )
            )
        return (), tuple(problems)
    found = []
    for row in table.rows:
        cells = dict(zip(header, (cell.strip() for cell in row.cells), strict=False))
        try:
            found.append(_signature(row.number, cells))
        except ValueError as fault:
            do = "Correct the row; it was not signed."
            problems.append(Problem(file=file, row=row.number, what=str(fault), do=do))
    return tuple(found), tuple(problems)


def _signature(number: int, cells: Mapping[str, str]) -> Signature:
    """The signature of a row.

    Raises:
        ValueError: a cell is empty or cannot be read; the message says which.
    """
    empty = [name for name in _NEEDED if not cells.get(name)]
    if empty:
        raise ValueError(f"{empty[0]} is empty")
    text, verdict = cells["text"].casefold(), cells["verdict"].casefold().replace("_", " ")
    if re.fullmatch(r"[0-9a-f]{8,64}", text) is None:
        raise ValueError("text is not the fingerprint that `habeas check` prints (8 signs or more)")
    if verdict not in tuple(Verdict):
        raise ValueError(f"verdict is not one of: {', '.join(Verdict)}")
    try:
        when = PartialDate.parse(cells["on"])
    except ValueError:
        when = None
    if when is None or not when.is_day or when.earliest is None:
        raise ValueError("on is not a day such as 2026-04-01")
    return Signature(
        number=number,
        article=cells["article"].removeprefix("articles/"),
        text=text,
        quote=cells["quote"],
        kind=cells.get("kind", ""),
        verdict=Verdict(verdict),
        by=cells["by"],
        on=when.earliest,
        note=cells.get("note", ""),
    )
