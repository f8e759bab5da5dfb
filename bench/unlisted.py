"""Whether `ask hidden` holds the number in all, where lists tell much of people and where they tell little.

usage: unlisted.py [--seeds N] [--only WHAT] [--truth people.csv]

A population of known size is put on lists by chance, each list in its own spelling; who is who is worked out as a book does
it, from all that the lists say, then without births, then without fathers' names and days of arrest too. A row is a
population and what was taken away: the mean estimate of the log-linear models on the truth, on the lists as linked, and as
it is answered, with how often the 95% hold the true number; and how often the answer from the poorer lists holds that from
the full ones. --truth takes the records of real people (unique_id, cluster, name, dob, year, gender) in place of made-up ones.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).parent))

from link import read
from people import person, pool_of, record

from habeas.answers.hidden import Witnesses, drawn, overlaps
from habeas.dates import PartialDate
from habeas.estimate import as_json, estimate, relinked
from habeas.nouns import Name, OverlapTable
from habeas.resolve.clusters import resolve
from habeas.resolve.judging import Decided, Likeness
from habeas.resolve.mentions import Facts

Row = Mapping[str, str]
FULL: tuple[str, ...] = ()
TAKEN = (FULL, ("dob",), ("dob", "patronymic"), ("dob", "patronymic", "arrest"))


@dataclass(frozen=True)
class World:
    """How many people, of how many surnames (few: many namesakes), and the chance of each list to have one of them."""

    people: int
    surnames: int
    lists: Mapping[str, float]


WORLDS = {
    "rare names": World(500, 9000, {"ru_full": 0.45, "be": 0.4, "en": 0.35, "wd": 0.3}),
    "namesakes": World(500, 60, {"ru_full": 0.45, "be": 0.4, "en": 0.35, "wd": 0.3}),
    "three lists": World(600, 60, {"ru_full": 0.5, "be": 0.35, "en": 0.3}),
    "short lists": World(1200, 200, {"ru_full": 0.25, "be": 0.2, "en": 0.15, "wd": 0.15}),
}


@dataclass(frozen=True)
class Found:
    """An estimate with its ends."""

    best: float
    low: float
    high: float

    def holds(self, n: float) -> bool:
        return self.low <= n <= self.high


def listed(world: World, seed: int) -> list[Row]:
    """Rows of made-up people on the lists of a world."""
    chance = random.Random(seed)
    pool = pool_of(world.surnames, seed)
    rows = []
    for number in range(world.people):
        one = person(chance, pool)
        for style, share in world.lists.items():
            row = record(f"{style}-{number}", f"c{number}", style, chance, one)
            if chance.random() < share:
                rows.append(row)
    return rows


def relisted(records: Sequence[Row], world: World, seed: int) -> list[Row]:
    """Rows of real people, on each list by a record of theirs."""
    chance = random.Random(seed)
    people: dict[str, list[Row]] = {}
    for one in records:
        people.setdefault(one["cluster"], []).append(one)
    rows = []
    for some in people.values():
        for name, share in world.lists.items():
            if chance.random() < share:
                one = chance.choice(some)
                rows.append({**one, "unique_id": f"{name}-{len(rows)}", "lst": name, "arrest": ""})
    return rows


def facts(rows: Sequence[Row], without: Collection[str] = FULL) -> dict[str, Facts]:
    """The rows as a book has them, without what is taken away."""

    def told(row: Row, what: str) -> str:
        return "" if what in without else row.get(what, "")

    def dates(text: str) -> tuple[PartialDate, ...]:
        return (PartialDate.parse(text),) if text else ()

    found = {}
    for number, row in enumerate(rows):
        father = row.get("patronymic", "").split() if "patronymic" in without else ()
        name = " ".join(word for word in row["name"].split() if word not in father)
        born = "" if "dob" in without else row["dob"] or row["year"]
        found[row["unique_id"]] = Facts(
            id=row["unique_id"], seq=number, list_id=row["lst"], names=(Name(text=name, lang=None, statement=""),),
            born=dates(born), detained=dates(told(row, "arrest")),
            sex={"m": "male", "f": "female"}.get(row["gender"][:1]), gone=False, oblique=False,
        )  # fmt: skip
    return found


def table_of(home: Mapping[str, str], rows: Sequence[Row], lists: Sequence[str]) -> tuple[dict[str, int], Witnesses]:
    """The lists that each person is on, a bit for each."""
    on: dict[str, int] = {}
    for row in rows:
        one = home[row["unique_id"]]
        on[one] = on.get(one, 0) | 1 << lists.index(row["lst"])
    return on, Witnesses(origins={one: (one,) for one in lists}, left_out={})


def fitted(table: OverlapTable) -> Found:
    (found,) = as_json(estimate(table, seed=1, methods=("log-linear",), factor=100.0))["methods"]
    return Found(found["estimate"], found["low"], found["high"] or 1e9)


def answered(rows: Sequence[Row], lists: Sequence[str], without: Collection[str], seed: int) -> tuple[Found, Found]:
    """The estimate on the lists as linked, and as it is answered."""
    outcome = resolve(Likeness(facts(rows, without)), Decided())
    home = {one: cluster[0] for cluster in outcome.clusters for one in cluster}
    on, witnesses = table_of(home, rows, lists)
    chances = sorted((home[a], home[b], odds) for a, b, odds in outcome.chances)
    tables = drawn(on, witnesses, chances, seed)
    methods = as_json(estimate(tables[len(tables) // 2], seed=1, methods=("log-linear",), factor=100.0))["methods"]
    linked = fitted(overlaps(on.values(), witnesses))
    if not chances:
        return linked, linked
    (one,) = relinked(tables, methods)["methods"]
    return linked, Found(one["estimate"], one["low"], one["high"])


@dataclass(frozen=True)
class Tried:
    """One population with something taken away."""

    truth: Found
    linked: Found
    answer: Found
    full: Found


def tried(rows: Sequence[Row], lists: Sequence[str], seed: int) -> Iterator[tuple[tuple[str, ...], Tried]]:
    on, witnesses = table_of({row["unique_id"]: row["cluster"] for row in rows}, rows, lists)
    truth = fitted(overlaps(on.values(), witnesses))
    full: Found | None = None
    for without in TAKEN:
        linked, answer = answered(rows, lists, without, seed)
        full = answer if full is None else full
        yield without, Tried(truth, linked, answer, full)


def show(name: str, n: int, without: tuple[str, ...], some: Sequence[Tried]) -> None:
    def told(found: Sequence[Found]) -> str:
        return f"{mean(f.best for f in found):>6.0f} {mean(f.holds(n) for f in found):>5.0%}"

    answers = [one.answer for one in some]
    ends = f"{mean(f.low for f in answers):.0f}-{mean(f.high for f in answers):.0f}"
    print(
        f"{name:<12} {n:>5} {'all' if not without else 'no ' + ', '.join(without):<28}{told([o.truth for o in some])}  "
        f"{told([o.linked for o in some])}  {told(answers)} {ends:>12}"
        f" {mean(o.answer.holds(o.full.best) for o in some):>6.0%}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--only", choices=WORLDS)
    parser.add_argument("--truth", type=Path)
    given = parser.parse_args()
    records = None if given.truth is None else read(given.truth)
    print(
        "people        true  told                         on the truth    as linked       answered          95%    full"
    )
    for name, world in WORLDS.items():
        if given.only not in {None, name}:
            continue
        n = world.people if records is None else len({one["cluster"] for one in records})
        found: dict[tuple[str, ...], list[Tried]] = {without: [] for without in TAKEN}
        for seed in range(1, given.seeds + 1):
            rows = listed(world, seed) if records is None else relisted(records, world, seed)
            for without, one in tried(rows, list(world.lists), seed):
                found[without].append(one)
        for without, some in found.items():
            show(name, n, without, some)


if __name__ == "__main__":
    main()
