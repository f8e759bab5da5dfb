"""The words that dates are printed with in each language: months, weekdays and small words from CLDR, the rest from the lexicon."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from habeas.names.letters import is_run_on
from habeas.readers.calendars import GREGORIAN
from habeas.readers.lexicon import folded, phrases
from habeas.vocabulary.numerals import HAN_DIGITS, han_number

# Other forms of a language that its people write: an alphabet, or the names of months of another country.
_FORMS: Mapping[str, tuple[str, ...]] = {
    "ar": ("ar", "ar_SY", "ar_IQ", "ar_LB", "ar_DZ", "ar_TN", "ar_MA", "ar_SA"),
    "az": ("az", "az_Cyrl"),
    "bs": ("bs", "bs_Cyrl"),
    "de": ("de", "de_AT"),
    "en": ("en", "en_GB", "en_AU"),
    "es": ("es", "es_PE", "es_MX"),
    "fa": ("fa", "fa_AF"),
    "ku-Latn": ("ku",),
    "pt": ("pt", "pt_PT"),
    "sr": ("sr", "sr_Latn"),
    "ug-Latn": (),
    "uz": ("uz", "uz_Cyrl"),
}
_CALENDARS_OF_WORDS = ("hijri", "jalali", "ethiopic")
_MONTH = re.compile(rf"(month|{'|'.join(_CALENDARS_OF_WORDS)})_(\d+)")
_DAY = re.compile(r"day_(\d+)")  # the word of a day of the month: "الرابع", «هشتم»
_LITERAL = re.compile(r"'([^']*)'")
_FIELD = re.compile(r"[EGyMLd]+")
_HAN = re.compile(rf"[{HAN_DIGITS}]+(?=\s*(?:年|月|日|号|號))")

Said = tuple[str, object]  # what a phrase says: ("month", ("gregorian", 4)), ("before", None) ...
Token = tuple[str, object]  # ("number", "08"), ("sign", "-"), or what a phrase says


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language: what each of its phrases says, and the letters and whole words that they are written with."""

    language: str
    said: Mapping[str, Said]
    letters: frozenset[str]
    words: frozenset[str]
    longest: int

    def knows(self, letters: frozenset[str], words: frozenset[str]) -> bool:
        """False where it cannot have the words of a text; looked at first, since most languages have not."""
        return letters <= self.letters and words <= self.words

    def tokens(self, pieces: tuple[tuple[str, str], ...]) -> list[Token] | None:
        """A text in tokens, or None where it holds a word that the language does not date with."""
        found: list[Token] = []
        for kind, text in pieces:
            if kind != "words":
                found.append((kind, text))
                continue
            at = 0
            while at < len(text):
                end = self._end(text, at)
                if end is None:
                    return None
                found.append(self.said[text[at:end].strip()])
                at = end + (text[end : end + 1] == " ")
        return found

    def _end(self, text: str, at: int) -> int | None:
        """Where the longest phrase ends that begins there; it is whole words, where the script parts words."""
        for end in range(min(len(text), at + self.longest), at, -1):
            whole = end == len(text) or text[end] == " " or is_run_on(text[end - 1])
            if whole and text[at:end] in self.said:
                return end
        return None


def whole_words(text: str) -> frozenset[str]:
    """The words of a text that nothing is joined to."""
    return frozenset(word for word in text.split() if not any(map(is_run_on, word)))


@lru_cache(maxsize=16_384)
def pieces_of(text: str) -> tuple[tuple[str, str], ...]:
    """("number", digits), ("sign", sign) and ("words", folded words) of a text, in their order; digits of every script."""
    text = _HAN.sub(lambda found: str(han_number(found[0])), unicodedata.normalize("NFKC", text))
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        kind, end = _piece(text, at)
        if kind == "number":
            found.append((kind, "".join(str(unicodedata.decimal(sign)) for sign in text[at:end])))
        elif kind == "words":
            found.append((kind, folded(text[at:end])))
        elif kind == "sign":
            found.append((kind, text[at]))
        at = end
    return tuple(found)


def _piece(text: str, at: int) -> tuple[str, int]:
    first, end = text[at], at + 1
    if first.isdecimal():
        while end < len(text) and text[end].isdecimal():
            end += 1
        return "number", end
    if first.isspace() or unicodedata.category(first) == "Cf":
        return "space", end
    if not _is_letter(first):
        return "sign", end
    # A full stop, an apostrophe or a space after a letter belongs to the words: "ธ.ค.", "o'clock", "de abril".
    while end < len(text) and (_is_letter(text[end]) or text[end] in ".'’ʼ׳ ་፡\u200c\u200d"):
        end += 1
    return "words", end


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"


@cache
def tongues() -> Mapping[str, Tongue]:
    """Each language of the lexicon that dates are read in."""
    return {language: _tongue(language, keys) for language, keys in phrases("dates").items()}


def _tongue(language: str, keys: Mapping[str, tuple[str, ...]]) -> Tongue:
    said: dict[str, Said] = {}
    for locale in _locales(language):
        said.update((phrase, ("skip", None)) for phrase in _around(locale))
        said.update(_weekdays(locale))
        said.update(_months(locale))
    for key, words in keys.items():
        said.update((form, _said_by(key)) for word in words for form in _forms(word))
    said.pop("", None)
    letters = frozenset(sign for phrase in said for sign in phrase)
    whole = frozenset(word for phrase in said for word in phrase.split())
    return Tongue(language=language, said=said, letters=letters, words=whole, longest=max(map(len, said), default=0))


def _said_by(key: str) -> Said:
    """What the phrases of a key of the lexicon say."""
    month, day = _MONTH.fullmatch(key), _DAY.fullmatch(key)
    if month is not None:
        return "month", (GREGORIAN if month[1] == "month" else month[1], int(month[2]))
    return (key, None) if day is None else ("number", day[1])


def _forms(word: str) -> Iterator[str]:
    """A phrase as it is compared, and, of an abbreviation such as ธ.ค., without its full stops."""
    yield folded(word)
    if "." in word.strip("."):
        yield folded(word.replace(".", ""))


def _locales(language: str) -> Iterator[Locale]:
    for form in _FORMS.get(language, (language.replace("-", "_"),)):
        try:
            yield Locale.parse(form)
        except (UnknownLocaleError, ValueError):
            continue


def _months(locale: Locale) -> Iterator[tuple[str, Said]]:
    prefixes, suffixes = _glued(locale)
    for context in ("stand-alone", "format"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months.get(context, {}).get(width, {}).items():
                if any(sign.isdigit() for sign in name) or len(folded(name)) < 2:
                    continue  # "4月" and "thg 4" are read as a number and a word
                for before in ("", *prefixes):
                    for after in ("", *suffixes):
                        for form in _forms(f"{before}{name}{after}"):
                            yield form, ("month", (GREGORIAN, number))


def _weekdays(locale: Locale) -> Iterator[tuple[str, Said]]:
    for context in ("stand-alone", "format"):
        for width in ("wide", "abbreviated"):
            for name in locale.days.get(context, {}).get(width, {}).values():
                if len(folded(name)) > 1:  # "c." is more often "circa"
                    yield folded(name), ("skip", None)
                    yield from ((folded(part), ("skip", None)) for part in name.split("-") if len(part) > 1)


def _patterns(locale: Locale) -> list[str]:
    found = [str(locale.date_formats[width]) for width in ("full", "long", "medium")]
    return found + [
        str(locale.datetime_skeletons[name]) for name in ("yMMMM", "yMMM") if name in locale.datetime_skeletons
    ]


def _around(locale: Locale) -> Iterator[str]:
    """The words that a language puts around a date: "de", "г.", "m." and "d."."""
    for pattern in _patterns(locale):
        for literal in _FIELD.split(_LITERAL.sub(lambda found: f" {_kept(found[1])} ", pattern)):
            yield from filter(None, folded(literal).split())


def _glued(locale: Locale) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a language writes together with the name of a month: Hebrew "ב" before it, Mongolian "ын" after it."""
    before, after = set(), set()
    for pattern in _patterns(locale):
        plain = _LITERAL.sub(lambda found: _kept(found[1]), pattern)
        found = re.search(r"([^\s.,،་EGyMLd]*)MMMM?([^\s.,،་EGyMLd]*)", plain)
        if found is not None:
            before.add(found[1])
            after.add(found[2])
    return tuple(filter(None, before)), tuple(filter(None, after))


# The letters of a literal that CLDR would read as fields stand as full-width ones while a pattern is taken apart.
_WIDE = {ord(sign): 0xFEE0 + ord(sign) for sign in "EGyMLd"}


def _kept(literal: str) -> str:
    return literal.translate(_WIDE)
