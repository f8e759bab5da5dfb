"""The Jinja environment: everything that comes from a source is text, never markup.

Three things guard the pages: autoescape on every template (attributes are always quoted there), addresses become
links only if they are plain http or https, and characters that no page may hold (controls, marks that turn the
reading direction around, lone surrogates) are shown as U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from habeas.languages import language
from habeas.publish import wording

# C0 and C1 controls but tab and newline, bidirectional embeddings, overrides and isolates, surrogates, noncharacters.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]",
)
_ADDRESS = re.compile(
    r"https?://(?:[^/?#@\s]*@)?(?P<host>[^/?#:@\s\[\]\\]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
_LANG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_RTL = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})


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


def lang(tag: str | None) -> Markup:
    """The `lang` (and, where it is so read, `dir`) attribute of a text in that language; nothing for a broken tag."""
    if tag is None or _LANG.fullmatch(tag) is None:
        return Markup("")
    turn = ' dir="rtl"' if tag.split("-")[0].lower() in _RTL else ""
    return Markup(f' lang="{tag}"{turn}')  # noqa: S704 -- the tag has just been matched: letters, digits, hyphens


def _filters() -> Mapping[str, Any]:
    return {
        "href": href,
        "host": host,
        "lang": lang,
        "code": lambda value, group: wording.code(group, value),
        "said": language("en").text,
        "when": wording.when,
        "when_text": wording.when_text,
        "day": wording.day,
        "duration": wording.duration,
        "number": wording.number,
        "count_of": wording.count_of,
    }


@cache
def environment() -> Environment:
    """The one environment of the site."""
    made = Environment(
        loader=PackageLoader("habeas.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=clean,
        auto_reload=False,
    )
    made.filters.update(_filters())
    return made
