"""What a book keeps beside its passphrase: the wrapped key, the sealed salt, and who is who by ids alone.

The salt makes the ids. Beside it a list of names could be tried against them, so in a book with a passphrase it is sealed.
"""

from __future__ import annotations

import json

from sqlalchemy import Connection, select, update

from habeas.errors import LedgerLocked, NotALedger
from habeas.ledger import tables
from habeas.ledger.vault import Vault
from habeas.nouns import Links, Pair, Person, Same

WRAPPED, _SALT, _LINKS, _SCRUB = "wrapped", "salt", "links", "scrub"
SEALED_SALT = "sealed"  # what stands in the book's own row then
_SALT_CONTEXT = b"salt of the ids"
_WRAPPED_KEY = select(tables.vault.c.key).where(tables.vault.c.key == WRAPPED)  # made once: every commit asks it


def read(connection: Connection) -> dict[str, str]:
    """What is kept, by key."""
    return {row.key: row.value for row in connection.execute(select(tables.vault))}


def keep(connection: Connection, key: str, value: str) -> None:
    """Keep a value in place of the one before."""
    changed = connection.execute(update(tables.vault).where(tables.vault.c.key == key).values(value=value))
    if changed.rowcount == 0:
        connection.execute(tables.vault.insert(), {"key": key, "value": value})


def seal_salt(connection: Connection, vault: Vault, salt: bytes) -> None:
    """Take the salt out of the plain and keep it sealed."""
    keep(connection, _SALT, vault.seal(salt, _SALT_CONTEXT).hex())
    connection.execute(update(tables.book).where(tables.book.c.key == "salt").values(value=SEALED_SALT))


def open_salt(kept: dict[str, str], vault: Vault) -> bytes:
    """The salt.

    Raises:
        NotALedger: it is damaged.
    """
    try:
        return vault.open(bytes.fromhex(kept[_SALT]), _SALT_CONTEXT)
    except (KeyError, ValueError, TypeError):
        raise NotALedger("the sealed salt of the book is damaged; restore the ledger from a backup") from None


def check_state(connection: Connection, vault: Vault | None) -> None:
    """Refuse to write to a book that another program has locked since it was opened.

    Raises:
        LedgerLocked: it has.
    """
    if vault is None and connection.execute(_WRAPPED_KEY).first() is not None:
        raise LedgerLocked("the book was given a passphrase meanwhile: nothing was written; run again with it")


def scrub_due(connection: Connection, *, due: bool) -> None:
    """Remember that plain bytes of what was sealed may still lie in the file, until they are scrubbed."""
    keep(connection, _SCRUB, "due" if due else "done")


def is_scrub_due(kept: dict[str, str]) -> bool:
    return kept.get(_SCRUB) == "due"


def links_text(links: Links) -> str:
    """Who is who, by ids alone."""
    persons = [[p.id, *p.mentions] for p in links.persons]
    unsure = [[p.a, p.b, p.score, p.same.value, p.decision] for p in links.unsure]
    return json.dumps([persons, unsure], separators=(",", ":"))


def remember(connection: Connection, text: str) -> None:
    """Keep who is who for when the book is locked."""
    keep(connection, _LINKS, text)


def remembered(kept: dict[str, str]) -> tuple[str, Links]:
    """Who is who as last known, as kept and as Links."""
    text = kept.get(_LINKS, "[[],[]]")
    persons, unsure = json.loads(text)
    return text, Links(
        persons=tuple(Person(id=one[0], mentions=tuple(one[1:])) for one in persons),
        unsure=tuple(
            Pair(a=a, b=b, score=score, same=Same(same), why=(), decision=decision)
            for a, b, score, same, decision in unsure
        ),
    )
