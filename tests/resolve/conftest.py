"""Builders of views for linking; entries are rows of lists with a name each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from habeas.dates import Clock
from habeas.nouns import Book, Case, Casebook, Keeper, Links, Name, Statement, View
from habeas.resolve import link

BOOK = Book(
    folder=Path("book"), title="Test", country="BY", languages=("be",), contact="", recorder="keeper", lists=()
)  # fmt: skip
RECORDED = datetime(2026, 1, 1, tzinfo=UTC)


def entry(
    list_id: str, name: str, *more: str, key: str | None = None, **values: str
) -> tuple[str, list[tuple[str, str]]]:
    """A row: subject and (property, value) pairs."""
    digest = hashlib.sha256(f"{list_id}|{key or name}".encode()).hexdigest()[:8]
    said = [("list", f"list:{list_id}"), *(("name", one) for one in (name, *more)), *values.items()]
    return f"entry:{list_id}:{digest}", said


def decision(a: str, b: str, same: str, **values: str) -> tuple[str, list[tuple[str, str]]]:
    digest = hashlib.sha256(f"{a}|{b}|{same}".encode()).hexdigest()[:8]
    return f"decision:{digest}", [("a", a), ("b", b), ("same", same), *values.items()]


def published(list_id: str, day: str) -> tuple[str, list[tuple[str, str]]]:
    return f"list:{list_id}", [("published", day)]


def view(rows: Sequence[tuple[str, list[tuple[str, str]]]]) -> View[Keeper]:
    statements: list[Statement] = []
    for subject, said in rows:
        for prop, value in said:
            seq = len(statements) + 1
            statements.append(
                Statement(
                    subject=subject, prop=prop, value=value, source="list:x", id=f"s{seq}", seq=seq,
                    recorded=RECORDED, recorder="keeper",
                )
            )  # fmt: skip
    return View(
        audience=Keeper, known=None, known_by=Clock.RECORDED, statements=tuple(statements), head="h",
        last_recorded=RECORDED,
    )  # fmt: skip


def case_id(mention: str) -> str:
    return "case-" + mention.rpartition(":")[2]


def linked(rows: Sequence[tuple[str, list[tuple[str, str]]]]) -> Links:
    return link(view(rows), BOOK, case_id)


def groups(links: Links) -> set[frozenset[str]]:
    return {frozenset(person.mentions) for person in links.persons}


def casebook(**names: Sequence[str]) -> Casebook[Keeper]:
    """Cases by id, each with its names."""
    cases = {
        one: Case(
            id=one, label=texts[0], names=tuple(Name(text=t, lang=None, statement="s") for t in texts), mentions=(),
            lists=(), spells=(), events=(), attributes={}, releases=(), statements=(),
        )
        for one, texts in names.items()
    }  # fmt: skip
    return Casebook(
        audience=Keeper, book=BOOK, known=None, known_by=Clock.RECORDED, head="h", last_recorded=None, cases=cases,
        releases={}, deals={}, acts=(), counts=(), facts=(), lists={}, sources={}, statements={}, unsure=(),
        problems=(),
    )  # fmt: skip
