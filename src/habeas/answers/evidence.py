"""The statements that a figure of many people rests on, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from habeas.nouns import Case, Casebook, Spell


def evidence(spells: Iterable[tuple[Case, Spell | None]]) -> tuple[str, ...]:
    """What some spells rest on, person by person in the order in which they first come.

    A statement is of one entry of a list and an entry of one person: only spells of the same case can share any, and so a
    statement is looked for among those alone.
    """
    said: dict[str, tuple[str, ...]] = {}
    for case, spell in spells:
        if spell is None:
            continue
        before = said.setdefault(case.id, spell.statements)
        if before is not spell.statements:
            said[case.id] = tuple(dict.fromkeys((*before, *spell.statements)))
    return tuple(chain.from_iterable(said.values()))


def listings(casebook: Casebook[Any]) -> Mapping[str, tuple[str, ...]]:
    """The statements that an entry is on its list, by the id of the entry."""
    return casebook.once(_listings)


def _listings(casebook: Casebook[Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for said in casebook.statements.values():
        if said.prop == "list":
            found[said.subject] = (*found.get(said.subject, ()), said.id)
    return found
