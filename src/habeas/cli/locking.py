"""`habeas lock` and `habeas unlock`: the passphrase of a book, and inputs kept sealed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from habeas.cli import show
from habeas.cli.options import book_option, ledger_of, new_passphrase, open_book, passphrase_file_option
from habeas.errors import UsageError
from habeas.ledger import Ledger
from habeas.nouns import Book
from habeas.pipeline import in_plain, linker, seal_input, unseal_input

FORGOTTEN = "It cannot be restored: if it is forgotten, what it seals is lost."


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--inputs", "every", is_flag=True, help="Seal every input that holds what the public may not see.")
@passphrase_file_option
@book_option
def lock(files: tuple[Path, ...], every: bool, passphrase_file: Path | None, folder: Path | None) -> None:
    """Give the book a passphrase, or change it; with FILES or --inputs, seal inputs in place, as NAME.sealed.

    What the public may not see, now or on any later day, then stands sealed in the ledger. Without the passphrase the book
    opens in its public view only. HABEAS_PASSPHRASE_FILE names a file that holds it, for where nobody can type it.
    """
    book = open_book(folder)
    with ledger_of(book, create=True) as ledger:
        if (not files and not every) or ledger.vault is None or passphrase_file is not None:
            _set(book, ledger, passphrase_file)
        found = in_plain(book, ledger)
        inputs = [*files, *(Path(name) for name in found.files)] if every else list(files)
        for path in dict.fromkeys(inputs):
            click.echo(f"sealed {_shown(book, seal_input(book, ledger, path))}")
        files_left, closed = ([n for n in some if (book.folder / n).exists()] for some in (found.files, found.closed))
        show.in_plain(files_left)
        show.stays_plain(found.problems, closed)


def _set(book: Book, ledger: Ledger, file: Path | None) -> None:
    changing = ledger.vault is not None
    if file is None and sys.stdin.isatty():
        click.echo(FORGOTTEN, err=True)
    chosen = new_passphrase(file, "New passphrase" if changing else "Passphrase")
    if not chosen:
        raise UsageError("no passphrase was given; type one in a terminal, or name a file: --passphrase-file FILE")
    sealed = ledger.lock(chosen, linker(book))
    if changing:
        click.echo("The passphrase is changed. Backups made before still open with the old one: delete them.")
    else:
        head = ledger.head()
        click.echo(
            f"The book has a passphrase: {sealed:,} of {0 if head is None else head.size:,} statements are sealed."
        )
        click.echo("Backups and copies made before are not: delete them. The disk may keep freed blocks for a while.")
    if ledger.unscrubbed():
        click.echo(
            "Another program has the ledger open: run any command with the passphrase once it has ended.", err=True
        )


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@book_option
def unlock(files: tuple[Path, ...], folder: Path | None) -> None:
    """Give sealed input FILES back to work on, in plain; `habeas lock FILES` seals them again."""
    book = open_book(folder)
    with ledger_of(book) as ledger:
        for path in files:
            click.echo(f"in plain: {_shown(book, unseal_input(book, ledger, path))}")


def _shown(book: Book, path: Path) -> str:
    return path.relative_to(book.folder.resolve()).as_posix()
