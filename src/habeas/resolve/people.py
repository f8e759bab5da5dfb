"""People of a list outside any book: linked as a whole, or new rows placed among those that are linked already.

A cluster's id is the id of its first row. Rows are never taken away, so an id that was ever shown is the id of a row, and
that row's cluster is where it leads now: through merges, and back again when a merge is undone.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from habeas.errors import UsageError
from habeas.readers.people import PersonList
from habeas.resolve.by_name import SHORT, keep, pairs_by_name, printed
from habeas.resolve.engines import DIGITS, Engine, connect, edges, give, load
from habeas.resolve.folding import Row
from habeas.resolve.grouping import NOTHING_TOLD, Edge, Told, group
from habeas.resolve.model import COMMON, FLOOR, blocked_sql, weighed_sql, with_frequencies_sql

if TYPE_CHECKING:
    import duckdb

# The list that a row must not share with another of its cluster: editions that number their people are one list.
_PRINTED_IN = "coalesce(ser, lst)"
_SHAPE = 3  # of an index; another shape must be made anew


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Each row's cluster, in the order of the rows: (row id, id of the cluster's first row)."""

    rows: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        return len({cluster for _, cluster in self.rows})

    def text(self, *, header: bool = True) -> str:
        """The rows as CSV."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        if header:
            writer.writerow(("unique_id", "cluster"))
        writer.writerows(self.rows)
        return out.getvalue()


def rows_of(people: PersonList) -> Iterator[Row]:
    renamed = {"list": "listed", "number": "number", "edition_of": "series"}
    for cells in people.cells():
        yield Row(**{renamed.get(role, role): text for role, text in cells.items()})


def link_people(
    people: PersonList,
    *,
    engine: Engine = Engine.DUCKDB,
    decided: Iterable[tuple[str, str, str]] = (),
    index: Path | None = None,
) -> Clusters:
    """Who is who in a list: rows folded to keys, pairs weighed by Splink, groups by average linkage.

    `decided` are pairs of row ids with `same`, `different` or `unsure`: they hold against the model. The keys are kept
    in the file `index`, where one is named, so that new rows can be placed later.

    Raises:
        UsageError: an extra is not installed, a decision names no row of the list, or the index cannot be written.
    """
    told = _told(decided, people.ids)
    connection = connect()
    try:
        count = load(connection, rows_of(people))
        _one_list_is_none(connection)
        found = edges(connection, count, engine)
        if 0 < count <= SHORT:
            keep(connection, [printed(row) for row in rows_of(people)])
            found = pairs_by_name(connection, count, found, "rows", _rarest(connection, count))
        home = group(found, _lists(connection), _numbered(connection, told))
        rows = tuple((one, people.ids[home.get(number, number)]) for number, one in enumerate(people.ids))
        clusters = Clusters(rows=rows)
        if index is not None:
            _keep(connection, clusters, index)
    finally:
        connection.close()
    return clusters


def _one_list_is_none(connection: duckdb.DuckDBPyConnection) -> None:
    """Where every row is from one and the same list, its doubles are what is looked for."""
    ((lists, without),) = connection.execute(
        "select count(distinct lst), count(*) filter (lst is null) from rows"
    ).fetchall()
    if lists == 1 and not without:
        connection.execute("update rows set lst = null, ser = null")


def _rarest(connection: duckdb.DuckDBPyConnection, records: int) -> float:
    ((rarest,),) = connection.execute("select min(tf_sur) from common_sur").fetchall()
    return 1 / records if rarest is None else rarest


def _numbered(connection: duckdb.DuckDBPyConnection, told: Told, fresh: str | None = None) -> Told:
    """With what lists say themselves: one number is one person. A decision stands above it.

    `fresh` is a table of new rows; of the others none are joined.
    """
    asked = "select mark, uid from rows where mark is not null"
    if fresh is not None:
        asked = f"{asked} and mark in (select mark from {fresh}) union all select mark, uid from {fresh} where mark is not null"
    first: dict[str, int] = {}
    rows = connection.execute(f"select mark, uid from ({asked}) order by uid").fetchall()
    begun = 0
    if fresh is not None:
        ((begun,),) = connection.execute(f"select coalesce(min(uid), 0) from {fresh}").fetchall()
    same = {(first[mark], uid) for mark, uid in rows if first.setdefault(mark, uid) != uid and uid >= begun}
    return Told(same=told.same | (same - told.apart), apart=told.apart)


def _lists(connection: duckdb.DuckDBPyConnection) -> Sequence[str | None]:
    return [row[0] for row in connection.execute(f"select {_PRINTED_IN} from rows order by uid").fetchall()]


def _told(decided: Iterable[tuple[str, str, str]], ids: Sequence[str]) -> Told:
    number = {one: at for at, one in enumerate(ids)}
    same: set[tuple[int, int]] = set()
    apart: set[tuple[int, int]] = set()
    for a, b, verdict in decided:
        for one in (a, b):
            if one not in number:
                raise UsageError(f"a decision names {one!r}, which is no row of the list")
        if a == b:
            raise UsageError(f"a decision compares the row {a!r} with itself")
        if verdict not in ("same", "different", "unsure"):
            raise UsageError(f"a decision on {a} and {b} says {verdict!r}; it is same, different or unsure")
        pair = (min(number[a], number[b]), max(number[a], number[b]))
        (same if verdict == "same" else apart).add(pair)
    return Told(same=frozenset(same - apart), apart=frozenset(apart))


def _keep(connection: duckdb.DuckDBPyConnection, clusters: Clusters, index: Path) -> None:
    """Write what placing needs into a file of its own."""
    _register(connection, clusters.rows, 0)
    index.unlink(missing_ok=True)
    connection.execute(f"attach '{str(index).replace(chr(39), chr(39) * 2)}' as kept")
    connection.execute("create table kept.rows as select * from rows order by uid")
    connection.execute("create table kept.standing as select * from given order by uid")
    close = ("printed", "keyed") if 0 < len(clusters.rows) <= SHORT else ()
    for table in (*(f"common_{column}" for column in COMMON), *close):
        connection.execute(f"create table kept.{table} as select * from {table}")
    connection.execute("create table kept.shape (shape integer, digest varchar)")
    connection.execute("insert into kept.shape values (?, ?)", [_SHAPE, _digest(clusters.text().encode())])
    connection.execute("detach kept")


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _register(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[str, str]], first: int) -> None:
    """Rows with their clusters as `given` (uid, id, cluster)."""
    ids, clusters = ([row[side] for row in rows] for side in (0, 1))
    numbers = range(first, first + len(rows))
    give(connection, "given", {"uid": ("integer", numbers), "id": ("varchar", ids), "cluster": ("varchar", clusters)})


def place_people(people: PersonList, clusters: Path, index: Path) -> Clusters:
    """New rows placed among linked ones: each in the cluster it fits or in one of its own, no other row touched.

    Clusters that stand are never joined with each other by a new row, so ids hold; where a new row fits two of them
    about equally, it stays with the better. `clusters` is the file with `unique_id` and `cluster` of the rows linked so
    far, `index` their keys as `link_people` kept them; both are brought up to date, the clusters last.

    Raises:
        UsageError: a file is missing or of another kind, or a row is in the clusters already.
    """
    for path, what in ((clusters, "clusters"), (index, "index")):
        if not path.is_file():
            raise UsageError(f"there is no file of {what} {path}; link the list first with --out and --index")
    connection = connect(str(index))
    try:
        return _place(connection, people, clusters)
    finally:
        connection.close()


def _place(connection: duckdb.DuckDBPyConnection, people: PersonList, clusters: Path) -> Clusters:
    _check(connection, clusters)
    ((first,),) = connection.execute("select count(*) from rows").fetchall()
    _register(connection, [(one, one) for one in people.ids], first)
    double = connection.execute("select id from standing semi join given using (id) order by uid limit 1").fetchall()
    if double:
        raise UsageError(f"the row {double[0][0]!r} is in the clusters already; new rows need ids of their own")
    load(connection, rows_of(people), "fresh", first)
    records = first + len(people.ids)
    found = _near(connection, records)
    if records <= SHORT and _has(connection, "printed"):
        keep(connection, [printed(row) for row in rows_of(people)], first)
        everybody = "(select * from rows union all select * from fresh)"
        found = pairs_by_name(connection, records, found, everybody, _rarest(connection, records), first)
    numbered = _numbered(connection, NOTHING_TOLD, "fresh")
    near = {a for a, _, _ in found} | {a for a, _ in numbered.same}
    started, named = _standing(connection, (a for a in near if a < first))
    wanted = [*started, *range(first, records)]
    home = group(found, _lists_of(connection, wanted), numbered, started)
    placed = []
    for number, one in enumerate(people.ids, start=first):
        root = home.get(number, number)
        placed.append((one, named[root] if root < first else people.ids[root - first]))
    made = Clusters(rows=tuple(placed))
    _register(connection, made.rows, first)
    connection.execute("begin")
    connection.execute("insert into rows select * from fresh")
    connection.execute("insert into standing select * from given")
    connection.execute("drop table fresh")
    with clusters.open("a", encoding="utf-8", newline="") as stream:
        stream.write(made.text(header=False))
    connection.execute("update shape set digest = ?", [_digest(clusters.read_bytes())])
    connection.execute("commit")
    return made


def _check(connection: duckdb.DuckDBPyConnection, clusters: Path) -> None:
    """The index is one of ours, and knows the clusters as the file has them now; a file edited since is read anew."""
    import duckdb

    try:
        found = connection.execute("select shape, digest from shape").fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        found = []
    if not found or found[0][0] != _SHAPE:
        raise UsageError("the index is not one that `habeas link --index` of this version made; link the list anew")
    if found[0][1] == _digest(clusters.read_bytes()):
        return
    columns = "{'unique_id': 'varchar', 'cluster': 'varchar'}"
    read = f"read_csv(?, header = true, delim = ',', quote = '\"', columns = {columns})"
    try:
        connection.execute(
            f"create or replace temp table edited as select uid, id, f.cluster"
            f" from {read} as f join standing on id = unique_id order by uid",
            [str(clusters)],
        )
    except duckdb.Error:
        raise UsageError(f"{clusters} is no file of clusters: it needs the columns unique_id and cluster") from None
    connection.execute("create or replace table standing as select * from edited")


def _near(connection: duckdb.DuckDBPyConnection, records: int) -> list[Edge]:
    """The pairs of new rows with old ones and with each other that are worth a thought."""
    pairs = f"{blocked_sql(records, 'rows', 'fresh')} union {blocked_sql(records, 'fresh', 'fresh')}"
    connection.execute(f"create temp table blocked as {pairs}")
    connection.execute(
        "create temp table touched as select * from rows where uid in (select a from blocked)"
        " union all select * from fresh"
    )
    rarest = _rarest(connection, records)
    connection.execute(f"create temp table weighed as {with_frequencies_sql('touched', rarest)}")
    found = connection.execute(
        f"select a, b, weight from ({weighed_sql(records, 'blocked', 'weighed')}) where weight >= {FLOOR}"
    ).fetchall()
    return sorted((a, b, round(weight, DIGITS)) for a, b, weight in found)


def _has(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(connection.execute("select 1 from duckdb_tables() where table_name = ?", [table]).fetchall())


def _standing(connection: duckdb.DuckDBPyConnection, near: Iterable[int]) -> tuple[dict[int, int], dict[int, str]]:
    """The clusters that new rows come near: each of their rows with the first, and that one with the cluster's id."""
    give(connection, "near", {"uid": ("integer", sorted(near))})
    touched = "select cluster from standing semi join near using (uid)"
    rows = connection.execute(f"select cluster, uid from standing where cluster in ({touched}) order by uid").fetchall()
    firsts: dict[str, int] = {}
    started = {uid: firsts.setdefault(cluster, uid) for cluster, uid in rows}
    return started, {uid: cluster for cluster, uid in firsts.items()}


def _lists_of(connection: duckdb.DuckDBPyConnection, wanted: Sequence[int]) -> Mapping[int, str | None]:
    give(connection, "wanted", {"uid": ("integer", wanted)})
    found = connection.execute(
        f"select uid, {_PRINTED_IN} from rows semi join wanted using (uid)"
        f" union all select uid, {_PRINTED_IN} from fresh"
    )
    return dict(found.fetchall())
