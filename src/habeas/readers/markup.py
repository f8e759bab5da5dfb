"""Tables of web pages and of XML spreadsheets (Excel 2003), read by a parser that expands nothing and fetches nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from habeas.readers.heading_row import Grid, Span
from habeas.readers.tables import Row

_MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})T00:00:00(?:\.0+)?")
_WIDEST = 2_000  # columns; a colspan or an index beyond that is no table of people
_TALLEST = 1_100_000
_BREAKS = frozenset({"br", "p", "div", "li", "tr"})
_SILENT = frozenset({"script", "style", "template"})


@dataclass(slots=True)
class _Sheet:
    """A table while it is read: where the next cell goes, and which places earlier cells reach down into."""

    name: str = ""
    rows: list[Row] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    number: int = 0
    at: int = 0
    cells: dict[int, str] = field(default_factory=dict)
    taken: dict[int, int] = field(default_factory=dict)  # column -> last row that a cell above reaches
    text: list[str] | None = None
    across: int = 1
    down: int = 1

    def open_row(self, index: int | None = None) -> None:
        self.close_row()
        self.number = index if index is not None and self.number < index < _TALLEST else self.number + 1
        self.at, self.cells = 0, {}

    def close_row(self) -> None:
        self.close_cell()
        if self.cells:
            width = max(self.cells) + 1
            self.rows.append(Row(number=self.number, cells=tuple(self.cells.get(i, "") for i in range(width))))
        self.cells = {}

    def open_cell(self, *, index: int | None, across: int, down: int) -> None:
        self.close_cell()
        if self.number == 0:
            self.open_row()
        if index is not None and index > self.at:
            self.at = index
        while self.taken.get(self.at, 0) >= self.number:
            self.at += 1
        self.text, self.across, self.down = [], across, down

    def close_cell(self) -> None:
        if self.text is None:
            return
        if self.at < _WIDEST:
            self.cells[self.at] = _one_text("".join(self.text))
            last = min(self.at + self.across, _WIDEST)
            if self.across > 1 or self.down > 1:
                self.spans.append((self.number, self.at, self.number + self.down - 1, last - 1))
            if self.down > 1:
                self.taken.update(dict.fromkeys(range(self.at, last), self.number + self.down - 1))
        self.at += self.across
        self.text = None


def _one_text(text: str) -> str:
    found = " ".join(text.split())
    day = _MIDNIGHT.fullmatch(found)
    return found if day is None else day[1]


class _Tables(HTMLParser):
    """Every table of a page, those inside of cells too; the text of an inner table is not text of the outer cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[_Sheet] = []
        self.open: list[_Sheet] = []
        self.silent = 0
        self.named = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        tag = tag.removeprefix("ss:")
        if tag in _SILENT:
            self.silent += 1
        elif tag == "worksheet":
            self.named = said.get("ss:name") or ""
        elif tag == "table":
            self.open.append(_Sheet(name=self.named))
        elif self.open and tag in {"tr", "row"}:
            self.open[-1].open_row(_number(said.get("ss:index")))
        elif self.open and tag in {"td", "th", "cell"}:
            index = _number(said.get("ss:index"))
            across = _number(said.get("colspan")) or 1 + (_number(said.get("ss:mergeacross")) or 0)
            down = _number(said.get("rowspan")) or 1 + (_number(said.get("ss:mergedown")) or 0)
            self.open[-1].open_cell(
                index=None if index is None else index - 1, across=min(across, _WIDEST), down=min(down, 65_534)
            )
        elif tag in _BREAKS:
            self.handle_data(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _SILENT:
            self.handle_endtag(tag)
        else:
            self.silent -= 1

    def handle_endtag(self, tag: str) -> None:
        tag = tag.removeprefix("ss:")
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag == "table" and self.open:
            sheet = self.open.pop()
            sheet.close_row()
            self.done.append(sheet)
        elif self.open and tag in {"tr", "row"}:
            self.open[-1].close_row()
        elif self.open and tag in {"td", "th", "cell"}:
            self.open[-1].close_cell()
        elif tag in _BREAKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        if self.open and not self.silent and self.open[-1].text is not None:
            self.open[-1].text.append(data)


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.strip().isdecimal() and 0 < len(text) < 8 and int(text) > 0 else None


def markup_grids(text: str) -> tuple[Grid, ...]:
    """The tables of a page or XML spreadsheet that hold more than one row, named by their sheet or by `table 2`."""
    parser = _Tables()
    parser.feed(text)
    parser.close()
    while parser.open:
        parser.handle_endtag("table")
    sheets = [sheet for sheet in parser.done if len(sheet.rows) > 1]
    return tuple(
        Grid(name=sheet.name or f"table {number}", rows=tuple(sheet.rows), spans=tuple(sheet.spans))
        for number, sheet in enumerate(sheets, start=1)
    )
