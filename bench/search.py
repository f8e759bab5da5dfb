"""Milliseconds from a letter typed to the hits shown, in a browser from file://, against a bare scan of the folded names.

usage: search.py [CASES ...]

The books are the made-up ones of `answers.py`. *Opened* is the page with the search, from its address to its first answer;
each query is typed five times, and the slowest counts. *Bare* is `String.includes` over the names that the page holds, in the
same browser: what a search that knows no spelling would take. The limit for an answer is a tenth of a second, in which a
reader feels no wait (Nielsen 1993, Usability Engineering, ch. 5).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, sync_playwright
from tests.chromium import find

from answers import LAST, books
from habeas.nouns import Public
from habeas.publish import publish_site

LIMIT = 100
TYPED = 5
QUERY = """text => {
    const field = document.getElementById("q");
    field.value = text;
    const start = performance.now();
    field.dispatchEvent(new Event("input"));
    const told = document.getElementById("found").textContent;
    return [performance.now() - start, told];
}"""
BARE = """text => {
    const names = window.habeas.names.toLowerCase().split("\\n");
    const start = performance.now();
    const found = names.filter(name => name.includes(text)).length;
    return [performance.now() - start, found];
}"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("cases", nargs="*", type=int, default=[10_000, 100_000])
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        for cases in options.parse_args().cases:
            with tempfile.TemporaryDirectory() as folder:
                measure(browser.new_page(), cases, Path(folder))
        browser.close()


def measure(page: Page, cases: int, folder: Path) -> None:
    """Prints what one book takes."""
    _, book = books(cases)
    known = datetime(LAST.year + 1, 1, 5, tzinfo=UTC)
    public = replace(book, audience=Public, last_recorded=known, book=replace(book.book, languages=("en",)))
    publish_site(public, (), folder / "site")  # type: ignore[arg-type]
    page.goto((folder / "site" / "cases.html").as_uri())
    page.wait_for_selector("#find:not([hidden])")
    opened = page.evaluate("performance.now()")
    print(
        f"\n{cases:,} cases; opened in {opened:,.0f} ms\n{'typed':28}{'ms':>8}{'of the limit':>14}{'of bare':>10}   found"
    )
    name = str(page.evaluate("window.habeas.names.split('\\n')[0]")).split(" ")[-1]
    wrong = name[:2] + ("x" if name[2:3] != "x" else "y") + name[3:]
    for what, text in (
        ("one letter", name[0]),
        ("three letters", name[:3]),
        ("a surname", name),
        ("a letter wrong", wrong),
        ("nothing", ""),
    ):
        took = [page.evaluate(QUERY, text) for _ in range(TYPED)]
        bare = statistics.median(page.evaluate(BARE, text.lower())[0] for _ in range(TYPED))
        slowest = max(one[0] for one in took)
        print(f"{what:28}{slowest:>8.1f}{slowest / LIMIT:>14.2f}{slowest / max(bare, 0.1):>10.1f}   {took[0][1]}")


if __name__ == "__main__":
    main()
