"""Names of many scripts, each with spellings in use, and people of like names beside them."""

from __future__ import annotations

import pytest

from habeas.names import compare, keys
from habeas.names.scripts import all_written, doubts, mixed, unmixed, written

# Well-known public persons, as encyclopaedias and news agencies spell them.
SAME = [
    ("刘晓波", "Liu Xiaobo"),
    ("劉曉波", "刘晓波"),
    ("李登輝", "Lee Teng-hui"),  # Wade-Giles
    ("梁振英", "Leung Chun-ying"),  # Hong Kong
    ("김대중", "Kim Dae-jung"),
    ("박근혜", "Park Geun-hye"),
    ("이명박", "Lee Myung-bak"),
    ("金大中", "Kim Dae-jung"),  # Korean in Chinese characters
    ("محمد علي", "Mohammed Ali"),
    ("عبد الفتاح السيسي", "Abdel Fattah el-Sisi"),
    ("أحمد بن بلة", "Ahmed Ben Bella"),
    ("نرگس محمدی", "Narges Mohammadi"),
    ("רוברט לוי", "Robert Levy"),
    ("ジョン・ケリー", "John Kerry"),
    ("Ալեքսանդր Արզումանյան", "Alexander Arzumanyan"),
    ("მიხეილ სააკაშვილი", "Mikheil Saakashvili"),
    ("Ανδρέας Παπανδρέου", "Andreas Papandreou"),
    ("राहुल गांधी", "Rahul Gandhi"),
    ("Gabriel García Márquez", "Gabriel García"),
    ("Габриэль Гарсиа Маркес", "Gabriel Garcia Marquez"),
    ("U Win Tin", "Win Tin"),
    ("Билл Клинтон", "William Clinton"),
    ("Bob Dole", "Robert Dole"),
    ("Жак Ширак", "Jacques Chirac"),
    ("Йенс Столтенберг", "Jens Stoltenberg"),
]  # fmt: skip
DIFFERENT = [
    ("刘晓波", "Liu Binyan"),
    ("李伟", "李炜"),  # one sound, two names
    ("김대중", "Kim Jong-il"),
    ("박근혜", "Park Chung-hee"),
    ("محمد علي", "Ahmed Ali"),
    ("عبد الفتاح السيسي", "Abdel Rahman el-Sisi"),
    ("نرگس محمدی", "Taghi Mohammadi"),
    ("ジョン・ケリー", "John Major"),
    ("მიხეილ სააკაშვილი", "Davit Saakashvili"),
    ("Ανδρέας Παπανδρέου", "Margarita Papandreou"),
    ("राहुल गांधी", "Indira Gandhi"),
    ("Билл Клинтон", "Hillary Clinton"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_name_in_two_scripts(a: str, b: str) -> None:
    found = compare(a, b)
    assert found.same, found


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_name_in_two_scripts_shares_a_key(a: str, b: str) -> None:
    assert keys(a) & keys(b)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_names(a: str, b: str) -> None:
    found = compare(a, b)
    assert not found.same, found
    assert not found.sure


def test_half_a_name_in_any_script_is_never_sure() -> None:
    for half, whole in (("کیم", "Kim Il-sung"), ("Suharto", "Сухарто"), ("金", "Kim Jong-il")):
        assert not compare(half, whole).sure


def test_words_of_each_script() -> None:
    assert written("ヴァレリー・ペクレス").words == ("vareri", "pekuresu")
    assert written("문희상").readings == (("korean", ("mun", "hui", "sang")),)
    assert written("Sheikh Ahmad b. 1950").words == ("ahmad",)
    assert written("عبد الله").words == ("bdallh",)
    assert written("丹·科茨").words == ("dan", "keci")


def test_a_letter_of_another_script_is_read_as_meant() -> None:
    assert mixed("Бялятскi")  # the last letter is Latin
    assert unmixed("Бялятскi") == "Бялятскі"
    assert unmixed("Аlеs") == "Ales"
    assert unmixed("Ales Бяляцкі") == "Ales Бяляцкі"  # whole words of two scripts are no trick
    found = compare("Aлесь Бяляцкі", "Ales Bialiatski")
    assert found.same
    assert "letters of another script that look the same were read as meant" in found.why


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no name"),
        (" -- ", "there is no name"),
        ("A", "a single letter is no name"),
        ("x" * 10_000, "longer than any name (10,000 characters)"),
        ("Aлесь", "a word has letters of two scripts that look alike"),
        ("Bial\u200biatski", "there are marks that cannot be seen"),
        ("Bialiat\u200fski", "there are marks that cannot be seen"),
    ],
)
def test_what_is_wrong_with_a_name_is_said(text: str, said: str) -> None:
    assert [what for what, _ in doubts(text)] == [said]


def test_joiners_are_spelling_where_a_script_needs_them() -> None:
    assert doubts("پیتر مک\u200cکی") == ()
    assert doubts("Алесь Бяляцкі") == ()


def test_names_that_hold_the_end_of_a_line_keep_their_places() -> None:
    texts = ["Ales\nBialiatski", "a\u2028b\x0bc", "Мікола\r\nСтаткевіч", "", "Ihar Losik\n", "\x1cViktar\x85Losik"]
    found = all_written(texts)
    assert [found.of(at) for at in range(len(texts))] == [written(text) for text in texts]
    assert found.of(0).words == ("ales", "bialiatski")
