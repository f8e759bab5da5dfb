"""The order of letters, and the letter that a name stands under, as the alphabet of a reader's language has them.

Our own table and not the Unicode Collation Algorithm: by its default table Ł is an L with a mark, and what each language changes
in it comes with ICU alone, which has no wheel.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters of their own that stand behind another in their alphabets, each of several in its place: Ukrainian и, і, ї, й;
# Polish ł after l, Danish ø after o, Persian پ after ب, and so on.
_AFTER = {
    "ґ": "г\uffff", "є": "е\uffff", "і": "и\uffff1", "ї": "и\uffff2", "й": "и\uffff3", "ў": "у\uffff", "ł": "l\uffff",
    "đ": "d\uffff", "ð": "d\uffff", "ø": "o\uffff", "ħ": "h\uffff1", "ı": "h\uffff2", "ŭ": "u\uffff", "ə": "e\uffff",
    "پ": "ب\uffff", "ٹ": "ت\uffff", "چ": "ج\uffff", "ڈ": "د\uffff", "ڑ": "ر\uffff", "ژ": "ز\uffff", "ڤ": "ف\uffff",
    "گ": "ك\uffff",
}  # fmt: skip
# Letters that only the alphabet of one language has as its own, or has in another place.
_OWN = {"es": {"ñ": "n\uffff"}, "be": {"ё": "е\uffff"}, "fa": {"ه": "و\uffff"}}
# Letters that are filed as another, which dropping a mark does not tell.
_AS = {
    "æ": "ae", "œ": "oe", "þ": "th", "ʿ": "", "ʾ": "", "ʼ": "", "’": "", "ʻ": "", "'": "",
    "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ې": "ي", "ێ": "ي", "ک": "ك", "ۀ": "ه", "ة": "ه", "ہ": "ه", "ۂ": "ه",
    "ھ": "ه", "ە": "ه", "ۆ": "و", "ۇ": "و", "ں": "ن", "ڵ": "ل", "ڕ": "ر", "ء": "", "ـ": "", "\u200c": "", "\u200d": "",
}  # fmt: skip
# How Persian writes the letters that it shares.
_PERSIAN = {"ك": "ک", "ي": "ی"}
_FIRST_JAMO = (
    0x1100  # of the 19 consonants that begin a syllable of Hangul; doubled ones are filed with the single ones
)
_JAMO = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"


class _Alphabet(dict[int, str]):
    """What a letter is sorted as; each letter is looked at when it is first met."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = tag
        self._after = _AFTER | _OWN.get(tag, {})

    def __missing__(self, code: int) -> str:
        filed = self.filed_as(chr(code))
        self[code] = self._after.get(filed, filed)
        return self[code]

    def filed_as(self, letter: str) -> str:
        """The letter that one is filed as: itself, or without its marks, which may leave nothing."""
        if letter in self._after or letter in _AS:
            return _AS.get(letter, letter)
        bare = "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))
        return _AS.get(bare, bare)


@lru_cache(maxsize=64)
def _alphabet(tag: str) -> _Alphabet:
    return _Alphabet(tag)


@lru_cache(maxsize=1 << 18)
def order(name: str, tag: str = "") -> tuple[str, str]:
    """A key that sorts names as the alphabet of a language does: accents count only where nothing else differs."""
    small = name.casefold()
    return (small if small.isascii() else small.translate(_alphabet(tag)).strip()), small


def letter(name: str, tag: str = "") -> str:
    """The letter that a name stands under in that order; `#` for what is no letter."""
    alphabet = _alphabet(tag)
    filed = next(filter(None, map(alphabet.filed_as, name.casefold().strip())), "")[:1]
    if not filed.isalpha():
        return "#"
    if 0 <= ord(filed) - _FIRST_JAMO < len(_JAMO):
        return _JAMO[ord(filed) - _FIRST_JAMO]
    return _PERSIAN.get(filed, filed) if tag == "fa" else filed.upper()
