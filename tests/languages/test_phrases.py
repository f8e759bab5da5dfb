"""Phrases: a sentence is a str, and remembers enough to be said in another language."""

import json
import pickle
from datetime import date

import pytest

from habeas.languages import LANGUAGES, language
from habeas.languages.__main__ import HERE, amiss, messages, updated
from habeas.nouns import say, say_count, together


def test_a_phrase_is_its_english_sentence() -> None:
    said = say("On {day}, {n} people; {year:d}.", day=date(2025, 12, 1), n=1234, year=2025)
    assert said == "On 2025-12-01, 1,234 people; 2025."
    assert json.dumps(said) == '"On 2025-12-01, 1,234 people; 2025."'
    assert pickle.loads(pickle.dumps(said)).message == "On {day}, {n} people; {year:d}."


def test_braces_of_a_source_are_text() -> None:
    assert say("{who} said", who="{day}") == "{day} said"
    assert say("a {b} without parts") == "a {b} without parts"


@pytest.mark.parametrize(
    ("code", "n", "expected"),
    [
        ("en", 1, "1 year"), ("en", 2, "2 years"),
        ("be", 1, "1 год"), ("be", 3, "3 гады"), ("be", 11, "11 гадоў"), ("be", 21, "21 год"),
        ("ru", 1, "1 год"), ("ru", 3, "3 года"), ("ru", 11, "11 лет"), ("ru", 102, "102 года"),
    ],
)  # fmt: skip
def test_each_language_counts_in_its_own_way(code: str, n: int, expected: str) -> None:
    assert language(code).text(say_count("{n} year", "{n} years", n)) == expected


def test_parts_are_said_in_the_language_too() -> None:
    whole = together([say("about {date}", date=date(2025, 12, 1)), "", say_count("{n} day", "{n} days", 1613)])
    assert whole == "about 2025-12-01 1,613 days"
    assert language("en").text(whole) == "about 1 December 2025 1,613 days"
    assert (
        language("be").text(whole).replace("\xa0", " ").replace("\u202f", " ")
        == "прыблізна 1 снежня 2025 г. 1 613 дзён"
    )
    assert language("ru").text(say("life")) == "пожизненно"


def test_what_no_catalogue_has_stays_as_it_is() -> None:
    assert language("be").text("Алесь Бяляцкі") == "Алесь Бяляцкі"
    assert language("be").text("") == ""


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_message_is_translated(code: str) -> None:
    path = HERE / f"{code}.po"
    assert amiss(path) == ([], [])
    assert path.read_bytes() == updated(path, messages()), "run `make languages`"


def test_a_language_without_a_catalogue_is_named() -> None:
    with pytest.raises(KeyError, match="xx"):
        language("xx")
