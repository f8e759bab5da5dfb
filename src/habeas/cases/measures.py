"""Measures from acts: each imposition with what changes it, and what cannot be so as problems.

An act that cannot be taken as it stands is left out of the measure and stays on record; where two acts contradict each
other both stay in it, and from their day on nothing is said until a later act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from habeas.dates import PartialDate
from habeas.nouns import Act, Action, Body, Change, Does, LeftOut, Measure, Phrase, Problem, say

DOES: Mapping[Action, Does] = {
    Action.IMPOSED: Does.IMPOSE,
    Action.REIMPOSED: Does.RESTORE,
    Action.EXTENDED: Does.KEEP,
    Action.RENEWED: Does.KEEP,
    Action.AMENDED: Does.KEEP,
    Action.MAINTAINED: Does.KEEP,
    Action.LICENSED: Does.EASE,
    Action.EASED: Does.EASE,
    Action.SUSPENDED: Does.EASE,
    Action.EXPIRED: Does.END,
    Action.LIFTED: Does.END,
    Action.DELISTED: Does.END,
    Action.REVOKED: Does.END,
}
_Refs = Mapping[str, tuple[str, ...]]  # the acts that each act changes, by their ids
_CORRECT = (
    "Correct the date, or what it changes, in events/measures.csv; the act stays on record and counts for nothing"
)


@dataclass(slots=True)
class Chains:
    """The measures of a book, the acts that are in none of them or not in full, and the problems."""

    measures: tuple[Measure, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    problems: tuple[Problem, ...] = ()


def chains(acts: Sequence[Act], bodies: Mapping[str, Body], places: Mapping[str, str]) -> Chains:
    """All measures by the days of their impositions; `places` say where an act stands, by its first statement."""
    return _Chaining(
        acts={a.id: a for a in sorted(acts, key=lambda a: (start(a), a.id))}, bodies=bodies, places=places
    ).done()


def start(act: Act) -> date:
    """The day by which acts are put in order: from which one holds, as late as its date leaves it."""
    when = act.holds_from
    return date.max if when is None else when.latest or when.earliest or date.max


def keys_of(act: Act, bodies: Mapping[str, Body]) -> frozenset[str]:
    """Whom and what an act names: bodies with their parts, people, things by their official ids."""
    called = {name.casefold(): b.id for b in bodies.values() for name in b.name}
    things = [i.casefold() for i in act.official_id]
    named = {i.removeprefix("body:") for i in act.body} | {called[i] for i in things if i in called}
    return frozenset(
        {f"body:{i}" for i in _with_parts(named, bodies)}
        | {f"name:{n.casefold()}" for n in act.name}
        | {f"id:{i}" for i in things if i not in called}
    )


def _with_parts(found: set[str], bodies: Mapping[str, Body]) -> set[str]:
    parts = {b.id for b in bodies.values() if b.id not in found and found & set(b.part_of)}
    return _with_parts(found | parts, bodies) if parts else found


@dataclass(slots=True)
class _Chaining:
    """One making of the chains of a book."""

    acts: Mapping[str, Act]
    bodies: Mapping[str, Body]
    places: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)
    left_out: dict[str, LeftOut] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)

    def done(self) -> Chains:
        refs = {a.id: self._refs(a) for a in self.acts.values()}
        self._numbers()
        for act in self.acts.values():
            self._alone(act, refs[act.id])
        roots = [a for a in self.acts.values() if self._is_root(a, refs) and a.id not in self.left_out]
        measures = [self._measure(root, refs) for root in roots]
        return Chains(tuple(measures), tuple(self.left_out.values()), tuple(self.problems))

    # --- what one act says ---

    def _refs(self, act: Act) -> tuple[str, ...]:
        """The acts that one changes, without those that are not on record or lead back to it."""
        found = []
        for ref in act.changes:
            if ref not in self.acts:
                self._problem(act, "the act that it changes is not on record", value=ref)
            elif self._leads_to(ref, act.id):
                self._problem(act, "it changes an act that changes it", value=ref)
            else:
                found.append(ref)
        return tuple(found)

    def _leads_to(self, ref: str, goal: str) -> bool:
        seen, ahead = set[str](), [ref]
        while ahead:
            here = ahead.pop()
            if here == goal:
                return True
            if here not in seen and here in self.acts:
                seen.add(here)
                ahead += self.acts[here].changes
        return False

    def _alone(self, act: Act, refs: Sequence[str]) -> None:
        """What is wrong with one act: it changes nothing, comes before what it changes, ends before it begins."""
        does = self._does(act)
        if not does:
            self._leave(
                act,
                say("only words: what was announced changes nothing") if act.action else say("it says of no action"),
            )
            return
        changing = does - {Does.IMPOSE} if does != {Does.RESTORE} else set()
        if changing and not refs:
            self._leave(act, say("it changes nothing on record"))
            if not act.changes:
                what = f"{act.action[0]} what? it changes nothing on record"
                self._problem(act, what, do="Name the act that it changes in the column changes", column="changes")
        for ref in refs:
            if _before(act.holds_from, self.acts[ref].holds_from):
                why = say("it comes before {act}, which it changes", act=ref)
                self._leave(act, why)
                self._problem(act, why, value=str(act.holds_from), column="date")
        if _before(act.until, act.holds_from):
            why = say("it ends before it begins")
            self._leave(act, why)
            self.disputed.add(act.id)
            self._problem(act, why, value=str(act.until), column="until")
        if {Does.END, Does.EASE} <= does and keys_of(act, self.bodies):
            why = say("it ends and eases, and does not say which for whom")
            self._leave(act, why)
            self.disputed.add(act.id)
            self._problem(act, why, do="Write it as two rows, each with whom it is on", column="action")

    def _numbers(self) -> None:
        """Acts of one authority that have one official number and are of different days."""
        by_number: dict[tuple[str, str], list[Act]] = {}
        for act in self.acts.values():
            for number in act.identifier.split(";"):
                plain = " ".join(number.casefold().split())
                if any(c.isdigit() for c in plain):
                    by_number.setdefault((act.authority.code, plain), []).append(act)
        for (_, number), same in by_number.items():
            for other in same[1:]:
                if other.date is not None and same[0].date is not None and not other.date.compatible(same[0].date):
                    what = f"it has the official number of {same[0].id}, which is of {same[0].date}"
                    do = "Compare both with their sources, and leave a number that is not on record empty; both count"
                    self._problem(other, what, do=do, column="identifier", value=number)

    # --- chains ---

    def _does(self, act: Act) -> set[Does]:
        return {DOES[a] for a in act.action if a in DOES}

    def _does_in(self, act: Act, root: Act, refs: _Refs) -> set[Does]:
        """What an act does in one measure: to revoke an end brings the measure back, to revoke mere words does nothing."""
        does = self._does(act)
        if does != {Does.END} or Action.REVOKED not in act.action:
            return does
        here = [self.acts[ref] for ref in refs[act.id] if root.id in self._restrictions(ref, refs)]
        undone = [self._does_in(one, root, refs) for one in here]
        if not any(undone):
            return set()
        return {Does.RESTORE} if all(one <= {Does.END} for one in undone) else does

    def _is_root(self, act: Act, refs: _Refs) -> bool:
        does = self._does(act)
        return Does.IMPOSE in does or (does == {Does.RESTORE} and not refs[act.id])

    def _restrictions(self, ref: str, refs: _Refs) -> set[str]:
        """The impositions behind an act."""
        if self._is_root(self.acts[ref], refs):
            return {ref}
        return {r for before in refs[ref] for r in self._restrictions(before, refs)}

    def _things(self, ref: str, refs: _Refs) -> set[str]:
        """What an act that is changed stands for: an imposition, an easing, or those that it changes itself."""
        act = self.acts[ref]
        if self._is_root(act, refs) or Does.EASE in self._does(act):
            return {ref}
        return {t for before in refs[ref] for t in self._things(before, refs)}

    def _measure(self, root: Act, refs: _Refs) -> Measure:
        on = keys_of(root, self.bodies)
        first = Change(act=root, does=Does.IMPOSE, on=on, disputed=root.id in self.disputed)
        changes = self._agreeing(first, self._living(first, self._changes(root, on, refs)))
        rest = not on or _more(root.people, len(root.name)) or _more(root.bodies, len(root.body))
        named = on | frozenset(k for c in changes if c.does is not Does.IMPOSE for k in c.on) if rest else on
        under = {r for ref in refs[root.id] for r in self._restrictions(ref, refs)}
        return Measure(
            id=root.id, root=first, changes=tuple(changes), under=tuple(sorted(under)), named=named, rest=rest
        )

    def _changes(self, root: Act, on: frozenset[str], refs: _Refs) -> list[Change]:
        """What acts do in the measure of one imposition, in order of time."""
        mine: dict[str, Change] = {}
        changes: list[Change] = []
        for act in self.acts.values():
            behind = {r for ref in refs[act.id] for r in self._restrictions(ref, refs)}
            out = act.id in self.left_out and act.id not in self.disputed
            named = self._named(act, on, behind - {root.id})
            if act is root or root.id not in behind or out or named is None:
                continue
            for does in sorted(self._does_in(act, root, refs)):
                change = self._change(act, does, root.id, refs, mine, named)
                mine.setdefault(act.id, change)
                changes.append(change)
        return changes

    def _named(self, act: Act, here: frozenset[str], others: set[str]) -> frozenset[str] | None:
        """Whom an act names of one measure, where it changes several: not those whom only another names; None if nobody."""
        named = keys_of(act, self.bodies)
        elsewhere = frozenset(k for i in others for k in keys_of(self.acts[i], self.bodies)) - here
        left = named - elsewhere
        return left if left or not named else None

    def _change(
        self, act: Act, does: Does, root: str, refs: _Refs, mine: Mapping[str, Change], on: frozenset[str]
    ) -> Change:
        """What an act does in the measure of one imposition."""
        behind = {t for ref in refs[act.id] for t in self._things(ref, refs)}
        things = behind & {root, *(i for i, c in mine.items() if c.does is Does.EASE)}
        part = False
        if does is Does.KEEP and len(self._does(act)) > 1:
            on = frozenset()  # what else the act does says whom it names
        if does in (Does.EASE, Does.END) and not on:
            on, part = _whom(act, () if root in things else [mine[t] for t in sorted(things)])
        if does is Does.EASE or (does is Does.END and act.takes_off):
            things = {root}
        of = () if does is Does.IMPOSE else tuple(sorted(things))
        return Change(act=act, does=does, of=of, on=on, part=part, disputed=act.id in self.disputed)

    def _living(self, root: Change, changes: Sequence[Change]) -> list[Change]:
        """The changes without those that keep or ease what had ended for all before."""
        kept: list[Change] = []
        for change in changes:
            gone = next((c for c in kept if self._ended(c, change, kept)), None)
            if gone is None or change.does not in (Does.KEEP, Does.EASE):
                kept.append(change)
                continue
            why = say("it changes {measure}, which had ended by {act}", measure=root.act.id, act=gone.act.id)
            self._leave(change.act, why)
            self._problem(change.act, why, column="changes")
        return kept

    def _ended(self, by: Change, change: Change, before: Sequence[Change]) -> bool:
        over = by.does is Does.END and by.act.until is None and not by.disputed and not by.part
        if not over or not set(change.of) & set(by.of) or not _before(by.act.holds_from, change.act.holds_from):
            return False
        if by.on and not (change.on and change.on <= by.on):
            return False
        return not any(c.does is Does.RESTORE and start(c.act) >= start(by.act) for c in before)

    def _agreeing(self, root: Change, changes: Sequence[Change]) -> list[Change]:
        """The changes, with those marked that say two things of one day."""
        all_of_them = [root, *changes]
        marked: set[str] = set()
        for i, one in enumerate(all_of_them):
            for other in all_of_them[i + 1 :]:
                if _disagree(one, other):
                    marked |= {one.act.id, other.act.id}
                    what = f"it says of {root.act.id} on {other.act.holds_from} what {one.act.id} says otherwise"
                    do = "Compare both with their sources; from that day nothing is said until a later act"
                    self._problem(other.act, what, do=do)
                    self._leave(one.act, say("{act} says otherwise of the same day", act=other.act.id))
                    self._leave(other.act, say("{act} says otherwise of the same day", act=one.act.id))
        return [replace(c, disputed=True) if c.act.id in marked else c for c in changes]

    # --- problems ---

    def _leave(self, act: Act, why: Phrase) -> None:
        self.left_out.setdefault(act.id, LeftOut(act=act, why=why))

    def _problem(
        self, act: Act, what: str, *, do: str = _CORRECT, value: str | None = None, column: str | None = None
    ) -> None:
        place = next((p for s in act.statements if (p := self.places.get(s))), f"measure:{act.id}")
        found = Problem(
            file=place.partition(", column")[0], what=f"{act.id}: {what}", do=do, value=value, column=column
        )
        if found not in self.problems:
            self.problems.append(found)


def _before(one: PartialDate | None, other: PartialDate | None) -> bool:
    """True where every day that one may mean lies before every day that the other may mean."""
    return one is not None and other is not None and other.earliest is not None and one.certainly_before(other.earliest)


def _more(told: int | None, named: int) -> bool:
    return told is not None and told > named


def _whom(act: Act, eased: Sequence[Change]) -> tuple[frozenset[str], bool]:
    """Whom an act that names nobody is on, and whether that is a part: where it changes easings, those they are on."""
    part = act.part if act.part is not None else bool((act.people or act.bodies) and not eased)
    if part or not eased:
        return frozenset(), part
    on = frozenset(k for e in eased for k in e.on) if all(e.on for e in eased) else frozenset()
    return on, any(e.part for e in eased)


def _disagree(one: Change, other: Change) -> bool:
    """True where two acts of one day cannot both be so: one ends for all or for some what the other keeps for them."""
    if one.act is other.act or (one.does is Does.END) == (other.does is Does.END):
        return False
    ends, holds = (one, other) if one.does is Does.END else (other, one)
    if ends.act.until is not None or ends.part or holds.part or not _same_day(ends.act, holds.act):
        return False
    same = holds.does is Does.IMPOSE or bool(set(ends.of) & set(holds.of))
    return same and (not ends.on or bool(ends.on & holds.on))


def _same_day(one: Act, other: Act) -> bool:
    a, b = one.holds_from, other.holds_from
    return a is not None and b is not None and a.is_day and b.is_day and a.earliest == b.earliest
