"""How a measure stands on a day: the one place that says whether it is in force, and whether a relief still holds.

Everything follows from the acts (docs/figures.md has the rules). A measure holds from its imposition until an act ends it.
Where it has an end of its own, that end is moved by whatever keeps it, and a later act that keeps, eases or ends it shows
that it had not run out before. An easing ends with its own date, or is taken back. Each of those whom the acts name is told
apart, and those that they do not name are one more. A date that leaves a day open is tried at both its ends: what is the
same at both is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from habeas.cases.measures import begins
from habeas.dates import ONE_DAY, PartialDate
from habeas.nouns import Act, Action, Cause, Change, Does, InForce, Measure, State, Why

_OPEN = 8  # dates that leave a day open, up to which all their ends are tried together
_REST = ""  # those of a measure that no act names
Measures = Mapping[str, Measure]


def state_of(measures: Measures, measure: Measure, day: date, items: frozenset[str] = frozenset()) -> State:
    """How a measure stands on a day, for all whom it is on or for some of those it names (`body:belavia`).

    `measures` are all of the book by their ids: a measure does not outlast what it rests on.
    """
    told = sorted(items) or _all(measure)
    found = [
        _together([_item(measures, measure, item, day, world) for item in told])
        for world in _worlds(measures, measure, asked=bool(items))
    ]
    return _agreed(measure, day, found)


def relief_of_acts(measures: Measures, acts: Sequence[str], day: date) -> State:
    """Whether what some acts gave in relief still holds on a day: yes, partly, no, or cannot say; by their ids."""
    found = []
    for identifier in acts:
        for measure in measures.values():
            of = {t for c in measure.changes if c.act.id == identifier and c.does is Does.KEEP for t in c.of}
            given = [c for c in measure.changes if c.act.id in (identifier, *of) and c.does in (Does.EASE, Does.END)]
            found += [_relief(measures, measure, c, day) for c in given]
    if not found:
        return State(in_force=InForce.CANNOT_SAY, causes=(Cause(why=Why.UNHEARD),))
    codes = {s.in_force for s in found}
    causes = tuple(dict.fromkeys(c for s in found for c in s.causes))
    return State(in_force=_mixed(codes), causes=causes, since=found[0].since, until=found[0].until, heard=found[0].heard)


def _all(measure: Measure) -> list[str]:
    """Those whom a measure is on: each who is named, and the rest."""
    rest = measure.rest or any(c.part for c in measure.changes)
    return [*sorted(measure.named), *([_REST] if rest else [])]


# --- one thing through time ---


@dataclass(frozen=True, slots=True)
class _Turn:
    """From a day on a measure or an easing holds, does not hold, or cannot be told."""

    day: date
    holds: bool | None
    cause: Cause


@dataclass(slots=True)
class _World:
    """A reading of all dates that leave a day open, and of whom an unnamed part is."""

    starts: Mapping[str, date]
    ends: Mapping[str, date]
    parts: Mapping[str, bool]

    def start(self, change: Change) -> date:
        return self.starts[change.act.id]

    def end(self, change: Change) -> date | None:
        return self.ends.get(change.act.id)


def _worlds(measures: Measures, measure: Measure, *, asked: bool) -> Iterator[_World]:
    """Every reading of the open dates; where there are too many, all at their earliest and all at their latest."""
    chain = [m for m in (measure, *_under(measures, measure, frozenset()))]
    changes = {c.act.id: c for m in chain for c in (m.root, *m.changes)}
    choices: list[tuple[tuple[str, str], tuple[date | bool, ...]]] = []
    for identifier, change in changes.items():
        choices.append((("start", identifier), _ends_of(begins(change.act))))
        if change.act.until is not None:
            choices.append((("end", identifier), _ends_of(change.act.until)))
        if asked and change.part:
            choices.append((("part", identifier), (False, True)))
    many = sum(1 for _, options in choices if len(options) > 1)
    if many > _OPEN:
        readings = [tuple(o[0] for _, o in choices), tuple(o[-1] for _, o in choices)]
    else:
        readings = list(product(*(options for _, options in choices)))
    for reading in readings:
        told = {key: value for (key, _), value in zip(choices, reading, strict=True)}
        starts = {i: v for (sort, i), v in told.items() if sort == "start" and isinstance(v, date)}
        yield _World(
            starts=_in_order(changes, starts),
            ends={i: v for (sort, i), v in told.items() if sort == "end" and isinstance(v, date)},
            parts={i: bool(v) for (sort, i), v in told.items() if sort == "part"},
        )


def _under(measures: Measures, measure: Measure, met: frozenset[str]) -> list[Measure]:
    """What a measure rests on, directly or through another."""
    own = [measures[i] for i in measure.under if i in measures and i not in met]
    return [m for one in own for m in (one, *_under(measures, one, met | {one.id}))]


def _ends_of(when: PartialDate | None) -> tuple[date, ...]:
    if when is None:
        return date.min, date.max
    return tuple(dict.fromkeys((when.earliest or date.min, when.latest or date.max)))


def _in_order(changes: Mapping[str, Change], starts: dict[str, date]) -> dict[str, date]:
    """Days of acts, none before that of what it changes."""
    for _ in range(2):  # an act changes an imposition, or an easing of one
        for identifier, change in changes.items():
            before = [starts[i] for i in change.of if i in starts]
            starts[identifier] = max([starts[identifier], *before])
    return starts


def _touches(change: Change, item: str, world: _World) -> bool:
    if change.on:
        return item in change.on
    return not change.part or (item != _REST and world.parts.get(change.act.id, False))


def _life(thing: Change, measure: Measure, item: str, world: _World) -> list[_Turn]:
    """The turns of an imposition, or of an easing, for one of those it is on, in order."""
    imposed = thing is measure.root
    turns = [_begun(thing, world)]
    until, winding = world.end(thing), None
    for change in sorted(measure.changes, key=world.start):
        day, own = world.start(change), thing.act.id in change.of
        back = change.does is Does.RESTORE and (own or measure.id in change.of)
        if change is thing or day < turns[0].day or not (own or imposed or back):
            continue
        if own and change.does is Does.KEEP and not _touches(change, item, world):
            continue
        if until is not None and day > until and turns[-1].holds:
            if winding is not None or (back and (imposed or not own)):
                turns.append(_over(thing, winding, until, imposed=imposed))
                until = winding = None
            else:
                turns.append(_Turn(until + ONE_DAY, True, Cause(why=Why.KEPT, act=change.act)))
                until = day
        if not (own or back) or change.does is Does.EASE or not _touches(change, item, world):
            continue
        end = world.end(change)
        if change.disputed:
            turns.append(_Turn(day, None, Cause(why=Why.DISAGREE, act=change.act)))
            until = winding = None
        elif change.does is Does.KEEP and turns[-1].holds is not False:
            until = end if end is not None else (None if until is None else max(until, day))
            winding = None
            turns.append(_Turn(day, True, _holding(change, until)))
        elif change.does is Does.END or (change.does is Does.RESTORE and not imposed):
            if end is not None and change.does is Does.END and turns[-1].holds:
                until, winding = end, change
                turns.append(_Turn(day, True, Cause(why=Why.UNTIL, act=change.act, until=change.act.until)))
            elif turns[-1].holds is not False:
                turns.append(_Turn(day, False, Cause(why=Why.ENDED, act=change.act)))
                until = winding = None
        elif change.does is Does.RESTORE:
            turns.append(_Turn(day, True, _holding(change, end)))
            until, winding = end, None
    if until is not None and turns[-1].holds:
        turns.append(_over(thing, winding, until, imposed=imposed))
    return turns


def _begun(thing: Change, world: _World) -> _Turn:
    day = world.start(thing)
    if thing.disputed:
        return _Turn(day, None, Cause(why=Why.DISAGREE, act=thing.act))
    return _Turn(day, True, _holding(thing, world.end(thing)))


def _holding(change: Change, until: date | None) -> Cause:
    if until is None:
        return Cause(why=Why.NO_END, act=change.act)
    return Cause(why=Why.UNTIL, act=change.act, until=change.act.until or PartialDate.of(until))


def _over(thing: Change, winding: Change | None, until: date, *, imposed: bool) -> _Turn:
    """The turn with which something runs out: of an imposition nobody can say whether it did, unless it was wound down."""
    day = until if until == date.max else until + ONE_DAY
    by = winding or thing
    if winding is None and imposed:
        return _Turn(day, None, Cause(why=Why.UNHEARD, until=PartialDate.of(until) if until < date.max else None))
    return _Turn(day, False, Cause(why=Why.RAN_OUT, act=by.act, until=by.act.until or PartialDate.of(until)))


def _at(turns: Sequence[_Turn], day: date) -> _Turn | None:
    return next((t for t in reversed(turns) if t.day <= day), None)


# --- one of those whom it is on ---


@dataclass(frozen=True, slots=True)
class _Stand:
    """How a measure stands in one reading for one or for all."""

    code: InForce
    causes: tuple[Cause, ...]
    whole: bool = True  # what eases it, eases it for all that it does not name


def _item(measures: Measures, measure: Measure, item: str, day: date, world: _World) -> _Stand:
    """One of those whom a measure is on: what it is under, and under what that rests on."""
    own = _own(measure, item, day, world)
    if own.code is InForce.NO:
        return own
    for above in _under(measures, measure, frozenset({measure.id})):
        among = item if item in above.named else _REST
        over = _own(above, among, day, world)
        if over.code in (InForce.NO, InForce.CANNOT_SAY):
            return _Stand(over.code, (Cause(why=Why.RESTS_ON, act=above.root.act), *over.causes))
        if over.code is InForce.PARTLY and over.whole:
            own = _Stand(InForce.PARTLY, (*own.causes, *over.causes)) if own.code is InForce.YES else own
    return own


def _own(measure: Measure, item: str, day: date, world: _World) -> _Stand:
    turn = _at(_life(measure.root, measure, item, world), day)
    if turn is None:
        return _Stand(InForce.NO, (Cause(why=Why.NOT_YET, act=measure.root.act),))
    if not turn.holds:
        return _Stand(InForce.NO if turn.holds is False else InForce.CANNOT_SAY, (turn.cause,))
    eased: list[Cause] = []
    for easing in (c for c in measure.changes if c.does is Does.EASE and world.start(c) <= day):
        if not _touches(easing, item, world):
            continue
        held = _at(_life(easing, measure, item, world), day)
        suspends = Action.SUSPENDED in easing.act.action
        if held is not None and held.holds is None:
            return _Stand(InForce.CANNOT_SAY, (held.cause,))
        if held is not None and held.holds:
            cause = Cause(why=Why.EASED, act=easing.act, until=held.cause.until, on=_named(easing))
            if suspends:
                return _Stand(InForce.NO, (cause,))
            eased.append(cause)
        elif held is not None and suspends and held.cause.why is Why.RAN_OUT and not _resumed(measure, item, held, day, world):
            return _Stand(InForce.CANNOT_SAY, (Cause(why=Why.SUSPENSION_OVER, act=easing.act, until=held.cause.until),))
    if eased:
        return _Stand(InForce.PARTLY, (turn.cause, *eased))
    less = [c for c in measure.changes if item == _REST and c.part and _took(c, day, measure, world)]
    if less:
        return _Stand(InForce.PARTLY, (turn.cause, *(Cause(why=Why.LESS, act=c.act) for c in less)), whole=False)
    return _Stand(InForce.YES, (turn.cause,))


def _took(change: Change, day: date, measure: Measure, world: _World) -> bool:
    """True where an act on a part that it does not name still holds."""
    if world.start(change) > day or change.does not in (Does.END, Does.EASE):
        return False
    if change.does is Does.END:
        return measure.id in change.of
    turn = _at(_life(change, measure, _REST, world), day)
    return turn is not None and turn.holds is not False


def _resumed(measure: Measure, item: str, over: _Turn, day: date, world: _World) -> bool:
    """True where an act since the end of a suspension shows that the measure holds again."""
    return any(
        over.day <= world.start(c) <= day and c.does is not Does.IMPOSE and measure.id in c.of and _touches(c, item, world)
        for c in measure.changes
    )


def _named(change: Change) -> tuple[str, ...]:
    return tuple(sorted(change.on))


# --- all of them, and all readings ---


def _mixed(codes: set[InForce]) -> InForce:
    if len(codes) == 1:
        return next(iter(codes))
    return InForce.PARTLY if codes & {InForce.YES, InForce.PARTLY} else InForce.CANNOT_SAY


def _together(stands: Sequence[_Stand]) -> _Stand:
    """How a measure stands for all: what holds, and those for whom it does not."""
    code = _mixed({s.code for s in stands})
    causes = dict.fromkeys(c for s in stands for c in s.causes)
    return _Stand(code, tuple(causes))


def _agreed(measure: Measure, day: date, found: Sequence[_Stand]) -> State:
    """What all readings of the open dates say; where they differ on whether it holds at all, nobody can say."""
    codes = {s.code for s in found}
    one = next((s for s in found if s.code is InForce.PARTLY), found[-1])
    code, causes = one.code, one.causes
    if not (len(codes) == 1 or codes == {InForce.YES, InForce.PARTLY}):
        code, causes = InForce.CANNOT_SAY, (Cause(why=Why.DATE_OPEN, act=_open(measure, day)), *causes)
    heard = [c.act for c in (measure.root, *measure.changes) if (when := begins(c.act)) is None or when.possibly_by(day)]
    by = next((c for c in causes if c.act is not None), None)
    return State(
        in_force=code,
        causes=causes,
        since=None if by is None or by.act is None else begins(by.act),
        until=next((c.until for c in causes if c.until is not None), None),
        heard=heard[-1] if heard else None,
    )


def _open(measure: Measure, day: date) -> Act | None:
    """The act whose date leaves a day open."""
    for change in (measure.root, *measure.changes):
        for when in (begins(change.act), change.act.until):
            if when is not None and when.possibly_by(day) and not when.certainly_by(day):
                return change.act
    return None


# --- a relief ---


def _relief(measures: Measures, measure: Measure, change: Change, day: date) -> State:
    """Whether one easing, or one ending, still holds for those whom it is on."""
    told = sorted(change.on & measure.named) or ([_REST] if change.part else _all(measure))
    found = [
        _together([_relieved(measure, change, item, day, world) for item in told])
        for world in _worlds(measures, measure, asked=False)
    ]
    return _agreed(measure, day, found)


def _relieved(measure: Measure, change: Change, item: str, day: date, world: _World) -> _Stand:
    if world.start(change) > day:
        return _Stand(InForce.NO, (Cause(why=Why.NOT_YET, act=change.act),))
    imposed = _at(_life(measure.root, measure, item, world), day)
    if imposed is not None and imposed.holds is False:
        return _Stand(InForce.YES, (imposed.cause,))
    if change.does is Does.END and change.part:
        return _Stand(InForce.YES, (Cause(why=Why.ENDED, act=change.act),))
    if change.does is Does.EASE:
        held = _at(_life(change, measure, item, world), day)
        assert held is not None
        if held.holds:
            return _Stand(InForce.YES, (held.cause,))
        suspended = Action.SUSPENDED in change.act.action and held.cause.why is Why.RAN_OUT
        if suspended and not _resumed(measure, item, held, day, world):
            return _Stand(InForce.CANNOT_SAY, (Cause(why=Why.SUSPENSION_OVER, act=change.act, until=held.cause.until),))
        if held.holds is False:
            return _Stand(InForce.NO, (held.cause,))
    elif imposed is not None and imposed.holds:
        return _Stand(InForce.NO, (imposed.cause,))
    return _Stand(InForce.CANNOT_SAY, () if imposed is None else (imposed.cause,))
