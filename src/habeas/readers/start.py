"""A first `book.toml`: a commented template, or one guessed from a list that is already there."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from habeas.errors import CaptureError
from habeas.readers.body import part
from habeas.readers.cells import clean
from habeas.readers.grids import grids_of, is_table
from habeas.readers.guessing import Candidate, Joined, candidates, guess_columns
from habeas.readers.heading_row import Grid, Headings, filled_rows, find_headings
from habeas.readers.lexicon import folded
from habeas.readers.properties import told
from habeas.readers.settings import Guess, period_of
from habeas.readers.text import decode

_BARE = re.compile(r"[A-Za-z0-9_-]+")

_HEAD = """\
# The book: what it is about, which lists it reads, and how their columns read.
# Lines that start with # are remarks. Text stands in "quotation marks"; dates are written 2021-07-14, 2021-07,
# 2021, 2021-05~ (about), 2021-05/2021-07 (between), ../2021 (in 2021 or before).

[book]
title = {title}
country = {country}            # two letters of ISO 3166; releases are named by it: {plain}-2025-12-13
languages = ["en"]        # languages of the names, such as ["be", "ru", "en"]
contact = ""              # where people write who want something corrected or taken down; shown on every page
licence = ""              # under which others may use what you publish, such as CC-BY-4.0; printed with every export
about = ""                # one paragraph for readers
# id = "my-book"          # the book's own id; the key that makes the ids of its cases is kept under it
# language = "en"         # of your own words; title, about and contact may stand in several: {{ en = "...", be = "..." }}
# address = ""            # where the site will stand, such as https://example.org/book
recorder = "keeper"       # the name under which changes are recorded: a pseudonym
# prefer = ["my-first-list"]  # where sources disagree: lists or publishers, the most trusted first
# as_of = [2022-08-09]    # past days of which the site also shows what was known then
# horizon_days = 180      # for how long "seen in custody" is read as still true
"""

_LIST = """
# A list: one file in the folder lists/. Copy this block for each further list.
{off}[[list]]
{off}id = {id}
{off}file = {file}
{off}title = {title}
{off}publisher = ""            # who published it
{off}url = ""                  # where
{off}# published = "2025-09-11"  # when; needed wherever standing on the list says something about a day
{language}
{off}means = "named"           # standing on it means: held, recognised, released, died, or named (nothing more)
{covers}
{off}# based_on = ["another list"]      # whose list it repeats
{off}# release = "{plain}-2025-09-11"        # everybody on it was part of this release
{off}# rows = [20, 30]                   # the fewest and the most rows to expect
"""

_COVERS = '# covers = { period = "../2025-09-11", group = "", place = "", extent = "sample" }  # extent: full or sample'

_GUESSED_COVERS = """\
covers = {{ period = {period}, group = "", place = "", extent = "sample" }}
# covers is a guess: from the first to the last date that stands in the list. It is the window the list looks through:
# correct the days, say whom (group) and where (place), and write extent = "full" if it claims to name everybody in it"""

_WHAT = f"\n# What a column may hold, of the person:\n{told()}\n"

_COLUMNS = """\
#
# Which column, or columns together, tell one row from another? And what does each column hold? Columns that are not wanted
# stand in ignore; a column that is nowhere is reported.
#
# [mapping.printed]
# key = ["id"]
# ignore = ["remarks of ours"]
# [mapping.printed.columns]
# "full name" = "name"
# name_ru = {{ prop = "name", lang = "ru", split = ";" }}
# arrested = {{ prop = "detained", formats = ["%d.%m.%Y"] }}
# arrested_url = {{ source_of = ["detained"] }}
# state = {{ prop = "means", values = {{ "in custody" = "held", "freed" = "released" }} }}
#
# and in the list: mapping = "printed". A plain list of names (.txt, one name a line) needs none of this.
"""


def template(title: str, country: str) -> str:
    """A commented `book.toml` without lists, for a person who is no programmer to fill in."""
    head = _HEAD.format(title=_text(title), country=_text(country), plain=country)
    example = _LIST.format(
        off="# ",
        id=_text("my-first-list"),
        file=_text("lists/my-first-list.csv"),
        title=_text("Title of the list"),
        language='# language = "en"           # of its names: be, be-Latn, ru, uk, en ...',
        plain=country,
        covers=f"# {_COVERS}",
    )
    return head + example + _COLUMNS.replace("{{", "{").replace("}}", "}") + _WHAT


def guess(file: Path, data: bytes, *, title: str = "", country: str = "XX") -> str:
    """A commented `book.toml` for a list, its columns guessed from headings and content; to be corrected by a person.

    `file` is where the list will lie in the book, such as `lists/viasna.xlsx`, and `data` what stands in it. The words of
    headings are those of `lexicon/`, a file a language. What is not recognised is ignored on purpose, each with a remark;
    where no heading says plainly which column holds the names, a question stands in the place of that column. `XX` is no
    country's code.

    Raises:
        CaptureError: there is no table in it; one sentence says why.
    """
    head = _HEAD.format(title=_text(title or _spoken(file.stem)), country=_text(country), plain=country)
    if _is_plain(file, data):
        return head + _block(file, country, None, None)
    grids, problems = grids_of(data, file=file.name)
    chosen = _sheets(grids)
    if not chosen:
        raise CaptureError(str(problems[-1]) if problems else f"{file.name} holds no table: no cell of it is filled")
    blocks = [_of_sheet(file, country, grids, grid, found, more=len(chosen) > 1) for grid, found in chosen]
    passed = [grid for grid in grids if all(grid is not one for one, _ in chosen)]
    return head + "".join(blocks) + _others(passed) + _WHAT


def _is_plain(file: Path, data: bytes) -> bool:
    """True where a .txt is a list of names, one a line."""
    if file.suffix.lower() != ".txt":
        return False
    text, _ = decode(data, file=file.name)
    return text is None or not is_table(text)


def _sheets(grids: Sequence[Grid]) -> list[tuple[Grid, Headings]]:
    """The sheet whose headings say most and that is longest, and each other sheet that has the same headings."""
    headed = [(grid, found) for grid in grids if (found := find_headings(grid)) is not None]
    if not headed:
        return []
    best = max(headed, key=lambda one: (round(one[1].score), len(filled_rows(one[0]))))
    same = set(map(folded, best[1].cells)) - {""}
    return [
        (grid, found)
        for grid, found in headed
        if grid is best[0] or (len(same) > 1 and len(same & set(map(folded, found.cells))) * 10 >= len(same) * 8)
    ]


def _of_sheet(file: Path, country: str, grids: Sequence[Grid], grid: Grid, found: Headings, *, more: bool) -> str:
    header = [clean(name).text for name in found.cells]
    parted = part(grid, found.rows, header)
    rows = [[clean(cell).text for cell in row.cells] for row in parted.people[:2000]]
    guessed = guess_columns(header, rows)
    lang = next((column.lang for column in guessed if column.prop == "name" and column.lang), None)
    period = period_of(guessed, header, [row.cells for row in parted.people])
    where = []
    if more or grid is not grids[0]:
        where.append(f"sheet = {_text(grid.name)}            # of the file")
    if not found.first:
        shown = found.rows[0] if len(found.rows) == 1 else list(found.rows)
        where.append(f"header_row = {shown}            # where the headings stand")
    asked = candidates(guessed, header, rows)
    plain = any(column.prop == "name" for column in guessed)
    if not plain:
        where += _question(asked)
    suffix = grid.name if more else ""
    key = _key_of(guessed, header, rows)
    return _block(file, country, lang, period, suffix=suffix, where=where) + _columns(guessed, key, asked)


def _question(asked: Sequence[Candidate]) -> list[str]:
    """The line that keeps the list from being read, and below it what a person has to do."""
    named = " or ".join(f"{one.heading!r}" for one in asked[:6]) or "none of its columns looks so"
    return [f"ask = {_text(f'Which column holds the names of the people listed: {named}?')}"]


def _others(grids: Sequence[Grid]) -> str:
    """A remark on each sheet that was not taken for a list of the same people."""
    return "".join(
        f"\n# The sheet {_text(grid.name)} ({len(filled_rows(grid))} rows) was not read: its headings are not those of the list"
        " above.\n# If it is a list of people too, copy the block and write its name as `sheet`.\n"
        for grid in grids
        if filled_rows(grid)
    )


def _block(
    file: Path, country: str, lang: str | None, period: str | None, *, suffix: str = "", where: Sequence[str] = ()
) -> str:
    language = f"language = {_text(lang)}" if lang else '# language = "en"'
    named = f"{file.stem} {suffix}".strip()
    return _LIST.format(
        off="",
        id=_text(re.sub(r"[^\w.\-]+", "-", named).strip("-.").lower() or "list"),
        file="\n".join([_text(file.as_posix()), *where]),
        title=_text(_spoken(named)),
        language=f"{language}           # of its names, where a column says nothing else: be, be-Latn, ru, uk, en ...",
        plain=country,
        covers=_COVERS if period is None else _GUESSED_COVERS.format(period=_text(period)),
    )


def _key_of(
    found: Sequence[Guess], header: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[str], list[str]]:
    """The headings to tell rows apart by (numbers made for that, else the name), and what is to be said of them."""
    made = next((c for c in found if c.key), None)
    if made is not None:
        return [made.heading], list(made.remarks)
    name = next((c for c in found if c.prop == "name"), None)
    if name is None:
        return [], []
    key = list(name.join) if isinstance(name, Joined) else [name.heading]
    places = [header.index(heading) for heading in key]
    told = Counter(" ".join(row[at] for at in places if at < len(row)) for row in rows)
    twice = [text for text, times in told.items() if times > 1]
    if not twice:
        return key, []
    what = f"It does not tell all rows apart: {len(twice)} stand more than once, such as {twice[0][:40]!r}."
    return key, [
        what,
        "Each such row goes in as an entry of its own, and read says which; a second column makes it surer.",
    ]


def _columns(found: Sequence[Guess], key: tuple[list[str], list[str]], asked: Sequence[Candidate]) -> str:
    """The key, the ignored columns and the mapping of the list above, each line with what it was guessed from."""
    headings, remarks = key
    mapped = [c for c in found if c.prop is not None]
    joined = {heading for c in found if isinstance(c, Joined) for heading in c.join}
    ignored = [c for c in found if c.prop is None and c.heading not in headings and c.heading not in joined]
    lines = [
        f"key = [{', '.join(map(_text, headings))}]  # what tells one row from another; correct it where two rows can share it",
        *(f"#   {remark}" for remark in remarks),
        "ignore = [",
        *(f"    {_text(column.heading)},  # not recognised: {column.seen}" for column in ignored),
        "]",
        "",
        "[list.columns]  # guessed: look at every line",
        *_choices(asked),
    ]
    for column in mapped:
        lines.append(f"{_key(column.heading)} = {_mapping(column)}  # {column.seen}")
        lines += _remarks(column)
    return "\n".join(lines) + "\n"


def _choices(asked: Sequence[Candidate]) -> list[str]:
    """The lines of which a person uncomments the one that is right."""
    if not asked:
        return []
    return [
        "# WHICH COLUMN HOLDS THE NAMES? No heading says so plainly. Take the # from the line that is right, take that column",
        "# out of `ignore`, write its heading into `key` if the people have no numbers, and delete the line `ask` above.",
        *(f'# {_key(one.heading)} = "name"  # such as: {"; ".join(cell[:40] for cell in one.cells)}' for one in asked),
    ]


def _remarks(column: Guess) -> list[str]:
    return [f"#   {remark}" for remark in column.remarks]


def _mapping(column: Guess) -> str:
    prop = column.prop or "name"
    parts = [f"prop = {_text(prop)}"]
    if isinstance(column, Joined):
        parts.append(f"join = [{', '.join(map(_text, column.join))}]")
    if column.lang is not None:
        parts.append(f"lang = {_text(column.lang)}")
    if column.split is not None:
        parts.append(f"split = {_text(column.split)}")
    if column.formats:
        parts.append(f"formats = [{', '.join(map(_text, column.formats))}]")
    parts += [
        f"{key} = {_text(told)}" for key, told in (("order", column.order), ("calendar", column.calendar)) if told
    ]
    if column.values:
        parts.append(f"values = {{ {', '.join(f'{_key(a)} = {_text(b)}' for a, b in column.values.items())} }}")
    return _text(prop) if len(parts) == 1 else f"{{ {', '.join(parts)} }}"


def _spoken(stem: str) -> str:
    return re.sub(r"[_\s]+", " ", stem).strip() or "list"


def _text(text: str) -> str:
    """A TOML string: JSON writes the same, but for the sign DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else _text(text)
