"""Somebody with a login who writes the program that records: what it hands to the server, to be changed by a test."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from habeas.ledger import open_ledger, tables
from habeas.ledger.keys import signer
from habeas.ledger.merkle import Frontier
from habeas.ledger.rows import row_of
from habeas.nouns import Draft, Head
from tests.contract.casework import ONE, TODAY, Casework, said
from tests.ledger.conftest import NOON

LATER = NOON + timedelta(hours=1)
ROLES = ("editor", "keeper")
_ENDING = {"editor": "", "keeper": "_as_keeper"}


@dataclass
class Attempt:
    """What a program of somebody's own hands to the server; a test changes some of it."""

    said: list[dict[str, Any]]
    batch: int
    at: str
    head: dict[str, Any]

    def go(self, login: psycopg.Connection, role: str) -> None:
        with login.transaction():
            if self.said:
                self.add(login, role)
            head = {k: f"\\x{v.hex()}" if isinstance(v, bytes) else v for k, v in self.head.items()}
            login.execute(f"SELECT habeas.close{_ENDING[role]}(%s::jsonb)", (json.dumps(head),))

    def add(self, login: psycopg.Connection, role: str) -> None:
        call = f"SELECT habeas.add{_ENDING[role]}(%s::json, %s, %s)"
        login.execute(call, (json.dumps(self.said), self.batch, self.at))


@dataclass
class Forger:
    """Somebody with a login who writes the program that records."""

    team: Casework
    keys: Path

    def state(self, **parts: str) -> str:
        """What the next head says of the rest of the record: what the last one said, with a chain over the heads before."""
        with psycopg.connect(self.team.server.url(self.team.name), row_factory=dict_row) as owner:
            last = owner.execute("SELECT * FROM habeas.head ORDER BY batch DESC LIMIT 1").fetchone()
        assert last is not None
        if not last.get("state"):
            return ""
        before = json.loads(last["state"])
        plain = [value.hex() if isinstance(value, bytes) else value for value in last.values()]
        chain = hashlib.sha256(bytes.fromhex(before["heads"]) + tables.canonical(plain)).hexdigest()
        return tables.canonical({**before, "heads": chain, **parts}).decode()

    def attempt(self, *drafts: Draft, at: datetime = LATER, **content: str | None) -> Attempt:
        with psycopg.connect(self.team.server.url(self.team.name)) as owner:
            last = owner.execute("SELECT batch, size, frontier FROM habeas.head ORDER BY batch DESC LIMIT 1").fetchone()
            (name,) = owner.execute("SELECT value FROM habeas.book WHERE key = 'name'").fetchone()
        assert last is not None
        batch, size, packed = last
        rows = [
            row_of(draft, seq=size + n, batch=batch + 1, recorded=at.isoformat(), recorder="e", nonce=bytes([n]) * 16)
            for n, draft in enumerate(drafts, start=1)
        ]
        for row in rows:
            row.update(content)
            row["commitment"] = tables.commitment(row)
        frontier = Frontier.unpack(size, packed)
        frontier.push([row["commitment"] for row in rows])
        key = signer(self.keys)
        root = frontier.root()
        state = self.state()
        more: dict[str, Any] = {"state": state} if state and "state" in {f.name for f in fields(Head)} else {}
        head = Head(
            book=name, batch=batch + 1, size=frontier.size, root=root.hex(), recorded=at, key=key.public, **more
        )
        return Attempt(
            said=[{n: row[n] for n in tables.CONTENT} | {"nonce": f"\\x{row['nonce'].hex()}"} for row in rows],
            batch=batch + 1,
            at=at.isoformat(),
            head={
                "batch": head.batch,
                "size": head.size,
                "root": root,
                "frontier": frontier.pack(),
                "recorded": at.isoformat(),
                "key": key.public,
                "signature": key.sign(head),
                "state": state,
            },
        )


@pytest.fixture
def forger(team: Casework, tmp_path: Path) -> Forger:
    """In a record whose heads are signed."""
    with open_ledger(team.server.url(team.name), keys=tmp_path / "keys", today=TODAY) as ledger:
        ledger.append([said(ONE, "occupation", "teacher")], recorded=NOON, recorder="k")
    return Forger(team, tmp_path / "keys")
