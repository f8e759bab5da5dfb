"""`habeas ask`: one subcommand a question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from habeas.answers import as_json as answer_json
from habeas.answers import ask as ask_casebook
from habeas.cli import show
from habeas.cli.options import (
    as_of,
    audience,
    book_option,
    clock_options,
    json_option,
    ledger_of,
    open_book,
    print_json,
)
from habeas.dates import Clock
from habeas.errors import UsageError
from habeas.nouns import Question
from habeas.pipeline import casebook, list_series

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def ask() -> None:
    """Ask the book a question: a figure with its bounds, its working and its sources."""


def _common(command: F) -> F:
    for option in (
        click.option("--statements", is_flag=True, help="List every statement the answer rests on."),
        click.option("--people", is_flag=True, help="List the people."),
        json_option,
        clock_options,
        book_option,
    ):
        command = option(command)
    return command


def _answer(
    question: str,
    args: Mapping[str, str | None],
    *,
    folder: Path | None,
    on: str | None,
    known: str | None,
    known_by: str,
    public: bool,
    as_json: bool,
    people: bool,
    statements: bool,
    by_list: bool = False,
) -> None:
    book = open_book(folder)
    when = as_of(on, known, known_by)
    if by_list and when.known_by is not Clock.RECORDED:
        raise UsageError("--lists reads --known on the clock of our record only: leave --known-by out")
    with ledger_of(book) as ledger:
        cases = casebook(book, ledger, audience(public), when.known, when.known_by)
        asked = Question(ask=question, as_of=when, args={k: v for k, v in args.items() if v is not None})
        found = ask_casebook(cases, asked)
        if by_list:
            first, last = (date.fromisoformat(found.more[k]) for k in ("from", "to"))
            found = replace(found, more={**found.more, "lists": list_series(ledger, cases, first, last)})
    if as_json:
        print_json(answer_json(found, cases))
    else:
        show.answer(found, cases, people=people, statements=statements)


@ask.command()
@_common
def inside(**common: Any) -> None:
    """Who is inside on a day: documented by name (low, best, high), and what others published."""
    _answer("inside", {}, **common)


@ask.command()
@click.argument("name")
@_common
def case(name: str, **common: Any) -> None:
    """One person, by a name in any script or a case id: spells, days held, what is contested, sources."""
    _answer("case", {"name": name}, **common)


@ask.command()
@click.option(
    "--by", type=click.Choice(["month", "year"]), default="month", show_default=True, help="Length of a period."
)
@click.option("--from", "start", metavar="DATE", help="First period (else the first that a list covers).")
@click.option("--to", "end", metavar="DATE", help="Last period (else that of --on).")
@_common
def flows(by: str, start: str | None, end: str | None, **common: Any) -> None:
    """Who was taken and who came out, period by period, with the residual shown."""
    _answer("flows", {"by": by, "from": start, "to": end}, **common)


@ask.command()
@click.option("--from", "start", metavar="DATE", help="First day (else the first that a list covers).")
@click.option("--to", "end", metavar="DATE", help="Last day (else that of --on).")
@click.option("--lists", "by_list", is_flag=True, help="Also each list's own entries, counted one by one.")
@_common
def series(start: str | None, end: str | None, by_list: bool, **common: Any) -> None:
    """How many were inside on each day: what `inside` says (low, best, high), day by day; --json has every day."""
    _answer("series", {"from": start, "to": end}, by_list=by_list, **common)


@ask.command()
@click.argument("release_id", metavar="RELEASE")
@_common
def release(release_id: str, **common: Any) -> None:
    """A release such as BY-2025-12-13: announced, named, matched, crossed."""
    _answer("release", {"id": release_id}, **common)


@ask.command()
@_common
def deals(**common: Any) -> None:
    """Every deal on record."""
    _answer("deals", {}, **common)


@ask.command()
@click.argument("deal_id", metavar="DEAL")
@_common
def deal(deal_id: str, **common: Any) -> None:
    """A deal such as BY-2025-12-13: legs by word and by legal act, conditions, who says it was an exchange."""
    _answer("deal", {"id": deal_id}, **common)


@ask.command()
@click.option("--by", metavar="PUBLISHER", help="Only counts by this publisher.")
@_common
def reconcile(by: str | None, **common: Any) -> None:
    """Our count beside the published ones of the nearest day, with the residual."""
    _answer("reconcile", {"by": by}, **common)
