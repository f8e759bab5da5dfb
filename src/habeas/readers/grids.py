"""From bytes to grids of cells, told by what stands in the file and not by its ending alone."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from pathlib import PurePath

from habeas.nouns import Problem
from habeas.readers.heading_row import Grid
from habeas.readers.heading_words import is_phrase, language_of
from habeas.readers.json_table import json_grids
from habeas.readers.markup import markup_grids
from habeas.readers.tables import DELIMITERS, records
from habeas.readers.text import decode
from habeas.readers.workbook import RefusedError, is_workbook, workbook_grids

LARGEST = 300_000_000  # bytes of a list; a larger file is not read into memory
_SAMPLE = 40  # lines
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_\-]{3,20})""")
_CELLS = re.compile(r"[,;\t|\"]|<[^>]*>")
_MARKUP = re.compile(r"<(?:!doctype html|html|table|body|workbook|ss:workbook|\?mso-application)\b", re.IGNORECASE)


def grids_of(
    data: bytes, *, file: str, expected: Collection[str] = (), encoding: str | None = None
) -> tuple[tuple[Grid, ...], list[Problem]]:
    """The sheets or tables of a file, and what is to be said of how it was read; none where it cannot be read.

    `expected` are the headings that book.toml names: the delimiter is the one that shows most of them.
    """
    if len(data) > LARGEST:
        what = f"the file holds {len(data):,} bytes, and a list of at most {LARGEST:,} is read"
        return (), [Problem(file=file, what=what, do="Part it into several lists")]
    if is_workbook(data, file):
        try:
            return workbook_grids(data), []
        except RefusedError as fault:
            return (), [Problem(file=file, what=str(fault), do="Save it again as XLSX, or as CSV in UTF-8")]
    text, problems = decode(data, file=file, encoding=encoding or _told(data), judge=_judge)
    if text is None:
        return (), problems
    if not text.strip():
        return (), [*problems, Problem(file=file, what="the file is empty", do="Put the list into it again")]
    return _of_text(text, file, expected, problems)


def _told(data: bytes) -> str | None:
    """The encoding that a page or XML says it is in, where Python knows it and the bytes are so."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t")
    found = _CHARSET.search(head) if head.startswith(b"<") else None
    if found is None:
        return None
    try:
        data.decode(found[1].decode("ascii"))
    except (LookupError, UnicodeError):
        return None
    return found[1].decode("ascii")


def _of_text(
    text: str, file: str, expected: Collection[str], problems: list[Problem]
) -> tuple[tuple[Grid, ...], list[Problem]]:
    head = text[:4096].lstrip("\ufeff \r\n\t")
    if head.startswith("<") and _MARKUP.search(head):
        grids = markup_grids(text)
        if not grids:
            problems.append(Problem(file=file, what="the page holds no table", do="Save the list as CSV in UTF-8"))
        return grids, problems
    if head.startswith(("{", "[{", "[\n", "[ ")) or (head.startswith("[") and PurePath(file).suffix.lower() == ".json"):
        try:
            return json_grids(text), problems
        except ValueError as fault:
            what = f"the file begins as JSON and cannot be read: {fault}"
            return (), [*problems, Problem(file=file, what=what, do="Correct it, or save the list as CSV in UTF-8")]
    rows, faults = records(text, delimiter_of(text, expected), file)
    return (Grid(name="", rows=tuple(rows)),), [*problems, *faults]


def _sampled(text: str, sign: str) -> list[list[str]]:
    lines = [line for line in io.StringIO(text[:60_000], newline="") if line.strip()][:_SAMPLE]
    try:
        return list(csv.reader(lines, delimiter=sign))
    except csv.Error:
        return [line.split(sign) for line in lines]


def delimiter_of(text: str, expected: Collection[str] = ()) -> str:
    """Most expected headings first, then most phrases of headings in a row, then most columns all the way down."""

    def fit(sign: str) -> tuple[int, int, int]:
        rows = _sampled(text, sign)
        told = max((sum(cell.strip() in expected for cell in row) for row in rows), default=0)
        known = max((sum(1 for cell in row if is_phrase(cell.strip())) for row in rows), default=0)
        widths = sorted(len(row) for row in rows) or [0]
        return told, known if widths[len(widths) // 2] > 1 else 0, widths[len(widths) // 2]

    return max(DELIMITERS, key=fit)


def _judge(text: str) -> tuple[float, str | None]:
    """How many phrases of headings stand in one of the first lines of a text, and of which language.

    A phrase of ASCII stands in every encoding: it says nothing of this one.
    """
    best: list[str] = []
    for line in text[:20_000].splitlines()[:_SAMPLE]:
        cells = [cell for cell in map(str.strip, _CELLS.split(line)) if cell]
        known = [cell for cell in cells if is_phrase(cell)]
        telling = [cell for cell in known if not cell.isascii()]
        # One cell that happens to be a phrase makes no row of headings.
        if len(telling) > len(best) and len(known) * 2 >= len(cells):
            best = telling
    return float(len(best)), language_of(best)


def is_table(text: str) -> bool:
    """True where a text file is a table with headings and not a plain list of names, one a line."""
    if text.lstrip("\ufeff \r\n\t").startswith(("<", "{", "[{")):
        return True
    sign = delimiter_of(text)
    rows = _sampled(text, sign)
    wide = sum(1 for row in rows if len(row) > 1)
    known = max((sum(1 for cell in row if is_phrase(cell.strip())) for row in rows[:10] if len(row) > 1), default=0)
    return wide * 5 >= len(rows) * 4 and (known >= 2 or (sign == "\t" and wide > 1))
