"""Run the command line in this process, as a user would, and make small books to run it on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from habeas.cli import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setenv("HABEAS_KEYS", str(tmp_path / "keys"))

    def habeas(*arguments: object) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr("sys.argv", ["habeas", *map(str, arguments)])
        with pytest.raises(SystemExit) as leaving:
            main()
        printed = capsys.readouterr()
        code = leaving.value.code
        assert isinstance(code, int)
        assert "Traceback" not in printed.err
        return Ran(code, printed.out, printed.err)

    return habeas


BOOK = """
[book]
title = "A small book"
country = "BY"
contact = "corrections@example.org"

[[list]]
id = "held"
file = "lists/held.csv"
title = "People held"
publisher = "Publisher A"
published = "2023-05-01"
language = "en"
means = "held"
covers = { period = "2020/2023-05-01", place = "Belarus", extent = "sample" }
key = ["id"]
[list.columns]
name = "name"
detained = "detained"
born = "born"
note = "note"
"""

HELD = """id,name,detained,born,note
1,Placeholder Alphaev,2021-02-03,1980-04-05,
2,Specimen Betaev,2022-01,,a remark
3,Exemplar Gammaev,,,
"""

RELEASES = """id,country,date,title,kind,status,url
BY-2023-06-01,BY,2023-06-01,A release,release,executed,https://example.org/release
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path / "book")


def small_book(folder: Path) -> Path:
    (folder / "lists").mkdir(parents=True)
    (folder / "events").mkdir()
    (folder / "articles").mkdir()
    (folder / "book.toml").write_text(BOOK, encoding="utf-8")
    (folder / "lists" / "held.csv").write_text(HELD, encoding="utf-8")
    (folder / "events" / "releases.csv").write_text(RELEASES, encoding="utf-8")
    (folder / "articles" / "one.txt").write_text(
        "title: A text\npublished: 2023-05-02\n---\nTwo people were freed.\n", encoding="utf-8"
    )
    return folder
