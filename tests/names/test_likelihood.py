"""The calibrated score: bounded, symmetric, the same one by one and all at once, and silent about what is no name."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from habeas.names import SAME, compare, likelihoods
from habeas.names.align import FEATURES, align, shape
from habeas.names.likelihood import MEETINGS, TABLED, meetings, weights
from habeas.names.many import likelihoods_at_once
from tests.names.test_compare import SPELLINGS, TEXTS
from tests.names.test_scripts import DIFFERENT
from tests.names.test_scripts import SAME as SAME_PAIRS

NAMES = [name for names in SPELLINGS.values() for name in names] + [n for p in (*SAME_PAIRS, *DIFFERENT) for n in p]
ANY = st.one_of(TEXTS, st.sampled_from(NAMES))


@given(ANY, ANY)
def test_a_likelihood_is_bounded_and_has_no_order(a: str, b: str) -> None:
    (there,), (back,) = likelihoods([(a, b)]), likelihoods([(b, a)])
    assert there == back == compare(a, b).likelihood
    assert 0.0 <= there <= 1.0


def test_many_at_once_give_what_one_by_one_gives() -> None:
    pairs = list(itertools.product(NAMES[::3], NAMES[::2]))
    assert len(pairs) > 500
    at_once = likelihoods(pairs)
    assert at_once == pytest.approx([compare(a, b).likelihood for a, b in pairs], abs=1e-4)


@settings(max_examples=30)
@given(st.lists(st.tuples(ANY, ANY), min_size=1, max_size=8))
@example(pairs=[("A", "\u0620")])
def test_any_texts_at_once(pairs: list[tuple[str, str]]) -> None:
    met = [(a, b) for a, b in pairs if align(shape(a), shape(b)).met]
    if met:
        one_by_one = [_chance(a, b) for a, b in met]
        assert likelihoods_at_once(met) == pytest.approx(one_by_one, abs=1e-6)


def _chance(a: str, b: str) -> float:
    from habeas.names.likelihood import likelihood

    return likelihood(align(shape(a), shape(b)))


@pytest.mark.parametrize("text", ["", "A", "·", "x" * 10_000, "\u200f", "12", "—"])
@pytest.mark.parametrize("other", ["", "A", "Ales Bialiatski", "x" * 10_000, "\u200f"])
def test_what_is_no_name_is_nobody(text: str, other: str) -> None:
    found = compare(text, other)
    assert not found.same
    assert not found.sure
    assert likelihoods([(text, other)]) == [0.0]


MARKS = st.sampled_from(["\u200b", "\u200f", "\u202e", "\u00ad", "\ufeff"])


@given(st.sampled_from(NAMES), MARKS, st.integers(0, 30))
def test_marks_that_cannot_be_seen_change_nothing(name: str, sign: str, at: int) -> None:
    hidden = name[:at] + sign + name[at:]
    assert compare(hidden, name).same


@pytest.mark.parametrize(
    "dressed",
    [
        "BIALIATSKI ALES", "Dr. Ales Bialiatski", "Mr Ales Bialiatski", "Ales Bialiatski (Viasna)", "Ales Bialiatski, b. 1962",
        "1. Ales Bialiatski", "Спадар Алесь Бяляцкі", "гр. Беляцкий Александр Викторович, 1962 г.р.",
    ],
)  # fmt: skip
def test_titles_and_notes_do_not_part_a_name_from_itself(dressed: str) -> None:
    assert compare(dressed, "Алесь Бяляцкі").same


def test_the_threshold_stands_between_one_family_and_one_person() -> None:
    assert compare("Сергей Николаевич Бохан", "Siarhei Bokhan").likelihood > SAME
    for a, b in (
        ("Сергей Николаевич Бохан", "Сергей Иванович Бохан"),
        ("Viktar Losik", "Ihar Losik"),
        ("Валерия Хоменко", "Валерий Хоменко"),
        ("Novikau Viktar", "Вольга Новікава"),
    ):
        assert compare(a, b).likelihood < SAME, (a, b)


def test_weights_name_every_figure() -> None:
    for kind, (_, by_figure) in weights().items():
        assert len(by_figure) == len(FEATURES) + (len(MEETINGS) if kind in TABLED else 0)
    found = align(shape("Алесь Бяляцкі"), shape("Ales Bialiatski"))
    assert len(found.features) == len(FEATURES)
    assert len(meetings(found)) == len(MEETINGS)
