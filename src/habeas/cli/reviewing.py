"""`habeas review`: the unsure pairs one by one, side by side, decided with one key each."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from habeas.cli import show
from habeas.cli.options import book_option, json_option, label, ledger_of, now, open_book, print_json
from habeas.errors import DecidedMeanwhile, UsageError
from habeas.ledger import Ledger
from habeas.nouns import Book, Casebook, Keeper, Mention, Pair, Team
from habeas.pipeline import casebook, decide
from habeas.resolve import mentions
from habeas.resolve.agreement import Agreement, Opinion, agreement, opinions
from habeas.resolve.aligning import align

_VERDICTS = {"s": "same", "d": "different", "u": "unsure"}
_KEYS = "s same   d different   u unsure   k skip   b back   q quit"
_DIFFERS = "bold red underline"
# What is shown of an entry, in this order, where either side has it.
_SHOWN = (
    "born",
    "detained",
    "sex",
    "home",
    "sentenced",
    "sentence",
    "article",
    "prison",
    "released",
    "occupation",
    "nationality",
)
_COMPARED = frozenset({"born", "detained", "sex", "sentenced"})  # where two values that differ speak against
_FILLER = "·"


@click.command()
@click.option(
    "--by", metavar="NAME", default="", help="Who decides (else the book's recorder); kept with the decision."
)
@click.option(
    "--blind", metavar="NAME", help="Judge as one of two reviewers: kept as an opinion, hidden from the other."
)
@click.option("--agreement", "asked", is_flag=True, help="How far blind reviewers agree, with Cohen's kappa.")
@click.option("--again", is_flag=True, help="Also the pairs that were decided to be unsure, or judged already.")
@json_option
@book_option
def review(by: str, blind: str | None, asked: bool, again: bool, as_json: bool, folder: Path | None) -> None:
    """Walk the unsure pairs by keyboard: side by side, differences marked letter by letter, with sources.

    Each key is recorded at once, as a statement with who and when: s same, d different, u unsure, k skip, b back, q quit.
    The decision holds against any later model; `habeas undo` takes it back.
    """
    if blind is not None and by:
        raise UsageError("--blind NAME says who judges; --by does not go with it")
    if as_json and not asked:
        raise UsageError("--json goes with --agreement; a review is walked by keyboard")
    book = open_book(folder)
    with ledger_of(book) as ledger:
        cases = casebook(book, ledger, Team)
        given = opinions(ledger.view(Keeper))
        if asked:
            _agreement(agreement(given), cases, as_json=as_json)
            return
        pairs = _open(cases, given, blind, again=again)
        if not pairs:
            click.echo("no pair is open" + ("" if again else "; --again shows those decided to be unsure"))
            return
        if not sys.stdin.isatty():
            raise UsageError(f"a review needs a terminal with a keyboard: {len(pairs)} pairs are open")
        _Walk(book, ledger, cases, pairs, by=blind or by, blind=blind is not None).walk()


def _open(cases: Casebook[Team], given: Iterable[Opinion], blind: str | None, *, again: bool) -> list[Pair]:
    judged = {(one.a, one.b) for one in given if one.by == blind}
    home = {m for case in cases.cases.values() for m in case.mentions}
    found = [p for p in cases.unsure if p.a in home and p.b in home]
    if again:
        return found
    return [p for p in found if p.decision is None and (min(p.a, p.b), max(p.a, p.b)) not in judged]


class _Walk:
    """The pairs, one on the screen at a time."""

    def __init__(
        self, book: Book, ledger: Ledger, cases: Casebook[Team], pairs: Sequence[Pair], *, by: str, blind: bool
    ) -> None:
        self._book, self._ledger, self._cases, self._pairs = book, ledger, cases, pairs
        self._by, self._blind = by, blind
        self._entries = {one.id: one for one in mentions(ledger.view(Team))}
        self._home = {m: case.id for case in cases.cases.values() for m in case.mentions}
        self._said: dict[int, str] = {}
        self._seen = 0  # statements on record when the pair on the screen was shown
        self._console = show.console()

    def walk(self) -> None:
        with _keyboard() as read:
            self._through(read)
        counts = {v: sum(1 for said in self._said.values() if said == v) for v in _VERDICTS.values()}
        what = ("opinion" if self._blind else "decision") + ("" if len(self._said) == 1 else "s")
        click.echo(f"\n{len(self._said)} {what} recorded: " + ", ".join(f"{n} {v}" for v, n in counts.items()))
        click.echo(f"{len(self._pairs) - len(self._said)} of {len(self._pairs)} pairs are left")

    def _through(self, read: Callable[[], str]) -> None:
        at = 0
        while 0 <= at < len(self._pairs):
            self._show(at)
            key = _key(read)
            if key == "q":
                break
            if key == "b":
                at = max(at - 1, 0)
                continue
            if key in _VERDICTS:
                self._record(at, _VERDICTS[key])
            at += 1

    def _record(self, at: int, verdict: str) -> None:
        if self._said.get(at) == verdict:
            return
        pair, seen = self._pairs[at], None if at in self._said else self._seen
        try:
            decide(self._book, self._ledger, pair.a, pair.b, same=verdict, reason="", now=now(), by=self._by,
                   blind=self._blind, seen=seen)  # fmt: skip
        except DecidedMeanwhile as error:
            self._console.print(Text(f"{error}; b goes back to decide anew", style="bold"))
            return
        self._said[at] = verdict
        self._console.print(Text(f"recorded: {verdict}", style="bold"))

    def _show(self, at: int) -> None:
        pair, console = self._pairs[at], self._console
        head = self._ledger.head()
        self._seen = 0 if head is None else head.size
        said = f"   (you said: {self._said[at]})" if at in self._said else ""
        console.print(Text(f"\n{'─' * min(console.width, 78)}\n{at + 1} of {len(self._pairs)}   score {pair.score:.2f}{said}",
                           style="bold"))  # fmt: skip
        a, b = self._entries[pair.a], self._entries[pair.b]
        for line in letter_by_letter(*_nearest_names(a, b), marked=not _colours(console)):
            console.print(Text("  ") + line)
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="dim", width=11)
        grid.add_column(overflow="fold", ratio=1)
        grid.add_column(overflow="fold", ratio=1)
        for name, left, right in self._rows(a, b):
            differ = bool(left and right and left != right) and name in _COMPARED
            style = _DIFFERS if differ and _colours(console) else ""
            mark = "[{}]" if differ and not _colours(console) else "{}"
            grid.add_row(name, Text(mark.format(left) if left else "—", style=style),
                         Text(mark.format(right) if right else "—", style=style))  # fmt: skip
        console.print(grid)
        console.print(Text("why unsure: " + "; ".join(pair.why), style="dim"))
        console.print(Text(_KEYS, style="bold"))

    def _rows(self, a: Mention, b: Mention) -> list[tuple[str, str, str]]:
        cases = [f"{label(self._cases, self._home[m.id])} ({self._home[m.id]})" for m in (a, b)]
        names = ["; ".join(name.text for name in m.names) for m in (a, b)]
        page = show.Page()
        rows = [("case", cases[0], cases[1]), ("name", names[0], names[1])]
        for prop in _SHOWN:
            left, right = ("; ".join(dict.fromkeys(s.value or "" for s in m.values(prop))) for m in (a, b))
            if left or right:
                rows.append((prop, page.durations(left), page.durations(right)))
        rows.append(("list", self._list(a), self._list(b)))
        rows.append(("source", self._source(a), self._source(b)))
        rows.append(("place", _place(a), _place(b)))
        return rows

    def _list(self, one: Mention) -> str:
        found = self._cases.lists.get(one.list_id)
        return one.list_id if found is None else f"{found.title} ({found.publisher})"

    def _source(self, one: Mention) -> str:
        urls = dict.fromkeys(s.source for s in one.values("name"))
        found = (self._cases.sources.get(s) for s in urls)
        return "; ".join(s.url or s.publisher or s.title for s in found if s is not None)


def _nearest_names(a: Mention, b: Mention) -> tuple[str, str]:
    """Of the names of both, the two with the fewest letters unexplained."""
    names = [[name.text for name in one.names[:3]] or ["(the name is kept back)"] for one in (a, b)]
    return min(((x, y) for x in names[0] for y in names[1]), key=lambda two: sum(not g.same for g in align(*two)))


def _place(one: Mention) -> str:
    return next((s.place for s in one.values("name") if s.place), "")


def _colours(console: Console) -> bool:
    return console.color_system is not None and not console.no_color


_MEANT = {
    # The same keys on a Cyrillic layout, the arrows, and the ways to leave.
    "ы": "s", "і": "s", "в": "d", "г": "u", "л": "k", "и": "b", "й": "q", " ": "k", "\x1b[D": "b", "\x1b[C": "k",
    "\x1b": "q", "\x03": "q", "\x04": "q", "": "q",
}  # fmt: skip


@contextmanager
def _keyboard() -> Iterator[Callable[[], str]]:
    """The keyboard, key by key, for the whole walk, so that a key pressed early is not lost."""
    try:
        import termios
        import tty
    except ImportError:  # Windows
        yield click.getchar
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor, termios.TCSANOW)
    try:
        yield lambda: _pressed(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _pressed(descriptor: int) -> str:
    """One key: a letter of any script, or the signs that an arrow sends."""
    got = os.read(descriptor, 1)
    first = got[0] if got else 0
    for _ in range((first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0)):
        got += os.read(descriptor, 1)
    if got == b"\x1b" and select.select([descriptor], [], [], 0.05)[0]:
        got += os.read(descriptor, 2)
    return got.decode(errors="replace")


def _key(read: Callable[[], str]) -> str:
    """One key that means something; Ctrl-C and Ctrl-D leave, what is recorded stays."""
    while True:
        try:
            pressed = read()
        except (KeyboardInterrupt, EOFError):
            return "q"
        key = _MEANT.get(pressed, _MEANT.get(pressed.lower(), pressed.lower()))
        if len(key) == 1 and key in "sdukbq":
            return key


def letter_by_letter(a: str, b: str, *, marked: bool) -> tuple[Text, Text]:
    """Two names one above the other, letters that stand for the same sound in one column, the rest marked.

    Marked by colour, or by brackets where `marked`, for a terminal without colours.
    """
    left, right = Text(), Text()
    groups: list[tuple[str, str, bool]] = []
    for one in align(a, b):
        if groups and not one.same and not groups[-1][2]:
            before = groups.pop()
            groups.append((before[0] + one.a, before[1] + one.b, False))
        else:
            groups.append((one.a, one.b, one.same))
    for x, y, same in groups:
        width = max(len(x), len(y))
        for line, letters in ((left, x), (right, y)):
            text = letters.ljust(width, " " if not (x + y).strip() else _FILLER)
            line.append(f"[{text}]" if marked and not same else text, style="" if same or marked else _DIFFERS)
    return left, right


def _agreement(found: Sequence[Agreement], cases: Casebook[Team], *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(one) for one in found])
        return
    if not found:
        click.echo("no two blind reviewers have judged a pair in common; each walks `habeas review --blind NAME`")
        return
    rows = [(" and ".join(one.reviewers), one.pairs, one.agreed, "—" if one.kappa is None else f"{one.kappa:.2f}")
            for one in found]  # fmt: skip
    show.table("", [("reviewers", "left"), ("pairs", "right"), ("agreed", "right"), ("kappa", "right")], rows)
    home = {m: case for case in cases.cases.values() for m in case.mentions}
    for one in found:
        for x, y in one.differ:
            two = " and ".join(f"{home[m].label} ({home[m].id})" if m in home else m for m in (x.a, x.b))
            show.block("differ", [two, f"{x.by}: {x.same.value}; {y.by}: {y.same.value}"], width=6)
