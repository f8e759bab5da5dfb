"""book.toml: every key known or refused by name, every fault one sentence."""

from __future__ import annotations

import pickle
import re
from datetime import date
from pathlib import Path

import pytest

from habeas.errors import BookError
from habeas.languages import language
from habeas.nouns import Column, Extent, Means, Visibility, say
from habeas.readers import find_book, load_book
from tests.readers.conftest import COLUMNS, HEAD, a_list

WHOLE = """
[book]
title = "A book"
country = "BY"
languages = ["be", "ru"]
contact = "desk@example.org"
about = "What it is."
recorder = "heron"
prefer = ["one", "A publisher"]
horizon_days = 90

[mapping.printed]
key = ["printed_name"]
ignore = ["script", "role"]
[mapping.printed.columns]
printed_name = "name"
role_be = "occupation"
detained_on = { prop = "detained", formats = ["%d.%m.%Y"] }
detained_url = { source_of = ["detained"] }
state = { prop = "means", values = { "in custody" = "held" } }

[[list]]
id = "one"
file = "lists/one.csv"
title = "List one"
publisher = "A publisher"
url = "https://example.org/one"
published = 2022-04-28
language = "be-Cyrl"
means = "recognised"
mapping = "printed"
covers = { period = "../2022-04-28", group = "all", place = "Belarus", extent = "full" }
based_on = ["another"]
rows = [20, 30]
visibility = "team"
encoding = "cp1251"
sheet = "Sheet1"
[list.columns]
role = { prop = "occupation", lang = "be", split = ";" }

[[list]]
id = "freed"
file = "lists/freed.txt"
means = "released"
release = "BY-2025-09-11"
"""


def write(folder: Path, text: str | bytes) -> Path:
    (folder / "book.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def test_the_whole_of_it(tmp_path: Path) -> None:
    book = load_book(write(tmp_path, WHOLE))
    assert (book.title, book.country, book.recorder, book.horizon_days) == ("A book", "BY", "heron", 90)
    assert book.prefer == ("one", "A publisher")
    one, freed = book.lists
    assert one.published == "2022-04-28"
    assert (one.means, one.covers.extent, one.visibility) == (Means.RECOGNISED, Extent.FULL, Visibility.TEAM)
    assert one.covers.period is not None
    assert one.covers.period.text == "../2022-04-28"
    assert (one.rows, one.encoding, one.sheet, one.based_on) == ((20, 30), "cp1251", "Sheet1", ("another",))
    assert one.key == ("printed_name",)
    assert one.ignore == ("script",), "a list's own column goes before the mapping's ignore"
    assert one.columns["detained_on"] == Column(prop="detained", formats=("%d.%m.%Y",))
    assert one.columns["detained_url"] == Column(source_of=("detained",))
    assert one.columns["role"] == Column(prop="occupation", lang="be", split=";")
    assert one.columns["state"].values == {"in custody": "held"}
    assert (freed.release, freed.title, freed.file) == ("BY-2025-09-11", "freed", Path("lists/freed.txt"))


def test_a_book_is_found_from_a_folder_inside_it(tmp_path: Path) -> None:
    write(tmp_path, HEAD)
    (tmp_path / "lists" / "deep").mkdir(parents=True)
    assert find_book(tmp_path / "lists" / "deep") == tmp_path.resolve()


def test_no_book_anywhere_above(tmp_path: Path) -> None:
    with pytest.raises(BookError, match="habeas init"):
        find_book(tmp_path)


def test_a_mark_at_the_start_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    text = HEAD.replace("\n", "\r\n").encode("utf-8-sig")
    assert load_book(write(tmp_path, text)).title == "A book"


def test_the_keepers_words_in_several_languages_and_the_days_to_look_back_from(tmp_path: Path) -> None:
    book = load_book(
        write(
            tmp_path,
            '[book]\ntitle = { be = "Кніга", en = "A book" }\ncountry = "BY"\nlanguage = "be"\n'
            'about.en = "Of a list."\nas_of = [2025-12-13, "2022-04-28", 2025-12-13]',
        )
    )
    assert (book.title, book.about, book.contact, book.language) == ("Кніга", "Of a list.", "", "be")
    assert [language(tag).text(book.title) for tag in ("be", "en", "ru")] == ["Кніга", "A book", "Кніга"]
    assert language("en").text(say("{book}, {n}", book=book.title, n=5)) == "A book, 5"
    assert pickle.loads(pickle.dumps(book)) == book
    assert pickle.loads(pickle.dumps(book.title)).by == book.title.by
    assert book.as_of == (date(2022, 4, 28), date(2025, 12, 13))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD.replace("title", "titel"), r"\[book\]: unknown key 'titel'; did you mean 'title'\?"),
        (HEAD + 'contct = "x"', r"unknown key 'contct'; did you mean 'contact'\?"),
        (HEAD + '[[lists]]\nid = "a"', r"unknown key 'lists'; did you mean 'list'\?"),
        (HEAD + a_list("a.csv", more='publishd = "2021"\n'), r"list 'one': unknown key 'publishd'; did you mean 'published'"),
        (HEAD + a_list("a.csv", more='covers = { perod = "2021" }\n'), r"covers: unknown key 'perod'; did you mean 'period'"),
        (HEAD + a_list("a.csv") + 'x = { prop = "name", form = "y" }', r"column 'x': unknown key 'form'; did you mean 'formats'"),
        (HEAD + "[mapping.a]\nkees = ['id']", r"\[mapping.a\]: unknown key 'kees'; did you mean 'key'"),
        ('[book]\ncountry = "BY"', r"title is missing; write title ="),
        ('[book]\ntitle = "A"', r"country is missing; write country ="),
        ('[book]\ntitle = "A"\ncountry = "by"', r"two capital letters"),
        ('[book]\ntitle = 5\ncountry = "BY"', r"title must be text"),
        ('[book]\ntitle = { english = "A" }\ncountry = "BY"', r"title 'english' is not a language tag"),
        ('[book]\ntitle = {}\ncountry = "BY"', r"title says nothing; write title = "),
        ('[book]\ntitle = { en = "A", be = " " }\ncountry = "BY"', r"title says nothing"),
        ('[book]\ntitle = { en = 5 }\ncountry = "BY"', r"title: en must be text"),
        (HEAD + "as_of = [2022-04-28, '2022-05']", r"as_of holds '2022-05', which is no day; write \[2022-04-28"),
        (HEAD + 'language = "Belarusian"', r"language 'Belarusian' is not a language tag"),
        (HEAD + 'languages = ["Belarusian"]', r"'Belarusian' is not a language tag"),
        (HEAD + "horizon_days = -1", r"horizon_days must be 0 or more"),
        (HEAD + "horizon_days = true", r"horizon_days must be a whole number"),
        (HEAD + '[[list]]\nfile = "lists/a.csv"', r"\[\[list\]\] number 1: id is missing"),
        (HEAD + '[[list]]\nid = "a"', r"list 'a': file is missing"),
        (HEAD + '[[list]]\nid = "a:b"\nfile = "lists/a.txt"', r"letters, digits, dots and dashes"),
        (HEAD + a_list("a.csv") + a_list("b.csv"), r"two lists have the id 'one'"),
        (HEAD + a_list("a.csv", columns='mapping = "printd"\n[mapping.printed.columns]\nx = "name"'), r"unknown key|no \[mapping"),
        (HEAD + a_list("a.csv", columns='mapping = "nowhere"\n'), r"there is no \[mapping\.nowhere\]"),
        (HEAD + a_list("a.csv", more='published = "2021-02-31"\n'), r"published is not a date: there is no day 31 in 2021-02"),
        (HEAD + a_list("a.csv", more='means = "freed"\n'), r"means cannot be 'freed'; one of: held, recognised"),
        (HEAD + a_list("a.csv", more='visibility = "secret"\n'), r"one of: public, team, sealed"),
        (HEAD + a_list("a.csv", more='url = "example.org"\n'), r"not an address"),
        (HEAD + a_list("a.csv", more='release = "September"\n'), r"such as BY-2025-12-13"),
        (HEAD + a_list("a.csv", more='encoding = "windows"\n'), r"there is no encoding 'windows'"),
        (HEAD + a_list("a.csv", more="rows = [30, 20]\n"), r"fewest and the most"),
        (HEAD + a_list("../../etc/passwd"), r"outside of the book's folder"),
        (HEAD + '[[list]]\nid = "a"\nfile = "/etc/passwd"', r"outside of the book's folder"),
        (HEAD + '[[list]]\nid = "a"\nfile = "C:\\\\lists\\\\a.csv"', r"outside of the book's folder"),
        (HEAD + a_list("a.csv", columns="\n"), r"no column is mapped"),
        (HEAD + a_list("a.csv", columns='\n[list.columns]\nname = "name"'), r"key is missing"),
        (HEAD + a_list("a.csv") + 'x = "nme"', r"a list cannot say 'nme' of a person; did you mean 'name'"),
        (HEAD + a_list("a.csv") + 'x = "absent_since"', r"a list cannot say 'absent_since'"),
        (HEAD + a_list("a.csv") + "x = 5", r"column 'x': write x ="),
        (HEAD + a_list("a.csv") + "x = { split = ';' }", r"say what it holds"),
        (HEAD + a_list("a.csv") + 'x = { source_of = ["detaned"] }', r"source_of names 'detaned'; did you mean 'detained'"),
        (HEAD + a_list("a.csv") + 'x = { prop = "born", formats = ["dd.mm.yyyy"] }', r"'dd.mm.yyyy' is not a date format"),
        (HEAD + a_list("a.csv") + 'x = { prop = "sex", values = { "ж" = "femal" } }', r"not one of: female, male"),
        (HEAD + a_list("a.csv") + 'x = { prop = "name", split = "" }', r"split is empty"),
        (HEAD + a_list("a.csv", more='ignore = ["name"]\n'), r"both mapped and ignored"),
        (HEAD + "[mapping]\nprinted = 5", r"\[mapping\] holds named mappings"),
        ("list = 5\n" + HEAD, r"must be written as \[\[list\]\]"),
        ('[book]\ntitle = "A\ncountry = "BY"', r"book\.toml, line 2"),
        (HEAD + "[book]\n", r"book\.toml, line 4"),
        ((HEAD + 'about = "é"').encode("cp1252"), r"line 4: not UTF-8"),
        (HEAD.encode("utf-16"), r"written in UTF-16; save it as UTF-8"),
    ],
)  # fmt: skip
def test_each_fault_is_one_sentence(tmp_path: Path, text: str | bytes, says: str) -> None:
    with pytest.raises(BookError, match=says) as raised:
        load_book(write(tmp_path, text))
    assert "\n" not in str(raised.value)
    assert str(raised.value).startswith("book.toml")


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(BookError, match=r"there is no book\.toml"):
        load_book(tmp_path)


def test_a_file_instead_of_a_folder(tmp_path: Path) -> None:
    write(tmp_path, HEAD)
    with pytest.raises(BookError, match="name the folder"):
        load_book(tmp_path / "book.toml")


def test_backslashes_of_windows_are_understood(tmp_path: Path) -> None:
    text = HEAD + "[[list]]\nid = 'a'\nfile = 'lists\\a.csv'\n" + COLUMNS
    assert load_book(write(tmp_path, text)).lists[0].file == Path("lists/a.csv")


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ('[codes.split]\n"пол" = "nonsense"', "'пол' is given the code 'nonsense', which is none of split"),
        ('[codes.means]\n"x" = "held"', "no property of events that holds codes is called 'means'"),
        ('[codes.giver]\n"Края" = "ZZ"', "'Края' is given the code 'ZZ', which is none of giver"),
    ],
)
def test_a_word_is_given_a_code_that_there_is(tmp_path: Path, codes: str, says: str) -> None:
    (tmp_path / "book.toml").write_text(f"{HEAD}\n{codes}\n", encoding="utf-8")
    with pytest.raises(BookError, match=re.escape(says)):
        load_book(tmp_path)
