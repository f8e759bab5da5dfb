"""The commands together, and the one place where an error becomes a sentence and an exit code.

Exit codes: 0 done; 1 a finding (verify failed, a verdict changed); 2 the input is wrong; 3 a fault of ours.
"""

from __future__ import annotations

import io
import os
import re
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import click

from habeas import __version__
from habeas.errors import AmbiguousName, HabeasError

# Each command with the module of `habeas.cli` that it stands in and its first sentence: a list of them loads none of them.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "ask": ("questions", "Ask the book a question: a figure with its bounds, its working and its sources."),
    "backup": ("trust", "Copy the ledger to a new SQLite file, whole and consistent, also while others use it."),
    "build": ("keeping", "Do the whole way: read, record, link, check the articles, write the site."),
    "check": (
        "checking",
        "Check an article (text, web page, PDF, DOCX): every claim found, recomputed, judged at its date and today.",
    ),
    "copy": (
        "trust",
        "Copy a ledger, the book's or the one at FROM, to TO: a new file, or an empty database (postgresql://...).",
    ),
    "decide": (
        "deciding",
        "Decide what nothing settles: which value stands, how sure it is, whether a case is confirmed, who is who.",
    ),
    "erase": (
        "trust",
        "Erase a person (CASE: a name or an id) or a source for good; a tombstone stays, and the record still verifies.",
    ),
    "estimate": (
        "estimating",
        "How many are on no list, from who is on which: several methods, their spread, or a refusal.",
    ),
    "export": (
        "keeping",
        "Export what may be published for machines into a TARGET folder: tables, codebook, checksums, signed head.",
    ),
    "init": (
        "keeping",
        "Make a new book: a FOLDER with a template to fill in, or one that fits a LIST you have: a spreadsheet (XLSX, XLS, ODS), CSV, a table in HTML or JSON, or names in a TXT.",
    ),
    "link": ("people", "Who is who: the pairs that nothing settles, and your decisions on them (by case ids)."),
    "lock": (
        "locking",
        "Give the book a passphrase, or change it; with FILES or --inputs, seal inputs in place, as NAME.sealed.",
    ),
    "log": (
        "history",
        "What was recorded, when, by whom and why: of one CASE (a name, an id, or `-`: from standard input), or batch by batch.",
    ),
    "match": (
        "people",
        "Match a pasted list of names (one a line, any script) to cases: matched, ambiguous, unmatched.",
    ),
    "names": ("names", "Names by themselves, outside a book."),
    "publish": ("publishing", "Publish what may be published: the whole site, or a report on one thing."),
    "read": ("keeping", "Read the lists and events into the ledger; with --preview, only show what would change."),
    "recheck": (
        "rechecking",
        "Hold every verdict on record, signed or kept, against the record as it is now; exit code 1 if one changed.",
    ),
    "remark": (
        "rechecking",
        "Attach a reply or a correction to a signed VERDICT, named by its id; it is published with the verdict.",
    ),
    "restrict": (
        "restricting",
        "Keep back a person (CASE), a source (its address or id) or one STATEMENT such as an alias; without it, list what is kept back.",
    ),
    "review": (
        "reviewing",
        "Walk the unsure pairs by keyboard: side by side, differences marked letter by letter, with sources.",
    ),
    "stamp": (
        "trust",
        "Have an outside authority say when the record stood as it stands (RFC 3161): write a query, or keep its REPLY.",
    ),
    "undo": ("trust", "Withdraw a BATCH by statements: what it said is taken back, what it took back is said again."),
    "unlock": ("locking", "Give sealed input FILES back to work on, in plain; `habeas lock FILES` seals them again."),
    "value": (
        "valuing",
        "Record, correct or withdraw one value of one case by hand, with its source and the place in it.",
    ),
    "verify": (
        "trust",
        "Recompute every statement, the tree, each signed head and all it vouches for: exit code 1 names what does not hold.",
    ),
    "words": (
        "keeping",
        "Gather the texts that a site shows in the keeper's own words into words.csv, for whoever translates them.",
    ),
}


_OURS = re.compile(r"(\r\x1b\[K|\x1b\[[0-9;]*m|\r\n)")


class _Loaded(click.Group):
    """A group whose commands are loaded when they are run, or asked for their own help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"habeas.cli.{COMMANDS[cmd_name][0]}"), cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        said = {name: click.Command(name, help=text) for name, (_, text) in COMMANDS.items()}
        click.Group(commands=said).format_commands(ctx, formatter)


@click.group(cls=_Loaded, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="habeas")
def habeas() -> None:
    """The open ledger that holds prisoner-for-sanctions deals to account.

    A book is a folder with a book.toml, lists, events and articles. `habeas build` reads it all into the ledger and
    writes the site; `habeas ask` answers from it, with bounds, working and sources.
    """


class _Shown(io.TextIOWrapper):
    """A stream that no text can steer: what turns the reading direction or controls a terminal does not get through.

    On a screen our own colours do, and the line that is written anew.
    """

    def write(self, text: str, /) -> int:
        if not text.replace("\n", "").isprintable():
            from habeas.names import shown  # only here: a list of the commands needs no names

            parts = _OURS.split(text) if self.isatty() else [text]
            super().write("".join(part if number % 2 else shown(part) for number, part in enumerate(parts)))
            return len(text)
        return super().write(text)


def _speak_utf8() -> None:
    """Names are in many scripts: what a terminal cannot show becomes `?`, never an error."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if type(stream) is io.TextIOWrapper:
            screen = stream.isatty()
            encoding, newline = (stream.encoding, None) if screen else ("utf-8", "\n")
            setattr(sys, name, _Shown(stream.detach(), encoding, "replace", newline, line_buffering=screen))


def main() -> None:
    """Run the command line and leave with its exit code; a user never sees a traceback."""
    _speak_utf8()
    try:
        outcome = habeas.main(standalone_mode=False)
        code = outcome if isinstance(outcome, int) else 0
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except AmbiguousName as error:
        click.echo(f"habeas: {error}", err=True)
        for identifier, label in error.candidates:
            click.echo(f"  {identifier}  {label}", err=True)
        code = error.exit_code
    except HabeasError as error:
        click.echo(f"habeas: {error}", err=True)
        code = error.exit_code
    except BrokenPipeError:
        # `habeas ... | head`: the reader has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except OSError as error:
        code = _system_fault(error)
    except Exception as error:  # noqa: BLE001 -- the last door: a fault of ours is one sentence and exit code 3
        # Up to Python 3.12 links that lead in a circle come as no OSError.
        of_system = error.__context__ if isinstance(error, RuntimeError) else None
        code = _system_fault(of_system) if isinstance(of_system, OSError) else _own_fault(error)
    sys.exit(code)


def _own_fault(error: Exception) -> int:
    if os.environ.get("HABEAS_DEBUG"):
        # Where, and not the exception's own words: they may quote a value that is kept back.
        traceback.print_tb(error.__traceback__)
    fault = type(error).__name__
    click.echo(f"habeas: a fault of ours ({fault}); run again with HABEAS_DEBUG=1 and report it", err=True)
    return 3


def _system_fault(error: OSError) -> int:
    """The disk is full, a folder may not be written: the system's own words, and where."""
    where = f" {Path(error.filename).name}" if isinstance(error.filename, str) else ""
    click.echo(f"habeas: {error.strerror or error}:{where}; nothing was left half-written", err=True)
    return 2
