"""What a team's database defines is compared with what habeas makes: each definition that its catalogue names is changed."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from habeas.ledger import catalogue, open_ledger
from tests.contract.casework import Casework, team
from tests.ledger.conftest import ANYBODY

__all__ = ["team"]

OURS = "habeas'::regnamespace"
# Each kind of thing that the catalogue names, and SQL that changes one of them.
CHANGES = (
    (
        f"SELECT relname FROM pg_class WHERE relnamespace = '{OURS} AND relkind = 'r'",
        (
            "DROP TABLE {0} CASCADE",
            "ALTER TABLE {0} RENAME TO hers; CREATE VIEW {0} AS TABLE hers",
            "CREATE TABLE public.hers () INHERITS ({0})",
            "ALTER TABLE {0} ADD hers text",
            "ALTER TABLE {0} SET UNLOGGED",
            "ALTER TABLE {0} FORCE ROW LEVEL SECURITY",
            "ALTER TABLE {0} OWNER TO nobody_known",
            "CREATE RULE hers AS ON INSERT TO {0} DO INSTEAD NOTHING",
            "CREATE RULE hers AS ON INSERT TO {0} DO ALSO SELECT 1",
            "CREATE POLICY hers ON {0} USING (true)",
            "CREATE TRIGGER hers AFTER INSERT ON {0} EXECUTE FUNCTION statement_guard()",
            "CREATE INDEX hers ON {0} ((1))",
        ),
    ),
    (
        f"SELECT relname FROM pg_class WHERE relnamespace = '{OURS} AND relrowsecurity",
        ("ALTER TABLE {0} DISABLE ROW LEVEL SECURITY",),
    ),
    (
        (
            f"SELECT relname, n, r FROM pg_class, unnest(ARRAY['nobody_known', 'PUBLIC']) n,"
            " unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) r"
            f" WHERE relnamespace = '{OURS} AND relkind IN ('r', 'v')"
        ),
        ("GRANT {2} ON {0} TO {1}",),
    ),
    (
        "SELECT viewname FROM pg_views WHERE schemaname = 'habeas'",
        (
            "DROP VIEW {0} CASCADE",
            "ALTER VIEW {0} SET (security_invoker = false, security_barrier = false)",
            "DO $$ BEGIN EXECUTE 'CREATE OR REPLACE VIEW {0} AS ' || rtrim(pg_get_viewdef('{0}'::regclass), ';') || ' LIMIT 1'; END $$",
        ),
    ),
    (
        (
            "SELECT attrelid::regclass, attname, CASE WHEN attnotnull THEN 'DROP' ELSE 'SET' END FROM pg_attribute"
            f" JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = '{OURS} AND relkind = 'r' AND attnum > 0 AND NOT attisdropped"
        ),
        (
            "ALTER TABLE {0} DROP {1} CASCADE",
            "ALTER TABLE {0} RENAME {1} TO hers",
            "ALTER TABLE {0} ALTER {1} TYPE name USING 'x'",
            "ALTER TABLE {0} ALTER {1} TYPE bigint USING 7",
            "ALTER TABLE {0} ALTER {1} SET DEFAULT '7'",
            "ALTER TABLE {0} ALTER {1} SET STATISTICS 7",
            "ALTER TABLE {0} ALTER {1} {2} NOT NULL",
            "GRANT SELECT ({1}) ON {0} TO nobody_known",
            "GRANT UPDATE ({1}) ON {0} TO PUBLIC",
        ),
    ),
    (
        f"SELECT conrelid::regclass, conname FROM pg_constraint WHERE connamespace = '{OURS} AND conrelid <> 0",
        ("ALTER TABLE {0} DROP CONSTRAINT {1}",),
    ),
    ("SELECT indexname FROM pg_indexes WHERE schemaname = 'habeas'", ("DROP INDEX {0}",)),
    (
        "SELECT tgrelid::regclass, tgname FROM pg_trigger WHERE NOT tgisinternal",
        (
            "DROP TRIGGER {1} ON {0}",
            "ALTER TABLE {0} DISABLE TRIGGER {1}",
            "ALTER TABLE {0} ENABLE TRIGGER {1}",
            "ALTER TABLE {0} ENABLE REPLICA TRIGGER {1}",
            "ALTER TRIGGER {1} ON {0} RENAME TO hers",
        ),
    ),
    (
        "SELECT polrelid::regclass, polname FROM pg_policy",
        (
            "DROP POLICY {1} ON {0}",
            "ALTER POLICY {1} ON {0} TO PUBLIC",
            "ALTER POLICY {1} ON {0} USING (1 = 1)",
        ),
    ),
    (
        f"SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = '{OURS}",
        (
            "DROP FUNCTION {0} CASCADE",
            "ALTER FUNCTION {0} SET search_path = pg_temp",
            "ALTER FUNCTION {0} LEAKPROOF",
            "ALTER FUNCTION {0} OWNER TO nobody_known",
            "ALTER FUNCTION {0} RENAME TO hers",
            "GRANT EXECUTE ON FUNCTION {0} TO PUBLIC",
        ),
    ),
    (
        f"SELECT oid FROM pg_proc WHERE pronamespace = '{OURS}",
        ("UPDATE pg_proc SET prosecdef = NOT prosecdef WHERE oid = {0}",),
    ),
    (
        f"SELECT oid FROM pg_proc WHERE pronamespace = '{OURS} AND prosqlbody IS NULL",
        ("UPDATE pg_proc SET prosrc = prosrc || ' ' WHERE oid = {0}",),
    ),
    (
        (
            "SELECT DISTINCT grantee, privilege_type, table_name FROM information_schema.role_table_grants"
            " WHERE table_schema = 'habeas' AND grantee <> grantor"
        ),
        ('REVOKE {1} ON {2} FROM "{0}"', 'GRANT {1} ON {2} TO "{0}" WITH GRANT OPTION'),
    ),
    (
        "SELECT 1",
        (
            "GRANT CREATE ON SCHEMA habeas TO PUBLIC",
            "ALTER DEFAULT PRIVILEGES IN SCHEMA habeas GRANT SELECT ON TABLES TO PUBLIC",
            "CREATE FUNCTION hers(text) RETURNS text LANGUAGE sql AS 'SELECT 1'",
            "CREATE SEQUENCE hers",
            "CREATE DOMAIN hers AS text",
            "CREATE MATERIALIZED VIEW hers AS TABLE statement",
            "CREATE STATISTICS hers ON subject, value FROM statement",
            "CREATE OPERATOR = (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.textne)",
        ),
    ),
)


def _changes(connection: Connection) -> Iterator[str]:
    for asked, steps in CHANGES:
        for row in connection.exec_driver_sql(asked).all():
            yield from (step.format(*row) for step in steps)


def test_each_change_of_a_definition_is_found(team: Casework) -> None:
    engine = create_engine(team.server.url(team.name).replace("postgresql:", "postgresql+psycopg:"))
    tried, missed = 0, []
    with engine.connect() as connection:
        connection.execute(text("SET search_path = habeas, pg_temp"))
        connection.execute(text("CREATE ROLE nobody_known"))
        there = catalogue.found(connection)
        with connection.begin_nested() as step:
            assert list(catalogue.differ(catalogue.made(connection), there)) == []
            step.rollback()
        for sql in list(_changes(connection)):
            with connection.begin_nested() as step:
                try:
                    connection.exec_driver_sql(sql)
                    now = catalogue.found(connection)
                except DBAPIError:
                    now = None  # PostgreSQL itself refuses it
                step.rollback()
            if now is not None:
                tried += 1
                missed += [] if list(catalogue.differ(there, now)) else [sql]
    engine.dispose()
    assert tried > 600
    assert not missed, missed


PLANTED = (
    "ALTER TABLE habeas.head DISABLE TRIGGER head_rows",
    "ALTER TABLE habeas.suppressed RENAME TO hers",
    "CREATE VIEW habeas.suppressed AS TABLE habeas.hers",
    "GRANT INSERT ON habeas.statement TO {name}_editor",
)


def test_verify_names_what_is_not_as_habeas_makes_it_and_changes_nothing(team: Casework) -> None:
    schemas = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'habeas%' ORDER BY 1"
    with team.owner() as ledger, psycopg.connect(team.server.url(team.name), autocommit=True) as owner:
        assert (ledger.verify(trust=ANYBODY), ledger.uncompared) == ((), None)
        assert owner.execute(schemas).fetchall() == [("habeas",)]
        for sql in PLANTED:
            owner.execute(sql.format(name=team.name))
        said = [problem.what for problem in ledger.verify(trust=ANYBODY)]
    assert {
        "the trigger head_rows is not as habeas makes it",
        "the table suppressed is missing",
        "the table hers is none that habeas makes",
        "the view suppressed is none that habeas makes",
        f"the right of {team.name}_editor to INSERT on table statement is none that habeas makes",
    } <= set(said)


def test_who_may_not_make_it_anew_is_told_that_nothing_was_compared(team: Casework) -> None:
    with open_ledger(team.url("keeper")) as keeper:
        assert keeper.verify(trust=ANYBODY) == ()
        assert keeper.uncompared == "this login does not own the ledger's schema"
    with psycopg.connect(team.server.url(team.name), autocommit=True) as owner:
        owner.execute("CREATE FUNCTION watching() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'")
        owner.execute("CREATE EVENT TRIGGER watching ON ddl_command_end EXECUTE FUNCTION watching()")
    with team.owner() as ledger:
        assert ledger.verify(trust=ANYBODY) == ()
        assert ledger.uncompared == "the database has event triggers, which may change whatever is made in it"
