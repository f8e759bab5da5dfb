"""A measure: an imposition with the acts that change it, and how it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from habeas.dates import PartialDate
from habeas.nouns.phrases import Phrase
from habeas.nouns.records import Act


class InForce(StrEnum):
    """Whether a measure holds on a day; `partly`: but not for all, or not for everything."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    CANNOT_SAY = "cannot_say"


class Does(StrEnum):
    """What an act does to what it changes."""

    IMPOSE = "impose"  # a measure of its own; what it changes is what it rests on
    KEEP = "keep"  # renews, extends, amends: what it changes is in force, until another day where it names one
    EASE = "ease"  # licenses, eases, suspends
    END = "end"  # lifts, delists, takes back; with `until` it leaves time to wind down
    RESTORE = "restore"  # imposes again what was eased or ended


class Why(StrEnum):
    """Why a measure stands as it does."""

    NOT_YET = "not_yet"
    NO_END = "no_end"  # no end is on record
    UNTIL = "until"  # its end has not come
    KEPT = "kept"  # its end has passed, and a later act shows that it had been moved
    EASED = "eased"  # licensed, eased, suspended
    ENDED = "ended"  # by an act
    RAN_OUT = "ran_out"  # an easing or a wind-down, by its own date
    LESS = "less"  # some of those it was imposed on are off, or not under it any more
    RESTS_ON = "rests_on"  # what it rests on does not hold, or cannot be told
    UNHEARD = "unheard"  # its end has passed, and nothing was heard since
    SUSPENSION_OVER = "suspension_over"  # and nothing was heard since
    DATE_OPEN = "date_open"  # a date leaves it open
    DISAGREE = "disagree"  # acts that cannot both be so


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one act does in a measure.

    `of` are the ids of what it changes: the measure itself or an easing of it. `on` are whom and what it names (`body:`,
    `name:`, `id:`), with the parts of bodies; empty where it is on all of what it changes, or on a `part` that it does not
    name. `disputed`: it cannot be so, or another act says otherwise.
    """

    act: Act
    does: Does
    of: tuple[str, ...] = ()
    on: frozenset[str] = frozenset()
    part: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An imposition and what was done to it since, in order of time.

    `named` are those that are told apart in it, `rest`: whether it is on others too. `under` are ids of the measures that
    it rests on: it ends with them.
    """

    id: str
    root: Change
    changes: tuple[Change, ...] = ()
    under: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()
    rest: bool = True

    @property
    def acts(self) -> tuple[Act, ...]:
        """Its acts in order of time, each once."""
        return tuple({c.act.id: c.act for c in (self.root, *self.changes)}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One reason why a measure stands as it does: by which act, until when, and of whom, where it is not on all."""

    why: Why
    act: Act | None = None
    until: PartialDate | None = None
    on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """How a measure, or an easing, stands on a day.

    `since` is the day of the act by which it stands so, `until` its own end, `heard` the last act of the measure by the
    day. `causes` says why; those of `Why.EASED` say what is allowed.
    """

    in_force: InForce
    causes: tuple[Cause, ...] = ()
    since: PartialDate | None = None
    until: PartialDate | None = None
    heard: Act | None = None

    @property
    def allowed(self) -> tuple[Cause, ...]:
        """The easings that hold on the day."""
        return tuple(c for c in self.causes if c.why is Why.EASED)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """An act that no measure takes account of, or not in all: it stays on record; `why` says what is the matter."""

    act: Act
    why: Phrase
