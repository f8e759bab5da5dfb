"""The overlap table: read from a CSV of counts or of records, and made fit to be estimated from.

What is wrong in a file is a Problem and leaves no table: a number from a table that is half understood looks as good as
any other.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from habeas.nouns import OverlapTable, Problem

COUNTS = ("count", "counts", "freq", "frequency", "n")
IGNORED = ("id", "case", "person", "name")
MOST_LISTS = 16
MOST_PERSONS = 2**53  # beyond, a count has no exact floating-point number
_DELIMITERS = (",", ";", "\t")
_NOTHING = ("", "na", "n/a")
_BITS = {"0": 0, "1": 1, "false": 0, "true": 1}
_DO_CELLS = "Write 1 where the persons of the row are on the list and 0 where they are not"


@dataclass(frozen=True, slots=True)
class _Row:
    """Equal lines of a file: the number of the first, its cells, and how many there are."""

    number: int
    cells: tuple[str, ...]
    times: int


def read_table(data: bytes, file: str, *, lists: Sequence[str] = ()) -> tuple[OverlapTable | None, tuple[Problem, ...]]:
    """The overlap table of a CSV file, or None and what is wrong with it.

    Either counts, with a 0/1 column for each list and one named `count` (or freq, frequency, n); or records, a row for
    each person with 0/1 columns. `lists` names the columns that are lists; else all are that are not `count`, nor id,
    case, person or name. Ten million records are read by their distinct lines.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, (Problem(file=file, what="the file is not UTF-8 text", do="Save it as CSV in UTF-8."),)
    rows = _rows(text)
    header = next(rows, None)
    if header is None:
        return None, (Problem(file=file, what="the file is empty", do="Give a header and a row for each combination."),)
    names = tuple(cell.strip() for cell in header.cells)
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    reader = _Reader(file, names, filled)
    columns = reader.columns(lists)
    if columns is None:
        return None, tuple(reader.problems)
    cells = reader.counted(*columns) if columns[1] is not None else reader.recorded(columns[0])
    if reader.problems:
        return None, tuple(reader.problems)
    return OverlapTable(lists=tuple(names[i] for i in columns[0]), cells=cells), ()


def _rows(text: str) -> Iterator[_Row]:
    """The header, then each distinct line once."""
    first, _, rest = text.partition("\n")
    if not first.strip():
        return
    delimiter = max(_DELIMITERS, key=first.count)
    yield _Row(1, tuple(next(csv.reader([first], delimiter=delimiter))), 1)
    times: Counter[str] = Counter()
    where: dict[str, int] = {}
    for number, line in enumerate(io.StringIO(rest, newline=None), start=2):
        times[line] += 1
        where.setdefault(line, number)
    for line, n in times.items():
        cells = next(csv.reader([line.rstrip("\n")], delimiter=delimiter), [])
        yield _Row(where[line], tuple(cells), n)


class _Reader:
    """Reads the rows of one file, and gathers what is wrong with them."""

    def __init__(self, file: str, names: tuple[str, ...], rows: list[_Row]) -> None:
        self._file = file
        self._names = names
        self._rows = rows
        self.problems: list[Problem] = []

    def _wrong(self, what: str, do: str, row: _Row | None = None, column: int | None = None) -> None:
        value = row.cells[column] if row is not None and column is not None and column < len(row.cells) else None
        self.problems.append(
            Problem(
                file=self._file,
                what=what,
                do=do + ".",
                row=None if row is None else row.number,
                column=None if column is None else self._names[column],
                value=value,
            )
        )

    def _named_well(self, lists: Sequence[str]) -> bool:
        """True where every column has a name of its own, and the lists asked for are among them."""
        names = self._names
        twice = [name for name, n in Counter(names).items() if n > 1]
        if twice:
            self._wrong(f"two columns are called {twice[0]!r}", "Give each list a name of its own")
            return False
        if "" in names:
            self._wrong("a column has no heading", "Name every list in the first row")
            return False
        missing = [name for name in lists if name not in names]
        if missing:
            self._wrong(f"there is no column {missing[0]!r}", f"The columns are {', '.join(names)}")
            return False
        return True

    def columns(self, lists: Sequence[str]) -> tuple[tuple[int, ...], int | None] | None:
        """The places of the lists and of the count; None where they cannot be told."""
        names = self._names
        if not self._named_well(lists):
            return None
        count = self._count(lists)
        places = tuple(
            i
            for i, name in enumerate(names)
            if (name in lists if lists else i != count and name.casefold() not in IGNORED)
        )
        if not places:
            self._wrong("there is no column for a list", "Give a 0/1 column for each list")
        elif len(places) > MOST_LISTS:
            self._wrong(
                f"{len(places)} lists are more than can be told apart (at most {MOST_LISTS})",
                "Merge lists that take names from each other, or choose with --lists",
            )
        elif not self._rows:
            self._wrong("there is a header and no row", "Give a row for each combination of lists, or for each person")
        return None if self.problems else (places, count)

    def _count(self, lists: Sequence[str]) -> int | None:
        known = {name.casefold(): i for i, name in enumerate(self._names) if name not in lists}
        for name in COUNTS:
            place = known.get(name)
            if place is None:
                continue
            if name == "count" or any(r.cells[place].strip() not in _BITS for r in self._rows if len(r.cells) > place):
                return place
        return None

    def _cell(self, row: _Row, places: Iterable[int]) -> int | None:
        """The combination of a row as a number; None, and a problem, where it is none."""
        if len(row.cells) != len(self._names):
            self._wrong(f"the row has {len(row.cells)} cells, the header {len(self._names)}", "Complete the row", row)
            return None
        found = 0
        for bit, place in enumerate(places):
            value = _BITS.get(row.cells[place].strip().casefold())
            if value is None:
                hint = (
                    f"{_DO_CELLS}; a column of counts is called `count`, and --lists names the columns that are lists"
                )
                self._wrong("this is neither 0 nor 1", hint, row, place)
                return None
            found |= value << bit
        return found

    def counted(self, places: tuple[int, ...], count: int | None) -> dict[int, int]:
        """Persons by combination, from a table of counts."""
        assert count is not None
        cells: dict[int, int] = {}
        seen: dict[int, int] = {}
        for row in self._rows:
            cell = self._cell(row, places)
            n = None if cell is None else self._number(row, count, unseen=cell == 0)
            if cell is None or n is None:
                continue
            if cell in seen or row.times > 1:
                first = seen.get(cell, row.number)
                self._wrong(
                    f"this combination of lists stands twice (first in row {first})",
                    "Keep one row for each combination; which count holds cannot be told",
                    row,
                )
            seen[cell] = row.number
            if n and cell:
                cells[cell] = n
        if not self.problems and not cells:
            self._wrong("nobody is on any list: every count is 0", "Give the counts")
        return dict(sorted(cells.items()))

    def _number(self, row: _Row, count: int, *, unseen: bool) -> int | None:
        text = row.cells[count].strip()
        if unseen and text.casefold() in _NOTHING:
            return 0
        n = _whole(text)
        if n is None:
            self._wrong(*_not_a_count(text), row, count)
            return None
        if n < 0:
            self._wrong("a count is negative", "Give the number of persons, 0 or more", row, count)
        elif n > MOST_PERSONS:
            self._wrong("a count is larger than any number of persons", "Correct it", row, count)
        elif unseen and n > 0:
            self._wrong(
                "the row of those on no list has a count: that is what is to be estimated",
                "Leave the row out, or the count empty",
                row,
                count,
            )
        else:
            return n
        return None

    def recorded(self, places: tuple[int, ...]) -> dict[int, int]:
        """Persons by combination, from a row for each person."""
        cells: Counter[int] = Counter()
        for row in self._rows:
            cell = self._cell(row, places)
            if cell is None:
                break
            if cell == 0:
                self._wrong("this person is on no list", "Leave out who is on none of the lists", row)
                break
            cells[cell] += row.times
        if not self.problems and len(cells) > 2 and max(cells.values()) == 1:
            self._wrong(
                "no two rows are alike: this looks like a table of counts whose column `count` is missing",
                "Add the column `count`; a table of records has a row for each person",
            )
        return dict(sorted(cells.items()))


def _whole(text: str) -> int | None:
    """The number a text gives, `40.0` as a spreadsheet writes 40 included."""
    try:
        return int(text.removesuffix(".0"))
    except ValueError:
        return None


def _not_a_count(text: str) -> tuple[str, str]:
    """What is wrong with a text that should be a whole number, and what to do."""
    try:
        float(text)
    except ValueError:
        return "a count is missing or no number", "Give the number of persons, 0 where there are none"
    return "a count is not a whole number", "Give persons, not shares or weights"


def without(table: OverlapTable, place: int) -> OverlapTable:
    """The table without one list; who was on no other is no longer in it."""
    low = (1 << place) - 1
    cells: Counter[int] = Counter()
    for cell, n in table.cells.items():
        cells[cell & low | cell >> place + 1 << place] += n
    cells.pop(0, None)
    lists = table.lists[:place] + table.lists[place + 1 :]
    return OverlapTable(lists=lists, cells=dict(sorted(cells.items())), notes=table.notes)
