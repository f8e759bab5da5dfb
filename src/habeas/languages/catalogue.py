"""The catalogues: one gettext file a language, `be.po`; to add a language, add its file."""

from __future__ import annotations

import re
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO, StringIO
from typing import NamedTuple

from babel.messages import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# What the messages themselves are written in.
SOURCE = "en"


def languages() -> tuple[str, ...]:
    """The languages that there are: that of the messages, then each with a catalogue."""
    found = sorted(f.name.removesuffix(".po") for f in files(__package__).iterdir() if f.name.endswith(".po"))
    return (SOURCE, *found)


class Catalogue(NamedTuple):
    """What a language says, how many messages it leaves in English, and who has read it over, where anybody has."""

    said: NullTranslations
    left: int
    reviewed_by: str


@lru_cache(maxsize=16)
def catalogue(code: str) -> Catalogue:
    """The translations of a language; what it does not translate stays in English. Plural forms are the file's own."""
    if code == SOURCE:
        return Catalogue(NullTranslations(), 0, "its authors")
    text = files(__package__).joinpath(f"{code}.po").read_text(encoding="utf-8")
    found = read_po(StringIO(text), locale=code)
    compiled = BytesIO()
    write_mo(compiled, found)
    compiled.seek(0)
    left = sum(1 for message in found if message.id and not is_translated(message))
    return Catalogue(GNUTranslations(compiled), left, told_at_the_top(text, "X-Reviewed-By"))


def is_translated(message: Message) -> bool:
    """True of a message that is translated in all its forms and not marked as unsure."""
    forms = (message.string,) if isinstance(message.string, str) else message.string or ("",)
    return not message.fuzzy and all(forms)


def told_at_the_top(text: str, name: str) -> str:
    """What a catalogue says in a line at its top, such as `"X-Reviewed-By: ...\\n"`; empty where it does not."""
    found = re.search(rf'^"{name}: *(.+?)\\n"$', text.partition("\n\n")[0], re.MULTILINE)
    return found[1] if found else ""
