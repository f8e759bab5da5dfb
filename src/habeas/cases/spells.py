"""Spells in custody: each stretch with its preferred dates, how it ended, and what belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from habeas.cases.choose import Preference, choose, graded
from habeas.cases.stretches import ORDER, Stretch, cut, said
from habeas.dates import PartialDate, days_held, shift_months
from habeas.nouns import Limit, Mention, Spell, Statement, Value, say
from habeas.vocabulary import property_of

_WITHIN = ("sentenced", "appeal", "pardoned", "incommunicado_since")  # days that lie in a spell, or soon after it


def _recognise(drafts: list[Stretch], mentions: Iterable[Mention]) -> None:
    """Recognition is evidence of custody: put each to the spell it falls in, or begin one where there is none."""
    for mention in mentions:
        for statement in mention.values("recognised"):
            assert statement.value is not None
            when = PartialDate.parse(statement.value)
            day = when.latest or when.earliest
            assert day is not None
            home = next((d for d in drafts if d.holds(day)), None)
            if home is None and not drafts:
                home = Stretch()
                drafts.append(home)
            if home is not None:
                home.recognised.append((when, statement))


def _share(drafts: Sequence[Stretch], mentions: Sequence[Mention]) -> list[list[Mention]]:
    """The mentions that speak of each spell: by what they date in it; else by a day within it; else of the last one.

    What is dated before any spell had begun speaks of none: a term of years before is not that of this custody.
    """
    entries = [d.entries for d in drafts]
    dated = set().union(*entries)
    home = {m.id: _home(drafts, m) for m in mentions if m.id not in dated}
    return [[m for m in mentions if m.id in mine or home.get(m.id) == number] for number, mine in enumerate(entries)]


def _home(drafts: Sequence[Stretch], mention: Mention) -> int | None:
    """The place of the last spell that had begun on the first day that a mention gives for a sentence, an appeal, a pardon."""
    days = [PartialDate.parse(s.value or "").latest for p in _WITHIN for s in mention.values(p)]
    first = min((d for d in days if d is not None), default=None)
    if first is None:
        return len(drafts) - 1
    return max((n for n, d in enumerate(drafts) if d.begun_by(first)), default=None)


def _exit_statements(draft: Stretch, mentions: Sequence[Mention], prop: str, end: Value | None) -> list[Statement]:
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


def _finish(draft: Stretch, mentions: Sequence[Mention], preference: Preference, *, last: bool) -> Spell:
    start = choose([c.statement for c in draft.starts], preference, dated=True)
    told = _with_disputed(choose([c.statement for c in draft.believed], preference, dated=True), draft)
    end = _before_rearrest(draft) if told is None and draft.rearrested is not None else told
    exit_kind = _exit_kind(draft, mentions, preference, end)
    sentence = choose([s for m in mentions for s in m.values("sentence")], preference)
    limit, limit_since = _limit(mentions, preference, start)
    spell = Spell(
        start=start,
        end=end,
        seen=draft.sightings,
        about=draft.vague_sightings,
        exit_kind=exit_kind,
        taken_to=choose(_exit_statements(draft, mentions, "taken_to", end), preference),
        sentence=sentence,
        term_ends=_term_end(start, sentence),
        limit=limit,
        limit_since=limit_since,
        limit_ends=None if limit is None else _term_end(limit_since, sentence),
        recognised=tuple((when, s.id) for when, s in draft.recognised),
        absent=_absent(mentions),
        impossible=ORDER if draft.impossible else "",
        statements=_rests_on(draft, exit_kind, sentence, limit, limit_since),
        doubts=tuple(dict.fromkeys((*_doubts(draft, start, told), *_without_exit(draft, told, last=last)))),
        facts=values_of([s for m in mentions for s in m.statements], OF_A_SPELL, preference),
    )
    if start is None or spell.left is None:
        return spell
    # Claims are in order, so no exit of a spell lies before its arrest.
    return replace(spell, days=days_held(PartialDate.parse(start.value), PartialDate.parse(spell.left.value)))


def _rests_on(draft: Stretch, *values: Value | None) -> tuple[str, ...]:
    """The statements that date a spell, and those of what else is said of it."""
    dated = [c.statement.id for c in (*draft.starts, *draft.seen, *draft.ends)]
    recognised = [s.id for _, s in draft.recognised]
    return tuple(dict.fromkeys((*dated, *recognised, *(i for v in values if v is not None for i in v.statements))))


def _exit_kind(draft: Stretch, mentions: Sequence[Mention], preference: Preference, end: Value | None) -> Value | None:
    """How the spell ended: a death that is believed says so, whatever else is said of the exit."""
    believed = () if end is None else end.statements
    if end is not None and any(c.statement.prop == "died" and c.statement.id in believed for c in draft.believed):
        return Value(value="died", statements=end.statements)
    return choose(_exit_statements(draft, mentions, "release_kind", end), preference)


def _doubts(draft: Stretch, start: Value | None, end: Value | None) -> Iterator[str]:
    """What is doubtful of the dates that are told."""
    for identifier, why in draft.disputed.items():
        told = why if why == ORDER else say("but the person was {why}", why=why)
        day = PartialDate.parse(_value_of(draft, identifier))
        yield say("a release on {day} was reported, {but}", day=day, but=told)
    if start is None:
        yield say("the arrest is not on record")
    elif start.contested:
        yield say("sources disagree on the arrest")
    if end is not None and any(not set(ids) <= set(draft.disputed) for _, ids in end.against):
        yield say("sources disagree on the release")


def _without_exit(draft: Stretch, end: Value | None, *, last: bool) -> Iterator[str]:
    """What is doubtful of a spell of which nobody tells the end."""
    if end is None and draft.rearrested is not None:
        yield say("no exit on record, but arrested again {day}", day=draft.rearrested)
    elif end is None and not last:
        yield say("no exit on record, but a later spell is")


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
    if not regimes or any(s.value not in set(Limit) for s in regimes):
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


def _value_of(draft: Stretch, identifier: str) -> str:
    return next(c.when.text for c in draft.ends if c.statement.id == identifier)


def _with_disputed(end: Value | None, draft: Stretch) -> Value | None:
    """The end with the exits that are not believed among its contradictions."""
    if end is None or not draft.disputed:
        return end
    lost: dict[str, list[str]] = {}
    for identifier in draft.disputed:
        lost.setdefault(_value_of(draft, identifier), []).append(identifier)
    return replace(
        end,
        reason=end.reason or say("the earlier report fails: {why}", why=next(iter(draft.disputed.values()))),
        against=(*end.against, *((value, tuple(ids)) for value, ids in lost.items())),
    )


def _before_rearrest(draft: Stretch) -> Value | None:
    """The unknown end of a spell that a later arrest proves: from the last day on which custody is told to that arrest."""
    assert draft.rearrested is not None
    latest = draft.rearrested.latest
    if latest is None:
        return None
    begun = [s.when.earliest for s in draft.starts if s.when.earliest is not None]
    seen = [s.when.earliest for s in draft.seen if s.when.earliest is not None and s.when.earliest <= latest]
    last = max((*seen, *([min(begun)] if begun else ())), default=None)
    return Value(
        value=f"{last or '..'}/{latest}",
        statements=tuple(c.statement.id for c in (*draft.starts, *draft.seen)),
        reason=say("bounded by the next arrest; no source gives the exit"),
    )
