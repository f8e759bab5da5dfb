"""Pages to bytes on all cores, and none that an earlier run has made alike.

A page is rendered anew where something it is made of has changed: its nouns, the templates, the catalogues, the day as
known. What it was made of is kept as one hash a page, in a file beside the site that is never published.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from habeas.publish.shelf import Page

_CHUNK = 64  # pages handed to a core at once
_WORTH_IT = 400  # pages from which on it is worth beginning other processes
Rendered = list[tuple[str, bytes]]


def marks_file(folder: Path) -> Path:
    """Where the hashes of a site's pages are kept: beside its folder, never in it."""
    return folder.with_name(f".{folder.name}.pages.json")


def earlier_marks(folder: Path) -> Mapping[str, str]:
    """The hash of each page of the site that lies in the folder; empty where there is none, or it cannot be read."""
    try:
        found = json.loads(marks_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def keep_marks(folder: Path, marks: Mapping[str, str]) -> None:
    """Keep the hashes for the next run; where they cannot be kept it renders everything."""
    path = marks_file(folder)
    try:
        path.write_text(json.dumps(marks), encoding="utf-8")
    except OSError:
        path.unlink(missing_ok=True)


@cache
def _of_the_program() -> bytes:
    """One hash of all that pages are rendered by: templates, catalogues, and the code of both."""
    found = hashlib.blake2b(digest_size=16)
    for package in ("habeas.publish", "habeas.languages", "habeas.nouns", "habeas"):
        for path in sorted(Path(str(files(package))).rglob("*") if package != "habeas" else ()):
            if path.is_file() and path.suffix in (".py", ".j2", ".po"):
                found.update(path.name.encode() + path.read_bytes())
    return found.digest()


def mark(page: Page, about: object) -> str:
    """The hash of all that a page is made of; `about` is what every page shows (the book, the day as known)."""
    found = hashlib.blake2b(_of_the_program(), digest_size=16)
    found.update(pickle.dumps((page.path, page.template, page.title, dict(page.context), about), protocol=5))
    return found.hexdigest()


# What the processes begun below render with; set before they begin, so that nothing is handed over but page numbers.
_work: tuple[Sequence[Page], Callable[[Page], Rendered]] | None = None


def _some(span: tuple[int, int]) -> Rendered:
    assert _work is not None
    pages, render = _work
    return [file for page in pages[span[0] : span[1]] for file in render(page)]


def rendered(
    pages: Sequence[Page], render: Callable[[Page], Rendered], *, cores: int | None = None
) -> Iterator[tuple[str, bytes]]:
    """The files of every page, in the order of the pages; on all cores where there are many pages and the system forks."""
    global _work  # noqa: PLW0603 -- how a forked process finds what it is to do
    cores = cores or os.cpu_count() or 1
    if cores == 1 or len(pages) < _WORTH_IT or "fork" not in multiprocessing.get_all_start_methods():
        for page in pages:
            yield from render(page)
        return
    _work = (pages, render)
    try:
        spans = [(at, at + _CHUNK) for at in range(0, len(pages), _CHUNK)]
        with multiprocessing.get_context("fork").Pool(cores) as pool:
            for some in pool.imap(_some, spans):
                yield from some
    finally:
        _work = None
