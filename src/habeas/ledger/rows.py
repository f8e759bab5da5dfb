"""From drafts to rows: what may be said at all, and how it lies in the record."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, overload

from sqlalchemy import Connection, Row, select

from habeas.errors import VocabularyError
from habeas.ledger import tables
from habeas.ledger.merkle import Frontier
from habeas.nouns import Draft, Statement
from habeas.vocabulary import property_of


def check_drafts(drafts: Iterable[Draft]) -> None:
    """Refuse what the vocabulary does not know.

    Raises:
        VocabularyError: a draft says what may not be said, or nothing.
    """
    sayable = set()
    for draft in drafts:
        said = draft.kind, draft.prop
        if said not in sayable:
            property_of(*said)
            sayable.add(said)
        if draft.value is None and draft.retracts is None:
            raise VocabularyError(f"{draft.subject} {draft.prop}: a statement needs a value or something to retract")


def check_retractions(connection: Connection, drafts: tuple[Draft, ...]) -> None:
    """Refuse to take back what was never said.

    Raises:
        VocabularyError: there is no such statement.
    """
    wanted = sorted({d.retracts for d in drafts if d.retracts is not None})
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        there = connection.execute(select(tables.statement.c.id).where(tables.statement.c.id.in_(some))).scalars()
        missing = set(some) - set(there)
        if missing:
            raise VocabularyError(f"cannot take back {min(missing)}: there is no such statement")


def row_of(draft: Draft, *, seq: int, batch: int, recorded: str, recorder: str, nonce: bytes) -> dict[str, Any]:
    """The row of a draft, committed to; its id is made of the commitment."""
    span = draft.valid
    row: dict[str, Any] = {
        "seq": seq,
        "batch": batch,
        "recorded": recorded,
        "nonce": nonce,
        "subject": draft.subject,
        "prop": draft.prop,
        "value": draft.value,
        "original": draft.original,
        "lang": draft.lang,
        "valid_start": None if span is None or span.start is None else span.start.isoformat(),
        "valid_end": None if span is None or span.end is None else span.end.isoformat(),
        "source": draft.source,
        "place": draft.place,
        "published": draft.published,
        "visibility": draft.visibility.value,
        "retracts": draft.retracts,
        "reason": draft.reason,
        "recorder": recorder,
        "sealed": None,
    }
    row["commitment"] = tables.commitment(row)
    return row


class Said(Sequence[Statement]):
    """The statements that drafts became, each made when it is asked for: whoever records many asks for few."""

    __slots__ = ("_drafts", "_instant", "_recorder", "_rows")

    def __init__(
        self, drafts: Sequence[Draft], rows: Sequence[dict[str, Any]], instant: datetime, recorder: str
    ) -> None:
        self._drafts, self._rows, self._instant, self._recorder = drafts, rows, instant, recorder

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Statement: ...
    @overload
    def __getitem__(self, at: slice) -> Said: ...
    def __getitem__(self, at: int | slice) -> Statement | Said:
        if isinstance(at, slice):
            return Said(self._drafts[at], self._rows[at], self._instant, self._recorder)
        return _statement_of(self._drafts[at], self._rows[at], self._instant, self._recorder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The rows of a batch that is next in the record, the statements that they are, and the tree with them in it."""

    rows: list[dict[str, Any]]
    said: Sequence[Statement]
    frontier: Frontier
    instant: datetime


def batch_of(drafts: Sequence[Draft], last: Row[Any] | None, recorded: datetime, recorder: str) -> Batch:
    """The batch that drafts become after the `last` head: a clock set back is held at it, so that one is the latest."""
    frontier = Frontier.empty() if last is None else Frontier.unpack(last.size, last.frontier)
    instant = recorded if last is None else max(recorded, datetime.fromisoformat(last.recorded))
    batch = 1 if last is None else last.batch + 1
    written = instant.isoformat()
    nonces = secrets.token_bytes(tables.NONCE * len(drafts))
    rows = [
        row_of(
            draft,
            seq=frontier.size + 1 + at,
            batch=batch,
            recorded=written,
            recorder=recorder,
            nonce=nonces[tables.NONCE * at : tables.NONCE * (at + 1)],
        )
        for at, draft in enumerate(drafts)
    ]
    commitments = [row["commitment"] for row in rows]
    for row, identifier in zip(rows, tables.statement_ids(commitments), strict=True):
        row["id"] = identifier
    frontier.push(commitments)
    return Batch(rows=rows, said=Said(drafts, rows, instant, recorder), frontier=frontier, instant=instant)


def _statement_of(draft: Draft, row: dict[str, Any], recorded: datetime, recorder: str) -> Statement:
    return Statement(
        subject=draft.subject,
        prop=draft.prop,
        value=draft.value,
        source=draft.source,
        place=draft.place,
        original=draft.original,
        lang=draft.lang,
        valid=draft.valid,
        published=draft.published,
        visibility=draft.visibility,
        retracts=draft.retracts,
        reason=draft.reason,
        id=row["id"],
        seq=row["seq"],
        recorded=recorded,
        recorder=recorder,
        batch=row["batch"],
    )
