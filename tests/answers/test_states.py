"""The states of a person, the one table by which they count, and that every face says the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers import ask
from habeas.answers.states import LEVEL, LEVELS, WORDS, Level, State
from habeas.dates import AsOf
from habeas.nouns import Casebook, Draft, Question, Team
from tests.answers import plain
from tests.answers.conftest import drafts_of
from tests.answers.test_standings import more_drafts
from tests.strategies import custody_drafts

Fold = Callable[..., Casebook[Team]]
# Lists whose windows hold every day asked, so that a day is never refused.
EVER = drafts_of(
    {"list:list-1": [("title", "A list"), ("covers_period", "1900/2100"), ("means", "named"), ("extent", "sample")]}
)

ROOT = Path(__file__).parents[2]


def test_the_table_of_the_docs_is_the_one_that_counts() -> None:
    text = (ROOT / "docs" / "figures.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \|([^|]*)\|([^|]*)\|([^|]*)\|$", text, re.MULTILINE)
    told = {state: Level(sum(cell.strip() == "yes" for cell in cells)) for state, *cells in rows}
    assert told == {state.value: LEVEL[state] for state in State}
    for state, low, best, high in rows:  # who counts in one counts in the wider ones
        counted = [cell.strip() == "yes" for cell in (low, best, high)]
        assert counted == sorted(counted), state
    assert set(WORDS) == set(State)


def asked(book: Casebook[Any], question: str, day: date, **args: str) -> dict[str, Any]:
    answer = ask(book, Question(ask=question, as_of=AsOf(day), args=args))
    return {**answer.more, "value": answer.value, "low": answer.low, "high": answer.high}


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40, deadline=None
)
@given(
    st.lists(custody_drafts(), max_size=8, unique=True) | st.lists(more_drafts(), max_size=8, unique=True),
    st.dates(date(1999, 1, 1), date(2024, 1, 1)),
)
def test_every_answer_says_the_one_state_and_inside_is_the_sum_over_the_table(
    fold_drafts: Fold, drafts: list[Draft], day: date
) -> None:
    book = fold_drafts([*EVER, *drafts])
    found = asked(book, "inside", day)
    by_state = {c["case"]: row["state"] for row in found["states"] for c in row["cases"]}
    assert sorted(by_state) == sorted(book.cases)  # everybody, in one state each
    for row in found["states"]:
        assert (row["people"], row["level"]) == (len(row["cases"]), LEVELS[LEVEL[State(row["state"])]])
    counts = [sum(LEVEL[State(s)] >= level for s in by_state.values()) for level in (3, 2, 1)]
    assert [found["low"], found["value"], found["high"]] == counts
    assert found["under_another_limit"] == sum(s == State.LIMITED for s in by_state.values())
    assert {p["case"]: p["state"]["code"] for p in found["people"]} == {
        c: s for c, s in by_state.items() if LEVEL[State(s)]
    }
    for case in book.cases.values():
        told = asked(book, "case", day, name=case.id)
        by_rule = plain.standing(case, day, book.book.horizon_days)
        assert told["state"]["code"] == by_state[case.id] == by_rule.state.value
        assert told["in_custody"] == LEVELS[LEVEL[by_rule.state]]


def test_a_list_beside_ours_and_a_release_say_it_too(fold_drafts: Fold) -> None:
    people = {
        "entry:list-1:p": [("name", "Person P"), ("list", "list:list-1"), ("detained", "2021-01-01"), ("released", "2023-01-01"), ("released_in", "release:R")],
        "entry:list-1:q": [("name", "Person Q"), ("list", "list:list-1"), ("detained", "2021-01-01"), ("died", "2022-05-01")],
        "entry:list-1:r": [("name", "Person R"), ("list", "list:list-1"), ("detained", "2021-01-01"), ("sentence", "P1Y")],
        "entry:list-1:s": [("name", "Person S"), ("list", "list:list-1"), ("detained", "2021-01-01"), ("regime", "house_arrest"), ("limited_since", "2023-03-01")],
        "entry:list-1:t": [("name", "Person T"), ("list", "list:list-1")],
        "release:R": [("date", "2023-01-01"), ("status", "executed")],
    }  # fmt: skip
    book, day = fold_drafts([*EVER, *drafts_of(people)]), date(2023, 5, 1)
    one = {c: asked(book, "case", day, name=c)["state"] for c in book.cases}
    assert {c: s["code"] for c, s in one.items()} == {
        "C-p": "released",
        "C-q": "died",
        "C-r": "long_due_out",
        "C-s": "limited",
        "C-t": "only_named",
    }
    assert (one["C-q"]["on"], one["C-r"]["on"], one["C-s"]["limit"]) == ("2022-05-01", "2022-01-01", "house_arrest")
    listed = asked(book, "reconcile", day, list="list-1")["only_on_the_list"]
    assert {p["case"]: p["state"] for p in listed} == one
    assert [p["state"] for p in asked(book, "release", day, id="R")["people"]] == [one["C-p"]]


def test_days_held_are_days_in_custody_only(fold_drafts: Fold) -> None:
    held = [("name", "Person P"), ("detained", "2010-12-19")]
    suspended = [
        *held,
        ("regime", "suspended"),
        ("sentenced", "2011-05-16"),
        ("sentence", "P2Y"),
        ("released", "../2023-04"),
    ]
    told = asked(fold_drafts(drafts_of({"entry:a:p": suspended})), "case", date(2024, 1, 1), name="C-p")
    assert told["spells"][0]["days"] == {"low": 148, "best": 148, "high": 148, "to": "2011-05-16"}
    due = [*held, ("sentence", "P1Y")]
    told = asked(fold_drafts(drafts_of({"entry:a:p": due})), "case", date(2024, 1, 1), name="C-p")
    assert told["spells"][0]["days"] == {"low": 365, "best": 365, "high": 365, "to": "2011-12-19"}


def test_a_pardon_is_told_though_the_way_out_was_later(fold_drafts: Fold) -> None:
    said = [
        ("name", "Person P"),
        ("detained", "2020-05-31"),
        ("pardoned", "2025-09-11"),
        ("released", "2026-02-19"),
        ("release_kind", "pardoned"),
    ]
    book = fold_drafts(drafts_of({"entry:a:p": said}))
    answer = ask(book, Question(ask="case", as_of=AsOf(date(2026, 3, 1)), args={"name": "C-p"}))
    assert "pardoned 2025-09-11, out 2026-02-19" in answer.sentence
    assert [v["value"] for v in answer.more["spells"][0]["facts"]["pardoned"]] == ["2025-09-11"]
