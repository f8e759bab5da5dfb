"""A release: announced is not named, named is not matched, matched is not free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from habeas.answers.announced import Abroad, figure_json, headline, sums, taken_abroad, unnamed, whom
from habeas.answers.case import stands
from habeas.answers.coverage import uncovered
from habeas.answers.freed import freed
from habeas.answers.shapes.trade import Freed, Funnel, OfRelease, PartAbroad, ReleaseAnswer, Sum
from habeas.answers.standing import told as told_state
from habeas.answers.states import LEVELS
from habeas.answers.words import word
from habeas.dates import PartialDate
from habeas.errors import UsageError
from habeas.nouns import (
    Answer,
    Case,
    Casebook,
    EventKind,
    Figure,
    FigureKind,
    Means,
    Phrase,
    Question,
    Release,
    Step,
    only,
    say,
    say_count,
    together,
)


def the_release(casebook: Casebook[Any], identifier: str) -> Release:
    """The release of an id.

    Raises:
        UsageError: there is none; the message names those of the same year.
    """
    identifier = identifier if identifier in casebook.releases else identifier.strip().upper()
    if identifier in casebook.releases:
        return casebook.releases[identifier]
    near = [r for r in casebook.releases if r[:7] == identifier[:7]] or list(casebook.releases)
    raise UsageError(f"there is no release {identifier!r} in this book; there are {', '.join(near[-6:]) or 'none'}")


def matched(casebook: Casebook[Any], release: Release) -> tuple[Case, ...]:
    """The named people whom the book knows from somewhere else than the lists of released people."""
    quiet = {i for i, info in casebook.lists.items() if info.means is Means.RELEASED}
    return tuple(casebook.cases[c] for c in release.named if set(casebook.cases[c].lists) - quiet)


def refused(casebook: Casebook[Any], release: Release) -> tuple[Case, ...]:
    """The named people who, by a source, did not leave."""
    found = []
    for identifier in release.named:
        values = casebook.cases[identifier].attributes.get("refused_in", ())
        if any(v.value.removeprefix("release:") == release.id for v in values):
            found.append(casebook.cases[identifier])
    return tuple(found)


def funnel(casebook: Casebook[Any], release: Release) -> Funnel:
    """Announced, named, matched, taken abroad (`crossed`), stayed: None where nobody gives the figure."""
    announced, stayed, political = (headline(release, k) for k in ("announced", "stayed", "political"))
    abroad = taken_abroad(release, casebook.book.country)
    return {
        "announced": None if announced is None else announced.n,
        "named": len(release.named),
        "matched": len(matched(casebook, release)),
        "crossed": None if abroad is None else abroad.n,
        "stayed": None if stayed is None else stayed.n,
        "political": None if political is None else political.n,
        "refused": len(refused(casebook, release)),
        "disputed": len(release.disputed),
    }


def release(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `release`: value is the number announced; `more` has the funnel, each breakdown, and the people."""
    found = the_release(casebook, question.args.get("id", ""))
    day = question.as_of.on
    counts = funnel(casebook, found)
    abroad = taken_abroad(found, casebook.book.country)
    people, doubted = (
        [_person(casebook, found, casebook.cases[c], day) for c in some] for some in (found.named, found.disputed)
    )
    cannot = uncovered(casebook, day)
    held = _held(people)
    given = freed(casebook, found)
    steps = (
        *_announced(found, abroad),
        *_on_lists(counts, people, doubted),
        Step(
            what=say("of the named, held on {day} by the best reading", day=day),
            result=only(held, "d") if cannot is None else say("cannot say: {why}", why=cannot),
        ),
        *_given(found, counts, given),
    )
    more: ReleaseAnswer = {
        "release": found.id,
        "title": found.title,
        "date": found.when.text,
        "kind": found.kind,
        "status": found.status,
        "note": found.note,
        **counts,
        "taken_abroad": [] if abroad is None else [_part_abroad(f) for f in abroad.parts],
        "unnamed": unnamed(found),
        "political_share": _share(counts["political"], counts["announced"]),
        "held_now": held if cannot is None else None,
        "freed": given,
        "figures": [figure_json(f) for f in found.figures],
        "sums": sums(found),
        "people": people,
        "people_disputed": doubted,
    }
    return Answer(
        question=question,
        value=counts["announced"],
        low=None,
        high=None,
        sentence=_sentence(found, counts, abroad),
        steps=steps,
        rests_on=tuple(dict.fromkeys((*found.statements, *(i for s in steps for i in s.rests_on)))),
        more=more,
    )


def _held(people: Sequence[OfRelease]) -> int:
    """How many are in custody by the best reading."""
    return sum(1 for p in people if p["in_custody"] in ("certain", "likely"))


def _announced(found: Release, abroad: Abroad | None) -> Iterator[Step]:
    """The figures that somebody gave, each breakdown added up, and those taken abroad, where that is a sum."""
    for figure in found.figures:
        if figure.n is not None:
            yield Step(what=_what(figure), result=only(figure.n), rests_on=figure.statements)
    for one in sums(found):
        yield _split(one)
    if abroad is not None and abroad.added:
        yield Step(
            what=say("taken abroad, the parts that lie abroad added up"),
            result=_added(abroad),
            rests_on=tuple(i for f in abroad.parts for i in f.statements),
        )


def _split(one: Sum) -> Step:
    return Step(
        what=say("by {split}: {parts}", split=one["split"], parts=" + ".join(p["what"] for p in one["parts"])),
        result=say(
            "{parts} = {sum:d}{left}",
            parts=" + ".join(str(p["n"]) for p in one["parts"]),
            sum=one["sum"],
            left=_residual(one),
        ),
        rests_on=tuple(one["rests_on"]),
    )


def _on_lists(counts: Funnel, people: Sequence[OfRelease], doubted: Sequence[OfRelease]) -> Iterator[Step]:
    """Of how many a list gives the name, how many are known from elsewhere, and of whom it is not taken to be so."""
    by = tuple(i for p in people for i in p["rests_on"])
    yield Step(what=say("named in lists of this book"), result=only(counts["named"], "d"), rests_on=by)
    yield Step(what=say("matched to cases known from elsewhere"), result=only(counts["matched"], "d"))
    for p in doubted:
        what = say("named by some, not taken so: {name}", name=p["name"])
        yield Step(what=what, result=p["disputed"], rests_on=tuple(p["rests_on"]))


def _share(part: int | None, whole: int | None) -> float | None:
    return round(part / whole, 4) if part is not None and whole else None


def _given(found: Release, counts: Funnel, given: Freed) -> list[Step]:
    """What is known of the unnamed, and what the release gave to the named."""
    due, days, went = given["due_out"], given["forgiven_days"], given["whereabouts"]
    left, share = unnamed(found), _share(counts["political"], counts["announced"])
    named = counts["named"]
    steps = []
    if left is not None:
        what = say("announced and not named here: nothing more can be said of them")
        steps.append(Step(what=what, result=only(left)))
    if share is not None:
        steps.append(Step(what=say("of the announced, confirmed as political cases"), result=only(share, ".1%")))
    if days["of_known"]:
        what = say("of the named whose term is on record, due out within {days} days anyway", days=due["within_days"])
        result = say("{n} of {all}", n=due["people"], all=due["of_known"])
        steps.append(Step(what=what, result=result, rests_on=tuple(given["rests_on"])))
        what = say("days forgiven, of the named whose term is on record ({n} of {all})", n=days["of_known"], all=named)
        steps.append(Step(what=what, result=only(days["total"])))
    if named:
        what = say("where the named went ({n} of {all} known)", n=named - went["unknown"], all=named)
        result = say("{abroad} abroad, {home} at home", abroad=went["abroad"], home=went["at_home"])
        steps.append(Step(what=what, result=result))
    for told in given["conditions"]:
        what = say("of the named, out with a condition: {name}", name=told["name"])
        steps.append(Step(what=what, result=told["condition"], rests_on=tuple(told["rests_on"])))
    return steps


def _what(figure: Figure) -> Phrase:
    """What a figure of a release counts, and who gave it."""
    kind, by = word(figure.figure or FigureKind.ANNOUNCED), figure.by or say("a source")
    if told := whom(figure):
        return say("{kind}: {what}, by {who}", kind=kind, what=told, who=by)
    return say("{kind}, by {who}", kind=kind, who=by)


def _residual(breakdown: Sum) -> str:
    """Where the parts do not make the whole, by how much."""
    residual, whole = breakdown["residual"], breakdown["whole"]
    if not residual or whole is None:
        return ""
    if residual > 0:
        return say(", {n:d} of {all:d} unexplained", n=residual, all=whole)
    return say(", {n:d} more than {all:d}", n=-residual, all=whole)


def _added(abroad: Abroad) -> Phrase:
    """`123 (9 + 114)`, or the number alone where a source counted it."""
    if not abroad.added:
        return only(abroad.n)
    return say("{n} ({parts})", n=abroad.n, parts=together((only(f.n or 0) for f in abroad.parts), " + "))


def _part_abroad(figure: Figure) -> PartAbroad:
    return {
        "destination": list(figure.destination),
        "n": figure.n,
        "by": figure.by,
        "rests_on": list(figure.statements),
    }


def _sentence(found: Release, counts: Funnel, abroad: Abroad | None) -> Phrase:
    if found.status != "executed":
        return say(
            "{release}: {status}; nobody is on record as released in it.", release=found.id, status=word(found.status)
        )

    def said(n: int | None) -> Phrase:
        return say("not on record") if n is None else only(n)

    told = [
        say(
            "{release}: announced {announced}, named here {named}, matched {matched}, taken abroad {abroad}",
            release=found.id,
            announced=said(counts["announced"]),
            named=said(counts["named"]),
            matched=said(counts["matched"]),
            abroad=say("not on record") if abroad is None else _added(abroad),
        )
    ]
    if counts["refused"]:
        told.append(say_count("{n:d} refused to leave", "{n:d} refused to leave", counts["refused"]))
    if counts["disputed"]:
        told.append(
            say_count(
                "{n:d} named by some lists, but not taken to have come out then",
                "{n:d} named by some lists, but not taken to have come out then",
                counts["disputed"],
            )
        )
    return together(told, "; ", ".")


def _membership(casebook: Casebook[Any], found: Release, case: Case) -> list[str]:
    """The statements by which somebody is part of a release."""
    wanted, props = f"release:{found.id}", ("released_in", "refused_in")
    said = ((i, casebook.statements[i]) for i in case.statements)
    return [i for i, statement in said if statement.prop in props and statement.value == wanted]


def _person(casebook: Casebook[Any], found: Release, case: Case, day: date) -> OfRelease:
    where = stands(casebook, case, day)
    return {
        "case": case.id,
        "name": case.label,
        "in_custody": LEVELS[where.level],
        "state": told_state(where),
        "reason": where.reason,
        "disputed": disputed(found, case),
        "rests_on": _membership(casebook, found, case),
    }


def disputed(found: Release, case: Case) -> str:
    """Why the record does not take it that a person named in this release came out in it, or an empty text."""
    if case.id in found.named:
        return ""
    reasons = {
        e.disputed for e in case.events if e.kind is EventKind.RELEASED and e.when.compatible(found.when) and e.disputed
    }
    if reasons:
        return together(sorted(reasons), "; ")
    ends = [s.end.value for s in case.spells if s.end is not None]
    if ends:
        return say("the record takes it that the person came out on {when}", when=PartialDate.parse(ends[-1]))
    return say("no release is taken as having happened")
