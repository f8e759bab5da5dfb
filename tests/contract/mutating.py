"""A record with something in every table, each change of it past habeas, and what `verify` says of one: on any store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from habeas.errors import HabeasError
from habeas.ledger import Ledger, open_ledger
from habeas.ledger.keys import Trust
from habeas.ledger.vault import Cost
from habeas.nouns import Draft, Keeper, Links, Person, View, Visibility
from tests.ledger.conftest import NOON, a_draft

TODAY = date(2026, 1, 1)
WORD = "correct horse"
UNREAD = "nothing is shown just now"


def who(view: View[Keeper]) -> Links:
    entries = sorted({s.subject for s in view.statements if s.subject.startswith("entry:")})
    return Links(persons=tuple(Person(id=f"C-{n}", mentions=(e,)) for n, e in enumerate(entries)), unsure=())


def make(place: Path | str, keys: Path, *, locked: bool) -> None:
    """A record at a place where there is none, signed with a key that is made in the folder `keys`."""
    with open_ledger(place, create=True, keys=keys, today=TODAY) as ledger:
        if locked:
            ledger.lock(WORD, who, Cost(n=2))
        fill(ledger)
        ledger.who_is_who(who, "1", ("entry",))
        ledger.share(lambda: who(ledger.view(Keeper)))


def fill(ledger: Ledger) -> None:
    """Several batches, an erasure, what is restricted, withheld and taken back, and a consent that ends."""

    def put(*drafts: Draft) -> list[str]:
        return [s.id for s in ledger.append(drafts, recorded=NOON, recorder="k", linker=who)]

    first = put(*(a_draft(f"Person {n}", subject=f"entry:list-1:{n}", published="2023") for n in "ABCD"))
    put(
        a_draft("1990-01-02", "born", subject="entry:list-1:A", visibility=Visibility.TEAM),
        a_draft("2021-02-03", "detained", subject="entry:list-1:B", original="3 Feb", lang="en", place="a.csv row 2"),
        a_draft("a remark", "note", subject="entry:list-1:B", visibility=Visibility.TEAM, reason="why"),
    )
    for prop, value in (("subject", "entry:list-1:A"), ("by", "k"), ("visibility", "team")):
        put(a_draft(value, prop, subject="restriction:r", visibility=Visibility.TEAM))
    put(
        a_draft("https://example.org/a", "url", subject="source:2", source="source:2", visibility=Visibility.SEALED),
        a_draft("Prison 1", "prison", subject="entry:list-1:B", source="source:2", place="page 1", published="2023"),
        *(
            a_draft(value, prop, subject="consent:1", visibility=Visibility.TEAM)
            for prop, value in (("entry", "entry:list-1:B"), ("scope", "name"), ("until", "2026-02-03"))
        ),
    )
    put(a_draft(None, "name", subject="entry:list-1:D", retracts=first[3]))
    tombstone = [a_draft("person", "erased", subject="tombstone:1"), a_draft("1", "statements", subject="tombstone:1")]
    ledger.erase(
        [3], tombstone, names=["Person C"], entries=["entry:list-1:C"], recorded=NOON, recorder="k", linker=who
    )


def _other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:] if value else b"\0"
    return value + 1 if isinstance(value, int) else f"{value}x"


def mutations(
    table: str, rows: list[dict[str, Any]], columns: list[str], literal: Callable[[Any], str]
) -> Iterator[list[str]]:
    """SQL that changes what a table holds; the first column is its key."""
    key = columns[0]

    def where(row: dict[str, Any]) -> str:
        return f"WHERE {key} = {literal(row[key])}"

    some = rows if len(rows) < 5 else [rows[0], rows[2], rows[len(rows) // 2], rows[-1]]
    for column in columns:
        for row in some:
            for value in (_other(row[column]), None, b"\0", -1, "", "zz"):
                if value != row[column]:
                    yield [f"UPDATE {table} SET {column} = {literal(value)} {where(row)}"]
        for one, two in zip(some, some[1:], strict=False):
            if column != key and one[column] != two[column]:
                yield [
                    f"UPDATE {table} SET {column} = {literal(two[column])} {where(one)}",
                    f"UPDATE {table} SET {column} = {literal(one[column])} {where(two)}",
                ]
    for row in some:
        yield [f"DELETE FROM {table} {where(row)}"]
        for new in (_other(row[key]), 0, 10_000, "zz"):
            values = [literal(new), *(literal(row[column]) for column in columns[1:])]
            yield [f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(values)})"]
            if "id" in columns:
                values[columns.index("id")] = "'aaaaaaaaaaaaaaaa'"
                yield [f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(values)})"]
    if rows:
        yield [f"DELETE FROM {table}"]
        yield [f"DELETE FROM {table} WHERE {key} <> {literal(rows[0][key])}"]
    else:
        ones = ", ".join(["'1'"] * len(columns))
        yield [f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({ones})"]


def told(place: Path | str, word: str | None, trust: Trust) -> str:
    """`found` where verify says that something is off, or the ledger cannot even be opened, in a sentence."""
    try:
        with open_ledger(place, today=TODAY, passphrase=lambda: word) as ledger:
            found = ledger.verify(trust=trust, who=lambda: who(ledger.view(Keeper)))
            return "found" if found else ledger.unread or "passed"
    except HabeasError as error:
        return "found" if str(error) else "no sentence"
    except Exception as error:  # noqa: BLE001 -- whatever comes up as a traceback
        return repr(error)
