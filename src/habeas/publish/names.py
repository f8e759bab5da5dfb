"""Which of a person's names a reader sees first: one in the script of the reader's language; the others stay beside it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from operator import itemgetter
from typing import Protocol, TypeVar

from markupsafe import Markup

from habeas.languages import Language
from habeas.names import by_surname, oblique, romanised, script_of
from habeas.nouns import Name, Phrase, say


@dataclass(slots=True)
class Called:
    """A person as the pages call them: the names that may be shown, the record's preferred one first, or only an id."""

    id: str
    names: tuple[Name, ...]
    marked: dict[str, Markup] = field(default_factory=dict, compare=False, repr=False)  # as a page has it, by language
    _first: dict[str, Name | None] = field(default_factory=dict, compare=False, repr=False)
    _scripts: Sequence[str] = field(default=(), compare=False, repr=False)

    @property
    def sorting(self) -> tuple[tuple[str, str], str]:
        """A key that sorts people by the surname in the name that the record prefers, whoever reads."""
        return filing(self.names[0].text) if self.names else _order(self.id), self.id

    def text(self, reader: Language) -> str:
        """The name shown to a reader of a language; the id where no name may be shown."""
        found = self.first(reader)
        return say("Case {id}", id=self.id) if found is None else found.text

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
    """The name as a passport has it, for a reader of Latin letters of whom no source prints it so; what was printed stays beside."""
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
    scripts follow.
    """
    named = []
    for one in lines:
        name = one.called.text(reader)
        name = reader.text(name) if isinstance(name, Phrase) else by_surname(name)
        named.append((script_of(name) != reader.script, _order(name), one.called.id, _letter(name), one))
    named.sort(key=itemgetter(0, 1, 2))
    letters: dict[str, list[L]] = {}
    for _, _, _, letter, one in named:
        letters.setdefault(letter, []).append(one)
    return sorted(
        letters.items(), key=lambda item: (item[0] == "#", script_of(item[0]) != reader.script, _order(item[0]))
    )


def filing(name: str) -> tuple[str, str]:
    """A key that sorts names as directories do: by surname where it can be told, in the order of the alphabets."""
    return _order(by_surname(name))


def _letter(name: str) -> str:
    """The letter a name is filed under: without its accents where it is Latin, `#` for what is no letter."""
    first = name.strip()[:1].upper()
    if not first.isascii() and script_of(first) == "Latn":
        first = unicodedata.normalize("NFD", first)[:1]
    return first if first.isalpha() else "#"


# Letters of their own that stand behind another in their alphabets, each of several in its place: Ukrainian и, і, ї, й;
# Polish ł after l, Danish ø after o, and so on.
_AFTER = {
    "ґ": "г\uffff", "є": "е\uffff", "і": "и\uffff1", "ї": "и\uffff2", "й": "и\uffff3", "ў": "у\uffff", "ł": "l\uffff",
    "đ": "d\uffff", "ð": "d\uffff", "ø": "o\uffff", "ħ": "h\uffff1", "ı": "h\uffff2", "ŭ": "u\uffff", "ə": "e\uffff",
    "æ": "ae", "œ": "oe", "þ": "th",
}  # fmt: skip


class _Sorting(dict[int, str]):
    """What a letter is sorted as: without its accents; each letter is looked at when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
        self[code] = _AFTER.get(letter, bare)
        return self[code]


_SORTING = _Sorting()


@lru_cache(maxsize=1 << 18)
def _order(name: str) -> tuple[str, str]:
    """A key that sorts as the Latin and Slavic Cyrillic alphabets do: accents count only where nothing else differs."""
    small = name.casefold()
    return (small if small.isascii() else small.translate(_SORTING)), small
