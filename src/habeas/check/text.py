"""Sentences and tokens with exact spans; nothing here knows what a claim is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_TOKENS = 220  # a longer sentence is cut, so that the time spent stays linear in the length of the text

_TOKEN = re.compile(
    r"""(?P<number>\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?)
      | (?P<abbreviation>(?:[^\W\d_]\.){2,})
      | (?P<possessive>['’]s\b)
      | (?P<word>[^\W\d_]+(?:['’ʼ](?!s\b)[^\W\d_]+)*)
      | (?P<mark>[^\w\s]|_)""",
    re.VERBOSE,
)
_BREAK = re.compile(r"\n|(?<![.!?…])[.!?…]++[\"'”’»“)\]]*+(?=\s)")
_OPENS = re.compile(r"\s+(?:[-–—]\s+)?[\"'“‘«„¿¡(\[]*(?:[A-Z\u00c0-\u00deЀ-ЯҐ]|\d)")
# Words that end in a full stop inside a sentence, in the languages read.
_SHORT = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "st",
        "sen",
        "rep",
        "gen",
        "col",
        "lt",
        "sgt",
        "rev",
        "hon",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "no",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "jr",
        "sr",
        "e.g",
        "i.e",
        "approx",
        "dept",
        "est",
        "fig",
        "art",
        "sra",
        "srta",
        "d.ª",
        "núm",
        "pág",
        "ee",
        "uu",
        "p.ej",
        "aprox",
        "г",
        "гг",
        "тыс",
        "млн",
        "млрд",
        "чел",
        "руб",
        "им",
        "ул",
        "стр",
        "ст",
        "т.д",
        "т.е",
        "т.п",
        "см",
        "н.э",
        "стар",
        "тыс",
        "руб",
        "вул",
    ]
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark as printed, its case-folded form, and where it stands in the text."""

    text: str
    low: str
    start: int
    end: int
    kind: str

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its number in the text, its tokens, and its span without the white space around it."""

    index: int
    start: int
    end: int
    tokens: tuple[Token, ...]

    def cut(self, text: str, i: int, j: int) -> str:
        """The characters from token `i` up to token `j` (exclusive)."""
        return text[self.tokens[i].start : self.tokens[j - 1].end] if i < j else ""


_SAME_LETTERS = str.maketrans({"’": "'", "ʼ": "'", "ё": "е", "ў": "у"})


def one_spelling(text: str) -> str:
    """A text with `ё` as `е`, `ў` as `у` and one kind of apostrophe, its capitals kept."""
    return text.translate(_SAME_LETTERS)


# The older Belarusian spelling writes a soft sign between soft consonants (`сьнежань`, `вызваленьне`), the official one none.
_SOFT_BEFORE = re.compile("(?<=[сзцн])ь(?=[бвгджзклмнпрстфхцчш])|(?<=л)ь(?=л)")
_OLDER = {"зь": "з", "бязь": "без", "бяз": "без", "ня": "не"}


def low(word: str) -> str:
    """A word as it is compared: case folded, `ё` as `е`, `ў` as `у`, one kind of apostrophe, both Belarusian spellings alike."""
    folded = word.casefold().translate(_SAME_LETTERS)
    if "ь" in folded:
        folded = _SOFT_BEFORE.sub("", folded)
    return _OLDER.get(folded, folded)


def tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of `text[start:end]`, hyphens on their own, with their places in the whole text."""
    return tuple(
        Token(m.group(), low(m.group()), m.start(), m.end(), m.lastgroup or "mark")
        for m in _TOKEN.finditer(text, start, len(text) if end is None else end)
    )


def _ends_sentence(text: str, mark: re.Match[str]) -> bool:
    if mark.group() == "\n":
        return True
    if not _OPENS.match(text, mark.end()):
        return False
    if not mark.group().startswith(".") or len(mark.group()) > 1:
        return True
    before = re.search(r"(\S{1,12})$", text[max(0, mark.start() - 12) : mark.start()])
    if before is None:
        return True
    word = before.group(1).strip("(\"'“‘[").casefold()
    single_letter = len(word) == 1 and word.isalpha()
    initials = re.fullmatch(r"(?:\w\.)+\w", word) is not None
    return not (word in _SHORT or single_letter or (initials and not _new_subject(text, mark.end())))


def _new_subject(text: str, at: int) -> bool:
    """After `U.S.`: a sentence ends there where the next word can only begin one."""
    following = re.match(r"\s+(\w+)", text[at : at + 40])
    return following is not None and following.group(1) in {"The", "He", "She", "It", "They", "In", "On", "But", "A"}


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _BREAK.finditer(text):
        if mark.end() > start and _ends_sentence(text, mark):
            yield start, mark.end()
            start = mark.end()
    yield start, len(text)


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a text, headings and list items included, in order; white space belongs to none of them.

    A line end always ends a sentence. A stretch of more than 220 tokens is cut, so that no text can cost more than
    its length.
    """
    index = 0
    for start, end in _spans(text):
        found = tokens(text, start, end)
        for at in range(0, len(found), MOST_TOKENS):
            part = found[at : at + MOST_TOKENS]
            yield Sentence(index, part[0].start, part[-1].end, part)
            index += 1
