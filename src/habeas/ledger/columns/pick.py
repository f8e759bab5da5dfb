"""Which value wins, and when: the rule of `cases/choose.py` for one subject and property, over columns.

A value competes in a window of `known`, from the batch that said it until the batch that took it back. In each stretch in
which the same statements stand, the rule picks, in order: (1) the book's `prefer`; (2) more sources behind it, where a
vaguer date counts for the more precise one that it agrees with; (3) the more precise; (4) the later publication; (5) the
earlier date, or the first in alphabetical order. Stretches that follow each other with the same winner are one window.

Of a property that may have several values nothing competes: each value stands while some statement says it.

Two things are left to `cases`, since statements alone cannot tell them: which entries are one person, so that their values
compete too, and which dates belong to which spell. What wins here is what wins among the statements of one entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import polars as pl

from habeas.dates import PartialDate

EVER, NEVER = -10_000_000, 10_000_000  # days before and after any that can be written
STANDS = 2**31 - 1  # the batch that takes back what was not taken back

SCHEMA: Mapping[str, type[pl.DataType]] = {
    "subject": pl.UInt32,
    "prop": pl.UInt16,
    "value": pl.String,
    "source": pl.UInt32,
    "rank": pl.Int32,  # of the source in the book's `prefer`
    "published": pl.Int32,  # the latest day, as an ordinal
    "since": pl.Int32,  # batch
    "until": pl.Int32,  # batch
    "seq": pl.Int64,
}


@lru_cache(maxsize=65_536)
def days_of(text: str) -> tuple[int, int, int, int]:
    """(earliest, latest, middle, width) of a partial date, as ordinals and days."""
    when = PartialDate.parse(text)
    earliest = EVER if when.earliest is None else when.earliest.toordinal()
    latest = NEVER if when.latest is None else when.latest.toordinal()
    middle = when.middle
    width = 10**7 if when.earliest is None or when.latest is None else latest - earliest
    return earliest, latest, EVER if middle is None else middle.toordinal(), width


def dated(values: pl.Series) -> pl.DataFrame:
    """The days that each distinct value means: value, earliest, latest, middle, width."""
    distinct = values.unique().drop_nulls().to_list()
    days = [days_of(text) for text in distinct]
    columns = {n: [d[at] for d in days] for at, n in enumerate(("earliest", "latest", "middle", "width"))}
    return pl.DataFrame({"value": distinct, **columns}, schema={"value": pl.String, **dict.fromkeys(columns, pl.Int32)})


def pick(rows: pl.DataFrame, dates: frozenset[int], several: frozenset[int]) -> pl.DataFrame:
    """The winners of rows of `SCHEMA`: subject, prop, value, since, until, seq (the first statement that says it then).

    Args:
        dates: the properties whose values are partial dates.
        several: the properties that may have several values at once.
    """
    rows = rows.filter(pl.col("since") < pl.col("until"))
    apart = pl.when(pl.col("prop").is_in(sorted(several))).then(pl.col("value"))
    group = ["subject", "prop", "apart"] if several else ["subject", "prop"]
    rows = rows.with_columns(apart=apart) if several else rows
    alone = pl.len().over(group) == 1
    single = rows.filter(alone).select("subject", "prop", "value", "since", "until", "seq")
    contested = rows.filter(~alone)
    found = [single]
    if contested.height:
        numbers = contested.select(group).unique().sort(group).with_row_index("group")
        contested = contested.join(numbers, on=group, how="left", nulls_equal=True)
        found.append(_windows(_winners(contested, dates)).join(numbers, on="group").select(single.columns))
    return pl.concat(found).sort("subject", "prop", "since", "value")


def _winners(rows: pl.DataFrame, dates: frozenset[int]) -> pl.DataFrame:
    """The winner of each stretch of each group: group, since, until, value, seq."""
    is_date = pl.col("prop").is_in(sorted(dates))
    days = dated(rows.filter(is_date)["value"])
    # What is no date ends before it begins, and agrees with itself only.
    no_day = {"earliest": NEVER, "latest": EVER, "middle": 0, "width": 0}
    rows = rows.join(days, on="value", how="left").with_columns(
        [pl.when(is_date).then(pl.col(n)).otherwise(pl.lit(d, pl.Int32)).alias(n) for n, d in no_day.items()]
    )
    ends = pl.concat([rows.select("group", at="since"), rows.select("group", at="until")]).unique().sort("group", "at")
    stretches = ends.with_columns(to=pl.col("at").shift(-1).over("group")).drop_nulls()
    live = rows.join(stretches, on="group").filter((pl.col("since") <= pl.col("at")) & (pl.col("until") > pl.col("at")))
    stretch = ["group", "at", "to"]
    candidates = live.group_by([*stretch, "value", *no_day]).agg(
        pl.col("rank").min(), pl.col("published").max(), pl.col("seq").min()
    )
    others = live.select(*stretch, "source", other="value", from_="earliest", till="latest")
    within = (pl.col("earliest") >= pl.col("from_")) & (pl.col("latest") <= pl.col("till"))
    agrees = (pl.col("other") == pl.col("value")) | (within & (pl.col("earliest") <= pl.col("latest")))
    behind = (
        candidates.select(*stretch, "value", "earliest", "latest")
        .join(others, on=stretch)
        .filter(agrees)
        .group_by([*stretch, "value"])
        .agg(sources=pl.col("source").n_unique())
    )
    ranked = candidates.join(behind, on=[*stretch, "value"]).sort(
        "group", "at", "rank", -pl.col("sources").cast(pl.Int64), "width", -pl.col("published"), "middle", "value"
    )
    return ranked.unique(["group", "at"], keep="first", maintain_order=True).select(
        "group", since="at", until="to", value="value", seq="seq"
    )


def _windows(stretches: pl.DataFrame) -> pl.DataFrame:
    """Stretches with one winner that follow each other, as one."""
    goes_on = (
        (pl.col("group") == pl.col("group").shift(1))
        & (pl.col("since") == pl.col("until").shift(1))
        & (pl.col("seq") == pl.col("seq").shift(1))
    )
    runs = stretches.with_columns(run=(~goes_on).fill_null(value=True).cum_sum())
    return runs.group_by("run").agg(
        pl.col("group").first(),
        pl.col("value").first(),
        pl.col("seq").first(),
        pl.col("since").min(),
        pl.col("until").max(),
    )
