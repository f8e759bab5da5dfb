"""Chinese and Korean names against Latin spellings: the family name by itself, the given name run together.

A name in characters does not say in which language it is read, and each language has several ways of spelling: pinyin,
Wade-Giles, those of Hong Kong, Seoul and Pyongyang. Syllables are folded so far that these meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from habeas.names.scripts import Written
from habeas.names.tables import rows

_similar = OSA.normalized_similarity
# In order: vowels spelled with several letters, then consonants that one system marks as breathed and another does not.
_FOLDS = (
    ("hs", "s"), ("tz", "j"), ("ts", "j"), ("yeo", "yu"), ("eo", "u"), ("eu", "u"), ("ou", "u"), ("oo", "u"),
    ("wu", "u"), ("ae", "e"), ("ai", "e"), ("ee", "i"), ("oe", "o"), ("ui", "i"), ("yi", "i"), ("zh", "j"), ("ch", "j"),
    ("sh", "s"), ("ck", "g"),
)  # fmt: skip
_SOUNDS = str.maketrans("ktpwyrzxqcv", "gdbuiljsjju")
_NO_VOWELS = str.maketrans("", "", "aeiou")
_TWICE = re.compile(r"(.)\1+")
# A given name in Latin letters is at most this many words, for hyphens part its syllables.
_GIVEN_WORDS = 3


@lru_cache(maxsize=32_768)
def _fold(text: str) -> tuple[str, str]:
    """A syllable, or several, folded; and its first letter with the consonants after it."""
    for cluster, to in _FOLDS:
        if cluster in text:
            text = text.replace(cluster, to)
    text = _TWICE.sub(r"\1", text.translate(_SOUNDS))
    if len(text) > 1:
        text = text.removesuffix("h")
    return text, text[:1] + text[1:].translate(_NO_VOWELS)


@lru_cache(maxsize=1)
def _surnames() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for row in rows("surnames.csv"):
        for character in row["characters"]:
            found[character] = (*found.get(character, ()), *row["spellings"].split())
    return found


def _alike(a: str, b: str) -> float:
    (x, frame_x), (y, frame_y) = _fold(a), _fold(b)
    return 1.0 if x == y else (_similar(x, y) + _similar(frame_x, frame_y)) / 2


def eastern(name: Written, family: str, words: tuple[str, ...]) -> tuple[float, float, float]:
    """How well a short Chinese or Korean name fits the words of a Latin one: family name, given name, and its letters.

    Each word may be the family name, with the given name before or after it; a Christian name may stand aside (Alice
    Mak Mei-kuen). Each in [0, 1]; `family` is the family name in its own script.
    """
    best, found = 0.0, (0.0, 0.0, 0.0)
    written = _surnames().get(family[:1], ())
    for _, syllables in name.readings:
        given = "".join(syllables[1:])
        for word, other in _split(words):
            fits = 1.0 if word in written else _alike(syllables[0], word)
            if fits <= 0.2:
                continue
            agrees = _alike(given, other)
            if fits + 1.3 * agrees > best:
                best = fits + 1.3 * agrees
                found = (fits, agrees, _similar(_fold(given)[0], _fold(other)[0]))
    return found


@lru_cache(maxsize=1)
def _pinyin() -> re.Pattern[str]:
    """Words of syllables that Mandarin has, as pinyin spells them."""
    known = {row["mandarin"] for row in rows("han.csv") if row["mandarin"]}
    return re.compile(f"(?:{'|'.join(sorted(known, key=len, reverse=True))})+")


class Spelled(IntEnum):
    """How a Latin name spells a short Chinese or Korean one."""

    NOT = 0
    ALIKE = 1  # the same once the ways of spelling a syllable are folded into one
    EXACTLY = 2  # letter by letter in one of its readings, or by a common spelling of the family name


def spelled(name: Written, family: str, words: tuple[str, ...]) -> Spelled:
    """How well the words of a Latin name spell a short Chinese or Korean one; a Christian name may stand aside."""
    best = Spelled.NOT
    written = _surnames().get(family[:1], ())
    in_pinyin = any(language == "mandarin" for language, _ in name.readings)
    for _, syllables in name.readings:
        given = "".join(syllables[1:])
        for word, other in _split(words):
            if (word == syllables[0] or word in written) and other == given:
                return Spelled.EXACTLY
            if in_pinyin and _pinyin().fullmatch(f"{word}{other}"):
                continue  # it says exactly which syllables it means
            if _fold(given)[0] == _fold(other)[0] and (word in written or _fold(word)[0] == _fold(syllables[0])[0]):
                best = Spelled.ALIKE
    return best


def _split(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each word as the family name, with the words after it or before it run together as the given name."""
    for at, word in enumerate(words):
        for rest in (words[at + 1 : at + 1 + _GIVEN_WORDS], words[:at]):
            if rest:
                yield word, "".join(rest)


def eastern_keys(name: Written, family: str) -> frozenset[str]:
    """Blocking keys of a short Chinese or Korean name: each spelling of its family name with the sounds of the given."""
    found = set()
    for _, syllables in name.readings:
        given = _fold("".join(syllables[1:]))[1]
        for one in (syllables[0], *_surnames().get(family[:1], ())):
            found.add(f"e:{_fold(one)[1]}:{given}")
    return frozenset(found)


def latin_keys(words: tuple[str, ...]) -> frozenset[str]:
    """The keys by which a Latin name meets `eastern_keys`: each word as the family name, the words beside it the given."""
    return frozenset(f"e:{_fold(word)[1]}:{_fold(other)[1]}" for word, other in _split(words))
