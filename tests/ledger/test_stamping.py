"""Time stamps by a real authority: openssl's, with certificates of its own, made for the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from habeas.errors import UsageError
from habeas.ledger.stamping import StampFolder, query, read_stamp
from habeas.nouns import Head
from tests.ledger.authority import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ts") / "one", "Authority One")


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ts") / "two", "Authority Two")


def a_head(batch: int = 12) -> Head:
    return Head(
        book="0123456789abcdef",
        batch=batch,
        size=40 * batch,
        root="ab" * 32,
        recorded=datetime(2026, 1, 1, 12, tzinfo=UTC),
        key="",
        signature="",
    )


def test_a_stamp_says_when_and_by_whom(authority: Authority) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    stamp = read_stamp(authority.reply(query(b"a head")), b"a head", authority.roots)
    assert stamp.authority == "Authority One"
    assert before <= stamp.at <= datetime.now(UTC)


def test_a_stamp_of_other_bytes_or_by_an_unknown_authority_does_not_hold(
    authority: Authority, another: Authority
) -> None:
    reply = authority.reply(query(b"a head"))
    with pytest.raises(UsageError, match="a stamp of something else"):
        read_stamp(reply, b"another head", authority.roots)
    with pytest.raises(UsageError, match="no trusted root vouches for it"):
        read_stamp(reply, b"a head", another.roots)
    with pytest.raises(UsageError, match="no reply of a time-stamping authority"):
        read_stamp(b"<html>", b"a head", authority.roots)
    with pytest.raises(UsageError, match="no certificates in PEM form"):
        read_stamp(reply, b"a head", b"nothing")


def test_no_changed_byte_of_a_reply_gives_another_time(authority: Authority) -> None:
    reply = authority.reply(query(b"a head"))
    there = read_stamp(reply, b"a head", authority.roots)
    for at in range(0, len(reply), 7):
        changed = bytearray(reply)
        changed[at] ^= 0x01
        try:
            found = read_stamp(bytes(changed), b"a head", authority.roots)
        except UsageError:
            continue
        assert found == there  # a byte that nothing rests on


def test_a_refusal_is_told(authority: Authority) -> None:
    asked = bytearray(query(b"a head"))
    at = asked.index(bytes.fromhex("0609608648016503040203"))  # SHA-512's name: the authority knows no such hash
    asked[at + 10] = 0x7F
    with pytest.raises(UsageError, match="refused to stamp"):
        read_stamp(authority.reply(bytes(asked)), b"a head", authority.roots)


def test_the_shelf_keeps_stamps_of_several_authorities_and_checks_them_again(
    tmp_path: Path, authority: Authority, another: Authority
) -> None:
    stamps = StampFolder(tmp_path / "stamps")
    asked = stamps.ask(a_head()).read_bytes()
    stamps.ask(a_head(9))
    with pytest.raises(UsageError, match="name the authority's root certificate"):
        stamps.keep(authority.reply(asked), None)
    assert stamps.keep(authority.reply(asked), authority.roots)[0] == a_head()
    stamps.keep(another.reply(asked), another.roots)
    stamps.keep(authority.reply(asked), authority.roots)
    assert (tmp_path / "stamps" / "roots.pem").read_bytes().count(b"BEGIN CERTIFICATE") == 2
    nine, twelve = stamps.check()
    assert (nine.head.batch, nine.stamps, twelve.head.batch) == (9, (), 12)
    assert [s.authority for s in twelve.stamps] == ["Authority One", "Authority Two", "Authority One"]
    assert twelve.problems == ()
    with pytest.raises(UsageError, match="none of the heads saved"):
        stamps.keep(authority.reply(query(b"elsewhere")), None)
    kept = tmp_path / "stamps" / "head-12.1.tsr"
    kept.write_bytes(kept.read_bytes()[:-9])
    *_, twelve = stamps.check()
    assert len(twelve.stamps) == 2
    assert [p.file for p in twelve.problems] == ["stamps/head-12.1.tsr"]


def test_a_head_that_claims_to_be_younger_than_its_stamp_is_told(tmp_path: Path, authority: Authority) -> None:
    stamps = StampFolder(tmp_path / "stamps")
    late = replace(a_head(), recorded=datetime.now(UTC) + timedelta(days=1))
    stamps.keep(authority.reply(stamps.ask(late).read_bytes()), authority.roots)
    (found,) = stamps.check()
    assert "it is older" in found.problems[0].what
