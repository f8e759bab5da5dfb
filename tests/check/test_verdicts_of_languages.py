"""Verdicts do not depend on the language a claim is made in; none but English is called wrong so far."""

from datetime import date

import pytest

from habeas.nouns import Verdict

S, N = Verdict.SUPPORTED, Verdict.NOT_ENOUGH
SAID = {
    "count_released": [
        "Власти Беларуси освободили 13 декабря 123 человека.",
        "Улады Беларусі вызвалілі 13 снежня 123 чалавекі.",
        "Bielorrusia liberó el 13 de diciembre a 123 presos políticos.",
    ],
    "membership": [
        "13 декабря в Беларуси освободили Марию Колесникову.",
        "13 снежня ў Беларусі вызвалілі Марыю Калеснікаву.",
        "El 13 de diciembre Bielorrusia liberó a Maria Kalesnikava.",
    ],
    "days_held": [
        "Алесь Беляцкий провел за решеткой 1613 дней.",
        "Алесь Бяляцкі правёў за кратамі 1613 дзён.",
        "Ales Bialiatski pasó 1.613 días en la cárcel.",
    ],
    "sentence_length": [
        "Марию Колесникову приговорили к 11 годам колонии.",
        "Марыю Калеснікаву асудзілі на 11 гадоў калоніі.",
        "Maria Kalesnikava fue condenada a 11 años de prisión.",
    ],
}
PRESENT = [
    ("count_detained", "В тюрьмах Беларуси остаются 1227 политзаключенных."),
    ("count_detained", "У турмах Беларусі застаюцца 1227 палітвязняў."),
    ("count_detained", "En las cárceles de Bielorrusia siguen 1.227 presos políticos."),
    ("status_now", "Эдуард Пальчис остается в колонии."),
    ("status_now", "Эдуард Пальчыс застаецца ў калоніі."),
    ("status_now", "Eduard Palchys permanece encarcelado en Bielorrusia."),
]
WRONG = [
    "Алесь Беляцкий до сих пор находится в тюрьме.",
    "Ales Bialiatski sigue en prisión en Bielorrusia.",
    "Улады Беларусі вызвалілі 13 снежня 145 чалавек.",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_what_the_record_bears_out_is_supported(judged, kind, text):
    assert [j.verdict for j in judged(text, kind)] == [S]


@pytest.mark.parametrize(("kind", "text"), PRESENT)
def test_what_has_passed_is_outdated(check, kind, text):
    found = [j for j in check(text, date(2025, 12, 14), date(2026, 4, 10)).judgements if j.claim.kind == kind]
    assert [j.at_publication for j in found] == [S]
    assert found[0].today is not S


@pytest.mark.parametrize("text", WRONG)
def test_what_the_record_speaks_against_is_left_open_with_the_record_said(check, text):
    found = check(text).judgements
    assert found
    for judgement in found:
        assert Verdict.CONTRADICTED not in (judgement.at_publication, judgement.today)
    assert any("the wording leaves it open" in j.why for j in found)
