"""What a batch hides: sealed before it is written, and what is on record and hidden by it, in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import fields as dataclass_fields
from datetime import date
from typing import Any

from sqlalchemy import Connection

from habeas.dates import Clock
from habeas.ledger import locking, sealing, tables
from habeas.ledger.attesting import must_hold
from habeas.ledger.disclosure import Disclosure
from habeas.ledger.erasing import Erasures
from habeas.ledger.vault import Vault
from habeas.ledger.views import Seen, see
from habeas.nouns import Draft, Keeper, Links, Public, Statement, View

Linker = Callable[[View[Keeper]], Links]  # who is who in all that the keepers see


@dataclass(slots=True)
class _Foreseen:
    """What the public will see once the batches that follow are on record too, and which of them are still to come."""

    batch: int
    coming: tuple[Draft, ...]
    seen: Seen

    def takes(self, batch: int, drafts: tuple[Draft, ...]) -> bool:
        """True where the batch is the next of those foreseen, and nobody else recorded anything in between."""
        if batch != self.batch + 1 or self.coming[: len(drafts)] != drafts:
            return False
        self.batch, self.coming = batch, self.coming[len(drafts) :]
        return True


class Hiding:
    """Decides for a book with a passphrase what is sealed, batch by batch."""

    def __init__(self, vault: Vault, today: date | None, erased: Erasures) -> None:
        self._vault = vault
        self._erased = erased
        self._today = today
        self._foreseen: _Foreseen | None = None

    def batch(
        self,
        connection: Connection,
        rows: list[dict[str, Any]],
        said: tuple[Statement, ...],
        linker: Linker | None,
        coming: Sequence[Draft],
    ) -> int:
        """Seal a batch before it is written, and older statements that it hides; say how many of those.

        The record is looked through once for all the batches that are `coming`: what a later one restricts is never
        written in plain by an earlier one.
        """
        drafts = tuple(_draft(s) for s in said)
        hidden = 0
        if said[0].kind == "tombstone":
            seen: Seen = self._disclosure(connection, said, None)
        elif self._foreseen is not None and self._foreseen.takes(said[0].batch, drafts):
            seen = self._foreseen.seen
        else:
            after = (*said, *_pretended(coming, said[-1]))
            if sealing.is_quiet(connection, after):
                seen = self._disclosure(connection, after, None)
            else:
                must_hold(connection, "sealed")
                seen, hidden = self.on_record(connection, after, linker)
            self._foreseen = _Foreseen(said[0].batch, tuple(coming), seen)
        sealing.seal_new(self._vault, rows, said, seen)
        if hidden:
            locking.scrub_due(connection, due=True)
        return hidden

    def on_record(self, connection: Connection, new: tuple[Statement, ...], linker: Linker | None) -> tuple[Seen, int]:
        """Seal what is on record and, with the `new` statements, not to be seen by the public on every later day."""
        old = list(sealing.rows(connection, tables.statement, self._vault))
        everything = (*(statement for _, statement in old), *new)
        seen = self._disclosure(connection, everything, linker)
        return seen, sealing.seal_old(connection, self._vault, old, seen)

    def _disclosure(
        self, connection: Connection, statements: tuple[Statement, ...], linker: Linker | None
    ) -> Disclosure:
        gone = self._erased.read(connection).named_in_any()

        def who() -> Links:
            assert linker is not None
            keepers = Disclosure(statements, Keeper, None, self._today)
            return linker(see(statements, Keeper, None, Clock.RECORDED, keepers))

        asked = None if linker is None else who
        return Disclosure(statements, Public, asked, self._today, lasting=True, gone=gone)


_FIELDS = tuple(f.name for f in dataclass_fields(Draft))


def _draft(statement: Statement) -> Draft:
    return Draft(**{name: getattr(statement, name) for name in _FIELDS})


def _pretended(coming: Sequence[Draft], last: Statement) -> tuple[Statement, ...]:
    """Drafts as the statements that they will be, but for their ids."""
    return tuple(
        Statement(
            **{name: getattr(draft, name) for name in _FIELDS},
            id=f"draft {number}",
            seq=last.seq + number,
            recorded=last.recorded,
            recorder=last.recorder,
        )
        for number, draft in enumerate(coming, start=1)
    )
