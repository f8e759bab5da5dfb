"""Many articles against one record: a file of JSON lines or a folder, one record a claim, in the order they lie there.

Each article's records come at once and end with one that closes it, so that a run that was stopped can go on after the
last whole article. What cannot be read is a record too, and never stops the run.
"""

from __future__ import annotations

import gzip
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any

import orjson

from habeas.check import as_records, check_article, read_article
from habeas.errors import CaptureError, HabeasError
from habeas.nouns import Article, Casebook, Problem
from habeas.pipeline.together import in_order

MOST_LINE = 20_000_000  # bytes of one line; a longer one is passed over, and said
MOST_FILE = 50_000_000  # bytes of one file
_TEXTS = ("id", "title", "published", "language", "url", "text", "html")
_TABLES = frozenset(
    {".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".ods"}
)  # as a book keeps one of signatures beside its articles
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An article as it lies in a corpus: a path, or the bytes of a line; `passed` bytes of the corpus end with it."""

    place: str
    path: Path | None = None
    line: bytes = b""
    passed: int = 0
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The records of one article as JSON lines, and what they hold: claims by verdict, or that it was not read."""

    place: str
    lines: bytes
    verdicts: Mapping[str, int] = field(default_factory=dict)
    read: bool = True
    passed: int = 0


def items(corpus: Path) -> Iterator[Item]:
    """The articles of a corpus: each line of a file (plain or gzip; `-` is standard input), or each file of a folder.

    Files are taken folder by folder in the order of their names; what begins with a dot or is a table is passed over.

    Raises:
        CaptureError: there is no such file or folder, or it may not be read.
    """
    if corpus.as_posix() == "-":
        yield from _lines(sys.stdin.buffer, "line")
    elif corpus.is_dir():
        yield from _files(corpus)
    elif not corpus.is_file():
        raise CaptureError(f"there is no file or folder {corpus.name}; check the name")
    else:
        try:
            with corpus.open("rb") as stream:
                packed = stream.read(2) == _GZIP
                stream.seek(0)
                unpacked: Any = gzip.GzipFile(fileobj=stream) if packed else stream
                yield from _lines(unpacked, corpus.name)
        except (OSError, EOFError) as fault:
            what = getattr(fault, "strerror", None) or fault
            raise CaptureError(f"{corpus.name} cannot be read to its end: {what}") from None


def _lines(stream: IO[bytes], name: str) -> Iterator[Item]:
    number = passed = 0
    while line := stream.readline(MOST_LINE + 1):
        number, passed, wrong = number + 1, passed + len(line), ""
        if len(line) > MOST_LINE and not line.endswith(b"\n"):
            wrong = f"the line is longer than {MOST_LINE:,} bytes"
            while (more := stream.readline(MOST_LINE)) and not more.endswith(b"\n"):
                passed += len(more)
            passed, line = passed + len(more), b""
        if wrong or line.strip():
            yield Item(place=f"{name}:{number}", line=line, passed=passed, wrong=wrong)


def _files(folder: Path) -> Iterator[Item]:
    passed = 0
    for here, inner, names in os.walk(folder):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(n for n in names if not n.startswith(".") and Path(n).suffix.lower() not in _TABLES):
            path, passed = Path(here, name), passed + 1
            yield Item(place=path.relative_to(folder).as_posix(), path=path, passed=passed)


def extent(corpus: Path) -> int | None:
    """What `passed` of the last item will be: bytes of a file, files of a folder; None where nobody can know."""
    if corpus.is_dir():
        return sum(1 for _ in _files(corpus))
    if not corpus.is_file():
        return None
    with corpus.open("rb") as stream:
        return None if stream.read(2) == _GZIP else corpus.stat().st_size


def check_corpus(
    corpus: Path, cases: Casebook[Any], *, today: date, jobs: int, after: tuple[str, ...] = ()
) -> Iterator[Outcome]:
    """Each article of a corpus checked against one casebook, in order, on `jobs` cores.

    `after` are the places of articles already done, from the first on: they are passed over.

    Raises:
        CaptureError: the corpus cannot be read, or is not the one that `after` is of.
    """
    found = _rest(items(corpus), after)
    yield from in_order(_checked, found, jobs=jobs, start=_begin, given=(cases, today), lost=_lost)


def _rest(found: Iterator[Item], after: tuple[str, ...]) -> Iterator[Item]:
    for place in after:
        item = next(found, None)
        if item is None or item.place != place:
            raise CaptureError(f"the corpus is not the one that was begun: {place} does not stand where it stood")
    yield from found


# --- in each process ------------------------------------------------------------------------------------------------

_AGAINST: list[tuple[Casebook[Any], date]] = []


def _begin(cases: Casebook[Any], today: date) -> None:
    _AGAINST[:] = [(cases, today)]


def _checked(item: Item) -> Outcome:
    cases, today = _AGAINST[0]
    try:
        name, article = _article(item)
        records = tuple(as_records(check_article(article, cases, today=today), name, item.place))
    except HabeasError as error:
        return _unread(item, str(error), "Mend it or take it out; the other articles were read.")
    except Exception as error:  # noqa: BLE001 -- one article never stops the others
        return _unread(item, f"a fault of ours ({type(error).__name__})", "Check it alone and report it.")
    return Outcome(
        place=item.place,
        lines=b"".join(orjson.dumps(record) + b"\n" for record in records),
        verdicts=Counter(record["verdict"] for record in records if record["record"] == "claim"),
        passed=item.passed,
    )


def _unread(item: Item, what: str, do: str) -> Outcome:
    problem = Problem(file=item.place, what=what, do=do)
    record = {"record": "problem", "place": item.place, "what": problem.what, "do": problem.do}
    return Outcome(place=item.place, lines=orjson.dumps(record) + b"\n", read=False, passed=item.passed)


def _lost(item: Item) -> Outcome:
    return _unread(item, "the process that read it was ended (by the system, for want of memory?)", "Check it alone.")


def _article(item: Item) -> tuple[str, Article]:
    """The article and its id: what its line calls it, else its place.

    Raises:
        CaptureError: there is none in it.
    """
    if item.wrong:
        raise CaptureError(item.wrong)
    if item.path is not None:
        try:
            with item.path.open("rb") as stream:
                data = stream.read(MOST_FILE + 1)
        except OSError as fault:
            raise CaptureError(f"it cannot be read: {fault.strerror or fault}") from None
        if len(data) > MOST_FILE:
            raise CaptureError(f"it is larger than {MOST_FILE:,} bytes")
        return item.place, read_article(Path(item.place), data, published=None)
    told = _told(item.line)
    page = told.get("html")
    # A piece of markup is a page too, also where nothing in it says so.
    text: bytes | str = told["text"] if page is None else f"<!doctype html>{page}".encode("utf-8", "replace")
    article = read_article(Path(item.place), text, published=None, told=told)
    return told.get("id") or item.place, article


def _told(line: bytes) -> dict[str, str]:
    """What a line says of its article, as texts."""
    try:
        row = orjson.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise CaptureError(f"the line is no JSON ({error})") from None
    if not isinstance(row, dict):
        raise CaptureError("the line is no JSON object; write one with a `text` on each line")
    if isinstance(row.get("id"), int):
        row["id"] = str(row["id"])
    odd = [k for k in _TEXTS if not isinstance(row.get(k) or "", str)]
    if odd:
        raise CaptureError(f"`{odd[0]}` of the line is no text")
    told = {k: row[k] for k in _TEXTS if (row.get(k) or "").strip()}
    if "text" not in told and "html" not in told:
        raise CaptureError("the line has no `text` (and no `html`)")
    return told
