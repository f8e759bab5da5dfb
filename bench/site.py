"""Pages a second of the whole site, against a bare Jinja2 loop that writes the same bytes.

usage: site.py [CASES] [--language TAG]

The book is the made-up one of `answers.py`, as known now: exactly so many cases. A *page* is an HTML file. Up to 3,000 cases
each has a page in each language; past that number in one, the first of the book (`--language`), as lists and sources have;
all other pages are there in each language. The site is timed whole: pages, charts, tables, search index.

*Ours* is the first site, on all cores, *again* a second run in which nothing has changed. *Bare* is one template that loops
over the finished lines of a page and prints them, with nothing escaped and nothing looked up, each file written by
`Path.write_bytes`: what Jinja2 and the disk alone take for the same pages on one core. The limits are half of the bare rate by
the clock, 90 s for 100,000 cases and 60 MB for 10,000. Clock and processor are seconds; the processor's are of all processes
and *cores* is how many of them were at work in the mean: on a machine with other work, or where the disk is waited for, fewer
than there are. Memory is the most that was resident in this process, and in the largest of its children, which share most of it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from jinja2 import Environment

from answers import LAST, books
from habeas.nouns import Public
from habeas.publish import publish_site

BARE = "{% for line in lines %}{{ line }}\n{% endfor %}"
LIMIT = 0.5


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("cases", nargs="?", type=int, default=2_000)
    options.add_argument("--language", default="en", help="of the pages of cases in a book of more than 3,000")
    given = options.parse_args()
    _, book = books(given.cases)
    # No statement of it is restricted; it is as known some days after the last of them.
    known = datetime(LAST.year + 1, 1, 5, tzinfo=UTC)
    public = replace(book, audience=Public, last_recorded=known, book=replace(book.book, languages=(given.language,)))
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        files: tuple[Path, ...] = ()

        def publish() -> None:
            nonlocal files
            files = publish_site(public, (), site)  # type: ignore[arg-type]

        times = {"ours": _timed(publish)}
        memory = [resource.getrusage(who).ru_maxrss / 1e6 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        pages = [path for path in files if path.suffix == ".html"]
        _sizes(site, files)
        times["again"] = _timed(publish)
        times["bare"] = _bare(pages, Path(folder) / "bare")
    bare = times["bare"][0]
    heads = ("clock", "processor", "cores", "pages/s", "ms a page", "ms a case", "of bare")
    print("\n" + " " * 8 + "".join(f"{head:>11}" for head in heads))
    for name, (clock, processor) in times.items():
        print(
            f"{name:8}{clock:>11.1f}{processor:>11.1f}{processor / clock:>11.1f}{len(pages) / clock:>11,.0f}"
            f"{processor / len(pages) * 1e3:>11.2f}{processor / given.cases * 1e3:>11.2f}{bare / clock:>11.2f}"
        )
    print(
        f"limits: {LIMIT} of bare, 90 s for 100,000 cases, 60 MB for 10,000; "
        f"memory {memory[0]:.1f} GB, and {memory[1]:.1f} GB in a child\n"
    )


def _timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor in this process and its children."""
    clock, processor = time.perf_counter(), _processor()
    work()
    return time.perf_counter() - clock, _processor() - processor


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def _sizes(site: Path, files: tuple[Path, ...]) -> None:
    """How many files lie where and how large they are, the largest places first."""
    count: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for path in files:
        parts = path.relative_to(site).parts
        parts = parts[1:] if len(parts[0]) == 2 else parts  # the folder of a language
        place = f"{parts[0]}/" if len(parts) > 1 else "lists of cases" if parts[0].startswith("cases") else "other"
        count[place] += 1
        size[place] += path.stat().st_size
    print(f"{'':20}{'files':>10}{'MB':>10}{'KB each':>10}")
    for place, held in size.most_common():
        print(f"{place:20}{count[place]:>10,}{held / 1e6:>10.1f}{held / count[place] / 1e3:>10.1f}")
    print(f"{'all':20}{len(files):>10,}{sum(size.values()) / 1e6:>10.1f}")


def _bare(pages: list[Path], folder: Path) -> tuple[float, float]:
    """Seconds that a bare loop takes to render and write the same bytes."""
    template = Environment(autoescape=False, keep_trailing_newline=True).from_string(BARE)  # noqa: S701 -- finished pages
    folder.mkdir()
    clock = processor = 0.0
    for start in range(0, len(pages), 1_000):
        finished = [p.read_text(encoding="utf-8").removesuffix("\n").split("\n") for p in pages[start : start + 1_000]]

        def write(first: int = start, some: list[list[str]] = finished) -> None:
            for number, lines in enumerate(some, start=first):
                (folder / f"{number}.html").write_bytes(template.render(lines=lines).encode())

        took = _timed(write)
        clock, processor = clock + took[0], processor + took[1]
    return clock, processor


if __name__ == "__main__":
    main()
