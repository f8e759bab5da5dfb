"""Deals: legs by word and by legal act, conditions as stated, and who says it was, or was not, an exchange."""

from __future__ import annotations

from datetime import date
from typing import Any

from habeas.answers.release import funnel
from habeas.dates import PartialDate, days_held
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Deal, Question, Record, Step

# What an act must do to keep a word; a licence lets dealings go on and unblocks nothing.
_KEEPS = {
    "announced": set(),
    "promised": set(),
    "licensed": {"licensed", "eased", "suspended", "lifted", "delisted"},
    "eased": {"licensed", "eased", "suspended", "lifted", "delisted"},
    "suspended": {"suspended", "lifted", "delisted"},
    "lifted": {"lifted", "delisted"},
    "delisted": {"delisted"},
}


def the_deal(casebook: Casebook[Any], identifier: str) -> Deal:
    """The deal of an id.

    Raises:
        UsageError: there is none; the message names some that there are.
    """
    identifier = identifier if identifier in casebook.deals else identifier.strip().upper()
    if identifier in casebook.deals:
        return casebook.deals[identifier]
    raise UsageError(
        f"there is no deal {identifier!r} in this book; there are {', '.join(list(casebook.deals)[-6:]) or 'none'}"
    )


def word_and_act(leg: Record) -> tuple[str, str]:
    """Days between word and legal act, and whether the act does what the word said: yes, no, or cannot say."""
    said_on, act_on = leg.date("said_on"), leg.date("act_on")
    between = ""
    if said_on is not None and act_on is not None:
        between = _between(said_on, act_on)
    said, effect = leg.get("said"), leg.get("effect")
    if effect in ("", "unknown") or said in ("", "none", "announced", "promised"):
        return between, "cannot say"
    if effect == "none":
        return between, "no"
    return between, "yes" if effect in _KEEPS.get(said, {said}) else "no"


def relief_of(deal: Deal) -> list[Record]:
    """The legs that ease a measure, in word or in law; a leg that says "none" is a statement that there was no relief."""
    nothing = ("", "none")
    return [
        leg
        for leg in deal.legs
        if leg.get("side") == "relief" and not (leg.get("said") in nothing and leg.get("effect") in nothing)
    ]


def in_force(leg: Record, day: date) -> tuple[str, str]:
    """Whether what a relief gave holds on a day, by its legal act: yes, no, or cannot say; and why."""
    effect, begun = leg.get("effect"), leg.date("act_on")
    ended, until = leg.date("ended_on"), leg.date("until")
    if effect in ("", "unknown", "none") or begun is None:
        return ("no", "no legal act") if effect == "none" else ("cannot say", "no legal act on record")
    if not begun.possibly_by(day):
        return "no", f"the act is of {begun}"
    for when, what in ((ended, "taken back"), (until, "ran out")):
        if when is not None and when.certainly_by(day):
            return "no", f"{what} {when}"
        if when is not None and when.possibly_by(day):
            return "cannot say", f"{what} {when}"
    if effect == "lapsed":
        return "no", "lapsed"
    return "yes", f"until {until}" if until is not None else "no end on record"


def _between(said_on: PartialDate, act_on: PartialDate) -> str:
    try:
        return str(days_held(said_on, act_on))
    except ValueError:
        return f"-{days_held(act_on, said_on)}"


def leg_json(leg: Record) -> dict[str, Any]:
    """One leg of a deal, ready for JSON."""
    between, keeps = word_and_act(leg)
    return {
        "giver": leg.get("giver"),
        "side": leg.get("side"),
        "what": leg.get("what"),
        "said": leg.get("said"),
        "said_on": leg.get("said_on"),
        "act": leg.get("act"),
        "act_on": leg.get("act_on"),
        "effect": leg.get("effect"),
        "until": leg.get("until"),
        "ended_on": leg.get("ended_on"),
        "days_between": between,
        "act_does_what_was_said": keeps,
        "note": leg.get("note"),
        "rests_on": list(leg.statements),
    }


def _summary(casebook: Casebook[Any], deal: Deal) -> dict[str, Any]:
    counts = [funnel(casebook, casebook.releases[r]) for r in deal.releases if r in casebook.releases]
    announced = [c["announced"] for c in counts if c["announced"] is not None]
    return {
        "deal": deal.id,
        "title": deal.title,
        "date": deal.when.text,
        "status": deal.status,
        "brokers": list(deal.brokers),
        "releases": list(deal.releases),
        "announced": sum(announced) if announced else None,
        "named": sum(c["named"] or 0 for c in counts),
        "relief": [leg_json(leg) for leg in relief_of(deal)],
        "said_for": sum(1 for s in deal.stances if s.get("stance") == "for"),
        "said_against": sum(1 for s in deal.stances if s.get("stance") == "against"),
        "rests_on": list(deal.statements),
    }


def deals(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `deals`: every deal up to the day asked; value is how many were carried out."""
    day = question.as_of.on
    found = [d for d in casebook.deals.values() if d.when.possibly_by(day)]
    rows = [_summary(casebook, d) for d in found]
    done = [r for r in rows if r["status"] == "executed"]
    steps = tuple(
        Step(what=f"{r['deal']}: {r['title']}", result=r["status"].replace("_", " "), rests_on=tuple(r["rests_on"]))
        for r in rows
    )
    return Answer(
        question=question,
        value=len(done),
        low=None,
        high=None,
        sentence=f"{len(done)} deals on record as carried out by {day}, {len(rows) - len(done)} promised or not carried out.",
        steps=steps,
        rests_on=tuple(dict.fromkeys(i for s in steps for i in s.rests_on)),
        more={"deals": rows},
    )


def deal(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `deal`: value is the number of people announced in its releases; legs, conditions and stances in `more`."""
    found = the_deal(casebook, question.args.get("id", ""))
    summary = _summary(casebook, found)
    steps = [
        *(
            Step(
                what=f"{leg.get('giver') or 'a party'} gave: {leg.get('what')}",
                result=_leg_result(leg),
                rests_on=leg.statements,
            )
            for leg in found.legs
        ),
        *(Step(what="condition stated", result=c.get("what"), rests_on=c.statements) for c in found.conditions),
        *(
            Step(
                what=f"{s.get('by')} says it {'was' if s.get('stance') == 'for' else 'was not'} an exchange",
                result=s.get("what"),
                rests_on=s.statements,
            )
            for s in found.stances
        ),
    ]
    people = sorted({c for r in found.releases if r in casebook.releases for c in casebook.releases[r].named})
    more = {
        **summary,
        "note": found.note,
        "legs": [leg_json(leg) for leg in found.legs],
        "conditions": [
            {"what": c.get("what"), "by": c.get("by"), "note": c.get("note"), "rests_on": list(c.statements)}
            for c in found.conditions
        ],
        "stances": [
            {"stance": s.get("stance"), "by": s.get("by"), "what": s.get("what"), "rests_on": list(s.statements)}
            for s in found.stances
        ],
        "people": [{"case": c, "name": casebook.cases[c].label} for c in people],
    }
    sentence = _sentence(found, summary["announced"])
    return Answer(
        question=question,
        value=summary["announced"],
        low=None,
        high=None,
        sentence=sentence,
        steps=tuple(steps),
        rests_on=tuple(dict.fromkeys((*found.statements, *(i for s in steps for i in s.rests_on)))),
        more=more,
    )


def _sentence(found: Deal, announced: int | None) -> str:
    said = [f"{found.id}: {'nobody' if announced is None else f'{announced:,} people'} announced as released"]
    for leg in relief_of(found):
        between, keeps = word_and_act(leg)
        text = f"{leg.get('what')}: said {leg.get('said')}" if leg.get("said") not in ("", "none") else leg.get("what")
        if leg.get("effect") not in ("", "none", "unknown"):
            text += f", {leg.get('effect')} by law" + (f" {between} days later" if between not in ("", "0") else "")
        said.append(text + (" (less than was said)" if keeps == "no" else ""))
    if len(said) == 1:
        said.append("no relief on record")
    return "; ".join(said) + "."


def _leg_result(leg: Record) -> str:
    between, keeps = word_and_act(leg)
    parts = []
    if leg.get("said") and leg.get("said") != "none":
        parts.append(f"said {leg.get('said')} {leg.get('said_on')}".strip())
    if leg.get("act"):
        parts.append(f"act {leg.get('act_on')}: {leg.get('act')} ({leg.get('effect') or 'effect not on record'})")
    if between:
        parts.append(f"{between} days between")
    if keeps == "no":
        parts.append("the act does less than the word")
    return "; ".join(parts) or "no word or act on record"
