"""Statements to persons and cases, and the decisions of people about who is who."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from habeas.answers import the_release
from habeas.archive import capture
from habeas.cases import fold
from habeas.dates import Clock
from habeas.errors import DecidedMeanwhile
from habeas.ledger import Ledger, Linker
from habeas.nouns import (
    A,
    Book,
    Capture,
    Casebook,
    Covers,
    Draft,
    Keeper,
    Links,
    ListSpec,
    Means,
    Problem,
    Public,
    Statement,
    View,
)
from habeas.pipeline.steps import one_step
from habeas.pipeline.withholding import for_public
from habeas.readers import (
    changes,
    names_table,
    read_list,
)
from habeas.resolve import READS, Match, as_now, link, rules


def linked(book: Book, ledger: Ledger, known: datetime | None = None, known_by: Clock = Clock.RECORDED) -> Links:
    """Who is who, from everything the keepers may see; in a locked book, as last known."""
    if known is not None:
        # Under the ids of now: a case has one id, whatever view it is seen in.
        view = ledger.view(Keeper, known, known_by)
        return as_now(link(view, book, case_id), linked(book, ledger), view, case_id)
    return _remembered(ledger) if ledger.locked else ledger.who_is_who(linker(book), rules(), READS)


def _remembered(ledger: Ledger) -> Links:
    """Who is who as last known; an entry that is public since is left out and said, for it may be of somebody counted already."""
    found = ledger.remembered()
    there = {mention for person in found.persons for mention in person.mentions}
    entries = {s.subject for s in ledger.view(Public).statements if s.kind == "entry" and s.value is not None}
    new = len(entries - there)
    if not new:
        return found
    what = "became public since who is who was last worked out; the book is locked, and nobody can tell whose they are"
    left_out = Problem(
        file="ledger.sqlite",
        what=f"{new} of the entries {what}: they were left out",
        do="Run `habeas build` with the passphrase.",
    )
    return replace(found, problems=(*found.problems, left_out))


def linker(book: Book) -> Linker:
    """Who is who, for a ledger that has to know whom a batch hides before it writes it."""
    return lambda view: link(view, book, case_id)


def keep_who(book: Book, ledger: Ledger) -> None:
    """Link anew, so that a book with a passphrase has the same cases while it is locked."""
    if ledger.vault is not None:
        linked(book, ledger)


def case_id(mention: str) -> str:
    """The case id that an earliest row gives: `C-` and the keyed hash in its id."""
    return f"C-{mention.rpartition(':')[2]}"


def casebook(
    book: Book,
    ledger: Ledger,
    audience: type[A],
    known: datetime | None = None,
    known_by: Clock = Clock.RECORDED,
    links: Links | None = None,
) -> Casebook[A]:
    """The casebook of an audience, as known at an instant on a clock."""
    if links is None:
        links = linked(book, ledger, known, known_by)
    who = who_is_who(book, ledger, links if known is None else None)
    view: View[A] = ledger.view(audience, known, known_by, who)
    return fold(view, links, for_public(book, ledger, who) if audience is Public else book)


def publicly_known(book: Book, ledger: Ledger, links: Links, day: date) -> Casebook[Public]:
    """What may be published now, as far as it had been published by the end of a day in the past.

    Who is who, and what is kept back, is as known now.
    """
    end = datetime.combine(day, time.max, tzinfo=UTC)
    shown = for_public(book, ledger, lambda: links)
    return fold(ledger.view(Public, end, Clock.PUBLISHED, lambda: links), links, shown)


def who_is_who(book: Book, ledger: Ledger, links: Links | None = None) -> Callable[[], Links]:
    """Who is who as known now, when it is asked: what is kept back is so for all of a person, now."""
    return lambda: links if links is not None else linked(book, ledger)


def share(book: Book, ledger: Ledger) -> None:
    """Let the roles of a team's database read what their audiences may see now; a file has none."""
    ledger.share(who_is_who(book, ledger))


def decide(
    book: Book,
    ledger: Ledger,
    a: str,
    b: str,
    *,
    same: str,
    reason: str,
    now: datetime,
    by: str = "",
    blind: bool = False,
    seen: int | None = None,
) -> Sequence[Statement]:
    """Record a person's decision on two entries (`entry:...`): same, different or unsure.

    A `blind` one is an opinion: kept, to be held against another reviewer's, and of no effect. `seen` is how many statements
    were on record when the two were shown.

    Raises:
        DecidedMeanwhile: somebody decided the two after that; nothing was recorded.
    """
    drafts = _decision(book, ledger, a, b, same=same, reason=reason, now=now, by=by, blind=blind)

    def record() -> Sequence[Statement]:
        if seen is not None and not blind:
            _undecided_since(ledger, seen, a, b)
        return ledger.append(drafts, recorded=now, recorder=book.recorder, linker=linker(book))

    said = ledger.step(record)
    keep_who(book, ledger)
    return said


def _undecided_since(ledger: Ledger, seen: int, a: str, b: str) -> None:
    """Refuse where a decision on the two was recorded after so many statements, and not taken back."""
    said: dict[str, dict[str, Statement]] = {}
    for one in ledger.since(seen):
        if one.kind == "decision" and one.value is not None:
            said.setdefault(one.subject, {})[one.prop] = one
        elif one.kind == "decision":
            said.pop(one.subject, None)
    for told in said.values():
        if {told[prop].value for prop in ("a", "b") if prop in told} == {a, b}:
            who = told["by"].value if "by" in told else told["a"].recorder
            raise DecidedMeanwhile(f"{who} decided these two meanwhile: {told['same'].value}; nothing was recorded")


def _decision(
    book: Book,
    ledger: Ledger,
    a: str,
    b: str,
    *,
    same: str,
    reason: str,
    now: datetime,
    by: str = "",
    blind: bool = False,
) -> list[Draft]:
    by, kind = by or book.recorder, "opinion" if blind else "decision"
    identifier = f"{kind}:{ledger.make_id(*sorted((a, b)), *((by,) if blind else ()), now.isoformat())}"
    said = {"a": a, "b": b, "same": same, "by": by, "on": now.date().isoformat(), "reason": reason}
    source, place = f"person:{by}", "decided in habeas"
    return [
        Draft(subject=identifier, prop=prop, value=value, source=source, place=place)
        for prop, value in said.items()
        if value
    ]


def pasted_names(path: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The names of a pasted list, one a line; numbering and bullets are dropped. A doubtful name has a Problem.

    Raises:
        CaptureError: the file cannot be read.
    """
    taken, data = capture(path.resolve(), folder=path.resolve().parent)
    table = names_table(data, file=taken.path.as_posix(), weighed=True)
    return tuple(row.cells[0] for row in table.rows), table.problems


def _likely(match: Match, cases: Casebook[Any]) -> Iterator[tuple[str, ...]]:
    """The entries of each case that a pasted name may be: of the one it is, or of all it may be."""
    for candidate in match.candidates[:1] if match.case is not None else match.candidates:
        yield cases.cases[candidate.case].mentions


@one_step
def record_match(
    book: Book,
    ledger: Ledger,
    cases: Casebook[Any],
    found: Iterable[Match],
    *,
    release: str,
    published: date | None,
    url: str,
    now: datetime,
) -> int:
    """Write pasted names as entries of a list of their own, all part of a release; say how many statements that added.

    A matched name is decided to be its case; an ambiguous one is decided to be unsure, so that it waits in `link`; an
    unmatched one is a person new to the book. All of it is one batch, and the same names again add nothing.

    Raises:
        UsageError: the book has no such release.
    """
    when = the_release(cases, release).when
    spec = ListSpec(
        id=f"pasted-{release}",
        file=Path("pasted.txt"),
        title=f"Names pasted for {release}",
        publisher=book.keeper,
        url=url,
        published=published.isoformat() if published is not None else when.text,
        means=Means.RELEASED,
        covers=Covers(group=f"people of {release}", place=book.country),
        release=release,
    )
    matches = tuple(found)
    data = "\n".join(m.text for m in matches).encode("utf-8")
    taken = Capture(path=spec.file, sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    reading = read_list(book, spec, taken, data, ledger.make_id)
    # A second paste for a release adds to the first: nothing is absent, respelled or taken back for not being in it.
    live = ledger.view(Keeper).statements
    drafts = list(changes(reading, live, edition=spec.published or "", additive=True).drafts)
    entries = {d.value: d.subject for d in reading.drafts if d.kind == "entry" and d.prop == "name"}
    decided = {frozenset((p.a, p.b)) for p in cases.unsure if p.decision is not None}
    for match in matches:
        entry = entries.get(match.text)
        same, reason = "same" if match.case is not None else "unsure", f"pasted for {release}: {match.why}"
        if entry is None:
            continue
        for other in _likely(match, cases):
            if entry not in other and frozenset((entry, other[0])) not in decided:
                drafts += _decision(book, ledger, entry, other[0], same=same, reason=reason, now=now)
    said = ledger.append(drafts, recorded=now, recorder=book.recorder, linker=linker(book))
    keep_who(book, ledger)
    return len(said)
