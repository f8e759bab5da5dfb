"""Names as other countries write them: real people by their public names, and who is not who."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.names import Agreement, compare, keys, same_letters
from habeas.names.syllabic import SYLLABIC
from habeas.names.tables import rows
from habeas.names.titles import untitled

ONE = (
    ("刘晓波", "劉曉波"), ("刘晓波", "刘 晓波"), ("刘晓波", "刘晓波先生"), ("刘晓波", "Liu Xiaobo"), ("刘晓波", "Liú Xiǎobō"),
    ("刘晓波", "Xiaobo Liu"), ("刘晓波", "Liu Hsiao-po"), ("黄之锋", "Joshua Wong Chi-fung"),
    ("အောင်ဆန်းစုကြည်", "Aung San Suu Kyi"), ("ဒေါ်အောင်ဆန်းစုကြည်", "အောင်ဆန်းစုကြည်"), ("မင်းကိုနိုင်", "Min Ko Naing"),
    ("김대중", "Kim Dae-jung"), ("김대중", "김 대중"), ("문재인", "Moon Jae-in"),
    ("བསྟན་འཛིན་རྒྱ་མཚོ", "Tenzin Gyatso"), ("བཀྲ་ཤིས་དབང་ཕྱུག", "Tashi Wangchuk"),
    ("อานนท์ นำภา", "Anon Nampa"), ("นายอานนท์ นำภา", "อานนท์ นำภา"), ("ສົມບັດ ສົມພອນ", "Sombath Somphone"),
    ("Phạm Đoan Trang", "Pham Doan Trang"), ("Bà Phạm Đoan Trang", "Phạm Đoan Trang"), ("Phạm Thị Đoan Trang", "Phạm Đoan Trang"),
    ("İlqar Məmmədov", "Ilgar Mammadov"), ("Xədicə İsmayılova", "Khadija Ismayilova"), ("Rəsul Cəfərov", "Rasul Jafarov"),
    ("نرگس محمدی", "Narges Mohammadi"), ("علاء عبد الفتاح", "Alaa Abd El-Fattah"), ("رائف بدوي", "Raif Badawi"),
    ("እስክንድር ነጋ", "Eskinder Nega"), ("አቶ እስክንድር ነጋ", "እስክንድር ነጋ"), ("ნიკა გვარამია", "Nika Gvaramia"),
    ("កឹម សុខា", "Kem Sokha"), ("លោក កឹម សុខា", "កឹម សុខា"), ("उमर ख़ालिद", "Umar Khalid"), ("श्री उमर ख़ालिद", "उमर ख़ालिद"),
    ("ئىلھام توختى", "Ilham Tohti"), ("伊力哈木·土赫提", "Ilham Tohti"), ("José Daniel Ferrer García", "José Daniel Ferrer"),
)  # fmt: skip
TWO = (
    ("刘晓波", "刘霞"), ("刘晓波", "Liu Xia"), ("冯永刚", "Deng Yonggang"), ("周德胜", "Zhu Desheng"), ("မင်းကိုနိုင်", "Min Ko Hlaing"),
    ("Nguyễn Văn Đài", "Nguyễn Văn Đại"), ("Võ Thị Sáu", "Vũ Thị Sáu"), ("Ali ibn Hassan", "Ali ibn Hussein"),
    ("محمد حسن", "احمد حسن"), ("محمد حسن", "محمد حسين"), ("محمود خالد", "محمد خالد"), ("علی رضایی", "علیرضا رجایی"),
    ("משה כהן", "משה כהנא"),
    ("김대중", "Kim Dae-jin"), ("İlqar Məmmədov", "Elxan Məmmədov"),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_name_in_two_spellings_is_sure(one: str, other: str) -> None:
    assert compare(one, other).sure, compare(one, other)
    assert keys(one) & keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("نرگس محمدي", "نرگس محمدی"),
        ("كيوان صميمي", "کیوان صمیمی"),
        ("أحمد منصور", "احمد منصور"),
        ("آمنة خالد", "امنه خالد"),
        ("مى سكاف", "مي سكاف"),
        ("رجائی علی", "رجایی علی"),
        ("علی‌رضا رجایی", "علی رضا رجایی"),  # a joiner, a space
        ("علیرضا رجایی", "علی رضا رجایی"),
        ("عبد الفتاح علاء", "عبدالفتاح علاء"),
    ],
)
def test_arabic_persian_and_urdu_letters_of_one_name_are_one(one: str, other: str) -> None:
    found = compare(one, other)
    assert (found.score, found.given, found.surname) == (1.0, Agreement.SAME, Agreement.SAME)
    assert keys(one) & keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bob Menendez", "רוברט מננדז"),  # a short form
        ("Saeed Mohammad Marandi", "سعيد مرندي"),  # a word more
        ("Taavi Rõivas", "ターヴィ・ロイバス"),  # a sound less
    ],
)
def test_one_word_as_it_sounds_and_how_another_begins_is_enough_to_meet(one: str, other: str) -> None:
    assert keys(one) & keys(other)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_a_name_only_alike_is_not_sure(one: str, other: str) -> None:
    assert not compare(one, other).sure, compare(one, other)


@pytest.mark.parametrize(
    "row", [row for row in rows("titles.csv") if row["where"] != "word"], ids=lambda row: row["lang"]
)
def test_no_title_parts_a_name_from_itself(row: dict[str, str]) -> None:
    """Each title of the table, before or behind the name of its own script that the table stands it by."""
    name = {"behind": "刘晓波", "joined": "อานนท์ นำภา", "before": "Narges Mohammadi"}[row["where"]]
    for form in row["forms"].split("|"):
        said = f"{name}{form}" if row["where"] == "behind" else f"{form} {name}"
        assert untitled(said) == name
        assert same_letters(said, name)


def test_a_title_alone_stays() -> None:
    for row in rows("titles.csv"):
        if row["where"] != "word":
            for form in row["forms"].split("|"):
                assert untitled(form) == form


@given(st.sampled_from(sorted(SYLLABIC)), st.data())
def test_whatever_is_written_is_read_as_plain_letters(script: str, data: st.DataObject) -> None:
    start = {"Mymr": 0x1000, "Tibt": 0x0F40, "Thai": 0x0E01, "Laoo": 0x0E81}[script]
    text = data.draw(st.text(st.characters(min_codepoint=start, max_codepoint=start + 0x60), max_size=30))
    for word in SYLLABIC[script](text):
        assert word.isascii()
        assert word.isalpha()
