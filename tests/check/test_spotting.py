"""Names on record spotted in any case ending, however they are written; nothing inside other words; exact offsets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.check.spotting import Spotter, declined

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


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("Iryna Khalip", "Khalip's husband", "Khalip"),
        ("Мар'яна О'Коннорова", "пра О’Коннорову казалі", "О’Коннорову"),
        ("Дар'я Дзям'янава", "Дзям’янаву вызвалілі", "Дзям’янаву"),
        ("Уладзімір Рудзянкоў", "з Рудзянковым", "Рудзянковым"),
        ("Пётр Королёв", "о Королеве", "Королеве"),
        ("Пётр Королев", "о Королёве", "Королёве"),
        ("Andrej Čyž", "Čyža zatrzymano", None),  # three letters: it stands in too many other words
        ("Andrej Šušman", "S\u030cus\u030cmana zatrzymano", "S\u030cus\u030cmana"),
        ("Андрей Зайцевский", unicodedata.normalize("NFD", "Зайцевского видели"), "Зайцевского"),
        ("Ali İsmailov", "İsmailov'un", "İsmailov"),
        ("Николай Статкевич", "\U0001f600 ß İ 中文 «Статкевича»", "Статкевича"),
    ],
)
def test_a_name_is_found_however_it_is_written_at_exact_characters(name, text, said):
    found = [text[m.start : m.end] for m in Spotter([name]).spot(text)]
    assert [unicodedata.normalize("NFC", w) for w in found] == (
        [] if said is None else [unicodedata.normalize("NFC", said)]
    )


def test_fixed_names_are_found_whole_and_the_longest_of_them():
    spotter = Spotter(["Ales Bialiatski"], ["Belaruskali", "General License 13", "General License 13A"])
    text = "General License 13A and GENERAL LICENSE 13: Belaruskali, not Belaruskalia, for Bialiatski."
    assert [(text[m.start : m.end], m.names) for m in spotter.spot(text)] == [
        ("General License 13A", ("General License 13A",)),
        ("GENERAL LICENSE 13", ("General License 13",)),
        ("Belaruskali", ("Belaruskali",)),
        ("Bialiatski", ("Ales Bialiatski",)),
    ]


_AROUND = st.text(alphabet=st.sampled_from("ab .,-«»’'\n\u0301ёЁßİ中😀1_"), max_size=12)


@given(st.lists(st.tuples(_AROUND, st.sampled_from(sorted(declined("Статкевич")))), max_size=5), _AROUND)
def test_every_form_that_stands_alone_is_found_and_nothing_else(parts, tail):
    """Against the plainest reading: each word of letters, looked up."""
    text = "".join(f"{before} {form.capitalize()} " for before, form in parts) + tail
    found = [(m.start, m.end) for m in Spotter(NAMES).spot(text)]
    assert [text[a:b].lower() in declined("Статкевич") for a, b in found] == [True] * len(parts)
    assert all(a < b <= c < d for (a, b), (c, d) in zip(found, found[1:], strict=False))
