from __future__ import annotations

from pathlib import Path

import pytest
from bench.people import people as made_up

from habeas.pipeline.people import pasted_names
from habeas.resolve import Fit, find, match
from tests.resolve.conftest import casebook

CASES = casebook(
    k1=["Алесь Бяляцкі", "Ales Bialiatski"],
    k2=["Ihar Losik"],
    k3=["Viktar Losik"],
    k4=["Марыя Калеснікава"],
)


@pytest.mark.parametrize(
    "name", ["Алесь Бяляцкі", "Александр Беляцкий", "Ales Bialiatski", "Aleś Bialacki", "bialiatski ales"]
)
def test_a_name_in_any_script_finds_its_case(name: str) -> None:
    assert [case.id for case in find(name, CASES)] == ["k1"]


def test_a_case_id_finds_its_case() -> None:
    assert [case.id for case in find("k3", CASES)] == ["k3"]


@pytest.mark.parametrize("name", ["Лосик", "losik", "Łosik", "Лосік"])
def test_half_a_name_finds_all_that_fit(name: str) -> None:
    assert {case.id for case in find(name, CASES)} == {"k2", "k3"}


@pytest.mark.parametrize("name", ["", "  ", "Nobody Known", "!!"])
def test_nothing_fits(name: str) -> None:
    assert find(name, CASES) == ()


def test_pasted_names() -> None:
    pasted = ["1. Беляцкий Александр Викторович", "Марыі Калеснікавай", "Лосік", "Ulad Unknownski", "", "I. Losik"]
    found = match(pasted, CASES)
    assert [one.fit for one in found] == [
        Fit.MATCHED,
        Fit.MATCHED,
        Fit.AMBIGUOUS,
        Fit.UNMATCHED,
        Fit.AMBIGUOUS,
    ]
    assert [one.case for one in found] == ["k1", "k4", None, None, None]
    assert {c.case for c in found[2].candidates} == {"k2", "k3"}
    assert found[3].why.startswith("no case has a name like it; nearest is ")
    assert found[3].nearest is not None


def test_two_cases_of_one_name_are_ambiguous() -> None:
    twins = casebook(a=["Ales Bialiatski"], b=["Алесь Бяляцкі"])
    (found,) = match(["Александр Беляцкий"], twins)
    assert found.fit is Fit.AMBIGUOUS
    assert found.why.startswith("2 cases have that name; ")
    assert found.why.endswith(" would decide")


def test_two_names_of_a_paste_do_not_share_a_case() -> None:
    found = match(["Maryia Kalesnikava", "Maria Kalesnichava"], CASES)
    assert found[0].case == "k4"
    assert found[1].case is None


def test_a_large_book_is_searched_by_letters_first_and_finds_the_same() -> None:
    """From 2,000 cases on only the likest names are taken apart."""
    people: dict[str, list[str]] = {}
    for row in made_up(8000, seed=4):
        people.setdefault(row["cluster"], []).append(row["name"])
    chosen = list(people.items())[:2500]
    large = casebook(**{one: names[:1] for one, names in chosen})
    small = casebook(**{one: names[:1] for one, names in chosen[:1500]})
    assert len(large.cases) > 2000 > len(small.cases)
    asked = [names[1] for _, names in chosen[:150] if len(names) > 1]
    found = {one.text: one.case for one in match(asked, large)}
    before = {one.text: one.case for one in match(asked, small)}
    both = [text for text in asked if found[text] is not None and before[text] is not None]
    assert all(found[text] == before[text] for text in both)
    assert len(both) >= 0.9 * sum(case is not None for case in before.values())


def test_an_unmatched_name_says_what_came_nearest() -> None:
    (found,) = match(["Zzyzx Kalesnikava"], CASES)
    assert found.fit is Fit.UNMATCHED
    assert found.nearest is not None
    assert found.nearest.case == "k4"
    assert "nearest is Марыя Калеснікава (k4)" in found.why


def test_an_ambiguous_name_says_what_would_decide_it() -> None:
    (found,) = match(["Losik"], CASES)
    assert found.fit is Fit.AMBIGUOUS
    assert found.why.endswith("; the full given name would decide")


ODD = {
    "": None, "A": "a single letter is no name", "—": "there is no name", "12": "there is no name",
    "BIALIATSKI ALES": "", "Dr. Ales Bialiatski": "", "Ales Bialiatski (Viasna)": "", "Ales Bialiatski, b. 1962": "",
    "Ales (Andreyeva) Bialiatski": "", "Ko Ko": "", "Аlеs Вiаliаtski": "a word has letters of two scripts that look alike",
    "Ales Bialiat\u200bski": "there are marks that cannot be seen", "\u202eAles Bialiatski": "there are marks that cannot be seen",
    "x" * 10_000: "longer than any name (10,000 characters)", "Ales Bialiatski " * 700: "longer than any name",
}  # fmt: skip


@pytest.mark.parametrize("text", ODD)
def test_an_odd_name_is_said_to_be_odd_and_is_never_matched_in_silence(tmp_path: Path, text: str) -> None:
    pasted = tmp_path / "pasted.txt"
    pasted.write_text(text + "\n", encoding="utf-8")
    texts, problems = pasted_names(pasted)
    found = match(texts, CASES)
    what = ODD[text]
    if what is None:
        assert (texts, found) == ((), ())
        return
    assert [p.what.startswith(what) for p in problems] == ([True] if what else [])
    (one,) = found
    nobody = text in ("A", "—", "12", "Ko Ko") or len(text) > 200
    assert one.case == (None if nobody else "k1")
    assert one.why
