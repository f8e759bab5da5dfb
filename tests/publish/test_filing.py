"""Lists of people: each person under one letter, in the order of the reader's alphabet."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.languages import LANGUAGES, language
from habeas.nouns import Name
from habeas.publish.alphabets import letter, order
from habeas.publish.names import Called, filed


class Line(NamedTuple):
    called: Called
    path: str = ""


def line(text: str, lang: str | None = None, country: str = "") -> Line:
    return Line(Called(id=text, names=(Name(text=text, lang=lang, statement="s"),), country=country))


def letters(reader: str, *people: Line) -> list[tuple[str, list[str]]]:
    return [(head, [one.called.id for one in some]) for head, some in filed(people, language(reader))]


CUBA = ("Maykel Castillo Pérez", "José Daniel Ferrer García", "Luis Manuel Otero Alcántara", "Félix Navarro Rodríguez")


@pytest.mark.parametrize("reader", ["en", "es", "zh", "ar"])
def test_spanish_names_stand_under_the_first_surname_whoever_reads(reader: str) -> None:
    assert [(head, names[0].split()[0]) for head, names in letters(reader, *(line(n, None, "CU") for n in CUBA))] == [
        ("C", "Maykel"), ("F", "José"), ("N", "Félix"), ("O", "Luis"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "name", "stands_under"),
    [
        ("en", "Łabno", "Ł"), ("en", "Élie", "E"), ("en", "Ñañez", "N"), ("es", "Ñañez", "Ñ"), ("en", "Şık", "S"),
        ("en", "Çelik", "C"), ("en", "İmamoğlu", "I"), ("en", "Øverland", "Ø"), ("en", "Æthelred", "A"), ("en", "’Abd", "A"),
        ("ru", "Ёлкин", "Е"), ("be", "Ёрш", "Ё"), ("ru", "Йовенко", "Й"), ("be", "Ўласевіч", "Ў"), ("be", "Ігнатюк", "І"),
        ("ar", "أحمد", "ا"), ("ar", "إيمان", "ا"), ("ar", "آمنة", "ا"), ("ar", "يحيى", "ي"), ("ar", "یزدی", "ي"),
        ("ar", "کردپور", "ك"), ("ar", "پیربرناش", "پ"), ("ar", "گلشیری", "گ"), ("ar", "ة", "ه"), ("ar", "ـَكامل", "ك"),
        ("fa", "یزدی", "ی"), ("fa", "يزدي", "ی"), ("fa", "كردبور", "ک"), ("fa", "چمن", "چ"), ("fa", "ژاله", "ژ"),
        ("en", "김대중", "ㄱ"), ("en", "까치", "ㄱ"), ("en", "박근혜", "ㅂ"), ("en", "刘晓波", "刘"), ("en", "7", "#"), ("en", "", "#"),
    ],
)  # fmt: skip
def test_the_letter_that_a_name_stands_under(tag: str, name: str, stands_under: str) -> None:
    assert letter(name, tag) == stands_under


@pytest.mark.parametrize(
    ("tag", "names"),
    [
        ("en", "Lato Łabno Madej Zidane"),
        ("en", "Nadal Ñañez Nuñez Oropesa"),
        ("es", "Nadal Nuñez Ñañez Oropesa"),
        ("uk", "Гнатюк Ґеник Дмитрук Ігнатюк Йовенко Ярош"),
        ("ru", "Ежов Ёлкин Ермак Жуков"),
        ("be", "Ежаў Ермак Ёрш Жук"),
        (
            "ar",
            "أسدي آشوري بدر پیربرناش تخیری جلالی چمن حلبي زاده ژاله ساغرچی کردپور گلشیری لطفي محمدي نخعي هدى وليد يزدي",
        ),
        ("fa", "آشوری بهرامی پیربرناش جلالی چمن زاده ژاله کردپور گلشیری لطفی محمدی نخعی وحیدی هاشمی یزدی"),
        ("ko", "김대중 나운규 박근혜 이승만 최규하"),
    ],
)
def test_letters_stand_where_the_alphabet_places_them(tag: str, names: str) -> None:
    backwards = names.split()[::-1]
    backwards.sort(key=lambda name: order(name, tag))
    assert backwards == names.split()


def test_a_chinese_reader_finds_names_by_pinyin_and_latin_ones_among_them() -> None:
    people = [line(n) for n in ("任志强", "曾金燕", "查建英", "单田芳", "刘晓波", "Liu Xia", "Łabno", "Алесь Бяляцкі")]
    assert letters("zh", *people) == [
        ("L", ["刘晓波", "Liu Xia"]), ("Ł", ["Łabno"]), ("R", ["任志强"]), ("S", ["单田芳"]), ("Z", ["曾金燕", "查建英"]),
        ("Б", ["Алесь Бяляцкі"]),
    ]  # fmt: skip


def test_whoever_does_not_read_arabic_letters_sees_them_in_the_order_of_most_of_the_names() -> None:
    people = [line(name, "fa", "IR") for name in ("هما هاشمی", "مهدی وحیدی")]
    assert [head for head, _ in letters("en", *people)] == ["و", "ه"]
    assert [head for head, _ in letters("ar", *people)] == ["ه", "و"]


NAMES = [
    *CUBA, "Ales Bialiatski", "Алесь Бяляцкі", "Сергей Тихановский", "Вольга Ёрш", "Łabno", "Zidane", "Ñañez", "刘晓波", "曾金燕",
    "何塞·丹尼尔·费雷尔", "نرگس محمدی", "عبد الهادي الخواجة", "أحمد", "احمد", "김대중", "Aung San Suu Kyi", "7", "გიორგი",
]  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([None, "es", "fa", "ar", "zh", "be"])), max_size=12),
    st.sampled_from(sorted(LANGUAGES)),
    st.randoms(),
)
def test_everybody_stands_under_one_letter_in_one_order(
    names: list[tuple[str, str | None]], reader: str, random: object
) -> None:
    people = [
        Line(Called(id=f"C-{n}", names=(Name(text=text, lang=lang, statement="s"),)))
        for n, (text, lang) in enumerate(names)
    ]
    found = filed(people, language(reader))
    told = [one.called.id for _, some in found for one in some]
    assert sorted(told) == sorted(one.called.id for one in people)
    assert len({head for head, _ in found}) == len(found)
    mixed = people.copy()
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert filed(mixed, language(reader)) == found
