"""Where what was erased still lies: every file of a book is looked into, or named as one that cannot be.

Texts in any encoding that lists come in, tables, what is packed, databases (other ledgers, backups), and every object of a
git repository around the book, also of commits that nothing leads to any more.
"""

from __future__ import annotations

import bz2
import gzip
import html
import io
import lzma
import os
import re
import shutil
import sqlite3
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from habeas.check import read_article
from habeas.errors import CaptureError
from habeas.ledger import Ledger
from habeas.ledger.cache import Cache
from habeas.nouns import Book
from habeas.pipeline.inputs import content
from habeas.readers.text import decode

Named = Callable[[str], bool]  # whether a text names somebody who was erased

_LARGEST = 1 << 28  # bytes that one file may unpack to
_DEEPEST = 4  # packed in what is packed
_TAG = re.compile(r"<[^<>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile(rb"%([0-9a-fA-F]{2})")
_PRINTED = re.compile(rb"[\x20-\x7e\x80-\xff]{4,}")
_OTHERS = ("cp1251", "koi8_r", "cp866", "iso8859_5", "cp1250", "cp1252")  # a short text may be in any of them
_SQLITE, _ZIP, _OLD_TABLE, _PDF = b"SQLite format 3\0", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_PACKED: Mapping[bytes, Callable[[io.BytesIO], io.BufferedIOBase]] = {
    b"\x1f\x8b": lambda data: gzip.GzipFile(fileobj=data),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
_STAMPS = (".tsq", ".tsr")  # nothing in them is packed
_OURS = 0x68616265  # the application id of a ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place where what was erased still lies, or, where it cannot be looked into, may lie."""

    name: str
    looked: bool = True

    def __str__(self) -> str:
        return f"still held in {self.name}" if self.looked else f"cannot be looked into: {self.name}"


def copies(book: Book, ledger: Ledger, named: Named) -> Iterator[Place]:
    """The files of a book and the git repository around it that name somebody, or cannot be looked into.

    The ledger itself was emptied. What is worked out of it and kept beside it is thrown away, and made anew when needed.
    """
    look = Look(named)
    own = _of_ledger(ledger)
    for path in files_of(book.folder):
        if path.resolve() in own:
            continue
        name = path.relative_to(book.folder).as_posix().encode("utf-8", "replace").decode()
        if named(re.sub(r"[-_./]", " ", name)):
            yield Place(name=name)
        else:
            data = content(ledger, path)
            yield from [Place(name=name, looked=False)] if data is None else look.into(name, data)
    yield from _history(book.folder, look)


def _of_ledger(ledger: Ledger) -> set[Path]:
    """The files of the ledger itself."""
    if ledger.path is None:
        return set()
    path = ledger.path.resolve()
    Cache(path.with_name(f"{path.name}-cache")).forget()
    return {path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")}


def files_of(folder: Path) -> Iterator[Path]:
    """The files of a book by name, but for those in which git keeps its objects."""
    for at, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if name != ".git")
        there = (Path(at) / name for name in sorted(names) if name != ".git")
        yield from (path for path in there if path.is_file())


class Look:
    """Looks into files; a line that was seen before is not read again."""

    def __init__(self, named: Named) -> None:
        self._named = named
        self._clean: set[str] = set()

    def into(self, name: str, data: bytes, deep: int = 0) -> Iterator[Place]:
        """What of a file names somebody, or cannot be looked into, by its name and what lies in it by its own."""
        if deep > _DEEPEST:
            yield Place(name=name, looked=False)
        elif data.startswith(_PDF):
            yield from self._told(name, _pages(data))
        elif data.startswith(_SQLITE):
            yield from self._database(name, data)
        elif data.startswith(_ZIP):
            yield from self._archive(name, data, deep)
        elif data.startswith(_OLD_TABLE):
            yield from self._told(name, _cells(data))
        elif name.endswith(_STAMPS):
            yield from self._told(name, [b"\n".join(_PRINTED.findall(data)).decode("utf-8", "replace")])
        else:
            packed = next((kind for kind in _PACKED if data.startswith(kind)), None)
            if packed is None:
                yield from self._told(name, _texts(name, data))
                return
            with suppress(OSError, EOFError, ValueError, lzma.LZMAError, zlib.error):
                plain = _PACKED[packed](io.BytesIO(data)).read(_LARGEST + 1)
                if len(plain) <= _LARGEST:
                    yield from self.into(name, plain, deep + 1)
                    return
            yield Place(name=name, looked=False)

    def tells(self, text: str) -> bool:
        """True where a text names somebody, as it stands, or as a page, a document or an address shows it."""
        return any(self._line(line) for form in _forms(text) for line in form.splitlines())

    def _line(self, line: str) -> bool:
        if line in self._clean:
            return False
        if self._named(line):
            return True
        self._clean.add(line)
        return False

    def _told(self, name: str, texts: Iterable[str] | None) -> Iterator[Place]:
        if texts is None:
            yield Place(name=name, looked=False)
        elif any(map(self.tells, texts)):
            yield Place(name=name)

    def _archive(self, name: str, data: bytes, deep: int) -> Iterator[Place]:
        """What is in an archive: documents and workbooks are archives too, and of a workbook the rows are read as such."""
        rows = _cells(data)
        if rows is not None and any(map(self.tells, rows)):
            yield Place(name=name)
            return
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                if sum(one.file_size for one in archive.infolist()) > _LARGEST:
                    yield Place(name=name, looked=False)
                    return
                parts = [(one.filename, archive.read(one)) for one in archive.infolist() if not one.is_dir()]
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, zlib.error):
            yield Place(name=name, looked=False)
            return
        for part, inside in parts:
            if self._named(re.sub(r"[-_./]", " ", part)):
                yield Place(name=name)
            else:
                yield from self.into(f"{name}, {part}", inside, deep + 1)

    def _database(self, name: str, data: bytes) -> Iterator[Place]:
        """The cells of a database, and whether some are sealed or no text."""
        held, closed = False, False
        try:
            with closing(sqlite3.connect(":memory:")) as copy:
                copy.deserialize(data[:18] + b"\x01\x01" + data[20:])  # as one without a log beside it
                ours = copy.execute("PRAGMA application_id").fetchone()[0] == _OURS
                for (table,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    quoted = table.replace('"', '""')
                    for row in copy.execute(f'SELECT * FROM "{quoted}"'):  # noqa: S608 -- a name of its own, quoted
                        words = [cell for cell in row if isinstance(cell, str)]
                        texts = words if ours else [" ".join(words)]
                        held = held or any(map(self.tells, texts))
                        closed = closed or (table == "vault" if ours else any(isinstance(cell, bytes) for cell in row))
        except sqlite3.Error:
            closed = True
        if held or closed:
            yield Place(name=name, looked=held)


def _forms(text: str) -> Iterator[str]:
    """A text as it stands, and without what pages, documents, JSON and addresses write between or instead of letters."""
    yield text
    plain = html.unescape(text) if "&" in text else text
    if "<" in text:
        yield _TAG.sub(" ", plain)
        yield _TAG.sub("", plain)
    elif plain != text:
        yield plain
    if "\\u" in text:
        yield (
            _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
            .encode("utf-16", "surrogatepass")
            .decode("utf-16", "replace")
        )
    if "%" in text or "://" in text:
        octets = _PERCENT.sub(lambda found: bytes.fromhex(found[1].decode("ascii")), text.encode("utf-8", "replace"))
        yield re.sub(r"[-_+]", " ", octets.decode("utf-8", "replace"))


def _texts(name: str, data: bytes) -> list[str] | None:
    """What a file that is text may say: in UTF-8, or in any encoding of those it may be in; None where it is no text."""
    text, doubts = decode(data, file=name)
    if text is None:
        return None
    return [text, *(data.decode(code, "replace") for code in _OTHERS)] if doubts else [text]


def _pages(data: bytes) -> list[str] | None:
    """What a PDF says, as articles are read; None where it holds no text."""
    with suppress(CaptureError):
        return [read_article(Path("pages.pdf"), data, published=None).text]
    return None


def _cells(data: bytes) -> list[str] | None:
    """The rows of a workbook, each as a line; None where it is none."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            rows = [row for sheet in workbook.sheet_names for row in workbook.get_sheet_by_name(sheet).to_python()]
    except (CalamineError, ValueError, OSError):
        return None
    return [" ".join(map(str, row)) for row in rows]


def _history(folder: Path, look: Look) -> Iterator[Place]:
    """What a git repository around a book keeps of it: by commit, and what no commit leads to any more."""
    if not any((at / ".git").exists() for at in (folder.resolve(), *folder.resolve().parents)):
        return
    commits: dict[str, None] = {}
    loose: list[str] = []
    closed = 0
    try:
        for key, kind, data, reached in _objects(folder):
            looked = {place.looked for place in look.into(key, data)}
            closed += False in looked
            if True in looked and reached:
                commits |= dict.fromkeys(_commits_with(folder, key) if kind == "blob" else [key[:7]])
            elif True in looked:
                loose.append(key[:10])
    except (OSError, subprocess.CalledProcessError):
        yield Place(name="git history", looked=False)
        return
    if commits:
        yield Place(name=f"git history: commits {', '.join(commits)}")
    if loose:
        yield Place(name=f"git history: objects that no commit leads to: {', '.join(loose)}")
    if closed:
        yield Place(name=f"git history: {closed} files", looked=False)


def _objects(folder: Path) -> Iterator[tuple[str, str, bytes, bool]]:
    """Each file, commit and tag that git keeps of a folder: its id, kind and content, and whether anything leads to it."""
    history = ("rev-list", "--all", "--reflog", "--full-history", "--objects")
    reached, ours = (
        {line[:40] for line in _git(folder, *history, *paths).decode("ascii", "replace").splitlines()}
        for paths in ((), ("--", "."))
    )
    every = _git(folder, "cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)").decode("ascii")
    kinds = dict(line.split() for line in every.splitlines())
    wanted = [k for k, kind in kinds.items() if kind != "tree" and (k in ours or k not in reached)]
    asked = [*_command(folder), "cat-file", "--batch"]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as git:  # noqa: S603 -- our own arguments
        assert git.stdin is not None
        assert git.stdout is not None
        for key in wanted:
            git.stdin.write(f"{key}\n".encode("ascii"))
            git.stdin.flush()
            size = int(git.stdout.readline().split()[2])
            yield key, kinds[key], git.stdout.read(size + 1)[:size], key in reached
        git.stdin.close()


def _commits_with(folder: Path, key: str) -> list[str]:
    """The commits that brought a file as it stood, or took it away."""
    return _git(folder, "log", "--all", "--reflog", "-m", "--format=%h", f"--find-object={key}").decode("ascii").split()


def _git(folder: Path, *arguments: str) -> bytes:
    return subprocess.run([*_command(folder), *arguments], capture_output=True, check=True).stdout  # noqa: S603 -- as above


def _command(folder: Path) -> list[str]:
    git = shutil.which("git")
    if git is None:
        raise FileNotFoundError
    return [git, "-C", str(folder), "-c", "log.showRoot=true"]
