"""Officials named in cases (judge, prosecutor, investigator, head of a prison), joined to their listings and delistings.

A role is an attribution: a source says that somebody held it in a case. An official who is on record in a sentence after
having been taken off a list is a return of what the relief was given for; it is shown, and nothing is concluded from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from habeas.answers.coverage import dated
from habeas.answers.words import word
from habeas.dates import PartialDate, edtf
from habeas.names import compare, fold
from habeas.nouns import Act, Answer, Case, Casebook, Phrase, Question, Step, say, say_count, together

ROLES = ("judge", "prosecutor", "investigator", "prison_head")
_OFF = frozenset({"delisted", "lifted"})


@dataclass(slots=True)
class _Official:
    """Somebody named in cases, with the acts of any day that name them."""

    name: str
    said: list[tuple[str, Case, tuple[str, ...]]] = field(default_factory=list)  # role, case, statements
    acts: list[Act] = field(default_factory=list)


def officials(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `officials`: value is how many are named in cases; `more` has their cases, listings, and acts after a delisting."""
    day = question.as_of.on
    found = casebook.once(_listed)
    rows = sorted((_row(casebook, o, day) for o in found), key=lambda r: (-len(r["cases"]), r["name"]))
    listed = [r for r in rows if r["listings"]]
    again = [r for r in rows if r["after_delisting"]]
    steps = tuple(
        Step(
            what=say("{name}: {roles}", name=r["name"], roles=together([word(role) for role in r["roles"]], ", ")),
            result=say_count("{n} case; {acts}", "{n} cases; {acts}", len(r["cases"]), acts=_told(r)),
            rests_on=tuple(r["rests_on"]),
        )
        for r in rows
    )
    return Answer(
        question=question,
        value=len(rows),
        low=None,
        high=None,
        sentence=say_count(
            "{n} official is named by sources in cases of this book; {listed} of them on record in a sanctions act, and "
            "{again} in a sentence dated after they were taken off a list.",
            "{n} officials are named by sources in cases of this book; {listed} of them are on record in a "
            "sanctions act, and {again} in a sentence dated after they were taken off a list.",
            len(rows),
            listed=len(listed),
            again=len(again),
        ),
        steps=steps,
        rests_on=tuple(dict.fromkeys(i for s in steps for i in s.rests_on)),
        more={"officials": rows},
    )


def _listed(casebook: Casebook[Any]) -> list[_Official]:
    """The officials of all cases, and in which acts each is named."""
    found = _named(casebook)
    for record in casebook.acts:
        for name in record.name:
            for official in found:
                if _same(official.name, name) and record not in official.acts:
                    official.acts.append(record)
    return found


def _named(casebook: Casebook[Any]) -> list[_Official]:
    """The officials of all cases, each once; spellings of one name are one official."""
    by_fold: dict[str, _Official] = {}
    found: list[_Official] = []
    for case in casebook.cases.values():
        for role in ROLES:
            for value in case.attributes.get(role, ()):
                key = fold(value.value)
                official = by_fold.get(key) or next((o for o in found if _same(o.name, value.value)), None)
                if official is None:
                    official = _Official(value.value)
                    found.append(official)
                by_fold[key] = official
                official.said.append((role, case, value.statements))
    return found


def _same(a: str, b: str) -> bool:
    return compare(a, b).sure


def _sentenced(casebook: Casebook[Any], case: Case, named: tuple[str, ...]) -> list[PartialDate]:
    """The days of the sentence that an official is named in: of the same entries, since a person may be sentenced twice.

    Where those give no day, that of the case, if sources agree on it.
    """
    on_record = [s for i in case.statements if (s := casebook.statements.get(i)) is not None]
    entries = {s.subject for s in on_record if s.id in named}
    own = dict.fromkeys(s.value for s in on_record if s.prop == "sentenced" and s.value and s.subject in entries)
    preferred = case.attribute("sentenced")
    if not own and preferred is not None and not preferred.contested:
        return [PartialDate.parse(preferred.value)]
    return [PartialDate.parse(day) for day in own]


def _row(casebook: Casebook[Any], official: _Official, day: date) -> dict[str, Any]:
    listings = [r for r in official.acts if (when := r.date) is None or when.possibly_by(day)]
    off = [
        when.latest
        for r in listings
        if _OFF & set(r.action) and (when := r.date) is not None and when.latest is not None
    ]
    after = []
    for _, case, named in official.said if off else ():
        for sentenced in _sentenced(casebook, case, named):
            if sentenced.earliest is not None and min(off) < sentenced.earliest <= day:
                after.append({"case": case.id, "name": case.label, "sentenced": sentenced.text})
                break
    statements = [i for _, _, ids in official.said for i in ids]
    cases = {c.id: c.label for _, c, _ in official.said}
    return {
        "name": official.name,
        "roles": list(dict.fromkeys(role for role, _, _ in official.said)),
        "cases": [{"case": i, "name": name} for i, name in cases.items()],
        "listings": [
            {
                "measure": r.id,
                "on": edtf(r.date),
                "authority": r.authority.name,
                "action": list(r.action),
                "rests_on": list(r.statements),
            }
            for r in listings
        ],
        "after_delisting": after,
        "rests_on": list(dict.fromkeys((*statements, *(i for r in listings for i in r.statements)))),
    }


def _told(row: dict[str, Any]) -> Phrase:
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
