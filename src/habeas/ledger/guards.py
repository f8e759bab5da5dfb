"""Append-only, enforced by the database itself: triggers refuse whatever is no new row.

Two databases, one rule: a row of a record is never changed, deleted or replaced. A statement's row alone may be changed,
in the ways that a format names (`let_through`): each names the columns that must come out empty and those that must stay
as they are, and what must be on record for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

MESSAGE = "the ledger is append-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """A table, and which rows a new one would replace."""

    name: str
    keys: tuple[str, ...]


STATEMENT = Guarded(name="statement", keys=("seq", "id"))
HEAD = Guarded(name="head", keys=("batch", "size"))
HEAD_OF_BATCH = Guarded(name="head", keys=("batch",))  # since format 3 several may stand at one size
ERASED = Guarded(name="erased", keys=("seq",))
SUPPRESSED = Guarded(name="suppressed", keys=("token",))
BOOK = Guarded(name="book", keys=("key",))
VAULT = Guarded(name="vault", keys=("key",))

_CONTENT = (
    "subject",
    "prop",
    "value",
    "original",
    "lang",
    "valid_start",
    "valid_end",
    "source",
    "place",
    "published",
    "visibility",
    "retracts",
    "reason",
    "recorder",
)
# What a change of a statement's row must fulfil to be let through: `NEW` and `OLD` are the row after and before;
# `{same}` stands for "is the same as, also where both are empty" in the words of the database.
ERASURE = " AND ".join(
    [f"NEW.{c} {{same}} OLD.{c}" for c in ("seq", "id", "commitment", "batch", "recorded")]
    + [f"NEW.{c} IS NULL" for c in ("nonce", *_CONTENT)]
    + ["EXISTS (SELECT 1 FROM erased WHERE erased.seq = OLD.seq)"]
)
# The same of a record whose rows may be sealed.
ERASURE_SEALED = f"{ERASURE} AND NEW.sealed IS NULL"
# Sealing a row in a book with a passphrase: the commitment stays, the plain columns only ever lose.
SEALING = " AND ".join(
    [
        f"NEW.{c} {{same}} OLD.{c}"
        for c in ("seq", "id", "commitment", "batch", "recorded", "subject", "prop", "visibility", "retracts")
    ]
    + ["NEW.nonce IS NULL", "NEW.sealed IS NOT NULL", "(OLD.sealed IS NULL OR NEW.sealed {same} OLD.sealed)"]
    + [
        "(NEW.value {same} OLD.value OR NEW.value = '' OR (length(NEW.value) = 4 AND instr(OLD.value, NEW.value) > 0))",
        "(NEW.source {same} OLD.source OR NEW.source = '' OR OLD.subject LIKE 'entry:' || substr(NEW.source, 6) || ':%')",
    ]
    + [
        f"(NEW.{c} {{same}} OLD.{c} OR coalesce(NEW.{c}, '') = '')"
        for c in ("original", "lang", "valid_start", "valid_end", "place", "published", "reason", "recorder")
    ]
    + ["EXISTS (SELECT 1 FROM vault WHERE vault.key = 'wrapped')"]
)
# The salt goes from the plain to the vault once.
SALT_SEALED = (
    "OLD.key = 'salt' AND NEW.key = 'salt' AND NEW.value = 'sealed'"
    " AND EXISTS (SELECT 1 FROM vault WHERE vault.key = 'salt')"
)
# The salt of an older record goes to the keys of its keeper, and a mark of it stands in its place.
SALT_KEPT = "OLD.key = 'salt' AND NEW.key = 'salt' AND NEW.value LIKE 'kept:%' AND length(OLD.value) = 64"
ANY_CHANGE = "1 = 1"  # a value may be replaced, and nothing deleted


def guard_statements(connection: Connection, *, let_through: tuple[str, ...]) -> None:
    """Guard the statements anew: rows are changed in the ways let through, and in no other."""
    same = "IS NOT DISTINCT FROM" if connection.dialect.name == "postgresql" else "IS"
    allowed = " OR ".join(f"({way.format(same=same)})" for way in let_through)
    guard(connection, STATEMENT, allowed)


def guard(connection: Connection, table: Guarded, allowed: str = "") -> None:
    """Guard a table; what stood guard over it before steps down."""
    make = _postgresql if connection.dialect.name == "postgresql" else _sqlite
    for step in make(table, allowed):
        connection.execute(text(step))


def _sqlite(table: Guarded, allowed: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    when = f" WHEN NOT ({allowed})" if allowed else ""
    name = table.name
    clash = " OR ".join(f"{key} = NEW.{key}" for key in table.keys)
    return [
        *(f"DROP TRIGGER IF EXISTS {name}_no_{what}" for what in ("update", "delete", "replace")),
        f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name}{when} {refuse}",
        f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}",
        # INSERT OR REPLACE deletes without firing the guard above where a program has not asked for recursive triggers.
        (
            f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name}"
            f" WHEN EXISTS (SELECT 1 FROM {name} WHERE {clash}) {refuse}"
        ),
    ]


def _postgresql(table: Guarded, allowed: str) -> list[str]:
    name, function = table.name, f"{table.name}_guard"
    let_through = f"IF TG_OP = 'UPDATE' THEN IF {allowed} THEN RETURN NEW; END IF; END IF;" if allowed else ""
    return [
        (
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql"
            " SET search_path = habeas, pg_catalog, pg_temp"
            f" AS $$ BEGIN {let_through} RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        ),
        f"REVOKE ALL ON FUNCTION {function}() FROM PUBLIC",
        *(f"DROP TRIGGER IF EXISTS {name}_{what} ON {name}" for what in ("rows", "truncate")),
        f"CREATE TRIGGER {name}_rows BEFORE UPDATE OR DELETE ON {name} FOR EACH ROW EXECUTE FUNCTION {function}()",
        f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {name} EXECUTE FUNCTION {function}()",
        # Also where a session says that it only replicates.
        *(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {name}_{what}" for what in ("rows", "truncate")),
    ]
