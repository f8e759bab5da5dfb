"""Scale as ratios: the record and its columns at 1e5, 1e6 and (--full) 1e7 statements, each row against a named peer.

Both sides of a row run in one process, in turns; a ratio is the median of the rounds' ratios, for machines are shared and
noisy. Beside it stands the ratio of the processor time that both took, all threads together, which no neighbour changes.
`--at N` takes other sizes. What is timed gives the same answer on both sides, or the run stops.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from synthetic import FIRST, LAST, Synthetic, fill

from habeas.ledger import Ledger, open_ledger, tables
from habeas.ledger.columns import Projection
from habeas.ledger.columns.custody import READINGS
from habeas.ledger.keys import Trust
from habeas.nouns import Draft, Public, Statement, Visibility

ROUNDS = 7
KNOWN = datetime(2025, 6, 30, tzinfo=UTC)
DAYS = (LAST - FIRST).days + 1
MOST_VERIFIED = 2_000_000  # past that a record is made of a tenth of it, for its columns only
TIMES = 10
MOST_LOADED = 100_000  # statements in one bulk load


@dataclass(frozen=True)
class Row:
    measure: str
    ours: str
    theirs: str
    ratio: str
    reach: str
    against: str
    processor: str = ""

    def __str__(self) -> str:
        figures = f"{self.ours:>12}{self.theirs:>12}{self.ratio:>10}{self.processor:>10}"
        return f"{self.measure:<58}{figures}  {self.reach:<11}{self.against}"


Times = tuple[float, float]  # seconds on the wall, seconds of the processor


def timed(work: Callable[[], object]) -> Times:
    gc.collect()
    gc.freeze()  # what this bench holds is not looked through again and again
    start, used = time.perf_counter(), time.process_time()
    work()
    found = time.perf_counter() - start, time.process_time() - used
    gc.unfreeze()
    return found


def seconds(value: float) -> str:
    return f"{value * 1e3:,.2f} ms" if value < 1 else f"{value:,.2f} s"


def pair(
    measure: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    reach: str,
    against: str,
    rounds: int = ROUNDS,
) -> Row:
    ours(), theirs()
    return row(measure, [(timed(ours), timed(theirs)) for _ in range(rounds)], reach, against)


def row(measure: str, runs: Sequence[tuple[Times, Times]], reach: str, against: str) -> Row:
    """Medians of rounds of (ours, theirs)."""
    wall, processor = (statistics.median(a[at] / max(b[at], 1e-9) for a, b in runs) for at in (0, 1))
    a, b = (statistics.median(side[0] for side in sides) for sides in zip(*runs, strict=True))
    return Row(measure, seconds(a), seconds(b), f"{wall:.2f}x", reach, against, f"{processor:.2f}x")


def resident() -> float:
    """The most memory this process has held, in GB (`ru_maxrss` would be that of the process that started it, too)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e6


# --- peers ---


def presorted(found: Projection) -> Callable[[], list[Any]]:
    """The same sums over numpy arrays of the winners and their windows, each reading sorted by day beforehand."""
    batch = found.batch(KNOWN)
    sorted_: list[list[tuple[Any, Any, Any]]] = []
    for name in ("adds", "takes"):
        (columns, _), *more = found._side(name)  # noqa: SLF001 -- what is compared with
        assert not more
        order = {r: np.argsort(columns[r], kind="stable") for r in READINGS}
        sorted_.append(
            [tuple(np.ascontiguousarray(columns[c][order[r]]) for c in (r, "since", "until")) for r in READINGS]
        )
    edges = np.arange(FIRST.toordinal(), FIRST.toordinal() + DAYS, dtype=np.int32)

    def count() -> list[Any]:
        added, taken = (
            [
                np.searchsorted(days[(since <= batch) & (until > batch)], edges, side="right")
                for days, since, until in side
            ]
            for side in sorted_
        )
        return [(a - t).tolist() for a, t in zip(added, taken, strict=True)]

    return count


@njit
def _pass(starts: Any, ends: Any, first: int, days: int) -> Any:
    """One pass over the dates of all spells, in compiled code."""
    changes = np.zeros(days + 1, dtype=np.int64)
    for at in range(len(starts)):
        begin, end = starts[at] - first, ends[at] - first
        changes[min(max(begin, 0), days)] += 1
        changes[min(max(end, 0), days)] -= 1
    return np.cumsum(changes[:days])


def one_pass(found: Projection) -> Callable[[], list[Any]]:
    """Each spell's arrest and exit side by side, counted in one compiled pass."""
    (adds, _), *_ = found._side("adds")  # noqa: SLF001
    (takes, _), *_ = found._side("takes")  # noqa: SLF001
    starts = np.ascontiguousarray(adds["best"])
    ends = np.concatenate([takes["best"], np.full(len(starts) - len(takes["best"]), 10_000_000, dtype=np.int32)])
    return lambda: [int(n) for n in _pass(starts, ends, FIRST.toordinal(), DAYS)]


# --- records ---


def filled(path: Path, size: int, keys: Path, *, plain: bool = False) -> int:
    """A record of about so many statements, and how many they are."""
    many = size > MOST_VERIFIED
    with open_ledger(path, create=True, keys=keys) as ledger:
        made = fill(ledger, Synthetic(size // TIMES if many else size, plain=plain))
    if many:
        _say_of_ten(path)
    return made * TIMES if many else made


def _say_of_ten(path: Path) -> None:
    """Say what is said of each entry of ten entries, in the same batches: a record to project, not one to verify."""
    connection = sqlite3.connect(path)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("CREATE TEMP TABLE n AS SELECT value AS ten FROM json_each('[0,1,2,3,4,5,6,7,8,9]')")
    connection.execute("CREATE TEMP TABLE said AS SELECT * FROM statement ORDER BY seq")
    connection.execute("DELETE FROM statement")
    other = {
        "seq": "(seq - 1) * 10 + n.ten + 1",
        "id": "substr(id, 1, 15) || n.ten",
        "subject": "subject || n.ten",
        "retracts": "substr(retracts, 1, 15) || n.ten",
    }
    columns = ", ".join(other.get(c.name, c.name) for c in tables.statement.columns)
    # The cross join keeps the order of the outer table, so rows are added at the end.
    connection.execute(f"INSERT INTO statement SELECT {columns} FROM said CROSS JOIN n")
    for batch, size in connection.execute("SELECT batch, size * 10 FROM head ORDER BY batch DESC").fetchall():
        frontier = bytes(32 * size.bit_count())
        connection.execute("UPDATE head SET size = ?, frontier = ? WHERE batch = ?", (size, frontier, batch))
    connection.commit()
    connection.close()


# --- rows ---


def series_rows(found: Projection, size: int) -> Iterator[Row]:
    theirs = presorted(found)
    ours = found.series(FIRST, LAST, KNOWN)
    assert [ours[r] for r in READINGS] == theirs()
    yield pair(
        f"series of {DAYS:,} days as known on {KNOWN:%Y-%m-%d}, {size:,}",
        lambda: found.series(FIRST, LAST, KNOWN),
        theirs,
        "<= 2.5x",
        "numpy over presorted winners",
    )


def plain_rows(folder: Path, size: int) -> Iterator[Row]:
    made = filled(folder / "plain.sqlite", size, folder / "keys", plain=True)
    with open_ledger(folder / "plain.sqlite") as ledger:
        found = ledger.project(Public)
    theirs = one_pass(found)
    assert found.series(FIRST, LAST)["best"] == theirs()
    yield pair(
        f"the same without competition, {made:,}",
        lambda: found.series(FIRST, LAST, KNOWN),
        theirs,
        "<= 8x",
        "one numba pass over the dates",
    )


_OURS = """
import json, sys, time
from datetime import date, datetime, UTC
from pathlib import Path
from habeas.ledger import open_ledger
from habeas.ledger.columns import Projection
from habeas.nouns import Public
path, first, last, known = Path(sys.argv[1]), *map(date.fromisoformat, sys.argv[2:4]), datetime.fromisoformat(sys.argv[4])
start = time.perf_counter()
with open_ledger(path, keys=Path(sys.argv[6])) as ledger:
    found = ledger.project(Public).series(first, last, known)
print(json.dumps([time.perf_counter() - start, [found[reading] for reading in ("low", "best", "high")]]))
"""
# What anybody would write who has the columns, and needs no proof that they are of this record.
_THEIRS = """
import json, sys, time
from datetime import date
from pathlib import Path
import numpy as np
import polars as pl
folder = Path(sys.argv[1] + "-cache") / "public"
first, last = (date.fromisoformat(day).toordinal() for day in sys.argv[2:4])
batch = int(sys.argv[5])
start = time.perf_counter()
files = json.loads((folder / "page.json").read_bytes())["files"]
def counted(side, reading):
    total = np.zeros(last - first + 1, dtype=np.int64)
    for key, digest in files.items():
        if key.endswith("." + side):
            rows = tables[digest].filter((pl.col("since") <= batch) & (pl.col("until") > batch))
            total += np.searchsorted(np.sort(rows[reading].to_numpy()), np.arange(first, last + 1), side="right")
    return total
tables = {digest: pl.read_ipc((folder / f"{digest[:24]}.arrow").read_bytes()) for digest in files.values()}
found = [(counted("adds", r) - counted("takes", r)).tolist() for r in ("low", "best", "high")]
print(json.dumps([time.perf_counter() - start, found]))
"""


def _cold(script: str, path: Path, keys: Path, batch: int) -> tuple[float, list[list[int]]]:
    """In a process of its own, with nothing of the files in the system's cache where it lets go of them."""
    columns = list(path.with_name(f"{path.name}-cache").rglob("*.arrow"))
    assert columns, "the columns lie elsewhere"
    for file in (path, *columns):
        with file.open("rb") as stream:
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    words = [str(path), FIRST.isoformat(), LAST.isoformat(), KNOWN.isoformat(), str(batch), str(keys)]
    done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, text=True, check=True)
    taken, found = json.loads(done.stdout)
    return taken, found


def cold_rows(path: Path, keys: Path, size: int, batch: int) -> Iterator[Row]:
    runs = []
    for _ in range(5):
        (ours, found), (theirs, same) = _cold(_OURS, path, keys, batch), _cold(_THEIRS, path, keys, batch)
        assert found == same
        runs.append((ours, theirs))
    ratio = statistics.median(a / b for a, b in runs)
    a, b = (statistics.median(side) for side in zip(*runs, strict=True))
    yield Row(
        f"first question on a cold start, {size:,}",
        seconds(a),
        seconds(b),
        f"{ratio:.2f}x",
        "<= 2x",
        "polars: the same columns read, the same days counted",
    )


def load_rows(folder: Path, keys: Path) -> Iterator[Row]:
    drafts = [d for _, some in Synthetic(MOST_LOADED).batches() for d in some]
    numbers = iter(range(1000))
    with open_ledger(folder / "loaded.sqlite", create=True) as ledger:
        ledger.append(drafts, recorded=KNOWN, recorder="bench")
    with sqlite3.connect(folder / "loaded.sqlite") as source:
        rows = source.execute("SELECT * FROM statement ORDER BY seq").fetchall()
        schema = (
            "SELECT sql FROM sqlite_master WHERE tbl_name = 'statement' AND type IN ('table', 'index') AND sql NOTNULL"
        )
        made = [sql for (sql,) in source.execute(schema)]

    def ours() -> None:
        with open_ledger(folder / f"ours-{next(numbers)}.sqlite", create=True, keys=keys) as fresh:
            fresh.append(drafts, recorded=KNOWN, recorder="bench")

    def theirs(schema: list[str]) -> None:
        path = folder / f"theirs-{next(numbers)}.sqlite"
        connection = sqlite3.connect(path)
        for sql in schema:
            connection.execute(sql)
        connection.executemany(f"INSERT INTO statement VALUES ({', '.join('?' * len(rows[0]))})", rows)
        connection.commit()
        connection.close()

    what = f"bulk load of {len(drafts):,}, hashed, signed and guarded"
    yield pair(what, ours, lambda: theirs(made), "<= 2.2x", "sqlite3 executemany, same table and indexes", 5)
    yield pair(what, ours, lambda: theirs(made[:1]), "", "sqlite3 executemany, table without indexes", 5)
    for path in folder.glob("*ours-*"), folder.glob("theirs-*"):
        for file in path:
            file.unlink() if file.is_file() else shutil.rmtree(file)


def commit_rows(folder: Path, keys: Path) -> Iterator[Row]:
    drafts = [d for _, some in Synthetic(6000).batches() for d in some]
    with open_ledger(folder / "commits.sqlite", create=True, keys=keys) as ledger:
        ledger.append(drafts, recorded=KNOWN, recorder="bench")
        waiting = iter(drafts)
        with (folder / "synced").open("wb", buffering=0) as stream:
            page = os.urandom(4096)

            def ours() -> None:
                ledger.append([next(waiting)], recorded=KNOWN, recorder="bench")

            def theirs() -> None:
                stream.write(page)
                os.fdatasync(stream.fileno())

            yield pair("one durable commit of one statement", ours, theirs, "<= 2x", "one fdatasync of 4 KB", 201)


def verify_rows(path: Path, size: int) -> Iterator[Row]:
    with open_ledger(path) as ledger:
        assert ledger.verify(trust=Trust(unsigned=True)) == ()
        with sqlite3.connect(path) as connection:
            names = ", ".join(tables.CONTENT)
            sql = f"SELECT seq, batch, recorded, {names} FROM statement ORDER BY seq LIMIT {MOST_LOADED}"
            contents = connection.execute(sql).fetchall()
        statements = [_statement(c) for c in contents]

        def as_nouns() -> None:
            for s in statements:
                tables.canonical(_content(s))

        def as_rows() -> None:
            for content in contents:
                tables.canonical(content)

        def as_json() -> None:
            for content in contents:
                json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

        for what, theirs, reach in (
            ("canonical JSON of the statements", as_nouns, ">= 0.5x"),
            ("the same by the standard library", as_json, ""),
            ("canonical JSON of rows already read (orjson alone)", as_rows, ""),
        ):
            theirs()
            rates = [
                [tuple(n / t for t in timed(work)) for work, n in ((ledger.verify, size), (theirs, len(contents)))]
                for _ in range(3)
            ]
            wall, processor = (statistics.median(a[at] / b[at] for a, b in rates) for at in (0, 1))
            a, b = (statistics.median(side[0] for side in sides) for sides in zip(*rates, strict=True))
            measure = f"verify, statements a second, {size:,}"
            yield Row(measure, f"{a:,.0f}", f"{b:,.0f}", f"{wall:.2f}x", reach, what, f"{processor:.2f}x")


def _statement(content: tuple[Any, ...]) -> Statement:
    seq, batch, recorded, *said = content
    fields = dict(zip(tables.CONTENT, said, strict=True))
    for name in ("valid_start", "valid_end", "recorder", "visibility"):
        del fields[name]
    return Statement(
        id="", seq=seq, batch=batch, recorded=datetime.fromisoformat(recorded), recorder="bench",
        visibility=Visibility.PUBLIC, **fields,
    )  # fmt: skip


def _content(s: Statement) -> list[Any]:
    """What `append` commits to of a statement."""
    start, end = (None, None) if s.valid is None else (s.valid.start, s.valid.end)
    return [
        s.seq, s.batch, s.recorded.isoformat(), s.subject, s.prop, s.value, s.original, s.lang,
        None if start is None else start.isoformat(), None if end is None else end.isoformat(),
        s.source, s.place, s.published, s.visibility.value, s.retracts, s.reason, s.recorder,
    ]  # fmt: skip


def update_rows(ledger: Ledger, rebuilt: float, size: int) -> Iterator[Row]:
    """Ten times 1,000 new statements, of new people and of such as are on record."""
    subjects = [s.subject for s in ledger.append(_news(0), recorded=datetime.now(UTC), recorder="bench")]
    assert subjects
    runs = []
    for turn in range(1, 6):
        ledger.append(_news(turn), recorded=datetime.now(UTC), recorder="bench")
        runs.append(timed(lambda: ledger.project(Public))[0])
    found = statistics.median(runs)
    yield Row(
        f"1,000 new statements into the projection of {size:,}",
        seconds(found),
        seconds(rebuilt),
        f"1/{rebuilt / found:,.0f}",
        "<= 1/100",
        "making the projection from nothing",
    )


def _news(turn: int) -> list[Draft]:
    made = Synthetic(10**9, seed=1)
    drafts: list[Draft] = []
    number = 0
    while len(drafts) < 1000:
        # Half of them entries of long ago, half new ones.
        drafts += made._spell(number * 37 + turn if number % 2 else 10**8 + turn * 1000 + number)  # noqa: SLF001
        number += 1
    return drafts[:1000]


def look_rows(path: Path, size: int) -> Iterator[Row]:
    """In a process of its own, so that its memory is that of the questions."""
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import scale; scale.ask_all(sys.argv[1])"
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    look, memory = map(float, done.stdout.split())
    yield Row(f"case look-up, {size:,}", seconds(look), "", "", "< 1 ms", "")
    yield Row(f"memory for the questions, {size:,}", f"{memory:.2f} GB", "", "", "<= 2 GB", "")


def ask_all(path: str) -> None:
    """Series, series of one list, and a thousand look-ups; prints the median look-up and the memory held."""
    with open_ledger(Path(path)) as ledger:
        found = ledger.project(Public)
        found.series(FIRST, LAST, KNOWN)
        found.series(FIRST, LAST, KNOWN, "list-1")
        ten = "0" if found.head[0] > MOST_VERIFIED else ""
        subjects = [subject + ten for subject in Synthetic.subjects(1000)]
        assert sum("name" in found.winners(s) for s in subjects) > 900
        looks = [timed_once(lambda s=s: found.winners(s, KNOWN)) for s in subjects]
    print(statistics.median(looks), resident())


def timed_once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def rows(folder: Path, size: int) -> Iterator[Row]:
    keys = folder / "keys"
    path = folder / "record.sqlite"
    made = filled(path, size, keys)
    with open_ledger(path, keys=keys) as ledger:
        rebuilt, _ = timed(lambda: ledger.project(Public))
        found = ledger.project(Public)
        yield from series_rows(found, made)
        batch = found.batch(KNOWN)
    yield from cold_rows(path, keys, made, batch)
    yield from look_rows(path, made)
    if size <= MOST_VERIFIED:
        yield from verify_rows(path, made)
    with open_ledger(path, keys=keys) as ledger:
        yield from update_rows(ledger, rebuilt, made)
    path.unlink()
    yield from plain_rows(folder, size)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also at 1e7: some minutes, and 10 GB of disk")
    parser.add_argument("--at", type=int, action="append", help="statements")
    options = parser.parse_args()
    sizes = options.at or [10**5, 10**6, *([10**7] if options.full else [])]
    heads = f"{'ours':>12}{'other':>12}{'ratio':>10}{'of CPU':>10}"
    print(f"{'measure':<58}{heads}  {'to reach':<11}held against", flush=True)
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        keys = Path(folder) / "keys"
        for found in (*load_rows(Path(folder), keys), *commit_rows(Path(folder), keys)):
            print(found, flush=True)
        for size in sizes:
            place = Path(folder) / str(size)
            place.mkdir()
            for found in rows(place, size):
                print(found, flush=True)
            shutil.rmtree(place)


if __name__ == "__main__":
    main()
