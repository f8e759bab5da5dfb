"""Fold a view and its links to a Casebook; the order in which statements arrived leaves it unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from habeas.cases.choose import Preference
from habeas.cases.contradictions import contradictions
from habeas.cases.measures import chains
from habeas.cases.person import case_of
from habeas.cases.records import owned, records
from habeas.cases.rulings import rulings, unfit
from habeas.cases.verdicts import kept_verdicts
from habeas.dates import PartialDate
from habeas.nouns import (
    A,
    Act,
    Assessment,
    Body,
    Book,
    Case,
    Casebook,
    Condition,
    Count,
    Covers,
    Deal,
    Extent,
    Fact,
    Figure,
    Leg,
    Links,
    ListInfo,
    Means,
    Official,
    Problem,
    Public,
    Release,
    Request,
    Source,
    Stance,
    Statement,
    Tombstone,
    View,
)
from habeas.resolve import mentions
from habeas.vocabulary import kinds


def fold(view: View[A], links: Links, book: Book) -> Casebook[A]:
    """The casebook of what one audience may see, as known when the view was taken.

    Links are made from what the team sees; a public casebook keeps each case and loses only restricted values, and the entries
    of which the public sees neither the list nor a value: that somebody stands there is not told.
    """
    view = _in_words(view, book)
    sources = _sources(view)
    lists = _lists(view)
    if view.audience is Public:
        links = links.as_seen(_seen(view, lists).__contains__)
    preference = Preference(
        order=book.prefer,
        names={i: (info.publisher,) for i, info in lists.items()}
        | {i: (s.publisher, s.url) for i, s in sources.items()},
        rulings=rulings(view),
    )
    cases = _cases(view, links, preference, lists)
    releases = _releases(view, cases)
    statements = {s.id: s for s in view.statements}
    deals, acts = _deals(view), records(Act, view)
    bodies = {body.id: body for body in records(Body, view)}
    chained = chains(acts, bodies, {s.id: s.place for s in view.statements if s.kind == "measure"})
    return Casebook(
        audience=view.audience,
        book=replace(book, words={}),  # what the view shows of them is in it; the others may be of what it keeps back
        known=view.known,
        known_by=view.known_by,
        head=view.head,
        last_recorded=view.last_recorded,
        cases=cases,
        releases=releases,
        deals=deals,
        acts=acts,
        bodies=bodies,
        measures=chained.measures,
        left_out=chained.left_out,
        officials=records(Official, view),
        counts=records(Count, view),
        facts=records(Fact, view),
        lists=lists,
        sources=sources,
        statements=statements,
        unsure=links.unsure,
        chances=links.chances,
        erasures=records(Tombstone, view),
        verdicts=kept_verdicts(view),
        problems=(
            *links.problems,
            *_dangling(view, releases),
            *contradictions(cases, releases, statements),
            *chained.problems,
            *_no_such_act(view, acts),
            *unfit(preference.rulings, view, cases.values()),
        ),
    )


def _in_words(view: View[A], book: Book) -> View[A]:
    """The view with the keeper's own texts in every language that the book has them in; an entry speaks as it was printed."""
    if not book.words:
        return view
    own = [one for kind, one in kinds().items() if kind != "entry"]
    texts = {(one.name, prop) for one in own for prop, spec in one.properties.items() if spec.type == "text"}

    actors = {(one.name, prop) for one in own for prop, spec in one.properties.items() if spec.type == "actor"}

    def worded(s: Statement) -> Statement:
        if (s.kind, s.prop) in actors and s.original is not None:
            return replace(s, original=book.words.get(s.original, s.original))
        said = None if s.value is None else book.words.get(s.value)
        return s if said is None or (s.kind, s.prop) not in texts else replace(s, value=said)

    return replace(view, statements=tuple(worded(s) for s in view.statements))


def _first(statements: Iterable[Statement], prop: str) -> str:
    return next((s.value for s in statements if s.prop == prop and s.value is not None), "")


def _every(statements: Iterable[Statement], prop: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s.value for s in statements if s.prop == prop and s.value is not None))


def _sources(view: View[A]) -> dict[str, Source]:
    found = {}
    for kind in ("source", "list"):
        for subject, said in view.of_kind(kind):
            found[subject] = Source(
                id=subject,
                publisher=_first(said, "publisher") or ("" if _first(said, "url") else _first(said, "pseudonym")),
                url=_first(said, "url"),
                title=_first(said, "title"),
                published=_first(said, "published") or None,
                language=_first(said, "language") or None,
            )
    return found


def _lists(view: View[A]) -> dict[str, ListInfo]:
    entries: dict[str, int] = {}
    for subject, _ in view.of_kind("entry"):
        list_id = subject.split(":")[1]
        entries[list_id] = entries.get(list_id, 0) + 1
    found = {}
    for subject, said in view.of_kind("list"):
        if all(s.value is None for s in said):
            continue  # a list that the audience may not know of
        identifier = subject.partition(":")[2]
        period, published = _first(said, "covers_period"), _first(said, "published")
        found[identifier] = ListInfo(
            id=identifier,
            title=_first(said, "title"),
            publisher=_first(said, "publisher"),
            url=_first(said, "url"),
            published=PartialDate.parse(published) if published else None,
            language=_first(said, "language") or None,
            means=Means(_first(said, "means") or Means.NAMED),
            covers=Covers(
                period=PartialDate.parse(period) if period else None,
                group=_first(said, "covers_group"),
                place=_first(said, "covers_place"),
                extent=Extent(_first(said, "extent") or Extent.SAMPLE),
            ),
            based_on=_every(said, "based_on"),
            entries=entries.get(identifier, 0),
            statements=tuple(s.id for s in said),
        )
    return found


def _seen(view: View[A], lists: Mapping[str, ListInfo]) -> set[str]:
    """The entries of which an audience sees the list or some value."""
    return {m.id for m in mentions(view) if m.list_id in lists or any(s.value is not None for s in m.statements)}


def _cases(view: View[A], links: Links, preference: Preference, lists: Mapping[str, ListInfo]) -> dict[str, Case]:
    known = {mention.id: mention for mention in mentions(view)}
    parted = _parted(links)
    assessed = owned(records(Assessment, view), lambda a: a.entry)
    found = {}
    for person in links.persons:
        told = [known[m] for m in person.mentions if m in known]
        if told:
            case = case_of(person, told, preference, frozenset(lists))
            of_person = tuple(r for m in person.mentions for r in assessed.get(m.removeprefix("entry:"), ()))
            others = tuple(sorted(parted.get(person.id, ())))
            found[person.id] = replace(case, assessments=of_person, parted=others) if of_person or others else case
    return dict(sorted(found.items(), key=lambda item: (item[1].label.casefold(), item[0])))


def _parted(links: Links) -> Mapping[str, set[str]]:
    """The persons of whom it was decided that they are two, each with the others."""
    home = {mention: person.id for person in links.persons for mention in person.mentions}
    found: dict[str, set[str]] = {}
    for a, b in links.parted:
        if a in home and b in home:
            found.setdefault(home[a], set()).add(home[b])
            found.setdefault(home[b], set()).add(home[a])
    return found


def _by_date(found: Iterable[tuple[str, PartialDate]]) -> list[str]:
    return [i for i, _ in sorted(found, key=lambda item: (str(item[1].earliest or item[1].latest), item[0]))]


def _date_of(identifier: str, said: Sequence[Statement]) -> PartialDate:
    """The date on record; else the one in the id (`BY-2025-12-13`)."""
    return PartialDate.parse(_first(said, "date") or identifier.partition("-")[2])


def _releases(view: View[A], cases: Mapping[str, Case]) -> dict[str, Release]:
    figures = owned(records(Figure, view), lambda f: f.release)
    people: dict[str, list[Case]] = {}
    for case in cases.values():
        for release in case.releases:
            people.setdefault(release, []).append(case)
    found = {}
    for subject, said in view.of_kind("release"):
        identifier = subject.partition(":")[2]
        one = Release(
            id=identifier,
            country=_first(said, "country"),
            when=_date_of(identifier, said),
            kind=_first(said, "kind"),
            status=_first(said, "status") or "executed",
            title=_first(said, "title"),
            figures=figures.get(identifier, ()),
            named=(),
            statements=tuple(s.id for s in said),
            note=_first(said, "note"),
        )
        listed = people.get(identifier, [])
        named = tuple(c.id for c in listed if _was_part(c, one))
        disputed = tuple(c.id for c in listed if c.id not in named)
        found[identifier] = replace(one, named=named, disputed=disputed)
    return {i: found[i] for i in _by_date((r.id, r.when) for r in found.values())}


def _was_part(case: Case, release: Release) -> bool:
    """True where the record takes it that a person came out in a release, or was part of it and refused to leave."""
    refused = any(v.value == f"release:{release.id}" for v in case.attributes.get("refused_in", ()))
    return refused or any(map(release.ended, case.spells))


def _deals(view: View[A]) -> dict[str, Deal]:
    legs = owned(records(Leg, view), lambda r: r.deal)
    conditions = owned(records(Condition, view), lambda r: r.deal)
    stances = owned(records(Stance, view), lambda r: r.deal)
    requests = owned(records(Request, view), lambda r: r.deal)
    found = {}
    for subject, said in view.of_kind("deal"):
        identifier = subject.partition(":")[2]
        found[identifier] = Deal(
            id=identifier,
            country=_first(said, "country"),
            when=_date_of(identifier, said),
            title=_first(said, "title"),
            status=_first(said, "status") or "executed",
            brokers=_every(said, "broker"),
            releases=tuple(r.removeprefix("release:") for r in _every(said, "release")),
            legs=legs.get(identifier, ()),
            conditions=conditions.get(identifier, ()),
            stances=stances.get(identifier, ()),
            requests=requests.get(identifier, ()),
            statements=tuple(s.id for s in said),
            note=_first(said, "note"),
        )
    return {i: found[i] for i in _by_date((d.id, d.when) for d in found.values())}


def _dangling(view: View[A], releases: Mapping[str, Release]) -> tuple[Problem, ...]:
    """Entries and figures that name a release which is not in the book."""
    missing: dict[str, str] = {}
    for s in view.statements:
        if s.prop in ("released_in", "refused_in", "release") and s.value is not None:
            identifier = s.value.removeprefix("release:")
            if identifier not in releases:
                missing.setdefault(identifier, s.place or s.subject)
    return tuple(
        Problem(
            file=place,
            what="there is no release of this id",
            value=i,
            do="Add it to events/releases.csv or correct the id.",
        )
        for i, place in missing.items()
    )


def _no_such_act(view: View[A], acts: Sequence[Act]) -> tuple[Problem, ...]:
    """Legs of deals that name an act which is not in the book."""
    known = {act.id for act in acts}
    return tuple(
        Problem(
            file=s.place or s.subject,
            what="there is no act of this id",
            value=identifier,
            do="Add it to events/measures.csv or correct the id; of this leg nobody can say whether it is in force.",
        )
        for s in view.statements
        if s.kind == "leg" and s.prop == "measure" and s.value is not None
        if (identifier := s.value.removeprefix("measure:")) not in known
    )
