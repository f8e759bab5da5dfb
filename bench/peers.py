"""The tools that people compare names with, beside which ours is measured.

rapidfuzz with anyascii is always there. nomenklatura needs PyICU, which must be compiled, so it and uroman live in an
environment of their own: `make peers` makes `.venv/peers` where there is libicu-dev, pkg-config and a compiler;
HABEAS_PEERS names another Python that has them. They are asked there, over a pipe, and timed there; each that is not
installed is left out.

    python bench/peers.py NAME < PAIRS.json     what that environment runs: scores and the seconds of CPU they took
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

Pairs = Sequence[tuple[str, str]]
Scorer = Callable[[Pairs], list[float]]
OTHER = os.environ.get("HABEAS_PEERS") or str(Path(__file__).parent.parent / ".venv" / "peers" / "bin" / "python")


def aligned(romanise: Callable[[str], str]) -> Scorer:
    """Words romanised, then the mean Jaro-Winkler likeness of the best pairs of words, weighed by length."""

    def score(pairs: Pairs) -> list[float]:
        words: dict[str, list[str]] = {}
        for name in itertools.chain.from_iterable(pairs):
            if name not in words:
                words[name] = romanise(name).lower().split()
        return [_best(words[a], words[b]) for a, b in pairs]

    return score


def _best(a: list[str], b: list[str]) -> float:
    if not a or not b:
        return 0.0
    left = sorted(
        ((JaroWinkler.similarity(x, y), i, j) for i, x in enumerate(a) for j, y in enumerate(b)), reverse=True
    )
    taken_a, taken_b, total = set[int](), set[int](), 0.0
    for likeness, i, j in left:
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
            total += likeness * (len(a[i]) + len(b[j]))
    return total / sum(map(len, (*a, *b)))


def _uroman() -> Scorer:
    import uroman

    return aligned(uroman.Uroman().romanize_string)


def _nomenklatura() -> Scorer:
    from followthemoney import model
    from nomenklatura.matching import LogicV2, ScoringConfig

    def score(pairs: Pairs) -> list[float]:
        scores = []
        for number, (a, b) in enumerate(pairs):
            # It remembers by id, so no id may come twice.
            two = [
                model.get_proxy({"id": f"{number}-{at}", "schema": "Person", "properties": {"name": [name]}})
                for at, name in enumerate((a, b))
            ]
            scores.append(LogicV2.compare(*two, ScoringConfig.defaults()).score)
        return scores

    return score


ELSEWHERE: dict[str, Callable[[], Scorer]] = {
    "uroman + Jaro-Winkler": _uroman,
    "nomenklatura logic-v2": _nomenklatura,
}


class Asked:
    """A peer that scores in the other environment; `seconds` is the CPU that the last pairs took, without the start."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.seconds = 0.0

    def __call__(self, pairs: Pairs) -> list[float]:
        asked = [OTHER, __file__, self.name]
        done = subprocess.run(asked, input=json.dumps(list(pairs)), capture_output=True, text=True, check=True)
        said = json.loads(done.stdout)
        self.seconds = said["seconds"]
        return list(said["scores"])


def peers() -> dict[str, Scorer]:
    """Every peer that can be asked."""
    found: dict[str, Scorer] = {"anyascii + Jaro-Winkler": aligned(anyascii)}
    for name in ELSEWHERE if Path(OTHER).is_file() else ():
        try:
            Asked(name)([("Anna", "Hanna")])
        except subprocess.CalledProcessError as error:
            print(f"{name} is left out: {error.stderr.strip().splitlines()[-1]}", file=sys.stderr)
        else:
            found[name] = Asked(name)
    return found


def main() -> None:
    score = ELSEWHERE[sys.argv[1]]()
    pairs = [(a, b) for a, b in json.load(sys.stdin)]
    score([("Alexander", "Aleksandr")])  # tables are read once
    start = time.process_time()
    scores = score(pairs)
    print(json.dumps({"scores": scores, "seconds": time.process_time() - start}))


if __name__ == "__main__":
    main()
