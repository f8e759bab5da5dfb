"""Who may do what in a PostgreSQL database: three roles, row-level security, column grants.

* A reader reads what is public now, and nothing else: rows that the gate put into `shown`, while no statement was recorded
  since and the day on which a consent may end has not come. Deny by default.
* An editor reads what the team may see, and adds. What is withheld from the team comes without its value, so that counts
  hold; an editor neither reads nor records sealed statements.
* A keeper reads all of it, adds, empties what was erased, and says what readers and editors may read.

The roles carry the name of the database, cannot log in, and are granted to logins that can. The owner of the database is
bound by none of this: rights are given, and the guards could be taken away, by whoever owns it.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from habeas.ledger import tables

SCHEMA = "habeas"
ROLES = ("reader", "editor", "keeper")

_PUBLIC = (
    "seq, id, batch, recorded, subject, prop, value, original, lang, valid_start, valid_end, source, place, published"
)
# A reader's day may not be set by the reader: `now()` in UTC, whatever the session's time zone.
_IS_SHOWN = """visibility = 'public'
    AND EXISTS (SELECT 1 FROM shown WHERE shown.seq = statement.seq)
    AND EXISTS (SELECT 1 FROM showing WHERE showing.size = (SELECT max(head.size) FROM head)
        AND (showing.until IS NULL OR (now() AT TIME ZONE 'UTC')::date < showing.until::date))"""
_NOT_WITHHELD = "NOT EXISTS (SELECT 1 FROM withheld WHERE withheld.seq = statement.seq)"
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
    """Close the tables to everybody but their owner, and make the views through which roles look."""
    steps = [
        f"REVOKE ALL ON SCHEMA {SCHEMA} FROM PUBLIC",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {SCHEMA} FROM PUBLIC",
        "ALTER TABLE statement ENABLE ROW LEVEL SECURITY",
        # The planner's statistics would keep frequent values, beyond erasure.
        *(f"ALTER TABLE statement ALTER COLUMN {c} SET STATISTICS 0" for c in ("nonce", *tables.CONTENT)),
        f"CREATE OR REPLACE VIEW public_statement WITH (security_invoker) AS SELECT {_PUBLIC} FROM statement",
        _team_statement(),
    ]
    for step in steps:
        connection.execute(text(step))


def grant(connection: Connection) -> bool:
    """Give the three roles their rights, and make them where this login may; False where they are not there."""
    database = connection.execute(text("SELECT current_database()")).scalar_one()
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
        connection.execute(text(step))
    return True


def _rights(reader: str, editor: str, keeper: str, *, maintain: bool) -> list[str]:
    emptied = ", ".join(("nonce", *tables.CONTENT))
    return [
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {reader}, {editor}, {keeper}",
        *(f"DROP POLICY IF EXISTS {name} ON statement" for name in ("reads", "team_reads", "records", "keeps")),
        f"GRANT SELECT ({_PUBLIC}) ON statement TO {reader}",
        f"GRANT SELECT ON public_statement, shown, showing, head TO {reader}",
        f"CREATE POLICY reads ON statement FOR SELECT TO {reader} USING ({_IS_SHOWN})",
        f"GRANT SELECT ON statement, team_statement, withheld, head, book, erased, suppressed, alembic_version TO {editor}",
        f"GRANT INSERT ON statement, head TO {editor}",
        (
            f"CREATE POLICY team_reads ON statement FOR SELECT TO {editor}"
            f" USING (visibility IS DISTINCT FROM 'sealed' AND {_NOT_WITHHELD})"
        ),
        f"CREATE POLICY records ON statement FOR INSERT TO {editor} WITH CHECK (visibility <> 'sealed')",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO {keeper}",
        f"GRANT INSERT ON statement, head, erased, suppressed TO {keeper}",
        f"GRANT UPDATE ({emptied}) ON statement TO {keeper}",
        f"GRANT INSERT, DELETE ON shown, withheld, showing TO {keeper}",
        f"CREATE POLICY keeps ON statement TO {keeper} USING (true) WITH CHECK (true)",
        *([f"GRANT MAINTAIN ON statement TO {keeper}"] if maintain else []),
    ]
