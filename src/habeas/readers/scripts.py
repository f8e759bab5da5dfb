"""In which language and script names stand, told by their letters and by the language of the list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from habeas.names import script_of
from habeas.names.scripts import simplified

# Letters that no other language of a script has, looked for in this order; then what a script says by itself.
_LETTERS: tuple[tuple[str, str], ...] = (
    ("uk", "їєґ"), ("be", "ўі"), ("tg", "ҷӣӯ"), ("kk", "әұһ"), ("uz-Cyrl", "ўҳ"), ("ky", "ңөү"), ("sr", "ђћџ"), ("mk", "ѓќѕ"),
    ("ug", "ېۇۈۋڭ"), ("ckb", "ێۆڕڵ"), ("ur", "ٹڈےں"), ("ps", "ټډړښ"), ("fa", "پچژگ"),
    ("be-Latn", "ŭ"), ("pl", "łążęśń"), ("vi", "ơưđạảấầậếềệốồộ"), ("az", "ə"), ("tr", "ğış"), ("ja", "のぁあいうえおアイウエオン"),
)  # fmt: skip
_OF_SCRIPT = {
    "Cyrl": ("ru", "be uk bg sr mk kk ky tg mn uz"), "Arab": ("ar", "fa ur ps ckb ug"), "Hani": ("zh", "zh-Hant ja ko"),
    "Hang": ("ko", ""), "Hira": ("ja", ""), "Kana": ("ja", ""), "Thai": ("th", ""), "Laoo": ("lo", ""),
    "Khmr": ("km", ""), "Mymr": ("my", ""), "Tibt": ("bo", ""), "Ethi": ("am", "ti"), "Geor": ("ka", ""),
    "Armn": ("hy", ""), "Grek": ("el", ""), "Hebr": ("he", ""), "Deva": ("hi", "ne"), "Beng": ("bn", ""),
    "Taml": ("ta", ""), "Sinh": ("si", ""), "Mong": ("mn-Mong", ""),
    "Latn": ("en", "es fr pt de it nl tr az uz ku vi id ms tl pl cs sk hu ro hr bs lt lv et om so sw ha sq ug-Latn ku-Latn be-Latn tk"),
}  # fmt: skip
# Where the family name stands before the given one.
FAMILY_FIRST = frozenset({"zh", "ja", "ko", "vi", "km", "hu", "ru", "be", "uk", "kk", "ky", "tg", "uz", "tk", "mn"})
_TAG = re.compile(r"\b(be|by|ru|uk|ua|en|pl|lt|de)\b")


def language_of_names(heading: str, cells: Sequence[str], listed: str | None) -> str | None:
    """The language of names: as the heading says, as their letters say, as the list's headings are, as the script is.

    `listed` is the language of the list's headings, where that is known.
    """
    text = " ".join(cells[:200]).casefold()
    script = script_of(text[:4000])
    own, also = _OF_SCRIPT.get(script, (None, ""))
    languages = {own, *also.split()}
    told = _told(heading)
    if told in languages:
        return told
    of_list = listed if listed in languages and listed != "en" else None
    lettered = _by_letters(text, languages)
    if script == "Hani":
        return "zh-Hant" if of_list in {"zh", None} and simplified(text) != text else of_list or "zh"
    if script == "Cyrl" and of_list in {"ru", "be", "uk", None}:
        # Be, ru and uk share lists, and a letter tells them apart; the others share theirs with Russian alone.
        return lettered or "ru"
    return of_list or lettered or own


def _by_letters(text: str, languages: set[str | None]) -> str | None:
    return next((code for code, signs in _LETTERS if _among(code, languages) and set(signs) & set(text)), None)


def _told(heading: str) -> str | None:
    """The language that a heading names by its tag: `name_be`."""
    found = _TAG.search(heading.casefold().replace("_", " "))
    return None if found is None else {"by": "be", "ua": "uk"}.get(found[1], found[1])


def _among(code: str, languages: set[str | None]) -> bool:
    return code in languages or ("-Latn" not in code and code.partition("-")[0] in languages)
