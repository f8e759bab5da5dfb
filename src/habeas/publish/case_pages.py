"""A page for each case, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from habeas.answers import Custody
from habeas.dates import Days, PartialDate
from habeas.languages import code, moment
from habeas.nouns import Case, Spell, say, say_count
from habeas.publish import search
from habeas.publish.names import Called
from habeas.publish.shelf import Page, Shelf
from habeas.publish.timeline import timeline
from habeas.publish.values import Refs, Said, said

ON_A_PAGE = 2_000  # cases on one page of the list
_LABELS = {
    "born": say("Born"),
    "sex": say("Sex"),
    "nationality": say("Nationality"),
    "occupation": say("Occupation"),
    "sentenced": say("Sentenced on"),
    "appeal": say("Appeal heard on"),
    "regime": say("Kind of custody"),
    "article": say("Articles of the criminal code"),
    "charge": say("Charge"),
    "prison": say("Place of custody"),
    "pardoned": say("Pardoned on"),
    "release_condition": say("Conditions of release"),
    "judge": say("Judge, as named by a source"),
    "prosecutor": say("Prosecutor, as named by a source"),
    "investigator": say("Investigator, as named by a source"),
    "prison_head": say("Head of the prison, as named by a source"),
    "incommunicado_since": say("Incommunicado since"),
    "ill_treatment": say("Ill-treatment, as alleged by a source"),
}
# Told in the spells, in the list of events, or as links.
_ELSEWHERE = frozenset(
    {"detained", "released", "returned", "died", "refused_in", "released_in", "not_held_on", "held_on", "recognised"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A spell as shown in the table of a case."""

    start: Said | None
    end: Said | None
    exit_kind: Said | None
    taken_to: Said | None
    sentence: Said | None
    term_ends: date | None
    days: Days | None
    days_to: str | PartialDate
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A case in the list of all cases."""

    id: str
    path: str
    called: Called
    status: str
    start: str | PartialDate
    end: str | PartialDate
    days: Days | None


def case_page(shelf: Shelf, identifier: str) -> Page:
    """The page of a case."""
    case = shelf.casebook.cases[identifier]
    refs = Refs(shelf)
    spells = [_stretch(shelf, s, held, refs) for s, held in zip(case.spells, shelf.custody(case), strict=True)]
    attributes = [
        (_LABELS[prop], [s for s in (said(shelf, v, prop, refs) for v in values) if s is not None])
        for prop, values in shelf.attributes(case).items()
        if prop not in _ELSEWHERE and prop in _LABELS
    ]
    events = [(e, refs.of(e.statements)) for e in case.events if shelf.shown(e.statements)]
    sources = refs.listed()
    told = {info.id for _, info in sources if info is not None}
    return Page(
        path=shelf.case_paths[case.id],
        template="case.html.j2",
        title=shelf.called(case),
        context={
            "case": case,
            "status": status(shelf, case),
            "lead": _lead(shelf, spells[-1] if spells else None),
            "drawing": timeline(case, shelf.known_day),
            "spells": spells,
            "attributes": attributes,
            "events": events,
            "releases": [shelf.casebook.releases[r] for r in case.releases if r in shelf.casebook.releases],
            "lists": [shelf.casebook.lists[i] for i in case.lists if i in shelf.casebook.lists and i not in told],
            "sources": sources,
        },
    )


def _stretch(shelf: Shelf, spell: Spell, held: Custody, refs: Refs) -> Stretch:
    return Stretch(
        start=said(shelf, spell.start, "detained", refs),
        end=said(shelf, spell.end, "released", refs),
        exit_kind=said(shelf, spell.exit_kind, "release_kind", refs),
        taken_to=said(shelf, spell.taken_to, "taken_to", refs),
        sentence=said(shelf, spell.sentence, "sentence", refs),
        term_ends=spell.term_ends,
        days=held.days,
        days_to="" if spell.end is not None or held.days is None else moment(held.to),
        doubts=spell.doubts,
    )


def status(shelf: Shelf, case: Case) -> str:
    """How the person stands on the date of knowledge, in a few words."""
    if not case.spells:
        return say("no custody on record")
    spell, level = case.spells[-1], shelf.custody(case)[-1].level
    if spell.end is not None and level == "out":
        kind = spell.exit_kind.value if spell.exit_kind is not None else "released"
        return say("died in custody") if kind == "died" else say("out of custody")
    if level in ("certain", "likely"):
        return say("in custody by the best reading")
    if level == "possible":
        return say("possibly in custody: no exit on record")
    if spell.term_ends is not None:
        return say("term on record has run out; no exit on record")
    return say("not in custody")


def _lead(shelf: Shelf, spell: Stretch | None) -> str:
    """The last spell as a sentence, with its days."""
    if spell is None:
        return say("No source on record here dates this person's custody.")
    known = shelf.known_text
    if spell.end is None:
        if spell.start is None:
            return say(
                "In custody from a day that no source gives; no exit on record as known on {known}.", known=known
            )
        return say(
            "In custody from {start}; no exit on record as known on {known}.", start=spell.start.text, known=known
        )
    start = say("a day that no source gives") if spell.start is None else spell.start.text
    how = (
        ""
        if spell.exit_kind is None or spell.exit_kind.text == code("release_kind", "released")
        else spell.exit_kind.text
    )
    held = _days(spell.days)
    parts = {"start": start, "end": spell.end.text, "how": how, "held": held}
    if how and held:
        return say("In custody from {start} to {end} ({how}): {held}.", **parts)
    if how:
        return say("In custody from {start} to {end} ({how}).", **parts)
    return (
        say("In custody from {start} to {end}: {held}.", **parts)
        if held
        else say("In custody from {start} to {end}.", **parts)
    )


def _days(length: Days | None) -> str:
    """A length with its unit: `1,613 days`, `1,590 to 1,620 days`, `at least 12 days`."""
    if length is None:
        return ""
    if length.exact:
        return say_count("{n} day", "{n} days", length.low)
    if length.high is None:
        return say_count("at least {n} day", "at least {n} days", length.low)
    return say_count("{low}–{n} day", "{low}–{n} days", length.high, low=length.low)


def line(shelf: Shelf, case: Case) -> Line:
    """The case as one line of the list."""
    spell, held = (case.spells[-1], shelf.custody(case)[-1]) if case.spells else (None, None)
    start = said(shelf, spell.start, "detained") if spell is not None else None
    end = said(shelf, spell.end, "released") if spell is not None else None
    return Line(
        id=case.id,
        path=shelf.case_paths[case.id],
        called=shelf.called(case),
        status=status(shelf, case),
        start=start.text if start is not None else "",
        end=end.text if end is not None else "",
        days=held.days if held is not None and end is not None else None,
    )


def list_pages(shelf: Shelf) -> Iterator[Page]:
    """All cases, on pages of so many; each language files those of a page by its own alphabet."""
    lines = sorted((line(shelf, c) for c in shelf.casebook.cases.values()), key=lambda one: one.called.sorting)
    parts = [lines[at : at + ON_A_PAGE] for at in range(0, len(lines), ON_A_PAGE)] or [[]]
    paths = [f"cases{f'-{number}' if number else ''}.html" for number in range(len(parts))]
    for path, part in zip(paths, parts, strict=True):
        yield Page(
            path=path,
            template="cases.html.j2",
            title=say("Cases"),
            context={
                "lines": part,
                "total": len(lines),
                "parts": [(p, some[0].called, some[-1].called) for p, some in zip(paths, parts, strict=True) if some],
                "words": search.WORDS,
                "scripts": ("cases-index.js", "search.js") if path == paths[0] and lines else (),
            },
        )
