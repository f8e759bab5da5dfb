"""Why a figure changed: each person once, each with one reason, and the sum is the change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers import ask
from habeas.cases import fold
from habeas.dates import AsOf
from habeas.ledger import open_ledger
from habeas.nouns import Answer, Casebook, Draft, Links, Person, Question, Statement, Team, View
from tests.answers.conftest import EVERY_DAY, a_book, drafts_of
from tests.strategies import custody_drafts

THEN, NOW = datetime(2025, 1, 10, 12, tzinfo=UTC), datetime(2025, 6, 10, 12, tzinfo=UTC)
LIST = {"list:a": [("title", "A list"), ("covers_period", "2020/2025"), ("means", "held"), ("extent", "sample")]}
Entry = list[tuple[str, str]]
HELD: Entry = [("list", "list:a"), ("name", "Person A"), ("detained", "2024-12-01"), ("held_on", "2025-01-05")]


def people(view: View[Team], joined: Iterable[tuple[str, str]] = ()) -> Links:
    home = {b: a for a, b in joined}
    found: dict[str, list[str]] = {}
    for subject, _ in view.of_kind("entry"):
        key = subject.rpartition(":")[2]
        found.setdefault(home.get(key, key), []).append(subject)
    return Links(persons=tuple(Person(id=f"C-{k}", mentions=tuple(m)) for k, m in found.items()), unsure=())


def compared(
    folder: Path,
    before: list[Draft],
    after: Callable[[tuple[Statement, ...]], list[Draft]],
    joined: Iterable[tuple[str, str]] = (),
    on: date | None = None,
) -> Answer:
    """The answer on what was said by two instants; `joined`: entries taken for one person at the second."""
    with open_ledger(folder / "ledger.sqlite", create=True) as ledger:
        said = ledger.append(before, recorded=THEN, recorder="keeper")
        ledger.append(after(said), recorded=NOW, recorder="keeper")
        views = [ledger.view(Team, at + timedelta(hours=1)) for at in (THEN, NOW)]
    book = a_book(folder)
    old: Casebook[Team] = fold(views[0], people(views[0]), book)
    new: Casebook[Team] = fold(views[1], people(views[1], joined), book)
    first, last = (on, on) if on is not None else (THEN.date(), NOW.date())
    question = Question(ask="why-changed", as_of=AsOf(last, NOW), args={"from": first.isoformat()})
    found = ask(new, question, old)
    if found.value is None:
        assert found.more["refused"]
        assert found.more["reasons"] == []
    else:
        assert found.value == sum(r["more"] - r["fewer"] for r in found.more["reasons"])
    assert set(found.rests_on) <= set(new.statements)
    return found


def reasons(found: Answer) -> dict[str, tuple[int, int]]:
    return {r["reason"]: (r["more"], r["fewer"]) for r in found.more["reasons"]}


def entry(key: str, *said: tuple[str, str]) -> dict[str, Entry]:
    return {f"entry:a:{key}": [("list", "list:a"), ("name", f"Person {key.upper()}"), *said]}


BASE = {**LIST, "entry:a:a": HELD}


@pytest.mark.parametrize(
    ("said", "reason", "change"),
    [
        (entry("b", ("detained", "2025-03-01"), ("held_on", "2025-05-30")), "new", 1),
        (entry("b", ("detained", "2024-03-01"), ("held_on", "2025-05-30")), "recognised later", 1),
        (entry("b", ("held_on", "2025-05-30")), "not dated", 1),
        ({"entry:a:a": [("released", "2025-04-01")]}, "out", -1),
        ({"entry:a:a": [("released", "2025-01-08")]}, "release learned", -1),
    ],
)
def test_what_is_said_since(tmp_path: Path, said: dict[str, Entry], reason: str, change: int) -> None:
    more = (1, 0) if change > 0 else (0, 1)
    found = compared(tmp_path, drafts_of(BASE), lambda _: drafts_of(said))
    assert reasons(found) == {reason: more}
    assert found.value == change


def test_nothing_new_and_old_evidence(tmp_path: Path) -> None:
    found = compared(tmp_path, drafts_of({**LIST, **entry("a", ("detained", "2024-09-01"))}), lambda _: drafts_of(LIST))
    assert reasons(found) == {"out of sight": (0, 1)}
    same = compared(tmp_path / "..", drafts_of(BASE), lambda _: drafts_of(LIST))
    assert same.sentence.startswith("The figure did not change: 1")


def test_corrected_and_withdrawn(tmp_path: Path) -> None:
    def take_back(value: str | None) -> Callable[[tuple[Statement, ...]], list[Draft]]:
        def drafts(said: tuple[Statement, ...]) -> list[Draft]:
            old = next(s for s in said if s.prop == "released")
            return [
                Draft(
                    subject=old.subject,
                    prop="released",
                    value=value,
                    source=old.source,
                    retracts=old.id,
                    reason="the page was corrected",
                    visibility=old.visibility,
                )
            ]

        return drafts

    said = {**LIST, **entry("a", ("detained", "2024-12-01"), ("released", "2025-01-02"))}
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    day = date(2025, 1, 10)
    assert reasons(compared(tmp_path / "one", drafts_of(said), take_back("2025-12-31"), on=day)) == {
        "corrected": (1, 0)
    }
    assert reasons(compared(tmp_path / "two", drafts_of(said), take_back(None), on=day)) == {"withdrawn": (1, 0)}


def test_two_people_decided_to_be_one(tmp_path: Path) -> None:
    both = {**BASE, **entry("b", ("detained", "2024-12-01"), ("held_on", "2025-06-09"))}
    found = compared(
        tmp_path, drafts_of(both), lambda _: drafts_of({"entry:a:a": [("held_on", "2025-06-09")]}), [("a", "b")]
    )
    assert reasons(found) == {"identity": (0, 1)}
    assert found.more["reasons"][0]["people"][0]["was"] == "certain"


def test_an_empty_past_is_said_to_be_empty(tmp_path: Path) -> None:
    found = compared(tmp_path, [], lambda _: drafts_of(BASE))
    assert found.value is None
    assert found.more["from"] == {"on": "2025-01-10", "low": None, "best": None, "high": None}
    assert found.more["to"]["best"] == 1
    assert found.sentence.startswith("Nothing was on record here by 2025-01-10")
    assert "--known-by published" in found.sentence


def test_a_day_that_no_list_covers_has_no_change(tmp_path: Path) -> None:
    found = compared(tmp_path, drafts_of(BASE), lambda _: drafts_of(LIST), on=date(2026, 3, 1))
    assert found.value is None
    assert found.sentence == "Cannot say why the figure changed: no list of this book covers 2026-03-01."
    assert found.more["reasons"] == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    before=st.lists(custody_drafts(), min_size=1, max_size=8),
    after=st.lists(custody_drafts(), min_size=1, max_size=8),
    day=st.dates(date(2000, 1, 1), date(2030, 1, 1)),
)
def test_the_reasons_add_up_whatever_is_said(
    tmp_path_factory: pytest.TempPathFactory, before: list[Draft], after: list[Draft], day: date
) -> None:
    found = compared(tmp_path_factory.mktemp("changes"), [*EVERY_DAY, *before], lambda _: after, on=day)
    assert found.value is not None
