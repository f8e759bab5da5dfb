"""What an audience may see of the record at an instant: the two clocks, retraction, and redaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from habeas.dates import Clock, PartialDate, end_of
from habeas.nouns import A, Audience, Statement, View, Visibility
from habeas.vocabulary import kinds, property_of


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


def _for_audience(statement: Statement, audience: type[Audience]) -> Statement:
    """The statement as the audience may see it: whole, coarsened to the year, or without its value and its source."""
    if statement.visibility in audience.sees:
        return statement
    spec = property_of(statement.kind, statement.prop)
    if spec.public == "year" and statement.visibility is Visibility.TEAM and statement.value is not None:
        year = _year_only(statement.value)
        if year is not None:
            return replace(statement, value=year, original=None)
    return replace(statement, value=None, original=None, lang=None, valid=None, source="", place="", reason=None)


def _year_only(value: str) -> str | None:
    """The year of a date, or None where its bounds lie in several years."""
    when = PartialDate.parse(value)
    if when.earliest is None or when.latest is None or when.earliest.year != when.latest.year:
        return None
    return f"{when.earliest.year:04d}"


def whole(statements: tuple[Statement, ...], audience: type[Audience]) -> tuple[Statement, ...]:
    """Everything ever said, retracted or not, as an audience may see it."""
    return tuple(_for_audience(s, audience) for s in statements)


def see(statements: tuple[Statement, ...], audience: type[A], known: datetime | None, known_by: Clock) -> View[A]:
    """The view of `statements` (in their order of record) for an audience, as known at an instant."""
    there = statements if known is None else tuple(s for s in statements if _known(s, known, known_by))
    retracted = {s.retracts for s in there if s.retracts is not None}
    live = tuple(
        _for_audience(s, audience)
        for s in there
        if s.id not in retracted and not (s.value is None and s.retracts is not None)
    )
    last = there[-1] if there else None
    return View(
        audience=audience,
        known=known,
        known_by=known_by,
        statements=live,
        head="empty" if last is None else f"{last.seq}:{last.id}",
        last_recorded=max((s.recorded for s in there), default=None),
    )
