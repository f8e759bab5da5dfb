"""The report of a group of people: those of one charge, prison, occupation, list or release."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from habeas.answers import STATES, Level, State
from habeas.answers.coverage import uncovered
from habeas.answers.stock import Bounds
from habeas.errors import UsageError
from habeas.nouns import Case, Phrase, say, say_count, together
from habeas.publish.report.blocks import Block, Cell, Key, Keys, Report
from habeas.publish.report.drawings import stays_chart
from habeas.publish.report.people import people_table
from habeas.publish.report.reporter import Reporter

GROUPS = ("charge", "article", "prison", "occupation", "sex", "nationality", "list", "release")
_SAID = (
    ("charge", say("Charge")),
    ("article", say("Article of the criminal code")),
    ("prison", say("Place of custody")),
)
METHOD = (
    say(
        "The group is who has this value on record in what may be published; whoever the sources do not describe is not in "
        "it. It is a sample, and says nothing of how many there are in all."
    ),
    say(
        "Days held are end minus start, the first day not counted; where dates are imprecise, the fewest and the most days "
        "they allow. No exit on record does not mean that somebody is still inside."
    ),
)


def on_people(reporter: Reporter, facet: str, value: str) -> Report:
    """The report of the people of one value of a facet.

    Raises:
        UsageError: there is no such facet, or nobody has that value.
    """
    cases = _group(reporter, facet, value)
    held = _held(reporter, cases)
    states = Counter(reporter.contents.standing(c).state for c in cases)
    days = sorted(d for c in cases if (d := _longest(reporter, c)) is not None)
    number = reporter.language.number
    keys = Keys(
        keys=(
            Key(
                figure=number(len(cases)), label=reporter.text(say("people documented by name")), note=_sample(reporter)
            ),
            Key(
                figure=number(None if isinstance(held, Phrase) else held.best),
                label=reporter.text(say("in custody by the best reading")),
                note=reporter.text(
                    held
                    if isinstance(held, Phrase)
                    else say("certainly {low}, possibly {high}", low=held.low, high=held.high)
                ),
            ),
            *(
                Key(figure=number(states[state]), label=reporter.text(STATES[state]))
                for state in (State.RELEASED, State.DIED, State.LONG_DUE_OUT, State.LIMITED)
                if states[state]
            ),
            Key(
                figure=number(days[len(days) // 2] if days else None),
                label=reporter.text(say("days held, the median")),
                note=reporter.text(say_count("{n} stay with an end", "{n} stays with an end", len(days))),
            ),
        )
    )
    blocks: list[Block] = [reporter.paragraph(_lead(facet, value, len(cases), held), look="lead"), keys]
    blocks += stays_chart(reporter, cases)
    blocks += [reporter.heading(say("The people")), people_table(reporter, cases, 14)]
    blocks += _ways_out(reporter, cases)
    spread = [block for prop, title in _SAID if prop != facet for block in _spread(reporter, cases, prop, title)]
    if spread:
        blocks += [reporter.heading(say("What they are accused of, and where they were held")), *spread]
    kicker = together((say("People"), say("as known on {day}", day=reporter.known)), ", ")
    return reporter.report(kicker, f"{facet}: {value}", blocks, METHOD)


def _sample(reporter: Reporter) -> str:
    return reporter.text(say("a sample, not all there are"))


def _held(reporter: Reporter, cases: Sequence[Case]) -> Bounds | Phrase:
    """How many of the people are in custody on the day of knowledge, or why that cannot be said."""
    day = reporter.contents.known_day
    why = say("nothing on record yet") if day is None else uncovered(reporter.contents.casebook, day)
    if why is not None:
        return why
    levels = [reporter.contents.standing(c).level for c in cases]
    low, best, high = (sum(one >= level for one in levels) for level in (Level.CERTAIN, Level.LIKELY, Level.POSSIBLE))
    return Bounds(low, best, high)


def _lead(facet: str, value: str, people: int, held: Bounds | Phrase) -> Phrase:
    return together(
        (
            say_count(
                "This book documents {n} person of this group by name ({facet}: {value}).",
                "This book documents {n} people of this group by name ({facet}: {value}).",
                people,
                facet=facet,
                value=value,
            ),
            say("How many of them are in custody cannot be said: {why}.", why=held)
            if isinstance(held, Phrase)
            else say_count(
                "{n} is in custody by the best reading.", "{n} are in custody by the best reading.", held.best
            ),
        )
    )


def _group(reporter: Reporter, facet: str, value: str) -> list[Case]:
    if facet not in ("list", "release", *GROUPS):
        raise UsageError(f"--people takes FACET=VALUE, and a facet is one of {', '.join(GROUPS)}, not {facet!r}")
    wanted = value.strip().casefold()
    cases = reporter.contents.casebook.cases.values()
    found = [c for c in cases if wanted in (v.casefold() for v in _said_of(reporter, c, facet))]
    if not found:
        raise UsageError(f"nobody in what may be published has {facet} {value!r}{_near(reporter, facet)}")
    return found


def _said_of(reporter: Reporter, case: Case, facet: str) -> Iterable[str]:
    """What is said of somebody by a facet."""
    if facet == "list":
        return case.lists
    if facet == "release":
        return [r.id for r in reporter.contents.casebook.releases_of(case)]
    return [v.value for v in reporter.contents.ever(case, facet)]


def _near(reporter: Reporter, facet: str) -> str:
    """Some values that there are, the most frequent first."""
    contents = reporter.contents
    if facet in ("list", "release"):
        ids = list(contents.casebook.lists if facet == "list" else contents.casebook.releases)[-6:]
    else:
        counted = Counter(v.value for c in contents.casebook.cases.values() for v in contents.ever(c, facet))
        ids = [value for value, _ in counted.most_common(6)]
    return f"; there are {'; '.join(ids)}" if ids else ""


def _longest(reporter: Reporter, case: Case) -> int | None:
    """The days of the person's last stay, where it has ended."""
    spells = reporter.contents.ask("case", name=case.id).more["spells"]
    if not spells or spells[-1]["end"] is None or spells[-1]["days"] is None:
        return None
    best = spells[-1]["days"]["best"]
    return None if best is None else int(best)


def _spread(reporter: Reporter, cases: Sequence[Case], prop: str, title: Phrase) -> list[Block]:
    """The values of a property within the group, the most people first; somebody with two values counts under each."""
    people: Counter[str] = Counter()
    rests: dict[str, list[str]] = {}
    for case in cases:
        for value in reporter.contents.ever(case, prop):
            people[value.value] += 1
            rests.setdefault(value.value, []).extend(value.statements)
    number = reporter.language.number
    rows = [
        ((Cell(text=v), Cell(text=number(n))), rests[v]) for v, n in sorted(people.items(), key=lambda p: (-p[1], p[0]))
    ]
    made = reporter.table((title, say("People")), rows, (80, 20), right=(1,), most=5)
    return [made] if rows else []


def _ways_out(reporter: Reporter, cases: Sequence[Case]) -> list[Block]:
    """How those who are out came out."""
    counted: dict[str, list[str]] = {}
    for case in cases:
        for spell in case.spells:
            if spell.end is not None and reporter.contents.shown(spell.end.statements):
                kind = "released" if spell.exit_kind is None else spell.exit_kind.value
                counted.setdefault(kind, []).extend(spell.end.statements[:1])
    rows = [
        (
            (Cell(text=reporter.language.code("release_kind", kind)), Cell(text=reporter.language.number(len(rests)))),
            rests,
        )
        for kind, rests in sorted(counted.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    ]
    made = reporter.table((say("Way out"), say("Stays")), rows, (80, 20), right=(1,))
    return [reporter.heading(say("How they came out")), made] if rows else []
