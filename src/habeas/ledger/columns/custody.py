"""How many entries were in custody on each day: from each entry's winning dates, added up over all of them at once.

Count(day) = arrests up to the day - exits up to the day, on each of three readings: *low* takes each date on the side
that makes custody shorter, *best* the middle of the days it may mean, *high* the other side. The day of release is not a
day in custody. An entry without an arrest is not counted; of two exits, `released` and `died` compete as `cases` has it.

Both sides are rows that count in a window of `known`, so rows can be added and taken away: a later segment takes away
what it replaces by a row on the other side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from habeas.ledger.columns.pick import dated, pick

READINGS = ("low", "best", "high")
SIDE: Mapping[str, type[pl.DataType]] = {
    "since": pl.Int32,
    "until": pl.Int32,
    **dict.fromkeys(READINGS, pl.Int32),
    "list": pl.UInt32,
}
Columns = Mapping[str, npt.NDArray[Any]]


def sides(
    rows: pl.DataFrame, winners: pl.DataFrame, lists: pl.DataFrame, *, props: Mapping[str, int]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """What adds to the count and what takes from it, of `SIDE`.

    Args:
        rows: what the winners were picked from.
        lists: the list of each subject (subject, list).
        props: the numbers of `detained`, `released` and `died`.
    """
    starts = _with_days(winners.filter(pl.col("prop") == props["detained"]))
    begins = starts.select("subject", "since", "until", low="latest", best="middle", high="earliest")
    ends = _with_days(_exits(rows, winners, props))
    pairs = begins.join(
        ends.select("subject", "earliest", "middle", "latest", from_="since", till="until"), on="subject"
    ).select(
        "subject",
        since=pl.max_horizontal("since", "from_"),
        until=pl.min_horizontal("until", "till"),
        low=pl.max_horizontal("low", "earliest"),
        best=pl.max_horizontal("best", "middle"),
        high=pl.max_horizontal("high", "latest"),
    )
    pairs = pairs.filter(pl.col("since") < pl.col("until"))
    return _listed(begins, lists), _listed(pairs, lists)


def _exits(rows: pl.DataFrame, winners: pl.DataFrame, props: Mapping[str, int]) -> pl.DataFrame:
    """The winning exit of each subject; picked anew, as one property, where both a release and a death are told."""
    exits = [props["released"], props["died"]]
    found = winners.filter(pl.col("prop").is_in(exits))
    both = found.group_by("subject").agg(pl.col("prop").n_unique()).filter(pl.col("prop") > 1).select("subject")
    if not both.height:
        return found
    one = pl.lit(exits[0], pl.UInt16)
    told = rows.filter(pl.col("prop").is_in(exits)).join(both, on="subject", how="semi").with_columns(prop=one)
    again = pick(told, frozenset(exits), frozenset())
    return pl.concat([found.join(both, on="subject", how="anti"), again])


def _with_days(winners: pl.DataFrame) -> pl.DataFrame:
    return winners.join(dated(winners["value"]), on="value")


def _listed(side: pl.DataFrame, lists: pl.DataFrame) -> pl.DataFrame:
    return side.join(lists, on="subject").select([pl.col(n).cast(t) for n, t in SIDE.items()])


_VAGUE = (pl.col("low") != pl.col("high")) | (pl.col("low") != pl.col("best"))


def ordered(side: pl.DataFrame) -> pl.DataFrame:
    """Rows whose day is exact first, by day: they are counted without being sorted again."""
    return side.sort(_VAGUE, "best", "list", "since", "until", "low", "high")


def exact_rows(side: pl.DataFrame) -> int:
    """How many rows of a side have an exact day."""
    return side.filter(~_VAGUE).height


def count(
    sides_: Sequence[tuple[Columns, int]], batch: int, first: int, days: int, list_: int | None = None
) -> tuple[npt.NDArray[np.int64], ...]:
    """How many rows of `SIDE` count on each day from `first` (an ordinal), as known after a batch: low, best, high.

    Args:
        sides_: the columns of each segment, and how many of its rows are exact.
    """
    total = [np.zeros(days, dtype=np.int64) for _ in READINGS]
    edges = np.arange(first, first + days, dtype=np.int32)
    for columns, exact in sides_:
        counts = (columns["since"] <= batch) & (columns["until"] > batch)
        if list_ is not None:
            counts &= columns["list"] == list_
        sure = columns["best"][:exact][counts[:exact]]
        by_day = np.searchsorted(sure, edges, side="right")
        for place, reading in enumerate(READINGS):
            total[place] += by_day
            if exact < len(counts):
                at = np.clip(columns[reading][exact:][counts[exact:]] - first, 0, days)
                total[place] += np.cumsum(np.bincount(at, minlength=days + 1)[:days])
    return tuple(total)
