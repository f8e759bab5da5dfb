"""A new book: the template and the guess are books at once, and a person can correct them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.archive import capture
from habeas.errors import CaptureError
from habeas.names import dropped
from habeas.nouns import Book, Column, Covers, Extent
from habeas.readers import Reading, guess, load_book, read_list, template
from habeas.readers.properties import PERSON, ROW
from habeas.readers.standing import standing
from habeas.vocabulary import kinds
from tests.readers.conftest import FIXTURES, make_id, values
from tests.readers.test_workbook import workbook


def started(folder: Path, name: str, data: bytes, **said: str) -> Book:
    (folder / "lists").mkdir(exist_ok=True)
    (folder / "lists" / name).write_bytes(data)
    (folder / "book.toml").write_text(guess(Path("lists") / name, data, **said), encoding="utf-8", newline="\n")
    return load_book(folder)


def read_first(book: Book) -> Reading:
    spec = book.lists[0]
    taken, data = capture(spec.file, folder=book.folder)
    return read_list(book, spec, taken, data, make_id)


@pytest.mark.parametrize("title", ["Prisoners", 'A "quoted" \\ title', "Вязні: сьпіс", "tab\tand\x7f"])
def test_the_template_is_a_book(tmp_path: Path, title: str) -> None:
    (tmp_path / "book.toml").write_text(template(title, "BY"), encoding="utf-8", newline="\n")
    book = load_book(tmp_path)
    assert (book.title, book.country, book.lists) == (dropped(title), "BY", ())


def test_the_template_without_its_remark_signs_is_a_book_with_a_list(tmp_path: Path) -> None:
    """What it shows as an example is itself right."""
    lines = template("A book", "BY").splitlines()
    start, mapping = lines.index("# [[list]]"), lines.index("# [mapping.printed]")
    told = lines.index("#", start)
    listed = [line.lstrip("# ") for line in lines[start:told]]
    mapped = [line.removeprefix("# ") for line in lines[mapping : mapping + 8]]
    text = "\n".join([*lines[:start], *mapped, *listed, 'mapping = "printed"'])
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    (spec,) = load_book(tmp_path).lists
    assert spec.columns["name_ru"] == Column(prop="name", lang="ru", split=";")
    assert spec.release == "BY-2025-09-11"


HEADINGS = {
    "en": ["ID", "Full name", "Date of birth", "Arrested", "Sentence", "Released", "Charge", "Source", "Mood"],
    "ru": ["№", "ФИО", "Дата рождения", "Дата задержания", "Срок", "Дата освобождения", "Обвинение", "Ссылка", "Настрой"],
    "be": ["№", "Прозвішча, імя", "Дата нараджэння", "Дата затрымання", "Тэрмін", "Дата вызвалення", "Абвінавачанне", "Спасылка", "Настрой"],
    "uk": ["№", "Прізвище та ім'я", "Дата народження", "Дата затримання", "Строк", "Дата звільнення", "Звинувачення", "Посилання", "Настрій"],
    "pl": ["Lp.", "Imię i nazwisko", "Data urodzenia", "Data zatrzymania", "Kara", "Data zwolnienia", "Zarzut", "Źródło", "Nastrój"],
}  # fmt: skip
ROWS: list[list[object]] = [
    [
        1,
        "Person One",
        "01.02.1980",
        "14/07/2021",
        "10 years",
        "2025-12-13",
        "a drawing",
        "https://example.org/1",
        "calm",
    ],
    [2, "Person Two", "1981", "02/08/2021", "P5Y", "", "a post", "https://example.org/2", ""],
]


@pytest.mark.parametrize("language", HEADINGS)
def test_columns_are_guessed_from_headings_in_five_languages(tmp_path: Path, language: str) -> None:
    headings = HEADINGS[language]
    book = started(tmp_path, "people.xlsx", workbook(list(headings), *ROWS), title="A book", country="BY")
    (spec,) = book.lists
    props = {heading: column.prop for heading, column in spec.columns.items()}
    expected = ["name", "born", "detained", "sentence", "released", "charge", "url"]
    assert props == dict(zip(headings[1:8], expected, strict=True))
    assert spec.key == (headings[0],)
    assert spec.ignore == (headings[8],)
    reading = read_first(book)
    assert reading.problems == ()
    assert values(reading.drafts, "detained") == ["2021-07-14", "2021-08-02"]
    assert values(reading.drafts, "sentence") == ["P10Y", "P5Y"]


@pytest.mark.parametrize(
    ("name", "lang"),
    [("Person One", "en"), ("Первая Особа", "ru"), ("Першая Асоба ў спісе", "be"), ("Перша Особа її", "uk"), ("Aŭtar Nieki", "be-Latn"), ("Osoba Żadna", "pl")],
)  # fmt: skip
def test_the_script_of_names_is_seen(tmp_path: Path, name: str, lang: str) -> None:
    book = started(tmp_path, "a.csv", f"id,name\n1,{name}\n".encode())
    assert book.lists[0].columns["name"].lang == lang


@pytest.mark.parametrize(
    ("heading", "prop"),
    [
        ("Place of arrest", "arrest_place"),
        ("Место задержания", "arrest_place"),
        ("Detained by", "arrested_by"),
        ("Суддзя", "judge"),
        ("Прокурор", "prosecutor"),
        ("Court", "court"),
        ("Date of arrest", "detained"),
    ],
)
def test_columns_about_an_arrest_and_a_trial_are_guessed(tmp_path: Path, heading: str, prop: str) -> None:
    cell = "2021-07-14" if prop == "detained" else "A word"
    (spec,) = started(tmp_path, "a.csv", f"id,name,{heading}\n1,Person One,{cell}\n".encode()).lists
    assert spec.columns[heading].prop == prop


def test_no_column_is_taken_for_names_by_its_cells_alone(tmp_path: Path) -> None:
    """A column of judges looks like a column of prisoners: the keeper is asked, and nothing is read until then."""
    text = "who,where,when\nPerson One,https://example.org/1,x1\nPerson Two,https://example.org/2,x2\n"
    book = started(tmp_path, "a.csv", text.encode())
    (spec,) = book.lists
    assert {heading: column.prop for heading, column in spec.columns.items()} == {"where": "url"}
    assert spec.ask == "Which column holds the names of the people listed: 'who'?"
    assert '# who = "name"  # such as: Person One; Person Two' in toml(tmp_path)
    reading = read_first(book)
    assert (reading.drafts, reading.rows) == ((), 0)
    (problem,) = reading.problems
    assert problem.what == spec.ask


def test_the_question_is_answered_by_a_line(tmp_path: Path) -> None:
    started(tmp_path, "a.csv", b"who,when\nPerson One,x1\nPerson Two,x2\n")
    lines = [line for line in toml(tmp_path).splitlines() if not line.startswith("ask = ") and '"who",' not in line]
    text = "\n".join(lines).replace("# who = ", "who = ").replace("key = []", 'key = ["who"]')
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    assert values(read_first(load_book(tmp_path)).drafts, "name") == ["Person One", "Person Two"]


def test_what_mostly_does_not_read_is_left_to_a_person(tmp_path: Path) -> None:
    text = "name,arrested\nPerson One,early spring\nPerson Two,late spring\n"
    (spec,) = started(tmp_path, "a.csv", text.encode()).lists
    assert spec.ignore == ("arrested",)
    assert "looks like detained, but most cells do not read so" in (tmp_path / "book.toml").read_text(encoding="utf-8")


def test_american_dates_are_seen_where_a_cell_shows_them(tmp_path: Path) -> None:
    text = "name,arrested\nPerson One,07/14/2021\nPerson Two,08/02/2021\n"
    (spec,) = started(tmp_path, "a.csv", text.encode()).lists
    assert spec.columns["arrested"].order == "month first"


def toml(tmp_path: Path) -> str:
    return (tmp_path / "book.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("cells", "order", "formats", "doubt"),
    [
        (["01/02/2021", "03/04/2021"], None, (), "01/02/2021 may be day/month or month/day: no cell proves which"),
        (["01/02/2021", "14/07/2021"], "day first", (), None),
        (["01/02/2021", "07/14/2021"], "month first", (), None),
        (["14/07/2021", "04/07/2021", "07/14/2021"], None, (), "cells show both"),
        (["05.06.21", "14.07.2021"], None, ("%d.%m.%y",), "Years of two digits"),
        (["05/26/21", "05/06/2021"], "month first", ("%m/%d/%y",), "Years of two digits"),
        (["05.06.2021"], None, (), None),
    ],
)
def test_what_no_cell_proves_about_dates_is_said(
    tmp_path: Path, cells: list[str], order: str | None, formats: tuple[str, ...], doubt: str | None
) -> None:
    text = "name,arrested\n" + "".join(f"Person {'ABC'[i]}x,{cell}\n" for i, cell in enumerate(cells))
    (spec,) = started(tmp_path, "a.csv", text.encode()).lists
    assert (spec.columns["arrested"].order, spec.columns["arrested"].formats) == (order, formats)
    told = [line for line in toml(tmp_path).splitlines() if line.startswith("#   ")]
    assert bool(told) == (doubt is not None)
    assert doubt is None or doubt in told[0]


@pytest.mark.parametrize(
    ("heading", "cells", "terms"),
    [
        ("Приговор", ["5 лет", "2 года 6 месяцев", "3,5 года"], ["P5Y", "P2Y6M", "P3Y6M"]),
        ("Прысуд", ["6 гадоў", "1 год", "пажыццёва"], ["P6Y", "P1Y", "life"]),
        ("Вирок", ["6 років", "1 рік і 3 місяці"], ["P6Y", "P1Y3M"]),
        ("Wyrok", ["6 lat", "1,5 roku", "18 lat i 6 miesięcy"], ["P6Y", "P1Y6M", "P18Y6M"]),
    ],
)
def test_terms_in_the_languages_of_lists(tmp_path: Path, heading: str, cells: list[str], terms: list[str]) -> None:
    text = f"name;{heading}\n" + "".join(f"Person {'ABC'[i]}x;{cell}\n" for i, cell in enumerate(cells))
    book = started(tmp_path, "a.csv", text.encode())
    assert book.lists[0].columns[heading].prop == "sentence"
    assert values(read_first(book).drafts, "sentence") == terms


def test_a_status_is_what_standing_on_the_list_means(tmp_path: Path) -> None:
    cells = ["В заключении", "под стражей", "Освобождён", "на свободе", "умер", "домашний арест", "домашний арест"]
    text = "ФИО,Статус\n" + "".join(f"Особа {'АБВГДЕЖ'[i]}а,{cell}\n" for i, cell in enumerate(cells))
    book = started(tmp_path, "a.csv", text.encode())
    column = book.lists[0].columns["Статус"]
    assert column.prop == "means"
    assert column.values == {
        "В заключении": "held",
        "под стражей": "held",
        "Освобождён": "released",
        "на свободе": "released",
        "умер": "died",
    }
    assert "#   not known: домашний арест (2 of 7 cells)" in toml(tmp_path)
    text = toml(tmp_path).replace('# published = "2025-09-11"', 'published = "2023-05-01"')
    (tmp_path / "book.toml").write_text(text, encoding="utf-8")
    drafts = read_first(load_book(tmp_path)).drafts
    assert values(drafts, "held_on") == ["2023-05-01"] * 2
    assert values(drafts, "released") == ["../2023-05-01"] * 2
    assert values(drafts, "died") == ["../2023-05-01"]


def test_a_status_of_which_nothing_is_known_is_asked_about_and_one_told_freely_stays_a_text(tmp_path: Path) -> None:
    """A code that nobody knows may well say that somebody is out: the row then says nothing of custody."""
    (spec,) = started(tmp_path, "a.csv", b"name,status\nPerson A,R1\nPerson B,H2\n").lists
    assert (spec.columns["status"].prop, spec.columns["status"].values) == ("means", {})
    told = "".join(f"Person {chr(65 + n)},what was said of the {n}th\n" for n in range(20))
    (spec,) = started(tmp_path, "b.csv", f"name,status\n{told}".encode()).lists
    assert spec.columns["status"].prop == "status"


@pytest.mark.parametrize(
    ("printed", "means"),
    [
        ("в СИЗО, идёт суд", "held"),
        ("in custody (on trial)", "held"),
        ("sentenced, released on bail", "released"),
        ("awaiting trial", None),  # at home, perhaps
        ("held, released", None),
        ("in custody, or so they say", None),
    ],
)
def test_how_far_a_trial_is_changes_no_standing(printed: str, means: str | None) -> None:
    assert standing(printed) == means


@pytest.mark.parametrize(
    ("heading", "cells", "is_key"),
    [
        ("Код", ["104", "207"], True),
        ("Код", ["104", "104"], False),
        ("Код", ["4a", "b"], False),
        ("№ п/п", ["1", "2"], True),
        ("ID", ["a-1", "a-2"], True),
    ],
)
def test_a_number_of_its_own_is_the_key(tmp_path: Path, heading: str, cells: list[str], *, is_key: bool) -> None:
    text = f"{heading},ФИО\n{cells[0]},Особа Первая\n{cells[1]},Особа Вторая\n"
    (spec,) = started(tmp_path, "a.csv", text.encode()).lists
    assert spec.key == ((heading,) if is_key else ("ФИО",))
    assert ("counts anew" in toml(tmp_path)) is (cells == ["1", "2"])


def test_the_window_is_guessed_from_the_dates_and_said_to_be_a_guess(tmp_path: Path) -> None:
    text = "name,born,arrested,freed\nPerson A,1980-01-01,2021-07,2025-12-13\nPerson B,,14.08.2020,\nPerson C,,2999,\n"
    (spec,) = started(tmp_path, "a.csv", text.encode()).lists
    assert spec.covers.period is not None
    assert spec.covers.period.text == "2020-08-14/2025-12-13"
    assert spec.covers.extent is Extent.SAMPLE
    assert "# covers is a guess" in toml(tmp_path)


def test_where_no_date_stands_no_window_is_made_up(tmp_path: Path) -> None:
    book = started(tmp_path, "a.csv", b"name,born\nPerson A,1980-01-01\n")
    assert book.lists[0].covers == Covers()
    assert "# covers = " in toml(tmp_path)
    (problem,) = read_first(book).problems
    assert "covers no day" in problem.what


def test_a_plain_list_of_names(tmp_path: Path) -> None:
    book = started(tmp_path, "Freed today.txt", (FIXTURES / "right" / "names.txt").read_bytes())
    assert book.lists[0].id == "freed-today"
    assert len(values(read_first(book).drafts, "name")) == 5


def test_nothing_is_claimed_that_the_list_does_not_say(tmp_path: Path) -> None:
    (spec,) = started(tmp_path, "a.csv", b"id,name\n1,Person One\n").lists
    assert (spec.published, spec.covers.period, spec.release, spec.publisher) == (None, None, None, "")
    assert spec.means.value == "named"


@pytest.mark.parametrize("name", ["not-a-workbook.xlsx", "blank.csv", "binary.csv"])
def test_no_table_to_guess_from(name: str) -> None:
    with pytest.raises(CaptureError, match=name.replace(".", r"\.")):
        guess(Path("lists") / name, (FIXTURES / "wrong" / name).read_bytes())


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(deadline=None, max_examples=150)
@given(table=st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=4))
def test_whatever_the_table_the_guess_is_a_book(
    tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]
) -> None:
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table]
    data = "\n".join(lines).encode()
    try:
        book = started(tmp_path_factory.mktemp("book"), "a.csv", data)
    except CaptureError:
        return
    read_first(book)


@settings(deadline=None, max_examples=300)
@given(data=st.binary(max_size=200), name=st.sampled_from(["a.csv", "a.xlsx", "a.txt"]))
def test_no_bytes_are_too_strange_to_be_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    folder = tmp_path_factory.mktemp("book")
    (folder / "lists").mkdir()
    text = (
        '[book]\ntitle = "A"\ncountry = "BY"\n[[list]]\nid = "a"\n'
        f'file = "lists/{name}"\nkey = ["id"]\n[list.columns]\nname = "name"\n'
    )
    (folder / "book.toml").write_text(text, encoding="utf-8")
    (folder / "lists" / name).write_bytes(data or b"\0")
    reading = read_first(load_book(folder))
    assert reading.problems or reading.drafts


def test_every_property_of_a_person_stands_in_the_first_book_with_one_line() -> None:
    """But those that no column can hold: the list and the key of a row."""
    assert {*PERSON} == set(kinds()["entry"].properties) - {"list", "key"}
    for text in (template("T", "BY"), guess(Path("lists/a.csv"), b"name,detained\nPerson A,2021\nPerson B,2022\n")):
        for name in (*PERSON, *ROW):
            assert len(re.findall(rf"(?m)^# {name} {{2,}}\S", text)) == 1, name
