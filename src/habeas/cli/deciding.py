"""`habeas decide`: a person prefers a value, grades it, marks a case, states an absence, or says who is who."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from habeas.cli.options import book_option, json_option, ledger_of, named, now, open_book, print_json
from habeas.errors import UsageError
from habeas.nouns import Book, Case, Casebook, Confidence, Team, Tier

if TYPE_CHECKING:
    from habeas.ledger import Ledger

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def decide() -> None:
    """Decide what nothing settles: which value stands, how sure it is, whether a case is confirmed, who is who.

    A decision is a statement, with who and why. What it goes against stays on record and is shown beside it; a later
    decision on the same takes its place, and `habeas undo` takes it back. CASE is a name or a case id (`-` reads it from
    standard input). The same can stand in events/decisions.csv (docs/linking.md).
    """


def _common(command: F) -> F:
    for option in (
        book_option,
        json_option,
        click.option("--by", default="", metavar="NAME", help="Who decides (else the book's recorder)."),
        click.option("--reason", default="", metavar="TEXT", help="Why; published with the decision, where that is."),
    ):
        command = option(command)
    return command


@decide.command()
@click.argument("case")
@click.argument("prop", metavar="PROPERTY")
@click.argument("value")
@_common
def prefer(case: str, prop: str, value: str, **common: Any) -> None:
    """Of what sources say of a PROPERTY (detained, sentence ...), this VALUE stands."""
    _rule(case, "preference", {"prop": prop, "value": value}, **common)


@decide.command()
@click.argument("case")
@click.argument("prop", metavar="PROPERTY")
@click.argument("value")
@click.argument("confidence", type=click.Choice([c.value for c in Confidence]))
@_common
def grade(case: str, prop: str, value: str, confidence: str, **common: Any) -> None:
    """How sure a VALUE is: reported, corroborated or confirmed.

    Reported: one source says so. Corroborated: two that do not take it from each other. Confirmed: a document was seen, or
    somebody who knows at first hand was asked.
    """
    _rule(case, "grade", {"prop": prop, "value": value, "confidence": confidence}, **common)


@decide.command()
@click.argument("case")
@click.argument("mark", metavar="TIER", type=click.Choice([t.value for t in Tier]))
@_common
def tier(case: str, mark: str, **common: Any) -> None:
    """Mark a CASE as confirmed or unconfirmed; counts tell the two apart and stay what they are."""
    _rule(case, "tier", {"tier": mark}, **common)


@decide.command()
@click.argument("case")
@click.argument("where")
@click.argument("day")
@click.option("--url", default="", help="Where the list can be read.")
@_common
def absent(case: str, where: str, day: str, url: str, **common: Any) -> None:
    """Looked for on a list or at a place (WHERE) of a DAY, and not there: no exit, no end of custody.

    The DAY is that of the list, as precisely as it is known (2025-12-13, 2025-12).
    """
    _rule(case, "absence", {"where": where, "day": day, "url": url}, needed=False, **common)


def _pair(verdict: str) -> click.Command:
    @click.argument("a")
    @click.argument("b")
    @_common
    def command(a: str, b: str, reason: str, by: str, as_json: bool, folder: Path | None) -> None:
        from habeas.answers import the_case
        from habeas.pipeline import casebook
        from habeas.pipeline import decide as decide_pair

        book = open_book(folder)
        first, second = named(a, "Name or id"), named(b, "Name or id")
        with ledger_of(book) as ledger:

            def decided() -> tuple[Case, Case]:
                cases = casebook(book, ledger, Team)
                one, other = the_case(cases, first), the_case(cases, second)
                if one.id == other.id:
                    raise UsageError(
                        f"both are {one.label} ({one.id}): give the ids of two cases, or decide on two rows"
                    )
                two = (one.mentions[0], other.mentions[0])
                decide_pair(book, ledger, *two, same=verdict, reason=reason, now=now(), by=by)
                return one, other

            one, other = ledger.step(decided)
            home = {m: c.id for c in casebook(book, ledger, Team).cases.values() for m in c.mentions}
        after = list(dict.fromkeys((home[one.mentions[0]], home[other.mentions[0]])))
        if as_json:
            print_json({"before": [one.id, other.id], "decided": verdict, "after": after})
            return
        click.echo(f"recorded: {one.label} ({one.id}) and {other.label} ({other.id}) are {verdict}")
        click.echo(f"  now: {' and '.join(after)}")

    command.__doc__ = {
        "same": "A and B are one person; the ids of both lead to the case that they are now.",
        "different": "A and B are two people, whatever the names say.",
        "unsure": "Nobody can tell whether A and B are one person; they stay apart.",
    }[verdict]
    return click.command(verdict)(command)


for _verdict in ("same", "different", "unsure"):
    decide.add_command(_pair(_verdict))


def _rule(
    name: str,
    kind: str,
    said: Mapping[str, str],
    *,
    reason: str,
    by: str,
    as_json: bool,
    folder: Path | None,
    needed: bool = True,
) -> None:
    from habeas.answers import the_case
    from habeas.pipeline import casebook, rule

    if needed and not reason.strip():
        raise UsageError("say why: --reason TEXT stands beside the decision")
    book = open_book(folder)
    who = named(name, "Name or id")
    with ledger_of(book) as ledger:

        def ruled() -> Case:
            cases = casebook(book, ledger, Team)
            found = the_case(cases, who)
            rule(book, ledger, cases, found, kind, {**said, "reason": reason}, now=now(), by=by)
            return found

        found = ledger.step(ruled)
        after = _again(book, ledger, found)
    before, then = (_told(one, said) for one in (found, after))
    if as_json:
        print_json(
            {"case": after.id, "decided": {"kind": kind, **said, "reason": reason}, "before": before, "after": then}
        )
        return
    click.echo(f"recorded on {after.label} ({after.id})")
    for title, lines in (("before", before), ("now", then)):
        for line in lines or ["nothing"]:
            click.echo(f"  {title}: {line}")


def _again(book: Book, ledger: Ledger, case: Case) -> Case:
    from habeas.pipeline import casebook

    cases: Casebook[Team] = casebook(book, ledger, Team)
    return next(c for c in cases.cases.values() if case.mentions[0] in c.mentions)


def _told(case: Case, said: Mapping[str, str]) -> list[str]:
    """What stands of that which is decided."""
    from habeas.pipeline import values_of

    if "prop" in said:
        return [
            f"{said['prop']} {v.value}"
            + (f", {v.confidence}" if v.confidence else "")
            + (f" ({v.reason})" if v.reason else "")
            + "".join(f"; against it {other}" for other, _ in v.against)
            for v in values_of(case, said["prop"])
        ]
    if "tier" in said:
        return [f"{case.tier.tier}" + (f" ({case.tier.reason})" if case.tier.reason else "")] if case.tier else []
    return [f"not on {a.where}, {a.day}" for a in case.absences]
