"""Whom `she`, `the two`, `он`, `оба`, `ella` mean: the people named just before, where nobody else can be meant.

A guess is worse than a gap here: `she` means somebody only where one person was named in the sentence and the two before
it, and `the two` only where exactly two were. A given name that tells the other sex takes a person out.
"""

from __future__ import annotations

from collections.abc import Iterator

from habeas.check.numbers import Chunk
from habeas.check.page import Page, told_sex

_BEFORE = 2  # sentences looked back


def pointed(page: Page) -> Iterator[tuple[int, int, int, tuple[Chunk, ...]]]:
    """(sentence, first token, end, the one or two people meant) of each pronoun and `the two` that points at somebody."""
    for s, p in enumerate(page.parsed):
        for at in range(len(p.tokens)):
            if p.at("the_two", at):
                found = _named_before(page, s, at)
                if len(found) == 2:
                    yield s, at, p.hits["the_two"][at][0], found
            elif p.among(at, "she_alone") or p.among(at, "he_alone"):
                other = "m" if p.among(at, "she_alone") else "f"
                fitting = tuple(c for c in _named_before(page, s, at) if told_sex(c) != other)
                if len(fitting) == 1:
                    yield s, at, at + 1, fitting


def _named_before(page: Page, s: int, at: int) -> tuple[Chunk, ...]:
    """The different people named in the sentence before token `at`, and in the two sentences before it."""
    found: dict[str, Chunk] = {}
    for back in range(max(0, s - _BEFORE), s + 1):
        for chunk in page.people(back):
            if back < s or chunk.j <= at:
                found.setdefault(str(chunk.value["person"]), chunk)
    return tuple(found.values())
