"""The rule of standing and the count of a day as plainly as they can be said: what the quick ways are held against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from habeas.answers.columns import Stay
from habeas.answers.standing import FOREVER, NEVER
from habeas.answers.states import LEVEL, Level, State
from habeas.answers.stays import WATCHED, Bounds, bounds
from habeas.dates import PartialDate
from habeas.names import fold
from habeas.nouns import Case, Casebook, Spell

LOOK_BACK = timedelta(days=730)


@dataclass(frozen=True)
class Standing:
    state: State
    reason: str
    spell: Spell | None

    @property
    def level(self) -> Level:
        return LEVEL[self.state]


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
    days += [w.latest for w, _ in spell.shown if w.latest is not None and w.latest <= day]
    days += [s.middle for s in _starts(spell)[:1] if s.middle is not None and s.middle <= day]
    return max(days, default=None)


def _first_evidence(spell: Spell) -> date | None:
    """The first day on which somebody saw or said the person to be in custody."""
    days = [d for d, _ in spell.seen]
    days += [first for w, _ in spell.shown if (first := w.earliest or w.latest) is not None]
    days += [e.latest for e in _ends(spell)[:1] if e.latest is not None]
    return min(days, default=None)


def in_spell(spell: Spell, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day` by the dates of one spell."""

    def at(state: State, reason: str) -> Standing:
        return Standing(state=state, reason=reason, spell=spell)

    if spell.impossible:
        return _contradictory(spell, day)
    starts, ends = _starts(spell), _ends(spell)
    seen_before = any(d <= day for d, _ in spell.seen)
    seen_after = any(d >= day for d, _ in spell.seen)
    if not seen_before and starts and not any(s.possibly_by(day) for s in starts):
        return at(State.NOT_YET, "not yet detained")
    first = None if starts else _first_evidence(spell)
    if first is not None and day < first - LOOK_BACK:
        return at(State.NOT_YET, f"first evidence of custody is of {first}")
    if ends and all(e.certainly_by(day) for e in ends):
        return at(State.DIED, "dead by then") if spell.died else at(State.RELEASED, "released by then")
    certainly_begun = seen_before or (bool(starts) and all(s.certainly_by(day) for s in starts))
    certainly_after = seen_after or (bool(ends) and all(e.earliest is not None and e.earliest > day for e in ends))
    if certainly_begun and certainly_after:
        return at(State.HELD, "")
    recognised = any(w.latest is not None and w.latest <= day for w, _ in spell.shown)
    middle = starts[0].middle if starts else None
    begun = seen_before or recognised or (middle is not None and middle <= day)
    vague = f"the date of arrest is imprecise ({starts[0]})" if starts else "the arrest is not on record"
    if not begun:
        return at(State.PERHAPS_TAKEN, vague)
    if certainly_after:
        return at(State.HELD_DISPUTED, "sources disagree on the arrest" if len(starts) > 1 else vague)
    return _ending(spell, day, horizon_days, ends) if ends else _open(spell, day, horizon_days)


def _contradictory(spell: Spell, day: date) -> Standing:
    """Standing by a spell that contradicts itself: from its first date on record on, possible and no more."""
    first = min((s.earliest for s in _starts(spell) if s.earliest is not None), default=None)
    state = State.NOT_YET if first is not None and day < first else State.CONTRADICTED
    return Standing(state=state, reason=spell.impossible, spell=spell)


def _ending(spell: Spell, day: date, horizon_days: int, ends: list[PartialDate]) -> Standing:
    """Standing where the spell has begun, and the exit on record may lie before the day or after it."""

    def at(state: State, more: str = "") -> Standing:
        return Standing(state=state, reason=why + more, spell=spell)

    exit_day, last = ends[0].middle, _last_evidence(spell, day)
    disagree = any(not e.compatible(ends[0]) for e in ends[1:])
    why = "sources disagree on the release" if disagree else f"the date of release is imprecise ({ends[0]})"
    if exit_day is not None and exit_day <= day:
        return at(State.PERHAPS_OUT)
    if ends[0].earliest is not None and ends[0].earliest > day:
        return at(State.HELD_DISPUTED)
    if last is not None and (day - last).days <= horizon_days:
        return at(State.HELD_DISPUTED, f"; last evidence {last}")
    if spell.term_ends is not None and spell.term_ends >= day:
        return at(State.HELD_DISPUTED, f"; the term on record runs to {spell.term_ends}")
    over = _due_out(spell, day, horizon_days, last) if ends[0].earliest is None else None
    return at(State.PERHAPS_OUT) if over is None else over


def _open(spell: Spell, day: date, horizon_days: int) -> Standing:
    """Standing where the spell has begun and neither an exit nor any word of the day or after it is on record."""

    def at(state: State, reason: str) -> Standing:
        return Standing(state=state, reason=reason, spell=spell)

    why, term = "no exit on record", spell.term_ends
    last = _last_evidence(spell, day)
    left = next((d for d, _ in spell.absent if d <= day and (last is None or d > last)), None)
    if left is not None:
        return at(State.LAST_SEEN_LONG_AGO, f"{why}; off a list since {left}")
    if last is not None and (day - last).days <= horizon_days:
        return at(State.LAST_SEEN, f"{why}; last evidence {last}")
    if term is not None and term >= day:
        return at(State.LAST_SEEN, f"{why}; the term on record runs to {term}")
    over = _due_out(spell, day, horizon_days, last)
    if over is not None:
        return over
    return at(State.LAST_SEEN_LONG_AGO, why + (f"; last evidence {last}" if last is not None else ""))


def _due_out(spell: Spell, day: date, horizon_days: int, last: date | None) -> Standing | None:
    """Due out by the term on record, unless the person was seen after it."""
    term = spell.term_ends
    if term is None or (last is not None and last > term):
        return None
    state = State.LONG_DUE_OUT if term + timedelta(days=horizon_days) < day else State.DUE_OUT
    why = "the day of the exit is not on record" if _ends(spell) else "no exit is recorded"
    return Standing(state, f"the term on record ran out on {term}; {why}", spell)


def standing(case: Case, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day`: of the spells not certainly followed by another, the one that says most.

    Where none says that the person may be inside, the last that is not still to come.
    """
    if not case.spells:
        return Standing(State.ONLY_NAMED, "no source on record here dates this person's custody", None)
    now = [s for s, later in zip(case.spells, _followed(case.spells, day), strict=True) if not later]
    found = [by_spell(s, day, horizon_days) for s in now]
    inside = [f for f in found if f.level > Level.OUT]
    if inside:
        return max(inside, key=lambda s: s.level)
    past = [f for f in found[1:] if f.state is not State.NOT_YET]
    return past[-1] if past else found[0]


def _followed(spells: Sequence[Spell], day: date) -> list[bool]:
    """Of each spell, whether a later one had certainly begun by the day."""
    begun = [
        any(d <= day for d, _ in s.seen) or (bool(_starts(s)) and all(a.certainly_by(day) for a in _starts(s)))
        for s in spells
    ]
    return [any(begun[n + 1 :]) for n in range(len(spells))]


def by_spell(spell: Spell, day: date, horizon_days: int) -> Standing:
    """How a person stands on `day` by one spell, another limit heeded."""
    found = in_spell(spell, day, horizon_days)
    if spell.limit is None or found.state in (State.NOT_YET, State.DIED):
        return found
    told = {
        "home_khimiya": "the sentence is restriction at home",
        "fine": "the sentence is a fine",
        "suspended": "the sentence is suspended",
        "house_arrest": "under house arrest",
    }
    what = told[spell.limit.value]
    if spell.limit_since is None:
        if found.level <= Level.POSSIBLE:
            return found
        return Standing(State.PERHAPS_LIMITED, f"{what}; its day is not on record", spell)
    since = PartialDate.parse(spell.limit_since.value)
    later = [d for d, _ in spell.seen] + [e.earliest for e in _ends(spell) if e.earliest is not None]
    if since.latest is None or not since.certainly_by(day) or any(d > since.latest for d in later):
        return found
    runs = (day - since.latest).days <= horizon_days if spell.limit_ends is None else day < spell.limit_ends
    if runs:
        return Standing(State.LIMITED, f"{what}, of {since}", spell)
    if found.state is State.RELEASED:
        return found
    if spell.limit_ends is None:
        return Standing(State.LIMIT_OVER, f"{what}; nothing is on record of it since {since.latest}", spell)
    why = f"{what}; it ran out on {spell.limit_ends}, and nothing is on record since"
    return Standing(State.LIMIT_OVER, why, spell)


def known_then(case: Case, day: date, horizon_days: int) -> Standing | None:
    """How a person stands on a day by spells cut to what spoke of that day or an earlier one; None: by none."""
    found = [by_spell(s, day, horizon_days) for s in (_cut(s, day) for s in case.spells) if s is not None]
    return max(found, key=lambda s: s.level, default=None)


def _cut(spell: Spell, day: date) -> Spell | None:
    if spell.end is not None and PartialDate.parse(spell.end.value).certainly_by(day):
        return None
    seen = tuple(s for s in spell.seen if s[0] <= day)
    recognised = tuple(r for r in spell.recognised if r[0].certainly_by(day))
    about = tuple(r for r in spell.about if r[0].certainly_by(day))
    absent = tuple(a for a in spell.absent if a[0] <= day)
    if spell.start is None and not seen and not recognised and not about:
        return None
    return replace(spell, end=None, seen=seen, recognised=recognised, about=about, absent=absent)


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
