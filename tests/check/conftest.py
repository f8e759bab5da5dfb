"""A small casebook of real, sourced facts, built from the nouns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from habeas.cases.records import KINDS, record
from habeas.check import check_article, read_article
from habeas.dates import Clock, PartialDate, days_held
from habeas.nouns import (
    Book,
    Case,
    Casebook,
    CheckedArticle,
    Count,
    Deal,
    Event,
    EventKind,
    Fact,
    Figure,
    Judgement,
    Leg,
    Name,
    Public,
    Record,
    Release,
    Source,
    Spell,
    Statement,
    Value,
    Visibility,
)
from habeas.vocabulary import normal

R = TypeVar("R", bound=Record)

RECORDED = datetime(2026, 3, 20, tzinfo=UTC)
TODAY = date(2026, 3, 20)
SOURCES = {
    "viasna": "https://prisoners.spring96.org/en/person/ales-bjaljacki",
    "rferl": "https://www.rferl.org/a/belarus-prisoners-freed-us-trump/33622355.html",
    "arabnews": "https://www.arabnews.pk/node/2614917",
    "reform": "https://reform.news/en/15-released-political-prisoners-deported-from-belarus-to-lithuania-without-documents",
}


class Shelf:
    """Collects statements while a casebook is put together."""

    def __init__(self, statements: Mapping[str, Statement] | None = None) -> None:
        self.statements: dict[str, Statement] = dict(statements or {})

    def say(self, subject: str, prop: str, value: str, source: str = "viasna", original: str | None = None) -> str:
        identifier = f"s{len(self.statements) + 1}"
        self.statements[identifier] = Statement(
            subject=subject, prop=prop, value=value, source=f"source:{source}", visibility=Visibility.PUBLIC,
            id=identifier, seq=len(self.statements) + 1, recorded=RECORDED, recorder="keeper", original=original,
        )  # fmt: skip
        return identifier

    def value(self, subject: str, prop: str, value: str, source: str = "viasna") -> Value:
        return Value(value=value, statements=(self.say(subject, prop, value, source),))

    def record(self, noun: type[R], identifier: str, /, source: str = "rferl", **values: str | tuple[str, ...]) -> R:
        """A record as a keeper writes its row: by the vocabulary, a cell of several values as a tuple."""
        kind = KINDS[noun]
        rows = [(p, one) for p, v in values.items() for one in (v if isinstance(v, tuple) else (v,))]
        ids = [self.say(f"{kind}:{identifier}", p, normal(kind, p, v), source, original=v) for p, v in rows]
        return record(noun, f"{kind}:{identifier}", [self.statements[i] for i in ids])

    def case(
        self, identifier: str, label: str, *spells: tuple[str | None, str | None, str | None], **more: Any
    ) -> Case:
        """A case of (start, end, sentence) spells; `releases`, `returned`, `born` and `also` (names) may be given."""
        made, events = [], []
        for start, end, sentence in spells:
            first = None if start is None else self.value(identifier, "detained", start)
            last = None if end is None else self.value(identifier, "released", end)
            term = None if sentence is None else self.value(identifier, "sentence", sentence)
            parts = [v for v in (first, last, term) if v is not None]
            ids = tuple(i for v in parts for i in v.statements)
            length = days_held(PartialDate.parse(start), PartialDate.parse(end)) if start and end else None
            made.append(Spell(start=first, end=last, seen=(), sentence=term, days=length, statements=ids))
            for kind, value in ((EventKind.DETAINED, first), (EventKind.RELEASED, last)):
                if value is not None:
                    events.append(Event(kind=kind, when=PartialDate.parse(value.value), statements=value.statements))
        if "returned" in more:
            day = self.value(identifier, "returned", more["returned"])
            events.append(Event(kind=EventKind.RETURNED, when=PartialDate.parse(day.value), statements=day.statements))
        names = tuple(
            Name(text=n, lang="en", statement=self.say(identifier, "name", n)) for n in (label, *more.get("also", ()))
        )
        attributes = {"born": (self.value(identifier, "born", more["born"]),)} if "born" in more else {}
        return Case(
            id=identifier, label=label, names=names, mentions=(f"entry:{identifier}",), lists=("press",), spells=tuple(made),
            events=tuple(events), attributes=attributes, releases=tuple(more.get("releases", ())),
            statements=tuple(n.statement for n in names),
        )  # fmt: skip


def _release(
    shelf: Shelf, identifier: str, named: tuple[str, ...], *figures: tuple[str, int, str, dict[str, str]]
) -> Release:
    return Release(
        id=identifier, country="BY", when=PartialDate.parse(identifier[3:]), kind="pardon", status="executed", title="", named=named,
        figures=tuple(
            shelf.record(Figure, f"{identifier}-{k}", release=identifier, figure=figure, n=str(n), op="eq", what=what, **codes)
            for k, (figure, n, what, codes) in enumerate(figures)
        ),
        statements=(shelf.say(f"release:{identifier}", "date", identifier[3:], "rferl"),),
    )  # fmt: skip


def _cases(shelf: Shelf) -> dict[str, Case]:
    found = [
        shelf.case("C-1", "Ales Bialiatski", ("2011-08-04", "2014-06-21", None), ("2021-07-14", "2025-12-13", "P10Y"),
                   releases=("BY-2025-12-13",), born="1962", also=("Ales Bialacki", "Алесь Бяляцкі")),
        shelf.case("C-2", "Maria Kalesnikava", ("2020-09-07", "2025-12-13", "P11Y"), releases=("BY-2025-12-13",), born="1982",
                   also=("Maryia Kalesnikava",)),
        shelf.case("C-3", "Mikalai Statkevich", ("2020-05-31", "2026-02-19", "P14Y"), releases=("BY-2025-09-11",), returned="2025-09-11"),
        shelf.case("C-4", "Eduard Palchys", ("2020-09-27", "2026-03-19", "P13Y"), releases=("BY-2026-03-19",), born="1990"),
        shelf.case("C-5", "Andrei Chapiuk", ("2020-10-02", None, "P6Y")),
        shelf.case("C-6", "Valiantsin Stefanovic", ("2021-07-14", "2026-03-19", "P9Y"), releases=("BY-2026-03-19",)),
        shelf.case("C-7", "Maksim Znak", ("2020-09-09", "2025-12-13", "P10Y"), releases=("BY-2025-12-13",)),
        shelf.case("C-8", "Viktar Babaryka", ("2020-06-18", "2025-12-13", "P14Y"), releases=("BY-2025-12-13",)),
        # Named by a list of June as freed then; the exit on record is September.
        shelf.case("C-9", "Ihar Losik", ("2020-06-25", "2025-09-11", "P15Y"), releases=("BY-2025-09-11", "BY-2025-06-21")),
        shelf.case("C-10", "Siarhei Tsikhanouski", ("2020-05-29", "2025-06-21", "P18Y"), releases=("BY-2025-06-21",)),
        shelf.case("C-11", "Katsiaryna Andreyeva", ("2020-11-15", "2026-03-19", "P8Y3M"), releases=("BY-2026-03-19",)),
        shelf.case("C-12", "Maryna Zolatava", ("2021-05-18", "2025-12-13", "P12Y"), releases=("BY-2025-12-13",)),
        shelf.case("C-13", "Uladzimir Labkovich", ("2021-07-14", "2025-12-13", "P7Y"), releases=("BY-2025-12-13",)),
    ]  # fmt: skip
    return {case.id: case for case in found}


def _deals(shelf: Shelf) -> dict[str, Deal]:
    relief = {"giver": "United States", "side": "relief", "deal": "BY-2025-12-13", "topic": "potash"}
    legs = (
        shelf.record(Leg, "release", giver="Belarus", side="release", what="123 people pardoned", said_on="2025-12-13", said="announced"),
        shelf.record(Leg, "potash", **relief, what="measures on Belarusian potash (Belaruskali)", said_on="2025-12-13", said="lifted",
                     act="Belarus General License 13", act_on="2025-12-15", effect="licensed"),
        shelf.record(Leg, "rest", **relief, what="what remained of the measures on Belaruskali",
                     said_on="2026-03-19", said="lifted", act_on="2026-03-19", effect="lifted"),
        shelf.record(Leg, "eu", **{**relief, "giver": "European Union"}, what="potash and other measures stay", said_on="2025-12-13",
                     said="maintained", effect="none"),
    )  # fmt: skip
    deal = Deal(
        id="BY-2025-12-13", country="BY", when=PartialDate.parse("2025-12-13"), title="123 freed, potash", status="executed",
        brokers=("John Coale",), releases=("BY-2025-12-13",), legs=legs, conditions=(), stances=(),
        statements=(shelf.say("deal:BY-2025-12-13", "date", "2025-12-13", "rferl"),),
    )  # fmt: skip
    return {deal.id: deal}


def _stock(shelf: Shelf, on: str, n: int, by: str) -> Count:
    return shelf.record(
        Count, f"{on}-{by}", kind="stock", on=on, n=str(n), op="eq", by=by,
        population="political_prisoners", what="political prisoners in custody",
    )  # fmt: skip


@pytest.fixture
def casebook() -> Casebook[Public]:
    """Five releases, thirteen people, one deal, a few counts and facts."""
    shelf = Shelf()
    foreigners = {"LT": 6, "LV": 2, "PL": 2, "DE": 2, "FR": 1, "GB": 1}
    releases = [
        _release(shelf, "BY-2025-06-21", ("C-9", "C-10"), ("announced", 14, "people pardoned", {})),
        _release(shelf, "BY-2025-09-11", ("C-3", "C-9"), ("announced", 52, "people pardoned", {}),
                 ("crossed", 51, "people who came to Lithuania", {"destination": "LT"}),
                 ("part", 14, "foreigners", {"group": "foreigners"}),
                 *(("part", n, "citizens of one state", {"nationality": code}) for code, n in foreigners.items())),
        _release(shelf, "BY-2025-12-13", ("C-1", "C-2", "C-7", "C-8", "C-12", "C-13"), ("announced", 123, "people pardoned", {}),
                 ("part", 9, "people taken to Lithuania", {"destination": "LT"}),
                 ("part", 114, "people taken to Ukraine", {"destination": "UA"}),
                 ("part", 5, "Ukrainians among the 114", {"nationality": "UA"})),
        _release(shelf, "BY-2024-08-16", (), ("announced", 30, "people pardoned", {}), ("part", 14, "women", {"group": "women"}),
                 ("part", 16, "men", {"group": "men"})),
        _release(shelf, "BY-2026-03-19", ("C-4", "C-6", "C-11"), ("announced", 250, "people freed", {})),
    ]  # fmt: skip
    counts = (
        _stock(shelf, "2025-09-30", 1201, "Viasna"),
        _stock(shelf, "2025-09-30", 1336, "dissident.by"),
        _stock(shelf, "2025-12-12", 1227, "human rights organisations"),
        _stock(shelf, "2025-12-23", 1135, "Viasna"),
    )
    verdict = {"kind": "verdict", "from": "2021-09-06"}
    facts = (
        shelf.record(Fact, "president", kind="office", person=("Aliaksandr Lukashenka", "Alexander Lukashenko"), post="head_of_state",
                     what="president of Belarus", **{"from": "1994-07-20"}),
        shelf.record(Fact, "verdict", **verdict, person="Maria Kalesnikava", sentence="P11Y", what="sentenced to 11 years"),
        shelf.record(Fact, "verdict-2", **verdict, person="Maksim Znak", sentence="P10Y", what="sentenced to 10 years"),
        shelf.record(Fact, "nobel", kind="award", person="Ales Bialiatski", award="nobel-peace", what="Nobel Peace Prize 2022",
                     **{"from": "2022-10-07"}),
    )  # fmt: skip
    book = Book(
        folder=Path(),
        title="Belarus",
        country="BY",
        languages=("en",),
        contact="nobody@example.org",
        recorder="keeper",
        lists=(),
    )
    return Casebook(
        audience=Public, book=book, known=None, known_by=Clock.RECORDED, head="test", last_recorded=RECORDED, cases=_cases(shelf),
        releases={r.id: r for r in releases}, deals=_deals(shelf), acts=(), counts=counts, facts=facts, lists={},
        sources={f"source:{k}": Source(id=f"source:{k}", publisher=k, url=u) for k, u in SOURCES.items()},
        statements=shelf.statements, unsure=(), problems=(),
    )  # fmt: skip


@pytest.fixture
def check(casebook):
    """Check a text against the small casebook."""

    def run(text: str, published: date | None = date(2025, 12, 14), today: date = TODAY) -> CheckedArticle:
        article = read_article(Path("article.txt"), text.encode(), published=published)
        return check_article(article, casebook, today=today)

    return run


@pytest.fixture
def judged(check):
    """The judgements of one kind in a text."""

    def run(text: str, kind: str, published: date | None = date(2025, 12, 14)) -> list[Judgement]:
        return [j for j in check(text, published).judgements if j.claim.kind == kind]

    return run
