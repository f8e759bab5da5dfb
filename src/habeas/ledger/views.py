"""What an audience may see of the record at an instant: the two clocks, retraction, and disclosure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from habeas.dates import Clock, PartialDate, end_of
from habeas.nouns import A, Statement, View, Visibility
from habeas.vocabulary import kinds

Seen = Callable[
    [Statement], Statement | None
]  # a statement as an audience may see it; None where it is not shown at all


def _known(statement: Statement, known: datetime, clock: Clock) -> bool:
    """True where the statement was known by the instant, on the clock asked for."""
    if clock is Clock.RECORDED:
        return statement.recorded <= known
    if kinds()[statement.kind].clockless:
        return True
    if statement.published is None:
        # Nobody can say since when the public knew it.
        return False
    latest = PartialDate.parse(statement.published).latest
    return latest is not None and end_of(latest) <= end_of(known.date())


def _told(shown: Statement) -> tuple[int, tuple[str, ...]]:
    """A place among the statements that the public sees: by what is shown, and by the id, which is random, last of all."""
    said = (shown.value, shown.lang, shown.original, shown.published, shown.source, shown.place)
    return shown.batch, (shown.subject, shown.prop, *(one or "" for one in said), shown.id)


def whole(statements: tuple[Statement, ...], seen_as: Seen) -> tuple[Statement, ...]:
    """Everything ever said, retracted or not, as an audience may see it."""
    return tuple(seen for s in statements if (seen := seen_as(s)) is not None)


def see(
    statements: tuple[Statement, ...],
    audience: type[A],
    known: datetime | None,
    known_by: Clock,
    seen_as: Seen,
) -> View[A]:
    """The view of `statements` (in their order of record) for an audience, as known at an instant.

    What may be seen is decided by everything on record now, whatever instant is asked for. To the public the statements of a
    batch come in an order of what is shown of them: in that of record, which is that of the rows of a list, the neighbours of
    a row that is kept back would tell which one it is.
    """
    there = statements if known is None else tuple(s for s in statements if _known(s, known, known_by))
    retracted = {s.retracts for s in there if s.retracts is not None}
    live = tuple(
        seen
        for s in there
        if s.id not in retracted
        and not (s.value is None and s.retracts is not None)
        and (seen := seen_as(s)) is not None
    )
    if Visibility.TEAM not in audience.sees:
        live = tuple(sorted(live, key=_told))
    last = there[-1] if there else None
    return View(
        audience=audience,
        known=known,
        known_by=known_by,
        statements=live,
        head="empty" if last is None else f"{last.seq}:{last.id}",
        last_recorded=max((s.recorded for s in there), default=None),
    )
