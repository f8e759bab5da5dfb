"""Workbooks (XLSX, XLSB, XLS, ODS), looked over before they are opened: a small file can unpack to more than the machine holds."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import PurePath

from python_calamine import CalamineError, CalamineWorkbook

from habeas.readers.heading_row import Grid
from habeas.readers.tables import Row

LARGEST = 200_000_000  # bytes, unpacked
RATIO = 200  # unpacked to packed, looked at from 10 MB on
CELLS = 20_000_000  # of the box around everything a sheet holds
_CHUNK = 1 << 20
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_LAST_CELL_RECORD = 11  # of XLSB: 0 is a row, 1 to 11 are its cells
_ODS_ROW = re.compile(
    rb'<table:table-row\b(?:[^>]*?table:number-rows-repeated="([0-9]{1,9})")?[^>]*?(?:/>|>.*?</table:table-row>)',
    re.DOTALL,
)
_ODS_CELL = re.compile(
    rb'<table:table-cell\b(?:[^>]*?table:number-columns-repeated="([0-9]{1,9})")?([^>]*?office:value-type=|[^>/]*>\s*<text:p)?'
)
_ODS_WIDEST = 16_384
_REFERENCE = re.compile(rb'<c\s[^>]{0,200}?\br="([A-Z]{1,3})([0-9]{1,7})"')
_SHARED = re.compile(rb'<c\s[^>]{0,200}?\bt="s"[^>]{0,200}>\s*<v>([0-9]{1,9})</v>')
_ITEM = re.compile(rb"<si>.*?</si>|<si/>", re.DOTALL)
_TEXT = 500_000_000  # bytes of text in all cells, where cells share strings
Cell = int | float | str | bool | time | date | datetime | timedelta | None


class RefusedError(Exception):
    """The workbook is not opened; the text says why. Never leaves the readers."""


def is_workbook(data: bytes, file: str) -> bool:
    """True where the bytes are those of a workbook, or the name of the file says that they ought to be."""
    named = PurePath(file).suffix.lower() in {".xlsx", ".xlsm", ".xlsb", ".ods"}
    return data.startswith((_ZIP, _OLE)) or named


def workbook_grids(data: bytes) -> tuple[Grid, ...]:
    """Every sheet of a workbook (XLSX, XLSB, XLS, ODS), its typed cells as text: dates in ISO, 5.0 as 5.

    Raises:
        RefusedError: it is not opened, or cannot be; the text says why.
    """
    if data.startswith(_OLE):
        if len(data) > LARGEST:
            raise RefusedError(f"the workbook holds {len(data):,} bytes: not opened")
        if _ENCRYPTED in data:
            raise RefusedError("the workbook is locked with a password")
    else:
        _look_over(data)
    grids = tuple(_sheets(data))
    if not grids:
        raise RefusedError("the workbook has no sheet")
    return grids


def _look_over(data: bytes) -> None:
    """Unpack every part once, counting, before a reader that would keep it all does so.

    The sizes in the directory of a ZIP are claims; what a part really unpacks to is counted beside them.
    """
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
        elif "worksheets/" in part.filename and part.filename.endswith(".bin"):
            _measure_binary(content)
        elif "worksheets/" in part.filename:
            _measure(content, strings)
        elif part.filename == "content.xml":
            _measure_open(content)


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


def _measure_binary(content: bytes) -> None:
    """As `_measure`, of a sheet of XLSB: records of rows and cells, each with its number."""
    at = rows = columns = 0
    while at < len(content):
        kind, at = _varied(content, at, 2)
        length, at = _varied(content, at, 4)
        if kind <= _LAST_CELL_RECORD and length >= 4:
            number = int.from_bytes(content[at : at + 4], "little")
            rows, columns = (max(rows, number), columns) if kind == 0 else (rows, max(columns, number))
        at += length
    if (rows + 1) * (columns + 1) > CELLS:
        raise RefusedError(f"a sheet reaches to row {rows + 1:,} and column {columns + 1:,}; delete what lies outside")


def _varied(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where it ends."""
    number = 0
    for shift in range(most):
        if at >= len(content):
            break
        byte = content[at]
        number |= (byte & 0x7F) << (7 * shift)
        at += 1
        if byte < 0x80:
            break
    return number, at


def _measure_open(content: bytes) -> None:
    """As `_measure`, of an ODS: what repeated rows and cells that hold something come to, written out."""
    total = 0
    for row in _ODS_ROW.finditer(content):
        times = int(row[1] or 1)
        cells = [int(repeated or 1) for repeated, value in _ODS_CELL.findall(row[0]) if value]
        total += times * (sum(cells) if cells else 0)
        if total > CELLS or (cells and max(cells) > _ODS_WIDEST):
            raise RefusedError(
                "a sheet repeats its cells more often than a list can; delete what lies outside the list"
            )


def _sheets(data: bytes) -> Iterator[Grid]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            rows = tuple(
                Row(number=number, cells=tuple(_text(cell) for cell in cells))
                for number, cells in enumerate(sheet.to_python(skip_empty_area=False), start=1)
            )
            spans = tuple((a + 1, b, c + 1, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
            yield Grid(name=name, rows=rows, spans=spans)
    except (CalamineError, ValueError, OSError) as fault:
        if "assword" in str(fault):
            raise RefusedError("the workbook is locked with a password") from None
        raise RefusedError(f"the workbook cannot be read ({fault})") from None
    except BaseException as fault:
        # A fault inside the reader's own code is raised as an exception that is no Exception.
        if type(fault).__name__ != "PanicException":
            raise
        raise RefusedError("the workbook is damaged inside") from None


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
