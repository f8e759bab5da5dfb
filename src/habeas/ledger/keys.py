"""Signing keys: made once on a machine, kept apart from every book, never written into one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Row

from habeas.errors import LedgerUnwritable, NotALedger, UsageError
from habeas.ledger.tables import canonical
from habeas.making import making
from habeas.nouns import Head

_FILE = "signing.key"
SIGNERS = "signers"  # a key and whose it is, a line each


def _message(head: Head) -> bytes:
    """The bytes that are signed: everything a head says but the signature."""
    said = {
        "book": head.book,
        "batch": head.batch,
        "size": head.size,
        "root": head.root,
        "recorded": head.recorded.isoformat(),
        "key": head.key,
    }
    return canonical({**said, "state": head.state} if head.state else said)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """What is expected of the heads of a record, said by whoever verifies it and by nothing that lies in it.

    `signers` are public keys (hex) and whose each is; with None any key will do. `unsigned` accepts heads that nobody
    signed, `older` those that vouch for statements alone, as heads did before format 3.
    """

    signers: Mapping[str, str] | None = None
    unsigned: bool = False
    older: bool = False


SIGNED = Trust()


def known_signers(folder: Path) -> dict[str, str]:
    """The keys that a keeper trusts and whose each is: this machine's own, and those in the file `signers` beside it.

    Raises:
        UsageError: a line of the file is not a key (64 hexadecimal digits) and whose it is.
        NotALedger: this machine's own is no key.
    """
    found = {signer(folder).public: "this machine"} if (folder / _FILE).exists() else {}
    path = folder / SIGNERS
    if path.exists():
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, ValueError):
            raise UsageError(f"{SIGNERS}, beside the signing key, cannot be read") from None
        for number, line in enumerate(lines, start=1):
            key, _, name = line.partition("#")[0].strip().partition(" ")
            if key:
                found[public_key(key, f"line {number} of {SIGNERS}")] = name.strip() or key[:16]
    return found


def public_key(said: str, where: str) -> str:
    """A public key as it is written.

    Raises:
        UsageError: it is none.
    """
    key = said.strip().lower()
    if len(key) != 64 or set(key) - set("0123456789abcdef"):
        raise UsageError(f"{where}: {said[:20]} is no public key, which has 64 hexadecimal digits (docs/ledger.md)")
    return key


def untrusted(heads: Sequence[Row[Any]], trust: Trust) -> Iterator[tuple[str, str]]:
    """What is not as expected of the heads of a record, in order, and what to do."""
    unsigned = [head.batch for head in heads if not head.key]
    if unsigned and not trust.unsigned:
        yield (
            f"the head of batch {unsigned[0]} is not signed: whoever has the record can have made it",
            "If it was always so, say --unsigned; else restore the ledger from a backup, or a copy that verifies.",
        )
    strangers: dict[str, list[int]] = {}
    for head in heads:
        if head.key and trust.signers is not None and head.key not in trust.signers:
            strangers.setdefault(head.key, []).append(head.batch)
    for key, batches in strangers.items():
        what = f"{_of(batches)} signed by a key that is not known here: {key}"
        do = f"Ask whose it is, on another way than this record; if a colleague's, write `{key} NAME` into the file"
        yield what, f"{do} {SIGNERS} beside your signing key, or say --signer {key}."
    if heads and not heads[-1].state and not trust.older:
        yield (
            "it is of an older format: its heads vouch for its statements, not for what was erased, suppressed or sealed",
            "`habeas build` brings it to this one; look first whether those are as they should be.",
        )


def _of(batches: Sequence[int]) -> str:
    if len(batches) == 1:
        return f"the head of batch {batches[0]} is"
    return f"{len(batches)} heads, the first of batch {batches[0]}, are"
