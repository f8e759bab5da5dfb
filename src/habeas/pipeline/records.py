"""The file that the records of a corpus go to: begun with what they were made from, closed article by article, gone on with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

import orjson

from habeas.errors import CaptureError, UsageError

_CLOSING = ("article", "problem")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What every record of a file was made from: the state of the record, the audience, and the day called today."""

    head: str
    audience: str
    today: date

    def as_line(self) -> bytes:
        said = {"record": "run", "head": self.head, "audience": self.audience, "today": self.today.isoformat()}
        return orjson.dumps(said) + b"\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A file of records as it was left: the places of the articles that are whole in it, and where the last one ends."""

    run: Run
    done: tuple[str, ...]
    size: int


def begun(target: Path) -> Begun:
    """What a stopped run left. Records of an article that is not closed do not count.

    Raises:
        CaptureError: there is no such file, or it is none of a run.
    """
    try:
        with target.open("rb") as stream:
            run = _run(stream.readline())
            if run is None:
                raise CaptureError(f"{target.name} was not written by `habeas check --corpus`; name another file")
            done, size, at = [], stream.tell(), stream.tell()
            for line in stream:
                at += len(line)
                row = _row(line)
                if row.get("record") in _CLOSING and isinstance(row.get("place"), str):
                    done.append(row["place"])
                    size = at
    except OSError as fault:
        raise CaptureError(f"{target.name} cannot be read: {fault.strerror or fault}") from None
    return Begun(run=run, done=tuple(done), size=size)


def _row(line: bytes) -> dict[str, Any]:
    """A whole line of the file; nothing where it was cut."""
    try:
        row = orjson.loads(line) if line.endswith(b"\n") else None
    except orjson.JSONDecodeError:
        return {}
    return row if isinstance(row, dict) else {}


def _run(line: bytes) -> Run | None:
    row = _row(line)
    try:
        return Run(head=row["head"], audience=row["audience"], today=date.fromisoformat(row["today"]))
    except (KeyError, TypeError, ValueError):
        return None


@contextmanager
def records(target: Path, run: Run, left: Begun | None) -> Iterator[IO[bytes]]:
    """The file open for more records: a new one, or one that goes on where its last whole article ends.

    Raises:
        UsageError: it lies there already, or cannot be written.
    """
    try:
        stream = target.open("xb" if left is None else "r+b")
    except FileExistsError:
        raise UsageError(
            f"{target.name} lies there already; `--resume` goes on where it stopped, or name another file"
        ) from None
    except OSError as fault:
        raise UsageError(f"{target.name} cannot be written: {fault.strerror or fault}") from None
    with stream:
        if left is None:
            stream.write(run.as_line())
        else:
            stream.truncate(left.size)
            stream.seek(0, os.SEEK_END)
        stream.flush()
        yield stream
