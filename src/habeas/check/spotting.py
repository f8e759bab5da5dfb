"""Names on record spotted in running text in one pass: surnames in every case of be, ru, uk and pl, and fixed names.

This is the quick look at a text of any language and size. Who is meant, and in which spelling, is settled word by word by
`people.py`, which this module does not replace: a surname in a script that no list gives it in is not found here.

The text is searched as it stands: what a name may look like is written into the patterns, so there is no folding whose
offsets would have to be led back. Three things make it fast (docs/check.md has the figures). One byte stands for one
character, in an alphabet made of the letters that names and their languages need, so that an offset found is an offset
in the text and an automaton takes half the steps. The automaton (Aho and Corasick's, ahocorasick_rs) looks for the first
letters of names alone, a tenth of all forms, so that its states stay in the processor's cache. And only the word that
begins there is looked up whole.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from habeas.check.lexicon import load
from habeas.names import script_of

_SHORTEST = 4  # letters of a surname; shorter ones stand in too many other words
_LONGEST = 28  # letters of a surname in any case, marks apart
_FIRST = 5  # letters of a name that are searched for: fewer make too many words look right, more outgrow the cache
_CYRILLIC, _LATIN = ("ru", "be", "uk"), ("pl",)
_VOWELS = "аеёиоуыэюяіїєьйaeiouyąęó"
# What runs through a text and ends up as no name; letters that no name has are one byte to the search, `?`.
_USUAL = (
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёіўїєґАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁІЎЇЄҐ«»“”„’‘–—…№\u00a0•"
    "áéíóúñüąćęłńóśźżčšžŭ¿¡"
)
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*(?:['’ʼ][^\W\d_]+)*")
_AFTER_MARK = re.compile(r"\0(\w*+(?:[\u0300-\u036f'’ʼ]++\w++)*+)")
_ONE_WAY = str.maketrans({"ё": "е", "’": "'", "ʼ": "'"})


class Mention(NamedTuple):
    """Words of a text `[start, end)` in characters, and the names on record that they can stand for."""

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
                if word[-1:] not in _VOWELS:
                    out.update(word + other for other in others)
                break
            if word.endswith(ending):
                out.update(word[: -len(ending)] + other for other in others)
                break
    return frozenset(out)


def _key(form: str) -> str:
    """What is the same in all ways to write a form: letters and marks joined, lower case, `ё` as `е`, one apostrophe."""
    return unicodedata.normalize("NFC", form).replace("İ", "I").lower().translate(_ONE_WAY)


def _written(begin: str) -> Iterator[str]:
    """The first letters of a name as a text may write them: with a capital or in capitals, marks joined or apart."""
    yo = {begin, begin.replace("е", "ё", 1)} if "е" in begin else {begin}
    for plain in yo:
        for apostrophe in "'’ʼ" if "'" in plain else ("",):
            one = plain.replace("'", apostrophe) if apostrophe else plain
            for cased in (one[:1].upper() + one[1:], one.title(), one.upper()):
                yield unicodedata.normalize("NFC", cased)
                yield unicodedata.normalize("NFD", cased)


def _begins(forms: Iterable[str]) -> Iterator[str]:
    """The first letters of all forms of a name: the same for all where they share enough."""
    cut = {form[:_FIRST] for form in forms}
    first, last = min(cut), max(cut)  # what these two share, all share
    shared = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), min(len(first), len(last)))
    yield from (first[:shared],) if shared >= _SHORTEST - 1 else cut


class Spotter:
    """Finds the surnames of many people, and fixed names of other things, in time that does not grow with their number.

    A surname is the last word of a name. A fixed name (an act, a company, a place) is looked for as it is written, in its
    own cases of letters or in capitals.
    """

    __slots__ = ("_automaton", "_encoding", "_fixed", "_forms")

    def __init__(self, names: Iterable[str], fixed: Iterable[str] = ()) -> None:
        owners: dict[str, dict[str, None]] = {}
        begins: set[str] = set()
        for name in names:
            last = _key((name.split() or [""])[-1].rpartition("-")[2])
            if len(last) < _SHORTEST:
                continue
            forms = {form.translate(_ONE_WAY) for form in declined(last)}
            begins.update(_begins(forms))
            for form in forms:
                owners.setdefault(form, {})[name] = None
        same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._forms = {form: same.setdefault(who := tuple(sorted(found)), who) for form, found in owners.items()}
        patterns = {written for begin in begins for written in _written(begin)}
        self._fixed: dict[str, list[tuple[str, str]]] = {}
        for name in dict.fromkeys(" ".join(name.split()) for name in fixed):
            for written in {name, name.upper()}:
                self._fixed.setdefault(written[:_FIRST], []).append((written, name))
                patterns.add(written[:_FIRST])
        self._encoding = _alphabet(patterns)
        # What needs more letters than a byte has (names in Chinese characters) is not looked for.
        found_as = [self._bytes(p) for p in _shortest(patterns)]
        self._automaton = BytesAhoCorasick([p for p in found_as if b"?" not in p], matchkind=MatchKind.Standard)

    def _bytes(self, text: str) -> bytes:
        return text.encode("ascii") if text.isascii() else codecs.charmap_encode(text, "replace", self._encoding)[0]

    def spot(self, text: str) -> Iterator[Mention]:
        """Each name that stands as words of its own, a surname with a capital, in the order of the text."""
        text = text.replace("\0", " ").replace("İ", "I")  # the one letter whose small form is longer than itself
        found = self._automaton.find_matches_as_indexes(self._bytes(text))
        seen = 0
        for (_, start, _), word, names in zip(found, *self._looked_up(text, found), strict=True):
            if start < seen or (names is None and not self._fixed and word.isalpha()):
                continue
            if start and text[start - 1].isalpha():
                continue
            mention = self._whole(text, start) if self._fixed else None
            if mention is None and names is not None:
                mention = Mention(start, start + len(word), names)
            if mention is None and not word.isalpha():
                mention = self._owned(text, start)
            if mention is not None:
                seen = mention.end
                yield mention

    def _looked_up(
        self, text: str, found: list[tuple[int, int, int]]
    ) -> tuple[list[str], list[tuple[str, ...] | None]]:
        """The word that begins at each place, and whose name it is: all at once, a loop would cost more than the search."""
        windows = "\0".join([text[start : start + _LONGEST] for _, start, _ in found])
        words = _AFTER_MARK.findall(f"\0{windows.lower().replace('ё', 'е')}") if found else []
        return words, list(map(self._forms.get, words))

    def _owned(self, text: str, start: int) -> Mention | None:
        """A name written with marks apart, with an apostrophe in it, or with one after it (`Losik's`)."""
        match = _WORD.match(text, start)
        whole = text[start : match.end()] if match is not None else ""
        for word in (whole, re.split("['’ʼ]", whole)[0]):
            names = self._forms.get(_key(word))
            if names is not None:
                return Mention(start, start + len(word), names)
        return None

    def _whole(self, text: str, start: int) -> Mention | None:
        """The longest fixed name that begins here and ends with a word."""
        found = None
        for written, name in self._fixed.get(text[start : start + _FIRST], ()):
            end = start + len(written)
            apart = not text[end : end + 1].isalnum() and not (start and text[start - 1].isalnum())
            if text.startswith(written, start) and apart and (found is None or end > found.end):
                found = Mention(start, end, (name,))
        return found


def _alphabet(patterns: Iterable[str]) -> Any:
    """An encoding of one byte a character: ASCII as it is, then the letters of the patterns, the commonest first."""
    common = Counter(letter for pattern in patterns for letter in pattern if not letter.isascii())
    letters = [letter for letter, _ in common.most_common()] + [c for c in _USUAL if c not in common]
    table = [chr(code) for code in range(128)] + list(dict.fromkeys(letters))[:128]
    return codecs.charmap_build("".join(table).ljust(256, "\ufffe"))


def _shortest(begins: Iterable[str]) -> list[str]:
    """The beginnings without those that begin with another one."""
    kept: list[str] = []
    for begin in sorted(begins):
        if not (kept and begin.startswith(kept[-1])):
            kept.append(begin)
    return kept
