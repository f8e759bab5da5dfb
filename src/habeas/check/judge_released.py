"""Verdicts on counts of people freed: against the figures of the release, its parts, and published flows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from habeas.check.desk import Desk, Finding, cannot_say, fits, worded
from habeas.check.events import announced, identifier, read_day
from habeas.check.lexicon import lexicon, longest
from habeas.check.numbers import plain_number
from habeas.check.text import tokens
from habeas.check.topics import topics
from habeas.nouns import Claim, Record, Release, Step, Verdict

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


def said(record: Record) -> str:
    """A figure with its operator, what it counts and who gives it."""
    words = {
        "gt": "more than ",
        "ge": "at least ",
        "approx": "about ",
        "le": "at most ",
        "lt": "fewer than ",
        "approx_lt": "nearly ",
    }
    by = f" ({record.get('by')})" if record.get("by") else ""
    return f"{words.get(record.get('op', 'eq'), '')}{record.number('n'):,} {record.get('what')}{by}"


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
            whole = _code_of(record.get("what")) == category and "of " not in what.replace("citizens of", "")
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
            steps.append(
                Step(what=f"{n} {category}", result=f"as on record: {said(good[0])}", rests_on=good[0].statements)
            )
            rests += good[0].statements
        elif figures:
            wrong.append((category, n, figures))
        else:
            unknown.append(category)
    total = sum(parts.values())
    whole = announced(release)
    steps.append(
        Step(
            what="sum of the parts",
            result=f"{total}; announced: {', '.join(map(str, whole)) or 'not on record'}",
            rests_on=release.statements,
        )
    )
    adds_up = (
        f"the parts add up to {total}, the release was announced as {whole[0]}" if whole and total not in whole else ""
    )
    sexes = set(parts) <= {"women", "men"}
    if wrong and sexes and total in whole:
        category, n, figures = wrong[0]
        why = f"{n} {category} said; on record: {said(figures[0][1])}"
        return Finding(
            verdict=Verdict.CONTRADICTED, why=why, steps=tuple(steps), rests_on=tuple(figures[0][1].statements)
        )
    if wrong:
        category, n, figures = wrong[0]
        return cannot_say(
            f"{n} {category} said; on record: {said(figures[0][1])}",
            "a list of the people freed by nationality",
            adds_up,
            tuple(steps),
        )
    if unknown and len(unknown) == len(parts):
        return cannot_say(f"no figure on record for {', '.join(unknown)}", context=adds_up, steps=tuple(steps))
    if unknown and total not in whole:
        return cannot_say(f"no figure on record for {', '.join(unknown)}", context=adds_up, steps=tuple(steps))
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=f"each part with a figure on record agrees ({identifier(release)})",
        steps=tuple(steps),
        rests_on=tuple(rests),
        context=adds_up,
    )


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
        return _agrees(claim, release, good[0], f"another source: {'; '.join(others)}" if others else "")
    if not figures:
        return cannot_say(
            f"no figure on record for {category} in {identifier(release)}", f"a breakdown of {identifier(release)}"
        )
    return cannot_say(f"on record: {'; '.join(said(r) for _, r in figures)}", "a list of the people freed")


def _share(claim: Claim, release: Release, category: str, figures: list[tuple[int, Record]]) -> Finding:
    whole = announced(release)
    if not figures or not whole:
        return cannot_say(
            f"no figure on record to reckon the share of {category}", f"a breakdown of {identifier(release)}"
        )
    n, record = figures[0]
    share = n / whole[0]
    step = Step(what=f"{n} of {whole[0]}", result=f"{share:.1%}", rests_on=record.statements)
    if fits(claim.value, share):
        return Finding(
            verdict=Verdict.SUPPORTED,
            why=f"{n} of {whole[0]} is {share:.1%}",
            steps=(step,),
            rests_on=record.statements,
        )
    return cannot_say(f"{n} of {whole[0]} is {share:.1%}; the wording leaves room", steps=(step,))


def steps_of(claim: Claim, record: Record) -> tuple[Step, ...]:
    return (
        Step(what="the text says", result=worded(claim.value)),
        Step(
            what=f"the record says ({record.get('figure') or record.get('kind')})",
            result=said(record),
            rests_on=record.statements,
        ),
    )


def _agrees(claim: Claim, release: Release, record: Record, context: str = "") -> Finding:
    why = f"{identifier(release)}: {said(record)}"
    return Finding(
        verdict=Verdict.SUPPORTED, why=why, steps=steps_of(claim, record), rests_on=record.statements, context=context
    )


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


def _whole(claim: Claim, release: Release, said_of: frozenset[str]) -> Finding:
    crossed = claim.value.get("unit") == "crossed border"
    if crossed and _figure(release, "crossed"):
        records = _figure(release, "crossed")
        good = [r for r in records if _fits_record(claim.value, r)]
        if good:
            return _agrees(claim, release, good[0])
        if claim.value.get("op") == "eq" and all(r.get("op", "eq") == "eq" for r in records):
            why = f"announced is not crossed: {said(records[0])}"
            return Finding(
                verdict=Verdict.CONTRADICTED, why=why, steps=steps_of(claim, records[0]), rests_on=records[0].statements
            )
    for kinds in (("announced",), ("crossed", "identified"), ("part", "stayed", "refused")):
        good = [
            r
            for r in _figure(release, *kinds)
            if _fits_record(claim.value, r) and _same_people(claim.value, r) and not (_apart(r) - said_of)
        ]
        if good:
            part = (
                ""
                if kinds == ("announced",)
                else f"a part or another count of it; announced: {', '.join(map(str, announced(release)))}"
            )
            return _agrees(claim, release, good[0], part or _crossed_context(release))
    whole = _figure(release, "announced")
    if not whole:
        return cannot_say(f"no figure on record for {identifier(release)}")
    return _differs(claim, release, whole[0])


def _same_people(value: Mapping[str, Any], record: Record) -> bool:
    """True where a figure can be of the people the text counts: everybody, or those of the same word."""
    if generic(value) or record.get("figure", "announced") == "announced":
        return True
    words = {w[:6] for w in re.findall(r"[a-z]{4,}", str(value.get("what", "")).casefold())}
    return bool(words & {w[:6] for w in re.findall(r"[a-z]{4,}", record.get("what").casefold())})


def _crossed_context(release: Release) -> str:
    crossed = _figure(release, "crossed", "refused")
    return f"announced is not free: {'; '.join(said(r) for r in crossed)}" if crossed else ""


def _differs(claim: Claim, release: Release, record: Record) -> Finding:
    """Another number than the one on record: wrong only where the text names the very day and counts everybody."""
    when = read_day(str(claim.value.get("date", "")))
    exact_day = when is not None and when.is_day and release.when.is_day and when.earliest == release.when.earliest
    why = f"the text says {worded(claim.value)}, the record {said(record)}"
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
    return cannot_say(why, "a source that says which people the number counts", steps=steps_of(claim, record))


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
        return cannot_say("no number is claimed")
    release = desk.events.get(value.get("event"))
    if release is None:
        return _flow(claim, desk)
    if "parts" in value:
        finding = _parts(claim, release)
    elif "nationality" in value or value.get("unit") in ("women", "men") or "ratio" in value:
        finding = _in_category(claim, release)
    elif (
        value.get("op") in ("gt", "ge")
        and isinstance(value.get("n"), int)
        and value["n"] > max(announced(release), default=0)
    ):
        return _flow(claim, desk)
    elif value.get("part"):
        return _a_part(claim, desk, release)
    else:
        finding = _whole(claim, release, _groups(claim, desk))
    if finding.verdict is Verdict.NOT_ENOUGH:
        # "178 freed in all" counts more than the release it is about; "13 others", what is left of it.
        others = (o for o in (_flow(claim, desk), _rest(claim, desk, release)) if o is not None)
        finding = next((o for o in others if o.verdict is Verdict.SUPPORTED), finding)
    return finding


def _rest(claim: Claim, desk: Desk, release: Release) -> Finding | None:
    """`13 others`: the release less those who are named beside the number, or less a part of it."""
    sentence, n = desk.page.parsed[claim.sentence], claim.value.get("n")
    inside = [k for k, t in enumerate(sentence.tokens) if t.start >= claim.quote.start and t.end <= claim.quote.end]
    if not inside or not isinstance(n, int) or not sentence.any_of("other", inside[0] - 1, inside[-1] + 2):
        return None
    named = {str(c.value["person"]) for c in desk.page.subjects(claim.sentence)} - desk.directory.rulers
    for whole in _figure(release, "announced"):
        total = whole.number("n") or 0
        beside = [(len(named), f"{', '.join(sorted(named))} and the others", whole)] if named else []
        beside += [(r.number("n") or 0, f"{said(r)} and the others", r) for r in _figure(release, "part")]
        for less, what, record in beside:
            if less and total - less == n:
                step = Step(
                    what=what, result=f"{less} + {n} = {total}", rests_on=(*whole.statements, *record.statements)
                )
                why = f"{identifier(release)}: {said(whole)}; {less} + {n} = {total}"
                return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=whole.statements)
    return None


def _a_part(claim: Claim, desk: Desk, release: Release) -> Finding:
    """A number said of a part of the release: only a figure of the part that the sentence speaks of can bear it out."""
    said_of = _groups(claim, desk)
    good = [
        r
        for r in _figure(release, "part", "crossed", "stayed", "refused")
        if r.number("n") == claim.value.get("n") and said_of & topics(r.get("what"), "groups")
    ]
    if good:
        return _agrees(claim, release, good[0])
    return cannot_say(
        f"no figure of a part of {identifier(release)} on record that fits", f"a breakdown of {identifier(release)}"
    )


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
        if r.get("kind") == "flow" and re.search(r"releas|pardon|term|left", r.get("what"))
    ]
    if generic(value):
        good = [r for r in flows if "n" in value and r.number("n") == value["n"] and _of_its_time(r, desk)]
        if good:
            return Finding(
                verdict=Verdict.SUPPORTED,
                why=f"published: {said(good[0])}, {good[0].get('on')}",
                steps=steps_of(claim, good[0]),
                rests_on=good[0].statements,
            )
        total = _sum_since(claim, desk)
        if total is not None:
            return total
    when = str(value.get("date", ""))
    return cannot_say(
        f"no release on record that fits {worded(value)}{' in ' + when if when else ''}", "the release that is meant"
    )


def _sum_since(claim: Claim, desk: Desk) -> Finding | None:
    """`over 200 freed`, `hundreds since July 2024`: the announced figures since then, or of a year, where a bound is claimed."""
    bound = claim.value.get("op") in ("gt", "ge") or ("min" in claim.value and "n" not in claim.value)
    if desk.published is None or not bound:
        return None
    sentence = desk.page.parsed[claim.sentence]
    days = [read_day(str(c.value["date"])) for c in sentence.of("date") if sentence.among(c.i - 1, "since")]
    begun = next((d.earliest for d in days if d is not None and d.earliest is not None), None)
    since = begun or desk.published - timedelta(days=365)
    found = [
        r
        for r in desk.events.releases
        if r.when.middle is not None and since <= r.when.middle <= desk.published and announced(r)
    ]
    total = sum(announced(r)[0] for r in found)
    if not fits(claim.value, total):
        return None
    steps = tuple(Step(what=identifier(r), result=str(announced(r)[0]), rests_on=r.statements) for r in found)
    why = f"the releases on record since {since} add up to {total}"
    return Finding(
        verdict=Verdict.SUPPORTED,
        why=why,
        steps=(*steps, Step(what="sum", result=str(total))),
        rests_on=tuple(s for r in found for s in r.statements),
    )
