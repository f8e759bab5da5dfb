"""Tables as CSV and XLSX, safe to open in a spreadsheet: no cell is ever run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import UTC, datetime

from habeas.publish.export.tables import Table

# A spreadsheet runs a cell that begins so as a formula; tab and CR can push one into the next cell (OWASP, CSV injection).
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
_MOST = 32_767  # characters of a cell that XLSX can hold


def runs(text: str) -> bool:
    """True where a spreadsheet would run the text."""
    return text.startswith(_RUNS)


def as_csv(table: Table) -> bytes:
    """The table as CSV in UTF-8, with the mark that Excel wants; a cell that would be run gets a leading `'`."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([name for name, _ in table.columns])
    writer.writerows(
        ["'" + cell if isinstance(cell, str) and cell.startswith(_RUNS) else cell for cell in row] for row in table.rows
    )
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Iterable[Table], about: str) -> bytes:
    """The tables as sheets of one workbook, the columns explained on the first; text is text, whatever it begins with."""
    import xlsxwriter

    out = io.BytesIO()
    # The same tables give the same bytes: no day of making.
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": about, "created": _EPOCH})
        bold, quoted = book.add_format({"bold": True}), book.add_format({"quote_prefix": True})
        cover = book.add_worksheet("about")
        cover.write_string(0, 0, about, bold)
        line = 2
        every = tuple(tables)
        for table in every:
            cover.write_string(line, 0, table.name, bold)
            cover.write_string(line, 1, table.about)
            for at, (name, holds) in enumerate(table.columns, start=line + 1):
                cover.write_string(at, 0, f"  {name}")
                cover.write_string(at, 1, holds)
            line += len(table.columns) + 2
        cover.set_column(0, 0, 24)
        cover.set_column(1, 1, 90)
        for table in every:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for column, (name, _) in enumerate(table.columns):
                sheet.write_string(0, column, name, bold)
                sheet.set_column(column, column, 18)
            for at, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(at, column, cell)
                    elif cell is not None:
                        sheet.write_string(at, column, cell[:_MOST], quoted if runs(cell) else None)
    return out.getvalue()
