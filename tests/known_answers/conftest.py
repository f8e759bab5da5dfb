"""The example book as the team sees it, for every test of what it must be able to tell."""

from __future__ import annotations

import pytest

from habeas.ledger import open_ledger
from habeas.nouns import Book, Casebook, Team
from habeas.pipeline import Built, casebook


@pytest.fixture(scope="session")
def cases(example: tuple[Book, Built]) -> Casebook[Team]:
    book, _ = example
    with open_ledger(book.ledger) as ledger:
        return casebook(book, ledger, Team)
