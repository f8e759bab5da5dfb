"""What was done to a measure, by word or by act: the acts on record, and the relief that deals gave.

Announced, licensed, eased, lifted and delisted are different moves with days of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.check.acts import Acts, acts
from habeas.dates import PartialDate
from habeas.languages import code
from habeas.nouns import Act, Casebook, Leg, Party, Phrase, Said, Side, Step, names_of, say, together

# Claims call this state otherwise than ISO 3166 does.
SAID_AS = {"GB": "UK"}
_IMPOSED = frozenset({"imposed", "reimposed", "extended", "renewed", "amended"})
_RELIEF = frozenset({"announced", "licensed", "eased", "suspended", "lifted", "delisted", "promised"})
_LIFTED = frozenset({"lifted", "delisted"})
_SHOWS_IT = frozenset({"lifted", "delisted", "licensed", "eased", "extended", "renewed", "maintained"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One move: whose (codes of states, as claims say them), on what, what was `said` of it, and what the law did (`acts`).

    `bodies` are ids of those it is on, `counted` of how many people and bodies it is, `law` the ids of the acts on record,
    `numbers` the official numbers of its act and of those that it changes. `said` is None for an act of which the record has
    no word besides. `who`, `what`, `effect` and `done` are there to be shown.
    """

    id: str
    statements: tuple[str, ...]
    actors: frozenset[str]
    topics: frozenset[str]
    bodies: frozenset[str]
    counted: tuple[int, ...]
    acts: frozenset[str]
    law: frozenset[str]
    numbers: frozenset[str]
    act_on: PartialDate | None
    begins: PartialDate | None = None
    until: PartialDate | None = None
    ended_on: PartialDate | None = None
    said: Said | None = None
    said_on: PartialDate | None = None
    who: str = ""
    what: str = ""
    effect: str = ""
    done: str = ""

    def by(self, actor: str) -> bool:
        """True where it is one of a state, by its code as claims say it."""
        return actor in self.actors

    @property
    def days(self) -> list[PartialDate]:
        """The days on which it was spoken of, and on which an act put it into force."""
        found = [d for d in (self.said_on, self.act_on) if d is not None]
        return [d for d in found if d.earliest is not None]  # "by February 2016" is no day of anything

    @property
    def all_days(self) -> list[PartialDate]:
        """Its days, with those from which and until which it holds, and on which it was taken back."""
        return [d for d in (self.act_on, self.said_on, self.begins, self.until, self.ended_on) if d is not None]

    @property
    def stays(self) -> bool:
        """True where its maker says, by word or by act, that the measure stays."""
        return "maintained" in self.acts or self.said is Said.MAINTAINED

    @property
    def gave_nothing(self) -> bool:
        """True of relief that was neither spoken of nor given by an act."""
        return self.said in (Said.NONE, Said.MAINTAINED) and self.acts <= {"none"}

    @property
    def takes_off(self) -> bool:
        """True where an act lifts the measure, or takes somebody off the list."""
        return bool(self.acts & _LIFTED)

    @property
    def shown_on(self) -> list[PartialDate]:
        """The days on which the measure is shown to be in force: by an act on it, or by the word that it stays."""
        if self.stays:
            return self.days
        return [self.act_on] if self.act_on is not None and self.act_on.is_day and self.acts & _SHOWS_IT else []

    @property
    def lifted_on(self) -> date | None:
        """The first day on which it can have been lifted in law."""
        return self.act_on.earliest if self.takes_off and self.act_on is not None else None

    def does(self, action: str) -> bool:
        """True where word or act do what a claim says: `lifted` is any relief but a licence, as the press has it."""
        did = self.acts | ({str(self.said)} if self.said is not None else set())
        if action == "imposed":
            return bool(did & _IMPOSED)
        if action == "licensed":
            return "licensed" in did
        return bool(did & (_RELIEF if action == "eased" else _RELIEF - {"licensed"}))

    @property
    def whose(self) -> Phrase:
        """Whose it is and on what, in words."""
        return say("{who:party}, {what}", who=self.who, what=self.what)

    @property
    def told(self) -> Phrase:
        """In one sentence: whose and on what, what was said of it and what was done, each with its day."""
        return say("{measure}: {done}", measure=self.whose, done=self.done) if self.done else self.whose

    @property
    def step(self) -> Step:
        """As a step of the working."""
        return Step(what=self.whose, result=self.done or say("stays in force"), rests_on=self.statements)


def moves(casebook: Casebook[Any]) -> tuple[Move, ...]:
    """Every relief of a deal, then every act on record; put together once for a casebook."""
    return casebook.once(_put_together)


def _put_together(casebook: Casebook[Any]) -> tuple[Move, ...]:
    known = acts(casebook)
    legs = (leg for deal in casebook.deals.values() for leg in deal.legs if leg.side is Side.RELIEF)
    return (*(of_leg(leg, known) for leg in legs), *(_of_act(act, known) for act in casebook.acts))


def moves_by(casebook: Casebook[Any], *actors: str) -> list[Move]:
    """Those of some states, by their codes as claims say them."""
    return [move for move in moves(casebook) if move.actors.intersection(actors)]


def of_the_act(casebook: Casebook[Any], some: Sequence[Move], *texts: str) -> Sequence[Move]:
    """Of some moves those of the act that a text names by its number, on record or not: no other bears out what it says.

    Of several texts the first that names an act decides; all moves where none does. An act that others than the makers of
    these moves gave is not the one that is told of.
    """
    known = acts(casebook)
    others = frozenset().union(*(m.numbers for m in moves(casebook))) - frozenset().union(*(m.numbers for m in some))
    for text in texts:
        named = known.named_in(text) - others
        if named:
            return [move for move in some if move.numbers & named]
    return some


def of_leg(leg: Leg, known: Acts) -> Move:
    """What one side gave in a deal, as a move."""
    return Move(
        id=leg.id,
        statements=leg.statements,
        actors=_codes(leg.giver),
        topics=frozenset(map(str, leg.topic)),
        bodies=frozenset(leg.body),
        counted=_numbers(leg),
        acts=frozenset({str(leg.effect)}) - {"unknown"},
        law=frozenset(leg.measure),
        numbers=known.numbers(leg.act).union(*(known.by_id.get(act, ()) for act in leg.measure)),
        act_on=leg.act_on,
        until=leg.until,
        ended_on=leg.ended_on,
        said=leg.said,
        said_on=leg.said_on,
        who=names_of(leg.giver),
        what=leg.what,
        effect=code("effect", leg.effect),
        done=_done_in_deal(leg),
    )


def _of_act(act: Act, known: Acts) -> Move:
    actions = together([code("action", a) for a in act.action], ", ")
    return Move(
        id=act.id,
        statements=act.statements,
        actors=_codes((act.authority,)),
        topics=frozenset(map(str, act.topic)),
        bodies=frozenset(act.body),
        counted=_numbers(act),
        acts=frozenset(map(str, act.action)),
        law=frozenset((act.id,)),
        numbers=known.numbers(act.identifier).union(*(known.by_id.get(one, ()) for one in act.changes)),
        act_on=act.date,
        begins=act.begins,
        until=act.until,
        who=act.authority.name,
        what=act.target,
        done=say("{act} of {day}: {effect}", act=act.identifier or say("act"), day=act.date or "", effect=actions),
    )


def _codes(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(SAID_AS.get(party.code, party.code) for party in parties)


def _numbers(record: Act | Leg) -> tuple[int, ...]:
    return tuple(n for n in (record.people, record.bodies) if n is not None)


def _done_in_deal(leg: Leg) -> str:
    rows: list[str] = []
    if leg.said_on is not None and leg.said not in (Said.NONE, Said.MAINTAINED):
        rows.append(say("said {day}: {what}", day=leg.said_on, what=code("said", leg.said)))
    if leg.act_on is not None:
        effect, act = code("effect", leg.effect), leg.act or say("act")
        rows.append(say("{act} of {day}: {effect}", act=act, day=leg.act_on, effect=effect))
    elif leg.said is not Said.MAINTAINED:
        rows.append(say("no act on record"))
    return together(rows, "; ")
