"""A book of a team in a database: what is on record, who may see it, and a login of each role."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from habeas.ledger import Ledger, open_ledger
from habeas.nouns import Draft, Links, Person, Visibility
from tests.contract.server import Server
from tests.ledger.conftest import NOON, a_draft

TODAY = datetime.now(UTC).date()  # the server goes by its own clock
# In every value that the public may not read, and in none that it may.
HIDDEN = "Zqx"
SEALED = "Wvk"  # in those that the team may not read either
ONE, TWO, THREE, FOUR = (f"entry:list-1:row{n}" for n in range(1, 5))


def who() -> Links:
    return Links(persons=tuple(Person(id=f"C-{e[-1]}", mentions=(e,)) for e in (ONE, TWO, THREE, FOUR)), unsure=())


def said(subject: str, prop: str, value: str, visibility: Visibility = Visibility.PUBLIC, **more: object) -> Draft:
    return a_draft(value, prop, subject=subject, visibility=visibility, **{"published": "2025", **more})


RECORD = (
    said(ONE, "name", "Person A"),
    said(ONE, "born", "1962-09-25", Visibility.TEAM),
    said(ONE, "note", f"{HIDDEN} a remark", Visibility.TEAM),
    said(ONE, "note", f"{HIDDEN}{SEALED} a second remark", Visibility.SEALED),
    said(ONE, "detained", "2021-05", place="lists/a.csv row 2"),
    # Public by its own word, restricted as a person.
    said(TWO, "name", f"{HIDDEN} Person"),
    said(TWO, "detained", "2022-01-17"),
    said("restriction:1", "subject", TWO, Visibility.TEAM),
    said("restriction:1", "visibility", "team", Visibility.TEAM),
    said("restriction:1", "reason", f"{HIDDEN} asked", Visibility.TEAM),
    # Kept back from the team too.
    said(THREE, "name", f"{HIDDEN}{SEALED} Person"),
    said("restriction:2", "subject", THREE, Visibility.SEALED),
    said("restriction:2", "visibility", "sealed", Visibility.SEALED),
    # Named by consent for some days more.
    said(FOUR, "name", "Consenting Person", published=None, source="person:k"),
    said("consent:1", "entry", FOUR, Visibility.TEAM),
    said("consent:1", "scope", "name", Visibility.TEAM),
    said("consent:1", "until", (TODAY + timedelta(days=2)).isoformat(), Visibility.TEAM),
    # A source whose address is sealed: what it says stays, without its words and its place.
    said("source:2", "url", f"https://{HIDDEN}{SEALED}.example.org", Visibility.SEALED, source="source:2"),
    said(
        ONE, "prison", "Prison 1", source="source:2", place=f"{HIDDEN}{SEALED} page 1", original=f"{HIDDEN}{SEALED} 1"
    ),
)


@dataclass
class Casework:
    server: Server
    name: str

    def url(self, login: str) -> str:
        return self.server.url(self.name, f"{self.name}_{login}_1", "open-sesame")

    def owner(self) -> Ledger:
        return open_ledger(self.server.url(self.name), today=TODAY)

    def sql(self, login: str) -> psycopg.Connection:
        return psycopg.connect(self.url(login), autocommit=True, prepare_threshold=None)


_NUMBERS = itertools.count(1)


@pytest.fixture
def team(server: Server) -> Iterator[Casework]:
    """A book of a team: a login of each role, and one of none."""
    name = f"casework_{next(_NUMBERS)}"
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        with open_ledger(server.url(name), create=True, today=TODAY) as ledger:
            ledger.append(RECORD, recorded=NOON, recorder="k")
            ledger.share(who)
        for login in ("reader", "editor", "keeper", "nobody"):
            connection.execute(f"CREATE ROLE {name}_{login}_1 LOGIN PASSWORD 'open-sesame'")
            if login != "nobody":
                connection.execute(f"GRANT {name}_{login} TO {name}_{login}_1")
        yield Casework(server, name)
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
