"""`habeas match` and `habeas link`: names to cases, and a person's decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from habeas.answers import Standing, in_words, stands, told
from habeas.cli import show
from habeas.cli.linking import link_records, records_options
from habeas.cli.options import a_day, book_option, json_option, ledger_of, now, open_book, print_json
from habeas.errors import UsageError
from habeas.nouns import Book, Case, Casebook, Pair, Team
from habeas.readers.cells import clean, shortened
from habeas.resolve import Fit, Match
from habeas.resolve import match as match_names

if TYPE_CHECKING:
    from habeas.ledger import Ledger


def _print_matches(found: tuple[Match, ...], stand: Mapping[str, Standing]) -> None:
    for fit in (Fit.MATCHED, Fit.AMBIGUOUS, Fit.UNMATCHED):
        some = [m for m in found if m.fit is fit]
        rows = []
        for m in some:
            cases = "; ".join(
                f"{c.label} {c.case} ({c.score:.2f}): {in_words(stand[c.case])}"
                for c in m.candidates[: 1 if fit is Fit.MATCHED else 4]
            )
            rows.append((shortened(clean(m.text).text), cases, m.why))
        show.table(
            f"{fit.value.capitalize()}: {len(some)}", [("pasted", "left"), ("case", "left"), ("why", "left")], rows
        )
    counts = {fit: sum(1 for m in found if m.fit is fit) for fit in Fit}
    click.echo(f"{len(found)} names: " + ", ".join(f"{n} {fit.value}" for fit, n in counts.items()))


def _match_json(found: Match, stand: Mapping[str, Standing]) -> dict[str, Any]:
    candidates = [{**asdict(c), "state": told(stand[c.case])} for c in found.candidates]
    return {**asdict(found), "fit": found.fit.value, "candidates": candidates}


@click.command()
@click.argument("names", type=click.Path(path_type=Path))
@click.option(
    "--record", "release", metavar="RELEASE", help="Write the names as people of this release (BY-2025-12-13)."
)
@click.option(
    "--published", metavar="DAY", help="With --record: the day the list was published (else the day of the release)."
)
@click.option("--url", help="With --record: where the list stands.")
@json_option
@book_option
def match(
    names: Path, release: str | None, published: str | None, url: str | None, as_json: bool, folder: Path | None
) -> None:
    """Match a pasted list of names (one a line, any script) to cases: matched, ambiguous, unmatched."""
    if release is None and (published is not None or url is not None):
        raise UsageError("--published and --url say where a recorded list comes from; they go with --record RELEASE")
    from habeas.pipeline import casebook, pasted_names, record_match

    day = None if published is None else a_day(published, "--published")
    book = open_book(folder)
    texts, problems = pasted_names(names)
    with ledger_of(book) as ledger:

        def matched() -> tuple[Casebook[Team], tuple[Match, ...], int | None]:
            cases = casebook(book, ledger, Team)
            found = match_names(texts, cases)
            if release is None:
                return cases, found, None
            said = record_match(book, ledger, cases, found, release=release, published=day, url=url or "", now=now())
            return cases, found, said

        cases, found, added = ledger.step(matched)
    stand = {c.case: stands(cases, cases.cases[c.case], now().date()) for m in found for c in m.candidates}
    if as_json:
        matches = [_match_json(m, stand) for m in found]
        print_json({"names": matches, **{f.value: sum(1 for m in found if m.fit is f) for f in Fit}, "recorded": added})
        return
    _print_matches(found, stand)
    show.problems(problems)
    if release is not None:
        click.echo(f"recorded in {release}: {added} statements added; ambiguous names wait in `habeas link`")


@click.command()
@click.option("--same", nargs=2, metavar="A B", help="These two cases are one person.")
@click.option("--different", nargs=2, metavar="A B", help="These two cases are different people.")
@click.option("--reason", default="", help="Why: kept with the decision.")
@click.option("--all", "everything", is_flag=True, help="List every unsure pair, not only the first 20.")
@records_options
@json_option
@book_option
def link(
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    reason: str,
    everything: bool,
    as_json: bool,
    folder: Path | None,
    **records: Any,
) -> None:
    """Who is who: the pairs that nothing settles, and your decisions on them (by case ids).

    With --records: who is who in any list of people outside a book, written as unique_id and cluster. A cluster is
    named by its first row. Other columns do not pass through: join them by unique_id.
    """
    if link_records(as_json=as_json, of_a_book=bool(same or different or folder or everything or reason), **records):
        return
    # A list outside a book needs none of them, and starts in half the time.
    from habeas.pipeline import casebook

    book = open_book(folder)
    with ledger_of(book) as ledger:
        cases = casebook(book, ledger, Team)
        if same or different:
            for line in ledger.step(partial(_decided, book, ledger, same, different, reason)):
                click.echo(line)
            cases = casebook(book, ledger, Team)
    home, pairs = _unsettled(cases)
    if as_json:
        unsure = [{"a": home[p.a].id, "b": home[p.b].id, "score": p.score, "why": list(p.why)} for p in pairs]
        print_json({"people": len(cases.cases), "mentions": len(home), "unsure": unsure})
        return
    click.echo(
        f"{len(home):,} entries of {len(cases.lists)} lists are {len(cases.cases):,} people; {len(pairs)} pairs are unsure"
    )
    _list(pairs, home, most=len(pairs) if everything else 20)


def _unsettled(cases: Casebook[Team]) -> tuple[Mapping[str, Case], list[Pair]]:
    """The case of each mention, and the pairs of mentions that nothing settles."""
    home = {m: c for c in cases.cases.values() for m in c.mentions}
    return home, [p for p in cases.unsure if p.a in home and p.b in home]


def _list(pairs: Sequence[Pair], home: Mapping[str, Case], *, most: int) -> None:
    """The pairs that nothing settles."""
    shown = pairs[:most]
    if shown:
        click.echo("\nKept apart, for a person to decide (`habeas review`, or --same A B, --different A B):")
    for p in shown:
        two = " and ".join(f"{home[m].label} ({home[m].id})" for m in (p.a, p.b))
        show.block(f"{p.score:.2f}", [two, *p.why], width=4)
    if len(shown) < len(pairs):
        click.echo(f"and {len(pairs) - len(shown)} more: --all lists them")


def _decided(
    book: Book, ledger: Ledger, same: tuple[str, str] | None, different: tuple[str, str] | None, reason: str
) -> list[str]:
    """Record who is who by the ids of cases; a line for each pair."""
    from habeas.pipeline import casebook, decide

    cases = casebook(book, ledger, Team)
    said = [(_two(cases, pair), verdict) for pair, verdict in ((same, "same"), (different, "different")) if pair]
    for (one, other), verdict in said:
        decide(book, ledger, one.mentions[0], other.mentions[0], same=verdict, reason=reason, now=now())
    return [f"recorded: {one.label} and {other.label} are {verdict}" for (one, other), verdict in said]


def _two(cases: Casebook[Team], pair: tuple[str, str]) -> tuple[Case, Case]:
    for identifier in pair:
        if identifier not in cases.cases:
            raise UsageError(f"there is no case {identifier!r}; `habeas link` and `habeas ask case NAME` show the ids")
    if pair[0] == pair[1]:
        raise UsageError("a case cannot be compared with itself; give two different ids")
    return cases.cases[pair[0]], cases.cases[pair[1]]
