"""`habeas link --records`: who is who in any list of people, outside a book."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import click

from habeas.archive import capture
from habeas.cli import show
from habeas.cli.options import print_json
from habeas.errors import UsageError
from habeas.making import write_whole
from habeas.nouns import Problem
from habeas.readers import read_people
from habeas.resolve import Engine, link_people, place_people

F = TypeVar("F")
_PATH = click.Path(path_type=Path)
_LARGEST = 2_000_000_000  # bytes of a list


def records_options(command: F) -> F:
    """`--records`, and what goes with it."""
    for option in (
        click.option("--decisions", type=_PATH, metavar="FILE.csv",
                     help="With --records: decided pairs (a, b, same: same, different or unsure); they hold."),
        click.option("--engine", type=click.Choice([e.value for e in Engine]), default=Engine.DUCKDB.value,
                     show_default=True, help="With --records: where the model runs; both give the same clusters."),
        click.option("--map", "mapped", metavar="WHAT=COLUMN,...",
                     help="With --records: what columns hold (name=Full name,born=dob,list=source; list= for none); else guessed."),
        click.option("--index", type=_PATH, metavar="FILE",
                     help="With --out: keep the folded keys here; with --into: where they were kept."),
        click.option("--into", type=_PATH, metavar="CLUSTERS.csv",
                     help="With --records: place new rows among these clusters; no other row is touched."),
        click.option("--out", type=_PATH, metavar="CLUSTERS.csv", help="With --records: where the clusters go."),
        click.option("--records", type=_PATH, metavar="FILE.csv", help="Link this list of people (CSV, XLSX, TXT)."),
    ):  # fmt: skip
        command = option(command)  # type: ignore[type-var]
    return command


def link_records(
    *,
    records: Path | None,
    out: Path | None,
    into: Path | None,
    index: Path | None,
    mapped: str | None,
    engine: str,
    decisions: Path | None,
    as_json: bool,
    of_a_book: bool,
) -> bool:
    """Link a list of people where one was named; False where none was.

    Raises:
        UsageError: options do not go together, or a file cannot be read or written.
    """
    if records is None:
        if out or into or index or mapped or decisions:
            raise UsageError("--out, --into, --index, --map and --decisions go with --records FILE")
        return False
    if of_a_book:
        raise UsageError(
            "--records links a list outside a book; -b, --same, --different, --reason, --all do not go with it"
        )
    if (out is None) == (into is None):
        raise UsageError("--records needs --out CLUSTERS.csv, or --into CLUSTERS.csv to place new rows")
    kept = None if into is None else (into, _index(index, decisions, engine))
    _, data = capture(records.resolve(), folder=records.resolve().parent, limit=_LARGEST)
    people = read_people(data, file=Path(records.name), told=_told(mapped))
    del data
    if kept is not None:
        clusters = place_people(people, *kept)
    else:
        assert out is not None
        decided = () if decisions is None else _decided(decisions)
        clusters = link_people(people, engine=Engine(engine), decided=decided, index=index)
        write_whole(out, clusters.text().encode())
    _report(people.headings, people.problems, len(clusters.rows), clusters.count, into or out, as_json=as_json)
    return True


def _index(index: Path | None, decisions: Path | None, engine: str) -> Path:
    """Where the keys of linked rows are kept, for new rows to be placed among them.

    Raises:
        UsageError: it is not named, or what else is named goes with linking alone.
    """
    if index is None or decisions is not None or engine != Engine.DUCKDB:
        raise UsageError("--into needs the --index that --out kept; --decisions and --engine go with --out")
    return index


def _told(mapped: str | None) -> dict[str, str]:
    told: dict[str, str] = {}
    for part in (mapped or "").split(","):
        what, sign, column = part.partition("=")
        if part.strip() and not (sign and what.strip()):
            raise UsageError(f"--map takes WHAT=COLUMN,... such as name=Full name,born=dob, not {part!r}")
        if part.strip():
            told[what.strip()] = column.strip()
    return told


def _decided(path: Path) -> list[tuple[str, str, str]]:
    _, data = capture(path.resolve(), folder=path.resolve().parent)
    rows = list(csv.DictReader(data.decode("utf-8-sig", errors="replace").splitlines()))
    if rows and not {"a", "b", "same"} <= rows[0].keys():
        raise UsageError(f"{path.name} needs the columns a, b and same (same, different or unsure)")
    return [((row["a"] or "").strip(), (row["b"] or "").strip(), (row["same"] or "").strip()) for row in rows]


def _report(
    headings: Mapping[str, str],
    problems: tuple[Problem, ...],
    rows: int,
    clusters: int,
    path: Path | None,
    *,
    as_json: bool,
) -> None:
    if as_json:
        print_json(
            {"rows": rows, "clusters": clusters, "columns": dict(headings), "problems": [str(p) for p in problems]}
        )
        return
    click.echo("columns: " + ", ".join(f"{what} = {heading}" for what, heading in headings.items()))
    show.problems(problems, rest="--json lists them")
    click.echo(f"{rows:,} rows are {clusters:,} people: {path}")
