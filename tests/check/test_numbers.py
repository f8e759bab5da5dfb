import pytest

from habeas.check.lexicon import lexicon
from habeas.check.numbers import numbers
from habeas.check.text import tokens


def read(text):
    return [(c.kind, c.value) for c in numbers(tokens(text), lexicon("en"))]


@pytest.mark.parametrize(
    ("text", "n", "op"),
    [
        ("123 prisoners", 123, "eq"),
        ("at least 1,200 people", 1200, "ge"),
        ("no fewer than 60", 60, "ge"),
        ("more than a thousand", 1000, "gt"),
        ("well over 300", 300, "gt"),
        ("nearly 6,000", 6000, "approx_lt"),
        ("about forty-two", 42, "approx"),
        ("some 1,400 people", 1400, "approx"),
        ("some 222 people", 222, "eq"),
        ("one hundred and twenty-three", 123, "eq"),
        ("two thousand", 2000, "eq"),
        ("1.450 people", 1450, "eq"),
        ("fewer than ten", 10, "lt"),
        ("up to 50", 50, "le"),
        ("500 or more", 500, "ge"),
        ("1,100+ people", 1100, "ge"),
    ],
)
def test_a_number_and_its_operator(text, n, op):
    assert read(text)[0] == ("number", {"n": n, "op": op})


@pytest.mark.parametrize(
    ("word", "low", "high"),
    [("scores of people", 40, 199), ("dozens of women", 24, 99), ("tens of thousands", 20000, 99999)],
)
def test_vague_amounts_are_ranges(word, low, high):
    kind, value = read(word)[0]
    assert (kind, value["op"], value["min"], value["max"]) == ("number", "range", low, high)


def test_a_range_is_read_in_words_and_with_a_dash():
    assert read("between 7 and 9 people")[0][1] == {"op": "range", "min": 7, "max": 9}
    assert read("50-70 people")[0][1] == {"op": "range", "min": 50, "max": 70}


@pytest.mark.parametrize(
    ("text", "kind"),
    [("£400 million", "money"), ("30 euros", "money"), ("7 percent of them", "share"), ("USD 500", "money")],
)
def test_money_and_percent_are_no_counts(text, kind):
    assert read(text)[0][0] == kind


def test_shares():
    assert read("more than half of them")[0] == ("share", {"op": "gt", "ratio": 0.5})
