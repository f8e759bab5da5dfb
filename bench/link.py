"""Linkage of person lists held against Splink with its usual keys: quality against the truth, time, memory.

usage: link.py [RECORDS] [--seed N] [--list FILE.csv] [--only ours|splink|place|match]
       link.py --fit FILE.csv

Each runs in a process of its own, one after the other, on one made-up list (`people.py`) or on a labelled FILE (columns as
there). `--fit` prints, for each level of the model, how often a labelled list shows it between rows of one person (m), and
between rows of two (u): the numbers that `habeas/resolve/model.py` is made of.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from people import people, write

PLACED = 1000


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def scored(truth: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """Pairwise precision, recall and F1, and B-cubed F1."""

    def pairs(counts: Counter[Any]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    both = Counter((truth[one], found[one]) for one in truth)
    a, b, n = Counter(truth.values()), Counter(found[one] for one in truth), len(truth)
    hits = pairs(both)
    precision, recall = hits / max(pairs(b), 1), hits / max(pairs(a), 1)
    cubed_p = sum(m * m / b[y] for (_, y), m in both.items()) / n
    cubed_r = sum(m * m / a[x] for (x, _), m in both.items()) / n
    return {
        "P": precision, "R": recall, "F1": 2 * precision * recall / max(precision + recall, 1e-9),
        "B3": 2 * cubed_p * cubed_r / (cubed_p + cubed_r),
    }  # fmt: skip


def ours(path: Path) -> dict[str, str]:
    from habeas.readers import read_people
    from habeas.resolve import link_people

    listed = read_people(path.read_bytes(), file=path, told={})
    return dict(link_people(listed).rows)


def splink(path: Path) -> dict[str, str]:
    """Splink as its guide has it: names put into Latin letters, usual keys, trained on the list, connected components."""
    import duckdb
    import pyarrow as pa
    import splink.comparison_library as cl
    from anyascii import anyascii
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    rows = read(path)

    def column(heading: str) -> list[str | None]:
        return [anyascii(row[heading]).lower() if row.get(heading) else None for row in rows]

    table = pa.table({
        "unique_id": [row["unique_id"] for row in rows], "given": column("given"), "surname": column("surname"),
        "dob": [row["dob"] or None for row in rows], "year": [row["year"] or None for row in rows],
        "gender": [row["gender"] or None for row in rows], "city": column("city"), "arrest": [row["arrest"] or None for row in rows],
    })  # fmt: skip
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("given", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("surname", [0.92, 0.8]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("dob", [1, 2]), cl.ExactMatch("year"), cl.ExactMatch("gender"),
            cl.JaroWinklerAtThresholds("city", [0.9]), cl.ExactMatch("arrest"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given", "surname"), block_on("dob", "substr(surname, 1, 2)"), block_on("surname", "year"),
            block_on("given", "year", "substr(surname, 1, 3)"), block_on("arrest", "substr(surname, 1, 2)"),
        ],
    )  # fmt: skip
    api = DuckDBAPI(duckdb.connect())
    linker = Linker(api.register(table), settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match([block_on("given", "surname", "dob")], recall=0.4)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("dob"), block_on("given", "surname")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.5)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(found, threshold_match_probability=0.95)
    return {one["unique_id"]: str(one["cluster_id"]) for one in clusters.as_record_list()}


def place(path: Path) -> dict[str, str]:
    """All rows but the last thousand linked beforehand; prints the seconds that placing those took."""
    from habeas.readers import read_people
    from habeas.resolve import link_people

    rows = read(path)
    random.Random(0).shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        old, new, clusters, index = (Path(folder) / name for name in ("old.csv", "new.csv", "clusters.csv", "index"))
        for part, some in ((old, rows[:-PLACED]), (new, rows[-PLACED:])):
            with part.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, list(rows[0]))
                writer.writeheader()
                writer.writerows(some)
        found = link_people(read_people(old.read_bytes(), file=old, told={}), index=index)
        clusters.write_text(found.text(), encoding="utf-8", newline="")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        command = ["link", "--records", str(new), "--into", str(clusters), "--index", str(index)]
        subprocess.run([sys.executable, "-m", "habeas", *command], check=True, stdout=subprocess.DEVNULL)
        seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        print(json.dumps({"placed": seconds, "cpu": cpu}), file=sys.stderr)
        return {row["unique_id"]: row["cluster"] for row in read(clusters)}


WAYS: Mapping[str, Callable[[Path], dict[str, str]]] = {"splink": splink, "ours": ours, "place": place}


def one(way: str, path: Path) -> None:
    """Run one way in this process and print what it took, as JSON."""
    start = time.perf_counter()
    found = WAYS[way](path)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    cpu = resource.getrusage(resource.RUSAGE_SELF)
    truth = {row["unique_id"]: row["cluster"] for row in read(path)}
    print(json.dumps({**scored(truth, found), "s": seconds, "cpu": cpu.ru_utime + cpu.ru_stime, "GB": peak}))


def matched() -> None:
    """A pasted list of 123 names in mixed scripts against 5,000 cases, from nothing cached."""
    from habeas.dates import Clock
    from habeas.nouns import Book, Case, Casebook, Keeper, Name
    from habeas.resolve import match

    by_person: dict[str, list[str]] = {}
    for row in people(16_000, 3):
        by_person.setdefault(row["cluster"], []).append(row["name"])
    chosen = list(by_person.items())[:5000]
    cases = {
        one: Case(id=one, label=names[0], names=(Name(text=names[0], lang=None, statement="s"),), mentions=(), lists=(),
                  spells=(), events=(), attributes={}, releases=(), statements=())
        for one, names in chosen
    }  # fmt: skip
    book = Book(folder=Path(), title="", country="BY", languages=(), contact="", recorder="", lists=())
    casebook = Casebook(audience=Keeper, book=book, known=None, known_by=Clock.RECORDED, head="", last_recorded=None,
                        cases=cases, releases={}, deals={}, acts=(), measures=(), counts=(), facts=(), lists={},
                        sources={}, statements={}, unsure=(), problems=())  # fmt: skip
    names = [names[1] for _, names in chosen if len(names) > 1][:118]
    names += ["Nobody Known", "Лосік", "Иван", "А. Б.", "Zzyzx"]
    start, cpu = time.perf_counter(), time.process_time()
    found = match(names, casebook)
    seconds, busy = time.perf_counter() - start, time.process_time() - cpu
    fits = Counter(one.fit.value for one in found)
    print(f"match {len(names)} names against {len(cases):,} cases: {seconds:.2f} s ({busy:.2f} s of CPU); {dict(fits)}")


def fit(path: Path) -> None:
    """Print m and u of each level, measured on a labelled list."""
    import re

    import pyarrow as pa

    from habeas.readers import read_people
    from habeas.resolve.engines import connect, load
    from habeas.resolve.model import MODEL
    from habeas.resolve.people import rows_of

    listed = read_people(path.read_bytes(), file=path, told={})
    connection = connect()
    count = load(connection, rows_of(listed))
    truth = [row["cluster"] for row in read(path)]
    connection.register("truth", pa.table({"uid": pa.array(range(count), pa.int32()), "cluster": truth}))
    chance = random.Random(1)
    sample = [(chance.randrange(count), chance.randrange(count)) for _ in range(1_000_000)]
    left, right = zip(*sample, strict=True)
    connection.register("sample", pa.table({"a": pa.array(left, pa.int32()), "b": pa.array(right, pa.int32())}))
    same = "select l.uid a, r.uid b from truth l join truth r on l.cluster = r.cluster and l.uid < r.uid"
    other = "select a, b from sample join truth l on l.uid = a join truth r on r.uid = b where l.cluster <> r.cluster"
    for one in MODEL:
        cases = " ".join(f"when {level.when.sql} then {i}" for i, level in enumerate(one.levels[:-1]))
        case = f"case when {one.nothing.sql} then -1 {cases} else {len(one.levels) - 1} end"
        case = re.sub(r"\b(\w+)_([lr])\b", r"\2.\1", case)
        shares = []
        for pairs in (same, other):
            asked = f"select {case} as level, count(*) from ({pairs}) join rows l on l.uid = a join rows r on r.uid = b"
            counted = dict(connection.execute(f"{asked} group by 1").fetchall())
            counted.pop(-1, None)
            total = max(sum(counted.values()), 1)
            shares.append([counted.get(i, 0) / total for i in range(len(one.levels))])
        print(one.name)
        for level, m, u in zip(one.levels, *shares, strict=True):
            print(f"  {m:9.5f} {u:10.6f}   in the model {level.m:9.5f} {level.u:10.6f}   {level.when.sql[:60]}")


def table(ways: Sequence[str], path: Path, records: int) -> None:
    print(f"{records:,} records   {'P':>7}{'R':>7}{'F1':>7}{'B3':>7}{'s':>9}{'CPU s':>9}{'GB':>6}")
    for way in ways:
        asked = [sys.executable, __file__, "--run", way, "--list", str(path)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{way:<16} failed: {done.stderr.strip().splitlines()[-1]}")
            continue
        got = json.loads(done.stdout)
        figures = "".join(f"{got[key]:7.3f}" for key in ("P", "R", "F1", "B3"))
        print(f"{way:<16}{figures}{got['s']:9.1f}{got['cpu']:9.1f}{got['GB']:6.1f}", flush=True)
        placed = [line for line in done.stderr.splitlines() if line.startswith('{"placed"')]
        if placed:
            took = json.loads(placed[0])
            print(
                f"{'':<16}{PLACED:,} new rows placed in {took['placed']:.2f} s ({took['cpu']:.2f} s of CPU), from the shell"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("records", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--list", type=Path)
    parser.add_argument("--only", choices=[*WAYS, "match"])
    parser.add_argument("--run", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--fit", type=Path)
    asked = parser.parse_args()
    if asked.fit:
        fit(asked.fit)
    elif asked.run:
        one(asked.run, asked.list)
    elif asked.only == "match":
        matched()
    else:
        ways = list(WAYS) if asked.only is None else [asked.only]
        with tempfile.TemporaryDirectory() as folder:
            path = asked.list or Path(folder) / "people.csv"
            if asked.list is None:
                write(asked.records, path, asked.seed)
            table(ways, path, len(read(path)))
        if asked.only is None:
            matched()


if __name__ == "__main__":
    main()
