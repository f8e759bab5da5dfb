"""An answer in the reader's language, and the command that asks it again."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from habeas.languages import LANGUAGES
from tests.cli.conftest import Run

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
DEALS = """id,country,date,title,status,broker,releases,url
BY-2023-06-01,BY,2023-06-01,A deal,executed,A broker,BY-2023-06-01,https://example.org/deal
"""
QUESTIONS: list[list[str]] = [
    ["inside", "--by", "charge"],
    ["case", "Placeholder Alphaev"],
    ["flows", "--by", "year", "--rearrest-within", "90"],
    ["series", "--from", "2022-12-01", "--lists"],
    ["release", "BY-2023-06-01"],
    ["deals"],
    ["deal", "BY-2023-06-01"],
    ["progress", "--deal", "BY-2023-06-01"],
    ["officials"],
    ["measures", "--authority", "United States", "--target", "potash"],
    ["reconcile", "--list", "held"],
    ["hidden", "--group", "journalists"],
    ["survival", "--by", "sex"],
    ["whatif", "--stock", "100", "--arrests", "5", "--leaving", "2", "--release", "10", "--draws", "100"],
    ["selectivity", "BY-2023-06-01"],
    ["trend", "--deal", "BY-2023-06-01"],
    ["why-changed", "--from", "2023-05-01", "--to", "2023-12-31", "--known-by", "published"],
]


@pytest.fixture
def asked(run: Run, book: Path) -> Path:
    (book / "events" / "deals.csv").write_text(DEALS, encoding="utf-8")
    told = (book / "book.toml").read_text(encoding="utf-8")
    spoken = f"[book]\nlanguages = {json.dumps(LANGUAGES)}"
    (book / "book.toml").write_text(told.replace("[book]", spoken, 1), encoding="utf-8")
    assert run("read", "-b", book).code == 0
    return book


def test_the_command_of_an_answer_gives_the_same_answer(run: Run, asked: Path) -> None:
    for words in QUESTIONS:
        day = [] if words[0] == "why-changed" else ["--on", "2023-07-01"]
        for public in ([], ["--public"]):
            first = run("ask", *words, *day, *public, "-b", asked, "--json")
            assert first.code == 0, first.err
            found = json.loads(first.out)
            schema = json.loads((SCHEMAS / f"ask-{words[0]}.json").read_text(encoding="utf-8"))
            assert list(Draft202012Validator(schema).iter_errors(found)) == []
            query = shlex.split(found["question"].pop("query"))
            assert query[:2] == ["habeas", "ask"]
            again = json.loads(run(*query[1:], "-b", asked, "--json").out)
            assert shlex.split(again["question"].pop("query")) == query
            assert again["question"].pop("known") is not None
            found["question"].pop("known")
            for one in (found, again):
                one["question"].pop("name", None)  # asked by name, asked again by id
            assert again == found, words


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_an_answer_is_printed_in_a_language(run: Run, asked: Path, tag: str) -> None:
    for words in QUESTIONS:
        day = [] if words[0] == "why-changed" else ["--on", "2023-07-01"]
        english = run("ask", *words, *day, "-b", asked)
        printed = run("ask", *words, *day, "-b", asked, "--language", tag)
        assert (english.code, printed.code) == (0, 0), printed.err
        said = json.loads(run("ask", *words, *day, "-b", asked, "--json").out)["said"][tag]
        # Lines end between words, and in a script without spaces anywhere.
        assert "".join(said.split()).rstrip(".。") in "".join(printed.out.split())
        # The command and the head are the same to copy in every language.
        assert english.out.split("ask again: ")[1].splitlines()[0] in printed.out
        for heading in ("Working", "statements", "Rests on", "result", "record "):
            assert not re.search(rf"\b{heading.strip()}\b", printed.out.replace("--statements", ""))
