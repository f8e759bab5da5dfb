"""Which of a person's names a reader sees first: one in the script of the reader's language; the others stay beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol, TypeVar

from markupsafe import Markup

from habeas.languages import Language
from habeas.names import custom_of, filed_as, oblique, pinyin, romanised, script_of
from habeas.nouns import Name, say
from habeas.publish.alphabets import letter, order

OURS = "*"  # behind a name that no source prints so


class Place(NamedTuple):
    """Where a list has a person: after those in the reader's own script or among them, in the order of the alphabet."""

    letter: str
    other: bool
    order: tuple[str, str]


@dataclass(slots=True)
class Called:
    """A person as the pages call them: the names that may be shown, the record's preferred one first, or only an id.

    `nationalities`, and `country` of the book where none is known, tell whose custom files the names.
    """

    id: str
    names: tuple[Name, ...]
    nationalities: tuple[str, ...] = ()
    country: str = ""
    marked: dict[str, Markup] = field(default_factory=dict, compare=False, repr=False)  # as a page has it, by language
    _first: dict[str, Name | None] = field(default_factory=dict, compare=False, repr=False)
    _scripts: Sequence[str] = field(default=(), compare=False, repr=False)

    @property
    def sorting(self) -> tuple[tuple[str, str], str]:
        """A key that sorts people by the surname in the name that the record prefers, whoever reads."""
        return order(self._filed(self.names[0]) if self.names else self.id), self.id

    def text(self, reader: Language) -> str:
        """The name shown to a reader of a language, marked where no source prints it so; the id where none may be shown."""
        found = self.first(reader)
        if found is None:
            return say("Case {id}", id=self.id)
        return found.text + OURS if self.inferred(reader) else found.text

    def inferred(self, reader: Language) -> bool:
        """True where the name shown to a reader is our spelling of one that sources print in another script."""
        found = self.first(reader)
        return found is not None and all(found.text != name.text for name in self.names)

    def place(self, reader: Language, alphabet: str = "") -> Place:
        """Where a list in the reader's language has the person; `alphabet`: of letters that the reader does not read."""
        found = self.first(reader)
        name = reader.text(say("Case {id}", id=self.id)) if found is None else self._filed(found)
        own = script_of(name) == reader.script
        if own and reader.script == "Hani":
            name = pinyin(name) or name
            if script_of(name) == "Hani":
                return Place("#", own, order(name))
        tag = reader.tag if own or not alphabet else alphabet
        return Place(letter(name, tag), not own, order(name, tag))

    def _filed(self, name: Name) -> str:
        custom = custom_of(name.text, name.lang, self.nationalities, self.country)
        return filed_as(name.text, custom, tuple(one.text for one in self.names) if custom == "es" else ())

    def first(self, reader: Language) -> Name | None:
        """The name in the reader's own language, else in its script, else the preferred one; in Latin where that can be told.

        A source may print a name in another case than the nominative: one that does not goes first within its script.
        """
        if reader.tag not in self._first:
            if len(self._scripts) != len(self.names):
                self._scripts = [script_of(name.text) for name in self.names]
            nearest, least = None, 3
            for name, script in zip(self.names, self._scripts, strict=True):
                far = _distance(name, script, reader)
                if far < least:
                    nearest, least = name, far
            if nearest is not None:
                nearest = self._upright(nearest, reader)
            if nearest is not None and script_of(nearest.text) != reader.script:
                nearest = _in_latin(nearest, reader)
            self._first[reader.tag] = nearest
        return self._first[reader.tag]

    def _upright(self, name: Name, reader: Language) -> Name:
        """The name, or where it is Cyrillic and in another case than the nominative, the nearest that stands in it."""
        if self._scripts.count("Cyrl") < 2 or script_of(name.text) != "Cyrl" or not oblique(name.text):
            return name
        told = [n for n, s in zip(self.names, self._scripts, strict=True) if s == "Cyrl" and not oblique(n.text)]
        return min(told, key=lambda one: _distance(one, "Cyrl", reader), default=name)

    def others(self, reader: Language) -> tuple[Name, ...]:
        """The other spellings, each once."""
        first = self.first(reader)
        return tuple({n.text: n for n in self.names if first is not None and n.text != first.text}.values())


def _in_latin(name: Name, reader: Language) -> Name:
    """The name as a passport has it, for a reader of Latin letters where no source prints it so; `inferred` says that it is ours."""
    told = romanised(name.text, name.lang) if reader.script == "Latn" else None
    if told is None:
        return name
    return replace(name, text=told, lang=f"{name.lang.partition('-')[0]}-Latn" if name.lang else None)


def _distance(name: Name, script: str, reader: Language) -> int:
    """How far a name is from a reader: 0 own language and script, 1 own script, 2 another."""
    if script != reader.script:
        return 2
    return 0 if (name.lang or "").partition("-")[0] == reader.tag else 1


class Line(Protocol):
    """A line of a list of people."""

    @property
    def called(self) -> Called: ...

    @property
    def path(self) -> str: ...


L = TypeVar("L", bound=Line)


def filed(lines: Iterable[L], reader: Language) -> list[tuple[str, list[L]]]:
    """The lines by the letter that the reader files them under, that of the surname, in the order of its alphabet; other
    scripts follow. Chinese names stand under the letters of pinyin, and Latin ones with them.
    """
    found = list(lines)
    alphabet = _alphabet_of(found, reader)
    placed = [(one.called.place(reader, alphabet), one.called.id, one) for one in found]
    placed.sort(key=lambda item: (item[0].other, item[0].order, item[1]))
    letters: dict[str, list[L]] = {}
    for place, _, one in placed:
        letters.setdefault(place.letter, []).append(one)
    scripts = {reader.script, "Latn"} if reader.script == "Hani" else {reader.script}
    return sorted(
        letters.items(),
        key=lambda item: (item[0] == "#", script_of(item[0]) not in scripts, order(item[0], alphabet or reader.tag)),
    )


def _alphabet_of(lines: Iterable[Line], reader: Language) -> str:
    """The language whose alphabet orders the Arabic letters of a list for whoever does not read them: that of most names."""
    if reader.script == "Arab":
        return ""
    shown = (one.called.first(reader) for one in lines)
    tags = Counter((n.lang or "").partition("-")[0] for n in shown if n is not None and script_of(n.text) == "Arab")
    return max(sorted(tags), key=tags.__getitem__, default="")
