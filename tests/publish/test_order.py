"""What is published does not hang on the places of statements in the record, so the place of a hidden one cannot be told."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from habeas.answers import QUESTIONS, as_json, ask
from habeas.cases import fold
from habeas.dates import AsOf, Clock
from habeas.errors import UsageError
from habeas.ledger import open_ledger
from habeas.ledger.disclosure import Disclosure
from habeas.ledger.views import see
from habeas.nouns import Book, Casebook, Links, Public, Question, Statement
from habeas.pipeline import Built, linker
from habeas.publish import FORMATS, export_data, publish_site
from habeas.resolve import READS

TODAY = date(2026, 4, 1)


def shuffled(statements: tuple[Statement, ...], seed: int) -> tuple[Statement, ...]:
    """The same record with the statements of each batch in another order, as if the rows had stood so in the files."""
    dice = random.Random(seed)
    mixed = sorted(statements, key=lambda s: (s.batch, dice.random()))
    return tuple(replace(s, seq=seq) for seq, s in enumerate(mixed, start=1))


def public(book: Book, statements: tuple[Statement, ...], links: Links) -> Casebook[Public]:
    disclosure = Disclosure(statements, Public, lambda: links, TODAY)
    view = see(statements, Public, None, Clock.RECORDED, disclosure)
    return fold(replace(view, head="1:head"), links, book)


@pytest.fixture(scope="module")
def both(example: tuple[Book, Built]) -> tuple[Casebook[Public], Casebook[Public]]:
    book = example[0]
    with open_ledger(book.ledger) as ledger:
        statements = ledger._statements()
        links = ledger.who_is_who(linker(book), "as it is", READS)
    return public(book, statements, links), public(book, shuffled(statements, 1), links)


def answers(book: Casebook[Public]) -> Mapping[str, str]:
    asked: dict[str, dict[str, str]] = {name: {} for name in QUESTIONS}
    asked |= {f"release {i}": {"id": i} for i in list(book.releases)[:3]}
    asked |= {f"deal {i}": {"id": i} for i in list(book.deals)[:3]}
    asked |= {f"progress {i}": {"id": i} for i in list(book.deals)[:3]}
    asked |= {f"case {i}": {"name": i} for i in list(book.cases)[::40]}
    asked |= {f"inside by {facet}": {"by": facet} for facet in ("regime", "region", "confirmed")}
    found = {}
    for name, args in asked.items():
        try:
            answer = ask(book, Question(ask=name.partition(" ")[0], as_of=AsOf(TODAY), args=args))
        except (UsageError, KeyError):
            continue
        found[name] = json.dumps(as_json(answer, book), ensure_ascii=False, default=str)
    return found


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def test_no_answer_hangs_on_them(both: tuple[Casebook[Public], Casebook[Public]]) -> None:
    one, other = map(answers, both)
    assert len(one) > 25
    assert differing(one, other) == []


def test_no_export_and_no_page_hangs_on_them(both: tuple[Casebook[Public], Casebook[Public]], tmp_path: Path) -> None:
    made = []
    for number, book in enumerate(both):
        export_data(book, tmp_path / f"export{number}", formats=FORMATS)
        publish_site(book, (), tmp_path / f"site{number}")
        made.append(bytes_of(tmp_path / f"export{number}") | bytes_of(tmp_path / f"site{number}"))
    assert len(made[0]) > 500
    assert differing(*made) == []


def test_nothing_published_is_numbered_by_them(both: tuple[Casebook[Public], Casebook[Public]], tmp_path: Path) -> None:
    told = {key for answer in answers(both[0]).values() for key in _keys(json.loads(answer))}
    assert not told & {"seq", "batch"}
    for path in export_data(both[0], tmp_path / "export", formats=("csv", "jsonld", "ftm")):
        if path.suffix == ".csv":
            head = path.read_text(encoding="utf-8-sig").partition("\n")[0].split(",")
            assert not {"seq", "batch"} & set(head), path.name
        elif path.suffix in (".json", ".jsonld"):
            assert '"seq"' not in path.read_text(encoding="utf-8"), path.name


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(key for one in value.values() for key in _keys(one))}
    return {key for one in value for key in _keys(one)} if isinstance(value, list) else set()
