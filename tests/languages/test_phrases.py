"""Phrases: a sentence is a str, and remembers enough to be said in another language."""

import json
import pickle
import re
from datetime import date
from pathlib import Path

import pytest

from habeas.errors import UsageError
from habeas.languages import LANGUAGES, language, languages_of
from habeas.languages.__main__ import HERE, amiss, begin, messages, updated
from habeas.languages.catalogue import told_at_the_top
from habeas.names import UNSEEN
from habeas.nouns import Book, say, say_count, together


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


@pytest.mark.parametrize(
    ("own", "names", "read"),
    [
        ("", (), ("en",)),
        ("", ("be", "ru"), ("en", "be", "ru")),
        ("en", ("be", "ru", "en"), ("en", "be", "ru")),
        ("ru", ("be",), ("ru", "be", "en")),
        ("zh-Hant", ("zh", "en"), ("zh", "en")),
        ("be-Latn", (), ("be", "en")),
        ("xx", ("be",), ("en", "be")),  # a keeper whose language has no catalogue: English is first
        ("xx", ("yy", "be-tarask"), ("en", "be")),
    ],
)
def test_the_languages_of_a_book(own: str, names: tuple[str, ...], read: tuple[str, ...]) -> None:
    book = Book(folder=Path(), title="", country="BY", languages=names, contact="", recorder="", lists=(), language=own)
    assert languages_of(book) == read


def test_a_language_is_begun_once_with_plural_forms_of_its_own(tmp_path: Path) -> None:
    begin("sw", tmp_path)
    path = tmp_path / "sw.po"
    path.write_bytes(updated(path, messages()))
    left, wrong = amiss(path)
    assert (len(left), wrong) == (sum(1 for m in messages() if m.id), [])
    assert "nplurals=2" in path.read_text(encoding="utf-8")
    there = path.read_bytes()
    for tag in ("sw", "en", "no such", "qqq"):
        with pytest.raises(UsageError):
            begin(tag, tmp_path)
    assert path.read_bytes() == there
    assert [p.name for p in tmp_path.iterdir()] == ["sw.po"]


def test_what_stands_at_the_top_of_a_catalogue_is_read_there_alone() -> None:
    text = '\nmsgid ""\nmsgstr ""\n"Language: sw\\n"\n"X-Reviewed-By: somebody of Dodoma\\n"\n\nmsgid "a"\nmsgstr "b"\n'
    assert told_at_the_top(text, "X-Reviewed-By") == "somebody of Dodoma"
    assert told_at_the_top(text, "X-Complete") == ""
    assert told_at_the_top(text.replace('"X-Reviewed-By', '\n"X-Reviewed-By'), "X-Reviewed-By") == ""


def test_a_language_without_a_catalogue_is_named() -> None:
    with pytest.raises(KeyError, match="xx"):
        language("xx")


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_short_date_names_its_month_and_holds_no_sign_that_a_page_may_not(code: str) -> None:
    spoken = language(code)
    day = date(2025, 1, 4)
    said = [spoken.day(day), spoken.day(day, short=True), spoken.month(day, short=True), spoken.number(-1234567.5)]
    assert [text for text in said if UNSEEN.search(text)] == []
    assert spoken.day(day, short=True) not in ("04/01/2025", "2025-01-04")
    assert "2025" in spoken.day(day, short=True)
    assert re.sub(r"[\W\d_]", "", spoken.day(day, short=True))
