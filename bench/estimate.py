"""Speed of the estimates against R's Rcapture, dga and LCMCR in one run, where R has them; ours is printed anyway.

Rows are seconds: all hierarchical models, all decomposable graphs on one grid, one step of one chain of the latent
classes. To reach: log-linear and graphs no slower than R, a latent-class step within twice R's.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from habeas.estimate import read_table
from habeas.estimate.graphs import average, decomposable
from habeas.estimate.latent import Sampler
from habeas.estimate.loglinear import search
from habeas.estimate.stepwise import stepwise
from habeas.nouns import OverlapTable

LISTS = Path(__file__).parent.parent / "tests" / "known_answers" / "data" / "lists"
ROUNDS = 3
STEPS = 2_000
CHAINS = 16
GRID = 20_000

# Each prints one number: seconds, or "missing". `file` has the 0/1 columns and `count`.
R: dict[str, str] = {
    "Rcapture": """
      d <- read.csv(file); p <- ncol(d) - 1
      cat(system.time(Rcapture::closedpMS.t(as.matrix(d), dfreq = TRUE))[["elapsed"]])""",
    "dga": """
      d <- read.csv(file); p <- ncol(d) - 1; y <- rep(0, 2^p)
      for (i in seq_len(nrow(d))) y[1 + sum(as.numeric(d[i, 1:p]) * 2^((p:1) - 1))] <- d$count[i]
      graphs <- get(data(list = paste0("graphs", p), package = "dga"))
      cat(system.time(dga::bma.cr(array(y, rep(2, p)), Nmissing = 1:20000, delta = 2^-p, graphs = graphs))[["elapsed"]])""",
    "LCMCR": """
      d <- read.csv(file); p <- ncol(d) - 1
      f <- as.data.frame(lapply(d[1:p], factor, levels = 0:1)); f$Freq <- d$count
      s <- LCMCR::lcmCR(captures = f, tabular = TRUE, K = 5, seed = 1, buffer_size = 4000)
      s$Update(100, output = FALSE); cat(system.time(s$Update(2000, output = FALSE))[["elapsed"]] / 2000)""",
}


def table(name: str) -> OverlapTable:
    found, problems = read_table((LISTS / f"{name}.csv").read_bytes(), name)
    assert found is not None, problems
    return found


def seconds(work: Callable[[], object]) -> float:
    """The fastest of a few rounds: what else the machine does only ever adds."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return min(spent)


def in_r(package: str, name: str) -> float | None:
    """Seconds of R's package, or None where R or the package is not installed."""
    program = shutil.which("Rscript")
    if program is None:
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".R") as script:
        script.write(
            f'file <- "{LISTS / name}.csv"\nif (!requireNamespace("{package}", quietly = TRUE)) quit(status = 3)\n'
        )
        script.write(R[package])
        script.flush()
        done = subprocess.run([program, script.name], capture_output=True, text=True, check=False)
    return float(done.stdout.split()[-1]) if done.returncode == 0 and done.stdout.strip() else None


def row(what: str, ours: float, package: str, name: str) -> None:
    theirs = in_r(package, name)
    against = f"{package}: not installed" if theirs is None else f"{theirs:.6f} s in {package}, {ours / theirs:.2f}x"
    print(f"{what:<58}{ours:>12.6f} s   {against}")


def latent_step(name: str) -> float:
    """Seconds for one step of one chain."""
    sampler = Sampler(table(name), classes=5, chains=CHAINS, seed=1)

    def steps() -> None:
        for _ in range(STEPS):
            sampler.step()

    return seconds(steps) / STEPS / CHAINS


def main() -> None:
    for name, models in (("kosovo", 113), ("uk-5", 6893)):
        found = table(name)
        row(f"log-linear, all {models:,} models, {name}", seconds(lambda t=found: search(t)), "Rcapture", name)  # type: ignore[misc]
    grid = np.arange(1.0, GRID + 1)
    for name in ("kosovo", "uk-5"):
        found = table(name)
        lists = len(found.lists)
        graphs = len(decomposable(lists).cliques)
        work = lambda t=found, d=2.0**-lists: average(t, grid, delta=d)  # noqa: E731
        row(f"graph averaging, {graphs:,} graphs, grid of {GRID:,}, {name}", seconds(work), "dga", name)
    for name in ("kosovo", "manila-unidentified", "caloocan-police"):
        row(f"latent classes, a step of one chain of {CHAINS}, {name}", latent_step(name), "LCMCR", name)
    spent = seconds(lambda: stepwise(table("uk-5"), seed=1))
    print(f"{'stepwise with 1,000 resamples, uk-5':<58}{spent:>12.6f} s")


if __name__ == "__main__":
    main()
