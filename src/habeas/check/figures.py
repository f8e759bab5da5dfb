"""What the figures of a release, and published counts, say of a number: the words for them, and a finding that they agree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from habeas.answers.coverage import counted
from habeas.check.desk import Finding, fits, worded
from habeas.check.events import called, read_day
from habeas.languages import code, number
from habeas.nouns import Claim, Count, CountKind, Figure, Phrase, Release, Step, Verdict, only, say, together

_GENERIC = frozenset(
    [
        "people",
        "person",
        "persons",
        "prisoners",
        "prisoner",
        "political",
        "inmates",
        "inmate",
        "detainees",
        "detainee",
        "convicts",
        "of",
        "the",
        "more",
        "others",
        "other",
        "jailed",
        "opposition",
        "individuals",
        "captives",
        "all",
        "hostages",
        "dissidents",
        "activists",
        "belarusian",
        "conscience",
        "figures",
        "citizens",
        "freed",
        "released",
        "pardoned",
        "held",
    ]
)


def generic(value: Mapping[str, Any]) -> bool:
    """True where a count speaks of everybody freed or held, not of journalists, foreigners or the ill."""
    if "group" in value:  # the reader of the language has told
        return not value["group"] and not {"nationality", "parts", "part"} & set(value)
    words = re.findall(r"[a-z]+", str(value.get("what", "")).casefold())
    return not {"nationality", "parts", "part"} & set(value) and set(words) <= _GENERIC


def said(record: Figure | Count) -> Phrase:
    """A figure with its operator, what it counts and who gives it."""
    figure = number(record.n, record.op)
    what = counted(record) if isinstance(record, Count) else record.what
    if not record.by:
        return say("{number} {what}", number=figure, what=what)
    return say("{number} {what} ({by})", number=figure, what=what, by=record.by)


def published(record: Count) -> Phrase:
    """A count as published, with the time it is of."""
    return say("published: {figure}, {day}", figure=said(record), day=record.on or "")


def steps_of(claim: Claim, record: Figure | Count) -> tuple[Step, ...]:
    return (
        Step(what=say("the text says"), result=worded(claim.value)),
        Step(
            what=say("the record says ({kind})", kind=_sort_of_figure(record)),
            result=said(record),
            rests_on=record.statements,
        ),
    )


_COUNTS = {CountKind.STOCK: say("a published count"), CountKind.FLOW: say("a published number of people over a time")}


def _sort_of_figure(record: Figure | Count) -> str:
    if isinstance(record, Figure):
        return code("figure", record.figure) if record.figure is not None else ""
    return _COUNTS[record.kind] if record.kind is not None else ""


def agrees(claim: Claim, release: Release, record: Figure, context: str = "") -> Finding:
    why = say("{release}: {figure}", release=called(release), figure=said(record))
    notes = [x for x in (_another_day(claim, release), context) if x]
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=why,
        steps=steps_of(claim, record),
        rests_on=record.statements,
        context=together(notes, "; ") if notes else "",
    )


def _another_day(claim: Claim, release: Release) -> str:
    """What to add where the text puts a release on the day before or after: news and time zones shift it."""
    when = read_day(str(claim.value.get("date", "")))
    if when is None or not (when.is_day and release.when.is_day) or when.compatible(release.when):
        return ""
    return say("right, but on {day}", day=release.when)


def figures_of(release: Release, *kinds: str) -> list[Figure]:
    """The figures of a release of these kinds (`FigureKind`)."""
    return [r for r in release.figures if r.figure in kinds and r.n is not None]


def fits_record(value: Mapping[str, Any], record: Figure | Count) -> bool:
    n = record.n
    return n is not None and fits(value, n, record.op)


def any_of(numbers: list[int]) -> str:
    return together([only(n) for n in numbers], ", ") if numbers else say("not on record")
