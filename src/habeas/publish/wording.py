"""How a value is worded and marked up on a page, in a language: cleaned, escaped, with its language and its sources.

What pages of many cases print most is made here in one piece and not output by output in a template, which costs more than all
the rest of such a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from habeas.dates import Days, PartialDate
from habeas.languages import Language
from habeas.nouns import Event, Name, Phrase, Translated
from habeas.publish.names import Called
from habeas.publish.values import Said

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
            return clean(spoken.text(value.text(spoken)))
        return clean(value)

    return said


@lru_cache(maxsize=4_096)
def refs(numbers: tuple[int, ...], many: bool = True) -> Markup:  # noqa: FBT001, FBT002 -- a filter of templates
    """The numbers of sources, each leading to its line at the foot of the page; nothing where all have one source."""
    if not numbers or not many:
        return Markup("")
    links = " ".join(f'<a href="#s{n}">{n}</a>' for n in numbers)
    return Markup(f"<sup>{links}</sup>")  # noqa: S704 -- numbers


def named(name: Name) -> Markup:
    """A name as a source printed it, marked with its language and kept apart from the direction of the text around."""
    return Markup(f"<bdi{lang(name.lang)}>{escape(clean(name.text))}</bdi>")  # noqa: S704 -- escaped


Contest = Callable[[Said, bool], Markup]  # what others say, as the template has it


def pieces(spoken: Language) -> Mapping[str, Callable[..., Markup]]:
    """The filters that give a whole piece of a page in a language."""
    say = worded(spoken)

    def told(value: Said, many: bool = True) -> Markup:  # noqa: FBT001, FBT002 -- as in templates
        """A value and the numbers of its sources."""
        text = escape(say(value.text))
        if value.lang is not None and value.lang.partition("-")[0] != spoken.tag:
            text = Markup(f"<span{lang(value.lang)}>{text}</span>")  # noqa: S704 -- escaped
        return Markup(f"{text}{refs(value.refs)}") if many else text  # noqa: S704 -- escaped

    def facts(rows: Iterable[tuple[Phrase, Sequence[Said]]], contest: Contest, many: bool) -> Markup:  # noqa: FBT001
        """Properties with their values, as rows of a list of facts."""
        parts = []
        for title, values in rows:
            said = "".join(f"<dd>{told(v, many)}{contest(v, many) if v.against else ''}</dd>" for v in values)
            parts.append(f"<div><dt>{escape(spoken.text(title))}</dt>{said}</div>")
        return Markup("\n".join(parts))  # noqa: S704 -- escaped

    def happened(events: Iterable[tuple[Event, tuple[int, ...]]], many: bool) -> Markup:  # noqa: FBT001
        """Events with their sources, as rows of a table; of one that is not believed, why."""
        parts = []
        for event, numbers in events:
            note = f": {escape(say(event.note))}" if event.note else ""
            start = ""
            if event.disputed:
                start = ' class="disputed"'
                doubt = escape(spoken.gettext("not taken as having happened"))
                note += f' <span class="tag contested">{doubt}</span> {escape(say(event.disputed))}'
            when, what = escape(spoken.when(event.when, short=True)), escape(spoken.code("event", event.kind.value))
            parts.append(f"<tr{start}><td>{when}</td><td>{what}{note}{refs(numbers, many)}</td></tr>")
        return Markup("\n".join(parts))  # noqa: S704 -- escaped

    def person(called: Called) -> Markup:
        """A person by the name that a reader of the language sees first."""
        if spoken.tag not in called.marked:
            first = called.first(spoken)
            mark = lang(None if first is None else first.lang)
            called.marked[spoken.tag] = Markup(f"<bdi{mark}>{escape(say(called))}</bdi>")  # noqa: S704 -- escaped
        return called.marked[spoken.tag]

    def others(called: Called) -> Markup:
        """The other spellings of a person's name, one after the other."""
        return Markup(" · ").join(named(name) for name in called.others(spoken))

    return {
        "facts": facts, "happened": happened, "named": named, "others": others, "person": person, "refs": refs, "told": told,
    }  # fmt: skip
