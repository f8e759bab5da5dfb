"""What one word of a name sounds like, at three levels: its letters, its sound classes, its consonants.

Spellings of one sound differ in the letters, careless ones in the class (b and p, s and z), and scripts that write no
vowels keep the consonants only. The three stand in one text, so that a single edit distance over it counts a change of
a vowel once, of a letter within its class once, and of a consonant three times. The letter rules are English and
French first: Slavic spellings have their own, finer fold in `letters`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from habeas.names.scripts import rows, written

# Order counts: longer clusters first. Every system writes some of these sounds with two letters.
_LETTERS = (
    ("sch", "sh"), ("tch", "ch"), ("cz", "ch"), ("sz", "sh"), ("ph", "f"), ("ck", "k"), ("gh", "g"), ("kh", "h"),
    ("qu", "kw"), ("q", "k"), ("x", "ks"), ("tz", "ts"), ("w", "v"), ("y", "i"), ("ee", "i"), ("oo", "u"), ("ou", "u"),
    ("hn", "n"), ("hl", "l"), ("hr", "r"), ("hm", "m"),
)  # fmt: skip
_SOFT_C, _HARD_C = re.compile("c(?=[eiy])"), re.compile("c(?!h)")
_TWICE = re.compile(r"(.)\1+")
_CLUSTERS = (("sh", "s"), ("ch", "s"), ("zh", "s"), ("th", "t"), ("ts", "s"), ("dz", "s"))
_CLASSES = str.maketrans("bpdtgkqvfwzsjchlrmnaeoiuy", "ppttkkkfffsssshlrmnaaaaaa")
_BARE = str.maketrans("", "", "ah")
_LIQUID = str.maketrans("r", "l")
# Consonants and long vowels, as Arabic and Hebrew letters keep them; capitals are sounds that have two letters in Latin.
_ABJAD = (
    ("sh", "S"), ("ch", "S"), ("th", "t"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("ck", "k"), ("x", "ks"),
)  # fmt: skip
_LONG_U, _LONG_I, _FIRST_A, _LATER_A = (
    re.compile("[ou]+|[vw]"), re.compile("[iy]+|ee"), re.compile("^[ae]"), re.compile("(?<=.)[ae]")
)  # fmt: skip
_ABJAD_CLASSES = str.maketrans("qczjp", "kksgb")


class Sound:
    """One word, and the texts that stand for it beside each kind of writing."""

    __slots__ = ("_abjad", "_liquid", "first", "frame", "initial", "letters", "others", "word", "woven")

    def __init__(self, word: str, letters: str, classes: str, frame: str, others: tuple[str, ...] = ()) -> None:
        self.word = word
        self.letters = letters
        self.frame = frame
        self.woven = f"{letters}|{classes}|{frame}"
        self.first = classes[:1]  # the class of its first sound
        self.initial = len(word) == 1
        self.others = others  # other forms of the same given name (Bob of Robert)
        self._abjad: str | None = None
        self._liquid: str | None = None

    @property
    def abjad(self) -> str:
        """Consonants and long vowels twice over, for they are all that an abjad tells; then the frame."""
        if self._abjad is None:
            consonants = _consonants(self.word)
            self._abjad = f"{consonants}|{consonants}|{self.frame}"
        return self._abjad

    def by(self, kind: str) -> str:
        """The text that stands for the word beside a name of this kind of writing."""
        if kind == "abjad":
            return self.abjad
        if kind not in _NO_R:
            return self.woven
        if self._liquid is None:
            self._liquid = self.woven.translate(_LIQUID)
        return self._liquid


# Scripts that do not tell l from r.
_NO_R = frozenset({"han", "hangul", "kana"})


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


def _levels(word: str) -> tuple[str, str, str]:
    text = word
    for cluster, sound in _LETTERS:
        if cluster in text:
            text = text.replace(cluster, sound)
    if "c" in text:
        text = _HARD_C.sub("k", _SOFT_C.sub("s", text))
    letters = _TWICE.sub(r"\1", text)
    text = letters
    if "h" in text or "s" in text or "z" in text:
        for cluster, sound in _CLUSTERS:
            text = text.replace(cluster, sound)
    classes = _TWICE.sub(r"\1", text.translate(_CLASSES))
    frame = _TWICE.sub(r"\1", classes.translate(_BARE)) or "a"
    return letters, classes, frame


def _consonants(word: str) -> str:
    text = word
    for cluster, sound in _ABJAD:
        if cluster in text:
            text = text.replace(cluster, sound)
    text = _LONG_I.sub("Y", _LONG_U.sub("W", text))
    text = _FIRST_A.sub("A", _LATER_A.sub("", text))
    return _TWICE.sub(r"\1", text.translate(_ABJAD_CLASSES))


@lru_cache(maxsize=131_072)
def sound(word: str) -> Sound:
    """The sound of one word in plain Latin letters."""
    return Sound(word, *_levels(word), nicknames().get(word, ()))


def as_written(word: str) -> Sound:
    """A word that stands for itself at every level, for names of one script."""
    return Sound(word, word, word, word)
