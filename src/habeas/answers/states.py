"""The states a person can be in on a day, and how each counts: the only table by which anybody is inside or not.

`LEVEL` is the whole rule from a state to low, best and high; docs/figures.md prints it, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum
from typing import Literal

from habeas.nouns import Phrase, say


class Level(IntEnum):
    """How sure the record is that a person is in custody: it counts in high, in high and best, or in all three."""

    OUT = 0
    POSSIBLE = 1
    LIKELY = 2
    CERTAIN = 3


LevelText = Literal["certain", "likely", "possible", "out"]
LEVELS: tuple[LevelText, ...] = ("out", "possible", "likely", "certain")  # as answers print them, by level


class State(StrEnum):
    """How a person stands on a day, by all that is on record."""

    HELD = "held"  # seen in custody that day or later, or every exit on record is later
    HELD_DISPUTED = "held_disputed"  # held by the preferred reading of dates that are vague or contradict each other
    LAST_SEEN = "last_seen"  # no exit; the last word is recent, or the term on record still runs
    LAST_SEEN_LONG_AGO = "last_seen_long_ago"  # no exit; the last word is older than the horizon, or off a list since
    PERHAPS_TAKEN = "perhaps_taken"  # the arrest may lie before the day or after it
    PERHAPS_OUT = "perhaps_out"  # an exit is on record that may lie before the day or after it
    PERHAPS_LIMITED = "perhaps_limited"  # another limit took the place of custody on a day that is not on record
    CONTRADICTED = "contradicted"  # what is said of the stay cannot all be so
    DUE_OUT = "due_out"  # the term ran out within the horizon, and nothing was heard since
    LONG_DUE_OUT = "long_due_out"  # the same, longer ago than the horizon
    LIMITED = "limited"  # under another limit: house arrest, a suspended sentence, restricted at home, a fine
    LIMIT_OVER = "limit_over"  # the other limit ran out, or nothing was heard of it for longer than the horizon
    RELEASED = "released"
    DIED = "died"
    ONLY_NAMED = "only_named"  # a list names the person; no source dates custody
    NOT_YET = "not_yet"  # before the first arrest on record


LEVEL: Mapping[State, Level] = {
    State.HELD: Level.CERTAIN,
    State.HELD_DISPUTED: Level.LIKELY,
    State.LAST_SEEN: Level.LIKELY,
    State.LAST_SEEN_LONG_AGO: Level.POSSIBLE,
    State.PERHAPS_TAKEN: Level.POSSIBLE,
    State.PERHAPS_OUT: Level.POSSIBLE,
    State.PERHAPS_LIMITED: Level.POSSIBLE,
    State.CONTRADICTED: Level.POSSIBLE,
    State.DUE_OUT: Level.POSSIBLE,
    State.LONG_DUE_OUT: Level.OUT,
    State.LIMITED: Level.OUT,
    State.LIMIT_OVER: Level.OUT,
    State.RELEASED: Level.OUT,
    State.DIED: Level.OUT,
    State.ONLY_NAMED: Level.OUT,
    State.NOT_YET: Level.OUT,
}

# Of many people at once: as filters, tables and counts call a state.
WORDS: Mapping[State, Phrase] = {
    State.HELD: say("in custody"),
    State.HELD_DISPUTED: say("in custody by the best reading of vague or differing dates"),
    State.LAST_SEEN: say("in custody by the last word; no exit on record"),
    State.LAST_SEEN_LONG_AGO: say("possibly in custody: last word long ago, no exit on record"),
    State.PERHAPS_TAKEN: say("possibly in custody: the arrest may be later"),
    State.PERHAPS_OUT: say("possibly in custody: the exit may be earlier"),
    State.PERHAPS_LIMITED: say("possibly in custody: another limit, its day not on record"),
    State.CONTRADICTED: say("possibly in custody: what is said cannot all be so"),
    State.DUE_OUT: say("due out lately, no word"),
    State.LONG_DUE_OUT: say("due out long ago, no word"),
    State.LIMITED: say("under another limit"),
    State.LIMIT_OVER: say("was under another limit, no word since"),
    State.RELEASED: say("out: released"),
    State.DIED: say("died in custody"),
    State.ONLY_NAMED: say("only named: no source dates custody"),
    State.NOT_YET: say("not yet taken"),
}
