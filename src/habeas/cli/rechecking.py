"""`habeas recheck` and `habeas remark`: the verdicts on record against the record as it is, and what is said of them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from habeas.cli import show
from habeas.cli.options import Progress, a_day, book_option, json_option, ledger_of, named, now, open_book, print_json
from habeas.errors import UsageError
from habeas.nouns import KeptVerdict, RemarkKind, Statement
from habeas.pipeline import Change, Rechecked, recheck_verdicts
from habeas.pipeline import remark as record_remark

_WIDTH = 24
_MOST = 6  # statements of each kind that a table shows


@click.command()
@click.option("--all", "everything", is_flag=True, help="Also the verdicts that have not changed.")
@json_option
@book_option
def recheck(everything: bool, as_json: bool, folder: Path | None) -> None:
    """Hold every verdict on record, signed or kept, against the record as it is now; exit code 1 if one changed.

    A verdict changed where the record says something else of the claim, where the claim is no longer found in its text,
    or where the text is no longer in the book.
    """
    book, progress = open_book(folder), Progress()
    with ledger_of(book) as ledger:
        found = recheck_verdicts(book, ledger, progress=progress)
    progress.done()
    changed = [r for r in found if r.changed]
    if as_json:
        print_json({"verdicts": len(found), "changed": len(changed), "rechecked": [_json(r) for r in found]})
    else:
        _print(found, everything=everything)
    if changed:
        sys.exit(1)


def _print(found: tuple[Rechecked, ...], *, everything: bool) -> None:
    console = show.console()
    file = None
    for one in found:
        if one.change is Change.SAME and not everything:
            continue
        if one.kept.file != file:
            file = one.kept.file
            console.print(Text(f"\n{file}", style="bold"))
        kept = one.kept
        lines = [f"“{' '.join(kept.quote.text.split())}” ({kept.kind.replace('_', ' ')}), {_who(kept)}"]
        lines.append(f"before: {_verdict(kept.at_publication, kept.today)}: {kept.why}")
        if one.now is not None and one.change is not Change.SAME:
            lines.append(f"now: {_verdict(one.now.at_publication, one.now.today)}: {one.now.why}")
        lines += _reasons(one)
        show.block(Text(one.change.value, style="bold red" if one.changed else "yellow"), lines, width=_WIDTH)
    counts = {c: sum(1 for r in found if r.change is c) for c in Change}
    said = ", ".join(f"{n} {c.value}" for c, n in counts.items() if n)
    console.print(Text(f"\n{len(found)} verdicts on record" + (f": {said}" if said else "")))


def _who(kept: KeptVerdict) -> str:
    return f"signed by {kept.by} on {kept.on} ({kept.id})" if kept.signed else f"draft kept on {kept.on} ({kept.id})"


def _verdict(at_publication: str, today: str) -> str:
    return at_publication if at_publication == today else f"{at_publication} when published, {today} today"


def _reasons(one: Rechecked) -> list[str]:
    lines = [f"came: {_said(s)}" for s in one.came[:_MOST]]
    for gone in one.went[:_MOST]:
        what = gone.id if gone.statement is None else _said(gone.statement)
        why = "" if gone.by is None else f", taken back in batch {gone.by.batch}"
        why += f" ({gone.by.reason})" if gone.by is not None and gone.by.reason else ""
        lines.append(f"went: {what}{why}")
    left = max(0, len(one.came) - _MOST) + max(0, len(one.went) - _MOST)
    return [*lines, f"and {left} more statements: --json"] if left else lines


def _said(statement: Statement) -> str:
    value = "(kept back)" if statement.value is None else statement.value
    return f"{statement.id}, {statement.subject} {statement.prop} = {value}"


def _statement(said: Statement) -> dict[str, Any]:
    return {"id": said.id, "subject": said.subject, "property": said.prop, "value": said.value, "batch": said.batch}


def _json(one: Rechecked) -> dict[str, Any]:
    kept, after = one.kept, one.now
    return {
        "id": kept.id,
        "change": one.change.name.lower(),
        "changed": one.changed,
        "file": kept.file,
        "fingerprint": kept.text,
        "quote": kept.quote.text,
        "start": kept.quote.start,
        "end": kept.quote.end,
        "kind": kept.kind,
        "family": kept.family,
        "signed_by": kept.by or None,
        "on": kept.on.isoformat(),
        "record": kept.head,
        "before": {"at_publication": kept.at_publication.value, "today": kept.today.value, "why": kept.why},
        "after": None
        if after is None
        else {"at_publication": after.at_publication.value, "today": after.today.value, "why": after.why},
        "came": [_statement(s) for s in one.came],
        "went": [
            {
                **({"id": g.id} if g.statement is None else _statement(g.statement)),
                "taken_back_by": None if g.by is None else g.by.id,
                "reason": None if g.by is None else g.by.reason,
            }
            for g in one.went
        ],
    }


@click.command()
@click.argument("verdict")
@click.option(
    "--reply", metavar="TEXT", help="What the publisher of the article replies (- reads it from standard input)."
)
@click.option("--correction", metavar="TEXT", help="What the editor corrects (- reads it from standard input).")
@click.option("--by", metavar="NAME", required=True, help="Who says it; published.")
@click.option("--on", metavar="DAY", help="When it was said (else today).")
@click.option("--url", default="", help="Where it can be read.")
@book_option
def remark(
    verdict: str, reply: str | None, correction: str | None, by: str, on: str | None, url: str, folder: Path | None
) -> None:
    """Attach a reply or a correction to a signed VERDICT, named by its id; it is published with the verdict.

    The publisher of an article has a right of reply. A verdict itself is corrected by signing it again.
    """
    if (reply is None) == (correction is None):
        raise UsageError("say either --reply TEXT or --correction TEXT")
    what = RemarkKind.REPLY if reply is not None else RemarkKind.CORRECTION
    text = named(reply if reply is not None else correction or "", "Text")
    book = open_book(folder)
    day = None if on is None else a_day(on, "--on")
    with ledger_of(book) as ledger:
        said = record_remark(book, ledger, verdict, what=what, by=by, text=text, url=url, on=day, now=now())
    if said:
        click.echo(f"{what.value} recorded as batch {said[0].batch}; `habeas undo {said[0].batch}` takes it back")
    else:
        click.echo("nothing new: it is on record")
