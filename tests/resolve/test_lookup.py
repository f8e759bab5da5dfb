from __future__ import annotations

import pytest

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
