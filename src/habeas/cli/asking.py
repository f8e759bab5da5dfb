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
from habeas.answers.facets import FACETS
from habeas.answers.shapes import added
from habeas.answers.shapes.people import Series
from habeas.cli import telling
from habeas.cli.options import (
    as_of,
    audience,
    book_option,
    clock_options,
    json_option,
    ledger_of,
    named,
    on_its_day,
    open_book,
    print_json,
)
from habeas.cli.show import SOURCE, Page
from habeas.dates import AsOf, Clock
from habeas.errors import UsageError
from habeas.languages import LANGUAGES
from habeas.nouns import Question
from habeas.pipeline import casebook, list_series
from habeas.publish import plot_answer

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def ask() -> None:
    """Ask the book a question: a figure with its bounds, its working and its sources."""


def common(command: F) -> F:
    """The options of every question."""
    for option in (
        click.option("--statements", is_flag=True, help="List every statement the answer rests on."),
        click.option("--people", is_flag=True, help="List the people."),
        click.option(
            "--language",
            type=click.Choice(LANGUAGES),
            default=SOURCE,
            help="Print the answer in this language (--json has what to quote in each).",
        ),
        json_option,
        clock_options,
        book_option,
    ):
        command = option(command)
    return command


def answer(
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
    language: str = SOURCE,
    since: AsOf | None = None,
    tell: telling.Tell | None = None,
    plot: Path | None = None,
    by_list: bool = False,
) -> None:
    """Ask, and print the answer; `tell` prints its tables, where they are not those of `show`; `plot` draws it."""
    book = open_book(folder)
    when = as_of(on, known, known_by)
    if by_list and when.known_by is not Clock.RECORDED:
        raise UsageError("--lists reads --known on the clock of our record only: leave --known-by out")
    with ledger_of(book, public=public) as ledger:
        cases = casebook(book, ledger, audience(public), when.known, when.known_by)
        before = None if since is None else casebook(book, ledger, audience(public), since.known, since.known_by)
        asked = Question(ask=question, as_of=when, args={k: v for k, v in args.items() if v is not None})
        found = ask_casebook(cases, asked, before)
        if by_list:
            days = added(found, Series)
            first, last = date.fromisoformat(days["from"]), date.fromisoformat(days["to"])
            more: Series = {**days, "lists": list_series(ledger, cases, first, last)}
            found = replace(found, more=more)
    if plot is not None:
        plot_answer(found, plot, head=cases.head)
        click.echo(f"drawn to {plot}", err=True)
    if as_json:
        print_json(answer_json(found, cases))
    else:
        telling.answer(found, cases, people=people, statements=statements, tell=tell, page=Page(language))


@ask.command()
@click.option("--by", metavar="FACET", help=f"Also by one of: {', '.join(FACETS)}.")
@click.option(
    "--definition",
    metavar="NAME",
    help="Count only those whom an assessment on record finds to be one by it: pace_1900, viasna, list, other.",
)
@common
def inside(by: str | None, definition: str | None, **common: Any) -> None:
    """Who is inside on a day: documented by name (low, best, high), and what others published.

    Of what --by takes, regime is the kind of custody (colony, prison, open-type institution ...), state how somebody
    stands on the day, region where somebody lived, recognised-by who recognises somebody, definition who finds so by
    which definition, confirmed by how many origins, and tier how a person marked the case.
    """
    answer("inside", {"by": by, "definition": definition}, **common)


@ask.command()
@click.argument("name")
@common
def case(name: str, **common: Any) -> None:
    """One person, by a name in any script or a case id (`-` reads it from standard input, past the shell's history).

    Spells, days held, what is contested, sources.
    """
    answer("case", {"name": named(name, "Name or id")}, **common)


@ask.command()
@click.option(
    "--by", type=click.Choice(["month", "year"]), default="month", show_default=True, help="Length of a period."
)
@click.option("--from", "start", metavar="DATE", help="First period (else the first that a list covers).")
@click.option("--to", "end", metavar="DATE", help="Last period (else that of --on).")
@click.option("--rearrest-within", "within", metavar="DAYS", default="365", show_default=True, help="Count re-arrests.")
@common
def flows(by: str, start: str | None, end: str | None, within: str, **common: Any) -> None:
    """Who was taken and who came out, period by period, with the residual shown, and how late lists name people."""
    answer("flows", {"by": by, "from": start, "to": end, "within": within}, **common)


@ask.command()
@click.option("--from", "start", metavar="DATE", help="First day (else the first that a list covers).")
@click.option("--to", "end", metavar="DATE", help="Last day (else that of --on).")
@click.option("--lists", "by_list", is_flag=True, help="Also each list's own entries, counted one by one.")
@common
def series(start: str | None, end: str | None, by_list: bool, **common: Any) -> None:
    """How many were inside on each day: what `inside` says (low, best, high), day by day; --json has every day."""
    args = {"from": start, "to": end, "lists": "yes" if by_list else None}
    answer("series", args, by_list=by_list, **common)


@ask.command()
@click.argument("release_id", metavar="RELEASE")
@common
def release(release_id: str, **common: Any) -> None:
    """A release such as BY-2025-12-13: announced, named, matched, taken abroad."""
    answer("release", {"id": release_id}, **common)


@ask.command()
@common
def deals(**common: Any) -> None:
    """Every deal on record."""
    answer("deals", {}, **common)


@ask.command()
@click.argument("deal_id", metavar="DEAL")
@common
def deal(deal_id: str, **common: Any) -> None:
    """A deal such as BY-2025-12-13: legs by word and by legal act, conditions, who says it was an exchange."""
    answer("deal", {"id": deal_id}, **common)


@ask.command()
@click.option("--by", metavar="PUBLISHER", help="Only counts by this publisher.")
@click.option("--list", "listed", metavar="LIST", help="Person by person against a list of the book, by its id.")
@common
def reconcile(by: str | None, listed: str | None, **common: Any) -> None:
    """Our count beside the published ones of the nearest day, with the residual; or beside a list, person by person."""
    answer("reconcile", {"by": by, "list": listed}, **common)


@ask.command("why-changed")
@click.option("--from", "start", metavar="DAY", required=True, help="As known on this day (or instant).")
@click.option("--to", "end", metavar="DAY", help="As known on this day (else everything on record).")
@common
def why_changed(start: str, end: str | None, **common: Any) -> None:
    """Why a figure changed: new, recognised later, out, corrected, withdrawn, redefined; each person once.

    Compares who was inside on the first day, as known then, with who was on the last, as known by it; --on asks about one
    day twice instead.
    """
    if common["known"] is not None:
        raise UsageError("ask why-changed takes --from and --to instead of --known")
    day = common["on"]
    since = as_of(day, start, common["known_by"]) if day else on_its_day(start, common["known_by"])
    if day is None and end is not None:
        common["on"] = on_its_day(end, common["known_by"]).on.isoformat()
    assert since.known is not None
    args = {"from": since.on.isoformat(), "before": since.known.isoformat()}
    answer("why-changed", args, since=since, **{**common, "known": end})


@ask.command()
@click.option("--deal", "deal_id", metavar="DEAL", required=True, help="A deal such as BY-2025-12-13.")
@common
def progress(deal_id: str, **common: Any) -> None:
    """What became of a deal by a day: indicators with their direction, conditions kept or not, relief in force."""
    answer("progress", {"id": deal_id}, **common)


@ask.command()
@click.option("--authority", metavar="TEXT", help="Only measures of this authority, by code or name.")
@click.option("--target", metavar="TEXT", help="Only measures on this body, topic, person, official id or number.")
@common
def measures(authority: str | None, target: str | None, **common: Any) -> None:
    """Measures on a day by their acts: in force, partly (and what is allowed), not, or nobody can say."""
    answer("measures", {"authority": authority, "target": target}, **common)


@ask.command()
@common
def officials(**common: Any) -> None:
    """Officials that sources name in cases, with the acts that list or delist them, and sentences after a delisting."""
    answer("officials", {}, **common)
