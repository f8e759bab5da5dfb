"""Capturing: the bytes as they are, or one sentence."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from habeas.archive import capture
from habeas.errors import CaptureError


def test_a_capture_is_the_bytes_their_hash_and_their_path_in_the_book(tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "a.csv").write_bytes(b"id\r\n1\r\n")
    taken, data = capture(Path("lists/a.csv"), folder=tmp_path)
    assert data == b"id\r\n1\r\n"
    assert (taken.path, taken.size, taken.sha256) == (Path("lists/a.csv"), 7, hashlib.sha256(data).hexdigest())
    assert capture(tmp_path / "lists" / "a.csv", folder=tmp_path) == (taken, data)


def test_of_a_file_outside_the_book_only_the_name_is_kept(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "names.txt").write_text("Person A\n", encoding="utf-8")
    taken, _ = capture(tmp_path / "names.txt", folder=tmp_path / "book")
    assert taken.path == Path("names.txt")


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"there is no file lists/a\.csv"):
        capture(Path("lists/a.csv"), folder=tmp_path)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="is a folder"):
        capture(Path(), folder=tmp_path)


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    with pytest.raises(CaptureError, match=r"a\.csv is empty"):
        capture(Path("a.csv"), folder=tmp_path)


def test_too_large(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"12345")
    assert capture(Path("a.csv"), folder=tmp_path, limit=5)[0].size == 5
    with pytest.raises(CaptureError, match="larger than 4 bytes"):
        capture(Path("a.csv"), folder=tmp_path, limit=4)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_bytes(b"1")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)  # rights alone do not stop root
    with pytest.raises(CaptureError, match="no permission"):
        capture(Path("a.csv"), folder=tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_no_ordinary_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CaptureError, match="not an ordinary file"):
        capture(Path("pipe"), folder=tmp_path)


def test_a_name_that_no_system_takes(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match=r"cannot be read|there is no file"):
        capture(Path("a\0b"), folder=tmp_path)
