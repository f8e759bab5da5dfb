"""A small public casebook made through the real ledger and the real fold: sourced facts of 13 December 2025."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from habeas.answers import ask
from habeas.cases import fold
from habeas.dates import AsOf, Clock
from habeas.ledger import open_ledger
from habeas.nouns import (
    Article,
    Book,
    Casebook,
    CheckedArticle,
    Claim,
    Draft,
    Judgement,
    KeptVerdict,
    Links,
    Person,
    Public,
    Question,
    Quote,
    Verdict,
    Visibility,
)
from habeas.publish import publish_site

RECORDED = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
JAZEERA = "https://www.aljazeera.com/news/2025/12/13/belarus-frees-123-prisoners-including-ales-bialiatski-as-us-lifts-sanctions"
HRW = "https://www.hrw.org/news/2025/12/15/more-than-1000-belarusians-remain-in-prison-for-exercising-their-rights"
UKRAINE = "https://en.interfax.com.ua/news/general/1128238.html"
LIGA = "https://news.liga.net/en/politics/news/zelensky-announces-the-return-of-five-ukrainians-from-lukashenkos-prisons-4603657"
NAMES = "https://www.radiosvoboda.org/a/news-ukrajina-opryljudnyla-imena-zvilnenyh-bilorusiv/33622430.html"

MakeCasebook = Callable[..., Casebook[Public]]


def say(subject: str, source: str = "source:jazeera", **values: str | tuple[str, ...]) -> Iterator[Draft]:
    """Public drafts about one subject; `from_` stands for the property `from`."""
    for prop, said in values.items():
        for value in (said,) if isinstance(said, str) else said:
            yield Draft(
                subject=subject,
                prop=prop.rstrip("_"),
                value=value,
                source=source,
                published="2025-12-15",
                visibility=Visibility.PUBLIC,
            )


def name(subject: str, text: str, lang: str, source: str = "source:hrw") -> Draft:
    return Draft(subject=subject, prop="name", value=text, lang=lang, source=source, visibility=Visibility.PUBLIC)


def sources() -> Iterator[Draft]:
    for key, publisher, url in (
        ("jazeera", "Al Jazeera", JAZEERA),
        ("hrw", "Human Rights Watch", HRW),
        ("ukraine", "Interfax-Ukraine", UKRAINE),
        ("liga", "LIGA", LIGA),
        ("names", "Radio Svoboda", NAMES),
    ):
        yield from say(f"source:{key}", f"source:{key}", publisher=publisher, url=url)


def facts() -> list[Draft]:
    """The release of 13 December 2025, its deal, counts of December 2025, and one case known by four names."""
    return [
        *sources(),
        *say("list:hrw", "source:hrw", title="Released and still held", publisher="Human Rights Watch", url=HRW, published="2025-12-15"),
        *say("list:hrw", "source:hrw", means="named", covers_period="2020-08-09/2025-12-15", covers_place="Belarus", extent="sample"),
        *say("release:BY-2025-12-13", country="BY", date="2025-12-13", title="123 people freed", kind="release", status="executed"),
        *say("figure:all", release="release:BY-2025-12-13", figure="announced", n="123", op="eq", what="people pardoned", by="Belarus"),
        *say("figure:lt", "source:hrw", release="release:BY-2025-12-13", figure="part", n="9", part_of="all", split="destination", destination="LT", what="taken to Lithuania", by="US embassy in Vilnius"),
        *say("figure:ua", "source:ukraine", release="release:BY-2025-12-13", figure="part", n="114", part_of="all", split="destination", destination="UA", what="taken to Ukraine", by="Ukraine"),
        *say("figure:ua-by", "source:names", release="release:BY-2025-12-13", figure="part", n="109", part_of="ua", split="nationality", nationality="BY", what="Belarusians among the 114", by="Ukraine"),
        *say("figure:ua-ua", "source:liga", release="release:BY-2025-12-13", figure="part", n="5", part_of="ua", split="nationality", nationality="UA", what="Ukrainians among the 114", by="Ukraine"),
        *say("deal:BY-2025-12-13", country="BY", date="2025-12-13", title="123 freed, potash", status="executed", broker="United States", release="release:BY-2025-12-13"),
        *say("leg:potash", deal="deal:BY-2025-12-13", giver="United States", side="relief", what="measures on potash", said_on="2025-12-13", said="lifted"),
        *say("leg:potash", act="Belarus General License 13", act_on="2025-12-15", effect="licensed"),
        *say("condition:exile", "source:hrw", deal="deal:BY-2025-12-13", what="all were expelled", by="US embassy in Vilnius"),
        *say("stance:us", deal="deal:BY-2025-12-13", stance="for", by="United States (J. Coale)", what="potash measures are lifted"),
        *say("measure:gl13", date="2025-12-15", authority="United States", identifier="General License 13", action="licensed", target="Belaruskali"),
        *say("count:may", "source:hrw", kind="stock", on="2025-06-03", what="political prisoners", population="political_prisoners", n="1183", op="eq", by="Viasna"),
        *say("count:sep", "source:hrw", kind="stock", on="2025-09-30", what="political prisoners", population="political_prisoners", n="1201", op="eq", by="Viasna"),
        *say("count:other", "source:hrw", kind="stock", on="2025-09-30", what="political prisoners", population="political_prisoners", n="1336", op="eq", by="dissident.by"),
        *(replace(d, published="2025-12-24") for d in say("count:dec", "source:hrw", kind="stock", on="2025-12-23", what="political prisoners", population="political_prisoners", n="1135", men="968", women="168", by="Viasna")),  # not out on 20 December
        *say("count:hrw", "source:hrw", kind="stock", on="2025-12-15", what="political prisoners", population="political_prisoners", n="1100", op="gt", by="Human Rights Watch"),
        *say("entry:hrw:b1", "source:hrw", list="list:hrw", detained="2021-07-14", released="2025-12-13", release_kind="pardoned", taken_to="LT"),
        *say("entry:hrw:b1", "source:hrw", released_in="release:BY-2025-12-13", sentence="P10Y", occupation="human rights defender", held_on="2025-03-04"),
        *say("entry:hrw:b1", "source:jazeera", detained="2021-07-15"),
        *say("entry:hrw:b1", "source:names", detained="2021-07-14"),
        name("entry:hrw:b1", "Ales Bialiatski", "en"),
        name("entry:hrw:b1", "Алесь Бяляцкі", "be-Cyrl"),
        name("entry:hrw:b1", "Aleś Bialacki", "be-Latn"),
        *say("entry:hrw:p2", "source:hrw", list="list:hrw", detained="2022-05", recognised="2022-07-01"),
        name("entry:hrw:p2", "Person A", "en"),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def make_casebook(tmp_path_factory: pytest.TempPathFactory) -> MakeCasebook:
    """Fold drafts to a public casebook; every entry is a person of its own. Casebooks are frozen, so one serves all."""
    numbers = itertools.count()
    tmp_path = tmp_path_factory.mktemp("ledgers")

    def make(drafts: Iterable[Draft], known: datetime | None = None, **book: Any) -> Casebook[Public]:
        with open_ledger(tmp_path / f"{next(numbers)}.sqlite", create=True) as ledger:
            ledger.append(drafts, recorded=RECORDED, recorder="keeper")
            view = ledger.view(Public, known, Clock.PUBLISHED if known is not None else Clock.RECORDED)
        people = dict.fromkeys(subject for subject, _ in view.of_kind("entry"))
        links = Links(persons=tuple(Person(id=f"C-{s.rpartition(':')[2]}", mentions=(s,)) for s in people), unsure=())
        fields: dict[str, Any] = {
            "folder": tmp_path,
            "title": "A small book",
            "country": "BY",
            "languages": ("be", "ru"),
            "contact": "corrections at example.org",
            "recorder": "keeper",
            "lists": (),
        }
        return fold(view, links, Book(**{**fields, **book}))

    return make


@pytest.fixture(scope="session")
def casebook(make_casebook: MakeCasebook) -> Casebook[Public]:
    return make_casebook(facts())


TEXT = "Belarus freed 123 people on 13 December 2025.\n\nThe regime's cynical trade goes on: scores remain behind bars."


def an_article(
    casebook: Casebook[Public], text: str = TEXT, title: str = "One hundred and twenty-three"
) -> CheckedArticle:
    """A text whose first number is judged from the record, with loaded and unread words in it."""
    answer = ask(casebook, Question(ask="release", as_of=AsOf(date(2025, 12, 31)), args={"id": "BY-2025-12-13"}))

    def quote(words: str) -> Quote:
        start = text.index(words)
        return Quote(text=words, start=start, end=start + len(words))

    judged = Judgement(
        claim=Claim(quote=quote("123 people"), sentence=0, kind="released", value={"n": 123}),
        at_publication=Verdict.SUPPORTED,
        today=Verdict.SUPPORTED,
        why="The announced number is 123.",
        steps=answer.steps[:1],
        rests_on=answer.steps[0].rests_on,
    )
    return CheckedArticle(
        article=Article(
            path=Path("articles/first.txt"),
            title=title,
            text=text,
            published=date(2025, 12, 14),
            published_from="given",
            language="en",
        ),
        judgements=(judged,),
        loaded=(quote("cynical"),),
        not_understood=(quote("scores remain"),),
    )


def signed(casebook: Casebook[Public], *articles: CheckedArticle) -> Casebook[Public]:
    """The casebook with every verdict of the articles signed."""
    verdicts = tuple(
        KeptVerdict(
            id=f"v{number}",
            text=checked.article.fingerprint,
            file="",
            title=checked.article.title,
            url=checked.article.url,
            published=checked.article.published,
            language=checked.article.language,
            quote=judged.claim.quote,
            kind=judged.claim.kind,
            value=judged.claim.value,
            family=judged.family,
            at_publication=judged.at_publication,
            today=judged.today,
            why=judged.why,
            context=judged.context,
            missing=judged.missing,
            head=casebook.head,
            rests_on=judged.rests_on,
            by="editor-1",
            on=date(2026, 1, 6),
            note="",
            remarks=(),
            statements=(),
        )
        for checked in articles
        for number, judged in enumerate(checked.judgements, start=1)
    )
    return replace(casebook, verdicts=verdicts)


@pytest.fixture(scope="session")
def checked(casebook: Casebook[Public]) -> tuple[CheckedArticle, ...]:
    return (an_article(casebook),)


@pytest.fixture(scope="session")
def site(
    casebook: Casebook[Public],
    checked: tuple[CheckedArticle, ...],
    make_casebook: MakeCasebook,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The published site, with a page of a day in the past; tests read it and never write to it."""
    folder = tmp_path_factory.mktemp("published") / "site"
    past = make_casebook(facts(), known=datetime(2025, 12, 20, 23, 59, tzinfo=UTC))
    publish_site(signed(casebook, *checked), checked, folder, (past,))
    return folder
