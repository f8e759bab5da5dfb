"""A person list outside any book: which columns hold what, told or guessed from their headings, and its rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from habeas.errors import UsageError
from habeas.names import doubts
from habeas.nouns import Problem
from habeas.readers.cells import clean
from habeas.readers.lists import table_of
from habeas.readers.tables import Row

# What a column may hold, in the order of guessing, with headings in English, Russian, Belarusian, Ukrainian and Polish.
ROLES: Mapping[str, str] = {
    "id": r"^(?:unique_?id|row_?id|record_?id|id|№)$",
    "born": r"birth|\bborn|\bdob\b|рожд|нарадж|народж|urodz",
    "year": r"^year$|^год$|^рік$|^rok$|birth.?year|year.?of.?birth",
    "held": r"arrest|detain|detention|задерж|арест|затрым|арышт|затрим|арешт|zatrzym|areszt",
    "sex": r"\bsex\b|gender|^пол$|^стать$|^пол \(|płeć",
    "patronymic": r"patronym|middle.?name|отчеств|бацьк|батьков|otcze|ojca",
    "given": r"given|first.?name|forename|^(?:имя|імя|ім.я|imię)$",
    "surname": r"surname|last.?name|family.?name|фамил|прозвішч|прізвищ|nazwisk",
    "name": r"^name$|full.?name|^names?\b|фио|\bпіб\b|имя|імя|name",
    "place": r"^city$|^town$|^place$|residence|город|горад|місто|miasto|жительств|жыхарств",
    "number": r"^(?:list_?(?:no|number|key)|(?:no|number)_?(?:in|on)_?(?:the_?)?list|номер в списке|нумар у спісе|номер у списку)$",
    "edition_of": r"^edition_?of$",
    "list": r"^(?:list|lst|list_?id|source_?list)$|^спис",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonList:
    """Rows of people: the id of each, which column (by position) holds what, and what could not be read."""

    file: str
    ids: tuple[str, ...]
    columns: Mapping[str, int]
    headings: Mapping[str, str]  # role to heading, to show
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()

    def cells(self) -> Iterator[dict[str, str]]:
        """The cells of each row by what they hold; a cell that a short row lacks is empty."""
        columns = [(role, at) for role, at in self.columns.items() if role != "id"]
        for row in self.rows:
            width = len(row.cells)
            yield {role: row.cells[at] if at < width else "" for role, at in columns}


def read_people(data: bytes, *, file: Path, told: Mapping[str, str]) -> PersonList:
    """The rows of a list of people; `told` maps what a column holds (`ROLES`) to its heading, the rest is guessed.

    A heading that is empty says that no column holds it.

    Raises:
        UsageError: the file is no table, a told column is not there, nothing holds names, or an id stands twice.
    """
    table = table_of(data, file=file.as_posix(), expected=set(told.values()))
    if not table.header:
        raise UsageError("; ".join(f"{p.file}: {p.what}" for p in table.problems) or f"{file} holds no table")
    header = [clean(name).text for name in table.header]
    headings = _headings(header, told, file)
    columns = {role: header.index(heading) for role, heading in headings.items()}
    at = columns.get("id")
    if at is None:
        ids = tuple(str(row.number) for row in table.rows)
    else:
        ids = tuple(row.cells[at].strip() if at < len(row.cells) else "" for row in table.rows)
        _all_differ(ids, headings["id"], table.rows, file)
    doubted = tuple(_doubted(table.rows, columns, headings, file.as_posix()))
    return PersonList(
        file=file.as_posix(), ids=ids, columns=columns, headings=headings, rows=table.rows,
        problems=(*table.problems, *doubted),
    )  # fmt: skip


def _doubted(
    rows: Iterable[Row], columns: Mapping[str, int], headings: Mapping[str, str], file: str
) -> Iterator[Problem]:
    """What is wrong with the names as names; one in two columns is looked at as a whole, for either may be a letter."""
    apart = [role for role in ("given", "surname") if role in columns]
    whole = ["name"] if len(apart) < 2 else apart
    for row in rows:
        cells = [row.cells[columns[role]].strip() for role in whole if columns[role] < len(row.cells)]
        text = " ".join(filter(None, cells))
        for what, do in doubts(text):
            column = " + ".join(headings[role] for role in whole)
            yield Problem(file=file, row=row.number, column=column, what=what, do=do, value=text[:80])


def _allow(header: list[str], told: Mapping[str, str], file: Path) -> None:
    """Refuse what was told of the columns where the list has none such.

    Raises:
        UsageError: there is no such role or column, or one column is told for two roles.
    """
    for role, heading in told.items():
        if role not in ROLES:
            raise UsageError(f"--map knows no {role!r}; it knows {', '.join(ROLES)}")
        if heading and heading not in header:
            raise UsageError(f"{file} has no column {heading!r}; its columns are {', '.join(filter(None, header))}")
    named = [heading for heading in told.values() if heading]
    if len(set(named)) < len(named):
        raise UsageError(f"--map names one column of {file} for two things; a column holds one")


def _with_guesses(header: list[str], told: Mapping[str, str]) -> dict[str, str]:
    """What was told of the columns, and what the headings say of those it does not name; no heading for no column."""
    found = dict(told)
    for role, pattern in ROLES.items():
        if role in found:
            continue
        free = [h for h in header if h and h not in found.values()]
        fits = [h for h in free if re.search(pattern, h.casefold().replace("_", " "))]
        fits = fits or [h for h in free if re.search(pattern, h.casefold())]
        if fits:
            found[role] = fits[0]
    return {role: heading for role, heading in found.items() if heading}


def _headings(header: list[str], told: Mapping[str, str], file: Path) -> dict[str, str]:
    _allow(header, told, file)
    found = _with_guesses(header, told)
    for half, other in (("given", "surname"), ("surname", "given")):
        # Half a name alone is most likely a whole one.
        if half in found and other not in found and "name" not in found:
            found["name"] = found.pop(half)
    if "name" not in found and not {"given", "surname"} <= found.keys():
        raise UsageError(
            f"{file} has no column of names among {', '.join(filter(None, header))}; tell it: --map name=COLUMN"
        )
    return found


def _all_differ(ids: tuple[str, ...], heading: str, rows: tuple[Row, ...], file: Path) -> None:
    seen: dict[str, int] = {}
    for identifier, row in zip(ids, rows, strict=True):
        if not identifier:
            raise UsageError(f"{file}, row {row.number}: the column {heading!r} is empty, and it tells rows apart")
        if seen.setdefault(identifier, row.number) != row.number:
            raise UsageError(
                f"{file}, row {row.number}: {heading} {identifier!r} stands in row {seen[identifier]} too;"
                " name a column that tells rows apart: --map id=COLUMN"
            )
