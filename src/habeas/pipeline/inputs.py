"""The kept inputs of a book: taken as they lie, plain or sealed; sealed in place, and given back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from habeas.archive import capture
from habeas.errors import CaptureError, LedgerLocked, UsageError
from habeas.ledger import Ledger
from habeas.making import discard_left, write_whole
from habeas.nouns import Book, Capture, Keeper, Public, Statement
from habeas.pipeline.people import who_is_who

TEXTS = (".csv", ".tsv", ".txt", ".md", ".html", ".json")
ARTICLES = (".txt", ".html", ".htm", ".pdf", ".docx")
FOLDERS = ("lists", "events", "articles", "sources")
SEALED = ".sealed"


def _context(name: str) -> bytes:
    """A sealed input is opened under its own name only, so that none can be put in another's place."""
    return b"input " + name.encode("utf-8")


def _beside(path: Path) -> Path:
    return path.with_name(path.name + SEALED)


def take(book: Book, ledger: Ledger, path: Path) -> tuple[Capture, bytes]:
    """The bytes of an input, and the record of them, also where it lies sealed.

    Raises:
        CaptureError: it cannot be read, was changed since it was sealed, or lies there both plain and sealed.
        LedgerLocked: it is sealed, and the book is locked.
    """
    place = (book.folder / path).resolve()
    place = place.with_name(place.name.removesuffix(SEALED))
    sealed = _beside(place)
    if not sealed.is_file():
        return capture(path, folder=book.folder)
    if place.exists():
        raise CaptureError(f"{place.name} lies there both plain and sealed; delete the one that is out of date")
    taken, data = capture(sealed, folder=book.folder)
    opened = _opened(ledger, data, place.name)
    shown = taken.path.with_name(place.name)
    return Capture(path=shown, sha256=hashlib.sha256(opened).hexdigest(), size=len(opened)), opened


def content(ledger: Ledger, path: Path) -> bytes | None:
    """What a file of the book holds; of a sealed input what is sealed. None where it cannot be read or opened."""
    try:
        data = path.read_bytes()
        if not path.name.endswith(SEALED):
            return data
        return None if ledger.vault is None else ledger.vault.open(data, _context(path.name.removesuffix(SEALED)))
    except (OSError, ValueError):
        return None


def _opened(ledger: Ledger, data: bytes, name: str) -> bytes:
    if ledger.vault is None:
        raise CaptureError(f"{name}{SEALED} was sealed in a book with a passphrase, and this one has none")
    try:
        return ledger.vault.open(data, _context(name))
    except ValueError:
        raise CaptureError(
            f"{name}{SEALED} cannot be opened: it was changed, renamed, or sealed in another book; restore it"
        ) from None


def sealed_events(book: Book, ledger: Ledger) -> dict[str, bytes]:
    """The events files that lie sealed, by their plain name."""
    folder = Path("events")
    names = [p.name.removesuffix(SEALED) for p in sorted((book.folder / folder).glob(f"*{SEALED}"))]
    return {name: take(book, ledger, folder / name)[1] for name in names}


def discard_half_made(book: Book) -> None:
    """Throw away what commands that were killed left half made in the book: it may hold what was erased since."""
    for folder, below, _ in os.walk(book.folder):
        discard_left(Path(folder))
        below[:] = [name for name in below if not name.startswith(".")]


def article_paths(book: Book) -> tuple[Path, ...]:
    """The articles of the book by name, whether plain or sealed."""
    folder = book.folder / "articles"
    there = {p.with_name(p.name.removesuffix(SEALED)) for p in folder.glob("*") if p.is_file()}
    return tuple(sorted(p for p in there if p.suffix.lower() in ARTICLES and not p.name.startswith(".")))


def plain_inputs(book: Book, ledger: Ledger) -> tuple[str, ...]:
    """The inputs that hold what the public may not see, and lie there in plain.

    Of lists and events it is known by what was read from them; an article or a source that is text is looked through for
    the names and addresses that are kept back.
    """
    who = who_is_who(book, ledger)
    history = ledger.history(Keeper)
    public = {s.id: s for s in ledger.history(Public, who)}
    values = {(s.subject, s.value) for s in public.values() if s.value is not None}
    found = {s.place.partition(" row ")[0] for s in history if public.get(s.id) != s and not _told(s, values)}
    found = {name for name in found if name and (book.folder / name).is_file() and name.partition("/")[0] in FOLDERS}
    return tuple(sorted({*found, *_texts_with(ledger.kept_back(who), book)}))


def _texts_with(kept_back: Callable[[str], bool], book: Book) -> Iterator[str]:
    """The articles and sources that are text and have a line that is kept back."""
    for folder in ("articles", "sources"):
        for path in sorted((book.folder / folder).rglob("*")):
            if path.is_file() and path.suffix.lower() in TEXTS:
                text = path.read_text(encoding="utf-8", errors="replace")
                if any(kept_back(line) for line in text.splitlines()):
                    yield path.relative_to(book.folder).as_posix()


def _told(statement: Statement, public: Collection[tuple[str, str | None]]) -> bool:
    """True where what is kept back is our own note of the file, or stands in another public value of the row."""
    return statement.prop == "capture" or (statement.prop == "key" and (statement.subject, statement.value) in public)


def seal_input(book: Book, ledger: Ledger, path: Path) -> Path:
    """Seal an input in place, as NAME.sealed; the plain file is overwritten and deleted once the sealed one is safe.

    Raises:
        UsageError: it is no input of this book, or sealed already.
        CaptureError: it cannot be read.
        LedgerLocked: the book is locked, or has no passphrase.
    """
    place = _inside(book, path)
    vault = ledger.vault
    if vault is None:
        raise LedgerLocked("the book has no passphrase; `habeas lock` sets one")
    if place.name.endswith(SEALED):
        raise UsageError(f"{place.name} is sealed already")
    _, data = capture(place, folder=book.folder)
    target = _beside(place)
    if target.exists():
        raise UsageError(f"{target.name} is there already; delete the one of the two that is out of date")
    write_whole(target, vault.seal(data, _context(place.name)))
    with place.open("r+b") as stream:
        stream.write(b"\0" * len(data))
        stream.flush()
        os.fsync(stream.fileno())
    place.unlink()
    return target


def unseal_input(book: Book, ledger: Ledger, path: Path) -> Path:
    """Give a sealed input back to work on, in plain, in place of the sealed file.

    Raises:
        UsageError: it is no input of this book, or the plain file is there already.
        CaptureError: it cannot be read or opened.
        LedgerLocked: the book is locked.
    """
    if ledger.vault is None:
        raise LedgerLocked("the book has no passphrase: nothing in it is sealed")
    place = _inside(book, path)
    place = place.with_name(place.name.removesuffix(SEALED))
    if place.exists():
        raise UsageError(f"{place.name} lies there in plain already")
    _, data = capture(_beside(place), folder=book.folder)
    write_whole(place, _opened(ledger, data, place.name))
    _beside(place).unlink()
    return place


def _inside(book: Book, path: Path) -> Path:
    """The input meant: as named from here, else from the book's folder."""
    here = path.resolve()
    place = here if here.is_relative_to(book.folder.resolve()) else (book.folder / path).resolve()
    known = place.is_relative_to(book.folder.resolve())
    if not known or place.relative_to(book.folder.resolve()).parts[0] not in FOLDERS:
        raise UsageError(f"{path.name} is no input of this book; inputs lie in {', '.join(f'{f}/' for f in FOLDERS)}")
    return place
