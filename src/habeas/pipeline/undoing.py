"""Withdraw a batch by statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from datetime import datetime

from habeas.errors import UsageError
from habeas.ledger import Ledger
from habeas.ledger.aside import subject_of
from habeas.nouns import (
    Book,
    Draft,
    Keeper,
    Statement,
)
from habeas.pipeline.people import keep_who, linker
from habeas.pipeline.steps import one_step
from habeas.vocabulary import property_of


@one_step
def undo(book: Book, ledger: Ledger, batch: int, *, reason: str, now: datetime) -> Sequence[Statement]:
    """Withdraw a batch by statements: what it said is taken back, what it took back is said again.

    What a later batch has corrected since stays as corrected. A batch whose head does not carry its key's signature is set
    aside with it.

    Raises:
        UsageError: there is no such batch, nothing of it stands any more, or this login does not see all of the record.
    """
    if not ledger.whole:
        raise UsageError(
            "undoing a batch says again what it took back, and this login does not see what is sealed: a keeper must do it"
            " (docs/teams.md)"
        )
    history = ledger.history(Keeper)
    of_batch = [s for s in history if s.batch == batch]
    if not of_batch:
        raise UsageError(f"there is no batch {batch}; `habeas log` lists them")
    why = f"undo of batch {batch}" + (f": {reason}" if reason else "")
    drafts = _taken_back(of_batch, history, {s.id: s for s in ledger.view(Keeper).statements}, why)
    if any(bad.head.batch == batch and bad.by is None for bad in ledger.forged()):
        drafts.append(_set_aside(book, batch, why))
    if not drafts:
        raise UsageError(f"nothing of batch {batch} stands any more; `habeas log` lists what was recorded since")
    done = ledger.append(drafts, recorded=now, recorder=book.recorder, linker=linker(book))
    keep_who(book, ledger)
    return done


def _set_aside(book: Book, batch: int, why: str) -> Draft:
    return Draft(
        subject=subject_of(batch),
        prop="aside",
        value=why,
        source=f"person:{book.recorder}",
        place="undone in habeas",
        visibility=property_of("batch", "aside").visibility,
    )


def _taken_back(
    of_batch: Sequence[Statement], history: Iterable[Statement], live: Mapping[str, Statement], why: str
) -> list[Draft]:
    """What withdraws the statements of a batch that stand, and says again what they took back."""
    # What stands without this batch need not be said again.
    standing = {_said(s) for s in live.values() if s.batch != of_batch[0].batch}
    known = {s.id: s for s in history}
    drafts = []
    for said in of_batch:
        before = known.get(said.retracts) if said.retracts is not None else None
        if before is not None and (before.value is None or _said(before) in standing):
            before = None  # it took back what stands, or what stood for nothing
        if said.id in live:
            drafts.append(_restated(before or said, retracts=said.id, reason=why, keep=before is not None))
        elif said.value is None and before is not None:
            drafts.append(_restated(before, retracts=None, reason=why, keep=True))
        else:
            continue
        if before is not None:
            standing.add(_said(before))
    return drafts


def _said(statement: Statement) -> tuple[str, str, str | None, str]:
    return statement.subject, statement.prop, statement.value, statement.source


def _restated(said: Statement, *, retracts: str | None, reason: str, keep: bool) -> Draft:
    """What was said before, said again (`keep`), or nothing in its place."""
    fields = {f.name: getattr(said, f.name) for f in dataclass_fields(Draft)}
    return Draft(**{**fields, "value": said.value if keep else None, "retracts": retracts, "reason": reason})
