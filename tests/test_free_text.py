"""What is reasoned with is a code, a name, a date, a number or an id: every free text may say anything.

The example book is read twice, the second time with each free text of its own replaced by letters that mean nothing. Not
one number, state, order or verdict may change, and with the old words put back not one sentence.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bench.claims import ARTICLES

from habeas.answers import as_json, ask
from habeas.cases import fold
from habeas.cases.records import KINDS
from habeas.check import check_article, read_article
from habeas.dates import AsOf
from habeas.ledger import open_ledger
from habeas.nouns import Book, Casebook, Covers, Keeper, ListSpec, Question, Statement, View
from habeas.pipeline import Built, case_id
from habeas.resolve import link
from habeas.vocabulary import kinds, property_of
from tests.check import plain_truths
from tests.conftest import ROOT

TODAY = date(2026, 4, 1)
EVERY = 20  # of the articles and the plain truths, one in so many
_TOKEN = re.compile(r"Q[a-z]{14}")


class Scrambler:
    """Gives each distinct text a word of random letters, and turns those back."""

    def __init__(self) -> None:
        self._dice = random.Random(20)
        self.word: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        if not text:
            return text
        return self.word.setdefault(text, "Q" + "".join(self._dice.choices("abcdefghijklmnopqrstuvwxyz", k=14)))

    def back(self, found: Any) -> Any:
        """The same value with the old texts in all its strings."""
        texts = {word: text for text, word in self.word.items()}
        if isinstance(found, str):
            return _TOKEN.sub(lambda m: texts.get(m.group(), m.group()), found)
        if isinstance(found, Mapping):
            return {self.back(k): self.back(v) for k, v in found.items()}
        return [self.back(v) for v in found] if isinstance(found, list | tuple) else found


def _statement(s: Statement, scramble: Scrambler) -> Statement:
    if s.value is None or not property_of(s.kind, s.prop).free:
        return s
    return replace(s, value=scramble(s.value), original=None if s.original is None else scramble(s.original))


def _book(book: Book, scramble: Scrambler) -> Book:
    def listed(spec: ListSpec) -> ListSpec:
        covers: Covers = replace(spec.covers, group=scramble(spec.covers.group or ""))
        return replace(spec, title=scramble(spec.title), covers=covers)

    lists = tuple(map(listed, book.lists))
    return replace(book, title=scramble(book.title), about=scramble(book.about), lists=lists, words={})


@pytest.fixture(scope="module")
def twice(example: tuple[Book, Built]) -> tuple[Casebook[Keeper], Casebook[Keeper], Scrambler]:
    """The casebook of the example as it stands, and with other free texts."""
    book, _ = example
    scramble = Scrambler()
    with open_ledger(book.ledger) as ledger:
        view: View[Keeper] = ledger.view(Keeper)
    other = _book(book, scramble)
    plain = replace(book, words={})
    blind = replace(view, statements=tuple(_statement(s, scramble) for s in view.statements))
    return fold(view, link(view, plain, case_id), plain), fold(blind, link(blind, other, case_id), other), scramble


def _asked(book: Casebook[Keeper], question: str, args: Mapping[str, str]) -> Any:
    return as_json(ask(book, Question(ask=question, as_of=AsOf(TODAY), args=args)), book)


def _questions(casebook: Casebook[Keeper]) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield from (("inside", {"by": facet}) for facet in ("occupation", "charge", "state", "recognised-by"))
    yield from (
        (q, {}) for q in ("flows", "deals", "measures", "officials", "reconcile", "survival", "hidden", "whatif")
    )
    yield from (("measures", {"target": who}) for who in ("Belaruskali", "Belavia", "potash"))
    yield from (("case", {"name": case.label}) for case in list(casebook.cases.values())[:: 2 * EVERY])
    yield from ((q, {"id": i}) for q in ("deal", "progress") for i in casebook.deals)
    yield from (("release", {"id": i}) for i in casebook.releases)
    yield from (("selectivity", {"id": i}) for i in list(casebook.releases)[::8])


def test_no_answer_changes_with_the_free_texts(twice):
    plain, blind, scramble = twice
    for question, args in _questions(plain):
        assert scramble.back(_asked(blind, question, args)) == scramble.back(_asked(plain, question, args)), (
            question,
            args,
        )


def _texts() -> Iterator[tuple[str, bytes, date | None]]:
    example = ARTICLES.parent.parent / "examples" / "belarus" / "articles"
    paths = [*example.glob("*.txt"), *sorted(ARTICLES.glob("*.txt"))[::EVERY]]
    yield from ((path.name, path.read_bytes(), None) for path in sorted(paths))
    said = [*plain_truths.TRUE[::EVERY], *((day, text) for day, text, _ in plain_truths.FALSE)]
    yield from (
        (f"{n}.txt", f"This is a report from Belarus.\n{text}".encode(), day) for n, (day, text) in enumerate(said)
    )


def test_no_verdict_changes_with_the_free_texts(twice):
    plain, blind, scramble = twice
    for name, text, day in _texts():
        article = read_article(Path(name), text, published=day)
        first, second = (check_article(article, book, today=TODAY) for book in (plain, blind))
        told = [
            [(j.claim.quote, j.at_publication, j.today, scramble.back(j.why)) for j in c.judgements]
            for c in (first, second)
        ]
        assert told[0] == told[1], name
        assert first.named == second.named, name


# Fields of records that hold free texts, whatever kind has them; how a text is looked into, and with what.
FREE = {
    prop
    for kind in (*KINDS.values(), "release", "deal")
    for prop, spec in kinds()[kind].properties.items()
    if spec.free
}
INTO = {
    "startswith",
    "endswith",
    "casefold",
    "lower",
    "split",
    "partition",
    "rpartition",
    "removeprefix",
    "find",
    "index",
}
WITH = {"topics", "by_distance", "compare", "fold", "keys", "is_form", "meant_by", "tokens", "low", "search", "match"}
WITH |= {"fullmatch", "findall", "finditer"}


def _looked_into(tree: ast.AST) -> Iterator[int]:
    """The lines on which a field of free text is compared, or searched."""

    def free(node: ast.AST) -> bool:
        made = isinstance(node, ast.JoinedStr | ast.BoolOp | ast.BinOp)
        return any(isinstance(n, ast.Attribute) and n.attr in FREE for n in (ast.walk(node) if made else (node,)))

    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and not all(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
            if any(map(free, (node.left, *node.comparators))):
                yield node.lineno
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            into = isinstance(node.func, ast.Attribute) and name in INTO and free(node.func.value)
            if into or (name in WITH and any(map(free, node.args))):
                yield node.lineno


def test_no_code_looks_into_a_free_text():
    """Grep with a grammar: it knows fields by their names, and so takes a step's `what` for a record's."""
    rooms = (ROOT / "src" / "habeas" / room for room in ("cases", "answers", "check", "publish", "resolve"))
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for room in rooms
        for path in sorted(room.rglob("*.py"))
        for line in _looked_into(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_looking_into_a_free_text_is_seen():
    for code in (
        '"x" in record.what',
        "re.search(x, r.target)",
        'a.note.startswith("none")',
        'topics(f"{a.what} b", "c")',
    ):
        assert list(_looked_into(ast.parse(code))) == [1], code
    assert {"what", "target", "note", "reason", "title"} <= FREE
