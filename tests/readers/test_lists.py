"""Lists: every cell a statement with its source and its place, and what it means to stand on the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from habeas.nouns import Draft, Visibility
from habeas.readers import Reading, names_table
from tests.readers.conftest import COLUMNS, FIXTURES, HEADER, make_id, values

Read = Callable[..., Reading]

MORE = """
title = "People"
publisher = "A publisher"
url = "https://example.org/list"
published = "2025-12-15"
language = "en"
means = "released"
release = "BY-2025-12-13"
covers = { period = "2025-12", group = "those freed", place = "Belarus", extent = "full" }
based_on = ["another list"]
"""
RICH = """
key = ["id"]
ignore = ["remarks"]
[list.columns]
name = "name"
name_ru = { prop = "name", lang = "ru", split = "/" }
arrested = { prop = "detained", formats = ["%d/%m/%Y"] }
arrested_link = { source_of = ["detained"] }
freed = "released"
how = { prop = "release_kind", values = { "Pardoned by decree" = "pardoned" } }
charge = { prop = "charge", split = ",", visibility = "team" }
sex = { prop = "sex", values = { woman = "female" } }
link = "url"
published = "published"
"""


@pytest.fixture
def people(read: Read) -> Reading:
    return read((FIXTURES / "right" / "people.csv").read_bytes(), more=MORE, columns=RICH)


def said(reading: Reading, prop: str, key: str = "17") -> list[Draft]:
    subject = f"entry:one:{make_id('one', key)}"
    return [d for d in reading.drafts if d.subject == subject and d.prop == prop]


def source(url: str) -> str:
    return f"source:{make_id('source', url)}"


def test_the_one_problem_is_what_cannot_be_read(people: Reading) -> None:
    (problem,) = people.problems
    assert (problem.row, problem.column, problem.value) == (3, "arrested", "as a student")
    assert people.rows == 2
    assert people.covers == ("list:one", "entry:one:")


def test_every_column_is_accounted_for(people: Reading) -> None:
    assert people.accounted == {
        "id": "mapped to key",
        "name": "mapped to name",
        "name_ru": "mapped to name",
        "arrested": "mapped to detained",
        "arrested_link": "mapped to source of detained",
        "freed": "mapped to released",
        "how": "mapped to release_kind",
        "charge": "mapped to charge",
        "sex": "mapped to sex",
        "link": "mapped to url",
        "published": "mapped to published",
        "remarks": "ignored",
    }


def test_names_carry_their_language(people: Reading) -> None:
    names = {(d.value, d.lang) for d in said(people, "name")}
    assert names == {("Person One", "en"), ("Первая Особа", "ru"), ("Первое Лицо", "ru")}


def test_each_of_a_rows_addresses_says_it(people: Reading) -> None:
    (name_of_first, name_of_second) = [d for d in said(people, "name") if d.value == "Person One"]
    assert (name_of_first.source, name_of_second.source) == (
        source("https://example.org/17"),
        source("https://example.org/17b"),
    )


def test_a_column_gives_the_source_of_others(people: Reading) -> None:
    (detained,) = said(people, "detained")
    assert (detained.value, detained.original) == ("2021-07-14", "14/07/2021")
    assert detained.source == source("https://example.org/arrest")
    assert detained.place == "lists/people.csv row 2, column arrested"


def test_the_row_has_its_own_day_of_publication_and_else_the_lists(people: Reading) -> None:
    assert {d.published for d in said(people, "name")} == {"2025-12-14"}
    assert {d.published for d in said(people, "name", "18")} == {"2025-12-15"}
    assert {d.source for d in said(people, "name", "18")} == {source("https://example.org/list")}


def test_values_and_splits(people: Reading) -> None:
    kind = said(people, "release_kind")[0]
    assert (kind.value, kind.original) == ("pardoned", "pardoned by decree")
    assert list(dict.fromkeys(d.value for d in said(people, "charge"))) == ["insult", "assembly"]
    assert {d.visibility for d in said(people, "charge")} == {Visibility.TEAM}
    assert {d.value for d in said(people, "sex")} == {"female"}


def test_standing_on_a_list_of_releases(people: Reading) -> None:
    assert {d.value for d in said(people, "released")} == {"2025-12-13"}, "the row's own day"
    assert {d.value for d in said(people, "released", "18")} == {"../2025-12-15"}, "no finer than the list's day"
    assert {d.value for d in said(people, "released_in", "18")} == {"release:BY-2025-12-13"}


def test_the_list_itself(people: Reading) -> None:
    about = {d.prop: d.value for d in people.drafts if d.subject == "list:one"}
    capture = about.pop("capture")
    assert capture is not None
    assert len(capture) == 64
    assert about == {
        "title": "People",
        "publisher": "A publisher",
        "url": "https://example.org/list",
        "published": "2025-12-15",
        "language": "en",
        "means": "released",
        "covers_period": "2025-12",
        "covers_group": "those freed",
        "covers_place": "Belarus",
        "extent": "full",
        "based_on": "another list",
    }


def test_sources_say_who_published_them_only_where_that_is_known(people: Reading) -> None:
    def about(url: str) -> dict[str, str | None]:
        return {d.prop: d.value for d in people.drafts if d.subject == source(url)}

    assert about("https://example.org/list")["publisher"] == "A publisher"
    assert about("https://example.org/17")["publisher"] == "A publisher", "the same site"
    assert about("https://example.org/17")["published"] == "2025-12-14"
    assert about("https://example.org/arrest") == {"url": "https://example.org/arrest"}


@pytest.mark.parametrize(
    ("means", "expected"),
    [
        ("held", [("held_on", "2023-05")]),
        ("recognised", [("recognised", "2023-05")]),
        ("released", [("released", "../2023-05")]),
        ("died", [("died", "../2023-05")]),
        ("named", []),
    ],
)
def test_what_standing_on_a_list_means(read: Read, means: str, expected: list[tuple[str, str]]) -> None:
    reading = read(f"{HEADER}\n1,Person A,,,,\n", more=f'means = "{means}"\npublished = "2023-05"\n')
    known = {"list", "key", "name"}
    assert [(d.prop, d.value) for d in reading.drafts if d.kind == "entry" and d.prop not in known] == expected


def test_without_a_day_of_publication_standing_there_says_no_day(read: Read) -> None:
    reading = read(f"{HEADER}\n1,Person A,,,,\n2,Person B,,,,\n", more='means = "held"\n')
    (problem,) = reading.problems
    assert "nothing says when it was published" in problem.what
    assert values(reading.drafts, "held_on") == []


def test_a_row_that_says_no_day_of_publication_is_named_where_others_do(read: Read) -> None:
    columns = 'key = ["id"]\n[list.columns]\nname = "name"\npublished = "published"\n'
    reading = read("id,name,published\n1,Person A,2023-05-01\n2,Person B,\n", columns=columns, more='means = "held"\n')
    (problem,) = reading.problems
    assert (problem.row, problem.what) == (3, "the row means held, but nothing says when it was published")
    assert values(reading.drafts, "held_on") == ["2023-05-01"]


def test_ages_are_whole_years_in_any_language(read: Read) -> None:
    columns = 'key = ["id"]\n[list.columns]\nname = "name"\nage = "age"\nends = "ends"\n'
    text = "id,name,age,ends\n1,Person A,34 yaş,2031-05\n2,Person B,34岁,\n3,Person C,၃၄ နှစ်,\n4,Person D,30-40,\n5,Person E,8 months,\n"
    reading = read(text, columns=columns, more='published = "2023-05-01"\n')
    assert values(reading.drafts, "age") == ["34", "34", "34"]
    assert values(reading.drafts, "ends") == ["2031-05"], "an end that lies ahead is no fault"
    assert [problem.row for problem in reading.problems] == [5, 6]
    assert {d.visibility.value for d in reading.drafts if d.prop == "age"} == {"team"}


def test_a_standing_with_its_day_says_both(read: Read) -> None:
    columns = 'key = ["id"]\n[list.columns]\nname = "name"\nstate = "means"\n'
    text = "id,name,state\n1,Person A,Released 12 May 2021\n2,Person B,died in custody (2022)\n3,Person C,released 31 June\n"
    reading = read(text, columns=columns, more='means = "held"\npublished = "2023-05-01"\n')
    assert values(reading.drafts, "released") == ["2021-05-12"]
    assert values(reading.drafts, "died") == ["2022"]
    assert values(reading.drafts, "held_on") == []
    assert [problem.row for problem in reading.problems] == [4]


def test_a_rows_own_standing_goes_before_the_lists(read: Read) -> None:
    columns = (
        'key = ["id"]\n[list.columns]\nname = "name"\nstate = { prop = "means", values = { "freed" = "released" } }\n'
    )
    text = "id,name,state\n1,Person A,Freed\n2,Person B,\n3,Person C,unclear\n"
    reading = read(text, columns=columns, more='means = "held"\npublished = "2023-05-01"\n')
    (released,) = [d for d in reading.drafts if d.prop == "released"]
    assert (released.value, released.original) == ("../2023-05-01", "Freed")
    assert values(reading.drafts, "held_on") == ["2023-05-01"]
    (problem,) = reading.problems
    assert (problem.row, problem.value) == (4, "unclear"), "a standing that cannot be read says nothing"


@pytest.mark.parametrize(
    ("row", "held", "told"),
    [
        ("2021-01-01,2023-02-01,", False, "released 2023-02-01"),
        ("2021-01-01,,2022-11", False, "died 2022-11"),
        ("2021-01-01,2023-05-01,", False, "released 2023-05-01"),  # the day of release is no day in custody
        ("2021-01-01,2023-06-01,", True, ""),  # held when the list was published, released since
        ("2021-01-01,2023,", True, ""),  # may have come out later that year
        ("2023-03-01,2023-02-01,", True, ""),  # taken again after it
        ("2021-01-01,,", True, ""),
    ],
)
def test_a_rows_own_exit_beats_what_a_list_of_the_held_means(read: Read, row: str, held: bool, told: str) -> None:
    columns = (
        'key = ["id"]\n[list.columns]\nname = "name"\ndetained = "detained"\nreleased = "released"\ndied = "died"\n'
    )
    text = f"id,name,detained,released,died\n1,Person A,{row}\n"
    reading = read(text, columns=columns, more='means = "held"\npublished = "2023-05-01"\n')
    assert values(reading.drafts, "held_on") == (["2023-05-01"] if held else [])
    found = [p for p in reading.problems if "the list means held" in p.what]
    assert [(p.row, told in p.what, "The row was believed" in p.do) for p in found] == (
        [] if held else [(2, True, True)]
    )


def test_most_restrictive_visibility_wins(read: Read) -> None:
    reading = read(f"{HEADER}\n1,Person A,,,a drawing,https://example.org/1\n", more='visibility = "sealed"\n')
    assert {d.visibility for d in reading.drafts} == {Visibility.SEALED}
    columns = 'key = ["id"]\n[list.columns]\nname = "name"\nborn = { prop = "born", visibility = "public" }\n'
    reading = read("id,name,born\n1,Person A,1970-01-01\n", columns=columns)
    (born,) = [d for d in reading.drafts if d.prop == "born"]
    assert born.visibility is Visibility.TEAM, "never towards the public by accident"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("2021-07-14", "2021-07-14"),
        ("14.07.2021", "2021-07-14"),
        ("7.2021", "2021-07"),
        ("2021", "2021"),
        ("../2021-05", "../2021-05"),
        ("2021-05-~", "2021-05~"),
        ("14 July 2021", "2021-07-14"),
        ("July 14, 2021", "2021-07-14"),
        ("14 июля 2021 года", "2021-07-14"),
        ("14 ліпеня 2021", "2021-07-14"),
        ("14 липня 2021 р.", "2021-07-14"),
        ("14 lipca 2021", "2021-07-14"),
        ("июль 2021", "2021-07"),
        ("2021-07-14 10:30", "2021-07-14"),
    ],
)
def test_dates_as_lists_print_them(read: Read, printed: str, value: str) -> None:
    reading = read(f'{HEADER}\n1,Person A,"{printed}",,,\n')
    assert reading.problems == ()
    (detained,) = [d for d in reading.drafts if d.prop == "detained"]
    assert detained.value == value
    assert detained.original == (None if printed == value else printed)


@pytest.mark.parametrize(
    "printed", ["07/04/2021", "04/07/2021", "44391", "14 2021", "2021-13", "00.07.2021", "2564-07-14"]
)
def test_dates_that_are_not_guessed(read: Read, printed: str) -> None:
    reading = read(f"{HEADER}\n1,Person A,{printed},,,\n")
    assert [p.column for p in reading.problems] == ["arrested"]
    assert values(reading.drafts, "detained") == []


def test_a_format_is_no_finer_than_it_says(read: Read) -> None:
    columns = COLUMNS.replace('arrested = "detained"', 'arrested = { prop = "detained", formats = ["%m/%Y", "%Y!"] }')
    reading = read(f"{HEADER}\n1,Person A,07/2021,,,\n2,Person B,2021!,,,\n", columns=columns)
    assert values(reading.drafts, "detained") == ["2021-07", "2021"]


def test_lone_dashes_are_empty_cells(read: Read) -> None:
    reading = read(f"{HEADER}\n1,Person A,—,-,–,\n")
    assert reading.problems == ()
    assert values(reading.drafts, "charge") == []


def test_a_value_left_out_on_purpose(read: Read) -> None:
    columns = COLUMNS.replace('charge = "charge"', 'charge = { prop = "charge", values = { "not known" = "" } }')
    assert values(read(f"{HEADER}\n1,Person A,,,Not known,\n", columns=columns).drafts, "charge") == []


def test_several_columns_as_the_key(read: Read) -> None:
    columns = 'key = ["name", "town"]\nignore = []\n[list.columns]\nname = "name"\n'
    reading = read("name,town\nPerson A,North\nPerson A,South\n", columns=columns)
    assert values(reading.drafts, "key") == ["Person A | North", "Person A | South"]
    assert reading.problems == ()


def test_plain_names(read: Read) -> None:
    reading = read((FIXTURES / "right" / "names.txt").read_bytes(), file="names.txt", columns="")
    names = ["Person One", "Person Two", "Person Three", "Person Four", "Person-Five Six"]
    assert values(reading.drafts, "name") == names
    assert values(reading.drafts, "key") == names
    assert [d.place for d in reading.drafts if d.prop == "name"][2] == "lists/names.txt row 5, column name"


def test_numbering_is_taken_off_and_nothing_else() -> None:
    lines = "12. Person A\n(3) Person B\n3: Person C\n— Person D\n* Person E\n4Person F\nP. Person G\n"
    table = names_table(lines.encode(), file="names.txt")
    assert [row.cells[0] for row in table.rows] == [
        "Person A", "Person B", "Person C", "Person D", "Person E", "4Person F", "P. Person G",
    ]  # fmt: skip


def test_line_ends_of_every_system_read_the_same(read: Read) -> None:
    text = f'{HEADER}\n1,Person A,2021-07-14,,"one\ntwo",\n2,Person B,2021-07-15,,,\n'
    unix, windows, mac = (read(text.replace("\n", end).encode()) for end in ("\n", "\r\n", "\r"))

    def stated(reading: Reading) -> list[tuple[object, ...]]:
        return [(d.subject, d.prop, d.value, d.place) for d in reading.drafts if d.prop != "capture"]

    assert stated(unix) == stated(windows) == stated(mac)
    assert values(unix.drafts, "charge") == ["one two"]


def test_the_same_statement_twice_is_one(read: Read) -> None:
    drafts = read(f"{HEADER}\n1,Person A,,,,https://example.org/1 https://example.org/1\n").drafts
    assert len(drafts) == len(set(drafts))
    assert values(drafts, "name") == ["Person A"]


def test_paths_have_forward_slashes(people: Reading) -> None:
    assert {Path(d.place.split(" row ")[0]).name for d in people.drafts if " row " in d.place} == {"people.csv"}
    assert not any("\\" in d.place for d in people.drafts)
