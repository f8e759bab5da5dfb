"""Who was released and who stayed: shares of groups that came out in a release, set against the others'.

Only people who were on record as inside *before* the release are compared, by evidence older than it: somebody known only
because he came out says nothing of who was chosen, and an exit is the best proof that one was inside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.answers.announced import announced, unnamed
from habeas.answers.arguments import one_of
from habeas.answers.coverage import uncovered
from habeas.answers.evidence import evidence
from habeas.answers.release import matched, the_release
from habeas.answers.shapes.estimates import ComparedBy, Comparison, EveLevel, RefusedComparison, Selectivity, compared
from habeas.answers.standings import told_on
from habeas.answers.states import Level
from habeas.dates import ONE_DAY, PartialDate
from habeas.errors import UsageError
from habeas.nouns import (
    Answer,
    Case,
    Casebook,
    Means,
    Part,
    Phrase,
    Public,
    Question,
    Release,
    Spell,
    Step,
    coded,
    only,
    say,
    say_count,
    together,
)

FEWEST_IN_GROUP, FEWEST_RELEASED, FEWEST_IN_PUBLIC = 10, 5, 3
INSIDE: Mapping[EveLevel, Level] = {"best": Level.LIKELY, "possible": Level.POSSIBLE}
LONG_HELD = 730
FAMOUS = 3  # lists
PROPERTIES: Mapping[ComparedBy, tuple[str, ...]] = {
    coded("charge"): ("article", "charge"),
    coded("occupation"): ("occupation",),
    coded("sex"): ("sex",),
}
Row = Comparison | RefusedComparison


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """Somebody inside on the eve: the case, since when, on how many lists by then, and whether he came out."""

    case: Case
    spell: Spell
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

    None where most of the people announced are named by nobody here: the named are then whom the lists happen to know, so
    that nothing of who was chosen can be read out of them.

    Raises:
        UsageError: there is no such release, or its day is not known.
    """
    found = the_release(casebook, question.args.get("id", ""))
    level = one_of(INSIDE, question.args.get("inside", "best"), "inside")
    day = _eve_of(found)
    number = announced(found)
    uncounted = uncovered(casebook, day - ONE_DAY)
    refused = uncounted or _too_few(number, len(found.named))
    try:
        held = _held(casebook, found.id, day, INSIDE[level])
        rows = _compared(casebook, held, day) if refused is None else []
    except ImportError as missing:
        raise UsageError(f"`ask selectivity` needs {missing.name}: pip install 'habeas[estimate]'") from None
    out, named, left = sum(h.out for h in held), len(found.named), unnamed(found)
    told = [r for r in rows if compared(r)]
    apart = [r for r in told if _stands_apart(r)]
    statements = _statements(held)
    if refused:
        sentence = brief = _cannot_say(found.id, refused)
    else:
        sentence = _sentence(found.id, held, told, apart)
        brief = _sentence(found.id, held, told, apart, brief=True)
    steps = (
        Step(
            what=say("on record as inside on the eve, by evidence before {day}", day=day),
            result=only(len(held)) if uncounted is None else say("cannot say: {why}", why=uncounted),
            rests_on=statements,
        ),
        Step(what=say("of them came out in this release"), result=only(out)),
        Step(
            what=say("named in the release, but not on record as inside before it: not compared"),
            result=only(named - out),
        ),
        Step(
            what=say("announced, but named by nobody here: some of them may be among those who seem to have stayed"),
            result=say("cannot say") if left is None else only(left),
        ),
        *_made(told, rows, refused),
    )
    more: Selectivity = {
        "release": found.id,
        "inside": level,
        "unit": say("people documented by name here as inside on the eve, a sample"),
        "refused": refused,
        "held": len(held) if uncounted is None else None,
        "released": out,
        "comparisons": rows,
        "fame": say(
            "on {n} or more lists published before the release that are not lists of released people", n=FAMOUS
        ),
    }
    return Answer(
        question=question,
        value=out if refused is None else None,
        low=None,
        high=None,
        sentence=sentence,
        said=brief,
        steps=steps,
        rests_on=(*found.statements, *statements),  # of the release itself, and of entries: no two are the same
        more=more,
    )


def _statements(held: Sequence[_Held]) -> tuple[str, ...]:
    return evidence((h.case, spell) for h in held for spell in h.case.spells)


def _eve_of(found: Release) -> date:
    day = found.when.earliest
    if day is None:
        raise UsageError(f"the day of {found.id} has no earliest bound: nobody can be said to be inside before it")
    return day


def _stands_apart(row: Comparison) -> bool:
    """True where the bounds of a ratio leave out that there is no difference."""
    return row["low"] > 1 or (row["high"] is not None and row["high"] < 1)


def _too_few(announced: int | None, named: int) -> Phrase | None:
    """Why nothing can be said of who was chosen; None where no more of the announced are unnamed than named."""
    if announced is None or 2 * named >= announced:
        return None
    return say_count(
        "{n} of the {announced} announced is named by nobody here, and the better known are named first",
        "{n} of the {announced} announced are named by nobody here, and the better known are named first",
        announced - named,
        announced=announced,
    )


def _cannot_say(release: str, why: Phrase) -> Phrase:
    return say("Cannot say who was chosen in {release}: {why}.", release=release, why=why)


def _made(told: Sequence[Comparison], rows: Sequence[Row], refused: Phrase | None) -> Sequence[Step]:
    """How many comparisons were made, and how many were not."""
    if refused is not None:
        return (Step(what=say("comparisons made"), result=say("none: {why}", why=refused)),)
    chance = say("{n:d}; one in twenty would stand out by chance alone", n=len(told))
    return (
        Step(what=say("comparisons made"), result=chance),
        Step(what=say("comparisons refused"), result=only(len(rows) - len(told), "d")),
    )


def _held(casebook: Casebook[Any], release: str, day: date, level: Level) -> list[_Held]:
    """Who was inside on the eve by evidence before it, at least at a level."""
    quiet = {i for i, info in casebook.lists.items() if info.means in (Means.RELEASED, Means.DIED)}
    known = {c.id for c in matched(casebook, casebook.releases[release])}
    named = set(casebook.releases[release].named)
    eve = day - ONE_DAY
    before = frozenset(
        i for i, info in casebook.lists.items() if i not in quiet and _published_before(info.published, day)
    )
    at, found = eve.toordinal(), []
    for daily in told_on(casebook, at):
        case = daily.case
        if case.id in named and case.id not in known:
            continue
        told, spell = daily.known_then(at)
        if spell is None or told < level:
            continue
        start = None if spell.start is None else PartialDate.parse(spell.start.value).middle
        found.append(_Held(case, spell, start, len(before.intersection(case.lists)), case.id in named))
    return found


def _published_before(when: PartialDate | None, day: date) -> bool:
    return when is not None and when.certainly_before(day)


def _compared(casebook: Casebook[Any], held: list[_Held], day: date) -> list[Row]:
    """Every group against the others of whom the same is known, the largest groups first."""
    rows: list[Row] = []
    for facet, properties in PROPERTIES.items():
        rows += _by_value(casebook, facet, {h: _values(h, properties) for h in held})
    country = casebook.book.country.upper()

    def foreign(h: _Held) -> bool:
        nationality = h.case.attribute("nationality")
        return nationality is not None and nationality.value.upper() != country

    dated = [h for h in held if h.since is not None]
    abroad = _Table.of_those(held, map(foreign, held))
    famous = _Table.of_those(held, [h.lists >= FAMOUS for h in held])
    long = _Table.of_those(dated, [_days(h, day) >= LONG_HELD for h in dated])
    rows.append(_row(casebook, coded("nationality"), say("foreign nationality on record"), abroad))
    rows.append(_row(casebook, coded("fame"), say("on {n} or more lists", n=FAMOUS), famous))
    rows.append(_row(casebook, coded("time served"), say("held two years or longer"), long))
    return rows


def _days(held: _Held, day: date) -> int:
    return 0 if held.since is None else (day - held.since).days


def _by_value(casebook: Casebook[Any], facet: ComparedBy, values: Mapping[_Held, tuple[str, ...]]) -> list[Row]:
    """A row for each value; of two that mirror each other (male, female) the smaller group only."""
    known = [h for h, found in values.items() if found]
    sizes = Counter(value for h in known for value in values[h])
    out = Counter(value for h in known if h.out for value in values[h])
    names = sorted(
        sizes, key=lambda v: -sizes[v]
    )  # of one size in the order of the cases: what they are called decides nothing
    if len(names) == 2 and sum(sizes.values()) == len(known):
        names = names[1:]
    freed = sum(h.out for h in known)
    tables = {n: _Table(out[n], sizes[n], freed - out[n], len(known) - sizes[n]) for n in names}
    return [_row(casebook, facet, name, table) for name, table in tables.items()]


def _values(held: _Held, properties: tuple[str, ...]) -> tuple[str, ...]:
    for prop in properties:
        found = held.case.of(held.spell, prop)
        if found:
            return tuple(dict.fromkeys(v.value for v in found)) if prop == "article" else (found[0].value,)
    return ()


def _row(casebook: Casebook[Any], facet: ComparedBy, group: str, table: _Table) -> Row:
    """One group against the rest: shares, ratio with score bounds, or why it is refused."""
    from habeas.estimate.ratios import risk_ratio

    a, mine, b, others = table.released, table.of, table.others_released, table.others
    public = casebook.audience is Public
    refused = None
    if mine < FEWEST_IN_GROUP or others < FEWEST_IN_GROUP:
        refused = say("fewer than {fewest} people in the group or outside it", fewest=FEWEST_IN_GROUP)
        if not public:
            refused = say("{why} ({group} and {others})", why=refused, group=mine, others=others)
    elif a + b < FEWEST_RELEASED:
        refused = say("fewer than {fewest} of them came out", fewest=FEWEST_RELEASED)
        if not public:
            refused = say("{why} ({n})", why=refused, n=a + b)
    elif public and (0 < a < FEWEST_IN_PUBLIC or 0 < b < FEWEST_IN_PUBLIC):
        refused = say("fewer than {fewest} came out on one side", fewest=FEWEST_IN_PUBLIC)
    if refused is not None:
        return {
            "facet": facet,
            "group": group,
            "refused": refused,
            "released": None,
            "of": None,
            "others_released": None,
            "others": None,
            "ratio": None,
            "low": None,
            "high": None,
        }
    found = risk_ratio(a, mine, b, others)
    return {
        "facet": facet,
        "group": group,
        "refused": None,
        "released": a,
        "of": mine,
        "others_released": b,
        "others": others,
        "ratio": None if found.ratio is None else round(found.ratio, 2),
        "low": round(found.low, 2),
        "high": None if found.high is None else round(found.high, 2),
    }


def _said(row: Comparison) -> Phrase:
    parts: dict[str, Part] = {
        "facet": row["facet"],
        "group": row["group"],
        "a": row["released"],
        "of": row["of"],
        "b": row["others_released"],
        "others": row["others"],
        "ratio": say("no ratio") if row["ratio"] is None else say("ratio {number:g}", number=row["ratio"]),
        "low": row["low"],
        "high": say("no upper bound") if row["high"] is None else only(row["high"], "g"),
    }
    return say(
        "{facet} {group}: {a:d} of {of:d} against {b:d} of {others:d} others ({ratio}, 95% {low:g} to {high})", **parts
    )


def _sentence(
    release: str,
    held: Sequence[_Held],
    told: Sequence[Comparison],
    apart: Sequence[Comparison],
    *,
    brief: bool = False,
) -> Phrase:
    """The answer in words; `brief` counts the groups that stand apart and does not list them."""
    out = sum(h.out for h in held)
    if not told:
        return say_count(
            "Of {n} person documented by name here, a sample, as inside on the eve of {release}, {out} came out in it; "
            "the groups are too small to say who was chosen.",
            "Of {n} people documented by name here, a sample, as inside on the eve of {release}, {out} came out in it; "
            "the groups are too small to say who was chosen.",
            len(held),
            release=release,
            out=out,
        )
    made = say_count("{n:d} comparison was made", "{n:d} comparisons were made", len(told))
    if not apart:
        result = say("in none did a group come out clearly more or less often")
        return _compared_of(len(held), release, out, say("{compared}, and {result}", compared=made, result=result))
    if brief:
        result = say_count(
            "in {n:d} a group came out clearly more or less often",
            "in {n:d} a group came out clearly more or less often",
            len(apart),
        )
        return _compared_of(len(held), release, out, say("{compared}, and {result}", compared=made, result=result))
    groups = together([_said(r) for r in apart], "; ")
    result = say("{compared}, and these stand apart: {groups}", compared=made, groups=groups)
    return _compared_of(len(held), release, out, result)


def _compared_of(n: int, release: str, out: int, result: Phrase) -> Phrase:
    return say_count(
        "Of {n} person documented by name here, a sample, as inside on the eve of {release}, {out} came out in it; "
        "{result}.",
        "Of {n} people documented by name here, a sample, as inside on the eve of {release}, {out} came out in it; "
        "{result}.",
        n,
        release=release,
        out=out,
        result=result,
    )
