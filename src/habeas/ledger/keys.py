"""Signing keys: made once on a machine, kept apart from every book, never written into one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from habeas.errors import LedgerUnwritable, NotALedger
from habeas.ledger.tables import canonical
from habeas.making import making
from habeas.nouns import Head

_FILE = "signing.key"


def _message(head: Head) -> bytes:
    """The bytes that are signed: everything a head says but the signature."""
    return canonical(
        {
            "book": head.book,
            "batch": head.batch,
            "size": head.size,
            "root": head.root,
            "recorded": head.recorded.isoformat(),
            "key": head.key,
        }
    )


class Signer:
    """Signs heads with this machine's key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key().public_bytes_raw().hex()

    def sign(self, head: Head) -> bytes:
        return self._key.sign(_message(head))


def kept_in(path: Path, make: Callable[[], bytes], what: str) -> bytes:
    """What a file of keys holds; where there is none, `make` makes it: for the owner alone, and whole or not at all.

    Raises:
        LedgerUnwritable: it can be neither read nor written.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with (
                making(path) as draft,
                suppress(FileExistsError),
            ):  # another process was faster; its key is the machine's
                descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "wb") as stream:
                    stream.write(make())
                os.link(draft, path)
        return path.read_bytes()
    except OSError as error:
        raise LedgerUnwritable(f"{what} cannot be kept in {path.parent.name} ({error.strerror})") from None


def _made() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def signer(folder: Path) -> Signer:
    """The signer of this machine; its key (ed25519, PKCS 8) is made in `folder` where there is none yet.

    Raises:
        LedgerUnwritable: the key cannot be written.
        NotALedger: the file is no key.
    """
    path = folder / _FILE
    said = kept_in(path, _made, "the signing key")
    try:
        key = serialization.load_pem_private_key(said, password=None)
    except (ValueError, TypeError):
        raise NotALedger(f"{path.name} is no signing key; restore it, or move it away to make a new one") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise NotALedger(f"{path.name} is no ed25519 key; move it away to make a new one")
    return Signer(key)


def signed(head: Head) -> bool:
    """True where the head carries a signature that its key made."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(head.key)).verify(
            bytes.fromhex(head.signature), _message(head)
        )
    except (InvalidSignature, ValueError):
        return False
    return True
