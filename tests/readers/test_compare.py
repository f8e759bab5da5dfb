"""Reading again: only what changed is recorded, and leaving a list is no release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.nouns import Draft, Visibility
from habeas.readers import Changes, Reading, changes, load_book, read_events
from tests.readers.conftest import HEAD, HEADER, NOON, Model, a_list, make_id, read_file

Read = Callable[..., Reading]

FIRST = f"""{HEADER}
1,Person A,2021-07-14,,a drawing,https://example.org/1
2,Person B,2021-08-02,,,https://example.org/2
"""
BY_NAME = 'key = ["name"]\n[list.columns]\nname = "name"\narrested = "detained"\n'
PUBLISHED = 'means = "held"\npublished = "{}"\n'


def entry(key: str) -> str:
    return f"entry:one:{make_id('one', key)}"


def entries(found: Changes) -> list[Draft]:
    return [d for d in found.drafts if d.kind == "entry"]


def live(model: Model, prop: str, key: str = "1") -> list[str | None]:
    return [s.value for s in model.live if s.subject == entry(key) and s.prop == prop]


def test_the_first_reading_adds_everything(read: Read, model: Model) -> None:
    reading = read(FIRST)
    found = model.take(reading)
    assert list(found.drafts) == list(reading.drafts)
    assert found.count("new") == 5  # two entries, their two sources, the list
    assert "new        Person A: 5 statements" in list(found.listing())


def test_reading_again_adds_nothing(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    assert model.take(read(FIRST)) == Changes()


def test_rows_that_move_change_nothing(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    head, one, two = FIRST.splitlines()
    assert entries(model.take(read(f"{head}\n\n{two}\n{one}\n"))) == []


def test_a_corrected_value_takes_back_the_old_one(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    found = model.take(read(FIRST.replace("2021-07-14", "2021-07-15")))
    (draft,) = entries(found)
    assert (draft.prop, draft.value, draft.reason) == ("detained", "2021-07-15", "corrected in lists/people.csv")
    assert draft.retracts is not None
    assert live(model, "detained") == ["2021-07-15"]
    assert "changed    Person A: detained 2021-07-14 -> 2021-07-15" in list(found.listing())


def test_a_value_gone_from_its_row_is_taken_back(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    (draft,) = entries(model.take(read(FIRST.replace("a drawing", ""))))
    assert (draft.prop, draft.value, draft.reason) == ("charge", None, "no longer in lists/people.csv")
    assert live(model, "charge") == []


def test_a_value_added(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    (draft,) = entries(model.take(read(FIRST.replace("08-02,,,", "08-02,,a post,"))))
    assert (draft.prop, draft.value, draft.retracts) == ("charge", "a post", None)


def test_a_cell_that_can_no_longer_be_read_leaves_what_it_said(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    assert entries(model.take(read(FIRST.replace("2021-07-14", "2021-07-41")))) == []
    assert entries(model.take(read(FIRST.replace("arrested", "arested")))) == []
    assert live(model, "detained") == ["2021-07-14"]


def test_a_file_that_can_no_longer_be_read_leaves_all_it_said(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    assert model.take(read(bytes(range(256)) * 9)) == Changes()


def test_a_row_that_vanished_is_absent_since_the_edition(read: Read, model: Model) -> None:
    model.take(read(FIRST, more=PUBLISHED.format("2023-01-01")))
    short = "\n".join(FIRST.splitlines()[:2]) + "\n"
    found = model.take(read(short, more=PUBLISHED.format("2023-06-01")))
    (gone,) = [d for d in entries(found) if d.subject == entry("2")]
    assert (gone.prop, gone.value, gone.retracts, gone.published) == ("absent_since", "2023-06-01", None, "2023-06-01")
    assert gone.visibility is Visibility.PUBLIC
    assert live(model, "name", "2") == ["Person B"], "its other statements stay"
    assert not any(s.prop == "released" for s in model.live)
    assert any("this is no release" in line for line in found.listing())
    assert model.take(read(short, more=PUBLISHED.format("2023-06-01"))) == Changes()


def test_without_a_day_of_publication_it_is_absent_since_the_day_of_reading(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    model.take(read("\n".join(FIRST.splitlines()[:2]) + "\n"), edition="2026-02-03")
    assert live(model, "absent_since", "2") == ["2026-02-03"]


def test_a_row_that_returns_is_absent_no_more(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    model.take(read("\n".join(FIRST.splitlines()[:2]) + "\n"))
    found = model.take(read(FIRST))
    (back,) = entries(found)
    assert (back.prop, back.value, back.reason) == ("absent_since", None, "listed again")
    assert live(model, "absent_since", "2") == []
    assert "returned   Person B: on the list again" in list(found.listing())


@pytest.mark.parametrize("text", [f"{HEADER}\n", f"{FIRST}3,Person C,,,,,,too wide\n", f"{HEADER}\n,Person A,,,,\n"])
def test_a_list_that_came_broken_marks_nobody_as_absent(read: Read, model: Model, text: str) -> None:
    model.take(read(FIRST + "3,Person C,2022-01-01,,,https://example.org/3\n"))
    model.take(read(text))
    assert not any(s.prop == "absent_since" for s in model.live)
    assert live(model, "detained", "3") == ["2022-01-01"]


def test_a_row_that_cannot_be_told_from_others_hides_only_whom_it_names(read: Read, model: Model) -> None:
    """The rest of the list still tells who is gone; whom the row names is not marked."""
    model.take(read(FIRST + "3,Person C,2022-01-01,,,https://example.org/3\n"))
    first = "\n".join(FIRST.splitlines()[:2])
    model.take(read(f"{first}\n,Person C,2022-01-01,,,\n"), edition="2026-02-03")
    assert live(model, "absent_since", "2") == ["2026-02-03"]
    assert live(model, "absent_since", "3") == []


def test_a_list_shorter_than_expected_marks_nobody_as_absent(read: Read, model: Model) -> None:
    model.take(read(FIRST, more="rows = [2, 3]\n"))
    model.take(read("\n".join(FIRST.splitlines()[:2]) + "\n", more="rows = [2, 3]\n"))
    assert not any(s.prop == "absent_since" for s in model.live)


# --- spellings ---


def test_a_corrected_spelling_is_a_change_of_that_entry(read: Read, model: Model) -> None:
    model.take(read("name,arrested\nPerson Alpha,2021-07-14\nPerson Beta,2021-08-02\n", columns=BY_NAME))
    corrected = "name,arrested\nPersan Alpha,2021-07-14\nPerson Beta,2021-08-02\n"
    found = model.take(read(corrected, columns=BY_NAME))
    assert {(d.subject, d.prop, d.value) for d in entries(found)} == {
        (entry("Person Alpha"), "key", "Persan Alpha"),
        (entry("Person Alpha"), "name", "Persan Alpha"),
    }
    assert found.count("respelled") == 1
    assert any(line.startswith("respelled  Person Alpha -> Persan Alpha") for line in found.listing())
    assert model.take(read(corrected, columns=BY_NAME)) == Changes()
    later = model.take(read(corrected.replace("07-14", "07-15"), columns=BY_NAME))
    assert [(d.subject, d.prop) for d in entries(later)] == [(entry("Person Alpha"), "detained")]


def test_the_old_spelling_as_a_row_of_its_own_is_another_entry(read: Read, model: Model) -> None:
    model.take(read("name,arrested\nPerson Alpha,2021-07-14\n", columns=BY_NAME))
    model.take(read("name,arrested\nPersan Alpha,2021-07-14\n", columns=BY_NAME))
    both = "name,arrested\nPersan Alpha,2021-07-14\nPerson Alpha,2022-01-01\n"
    found = model.take(read(both, columns=BY_NAME))
    assert {d.subject for d in entries(found)} == {entry("Person Alpha") + "-2"}
    assert model.take(read(both, columns=BY_NAME)) == Changes()


@pytest.mark.parametrize(
    ("after", "why"),
    [
        ("Persan Alpha,2021-07-19", "another value contradicts"),
        ("Parsen Gamma,2021-07-14", "the names are far apart"),
        ("Olaf Alpha,2021-07-14", "another first name: a brother"),
    ],
)
def test_what_is_no_corrected_spelling(read: Read, model: Model, after: str, why: str) -> None:
    model.take(read("name,arrested\nPerson Alpha,2021-07-14\n", columns=BY_NAME))
    found = model.take(read(f"name,arrested\n{after}\n", columns=BY_NAME))
    assert found.count("respelled") == 0, why
    assert found.count("absent") == 1


def test_two_rows_as_near_as_each_other_are_not_paired(read: Read, model: Model) -> None:
    model.take(read("Person Alpha\nPerson Alphe\n", file="names.txt", columns=""))
    found = model.take(read("Person Alphi\n", file="names.txt", columns=""))
    assert (found.count("respelled"), found.count("absent")) == (0, 2)


def test_a_plain_list_of_names_corrected(read: Read, model: Model) -> None:
    model.take(read("Person Alpha\nPerson Beta\n", file="names.txt", columns=""))
    found = model.take(read("Person Alfa\nPerson Beta\n", file="names.txt", columns=""))
    assert (found.count("respelled"), found.count("absent")) == (0, 1), "nothing but the name speaks, and not clearly"
    found = model.take(read("Person Alffa\nPerson Beta\n", file="names.txt", columns=""))
    assert found.count("respelled") == 1


NAMES_GONE = "Ivan Persona\nMaria Personka\n"


@pytest.mark.parametrize(
    ("after", "before", "why"),
    [
        ("Ivana Persona", "Ivan Persona", "the ending differs"),
        ("Marina Personka", "Maria Personka", "given names differ"),
        ("Maryna Personka", "Maria Personka", None),
        ("Maria Personkava", "Maria Personka", None),
        ("Marla Personka", "Maria Personka", None),
    ],
)
def test_a_near_name_is_another_person(read: Read, model: Model, after: str, before: str, why: str | None) -> None:
    model.take(read(NAMES_GONE, file="names.txt", columns=""))
    found = model.take(read(NAMES_GONE.replace(before, after), file="names.txt", columns=""))
    assert (found.count("respelled"), found.count("absent")) == (0, 1)
    assert live(model, "name", before) == [before], "nobody's name is taken from them"
    assert live(model, "name", after) == [after]
    if why is not None:
        (problem,) = found.problems
        assert f"a near name came where '{before}' went ({why}" in problem.what
        assert (problem.file, problem.value) == ("lists/names.txt", after)
        assert problem.row == 1 + (before == "Maria Personka")
        assert f"one,{before},one,{after},same" in problem.do


def test_two_near_names_at_once_are_two_people_each(read: Read, model: Model) -> None:
    model.take(read(NAMES_GONE, file="names.txt", columns=""))
    found = model.take(read("Ivana Persona\nMarina Personka\n", file="names.txt", columns=""))
    assert (found.count("respelled"), found.count("absent"), found.count("new")) == (0, 2, 2)
    assert len(found.problems) == 2
    again = model.take(read("Ivana Persona\nMarina Personka\n", file="names.txt", columns=""))
    assert again == Changes()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Maria Personnikava", "Maria Personnikova"),
        ("Dmitri Persona", "Dmitriy Persona"),
        ("Ihar Persona", "Ihor Persona"),
        ("Мария Персона", "Мариия Персона"),
    ],
)
def test_one_name_in_another_spelling_is_the_same_row(read: Read, model: Model, before: str, after: str) -> None:
    model.take(read(f"{before}\n", file="names.txt", columns=""))
    found = model.take(read(f"{after}\n", file="names.txt", columns=""))
    assert (found.count("respelled"), found.problems) == (1, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sasha Personau", "Sasha Personava"),
        ("Ales Person", "Ales Persona"),
        ("Ivan Ivanovich Persona", "Ivan Iosifovich Persona"),
        ("Ivan Persona 1980", "Ivan Persona 1986"),
    ],
)
def test_siblings_and_namesakes_are_not_corrected_into_each_other(
    read: Read, model: Model, before: str, after: str
) -> None:
    model.take(read(f"{before}\n", file="names.txt", columns=""))
    found = model.take(read(f"{after}\n", file="names.txt", columns=""))
    assert (found.count("respelled"), found.count("absent")) == (0, 1)


def test_a_near_name_with_a_contrary_value_is_told_too(read: Read, model: Model) -> None:
    model.take(read('name,arrested\n"Alpha, Person",2021-07-14\n', columns=BY_NAME))
    found = model.take(read('name,arrested\n"Alpha, Persan",2021-07-19\n', columns=BY_NAME))
    (problem,) = found.problems
    assert "detained differs" in problem.what
    assert 'one,"Alpha, Person",one,"Alpha, Persan",same' in problem.do


def test_a_row_whose_other_name_is_anothers_is_two_people(read: Read, model: Model) -> None:
    columns = 'key = ["name"]\n[list.columns]\nname = { prop = "name", split = "/" }\n'
    model.take(read("name\nМария Персона/Maria Personka\n", columns=columns))
    found = model.take(read("name\nМария Персона/Marina Personka\n", columns=columns))
    assert found.count("respelled") == 0


# --- a part of a list ---


def test_an_additive_reading_only_adds(tmp_path: Path, model: Model) -> None:
    more = 'means = "released"\npublished = "{}"\nrelease = "BY-2025-12-13"\nurl = "https://example.org/{}"\n'

    def paste(names: str, day: str, page: str) -> Changes:
        reading = read_file(tmp_path, "pasted.txt", names, more=more.format(day, page), columns="")
        found = changes(reading, model.live, edition="2026-01-01", additive=True)
        model.append(found.drafts)
        return found

    paste("Person Alpha\nPerson Beta\n", "2025-12-13", "a")
    found = paste("Person Alphha\nPerson Beta\n", "2025-12-15", "b")
    assert all(d.retracts is None and d.value is not None for d in found.drafts)
    assert {item.what for item in found.items} == {"new", "added"}
    assert live(model, "absent_since", "Person Alpha") == []
    assert live(model, "name", "Person Alpha") == ["Person Alpha"]
    assert live(model, "name", "Person Alphha") == ["Person Alphha"]
    assert live(model, "released", "Person Beta") == ["../2025-12-13", "../2025-12-15"], "each by its own page"
    about = [(s.prop, s.value) for s in model.live if s.subject == "list:one" and s.prop in {"published", "url"}]
    assert sorted(about) == [("published", "2025-12-13"), ("url", "https://example.org/a")]
    assert paste("Person Alphha\nPerson Beta\n", "2025-12-15", "b") == Changes()


def test_a_decision_follows_its_row_through_a_corrected_spelling(tmp_path: Path, model: Model) -> None:
    model.take(read_file(tmp_path, "a.csv", "name,arrested\nPerson Alpha,2021-07-14\nOlaf Beta,\n", columns=BY_NAME))
    model.take(read_file(tmp_path, "a.csv", "name,arrested\nPersan Alpha,2021-07-14\nOlaf Beta,\n", columns=BY_NAME))
    (tmp_path / "events").mkdir()
    decisions = "list_a,key_a,list_b,key_b,same\none,Persan Alpha,one,Olaf Beta,different\n"
    (tmp_path / "events" / "decisions.csv").write_text(decisions, encoding="utf-8")
    reading = read_events(load_book(tmp_path), tmp_path, make_id)
    model.take(reading)
    assert [s.value for s in model.live if s.kind == "decision" and s.prop == "a"] == [entry("Person Alpha")]
    assert model.take(reading) == Changes()


# --- sets and sources ---


def test_values_of_a_set_come_and_go_by_themselves(read: Read, model: Model) -> None:
    columns = 'key = ["id"]\n[list.columns]\nname = "name"\ncharge = { prop = "charge", split = ";" }\n'
    model.take(read("id,name,charge\n1,Person A,one; two\n", columns=columns))
    found = model.take(read("id,name,charge\n1,Person A,two; three; four\n", columns=columns))
    assert {(d.value, d.retracts is None) for d in entries(found)} == {("three", True), ("four", True), (None, False)}
    assert set(live(model, "charge")) == {"two", "three", "four"}


def test_a_source_added_and_a_source_gone(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    more = FIRST.replace("https://example.org/1", "https://example.org/1 https://example.org/1b")
    found = model.take(read(more))
    assert {d.retracts for d in entries(found)} == {None}
    assert live(model, "detained") == ["2021-07-14", "2021-07-14"]
    found = model.take(read(FIRST))
    assert {d.value for d in entries(found)} == {None}
    assert live(model, "detained") == ["2021-07-14"]


def test_a_corrected_address_is_a_change(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    found = model.take(read(FIRST.replace("example.org/1", "example.org/one")))
    assert all(d.retracts is not None for d in entries(found))
    assert live(model, "detained") == ["2021-07-14"]
    assert any("said anew" in line or "its source" in line for line in found.listing())


def test_two_files_share_a_source_and_neither_takes_back_the_others_words(tmp_path: Path, model: Model) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    text = "id,name,arrested,by,link\n1,Person A,2021-07-14,{},https://example.org/1\n"
    columns = 'key = ["id"]\n[list.columns]\nname = "name"\narrested = "detained"\nby = "publisher"\nlink = "url"\n'
    said = {"columns": columns}
    a = read_file(tmp_path / "a", "a.csv", text.format("First"), **said)
    b = read_file(tmp_path / "b", "b.csv", text.format("Second"), list_id="two", **said)
    for _ in range(2):
        model.take(a)
        model.take(b)
    assert model.take(a) == model.take(b) == Changes()

    def publishers() -> list[str | None]:
        return sorted(str(s.value) for s in model.live if s.kind == "source" and s.prop == "publisher")

    assert publishers() == ["First", "Second"]
    model.take(read_file(tmp_path / "a", "a.csv", text.format("Third"), **said))
    assert publishers() == ["Second", "Third"]


def test_what_others_recorded_of_an_entry_is_left_alone(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    model.append(
        [Draft(subject=entry("1"), prop="note", value="seen", source="person:heron", place="decided in habeas")]
    )
    assert model.take(read(FIRST)) == Changes()
    assert live(model, "note") == ["seen"]


def test_a_withheld_value_cannot_be_compared(read: Read, model: Model) -> None:
    reading = read(FIRST)
    model.take(reading)
    hidden = [replace(s, value=None) if s.prop == "key" else s for s in model.live]
    with pytest.raises(ValueError, match="keeper's view"):
        changes(reading, hidden, edition="2026-01-01")


# --- the list itself, and its editions ---


def test_a_corrected_day_of_publication_changes_everything_it_dates(read: Read, model: Model) -> None:
    model.take(read(FIRST, more=PUBLISHED.format("2023-01-01")))
    model.take(read(FIRST, more=PUBLISHED.format("2023-02-01")))
    assert {s.published for s in model.live if s.kind == "entry"} == {"2023-02-01"}
    assert live(model, "held_on") == ["2023-02-01"]
    assert model.take(read(FIRST, more=PUBLISHED.format("2023-02-01"))) == Changes()


def test_of_a_later_edition_the_earlier_ones_dates_stay(read: Read, model: Model) -> None:
    model.take(read(FIRST, more=PUBLISHED.format("2023-01-01")))
    second = FIRST + "3,Person C,2023-02-02,,,https://example.org/3\n"
    model.take(read(second, more=PUBLISHED.format("2023-06-01")))
    assert live(model, "held_on") == ["2023-01-01", "2023-06-01"], "seen in custody twice"
    (detained,) = [s for s in model.live if s.subject == entry("1") and s.prop == "detained"]
    assert detained.published == "2023-01-01", "known since the first edition"
    assert model.take(read(second, more=PUBLISHED.format("2023-06-01"))) == Changes()
    third = second.replace("2021-07-14", "2021-07-15")
    model.take(read(third, more=PUBLISHED.format("2023-09-01")))
    assert live(model, "held_on") == ["2023-01-01", "2023-06-01", "2023-09-01"]
    (detained,) = [s for s in model.live if s.subject == entry("1") and s.prop == "detained"]
    assert (detained.value, detained.published) == ("2021-07-15", "2023-09-01")
    assert model.take(read(third, more=PUBLISHED.format("2023-09-01"))) == Changes()


def test_released_by_the_first_edition_is_not_loosened_by_the_second(read: Read, model: Model) -> None:
    more = 'means = "released"\npublished = "{}"\n'
    model.take(read(FIRST, more=more.format("2023-01-01")))
    second = FIRST + "3,Person C,2023-02-02,,,https://example.org/3\n"
    model.take(read(second, more=more.format("2023-06-01")))
    assert live(model, "released") == ["../2023-01-01"]
    assert live(model, "released", "3") == ["../2023-06-01"]
    assert model.take(read(second, more=more.format("2023-06-01"))) == Changes()
    dated = second.replace("2021-07-14,,", "2021-07-14,2022-12-01,")
    model.take(read(dated, more=more.format("2023-06-01")))
    assert live(model, "released") == ["2022-12-01"], "the row's own day takes its place"
    assert model.take(read(dated, more=more.format("2023-06-01"))) == Changes()


def test_a_correction_within_an_edition_is_none(read: Read, model: Model) -> None:
    model.take(read(FIRST, more=PUBLISHED.format("2023-01-01")))
    found = model.take(read(FIRST, more='means = "recognised"\npublished = "2023-01-01"\n'))
    assert live(model, "held_on") == []
    assert live(model, "recognised") == ["2023-01-01"]
    assert found.count("changed") == 1  # what the list means


def test_what_the_book_says_of_a_list_is_corrected(read: Read, model: Model) -> None:
    model.take(read(FIRST, more='title = "One"\npublisher = "A"\n'))
    found = model.take(read(FIRST, more='title = "Two"\n'))
    assert {(d.prop, d.value) for d in found.drafts} == {("title", "Two"), ("publisher", None)}


def test_a_list_that_moves_to_another_file_is_the_same_list(read: Read, model: Model) -> None:
    model.take(read(FIRST))
    assert model.take(read(FIRST, file="renamed.csv")) == Changes()


# --- events ---


def events_of(folder: Path, text: str) -> Reading:
    (folder / "events").mkdir(exist_ok=True)
    (folder / "book.toml").write_text(HEAD + a_list("one.csv"), encoding="utf-8")
    (folder / "events" / "counts.csv").write_text(text, encoding="utf-8")
    return read_events(load_book(folder), folder, make_id)


def test_an_events_row_that_vanished_is_taken_back_with_all_it_said(tmp_path: Path, model: Model) -> None:
    head, one, two = "id,kind,n,url\n", "a,stock,1,https://example.org/1\n", "b,stock,2,https://example.org/2\n"
    model.take(events_of(tmp_path, head + one + two))
    found = model.take(events_of(tmp_path, head + one))
    assert {(d.subject, d.value, d.reason) for d in found.drafts} == {("count:b", None, "no longer in events")}
    assert found.count("gone") == 2
    assert model.take(events_of(tmp_path, head + one)) == Changes()
    model.take(events_of(tmp_path, head + one + two))
    assert [s.value for s in model.live if s.prop == "n"] == ["1", "2"]


def test_a_corrected_figure(tmp_path: Path, model: Model) -> None:
    text = "id,kind,n,url\na,stock,1,https://example.org/1 https://example.org/2\n"
    model.take(events_of(tmp_path, text))
    found = model.take(events_of(tmp_path, text.replace("stock,1", "stock,9")))
    assert [(d.prop, d.value, d.retracts is not None) for d in found.drafts] == [("n", "9", True)] * 2
    assert {s.recorded > NOON for s in model.live} == {True}


# --- laws ---

CELLS = st.sampled_from(["", "2021-07-14", "2021-07", "14.07.2021", "2021-02-31", "about"])
LINKS = st.sampled_from(["", "https://example.org/1", "https://example.org/1 https://example.org/2", "nowhere"])
NAMES = st.sampled_from(
    ["Person Alpha", "Person Beta", "Persan Alpha", "Olaf Gamma", "A", "Person\u202eAlpha", "Особа Альфа"]
)
ROWS = st.lists(
    st.tuples(st.sampled_from(["1", "2", "3", ""]), NAMES, CELLS, CELLS, st.sampled_from(["", "x", "x; y"]), LINKS),
    max_size=5,
)
DAYS = st.sampled_from(["", "2023-01-01", "2023-06"])
MEANS = st.sampled_from(["held", "recognised", "released", "died", "named"])
COLUMN_SETS = st.sampled_from(["id", "name"])


def text_of(rows: list[tuple[str, ...]]) -> str:
    return HEADER + "\n" + "".join(",".join(row) + "\n" for row in rows)


def read_as(folder: Path, rows: list[tuple[str, ...]], key: str, means: str, published: str) -> Reading:
    columns = (
        f'key = ["{key}"]\n[list.columns]\n'
        + ("" if key == "id" else 'id = "note"\n')
        + 'name = "name"\narrested = "detained"\n'
        'freed = "released"\ncharge = { prop = "charge", split = ";" }\nlink = "url"\n'
    )
    more = f'means = "{means}"\n' + (f'published = "{published}"\n' if published else "")
    return read_file(folder, "people.csv", text_of(rows), more=more, columns=columns)


@settings(deadline=None, max_examples=150)
@given(first=ROWS, second=ROWS, form=st.tuples(COLUMN_SETS, MEANS), days=st.tuples(DAYS, DAYS))
def test_reading_again_never_adds_anything(tmp_path_factory: pytest.TempPathFactory, first, second, form, days) -> None:
    folder, model = tmp_path_factory.mktemp("book"), Model()
    for rows, day in ((first, days[0]), (second, days[1]), (first, days[1])):
        reading = read_as(folder, rows, *form, day)
        model.take(reading)
        assert model.take(reading) == Changes()


@settings(deadline=None, max_examples=150)
@given(first=ROWS, second=ROWS, means=MEANS)
def test_changes_lead_to_what_a_fresh_reading_says(
    tmp_path_factory: pytest.TempPathFactory, first, second, means
) -> None:
    """Where every row is still there and every cell reads, the record says what it would say had it begun today."""
    folder, model, fresh = tmp_path_factory.mktemp("book"), Model(), Model()
    model.take(read_as(folder, first, "id", means, "2023-01-01"))
    reading = read_as(folder, second, "id", means, "2023-01-01")
    model.take(reading)
    fresh.take(reading)
    stays = {d.subject for d in reading.drafts if d.kind != "source"}
    unread = set(reading.unread)

    def said(of: Model) -> set[tuple[object, ...]]:
        return {
            row
            for row in of.said()
            if row[0] in stays and (row[0], row[1]) not in unread and (row[0], "*") not in unread
        }

    assert said(model) == said(fresh)


@settings(deadline=None, max_examples=100)
@given(first=ROWS, second=ROWS)
def test_nobody_is_released_by_leaving_a_list(tmp_path_factory: pytest.TempPathFactory, first, second) -> None:
    folder, model = tmp_path_factory.mktemp("book"), Model()
    before = read_as(folder, first, "id", "held", "2023-01-01")
    model.take(before)
    model.take(read_as(folder, second, "id", "held", "2023-06-01"))
    listed = {row[0] for row in second}
    for key in {row[0] for row in first} - listed - {""}:
        said = {s.prop for s in model.live if s.subject == entry(key)}
        assert "name" in said or not any(d.prop == "name" and d.subject == entry(key) for d in before.drafts)
        was = {d.value for d in before.drafts if d.subject == entry(key) and d.prop == "released"}
        assert {s.value for s in model.live if s.subject == entry(key) and s.prop == "released"} == was


def test_every_spelling_of_a_list_corrected_at_once(read: Read, model: Model) -> None:
    rows = [f"Person Number{number:05d}" for number in range(300)]
    model.take(read("\n".join(rows) + "\n", file="names.txt", columns=""))
    after = "\n".join(row.replace("Number", "Nomber") for row in rows) + "\n"
    found = model.take(read(after, file="names.txt", columns=""))
    assert (found.count("respelled"), found.count("absent")) == (300, 0), "each is clearly nearest to its own"
    assert model.take(read(after, file="names.txt", columns="")) == Changes()


def test_past_a_size_nobody_looks_for_corrected_spellings(
    read: Read, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("habeas.readers.spelling._MOST_PAIRS", 3)
    model.take(read("Person Alpha\nPerson Beta\n", file="names.txt", columns=""))
    found = model.take(read("Person Alphha\nPerson Betta\n", file="names.txt", columns=""))
    assert (found.count("respelled"), found.count("absent")) == (0, 2)
