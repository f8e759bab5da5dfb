"""One person's case from the statements of all mentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from habeas.cases.choose import Preference
from habeas.cases.spells import OF_A_SPELL, spells_of, values_of
from habeas.dates import PartialDate
from habeas.nouns import Case, Event, EventKind, Mention, Name, Person, Spell, Statement, together
from habeas.vocabulary import kinds

_EVENTS = {
    "detained": EventKind.DETAINED,
    "held_on": EventKind.HELD_ON,
    "recognised": EventKind.RECOGNISED,
    "sentenced": EventKind.SENTENCED,
    "appeal": EventKind.APPEAL,
    "pardoned": EventKind.PARDONED,
    "released": EventKind.RELEASED,
    "returned": EventKind.RETURNED,
    "died": EventKind.DIED,
    "absent_since": EventKind.ABSENT,
}
# Told elsewhere in the case: as names, spells, events, releases, or as plumbing.
_ELSEWHERE = {*_EVENTS, "list", "key", "name", "released_in", "sentence", "release_kind", "taken_to", *OF_A_SPELL}


def case_of(person: Person, mentions: Sequence[Mention], preference: Preference, lists: frozenset[str]) -> Case:
    """The case of one person from its mentions, in the order they were first recorded.

    `lists` are those the audience may know of: that somebody stands on another is not said.
    """
    spells, disputed = spells_of(mentions, preference)
    statements = tuple(s for m in mentions for s in m.statements)
    names = tuple(n for m in mentions for n in m.names)
    return Case(
        id=person.id,
        label=_label(mentions, preference) or person.id,
        names=names,
        mentions=tuple(m.id for m in mentions),
        lists=tuple(dict.fromkeys(m.list_id for m in mentions if m.list_id in lists)),
        spells=spells,
        events=_events(statements, disputed),
        attributes=values_of(statements, _of_the_person(spells), preference),
        releases=tuple(
            dict.fromkeys(s.value.partition(":")[2] for s in statements if s.prop == "released_in" and s.value)
        ),
        statements=tuple(s.id for s in statements),
        tier=preference.rulings.mark(m.id for m in mentions),
        absences=preference.rulings.absent(m.id for m in mentions),
    )


def of_the_person(prop: str) -> bool:
    """True where a property is told of somebody as such, and not of one time in custody."""
    return prop == "name" or prop not in _ELSEWHERE


def _of_the_person(spells: Sequence[Spell]) -> list[str]:
    """The properties that stand on the person; also those of a spell, where there is none to stand on."""
    own = [prop for prop in kinds()["entry"].properties if prop not in _ELSEWHERE]
    return own if spells else [*own, *OF_A_SPELL]


def _label(mentions: Sequence[Mention], preference: Preference) -> str:
    """The name to show: English first, then other Latin spellings; preferred lists, then the most used, first."""
    printed = [(n, m) for m in mentions for n in m.names]
    used = Counter(n.text for n, _ in printed)
    by_id = {s.id: s for m in mentions for s in m.statements}

    def order(item: tuple[Name, Mention]) -> tuple[int, int, int, str]:
        name, _ = item
        lang = name.lang or ""
        script = 0 if lang in ("en", "en-Latn") else 1 if lang == "be-Latn" else 2 if name.text[:1].isascii() else 3
        said = by_id[name.statement]
        return script, preference.rank(said), -used[name.text], name.text

    return min(printed, key=order)[0].text if printed else ""


def _events(statements: Sequence[Statement], disputed: Mapping[str, str]) -> tuple[Event, ...]:
    grouped: dict[tuple[EventKind, str], list[Statement]] = {}
    for s in statements:
        kind = _EVENTS.get(s.prop)
        if kind is not None and s.value is not None:
            grouped.setdefault((kind, s.value), []).append(s)
    events = []
    for (kind, value), said in grouped.items():
        reasons = {disputed[s.id] for s in said if s.id in disputed}
        events.append(
            Event(
                kind=kind,
                when=PartialDate.parse(value),
                statements=tuple(s.id for s in said),
                disputed=together(sorted(reasons), "; "),
            )
        )
    last = "9999"
    return tuple(
        sorted(events, key=lambda e: (str(e.when.earliest or e.when.latest or last), e.kind.value, e.when.text))
    )
