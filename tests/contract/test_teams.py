"""A team's database: what each role may do, tried over real connections, and that a reader finds nothing restricted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from habeas.errors import LedgerUnwritable, NotALedger, UsageError
from habeas.ledger import open_ledger, sharing
from habeas.ledger.tables import SHOWN
from habeas.nouns import Draft, Keeper, Public, Statement, Team, Visibility
from tests.cli.conftest import Run, book, run
from tests.contract.casework import FOUR, HIDDEN, ONE, RECORD, SEALED, THREE, TODAY, TWO, Casework, said, team, who
from tests.ledger.conftest import ANYBODY, NOON

__all__ = ["book", "run", "team"]


def _as_read(statement: Statement) -> tuple[object, ...]:
    return (
        statement.id,
        statement.subject,
        statement.prop,
        statement.value,
        statement.source,
        statement.place,
        statement.published,
    )


_READ = "SELECT id, subject, prop, value, source, place, published FROM habeas.public_statement"


def test_a_reader_reads_the_public_view_and_no_more(team: Casework) -> None:
    with team.owner() as ledger, team.sql("reader") as reader:
        public = ledger.view(Public, who=who).statements
        rows = reader.execute(_READ).fetchall()
        assert rows == sorted(_as_read(s) for s in public)
        values = [row[3] for row in rows]
        assert "Person A" in values
        assert "1962" in values  # the year, and no more of it
        assert "Consenting Person" in values
        assert {row[1] for row in rows} >= {ONE, TWO, THREE, FOUR}  # their places stay, so counts hold


def test_a_reader_is_told_no_number_of_a_statement(team: Casework) -> None:
    """Where numbers lack, something is hidden."""
    with team.sql("reader") as reader:
        for number in ("seq", "batch", "ctid", "xmin", "tableoid"):
            for table in ("shown", "public_statement", "statement", "withheld"):
                with pytest.raises((errors.InsufficientPrivilege, errors.UndefinedColumn)):
                    reader.execute(f"SELECT {number} FROM habeas.{table}")
        for table in ("head", "showing", "shown", "withheld", "opened", "erased"):
            with pytest.raises(errors.InsufficientPrivilege):
                reader.execute(f"TABLE habeas.{table}")
        for sql in ("SELECT id FROM habeas.public_statement", "SELECT id FROM habeas.shown"):
            ids = [i for (i,) in reader.execute(sql)]
            assert ids == sorted(ids)
        columns = reader.execute("SELECT * FROM habeas.public_statement").description
        assert columns is not None
        assert {c.name for c in columns} == {"id", "recorded", *SHOWN}


def _attempts() -> list[str]:
    tables = (
        "statement",
        "team_statement",
        "public_statement",
        "shown",
        "showing",
        "withheld",
        "head",
        "erased",
        "suppressed",
        "book",
        "alembic_version",
    )
    columns = (
        "value",
        "original",
        "place",
        "reason",
        "nonce",
        "recorder",
        "visibility",
        "subject",
        "seq",
        "xmin",
        "ctid",
        "tableoid",
    )
    leak = "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean COST 0.0000001 LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'read %', $1; RETURN true; END $$"
    found = [f"TABLE habeas.{table}" for table in tables]
    found += [f"COPY habeas.{table} TO STDOUT" for table in tables]
    found += [f"SELECT {column} FROM habeas.statement" for column in columns]
    found += [f"SELECT count({column}) FROM habeas.statement" for column in columns]
    found += [f"SELECT {column} FROM habeas.team_statement" for column in columns]
    for table in ("statement", "team_statement", "public_statement", "shown"):
        name = f"habeas.{table}"
        found += [
            f"{leak}; SELECT seq FROM {name} WHERE pg_temp.leak(value)",
            f"{leak}; SELECT seq FROM {name} WHERE pg_temp.leak(place) AND value IS NOT NULL",
            f"SELECT seq FROM {name} WHERE value::int > 0",
            f"SELECT seq FROM {name} WHERE value::date > '2000-01-01'",
            f"SELECT 1 / (length(value) - length(value)) FROM {name}",
            f"SELECT string_agg(value, ',') FROM {name}",
            f"SELECT {table} FROM {name}",
            f"SELECT to_jsonb({table}) FROM {name}",
            f"SELECT row_to_json({table}.*) FROM {name}",
            f"EXPLAIN (ANALYZE, VERBOSE, BUFFERS) SELECT * FROM {name} WHERE value LIKE '{HIDDEN}%'",
            f"EXPLAIN (ANALYZE, VERBOSE) SELECT 1 FROM {name} WHERE value = '{HIDDEN} Person'",
            f"EXPLAIN SELECT 1 FROM {name} WHERE subject = '{TWO}'",
            f"SELECT a.value FROM {name} a TABLESAMPLE BERNOULLI (100)",
            f"SELECT * FROM {name} FOR UPDATE",
            f"SELECT * FROM {name} FOR KEY SHARE",
            f"UPDATE {name} SET value = value RETURNING *",
            f"DELETE FROM {name} RETURNING *",
            f"INSERT INTO {name} SELECT * FROM {name} RETURNING *",
            f"INSERT INTO {name} (seq, id, value) VALUES (1, 'x', 'y') ON CONFLICT DO NOTHING RETURNING value",
            f"MERGE INTO {name} t USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET value = t.value RETURNING t.*",
            f"COPY (SELECT value FROM {name}) TO STDOUT",
            f"COPY {name} (value) TO STDOUT",
            f"COPY (SELECT value FROM {name}) TO PROGRAM 'cat'",
            f"CREATE VIEW pg_temp.mine AS SELECT * FROM {name}; SELECT * FROM pg_temp.mine",
            f"CREATE TEMP TABLE mine AS SELECT * FROM {name}; SELECT * FROM mine",
            f"CREATE TEMP TABLE mine (LIKE {name} INCLUDING ALL); SELECT * FROM mine",
            f"CREATE TEMP TABLE heirs () INHERITS ({name})",
            f"CREATE TEMP TABLE of_it (seq int REFERENCES {name} (seq)); INSERT INTO of_it SELECT generate_series(1, 30)",
            f"CREATE INDEX ON {name} (value)",
            f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {name} DISABLE TRIGGER ALL",
            f"CREATE POLICY mine ON {name} USING (true)",
            f"GRANT SELECT ON {name} TO CURRENT_USER",
            f"ALTER TABLE {name} OWNER TO CURRENT_USER",
            f"LOCK TABLE {name}",
            f"ANALYZE {name}",
            f"VACUUM (VERBOSE) {name}",
            f"CREATE STATISTICS ON value, place FROM {name}",
            f"DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM {name} LOOP RAISE NOTICE '%', r; END LOOP; END $$",
            f"DECLARE c CURSOR WITH HOLD FOR SELECT * FROM {name}; FETCH ALL FROM c",
            f"PREPARE p AS SELECT value FROM {name}; EXECUTE p",
            f"SELECT query_to_xml('SELECT * FROM {name}', true, true, '')",
            f"SELECT table_to_xml('{name}', true, true, '')",
            f"SET row_security = off; SELECT * FROM {name}",
            f"SET session_replication_role = replica; SELECT * FROM {name}",
            f"SET TimeZone = 'Pacific/Kiritimati'; SELECT * FROM {name}",
            f"SET search_path = pg_temp, habeas; CREATE TEMP TABLE showing (size int, until text); CREATE TEMP TABLE head (size int); SELECT * FROM {name}",
            f"SET enable_seqscan = off; SELECT seq FROM {name} WHERE subject = '{TWO}' AND value >= '{HIDDEN}'",
            f"SELECT * FROM heap_page_items(get_raw_page('{name}', 0))",
            f"SELECT pg_relation_size('{name}'), pg_stat_get_live_tuples('{name}'::regclass)",
        ]
    found += [
        "SELECT * FROM pg_stats WHERE schemaname = 'habeas'",
        "SELECT * FROM pg_stats_ext",
        "SELECT * FROM pg_stats_ext_exprs",
        "SELECT * FROM pg_statistic",
        "SELECT * FROM pg_statistic_ext_data",
        "SELECT * FROM pg_stat_activity",
        "SELECT * FROM pg_stat_statements",
        "SELECT * FROM pg_prepared_statements",
        "SELECT * FROM pg_cursors",
        "SELECT * FROM pg_largeobject",
        "SELECT pg_read_file('postgresql.conf')",
        "SELECT pg_ls_dir('base')",
        "SELECT pg_get_viewdef('habeas.team_statement')",
        "SELECT prosrc FROM pg_proc WHERE proname LIKE '%guard'",
        "SELECT habeas.statement_guard()",
        "SET ROLE keeper_of_all; TABLE habeas.statement",
        "SET SESSION AUTHORIZATION keeper_of_all; TABLE habeas.statement",
        "CREATE SCHEMA mine",
        "CREATE TABLE habeas.mine (a int)",
        "CREATE EXTENSION pageinspect",
        "CREATE EXTENSION dblink",
        "LOAD 'pageinspect'",
        "BEGIN; DROP SCHEMA habeas CASCADE; ROLLBACK",
        "SELECT max(size) FROM habeas.head",
    ]
    return found


def _heard(login: psycopg.Connection, sql: str) -> str:
    """Everything that comes back: rows, the stream of a copy, notices, errors with their details."""
    heard: list[str] = []
    login.add_notice_handler(told := lambda d: heard.append(f"{d.message_primary} {d.message_detail} {d.context}"))
    try:
        with login.cursor() as cursor:
            if sql.startswith("COPY") and "STDOUT" in sql:
                with cursor.copy(sql) as stream:
                    heard += [bytes(chunk).decode() for chunk in stream]
            else:
                cursor.execute(sql)
                while True:
                    if cursor.description is not None:
                        heard += [repr(row) for row in cursor.fetchall()]
                    if not cursor.nextset():
                        break
    except psycopg.Error as error:
        diag = error.diag
        heard += [str(error), str(diag.message_detail), str(diag.context), str(diag.message_hint)]
    finally:
        login.remove_notice_handler(told)
        login.rollback()
        login.execute("DISCARD ALL")
    return "\n".join(heard)


def _tells(heard: str, sql: str) -> bool:
    """True where something hidden came back that was not in the question."""
    for asked in (sql, *sql.split("'")):
        heard = heard.replace(asked, "") if HIDDEN in asked else heard
    return any(sign in heard for sign in (HIDDEN, SEALED, "1962-09-25", "2022-01-17"))


def test_no_query_of_a_reader_tells_anything_restricted(team: Casework) -> None:
    with team.owner() as ledger:
        salt = ledger._salt.hex()
    with psycopg.connect(team.server.url(team.name), autocommit=True) as owner:
        owner.execute("ANALYZE")
    attempts = _attempts()
    assert len(attempts) > 200
    with team.sql("reader") as reader:
        for sql in attempts:
            heard = _heard(reader, sql)
            assert not _tells(heard, sql), sql
            assert salt not in heard, sql


def test_the_search_would_find_it(team: Casework) -> None:
    """The same questions, asked by the owner, tell nearly everything."""
    with team.sql("keeper") as keeper:
        assert sum(_tells(_heard(keeper, sql), sql) for sql in _attempts() if "FORCE" not in sql) > 30


def test_a_plan_tells_a_reader_nothing_of_a_guess(team: Casework) -> None:
    """The plan of a right guess and of a wrong one are the same, number by number."""
    plans = []
    with team.sql("reader") as reader:
        for guess in (f"{HIDDEN} Person", "Nobody Else"):
            question = f"EXPLAIN (ANALYZE, VERBOSE, TIMING OFF, SUMMARY OFF, BUFFERS OFF) SELECT 1 FROM habeas.public_statement WHERE value = '{guess}'"
            plans.append(_heard(reader, question).replace(guess, ""))
    assert plans[0] == plans[1]


RESTRICTION = (
    said("restriction:3", "subject", ONE, Visibility.TEAM),
    said("restriction:3", "visibility", "team", Visibility.TEAM),
)


def test_a_restriction_closes_the_public_view_until_a_keeper_opens_it(team: Casework) -> None:
    with team.owner() as ledger, team.sql("reader") as reader:
        assert reader.execute(_READ).fetchall()
        ledger.append(RESTRICTION, recorded=NOON, recorder="k")
        assert reader.execute(_READ).fetchall() == []
        ledger.share(who)
        values = {row[3] for row in reader.execute(_READ)}
        assert values
        assert not values & {"Person A", "1962", "Prison 1"}
    with open_ledger(team.url("keeper"), today=TODAY) as ledger, team.sql("reader") as reader:
        ledger.append([said(FOUR, "detained", "2020-01")], recorded=NOON, recorder="k2")
        assert "2020-01" not in {row[3] for row in reader.execute(_READ)}
        ledger.share(who)
        assert "2020-01" in {row[3] for row in reader.execute(_READ)}


# What keeps somebody back, or may, by the gate's own rules.
CLOSING = {
    "a restriction": RESTRICTION,
    "a consent that ends": (
        said("consent:2", "entry", ONE, Visibility.TEAM),
        said("consent:2", "withdrawn", "2025", Visibility.TEAM),
    ),
    "a wish": (
        said("publicity:1", "entry", ONE, Visibility.TEAM),
        said("publicity:1", "wish", "does_not_want", Visibility.TEAM),
    ),
    "a decision": (said("decision:1", "a", ONE, Visibility.TEAM), said("decision:1", "b", TWO, Visibility.TEAM)),
    "a source that is not for the public": (
        said("source:3", "url", "https://example.org/1", Visibility.TEAM, source="source:3"),
    ),
    "a tombstone": (said("tombstone:1", "erased", "person"),),
}


def test_what_may_keep_somebody_back_closes_the_public_view_and_nothing_else_does(team: Casework) -> None:
    with team.owner() as ledger, open_ledger(team.url("editor"), today=TODAY) as editor, team.sql("reader") as reader:

        def closed(*drafts: Draft) -> bool:
            ledger.share(who)
            assert reader.execute(_READ).fetchall()
            editor.append(drafts, recorded=NOON, recorder="e")
            return not reader.execute(_READ).fetchall()

        for name, drafts in CLOSING.items():
            assert closed(*drafts), name
        (taken_back,) = [s for s in editor.history(Keeper) if s.value == "Prison 1"]
        assert closed(said(ONE, "prison", "Prison 2", retracts=taken_back.id))
        new = "entry:list-2:row1"
        for drafts in (
            [said(ONE, "detained", "2020-02")],
            [said(new, "name", "Person B"), said(new, "born", "1970-01-01", Visibility.TEAM)],
            [said("list:list-2", "title", "A list"), said("source:4", "url", "https://example.org/2")],
        ):
            assert not closed(*drafts)
        wish = [
            said("publicity:2", "entry", FOUR, Visibility.TEAM),
            said("publicity:2", "wish", "only_after_release", Visibility.TEAM),
        ]
        assert closed(*wish)
        # Back in custody, somebody who is free may have to be kept back again.
        assert closed(said(FOUR, "detained", "2020-02"))
        assert not closed(said(FOUR, "occupation", "teacher"))


def test_what_was_decided_for_an_earlier_record_opens_nothing(team: Casework, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody restricts while a keeper's command decides: the view stays closed until it is decided for that too."""
    derived = sharing.derive

    def derive(*about: Any) -> sharing.Sharing:
        found = derived(*about)
        with team.owner() as other:
            other.append(RESTRICTION, recorded=NOON, recorder="k")
        return found

    with team.owner() as ledger, team.sql("reader") as reader:
        ledger.append([said(ONE, "occupation", "teacher")], recorded=NOON, recorder="k")
        monkeypatch.setattr("habeas.ledger.sharing.derive", derive)
        ledger.share(who)
        assert reader.execute(_READ).fetchall() == []
        monkeypatch.undo()
        ledger.share(who)
        values = {row[3] for row in reader.execute(_READ)}
        assert values
        assert not values & {"Person A", "teacher"}


def test_the_public_view_closes_on_the_day_on_which_a_consent_may_end(team: Casework) -> None:
    """The server's own clock is past the consent that was on record as of the book's day."""
    with psycopg.connect(team.server.url(team.name), autocommit=True) as owner:
        ((until,),) = owner.execute("SELECT until FROM habeas.showing").fetchall()
        assert until == (TODAY + timedelta(days=2)).isoformat()
        owner.execute("UPDATE habeas.showing SET until = %s", (TODAY.isoformat(),))
        with team.sql("reader") as reader:
            for zone in ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago"):
                reader.execute(f"SET TimeZone = '{zone}'")
                assert reader.execute(_READ).fetchall() == []
            owner.execute("UPDATE habeas.showing SET until = %s", (until,))
            assert reader.execute(_READ).fetchall()


def test_a_reader_is_told_to_ask_by_sql_and_a_stranger_to_ask_the_owner(team: Casework) -> None:
    with pytest.raises(
        NotALedger, match=r"this login is a reader's: it reads what is public by SQL \(habeas\.public_st"
    ):
        open_ledger(team.url("reader"))
    with pytest.raises(NotALedger, match="this login has no role in the ledger"):
        open_ledger(team.url("nobody"))
    with team.sql("nobody") as nobody:
        for sql in _attempts():
            assert not _tells(_heard(nobody, sql), sql), sql


def test_an_editor_sees_what_the_team_sees_and_adds(team: Casework) -> None:
    with team.owner() as ledger, open_ledger(team.url("editor"), today=TODAY) as editor:
        assert not editor.whole
        of_keeper = ledger.view(Team, who=who).statements
        of_editor = editor.view(Team, who=who).statements
        # A masked origin is one of several things that the gate takes from the team; the statement stays.
        assert [(s.seq, s.subject, s.value, s.original, s.place) for s in of_editor] == [
            (s.seq, s.subject, s.value, s.original, s.place) for s in of_keeper
        ]
        assert SEALED not in repr(editor.view(Keeper)) + repr(editor.history(Keeper))
        (new,) = editor.append([said(ONE, "occupation", "teacher")], recorded=NOON, recorder="e")
        assert editor.prove(new.id).holds
        editor.append([replace(RECORD[4], value="2021-06", retracts=of_editor[4].id)], recorded=NOON, recorder="e")
        assert ledger.verify(trust=ANYBODY) == ()
        assert [s.value for s in ledger.view(Team, who=who).statements if s.prop == "detained"][-1] == "2021-06"


def test_an_editor_may_not_do_what_is_a_keepers(team: Casework, tmp_path: Path) -> None:
    with open_ledger(team.url("editor"), today=TODAY) as editor:
        with pytest.raises(LedgerUnwritable, match="it takes another role"):
            editor.append([said(ONE, "note", "sealed", Visibility.SEALED)], recorded=NOON, recorder="e")
        for forbidden in (
            editor.verify,
            lambda: editor.backup(tmp_path / "copy.sqlite"),
            lambda: editor.copy(tmp_path / "copy.sqlite"),
            lambda: editor.erase(
                [1], [said("tombstone:1", "erased", "person")], names=[], entries=[], recorded=NOON, recorder="e"
            ),
        ):
            with pytest.raises(UsageError, match="needs a keeper's login"):
                forbidden()
        editor.share(who)  # nothing of it is an editor's to decide
    with team.sql("editor") as editor_sql:
        for sql in (
            "UPDATE habeas.statement SET value = 'x'",
            "DELETE FROM habeas.statement",
            "TRUNCATE habeas.statement",
            "INSERT INTO habeas.statement SELECT * FROM habeas.team_statement",
            "INSERT INTO habeas.head SELECT * FROM habeas.head",
            "INSERT INTO habeas.shown SELECT seq, id, batch, recorded FROM habeas.statement",
            "INSERT INTO habeas.erased VALUES (1, 'x')",
            "UPDATE habeas.showing SET size = 99",
            "DELETE FROM habeas.withheld",
            "SELECT value FROM habeas.statement",
            "ALTER TABLE habeas.statement DISABLE TRIGGER ALL",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                editor_sql.execute(sql)
        for sql in _attempts():
            heard = _heard(editor_sql, sql) if not sql.startswith("SET") else ""
            assert SEALED not in heard.replace(sql, ""), sql


def test_an_editor_of_a_book_without_secrets_reads_lists(team: Casework, tmp_path: Path) -> None:
    from habeas.pipeline import intake
    from tests.answers.conftest import a_book

    with open_ledger(team.url("editor"), today=TODAY) as editor, pytest.raises(UsageError, match="a keeper must do it"):
        intake(a_book(tmp_path), editor, today=TODAY)
    with psycopg.connect(team.server.url(team.name), autocommit=True) as owner:
        owner.execute("DROP SCHEMA habeas CASCADE")
    with open_ledger(team.server.url(team.name), create=True) as ledger:
        ledger.append([said(ONE, "name", "Person A")], recorded=NOON, recorder="k")
        ledger.share(who)
    with open_ledger(team.url("editor"), today=TODAY) as editor:
        assert editor.whole
        assert intake(a_book(tmp_path), editor, today=TODAY)


def _version(team: Casework) -> int:
    with team.sql("keeper") as login:
        return login.info.server_version


def test_a_keeper_erases_without_owning_the_database(team: Casework) -> None:
    with open_ledger(team.url("keeper"), today=TODAY) as keeper:
        of_one = [s.seq for s in keeper.history(Keeper) if s.subject == ONE]
        tombstone = [said("tombstone:1", "erased", "person"), said("tombstone:1", "by", "k", Visibility.TEAM)]
        with psycopg.connect(team.server.url(team.name), autocommit=True) as owner:
            owner.execute("CREATE SCHEMA habeas_format_1")
        keeper.erase(of_one, tombstone, names=["Person A"], entries=[ONE], recorded=NOON, recorder="k")
        assert "until the owner of the database runs: DROP SCHEMA habeas_format_1 CASCADE" in keeper.left[0]
        # Since PostgreSQL 17 the right to clean a table can be given.
        assert ("VACUUM" in keeper.left[0]) is (_version(team) < 170000)
        assert keeper.verify(trust=ANYBODY) == ()
        assert ONE not in {s.subject for s in keeper.history(Keeper)}
        assert keeper.suppression().entry(ONE)
    for forbidden in ("DELETE FROM habeas.statement", "UPDATE habeas.statement SET value = 'x'"):
        with team.sql("keeper") as sql, pytest.raises(errors.InsufficientPrivilege):
            sql.execute(forbidden)


SEALED_BOOK = """
[list.columns.remark]
prop = "note"
visibility = "sealed"
visibility_reason = "names a relative"
review_on = "2030"
"""


def test_the_commands_of_an_editor(
    run: Run, book: Path, team: Casework, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each does what it can, or says in a sentence that it takes a keeper; none shows what is sealed."""
    place = team.server.url(team.name)
    with psycopg.connect(place, autocommit=True) as owner:
        owner.execute("DROP SCHEMA habeas CASCADE")
    (book / "book.toml").write_text((book / "book.toml").read_text(encoding="utf-8") + SEALED_BOOK, encoding="utf-8")
    held = (book / "lists" / "held.csv").read_text(encoding="utf-8").splitlines()
    rows = [f"{held[0]},remark", *(f"{row},{SEALED} relative {n}" for n, row in enumerate(held[1:]))]
    (book / "lists" / "held.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setenv("HABEAS_LEDGER", place)
    assert run("build", "-b", book).code == 0
    assert (
        run(
            "restrict", "Exemplar Gammaev", "--to", "sealed", "--reason", SEALED, "--review-on", "2030", "-b", book
        ).code
        == 0
    )
    asked = (
        ["ask", "inside", "--on", "2023-04-01", "--json"],
        ["ask", "inside", "--on", "2023-04-01", "--public", "--json"],
        ["ask", "case", "Placeholder Alphaev", "--on", "2025-01-01"],  # else midnight may come between the two
        ["ask", "reconcile", "--on", "2023-05-01"],
        ["log"],
        ["log", "Specimen Betaev"],
        ["link"],
        ["publish", "site"],
        ["export", str(tmp_path / "tables")],
        ["erase", "--list"],
    )
    of_keeper = [run(*command, "-b", book) for command in asked]
    monkeypatch.setenv("HABEAS_LEDGER", team.url("editor"))
    of_editor = [run(*command, "-b", book) for command in asked]
    for command, theirs, ours in zip(asked, of_keeper, of_editor, strict=True):
        assert ours == theirs, command
        assert SEALED not in ours.out + ours.err
    assert SEALED not in run("restrict", "-b", book).out
    assert (
        run("restrict", "Specimen Betaev", "--to", "team", "--reason", "r", "--review-on", "2030", "-b", book).code == 0
    )
    for command in (
        ["build"],
        ["undo", "1"],
        ["read"],
        ["verify"],
        ["backup", str(tmp_path / "b")],
        ["copy", str(tmp_path / "c")],
        ["erase", "Placeholder Alphaev", "--yes"],
    ):
        said = run(*command, "-b", book)
        assert (said.code, "keeper" in said.err, said.err.count("\n")) == (2, True, 1), said


READ = (
    (
        "INSERT INTO shown SELECT seq, id, batch, recorded FROM statement WHERE subject LIKE 'restriction:%'",
        "statement 8 is shown to readers, and should not be (",
    ),
    ("UPDATE shown SET value = 'x' WHERE seq = 1", "statement 1 is shown to readers otherwise than it should be"),
    ("DELETE FROM shown WHERE seq = 1", "statement 1 should be shown to readers, and is not"),
    (
        "UPDATE withheld SET part = 'none' WHERE seq = 11",
        "statement 11 is withheld from the team otherwise than it should be",
    ),
    ("INSERT INTO withheld VALUES (1, 'value')", "statement 1 is withheld from the team, and should not be"),
    ("DELETE FROM withheld WHERE seq = 11", "statement 11 should be withheld from the team, and is not"),
    ("UPDATE showing SET until = NULL", "readers may read until None, and that should be"),
    ("UPDATE showing SET until = 'someday'", "readers may read until someday, and that should be"),
    (
        "INSERT INTO showing VALUES (1, NULL)",
        "the table showing says 2 times up to where readers may read, and not once",
    ),
    ("UPDATE showing SET size = 99", "readers may read up to statement 99, and the last is 19"),
)


def test_verify_holds_what_each_role_reads_against_what_it_may(team: Casework) -> None:
    with team.owner() as ledger, psycopg.connect(team.server.url(team.name), autocommit=True) as owner:
        owner.execute("SET search_path = habeas")
        assert ledger.verify(trust=ANYBODY, who=who) == ()
        for sql, what in READ:
            owner.execute(sql)
            said = ledger.verify(trust=ANYBODY, who=who)
            assert (len(said), what in str(said)) == (1, True), (sql, said)
            assert not any(HIDDEN in str(problem) for problem in said)
            ledger.share(who)  # no command stumbles over it
            owner.execute("DELETE FROM showing")
            assert ledger.verify(trust=ANYBODY, who=who) == ()  # nothing is shown
            ledger.share(who)
            assert ledger.verify(trust=ANYBODY, who=who) == ()
