"""Verify: from the bytes of the rows to the signatures of the heads; and proofs that stand without the record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, FromClause, Row, select

from habeas.errors import LedgerError, NotALedger, UsageError
from habeas.ledger import merkle, sealing, tables
from habeas.ledger.agreement import disagreements
from habeas.ledger.aside import forged
from habeas.ledger.keys import Trust, signed, untrusted
from habeas.ledger.quick_check import quick_check
from habeas.ledger.store import Store
from habeas.ledger.vault import Vault
from habeas.nouns import Head, Problem

_RESTORE = "Restore the ledger from a backup; nothing after this statement can be relied on."
_COPY = "Restore the ledger from a backup, or a copy that verifies."
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


def inclusion(connection: Connection, statements: FromClause, statement: str, head: Head | None) -> Inclusion:
    """The proof for one statement under the last head.

    Raises:
        UsageError: there is no such statement.
    """
    s = statements.c
    leaves = connection.execute(select(s.seq, s.id, s.commitment).order_by(s.seq)).all()
    index = next((i for i, leaf in enumerate(leaves) if leaf.id == statement), None)
    if index is None or head is None:
        raise UsageError(f"there is no statement {statement!r} on record")
    path = merkle.inclusion_proof([leaf.commitment for leaf in leaves[: head.size]], index)
    return Inclusion(
        statement=statement,
        index=index,
        commitment=leaves[index].commitment.hex(),
        path=tuple(node.hex() for node in path),
        head=head,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Consistency:
    """Proof that the tree of `first` is a beginning of that of `second` (RFC 6962, section 2.1.2)."""

    first: Head
    second: Head
    path: tuple[str, ...]  # hex

    def holds(self) -> bool:
        """True where the path leads from the one root to the other, and the signatures are good."""
        roots = bytes.fromhex(self.first.root), bytes.fromhex(self.second.root)
        path = [bytes.fromhex(node) for node in self.path]
        if not merkle.consistent(self.first.size, roots[0], self.second.size, roots[1], path):
            return False
        return all(not head.key or signed(head) for head in (self.first, self.second))


def consistency(connection: Connection, statements: FromClause, first: Head, second: Head | None) -> Consistency:
    """The proof from an earlier head, which names a statement or more, to the last one.

    Raises:
        UsageError: it is no earlier head of this record.
    """
    if second is None or not 0 < first.size <= second.size or first.book != second.book:
        raise UsageError("that head is not an earlier one of this record; `habeas verify --kept` tells what is off")
    leaves = connection.execute(
        select(statements.c.commitment).where(statements.c.seq <= second.size).order_by(statements.c.seq)
    ).scalars()
    path = merkle.consistency_proof(list(leaves), first.size)
    return Consistency(first=first, second=second, path=tuple(node.hex() for node in path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """The record that is verified: what a sentence calls it, the book's name, where its rows lie, and what opens them."""

    file: str
    name: str
    statements: FromClause
    heads: FromClause
    vault: Vault | None = None


@dataclass(slots=True)
class _Inspection:
    """The record read once, in order, beside its heads."""

    of: Examined
    tombs: dict[int, str]
    frontier: merkle.Frontier = field(default_factory=merkle.Frontier.empty)
    ids: set[str] = field(default_factory=set)

    def problem(self, what: str, do: str = _RESTORE) -> Problem:
        return Problem(file=self.of.file, what=what, do=do)

    def statement(self, row: Row[Any]) -> Problem | None:
        """What is wrong with the next row, or None; its leaf is in the tree afterwards."""
        expected = self.frontier.size + 1
        if row.seq != expected:
            return self.problem(f"statement {expected} is missing (the next one is {row.seq})")
        changed = self.problem(f"statement {row.seq} was changed after it was recorded")
        if not _is_leaf(row):
            return changed
        if row.seq in self.tombs:
            if any(getattr(row, name) is not None for name in ("nonce", "sealed", *tables.CONTENT)):
                return self.problem(
                    f"statement {row.seq} was erased, but its content is there", "Run the erasure again."
                )
        elif row.sealed is not None:
            if not self._sealed_holds(row):
                return changed
        elif row.subject is None or row.nonce is None:
            return self.problem(f"statement {row.seq} is empty, and no erasure is on record for it")
        elif not _is_committed(row):
            return changed
        if row.retracts is not None and row.retracts not in self.ids:
            return self.problem(f"statement {row.seq} takes back what is not there")
        self.ids.add(row.id)
        self.frontier.push([row.commitment])
        return None

    def _sealed_holds(self, row: Row[Any]) -> bool:
        """True where a sealed row is as recorded, as far as can be told: without the vault, not what it holds."""
        if row.nonce is not None or row.subject is None or not isinstance(row.sealed, bytes):
            return False
        if self.of.vault is None:
            return _is_read(row)
        try:
            preimage = sealing.open_preimage(self.of.vault, row)
            whole = sealing.content(preimage, row.id)
            return hashlib.sha256(preimage).digest() == row.commitment and sealing.fits(row, whole)
        except (ValueError, TypeError, AttributeError):  # of another type than it can have been recorded with
            return False

    def head(self, row: Row[Any]) -> Problem | None:
        """What is wrong with a head whose statements have all been read, or None."""
        try:
            found = tables.head_from_row(row, self.of.name)
        except NotALedger:
            return self.problem(f"the head of batch {row.batch} was changed after it was recorded")
        if row.root != self.frontier.root() or row.frontier != self.frontier.pack():
            return self.problem(
                f"the statements up to {found.size} are not those that the head of batch {found.batch} names"
            )
        return None


def _is_leaf(row: Row[Any]) -> bool:
    """True where a row's commitment and id are such, and one begins the other."""
    committed = row.commitment
    return isinstance(committed, bytes) and len(committed) == 32 and row.id == tables.statement_id(committed)


def _is_read(row: Row[Any]) -> bool:
    """True where the row can be read as a statement."""
    try:
        tables.from_row(row)
    except (ValueError, TypeError, AttributeError):
        return False
    return True


def _withdraw(batch: int) -> str:
    return (
        f"Ask who recorded it (`habeas log` tells when), and withdraw it: `habeas undo {batch}`; what was recorded later stands."
        " If the head was good once, restore the ledger from a backup."
    )


def _is_committed(row: Row[Any]) -> bool:
    """True where the row is what was committed to, and can be read."""
    try:
        return _is_read(row) and bool(tables.commitment(row._asdict()) == row.commitment)
    except (ValueError, TypeError):
        return False


def verify(store: Store, name: str, vault: Vault | None, kept: Sequence[Head], trust: Trust) -> tuple[Problem, ...]:
    """Everything that does not hold in a record, the first first, at most one of the statements and heads themselves."""
    of = Examined(file=store.title, name=name, statements=store.statements, heads=store.heads, vault=vault)
    found: list[Problem] = []
    other: list[Problem] = []
    # The database looks through its own pages meanwhile, in C.
    with ThreadPoolExecutor(1) as beside:
        pages = beside.submit(_damage, store)
        roots: dict[int, str] | None = None
        with suppress(LedgerError), store.reading() as connection:
            roots = quick_check(connection, of.heads, name)
    try:
        with store.inspecting() as connection:
            other = [Problem(file=store.title, what=what, do=_COPY) for what in store.definitions(connection)]
            found += _inspect(connection, of, trust, kept, pages.result(), roots)
    except LedgerError as error:
        if not other:
            found.append(Problem(file=store.title, what=str(error), do=_COPY))
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        if not other:  # else columns are of other types, and rows are none that can be walked
            raise
    return (*found, *other)


def uncompared(store: Store) -> str | None:
    """Why a record's tables and guards are not compared with those that habeas makes; None where they are."""
    with store.inspecting() as connection:
        return store.uncompared(connection)


def _damage(store: Store) -> tuple[str, ...]:
    with store.inspecting() as connection:
        return store.damage(connection)


def _inspect(
    connection: Connection,
    of: Examined,
    trust: Trust,
    kept: Sequence[Head],
    damage: Iterable[str],
    roots: dict[int, str] | None,
) -> tuple[Problem, ...]:
    """What does not hold in the rows; where `quick_check` gave the `roots`, all statements and heads do."""
    tombs = {row.seq: row.tombstone for row in connection.execute(select(tables.erased))}
    seen = _Inspection(of, tombs)
    found = [seen.problem(line, "Restore the ledger from a backup.") for line in damage]
    if roots is None:
        roots = dict(_roots(connection, seen, found))
    heads = connection.execute(select(of.heads).order_by(of.heads.c.batch)).all()
    if not found:
        bad = forged(connection, of.statements, of.heads, of.name)
        found += [seen.problem(str(b), _withdraw(b.head.batch)) for b in bad.values() if b.by is None]
    if not found:
        found += [seen.problem(line, _AS_A_WHOLE) for line in disagreements(connection, of.statements, heads)]
        found += [seen.problem(*line) for line in untrusted([h for h in heads if h.batch not in bad], trust)]
    by_batch = {row.batch: row for row in heads}
    for head in kept:
        found += _against(seen, head, roots, by_batch)
    return tuple(found)


def _roots(connection: Connection, seen: _Inspection, found: list[Problem]) -> Iterator[tuple[int, str]]:
    """Walk statements and heads together, stopping at the first that fails; (size, root) of each head that holds."""
    statements, by = seen.of.statements, seen.of.heads.c
    heads = iter(connection.execute(select(seen.of.heads).order_by(by.batch)).all())
    head = next(heads, None)
    for row in connection.execute(select(statements).order_by(statements.c.seq)):
        problem = seen.statement(row)
        if problem is None and head is None:
            problem = seen.problem(f"statement {row.seq} is under no head: it was not recorded by habeas")
        while problem is None and head is not None and head.size == seen.frontier.size:
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


def _against(seen: _Inspection, kept: Head, roots: dict[int, str], heads: dict[int, Row[Any]]) -> list[Problem]:
    """What is wrong with the record by a head that was kept elsewhere."""
    if kept.key and not signed(kept):
        return [
            seen.problem(
                f"the kept head of batch {kept.batch} does not carry its key's signature", "Use another copy of it."
            )
        ]
    if kept.book != seen.of.name:
        return [seen.problem("the kept head is of another book", "Name the head that was saved from this one.")]
    if kept.size > max(roots, default=0):
        first = max(roots, default=0) + 1
        return [seen.problem(f"statement {first} is missing: a kept head names {kept.size} statements")]
    if roots.get(kept.size) != kept.root:
        return [
            seen.problem(
                f"the record up to statement {kept.size} is not the one that the kept head of batch {kept.batch} names"
            )
        ]
    there = heads.get(kept.batch)
    if there is None:
        return [seen.problem(f"the head of batch {kept.batch} is missing: it was kept elsewhere", _AS_A_WHOLE)]
    if tables.head_from_row(there, seen.of.name) != kept:
        return [seen.problem(f"the head of batch {kept.batch} is not the one that was kept elsewhere", _AS_A_WHOLE)]
    return []
