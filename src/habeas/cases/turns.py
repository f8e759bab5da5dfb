"""One measure, or one easing of it, through time: from when it holds, from when it does not, and by which act.

Dates that leave a day open are tried at both their ends; each reading of them is a world.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from habeas.dates import ONE_DAY, PartialDate
from habeas.nouns import Cause, Change, Does, Measure, Why

REST = ""  # those of a measure that no act names
_OPEN = 8  # dates that leave a day open, up to which all their ends are tried together
_Key = tuple[str, str]


@dataclass(slots=True)
class World:
    """A reading of all dates that leave a day open, and of whom an unnamed part is."""

    starts: Mapping[str, date]
    ends: Mapping[str, date]
    parts: Mapping[str, bool]

    def start(self, change: Change) -> date:
        """The day from which an act holds."""
        return self.starts[change.act.id]

    def end(self, change: Change) -> date | None:
        """The day with which it ends by itself."""
        return self.ends.get(change.act.id)

    def touches(self, change: Change, item: str) -> bool:
        """True where an act is on one of those whom the measure is on."""
        if change.on:
            return item in change.on
        return not change.part or (item != REST and self.parts.get(change.act.id, False))


def worlds(chain: Sequence[Measure], *, asked: bool) -> Iterator[World]:
    """Every reading of the open dates; where there are too many, all at their earliest and all at their latest.

    `asked`: some of those whom the measure names are asked for, so that an unnamed part may be one of them.
    """
    changes = {c.act.id: c for m in chain for c in (m.root, *m.changes)}
    choices = dict(c for change in changes.values() for c in _choices(change, asked=asked))
    for reading in _readings(list(choices.values())):
        told = dict(zip(choices, reading, strict=True))
        yield World(
            starts=_in_order(changes, _dates(told, "start")),
            ends=_dates(told, "end"),
            parts={i: v is True for (sort, i), v in told.items() if sort == "part"},
        )


def _choices(change: Change, *, asked: bool) -> Iterator[tuple[_Key, tuple[date | bool, ...]]]:
    identifier = change.act.id
    yield ("start", identifier), _both(change.act.holds_from)
    if change.act.until is not None:
        yield ("end", identifier), _both(change.act.until)
    if asked and change.part:
        yield ("part", identifier), (False, True)


def _readings(choices: Sequence[tuple[date | bool, ...]]) -> Iterator[tuple[date | bool, ...]]:
    if sum(1 for options in choices if len(options) > 1) <= _OPEN:
        yield from product(*choices)
    else:
        yield tuple(options[0] for options in choices)
        yield tuple(options[-1] for options in choices)


def _dates(told: Mapping[_Key, date | bool], sort: str) -> dict[str, date]:
    return {i: v for (s, i), v in told.items() if s == sort and isinstance(v, date)}


def _both(when: PartialDate | None) -> tuple[date, ...]:
    if when is None:
        return date.min, date.max
    return tuple(dict.fromkeys((when.earliest or date.min, when.latest or date.max)))


def _in_order(changes: Mapping[str, Change], starts: dict[str, date]) -> dict[str, date]:
    """Days of acts, none before that of what it changes."""
    for _ in range(2):  # an act changes an imposition, or an easing of one
        for identifier, change in changes.items():
            starts[identifier] = max([starts[identifier], *(starts[i] for i in change.of if i in starts)])
    return starts


@dataclass(frozen=True, slots=True)
class Turn:
    """From a day on something holds, does not hold, or cannot be told."""

    day: date
    holds: bool | None
    cause: Cause


def turn_on(thing: Change, measure: Measure, item: str, day: date, world: World) -> Turn | None:
    """How an imposition, or an easing, of one of those whom a measure is on stands on a day; None before it begins."""
    turns = _Telling(thing=thing, measure=measure, item=item, world=world).told()
    return next((t for t in reversed(turns) if t.day <= day), None)


def named(change: Change) -> tuple[str, ...]:
    """Whom an act names, in order."""
    return tuple(sorted(change.on))


@dataclass(slots=True, kw_only=True)
class _Telling:
    """The turns of one thing, told act by act."""

    thing: Change
    measure: Measure
    item: str
    world: World
    turns: list[Turn] = field(default_factory=list)
    until: date | None = None
    winding: Change | None = None  # the act that takes it back and leaves time

    def told(self) -> list[Turn]:
        self._begin()
        for change in sorted(self.measure.changes, key=self.world.start):
            if self._heard(change):
                self._pass_on_to(change)
                self._do(change)
        if self.until is not None and self.turns[-1].holds:
            self._run_out()
        return self.turns

    @property
    def _imposed(self) -> bool:
        return self.thing.does is Does.IMPOSE

    def _own(self, change: Change) -> bool:
        return self.thing.act.id in change.of

    def _back(self, change: Change) -> bool:
        """True where an act brings the measure back, and so ends what eased it."""
        return change.does is Does.RESTORE and (self._own(change) or self.measure.id in change.of)

    def _heard(self, change: Change) -> bool:
        """True where an act says something of this: of an imposition, whatever keeps, eases or ends it or an easing of it."""
        if change is self.thing or self.world.start(change) < self.turns[0].day:
            return False
        if self._own(change):
            return change.does is not Does.KEEP or self.world.touches(change, self.item)
        return self._imposed or self._back(change)

    def _begin(self) -> None:
        day, self.until = self.world.start(self.thing), self.world.end(self.thing)
        if self.thing.disputed:
            self.turns.append(Turn(day, None, Cause(why=Why.DISAGREE, act=self.thing.act)))
        else:
            self.turns.append(Turn(day, True, _holding(self.thing, self.until)))

    def _pass_on_to(self, change: Change) -> None:
        """What its end is, where it lies before the next act: it ran out, or that act shows that it had not."""
        day = self.world.start(change)
        if self.until is None or day <= self.until or not self.turns[-1].holds:
            return
        if self.winding is not None or (self._back(change) and (self._imposed or not self._own(change))):
            self._run_out()
        else:
            self.turns.append(Turn(self.until + ONE_DAY, True, Cause(why=Why.KEPT, act=change.act)))
            self.until = day

    def _run_out(self) -> None:
        """Of an imposition nobody can say whether it ran out, unless it was wound down; an easing did."""
        assert self.until is not None
        until, by = self.until, self.winding or self.thing
        day = until if until == date.max else until + ONE_DAY
        if self.winding is None and self._imposed:
            told = PartialDate.of(until) if until < date.max else None
            self.turns.append(Turn(day, None, Cause(why=Why.UNHEARD, until=told)))
        else:
            told = by.act.until or PartialDate.of(until)
            self.turns.append(Turn(day, False, Cause(why=Why.RAN_OUT, act=by.act, until=told)))
        self.until = self.winding = None

    def _do(self, change: Change) -> None:
        if not (self._own(change) or self._back(change)) or not self.world.touches(change, self.item):
            return
        if change.does is Does.EASE:
            return
        if change.disputed:
            self._turn(change, None, Cause(why=Why.DISAGREE, act=change.act))
        elif change.does is Does.KEEP:
            self._keep(change)
        elif change.does is Does.RESTORE and self._imposed:
            self._turn(change, True, _holding(change, self.world.end(change)), self.world.end(change))
        else:
            self._end(change)

    def _turn(self, change: Change, holds: bool | None, cause: Cause, until: date | None = None) -> None:  # noqa: FBT001
        self.turns.append(Turn(self.world.start(change), holds, cause))
        self.until, self.winding = until, None

    def _keep(self, change: Change) -> None:
        if self.turns[-1].holds is False:
            return
        end = self.world.end(change)
        if end is None and self.until is not None:
            end = max(self.until, self.world.start(change))
        self._turn(change, True, _holding(change, end), end)

    def _end(self, change: Change) -> None:
        end = self.world.end(change)
        if self.turns[-1].holds is False:
            return
        if end is not None and change.does is Does.END and self.turns[-1].holds:
            self._turn(change, True, Cause(why=Why.UNTIL, act=change.act, until=change.act.until), end)
            self.winding = change
        else:
            self._turn(change, False, Cause(why=Why.ENDED, act=change.act, on=named(change)))


def _holding(change: Change, until: date | None) -> Cause:
    if until is None:
        return Cause(why=Why.NO_END, act=change.act)
    return Cause(why=Why.UNTIL, act=change.act, until=change.act.until or PartialDate.of(until))
