"""What of a book's own texts may be published, and what its keeper is told of texts that were withheld."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from habeas.errors import PublishError
from habeas.ledger import Ledger
from habeas.nouns import Book, Links, Problem, Public, Statement
from habeas.vocabulary import kinds, property_of

_TEXTS = ("title", "about", "contact", "licence")  # of book.toml, as they are shown
_WORDS = "words.csv"
Who = Callable[[], Links]


def for_public(book: Book, ledger: Ledger, who: Who) -> Book:
    """The book with its texts as they may be published: one that names somebody kept back is left out whole.

    Of a locked book in which a name is sealed nobody can tell what names it: what the book says about itself and what is
    translated are left out.
    """
    if ledger.locked:
        sealed = any(s.prop == "name" and s.value is None for _, s in _entries(ledger))
        return replace(book, about="", words={}) if sealed else book
    names = ledger.kept_back(who)
    found: dict[str, Any] = {one: "" for one in _TEXTS if any(map(names, _said(getattr(book, one))))}
    if "title" in found:
        found["title"] = book.id
    words = {text: said for text, said in book.words.items() if not any(map(names, _said(said)))}
    return replace(book, words=words, **found) if found or len(words) < len(book.words) else book


def withheld(book: Book, ledger: Ledger, who: Who) -> tuple[Problem, ...]:
    """What the keeper of an open book is told of texts that are not published, because they name somebody kept back or erased."""
    names = ledger.kept_back(who)
    shown = for_public(book, ledger, who)
    changed = [one for one in _TEXTS if getattr(shown, one) != getattr(book, one)]
    found = [_problem("book.toml", f"[book] {one}", 1, another=False) for one in changed]
    rows = {frozenset(said.by.items()) for text, said in book.words.items() if text not in shown.words}
    if rows:
        found.append(_problem(_WORDS, "", len(rows), another=False))
    places = Counter((*_place(statement), another) for statement, another in names.silenced())
    return (*found, *(_problem(file, row, n, another=another) for (file, row, another), n in places.items()))


def refuse_telling_ids(book: Book, ledger: Ledger, who: Who) -> None:
    """Raise where an id that the keeper chose names somebody kept back: it stands in addresses and names of files.

    Raises:
        PublishError: one does.
    """
    names = ledger.kept_back(who)
    said = ledger.view(Public, who=who).statements
    ids: dict[str, str] = {book.id: "book.toml"}
    for s in said:
        points = s.value if property_of(s.kind, s.prop).type in ("ref", "actor") else None
        for subject in (s.subject, points):
            if subject and not ids.get(_id(subject)):
                ids[_id(subject)] = s.place.partition(" row ")[0]
    for one, file in ids.items():
        if names(one):
            raise PublishError(
                f"an id in {file or 'book.toml'} names somebody who is kept back or was erased, and ids stand in addresses:"
                " give the row or the list another id; nothing was published"
            )


def _id(subject: str) -> str:
    """The part of a subject that a person chose: of an entry its list; the rest of it is a hash."""
    kind, _, key = subject.partition(":")
    return key.partition(":")[0] if kind == "entry" else key if kind in kinds() and key else subject


def _entries(ledger: Ledger) -> Iterator[tuple[str, Statement]]:
    return ((s.subject, s) for s in ledger.view(Public).statements if s.kind == "entry")


def _said(text: str) -> tuple[str, ...]:
    """A text in every language that it has."""
    return (str(text), *getattr(text, "by", {}).values())


def _place(statement: Statement) -> tuple[str, str]:
    """The file that a statement was read from, and where in it."""
    file, _, row = statement.place.partition(" row ")
    return (file, f"row {row}") if row else (statement.place or f"a {statement.kind} on record", "")


def _problem(file: str, where: str, texts: int, *, another: bool) -> Problem:
    some = "a text names" if texts == 1 else f"{texts} texts name"
    what = f"{some} somebody who is kept back or was erased: withheld from all that is published"
    do = "Take the name out of it."
    if another:
        what = f"{some} somebody by a name that is kept back, and that somebody public bears too: withheld"
        do = "Decide whether the two are one person (`habeas link`); if they are not, write the text without the full name."
    return Problem(file=f"{file} {where}".strip(), what=what, do=do)
