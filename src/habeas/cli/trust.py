"""The verbs that make the record believed: log, undo, erase, verify, stamp, backup, copy."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import click

from habeas.answers import the_case
from habeas.cli import show
from habeas.cli.options import (
    book_option,
    json_option,
    keys_folder,
    ledger_of,
    ledger_place,
    named,
    now,
    open_book,
    passphrase,
    print_json,
)
from habeas.dates import edtf
from habeas.errors import UsageError
from habeas.ledger import Ledger, open_ledger
from habeas.ledger.aside import Forged
from habeas.ledger.heads import read_head, saved
from habeas.ledger.heads import shape as shape_of
from habeas.ledger.keys import Trust, known_signers, public_key
from habeas.ledger.stamping import Stamped, StampFolder
from habeas.nouns import Book, Case, Casebook, Head, Problem, Team
from habeas.pipeline import Erased, Place, casebook, erase_person, erase_source, still_held, who_is_who
from habeas.pipeline import publish as publish_book
from habeas.pipeline import undo as undo_batch


@click.command()
@click.option(
    "--kept", type=click.Path(path_type=Path), help="A head saved earlier: finds a tail that was cut off or rewritten."
)
@click.option(
    "--against", metavar="PLACE", help="Another copy of the ledger (file or address): its heads must be in this one."
)
@click.option(
    "--save-head", type=click.Path(path_type=Path), help="Write the signed head to a file, to be kept elsewhere."
)
@click.option("--prove", metavar="STATEMENT", help="Print a proof that a statement is in the record.")
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    help="Print a proof that the record as it was at a head saved earlier is the beginning of this one (RFC 6962).",
)
@click.option(
    "--signer",
    "signers",
    metavar="KEY",
    multiple=True,
    help="A public key that may have signed, beside this machine's and those in the file `signers` beside it.",
)
@click.option("--unsigned", is_flag=True, help="Accept heads that nobody signed.")
@json_option
@book_option
@click.pass_context
def verify(
    context: click.Context,
    kept: Path | None,
    against: str | None,
    save_head: Path | None,
    prove: str | None,
    since: Path | None,
    signers: tuple[str, ...],
    unsigned: bool,
    as_json: bool,
    folder: Path | None,
) -> None:
    """Recompute every statement, the tree, each signed head and all it vouches for: exit code 1 names what does not hold.

    Nothing is written. Who may have signed is not asked of the record: it is this machine's key, those named in the file
    `signers` beside it, and each --signer.
    """
    book = open_book(folder)
    known = {**known_signers(keys_folder()), **{public_key(key, "--signer"): "--signer" for key in signers}}
    stamped = tuple(StampFolder(book.folder / "stamps").check())
    heads = [*(s.head for s in stamped), *_heads_elsewhere(kept, against)]
    proofs: dict[str, Any] = {}
    # Not as it is opened elsewhere: nothing is upgraded, and nothing shared anew.
    with open_ledger(ledger_place(book), today=now().date(), passphrase=passphrase) as ledger:
        found = ledger.verify(heads, Trust(signers=known, unsigned=unsigned), who_is_who(book, ledger))
        head, sealed, locked = (None, 0, True) if found else (ledger.head(), ledger.sealed(), ledger.locked)
        aside = () if found else ledger.forged()
        if not found:
            proofs = _proofs(ledger, prove, since)
    problems = (*found, *(p for s in stamped for p in s.problems))
    if save_head is not None and head is not None and not problems:
        save_head.write_bytes(saved(head))
    if as_json or proofs:
        shape = {
            "head": _head(head),
            "problems": list(map(str, problems)),
            "set_aside": _aside(aside),
            "stamps": _stamps(stamped),
            "sealed": sealed,
            "sealed_checked": not locked,
            "uncompared": ledger.uncompared,
            "unread": ledger.unread,
        }
        print_json({**shape, **proofs})
    else:
        _tell(problems, head, heads, known, ledger.uncompared, ledger.unread)
        if not problems:
            _tell_aside(aside)
            _tell_stamps(stamped)
            _tell_sealed(sealed, locked=locked)
    context.exit(1 if problems else 0)


_GUARDS = ", and its tables and guards are those that habeas makes"


def _proofs(ledger: Ledger, prove: str | None, since: Path | None) -> dict[str, Any]:
    """The proofs that are asked for, as JSON."""
    shapes: dict[str, Any] = {}
    if prove is not None:
        proof = ledger.prove(prove)
        shapes["proof"] = {**asdict(proof), "head": _head(proof.head)}
    if since is not None:
        growth = ledger.grown(read_head(since))
        path = list(growth.path)
        shapes["consistency"] = {"first": _head(growth.first), "second": _head(growth.second), "path": path}
    return shapes


def _heads_elsewhere(kept: Path | None, against: str | None) -> list[Head]:
    """The head kept in a file, and those of another copy of the ledger."""
    heads = [] if kept is None else [read_head(kept)]
    if against is not None:
        with open_ledger(against) as other:
            heads += other.heads()
    return heads


def _head(head: Head | None) -> Mapping[str, Any] | None:
    return None if head is None else shape_of(head)


def _aside(bad: Sequence[Forged]) -> list[dict[str, Any]]:
    return [{"batch": one.head.batch, "by": one.by, "recorder": one.recorder} for one in bad if one.by is not None]


def _stamps(stamped: Sequence[Stamped]) -> list[dict[str, Any]]:
    return [
        {"batch": s.head.batch, "at": stamp.at.isoformat(), "authority": stamp.authority}
        for s in stamped
        for stamp in s.stamps
    ]


def _tell_stamps(stamped: Sequence[Stamped]) -> None:
    for one in stamped:
        for stamp in one.stamps:
            click.echo(f"batch {one.head.batch} existed by {stamp.at:%Y-%m-%d %H:%M:%S}Z, says {stamp.authority}")


def _tell_aside(aside: Sequence[Forged]) -> None:
    for bad in aside:
        click.echo(f"{bad}: batch {bad.by} withdrew it")


def _tell(
    problems: Sequence[Problem],
    head: Head | None,
    kept: Sequence[Head],
    known: Mapping[str, str],
    uncompared: str | None,
    unread: str | None,
) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    if uncompared is not None:
        click.echo(f"definitions were not compared: {uncompared}", err=bool(problems))
    if unread is not None:
        click.echo(f"what readers and the team read was not compared: {unread}", err=bool(problems))
    if problems:
        return
    if head is None:
        click.echo("the record is empty")
        return
    signature = f"signed by {head.key[:16]} ({known.get(head.key, 'unknown')})" if head.key else "not signed"
    click.echo(
        f"the record holds: {head.size:,} statements, {head.batch:,} heads, the last {head.root[:16]}, {signature}"
    )
    click.echo(f"what was erased, is suppressed or sealed is as that head says{_GUARDS if uncompared is None else ''}")
    if kept:
        last = max(kept, key=lambda one: one.batch)
        click.echo(
            f"and it agrees with {len(kept)} kept head{'s' if len(kept) > 1 else ''}:"
            f" nothing was cut off up to batch {last.batch}, {last.recorded:%Y-%m-%d}"
        )
    else:
        click.echo(
            "whether it was cut back whole to an earlier head, only one kept elsewhere tells: --save-head, later --kept"
        )


@click.command()
@click.argument("reply", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--roots",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The authority's root certificates (PEM), to trust.",
)
@book_option
def stamp(reply: Path | None, roots: Path | None, folder: Path | None) -> None:
    """Have an outside authority say when the record stood as it stands (RFC 3161): write a query, or keep its REPLY.

    Nothing is sent: hand the query to one or more authorities yourself, and bring back what they answer.
    """
    book = open_book(folder)
    stamps = StampFolder(book.folder / "stamps")
    if reply is not None:
        head, kept = stamps.keep(_bytes(reply), None if roots is None else _bytes(roots))
        click.echo(
            f"batch {head.batch} existed by {kept.at:%Y-%m-%d %H:%M:%S}Z, says {kept.authority}: kept in stamps/"
        )
        return
    with ledger_of(book) as ledger:
        now_head = ledger.head()
    if now_head is None:
        raise UsageError("nothing is on record yet; `habeas build` first")
    path = stamps.ask(now_head)
    click.echo(f"wrote stamps/{path.name}: it holds a hash of the signed head, and nothing of the book")
    click.echo("Send it to a time-stamping authority, and bring back the answer:")
    click.echo(
        f"  curl -H 'Content-Type: application/timestamp-query' --data-binary @stamps/{path.name} ADDRESS > reply.tsr"
    )
    click.echo("  habeas stamp reply.tsr --roots ROOT.pem")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path.name} cannot be read ({error.strerror})") from None


def _tell_sealed(sealed: int, *, locked: bool) -> None:
    if not sealed:
        return
    if locked:
        told = "and as they were signed; what they say can only be read with the passphrase"
        click.echo(f"{sealed:,} of them are sealed, {told}")
    else:
        click.echo(f"{sealed:,} of them are sealed; each was opened and is as recorded")


@click.command()
@click.argument("batch", type=int)
@click.option("--reason", default="", help="Why: kept with the statements.")
@book_option
def undo(batch: int, reason: str, folder: Path | None) -> None:
    """Withdraw a BATCH by statements: what it said is taken back, what it took back is said again.

    Nothing is deleted. The next read of the same inputs records them again, so correct the input first.
    """
    book = open_book(folder)
    with ledger_of(book) as ledger:
        said = undo_batch(book, ledger, batch, reason=reason, now=now())
    click.echo(f"batch {batch} is withdrawn by {len(said):,} statements, batch {said[0].batch}")


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@book_option
def backup(target: Path, folder: Path | None) -> None:
    """Copy the ledger to a new SQLite file, whole and consistent, also while others use it."""
    book = open_book(folder)
    with ledger_of(book, public=True) as ledger:
        ledger.backup(target)
    with open_ledger(target) as copy:
        head = copy.head()
    click.echo(f"{target.as_posix()}: {0 if head is None else head.size:,} statements")


@click.command()
@click.argument("places", nargs=-1, metavar="[FROM] TO")
@book_option
@click.pass_context
def copy(context: click.Context, places: tuple[str, ...], folder: Path | None) -> None:
    """Copy a ledger, the book's or the one at FROM, to TO: a new file, or an empty database (postgresql://...).

    Ids, proofs, signatures, what was erased and what is suppressed are the same in both. Leave a password out of the
    address: PGPASSWORD or ~/.pgpass hold it.
    """
    if len(places) not in (1, 2):
        raise UsageError("name where to copy to, or two places: habeas copy FROM TO")
    with contextlib.ExitStack() as stack:
        if len(places) == 2:
            ledger = stack.enter_context(open_ledger(places[0]))
        else:
            ledger = stack.enter_context(ledger_of(open_book(folder)))
        ledger.copy(places[-1])
        heads = ledger.heads()
    with open_ledger(places[-1]) as made:
        problems = made.verify(heads, Trust(unsigned=True, older=True))
    for problem in problems:
        click.echo(str(problem), err=True)
    statements = heads[-1].size if heads else 0
    if not problems:
        click.echo(f"copied: {statements:,} statements in {len(heads):,} batches; every head of the copy is the same")
    context.exit(1 if problems else 0)


@click.command()
@click.argument("who", required=False, metavar="[CASE]")
@click.option("--source", metavar="URL", help="Erase a source instead: what it said, and that it was one.")
@click.option("--reason", default="", help="Why: kept in the tombstone. Write nothing in it that tells whose it was.")
@click.option(
    "--list",
    "listing",
    is_flag=True,
    help="What was erased when, and where somebody erased still lies: every file of the book and its git history.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@book_option
def erase(who: str | None, source: str | None, reason: str, listing: bool, yes: bool, folder: Path | None) -> None:
    """Erase a person (CASE: a name or an id) or a source for good; a tombstone stays, and the record still verifies.

    `-` in place of the CASE or the URL reads it from standard input, which leaves it out of the shell's history.
    The inputs are not touched: what still holds the data is named, and a keyed list keeps it from being read again.
    """
    if sum((who is not None, source is not None, listing)) != 1:
        raise UsageError("name one of: a CASE, --source URL, --list")
    book = open_book(folder)
    who = None if who is None else named(who, "Name or id")
    source = None if source is None else named(source, "Address")
    with ledger_of(book) as ledger:
        cases = casebook(book, ledger, Team)
        if listing:
            _erasures(cases, still_held(book, ledger))
            return
        case = None if who is None else the_case(cases, who)
        what = f"{case.label} ({case.id}), {len(case.mentions)} entries" if case is not None else f"the source {source}"
        if not yes:
            click.confirm(f"Erase {what}? This cannot be undone", abort=True)
        if case is not None:
            done = ledger.step(partial(_erased, book, ledger, case, reason))
        else:
            done = erase_source(book, ledger, source or "", reason=reason, now=now())
        if (book.folder / "site").is_dir():
            publish_book(book, ledger)
        places = still_held(book, ledger, done.texts, done.files)
        left = ledger.left
    click.echo(f"erased: {done.statements:,} statements; {done.tombstone} stays")
    for line in (*map(str, places), *(f"still held in {place}" for place in left)):
        click.echo(f"  {line}")
    click.echo("Other copies (backups, exports, sites already published) keep it until you delete them there.")


def _erased(book: Book, ledger: Ledger, case: Case, reason: str) -> Erased:
    """Erase just those entries that were shown as the case's, also where a question was answered in between."""
    cases = casebook(book, ledger, Team)
    if set(the_case(cases, case.id).mentions) != set(case.mentions):
        raise UsageError(f"what is on record of {case.id} has changed meanwhile: nothing was erased; run again")
    return erase_person(book, ledger, case, reason=reason, now=now())


def _erasures(cases: Casebook[Team], places: Sequence[Place]) -> None:
    rows = [(edtf(e.on), e.erased, e.count, e.by, e.reason) for e in cases.erasures]
    columns = [("on", "left"), ("what", "left"), ("statements", "right"), ("by", "left"), ("reason", "left")]
    show.table("Erased; what was published before that day is superseded", columns, rows)
    held = sum(1 for place in places if place.looked)
    click.echo(
        f"{len(rows)} erasures; {held} places still name somebody erased, {len(places) - held} cannot be looked into"
    )
    for place in places:
        click.echo(f"  {place}")
    if rows:
        click.echo("Looked into: the book's folder and the git repository around it. Other copies are beyond it.")
