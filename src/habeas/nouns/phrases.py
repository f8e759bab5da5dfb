"""A sentence that remembers how it was made, so that it can be said again in another language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from string import Formatter
from typing import Any, Self, TypeVar, cast

from habeas.dates import PartialDate

# What may stand in a sentence: a number, a day or a partial date, a text that is the same in every language, or a phrase.
Part = str | int | float | date | PartialDate
_Code = TypeVar("_Code", bound=str)


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


class Translated(str):
    """A text of the keeper's with its translations, by language; it is the first one, wherever no language is asked for."""

    __slots__ = ("by",)

    by: Mapping[str, str]

    def __new__(cls, by: Mapping[str, str]) -> Self:
        made = super().__new__(cls, next(iter(by.values())))
        made.by = by
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return (Translated, (self.by,))


def say(message: str, /, **parts: Part) -> Phrase:
    """A phrase from a message with `{names}`; whole numbers are grouped (`{year:d}` is not), days are ISO."""
    return Phrase(message, parts)


def coded(code: _Code) -> _Code:
    """A code of a closed set that is its own word: typed as the code it is, and said in every language as a phrase is."""
    return cast(_Code, Phrase(code, {}))


def say_count(one: str, many: str, n: int, /, **parts: Part) -> Phrase:
    """A phrase that counts: `one` for 1, else `many`; `{n}` is the count. Other languages choose their own form."""
    return Phrase(one, {"n": n, **parts}, many, n)


def only(part: Part, spec: str = "") -> Phrase:
    """One part with nothing around it, that each language writes in its own way: `1,613`, `2025-12-13`, `+4`."""
    return Phrase(f"{{it:{spec}}}" if spec else "{it}", {"it": part})


def together(parts: Iterable[str], between: str = " ", end: str = "") -> Phrase:
    """Phrases one after the other, each said in its own way, and a last sign; empty ones are left out."""
    kept = [p for p in parts if p]
    if len(kept) == 1 and not end and isinstance(kept[0], Phrase):
        return kept[0]
    return Phrase(between.join(f"{{p{i}}}" for i in range(len(kept))) + end, {f"p{i}": p for i, p in enumerate(kept)})


def fill(message: str, parts: Mapping[str, Part], worded: Callable[[Part, str], str]) -> str:
    """A message with its parts filled in, each as `worded(part, format)` says; a message without parts as it stands."""
    if not parts:
        return message
    return "".join(t if name is None else t + worded(parts[name], spec) for t, name, spec in _pieces(message))


@lru_cache(maxsize=4096)
def _pieces(message: str) -> tuple[tuple[str, str | None, str], ...]:
    """A message cut at its parts: the text before each, its name and its format. Cut once, as most are said often."""
    return tuple((text, name, spec or "") for text, name, spec, _ in Formatter().parse(message))


def _plain(part: Part, spec: str) -> str:
    """A part in English as tables and JSON show it."""
    if isinstance(part, str):
        return str(part)
    if isinstance(part, date):
        return part.isoformat()
    if isinstance(part, PartialDate):
        return part.text
    return format(part, spec or ("," if isinstance(part, int) else ""))
