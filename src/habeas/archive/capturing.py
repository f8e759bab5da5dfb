"""Take the bytes of a file once, and remember what they were."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from habeas.errors import CaptureError
from habeas.nouns import Capture

LIMIT = 200_000_000


def capture(path: Path, *, folder: Path, limit: int = LIMIT) -> tuple[Capture, bytes]:
    """The bytes of a file and the record of them; `path` may be relative to the book's `folder`.

    Everything read later is read from these bytes, so that what was hashed is what was understood. The path kept is
    relative to the book; of a file outside the book only the name is kept, since a path can name a person's machine.

    Raises:
        CaptureError: the file is missing, a folder, empty, larger than `limit` bytes, or may not be read.
    """
    place = folder / path
    shown = _within(place, folder)
    try:
        if not place.exists():
            raise CaptureError(f"there is no file {shown}; check the name and the folder")
        if place.is_dir():
            raise CaptureError(f"{shown} is a folder, not a file; name the file inside it")
        if not place.is_file():
            raise CaptureError(f"{shown} is not an ordinary file; copy its content into one")
        with place.open("rb") as stream:
            data = stream.read(limit + 1)
    except PermissionError:
        raise CaptureError(f"{shown} may not be read: no permission; change the rights of the file") from None
    except (OSError, ValueError) as fault:
        raise CaptureError(f"{shown} cannot be read: {getattr(fault, 'strerror', None) or fault}") from None
    if len(data) > limit:
        raise CaptureError(f"{shown} is larger than {limit:,} bytes; split it into several files")
    if not data:
        raise CaptureError(f"{shown} is empty (0 bytes): there is nothing in it to read")
    return Capture(path=Path(shown), sha256=hashlib.sha256(data).hexdigest(), size=len(data)), data


def _within(place: Path, folder: Path) -> PurePosixPath:
    """The path relative to the book, with forward slashes on every system."""
    try:
        return PurePosixPath(place.resolve().relative_to(folder.resolve()).as_posix())
    except (OSError, ValueError):
        return PurePosixPath(place.name)
