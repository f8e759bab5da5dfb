"""Verdicts on dates of which the words do not say plainly what happened: by what the record tells of that very time.

A day that an article gives is borne out where, on that day, something befell one of the people it speaks of, or a release,
an exchange, a measure or a published count has that day and the words around speak of such a thing. A week or a month
bears out less: only what the sentence itself names.
"""

from __future__ import annotations

from datetime import date, timedelta

from habeas.check.desk import Desk, Finding, fits
from habeas.check.events import announced, called, identifier, read_day
from habeas.check.figures import said
from habeas.check.grammar import Parsed
from habeas.check.moves import SAID_AS, Move, moves_by, of_the_act
from habeas.check.named import gazetteer
from habeas.check.plain_claims import plain
from habeas.check.subjects import persons
from habeas.check.topics import topics
from habeas.dates import PartialDate
from habeas.nouns import Case, Claim, EventKind, Flow, Release, Step, Verdict, only, say

_BACK = 2  # sentences before in which those can be named whom an event befell
_OF_MEASURES = 4  # ... and the state that acts
_FREED = ("free_verb", "freed_state", "free_noun", "pardon_word", "came_out")
_RELIEF = ("sanctions", "lift", "ease", "impose", "delist", "license", "blacklist")
# What befell somebody, by the words that a sentence has for it (`lives` in topics.yaml).
_KINDS = {
    "detention": (EventKind.DETAINED, EventKind.RETURNED),
    "verdict": (EventKind.SENTENCED, EventKind.APPEAL),
    "death": (EventKind.DIED,),
    "release": (EventKind.RELEASED, EventKind.PARDONED),
    "recognised": (EventKind.RECOGNISED,),
}


def judge_then(claim: Claim, desk: Desk, when: PartialDate) -> Finding | None:
    """What the record tells of the time that an article gives, among what the words around it speak of; None for nothing."""
    span = _span(claim, when)
    if span is None:
        return None
    for told in (_befell, _released, _exchanged, _measured, _counted):
        finding = told(claim, desk, span)
        if finding is not None:
            return finding
    return None


def _span(claim: Claim, when: PartialDate) -> tuple[date, date] | None:
    """The first and last day that a date can mean; a week is that of the day it was reckoned to, a year means too much."""
    if when.earliest is None or when.latest is None:
        return None
    if claim.value.get("precision") == "week":
        monday = when.earliest - timedelta(days=when.earliest.weekday())
        return monday, monday + timedelta(days=6)
    return (when.earliest, when.latest) if (when.latest - when.earliest).days < _A_MONTH else None


_A_MONTH = 31


def _is_day(span: tuple[date, date]) -> bool:
    return span[0] == span[1]


def _within(day: PartialDate | None, span: tuple[date, date]) -> bool:
    """True where a day on record surely lies in a span."""
    if day is None or day.earliest is None or day.latest is None:
        return False
    return span[0] <= day.earliest and day.latest <= span[1]


def _around(claim: Claim, desk: Desk, back: int = _BACK) -> list[Parsed]:
    """The sentence of a claim with the ones before it."""
    return list(desk.page.parsed[max(0, claim.sentence - back) : claim.sentence + 1])


def _taken_up(claim: Claim, desk: Desk) -> list[Parsed]:
    """The next sentence, where it begins with a word that takes the day up: `Then 123 people were freed`."""
    after = desk.page.parsed[claim.sentence + 1 : claim.sentence + 2]
    return [p for p in after if p.has("same_day", 0, 3) or p.tokens[0].low in plain(p.lexicon.language).then]


def _speaks_of(rows: list[Parsed], labels: tuple[str, ...]) -> bool:
    return any(p.has(label) for p in rows for label in labels)


def _supported(why: str, what: str, day: PartialDate, ids: tuple[str, ...]) -> Finding:
    step = Step(what=what, result=only(day), rests_on=ids)
    return Finding(verdict=Verdict.SUPPORTED, why=why, steps=(step,), rests_on=ids)


# --- what befell somebody -----------------------------------------------------------------------------------------


# The classes of words that readers of claims know each kind by.
_CLASSES = {
    "detention": ("arrested", "held_verb"),
    "verdict": ("verdict", "sentenced", "convicted"),
    "death": ("death",),
    "release": _FREED,
    "recognised": ("recognised", "deemed"),
}


def _spoken(claim: Claim, desk: Desk) -> frozenset[str]:
    """The kinds of event that a date can be of: as it was read, and by the words of its sentence, else of the one before."""
    read = str(claim.value.get("event"))
    for p in (desk.page.parsed[claim.sentence], *desk.page.parsed[max(0, claim.sentence - 1) : claim.sentence]):
        told = set(topics(" ".join(t.low for t in p.tokens), "lives")) | ({read} & set(_KINDS))
        told |= {kind for kind, labels in _CLASSES.items() if _speaks_of([p], labels)}
        if told:
            return frozenset(told)
    return frozenset()


def _befell(claim: Claim, desk: Desk, span: tuple[date, date]) -> Finding | None:
    """An arrest, a verdict, a release or a death, on that day, of somebody named close by; or of several named anywhere.

    A name that touches the date needs no word for what happened: `Vitold Ashurak (21 May 2021)`.
    """
    own = desk.page.parsed[claim.sentence]
    spoken = _spoken(claim, desk)
    for name in _beside(claim, own):
        if (finding := _happened(desk.case(name), spoken or frozenset(_KINDS), span)) is not None:
            return finding
    if not spoken:
        return None
    hero = [str(desk.page.hero.value["person"])] if desk.page.hero is not None else []
    near = [*hero, *(str(c.value["person"]) for p in _around(claim, desk) for c in p.of("person"))]
    for name in dict.fromkeys([*persons(claim), *reversed(near)]):
        finding = _happened(desk.case(name), spoken, span)
        if finding is not None:
            return finding
    if not _is_day(span) and claim.value.get("precision") != "week":
        return None
    # "Most of them were seized on 12 November": those whom the text names, wherever it does.
    everybody = sorted({str(c.value["person"]) for p in desk.page.parsed for c in p.of("person")})
    rows = [row for name in everybody if (row := _happened(desk.case(name), spoken, span)) is not None]
    return rows[0] if len(rows) > 1 or (rows and claim.value.get("event") in _KINDS) else None


def _beside(claim: Claim, own: Parsed) -> list[str]:
    """The people whose names touch a date, or stand before it in brackets: `Vitold Ashurak (21 May 2021)`."""
    said = str(claim.value.get("date", ""))
    dates = [c for c in own.of("date") if str(c.value["date"]) == said]
    return [str(c.value["person"]) for c in own.of("person") if any(c.j <= d.i <= c.j + _TOUCH for d in dates)]


_TOUCH = 2  # words between a name and the words of a date
_CALLED = {
    EventKind.DETAINED: say("arrest"),
    EventKind.RETURNED: say("arrest"),
    EventKind.SENTENCED: say("verdict"),
    EventKind.APPEAL: say("verdict"),
    EventKind.DIED: say("death"),
    EventKind.RELEASED: say("release"),
    EventKind.PARDONED: say("release"),
    EventKind.RECOGNISED: say("recognised as a political prisoner"),
}


def _happened(case: Case | None, spoken: frozenset[str], span: tuple[date, date]) -> Finding | None:
    """The first of what befell somebody in a span, among what a sentence speaks of."""
    if case is None:
        return None
    kinds = {kind for name in spoken for kind in _KINDS.get(name, ())}
    for event in case.events:
        if event.kind in kinds and not event.disputed and _within(event.when, span):
            name = _CALLED[event.kind]
            why = say("{name}: {event} {day}", name=case.label, event=name, day=event.when)
            return _supported(why, name, event.when, event.statements)
    return _silent(case, span) if "silence" in spoken else None


def _silent(case: Case, span: tuple[date, date]) -> Finding | None:
    """The day of the last news of somebody, give or take three: the letter is written before it comes."""
    for last in case.ever("incommunicado_since"):
        day = read_day(last.value)
        if day is not None and _within(day, (span[0] - _POST, span[1] + _POST)):
            why = say("{name}: last heard from {day}", name=case.label, day=day)
            return _supported(why, say("last heard from"), day, last.statements)
    return None


_POST = timedelta(days=3)


# --- releases and exchanges ---------------------------------------------------------------------------------------


def _numbers(rows: list[Parsed]) -> set[object]:
    return {c.value.get("n") for p in rows for c in p.of("number")}


def _released(claim: Claim, desk: Desk, span: tuple[date, date]) -> Finding | None:
    """A release of that day, where the words around speak of people freed or give its number; in a week, by both."""
    own = [desk.page.parsed[claim.sentence], *_taken_up(claim, desk)]
    beside = [*_around(claim, desk), *own[1:]]
    for release in desk.events.releases:
        if not _within(release.when, span):
            continue
        freed, counted = _speaks_of(beside, _FREED), bool(_numbers(beside) & {*announced(release)} - {1})
        if counted if not _is_day(span) else (counted or (freed and (_speaks_of(own, _FREED) or _main(desk, release)))):
            why = say("the day of {release}", release=called(release))
            return _supported(why, called(release), release.when, release.statements)
    return None


def _main(desk: Desk, release: Release) -> bool:
    """True for the release the article is about, and for one whose people it names or counts."""
    if identifier(release) == desk.events.main or {*announced(release)} - {1} & _numbers(list(desk.page.parsed)):
        return True
    named = {c.value.get("case") for p in desk.page.parsed for c in p.of("person")} - {None}
    return bool(named & set(release.named))


def _exchanged(claim: Claim, desk: Desk, span: tuple[date, date]) -> Finding | None:
    """An exchange or an offer of that day, carried out or not, where the words around speak of one."""
    if not (_is_day(span) and _speaks_of(_around(claim, desk), ("exchange", "broker", "loose_deal"))):
        return None
    for deal in desk.casebook.deals.values():
        if _within(deal.when, span):
            return _supported(
                say("{title} ({day})", title=deal.title, day=deal.when), deal.title, deal.when, deal.statements
            )
    return None


# --- measures and counts ------------------------------------------------------------------------------------------

_POWERS = {"US", "EU", "UK", "CA"}  # whose measures a date is held against


def _actors(rows: list[Parsed]) -> set[str]:
    codes = {str(c.value["code"]) for p in rows for c in p.of("nation")}
    named = {SAID_AS.get(c, c) for c in codes} & _POWERS
    return named | {a for a in ("US", "EU", "UK") for p in rows if p.has(f"acts_for_{a.lower()}")}


def _measured(claim: Claim, desk: Desk, span: tuple[date, date]) -> Finding | None:
    """A measure of that day of a state that the sentence or the ones before it name; of a month, of one it names itself."""
    own = desk.page.parsed[claim.sentence]
    beside = _around(claim, desk, _OF_MEASURES if _is_day(span) else 1)
    wanted = topics(" ".join(t.low for t in own.tokens), "measures")
    if not wanted and not _speaks_of(beside, _RELIEF):
        return None
    actors = _actors([own]) or _actors(beside)
    text = desk.page.printed(claim.sentence)
    printed = frozenset[str]() if _is_day(span) else gazetteer(desk.casebook).bodies_in(text)
    for move in of_the_act(desk.casebook, moves_by(desk.casebook, *actors), text):
        days = move.all_days if _is_day(span) else move.days
        day = next((d for d in days if _within(d, span)), None)
        if day is not None and (_is_day(span) or _on_it(own, printed, wanted if _actors([own]) else frozenset(), move)):
            why = say("{who}: {what}, {day}", who=move.who, what=move.what, day=day)
            return _supported(why, say("measure on record"), day, move.statements)
    return None


def _on_it(own: Parsed, printed: frozenset[str], wanted: frozenset[str], move: Move) -> bool:
    """True where a measure is on what a sentence names: by topic or by how many, and on the bodies `printed` there."""
    counted = [n for n in move.counted if n >= _MANY]
    same = any(fits(c.value, n) for c in own.of("number") for n in counted if c.value.get("n", 0) >= _MANY)
    return (same or bool(wanted & move.topics)) and printed <= move.bodies


_MANY = 10  # a smaller number is hardly one of people or companies listed


def _counted(claim: Claim, desk: Desk, span: tuple[date, date]) -> Finding | None:
    """A count published of that day, where the text gives its number close by, or tells that people were recognised."""
    if not _is_day(span):
        return None
    after = desk.page.parsed[claim.sentence + 1 : claim.sentence + 2]
    told = _numbers([*_around(claim, desk), *after])
    recognised = "recognised" in _spoken(claim, desk)
    for record in desk.casebook.counts:
        same = record.n in told or (recognised and record.flow is Flow.RECOGNISED)
        if record.on is not None and _within(record.on, span) and same:
            return _supported(said(record), say("a published count"), record.on, record.statements)
    return None
