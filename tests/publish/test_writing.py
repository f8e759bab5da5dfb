"""The folder is written whole or stays as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from habeas.errors import PublishError
from habeas.nouns import Casebook, Public, Team
from habeas.publish import publish_site
from habeas.publish.write import MANIFEST, MARKER, write_folder


def tree(folder: Path) -> dict[str, bytes]:
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: content for name, content in found.items() if name != MANIFEST}


def test_stale_pages_vanish(casebook: Casebook[Public], tmp_path):
    site = tmp_path / "site"
    publish_site(casebook, (), site)
    gone = next(iter(casebook.cases))
    assert (site / "cases" / f"{gone}.html").exists()
    publish_site(replace(casebook, cases={}, releases={}), (), site)
    assert not (site / "cases" / f"{gone}.html").exists()


def test_a_failure_leaves_the_old_site_and_no_debris(tmp_path):
    site = tmp_path / "out" / "site"
    write_folder(site, [(MARKER, b"old"), ("index.html", b"old")])

    def broken():
        yield MARKER, b"new"
        yield "index.html", b"new"
        raise OSError(28, "No space left on device")

    with pytest.raises(PublishError, match=r"No space left on device.*as it was before"):
        write_folder(site, broken())
    assert tree(site) == {MARKER: b"old", "index.html": b"old"}
    assert [p.name for p in site.parent.iterdir()] == ["site"]


def test_a_fault_of_ours_leaves_no_debris_either(tmp_path):
    def broken():
        yield MARKER, b"new"
        raise ZeroDivisionError("a fault")

    with pytest.raises(ZeroDivisionError, match="a fault"):
        write_folder(tmp_path / "site", broken())
    assert list(tmp_path.iterdir()) == []


def test_a_failing_swap_puts_the_old_site_back(tmp_path, monkeypatch):
    site = tmp_path / "site"
    write_folder(site, [(MARKER, b"old")])
    real = Path.rename
    moves = []

    def rename(self, target):
        moves.append(target)
        if len(moves) == 2:
            raise OSError(13, "Permission denied")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(PublishError, match="Permission denied"):
        write_folder(site, [(MARKER, b"new")])
    monkeypatch.undo()
    assert tree(site) == {MARKER: b"old"}
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_a_folder_with_other_files_is_not_touched(tmp_path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "draft.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(PublishError, match="holds files that are not ours"):
        write_folder(tmp_path / "letters", [(MARKER, b"new")])
    assert tree(tmp_path / "letters") == {"draft.txt": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_not_touched(tmp_path):
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    with pytest.raises(PublishError, match="is not a folder"):
        write_folder(tmp_path / "site", [(MARKER, b"new")])


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "site").mkdir()
    written = write_folder(tmp_path / "site", [(MARKER, b"new")])
    assert written == (tmp_path / "site" / MANIFEST, tmp_path / "site" / MARKER)


def test_no_permission_is_one_sentence(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(
        PublishError,
        match=r"^the site could not be written to .*\(Permission denied\): the folder is as it was before$",
    ):
        write_folder(tmp_path / "site", [(MARKER, b"new")])


def test_only_the_public_view_is_published(casebook: Casebook[Public], tmp_path):
    theirs = replace(casebook, audience=Team)
    with pytest.raises(PublishError, match="only the public view may be published, this one is for team"):
        publish_site(theirs, (), tmp_path / "site")
    assert not (tmp_path / "site").exists()
