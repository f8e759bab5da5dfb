"""Builders: a book in a folder, a file read as one of its lists, and a small model of the ledger."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from habeas.archive import capture
from habeas.nouns import Book, Draft, Statement
from habeas.readers import Changes, Reading, changes, load_book, read_list

FIXTURES = Path(__file__).parents[1] / "fixtures"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

HEAD = '[book]\ntitle = "A book"\ncountry = "BY"\n'
COLUMNS = """
key = ["id"]
[list.columns]
name = "name"
arrested = "detained"
freed = "released"
charge = "charge"
link = "url"
"""
HEADER = "id,name,arrested,freed,charge,link"


def make_id(*parts: str) -> str:
    return hashlib.sha256("\0".join(("salt", *parts)).encode()).hexdigest()[:8]


def a_list(file: str, *, more: str = "", columns: str = COLUMNS, list_id: str = "one") -> str:
    """A list, with a window where none is said."""
    covers = "" if "covers" in more else 'covers = { period = "../2030" }\n'
    return f'[[list]]\nid = "{list_id}"\nfile = "lists/{file}"\n{covers}{more}{columns}'


def read_file(folder: Path, file: str, data: bytes | str, **said: str) -> Reading:
    """Write a file into a book of its own and read it as the book's one list."""
    (folder / "lists").mkdir(exist_ok=True)
    (folder / "book.toml").write_text(HEAD + a_list(file, **said), encoding="utf-8", newline="\n")
    (folder / "lists" / file).write_bytes(data.encode() if isinstance(data, str) else data)
    return read_again(load_book(folder))


def read_again(book: Book) -> Reading:
    spec = book.lists[0]
    taken, data = capture(spec.file, folder=book.folder)
    return read_list(book, spec, taken, data, make_id)


def values(drafts: Iterable[Draft], prop: str, kind: str = "entry") -> list[str | None]:
    return [d.value for d in drafts if d.prop == prop and d.kind == kind]


@dataclass(slots=True)
class Model:
    """The ledger as a list: appends, and knows what stands."""

    statements: list[Statement] = field(default_factory=list)

    def append(self, drafts: Iterable[Draft]) -> None:
        for draft in drafts:
            seq = len(self.statements) + 1
            said = {name: getattr(draft, name) for name in Draft.__dataclass_fields__}
            recorded = NOON + timedelta(seconds=seq)
            self.statements.append(Statement(**said, id=f"s{seq}", seq=seq, recorded=recorded, recorder="keeper"))

    @property
    def live(self) -> list[Statement]:
        gone = {s.retracts for s in self.statements if s.retracts is not None}
        return [s for s in self.statements if s.id not in gone and s.value is not None]

    def said(self) -> set[tuple[object, ...]]:
        """What stands, without where and when it was recorded."""
        return {
            (s.subject, s.prop, s.value, s.source, s.lang, s.original, s.published, s.visibility) for s in self.live
        }

    def take(self, reading: Reading, edition: str = "2026-01-01") -> Changes:
        found = changes(reading, self.live, edition=edition)
        known = {s.id for s in self.live}
        assert all(d.retracts in known for d in found.drafts if d.retracts is not None)
        self.append(found.drafts)
        return found


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Reading]:
    """Read bytes or text as the list of a new book: read(data, file="people.csv", more="...", columns="...")."""

    def reader(data: bytes | str, file: str = "people.csv", **said: str) -> Reading:
        return read_file(tmp_path, file, data, **said)

    return reader


@pytest.fixture
def wrong(read: Callable[..., Reading]) -> Callable[..., Reading]:
    """Read a file of tests/fixtures/wrong."""

    def reader(name: str, **said: str) -> Reading:
        return read((FIXTURES / "wrong" / name).read_bytes(), file=name, **said)

    return reader


@pytest.fixture
def model() -> Model:
    return Model()
