"""Verdicts do not depend on the language a claim is made in, nor does the care with which one is called wrong."""

from datetime import date

import pytest

from habeas.check.plain_claims import plain
from habeas.nouns import Verdict
from tests.check.plain_truths_of_languages import AROUND, FALSE, HEAD, TRUE

S, C = Verdict.SUPPORTED, Verdict.CONTRADICTED
TODAY = date(2026, 4, 10)
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


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SAID.items() for text in texts])
def test_what_the_record_bears_out_is_supported(judged, kind, text):
    assert [j.verdict for j in judged(text, kind)] == [S]


@pytest.mark.parametrize(("kind", "text"), PRESENT)
def test_what_has_passed_is_outdated(check, kind, text):
    found = [j for j in check(text, date(2025, 12, 14), date(2026, 4, 10)).judgements if j.claim.kind == kind]
    assert [j.at_publication for j in found] == [S]
    assert found[0].today is not S


@pytest.mark.parametrize(("language", "day", "text"), TRUE, ids=[f"{row[0]}-{k}" for k, row in enumerate(TRUE)])
def test_a_true_statement_is_never_called_wrong(check, language, day, text):
    for judgement in check(HEAD[language] + text, day, TODAY).judgements:
        told = (judgement.claim.kind, judgement.claim.quote.text, judgement.why)
        assert judgement.at_publication is not C, told
        if judgement.today is C:
            assert judgement.at_publication is S, told


@pytest.mark.parametrize(
    ("language", "day", "text", "kind"), FALSE, ids=[f"{r[0]}-{r[3]}-{k}" for k, r in enumerate(FALSE)]
)
def test_a_plain_false_statement_is_called_wrong(check, language, day, text, kind):
    found = [j for j in check(HEAD[language] + text, day, TODAY).judgements if j.claim.kind == kind]
    assert [j.at_publication for j in found] == [C], [(j.claim.quote.text, j.why) for j in found]


@pytest.mark.parametrize("language", ["ru", "be", "es"])
def test_the_same_words_set_in_doubt_are_left_open(check, language):
    for spoken, day, text, kind in FALSE:
        if spoken != language or kind == "membership":
            continue
        for around in AROUND[language]:
            for judgement in check(HEAD[language] + around.format(text), day, TODAY).judgements:
                assert judgement.at_publication is not C, (around.format(text), judgement.why)


@pytest.mark.parametrize("language", ["ru", "be", "es"])
def test_the_plain_constructions_take_the_whole_clause(language):
    patterns = plain(language).patterns
    assert {"status_now", "days_held", "sentence_length", "count_released", "count_detained"} <= set(patterns)
    for rows in patterns.values():
        assert all(row.pattern.startswith("^") and row.pattern.endswith("$") for row in rows)


def test_a_role_or_a_kin_before_a_name_is_no_plain_statement(check):
    """In Russian only the case of the name, which no construction sees, tells whose lawyer is inside."""
    for text in (
        "Адвокат Знака находится в тюрьме.",
        "Адвокат Знак находится в тюрьме.",
        "Жена Знака находится в тюрьме.",
    ):
        for judgement in check(
            HEAD["ru"] + "Максим Знак вышел на свободу. " + text, date(2025, 12, 20), TODAY
        ).judgements:
            assert judgement.at_publication is not C or judgement.claim.kind != "status_now"
