"""Lines and tables for people, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from habeas.dates import PartialDate
from habeas.languages import LANGUAGES, language
from habeas.names import shown
from habeas.nouns import Phrase, Problem, only, say, together

_SIGNS = {"ge": "≥ ", "gt": "> ", "le": "≤ ", "lt": "< ", "approx": "~ "}
_DURATION = re.compile(r"\bP((?:\d+[YMWD])+)")
MOST_PROBLEMS = 20
SOURCE = LANGUAGES[0]  # what the messages are written in


def console() -> Console:
    """Standard output; no colour and no markup in names that come from lists."""
    return Console(highlight=False, markup=False, soft_wrap=False)


class Page:
    """What prints an answer, in one language; English is as in JSON: plain figures, and days as 2025-12-13."""

    def __init__(self, tag: str = SOURCE) -> None:
        self._language = None if tag == SOURCE else language(tag)

    def text(self, cell: object) -> str:
        """One cell or line in the page's language."""
        if cell is None:
            return ""
        if self._language is None:
            return shown(str(cell))
        if isinstance(cell, str):
            return shown(self._language.text(cell))
        if isinstance(cell, int | float | date | PartialDate):
            return self._language.text(only(cell))
        return str(cell)

    def code(self, group: str, value: str) -> str:
        """A code of the vocabulary: in English as it is recorded, in other languages in its own words."""
        plain = value.replace("_", " ")
        return plain if self._language is None else self._language.code(group, value)

    def durations(self, text: str) -> str:
        """A text with its ISO 8601 durations as people say them: `P5Y9M` is `5y 9m`, `5 гадоў 9 месяцаў`."""
        if self._language is None:
            return _DURATION.sub(lambda m: re.sub(r"(?<=[YMWD])(?=\d)", " ", m[1]).lower(), text)
        return _DURATION.sub(lambda m: self._language.duration(m[0]), text)  # type: ignore[union-attr]

    def line(self, said: object, style: str = "", *, wrap: bool = True) -> None:
        """One line; `wrap` False leaves it whole, to be copied."""
        console().print(Text(self.text(said), style=style), soft_wrap=not wrap)

    def table(self, title: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[object]]) -> None:
        """One table: columns as (heading, `left` or `right`)."""
        grid = Table(
            title=self.text(title) or None,
            title_justify="left",
            title_style="bold",
            box=SIMPLE_HEAD,
            pad_edge=False,
            show_header=any(h for h, _ in columns),
        )
        for heading, justify in columns:
            grid.add_column(self.text(heading), justify="right" if justify == "right" else "left", overflow="fold")
        for row in rows:
            grid.add_row(*(Text(self.text(cell)) for cell in row))
        if grid.row_count:
            console().print(grid)

    def block(self, head: str | Text, lines: Sequence[str], *, width: int) -> None:
        """Something short in a left column, and beside it a line with, dimmed below it, what there is to say of it."""
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=width)
        grid.add_column(overflow="fold")
        first = head if isinstance(head, Text) else self.text(head)
        for number, line in enumerate(lines):
            grid.add_row(first if number == 0 else "", Text(self.text(line), style="dim" if number else ""))
        console().print(grid)


_ENGLISH = Page()
table, block = _ENGLISH.table, _ENGLISH.block


def figure(count: Mapping[str, Any]) -> Phrase:
    """A published number as it was hedged: `≥ 1,378`."""
    if count["op"] == "approx_lt":
        return say("nearly {number}", number=count["n"])
    return together([_SIGNS.get(count["op"], "").strip(), only(count["n"])])


def in_plain(inputs: Sequence[str]) -> None:
    """Inputs of a book with a passphrase that hold what the public may not see, and are not sealed."""
    if inputs:
        click.echo(f"not sealed, and not all for the public: {', '.join(inputs)}", err=True)
        click.echo("  `habeas lock --inputs` seals them; `habeas unlock FILE` gives one back to work on", err=True)


def stays_plain(found: Sequence[Problem], closed: Sequence[str]) -> None:
    """What of a book with a passphrase must stay in plain and tells something, and files of which nothing can be told."""
    for one in found:
        click.echo(str(one), err=True)
    if closed:
        click.echo(f"not looked into: {', '.join(closed)}; `habeas lock FILE` seals one all the same", err=True)


def problems(
    found: Sequence[Problem], *, most: int = MOST_PROBLEMS, rest: str = "habeas read --preview --all lists them"
) -> None:
    """Problems in the data, on standard error, the first of them in full; `rest` says where to find the others."""
    if not found:
        return
    said = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    click.echo(f"{said} in the data; each says what became of the value:", err=True)
    for problem in found[:most]:
        click.echo(f"  {problem}", err=True)
    if len(found) > most:
        click.echo(f"  and {len(found) - most} more: {rest}", err=True)
