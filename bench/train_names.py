"""Fits the weights of `habeas.names.likelihood` on pairs of names with truth, and writes the table that is shipped.

    python bench/train_names.py FOLDER        a folder with pairs_*.csv: columns a, b, y (1 same person, 0 not)
    python bench/train_names.py FOLDER --try  fit on two thirds of the names, tell the figures on the rest, write nothing

A third is held out by a hash of the first name, so that no name stands on both sides. Needs numpy.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from habeas.names.align import FEATURES, align, shape
from habeas.names.likelihood import PARTS, TABLED, figures
from habeas.names.parts import parts

WEIGHTS = Path(__file__).parent.parent / "src" / "habeas" / "names" / "weights.csv"
NAMES = (*FEATURES, *PARTS)
PENALTY = 3.0
ROUNDS = 60
Floats = NDArray[np.float64]


def held_out(name: str) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def fit(x: Floats, y: Floats) -> tuple[float, Floats]:
    """Ridge logistic regression by Newton's method on standardised columns; constant and weights of the raw columns."""
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread == 0] = 1.0
    z = np.column_stack([np.ones(len(x)), (x - mean) / spread])
    w = np.zeros(z.shape[1])
    ridge = np.full(z.shape[1], PENALTY)
    ridge[0] = 0.0
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        step = np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + np.diag(ridge + 1e-9), z.T @ (y - p) - ridge * w)
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
    kinds, groups, x, y, held = [], [], [], [], []
    for path in sorted(options.folder.glob("pairs_*.csv")):
        for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
            found = align(shape(row["a"]), shape(row["b"]))
            told = parts(row["a"], row["b"]) if found.kind in TABLED else None
            kinds.append(found.kind)
            groups.append(f"{path.stem.removeprefix('pairs_')} {row.get('script') or row['kind']}")
            x.append(figures(found, told))
            y.append(float(row["y"]))
            held.append(held_out(row["a"]))
    kind, group = np.array(kinds), np.array(groups)
    xs, ys, out = np.array(x), np.array(y), np.array(held)
    chance = np.zeros(len(ys))
    rows = []
    for one in sorted(set(kinds)):
        mine = kind == one
        constant, weights = fit(xs[mine & ~out] if options.trying else xs[mine], ys[mine & ~out] if options.trying else ys[mine])
        chance[mine] = 1 / (1 + np.exp(-np.clip(constant + xs[mine] @ weights, -30, 30)))
        rows.append([one, f"{constant:.4f}", *(f"{w:.4f}" for w in weights)])
    same = chance >= options.threshold
    tested = out if options.trying else np.ones(len(ys), dtype=bool)
    print("held-out third" if options.trying else "all, as fitted")
    for name in (*sorted(set(groups)), None):
        here = tested & ((group == name) if name is not None else np.ones(len(ys), dtype=bool))
        if here.sum() >= 15:
            print(f"{name or 'all':<40}{prf(same[here], ys[here])}")
    bins: dict[int, list[float]] = defaultdict(list)
    for p, truth in zip(chance[tested], ys[tested], strict=True):
        bins[min(int(p * 10), 9)].append(truth)
    print("calibration, share of true pairs by score: " + "  ".join(
        f"{at / 10:.1f}: {np.mean(bins[at]):.2f} ({len(bins[at])})" for at in sorted(bins)
    ))
    if not options.trying:
        with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
            file.write(
                "# Weights of habeas.names.likelihood: one line a kind of writing, one column a figure. Fitted by\n"
                "# bench/train_names.py on pairs of real persons' names from Wikidata and EveryPolitician.\n"
            )
            csv.writer(file, lineterminator="\n").writerows([["kind", "constant", *NAMES], *rows])


if __name__ == "__main__":
    main()
