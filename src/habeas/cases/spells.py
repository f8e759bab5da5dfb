"""Spells in custody from what sources say of arrests, sightings and exits.

Claims are put in order (an arrest by its earliest day, an exit by its latest) and cut into spells where an exit is
followed by a new arrest. Arrests without an exit between them compete for one start, exits without an arrest between
them for one end. Three rules keep a spell unbroken or cut it, each left as a doubt to read:

* an exit is not believed where the person was seen in custody within a month after it (a false report of release), or
  was taken back into custody the same day;
* a sighting later than that begins a new spell whose arrest is not on record;
* two arrests more than half a year apart without an exit between them are two spells, the first with an unknown end;
* an entry whose release lies before its own arrest contradicts itself: one spell, and nothing certain of it;
* who was seen free on a day was out by then.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from habeas.cases.choose import Preference, choose, graded
from habeas.dates import PartialDate, days_held, shift_months
from habeas.nouns import Mention, Spell, Statement, Value, say, say_count
from habeas.vocabulary import property_of

FALSE_RELEASE_DAYS = 31
SAME_ARREST_DAYS = 180

_START, _SEEN, _END, _FREE, _RETURNED = range(5)
_KIND_OF = {
    "detained": _START,
    "held_on": _SEEN,
    "released": _END,
    "died": _END,
    "not_held_on": _FREE,
    "returned": _RETURNED,
}
_WITHIN = ("sentenced", "appeal", "pardoned", "incommunicado_since")  # days that lie in a spell, or soon after it
_ORDER = say("the release on record lies before the arrest in the same entry")


@dataclass(frozen=True, slots=True)
class _Said:
    order: int
    when: PartialDate
    statement: Statement

    @property
    def key(self) -> tuple[date, int, str, str, str]:
        """By day, then what comes first on one day; never by when it was recorded."""
        bound = self.when.latest if self.order in (_END, _FREE) else self.when.earliest
        day = bound or self.when.latest or self.when.earliest or date.min
        return day, self.order, self.when.text, self.statement.subject, self.statement.source


@dataclass(slots=True)
class _Stretch:
    """A spell being put together; `disputed` maps an exit's statement id to why it is not believed."""

    starts: list[_Said] = field(default_factory=list)
    seen: list[_Said] = field(default_factory=list)
    ends: list[_Said] = field(default_factory=list)
    disputed: dict[str, str] = field(default_factory=dict)
    recognised: list[tuple[PartialDate, Statement]] = field(default_factory=list)
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
    def impossible(self) -> bool:
        """True where all that is known of the spell are entries that contradict themselves."""
        wrong = {e.statement.subject for e in self.ends if self.disputed.get(e.statement.id) == _ORDER}
        return bool(wrong) and not self.believed and {c.statement.subject for c in (*self.starts, *self.seen)} <= wrong

    @property
    def last_exit(self) -> date | None:
        return max((e.when.latest for e in self.believed if e.when.latest is not None), default=None)

    def dispute(self, why: str) -> None:
        for end in self.believed:
            self.disputed[end.statement.id] = why

    def begun_by(self, day: date) -> bool:
        """True where the spell may have begun by a day."""
        return not self.starts or any(s.when.possibly_by(day) for s in self.starts)

    def holds(self, day: date) -> bool:
        """True where the day may lie in this spell."""
        exit_day = self.last_exit
        return self.begun_by(day) and (exit_day is None or day <= exit_day)


def said(mentions: Iterable[Mention]) -> list[_Said]:
    """What the mentions say of arrests, sightings, exits and returns, in order."""
    found = []
    for mention in mentions:
        for statement in mention.statements:
            order = _KIND_OF.get(statement.prop)
            if order is None or statement.value is None:
                continue
            when = PartialDate.parse(statement.value)
            if order == _FREE and when.latest is not None:
                # Seen free on a day: the exit was on that day or before it.
                statement = replace(statement, value=f"../{when.latest}")  # noqa: PLW2901
                when = PartialDate.parse(f"../{when.latest}")
            found.append(_Said(order, when, statement))
    return sorted(found, key=lambda claim: claim.key)


def _impossible(claims: Sequence[_Said]) -> dict[str, list[_Said]]:
    """Exits that certainly lie before the only arrest of the same entry, by that entry."""
    by_entry: dict[str, list[_Said]] = {}
    for claim in claims:
        by_entry.setdefault(claim.statement.subject, []).append(claim)
    found = {}
    for entry, said_here in by_entry.items():
        starts = [c for c in said_here if c.order == _START]
        ends = [c for c in said_here if c.order == _END]
        first = min((c.when.earliest for c in starts if c.when.earliest is not None), default=None)
        if first is not None and ends and all(e.when.certainly_before(first) for e in ends):
            found[entry] = ends
    return found


def _gap(earlier: date | None, later: date | None) -> int:
    return 0 if earlier is None or later is None else (later - earlier).days


def cut(claims: Sequence[_Said]) -> list[_Stretch]:
    """Cut ordered claims into spells."""
    spells: list[_Stretch] = []
    now = _Stretch()
    impossible = _impossible(claims)
    misplaced = {e.statement.id for ends in impossible.values() for e in ends}

    def close() -> None:
        nonlocal now
        if now.starts or now.seen or now.ends:
            spells.append(now)
        now = _Stretch()

    for claim in claims:
        day = claim.when.earliest or claim.when.latest
        if claim.statement.id in misplaced:
            continue  # told with the arrest it contradicts
        if claim.order == _START:
            if now.believed:
                close()
            elif now.starts and all(
                not s.when.compatible(claim.when) and _gap(s.when.latest, claim.when.earliest) > SAME_ARREST_DAYS
                for s in now.starts
            ):
                now.rearrested = claim.when
                close()
            now.starts.append(claim)
            for end in impossible.get(claim.statement.subject, ()):
                now.ends.append(end)
                now.disputed[end.statement.id] = _ORDER
        elif claim.order == _SEEN:
            exit_day = now.last_exit
            if exit_day is not None and day is not None and day > exit_day:
                if (day - exit_day).days <= FALSE_RELEASE_DAYS:
                    late = (day - exit_day).days
                    now.dispute(
                        say_count(
                            "seen in custody on {day}, {n} day later",
                            "seen in custody on {day}, {n} days later",
                            late,
                            day=claim.when,
                        )
                    )
                else:
                    close()
            now.seen.append(claim)
        elif claim.order == _END:
            exit_day = now.last_exit
            if exit_day is not None and _gap(exit_day, claim.when.earliest) > SAME_ARREST_DAYS:
                close()
            now.ends.append(claim)
        elif claim.order == _FREE:
            # Seen free is news of a spell only where one is open.
            if (now.starts or now.seen) and not now.believed:
                now.ends.append(claim)
        elif any(e.when.compatible(claim.when) for e in now.believed):
            now.dispute("taken back into custody the same day")
            now.seen.append(claim)
        else:
            close()
            now.starts.append(claim)
    close()
    return spells


def _recognise(drafts: list[_Stretch], mentions: Iterable[Mention]) -> None:
    """Recognition is evidence of custody: put each to the spell it falls in, or begin one where there is none."""
    for mention in mentions:
        for statement in mention.values("recognised"):
            assert statement.value is not None
            when = PartialDate.parse(statement.value)
            day = when.latest or when.earliest
            assert day is not None
            home = next((d for d in drafts if d.holds(day)), None)
            if home is None and not drafts:
                home = _Stretch()
                drafts.append(home)
            if home is not None:
                home.recognised.append((when, statement))


def _share(drafts: Sequence[_Stretch], mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions that speak of each spell: by what they date in it; else by a day within it; else of the last one."""
    entries = [d.entries for d in drafts]
    dated = set().union(*entries)
    home = {m.id: _home(drafts, m) for m in mentions if m.id not in dated}
    return [[m for m in mentions if m.id in mine or home.get(m.id) == number] for number, mine in enumerate(entries)]


def _home(drafts: Sequence[_Stretch], mention: Mention) -> int:
    """The place of the last spell that had begun on the first day that a mention gives for a sentence, an appeal, a pardon."""
    days = [PartialDate.parse(s.value or "").latest for p in _WITHIN for s in mention.values(p)]
    first = min((d for d in days if d is not None), default=None)
    if first is None:
        return len(drafts) - 1
    return max((n for n, d in enumerate(drafts) if d.begun_by(first)), default=0)


def _exit_statements(draft: _Stretch, mentions: Sequence[Mention], prop: str, end: Value | None) -> list[Statement]:
    """What is said of the exit by those whose report of it is believed, or who give no date for it."""
    if end is None:
        return []
    losers = {i for _, ids in end.against for i in ids} | set(draft.disputed)
    silent = {c.statement.subject for c in draft.ends if c.statement.id in losers}
    return [s for m in mentions if m.id not in silent for s in m.values(prop)]


LIMITS = frozenset({"suspended", "fine", "home_khimiya", "house_arrest"})  # none of them is custody
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


def _finish(draft: _Stretch, mentions: Sequence[Mention], preference: Preference, *, last: bool) -> Spell:
    start = choose([c.statement for c in draft.starts], preference, dated=True)
    end = choose([c.statement for c in draft.believed], preference, dated=True)
    if end is not None and draft.disputed:
        end = _with_disputed(end, draft)
    doubts: list[str] = []
    for identifier, why in draft.disputed.items():
        told = why if why == _ORDER else say("but the person was {why}", why=why)
        day = PartialDate.parse(_value_of(draft, identifier))
        doubts.append(say("a release on {day} was reported, {but}", day=day, but=told))
    if start is None:
        doubts.append(say("the arrest is not on record"))
    elif start.contested:
        doubts.append(say("sources disagree on the arrest"))
    if end is not None and any(v for v, ids in end.against if not set(ids) <= set(draft.disputed)):
        doubts.append(say("sources disagree on the release"))
    if end is None and draft.rearrested is not None:
        doubts.append(say("no exit on record, but arrested again {day}", day=draft.rearrested))
        end = _before_rearrest(draft)
    elif end is None and not last:
        doubts.append(say("no exit on record, but a later spell is"))
    died = any(
        c.statement.prop == "died" for c in draft.believed if end is not None and c.statement.id in end.statements
    )
    exit_kind = choose(_exit_statements(draft, mentions, "release_kind", end), preference)
    if died and end is not None:
        exit_kind = Value(value="died", statements=end.statements)
    sentence = choose([s for m in mentions for s in m.values("sentence")], preference)
    limit, limit_since = _limit(mentions, preference, start)
    used = [c.statement.id for c in (*draft.starts, *draft.seen, *draft.ends)] + [s.id for _, s in draft.recognised]
    extra = [i for v in (exit_kind, sentence, limit, limit_since) if v is not None for i in v.statements]
    spell = Spell(
        start=start,
        end=end,
        seen=tuple(sorted((c.when.earliest, c.statement.id) for c in draft.seen if c.when.is_day and c.when.earliest)),
        exit_kind=exit_kind,
        taken_to=choose(_exit_statements(draft, mentions, "taken_to", end), preference),
        sentence=sentence,
        term_ends=_term_end(start, sentence),
        limit=limit,
        limit_since=limit_since,
        limit_ends=None if limit is None else _term_end(limit_since, sentence),
        recognised=tuple((when, s.id) for when, s in draft.recognised),
        absent=_absent(mentions),
        impossible=_ORDER if draft.impossible else "",
        statements=tuple(dict.fromkeys(used + extra)),
        doubts=tuple(dict.fromkeys(doubts)),
        facts=values_of([s for m in mentions for s in m.statements], OF_A_SPELL, preference),
    )
    if start is None or spell.left is None:
        return spell
    # Claims are in order, so no exit of a spell lies before its arrest.
    return replace(spell, days=days_held(PartialDate.parse(start.value), PartialDate.parse(spell.left.value)))


# What belongs to a stretch in custody and not to the person: the judge of one sentence is not that of the next.
OF_A_SPELL = (
    "arrest_place",
    "arrested_by",
    "warrant",
    "accusation",
    "charge",
    "article",
    "investigator",
    "court",
    "judge",
    "prosecutor",
    "sentenced",
    "regime",
    "limited_since",
    "appeal",
    "prison",
    "prison_since",
    "prison_head",
    "incommunicado_since",
    "ill_treatment",
    "pardoned",
    "release_condition",
    "papers",
)


def values_of(
    statements: Iterable[Statement], props: Iterable[str], preference: Preference
) -> dict[str, tuple[Value, ...]]:
    """What statements give for some properties of an entry: of one that takes several, all; else the preferred one."""
    by_prop: dict[str, list[Statement]] = {}
    for s in statements:
        if s.value is not None:
            by_prop.setdefault(s.prop, []).append(s)
    found: dict[str, tuple[Value, ...]] = {}
    for prop in props:
        spec, told = property_of("entry", prop), by_prop.get(prop)
        if told and spec.several:
            by_value: dict[str, list[Statement]] = {}
            for s in told:
                by_value.setdefault(s.value or "", []).append(s)
            found[prop] = tuple(
                graded(Value(value=v, statements=tuple(s.id for s in some)), some, preference)
                for v, some in by_value.items()
            )
        elif told:
            chosen = choose(told, preference, dated=spec.type == "date")
            assert chosen is not None  # there is something to choose from
            found[prop] = (chosen,)
    return found


def _limit(
    mentions: Sequence[Mention], preference: Preference, start: Value | None
) -> tuple[Value | None, Value | None]:
    """What took the place of custody, and its day: only where no sentence told of is stricter, nor an arrest later."""
    told = [m for m in mentions if m.values("regime")]
    regimes = [s for m in told for s in m.values("regime")]
    if not regimes or any(s.value not in LIMITS for s in regimes):
        return None, None
    days = [s for m in told for s in m.values("limited_since") or m.values("sentenced")]
    since = choose(days, preference, dated=True)
    begun = None if start is None else PartialDate.parse(start.value).earliest
    if since is not None and begun is not None and PartialDate.parse(since.value).certainly_before(begun):
        return None, None
    return choose(regimes, preference), since


def _absent(mentions: Sequence[Mention]) -> tuple[tuple[date, str], ...]:
    """The days since which these mentions are off their lists."""
    found = []
    for mention in mentions:
        for statement in mention.values("absent_since"):
            day = PartialDate.parse(statement.value or "").earliest
            if day is not None:
                found.append((day, statement.id))
    return tuple(sorted(found))


def _value_of(draft: _Stretch, identifier: str) -> str:
    return next(c.when.text for c in draft.ends if c.statement.id == identifier)


def _with_disputed(end: Value, draft: _Stretch) -> Value:
    """The end with the exits that are not believed among its contradictions."""
    lost: dict[str, list[str]] = {}
    for identifier in draft.disputed:
        lost.setdefault(_value_of(draft, identifier), []).append(identifier)
    return replace(
        end,
        reason=end.reason or say("the earlier report fails: {why}", why=next(iter(draft.disputed.values()))),
        against=(*end.against, *((value, tuple(ids)) for value, ids in lost.items())),
    )


def _before_rearrest(draft: _Stretch) -> Value | None:
    """The unknown end of a spell that a later arrest proves: some day between the two arrests."""
    assert draft.rearrested is not None
    first = min((s.when.earliest for s in draft.starts if s.when.earliest is not None), default=None)
    latest = draft.rearrested.latest
    if latest is None:
        return None
    return Value(
        value=f"{first or '..'}/{latest}",
        statements=tuple(s.statement.id for s in draft.starts),
        reason=say("bounded by the next arrest; no source gives the exit"),
    )
