"""Every figure of linking that was set out to reach, ours beside the tools there are, in one table.

    python bench/reach.py [FOLDER] [--lists FOLDER] [--records N] [--million]

FOLDER (else HABEAS_TRUTH) holds labelled data: pairs_*.csv (a, b, y, script or kind), people_cyrillic*.csv (unique_id,
cluster and columns of a person list), lists_truth*.csv (file, row, person_key), whose files lie in --lists (else
HABEAS_LISTS). Rows without their data are left out; the others run on names made here. Ours decides at its own
threshold; a peer of names gets the best one of the very pairs it is scored on. Peers that are not installed are left out
(`peers.py` says which there are). --million adds the list of a million rows, which takes some minutes.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from link import matched, read, scored
from peers import Scorer, peers
from people import write

from habeas.dates import PartialDate
from habeas.names import SAME, likelihoods, oblique
from habeas.nouns import Name
from habeas.resolve.clusters import resolve
from habeas.resolve.judging import Decided, Likeness
from habeas.resolve.mentions import Facts
from names import best_threshold, met_often, prf, rate, speeds

CJK = frozenset({"CJK", "HANGUL", "KATAKANA", "HIRAGANA"})


@dataclass(frozen=True)
class Figure:
    """One row of the table."""

    what: str
    reach: str
    ours: str
    theirs: str = ""

    def __str__(self) -> str:
        return f"{self.what:<52} {self.reach:<24} {self.ours:<30} {self.theirs}"


def files(folder: Path | None, pattern: str) -> list[Path]:
    return [] if folder is None else sorted(folder.glob(pattern))


def by_score(scores: Sequence[float], truth: Sequence[bool]) -> float:
    """F1 at the best threshold of these very scores."""
    bar = best_threshold(scores, truth)
    return prf([score >= bar for score in scores], truth)[2]


def pairs(folder: Path | None, others: Mapping[str, Scorer]) -> Iterator[Figure]:
    wanted: dict[str, list[tuple[str, str, Callable[[str], bool]]]] = {
        "world": [
            ("Cyrillic and Latin", ".93", "CYRILLIC".__eq__), ("Arabic", ".82", "ARABIC".__eq__),
            ("CJK", ".62", CJK.__contains__), ("all scripts", ".80", bool),
        ],
        "belarus": [
            ("Cyrillic and Latin", ".96", "CYRILLIC-LATIN".__eq__), ("Latin and Latin", ".96", "LATIN-LATIN".__eq__),
            ("Cyrillic and Cyrillic", ".94", "CYRILLIC-CYRILLIC".__eq__),
        ],
    }  # fmt: skip
    for kind, parts in wanted.items():
        for path in files(folder, f"pairs_{kind}*.csv"):
            rows = read(path)
            asked = [(row["a"], row["b"]) for row in rows]
            ours = likelihoods(asked)
            theirs = {name: work(asked) for name, work in others.items()}
            for what, reach, fits in parts:
                here = [at for at, row in enumerate(rows) if fits(row["script"])]
                truth = [rows[at]["y"] == "1" for at in here]
                p, r, f = prf([ours[at] >= SAME for at in here], truth)
                beside = ", ".join(
                    f"{name} {by_score([s[at] for at in here], truth):.3f}" for name, s in theirs.items()
                )
                yield Figure(f"pairs, {kind}: {what}, F1", reach, f"{f:.3f} (P {p:.3f}, R {r:.3f})", beside)
    for path in files(folder, "pairs_relatives*.csv"):
        rows = read(path)
        asked = [(row["a"], row["b"]) for row in rows]
        true = [row["y"] == "1" for row in rows]
        beside = []
        for name, work in others.items():
            scores = work(asked)
            bar = best_threshold(scores, true)
            beside.append(f"{name} {_relatives([s >= bar for s in scores], true)}")
        ours_said = _relatives([one >= SAME for one in likelihoods(asked)], true)
        yield Figure("relatives accepted / true pairs found", "<= 2% / >= 95%", ours_said, ", ".join(beside))


def _relatives(same: Sequence[bool], true: Sequence[bool]) -> str:
    accepted = [s for s, t in zip(same, true, strict=True) if not t]
    found = [s for s, t in zip(same, true, strict=True) if t]
    return f"{sum(accepted) / len(accepted):.1%} / {sum(found) / len(found):.1%}"


def _dates(*texts: str) -> tuple[PartialDate, ...]:
    found = []
    for text in filter(None, texts):
        try:
            found.append(PartialDate.parse(text))
        except ValueError:
            continue
    return tuple(found)


def in_a_book(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The clusters that a book makes of rows (id, name, born, held, sex, list)."""
    names = {row["id"]: Name(text=row["name"], lang=None, statement="") for row in rows}
    listed: dict[str, list[bool]] = {}
    for row in rows:
        listed.setdefault(row["list"], []).append(oblique(row["name"]))
    bent = {one for one, found in listed.items() if sum(found) >= 2 and sum(found) >= 0.3 * len(found)}
    facts = {
        row["id"]: Facts(
            id=row["id"], seq=number, list_id=row["list"], names=(names[row["id"]],), born=_dates(row["born"]),
            detained=_dates(row["held"]), sex=row["sex"] or None, gone=False, oblique=row["list"] in bent,
        )
        for number, row in enumerate(rows)
    }  # fmt: skip
    return {one: cluster[0] for cluster in resolve(Likeness(facts), Decided()).clusters for one in cluster}


def beside_the_book(rows: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The clusters that `habeas link --records` makes of the same rows."""
    from habeas.readers import read_people
    from habeas.resolve import link_people

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        _write(path, rows)
        return dict(link_people(read_people(path.read_bytes(), file=path, told={})).rows)


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _linked(truth: Mapping[str, str], found: Mapping[str, str]) -> str:
    got = scored(truth, found)
    return f"{got['F1']:.3f} / {got['B3']:.3f} (P {got['P']:.3f})"


def _chained(names: Mapping[str, str], work: Scorer, truth: Mapping[str, str]) -> str:
    """What a scorer of names makes of a list: every pair compared, all above its best threshold joined."""
    ids = sorted(names)
    asked = list(itertools.combinations(ids, 2))
    scores = work([(names[a], names[b]) for a, b in asked])
    best: tuple[float, str] = (-1.0, "")
    for bar in sorted({round(s, 2) for s in scores if s >= 0.5}):
        root = {one: one for one in ids}

        def top(one: str, root: dict[str, str] = root) -> str:
            while root[one] != one:
                one = root[one]
            return one

        for (a, b), s in zip(asked, scores, strict=True):
            if s >= bar:
                root[top(b)] = top(a)
        found = {one: top(one) for one in ids}
        best = max(best, (scored(truth, found)["F1"], _linked(truth, found)))
    return best[1]


def published(folder: Path | None, lists: Path | None, others: Mapping[str, Scorer]) -> Iterator[Figure]:
    if lists is None:
        return
    for path in files(folder, "lists_truth*.csv"):
        kept: dict[str, list[dict[str, str]]] = {}
        rows, truth = [], {}
        for one in read(path):
            if one["sure"] not in {"yes", "probable"}:
                continue
            row = kept.setdefault(one["file"], read(lists / one["file"]))[int(one["row"]) - 1]
            at = f"entry:{one['file']}:{one['row']}"
            rows.append({"id": at, "name": one["printed_name"], "born": "", "sex": "", "held": row["detention_date"],
                         "list": one["file"]})  # fmt: skip
            truth[at] = one["person_key"]
        names = {row["id"]: row["name"] for row in rows}
        beside = ", ".join(f"{name} {_chained(names, work, truth)}" for name, work in others.items())
        reach = "F1 .96, P .98"
        yield Figure("published lists, in a book, F1 / B-cubed", reach, _linked(truth, in_a_book(rows)), beside)
        yield Figure("published lists, link --records", reach, _linked(truth, beside_the_book(rows)))


def people(folder: Path | None) -> Iterator[Figure]:
    for path in files(folder, "people_cyrillic*.csv"):
        listed = read(path)
        truth = {row["unique_id"]: row["cluster"] for row in listed}
        rows = [
            {"id": row["unique_id"], "name": row["name"], "born": row["dob"] or row["year"], "held": "",
             "sex": {"m": "male", "f": "female"}.get(row["gender"][:1], ""), "list": f"list {number}"}
            for number, row in enumerate(listed)
        ]  # fmt: skip
        splink = _ran("splink", path)
        beside = "" if splink is None else f"Splink {splink['F1']:.3f} / {splink['B3']:.3f} (P {splink['P']:.3f})"
        reach = ".90 / .95 (P .98)"
        yield Figure(
            "people_cyrillic, link --records, F1 / B-cubed", reach, _linked(truth, beside_the_book(rows)), beside
        )
        yield Figure("people_cyrillic, in a book", reach, _linked(truth, in_a_book(rows)))


def _ran(way: str, path: Path) -> dict[str, float] | None:
    """One way of `link.py` on a list, in a process of its own; None where it failed or is not installed."""
    asked = [sys.executable, str(Path(__file__).with_name("link.py")), "--run", way, "--list", str(path)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    found: dict[str, float] = json.loads(done.stdout)
    for line in done.stderr.splitlines():
        if line.startswith('{"placed"'):
            found |= json.loads(line)
    return found


def made(records: int, seed: int, f1: str) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        write(records, path, seed)
        title = f"made-up list, {records:,} rows (seed {seed})"
        theirs, ours, placed = (_ran(way, path) for way in ("splink", "ours", "place"))
        if ours is None:
            yield Figure(title, f1, "failed")
            return
        beside = "" if theirs is None else f"Splink {theirs['F1']:.3f} (P {theirs['P']:.3f})"
        yield Figure(f"{title}, F1", f1, f"{ours['F1']:.3f} (P {ours['P']:.3f})", beside)
        ratio = "" if theirs is None else f"{ours['s'] / theirs['s']:.2f}x, "
        beside = "" if theirs is None else f"Splink {theirs['s']:.0f} s, {theirs['GB']:.1f} GB"
        yield Figure("  time and memory", "<= 2x, <= 6 GB", f"{ratio}{ours['s']:.0f} s, {ours['GB']:.1f} GB", beside)
        if placed is not None:
            took = f"{placed['placed']:.2f} s ({placed['cpu']:.2f} s of CPU), F1 {placed['F1']:.3f}"
            yield Figure("  1,000 new rows placed, from the shell", "<= 2 s (into 1M)", took)


def speed(others: Mapping[str, Scorer]) -> Iterator[Figure]:
    likelihoods(met_often(1000, 0))  # the shipped tables are read once
    for what, asked in speeds().items():
        beside = ", ".join(f"{name} {rate(work, asked):,.0f}" for name, work in others.items())
        yield Figure(f"pairs a second, one core: {what}", ">= 50,000", f"{rate(likelihoods, asked):,.0f}", beside)


def figures(given: argparse.Namespace) -> Iterable[Figure]:
    others = peers()
    yield from pairs(given.folder, others)
    yield from published(given.folder, given.lists, others)
    yield from people(given.folder)
    yield from made(given.records, 202, ".90 (P .98)")
    if given.million:
        yield from made(1_000_000, 303, ".85 (P .98)")
    yield from speed(others)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?", default=os.environ.get("HABEAS_TRUTH") or None)
    asked.add_argument("--lists", type=Path, default=os.environ.get("HABEAS_LISTS") or None)
    asked.add_argument("--records", type=int, default=100_000)
    asked.add_argument("--million", action="store_true")
    given = asked.parse_args()
    given.folder, given.lists = (None if one is None else Path(one) for one in (given.folder, given.lists))
    print(Figure("figure", "to reach", "habeas", "others"))
    for figure in figures(given):
        print(figure, flush=True)
    matched()


if __name__ == "__main__":
    main()
