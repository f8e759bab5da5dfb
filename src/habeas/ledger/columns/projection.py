"""A projection of the record for one audience: opened, brought up to date or made anew, and asked.

It lies in segments. The first holds the winners of the first statements; each later one all winners of those subjects of
which newer statements say something, and in place of the earlier ones. A new segment takes in the ones before it that are
not at least twice its size, so there are few, and a statement is picked again only as often as the record doubles.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl
from sqlalchemy import Connection, func, select

from habeas.ledger import tables
from habeas.ledger.attesting import digest
from habeas.ledger.columns import rows as source
from habeas.ledger.columns.custody import READINGS, Columns, count, exact_rows, ordered, sides
from habeas.ledger.columns.files import ColumnFiles, Seal
from habeas.ledger.columns.pick import STANDS, pick
from habeas.ledger.disclosure import Disclosure
from habeas.nouns import Audience

T = TypeVar("T")
FORMAT = 2
_ROWS = 2_000_000  # picked at a time
_TABLES = ("subjects", "winners", "adds", "takes")
# A page before anything was read.
_EMPTY: Mapping[str, Any] = {"size": 0, "lists": (), "segments": (), "files": {}}


class _Damaged(Exception):
    """A table is not there as it was written: the projection must be made anew."""


class Projection:
    """Winners and counts as known after any batch; get one from `Ledger.project`."""

    def __init__(
        self,
        page: Mapping[str, Any],
        made: Mapping[str, pl.DataFrame],
        clock: Sequence[tuple[datetime, int]],
        files: ColumnFiles | None,
        again: Callable[[], Projection],
    ) -> None:
        """`made` are tables at hand; the others are read from the files, and where they are damaged all is made `again`."""
        self._page = page
        self._clock = clock
        self._files = files
        self._again = again
        self._tables: dict[str, pl.DataFrame] = dict(made)

    @property
    def head(self) -> tuple[int, str]:
        """(size, root) of the record it is of."""
        return self._page["size"], self._page["root"]

    @property
    def lists(self) -> tuple[str, ...]:
        """The ids of the lists that its entries stand on."""
        return tuple(self._page["lists"])

    def batch(self, known: datetime | None) -> int:
        """The last batch recorded by an instant; 0 where none was."""
        if known is None:
            return STANDS - 1
        return max((batch for recorded, batch in self._clock if recorded <= known), default=0)

    def winners(self, subject: str, known: datetime | None = None) -> Mapping[str, tuple[str, ...]]:
        """The winning values of one subject by property, as known at an instant; more than one where several stand."""
        batch = self.batch(known)
        said: dict[str, list[str]] = {}
        for prop, value, since, until in self._whole(lambda: self._find(subject)):
            if since <= batch < until:
                said.setdefault(source.PROPS[prop].partition(".")[2], []).append(value)
        return {prop: tuple(values) for prop, values in said.items()}

    def series(
        self, first: date, last: date, known: datetime | None = None, on_list: str | None = None
    ) -> Mapping[str, list[int]]:
        """How many entries were in custody on each day from `first` to `last`, by reading: `low`, `best`, `high`.

        It counts entries of lists, not people: whoever stands on two lists counts twice, unless `on_list` names one.
        """
        days = (last - first).days + 1

        def counted(name: str) -> tuple[npt.NDArray[np.int64], ...]:
            lists = self.lists
            at = None if on_list is None else lists.index(on_list) if on_list in lists else len(lists)
            return count(list(self._side(name)), self.batch(known), first.toordinal(), days, at)

        added, taken = self._whole(lambda: (counted("adds"), counted("takes")))
        return {reading: (a - t).tolist() for reading, a, t in zip(READINGS, added, taken, strict=True)}

    def _whole(self, answer: Callable[[], T]) -> T:
        """The answer; where a table turns out to be damaged, from a projection made anew."""
        try:
            return answer()
        except _Damaged:
            self.__dict__.update(self._again().__dict__)
            return answer()

    def _side(self, name: str) -> Iterator[tuple[Columns, int]]:
        for number, segment in enumerate(self._page["segments"]):
            table = self._table(number, name)
            yield {n: table[n].to_numpy() for n in table.columns}, segment["exact"][name]

    def _table(self, number: int, name: str) -> pl.DataFrame:
        key = f"{number}.{name}"
        if key not in self._tables:
            table = None if self._files is None else self._files.table(self._page["files"][key])
            if table is None:
                raise _Damaged(key)
            self._tables[key] = table
        return self._tables[key]

    def _find(self, subject: str) -> list[tuple[int, str, int, int]]:
        """The rows of a subject, from the last segment that says anything of it."""
        for number in reversed(range(len(self._page["segments"]))):
            subjects = self._table(number, "subjects")
            names = subjects["subject"]
            at = bisect_left(_At(names), subject)
            if at < len(names) and names[at] == subject:
                rows = self._table(number, "winners").slice(subjects["begins"][at], subjects["rows"][at])
                return rows.select("prop", "value", "since", "until").rows()
        return []

    def frame(self) -> pl.DataFrame:
        """All winners, whatever the segments are: subject, property, value, since and until (batches), seq; in order."""
        return self._whole(self._frame)

    def _frame(self) -> pl.DataFrame:
        found: list[pl.DataFrame] = []
        newer: list[str] = []
        props = pl.Series(source.PROPS)
        for number in reversed(range(len(self._page["segments"]))):
            names, winners = self._table(number, "subjects")["subject"], self._table(number, "winners")
            named = winners.with_columns(subject=names.gather(winners["subject"]), prop=props.gather(winners["prop"]))
            found.append(named.filter(~pl.col("subject").is_in(newer)))
            newer += names.to_list()
        return pl.concat(found).sort("subject", "prop", "since", "value")


class _At(Sequence[str]):
    """A column as a sequence, for bisecting."""

    def __init__(self, column: pl.Series) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, at: Any) -> Any:
        return self._column[at]


def open_projection(
    reading: Callable[[], AbstractContextManager[Connection]],
    make_disclosure: Callable[[Connection, bool], Disclosure],
    read: source.ReadRow,
    *,
    book: str,
    audience: type[Audience],
    prefer: Sequence[str] = (),
    rules: str = "",
    folder: Path | None = None,
    seal: Seal | None = None,
    anew: bool = False,
) -> Projection:
    """The projection of the record as it stands now: as it lies there, brought up to date, or made from nothing.

    Args:
        reading: a snapshot of the record.
        make_disclosure: disclosure of the audience in that snapshot, from what gates alone, or (True) from all statements.
        read: makes a statement of a row.
        prefer: the book's preferred sources, lists and publishers, the most trusted first.
        rules: what decides who is who beside the record.
        folder: where it is kept; with None, or where nothing can be written, it is made anew each time.
        anew: pass over what lies there.
    """
    files = None if folder is None else ColumnFiles(folder, audience.__name__.lower(), seal)
    bound = {"book": book, "audience": audience.__name__, "prefer": list(prefer), "rules": rules}
    with reading() as connection:
        clock = [
            (datetime.fromisoformat(row.recorded), row.batch)
            for row in connection.execute(select(tables.head.c.recorded, tables.head.c.batch))
        ]
        page, made = _project(
            connection, bound, read, lambda whole: make_disclosure(connection, whole), files, anew=anew
        )

    def again() -> Projection:
        return open_projection(
            reading,
            make_disclosure,
            read,
            book=book,
            audience=audience,
            prefer=prefer,
            rules=rules,
            folder=folder,
            seal=seal,
            anew=True,
        )

    return Projection(page, made, clock, files, again)


def _project(
    connection: Connection,
    bound: Mapping[str, Any],
    read: source.ReadRow,
    make_disclosure: Callable[[bool], Disclosure],
    files: ColumnFiles | None,
    *,
    anew: bool,
) -> tuple[Mapping[str, Any], Mapping[str, pl.DataFrame]]:
    """The page of the projection, and the tables that are new."""
    h = tables.head.c
    heads = connection.execute(select(h.size, h.root).order_by(h.batch)).all()
    erased = connection.execute(select(func.count()).select_from(tables.erased)).scalar_one()
    bound = {**bound, "format": FORMAT, "erased": erased, "suppressed": digest(connection, "suppressed")}
    there = {row.size: row.root.hex() for row in heads}
    size = heads[-1].size if heads else 0
    page = None if files is None or anew else _lying_there(files, bound, there)
    if page is not None and page["size"] == size and not source.agreed_on(connection):
        return page, {}  # else disclosure is asked again, as of today
    disclosure = make_disclosure(source.anything_kept_back(connection, names=bound["audience"] == "Public"))
    reader = source.Reader(connection, disclosure, read, size, bound["prefer"])
    mark = source.fingerprint(disclosure, ranks=reader.ranks)
    if page is not None and page["mark"] != mark:
        page = None
    if page is not None and page["size"] == size:
        return page, {}
    new, fresh = _grown(page or _EMPTY, connection, reader, size)
    new = {**bound, "size": size, "root": there.get(size, ""), "mark": mark, **new}
    # What cannot be written is not kept.
    with suppress(OSError):
        return (new if files is None else files.put(fresh, new)), fresh
    return new, fresh


def _lying_there(files: ColumnFiles, bound: Mapping[str, Any], roots: Mapping[int, str]) -> Mapping[str, Any] | None:
    """The page on the files, where it is of this book and a beginning of this record."""
    page = files.page()
    if page is None or any(page.get(k) != v for k, v in bound.items()):
        return None
    return page if roots.get(page["size"]) == page["root"] else None


def _grown(
    page: Mapping[str, Any], connection: Connection, reader: source.Reader, size: int
) -> tuple[dict[str, Any], dict[str, pl.DataFrame]]:
    """Lists, segments and files of a page brought up to `size` statements, and the tables of its last segment.

    Segments less than twice as long as what comes after them are made anew with it, so that there are few.
    """
    segments, low = list(page["segments"]), page["size"]
    while segments and segments[-1]["high"] - segments[-1]["low"] < 2 * (size - low):
        low = segments.pop()["low"]
    lists = [] if low == 0 else list(page["lists"])
    if low == 0:
        made, exact = _whole(reader, lists)
    else:
        made, exact = _later(reader, source.touched(connection, low, size), low, size, lists)
    number = len(segments)
    segments.append({"low": low, "high": size, "exact": exact})
    names = {f"{at}.{name}" for at in range(number) for name in _TABLES}
    files = {n: digest for n, digest in page["files"].items() if n in names}
    return {"lists": lists, "segments": segments, "files": files}, {f"{number}.{n}": t for n, t in made.items()}


def _whole(reader: source.Reader, lists: list[str]) -> tuple[dict[str, pl.DataFrame], dict[str, int]]:
    rows = reader.all()
    used = rows.frame["subject"].unique().to_list()
    lists += sorted({source.list_of(rows.subjects[at]) for at in used} - set(lists))
    winners, adds, takes = _derive(rows, lists)
    return _tables(rows.subjects, used, winners, adds, takes)


def _later(
    reader: source.Reader, subjects: Sequence[str], low: int, high: int, lists: list[str]
) -> tuple[dict[str, pl.DataFrame], dict[str, int]]:
    """The winners of these subjects now; and in the counts, what they add now less what they added up to `low`."""
    rows, before = reader.of(subjects, high), reader.of(subjects, low)
    named = {r.subjects[at] for r in (rows, before) for at in r.frame["subject"].unique()}
    lists += sorted({source.list_of(name) for name in named} - set(lists))
    winners, adds, takes = _derive(rows, lists)
    _, gone, back = _derive(before, lists)
    numbers = {name: at for at, name in enumerate(rows.subjects)}
    for name in sorted(named - numbers.keys()):
        numbers[name] = len(numbers)
    used = [numbers[name] for name in named]
    return _tables(list(numbers), used, winners, pl.concat([adds, back]), pl.concat([takes, gone]))


def _derive(rows: source.Rows, lists: Sequence[str]) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Winners, and what they add to and take from the counts; some subjects at a time, to bound the memory."""
    place = {name: at for at, name in enumerate(lists)}
    on = pl.DataFrame(
        {"subject": range(len(rows.subjects)), "list": [place.get(source.list_of(s), 0) for s in rows.subjects]},
        schema={"subject": pl.UInt32, "list": pl.UInt32},
    )
    parts = []
    step = max(1, len(rows.subjects) * _ROWS // max(1, rows.frame.height))
    for start in range(0, max(1, len(rows.subjects)), step):
        some = rows.frame
        if step < len(rows.subjects):
            some = some.filter(pl.col("subject").is_between(start, start + step - 1))
        winners = pick(some, source.DATES, source.SEVERAL)
        parts.append((winners, *sides(some, winners, on, props=source.CUSTODY)))
    winners, adds, takes = (pl.concat(part) for part in zip(*parts, strict=True))
    return winners, adds, takes


def _tables(
    names: Sequence[str], used: Sequence[int], winners: pl.DataFrame, adds: pl.DataFrame, takes: pl.DataFrame
) -> tuple[dict[str, pl.DataFrame], dict[str, int]]:
    """As they are kept: subjects in order, each with the place of its winners."""
    kept = pl.DataFrame(
        {"subject": [names[at] for at in used], "old": used}, schema={"subject": pl.String, "old": pl.UInt32}
    )
    kept = kept.sort("subject").with_row_index("new")
    winners = (
        winners.join(kept.select("old", "new"), left_on="subject", right_on="old")
        .with_columns(subject=pl.col("new").cast(pl.UInt32))
        .drop("new")
        .sort("subject", "prop", "since", "value")
    )
    rows = winners.group_by("subject").len("rows")
    subjects = (
        kept.join(rows, left_on="new", right_on="subject", how="left")
        .sort("new")
        .select("subject", rows=pl.col("rows").fill_null(0).cast(pl.UInt32))
    )
    subjects = subjects.with_columns(begins=(pl.col("rows").cum_sum() - pl.col("rows")).cast(pl.UInt32))
    counted = {"adds": ordered(adds), "takes": ordered(takes)}
    exact = {name: exact_rows(table) for name, table in counted.items()}
    return {"subjects": subjects, "winners": winners, **counted}, exact
