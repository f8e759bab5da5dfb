"""Measures on a day: what was imposed or allowed, and whether it holds, by its own acts alone.

An act may `change` an earlier one: renew it, suspend it, lift it, take it back. A measure is the first act with those
that change it, in order. On a day it is

* *in force* from its act on, until the last `until` on record has passed (*ran out*) or an act ends it;
* *suspended* from an act that says so, as long as its `until` has not passed; after that nothing is assumed;
* *winding down* where an act takes it back but leaves time, *taken back* or *lifted* after that;
* *announced only* where nothing but words is on record.

Where a date leaves open whether an act had come by the day, it cannot be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from habeas.answers.coverage import dated
from habeas.answers.words import word
from habeas.dates import PartialDate, edtf
from habeas.nouns import Act, Answer, Casebook, Phrase, Question, Step, say, say_count, together

IN_FORCE, SUSPENDED, WINDING_DOWN = say("in force"), say("suspended"), say("winding down")
TAKEN_BACK, LIFTED, RAN_OUT = say("taken back"), say("lifted"), say("ran out")
ANNOUNCED, CANNOT_SAY = say("announced only"), say("cannot say")
_HOLDS = frozenset({"imposed", "reimposed", "extended", "renewed", "licensed", "eased"})
_KEEPS = frozenset({"amended", "maintained"})
_ENDS = frozenset({"lifted", "delisted"})


def measures(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `measures`: value is how many are in force on the day; `more` has each with its acts, ids and its end."""
    day = question.as_of.on
    wanted = {p: question.args.get(p, "").casefold() for p in ("authority", "target")}
    rows = []
    for first, *later in _chains(casebook.acts):
        acts = [a for a in (first, *later) if (when := a.date) is None or when.possibly_by(day)]
        if acts and acts[0] is first and _asked(acts, wanted):
            rows.append(_row(acts, day))
    holds = [r for r in rows if r["state"] == IN_FORCE]
    unsure = [r for r in rows if r["state"] == CANNOT_SAY]
    steps = tuple(
        Step(
            what=say("{authority}: {what}", authority=r["authority"], what=r["target"] or r["identifier"]),
            result=_told(r),
            rests_on=tuple(r["rests_on"]),
        )
        for r in rows
    )
    return Answer(
        question=question,
        value=len(holds),
        low=len(holds),
        high=len(holds) + len(unsure),
        sentence=say_count(
            "Of the measures on record by {day} ({all}), {n} is in force by its acts, and of {unsure} it cannot be said.",
            "Of the measures on record by {day} ({all}), {n} are in force by their acts, and of {unsure} it cannot be said.",
            len(holds),
            all=len(rows),
            day=day,
            unsure=len(unsure),
        ),
        steps=steps,
        rests_on=tuple(dict.fromkeys(i for s in steps for i in s.rests_on)),
        more={"measures": rows},
    )


def _chains(found: Sequence[Act]) -> list[list[Act]]:
    """Each first act with those that change it, directly or through another, in order of their days."""
    by_id = {r.id: r for r in found}

    def first(record: Act, met: frozenset[str]) -> list[Act]:
        before = [by_id[i] for c in record.changes if (i := _plain(c)) in by_id and i not in met]
        return [r for b in before for r in first(b, met | {b.id})] if before else [record]

    chains: dict[str, list[Act]] = {}
    for record in sorted(found, key=lambda r: (_day(r), r.id)):
        for root in first(record, frozenset({record.id})):
            chain = chains.setdefault(root.id, [root])
            if record is not root:
                chain.append(record)
    return sorted(chains.values(), key=lambda c: (_day(c[0]), c[0].id))


def _plain(reference: str) -> str:
    return reference.removeprefix("measure:")


def _day(record: Act) -> date:
    when = record.date
    return date.min if when is None else when.latest or when.earliest or date.min


def _asked(acts: Sequence[Act], wanted: dict[str, str]) -> bool:
    """True where the authority, and the target, a name or an official id of one of the acts, are those asked for."""
    if wanted["authority"] not in acts[0].authority.name.casefold():
        return False
    told = [t for a in acts for t in (a.target, a.identifier, *a.name, *a.official_id)]
    return any(wanted["target"] in t.casefold() for t in told) or not wanted["target"]


def state(acts: Sequence[Act], day: date) -> tuple[Phrase, PartialDate | None]:
    """How a measure stands on a day by its acts in order, and until when."""
    found, until = ANNOUNCED, None
    for act in acts:
        when, actions, ends = act.date, set(act.action), act.until
        if when is not None and not when.certainly_by(day) and actions - {"announced"}:
            return CANNOT_SAY, until
        if actions & _HOLDS:
            found, until = IN_FORCE, ends
        elif actions & _KEEPS:
            found, until = IN_FORCE, ends or until
        elif "suspended" in actions:
            found, until = SUSPENDED, ends
        elif "revoked" in actions:
            found, until = (WINDING_DOWN, ends) if ends is not None else (TAKEN_BACK, when)
        elif actions & _ENDS:
            found, until = LIFTED, when
    over = until is not None and until.certainly_before(day)
    if found in (IN_FORCE, SUSPENDED, WINDING_DOWN) and until is not None and not over and not until.possibly_by(day):
        return found, until
    if not over:
        return found, until
    return {IN_FORCE: RAN_OUT, SUSPENDED: CANNOT_SAY, WINDING_DOWN: TAKEN_BACK}.get(found, found), until


def _row(acts: Sequence[Act], day: date) -> dict[str, Any]:
    stands, until = state(acts, day)
    first = acts[0]
    return {
        "measure": first.id,
        "on": edtf(first.date),
        "authority": first.authority.name,
        "identifier": first.identifier,
        "target": first.target,
        "names": list(dict.fromkeys(n for a in acts for n in a.name)),
        "official_ids": list(dict.fromkeys(n for a in acts for n in a.official_id)),
        "state": stands,
        "until": None if until is None else until.text,
        "acts": [
            {
                "measure": a.id,
                "on": edtf(a.date),
                "identifier": a.identifier,
                "action": list(a.action),
                "until": edtf(a.until),
            }
            for a in acts
        ],
        "rests_on": list(dict.fromkeys(i for a in acts for i in a.statements)),
    }


def _told(row: dict[str, Any]) -> Phrase:
    """Its acts in order, and how it stands."""
    acts = together(
        [
            say("{on} {acts}", on=dated(a["on"]), acts=together([word(x) for x in a["action"]], "; "))
            for a in row["acts"]
        ],
        ", ",
    )
    if row["until"] is None or row["state"] in (TAKEN_BACK, LIFTED, CANNOT_SAY):
        return say("{acts}: {state}", acts=acts, state=row["state"])
    return say("{acts}: {state} (until {when})", acts=acts, state=row["state"], when=dated(row["until"]))
