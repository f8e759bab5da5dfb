"""Verdicts on parts of a release: women and men, foreigners, the citizens of a state, those taken to one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from habeas.check.desk import Desk, Finding, cannot_say, fits
from habeas.check.events import announced, called
from habeas.check.figures import agrees, any_of, figures_of, fits_record, said
from habeas.languages import state
from habeas.nouns import Claim, Figure, FigureKind, Group, Phrase, Release, Step, Verdict, say, together

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
    return [(r.n, r) for r in release.figures if r.n is not None and _counts(r, category)]


def _counts(record: Figure, category: str) -> bool:
    """True where a figure counts those of a category, as claims name it: a group, `to_` a state, or the citizens of one."""
    if category.startswith("to_"):
        return category[3:] in record.destination and not record.group
    if category == "foreign":
        return Group.FOREIGNERS in record.group
    return category in record.nationality or category in record.group


def whom(record: Figure) -> frozenset[str]:
    """Whom a figure counts, as the wordings of texts call them: groups, states, `home` for those who stay."""
    stay = {"home"} if record.figure is FigureKind.STAYED else set()
    return frozenset({*map(str, record.group), *record.destination, *record.nationality, *stay})


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
