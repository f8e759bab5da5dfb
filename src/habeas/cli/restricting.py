"""`habeas restrict`: who may see a person, a source or one statement, why, and when to look at it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from habeas.answers import the_case
from habeas.cli import show
from habeas.cli.options import book_option, json_option, ledger_of, named, now, open_book, print_json
from habeas.dates import PartialDate
from habeas.errors import UsageError
from habeas.ledger import Ledger
from habeas.ledger.restricting import Restriction, Target, restrictions
from habeas.ledger.restricting import restrict as record_restriction
from habeas.nouns import Book, Casebook, Keeper, Team, Visibility
from habeas.pipeline import casebook, linker

_HIDDEN = "(restricted)"


@click.command()
@click.argument("what", required=False, metavar="[CASE|SOURCE|STATEMENT]")
@click.option("--to", type=click.Choice([v.value for v in Visibility]), help="Who may see it from now on.")
@click.option("--reason", default="", help="Why. Write nothing in it that tells what is kept back.")
@click.option("--review-on", metavar="DAY", help="When to look at it again: 2027-01.")
@click.option("--as", "pseudonym", default="", metavar="CLASS", help="Of a source: what to show instead (relative).")
@click.option("--content", is_flag=True, help="Of a source: keep back also what it says, not only who it is.")
@click.option("--due", is_flag=True, help="List only those whose day of review has come.")
@json_option
@book_option
def restrict(
    what: str | None,
    to: str | None,
    reason: str,
    review_on: str | None,
    pseudonym: str,
    content: bool,
    due: bool,
    as_json: bool,
    folder: Path | None,
) -> None:
    """Keep back a person (CASE), a source (its address or id) or one STATEMENT such as an alias; without it, list what is kept back.

    `-` reads it from standard input, which leaves it out of the shell's history. `--to public` takes an earlier
    restriction away, and opens nothing that the vocabulary, the list or the column keeps back.
    """
    book = open_book(folder)
    moment = now()
    with ledger_of(book) as ledger:
        if what is None:
            holding = restrictions(ledger.view(Keeper).statements)
            shown = [r for r in holding if not due or r.due(moment.date())]
            _list(shown, moment.date(), as_json=as_json)
            return
        if to is None:
            raise UsageError("say who may see it: --to team, --to sealed, or --to public to take a restriction away")
        _complete(to, reason, review_on)
        meant = named(what, "Name, address or id")

        def restricted() -> Target:
            target = _target(book, ledger, meant)
            of_source = all(s.startswith("source:") for s in target.subjects) and bool(target.subjects)
            if (pseudonym or content) and not of_source:
                raise UsageError("--as and --content are for sources")
            record_restriction(
                ledger,
                target,
                Visibility(to),
                reason=reason,
                review_on=review_on,
                by=book.recorder,
                now=moment,
                pseudonym=pseudonym,
                content=content,
                linker=linker(book),
            )
            return target

        target = ledger.step(restricted)
    # What was named is not printed again: it may end in a log.
    one = "statement" if target.statement is not None else f"{len(target.subjects)} {_kind(target)}"
    click.echo(f"recorded: {one} {'is no longer restricted' if to == 'public' else f'for {to}'}")
    click.echo("The site shows it so after `habeas publish site`; copies published before stay until you replace them.")


def _kind(target: Target) -> str:
    kind = target.subjects[0].partition(":")[0]
    plural = {"entry": "entries"}.get(kind, f"{kind}s")
    return kind if len(target.subjects) == 1 else plural


def _complete(to: str, reason: str, review_on: str | None) -> None:
    if not reason:
        raise UsageError("say why: --reason")
    if to != "public" and review_on is None:
        raise UsageError("say when to look at it again: --review-on 2027-01")
    if review_on is not None:
        try:
            PartialDate.parse(review_on)
        except ValueError as error:
            raise UsageError(f"--review-on takes a date such as 2027-01: {error}") from None


def _target(book: Book, ledger: Ledger, what: str) -> Target:
    """What is meant: a source by its address or id, a list, a statement by its id, else a case by its id or name.

    Raises:
        UsageError: nothing on record is that; what was typed is not said again.
        AmbiguousName: the name fits several people.
    """
    history = ledger.history(Keeper)
    subjects = {s.subject for s in history}
    if what.startswith(("http://", "https://")):
        source = f"source:{ledger.make_id('source', what)}"
        if source not in subjects:
            raise UsageError("no source of this book has that address")
        return Target(subjects=(source,))
    if what in subjects:
        return Target(subjects=(what,))
    if any(s.id == what for s in history):
        return Target(statement=what)
    cases: Casebook[Team] = casebook(book, ledger, Team)
    return Target(subjects=the_case(cases, what).mentions)


def _list(holding: Sequence[Restriction], today: date, *, as_json: bool) -> None:
    rows: list[dict[str, Any]] = [
        {
            "restriction": r.id,
            "what": [*r.subjects, *((r.statement,) if r.statement is not None else ())],
            "part": r.part,
            "visibility": r.visibility.value,
            "reason": _HIDDEN if r.visibility is Visibility.SEALED else r.reason,
            "review_on": r.review_on,
            "due": r.due(today),
            "by": r.by,
            "recorded": r.recorded.isoformat(timespec="seconds"),
        }
        for r in holding
    ]
    if as_json:
        print_json({"restrictions": rows})
        return
    columns = [("what", "left"), ("", "left"), ("for", "left"), ("review", "left"), ("by", "left"), ("why", "left")]
    cells = [
        (" ".join(r["what"]), r["part"], r["visibility"], f"{r['review_on'] or '–'}{' due' if r['due'] else ''}", r["by"], r["reason"])
        for r in rows
    ]  # fmt: skip
    show.table("Restrictions that hold", columns, cells)
    due = sum(1 for r in rows if r["due"])
    click.echo(f"{len(rows)} restrictions, {due} of them to be looked at again")
