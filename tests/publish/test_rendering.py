"""Pages made on all cores, and none written again that holds what it held: the same bytes in every way."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from habeas.nouns import Casebook, Public
from habeas.publish import publish_site, site
from habeas.publish.write import MANIFEST


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def files(folder: Path) -> dict[str, int]:
    """The number by which the file system knows each file: another one where it was written again."""
    return {p.relative_to(folder).as_posix(): p.stat().st_ino for p in folder.rglob("*") if p.is_file()}


def test_one_changed_case_rewrites_its_own_pages_and_the_lists(casebook: Casebook[Public], tmp_path: Path) -> None:
    publish_site(casebook, (), tmp_path / "site")
    before, numbers = contents(tmp_path / "site"), files(tmp_path / "site")
    publish_site(casebook, (), tmp_path / "site")
    assert contents(tmp_path / "site") == before
    assert files(tmp_path / "site") == numbers
    cases = {**casebook.cases, "C-p2": replace(casebook.cases["C-p2"], releases=(), lists=())}
    changed = replace(casebook, cases=cases)
    publish_site(changed, (), tmp_path / "site")
    anew = {name for name, number in files(tmp_path / "site").items() if numbers.get(name) != number}
    assert {name for name in anew if "cases/" in name} == {f"{tag}cases/C-p2.html" for tag in ("", "be/", "ru/")}
    assert {name.rpartition("/")[2] for name in anew if "/lists/" in f"/{name}"} == {"hrw.html"}
    assert not {name for name in anew if name.endswith((".png", ".svg", ".css")) or "deals/" in name}
    publish_site(changed, (), tmp_path / "fresh")
    assert contents(tmp_path / "site") == contents(tmp_path / "fresh")


def test_what_somebody_edited_is_made_anew(casebook: Casebook[Public], tmp_path: Path) -> None:
    publish_site(casebook, (), tmp_path / "site")
    edited, linked = (tmp_path / "site" / "cases" / name for name in ("C-b1.html", "C-p2.html"))
    before, other = edited.read_bytes(), linked.read_bytes()
    edited.write_bytes(before.replace(b"Bialiatski", b"Somebody!!"))
    elsewhere = tmp_path / "elsewhere.html"
    elsewhere.write_bytes(other)
    linked.unlink()
    linked.symlink_to(elsewhere)
    publish_site(casebook, (), tmp_path / "site")
    assert edited.read_bytes() == before
    assert not linked.is_symlink()
    assert linked.read_bytes() == other


def test_a_file_system_without_links_costs_time_and_nothing_else(
    casebook: Casebook[Public], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    publish_site(casebook, (), tmp_path / "site")
    before = contents(tmp_path / "site")
    monkeypatch.setattr(os, "link", refuse)
    publish_site(casebook, (), tmp_path / "site")
    assert contents(tmp_path / "site") == before


def test_all_cores_give_the_bytes_of_one(
    casebook: Casebook[Public], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_site(casebook, (), tmp_path / "one")
    monkeypatch.setattr(site, "_WORTH_IT", 1)
    monkeypatch.setattr(site, "_CHUNK", 1)
    publish_site(casebook, (), tmp_path / "many")
    assert contents(tmp_path / "one") == contents(tmp_path / "many")
    assert (tmp_path / "many" / MANIFEST).is_file()
