"""Verdicts on counts of people freed: against the figures of the release, its parts, and published flows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from habeas.check.desk import Desk, Finding, cannot_say, fits, worded
from habeas.check.events import announced, called, read_day
from habeas.check.grammar import Parsed
from habeas.check.lexicon import lexicon, longest
from habeas.check.numbers import plain_number
from habeas.check.text import tokens
from habeas.check.topics import topics
from habeas.languages import code, number, state
from habeas.nouns import Claim, Phrase, Record, Release, Step, Verdict, only, say, together

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


def said(record: Record) -> Phrase:
    """A figure with its operator, what it counts and who gives it."""
    figure = number(record.number("n"), record.get("op", "eq"))
    what = code("counted", record.get("what"))
    if not record.get("by"):
        return say("{number} {what}", number=figure, what=what)
    return say("{number} {what} ({by})", number=figure, what=what, by=record.get("by"))


# --- people freed -------------------------------------------------------------------------------------------------


def _code_of(text: str) -> str | None:
    words = lexicon("en")
    found = tokens(text)
    for i in range(len(found)):
        hit = longest(words.nations, found, i)
        if hit is not None:
            return hit[0].split(":")[0]
    return None


def _by_nation(record: Record) -> list[tuple[str, int]]:
    """Numbers by nationality inside the words of a figure: `6 of Lithuania, 2 of Latvia, one of them of Sweden`."""
    out = []
    for part in re.split(r"[,;:]| and ", record.get("what")):
        found = tokens(part)
        code = _code_of(part)
        for i in range(len(found)):
            number = plain_number(found, i, lexicon("en"))
            if number is not None and code is not None and any(t.low == "of" for t in found[number[1] :]):
                out.append((code, int(number[0])))
                break
    return out


def _category_figures(release: Release, category: str) -> list[tuple[int, Record]]:
    """The figures of a release for women, men, foreigners, or the citizens of a state."""
    found = []
    for record in release.figures:
        n = record.number("n")
        what = record.get("what").casefold()
        if n is None:
            continue
        if category in ("women", "men", "journalists"):
            if re.match(rf"{category}\b", what):
                found.append((n, record))
        elif category.startswith("to_"):
            if re.search(r"\bto\b", what) and _code_of(record.get("what").rpartition(" to ")[2]) == category[3:]:
                found.append((n, record))
        elif category == "foreign":
            if what.startswith("foreign"):
                found.append((n, record))
        else:
            found += [(m, record) for code, m in _by_nation(record) if code == category]
            whole = _code_of(record.get("what")) == category and "of " not in re.sub(r"citizens? of", "", what)
            if whole and (not re.search(r"\d", what.replace(str(n), "", 1)) or "among" in what):
                found.append((n, record))
    return found


def _parts(claim: Claim, release: Release) -> Finding:
    parts: Mapping[str, int] = claim.value["parts"]
    steps: list[Step] = []
    rests: list[str] = []
    unknown: list[str] = []
    wrong: list[tuple[str, int, list[tuple[int, Record]]]] = []
    for category, n in parts.items():
        figures = _category_figures(release, category)
        good = [r for m, r in figures if m == n]
        if good:
            as_said = say("the text says {number} {what}", number=n, what=_kind_of_people(category))
            steps.append(Step(what=as_said, result=said(good[0]), rests_on=good[0].statements))
            rests += good[0].statements
        elif figures:
            wrong.append((category, n, figures))
        else:
            unknown.append(category)
    total = sum(parts.values())
    whole = announced(release)
    steps.append(
        Step(
            what=say("sum of the parts"),
            result=say("{total}; announced: {whole}", total=total, whole=_any_of(whole)),
            rests_on=release.statements,
        )
    )
    adds_up = (
        say("the parts add up to {total}, the release was announced as {whole}", total=total, whole=whole[0])
        if whole and total not in whole
        else ""
    )
    if wrong and total in whole and (set(parts) <= {"women", "men"} or _all_on_record(parts, release, whole)):
        why = _other_parts(wrong[0])
        return Finding(
            verdict=Verdict.CONTRADICTED, why=why, steps=tuple(steps), rests_on=tuple(figures[0][1].statements)
        )
    if wrong:
        return cannot_say(_other_parts(wrong[0]), say("a list of the people freed"), adds_up, tuple(steps))
    if unknown and (len(unknown) == len(parts) or total not in whole):
        what = together([_kind_of_people(c) for c in unknown], ", ")
        return cannot_say(say("no figure on record for {what}", what=what), context=adds_up, steps=tuple(steps))
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=say("each part with a figure on record agrees ({release})", release=called(release)),
        steps=tuple(steps),
        rests_on=tuple(rests),
        context=adds_up,
    )


def _all_on_record(parts: Mapping[str, int], release: Release, whole: list[int]) -> bool:
    """True where the record has one figure for each part, and they add up to what was announced."""
    figures = [sorted({n for n, _ in _category_figures(release, category)}) for category in parts]
    return all(len(f) == 1 for f in figures) and sum(f[0] for f in figures) in whole


def _other_parts(wrong: tuple[str, int, list[tuple[int, Record]]]) -> Phrase:
    category, n, figures = wrong
    on_record = said(figures[0][1])
    what = _kind_of_people(category)
    return say("the text says {number} {what}; on record: {figure}", number=n, what=what, figure=on_record)


def _any_of(numbers: list[int]) -> str:
    return together([only(n) for n in numbers], ", ") if numbers else say("not on record")


def _kind_of_people(category: str) -> str:
    """A part of a release in words: `women`, `taken to LT`, `citizens of US`."""
    if category.startswith("to_"):
        return say("people taken to {name:party}", name=state(category[3:]))
    return _KINDS_OF_PEOPLE.get(category) or say("citizens of {name:party}", name=state(category))


_KINDS_OF_PEOPLE = {
    "women": say("women"),
    "men": say("men"),
    "journalists": say("journalists"),
    "foreign": say("foreigners"),
    "total": say("people in all"),
}


# A number outside these shares of the one announced is taken to be of other people: a part, or an amnesty of the day.
_MISSTATED = (0.7, 1.5)
_A_YEAR, _A_MONTH = timedelta(days=366), timedelta(days=31)


def _in_category(claim: Claim, release: Release) -> Finding:
    category = str(claim.value.get("nationality") or claim.value.get("unit"))
    figures = _category_figures(release, category)
    if "ratio" in claim.value:
        return _share(claim, release, category, figures)
    good = [r for m, r in figures if fits(claim.value, m)]
    if good:
        others = [said(r) for m, r in figures if not fits(claim.value, m)]
        context = say("another source: {figures}", figures=together(others, "; ")) if others else ""
        return _agrees(claim, release, good[0], context)
    whole = [r for r in _figure(release, "announced") if _fits_record(claim.value, r)]
    if not figures and category in ("women", "men") and whole:
        return _agrees(claim, release, whole[0], say("how many of them were men or women is not on record"))
    if not figures:
        what = _kind_of_people(category)
        why = say("no figure on record for {what} in {release}", what=what, release=called(release))
        return cannot_say(why, _breakdown(release))
    told = together([said(r) for _, r in figures], "; ")
    return cannot_say(say("on record: {what}", what=told), say("a list of the people freed"))


def _breakdown(release: Release) -> Phrase:
    return say("a breakdown of {release}", release=called(release))


def _share(claim: Claim, release: Release, category: str, figures: list[tuple[int, Record]]) -> Finding:
    whole = announced(release)
    if not figures or not whole:
        what = _kind_of_people(category)
        return cannot_say(say("no figure on record to reckon the share of {what}", what=what), _breakdown(release))
    n, record = figures[0]
    share = n / whole[0]
    of = say("{n} of {whole}", n=n, whole=whole[0])
    step = Step(what=of, result=say("{share}", share=f"{share:.1%}"), rests_on=record.statements)
    why = say("{of} is {share}", of=of, share=f"{share:.1%}")
    if fits(claim.value, share):
        return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=record.statements)
    return cannot_say(say("{why}; the wording leaves room", why=why), steps=(step,))


def steps_of(claim: Claim, record: Record) -> tuple[Step, ...]:
    return (
        Step(what=say("the text says"), result=worded(claim.value)),
        Step(
            what=say("the record says ({kind})", kind=_sort_of_figure(record)),
            result=said(record),
            rests_on=record.statements,
        ),
    )


_COUNTS = {"stock": say("a published count"), "flow": say("a published number of people over a time")}


def _sort_of_figure(record: Record) -> str:
    kind = record.get("kind")
    return _COUNTS.get(kind, kind) if not record.get("figure") else code("figure", record.get("figure"))


def _agrees(claim: Claim, release: Release, record: Record, context: str = "") -> Finding:
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


def _figure(release: Release, *kinds: str) -> list[Record]:
    return [r for r in release.figures if r.get("figure", "announced") in kinds and r.number("n") is not None]


def _fits_record(value: Mapping[str, Any], record: Record) -> bool:
    n = record.number("n")
    return n is not None and fits(value, n, record.get("op", "eq"))


# Groups that a number is of only where the sentence names them.
_BY_LIFE = frozenset(("older", "younger", "parents", "pensioners", "ill", "minors"))


def _apart(record: Record) -> frozenset[str]:
    return topics(record.get("what"), "groups") & _BY_LIFE


def _groups(claim: Claim, desk: Desk) -> frozenset[str]:
    """The groups of people that the sentence of a claim speaks of."""
    return topics(" ".join(t.low for t in desk.page.parsed[claim.sentence].tokens), "groups")


def _whole(claim: Claim, desk: Desk, release: Release) -> Finding:
    said_of = _groups(claim, desk)
    crossed = claim.value.get("unit") == "crossed border"
    if crossed and (elsewhere := _elsewhere(claim, desk, release)) is not None:
        return elsewhere
    if crossed and _figure(release, "crossed"):
        records = _figure(release, "crossed")
        good = [r for r in records if _fits_record(claim.value, r)]
        if good:
            return _agrees(claim, release, good[0])
        if claim.value.get("op") == "eq" and all(r.get("op", "eq") == "eq" for r in records):
            why = say("announced is not crossed: {figure}", figure=said(records[0]))
            return Finding(
                verdict=Verdict.CONTRADICTED, why=why, steps=steps_of(claim, records[0]), rests_on=records[0].statements
            )
    # "Fewer than 100 were freed" is not borne out by nine who were taken somewhere.
    bound = claim.value.get("op") in ("lt", "le")
    for kinds in (("announced",),) if bound else (("announced",), ("crossed", "identified"), _PARTS):
        good = [
            r
            for r in _figure(release, *kinds)
            if _fits_record(claim.value, r) and _same_people(claim.value, r) and not (_apart(r) - said_of)
        ]
        if good:
            whole = _any_of(announced(release))
            part = (
                "" if kinds == ("announced",) else say("a part or another count of it; announced: {whole}", whole=whole)
            )
            return _agrees(claim, release, good[0], part or _crossed_context(release))
    figures = _figure(release, "announced")
    if not figures:
        return cannot_say(say("no figure on record for {what}", what=called(release)))
    return _differs(claim, release, figures[0])


_PARTS = ("part", "stayed", "refused")


def _elsewhere(claim: Claim, desk: Desk, release: Release) -> Finding | None:
    """People said to have been taken to a state to which no figure of the release takes so many."""
    sentence, home = desk.page.parsed[claim.sentence], desk.casebook.book.country
    inside = range(claim.quote.start, claim.quote.end)
    said_to = {str(c.value["code"]) for c in sentence.of("nation") if sentence.tokens[c.i].start in inside} - {home}
    going = [
        (code_, r)
        for r in _figure(release, "crossed", "part", "announced")
        if (code_ := _code_of(r.get("what").rpartition(" to ")[2])) is not None and " to " in r.get("what")
    ]
    if not said_to or not going or any(c in said_to and _fits_record(claim.value, r) for c, r in going):
        return None
    told = together([said(r) for _, r in going], "; ")
    return cannot_say(say("on record: {what}", what=told), say("where the people freed were taken"))


def _same_people(value: Mapping[str, Any], record: Record) -> bool:
    """True where a figure can be of the people the text counts: everybody, or those of the same word."""
    if generic(value) or record.get("figure", "announced") == "announced":
        return True
    words = {w[:6] for w in re.findall(r"[a-z]{4,}", str(value.get("what", "")).casefold())}
    return bool(words & {w[:6] for w in re.findall(r"[a-z]{4,}", record.get("what").casefold())})


def _crossed_context(release: Release) -> str:
    crossed = _figure(release, "crossed", "refused")
    return (
        say("announced is not free: {figures}", figures=together([said(r) for r in crossed], "; ")) if crossed else ""
    )


def _differs(claim: Claim, release: Release, record: Record) -> Finding:
    """Another number than the one on record: wrong only where the text names the very day and counts everybody."""
    when = read_day(str(claim.value.get("date", "")))
    exact_day = when is not None and when.is_day and release.when.is_day and when.earliest == release.when.earliest
    why = say("the text says {number}, the record {figure}", number=worded(claim.value), figure=said(record))
    n, whole = claim.value.get("n"), record.number("n")
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
        finding = _parts(claim, release)
    elif "nationality" in value or value.get("unit") in ("women", "men") or "ratio" in value:
        finding = _in_category(claim, release)
        if finding.verdict is Verdict.NOT_ENOUGH and "nationality" in value:
            finding = _another_release(claim, desk) or finding
    elif (
        value.get("op") in ("gt", "ge")
        and isinstance(value.get("n"), int)
        and value["n"] > max(announced(release), default=0)
        and not _on_its_day(claim, release)
    ):
        return _flow(claim, desk)
    elif value.get("part"):
        return _a_part(claim, desk, release)
    else:
        finding = _whole(claim, desk, release)
    if finding.verdict is Verdict.NOT_ENOUGH and not (
        _on_its_day(claim, release) and value.get("op", "eq") in ("gt", "ge", "lt", "le")
    ):
        # "178 freed in all" counts more than the release it is about; "13 others", what is left of it.
        others = (o for o in (_flow(claim, desk), _rest(claim, desk, release)) if o is not None)
        finding = next((o for o in others if o.verdict is Verdict.SUPPORTED), finding)
    return finding


def _another_release(claim: Claim, desk: Desk) -> Finding | None:
    """`31 Ukrainians were handed over`, told beside another release: the one within a year that was of so many of them."""
    if "n" not in claim.value or int(claim.value["n"]) < _LEAST or desk.published is None:
        return None
    category = str(claim.value["nationality"])
    for release in reversed(desk.events.releases):
        day = release.when.middle
        if day is None or not desk.published - _A_YEAR <= day <= desk.published:
            continue
        good = [r for n, r in _category_figures(release, category) if n == claim.value["n"]]
        if good:
            return _agrees(claim, release, good[0])
    return None


_LEAST = 5  # of fewer citizens of a state several releases can be meant


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
    for whole in _figure(release, "announced"):
        total = whole.number("n") or 0
        names = ", ".join(sorted(named))
        beside = [(len(named), say("{whom} and the others", whom=names), whole)] if named else []
        parts = [(r.number("n") or 0, r) for r in _figure(release, "part")]
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
        for r in _figure(release, "part", "crossed", *(() if crossed else ("stayed", "refused")))
        if r.number("n") == claim.value.get("n") and said_of & topics(r.get("what"), "groups")
    ]
    if good:
        return _agrees(claim, release, good[0])
    why = say("no figure of a part of {release} on record that fits", release=called(release))
    return cannot_say(why, _breakdown(release))


def _of_its_time(flow: Record, desk: Desk) -> bool:
    """True where a published flow can be the one an article speaks of: made known within a year before it."""
    when = flow.date("on")
    if when is None or when.latest is None or desk.published is None:
        return True
    return desk.published - _A_YEAR <= when.latest and (when.earliest or when.latest) <= desk.published + _A_MONTH


def _flow(claim: Claim, desk: Desk) -> Finding:
    value = claim.value
    flows = [
        r
        for r in desk.casebook.counts
        if r.get("kind") == "flow" and re.search(r"releas|pardon|term|left|expel", r.get("what"))
    ]
    many = isinstance(value.get("n"), int) and value["n"] >= _MANY and not {"nationality", "parts"} & set(value)
    if generic(value) or (many and value.get("unit") not in ("women", "men")):
        good = [r for r in flows if "n" in value and r.number("n") == value["n"] and _of_its_time(r, desk)]
        if good:
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=published(good[0]),
                steps=steps_of(claim, good[0]),
                rests_on=good[0].statements,
            )
        total = _sum_since(claim, desk)
        if total is not None:
            return total
    when = read_day(str(value.get("date", "")))
    why = (
        say("no release on record that fits {number}", number=worded(value))
        if when is None
        else say("no release on record that fits {number} ({day})", number=worded(value), day=when)
    )
    return cannot_say(why, say("the release that is meant"))


_MANY = 50  # so many people are told by one published figure, whatever part of whom the text calls them


def published(record: Record) -> Phrase:
    """A count as published, with the time it is of."""
    return say("published: {figure}, {day}", figure=said(record), day=record.date("on") or record.get("on"))


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
