"""Speed of the article checker: milliseconds a page on one core, and of many pages on all.

    python bench/reading.py

Times of single pages are of the processor, for machines are shared.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from habeas.check import check_article, read_article
from habeas.ledger import open_ledger
from habeas.nouns import Keeper
from habeas.pipeline import build, casebook, check_corpus
from habeas.readers import load_book

ROOT = Path(__file__).parent.parent
ROUNDS = 5
NOW = datetime(2026, 4, 1, tzinfo=UTC)
ARTICLES = 200


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


def corpus(folder: Path) -> None:
    """Milliseconds a page of a corpus, on one core and on all, from a cold start of each process."""
    book = load_book(folder / "belarus")
    with open_ledger(book.ledger) as ledger:
        cases = casebook(book, ledger, Keeper)
    texts = [path.read_text(encoding="utf-8") for path in sorted((book.folder / "articles").glob("*.txt"))]
    lines = [json.dumps({"text": texts[n % len(texts)].partition("---\n")[2]}) for n in range(ARTICLES)]
    (folder / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    for jobs in sorted({1, os.cpu_count() or 1}):
        start = time.perf_counter()
        made = sum(1 for _ in check_corpus(folder / "corpus.jsonl", cases, today=NOW.date(), jobs=jobs))
        took = (time.perf_counter() - start) / made * 1000
        print(f"corpus of {made} articles, {jobs} core{'s' if jobs > 1 else ''}{took:>39.1f} ms a page, on the clock")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pages(Path(folder))
        corpus(Path(folder))


if __name__ == "__main__":
    main()
