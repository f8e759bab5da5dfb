"""The statements of a record as read: all of them once, later what was added since."""

from __future__ import annotations

from sqlalchemy import select

from habeas.ledger import sealing
from habeas.ledger.store import Store
from habeas.ledger.vault import Vault
from habeas.nouns import Head, Statement

State = tuple[Head | None, bool]  # the head, and whether the record is locked


class AsRead:
    """Reads the rows of a store as statements, and keeps them as of a state."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: tuple[State, tuple[Statement, ...]] | None = None

    def after(self, seq: int, vault: Vault | None) -> tuple[Statement, ...]:
        """What was recorded after the statement of a number; 0: all."""
        with self._store.reading() as connection:
            found = sealing.rows(connection, self._store.statements, vault, after=seq)
            return tuple(said for _, said in found)

    def all(self, state: State, vault: Vault | None) -> tuple[Statement, ...]:
        """All of the record in a state that was looked up before this call, so that nothing later counts as read.

        What is there stays as it is, but for an erasure, which a tombstone among what was added tells of, and for a file that
        was put in the place of this one.
        """
        if self._kept is None or self._kept[0] != state:
            self._kept = state, self._goes_on(state, vault) or self.after(0, vault)
        return self._kept[1]

    def _goes_on(self, state: State, vault: Vault | None) -> tuple[Statement, ...]:
        """What was read before with what was added since; nothing where that is not all of the record."""
        if self._kept is None or self._kept[0][1] != state[1]:
            return ()
        (head, _), before = self._kept
        if head is None or not before or not self._stands(head):
            return ()
        new = self.after(before[-1].seq, vault)
        return () if any(said.kind == "tombstone" for said in new) else before + new

    def _stands(self, head: Head) -> bool:
        """True where the record still has this head, which commits to all before it."""
        heads = self._store.heads.c
        with self._store.reading() as connection:
            found = connection.execute(select(heads.root).where(heads.batch == head.batch)).scalar_one_or_none()
        return found is not None and bytes(found).hex() == head.root
