"""`habeas check --corpus`: many articles, one record a claim, on standard output or in a file."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from habeas.errors import UsageError
from habeas.nouns import Casebook, Verdict
from habeas.pipeline import Begun, Run, begun, check_corpus, extent, records


def cores() -> int:
    """The cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_corpus(corpus: Path, cases: Casebook[Any], *, today: date, out: Path | None, resume: bool, jobs: int) -> int:
    """Check a corpus; the exit code: 1 where some of it could not be read, else 0."""
    run = Run(head=cases.head, audience=cases.audience.__name__.lower(), today=today)
    left = _left(out, run) if resume and out is not None else None
    if left is not None:
        run = left.run
    after = () if left is None else left.done
    tally: Counter[str] = Counter()
    with _target(out, run, left) as stream, _progress(corpus, len(after)) as moved:
        try:
            for outcome in check_corpus(corpus, cases, today=run.today, jobs=jobs, after=after):
                stream.write(outcome.lines)
                stream.flush()
                tally.update(outcome.verdicts)
                tally["articles" if outcome.read else "unread"] += 1
                moved(outcome.passed, tally)
        except KeyboardInterrupt:
            click.echo(f"\n{_said(tally)}; stopped{_how_to_go_on(out)}", err=True)
            raise click.Abort from None
    click.echo(_said(tally), err=True)
    return 1 if tally["unread"] else 0


def _left(out: Path, run: Run) -> Begun:
    left = begun(out)
    if (left.run.head, left.run.audience) != (run.head, run.audience):
        raise UsageError(
            f"{out.name} was begun against record {left.run.head} ({left.run.audience}), and now it is {run.head} "
            f"({run.audience}); begin a new file, so that all its verdicts rest on one record"
        )
    return left


@contextmanager
def _target(out: Path | None, run: Run, left: Begun | None) -> Iterator[IO[bytes]]:
    if out is not None:
        with records(out, run, left) as stream:
            yield stream
        return
    stream = sys.stdout.buffer
    stream.write(run.as_line())
    yield stream


@contextmanager
def _progress(corpus: Path, done: int) -> Iterator[Any]:
    """A moving line on standard error, in a terminal; it tells how far the corpus is passed and what was found."""
    console = Console(stderr=True, highlight=False, markup=False)
    columns = (SpinnerColumn(), BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(f"passing {done:,} done before" if done else "", total=extent(corpus))
        yield lambda passed, tally: bar.update(task, completed=passed, description=_said(tally))


def _said(tally: Counter[str]) -> str:
    claims = sum(tally[v.value] for v in Verdict)
    said = f"{tally['articles']:,} articles, {claims:,} claims, {tally[Verdict.CONTRADICTED.value]:,} contradicted"
    return said + (f", {tally['unread']:,} not read" if tally["unread"] else "")


def _how_to_go_on(out: Path | None) -> str:
    return "" if out is None else f"; what is written is whole: run the same with --resume to go on in {out.name}"
