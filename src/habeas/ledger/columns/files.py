"""Where the columns lie: a folder beside the record, tables in Arrow's file format, and a page that says what they are of.

It is a cache. Each file is named with its SHA-256 on the page, and the page carries its own: what is damaged, missing or of
another record is as if it were not there. In a book with a passphrase every file is sealed before it is written.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from habeas.ledger.tables import canonical
from habeas.ledger.vault import Vault
from habeas.making import write_whole

_PAGE = "page.json"


@dataclass(frozen=True, slots=True)
class Seal:
    """How bytes are sealed and opened again; the context (audience and file) must be the same.

    `open` raises ValueError where the bytes are not what was sealed.
    """

    seal: Callable[[bytes, str], bytes]
    open: Callable[[bytes, str], bytes]


def sealed_with(vault: Vault) -> Seal:
    """Sealed like the rows of a book with a passphrase."""
    return Seal(
        seal=lambda data, context: vault.seal(data, context.encode("utf-8")),
        open=lambda data, context: vault.open(data, context.encode("utf-8")),
    )


class ColumnFiles:
    """The columns of one audience in a folder."""

    def __init__(self, folder: Path, audience: str, seal: Seal | None) -> None:
        self._folder = folder / audience
        self._audience = audience
        self._seal = seal

    def page(self) -> dict[str, Any] | None:
        """What is there, as `put` wrote it; None where nothing is, or something else."""
        try:
            page = json.loads(self._read(_PAGE))
            digest = page.pop("sha256")
        except (OSError, ValueError, AttributeError, KeyError):
            return None
        return page if digest == _digest(canonical(page)) else None

    def put(self, tables: Mapping[str, pl.DataFrame], page: Mapping[str, Any]) -> dict[str, Any]:
        """Write tables, then the page that names them and those it keeps; what it does not name any more goes.

        Raises:
            OSError: it cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder.parent / ".gitignore").write_text("*\n", encoding="ascii")
        files = dict(page["files"])
        for name, table in tables.items():
            stream = io.BytesIO()
            table.write_ipc(stream)
            plain = stream.getvalue()
            files[name] = _digest(plain)
            self._write(f"{files[name][:24]}.arrow", plain)
        said = {**page, "files": files}
        self._write(_PAGE, canonical({**said, "sha256": _digest(canonical(said))}))
        named = {_PAGE, *(f"{digest[:24]}.arrow" for digest in files.values())}
        for path in self._folder.iterdir():
            if path.name not in named and path.suffix != ".part":
                with suppress(OSError):  # another process may still read it, or have taken it away
                    path.unlink()
        return said

    def table(self, digest: str) -> pl.DataFrame | None:
        """A table by its digest; None where it is not there as it was written."""
        name = f"{digest[:24]}.arrow"
        try:
            if self._seal is None:
                # Not held twice in memory.
                with (self._folder / name).open("rb") as stream:
                    same = hashlib.file_digest(stream, "sha256").hexdigest() == digest
                return pl.read_ipc(self._folder / name) if same else None
            plain = self._read(name)
        except (OSError, ValueError):
            return None
        return pl.read_ipc(plain) if _digest(plain) == digest else None

    def _context(self, name: str) -> str:
        return f"columns/{self._audience}/{name}"

    def _read(self, name: str) -> bytes:
        found = (self._folder / name).read_bytes()
        return found if self._seal is None else self._seal.open(found, self._context(name))

    def _write(self, name: str, plain: bytes) -> None:
        """Whole or not at all."""
        data = plain if self._seal is None else self._seal.seal(plain, self._context(name))
        write_whole(self._folder / name, data, mode=0o600)


def _digest(plain: bytes) -> str:
    return hashlib.sha256(plain).hexdigest()
