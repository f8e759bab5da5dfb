"""Simple records: every noun reads its kind's properties by type, and what is no code is passed over."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from habeas.cases.records import KINDS, record
from habeas.dates import PartialDate
from habeas.nouns import (
    Act,
    Action,
    Count,
    Fact,
    FactKind,
    Flow,
    Leg,
    Op,
    Party,
    Side,
    Statement,
    Translated,
    Visibility,
)
from habeas.vocabulary import kinds

PLUMBING = {"id", "statements", "sources"}


def said(kind: str, *values: tuple[str, str], original: str | None = None) -> list[Statement]:
    return [
        Statement(
            subject=f"{kind}:x", prop=prop, value=value, source="source:1", original=original,
            visibility=Visibility.PUBLIC, id=f"s{n}", seq=n, recorded=datetime(2026, 1, 1, tzinfo=UTC), recorder="k",
        )
        for n, (prop, value) in enumerate(values, start=1)
    ]  # fmt: skip


@pytest.mark.parametrize("noun", KINDS, ids=lambda noun: noun.__name__)
def test_every_property_of_a_kind_is_a_field_of_its_noun(noun: type) -> None:
    """A property that the vocabulary has and the noun lacks would be read in and never seen."""
    renamed = {"from": "from_", "statements": "count"}
    known = {
        renamed.get(p, p) if noun.__name__ in ("Fact", "Tombstone") else p for p in kinds()[KINDS[noun]].properties
    }
    assert known == {f.name for f in fields(noun)} - PLUMBING


@pytest.mark.parametrize("noun", KINDS, ids=lambda noun: noun.__name__)
def test_every_code_of_the_vocabulary_is_one_of_the_noun(noun: type) -> None:
    for name, prop in kinds()[KINDS[noun]].properties.items():
        for value in prop.of:
            found = record(noun, "x:1", said(KINDS[noun], (name, value)))
            field = getattr(found, {"from": "from_"}.get(name, name))
            assert value in (field if isinstance(field, tuple) else (field,)), (name, value)


def test_values_come_by_their_type() -> None:
    count = record(
        Count,
        "count:x",
        said(
            "count",
            ("kind", "flow"),
            ("flow", "recognised"),
            ("all_told", "true"),
            ("n", "17"),
            ("op", "gt"),
            ("on", "2025"),
        ),
    )
    assert (count.flow, count.all_told, count.n, count.op) == (Flow.RECOGNISED, True, 17, Op.GT)
    assert count.on == PartialDate.parse("2025")
    fact = record(Fact, "fact:x", said("fact", ("kind", "office"), ("from", "2001"), ("person", "A"), ("person", "B")))
    assert (fact.kind, fact.from_, fact.person) == (FactKind.OFFICE, PartialDate.parse("2001"), ("A", "B"))


def test_a_party_is_a_code_with_the_name_it_was_printed_by() -> None:
    worded = Translated({"en": "Holy See", "be": "Святы Пасад"})
    printed = record(Act, "measure:x", said("measure", ("authority", "VA"), original=worded))
    assert printed.authority == Party(code="VA", name="Holy See")
    state = record(Act, "measure:x", said("measure", ("authority", "US"), original="ЗША"))
    assert state.authority == Party(code="US", name="United States")
    body = record(Act, "measure:x", said("measure", ("authority", "osce"), original="OSCE"))
    assert body.authority == Party(code="osce", name="OSCE")
    coded = record(Leg, "leg:x", said("leg", ("giver", "US"), ("side", "relief"), ("deal", "deal:BY-2025-12-13")))
    assert (coded.giver, coded.side, coded.deal) == (
        (Party(code="US", name="United States"),),
        Side.RELIEF,
        "BY-2025-12-13",
    )


def test_what_is_no_code_of_today_is_passed_over() -> None:
    """A ledger of an earlier format may hold words where codes stand now: the record is shown and not reasoned with."""
    act = record(
        Act, "measure:x", said("measure", ("action", "frobnicated"), ("action", "lifted"), ("target", "words"))
    )
    assert (act.action, act.target) == ((Action.LIFTED,), "words")
