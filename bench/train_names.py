"""Fits the weights of `habeas.names.likelihood` on pairs of names with truth, and writes the table that is shipped.

    python bench/train_names.py FOLDER        a folder with pairs_*.csv: columns a, b, y (1 same person, 0 not),
                                              and people_*_dev.csv: columns cluster, name
    python bench/train_names.py FOLDER --try  fit on two thirds of the names, tell the figures on the rest, write nothing

A third is held out by a hash of the first name, so that no name stands on both sides; of people, by a hash of the
cluster. Their pairs are those that share a blocking key: what linking meets. Needs numpy.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from habeas.names import keys, script_of
from habeas.names.align import FEATURES, align, shape
from habeas.names.likelihood import MEETINGS, TABLED, meetings

WEIGHTS = Path(__file__).parent.parent / "src" / "habeas" / "names" / "weights.csv"
NAMES = (*FEATURES, *MEETINGS)
PENALTY = 3.0
# What an example counts for the weights of another kind of writing.
NEIGHBOUR = 0.15
ROUNDS = 60
Floats = NDArray[np.float64]


# Of a person with many spellings, and of the pairs of different people that share a key, only so many are taken.
# A file counts at least as this many pairs, so that a small one is not drowned by a large one.
LEAST = 1000
MOST_OF_ONE, MOST_OF_A_KEY, APART_TO_SAME = 6, 40, 2.0


def shuffled(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def held_out(name: str) -> bool:
    return shuffled(name) % 3 == 0


@dataclass(frozen=True)
class Example:
    a: str
    b: str
    same: bool
    source: str
    group: str
    held: bool


def pairs(path: Path) -> Iterator[Example]:
    for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
        group = f"{path.stem.removeprefix('pairs_')} {row.get('script') or row['kind']}"
        yield Example(row["a"], row["b"], row["y"] == "1", path.stem, group, held_out(row["a"]))


def people(path: Path) -> Iterator[Example]:
    """Pairs of names that share a key, from records with their truth; in one order, whatever the file's."""
    home: dict[str, str] = {}
    for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
        home.setdefault(row["name"], row["cluster"])
    blocks: dict[str, list[str]] = defaultdict(list)
    for name in sorted(home, key=shuffled):
        for key in keys(name):
            blocks[key].append(name)
    met = {(min(a, b), max(a, b)) for names in blocks.values() for a, b in combinations(names[:MOST_OF_A_KEY], 2)}
    taken: Counter[str] = Counter()
    apart: list[Example] = []
    for a, b in sorted(met, key=lambda pair: shuffled("|".join(pair))):
        same = home[a] == home[b]
        scripts = "-".join(sorted({script_of(a), script_of(b)}))
        one = Example(a, b, same, path.stem, f"{path.stem} {scripts}", held_out(min(home[a], home[b])))
        if not same:
            apart.append(one)
        elif taken[home[a]] < MOST_OF_ONE:
            taken[home[a]] += 1
            yield one
    yield from apart[: int(APART_TO_SAME * sum(taken.values()))]


def fit(x: Floats, y: Floats, weight: Floats) -> tuple[float, Floats]:
    """Ridge logistic regression by Newton's method on standardised columns; constant and weights of the raw columns."""
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread == 0] = 1.0
    z = np.column_stack([np.ones(len(x)), (x - mean) / spread])
    w = np.zeros(z.shape[1])
    ridge = np.full(z.shape[1], PENALTY)
    ridge[0] = 0.0
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        step = np.linalg.solve(
            (z * (weight * p * (1 - p))[:, None]).T @ z + np.diag(ridge + 1e-9), z.T @ (weight * (y - p)) - ridge * w
        )
        w += step
        if np.abs(step).max() < 1e-8:
            break
    raw = w[1:] / spread
    return float(w[0] - raw @ mean), raw


def prf(same: NDArray[np.bool_], y: Floats) -> str:
    tp, fp, fn = int((same & (y == 1)).sum()), int((same & (y == 0)).sum()), int((~same & (y == 1)).sum())
    p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return f"n {len(y):>5}  P {p:.3f}  R {r:.3f}  F1 {2 * p * r / max(p + r, 1e-9):.3f}  accepted {same.mean():.3f}"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--try", dest="trying", action="store_true")
    asked.add_argument("--threshold", type=float, default=0.5)
    options = asked.parse_args()
    examples = [one for path in sorted(options.folder.glob("pairs_*.csv")) for one in pairs(path)]
    examples += [one for path in sorted(options.folder.glob("people_*_dev.csv")) for one in people(path)]
    kinds, x = [], []
    for one in examples:
        found = align(shape(one.a), shape(one.b))
        kinds.append(found.kind)
        x.append(found.features + (meetings(found) if found.kind in TABLED else (0.0,) * len(MEETINGS)))
    groups = [one.group for one in examples]
    y, held = [float(one.same) for one in examples], [one.held for one in examples]
    sizes = Counter(one.source for one in examples)
    weight = np.array([max(1.0, LEAST / sizes[one.source]) for one in examples])
    kind, group = np.array(kinds), np.array(groups)
    xs, ys, out = np.array(x), np.array(y), np.array(held)
    tabled = np.isin(kind, sorted(TABLED))
    chance = np.zeros(len(ys))
    rows = []
    for name in sorted(set(kinds)):
        mine = kind == name
        # Latin and Cyrillic names are read by the same table: each kind learns a little from the others.
        near = mine | (tabled if name in TABLED else mine)
        learn = near & ~out if options.trying else near
        own = np.where(mine, weight, NEIGHBOUR * weight)[learn]
        constant, weights = fit(xs[learn], ys[learn], own)
        chance[mine] = 1 / (1 + np.exp(-np.clip(constant + xs[mine] @ weights, -30, 30)))
        if name in TABLED:
            far, by_words = fit(xs[learn][:, : len(FEATURES)], ys[learn], own)
            rows.append([f"far {name}", f"{far:.4f}", *(f"{w:.4f}" for w in by_words), *[""] * len(MEETINGS)])
        rows.append([name, f"{constant:.4f}", *(f"{w:.4f}" for w in weights)])
    same = chance >= options.threshold
    tested = out if options.trying else np.ones(len(ys), dtype=bool)
    print("held-out third" if options.trying else "all, as fitted")
    source = np.array([one.source.removeprefix("pairs_") for one in examples])
    for told in (*sorted(set(groups)), *sorted(set(source.tolist())), None):
        here = tested & ((group == told) | (source == told) if told is not None else np.ones(len(ys), dtype=bool))
        if here.sum() >= 15:
            print(f"{told or 'all':<40}{prf(same[here], ys[here])}")
    bins: dict[int, list[float]] = defaultdict(list)
    for p, truth in zip(chance[tested], ys[tested], strict=True):
        bins[min(int(p * 10), 9)].append(truth)
    print(
        "calibration, share of true pairs by score: "
        + "  ".join(f"{at / 10:.1f}: {np.mean(bins[at]):.2f} ({len(bins[at])})" for at in sorted(bins))
    )
    if not options.trying:
        with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
            file.write(
                "# Weights of habeas.names.likelihood: one line a kind of writing, one column a figure. Fitted by\n"
                "# bench/train_names.py on pairs of real persons' names from Wikidata and EveryPolitician.\n"
            )
            csv.writer(file, lineterminator="\n").writerows([["kind", "constant", *NAMES], *rows])


if __name__ == "__main__":
    main()
