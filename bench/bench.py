"""Speed as ratios: each row times ours against a named peer or limit, in one run, in turns.

Ratios are medians over rounds in which both sides run one after the other, for machines are shared and noisy.
"""

from __future__ import annotations

import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from habeas.cases import fold
from habeas.ledger import open_ledger
from habeas.nouns import Keeper, Public
from habeas.pipeline import build, case_id
from habeas.readers import load_book
from habeas.resolve import link

ROOT = Path(__file__).parent.parent
ROUNDS = 5
NOW = datetime(2026, 4, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    measure: str
    ours: float
    against: str
    theirs: float
    reach: str

    def __str__(self) -> str:
        ratio = self.ours / self.theirs
        return (
            f"{self.measure:<52}{self.ours:>9.3f} s{self.theirs:>9.3f} s{ratio:>8.2f}x  {self.reach:<10} {self.against}"
        )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def pair(ours: Callable[[], object], theirs: Callable[[], object]) -> tuple[float, float]:
    """Median seconds of both, run in turns."""
    runs = [(timed(ours), timed(theirs)) for _ in range(ROUNDS)]
    return statistics.median(a for a, _ in runs), statistics.median(b for _, b in runs)


def rows(folder: Path) -> list[Row]:
    book_folder = folder / "belarus"
    shutil.copytree(ROOT / "examples" / "belarus", book_folder)
    book = load_book(book_folder)
    first = timed(lambda: build(book, now=NOW))
    again = timed(lambda: build(book, now=NOW))
    found = [
        Row("build of the example book, from nothing", first, "the limit of 20 s", 20.0, "<= 1"),
        Row("build again, nothing changed", again, "the first build", first, "<= 1"),
    ]
    with open_ledger(book.ledger) as ledger:
        statements = ledger.view(Keeper).statements
        said = [
            {**asdict(s), "valid": str(s.valid), "visibility": s.visibility.value, "recorded": str(s.recorded)}
            for s in statements
        ]
        drafts = [replace(s, retracts=None) for s in statements]
        numbers = iter(range(1000))

        def append() -> None:
            with open_ledger(folder / f"ours-{next(numbers)}.sqlite", create=True) as fresh:
                fresh.append(drafts, recorded=NOW, recorder="bench")

        def plain() -> None:
            connection = sqlite3.connect(folder / f"plain-{next(numbers)}.sqlite")
            connection.execute(f"CREATE TABLE s ({', '.join(said[0])}, PRIMARY KEY (seq))")
            connection.executemany(f"INSERT INTO s VALUES ({', '.join(':' + k for k in said[0])})", said)
            connection.commit()
            connection.close()

        ours, theirs = pair(append, plain)
        found.append(
            Row(f"append {len(said):,} statements, hashed and guarded", ours, "sqlite3 executemany", theirs, "")
        )

        def read() -> None:
            connection = sqlite3.connect(book.ledger)
            connection.execute("SELECT * FROM statement ORDER BY seq").fetchall()
            connection.close()

        ours, theirs = pair(lambda: ledger.view(Public), read)
        found.append(Row(f"view {len(said):,} statements for the public", ours, "sqlite3 SELECT *", theirs, ""))
        view = ledger.view(Keeper)
        links = link(view, book, case_id)
        ours, theirs = pair(lambda: link(view, book, case_id), lambda: ledger.view(Keeper))
        entries = sum(len(p.mentions) for p in links.persons)
        found.append(
            Row(f"link {entries:,} entries to {len(links.persons):,} people", ours, "reading them", theirs, "")
        )
        ours, theirs = pair(lambda: fold(view, links, book), lambda: ledger.view(Keeper))
        found.append(Row("fold to a casebook", ours, "reading the statements", theirs, ""))
    return found


def main() -> None:
    print(f"{'measure':<52}{'ours':>11}{'other':>11}{'ratio':>9}  {'to reach':<10} held against")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder)):
            print(row)


if __name__ == "__main__":
    main()
