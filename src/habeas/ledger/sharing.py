"""What the roles of a database may read: decided by the gate over everything on record, so that SQL shows no more than a view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from habeas.dates import Clock, PartialDate
from habeas.ledger import tables
from habeas.ledger.aside import vouched
from habeas.ledger.erasing import Erasures
from habeas.ledger.gate import Gate, Who
from habeas.ledger.sealing import rows
from habeas.ledger.sight import see, whole
from habeas.ledger.store import Store
from habeas.ledger.vault import Vault
from habeas.nouns import Public, Statement, Team, Visibility

_DATED = frozenset({"from", "until", "withdrawn", "on"})  # of consents and wishes: the days on which they begin or end


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What may be read of a record of `size` statements: the public view, and what is withheld from the team."""

    size: int
    until: date | None  # the day from which it may be other
    shown: dict[int, dict[str, Any]]  # seq -> the row that the public reads
    withheld: dict[int, str]  # seq -> "value", or "origin": who said it and where


def share(
    store: Store,
    vault: Vault | None,
    who: Who | None,
    today: date | None,
    erased: Erasures,
    name: str,
) -> None:
    """Decide anew what the roles of a database may read, where the record or the day is another than when it was last decided."""
    with store.reading() as connection:
        if holds(connection, today):
            return
        size = connection.execute(select(func.max(tables.head.c.size))).scalar_one()
        statements = tuple(said for _, said in rows(connection, store.statements, vault))
        gone = erased.read(connection).named_in_any()
        good = vouched(connection, store.statements, name)
    found = derive(statements, size, who, today, gone, good)
    with store.writing() as connection:
        write(connection, found)


def derive(
    statements: Sequence[Statement],
    size: int,
    who: Who | None,
    today: date | None,
    gone: Callable[[str], bool] | None = None,
    good: int | None = None,
) -> Sharing:
    """What may be read now of the whole record; of the public view no more than stood in the first `good` statements.

    What comes later may keep somebody back all the same: it is shown what both views show alike. `gone` as in `Gate`.
    """
    everything = tuple(statements)
    public = _public(everything, who, today, gone)
    if good is not None:
        before = _public(tuple(s for s in everything if s.seq <= good), who, today, gone)
        public = {seq: row for seq, row in public.items() if before.get(seq) == row}
    team = {s.seq: s for s in whole(everything, Gate(everything, Team, who, today))}
    return Sharing(
        size=size,
        until=_next_change(everything, today),
        shown=public,
        withheld={
            s.seq: "value" if s.seq not in team or (team[s.seq].value is None and s.value is not None) else "origin"
            for s in everything
            if s.visibility is not Visibility.SEALED and team.get(s.seq) != s
        },
    )


def _public(
    statements: tuple[Statement, ...], who: Who | None, today: date | None, gone: Callable[[str], bool] | None
) -> dict[int, dict[str, Any]]:
    gate = Gate(statements, Public, who, today, gone=gone)
    return {s.seq: _row(s) for s in see(statements, Public, None, Clock.RECORDED, gate).statements}


def _row(said: Statement) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(said, name, None) for name in ("id", "batch", *tables.SHOWN)}
    start, end = (None, None) if said.valid is None else (said.valid.start, said.valid.end)
    row |= {"recorded": said.recorded.isoformat()}
    row |= {
        name: None if day is None else day.isoformat() for name, day in (("valid_start", start), ("valid_end", end))
    }
    return row


def _next_change(statements: Iterable[Statement], today: date | None) -> date | None:
    """The first day after today on which a consent or a wish may begin or end, on any reading of its dates."""
    if today is None:
        return None
    days = set()
    for s in statements:
        if s.kind in ("consent", "publicity") and s.prop in _DATED and s.value is not None:
            when = PartialDate.parse(s.value)
            days |= {d + timedelta(days=n) for d in (when.earliest, when.latest) if d is not None for n in (0, 1)}
    return min((d for d in days if d > today), default=None)


def holds(connection: Connection, today: date | None) -> bool:
    """True where what may be read was decided for the record as it is, and for today."""
    size = connection.execute(select(func.max(tables.head.c.size))).scalar_one()
    row = connection.execute(select(tables.showing)).one_or_none()
    if size is None or row is None:
        return size is None and row is None
    return bool(row.size == size and (row.until is None or today is None or today < date.fromisoformat(row.until)))


def write(connection: Connection, found: Sharing) -> None:
    """Let it be read, unless the record has grown meanwhile: then nothing is, until it is decided again."""
    size = connection.execute(select(func.max(tables.head.c.size))).scalar_one()
    if size != found.size:
        return
    connection.execute(delete(tables.showing))
    _keep(connection, tables.shown, found.shown)
    _keep(connection, tables.withheld, {seq: {"part": part} for seq, part in found.withheld.items()})
    until = None if found.until is None else found.until.isoformat()
    connection.execute(insert(tables.showing), {"size": found.size, "until": until})


def _keep(connection: Connection, table: Table, wanted: Mapping[int, Mapping[str, Any]]) -> None:
    """Make a table hold these rows by their seq, writing only what differs."""
    there = {
        row["seq"]: {n: v for n, v in row.items() if n != "seq"} for row in connection.execute(select(table)).mappings()
    }
    gone = sorted(seq for seq, row in there.items() if wanted.get(seq) != row)
    for start in range(0, len(gone), 1000):
        connection.execute(delete(table).where(table.c.seq.in_(gone[start : start + 1000])))
    new = [{"seq": seq, **row} for seq, row in wanted.items() if there.get(seq) != row]
    new.sort(key=lambda row: str(row.get("id", "")))  # where a row lies must not tell its number
    if new:
        connection.execute(insert(table), new)
