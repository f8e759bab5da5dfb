"""What the table of given names and the Slavic fold say of one word, and of two that met.

Letters alone cannot tell that Zmicier is Dmitry, that Valery is not Valeria, or that Ivanovich and Nikolaevich are the
sons of two men. Any script will do: a word comes here in the plain Latin letters that `scripts` gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from habeas.names.given import Given, father_of, given_of, mark
from habeas.names.letters import fold_all, readings, stem
from habeas.names.parse import father_stem, is_patronymic


class Meeting(IntEnum):
    """How two words stand to each other by what is known of them."""

    NOTHING = 0
    GIVEN_SAME = 1
    GIVEN_BENT = 2  # one given name if one of the two stands in another grammatical case
    GIVEN_DIFFERS = 3
    GIVEN_MISPRINT = 4
    GIVEN_HALF_KNOWN = 5  # one is a given name of the table and the other is not
    PATRONYMIC_SAME = 6
    PATRONYMIC_DIFFERS = 7
    STEM_SAME = 8


# What such a meeting makes of a likeness: the same name is wholly alike, however it is spelled.
READ_AS = {
    Meeting.GIVEN_SAME: 1.0, Meeting.PATRONYMIC_SAME: 1.0, Meeting.STEM_SAME: 1.0, Meeting.GIVEN_BENT: 0.9,
    Meeting.GIVEN_MISPRINT: 0.9,
}  # fmt: skip
EXPLAINED = frozenset(
    {Meeting.GIVEN_SAME, Meeting.PATRONYMIC_SAME, Meeting.STEM_SAME, Meeting.GIVEN_MISPRINT}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a word: the given names it may be, its folded stems, and the father's name in a patronymic."""

    given: Given
    stems: frozenset[str]
    father: str


# Spellings that stand for one sound or another (see `letters.readings`).
_SEVERAL_WAYS = re.compile("ch|zh|rz|ou|ic$")
_UNKNOWN = Known(Given(), frozenset(), "")


@lru_cache(maxsize=131_072)
def known(word: str) -> Known:
    """What is known of one word in plain Latin letters."""
    return _known(word, readings(word, word))


def all_known(words: Sequence[str]) -> dict[str, Known]:
    """What is known of many words; those that can be read in one way only are folded all at once."""
    plainly = [word for word in words if _SEVERAL_WAYS.search(word) is None]
    folds = dict(zip(plainly, fold_all(plainly), strict=True))
    return {word: _known(word, (folds[word],)) if word in folds else known(word) for word in words}


def _known(word: str, read: tuple[str, ...]) -> Known:
    folds = tuple([fold for fold in read if fold])
    if len(word) < 2 or not folds:
        return _UNKNOWN
    given = given_of(tuple([mark(word, fold) for fold in folds]))
    father = father_stem(folds[0]) if is_patronymic(folds[0]) else ""
    return Known(given, frozenset(map(stem, folds)), father)


def meet(x: Known, y: Known) -> Meeting:
    """How two words stand to each other."""
    given_x, given_y = x.given, y.given
    if x.father and y.father and not (given_x.known or given_y.known):
        same = x.father == y.father or father_of(x.father) & father_of(y.father) or x.stems & y.stems
        return Meeting.PATRONYMIC_SAME if same else Meeting.PATRONYMIC_DIFFERS
    if given_x.exact & given_y.exact:
        return Meeting.GIVEN_SAME
    any_x, any_y = given_x.exact | given_x.oblique, given_y.exact | given_y.oblique
    if any_x and any_y:
        return Meeting.GIVEN_BENT if any_x & any_y else Meeting.GIVEN_DIFFERS
    if x.stems & y.stems:
        return Meeting.STEM_SAME
    if given_x.any & given_y.any:
        return Meeting.GIVEN_MISPRINT
    return Meeting.GIVEN_HALF_KNOWN if any_x or any_y else Meeting.NOTHING
