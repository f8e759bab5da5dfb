"""What is half made: whole in its place or gone, also where its maker is killed; never taken from the living."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from habeas.ledger import open_ledger
from habeas.ledger.keys import Trust
from habeas.making import discard_left, half_made, making, swap, write_whole
from habeas.pipeline import build
from habeas.publish.write import MARKER, write_folder
from habeas.readers import load_book
from tests.cli.conftest import Run, book, run
from tests.conftest import BUILT_AT

__all__ = ["book", "run"]

# Makes something at argv[1], says so, and waits to be killed.
MAKER = """
import sys, time
from pathlib import Path
from habeas.making import making
with making(Path(sys.argv[1])) as made:
    made.write_text("Specimen Betaev")
    print("made", flush=True)
    time.sleep(600)
"""


def maker(place: Path) -> subprocess.Popen[str]:
    started = subprocess.Popen([sys.executable, "-c", MAKER, str(place)], stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline() == "made\n"
    return started


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def test_what_the_dead_left_is_thrown_away_and_what_the_living_make_stays(tmp_path: Path) -> None:
    dead, alive = maker(tmp_path / "site"), maker(tmp_path / "site")
    assert len(list(half_made(tmp_path))) == 2
    kill(dead)
    try:
        discard_left(tmp_path)
        (left,) = half_made(tmp_path)
        assert (left / "site").read_text() == "Specimen Betaev"
        write_whole(tmp_path / "other.txt", b"whole")  # whoever makes something there does it too
        assert list(half_made(tmp_path)) == [left]
    finally:
        kill(alive)
    write_whole(tmp_path / "other.txt", b"whole again")
    assert [p.name for p in tmp_path.iterdir()] == ["other.txt"]


def test_one_process_does_not_take_its_own_for_a_dead_ones(tmp_path: Path) -> None:
    with making(tmp_path / "site") as one, making(tmp_path / "site") as other:
        one.write_text("one")
        discard_left(tmp_path)
        assert (one.read_text(), one.parent != other.parent) == ("one", True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a system without fork")
def test_a_child_that_lives_on_does_not_keep_what_its_parent_made(tmp_path: Path) -> None:
    script = MAKER.replace(
        'print("made"',
        'import os\n    if os.fork() == 0:\n        time.sleep(5)\n        os._exit(0)\n    print("made"',
    )
    started = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "site")], stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "made\n"
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    discard_left(tmp_path)
    assert list(half_made(tmp_path)) == []
    started.stdout.close()


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    for name in (".site-config", ".notes.part", "letter.part", ".x.0123abcd.part.txt"):
        (tmp_path / name).mkdir()
    (tmp_path / ".a.0123abcd.part").write_text("a file", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    discard_left(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_folder_whose_maker_died_in_the_exchange_is_put_back(tmp_path: Path) -> None:
    left = tmp_path / ".site.0123abcd.part"
    (left / ".before").mkdir(parents=True)
    (left / ".before" / "index.html").write_text("old", encoding="utf-8")
    (left / "site").mkdir()
    discard_left(tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))] == ["site", "site/index.html"]


def test_the_later_of_two_folders_put_in_one_place_stands(tmp_path: Path) -> None:
    place = tmp_path / "site"
    with making(place) as one, making(place) as other:
        for made in (one, other):
            made.mkdir()
            (made / made.parent.name).write_text("", encoding="utf-8")
        swap(one, place)
        swap(other, place)
        last = other.parent.name
    assert [p.relative_to(tmp_path).as_posix() for p in sorted(tmp_path.rglob("*"))] == ["site", f"site/{last}"]


def _place_of(book: Path, what: str) -> Path:
    return {"site": book / "site", "ledger": book / "ledger.sqlite", "input": book / "lists" / "held.csv"}[what]


@pytest.mark.parametrize("what", ["site", "ledger", "input"])
@pytest.mark.parametrize("verb", [["build"], ["publish", "site"], ["erase", "Specimen Betaev", "--yes"]])
def test_the_next_command_throws_away_what_a_killed_one_left_in_the_book(
    run: Run, book: Path, what: str, verb: list[str]
) -> None:
    run("build", "-b", book)
    kill(maker(_place_of(book, what)))
    assert list(book.rglob("*.part"))
    assert run(*verb, "-b", book).code == 0
    assert list(book.rglob("*.part")) == []


@pytest.mark.parametrize("verb", ["export", "backup"])
def test_the_next_command_throws_away_what_a_killed_one_left_beside_its_target(
    run: Run, book: Path, tmp_path: Path, verb: str
) -> None:
    run("build", "-b", book)
    (tmp_path / "out").mkdir()
    kill(maker(tmp_path / "out" / "made"))
    assert run(verb, tmp_path / "out" / "made", "-b", book).code == 0
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["made"]


# Builds the book at argv[1], and stops for ever where it writes the site.
BUILDER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from habeas.pipeline import build
from habeas.publish import write
from habeas.readers import load_book
whole = write._Folder.put
def put(self, name, content):
    found = whole(self, name, content)
    if name == "cases.html":
        print("made", flush=True)
        time.sleep(600)
    return found
write._Folder.put = put
build(load_book(Path(sys.argv[1])), now=datetime(2026, 4, 1, 12, tzinfo=UTC))
"""


def test_a_build_killed_while_it_writes_the_site_leaves_nobody_in_the_book(run: Run, book: Path) -> None:
    started = subprocess.Popen([sys.executable, "-c", BUILDER, str(book)], stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline() == "made\n"
    kill(started)
    assert any(b"Betaev" in p.read_bytes() for d in half_made(book) for p in d.rglob("*.html"))
    run("erase", "Specimen Betaev", "--yes", "-b", book)
    left = [p for p in book.rglob("*") if p.is_file() and b"Betaev" in p.read_bytes()]
    assert [p.relative_to(book).as_posix() for p in left] == ["lists/held.csv"]


def test_makers_of_one_site_at_once_leave_one_whole(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def write(number: int) -> None:
        write_folder(tmp_path / "site", [(MARKER, b""), *((f"{n}.html", str(number).encode()) for n in range(30))])

    with ThreadPoolExecutor(4) as several:
        list(several.map(write, range(24)))
    pages = {p.read_bytes() for p in (tmp_path / "site").glob("*.html")}
    assert (len(pages), [p.name for p in tmp_path.iterdir()]) == (1, ["site"])


def test_a_backup_is_as_it_was(book: Path, tmp_path: Path) -> None:
    build(load_book(book), now=BUILT_AT)
    with open_ledger(book / "ledger.sqlite") as ledger:
        ledger.backup(tmp_path / "copy.sqlite")
        with open_ledger(tmp_path / "copy.sqlite") as copy:
            assert copy.verify(ledger.heads(), Trust(unsigned=True)) == ()
