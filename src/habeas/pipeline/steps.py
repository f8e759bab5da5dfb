"""What reads the record and then appends to it, as one step of the record."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from habeas.ledger import Ledger
from habeas.nouns import Book

P = ParamSpec("P")
T = TypeVar("T")


def one_step(verb: Callable[Concatenate[Book, Ledger, P], T]) -> Callable[Concatenate[Book, Ledger, P], T]:
    """The verb, so that what it appends follows from the record it is appended to, whoever records at the same time."""

    @wraps(verb)
    def stepped(book: Book, ledger: Ledger, /, *args: P.args, **more: P.kwargs) -> T:
        return ledger.step(lambda: verb(book, ledger, *args, **more))

    return stepped
