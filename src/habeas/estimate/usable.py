"""Which lists of a table can witness for each other: empty, copied and unconnected ones cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace

from habeas.estimate.tables import without
from habeas.nouns import OverlapTable, say, say_count

FEWEST = 3
FEWEST_SEEN = 30
FEWEST_OVERLAPS = 10
_FEW_OVERLAPS = 25
_BY_CHANCE = 0.01  # a list this unlikely to lie inside another by chance is taken for a part of it
_FEW = {1: say("only one list"), 2: say("only two lists")}
_MERGED_UP_TO = 6  # lists: methods for more let kinds of people explain why one lies in another


@dataclass(frozen=True, slots=True, kw_only=True)
class Usable:
    """The table to estimate from, what was said of its lists, and why nothing can be estimated, or None."""

    table: OverlapTable
    warnings: tuple[str, ...]
    refused: str | None


def usable(table: OverlapTable) -> Usable:
    """Leave out lists without anybody and lists copied from another, and say whether three independent ones are left."""
    warnings: list[str] = []
    for place in reversed(range(len(table.lists))):
        if table.on(place) == 0:
            warnings.insert(0, say("{list} has nobody on it: left out", list=table.lists[place]))
            table = without(table, place)
    contained = _contained(table)
    if len(table.lists) <= _MERGED_UP_TO:
        for place, other in sorted(contained.items(), reverse=True):
            warnings.append(
                say(
                    "everybody on {list} is also on {other}, more than chance explains: taken for a copy of part of it, and "
                    "merged into it",
                    list=table.lists[place],
                    other=table.lists[other],
                )
            )
        for place in sorted(contained, reverse=True):
            table = without(table, place)
        independent = len(table.lists)
    else:
        warnings += [
            say(
                "everybody on {list} is also on {other}, more than chance explains: if it takes its names from there, leave "
                "it out",
                list=table.lists[place],
                other=table.lists[other],
            )
            for place, other in sorted(contained.items())
        ]
        independent = len(table.lists) - len(contained)
    alone = [j for j in range(len(table.lists)) if _shared(table, j) == 0] if len(table.lists) > 1 else []
    warnings += [
        say("nobody on {list} is on any other list: it may look at other people altogether", list=table.lists[j])
        for j in alone
    ]
    refused = _refused(table, independent - len(alone))
    overlaps = _overlaps(table)
    if refused is None and overlaps < _FEW_OVERLAPS:
        warnings.append(
            say_count(
                "only {n} person is on more than one list: every estimate rests on that",
                "only {n} persons are on more than one list: every estimate rests on them",
                overlaps,
            )
        )
    return Usable(table=replace(table), warnings=tuple(warnings), refused=refused)


def _refused(table: OverlapTable, independent: int) -> str | None:
    overlaps = _overlaps(table)
    if table.observed == 0:
        return say("nobody is on any list")
    if independent < FEWEST:
        return say(
            "{lists} can be used; needed are three that do not take names from each other and share people, for with fewer a "
            "copy cannot be told from people who are on none",
            lists=_FEW.get(independent, say("no list")),
        )
    if table.observed < FEWEST_SEEN:
        return say_count(
            "{n} person is on the lists; with fewer than {fewest} any number fits",
            "{n} persons are on the lists; with fewer than {fewest} any number fits",
            table.observed,
            fewest=FEWEST_SEEN,
        )
    if overlaps < FEWEST_OVERLAPS:
        return say_count(
            "{n} person is on more than one list; how many are on none is told by overlaps, and with fewer than {fewest} any "
            "number fits",
            "{n} persons are on more than one list; how many are on none is told by overlaps, and with fewer than {fewest} "
            "any number fits",
            overlaps,
            fewest=FEWEST_OVERLAPS,
        )
    return None


def _overlaps(table: OverlapTable) -> int:
    return sum(n for cell, n in table.cells.items() if cell.bit_count() > 1)


def _shared(table: OverlapTable, place: int) -> int:
    """Persons on the list who are on another, too."""
    return sum(n for cell, n in table.cells.items() if cell >> place & 1 and cell.bit_count() > 1)


def _contained(table: OverlapTable) -> dict[int, int]:
    """Lists that lie inside another beyond chance, each with the smallest such other; of two equal ones, the later."""
    found: dict[int, int] = {}
    order = sorted(range(len(table.lists)), key=lambda j: (table.on(j), -j))
    for place in order:
        for other in order:
            if other in found or other == place or table.on(place) != table.on(place, other):
                continue
            if _by_chance(table, place, other) < _BY_CHANCE:
                found[place] = other
                break
    return found


def _by_chance(table: OverlapTable, place: int, other: int) -> float:
    """How likely all of a list would be on the other if they were on it as often as people of the remaining lists are."""
    pair = 1 << place | 1 << other
    rest = {cell: n for cell, n in table.cells.items() if cell & ~pair}
    size = sum(rest.values())
    share = 0.5 if size == 0 else sum(n for cell, n in rest.items() if cell >> other & 1) / size
    return float(share ** table.on(place))
