"""Restrictions as statements: made, replaced, lifted, and those whose day of review has passed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from habeas.dates import PartialDate
from habeas.errors import UsageError
from habeas.ledger.hiding import Linker
from habeas.ledger.record import Ledger
from habeas.nouns import Draft, Keeper, Statement, Visibility, strictest


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be restricted: subjects (entries, a list, a source ...), or what one statement says."""

    subjects: tuple[str, ...] = ()
    statement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """A restriction that holds. `of_book` ones stand in `book.toml` and are changed there."""

    id: str
    subjects: tuple[str, ...]
    statement: str | None
    part: str  # the property or column of a list, where only that is restricted
    visibility: Visibility
    reason: str
    review_on: str | None
    by: str
    recorded: datetime
    statements: tuple[Statement, ...]

    @property
    def of_book(self) -> bool:
        return self.id.count(":") > 1

    def due(self, today: date) -> bool:
        """True where its day of review may have come."""
        if self.review_on is None:
            return False
        earliest = PartialDate.parse(self.review_on).earliest
        return earliest is None or earliest <= today

    def within(self, target: Target) -> bool:
        """True where it restricts nothing but the target."""
        if self.of_book or self.statement != target.statement:
            return False
        return set(self.subjects) <= set(target.subjects)


def restrictions(statements: Iterable[Statement]) -> tuple[Restriction, ...]:
    """The restrictions that hold, in the order recorded; `statements` are those of the keeper's view."""
    grouped: dict[str, list[Statement]] = {}
    for s in statements:
        if s.kind == "restriction" and s.value is not None:  # None: sealed, and not for this login
            grouped.setdefault(s.subject, []).append(s)
    found = []
    for subject, said in grouped.items():
        values: dict[str, list[str]] = {}
        for s in said:
            values.setdefault(s.prop, []).append(s.value or "")
        one = {prop: some[-1] for prop, some in values.items()}
        visibility = strictest(Visibility.PUBLIC, *(Visibility(v) for v in values.get("visibility", ())))
        if visibility is Visibility.PUBLIC:
            continue
        found.append(
            Restriction(
                id=subject,
                subjects=tuple(values.get("subject", ())),
                statement=one.get("statement"),
                part=one.get("prop") or (f"column {one['column']}" if "column" in one else ""),
                visibility=visibility,
                reason=one.get("reason", ""),
                review_on=one.get("review_on"),
                by=one.get("by", ""),
                recorded=said[-1].recorded,
                statements=tuple(said),
            )
        )
    return tuple(found)


def restrict(
    ledger: Ledger,
    target: Target,
    to: Visibility,
    *,
    reason: str,
    review_on: str | None,
    by: str,
    now: datetime,
    pseudonym: str = "",
    content: bool = False,
    linker: Linker | None = None,
) -> Sequence[Statement]:
    """Record who may see the target from now on; what was recorded so before of the same target is taken back.

    `to` public takes earlier restrictions of the target away and opens nothing else: what the vocabulary, a list or a
    column keeps back stays kept back. `pseudonym` and `content` are for sources: what to show instead of who and where,
    and whether what the source says is restricted with it. `linker` tells who is who, in a book with a passphrase.

    Raises:
        UsageError: nothing was restricted that could be made public, or only by `book.toml`.
    """
    holding = restrictions(ledger.view(Keeper).statements)
    before = [r for r in holding if r.within(target)]
    if to is Visibility.PUBLIC and not before:
        raise UsageError(_nothing_to_lift(holding, target))
    identifier = (
        f"restriction:{ledger.make_id('restriction', *target.subjects, target.statement or '', now.isoformat())}"
    )
    said = [
        *_as_properties(target, content=content),
        ("visibility", to.value),
        ("reason", reason),
        ("review_on", review_on or ""),
        ("by", by),
    ]
    drafts = [_taken_back(s, reason) for r in before for s in r.statements]
    seen_by = strictest(Visibility.TEAM, to, *(r.visibility for r in before))
    drafts += [_draft(identifier, prop, value, by, seen_by) for prop, value in said if value]
    if pseudonym:
        drafts += [_draft(s, "pseudonym", pseudonym, by, Visibility.PUBLIC) for s in target.subjects]
    return ledger.append(drafts, recorded=now, recorder=by, linker=linker)


def _nothing_to_lift(holding: Sequence[Restriction], target: Target) -> str:
    lists = {s.split(":", 2)[1] for s in target.subjects if s.startswith(("entry:", "list:"))}
    of_book = [r for r in holding if r.of_book and any(s.partition(":")[2] in lists for s in r.subjects)]
    if of_book:
        return f"it is restricted by book.toml ({of_book[0].id.partition(':')[2]}): change it there, and say why"
    return "no restriction of exactly this is on record; `habeas restrict` lists those that hold"


def _as_properties(target: Target, *, content: bool) -> list[tuple[str, str]]:
    """What a restriction says of its target; an empty value is not said."""
    subjects = [("subject", subject) for subject in target.subjects]
    return [*subjects, ("statement", target.statement or ""), ("content", "true" if content else "")]


def _taken_back(statement: Statement, reason: str) -> Draft:
    return Draft(
        subject=statement.subject,
        prop=statement.prop,
        value=None,
        source=statement.source,
        place=statement.place,
        visibility=statement.visibility,
        retracts=statement.id,
        reason=reason,
    )


def _draft(subject: str, prop: str, value: str, by: str, seen_by: Visibility) -> Draft:
    return Draft(
        subject=subject,
        prop=prop,
        value=value,
        source=f"person:{by}",
        place="restricted in habeas",
        visibility=seen_by,
    )
