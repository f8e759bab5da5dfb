"""Verify: from the bytes of the rows to the signatures of the heads; and proofs that stand without the record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, FromClause, Row, select

from habeas.ledger import merkle, sealing, tables
from habeas.ledger.agreement import disagreements
from habeas.ledger.aside import forged
from habeas.ledger.keys import signed
from habeas.ledger.vault import Vault
from habeas.nouns import Head, Problem

_RESTORE = "Restore the ledger from a backup; nothing after this statement can be relied on."
_AS_A_WHOLE = "Somebody changed the record past habeas: restore the ledger from a backup, or a copy that verifies."


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """Proof that a statement is the one at `index` in the tree of `head`: check with `merkle.root_from_inclusion`."""

    statement: str
    index: int
    commitment: str  # hex
    path: tuple[str, ...]  # hex, from the leaf up
    head: Head | None = None

    def holds(self) -> bool:
        """True where the path leads from the commitment to the head's root, and the head's signature is good."""
        if self.head is None:
            return False
        path = [bytes.fromhex(node) for node in self.path]
        root = merkle.root_from_inclusion(bytes.fromhex(self.commitment), self.index, self.head.size, path)
        return root is not None and root.hex() == self.head.root and (not self.head.key or signed(self.head))


def inclusion(connection: Connection, statements: FromClause, statement: str) -> Inclusion | None:
    """The proof for one statement, still without its head; None where there is no such statement."""
    s = statements.c
    leaves = connection.execute(select(s.seq, s.id, s.commitment).order_by(s.seq)).all()
    index = next((i for i, leaf in enumerate(leaves) if leaf.id == statement), None)
    if index is None:
        return None
    path = merkle.inclusion_proof([leaf.commitment for leaf in leaves], index)
    return Inclusion(
        statement=statement,
        index=index,
        commitment=leaves[index].commitment.hex(),
        path=tuple(node.hex() for node in path),
    )


@dataclass(slots=True)
class _Inspection:
    """The record read once, in order, beside its heads."""

    file: str
    name: str
    tombs: dict[int, str]
    vault: Vault | None = None
    frontier: merkle.Frontier = field(default_factory=merkle.Frontier.empty)
    ids: set[str] = field(default_factory=set)

    def problem(self, what: str, do: str = _RESTORE) -> Problem:
        return Problem(file=self.file, what=what, do=do)

    def statement(self, row: Row[Any]) -> Problem | None:
        """What is wrong with the next row, or None; its leaf is in the tree afterwards."""
        expected = self.frontier.size + 1
        if row.seq != expected:
            return self.problem(f"statement {expected} is missing (the next one is {row.seq})")
        if row.id != tables.statement_id(row.commitment):
            return self.problem(f"statement {row.seq} was changed after it was recorded")
        if row.seq in self.tombs:
            if any(getattr(row, name) is not None for name in ("nonce", "sealed", *tables.CONTENT)):
                return self.problem(
                    f"statement {row.seq} was erased, but its content is there", "Run the erasure again."
                )
        elif row.sealed is not None:
            if not self._sealed_holds(row):
                return self.problem(f"statement {row.seq} was changed after it was recorded")
        elif row.subject is None or row.nonce is None:
            return self.problem(f"statement {row.seq} is empty, and no erasure is on record for it")
        elif not _is_committed(row):
            return self.problem(f"statement {row.seq} was changed after it was recorded")
        if row.retracts is not None and row.retracts not in self.ids:
            return self.problem(f"statement {row.seq} takes back what is not there")
        self.ids.add(row.id)
        self.frontier.push([row.commitment])
        return None

    def _sealed_holds(self, row: Row[Any]) -> bool:
        """True where a sealed row is as recorded, as far as can be told: without the vault, not what it holds."""
        if row.nonce is not None or row.subject is None:
            return False
        if self.vault is None:
            return True
        try:
            preimage = sealing.open_preimage(self.vault, row)
            whole = sealing.content(preimage, row.id)
        except (ValueError, TypeError):
            return False
        return hashlib.sha256(preimage).digest() == row.commitment and sealing.fits(row, whole)

    def head(self, row: Row[Any]) -> Problem | None:
        """What is wrong with a head whose statements have all been read, or None."""
        found = tables.head_from_row(row, self.name)
        if row.root != self.frontier.root() or row.frontier != self.frontier.pack():
            return self.problem(
                f"the statements up to {found.size} are not those that the head of batch {found.batch} names"
            )
        return None


def _withdraw(batch: int) -> str:
    return (
        f"Ask who recorded it (`habeas log` tells when), and withdraw it: `habeas undo {batch}`; what was recorded later stands."
        " If the head was good once, restore the ledger from a backup."
    )


def _is_committed(row: Row[Any]) -> bool:
    """True where the row is what was committed to, and can be read."""
    try:
        tables.from_row(row)
        return bool(tables.commitment(row._asdict()) == row.commitment)
    except (ValueError, TypeError):
        return False


def inspect(
    connection: Connection,
    statements: FromClause,
    file: str,
    name: str,
    kept: Sequence[Head],
    damage: Iterable[str],
    vault: Vault | None = None,
    roots: dict[int, str] | None = None,
) -> tuple[Problem, ...]:
    """Everything that does not hold in a record, the first first, at most one of the statements and heads themselves.

    Args:
        roots: what `sweep` found, where it found that all statements and heads hold: they are not gone through again.
    """
    tombs = {row.seq: row.tombstone for row in connection.execute(select(tables.erased))}
    seen = _Inspection(file, name, tombs, vault)
    found = [seen.problem(line, "Restore the ledger from a backup.") for line in damage]
    if roots is None:
        roots = dict(_roots(connection, statements, seen, found))
    if not found:
        bad = forged(connection, statements, name).values()
        found += [seen.problem(str(b), _withdraw(b.head.batch)) for b in bad if b.by is None]
    if not found:
        found += [seen.problem(line, _AS_A_WHOLE) for line in disagreements(connection, statements)]
    for head in kept:
        found += _against(seen, head, roots)
    return tuple(found)


def _roots(
    connection: Connection, statements: FromClause, seen: _Inspection, found: list[Problem]
) -> Iterator[tuple[int, str]]:
    """Walk statements and heads together, stopping at the first that fails; (size, root) of each head that holds."""
    heads = iter(connection.execute(select(tables.head).order_by(tables.head.c.size)).all())
    head = next(heads, None)
    for row in connection.execute(select(statements).order_by(statements.c.seq)):
        problem = seen.statement(row)
        if problem is None and head is None:
            problem = seen.problem(f"statement {row.seq} is under no head: it was not recorded by habeas")
        if problem is None and head is not None and head.size == seen.frontier.size:
            problem = seen.head(head)
            if problem is None:
                yield head.size, head.root.hex()
                head = next(heads, None)
        if problem is not None:
            found.append(problem)
            return
    if head is not None:
        found.append(
            seen.problem(
                f"statement {seen.frontier.size + 1} is missing: the head of batch {head.batch} names {head.size}"
            )
        )


def _against(seen: _Inspection, kept: Head, roots: dict[int, str]) -> list[Problem]:
    """What is wrong with the record by a head that was kept elsewhere."""
    if kept.key and not signed(kept):
        return [
            seen.problem(
                f"the kept head of batch {kept.batch} does not carry its key's signature", "Use another copy of it."
            )
        ]
    if kept.book != seen.name:
        return [seen.problem("the kept head is of another book", "Name the head that was saved from this one.")]
    there = roots.get(kept.size)
    if there == kept.root:
        return []
    if kept.size > max(roots, default=0):
        first = max(roots, default=0) + 1
        return [seen.problem(f"statement {first} is missing: a kept head names {kept.size} statements")]
    return [
        seen.problem(
            f"the record up to statement {kept.size} is not the one that the kept head of batch {kept.batch} names"
        )
    ]
