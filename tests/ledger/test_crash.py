"""Never lose, never half-write: kill -9 at random points, and several writers at once."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from habeas.ledger import open_ledger
from habeas.nouns import Keeper
from tests.ledger.conftest import NOON, a_draft

KILLS = 300
WRITERS, BATCHES = 8, 12


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="kills with SIGKILL, which this system has not")
def test_killed_writers_lose_nothing_and_leave_no_half(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("crash.py")), str(KILLS), "7"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{KILLS} kills")


def _write(path: str, writer: int) -> int:
    with open_ledger(Path(path)) as ledger:
        for batch in range(BATCHES):
            ledger.append([a_draft(f"{writer}-{batch}-{n}") for n in range(3)], recorded=NOON, recorder=f"w{writer}")
    return writer


def test_eight_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    open_ledger(path, create=True).close()
    with ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn")) as pool:
        assert sorted(pool.map(_write, [str(path)] * WRITERS, range(WRITERS))) == list(range(WRITERS))
    with open_ledger(path) as ledger:
        statements = ledger.view(Keeper).statements
        assert {s.value for s in statements} == {
            f"{w}-{b}-{n}" for w in range(WRITERS) for b in range(BATCHES) for n in range(3)
        }
        assert [s.seq for s in statements] == list(range(1, WRITERS * BATCHES * 3 + 1))
        assert [h.batch for h in ledger.heads()] == list(range(1, WRITERS * BATCHES + 1))
        assert ledger.verify() == ()
