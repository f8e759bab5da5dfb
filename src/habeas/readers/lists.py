"""A list of people: the list itself, and each of its rows as an entry."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from habeas.nouns import Book, Capture, Column, Draft, ListSpec, Means, Problem, strictest
from habeas.readers.body import part
from habeas.readers.cells import clean
from habeas.readers.entries import Entries
from habeas.readers.grids import grids_of
from habeas.readers.heading_row import Grid, filled_rows, headings
from habeas.readers.headings import account
from habeas.readers.reading import HIDDEN, Gathering, Identities, Line, MakeId, Reading
from habeas.readers.restrictions import hide, restricted_headings, restrictions
from habeas.readers.tables import Row, Skipped, Table, names_table, one_column, unreadable
from habeas.vocabulary import normal, property_of

_PLAIN = {"name": Column(prop="name")}


def read_list(
    book: Book,
    spec: ListSpec,
    capture: Capture,
    data: bytes,
    make_id: MakeId,
) -> Reading:
    """What one list says: statements on the list, its sources and each of its entries.

    Nothing is guessed and nothing dropped in silence: a column is mapped, ignored on purpose or reported, and a cell
    that cannot be read is a Problem while the rest of its row goes in. `data` are the bytes captured.
    """
    file = capture.path.as_posix()
    plain = capture.path.suffix.lower() == ".txt" and not spec.columns
    columns = _PLAIN if plain else spec.columns
    key = ("name",) if plain else spec.key
    found = Gathering(file=file, make_id=make_id, restricted=restricted_headings(spec, columns, key))
    if spec.ask:
        do = "Answer it in book.toml, and delete the line `ask`; until then nothing is read from the list"
        found.problem(spec.ask, do)
        return Reading(file=file, problems=tuple(found.problems))
    joined = {heading for column in columns.values() for heading in column.join}
    table = _table_of_list(spec, data, file, columns, {*columns, *key, *spec.ignore, *joined})
    found.problems.extend(hide(table.problems, found))
    _passed_over(table, found)
    header = [clean(name).text for name in table.header]
    if not header:
        return Reading(file=file, problems=tuple(found.problems))
    accounted = account(
        found,
        header,
        mapped=dict.fromkeys(joined, "joined into a name") | dict.fromkeys(key, "mapped to key") | _mapped(columns),
        required=key,
        promised={**columns, **dict.fromkeys(joined)},
        ignored=spec.ignore,
        advice="Map it in book.toml, or add it to `ignore` there",
    )
    if not set(key) <= set(header):
        return Reading(file=file, problems=tuple(found.problems), accounted=accounted)
    source = _list_itself(spec, capture, found)
    restrictions(book, spec, columns, found)
    identities = Identities(found=found, headings=key, known=frozenset((*columns, *key, *joined)), many=spec.many_rows)
    entries = Entries(spec=spec, columns=columns, found=found, list_source=source, header=frozenset(header))
    placed = 0
    for row, text, cells in identities.rows(table.rows, header):
        placed += 1
        subject = entry_id(spec.id, text, make_id)
        if identities.fits(row, header, subject):
            entries.read(Line(number=row.number, cells=cells, key=text, subject=subject))
    # A few rows that cannot be told from others hide whom they may name, and not who else is gone.
    whole = _enough(spec, len(table.rows), found) and placed * 2 >= len(table.rows)
    return Reading(
        file=file,
        drafts=tuple(found.drafts),
        problems=tuple(found.problems),
        rows=len(table.rows),
        accounted=accounted,
        skipped=_shown(table, found),
        covers=(f"list:{spec.id}", f"entry:{spec.id}:") if whole else (f"list:{spec.id}",),
        unread=frozenset(found.unread),
        unplaced=frozenset(identities.unplaced),
    )


def _table_of_list(
    spec: ListSpec, data: bytes, file: str, columns: Mapping[str, Column], expected: Collection[str]
) -> Table:
    named = [(heading, column.join) for heading, column in columns.items() if column.prop == "name"]
    return table_of(
        data,
        file=file,
        expected=expected,
        sheet=spec.sheet,
        encoding=spec.encoding,
        header_row=spec.header_row,
        names={one for heading, join in named for one in (heading, *join)},
        keep=spec.keep_rows,
    )


def _mapped(columns: Mapping[str, Column]) -> dict[str, str]:
    return {name: _mapped_to(column) for name, column in columns.items()}


def _shown(table: Table, found: Gathering) -> tuple[Skipped, ...]:
    """The rows passed over, without what stands in them where a column is restricted."""
    return tuple(replace(row, text="") for row in table.skipped) if found.restricted else table.skipped


def _passed_over(table: Table, found: Gathering) -> None:
    """Say of each row that was passed over and might be a person how to bring it in."""
    for row in table.skipped:
        if row.doubtful:
            what = "the row was left out: one single cell of it is filled, as in the heading of a part of the list"
            do = f"If it is a person, add keep_rows = [{row.number}] to the list in book.toml"
            found.problem(what, do, row=row.number, value=HIDDEN if found.restricted else row.text)


def entry_id(list_id: str, key: str, make_id: MakeId) -> str:
    """The subject of the entry that stands on a list under a key."""
    return f"entry:{list_id}:{make_id(list_id, key)}"


def table_of(
    data: bytes,
    *,
    file: str,
    expected: Collection[str],
    sheet: str | None = None,
    encoding: str | None = None,
    header_row: Sequence[int] = (),
    names: Collection[str] = (),
    keep: Collection[int] = (),
) -> Table:
    """The rows of a file, told by its content: a workbook, a page, JSON, delimited text, or a plain list of names (.txt).

    The headings stand where `header_row` says, else in the first filled row; `names` are those of the columns of names.
    """
    if PurePath(file).suffix.lower() == ".txt" and not set(expected) - {"name"}:
        return names_table(data, file=file, encoding=encoding)
    grids, problems = grids_of(data, file=file, expected=expected, encoding=encoding)
    if not grids:
        return unreadable(*problems)
    grid = _chosen(grids, sheet)
    if grid is None:
        has = ", ".join(repr(one.name) for one in grids)
        what = f"there is no sheet {sheet!r} in it; it has {has}"
        return unreadable(*problems, Problem(file=file, what=what, do="Correct `sheet` in book.toml"))
    first = next((row.number for row in filled_rows(grid)), None)
    if first is None:
        what = "the sheet is empty" if grid.name else "the file is empty"
        do = (
            "Write the list into cells: pictures and drawings are not read"
            if grid.name
            else "Put the list into it again"
        )
        return unreadable(*problems, Problem(file=file, what=what, do=do))
    return _table(grid, tuple(header_row) or (first,), Problems(file, problems, expected), names, keep)


@dataclass(frozen=True, slots=True)
class Problems:
    """What is to be said of a file, and the headings that it should have."""

    file: str
    found: list[Problem]
    expected: Collection[str]


def _chosen(grids: Sequence[Grid], sheet: str | None) -> Grid | None:
    return grids[0] if sheet is None else next((grid for grid in grids if grid.name == sheet), None)


def _table(grid: Grid, at: tuple[int, ...], said: Problems, names: Collection[str], keep: Collection[int]) -> Table:
    header = headings(grid, at)
    if not header:
        what = f"there is nothing in row {' and '.join(map(str, at))}, where book.toml says that the headings stand"
        return unreadable(*said.found, Problem(file=said.file, what=what, do="Correct `header_row` in book.toml"))
    undivided = one_column(Row(number=at[0], cells=header), said.expected, said.file)
    if undivided is not None:
        return unreadable(*said.found, undivided)
    parted = part(grid, at, [clean(cell).text for cell in header], names, keep)
    return Table(
        header=header,
        rows=tuple(parted.people),
        problems=tuple(said.found),
        skipped=tuple(parted.skipped),
        headed=max(at),
    )


def _mapped_to(column: Column) -> str:
    said = [] if column.prop is None else [column.prop]
    said += [f"source of {', '.join(column.source_of)}"] if column.source_of else []
    return f"mapped to {' and '.join(said)}"


def _enough(spec: ListSpec, rows: int, found: Gathering) -> bool:
    """Compare the rows with what was expected; a list that came short marks nobody as absent."""
    fewest, most = spec.rows
    if rows == 0:
        found.problem("there are no rows", "Put them back; nobody is marked as absent until then")
        return False
    if most is not None and rows > most:
        found.problem(
            f"{rows} rows where at most {most} are expected", "Look for doubles, or correct `rows` in book.toml"
        )
    if fewest is not None and rows < fewest:
        do = "Look for what is missing, or correct `rows` in book.toml; nobody is marked as absent until then"
        found.problem(f"{rows} rows where at least {fewest} are expected", do)
        return False
    return True


def _list_itself(spec: ListSpec, capture: Capture, found: Gathering) -> str:
    """State what the book says of the list; returns the id of the source that its rows rest on."""
    subject, place = f"list:{spec.id}", f"book.toml, list {spec.id}"
    source = subject
    if spec.url:
        source = found.source(
            spec.url, place, spec.visibility,
            publisher=spec.publisher, title=spec.title, published=spec.published, language=spec.language,
        )  # fmt: skip
    covers = spec.covers
    # A keeper's own gathering may name a group and no period on purpose, where standing on it says nothing of a day.
    if covers.period is None and (not covers.group or spec.means is not Means.NAMED):
        what = "the list declares no covers: it covers no day, so `ask inside` cannot say whom it would have named"
        do = 'Add the window it looks through: covers = { period = "2020-08/2022-04-28", extent = "sample" }'
        found.problems.append(Problem(file="book.toml", value=spec.id, what=what, do=do))
    said: list[tuple[str, str | None]] = [
        ("title", spec.title),
        ("publisher", spec.publisher),
        ("url", spec.url),
        ("published", spec.published),
        ("language", spec.language),
        ("means", spec.means.value),
        ("covers_period", None if covers.period is None else covers.period.text),
        ("covers_group", covers.group),
        ("covers_place", covers.place),
        ("extent", covers.extent.value),
        *(("based_on", other) for other in spec.based_on),
        ("edition_of", spec.edition_of),
        ("capture", capture.sha256),
    ]
    for prop, text in said:
        if text:
            seen_by = strictest(property_of("list", prop).visibility, spec.visibility)
            where = place if prop != "capture" else capture.path.as_posix()
            value = normal("list", prop, text)
            found.say(Draft(subject=subject, prop=prop, value=value, source=source, place=where, visibility=seen_by))
    return source
