"""What a sentence leaves to the text around it: whose day, which people, whose term, which release."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from habeas.cases.measures import chains
from habeas.check import check_article, read_article
from habeas.nouns import Act, Verdict
from tests.check.conftest import Shelf

S, N, C = Verdict.SUPPORTED, Verdict.NOT_ENOUGH, Verdict.CONTRADICTED
HEAD = "This is a report from Belarus.\n"


@pytest.mark.parametrize(
    "text",
    [
        "They came for Maria Kalesnikava on 7 September 2020.",
        "Maria Kalesnikava (7 September 2020) and Maksim Znak (9 September 2020) were first.",
        "Ales Bialiatski, the founder, was first. Police raided the office on 14 July 2021.",
        "За Марией Колесниковой пришли 7 сентября 2020 года.",
        "Па Марыю Калеснікаву прыйшлі 7 верасня 2020 года.",
        "Se llevaron a Maria Kalesnikava el 7 de septiembre de 2020.",
        "The loudest wave came on 13 December 2025. Then 123 people were freed.",
    ],
)
def test_a_day_is_borne_out_by_what_the_record_tells_of_it(judged, text):
    assert {j.verdict for j in judged(HEAD + text, "date")} == {S}


@pytest.mark.parametrize(
    "text",
    [
        "They came for Maria Kalesnikava on 7 June 2020.",
        "Maria Kalesnikava published a book on 7 September 2020.",
        "The loudest wave came on 13 December 2025. Snow fell on 123 towns.",
        "Maria Kalesnikava gave a concert in September 2020.",
    ],
)
def test_a_day_bears_out_nothing_that_the_words_do_not_speak_of(judged, text):
    assert S not in {j.verdict for j in judged(HEAD + text, "date")}


def test_those_named_are_counted(check):
    """`Three of its members`: right where the three named were inside, outdated once one of them is out."""
    text = (
        HEAD
        + "Three members of Viasna remain in prison: Ales Bialiatski, Valiantsin Stefanovic and Uladzimir Labkovich."
    )
    found = [j for j in check(text, date(2024, 6, 7), date(2026, 4, 1)).judgements if j.claim.kind == "count_detained"]
    assert [(j.at_publication, j.today) for j in found] == [(S, C)]
    assert "Ales Bialiatski" in found[0].context


def test_a_count_of_people_of_whom_one_was_free_is_left_open(check):
    text = (
        HEAD
        + "Three members of Viasna remain in prison: Ales Bialiatski, Valiantsin Stefanovic and Uladzimir Labkovich."
    )
    found = [
        j for j in check(text, date(2025, 12, 20), date(2026, 4, 1)).judgements if j.claim.kind == "count_detained"
    ]
    assert [j.at_publication for j in found] == [N]


def test_a_term_after_the_last_of_a_row_is_of_the_last(judged):
    text = HEAD + "In prison are Ales Bialiatski, Maksim Znak and Maria Kalesnikava, sentenced to 11 years."
    assert [j.verdict for j in judged(text, "sentence_length", date(2024, 6, 7))] == [S]


def test_a_length_without_a_name_is_of_those_just_named(judged):
    text = (
        HEAD
        + "Ales Bialiatski and Maryna Zolatava were freed on Saturday. They spent more than four years behind bars."
    )
    assert S in {j.verdict for j in judged(text, "duration")}


@pytest.mark.parametrize(("years", "verdict"), [("more than three decades", S), ("four decades", N)])
def test_a_length_in_office_is_of_the_one_who_rules(judged, years, verdict):
    text = HEAD + f"Alexander Lukashenko has run the country of 9 million with an iron hand for {years}."
    found = [*judged(text, "duration"), *judged(text, "office_tenure")]
    assert [j.verdict for j in found] == [verdict]


def test_left_the_country_is_not_pardoned(judged):
    """52 were pardoned; 51 crossed the border: that 52 left is not borne out by the first."""
    text = HEAD + "On 11 September 2025 52 convicts left the country, among them foreigners."
    assert S not in {j.verdict for j in judged(text, "count_released")}


def test_a_round_number_is_not_stretched_to_a_small_one(judged):
    found = judged(HEAD + "In Belarus 10 political prisoners are held.", "count_detained", date(2025, 12, 23))
    assert [j.verdict for j in found] != [S]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("El presidente Alexander Lukashenko sostiene que en Bielorrusia no hay presos políticos.", C),
        ("En el país no hay presos políticos.", N),
    ],
)
def test_that_there_is_nobody_is_wrong_where_lists_hold_many(judged, text, verdict):
    assert [j.verdict for j in judged(text, "count_detained", date(2025, 12, 23))] == [verdict]


@pytest.mark.parametrize("many", ["al menos siete", "al menos 70"])
def test_people_who_died_are_not_borne_out_by_a_number_of_people_held(judged, many):
    text = f"{HEAD.replace('This is a report from Belarus', 'Un informe de Bielorrusia')}Según Viasna, {many} presos políticos han muerto."
    found = judged(text, "count_detained")
    assert {j.verdict for j in found} == {N}
    assert all("custody on record" in str(j.why) for j in found)


def _with_acts(casebook, *rows):
    """The small casebook with acts of the European Union on potash: (id, day, action, which act it changes)."""
    shelf = Shelf(casebook.statements)
    acts = [
        shelf.record(Act, i, authority="European Union", topic="potash", date=day, action=action, identifier=i, **({"changes": of} if of else {}))
        for i, day, action, of in rows
    ]  # fmt: skip
    found = chains(acts, {}, {})
    return replace(casebook, acts=tuple(acts), measures=found.measures, statements=shelf.statements)


@pytest.mark.parametrize(("between", "verdict"), [
    ((), C),
    ((("EU-3", "2025-02-01", "lifted", "EU-1"), ("EU-4", "2025-06-01", "imposed", "")), N),
])  # fmt: skip
def test_a_lifting_is_wrong_only_where_the_measure_held_after_that_day(casebook, between, verdict):
    last = "EU-4" if between else "EU-1"
    book = _with_acts(
        casebook, ("EU-1", "2021-06-24", "imposed", ""), *between, ("EU-5", "2025-11-01", "extended", last)
    )
    text = "On 10 April 2025 the EU lifted sanctions on Belarusian potash."
    article = read_article(Path("a.txt"), text.encode(), published=date(2025, 11, 20))
    found = [
        j
        for j in check_article(article, book, today=date(2026, 3, 20)).judgements
        if j.claim.kind == "sanctions_measure"
    ]
    assert [j.at_publication for j in found] == [verdict], [j.why for j in found]


LICENCE_12 = ("US-2025-11-04-2", "2025-11-04", "aircraft", "Belarus General License 12; 91 FR 10002")
LICENCE_13 = ("US-2025-12-15", "2025-12-15", "potash", "Belarus General License 13")


@pytest.mark.parametrize("known", [(LICENCE_12, LICENCE_13), (LICENCE_13, LICENCE_12)])
@pytest.mark.parametrize(
    ("named", "verdict"),
    [
        ("General License 13", S),
        ("General License №13", S),
        ("General License 12", S),
        ("Belarus General License 12", S),
        ("General License 14", N),
        ("General License 1", N),
        ("General License 13A", N),
    ],
)
def test_an_act_that_a_text_names_by_number_is_borne_out_by_that_act_alone(casebook, known, named, verdict):
    shelf = Shelf(casebook.statements)
    acts = [
        shelf.record(Act, i, authority="United States", action="licensed", date=day, topic=topic, identifier=number)
        for i, day, topic, number in known
    ]
    book = replace(casebook, acts=tuple(acts), statements=shelf.statements)
    text = HEAD + f"The United States acted at last. {named} allows dealings with the companies and the aircraft."
    article = read_article(Path("a.txt"), text, published=date(2025, 12, 17), told={})
    judgements = check_article(article, book, today=date(2026, 3, 20)).judgements
    found = [j for j in judgements if j.claim.kind == "sanctions_measure"]
    assert [j.verdict for j in found] == [verdict]
    rests = {book.statements[i].value for j in found for i in j.rests_on}
    number = named.removeprefix("Belarus ").replace("№", "")
    assert {n for n in rests if n is not None and "License" in n} == {
        n for _, _, _, n in known if verdict is S and n.partition(";")[0] == f"Belarus {number}"
    }
