"""Many pages to bytes: on all cores, and none anew that an earlier run has made of the same.

What a page was made of (its nouns, the templates, the catalogues, what every page shows) is kept as one hash, beside the
hash of its bytes, in a file next to the site that is never published. A page of the earlier site is taken over only
where both still hold: nobody's edit of a published file outlives the next run.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from habeas.publish.shelf import Page

_CHUNK = 64  # pages handed to a core at once
_WORTH_IT = 400  # pages from which on it is worth beginning other processes
Marks = dict[str, tuple[str, str]]  # by path: what the file was made of, and what is in it


class Earlier:
    """The site that lies in the folder, and the one in the making: what may be taken over, and what to remember."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder.with_name(f".{folder.name}.pages.json")
        self._made: Marks = {}
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
            self._known: Marks = {path: (made, held) for path, (made, held) in found.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            self._known = {}

    def taken_over(self, path: str, made_of: str) -> bytes | None:
        """The bytes of a file that was made of the same and is as we wrote it, or None."""
        made, held = self._known.get(path, ("", ""))
        if not made_of or made != made_of:
            return None
        try:
            content = self._folder.joinpath(*path.split("/")).read_bytes()
        except OSError:
            return None
        return content if _hash(content) == held else None

    def remember(self, path: str, made_of: str, content: bytes) -> None:
        self._made[path] = (made_of, _hash(content))

    def keep(self) -> None:
        """Keep the marks for the next run; where they cannot be kept it makes everything anew."""
        try:
            self._file.write_text(json.dumps(self._made), encoding="utf-8", newline="\n")
        except OSError:
            self._file.unlink(missing_ok=True)


def _hash(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()


@cache
def _program() -> bytes:
    """One hash of all that pages are rendered by: templates, catalogues, and the code of both."""
    found = hashlib.blake2b(digest_size=16)
    for package in ("habeas.publish", "habeas.languages", "habeas.nouns"):
        for path in sorted(Path(str(files(package))).rglob("*")):
            if path.suffix in (".py", ".j2", ".po"):
                found.update(path.name.encode() + path.read_bytes())
    return found.digest()


def made_of(page: Page, about: object) -> str:
    """The hash of all that a page is made of; `about` is what every page shows (the book, the day as known)."""
    nouns = pickle.dumps((page.path, page.template, page.title, dict(page.context), about), protocol=5)
    return hashlib.blake2b(_program() + nouns, digest_size=12).hexdigest()


File = tuple[str, bytes, str]  # path, bytes, what it was made of
# What forked processes work on; set before they begin, so that no more than numbers is handed to them.
_work: tuple[Sequence[str], Callable[[str], list[File]]] | None = None


def _some(span: tuple[int, int]) -> list[File]:
    assert _work is not None
    things, make = _work
    return [file for thing in things[span[0] : span[1]] for file in make(thing)]


def made(things: Sequence[str], make: Callable[[str], list[File]], earlier: Earlier) -> Iterator[tuple[str, bytes]]:
    """The files of every thing in their order; on all cores where there are many and the system forks."""
    global _work  # noqa: PLW0603 -- how a forked process finds what it is to do
    cores = os.cpu_count() or 1
    _work = (things, make)
    spans = [(at, at + _CHUNK) for at in range(0, len(things), _CHUNK)]
    try:
        if cores > 1 and len(things) >= _WORTH_IT and "fork" in multiprocessing.get_all_start_methods():
            with multiprocessing.get_context("fork").Pool(cores) as pool:
                yield from _remembered(pool.imap(_some, spans), earlier)
        else:
            yield from _remembered(map(_some, spans), earlier)
    finally:
        _work = None


def _remembered(chunks: Iterator[list[File]], earlier: Earlier) -> Iterator[tuple[str, bytes]]:
    for chunk in chunks:
        for path, content, mark in chunk:
            earlier.remember(path, mark, content)
            yield path, content
