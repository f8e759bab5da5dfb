"""People meant by a role, and people whom no record knows."""

import pytest


@pytest.mark.parametrize(
    ("text", "kind", "person"),
    [
        ("Former banker Viktar Babaryka was freed. The banker spent more than five years in prison.", "duration", "Viktar Babaryka"),
        ("Журналистка Катерина Андреева вышла на свободу. Журналистку осудили на восемь лет.", "sentence_length", "Katsiaryna Andreyeva"),
        ("Палітык Мікалай Статкевіч вярнуўся. Палітыка асудзілі на 14 гадоў.", "sentence_length", "Mikalai Statkevich"),
        ("El periodista Ihar Losik fue liberado. El periodista fue condenado a 15 años de cárcel.", "sentence_length", "Ihar Losik"),
    ],
)  # fmt: skip
def test_a_role_means_the_one_person_it_was_given_to(judged, text, kind, person):
    assert [j.claim.value.get("person") for j in judged(text, kind)] == [person]


def test_a_role_of_two_people_means_neither(judged):
    text = "Journalist Ihar Losik and journalist Katsiaryna Andreyeva were freed. It rained. It snowed. The journalist was sentenced to 15 years in prison."
    assert [j.claim.value.get("person") for j in judged(text, "sentence_length")] == [None]


def test_somebody_no_record_knows_is_named_as_printed_and_in_latin_letters(judged):
    found = judged("Осман Кавала приговорен к десяти годам колонии.", "sentence_length")
    assert [(j.claim.value["person"], j.claim.value["aliases"]) for j in found] == [("Осман Кавала", ["Osman Kavala"])]
    assert "no record of Осман Кавала" in found[0].missing or "no record" in found[0].why


def test_a_sentence_that_opens_with_a_common_word_keeps_its_person(judged):
    assert judged("Срок Беляцкого составил 10 лет.", "sentence_length")[0].claim.value["person"] == "Ales Bialiatski"
