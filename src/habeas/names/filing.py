"""Names as directories of each people file them: by the first of two surnames, by the last, without an article.

Whose custom it is, the person tells (a nationality), the book (its country) or the language of the source; a name that nothing
tells of is filed as `parse` reads it. Vietnamese, Chinese and Korean names stand with the family name first as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from habeas.names.letters import script_of
from habeas.names.parse import parse, surname_first
from habeas.names.scripts import han
from habeas.names.tables import rows

_ASIDE = re.compile(r"[(\[\"«“„][^)\]\"»”]*[)\]\"»”]?")  # a pen name within a name
_BETWEEN = re.compile(r"[\s·・‧•]+")
_ARABIC_ARTICLE = re.compile(r"ال(?=\w{3})|(?:al|el|ad|an|ar|as|ash|at|az|ul)[-‐‑](?=\w)", re.IGNORECASE)
# What is in no name but a Spanish one; and what is in few others, where the given name is one of Spanish too.
_SPANISH = re.compile(r"\w*[áéíóú]\w*ez|\w+ía|\w+ñ\w*", re.IGNORECASE)
_RATHER_SPANISH = re.compile(r"\w{2,}ez|del|los|las", re.IGNORECASE)
_READING = re.compile(r"([^a-z]+)([a-z]+)")
_FULL_NAME = 4  # characters of a Chinese name, at most; words of a Spanish one with two given names and two surnames


class _Part(NamedTuple):
    """Words of a name that go together: from `start` on, filed by the one at `core`, up to `end`."""

    start: int
    core: int
    end: int


@cache
def _forms(custom: str, sort: str) -> frozenset[str]:
    found = (row["forms"].split() for row in rows("filing.csv") if (row["custom"], row["sort"]) == (custom, sort))
    return frozenset(_bare(form) for forms in found for form in forms)


@cache
def _countries() -> Mapping[str, str]:
    return {c: row["custom"] for row in rows("filing.csv") if row["sort"] == "country" for c in row["forms"].split()}


@lru_cache(maxsize=65_536)
def _bare(word: str) -> str:
    """A word in small letters without accents, vowel signs and hamzas."""
    small = word.casefold().strip(",")
    if small.isascii():
        return small
    return "".join(c for c in unicodedata.normalize("NFD", small) if not unicodedata.combining(c))


def custom_of(text: str, lang: str | None, nationalities: Sequence[str] = (), country: str = "") -> str:
    """Whose custom files a name (`es`, `pt`, `ar`, `fa`, `eu`): what is known of the person tells first; empty where nothing tells."""
    known = _countries()
    told = [known[one.upper()] for one in nationalities or (country,) if one.upper() in known]
    if told:
        return min(told, key="eu".__eq__)  # who is also of another state keeps the custom of that name
    tag = (lang or "").partition("-")[0]
    if tag in known.values():
        # A source in Spanish prints foreign names too; a patronymic tells one.
        patronymic = any(reading.patronymic is not None for reading in parse(text).readings[:1])
        return "" if patronymic else tag
    return "es" if _is_spanish(text) else ""


def _is_spanish(text: str) -> bool:
    words = _BETWEEN.split(text.strip())
    if _bare(words[0]) in _forms("es", "given") and any(map(_RATHER_SPANISH.fullmatch, words[1:])):
        return True
    return not text.isascii() and any(map(_SPANISH.fullmatch, words))


@lru_cache(maxsize=1 << 17)
def filed_as(text: str, custom: str = "", spellings: tuple[str, ...] = ()) -> str:
    """A name with the word first that a custom files it by, no word lost.

    `spellings` are the person's names in Latin letters: where a Spanish name in another script has as many words, they tell
    which of them are given names.
    """
    told = surname_first(text) if custom in {"", "eu"} or "," in text else None
    if told is not None or not custom or "," in text:
        return told or text
    beside = " ".join(_ASIDE.findall(text))
    words = [word for word in _BETWEEN.split(_ASIDE.sub(" ", text)) if word]
    parts = _parts(words, custom)
    if len(parts) < 2:
        return text
    part = parts[_surname(words, parts, custom, spellings)]
    first, article = _without_article(words[part.core], custom)
    return " ".join(filter(None, (first, *words[part.core + 1 :], *words[: part.core], article, beside)))


def _parts(words: Sequence[str], custom: str) -> list[_Part]:
    aside, joined, behind = (_forms(custom, sort) for sort in ("aside", "joined", "behind"))
    found: list[_Part] = []
    start, core = 0, -1
    for at, word in enumerate(words):
        bare, last = _bare(word), at == len(words) - 1
        if bare in aside and not last:
            continue
        core = at if core < 0 else core
        if bare in joined and not last:
            continue
        if bare in behind and core == at == start and len(found) > 1:
            found[-1] = found[-1]._replace(end=at + 1)
        else:
            found.append(_Part(start, core, at + 1))
        start, core = at + 1, -1
    return found


def _surname(words: Sequence[str], parts: Sequence[_Part], custom: str, spellings: Sequence[str]) -> int:
    """Which part a name is filed by."""
    if custom != "es":
        return len(parts) - 1
    if len(parts) != _FULL_NAME - 1:
        return max(1, len(parts) - 2) if len(parts) >= _FULL_NAME else 1
    if script_of(words[0]) == "Latn":
        return 2 if _bare(words[parts[1].core]) in _forms("es", "given") else 1
    return next(_told(spellings, len(parts)), 1)


def _told(spellings: Sequence[str], number: int) -> Iterator[int]:
    """Which part is the surname in each spelling of so many parts."""
    for one in spellings:
        words = [word for word in _BETWEEN.split(one) if word]
        parts = _parts(words, "es")
        if len(parts) == number and script_of(words[0]) == "Latn":
            yield _surname(words, parts, "es", ())


def _without_article(word: str, custom: str) -> tuple[str, str]:
    """A word and the article taken off it; none is taken off a name that only begins like one."""
    found = _ARABIC_ARTICLE.match(word) if custom == "ar" else None
    if found is None or _bare(word) in _forms("ar", "begins"):
        return word, ""
    return word[found.end() :], found[0]


@lru_cache(maxsize=65_536)
def pinyin(text: str) -> str:
    """Chinese characters as syllables of pinyin without tones, for filing; a family name as it is read. Empty if one has no reading."""
    sounds, simpler = han()
    simple = text.translate(simpler)
    told: list[str] = []
    if len(simple) <= _FULL_NAME and script_of(simple) == "Hani":
        read = _surname_readings()
        family = simple[:2] if simple[:2] in read else simple[:1]
        if family in read:
            told.append(read[family])
            simple = simple[len(family) :]
    for character in simple:
        sound = sounds.get(character, ("",))[0]
        if not sound and character.isalpha():
            return ""
        told.append(sound or character)
    return " ".join(told)


@cache
def _surname_readings() -> Mapping[str, str]:
    found = (
        _READING.fullmatch(form) for row in rows("filing.csv") if row["sort"] == "read" for form in row["forms"].split()
    )
    return {one[1]: one[2] for one in found if one is not None}
