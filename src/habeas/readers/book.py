"""`book.toml`: the book as its keeper describes it."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import Any

from habeas.dates import PartialDate
from habeas.errors import BookError
from habeas.names import dropped
from habeas.nouns import Book, Column, Covers, Extent, ListSpec, Means, Problem, Visibility
from habeas.readers.calendars import TOLD
from habeas.readers.events import FILES, OWN_FILES, RULINGS
from habeas.readers.printed import EXCEL, ORDERS
from habeas.readers.toml import Section, meant, parse_toml, unseen_in
from habeas.readers.words import read_words
from habeas.vocabulary import kinds, normal

FILE = "book.toml"
PSEUDO = ("url", "published", "publisher", "means", "lang")  # a row's own source, standing and language
_OURS = ("list", "key", "absent_since")  # written by the reader, never read from a column
_ID = re.compile(r"\w[\w.\-]*")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_IDS_KEY = re.compile(r"[0-9a-f]{16}")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_RELEASE = re.compile(r"[A-Z]{2}-\d{4}\S*")


def find_book(start: Path) -> Path:
    """The nearest folder with a `book.toml`, from `start` upwards.

    Raises:
        BookError: there is none.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / FILE).is_file():
            return folder
    raise BookError(f"no {FILE} in {start} or in a folder above it; name the book with -b, or make one: habeas init")


def load_book(folder: Path) -> Book:
    """The book in a folder, as its `book.toml` describes it; every key is known or refused by name.

    Raises:
        BookError: the file is missing or wrong; one sentence says where, what and what to do.
    """
    if folder.is_file():
        raise BookError(f"{folder} is a file; name the folder that holds {FILE}")
    top = Section(parse_toml(folder / FILE), FILE)
    head = Section(top.table("book"), f"{FILE}, [book]")
    mappings = {name: _mapping(raw, f"{FILE}, [mapping.{name}]") for name, raw in _named(top, "mapping").items()}
    lists = tuple(_list(raw, number, mappings, folder) for number, raw in enumerate(top.tables("list"), start=1))
    codes = _codes(top)
    top.done()
    _distinct(lists)
    own = _own_id(head)  # before the title is taken
    keeper = head.text("recorder", "keeper") or "keeper"
    book = Book(
        folder=folder,
        title=head.required("title", "Political prisoners in ..."),
        country=_country(head),
        languages=tuple(head.checked_language("languages", tag) for tag in head.texts("languages")),
        contact=head.translated("contact"),
        licence=head.text("licence"),
        about=head.translated("about"),
        language=head.language("language") or "",
        as_of=head.days("as_of"),
        address=head.formed("address", _ADDRESS, "where the site stands, such as https://example.org/book"),
        recorder=keeper,
        keeper=keeper,
        prefer=head.texts("prefer"),
        horizon_days=_horizon(head),
        lists=lists,
        codes=codes,
        words=read_words(folder).texts,
        id=own,
        ids_key=head.formed("ids_key", _IDS_KEY, "the 16 signs that were printed when the key of the ids was made"),
    )
    head.done()
    return book


def unseen(folder: Path) -> tuple[Problem, ...]:
    """A Problem for each text of `book.toml` and each name of an input that holds what nobody sees.

    Raises:
        BookError: `book.toml` cannot be read.
    """
    what, do = "the name of the file holds characters that nobody sees", "Rename it; it is shown without them"
    names = (
        path.relative_to(folder).as_posix()
        for part in ("lists", "events", "articles", "sources")
        for path in sorted((folder / part).rglob("*"))
    )
    files = (Problem(file=dropped(name), what=what, do=do) for name in names if dropped(name) != name)
    settings = unseen_in(folder / FILE) if (folder / FILE).is_file() else ()
    return (*settings, *files)


def _named(top: Section, key: str) -> dict[str, dict[str, Any]]:
    tables = top.table(key)
    for name, raw in tables.items():
        if not isinstance(raw, dict):
            raise top.fail(f"[{key}] holds named mappings; write [{key}.printed], not {name} = {raw!r}")
    return tables


def _own_id(head: Section) -> str:
    """The id that the book gives itself; else one made of its country and its title as they stand in the file."""
    told = json.dumps([head.raw.get("country"), head.raw.get("title")], default=str, sort_keys=True)
    own = head.formed("id", _SLUG, "small letters, digits and hyphens, such as belarus-2026")
    return own or f"book-{hashlib.sha256(told.encode()).hexdigest()[:12]}"


def _codes(top: Section) -> dict[str, dict[str, str]]:
    """The keeper's words for the codes of a property of events: `[codes.topic]`, `"калій" = "potash"`."""
    coded: dict[str, list[str]] = {}
    for kind in dict.fromkeys((*FILES.values(), *OWN_FILES.values(), *RULINGS.values())):
        for name, spec in kinds()[kind].properties.items():
            if spec.type in ("enum", "actor"):
                coded.setdefault(name, []).append(kind)
    found = {}
    for prop, raw in top.table("codes").items():
        where = f"{FILE}, [codes.{prop}]"
        if prop not in coded:
            raise BookError(
                f"{where}: no property of events that holds codes is called {prop!r}; {meant(prop, tuple(sorted(coded)))}"
            )
        if not isinstance(raw, dict) or not all(isinstance(code, str) and code for code in raw.values()):
            raise BookError(f'{where}: write a word and its code a line, such as "калій" = "potash"')
        for word, code in raw.items():
            if not any(_is_code(kind, prop, code) for kind in coded[prop]):
                raise BookError(
                    f"{where}: {word!r} is given the code {code!r}, which is none of {prop} (docs/vocabulary.md)"
                )
        found[prop] = dict(raw)
    return found


def _is_code(kind: str, prop: str, code: str) -> bool:
    try:
        normal(kind, prop, code)
    except ValueError:
        return False
    return True


def _country(head: Section) -> str:
    country = head.required("country", "BY")
    if country and _COUNTRY.fullmatch(country) is None:
        raise head.fail(f"country {country!r} must be the two capital letters of ISO 3166, such as BY")
    return country


def _horizon(head: Section) -> int:
    days = head.number("horizon_days", 180)
    if days < 0:
        raise head.fail(f"horizon_days must be 0 or more, not {days}")
    return days


def _distinct(lists: tuple[ListSpec, ...]) -> None:
    seen: set[str] = set()
    for spec in lists:
        if spec.id in seen:
            raise BookError(f"{FILE}: two lists have the id {spec.id!r}; give one of them another id")
        seen.add(spec.id)
    for spec in lists:
        others = tuple(sorted(seen - {spec.id}))
        if spec.edition_of and spec.edition_of not in others:
            hint = meant(spec.edition_of, others)
            raise BookError(f"{FILE}, list {spec.id!r}: edition_of names no other list, {spec.edition_of!r}; {hint}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mapping:
    """How the columns of a list read; a list's own lines go before those of a named mapping."""

    key: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    columns: Mapping[str, Column]


def _mapping(raw: dict[str, Any], where: str) -> _Mapping:
    section = Section(raw, where)
    found = _columns_of(section)
    section.done()
    return found


def _columns_of(section: Section) -> _Mapping:
    columns = {name: _column(name, raw, section) for name, raw in section.table("columns").items()}
    ignore = section.texts("ignore")
    for name in ignore:
        if name in columns:
            raise section.fail(f"column {name!r} is both mapped and ignored; keep one of the two")
    return _Mapping(key=section.texts("key"), ignore=ignore, columns=columns)


def _column(name: str, raw: object, section: Section) -> Column:
    where = f"{section.where}, column {name!r}"
    if isinstance(raw, str):
        raw = {"prop": raw}
    if not isinstance(raw, dict):
        raise BookError(f'{where}: write {name} = "name" or {name} = {{ prop = "name" }}, not {raw!r}')
    column = Section(dict(raw), where)
    prop = _prop(column)
    found = Column(
        prop=prop,
        lang=column.language("lang"),
        formats=_formats(column),
        order=_among(column, "order", ORDERS),
        calendar=_among(column, "calendar", TOLD),
        split=_split(column),
        values=_values(column, prop),
        visibility=column.one_of("visibility", Visibility, None),
        source_of=_source_of(column),
        visibility_reason=column.text("visibility_reason"),
        review_on=column.day("review_on"),
        join=column.texts("join"),
    )
    column.done()
    if found.join and found.prop != "name":
        raise column.fail('join puts parts of a name together; it needs prop = "name"')
    _why(found, column)
    if found.prop is None and not found.source_of:
        raise column.fail('say what it holds: prop = "name", or source_of = ["detained"]')
    return found


def entry_properties() -> tuple[str, ...]:
    """What a column of a list may be mapped to: properties of an entry, and the row's own source and standing."""
    return tuple(p for p in kinds()["entry"].properties if p not in _OURS) + PSEUDO


def _prop(column: Section) -> str | None:
    prop = column.text("prop")
    if not prop:
        return None
    if prop not in entry_properties():
        raise column.fail(f"a list cannot say {prop!r} of a person; {meant(prop, entry_properties())}")
    return prop


def _source_of(column: Section) -> tuple[str, ...]:
    props = column.texts("source_of")
    for prop in props:
        if prop not in kinds()["entry"].properties:
            raise column.fail(f"source_of names {prop!r}; {meant(prop, entry_properties())}")
    return props


def _formats(column: Section) -> tuple[str, ...]:
    formats = column.texts("formats")
    sample = datetime(2021, 7, 14)  # noqa: DTZ001 - only a form is tried
    for form in formats:
        if form == EXCEL:
            continue
        try:
            fits = "%Y" in form or "%y" in form
            datetime.strptime(sample.strftime(form), form)  # noqa: DTZ007 - only a form is tried
        except ValueError:
            fits = False
        if not fits:
            raise column.fail(f'{form!r} is not a date format with a year, such as "%d.%m.%Y", nor {EXCEL!r}')
    return formats


def _among(column: Section, key: str, known: tuple[str, ...]) -> str | None:
    value = column.text(key)
    if value and value not in known:
        raise column.fail(f"{key} {value!r} is none of {', '.join(known)}")
    return value or None


def _split(column: Section) -> str | None:
    value: str | None = column.take("split", str, 'text such as ";"')
    if value == "":
        raise column.fail('split is empty; write the sign between two values, such as ";"')
    return value


def _values(column: Section, prop: str | None) -> dict[str, str]:
    """What is printed, and what it means; a value of "" is left out on purpose."""
    values = {}
    for printed, meaning in column.table("values").items():
        if not isinstance(meaning, str):
            raise column.fail(f"values: {printed!r} must be given a text, not {meaning!r}")
        values[printed.strip()] = _meaning(column, prop, printed, meaning.strip())
    return values


def _meaning(column: Section, prop: str | None, printed: str, meaning: str) -> str:
    kind = {"means": "list", "url": "source", "published": "source", "publisher": "source"}.get(prop or "", "entry")
    if meaning == "" or prop is None:
        return meaning
    if prop == "lang":
        return column.checked_language("lang", meaning)
    try:
        return normal(kind, prop, meaning)
    except ValueError as fault:
        raise column.fail(f"values: {printed!r} is read as {meaning!r}, which is {fault}") from None


def _list(raw: dict[str, Any], number: int, mappings: Mapping[str, _Mapping], folder: Path) -> ListSpec:
    named = raw.get("id")
    where = f"{FILE}, list {named!r}" if isinstance(named, str) and named else f"{FILE}, [[list]] number {number}"
    section = Section(raw, where)
    identifier = section.required("id", "viasna-2023")
    if identifier and _ID.fullmatch(identifier) is None:
        raise section.fail("the id may hold letters, digits, dots and dashes only")
    file = _file(section, folder)
    shared = _shared(section, mappings)
    own = _columns_of(section)
    columns = {**shared.columns, **own.columns}
    spec = ListSpec(
        id=identifier,
        file=file,
        title=section.text("title") or identifier,
        publisher=section.text("publisher"),
        url=_url(section),
        published=section.day("published"),
        language=section.language("language"),
        means=section.one_of("means", Means, Means.NAMED) or Means.NAMED,
        covers=_covers(section),
        based_on=section.texts("based_on"),
        edition_of=section.text("edition_of"),
        key=own.key or shared.key,
        columns=columns,
        ignore=tuple(n for n in dict.fromkeys((*shared.ignore, *own.ignore)) if n not in own.columns),
        many_rows=section.flag("many_rows"),
        release=_release(section),
        sheet=section.text("sheet") or None,
        header_row=_row_numbers(section, "header_row", most=2),
        keep_rows=_row_numbers(section, "keep_rows"),
        ask=section.text("ask"),
        encoding=_encoding(section),
        rows=_rows(section),
        visibility=section.one_of("visibility", Visibility, None),
        visibility_reason=section.text("visibility_reason"),
        review_on=section.day("review_on"),
    )
    section.done()
    _why(spec, section)
    return _whole(spec, section)


def _why(restricted: Column | ListSpec, section: Section) -> None:
    """A reason and a day of review belong to a visibility."""
    if restricted.visibility is None and (restricted.visibility_reason or restricted.review_on is not None):
        raise section.fail('visibility_reason and review_on say why of a visibility; add visibility = "team"')


def _whole(spec: ListSpec, section: Section) -> ListSpec:
    """Refuse a table whose rows could not be told apart; a plain list of names needs no columns."""
    if spec.file.suffix.lower() == ".txt" and not spec.columns:
        return spec
    if not spec.columns and not spec.ask:
        raise section.fail("no column is mapped; name a mapping, or write [list.columns]")
    if not spec.key and not spec.ask:
        raise section.fail('key is missing; name the column or columns that tell rows apart, such as key = ["id"]')
    return spec


def _file(section: Section, folder: Path) -> Path:
    text = section.required("file", "lists/viasna-2023.csv").replace("\\", "/")
    inside = not PurePosixPath(text).is_absolute() and not PureWindowsPath(text).drive
    if not inside or not (folder / text).resolve().is_relative_to(folder.resolve()):
        raise section.fail(f"file {text!r} lies outside of the book's folder; copy it into lists/")
    there, name = (folder / text).parent, PurePath(text).name
    others = [one for one in there.iterdir() if one.name != name] if there.is_dir() else []
    if not (folder / text).exists() and name in map(_seen_name, others):
        raise section.fail(f"the name of the file {text!r} holds characters that nobody sees; rename the file")
    return Path(*PurePosixPath(text).parts)


def _seen_name(path: Path) -> str:
    return dropped(path.name)


def _shared(section: Section, mappings: Mapping[str, _Mapping]) -> _Mapping:
    name = section.text("mapping")
    if not name:
        return _Mapping(columns={})
    if name not in mappings:
        raise section.fail(f"there is no [mapping.{name}]; {meant(name, mappings)}")
    return mappings[name]


def _url(section: Section) -> str:
    url = section.text("url")
    if url:
        try:
            url = normal("list", "url", url)
        except ValueError as fault:
            raise section.fail(f"url {url!r} is {fault}") from None
    return url


def _covers(section: Section) -> Covers:
    covers = Section(section.table("covers"), f"{section.where}, covers")
    period = covers.day("period")
    found = Covers(
        period=None if period is None else PartialDate.parse(period),
        group=covers.text("group"),
        place=covers.text("place"),
        extent=covers.one_of("extent", Extent, Extent.SAMPLE) or Extent.SAMPLE,
    )
    covers.done()
    return found


def _release(section: Section) -> str | None:
    release = section.text("release").removeprefix("release:")
    if release and _RELEASE.fullmatch(release) is None:
        raise section.fail(f"release {release!r} must be named by country and date, such as BY-2025-12-13")
    return release or None


def _encoding(section: Section) -> str | None:
    name = section.text("encoding")
    if name:
        try:
            "".encode(codecs.lookup(name).name)
        except LookupError:
            raise section.fail(f"there is no encoding {name!r}; write utf-8, utf-16, cp1251 or koi8-r") from None
    return name or None


def _row_numbers(section: Section, key: str, most: int | None = None) -> tuple[int, ...]:
    """Numbers of rows as the file counts them; one alone stands for a list of one."""
    value = section.take(key, (int, list), "the number of a row, such as 3, or of several, such as [3, 4]")
    numbers = [] if value is None else [value] if isinstance(value, int) else value
    if not all(isinstance(n, int) and not isinstance(n, bool) and n > 0 for n in numbers):
        raise section.fail(
            f"{key} must be the number of a row, such as 3, or of several, such as [3, 4], not {value!r}"
        )
    if most is not None and len(numbers) > most:
        raise section.fail(f"{key} names {len(numbers)} rows; headings stand in one row, or in two below one another")
    return tuple(sorted(set(numbers)))


def _rows(section: Section) -> tuple[int | None, int | None]:
    value = section.take("rows", (int, list), "the fewest and the most rows, such as [20, 30]")
    if value is None:
        return None, None
    pair = [value, value] if isinstance(value, int) else value
    whole = all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in pair)
    if not whole or len(pair) != 2 or pair[0] > pair[1]:
        raise section.fail(f"rows must be the fewest and the most rows, such as [20, 30], not {value!r}")
    return pair[0], pair[1]
