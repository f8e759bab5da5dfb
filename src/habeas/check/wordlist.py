"""A long list of words looked for in running text, many places at once: what an automaton does letter after letter, in columns.

Words that are looked for begin with a capital, and few words of a text do: most of it can be passed over unread. Each step
leaves fewer places of a block of text (docs/check.md has the figures): where a capital begins a word; where the first eight
letters are the first of some word of the list; where the whole word is one. A letter is a byte, the same for a capital and
a small one, so that eight letters are one number. The text is neither folded nor cut into words, and a place is a place in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from habeas.check.letters import APOSTROPHES, SIGN, alike, capitals, plain

_FIRST, _WHOLE = 8, 32  # letters looked at first, and the room for a word and its end: a longer one is not looked for
_BLOCK = 1 << 18  # characters read at a time: what is made of them stays in the processor's cache
_ROOM = 16  # places in the table of beginnings for each of them: one word in sixteen passes by chance
_OTHER = 127  # the byte of a letter that no word has; where words have more letters, those with the rarest are not looked for
_APART = 0x40  # letters further apart than this in Unicode are two stretches of capitals
_LETTERS = re.compile(r"[^\W\d_]+")

_SPACE = " " * _WHOLE
_CODES = 0x10000  # of the characters that are looked at; what lies beyond (emoji, rare scripts) is no letter here
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_APOSTROPHES = np.array(sorted(map(ord, APOSTROPHES)), np.uint16)
_NO_KEY = np.uint64(2**64 - 1)
_ONE, _TOP = np.uint64(1), np.uint64(0x8080808080808080)  # the top bit of each byte, which no letter has
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)

Units = NDArray[np.uint16]  # characters
Places = NDArray[np.intp]
Packed = NDArray[np.uint64]  # a row a word, eight letters a number, zero after the last
Flags = NDArray[np.bool_]
T = TypeVar("T")


class Wordlist(Generic[T]):
    """Something for each of many words, plain, of letters and SIGN; a text has them with one of some characters first.

    The empty word may be one of them: it stands where such a character is no letter.
    """

    __slots__ = ("_begins", "_buckets", "_keys", "_letters", "_opens", "_rows", "_stretches", "_values")

    def __init__(self, words: Mapping[str, T], opens: Iterable[str]) -> None:
        self._letters = _letters(words)
        units = _units("\0".join([*words, ""]))
        ends = np.flatnonzero(units[: units.size - _WHOLE] == 0)
        rows = self._packed(units, np.append(0, ends + 1)[:-1], _WHOLE)
        lengths = _lengths(rows)
        kept = np.flatnonzero((lengths == np.diff(ends, prepend=-1) - 1) & (lengths < _WHOLE))
        keys = rows[kept] @ _MIX
        kept, keys = kept[np.argsort(keys)], np.sort(keys)
        self._values = np.fromiter((*words.values(), None), object)[np.append(kept, -1)]
        self._rows = np.append(rows[kept], [[_NO_KEY] * (_WHOLE // 8)], axis=0)
        self._keys = np.append(keys, _NO_KEY)
        self._buckets = np.zeros(2 << kept.size.bit_length(), np.intp)
        self._buckets[:] = np.searchsorted(
            keys, np.arange(self._buckets.size, dtype=np.uint64) << _spare(self._buckets)
        )
        first = np.unique(rows[kept, 0])
        self._begins = np.zeros(2 << (first.size * _ROOM).bit_length(), bool)
        self._begins[_place(first * _MIX[0], self._begins)] = True
        self._opens = np.zeros(_CODES, bool)
        self._opens[[ord(c) for c in opens if ord(c) < _CODES]] = True
        self._stretches = _stretches(np.flatnonzero(self._opens).tolist())

    def get(self, word: str) -> T | None:
        """What a plain word stands for, None where it is not on the list."""
        row = self._packed(_units(word), np.zeros(1, np.intp), _WHOLE)
        found: T | None = self._values[self._numbers(row)[0]] if _lengths(row)[0] == len(word) else None
        return found

    def met(self, text: str) -> Iterator[tuple[int, int, T | None, bool]]:
        """Where letters `[start, end)`, with none before and after, are a word: what it stands for, and whether it may go on.

        It may where a mark or an apostrophe follows. Letters that are no word are met, too, with None, where a mark
        follows: it belongs to the last of them.
        """
        for begin in range(0, len(text) if self._stretches else 0, _BLOCK):
            before = text[begin - 1] if begin else " "
            units = _units(before + text[begin : begin + _BLOCK + _WHOLE])
            places = self._openings(units)
            first = self._packed(units, places, _FIRST)
            near = self._begins[_place(first[:, 0] * _MIX[0], self._begins)] | _marked(units[places + _lengths(first)])
            places = places[near]
            rows = self._packed(units, places, _WHOLE)
            ends = places + _lengths(rows)
            numbers = self._numbers(rows)
            after = units[ends]
            marked = _marked(after)
            going_on = reduce(or_, (after == sign for sign in _APOSTROPHES), marked)
            met = (numbers >= 0) | marked
            shift = begin - 1
            found = (places[met] + shift, ends[met] + shift, self._values.take(numbers[met]), going_on[met])
            yield from zip(*(column.tolist() for column in found), strict=True)

    def _openings(self, units: Units) -> Places:
        """Where a character that opens words follows one that is no letter, in the block after the first character."""
        block = units[1 : _BLOCK + 1]
        within = reduce(or_, (block - low <= span for low, span in self._stretches))
        places: Places = np.flatnonzero(within) + 1
        opening: Flags = self._opens.take(units[places]) & (self._letters.take(units[places - 1]) == 0)
        return places[opening]

    def _packed(self, units: Units, places: Places, room: int) -> Packed:
        """The letters from each place up to the first character that is none, at most `room` of them."""
        windows = np.ndarray(units.size - room + 1, f"V{2 * room}", units.data, strides=(2,))[places]
        rows = self._letters.take(windows.view("<u2")).view("<u8").reshape(places.size, room // 8)
        empty = ~(rows + ~_TOP) & _TOP
        rows &= (empty & -empty) - _ONE  # the bits below the first byte that is empty, all where none is
        for k in range(1, room // 8):
            rows[:, k] *= rows[:, k - 1] >= _ONE << np.uint64(56)  # the eight before are letters, too
        return rows

    def _numbers(self, rows: Packed) -> Places:
        """The number of each word, -1 where it is none: found by its key (one in 2^64 shares it), then compared."""
        keys = rows @ _MIX
        at: Places = self._buckets[_place(keys, self._buckets)]
        while (short := self._keys[at] < keys).any():
            at += short
        return np.where((self._rows.take(at, axis=0) == rows).all(axis=1), at, -1)


def _place(numbers: Packed, table: NDArray[Any]) -> Packed:
    """Where numbers stand in a table of 2^n places: their first n bits."""
    return numbers >> _spare(table)


def _spare(table: NDArray[Any]) -> np.uint64:
    """The bits of a number that its place in a table does not hang on."""
    return np.uint64(65 - table.size.bit_length())


def _units(text: str) -> Units:
    """The characters of a text, a number each, and room after them for the letters of a word."""
    spaced = f"{text}{_SPACE}"
    encoded = spaced.encode("utf-16-le", "surrogatepass")
    if len(encoded) != 2 * len(spaced):
        encoded = _BEYOND.sub("\ufffd", spaced).encode("utf-16-le", "surrogatepass")
    return np.frombuffer(encoded, "<u2")


def _marked(units: Units) -> Flags:
    return units - np.uint16(0x300) < 0x70


def _lengths(rows: Packed) -> Places:
    """How many letters each word has."""
    filled = np.bitwise_count((rows + ~_TOP) & _TOP)
    lengths: Places = filled[:, 0] if rows.shape[1] == 1 else filled.sum(axis=1, dtype=np.intp)
    return lengths


@lru_cache(maxsize=1)
def _unicode() -> NDArray[np.uint8]:
    """`_OTHER` at every letter of Unicode, zero at all else."""
    table = np.zeros(_CODES, np.uint8)
    for letters in _LETTERS.finditer("".join(map(chr, range(_CODES)))):
        table[letters.start() : letters.end()] = _OTHER
    table[_APOSTROPHES] = 0
    return table


def _letters(words: Iterable[str]) -> NDArray[np.uint8]:
    """The byte of each character: zero for what is no letter."""
    common = Counter("".join(words))
    bases = unicodedata.normalize("NFD", "".join(common))
    letters = [c for c in dict.fromkeys((*(c for c, _ in common.most_common()), *bases)) if c.isalpha() or c == SIGN]
    table = _unicode().copy()
    for code, letter in zip(range(1, _OTHER), letters, strict=False):
        for one in (*alike(letter), *capitals(letter)):
            if plain(one) == letter and ord(one) < _CODES:
                table[ord(one)] = code
    return table


def _stretches(codes: Sequence[int]) -> list[tuple[np.uint16, np.uint16]]:
    """Few stretches of Unicode that hold all of some characters: the first of each, and how far the last is from it."""
    found: list[list[int]] = []
    for code in codes:
        if found and code - found[-1][1] <= _APART:
            found[-1][1] = code
        else:
            found.append([code, code])
    return [(np.uint16(low), np.uint16(high - low)) for low, high in found]
