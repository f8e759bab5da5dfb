"""What the table of given names and the Slavic fold say of one word, and of two that met.

Letters alone cannot tell that Zmicier is Dmitry, that Valery is not Valeria, or that Ivanovich and Nikolaevich are the
sons of two men. Any script will do: a word comes here in the plain Latin letters that `scripts` gives it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from habeas.names.given import as_it_stands, father_of, mark, misprint_of, table
from habeas.names.letters import MOST_READINGS, all_spellings, all_stems, fold_words, readings, stem
from habeas.names.parse import all_fathers, father_stem, is_patronymic


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
    GIVEN_TORN = 9  # two names as they stand, one if one of the two stands in another case (Valeria, or of Valery)


# What such a meeting makes of a likeness: the same name is wholly alike, however it is spelled.
READ_AS = {
    Meeting.GIVEN_SAME: 1.0, Meeting.PATRONYMIC_SAME: 1.0, Meeting.STEM_SAME: 1.0, Meeting.GIVEN_BENT: 0.9,
    Meeting.GIVEN_MISPRINT: 0.9,
}  # fmt: skip
EXPLAINED = frozenset(
    {Meeting.GIVEN_SAME, Meeting.PATRONYMIC_SAME, Meeting.STEM_SAME, Meeting.GIVEN_MISPRINT}
)  # fmt: skip


class Known(NamedTuple):
    """What is known of a word: ids of given names it is in the nominative and in another case, the word as it is looked
    up among them, its folded stems, and the father's name in a patronymic.
    """

    exact: frozenset[str]
    oblique: frozenset[str]
    marked: str
    stems: frozenset[str]
    father: str


_UNKNOWN = Known(frozenset(), frozenset(), "", frozenset(), "")


@lru_cache(maxsize=131_072)
def known(word: str) -> Known:
    """What is known of one word, in plain Latin letters or in its own."""
    return _known(word, readings(word, word))


def _known(word: str, read: Sequence[str]) -> Known:
    folds = [fold for fold in read if fold]
    if len(word) < 2 or not folds:
        return _UNKNOWN
    marked = tuple([mark(word, fold) for fold in folds])
    exact, oblique = as_it_stands(marked)
    father = father_stem(folds[0]) if is_patronymic(folds[0]) else ""
    return Known(exact, oblique, marked[0], frozenset(map(stem, folds)), father)


class AllKnown:
    """What is known of many words in plain Latin letters, all their spellings folded at once, in columns.

    `stems` are those of the first word, then those of the second ..., an empty text for none; `counts` says how many
    are whose. Of each word, `named` says whether it is a given name of the table, and `fathers` whose son it says.
    """

    def __init__(self, words: Sequence[str]) -> None:
        spelled = all_spellings(words)
        self.counts = list(map(len, spelled))
        self._words = words
        self._starts = [0, *accumulate(self.counts)]
        self._folds = fold_words(list(chain.from_iterable(spelled)))
        self._shorten()
        self.stems = all_stems(self._folds)
        self.named = self._named()
        self.fathers = all_fathers([self._folds[at] for at in self._starts[:-1]])

    def _shorten(self) -> None:
        """Leave out readings past the most there may be; a letter is no word, and says nothing."""
        for at, count in enumerate(self.counts):
            if count > MOST_READINGS or len(self._words[at]) < 2:
                read = [] if len(self._words[at]) < 2 else self._read(at)
                self._folds[self._starts[at] : self._starts[at + 1]] = [*read, *[""] * count][:count]

    def _read(self, at: int) -> list[str]:
        folds = self._folds[self._starts[at] : self._starts[at + 1]]
        return list(dict.fromkeys(filter(None, folds)))[:MOST_READINGS]

    def _named(self) -> list[bool]:
        known = table()
        found = [False] * len(self._words)
        # Hardly a surname has the letters of a given name, so that few need a look at their softness.
        for at in {at for at, fold in enumerate(self._folds) if fold in known.bare}:
            of = bisect_right(self._starts, at) - 1
            one = mark(self._words[of], self._folds[at])
            found[of] = found[of] or one in known.exact or one in known.oblique
        return found

    def of(self, at: int) -> Known:
        """All that is known of one of the words, by its place."""
        return _known(self._words[at], self._read(at))


def meet(x: Known, y: Known) -> Meeting:
    """How two words stand to each other."""
    known_x, known_y = x.exact or x.oblique, y.exact or y.oblique
    if known_x and known_y:
        return _meet_given(x, y)
    if not known_x and not known_y:
        return _meet_unknown(x, y)
    if not x.stems.isdisjoint(y.stems):
        return Meeting.STEM_SAME
    given, other = (x, y) if known_x else (y, x)
    another = misprint_of(other.marked).isdisjoint(given.exact | given.oblique)
    return Meeting.GIVEN_HALF_KNOWN if another else Meeting.GIVEN_MISPRINT


def _meet_unknown(x: Known, y: Known) -> Meeting:
    """How two words stand to each other that are no given names."""
    if x.father and y.father:
        same = x.father == y.father or father_of(x.father) & father_of(y.father) or x.stems & y.stems
        return Meeting.PATRONYMIC_SAME if same else Meeting.PATRONYMIC_DIFFERS
    return Meeting.NOTHING if x.stems.isdisjoint(y.stems) else Meeting.STEM_SAME


def _meet_given(x: Known, y: Known) -> Meeting:
    """How two given names stand to each other."""
    if not x.exact.isdisjoint(y.exact):
        return Meeting.GIVEN_SAME
    if (x.exact | x.oblique).isdisjoint(y.exact | y.oblique):
        return Meeting.GIVEN_DIFFERS
    return Meeting.GIVEN_TORN if x.exact and y.exact else Meeting.GIVEN_BENT
