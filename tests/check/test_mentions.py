"""Surnames on record spotted in any case ending; nothing inside other words."""

import pytest

from habeas.check.mentions import Spotter, declined

NAMES = ["Николай Статкевич", "Алесь Бяляцкі", "Марыя Калеснікава", "Ales Bialiatski", "Владимир Кара-Мурза"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Лукашенко говорил о Статкевиче потом.", "Николай Статкевич"),
        ("Статкевича повернули до колонії.", "Николай Статкевич"),
        ("Звільнили Калеснікаву.", "Марыя Калеснікава"),
        ("Сустрэча з Бяляцкім адбылася.", "Алесь Бяляцкі"),
        ("Uwolniono Bialiatskiego.", "Ales Bialiatski"),
        ("Bialiatski fue liberado.", "Ales Bialiatski"),
        ("ПИСЬМО СТАТКЕВИЧУ", "Николай Статкевич"),
        ("обменяли Кара-Мурзу", "Владимир Кара-Мурза"),
    ],
)
def test_a_surname_is_spotted_in_any_case(text, name):
    found = list(Spotter(NAMES).spot(text))
    assert [m.names for m in found] == [(name,)]
    assert text[found[0].start : found[0].end].casefold() in declined(name.split()[-1].split("-")[-1])


@pytest.mark.parametrize("text", ["статкевич без прописной", "Статкевичский", "НеСтаткевич", ""])
def test_nothing_is_spotted_inside_other_words(text):
    assert list(Spotter(NAMES).spot(text)) == []


def test_two_people_of_one_surname_are_both_said():
    assert next(Spotter(["A Kaval", "B Kaval"]).spot("Kaval came")).names == ("A Kaval", "B Kaval")
