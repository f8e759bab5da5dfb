"""What a person is told when a team's database cannot be used: one sentence, no password, no traceback, exit code 2."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from habeas.errors import (
    HabeasError,
    LedgerError,
    LedgerUnreachable,
    LedgerUnwritable,
    NoLedger,
    NotALedger,
    UsageError,
)
from habeas.ledger import open_ledger
from habeas.ledger.appending import LOCK
from habeas.nouns import Keeper
from tests.contract.conftest import InPostgres, Kind, Make
from tests.contract.server import OWNER, Server
from tests.ledger.conftest import ANYBODY, NOON, a_draft

SECRET = "open-sesame"  # in the address of every attempt; it may stand in no sentence


@pytest.fixture
def login(server: Server) -> Iterator[str]:
    """A login with a password and no rights, in a database of its own."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE stranger LOGIN PASSWORD '{SECRET}'")
        connection.execute("CREATE DATABASE strange TEMPLATE template0")
        yield "stranger"
        connection.execute("DROP DATABASE strange WITH (FORCE)")
        connection.execute("DROP ROLE stranger")


def _nowhere(server: Server) -> str:
    return f"postgresql://k:{SECRET}@/book?host={server.sockets / 'nowhere'}"


@pytest.mark.parametrize(
    ("address", "error", "sentence"),  # the address of a server, or of none
    [
        (_nowhere, LedgerUnreachable, "the database book: no server answers there"),
        (lambda _: f"postgresql://k:{SECRET}@127.0.0.1:1/book", LedgerUnreachable, "no server answers there"),
        (lambda _: f"postgresql://k:{SECRET}@nowhere.invalid/book", LedgerUnreachable, "there is no such host"),
        (
            lambda s: s.url("none", OWNER, SECRET),
            LedgerUnreachable,
            "the database none: there is no such database or login",
        ),
        (
            lambda s: s.url("strange", "stranger", SECRET + "x"),
            LedgerUnreachable,
            "does not know this login, or the password",
        ),
        (
            lambda s: s.url("strange", "stranger"),
            LedgerUnreachable,
            r"wants a password: put it in ~/\.pgpass or PGPASSWORD",
        ),
        (
            lambda s: s.url("strange", "nobody_known", SECRET),
            LedgerUnreachable,
            "does not know this login, or the password",
        ),
        (lambda s: s.url("strange", "stranger", SECRET), LedgerUnwritable, "this login may not do that"),
        (lambda _: f"mysql://k:{SECRET}@host/book", UsageError, "may lie in a file or at postgresql://"),
        (lambda _: f"postgresql://k:{SECRET}@host", UsageError, "the address names no database"),
        (
            lambda _: f"postgresql://k:{SECRET}@host:port/x",
            UsageError,
            "address cannot be read: postgresql://LOGIN@HOST/DATABASE",
        ),
    ],
)
def test_each_failure_has_a_sentence(
    server: Server, login: str, address: Callable[[Server], str], error: type[HabeasError], sentence: str
) -> None:
    with pytest.raises(error, match=sentence) as told:
        open_ledger(address(server), create=True)
    assert SECRET not in str(told.value)
    assert told.value.exit_code == 2
    assert told.value.__cause__ is None
    assert "\n" not in str(told.value)


def test_a_database_that_holds_something_else_is_left_alone(postgres: InPostgres) -> None:
    place = postgres.place()
    with pytest.raises(NoLedger, match="holds no ledger yet; run `habeas build` first"):
        open_ledger(place)
    postgres.run(place, "CREATE SCHEMA habeas", "CREATE TABLE habeas.cats (name text)")
    with pytest.raises(NotALedger, match="its schema habeas is not a habeas ledger"):
        open_ledger(place, create=True)
    assert postgres.run(place, "SELECT tablename FROM pg_tables WHERE schemaname = 'habeas'") == [("cats",)]


def test_a_newer_format_is_named(postgres: InPostgres) -> None:
    place = postgres.place()
    open_ledger(place, create=True).close()
    postgres.run(place, "UPDATE alembic_version SET version_num = '99'")
    with pytest.raises(NotALedger, match=r"newer habeas \(format 99\); upgrade habeas"):
        open_ledger(place, create=True)


def test_a_maker_who_may_make_no_roles_keeps_it_alone(server: Server, login: str) -> None:
    """Roles that an administrator makes before are used; without them the tables are closed to everybody else."""
    mine = server.url("strange", login, SECRET)
    with psycopg.connect(server.url("strange"), autocommit=True) as admin:
        admin.execute(f"GRANT CREATE ON DATABASE strange TO {login}")
        with open_ledger(mine, create=True) as ledger:
            ledger.append([a_draft()], recorded=NOON, recorder="k")
            ledger.share()
            assert ledger.whole
            assert ledger.verify(trust=ANYBODY) == ()
        assert admin.execute("SELECT 1 FROM pg_roles WHERE rolname ~ '^strange_'").fetchall() == []
        admin.execute("CREATE ROLE other LOGIN PASSWORD 'open-sesame'")
        with pytest.raises(NotALedger, match="this login has no role in the ledger; ask its owner for one"):
            open_ledger(server.url("strange", "other", SECRET))
        for role in ("reader", "editor", "keeper"):
            admin.execute(f"CREATE ROLE strange_{role}")
        admin.execute("DROP SCHEMA habeas CASCADE")
        open_ledger(mine, create=True).close()
        admin.execute("GRANT strange_editor TO other")
        with open_ledger(server.url("strange", "other", SECRET)) as ledger:
            assert ledger.append([a_draft()], recorded=NOON, recorder="e")
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute("DROP DATABASE strange WITH (FORCE)")
        for role in ("other", "strange_reader", "strange_editor", "strange_keeper"):
            admin.execute(f"DROP ROLE {role}")
        admin.execute("CREATE DATABASE strange")


def test_any_name_of_a_database_will_do(server: Server) -> None:
    name = 'Case "work" :a %s 50% ü; DROP'
    quoted = name.replace('"', '""')
    with psycopg.connect(server.url("postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{quoted}" TEMPLATE template0')
        with open_ledger(server.url(quote(name)), create=True) as ledger:
            ledger.append([a_draft()], recorded=NOON, recorder="k")
            ledger.share()
            assert ledger.verify(trust=ANYBODY) == ()
        roles = admin.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, 'Case')").fetchall()
        assert sorted(role for (role,) in roles) == [f"{name}_{kind}" for kind in ("editor", "keeper", "reader")]
        admin.execute(f'DROP DATABASE "{quoted}" WITH (FORCE)')
        for kind in ("editor", "keeper", "reader"):
            admin.execute(f'DROP ROLE "{quoted}_{kind}"')


def test_a_database_of_another_encoding_is_refused(server: Server) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
        with pytest.raises(UsageError, match="make the database anew with ENCODING 'UTF8'"):
            open_ledger(server.url("latin"), create=True)
        connection.execute("DROP DATABASE latin WITH (FORCE)")


def test_a_read_only_database_says_so(postgres: InPostgres) -> None:
    place = postgres.place()
    open_ledger(place, create=True).close()
    name = place.partition("@/")[2].partition("?")[0]
    postgres.run(place, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with open_ledger(place) as ledger, pytest.raises(LedgerUnwritable, match="the database is read-only: nothing was"):
        ledger.append([a_draft()], recorded=NOON, recorder="k")
    postgres.run(place, "SET default_transaction_read_only = off", f"ALTER DATABASE {name} RESET ALL")


def test_a_writer_that_holds_it_too_long_is_told(postgres: InPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    place = postgres.place()
    open_ledger(place, create=True).close()
    monkeypatch.setattr("habeas.ledger.postgres._BUSY_SECONDS", 1)
    with psycopg.connect(place) as other, open_ledger(place) as ledger:
        other.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        with pytest.raises(LedgerUnwritable, match="another writer has held it"):
            ledger.append([a_draft()], recorded=NOON, recorder="k")
        assert ledger.view(Keeper).statements == ()


def test_a_value_is_never_repeated_in_an_error(make: Make, kind: Kind) -> None:
    """Whatever the database says of a row that it refuses: a restricted value may stand in it."""
    ledger = make()
    ledger.append([a_draft("Zqx hidden")], recorded=NOON, recorder="k")
    kind.run(kind.place(), "CREATE UNIQUE INDEX once ON statement (substr(value, 1, 3))")
    with pytest.raises(LedgerError) as told:
        ledger.append([a_draft("Zqx hidden too")], recorded=NOON, recorder="k")
    assert "Zqx" not in str(told.value)


def test_the_core_works_without_the_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match=r"pip install 'habeas\[postgres\]'"):
        open_ledger("postgresql://k@host/book")
    open_ledger(tmp_path / "ledger.sqlite", create=True).close()
