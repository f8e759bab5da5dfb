"""Builders for ledgers: each test makes its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from habeas.ledger import Ledger, open_ledger
from habeas.ledger.keys import Trust
from habeas.nouns import Draft, Visibility

ANYBODY = Trust(unsigned=True)  # heads signed by whom they may, or by nobody
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def a_draft(value: str | None = "Person A", prop: str = "name", **more: object) -> Draft:
    fields: dict[str, object] = {
        "subject": "entry:list-1:row1",
        "prop": prop,
        "value": value,
        "source": "source:1",
        "visibility": Visibility.PUBLIC,
    }
    return Draft(**{**fields, **more})  # type: ignore[arg-type]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], Ledger]]:
    opened: list[Ledger] = []

    def new(name: str = "ledger.sqlite") -> Ledger:
        opened.append(open_ledger(tmp_path / name, create=True))
        return opened[-1]

    yield new
    for ledger in opened:
        ledger.close()
