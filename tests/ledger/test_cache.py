"""Who is who, kept beside the record: worked out once for one state of it, and never in the way of an erasure or a lock."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from habeas.dates import PartialDate
from habeas.ledger import Ledger, open_ledger
from habeas.ledger.vault import Cost
from habeas.nouns import Draft, Keeper, Links, Pair, Person, Problem, Same, View, say, say_count
from habeas.resolve import READS
from habeas.vocabulary import kinds
from tests.ledger.conftest import ANYBODY, NOON, a_draft

WORD = "correct horse"
SECRET = "born 1933-09-10 in a planted place"


class Linker:
    """Works out the same links each time, and counts how often it was asked to."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, view: View[Keeper]) -> Links:
        self.asked += 1
        one, two = (f"entry:list-1:row{n}" for n in (1, 2))
        why = (
            SECRET,
            say(
                "{n} days from {a} to {b}; {more}",
                n=3,
                a=date(2021, 7, 14),
                b=PartialDate.parse("2021-07"),
                more=say("held"),
            ),
            say_count("one", "{n} of them", 2),
        )
        return Links(
            persons=(Person(id="C-1", mentions=(one,)), Person(id="C-2", mentions=(two, "entry:Я:2"))),
            unsure=(Pair(a=one, b=two, score=0.75, same=Same.UNSURE, why=why, decision=None),),
            problems=(Problem(file="decisions", what="two contradict each other", do=say("Decide anew."), row=3),),
        )


def opened(path: Path, word: str | None = None) -> Ledger:
    return open_ledger(path, create=True, passphrase=None if word is None else lambda: word)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "ledger.sqlite"
    with opened(found) as ledger:
        ledger.append([a_draft()], recorded=NOON, recorder="k")
    return found


def kept(path: Path) -> bytes:
    return b"".join(p.read_bytes() for p in sorted(path.parent.rglob("*")) if p.is_file())


def test_it_is_worked_out_once_for_one_state_of_the_record_and_one_set_of_rules(path: Path) -> None:
    linker = Linker()
    for rules, more, asked in (("1", 0, 1), ("1", 0, 1), ("2", 0, 2), ("2", 1, 3), ("2", 0, 3)):
        with opened(path) as ledger:
            if more:
                ledger.append([a_draft("Person B", subject="entry:list-1:row2")], recorded=NOON, recorder="k")
            found = ledger.who_is_who(linker, rules, READS)
        assert (found, linker.asked) == (Linker()(None), asked)  # type: ignore[arg-type]
    again = found.unsure[0].why
    first = Linker()(None).unsure[0].why  # type: ignore[arg-type]
    assert (
        [(w.message, dict(w.parts), w.many, w.n) for w in again[1:]]
        == [  # type: ignore[attr-defined]
            (w.message, dict(w.parts), w.many, w.n)
            for w in first[1:]  # type: ignore[attr-defined]
        ]
    )


@pytest.mark.parametrize("kind", kinds())
def test_only_what_linking_reads_relinks(path: Path, kind: str) -> None:
    """Of every kind: what is recorded and taken back leaves who is who as it was worked out, unless linking reads the kind."""
    linker = Linker()
    prop = next(name for name, one in kinds()[kind].properties.items() if one.type == "text")
    with opened(path) as ledger:
        ledger.who_is_who(linker, "1", READS)
        (one,) = ledger.append([a_draft("said", prop, subject=f"{kind}:list-1:row3")], recorded=NOON, recorder="k")
        ledger.who_is_who(linker, "1", READS)
        assert linker.asked == 1 + (kind in READS)
        back = a_draft(None, prop, subject=one.subject, retracts=one.id, reason="a slip")
        ledger.append([back], recorded=NOON, recorder="k")
        ledger.who_is_who(linker, "1", READS)
        assert linker.asked == 1 + 2 * (kind in READS)


@pytest.mark.parametrize("harm", [b"", b"no mark", b"x\n{}", None])
def test_what_is_damaged_or_forged_is_worked_out_anew(path: Path, harm: bytes | None) -> None:
    linker = Linker()
    with opened(path) as ledger:
        ledger.who_is_who(linker, "1", READS)
        file = path.with_name("ledger.sqlite-cache") / "who"
        file.write_bytes(file.read_bytes().replace(b"C-1", b"C-9") if harm is None else harm)
        assert ledger.who_is_who(linker, "1", READS) == linker(None)  # type: ignore[arg-type]
        assert linker.asked == 3


def test_that_of_another_book_is_not_taken(path: Path, tmp_path: Path) -> None:
    linker = Linker()
    with opened(path) as ledger:
        ledger.who_is_who(linker, "1", READS)
    with open_ledger(tmp_path / "other.sqlite", create=True, cache=tmp_path / "ledger.sqlite-cache") as other:
        other.append([a_draft()], recorded=NOON, recorder="k")
        other.who_is_who(linker, "1", READS)
    assert linker.asked == 2


def test_verifying_and_erasing_throw_it_away(path: Path) -> None:
    linker, file = Linker(), path.with_name("ledger.sqlite-cache")
    with opened(path) as ledger:
        ledger.who_is_who(linker, "1", READS)
        assert SECRET.encode() in kept(path)
        assert ledger.verify(trust=ANYBODY) == ()
        assert not file.exists()
        ledger.who_is_who(linker, "1", READS)
        tombstone = Draft(subject="tombstone:1", prop="erased", value="person", source="k")
        ledger.erase([1], [tombstone], names=[], entries=[], recorded=NOON, recorder="k")
        assert SECRET.encode() not in kept(path)


def test_under_a_passphrase_it_is_sealed_and_what_was_plain_is_gone(path: Path) -> None:
    linker = Linker()
    with opened(path) as ledger:
        ledger.who_is_who(linker, "1", READS)
        ledger.lock(WORD, linker, Cost(n=2))
        assert SECRET.encode() not in kept(path)
    asked = linker.asked
    for _ in range(2):
        with opened(path, WORD) as ledger:
            assert ledger.who_is_who(linker, "1", READS) == Linker()(None)  # type: ignore[arg-type]
    assert linker.asked == asked + 1
    assert SECRET.encode() not in kept(path)
    with opened(path) as ledger:
        assert [p.id for p in ledger.remembered().persons] == ["C-1", "C-2"]


def test_a_folder_in_the_way_keeps_nothing(path: Path) -> None:
    path.with_name("ledger.sqlite-cache").write_text("in the way", encoding="ascii")
    linker = Linker()
    with opened(path) as ledger:
        for _ in range(2):
            assert ledger.who_is_who(linker, "1", READS).persons
    assert linker.asked == 2
