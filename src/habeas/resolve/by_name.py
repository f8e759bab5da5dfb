"""Pairs of a list that is not long by the names themselves, held against each other, not their folded columns alone.

It finds what two folded columns cannot share (Chiesa and К'єза), for names have keys of their own and a likelihood. Both
take time for each row, so a long list does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

from habeas.names import keys, likelihoods
from habeas.resolve.engines import DIGITS, give
from habeas.resolve.folding import Row
from habeas.resolve.grouping import Edge
from habeas.resolve.model import FLOOR, parted_sql, spelled, with_frequencies_sql

if TYPE_CHECKING:
    import duckdb

# Lists up to this length are looked at closely.
SHORT = 20_000
# A key that more rows share than this brings none of them together; nor does one with a letter left out.
_SHARED = 100
_MISPRINTED = "d:"


def printed(row: Row) -> str:
    """The name of a row in one piece."""
    return row.name or " ".join(filter(None, (row.given, row.patronymic, row.surname)))


def keep(connection: duckdb.DuckDBPyConnection, names: Sequence[str], first: int = 0) -> None:
    """Add rows, numbered from `first`, to the tables that this needs: `printed` (uid, name), `keyed` (key, uid)."""
    found = [(key, uid) for uid, name in enumerate(names, first) for key in _keys(name)]
    give(connection, "new_printed", {"uid": ("integer", range(first, first + len(names))), "name": ("varchar", names)})
    give(connection, "new_keyed", {
        "key": ("varchar", [key for key, _ in found]), "uid": ("integer", [uid for _, uid in found]),
    })  # fmt: skip
    for table in ("printed", "keyed"):
        connection.execute(f"create table if not exists {table} as select * from new_{table} limit 0")
        connection.execute(f"insert into {table} select * from new_{table}")


def _keys(name: str) -> list[str]:
    return sorted(key for key in keys(name) if not key.startswith(_MISPRINTED))


def pairs_by_name(
    connection: duckdb.DuckDBPyConnection,
    records: int,
    found: Iterable[Edge],
    table: str,
    rarest: float,
    first: int = 0,
) -> list[Edge]:
    """The pairs worth a thought with their weight by the names themselves: those `found`, and those that names' keys bring.

    `table` has the folded rows; of rows before `first` no two are paired. Edges come in order, as `found` does.
    """
    by_key: dict[str, list[int]] = {}
    asked = "where key in (select key from keyed where uid >= ?)"
    for key, uid in connection.execute(f"select key, uid from keyed {asked} order by uid", [first]).fetchall():
        by_key.setdefault(key, []).append(uid)
    wanted = {(a, b) for a, b, _ in found}
    for uids in by_key.values():
        if len(uids) <= _SHARED:
            old, new = [u for u in uids if u < first], [u for u in uids if u >= first]
            wanted.update(product(old, new))
            wanted.update(combinations(new, 2))
    pairs = sorted(wanted)
    give(connection, "compared", {"a": ("integer", [a for a, _ in pairs]), "b": ("integer", [b for _, b in pairs])})
    connection.execute(
        f"create or replace temp table looked as select * from {table}"
        " where uid in (select a from compared union select b from compared)"
    )
    connection.execute(f"create or replace temp table counted as {with_frequencies_sql('looked', rarest)}")
    two_lists = " where l.lst is null or r.lst is null or l.lst <> r.lst or l.mark = r.mark"
    parts = connection.execute(parted_sql(records, "compared", "counted") + two_lists).fetchall()
    names = dict(connection.execute("select uid, name from printed semi join looked using (uid)").fetchall())
    return sorted(_weighed(parts, names))


def _weighed(parts: Iterable[tuple[int, int, float, float, float]], names: Mapping[int, str]) -> Iterable[Edge]:
    """Only pairs that names alike in every letter would make worth a thought have their names compared."""
    worth = [one for one in parts if one[2] + spelled(one[3], one[4], 1.0) >= FLOOR]
    chances = likelihoods((names[a], names[b]) for a, b, *_ in worth)
    for (a, b, rest, folded, rarity), chance in zip(worth, chances, strict=True):
        weight = rest + spelled(folded, rarity, chance)
        if weight >= FLOOR:
            yield a, b, round(weight, DIGITS)
