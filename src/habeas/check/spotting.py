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

from habeas.check.lexicon import load
from habeas.check.wordlist import APOSTROPHES, SIGN, Wordlist, capitals, plain
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


class Spotter:
    """Finds the surnames of many people, and fixed names of other things, in time that does not grow with their number.

    A surname is the last word of a name and stands with a capital. A fixed name (an act, a company, a place) is looked
    for as it is written, in its own cases of letters or in capitals.
    """

    __slots__ = ("_capitals", "_fixed", "_longer", "_names", "_words")

    def __init__(self, names: Iterable[str], fixed: Iterable[str] = ()) -> None:
        owners: dict[str, dict[str, None]] = {}
        for name in names:
            last = plain((name.split() or [""])[-1].rpartition("-")[2])
            if len(last) >= _SHORTEST and last.replace(SIGN, "").isalpha():
                for form in {form.replace("ё", "е") for form in declined(last)}:
                    owners.setdefault(form, {})[name] = None
        begun: dict[str, list[tuple[str, str]]] = {}
        for name in dict.fromkeys(" ".join(name.split()) for name in fixed):
            for written in {name, name.upper()} - {""}:
                begun.setdefault(plain(_letters(written)), []).append((written, name))
        longer = {_letters(form) for form in owners if SIGN in form}
        self._capitals = frozenset(c for first in {form[0] for form in owners} for c in capitals(first))
        opens = self._capitals.union(written[0] for rows in begun.values() for written, _ in rows)
        self._words = Wordlist((*owners, *begun, *longer), opens)
        same: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._names = [same.setdefault(who := tuple(sorted(owners.get(w, ()))), who) for w in (*self._words.words, "")]
        numbers = [(n, w) for n, w in enumerate(self._words.words) if w in begun or w in longer]
        self._fixed = {n: sorted(begun[w], key=lambda row: -len(row[0])) for n, w in numbers if w in begun}
        self._longer = {n for n, w in numbers if w in longer}

    def spot(self, text: str) -> Iterator[Mention]:
        """Each name that stands as words of its own, a surname with a capital, in the order of the text."""
        seen = 0
        for start, stop, letters, going_on in self._words.met(text):
            if start < seen:
                continue
            mention = self._thing(text, start, letters) if letters in self._fixed else None
            if mention is None:
                end, word = self._whole(text, start, stop, letters) if going_on else (stop, letters)
                if not self._names[word] or text[start] not in self._capitals:
                    continue
                mention = Mention(start, end, self._names[word])
            seen = mention.end
            yield mention

    def _thing(self, text: str, start: int, number: int) -> Mention | None:
        """The longest fixed name that begins here and ends with a word."""
        for written, name in self._fixed[number]:
            end = start + len(written)
            apart = not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()
            if apart and text.startswith(written, start):
                return Mention(start, end, (name,))
        return None

    def _whole(self, text: str, start: int, end: int, number: int) -> tuple[int, int]:
        """The end and the number of a word with the marks and apostrophes in it: `Дзям'янаву`, `Losik's`."""
        if number >= 0 and number not in self._longer and text[end] in APOSTROPHES:
            return end, number
        match = _WORD.match(text, start)
        whole = match.group() if match is not None else ""
        for word in (whole, _APOSTROPHE.split(whole)[0]):
            found = self._words.number(plain(word))
            if self._names[found]:
                return start + len(word), found
        return end, -1


def _letters(word: str) -> str:
    """The letters that a word begins with."""
    match = _LETTERS.match(word)
    return match.group() if match is not None else ""
