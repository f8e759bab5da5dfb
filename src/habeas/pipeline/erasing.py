"""Erase a person or a source, and say where what was erased still lies."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from habeas.errors import UsageError
from habeas.ledger import Ledger
from habeas.nouns import (
    Book,
    Case,
    Draft,
    Keeper,
    Statement,
)
from habeas.pipeline.inputs import FOLDERS, SEALED, TEXTS, content
from habeas.pipeline.people import keep_who, linker
from habeas.vocabulary import property_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure did, and where what was erased still lies: files of the book, other ledgers, git history."""

    tombstone: str
    statements: int
    places: tuple[str, ...]


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
    return _erase(book, ledger, history, subjects, "person", names=names, entries=entries, reason=reason, now=now)


def erase_source(book: Book, ledger: Ledger, url: str, *, reason: str, now: datetime) -> Erased:
    """Erase a source: what it said, and that it was ever a source.

    Raises:
        UsageError: no source of the book has that address.
    """
    history = ledger.history(Keeper)
    sources = {s.subject for s in history if s.kind == "source" and s.prop == "url" and s.value == url}
    if not sources:
        raise UsageError("no source of this book has that address; `habeas ask case NAME --statements` shows them")
    return _erase(book, ledger, history, sources, "source", names=(), entries=sources, reason=reason, now=now)


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
    entries: Iterable[str],
    reason: str,
    now: datetime,
) -> Erased:
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
    places = (*still_held(book, ledger, tuple(names), lost), *ledger.left)
    return Erased(tombstone=tombstone, statements=len(lost), places=places)


def still_held(book: Book, ledger: Ledger, names: Iterable[str], lost: Iterable[Statement] = ()) -> tuple[str, ...]:
    """Where what was erased still lies: inputs by file, other files that hold a name, and the history of a git repository.

    The ledger's own file was scrubbed; another one in the folder (a copy, one kept by an upgrade) is told of.
    """
    files = dict.fromkeys(p for p in (s.place.partition(" row ")[0] for s in lost) if p)
    found = dict.fromkeys(n for p in files for n in (p, p + SEALED) if (book.folder / n).is_file())
    needles = [n.encode(code) for n in names for code in ("utf-8", "utf-16-le", "cp1251") if _fits(n, code)]
    return (*found, *_files_with(needles, book, ledger, but=found), *_commits(book.folder, names))


def _files_with(needles: Sequence[bytes], book: Book, ledger: Ledger, *, but: Container[str]) -> Iterator[str]:
    """The files of a book, other than its site and ledger, in which one of these texts stands."""
    scrubbed = tuple(ledger.title + ending for ending in ("", "-wal", "-shm"))
    for path in sorted(book.folder.rglob("*")):
        name = path.relative_to(book.folder).as_posix()
        clean = name.startswith("site/") or name in scrubbed
        if path.is_file() and not clean and name not in but:
            data = content(ledger, path)
            if any(needle in data for needle in needles):
                yield name


def inputs_with_erased(book: Book, ledger: Ledger) -> tuple[str, ...]:
    """The text inputs of the book, plain or sealed, that still name somebody who was erased."""
    gone = ledger.suppression()
    found = []
    for folder in FOLDERS:
        for path in sorted((book.folder / folder).rglob("*")):
            if path.is_file() and Path(path.name.removesuffix(SEALED)).suffix.lower() in TEXTS:
                lines = content(ledger, path).decode("utf-8", "replace").splitlines()
                if any(gone.named_in(line) for line in (path.name, *lines)):
                    found.append(path.relative_to(book.folder).as_posix())
    return tuple(found)


def _fits(name: str, code: str) -> bool:
    try:
        name.encode(code)
    except UnicodeEncodeError:
        return False
    return True


def _commits(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """The commits of a git repository around the book that added or removed a name."""
    git = shutil.which("git")
    if git is None:
        return ()
    commits: dict[str, None] = {}
    for name in names:
        asked = [git, "-C", str(folder), "log", "--all", "--format=%h", "-S", name, "--", "."]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 -- our own arguments
        commits |= dict.fromkeys(done.stdout.split())
    return (f"git history: commits {', '.join(commits)}",) if commits else ()
