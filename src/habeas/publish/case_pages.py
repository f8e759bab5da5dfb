"""A page for each case, and the list of all of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from habeas.dates import Days
from habeas.nouns import Case, Name, Spell, Value
from habeas.publish import wording
from habeas.publish.shelf import Note, Page, Shelf
from habeas.publish.timeline import timeline
from habeas.vocabulary import kinds

_LABELS = {
    "born": "Born",
    "sex": "Sex",
    "nationality": "Nationality",
    "occupation": "Occupation",
    "sentenced": "Sentenced on",
    "appeal": "Appeal heard on",
    "regime": "Kind of custody",
    "article": "Articles of the criminal code",
    "charge": "Charge",
    "prison": "Place of custody",
    "pardoned": "Pardoned on",
    "release_condition": "Conditions of release",
    "judge": "Judge, as named by a source",
    "prosecutor": "Prosecutor, as named by a source",
    "investigator": "Investigator, as named by a source",
    "prison_head": "Head of the prison, as named by a source",
    "incommunicado_since": "Incommunicado since",
    "ill_treatment": "Ill-treatment, as alleged by a source",
}
# Told in the spells, in the list of events, or as links.
_ELSEWHERE = frozenset(
    {"detained", "released", "returned", "died", "refused_in", "released_in", "not_held_on", "held_on", "recognised"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A value as shown: its text, its sources, why it is preferred, and each losing value with its sources."""

    text: str
    notes: tuple[Note, ...]
    reason: str = ""
    against: tuple[tuple[str, tuple[Note, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A spell as shown in the table of a case."""

    start: Said | None
    end: Said | None
    exit_kind: Said | None
    taken_to: Said | None
    sentence: Said | None
    term_ends: str
    days: str
    days_to: str
    doubts: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A case in the list of all cases."""

    id: str
    path: str
    label: str
    others: tuple[Name, ...]
    status: str
    start: str
    end: str
    days: str
    letter: str


def said(shelf: Shelf, value: Value | None, group: str) -> Said | None:
    """The value in words, or None where there is none that may be shown."""
    if value is None or not shelf.shown(value.statements):
        return None
    text = partial(_text, group)
    against = tuple((text(v), shelf.notes(ids)) for v, ids in value.against if shelf.shown(ids))
    return Said(text=text(value.value), notes=shelf.notes(value.statements), reason=value.reason, against=against)


def _text(group: str, value: str) -> str:
    """A value in words by the type of its property."""
    spec = kinds()["entry"].properties.get(group)
    if spec is not None and spec.type == "date":
        return wording.when_text(value)
    if spec is not None and spec.type == "duration":
        return wording.duration(value)
    return wording.code(group, value) if spec is not None and spec.type == "enum" else value


def case_pages(shelf: Shelf) -> Iterator[Page]:
    """One page for each case."""
    for case in shelf.casebook.cases.values():
        yield _page(shelf, case)


def _page(shelf: Shelf, case: Case) -> Page:
    spells = [_stretch(shelf, s, more) for s, more in zip(case.spells, _lengths(shelf, case), strict=True)]
    attributes = {p: v for p, v in shelf.attributes(case).items() if p not in _ELSEWHERE and p in _LABELS}
    return Page(
        path=shelf.case_paths[case.id],
        template="case.html.j2",
        title=label(shelf, case),
        context={
            "case": case,
            "names": _names(shelf, case),
            "status": status(shelf, case),
            "lead": _lead(shelf, case),
            "drawing": timeline(case, shelf.known_day),
            "spells": spells,
            "events": [(e, shelf.notes(e.statements)) for e in case.events if shelf.shown(e.statements)],
            "attributes": [
                (_LABELS[prop], [s for s in (said(shelf, v, prop) for v in values) if s is not None])
                for prop, values in attributes.items()
            ],
            "releases": [shelf.casebook.releases[r] for r in case.releases if r in shelf.casebook.releases],
            "lists": [shelf.casebook.lists[i] for i in case.lists if i in shelf.casebook.lists],
        },
    )


def label(shelf: Shelf, case: Case) -> str:
    """The name shown, or the id where no name may be shown."""
    return case.label if any(n.text == case.label for n in _names(shelf, case)) else f"Case {case.id}"


def _names(shelf: Shelf, case: Case) -> tuple[Name, ...]:
    """The names that may be shown, each once, by language and script."""
    kept: dict[tuple[str, str | None], Name] = {}
    for name in case.names:
        if shelf.shown((name.statement,)):
            kept.setdefault((name.text, name.lang), name)
    return tuple(sorted(kept.values(), key=lambda n: (n.lang or "~", n.text)))


def _lengths(shelf: Shelf, case: Case) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = shelf.ask("case", name=case.id).more["spells"]
    return found


def _stretch(shelf: Shelf, spell: Spell, more: dict[str, Any]) -> Stretch:
    length = more["days"]
    start, end = said(shelf, spell.start, "detained"), said(shelf, spell.end, "released")
    return Stretch(
        start=start,
        end=end,
        exit_kind=said(shelf, spell.exit_kind, "release_kind"),
        taken_to=said(shelf, spell.taken_to, "taken_to"),
        sentence=said(shelf, spell.sentence, "sentence"),
        term_ends="" if spell.term_ends is None else wording.day(spell.term_ends),
        days="" if length is None else str(Days(length["low"], length["best"], length["high"])),
        days_to="" if spell.end is not None or length is None else wording.when_text(length["to"]),
        doubts=spell.doubts,
        notes=shelf.notes(spell.statements),
    )


def status(shelf: Shelf, case: Case) -> str:
    """How the person stands on the date of knowledge, in a few words."""
    if not case.spells:
        return "no custody on record"
    spell, more = case.spells[-1], _lengths(shelf, case)[-1]
    if spell.end is not None and more["in_custody"] == "out":
        kind = spell.exit_kind.value if spell.exit_kind is not None else "released"
        return "died in custody" if kind == "died" else "out of custody"
    if more["in_custody"] in ("certain", "likely"):
        return "in custody by the best reading"
    if more["in_custody"] == "possible":
        return "possibly in custody: no exit on record"
    return "term on record has run out; no exit on record" if spell.term_ends is not None else "not in custody"


def _lead(shelf: Shelf, case: Case) -> str:
    """The last spell as a sentence, with its days."""
    if not case.spells:
        return "No source on record here dates this person's custody."
    spell = _stretch(shelf, case.spells[-1], _lengths(shelf, case)[-1])
    begun = (
        f"In custody from {spell.start.text}"
        if spell.start is not None
        else "In custody from a day that no source gives"
    )
    if spell.end is None:
        return f"{begun}; no exit on record as known on {shelf.known_text}."
    how = (
        f" ({spell.exit_kind.text})"
        if spell.exit_kind is not None and spell.exit_kind.text != "released, grounds not stated"
        else ""
    )
    held = f": {spell.days} days" if spell.days else ""
    return f"{begun} to {spell.end.text}{how}{held}."


def line(shelf: Shelf, case: Case) -> Line:
    """The case as one line of the list."""
    spell, more = (case.spells[-1], _lengths(shelf, case)[-1]) if case.spells else (None, None)
    name = label(shelf, case)
    start = said(shelf, spell.start, "detained") if spell is not None else None
    end = said(shelf, spell.end, "released") if spell is not None else None
    length = more["days"] if more is not None and end is not None else None
    return Line(
        id=case.id,
        path=shelf.case_paths[case.id],
        label=name,
        others=tuple({n.text: n for n in _names(shelf, case) if n.text != case.label}.values()),
        status=status(shelf, case),
        start=start.text if start is not None else "",
        end=end.text if end is not None else "",
        days="" if length is None else str(Days(length["low"], length["best"], length["high"])),
        letter=_letter(name),
    )


def _letter(name: str) -> str:
    """The letter a name is filed under: without its accents, `#` for what is no letter."""
    plain = unicodedata.normalize("NFD", name.strip()[:1]).upper()[:1]
    return plain if plain.isalpha() else "#"


def list_page(shelf: Shelf) -> Page:
    """All cases from A to Z."""
    lines = [line(shelf, c) for c in shelf.casebook.cases.values()]
    letters: dict[str, list[Line]] = {}
    for one in sorted(lines, key=lambda one: (one.letter, one.label.casefold(), one.id)):
        letters.setdefault(one.letter, []).append(one)
    return Page(
        path="cases.html", template="cases.html.j2", title="Cases", context={"letters": letters, "total": len(lines)}
    )
