"""What an answer says can be quoted, in every language there is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from jsonschema import Draft202012Validator

from habeas.answers import QUESTIONS, as_json, ask
from habeas.answers.shapes import SHAPES, AnswerShape
from habeas.dates import AsOf, PartialDate, end_of
from habeas.languages import LANGUAGES, language
from habeas.languages.__main__ import messages
from habeas.ledger import open_ledger
from habeas.names import script_of
from habeas.nouns import Answer, Book, Casebook, Phrase, Question, Team, only, say, together
from habeas.pipeline import Built, casebook

ON = date(2026, 4, 1)
# Every question of the example book, and the readings of it that say something else.
ASKED: list[tuple[str, dict[str, str]]] = [
    ("inside", {"by": "state"}),
    ("inside", {"by": "definition"}),
    ("case", {"name": "Алесь Бяляцкі"}),
    ("flows", {"by": "year"}),
    ("series", {"from": "2025-11-01"}),
    ("release", {"id": "BY-2025-12-13"}),
    ("release", {"id": "BY-2025-09-11"}),
    ("deals", {}),
    ("deal", {"id": "BY-2025-12-13"}),
    ("deal", {"id": "BY-2012-04"}),
    ("progress", {"id": "BY-2025-12-13"}),
    ("progress", {"id": "BY-2015-08-22"}),
    ("officials", {}),
    ("measures", {"authority": "United States"}),
    ("reconcile", {}),
    ("reconcile", {"list": "viasna-snapshot-2023"}),
    ("survival", {"by": "sex"}),
    ("hidden", {}),
    ("whatif", {"release": "100", "draws": "100"}),
    ("selectivity", {"id": "BY-2025-12-13"}),
    ("trend", {"at": "2020-08-09"}),
    ("trend", {"deal": "BY-2025-12-13"}),
]


@pytest.fixture(scope="module")
def cases(example: tuple[Book, Built]) -> Casebook[Team]:
    book, _ = example
    with open_ledger(book.ledger) as ledger:
        return casebook(book, ledger, Team)


@pytest.fixture(scope="module")
def known() -> set[str]:
    """Every message that the catalogues have."""
    return {m.id if isinstance(m.id, str) else m.id[0] for m in messages()}


def asked(cases: Casebook[Any], question: str, args: Mapping[str, str]) -> Answer:
    return ask(cases, Question(ask=question, as_of=AsOf(ON), args=args))


def phrases(found: Any) -> Iterator[Phrase]:
    """Every phrase in an answer, and those that they are made of."""
    if isinstance(found, Phrase):
        yield found
        for part in found.parts.values():
            yield from phrases(part)
    elif isinstance(found, Mapping):
        for key, value in found.items():
            yield from phrases(key)
            yield from phrases(value)
    elif isinstance(found, list | tuple):
        for one in found:
            yield from phrases(one)


def test_every_question_is_here() -> None:
    assert {question for question, _ in ASKED} == set(QUESTIONS)


@pytest.mark.parametrize(("question", "args"), ASKED, ids=[f"{q}-{'-'.join(a.values())}" for q, a in ASKED])
def test_an_answer_can_be_quoted_in_every_language(
    cases: Casebook[Team], known: set[str], schemas: dict[str, Any], question: str, args: Mapping[str, str]
) -> None:
    found = asked(cases, question, args)
    shape = json.loads(json.dumps(as_json(found, cases)))
    assert list(Draft202012Validator(schemas[question]).iter_errors(shape)) == []
    assert set(shape["said"]) == {"en", "be", "ru"}  # those of the book
    said = {tag: language(tag).text(found.quotable) for tag in LANGUAGES}
    assert shape["said"].items() <= said.items()
    for tag, sentence in said.items():
        assert sentence.endswith((".", "。"))
        assert ".." not in sentence
        assert "{" not in sentence
        assert len(sentence) <= 330, (tag, sentence)
    assert len({*said.values()}) == len(LANGUAGES)
    for tag in set(LANGUAGES) - {"en"}:
        own = [c for c in said[tag] if script_of(c) == language(tag).script]
        assert len(own) > 10, said[tag]
    # Nothing that is said is text that no catalogue knows: it is a phrase, and its message is among the messages.
    steps = [t for s in found.steps for t in (s.what, s.result)]
    made = [p.message for p in phrases([found.sentence, found.said, *steps, found.more])]
    assert isinstance(found.sentence, Phrase)
    assert all(isinstance(s.what, Phrase) for s in found.steps)
    letters = [m for m in made if re.search(r"[^\W\d_]", re.sub(r"\{[^}]*\}", "", m)) and m not in known]
    codes = {
        v for c in cases.cases.values() for values in c.attributes.values() for one in values for v in (one.value,)
    }
    assert [m for m in letters if " " in m and m not in codes] == []


@pytest.fixture(scope="module")
def schemas() -> dict[str, Any]:
    folder = Path(__file__).parents[2] / "docs" / "schemas"
    return {p.stem.removeprefix("ask-"): json.loads(p.read_text(encoding="utf-8")) for p in folder.glob("ask-*.json")}


def test_there_is_a_schema_of_every_question(schemas: dict[str, Any]) -> None:
    assert set(schemas) == {*QUESTIONS, "why-changed"}
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


def test_no_question_writes_over_what_every_answer_has() -> None:
    every = get_type_hints(AnswerShape).keys()
    for shape in (shape for shapes in SHAPES.values() for shape in shapes):
        assert not every & get_type_hints(shape).keys(), shape


def test_parts_are_written_as_each_language_writes_them() -> None:
    said = say("{a:+,} of {b:.1%}, {c:.2f}, {when}", a=1234, b=-0.125, c=2.5, when=PartialDate.parse("2021-05"))
    assert said == "+1,234 of -12.5%, 2.50, 2021-05"
    assert language("en").text(said) == "+1,234 of -12.5%, 2.50, May 2021"
    be = language("be").text(say("{a:+,}; {b:+.0%}; {c:.2f}", a=1234, b=0.125, c=2.5))
    assert re.sub(r"\s", " ", be) == "+1 234; +12 %; 2,50"
    assert only(7, "d") == "7"
    assert language("ru").text(only(1613)).replace("\xa0", " ") == "1 613"


def test_the_full_stop_of_a_date_ends_the_sentence_too() -> None:
    said = together([say("by {date}", date=date(2025, 12, 13))], end=".")
    assert re.sub(r"\s", " ", language("be").text(said)).endswith("2025 г.")
    assert language("en").text(said).endswith("2025.")


def test_an_answer_says_how_it_can_be_asked_again(cases: Casebook[Team]) -> None:
    question = as_json(asked(cases, "release", {"id": "BY-2025-12-13"}), cases)["question"]
    assert question["head"] == cases.head
    assert cases.last_recorded is not None
    known = cases.last_recorded.isoformat()
    assert question["query"] == f"habeas ask release BY-2025-12-13 --on 2026-04-01 --known {known}"
    named = as_json(asked(cases, "case", {"name": "Алесь Бяляцкі"}), cases)
    assert named["question"]["query"].startswith(f"habeas ask case {named['case']} --on 2026-04-01")
    then = Question(ask="deals", as_of=AsOf(ON, end_of(ON)))
    assert "--known 2026-04-01T23:59:59.999999+00:00" in as_json(ask(cases, then), cases)["question"]["query"]
