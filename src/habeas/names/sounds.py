"""What one word of a name sounds like, at three levels: its letters, its sound classes, its consonants.

Spellings of one sound differ in the letters, careless ones in the class (b and p, s and z), and scripts that write no
vowels keep the consonants only. The three stand in one text, so that a single edit distance over it counts a change of
a vowel once, of a letter within its class once, and of a consonant three times. The letter rules are English and
French first: Slavic spellings have their own, finer fold in `letters`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from habeas.names.scripts import written
from habeas.names.tables import rows

# Order counts: longer clusters first. Every system writes some of these sounds with two letters.
_LETTERS = (
    ("sch", "sh"), ("tch", "ch"), ("cz", "ch"), ("sz", "sh"), ("ph", "f"), ("ck", "k"), ("gh", "g"), ("kh", "h"),
    ("qu", "kw"), ("q", "k"), ("x", "ks"), ("tz", "ts"), ("w", "v"), ("y", "i"), ("ee", "i"), ("oo", "u"), ("ou", "u"),
    ("hn", "n"), ("hl", "l"), ("hr", "r"), ("hm", "m"), ("ce", "se"), ("ci", "si"), ("cy", "sy"), ("ch", "C"), ("c", "k"),
    ("C", "ch"),
)  # fmt: skip
# All but the last of a letter that stands several times running.
_TWICE = re.compile(r"([a-z])(?=\1)")
_CLUSTERS = (("sh", "s"), ("ch", "s"), ("zh", "s"), ("th", "t"), ("ts", "s"), ("dz", "s"))
_CLASSES = str.maketrans("bpdtgkqvfwzsjchlrmnaeoiuy", "ppttkkkfffsssshlrmnaaaaaa")
_BARE = str.maketrans("", "", "ah")
_LIQUID = str.maketrans("r", "l")
# Consonants and long vowels, as Arabic and Hebrew letters keep them; capitals are sounds that have two letters in Latin.
_ABJAD = (
    ("sh", "S"), ("ch", "S"), ("th", "t"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("ck", "k"), ("x", "ks"),
)  # fmt: skip
_LONG_U, _LONG_I, _FIRST_A, _LATER_A = (
    re.compile("[ou]+|[vw]"), re.compile("[iy]+|ee"), re.compile("^[ae]", re.MULTILINE), re.compile("(?<=.)[ae]")
)  # fmt: skip
_ABJAD_CLASSES = str.maketrans("qczjp", "kksgb")


class Sound:
    """One word, and what stands for it beside each kind of writing: three levels, and the text woven of them."""

    __slots__ = ("_abjad", "_levels", "_liquid", "_woven", "first", "initial", "letters", "others", "word")

    def __init__(self, word: str, letters: str, classes: str, frame: str, others: tuple[str, ...] = ()) -> None:
        self.word = word
        self.letters = letters
        self._levels = (letters, classes, frame)
        self._woven = f"{letters}|{classes}|{frame}"
        self.first = classes[:1]  # the class of its first sound
        self.initial = len(word) == 1
        self.others = others  # other forms of the same given name (Bob of Robert)
        self._abjad = ""
        self._liquid = ""

    @property
    def frame(self) -> str:
        return self._levels[2]

    def levels(self, kind: str) -> tuple[str, str, str]:
        """The three levels beside a name of this kind of writing."""
        letters, classes, frame = self.by(kind).split("|")
        return letters, classes, frame

    def by(self, kind: str) -> str:
        """The text that stands for the word beside a name of this kind of writing."""
        if kind == "abjad":
            if not self._abjad:
                self._abjad = self._text(kind)
            return self._abjad
        if kind not in _NO_R:
            return self._woven
        if not self._liquid:
            self._liquid = self._text(kind)
        return self._liquid

    def _text(self, kind: str) -> str:
        three = Levels(*([one] for one in self._levels))
        return "|".join([one for (one,) in levels_by(kind, [self.word], three)])


# Scripts that do not tell l from r.
_NO_R = frozenset({"han", "hangul", "kana"})


def given_names() -> Iterator[tuple[str, ...]]:
    """Every given name that a table knows, as the forms of it: `nicknames.csv` and `given.csv`."""
    for table in ("nicknames.csv", "given.csv"):
        for row in rows(table):
            yield tuple(row["forms"].split())


@lru_cache(maxsize=1)
def nicknames() -> Mapping[str, tuple[str, ...]]:
    """Each form of a given name in plain Latin letters with the other forms of it: `nicknames.csv` and `given.csv`."""
    groups = [row["forms"].split() for row in rows("nicknames.csv")]
    groups += [[word for form in row["forms"].split() for word in written(form).words] for row in rows("given.csv")]
    found: dict[str, set[str]] = {}
    for group in groups:
        for form in group:
            found.setdefault(form, set()).update(group)
    return {form: tuple(sorted(others - {form})) for form, others in found.items()}


class Levels(NamedTuple):
    """The letters, the classes and the frames of many words."""

    letters: list[str]
    classes: list[str]
    frames: list[str]


def levels(words: Sequence[str]) -> Levels:
    """The three levels of many words in plain Latin letters, folded all in one text: a rule takes longer to begin than to
    go on.
    """
    if not words:
        return Levels([], [], [])
    text = "\n".join(words)
    for cluster, sounds_as in _LETTERS:
        text = text.replace(cluster, sounds_as)
    letters = _TWICE.sub("", text)
    text = letters
    for cluster, sounds_as in _CLUSTERS:
        text = text.replace(cluster, sounds_as)
    classes = _TWICE.sub("", text.translate(_CLASSES))
    frames = _TWICE.sub("", classes.translate(_BARE)).split("\n")
    return Levels(letters.split("\n"), classes.split("\n"), [frame or "a" for frame in frames])


def levels_by(kind: str, words: Sequence[str], plainly: Levels) -> Levels:
    """The levels of words beside a name of this kind of writing: without r where it tells no r from l; of an abjad the
    consonants and long vowels twice, for they are all that it tells.
    """
    if not words:  # joined and split again, no words would be one empty word
        return plainly
    if kind == "abjad":
        consonants = _consonants("\n".join(words)).split("\n")
        return Levels(consonants, consonants, plainly.frames)
    if kind in _NO_R:
        return Levels(*("\n".join(one).translate(_LIQUID).split("\n") for one in plainly))
    return plainly


def _consonants(text: str) -> str:
    """Consonants and long vowels of words, one a line."""
    for cluster, sound in _ABJAD:
        text = text.replace(cluster, sound)
    text = _LONG_I.sub("Y", _LONG_U.sub("W", text))
    text = _FIRST_A.sub("A", _LATER_A.sub("", text))
    return _TWICE.sub("", text.translate(_ABJAD_CLASSES))


@lru_cache(maxsize=131_072)
def sound(word: str) -> Sound:
    """The sound of one word in plain Latin letters."""
    (letters,), (classes,), (frame,) = levels([word])
    return Sound(word, letters, classes, frame, nicknames().get(word, ()))


def as_written(word: str) -> Sound:
    """A word that stands for itself at every level, for names of one script."""
    return Sound(word, word, word, word)
