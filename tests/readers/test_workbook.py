"""XLSX: typed cells, and workbooks that are not what they say."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, datetime

import pytest
import xlsxwriter

from habeas.readers import Reading
from tests.readers.conftest import FIXTURES, values

Read = Callable[..., Reading]
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: list[object], sheets: tuple[str, ...] = ("Sheet1",)) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            dated = book.add_format({"num_format": "yyyy-mm-dd"})
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), dated)
                    else:
                        sheet.write(number, column, cell)
    return out.getvalue()


HEADER: list[object] = ["id", "name", "arrested", "freed", "charge", "link"]


def said(reading: Reading) -> str:
    (problem,) = reading.problems
    return str(problem)


def rezipped(data: bytes, change: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, change.get(part.filename, old.read(part)))
    return out.getvalue()


def test_typed_cells(read: Read) -> None:
    data = workbook(
        HEADER, [5.0, "Person A", date(2021, 7, 14), "2025-12", True, ""], [6, "Person B", 2021, None, 1.5, ""]
    )
    reading = read(data, file="people.xlsx")
    assert reading.problems == ()
    assert values(reading.drafts, "key") == ["5", "6"]
    assert values(reading.drafts, "detained") == ["2021-07-14", "2021"]
    assert values(reading.drafts, "released") == ["2025-12"]
    assert values(reading.drafts, "charge") == ["true", "1.5"]
    assert next(d.place for d in reading.drafts if d.prop == "detained") == "lists/people.xlsx row 2, column arrested"


def test_a_sheet_by_name(read: Read) -> None:
    data = workbook(HEADER, [1, "Person A"], sheets=("cover", "people"))
    assert values(read(data, file="a.xlsx", more='sheet = "people"\n').drafts, "name") == ["Person A"]
    assert "there is no sheet 'persons' in it; it has 'cover', 'people'" in said(
        read(data, file="a.xlsx", more='sheet = "persons"\n')
    )


def test_text_that_looks_like_a_formula_is_kept(read: Read) -> None:
    reading = read(workbook(HEADER, [1, "=1+1", None, None, None, None]), file="a.xlsx")
    assert values(reading.drafts, "name") == []  # no letters: no name
    assert any("formula" in p.what for p in reading.problems)


def test_truncated(read: Read) -> None:
    data = workbook(HEADER, [1, "Person A"])
    for end in (len(data) - 30, len(data) // 2, 100):
        assert "cut off or damaged" in said(read(data[:end], file="a.xlsx"))


def test_a_damaged_part(read: Read) -> None:
    data = bytearray(workbook(HEADER, [1, "Person A"]))
    at = zipfile.ZipFile(io.BytesIO(data)).getinfo(SHEET).header_offset + 60
    data[at] ^= 0xFF
    assert "cut off or damaged" in said(read(bytes(data), file="a.xlsx"))


def test_not_a_workbook(wrong: Read) -> None:
    assert "not an XLSX workbook" in said(wrong("not-a-workbook.xlsx"))


def test_an_old_or_locked_workbook(read: Read) -> None:
    assert "the workbook cannot be read" in said(read(b"\xd0\xcf\x11\xe0" + bytes(600), file="a.xlsx"))
    locked = b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    assert "locked with a password" in said(read(locked, file="a.xlsx"))


def test_a_workbook_is_told_by_its_content(read: Read) -> None:
    assert values(read(workbook(HEADER, [1, "Person A"]), file="a.csv").drafts, "name") == ["Person A"]


def test_a_zip_that_holds_no_workbook(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert "cannot be read" in said(read(out.getvalue(), file="a.xlsx"))


def test_an_empty_sheet(read: Read) -> None:
    assert "the sheet is empty" in said(read(workbook(), file="a.xlsx"))


def test_a_bomb_that_says_so(read: Read) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(SHEET, "w", force_zip64=True) as part:
        for _ in range(250):
            part.write(bytes(1_000_000))
    data = out.getvalue()
    assert len(data) < 300_000
    assert "claims to unpack to 250,000,000: not opened" in said(read(data, file="a.xlsx"))


def test_a_bomb_that_lies(read: Read) -> None:
    """The directory claims ten bytes with the right checksum; the stream goes on."""
    data = bytearray(rezipped(workbook(HEADER), {SHEET: bytes(50_000_000)}))
    claim, checksum = struct.pack("<I", 10), struct.pack("<I", zlib.crc32(bytes(10)))
    part = zipfile.ZipFile(io.BytesIO(data)).getinfo(SHEET)
    local, central = part.header_offset, data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    data[local + 14 : local + 18] = data[central + 16 : central + 20] = checksum
    data[local + 22 : local + 26] = data[central + 24 : central + 28] = claim
    assert "unpacks to more than it claims" in said(read(bytes(data), file="a.xlsx"))


def test_a_cell_in_the_farthest_corner(read: Read) -> None:
    """A few bytes that make a table of seventeen billion cells."""
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        "</sheetData></worksheet>"
    )
    data = rezipped(workbook(HEADER), {SHEET: sheet.encode()})
    assert "reaches to row 1,048,576 and column 16,384" in said(read(data, file="a.xlsx"))


def test_one_long_text_shared_by_many_cells(read: Read) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 2001))
    start = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + "x" * 1_000_000
        + "</t></si></sst>"
    )
    change = {SHEET: f"{start}{rows}</sheetData></worksheet>".encode(), "xl/sharedStrings.xml": strings.encode()}
    assert "bytes of text: not opened" in said(read(rezipped(workbook(HEADER), change), file="a.xlsx"))


@pytest.mark.parametrize("name", ["xl/workbook.xml", SHEET, "xl/sharedStrings.xml"])
def test_broken_xml_inside(read: Read, name: str) -> None:
    reading = read(rezipped(workbook(HEADER, [1, "Person A"]), {name: b"<a><b></a>"}), file="a.xlsx")
    assert reading.problems
    assert values(reading.drafts, "name") == []


def test_fixture_is_really_text() -> None:
    assert (FIXTURES / "wrong" / "not-a-workbook.xlsx").read_bytes().startswith(b"id,name")
