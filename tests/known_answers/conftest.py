"""The example books as the team sees them, for every test of what they must be able to tell."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from habeas.ledger import open_ledger
from habeas.nouns import Book, Casebook, Team
from habeas.pipeline import Built, build, casebook
from habeas.readers import load_book
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def cases(example: tuple[Book, Built]) -> Casebook[Team]:
    book, _ = example
    with open_ledger(book.ledger) as ledger:
        return casebook(book, ledger, Team)


@pytest.fixture(scope="session")
def book_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Built, Casebook[Team]]]:
    """Another example book by its folder, as built on 2026-12-01."""

    def made(name: str) -> tuple[Built, Casebook[Team]]:
        folder = tmp_path_factory.mktemp("example") / name
        shutil.copytree(ROOT / "examples" / name, folder)
        book = load_book(folder)
        built = build(book, now=datetime(2026, 12, 1, 12, tzinfo=UTC))
        with open_ledger(book.ledger) as ledger:
            return built, casebook(book, ledger, Team)

    return made
