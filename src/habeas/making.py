"""What is being made: in a folder of its own beside its place, put there whole, thrown away where its maker died.

Whoever makes something may be killed at any moment, and what was half made holds what the whole was to hold. So each
such folder has a lock, held for as long as its maker lives: the system lets go of it when the process ends, however it
ends, and no number of a process that came later is taken for it. The lock is SQLite's, on an empty file: it works
wherever a ledger does. Whoever makes something in a place first throws away what the dead left half made there.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

_FOLDER = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{8}\.part")
_LOCK, _BEFORE = ".lock", ".before"


@contextmanager
def making(place: Path) -> Iterator[Path]:
    """Where to make what is to lie at `place`: a path of that name in a folder of its own; what is left in it is thrown away.

    Raises:
        OSError: nothing can be made there.
    """
    discard_left(place.parent)
    folder, lock = _folder(place)
    with closing(lock):
        try:
            yield folder / place.name
        finally:
            _discard(folder)


def write_whole(place: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write one file whole or not at all: what lay there stays as it was where writing fails.

    Raises:
        OSError: it cannot be written.
    """
    with making(place) as made:
        handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        made.replace(place)


def swap(made: Path, place: Path) -> None:
    """Put a folder that was made in the place of the one that lies there; where that fails, that one is put back.

    Raises:
        OSError: it cannot be put there.
    """
    before = made.with_name(_BEFORE)
    while True:
        with suppress(FileNotFoundError):
            place.rename(before)
        try:
            made.rename(place)
        except OSError:
            if place.exists():  # another process was faster, and this one is later
                shutil.rmtree(before, ignore_errors=True)
                continue
            if before.exists():
                before.rename(place)
            raise
        return


def half_made(folder: Path) -> Iterator[Path]:
    """What is half made in a folder, by the living and by the dead."""
    with suppress(OSError):
        yield from (path for path in sorted(folder.glob(".*.part")) if _FOLDER.fullmatch(path.name) and path.is_dir())


def discard_left(folder: Path) -> None:
    """Throw away what the dead left half made in a folder; what the living make stays, and what cannot be deleted."""
    for left in half_made(folder):
        lock = None if left.is_symlink() else _locked(left)
        if lock is None:
            continue
        with closing(lock), suppress(OSError):
            _put_back(left)
            _discard(left)


def _put_back(left: Path) -> None:
    """Put back the folder that lay in the place of one being made, where its maker died while exchanging the two."""
    found = _FOLDER.fullmatch(left.name)
    place = left.with_name(found["name"]) if found is not None else left
    if (left / _BEFORE).is_dir() and not place.exists():
        (left / _BEFORE).rename(place)


def _folder(place: Path) -> tuple[Path, sqlite3.Connection]:
    """A new folder beside a place, for this user alone and out of git, and the lock on it."""
    for _ in range(8):
        folder = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
        folder.mkdir(mode=0o700)
        lock = _locked(folder)
        # Before it was locked, another process may have taken it for a dead one's.
        if lock is not None and (folder / _LOCK).exists():
            (folder / ".gitignore").write_text("*\n", encoding="ascii")
            return folder, lock
        if lock is not None:
            lock.close()
        _discard(folder)
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


def _locked(folder: Path) -> sqlite3.Connection | None:
    """The lock on a folder; None where somebody holds it, or none can be had."""
    try:
        lock = sqlite3.connect(folder / _LOCK, timeout=0, isolation_level=None, check_same_thread=False)
    except sqlite3.Error:
        return None
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        lock.close()
        return None
    return lock


def _discard(folder: Path) -> None:
    """Delete a folder, its lock last: what is half deleted is still a dead one's."""
    with suppress(OSError):  # a system that deletes no open file leaves an empty folder for the next one
        for path in folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != _LOCK:
                path.unlink(missing_ok=True)
        (folder / _LOCK).unlink(missing_ok=True)
        folder.rmdir()
