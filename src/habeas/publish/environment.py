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
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from habeas.languages import Language, language, one_stop
from habeas.publish.contents import Note
from habeas.publish.names import filed
from habeas.publish.wording import clean, lang, pieces, worded

_ADDRESS = re.compile(
    r"https?://(?:[^/?#@\s]*@)?(?P<host>[^/?#:@\s\[\]\\]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE
)
_MESSAGE = re.compile(r'\{\{ _\("([^"\\]+)"\) \}\}')


def href(url: str) -> str:
    """The address if a reader may follow it (http or https, with a host), else an empty text."""
    return url if _ADDRESS.fullmatch(url) and clean(url) == url else ""


def host(url: str) -> str:
    """The host of an address without `www.`, as a short name for a source."""
    found = _ADDRESS.fullmatch(url)
    return "" if found is None else found["host"].lower().removeprefix("www.")


def _filters(spoken: Language) -> Mapping[str, Any]:
    return {
        **pieces(spoken),
        "href": href,
        "host": host,
        "lang": lang,
        "code": lambda value, group: spoken.code(group, value),
        "when": spoken.when,
        "when_text": spoken.when_text,
        "number": spoken.number,
        "party": spoken.party,
        "parties": lambda names: "; ".join(str(worded(spoken)(spoken.party(name))) for name in names),
        "when_short": lambda moment: spoken.when(moment, short=True),
        "when_day": lambda day: spoken.day(day, short=True),
        "as_json": lambda words: as_json(words, spoken),
        "same_sources": same_sources,
        "filed": lambda lines: filed(lines, spoken),
    }


def same_sources(people: Sequence[Mapping[str, Any]]) -> tuple[Note, ...]:
    """The sources of people that are named by the same ones, where saying it once spares a reader some lines; else none."""
    found = {person["notes"] for person in people}
    return found.pop() if len(found) == 1 and len(people) > 3 else ()


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
