"""A name in Cyrillic as a passport of its state spells it in Latin letters: ICAO Doc 9303, part 3, section 6 B.

The table is one way: what was lost in Latin (ь, the two readings of e and i) cannot be told back, so nothing here turns a Latin
spelling into Cyrillic.
"""

from __future__ import annotations

import re
from functools import lru_cache

from habeas.names.letters import script_of

_COMMON = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "i", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r",
    "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu", "я": "ia", "’": "", "'": "", "ʼ": "",
}  # fmt: skip
# Where a state has its own: Belarus ё and г; Ukraine г, и, щ, and the first letter of a word.
_OWN = {"be": {"г": "h", "ё": "io"}, "uk": {"г": "h", "и": "y"}}
_FIRST_IN_UKRAINIAN = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_LETTERS = re.compile(r"[а-яёґєіїўʼ’']+", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def romanised(text: str, lang: str | None) -> str | None:
    """The name in Latin letters by the rules of its language (be, ru or uk); None where it is in no Cyrillic of these.

    Without a language, letters that only one of them has tell it; what is left is read by the rules common to all.
    """
    tag = (lang or "").partition("-")[0]
    if script_of(text) != "Cyrl" or (tag and tag not in ("be", "ru", "uk")):
        return None
    small = text.casefold()
    if not tag:
        tag = "be" if "ў" in small else "uk" if set("їєґ") & set(small) else ""
    table = _COMMON | _OWN.get(tag, {})

    def word(found: re.Match[str]) -> str:
        letters = found[0].casefold()
        said = [table.get(letter, letter) for letter in letters]
        if tag == "uk" and letters[0] in _FIRST_IN_UKRAINIAN:
            said[0] = _FIRST_IN_UKRAINIAN[letters[0]]
        told = "".join(said)
        if found[0].isupper() and len(found[0]) > 1:
            return told.upper()
        return told[:1].upper() + told[1:] if found[0][:1].isupper() else told

    told = _LETTERS.sub(word, text)
    return told if script_of(told) == "Latn" else None
