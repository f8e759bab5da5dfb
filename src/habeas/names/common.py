"""Names that many people bear: where nothing else is known, the same name is then no sign of the same person.

How often a name stands in the lists at hand does not say how many bear it: lists of prisoners are short, and two of one country
name people from all of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import or_

from habeas.names.letters import folds, script_of
from habeas.names.scripts import own_letters
from habeas.names.tables import rows
from habeas.names.titles import untitled

_PARTED = re.compile(r"[\s,.·()]+")
_JOINED = re.compile(r"[\-‐‑–'’]")
_FOLDED = frozenset({"Latn", "Cyrl"})
_TOGETHER = frozenset({"Hani", "Hang"})
_AL = "ال"
_STROKES = str.maketrans("ıłđø", "ildo")  # what Unicode does not take apart
# A syllable as pinyin spells it.
_SYLLABLE = re.compile(r"[b-df-hj-np-tv-z]{0,2}[aeiouü]{1,3}(?:ng?|r)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Where:
    surname: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    middle: set[str] = field(default_factory=set)


@lru_cache(maxsize=1)
def _places() -> Mapping[str, _Where]:
    found: dict[str, _Where] = {}
    for row in rows("common.csv"):
        into: set[str] = getattr(found.setdefault(row["where"], _Where()), row["part"])
        for name in row["names"].split("|"):
            forms = name.split("/")
            # Where spellings differ by the system of writing in Latin letters, and not by what somebody is called.
            folded = any(script_of(form) == "Cyrl" for form in forms)
            words = (word for form in forms for word in _PARTED.split(_JOINED.sub("", form)))
            into.update(key for word in words for key in _keys(word, folded=folded))
    return found


@lru_cache(maxsize=65_536)
def common(text: str) -> bool:
    """True where the given name and the surname are both among the commonest of one country or language, and no word is another.

    A Chinese name of two characters, with one of the commonest surnames, is one that thousands bear: a seventh of 1.4 thousand
    million people are called so (Ministry of Public Security, report on names of 2019). So is a Vietnamese
    surname, middle name and given name (Nguyễn Văn ...).
    """
    name = untitled(text)
    words = [frozenset(_keys(word)) for word in _words(name)]
    places = _places()
    return (
        any(_called(words, one) for one in places.values())
        or _two_characters(name, words, places["CN TW"])
        or _three_syllables(words, places["VN"])
    )


def _called(words: list[frozenset[str]], where: _Where) -> bool:
    """Every word is one of the commonest there, one of them as a given name and one as a surname or a father's name."""
    surnames = where.surname or where.given
    given = [not word.isdisjoint(where.given) for word in words]
    family = [not word.isdisjoint(surnames) for word in words]
    known = all(map(or_, given, family))
    return known and len(words) > 1 and any(given) and any(family)


def _two_characters(name: str, words: list[frozenset[str]], china: _Where) -> bool:
    if script_of(name) == "Hani":
        bare = "".join(_words(name))
        return len(bare) == 2 and bare[0] in china.surname
    latin = _words(name)
    if len(latin) != 2 or not all(_SYLLABLE.fullmatch(word) for word in latin):
        return False
    return any(not word.isdisjoint(china.surname) for word in words)


def _three_syllables(words: list[frozenset[str]], vietnam: _Where) -> bool:
    if len(words) != 3:
        return False
    return not words[0].isdisjoint(vietnam.surname) and not words[1].isdisjoint(vietnam.middle)


def _words(text: str) -> list[str]:
    """The words of a name; of a Chinese or Korean one written together the family name, a character, and the given name."""
    words = [word for word in _PARTED.split(_JOINED.sub("", text)) if word]
    if len(words) == 1 and len(text) > 1 and script_of(text) in _TOGETHER:
        return [words[0][:1], words[0][1:]]
    return words


def _keys(word: str, *, folded: bool = True) -> set[str]:
    """What a word is known by: its own letters, without accents and an article, and the forms that spellings of it fold to."""
    own = own_letters(word.removeprefix(_AL) if len(word) > len(_AL) + 1 else word)
    bare = (c for c in unicodedata.normalize("NFD", own.translate(_STROKES)) if not unicodedata.combining(c))
    found = {"".join(bare)}
    if folded and script_of(word) in _FOLDED:
        for one in folds(word):
            found |= {one, one.removesuffix("A")}  # a woman's surname
    return found - {""}
