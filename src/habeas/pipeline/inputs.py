"""The kept inputs of a book: taken as they lie, plain or sealed; sealed in place, and given back."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from habeas.archive import capture
from habeas.errors import CaptureError, LedgerLocked, UsageError
from habeas.ledger import Ledger
from habeas.making import discard_left, write_whole
from habeas.nouns import Book, Capture

ARTICLES = (".txt", ".html", ".htm", ".pdf", ".docx")
PLAIN = ("book.toml", "words.csv")  # read before the passphrase is given
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


def is_kept_plain(book: Book, path: Path) -> bool:
    """Whether a file of the book is none that may be sealed: what opens the book, its record, its site, and hidden files."""
    parts = path.resolve().relative_to(book.folder.resolve()).parts
    ours = parts[0] == book.ledger.name or parts[0].startswith(f"{book.ledger.name}-")
    return ours or parts[0] in (*PLAIN, "site", "stamps") or any(part.startswith(".") for part in parts)


def _inside(book: Book, path: Path) -> Path:
    """The file meant: as named from here, else from the book's folder."""
    here = path.resolve()
    folder = book.folder.resolve()
    place = here if here.is_relative_to(folder) else (book.folder / path).resolve()
    if not place.is_relative_to(folder) or is_kept_plain(book, place):
        raise UsageError(f"{path.name} is no input of this book that can be sealed")
    return place
