"""Tamper evidence: RFC 6962 against pymerkle as an oracle, signed heads, and proofs that stand without the record."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from habeas.errors import LedgerUnwritable, NotALedger
from habeas.ledger import Ledger, merkle, open_ledger, tables
from habeas.ledger.keys import signer
from habeas.ledger.quick_check import quick_check
from habeas.ledger.tables import canonical
from tests.ledger.conftest import ANYBODY, NOON, a_draft
from tests.planted import damage

ENTRIES = st.lists(st.binary(max_size=8), min_size=1, max_size=40)


@settings(deadline=None)
@given(ENTRIES, st.data())
def test_the_tree_is_that_of_rfc_6962(entries: list[bytes], data: st.DataObject) -> None:
    oracle = InmemoryTree(algorithm="sha256")
    for entry in entries:
        oracle.append_entry(entry)
    root = merkle.root_of(entries)
    assert root == oracle.get_root()
    cut = data.draw(st.integers(0, len(entries)))
    frontier = merkle.Frontier.empty()
    frontier.push(entries[:cut])
    grown = merkle.Frontier.unpack(frontier.size, frontier.pack())
    grown.push(entries[cut:])
    assert grown.root() == root
    index = data.draw(st.integers(0, len(entries) - 1))
    path = merkle.inclusion_proof(entries, index)
    assert merkle.root_from_inclusion(entries[index], index, len(entries), path) == root
    assert merkle.root_from_inclusion(entries[index] + b"x", index, len(entries), path) != root
    size = data.draw(st.integers(1, len(entries)))
    proof = merkle.consistency_proof(entries, size)
    old = merkle.root_of(entries[:size])
    assert merkle.consistent(size, old, len(entries), root, proof)
    assert not merkle.consistent(size, bytes(32), len(entries), root, proof)
    if size < len(entries):
        assert not merkle.consistent(size, old, len(entries), root, [*proof, bytes(32)])


def test_known_roots() -> None:
    """The empty tree and one empty leaf, as RFC 6962 defines them."""
    assert merkle.root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root_of([b""]).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert merkle.inclusion_proof([b"a"], 0) == []


def test_what_cannot_be_proved() -> None:
    with pytest.raises(ValueError, match="no leaf 1 in a tree of 1"):
        merkle.inclusion_proof([b"a"], 1)
    with pytest.raises(ValueError, match="no earlier tree of 2"):
        merkle.consistency_proof([b"a"], 2)
    with pytest.raises(ValueError, match="has 2 perfect subtrees"):
        merkle.Frontier.unpack(3, b"")
    root = merkle.root_of([b"a", b"b"])
    assert merkle.root_from_inclusion(b"a", 2, 2, []) is None
    assert merkle.root_from_inclusion(b"a", 0, 2, []) is None
    assert merkle.root_from_inclusion(b"a", 0, 1, [bytes(32)]) is None
    assert not merkle.consistent(0, root, 2, root, [])
    assert not merkle.consistent(3, root, 4, root, [])
    assert merkle.consistent(2, root, 2, root, [])


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_any_flipped_byte_of_any_statement_is_found(
    tmp_path_factory: pytest.TempPathFactory, place: float, flip: int
) -> None:
    path = tmp_path_factory.mktemp("flip") / "ledger.sqlite"
    with open_ledger(path, create=True) as made:
        made.append(
            [a_draft(f"Person {n}", original="as printed", reason="why", lang="en") for n in "ABC"],
            recorded=NOON,
            recorder="k",
        )
    columns = [
        "value",
        "original",
        "lang",
        "source",
        "visibility",
        "reason",
        "recorder",
        "subject",
        "prop",
        "nonce",
        "commitment",
    ]
    column = columns[int(place * len(columns))]
    with closing(sqlite3.connect(path)) as connection:
        (raw,) = connection.execute(f"SELECT CAST({column} AS BLOB) FROM statement WHERE seq = 2").fetchone()
    at = int(place * 1000) % len(raw)
    changed = raw[:at] + bytes([raw[at] ^ flip]) + raw[at + 1 :]
    value = f"X'{changed.hex()}'" if column in ("nonce", "commitment") else f"CAST(X'{changed.hex()}' AS TEXT)"
    damage(path, f"UPDATE statement SET {column} = {value} WHERE seq = 2")
    with open_ledger(path) as made:
        assert made.verify(trust=ANYBODY)[0].what.startswith("statement 2 was changed")


def test_keys_are_made_once_and_kept(tmp_path: Path) -> None:
    first, again = signer(tmp_path / "keys"), signer(tmp_path / "keys")
    assert first.public == again.public
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "signing.key").write_text("no key", encoding="utf-8")
    with pytest.raises(NotALedger, match="is no signing key"):
        signer(tmp_path / "bad")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(LedgerUnwritable, match="the signing key cannot be kept"):
        signer(tmp_path / "file")


def test_a_key_of_another_kind_is_refused(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    made = X25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "signing.key").write_bytes(made)
    with pytest.raises(NotALedger, match="no ed25519 key"):
        signer(tmp_path)


Make = Callable[..., Ledger]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "ledger.sqlite", create=True, keys=tmp_path / "keys") as made:
        for batch in ("ABC", "DE", "F"):
            made.append([a_draft(f"Person {n}") for n in batch], recorded=NOON, recorder="k")
        yield made


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["\x00", "\x1f\x7f", "\u2028\u2029", '\\"/', "\b\f\n\r\t", "Алесь", "\U0001f600", "\ufeff"]
)
CANONICAL = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=12,
)


@settings(deadline=None, max_examples=300)
@given(CANONICAL)
def test_the_canonical_form_is_plain_json_sorted_without_spaces(content: object) -> None:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        expected = plain.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # a lone surrogate that stands for no byte: no text that is read back holds one
        return
    assert canonical(content) == expected


def test_a_damaged_text_is_written_as_the_bytes_it_was() -> None:
    assert canonical(["a", b"\xff\xfe".decode("utf-8", "surrogateescape"), 1]) == b'["a","\xff\xfe",1]'


@settings(deadline=None, max_examples=20)
@given(texts=st.lists(TEXT, min_size=1, max_size=12), cut=st.integers(0, 12))
def test_a_whole_record_is_known_as_whole_in_one_sweep(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("quick_check")
    drafts = [a_draft(text, "note", original=text[::-1], reason=text, place=text) for text in texts]
    with open_ledger(folder / "ledger.sqlite", create=True, keys=folder / "keys") as made:
        for some in (drafts[:cut], drafts[cut:]):
            made.append(some, recorded=NOON, recorder="k")
        with made._store.reading() as connection:
            assert quick_check(connection, tables.head, made._name) == {head.size: head.root for head in made.heads()}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE statement SET value = 'x' WHERE seq = 4",
        "UPDATE statement SET value = CAST(value AS BLOB) WHERE seq = 4",
        "UPDATE statement SET value = CAST(X'ff' AS TEXT) WHERE seq = 4",
        "UPDATE statement SET id = replace(id, substr(id, 1, 1), '0') WHERE seq = 4",
        "UPDATE statement SET id = upper(id) WHERE seq = 4",
        "UPDATE statement SET commitment = zeroblob(31) WHERE seq = 4",
        "UPDATE statement SET nonce = NULL WHERE seq = 4",
        "UPDATE statement SET subject = NULL WHERE seq = 4",
        "UPDATE statement SET batch = 1.5 WHERE seq = 4",
        "DELETE FROM statement WHERE seq = 4",
        "DELETE FROM statement WHERE seq = 6",
        "DELETE FROM head WHERE batch = 3",
        "UPDATE head SET root = zeroblob(32) WHERE batch = 2",
        "UPDATE head SET frontier = zeroblob(64) WHERE batch = 2",
        "UPDATE head SET signature = zeroblob(64) WHERE batch = 2",
        "INSERT INTO erased VALUES (4, 'x')",
        "UPDATE statement SET retracts = 'nothing' WHERE seq = 4",
    ],
)
def test_a_sweep_passes_over_no_damage(ledger: Ledger, tmp_path: Path, sql: str) -> None:
    with ledger._store.reading() as connection:
        assert quick_check(connection, tables.head, ledger._name) is not None
    damage(tmp_path / "ledger.sqlite", sql)
    with ledger._store.reading() as connection:
        assert quick_check(connection, tables.head, ledger._name) is None
    assert ledger.verify(trust=ANYBODY) != ()
