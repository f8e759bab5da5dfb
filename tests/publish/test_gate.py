"""What `inside` refuses to count on a day, no page counts: each stock is replaced by a number that tells its day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from habeas.answers.coverage import uncovered
from habeas.publish import publish_site
from tests.answers.test_gate import days_told, tell_the_day
from tests.publish.conftest import MakeCasebook, facts


def test_no_page_counts_people_of_a_day_that_no_list_covers(
    make_casebook: MakeCasebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_the_day(monkeypatch)
    book = make_casebook(facts())
    past = make_casebook(facts(), known=datetime(2025, 12, 20, 23, 59, tzinfo=UTC))
    publish_site(book, (), tmp_path / "site", (past,))
    found: set[date] = set()
    for page in (tmp_path / "site").rglob("*"):
        if page.is_file() and page.suffix in (".html", ".svg", ".json", ".csv", ".js"):
            text = page.read_text(encoding="utf-8").replace(",", "").replace("\u00a0", "").replace("\u202f", "")
            told = days_told(text)
            assert all(uncovered(book, day) is None for day in told), page.name
            found |= told
    assert date(2025, 12, 15) in found, "the law has lost sight of the numbers"
