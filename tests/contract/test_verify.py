"""What can be proved of a record, on every store: each kind of damage is found and the first bad statement named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from habeas.errors import LedgerError, LedgerUnwritable, UsageError
from habeas.ledger import Ledger, open_ledger
from habeas.ledger.keys import Trust, known_signers, signed
from habeas.ledger.tables import CONTENT
from habeas.nouns import Keeper
from tests.contract.conftest import Kind, Make
from tests.ledger.conftest import ANYBODY, NOON, a_draft


@pytest.fixture
def ledger(make: Make, tmp_path: Path) -> Ledger:
    made = make(keys=tmp_path / "keys")
    for batch in ("ABC", "DE", "F"):
        made.append([a_draft(f"Person {n}") for n in batch], recorded=NOON, recorder="k")
    return made


def test_every_batch_has_a_signed_head(ledger: Ledger, tmp_path: Path) -> None:
    heads = ledger.heads()
    assert [(h.batch, h.size) for h in heads] == [(1, 3), (2, 5), (3, 6)]
    assert all(signed(h) for h in heads)
    assert ledger.head() == heads[-1]
    assert {s.batch for s in ledger.view(Keeper).statements} == {1, 2, 3}
    assert ledger.verify(heads, trust=ANYBODY) == ()
    assert not signed(replace(heads[0], size=4))
    assert not signed(replace(heads[0], key="zz"))
    assert "PRIVATE" in (tmp_path / "keys" / "signing.key").read_text(encoding="ascii")
    assert (tmp_path / "keys" / "signing.key").stat().st_mode & 0o077 == 0


def test_a_statement_is_proved_without_the_record(ledger: Ledger) -> None:
    for statement in ledger.view(Keeper).statements:
        proof = ledger.prove(statement.id)
        assert proof.holds()
        assert not replace(proof, commitment=bytes(32).hex()).holds()
        assert not replace(proof, head=None).holds()
    with pytest.raises(UsageError, match="no statement 'nothing' on record"):
        ledger.prove("nothing")


DAMAGE = (
    ("UPDATE statement SET value = 'x' WHERE seq = 4", "statement 4 was changed"),
    ("UPDATE statement SET visibility = 'team' WHERE seq = 4", "statement 4 was changed"),
    ("UPDATE statement SET recorded = '2020-01-01T00:00:00+00:00' WHERE seq = 4", "statement 4 was changed"),
    ("UPDATE statement SET recorded = 'yesterday' WHERE seq = 4", "statement 4 was changed"),
    ("UPDATE statement SET nonce = {zeros16} WHERE seq = 4", "statement 4 was changed"),
    ("UPDATE statement SET batch = 1 WHERE seq = 4", "statement 4 was changed"),
    ("UPDATE statement SET id = 'x' WHERE seq = 4", "statement 4 was changed"),
    ("DELETE FROM statement WHERE seq = 4", "statement 4 is missing"),
    ("UPDATE statement SET seq = 9 WHERE seq = 4", "statement 4 is missing"),
    ("DELETE FROM statement WHERE seq = 6", "statement 6 is missing: the head of batch 3 names 6"),
    ("UPDATE statement SET subject = NULL WHERE seq = 4", "statement 4 is empty, and no erasure is on record"),
    ("DELETE FROM head WHERE batch = 3", "statement 6 is under no head"),
    (
        "UPDATE head SET root = {zeros32} WHERE batch = 2",
        "the statements up to 5 are not those that the head of batch 2 names",
    ),
    ("UPDATE head SET signature = {zeros64} WHERE batch = 2", "the signature of the head of batch 2"),
    (
        "UPDATE head SET recorded = '2020-01-01T00:00:00+00:00' WHERE batch = 1",
        "the signature of the head of batch 1",
    ),
    ("INSERT INTO erased VALUES (4, 'x')", "statement 4 was erased, but its content is there"),
    (
        (
            "UPDATE statement SET seq = 99 WHERE seq = 4; UPDATE statement SET seq = 4 WHERE seq = 5;"
            "UPDATE statement SET seq = 5 WHERE seq = 99"
        ),
        "statement 4 was changed",
    ),
    (
        "DELETE FROM statement WHERE seq = 1; UPDATE statement SET seq = seq - 1 WHERE seq = 2",
        "statement 1 was changed",
    ),
)
EMPTIED = ", ".join(f"{name} = NULL" for name in ("nonce", "sealed", *CONTENT))

# Each statement and each head holds by itself, and the record as a whole does not.
AS_A_WHOLE = (
    (
        "UPDATE statement SET nonce = NULL, sealed = {zeros1}, value = 'x' WHERE seq = 4",
        "statement 4 is sealed, and the book has no passphrase",
    ),
    (
        f"UPDATE statement SET {EMPTIED} WHERE seq = 4; INSERT INTO erased VALUES (4, 'x')",
        "statement 4 was emptied, and no tombstone on record says who erased it and why",
    ),
    (
        (f"UPDATE statement SET {EMPTIED} WHERE seq = 4;INSERT INTO erased SELECT 4, id FROM statement WHERE seq = 5"),
        "statement 4 was emptied, and no tombstone on record says who erased it and why",
    ),
    ("DELETE FROM head WHERE batch = 1", "the head of batch 1 is missing (the next one is 2)"),
    ("DELETE FROM head WHERE batch = 2", "the head of batch 2 is missing (the next one is 3)"),
)


def test_verify_finds_what_does_not_agree_as_a_whole(ledger: Ledger, kind: Kind) -> None:
    ledger.close()
    for sql, what in AS_A_WHOLE:
        place = kind.again(kind.place())
        kind.damage(place, *sql.format(zeros1=kind.zeros(1)).split(";"))
        with open_ledger(place) as damaged:
            assert [p.what for p in damaged.verify(trust=ANYBODY)] == [what], sql


def test_verify_counts_what_lies_under_a_tombstone(ledger: Ledger, kind: Kind) -> None:
    """Whoever has the database, and an erasure to hide behind, empties one statement more."""
    tombstone = [
        a_draft("person", "erased", subject="tombstone:1", source="person:k"),
        a_draft("2", "statements", subject="tombstone:1", source="person:k"),
    ]
    ledger.erase([1, 2], tombstone, names=(), entries=(), recorded=NOON, recorder="k")
    assert ledger.verify(trust=ANYBODY) == ()
    ledger.close()
    kind.damage(
        kind.place(),
        f"UPDATE statement SET {EMPTIED} WHERE seq = 4",
        "INSERT INTO erased SELECT 4, max(tombstone) FROM erased",
    )
    with open_ledger(kind.place()) as damaged:
        assert [p.what for p in damaged.verify(trust=ANYBODY)] == [
            "3 statements were emptied under the tombstone of statement 1, which says 2"
        ]


def test_a_head_that_nobody_signed_has_the_instant_of_its_batch(make: Make, kind: Kind) -> None:
    ledger = make()
    ledger.append([a_draft()], recorded=NOON, recorder="k")
    ledger.close()
    kind.damage(kind.place(), "UPDATE head SET recorded = '2020-01-01T00:00:00+00:00'")
    with open_ledger(kind.place()) as damaged:
        assert [p.what for p in damaged.verify(trust=ANYBODY)] == [
            "the head of batch 1 is not of the batch and the instant of the statement that it closes with"
        ]


def test_verify_names_the_first_that_is_bad(ledger: Ledger, kind: Kind) -> None:
    ledger.close()
    for sql, what in DAMAGE:
        place = kind.again(kind.place())
        zeros = {f"zeros{n}": kind.zeros(n) for n in (16, 32, 64)}
        kind.damage(place, *sql.format(**zeros).split(";"))
        with open_ledger(place) as damaged:
            problems = damaged.verify(trust=ANYBODY)
        assert problems, sql
        assert (problems[0].what.startswith(what), len(problems)) == (True, 1), (sql, problems[0].what)


# The owner takes the check of the server away, and puts it back.
_UNCHECKED = (
    "ALTER FUNCTION refuse(text) RENAME TO refused",
    "CREATE FUNCTION refuse(what text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN END $$",
)
_CHECKED = ("DROP FUNCTION refuse(text)", "ALTER FUNCTION refused(text) RENAME TO refuse")


def test_verify_finds_a_retraction_of_nothing_that_was_recorded_rightly(
    make: Make, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What `append` refuses, written past it: the id is right, what it takes back is not there."""
    ledger = make()
    ledger.append([a_draft()], recorded=NOON, recorder="k")
    if kind.name == "postgresql":  # the server refuses it too, by whatever program it comes
        kind.run(kind.place(), *_UNCHECKED)
    monkeypatch.setattr("habeas.ledger.record.check_retractions", lambda *_: None)
    ledger.append([a_draft(None, retracts="nowhere")], recorded=NOON, recorder="k")
    if kind.name == "postgresql":
        kind.run(kind.place(), *_CHECKED)
    (problem,) = ledger.verify(trust=ANYBODY)
    assert problem.what == "statement 2 takes back what is not there"


def test_a_tail_cut_off_whole_shows_against_a_kept_head_or_another_copy(ledger: Ledger, kind: Kind) -> None:
    kept = ledger.head()
    assert kept is not None
    kind.damage(kind.place(), "DELETE FROM statement WHERE seq = 6", "DELETE FROM head WHERE batch = 3")
    assert ledger.verify(trust=ANYBODY) == ()
    (problem,) = ledger.verify([kept], trust=ANYBODY)
    assert problem.what == "statement 6 is missing: a kept head names 6 statements"


def test_a_rewritten_record_is_not_the_one_of_the_kept_head(make: Make, kind: Kind, tmp_path: Path) -> None:
    """Somebody with the database, but without the key, makes all of it anew."""
    true = make(keys=tmp_path / "keys")
    true.append([a_draft("Person A")], recorded=NOON, recorder="k")
    kept = true.head()
    assert kept is not None
    true.close()
    place = kind.again(kind.place())
    kind.damage(place, "DELETE FROM statement", "DELETE FROM head")
    with open_ledger(place) as false:
        false.append([a_draft("Person B")], recorded=NOON, recorder="k")
        assert false.verify(trust=ANYBODY) == ()
        (problem,) = false.verify([kept], trust=ANYBODY)
    assert problem.what == "the record up to statement 1 is not the one that the kept head of batch 1 names"
    other = make("other")
    other.append([a_draft()], recorded=NOON, recorder="k")
    assert [p.what for p in other.verify([kept], trust=ANYBODY)] == ["the kept head is of another book"]
    assert [p.what for p in true.verify([replace(kept, size=9)], trust=ANYBODY)] == [
        "the kept head of batch 1 does not carry its key's signature"
    ]


def test_a_backup_is_a_whole_copy(ledger: Ledger, tmp_path: Path) -> None:
    ledger.backup(tmp_path / "copy.sqlite")
    with open_ledger(tmp_path / "copy.sqlite") as copy:
        assert copy.heads() == ledger.heads()
        assert copy.verify(ledger.heads(), trust=ANYBODY) == ()
        assert copy.history(Keeper) == ledger.history(Keeper)
    with pytest.raises(UsageError, match=r"copy\.sqlite exists already"):
        ledger.backup(tmp_path / "copy.sqlite")
    with pytest.raises(LedgerUnwritable, match=r"backup could not be written|cannot be opened or made"):
        ledger.backup(tmp_path / "nowhere" / "copy.sqlite")


def test_an_empty_record_has_no_head(make: Make) -> None:
    made = make()
    assert made.head() is None
    assert made.verify(trust=ANYBODY) == ()


# What decides what is shown, and is no statement; the words that tell which it was.
STATE = (
    ("DELETE FROM suppressed", "the list of what must not come back"),
    ("INSERT INTO suppressed VALUES ('x')", "the list of what must not come back"),
    ("UPDATE book SET value = '{salt}' WHERE key = 'salt'", "the mark of the key of its ids"),
    ("INSERT INTO vault VALUES ('links', '[[],[]]')", "what is kept under the passphrase"),
    ("UPDATE statement SET batch = 1 WHERE seq = 4", "which statements were erased"),  # of what is empty by now
    ("UPDATE head SET state = '' WHERE batch = 4", "the signature of the head of batch 4"),
)


@pytest.fixture
def erased(ledger: Ledger) -> Ledger:
    tombstone = [a_draft("person", "erased", subject="tombstone:1"), a_draft("1", "statements", subject="tombstone:1")]
    ledger.erase([4], tombstone, names=["Person D"], entries=["entry:x"], recorded=NOON, recorder="k")
    return ledger


def test_a_head_vouches_for_all_that_decides_what_is_shown(erased: Ledger, kind: Kind) -> None:
    assert erased.verify() == ()
    erased.close()
    for sql, what in STATE:
        place = kind.again(kind.place())
        kind.damage(place, sql.format(salt="ab" * 32))
        with open_ledger(place) as damaged:
            (problem,) = damaged.verify(trust=ANYBODY)
            assert what in problem.what, sql


def test_no_later_head_vouches_for_what_was_changed_before_it(erased: Ledger, kind: Kind, tmp_path: Path) -> None:
    """What a batch does not touch is said again as it was signed, and what it touches is looked at first."""
    erased.close()
    kind.damage(kind.place(), "DELETE FROM suppressed")
    tombstone = [a_draft("person", "erased", subject="tombstone:2"), a_draft("1", "statements", subject="tombstone:2")]
    with open_ledger(kind.place(), keys=tmp_path / "keys") as damaged:
        damaged.append([a_draft("Person G")], recorded=NOON, recorder="k")
        assert "the list of what must not come back" in damaged.verify(trust=ANYBODY)[0].what
        with pytest.raises(LedgerError, match="was changed past habeas"):
            damaged.erase([1], tombstone, names=[], entries=[], recorded=NOON, recorder="k")


def test_a_list_of_who_was_erased_that_was_changed_is_not_gone_by(erased: Ledger, kind: Kind) -> None:
    """Else the next build would make erased people public again before anybody verifies."""
    assert erased.suppression().named_in("Person D")
    erased.close()
    kind.damage(kind.place(), "DELETE FROM suppressed")
    with open_ledger(kind.place()) as damaged, pytest.raises(LedgerError, match="the list of what must not come back"):
        damaged.suppression()


def test_who_may_have_signed_is_not_asked_of_the_record(ledger: Ledger, make: Make, tmp_path: Path) -> None:
    known = known_signers(tmp_path / "keys")
    assert ledger.verify(trust=Trust(signers=known)) == ()
    (problem,) = ledger.verify(trust=Trust(signers={"ab" * 32: "a colleague"}))
    (key,) = known
    assert problem.what == f"3 heads, the first of batch 1, are signed by a key that is not known here: {key}"
    (tmp_path / "keys" / "signers").write_text(f"# whom we know\n{'ab' * 32} colleague-1\n", encoding="utf-8")
    assert known_signers(tmp_path / "keys") == {key: "this machine", "ab" * 32: "colleague-1"}
    (tmp_path / "keys" / "signers").write_text("abc\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 1 of signers: abc is no public key"):
        known_signers(tmp_path / "keys")
    nobody = make("unsigned")
    nobody.append([a_draft()], recorded=NOON, recorder="k")
    assert [p.what for p in nobody.verify()] == [
        "the head of batch 1 is not signed: whoever has the record can have made it"
    ]
    assert nobody.verify(trust=ANYBODY) == ()


def test_a_record_cut_back_to_an_earlier_head_shows_only_against_what_was_kept(ledger: Ledger, kind: Kind) -> None:
    """The one thing that leaves no trace in the record itself, as the docs say."""
    heads = ledger.heads()
    ledger.close()
    kind.damage(kind.place(), "DELETE FROM statement WHERE batch = 3", "DELETE FROM head WHERE batch = 3")
    with open_ledger(kind.place()) as cut:
        assert cut.verify() == ()
        assert [p.what for p in cut.verify(heads)] == ["statement 6 is missing: a kept head names 6 statements"]


def test_growth_is_proved_to_somebody_who_has_not_the_record(ledger: Ledger) -> None:
    first, *_, last = ledger.heads()
    proof = ledger.grown(first)
    assert (proof.first, proof.second, proof.holds()) == (first, last, True)
    assert not replace(proof, first=replace(first, root=last.root)).holds()
    assert not replace(proof, path=()).holds()
    assert ledger.grown(last).path == ()
    with pytest.raises(UsageError, match="is not an earlier one of this record"):
        ledger.grown(replace(first, size=99))
