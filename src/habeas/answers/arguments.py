"""Arguments of a question that take one word of a few."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from habeas.errors import UsageError

_Word = TypeVar("_Word", bound=str)


def one_of(allowed: Iterable[_Word], given: str, name: str) -> _Word:
    """The word that was given, as one of those allowed.

    Raises:
        UsageError: it is none of them; the message names them.
    """
    for word in allowed:
        if word == given:
            return word
    *others, last = allowed
    words = f"{', '.join(others)} or {last}" if others else last
    raise UsageError(f"--{name} takes {words}, not {given!r}")
