"""Who was released and who stayed: shares of groups that came out in a release, set against the others'.

Only people who were on record as inside *before* the release are compared, by evidence older than it: somebody known only
because he came out says nothing of who was chosen, and an exit is the best proof that one was inside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from habeas.answers.course import courses
from habeas.answers.release import funnel, matched, the_release
from habeas.answers.standing import Level
from habeas.dates import PartialDate
from habeas.errors import UsageError
from habeas.nouns import Answer, Case, Casebook, Means, Public, Question, Step

FEWEST_IN_GROUP, FEWEST_RELEASED, FEWEST_IN_PUBLIC = 10, 5, 3
INSIDE = {"best": Level.LIKELY, "possible": Level.POSSIBLE}
LONG_HELD = 730
FAMOUS = 3  # lists
PROPERTIES = {"charge": ("article", "charge"), "occupation": ("occupation",), "sex": ("sex",)}


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """Somebody inside on the eve: the case, since when, on how many lists by then, and whether he came out."""

    case: Case
    since: date | None
    lists: int
    out: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """How many of a group came out, and how many of the others."""

    released: int
    of: int
    others_released: int
    others: int

    @classmethod
    def of_those(cls, among: Sequence[_Held], belongs: Iterable[bool]) -> _Table:
        counted = Counter((mine, h.out) for h, mine in zip(among, belongs, strict=True))
        mine, others = (counted[at, True] + counted[at, False] for at in (True, False))
        return cls(counted[True, True], mine, counted[False, True], others)


def selectivity(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `selectivity`: value is how many of those on record as inside on the eve came out in a release.

    Raises:
        UsageError: there is no such release, or its day is not known.
    """
    found = the_release(casebook, question.args.get("id", ""))
    level = question.args.get("inside", "best")
    if level not in INSIDE:
        raise UsageError(f"--inside takes {' or '.join(INSIDE)}, not {level!r}")
    day = found.when.earliest
    if day is None:
        raise UsageError(f"the day of {found.id} has no earliest bound: nobody can be said to be inside before it")
    try:
        held = _held(casebook, found.id, day, INSIDE[level])
        rows = _compared(casebook, held, day)
    except ImportError as missing:
        raise UsageError(f"`ask selectivity` needs {missing.name}: pip install 'habeas[estimate]'") from None
    out = sum(h.out for h in held)
    named = set(found.named)
    announced = funnel(casebook, found)["announced"]
    told = [r for r in rows if r["refused"] is None]
    apart = [r for r in told if r["low"] > 1 or (r["high"] is not None and r["high"] < 1)]
    statements = tuple(dict.fromkeys(i for h in held for s in h.case.spells for i in s.statements))
    steps = (
        Step(
            what=f"on record as inside on the eve, by evidence before {day}",
            result=f"{len(held):,}",
            rests_on=statements,
        ),
        Step(what="of them came out in this release", result=f"{out:,}"),
        Step(
            what="named in the release, but not on record as inside before it: not compared",
            result=f"{len(named) - out:,}",
        ),
        Step(
            what="announced, but named by nobody here: some of them may be among those who seem to have stayed",
            result="cannot say" if announced is None else f"{max(0, announced - len(named)):,}",
        ),
        Step(what="comparisons made", result=f"{len(told)}; one in twenty would stand out by chance alone"),
        Step(what="comparisons refused", result=str(len(rows) - len(told))),
    )
    return Answer(
        question=question,
        value=out,
        low=None,
        high=None,
        sentence=_sentence(found.id, held, told, apart),
        steps=steps,
        rests_on=tuple(dict.fromkeys((*found.statements, *statements))),
        more={
            "release": found.id,
            "inside": level,
            "unit": "people documented by name here as inside on the eve, a sample",
            "held": len(held),
            "released": out,
            "comparisons": rows,
            "fame": f"on {FAMOUS} or more lists published before the release that are not lists of released people",
        },
    )


def _held(casebook: Casebook[Any], release: str, day: date, level: Level) -> list[_Held]:
    """Who was inside on the eve by evidence before it, at least at a level."""
    quiet = {i for i, info in casebook.lists.items() if info.means in (Means.RELEASED, Means.DIED)}
    known = {c.id for c in matched(casebook, casebook.releases[release])}
    named = set(casebook.releases[release].named)
    eve = day - timedelta(days=1)
    before = frozenset(
        i for i, info in casebook.lists.items() if i not in quiet and _published_before(info.published, day)
    )
    at, found = eve.toordinal(), []
    for course in courses(casebook).values():
        case = course.case
        if case.id in named and case.id not in known:
            continue
        told, spell = course.known_then(at)
        if spell is None or told < level:
            continue
        start = None if spell.start is None else PartialDate.parse(spell.start.value).middle
        found.append(_Held(case, start, len(before.intersection(case.lists)), case.id in named))
    return found


def _published_before(when: PartialDate | None, day: date) -> bool:
    return when is not None and when.certainly_before(day)


def _compared(casebook: Casebook[Any], held: list[_Held], day: date) -> list[dict[str, Any]]:
    """Every group against the others of whom the same is known, the largest groups first."""
    rows = []
    for facet, properties in PROPERTIES.items():
        rows += _by_value(casebook, facet, {h: _values(h.case, properties) for h in held})
    country = casebook.book.country.upper()

    def foreign(h: _Held) -> bool:
        nationality = h.case.attribute("nationality")
        return nationality is not None and nationality.value.upper() != country

    dated = [h for h in held if h.since is not None]
    famous = [h.lists >= FAMOUS for h in held]
    rows.append(
        _row(casebook, "nationality", "foreign nationality on record", _Table.of_those(held, map(foreign, held)))
    )
    rows.append(_row(casebook, "fame", f"on {FAMOUS} or more lists", _Table.of_those(held, famous)))
    long = [_days(h, day) >= LONG_HELD for h in dated]
    rows.append(_row(casebook, "time served", "held two years or longer", _Table.of_those(dated, long)))
    return rows


def _days(held: _Held, day: date) -> int:
    return 0 if held.since is None else (day - held.since).days


def _by_value(casebook: Casebook[Any], facet: str, values: Mapping[_Held, tuple[str, ...]]) -> list[dict[str, Any]]:
    """A row for each value; of two that mirror each other (male, female) the smaller group only."""
    known = [h for h, found in values.items() if found]
    sizes = Counter(value for h in known for value in values[h])
    out = Counter(value for h in known if h.out for value in values[h])
    names = sorted(sizes, key=lambda v: (-sizes[v], v))
    if len(names) == 2 and sum(sizes.values()) == len(known):
        names = names[1:]
    freed = sum(h.out for h in known)
    tables = {n: _Table(out[n], sizes[n], freed - out[n], len(known) - sizes[n]) for n in names}
    return [_row(casebook, facet, name, table) for name, table in tables.items()]


def _values(case: Case, properties: tuple[str, ...]) -> tuple[str, ...]:
    for prop in properties:
        found = case.attributes.get(prop, ())
        if found:
            return tuple(dict.fromkeys(v.value for v in found)) if prop == "article" else (found[0].value,)
    return ()


def _row(casebook: Casebook[Any], facet: str, group: str, table: _Table) -> dict[str, Any]:
    """One group against the rest: shares, ratio with score bounds, or why it is refused."""
    from habeas.estimate.ratios import risk_ratio

    a, mine, b, others = table.released, table.of, table.others_released, table.others
    base = {"facet": facet, "group": group}
    public = casebook.audience is Public
    refused = None
    if mine < FEWEST_IN_GROUP or others < FEWEST_IN_GROUP:
        small = "" if public else f" ({mine} and {others})"
        refused = f"fewer than {FEWEST_IN_GROUP} people in the group or outside it{small}"
    elif a + b < FEWEST_RELEASED:
        refused = f"fewer than {FEWEST_RELEASED} of them came out" + ("" if public else f" ({a + b})")
    elif public and (0 < a < FEWEST_IN_PUBLIC or 0 < b < FEWEST_IN_PUBLIC):
        refused = f"fewer than {FEWEST_IN_PUBLIC} came out on one side"
    if refused is not None:
        empty = dict.fromkeys(("released", "of", "others_released", "others", "ratio", "low", "high"))
        return {**base, "refused": refused, **empty}
    found = risk_ratio(a, mine, b, others)
    return {
        **base,
        "refused": None,
        "released": a,
        "of": mine,
        "others_released": b,
        "others": others,
        "ratio": None if found.ratio is None else round(found.ratio, 2),
        "low": round(found.low, 2),
        "high": None if found.high is None else round(found.high, 2),
    }


def _said(row: Mapping[str, Any]) -> str:
    shares = f"{row['released']} of {row['of']} against {row['others_released']} of {row['others']} others"
    ratio = "no ratio" if row["ratio"] is None else f"ratio {row['ratio']:g}"
    high = "no upper bound" if row["high"] is None else f"{row['high']:g}"
    return f"{row['facet']} {row['group']}: {shares} ({ratio}, 95% {row['low']:g} to {high})"


def _sentence(
    release: str, held: Sequence[_Held], told: Sequence[Mapping[str, Any]], apart: Sequence[Mapping[str, Any]]
) -> str:
    out = sum(h.out for h in held)
    text = f"Of {len(held):,} people documented by name here, a sample, as inside on the eve of {release}, {out:,} came out in it"
    if not told:
        return text + "; the groups are too small to say who was chosen."
    compared = "1 comparison was" if len(told) == 1 else f"{len(told)} comparisons were"
    if not apart:
        return text + f"; {compared} made, and in none did a group come out clearly more or less often."
    return text + f"; {compared} made, and these stand apart: " + "; ".join(_said(r) for r in apart) + "."
