"""What one word of a name sounds like, at three levels: its letters, its sound classes, its consonants.

Spellings of one sound differ in the letters, careless ones in the class (b and p, s and z), and scripts that write no
vowels keep the consonants only. The three stand in one text, so that a single edit distance over it counts a change of
a vowel once, of a letter within its class once, and of a consonant three times. The letter rules are English and
French first: Slavic spellings have their own, finer fold in `letters`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

# Order counts: longer clusters first. Every system writes some of these sounds with two letters.
_LETTERS = (
    ("sch", "sh"), ("tch", "ch"), ("cz", "ch"), ("sz", "sh"), ("ph", "f"), ("ck", "k"), ("gh", "g"), ("kh", "h"),
    ("qu", "kw"), ("q", "k"), ("x", "ks"), ("tz", "ts"), ("w", "v"), ("y", "i"), ("ee", "i"), ("oo", "u"), ("ou", "u"),
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


@dataclass(frozen=True, slots=True)
class Sound:
    """One word: the text compared for most scripts, for the abjads and for scripts that do not tell l from r."""

    word: str
    letters: str
    woven: str
    abjad: str
    liquid: str
    initial: bool
    # The first letters its name may be shown by, and other names of the same person's (Bob of Robert).
    others: tuple[str, ...] = field(default=())

    def by(self, kind: str) -> str:
        """The text that stands for the word beside a name of this kind of writing."""
        return self.abjad if kind == "abjad" else self.liquid if kind in _NO_R else self.woven


_NO_R = frozenset({"han", "hangul", "kana"})


@lru_cache(maxsize=1)
def nicknames() -> Mapping[str, tuple[str, ...]]:
    """Each form of `nicknames.csv` with the other forms of its names."""
    text = files("habeas.names").joinpath("nicknames.csv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(line for line in text.splitlines() if not line.startswith("#")):
        forms = set(row["forms"].split())
        for form in forms:
            found.setdefault(form, set()).update(forms - {form})
    return {form: tuple(sorted(others)) for form, others in found.items()}


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


def _abjad(word: str) -> str:
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
    letters, classes, frame = _levels(word)
    consonants = _abjad(word)
    return Sound(
        word,
        letters,
        f"{letters}|{classes}|{frame}",
        f"{consonants}|{consonants}|{frame}",
        f"{letters}|{classes}|{frame}".translate(_LIQUID) if "r" in letters else f"{letters}|{classes}|{frame}",
        len(word) == 1,
        nicknames().get(word, ()),
    )


def joined(sounds: tuple[Sound, ...], kind: str) -> str:
    """All words of a name run together, level by level: names are not cut into words in the same places everywhere."""
    levels = zip(*(one.by(kind).split("|") for one in sounds), strict=True)
    return "|".join("".join(level) for level in levels)
