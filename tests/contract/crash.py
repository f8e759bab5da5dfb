"""kill -9 at random points while a child writes; run as a program: `python crash.py ROUNDS SEED [PLACE]`.

Each round forks a child that appends batches and acknowledges each on a pipe after `append` has returned, kills it, opens
the ledger again, and checks: every acknowledged batch is there whole, nothing partial is, and the record verifies.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from habeas.ledger import open_ledger
from habeas.ledger.keys import Trust
from habeas.nouns import Draft, Keeper, Visibility

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def drafts(number: int) -> list[Draft]:
    """A batch whose size follows from its number, so that a part of it would show."""
    return [
        Draft(
            subject=f"entry:a:{number}-{n}",
            prop="note",
            value=f"batch {number}",
            source="list:a",
            visibility=Visibility.TEAM,
        )
        for n in range(number % 7 + 1)
    ]


def write(place: Path | str, pipe: int) -> None:
    with open_ledger(place) as ledger:
        head = ledger.head()
        number = 0 if head is None else head.batch
        while True:
            number += 1
            ledger.append(drafts(number), recorded=NOON, recorder="k")
            os.write(pipe, number.to_bytes(4, "big"))


def acknowledged(pipe: int) -> int:
    """The last batch the child said was recorded."""
    data = b""
    while chunk := os.read(pipe, 65536):
        data += chunk
    whole = len(data) // 4 * 4
    return int.from_bytes(data[whole - 4 : whole], "big") if whole else 0


def rounds(place: Path | str, count: int, seed: int) -> int:
    chance = random.Random(seed)
    last = 0
    for turn in range(count):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                write(place, writing)
            finally:
                os._exit(1)
        os.close(writing)
        os.read(reading, 4)  # it is writing now
        time.sleep(chance.uniform(0, 0.02))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said = acknowledged(reading) or last + 1
        os.close(reading)
        with open_ledger(place) as ledger:
            heads = ledger.heads()
            there = heads[-1].batch if heads else 0
            assert there >= max(said, last), (
                f"round {turn}: batch {max(said, last)} was acknowledged, {there} are there"
            )
            sizes = [0, *(h.size for h in heads)]
            wrong = [b for b, (a, z) in enumerate(zip(sizes, sizes[1:], strict=False), start=1) if z - a != b % 7 + 1]
            assert not wrong, f"round {turn}: batch {wrong[0]} is there in part"
            if turn % 25 == 0 or turn == count - 1:
                assert ledger.verify(trust=Trust(unsigned=True)) == (), (
                    f"round {turn}: {ledger.verify(trust=Trust(unsigned=True))[0]}"
                )
                assert len(ledger.view(Keeper).statements) == sizes[-1]
        last = there
    assert last >= count, f"only {last} batches were written in {count} rounds: nothing was killed at work"
    return last


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        place = sys.argv[3] if len(sys.argv) > 3 else Path(folder) / "ledger.sqlite"
        open_ledger(place, create=True).close()
        written = rounds(place, count, seed)
    print(f"{count} kills, {written} batches written, nothing acknowledged was lost, nothing was half-written")


if __name__ == "__main__":
    main()
