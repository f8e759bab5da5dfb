"""Hidden: how many there are in all, those on no list included, from who is on which independent lists.

Three things are done before anything is estimated. Only lists are used whose window holds the whole period asked about (else
the day), and that look at everybody asked about: of a list that cannot name somebody, not being on it says nothing.
Lists that take names from each other are one witness: each is merged into the origin that its `based_on` names, and
lists of one publisher are one. And people who may be one person, however little that looks so, are put together by chance
again and again, as likely as it is, and the estimate is made anew each time: what that changes is part of the interval. The
lists as linked would say too many: whoever is linked to nobody because little is known of them counts as one more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from habeas.answers.coverage import published
from habeas.answers.evidence import listings
from habeas.answers.shapes.estimates import Hidden, Linkage
from habeas.answers.standing import FOREVER, NEVER, first_and_last
from habeas.dates import PartialDate
from habeas.errors import UsageError
from habeas.estimate import as_json as estimation_json
from habeas.estimate import estimate, relinked
from habeas.estimate.partitions import partitions
from habeas.estimate.shape import EstimateShape
from habeas.nouns import (
    Answer,
    Case,
    Casebook,
    ListInfo,
    OverlapTable,
    Part,
    Phrase,
    Question,
    Step,
    only,
    say,
    say_count,
    together,
)

DRAWS = 40  # times people who may be one are put together
_FEWEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Witnesses:
    """The independent origins, the list ids that each stands for, and the lists left out with the reason."""

    origins: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, str]


def hidden(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `hidden`: the number in all by several methods, or why it cannot be said.

    The value is the median of the methods that can be used, the bounds reach from the lowest to the highest end of
    their intervals, with the uncertainty of who is who in them. Under three independent origins it is refused.
    """
    args = question.args
    span = _span(question)
    seed = int(args.get("seed", "1"))
    group, place = args.get("group", ""), args.get("place", "")
    found = witnesses(casebook, span, group, place)
    people = _people(casebook, found, span, group, place)
    bits = _bits(people, found)
    chances = _chances(casebook, people)
    tables = drawn(bits, found, chances, seed)
    said = estimation_json(estimate(tables[len(tables) // 2], seed=seed))
    linkage: Linkage | None = None
    if chances and said["refused"] is None:
        linkage = {"unsure_pairs": len(chances), **relinked(tables, said["methods"])}
    return _answer(casebook, question, found, people, chances, said, linkage)


def _span(question: Question) -> tuple[date, date]:
    """The first and last day asked about: the day of the question where no period is given."""
    args, on = question.args, question.as_of.on
    try:
        start = PartialDate.parse(args["from"]).earliest if "from" in args else None
        end = PartialDate.parse(args["to"]).latest if "to" in args else None
    except ValueError as error:
        raise UsageError(f"--from and --to take dates: {error}") from None
    last = end or max(on, start or on)
    first = start or min(on, last)
    if first > last:
        raise UsageError(f"--from {first} lies after --to {last}")
    return first, last


def witnesses(casebook: Casebook[Any], span: tuple[date, date], group: str, place: str) -> Witnesses:
    """The independent origins among the lists that look at everybody asked about, over the whole span."""
    usual = Counter(i.covers.place for i in casebook.lists.values() if i.covers.place).most_common(1)
    places = {"", place.casefold(), usual[0][0].casefold() if usual else ""}
    origins: dict[str, list[str]] = {}
    left_out: dict[str, Phrase] = {}
    for identifier, info in casebook.lists.items():
        if _group(info).casefold() not in {"", group.casefold()}:
            why: Phrase | None = say("looks only at {what}", what=info.covers.group)
        elif info.covers.place.casefold() not in places:
            why = say("looks only at {what}", what=info.covers.place)
        else:
            why = _window(info, span)
        origin = origin_of(identifier, casebook.lists) if why is None else None
        if origin is None:
            left_out[identifier] = why or say("takes names from several: {origins}", origins=", ".join(info.based_on))
        else:
            origins.setdefault(origin, []).append(identifier)
    return Witnesses(origins={o: tuple(some) for o, some in origins.items()}, left_out=left_out)


def _window(info: ListInfo, span: tuple[date, date]) -> Phrase | None:
    """Why a list does not look at the whole span; None where it does."""
    window = info.covers.period
    if window is None:
        return say("declares no period")
    if (window.earliest is not None and window.earliest > span[0]) or (
        window.latest is not None and window.latest < span[1]
    ):
        return say("looks only at {what}", what=window)
    return None


def origin_of(identifier: str, lists: Mapping[str, ListInfo]) -> str | None:
    """Where a list's names come from in the end: a publisher, or what `based_on` names; None where from several.

    `based_on` may name a list of the book, what the ids of somebody's lists begin with, a publisher, or somebody whose
    list is not in the book. What stands in brackets or after a comma behind a publisher (a copy, a first notice) does
    not make another one.
    """
    known: dict[str, str] = {}
    for one, info in lists.items():
        if info.publisher:
            known.setdefault(one.partition("-")[0].casefold(), _publisher(info))
    known |= {_publisher(i).casefold(): _publisher(i) for i in lists.values() if i.publisher}

    def ends(one: str, seen: frozenset[str]) -> frozenset[str]:
        info = lists.get(one)
        if info is None or one in seen:
            return frozenset({known.get(one.casefold(), one)})
        if not info.based_on:
            return frozenset({_publisher(info) or one})
        return frozenset().union(*(ends(other, seen | {one}) for other in info.based_on))

    found = ends(identifier, frozenset())
    return next(iter(found)) if len(found) == 1 else None


def _group(info: ListInfo) -> str:
    """The group a list looks at; what follows a colon says which of them it names."""
    return info.covers.group.partition(":")[0].strip()


def _publisher(info: ListInfo) -> str:
    return re.split(r"\s*[(,]", info.publisher, maxsplit=1)[0]


def _people(
    casebook: Casebook[Any], found: Witnesses, span: tuple[date, date], group: str, place: str
) -> dict[str, Case]:
    """The cases that are on a usable list, may have been in custody in the span, and are of the group and place."""
    usable = {identifier for some in found.origins.values() for identifier in some}
    reaches = casebook.once(_reaches)
    begins, ends = (day.toordinal() for day in span)
    kept = {}
    for identifier, case in casebook.cases.items():
        if usable.isdisjoint(case.lists):
            continue
        if group and not _is(case, casebook, "occupation", group, _group):
            continue
        if place and not _is(case, casebook, "prison", place, lambda i: i.covers.place):
            continue
        if any(first <= ends and begins <= last for first, last in reaches[identifier]):
            kept[identifier] = case
    return kept


def _reaches(casebook: Casebook[Any]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Between which days, by number, each spell of a case may have been."""
    horizon = timedelta(days=casebook.book.horizon_days)
    return {i: tuple(_numbered(*first_and_last(s, horizon)) for s in c.spells) for i, c in casebook.cases.items()}


def _numbered(first: date | None, last: date | None) -> tuple[int, int]:
    return NEVER if first is None else first.toordinal(), FOREVER if last is None else last.toordinal()


def _is(case: Case, casebook: Casebook[Any], prop: str, wanted: str, window: Any) -> bool:
    """True where a property of the person says so, or a list that is only of such people names them."""
    folded = wanted.casefold()
    if any(folded in v.value.casefold() for v in case.ever(prop)):
        return True
    return any(folded == window(casebook.lists[i]).casefold() for i in case.lists if i in casebook.lists)


def _bits(people: Mapping[str, Case], found: Witnesses) -> dict[str, int]:
    """The origins that name each person, a bit for each; many people are on the same lists."""
    seen: dict[tuple[str, ...], int] = {}
    bits = {}
    for identifier, case in people.items():
        if case.lists not in seen:
            seen[case.lists] = sum(
                1 << j for j, some in enumerate(found.origins.values()) if not set(some).isdisjoint(case.lists)
            )
        bits[identifier] = seen[case.lists]
    return bits


def overlaps(cells: Iterable[int], found: Witnesses) -> OverlapTable:
    """How many people are on which origins."""
    notes = tuple(
        say_count(
            "{origin} stands for {n} list: {lists}",
            "{origin} stands for {n} lists: {lists}",
            len(some),
            origin=origin,
            lists=", ".join(some[:4]) + (" …" if len(some) > 4 else ""),
        )
        for origin, some in found.origins.items()
        if len(some) > 1
    )
    return OverlapTable(lists=tuple(found.origins), cells=dict(sorted(Counter(cells).items())), notes=notes)


def _chances(casebook: Casebook[Any], people: Mapping[str, Case]) -> list[tuple[str, str, float]]:
    """Pairs of these people that may be one person, each with the odds of it."""
    return [(a, b, odds) for a, b, odds in casebook.once(_told) if a in people and b in people]


def _told(casebook: Casebook[Any]) -> list[tuple[str, str, float]]:
    """The pairs of the book that may be one person, each with the odds of it."""
    home = {m: i for i, case in casebook.cases.items() for m in case.mentions}
    found = ((home.get(a), home.get(b), odds) for a, b, odds in casebook.chances)
    return sorted((a, b, odds) for a, b, odds in found if a is not None and b is not None and a != b)


def _entries(casebook: Casebook[Any]) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """The lists that name each person, one for each entry, with the statements that the entry is on it."""
    told = listings(casebook)
    return {i: tuple((m.split(":", 2)[1], told.get(m, ())) for m in c.mentions) for i, c in casebook.cases.items()}


def drawn(
    on: Mapping[str, int], found: Witnesses, chances: Sequence[tuple[str, str, float]], seed: int
) -> list[OverlapTable]:
    """Tables with those who may be one person put together by chance, the fewest people first; without any, as linked."""
    open_ = {identifier for a, b, _ in chances for identifier in (a, b)}
    base = overlaps((some for identifier, some in on.items() if identifier not in open_), found)
    tables = []
    for groups in partitions(chances, draws=DRAWS if chances else 1, seed=seed):
        cells = Counter(base.cells) + Counter(reduce(or_, (on[one] for one in group)) for group in groups)
        tables.append(replace(base, cells=dict(sorted(cells.items()))))
    return sorted(tables, key=lambda table: table.observed)


def _answer(
    casebook: Casebook[Any],
    question: Question,
    found: Witnesses,
    people: Mapping[str, Case],
    chances: Sequence[tuple[str, str, float]],
    said: EstimateShape,
    linkage: Linkage | None,
) -> Answer:
    group, place = question.args.get("group", ""), question.args.get("place", "")
    used = [i for some in found.origins.values() for i in some]
    rests = [s for i in used for s in casebook.lists[i].statements]
    entries, usable = casebook.once(_entries), frozenset(used)
    listed = [i for person in people for on, told in entries[person] if on in usable for i in told]
    origins = _few(list(found.origins))
    steps = (
        Step(
            what=say("lists that look at the people asked about"),
            result=say("{n:d} of {all:d}", n=len(used), all=len(casebook.lists)),
            rests_on=tuple(rests),
        ),
        Step(
            what=say("independent origins among them"), result=together([only(len(found.origins), "d"), origins], ": ")
        ),
        Step(what=say("people on them"), result=only(len(people)), rests_on=tuple(listed)),
        Step(
            what=say("pairs of these who may be one person, with a chance of one in a hundred or more"),
            result=only(len(chances)),
        ),
        *_with_links(linkage),
        Step(what=say("methods that give a figure"), result=only(len(said["methods"]), "d")),
    )
    low, value, high = _figure(said, linkage)
    more: Hidden = {
        "unit": say("people who were in custody in the period asked, on a list or not"),
        **said,
        "origins": [{"origin": o, "lists": list(some)} for o, some in found.origins.items()],
        "left_out": [{"list": i, "why": why} for i, why in found.left_out.items()],
        "published": [] if group or place else published(casebook, question.as_of.on),
        "linkage": linkage,
    }
    return Answer(
        question=question,
        value=value,
        low=low,
        high=high,
        sentence=_sentence(said, found, len(people), (low, value, high)),
        steps=steps,
        rests_on=(*rests, *listed),  # of lists, and of entries: no two are the same
        more=more,
    )


def _with_links(linkage: Linkage | None) -> Iterator[Step]:
    if linkage is not None:
        yield Step(
            what=say("people on them, those who may be one put together as likely as they are"),
            result=say("{low} to {high}", low=linkage["observed"]["low"], high=linkage["observed"]["high"]),
        )


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")


def _figure(said: EstimateShape, linkage: Linkage | None) -> tuple[int | None, int | None, int | None]:
    """Lowest end, median and highest end over the methods used; nothing where it is refused."""
    with_links = {} if linkage is None else {m["method"]: m for m in linkage["methods"]}
    used = [with_links.get(m["method"], m) for m in said["methods"] if m["diagnostics"]["used"]]
    if said["refused"] is not None or not used:
        return None, None, None
    ends = [(m["low"], m["high"]) for m in used]
    middle = sorted(m["estimate"] for m in used)
    half = len(middle) // 2
    median = middle[half] if len(middle) % 2 else (middle[half - 1] + middle[half]) / 2
    high = None if any(e is None for _, e in ends) else round(max(e for _, e in ends if e is not None))
    return round(min(e for e, _ in ends)), round(median), high


def _too_few(found: Witnesses) -> Phrase:
    """Why fewer than three origins refuse the estimate, with their names."""
    n, names = len(found.origins), _few(list(found.origins))
    if n == 0:
        looks = say("no independent origin of lists looks at everybody asked about, over the whole period")
    elif n == 1:
        looks = say("only one independent origin of lists looks at everybody asked about, over the whole period")
    else:
        looks = say("only {n:d} independent origins of lists look at everybody asked about, over the whole period", n=n)
    parts: dict[str, Part] = {"looks": looks, "origins": names}
    return say("{looks} ({origins}); three are needed", **parts) if names else say("{looks}; three are needed", **parts)


def _sentence(
    said: EstimateShape, found: Witnesses, people: int, figure: tuple[int | None, int | None, int | None]
) -> Phrase:
    low, value, high = figure
    if value is None or low is None:
        return say_count(
            "{n} person is documented by name on these lists; how many there are in all cannot be said: {why}.",
            "{n} people are documented by name on these lists; how many there are in all cannot be said: {why}.",
            people,
            why=_too_few(found) if len(found.origins) < _FEWEST else said["refused"] or "",
        )
    end = say("with no upper end") if high is None else say("to {number}", number=high)
    return say_count(
        "{n} person is documented by name on lists of {origins}; in all there may be about {best} ({low} {end}, over methods "
        "that assume different things).",
        "{n} people are documented by name on lists of {origins}; in all there may be about {best} ({low} {end}, over methods "
        "that assume different things).",
        people,
        origins=say_count("{n} independent origin", "{n} independent origins", len(found.origins)),
        best=value,
        low=low,
        end=end,
    )
