"""Names on record spotted in running text in one pass: surnames in every case of be, ru, uk and pl, and fixed names.

This is the quick look at a text of any language and size. Who is meant, and in which spelling, is settled word by word by
`people.py`, which this module does not replace: a surname in a script that no list gives it in is not found here.

What a name may look like is written into the list of words, so the text is searched as it stands (`wordlist.py`) and there
is no folding whose offsets would have to be led back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from habeas.check.letters import APOSTROPHES, SIGN, capitals, plain
from habeas.check.lexicon import load
from habeas.names import script_of

_SHORTEST = 4  # letters of a surname; shorter ones stand in too many other words
_CYRILLIC, _LATIN = ("ru", "be", "uk"), ("pl",)
_VOWELS = "аеёиоуыэюяіїєьйaeiouyąęó"
_LETTERS = re.compile(r"[^\W\d_]*")
_APOSTROPHE = re.compile(f"[{''.join(sorted(APOSTROPHES))}]")
_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*(?:['’ʼ][^\W\d_]+)*")


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


class _Word(NamedTuple):
    """What a word of a text may be: the surname of somebody, the first word of fixed names, of a surname with an apostrophe."""

    names: tuple[str, ...]
    things: tuple[tuple[str, str], ...] = ()  # as written, and the name; the longest first
    longer: bool = False


class Spotter:
    """Finds the surnames of many people, and fixed names of other things, in time that does not grow with their number.

    A surname is the last word of a name and stands with a capital. A fixed name (an act, a company, a place) is looked
    for as it is written, in its own cases of letters or in capitals.
    """

    __slots__ = ("_small", "_words")  # what fixed names alone begin with

    def __init__(self, names: Iterable[str], fixed: Iterable[str] = ()) -> None:
        from habeas.check.wordlist import Wordlist  # brings numpy, which most commands do without

        owners: dict[str, dict[str, None]] = {}
        for name in names:
            last = plain((name.split() or [""])[-1].rpartition("-")[2])
            if len(last) >= _SHORTEST and last.replace(SIGN, "").isalpha():
                for form in {form.replace("ё", "е") for form in declined(last)}:
                    owners.setdefault(form, {})[name] = None
        same: dict[tuple[str, ...], _Word] = {}
        words = {form: same.setdefault(who := tuple(sorted(found)), _Word(who)) for form, found in owners.items()}
        for form in [form for form in words if SIGN in form]:
            begun = _letters(form)
            words[begun] = words.get(begun, _NOBODY)._replace(longer=True)
        plainly = filter(None, (" ".join(name.split()) for name in fixed))
        things = dict.fromkeys((way, name) for name in plainly for way in (name, name.upper()))
        for thing in sorted(things, key=lambda one: -len(one[0])):
            begun = plain(_letters(thing[0]))
            word = words.get(begun, _NOBODY)
            words[begun] = word._replace(things=(*word.things, thing))
        large = {c for first in {form[0] for form in owners} for c in capitals(first)}
        self._small = frozenset(way[0] for way, _ in things) - large
        self._words = Wordlist(words, large | self._small)

    def spot(self, text: str) -> Iterator[Mention]:
        """Each name that stands as words of its own, a surname with a capital, in the order of the text."""
        seen = 0
        for start, stop, word, going_on in self._words.met(text):
            if start < seen:
                continue
            mention = _thing(text, start, word) if word is not None and word.things else None
            if mention is None:
                end, whole = self._whole(text, start, stop, word) if going_on else (stop, word)
                if whole is None or not whole.names or (self._small and text[start] in self._small):
                    continue
                mention = Mention(start, end, whole.names)
            seen = mention.end
            yield mention

    def _whole(self, text: str, start: int, end: int, word: _Word | None) -> tuple[int, _Word | None]:
        """A word with the marks and apostrophes in it, and its end: `Дзям'янаву`, `Losik's`."""
        if word is not None and not word.longer and text[end] in APOSTROPHES:
            return end, word
        match = _WORD.match(text, start)
        written = match.group() if match is not None else ""
        for way in (written, _APOSTROPHE.split(written)[0]):
            found = self._words.get(plain(way))
            if found is not None and found.names:
                return start + len(way), found
        return end, None


_NOBODY = _Word(())


def _thing(text: str, start: int, word: _Word) -> Mention | None:
    """The longest fixed name that begins here and ends with a word."""
    for written, name in word.things:
        end = start + len(written)
        apart = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
        if apart and text.startswith(written, start):
            return Mention(start, end, (name,))
    return None


def _letters(word: str) -> str:
    """The letters that a word begins with."""
    match = _LETTERS.match(word)
    return match.group() if match is not None else ""
