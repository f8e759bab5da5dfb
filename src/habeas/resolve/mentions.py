"""Mentions: the entries of all lists, as the statements of a view give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from habeas.dates import PartialDate
from habeas.names import oblique
from habeas.nouns import Mention, Name, View

# A list is read as bent from this share of names that cannot be nominatives; many of the others could be either.
_BENT = 0.3


def mentions(view: View[Any]) -> tuple[Mention, ...]:
    """Every entry of every list in the view, in the order first recorded.

    An entry whose names are all restricted keeps its place and has no names: counts stay true.
    """
    found = []
    for subject, statements in view.of_kind("entry"):
        names = tuple(
            Name(text=s.value, lang=s.lang, statement=s.id)
            for s in statements
            if s.prop == "name" and s.value is not None
        )
        list_id = subject.split(":")[1] if subject.count(":") >= 2 else ""
        found.append(Mention(id=subject, list_id=list_id, names=names, statements=statements))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What of a mention helps to tell who it is."""

    id: str
    seq: int
    list_id: str
    names: tuple[Name, ...]
    born: tuple[PartialDate, ...]
    detained: tuple[PartialDate, ...]
    sex: str | None  # as stated, never guessed from the name
    gone: bool  # the row has left its list: a corrected row of the same list may be the same person
    oblique: bool  # its list prints names in another case than the nominative ("release of ...")


@lru_cache(maxsize=65_536)
def _date(text: str) -> PartialDate | None:
    try:
        return PartialDate.parse(text)
    except ValueError:
        return None


def _dates(mention: Mention, prop: str) -> tuple[PartialDate, ...]:
    parsed = (_date(s.value) for s in mention.values(prop) if s.value is not None)
    return tuple(date for date in parsed if date is not None)


def oblique_lists(found: Iterable[Mention]) -> frozenset[str]:
    """The lists that print their names in another case than the nominative, judged by all their names together."""
    all_names: Counter[str] = Counter()
    bent: Counter[str] = Counter()
    for mention in found:
        for name in mention.names:
            all_names[mention.list_id] += 1
            bent[mention.list_id] += oblique(name.text)
    return frozenset(one for one, n in bent.items() if n >= 2 and n / all_names[one] >= _BENT)


def facts_of(mention: Mention, bent: frozenset[str] = frozenset()) -> Facts:
    """The facts of one mention; `bent` are the `oblique_lists` of the view."""
    told = {s.value for s in mention.values("sex") if s.value}
    return Facts(
        id=mention.id,
        seq=min((s.seq for s in mention.statements), default=0),
        list_id=mention.list_id,
        names=mention.names,
        born=_dates(mention, "born"),
        detained=_dates(mention, "detained"),
        sex=next(iter(told)) if len(told) == 1 else None,
        gone=bool(mention.values("absent_since")),
        oblique=mention.list_id in bent,
    )
