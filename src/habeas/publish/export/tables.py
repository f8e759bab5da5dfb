"""The tables of what may be published: one row a case, a spell, a release, a leg, a count, a measure, a statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from habeas.answers import funnel, in_words, stands
from habeas.dates import PartialDate
from habeas.nouns import Casebook, KeptVerdict, Party, Public, Record, RemarkKind, Value
from habeas.publish.wording import clean
from habeas.vocabulary import property_of

Cell = str | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its columns, each with what it holds; a cell is text, a whole number, or nothing."""

    name: str
    about: str
    columns: tuple[tuple[str, str], ...]  # (name, what it holds)
    rows: tuple[tuple[Cell, ...], ...]


def _shown(value: Value | None) -> str:
    return "" if value is None else value.value


def _chosen(value: Value | None) -> str:
    """Why a value is preferred, and how sure it was graded."""
    return "" if value is None else _joined(part for part in (value.reason, value.confidence or "") if part)


def _joined(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(values))


def by_year(kind: str, prop: str, value: str) -> str:
    """A value as it may be published: a date that the vocabulary lets out by its year only is cut to it."""
    if not _year_only(kind, prop):
        return value
    return value[:4] if value[:4].isdigit() else ""


@cache
def _year_only(kind: str, prop: str) -> bool:
    return property_of(kind, prop).public == "year"


def borne(casebook: Casebook[Public], verdict: KeptVerdict) -> bool:
    """True where all that a verdict rests on is on record for the public; else its working stays kept back."""
    found = (casebook.statements.get(i) for i in verdict.rests_on)
    return all(s is not None and s.value is not None for s in found)


def _cases(casebook: Casebook[Public]) -> Iterable[Sequence[object]]:
    for case in casebook.cases.values():
        attributes = [
            _joined(by_year("entry", p, v.value) for v in case.attributes.get(p, ()))
            for p in ("born", "sex", "nationality", "occupation")
        ]
        here = stands(casebook, case, casebook.day or date.min)
        names, sources = (
            _joined(n.text for n in case.names),
            _joined(s.url for s in casebook.sources_of(case.statements) if s.url),
        )
        yield (
            case.id,
            case.label,
            names,
            *attributes,
            here.state.value,
            "" if here.day is None else here.day.text,
            in_words(here),
            len(case.spells),
            _joined(case.releases),
            _joined(case.lists),
            sources,
            "" if case.tier is None or case.tier.tier is None else case.tier.tier.value,
            _joined(f"{a.where}, {a.day.text}" for a in case.absences if a.where and a.day is not None),
        )


def _spells(casebook: Casebook[Public]) -> Iterable[Sequence[object]]:
    for case in casebook.cases.values():
        for number, spell in enumerate(case.spells, start=1):
            days = (None, None, None) if spell.days is None else (spell.days.low, spell.days.best, spell.days.high)
            against = [
                _joined(v for v, _ in side.against) if side is not None else "" for side in (spell.start, spell.end)
            ]
            yield (
                case.id, case.label, number, _shown(spell.start), against[0], _shown(spell.end), against[1],
                _shown(spell.exit_kind), _shown(spell.taken_to), _shown(spell.sentence), *days, _joined(spell.doubts),
                _shown(spell.limit), _shown(spell.limit_since),
                *(_joined(v.value for v in spell.facts.get(prop, ())) for prop in _OF_A_SPELL),
                *(_chosen(side) for side in (spell.start, spell.end)),
            )  # fmt: skip


def _releases(casebook: Casebook[Public]) -> Iterable[Sequence[object]]:
    for release in casebook.releases.values():
        counts: Mapping[str, object] = funnel(casebook, release)
        yield (
            release.id,
            release.when.text,
            release.kind,
            release.status,
            release.title,
            *(counts[k] for k in list(_RELEASE)[5:]),
        )


def _record_rows(records: Iterable[Record], props: Iterable[str]) -> Iterable[Sequence[object]]:
    for record in records:
        yield record.id, *(_plain(getattr(record, p)) for p in props)


def _plain(value: object) -> object:
    """A field of a record as a table prints it."""
    match value:
        case None:
            return ""
        case PartialDate():
            return value.text
        case Party():
            return value.name
        case tuple():
            return _joined(str(_plain(one)) for one in value)
        case _:
            return str(value)


def _statements(casebook: Casebook[Public]) -> Iterable[Sequence[object]]:
    for s in casebook.statements.values():
        if s.value is not None:
            source = casebook.sources.get(s.source)
            yield (
                s.id,
                s.subject,
                s.prop,
                by_year(s.kind, s.prop, s.value),
                s.original if by_year(s.kind, s.prop, s.value) == s.value else "",
                s.lang,
                s.published,
                source.url if source else "",
                s.recorded.isoformat(),
            )


def _verdicts(casebook: Casebook[Public]) -> Iterable[Sequence[object]]:
    for v in casebook.verdicts:
        if v.signed:
            working = (v.why, v.context) if borne(casebook, v) else ("", "")
            remarks = [
                "; ".join(f"{r.by}, {r.on}: {r.text}" for r in v.remarks if r.what is what)
                for what in (RemarkKind.REPLY, RemarkKind.CORRECTION)
            ]
            yield (
                v.id, v.quote.text, v.kind, v.verdict.value, v.at_publication.value, v.today.value, *working, v.by,
                v.on, v.note, v.head, v.family, v.title, v.url, v.published, v.text, v.quote.start, v.quote.end, *remarks,
            )  # fmt: skip


_LEG = {
    "deal": "id of the deal",
    "giver": "who gave it",
    "side": "release, relief or other",
    "topic": "what the measures are on that it eases",
    "measure": "ids of the acts on record that carry it out",
    "what": "what was given",
    "said": "what was said: announced, licensed, eased, suspended, lifted, delisted, promised, none",
    "said_on": "when it was said (EDTF)",
    "act": "the legal act",
    "act_on": "day of the act (EDTF)",
    "effect": "what the act did",
    "until": "the day after which it ends by itself (EDTF)",
    "ended_on": "when it was taken back or lapsed (EDTF)",
}
_COUNT = {
    "kind": "stock on a day, or flow over a period",
    "on": "the day or period (EDTF)",
    "what": "what was counted",
    "population": "whom a stock counts",
    "flow": "what befell whom a flow counts",
    "all_told": "True where a flow is a sum that runs on",
    "n": "the number",
    "op": "how it was hedged: eq, ge, gt, le, lt, approx, approx_lt",
    "men": "of whom men",
    "women": "of whom women",
    "by": "who counted",
    "defined_by": "whose definition or list it goes by",
    "definition": "the definition in words",
    "note": "what else the source or the keeper says of it",
}
_MEASURE = {
    "date": "when (EDTF)",
    "authority": "whose measure",
    "identifier": "the act",
    "action": "imposed, eased, suspended, lifted, delisted ...",
    "topic": "what it is on",
    "body": "ids of the bodies it is on",
    "part": "true where it is on a part of what it changes that it does not name",
    "target": "on whom or what, in words",
    "changes": "ids of the acts that it changes",
    "begins": "the day from which it holds, where that is not its own (EDTF)",
    "until": "the day after which it ends by itself (EDTF)",
    "reason": "the reason given",
    "condition": "the condition stated",
}
_CASE = {
    "id": "id of the case; an old id leads on after a merge",
    "name": "the name shown",
    "names": "every spelling on record",
    "born": "year of birth, where it may be published",
    "sex": "female or male, where on record",
    "nationality": "as on record",
    "occupation": "as on record",
    "state": "how the person stands on the day of the export, as docs/figures.md lists the states",
    "state_on": "the day that rests on: of the arrest, the last word, the end of the term, the exit (EDTF)",
    "state_words": "the same in words",
    "spells": "how many spells in custody",
    "releases": "ids of the releases the person was named in",
    "lists": "ids of the lists that name the person",
    "sources": "addresses of the sources",
    "tier": "how a person marked the case: confirmed or unconfirmed; empty where nobody did",
    "not_found": "where and when the person was looked for and not found: no exit",
}
_OF_A_SPELL = {
    "arrest_place": "where the arrest was made",
    "arrested_by": "by whom",
    "warrant": "the paper shown at the arrest",
    "accusation": "what was said at the arrest",
    "charge": "charge",
    "article": "articles of the criminal code",
    "investigator": "investigators, as sources name them",
    "court": "court",
    "judge": "judges, as sources name them",
    "prosecutor": "prosecutors, as sources name them",
    "sentenced": "day of sentence (EDTF)",
    "regime": "kind of custody",
    "appeal": "day of the appeal (EDTF)",
    "prison": "place of custody",
    "prison_since": "from when there (EDTF)",
    "incommunicado_since": "out of contact from (EDTF)",
    "pardoned": "day of the pardon (EDTF)",
    "release_condition": "conditions of release",
    "papers": "whether papers were taken on release",
}
_SPELL = {
    "case": "id of the case",
    "name": "the name shown",
    "spell": "number of the spell",
    "detained": "day of arrest, preferred (EDTF); empty where not on record",
    "detained_against": "days that other sources give",
    "out": "day of the exit, preferred (EDTF); empty where not on record: not a proof of custody",
    "out_against": "days that other sources give",
    "how": "kind of the exit",
    "taken_to": "country the person was taken to",
    "sentence": "longest sentence on record (ISO 8601 duration)",
    "days_low": "days held, at least",
    "days_best": "days held, best reading",
    "days_high": "days held, at most",
    "doubts": "what is uncertain",
    "limit": "what took the place of custody: suspended, fine, home_khimiya, house_arrest",
    "limit_since": "from when (EDTF)",
    **_OF_A_SPELL,
    "detained_why": "why the day of arrest is preferred, and how sure a person graded it; empty where nothing contradicts it",
    "out_why": "the same of the day of the exit",
}
_RELEASE = {
    "id": "id of the release",
    "date": "when (EDTF)",
    "kind": "release, pardon, swap or amnesty",
    "status": "executed, not_executed or promised",
    "title": "what it was",
    "announced": "people announced as released",
    "named": "of them, named by lists of this book",
    "matched": "of the named, known from elsewhere",
    "crossed": "people taken abroad: counted at the border, or the parts that lie abroad added up",
    "stayed": "people counted as staying",
    "political": "people confirmed as political cases",
    "refused": "of the named, refused to leave",
    "disputed": "named by some, not taken to have come out then",
}
_VERDICT = {
    "id": "id of the verdict",
    "claim": "the words of the article",
    "kind": "kind of claim",
    "verdict": "supported, contradicted, outdated, not enough information",
    "at_publication": "the verdict on the day of the article",
    "today": "the verdict on the day it was signed",
    "why": "the working in a sentence",
    "context": "what a reader should know beside it",
    "signed_by": "who signed it",
    "signed_on": "when",
    "note": "what the editor adds",
    "record": "the state of the record it rests on",
    "family": "the same for the same claim in another article",
    "article": "title of the article",
    "url": "where the article can be read",
    "published": "day of the article",
    "text": "SHA-256 of its text",
    "start": "first character of the claim in it",
    "end": "the character after its last one",
    "replies": "replies of the article's publisher, with who and when",
    "corrections": "corrections by the editor, with who and when",
}
_STATEMENT = {
    "id": "id of the statement",
    "subject": "what it speaks of",
    "property": "what it says of it",
    "value": "the value",
    "original": "as printed",
    "lang": "language of the print",
    "published": "day of publication of its source (EDTF)",
    "source": "address of the source",
    "recorded": "when it was recorded (UTC)",
}


def _table(name: str, about: str, columns: dict[str, str], rows: Iterable[Sequence[object]]) -> Table:
    cells = tuple(
        tuple([clean(c if type(c) is str or c is None or isinstance(c, int) else str(c)) for c in row]) for row in rows
    )
    return Table(name=name, about=about, columns=tuple(columns.items()), rows=cells)


def tables(casebook: Casebook[Public], *, statements: bool = True) -> tuple[Table, ...]:
    """Every table of a public casebook; each goes back to `statements`, by far the largest, by case or record id."""
    legs = [leg for deal in casebook.deals.values() for leg in deal.legs]
    number = {"id": "id of the record"}
    return (
        _table("cases", "One row a person documented by name: a sample, not everybody", _CASE, _cases(casebook)),
        _table("spells", "One row an unbroken stretch in custody", _SPELL, _spells(casebook)),
        _table("releases", "One row a release, with its four figures", _RELEASE, _releases(casebook)),
        _table(
            "legs", "One row what a party gave in a deal, by word and by act", number | _LEG, _record_rows(legs, _LEG)
        ),
        _table(
            "counts", "One row a number that somebody published", number | _COUNT, _record_rows(casebook.counts, _COUNT)
        ),
        _table(
            "measures",
            "One row a step of a sanctions measure",
            number | _MEASURE,
            _record_rows(casebook.acts, _MEASURE),
        ),
        _table("verdicts", "One row a verdict that a person signed", _VERDICT, _verdicts(casebook)),
        *(
            [
                _table(
                    "statements",
                    "One row a statement of a source: what all else rests on",
                    _STATEMENT,
                    _statements(casebook),
                )
            ]
            if statements
            else []
        ),
    )
