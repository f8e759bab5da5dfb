"""Pages a second of the whole site, against a bare Jinja2 loop that writes the same bytes.

usage: site.py [CASES]

The book is the made-up one of `answers.py`. *Bare* is one template that loops over the finished lines of a page and prints
them, with nothing escaped and nothing looked up, each file written as ours are: what Jinja2 and the disk alone take.
*Again* is a second run in which nothing has changed. Times are by the clock; the limit is half of the bare rate.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from jinja2 import Environment

from answers import books
from habeas.nouns import Public
from habeas.publish import publish_site

BARE = "{% for line in lines %}{{ line }}\n{% endfor %}"
LIMIT = 0.5


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("cases", nargs="?", type=int, default=2_000)
    cases = options.parse_args().cases
    book, _ = books(cases)
    public = replace(book, audience=Public)  # no statement of it is restricted
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        started = time.perf_counter()
        files = publish_site(public, (), site)  # type: ignore[arg-type]
        ours = time.perf_counter() - started
        started = time.perf_counter()
        publish_site(public, (), site)  # type: ignore[arg-type]
        again = time.perf_counter() - started
        pages = [path for path in files if path.suffix == ".html"]
        size = sum(path.stat().st_size for path in files)
        bare = _bare(pages, Path(folder) / "bare")
    rate, other = len(pages) / ours, len(pages) / bare
    print(f"{cases:,} cases: {len(files):,} files, {len(pages):,} pages, {size / 1e6:,.1f} MB")
    print(f"{'':8}{'seconds':>10}{'pages/s':>10}{'of bare':>10}")
    print(f"{'ours':8}{ours:>10.1f}{rate:>10,.0f}{rate / other:>10.2f}   limit {LIMIT}")
    print(f"{'again':8}{again:>10.1f}{len(pages) / again:>10,.0f}{len(pages) / again / other:>10.2f}")
    print(f"{'bare':8}{bare:>10.1f}{other:>10,.0f}{1:>10.2f}")


def _bare(pages: list[Path], folder: Path) -> float:
    """Seconds that a bare loop takes to render and write the same bytes."""
    template = Environment(autoescape=False, keep_trailing_newline=True).from_string(BARE)  # noqa: S701 -- finished pages
    finished = [path.read_text(encoding="utf-8").removesuffix("\n").split("\n") for path in pages]
    folder.mkdir()
    started = time.perf_counter()
    for number, lines in enumerate(finished):
        (folder / f"{number}.html").write_bytes(template.render(lines=lines).encode())
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
