"""What became of a deal: each indicator's direction by its rule, conditions, relief in force, and how late lists are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from habeas.answers.lag import maturity
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Draft, Team
from tests.answers.conftest import drafts_of
from tests.answers.test_questions import asked

Fold = Callable[..., Casebook[Team]]
Said = dict[str, list[tuple[str, str]]]

DEAL: Said = {
    "release:R": [("date", "2022-06-01"), ("title", "A release"), ("status", "executed"), ("country", "BY")],
    "figure:r": [("release", "release:R"), ("figure", "announced"), ("n", "3")],
    "deal:D": [
        ("date", "2022-06-01"),
        ("title", "A deal"),
        ("status", "executed"),
        ("release", "release:R"),
        ("country", "BY"),
    ],
    "leg:l": [
        ("deal", "deal:D"),
        ("side", "relief"),
        ("giver", "United States"),
        ("what", "a licence"),
        ("said", "lifted"),
        ("said_on", "2022-06-01"),
        ("effect", "licensed"),
        ("act_on", "2022-06-10"),
        ("until", "2022-12-31"),
    ],
    "condition:all": [("deal", "deal:D"), ("what", "all freed"), ("test", "all_released")],
    "condition:new": [("deal", "deal:D"), ("what", "no new arrests"), ("test", "no_new_arrests")],
    "condition:out": [("deal", "deal:D"), ("what", "nobody expelled"), ("test", "no_expulsion")],
    "condition:else": [("deal", "deal:D"), ("what", "better relations")],
}
LISTS: Said = {
    "list:a": [("title", "A list"), ("covers_period", "2020/2023"), ("means", "held"), ("extent", "sample")],
    "list:out": [("title", "Freed"), ("means", "released"), ("covers_period", "2022-06-01")],
}
FREED: Said = {
    "entry:a:p": [("list", "list:a"), ("name", "Person P"), ("detained", "2021-01-01"), ("released", "2022-06-01")],
    "entry:out:p": [("list", "list:out"), ("name", "Person P"), ("released_in", "release:R")],
}


def on(book: Casebook[Team], day: str) -> tuple[Answer, dict[str, str]]:
    found = asked(book, "progress", day, id="D")
    return found, {
        i["indicator"].partition(",")[0].partition(" (")[0]: i["direction"] for i in found.more["indicators"]
    }


def kept(found: Answer) -> dict[str, str]:
    return {c["what"]: c["kept"] for c in found.more["conditions"]}


def test_every_indicator_has_a_direction_a_rule_and_evidence(fold_drafts: Fold) -> None:
    found, directions = on(fold_drafts(drafts_of({**DEAL, **LISTS, **FREED})), "2022-12-01")
    assert directions == {
        "people announced as freed": "toward freedom",
        "of the named": "cannot say",  # the last of that beginning: nobody's way is known
        "arrests documented since": "cannot say",
        "re-arrests documented since": "cannot say",
        "people newly recognised as political prisoners": "neither",
        "people documented by name as in custody": "cannot say",
    }
    assert all(i["rule"] for i in found.more["indicators"])
    assert found.more["indicators"][0]["figure"] == "3 announced, 1 named here, 2 not named"
    assert "on record as in force" in found.sentence
    with pytest.raises(UsageError, match="ask about a day after it"):
        asked(fold_drafts(drafts_of({**DEAL, **LISTS})), "progress", "2022-01-01", id="D")


def test_who_is_taken_again_points_away(fold_drafts: Fold) -> None:
    again: Said = {"entry:a:p": [*FREED["entry:a:p"], ("returned", "2022-09-01"), ("held_on", "2022-12-01")]}
    found, directions = on(fold_drafts(drafts_of({**DEAL, **LISTS, **FREED, **again})), "2022-12-01")
    assert directions["re-arrests documented since"] == "away from it"
    assert directions["arrests documented since"] == "away from it"
    held = next(i for i in found.more["indicators"] if "in custody again" in i["indicator"])
    assert (held["figure"], held["direction"]) == ("1 of 1", "away from it")
    assert kept(found)["no new arrests"] == "not met"


def test_conditions_are_met_not_met_or_cannot_be_said(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**DEAL, **LISTS, **FREED}))
    assert kept(on(book, "2022-12-01")[0]) == dict.fromkeys(
        ("all freed", "no new arrests", "nobody expelled", "better relations"), "cannot say"
    )
    held: Said = {"entry:a:q": [("name", "Person Q"), ("detained", "2021-05-05"), ("held_on", "2023-01-01")]}
    expelled: Said = {"entry:a:p": [*FREED["entry:a:p"], ("release_kind", "expelled")]}
    found, directions = on(fold_drafts(drafts_of({**DEAL, **LISTS, **FREED, **held, **expelled})), "2022-12-01")
    assert (kept(found)["all freed"], kept(found)["nobody expelled"]) == ("not met", "not met")
    abroad: Said = {"entry:a:p": [*FREED["entry:a:p"], ("taken_to", "LT")]}
    found, directions = on(fold_drafts(drafts_of({**DEAL, **LISTS, **FREED, **abroad})), "2022-12-01")
    assert kept(found)["nobody expelled"] == "cannot say"
    assert directions["of the named"] == "away from it"
    nobody: Said = {
        "list:a": [("covers_period", "2020/2023"), ("means", "held"), ("extent", "full"), ("published", "2022-12-01")]
    }
    found, _ = on(fold_drafts(drafts_of({**DEAL, **LISTS, **FREED, **nobody})), "2022-12-01")
    assert kept(found)["all freed"] == "met"


ACTS: Said = {
    "measure:m": [("date", "2020-01-01"), ("action", "imposed"), ("authority", "US")],
    "measure:gl": [
        ("date", "2022-06-10"),
        ("action", "licensed"),
        ("authority", "US"),
        ("changes", "measure:m"),
        ("until", "2022-12-31"),
    ],
}
BY_ACT: Said = {"leg:l": [*DEAL["leg:l"], ("measure", "measure:gl")]}
WORD: Said = {"leg:l": [(prop, value) for prop, value in DEAL["leg:l"] if prop not in ("effect", "act_on", "until")]}
TAKEN_BACK: Said = {"measure:e": [("date", "2022-09"), ("action", "revoked"), ("changes", "measure:gl")]}


@pytest.mark.parametrize(
    ("acts", "day", "holds", "why"),
    [
        (WORD, "2022-12-01", "cannot say", "no legal act on record"),  # a word, and no act
        # An act that the leg tells of, or names, and that no measure of the book is.
        ({}, "2022-12-01", "cannot say", "its act is not among the measures of this book"),
        (BY_ACT, "2022-12-01", "cannot say", "its act is not among the measures of this book"),
        (ACTS | BY_ACT, "2022-06-05", "no", "the act is of 2022-06-10"),
        (ACTS | BY_ACT, "2022-12-01", "yes", "until 2022-12-31"),
        (ACTS | BY_ACT, "2023-02-01", "no", "ran out 2022-12-31"),
        (ACTS | BY_ACT | TAKEN_BACK, "2022-09-10", "cannot say", "the date leaves it open: revoked 2022-09"),
        (ACTS | BY_ACT | TAKEN_BACK, "2022-10-10", "no", "revoked 2022-09"),
    ],
)
def test_relief_is_asked_of_its_acts(fold_drafts: Fold, acts: Said, day: str, holds: str, why: str) -> None:
    book = fold_drafts(drafts_of({**DEAL, **LISTS, **acts}))
    (given,) = asked(book, "progress", day, id="D").more["given"]
    assert given["in_force"] == holds
    assert given["why"].startswith(why)
    (relief,) = asked(book, "deal", day, id="D").more["relief"]
    assert (relief["in_force"], relief["why"]) == (given["in_force"], given["why"])


def test_a_leg_that_names_no_act_of_the_book_is_a_problem(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**DEAL, **BY_ACT}))
    assert any("there is no act of this id" in str(p) for p in book.problems)
    (given,) = asked(book, "progress", "2022-12-01", id="D").more["given"]
    assert given["in_force"] == "cannot say"


def arrests(days_late: int, first: date, count: int) -> list[Draft]:
    """People arrested a day apart, each named in a source of its own some days later."""
    drafts = []
    for number in range(count):
        day = first + timedelta(days=number)
        said: Any = {
            f"entry:a:x{number}": [("list", "list:a"), ("name", f"Person {number}"), ("detained", day.isoformat())]
        }
        drafts += drafts_of(said, published=(day + timedelta(days=days_late)).isoformat(), source=f"source:{number}")
    return drafts


def test_nothing_is_said_of_fewer_arrests_before_lists_have_had_their_time(fold_drafts: Fold) -> None:
    published: Said = {"list:a": [*LISTS["list:a"], ("published", "2023-03-01")]}
    early = arrests(30, date(2022, 2, 1), 25)
    book = fold_drafts([*drafts_of({**DEAL, **LISTS, **published}), *early])
    known = maturity(book)
    assert known.lag is not None
    assert (known.lag.people, known.lag.median, known.lag.nine_of_ten) == (25, 30, 30)
    assert known.since == date(2023, 3, 1) - timedelta(days=30)
    assert on(book, "2023-01-01")[1]["arrests documented since"] == "toward freedom"
    assert on(book, "2023-02-15")[1]["arrests documented since"] == "cannot say"
    flows = asked(book, "flows", "2023-03-01", by="month", **{"from": "2022-01"})
    settled = {r["period"]: r["settled"] for r in flows.more["periods"]}
    assert (settled["2022-12"], settled["2023-01"]) == (True, False)
    assert "of no period after 2023-01-29 can fewer arrests be said" in flows.sentence
    more = fold_drafts([*drafts_of({**DEAL, **LISTS, **published}), *early, *arrests(5, date(2022, 7, 1), 40)])
    assert on(more, "2022-12-01")[1]["arrests documented since"] == "away from it"


def test_few_dated_arrests_give_no_lag(fold_drafts: Fold) -> None:
    book = fold_drafts([*drafts_of(LISTS), *arrests(30, date(2022, 2, 1), 19)])
    assert maturity(book).since is None
    assert "recent periods are incomplete" in asked(book, "flows", "2022-12-01", by="year").sentence


def test_rearrests_within_days(fold_drafts: Fold) -> None:
    said: Said = {
        "entry:a:p": [
            ("list", "list:a"),
            ("name", "Person P"),
            ("detained", "2021-01-01"),
            ("released", "2021-06-01"),
            ("returned", "2021-09-01"),
        ]
    }
    book = fold_drafts(drafts_of({**LISTS, **said}))
    for within, again in (("92", 1), ("91", 0)):
        found = asked(book, "flows", "2022-12-31", by="year", within=within)
        assert (found.more["rearrests"]["out"], found.more["rearrests"]["again"]) == (1, again)
    with pytest.raises(UsageError, match="--rearrest-within takes a number of days"):
        asked(book, "flows", "2022-12-31", within="soon")


def test_names_asked_for_answered_and_released(fold_drafts: Fold) -> None:
    request: Said = {
        "request:one": [
            ("deal", "deal:D"),
            ("date", "2022-05"),
            ("by", "United States"),
            ("of", "Belarus"),
            ("what", "names handed over"),
            ("asked", "10"),
            ("answered", "4"),
            ("released", "3"),
        ]
    }
    (found,) = asked(fold_drafts(drafts_of({**DEAL, **LISTS, **request})), "progress", "2022-12-01", id="D").more[
        "requests"
    ]
    assert (found["asked"], found["answered"], found["released"], found["by"]) == (10, 4, 3, "United States")


def test_a_deal_counts_those_announced_in_the_releases_that_were_carried_out(fold_drafts: Fold) -> None:
    """Who is named in one release is none of those announced in another, and who is named in two is one person."""

    def release(key: str, day: str, status: str = "executed") -> Said:
        return {f"release:{key}": [("date", day), ("title", key), ("status", status), ("country", "BY")]}

    def announced(key: str, n: int) -> Said:
        return {f"figure:{key}": [("release", f"release:{key}"), ("figure", "announced"), ("n", str(n))]}

    deal: Said = {
        "deal:D": [
            ("date", "2022-06-01"),
            ("title", "A deal"),
            ("status", "executed"),
            *(("release", f"release:{key}") for key in ("R", "S", "T")),
        ]
    }
    people: Said = {
        f"entry:out:{n}": [
            ("list", "list:out"),
            ("name", f"Person {n}"),
            ("detained", "2021-01-01"),
            ("released", "2022-06-03"),
            ("released_in", "release:S"),
            ("released_in", "release:T"),
        ]
        for n in range(5)
    }
    people["entry:again:0"] = [("list", "list:out"), ("name", "Person 0"), ("released_in", "release:U")]
    rows = {
        **release("R", "2022-06-01"),
        **announced("R", 10),
        **release("S", "2022-06-03"),
        **release("U", "2022-06-04"),
        **release("T", "2022-06-02", "not_executed"),
        **announced("T", 7),
        **deal,
    }
    rows["deal:D"] = [*rows["deal:D"], ("release", "release:U")]
    book = fold_drafts(drafts_of({**LISTS, **rows, **people}))
    short = asked(book, "deal", "2022-07-01", id="D")
    assert (short.value, short.more["named"], len(short.more["people"])) == (10, 5, 5)
    found = asked(book, "progress", "2022-07-01", id="D").more
    assert found["indicators"][0]["figure"] == "10 announced, 5 named here, 10 not named"
    assert len(found["people"]) == 5
    only = fold_drafts(drafts_of({**LISTS, **rows, "deal:D": [*deal["deal:D"][:3], ("release", "release:T")]}))
    assert asked(only, "deal", "2022-07-01", id="D").value is None
    found = asked(only, "progress", "2022-07-01", id="D").more
    assert (found["indicators"][0]["figure"], found["indicators"][0]["direction"]) == (
        "0 announced, 0 named here, 0 not named",
        "cannot say",
    )
