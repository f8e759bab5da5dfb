"""What is published for people: the site, and reports."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click

from habeas.cli import show
from habeas.cli.options import Progress, a_day, book_option, ledger_of, open_book
from habeas.errors import UsageError
from habeas.languages import LANGUAGES
from habeas.pipeline import publish as publish_book
from habeas.pipeline import report as report_book
from habeas.publish import Subject


@click.group()
def publish() -> None:
    """Publish what may be published: the whole site, or a report on one thing."""


@publish.command()
@book_option
def site(folder: Path | None) -> None:
    """Write the site again from the ledger, without reading the inputs."""
    book = open_book(folder)
    progress = Progress()
    with ledger_of(book) as ledger:
        made = publish_book(book, ledger, progress=progress)
    progress.done()
    show.problems(made.problems)
    click.echo(f"{len(made.files):,} files; the site: {(book.folder / 'site' / 'index.html').as_posix()}")


@publish.command()
@click.option("--deal", metavar="ID", help="About this deal.")
@click.option("--from", "start", metavar="DAY", help="About a period: its first day.")
@click.option("--to", "end", metavar="DAY", help="Its last day.")
@click.option(
    "--people", metavar="FACET=VALUE", help="About these people: charge=..., prison=..., list=ID, release=ID ..."
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@click.option("--full", is_flag=True, help="Every row and every source, not the brief of two pages.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The file, ending in .pdf or .html (else a PDF where you stand)."
)
@book_option
def report(
    deal: str | None,
    start: str | None,
    end: str | None,
    people: str | None,
    language: str,
    full: bool,
    out: Path | None,
    folder: Path | None,
) -> None:
    """Write a report on a deal, a period or a group of people: PDF for the archive, or one HTML page."""
    subject = Subject(deal=deal, period=_period(start, end), people=_people(people))
    path = out or Path(f"{_name(subject)}{'-full' if full else ''}{'' if language == 'en' else f'-{language}'}.pdf")
    book = open_book(folder)
    with ledger_of(book, public=True) as ledger:
        made = report_book(book, ledger, subject, path, language=language, full=full)
    click.echo(made.as_posix())


def _period(start: str | None, end: str | None) -> tuple[date, date] | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise UsageError("a period takes both --from DAY and --to DAY")
    return a_day(start, "--from"), a_day(end, "--to")


def _people(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    facet, found, value = text.partition("=")
    if not found or not value.strip():
        raise UsageError(f'--people takes FACET=VALUE, such as prison="IK-2", not {text!r}')
    return facet.strip(), value.strip()


def _name(subject: Subject) -> str:
    """A file name that says what kind of report it is; a group's value is not in it: a name may be."""
    if subject.deal is not None:
        return f"deal-{re.sub(r'[^A-Za-z0-9-]+', '-', subject.deal).strip('-') or 'report'}"
    return "people" if subject.people is not None else "period"
