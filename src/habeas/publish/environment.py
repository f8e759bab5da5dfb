"""The Jinja environments, one a language: a page is made once of nouns, and said in each language as it is written.

What a template prints is put into the reader's language on its way out: a phrase, a day, a partial date, a person's
name in the script that is read. Plain texts are what a source wrote and stay as they are.

Everything that comes from a source is text, never markup. Three things guard the pages: autoescape on every template
(attributes are always quoted there), addresses become links only if they are plain http or https, and characters that
no page may hold (controls, marks that turn the reading direction around, lone surrogates) are shown as U+FFFD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from habeas.dates import Days, PartialDate
from habeas.languages import Language, language, one_stop
from habeas.nouns import Name, Phrase, Translated
from habeas.publish.names import Called, filed

# C0 and C1 controls but tab and newline, bidirectional embeddings, overrides and isolates, surrogates, noncharacters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]",
)
_ADDRESS = re.compile(
    r"https?://(?:[^/?#@\s]*@)?(?P<host>[^/?#:@\s\[\]\\]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
_MESSAGE = re.compile(r'\{\{ _\("([^"\\]+)"\) \}\}')
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_RTL = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})

_PLAIN = frozenset({str, Markup, int, float})


def clean(value: Any) -> Any:
    """A text with every character that a page may not hold replaced; anything else as it is."""
    if isinstance(value, str) and _UNFIT.search(value):
        return type(value)(_UNFIT.sub("\ufffd", value))
    return value


def href(url: str) -> str:
    """The address if a reader may follow it (http or https, with a host), else an empty text."""
    return url if _ADDRESS.fullmatch(url) and not _UNFIT.search(url) else ""


def host(url: str) -> str:
    """The host of an address without `www.`, as a short name for a source."""
    found = _ADDRESS.fullmatch(url)
    return "" if found is None else found["host"].lower().removeprefix("www.")


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


def _told(spoken: Language) -> Callable[[Any], Markup]:
    """A value in a language, and the numbers of its sources."""
    say = worded(spoken)

    def told(value: Any, many: bool = True) -> Markup:  # noqa: FBT001, FBT002 -- as in templates
        text = escape(say(value.text))
        if value.lang is not None and value.lang.partition("-")[0] != spoken.tag:
            text = Markup(f"<span{lang(value.lang)}>{text}</span>")  # noqa: S704 -- escaped
        return text + refs(value.refs) if many else text

    return told


def _person(spoken: Language) -> Callable[[Called], Markup]:
    """A person by the name that a reader of the language sees first."""

    def person(called: Called) -> Markup:
        if spoken.tag not in called.marked:
            first = called.first(spoken)
            text = spoken.text(called.text(spoken))
            called.marked[spoken.tag] = Markup(  # noqa: S704 -- escaped
                f"<bdi{lang(None if first is None else first.lang)}>{escape(clean(text))}</bdi>"
            )
        return called.marked[spoken.tag]

    return person


def _others(spoken: Language) -> Callable[[Called], Markup]:
    """The other spellings of a person's name, one after the other."""

    def others(called: Called) -> Markup:
        return Markup(" · ").join(named(name) for name in called.others(spoken))

    return others


def _filters(spoken: Language) -> Mapping[str, Any]:
    return {
        "told": _told(spoken),
        "refs": refs,
        "named": named,
        "person": _person(spoken),
        "href": href,
        "host": host,
        "lang": lang,
        "code": lambda value, group: spoken.code(group, value),
        "when": spoken.when,
        "when_text": spoken.when_text,
        "number": spoken.number,
        "party": spoken.party,
        "others": _others(spoken),
        "others_of": lambda called: called.others(spoken),
        "when_short": lambda moment: spoken.when(moment, short=True),
        "when_day": lambda day: spoken.day(day, short=True),
        "by_name": lambda people: [one for _, some in filed(people, spoken) for one in some],
        "as_json": lambda words: as_json(words, spoken),
        "filed": lambda lines: filed(lines, spoken),
    }


def as_json(words: Mapping[str, Mapping[str, str]], spoken: Language) -> str:
    """Phrases by group and code in a language, as JSON for a script to read out of an attribute."""
    told = {group: {code: spoken.text(said) for code, said in codes.items()} for group, codes in words.items()}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _translators(spoken: Language) -> Mapping[str, Callable[..., Markup]]:
    """`gettext` and `ngettext` for `{% trans %}`: what is filled in is worded too, and a message may hold markup."""
    say = worded(spoken)

    def filled(message: str, parts: Mapping[str, Any]) -> Markup:
        told = {k: spoken.number(v) if type(v) in (int, float) else say(v) for k, v in parts.items()}
        # Our own templates and catalogues; the parts are escaped as they are filled in.
        return Markup(one_stop(str(Markup(message) % told)))  # noqa: S704

    return {
        "gettext": lambda message, /, **parts: filled(spoken.gettext(message), parts),
        "ngettext": lambda one, many, count, /, **parts: filled(
            spoken.ngettext(one, many, count), {"num": count, **parts}
        ),
    }


class Said(Extension):
    """Plain messages of a template are put into its language once, when it is read, and not each time it is rendered."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        spoken = language(str(vars(self.environment)["spoken"]))
        return _MESSAGE.sub(lambda found: str(escape(spoken.gettext(found[1]))), source)


@cache
def environment(tag: str = "en") -> Environment:
    """The environment of a language."""
    spoken = language(tag)
    made = Environment(
        loader=PackageLoader("habeas.publish", "templates"),
        extensions=["jinja2.ext.i18n", Said],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=worded(spoken),
        auto_reload=False,
    )
    vars(made)["spoken"] = tag
    made.policies["ext.i18n.trimmed"] = True
    vars(made).update(newstyle_gettext=True)  # as the extension reads it: what is filled in comes with the call
    made.globals.update(_translators(spoken))
    made.filters.update(_filters(spoken))
    return made
