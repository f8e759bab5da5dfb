"""The verbs that keep a book: init, build, read, export."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

import click

from habeas.cli import show
from habeas.cli.options import (
    Progress,
    book_option,
    json_option,
    keys_folder,
    ledger_of,
    ledger_place,
    new_passphrase,
    now,
    open_book,
    passphrase,
    passphrase_file_option,
    print_json,
)
from habeas.errors import NoLedger
from habeas.ledger import open_ledger
from habeas.making import making
from habeas.nouns import Book, Public
from habeas.pipeline import Intake, casebook, gather_words, intake, new_book, take_in
from habeas.pipeline import build as build_book
from habeas.pipeline import export as export_book
from habeas.publish import FORMATS

_MOST_LINES = 8
_MOST_ROWS = 20
OFFER = """A passphrase seals what the public may not see: without it, whoever takes this machine sees only what may be
published. It cannot be restored: if it is forgotten, what it seals is lost. Without one, all of the book can be read in
its files. `habeas lock` sets or changes it later."""


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--in", "folder", type=click.Path(path_type=Path), help="With a list: the folder to make the book in.")
@click.option("--title", default="", help="The book's title.")
@click.option("--country", default="", help="Two letters (BY): releases are named by country and date.")
@passphrase_file_option
def init(target: Path, folder: Path | None, title: str, country: str, passphrase_file: Path | None) -> None:
    """Make a new book: a FOLDER with a template to fill in, or one that fits a LIST you have: a spreadsheet (XLSX, XLS, ODS),
    CSV, a table in HTML or JSON, or names in a TXT.

    In a terminal a passphrase is offered first: it seals what the public may not see. Nobody can restore it.
    """
    if passphrase_file is None and sys.stdin.isatty():
        click.echo(OFFER, err=True)
    chosen = new_passphrase(passphrase_file, "Passphrase (Enter: none)")
    made = new_book(target, folder=folder, title=title, country=country)
    click.echo(f"made {made.as_posix()}")
    if chosen:
        book = open_book(made.parent)
        with ledger_of(book, create=True) as ledger:
            ledger.lock(chosen)
        click.echo("The book has a passphrase. Inputs lie in plain until `habeas lock --inputs` seals them.")
    _tell_guess(open_book(made.parent))
    _tell_open(made)
    click.echo(f"Read {made.as_posix()} through and correct it: what each column means is a guess until you have.")
    click.echo(f"Then: habeas build -b {made.parent.as_posix()}")


def _tell_open(made: Path) -> None:
    """What the file leaves to its keeper: the remarks that stand under its columns."""
    lines = made.read_text(encoding="utf-8").splitlines()
    told = [line.removeprefix("#").strip() for line in lines if line.startswith("#   ")]
    if told:
        click.echo("Only you can tell (it stands under the column in the file):")
    for line in told[:_MOST_ROWS]:
        click.echo(f"  {line}")
    if len(told) > _MOST_ROWS:
        click.echo(f"  and {len(told) - _MOST_ROWS} more lines, in the file")


def _tell_guess(book: Book) -> None:
    """What was guessed of each list, in a few lines; a question that only its keeper can answer comes last."""
    for spec in book.lists:
        where = [f"sheet {spec.sheet!r}"] if spec.sheet else []
        where += [f"headings in row {' and '.join(map(str, spec.header_row))}"] if spec.header_row else []
        click.echo(f"{spec.file.as_posix()}: {', '.join(where) or 'headings in the first filled row'}")
        for heading, column in spec.columns.items():
            click.echo(f"  {' + '.join(column.join) or heading}: {column.prop or 'a source'}")
        if spec.ignore:
            click.echo(f"  not understood, and left out: {', '.join(spec.ignore)}")
    for spec in book.lists:
        if spec.ask:
            click.echo(f"TO ANSWER in book.toml before anything is read: {spec.ask}")


@click.command()
@book_option
def build(folder: Path | None) -> None:
    """Do the whole way: read, record, link, check the articles, write the site. Again, it adds only what changed."""
    book = open_book(folder)
    progress = Progress()
    done = build_book(
        book, now=now(), place=ledger_place(book), keys=keys_folder(), passphrase=passphrase, progress=progress
    )
    progress.done()
    if done.notice is not None:
        click.echo(done.notice, err=True)
    show.problems(done.problems)
    made = done.published
    cases, lists = made.casebook.cases, made.casebook.lists
    entries = sum(i.entries for i in lists.values())
    click.echo(
        f"{book.title}: {done.added:,} statements added; {len(lists)} lists, {entries:,} entries, {len(cases):,} people"
    )
    click.echo(
        f"{len(made.casebook.releases)} releases, {len(made.casebook.deals)} deals, {len(made.checked)} articles checked"
    )
    if made.files:
        click.echo(f"the site: {(book.folder / 'site' / 'index.html').as_posix()}")
    show.in_plain(done.plain.files)


@click.command()
@json_option
@book_option
def words(as_json: bool, folder: Path | None) -> None:
    """Gather the texts that a site shows in the keeper's own words into words.csv, for whoever translates them.

    A row a text, a column a language; what is filled in already stays. Only what may be published is gathered.
    """
    book = open_book(folder)
    with ledger_of(book) as ledger:
        found = gather_words(book, casebook(book, ledger, Public))
    if as_json:
        print_json(
            {
                "texts": found.texts,
                "added": found.added,
                "missing": dict(found.missing),
                "problems": [str(p) for p in found.problems],
            }
        )
        return
    show.problems(found.problems)
    click.echo(f"{found.path.as_posix()}: {found.texts:,} texts, {found.added:,} of them new")
    for tag, missing in found.missing.items():
        click.echo(f"  {tag}: {missing:,} to translate" if missing else f"  {tag}: complete")
    click.echo(
        "Fill in the empty cells, in a spreadsheet too, and `habeas build` again. An empty one shows the text as it is."
    )


def _taken_in(book: Book, *, preview: bool) -> tuple[tuple[Intake, ...], int | None]:
    """What each input changes, and how many statements were added; None where nothing was written."""
    moment, progress = now(), Progress()
    with contextlib.ExitStack() as stack:
        try:
            ledger = stack.enter_context(ledger_of(book, create=not preview))
        except NoLedger:
            # What a first read would add is shown without making the ledger.
            nowhere = stack.enter_context(making(Path(tempfile.gettempdir()) / f"habeas-{book.ledger.name}"))
            ledger = stack.enter_context(open_ledger(nowhere, create=True))
        if preview:
            found, added = intake(book, ledger, today=moment.date(), progress=progress), None
        else:
            found, added = take_in(book, ledger, now=moment, progress=progress)
    progress.done()
    return found, added


def _as_json(found: Intake) -> dict[str, object]:
    return {
        "input": found.name,
        "rows": found.reading.rows,
        "changes": list(found.changes.listing()),
        "columns": dict(found.reading.accounted),
        "left_out": [{"row": row.number, "why": row.why} for row in found.reading.skipped],
    }


def _tell(found: Intake, *, everything: bool, columns: bool) -> None:
    """What an input changes, at most so many lines unless everything is asked for."""
    click.echo(_summary(found))
    for why in dict.fromkeys(row.why for row in found.reading.skipped):
        rows = [str(row.number) for row in found.reading.skipped if row.why == why]
        more = f" and {len(rows) - _MOST_ROWS} more" if len(rows) > _MOST_ROWS else ""
        click.echo(f"  no people: {why}, row {', '.join(rows[:_MOST_ROWS])}{more}")
    lines = list(found.changes.listing())
    for line in lines if everything else lines[:_MOST_LINES]:
        click.echo(f"  {line}")
    if len(lines) > _MOST_LINES and not everything:
        click.echo(f"  and {len(lines) - _MOST_LINES:,} more lines: --all")
    if columns:
        for column, fate in found.reading.accounted.items():
            click.echo(f"    {column}: {fate}")


def _summary(found: Intake) -> str:
    kinds: dict[str, int] = {}
    for item in found.changes.items:
        kinds[item.what] = kinds.get(item.what, 0) + 1
    said = ", ".join(f"{n} {what}" for what, n in kinds.items()) or "nothing new"
    return f"{found.name}: {found.reading.rows:,} rows; {said}"


@click.command()
@click.option("--preview", is_flag=True, help="Show what would be added, changed or gone; write nothing.")
@click.option("--all", "everything", is_flag=True, help="Every change and every problem, not only the first.")
@click.option("--columns", is_flag=True, help="What became of each column of each list.")
@json_option
@book_option
def read(preview: bool, everything: bool, columns: bool, as_json: bool, folder: Path | None) -> None:
    """Read the lists and events into the ledger; with --preview, only show what would change."""
    book = open_book(folder)
    found, added = _taken_in(book, preview=preview)
    problems = [p for i in found for p in i.reading.problems]
    if as_json:
        inputs = [_as_json(i) for i in found]
        print_json({"added": added, "inputs": inputs, "problems": [str(p) for p in problems]})
        return
    for one in found:
        if one.changes.items or everything or columns:
            _tell(one, everything=everything, columns=columns)
    show.problems(problems, most=len(problems) if everything else show.MOST_PROBLEMS)
    drafts = len(dict.fromkeys(d for i in found for d in i.changes.drafts))
    click.echo(
        f"preview: {drafts:,} statements would be added; nothing was written"
        if preview
        else f"{added:,} statements added"
    )


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    type=click.Choice([*FORMATS, "all"]),
    multiple=True,
    help="Also as xlsx, parquet, jsonld (schema.org), ftm (FollowTheMoney), or all of them; csv is always written.",
)
@click.option(
    "--since", "earlier", type=click.Path(path_type=Path), help="An earlier export: tell what changed, and why."
)
@book_option
def export(target: Path, formats: tuple[str, ...], earlier: Path | None, folder: Path | None) -> None:
    """Export what may be published for machines into a TARGET folder: tables, codebook, checksums, signed head."""
    book = open_book(folder)
    with ledger_of(book, public=True) as ledger:
        files = export_book(book, ledger, target, formats=FORMATS if "all" in formats else formats, earlier=earlier)
    for path in files:
        click.echo(path.as_posix())
