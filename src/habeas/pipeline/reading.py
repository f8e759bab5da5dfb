"""Inputs to statements: read every input, compare it with the record, append what it adds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from habeas.errors import CaptureError, UsageError
from habeas.ledger import Ledger, Suppression
from habeas.nouns import (
    Book,
    Draft,
    Keeper,
    ListSpec,
    Problem,
    Statement,
)
from habeas.pipeline.inputs import sealed_events, take
from habeas.pipeline.people import keep_who, linker
from habeas.readers import (
    Changes,
    Reading,
    changes,
    leftovers,
    read_events,
    read_list,
    read_words,
    unknown_entries,
    unpublished_names,
    unseen,
)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What one input says now, against what was recorded of it before."""

    name: str
    reading: Reading
    changes: Changes


def silent(_: str) -> None:
    """No progress."""


def intake(book: Book, ledger: Ledger, *, today: date, progress: Progress = silent) -> tuple[Intake, ...]:
    """Read every input of the book and compare it with the record; nothing is written.

    Raises:
        UsageError: this login does not see all of the record, and would record again what is there.
    """
    if not ledger.whole:
        raise UsageError(
            "reading lists compares them with all that is on record, and this login does not see what is sealed: a keeper"
            " must do it (docs/teams.md)"
        )
    live = ledger.view(Keeper).statements
    gone = ledger.suppression()
    found = []
    for number, spec in enumerate(book.lists, start=1):
        progress(f"reading lists: {number} of {len(book.lists)}")
        reading = _without_erased(_read_list(book, spec, ledger), gone)
        reading = replace(reading, problems=(*reading.problems, *unpublished_names(reading)))
        found.append(_compared(spec.file.as_posix(), reading, live, spec.published, today))
    progress("reading events")
    said = read_events(book, book.folder / "events", ledger.make_id, sealed_events(book, ledger))
    reading = _without_erased(said, gone)
    unknown = _unknown(reading, found, live)
    other = (*leftovers(book, live), *unknown, *unseen(book.folder), *read_words(book.folder).problems)
    reading = replace(reading, problems=(*reading.problems, *other))
    found.append(_compared("events", reading, live, None, today))
    return tuple(found)


def _unknown(reading: Reading, lists: Iterable[Intake], live: tuple[Statement, ...]) -> tuple[Problem, ...]:
    """Consents and wishes that concern nobody on the lists."""
    known = {s.subject for s in live if s.kind == "entry"}
    known |= {d.subject for one in lists for d in one.reading.drafts if d.kind == "entry"}
    keys = {(s.subject.split(":", 2)[1], s.value or "") for s in live if s.kind == "entry" and s.prop == "key"}
    return unknown_entries(reading, known, keys)


def _without_erased(reading: Reading, gone: Suppression) -> Reading:
    """The reading without what belongs to people who were erased, and without the sources that only they had."""
    if not gone:
        return reading

    def erased(draft: Draft) -> bool:
        said = " ".join(t for t in (draft.value, draft.original) if t)
        return (draft.kind == "entry" and gone.entry(draft.subject)) or gone.named_in(said)

    subjects = {d.subject for d in reading.drafts if erased(d) and d.kind != "list"}
    if not subjects:
        return reading
    kept = [d for d in reading.drafts if d.subject not in subjects]
    used = {d.source for d in kept if d.kind != "source"}
    left_out = Problem(
        file=reading.file,
        what=f"{len(subjects)} rows belong to somebody who was erased: they were left out",
        do="Delete them from the file; `habeas erase --list` tells which files still hold what was erased.",
    )
    return replace(
        reading,
        drafts=tuple(d for d in kept if d.kind != "source" or d.subject in used),
        problems=(*(p for p in reading.problems if not gone.named_in(str(p))), left_out),
    )


def _compared(name: str, reading: Reading, live: tuple[Statement, ...], edition: str | None, today: date) -> Intake:
    found = changes(reading, live, edition=edition or today.isoformat())
    stays = dict.fromkeys((item.subject, item.prop) for item in found.items if item.what == "stays")
    still = tuple(
        Problem(
            file=reading.file,
            what=f"{prop} of {subject} is on record and is no longer said: it holds all the same",
            do='Say the contrary: visibility = "public", a later wish, a new consent; or `habeas undo` what said it',
        )
        for subject, prop in stays
        if prop in ("visibility", "wish", "withdrawn", "until", "scope")
    )
    return Intake(
        name=name, reading=replace(reading, problems=(*reading.problems, *found.problems, *still)), changes=found
    )


def _read_list(book: Book, spec: ListSpec, ledger: Ledger) -> Reading:
    try:
        taken, data = take(book, ledger, spec.file)
    except CaptureError as error:
        # A list that cannot be read says nothing: what it said before stays.
        return Reading(
            problems=(Problem(file=spec.file.as_posix(), what=str(error), do="The rest of the book was read."),)
        )
    return read_list(book, spec, taken, data, ledger.make_id)


def take_in(
    book: Book, ledger: Ledger, *, now: datetime, progress: Progress = silent
) -> tuple[tuple[Intake, ...], int]:
    """Read every input and append what they add, as one step; say how many statements that were.

    Raises:
        UsageError: as of `intake`.
    """

    def step() -> tuple[tuple[Intake, ...], int]:
        found = intake(book, ledger, today=now.date(), progress=progress)
        return found, record(book, ledger, found, now=now)

    return ledger.step(step)


def record(book: Book, ledger: Ledger, intakes: Iterable[Intake], *, now: datetime) -> int:
    """Append what the inputs add, each input as one batch, all or none of it; say how many statements that were."""
    said: set[Draft] = set()
    batches = []
    for one in intakes:
        batches.append([d for d in one.changes.drafts if d not in said])
        said.update(batches[-1])
    while batches:
        drafts = batches.pop(0)
        coming = [d for batch in batches for d in batch] if ledger.vault is not None else ()
        ledger.append(drafts, recorded=now, recorder=book.recorder, linker=linker(book), coming=coming)
    if said:
        keep_who(book, ledger)
    return len(said)
