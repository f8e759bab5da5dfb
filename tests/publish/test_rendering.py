"""Pages made on all cores, and none anew that is made of the same: the same bytes in every way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from habeas.nouns import Casebook, Public
from habeas.publish import publish_site, rendering, site


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the pages rendered, in this process."""
    told: list[str] = []
    render = site._render

    def told_of(shelf, page, reader, *, past):
        told.append(site.folder_of(reader.tag) + page.path)
        return render(shelf, page, reader, past=past)

    monkeypatch.setattr(site, "_render", told_of)
    return told


def test_one_changed_case_renders_its_own_pages_and_the_lists(
    casebook: Casebook[Public], tmp_path: Path, rendered: list[str]
) -> None:
    publish_site(casebook, (), tmp_path / "site")
    before = contents(tmp_path / "site")
    rendered.clear()
    publish_site(casebook, (), tmp_path / "site")
    assert contents(tmp_path / "site") == before
    assert not [path for path in rendered if "cases/" in path]
    rendered.clear()
    cases = {**casebook.cases, "C-p2": replace(casebook.cases["C-p2"], releases=(), lists=())}
    changed = replace(casebook, cases=cases)
    publish_site(changed, (), tmp_path / "site")
    assert {path for path in rendered if "cases/" in path} == {f"{tag}cases/C-p2.html" for tag in ("", "be/", "ru/")}
    publish_site(changed, (), tmp_path / "fresh")
    assert contents(tmp_path / "site") == contents(tmp_path / "fresh")


def test_a_page_that_somebody_edited_is_made_anew(casebook: Casebook[Public], tmp_path: Path) -> None:
    publish_site(casebook, (), tmp_path / "site")
    page = tmp_path / "site" / "cases" / "C-b1.html"
    before = page.read_bytes()
    page.write_bytes(before.replace(b"Bialiatski", b"Somebody"))
    publish_site(casebook, (), tmp_path / "site")
    assert page.read_bytes() == before


@pytest.mark.parametrize("marks", ["", "[]", "{", '{"cases/C-b1.html": 1}', '{"cases/C-b1.html": ["x", "y"]}'])
def test_marks_that_cannot_be_read_cost_time_and_nothing_else(
    casebook: Casebook[Public], tmp_path: Path, marks: str
) -> None:
    publish_site(casebook, (), tmp_path / "site")
    before = contents(tmp_path / "site")
    (tmp_path / ".site.pages.json").write_text(marks, encoding="utf-8")
    publish_site(casebook, (), tmp_path / "site")
    assert contents(tmp_path / "site") == before


def test_all_cores_give_the_bytes_of_one(
    casebook: Casebook[Public], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_site(casebook, (), tmp_path / "one")
    monkeypatch.setattr(rendering, "_WORTH_IT", 1)
    monkeypatch.setattr(rendering, "_CHUNK", 1)
    publish_site(casebook, (), tmp_path / "many")
    assert contents(tmp_path / "one") == contents(tmp_path / "many")
