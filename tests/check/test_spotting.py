"""Names on record spotted in any case ending, however they are written; nothing inside other words; exact offsets."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.check.letters import APOSTROPHES, plain
from habeas.check.spotting import Spotter, declined
from habeas.check.wordlist import _BLOCK

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


@pytest.mark.parametrize("ended", ["", "'s", "\u0301"])
def test_a_name_is_found_wherever_a_block_of_the_text_ends(ended):
    """Each block of the text ends at another letter of a name, or just before or after it."""
    name = "Статкевич"
    starts = [(n + 1) * _BLOCK - len(name) - 2 + n for n in range(len(name) + 4)]
    text = ""
    for start in starts:
        text = text.ljust(start, ".") + name + ended
    assert [(m.start, m.end) for m in Spotter(NAMES).spot(text)] == [
        (start, start + len(name) + (ended == "\u0301")) for start in starts
    ]


def test_what_cannot_be_looked_for_leaves_the_rest_alone():
    """Names of more letters than a word has room for, of digits, of more letters than there are bytes."""
    many = ["".join(chr(0x4E00 + 5 * k + n) for n in range(5)) for k in range(60)]
    odd = ["", "-", "Ли", "X-1234", "A" * 32, "A" * 31]
    spotter = Spotter([*odd, *many, *NAMES], ["", "№ 7"])
    text = f"{'A' * 31} {'A' * 32} X-1234 Статкевич № 7 № 77 Ли"
    assert [text[m.start : m.end] for m in spotter.spot(text)] == ["A" * 31, "Статкевич", "№ 7"]
    assert list(Spotter([]).spot("Статкевич")) == list(Spotter(["Ли"]).spot("Ли")) == []


# The rule, said as plainly as can be: place by place, a fixed name first, then a word with its marks and apostrophes.
PEOPLE = [
    "А Статкевич",
    "Б Дзям'янава",
    "В Королёв",
    "Г Лойка",
    "D Šušman",
    "E İsmailov",
    "F Παπαδόπουλος",
    "G O'Connor",
]
THINGS = ["Loyka 7", "Loyka", "13A", "eBay", "ИК №1", "Статкевич", "O"]


def _letter(character: str) -> bool:
    return re.fullmatch(r"[^\W\d_]", character) is not None and character not in APOSTROPHES


def _rule(text):
    forms = {}
    for name in PEOPLE:
        for form in declined(plain(name.split()[-1])):
            forms.setdefault(plain(form), []).append(name)
    at = 0
    while at < len(text):
        before = text[at - 1] if at else " "
        hits = [
            (at + len(written), (thing,))
            for thing in THINGS
            for written in (thing, thing.upper())
            if text.startswith(written, at) and not (before.isalnum() or text[at + len(written) :][:1].isalnum())
        ]
        word = re.match(r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*(?:['’ʼ][^\W\d_]+)*", text[at:])
        if not hits and word is not None and not _letter(before) and text[at] != text[at].lower():
            ways = dict.fromkeys((word.group(), re.split("['’ʼ]", word.group())[0]))
            hits = [(at + len(way), tuple(forms[plain(way)])) for way in ways if plain(way) in forms][:1]
        if hits and not _letter(before):
            end, names = max(hits)
            yield at, end, names
            at = end
        else:
            at += 1


_WAYS = [str, str.upper, str.lower, str.title, lambda w: unicodedata.normalize("NFD", w)]
_NAMED = sorted({form.title() for name in PEOPLE for form in declined(name.split()[-1])} | set(THINGS))
_NOISE = st.text(alphabet=st.sampled_from("ab .,-«»’'ʼ\n\u0301\u0306ёЁßİıΣςй中😀1_²О"), max_size=6)
_PIECES = st.one_of(_NOISE, st.builds(lambda word, way: way(word), st.sampled_from(_NAMED), st.sampled_from(_WAYS)))


@settings(max_examples=400, deadline=None)
@given(st.lists(_PIECES, max_size=9).map("".join))
def test_what_is_found_is_what_the_plain_rule_finds(text):
    assert [tuple(m) for m in SPOTTER.spot(text)] == list(_rule(text))


SPOTTER = Spotter(PEOPLE, THINGS)
