"""Never lose, never half-write: kill -9 at random points, a server that dies, and several writers at once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from habeas.errors import LedgerError
from habeas.ledger import open_ledger
from habeas.ledger.keys import Trust
from habeas.nouns import Keeper
from tests.contract.conftest import InPostgres, Kind, Place
from tests.contract.server import running
from tests.ledger.conftest import NOON, a_draft

KILLS = {"sqlite": 300, "postgresql": 40}  # a connection to a server takes its time
WRITERS = {"sqlite": 8, "postgresql": 32}
BATCHES = {"sqlite": 12, "postgresql": 4}
PROCESSES = 8


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills with SIGKILL, which this system has not")
def test_killed_writers_lose_nothing_and_leave_no_half(kind: Kind) -> None:
    kills = KILLS[kind.name]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("crash.py")), str(kills), "7", str(kind.place())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{kills} kills")


def _write(place: Place, writer: int, batches: int) -> None:
    with open_ledger(place) as ledger:
        for batch in range(batches):
            ledger.append([a_draft(f"{writer}-{batch}-{n}") for n in range(3)], recorded=NOON, recorder=f"w{writer}")


def _write_as_several(place: Place, process: int, threads: int, batches: int) -> int:
    """Several writers in one process, each with a connection of its own."""
    failed: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            _write(place, writer, batches)
        except BaseException as error:  # noqa: BLE001 -- told below
            failed.append(error)

    writers = [threading.Thread(target=write, args=(process * threads + n,)) for n in range(threads)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    if failed:
        raise failed[0]
    return process


def test_writers_at_once_lose_nothing(kind: Kind) -> None:
    """Eight processes on a file; on a server 32 writers, four in each of eight processes."""
    place, writers, batches = kind.place(), WRITERS[kind.name], BATCHES[kind.name]
    open_ledger(place, create=True).close()
    each = writers // PROCESSES
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        done = pool.map(
            _write_as_several, [place] * PROCESSES, range(PROCESSES), [each] * PROCESSES, [batches] * PROCESSES
        )
        assert sorted(done) == list(range(PROCESSES))
    with open_ledger(place) as ledger:
        statements = ledger.view(Keeper).statements
        assert {s.value for s in statements} == {
            f"{w}-{b}-{n}" for w in range(writers) for b in range(batches) for n in range(3)
        }
        assert [s.seq for s in statements] == list(range(1, writers * batches * 3 + 1))
        assert [h.batch for h in ledger.heads()] == list(range(1, writers * batches + 1))
        assert ledger.verify(trust=Trust(unsigned=True)) == ()


def test_makers_at_once_make_one_record(kind: Kind) -> None:
    place, made = kind.place(), []

    def make() -> None:
        with open_ledger(place, create=True) as ledger:
            made.append(ledger.make_id("x"))

    makers = [threading.Thread(target=make) for _ in range(6)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert (len(made), len(set(made))) == (6, 1)


def test_a_server_that_dies_and_comes_back_has_all_that_was_acknowledged() -> None:
    with running() as server:
        place = InPostgres(server).place()
        with open_ledger(place, create=True) as ledger:
            for number in range(5):
                ledger.append([a_draft(f"Person {number}")], recorded=NOON, recorder="k")
            kept = ledger.heads()
            server.stop()
            with pytest.raises(LedgerError, match=r"the connection was lost|no server answers there"):
                ledger.append([a_draft("Person 6")], recorded=NOON, recorder="k")
            server.start()
            ledger.append([a_draft("Person 6")], recorded=NOON, recorder="k")
            assert ledger.heads()[:5] == kept
            assert ledger.verify(kept, trust=Trust(unsigned=True)) == ()
