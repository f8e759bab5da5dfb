"""The letters of a word in all the ways that a text may write them: with a mark joined or apart, large or small, any apostrophe."""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = frozenset("'’ʼ")
SIGN = "\ue000"  # an apostrophe in a plain word; no text has it, so that there an apostrophe ends the letters
_ALIKE = {"ё": "е", "ς": "σ", "İ": "i"}
_ONE_WAY = str.maketrans({**_ALIKE, **dict.fromkeys(APOSTROPHES, SIGN)})
_MARKS = re.compile("[\u0300-\u036f]+")


def plain(word: str) -> str:
    """What is the same in all ways to write a word: marks joined, stress left out, lower case, `ё` as `е`, one apostrophe."""
    return _MARKS.sub("", unicodedata.normalize("NFC", word).lower()).translate(_ONE_WAY)


def capitals(letter: str) -> frozenset[str]:
    """How a text may begin a name that begins with a plain letter: large, and without its mark where that follows apart."""
    large = {c for one in alike(letter) for c in (one.upper(), one.title()) if len(c) == 1}
    return frozenset(large | {unicodedata.normalize("NFD", c)[0] for c in large})


def alike(letter: str) -> tuple[str, ...]:
    """A plain letter, and the small ones that are taken for it."""
    return (letter, *(other for other, one in _ALIKE.items() if one == letter))
