"""A new book: the template and the guess are books at once, and a person can correct them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.archive import capture
from habeas.errors import CaptureError
from habeas.nouns import Book, Column
from habeas.readers import Reading, guess, load_book, read_list, template
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
    assert (book.title, book.country, book.lists) == (title.strip(), "BY", ())


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


def test_names_and_addresses_are_seen_without_a_heading_that_says_so(tmp_path: Path) -> None:
    text = "who,where,when\nPerson One,https://example.org/1,x1\nPerson Two,https://example.org/2,x2\n"
    (spec,) = started(tmp_path, "a.csv", text.encode()).lists
    assert {heading: column.prop for heading, column in spec.columns.items()} == {"who": "name", "where": "url"}
    assert spec.key == ("who",)


def test_what_mostly_does_not_read_is_left_to_a_person(tmp_path: Path) -> None:
    text = "name,arrested\nPerson One,early spring\nPerson Two,late spring\n"
    (spec,) = started(tmp_path, "a.csv", text.encode()).lists
    assert spec.ignore == ("arrested",)
    assert "looks like detained, but most cells do not read so" in (tmp_path / "book.toml").read_text(encoding="utf-8")


def test_american_dates_are_seen_where_a_cell_shows_them(tmp_path: Path) -> None:
    text = "name,arrested\nPerson One,07/14/2021\nPerson Two,08/02/2021\n"
    (spec,) = started(tmp_path, "a.csv", text.encode()).lists
    assert spec.columns["arrested"].formats == ("%m/%d/%Y",)


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
