"""`habeas names compare`: how likely the two names of each pair are one person's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import click

from habeas.archive import capture
from habeas.cli import show
from habeas.cli.options import json_option, print_json
from habeas.making import write_whole
from habeas.names import SAME, compare, likelihoods
from habeas.readers import pairs_table

_ADDED = ("score", "same", "why")
_SHOWN = 50


@click.group()
def names() -> None:
    """Names by themselves, outside a book."""


@names.command("compare")
@click.argument("pairs", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write a CSV with the columns of PAIRS and score and same."
)
@click.option("--explain", is_flag=True, help="Say in a column `why` which part met which, and how.")
@json_option
def compare_names(pairs: Path, out: Path | None, explain: bool, as_json: bool) -> None:
    """Compare the names in columns a and b of PAIRS (CSV), whatever their scripts.

    `score` is the chance that the two are one person's, as far as names can tell, calibrated on pairs of which one in
    three is; `same` is 1 from the threshold on. Other columns pass through. docs/names.md says what is compared.
    """
    taken, data = capture(pairs.resolve(), folder=pairs.resolve().parent)
    table = pairs_table(data, file=taken.path.as_posix())
    a, b = table.header.index("a"), table.header.index("b")
    two = [(row.cells[a], row.cells[b]) for row in table.rows]
    scores = likelihoods(two)
    why = ["; ".join(compare(*pair).why) for pair in two] if explain else None
    kept = [at for at, heading in enumerate(table.header) if heading not in _ADDED]
    header = [*(table.header[at] for at in kept), "score", "same", *(["why"] if explain else [])]
    rows = _rows(([row.cells[at] for at in kept] for row in table.rows), scores, why)
    said = f"{len(two):,} pairs, {sum(score >= SAME for score in scores):,} the same from a score of {SAME:g} on"
    if out is not None:
        _write(out, header, rows)
        click.echo(f"{out}: {said}")
    elif as_json:
        print_json(
            [dict(zip(header, row, strict=True)) | _figures(score) for row, score in zip(rows, scores, strict=True)]
        )
    else:
        _show(header, rows)
        rest = f"; the first {_SHOWN} are shown, --out FILE writes all" if len(two) > _SHOWN else ""
        click.echo(f"{said}{rest}")
    show.problems(table.problems, rest="correct these and run it again")


def _show(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The names and what was found, of the first rows."""
    places = [header.index(heading) for heading in ("a", "b", *_ADDED) if heading in header]
    columns = [(header[at], "right" if header[at] in ("score", "same") else "left") for at in places]
    show.table("", columns, ([row[at] for at in places] for row in islice(rows, _SHOWN)))


def _figures(score: float) -> dict[str, float | int]:
    return {"score": score, "same": int(score >= SAME)}


def _rows(kept: Iterable[list[str]], scores: Sequence[float], why: Sequence[str] | None) -> Iterator[list[str]]:
    for at, (cells, score) in enumerate(zip(kept, scores, strict=True)):
        said = [] if why is None else [why[at]]
        yield [*cells, f"{score:.4f}", str(int(score >= SAME)), *said]


def _write(out: Path, header: list[str], rows: Iterable[list[str]]) -> None:
    """All of the file or nothing: whoever reads it while it is written still reads the former one."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    write_whole(out, text.getvalue().encode())
