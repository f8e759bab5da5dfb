"""Erase a person or a source, and find where what was erased still lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from habeas.errors import UsageError
from habeas.ledger import Ledger
from habeas.nouns import (
    Book,
    Case,
    Draft,
    Keeper,
    Statement,
)
from habeas.pipeline.copies import Place, copies
from habeas.pipeline.inputs import SEALED, discard_half_made
from habeas.pipeline.people import keep_who, linker
from habeas.pipeline.steps import one_step
from habeas.vocabulary import property_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did, and by what `still_held` finds where it still lies: names and addresses, and inputs it came from."""

    tombstone: str
    statements: int
    texts: tuple[str, ...]
    files: tuple[str, ...]


@one_step
def erase_person(book: Book, ledger: Ledger, case: Case, *, reason: str, now: datetime) -> Erased:
    """Erase a person: every statement ever made of the entries of a case, and what names the person elsewhere.

    Decisions on the entries go too, and the sources that nothing else rests on. Tell the reader what is still outside
    the ledger: nothing outside it is changed.

    Raises:
        UsageError: there is nothing to erase.
    """
    history = ledger.history(Keeper)
    entries = set(case.mentions)
    names = {s.value for s in history if s.subject in entries and s.prop == "name" and s.value is not None}
    names |= {s.original for s in history if s.subject in entries and s.prop == "name" and s.original is not None}
    named = ledger.naming(names)
    subjects = {s.subject for s in history if s.subject in entries or s.value in entries or _names(s, named)}
    subjects = {s for s in subjects if not s.startswith("list:")}
    return _erase(
        book, ledger, history, subjects, "person", names=names, texts=names, entries=entries, reason=reason, now=now
    )


@one_step
def erase_source(book: Book, ledger: Ledger, url: str, *, reason: str, now: datetime) -> Erased:
    """Erase a source: what it said, and that it was ever a source.

    Raises:
        UsageError: no source of the book has that address.
    """
    history = ledger.history(Keeper)
    sources = {s.subject for s in history if s.kind == "source" and s.prop == "url" and s.value == url}
    if not sources:
        raise UsageError("no source of this book has that address; `habeas ask case NAME --statements` shows them")
    return _erase(
        book, ledger, history, sources, "source", names=(), texts=(url,), entries=sources, reason=reason, now=now
    )


def _names(statement: Statement, named: Callable[[str], bool]) -> bool:
    return any(named(text) for text in (statement.value, statement.original, statement.reason) if text)


def _lost(history: tuple[Statement, ...], subjects: set[str]) -> list[Statement]:
    """What the subjects say and what rests on them alone."""
    # What was said of a verdict goes with it.
    subjects = subjects | {s.subject for s in history if s.kind == "remark" and s.value in subjects}
    lost = [s for s in history if s.subject in subjects or s.source in subjects]
    seqs = {s.seq for s in lost}
    return lost + _orphans([s for s in history if s.seq not in seqs], {s.source for s in lost})


def _orphans(left: list[Statement], sources: set[str]) -> list[Statement]:
    """What is left of sources that nothing left rests on: they may name the person in their address."""
    orphans = sources - {s.source for s in left if s.kind != "source"}
    return [s for s in left if s.subject in orphans and s.kind == "source"]


def _erase(
    book: Book,
    ledger: Ledger,
    history: tuple[Statement, ...],
    subjects: set[str],
    what: str,
    *,
    names: Iterable[str],
    texts: Iterable[str],
    entries: Iterable[str],
    reason: str,
    now: datetime,
) -> Erased:
    discard_half_made(book)
    lost = _lost(history, subjects)
    tombstone = f"tombstone:{ledger.make_id('tombstone', now.isoformat())}"
    said = {
        "erased": what,
        "statements": str(len(lost)),
        "by": book.recorder,
        "on": now.date().isoformat(),
        "reason": reason,
    }
    drafts = [
        Draft(
            subject=tombstone,
            prop=prop,
            value=value,
            source=f"person:{book.recorder}",
            place="erased in habeas",
            visibility=property_of("tombstone", prop).visibility,
        )
        for prop, value in said.items()
        if value
    ]
    seqs, by = [s.seq for s in lost], book.recorder
    ledger.erase(seqs, drafts, names=names, entries=entries, recorded=now, recorder=by, linker=linker(book))
    keep_who(book, ledger)
    read_from = dict.fromkeys(p for p in (s.place.partition(" row ")[0] for s in lost) if p)
    return Erased(tombstone=tombstone, statements=len(lost), texts=tuple(texts), files=tuple(read_from))


def still_held(book: Book, ledger: Ledger, texts: Iterable[str] = (), files: Iterable[str] = ()) -> tuple[Place, ...]:
    """Where somebody who was erased still lies in the book or in git, and what cannot be looked into.

    Args:
        texts: names and addresses of one person or source; without them, of everybody who was ever erased.
        files: inputs from which something was read of them.
    """
    given = tuple(texts)
    gone = ledger.naming(given) if given else ledger.suppression().named_in
    if not given and not ledger.suppression():
        return ()
    found = copies(book, ledger, lambda text: any(one in text for one in given) or gone(text))
    there = [Place(name=n) for p in files for n in (p, p + SEALED) if (book.folder / n).is_file()]
    held = dict.fromkeys((*there, *found))
    return tuple(place for place in held if place.looked or Place(name=place.name) not in held)
