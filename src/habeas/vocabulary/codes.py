"""Words for codes: what keepers write, in several languages, and the states of the world by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale

_LOCALES = ("en", "be", "ru", "uk", "pl", "de", "es", "fr", "lt", "lv", "et", "it", "pt", "cs", "tr", "az", "ka", "hy")
# The other languages that lists are read in; looked at only where none of those above knows a name.
_FURTHER = (
    "ar", "fa", "ckb", "ku", "ps", "ur", "he", "hi", "bn", "ne", "ta", "si", "my", "th", "lo", "km", "vi", "id", "ms", "zh",
    "zh_Hant", "ja", "ko", "mn", "bo", "ug", "kk", "uz", "ky", "tg", "tk", "nl", "sk", "hu", "ro", "bg", "sr", "hr", "bs",
    "el", "am", "ti", "om", "so", "sw", "ha", "sq",
)  # fmt: skip
_STATE = re.compile(r"[A-Z]{2}")
_NO_STATES = frozenset({"EZ", "QO", "XA", "XB", "ZZ"})  # of CLDR: the euro zone, an ocean, tests, an unknown region
_BODY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def meant_by(word: str) -> tuple[str, ...]:
    """The codes that a word stands for, whatever property asks; none where no table has it."""
    return _words().get(_folded(word), ())


def actor(text: str) -> str:
    """The code of a state (ISO 3166, with EU and UN), the id of a body, or `home`, from a code or a name.

    Raises:
        ValueError: no state is called so, and it is written like no code.
    """
    if _STATE.fullmatch(text) and text in _codes():
        return text
    folded = _folded(text)
    known = _actors().get(folded) or (None if _BODY.fullmatch(text) else _further().get(folded))
    if known is not None:
        return known
    if text.upper() in _codes():
        return text.upper()
    if _BODY.fullmatch(text):
        return text
    raise ValueError("no state or body is known by this name: write its code (ISO 3166, EU, UN) or the id of a body")


def _folded(word: str) -> str:
    return " ".join(word.casefold().replace("ё", "е").replace("_", " ").split())


@lru_cache(maxsize=1)
def _tables() -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(
        files("habeas.vocabulary").joinpath("codes.yaml").read_text(encoding="utf-8")
    )
    return found


@lru_cache(maxsize=1)
def _words() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for code, words in _tables()["codes"].items():
        for word in dict.fromkeys(map(_folded, words)):
            found[word] = (*found.get(word, ()), code)
    return found


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(code for code in map(str, Locale.parse("en").territories) if _is_state(code))


def _is_state(code: str) -> bool:
    return code.isalpha() and code not in _NO_STATES


@lru_cache(maxsize=1)
def _actors() -> Mapping[str, str]:
    """Each name of a state with its code; what the table of our own says goes before CLDR."""
    own = {_folded(word): code for code, words in _tables()["actors"].items() for word in words}
    return {**_named(_LOCALES), **own}


@lru_cache(maxsize=1)
def _further() -> Mapping[str, str]:
    """The same in the other languages."""
    return _named(_FURTHER)


def _named(locales: tuple[str, ...]) -> dict[str, str]:
    """The names of states in CLDR: where two languages differ, the first one."""
    return {
        _folded(str(name)): code
        for locale in reversed(locales)
        for code, name in Locale.parse(locale).territories.items()
        if _is_state(code)
    }
