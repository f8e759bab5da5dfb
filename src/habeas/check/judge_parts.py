"""Verdicts on parts of a release: women and men, foreigners, the citizens of a state, those taken to one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from habeas.check.desk import Desk, Finding, cannot_say, fits
from habeas.check.events import announced, called
from habeas.check.figures import agrees, any_of, figures_of, fits_record, said
from habeas.check.lexicon import lexicon, longest
from habeas.check.numbers import plain_number
from habeas.check.text import tokens
from habeas.languages import state
from habeas.nouns import Claim, Figure, Phrase, Release, Step, Verdict, say, together

_A_YEAR = timedelta(days=366)


def judge_parts(claim: Claim, release: Release) -> Finding:
    parts: Mapping[str, int] = claim.value["parts"]
    steps: list[Step] = []
    rests: list[str] = []
    unknown: list[str] = []
    wrong: list[tuple[str, int, list[tuple[int, Figure]]]] = []
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
            result=say("{total}; announced: {whole}", total=total, whole=any_of(whole)),
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


def _other_parts(wrong: tuple[str, int, list[tuple[int, Figure]]]) -> Phrase:
    category, n, figures = wrong
    on_record = said(figures[0][1])
    what = _kind_of_people(category)
    return say("the text says {number} {what}; on record: {figure}", number=n, what=what, figure=on_record)


def _category_figures(release: Release, category: str) -> list[tuple[int, Figure]]:
    """The figures of a release for women, men, foreigners, or the citizens of a state."""
    found = []
    for record in release.figures:
        n = record.n
        what = record.what.casefold()
        if n is None:
            continue
        if category in ("women", "men", "journalists"):
            if re.match(rf"{category}\b", what):
                found.append((n, record))
        elif category.startswith("to_"):
            if re.search(r"\bto\b", what) and code_of(record.what.rpartition(" to ")[2]) == category[3:]:
                found.append((n, record))
        elif category == "foreign":
            if what.startswith("foreign"):
                found.append((n, record))
        else:
            found += [(m, record) for code, m in _by_nation(record) if code == category]
            whole = code_of(record.what) == category and "of " not in re.sub(r"citizens? of", "", what)
            if whole and (not re.search(r"\d", what.replace(str(n), "", 1)) or "among" in what):
                found.append((n, record))
    return found


def _by_nation(record: Figure) -> list[tuple[str, int]]:
    """Numbers by nationality inside the words of a figure: `6 of Lithuania, 2 of Latvia, one of them of Sweden`."""
    out = []
    for part in re.split(r"[,;:]| and ", record.what):
        found = tokens(part)
        code = code_of(part)
        for i in range(len(found)):
            number = plain_number(found, i, lexicon("en"))
            if number is not None and code is not None and any(t.low == "of" for t in found[number[1] :]):
                out.append((code, int(number[0])))
                break
    return out


def code_of(text: str) -> str | None:
    words = lexicon("en")
    found = tokens(text)
    for i in range(len(found)):
        hit = longest(words.nations, found, i)
        if hit is not None:
            return hit[0].split(":")[0]
    return None


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


def judge_category(claim: Claim, release: Release) -> Finding:
    category = str(claim.value.get("nationality") or claim.value.get("unit"))
    figures = _category_figures(release, category)
    if "ratio" in claim.value:
        return _share(claim, release, category, figures)
    good = [r for m, r in figures if fits(claim.value, m)]
    if good:
        others = [said(r) for m, r in figures if not fits(claim.value, m)]
        context = say("another source: {figures}", figures=together(others, "; ")) if others else ""
        return agrees(claim, release, good[0], context)
    whole = [r for r in figures_of(release, "announced") if fits_record(claim.value, r)]
    if not figures and category in ("women", "men") and whole:
        return agrees(claim, release, whole[0], say("how many of them were men or women is not on record"))
    if not figures:
        what = _kind_of_people(category)
        why = say("no figure on record for {what} in {release}", what=what, release=called(release))
        return cannot_say(why, breakdown(release))
    told = together([said(r) for _, r in figures], "; ")
    return cannot_say(say("on record: {what}", what=told), say("a list of the people freed"))


def breakdown(release: Release) -> Phrase:
    return say("a breakdown of {release}", release=called(release))


def _share(claim: Claim, release: Release, category: str, figures: list[tuple[int, Figure]]) -> Finding:
    whole = announced(release)
    if not figures or not whole:
        what = _kind_of_people(category)
        return cannot_say(say("no figure on record to reckon the share of {what}", what=what), breakdown(release))
    n, record = figures[0]
    share = n / whole[0]
    of = say("{n} of {whole}", n=n, whole=whole[0])
    step = Step(what=of, result=say("{share}", share=f"{share:.1%}"), rests_on=record.statements)
    why = say("{of} is {share}", of=of, share=f"{share:.1%}")
    if fits(claim.value, share):
        return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=record.statements)
    return cannot_say(say("{why}; the wording leaves room", why=why), steps=(step,))


def another_release(claim: Claim, desk: Desk) -> Finding | None:
    """A part told beside another release than its own: the one release of the year before that had such a part.

    `31 Ukrainians were handed over`, `three women and 20 men`, read as of a release that the text names too.
    """
    if desk.published is None:
        return None
    good: list[tuple[Release, Figure]] = []
    for release in desk.events.releases:
        day = release.when.middle
        if day is None or not desk.published - _A_YEAR <= day <= desk.published:
            continue
        if "parts" in claim.value:
            found = judge_parts(claim, release)
            figures = {r.n for r in release.figures}
            if found.verdict is Verdict.SUPPORTED and sum(claim.value["parts"].values()) in figures:
                return found
            continue
        category = str(claim.value.get("nationality"))
        good += [(release, r) for n, r in _category_figures(release, category) if n == claim.value.get("n")][:1]
    return agrees(claim, *good[0]) if len(good) == 1 else None
