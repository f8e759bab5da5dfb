"""How a value is worded and marked up on a page, in a language: cleaned, escaped, with its language and its sources.

What pages of many cases print most is made here in one piece and not output by output in a template, which costs more than all
the rest of such a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from habeas.dates import Days, PartialDate
from habeas.languages import Language
from habeas.nouns import Name, Phrase, Translated
from habeas.publish.names import Called

# C0 and C1 controls but tab and newline, bidirectional embeddings, overrides and isolates, surrogates, noncharacters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]",
)
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_RTL = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})

_PLAIN = frozenset({str, Markup, int, float})


def clean(value: Any) -> Any:
    """A text with every character that a page may not hold replaced; anything else as it is."""
    if isinstance(value, str) and _UNFIT.search(value):
        return type(value)(_UNFIT.sub("\ufffd", value))
    return value


@lru_cache(maxsize=1_024)
def lang(tag: str | None) -> Markup:
    """The `lang` (and, where it is so read, `dir`) attribute of a text in that language; nothing for a broken tag."""
    if tag is None or _LANG.fullmatch(tag) is None:
        return Markup("")
    turn = ' dir="rtl"' if tag.split("-")[0].lower() in _RTL else ""
    return Markup(f' lang="{tag}"{turn}')  # noqa: S704 -- the tag has just been matched: letters, digits, hyphens


def worded(spoken: Language) -> Callable[[Any], Any]:
    """What is printed of a value in a language: phrases, dates and names said, plain texts cleaned, the rest as it is."""

    def said(value: Any) -> Any:
        if type(value) in _PLAIN:
            return clean(value)
        if isinstance(value, (Phrase, Translated)):
            return clean(spoken.text(value))
        if isinstance(value, PartialDate):
            return spoken.when(value)
        if isinstance(value, date):
            return spoken.day(value)
        if isinstance(value, Days):
            return spoken.interval(value.low, value.best, value.high)
        if isinstance(value, Called):
            name = value.text(spoken)
            return clean(spoken.text(name) if isinstance(name, Phrase) else name)
        return clean(value)

    return said


def named(name: Name) -> Markup:
    """A name as a source printed it, marked with its language and kept apart from the direction of the text around."""
    return Markup(f"<bdi{lang(name.lang)}>{escape(clean(name.text))}</bdi>")  # noqa: S704 -- escaped


def pieces(spoken: Language) -> Mapping[str, Callable[..., Markup]]:
    """The filters that give a whole piece of a page in a language."""
    say = worded(spoken)

    def person(called: Called) -> Markup:
        """A person by the name that a reader of the language sees first."""
        if spoken.tag not in called.marked:
            first = called.first(spoken)
            mark = lang(None if first is None else first.lang)
            called.marked[spoken.tag] = Markup(f"<bdi{mark}>{escape(say(called))}</bdi>")  # noqa: S704 -- escaped
        return called.marked[spoken.tag]

    return {"person": person}
