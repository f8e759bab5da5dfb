"""Events files: one subject a row, one statement for each value and each address."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from babel import Locale, UnknownLocaleError

from habeas.nouns import Draft
from habeas.readers import Reading, load_book, read_events
from habeas.readers.lexicon import phrases
from habeas.vocabulary import actor, kinds, meant_by, normal
from tests.readers.conftest import HEAD, a_list, make_id

Events = Callable[..., Reading]


@pytest.fixture
def events(tmp_path: Path) -> Events:
    """Read events files, given by name: events(releases="id,..."), in a book that has the list `one`."""

    def reader(*, more: str = "", codes: str = "", **files: str) -> Reading:
        (tmp_path / "events").mkdir(exist_ok=True)
        (tmp_path / "book.toml").write_text(HEAD + a_list("one.csv", more=more) + codes, encoding="utf-8")
        for name, text in files.items():
            (tmp_path / "events" / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        reading = read_events(load_book(tmp_path), tmp_path, make_id)
        assert reading == read_events(load_book(tmp_path), tmp_path / "events", make_id)
        return reading

    return reader


RELEASES = "id,country,date,title,kind,status,url,published\nBY-2025-12-13,BY,2025-12-13,Those freed,release,executed,https://example.org/a https://example.org/b,2025-12-13\n"


def said(reading: Reading, subject: str) -> dict[str, list[str | None]]:
    found: dict[str, list[str | None]] = {}
    for draft in reading.drafts:
        if draft.subject == subject:
            found.setdefault(draft.prop, []).append(draft.value)
    return found


def test_one_statement_for_each_address(events: Events) -> None:
    reading = events(releases=RELEASES)
    assert reading.problems == ()
    dates = [d for d in reading.drafts if d.prop == "date"]
    assert [d.source for d in dates] == [f"source:{make_id('source', f'https://example.org/{x}')}" for x in "ab"]
    assert {d.value for d in dates} == {"2025-12-13"}
    assert dates[0].place == "events/releases.csv row 2, column date"
    assert reading.covers == ("release:",)
    assert reading.accounted["releases.title"] == "mapped to title"


def test_references_are_written_without_their_kind(events: Events) -> None:
    deals = (
        "id,country,date,broker,release,url\nBY-2025-12-13,BY,2025-12-13,One; Two,BY-2025-12-13,https://example.org/a\n"
    )
    legs = "id,deal,giver,side,what,url\nl1,BY-2025-12-13,US,relief,an easing,https://example.org/a\n"
    reading = events(releases=RELEASES, deals=deals, legs=legs)
    assert reading.problems == ()
    deal = said(reading, "deal:BY-2025-12-13")
    assert (deal["release"], deal["broker"]) == (["release:BY-2025-12-13"], ["One", "Two"])
    assert said(reading, "leg:l1")["deal"] == ["deal:BY-2025-12-13"]


def test_what_is_named_and_nowhere_described(events: Events) -> None:
    figures = "id,release,figure,n,op,by,url\nf1,BY-2025-12-31,announced,123,eq,an office,https://example.org/a\n"
    reading = events(releases=RELEASES, figures=figures, more='release = "BY-2021-01-01"\n')
    first, second = reading.problems
    assert (first.row, first.column, first.value) == (2, "release", "BY-2025-12-31")
    assert (second.file, second.value) == ("book.toml", "BY-2021-01-01")
    assert said(reading, "figure:f1")["n"] == ["123"], "the row goes in"


def test_publishers_and_days_in_turn(events: Events) -> None:
    text = 'id,kind,on,population,n,op,by,definition,url,publisher,published\nc1,stock,2025-09-30,political_prisoners,"1,201",eq,A,its list,https://example.org/a;https://example.net/b,First; Second,2025-10-01; 2025-10-02\n'
    reading = events(counts=text)
    assert reading.problems == ()
    a, b = (f"source:{make_id('source', url)}" for url in ("https://example.org/a", "https://example.net/b"))
    assert said(reading, a)["publisher"] == ["First"]
    assert said(reading, b)["published"] == ["2025-10-02"]
    assert [(d.value, d.published) for d in reading.drafts if d.prop == "n"] == [
        ("1201", "2025-10-01"),
        ("1201", "2025-10-02"),
    ]


def test_one_publisher_beside_two_addresses_is_not_said_of_both(events: Events) -> None:
    text = "id,kind,what,url,publisher\nc1,event,x,https://example.org/a;https://example.net/b,First\n"
    reading = events(facts=text)
    assert not any(d.prop == "publisher" for d in reading.drafts)


def test_a_publisher_alone_is_a_source(events: Events) -> None:
    reading = events(facts="id,kind,what,publisher\nx,event,something,A ministry\n")
    assert reading.problems == ()
    source = f"source:{make_id('source', 'A ministry')}"
    assert said(reading, source) == {"publisher": ["A ministry"]}
    assert {d.source for d in reading.drafts if d.subject == "fact:x"} == {source}


def test_nothing_is_stated_without_a_source(events: Events) -> None:
    reading = events(facts="id,kind,what,url\nx,event,something,\n")
    (problem,) = reading.problems
    assert "has no source" in problem.what
    assert reading.drafts == ()
    assert reading.unread == {("fact:x", "*")}


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("c1,stck,2025-09-30,x,1,eq,A,https://example.org", "kind", "not one of: stock, flow"),
        ("c1,stock,2025-02-30,x,1,eq,A,https://example.org", "on", "there is no day 30"),
        ("c1,stock,2025-09-30,x,many,eq,A,https://example.org", "n", "not a whole number"),
        ("c1,stock,2025-09-30,x,1,eq,A,example", "url", "not an address"),
        ("c 1,stock,2025-09-30,x,1,eq,A,https://example.org", "id", "id cannot be used"),
        (",stock,2025-09-30,x,1,eq,A,https://example.org", "id", "has no id"),
    ],
)
def test_bad_cells(events: Events, row: str, column: str, says: str) -> None:
    good = "c2,stock,2025-09-30,x,2,eq,A,https://example.org"
    reading = events(counts=f"id,kind,on,what,n,op,by,url\n{row}\n{good}\n")
    problem = reading.problems[0]
    assert (problem.file, problem.row, problem.column) == ("events/counts.csv", 2, column)
    assert says in problem.what
    assert said(reading, "count:c2")["n"] == ["2"]


def test_an_unknown_column_is_named_with_the_nearest(events: Events) -> None:
    reading = events(facts="id,kind,wat,url\nc1,event,x,https://example.org\n")
    (problem,) = reading.problems
    assert (problem.column, "is it meant to be 'what'?" in problem.what) == ("wat", True)


def test_a_span_that_ends_before_it_starts(events: Events) -> None:
    reading = events(facts="id,kind,from,to,url\no1,office,2020-01-01,2019-01-01,https://example.org\n")
    (problem,) = reading.problems
    assert "to 2019-01-01 lies before from 2020-01-01" in problem.what
    assert said(reading, "fact:o1")["to"] == ["2019-01-01"]


def test_the_same_id_with_other_values(events: Events) -> None:
    text = "id,kind,term,url\nc1,office,1,https://example.org\nc1,office,1,https://example.org\nc1,office,2,https://example.org\n"
    reading = events(facts=text)
    assert len(reading.problems) == 2
    assert said(reading, "fact:c1")["term"] == ["1"]
    assert said(reading, "fact:c1#2")["term"] == ["2"]


def test_decisions_name_rows_by_list_and_key(events: Events) -> None:
    text = "list_a,key_a,list_b,key_b,same,by,on,reason\none,Person A,one,Person B,different,heron,2026-01-05,two birth years\n"
    reading = events(decisions=text)
    assert reading.problems == ()
    subject = f"decision:{make_id('one', 'Person A', 'one', 'Person B')}"
    decided = said(reading, subject)
    assert decided["a"] == [f"entry:one:{make_id('one', 'Person A')}"]
    assert (decided["same"], decided["by"], decided["on"]) == (["different"], ["heron"], ["2026-01-05"])


def test_a_decision_on_an_unknown_list(events: Events) -> None:
    reading = events(decisions="list_a,key_a,list_b,key_b,same\nnone,Person A,one,Person B,same\n")
    (problem,) = reading.problems
    assert (problem.column, problem.value) == ("list_a", "none")


def test_a_decision_with_one_side(events: Events) -> None:
    reading = events(decisions="list_a,key_a,list_b,key_b,same\none,Person A,one,,same\n")
    (problem,) = reading.problems
    assert "one side of the decision is missing" in problem.what
    assert not any(d.kind == "decision" for d in reading.drafts)


def test_no_events_at_all(events: Events) -> None:
    assert events() == Reading(file="events")


def test_an_unreadable_file_leaves_the_others(events: Events, tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "facts.csv").mkdir()
    reading = events(releases=RELEASES)
    (problem,) = reading.problems
    assert problem.file == "events/facts.csv"
    assert said(reading, "release:BY-2025-12-13")["kind"] == ["release", "release"]
    assert reading.covers == ("release:",)


def test_every_draft_says_where_it_stands(events: Events) -> None:
    def placed(draft: Draft) -> bool:
        return draft.place.startswith("events/") and bool(draft.source)

    assert all(placed(d) for d in events(releases=RELEASES).drafts)


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("cuonts.csv", "counts.csv"),
        ("releases.xlsx", "releases.csv"),
        ("decision.csv", "decisions.csv"),
        ("zzz.csv", None),
    ],
)
def test_a_file_that_is_none_of_them_is_told(events: Events, tmp_path: Path, name: str, near: str | None) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / name).write_text("id,kind\nc1,stock\n", encoding="utf-8")
    reading = events(releases=RELEASES)
    (problem,) = reading.problems
    assert problem.file == f"events/{name}"
    assert "nothing was read from it" in problem.what
    assert (f"is it meant to be {near}?" in problem.what) is (near is not None)
    assert "counts.csv" in problem.do
    assert said(reading, "release:BY-2025-12-13")["kind"] == ["release", "release"]


@pytest.mark.parametrize("name", [".counts.csv.swp", "~$counts.xlsx", ".DS_Store", "README.md"])
def test_what_programs_leave_beside_the_files_is_passed_over(events: Events, tmp_path: Path, name: str) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / name).write_text("x", encoding="utf-8")
    assert events(releases=RELEASES).problems == ()


MEASURES = "id,date,authority,action,topic,target,url\nm1,2021-08-09,{authority},{action},{topic},words,https://example.org/a\n"


@pytest.mark.parametrize(
    ("authority", "action", "topic"),
    [
        ("US", "imposed", "potash"),
        ("United States", "Imposed", "Potash"),
        ("ЗША", "уведзена", "калій"),
        ("США", "введено", "калийные удобрения"),
        ("Estados Unidos", "impuesta", "potasa"),
    ],
)
def test_words_of_many_languages_are_read_as_codes(events: Events, authority: str, action: str, topic: str) -> None:
    reading = events(measures=MEASURES.format(authority=authority, action=action, topic=topic))
    assert reading.problems == ()
    told = said(reading, "measure:m1")
    assert (told["authority"], told["action"], told["topic"]) == (["US"], ["imposed"], ["potash"])
    printed = {d.prop: d.original for d in reading.drafts if d.subject == "measure:m1"}
    assert printed["authority"] == (None if authority == "US" else authority)


def test_an_unknown_word_is_a_problem_and_the_record_stays(events: Events) -> None:
    reading = events(measures=MEASURES.format(authority="US", action="imposed", topic="бульба"))
    (problem,) = reading.problems
    assert (problem.row, problem.column, problem.value) == (2, "topic", "бульба")
    assert "not one of: people, potash" in problem.what
    told = said(reading, "measure:m1")
    assert ("topic" in told, told["target"]) == (False, ["words"])


def test_words_of_the_book_stand_for_codes(events: Events) -> None:
    codes = '\n[codes.topic]\n"бульба" = "trade"\n[codes.authority]\n"Вашынгтон" = "US"\n'
    reading = events(measures=MEASURES.format(authority="Вашынгтон", action="imposed", topic="бульба"), codes=codes)
    assert reading.problems == ()
    assert said(reading, "measure:m1")["topic"] == ["trade"]


@pytest.mark.parametrize(
    ("codes", "message"),
    [
        ('[codes.topics]\n"a" = "trade"\n', r"no property of events that holds codes is called 'topics'.*'topic'"),
        ("[codes.topic]\na = 1\n", "write a word and its code a line"),
    ],
)
def test_a_wrong_table_of_codes_is_refused(events: Events, codes: str, message: str) -> None:
    from habeas.errors import BookError

    with pytest.raises(BookError, match=message):
        events(measures=MEASURES, codes=codes)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("c1,stock,2025-01,100,political_prisoners,,,Viasna", "the row says no defined_by and no definition"),
        ("c1,stock,2025-01,100,,,,Viasna", "the row says no population and no flow"),
        ("c1,,2025-01,100,,recognised,,Viasna", "the row says no kind"),
        ("c1,flow,2025-01,,,recognised,,Viasna", "the row says no n"),
    ],
)
def test_a_count_that_lacks_what_it_needs_goes_in_and_is_reported(events: Events, row: str, what: str) -> None:
    header = "id,kind,on,n,population,flow,definition,by,url\n"
    reading = events(counts=f"{header}{row},https://example.org/a\n")
    (problem,) = reading.problems
    assert (problem.what, problem.row) == (what, 2)
    assert said(reading, "count:c1")["by"] == ["Viasna"]


def test_a_body_and_an_act_that_have_no_row_are_reported(events: Events) -> None:
    legs = "id,deal,giver,side,body,measure,url\nl1,BY-2025-12-13,US,relief,nowhere,never,https://example.org/a\n"
    deals = "id,date,title,release,url\nBY-2025-12-13,2025-12-13,An exchange,BY-2025-12-13,https://example.org/a\n"
    reading = events(releases=RELEASES, deals=deals, legs=legs)
    told = [(p.column, p.value, p.do) for p in reading.problems]
    assert told == [
        ("body", "nowhere", "Add it to events/bodies.csv, or correct the id"),
        ("measure", "never", "Add it to events/measures.csv, or correct the id"),
    ]
    assert said(reading, "leg:l1")["measure"] == ["measure:never"], "nothing is lost"


@pytest.mark.parametrize("code", sorted(code for code in Locale.parse("en").territories if code.isalpha()))
def test_the_code_of_a_state_is_one_in_small_letters_too(code: str) -> None:
    if code in ("EZ", "QO", "XA", "XB", "ZZ"):  # which CLDR has, and no state
        with pytest.raises(ValueError, match="no state or body"):
            actor(code)
    else:
        assert actor(code) == code
        assert len(actor(code.lower())) == 2
        assert actor(code.lower()).isupper()


@pytest.mark.parametrize("language", sorted(phrases("dates")))
def test_a_state_is_known_by_its_name_in_every_language_that_lists_are_read_in(language: str) -> None:
    try:
        names = Locale.parse(language.replace("-", "_")).territories
    except (UnknownLocaleError, ValueError):
        return  # CLDR has no names in that form of the language
    for code in ("IR", "BY", "CU"):
        assert actor(names[code]) == code, names[code]


@pytest.mark.parametrize(("name", "code"), [("آمریکا", "US"), ("الولايات المتحدة", "US"), ("Amerika Serikat", "US")])
def test_a_state_is_known_by_the_name_that_the_press_gives_it(name: str, code: str) -> None:
    assert actor(name) == code


def test_no_word_stands_for_two_codes_of_one_property() -> None:
    """Such a word could never be read: it is refused wherever it stands."""
    words = yaml.safe_load(files("habeas.vocabulary").joinpath("codes.yaml").read_text(encoding="utf-8"))["codes"]
    told = {word for some in words.values() for word in some}
    assert len(told) > 100
    for kind in kinds().values():
        for prop in kind.properties.values():
            for word in told if prop.type == "enum" else ():
                assert len([code for code in meant_by(word) if code in prop.of]) <= 1, (kind.name, prop.name, word)


def test_what_holds_several_values_is_not_preferred(events: Events) -> None:
    rows = (
        "what,list_a,key_a,prop,value,confidence,by,on,reason\n"
        "prefer,one,1,nationality,BY,,a person,2026-01-01,seen\n"
        "grade,one,1,nationality,BY,confirmed,a person,2026-01-01,seen\n"
    )
    reading = events(decisions=rows)
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (2, "value")
    assert "nationality holds several values at once" in problem.what
    assert {draft.kind for draft in reading.drafts if draft.prop == "value"} == {"grade"}


@pytest.mark.parametrize(
    ("printed", "code"),
    [("Estados Unidos", "US"), ("República Dominicana", "DO"), ("Santa Sede", "VA"), ("Литва", "LT")],
)
def test_where_somebody_was_taken_is_a_state_in_the_words_of_any_language(printed: str, code: str) -> None:
    assert normal("entry", "taken_to", printed) == code
