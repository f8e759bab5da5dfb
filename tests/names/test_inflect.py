"""Forms of surnames and given names in running text, by the tables of Belarusian and Russian school grammars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.names.inflect import inflected, is_form, nominal

# Nominative, then genitive, dative, accusative, instrumental, prepositional as far as they differ.
SURNAMES = {
    "Бяляцкі": ["Бяляцкага", "Бяляцкаму", "Бяляцкім"],
    "Беляцкий": ["Беляцкого", "Беляцкому", "Беляцким", "Беляцком"],
    "Ціханоўская": ["Ціханоўскай", "Ціханоўскую", "Ціханоўскаю"],
    "Тихановская": ["Тихановской", "Тихановскую", "Тихановскою"],
    "Калеснікава": ["Калеснікавай", "Калеснікаву", "Калеснікаваю"],
    "Колесникова": ["Колесниковой", "Колесникову"],
    "Статкевіч": ["Статкевіча", "Статкевічу", "Статкевічам"],
    "Статкевич": ["Статкевича", "Статкевичу", "Статкевичем", "Статкевиче"],
    "Лосік": ["Лосіка", "Лосіку", "Лосікам"],
    "Пачобут": ["Пачобута", "Пачобуту", "Пачобутам", "Пачобуце"],
    "Шкляроў": ["Шклярова", "Шклярову", "Шкляровым", "Шклярове"],
    "Замятин": ["Замятина", "Замятину", "Замятиным", "Замятине"],
    "Лукашэнка": ["Лукашэнкі", "Лукашэнку", "Лукашэнкам"],
    "Кравец": ["Кравца", "Кравцу", "Кравцом"],
}  # fmt: skip
GIVEN = {
    "Алесь": ["Алеся", "Алесю", "Алесем"],
    "Святлана": ["Святланы", "Святлане", "Святлану", "Святланай"],
    "Павел": ["Павла", "Павлу", "Павлом"],
    "Мария": ["Марии", "Марию", "Марией"],
    "Ігар": ["Ігара", "Ігару", "Ігарам"],
}  # fmt: skip
FORMS = [(form, name) for table in (SURNAMES, GIVEN) for name, forms in table.items() for form in (name, *forms)]


@pytest.mark.parametrize(("form", "name"), FORMS)
def test_every_case_leads_to_the_nominative(form: str, name: str) -> None:
    assert is_form(form, name), (inflected(form), nominal(name))


@pytest.mark.parametrize(
    ("form", "name"),
    [("Бяляцкага", "Bialiatski"), ("Беляцкого", "Бяляцкі"), ("Тихановской", "Tsikhanouskaya"), ("Лосика", "Losik")],
)
def test_the_nominative_may_be_spelled_in_any_way(form: str, name: str) -> None:
    assert is_form(form, name)


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("Петровского", "Петров"), ("Калесніка", "Калеснікава"), ("Бабкова", "Бабко"), ("Лосева", "Лосик"),
        ("Каленік", "Калеснікава"), ("Лапцевіча", "Лабковіч"), ("Захарчика", "Захарик"), ("Ивана", "Игорь"),
    ],
)  # fmt: skip
def test_forms_of_other_names_do_not_meet(form: str, name: str) -> None:
    assert not is_form(form, name)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_has_an_answer(form: str, name: str) -> None:
    assert is_form(form, name) in (True, False)
