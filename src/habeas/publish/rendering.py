"""Many files at once: the work is cut into jobs, and each core takes the next one that is left.

Whoever makes a file keeps it at once; only names go from one process to another. What is read by all jobs is made before
they begin: forked processes share it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from habeas.publish.write import Put

_GIVE_WAY = 10  # how much nicer than this process the others are
_SELDOM = 100_000  # new objects between two collections of garbage; 700 otherwise

Job = Callable[[], Iterable[tuple[str, bytes]]]  # files: path and bytes

# What forked processes work on; set before they begin, so that no more than a number is handed to them.
_work: tuple[Sequence[Job], Put] | None = None


def _done(number: int) -> list[str]:
    assert _work is not None
    jobs, put = _work
    return [put(name, content) for name, content in jobs[number]()]


def put_all(own: Iterable[tuple[str, bytes]], jobs: Sequence[Job], put: Put, *, on_all_cores: bool) -> Iterator[str]:
    """Put the files of `own` in this process and those of the jobs in any, and give back their names.

    Jobs go to all cores where asked to and where the system forks. The longest should come first: the short ones then fill
    what is left of each core's time.
    """
    global _work  # noqa: PLW0603 -- how a forked process finds what it is to do
    cores = os.cpu_count() or 1
    _work = (jobs, put)
    try:
        with _settled():
            if on_all_cores and cores > 1 and "fork" in multiprocessing.get_all_start_methods():
                # They give way to this process: what it makes cannot be shared out, and would end last.
                with multiprocessing.get_context("fork").Pool(cores, os.nice, (_GIVE_WAY,)) as pool:
                    theirs = pool.imap_unordered(_done, range(len(jobs)))
                    yield from (put(name, content) for name, content in own)
                    for names in theirs:
                        yield from names
            else:
                yield from (put(name, content) for name, content in own)
                for number in range(len(jobs)):
                    yield from _done(number)
    finally:
        _work = None


@contextmanager
def _settled() -> Iterator[None]:
    """What exists already is left out of garbage collection, and what is new is looked through seldom: both stay.

    Looking through it again and again would take a fifth of the time that a page takes.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
