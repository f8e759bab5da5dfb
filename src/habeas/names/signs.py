"""By what a full name is known in a text, however it is spelt: a sign of the given name beside a stem of the surname.

It is the same for names that are on record and for those of which only keyed tokens are left: a stem is asked for first,
and the pair only beside a stem that is looked for. A surname alone is nobody's full name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from habeas.names.given import Given, firsts, given_of, mark
from habeas.names.inflect import inflected, nominal
from habeas.names.letters import readings
from habeas.names.parse import Word, parse, says
from habeas.names.unseen import dropped

ONE_LETTER = (".", "?")  # with what the sign of an initial ends, and that of a whole name which one may stand for

_WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f'’ʼ`´ʹ]+[^\W\d_]+)*[\u0300-\u036f'’ʼ`´ʹ]*")
_JOINERS = dict.fromkeys((0x180E, 0x200C, 0x200D))  # also where a script is written with them, a word is one word
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_TAG = re.compile(r"<[^<>]*>")
_STOP = re.compile(r"[.!?…]\s")
_PATRONYMIC = re.compile(r"..(?:IC|[AI]VN|ICN)(?:A|U|I|AM|AI|IM|AU)?$")
_INITIAL = re.compile(r"[^\W\d_]|[YJI][aeuo]|[ZKCS]h|Ts|D[zž]|Д[зж]")  # a letter, or the two that one letter becomes
_SOFT_START = re.compile(r"[яюеёєї]|[yji][aeou]", re.IGNORECASE)
_OPENING, _CLOSING = "([«“„\"'‘", ")]»”“\"'’"
# The last consonant in the dative and the locative, and that of the nominative: Бабарыцы, Вользе, Зосе, муху.
_SOFTENED = {"T": "K", "Z": "G", "S": "G"}
_HYPHENS = ("-", "‐", "‑")
_SHORTEST = 2  # letters of a stem: a given name stands beside it
_FURTHEST = 4  # words between a surname and its given name


class _Piece(NamedTuple):
    """A word of a text, and what stands between it and the next one."""

    text: str
    before: str
    gap: str


def name_signs(name: str) -> frozenset[tuple[str, str]]:
    """The (sign of the given name, stem of the surname) of a full name as it is printed, in every reading that it allows."""
    found: set[tuple[str, str]] = set()
    for reading in parse(name).readings:
        given = reading.given
        if given is None or reading.surname is None:
            continue
        bent = bool(given.given.oblique and not given.given.exact)
        signs = _signs_of(given)
        for surname in (reading.surname, *reading.others):
            told = says(surname)
            oblique = bent or (bool(told) and all(one.startswith("o") for one in told))
            for part in re.split(r"[-‐‑]", surname.text):
                stems = (nominal(part) or nominal(part, _SHORTEST)) | (inflected(part) if oblique else frozenset())
                found.update((sign, stem) for sign in signs for stem in stems)
    return frozenset(found)


def tells(text: str, surname: Callable[[str], Collection[str]], full: Callable[[str, str], bool]) -> bool:
    """True where a text holds a full name that is looked for: `surname` gives the stems of a word that are, `full` says of a
    sign beside such a stem whether it is.

    The words may come in any order and case; initials, a patronymic or a byname may stand between them.
    """
    words = _words(text)
    for at, word in enumerate(words):
        stems = surname(word.text)
        if stems and any(full(sign, stem) for sign in _beside(words, at) for stem in stems):
            return True
    return False


@lru_cache(maxsize=65_536)
def surname_stems(word: str) -> frozenset[str]:
    """The stems that a word of a text may have as a surname, in whatever case it stands."""
    softened = {f"{bare[:-1]}{_SOFTENED[bare[-1]]}" for bare in inflected(word) if bare[-1] in _SOFTENED}
    stems = inflected(word, _SHORTEST)
    return stems | softened if _ends_softly(word) else stems


def _ends_softly(word: str) -> bool:
    """True where a word ends as the dative does in which a consonant changes."""
    return word[-1:].casefold() in "ыіиэеiye"


def unescaped(text: str) -> str:
    """An address with the letters that its percent signs stand for."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), text)


def _words(text: str) -> list[_Piece]:
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = dropped(unescaped(text)).translate(_JOINERS)
    found = list(_WORD.finditer(text))
    ends = [*(m.start() for m in found[1:]), len(text)]
    return [
        _Piece(m[0], text[m.start() - 1 : m.start()] if m.start() else "", text[m.end() : end])
        for m, end in zip(found, ends, strict=False)
    ]


def _beside(words: list[_Piece], at: int) -> Iterator[str]:
    """The signs of given names that stand beside a word."""
    for step in (-1, 1):
        here = at
        for _ in range(_FURTHEST):
            there = here + step
            between = words[max(0, min(here, there))]
            if not 0 <= there < len(words) or _parted(between):
                break
            word, here = words[there], there
            if _is_initial(word):
                yield from (f"{letter}." for letter in _letters(word.text))
            elif len(word.text) > 1:
                yield from _signs_in_text(word.text)
                further = word if step > 0 else words[max(0, there - 1)]
                if not (
                    between.gap in _HYPHENS or further.gap in _HYPHENS or _is_byname(word) or _is_patronymic(word.text)
                ):
                    break


def _parted(word: _Piece) -> bool:
    """True where a sentence ends after a word."""
    return len(word.text) >= 4 and _STOP.match(word.gap) is not None


def _is_initial(word: _Piece) -> bool:
    found = _INITIAL.fullmatch(word.text)
    return found is not None and word.text[:1].isupper() and (len(word.text) == 1 or word.gap.startswith("."))


def _is_byname(word: _Piece) -> bool:
    return word.before in _OPENING and word.gap[:1] in _CLOSING and bool(word.before and word.gap)


def _is_patronymic(word: str) -> bool:
    return any(_PATRONYMIC.search(folded) for folded in readings(word, word))


@lru_cache(maxsize=16_384)
def _given(word: str) -> Given:
    folds = [folded for folded in readings(word, word) if folded]
    if not folds:
        return Given()
    found = given_of(tuple(mark(word, folded) for folded in folds))
    if found.known or not _ends_softly(word):
        return found
    hard = [f"{f[:-2]}{_SOFTENED[f[-2]]}A" for f in folds if len(f) > 2 and f[-2] in _SOFTENED]
    turned = given_of(tuple(hard)) if hard else Given()
    return Given(oblique=turned.exact) if turned.exact else found


@lru_cache(maxsize=16_384)
def _signs_in_text(word: str) -> frozenset[str]:
    ids = _given(word).any
    told = {f"={one}" for one in ids} | {f"{letter}?" for letter in _letters(word) | firsts(ids)}
    return frozenset(told | surname_stems(word))


def _signs_of(given: Word) -> frozenset[str]:
    """The signs of the given name of a record: which names it is, its stems, and its initial, by which a text may show it."""
    letters = _letters(given.text)
    if given.initial:
        return frozenset({f"{letter}?" for letter in letters} | {f"{letter}." for letter in letters})
    known = given.given
    ids = known.exact or known.oblique or known.misprint
    stems = {stem for part in re.split(r"[-‐‑]", given.text) for stem in nominal(part)}
    return frozenset({f"={one}" for one in ids} | stems | {f"{letter}." for letter in letters | firsts(ids)})


def _letters(word: str) -> frozenset[str]:
    """The folded first letters by which an initial may show a word: of Юры also that of Yu. and J."""
    soft = {"I"} if _SOFT_START.match(word) else set()
    return frozenset({folded[:1] for folded in readings(word, word) if folded} | soft)
