"""XLSX workbooks, looked over before they are opened: a small file can unpack to more than the machine holds."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from habeas.nouns import Problem
from habeas.readers.tables import Row, Table, unreadable

LARGEST = 200_000_000  # bytes, unpacked
RATIO = 200  # unpacked to packed, looked at from 10 MB on
CELLS = 20_000_000  # of the box around everything a sheet holds
_CHUNK = 1 << 20
_REFERENCE = re.compile(rb'<c\s[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHARED = re.compile(rb'<c\s[^>]{0,200}?\bt="s"[^>]{0,200}>\s*<v>([0-9]{1,9})</v>')
_ITEM = re.compile(rb"<si>.*?</si>|<si/>", re.DOTALL)
_TEXT = 500_000_000  # bytes of text in all cells, where cells share strings
Cell = int | float | str | bool | time | date | datetime | timedelta | None


class RefusedError(Exception):
    """The workbook is not opened; the text says why. Never leaves this module."""


def xlsx_table(data: bytes, *, file: str, sheet: str | None = None) -> Table:
    """A sheet of a workbook (the first, unless named), its typed cells as text: dates in ISO, 5.0 as 5."""
    try:
        _look_over(data)
        return _sheet(data, sheet)
    except RefusedError as fault:
        return unreadable(Problem(file=file, what=str(fault), do="Save it again as XLSX, or as CSV in UTF-8"))


def _look_over(data: bytes) -> None:
    """Unpack every part once, counting, before a reader that would keep it all does so.

    The sizes in the directory of a ZIP are claims; what a part really unpacks to is counted beside them.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError("the file is an old XLS workbook, or is locked with a password")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        cut = data.startswith(b"PK")
        raise RefusedError(
            "the workbook is cut off or damaged" if cut else "the file is not an XLSX workbook"
        ) from None
    total = sum(part.file_size for part in parts)
    if total > LARGEST or (total > 10_000_000 and total > RATIO * len(data)):
        raise RefusedError(f"the workbook of {len(data):,} bytes claims to unpack to {total:,}: not opened")
    strings: list[int] = []
    for part in sorted(parts, key=lambda part: not part.filename.endswith("sharedStrings.xml")):
        content = _unpacked(data, part)
        if part.filename.endswith("sharedStrings.xml"):
            strings = [len(item) for item in _ITEM.findall(content)]
        elif "worksheets/" in part.filename:
            _measure(content, strings)


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> bytes:
    """The content of a part, by its own count never longer than it claims."""
    if part.flag_bits & 1:
        raise RefusedError("the workbook is locked with a password")
    start = part.header_offset
    header = data[start : start + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise RefusedError("the workbook is cut off or damaged")
    start += 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = data[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        content = _inflated(packed, part.file_size)
    else:
        raise RefusedError("the workbook is packed in a way that XLSX does not know")
    if len(content) > part.file_size:
        raise RefusedError("the workbook unpacks to more than it claims: not opened")
    if len(content) < part.file_size or zlib.crc32(content) != part.CRC:
        raise RefusedError("the workbook is cut off or damaged")
    return content


def _inflated(packed: bytes, claimed: int) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces, length, rest = [], 0, packed
    try:
        while length <= claimed:
            piece = stream.decompress(rest, min(_CHUNK, claimed + 1 - length))
            pieces.append(piece)
            length += len(piece)
            rest = stream.unconsumed_tail
            if not piece or stream.eof:
                break
    except zlib.error:
        raise RefusedError("the workbook is cut off or damaged") from None
    return b"".join(pieces)


def _measure(content: bytes, strings: list[int]) -> None:
    """Refuse a sheet whose box of cells, or whose shared text written out, would fill the memory."""
    columns = rows = 0
    for letters, digits in _REFERENCE.findall(content):
        columns, rows = max(columns, _column_number(letters)), max(rows, int(digits))
    if columns * rows > CELLS:
        raise RefusedError(f"a sheet reaches to row {rows:,} and column {columns:,}; delete what lies outside the list")
    text = sum(strings[index] for index in map(int, _SHARED.findall(content)) if index < len(strings))
    if text > _TEXT:
        raise RefusedError(f"the cells of a sheet hold {text:,} bytes of text: not opened")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _sheet(data: bytes, sheet: str | None) -> Table:
    rows = list(_rows(data, sheet))
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise RefusedError("the sheet is empty")
    width = max(i for i, cell in enumerate(filled[0].cells) if cell.strip()) + 1
    header = filled[0].cells[:width]
    return Table(header=header, rows=tuple(_cut(row, width) for row in filled[1:]))


def _cut(row: Row, width: int) -> Row:
    """Without the empty cells to the right of the header: in a sheet every row is as wide as the widest."""
    cells = list(row.cells)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    return Row(number=row.number, cells=tuple(cells))


def _rows(data: bytes, sheet: str | None) -> Iterator[Row]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        found = workbook.get_sheet_by_name(_chosen(workbook.sheet_names, sheet))
        for number, cells in enumerate(found.to_python(skip_empty_area=False), start=1):
            yield Row(number=number, cells=tuple(_text(cell) for cell in cells))
    except (CalamineError, ValueError, OSError) as fault:
        raise RefusedError(f"the workbook cannot be read ({fault})") from None
    except BaseException as fault:
        # A fault inside the reader's own code is raised as an exception that is no Exception.
        if type(fault).__name__ != "PanicException":
            raise
        raise RefusedError("the workbook is damaged inside") from None


def _chosen(names: list[str], sheet: str | None) -> str:
    if sheet is not None and sheet not in names:
        raise RefusedError(f"there is no sheet {sheet!r} in it; it has {', '.join(map(repr, names))}")
    if not names:
        raise RefusedError("the workbook has no sheet")
    return names[0] if sheet is None else sheet


def _text(cell: Cell) -> str:
    """A typed cell as a person reads it; a date at midnight is a day."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="minutes")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
