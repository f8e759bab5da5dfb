"""The vault: what is sealed is opened by its key, under its context and unchanged, and by nothing else."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.errors import LedgerLocked, NotALedger, UsageError
from habeas.ledger.vault import Cost, Vault, unwrap

CHEAP = Cost(n=2)


@given(st.binary(max_size=200), st.binary(max_size=20))
def test_what_is_sealed_is_given_back(data: bytes, context: bytes) -> None:
    vault = Vault.new()
    sealed = vault.seal(data, context)
    assert vault.open(sealed, context) == data
    assert sealed != vault.seal(data, context)


@given(st.binary(min_size=1, max_size=40), st.data())
def test_a_changed_byte_another_context_or_another_key_opens_nothing(data: bytes, choice: st.DataObject) -> None:
    vault = Vault.new()
    sealed = vault.seal(data, b"here")
    at = choice.draw(st.integers(0, len(sealed) - 1))
    changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
    for one, context, by in ((changed, b"here", vault), (sealed, b"there", vault), (sealed, b"here", Vault.new())):
        with pytest.raises(ValueError, match="was changed, or belongs to something else"):
            by.open(one, context)
    with pytest.raises(ValueError, match="was changed"):
        vault.open(sealed[: choice.draw(st.integers(0, 27))], b"here")


def test_the_passphrase_gives_the_key_back_and_another_does_not() -> None:
    vault = Vault.new()
    wrapped = vault.wrap("correct horse", CHEAP)
    sealed = vault.seal(b"x", b"")
    assert unwrap(wrapped, "correct horse").open(sealed, b"") == b"x"
    with pytest.raises(LedgerLocked, match="not the passphrase of this book"):
        unwrap(wrapped, "correct horsf")
    assert wrapped != vault.wrap("correct horse", CHEAP)


def test_one_passphrase_in_two_forms_of_unicode_is_one() -> None:
    typed = "жёлтый йод"
    wrapped = Vault.new().wrap(unicodedata.normalize("NFD", typed), CHEAP)
    unwrap(wrapped, unicodedata.normalize("NFC", typed))


def test_nothing_is_no_passphrase() -> None:
    with pytest.raises(UsageError, match="cannot be empty"):
        Vault.new().wrap("  ")


def test_it_costs_128_mebibytes_and_says_so() -> None:
    """RFC 7914: scrypt takes 128 * n * r bytes."""
    how = json.loads(Vault.new().wrap("correct horse"))
    assert (how["kdf"], 128 * how["n"] * how["r"], how["p"]) == ("scrypt", 128 * 2**20, 1)


@pytest.mark.parametrize("change", [{"n": 2**30}, {"kdf": "md5"}, {"key": "no"}, {"salt": None}, {"r": 99}, {"p": "x"}])
def test_a_damaged_wrapped_key_is_said_to_be_one(change: dict[str, object]) -> None:
    how = json.loads(Vault.new().wrap("correct horse", CHEAP))
    with pytest.raises(NotALedger, match="is damaged; restore"):
        unwrap(json.dumps({**how, **change}), "correct horse")
    with pytest.raises(NotALedger, match="is damaged; restore"):
        unwrap("[]", "correct horse")


def test_a_cheaper_way_cannot_be_put_in_place_of_the_recorded_one() -> None:
    how = json.loads(Vault.new().wrap("correct horse", Cost(n=4)))
    with pytest.raises(LedgerLocked, match="not the passphrase"):
        unwrap(json.dumps({**how, "n": 2}), "correct horse")
