"""Speed of the article checker: pages a second on one core, and names spotted in a large text.

    python bench/reading.py

The peers of the second row are measured where they are installed (`pip install ahocorasick_rs pyahocorasick flashtext`);
all look for the same forms of the same made-up surnames in the same text. Times are of the processor, for machines are
shared.
"""

from __future__ import annotations

import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from habeas.check import check_article, read_article
from habeas.check.mentions import Spotter, declined
from habeas.ledger import open_ledger
from habeas.nouns import Keeper
from habeas.pipeline import build, casebook
from habeas.readers import load_book

ROOT = Path(__file__).parent.parent
ROUNDS = 5
NOW = datetime(2026, 4, 1, tzinfo=UTC)
NAMES = 100_000
MEGABYTES = 8
CONSONANTS, VOWELS = "бвгджзклмнпрстфхцчш", "аеиоуя"


def spent(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def pages(folder: Path) -> None:
    """Milliseconds a page of the example book and of each language of the wordings in the tests."""
    shutil.copytree(ROOT / "examples" / "belarus", folder / "belarus")
    book = load_book(folder / "belarus")
    build(book, now=NOW)
    with open_ledger(book.ledger) as ledger:
        cases = casebook(book, ledger, Keeper)
    texts = {path.stem: path.read_bytes() for path in sorted((book.folder / "articles").glob("*.txt"))}
    for name, data in texts.items():
        article = read_article(Path(name), data, published=date(2025, 12, 14))
        check_article(article, cases, today=NOW.date())
        took = [spent(lambda a=article: check_article(a, cases, today=NOW.date())) for _ in range(ROUNDS)]
        print(
            f"check {name:<32}{len(article.text):>7,} characters{statistics.median(took) * 1000:>9.1f} ms   (to reach: 50 ms)"
        )


def _word(chance: random.Random, low: int, high: int) -> str:
    return "".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(chance.randint(low, high)))


def _text(chance: random.Random, surnames: list[str]) -> str:
    out, size = [], 0
    while size < MEGABYTES * 1_000_000:
        kind = chance.random()
        word = chance.choice(surnames) if kind < 0.01 else _word(chance, 1, 4)
        out.append(word.capitalize() if kind < 0.12 else word)
        size += 2 * len(word) + 1
    return " ".join(out)


def spotting() -> None:
    """Megabytes a second in which the surnames of 100,000 people are found, ours and the peers' in turns."""
    chance = random.Random(1)
    endings = ["ский", "ович", "енко", "ов", "ук", "ик"]
    surnames = [(_word(chance, 2, 4) + chance.choice(endings)).capitalize() for _ in range(NAMES)]
    text = _text(chance, surnames)
    size = len(text.encode()) / 1e6
    forms = sorted({form for surname in surnames for form in declined(surname)})
    low = text.lower()
    spotter = Spotter(f"A {surname}" for surname in surnames)
    runs: dict[str, Callable[[], object]] = {"ours": lambda: sum(1 for _ in spotter.spot(text))}
    try:
        import ahocorasick_rs

        leftmost = ahocorasick_rs.AhoCorasick(forms, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        runs["ahocorasick_rs"] = lambda: leftmost.find_matches_as_indexes(low)
    except ImportError:
        pass
    try:
        import ahocorasick

        automaton = ahocorasick.Automaton()
        for form in forms:
            automaton.add_word(form, form)
        automaton.make_automaton()
        runs["pyahocorasick"] = lambda: sum(1 for _ in automaton.iter_long(low))
    except ImportError:
        pass
    try:
        from flashtext import KeywordProcessor

        processor = KeywordProcessor()
        processor.add_keywords_from_list(forms)
        part = low[: len(low) // 8]
        runs["flashtext (on an eighth)"] = lambda: processor.extract_keywords(part)
    except ImportError:
        pass
    for name, work in runs.items():
        megabytes = size / 8 if name.startswith("flashtext") else size
        took = statistics.median(spent(work) for _ in range(3))
        print(
            f"spot {NAMES:,} names ({len(forms):,} forms)  {name:<28}{megabytes / took:>8.1f} MB/s   (to reach: 200 MB/s)"
        )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pages(Path(folder))
    spotting()


if __name__ == "__main__":
    main()
