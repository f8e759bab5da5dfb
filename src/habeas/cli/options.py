"""What several commands take: the book, the two clocks, the audience, the form of the answer."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from habeas.dates import AsOf, Clock, PartialDate, end_of
from habeas.errors import UsageError
from habeas.ledger import Ledger, open_ledger
from habeas.nouns import Audience, Book, Casebook, Public, Team
from habeas.readers import find_book, load_book

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
    """The book named with -b, or the one the current folder stands in."""
    return load_book(folder if folder is not None else find_book(Path.cwd()))


def keys_folder() -> Path:
    """Where this machine keeps its signing key: apart from every book."""
    return Path(os.environ.get("HABEAS_KEYS") or click.get_app_dir("habeas"))


def ledger_of(book: Book, *, create: bool = False) -> Ledger:
    """The book's ledger, opened so that what is recorded is signed with this machine's key."""
    return open_ledger(book.ledger, create=create, keys=keys_folder(), today=now().date())


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
