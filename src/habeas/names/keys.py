"""Keys by which two names meet before they are compared: those that may be one person's nearly always share one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from habeas.names.eastern import eastern_keys, latin_keys
from habeas.names.letters import script_of
from habeas.names.parse import parse
from habeas.names.scripts import UNSPACED, own_letters, written
from habeas.names.sounds import sound

_MOST_EASTERN_WORDS = 4
# In keys l is r, and v (which is w and u elsewhere) is nothing.
_LIQUID = str.maketrans("r", "l", "f")
# First sounds that scripts and languages take for each other.
_FIRST = str.maketrans("rfvkiouyeh", "lppsaaaaaa")
# A shorter frame with a letter left out is hardly anything: a surname's by itself, a word's with another's first sound.
_LONG, _LEFT_OUT = 4, 3


def keys(text: str) -> frozenset[str]:
    """Search and blocking keys: two names that may be one person's nearly always share one.

    `s:` the consonants of each word that may be a surname; `d:` the same with one letter left out, so that a misprint
    still meets; `g:` the given name with two of the surname's consonants, its first and another. For names of all other use `w:`, the consonants of
    two of its words, and `e:`, family and given name of a short Chinese or Korean name; `o:`, the letters of a name
    written without spaces; `x:`, the consonants of one word, all or without one of them, with the first sound of another.
    A `d:`, `g:` or `x:` that many names share tells nothing.
    """
    found = _slavic_keys(text) | _word_keys(text)
    return frozenset(found | {f"o:{own_letters(text)}"} if script_of(text) in UNSPACED else found)


def _slavic_keys(text: str) -> set[str]:
    found: set[str] = set()
    for reading in parse(text).readings:
        given = frozenset[str]() if reading.given is None else reading.given.given.any
        for word in (w for w in (reading.surname, *reading.others) if w is not None):
            for frame in {*word.frames, *(_frame(part) for part in word.parts)}:
                found.update(_surname_keys(frame))
                found.update(f"g:{one}:{sounds}" for one in given for sounds in _two_sounds(frame))
        if reading.surname is None and reading.given is not None:
            found.update(f"n:{one}" for one in given or reading.given.folds)
    return found


def _surname_keys(frame: str) -> Iterator[str]:
    yield f"s:{frame}"
    if len(frame) >= _LONG:
        yield f"d:{frame}"
        yield from (f"d:{less}" for less in _without_one(frame))


def _word_keys(text: str) -> set[str]:
    name = written(text)
    frames = sorted({_consonants(word) for word in name.words})
    found = {f"w:{a}:{b}" for a, b in combinations(frames, 2)}
    found.add(f"w:{''.join(_consonants(word) for word in name.words)}")
    found.update(_one_word_keys(name.words))
    if name.readings:
        found |= eastern_keys(name, text.strip())
    elif name.kind == "latin" and 2 <= len(name.words) <= _MOST_EASTERN_WORDS:
        found |= latin_keys(name.words)
    return found


def _one_word_keys(words: tuple[str, ...]) -> Iterator[str]:
    """One word as it sounds, misheard by a letter or in another form of the name (Bob), and how another word begins."""
    frames = [{_consonants(form) for form in (word, *sound(word).others)} for word in dict.fromkeys(words)]
    firsts = [{frame[:1].translate(_FIRST) for frame in forms} for forms in frames]
    for at, forms in enumerate(frames):
        beside = set().union(*firsts[:at], *firsts[at + 1 :]) or {""}
        for frame in forms:
            for form in {frame, *_with_one_left_out(frame)}:
                yield from (f"x:{form}:{first}" for first in beside)


def _two_sounds(frame: str) -> set[str]:
    """The first consonant with the second, the third or the last: a misprint leaves one of these as it was."""
    return {frame[:2], frame[:1] + frame[2:3], f"{frame[:1]}~{frame[-1:]}"}


def _with_one_left_out(frame: str) -> Iterator[str]:
    """The frame marked, and with each letter left out: two that differ by one letter share one of these."""
    if len(frame) >= _LEFT_OUT:
        yield f"~{frame}"
        yield from (f"~{less}" for less in _without_one(frame))


def _without_one(frame: str) -> Iterator[str]:
    return (frame[:i] + frame[i + 1 :] for i in range(len(frame)))


def _consonants(word: str) -> str:
    """The frame of a word without half-vowels, which some scripts write and others do not."""
    frame = sound(word).frame
    return frame[:1] + frame[1:].translate(_LIQUID)


def _frame(part: str) -> str:
    return part[:1] + "".join(c for c in part[1:] if c not in "AIU")
