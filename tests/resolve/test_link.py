from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.nouns import Same
from habeas.resolve import Linking, mentions
from tests.resolve.conftest import case_id, decision, entry, groups, linked, published, view

BE = entry("viasna", "Алесь Бяляцкі", detained="2021-07-14")
EN = entry("pen", "Ales Bialiatski")
PL = entry("pap", "Aleś Bialacki")
OTHER = entry("viasna", "Мікола Статкевіч")


def test_one_person_across_scripts() -> None:
    found = linked([BE, EN, PL, OTHER])
    assert groups(found) == {frozenset({BE[0], EN[0], PL[0]}), frozenset({OTHER[0]})}
    assert found.unsure == ()
    assert found.problems == ()


def test_mentions_keep_the_order_of_the_record() -> None:
    found = mentions(view([EN, BE]))
    assert [m.id for m in found] == [EN[0], BE[0]]
    assert found[1].list_id == "viasna"
    assert [n.text for n in found[1].names] == ["Алесь Бяляцкі"]


def test_an_entry_without_a_visible_name_is_a_person_of_its_own() -> None:
    nameless = ("entry:viasna:zzzzzzzz", [("list", "list:viasna")])
    assert frozenset({nameless[0]}) in groups(linked([BE, nameless]))


def test_surname_only_is_unsure_and_says_why() -> None:
    half = entry("telegram", "Бяляцкі")
    found = linked([BE, half])
    assert len(found.persons) == 2
    assert found.unsure[0].same is Same.UNSURE
    assert "one of the two has no given name" in found.unsure[0].why


def test_relatives_are_two_people() -> None:
    found = linked([entry("a", "Ihar Losik"), entry("b", "Viktar Losik"), entry("c", "Darya Losik")])
    assert len(found.persons) == 3
    assert found.unsure == ()


def test_a_contradicting_birth_outweighs_the_name() -> None:
    found = linked([entry("a", "Person Alpha", born="1962-09-25"), entry("b", "Person Alpha", born="1985")])
    assert len(found.persons) == 2
    assert found.unsure == ()


def test_a_birth_year_next_door_is_a_doubt() -> None:
    found = linked([entry("a", "Person Alpha", born="1962"), entry("b", "Person Alpha", born="1963")])
    assert len(found.persons) == 2
    assert any("birth 1962 is near 1963" in why for why in found.unsure[0].why)


def test_birth_agrees_at_the_precision_given() -> None:
    found = linked([entry("a", "Person Alpha", born="1962-09-25"), entry("b", "Person Alpha", born="1962")])
    assert len(found.persons) == 1


def test_a_birth_date_that_agrees_helps_a_name_that_is_less_sure() -> None:
    one, two = entry("a", "Leigh Knight", born="1952-07-23"), entry("b", "Ли Найт", born="1952-07-23")
    assert len(linked([one, two]).persons) == 1
    assert len(linked([entry("a", "Leigh Knight"), entry("b", "Ли Найт")]).persons) == 2


def test_twins_and_namesakes_born_alike_stay_apart() -> None:
    twins = [entry("a", "Ihar Losik", born="1992-05-20"), entry("b", "Viktar Losik", born="1992-05-20")]
    assert len(linked(twins).persons) == 2
    fathers = [
        entry("a", "Сергей Николаевич Бохан", born="1980-01-02"),
        entry("b", "Сергей Иванович Бохан", born="1980-01-02"),
    ]
    assert len(linked(fathers).persons) == 2


def test_two_arrests_under_one_name_are_for_somebody_to_look_at() -> None:
    """They may be two of that name; where the birth agrees too, they are one, arrested twice."""

    arrests = ("Мікола Статкевіч", "2010-12-19"), ("Nikolai Statkevich", "2020-05-31")
    alone = linked([entry(day, name, detained=day) for name, day in arrests])
    assert len(alone.persons) == 2
    assert "a second arrest, or another person" in " ".join(alone.unsure[0].why)
    assert len(linked([entry(day, name, detained=day, born="1956-08-12") for name, day in arrests]).persons) == 1


def test_a_decision_holds_for_all_rows_of_the_two() -> None:
    """One row of a case is named in it; the others of that case do not part from it, whatever they contradict."""
    rows = [
        entry("a", "Elchin Mammadov", key="1", born="1980", detained="2021-03-01"),
        entry("b", "Elçin Məmmədov", key="2", born="1980", detained="2021-03-01"),
        entry("c", "Elchin Mammadov", key="3", born="1990", detained="2022-08-05"),
    ]
    assert len(linked(rows).persons) == 2
    for one in rows[:2]:
        assert len(linked([*rows, decision(one[0], rows[2][0], "same")]).persons) == 1


def test_two_rows_of_one_list_are_two_people() -> None:
    rows = [entry("a", "Person Alpha", key="1"), entry("a", "Person Alpha", key="2")]
    found = linked(rows)
    assert len(found.persons) == 2
    assert "two rows of one list" in " ".join(found.unsure[0].why)


def test_two_rows_of_one_list_alike_in_all_are_one() -> None:
    rows = [entry("a", "Person Alpha", key=key, born="1962-09-25") for key in ("1", "2")]
    assert len(linked(rows).persons) == 1


def test_a_corrected_row_is_the_same_person_as_the_row_that_left() -> None:
    rows = [entry("a", "Ихар Лосик", key="1", absent_since="2022-01-01"), entry("a", "Ihar Losik", key="2")]
    assert len(linked(rows).persons) == 1


def test_a_name_that_fits_two_known_people_is_left_open() -> None:
    first = entry("a", "Person Alpha", key="1", born="1962")
    second = entry("a", "Person Alpha", key="2", born="1985")
    third = entry("b", "Person Alpha")
    found = linked([first, second, third])
    assert len(found.persons) == 3
    open_pairs = {frozenset({p.a, p.b}) for p in found.unsure}
    assert {frozenset({first[0], third[0]}), frozenset({second[0], third[0]})} <= open_pairs
    told = entry("b", "Person Alpha", born="1985")
    assert frozenset({second[0], told[0]}) in groups(linked([first, second, told]))


def test_names_only_alike_are_not_one_because_a_word_is_rare_in_the_book() -> None:
    """Two of those freed in Cuba in January 2025; in no list is there another García."""
    first, other, again = (
        entry("a", "José Daniel Ferrer García"),
        entry("b", "Dariel Cruz García"),
        entry("c", "Dariel Cruz García"),
    )
    found = linked([first, other, again])
    assert groups(found) == {frozenset({first[0]}), frozenset({other[0], again[0]})}


def test_the_same_name_goes_before_one_that_is_alike() -> None:
    """Two sisters; the row of another list goes to the one whose name it has."""
    sisters = [entry("a", "Lisdani Rodríguez Isaac"), entry("a", "Lisdiani Rodríguez Isaac")]
    found = groups(linked([*sisters, entry("b", "Lisdani Rodríguez Isaac")]))
    assert {len(one) for one in found} == {1, 2}
    assert frozenset({sisters[0][0], entry("b", "Lisdani Rodríguez Isaac")[0]}) in found


def test_a_double_name_joins_both_surnames() -> None:
    rows = [
        entry("a", "Екатерина Андреева"),
        entry("b", "Katsiaryna Andreyeva (Bakhvalava)"),
        entry("c", "Кацярына Бахвалава"),
    ]
    assert len(linked(rows).persons) == 1


def test_a_list_in_the_genitive_is_read_as_one() -> None:
    rows = [
        entry("gen", "Андрэя Фаміна"), entry("gen", "Марыны Золатавай"), entry("gen", "Ігара Карнея"),
        entry("gen", "Івана Замятіна"), entry("nom", "Иван Замятин"),
    ]  # fmt: skip
    assert frozenset({rows[3][0], rows[4][0]}) in groups(linked(rows))


def test_a_person_decides_same() -> None:
    a, b = entry("a", "Marfa Rabkova"), entry("b", "Maria Rabkova")
    assert len(linked([a, b]).persons) == 2
    assert len(linked([a, b, decision(a[0], b[0], "same", reason="one prisoner, two spellings")]).persons) == 1


def test_a_person_decides_different_and_it_holds_through_others() -> None:
    apart = decision(BE[0], EN[0], "different", by="keeper")
    found = linked([BE, EN, PL, apart])
    assert not any({BE[0], EN[0]} <= group for group in groups(found))
    assert not any({p.a, p.b} == {BE[0], EN[0]} for p in found.unsure)


def test_a_person_decides_unsure() -> None:
    found = linked([BE, EN, decision(BE[0], EN[0], "unsure", by="keeper", on="2026-01-02")])
    assert len(found.persons) == 2
    assert found.unsure[0].decision is not None
    assert found.unsure[0].why == ("decided: unsure, by keeper, 2026-01-02",)


def test_the_latest_decision_on_a_pair_counts() -> None:
    rows = [BE, EN, decision(BE[0], EN[0], "different"), decision(EN[0], BE[0], "same")]
    assert len(linked(rows).persons) == 1


def test_decisions_that_cannot_all_hold_are_a_problem() -> None:
    rows = [
        BE, EN, PL, decision(BE[0], EN[0], "same"), decision(EN[0], PL[0], "same"), decision(BE[0], PL[0], "different"),
    ]  # fmt: skip
    found = linked(rows)
    assert not any({BE[0], PL[0]} <= group for group in groups(found))
    assert "contradict" in found.problems[0].what


def test_a_decision_on_an_unknown_entry_is_a_problem() -> None:
    found = linked([BE, decision(BE[0], "entry:gone:00000000", "same")])
    assert found.problems[0].value == "entry:gone:00000000"


def test_a_case_keeps_its_id_when_mentions_arrive() -> None:
    days = [published("viasna", "2021-07-20"), published("pen", "2021-08"), published("pap", "2022")]
    before, after = linked([BE, OTHER, *days]), linked([BE, OTHER, EN, PL, *days])
    assert {p.id for p in before.persons} <= {p.id for p in after.persons}
    (found,) = (p for p in after.persons if BE[0] in p.mentions)
    assert found.id == case_id(BE[0])


ROWS = [
    BE, EN, PL, OTHER, entry("pap", "Mikoła Statkiewicz"), entry("a", "Ihar Losik"), entry("b", "Viktar Losik"),
    entry("c", "Ігар Лосік"), entry("d", "Лосік"), entry("a", "Person Alpha", key="1", born="1962"),
    entry("a", "Person Alpha", key="2", born="1985"), entry("b", "Person Alpha"),
    entry("c", "Person Alpha", born="1985-02-03"), decision(BE[0], PL[0], "different"),
]  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_leaves_the_persons_unchanged(chance: random.Random) -> None:
    rows = list(ROWS)
    chance.shuffle(rows)
    straight, shuffled = linked(ROWS), linked(rows)
    assert groups(straight) == groups(shuffled)
    assert straight.unsure == shuffled.unsure


def test_a_decision_lends_names_so_that_later_mentions_find_their_person() -> None:
    """Frontline printed Maria for Marfa Rabkova: once decided, the misprint keeps no other mention away."""
    misprint = entry("frontline", "Maria Rabkova", detained="2020-09-17")
    marfa = entry("press", "Marfa Rabkova", detained="2020-09-17")
    later = entry("hrw", "Marfa Rabkova")
    assert len(linked([misprint, marfa, later]).persons) == 2
    found = linked([misprint, marfa, later, decision(misprint[0], marfa[0], "same")])
    assert groups(found) == {frozenset({misprint[0], marfa[0], later[0]})}
    assert found.unsure == ()


def numbered(list_id: str, name: str, number: str, **values: str) -> tuple[str, list[tuple[str, str]]]:
    """A row of a list that numbers its people."""
    subject, said = entry(list_id, name, key=number, **values)
    return subject, [*said, ("key", number)]


EDITION = ("list:b", [("edition_of", "list:a")])


def test_one_number_in_two_editions_of_a_list_is_one_person() -> None:
    """Also under another surname, married or misprinted; a name that has nothing of the other is asked about."""
    before, after = numbered("a", "Specimen Kavalenka", "V-112"), numbered("b", "Specimen Kaliada", "V-112")
    assert len(linked([before, after]).persons) == 2  # two lists that may number as they like
    assert len(linked([EDITION, before, after]).persons) == 1
    stranger = numbered("b", "Марыя Жук", "V-112")
    (pair,) = linked([EDITION, before, stranger]).unsure
    assert "one number in both editions" in pair.why


def test_two_numbers_in_two_editions_of_a_list_are_two_people() -> None:
    rows = [numbered("a", "Person Alpha", "V-112"), numbered("b", "Person Alpha", "V-115")]
    assert len(linked(rows).persons) == 1
    found = linked([EDITION, *rows])
    assert len(found.persons) == 2
    assert "two numbers of one list" in found.unsure[0].why


def test_a_list_that_merged_two_numbers_is_followed() -> None:
    """The row of one number left the list: its person may be there under the other."""
    rows = [numbered("a", "Person Alpha", "V-112", absent_since="2024-01-01"), numbered("a", "Person Alpha", "V-115")]
    assert len(linked(rows).persons) == 1


def test_a_key_made_of_the_name_is_no_number() -> None:
    rows = [numbered("a", "Person Alpha", "Person Alpha 1"), numbered("b", "Person Alpha", "Person Alpha 2")]
    assert len(linked([EDITION, *rows]).persons) == 1


def test_home_is_evidence_across_scripts_and_said() -> None:
    half = {where: entry("b", "Бяляцкі", home=where) for where in ("Hrodna", "Мінск")}
    scores = {}
    for where, row in half.items():
        (pair,) = linked([entry("a", "Алесь Бяляцкі", home="Гродно"), row]).unsure
        scores[where] = pair.score
        assert pair.why[-1] == ("home Гродно agrees with Hrodna" if where == "Hrodna" else "home Гродно is not Мінск")
    assert scores["Hrodna"] > scores["Мінск"]


def test_two_people_of_a_common_name_stay_apart_where_nothing_else_agrees() -> None:
    """Among many of one name, a name alone does not say which of them it is; a birth date does."""
    many = [entry(f"list{n}", "Иван Иванов", born=f"{1950 + n}-01-02") for n in range(0, 40, 2)]
    late = [entry("late", "Иван Иванов"), entry("later", "Ivan Ivanov", born="1956-01-02")]
    found = groups(linked([*many, *late]))
    assert frozenset({late[0][0]}) in found
    assert frozenset({many[3][0], late[1][0]}) in found


@pytest.mark.parametrize(
    "name", ["王伟", "Mohammad Ahmadi", "محمد أحمد علي", "Elchin Mammadov", "Juan González", "Иван Иванов"]
)
def test_a_name_that_many_bear_is_alone_no_sign_of_one_person(name: str) -> None:
    """However rare it is in a book of two lists; where a day or a home agrees too, it is."""
    (pair,) = linked([entry("a", name), entry("b", name)]).unsure
    assert pair.why[-1] == "others may bear so common a name, and nothing else agrees"
    for prop, value in (("born", "1979-03-02"), ("detained", "2021-05-04"), ("home", "Yangon")):
        assert len(linked([entry("a", name, **{prop: value}), entry("b", name, **{prop: value})]).persons) == 1


@pytest.mark.parametrize("name", ["刘晓波", "Narges Mohammadi", "Phạm Đoan Trang", "Алесь Бяляцкі"])
def test_a_name_that_few_bear_is(name: str) -> None:
    assert len(linked([entry("a", name), entry("b", name)]).persons) == 1


def odds(*rows: tuple[str, list[tuple[str, str]]]) -> float:
    """How likely the two persons of the rows are one, log2; an error where nothing is told of it."""
    ((_, _, found),) = linked(rows).chances
    return found


def test_how_likely_two_are_one_is_told_whatever_is_done_about_it() -> None:
    one, brother = entry("a", "Ivan Kazlou", born="1962", sex="male"), entry("b", "Ihar Kazlou")
    assert odds(one, entry("b", "Ivan Kazlou", born="1963")) > -3
    assert linked([one, brother]).unsure == ()
    assert -6.6 <= odds(one, brother) < -3, "below the line of the unsure it is told too"
    assert linked([one, entry("b", "Ivan Kazlou", born="1962")]).chances == (), "who is one person is not open"


def test_a_list_seldom_has_somebody_twice() -> None:
    twice = entry("a", "Person Alpha", key="1"), entry("a", "Person Alpha", key="2")
    other = entry("a", "Person Alpha", born="1962"), entry("b", "Person Alpha", born="1963")
    assert all(one < odds(*other) - 3 for _, _, one in linked(twice).chances)


def test_what_a_person_decided_is_how_likely_it_is() -> None:
    one, two = entry("a", "Person Alpha", born="1962"), entry("b", "Person Alpha", born="1963")
    assert linked([one, two, decision(one[0], two[0], "different")]).chances == ()
    assert odds(one, two, decision(one[0], two[0], "unsure")) == 1.58  # three to one


ROWS = [BE, EN, PL, OTHER, entry("telegram", "Бяляцкі"), entry("pen", "Mikalai Statkevich"), entry("pap", "Mikoła Statkiewicz"),
        entry("x", "Person Alpha", born="1962-09-25"), entry("y", "Person Alpha", born="1962"), entry("z", "Alpha Person"),
        entry("y", "Somebody Else")]  # fmt: skip
PAIR = st.tuples(st.sampled_from(ROWS), st.sampled_from(ROWS), st.sampled_from([s.value for s in Same]))


@settings(deadline=None)
@given(st.lists(st.one_of(PAIR.map(lambda p: decision(p[0][0], p[1][0], p[2])), st.just(entry("new", "Ales Bialiatski"))),
                max_size=6, unique_by=lambda row: row[0]))  # fmt: skip
def test_what_is_kept_between_two_views_changes_nothing(said: list[tuple[str, list[tuple[str, str]]]]) -> None:
    """One more decision or entry at a time, and then all taken back: as if linked for the first time."""
    kept = Linking(case_id)
    for n in [*range(len(said) + 1), 0]:
        rows = view([*ROWS, *said[:n]])
        assert kept(rows) == Linking(case_id)(rows)
