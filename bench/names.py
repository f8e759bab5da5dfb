"""Names beside the tools that people use: quality on pairs with truth, and pairs per second, in one run and in turns.

    python bench/names.py                 speed, on names made here
    python bench/names.py FOLDER          quality too, on the pairs_*.csv of a folder (columns a, b, y, script or kind)

Ours decides at its own threshold. The peers have none, so each gets the best one of the very file it is scored on. Nothing
is kept from one run to the next: every round starts with empty tables. `peers.py` says which peers there are.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from peers import Asked, Pairs, Scorer, peers

from habeas.names import SAME, likelihoods

ROUNDS = 3
PAIRS = 30_000
# Of those as many as a peer gets that takes a thousand times longer than a keystroke.
FEWER = 5_000

# Parts that may be put together freely: names made of them are nobody's.
GIVEN = [
    "Алесь",
    "Алена",
    "Андрэй",
    "Антаніна",
    "Арцём",
    "Багдан",
    "Вольга",
    "Віктар",
    "Вячаслаў",
    "Ганна",
    "Генадзь",
    "Дзмітрый",
    "Дар'я",
    "Ігар",
    "Іван",
    "Ірына",
    "Кацярына",
    "Максім",
    "Марыя",
    "Мікалай",
    "Наталля",
    "Павел",
    "Сяргей",
    "Святлана",
    "Таццяна",
    "Уладзімір",
    "Юлія",
    "Юры",
    "Яўген",
    "Яраслаў",
]
STEMS = [
    "Бар",
    "Вал",
    "Гар",
    "Даў",
    "Жук",
    "Зал",
    "Кав",
    "Лаз",
    "Мар",
    "Нав",
    "Пет",
    "Раз",
    "Саў",
    "Тар",
    "Уш",
    "Фед",
    "Харл",
    "Цым",
    "Чар",
    "Шаб",
    "Кас",
    "Мак",
    "Руд",
    "Сак",
    "Жыл",
    "Бел",
    "Крав",
]
MIDDLES = ["ан", "ар", "эк", "ус", "ам", "ін", "ок", "ыл", "ат", "ул"]
ENDINGS = ["ёнак", "евіч", "овіч", "скі", "ка", "ук", "эйка", "оў", "чык", "еня"]
# Belarusian letters as the passport system spells them; enough to make a second list of the same people.
LATIN = dict(
    zip(
        "абвгдеёжзійклмнопрстуўфхцчшыьэюя'",
        [
            "a",
            "b",
            "v",
            "h",
            "d",
            "e",
            "io",
            "zh",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "y",
            "_",
            "e",
            "iu",
            "ia",
            "_",
        ],
        strict=True,
    )
)


def spelled(name: str) -> str:
    return "".join(LATIN.get(c, c) for c in name.lower()).replace("_", "").title()


def made(people: int, seed: int) -> list[tuple[str, str]]:
    """People nobody knows, each as a Cyrillic and as a Latin list has them."""
    chance = random.Random(seed)
    found = set()
    while len(found) < people:
        surname = chance.choice(STEMS) + chance.choice(MIDDLES) + chance.choice(["", *MIDDLES]) + chance.choice(ENDINGS)
        found.add(f"{chance.choice(GIVEN)} {surname}")
    return [(name, spelled(name)) for name in sorted(found)]


def met_often(pairs: int, seed: int) -> Pairs:
    """What linking compares: each name with some ten of the names whose surname begins alike."""
    people = made(pairs // 10, seed)
    blocks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in people:
        blocks[one[0].split()[1][:2]].append(one)
    found = [(a[0], b[1]) for block in blocks.values() for a, b in itertools.product(block, repeat=2)]
    random.Random(seed).shuffle(found)
    return found[:pairs]


def all_new(pairs: int, seed: int) -> Pairs:
    """Every name is seen once: half of the pairs are one person's, half two neighbours' in the alphabet."""
    people = made(2 * pairs, seed)
    same = people[: pairs // 2]
    rest = people[pairs // 2 : pairs // 2 + 2 * (pairs - pairs // 2)]
    return [*same, *((a[0], b[1]) for a, b in zip(rest[::2], rest[1::2], strict=True))]


def no_word_twice(pairs: int, seed: int) -> Pairs:
    """Every surname is seen once, so that nearly no word is: what no list of real people does."""
    chance = random.Random(seed)
    surnames: dict[str, str] = {}
    while len(surnames) < 2 * pairs:
        parts = [chance.choice(STEMS), *chance.choices(MIDDLES, k=chance.randint(1, 3)), chance.choice(ENDINGS)]
        surnames.setdefault("".join(parts), chance.choice(GIVEN))
    people = [(name, spelled(name)) for name in (f"{given} {surname}" for surname, given in surnames.items())]
    same, rest = people[: pairs // 2], sorted(people[pairs // 2 :])
    return [*same, *((a[0], b[1]) for a, b in zip(rest[::2], rest[1::2], strict=False))][:pairs]


def forget() -> None:
    """Empty every table that our code keeps while it runs; those it ships (`maxsize` 1) stay read."""
    for name in [one for one in sys.modules if one.startswith("habeas.names")]:
        for kept in vars(sys.modules[name]).values():
            if hasattr(kept, "cache_clear") and kept.cache_parameters()["maxsize"] != 1:
                kept.cache_clear()


def rate(work: Scorer, pairs: Pairs) -> float:
    """Pairs per second of one core, the middle of some rounds; a peer in another environment times itself."""
    if isinstance(work, Asked):
        work(pairs[:FEWER])
        return len(pairs[:FEWER]) / work.seconds
    found = []
    for _ in range(ROUNDS):
        forget()
        start = time.process_time()
        work(pairs)
        found.append(len(pairs) / (time.process_time() - start))
    return statistics.median(found)


def speeds() -> dict[str, Pairs]:
    """The pairs that speed is measured on."""
    return {
        "each name meets ten": met_often(PAIRS, 1),
        "every name is new": all_new(PAIRS, 2),
        "every name and surname is new": no_word_twice(PAIRS, 4),
    }


def speed() -> None:
    works: dict[str, Scorer] = {"habeas": likelihoods, **peers()}
    likelihoods(met_often(1000, 0))  # the shipped tables are read once
    kinds = speeds()
    print(f"{'pairs per second, one core, nothing cached':<44}" + "".join(f"{name:>26}" for name in works))
    for kind, pairs in kinds.items():
        shown = "".join(f"{rate(work, pairs):>26,.0f}" for work in works.values())
        print(f"{f'{kind} ({len(pairs):,} pairs)':<44}{shown}")


def prf(same: Sequence[bool], truth: Sequence[bool]) -> tuple[float, float, float]:
    tp = sum(s and t for s, t in zip(same, truth, strict=True))
    p, r = tp / max(sum(same), 1), tp / max(sum(truth), 1)
    return p, r, 2 * p * r / max(p + r, 1e-9)


def best_threshold(scores: Sequence[float], truth: Sequence[bool]) -> float:
    tp, total, best = 0, sum(truth), (0.0, 1.0)
    for at, (score, same) in enumerate(sorted(zip(scores, truth, strict=True), reverse=True), 1):
        tp += same
        best = max(best, (2 * tp / (at + total), score))
    return best[1]


def quality(folder: Path) -> None:
    others = peers()
    print(
        f"\n{'pairs':<36}{'n':>6}{'habeas P':>12}{'R':>8}{'F1':>8}" + "".join(f"{name + ' F1':>28}" for name in others)
    )
    for path in sorted(folder.glob("pairs_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        pairs = [(row["a"], row["b"]) for row in rows]
        truth = [row["y"] == "1" for row in rows]
        groups = [row.get("script") or row["kind"] for row in rows]
        ours = [score >= SAME for score in likelihoods(pairs)]
        theirs = {}
        for name, work in others.items():
            scores = work(pairs)
            bar = best_threshold(scores, truth)
            theirs[name] = [score >= bar for score in scores]
        for group in (*sorted(set(groups)), ""):
            here = [at for at, one in enumerate(groups) if group in (one, "")]
            if len(here) < 40:
                continue
            p, r, f = prf([ours[at] for at in here], [truth[at] for at in here])
            shown = "".join(
                f"{prf([one[at] for at in here], [truth[at] for at in here])[2]:>28.3f}" for one in theirs.values()
            )
            title = f"{path.stem.removeprefix('pairs_')} {group or 'all'}"
            print(f"{title:<36}{len(here):>6}{p:>12.3f}{r:>8.3f}{f:>8.3f}{shown}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("folder", type=Path, nargs="?")
    options = asked.parse_args()
    speed()
    if options.folder is not None:
        quality(options.folder)


if __name__ == "__main__":
    main()
