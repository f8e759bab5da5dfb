"""One value of one case, said by hand: recorded, corrected or withdrawn as a statement, with its source and the place in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from habeas.cases import of_the_person
from habeas.errors import UsageError
from habeas.ledger import Ledger
from habeas.nouns import Book, Case, Casebook, Draft, Keeper, Statement, Visibility, strictest
from habeas.pipeline.deciding import rule
from habeas.pipeline.people import casebook, keep_who, linker
from habeas.pipeline.steps import one_step
from habeas.readers import BY_HAND, kept_back_by, ruled_property
from habeas.vocabulary import kinds, normal, property_of

_OF_A_ROW = ("list", "key", "absent_since")  # of a row of a file, and of nobody
_BY_ITSELF = ("returned", "held_on", "not_held_on", "recognised")  # its own day says when, whichever arrest went before


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Whence a value is known: the address or the title of a source, where in it, its publisher and its day (EDTF)."""

    source: str
    place: str = ""
    publisher: str = ""
    published: str = ""


@one_step
def record_value(
    book: Book,
    ledger: Ledger,
    cases: Casebook[Any],
    case: Case,
    prop: str,
    text: str,
    cited: Citation,
    *,
    now: datetime,
    arrest: str = "",
    visibility: Visibility | None = None,
) -> tuple[Statement, ...]:
    """Record what a source says of one property of a case; what others say of it stays, and the rules say which stands.

    Args:
        arrest: the day, as on record, of the arrest with which the time in custody began that the value belongs to.
        visibility: who may see it, where that is less than the vocabulary and the book's list allow.

    Raises:
        UsageError: there is no such property, this is no value of it, it stands already, or it is not said of which arrest.
    """
    value = _value(cases, prop, text)
    entry = _entry(cases, case, prop, arrest)
    kept = _kept_back(book, entry, prop, visibility)
    drafts = list(_cited(ledger, cited, kept))
    said = _said(ledger, cited, entry, prop, value, text, kept)
    if any(s.value == value and s.source == said.source for s in _on_record(ledger, entry, prop)):
        raise UsageError(f"this source is on record with {prop} {value} of {case.id} already")
    return _append(book, ledger, [*drafts, said], now)


@one_step
def correct_value(
    book: Book,
    ledger: Ledger,
    cases: Casebook[Any],
    case: Case,
    prop: str,
    old: str,
    new: str,
    cited: Citation,
    *,
    reason: str,
    now: datetime,
) -> tuple[Statement, ...]:
    """Put a value in the place of another, with why.

    What was recorded by hand is taken back. What a file says stays on record as its word, for its next reading would say it
    again: the new value is recorded beside it, and preferred.

    Raises:
        UsageError: the old value is not on record, or the new one cannot be recorded.
    """
    before = _standing(ledger, cases, case, prop, old)
    value = _value(cases, prop, new)
    if value == before.value:
        raise UsageError(f"{prop} {value} is what stands")
    by_hand = before.place.startswith(BY_HAND)
    if not by_hand:
        try:
            ruled_property("preference", prop)
        except ValueError:
            raise UsageError(f"{_whose(before)}: correct it there and read again") from None
    own = None if before.visibility is property_of("entry", prop).visibility else before.visibility
    kept = _kept_back(book, before.subject, prop, own)
    back = before if by_hand else None
    said = _said(ledger, cited, before.subject, prop, value, new, kept, back=back, reason=reason)
    done = _append(book, ledger, [*_cited(ledger, cited, kept), said], now)
    if by_hand:
        return done
    after = casebook(book, ledger, cases.audience)
    home = next(c for c in after.cases.values() if before.subject in c.mentions)
    return (*done, *rule(book, ledger, after, home, "preference",
                         {"prop": prop, "value": value, "reason": reason}, now=now))  # fmt: skip


@one_step
def withdraw_value(
    book: Book, ledger: Ledger, cases: Casebook[Any], case: Case, prop: str, old: str, *, reason: str, now: datetime
) -> tuple[Statement, ...]:
    """Take back a value that was recorded by hand, with why; it stays in the history.

    Raises:
        UsageError: it is not on record, or a file says it.
    """
    before = _standing(ledger, cases, case, prop, old)
    if not before.place.startswith(BY_HAND):
        raise UsageError(f"{_whose(before)}: take it out there and read again, or put another value in its place")
    gone = Draft(subject=before.subject, prop=prop, value=None, source=before.source, place=before.place,
                 visibility=before.visibility, retracts=before.id, reason=reason)  # fmt: skip
    return _append(book, ledger, [gone], now)


def _append(book: Book, ledger: Ledger, drafts: list[Draft], now: datetime) -> tuple[Statement, ...]:
    done = tuple(ledger.append(drafts, recorded=now, recorder=book.recorder, linker=linker(book)))
    keep_who(book, ledger)
    return done


def _value(cases: Casebook[Any], prop: str, text: str) -> str:
    if prop in _OF_A_ROW or prop not in kinds()["entry"].properties:
        known = ", ".join(p for p in kinds()["entry"].properties if p not in _OF_A_ROW)
        raise UsageError(f"{prop!r} is no property of a person; there are {known}")
    try:
        value = normal("entry", prop, text)
    except ValueError as fault:
        raise UsageError(f"{text!r} is no {prop}: it is {fault}") from None
    if property_of("entry", prop).type == "ref" and value.partition(":")[2] not in cases.releases:
        raise UsageError(f"there is no release {text!r}; on record are {', '.join(cases.releases) or 'none'}")
    return value


def _entry(cases: Casebook[Any], case: Case, prop: str, arrest: str) -> str:
    """The entry that a value goes to: that of the arrest it follows, where somebody was taken more than once."""
    if of_the_person(prop) or prop in _BY_ITSELF or (len(case.spells) <= 1 and not arrest):
        return case.mentions[0]
    begun = {spell.start.value: spell.start for spell in case.spells if spell.start is not None}
    if arrest not in begun:
        days = ", ".join(begun) or "none with a day"
        raise UsageError(f"say which arrest of {case.label} {prop} follows; on record are {days}")
    entry = next(cases.statements[i].subject for i in begun[arrest].statements if i in cases.statements)
    taken = _taken(cases, case, entry)
    if len(taken) > 1:
        raise UsageError(
            f"one row tells of the arrests of {', '.join(taken)}, and what is recorded on it would be told of both; give the"
            " later one a row of its own"
        )
    return entry


def _taken(cases: Casebook[Any], case: Case, entry: str) -> list[str]:
    """The days of all arrests that one entry tells of."""
    said = (cases.statements[i] for i in case.statements if i in cases.statements)
    return sorted({s.value or "" for s in said if s.subject == entry and s.prop in ("detained", "returned")})


def _kept_back(book: Book, entry: str, prop: str, own: Visibility | None) -> Visibility:
    """Who may see what is recorded on an entry, beside what the vocabulary says of the property: as for what its list says."""
    return strictest(Visibility.PUBLIC, own, *kept_back_by(book, entry.split(":")[1], prop))


def _said(
    ledger: Ledger,
    cited: Citation,
    entry: str,
    prop: str,
    value: str,
    text: str,
    kept: Visibility,
    *,
    back: Statement | None = None,
    reason: str | None = None,
) -> Draft:
    return Draft(
        subject=entry,
        prop=prop,
        value=value,
        original=text if text != value else None,
        source=_source(ledger, cited),
        place=f"{BY_HAND}: {cited.place}" if cited.place.strip() else BY_HAND,
        published=_day(cited),
        visibility=strictest(property_of("entry", prop).visibility, kept),
        retracts=None if back is None else back.id,
        reason=None if back is None else reason,
    )


def _source(ledger: Ledger, cited: Citation) -> str:
    if not cited.source.strip():
        raise UsageError("name the source: an address, or the title of a document")
    return f"source:{ledger.make_id('source', cited.source.strip())}"


def _cited(ledger: Ledger, cited: Citation, kept: Visibility) -> Iterator[Draft]:
    """What is not on record of the source yet; where a value is kept back, so is what is said of its source here."""
    subject, named = _source(ledger, cited), cited.source.strip()
    address = "url" if named.startswith(("http://", "https://")) else "title"
    there = {s.prop for s in ledger.view(Keeper).statements if s.subject == subject}
    for prop, text in ((address, named), ("publisher", cited.publisher), ("published", cited.published)):
        if text.strip() and prop not in there:
            try:
                value = normal("source", prop, text)
            except ValueError as fault:
                raise UsageError(f"{text!r} is no {prop} of a source: it is {fault}") from None
            yield Draft(subject=subject, prop=prop, value=value, source=subject, place=BY_HAND,
                        visibility=strictest(property_of("source", prop).visibility, kept))  # fmt: skip


def _day(cited: Citation) -> str | None:
    if not cited.published.strip():
        return None
    try:
        return normal("source", "published", cited.published)
    except ValueError as fault:
        raise UsageError(f"{cited.published!r} is no day: it is {fault}") from None


def _on_record(ledger: Ledger, entry: str, prop: str) -> list[Statement]:
    return [s for s in ledger.view(Keeper).statements if s.subject == entry and s.prop == prop]


def _standing(ledger: Ledger, cases: Casebook[Any], case: Case, prop: str, text: str) -> Statement:
    """The statement of a case that says a value: what was recorded by hand goes before what a file says."""
    value = _value(cases, prop, text)
    found = [s for entry in case.mentions for s in _on_record(ledger, entry, prop)]
    of_it = sorted((s for s in found if s.value == value), key=lambda s: not s.place.startswith(BY_HAND))
    if not of_it:
        there = ", ".join(dict.fromkeys(s.value or "" for s in found)) or "nothing"
        raise UsageError(f"{prop} {value} of {case.id} is not on record; on record is {there}")
    return of_it[0]


def _whose(before: Statement) -> str:
    return f"{before.place or before.source} says {before.prop} {before.value}, and its next reading would say it again"
