"""The key of a book's ids: kept beside the signing key, outside every book, one for each book.

A row's id is a keyed hash, so a name cannot be tried against it without the key, and a ledger made anew from the same
inputs has the same ids. The ledger itself holds no more than a mark of the key, by which a wrong one is told.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from habeas.errors import LedgerError, LedgerLocked, LedgerUnwritable
from habeas.ledger.keys import kept_in
from habeas.ledger.vault import Vault, unwrap
from habeas.making import write_whole

MARK = "kept:"  # with the key's fingerprint, what stands in the ledger in place of a salt
_CONTEXT = b"key of the ids"


def fingerprint(secret: bytes) -> str:
    """What tells which key it is, and nothing of the key."""
    return hmac.new(secret, b"which key makes the ids", hashlib.sha256).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class IdKeys:
    """The keys of ids on this machine, and which of them is this book's.

    `folder` is that of the signing key, `book` the book's own id. `asked` gives the passphrase of a book whose key lies
    sealed under it.
    """

    folder: Path
    book: str
    asked: Callable[[], str | None] | None = None

    @property
    def path(self) -> Path:
        return self.folder / "ids" / f"{self.book}.key"

    @property
    def _sealed(self) -> Path:
        return self.path.with_suffix(".sealed")

    def find(self, wanted: str) -> bytes | None:
        """The key with this fingerprint, under whatever name it lies; None where it is not here or cannot be opened."""
        plain = next((secret for _, secret in self._plain() if fingerprint(secret) == wanted), None)
        if plain is not None or not self._sealed.exists():
            return plain
        opened = self._opened()
        return opened if opened is not None and fingerprint(opened) == wanted else None

    def own(self, pinned: str = "") -> tuple[bytes, bool]:
        """The book's key, and whether it was made just now; `pinned` is the fingerprint that the book asks for.

        Raises:
            LedgerError: the key that the book asks for is not here.
            LedgerLocked: it is sealed, and the passphrase was not given.
            LedgerUnwritable: it cannot be kept.
        """
        if pinned:
            found = self.find(pinned)
            if found is None:
                raise LedgerError(missing(self.path.name, pinned))
            return found, False
        if not self.path.exists() and self._sealed.exists():
            opened = self._opened()
            if opened is None:
                raise LedgerLocked(
                    f"the key of this book's ids is sealed in {self._sealed.name}: it needs the passphrase"
                )
            return opened, False
        there = self.path.exists()
        made = kept_in(self.path, lambda: secrets.token_hex(32).encode(), "the key of the ids")
        return _read(made, self.path), not there

    @property
    def kept(self) -> bool:
        """True where the book has a key here, in the plain or sealed."""
        return self.path.exists() or self._sealed.exists()

    def adopt(self, secret: bytes) -> None:
        """Keep the salt of an older ledger as the book's key, where it has none: made anew, the ledger has the same ids."""
        if not self.kept:
            with suppress(LedgerUnwritable):
                kept_in(self.path, lambda: secret.hex().encode(), "the key of the ids")

    def seal(self, wrapped: str, vault: Vault, secret: bytes) -> Callable[[], None]:
        """Keep the key under the book's passphrase; what is returned takes away the plain one, under whatever name it lies.

        Raises:
            LedgerUnwritable: it cannot be written.
        """
        said = json.dumps({"wrapped": wrapped, "key": vault.seal(secret, _CONTEXT).hex(), "mark": fingerprint(secret)})
        try:
            self._sealed.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(self._sealed, said.encode(), mode=0o600)
        except OSError as error:
            raise LedgerUnwritable(f"the key of the ids cannot be kept sealed ({error.strerror})") from None
        return partial(self._forget, secret)

    def _forget(self, secret: bytes) -> None:
        for path, plain in self._plain():
            if plain == secret:
                path.unlink(missing_ok=True)

    def _plain(self) -> list[tuple[Path, bytes]]:
        """Every key that lies here in the plain and can be read, with where it lies."""
        found = []
        for path in sorted(self.path.parent.glob("*.key")):
            with suppress(OSError, LedgerError):
                found.append((path, _read(path.read_bytes(), path)))
        return found

    def _opened(self) -> bytes | None:
        """The key that lies sealed; None where the passphrase is not given."""
        said = None if self.asked is None else self.asked()
        if said is None:
            return None
        path = self._sealed
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            return unwrap(kept["wrapped"], said).open(bytes.fromhex(kept["key"]), _CONTEXT)
        except (OSError, ValueError, KeyError, TypeError):
            raise LedgerError(f"{path.name} is damaged; restore it from a copy") from None


def missing(name: str, wanted: str) -> str:
    """The sentence for a key that is not on this machine; `name` is that of its file."""
    return (
        f"the key that makes the ids of this book ({wanted}) is not on this machine: bring ids/{name} from the keys of"
        " whoever keeps the book (docs/linking.md); without it nothing is given an id, for it would be another one, and"
        " nothing is published, for nobody can tell who was erased"
    )


def _read(said: bytes, path: Path) -> bytes:
    try:
        secret = bytes.fromhex(said.decode("ascii").strip())
    except ValueError:
        secret = b""
    if len(secret) < 16:
        raise LedgerError(f"{path.name} is no key of ids; restore it from a copy")
    return secret
