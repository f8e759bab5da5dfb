"""A value of the record as a page of a case shows it: said by its type, its sources by number, what is said against it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from habeas.dates import PartialDate
from habeas.languages import code, duration, moment, script_read, state
from habeas.names import script_of
from habeas.nouns import ListInfo, Value, say
from habeas.publish.shelf import Note, Shelf
from habeas.vocabulary import kinds


@dataclass(frozen=True, slots=True)
class Said:
    """A value as shown: its text, its sources by number, why it is preferred, and each losing value with its sources."""

    text: str | PartialDate
    refs: tuple[int, ...] = ()
    reason: str = ""
    against: tuple[tuple[str | PartialDate, tuple[int, ...]], ...] = ()
    lang: str | None = None  # of a text in a source's own words


# What sources say in words of a language; a name, a number of an article or of a colony is in none.
_WORDS = frozenset({"occupation", "charge", "release_condition", "ill_treatment", "health", "story"})


class Refs:
    """The sources of one page, each with the number by which it is referred to."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._by_source: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._notes: list[tuple[Note, ListInfo | None]] = []

    def of(self, statements: Iterable[str]) -> tuple[int, ...]:
        """The numbers of the sources that statements rest on."""
        found = set()
        for identifier in statements:
            source = self._shelf.source_of(identifier)
            if source is not None:
                found.add(self._by_source.get(source) or self._number(source, identifier))
        return tuple(sorted(found)) if len(found) > 1 else tuple(found)

    def _number(self, source: str, statement: str) -> int:
        """The number of a source met for the first time; two without an address that are called the same share one."""
        note = self._shelf.note(source, statement)
        key = note.path or f"{note.publisher} {note.url} {note.title}"
        if key not in self._numbers:
            self._notes.append((note, self._shelf.list_of(source)))
            self._numbers[key] = len(self._notes)
        self._by_source[source] = self._numbers[key]
        return self._by_source[source]

    def listed(self) -> list[tuple[Note, ListInfo | None]]:
        """The sources in the order of their numbers; and of one that is a list of this book, the list."""
        return self._notes


def said(shelf: Shelf, value: Value | None, group: str, refs: Refs | None = None) -> Said | None:
    """The value in words, or None where there is none that may be shown; its sources numbered where `refs` are kept."""
    if value is None or not shelf.shown(value.statements):
        return None
    numbers: tuple[int, ...] = ()
    lang: str | None = None
    if refs is not None:
        numbers = refs.of(value.statements)
        lang = _worded_in(shelf, value) if group in _WORDS else None
    if not value.against:
        return Said(shown(group, value.value), numbers, value.reason, lang=lang)
    against = tuple(
        (shown(group, other), () if refs is None else refs.of(ids)) for other, ids in value.against if shelf.shown(ids)
    )
    return Said(shown(group, value.value), numbers, value.reason, against, lang)


def _worded_in(shelf: Shelf, value: Value) -> str | None:
    """The language of a text by its list, where its letters bear that out: a list of names in Łacinka prints English too."""
    tag = shelf.printed_in(value.statements)
    if tag is None or script_read(tag) != script_of(value.value):
        return None
    return tag if all(part == script_read(tag) for part in tag.split("-")[1:] if len(part) == 4) else None


@lru_cache(maxsize=65_536)
def shown(group: str, value: str) -> str | PartialDate:
    """A value as it is said by the type of its property; the text of a source as it stands."""
    spec = kinds()["entry"].properties.get(group)
    if spec is None:
        return value
    match spec.type:
        case "date":
            return moment(value)
        case "duration":
            return duration(value)
        case "enum":
            return code(group, value)
        case _ if group == "taken_to":
            return say("{state:party}", state=state(value))
        case _:
            return value
