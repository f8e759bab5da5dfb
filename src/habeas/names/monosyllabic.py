"""Names made of single syllables (Chinese, Korean, Vietnamese, Burmese): each syllable is a name, and one like it is another.

Elsewhere two words that are nearly alike are often two spellings of one. Here they are two names (Võ and Vũ, Feng and
Deng), so that two such names agree only where each syllable is the same by the ways of spelling it that are known.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from enum import IntEnum
from functools import lru_cache

from habeas.names.eastern import Spelled, spelled
from habeas.names.letters import plain, script_of
from habeas.names.scripts import written
from habeas.names.titles import untitled

# Letters that only Vietnamese has.
_VIETNAMESE = re.compile("[ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_MARKS = re.compile("[\u0300-\u036f]")
# Burmese as newspapers, passports and people themselves spell it: in order, longer clusters first.
_BURMESE = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        ("^h(?=[tpksclmnw])|(?<=^[pk])h", ""), ("nt$|nd$|ne$|nn$", "n"), ("^(?:gy|gi(?=[aeiou]))", "j"), ("^r", "y"),
        ("^z", "s"), ("(?:oe|oh|ou)$", "o"), ("(?:oo|uu)(?=[tkn]?$)", "u"), ("ee$|ii$|(?<![aeo])y$", "i"), ("(?:ay|ei|ai|eh)$", "e"),
        ("(?:ar|ah)$", "a"), ("(?:or|au)$", "aw"), ("(?:eit|ait|ate)$", "eik"), ("ike$", "aik"), ("(?:own|oun|one)$", "on"),
        ("(?:wun|won)$", "un"), ("(?:ote|oke|okt|ot)$", "ok"), ("(?:oot|wut)$", "ut"), ("(?:ik|is)$", "it"), ("(?:et|ek|ak)$", "at"),
        ("ain$", "ein"),
    )
)  # fmt: skip


class Syllables(IntEnum):
    """How the syllables of two names stand."""

    OTHER = 0  # one of them is another name
    SPELLED = 1  # each is the same in one of its spellings
    SAME = 2  # each is the same


def syllables(a: str, b: str) -> Syllables | None:
    """How two names of single syllables stand; None where one of the two is no such name, or has words more than the other."""
    kinds = {script_of(a), script_of(b)}
    if kinds == {"Latn"}:
        return _vietnamese(plain(untitled(a)), plain(untitled(b)))
    if "Latn" not in kinds or kinds.isdisjoint(("Hani", "Hang", "Mymr")):
        return None
    native, latin = (b, a) if script_of(a) == "Latn" else (a, b)
    if "Mymr" in kinds:
        return _words({False: written(native).words, True: written(latin).words})
    name = written(native)
    if not name.readings:
        return None
    how = spelled(name, untitled(native), written(latin).words)
    return {Spelled.EXACTLY: Syllables.SAME, Spelled.ALIKE: Syllables.SPELLED}.get(how, Syllables.OTHER)


def _vietnamese(a: str, b: str) -> Syllables | None:
    marked = [text for text in (a, b) if _VIETNAMESE.search(text)]
    if not marked:
        return None
    if len(marked) == 1:
        a, b = _unmarked(a), _unmarked(b)
    one, two = Counter(a.replace("-", " ").split()), Counter(b.replace("-", " ").split())
    if one == two:
        return Syllables.SAME
    return Syllables.OTHER if one.total() == two.total() else None


def _unmarked(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d")


def _words(sides: dict[bool, tuple[str, ...]]) -> Syllables | None:
    one, two = (Counter(map(_burmese, words)) for words in sides.values())
    if one == two:
        return Syllables.SAME
    return Syllables.OTHER if one.total() == two.total() else None


@lru_cache(maxsize=4_096)
def _burmese(word: str) -> str:
    for pattern, to in _BURMESE:
        word = pattern.sub(to, word)
    return word
