"""A book with a passphrase: what is sealed at rest, what a locked one still shows, and what verify tells of it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.errors import LedgerLocked, LedgerUnwritable, NotALedger
from habeas.ledger import Ledger, locking, open_ledger
from habeas.ledger.keys import Trust
from habeas.ledger.sqlite import SqliteStore
from habeas.ledger.vault import Cost
from habeas.nouns import Draft, Keeper, Links, Pair, Person, Public, Same, Statement, Team, View, Visibility
from habeas.resolve import READS as KINDS
from tests.ledger.conftest import ANYBODY, NOON, a_draft
from tests.ledger.test_disclosure import MAYBE, ONE, OTHER, TODAY, links, of
from tests.planted import damage, found_in

CHEAP = Cost(n=2)
WORD = "correct horse"
FOLDERS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40, deadline=None
)
SECRETS = (
    "Placeholder Tajnaŭ",
    "Засакрэчаны Узор",
    "1933-09-10",
    "a remark of a relative",
    "https://secret.example/page",
)


def who(_: View[Keeper]) -> Links:
    return links()


def opened(path: Path, word: str | None = WORD, today: date | None = TODAY) -> Ledger:
    return open_ledger(path, create=True, today=today, passphrase=None if word is None else lambda: word)


def put(ledger: Ledger, drafts: Iterable[Draft]) -> tuple[Statement, ...]:
    return ledger.append(drafts, recorded=NOON, recorder="keeper", linker=who)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new book with a passphrase, in a folder of its own."""
    found = tmp_path / "book" / "ledger.sqlite"
    found.parent.mkdir()
    with opened(found) as ledger:
        ledger.lock(WORD, who, CHEAP)
    return found


def told() -> list[Draft]:
    """A person in public, and beside it what is for the team or sealed."""
    source = a_draft("https://secret.example/page", "url", subject="source:2", source="source:2")
    return [
        a_draft("Person A", published="2023"),
        a_draft("2021-02-03", "detained", published="2023"),
        a_draft("1933-09-10", "born", visibility=Visibility.TEAM, published="2023", original="10.IX.1933"),
        a_draft("a remark of a relative", "note", visibility=Visibility.SEALED),
        a_draft("Placeholder Tajnaŭ", subject=OTHER, visibility=Visibility.TEAM, original="Засакрэчаны Узор"),
        Draft(**{f.name: getattr(source, f.name) for f in fields(Draft)} | {"visibility": Visibility.TEAM}),
    ]


# --- what a locked book shows ----------------------------------------------------------------------------------------

SAID = st.lists(
    st.one_of(
        st.builds(
            lambda prop_value, subject, visibility, source: a_draft(
                prop_value[1],
                prop_value[0],
                subject=subject,
                visibility=visibility,
                source=source,
                original="as printed",
                place="lists/a.csv row 2, column printed",
                published="2023",
            ),
            st.sampled_from(
                [
                    ("name", "Person Alphaev"),
                    ("name", "Other Betaev"),
                    ("born", "1980-04-05"),
                    ("note", "a remark on Alphaev Person"),
                    ("occupation", "friend of Person Alphaev"),
                    ("health", "an illness"),
                    ("detained", "2021-02-03"),
                    ("released", "2025-12-13"),
                ]
            ),
            st.sampled_from([ONE, OTHER, MAYBE]),
            st.sampled_from(list(Visibility)),
            st.sampled_from(["source:1", "source:2", "list:list-1"]),
        ),
        st.builds(
            lambda visibility, source: a_draft(
                f"https://example.org/{source}", "url", subject=source, source=source, visibility=visibility
            ),
            st.sampled_from(list(Visibility)),
            st.sampled_from(["source:1", "source:2"]),
        ),
    ),
    min_size=1,
    max_size=5,
)
WORKING = st.one_of(
    st.builds(
        lambda subject, to: ("restriction", {"subject": subject, "visibility": to}),
        st.sampled_from([ONE, OTHER, MAYBE, "list:list-1", "source:1"]),
        st.sampled_from(["public", "team", "sealed"]),
    ),
    st.builds(
        lambda entry, wish, on: ("publicity", {"entry": entry, "wish": wish, "on": on}),
        st.sampled_from([ONE, MAYBE]),
        st.sampled_from(["wants", "unknown", "only_after_release", "does_not_want"]),
        st.sampled_from(["2025-06", "2026-02-01", "2026"]),
    ),
    st.builds(
        lambda entry, scope, end: ("consent", {"entry": entry, "scope": scope, **end}),
        st.sampled_from([ONE, OTHER]),
        st.sampled_from(["name", "health", "name__health"]),
        st.sampled_from([{}, {"until": "2026-02-01"}, {"withdrawn": "2026-02-10"}, {"from_": "2026-02-01"}]),
    ),
)


def is_within(less: Statement, more: Statement) -> bool:
    """True where each field of the one is that of the other, or says nothing."""
    own = {"", f"list:{less.subject.split(':', 2)[1]}"}
    return all(
        (one := getattr(less, f.name)) in (None, *own) or one == getattr(more, f.name)
        for f in fields(Statement)
        if f.name != "seq"
    )


@FOLDERS
@given(
    st.lists(st.tuples(SAID, st.lists(WORKING, max_size=2), st.booleans()), min_size=1, max_size=4),
    st.integers(0, 4),
    st.integers(0, 60),
)
def test_a_locked_book_shows_what_the_public_sees_or_less_on_every_later_day(
    tmp_path_factory: pytest.TempPathFactory,
    batches: list[tuple[list[Draft], list[tuple[str, dict[str, str]]], bool]],
    locked_after: int,
    later: int,
) -> None:
    path = tmp_path_factory.mktemp("within") / "ledger.sqlite"
    with opened(path) as ledger:
        for number, (drafts, working, take_back) in enumerate(batches):
            if number == locked_after:
                ledger.lock(WORD, who, CHEAP)
            said = put(ledger, drafts)
            for place, (kind, record) in enumerate(working):
                put(ledger, of(f"{kind}:{number}-{place}", **record))
            if take_back:
                gone = said[0]
                again = {f.name: getattr(gone, f.name) for f in fields(Draft)} | {"retracts": gone.id, "reason": "why"}
                put(ledger, [Draft(**again | {"value": None if number % 2 else gone.value})])
        if ledger.vault is None:
            ledger.lock(WORD, who, CHEAP)
    day = TODAY + timedelta(days=later)
    with opened(path, today=day) as ledger:
        whole = ledger.view(Public, who=links)
        assert ledger.verify(trust=ANYBODY) == ()
    with opened(path, word=None, today=day) as ledger:
        shown = ledger.view(Public)
        assert ledger.verify(trust=ANYBODY) == ()
    # The order is one of what is shown, and less may be shown: each is compared with the same.
    by_id = {s.id: s for s in whole.statements}
    assert {s.id for s in shown.statements} == by_id.keys()
    for less in shown.statements:
        assert is_within(less, by_id[less.id]), (less, by_id[less.id])
    assert shown.head == whole.head


def test_what_is_public_is_shown_in_full_and_a_birth_date_as_its_year(path: Path) -> None:
    with opened(path) as ledger:
        put(ledger, told())
        whole = ledger.view(Public, who=links).statements
        assert [s.value for s in ledger.view(Keeper).statements] == [d.value for d in told()]
    with opened(path, word=None) as ledger:
        assert ledger.locked
        shown = ledger.view(Public).statements
    assert [s.value for s in shown] == [s.value for s in whole]
    assert {s.value for s in shown} == {"Person A", "2021-02-03", "1933", None}
    assert [s.value for s in shown].count(None) == 3
    assert [s.source for s in shown] == [s.source for s in whole]


def test_of_a_source_kept_back_no_later_statement_tells_where_it_stands(path: Path) -> None:
    with opened(path) as ledger:
        put(ledger, told())
        put(ledger, [a_draft("Person C", subject="entry:list-4:x", source="source:2", place="lists/kept.csv row 1")])
    assert found_in(path.parent, ["kept.csv"]) == set()
    with opened(path, word=None) as ledger:
        assert [(s.value, s.place) for s in ledger.view(Public).statements][-1] == ("Person C", "")


def test_a_locked_book_refuses_all_but_its_public_view(path: Path) -> None:
    with opened(path) as ledger:
        put(ledger, told())
    with opened(path, word=None) as ledger:
        ledger.view(Public)
        ledger.history(Public)
        refused = [
            lambda: ledger.view(Team),
            lambda: ledger.view(Keeper),
            lambda: ledger.view(Public, NOON),
            lambda: ledger.history(Keeper),
            lambda: ledger.kept_back(links),
            lambda: ledger.make_id("source", "x"),
            lambda: ledger.lock("another", who, CHEAP),
            lambda: put(ledger, told()),
            lambda: ledger.vault,
        ]
        for ask in refused:
            with pytest.raises(LedgerLocked, match="needs its passphrase"):
                ask()
    with pytest.raises(LedgerLocked, match="not the passphrase of this book"):
        opened(path, "another")


def test_ids_stay_the_same_under_a_passphrase(tmp_path: Path) -> None:
    with opened(tmp_path / "l.sqlite") as ledger:
        before = ledger.make_id("list", "key")
        ledger.lock(WORD, who, CHEAP)
        assert ledger.make_id("list", "key") == before
    with opened(tmp_path / "l.sqlite") as ledger:
        assert ledger.make_id("list", "key") == before


def folded() -> Links:
    """Who is who as the public sees it, where the entry OTHER is not for it."""
    return Links(
        persons=(Person(id="C-1", mentions=(ONE,)), Person(id="C-2", mentions=(MAYBE,))),
        unsure=(Pair(a=ONE, b=MAYBE, score=0.6, same=Same.UNSURE, why=()),),
    )


def test_of_who_is_who_a_locked_book_keeps_what_the_public_view_folds(path: Path) -> None:
    with opened(path) as ledger:
        put(ledger, [*told(), a_draft("Person C", subject=MAYBE, published="2023")])
        for _ in range(2):
            assert ledger.who_is_who(lambda _: links(), "rules", KINDS) == links()
    with opened(path, word=None) as ledger:
        assert ledger.remembered() == folded()
    with opened(path) as ledger:
        put(ledger, [a_draft("Person B", subject=OTHER, published="2023")])
        ledger.who_is_who(lambda _: links(), "rules", KINDS)
        decided = replace(links().unsure[0], why=("the same day",), decision="decision:d")
        ledger.who_is_who(lambda _: replace(links(), unsure=(decided,)), "other rules", KINDS)
    with opened(path, word=None) as ledger:
        assert (ledger.remembered().persons, ledger.remembered().unsure) == (links().persons, links().unsure)


def test_what_an_older_version_kept_of_who_is_who_is_cut_when_it_is_next_opened_with_the_passphrase(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = path.parent.parent / "keys"
    whole = json.dumps(["C-1", ONE, OTHER], separators=(",", ":")).encode()

    def signed(word: str | None = WORD) -> Ledger:
        return open_ledger(path, keys=keys, today=TODAY, passphrase=None if word is None else lambda: word)

    with monkeypatch.context() as older:
        older.setattr(locking, "_seen", lambda _: lambda _: True)
        with signed() as ledger:
            put(ledger, [*told(), a_draft("Person C", subject=MAYBE, published="2023")])
            ledger.who_is_who(lambda _: links(), "rules", KINDS)
    assert whole in path.read_bytes()
    with opened(path), signed(word=None) as ledger:  # only looked at, or locked
        assert ledger.remembered().persons == links().persons
    with signed() as ledger:
        assert (ledger.remembered(), ledger.unscrubbed(), ledger.verify()) == (folded(), False, ())
    assert not any(whole in file.read_bytes() for file in path.parent.iterdir() if file.is_file())


def test_who_is_who_that_was_changed_past_habeas_is_said_in_one_sentence(path: Path) -> None:
    damage(path, "INSERT OR REPLACE INTO vault VALUES ('links', '[[[\"C-1\"]],[]]')")
    with opened(path, word=None) as ledger, pytest.raises(NotALedger, match="who is who was changed in the record"):
        ledger.remembered()


def test_without_a_passphrase_nothing_is_kept_or_sealed(tmp_path: Path) -> None:
    with opened(tmp_path / "l.sqlite") as ledger:
        put(ledger, told())
        ledger.who_is_who(lambda _: links(), "rules", KINDS)
        assert (ledger.sealed(), ledger.remembered().persons, ledger.vault) == (0, (), None)
        ledger.unlock("anything")
        assert not ledger.locked


# --- what lies in the file -------------------------------------------------------------------------------------------


def test_what_is_sealed_lies_in_no_byte_of_any_file(path: Path) -> None:
    with opened(path) as ledger:
        put(ledger, told())
        assert found_in(path.parent, SECRETS) == set()  # also beside the ledger, while it is open
        ledger.backup(path.with_name("copy.sqlite"))
    assert found_in(path.parent, SECRETS) == set()
    with opened(path.with_name("copy.sqlite")) as ledger:
        assert (ledger.verify(trust=ANYBODY), ledger.sealed()) == ((), 4)


def test_the_search_would_find_them(tmp_path: Path) -> None:
    with opened(tmp_path / "l.sqlite") as ledger:
        put(ledger, told())
        assert {s for _, s in found_in(tmp_path, SECRETS)} == set(SECRETS)
        ledger.lock(WORD, who, CHEAP)
        assert found_in(tmp_path, SECRETS) == set()
        salt = ledger._salt
        assert salt is not None
        assert found_in(tmp_path, [salt.hex()]) == set()


@pytest.mark.parametrize(
    "record",
    [
        of("restriction:r", subject=ONE, visibility="team"),
        of("publicity:p", entry=ONE, wish="does_not_want"),
        of("consent:c", entry=ONE, scope="name", withdrawn="2025-12-01"),
        of("consent:c", entry=ONE, scope="name", until="2030-12-01"),
    ],
)
def test_who_is_kept_back_later_is_sealed_in_place_and_stays_so(path: Path, record: list[Draft]) -> None:
    name = "Specimen Uzoraŭ"
    with opened(path) as ledger:
        said = put(ledger, [a_draft(name, published="2023"), a_draft("2021-02-03", "detained", published="2023")])
        assert found_in(path.parent, [name])
        kept = put(ledger, record)
        assert found_in(path.parent, [name]) == set()
        assert [s.value for s in ledger.view(Keeper).statements][:2] == [name, "2021-02-03"]
        put(ledger, [Draft(subject=s.subject, prop=s.prop, value=None, source=s.source, retracts=s.id) for s in kept])
        seen = {s.id: s.value for s in ledger.view(Public, who=links).statements}
        assert seen[said[0].id] == name
        assert ledger.verify(trust=ANYBODY) == ()
    assert found_in(path.parent, [name]) == set()
    with opened(path, word=None) as ledger:
        assert {s.id: s.value for s in ledger.view(Public).statements}[said[0].id] is None


def test_what_a_later_batch_of_one_read_restricts_is_never_plain(path: Path) -> None:
    first = [a_draft("Specimen Uzoraŭ", published="2023")]
    second = [a_draft("Other Uzoraŭ", subject=OTHER, published="2023")]
    last = of("publicity:p", entry=ONE, wish="does_not_want")
    with opened(path) as ledger:
        for drafts, coming in ((first, [*second, *last]), (second, last), (last, [])):
            ledger.append(drafts, recorded=NOON, recorder="keeper", linker=who, coming=coming)
            assert found_in(path.parent, ["Uzoraŭ"]) == set()
        assert (ledger.verify(trust=ANYBODY), ledger.sealed()) == ((), 4)
        assert [s.value for s in ledger.view(Keeper).statements][:2] == ["Specimen Uzoraŭ", "Other Uzoraŭ"]


def test_what_somebody_else_restricts_in_between_is_seen(path: Path) -> None:
    with opened(path) as ledger, opened(path) as other:
        batches = [
            [a_draft("Person B", subject="entry:list-9:x", published="2023")],
            [a_draft("Uzoraŭ", published="2023")],
        ]
        ledger.append(batches[0], recorded=NOON, recorder="keeper", linker=who, coming=batches[1])
        put(other, of("publicity:p", entry=ONE, wish="does_not_want"))
        ledger.append(batches[1], recorded=NOON, recorder="keeper", linker=who)
        assert found_in(path.parent, ["Uzoraŭ"]) == set()


def test_a_decision_that_two_are_one_seals_the_other_too(path: Path) -> None:
    name = "Specimen Uzoraŭ"
    people = [Links(persons=(), unsure=())]
    with opened(path) as ledger:

        def append(drafts: list[Draft]) -> None:
            ledger.append(drafts, recorded=NOON, recorder="keeper", linker=lambda _: people[0])

        append([a_draft(name, subject=OTHER, published="2023"), *of("restriction:r", subject=ONE, visibility="team")])
        assert found_in(path.parent, [name])
        people[0] = links()
        append(of("decision:d", a=ONE, b=OTHER, same="same"))
        assert found_in(path.parent, [name]) == set()


def test_what_could_not_be_scrubbed_is_scrubbed_when_next_opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "Specimen Uzoraŭ"

    def busy(_: SqliteStore) -> None:
        raise LedgerUnwritable("in use")

    with opened(path) as ledger:
        put(ledger, [a_draft(name, published="2023")])
        with monkeypatch.context() as patched:
            patched.setattr(SqliteStore, "scrub", busy)
            put(ledger, of("restriction:r", subject=ONE, visibility="team"))
        assert ledger.unscrubbed()
    with opened(path) as ledger:
        assert ledger.unscrubbed()  # opened only to be looked at
    keys = path.parent.parent / "keys"
    with open_ledger(path, keys=keys, today=TODAY, passphrase=lambda: WORD) as ledger:
        assert not ledger.unscrubbed()
    assert found_in(path.parent, [name]) == set()


def test_a_writer_killed_at_any_moment_leaves_nothing_plain(path: Path) -> None:
    chance = random.Random(1)
    for number in range(12):
        heard, tell = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                with opened(path) as ledger:
                    while True:
                        put(ledger, [*told(), a_draft("Person B", subject=f"entry:a:{number}")] * 5)
                        os.write(tell, b".")
            finally:
                os._exit(1)
        os.read(heard, 1)  # one batch is in, however slow the machine
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(heard)
        os.close(tell)
        assert found_in(path.parent, SECRETS) == set()
    with opened(path) as ledger:
        assert (ledger.verify(trust=ANYBODY), ledger.sealed() > 0) == ((), True)


def test_what_is_erased_is_gone_sealed_or_not(path: Path) -> None:
    with opened(path) as ledger:
        put(ledger, told())
        tomb = [a_draft("person", "erased", subject="tombstone:t", source="person:k")]
        ledger.erase(range(1, 5), tomb, names=["Person A"], entries=[ONE], recorded=NOON, recorder="k")
        assert ledger.verify(trust=ANYBODY) == ()
        assert ledger.sealed() == 2
        assert ledger.suppression().named_in("A Person")
    damage(path, "UPDATE statement SET sealed = x'00' WHERE seq = 3")
    with opened(path) as ledger:
        assert "was erased, but its content is there" in str(ledger.verify(trust=ANYBODY)[0])


# --- the passphrase --------------------------------------------------------------------------------------------------


def test_after_a_change_only_the_new_passphrase_opens(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        (before,) = raw.execute("SELECT value FROM vault WHERE key = 'wrapped'").fetchone()
    with opened(path) as ledger:
        put(ledger, told())
        ledger.lock("another one", who, CHEAP)
    assert before.encode() not in path.read_bytes()
    with pytest.raises(LedgerLocked, match="not the passphrase"):
        opened(path, WORD)
    with opened(path, "another one") as ledger:
        assert [s.value for s in ledger.view(Keeper).statements] == [d.value for d in told()]


def test_a_program_that_had_the_book_open_before_writes_nothing_plain(tmp_path: Path) -> None:
    with opened(tmp_path / "l.sqlite") as before:
        put(before, told())
        with opened(tmp_path / "l.sqlite") as ledger:
            ledger.lock(WORD, who, CHEAP)
        with pytest.raises(LedgerLocked, match="given a passphrase meanwhile: nothing was written"):
            put(before, told())
        with pytest.raises(LedgerLocked, match="meanwhile"):
            before.lock("mine", who, CHEAP)


# --- guards and verify -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE statement SET value = 'another' WHERE seq = 4",
        "UPDATE statement SET value = '1934' WHERE seq = 3",
        "UPDATE statement SET sealed = NULL WHERE seq = 4",
        "UPDATE statement SET sealed = x'00' WHERE seq = 4",
        "UPDATE statement SET subject = 'entry:list-9:x' WHERE seq = 4",
        "UPDATE statement SET nonce = x'00' WHERE seq = 4",
        "UPDATE statement SET value = 'another' WHERE seq = 1",
        "UPDATE statement SET sealed = x'00', nonce = NULL, value = 'x' WHERE seq = 1",
        "UPDATE book SET value = 'mine' WHERE key = 'salt'",
        "UPDATE book SET value = 'sealed' WHERE key = 'name'",
        "DELETE FROM vault",
        "INSERT OR REPLACE INTO vault VALUES ('wrapped', 'mine')",
    ],
)
def test_the_guards_let_through_sealing_and_nothing_else(path: Path, change: str) -> None:
    with opened(path) as ledger:
        put(ledger, told())
    with closing(sqlite3.connect(path)) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(change)


def test_without_a_passphrase_no_row_can_be_sealed_away(tmp_path: Path) -> None:
    with opened(tmp_path / "l.sqlite") as ledger:
        put(ledger, told())
    with closing(sqlite3.connect(tmp_path / "l.sqlite")) as raw:
        for change in (
            "UPDATE statement SET sealed = x'00', nonce = NULL, value = '' WHERE seq = 1",
            "UPDATE book SET value = 'sealed' WHERE key = 'salt'",
        ):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                raw.execute(change)


@pytest.mark.parametrize(
    "change",
    [
        "sealed = x'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'",
        "sealed = (SELECT sealed FROM statement WHERE seq = 4)",
        "value = '1934'",
        "source = 'source:9'",
        "prop = 'name'",
        "value = NULL",
        "batch = 9",
        "recorded = '2020-01-01T00:00:00+00:00'",
        "nonce = x'00'",
        "subject = NULL",
        "sealed = NULL",
        "id = 'aaaaaaaaaaaaaaaa'",
        "commitment = x'00'",
        "retracts = 'aaaaaaaaaaaaaaaa'",
    ],
)
def test_any_change_of_a_sealed_row_is_found_with_the_passphrase_and_without(path: Path, change: str) -> None:
    with opened(path) as ledger:
        put(ledger, told())
    damage(path, f"UPDATE statement SET {change} WHERE seq = 3")
    with opened(path) as ledger:
        assert "statement 3 " in str(ledger.verify(trust=ANYBODY)[0])
    with opened(path, word=None) as ledger:
        assert ledger.verify(trust=ANYBODY) != ()


def test_a_changed_blob_is_said_in_one_sentence_when_it_is_read(path: Path) -> None:
    with opened(path) as ledger:
        put(ledger, told())
    damage(path, "UPDATE statement SET sealed = x'00' WHERE seq = 3")
    with opened(path) as ledger, pytest.raises(NotALedger, match="statement 3 was changed after it was recorded"):
        ledger.view(Keeper)


def test_a_damaged_salt_is_said_in_one_sentence(path: Path) -> None:
    damage(path, "UPDATE vault SET value = '00' WHERE key = 'salt'")
    with pytest.raises(NotALedger, match="salt of the book is damaged"):
        opened(path)


def test_a_record_of_format_1_is_brought_up_and_can_be_sealed(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    shutil.copyfile(Path(__file__).parent.parent / "fixtures" / "right" / "format-1.sqlite", path)
    with opened(path) as ledger:
        assert ledger.verify(trust=Trust(unsigned=True, older=True)) == ()
        put(ledger, told())
        ledger.lock(WORD, who, CHEAP)
        assert ledger.verify(trust=ANYBODY) == ()
    assert found_in(tmp_path, SECRETS) == set()
    with closing(sqlite3.connect(path)) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute("UPDATE statement SET value = 'another' WHERE seq = 1")
