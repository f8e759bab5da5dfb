"""One piece of work for each of many things, on all cores: results in the order of the things, a few of them at a time."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4  # things a core may be ahead of the one whose result is waited for: memory is bounded by it


def _begin(start: Callable[..., None], given: tuple[Any, ...]) -> None:
    # Ctrl-C reaches every process of the terminal; only the first one decides what to do with it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start(*given)


def in_order(
    work: Callable[[T], R],
    things: Iterable[T],
    *,
    jobs: int,
    start: Callable[..., None],
    given: tuple[Any, ...] = (),
    lost: Callable[[T], R],
) -> Iterator[R]:
    """`work(thing)` for each thing, in their order, `jobs` at a time, each process prepared once by `start(*given)`.

    No more than a few things for each core are taken ahead of the result waited for. A thing whose process dies is tried
    once more alone; where that dies too, its result is `lost(thing)`, and the rest goes on. With one job all is done here.
    """
    if jobs == 1:
        start(*given)
        yield from map(work, things)
        return
    # Spawned on every system: a fork would copy the threads of a progress bar in whatever state they are.
    context = multiprocessing.get_context("spawn")

    def made() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(start, given))

    pool, source = made(), iter(things)
    waiting: deque[tuple[T, Future[R]]] = deque()
    try:
        while True:
            wanted = jobs * _AHEAD - len(waiting)
            waiting.extend((thing, _handed(pool, work, thing)) for thing in islice(source, wanted))
            if not waiting:
                return
            thing, future = waiting.popleft()
            try:
                result = future.result()
            except BrokenProcessPool:
                pool.shutdown()
                result, pool = _alone(work, thing, made, lost)
                waiting = deque((other, _handed(pool, work, other)) for other, _ in waiting)
            yield result
    finally:
        pool.shutdown(cancel_futures=True)


def _handed(pool: ProcessPoolExecutor, work: Callable[[T], R], thing: T) -> Future[R]:
    """What will be the result of a thing; of one handed to a pool that has broken meanwhile, that it has."""
    try:
        return pool.submit(work, thing)
    except BrokenProcessPool as broken:
        future: Future[R] = Future()
        future.set_exception(broken)
        return future


def _alone(
    work: Callable[[T], R], thing: T, made: Callable[[], ProcessPoolExecutor], lost: Callable[[T], R]
) -> tuple[R, ProcessPoolExecutor]:
    """The result of a thing with nothing beside it, and a pool that lives."""
    pool = made()
    try:
        return pool.submit(work, thing).result(), pool
    except BrokenProcessPool:
        pool.shutdown()
        return lost(thing), made()
