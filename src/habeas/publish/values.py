"""A value of the record as a page of a case shows it: said by its type, its sources by number, what is said against it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from habeas.dates import PartialDate
from habeas.languages import code, duration, moment, script_read, state
from habeas.names import script_of
from habeas.nouns import ListInfo, Value, say
from habeas.publish.contents import Contents, Note
from habeas.vocabulary import kinds


class Said(NamedTuple):
    """A value as shown: of which property, its sources, why it is preferred, and each losing value with its sources.

    Sources are a number with the bit of each of them set, the first bit for the first source of the page.
    """

    prop: str
    value: str
    sources: int = 0
    reason: str = ""
    against: tuple[tuple[str, int], ...] = ()
    lang: str | None = None  # of a text in a source's own words
    confidence: str = ""  # as a person graded it

    @property
    def text(self) -> str | PartialDate:
        return shown(self.prop, self.value)


# What sources say in words of a language; a name, a number of an article or of a colony is in none.
_WORDS = frozenset({"occupation", "charge", "release_condition", "ill_treatment", "health", "story"})


class Refs:
    """The sources of one page, each with the number by which it is referred to."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._known, self._kept_back = contents.casebook.statements, contents.kept_back
        self._bits: dict[str, int] = {}  # by source
        self._numbers: dict[str, int] = {}
        # In the order of their numbers; and of one that is a list of this book, the list.
        self.listed: list[tuple[Note, ListInfo | None]] = []

    def of(self, statements: Iterable[str]) -> int:
        """The sources that statements rest on, as bits; none where none of the statements may be shown."""
        found = 0
        for identifier in statements:
            statement = self._known.get(identifier)
            if statement is not None and identifier not in self._kept_back:
                found |= self._bits.get(statement.source) or self._number(statement.source, identifier)
        return found

    def _number(self, source: str, statement: str) -> int:
        """The bit of a source met for the first time; two without an address that are called the same share one."""
        note = self._contents.note(source, statement)
        key = note.path or f"{note.publisher} {note.url} {note.title}"
        if key not in self._numbers:
            self._numbers[key] = 1 << len(self.listed)
            self.listed.append((note, self._contents.list_of(source)))
        self._bits[source] = self._numbers[key]
        return self._bits[source]


def said(contents: Contents, value: Value | None, prop: str, refs: Refs) -> Said | None:
    """The value with its sources, or None where there is none that may be shown."""
    if value is None:
        return None
    sources = refs.of(value.statements)
    if not sources:
        return None
    lang = _worded_in(contents, value) if prop in _WORDS else None
    graded = value.confidence or ""
    if not value.against:
        return Said(prop, value.value, sources, value.reason, (), lang, graded)
    against = ((other, refs.of(ids)) for other, ids in value.against)
    return Said(prop, value.value, sources, value.reason, tuple(pair for pair in against if pair[1]), lang, graded)


def _worded_in(contents: Contents, value: Value) -> str | None:
    """The language of a text by its list, where its letters bear that out: a list of names in Łacinka prints English too."""
    tag = contents.printed_in(value.statements)
    if tag is None or script_read(tag) != script_of(value.value):
        return None
    return tag if all(part == script_read(tag) for part in tag.split("-")[1:] if len(part) == 4) else None


@lru_cache(maxsize=65_536)
def shown(prop: str, value: str) -> str | PartialDate:
    """A value as it is said by the type of its property; the text of a source as it stands."""
    spec = kinds()["entry"].properties.get(prop)
    if spec is None:
        return value
    match spec.type:
        case "date":
            return moment(value)
        case "duration":
            return duration(value)
        case "enum":
            return code(prop, value)
        case _ if prop == "taken_to":
            return say("{state:party}", state=state(value))
        case _:
            return value
