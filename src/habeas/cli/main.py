"""The commands together, and the one place where an error becomes a sentence and an exit code.

Exit codes: 0 done; 1 a finding (verify failed, a verdict changed); 2 the input is wrong; 3 a fault of ours.
"""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

import click

from habeas import __version__
from habeas.cli import comparing, lengths  # noqa: F401 -- their questions join `ask`
from habeas.cli.asking import ask
from habeas.cli.checking import check
from habeas.cli.estimating import estimate
from habeas.cli.keeping import build, export, init, read
from habeas.cli.locking import lock, unlock
from habeas.cli.names import names
from habeas.cli.people import link, match
from habeas.cli.publishing import publish
from habeas.cli.rechecking import recheck, remark
from habeas.cli.restricting import restrict
from habeas.cli.reviewing import review
from habeas.cli.trust import backup, copy, erase, log, stamp, undo, verify
from habeas.errors import AmbiguousName, HabeasError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="habeas")
def habeas() -> None:
    """The open ledger that holds prisoner-for-sanctions deals to account.

    A book is a folder with a book.toml, lists, events and articles. `habeas build` reads it all into the ledger and
    writes the site; `habeas ask` answers from it, with bounds, working and sources.
    """


for command in (
    init,
    build,
    read,
    match,
    link,
    names,
    review,
    ask,
    check,
    recheck,
    remark,
    estimate,
    publish,
    export,
    log,
    undo,
    restrict,
    erase,
    verify,
    stamp,
    backup,
    copy,
    lock,
    unlock,
):
    habeas.add_command(command)


def _speak_utf8() -> None:
    """Names are in many scripts: what a terminal cannot show becomes `?`, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if not stream.isatty():
                reconfigure(encoding="utf-8", errors="replace", newline="\n")
            else:
                reconfigure(errors="replace")


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
        if os.environ.get("HABEAS_DEBUG"):
            # Where, and not the exception's own words: they may quote a value that is kept back.
            traceback.print_tb(error.__traceback__)
        click.echo(
            f"habeas: a fault of ours ({type(error).__name__}); run again with HABEAS_DEBUG=1 and report it", err=True
        )
        code = 3
    sys.exit(code)


def _system_fault(error: OSError) -> int:
    """The disk is full, a folder may not be written: the system's own words, and where."""
    where = f" {Path(error.filename).name}" if isinstance(error.filename, str) else ""
    click.echo(f"habeas: {error.strerror or error}:{where}; nothing was left half-written", err=True)
    return 2
