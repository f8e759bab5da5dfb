"""What a server checks before anything is recorded: whoever may record, by whatever program, spoils nothing for the others."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from psycopg import errors

from habeas.dates import PartialDate
from habeas.errors import LedgerUnwritable
from habeas.ledger import open_ledger, tables
from habeas.ledger.appending import REFUSED
from habeas.ledger.merkle import Frontier
from habeas.ledger.rows import row_of
from habeas.nouns import Draft, Keeper, Visibility
from tests.contract.casework import HIDDEN, ONE, RECORD, TODAY, Casework, said, team, who
from tests.contract.forging import LATER, ROLES, Attempt, Forger, forger
from tests.ledger.conftest import ANYBODY, NOON

__all__ = ["forger", "team"]


def _counts(team: Casework) -> list[int]:
    with psycopg.connect(team.server.url(team.name)) as owner:
        names = ("statement", "head", "erased", "suppressed", "opened", "showing")
        return [owner.execute(f"SELECT count(*) FROM habeas.{name}").fetchone()[0] for name in names]


NEW = said(ONE, "detained", "2020-02")
BROKEN: dict[str, tuple[dict[str, str | None], str]] = {
    "no subject": ({"subject": None}, "lacks something"),
    "no property": ({"prop": None}, "lacks something"),
    "no source": ({"source": None}, "lacks something"),
    "no place": ({"place": None}, "lacks something"),
    "nobody recorded it": ({"recorder": None}, "lacks something"),
    "no kind": ({"subject": "entry"}, "vocabulary"),
    "no key": ({"subject": "entry:"}, "vocabulary"),
    "another kind": ({"subject": "spell:1"}, "vocabulary"),
    "another property": ({"prop": "shoe"}, "vocabulary"),
    "nothing": ({"value": None}, "needs a value or something to retract"),
    "a visibility": ({"visibility": "secret"}, "a visibility is none"),
    "no visibility": ({"visibility": None}, "a visibility is none"),
    "a wish": ({"subject": "publicity:9", "prop": "wish", "value": "perhaps"}, "a value is none of those"),
    "a degree": ({"subject": "restriction:9", "prop": "visibility", "value": "x"}, "a value is none of those"),
    "a day": ({"valid_start": "soon"}, "a day is none"),
    "a span from its end": ({"valid_start": "2023-02-02", "valid_end": "2023-02-01"}, "ends before it starts"),
    "a date": ({"value": "in spring"}, "a date is none"),
    "an interval from its end": ({"value": "2023-02/2023-01"}, "a date is none"),
    "a date of a consent": ({"subject": "consent:9", "prop": "until", "value": "x"}, "a date is none"),
    "a number": ({"subject": "figure:9", "prop": "n", "value": "many"}, "a number is none"),
    "a date of publication": ({"published": "x"}, "a date is none"),
    "a date of no calendar": ({"value": "2023-02-29"}, "out of range"),
    "a day of no calendar": ({"valid_end": "2023-02-29"}, "out of range"),
    "what is not there": ({"retracts": "nowhere"}, "takes back what is not there"),
}
HEADS: dict[str, tuple[Callable[[Attempt], dict[str, Any]], str]] = {
    "a later number": (lambda a: {"batch": a.batch + 1}, "does not follow on the last"),
    "the number of the last": (lambda a: {"batch": a.batch - 1}, "does not follow on the last"),
    "no number": (lambda _: {"batch": None}, "does not follow on the last"),
    "another instant": (lambda _: {"recorded": NOON.isoformat()}, "does not follow on the last"),
    "a larger tree": (lambda a: {"size": a.head["size"] + 1}, "does not follow from the statements"),
    "a smaller tree": (lambda a: {"size": a.head["size"] - 1}, "does not follow from the statements"),
    "another root": (lambda _: {"root": bytes(32)}, "does not follow from the statements"),
    "no root": (lambda _: {"root": None}, "does not follow from the statements"),
    "another frontier": (lambda a: {"frontier": bytes(len(a.head["frontier"]))}, "does not follow from the statements"),
    "a short key": (lambda _: {"key": "ab"}, "a key has 64"),
    "no key": (lambda _: {"key": None}, "a key has 64"),
    "a key in capitals": (lambda a: {"key": a.head["key"].upper()}, "a key has 64"),
    "a short signature": (lambda _: {"signature": bytes(63)}, "a key has 64"),
    "no signature": (lambda _: {"signature": b""}, "a key has 64"),
    "neither": (lambda _: {"key": "", "signature": b""}, "are signed, and this one is not"),
}
INSTANTS: dict[str, tuple[str, str]] = {
    "before the last": ((NOON - timedelta(seconds=1)).isoformat(), "before the last one"),
    "ahead": ((datetime.now(UTC) + timedelta(days=2)).isoformat(), "ahead of the server's clock"),
    "a word": ("tomorrow", "none in UTC"),
    "never": ("infinity", "none in UTC"),
    "another zone": ("2026-01-01T13:00:00+02:00", "none in UTC"),
    "a second too many": ("2026-01-01T13:00:60+00:00", "none in UTC"),
    "midnight, late": ("2026-01-01T24:00:00+00:00", "none in UTC"),
    "no day": ("2026-02-30T12:00:00+00:00", "out of range"),
    "other digits": ("2026-01-01T12:00:0٣+00:00", "none in UTC"),
    "two lines": ("2026-01-01T13:00:00+00:00\n", "none in UTC"),
}


def _attempts(forger: Forger) -> Iterator[tuple[str, Attempt, str]]:
    for name, (content, what) in BROKEN.items():
        yield name, forger.attempt(NEW, **content), what
    for name, (change, what) in HEADS.items():
        attempt = forger.attempt(NEW)
        attempt.head |= change(attempt)
        yield name, attempt, what
    for name, (at, what) in INSTANTS.items():
        attempt = forger.attempt(NEW)
        attempt.at = attempt.head["recorded"] = at
        yield name, attempt, what
    for name, nonce, what in (("a short nonce", "\\xab", "a nonce"), ("none", None, "a nonce")):
        attempt = forger.attempt(NEW)
        attempt.said[0]["nonce"] = nonce
        yield name, attempt, what
    for name, column in (("another value", "value"), ("another place", "place"), ("another recorder", "recorder")):
        attempt = forger.attempt(NEW)
        attempt.said[0][column] = "2020-03"
        yield f"{name} than is committed to", attempt, "does not follow from the statements"
    for name, batch in (("a batch that is there", 1), ("a batch to come", 9)):
        attempt = forger.attempt(NEW)
        attempt.batch = batch
        yield name, attempt, "does not follow on the last"
    nothing = forger.attempt()
    nothing.head |= {"size": nothing.head["size"] + 1}
    yield "a tree of nothing", nothing, "says something|does not follow from the statements"
    unsaid = forger.attempt(NEW, replace(NEW, value="2020-03"))
    unsaid.said.pop()
    yield "a statement fewer", unsaid, "does not follow from the statements"
    swapped = forger.attempt(NEW, replace(NEW, value="2020-03"))
    swapped.said.reverse()
    yield "in another order", swapped, "does not follow from the statements"


@pytest.mark.parametrize("role", ROLES)
def test_what_does_not_hold_is_refused_and_changes_nothing(forger: Forger, role: str) -> None:
    before = _counts(forger.team)
    with forger.team.sql(role) as login:
        for name, attempt, what in _attempts(forger):
            with pytest.raises(psycopg.Error, match=what) as refused:
                attempt.go(login, role)
            assert refused.value.sqlstate == (
                errors.DatetimeFieldOverflow.sqlstate if what == "out of range" else REFUSED
            ), name
            assert HIDDEN not in str(refused.value)
        assert _counts(forger.team) == before
        forger.attempt(NEW).go(login, role)
    with forger.team.owner() as ledger:
        assert ledger.verify(trust=ANYBODY) == ()
    with open_ledger(forger.team.url("editor"), keys=forger.keys, today=TODAY) as other:
        other.append([NEW], recorded=LATER, recorder="e")


def test_an_editor_does_nothing_that_is_a_keepers(forger: Forger) -> None:
    before = _counts(forger.team)
    with forger.team.sql("editor") as editor:
        with pytest.raises(errors.InsufficientPrivilege):
            forger.attempt(NEW, visibility="sealed").go(editor, "editor")
        with pytest.raises(psycopg.Error, match="a batch says something"):
            forger.attempt().go(editor, "editor")
        with pytest.raises(errors.InsufficientPrivilege):
            forger.attempt(NEW).go(editor, "keeper")
        for call in (
            "close_as_keeper('{}')",
            "empty_under('x', '{1}', '{}')",
            "add_('[]', 2, '', true)",
            "close_('{}', true)",
            "begun(2, '')",
            "must_be_closed()",
        ):
            with pytest.raises((errors.InsufficientPrivilege, errors.FeatureNotSupported)):
                editor.execute(f"SELECT habeas.{call}")
    assert _counts(forger.team) == before


def test_a_keepers_head_may_say_that_something_else_changed(forger: Forger) -> None:
    """One size then has several heads; whether it may is said by the table."""
    with psycopg.connect(forger.team.server.url(forger.team.name), autocommit=True) as owner:
        owner.execute("ALTER TABLE habeas.head DROP CONSTRAINT IF EXISTS head_size_key")
    with forger.team.sql("keeper") as keeper:
        forger.attempt().go(keeper, "keeper")
        attempt = forger.attempt()
        attempt.head["root"] = bytes(32)
        with pytest.raises(psycopg.Error, match="does not follow from the statements"):
            attempt.go(keeper, "keeper")
        forger.attempt(NEW).go(keeper, "keeper")
    with psycopg.connect(forger.team.server.url(forger.team.name)) as owner:
        sizes = [size for (size,) in owner.execute("SELECT size FROM habeas.head ORDER BY batch")]
        assert sizes == [len(RECORD), len(RECORD) + 1, len(RECORD) + 1, len(RECORD) + 2]


def test_what_a_head_says_of_the_rest_of_the_record_is_a_keepers_to_change(forger: Forger) -> None:
    """In a record whose heads have a `state`: digests of what else was changed, and a chain over the heads before."""
    with psycopg.connect(forger.team.server.url(forger.team.name), autocommit=True) as owner:
        owner.execute("ALTER TABLE habeas.head ADD COLUMN IF NOT EXISTS state text NOT NULL DEFAULT ''")

    def attempt(**parts: str) -> Attempt:
        made = forger.attempt(NEW)
        made.head["state"] = forger.state(**parts)
        return made

    with forger.team.sql("editor") as editor, forger.team.sql("keeper") as keeper:
        if not forger.state():
            first = forger.attempt(NEW)
            first.head["state"] = json.dumps({"erased": "0", "heads": "00" * 32})
            first.go(keeper, "keeper")
        attempt().go(editor, "editor")
        for role, login in (("editor", editor), ("keeper", keeper)):
            for wrong in ("00" * 32, "", "FF" * 32):
                with pytest.raises(psycopg.Error, match="does not stand on those before it"):
                    attempt(heads=wrong).go(login, role)
            silent = attempt()
            del silent.head["state"]
            with pytest.raises(psycopg.Error, match="does not stand on those before it"):
                silent.go(login, role)
        for part in ("erased", "suppressed"):
            with pytest.raises(psycopg.Error, match="says something else of what was erased"):
                attempt(**{part: "1"}).go(editor, "editor")
            attempt(**{part: "1"}).go(keeper, "keeper")
            attempt().go(editor, "editor")


TABLES = ("statement", "head", "erased", "suppressed", "book", "vault", "opened")


@pytest.mark.parametrize("role", ["reader", *ROLES])
def test_nobody_but_the_owner_writes_to_the_tables(forger: Forger, role: str) -> None:
    before = _counts(forger.team)
    with forger.team.sql(role) as login:
        for table in TABLES:
            for sql in (
                f"INSERT INTO habeas.{table} SELECT * FROM habeas.{table}",
                f"INSERT INTO habeas.{table} DEFAULT VALUES",
                f"DELETE FROM habeas.{table}",
                f"TRUNCATE habeas.{table}",
                f"COPY habeas.{table} FROM PROGRAM 'echo'",
                f"ALTER TABLE habeas.{table} DISABLE TRIGGER ALL",
            ):
                with pytest.raises((errors.InsufficientPrivilege, errors.WrongObjectType)):
                    login.execute(sql)
        for sql in (
            "UPDATE habeas.statement SET value = NULL",
            "UPDATE habeas.head SET signature = ''",
            "UPDATE habeas.opened SET closes = false",
            "CREATE OR REPLACE FUNCTION habeas.refuse(what text) RETURNS void LANGUAGE sql AS 'SELECT 1'",
            "ALTER FUNCTION habeas.add(json, integer, text) SET search_path = pg_temp",
            "SET session_replication_role = replica",
            "DO $$ BEGIN LOCK TABLE habeas.head IN EXCLUSIVE MODE; END $$",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                login.execute(sql)
    assert _counts(forger.team) == before


@pytest.mark.parametrize("role", ROLES)
def test_a_batch_is_closed_or_not_there(forger: Forger, role: str) -> None:
    before = _counts(forger.team)
    attempt = forger.attempt(NEW)
    with forger.team.sql(role) as login:

        def leave(escape: str) -> None:
            with login.transaction():
                attempt.add(login, role)
                login.execute(escape)

        for escape in ("SELECT 1", "SET CONSTRAINTS ALL IMMEDIATE", "SET CONSTRAINTS ALL DEFERRED", "SAVEPOINT here"):
            with pytest.raises(psycopg.Error, match="left without its head"):
                leave(escape)
    assert _counts(forger.team) == before


@pytest.mark.parametrize("role", ROLES)
def test_tables_and_functions_of_ones_own_stand_in_front_of_none(forger: Forger, role: str) -> None:
    with forger.team.sql(role) as login:
        for table in TABLES:
            login.execute(
                f"CREATE TEMP TABLE {table} (LIKE habeas.{table})"
                if role == "keeper"
                else f"CREATE TEMP TABLE {table} (x int)"
            )
        login.execute("CREATE FUNCTION pg_temp.refuse(text) RETURNS void LANGUAGE sql AS 'SELECT'")
        login.execute("CREATE FUNCTION pg_temp.sha256(bytea) RETURNS bytea LANGUAGE sql AS 'SELECT $1'")
        login.execute("SET search_path = pg_temp, habeas, pg_catalog")
        attempt = forger.attempt(NEW)
        attempt.head["root"] = bytes(32)
        with pytest.raises(psycopg.Error, match="does not follow from the statements"):
            attempt.go(login, role)
        forger.attempt(NEW).go(login, role)
    with forger.team.owner() as ledger:
        assert ledger.verify(trust=ANYBODY) == ()
        assert ledger.view(Keeper).statements[-1].value == "2020-02"


def test_a_keeper_empties_under_a_tombstone_of_the_same_batch_alone(forger: Forger) -> None:
    stone = [said("tombstone:1", "erased", "person"), said("tombstone:1", "statements", "2")]
    before = _counts(forger.team)

    def erase(attempt: Attempt, identifier: str, seqs: list[int], what: str) -> None:
        with forger.team.sql("keeper") as login:
            login.autocommit = False
            attempt.add(login, "keeper")
            with pytest.raises(psycopg.Error, match=what):
                login.execute("SELECT habeas.empty_under(%s, %s::integer[], '{}')", (identifier, seqs))
            login.rollback()

    with psycopg.connect(forger.team.server.url(forger.team.name)) as owner:
        first = owner.execute("SELECT id FROM habeas.statement WHERE seq = 1").fetchone()[0]
    attempt = forger.attempt(*stone)
    here = _id(stone[0], attempt)
    none = "under a tombstone of the same batch"
    erase(attempt, first, [1, 2], none)
    erase(attempt, "nowhere", [1, 2], none)
    erase(forger.attempt(NEW), _id(NEW, forger.attempt(NEW)), [1], none)
    erase(attempt, here, [1], "another number")
    erase(attempt, here, [1, 99], "not on record")
    erase(attempt, here, [1, len(RECORD) + 2], "not on record")  # itself
    erase(attempt, here, [1, 1], "duplicate key")
    with forger.team.sql("keeper") as login, pytest.raises(psycopg.Error, match=none):
        login.execute("SELECT habeas.empty_under(%s, '{1}', '{}')", (first,))
    assert _counts(forger.team) == before


def _id(draft: Draft, attempt: Attempt) -> str:
    size = attempt.head["size"] - len(attempt.said)
    row = row_of(draft, seq=size + 1, batch=attempt.batch, recorded=attempt.at, recorder="e", nonce=b"\1" * 16)
    return tables.statement_id(row["commitment"])


def test_what_a_server_refuses_is_told_in_a_sentence(forger: Forger) -> None:
    told = "are signed, and this one is not; nothing was written"
    with open_ledger(forger.team.url("editor"), today=TODAY) as editor, pytest.raises(LedgerUnwritable, match=told):
        editor.append([NEW], recorded=LATER, recorder="e")
    with open_ledger(forger.team.url("keeper"), keys=forger.keys, today=TODAY) as keeper:
        with pytest.raises(LedgerUnwritable, match="no Unicode text"):
            keeper.append([replace(NEW, value="\udcff")], recorded=LATER, recorder="k")
        with pytest.raises(LedgerUnwritable, match="ahead of the server's clock"):
            keeper.append([NEW], recorded=datetime.now(UTC) + timedelta(days=3), recorder="k")
        keeper.append([said(ONE, "note", "x", Visibility.SEALED)], recorded=LATER, recorder="k")
        assert keeper.verify(trust=ANYBODY) == ()


_TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
ODD = "".join(map(chr, range(1, 0xA1))) + '"\\/\u2028\u2029\ufeff\uffff\U0001f600\U0010ffff е\u0301ў'
_NUMBERS = st.integers(1, 2**31 - 1)


@pytest.fixture
def owner(team: Casework) -> Iterator[psycopg.Connection]:
    with psycopg.connect(team.server.url(team.name), options="-c search_path=habeas", autocommit=True) as login:
        yield login


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(content=st.lists(st.none() | _TEXTS, min_size=1, max_size=15), seq=_NUMBERS, batch=_NUMBERS)
@example(content=[ODD], seq=1, batch=1)
@example(content=[None, *ODD, ""], seq=1, batch=1)
def test_the_server_writes_the_same_canonical_form(
    owner: psycopg.Connection, content: list[str | None], seq: int, batch: int
) -> None:
    (made,) = owner.execute("SELECT canonical(%s, %s, %s::text[])", (seq, batch, content)).fetchone()
    assert made == tables.canonical([seq, batch, *content])


_ONE = st.one_of(
    st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(date.isoformat),
    st.from_regex(r"[12][0-9]{3}(-([0-9]{2}|XX)(-([0-9]{2}|XX))?)?(-?[~?%]{1,2})?", fullmatch=True),
    st.from_regex(r"[12][0-9]?[0-9]?X{1,2}~?", fullmatch=True),
    st.sampled_from(["..", "", "2021-21", "2021-24~", "2021-33", "2021-40", "2021-41", "2021-05-~"]),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=500)
@given(said_=st.one_of(_ONE, st.tuples(_ONE, _ONE).map("/".join), st.text("0123456789-X/~?%. []", max_size=12)))
@example("2021-21/2021-24")
@example("2021-24/2021-33")
@example("199X/1990")
@example("2020/199X")
def test_a_date_that_the_server_takes_can_be_read_and_what_habeas_writes_is_taken(
    owner: psycopg.Connection, said_: str
) -> None:
    try:
        read = PartialDate.parse(said_)
    except ValueError:
        read = None
    try:
        (taken,) = owner.execute("SELECT is_date(%s)", (said_,)).fetchone()
    except errors.DatetimeFieldOverflow:
        taken = False
    if read is None:
        assert not taken
    else:
        ours = read.text
        widened = "/" in ours and any(mark in ours for mark in "~?%")
        within = all(re.match("[12]", end) for end in ours.split("/") if end != "..")
        assert widened or not within or owner.execute("SELECT is_date(%s)", (ours,)).fetchone() == (True,)


def test_ids_and_trees_of_the_server_are_ours(owner: psycopg.Connection) -> None:
    for n in range(130):
        leaf = bytes([(7 * n + 31 * at) % 256 for at in range(32)])
        (made,) = owner.execute("SELECT statement_id(%s::bytea)", (leaf,)).fetchone()
        assert made == tables.statement_id(leaf) == base64.b32encode(leaf[:10]).decode().lower()
    for size in (0, 1, 2, 3, 7, 8, 21, 64):
        for more in (0, 1, 2, 3, 5, 8, 64, 100):
            leaves = [bytes([n]) * 32 for n in range(size + more)]
            old, new = Frontier.empty(), Frontier.empty()
            old.push(leaves[:size])
            new.push(leaves)
            hashed = "SELECT string_agg(sha256('\\x00'::bytea || leaf), '' ORDER BY n) FROM unnest(%s::bytea[]) WITH ORDINALITY AS l(leaf, n)"
            (added,) = owner.execute(hashed, (leaves[size:],)).fetchone()
            (grown,) = owner.execute(
                "SELECT grown(%s, %s::bytea, %s::bytea)", (size, old.pack(), added or b"")
            ).fetchone()
            assert grown == new.pack(), (size, more)
            if grown:
                assert owner.execute("SELECT root_of(%s::bytea)", (grown,)).fetchone() == (new.root(),)


def test_a_database_of_an_older_version_is_brought_up_to_date_by_its_owner(team: Casework) -> None:
    """What it granted in the tables is taken back, and the functions are made."""
    with psycopg.connect(team.server.url(team.name), autocommit=True) as owner:
        owner.execute(f"GRANT INSERT ON habeas.statement, habeas.head TO {team.name}_editor")
        owner.execute("COMMENT ON FUNCTION habeas.is_shown() IS 'older'")
        owner.execute("CREATE VIEW of_a_partner AS SELECT value FROM habeas.public_statement")
    with open_ledger(team.server.url(team.name), create=True, today=TODAY) as ledger:
        ledger.share(who)
    with team.sql("editor") as editor, pytest.raises(errors.InsufficientPrivilege):
        editor.execute("INSERT INTO habeas.head SELECT * FROM habeas.head")
    with psycopg.connect(team.server.url(team.name)) as owner:
        (mark,) = owner.execute("SELECT obj_description('habeas.is_shown()'::regprocedure)").fetchone()
        assert mark != "older"
