"""Work on many things in order: the same with one process and several, bounded, and past a process that dies."""

import multiprocessing
import os
import time
from collections.abc import Iterator

from habeas.pipeline.together import in_order

_PREPARED: list[int] = []


def prepare(factor: int) -> None:
    _PREPARED[:] = [factor]


def times(n: int) -> int:
    if n == 13 and len(_PREPARED) == 1:
        os._exit(1)
    return n * _PREPARED[0]


def lost(n: int) -> int:
    return -n


def run(things: Iterator[int], jobs: int) -> Iterator[int]:
    return in_order(times, things, jobs=jobs, start=prepare, given=(3,), lost=lost)


def test_results_come_in_order_and_a_thing_that_kills_its_process_is_lost_alone() -> None:
    found = list(run(iter(range(20)), 2))
    assert found == [-n if n == 13 else 3 * n for n in range(20)]


def test_what_is_handed_over_after_a_process_died_is_done_all_the_same() -> None:
    def things() -> Iterator[int]:
        yield 13
        while not multiprocessing.active_children():
            time.sleep(0.01)
        while multiprocessing.active_children():
            time.sleep(0.01)
        yield from range(14, 20)

    assert list(run(things(), 2)) == [-13, *(3 * n for n in range(14, 20))]


def test_no_more_is_taken_than_is_soon_needed() -> None:
    taken = []

    def things() -> Iterator[int]:
        for n in range(14, 10_000):
            taken.append(n)
            yield n

    found = run(things(), 2)
    assert [next(found), next(found)] == [42, 45]
    assert len(taken) <= 10
    found.close()


def test_one_job_is_done_here() -> None:
    assert list(run(iter([1, 2]), 1)) == [3, 6]
    assert _PREPARED == [3]
