"""Bad input, each as a file in tests/fixtures/wrong: a clear Problem, and every good row goes in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from habeas.errors import CaptureError
from habeas.nouns import Problem
from habeas.readers import Reading
from tests.readers.conftest import COLUMNS, HEADER, values

Read = Callable[..., Reading]


def only(reading: Reading) -> Problem:
    (problem,) = reading.problems
    return problem


def test_an_empty_file_is_refused_when_it_is_captured(wrong: Read) -> None:
    with pytest.raises(CaptureError, match=r"lists/empty\.csv is empty \(0 bytes\)"):
        wrong("empty.csv")


def test_a_file_of_blank_lines(wrong: Read) -> None:
    reading = wrong("blank.csv")
    assert "the file is empty" in str(only(reading))
    assert (reading.drafts, reading.covers) == ((), ())


@pytest.mark.parametrize(
    ("name", "encoding"), [("cp1251.csv", "cp1251"), ("koi8-r.csv", "koi8_r"), ("utf-16-no-mark.csv", "utf-16-le")]
)
def test_not_utf_8_is_read_and_the_encoding_named(wrong: Read, name: str, encoding: str) -> None:
    reading = wrong(name)
    assert f"it was read as {encoding}" in str(only(reading))
    assert "book.toml" in only(reading).do
    assert values(reading.drafts, "name") == ["Первая Особа", "Вторая Особа"]


def test_utf_16_with_its_mark_needs_no_word(wrong: Read) -> None:
    reading = wrong("utf-16.csv")
    assert reading.problems == ()
    assert values(reading.drafts, "name") == ["Первая Особа", "Вторая Особа"]


def test_an_encoding_told_is_used_in_silence(wrong: Read) -> None:
    reading = wrong("cp1251.csv", more='encoding = "cp1251"\n')
    assert reading.problems == ()
    assert values(reading.drafts, "name") == ["Первая Особа", "Вторая Особа"]


def test_an_encoding_told_wrongly(wrong: Read) -> None:
    reading = wrong("cp1251.csv", more='encoding = "utf-8"\n')
    assert "the file is not utf-8, as book.toml says" in str(only(reading))
    assert reading.drafts == ()
    assert reading.covers == ()


def test_one_broken_byte_does_not_turn_the_whole_list_into_another_encoding(wrong: Read) -> None:
    reading = wrong("broken-utf-8.csv")
    assert [p.row for p in reading.problems] == [3, 3]
    assert values(reading.drafts, "name") == ["Первая Особа"]
    assert values(reading.drafts, "detained") == ["2021-07-14", "2021-08-02"], "the rest of the row went in"


def test_what_is_no_text(wrong: Read) -> None:
    reading = wrong("binary.csv")
    assert "not text" in str(only(reading))
    assert reading.drafts == ()


def test_wrong_delimiter(wrong: Read) -> None:
    reading = wrong("wrong-delimiter.csv")
    assert "one single column where 6 are expected" in str(only(reading))
    assert reading.drafts == ()


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiters_that_are_known(read: Read, sign: str) -> None:
    text = HEADER.replace(",", sign) + "\n" + sign.join(["1", "Person A", "2021-07-14", "", "a; b, c | d", ""]) + "\n"
    if sign != "\t":
        text = text.replace("a; b, c | d", '"a; b, c | d"')
    reading = read(text)
    assert reading.problems == ()
    assert values(reading.drafts, "charge") == ["a; b, c | d"]


def test_missing_column(wrong: Read) -> None:
    reading = wrong("missing-column.csv")
    missing = next(p for p in reading.problems if "is missing" in p.what)
    assert (missing.column, missing.row) == ("arrested", 1)
    assert "the nearest heading is 'arested'" in missing.what
    stray = next(p for p in reading.problems if "not accounted for" in p.what)
    assert (stray.column, "is it meant to be 'arrested'?" in stray.what) == ("arested", True)
    assert reading.accounted["arested"] == "not accounted for"
    assert values(reading.drafts, "name") == ["Person A"]
    assert {prop for _, prop in reading.unread} == {"detained"}, "what the column said before stays"


def test_missing_key(wrong: Read) -> None:
    reading = wrong("missing-key.csv")
    assert any("no row can be read without it" in p.what and p.column == "id" for p in reading.problems)
    assert reading.drafts == ()


def test_column_neither_mapped_nor_ignored(wrong: Read) -> None:
    reading = wrong("extra-column.csv")
    assert (only(reading).column, only(reading).what) == ("mood", "the column is not accounted for")
    assert "ignore" in only(reading).do


def test_two_columns_of_one_heading(wrong: Read) -> None:
    reading = wrong("same-heading.csv")
    assert "same heading" in only(reading).what
    assert values(reading.drafts, "name") == ["Person A"]


def test_a_day_that_does_not_exist(wrong: Read) -> None:
    reading = wrong("no-such-day.csv")
    first, second = reading.problems
    assert (first.file, first.row, first.column, first.value) == ("lists/no-such-day.csv", 2, "arrested", "2021-02-31")
    assert "there is no day 31 in 2021-02" in first.what
    assert (second.row, second.value) == (3, "31.02.2021")
    assert "there is no day 31 in 2021-02" in second.what
    assert values(reading.drafts, "name") == ["Person A", "Person B", "Person C"]
    assert values(reading.drafts, "charge") == ["a drawing"], "the rest of the row went in"
    assert values(reading.drafts, "detained") == ["2021-03-01"]


def test_end_before_start_stays_as_a_contradiction(wrong: Read) -> None:
    reading = wrong("end-before-start.csv")
    assert "released 2020-07-14 lies before detained 2021-07-14" in only(reading).what
    assert only(reading).row == 2
    assert values(reading.drafts, "detained") == ["2021-07-14"]
    assert values(reading.drafts, "released") == ["2020-07-14"]


def test_formulas_are_text(wrong: Read) -> None:
    reading = wrong("formula.csv")
    assert [(p.row, p.column) for p in reading.problems] == [(2, "name"), (3, "charge")]
    assert values(reading.drafts, "name") == ['=HYPERLINK("https://example.org","Person A")', "Person B"]
    assert values(reading.drafts, "charge") == ["+1", "@SUM(A1)"]


def test_duplicate_ids(wrong: Read) -> None:
    reading = wrong("duplicate-ids.csv")
    copy, other = reading.problems
    assert (copy.row, copy.what) == (3, "the row is a copy of row 2")
    assert (other.row, "stands in row 2 already" in other.what, "1#2" in other.do) == (4, True, True)
    assert values(reading.drafts, "key") == ["1", "1#2"]
    assert values(reading.drafts, "name") == ["Person A", "Person B"], "nothing is lost"


def test_a_row_without_its_id(wrong: Read) -> None:
    reading = wrong("no-id.csv")
    assert (only(reading).row, "has no id" in only(reading).what) == (2, True)
    assert values(reading.drafts, "name") == ["Person B"]
    assert "entry:one:" in reading.covers, "who else is missing can still be said"
    assert "Person A" in reading.unplaced, "and whom the row names is not missing"


def test_a_name_of_one_letter(wrong: Read) -> None:
    reading = wrong("one-letter.csv")
    assert (only(reading).row, only(reading).value) == (2, "A")
    assert "fewer than two letters" in only(reading).what
    assert values(reading.drafts, "name") == ["Person B"]
    assert values(reading.drafts, "key") == ["1", "2"], "the entry stays"


def test_control_characters_and_marks_of_direction(wrong: Read) -> None:
    reading = wrong("marks.csv")
    assert "control characters" in only(reading).what
    (name,) = [d for d in reading.drafts if d.prop == "name"]
    assert (name.value, name.original) == ("Person A", "Person\u202e \u0007A\u200f")


def test_html_and_script_are_text(wrong: Read) -> None:
    reading = wrong("html.csv")
    assert reading.problems == ()
    assert values(reading.drafts, "name") == ["<b>Person A</b>"]
    assert values(reading.drafts, "charge") == ['<script>alert("1")</script>']


def test_ragged_rows(wrong: Read) -> None:
    reading = wrong("ragged.csv")
    short, long_ = reading.problems
    assert (short.row, "3 cells and the header 6" in short.what) == (2, True)
    assert (long_.row, "which is which cannot be told" in long_.what) == (3, True)
    assert values(reading.drafts, "name") == ["Person A", "Person C"]
    assert "entry:one:" in reading.covers
    assert {prop for _, prop in reading.unread} == {"*"}, "the row that could not be read is not missing"


def test_a_quotation_mark_left_open_swallows_no_row(wrong: Read) -> None:
    reading = wrong("open-quote.csv")
    assert any(p.row == 2 and "quotation mark" in p.what for p in reading.problems)
    assert "Person B" in values(reading.drafts, "name")


def test_a_header_and_no_rows(wrong: Read) -> None:
    reading = wrong("header-only.csv")
    assert only(reading).what == "there are no rows"
    assert reading.rows == 0
    assert reading.covers == ("list:one",), "nobody is marked as absent"


def test_a_source_that_is_no_address(wrong: Read) -> None:
    reading = wrong("bad-source.csv")
    assert {p.column for p in reading.problems} == {"link"}
    (name,) = [d for d in reading.drafts if d.prop == "name"]
    assert name.source == "list:one"


def test_a_cell_of_ten_megabytes(read: Read) -> None:
    big = "x" * 10_000_000
    reading = read(f"{HEADER}\n1,Person A,2021-07-14,,{big},\n2,Person B,2021-07-15,,a drawing,\n")
    assert (only(reading).row, only(reading).column) == (2, "charge")
    assert "10,000,000 characters" in only(reading).what
    assert only(reading).value is not None
    assert len(only(reading).value or "") < 200
    assert values(reading.drafts, "name") == ["Person A", "Person B"]
    assert values(reading.drafts, "charge") == ["a drawing"]


def test_a_name_of_a_thousand_letters(read: Read) -> None:
    reading = read(f"{HEADER}\n1,{'x' * 1000},,,,\n")
    assert "no name is" in only(reading).what


@pytest.mark.parametrize(
    ("rows", "says"), [("[3, 9]", "2 rows where at least 3"), ("[0, 1]", "2 rows where at most 1")]
)
def test_more_or_fewer_rows_than_expected(read: Read, rows: str, says: str) -> None:
    reading = read(f"{HEADER}\n1,Person A,,,,\n2,Person B,,,,\n", more=f"rows = {rows}\n")
    assert says in only(reading).what
    assert values(reading.drafts, "name") == ["Person A", "Person B"]
    assert ("entry:one:" in reading.covers) is ("most" in says)


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+SUM(A1)", "-cmd", "+(1)", "+1+cmd|' /C calc'!A0", "-2-СУММ(A1)"]
)
def test_what_a_spreadsheet_would_run_is_told_and_kept(read: Read, text: str) -> None:
    reading = read(f'{HEADER}\n1,Person A,,,"{text}",\n')
    assert "looks like a formula" in only(reading).what
    assert values(reading.drafts, "charge") == [text]


@pytest.mark.parametrize(
    "text", ["+375 29 000 00 00", "+375(29)000-00-00", "+1", "-5", "-1.5", "- a drawing", "+375-29-000"]
)
def test_a_telephone_number_is_no_formula(read: Read, text: str) -> None:
    reading = read(f'{HEADER}\n1,Person A,,,"{text}",\n')
    assert reading.problems == ()
    assert values(reading.drafts, "charge") == [text]


def test_a_scheme_in_capitals_is_an_address(read: Read) -> None:
    reading = read(f"{HEADER}\n1,Person A,,,,HTTPS://Example.org/A\n", more='url = "HTTP://example.org/list"\n')
    assert reading.problems == ()
    assert values(reading.drafts, "url", "source") == ["http://example.org/list", "https://Example.org/A"]
    assert values(reading.drafts, "url", "list") == ["http://example.org/list"]


@pytest.mark.parametrize(
    ("row", "more", "says"),
    [
        ("2999-01-01,", 'published = "2023-05"\n', "detained 2999-01-01 lies after the day of publication, 2023-05"),
        ("2023-06-01,", 'published = "2023-05"\n', "detained 2023-06-01 lies after the day of publication, 2023-05"),
        (
            "2023-06,",
            'means = "held"\npublished = "2023-05-01"\n',
            "detained 2023-06 lies after the day of publication",
        ),
        (",2024", 'means = "released"\npublished = "2023-05-01"\n', "released 2024 lies after the day of publication"),
        ("1899-12-30,", 'published = "2023-05"\n', "detained 1899-12-30 lies more than 100 years before"),
        ("1899-12-30,", "", "detained 1899-12-30 lies before 1900"),
        ("2999,", "", "detained 2999 lies in the far future"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_kept(read: Read, row: str, more: str, says: str) -> None:
    reading = read(f"{HEADER}\n1,Person A,{row},,\n", more=more)
    assert says in only(reading).what
    assert (only(reading).row, only(reading).value) == (2, "1")
    day = next(part for part in row.split(",") if part)
    assert day in values(reading.drafts, "detained") + values(reading.drafts, "released")


@pytest.mark.parametrize("row", ["2023-05-01,2023-05-31", "2023,", "2023-05~,", "2023-01/..,", "../2023-06,"])
def test_a_day_that_can_be_is_not_told(read: Read, row: str) -> None:
    assert read(f"{HEADER}\n1,Person A,{row},,\n", more='published = "2023-05"\n').problems == ()


def test_seen_in_custody_before_the_arrest(read: Read) -> None:
    columns = COLUMNS.replace('freed = "released"', 'freed = "held_on"')
    reading = read(f"{HEADER}\n1,Person A,2022-01-02,2021-01-01,,\n", columns=columns)
    assert "held_on 2021-01-01 lies before detained 2022-01-02" in only(reading).what
    assert values(reading.drafts, "held_on") == ["2021-01-01"]


def test_a_day_from_another_page_has_its_own_day_of_knowing(read: Read) -> None:
    columns = COLUMNS.replace('charge = "charge"', 'charge = { source_of = ["detained"] }')
    text = f"{HEADER}\n1,Person A,2023-06-01,,https://example.org/later,\n"
    assert read(text, columns=columns, more='published = "2023-05"\n').problems == ()


@pytest.mark.parametrize(
    "more",
    [
        "covers = {}\n",
        'covers = { extent = "full" }\n',
        'means = "held"\npublished = "2023"\ncovers = { group = "all" }\n',
    ],
)
def test_a_list_that_covers_no_day_says_so_once(read: Read, more: str) -> None:
    reading = read(f"{HEADER}\n1,Person A,,,,\n2,Person B,,,,\n", more=more)
    assert "declares no covers: it covers no day" in only(reading).what
    assert (only(reading).file, only(reading).value) == ("book.toml", "one")


def test_a_gathering_of_names_may_cover_a_group_and_no_day(read: Read) -> None:
    assert read(f"{HEADER}\n1,Person A,,,,\n", more='covers = { group = "some" }\n').problems == ()


def test_years_of_two_digits(read: Read) -> None:
    columns = COLUMNS.replace('charge = "charge"', 'charge = { prop = "born", formats = ["%d.%m.%y"] }')
    text = f"{HEADER}\n1,Person A,05.06.21,,05.06.65,\n2,Person B,05.06.24,,05.06.12,\n"
    reading = read(text, columns=columns, more='published = "2023-05"\n')
    assert values(reading.drafts, "detained") == ["2021-06-05"]
    assert values(reading.drafts, "born") == ["1965-06-05", "1912-06-05"], "nobody of eleven years"
    (later,) = reading.problems
    assert "a year of two digits" in later.what
    unknown = read(f"{HEADER}\n1,Person A,05.06.21,,,\n")
    assert "a year of two digits" in only(unknown).what, "without the year of the list"
