"""The vault: what is sealed at rest under a random key, and the passphrase that gives the key back.

A book has one data key (256 bits, random). Everything sealed is sealed with it: AES-GCM with a random 96-bit nonce, and
a context that says what it is, so that one sealed thing cannot be put in another's place (NIST SP 800-38D). The data key
is kept wrapped by a key that scrypt (RFC 7914) derives from the passphrase; another passphrase wraps the same key anew.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from habeas.errors import LedgerLocked, NotALedger, UsageError
from habeas.ledger.tables import canonical

_NONCE = 12
_BLOCK = 8  # scrypt's r
_MOST = 2**20  # a damaged file must not ask for more memory than a machine has


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one guess of a passphrase costs: scrypt's n (memory is 1 KiB * n, with r = 8) and p."""

    n: int = 2**17
    p: int = 1


class Vault:
    """Seals and opens with a book's data key; get one from `new` or `unwrap`."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._cipher = AESGCM(key)

    @classmethod
    def new(cls) -> Vault:
        """A vault with a key of its own."""
        return cls(AESGCM.generate_key(256))

    def seal(self, data: bytes, context: bytes) -> bytes:
        """The data sealed: opened again only with the same key and the same context."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, data, context)

    def open(self, sealed: bytes, context: bytes) -> bytes:
        """What was sealed.

        Raises:
            ValueError: it was changed, or sealed with another key or for another context.
        """
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], context)
        except (InvalidTag, ValueError):
            raise ValueError("what was sealed was changed, or belongs to something else") from None

    def wrap(self, passphrase: str, cost: Cost | None = None) -> str:
        """The data key under a passphrase, with all that is needed to derive it but the passphrase itself.

        Raises:
            UsageError: the passphrase is empty.
        """
        if not passphrase.strip():
            raise UsageError("a passphrase cannot be empty")
        cost = cost or Cost()
        how: dict[str, str | int] = {
            "kdf": "scrypt",
            "n": cost.n,
            "r": _BLOCK,
            "p": cost.p,
            "salt": os.urandom(16).hex(),
        }
        nonce = os.urandom(_NONCE)
        kept = nonce + AESGCM(_derived(how, passphrase)).encrypt(nonce, self._key, canonical(how))
        return json.dumps({**how, "key": kept.hex()}, sort_keys=True)


def unwrap(wrapped: str, passphrase: str) -> Vault:
    """The vault whose key was wrapped under a passphrase.

    Raises:
        LedgerLocked: it is another passphrase.
        NotALedger: what was kept is no wrapped key.
    """
    try:
        how = json.loads(wrapped)
        kept = bytes.fromhex(how.pop("key"))
        derived = _derived(how, passphrase)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise NotALedger("the key kept under the passphrase is damaged; restore the ledger from a backup") from None
    try:
        return Vault(AESGCM(derived).decrypt(kept[:_NONCE], kept[_NONCE:], canonical(how)))
    except (InvalidTag, ValueError):
        raise LedgerLocked("this is not the passphrase of this book; nothing was opened") from None


def _derived(how: dict[str, str | int], passphrase: str) -> bytes:
    n, r, p = int(how["n"]), int(how["r"]), int(how["p"])
    if how["kdf"] != "scrypt" or n > _MOST or r > 16 or p > 16:
        raise ValueError("no way of deriving a key that this version knows")
    # One passphrase typed on two keyboards may arrive in two forms of Unicode.
    typed = unicodedata.normalize("NFKC", passphrase).encode("utf-8")
    return Scrypt(salt=bytes.fromhex(str(how["salt"])), length=32, n=n, r=r, p=p).derive(typed)
