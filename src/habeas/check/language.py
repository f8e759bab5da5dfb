"""Which language a text is in, as a whole and paragraph by paragraph: by its letters, then by its commonest words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from habeas.check.lexicon import LANGUAGES, load
from habeas.check.text import Sentence

_SAMPLE = 20_000
_SHORT = 12  # words; too few to be told apart by
_LEAST = 0.12  # share of a text's words that are the commonest ones of its language


def _common(language: str) -> frozenset[str]:
    return frozenset(load("common.yaml")[language])


def _cyrillic(low: str) -> str:
    """Russian, Belarusian or Ukrainian, by the letters that only one or two of them have."""
    dotted, russian = low.count("і"), low.count("и") + low.count("ъ") + low.count("щ")
    if "ў" in low and dotted >= russian / 4:
        return "be"
    if dotted <= russian / 4:
        return "ru"
    ukrainian = sum(low.count(c) for c in "иїєґщ")
    belarusian = sum(low.count(c) for c in "ыэўё")
    return "uk" if ukrainian > belarusian else "be"


def language_of(text: str) -> str:
    """The ISO code of a text's language as far as letters and the commonest words tell; `und` where they do not."""
    sample = text[:_SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if not letters:
        return "en"
    cyrillic = sum("\u0400" <= c <= "\u052f" for c in letters)
    if cyrillic > 0.3 * len(letters):
        return _cyrillic(sample.casefold())
    latin = sum(c.isascii() for c in letters) > 0.6 * len(letters)
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    tally = {one: sum(map(_common(one).__contains__, words)) for one in ("en", "es", "other")}
    accents = re.search(r"[áéíóúñ¿¡]", sample.casefold()) is not None  # decides between two that are as likely
    best = max(("en", "es", "other"), key=lambda one: (tally[one], accents and one == "es"))
    if not latin or best == "other":
        return "und"
    if tally[best] >= _LEAST * len(words):
        return best
    return "en" if len(words) < _SHORT else "und"


def languages(text: str, sentences: Iterable[Sentence], whole: str) -> Sequence[str]:
    """The language each sentence is read in: that of its paragraph where it is sure and read, else that of the text."""
    found: dict[tuple[int, int], str] = {}
    out = []
    for sentence in sentences:
        start = text.rfind("\n", 0, sentence.start) + 1
        end = text.find("\n", sentence.end)
        span = (start, end if end >= 0 else len(text))
        if span not in found:
            found[span] = _of_paragraph(text[span[0] : span[1]], whole)
        out.append(found[span])
    return out


def _of_paragraph(paragraph: str, whole: str) -> str:
    """Its own language where it has enough words in another one that is read; a line of Cyrillic is never English."""
    words = re.findall(r"[^\W\d_]+", paragraph[:_SAMPLE])
    own = language_of(paragraph)
    scripts = {"ru": "cyrillic", "be": "cyrillic", "uk": "cyrillic"}
    if own not in LANGUAGES or own == whole:
        return whole
    other_script = scripts.get(own, "latin") != scripts.get(whole, "latin")
    return own if len(words) >= _SHORT or (other_script and len(words) >= 3) else whole
