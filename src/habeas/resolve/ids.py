"""Which row gives a case its id: the earliest, the same in every view of the record.

Rows stand in one order: by the day by which their list was published, as it is declared now; then by the id of the list;
then by the row's own id. When a row was recorded has no say, nor what a view shows of it. The id of a case is made of the
first row of the person as linked now. In a view of the past, where one person may still be two, the one that holds the
earlier row has that id, and the other is called by its own first row: both lead to the case that their rows are in now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from habeas.dates import PartialDate
from habeas.nouns import Links, Person, View

Order = Callable[[str], tuple[date, str, str]]


def row_order(view: View[Any]) -> Order:
    """The place of each entry in the order of rows."""
    published = _published(view)

    def place(entry: str) -> tuple[date, str, str]:
        listed = entry.split(":")[1] if entry.count(":") >= 2 else ""
        return published.get(listed, date.max), listed, entry

    return place


def _published(view: View[Any]) -> Mapping[str, date]:
    found: dict[str, date] = {}
    for subject, said in view.of_kind("list"):
        days = [PartialDate.parse(s.value).latest for s in said if s.prop == "published" and s.value is not None]
        known = [day for day in days if day is not None]
        if known:
            found[subject.partition(":")[2]] = min(known)
    return found


def as_now(past: Links, now: Links, make_case_id: Callable[[str], str]) -> Links:
    """The persons of a view of the past under the ids that their rows' cases have now."""
    place = {mention: (person.id, at) for person in now.persons for at, mention in enumerate(person.mentions)}
    claims: dict[str, tuple[int, Person]] = {}
    own: dict[str, str] = {}
    for person in past.persons:
        at, home, first = min(
            ((place[m][1], place[m][0], m) for m in person.mentions if m in place),
            default=(-1, "", person.mentions[0]),
        )
        own[person.id] = make_case_id(first)
        if home and (home not in claims or at < claims[home][0]):
            claims[home] = (at, person)
    named = own | {person.id: home for home, (_, person) in claims.items()}
    return replace(past, persons=tuple(replace(person, id=named[person.id]) for person in past.persons))


def parted(decided: Iterable[tuple[str, str]], persons: Iterable[Person]) -> tuple[tuple[str, str], ...]:
    """Of the pairs that were decided to be two people, those that are."""
    home = {mention: person.id for person in persons for mention in person.mentions}
    return tuple(sorted((a, b) for a, b in decided if home.get(a) != home.get(b)))
