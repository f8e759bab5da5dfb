"""The example books as the team sees them, for every test of what they must be able to tell."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from habeas.answers import ask
from habeas.dates import AsOf
from habeas.ledger import open_ledger
from habeas.nouns import Answer, Book, Casebook, Question, Team
from habeas.pipeline import Built, build, casebook
from habeas.readers import load_book
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def cases(example: tuple[Book, Built]) -> Casebook[Team]:
    book, _ = example
    with open_ledger(book.ledger) as ledger:
        return casebook(book, ledger, Team)


@dataclass(frozen=True)
class Example:
    """An example book as built, and its casebook."""

    built: Built
    casebook: Casebook[Team]

    def asked(self, question: str, on: str = "2026-04-01", **args: str) -> Answer:
        return ask(self.casebook, Question(ask=question, as_of=AsOf(date.fromisoformat(on)), args=args))


@pytest.fixture(scope="session")
def book_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Example]:
    """Another example book by its folder, as built on 2026-12-01."""

    def made(name: str) -> Example:
        folder = tmp_path_factory.mktemp("example") / name
        shutil.copytree(ROOT / "examples" / name, folder)
        book = load_book(folder)
        built = build(book, now=datetime(2026, 12, 1, 12, tzinfo=UTC))
        with open_ledger(book.ledger) as ledger:
            return Example(built, casebook(book, ledger, Team))

    return made
