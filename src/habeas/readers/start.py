"""A first `book.toml`: a commented template, or one guessed from a list that is already there."""

from __future__ import annotations

import json
import re
from pathlib import Path

from habeas.errors import CaptureError
from habeas.readers.cells import clean
from habeas.readers.guessing import guess_columns
from habeas.readers.lists import table_of
from habeas.readers.settings import Guess, period_of

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

_COLUMNS = """\
#
# Which column, or columns together, tell one row from another? And what does each column hold?
#   a property: name, born, sex, nationality, occupation, home, detained, recognised, sentenced, sentence, regime, article,
#     charge, prison, pardoned, released, taken_to, returned, died, status, note
#   the row's own source: url, published, publisher; the language of its names: lang; its own meaning: means
# Columns that are not wanted stand in ignore; a column that is nowhere is reported.
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
    return head + example + _COLUMNS.replace("{{", "{").replace("}}", "}")


def guess(file: Path, data: bytes, *, title: str = "", country: str = "XX") -> str:
    """A commented `book.toml` for a list, its columns guessed from headings and content; to be corrected by a person.

    `file` is where the list will lie in the book, such as `lists/viasna.xlsx`, and `data` what stands in it. Headings
    are known in English, Russian, Belarusian, Ukrainian and Polish; dates, names with their script, and addresses are
    seen in the cells. What is not recognised is ignored on purpose, each with a remark. `XX` is no country's code.

    Raises:
        CaptureError: there is no table in it; one sentence says why.
    """
    head = _HEAD.format(title=_text(title or _spoken(file.stem)), country=_text(country), plain=country)
    if file.suffix.lower() == ".txt":
        return head + _block(file, country, None, None)
    table = table_of(data, file=file.name, expected=())
    header = [clean(name).text for name in table.header]
    if not any(header):
        raise CaptureError(str(table.problems[-1]) if table.problems else f"{file.name} holds no table")
    rows = [[clean(cell).text for cell in row.cells] for row in table.rows[:2000]]
    found = guess_columns(header, rows)
    lang = next((column.lang for column in found if column.prop == "name" and column.lang), None)
    period = period_of(found, header, [row.cells for row in table.rows])
    return head + _block(file, country, lang, period) + _columns(found)


def _block(file: Path, country: str, lang: str | None, period: str | None) -> str:
    language = f"language = {_text(lang)}" if lang else '# language = "en"'
    return _LIST.format(
        off="",
        id=_text(re.sub(r"[^\w.\-]+", "-", file.stem).strip("-.").lower() or "list"),
        file=_text(file.as_posix()),
        title=_text(_spoken(file.stem)),
        language=f"{language}           # of its names, where a column says nothing else: be, be-Latn, ru, uk, en ...",
        plain=country,
        covers=_COVERS if period is None else _GUESSED_COVERS.format(period=_text(period)),
    )


def _best_key(found: list[Guess]) -> Guess:
    """The column to tell rows apart by: one made for that, else the name, else the first."""
    keys = [c for c in found if c.key]
    return next((c for c in (*keys, *found) if c.key or c.prop == "name"), found[0])


def _columns(found: list[Guess]) -> str:
    """The key, the ignored columns and the mapping of the list above, each line with what it was guessed from."""
    key = _best_key(found)
    mapped = [c for c in found if c.prop is not None] or [key]
    ignored = [c for c in found if c.prop is None and c is not key and c.heading]
    lines = [
        f"key = [{_text(key.heading)}]  # what tells one row from another; correct it where two rows can share it",
        *_remarks(key),
        "ignore = [",
        *(f"    {_text(column.heading)},  # not recognised: {column.seen}" for column in ignored),
        "]",
        "",
        "[list.columns]  # guessed: look at every line",
    ]
    for column in mapped:
        if column.heading:
            lines.append(f"{_key(column.heading)} = {_mapping(column)}  # {column.seen}")
            lines += _remarks(column) if column is not key else []
    return "\n".join(lines) + "\n"


def _remarks(column: Guess) -> list[str]:
    return [f"#   {remark}" for remark in column.remarks]


def _mapping(column: Guess) -> str:
    prop = column.prop or "name"
    parts = [f"prop = {_text(prop)}"]
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
