"""Stays in custody as the record knows them: since when each was watched, and within what bounds it ended.

A stay is a spell whose arrest is on record. Three things are kept apart that a plain average mixes up:

* *watched since*: a list that names people from a day on can only name those who were still inside then. A person
  counts from the first day on which a list that does not speak of exits looks (its window; or, by the strict reading,
  the day on which the first such source was published). Who is known only from lists of people who came out tells
  nothing of those who stayed, and is left out;
* *ended within*: the exit lies between the last evidence of custody and the latest reading of its date; a sentence that
  takes nobody's liberty is an exit;
* *still running*: a stay without an exit on record is followed as far as the reading says: to the last evidence
  (`least`), as long as the best reading has the person inside (`best`, the rule of `inside`), or to the day asked
  (`most`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from habeas.answers.standing import Level, by_spell
from habeas.dates import ONE_DAY, PartialDate, Span
from habeas.nouns import Case, Casebook, Means, Spell, say

WAYS = ("term served", "pardoned", "exchanged", "expelled", "died", "other", "not on record")
AROUND = timedelta(days=7)  # a decree, a gate and a border are passed on different days
FOLLOWED = ("least", "best", "most")
WATCHED = ("window", "strict")

_WAY_OF_KIND: Mapping[str, str] = {
    "term_served": "term served",
    "pardoned": "pardoned",
    "amnestied": "pardoned",
    "expelled": "expelled",
    "swapped": "exchanged",
    "died": "died",
    "early_release": "other",
    "acquitted": "other",
    "released": "other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One stay, in days since the arrest: the exit lies in `(low, high]`, or at `low` where both are equal.

    `high` None: still running at `low`. `entry` None: watched from the arrest on. `way` None where it runs on.
    """

    case: Case
    spell: Spell
    low: int
    high: int | None
    entry: int | None
    way: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stays:
    """The stays that can be counted, and how many spells cannot, by the reason."""

    stays: tuple[Stay, ...]
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Known:
    """What the record says of one spell by a day, before any reading of what it leaves open.

    `refused` says why the spell can be no stay, or is empty. `watched` is the first day by `window` and `strict`;
    `until` the last day by `least`, `best` and `most` of a spell that runs on, empty for one that ended; `soonest` the
    earliest day of the exit.
    """

    case: Case
    spell: Spell
    refused: str
    start: PartialDate | None = None
    exit: PartialDate | None = None
    soonest: date | None = None
    way: str | None = None
    watched: Mapping[str, date | None] = field(default_factory=dict)
    until: Mapping[str, date] = field(default_factory=dict)


def known_of(casebook: Casebook[Any], day: date) -> tuple[Known, ...]:
    """What the record says of every spell by a day; the readings of `stays_of` take it from here."""
    deals = {r for deal in casebook.deals.values() for r in deal.releases}
    return tuple(_known(casebook, case, spell, day, deals) for case in casebook.cases.values() for spell in case.spells)


def _known(casebook: Casebook[Any], case: Case, spell: Spell, day: date, deals: set[str]) -> Known:
    if spell.impossible:
        return Known(case, spell, say("the record contradicts itself"))
    if spell.start is None:
        return Known(case, spell, say("the arrest is not on record"))
    start = PartialDate.parse(spell.start.value)
    if start.earliest is None or start.latest is None:
        return Known(case, spell, say("the arrest has no earliest or no latest day"))
    if start.latest > day:
        return Known(case, spell, say("arrested after the day asked"))
    watched = _watched_since(casebook, spell)
    exit_ = _exit(spell)
    if exit_ is None or exit_.latest is None or exit_.latest > day:
        until = _followed_until(casebook, spell, start, day, exit_)
        return Known(case, spell, "", start=start, watched=watched, until=until)
    evidence = [d for d, _ in spell.seen if d <= exit_.latest]
    evidence += [w.earliest for w, _ in spell.recognised if w.earliest is not None and w.earliest <= exit_.latest]
    soonest = max([start.latest, *evidence, *([exit_.earliest] if exit_.earliest is not None else [])])
    way = "other" if spell.end is None else way_of(casebook, case, spell, deals)
    return Known(case, spell, "", start=start, exit=exit_, soonest=soonest, way=way, watched=watched)


def _exit(spell: Spell) -> PartialDate | None:
    """When a spell ended: its exit, or the day of a sentence that took no liberty, unless the person was seen inside later."""
    if spell.end is not None:
        return PartialDate.parse(spell.end.value)
    if spell.at_liberty is None or spell.liberty_since is None:
        return None
    when = PartialDate.parse(spell.liberty_since.value)
    later = when.latest is not None and any(d > when.latest for d, _ in spell.seen)
    return None if later else when


def stays_of(
    known: Sequence[Known], *, followed: str = "best", watched: str = "window", since: date | None = None
) -> Stays:
    """The stays by one reading of what is known.

    Args:
        followed: how far a stay without an exit is followed: `least`, `best` or `most`.
        watched: since when a person counts: `window` (of the list) or `strict` (publication).
        since: only stays whose arrest may lie on this day or later.
    """
    found: list[Stay] = []
    left_out: Counter[str] = Counter()
    for one in known:
        stay: Stay | str = one.refused
        if not one.refused:
            assert one.start is not None
            early = since is not None and one.start.certainly_before(since)
            stay = (
                say("arrested before {day}", day=since)
                if early and since is not None
                else _stay(one, followed, watched)
            )
        if isinstance(stay, Stay):
            found.append(stay)
        else:
            left_out[stay] += 1
    return Stays(stays=tuple(found), left_out=dict(sorted(left_out.items(), key=lambda item: (-item[1], item[0]))))


def _stay(known: Known, followed: str, watched: str) -> Stay | str:
    """The stay by one reading, or why it cannot be counted."""
    start, first = known.start, known.watched[watched]
    assert start is not None
    middle = start.middle
    assert middle is not None
    assert start.latest is not None
    assert start.earliest is not None
    if first is None:
        return say("known only from lists of people who came out, or from none that says when it looks")
    entry = None if first <= start.latest else (first - middle).days
    if known.exit is None:
        low = max(0, (known.until[followed] - middle).days)
        if entry is not None and entry >= low:
            return say("out of sight before anyone watched")
        return Stay(case=known.case, spell=known.spell, low=low, high=None, entry=entry, way=None)
    assert known.exit.latest is not None
    assert known.soonest is not None
    high = (known.exit.latest - start.earliest).days
    low = max(0, (known.soonest - start.latest).days)
    if entry is not None and entry >= high:
        return say("first listed after the exit, or on its day")
    if high > low:
        low -= 1  # the bound itself may be the length, and (low, high] leaves its lower end out
    if entry is not None:
        low = max(low, entry)
    return Stay(case=known.case, spell=known.spell, low=low, high=high, entry=entry, way=known.way)


def _watched_since(casebook: Casebook[Any], spell: Spell) -> dict[str, date | None]:
    """The first day on which somebody who does not speak of the exit looked, and would have named the person."""
    days = [d for d, _ in spell.seen]
    days += [w.latest for w, _ in spell.recognised if w.latest is not None]
    window, strict = list(days), list(days)
    for identifier in spell.statements:
        statement = casebook.statements.get(identifier)
        if statement is None or statement.kind != "entry":
            continue
        listed = casebook.lists.get(statement.subject.split(":")[1])
        if listed is None or listed.means in (Means.RELEASED, Means.DIED):
            continue
        said = statement.published or (listed.published.text if listed.published is not None else None)
        latest = PartialDate.parse(said).latest if said is not None else None
        published = [latest] if latest is not None else []
        period = listed.covers.period
        begins = None if period is None else period.earliest or period.latest
        strict += published
        window += published if begins is None else [begins]
    return {"window": min(window, default=None), "strict": min(strict, default=None)}


def _followed_until(
    casebook: Casebook[Any], spell: Spell, start: PartialDate, day: date, exit_: PartialDate | None
) -> dict[str, date]:
    """The last day on which a stay without an exit by `day` is read as running, by each reading."""
    arrested = start.middle
    assert arrested is not None
    if exit_ is not None:
        # It ended, perhaps after the day asked: it ran at least to the day before the soonest exit.
        ran = min(day, max(arrested, exit_.earliest - ONE_DAY)) if exit_.earliest is not None else arrested
        return dict.fromkeys(FOLLOWED, ran)
    evidence = [d for d, _ in spell.seen if d <= day]
    evidence += [w.latest for w, _ in spell.recognised if w.latest is not None and w.latest <= day]
    last = max([arrested, *evidence])
    horizon = casebook.book.horizon_days
    reach = sorted({last + timedelta(days=horizon), day, *([spell.term_ends] if spell.term_ends is not None else [])})
    best = next(
        (d for d in reversed(reach) if last < d <= day and by_spell(spell, d, horizon).level >= Level.LIKELY), last
    )
    return {"least": last, "best": best, "most": day}


def way_of(casebook: Casebook[Any], case: Case, spell: Spell, deals: set[str]) -> str:
    """By which way a spell ended: death first, then a swap or a release of a deal, then being taken abroad, then the kind.

    That a release was part of a deal is a claim of the book, with who says so: see `habeas ask deal`.
    """
    kind = None if spell.exit_kind is None else _WAY_OF_KIND.get(spell.exit_kind.value, "other")
    if kind in ("died", "exchanged", "expelled"):
        return kind
    if _freed_in(casebook, case, spell, deals):
        return "exchanged"
    abroad = spell.taken_to is not None and spell.taken_to.value.upper() != casebook.book.country.upper()
    return "expelled" if abroad else kind or "not on record"


def _freed_in(casebook: Casebook[Any], case: Case, spell: Spell, deals: set[str]) -> bool:
    """True where the spell ended within a week of a release of a deal that names the person."""
    if spell.end is None:
        return False
    ended = Span.covering(PartialDate.parse(spell.end.value))
    for identifier in case.releases:
        release = casebook.releases.get(identifier)
        if release is None or identifier not in deals or case.id not in release.named:
            continue
        when = release.when
        around = Span(
            None if when.earliest is None else when.earliest - AROUND,
            None if when.latest is None else when.latest + AROUND + ONE_DAY,
        )
        if ended.cut(around) is not None:
            return True
    return False


FACETS: Mapping[str, Sequence[str]] = {
    "charge": ("article", "charge"),
    "sex": ("sex",),
    "occupation": ("occupation",),
    "nationality": ("nationality",),
    "prison": ("prison",),
    "year": (),
}


def facets(stay: Stay, by: str) -> tuple[str, ...]:
    """The groups of a stay: every article of the charge, or the one preferred value; the year of the arrest."""
    if by == "year":
        assert stay.spell.start is not None
        middle = PartialDate.parse(stay.spell.start.value).middle
        return () if middle is None else (str(middle.year),)
    for prop in FACETS[by]:
        values = stay.case.attributes.get(prop, ())
        if values:
            return tuple(dict.fromkeys(v.value for v in values)) if by == "charge" else (values[0].value,)
    return ()
