"""Officials named in cases, joined to their listings: a judge taken off a list who sentences again is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from habeas.nouns import Casebook, Team
from tests.answers.conftest import drafts_of
from tests.answers.test_questions import LIST, asked

Fold = Callable[..., Casebook[Team]]
Said = list[tuple[str, str]]


def entry(key: str, judge: str, sentenced: str) -> dict[str, Said]:
    who: Said = [("list", "list:a"), ("name", f"Person {key.upper()}"), ("detained", "2020-09-01")]
    return {f"entry:a:{key}": [*who, ("judge", judge), ("sentenced", sentenced)]}


def measure(identifier: str, day: str, action: str, *names: str) -> dict[str, Said]:
    return {
        f"measure:{identifier}": [
            ("date", day),
            ("authority", "European Union"),
            ("action", action),
            *(("name", n) for n in names),
        ]
    }


ON = measure("on", "2021-06-21", "imposed", "Judge Alpha Placeholder", "Another Entry")
OFF = measure("off", "2022-06-01", "delisted", "Judge Alpha Placeholder")


@pytest.mark.parametrize(
    ("measures", "sentenced", "acts", "after"),
    [
        ({}, "2023-01-01", 0, 0),
        (ON, "2023-01-01", 1, 0),
        ({**ON, **OFF}, "2023-01-01", 2, 1),
        ({**ON, **OFF}, "2022-01-01", 2, 0),
        ({**ON, **OFF}, "2022", 2, 0),  # may lie before it
    ],
)
def test_a_sentence_after_a_delisting_is_shown(
    fold_drafts: Fold, measures: dict[str, Said], sentenced: str, acts: int, after: int
) -> None:
    book = fold_drafts(drafts_of({**LIST, **entry("p", "Judge Alpha Placeholder", sentenced), **measures}))
    found = asked(book, "officials", "2024-01-01")
    (row,) = found.more["officials"]
    assert (found.value, len(row["listings"]), len(row["after_delisting"])) == (1, acts, after)
    assert row["roles"] == ["judge"]


def test_an_official_of_several_cases_is_one(fold_drafts: Fold) -> None:
    people = {
        **entry("p", "Judge Alpha Placeholder", "2021-01-01"),
        **entry("q", "Judge  Alpha  Placeholder", "2021-02-01"),
        **entry("r", "Somebody Else", "2021-02-01"),
    }
    found = asked(fold_drafts(drafts_of({**LIST, **people})), "officials", "2024-01-01")
    assert [(r["name"], len(r["cases"])) for r in found.more["officials"]] == [
        ("Judge Alpha Placeholder", 2),
        ("Somebody Else", 1),
    ]
    assert found.sentence.startswith("2 officials are on record")
    assert asked(fold_drafts(drafts_of(LIST)), "officials", "2024-01-01").value == 0


def test_the_sentence_of_the_same_entry_counts_and_no_later_one_of_the_person(fold_drafts: Fold) -> None:
    person = {
        **entry("p", "Judge Alpha Placeholder", "2021-09-01"),
        "entry:b:p": [("name", "Person P"), ("detained", "2023-01-01"), ("sentenced", "2023-05-01")],
    }
    book = fold_drafts(drafts_of({**LIST, **person, **ON, **OFF}))
    (row,) = asked(book, "officials", "2024-01-01").more["officials"]
    assert row["after_delisting"] == []


def test_an_official_on_record_is_joined_by_any_name_or_by_id(fold_drafts: Fold) -> None:
    known: dict[str, Said] = {
        "official:alpha": [
            ("name", "Judge Alpha Placeholder"),
            ("name", "Суддзя Альфа Плэйсхолдэр"),
            ("post", "judge"),
            ("body", "A court"),
            ("from", "2015"),
        ],
        "official:beta": [("name", "Judge Beta Placeholder")],
    }
    people = {
        **entry("p", "Judge Alpha Placeholder", "2021-01-01"),
        **entry("q", "alpha", "2021-02-01"),
        **entry("r", "Суддзя Альфа Плэйсхолдэр", "2021-02-01"),
    }
    found = asked(fold_drafts(drafts_of({**LIST, **people, **known, **ON})), "officials", "2024-01-01")
    alpha, beta = found.more["officials"]
    assert (found.value, alpha["id"], len(alpha["cases"]), len(alpha["listings"])) == (2, "alpha", 3, 1)
    assert (alpha["posts"], alpha["body"], alpha["from"], alpha["to"]) == (["judge"], ["A court"], "2015", "")
    assert {(d["spell"], d["role"], d["sentenced"]) for d in alpha["decisions"]} == {
        (1, "judge", day) for day in ("2021-01-01", "2021-02-01")
    }
    assert (beta["id"], beta["cases"], beta["roles"]) == ("beta", [], [])


def test_a_name_that_two_officials_bear_is_neithers(fold_drafts: Fold) -> None:
    known: dict[str, Said] = {f"official:{i}": [("name", "Judge Alpha Placeholder")] for i in ("one", "two")}
    people = entry("p", "Judge Alpha Placeholder", "2021-01-01")
    found = asked(fold_drafts(drafts_of({**LIST, **people, **known})), "officials", "2024-01-01")
    assert sorted((str(r["id"]), len(r["cases"])) for r in found.more["officials"]) == [
        ("None", 1),
        ("one", 0),
        ("two", 0),
    ]


def test_a_role_stands_on_the_stretch_in_custody_it_was_held_in(fold_drafts: Fold) -> None:
    person: dict[str, Said] = {
        "entry:a:p": [
            ("name", "Person P"),
            ("detained", "2016-04-01"),
            ("judge", "Judge Alpha Placeholder"),
            ("released", "2016-10-01"),
        ],
        "entry:b:p": [("detained", "2019-03-01"), ("sentenced", "2019-10-25"), ("released", "2020-01-01")],
        "entry:c:p": [("sentenced", "2016-10-01"), ("court", "A court")],
    }
    book = fold_drafts(drafts_of({**LIST, **person}))
    case = book.cases["C-p"]
    first, second = case.spells
    assert [v.value for v in case.of(first, "judge")] == ["Judge Alpha Placeholder"]
    assert [v.value for v in case.of(first, "court")] == ["A court"]
    assert (case.of(second, "judge"), case.of(second, "court")) == ((), ())
    (row,) = asked(book, "officials", "2024-01-01").more["officials"]
    assert [(d["spell"], d["sentenced"]) for d in row["decisions"]] == [(1, "2016-10-01")]


def test_somebody_is_off_a_list_from_the_day_the_act_holds(fold_drafts: Fold) -> None:
    """As for a measure, so for an official: an act of March that holds from September takes nobody off in June."""
    later = {"measure:off": [*OFF["measure:off"], ("begins", "2022-09-01"), ("changes", "measure:on")]}
    people = {
        **entry("p", "Judge Alpha Placeholder", "2022-07-01"),
        **entry("q", "Judge Alpha Placeholder", "2022-10-01"),
    }
    book = fold_drafts(drafts_of({**LIST, **people, **ON, **later}))
    (row,) = [o for o in asked(book, "officials", "2024-01-01").more["officials"] if o["cases"]]
    assert [s["sentenced"] for s in row["after_delisting"]] == ["2022-10-01"]
    (act,) = [a for a in book.acts if a.id == "off"]
    assert str(act.holds_from) == "2022-09-01"
