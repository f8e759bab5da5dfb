"""Belarusian, Russian and Ukrainian names in running text: a form in any case back to the stem its nominative has.

Lists of endings, not a dictionary: surnames are an open class, and a lemmatiser leaves those it never saw as they stand.
The endings are those of the folded word, in which a, o and e are A, and и, ы, й and і are I.
"""

from __future__ import annotations

from functools import lru_cache

from habeas.names.given import Given, given_of, mark
from habeas.names.letters import readings

# Longest first. -aha/-ogo, -amu/-omu, -ym/-im, -ymi, -ykh, -ay/-oy (and -aja, -uju, which fold to A and U), -am/-om/-em,
# -ovi/-evi of Ukrainian, and the vowels.
_OBLIQUE = ("AGA", "AMU", "IMI", "AVI", "AMI", "IM", "IG", "AI", "AM", "UI", "AU", "A", "U", "I", "")
_NOMINATIVE = ("AI", "II", "I", "A", "U", "")
_SHORTEST = 3
# Consonants before which a vowel of the nominative falls out in other cases (Кравец, Кравца; Павел, Павла).
_FLEETING = ("T", "L", "K", "N", "R")


def _without(fold: str, endings: tuple[str, ...], shortest: int) -> set[str]:
    found = set()
    for ending in endings:
        if fold.endswith(ending):
            bare = fold[: len(fold) - len(ending)]
            if len(bare) >= shortest:
                found.add(bare)
    return found


def _folds(word: str) -> tuple[str, ...]:
    return tuple(fold for fold in readings(word, word) if fold)


@lru_cache(maxsize=16_384)
def nominal(word: str, shortest: int = _SHORTEST) -> frozenset[str]:
    """The stems of a surname or given name that stands in the nominative; `shortest` is the fewest letters of one."""
    found: set[str] = set()
    for fold in _folds(word):
        for bare in _without(fold, _NOMINATIVE, shortest):
            found.add(bare)
            if bare == fold and len(bare) > 2 and bare[-1] in _FLEETING and bare[-2] in "AI":
                found.add(bare[:-2] + bare[-1])
    return frozenset(found)


@lru_cache(maxsize=16_384)
def inflected(word: str, shortest: int = _SHORTEST) -> frozenset[str]:
    """The stems a surname or given name may have, in whatever case it stands; `shortest` as in `nominal`."""
    return frozenset(bare for fold in _folds(word) for bare in _without(fold, _OBLIQUE, shortest))


def is_form(word: str, name: str) -> bool:
    """True where a word of a running text may be a form of a surname or given name in the nominative, in any spelling.

    A given name may also be another form of the name (Алеся is of Алесь, and so of Аляксандр).
    """
    if inflected(word) & nominal(name):
        return True
    given, known = _given(word), _given(name)
    return bool((given.exact | given.oblique) & known.exact)


def _given(word: str) -> Given:
    marked = tuple(mark(word, fold) for fold in _folds(word))
    return given_of(marked) if marked else Given()
