"""Acts of law by their official numbers: as the record writes them, and as a text names them.

An act that a text names by number is that act and no other. Which words stand before such a number (`General License`,
`Regulation (EU)`) the record tells, so that a text may also name an act that is not on record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from habeas.languages import state
from habeas.nouns import Casebook

_ACT = re.compile(r"[A-Z][^;,]*\d[^;,]*")
_NUMBER = r"(?:No\.?\s*|№\s*)?(\d+\w*(?:[/.-]\w+)*)"
_NUMBERED = re.compile(rf"(\D*?)\s+{_NUMBER}")


def titles(identifier: str) -> Iterator[str]:
    """The acts of law in an identifier: what begins with a capital and has a number."""
    for part in identifier.split(";"):
        match = _ACT.search(part.strip())
        if match is not None and " and " not in match.group():
            yield match.group().strip()


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a book by number; `form` finds what is named as they are, `by_id` has the numbers of each act on record."""

    home: str
    form: re.Pattern[str] | None
    by_id: Mapping[str, frozenset[str]]

    def numbers(self, identifier: str) -> frozenset[str]:
        """The numbers in an identifier, each with the words before it, in one way of writing."""
        return frozenset(_key(*parts) for title in titles(identifier) if (parts := _parts(title, self.home)))

    def named_in(self, text: str) -> frozenset[str]:
        """The numbers of the acts that a text names, on record or not."""
        return frozenset(_key(*m.groups()) for m in self.form.finditer(text)) if self.form is not None else frozenset()


def acts(casebook: Casebook[Any]) -> Acts:
    """The acts of a casebook, gathered once for it."""
    return casebook.once(_gathered)


def _gathered(casebook: Casebook[Any]) -> Acts:
    home = str(state(casebook.book.country))
    legs = (leg.act for deal in casebook.deals.values() for leg in deal.legs)
    known = [title for said in (*(a.identifier for a in casebook.acts), *legs) for title in titles(said)]
    before = {parts[0] for title in known if (parts := _parts(title, home))}
    ways = sorted({way for words in before for way in (words, words.upper())}, key=lambda way: (-len(way), way))
    form = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, ways))})\s+{_NUMBER}") if ways else None
    plain = Acts(home, form, {})
    return Acts(home, form, {a.id: plain.numbers(a.identifier) for a in casebook.acts})


def _parts(title: str, home: str) -> tuple[str, str] | None:
    """The words before an act's number, without the name of the country, and the number."""
    match = _NUMBERED.match(title.removeprefix(f"{home} "))
    return None if match is None else (match[1], match[2])


def _key(words: str, number: str) -> str:
    return f"{words} {number}".casefold()
