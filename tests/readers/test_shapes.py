"""Lists as people keep them: where the headings stand, what is no person, which column holds the names, in any language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from habeas.readers import load_book
from habeas.readers.body import part
from habeas.readers.grids import grids_of
from habeas.readers.guessing import Joined, candidates, guess_columns
from habeas.readers.heading_row import Grid, find_headings
from habeas.readers.heading_words import NAMES, OTHERS, meaning
from habeas.readers.lexicon import phrases
from habeas.readers.tables import Row
from tests.readers.conftest import values
from tests.readers.test_start import read_first, started, toml


def grid(*rows: list[str], spans: tuple[tuple[int, int, int, int], ...] = ()) -> Grid:
    return Grid(name="", rows=tuple(Row(number=i, cells=tuple(row)) for i, row in enumerate(rows, 1)), spans=spans)


def every_phrase() -> Iterator[tuple[str, str, str]]:
    for language, keys in phrases("headings").items():
        for prop, said in keys.items():
            yield from ((language, prop, phrase) for phrase in said if prop != "filler" and not phrase.endswith("*"))


def test_every_phrase_says_what_it_stands_under_in_its_language() -> None:
    wrong = []
    for language, prop, phrase in every_phrase():
        found = meaning(phrase, language)
        if found is None or (found.prop != prop and not {found.prop, prop} <= set(NAMES)):
            wrong.append((language, prop, phrase, found))
    assert wrong == []


def test_no_name_of_somebody_else_is_a_name_of_the_person() -> None:
    """Nor is it one under a heading above it, or beside another word."""
    for language, prop, phrase in every_phrase():
        if prop == OTHERS:
            for heading in (phrase, f"{phrase} (2020)", phrase.upper()):
                found = meaning(heading, language)
                assert found is None or found.prop not in NAMES, (language, heading)


@pytest.mark.parametrize(
    "heading",
    ["Prison name", "Name of the judge", "Father's name", "Lawyer > Name", "Name of the organisation", "Party name"],
)
def test_a_name_of_something_else_is_asked_about(heading: str) -> None:
    found = guess_columns([heading, "Arrested"], [["Person A", "2021-07-14"], ["Person B", "2021-07-15"]])
    assert all(column.prop != "name" for column in found)


def test_headings_are_found_under_titles_and_in_two_rows() -> None:
    table = grid(
        ["Political prisoners", "", "", ""],
        ["As of 1 May 2023", "", "", ""],
        ["", "", "", ""],
        ["No", "Name", "Arrest", ""],
        ["", "", "Date", "Place"],
        ["1", "Person A", "2021-07-14", "Minsk"],
    )
    found = find_headings(table)
    assert found is not None
    assert found.rows == (4, 5)
    assert found.cells == ("No", "Name", "Arrest > Date", "Arrest > Place")
    meant = [meaning(cell, "en") for cell in found.cells[2:]]
    assert [one and one.prop for one in meant] == ["detained", "arrest_place"]


def test_what_belongs_to_the_page_is_no_person() -> None:
    table = grid(
        ["No", "Name", "Arrested", "Prison"],
        ["Journalists", "", "", ""],
        ["1", "Al Hassan", "2021-07-14", "A"],
        ["2", "Person B", "2021-07-15", "B"],
        ["No", "Name", "Arrested", "Prison"],
        ["3", "Person C", "2021-07-16", "C"],
        ["", "Note Person", "2021-07-16", "C"],
        ["Total: 4 persons", "", "", ""],
        ["4", "Всего", "", ""],
        ["Source: a court", "", "", ""],
    )
    parted = part(table, (1,), ["No", "Name", "Arrested", "Prison"], {"Name"})
    assert [row.number for row in parted.people] == [3, 4, 6, 7]
    assert [row.number for row in parted.skipped] == [2, 5, 8, 9, 10]
    assert part(table, (1,), ["No", "Name"], {"Name"}, keep=[2]).people[0].number == 2


def test_a_name_alone_that_may_be_a_person_is_said_and_can_be_kept(tmp_path: Path) -> None:
    rows = "".join(f"Person {letter}x,2021-07-14,A\n" for letter in "ABCDEFGHIJKL")
    book = started(tmp_path, "a.csv", f"name,arrested,prison\n{rows}Somebody,,\n".encode())
    (problem,) = [p for p in read_first(book).problems if p.row == 14]
    assert "left out" in problem.what
    assert "keep_rows = [14]" in problem.do
    (tmp_path / "book.toml").write_text(toml(tmp_path).replace("[[list]]\n", "[[list]]\nkeep_rows = 14\n"), "utf-8")
    assert "Somebody" in values(read_first(load_book(tmp_path)).drafts, "name")


def test_in_a_short_list_a_name_alone_is_a_person() -> None:
    table = grid(
        ["Name", "Arrested", "Prison"], ["Person A", "2021", "x"], ["Person B", "2021", "x"], ["Person C", "", ""]
    )
    assert len(part(table, (1,), ["Name", "Arrested", "Prison"], {"Name"}).people) == 3


def test_cells_merged_downwards_stand_in_each_row() -> None:
    table = grid(
        ["Name", "Charge", "Prison"], ["Person A", "x", "P"], ["Person B", "", "P"], ["Person C", "y", "P"],
        spans=((2, 1, 3, 1),),
    )  # fmt: skip
    parted = part(table, (1,), ["Name", "Charge", "Prison"])
    assert [row.cells[1] for row in parted.people] == ["x", "x", "y"]


PAGE = """<html><table><tr><td>Home</td></tr></table><table><tr><th>Name</th><th>Arrested</th></tr>
<tr><td rowspan=2><a>Person <b>A</b></a></td><td>2021</td></tr><tr><td>2022</td></tr></table>"""
OLD = """<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table>
<Row><Cell><Data>Name</Data></Cell><Cell><Data>Arrested</Data></Cell></Row><Row><Cell><Data>Person A</Data></Cell>
<Cell ss:Index="2"><Data ss:Type="DateTime">2021-01-01T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>"""
NESTED = json.dumps({"meta": {"n": 1}, "people": [{"name": "Person A", "arrest": {"date": "2021"}}]})
LINES = '{"name": "Person A", "arrested": "2021"}\n{"name": "Person B", "arrested": "2022"}\n'
TABS = "name\tarrested\nPerson A\t2021\nPerson B\t2022\n"


@pytest.mark.parametrize(
    ("name", "text"), [("a.html", PAGE), ("a.xls", OLD), ("a.json", NESTED), ("a.txt", LINES), ("list.txt", TABS)]
)
def test_a_file_is_told_by_its_content(tmp_path: Path, name: str, text: str) -> None:
    book = started(tmp_path, name, text.encode())
    reading = read_first(book)
    assert "Person A" in values(reading.drafts, "name")
    assert values(reading.drafts, "detained")[0].startswith("2021")


SPOKEN = {
    "zh": ("姓名,性别,被捕日期,监狱\n张三,男,2021,甲\n", ("gb18030", "utf-16")),
    "zh-Hant": ("姓名,性別,被捕日期,監獄\n張三,男,2021,甲\n", ("big5", "utf-16")),
    "ja": ("氏名,性別,逮捕日,刑務所\n山田,男,2021,甲\n", ("cp932", "euc_jp")),
    "ko": ("이름,성별,구속일,교도소\n홍길동,남,2021,갑\n", ("cp949",)),
    "ru": ("ФИО;Пол;Дата задержания;Место содержания\nПерсона А;м;2021;СИЗО\n", ("cp1251", "koi8_r", "cp866", "mac_cyrillic")),
    "uk": ("ПІБ;Стать;Дата затримання;Місце утримання\nПерсона А;ч;2021;СІЗО\n", ("cp1251",)),
    "ar": ("الاسم,الجنس,تاريخ الاعتقال,السجن\nفلان,ذكر,2021,س\n", ("cp1256",)),
    "tr": ("Adı Soyadı,Cinsiyet,Tutuklanma tarihi,Cezaevi\nKişi Ağ,E,2021,Şile\n", ("cp1254",)),
    "pl": ("Imię i nazwisko;Płeć;Data zatrzymania;Więzienie\nOsoba Żadna;K;2021;Łódź\n", ("cp1250",)),
    "es": ("Nombre;Sexo;Fecha de detención;Prisión\nPersona Añez;M;2021;Cárcel\n", ("cp1252", "mac_roman")),
    "th": ("ชื่อ,เพศ,วันที่ถูกจับกุม,เรือนจำ\nนาย ก,ช,2021,ข\n", ("cp874",)),
    "el": ("Ονοματεπώνυμο;Φύλο;Ημερομηνία σύλληψης;Φυλακή\nΠρόσωπο Α;Α;2021;Φ\n", ("cp1253",)),
}  # fmt: skip


@pytest.mark.parametrize(("language", "encoding"), [(tag, one) for tag, (_, all_) in SPOKEN.items() for one in all_])
def test_an_encoding_is_told_by_the_headings_that_it_gives(language: str, encoding: str) -> None:
    text = SPOKEN[language][0]
    (found,), problems = grids_of(text.encode(encoding), file="a.csv")
    assert [";".join(row.cells) for row in found.rows] == [line.replace(",", ";") for line in text.splitlines()]
    assert encoding == "utf-16" or "it was read as" in str(problems[0])


@pytest.mark.parametrize(
    ("header", "cells", "join"),
    [
        (["Surname", "First name"], ["Žadna", "Osoba"], ("First name", "Surname")),
        (["Фамилия", "Имя", "Отчество"], ["Первая", "Персона", "Вторая"], ("Фамилия", "Имя", "Отчество")),
        (["Nom", "Prénom"], ["Aucune", "Personne"], ("Prénom", "Nom")),
        (["姓", "名"], ["张", "三丰"], ()),
    ],
)
def test_family_and_given_names_are_joined_in_the_order_of_their_language(
    header: list[str], cells: list[str], join: tuple[str, ...]
) -> None:
    found = guess_columns(header, [cells, [f"{cell}x" for cell in cells]])
    joined = [column.join for column in found if isinstance(column, Joined)]
    assert joined == ([join] if join else [])


def test_a_joined_name_is_read_as_one(tmp_path: Path) -> None:
    book = started(tmp_path, "a.csv", b"Surname,First name,Arrested\nOne,Person,2021\nTwo,Person,2022\n")
    reading = read_first(book)
    assert values(reading.drafts, "name") == ["Person One", "Person Two"]
    assert all("accounted" not in problem.what for problem in reading.problems)


def test_two_columns_of_names_that_disagree_are_asked_about() -> None:
    header = ["Name", "Full name", "Arrested"]
    rows = [["Person A", "Osoba Żadna", "2021"], ["Person B", "Inna Osoba", "2022"]]
    found = guess_columns(header, rows)
    assert [column.prop for column in found] == [None, None, "detained"]
    assert [one.heading for one in candidates(found, header, rows)] == ["Name", "Full name"]


def test_a_name_in_two_scripts_is_both(tmp_path: Path) -> None:
    found = guess_columns(
        ["姓名", "Name (English)", "被捕日期"], [["张三丰", "Person A", "2021"], ["李四光", "Person B", "2022"]]
    )
    assert [(column.prop, column.lang) for column in found[:2]] == [("name", "zh"), ("name", "en")]
