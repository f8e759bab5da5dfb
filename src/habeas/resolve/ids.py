"""Which row gives a case its id: the earliest, the same in every view of the record.

Rows stand in one order: those of lists that the public may know of before those of others; then by the day by which their
list was published, as it is declared now; then by the id of the list; then by the row's own id. So no id of a case that has
a public row is that of a row which only the team sees. When a row was recorded has no say, nor what a view shows of it. The id of a case is made of the
first row of the person as linked now. In a view of the past, where one person may still be two, the one that holds the
earlier row has that id, and the other is called by its own first row: both lead to the case that their rows are in now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from habeas.dates import PartialDate
from habeas.nouns import Links, Person, Statement, View, Visibility

Place = tuple[bool, date, str, str]
Order = Callable[[str], Place]


def row_order(view: View[Any]) -> Order:
    """The place of each entry in the order of rows."""
    published, kept_back = _published(view), _kept_back(view)

    def place(entry: str) -> Place:
        listed = entry.split(":")[1] if entry.count(":") >= 2 else ""
        return listed in kept_back, published.get(listed, date.max), listed, entry

    return place


def _kept_back(view: View[Any]) -> frozenset[str]:
    """The lists that the public may not know of, by what they say of themselves or by a restriction."""
    lists = {subject for subject, said in view.of_kind("list") if not any(map(_is_public, said))}
    for _, said in view.of_kind("restriction"):
        told = {s.prop: s.value for s in said if s.value is not None}
        if told.get("visibility") != Visibility.PUBLIC and not told.keys() & {"prop", "column", "statement"}:
            lists |= {s.value for s in said if s.prop == "subject" and s.value is not None}
    return frozenset(one.removeprefix("list:") for one in lists)


def _is_public(statement: Statement) -> bool:
    return statement.value is not None and statement.visibility is Visibility.PUBLIC


def _published(view: View[Any]) -> Mapping[str, date]:
    found: dict[str, date] = {}
    for subject, said in view.of_kind("list"):
        days = [PartialDate.parse(s.value).latest for s in said if s.prop == "published" and s.value is not None]
        known = [day for day in days if day is not None]
        if known:
            found[subject.partition(":")[2]] = min(known)
    return found


def as_now(past: Links, now: Links, view: View[Any], make_case_id: Callable[[str], str]) -> Links:
    """The persons of a view of the past under the ids that their rows' cases have now.

    A person's case is that of its first row; of several that are one case now, the one that has the row of its id is called
    by it, else the one whose first row comes first.
    """
    place = row_order(view)
    home = {mention: person.id for person in now.persons for mention in person.mentions}
    first = {person.id: min(person.mentions, key=place) for person in past.persons}
    claims: dict[str, tuple[tuple[bool, Place], str]] = {}
    for person in past.persons:
        row = first[person.id]
        wanted = home.get(row)
        if wanted is not None:
            has_it = any(make_case_id(mention) == wanted for mention in person.mentions)
            claim = (not has_it, place(row)), person.id
            claims[wanted] = min(claims.get(wanted, claim), claim)
    named = {one: make_case_id(row) for one, row in first.items()}
    named |= {one: wanted for wanted, (_, one) in claims.items()}
    return replace(past, persons=tuple(replace(person, id=named[person.id]) for person in past.persons))


def parted(decided: Iterable[tuple[str, str]], persons: Iterable[Person]) -> tuple[tuple[str, str], ...]:
    """Of the pairs that were decided to be two people, those that are."""
    home = {mention: person.id for person in persons for mention in person.mentions}
    return tuple(sorted((a, b) for a, b in decided if home.get(a) != home.get(b)))
