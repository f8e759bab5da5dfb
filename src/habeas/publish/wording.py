"""How a value is worded and marked up on a page, in a language: cleaned, escaped, with its language and its sources.

What pages of many cases print most is made here in one piece and not output by output in a template, which costs more than all
the rest of such a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from habeas.dates import Days, PartialDate
from habeas.languages import Language
from habeas.names import UNSEEN, shown
from habeas.nouns import Name, Phrase, Translated, say
from habeas.publish.names import OURS, Called, Line, filed

_TO_ESCAPE = re.compile(f"[&<>\"']|{UNSEEN.pattern}")
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_RTL = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})

_PLAIN = frozenset({str, Markup, int, float})
_OURS = say("Latin spelling ours")


def clean(value: Any) -> Any:
    """A text without the characters that a page may not hold, markup still markup; anything else as it is."""
    if not isinstance(value, str) or UNSEEN.search(value) is None:
        return value
    return Markup(shown(value)) if isinstance(value, Markup) else shown(value)  # noqa: S704 -- it was markup before


def cleaned(part: Any) -> Any:
    """The same of every text in mappings and sequences, their keys as they are."""
    if isinstance(part, dict):
        return {key: cleaned(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [cleaned(one) for one in part]
    return clean(part)


def plain(text: str) -> str:
    """A text as markup: cleaned, and escaped where there is anything to escape."""
    return str(escape(clean(text))) if _TO_ESCAPE.search(text) else text


@lru_cache(maxsize=1_024)
def _attribute(tag: str | None) -> str:
    if tag is None or _LANG.fullmatch(tag) is None:
        return ""
    turn = ' dir="rtl"' if tag.split("-")[0].lower() in _RTL else ""
    return f' lang="{tag}"{turn}'


def lang(tag: str | None) -> Markup:
    """The `lang` (and, where it is so read, `dir`) attribute of a text in that language; nothing for a broken tag."""
    return Markup(_attribute(tag))  # noqa: S704 -- the tag has been matched: letters, digits, hyphens


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


def named(name: Name) -> str:
    """A name as a source printed it, as markup: with its language, kept apart from the direction of the text around."""
    return f"<bdi{_attribute(name.lang)}>{plain(name.text)}</bdi>"


def linked(called: Called, way: str, spoken: Language) -> str:
    """A person by the name that a reader sees first, as markup that leads to their page; where it stands in a line alone."""
    first = called.first(spoken)
    if first is None:
        return f'<a href="{plain(way)}">{plain(spoken.text(called.text(spoken)))}</a>'
    return f'<a href="{plain(way)}"{_attribute(first.lang)}>{plain(first.text)}</a>{ours(called, spoken)}'


def ours(called: Called, spoken: Language) -> str:
    """The mark behind a name that no source prints so, as markup; nothing behind any other."""
    return f'<abbr title="{plain(spoken.text(_OURS))}">{OURS}</abbr>' if called.inferred(spoken) else ""


def pieces(spoken: Language) -> Mapping[str, Callable[..., Any]]:
    """The filters that give a whole piece of a page in a language."""
    told_of = worded(spoken)

    def person(called: Called) -> Markup:
        """A person by the name that a reader of the language sees first."""
        if spoken.tag not in called.marked:
            first = called.first(spoken)
            told = named(first) + ours(called, spoken) if first is not None else f"<bdi>{escape(told_of(called))}</bdi>"
            called.marked[spoken.tag] = Markup(told)  # noqa: S704 -- escaped
        return called.marked[spoken.tag]

    def people(found: Iterable[Line], root: str) -> Markup:
        """Lines of a list of people, filed by name, each leading to its page below `root`."""
        lines = [one for _, some in filed(found, spoken) for one in some]
        rows = [linked(one.called, root + one.path, spoken) if one.path else person(one.called) for one in lines]
        return Markup("\n".join([f"<li>{row}" for row in rows]))  # noqa: S704 -- escaped

    def inferred(lines: Iterable[Line]) -> bool:
        """True where a list has a name that no source prints so."""
        return any(one.called.inferred(spoken) for one in lines)

    return {"person": person, "people": people, "inferred": inferred}
