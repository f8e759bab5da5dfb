"""Each question on small books with known answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers import as_json, ask
from habeas.answers.stock import stock
from habeas.dates import AsOf
from habeas.errors import AmbiguousName, UsageError
from habeas.languages import language
from habeas.nouns import Answer, Casebook, Draft, Question, Team
from tests.answers.conftest import EVERY_DAY, drafts_of
from tests.strategies import custody_drafts

Fold = Callable[..., Casebook[Team]]


def asked(casebook: Casebook[Any], question: str, on: str, **args: str) -> Answer:
    found = ask(casebook, Question(ask=question, as_of=AsOf(date.fromisoformat(on)), args=args))
    shape = as_json(found, casebook)
    json.dumps(shape)
    assert list(shape)[:7] == ["question", "value", "low", "high", "sentence", "steps", "rests_on"]
    assert set(found.rests_on) <= set(casebook.statements), "every answer walks back to statements on record"
    return found


LIST = {
    "list:a": [
        ("title", "A list"),
        ("covers_period", "2020/2025"),
        ("means", "held"),
        ("extent", "sample"),
        ("publisher", "Publisher A"),
    ],
}
PEOPLE = {
    "entry:a:p": [
        ("list", "list:a"),
        ("name", "First Placeholder"),
        ("detained", "2021-07-14"),
        ("released", "2025-12-13"),
    ],
    "entry:a:q": [("list", "list:a"), ("name", "Second Entry"), ("detained", "2022")],
    "entry:a:r": [("list", "list:a"), ("name", "Third Record"), ("held_on", "2023-01-01")],
}
COUNTS = {
    "count:x": [
        ("kind", "stock"),
        ("on", "2022-12-20"),
        ("n", "1201"),
        ("by", "Viasna"),
        ("men", "900"),
        ("women", "300"),
    ],
    "count:y": [("kind", "stock"), ("on", "2022-12-20"), ("n", "1336"), ("by", "dissident.by")],
    "count:z": [("kind", "flow"), ("on", "2022"), ("n", "5"), ("by", "Viasna")],
}


def test_inside_counts_by_name_and_says_what_it_cannot(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**LIST, **PEOPLE, **COUNTS}))
    found = asked(book, "inside", "2022-12-20")
    assert (found.low, found.value, found.high) == (1, 2, 3)
    assert found.more["inside"] == "cannot say"
    assert "sample" in found.more["coverage"]
    assert [c["n"] for c in found.more["published"]] == [1201, 1336]
    assert found.more["doubts"] == {"the arrest is not on record": 1, "no exit on record": 1}
    assert {p["name"]: p["level"] for p in found.more["people"]} == {
        "First Placeholder": "certain",
        "Second Entry": "likely",
        "Third Record": "possible",
    }


def test_outside_every_window_the_answer_is_cannot_say(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**LIST, **PEOPLE}))
    found = asked(book, "inside", "2019-12-31")
    assert (found.value, found.low, found.high) == (None, None, None)
    assert found.sentence == "Cannot say who was inside on 2019-12-31: no list of this book covers 2019-12-31."
    assert found.more["people"] == []


def test_a_full_list_says_who_is_inside(fold_drafts: Fold) -> None:
    held = [("covers_period", "2020/2025"), ("extent", "full"), ("means", "held"), ("published", "2022-12")]
    whole = {"list:a": held}
    found = asked(fold_drafts(drafts_of({**whole, **PEOPLE})), "inside", "2022-12-20")
    assert found.more["inside"] == 2
    for narrower in (
        [*held, ("covers_group", "five journalists")],
        [*held, ("covers_place", "Minsk")],
        [*held[:2], ("means", "released"), ("published", "2022-12")],
        [*held[:3], ("published", "2025-01")],
        held[:3],
    ):
        found = asked(fold_drafts(drafts_of({"list:a": narrower, **PEOPLE})), "inside", "2022-12-20")
        assert found.more["inside"] == "cannot say", narrower


def test_two_cases_that_may_be_one_person_lower_the_certain_count(fold_drafts: Fold) -> None:
    rows = {
        "entry:a:p": [("name", "First Placeholder"), ("detained", "2021"), ("released", "2025")],
        "entry:b:q": [("name", "First Placeholdr"), ("detained", "2021"), ("released", "2025")],
    }
    book = fold_drafts(drafts_of({**LIST, **rows}), unsure=[("entry:a:p", "entry:b:q")])
    found = asked(book, "inside", "2023-01-01")
    assert (found.low, found.value, found.high) == (1, 2, 2)
    assert found.more["doubts"] == {"may be one person with another": 1}
    assert [p["reason"] for p in found.more["people"]] == [
        "may be one person with First Placeholdr",
        "may be one person with First Placeholder",
    ]


def test_one_doubt_is_one_row_whatever_days_its_reasons_have(fold_drafts: Fold) -> None:
    people = {
        f"entry:a:{month}": [
            ("list", "list:a"),
            ("name", f"Person {month}"),
            ("detained", f"2020-{month:02}-01"),
            ("sentence", "P2Y"),
        ]
        for month in (1, 2, 3)
    }
    doubts = asked(fold_drafts(drafts_of({**LIST, **people})), "inside", "2022-04-01").more["doubts"]
    assert doubts == {"the term on record ran out": 3}
    for code in ("be", "ru"):
        assert not re.search("[a-z]", language(code).text(next(iter(doubts))))


def test_what_is_contradicted_says_by_whom(fold_drafts: Fold) -> None:
    one = drafts_of(
        {"entry:a:p": [("name", "Person P"), ("detained", "2021-03-01")]}, published="2022", source="source:a"
    )
    other = drafts_of({"entry:b:p": [("detained", "2021-06-01")]}, published="2023", source="source:b")
    sources = drafts_of(
        {
            "source:a": [("publisher", "Publisher A"), ("url", "https://a.example")],
            "source:b": [("publisher", "Publisher B")],
        }
    )
    found = asked(fold_drafts([*one, *other, *sources]), "case", "2024-01-01", name="Person P")
    (against,) = found.more["spells"][0]["start"]["against"]
    assert against["by"] == ["Publisher A"]
    assert ("detained: 2021-06-01 stands, against it 2021-03-01", "Publisher A") in [
        (s.what, s.result.partition(";")[0]) for s in found.steps
    ]


def test_case_gives_days_and_every_name(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**LIST, **PEOPLE}))
    found = asked(book, "case", "2026-01-01", name="First Placeholder")
    assert (found.value, found.low, found.high) == (1613, 1613, 1613)
    assert found.more["total_days"] == {"low": 1613, "best": 1613, "high": 1613}
    assert asked(book, "case", "2026-01-01", name="C-p").value == 1613
    still = asked(book, "case", "2023-01-01", name="C-q")
    assert (still.low, still.high) == (1, 365)
    assert still.sentence.endswith("1–365 days to the day asked, if still held.")
    unknown = asked(book, "case", "2026-01-01", name="C-r")
    assert (unknown.value, unknown.more["total_days"]) == (None, None)
    assert asked(book, "case", "2021-01-01", name="C-q").value is None


def test_a_name_that_fits_nobody_or_several_is_refused(fold_drafts: Fold) -> None:
    rows = {"entry:a:p": [("name", "Ihar Losik")], "entry:a:q": [("name", "Viktar Losik")]}
    book = fold_drafts(drafts_of({**LIST, **rows}))
    with pytest.raises(AmbiguousName, match="one of these 2") as error:
        asked(book, "case", "2026-01-01", name="Losik")
    assert dict(error.value.candidates) == {"C-p": "Ihar Losik", "C-q": "Viktar Losik"}
    with pytest.raises(AmbiguousName, match="nobody in this book is called that"):
        asked(book, "case", "2026-01-01", name="Zzyzx")
    assert asked(book, "case", "2026-01-01", name="Игорь Лосик").more["case"] == "C-p"
    assert "no source on record here dates custody" in asked(book, "case", "2026-01-01", name="Ihar Losik").sentence


RELEASE = {
    "release:BY-2025-12-13": [("country", "BY"), ("date", "2025-12-13"), ("kind", "release"), ("status", "executed"), ("title", "123 freed")],
    "figure:all": [("release", "release:BY-2025-12-13"), ("figure", "announced"), ("n", "123"), ("op", "eq"), ("by", "US envoy")],
    "figure:lt": [
        ("release", "release:BY-2025-12-13"), ("figure", "part"), ("n", "9"), ("part_of", "all"), ("split", "destination"), ("what", "to Lithuania"),
    ],
    "figure:lt2": [
        ("release", "release:BY-2025-12-13"), ("figure", "part"), ("n", "8"), ("op", "approx"), ("part_of", "all"), ("split", "destination"),
        ("what", "to Lithuania"), ("by", "Radio Racyja"),
    ],
    "figure:ua": [
        ("release", "release:BY-2025-12-13"), ("figure", "part"), ("n", "114"), ("part_of", "all"), ("split", "destination"), ("what", "to Ukraine"),
    ],
    "figure:by": [
        ("release", "release:BY-2025-12-13"), ("figure", "part"), ("n", "104"), ("part_of", "ua"), ("split", "nationality"), ("what", "Belarusians"),
    ],
    "list:freed": [("means", "released"), ("publisher", "Renderer")],
    "entry:freed:p": [("list", "list:freed"), ("name", "First Placeholder"), ("released", "2025-12-13"), ("released_in", "release:BY-2025-12-13")],
    "entry:freed:s": [("list", "list:freed"), ("name", "Fourth Example"), ("released", "2025-12-13"), ("released_in", "release:BY-2025-12-13")],
    "entry:a:q": [("refused_in", "release:BY-2025-12-13"), ("released_in", "release:BY-2025-12-13")],
}  # fmt: skip


def test_announced_is_not_named_is_not_matched(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**LIST, **PEOPLE, **RELEASE}))
    found = asked(book, "release", "2026-01-01", id="BY-2025-12-13")
    assert found.value == 123
    assert {k: found.more[k] for k in ("announced", "named", "matched", "crossed", "stayed", "refused")} == {
        "announced": 123, "named": 3, "matched": 2, "crossed": None, "stayed": None, "refused": 1,
    }  # fmt: skip
    destination, nationality = found.more["sums"]
    assert [p["n"] for p in destination["parts"]] == [9, 114]
    assert (destination["sum"], destination["whole"], destination["residual"]) == (123, 123, 0)
    assert destination["parts"][0]["else"] == [{"n": 8, "by": "Radio Racyja"}]
    assert (nationality["sum"], nationality["whole"], nationality["residual"]) == (104, 114, 10)
    assert any("9 + 114 = 123" in s.result for s in found.steps)
    assert any(s.result == "104 = 104, 10 of 114 unexplained" for s in found.steps)
    with pytest.raises(UsageError, match="there is no release 'BY-2025-12-31' in this book; there are BY-2025-12-13"):
        asked(book, "release", "2026-01-01", id="BY-2025-12-31")


def test_a_figure_without_words_is_told_by_its_codes(fold_drafts: Fold) -> None:
    part = [("release", "release:BY-2025-12-13"), ("figure", "part"), ("part_of", "all"), ("split", "sex")]
    by_codes = {
        "figure:w": [*part, ("n", "23"), ("group", "women"), ("by", "Renderer")],
        "figure:m": [*part, ("n", "100"), ("group", "men"), ("by", "Renderer")],
        "figure:x": [
            ("release", "release:BY-2025-12-13"), ("figure", "crossed"), ("n", "9"), ("destination", "LT"), ("by", "Renderer"),
        ],
    }  # fmt: skip
    found = asked(fold_drafts(drafts_of({**RELEASE, **by_codes})), "release", "2026-01-01", id="BY-2025-12-13")
    told = [str(s.what) for s in found.steps]
    assert {"part: women, by Renderer", "part: men, by Renderer", "crossed: Lithuania, by Renderer"} <= set(told)
    assert "by sex: men + women" in told


def test_a_promise_is_no_release(fold_drafts: Fold) -> None:
    promised = {"release:BY-2025-12-14": [("date", "2025-12-14"), ("status", "promised")]}
    found = asked(fold_drafts(drafts_of(promised)), "release", "2026-01-01", id="BY-2025-12-14")
    assert (found.value, found.more["named"]) == (None, 0)
    assert "nobody is on record as released in it" in found.sentence


DEAL = {
    "deal:BY-2025-12-13": [
        ("date", "2025-12-13"), ("title", "123 freed, potash"), ("broker", "United States"), ("release", "release:BY-2025-12-13"),
    ],
    "leg:potash": [
        ("deal", "deal:BY-2025-12-13"), ("giver", "United States"), ("side", "relief"), ("what", "potash"), ("said", "lifted"),
        ("said_on", "2025-12-13"), ("act", "General License 13"), ("act_on", "2025-12-15"), ("effect", "licensed"),
    ],
    "leg:rest": [
        ("deal", "deal:BY-2025-12-13"), ("giver", "United States"), ("side", "relief"), ("what", "the rest"), ("said", "lifted"),
        ("said_on", "2026-03-19"), ("act", "an act"), ("act_on", "2026-03-18"), ("effect", "delisted"),
    ],
    "leg:eu": [("deal", "deal:BY-2025-12-13"), ("giver", "European Union"), ("side", "relief"), ("what", "none"), ("said", "none"), ("effect", "none")],
    "leg:open": [("deal", "deal:BY-2025-12-13"), ("giver", "United States"), ("side", "relief"), ("what", "banks"), ("said", "eased"), ("effect", "none")],
    "leg:people": [("deal", "deal:BY-2025-12-13"), ("giver", "Belarus"), ("side", "release"), ("what", "123 people"), ("said", "announced")],
    "condition:exile": [("deal", "deal:BY-2025-12-13"), ("what", "expulsion"), ("by", "Belarus")],
    "stance:for": [("deal", "deal:BY-2025-12-13"), ("stance", "for"), ("by", "US envoy"), ("what", "in return")],
    "stance:against": [("deal", "deal:BY-2025-12-13"), ("stance", "against"), ("by", "a president"), ("what", "not in exchange")],
    "deal:BY-2025-12-14": [("date", "2025-12-14"), ("title", "an offer"), ("status", "promised")],
}  # fmt: skip


def test_a_deal_keeps_word_and_act_apart(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**LIST, **PEOPLE, **RELEASE, **DEAL}))
    found = asked(book, "deal", "2026-04-01", id="BY-2025-12-13")
    legs = {leg["what"]: (leg["days_between"], leg["act_does_what_was_said"]) for leg in found.more["legs"]}
    assert legs == {
        "potash": ("2", "no"), "the rest": ("-1", "yes"), "none": ("", "cannot say"), "banks": ("", "no"), "123 people": ("", "cannot say"),
    }  # fmt: skip
    assert (found.value, found.more["said_for"], found.more["said_against"]) == (123, 1, 1)
    assert "potash: said lifted, licensed by law 2 days later (less than was said)" in found.sentence
    assert {leg["what"] for leg in found.more["relief"]} == {"potash", "the rest", "banks"}
    assert found.more["conditions"][0]["what"] == "expulsion"
    assert len(found.more["people"]) == 3
    with pytest.raises(UsageError, match="there is no deal 'X'"):
        asked(book, "deal", "2026-04-01", id="X")


def test_deals_are_listed_up_to_the_day(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**RELEASE, **DEAL}))
    assert asked(book, "deals", "2025-12-13").value == 1
    found = asked(book, "deals", "2025-12-31")
    assert [d["deal"] for d in found.more["deals"]] == ["BY-2025-12-13", "BY-2025-12-14"]
    assert found.sentence == "1 deal on record as carried out by 2025-12-31, 1 promised or not carried out."
    alone = asked(book, "deal", "2025-12-31", id="BY-2025-12-14")
    assert (alone.value, "no relief on record" in alone.sentence) == (None, True)


def test_reconcile_with_a_list_goes_person_by_person(fold_drafts: Fold) -> None:
    other = {
        "list:b": [("title", "B list"), ("means", "held"), ("covers_group", "journalists"), ("extent", "full")],
        "entry:b:p": [("list", "list:b"), ("name", "First Placeholder")],
        "entry:b:t": [("list", "list:b"), ("name", "Fourth Person"), ("released", "2021-01-01")],
    }
    book = fold_drafts(drafts_of({**LIST, **PEOPLE, **other}))
    found = asked(book, "reconcile", "2022-12-20", list="b")
    assert (found.value, found.more["both"]) == (0, 1)
    assert [(p["name"], p["in_custody"]) for p in found.more["only_on_the_list"]] == [("Fourth Person", "out")]
    (ours,) = found.more["only_in_our_reading"]
    assert (ours["name"], ours["why"]) == ("Second Entry", "the list covers journalists only")
    assert "1 + 1 = 2 and 1 + 1 = 2" in found.sentence
    with pytest.raises(UsageError, match="there is no list 'c'"):
        asked(book, "reconcile", "2022-12-20", list="c")


def test_reconcile_shows_the_residual_and_two_counts_of_one_day(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**LIST, **PEOPLE, **COUNTS}))
    found = asked(book, "reconcile", "2022-12-31")
    # 2022-12-20: P certainly; Q, arrested in 2022, by the best reading; R first seen in 2023, possibly.
    assert (found.more["ours"], found.value) == ({"low": 1, "best": 2, "high": 3}, 1199)
    assert (found.low, found.high) == (1198, 1200)
    assert "dissident.by counts 135 more than Viasna; no source in this book explains it" in found.sentence
    assert any(s.result == "1,200 against 1,201: off by 1 inside the same source" for s in found.steps)
    assert [r["by"] for r in asked(book, "reconcile", "2022-12-31", by="dissident").more["published"]] == [
        "dissident.by"
    ]
    with pytest.raises(UsageError, match="no published count by nobody"):
        asked(book, "reconcile", "2022-12-31", by="nobody")
    bare = fold_drafts(drafts_of({"count:x": [("kind", "stock"), ("on", "2022-12-20"), ("by", "Viasna")]}))
    with pytest.raises(UsageError, match="has no number"):
        asked(bare, "reconcile", "2022-12-31")


@pytest.mark.parametrize(
    ("op", "said", "low", "high"),
    [
        ("gt", "published more than 1,100", 1097, None),
        ("ge", "so at least 1,098 are not explained", 1097, None),
        ("approx", "about 1,100", None, None),
        ("lt", "fewer than 1,100", None, 1099),
        ("eq", "published 1,100", 1097, 1099),
    ],
)
def test_a_hedged_count_keeps_its_hedge(
    fold_drafts: Fold, op: str, said: str, low: int | None, high: int | None
) -> None:
    count = {
        "count:x": [("kind", "stock"), ("on", "2022-12-20"), ("n", "1100"), ("op", op), ("by", "Human Rights Watch")]
    }
    found = asked(fold_drafts(drafts_of({**LIST, **PEOPLE, **count})), "reconcile", "2022-12-20")
    assert (said in found.sentence, found.low, found.high) == (True, low, high), found.sentence


def test_a_losing_report_makes_nobody_part_of_a_release(fold_drafts: Fold) -> None:
    """Losik: named among those freed on 2025-06-21 by two pages, out on 2025-09-11 by all others."""
    rows = {
        "release:BY-2025-06-21": [("date", "2025-06-21")],
        "release:BY-2025-09-11": [("date", "2025-09-11")],
        "entry:a:p": [("name", "Ihar Losik"), ("detained", "2020-06-25")],
        "entry:b:p": [("released", "2025-06-21"), ("released_in", "release:BY-2025-06-21")],
        "entry:c:p": [("released", "2025-09-11"), ("released_in", "release:BY-2025-09-11")],
        "entry:d:p": [("released", "2025-09-11"), ("released_in", "release:BY-2025-09-11")],
    }
    drafts = [
        d for n, (subject, said) in enumerate(rows.items()) for d in drafts_of({subject: said}, source=f"source:{n}")
    ]
    book = fold_drafts(drafts)
    first = asked(book, "release", "2026-01-01", id="BY-2025-06-21")
    assert (first.more["named"], first.more["matched"], first.more["disputed"]) == (0, 0, 1)
    assert "the record takes it that the person came out on 2025-09-11" in first.more["people_disputed"][0]["disputed"]
    assert first.more["people"] == [], "a list that stands with a number has that many people"
    assert asked(book, "release", "2026-01-01", id="BY-2025-09-11").more["named"] == 1


def test_flows_refuse_a_span_without_end(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**LIST, **PEOPLE}))
    for start in ("0001", "0100", "1899"):
        with pytest.raises(UsageError, match=r"--from .* lies before 1900"):
            asked(book, "flows", "2020-12-31", **{"from": start})


def test_flows_keep_the_stock_identity(fold_drafts: Fold) -> None:
    book = fold_drafts(drafts_of({**LIST, **PEOPLE}))
    found = asked(book, "flows", "2025-12-31", by="year")
    rows = {r["period"]: r for r in found.more["periods"]}
    assert [rows[y]["arrests"] for y in ("2021", "2022", "2025")] == [1, 1, 0]
    assert rows["2025"]["exits"] == {"kind not on record": 1}
    assert (rows["2020"]["stock_before"], rows["2020"]["residual"]) == (None, None), (
        "no list covers the last day of 2019"
    )
    for year, row in rows.items():
        assert (
            year == "2020" or row["stock_after"] == row["stock_before"] + row["arrests"] - row["out"] + row["residual"]
        )
    monthly = asked(book, "flows", "2025-12-31", **{"from": "2021-07", "to": "2022-12"})
    assert monthly.more["arrests"] == 1
    assert monthly.more["not_placed"] == {"arrests": 1}
    with pytest.raises(UsageError, match="--by takes month or year"):
        asked(book, "flows", "2025-12-31", by="week")
    with pytest.raises(UsageError, match="--from and --to take dates"):
        asked(book, "flows", "2025-12-31", **{"from": "soon"})
    with pytest.raises(UsageError, match="lies after"):
        asked(book, "flows", "2020-12-31", **{"from": "2021"})


def test_there_is_no_other_question(fold_drafts: Fold) -> None:
    with pytest.raises(UsageError, match="there is no question 'why'; there are inside"):
        asked(fold_drafts([]), "why", "2022-01-01")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=20, deadline=None
)
@given(
    st.lists(custody_drafts(), max_size=10, unique=True),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.randoms(use_true_random=False),
)
def test_laws_of_the_stock(fold_drafts: Fold, drafts: list[Draft], day: date, random: Any) -> None:
    book = fold_drafts([*EVERY_DAY, *drafts])
    today, tomorrow = stock(book, day), stock(book, day + timedelta(days=1))
    assert today.low <= today.best <= today.high
    before, after = ({c.id for c, s in found.people} for found in (today, tomorrow))
    assert today.high + len(after - before) - len(before - after) == tomorrow.high, "stock + in - out = next stock"
    shuffled = list(drafts)
    random.shuffle(shuffled)
    again = stock(fold_drafts([*EVERY_DAY, *shuffled]), day)
    assert (again.low, again.high) == (today.low, today.high), "order of arrival is irrelevant"


@pytest.mark.parametrize(
    ("day", "state", "days", "said"),
    [
        ("2020-12-31", "not_yet", None, "Person P: not yet taken."),
        (
            "2021-07-01",
            "held",
            181,
            "Person P: in custody since 2021-01-01, 181 days to the day asked; pardoned 2022-01-01.",
        ),
        ("2022-01-01", "released", 365, "Person P: detained 2021-01-01, pardoned 2022-01-01, 365 days."),
        ("2023-01-01", "released", 365, "Person P: detained 2021-01-01, pardoned 2022-01-01, 365 days."),
        (
            "2023-06-11",
            "held",
            10,
            "Person P: in custody since 2023-06-01, 10 days to the day asked; died in custody 2024-06-01.",
        ),
        ("2024-06-02", "died", 366, "Person P: detained 2023-06-01, died in custody 2024-06-01, 366 days."),
    ],
)
def test_days_and_sentence_of_a_case_are_those_of_its_state(
    fold_drafts: Fold, day: str, state: str, days: int | None, said: str
) -> None:
    """What lies after the day asked has not come: the days are those up to it, and the sentence tells the state."""
    first = [("list", "list:a"), ("detained", "2021-01-01"), ("released", "2022-01-01"), ("release_kind", "pardoned")]
    again = [("list", "list:a"), ("detained", "2023-06-01"), ("died", "2024-06-01")]
    rows = {"entry:a:p": [("name", "Person P"), *first], "entry:b:p": [("name", "Person P"), *again]}
    found = asked(fold_drafts(drafts_of({**LIST, **rows})), "case", day, name="C-p")
    assert (found.more["state"]["code"], found.value, found.sentence) == (state, days, said)
    in_all = {"not_yet": None, "held": 181 if days == 181 else 375, "released": 365, "died": 731}[state]
    assert (None if found.more["total_days"] is None else found.more["total_days"]["best"]) == in_all


def test_every_contradicted_value_of_a_stretch_is_told(fold_drafts: Fold) -> None:
    """How somebody came out, and where to, is contradicted as a date is: whatever a stretch states is gone through."""
    own = [("list", "list:a"), ("name", "Person P"), ("detained", "2021-01-01"), ("released", "2022-01-01")]
    one = [("release_kind", "pardoned"), ("taken_to", "LT"), ("judge", "Judge Alpha"), ("regime", "suspended")]
    other = [("release_kind", "expelled"), ("taken_to", "PL"), ("judge", "Judge Alpha"), ("regime", "house_arrest")]
    rows = {"entry:a:p": [*own, *one], "entry:b:p": [*own, *other]}
    book = fold_drafts(drafts_of({**LIST, **rows}))
    (spell,) = book.cases["C-p"].spells
    told = dict(spell.stated())
    assert {p for p, v in told.items() if v.contested} == {"release_kind", "taken_to", "regime"}
    assert [p for p, _ in spell.stated()] == list(told), "each property of these once"
    steps = [s.what for s in asked(book, "case", "2023-01-01", name="C-p").steps if "against it" in s.what]
    for prop in ("release_kind", "taken_to", "regime"):
        value, ((against, _),) = told[prop].value, told[prop].against
        assert sum(f"{value} stands, against it {against}" in step for step in steps) == 1, prop
