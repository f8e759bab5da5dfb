"""Mentions: the entries of all lists, as the statements of a view give them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from habeas.dates import PartialDate
from habeas.names import oblique
from habeas.nouns import Mention, Name, View
from habeas.resolve.folding import Folded, Row, fold_row

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
    homes: tuple[str, ...] = ()  # where the person lives or comes from, as printed
    number: str | None = None  # what its list calls the person, where that is no name
    series: str = ""  # the list that its list is an edition of, else its list


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


def series_of(view: View[Any]) -> dict[str, str]:
    """Each list that is an edition of another, with the first of them."""
    said = {subject.partition(":")[2]: s.value for subject, statements in view.of_kind("list") for s in statements
            if s.prop == "edition_of" and s.value}  # fmt: skip
    found = {}
    for one in said:
        first, seen = one, {one}
        while (before := said.get(first, "").removeprefix("list:")) and before not in seen:
            first = before
            seen.add(first)
        found[one] = first
    return found


def _number(mention: Mention) -> str | None:
    """The key of a row where it is the list's own number of the person: it has a digit and none of the name's words."""
    key = next((s.value for s in mention.values("key") if s.value), None)
    if key is None or not any(char.isdigit() for char in key):
        return None
    words = {word.casefold() for name in mention.names for word in name.text.split() if not word.isdigit()}
    return None if words & set(key.casefold().split()) else key


def facts_of(mention: Mention, bent: frozenset[str] = frozenset(), series: Mapping[str, str] | None = None) -> Facts:
    """The facts of one mention; `bent` are the `oblique_lists` of the view, `series` what `series_of` found in it."""
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
        homes=tuple(dict.fromkeys(s.value for s in mention.values("home") if s.value)),
        number=_number(mention),
        series=(series or {}).get(mention.list_id, mention.list_id),
    )


def rows_of(facts: Facts, number: int) -> tuple[Folded, ...]:
    """A mention as the model compares it, a row for each of its names."""
    born = max(facts.born, key=lambda one: (one.is_day, one.text), default=None)
    held = next((one.text for one in facts.detained if one.is_day), "")
    return tuple(
        fold_row(number, Row(
            name=name.text, born="" if born is None else _told(born), sex=facts.sex or "",
            place=facts.homes[0] if facts.homes else "", held=held, listed=facts.list_id, number=facts.number or "",
            series=facts.series,
        ))
        for name in facts.names
    )  # fmt: skip


def _told(born: PartialDate) -> str:
    """A date of birth as far as it is one day or lies in one year."""
    first, last = born.earliest, born.latest
    if first is None or last is None or first.year != last.year:
        return ""
    return first.isoformat() if first == last else str(first.year)
