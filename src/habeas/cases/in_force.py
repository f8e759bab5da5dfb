"""How a measure stands on a day: the one place that says whether it is in force, and whether a relief still holds.

Everything follows from the acts (docs/figures.md has the rules). A measure holds from its imposition until an act ends it.
Where it has an end of its own, that end is moved by whatever keeps it, and a later act that keeps, eases or ends it shows
that it had not run out before. An easing ends with its own date, or is taken back. Each of those whom the acts name is told
apart, and those that they do not name are one more. A date that leaves a day open is tried at both its ends: what is the
same at both is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from habeas.cases.turns import REST, Turn, World, named, turn_on, worlds
from habeas.dates import PartialDate
from habeas.nouns import Act, Action, Cause, Change, Does, Holding, InForce, Measure, Why

Measures = Mapping[str, Measure]


def state_of(measures: Measures, measure: Measure, day: date, items: frozenset[str] = frozenset()) -> Holding:
    """How a measure stands on a day, for all whom it is on or for some of those it names (`body:belavia`).

    `measures` are all of the book by their ids: a measure does not outlast what it rests on.
    """
    told = sorted(items) or _all(measure)
    found = [
        _together([_item(measures, measure, item, day, world) for item in told])
        for world in worlds(_chain(measures, measure), asked=bool(items))
    ]
    return _agreed(measure, day, found)


def relief_of_acts(measures: Measures, acts: Sequence[str], day: date) -> Holding:
    """Whether what some acts gave in relief still holds on a day: yes, partly, no, or cannot say; by their ids."""
    found = [
        _relief(measures, measure, change, day)
        for identifier in acts
        for measure in measures.values()
        for change in _given(measure, identifier)
    ]
    if not found:
        return Holding(in_force=InForce.CANNOT_SAY, causes=(Cause(why=Why.UNHEARD),))
    causes = tuple(dict.fromkeys(c for s in found for c in s.causes))
    first = found[0]
    code = _mixed({s.in_force for s in found})
    return Holding(in_force=code, causes=causes, since=first.since, until=first.until, heard=first.heard)


def _given(measure: Measure, identifier: str) -> list[Change]:
    """What eases or ends by an act; an act that keeps an easing stands for that one."""
    kept = {t for c in measure.changes if c.act.id == identifier and c.does is Does.KEEP for t in c.of}
    return [c for c in measure.changes if c.act.id in (identifier, *kept) and c.does in (Does.EASE, Does.END)]


def _all(measure: Measure) -> list[str]:
    """Those whom a measure is on: each who is named, and the rest."""
    rest = measure.rest or any(c.part for c in measure.changes)
    return [*sorted(measure.named), *([REST] if rest else [])]


def _under(measures: Measures, measure: Measure, met: frozenset[str]) -> list[Measure]:
    """What a measure rests on, directly or through another."""
    own = [measures[i] for i in measure.under if i in measures and i not in met]
    return [m for one in own for m in (one, *_under(measures, one, met | {one.id}))]


def _chain(measures: Measures, measure: Measure) -> list[Measure]:
    return [measure, *_under(measures, measure, frozenset({measure.id}))]


# --- one of those whom it is on ---


@dataclass(frozen=True, slots=True)
class _Stand:
    """How a measure stands in one reading for one or for all."""

    code: InForce
    causes: tuple[Cause, ...]
    whole: bool = True  # what eases it, eases it for all that it does not name


def _item(measures: Measures, measure: Measure, item: str, day: date, world: World) -> _Stand:
    """One of those whom a measure is on: what it is under, and under what that rests on."""
    own = _own(measure, item, day, world)
    if own.code is InForce.NO:
        return own
    for above in _under(measures, measure, frozenset({measure.id})):
        over = _own(above, item if item in above.named else REST, day, world)
        rests = Cause(why=Why.RESTS_ON, act=above.root.act)
        if over.code in (InForce.NO, InForce.CANNOT_SAY):
            return _Stand(over.code, (rests, *over.causes))
        if over.code is InForce.PARTLY and over.whole:
            own = _Stand(InForce.PARTLY, (*own.causes, *(c for c in over.causes if c.why is Why.EASED)))
        until = next((c.until for c in over.causes if c.why is Why.UNTIL), None)
        if until is not None:
            rests = Cause(why=Why.RESTS_ON, act=above.root.act, until=until)
            own = _Stand(own.code, (*own.causes, rests), own.whole)
    return own


def _own(measure: Measure, item: str, day: date, world: World) -> _Stand:
    turn = turn_on(measure.root, measure, item, day, world)
    if turn is None:
        return _Stand(InForce.NO, (Cause(why=Why.NOT_YET, act=measure.root.act),))
    if not turn.holds:
        return _Stand(InForce.NO if turn.holds is False else InForce.CANNOT_SAY, (turn.cause,))
    eased = _eased(measure, item, day, world)
    graver = [e for e in eased if e.code is not InForce.PARTLY]
    if graver:
        return min(graver, key=lambda e: e.code is InForce.NO)  # where one cannot be told, nobody can say
    if eased:
        return _Stand(InForce.PARTLY, (turn.cause, *(c for e in eased for c in e.causes)))
    less = [Cause(why=Why.LESS, act=c.act) for c in measure.changes if c.part and _took(c, measure, day, world)]
    if less and item == REST:
        return _Stand(InForce.PARTLY, (turn.cause, *less), whole=False)
    return _Stand(InForce.YES, (turn.cause,))


def _eased(measure: Measure, item: str, day: date, world: World) -> list[_Stand]:
    """What each easing makes of a measure on a day, of those that are not over."""
    easings = [c for c in measure.changes if c.does is Does.EASE and world.start(c) <= day and world.touches(c, item)]
    return [e for c in easings if (e := _easing(c, measure, item, day, world)) is not None]


def _easing(easing: Change, measure: Measure, item: str, day: date, world: World) -> _Stand | None:
    """What an easing makes of a measure on a day; None where it is over."""
    turn = turn_on(easing, measure, item, day, world)
    assert turn is not None
    suspends = Action.SUSPENDED in easing.act.action
    if turn.holds is None:
        return _Stand(InForce.CANNOT_SAY, (turn.cause,))
    if turn.holds:
        cause = Cause(why=Why.EASED, act=easing.act, until=turn.cause.until, on=named(easing))
        return _Stand(InForce.NO if suspends else InForce.PARTLY, (cause,))
    if suspends and _unheard(turn, measure, item, day, world):
        return _Stand(InForce.CANNOT_SAY, (_over(easing, turn),))
    return None


def _over(suspension: Change, turn: Turn) -> Cause:
    return Cause(why=Why.SUSPENSION_OVER, act=suspension.act, until=turn.cause.until)


def _took(change: Change, measure: Measure, day: date, world: World) -> bool:
    """True where an act on a part that it does not name still holds."""
    if world.start(change) > day or change.does not in (Does.END, Does.EASE):
        return False
    if change.does is Does.END:
        return measure.id in change.of
    turn = turn_on(change, measure, REST, day, world)
    return turn is not None and turn.holds is not False


def _unheard(over: Turn, measure: Measure, item: str, day: date, world: World) -> bool:
    """True where something ran out, and no act since shows that the measure holds again."""
    return over.cause.why is Why.RAN_OUT and not any(
        over.day <= world.start(c) <= day
        and c.does is not Does.IMPOSE
        and measure.id in c.of
        and world.touches(c, item)
        for c in measure.changes
    )


# --- all of them, and all readings ---


def _mixed(codes: set[InForce]) -> InForce:
    if len(codes) == 1:
        return next(iter(codes))
    return InForce.PARTLY if codes & {InForce.YES, InForce.PARTLY} else InForce.CANNOT_SAY


def _together(stands: Sequence[_Stand]) -> _Stand:
    """How a measure stands for all: what holds, and those for whom it does not."""
    causes = dict.fromkeys(c for s in stands for c in s.causes)
    return _Stand(_mixed({s.code for s in stands}), tuple(causes))


def _agreed(measure: Measure, day: date, found: Sequence[_Stand]) -> Holding:
    """What all readings of the open dates say; where they differ on whether it holds at all, nobody can say."""
    codes = {s.code for s in found}
    one = next((s for s in found if s.code is InForce.PARTLY), found[-1])
    code, causes = one.code, one.causes
    if len(codes) > 1 and codes != {InForce.YES, InForce.PARTLY}:
        code, causes = InForce.CANNOT_SAY, (Cause(why=Why.DATE_OPEN, act=_open(measure, day)), *causes)
    by, until = _by_which(code, causes)
    heard = [a for a in measure.acts if _possibly_by(a.holds_from, day)]
    return Holding(
        in_force=code,
        causes=causes,
        since=None if by is None else by.holds_from,
        until=until,
        heard=heard[-1] if heard else None,
    )


def _by_which(code: InForce, causes: Sequence[Cause]) -> tuple[Act | None, PartialDate | None]:
    """The act by which a measure stands so, and its end; one in force in part stands so by what eased it."""
    decides = [c for c in causes if c.why not in _HOLDS] if code is InForce.PARTLY else causes
    act = next((c.act for c in decides if c.act is not None), None)
    return act, next((c.until for c in decides if c.until is not None), None)


_HOLDS = frozenset({Why.NO_END, Why.UNTIL, Why.KEPT, Why.RESTS_ON})  # what makes nothing of it partly so


def _possibly_by(when: PartialDate | None, day: date) -> bool:
    return when is None or when.possibly_by(day)


def _open(measure: Measure, day: date) -> Act | None:
    """The act whose date leaves a day open."""
    for act in measure.acts:
        for when in (act.holds_from, act.until):
            if when is not None and when.possibly_by(day) and not when.certainly_by(day):
                return act
    return None


# --- a relief ---


def _relief(measures: Measures, measure: Measure, change: Change, day: date) -> Holding:
    """Whether one easing, or one ending, still holds for those whom it is on."""
    told = sorted(change.on & measure.named) or ([REST] if change.part else _all(measure))
    found = [
        _together([_relieved(measure, change, item, day, world) for item in told])
        for world in worlds(_chain(measures, measure), asked=False)
    ]
    return _agreed(measure, day, found)


def _relieved(measure: Measure, change: Change, item: str, day: date, world: World) -> _Stand:
    if world.start(change) > day:
        return _Stand(InForce.NO, (Cause(why=Why.NOT_YET, act=change.act),))
    imposed = turn_on(measure.root, measure, item, day, world)
    if imposed is not None and imposed.holds is False:
        return _Stand(InForce.YES, (imposed.cause,))
    if change.does is Does.EASE:
        return _still_eased(change, measure, item, day, world)
    if change.part:
        return _Stand(InForce.YES, (Cause(why=Why.ENDED, act=change.act),))
    if imposed is not None and imposed.holds:
        return _Stand(InForce.NO, (_brought_back(measure, day, world) or imposed.cause,))
    return _Stand(InForce.CANNOT_SAY, () if imposed is None else (imposed.cause,))


def _brought_back(measure: Measure, day: date, world: World) -> Cause | None:
    """The last act that made a measure hold again, and so ended what its ending had given."""
    back = [c for c in measure.changes if c.does is Does.RESTORE and measure.id in c.of and world.start(c) <= day]
    return Cause(why=Why.ENDED, act=max(back, key=world.start).act) if back else None


def _still_eased(change: Change, measure: Measure, item: str, day: date, world: World) -> _Stand:
    turn = turn_on(change, measure, item, day, world)
    assert turn is not None
    if Action.SUSPENDED in change.act.action and _unheard(turn, measure, item, day, world):
        return _Stand(InForce.CANNOT_SAY, (_over(change, turn),))
    codes = {True: InForce.YES, False: InForce.NO, None: InForce.CANNOT_SAY}
    return _Stand(codes[turn.holds], (turn.cause,))
