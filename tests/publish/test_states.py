"""Pages, filters and exports say of every person the one state that the answers say."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path

from habeas.answers import STATES, ask, in_words, stands
from habeas.dates import AsOf
from habeas.languages import language
from habeas.nouns import Casebook, Public, Question
from habeas.publish import publish_site
from habeas.publish.case_pages import case_page, line
from habeas.publish.contents import Contents
from habeas.publish.export.linked import as_jsonld
from habeas.publish.export.spreadsheets import as_csv
from habeas.publish.export.tables import tables
from habeas.publish.search import entries
from tests.publish.conftest import RECORDED, MakeCasebook, facts, name, say
from tests.publish.reading import read


def test_pages_filters_and_exports_say_the_state_that_the_answers_say(casebook: Casebook[Public]) -> None:
    contents, day = Contents(casebook=casebook, checked=()), casebook.day
    assert day is not None
    one = {i: stands(casebook, case, day) for i, case in casebook.cases.items()}
    for identifier, found in one.items():
        case = casebook.cases[identifier]
        told = ask(casebook, Question(ask="case", as_of=AsOf(day), args={"name": identifier})).more["state"]
        assert told["code"] == found.state.value
        assert case_page(contents, identifier).status == in_words(found) == told["words"]
        assert line(contents, case).status == STATES[found.state]
    filters = {e.path: e.facets["state"] for e in entries(contents)}
    assert filters == {contents.case_paths[i]: (found.state.value,) for i, found in one.items()}
    # What a filter counts is what the rows of the list say.
    rows = Counter(language("en").text(line(contents, c).status) for c in casebook.cases.values())
    assert rows == Counter(language("en").text(STATES[found.state]) for found in one.values())
    table = next(t for t in tables(casebook) if t.name == "cases")
    exported = list(csv.DictReader(io.StringIO(as_csv(table).decode("utf-8-sig"))))
    assert {r["id"]: r["state"] for r in exported} == {i: found.state.value for i, found in one.items()}
    people = json.loads(as_jsonld(casebook, ""))["hasPart"]
    assert {p["identifier"]: p["state"] for p in people} == {i: found.state.value for i, found in one.items()}


def test_days_that_ended_on_the_day_of_knowledge_are_not_said_to_go_on(
    make_casebook: MakeCasebook, tmp_path: Path
) -> None:
    """House arrest took the place of custody on that very day; of another nothing ended it."""
    known = RECORDED.date().isoformat()
    book = make_casebook([
        *facts(),
        *say("entry:hrw:p3", "source:hrw", detained="2025-07-05", regime="house_arrest", limited_since=known),
        *say("entry:hrw:p4", "source:hrw", detained="2025-07-05", held_on="2025-12-01"),
        name("entry:hrw:p3", "Person C", "en"),
        name("entry:hrw:p4", "Person D", "en"),
    ])  # fmt: skip
    publish_site(book, (), tmp_path)
    limited, held = (read(tmp_path / "cases" / f"C-{p}.html").said for p in ("p3", "p4"))
    assert "In custody from 5 July 2025 to 5 Jan 2026: 184 days" in limited
    assert "if still held" not in limited
    assert "to 5 January 2026, if still held" in held
