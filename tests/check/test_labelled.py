"""Labelled articles of our own: spans exact, the measure itself, and no less found than before."""

from dataclasses import replace

import pytest
from bench.claims import ARTICLES, Label, agrees, labelled, score, score_all

from habeas.check import check_article, read_article
from tests.check.conftest import TODAY


def test_labels_stand_where_they_say():
    for text, _, labels in labelled(ARTICLES):
        body = read_article(text, text.read_bytes(), published=None).text
        assert [body[x.start : x.end] for x in labels] == [x.quote for x in labels]


def test_no_less_is_found_than_before(casebook):
    scores = score_all(ARTICLES, casebook)
    assert scores["all"].recall >= 0.87
    assert scores["all"].precision >= 0.92
    assert scores["all"].flagged / scores["all"].marked >= 0.98


def test_the_same_text_gives_the_same_claims(casebook):
    text, _, _ = next(labelled(ARTICLES))
    article = read_article(text, text.read_bytes(), published=None)
    runs = {repr(check_article(article, casebook, today=TODAY).judgements) for _ in range(3)}
    assert len(runs) == 1


def test_the_measure_counts_a_label_once_and_a_wrong_claim(casebook):
    text, _, _ = next(labelled(ARTICLES))
    checked = check_article(read_article(text, text.read_bytes(), published=None), casebook, today=TODAY)
    none = score("x", [], checked)
    assert (none.labels, none.found, none.wrong) == (0, 0, len(checked.judgements))
    claim = checked.judgements[0].claim
    exact = Label(claim.quote.text, claim.quote.start, claim.quote.end, claim.kind, claim.value, ambiguous=False)
    assert score("x", [exact, exact], checked).found == 2
    assert score("x", [replace(exact, start=0, end=1)], checked).found == 0
    assert score("x", [replace(exact, ambiguous=True)], checked).labels == 0
    other = replace(exact, kind="award", value={"year": 1}, alt=((claim.kind, claim.value),))
    assert score("x", [other], checked).found == 1


@pytest.mark.parametrize(("kind", "label", "claim", "same"), [
    ("count_released", {"n": 52}, {"n": 52, "op": "eq"}, True),
    ("count_released", {"n": 52}, {"n": 51}, False),
    ("count_released", {"parts": {"women": 6, "men": 9}}, {"parts": {"x": 9, "y": 6}}, True),
    ("count_detained", {"min": 24, "max": 99}, {"min": 20, "max": 99}, True),
    ("sentence_length", {"person": "Maryia Kalesnikava", "years": 11}, {"person": "Maria Kolesnikova", "years": 11}, True),
    ("sentence_length", {"person": "Maksim Znak", "years": 10}, {"person": "Ales Bialiatski", "years": 10}, False),
    ("duration", {"years": 2, "months": 6}, {"months": 30}, True),
    ("duration", {"since": "2021-07"}, {"since": "2021-07-14"}, True),
    ("date", {"date": "2021-07", "precision": "month"}, {"date": "2021-07-14"}, True),
    ("membership", {"person": "A B"}, {"person": "A B", "member": False}, False),
])  # fmt: skip
def test_agreement(kind, label, claim, same):
    assert agrees(kind, label, claim) is same
