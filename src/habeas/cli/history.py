"""`habeas log`: what was recorded, when, by whom and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from habeas.answers import the_case
from habeas.cli import show
from habeas.cli.options import book_option, json_option, ledger_of, named, open_book, print_json
from habeas.errors import UsageError
from habeas.nouns import Case, Casebook, Statement, Team
from habeas.pipeline import casebook, who_is_who

_COLUMN = re.compile(r", column .*", re.DOTALL)  # of a place: the rest names the row


@click.command()
@click.argument("what", required=False, metavar="[CASE|BATCH]")
@json_option
@book_option
def log(what: str | None, as_json: bool, folder: Path | None) -> None:
    """What was recorded, when, by whom and why: of one CASE (a name, an id, or `-`: from standard input), or batch by batch.

    The number of a BATCH lists it row by row.
    """
    book = open_book(folder)
    name = "" if what is None else named(what, "Name or id")
    with ledger_of(book) as ledger:
        history = ledger.history(Team, who_is_who(book, ledger))
        cases = casebook(book, ledger, Team) if what is not None else None
    if cases is None:
        _tell_batches(_batches(history), as_json=as_json)
    elif name.isdigit():
        _tell_batch(int(name), history, cases, as_json=as_json)
    else:
        _tell_case(the_case(cases, name), cases, history, as_json=as_json)


def _tell_batches(batches: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        print_json({"batches": batches})
        return
    columns = [
        ("batch", "right"),
        ("recorded", "left"),
        ("by", "left"),
        ("statements", "right"),
        ("from", "left"),
        ("", "left"),
    ]
    rows = [
        (b["batch"], b["recorded"][:16], b["recorder"], f"{b['statements']:,}", b["from"], b["reason"]) for b in batches
    ]
    show.table("Batches (habeas log BATCH lists one, habeas undo BATCH withdraws it)", columns, rows)


def _tell_batch(batch: int, history: Sequence[Statement], cases: Casebook[Team], *, as_json: bool) -> None:
    said = [s for s in history if s.batch == batch]
    if not said:
        raise UsageError(f"there is no batch {batch}; `habeas log` lists them")
    known = {s.id: s for s in history}
    home = {m: case.label for case in cases.cases.values() for m in case.mentions}
    rows: dict[tuple[str, str], list[Statement]] = {}
    for s in said:
        rows.setdefault((_COLUMN.sub("", s.place), s.subject), []).append(s)
    found: list[dict[str, Any]] = [
        {
            "row": place,
            "subject": subject,
            "name": home.get(subject, ""),
            "changes": [_change(s, known, cases) for s in of_row],
        }
        for (place, subject), of_row in rows.items()
    ]
    first = said[0]
    if as_json:
        when = first.recorded.isoformat(timespec="seconds")
        print_json({"batch": batch, "recorded": when, "recorder": first.recorder, "rows": found})
        return
    columns = [("row", "left"), ("of", "left"), ("what", "left")]
    lines = [
        (
            one["row"],
            one["name"] or one["subject"],
            "\n".join(f"{c['property']} {_difference(c)}" for c in one["changes"]),
        )
        for one in found
    ]
    show.table(f"Batch {batch}, {first.recorded:%Y-%m-%d %H:%M} by {first.recorder}", columns, lines)


def _tell_case(case: Case, cases: Casebook[Team], history: Sequence[Statement], *, as_json: bool) -> None:
    changes = _changes(case, cases, history)
    if as_json:
        print_json({"case": case.id, "name": case.label, "changes": changes})
        return
    columns = [
        ("recorded", "left"),
        ("by", "left"),
        ("", "left"),
        ("difference", "left"),
        ("why", "left"),
        ("source", "left"),
    ]
    lines = [
        (c["recorded"][:16], c["recorder"], c["property"], _difference(c), c["reason"], c["source"]) for c in changes
    ]
    show.table(f"{case.label} ({case.id})", columns, lines)


def _batches(history: Sequence[Statement]) -> list[dict[str, Any]]:
    """Each batch: when, by whom, how many statements, where from."""
    grouped: dict[int, list[Statement]] = {}
    for s in history:
        grouped.setdefault(s.batch, []).append(s)
    rows = []
    for batch, said in sorted(grouped.items()):
        places = Counter(s.place.partition(" row ")[0] or s.source for s in said)
        rows.append(
            {
                "batch": batch,
                "recorded": said[0].recorded.isoformat(timespec="seconds"),
                "recorder": said[0].recorder,
                "statements": len(said),
                "retracts": sum(1 for s in said if s.retracts is not None),
                "from": places.most_common(1)[0][0],
                "reason": next((s.reason for s in said if s.reason), ""),
            }
        )
    return rows


def _changes(case: Case, cases: Casebook[Team], history: Sequence[Statement]) -> list[dict[str, Any]]:
    """What was said of one person, in the order recorded: who, when, what became of which value, and why."""
    mine = set(case.mentions)
    known = {s.id: s for s in history}
    return [_change(s, known, cases) for s in history if s.subject in mine and s.prop not in ("list", "key")]


def _change(s: Statement, known: Mapping[str, Statement], cases: Casebook[Team]) -> dict[str, Any]:
    source = cases.sources.get(s.source)
    before = None if s.retracts is None else known.get(s.retracts)
    return {
        "recorded": s.recorded.isoformat(timespec="seconds"),
        "recorder": s.recorder,
        "batch": s.batch,
        "property": s.prop,
        "before": before.value if before is not None else None,
        "after": s.value,
        "reason": s.reason or "",
        "published": s.published,
        "source": source.url or source.publisher if source is not None else s.source,
        "statement": s.id,
    }


def _difference(row: Mapping[str, Any]) -> str:
    if row["before"] is None and row["after"] is None:
        return "(restricted)"
    if row["before"] is None:
        return f"+ {row['after']}"
    return f"− {row['before']}" if row["after"] is None else f"{row['before']} → {row['after']}"
