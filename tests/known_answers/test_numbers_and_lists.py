"""Every number of an answer that stands with a list is the length of that list: every question, on days of every sort."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from habeas.answers import ask
from habeas.answers.changes import why_changed
from habeas.dates import AsOf, Clock, end_of
from habeas.ledger import open_ledger
from habeas.nouns import Answer, Book, Casebook, Question, Team
from habeas.pipeline import Built, casebook

DAYS = ("2011-02-01", "2016-06-01", "2023-04-15", "2025-12-01", "2026-03-19", "2026-12-02")
RELEASES = ("BY-2024-09-16", "BY-2025-09-11", "BY-2025-12-13", "BY-2026-03-19")
COUNTED = {"certain": 3, "likely": 2, "possible": 1, "out": 0}

Told = tuple[str, object, int]  # what is told, the number, and how many the list holds


def inside(answer: Answer) -> Iterator[Told]:
    people, more = answer.more["people"], answer.more
    if answer.value is None:
        yield "people of a day of which nothing can be said", 0, len(people)
        return
    yield "best", answer.value, sum(COUNTED[p["level"]] >= 2 for p in people)
    yield "high", answer.high, len(people)
    for row in more["states"]:
        yield f"state {row['state']}", row["people"], len(row["cases"])
    held = {p["case"] for p in people}
    told = {c["case"] for row in more["states"] if row["level"] != "out" for c in row["cases"]}
    yield "people of the states that count", len(held), len(held & told)
    yield "all of them", len(told), len(held)


def release(answer: Answer) -> Iterator[Told]:
    more = answer.more
    yield "named", more["named"], len(more["people"])
    yield "disputed", more["disputed"], len(more["people_disputed"])
    if more["held_now"] is not None:
        yield "held now", more["held_now"], sum(p["in_custody"] in ("certain", "likely") for p in more["people"])
    if more["taken_abroad"]:
        yield "crossed", more["crossed"], sum(part["n"] for part in more["taken_abroad"])
    for one in more["sums"]:
        yield "sum", one["sum"], sum(part["n"] for part in one["parts"])


def deal(answer: Answer) -> Iterator[Told]:
    yield "named", answer.more["named"], len(answer.more["people"])
    yield "for", answer.more["said_for"], sum(s["stance"] == "for" for s in answer.more["stances"])


def deals(answer: Answer) -> Iterator[Told]:
    yield "carried out", answer.value, sum(d["status"] == "executed" for d in answer.more["deals"])


def measures(answer: Answer) -> Iterator[Told]:
    rows = answer.more["measures"]
    yield "in force", answer.value, sum(r["in_force"] in ("yes", "partly") for r in rows)
    yield "at most", answer.high, sum(r["in_force"] != "no" for r in rows)


def officials(answer: Answer) -> Iterator[Told]:
    yield "officials", answer.value, len(answer.more["officials"])


def progress(answer: Answer) -> Iterator[Told]:
    yield "indicators", answer.value, len(answer.more["indicators"])


def changed(answer: Answer) -> Iterator[Told]:
    for row in answer.more["reasons"]:
        yield row["reason"], row["more"] + row["fewer"], len(row["people"])


ASKED: tuple[tuple[str, Mapping[str, str], Any], ...] = (
    ("inside", {}, inside),
    *(("release", {"id": r}, release) for r in RELEASES),
    *(("deal", {"id": r}, deal) for r in RELEASES[1:]),
    ("deals", {}, deals),
    ("measures", {}, measures),
    ("measures", {"target": "Belaruskali"}, measures),
    ("officials", {}, officials),
    ("progress", {"id": "BY-2008-08"}, progress),
)


@pytest.mark.parametrize("day", DAYS)
def test_every_number_of_an_answer_is_the_length_of_its_list(cases: Casebook[Team], day: str) -> None:
    for name, args, law in ASKED:
        question = Question(ask=name, as_of=AsOf(date.fromisoformat(day)), args=args)
        wrong = [told for told in law(ask(cases, question)) if told[1] != told[2]]
        assert wrong == [], (name, args, day)


def test_the_reasons_of_a_change_are_the_people_who_moved(example: tuple[Book, Built]) -> None:
    book = example[0]
    with open_ledger(book.ledger) as ledger:
        before, after = (
            casebook(book, ledger, Team, end_of(date.fromisoformat(day)), Clock.PUBLISHED)
            for day in ("2025-09-01", "2025-12-20")
        )
    question = Question(
        ask="why-changed", as_of=AsOf(date(2025, 12, 20)), args={"from": "2025-09-01", "to": "2025-12-20"}
    )
    answer = why_changed(before, after, question)
    assert answer.more["reasons"]
    assert [told for told in changed(answer) if told[1] != told[2]] == []
