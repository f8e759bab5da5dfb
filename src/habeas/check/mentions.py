"""Everybody on record spotted in running text in one pass: surnames as on record, in every case of be, ru, uk and pl.

This is the quick look at a text of any language and size. Who is meant, and in which spelling, is settled word by word by
`people.py`, which this module does not replace: a name in a script that no list gives it in is not found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from habeas.check.lexicon import load
from habeas.names import script_of

_SHORTEST = 4  # letters of a surname; shorter ones stand in too many other words
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЎҐЄЇ]\w+")
_CYRILLIC, _LATIN = ("ru", "be", "uk"), ("pl",)


@dataclass(frozen=True, slots=True)
class Mention:
    """A surname in a text `[start, end)`, and the names on record that it can belong to."""

    start: int
    end: int
    names: tuple[str, ...]


@lru_cache(maxsize=1)
def _endings() -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """By language: (ending, the endings in its place), the longest ending first."""
    return {
        language: tuple(sorted(((k, tuple(v)) for k, v in rows.items()), key=lambda row: -len(row[0])))
        for language, rows in load("endings.yaml").items()
    }


def declined(surname: str) -> frozenset[str]:
    """A surname in lower case, in every case of the languages of its script; the nominative is one of them."""
    word = surname.lower()
    out = {word}
    for language in _CYRILLIC if script_of(surname) == "Cyrl" else _LATIN:
        for ending, others in _endings()[language]:
            if ending == "-":
                consonant = word[-1:] not in "аеёиоуыэюяіїєьйaeiouyąęó"
                out.update(word + other for other in others if consonant)
                break
            if word.endswith(ending):
                out.update(word[: -len(ending)] + other for other in others)
                break
    return frozenset(out)


class Spotter:
    """Finds the surnames of many people in a text, in time that does not grow with their number.

    Every word with a capital is looked up among all forms of all surnames: one pass of a regular expression and one
    look into a table a word. At 100,000 names that is some five times as fast as an automaton over the same forms, whose
    states no longer fit the processor's cache.
    """

    __slots__ = ("_forms",)

    def __init__(self, names: Iterable[str]) -> None:
        found: dict[str, dict[str, None]] = {}
        for name in names:
            last = (name.split() or [""])[-1].rpartition("-")[2]
            for form in declined(last) if len(last) >= _SHORTEST else ():
                found.setdefault(form.capitalize(), {})[name] = None
        self._forms: Mapping[str, tuple[str, ...]] = {form: tuple(sorted(owners)) for form, owners in found.items()}

    def spot(self, text: str) -> Iterator[Mention]:
        """Each surname that stands as a word of its own with a capital, in the order of the text."""
        forms = self._forms
        for match in _CAPITALISED.finditer(text):
            word = match.group()
            names = forms.get(word) or (forms.get(word.capitalize()) if word.isupper() else None)
            if names is not None and not text[match.start() - 1 : match.start()].isalpha():
                yield Mention(match.start(), match.end(), names)
