"""Cyrillic names in Latin letters, as passports have them (ICAO Doc 9303, part 3, section 6 B)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.names import fold, romanised, script_of


@pytest.mark.parametrize(
    ("name", "lang", "latin"),
    [
        ("Сяргей Ціханоўскі", "be-Cyrl", "Siarhei Tsikhanouski"),
        ("Алесь Бяляцкі", "be-Cyrl", "Ales Bialiatski"),
        ("Вольга Ёрш", "be-Cyrl", "Volha Iorsh"),
        ("Дар’я Лосік", "be-Cyrl", "Daria Losik"),
        ("Сергей Тихановский", "ru-Cyrl", "Sergei Tikhanovskii"),
        ("Геннадий Фёдоров", "ru-Cyrl", "Gennadii Fedorov"),
        ("Гайдай-Кузьмин", "ru", "Gaidai-Kuzmin"),
        ("Олесь Біляцький", "uk-Cyrl", "Oles Biliatskyi"),
        ("Юрій Щербань", "uk-Cyrl", "Yurii Shcherban"),
        ("АЛЕСЬ БЯЛЯЦКІ", "be", "ALES BIALIATSKI"),
        ("Сяргей Цітоў", None, "Siarhei Tsitou"),
        ("Ales Bialiatski", "en", None),
        ("ალეს ბიალიაცკი", "ka", None),
        ("Божидар Љубенов", "sr", None),
    ],
)
def test_names_as_passports_have_them(name: str, lang: str | None, latin: str | None) -> None:
    assert romanised(name, lang) == latin


@given(
    st.text(alphabet="абвгдеёжзійклмнопрстуўфхцчшыэюя", min_size=2, max_size=12),
    st.sampled_from(["be", "ru", "uk", None]),
)
def test_what_is_romanised_is_latin(word: str, lang: str | None) -> None:
    told = romanised(word.capitalize(), lang)
    assert told is not None
    assert script_of(told) == "Latn"
    assert told[0].isupper()


@pytest.mark.parametrize("name", ["Сяргей Ціханоўскі", "Марыя Калеснікава", "Віктар Бабарыка"])
def test_it_folds_with_what_it_came_from(name: str) -> None:
    told = romanised(name, "be")
    assert told is not None
    assert fold(told) == fold(name)
