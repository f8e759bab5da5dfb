"""The worked examples of the docs: real commands, run on the example book, with what they print.

Salts differ from one ledger to the next, so ids of cases and of the record's state are shown as `…`.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from habeas.cli import asking, main
from habeas.pipeline import build, casebook
from habeas.readers import load_book

ROOT = Path(__file__).parent.parent
BUILT_AT = datetime(2026, 4, 1, 12, tzinfo=UTC)
WIDTH = 100
# Set by the tests, which have built the book already.
BOOK: Path | None = None


@lru_cache(maxsize=1)
def book() -> Path:
    """The folder of the example book, built."""
    if BOOK is not None:
        return BOOK
    folder = Path(tempfile.mkdtemp(prefix="habeas-docs-")) / "belarus"
    shutil.copytree(ROOT / "examples" / "belarus", folder)
    os.environ.setdefault("HABEAS_KEYS", str(folder.parent / "keys"))
    build(load_book(folder), now=BUILT_AT)
    return folder


_folded: dict[Any, Any] = {}


def _casebook(opened: Any, ledger: Any, *asked: Any) -> Any:
    """A casebook, folded once for all examples that ask of the same state of knowledge."""
    if asked not in _folded:
        _folded[asked] = casebook(opened, ledger, *asked)
    return _folded[asked]


def example(command: str, *, lines: int = 36) -> str:
    """A command and the first lines that it prints, as a block of text."""
    printed = io.StringIO()
    words = shlex.split(command)
    with (
        patch.object(asking, "casebook", _casebook),
        patch.object(sys, "argv", [*words, "-b", str(book())]),
        patch.dict(os.environ, {"COLUMNS": str(WIDTH)}),
        redirect_stdout(printed),
        redirect_stderr(io.StringIO()),
    ):
        try:
            main()
        except SystemExit as leaving:
            if leaving.code:
                raise RuntimeError(f"{command}: exit code {leaving.code}") from None
    said = re.sub(r"\bC-[a-z2-7]{10}\b", "C-…", printed.getvalue())
    said = re.sub(r"\b\d+:[a-z2-7]{16}\b", "…", said)
    found = [line.rstrip() for line in said.rstrip().splitlines()]
    kept = found[:lines] + (["…"] if len(found) > lines else [])
    return "\n".join(["", "```", f"$ {command}", *kept, "```", ""]) + "\n"
