import json
from datetime import date
from pathlib import Path

import pytest

from habeas import check
from habeas.check import as_json, check_article, read_article
from habeas.check.checking import MOST_CHARACTERS
from habeas.errors import CaptureError


def article(text, published=None):
    data = text if isinstance(text, bytes) else text.encode()
    return read_article(Path("a.txt"), data, published=published)


def test_the_public_face():
    assert check.__all__ == [
        "KINDS",
        "MOST_CHARACTERS",
        "as_json",
        "as_records",
        "check_article",
        "people_in",
        "read_article",
    ]


def test_a_head_block_is_no_part_of_the_text():
    found = article("title: A title\npublished: 2025-12-14 (as printed)\n---\nThe body.\n")
    assert (found.title, found.text, found.published) == ("A title", "The body.\n", date(2025, 12, 14))
    assert found.published_from == "from the head of the article"


def test_the_day_given_wins_over_the_head():
    found = article("published: 2025-12-14\n---\nThe body.", date(2025, 12, 15))
    assert (found.published, found.published_from) == (date(2025, 12, 15), "as given")


def test_a_rule_in_the_text_is_no_head():
    assert article("A first line that is no field\n---\nMore of it").text.startswith("A first line")


@pytest.mark.parametrize("field", ["2025-02-31", "2025-12-13/2025-12-15", "yesterday", ""])
def test_a_head_that_names_no_day_gives_none(field):
    assert article(f"published: {field}\n---\nThe body of it.").published is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_cannot_be_is_said_and_not_used(check, day):
    text = f"published: {day}\n---\nYesterday Belarus freed 5 people. Last week 1,100 prisoners were in jail."
    checked = check(text, None)
    assert checked.article.published is None
    assert f"{day} cannot be the day of publication" in checked.problems[0].what


@pytest.mark.parametrize("field", ["yesterday", "2025-02-31", "2025-12"])
def test_a_head_that_cannot_be_dated_is_said_to_be_wrong(check, field):
    checked = check(f"published: {field}\n---\nBelarus freed 77 people on Saturday.", None)
    assert f"`published: {field}` in the head of the article names no day" in checked.problems[0].what
    assert len(checked.problems) == 1


def test_line_ends_are_made_one():
    assert article(b"The one.\r\nThe other.\rThe last.").text == "The one.\nThe other.\nThe last."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding):
    assert article("The people of Łódź and Žodzina are here.".encode(encoding)).text.startswith("The people of Łódź")


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"title: x\n---\n  "])
def test_no_text_is_a_clear_sentence(data):
    with pytest.raises(CaptureError, match=r"a\.txt holds no text to check"):
        article(data)


@pytest.mark.parametrize(("text", "language"), [
    ("Влада звільнила 123 в'язнів, і серед них є журналісти.", "uk"),
    ("Die Regierung hat am Samstag 123 politische Gefangene aus der Haft und aus den Lagern entlassen.", "und"),
])  # fmt: skip
def test_other_languages_are_said_to_be_unread(check, text, language):
    checked = check(text)
    assert checked.judgements == ()
    assert [q.text for q in checked.not_understood] == [text.rstrip(".")]
    assert f"a language that is not read ({language}); read are en, ru, be, es" in checked.problems[0].what


def test_a_missing_day_is_found_through_the_release_that_fits(check):
    checked = check("Belarus freed 123 prisoners on Saturday. Ales Bialiatski was among those freed.", None)
    assert checked.article.published == date(2025, 12, 13)
    assert "the release of 2025-12-13" in checked.article.published_from
    assert checked.problems == ()


def test_a_missing_day_stays_missing_and_is_said(check):
    checked = check("Belarus freed 77 prisoners on Saturday.", None)
    assert checked.article.published is None
    assert "gives no day of publication" in checked.problems[0].what
    assert any("Saturday" in q.text for q in checked.not_understood)


def test_what_is_not_read_is_listed_and_opinion_is_set_apart(check):
    checked = check("In Belarus 548 hearings were held by the strongman. The weather was fine.")
    assert [q.text for q in checked.loaded] == ["strongman"]
    assert ["548" in q.text for q in checked.not_understood] == [True]


def test_a_text_beyond_the_limit_is_said_to_be_unread(check):
    checked = check("The fog is on the hill. " * (MOST_CHARACTERS // 24 + 10))
    assert "only the first 200,000 were read" in checked.problems[-1].what


def test_the_json_is_plain_and_exact(check):
    text = "Belarus freed 123 prisoners on Saturday, including Ales Bialiatski, after 1,613 days in prison."
    shown = json.loads(json.dumps(as_json(check(text))))
    assert {"claims", "loaded", "not_understood", "article", "problems", "rejected", "named"} == set(shown)
    assert {c["kind"] for c in shown["claims"]} >= {"count_released", "membership", "days_held"}
    for claim in shown["claims"]:
        assert claim["quote"] == text[claim["start"] : claim["end"]]
        assert {
            "value",
            "verdict",
            "verdict_at_publication",
            "verdict_today",
            "why",
            "steps",
            "rests_on",
            "context",
            "missing",
        } <= set(claim)


def test_every_statement_a_verdict_rests_on_is_in_the_casebook(check, casebook):
    text = "Belarus freed 123 prisoners on Saturday, including Ales Bialiatski, after 1,613 days in prison, in exchange for sanctions relief."
    for judgement in check(text).judgements:
        assert set(judgement.rests_on) <= set(casebook.statements)


def test_two_runs_are_the_same(casebook):
    read = article("Belarus freed 123 prisoners on Saturday, including Ales Bialiatski.", date(2025, 12, 14))
    day = date(2026, 3, 20)
    assert check_article(read, casebook, today=day) == check_article(read, casebook, today=day)
