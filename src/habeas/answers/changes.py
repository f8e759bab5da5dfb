"""Why a figure changed between two states of knowledge: every person who moved, with one reason each.

The figure is the best reading of `inside`; the contributions of all people add up to its change exactly. A person is
followed through merges and un-merges by the entries of the lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from habeas.answers.joined import heads
from habeas.answers.shapes.people import Moved, Reason, ReasonCode, Side, WasText, WhyChanged
from habeas.answers.standings import Standings, standings
from habeas.answers.states import LEVELS, Level
from habeas.answers.stock import Refused, Stock, bounds_json, stock
from habeas.dates import Clock, PartialDate
from habeas.nouns import Answer, Case, Casebook, Part, Phrase, Question, Spell, Step, coded, only, say, together

# Each reason and what it says, in the order in which it is printed.
REASONS: Mapping[ReasonCode, Phrase] = {
    coded("new"): say("taken since"),
    coded("taken again"): say("taken again since"),
    coded("recognised later"): say("was held already, listed only since"),
    coded("not dated"): say("listed since; when they were taken cannot be said"),
    coded("evidence added"): say("known before; more evidence of custody since"),
    coded("out"): say("came out since"),
    coded("release learned"): say("was out already, learned only since"),
    coded("corrected"): say("a source corrected what it said"),
    coded("withdrawn"): say("withdrawn from the record"),
    coded("redefined"): say("a list says something else of what it holds"),
    coded("identity"): say("decided to be one person, or several"),
    coded("out of sight"): say("nothing new; the evidence has grown old, or the term has run out"),
}


class _Person:
    """One person, or those who were taken for one, in both states of knowledge, and what was said of them in between."""

    __slots__ = ("_change", "after", "before", "case")

    def __init__(self, before: tuple[Case, ...], after: tuple[Case, ...]) -> None:
        self.before, self.after = before, after
        self.case = (after or before)[0]  # that the person is shown as
        self._change: _Change | None = None

    def change(self, before: Casebook[Any], after: Casebook[Any]) -> _Change:
        """What came and what went; looked up when the person first moves."""
        if self._change is None:
            self._change = _change(self, before, after)
        return self._change


@dataclass(frozen=True, slots=True)
class _Change:
    """Whether statements came; whether some went, and others came in their place; and what to show of it.

    `rests_on` are the statements that came or went, or where none did, those of the cases; `off_record` those of them that
    are on record no more.
    """

    added: bool
    gone: bool
    corrected: bool
    rests_on: tuple[str, ...]
    off_record: tuple[str, ...]


def _change(person: _Person, before: Casebook[Any], after: Casebook[Any]) -> _Change:
    old, new = _said_of(person.before), _said_of(person.after)
    added, gone = [i for i in new if i not in old], [i for i in old if i not in new]
    shown = [*added, *gone] or list(new)
    return _Change(
        added=bool(added),
        gone=bool(gone),
        corrected=bool(_of_what(before, gone) & _of_what(after, added)) if gone else False,
        rests_on=tuple(i for i in shown if i in after.statements),
        off_record=tuple(i for i in shown if i not in after.statements) if gone else (),
    )


def _said_of(cases: Sequence[Case]) -> dict[str, None]:
    """The statements that some cases rest on, in order."""
    return dict.fromkeys(i for c in cases for i in c.statements)


def _of_what(casebook: Casebook[Any], statements: Iterable[str]) -> set[tuple[str, str]]:
    """Of which property of which subject some statements speak."""
    return {(s.subject, s.prop) for s in (casebook.statements[i] for i in statements)}


class _Earlier:
    """An earlier casebook; who of it is who in a later one is worked out once, and kept with the later one."""

    def __init__(self, before: Casebook[Any]) -> None:
        self._before = before

    def met(self, after: Casebook[Any]) -> _Met:
        return _Met(tuple(sorted(_people(self._before, after), key=lambda p: (p.case.label, p.case.id))))


class _Met:
    """The people of two casebooks by name, and which of them each case is, in the earlier one and in the later."""

    def __init__(self, people: tuple[_Person, ...]) -> None:
        self._people = people
        self._before = {case.id: at for at, person in enumerate(people) for case in person.before}
        self._after = {case.id: at for at, person in enumerate(people) for case in person.after}

    def moved(self, then: Stock, now: Stock) -> list[tuple[_Person, int]]:
        """Who changed the best reading from one day to another, and by how much, by name."""
        change = Counter(self._after[case.id] for case, where in now.people if where.level >= Level.LIKELY)
        change.subtract(self._before[case.id] for case, where in then.people if where.level >= Level.LIKELY)
        return [(self._people[at], by) for at, by in sorted(change.items()) if by]


def why_changed(before: Casebook[Any], after: Casebook[Any], question: Question) -> Answer:
    """Answer `why-changed`: value is the change of the best reading between two states of knowledge.

    Args:
        before: the casebook as known then. Its day is `question.args["from"]`; that of `after` is the day asked about.

    Where one of the two figures cannot be said, neither can the change: a past with nothing on record is no count of zero.
    """
    first, last = date.fromisoformat(question.args["from"]), question.as_of.on
    then, now = stock(before, first), stock(after, last)
    if isinstance(then, Refused) or isinstance(now, Refused):
        return _cannot_say(question, before, then, now)
    old_courses, new_courses = standings(before), standings(after)
    moved: dict[ReasonCode, list[Moved]] = {}
    was_on, is_on = first.toordinal(), last.toordinal()
    for person, change in after.once(before.once(_Earlier).met).moved(then, now):
        old = [old_courses[c.id].level(was_on) for c in person.before]
        new = [new_courses[c.id].level(is_on) for c in person.after]
        reason = _reason(person, before, after, first, last, change)
        what = person.change(before, after)
        moved.setdefault(reason, []).append(
            {
                "case": person.case.id,
                "name": person.case.label,
                "change": change,
                "was": _level(old),
                "is": _level(new),
                "rests_on": what.rests_on,
                "no_longer_on_record": what.off_record,
            }
        )
    rows = [_row(reason, what, moved[reason]) for reason, what in REASONS.items() if reason in moved]
    change = now.best - then.best
    more: WhyChanged = {"refused": None, "from": _side(then), "to": _side(now), "reasons": rows}
    return Answer(
        question=question,
        value=change,
        low=None,
        high=None,
        sentence=_sentence(then.best, now.best, first, last, rows),
        said=_sentence(then.best, now.best, first, last, rows, brief=True),
        steps=(
            _figure(say("documented by name as in custody on {day}, as known then (best)", day=first), then),
            *(
                Step(
                    what=say("{reason}: {what}", reason=row["reason"], what=row["what"]),
                    result=say("+{more:d} −{fewer:d}", more=row["more"], fewer=row["fewer"]),
                    rests_on=tuple(chain.from_iterable(p["rests_on"] for p in row["people"])),
                )
                for row in rows
            ),
            _figure(say("documented by name as in custody on {day}, as known by the end (best)", day=last), now),
        ),
        rests_on=tuple(chain.from_iterable(p["rests_on"] for row in rows for p in row["people"])),
        more=more,
    )


def _row(reason: ReasonCode, what: Phrase, people: list[Moved]) -> Reason:
    """The people who moved for one reason, and how many more and fewer they make."""
    return {
        "reason": reason,
        "what": what,
        "more": sum(p["change"] for p in people if p["change"] > 0),
        "fewer": -sum(p["change"] for p in people if p["change"] < 0),
        "people": people,
    }


def _side(found: Stock | Refused) -> Side:
    """The figure of one side, ready for JSON."""
    return {"on": found.day.isoformat(), **bounds_json(found)}


def _cannot_say(question: Question, before: Casebook[Any], then: Stock | Refused, now: Stock | Refused) -> Answer:
    """The answer where one of the two figures, or both, cannot be said."""
    refused = then if isinstance(then, Refused) else now
    assert isinstance(refused, Refused)
    if not before.lists and question.as_of.known_by is Clock.RECORDED:
        why = say(
            "Nothing was on record here by {day}, so there is no earlier figure to set against another. Ask with "
            "--known-by published for what was publicly known then.",
            day=then.day,
        )
    elif not before.lists:
        why = say(
            "Of what is on record here nothing was published by {day}, so there is no earlier figure to set against "
            "another.",
            day=then.day,
        )
    else:
        why = say("Cannot say why the figure changed: {why}.", why=refused.why)
    more: WhyChanged = {"refused": why, "from": _side(then), "to": _side(now), "reasons": []}
    return Answer(
        question=question,
        value=None,
        low=None,
        high=None,
        sentence=why,
        steps=(
            _figure(say("documented by name as in custody on {day}, as known then (best)", day=then.day), then),
            _figure(say("documented by name as in custody on {day}, as known by the end (best)", day=now.day), now),
        ),
        rests_on=(),
        more=more,
    )


def _figure(what: Phrase, found: Stock | Refused) -> Step:
    return Step(
        what=what,
        result=say("cannot say: {why}", why=found.why) if isinstance(found, Refused) else only(found.best),
    )


def _people(before: Casebook[Any], after: Casebook[Any]) -> Iterable[_Person]:
    """Cases of both casebooks that share entries, together."""
    same = {case.mentions: case for case in before.cases.values()}
    alike = {case.mentions for case in after.cases.values() if case.mentions in same}
    for case in after.cases.values():
        if case.mentions in alike:
            yield _Person((same[case.mentions],), (case,))
    rest = [[case for case in book.cases.values() if case.mentions not in alike] for book in (before, after)]
    mentions = [case.mentions for case in chain(*rest)]
    home = heads(chain(*mentions), ((one, some[0]) for some in mentions for one in some[1:]))
    groups: dict[str, tuple[list[Case], list[Case]]] = {}
    for side, cases in enumerate(rest):
        for case in cases:
            groups.setdefault(home[case.mentions[0]], ([], []))[side].append(case)
    for old, new in groups.values():
        yield _Person(tuple(old), tuple(new))


def _level(found: Sequence[Level]) -> WasText:
    """How the person stood, by the case that says most; `not on record` where there was none."""
    return LEVELS[max(found)] if found else "not on record"


def _reason(
    person: _Person, before: Casebook[Any], after: Casebook[Any], first: date, last: date, change: int
) -> ReasonCode:
    """The one reason why a person moved."""
    if not person.before:
        return _since_when(person.after, standings(after), first, last)
    if not person.after:
        return "withdrawn"
    if len(person.before) != len(person.after):
        return "identity"
    what = person.change(before, after)
    if what.gone:
        return "corrected" if what.corrected else "withdrawn"
    spells = [spell for c in person.after for spell in c.spells]
    if change < 0:
        return _gone_by(spells, first, last, added=what.added)
    if _taken_after(spells, first):
        return "taken again"
    return "evidence added" if what.added else "redefined"


def _gone_by(spells: Sequence[Spell], first: date, last: date, *, added: bool) -> ReasonCode:
    """Why somebody is counted no more: out on a day after the first, also where it was on record before it came."""
    days = (PartialDate.parse(s.end.value).middle for s in spells if s.end is not None)
    out = [day for day in days if day is not None and day <= last]
    if any(day > first for day in out):
        return "out"
    if not added:
        return "out of sight"
    return "release learned" if out else "evidence added"


def _starts(spells: Iterable[Spell | None]) -> list[PartialDate]:
    return [PartialDate.parse(s.start.value) for s in spells if s is not None and s.start is not None]


def _taken_after(spells: Iterable[Spell | None], first: date) -> bool:
    """True where an arrest certainly lies after a day."""
    return any(s.earliest is not None and s.earliest > first for s in _starts(spells))


def _since_when(cases: Sequence[Case], found: Mapping[str, Standings], first: date, last: date) -> ReasonCode:
    """Whether somebody who was not on record was taken since the first day, or held already then."""
    spells = [found[c.id].standing(last.toordinal()).spell for c in cases]
    if _taken_after(spells, first):
        return "new"
    if any(s.latest is not None and s.latest <= first for s in _starts(spells)):
        return "recognised later"
    seen = [day for s in spells if s is not None for day, _ in s.seen]
    return "recognised later" if any(day <= first for day in seen) else "not dated"


def _sentence(then: int, now: int, first: date, last: date, rows: Sequence[Reason], *, brief: bool = False) -> Phrase:
    """The change in words; `brief` leaves the reasons out."""
    if not rows:
        return say(
            "The figure did not change: {n} documented by name as in custody on {first} and on {last}.",
            n=now,
            first=first,
            last=last,
        )
    parts = [
        say(
            "{people} {what}",
            people=together([only(row["more"], "+,") if row["more"] else "", _fewer(row["fewer"])], ", "),
            what=row["what"],
        )
        for row in rows
        if row["more"] or row["fewer"]
    ]
    said: dict[str, Part] = {"then": then, "first": first, "now": now, "last": last}
    if brief:
        return say("From {then} on {first} to {now} on {last} documented by name as in custody.", **said)
    return say(
        "From {then} on {first} to {now} on {last} documented by name as in custody: {reasons}.",
        **said,
        reasons=together(parts, "; "),
    )


def _fewer(n: int) -> str:
    return say("−{n}", n=n) if n else ""
