"""Published counts: what each counts is said in one way, wherever it stands."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.check.figures import said
from habeas.languages import LANGUAGES, language
from habeas.publish.contents import Contents
from habeas.publish.figures import published_figure
from habeas.publish.front_page import newest_count
from habeas.publish.reference_pages import counts_page
from habeas.publish.report.blocks import Table
from habeas.publish.report.on_period import on_period
from habeas.publish.report.reporter import Reporter
from tests.publish.conftest import MakeCasebook, facts, say

TELLS = {"source": "source:hrw", "kind": "stock", "on": "2025-10-01", "n": "1100", "op": "eq", "by": "Viasna"}


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize(
    ("population", "words"), [("political_prisoners", "палітвязні"), ("prisoners_of_conscience", "2 groups"), ("", "those on its list")]
)  # fmt: skip
def test_whom_a_count_counts_is_said_alike_on_pages_in_reports_and_in_verdicts(
    make_casebook: MakeCasebook, tag: str, population: str, words: str
) -> None:
    """By the words for its population, in each language; a keeper's own words only where there is no code."""
    more = {"population": population} if population else {}
    book = make_casebook([*facts(), *say("count:x", **TELLS, what=words, **more)])
    contents, reader = Contents(casebook=book, checked=()), language(tag)
    (record,) = [c for c in book.counts if c.id == "x"]
    groups = counts_page(contents, ()).context["groups"]
    (paged,) = [reader.text(row["what"]) for _, rows in groups for row in rows if row["on"] == record.on]  # type: ignore[attr-defined]
    report = on_period(Reporter(contents=contents, language=reader, full=False), date(2025, 10, 1), date(2025, 10, 31))
    tables = [block for block in report.blocks if isinstance(block, Table)]
    (reported,) = [
        cells[3].text for table in tables for cells in table.rows if len(cells) == 4 and cells[2].text == "Viasna"
    ]
    assert paged == reported
    assert paged in reader.text(said(record))
    assert (paged == words) == (not population)


@pytest.mark.parametrize(("population", "leads"), [("", False), ("political_prisoners", True)])
def test_a_count_that_does_not_say_whom_it_counts_is_not_shown_as_how_many_are_held(
    make_casebook: MakeCasebook, population: str, leads: bool
) -> None:
    """It may be of a part, such as the journalists."""
    more = {"population": population} if population else {}
    others = [d for d in facts() if d.kind != "count"]
    contents = Contents(
        casebook=make_casebook([*others, *say("count:x", **TELLS, what="journalists", **more)]), checked=()
    )
    assert len(contents.casebook.counts) == 1
    assert (newest_count(contents) is not None) is leads
    assert (published_figure(contents) is not None) is leads
