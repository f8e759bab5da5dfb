"""Who may do what in a PostgreSQL database: three roles, row-level security, column grants.

* A reader reads the public view, which lies in a table of its own: while nothing was recorded since a keeper's command
  wrote it that may keep somebody back, and the day on which a consent may end has not come. Deny by default. The rows of
  the record itself are closed to readers, so that no plan, statistic or error of a query can tell what lies in them.
* An editor reads what the team may see, through a view, and adds (`appending`). What is withheld from the team comes without its value,
  so that counts hold; an editor neither reads nor records sealed statements. Of the rows themselves an editor reads ids
  and commitments.
* A keeper reads all of it, adds, empties what was erased, and says what readers and editors may read.

The roles carry the name of the database, cannot log in, and are granted to logins that can. The owner of the database is
bound by none of this: rights are given, and the guards could be taken away, by whoever owns it.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, text

from habeas.ledger import appending, tables

SCHEMA = "habeas"
ROLES = ("reader", "editor", "keeper")

_LEAVES = "seq, id, batch, recorded, commitment"  # of a statement, what tells nothing of what it says
_PUBLIC = ("id", "recorded", *tables.SHOWN)  # no numbers: their gaps would tell where something is hidden
# The day is the server's, whatever clock or time zone a reader's session is set to.
_IS_SHOWN = f"""CREATE OR REPLACE FUNCTION is_shown() RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = pg_catalog, {SCHEMA}, pg_temp AS
    $$ SELECT EXISTS (SELECT FROM showing WHERE until IS NULL OR (now() AT TIME ZONE 'UTC')::date < until::date) $$"""
# Sealed, or withheld in this part.
_VALUE = "s.visibility IS DISTINCT FROM 'sealed' AND w.part IS DISTINCT FROM 'value'"
_ORIGIN = "s.visibility IS DISTINCT FROM 'sealed' AND w.part IS NULL"
_PARTS = {
    "value": (_VALUE, "NULL"),
    "original": (_ORIGIN, "NULL"),
    "lang": (_VALUE, "NULL"),
    "valid_start": (_VALUE, "NULL"),
    "valid_end": (_VALUE, "NULL"),
    "source": (_VALUE, "''"),
    "place": (_ORIGIN, "''"),
    "published": ("w.part IS DISTINCT FROM 'origin'", "NULL"),
    "reason": (_ORIGIN, "NULL"),
}


def role(database: str, kind: str) -> str:
    """The name of a role of a database (names of PostgreSQL end after 63 bytes)."""
    return f"{database.encode()[:56].decode(errors='ignore')}_{kind}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _team_statement() -> str:
    columns = []
    for column in tables.team_statement.c:
        name = column.name
        if name == "nonce":
            columns.append(f"CASE WHEN {_ORIGIN} THEN s.nonce END AS nonce")
        elif name in _PARTS:
            condition, otherwise = _PARTS[name]
            columns.append(f"CASE WHEN {condition} THEN s.{name} ELSE {otherwise} END AS {name}")
        else:
            columns.append(f"s.{name}")
    return (
        "CREATE OR REPLACE VIEW team_statement WITH (security_barrier) AS"
        f" SELECT {', '.join(columns)} FROM statement s LEFT JOIN withheld w ON w.seq = s.seq"
    )


def secure(connection: Connection) -> None:
    """Close the tables to everybody but their owner, and make what roles look and write through."""
    for step in _steps():
        connection.execute(text(step))
    appending.install(connection)
    connection.execute(text(f"COMMENT ON FUNCTION is_shown() IS '{_mark()}'"))


def is_secured(connection: Connection) -> bool:
    """True where that was done by this version."""
    found = text(f"SELECT obj_description(to_regprocedure('{SCHEMA}.is_shown()'), 'pg_proc')")
    return bool(connection.execute(found).scalar_one() == _mark())


def _mark() -> str:
    everything = [*_steps(), appending.functions(), *_rights(*ROLES, maintain=True)]
    return hashlib.sha256("\n".join(everything).encode()).hexdigest()


def _steps() -> list[str]:
    return [
        f"REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM PUBLIC",
        *(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY" for name in ("statement", "shown")),
        # The planner's statistics would keep frequent values, beyond erasure.
        *(f"ALTER TABLE statement ALTER COLUMN {c} SET STATISTICS 0" for c in ("nonce", *tables.CONTENT)),
        *(f"ALTER TABLE shown ALTER COLUMN {c} SET STATISTICS 0" for c in tables.SHOWN),
        _IS_SHOWN,
        # An older one had more columns, and only such a one is dropped: others may have made views of it.
        f"""DO $$ BEGIN
            IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('{SCHEMA}.public_statement') AND attname = 'seq') THEN
                DROP VIEW public_statement;
            END IF;
        END $$""",
        f"CREATE OR REPLACE VIEW public_statement WITH (security_invoker) AS SELECT {', '.join(_PUBLIC)} FROM shown ORDER BY id",
        _team_statement(),
    ]


def grant(connection: Connection, named: str | None = None) -> bool:
    """Give the three roles their rights, and make them where this login may; False where they are not there.

    They carry the name of the database, or the one that is handed in.
    """
    database = named or connection.execute(text("SELECT current_database()")).scalar_one()
    names = {kind: role(database, kind) for kind in ROLES}
    there = set(
        connection.execute(
            text("SELECT rolname FROM pg_roles WHERE rolname = ANY(:names)"), {"names": list(names.values())}
        ).scalars()
    )
    may = connection.execute(
        text("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    ).scalar_one()
    missing = sorted(set(names.values()) - there)
    if missing and not may:
        return False
    version = connection.dialect.server_version_info or (0,)
    for step in (
        *(f"CREATE ROLE {_quoted(name)} NOLOGIN" for name in missing),
        *_rights(*(_quoted(names[kind]) for kind in ROLES), maintain=version >= (17,)),
    ):
        # Not as `text`: a database's name may hold what that takes for a parameter.
        connection.exec_driver_sql(step.replace("%", "%%"))
    return True


def _rights(reader: str, editor: str, keeper: str, *, maintain: bool) -> list[str]:
    policies = {
        f"reads ON shown FOR SELECT TO {reader}": "USING ((SELECT is_shown()))",
        f"shows ON shown TO {keeper}": "USING (true) WITH CHECK (true)",
        f"team_reads ON statement FOR SELECT TO {editor}": "USING (true)",
        f"keeps ON statement FOR SELECT TO {keeper}": "USING (true)",
    }
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM {reader}, {editor}, {keeper}",  # what an older version gave
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {reader}, {editor}, {keeper}",
        f"GRANT SELECT ON public_statement, alembic_version TO {reader}",
        f"GRANT SELECT ({', '.join(_PUBLIC)}) ON shown TO {reader}",
        f"GRANT EXECUTE ON FUNCTION is_shown() TO {reader}, {keeper}",
        f"GRANT SELECT ON team_statement, withheld, head, book, erased, suppressed, vault, alembic_version TO {editor}",
        f"GRANT SELECT ({_LEAVES}) ON statement TO {editor}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {keeper}",
        *appending.rights(editor, keeper),
        f"GRANT INSERT, DELETE ON shown, withheld, showing TO {keeper}",
        *([f"GRANT MAINTAIN ON statement, shown TO {keeper}"] if maintain else []),
        "DROP POLICY IF EXISTS records ON statement",
        *(f"DROP POLICY IF EXISTS {' '.join(policy.split()[:3])}" for policy in policies),
        *(f"CREATE POLICY {policy} {rule}" for policy, rule in policies.items()),
    ]
