"""What a PostgreSQL database holds beside rows: everything that its catalogue says of our schema, and what it should say.

What should stand there is not asked of what stands there. The same steps make our schema anew, under its own name, on the
same server, in a transaction that is rolled back: so both are told in the words of one version of PostgreSQL, and nothing
is changed. Whoever owns the schema may do that; of others, a sentence says that nothing was compared.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection, text

from habeas.ledger import roles, tables
from habeas.ledger.definitions import differences
from habeas.ledger.migrations import migrate

Catalogue = Mapping[str, tuple[str, str | None]]  # what it is -> how it is, and the table that it is a part of

_OWNS = "SELECT bool_and(pg_has_role(nspowner, 'USAGE')) FROM pg_namespace WHERE nspname = :schema"
_MAKES = "SELECT has_database_privilege(current_database(), 'CREATE')"
_WRITES = "SELECT NOT pg_is_in_recovery() AND NOT current_setting('default_transaction_read_only')::boolean"
# They run whenever something is made, and might make their own beside it.
_UNWATCHED = "SELECT NOT EXISTS (SELECT FROM pg_event_trigger WHERE evtenabled <> 'D')"
_KEEPERS = """SELECT rolname FROM pg_proc, aclexplode(proacl) a JOIN pg_roles r ON r.oid = a.grantee
    WHERE pronamespace = to_regnamespace(:schema) AND proname = 'empty_under' AND a.grantee <> proowner"""
_NEEDED = {
    _OWNS: "this login does not own the ledger's schema",
    _MAKES: "this login may not make a schema in the database",
    _WRITES: "the database is read-only",
    _UNWATCHED: "the database has event triggers, which may change whatever is made in it",
}


def uncompared(connection: Connection) -> str | None:
    """Why what should stand there cannot be made by this login; None where it can."""
    for asked, otherwise in _NEEDED.items():
        schema = {"schema": roles.SCHEMA} if ":schema" in asked else {}
        if not connection.execute(text(asked), schema).scalar_one():
            return otherwise
    return None


def found(connection: Connection) -> Catalogue:
    """Everything that the catalogue says of our schema."""
    sql = Path(__file__).with_name("catalogue.sql").read_text(encoding="utf-8")
    path = connection.execute(text("SELECT current_setting('search_path')")).scalar_one()
    _look(connection, "pg_catalog")  # so that each name is said with its schema
    rows = connection.connection.cursor().execute(sql.encode(), {"schema": roles.SCHEMA}).fetchall()
    _look(connection, path)
    return {what: (how, part_of) for what, how, part_of in rows}


def _look(connection: Connection, path: str) -> None:
    connection.execute(text("SELECT set_config('search_path', :path, true)"), {"path": path})


def _named(connection: Connection) -> str | None:
    """Of which name its roles are: a database that was copied or renamed keeps those that it had.

    Who holds them is not ours to say: whoever could give other roles their rights could make others their members.
    """
    keepers = connection.execute(text(_KEEPERS), {"schema": roles.SCHEMA}).scalars().all()
    return keepers[0].removesuffix("_keeper") if len(keepers) == 1 and keepers[0].endswith("_keeper") else None


def made(connection: Connection) -> Catalogue:
    """What this version of habeas makes, for the roles that the database has; the caller rolls it back."""
    named = _named(connection)
    connection.execute(text(f"ALTER SCHEMA {roles.SCHEMA} RENAME TO {roles.SCHEMA}_{secrets.token_hex(8)}"))
    connection.execute(text(f"CREATE SCHEMA {roles.SCHEMA}"))
    migrate(connection, to=tables.FORMAT)
    roles.secure(connection)
    roles.grant(connection, named)
    return found(connection)


def differ(ours: Catalogue, there: Catalogue) -> Iterator[str]:
    """How a database differs from what it should be, a phrase each; of a table that is not ours, or is missing, no parts."""
    yield from differences(_beside(ours, there), _beside(there, ours))


def _beside(these: Catalogue, others: Catalogue) -> dict[str, str]:
    return {what: how for what, (how, part_of) in these.items() if part_of is None or part_of in others}
