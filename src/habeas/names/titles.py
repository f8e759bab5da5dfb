"""Titles, honorifics and particles: what stands beside a name in a list or a text and is no part of it."""

from __future__ import annotations

import re
from functools import cache

from habeas.names.tables import rows

_LETTERS_LEFT = 2  # what is left of a name must still be one


@cache
def words_beside() -> frozenset[str]:
    """Words in plain Latin letters that are no part of a name, wherever they stand in it."""
    return frozenset(word for row in rows("titles.csv") if row["where"] == "word" for word in row["forms"].split())


def untitled(text: str) -> str:
    """A name without the titles before and behind it, in whatever script; one that would be left with nothing stays."""
    if text.isascii() and text.lstrip().partition(" ")[0].casefold() not in _first_words():
        return text
    before, behind = _patterns()
    bare = behind.sub("", before.sub("", text.strip()))
    return bare if sum(map(str.isalpha, bare)) >= _LETTERS_LEFT else text


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    first, joined, behind = (
        "|".join(re.escape(form) for form in sorted(_forms(where), key=len, reverse=True))
        for where in ("before", "joined", "behind")
    )
    before = rf"^(?:(?:{first})(?:\s+|(?<=\.)\s*)|(?:{joined})\s*)+"
    return re.compile(before, re.IGNORECASE), re.compile(rf"\s*(?:{behind})$")


@cache
def _first_words() -> frozenset[str]:
    return frozenset(form.split()[0].casefold() for form in _forms("before"))


def _forms(where: str) -> set[str]:
    return {form for row in rows("titles.csv") if row["where"] == where for form in row["forms"].split("|")}
