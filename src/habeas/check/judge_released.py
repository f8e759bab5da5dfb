"""Verdicts on counts of people freed: against the figures of the release, its parts, and published flows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from habeas.check.desk import Desk, Finding, cannot_say, fits, worded
from habeas.check.events import announced, called, read_day
from habeas.check.figures import agrees, any_of, figures_of, fits_record, generic, published, said, steps_of
from habeas.check.grammar import Parsed
from habeas.check.judge_parts import another_release, breakdown, judge_category, judge_parts, whom
from habeas.check.topics import topics
from habeas.nouns import Claim, Count, Figure, Flow, Release, Step, Verdict, only, say, together

# A number outside these shares of the one announced is taken to be of other people: a part, or an amnesty of the day.
_MISSTATED = (0.7, 1.5)
_A_YEAR, _A_MONTH = timedelta(days=366), timedelta(days=31)
# Groups that a number is of only where the sentence names them.
_BY_LIFE = frozenset(("older", "younger", "parents", "pensioners", "ill", "minors"))


def _apart(record: Figure) -> frozenset[str]:
    return frozenset(map(str, record.group)) & _BY_LIFE


def _groups(claim: Claim, desk: Desk) -> frozenset[str]:
    """The groups of people that the sentence of a claim speaks of."""
    return topics(" ".join(t.low for t in desk.page.parsed[claim.sentence].tokens), "groups")


def _whole(claim: Claim, desk: Desk, release: Release) -> Finding:
    said_of = _groups(claim, desk)
    crossed = claim.value.get("unit") == "crossed border" or _left_the_country(claim, desk)
    if crossed and (elsewhere := _elsewhere(claim, desk, release)) is not None:
        return elsewhere
    if crossed and figures_of(release, "crossed"):
        records = figures_of(release, "crossed")
        good = [r for r in records if fits_record(claim.value, r)]
        if good:
            return agrees(claim, release, good[0])
        if claim.value.get("op") == "eq" and all(r.op == "eq" for r in records):
            why = say("announced is not crossed: {figure}", figure=said(records[0]))
            return Finding(
                verdict=Verdict.CONTRADICTED, why=why, steps=steps_of(claim, records[0]), rests_on=records[0].statements
            )
    # "Fewer than 100 were freed" is not borne out by nine who were taken somewhere.
    bound = claim.value.get("op") in ("lt", "le")
    for kinds in (("announced",),) if bound else (("announced",), ("crossed", "identified"), _PARTS):
        good = [
            r
            for r in figures_of(release, *kinds)
            if fits_record(claim.value, r) and _same_people(claim.value, r) and not (_apart(r) - said_of)
        ]
        if good:
            whole = any_of(announced(release))
            part = (
                "" if kinds == ("announced",) else say("a part or another count of it; announced: {whole}", whole=whole)
            )
            return agrees(claim, release, good[0], part or _crossed_context(release))
    figures = figures_of(release, "announced")
    if not figures:
        return cannot_say(say("no figure on record for {what}", what=called(release)))
    return _differs(claim, release, figures[0])


def _left_the_country(claim: Claim, desk: Desk) -> bool:
    """`52 convicts left the country`: a count of those who crossed the border, whatever was announced."""
    tokens = desk.page.parsed[claim.sentence].tokens
    inside = [k for k, t in enumerate(tokens) if t.start >= claim.quote.start and t.end <= claim.quote.end]
    around = tokens[max(0, inside[0] - _VERB) : inside[-1] + 1 + _VERB] if inside else ()
    return "exile" in topics(" ".join(t.low for t in around), "events")


_VERB = 3  # words between a number of people and the verb that says they left


_PARTS = ("part", "stayed", "refused")


def _elsewhere(claim: Claim, desk: Desk, release: Release) -> Finding | None:
    """People said to have been taken to a state to which no figure of the release takes so many."""
    sentence, home = desk.page.parsed[claim.sentence], desk.casebook.book.country
    inside = range(claim.quote.start, claim.quote.end)
    said_to = {str(c.value["code"]) for c in sentence.of("nation") if sentence.tokens[c.i].start in inside} - {home}
    going = [r for r in figures_of(release, "crossed", "part", "announced") if {*r.destination} - {"home"}]
    if not said_to or not going or any(said_to & {*r.destination} and fits_record(claim.value, r) for r in going):
        return None
    told = together([said(r) for r in going], "; ")
    return cannot_say(say("on record: {what}", what=told), say("where the people freed were taken"))


def _same_people(value: Mapping[str, Any], record: Figure) -> bool:
    """True where a figure can be of the people the text counts: everybody, or the same group."""
    if generic(value) or record.figure == "announced":
        return True
    said_of = topics(str(value.get("what", "")), "groups")
    return bool(said_of & whom(record)) or not (said_of or record.group or record.nationality)


def _crossed_context(release: Release) -> str:
    crossed = figures_of(release, "crossed", "refused")
    return (
        say("announced is not free: {figures}", figures=together([said(r) for r in crossed], "; ")) if crossed else ""
    )


def _differs(claim: Claim, release: Release, record: Figure) -> Finding:
    """Another number than the one on record: wrong only where the text names the very day and counts everybody."""
    when = read_day(str(claim.value.get("date", "")))
    exact_day = when is not None and when.is_day and release.when.is_day and when.earliest == release.when.earliest
    why = say("the text says {number}, the record {figure}", number=worded(claim.value), figure=said(record))
    n, whole = claim.value.get("n"), record.n
    sure = (
        exact_day
        and isinstance(n, int)
        and whole is not None
        and not _another_count(n, whole, claim.value)
        and claim.value.get("op", "eq") == "eq"
        and not {"hedged", "question"} & claim.flags
    )
    if sure and len(set(announced(release))) == 1:
        return Finding(verdict=Verdict.CONTRADICTED, why=why, steps=steps_of(claim, record), rests_on=record.statements)
    return cannot_say(why, say("a source that says which people the number counts"), steps=steps_of(claim, record))


def _another_count(n: int, whole: int, value: Mapping[str, Any]) -> bool:
    """True where a number that differs from the one announced may be of a part, a wider group, or be rounded."""
    if not _MISSTATED[0] * whole <= n <= _MISSTATED[1] * whole:
        return True
    if n % 10 == 0 and abs(n - whole) <= 0.25 * whole:
        return True
    return n < whole and value.get("unit") == "political_prisoners"


def judge_released(claim: Claim, desk: Desk) -> Finding:
    """A count of people freed, against the figures of its release, else against published flows and sums."""
    value = claim.value
    if value.get("op") in ("question", "few"):
        return cannot_say(say("no number is claimed"))
    release = desk.events.get(value.get("event"))
    if release is None:
        return _flow(claim, desk)
    if "parts" in value:
        finding = judge_parts(claim, release)
        if finding.verdict is Verdict.NOT_ENOUGH:
            finding = another_release(claim, desk) or finding
    elif "nationality" in value or value.get("unit") in ("women", "men") or "ratio" in value:
        finding = judge_category(claim, release)
        if finding.verdict is Verdict.NOT_ENOUGH and "nationality" in value:
            finding = another_release(claim, desk) or finding
    elif (
        value.get("op") in ("gt", "ge")
        and isinstance(value.get("n"), int)
        and value["n"] > max(announced(release), default=0)
        and not _on_its_day(claim, release)
    ):
        return _flow(claim, desk)
    elif value.get("part"):
        finding = _a_part(claim, desk, release)
        if not _so_many(value):
            return finding
    else:
        finding = _whole(claim, desk, release)
    if finding.verdict is Verdict.NOT_ENOUGH and not (
        _on_its_day(claim, release) and value.get("op", "eq") in ("gt", "ge", "lt", "le")
    ):
        # "178 freed in all" counts more than the release it is about; "13 others", what is left of it.
        others = (o for o in (_flow(claim, desk), _rest(claim, desk, release)) if o is not None)
        finding = next((o for o in others if o.verdict is Verdict.SUPPORTED), finding)
    return finding


def _on_its_day(claim: Claim, release: Release) -> bool:
    """True where the text counts the people freed on the very day of a release: no sum of others can bear it out."""
    when = read_day(str(claim.value.get("date", "")))
    return when is not None and when.is_day and release.when.is_day and when.compatible(release.when)


def _rest(claim: Claim, desk: Desk, release: Release) -> Finding | None:
    """`13 others`: the release less those who are named beside the number, or less a part of it."""
    sentence, n = desk.page.parsed[claim.sentence], claim.value.get("n")
    inside = [k for k, t in enumerate(sentence.tokens) if t.start >= claim.quote.start and t.end <= claim.quote.end]
    if not inside or not isinstance(n, int) or not sentence.any_of("other", inside[0] - 1, inside[-1] + 2):
        return None
    named = {str(c.value["person"]) for c in desk.page.subjects(claim.sentence)} - desk.directory.rulers
    for whole in figures_of(release, "announced"):
        total = whole.n or 0
        names = ", ".join(sorted(named))
        beside = [(len(named), say("{whom} and the others", whom=names), whole)] if named else []
        parts = [(r.n or 0, r) for r in figures_of(release, "part")]
        beside += [(n, say("{whom} and the others", whom=said(r)), r) for n, r in parts]
        for less, what, record in beside:
            if less and total - less == n:
                adds = say("{less} + {n} = {total}", less=less, n=n, total=total)
                step = Step(what=what, result=adds, rests_on=(*whole.statements, *record.statements))
                why = say("{release}: {figure}; {sum}", release=called(release), figure=said(whole), sum=adds)
                return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=whole.statements)
    return None


def _a_part(claim: Claim, desk: Desk, release: Release) -> Finding:
    """A number said of a part of the release: only a figure of the part that the sentence speaks of can bear it out."""
    said_of = _groups(claim, desk)
    crossed = claim.value.get("unit") == "crossed border"
    good = [
        r
        for r in figures_of(release, "part", "crossed", *(() if crossed else ("stayed", "refused")))
        if r.n == claim.value.get("n") and said_of & whom(r)
    ]
    if good:
        return agrees(claim, release, good[0])
    why = say("no figure of a part of {release} on record that fits", release=called(release))
    return cannot_say(why, breakdown(release))


def _of_its_time(flow: Count, desk: Desk) -> bool:
    """True where a published flow can be the one an article speaks of: made known within a year before it."""
    when = flow.on
    if when is None or when.latest is None or desk.published is None:
        return True
    return desk.published - _A_YEAR <= when.latest and (when.earliest or when.latest) <= desk.published + _A_MONTH


_OUT = frozenset({Flow.RELEASED, Flow.PARDONED, Flow.TERM_SERVED, Flow.LEFT_LIST, Flow.EXPELLED})


def _flow(claim: Claim, desk: Desk) -> Finding:
    value = claim.value
    flows = [r for r in desk.casebook.counts if r.flow in _OUT]
    if generic(value) or _so_many(value):
        good = [r for r in flows if "n" in value and r.n == value["n"] and _of_its_time(r, desk)]
        if good:
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=published(good[0]),
                steps=steps_of(claim, good[0]),
                rests_on=good[0].statements,
            )
        total = _sum_since(claim, desk) if generic(value) else None
        if total is not None:
            return total
    when = read_day(str(value.get("date", "")))
    why = (
        say("no release on record that fits {number}", number=worded(value))
        if when is None
        else say("no release on record that fits {number} ({day})", number=worded(value), day=when)
    )
    return cannot_say(why, say("the release that is meant"))


def _so_many(value: Mapping[str, Any]) -> bool:
    """True for a number that one published figure tells, whatever part of whom the text calls them."""
    n, special = value.get("n"), {"nationality", "parts"} & set(value) or value.get("unit") in ("women", "men")
    return isinstance(n, int) and n >= _MANY and value.get("op", "eq") == "eq" and not special


_MANY = 50  # so many people are told by one published figure, whatever part of whom the text calls them


def _stretch(sentence: Parsed, published: date | None) -> date | None:
    """The first day of a stretch up to publication that the sentence counts over: `за месяц`, `за последние две недели`."""
    for i in range(len(sentence.tokens) - 1):
        if published is None or not sentence.among(i, "over"):
            continue
        k = i + 1 + sentence.among(i + 1, "window")
        told = next((c for c in sentence.of("duration") if c.i == k), None)
        unit = sentence.lexicon.tables["units"].get(sentence.tokens[k].low) if k < len(sentence.tokens) else None
        days = {u: told.value.get(u, 0) for u in _DAYS_OF} if told is not None else {unit: 1}
        length = sum(_DAYS_OF.get(str(u), 0) * n for u, n in days.items())
        if length:
            return published - timedelta(days=length + _NEWS)
    return None


_DAYS_OF = {"days": 1, "weeks": 7, "months": 31, "years": 366}
_NEWS = 2  # days from an event to the report that counts it


def _sum_since(claim: Claim, desk: Desk) -> Finding | None:
    """`over 200 freed`, `hundreds since July 2024`: the announced figures since then, or of a year, where a bound is claimed."""
    bound = claim.value.get("op") in ("gt", "ge") or ("min" in claim.value and "n" not in claim.value)
    sentence = desk.page.parsed[claim.sentence]
    window = _stretch(sentence, desk.published)
    if desk.published is None or not (bound or window is not None):
        return None
    days = [read_day(str(c.value["date"])) for c in sentence.of("date") if sentence.among(c.i - 1, "since")]
    begun = next((d.earliest for d in days if d is not None and d.earliest is not None), None)
    since = begun or window or desk.published - timedelta(days=365)
    found = [
        r
        for r in desk.events.releases
        if r.when.middle is not None and since <= r.when.middle <= desk.published and announced(r)
    ]
    total = sum(announced(r)[0] for r in found)
    if not fits(claim.value, total):
        return None
    steps = tuple(Step(what=called(r), result=only(announced(r)[0]), rests_on=r.statements) for r in found)
    why = say("the releases on record since {day} add up to {total}", day=since, total=total)
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=why,
        steps=(*steps, Step(what=say("sum"), result=only(total))),
        rests_on=tuple(s for r in found for s in r.statements),
    )
