"""Durations as lists print them, in nine languages: `5 years 9 months`, «2 года 6 месяцев», "6 lat"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

_ISO = re.compile(r"P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?|life")
_PART = re.compile(r"(\d+(?:[.,]\d+)?)?\s*(½)?\s*([^\W\d_]+)")
_A_YEAR = 1000
_ENDS = re.compile(r"[.,;]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """`units`: word -> Y, M, W or D; `halves` longest first, since "and a half" holds "and"."""

    units: Mapping[str, str]
    joins: frozenset[str]
    halves: tuple[str, ...]
    imprisonment: re.Pattern[str]
    life: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = yaml.safe_load(files("habeas.vocabulary").joinpath("durations.yaml").read_text(encoding="utf-8"))
    return _Words(
        units={
            _plain(word): unit for unit, forms in raw["units"].items() for words in forms.values() for word in words
        },
        joins=frozenset(map(_plain, raw["joins"])),
        halves=tuple(sorted(map(_plain, raw["halves"]), key=len, reverse=True)),
        imprisonment=re.compile(rf"\s+(?:{'|'.join(re.escape(_plain(words)) for words in raw['imprisonment'])})\.?$"),
        life=frozenset(_plain(words) for forms in raw["life"].values() for words in forms),
    )


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е").replace("’", "'")


def duration(text: str) -> str:
    """A printed duration in ISO 8601 (`P5Y9M`), or `life`.

    Only a length of time is read: what else a cell says of a sentence (suspended, a regime, a fine) is not dropped in
    silence, so such a cell is refused.

    Raises:
        ValueError: it is no duration; the message says what was expected.
    """
    if _ISO.fullmatch(text):
        return text
    words, plain = _words(), _plain(text)
    if plain.strip(" .") in words.life:
        return "life"
    plain = words.imprisonment.sub("", plain)
    for half in words.halves:
        plain = re.sub(rf"(\d)\s*{re.escape(half)}\b", r"\1½", plain)
    amounts: dict[str, float] = {}
    rest = _ENDS.sub(" ", _PART.sub(lambda found: _taken(found, words, amounts), plain))
    if not amounts or rest.strip():
        raise ValueError("not a duration such as '5 years 9 months', '5 лет 9 месяцев' or P5Y9M")
    return _iso(amounts)


def _taken(found: re.Match[str], words: _Words, amounts: dict[str, float]) -> str:
    """Add one number and its unit to `amounts`; what cannot be taken is left in the text."""
    number, half, word = found.groups()
    if number is None and half is None:
        return " " if amounts and word in words.joins else found[0]
    unit = words.units.get(word)
    if unit is None:
        return found[0]
    if unit in amounts:
        raise ValueError("two lengths of time in one cell, and a sentence is one")
    amount = float((number or "0").replace(",", ".")) + (0.5 if half else 0.0)
    if unit == "Y" and amount >= _A_YEAR:
        raise ValueError("a year, and not a length of time")
    amounts[unit] = amount
    return " "


def _iso(amounts: Mapping[str, float]) -> str:
    months = amounts.get("Y", 0.0) * 12 + amounts.get("M", 0.0)
    days = round(amounts.get("W", 0.0) * 7) + round(amounts.get("D", 0.0))
    if abs(months - round(months)) > 1e-6:
        raise ValueError("a fraction that is no whole number of months")
    years, rest = divmod(round(months), 12)
    parts = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "") + (f"{days}D" if days else "")
    return "P" + (parts or "0D")
