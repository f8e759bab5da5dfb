from datetime import date

import pytest

from habeas.check.lengths import durations
from habeas.check.lexicon import lexicon
from habeas.check.text import tokens
from habeas.check.when import dates

SUNDAY = date(2025, 12, 14)


def read(text, published=SUNDAY):
    return [(c.value["date"], c.value["precision"]) for c in dates(tokens(text), lexicon("en"), published)]


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("on 4 November 2025", "2025-11-04", "day"),
        ("on November 4th, 2025", "2025-11-04", "day"),
        ("on Nov. 4", "2025-11-04", "day"),
        ("on Saturday", "2025-12-13", "day"),
        ("on Sunday", "2025-12-14", "day"),
        ("on Monday", "2025-12-08", "day"),
        ("on Saturday, December 13", "2025-12-13", "day"),
        ("on 20 December", "2024-12-20", "day"),
        ("the vote due on 20 December", "2025-12-20", "day"),
        ("in July", "2025-07", "month"),
        ("last December", "2024-12", "month"),
        ("in March 2023", "2023-03", "month"),
        ("in early September 2020", "2020-09", "early-month"),
        ("in 2021", "2021", "year"),
        ("in late 2023", "2023", "late-year"),
        ("yesterday", "2025-12-13", "day"),
        ("last year", "2024", "year"),
        ("last week", "2025-12-07", "week"),
        ("two days ago", "2025-12-12", "day"),
        ("on 13.12.2025", "2025-12-13", "day"),
        ("on 2025-12-13", "2025-12-13", "day"),
        ("on May 9th last year", "2024-05-09", "day"),
    ],
)
def test_dates_absolute_and_relative(text, day, precision):
    assert read(text) == [(day, precision)]


def test_day_or_month_first_is_not_guessed():
    assert read("on 04/05/2025") == []


def test_without_a_day_of_publication_relative_dates_stay_unread():
    assert read("on Saturday, yesterday and in July", None) == []
    assert read("in July 2025", None) == [("2025-07", "month")]


def test_may_the_verb_is_no_month():
    assert read("They may go in May 2025") == [("2025-05", "month")]


def test_a_day_that_does_not_exist_is_no_date():
    assert ("2025-02-31", "day") not in read("on 31 February 2025")


def lengths(text):
    return [(c.kind, c.value) for c in durations(tokens(text), lexicon("en"))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("six years and two months", {"years": 6, "months": 2, "op": "eq"}),
        ("a 10-year term", {"years": 10, "op": "eq"}),
        ("over three decades", {"years": 30, "op": "gt"}),
        ("half a year", {"months": 6, "op": "eq"}),
        ("1,613 days", {"days": 1613, "op": "eq"}),
        ("two and a half years", {"years": 2, "months": 6, "op": "eq"}),
        ("seven to nine years", {"op": "range", "years_min": 7, "years_max": 9}),
    ],
)
def test_lengths_of_time(text, value):
    assert lengths(text) == [("duration", value)]


@pytest.mark.parametrize("text", ["a 43-year-old blogger", "Person A, 43, said", "aged 43"])
def test_ages(text):
    assert lengths(text) == [("age", {"age": 43})]
