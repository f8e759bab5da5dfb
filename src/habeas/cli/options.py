"""What several commands take: the book, the two clocks, the audience, the form of the answer."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from habeas.dates import AsOf, Clock, PartialDate, end_of
from habeas.errors import LedgerUnwritable, UsageError
from habeas.nouns import Audience, Book, Casebook, Public, Team
from habeas.readers import find_book, load_book

if TYPE_CHECKING:
    from habeas.ledger import Ledger

_LONGEST_NAME = 100

F = TypeVar("F", bound=Callable[..., Any])


def book_option(command: F) -> F:
    """`-b BOOK`: the book's folder; else the one the current folder stands in."""
    option = click.option(
        "-b", "--book", "folder", type=click.Path(path_type=Path), help="The book's folder (else the one you stand in)."
    )
    return option(command)


def json_option(command: F) -> F:
    """`--json`: for programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON (shapes: docs/json.md).")(command)


def passphrase_file_option(command: F) -> F:
    """`--passphrase-file FILE`: the new passphrase."""
    option = click.option(
        "--passphrase-file",
        type=click.Path(path_type=Path),
        help="Take the new passphrase from the first line of a file, and do not ask.",
    )
    return option(command)


def clock_options(command: F) -> F:
    """`--on`, `--known`, `--known-by`, `--public`."""
    for option in (
        click.option("--public", is_flag=True, help="Answer from what may be published, not from all the team sees."),
        click.option(
            "--known-by",
            type=click.Choice([c.value for c in Clock]),
            default=Clock.RECORDED.value,
            show_default=True,
            help="Read --known on the clock of our record, or of the sources' publication.",
        ),
        click.option(
            "--known", metavar="DAY", help="As known on this day (2025-12-14) or instant (2025-12-14T09:00Z)."
        ),
        click.option("--on", metavar="DAY", help="The day asked about (else today)."),
    ):
        command = option(command)
    return command


def open_book(folder: Path | None) -> Book:
    """The book named with -b, or the one the current folder stands in; what is recorded in it bears the name of whoever does."""
    book = load_book(folder if folder is not None else find_book(Path.cwd()))
    return replace(book, recorder=recorder() or book.recorder)


def recorder() -> str:
    """The pseudonym under which this person records, by HABEAS_BY; empty where it is not set.

    Raises:
        UsageError: it is no name.
    """
    name = os.environ.get("HABEAS_BY", "")
    if not name.isprintable() or name != name.strip() or len(name) > _LONGEST_NAME:
        raise UsageError("HABEAS_BY is no pseudonym: a short name on one line, such as HABEAS_BY=reader-2")
    return name


def keys_folder() -> Path:
    """Where this machine keeps its signing key: apart from every book."""
    return Path(os.environ.get("HABEAS_KEYS") or click.get_app_dir("habeas"))


def ledger_place(book: Book) -> Path | str:
    """Where the book's ledger lies: its own file, or what HABEAS_LEDGER names (a team's PostgreSQL database)."""
    return os.environ.get("HABEAS_LEDGER") or book.ledger


@contextmanager
def ledger_of(book: Book, *, create: bool = False, public: bool = False) -> Iterator[Ledger]:
    """The book's ledger, opened so that what is recorded is signed with this machine's key.

    The passphrase of a locked book is asked for; where no more than its `public` view is needed, it is only taken from
    where HABEAS_PASSPHRASE_FILE says. Afterwards the roles of a team's database read what their audiences may see now.
    """
    # What needs no book starts without them.
    from habeas.ledger import open_ledger
    from habeas.pipeline import share

    ask, place = given_passphrase if public else passphrase, ledger_place(book)
    keys, today = keys_folder(), now().date()
    with open_ledger(place, create=create, keys=keys, today=today, passphrase=ask, book=book) as ledger:
        if ledger.notice is not None:
            click.echo(ledger.notice, err=True)
        yield ledger
        try:
            share(book, ledger)
        except LedgerUnwritable as error:
            # A replica, say: what was asked is answered all the same.
            click.echo(f"the public view of the database stays closed: {error}", err=True)


def given_passphrase() -> str | None:
    """The passphrase from the file that HABEAS_PASSPHRASE_FILE names; None where it names none."""
    named = os.environ.get("HABEAS_PASSPHRASE_FILE")
    return passphrase_in(Path(named)) if named else None


def passphrase() -> str | None:
    """The passphrase of the book: from its file, else asked in a terminal; None where it is not given."""
    said = given_passphrase()
    if said is None and sys.stdin.isatty():
        said = _hidden("Passphrase of the book")
    return said or None


def passphrase_in(path: Path) -> str:
    """The first line of a file.

    Raises:
        UsageError: it cannot be read, or its first line is empty.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"the passphrase file {path.name} cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise UsageError(f"the passphrase file {path.name} is not UTF-8 text") from None
    if not lines or not lines[0].strip():
        raise UsageError(f"the first line of the passphrase file {path.name} is empty; write the passphrase there")
    return lines[0]


def new_passphrase(file: Path | None, prompt: str) -> str:
    """A passphrase to be set: from a file, else asked twice in a terminal; empty where none is wanted or can be asked."""
    if file is not None:
        return passphrase_in(file)
    if not sys.stdin.isatty():
        return ""
    said: str = _hidden(prompt)
    if said and _hidden("The same again") != said:
        raise UsageError("the two were not the same; nothing was set: run the command again")
    return said


def _hidden(prompt: str) -> str:
    said: str = click.prompt(prompt, hide_input=True, err=True, default="", show_default=False)
    return said


def named(what: str, prompt: str) -> str:
    """What was named on the command line; `-` reads it from a terminal or standard input, past the shell's history.

    Raises:
        UsageError: nothing came.
    """
    if what != "-":
        return what
    said: str = click.prompt(prompt, err=True) if sys.stdin.isatty() else sys.stdin.readline()
    if not said.strip():
        raise UsageError("nothing was read from standard input; type a name or an id there, on a line of its own")
    return said.strip()


class Progress:
    """Where long work stands, on standard error: one moving line in a terminal, else a line a stage."""

    def __init__(self) -> None:
        self.moving = sys.stderr.isatty()
        self.stage = ""

    def __call__(self, line: str) -> None:
        stage = line.partition(":")[0]
        if self.moving:
            click.echo(f"\r\033[K  {line}", err=True, nl=False)
        elif stage != self.stage:
            click.echo(f"  {stage}", err=True)
        self.stage = stage

    def done(self) -> None:
        if self.moving and self.stage:
            click.echo("\r\033[K", err=True, nl=False)


def now() -> datetime:
    """The clock: read here and nowhere below."""
    return datetime.now(UTC)


def a_day(text: str, option: str) -> date:
    """One exact day from an option.

    Raises:
        UsageError: it is no day.
    """
    try:
        when = PartialDate.parse(text)
    except ValueError as error:
        raise UsageError(f"{option} takes a day such as 2025-12-13: {error}") from None
    if not when.is_day or when.earliest is None:
        raise UsageError(f"{option} takes one day such as 2025-12-13, not {text!r}")
    return when.earliest


def _instant(text: str) -> datetime:
    if "T" in text:
        try:
            instant = datetime.fromisoformat(text)
        except ValueError:
            raise UsageError(f"--known takes a day or an instant such as 2025-12-14T09:00Z, not {text!r}") from None
        return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)
    return end_of(a_day(text, "--known"))


def as_of(on: str | None, known: str | None, known_by: str) -> AsOf:
    """The two clocks as asked; --known-by published without --known means: as published by the day asked about."""
    clock = Clock(known_by)
    day = now().date() if on is None else a_day(on, "--on")
    if known is None:
        return AsOf(day, end_of(day) if clock is Clock.PUBLISHED else None, clock)
    return AsOf(day, _instant(known), clock)


def on_its_day(known: str, known_by: str) -> AsOf:
    """A day (or instant) of knowledge, asked about that same day."""
    instant = _instant(known)
    day = instant.date() if "T" in known else a_day(known, "--known")
    return AsOf(day, instant, Clock(known_by))


def audience(public: bool) -> type[Audience]:
    """Who is asking."""
    return Public if public else Team


def print_json(found: Any) -> None:
    """One JSON document on standard output."""
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def label(casebook: Casebook[Any], identifier: str) -> str:
    """A case's name for a person to read."""
    case = casebook.cases.get(identifier)
    return identifier if case is None else case.label
