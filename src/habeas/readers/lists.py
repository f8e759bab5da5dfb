"""A list of people: the list itself, and each of its rows as an entry."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from habeas.nouns import Book, Capture, Column, Draft, ListSpec, Means, Problem, strictest
from habeas.readers.cells import clean
from habeas.readers.entries import Entries
from habeas.readers.headings import account
from habeas.readers.reading import Gathering, Identities, Line, MakeId, Reading
from habeas.readers.restrictions import hide, restricted_headings, restrictions
from habeas.readers.tables import Table, csv_table, names_table
from habeas.readers.workbook import xlsx_table
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
    plain = capture.path.suffix.lower() == ".txt"
    columns = _PLAIN if plain else spec.columns
    key = ("name",) if plain else spec.key
    found = Gathering(file=file, make_id=make_id, restricted=restricted_headings(spec, columns, key))
    expected = {*columns, *key, *spec.ignore}
    table = table_of(data, file=file, expected=expected, sheet=spec.sheet, encoding=spec.encoding)
    found.problems.extend(hide(table.problems, found))
    header = [clean(name).text for name in table.header]
    if not header:
        return Reading(file=file, problems=tuple(found.problems))
    accounted = account(
        found,
        header,
        mapped=dict.fromkeys(key, "mapped to key") | {name: _mapped_to(column) for name, column in columns.items()},
        required=key,
        promised=columns,
        ignored=spec.ignore,
        advice="Map it in book.toml, or add it to `ignore` there",
    )
    if any(name not in header for name in key):
        return Reading(file=file, problems=tuple(found.problems), accounted=accounted)
    source = _list_itself(spec, capture, found)
    restrictions(book, spec, columns, found)
    identities = Identities(found=found, headings=key, known=frozenset((*columns, *key)), many=spec.many_rows)
    entries = Entries(spec=spec, columns=columns, found=found, list_source=source, header=frozenset(header))
    for row, text, cells in identities.rows(table.rows, header):
        subject = entry_id(spec.id, text, make_id)
        if identities.fits(row, header, subject):
            entries.read(Line(number=row.number, cells=cells, key=text, subject=subject))
    whole = _enough(spec, len(table.rows), found) and identities.complete
    return Reading(
        file=file,
        drafts=tuple(found.drafts),
        problems=tuple(found.problems),
        rows=len(table.rows),
        accounted=accounted,
        covers=(f"list:{spec.id}", f"entry:{spec.id}:") if whole else (f"list:{spec.id}",),
        unread=frozenset(found.unread),
    )


def entry_id(list_id: str, key: str, make_id: MakeId) -> str:
    """The subject of the entry that stands on a list under a key."""
    return f"entry:{list_id}:{make_id(list_id, key)}"


def table_of(
    data: bytes, *, file: str, expected: Collection[str], sheet: str | None = None, encoding: str | None = None
) -> Table:
    """The rows of a file, by its ending: .txt is a plain list of names, .xlsx a workbook, all else CSV."""
    match PurePath(file).suffix.lower():
        case ".txt":
            return names_table(data, file=file, encoding=encoding)
        case ".xlsx" | ".xlsm":
            return xlsx_table(data, file=file, sheet=sheet)
        case _:
            return csv_table(data, file=file, expected=expected, encoding=encoding)


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
