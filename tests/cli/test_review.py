"""`habeas review`, driven through a real pseudo-terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PROMPT = "q quit"
CLASHING = 'id,name,detained,born,note\n1,"Placeholder Alphaev",2021-02-03,1980-04-05,\n2,Specimen Betaev,2022-01,,\n'
OTHER = "id,name,detained,born\n7,Placeholder Alphanev,2021-02-03,1981-04-05\n8,Spetsimen Betayev,2022-01,\n"


@pytest.fixture
def reviewed(book: Path, run: Run) -> Path:
    """A book with a pair that nothing settles: one name, births a year apart."""
    (book / "lists" / "held.csv").write_text(CLASHING, encoding="utf-8")
    (book / "lists" / "other.csv").write_text(OTHER, encoding="utf-8")
    text = (book / "book.toml").read_text(encoding="utf-8")
    second = text[text.index("[[list]]") :].replace(
        '"held"\nfile = "lists/held.csv"', '"other"\nfile = "lists/other.csv"'
    )
    second = second.replace("Publisher A", "Publisher B").replace('note = "note"\n', "")
    (book / "book.toml").write_text(text + second, encoding="utf-8")
    done = run("read", "-b", book)
    assert done.code == 0, done.err
    return book


class Terminal:
    """A review in a terminal of its own: send a key, read what the screen says."""

    def __init__(self, book: Path, keys: Path, *arguments: str, colours: bool = False) -> None:
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update(HABEAS_KEYS=str(keys), COLUMNS="100", TERM="xterm-256color", PYTHONWARNINGS="ignore")
            if not colours:
                os.environ["NO_COLOR"] = "1"
            program = [
                sys.executable,
                "-c",
                "from habeas.cli import main; main()",
                "review",
                "-b",
                str(book),
                *arguments,
            ]
            os.execv(sys.executable, program)
        self.screen = ""

    def read(self, until: str | None) -> str:
        """What is printed up to a text that is waited for, or to the end."""
        seen, deadline = b"", time.monotonic() + 120
        while time.monotonic() < deadline:
            ready, _, _ = select.select([self.fd], [], [], 0.2)
            if ready:
                try:
                    got = os.read(self.fd, 65_536)
                except OSError:
                    break
                if not got:
                    break
                seen += got
            if until is not None and until in seen.decode(errors="ignore"):
                break
        self.screen = seen.decode(errors="replace").replace("\r\n", "\n")
        return self.screen

    def press(self, key: str, until: str | None = PROMPT) -> str:
        os.write(self.fd, key.encode())
        return self.read(until)

    def end(self) -> int:
        _, status = os.waitpid(self.pid, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


def pairs(run: Run, book: Path) -> list[dict[str, object]]:
    found = json.loads(run("link", "-b", book, "--json").out)["unsure"]
    assert isinstance(found, list)
    return found


def test_a_pair_is_shown_side_by_side_and_decided_with_one_key(reviewed: Path, run: Run, tmp_path: Path) -> None:
    before = pairs(run, reviewed)
    assert len(before) >= 1
    terminal = Terminal(reviewed, tmp_path / "keys", "--by", "reviewer-1")
    shown = terminal.read(PROMPT)
    assert f"1 of {len(before)}" in shown
    assert "Placeholder Alpha[·]ev" in shown
    assert "Placeholder Alpha[n]ev" in shown
    assert "[1980-04-05]" in shown
    assert "[1981-04-05]" in shown
    assert "Publisher A" in shown
    assert "Publisher B" in shown
    assert "lists/other.csv row 2" in shown
    for _ in before[1:]:
        terminal.press("k")
    ended = terminal.press("d", until=None)
    assert "1 decision recorded: 0 same, 1 different, 0 unsure" in ended
    assert terminal.end() == 0
    assert len(pairs(run, reviewed)) == len(before) - 1


def test_going_back_changes_a_decision_and_the_last_word_holds(reviewed: Path, run: Run, tmp_path: Path) -> None:
    before = pairs(run, reviewed)
    terminal = Terminal(reviewed, tmp_path / "keys")
    terminal.read(PROMPT)
    if len(before) > 1:
        terminal.press("s")
        back = terminal.press("b")
        assert "(you said: same)" in back
        terminal.press("d")
        ended = terminal.press("q", until=None)
    else:
        ended = terminal.press("d", until=None)
    assert "1 decision recorded: 0 same, 1 different, 0 unsure" in ended
    assert terminal.end() == 0
    assert len(pairs(run, reviewed)) == len(before) - 1


def test_keys_of_a_cyrillic_layout_and_other_keys(reviewed: Path, run: Run, tmp_path: Path) -> None:
    terminal = Terminal(reviewed, tmp_path / "keys")
    terminal.read(PROMPT)
    os.write(terminal.fd, "1zж".encode())
    ended = terminal.press("й", until=None)
    assert "0 decisions recorded" in ended
    assert terminal.end() == 0


def test_colours_mark_letters_where_the_terminal_has_them(reviewed: Path, tmp_path: Path) -> None:
    terminal = Terminal(reviewed, tmp_path / "keys", colours=True)
    shown = terminal.read(PROMPT)
    assert "\x1b[1;4;31m" in shown
    terminal.press("q", until=None)
    terminal.end()


def test_blind_reviewers_do_not_see_each_other_and_change_nothing(reviewed: Path, run: Run, tmp_path: Path) -> None:
    before = pairs(run, reviewed)
    for name, key in (("reviewer-1", "s"), ("reviewer-2", "d")):
        terminal = Terminal(reviewed, tmp_path / "keys", "--blind", name)
        assert f"1 of {len(before)}" in terminal.read(PROMPT)
        assert "you said" not in terminal.screen
        for _ in before[1:]:
            terminal.press(key)
        assert "opinion" in terminal.press(key, until=None)
        assert terminal.end() == 0
    assert pairs(run, reviewed) == before
    done = run("review", "-b", reviewed, "--agreement")
    assert "reviewer-1 and reviewer-2" in done.out
    assert "reviewer-1: same; reviewer-2: different" in done.out
    (found,) = json.loads(run("review", "-b", reviewed, "--agreement", "--json").out)
    assert (found["pairs"], found["agreed"], found["kappa"]) == (len(before), 0, 0.0)
    done = run("review", "-b", reviewed, "--blind", "reviewer-1")
    assert done.out.startswith("no pair is open")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "a review needs a terminal with a keyboard: "),
        (("--blind", "x", "--by", "y"), "--blind NAME says who judges; --by does not go with it"),
        (("--json",), "--json goes with --agreement"),
    ],
)
def test_wrong_use(reviewed: Path, run: Run, arguments: tuple[str, ...], says: str) -> None:
    done = run("review", "-b", reviewed, *arguments)
    assert done.code == 2
    assert says in done.err


def test_nobody_has_judged(reviewed: Path, run: Run) -> None:
    assert "no two blind reviewers have judged a pair in common" in run("review", "-b", reviewed, "--agreement").out


def test_what_another_decided_while_the_pair_was_on_the_screen_is_not_decided_over(
    reviewed: Path, run: Run, tmp_path: Path
) -> None:
    (first, *_) = pairs(run, reviewed)
    terminal = Terminal(reviewed, tmp_path / "keys", "--by", "reviewer-1")
    terminal.read(PROMPT)
    done = run("link", "-b", reviewed, "--different", first["a"], first["b"], "--reason", "two photographs")
    assert done.code == 0, done.err
    terminal.press("s", until="decided these two meanwhile: different; nothing was recorded")
    assert "decided these two meanwhile: different; nothing was recorded" in terminal.screen
    terminal.press("q", until=None)
    assert terminal.end() == 0
