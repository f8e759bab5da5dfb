"""Durations as lists print them, in the languages of `durations.yaml`: `5 years 9 months`, «2 года 6 месяцев», 十一年六个月."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from habeas.names.letters import is_run_on
from habeas.vocabulary.numerals import HAN_DIGITS, han_number

_ISO = re.compile(r"P(?=\d)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+D)?|life")
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)?(½)?")
_A_YEAR = 1000
_BESIDE = " .,;،་།"  # signs that say nothing between a number and a unit
_HAN = re.compile(rf"[{HAN_DIGITS}]+(?=\s*(?:年|个月|個月|ヶ月|か月|カ月|月|天|日))")

_Token = tuple[str, str]  # ("number", "5"), ("unit", "Y"), ("half", ""), ("beside", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """`said`: what each phrase is; `alone` are whole cells."""

    said: Mapping[str, _Token]
    alone: Mapping[str, str]
    longest: int


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = yaml.safe_load(files("habeas.vocabulary").joinpath("durations.yaml").read_text(encoding="utf-8"))
    said: dict[str, _Token] = {_plain(words): ("beside", "") for words in (*raw["joins"], *raw["imprisonment"])}
    said |= {_plain(word): ("number", str(number)) for number, words in raw["numbers"].items() for word in words}
    said |= {_plain(words): ("half", "") for words in raw["halves"]}
    units = ((unit, word) for unit, forms in raw["units"].items() for words in forms.values() for word in words)
    joins = frozenset(map(_plain, raw["joins"]))
    # "5 y" and "5 años y 6 meses": between two lengths it joins them.
    said |= {_plain(word): ("join" if _plain(word) in joins else "unit", unit) for unit, word in units}
    alone = {_plain(words): iso for iso, forms in raw["alone"].items() for words in forms}
    alone |= {_plain(words): "life" for forms in raw["life"].values() for words in forms}
    return _Words(said=said, alone=alone, longest=max(map(len, said)))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text.casefold()).replace("ё", "е").replace("’", "'")
    text = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return " ".join(text.split()).strip(" .་།")


def duration(text: str) -> str:
    """A printed duration in ISO 8601 (`P5Y9M`), or `life`.

    Only a length of time is read: what else a cell says of a sentence (suspended, a regime, a fine) is not dropped in
    silence, so such a cell is refused.

    Raises:
        ValueError: it is no duration; the message says what was expected.
    """
    if _ISO.fullmatch(text):
        return text
    plain = _plain(text)
    if plain in _words().alone:
        return _words().alone[plain]
    tokens = list(_tokens(_HAN.sub(lambda found: str(han_number(found[0])), plain)))
    amounts = _amounts([token for token in tokens if token[0] != "beside"])
    if not amounts:
        raise ValueError("not a duration such as '5 years 9 months', '5 лет 9 месяцев' or P5Y9M")
    return _iso(amounts)


def _tokens(text: str) -> Iterator[_Token]:
    """Numbers and known phrases, the longest first; ("other", ...) for what is neither."""
    at = 0
    while at < len(text):
        number = _NUMBER.match(text, at)
        if text[at] in _BESIDE:
            at += 1
        elif number is not None and number[0]:
            yield "number", str(float((number[1] or "0").replace(",", ".")) + (0.5 if number[2] else 0.0))
            at = number.end()
        else:
            end = _end(text, at)
            yield ("other", text[at]) if end is None else _words().said[text[at:end]]
            at = at + 1 if end is None else end


def _end(text: str, at: int) -> int | None:
    """Where the longest phrase ends that begins there: at the end of a word, where the script parts words."""
    for end in range(min(len(text), at + _words().longest), at, -1):
        inside = end < len(text) and unicodedata.category(text[end])[0] in "LM" and not is_run_on(text[end - 1])
        if not inside and text[at:end] in _words().said:
            return end
    return None


def _amounts(tokens: list[_Token]) -> dict[str, float]:
    """How much of each unit; nothing where a token is left, or the numbers and units do not stand in pairs.

    Raises:
        ValueError: a unit stands twice, or a year is meant.
    """
    amounts: dict[str, float] = {}
    joined = _halved(_without_joins(tokens))
    # "miaka 3": the unit, then the number
    pairs = zip(joined[1::2], joined[::2], strict=False) if joined and joined[0][0] == "unit" else None
    for number, unit in pairs or zip(joined[::2], joined[1::2], strict=False):
        if number[0] != "number" or unit[0] != "unit":
            return {}
        _add(amounts, unit[1], float(number[1]))
    return {} if len(joined) % 2 else amounts


def _without_joins(tokens: list[_Token]) -> list[_Token]:
    """A word that is a unit after a number ("5 y") joins two lengths elsewhere ("5 años y 6 meses")."""
    found: list[_Token] = []
    for kind, what in tokens:
        if kind != "join":
            found.append((kind, what))
        elif found and found[-1][0] == "number":
            found.append(("unit", what))
    return found


def _halved(tokens: list[_Token]) -> list[_Token]:
    """A half is added to the number before it, with its unit between them or not; another stays, and is no length."""
    found: list[_Token] = []
    for kind, what in tokens:
        at = next((at for at in (-1, -2) if len(found) >= -at and found[at][0] == "number"), None)
        if kind == "half" and at is not None:
            found[at] = ("number", str(float(found[at][1]) + 0.5))
        else:
            found.append((kind, what))
    return found


def _add(amounts: dict[str, float], unit: str, amount: float) -> None:
    if unit in amounts:
        raise ValueError("two lengths of time in one cell, and a sentence is one")
    if unit == "Y" and amount >= _A_YEAR:
        raise ValueError("a year, and not a length of time")
    amounts[unit] = amount


def _iso(amounts: Mapping[str, float]) -> str:
    months = amounts.get("Y", 0.0) * 12 + amounts.get("M", 0.0)
    days = round(amounts.get("W", 0.0) * 7) + round(amounts.get("D", 0.0))
    if abs(months - round(months)) > 1e-6:
        raise ValueError("a fraction that is no whole number of months")
    years, rest = divmod(round(months), 12)
    parts = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "") + (f"{days}D" if days else "")
    return "P" + (parts or "0D")
