"""The pages that hold the rest together: counts, measures, lists, sources, how it is counted, corrections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from habeas.answers.coverage import counted
from habeas.answers.words import word
from habeas.dates import PartialDate
from habeas.languages import code, number
from habeas.nouns import (
    Act,
    Case,
    Correction,
    Count,
    CountKind,
    Phrase,
    RemarkKind,
    say,
    say_count,
    together,
)
from habeas.publish.contents import Contents, Note, Page
from habeas.publish.environment import host
from habeas.publish.export import Table
from habeas.publish.figures import Figure
from habeas.publish.names import Called
from habeas.publish.values import shown

_MOST = 1_000  # corrections of values on the page
_REPEATED = (
    100  # more people than so many are named on the page of a list, and not on that of the list as a source again
)


def counts_page(contents: Contents, figures: Sequence[Figure]) -> Page:
    """Every published count, stock and flow, by whom and by which definition."""
    rows = [_count(contents, r) for r in reversed(contents.casebook.counts) if r.n is not None]
    return Page(
        path="counts.html",
        template="counts.html.j2",
        title=say("Published counts"),
        context={
            "published": next((f for f in figures if f.name == "published"), None),
            "groups": [
                (title, [r for r in rows if r["kind"] == kind])
                for kind, title in (("stock", say("On a day")), ("flow", say("Over a time")))
            ],
        },
    )


def _count(contents: Contents, record: Count) -> dict[str, Any]:
    men, women = record.men, record.women
    parts = (
        "" if men is None else say_count("{n} man", "{n} men", men),
        "" if women is None else say_count("{n} woman", "{n} women", women),
    )
    n = record.n
    off = ""
    if men is not None and women is not None and n is not None and men + women != n:
        off = say(
            "{men} + {women} = {sum}, not {n}: the source does not add up", men=men, women=women, sum=men + women, n=n
        )
    return {
        "kind": record.kind or CountKind.STOCK,
        "on": record.on,
        "n": number(n, record.op),
        "what": counted(record),
        "parts": together(parts, ", "),
        "by": record.by,
        "definition": record.definition,
        "off": off,
        "note": record.note,
        "notes": contents.notes(record.statements),
    }


def measures_page(contents: Contents) -> Page:
    """The sanctions measures, the latest first, each with how it stands and the acts that changed it."""
    told = contents.ask("measures").more
    roots = {m.id: m.root.act for m in contents.casebook.measures}
    rows = [{**_measure(contents, roots[r["measure"]]), **_stands(contents, r)} for r in reversed(told["measures"])]
    acts = {a.id: a for a in contents.casebook.acts}
    left = [{**_measure(contents, acts[o["act"]]), "why": o["why"]} for o in reversed(told["left_out"])]
    return Page(
        path="measures.html",
        template="measures.html.j2",
        title=say("Sanctions measures"),
        context={"rows": rows, "left": left},
    )


def measure_pages(contents: Contents) -> Iterator[Page]:
    """One page for each act: the measure that it imposes or changes, as it stands, and the legs of deals that name it."""
    legs = [(d, leg) for d in contents.casebook.deals.values() for leg in d.legs]
    told = {r["measure"]: r for r in contents.ask("measures").more["measures"]}
    left = {o["act"]: o["why"] for o in contents.ask("measures").more["left_out"]}
    of: dict[str, list[dict[str, Any]]] = {}
    for measure in contents.casebook.measures:
        for act in measure.acts if measure.id in told else ():
            of.setdefault(act.id, []).append({"own": act is measure.root.act, **_stands(contents, told[measure.id])})
    for record in contents.casebook.acts:
        row = _measure(contents, record)
        deals = {d.id: d for d, leg in legs if record.id in leg.measure}
        yield Page(
            path=row["path"],
            template="measure.html.j2",
            title=record.identifier or record.target or record.id,
            context={
                "r": row,
                "names": list(record.name),
                "until": record.until,
                "deals": list(deals.values()),
                "measures": sorted(of.get(record.id, ()), key=lambda m: not m["own"]),
                "left": left.get(record.id, ""),
            },
        )


def _stands(contents: Contents, row: Mapping[str, Any]) -> dict[str, Any]:
    """How a measure stands on the day of knowledge, and its acts in order, each with the way to its page."""
    acts = [
        {
            **act,
            "path": contents.measure_paths[act["measure"]],
            "done": together((code("action", a) for a in act["action"]), ", "),
        }
        for act in row["acts"]
    ]
    return {
        "id": row["measure"],
        "title": row["target"] or row["identifier"] or row["measure"],
        "in_force": row["in_force"],
        "why": row["why"],
        "acts": acts,
    }


def _measure(contents: Contents, record: Act) -> dict[str, Any]:
    return {
        "id": record.id,
        "path": contents.measure_paths[record.id],
        "date": record.date,
        "authority": record.authority.name,
        "identifier": record.identifier,
        "action": together((code("action", a) for a in record.action), ", "),
        "target": record.target,
        "reason": record.reason,
        "condition": record.condition,
        "note": record.note,
        "notes": contents.notes(record.statements),
    }


def lists_page(contents: Contents) -> Page:
    """The lists, what each covers, and on whose list it rests."""
    found = sorted(
        contents.casebook.lists.values(),
        key=lambda i: (
            i.published is None,
            str(i.published.earliest or i.published.latest) if i.published else "",
            i.id,
        ),
        reverse=True,
    )
    rows = [{"info": i, "path": contents.list_paths[i.id], "notes": contents.notes(i.statements)} for i in found]
    return Page(path="lists.html", template="lists.html.j2", title=say("Lists"), context={"rows": rows})


def list_pages(contents: Contents) -> Iterator[Page]:
    """One page for each list: what it covers, on what it rests, and the cases on it."""
    on_it: dict[str, list[Case]] = {}
    for case in contents.casebook.cases.values():
        for identifier in case.lists:
            on_it.setdefault(identifier, []).append(case)
    by_title = {i.title: i.id for i in contents.casebook.lists.values()}
    for info in contents.casebook.lists.values():
        rests = [(name, contents.list_paths.get(by_title.get(name, name), "")) for name in info.based_on]
        yield Page(
            path=contents.list_paths[info.id],
            template="list.html.j2",
            title=info.title or info.id,
            context={
                "info": info,
                "rests": rests,
                "notes": contents.notes(info.statements),
                "people": [
                    Person(called=contents.called(c), path=contents.case_paths[c.id]) for c in on_it.get(info.id, ())
                ],
            },
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person in a list of people, with the way to their case."""

    called: Called
    path: str


def _sources_page(contents: Contents) -> Page:
    """Every source that a public statement rests on, by publisher, with how many statements rest on it."""
    publishers: dict[str, list[tuple[Note, int]]] = {}
    for source, statements in contents.said_by.items():
        note = contents.note(source, statements[0].id)
        if note.url:
            publishers.setdefault(note.publisher or host(note.url) or "", []).append((note, len(statements)))
    groups = [
        (who, sorted(some, key=lambda pair: (pair[0].published or "9999", pair[0].url)))
        for who, some in sorted(publishers.items(), key=lambda item: (item[0].casefold(), item[0]))
    ]
    return Page(
        path="sources.html",
        template="sources.html.j2",
        title=say("Sources"),
        context={"groups": groups, "total": sum(len(s) for _, s in groups)},
    )


def source_pages(contents: Contents) -> Iterator[Page]:
    """The list of all sources, and one page for each: where it can be read, of whom and what it speaks."""
    yield _sources_page(contents)
    home = {m: c for c in contents.casebook.cases.values() for m in c.mentions}
    for identifier, path in contents.source_paths.items():
        yield _source_page(contents, identifier, path, home)


def _whole_list(contents: Contents, source: str, cases: Collection[Case]) -> str:
    """The page of a long list that a source is, where it names everybody of whom the source speaks; else empty."""
    info = contents.list_of(source)
    if info is None or len(cases) <= _REPEATED or not all(info.id in case.lists for case in cases):
        return ""
    return contents.list_paths[info.id]


def _source_page(contents: Contents, identifier: str, path: str, home: Mapping[str, Case]) -> Page:
    """One source; `home` is the case of each entry. Of a long list the page of the list names the people."""
    said = contents.said_by[identifier]
    subjects = list(dict.fromkeys(s.subject for s in said))
    cases = {home[s].id: home[s] for s in subjects if s in home}
    kinds = Counter(kind for s in subjects if (kind := s.partition(":")[0]) not in ("entry", "source"))
    whole = _whole_list(contents, identifier, cases.values())
    note = contents.note(identifier, said[0].id)
    people = (
        [] if whole else [Person(called=contents.called(c), path=contents.case_paths[c.id]) for c in cases.values()]
    )
    return Page(
        path=path,
        template="source.html.j2",
        title=note.title or note.publisher or host(note.url),
        context={
            "note": note,
            "total": len(cases),
            "list": whole,
            "people": people,
            "kinds": [(code("record", kind), n) for kind, n in sorted(kinds.items())],
            "statements": [s.id for s in said],
        },
    )


def method_page(contents: Contents) -> Page:
    """How it is counted, and what is kept back."""
    return Page(
        path="method.html",
        template="method.html.j2",
        title=say("How it is counted"),
        context={"horizon": contents.casebook.book.horizon_days, "head": contents.casebook.head},
    )


def corrections_page(contents: Contents) -> Page:
    """What was corrected or preferred in public, what was erased, and where to write."""
    kept = [c for c in contents.casebook.corrected if contents.shown(c.statements)]
    remarks = [
        (verdict, remark)
        for verdict in contents.casebook.verdicts
        if verdict.signed
        for remark in verdict.remarks
        if remark.what is RemarkKind.CORRECTION
    ]
    return Page(
        path="corrections.html",
        template="corrections.html.j2",
        title=say("Corrections and takedown"),
        context={
            "values": [_told(contents, c) for c in (*_preferred(contents), *kept[:_MOST])],
            "left": max(0, len(kept) - _MOST),
            "remarks": sorted(remarks, key=lambda pair: (pair[1].on, pair[1].id), reverse=True),
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A correction as a line of the page: of whom or what, and each value as it is said."""

    of: Called | str
    path: str
    prop: Phrase
    before: str | PartialDate
    after: str | PartialDate
    why: str
    on: date | None


def _told(contents: Contents, one: Correction) -> Corrected:
    kind, _, key = one.subject.partition(":")
    case = contents.casebook.cases.get(one.case)
    paths = {"release": contents.release_paths, "deal": contents.deal_paths, "measure": contents.measure_paths}
    return Corrected(
        of=say("{kind} {id}", kind=code("record", kind), id=key) if case is None else contents.called(case),
        path=paths.get(kind, {}).get(key, "") if case is None else contents.case_paths[case.id],
        prop=word(one.prop),
        before=shown(one.prop, one.before),
        after=shown(one.prop, one.after),
        why=one.why,
        on=one.on,
    )


def _preferred(contents: Contents) -> list[Correction]:
    """Values that a person preferred to what would stand by the rule, the latest first."""
    statements, found = contents.casebook.statements, []
    for case in contents.casebook.cases.values():
        values = [(prop, v) for prop, some in contents.stated(case) for v in some]
        for spell in case.spells:
            values += spell.stated()
        for prop, value in values:
            said = {s.prop: s.value for i in value.decided if (s := statements.get(i)) is not None}
            if value.stood and value.stood != value.value and contents.shown(value.statements):
                day = said.get("on")
                on = None if day is None else PartialDate.parse(day).latest
                subject = case.mentions[0]
                found.append(
                    Correction(
                        subject=subject, case=case.id, prop=prop, before=value.stood, after=value.value,
                        why=value.reason, on=on, statements=value.statements,
                    )
                )  # fmt: skip
    return sorted(dict.fromkeys(found), key=lambda c: (c.on or date.min, c.case, c.prop), reverse=True)


def downloads_page(contents: Contents, figures: Sequence[Figure], tables: Sequence[Table]) -> Page:
    """The charts and the tables of this site as files."""
    return Page(
        path="downloads.html",
        template="downloads.html.j2",
        title=say("Downloads"),
        context={"figures": figures, "tables": tables, "licence": contents.casebook.book.licence},
    )
