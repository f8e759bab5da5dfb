"""`habeas value`: one value of one case, by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from habeas.cli.options import book_option, json_option, ledger_of, named, now, open_book, print_json
from habeas.errors import UsageError
from habeas.nouns import Book, Case, Casebook, Statement, Team, Visibility

if TYPE_CHECKING:
    from habeas.ledger import Ledger

F = TypeVar("F", bound=Callable[..., Any])
Act = Callable[[Book, "Ledger", Casebook[Team], Case], tuple[Statement, ...]]


@click.group()
def value() -> None:
    """Record, correct or withdraw one value of one case by hand, with its source and the place in it.

    CASE is a name or a case id (`-` reads it from standard input), PROPERTY one of the vocabulary (detained, sentence, prison
    ...; docs/vocabulary.md), VALUE in its normal form: a day as 2025-12-13 or 2025-12, a term as 3Y6M. Each is a statement,
    under the name of whoever records it; `habeas log CASE` shows all that was said, and `habeas undo` takes a batch back.
    """


def _cited(command: F) -> F:
    for option in (
        click.option("--published", default="", metavar="DAY", help="When the source was published."),
        click.option(
            "--publisher", default="", metavar="NAME", help="Who publishes it, where that is new to the book."
        ),
        click.option(
            "--place",
            default="",
            metavar="TEXT",
            help="Where in it: a page, or the words themselves; shown with the value.",
        ),
        click.option("--source", required=True, metavar="WHAT", help="Its address, or the title of a document."),
    ):
        command = option(command)
    return command


def _common(command: F) -> F:
    return book_option(json_option(command))


@value.command()
@click.argument("case")
@click.argument("prop", metavar="PROPERTY")
@click.argument("text", metavar="VALUE")
@click.option("--arrest", default="", metavar="DAY", help="Which arrest it follows, where there were several.")
@click.option("--to", "level", type=click.Choice(["team", "sealed"]), help="Keep it back: for the team, or sealed.")
@_cited
@_common
def record(case: str, prop: str, text: str, arrest: str, level: str | None, as_json: bool, folder: Path | None,
           **cited: str) -> None:  # fmt: skip
    """Record what a source says of a CASE. What others say of it stays on record beside it."""
    from habeas.pipeline import Citation, record_value

    seen = None if level is None else Visibility(level)

    def act(book: Book, ledger: Ledger, cases: Casebook[Team], found: Case) -> tuple[Statement, ...]:
        return record_value(
            book, ledger, cases, found, prop, text, Citation(**cited), now=now(), arrest=arrest, visibility=seen
        )

    _do(case, prop, act, as_json=as_json, folder=folder)


@value.command()
@click.argument("case")
@click.argument("prop", metavar="PROPERTY")
@click.argument("old")
@click.argument("new")
@click.option("--reason", default="", metavar="TEXT", help="Why; stays in the history.")
@_cited
@_common
def correct(case: str, prop: str, old: str, new: str, reason: str, as_json: bool, folder: Path | None,
            **cited: str) -> None:  # fmt: skip
    """Put the value NEW in the place of OLD.

    What a list says stays as its word, and the new value is preferred to it; what was recorded by hand is taken back.
    """
    from habeas.pipeline import Citation, correct_value

    def act(book: Book, ledger: Ledger, cases: Casebook[Team], found: Case) -> tuple[Statement, ...]:
        return correct_value(
            book, ledger, cases, found, prop, old, new, Citation(**cited), reason=_why(reason), now=now()
        )

    _do(case, prop, act, as_json=as_json, folder=folder)


@value.command()
@click.argument("case")
@click.argument("prop", metavar="PROPERTY")
@click.argument("old", metavar="VALUE")
@click.option("--reason", default="", metavar="TEXT", help="Why; stays in the history.")
@_common
def withdraw(case: str, prop: str, old: str, reason: str, as_json: bool, folder: Path | None) -> None:
    """Take back a VALUE that was recorded by hand; what a list says is taken out of its file."""
    from habeas.pipeline import withdraw_value

    def act(book: Book, ledger: Ledger, cases: Casebook[Team], found: Case) -> tuple[Statement, ...]:
        return withdraw_value(book, ledger, cases, found, prop, old, reason=_why(reason), now=now())

    _do(case, prop, act, as_json=as_json, folder=folder)


def _why(reason: str) -> str:
    if not reason.strip():
        raise UsageError("say why: --reason TEXT stands beside it in the history")
    return reason


def _do(name: str, prop: str, act: Act, *, as_json: bool, folder: Path | None) -> None:
    from habeas.answers import the_case
    from habeas.pipeline import casebook

    book, who = open_book(folder), named(name, "Name or id")
    with ledger_of(book) as ledger:

        def done() -> tuple[Case, tuple[Statement, ...]]:
            cases = casebook(book, ledger, Team)
            found = the_case(cases, who)
            return found, act(book, ledger, cases, found)

        before, said = ledger.step(done)
        after = next(c for c in casebook(book, ledger, Team).cases.values() if before.mentions[0] in c.mentions)
    stood, stands = _told(before, prop), _told(after, prop)
    if as_json:
        print_json({"case": after.id, "property": prop, "batch": said[-1].batch, "before": stood, "after": stands})
        return
    click.echo(f"recorded on {after.label} ({after.id}) as batch {said[-1].batch}")
    for title, lines in (("before", stood), ("now", stands)):
        for line in lines or ["nothing"]:
            click.echo(f"  {title}: {line}")


def _told(case: Case, prop: str) -> list[str]:
    """What stands of a property, and what stands against it."""
    from habeas.pipeline import values_of

    if prop == "name":
        return [name.text for name in case.names]
    return [f"{v.value}" + "".join(f"; against it {other}" for other, _ in v.against) for v in values_of(case, prop)]
