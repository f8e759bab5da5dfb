"""Rows of a table, from whatever kind of file holds them, with each row's number in the file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from habeas.names import doubts
from habeas.nouns import Problem
from habeas.readers.cells import clean
from habeas.readers.text import decode

DELIMITERS = (",", ";", "\t", "|")
_DELIMITER_NAMES = ("commas", "semicolons", "tabs")
_NUMBERING = re.compile(r"(?:\(?\d{1,5}[.):]\s*|[-–—•*·▪●◦‣]\s+|\[\d{1,5}\]\s*)")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number in the file (the header is 1) and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A row that is no entry: a total, a note, headings again; `doubtful` where it might be a person after all."""

    number: int
    why: str
    text: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header and its rows; a file that cannot be read at all has no header."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    headed: int = 1  # the row in which the headings stand


def unreadable(*problems: Problem) -> Table:
    """No table, and why."""
    return Table(header=(), rows=(), problems=problems)


def names_table(data: bytes, *, file: str, encoding: str | None = None, weighed: bool = False) -> Table:
    """A plain list of names, one a line, as a table with the one column `name`.

    Blank lines and lines that start with # are skipped, numbering and bullets before a name are taken off. `weighed`: with
    a Problem for each name that is doubtful.
    """
    text, problems = decode(data, file=file, encoding=encoding)
    if text is None:
        return unreadable(*problems)
    rows = []
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        name = _NUMBERING.sub("", line.strip(), count=1).strip() if _NUMBERING.match(line.strip()) else line.strip()
        if name and not name.startswith("#"):
            rows.append(Row(number=number, cells=(name,)))
    if weighed:
        problems += doubtful(rows, (("name", 0),), file)
    return Table(header=("name",), rows=tuple(rows), problems=tuple(problems))


def doubtful(rows: Iterable[Row], places: Sequence[tuple[str, int]], file: str) -> Iterator[Problem]:
    """What is wrong with the names in some columns (heading, place) as names."""
    for row in rows:
        for column, at in places:
            for what, do in doubts(row.cells[at]):
                yield Problem(file=file, row=row.number, column=column, what=what, do=do, value=row.cells[at][:80])


def csv_table(data: bytes, *, file: str, expected: Collection[str], encoding: str | None = None) -> Table:
    """A CSV file with a header; the delimiter is the one that shows most of the `expected` columns."""
    if data.startswith((_ZIP, _OLE)):
        what = "the file is a spreadsheet (XLSX or XLS), not CSV"
        return unreadable(Problem(file=file, what=what, do="Rename it to .xlsx, or save it as CSV in UTF-8"))
    text, problems = decode(data, file=file, encoding=encoding)
    if text is None:
        return unreadable(*problems)
    if not text.strip():
        return unreadable(*problems, Problem(file=file, what="the file is empty", do="Put the list into it again"))
    delimiter = _delimiter(text, expected)
    rows, broken = records(text, delimiter, file)
    problems += broken
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        return unreadable(*problems, Problem(file=file, what="the file is empty", do="Put the list into it again"))
    header = filled[0]
    undivided = one_column(header, expected, file)
    if undivided is not None:
        return unreadable(*problems, undivided)
    return Table(header=header.cells, rows=tuple(filled[1:]), problems=tuple(problems))


def one_column(header: Row, expected: Collection[str], file: str) -> Problem | None:
    """What is wrong with a header that is one column where several are expected."""
    if len(header.cells) != 1 or len(expected) < 2 or clean(header.cells[0]).text in expected:
        return None
    what = f"the header is one single column where {len(expected)} are expected: the delimiter is not known"
    do = f"Save the file with {', '.join(_DELIMITER_NAMES)} or | between the columns"
    return Problem(file=file, row=header.number, what=what, do=do, value=header.cells[0][:80])


def _delimiter(text: str, expected: Collection[str]) -> str:
    """Most expected headings first, then most columns; a heading row of names tells more than counting signs."""
    first = next(line for line in io.StringIO(text, newline="") if line.strip())

    def fit(sign: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=sign), [])
        return sum(1 for cell in cells if cell.strip() in expected), len(cells)

    return max(DELIMITERS, key=fit)


def records(text: str, delimiter: str, file: str) -> tuple[list[Row], list[Problem]]:
    """Every record of a delimited text; one with a broken quotation is read as a single line, so that it cannot swallow the rest."""
    lines = list(io.StringIO(text, newline=""))
    rows: list[Row] = []
    problems: list[Problem] = []
    before = csv.field_size_limit(max(len(text) + 1, 131_072))
    try:
        start = 0
        while start < len(lines):
            start = _run(lines, start, delimiter, rows)
            if start < len(lines):
                cells = next(csv.reader([lines[start]], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
                rows.append(Row(number=len(rows) + 1, cells=tuple(cells)))
                what = "a quotation mark is not closed, or stands inside a value"
                do = 'Write "" for a quotation mark inside a quoted value; the line was read as it stands'
                problems.append(Problem(file=file, row=len(rows), what=what, do=do, value=lines[start].strip()[:80]))
                start += 1
    finally:
        csv.field_size_limit(before)
    return rows, problems


def _run(lines: list[str], start: int, delimiter: str, rows: list[Row]) -> int:
    """Read records strictly from a line on; returns the line of the first that breaks, or the end."""
    reader = csv.reader(_from(lines, start), delimiter=delimiter, strict=True)
    read = start
    try:
        for cells in reader:
            rows.append(Row(number=len(rows) + 1, cells=tuple(cells)))
            read = start + reader.line_num
    except csv.Error:
        return read
    return len(lines)


def _from(lines: list[str], start: int) -> Iterator[str]:
    for index in range(start, len(lines)):
        yield lines[index]
