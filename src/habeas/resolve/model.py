"""What makes two rows of a person list one person: the comparisons, their weights, and which pairs are compared at all.

One table serves every engine: Splink on DuckDB and on Spark, and the placing of new rows, are all made from `MODEL`. The
SQL uses only what DuckDB and Spark have in common. `m` is how often a level is seen between two rows of one person,
`u` between two rows of two people; both were measured on labelled lists (`bench/link.py --fit`) and softened where a
list without mistakes shows a level never: people do move, and are arrested twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from math import log2
from typing import Any

from habeas.resolve.conditions import (
    OTHERWISE,
    Condition,
    apart,
    begins,
    crossed,
    half_alike,
    known,
    missing,
    near,
    piece,
    same,
    swapped,
)  # fmt: skip

# Records that one person has, on average, beside a given one: makes the prior of a pair, as `EXPECTED` / records.
EXPECTED = 2.35
# A short list is a part of something longer: two of its rows are not likelier to be one person than those of a list of so
# many, and it tells of how common a name is as if so many more people were known, with the frequencies of `MODEL`.
FEWEST = 100
# Pairs below this weight (log2 of the odds) are not worth remembering.
FLOOR = -8.0
# Lists up to this length can afford to compare pairs that share little.
SMALL = 50_000


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which a comparison can turn out; `common` is the column whose frequency stands for `u`."""

    when: Condition
    m: float
    u: float
    common: str | None = None
    weight: float = field(init=False)  # in bits
    seen: float = field(init=False)  # `m` in bits

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", log2(self.m / self.u))
        object.__setattr__(self, "seen", log2(self.m))


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison: where it says nothing, and its levels, the first that holds counts; the last holds always."""

    name: str
    nothing: Condition
    levels: tuple[Level, ...]


MODEL: tuple[Compared, ...] = (
    Compared("given", missing("giv", "ini"), (
        Level(same("giv"), 0.94, 0.02, "giv"),
        Level(crossed("giv", "giv2"), 0.01, 3e-5),
        Level(swapped("gst", "sur"), 0.02, 5e-4),
        Level(missing("giv") & same("ini"), 0.5, 0.08),
        Level(known("giv") & (near("gfold", 1) | begins("gfold", 3)), 0.02, 0.006),
        Level(known("giv") & (same("gpho") | near("gfold", 2, longer=4)), 0.012, 0.008),
        Level(OTHERWISE, 0.025, 0.965),
    )),
    Compared("surname", missing("sur"), (
        Level(same("sur"), 0.82, 3e-4, "sur"),
        Level(crossed("sur", "sur2"), 0.017, 1.2e-5),
        Level(swapped("gst", "sur"), 0.02, 2e-5),
        Level(same("frm"), 0.04, 1.3e-4, "frm"),
        Level(near("sur", 1, longer=3), 0.06, 0.0011),
        Level(same("pho") | near("sur", 2, longer=6) | near("frm", 1, longer=3), 0.025, 0.005),
        Level(near("pho", 1, longer=2) | near("sur", 3, longer=6), 0.011, 0.028),
        Level(half_alike("sur"), 0.009, 0.026),
        Level(OTHERWISE, 0.014, 0.93),
    )),
    Compared("patronymic", missing("pat"), (
        Level(same("pat"), 0.98, 0.035, "pat"),
        Level(near("pat", 2), 0.01, 0.002),
        Level(OTHERWISE, 0.01, 0.96),
    )),
    Compared("birth", missing("year"), (
        Level(same("born"), 0.40, 3e-5),
        Level(same("year") & missing("born"), 0.54, 0.0125),
        Level(same("year") & piece("born", 6, 2, 9) & piece("born", 9, 2, 6), 0.005, 1e-5),
        Level(same("year") & (piece("born", 6, 2) | piece("born", 9, 2)), 0.026, 0.0011),
        Level(piece("born", 6, 5) & apart("year", 1, 10), 0.009, 1.2e-4),
        Level(same("year"), 0.006, 0.009),
        Level(apart("year", 1), 0.01, 0.045),
        Level(OTHERWISE, 0.004, 0.93),
    )),
    Compared("sex", missing("sex"), (Level(same("sex"), 0.996, 0.57), Level(OTHERWISE, 0.004, 0.43))),
    Compared("place", missing("place"), (
        Level(same("place"), 0.95, 0.1, "place"), Level(OTHERWISE, 0.05, 0.9),
    )),
    Compared("held", missing("held"), (
        Level(same("held"), 0.97, 5e-4),
        Level(piece("held", 1, 7), 0.01, 0.014),
        Level(OTHERWISE, 0.02, 0.985),
    )),
    Compared("number", missing("mark"), (
        Level(same("mark"), 0.98, 1e-5),
        Level(same("ser"), 0.02, 0.4),
        Level(OTHERWISE, 0.5, 0.5),
    )),
)  # fmt: skip
# Of the comparisons, those of the names.
NAMES = ("given", "surname", "patronymic")
# Where there is time to hold the names themselves against each other: what the folded columns then still count for
# (they know how rare a name is), what the names' likelihood counts for, and how much more two names must agree to be
# compared at all than two at random. Measured on four labelled lists at once (docs/linking.md).
_FOLDED, _SPELLED, _MET = 0.33, 0.71, 5.31
_ONCE = 0.4  # of how many others a name is that one person of a list has
_LEAST, _ODDS = 1e-4, 1.0  # the names' likelihood is that of a pair where one in three is true
# Pairs that share one of these are compared; the second group only where a list is small.
RULES: tuple[str, ...] = (
    "bag", "frm giv", "giv held", "giv born", "frm born", "frm held", "born held", "giv2 pho",
    "frm year ini", "giv year pho:2", "born pho:1", "pho year ini", "mark",
)  # fmt: skip
WIDE_RULES: tuple[str, ...] = ("pho", "frm", "born", "giv year", "giv pat pho:1", "giv pho:2", "year ini pho:1", "sur2")
# Columns of which the frequency counts: rare names tell more.
COMMON = {level.common: level.u for one in MODEL for level in one.levels if level.common is not None}
# What tells people apart well enough to count them.
PERSON = ("giv", "sur", "frm", "pat", "place", "year")
# Two rows of one list are two people, but where the list gives them one number.
_TWO_LISTS = "({l}.lst is null or {r}.lst is null or {l}.lst <> {r}.lst or {l}.mark = {r}.mark)"


def rules(records: int) -> tuple[str, ...]:
    """The rules of which pairs are compared, for a list of so many rows."""
    return RULES + WIDE_RULES if records <= SMALL else RULES


def rule_sql(rule: str, left: str = "l", right: str = "r") -> str:
    """A rule as a condition of two tables: `pho:2` are the first two letters of the column `pho`."""
    parts = []
    for word in rule.split():
        column, _, length = word.partition(":")
        sides = [f"substr({t}.{column}, 1, {length})" if length else f"{t}.{column}" for t in (left, right)]
        parts.append(" = ".join(sides))
    return " and ".join((*parts, _TWO_LISTS.format(l=left, r=right)))


def prior(records: int) -> float:
    """The probability that two random rows of a list are one person."""
    return EXPECTED / max(records, FEWEST)


def spelled(folded: float, rarity: float, likelihood: float) -> float:
    """Bits that the names of a pair are worth: what their folded columns say (bits), and their likelihood.

    `rarity` is what two names alike in every letter are worth, by how common they are: no likeness tells more. Two
    Ivanovs are often two people.
    """
    chance = min(max(likelihood, _LEAST), 1 - _LEAST)
    return min(_FOLDED * folded + _SPELLED * (log2(chance / (1 - chance)) + _ODDS) + _MET, rarity)


def frequency(count: int, people: int, column: str) -> float:
    """How common a value of a column is that so many of so many people have.

    Counted without the pair's own person, else the rows of one person would make their own rare name common.
    """
    return (max(count - 1, _ONCE) + FEWEST * COMMON[column]) / (people + FEWEST)


def frequency_sql(column: str, table: str) -> str:
    """`frequency` of each value of a column in `table`, as `tf_...`.

    Counted over people as far as they can be told (one given name, surname and year), not over rows.
    """
    people = f"(select distinct {', '.join(PERSON)} from {table})"
    return (
        f"select {column}, (greatest(count(*) - 1, {_ONCE}) + {FEWEST * COMMON[column]})"
        f" / ((select count({column}) from {people}) + {FEWEST}) as tf_{column}"
        f" from {people} where {column} is not null group by {column}"
    )


def blocked_sql(records: int, left: str, right: str) -> str:
    """The pairs (a, b) of rows of two tables that a rule brings together, each once, none with itself."""
    return " union ".join(
        f"select l.uid as a, r.uid as b from {left} as l join {right} as r on {rule_sql(rule)} where l.uid < r.uid"
        for rule in rules(records)
    )


def weighed_sql(records: int, pairs: str, table: str) -> str:
    """The pairs with their weight, log2 of the odds that the two are one person, as Splink computes it from the model.

    `table` has the rows with their frequencies.
    """
    return _paired(f"{_start(records)} + {_said(lambda _: True)} as weight", pairs, table)


def parted_sql(records: int, pairs: str, table: str) -> str:
    """The pairs with their weight in parts: `rest`, and of the names `folded` and `rarity`, for `spelled`."""
    rarity = " + ".join(
        f"case when l.{c} is null or r.{c} is null then 0 else -log2(greatest(l.tf_{c}, r.tf_{c})) end"
        for c in ("giv", "sur")
    )
    parts = (
        f"{_start(records)} + {_said(lambda name: name not in NAMES)} as rest",
        f"{_said(NAMES.__contains__)} as folded",
        f"{rarity} + greatest({_said(lambda name: name == NAMES[-1])}, 0) as rarity",
    )
    return _paired(", ".join(parts), pairs, table)


def _paired(wanted: str, pairs: str, table: str) -> str:
    return f"select a, b, {wanted} from {pairs} join {table} as l on l.uid = a join {table} as r on r.uid = b"


def with_frequencies_sql(table: str, rarest: float) -> str:
    """`table` with the frequency of each value that the model counts; one never seen before is as rare as the rarest."""
    joined = " ".join(f"left join common_{c} on t.{c} = common_{c}.{c}" for c in COMMON)
    return (
        f"select t.*, {', '.join(f'coalesce(tf_{c}, {rarest}) as tf_{c}' for c in COMMON)} from {table} as t {joined}"
    )


def _start(records: int) -> float:
    return log2(prior(records) / (1 - prior(records)))


def _said(wanted: Callable[[str], bool]) -> str:
    """What the wanted comparisons say of the rows `l` and `r`, in bits."""

    def placed(condition: Condition) -> str:
        return re.sub(r"\b(\w+)_([lr])\b", r"\2.\1", condition.sql)

    terms = []
    for one in MODEL:
        if not wanted(one.name):
            continue
        cases = [f"when {placed(one.nothing)} then 0"]
        for level in one.levels[:-1]:
            worth = str(level.weight)
            if level.common is not None:
                worth = f"log2({level.m} / greatest(l.tf_{level.common}, r.tf_{level.common}))"
            cases.append(f"when {placed(level.when)} then {worth}")
        terms.append(f"case {' '.join(cases)} else {one.levels[-1].weight} end")
    return " + ".join(terms)


def settings(records: int) -> dict[str, Any]:
    """The model as settings of Splink."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "uid",
        "probability_two_random_records_match": prior(records),
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule_sql(rule)} for rule in rules(records)],
        "comparisons": [_comparison(one) for one in MODEL],
    }


def _comparison(one: Compared) -> dict[str, Any]:
    levels: list[dict[str, Any]] = [
        {"sql_condition": one.nothing.sql, "label_for_charts": "nothing to compare", "is_null_level": True}
    ]
    for level in one.levels:
        made = {"sql_condition": level.when.sql, "label_for_charts": level.when.sql, "m_probability": level.m,
                "u_probability": level.u}  # fmt: skip
        if level.common is not None:
            made |= {"tf_adjustment_column": level.common, "disable_tf_exact_match_detection": True}
        levels.append(made)
    return {"output_column_name": one.name, "comparison_levels": levels}
