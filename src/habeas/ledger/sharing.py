"""What the roles of a database may read: decided by disclosure over everything on record, so that SQL shows no more than a view."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from habeas.dates import Clock, PartialDate
from habeas.ledger import tables
from habeas.ledger.aside import vouched
from habeas.ledger.disclosure import Disclosure, Who
from habeas.ledger.erasing import Erasures
from habeas.ledger.sealing import rows
from habeas.ledger.store import Store
from habeas.ledger.vault import Vault
from habeas.ledger.views import see, whole
from habeas.nouns import Problem, Public, Statement, Team, Visibility

_DATED = frozenset({"from", "until", "withdrawn", "on"})  # of consents and wishes: the days on which they begin or end


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What may be read of a record of `size` statements: the public view, and what is withheld from the team."""

    size: int
    until: date | None  # the day from which it may be other
    shown: dict[int, dict[str, Any]]  # seq -> the row that the public reads
    withheld: dict[int, dict[str, Any]]  # seq -> which `part`: "value", or "origin": who said it and where


@dataclass(frozen=True, slots=True)
class Shares:
    """A record, and what decides how much of it the roles of a team's database may read; of a file there is nothing to decide."""

    store: Store
    vault: Vault | None
    who: Who | None
    today: date | None
    erased: Erasures
    name: str

    def decide(self) -> None:
        """Decide anew what may be read, where the record or the day is another than when it was last decided."""
        if not self.store.shares:
            return
        with self.store.reading() as connection:
            if holds(connection, self.today):
                return
            found = self._wanted(connection, _size(connection))
        with self.store.writing() as connection:
            write(connection, found)

    def compare(self, found: tuple[Problem, ...]) -> tuple[tuple[Problem, ...], str | None]:
        """What was found wrong with the record, or else how what is read differs from what may be; and why this was not asked.

        Where the record does not hold, what would be decided anew of it must be shown to nobody. Where nothing is shown
        now, since something was recorded that may keep somebody back or the day has come, a keeper's next command decides.
        """
        if found or not self.store.shares:
            return found, "the record itself does not hold" if self.store.shares else None
        with self.store.reading() as connection:
            shows = connection.execute(select(tables.showing)).all()
            if not shows or any(_is_past(row.until, self.today) for row in shows):
                return (), "nothing is shown just now"
            if len(shows) > 1:
                said = [f"the table showing says {len(shows)} times up to where readers may read, and not once"]
            elif shows[0].size > _size(connection):
                said = [f"readers may read up to statement {shows[0].size}, and the last is {_size(connection)}"]
            else:
                wanted = self._wanted(connection, shows[0].size)
                said = list(_differences("shown to readers", _there(connection, tables.shown), wanted.shown))
                said += _differences("withheld from the team", _there(connection, tables.withheld), wanted.withheld)
                if shows[0].until != _until(wanted):
                    said.append(f"readers may read until {shows[0].until}, and that should be {_until(wanted)}")
        return tuple(Problem(file=self.store.title, what=what, do=_ANEW) for what in said), None

    def _wanted(self, connection: Connection, size: int) -> Sharing:
        """What may be read of the first `size` statements."""
        statements = tuple(said for _, said in rows(connection, self.store.statements, self.vault) if said.seq <= size)
        gone = self.erased.read(connection).named_in_any()
        good = vouched(connection, self.store.statements, self.name)
        return derive(statements, size, self.who, self.today, gone, good)


def _size(connection: Connection) -> int:
    """How many statements the last head names; 0 where nothing was recorded yet."""
    return connection.execute(select(func.max(tables.head.c.size))).scalar_one() or 0


def _is_past(until: str | None, today: date | None) -> bool:
    """True where the day has come; of a text that is no day, it has not."""
    try:
        return until is not None and today is not None and date.fromisoformat(until) <= today
    except ValueError:
        return False


_Rows = Mapping[int, Mapping[str, Any]]
_ANEW = (
    "Somebody changed past habeas what others may read, or more was recorded since: have a keeper run"
    " `DELETE FROM habeas.showing` and then `habeas build`, which decides it anew."
)


def _differences(how: str, there: _Rows, wanted: _Rows) -> Iterator[str]:
    for seqs, what in (
        (there.keys() - wanted.keys(), f"is {how}, and should not be"),
        (wanted.keys() - there.keys(), f"should be {how}, and is not"),
        ({seq for seq, row in wanted.items() if there.get(seq, row) != row}, f"is {how} otherwise than it should be"),
    ):
        if seqs:
            yield f"statement {min(seqs)} {what}{f' ({len(seqs)} such)' if len(seqs) > 1 else ''}"


def derive(
    statements: Sequence[Statement],
    size: int,
    who: Who | None,
    today: date | None,
    gone: Callable[[str], bool] | None = None,
    good: int | None = None,
) -> Sharing:
    """What may be read now of the whole record; of the public view no more than stood in the first `good` statements.

    What comes later may keep somebody back all the same: it is shown what both views show alike. `gone` as in `Disclosure`.
    """
    everything = tuple(statements)
    public = _public(everything, who, today, gone)
    if good is not None:
        before = _public(tuple(s for s in everything if s.seq <= good), who, today, gone)
        public = {seq: row for seq, row in public.items() if before.get(seq) == row}
    team = {s.seq: s for s in whole(everything, Disclosure(everything, Team, who, today))}
    return Sharing(
        size=size,
        until=_next_change(everything, today),
        shown=public,
        withheld={
            s.seq: {
                "part": "value"
                if s.seq not in team or (team[s.seq].value is None and s.value is not None)
                else "origin"
            }
            for s in everything
            if s.visibility is not Visibility.SEALED and team.get(s.seq) != s
        },
    )


def _public(
    statements: tuple[Statement, ...], who: Who | None, today: date | None, gone: Callable[[str], bool] | None
) -> dict[int, dict[str, Any]]:
    disclosure = Disclosure(statements, Public, who, today, gone=gone)
    return {s.seq: _row(s) for s in see(statements, Public, None, Clock.RECORDED, disclosure).statements}


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
    size, shows = _size(connection), connection.execute(select(tables.showing)).all()
    if len(shows) != 1:
        return not (size or shows)
    (row,) = shows
    return bool(row.size == size) and not _is_past(row.until, today)


def write(connection: Connection, found: Sharing) -> None:
    """Let it be read, unless the record has grown meanwhile: then nothing is, until it is decided again."""
    if _size(connection) != found.size:
        return
    connection.execute(delete(tables.showing))
    _keep(connection, tables.shown, found.shown)
    _keep(connection, tables.withheld, found.withheld)
    connection.execute(insert(tables.showing), {"size": found.size, "until": _until(found)})


def _until(found: Sharing) -> str | None:
    return None if found.until is None else found.until.isoformat()


def _there(connection: Connection, table: Table) -> _Rows:
    rows_ = connection.execute(select(table)).mappings()
    return {row["seq"]: {n: v for n, v in row.items() if n != "seq"} for row in rows_}


def _keep(connection: Connection, table: Table, wanted: _Rows) -> None:
    """Make a table hold these rows by their seq, writing only what differs."""
    there = _there(connection, table)
    gone = sorted(seq for seq, row in there.items() if wanted.get(seq) != row)
    for start in range(0, len(gone), 1000):
        connection.execute(delete(table).where(table.c.seq.in_(gone[start : start + 1000])))
    new = [{"seq": seq, **row} for seq, row in wanted.items() if there.get(seq) != row]
    new.sort(key=lambda row: str(row.get("id", "")))  # where a row lies must not tell its number
    if new:
        connection.execute(insert(table), new)
