"""Measures on a day: which are in force, which partly, which not, and of which nobody can say, by their acts alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from habeas.answers.in_force import WORDS, act_of, allowed, how_it_stands, name_of_body, party, why
from habeas.answers.shapes.trade import Act as ActShape
from habeas.answers.shapes.trade import Left, Measures, MeasureShape
from habeas.cases import keys_of
from habeas.dates import edtf
from habeas.names import fold
from habeas.nouns import (
    Act,
    Answer,
    Casebook,
    InForce,
    LeftOut,
    Measure,
    Phrase,
    Question,
    Step,
    Topic,
    say,
    say_count,
    together,
)
from habeas.vocabulary import actor, meant_by

_HOLDS = (WORDS[InForce.YES], WORDS[InForce.PARTLY])


def measures(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `measures`: value is how many are in force on the day, in full or in part; `more` has each with its acts.

    `target` is a body by any of its names, a topic, the name of a person, or an official id or number; `authority` the code
    or the name of whoever acts. For a body the state is that of the body.
    """
    day, args = question.as_of.on, question.args
    asked = _Asked(casebook, args.get("authority", ""), args.get("target", ""))
    rows = [
        _row(casebook, measure, day, items)
        for measure in casebook.measures
        if (items := asked.of(measure)) is not None and _begun(measure.root.act, day)
    ]
    out = [_left(o) for o in casebook.left_out if asked.takes(o.act) and _begun(o.act, day)]
    counted = {code: sum(1 for r in rows if r["in_force"] == said) for code, said in WORDS.items()}
    holds = counted[InForce.YES] + counted[InForce.PARTLY]
    steps = tuple(_step(r) for r in rows)
    more: Measures = {"measures": rows, "left_out": out}
    return Answer(
        question=question,
        value=holds,
        low=holds,
        high=holds + counted[InForce.CANNOT_SAY],
        sentence=_sentence(question, rows, counted, out),
        steps=steps,
        rests_on=tuple(dict.fromkeys(i for s in steps for i in s.rests_on)),
        more=more,
    )


def _begun(act: Act, day: date) -> bool:
    """True where an act may hold by a day."""
    when = act.holds_from
    return when is None or when.possibly_by(day)


def _step(row: MeasureShape) -> Step:
    return Step(
        what=say(
            "{authority}: {what}", authority=row["authority"], what=row["target"] or row["identifier"] or row["measure"]
        ),
        result=say("{state}: {why}", state=row["in_force"], why=row["why"]) if row["why"] else row["in_force"],
        rests_on=tuple(row["rests_on"]),
    )


def _sentence(
    question: Question, rows: Sequence[MeasureShape], counted: dict[InForce, int], out: Sequence[Left]
) -> Phrase:
    holds = counted[InForce.YES] + counted[InForce.PARTLY]
    said = say_count(
        "Of the measures on record by {day} ({all}), {n} is in force ({partly} of this in part), {no} not, and of {unsure} it "
        "cannot be said.",
        "Of the measures on record by {day} ({all}), {n} are in force ({partly} of them in part), {no} not, and of {unsure} it "
        "cannot be said.",
        holds,
        all=len(rows),
        day=question.as_of.on,
        partly=counted[InForce.PARTLY],
        no=counted[InForce.NO],
        unsure=counted[InForce.CANNOT_SAY],
    )
    if not out:
        return said
    left = say_count(
        "{n} act is left out of this, or of part of it.", "{n} acts are left out of this, or of part of it.", len(out)
    )
    return together([said, left])


class _Asked:
    """Whom and what a question is about."""

    def __init__(self, casebook: Casebook[Any], authority: str, target: str) -> None:
        self._authority, self._target = authority.strip(), target.strip()
        self._code = _actor(self._authority)
        folded = fold(self._target)
        wanted = self._target.casefold()
        topics = {t.value for t in Topic}
        self._topics = {Topic(c) for c in (wanted, *meant_by(self._target)) if c in topics}
        self._bodies = {
            f"body:{b.id}"
            for b in casebook.bodies.values()
            if wanted == b.id or (folded and any(_alike(folded, fold(n)) for n in b.name))
        }
        self._folded, self._pieces = folded, _pieces(self._target)
        self._known = casebook.bodies

    def takes(self, act: Act) -> bool:
        """True where an act is by who is asked for, and on what is."""
        return self._by(act) and (not self._target or self._on(act))

    def of(self, measure: Measure) -> frozenset[str] | None:
        """Those in a measure who are asked for, empty where all of it is; None where it is not asked for."""
        if not self._by(measure.root.act):
            return None
        if not self._target:
            return frozenset()
        named = {i for i in measure.named if i in self._bodies or self._is(i)}
        if named:
            return frozenset(named)
        return frozenset() if any(self._told(a) for a in (measure.root.act, *self._children(measure))) else None

    def _children(self, measure: Measure) -> list[Act]:
        """The acts that change a measure, without those that are measures of their own."""
        return [c.act for c in measure.changes if c.of]

    def _by(self, act: Act) -> bool:
        if not self._authority:
            return True
        return act.authority.code == self._code if self._code else fold(self._authority) in fold(party(act.authority))

    def _on(self, act: Act) -> bool:
        return self._told(act) or bool(self._bodies & keys_of(act, self._known))

    def _told(self, act: Act) -> bool:
        """True where an act is on the topic, the person, the id or the number that is asked for."""
        if self._topics & set(act.topic):
            return True
        numbers = (act.id, act.identifier, *act.official_id)
        return any(map(self._is_number, numbers)) or any(map(self._is_called, act.name))

    def _is(self, item: str) -> bool:
        sort, _, key = item.partition(":")
        return self._is_number(key) if sort == "id" else sort == "name" and self._is_called(key)

    def _is_called(self, name: str) -> bool:
        return bool(self._folded) and _alike(self._folded, fold(name))

    def _is_number(self, number: str) -> bool:
        """True where an id or a number has every piece asked for: `14` is one of EO-14, and `1` is none."""
        return bool(self._pieces) and self._pieces <= _pieces(number)


def _pieces(number: str) -> frozenset[str]:
    """The runs of letters and digits that an id or an official number is made of."""
    return frozenset(re.findall(r"[^\W_]+", number.casefold()))


def _alike(wanted: str, name: str) -> bool:
    """True where every word asked for is a word of the name."""
    return set(wanted.split()) <= set(name.split())


def _actor(text: str) -> str:
    try:
        return actor(text) if text else ""
    except ValueError:
        return ""


def _row(casebook: Casebook[Any], measure: Measure, day: date, items: frozenset[str]) -> MeasureShape:
    state = how_it_stands(casebook, measure, day, items)
    root = measure.root.act
    acts = [a for a in measure.acts if _begun(a, day)]
    return {
        "measure": measure.id,
        "on": edtf(root.date),
        "authority": party(root.authority),
        "identifier": root.identifier,
        "target": root.target,
        "topics": list(root.topic),
        "bodies": [name_of_body(casebook, i) for i in _every(a.body for a in acts)],
        "names": _every(a.name for a in acts),
        "official_ids": _every(a.official_id for a in acts),
        "in_force": WORDS[state.in_force],
        "why": why(casebook, state),
        "allowed": allowed(casebook, state),
        "since": edtf(state.since) or None,
        "until": edtf(state.until) or None,
        "heard": None if state.heard is None else edtf(state.heard.date),
        "rests_on_measures": list(measure.under),
        "acts": [_act(a) for a in acts],
        "rests_on": _every(a.statements for a in acts),
    }


def _every(told: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(one for some in told for one in some))


def _act(act: Act) -> ActShape:
    return {
        "measure": act.id,
        "on": edtf(act.date),
        "begins": edtf(act.begins),
        "identifier": act.identifier,
        "action": list(act.action),
        "until": edtf(act.until),
        "changes": list(act.changes),
        "target": act.target,
    }


def _left(found: LeftOut) -> Left:
    return {
        "act": found.act.id,
        "on": edtf(found.act.date),
        "what": act_of(found.act),
        "why": found.why,
        "rests_on": list(found.act.statements),
    }
