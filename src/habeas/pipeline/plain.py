"""What of a book's folder is not for the public and lies in plain: one answer for who is told of it and for what seals it.

Every file is looked into but the record's own, the site, and hidden files. Of what statements were read from it is known by
what the public sees of them; every other text is looked through for names, addresses and values that are kept back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from habeas.ledger import Ledger
from habeas.nouns import Book, Keeper, Problem, Public, Statement
from habeas.pipeline.copies import Look, files_of
from habeas.pipeline.inputs import PLAIN, SEALED, discard_half_made, is_kept_plain
from habeas.pipeline.people import who_is_who
from habeas.vocabulary import property_of

_SHORTEST = 8  # signs of a value that is looked for in other texts
_OWN = ("key", "capture")  # what a list calls a row by is mostly a name, and looked for as one


@dataclass(frozen=True, slots=True, kw_only=True)
class InPlain:
    """What lies in plain: files to be sealed, what must stay plain and tells something, and files not looked into."""

    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    closed: tuple[str, ...] = ()


def in_plain(book: Book, ledger: Ledger) -> InPlain:
    """What of the book's folder the public may not see, and lies there in plain; what killed commands left is thrown away.

    Raises:
        LedgerLocked: the book is locked, so that nobody can tell.
    """
    discard_half_made(book)
    who = who_is_who(book, ledger)
    history, public = ledger.history(Keeper), {s.id: s for s in ledger.history(Public, who)}
    found, closed = _read_from(history, public), set()
    look = Look(_telling(ledger.kept_back(who), history, public.values()))
    told: list[Problem] = []
    for path in files_of(book.folder):
        name = path.relative_to(book.folder).as_posix()
        if name in PLAIN:
            told += _telling_settings(name, path, look)
        elif not is_kept_plain(book, path) and not name.endswith(SEALED) and name not in found:
            places = {place.looked for place in look.into(name, path.read_bytes())}
            if True in places:
                found.add(name)
            elif places:
                closed.add(name)
    files = {name for name in found if (book.folder / name).is_file() and not is_kept_plain(book, book.folder / name)}
    told += _team_lists(book, public.values())
    return InPlain(files=tuple(sorted(files)), problems=tuple(told), closed=tuple(sorted(closed)))


def _read_from(history: Iterable[Statement], public: dict[str, Statement]) -> set[str]:
    """The files from which something was read that the public does not see."""
    values = {(s.subject, s.value) for s in public.values() if s.value is not None}
    hidden = (s for s in history if public.get(s.id) != s and not _told(s, values))
    return {name for s in hidden if (name := s.place.partition(" row ")[0])}


def _told(statement: Statement, public: Collection[tuple[str, str | None]]) -> bool:
    """True where what is kept back is our own note of the file, or stands in another public value of the row."""
    return statement.prop == "capture" or (statement.prop == "key" and (statement.subject, statement.value) in public)


def _telling(
    names: Callable[[str], bool], history: Iterable[Statement], public: Iterable[Statement]
) -> Callable[[str], bool]:
    """Whether a text holds a name or an address that is kept back, or a value that the public sees nowhere."""
    open_ = {text.casefold() for s in public for text in (s.value, s.original) if text}
    said = {s.value.casefold() for s in history if s.value is not None and _says_something(s, s.value)}
    hidden = said - open_

    def tells(text: str) -> bool:
        line = text.casefold()
        return names(text) or any(value in line for value in hidden)

    return tells


def _says_something(statement: Statement, value: str) -> bool:
    """True of a sentence, an address, or a day of which the public may see the year alone; names are looked for apart."""
    spec = property_of(statement.kind, statement.prop)
    if len(value) < _SHORTEST or statement.prop in _OWN:
        return False
    return spec.type == "url" or spec.public == "year" or (spec.type == "text" and " " in value)


def _telling_settings(name: str, path: Path, look: Look) -> Iterator[Problem]:
    """What stands in a file that must stay plain."""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    rows = [str(number) for number, line in enumerate(lines, start=1) if look.tells(line)]
    if rows:
        what = f"stays in plain, and names somebody or says something that is kept back (line {', '.join(rows)})"
        yield Problem(file=name, what=what, do="Take it out of it.")


def _team_lists(book: Book, public: Iterable[Statement]) -> Iterator[Problem]:
    """The lists that the public may not know of, which `book.toml` names."""
    known = {s.subject for s in public if s.kind == "list" and s.value is not None}
    hidden = [spec.id for spec in book.lists if f"list:{spec.id}" not in known]
    if hidden:
        what = f"stays in plain, and names lists that only the team sees: {', '.join(hidden)}"
        yield Problem(file="book.toml", what=what, do="Give them ids, titles and files that say nothing.")
