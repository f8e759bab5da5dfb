"""Ordinary wordings of each kind of claim in each language are read with what they say, at an exact span."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from bench.claims import agrees

from habeas.check.claims import read_claims
from habeas.check.events import Events
from habeas.check.lexicon import LANGUAGES
from habeas.check.page import read_page
from habeas.check.people import Directory

FOLDER = Path(__file__).parent / "wordings"


def claims_of(text: str, language: str):
    page = read_page(text, date(2025, 12, 14), Directory((), {}), None, language)
    return read_claims(page, Events(()), frozenset())[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_wordings_are_read(language):
    missed = []
    for kind, rows in yaml.safe_load((FOLDER / f"{language}.yaml").read_text(encoding="utf-8")).items():
        for text, value in rows:
            found = claims_of(text, language)
            assert all(text[c.quote.start : c.quote.end] == c.quote.text for c in found)
            said = [c for c in found if c.kind == kind and agrees(kind, value, c.value)]
            if not any(value.get("op", "eq") == c.value.get("op", "eq") or "op" not in value for c in said):
                missed.append((kind, text, [(c.kind, c.quote.text, c.value) for c in found]))
    assert missed == []


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Eight people were killed in the crackdown."),
    ("en", "They called on Moscow to free Maria Kalesnikava."),
    ("en", "The plane landed at Sheremetyevo airport."),
    ("en", "The Counter-Terrorism Law is harsh."),
    ("en", "Two hundred people marched through Minsk."),
    ("en", "The company reported sales of 3,000 tonnes of potash."),
    ("en", "The Gezi Park case drew 300 observers."),
    ("en", "Her brother, who was 57, left a wife and four children."),
    ("en", "Forty relatives of political prisoners wrote to the pope."),
    ("en", "Two Belarusian diplomats were expelled."),
    ("en", "For the other 1,200 nothing changed."),
    ("en", "The law is ten years old. The budget was reduced to 34 and the fee raised to 20."),
    ("en", "The bus took 12 hours, and 7 a.m. came before the gates opened."),
    ("en", "Three former colleagues wrote to her. The group described three waves of releases."),
    ("en", "It is still unclear if Maria Kalesnikava is among those released."),
    ("en", "Police released a photograph of five suspects. A delegation of 30 lawmakers visited the prison."),
    ("en", "The first to react was Sviatlana Tsikhanouskaya. One of the last to speak was Ursula von der Leyen."),
    ("en", "The number of visitors rose to 1,200 at the exhibition about political prisoners."),
    ("en", '"We are not really free", said rights advocate Haydee Castillo.'),
    ("en", "The Belarusian Congress of Democratic Trade Unions has a Governing Body."),
    ("ru", "В зале было 200 зрителей, на 40 больше, чем вчера."),
    ("ru", "Второй Западный окружной военный суд находится в Москве."),
    ("ru", "В ходе протестов погибли восемь человек."),
    ("ru", "На митинг вышли двести человек."),
    ("ru", "Президент освободил Ивана Петрова от должности."),
    ("ru", "Иван Петров вышел из партии. Депутат Иван Петров приехал в Вильнюс на конференцию."),
    ("ru", "Компания освободила 200 работников от уплаты взносов."),
    ("ru", "Двое дипломатов высланы из страны."),
    ("ru", "Завод выпустил 200 тракторов, издательство выпустило три книги."),
    ("ru", "За многими пришли утром, в студенческой среде этот день называют черным."),
    ("ru", "Правозащитники требуют освободить Насту Лойко."),
    ("ru", "Выпускница университета Алана Гебремариам учится дальше."),
    ("ru", "Об этом рассказала жена Статкевича Марина Адамович, письмо передал активист Иван Петров."),
    ("be", "Мы патрабуем неадкладна вызваліць Насту Лойку."),
    ("be", "Двое дыпламатаў высланыя з краіны."),
    ("be", "Падчас пратэстаў загінулі восем чалавек."),
    ("es", "Ocho personas murieron en las protestas."),
    ("es", "Doscientas personas marcharon por el centro."),
    ("es", "De acuerdo con la organización, la cifra es falsa."),
    ("es", "Doscientos turistas llegaron a La Habana."),
])  # fmt: skip
def test_what_only_looks_like_a_claim_is_none(language, text):
    assert [
        (c.kind, c.quote.text) for c in claims_of(text, language) if c.kind not in ("date", "sanctions_measure")
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "The EU sanctions have hit the Belarusian economy hard.",
        "They called on the EU to impose sanctions on judges. They hope that Washington lifts sanctions.",
        "Sanctions update | 30 October 2015 | 3 min read",
    ],
)
def test_a_wish_a_harm_and_the_head_of_a_page_are_no_measure_and_no_date(text):
    assert claims_of(text, "en") == []
