"""The record in a PostgreSQL database, for a team: one order of writers, snapshots, roles, and what is said when it fails.

The record stands in a schema of its own. Writers take one advisory lock, so statements are numbered without a gap and
heads are one chain; readers wait for nobody. Whoever made it owns it; others are given one of its roles (`roles`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, FromClause, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from habeas.errors import LedgerError, LedgerUnreachable, LedgerUnwritable, NoLedger, NotALedger, UsageError
from habeas.ledger import appending, catalogue, roles, tables
from habeas.ledger.definitions import amiss, refusal
from habeas.ledger.migrations import format_of, migrate
from habeas.ledger.sqlite import make_file

_OLDEST = 15  # its views can ask for the rights of who reads them
_BUSY_SECONDS = 120
_IDLE_SECONDS = 600  # a writer whose machine fell asleep lets the others pass
_SCHEMES = ("postgresql", "postgres")


def _url(address: str) -> URL:
    """The address of a database; no sentence repeats it, as it may hold a password."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise UsageError("the ledger's address cannot be read: postgresql://LOGIN@HOST/DATABASE") from None
    if url.get_backend_name() not in _SCHEMES:
        raise UsageError(f"a ledger may lie in a file or at postgresql://..., not at {url.get_backend_name()}://...")
    if not url.database:
        raise UsageError("the address names no database: postgresql://LOGIN@HOST/DATABASE")
    return url.set(drivername="postgresql+psycopg")


def _engine(url: URL) -> Engine:
    settings = {"client_encoding": "utf8", "connect_timeout": "15", "application_name": "habeas"}
    settings = {key: value for key, value in settings.items() if key not in url.query}
    try:
        engine = create_engine(url, connect_args=settings, pool_size=1, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise UsageError("a ledger in PostgreSQL needs one more package: pip install 'habeas[postgres]'") from None

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:  # noqa: ARG001 -- SQLAlchemy hands both over
        said = {
            "search_path": f"{roles.SCHEMA}, pg_temp",  # nobody's temporary table stands in front of ours
            "lock_timeout": f"{_BUSY_SECONDS}s",
            "idle_in_transaction_session_timeout": f"{_IDLE_SECONDS}s",
        }
        with connection.cursor() as cursor:
            for name, value in said.items():
                cursor.execute("SELECT pg_catalog.set_config(%s, %s, false)", (name, value))
        connection.commit()

    return engine


_CONNECTING = (
    ("password authentication failed", "the server does not know this login, or the password is wrong"),
    ("no password supplied", "the server wants a password: put it in ~/.pgpass or PGPASSWORD"),
    ("does not exist", "there is no such database or login on the server"),
    ("pg_hba.conf", "the server lets this login in from here under no rule of its pg_hba.conf"),
    ("permission denied for database", "this login may not enter the database"),
    ("too many", "the server has no free connection: run again later"),
    ("starting up", "the server is starting up: run again in a moment"),
    ("shutting down", "the server is shutting down"),
    ("resolve host", "there is no such host"),
    ("translate host", "there is no such host"),
    ("name or service not known", "there is no such host"),
    ("certificate", "the server's certificate does not hold"),
    ("ssl", "no encrypted connection could be made"),
)
_NUL = "a value holds a NUL character, which PostgreSQL does not keep"
_LOST = "the connection was lost; what was being recorded is there whole or not at all: run again"
_FAILING = {
    "22P05": _NUL,
    "25006": "the database is read-only: nothing was written",
    "42501": "this login may not do that: it takes another role (reader, editor, keeper: docs/teams.md)",
    "53100": "the server's disk is full: nothing was written; free some space and run again",
    "55P03": f"another writer has held it for over {_BUSY_SECONDS} s: run again later",
}
_CHANGED = (
    "a table, column, type or function is not as habeas made it, and it is as it was before:"
    " `habeas verify` names it, restore the database from a backup, or a copy that verifies"
)
_OF_A_KIND = (
    ("08", _LOST),
    ("57P", _LOST),
    ("23", "the ledger is append-only, and this would have changed it; nothing was written"),
    ("42", _CHANGED),  # a name that it does not know, or a type that does not fit
)


def _sentence(title: str, error: DBAPIError) -> LedgerError:
    """What went wrong. The server's own words are not repeated: they may quote a value, or the address."""
    code = getattr(error.orig, "sqlstate", None) or ""
    said = str(error.orig).casefold()
    refused = appending.refusal(error.orig) or _FAILING.get(code)
    if refused is None and error.connection_invalidated:
        refused = _LOST
    if refused is None and "nul (0x00)" in said:
        refused = _NUL
    if refused is None and isinstance(error, OperationalError) and (not code or code.startswith(("28", "3D", "53"))):
        why = _first(_CONNECTING, lambda sign: sign in said) or "no server answers there"
        return LedgerUnreachable(f"{title}: {why}; see docs/teams.md")
    refused = refused or _first(_OF_A_KIND, code.startswith)
    unknown = f"PostgreSQL refused (error {code or type(error.orig).__name__}); it is as it was before"
    return LedgerUnwritable(f"{title}: {refused or unknown}")


def _first(sentences: Iterable[tuple[str, str]], fits: Callable[[str], bool]) -> str | None:
    return next((sentence for sign, sentence in sentences if fits(sign)), None)


class PostgresStore:
    """A record in a database; get one from `open_database`."""

    seals = False  # its roles keep it, and its disk
    path = None

    def __init__(
        self,
        engine: Engine,
        *,
        keeps: bool = True,
        whole: bool = True,
        format_: int = tables.FORMAT,
        secured: bool = True,
        off: Mapping[str, str] | None = None,
    ) -> None:
        """`off` is what of its tables was amiss when it was opened: it can only be inspected then."""
        self._engine = engine
        self._format = format_
        self._secured = secured
        self._off = off
        self.keeps = keeps
        self.whole = whole

    @property
    def title(self) -> str:
        return f"the database {self._engine.url.database}"

    @property
    def heads(self) -> FromClause:
        return tables.heads_of(self._format)

    @property
    def statements(self) -> FromClause:
        return tables.statements_of(self._format, tables.statement if self.keeps else tables.team_statement)

    @property
    def shares(self) -> bool:
        return self.keeps and self._format == tables.FORMAT

    def upgrade(self) -> str | None:
        """Bring an older record to this format in one transaction; its tables as they were are kept in a schema of their own."""
        self._must_be_sound()
        if self._format == tables.FORMAT:
            self._secure()
            return None
        with self._transaction() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": appending.LOCK})
            there = format_of(connection)
            kept = f"{roles.SCHEMA}_format_{there}"
            if there < tables.FORMAT:  # no other program was faster
                connection.execute(text(f"CREATE SCHEMA {kept}"))
                had = inspect(connection).get_table_names(schema=roles.SCHEMA)
                for name in (table.name for table in tables.RECORD if table.name in had):
                    connection.execute(text(f"CREATE TABLE {kept}.{name} AS TABLE {name}"))
                migrate(connection, to=tables.FORMAT)
                roles.secure(connection)
                roles.grant(connection)
        self._format = tables.FORMAT
        self._secured = True
        if there == tables.FORMAT:
            return None
        return f"{self.title} was brought from format {there} to {tables.FORMAT}; as it was, it is kept in its schema {kept}"

    def _secure(self) -> None:
        """Where another version made the roles and functions of the database, its owner's next command makes them anew."""
        if self._secured:
            return
        with self._transaction() as connection:
            owns = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'statement'::regclass"
            if connection.execute(text(owns)).scalar_one():
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": appending.LOCK})
                roles.secure(connection)
                roles.grant(connection)
        self._secured = True

    def add(self, connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
        appending.add(connection, rows, keeps=self.keeps)

    def close_batch(self, connection: Connection, head: Mapping[str, Any]) -> None:
        appending.close(connection, head, keeps=self.keeps)

    def empty(self, connection: Connection, seqs: Sequence[int], tombstone: str, tokens: Iterable[str]) -> None:
        appending.empty(connection, seqs, tombstone, tokens)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        self.upgrade()
        with self._transaction() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": appending.LOCK})
            # A database may be set to answer before it is safe; a record is not.
            connection.execute(
                text(
                    "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"
                )
            )
            yield connection

    def _must_be_sound(self) -> None:
        if self._off:
            raise refusal(self.title, self._off)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        self._must_be_sound()
        with self._reading() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._transaction(isolation_level="REPEATABLE READ") as connection:
            connection.execute(text("SET TRANSACTION READ ONLY"))
            yield connection

    @contextmanager
    def inspecting(self) -> Iterator[Connection]:
        with self._reading() as connection:
            # Row by row: all of a record need not fit into memory. Who stops at the first bad one leaves a cursor open.
            opened: list[Any] = []
            event.listen(connection, "after_execute", lambda *happened: opened.append(happened[-1]))
            try:
                yield connection.execution_options(stream_results=True, max_row_buffer=5000)
            finally:
                for result in opened:
                    result.close()

    @contextmanager
    def _transaction(self, **options: Any) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise _sentence(self.title, error) from None

    def uncompared(self, connection: Connection) -> str | None:
        if self._format < tables.FORMAT:
            return f"the record is of the older format {self._format}"
        return catalogue.uncompared(connection)

    def definitions(self, connection: Connection) -> tuple[str, ...]:
        off = amiss(connection, self._format).values()
        if self.uncompared(connection) is not None:
            return tuple(off)
        there = catalogue.found(connection)
        with self._transaction() as making:
            try:
                ours = catalogue.made(making)
            finally:
                making.rollback()
        return tuple(dict.fromkeys((*catalogue.differ(ours, there), *off)))

    def damage(self, connection: Connection) -> tuple[str, ...]:
        # No transaction that leaves one open ends, so nobody can have recorded it; and no batch could follow on it.
        if connection.execute(text("SELECT to_regclass('opened')")).scalar_one() is None:
            return ()
        left = connection.execute(text("SELECT EXISTS (SELECT FROM opened)")).scalar_one()
        return ("the table opened says that a batch was begun and not closed",) if left else ()

    def scrub(self) -> tuple[str, ...]:
        """Write the tables anew, so that no dead row is left in their files, and drop what an upgrade kept.

        What this login may not do, and what no login can, is told.
        """
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            kept = connection.execute(
                text("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :schema)"),
                {"schema": f"{roles.SCHEMA}_format_"},
            ).scalars()
            steps = [f"DROP SCHEMA {name} CASCADE" for name in sorted(kept)]
            steps.append(f"VACUUM (FULL) {roles.SCHEMA}.statement, {roles.SCHEMA}.shown")
            left = [step for step in steps if not self._done(connection, step)]
        logs = ("the server's write-ahead log, and in archives, replicas and dumps made of it",)
        if not left:
            return logs
        return (f"the server's files, until the owner of the database runs: {'; '.join(left)}", *logs)

    def _done(self, connection: Connection, step: str) -> bool:
        """Take a step, where this login may: PostgreSQL passes over a table that it may not clean, and says no error."""
        version = connection.dialect.server_version_info or (0,)
        right = (
            "has_table_privilege('statement', 'MAINTAIN')"
            if version >= (17,)
            else "(SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'statement'::regclass)"
        )
        try:
            if step.startswith("VACUUM") and not connection.execute(text(f"SELECT {right}")).scalar_one():
                return False
            connection.execute(text(step))
        except DBAPIError:
            return False
        return True

    def backup(self, target: Path) -> None:
        if target.exists():
            raise UsageError(f"{target.name} exists already; name a new file for the backup")
        with self.reading() as source:
            make_file(target, lambda copy: tables.pour(source, self.statements, self.heads, copy))

    def close(self) -> None:
        self._engine.dispose()


def make_database(address: str, fill: Callable[[Connection], None]) -> None:
    """A new ledger that `fill` writes into, all of it in one transaction, in a database that is there.

    Raises:
        FileExistsError: there is one already; it stands.
        LedgerUnwritable: it cannot be made there.
    """
    store = PostgresStore(_engine(_url(address)))
    try:
        with store._transaction() as connection:  # noqa: SLF001 -- our own
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": appending.LOCK})
            if _there(connection):
                raise FileExistsError(store.title)
            _fit(store.title, connection)
            connection.execute(text(f"CREATE SCHEMA {roles.SCHEMA}"))
            migrate(connection, to=tables.FORMAT)
            fill(connection)
            roles.secure(connection)
            roles.grant(connection)
    finally:
        store.close()


def _there(connection: Connection) -> bool:
    found = "SELECT 1 FROM pg_namespace WHERE nspname = :schema"
    return connection.execute(text(found), {"schema": roles.SCHEMA}).one_or_none() is not None


def _fit(title: str, connection: Connection) -> None:
    version = connection.dialect.server_version_info or (0,)
    if version < (_OLDEST,):
        raise UsageError(f"{title}: PostgreSQL {_OLDEST} or newer is needed, this is {version[0]}")
    if connection.execute(text("SHOW server_encoding")).scalar_one() != "UTF8":
        raise UsageError(f"{title}: make the database anew with ENCODING 'UTF8', or names will be lost")


def _login(title: str, connection: Connection) -> dict[str, Any]:
    """Whether this login is a keeper's, whether it reads every statement in full, and of which version the database is.

    Raises:
        NotALedger: it may not read it, it is damaged, or it is of a newer format.
    """
    schema = {"schema": roles.SCHEMA}
    if not connection.execute(text("SELECT has_schema_privilege(:schema, 'USAGE')"), schema).scalar_one():
        raise NotALedger(f"{title}: this login has no role in the ledger; ask its owner for one (docs/teams.md)")
    if connection.execute(text("SELECT to_regclass('alembic_version')")).scalar_one() is None:
        raise NotALedger(
            f"{title}: its schema {roles.SCHEMA} is not a habeas ledger (it has no table alembic_version);"
            " name another database, or restore this one from a backup"
        )
    keeps, edits = appending.may(connection)
    if not edits:
        raise NotALedger(
            f"{title}: this login is a reader's: it reads what is public by SQL ({roles.SCHEMA}.public_statement); the"
            " commands need an editor's or a keeper's"
        )
    try:
        version = format_of(connection)
    except ValueError:
        raise NotALedger(
            f"{title} does not say of which format it is (its table `alembic_version` was changed): restore it from a"
            " backup, or a copy that verifies"
        ) from None
    if version > tables.FORMAT:
        raise NotALedger(f"{title} was written by a newer habeas (format {version}); upgrade habeas to read it")
    off = amiss(connection, version)
    if "book" in off or (off and not keeps):  # without it nothing can be told, and only a keeper verifies
        raise refusal(title, off)
    hidden = "EXISTS (SELECT 1 FROM withheld) OR EXISTS (SELECT 1 FROM team_statement WHERE visibility = 'sealed')"
    whole = keeps or not connection.execute(text(f"SELECT {hidden}")).scalar_one()
    return {"keeps": keeps, "whole": whole, "format_": version, "secured": roles.is_secured(connection), "off": off}


def _ensure(store: PostgresStore, address: str, *, create: bool, begin: Callable[[Connection], None]) -> None:
    with store.reading() as connection:
        there = _there(connection)
    if there:
        return
    if not create:
        raise NoLedger(f"{store.title} holds no ledger yet; run `habeas build` first")
    with contextlib.suppress(FileExistsError):  # another process was faster; its ledger stands
        make_database(address, begin)


def open_database(
    address: str, *, create: bool, begin: Callable[[Connection], None] = tables.begin
) -> tuple[PostgresStore, dict[str, str]]:
    """The record at an address and what it keeps of the book itself; with `create`, one is made where there is none.

    Raises:
        UsageError: it is no address of a PostgreSQL database that can hold a record.
        NoLedger: there is none.
        LedgerUnreachable: no server answers there, or it does not let this login in.
        NotALedger: the database holds something else, of a newer format, or this login may not read it.
        LedgerUnwritable: it cannot be made.
    """
    store = PostgresStore(_engine(_url(address)))
    try:
        _ensure(store, address, create=create, begin=begin)
        with store.reading() as connection:
            login = _login(store.title, connection)
            kept = {row.key: row.value for row in connection.execute(select(tables.book))}
    except BaseException:
        store.close()
        raise
    return PostgresStore(store._engine, **login), kept  # noqa: SLF001 -- our own
