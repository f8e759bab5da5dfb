"""Conditions of a deal as questions on the ledger: met, not met, or cannot say, on any day.

A condition is text as stated; where the book gives it a `test`, the record can be asked:

* `all_released`: not met where anybody is certainly in custody; met only where a list that claims to hold everybody, of
  about that day, leaves nobody;
* `no_new_arrests`: not met where an arrest certainly lies between the deal and the day; met only where lists cover the
  whole span, one of them claims to hold everybody, and they have had their time to name who was taken;
* `no_expulsion`: not met where somebody of the release was expelled; that somebody was taken abroad does not say whether
  against the person's will, so that cannot say.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from habeas.answers.coverage import covering, is_whole
from habeas.answers.dated import arrests
from habeas.answers.lag import maturity
from habeas.answers.standing import Level
from habeas.answers.stock import stock
from habeas.dates import Span
from habeas.nouns import Casebook, Condition, ConditionTest, Deal, Phrase, say, say_count

MET, NOT_MET, CANNOT_SAY = say("met"), say("not met"), say("cannot say")


def kept(casebook: Casebook[Any], deal: Deal, condition: Condition, day: date) -> dict[str, Any]:
    """One condition on one day, ready for JSON: `what`, `by`, `test`, `kept`, `why`, `rests_on`."""
    test = condition.test
    verdict, why, rests = _asked(casebook, deal, test, day)
    return {
        "what": condition.what,
        "by": condition.by,
        "test": test or "",
        "kept": verdict,
        "why": why,
        "rests_on": list(dict.fromkeys((*condition.statements, *rests))),
    }


def _asked(
    casebook: Casebook[Any], deal: Deal, test: ConditionTest | None, day: date
) -> tuple[Phrase, Phrase, Sequence[str]]:
    if test is ConditionTest.ALL_RELEASED:
        return _all_released(casebook, day)
    if test is ConditionTest.NO_NEW_ARRESTS:
        return _no_new_arrests(casebook, deal, day)
    if test is ConditionTest.NO_EXPULSION:
        return _no_expulsion(casebook, deal)
    return CANNOT_SAY, say("the record cannot be asked about it"), ()


def _all_released(casebook: Casebook[Any], day: date) -> tuple[Phrase, Phrase, Sequence[str]]:
    found = stock(casebook, day)
    certain = [s.spell for _, s in found.people if s.level is Level.CERTAIN and s.spell is not None]
    if found.low:
        return (
            NOT_MET,
            say_count(
                "{n} person is certainly in custody that day", "{n} people are certainly in custody that day", found.low
            ),
            [i for s in certain for i in s.statements],
        )
    if found.high == 0 and is_whole(covering(casebook, day), day):
        return MET, say("a list that claims to hold everybody leaves nobody"), ()
    return CANNOT_SAY, say("nobody is certainly in custody that day, and no list claims to hold everybody"), ()


def _no_new_arrests(casebook: Casebook[Any], deal: Deal, day: date) -> tuple[Phrase, Phrase, Sequence[str]]:
    begun = deal.when.latest
    if begun is None or day <= begun:
        return CANNOT_SAY, say("the day of the deal is not on record, or has not come"), ()
    taken = arrests(casebook, Span(begun, day + timedelta(days=1)))
    if taken:
        rests = [i for spell in taken if spell.start is not None for i in spell.start.statements]
        why = say_count(
            "{n} arrest since {day} is documented", "{n} arrests since {day} are documented", len(taken), day=begun
        )
        return NOT_MET, why, rests
    lists = covering(casebook, day)
    if is_whole(lists, day) and covering(casebook, begun) and maturity(casebook).covers(day):
        return MET, say("no arrest since is documented, and lists have had their time to name them"), ()
    return CANNOT_SAY, say("no arrest since is documented, but lists name people later, or hold only some"), ()


def _no_expulsion(casebook: Casebook[Any], deal: Deal) -> tuple[Phrase, Phrase, Sequence[str]]:
    named = [casebook.cases[c] for r in deal.releases if r in casebook.releases for c in casebook.releases[r].named]
    kinds = [s.exit_kind for c in named for s in c.spells if s.exit_kind is not None]
    expelled = [k for k in kinds if k.value == "expelled"]
    if expelled:
        return (
            NOT_MET,
            say_count(
                "{n} of the named is on record as expelled", "{n} of the named are on record as expelled", len(expelled)
            ),
            [i for k in expelled for i in k.statements],
        )
    abroad = [
        s.taken_to
        for c in named
        for s in c.spells
        if s.taken_to is not None and s.taken_to.value != casebook.book.country
    ]
    if abroad:
        return (
            CANNOT_SAY,
            say_count(
                "{n} of the named was taken abroad; whether against the person's will is not on record",
                "{n} of the named were taken abroad; whether against their will is not on record",
                len(abroad),
            ),
            [i for t in abroad for i in t.statements],
        )
    return CANNOT_SAY, say("how the named left is not on record"), ()
