"""Small books, made of drafts through the real ledger and the real fold."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from habeas.cases import fold
from habeas.ledger import open_ledger
from habeas.nouns import Book, Casebook, Draft, Links, Pair, Person, Same, Team, Visibility

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
Rows = Mapping[str, list[tuple[str, str]]]


def drafts_of(rows: Rows, published: str | None = None, source: str = "source:1") -> list[Draft]:
    """Drafts from `{subject: [(prop, value), ...]}`."""
    return [
        Draft(subject=subject, prop=prop, value=value, source=source, published=published, visibility=Visibility.PUBLIC)
        for subject, said in rows.items()
        for prop, value in said
    ]


# A list that looks at every day, so that people of any day may be counted.
EVERY_DAY = drafts_of({"list:every-day": [("title", "Every day"), ("covers_period", "1850/2150")]})


def a_book(folder: Path, **more: Any) -> Book:
    fields: dict[str, Any] = {
        "folder": folder,
        "title": "A book",
        "country": "BY",
        "languages": ("en",),
        "contact": "",
        "recorder": "keeper",
        "lists": (),
    }
    return Book(**{**fields, **more})


@pytest.fixture
def fold_drafts(tmp_path: Path) -> Callable[..., Casebook[Team]]:
    """Fold drafts to a casebook; each `entry:` subject with the same last part is one person unless told otherwise."""

    numbers = itertools.count()

    def make(drafts: Iterable[Draft], *, unsure: Iterable[tuple[str, str]] = (), **book: Any) -> Casebook[Team]:
        with open_ledger(tmp_path / f"{next(numbers)}.sqlite", create=True) as ledger:
            for number, draft in enumerate(drafts):
                ledger.append([draft], recorded=NOON + timedelta(seconds=number), recorder="keeper")
            view = ledger.view(Team)
        people: dict[str, list[str]] = {}
        for subject, _ in view.of_kind("entry"):
            people.setdefault(subject.rpartition(":")[2], []).append(subject)
        links = Links(
            persons=tuple(Person(id=f"C-{key}", mentions=tuple(found)) for key, found in people.items()),
            unsure=tuple(Pair(a=a, b=b, score=0.5, same=Same.UNSURE, why=("names alike",)) for a, b in unsure),
        )
        return fold(view, links, a_book(tmp_path, **book))

    return make
