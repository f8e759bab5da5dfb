"""Write a whole folder or nothing: it is made beside its place, then exchanged with what lies there.

A file that is to hold what it held before is not written again: the one that lies there moves along, with its time of
change, so that whoever copies the folder on copies only what is new.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

from habeas.errors import PublishError
from habeas.making import making, swap

# A folder with this file in it was written by us and may be replaced; any other folder with content may not.
MARKER = "habeas-site.txt"
# What we wrote there; anything else is somebody's own and stops us.
MANIFEST = "habeas-files.txt"

_ANEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)

Put = Callable[[str, bytes], str]  # keeps one file of the folder in the making, from any process; gives its name back


def write_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> tuple[Path, ...]:
    """Write `files` (path with `/`, bytes) as the whole content of `folder`; the rest is said at `fill_folder`."""
    return fill_folder(folder, lambda put: (put(name, content) for name, content in files))


def fill_folder(folder: Path, fill: Callable[[Put], Iterable[str]]) -> tuple[Path, ...]:
    """Write what `fill` puts, by path with `/`, as the whole content of `folder` and return its paths in order.

    `fill` gives back the name of each file that it has put. What an earlier run left there is gone afterwards. If
    anything fails on the way, the folder stays as it was.

    Raises:
        PublishError: the folder holds something else than a site, or it cannot be written.
    """
    _check(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with making(folder) as fresh:
            fresh.mkdir()
            put = _Folder(fresh, folder).put
            written = list(fill(put))
            written.append(put(MANIFEST, "".join(f"{name}\n" for name in sorted(written)).encode("utf-8")))
            fresh.chmod(0o755)  # a site is for everybody
            swap(fresh, folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return tuple(folder / name for name in sorted(written, key=lambda name: name.split("/")))


def _check(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise PublishError(f"{folder} is not a folder: name a new or an empty folder for the site")
    if folder.is_dir() and not any((folder / m).is_file() for m in (MARKER, MANIFEST)) and any(folder.iterdir()):
        held = sorted(p.name for p in folder.iterdir())[:3]
        raise PublishError(
            f"{folder.name} holds files that are not ours ({', '.join(held)}): name a new or an empty folder"
        )
    foreign = _foreign(folder)
    if foreign:
        raise PublishError(
            f"{folder.name} holds files that are not ours ({', '.join(foreign[:3])}): move them elsewhere"
        )


def _foreign(folder: Path) -> list[str]:
    """Files in the folder that the last run did not write."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return []
    ours = {MANIFEST, *manifest.read_text(encoding="utf-8").splitlines()}
    return sorted(
        name for p in folder.rglob("*") if p.is_file() and (name := p.relative_to(folder).as_posix()) not in ours
    )


def _write(path: str, content: bytes) -> None:
    """Write a file that is not there yet, with no more calls to the system than it takes: a stream makes twice as many."""
    handle = os.open(path, _ANEW, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
    finally:
        os.close(handle)


class _Folder:
    """A folder in the making, beside the one whose place it takes."""

    def __init__(self, fresh: Path, before: Path) -> None:
        self._fresh, self._before = f"{fresh}/", f"{before}/"
        self._anew = not before.is_dir()
        self._made: set[str] = set()

    def put(self, name: str, content: bytes) -> str:
        place = name.rpartition("/")[0]
        if place not in self._made:
            Path(self._fresh + place).mkdir(parents=True, exist_ok=True)
            self._made.add(place)
        if self._anew or not self._moved_along(name, content):
            _write(self._fresh + name, content)
        return name

    def _moved_along(self, name: str, content: bytes) -> bool:
        """True where the file of that name holds these bytes already, and now stands in the new folder too."""
        before = self._before + name
        try:
            found = os.lstat(before)
            if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
                return False
            if Path(before).read_bytes() != content:
                return False
            os.link(before, self._fresh + name)
        except OSError:  # nothing lies there, or the file system knows no links
            return False
        return True


def _unwritable(folder: Path, error: OSError) -> PublishError:
    why = error.strerror or str(error)
    return PublishError(f"the site could not be written to {folder} ({why}): the folder is as it was before")
