"""Who may see what now: restrictions, consents and wishes, through the real ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.answers import as_json, ask
from habeas.cases import fold
from habeas.dates import AsOf
from habeas.ledger import open_ledger
from habeas.nouns import (
    Audience,
    Draft,
    Keeper,
    Links,
    Pair,
    Person,
    Public,
    Question,
    Same,
    Statement,
    Team,
    View,
    Visibility,
    strictest,
)
from tests.answers.conftest import a_book
from tests.ledger.conftest import NOON, a_draft

ONE, OTHER, MAYBE = "entry:list-1:row1", "entry:list-2:row7", "entry:list-3:row9"
ALL = tuple(Visibility)
TODAY = date(2026, 1, 1)
FOLDERS = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40, deadline=None
)


def links() -> Links:
    """Two entries are one person, a third may be."""
    return Links(
        persons=(Person(id="C-1", mentions=(ONE, OTHER)), Person(id="C-2", mentions=(MAYBE,))),
        unsure=(Pair(a=OTHER, b=MAYBE, score=0.6, same=Same.UNSURE, why=()),),
    )


def of(subject: str, /, **said: str) -> list[Draft]:
    """Drafts of one working record; a trailing underscore keeps a Python word apart, `a__b` stands for two values."""
    return [
        Draft(subject=subject, prop=prop.rstrip("_"), value=value, source="person:keeper")
        for prop, values in said.items()
        for value in values.split("__")
    ]


def seen(
    folder: Path,
    drafts: Iterable[Draft],
    audience: type[Audience] = Public,
    *,
    today: date | None = TODAY,
    known: datetime | None = None,
    later: Iterable[Draft] = (),
) -> View[Any]:
    with open_ledger(folder / "ledger.sqlite", create=True, today=today) as ledger:
        ledger.append(drafts, recorded=NOON, recorder="keeper")
        ledger.append(later, recorded=NOON + timedelta(days=30), recorder="keeper")
        return ledger.view(audience, known, who=links)


def values(view: View[Any], subject: str = ONE, prop: str = "name") -> list[str | None]:
    return [s.value for s in view.by_subject[subject] if s.prop == prop]


# --- the most restrictive wins ---------------------------------------------------------------------------------------

WAYS = ("list", "property", "column", "entry", "other entry", "statement", "maybe")


def restriction(way: str, to: Visibility, number: int, statement: Statement) -> list[Draft]:
    target = {
        "list": {"subject": "list:list-1"},
        "property": {"subject": "list:list-1", "prop": statement.prop},
        "column": {"subject": "list:list-1", "column": "printed"},
        "entry": {"subject": ONE},
        "other entry": {"subject": OTHER},
        "maybe": {"subject": MAYBE},
        "statement": {"statement": statement.id},
    }[way]
    return of(f"restriction:r{number}", **target, visibility=to.value)


@FOLDERS
@given(
    st.sampled_from(
        [("name", "Person A"), ("note", "a remark"), ("occupation", "a trade"), ("detained", "2021-02-03")]
    ),
    st.sampled_from(ALL),
    st.lists(st.tuples(st.sampled_from(WAYS), st.sampled_from(ALL)), max_size=4),
)
def test_the_most_restrictive_of_vocabulary_list_column_and_restrictions_wins(
    tmp_path_factory: pytest.TempPathFactory,
    said: tuple[str, str],
    own: Visibility,
    ways: list[tuple[str, Visibility]],
) -> None:
    prop, value = said
    draft = a_draft(value, prop, visibility=own, place="lists/a.csv row 2, column printed", published="2023")
    with open_ledger(tmp_path_factory.mktemp("gate") / "l.sqlite", create=True, today=TODAY) as ledger:
        (statement,) = ledger.append([draft], recorded=NOON, recorder="keeper")
        for number, (way, to) in enumerate(ways):
            ledger.append(restriction(way, to, number, statement), recorded=NOON, recorder="keeper")
        strictest_of_all = strictest(own, *(to for _, to in ways))
        for audience in (Public, Team, Keeper):
            shown = values(ledger.view(audience, who=links), ONE, prop)
            assert shown == [value if strictest_of_all in audience.sees else None]
            assert [s.value for s in ledger.history(audience, links) if s.subject == ONE] == shown


def test_a_birth_year_is_not_shown_of_somebody_restricted(tmp_path: Path) -> None:
    born = a_draft("1962-09-25", "born", visibility=Visibility.TEAM)
    assert values(seen(tmp_path, [born]), prop="born") == ["1962"]
    other = tmp_path / "other"
    other.mkdir()
    view = seen(other, [born, *of("restriction:r", subject=ONE, visibility="team")])
    assert values(view, prop="born") == [None]


def test_a_restricted_alias_is_kept_back_whoever_says_it(tmp_path: Path) -> None:
    drafts = [a_draft("Person Alphaev"), a_draft("Hidden Betaev"), a_draft("Betaev Hidden", subject=OTHER)]
    drafts += [a_draft("hidden  betaev", subject=OTHER, source="source:9"), a_draft("Хидден Бетаев", subject=OTHER)]
    fact = [a_draft("office", "kind", subject="fact:f"), a_draft("Hidden Betaev", "person", subject="fact:f")]
    fact += [a_draft("met Betaev Hidden there", "what", subject="fact:f")]
    with open_ledger(tmp_path / "l.sqlite", create=True, today=TODAY) as ledger:
        said = ledger.append([*drafts, *fact], recorded=NOON, recorder="k")
        ledger.append(of("restriction:r", statement=said[1].id, visibility="team"), recorded=NOON, recorder="k")
        view, kept_back = ledger.view(Public, who=links), ledger.kept_back(links)
    assert values(view) == [None, "Person Alphaev"]
    assert values(view, OTHER) == [None, None, "Betaev Hidden"]
    assert [values(view, "fact:f", p) for p in ("kind", "person", "what")] == [["office"], [None], [None]]
    assert kept_back("It was said that Betaev, Hidden came.")
    assert kept_back("https://example.org/people/hidden-betaev/")
    assert not kept_back("Person Alphaev came.")


def test_working_records_are_not_even_an_empty_place_for_the_public(tmp_path: Path) -> None:
    drafts = [
        a_draft(),
        *of("consent:c", entry=ONE, by="relative", scope="name"),
        *of("restriction:r", subject="list:x"),
    ]
    assert [s.subject for s in seen(tmp_path, drafts).statements] == [ONE]


def test_a_view_that_does_not_know_who_is_who_is_refused(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "l.sqlite", create=True) as ledger:
        ledger.append([a_draft(), *of("publicity:p", entry=ONE, wish="does_not_want")], recorded=NOON, recorder="k")
        with pytest.raises(ValueError, match="who is who"):
            ledger.view(Public)
        assert values(ledger.view(Team)) == ["Person A"]


# --- sources ---------------------------------------------------------------------------------------------------------


def sourced() -> list[Draft]:
    url = "https://example.org/secret-page"
    return [
        a_draft(url, "url", subject="source:1"),
        a_draft("A publisher", "publisher", subject="source:1"),
        a_draft("relative", "pseudonym", subject="source:1", source="person:keeper"),
        a_draft(url, "url", subject="list:list-1"),
        a_draft("A publisher", "publisher", subject="list:list-1"),
        a_draft("a list", "covers_group", subject="list:list-1"),
        a_draft("2021-02-03", "detained", original="third of February", place="lists/a.csv row 2", published="2023-01"),
        a_draft(f"as {url}#part says", "note", subject="deal:BY-2025-01-01", source="source:2"),
    ]


def test_a_restricted_source_is_shown_by_its_class_only(tmp_path: Path) -> None:
    view = seen(tmp_path, [*sourced(), *of("restriction:r", subject="source:1", visibility="team")])
    assert {s.prop: s.value for s in view.by_subject["source:1"]} == {
        "url": None,
        "publisher": None,
        "pseudonym": "relative",
    }
    assert sorted(s.value or "" for s in view.by_subject["list:list-1"]) == ["", "", "a list"]
    (detained,) = view.by_subject[ONE]
    assert (detained.value, detained.original, detained.place, detained.published) == ("2021-02-03", None, "", None)
    assert values(view, "deal:BY-2025-01-01", "note") == [None]
    case = fold(view, links(), a_book(tmp_path))
    assert (case.sources["source:1"].publisher, case.sources["source:1"].url) == ("relative", "")


def test_what_a_restricted_source_says_can_be_kept_back_too(tmp_path: Path) -> None:
    drafts = [*sourced(), *of("restriction:r", subject="source:1", visibility="team", content="true")]
    assert values(seen(tmp_path, drafts), prop="detained") == [None]


def test_the_class_of_a_source_that_is_public_is_not_told(tmp_path: Path) -> None:
    view = seen(tmp_path, sourced())
    assert {s.prop: s.value for s in view.by_subject["source:1"]} == {
        "url": "https://example.org/secret-page",
        "publisher": "A publisher",
        "pseudonym": None,
    }


def test_sources_of_nobody_else_go_with_a_person_kept_back(tmp_path: Path) -> None:
    drafts = [
        a_draft("https://example.org/persons/17", "url", subject="source:own"),
        a_draft("https://example.org/all", "url", subject="source:all"),
        a_draft(source="source:own"),
        a_draft("2021-02-03", "detained", source="source:own"),
        a_draft("2021-02-03", "detained", source="source:all"),
        a_draft("Person B", subject="entry:list-1:row2", source="source:all"),
        *of("publicity:p", entry=ONE, wish="does_not_want"),
    ]
    view = seen(tmp_path, drafts)
    assert values(view, "source:own", "url") == [None]
    assert values(view, "source:all", "url") == ["https://example.org/all"]
    assert {s.source for s in view.by_subject[ONE] if s.value is not None} == {"list:list-1"}


# --- wishes ----------------------------------------------------------------------------------------------------------


def life(*more: Draft) -> list[Draft]:
    return [
        a_draft("Person Alphaev"),
        a_draft("a trade", "occupation"),
        a_draft("2021-02-03", "detained"),
        a_draft("Alphaev Person", subject=OTHER),
        a_draft("Person Alphaeu", subject=MAYBE),
        *more,
    ]


def test_who_wants_no_publicity_stays_in_counts_without_name_and_life(tmp_path: Path) -> None:
    view = seen(tmp_path, life(*of("publicity:p", entry=OTHER, wish="does_not_want", on="2025")))
    assert [values(view), values(view, OTHER), values(view, MAYBE)] == [[None], [None], [None]]
    assert (values(view, prop="occupation"), values(view, prop="detained")) == ([None], ["2021-02-03"])
    case = fold(view, links(), a_book(tmp_path)).cases["C-1"]
    assert (case.label, case.names, len(case.spells)) == ("C-1", (), 1)


@pytest.mark.parametrize(
    ("wishes", "named"),
    [
        ([("wants", "2025-01"), ("does_not_want", "2024-01")], True),
        ([("does_not_want", "2025-01"), ("wants", "2024-01")], False),
        ([("does_not_want", "2025-01-02"), ("wants", "2025-01-02")], False),
        ([("does_not_want", "2025-01"), ("wants", "2027-01")], False),  # not yet
        ([("wants", "2025-01"), ("does_not_want", "2027-01")], False),
        ([("unknown", "2025-01")], True),
        ([("only_after_release", "2025-01")], False),
    ],
)
def test_the_latest_wish_holds(tmp_path: Path, wishes: list[tuple[str, str]], named: bool) -> None:
    records = [d for n, (wish, on) in enumerate(wishes) for d in of(f"publicity:p{n}", entry=ONE, wish=wish, on=on)]
    assert values(seen(tmp_path, life(*records))) == ["Person Alphaev" if named else None]


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ([("released", "2025-12-13")], True),
        ([("released", "../2025-12-13")], True),
        ([("released", "2026-06-01")], False),  # not yet
        ([("released", "2025-12")], True),
        ([("released", "2025-12-13"), ("held_on", "2025-12-20")], False),
        ([("released", "2025-12-13"), ("returned", "2025-12-30")], False),
        ([("died", "2025-12-13")], False),
    ],
)
def test_only_after_release(tmp_path: Path, more: list[tuple[str, str]], named: bool) -> None:
    said = [a_draft(value, prop, subject=OTHER) for prop, value in more]
    view = seen(tmp_path, life(*said, *of("publicity:p", entry=ONE, wish="only_after_release", on="2025")))
    assert values(view) == ["Person Alphaev" if named else None]


# --- consent ---------------------------------------------------------------------------------------------------------


def ill(**record: str) -> list[Draft]:
    said = [a_draft("an illness", "health", published="2025"), a_draft("Person A")]
    return [*said, *(of("consent:c", entry=ONE, by="subject", **record) if record else ())]


@pytest.mark.parametrize(
    ("record", "shown"),
    [
        ({}, False),
        ({"scope": "name"}, False),
        ({"scope": "health"}, True),
        ({"scope": "name__health", "from_": "2025-01-01"}, True),
        ({"scope": "health", "from_": "2026-02"}, False),
        ({"scope": "health", "until": "2026-01-01"}, True),
        ({"scope": "health", "until": "2025-12-31"}, False),
        ({"scope": "health", "until": "2026"}, True),
        ({"scope": "health", "withdrawn": "2025-12-31"}, False),
        ({"scope": "health", "withdrawn": "2026"}, False),  # perhaps already
    ],
)
def test_missing_consent_is_not_yes(tmp_path: Path, record: dict[str, str], shown: bool) -> None:
    assert values(seen(tmp_path, ill(**record)), prop="health") == ["an illness" if shown else None]


def test_without_a_clock_a_consent_with_an_end_holds_no_more(tmp_path: Path) -> None:
    assert values(seen(tmp_path, ill(scope="health", until="2030"), today=None), prop="health") == [None]


def test_a_name_on_a_list_that_nobody_published_needs_consent(tmp_path: Path) -> None:
    own = a_draft("Person A", source="list:list-1")
    assert values(seen(tmp_path, [own])) == [None]
    for name, more in (("a", [a_draft("Person A", source="list:list-1", published="2023")]), ("b", ill(scope="name"))):
        (tmp_path / name).mkdir()
        assert values(seen(tmp_path / name, [*more])) == ["Person A"]


RECORDS = st.lists(
    st.tuples(
        st.sampled_from([ONE, OTHER]),
        st.sampled_from(["2025-01-01", "2025-12-31", "2026-01-20", "2026-03-01", ""]),  # until
        st.sampled_from(["2025-06-01", "2026-01-25", "2026-03-01", "", ""]),  # withdrawn
        st.booleans(),  # recorded later
    ),
    min_size=1,
    max_size=3,
)


@FOLDERS
@given(RECORDS, st.sampled_from([NOON, NOON + timedelta(days=10), NOON + timedelta(days=60), None]))
def test_publishing_reads_consent_as_of_now_whatever_instant_is_asked_for(
    tmp_path_factory: pytest.TempPathFactory, records: list[tuple[str, str, str, bool]], known: datetime | None
) -> None:
    today = date(2026, 2, 1)
    first, later, holds = life(), [], False
    for number, (entry, until, withdrawn, late) in enumerate(records):
        said = {"until": until, "withdrawn": withdrawn}
        record = of(f"consent:c{number}", entry=entry, scope="name", **{k: v for k, v in said.items() if v})
        (later if late else first).extend(record)
        holds |= (not until or today.isoformat() <= until) and not (withdrawn and withdrawn <= today.isoformat())
    view = seen(tmp_path_factory.mktemp("now"), first, today=today, known=known, later=later)
    assert values(view) == ["Person Alphaev" if holds else None]
    assert values(view, MAYBE) == ["Person Alphaeu" if holds else None]


# --- nothing restricted has a say in what the public reads -----------------------------------------------------------

HIDDEN_PROPS = st.sampled_from(
    ["detained", "released", "held_on", "recognised", "sentence", "release_kind", "taken_to", "sex", "occupation"]
)
VALUE = {
    "sentence": ["P2Y", "P9Y"],
    "release_kind": ["pardoned", "swapped"],
    "sex": ["female", "male"],
    "taken_to": ["LT", "PL"],
    "occupation": ["one", "other"],
}


@FOLDERS
@given(st.lists(st.tuples(HIDDEN_PROPS, st.sampled_from(["sealed", "wish", "entry"])), min_size=1, max_size=4))
def test_restricted_values_have_no_say_in_any_public_answer(
    tmp_path_factory: pytest.TempPathFactory, hidden: list[tuple[str, str]]
) -> None:
    """Two records that differ in restricted values alone give the same public answers: no cell can tell them apart."""
    told = []
    for choice in (0, 1):
        drafts = [
            a_draft("2020/2025", "covers_period", subject="list:list-1"),
            a_draft("2022-01-02", "detained", subject="entry:list-1:row2"),
            a_draft("2024-05-06", "released", subject="entry:list-1:row2"),
            a_draft("pardoned", "release_kind", subject="entry:list-1:row2"),
            a_draft("2021-02-03", "detained", subject=MAYBE),
        ]
        for number, (prop, way) in enumerate(hidden):
            value = VALUE.get(prop, ["2021-03-04", "2024-05-20"])[choice]
            counted = way == "wish" and prop in ("detained", "released", "held_on", "recognised", "sentence")
            visibility = Visibility.SEALED if way == "sealed" or counted else Visibility.PUBLIC
            drafts.append(a_draft(value, prop, visibility=visibility))
            if way == "wish":
                drafts += of(f"publicity:p{number}", entry=ONE, wish="does_not_want")
            elif way == "entry":
                drafts += of(f"restriction:r{number}", subject=ONE, visibility="team")
        view = seen(tmp_path_factory.mktemp("same"), drafts)
        people = Links(persons=(*links().persons, Person(id="C-3", mentions=("entry:list-1:row2",))), unsure=())
        cases = fold(view, people, a_book(tmp_path_factory.mktemp("book")))
        ids = {s.id: f"s{number}" for number, s in enumerate(view.statements)}
        questions = [("inside", {}), ("flows", {"by": "month"}), ("flows", {"by": "year"}), ("case", {"name": "C-1"})]
        found = [
            as_json(ask(cases, Question(ask=q, as_of=AsOf(date(2024, 6, 1)), args=args)), cases)
            for q, args in questions
        ]
        text = repr([{k: v for k, v in one.items() if k != "question"} for one in found])
        for identifier, number in ids.items():
            text = text.replace(identifier, number)
        told.append(text)
    assert told[0] == told[1]
