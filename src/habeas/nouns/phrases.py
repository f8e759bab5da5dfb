"""A sentence that remembers how it was made, so that it can be said again in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from string import Formatter
from typing import Any, Self

from habeas.dates import PartialDate

# What may stand in a sentence: a number, a day or a partial date, a text that is the same in every language, or a phrase.
Part = str | int | float | date | PartialDate


class Phrase(str):
    """An English sentence as `str`, with the message it was made from and what was filled in.

    It is a `str` everywhere (JSON, tables, comparisons); `habeas.languages` says the same message in another language.
    `many` is the message for any count but one, chosen by `n`; both are None where nothing is counted.
    """

    __slots__ = ("many", "message", "n", "parts")

    message: str
    many: str | None
    n: int | None
    parts: Mapping[str, Part]

    def __new__(cls, message: str, parts: Mapping[str, Part], many: str | None = None, n: int | None = None) -> Self:
        chosen = message if many is None or n == 1 else many
        made = super().__new__(cls, fill(chosen, parts, _plain))
        made.message, made.many, made.n, made.parts = message, many, n, parts
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return (Phrase, (self.message, self.parts, self.many, self.n))


def say(message: str, /, **parts: Part) -> Phrase:
    """A phrase from a message with `{names}`; whole numbers are grouped (`{year:d}` is not), days are ISO."""
    return Phrase(message, parts)


def say_count(one: str, many: str, n: int, /, **parts: Part) -> Phrase:
    """A phrase that counts: `one` for 1, else `many`; `{n}` is the count. Other languages choose their own form."""
    return Phrase(one, {"n": n, **parts}, many, n)


def together(parts: Iterable[str], between: str = " ") -> Phrase:
    """Phrases one after the other, each said in its own way; empty ones are left out."""
    kept = [p for p in parts if p]
    return Phrase(between.join(f"{{p{i}}}" for i in range(len(kept))), {f"p{i}": p for i, p in enumerate(kept)})


def fill(message: str, parts: Mapping[str, Part], worded: Callable[[Part, str], str]) -> str:
    """A message with its parts filled in, each as `worded(part, format)` says; a message without parts as it stands."""
    if not parts:
        return message
    told = []
    for text, name, spec, _ in Formatter().parse(message):
        told.append(text)
        if name is not None:
            told.append(worded(parts[name], spec or ""))
    return "".join(told)


def _plain(part: Part, spec: str) -> str:
    """A part in English as tables and JSON show it."""
    if isinstance(part, str):
        return str(part)
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, PartialDate):
        return part.text
    return format(part, spec or ("," if isinstance(part, int) else ""))
