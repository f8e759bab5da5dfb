"""What an article names: people, known and unknown, and the acts, companies, places and brokers of the book.

People come from the page, where they were settled word by word. The other names are taken from the record itself (the acts
that measures rest on, the companies they are on, the prisons of cases, who brokered a deal) and spotted as they are written
there; a name of one word also in another alphabet and in any case, by its sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from habeas.check.acts import titles
from habeas.check.numbers import Chunk
from habeas.check.page import Page
from habeas.check.pointing import pointed
from habeas.check.spotting import Spotter
from habeas.languages import state
from habeas.names import is_form, script_of
from habeas.nouns import A, Casebook, Named, Quote

_BY_SOUND = 5  # letters of a word from which its sound tells a name
_RUN = re.compile(r"(?<![A-Z]\. )\b[^\W\d_a-zа-яё]\w[\w'’-]+(?: (?:of )?[^\W\d_a-zа-яё][\w'’-]+)*")
_COLONY = re.compile(r"\b(PK|IK|SIZO)[ -]?(\d{1,2})\b")
_COLONIES = {"PK": ("PK", "IK", "ПК", "ИК", "КП"), "IK": ("PK", "IK", "ПК", "ИК"), "SIZO": ("SIZO", "СИЗО", "СІЗА")}
_IN_BRACKETS = re.compile(r"\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The names of a book that are nobody on its lists: for each the kind of thing, and the ids it stands for on record."""

    names: Mapping[str, tuple[str, tuple[str, ...]]]
    written: Mapping[str, str]  # another way to write it -> the name
    spotter: Spotter
    words: tuple[str, ...]  # names of one word, which are known by their sound too
    told: Mapping[str, tuple[str, ...]]  # somebody of whom only facts are on record -> the facts
    bodies: Mapping[str, str]  # the name of a company, body or thing -> its id
    heard: dict[str, str | None] = field(default_factory=dict)

    def of_person(self, name: str, case: str | None) -> tuple[str, ...]:
        """What is on record of a person: the case, the facts, or the deals brokered; nothing of somebody unknown."""
        if case is not None:
            return (case,)
        facts = self.told.get(name, ())
        given, _, surname = name.rpartition(" ")
        brokered = next((b for b in self.names if self.names[b][0] == "deal" and _initials(b, given, surname)), None)
        return facts or (() if brokered is None else self.names[brokered][1])

    def bodies_in(self, text: str) -> frozenset[str]:
        """The ids of the companies and bodies that a text names."""
        found = (self.written.get(n, n) for mention in self.spotter.spot(text) for n in mention.names)
        return frozenset(self.bodies[name] for name in found if name in self.bodies)

    def sounding(self, word: str) -> str | None:
        """The one name of one word that a word in another alphabet is a form of."""
        if word not in self.heard:
            script = script_of(word)
            found = [n for n in self.words if script_of(n) != script and is_form(word, n)]
            self.heard[word] = found[0] if len(found) == 1 else None
        return self.heard[word]


def _initials(broker: str, given: str, surname: str) -> bool:
    """True where `J. Coale` is how a record writes John Coale."""
    first, _, last = broker.rpartition(" ")
    return last == surname and bool(given) and (first == given or first == f"{given[0]}.")


_LAST: list[tuple[Casebook[Any], Gazetteer]] = []


def gazetteer(casebook: Casebook[A]) -> Gazetteer:
    """The names of a casebook, gathered once for it."""
    if not (_LAST and _LAST[0][0] is casebook):
        _LAST[:] = [(casebook, _gathered(casebook))]
    return _LAST[0][1]


def _gathered(casebook: Casebook[A]) -> Gazetteer:
    found: dict[str, tuple[str, dict[str, None]]] = {}
    written: dict[str, str] = {}

    def add(kind: str, name: str, identifier: str, ways: Iterable[str] = ()) -> None:
        if len(name) >= 3:
            found.setdefault(name, (kind, {}))[1][identifier] = None
            written.update(dict.fromkeys((name, *ways), name))

    home = state(casebook.book.country)
    bodies: dict[str, str] = {}

    def add_of(identifier: str, law: str, on: Iterable[str]) -> None:
        for act in titles(law):
            add("act", act, identifier, [act.removeprefix(f"{home} ")])
        for body in (casebook.bodies[b] for b in on if b in casebook.bodies):
            if body.name:
                add("entity", body.name[0], identifier, body.name[1:])
                bodies[body.name[0]] = body.id

    for measure in casebook.acts:
        add_of(measure.id, measure.identifier, measure.body)
    brokers: dict[str, list[str]] = {}
    for deal in casebook.deals.values():
        for leg in deal.legs:
            add_of(deal.id, leg.act, leg.body)
        for broker in (b for said in deal.brokers for b in _IN_BRACKETS.findall(said)):
            brokers.setdefault(broker, []).append(deal.id)
    for case in casebook.cases.values():
        for prison in case.ever("prison"):
            for kind, number in _COLONY.findall(prison.value):
                ways = [f"{one}{gap}{number}" for one in _COLONIES[kind] for gap in (" ", "-", " №", " No. ")]
                add("place", f"{kind} {number}", case.id, ways)
            for name in _RUN.findall(prison.value):
                if not name.isupper() and not _COLONY.match(name) and name != "Prison":
                    add("place", name, case.id)
    told: dict[str, list[str]] = {}
    for fact in casebook.facts:
        add_of(fact.id, "", fact.body)
        for name in fact.person:
            told.setdefault(name, []).append(fact.id)
    names = {name: (kind, tuple(ids)) for name, (kind, ids) in found.items()}
    names |= {broker: ("deal", tuple(ids)) for broker, ids in brokers.items()}
    return Gazetteer(
        names=names,
        written=written,
        spotter=Spotter(brokers, written),
        words=tuple(n for n in names if " " not in n and len(n) >= _BY_SOUND),
        told={name: tuple(ids) for name, ids in told.items()},
        bodies=bodies,
    )


def named(page: Page, found: Gazetteer) -> Iterator[Named]:
    """Everything a page names, in its order: whom the record does not know as printed, and with no ids."""
    rows: list[Named] = []
    taken: list[tuple[int, int]] = []
    for s, sentence in enumerate(page.sentences):
        for chunk in page.people(s):
            start, end = sentence.tokens[chunk.i].start, sentence.tokens[chunk.j - 1].end
            name, case = str(chunk.value["person"]), chunk.value["case"]
            taken.append((start, end))
            rows.append(
                Named(
                    quote=Quote(text=page.text[start:end], start=start, end=end),
                    kind="person",
                    name=name,
                    ids=found.of_person(name, case),
                    latin=str(chunk.value.get("latin", "")),
                    role=str(chunk.value.get("epithet", "")),
                )
            )
    for s, i, j, people in pointed(page):
        start, end = page.sentences[s].tokens[i].start, page.sentences[s].tokens[j - 1].end
        if not any(a < end and start < b for a, b in taken):
            rows += [_pointed(page, found, person, start, end) for person in people]
    for mention in found.spotter.spot(page.text):
        for name in mention.names:
            rows += _thing(page, found, found.written.get(name, name), mention.start, mention.end, taken)
    for sentence in page.sentences:
        for token in sentence.tokens:
            if token.kind == "word" and token.capital and len(token.text) >= _BY_SOUND:
                heard = found.sounding(token.text)
                if heard is not None:
                    rows += _thing(page, found, heard, token.start, token.end, taken)
    yield from sorted(rows, key=lambda n: (n.quote.start, n.quote.end))


def _pointed(page: Page, found: Gazetteer, person: Chunk, start: int, end: int) -> Named:
    """Somebody whom a pronoun or `the two` means; the words that stand for the name are the role."""
    name = str(person.value["person"])
    return Named(
        quote=Quote(text=page.text[start:end], start=start, end=end),
        kind="person",
        name=name,
        ids=found.of_person(name, person.value["case"]),
        latin=str(person.value.get("latin", "")),
        role=page.text[start:end].casefold(),
    )


def _thing(
    page: Page, found: Gazetteer, name: str, start: int, end: int, taken: list[tuple[int, int]]
) -> Iterator[Named]:
    if any(a < end and start < b for a, b in taken):
        return
    taken.append((start, end))
    kind, ids = found.names[name]
    yield Named(quote=Quote(text=page.text[start:end], start=start, end=end), kind=kind, name=name, ids=ids)
