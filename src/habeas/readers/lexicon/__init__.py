"""What lists print in the languages of the world: words of headings, of standings, of stages of a trial, of sexes,
of ages, of dates.

One file for each language, `CODE.toml`, which somebody who speaks it can correct or add without programming: sections of
keys, each with the phrases that say it. Lengths of time alone stand elsewhere (`vocabulary/durations.yaml`), for texts of
releases and sanctions are read by them too.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
# Letters that one keyboard writes otherwise than the next, and that make no other word.
_ALIKE = str.maketrans({
    "ё": "е", "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ـ": None,
    "’": "'", "ʼ": "'", "‘": "'", "`": "'", "ı": "i", "\u200c": " ", "\u200d": None,
})  # fmt: skip
_HARAKAT = range(0x064B, 0x0653)


@cache
def _files() -> Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]:
    """Language -> section -> key -> phrases."""
    found = {}
    for path in sorted(_FOLDER.glob("*.toml")):
        sections = tomllib.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = {
            section: {key: tuple(phrases) for key, phrases in keys.items()} for section, keys in sections.items()
        }
    return found


@cache
def phrases(section: str) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The phrases of one section, as they stand in the files: language, then key, then phrases."""
    return {language: sections[section] for language, sections in _files().items() if section in sections}


def folded(text: str) -> str:
    """A phrase as it is compared: no capitals, no accents that a keyboard may lack, one space between its words."""
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE))
    kept = "".join(" " if _parts(sign) else sign for sign in small if not _is_accent(sign))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _is_accent(sign: str) -> bool:
    """An accent of Latin, Greek or Cyrillic, or a vowel of Arabic; the vowels of Indic scripts are letters of a word."""
    return "\u0300" <= sign <= "\u036f" or ord(sign) in _HARAKAT


def _parts(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "LMN" and sign not in "'#№"
