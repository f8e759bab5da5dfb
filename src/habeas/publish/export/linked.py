"""A public casebook as linked data: schema.org in JSON-LD, and FollowTheMoney entities for OpenAleph and its kin."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from habeas.answers import stands
from habeas.nouns import Case, Casebook, Public, Spell, Value
from habeas.publish.export.tables import by_year
from habeas.publish.wording import cleaned

_PREFIX = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_CONTEXT = {
    "@vocab": "https://schema.org/",
    "habeas": "urn:habeas:term:",
    "custody": {"@id": "habeas:custody", "@container": "@list"},
    "detained": "habeas:detained",
    "out": "habeas:out",
    "how": "habeas:how",
    "daysHeld": "habeas:daysHeld",
    "state": "habeas:state",
    "stateOn": "habeas:stateOn",
    "limit": "habeas:limit",
}


def as_jsonld(casebook: Casebook[Public], licence: str) -> bytes:
    """The casebook as one JSON-LD document: a Dataset and its persons; dates are EDTF as on record.

    Spells are a list of our own terms: schema.org has no word for custody.
    """
    book = casebook.book
    people = [_person(casebook, case) for case in casebook.cases.values()]
    document: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "name": book.title,
        "description": "People documented by name: a sample, not everybody.",
        "version": casebook.head,
        **({"license": licence} if licence else {}),
        "hasPart": people,
    }
    return _json(document)


def _json(document: Any) -> bytes:
    return (json.dumps(cleaned(document), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _values(case: Case, prop: str) -> list[str]:
    return [by_year("entry", prop, v.value) for v in case.attributes.get(prop, ())]


def _urls(casebook: Casebook[Public], case: Case) -> list[str]:
    return [s.url for s in casebook.sources_of(case.statements) if s.url]


def _person(casebook: Casebook[Public], case: Case) -> dict[str, Any]:
    names = list(dict.fromkeys(n.text for n in case.names))
    here = stands(casebook, case, casebook.day or date.min)
    found: dict[str, Any] = {
        "@type": "Person",
        "@id": f"urn:habeas:case:{case.id}",
        "identifier": case.id,
        "name": case.label,
        "alternateName": [n for n in names if n != case.label],
        "birthDate": _values(case, "born")[:1],
        "gender": _values(case, "sex")[:1],
        "nationality": _values(case, "nationality"),
        "jobTitle": _values(case, "occupation"),
        "subjectOf": _urls(casebook, case),
        "custody": [_custody(spell) for spell in case.spells],
        "state": here.state.value,
        "stateOn": "" if here.day is None else here.day.text,
    }
    return {key: value for key, value in found.items() if value not in ([], "")}


def _custody(spell: Spell) -> dict[str, Any]:
    days = spell.days
    found = {
        "detained": _said(spell.start),
        "out": _said(spell.end),
        "how": _said(spell.exit_kind),
        "limit": _said(spell.limit),
        "daysHeld": None if days is None else {"minValue": days.low, "value": days.best, "maxValue": days.high},
    }
    return {key: value for key, value in found.items() if value is not None}


def _said(value: Value | None) -> str | None:
    return None if value is None else value.value


# --- FollowTheMoney ---


def as_followthemoney(casebook: Casebook[Public]) -> bytes:
    """The casebook as FollowTheMoney entities, one JSON object a line: a Person a case, an Event a spell.

    FollowTheMoney knows dates as prefixes of ISO 8601; a date that is none (a range, an approximate one) is told in the
    summary, never made more precise.
    """
    lines = (json.dumps(cleaned(e), ensure_ascii=False, sort_keys=True) for e in _entities(casebook))
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def _entities(casebook: Casebook[Public]) -> Iterator[dict[str, Any]]:
    for case in casebook.cases.values():
        person = _id(case.id)
        yield _entity(
            person,
            "Person",
            name=[case.label],
            alias=[n for n in dict.fromkeys(n.text for n in case.names) if n != case.label],
            birthDate=[p for b in _values(case, "born")[:1] if (p := _prefix(b)) is not None],
            gender=_values(case, "sex")[:1],
            nationality=[n.lower() for n in _values(case, "nationality") if _COUNTRY.fullmatch(n)],
            position=_values(case, "occupation"),
            sourceUrl=_urls(casebook, case),
        )
        for number, spell in enumerate(case.spells, start=1):
            yield _event(casebook, case, person, number, spell)


def _event(casebook: Casebook[Public], case: Case, person: str, number: int, spell: Spell) -> dict[str, Any]:
    start, end = _said(spell.start), _said(spell.end)
    told = [f"detained {start or 'on a day not on record'}", f"out {end}" if end else "no exit on record"]
    if spell.limit is not None:
        told.append(f"{spell.limit.value.replace('_', ' ')} since {_said(spell.limit_since) or 'a day not on record'}")
    if spell.exit_kind is not None:
        told.append(spell.exit_kind.value.replace("_", " "))
    return _entity(
        _id(case.id, str(number)),
        "Event",
        name=[f"Custody of {case.label}"],
        involved=[person],
        startDate=[p for p in [_prefix(start)] if p is not None],
        endDate=[p for p in [_prefix(end)] if p is not None],
        country=[casebook.book.country.lower()] if _COUNTRY.fullmatch(casebook.book.country) else [],
        summary=["; ".join(told)],
        sourceUrl=[s.url for s in casebook.sources_of(spell.statements) if s.url],
    )


def _id(*parts: str) -> str:
    # Case ids are salted, so that nothing is guessed from these.
    return "habeas-" + hashlib.sha256("/".join(parts).encode("utf-8")).hexdigest()[:20]


def _entity(identifier: str, schema: str, **properties: Iterable[str]) -> dict[str, Any]:
    said = {name: list(dict.fromkeys(v for v in values if v)) for name, values in properties.items()}
    return {"id": identifier, "schema": schema, "properties": {n: v for n, v in said.items() if v}}


def _prefix(text: str | None) -> str | None:
    """The date as a prefix of ISO 8601, where it is one; a season is none."""
    return text if text is not None and _PREFIX.fullmatch(text) is not None else None
