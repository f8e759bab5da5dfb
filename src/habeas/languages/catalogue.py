"""The catalogues: one gettext file a language, `be.po`; to add a language, add its file."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# What the messages themselves are written in.
SOURCE = "en"


def languages() -> tuple[str, ...]:
    """The languages that there are: that of the messages, then each with a catalogue."""
    found = sorted(f.name.removesuffix(".po") for f in files(__package__).iterdir() if f.name.endswith(".po"))
    return (SOURCE, *found)


@lru_cache(maxsize=16)
def catalogue(code: str) -> NullTranslations:
    """The translations of a language; what it does not translate stays in English. Plural forms are the file's own."""
    if code == SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    with files(__package__).joinpath(f"{code}.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
