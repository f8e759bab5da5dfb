"""Spells in custody from what sources say of arrests, sightings and exits.

Claims are put in order (an arrest by its earliest day, an exit by its latest) and cut into spells where an exit is
followed by a new arrest. Arrests without an exit between them compete for one start, exits without an arrest between
them for one end. Three rules keep a spell unbroken or cut it, each left as a doubt to read:

* an exit is not believed where the person was seen in custody within a month after it (a false report of release), or
  was taken back into custody the same day;
* a sighting later than that begins a new spell whose arrest is not on record;
* two arrests more than half a year apart without an exit between them are two spells, the first with an unknown end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from habeas.cases.choose import Preference, choose
from habeas.dates import PartialDate, days_held, shift_months
from habeas.nouns import Mention, Spell, Statement, Value

FALSE_RELEASE_DAYS = 31
SAME_ARREST_DAYS = 180

_START, _SEEN, _END, _RETURNED = range(4)
_KIND_OF = {"detained": _START, "held_on": _SEEN, "released": _END, "died": _END, "returned": _RETURNED}


@dataclass(frozen=True, slots=True)
class _Said:
    order: int
    when: PartialDate
    statement: Statement

    @property
    def key(self) -> tuple[date, int, str, str, str]:
        """By day, then what comes first on one day; never by when it was recorded."""
        bound = self.when.latest if self.order == _END else self.when.earliest
        day = bound or self.when.latest or self.when.earliest or date.min
        return day, self.order, self.when.text, self.statement.subject, self.statement.source


@dataclass(slots=True)
class Draft:
    """A spell being put together; `disputed` maps an exit's statement id to why it is not believed."""

    starts: list[_Said] = field(default_factory=list)
    seen: list[_Said] = field(default_factory=list)
    ends: list[_Said] = field(default_factory=list)
    disputed: dict[str, str] = field(default_factory=dict)
    recognised: list[tuple[PartialDate, Statement]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    rearrested: PartialDate | None = None

    @property
    def entries(self) -> set[str]:
        """The entries that date something in this spell."""
        dated = (c.statement.subject for c in (*self.starts, *self.ends, *self.seen))
        return {*dated, *(s.subject for _, s in self.recognised)}

    @property
    def believed(self) -> list[_Said]:
        return [e for e in self.ends if e.statement.id not in self.disputed]

    @property
    def last_exit(self) -> date | None:
        return max((e.when.latest for e in self.believed if e.when.latest is not None), default=None)

    def dispute(self, why: str) -> None:
        for end in self.believed:
            self.disputed[end.statement.id] = why

    def holds(self, day: date) -> bool:
        """True where the day may lie in this spell."""
        begun = not self.starts or any(s.when.possibly_by(day) for s in self.starts)
        exit_day = self.last_exit
        return begun and (exit_day is None or day <= exit_day)


def said(mentions: Iterable[Mention]) -> list[_Said]:
    """What the mentions say of arrests, sightings, exits and returns, in order."""
    found = []
    for mention in mentions:
        for statement in mention.statements:
            order = _KIND_OF.get(statement.prop)
            if order is not None and statement.value is not None:
                found.append(_Said(order, PartialDate.parse(statement.value), statement))
    return sorted(found, key=lambda claim: claim.key)


def _gap(earlier: date | None, later: date | None) -> int:
    return 0 if earlier is None or later is None else (later - earlier).days


def cut(claims: Sequence[_Said]) -> list[Draft]:
    """Cut ordered claims into spells."""
    spells: list[Draft] = []
    now = Draft()

    def close() -> None:
        nonlocal now
        if now.starts or now.seen or now.ends:
            spells.append(now)
        now = Draft()

    for claim in claims:
        day = claim.when.earliest or claim.when.latest
        match claim.order:
            case 0:
                if now.believed:
                    close()
                elif now.starts and all(
                    not s.when.compatible(claim.when) and _gap(s.when.latest, claim.when.earliest) > SAME_ARREST_DAYS
                    for s in now.starts
                ):
                    now.rearrested = claim.when
                    close()
                now.starts.append(claim)
            case 1:
                exit_day = now.last_exit
                if exit_day is not None and day is not None and day > exit_day:
                    if (day - exit_day).days <= FALSE_RELEASE_DAYS:
                        now.dispute(f"seen in custody on {claim.when}, {(day - exit_day).days} days later")
                    else:
                        close()
                now.seen.append(claim)
            case 2:
                exit_day = now.last_exit
                if exit_day is not None and _gap(exit_day, claim.when.earliest) > SAME_ARREST_DAYS:
                    close()
                now.ends.append(claim)
            case _:
                if any(e.when.compatible(claim.when) for e in now.believed):
                    now.dispute("taken back into custody the same day")
                    now.seen.append(claim)
                else:
                    close()
                    now.starts.append(claim)
    close()
    return spells


def _recognise(drafts: list[Draft], mentions: Iterable[Mention]) -> None:
    """Recognition is evidence of custody: put each to the spell it falls in, or begin one where there is none."""
    for mention in mentions:
        for statement in mention.values("recognised"):
            assert statement.value is not None
            when = PartialDate.parse(statement.value)
            day = when.latest or when.earliest
            assert day is not None
            home = next((d for d in drafts if d.holds(day)), None)
            if home is None and not drafts:
                home = Draft()
                drafts.append(home)
            if home is not None:
                home.recognised.append((when, statement))


def _share(drafts: Sequence[Draft], mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions that speak of each spell; those that date nothing speak of the last one."""
    entries = [d.entries for d in drafts]
    everywhere = set().union(*entries)
    last = len(drafts) - 1
    return [
        [m for m in mentions if m.id in mine or (number == last and m.id not in everywhere)]
        for number, mine in enumerate(entries)
    ]


def _exit_statements(draft: Draft, mentions: Sequence[Mention], prop: str, end: Value | None) -> list[Statement]:
    """What is said of the exit by those whose report of it is believed, or who give no date for it."""
    if end is None:
        return []
    losers = {i for _, ids in end.against for i in ids} | set(draft.disputed)
    silent = {c.statement.subject for c in draft.ends if c.statement.id in losers}
    return [s for m in mentions if m.id not in silent for s in m.values(prop)]


_PART = re.compile(r"(\d+)([YMWD])")


def _term_end(start: Value | None, sentence: Value | None) -> date | None:
    """The latest day of the start plus the sentence: when the term on record runs out."""
    if start is None or sentence is None or sentence.value == "life":
        return None
    day = PartialDate.parse(start.value).latest
    if day is None:
        return None
    parts = [(int(n), unit) for n, unit in _PART.findall(sentence.value)]
    months = sum(n * {"Y": 12, "M": 1}.get(unit, 0) for n, unit in parts)
    days = sum(n * {"W": 7, "D": 1}.get(unit, 0) for n, unit in parts)
    try:
        return shift_months(day, months) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None  # a term longer than the calendar


def spells_of(mentions: Sequence[Mention], preference: Preference) -> tuple[tuple[Spell, ...], dict[str, str]]:
    """The spells of one person, in order, and why each exit that is not believed is not (by statement id)."""
    drafts = cut(said(mentions))
    _recognise(drafts, mentions)
    disputed: dict[str, str] = {}
    spells = []
    for number, (draft, speakers) in enumerate(zip(drafts, _share(drafts, mentions), strict=True), start=1):
        disputed |= draft.disputed
        spells.append(_finish(draft, speakers, preference, last=number == len(drafts)))
    return tuple(spells), disputed


def _finish(draft: Draft, mentions: Sequence[Mention], preference: Preference, *, last: bool) -> Spell:
    start = choose([c.statement for c in draft.starts], preference, dated=True)
    end = choose([c.statement for c in draft.believed], preference, dated=True)
    if end is not None and draft.disputed:
        end = _with_disputed(end, draft)
    doubts = list(draft.doubts)
    for identifier, why in draft.disputed.items():
        doubts.append(f"a release on {_value_of(draft, identifier)} was reported, but the person was {why}")
    if start is None:
        doubts.append("the arrest is not on record")
    elif start.contested:
        doubts.append("sources disagree on the arrest")
    if end is not None and any(v for v, ids in end.against if not set(ids) <= set(draft.disputed)):
        doubts.append("sources disagree on the release")
    if end is None and draft.rearrested is not None:
        doubts.append(f"no exit on record, but arrested again {draft.rearrested}")
        end = _before_rearrest(draft)
    elif end is None and not last:
        doubts.append("no exit on record, but a later spell is")
    died = any(
        c.statement.prop == "died" for c in draft.believed if end is not None and c.statement.id in end.statements
    )
    exit_kind = choose(_exit_statements(draft, mentions, "release_kind", end), preference)
    if died and end is not None:
        exit_kind = Value(value="died", statements=end.statements)
    sentence = choose([s for m in mentions for s in m.values("sentence")], preference)
    days = None
    if start is not None and end is not None:
        # Claims are in order, so no exit of a spell lies before its arrest.
        days = days_held(PartialDate.parse(start.value), PartialDate.parse(end.value))
    used = [c.statement.id for c in (*draft.starts, *draft.seen, *draft.ends)] + [s.id for _, s in draft.recognised]
    extra = [i for v in (exit_kind, sentence) if v is not None for i in v.statements]
    return Spell(
        start=start,
        end=end,
        seen=tuple(sorted((c.when.earliest, c.statement.id) for c in draft.seen if c.when.is_day and c.when.earliest)),
        exit_kind=exit_kind,
        taken_to=choose(_exit_statements(draft, mentions, "taken_to", end), preference),
        sentence=sentence,
        term_ends=_term_end(start, sentence),
        recognised=tuple((when, s.id) for when, s in draft.recognised),
        days=days,
        statements=tuple(dict.fromkeys(used + extra)),
        doubts=tuple(dict.fromkeys(doubts)),
    )


def _value_of(draft: Draft, identifier: str) -> str:
    return next(c.when.text for c in draft.ends if c.statement.id == identifier)


def _with_disputed(end: Value, draft: Draft) -> Value:
    """The end with the exits that are not believed among its contradictions."""
    lost: dict[str, list[str]] = {}
    for identifier in draft.disputed:
        lost.setdefault(_value_of(draft, identifier), []).append(identifier)
    return Value(
        value=end.value,
        statements=end.statements,
        reason=end.reason or f"the earlier report fails: {next(iter(draft.disputed.values()))}",
        against=(*end.against, *((value, tuple(ids)) for value, ids in lost.items())),
    )


def _before_rearrest(draft: Draft) -> Value | None:
    """The unknown end of a spell that a later arrest proves: some day between the two arrests."""
    assert draft.rearrested is not None
    first = min((s.when.earliest for s in draft.starts if s.when.earliest is not None), default=None)
    latest = draft.rearrested.latest
    if latest is None:
        return None
    return Value(
        value=f"{first or '..'}/{latest}",
        statements=tuple(s.statement.id for s in draft.starts),
        reason="bounded by the next arrest; no source gives the exit",
    )
