"""Whatever two commands record at once, the record is what one after the other gives, on every store."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from habeas.errors import UsageError
from habeas.ledger import Ledger, open_ledger
from habeas.nouns import Draft, Keeper, Public
from habeas.pipeline import build, casebook, erase_person, publish, take_in
from habeas.readers import load_book
from tests.cli.conftest import HELD, book
from tests.conftest import BUILT_AT
from tests.contract.conftest import Kind, Make, Place
from tests.ledger.conftest import ANYBODY, NOON, a_draft

__all__ = ["book"]

CLOCKS = ("options", "keeping", "trust", "restricting", "people", "deciding", "checking", "rechecking")
MORE = "4,Placeholder Alphaev,2021-02-03,1980-04-05,\n5,Placeholder Deltaev,2022,,\n"
# Commands that read the record and then add to it; `build` and `read` have a list that has grown since.
VERBS = {
    "build": ["build"],
    "read": ["read"],
    "decide same": ["decide", "same", "Specimen Betaev", "Exemplar Gammaev", "--reason", "one person"],
    "decide tier": ["decide", "tier", "Specimen Betaev", "confirmed", "--reason", "seen"],
    "link --same": ["link", "--same", "{Betaev}", "{Gammaev}"],
    "match --record": ["match", "{names}", "--record", "BY-2023-06-01"],
    "restrict": ["restrict", "Exemplar Gammaev", "--to", "team", "--reason", "asked", "--review-on", "2027"],
    "restrict --to public": ["restrict", "Placeholder Alphaev", "--to", "public", "--reason", "asked"],
    "undo": ["undo", "1", "--reason", "typed wrongly"],
    "erase": ["erase", "Specimen Betaev", "--reason", "asked", "--yes"],
    "check --sign": ["check", "{article}", "--sign", "Editor"],
}


def habeas(arguments: list[str], place: str, keys: str, barrier: Any = None) -> int:
    """Run a command in this process; with a barrier, wait for the other one when all is read and the writing begins."""
    os.environ["HABEAS_KEYS"], os.environ["HABEAS_LEDGER"] = keys, place
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["habeas", *arguments])
        for module in CLOCKS:
            patch.setattr(f"habeas.cli.{module}.now", lambda: BUILT_AT, raising=module == "options")
        if barrier is not None:
            for verb in ("append", "erase"):
                patch.setattr(Ledger, verb, _after_both_have_read(getattr(Ledger, verb), barrier))
        from habeas.cli import main

        with pytest.raises(SystemExit) as leaving:
            main()
    assert isinstance(leaving.value.code, int)
    return leaving.value.code


def _after_both_have_read(verb: Callable[..., Any], barrier: Any) -> Callable[..., Any]:
    def waits(self: Ledger, drafts: Any, *more: Any, **named: Any) -> Any:
        drafts = list(drafts)
        if drafts and not waited:
            waited.append(True)
            with suppress(threading.BrokenBarrierError):  # the other has nothing to write
                barrier.wait(20)
        return verb(self, drafts, *more, **named)

    waited: list[bool] = []
    return waits


def _child(arguments: list[str], place: str, keys: str, barrier: Any) -> None:
    sys.exit(habeas(arguments, place, keys, barrier))


def said(place: Place) -> Counter[tuple[Any, ...]]:
    """What is on record, and how often, without the order in which it came."""
    names = [f.name for f in fields(Draft) if f.name != "retracts"]
    with open_ledger(place) as ledger:
        history = ledger.history(Keeper)
        known = {s.id: s for s in history}

        def told(s: Any) -> tuple[Any, ...]:
            return tuple(getattr(s, name) for name in names)

        assert ledger.verify(trust=ANYBODY) == ()
        return Counter((*told(s), told(known[s.retracts]) if s.retracts in known else s.retracts) for s in history)


@pytest.fixture
def copies(kind: Kind, tmp_path: Path) -> Callable[[Path], tuple[str, str]]:
    """The record of a book at two places of this kind."""

    def made(ledger: Path) -> tuple[str, str]:
        places = kind.place("one"), kind.place("other")
        for place in places:
            with open_ledger(ledger) as source:
                source.copy(place)
        return str(places[0]), str(places[1])

    return made


@pytest.mark.parametrize("verb", VERBS)
def test_two_commands_at_once_record_what_one_after_the_other_does(
    verb: str, book: Path, tmp_path: Path, copies: Callable[[Path], tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HABEAS_KEYS", "HABEAS_LEDGER"):
        monkeypatch.setenv(name, "")  # given back as it was
    keys, start = str(tmp_path / "keys"), str(tmp_path / "start.sqlite")
    assert habeas(["build", "-b", str(book)], start, keys) == 0
    if verb == "restrict --to public":
        first = ["restrict", "Placeholder Alphaev", "--to", "team", "--reason", "asked", "--review-on", "2027"]
        assert habeas([*first, "-b", str(book)], start, keys) == 0
    (book / "lists" / "held.csv").write_text(HELD.replace("2022-01,", "2022-02,") + MORE, encoding="utf-8")
    (tmp_path / "names.txt").write_text("Specimen Betaev\nSpecimen Epsilonov\n", encoding="utf-8")
    with open_ledger(Path(start)) as ledger:
        cases = casebook(load_book(book), ledger, Keeper).cases.values()  # type: ignore[type-var]
    ids = {case.label.rpartition(" ")[2]: case.id for case in cases}
    given = {**ids, "names": tmp_path / "names.txt", "article": book / "articles" / "one.txt"}
    arguments = [part.format(**given) for part in VERBS[verb]]
    in_turn, at_once = copies(Path(start))
    folders = [str(shutil.copytree(book, tmp_path / name)) for name in ("first", "second")]
    codes = [habeas([*arguments, "-b", folder], in_turn, keys) for folder in folders]
    assert codes[0] == 0
    context = get_context("spawn")
    barrier = context.Barrier(2)
    both = [
        context.Process(target=_child, args=([*arguments, "-b", folder], at_once, keys, barrier)) for folder in folders
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(120)
    assert sorted(one.exitcode or 0 for one in both) == sorted(codes)
    assert said(at_once) == said(in_turn)


def test_two_first_builds_at_once_record_what_one_does(
    book: Path, tmp_path: Path, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HABEAS_KEYS", "HABEAS_LEDGER"):
        monkeypatch.setenv(name, "")
    keys, alone, at_once = str(tmp_path / "keys"), str(kind.place("one")), str(kind.place("other"))
    assert habeas(["build", "-b", str(book)], alone, keys) == 0
    context = get_context("spawn")
    barrier = context.Barrier(2)
    both = [
        context.Process(
            target=_child, args=(["build", "-b", str(shutil.copytree(book, tmp_path / name))], at_once, keys, barrier)
        )
        for name in ("first", "second")
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(120)
    assert [one.exitcode for one in both] == [0, 0]
    assert said(at_once) == said(alone)


def test_a_step_begins_again_where_somebody_else_recorded_something(make: Make) -> None:
    one, other = make(), make()
    seen = []

    def work() -> int:
        seen.append(len(one.view(Keeper).statements))
        if len(seen) < 3:
            other.append([a_draft(f"Person {len(seen)}")], recorded=NOON, recorder="k")
        one.step(partial(one.append, [a_draft("Person A")], recorded=NOON, recorder="k"))  # part of this step
        one.append([a_draft("Person B")], recorded=NOON, recorder="k")
        return len(seen)

    assert one.step(work) == 3
    assert seen == [0, 1, 2]
    assert [s.value for s in one.view(Keeper).statements] == ["Person 1", "Person 2", "Person A", "Person B"]
    with pytest.raises(UsageError, match="as it was"):
        one.step(_refuse)
    assert one.append([a_draft("Person C")], recorded=NOON, recorder="k")[0].seq == 5
    assert one.verify(trust=ANYBODY) == ()


def _refuse() -> None:
    raise UsageError("as it was")


def test_a_build_does_not_bring_back_whom_another_program_erases_meanwhile(make: Make, book: Path) -> None:
    mine, theirs = make(), make()
    take_in(load_book(book), mine, now=BUILT_AT)
    (book / "lists" / "held.csv").write_text(HELD + "77,Betaev Specimen,2022,,\n", encoding="utf-8")
    erased = []

    def meanwhile(stage: str) -> None:
        if stage == "reading events" and not erased:  # the list is read
            cases = casebook(load_book(book), theirs, Keeper)  # type: ignore[type-var]
            case = next(c for c in cases.cases.values() if c.label == "Specimen Betaev")
            erased.append(erase_person(load_book(book), theirs, case, reason="asked", now=BUILT_AT))

    take_in(load_book(book), mine, now=BUILT_AT, progress=meanwhile)
    assert len(erased) == 1
    assert not any("Betaev" in (s.value or "") for s in mine.view(Keeper).statements)


def test_a_site_does_not_show_whom_another_program_erases_while_it_is_written(make: Make, book: Path) -> None:
    mine, theirs = make(), make()
    take_in(load_book(book), mine, now=BUILT_AT)
    stages: list[str] = []

    def meanwhile(stage: str) -> None:
        stages.append(stage)
        if stages.count("writing the site") == 1 and stage == "writing the site":
            cases = casebook(load_book(book), theirs, Keeper)  # type: ignore[type-var]
            case = next(c for c in cases.cases.values() if c.label == "Specimen Betaev")
            erase_person(load_book(book), theirs, case, reason="asked", now=BUILT_AT)
        elif stage == "writing the site":  # what takes nothing away keeps nobody from publishing
            theirs.append([a_draft("Person A")], recorded=BUILT_AT, recorder="k")

    made = publish(load_book(book), mine, progress=meanwhile)
    assert stages.count("writing the site") == 2
    assert not [p.name for p in made.files if b"Betaev" in p.read_bytes()]


def test_who_reads_does_not_wait_for_a_step(make: Make, kind: Kind) -> None:
    one, other = make(), make()

    def work() -> int:
        one.append([a_draft("Person A")], recorded=NOON, recorder="k")
        return len(other.view(Public).statements)

    assert one.step(work) == 1


def test_a_book_is_built_again_as_it_was(book: Path, kind: Kind) -> None:
    """A step leaves no trace: the second build adds nothing."""
    built = [build(load_book(book), now=BUILT_AT, place=kind.place()).added for _ in range(2)]
    assert built[1] == 0 < built[0]
