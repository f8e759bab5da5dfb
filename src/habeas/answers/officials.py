"""Officials named in cases (judge, prosecutor, investigator, head of a prison), joined to their listings and delistings.

A role is an attribution: a source says that somebody held it in a case. An official who is on record in a sentence after
having been taken off a list is a return of what the relief was given for; it is shown, and nothing is concluded from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from habeas.answers.coverage import dated
from habeas.answers.shapes.trade import DecisionShape, Listing, Officials, SentencedAfter
from habeas.answers.shapes.trade import Official as OfficialShape
from habeas.answers.words import word
from habeas.dates import PartialDate, edtf
from habeas.names import compare, fold
from habeas.nouns import (
    Act,
    Answer,
    Case,
    Casebook,
    Official,
    Phrase,
    Question,
    Spell,
    Step,
    Value,
    say,
    say_count,
    together,
)

ROLES = ("judge", "prosecutor", "investigator", "prison_head")


@dataclass(slots=True)
class _Official:
    """Somebody named in cases, with the acts of any day that name them."""

    name: str
    known: Official | None = None  # as officials.csv has it
    said: list[tuple[str, Case, Spell | None, tuple[str, ...]]] = field(
        default_factory=list
    )  # role, case, spell, statements
    acts: list[Act] = field(default_factory=list)

    def is_called(self, name: str) -> bool:
        """True where a name surely is one of this official's, or is the id."""
        if self.known is None:
            return _same(self.name, name)
        return name == self.known.id or any(_same(own, name) for own in self.known.name)


def officials(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `officials`: value is how many are on record; `more` has their posts, decisions, listings, and acts after a delisting."""
    day = question.as_of.on
    found = casebook.once(_listed)
    rows = sorted((_row(casebook, o, day) for o in found), key=lambda r: (-len(r["cases"]), r["name"]))
    listed = [r for r in rows if r["listings"]]
    again = [r for r in rows if r["after_delisting"]]
    named = sum(1 for r in rows if r["cases"])
    steps = tuple(
        Step(
            what=say(
                "{name}: {roles}",
                name=r["name"],
                roles=together([word(role) for role in r["roles"] or r["posts"]], ", "),
            )
            if r["roles"] or r["posts"]
            else together([r["name"]]),
            result=say_count("{n} case; {acts}", "{n} cases; {acts}", len(r["cases"]), acts=_told(r)),
            rests_on=tuple(r["rests_on"]),
        )
        for r in rows
    )
    more: Officials = {"officials": rows}
    return Answer(
        question=question,
        value=len(rows),
        low=None,
        high=None,
        sentence=say_count(
            "{n} official is on record in this book: {named} named by sources in cases, {listed} in a sanctions act, and "
            "{again} in a sentence dated after they were taken off a list.",
            "{n} officials are on record in this book: {named} named by sources in cases, {listed} in a sanctions act, and "
            "{again} in a sentence dated after they were taken off a list.",
            len(rows),
            named=named,
            listed=len(listed),
            again=len(again),
        ),
        steps=steps,
        rests_on=tuple(dict.fromkeys(i for s in steps for i in s.rests_on)),
        more=more,
    )


def _listed(casebook: Casebook[Any]) -> list[_Official]:
    """The officials of all cases, and in which acts each is named."""
    found = _named(casebook)
    for record in casebook.acts:
        for name in record.name:
            for official in found:
                if official.is_called(name) and record not in official.acts:
                    official.acts.append(record)
    return found


def _named(casebook: Casebook[Any]) -> list[_Official]:
    """The officials on record and those of all cases, each once; spellings of one name are one official.

    A name that two officials on record bear is neither's: only an id tells them apart.
    """
    by_fold: dict[str, _Official] = {}
    found = [_Official(o.name[0] if o.name else o.id, known=o) for o in casebook.officials]
    for case, spell, role, value in _roles(casebook):
        key = fold(value.value)
        official = by_fold.get(key) or _one_called(found, value.value)
        if official is None:
            official = _Official(value.value)
            found.append(official)
        by_fold[key] = official
        official.said.append((role, case, spell, value.statements))
    return found


def _one_called(found: Sequence[_Official], name: str) -> _Official | None:
    """The official that a name or an id stands for, if it is one."""
    by_id = [o for o in found if o.known is not None and o.known.id == name]
    called = by_id or [o for o in found if o.is_called(name)]
    return called[0] if len(called) == 1 else None


def _roles(casebook: Casebook[Any]) -> Iterator[tuple[Case, Spell | None, str, Value]]:
    """Every role that a source names, with the spell it was held in, where one is on record."""
    for case in casebook.cases.values():
        for spell in case.spells or (None,):
            for role in ROLES:
                for value in case.attributes.get(role, ()) if spell is None else spell.facts.get(role, ()):
                    yield case, spell, role, value


def _same(a: str, b: str) -> bool:
    return compare(a, b).sure


def _sentenced(casebook: Casebook[Any], case: Case, spell: Spell | None, named: tuple[str, ...]) -> list[PartialDate]:
    """The days of the sentence that an official is named in: of the same entries, since a person may be sentenced twice.

    Where those give no day, that of the spell, if sources agree on it.
    """
    on_record = [s for i in case.statements if (s := casebook.statements.get(i)) is not None]
    entries = {s.subject for s in on_record if s.id in named}
    own = dict.fromkeys(s.value for s in on_record if s.prop == "sentenced" and s.value and s.subject in entries)
    preferred = case.of(spell, "sentenced")[:1]
    if not own and preferred and not preferred[0].contested:
        return [PartialDate.parse(preferred[0].value)]
    return [PartialDate.parse(day) for day in own]


def _row(casebook: Casebook[Any], official: _Official, day: date) -> OfficialShape:
    listings = [act for act in official.acts if act.date is None or act.date.possibly_by(day)]
    rests = [i for ids in (*(ids for *_, ids in official.said), *(act.statements for act in listings)) for i in ids]
    cases = {c.id: c.label for _, c, *_ in official.said}
    # One whom only cases name is on record by nothing but the name.
    known = official.known or Official(id="", name=(official.name,), statements=(), sources=())
    return {
        "id": known.id or None,
        "name": official.name,
        "names": list(known.name),
        "posts": list(map(str, known.post)),
        "title": known.title,
        "body": list(known.body),
        "country": known.country,
        "from": edtf(known.from_),
        "to": edtf(known.to),
        "roles": list(dict.fromkeys(role for role, *_ in official.said)),
        "decisions": [_decision(*said) for said in official.said],
        "cases": [{"case": i, "name": name} for i, name in cases.items()],
        "listings": [_listing(act) for act in listings],
        "after_delisting": _after_delisting(casebook, official, listings, day),
        "rests_on": list(dict.fromkeys((*known.statements, *rests))),
    }


def _listing(act: Act) -> Listing:
    """An act that names an official."""
    return {
        "measure": act.id,
        "on": edtf(act.date),
        "authority": act.authority.name,
        "action": list(act.action),
        "rests_on": list(act.statements),
    }


def _after_delisting(
    casebook: Casebook[Any], official: _Official, listings: Sequence[Act], day: date
) -> list[SentencedAfter]:
    """The sentences dated after the official was taken off a list, one for each role."""
    off = _taken_off(listings)
    found: list[SentencedAfter] = []
    for _, case, spell, named in official.said if off is not None else ():
        days = _sentenced(casebook, case, spell, named)
        later = next((s for s in days if s.earliest is not None and off is not None and off < s.earliest <= day), None)
        if later is not None:
            found.append({"case": case.id, "name": case.label, "sentenced": later.text})
    return found


def _taken_off(listings: Iterable[Act]) -> date | None:
    """The first day by which an act that takes somebody off a list held."""
    days = (act.holds_from.latest for act in listings if act.holds_from is not None and act.takes_off)
    return min((day for day in days if day is not None), default=None)


def _decision(role: str, case: Case, spell: Spell | None, statements: tuple[str, ...]) -> DecisionShape:
    """A role in one stretch in custody, with the sentence on record of it."""
    sentenced = case.of(spell, "sentenced")[:1]
    sentence = None if spell is None else spell.sentence
    return {
        "case": case.id,
        "name": case.label,
        "spell": None if spell is None else case.spells.index(spell) + 1,
        "role": role,
        "sentenced": sentenced[0].value if sentenced else None,
        "sentence": None if sentence is None else sentence.value,
        "rests_on": list(statements),
    }


def _told(row: OfficialShape) -> Phrase:
    told = [
        say(
            "{acts} by {authority} {on}",
            acts=together([word(a) for a in x["action"]], "; "),
            authority=x["authority"],
            on=dated(x["on"]),
        )
        for x in row["listings"]
    ]
    if row["after_delisting"]:
        n = len(row["after_delisting"])
        told.append(say_count("{n} sentence after being taken off", "{n} sentences after being taken off", n))
    return together(told, "; ") if told else say("in no act on record")
