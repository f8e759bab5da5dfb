"""The stores that a record may lie in: each test of this folder runs on every one, on a real server where one is needed."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar, Protocol
from urllib.parse import urlsplit

import pytest

from habeas.ledger import Ledger, open_ledger
from tests.contract.server import Server, running
from tests.planted import damage

_NUMBERS = itertools.count(1)
# Every table of a record, the columns of its key first.
_COLUMNS = """SELECT relname, attname FROM pg_class c JOIN pg_attribute ON attrelid = c.oid
        LEFT JOIN pg_index ON indrelid = c.oid AND indisprimary
    WHERE relnamespace = 'habeas'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
    ORDER BY relname, attnum = ANY (indkey) IS NOT TRUE, attnum"""
# Every guard, and how it stands.
_GUARDS = """SELECT relname, format('ALTER TABLE %I ENABLE %s TRIGGER %I', relname,
        CASE tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, tgname)
    FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
    WHERE relnamespace = 'habeas'::regnamespace AND NOT tgisinternal"""
Place = Path | str


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


class Kind(Protocol):
    """One kind of store: where records of it lie, and how somebody gets at their tables past habeas."""

    name: str
    refused: type[Exception]  # what the database raises where its guards refuse

    def place(self, name: str = "ledger") -> Place:
        """A place where there is no record yet."""

    def clear(self, place: Place) -> None:
        """Make it a place where there is no record; nobody may have it open."""

    def again(self, place: Place) -> Place:
        """The same record at another place, byte by byte; nobody may have it open."""

    def run(self, place: Place, *sql: str) -> list[tuple[Any, ...]]:
        """Run SQL as somebody would who has the database, and give the rows of the last."""

    def damage(self, place: Place, *sql: str) -> None:
        """Run SQL as somebody would who takes the guards away first, and puts them back."""

    def changed(self, place: Place, table: str, *sql: str) -> AbstractContextManager[Place]:
        """A place where the record is the same but for SQL that changes a table past the guards; gone afterwards."""

    def remade(self, place: Place, there: Sequence[str], back: Sequence[str]) -> AbstractContextManager[Place]:
        """A place where the record is the same but for SQL that defines it otherwise; `back` undoes it."""

    def tables(self, place: Place) -> dict[str, list[str]]:
        """Every table of the record and its columns, the key first, as the database itself says."""

    def literal(self, value: Any) -> str:
        """A value in SQL."""

    def zeros(self, count: int) -> str:
        """Bytes of nothing, in SQL."""


class InSqlite:
    name = "sqlite"
    refused = sqlite3.IntegrityError

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def place(self, name: str = "ledger") -> Path:
        return self._folder / f"{name}.sqlite"

    def clear(self, place: Place) -> None:
        for path in self._folder.glob(f"{Path(place).name}*"):
            path.unlink()

    def again(self, place: Place) -> Path:
        return shutil.copy(place, self.place(f"again-{next(_NUMBERS)}"))

    def run(self, place: Place, *sql: str) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(place)
        try:
            with connection:
                return [connection.execute(one).fetchall() for one in sql][-1]
        finally:
            connection.close()

    def damage(self, place: Place, *sql: str) -> None:
        damage(Path(place), *sql)

    @contextmanager
    def changed(self, place: Place, table: str, *sql: str) -> Iterator[Path]:
        path = shutil.copy(place, self.place("changed"))
        self.damage(path, *sql)
        yield path

    @contextmanager
    def remade(self, place: Place, there: Sequence[str], back: Sequence[str]) -> Iterator[Path]:
        path = shutil.copy(place, self.place("remade"))
        self.run(path, *there)
        yield path

    def tables(self, place: Place) -> dict[str, list[str]]:
        names = self.run(place, "SELECT name FROM sqlite_master WHERE type = 'table'")
        columns = {name: self.run(place, f"PRAGMA table_info({name})") for (name,) in names}
        return {name: [row[1] for row in sorted(rows, key=lambda row: not row[5])] for name, rows in columns.items()}

    def literal(self, value: Any) -> str:
        return f"X'{value.hex()}'" if isinstance(value, bytes) else _literal(value)

    def zeros(self, count: int) -> str:
        return f"zeroblob({count})"


class InPostgres:
    name = "postgresql"

    _left: ClassVar[dict[Server, list[str]]] = {}  # a database costs more to make than to clear

    def __init__(self, server: Server) -> None:
        from psycopg import errors

        self.refused = errors.IntegrityConstraintViolation
        self._server = server
        self._free = self._left.setdefault(server, [])
        self._names: dict[str, str] = {}

    def leave(self) -> None:
        """Hand the databases on to the next test."""
        for name in self._names.values():
            self.clear(self._server.url(name))
            self._free.append(name)

    def place(self, name: str = "ledger") -> str:
        if name not in self._names:
            self._names[name] = self._free.pop() if self._free else self._made("template0")
        return self._server.url(self._names[name])

    def _made(self, template: str) -> str:
        name = f"book_{next(_NUMBERS)}"
        self.run(self._server.url("postgres"), f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def clear(self, place: Place) -> None:
        schemas = self.run(place, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'habeas%'")
        self.run(place, "SET client_min_messages = error", *(f"DROP SCHEMA {name} CASCADE" for (name,) in schemas))

    def again(self, place: Place) -> str:
        return self._server.url(self._made(urlsplit(str(place)).path[1:]))

    def run(self, place: Place, *sql: str) -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(str(place), autocommit=True, options="-c search_path=habeas") as connection:
            for one in sql[:-1]:
                connection.execute(one)
            last = connection.execute(sql[-1])
            return last.fetchall() if last.description is not None else []

    def damage(self, place: Place, *sql: str) -> None:
        self._damage(place, self.run(place, _GUARDS), sql)

    def _damage(self, place: Place, guards: list[tuple[Any, ...]], sql: Iterable[str]) -> None:
        off = [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in {name for name, _ in guards}]
        self.run(place, "BEGIN", *off, *sql, *(guard for _, guard in guards), "COMMIT")

    @contextmanager
    def changed(self, place: Place, table: str, *sql: str) -> Iterator[Place]:
        aside = f"habeas_aside.{table}"  # as it is whenever nothing is changed
        keep = "CREATE SCHEMA IF NOT EXISTS habeas_aside", f"CREATE TABLE IF NOT EXISTS {aside} AS TABLE {table}"
        guards = self.run(place, "SET client_min_messages = error", *keep, _GUARDS)
        guards = [guard for guard in guards if guard[0] == table]
        try:
            self._damage(place, guards, sql)
            yield place
        finally:
            self._damage(place, guards, (f"DELETE FROM {table}", f"INSERT INTO {table} TABLE {aside}"))

    @contextmanager
    def remade(self, place: Place, there: Sequence[str], back: Sequence[str]) -> Iterator[Place]:
        self.run(place, *there)
        try:
            yield place
        finally:
            self.run(place, *back)

    def tables(self, place: Place) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for table, column in self.run(place, _COLUMNS):
            found.setdefault(table, []).append(column)
        return found

    def literal(self, value: Any) -> str:
        return f"'\\x{value.hex()}'::bytea" if isinstance(value, bytes) else _literal(value)

    def zeros(self, count: int) -> str:
        return f"decode(repeat('00', {count}), 'hex')"


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running() as found:
        yield found


@pytest.fixture
def postgres(server: Server) -> Iterator[InPostgres]:
    """Databases of a real server."""
    kind = InPostgres(server)
    yield kind
    kind.leave()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Kind:
    """Every kind of store in turn; the server is started only where one of its tests runs."""
    return InSqlite(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgres")


Make = Callable[..., Ledger]


@pytest.fixture
def make(kind: Kind, tmp_path: Path) -> Iterator[Make]:
    """A ledger of this kind by name, made where there is none."""
    opened: list[Ledger] = []

    def new(name: str = "ledger", **more: Any) -> Ledger:
        opened.append(open_ledger(kind.place(name), create=True, **more))
        return opened[-1]

    yield new
    for ledger in opened:
        ledger.close()
