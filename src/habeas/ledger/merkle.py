"""The Merkle tree of RFC 6962, kept as a compact range: its root grows leaf by leaf in constant memory.

Equations: MTH({}) = SHA-256(); MTH({d}) = SHA-256(0x00 || d); MTH(D[n]) = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n]))
with k the largest power of two smaller than n (RFC 6962, section 2.1; proofs 2.1.1 and 2.1.2).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + entry).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(slots=True)
class Frontier:
    """The roots of the perfect subtrees of a tree of `size` leaves, largest first: all that is needed to grow it."""

    size: int
    roots: list[bytes]

    @classmethod
    def empty(cls) -> Frontier:
        return cls(0, [])

    @classmethod
    def unpack(cls, size: int, packed: bytes) -> Frontier:
        """The frontier kept as bytes; its length must be that of `size` leaves."""
        if len(packed) != 32 * size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} perfect subtrees")
        return cls(size, [packed[i : i + 32] for i in range(0, len(packed), 32)])

    def pack(self) -> bytes:
        return b"".join(self.roots)

    def push(self, entries: Iterable[bytes]) -> None:
        """Add leaves: level by level, each node hashed once."""
        sha256 = hashlib.sha256
        nodes = [sha256(b"\x00" + entry).digest() for entry in entries]
        added, full, grown = len(nodes), self.size, []
        while nodes or full:
            if full & 1:
                nodes.insert(0, self.roots.pop())
            if len(nodes) & 1:
                grown.append(nodes.pop())
            pairs = iter(nodes)
            nodes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
            full >>= 1
        self.roots = grown[::-1]
        self.size += added

    def root(self) -> bytes:
        """The tree's root."""
        if not self.roots:
            return hashlib.sha256().digest()
        found = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            found = _node(left, found)
        return found


def root_of(entries: Iterable[bytes]) -> bytes:
    """The root of a tree with these leaves."""
    frontier = Frontier.empty()
    frontier.push(entries)
    return frontier.root()


def _split(size: int) -> int:
    """The largest power of two smaller than `size`."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(entries: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of leaf `index`, from the leaf's sibling up (RFC 6962, PATH)."""
    if not 0 <= index < len(entries):
        raise ValueError(f"there is no leaf {index} in a tree of {len(entries)}")
    if len(entries) == 1:
        return []
    k = _split(len(entries))
    if index < k:
        return [*inclusion_proof(entries[:k], index), root_of(entries[k:])]
    return [*inclusion_proof(entries[k:], index - k), root_of(entries[:k])]


def root_from_inclusion(entry: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that a leaf and its audit path lead to; None where the path does not fit its place (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    fn, sn, found = index, size - 1, leaf_hash(entry)
    for node in proof:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            found = _node(node, found)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = _node(found, node)
        fn, sn = fn >> 1, sn >> 1
    return found if sn == 0 else None


def consistency_proof(entries: Sequence[bytes], size: int) -> list[bytes]:
    """Proof that the tree of the first `size` leaves is a beginning of this one (RFC 6962, PROOF)."""
    if not 0 < size <= len(entries):
        raise ValueError(f"a tree of {len(entries)} has no earlier tree of {size}")
    return _subproof(entries, size, whole=True)


def _subproof(entries: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
    if size == len(entries):
        return [] if whole else [root_of(entries)]
    k = _split(len(entries))
    if size <= k:
        return [*_subproof(entries[:k], size, whole=whole), root_of(entries[k:])]
    return [*_subproof(entries[k:], size - k, whole=False), root_of(entries[:k])]


def consistent(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """True where the proof shows that the old tree is a beginning of the new one (RFC 9162, section 2.1.4.2)."""
    if not 0 < old_size <= size:
        return False
    if old_size == size:
        return not proof and old_root == root
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    fn, sn = old_size - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    old = new = path[0]
    for node in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            old, new = _node(node, old), _node(node, new)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            new = _node(new, node)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and old == old_root and new == root
