"""Who was released and who stayed: compared by what was known before, refused where few."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from habeas.answers import as_json, ask
from habeas.dates import AsOf
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Public, Question
from tests.answers.test_survival import Rows, casebook_of

RELEASE = "BY-2023-06-01"


def people() -> Rows:
    """Forty inside since 2022 on a list of May 2023: 12 of 20 women and 4 of 20 men come out; 5 known from the release only."""
    rows: Rows = {
        "list:held": [("means", "held"), ("covers_period", "2023-05"), ("published", "2023-05-01")],
        "list:out": [("means", "released"), ("covers_period", "2023-06-01"), ("published", "2023-06-02")],
        f"release:{RELEASE}": [("date", "2023-06-01"), ("country", "BY"), ("status", "executed")],
        "figure:f": [("release", f"release:{RELEASE}"), ("figure", "announced"), ("n", "30"), ("op", "eq")],
    }
    came = [("released", "2023-06-01"), ("released_in", f"release:{RELEASE}")]
    for n in range(40):
        sex, out = ("female", n < 12) if n < 20 else ("male", n < 24)
        said = [("name", "Person"), ("detained", "2022-01-05"), ("held_on", "2023-05-01"), ("sex", sex)]
        rows[f"entry:held:{n}"] = [*said, *(came if out else [])]
    for n in range(5):
        rows[f"entry:out:x{n}"] = [("name", "Person"), ("detained", "2022-01-05"), *came]
    return rows


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Casebook[Any]:
    return casebook_of(tmp_path_factory.mktemp("chosen"), people())


def asked(casebook: Casebook[Any], **args: str) -> Answer:
    found = ask(casebook, Question(ask="selectivity", as_of=AsOf(date(2024, 1, 1)), args={"id": RELEASE, **args}))
    json.dumps(as_json(found, casebook))
    assert set(found.rests_on) <= set(casebook.statements)
    return found


def row(found: Answer, facet: str) -> Mapping[str, Any]:
    return next(r for r in found.more["comparisons"] if r["facet"] == facet)


def test_men_came_out_less_often(cases: Casebook[Any]) -> None:
    """4 of 20 men against 12 of 20 women: a third, bounds 0.13 to 0.79 (statsmodels' score bounds are the same)."""
    found = asked(cases)
    assert (found.more["held"], found.value) == (40, 16)
    (sex,) = [r for r in found.more["comparisons"] if r["facet"] == "sex"]
    assert (sex["group"], sex["released"], sex["of"], sex["others_released"], sex["others"]) == ("male", 4, 20, 12, 20)
    assert (sex["ratio"], sex["low"], sex["high"]) == (0.33, 0.13, 0.79)
    assert "sex male: 4 of 20 against 12 of 20 others (ratio 0.33, 95% 0.13 to 0.79)" in found.sentence


def test_where_most_are_unnamed_it_cannot_be_said_who_was_chosen(tmp_path: Path) -> None:
    rows = people()
    rows["figure:f"] = [("release", f"release:{RELEASE}"), ("figure", "announced"), ("n", "43"), ("op", "eq")]
    found = asked(casebook_of(tmp_path, rows))
    assert found.value is None
    assert found.more["comparisons"] == []
    why = "22 of the 43 announced are named by nobody here, and the better known are named first"
    assert found.more["refused"] == why
    assert found.sentence == found.said == f"Cannot say who was chosen in {RELEASE}: {why}."
    assert {s.what: s.result for s in found.steps}["comparisons made"] == f"none: {why}"


def test_on_an_eve_that_no_list_covers_nobody_is_compared(tmp_path: Path) -> None:
    rows = people()
    rows["list:held"] = [("means", "held"), ("covers_period", "2023-05-01"), ("published", "2023-05-01")]
    found = asked(casebook_of(tmp_path, rows))
    assert (found.value, found.more["held"]) == (None, None)
    assert found.more["refused"] == "no list of this book covers 2023-05-31"


def test_who_is_known_from_the_release_alone_is_not_compared(cases: Casebook[Any]) -> None:
    steps = {s.what: s.result for s in asked(cases).steps}
    assert steps["named in the release, but not on record as inside before it: not compared"] == "5"
    assert steps["announced, but named by nobody here: some of them may be among those who seem to have stayed"] == "9"


def test_the_exit_itself_puts_nobody_inside(tmp_path: Path) -> None:
    """Without the sighting nothing but the exit says that anybody was still inside: nobody is compared by the best reading."""
    rows = {k: [v for v in said if v[0] != "held_on"] for k, said in people().items()}
    rows["list:held"] = [("means", "named"), ("covers_period", "2020/2024"), ("published", "2022-05-01")]
    book = casebook_of(tmp_path, rows)
    assert asked(book).more["held"] == 0
    assert asked(book, inside="possible").more["held"] == 40


def test_small_groups_are_refused(cases: Casebook[Any]) -> None:
    found = asked(cases)
    assert "fewer than 10 people" in row(found, "nationality")["refused"]
    assert row(found, "fame")["ratio"] is None


def test_to_the_public_small_cells_are_not_told(tmp_path: Path) -> None:
    rows = people()
    rows["entry:held:20"] = rows["entry:held:30"]
    rows["entry:held:21"] = rows["entry:held:30"]
    public = asked(casebook_of(tmp_path, rows, Public))
    assert row(public, "sex")["refused"] == "fewer than 3 came out on one side"
    assert row(public, "sex")["released"] is None
    assert "(" not in row(public, "nationality")["refused"]


def test_what_is_no_release(cases: Casebook[Any]) -> None:
    with pytest.raises(UsageError, match="there is no release"):
        asked(cases, id="BY-1999-01-01")
    with pytest.raises(UsageError, match="--inside takes best or possible"):
        asked(cases, inside="surely")
