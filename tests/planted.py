"""Planted values, looked for in every byte of a folder in every form in which they might lie there."""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from anyascii import anyascii


def forms(secret: str) -> set[bytes]:
    """A text in the encodings of files, in Latin letters, in hex, and in base64 at each alignment."""
    found = set()
    for text in {secret, anyascii(secret), secret.upper(), secret.casefold()}:
        for code in ("utf-8", "utf-16-le", "utf-16-be", "cp1251"):
            try:
                plain = text.encode(code)
            except UnicodeEncodeError:
                continue
            found |= {plain, plain.hex().encode()}
            for shift in range(3):
                # The first and last letters of base64 hang on what stands beside the text.
                found.add(base64.b64encode(b"\0" * shift + plain)[4 if shift else 0 : -4])
    return {form for form in found if len(form) >= 4}


def found_in(folder: Path, secrets: Iterable[str]) -> set[tuple[str, str]]:
    """(file, secret) for each planted value that lies in the folder, as a file's name or in its bytes."""
    known = {secret: forms(secret) for secret in secrets}
    found = set()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.name.encode() + b"\n" + path.read_bytes()
        found |= {(path.name, s) for s, some in known.items() if any(form in data for form in some)}
    return found


def damage(path: Path, *commands: str) -> None:
    """Change a ledger past its guards, as somebody would who knows SQLite: they are there again afterwards."""
    with closing(sqlite3.connect(path)) as raw:
        guards = raw.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid").fetchall()
        for name, _ in guards:
            raw.execute(f"DROP TRIGGER {name}")
        for command in commands:
            raw.execute(command)
        for _, guard in guards:
            raw.execute(guard)
        raw.commit()
