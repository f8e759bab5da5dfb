"""What a heading says, in whichever language: the longest phrase of the lexicon that it holds, and what is left over."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from habeas.readers.lexicon import folded, phrases

PARENT = " > "  # between the two rows of a heading
OTHERS = "other"  # the key of headings that speak of somebody or something else: a father, a lawyer, an organisation
FILLER = "filler"  # words beside `name` that leave it the name of the person listed
NAMES = ("name", "surname", "given", "patronymic")
_LONGEST = 8  # words of a phrase
_LONGEST_HEADING = 120
_BRACKETS = re.compile(r"[(（\[［【][^)）\]］】]*[)）\]］】]")
_INSIDE = re.compile(r"[(（\[［【]([^)）\]］】]*)[)）\]］】]")
_PIECES = re.compile(r"\s*[/|／\n]\s*")
# Scripts that set no space between words: a phrase may begin at any letter.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "HANGUL")


@dataclass(frozen=True, slots=True)
class Meant:
    """A property that a heading names, and in which language; `plain` where it says nothing else beside."""

    prop: str
    language: str
    plain: bool
    weight: int = 0


@dataclass(frozen=True, slots=True)
class _Words:
    whole: dict[str, tuple[tuple[str, str], ...]]  # phrase -> (property, language)
    stems: dict[str, tuple[tuple[str, str], ...]]


@cache
def _words() -> _Words:
    whole: dict[str, dict[tuple[str, str], None]] = {}
    stems: dict[str, dict[tuple[str, str], None]] = {}
    for language, keys in phrases("headings").items():
        for prop, said in keys.items():
            for phrase in said:
                kept = stems if phrase.endswith("*") else whole
                kept.setdefault(_compared(phrase), {})[prop, language] = None
    return _Words(
        whole={phrase: tuple(found) for phrase, found in whole.items()},
        stems={phrase: tuple(found) for phrase, found in stems.items()},
    )


def _compared(text: str) -> str:
    text = re.sub(r"[_.]+", " ", text.replace("'", " ").replace("’", " "))
    found = folded(text)
    return found.replace(" ", "") if _unspaced(found) else found


def _unspaced(text: str) -> bool:
    return any(unicodedata.name(sign, "").startswith(_UNSPACED) for sign in text if not sign.isascii())


@cache
def meanings(heading: str) -> tuple[Meant, ...]:
    """All that a heading may say, the surest first; nothing where no phrase is in it."""
    if len(heading) > _LONGEST_HEADING:
        return ()
    for form in _forms(heading):
        found = _words().whole.get(form)
        if found and not _of_others(heading, form):
            kept = [Meant(prop, language, True, len(form)) for prop, language in found if prop != FILLER]
            if kept:
                return tuple(kept)
    return _in_parts(_compared(_BRACKETS.sub(" ", heading)) or _compared(heading))


def is_phrase(text: str) -> bool:
    """True where a text is a phrase of headings as it stands, in whichever language."""
    return len(text) <= _LONGEST_HEADING and any(form in _words().whole for form in _forms(text))


def _forms(heading: str) -> Iterator[str]:
    """The ways to say a heading as one phrase: all of it, without brackets, each of two languages, its lower row."""
    yield _compared(heading)
    outside = _BRACKETS.sub(" ", heading).strip()
    if outside != heading:
        yield _compared(outside)
    for piece in _PIECES.split(outside):
        yield _compared(piece)
    parts = [part for part in re.split(r"\s*>\s*|\.(?=\S)", outside) if part]
    if len(parts) > 1:
        yield _compared(" ".join(parts))
        yield _compared(" ".join(reversed(parts)))
        yield _compared(" ".join(parts[-2:]))
        yield _compared(parts[-1])


def _of_others(heading: str, form: str) -> bool:
    """True where a part of the heading that the phrase leaves out speaks of somebody else."""
    whole = _compared(heading)
    if form == whole:
        return False
    return any(meant.prop == OTHERS for meant in _in_parts(whole))


def _in_parts(text: str) -> tuple[Meant, ...]:
    """By the phrases that stand in a text, the longest first, none over another."""
    found, rest = _parsed(text)
    if any(prop == OTHERS for parts in found for prop, _ in parts[1]):
        return (Meant(OTHERS, "", False),)
    props = [
        Meant(prop, language, False, len(phrase))
        for phrase, parts in found
        for prop, language in parts
        if prop != FILLER
    ]
    others = [meant for meant in props if meant.prop not in NAMES]
    if others:
        # A name of a prison, a court, a charge: the name is of that.
        longest = max(meant.weight for meant in others)
        return tuple(meant for meant in others if meant.weight == longest)
    plain = not _left(rest, {meant.language for meant in props})
    return tuple(Meant(meant.prop, meant.language, plain, meant.weight) for meant in props)


def _parsed(text: str) -> tuple[list[tuple[str, tuple[tuple[str, str], ...]]], str]:
    """The phrases in a text, the longest first, and what no phrase covers."""
    unspaced = _unspaced(text)
    pieces, glue = (list(text), "") if unspaced else (text.split(), " ")
    taken = [False] * len(pieces)
    found = []
    for length in range(len(pieces) if unspaced else min(_LONGEST, len(pieces)), 0, -1):
        for start in range(len(pieces) - length + 1):
            phrase = glue.join(pieces[start : start + length])
            meant = _phrase(phrase, alone=length == 1, unspaced=unspaced)
            if meant and not any(taken[start : start + length]):
                taken[start : start + length] = [True] * length
                found.append((phrase, meant))
    return found, glue.join(piece for piece, gone in zip(pieces, taken, strict=True) if not gone)


def _phrase(phrase: str, *, alone: bool, unspaced: bool) -> tuple[tuple[str, str], ...] | None:
    """What a piece of a heading says; of a script without spaces one sign alone is part of another word."""
    if alone and unspaced and phrase not in _OWN_WORD:
        return None
    found = _words().whole.get(phrase)
    return found if found or not alone or unspaced else _stem(phrase)


_OWN_WORD = frozenset("姓名的之者人及與与和")


def _stem(word: str) -> tuple[tuple[str, str], ...] | None:
    stems = _words().stems
    return next((stems[word[:end]] for end in range(len(word), 2, -1) if word[:end] in stems), None)


def _left(rest: str, languages: set[str]) -> bool:
    """True where something is left over that is neither the name of a language or script nor a number."""
    for language in ("en", *sorted(languages)):
        for name in sorted((one for one in language_names(language) if one in rest), key=len, reverse=True):
            rest = rest.replace(name, "") if _unspaced(name) else re.sub(rf"\b{re.escape(name)}\b", "", rest)
    return any(sign.isalpha() for sign in rest)


@cache
def language_names(language: str) -> dict[str, str]:
    """What languages and scripts are called in a language, each with its code."""
    try:
        locale = Locale.parse(language.replace("-", "_").split("_")[0])
    except (UnknownLocaleError, ValueError):
        return {}
    named = {**locale.scripts, **locale.languages}
    return {_compared(str(name)): code for code, name in named.items() if len(str(name)) > 1}


def language_of(header: Sequence[str]) -> str | None:
    """The language in which most headings of a row are phrases; English where no other says more."""
    votes: Counter[str] = Counter()
    for heading in header:
        best = meanings(heading)
        for language in {meant.language for meant in best if meant.language}:
            votes[language] += 2 if any(m.plain and m.language == language for m in best) else 1
    if not votes:
        return None
    return max(votes, key=lambda language: (votes[language], language == "en", -len(language)))


def meaning(heading: str, language: str | None) -> Meant | None:
    """What a heading says in a list of a language: that language's word before the same word of another."""
    found = meanings(heading)
    return next((meant for meant in found if meant.language == language), found[0] if found else None)
