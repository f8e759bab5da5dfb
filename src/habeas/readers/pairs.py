"""Pairs of names to compare: a table with the columns `a` and `b`, and whatever stands beside them."""

from __future__ import annotations

from habeas.errors import UsageError
from habeas.readers.tables import Row, Table, csv_table, doubtful

COLUMNS = ("a", "b")


def pairs_table(data: bytes, *, file: str) -> Table:
    """The table of a file of pairs, each row as wide as the header, with a Problem for each name that is doubtful.

    Raises:
        UsageError: the file is no table, or has no columns `a` and `b`.
    """
    table = csv_table(data, file=file, expected=COLUMNS)
    if not table.header:
        raise UsageError(" ".join(map(str, table.problems)))
    header = tuple(heading.strip() for heading in table.header)
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        found = ", ".join(header)
        raise UsageError(f"{file} has no column {' and no column '.join(missing)} (it has {found}); name the two so")
    rows = tuple(_as_wide(row, len(header)) for row in table.rows)
    places = tuple((column, header.index(column)) for column in COLUMNS)
    problems = (*table.problems, *doubtful(rows, places, file))
    return Table(header=header, rows=rows, problems=problems)


def _as_wide(row: Row, width: int) -> Row:
    return Row(number=row.number, cells=(*row.cells, *[""] * width)[:width])
