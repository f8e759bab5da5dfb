"""The example book, built once for the tests that read it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from habeas.nouns import Book
from habeas.pipeline import Built, build
from habeas.readers import load_book

ROOT = Path(__file__).parent.parent
BUILT_AT = datetime(2026, 4, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, Built]:
    """The Belarus book as built on 2026-04-01; tests that write make a copy of its folder."""
    folder = tmp_path_factory.mktemp("example") / "belarus"
    shutil.copytree(ROOT / "examples" / "belarus", folder)
    book = load_book(folder)
    return book, build(book, now=BUILT_AT)
