"""What the page of each case shows, and the list of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from habeas.answers import STATES, Custody
from habeas.answers.facets import TIERS
from habeas.dates import Days
from habeas.nouns import Case, Event, ListInfo, Phrase, Release, Spell, Value, say, together
from habeas.publish import search
from habeas.publish.contents import Contents, Note, Page
from habeas.publish.names import Called
from habeas.publish.timeline import Timeline, timeline
from habeas.publish.values import Refs, Said, said

ON_A_PAGE = 2_000  # cases on one page of the list
_LABELS = {
    "born": say("Born"),
    "sex": say("Sex"),
    "nationality": say("Nationality"),
    "occupation": say("Occupation"),
}
# What belongs to one stretch in custody, as it stands with it.
_OF_A_SPELL = {
    "arrest_place": say("Place of arrest"),
    "arrested_by": say("Arrested by"),
    "warrant": say("Warrant"),
    "accusation": say("First accusation"),
    "charge": say("Charge"),
    "article": say("Articles of the criminal code"),
    "investigator": say("Investigator, as named by a source"),
    "court": say("Court"),
    "judge": say("Judge, as named by a source"),
    "prosecutor": say("Prosecutor, as named by a source"),
    "sentenced": say("Sentenced on"),
    "regime": say("Kind of custody"),
    "limited_since": say("Under this limit since"),
    "appeal": say("Appeal heard on"),
    "prison": say("Place of custody"),
    "prison_since": say("There since"),
    "prison_head": say("Head of the prison, as named by a source"),
    "incommunicado_since": say("Out of contact from"),
    "ill_treatment": say("Ill-treatment, as alleged by a source"),
    "pardoned": say("Pardoned on"),
    "release_condition": say("Conditions of release"),
    "papers": say("Passport at release"),
}


class Stretch(NamedTuple):
    """A spell as shown in the table of a case.

    `days_to` is the day (EDTF) up to which days are counted without an exit; `open`: nothing ended them by then.
    """

    start: Said | None
    end: Said | None
    exit_kind: Said | None
    taken_to: Said | None
    sentence: Said | None
    term_ends: date | None
    days: Days | None
    days_to: str
    open: bool
    doubts: tuple[str, ...]
    facts: Sequence[tuple[Phrase, Sequence[Said]]]
    state: Phrase


class CasePage(NamedTuple):
    """The page of a case, of nouns: `case_writer` writes it in a language. Sources are bits, as `Said` has them.

    `releases` are those in which some list names the person, each with whether the record takes it so.
    """

    path: str
    id: str
    called: Called
    status: Phrase
    drawing: Timeline | None
    spells: Sequence[Stretch]
    attributes: Sequence[tuple[Phrase, Sequence[Said]]]
    events: Sequence[tuple[Event, int]]
    releases: Sequence[tuple[Release, bool]]
    lists: Sequence[ListInfo]
    sources: Sequence[tuple[Note, ListInfo | None]]
    decided: Sequence[Phrase] = ()


class Line(NamedTuple):
    """A case in the list of all cases; dates as the record writes them."""

    path: str
    called: Called
    status: Phrase
    start: str
    end: str
    days: Days | None


def case_page(contents: Contents, identifier: str) -> CasePage:
    """The page of a case."""
    case = contents.casebook.cases[identifier]
    refs = Refs(contents)
    spells = [_stretch(contents, s, held, refs) for s, held in zip(case.spells, contents.custody(case), strict=True)]
    # What is told in the spells, in the list of events or as links has no label.
    labels = _LABELS if case.spells else _LABELS | _OF_A_SPELL
    attributes = _facts(contents, contents.stated(case), labels, refs)
    events = [(e, sources) for e, sources in [(e, refs.of(e.statements)) for e in case.events] if sources]
    book, known = contents.casebook, {info.id for _, info in refs.listed if info is not None}
    part_of = book.releases_of(case)
    return CasePage(
        contents.case_paths[case.id],
        case.id,
        contents.called(case),
        contents.state_words(case),
        timeline(case, contents.known_day),
        spells,
        attributes,
        events,
        [(book.releases[r], book.releases[r] in part_of) for r in case.releases if r in book.releases],
        [book.lists[i] for i in case.lists if i not in known and i in book.lists],
        refs.listed,
        _decided(case),
    )


def _decided(case: Case) -> Sequence[Phrase]:
    """What the keepers decided of the case beside its values: how they marked it, and where the person was not found."""
    found = []
    if case.tier is not None and case.tier.tier is not None:
        found.append(together((TIERS[case.tier.tier], case.tier.reason), ": "))
    for one in case.absences:
        if one.where and one.day is not None:
            line = say("looked for on {where}, {day}: not there; that is no exit", where=one.where, day=one.day)
            found.append(together((line, one.reason), "; "))
    return found


def _facts(
    contents: Contents, stated: Iterable[tuple[str, Sequence[Value]]], labels: Mapping[str, Phrase], refs: Refs
) -> list[tuple[Phrase, Sequence[Said]]]:
    """What is stated by properties that have a label, with its sources."""
    found: list[tuple[Phrase, Sequence[Said]]] = []
    for prop, values in stated:
        if prop in labels:
            told = [s for s in [said(contents, v, prop, refs) for v in values] if s is not None]
            if told:
                found.append((labels[prop], told))
    return found


def _stretch(contents: Contents, spell: Spell, held: Custody, refs: Refs) -> Stretch:
    return Stretch(
        said(contents, spell.start, "detained", refs),
        said(contents, spell.end, "released", refs),
        said(contents, spell.exit_kind, "release_kind", refs),
        said(contents, spell.taken_to, "taken_to", refs),
        said(contents, spell.sentence, "sentence", refs),
        spell.term_ends,
        held.days,
        "" if (spell.end is not None and spell.left is spell.end) or held.days is None else held.to,
        held.open,
        spell.doubts,
        _facts(contents, spell.facts.items(), _OF_A_SPELL, refs),
        held.words,
    )


def status(contents: Contents, case: Case) -> Phrase:
    """How the person stands on the date of knowledge, as lists and filters call it."""
    return STATES[contents.standing(case).state]


def line(contents: Contents, case: Case) -> Line:
    """The case as one line of the list."""
    start = end = ""
    days = None
    if case.spells:
        spell = case.spells[-1]
        if spell.start is not None and contents.shown(spell.start.statements):
            start = spell.start.value
        if spell.end is not None and contents.shown(spell.end.statements):
            end = spell.end.value
            days = contents.custody(case)[-1].days
    return Line(contents.case_paths[case.id], contents.called(case), status(contents, case), start, end, days)


def list_pages(contents: Contents) -> Iterator[Page]:
    """All cases, on pages of so many; each language files those of a page by its own alphabet."""
    lines = sorted((line(contents, c) for c in contents.casebook.cases.values()), key=lambda one: one.called.sorting)
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
