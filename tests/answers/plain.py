"""The rule of standing and the count of a day as plainly as they can be said: what the quick ways are held against."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from habeas.answers.columns import Stay
from habeas.answers.standing import FOREVER, NEVER, Level
from habeas.answers.stays import WATCHED, Bounds, bounds
from habeas.dates import PartialDate
from habeas.names import fold
from habeas.nouns import Case, Casebook, Spell

LOOK_BACK = timedelta(days=730)


@dataclass(frozen=True)
class Standing:
    level: Level
    reason: str
    spell: Spell | None


@dataclass(frozen=True)
class Stock:
    low: int
    best: int
    high: int


def stock(casebook: Casebook[Any], day: date) -> Stock:
    """Every case asked for the day; of the certain ones, any unsure pair may be one person."""
    found = {c.id: standing(c, day, casebook.book.horizon_days).level for c in casebook.cases.values()}
    home = {m: c.id for c in casebook.cases.values() for m in c.mentions}
    people = [{c} for c, level in found.items() if level is Level.CERTAIN]
    for pair in casebook.unsure:
        one = [p for p in people if home.get(pair.a) in p or home.get(pair.b) in p]
        if len(one) == 2:
            people = [p for p in people if p not in one] + [one[0] | one[1]]
    return Stock(len(people), sum(v >= Level.LIKELY for v in found.values()), sum(v > 0 for v in found.values()))


def _starts(spell: Spell) -> list[PartialDate]:
    if spell.start is None:
        return []
    return [PartialDate.parse(v) for v in (spell.start.value, *(v for v, _ in spell.start.against))]


def _ends(spell: Spell) -> list[PartialDate]:
    """The readings of the exit; one that a later sighting refutes is no reading."""
    if spell.end is None:
        return []
    last_seen = max((d for d, _ in spell.seen), default=date.min)
    others = (PartialDate.parse(v) for v, _ in spell.end.against)
    return [PartialDate.parse(spell.end.value), *(e for e in others if not e.certainly_by(last_seen))]


def _last_evidence(spell: Spell, day: date) -> date | None:
    days = [d for d, _ in spell.seen if d <= day]
    days += [w.latest for w, _ in spell.recognised if w.latest is not None and w.latest <= day]
    days += [s.middle for s in _starts(spell)[:1] if s.middle is not None and s.middle <= day]
    return max(days, default=None)


def _first_evidence(spell: Spell) -> date | None:
    """The first day on which somebody saw or said the person to be in custody."""
    days = [d for d, _ in spell.seen]
    days += [w.earliest for w, _ in spell.recognised if w.earliest is not None]
    days += [e.latest for e in _ends(spell)[:1] if e.latest is not None]
    return min(days, default=None)


def in_spell(spell: Spell, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day` by one spell."""

    def at(level: Level, reason: str) -> Standing:
        return Standing(level=level, reason=reason, spell=spell)

    if spell.impossible:
        return _contradictory(spell, day)
    starts, ends = _starts(spell), _ends(spell)
    seen_before = any(d <= day for d, _ in spell.seen)
    seen_after = any(d >= day for d, _ in spell.seen)
    if not seen_before and starts and not any(s.possibly_by(day) for s in starts):
        return at(Level.OUT, "not yet detained")
    first = None if starts else _first_evidence(spell)
    if first is not None and day < first - LOOK_BACK:
        return at(Level.OUT, f"first evidence of custody is of {first}")
    if ends and all(e.certainly_by(day) for e in ends):
        return at(Level.OUT, "released or dead by then")
    certainly_begun = seen_before or (bool(starts) and all(s.certainly_by(day) for s in starts))
    certainly_after = seen_after or (bool(ends) and all(e.earliest is not None and e.earliest > day for e in ends))
    if certainly_begun and certainly_after:
        return at(Level.CERTAIN, "")
    recognised = any(w.latest is not None and w.latest <= day for w, _ in spell.recognised)
    middle = starts[0].middle if starts else None
    begun = seen_before or recognised or (middle is not None and middle <= day)
    if not begun:
        return at(
            Level.POSSIBLE,
            "the arrest is not on record" if not starts else f"the date of arrest is imprecise ({starts[0]})",
        )
    if certainly_after:
        if not starts:
            return at(Level.LIKELY, "the arrest is not on record")
        why = "sources disagree on the arrest" if len(starts) > 1 else f"the date of arrest is imprecise ({starts[0]})"
        return at(Level.LIKELY, why)
    return _open(spell, day, horizon_days, ends)


def _contradictory(spell: Spell, day: date) -> Standing:
    """Standing by a spell that contradicts itself: from its first date on record on, possible and no more."""
    first = min((s.earliest for s in _starts(spell) if s.earliest is not None), default=None)
    level = Level.OUT if first is not None and day < first else Level.POSSIBLE
    return Standing(level=level, reason=spell.impossible, spell=spell)


def _open(spell: Spell, day: date, horizon_days: int, ends: list[PartialDate]) -> Standing:
    """Standing where the spell has begun and nothing certain is known of the day or after it."""

    def at(level: Level, reason: str) -> Standing:
        return Standing(level=level, reason=reason, spell=spell)

    if ends:
        exit_day = ends[0].middle
        disagree = any(not e.compatible(ends[0]) for e in ends[1:])
        why = "sources disagree on the release" if disagree else f"the date of release is imprecise ({ends[0]})"
        if exit_day is not None and exit_day <= day:
            return at(Level.POSSIBLE, why)
        if ends[0].earliest is not None and ends[0].earliest > day:
            return at(Level.LIKELY, why)
    else:
        why = "no exit on record"
    last = _last_evidence(spell, day)
    left = next((d for d, _ in spell.absent if d <= day and (last is None or d > last)), None)
    if left is not None and not ends:
        return at(Level.POSSIBLE, f"{why}; off a list since {left}")
    if last is not None and (day - last).days <= horizon_days:
        return at(Level.LIKELY, f"{why}; last evidence {last}")
    if spell.term_ends is not None:
        if spell.term_ends >= day:
            return at(Level.LIKELY, f"{why}; the term on record runs to {spell.term_ends}")
        if spell.term_ends + timedelta(days=horizon_days) < day:
            return at(Level.OUT, f"the term on record ran out on {spell.term_ends}; no exit is recorded")
    since = f"; last evidence {last}" if last is not None else ""
    return at(Level.POSSIBLE, why + since)


def standing(case: Case, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day`: by the spell that says most."""
    found = [by_spell(s, day, horizon_days) for s in case.spells]
    if not found:
        return Standing(level=Level.OUT, reason="no custody on record", spell=None)
    return max(found, key=lambda s: s.level)


def by_spell(spell: Spell, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day` by one spell, a sentence that took no liberty heeded."""
    return _sentenced(in_spell(spell, day, horizon_days), day)


def _sentenced(found: Standing, day: date) -> Standing:
    """The standing, where a sentence told of this spell ended custody and nothing shows that it went on."""
    spell = found.spell
    if spell is None or spell.at_liberty is None or found.level is Level.OUT:
        return found
    told = {"home_khimiya": "restriction at home", "fine": "a fine"}
    what = f"the sentence is {told.get(spell.at_liberty.value, spell.at_liberty.value)}"
    if spell.liberty_since is None:
        level = min(found.level, Level.POSSIBLE)
        return (
            found if level is found.level else replace(found, level=level, reason=f"{what}; its day is not on record")
        )
    since = PartialDate.parse(spell.liberty_since.value)
    if since.latest is None or not since.certainly_by(day):
        return found
    later = [d for d, _ in spell.seen] + [e.earliest for e in _ends(spell) if e.earliest is not None]
    if any(d > since.latest for d in later):
        return found
    return Standing(level=Level.OUT, reason=f"{what}, of {since}", spell=spell)


def known_then(case: Case, day: date, horizon_days: int) -> Standing | None:
    """How a person stands on a day by spells cut to what spoke of that day or an earlier one; None: by none."""
    found = [by_spell(s, day, horizon_days) for s in (_cut(s, day) for s in case.spells) if s is not None]
    return max(found, key=lambda s: s.level, default=None)


def _cut(spell: Spell, day: date) -> Spell | None:
    if spell.end is not None and PartialDate.parse(spell.end.value).certainly_by(day):
        return None
    seen = tuple(s for s in spell.seen if s[0] <= day)
    recognised = tuple(r for r in spell.recognised if r[0].certainly_by(day))
    absent = tuple(a for a in spell.absent if a[0] <= day)
    if spell.start is None and not seen and not recognised:
        return None
    return replace(spell, end=None, seen=seen, recognised=recognised, absent=absent)


def lags(casebook: Casebook[Any], listed: str | None) -> list[tuple[int, str]]:
    """Days from each arrest known to the day to the first publication of the person within the spell; of one list, or of all."""
    found = []
    for case in casebook.cases.values():
        said = [casebook.statements[i] for i in case.statements]
        dated = [(PartialDate.parse(s.published), s.id) for s in said if s.published is not None
                 and (listed is None or s.subject.startswith(f"entry:{listed}:"))]  # fmt: skip
        days = sorted((when.earliest, i) for when, i in dated if when.is_day and when.earliest is not None)
        for spell in case.spells:
            start = None if spell.start is None else PartialDate.parse(spell.start.value)
            end = None if spell.end is None else PartialDate.parse(spell.end.value).earliest
            if start is None or not start.is_day or start.earliest is None:
                continue
            named = [(d, i) for d, i in days if d >= start.earliest and (end is None or d <= end)]
            found += [((d - start.earliest).days, i) for d, i in named[:1]]
    return sorted(found)


def has_words(text: str, case: Case) -> bool:
    """True where every word of the text with three letters or more begins a word of one name of the case."""
    asked = [word for word in fold(text).split() if len(word) >= 3]
    names = [fold(n.text).split() for n in case.names]
    return bool(asked) and any(all(any(w.startswith(a) for w in words) for a in asked) for words in names)


def stays(
    casebook: Casebook[Any], day: date, followed: str, watched: str, since: date | None
) -> tuple[list[Stay], dict[str, int]]:
    """The stays by one reading, spell by spell, and how many spells are none, by the reason."""
    found: list[Stay] = []
    left_out: Counter[str] = Counter()
    for case in casebook.cases.values():
        for spell in case.spells:
            one = _stay(casebook, case, spell, day, followed, watched, since)
            if isinstance(one, Stay):
                found.append(one)
            else:
                left_out[one] += 1
    return found, dict(sorted(left_out.items(), key=lambda item: (-item[1], item[0])))


def _stay(
    casebook: Casebook[Any], case: Case, spell: Spell, day: date, followed: str, watched: str, since: date | None
) -> Stay | str:
    told = bounds(casebook, case, spell, {r for deal in casebook.deals.values() for r in deal.releases})
    (earliest, middle, latest), first = told.start, told.watched[WATCHED.index(watched)]
    entry = None if first <= latest else first - middle
    if told.refused:
        return told.refused
    if latest > day.toordinal():
        return "arrested after the day asked"
    if since is not None and latest < since.toordinal():
        return f"arrested before {since}"
    if first == FOREVER:
        return "known only from lists of people who came out, or from none that says when it looks"
    if told.exit is None or told.exit[2] > day.toordinal():
        low = max(0, _until(spell, told, day, followed, casebook.book.horizon_days) - middle)
        if entry is not None and entry >= low:
            return "out of sight before anyone watched"
        return Stay(case=case, spell=spell, low=low, high=None, entry=entry, way=None)
    high = told.exit[2] - earliest
    low = max(0, told.soonest - latest)
    if entry is not None and entry >= high:
        return "first listed after the exit, or on its day"
    if high > low:
        low -= 1
    return Stay(
        case=case, spell=spell, low=low if entry is None else max(low, entry), high=high, entry=entry, way=told.way
    )


def _until(spell: Spell, told: Bounds, day: date, followed: str, horizon: int) -> int:
    """The last day on which a stay is read as running."""
    today, arrested = day.toordinal(), told.start[1]
    if told.exit is not None:
        return arrested if told.exit[0] == NEVER else min(today, max(arrested, told.exit[0] - 1))
    last = max([arrested, *(d for d in told.evidence if d <= today)])
    if followed != "best":
        return last if followed == "least" else today
    reach = [last + horizon, today, *([] if spell.term_ends is None else [spell.term_ends.toordinal()])]
    within = [d for d in reach if last < d <= today]
    likely = [d for d in within if by_spell(spell, date.fromordinal(d), horizon).level >= Level.LIKELY]
    return max(likely, default=last)
