"""Each claim recomputed from a small casebook of real facts; the sentences are our own."""

from datetime import date

import pytest

from habeas.nouns import Verdict

S, C, OLD, N = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.OUTDATED, Verdict.NOT_ENOUGH
BELARUS = "This is a report from Belarus. "


def only(found):
    assert len(found) == 1, [(j.claim.quote.text, dict(j.claim.value)) for j in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Minsk set 123 inmates free on 13 December.", S),
        ("On 13 December Belarus released 132 prisoners.", C),
        ("Belarus pardoned more than 100 people on 13 December.", S),
        ("On 11 September 52 political prisoners were released by Belarus.", S),
        ("On 11 September all 52 prisoners crossed into Lithuania from Belarus.", C),
        ("On 11 September 51 prisoners crossed into Lithuania from Belarus.", S),
        ("On 13 December nine journalists were released in Belarus.", N),
        ("Five Ukrainians were freed by Belarus on 13 December.", S),
    ],
)
def test_people_freed(judged, text, verdict):
    assert only(judged(text, "count_released")).verdict is verdict


def test_parts_are_added_up_and_compared(judged):
    found = only(judged(BELARUS + "On the list are 16 men and 14 women, pardoned on 16 August 2024.", "count_released"))
    assert found.verdict is S
    assert found.claim.value["sum"] == 30
    assert any(step.what == "sum of the parts" for step in found.steps)
    assert found.rests_on


def test_a_wrong_part_is_contradicted_where_women_and_men_are_all(judged):
    assert (
        only(
            judged(BELARUS + "On the list are 17 men and 13 women, pardoned on 16 August 2024.", "count_released")
        ).verdict
        is C
    )


def test_a_promise_is_never_contradicted(judged):
    found = only(judged("Belarus will release 132 prisoners on 13 December.", "count_released"))
    assert found.verdict is N
    assert "promise" in found.claim.flags


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("In Belarus 1,227 political prisoners are behind bars.", OLD),
        ("In Belarus more than 1,000 political prisoners remain in jail.", S),
        ("Belarus keeps about 1,200 political prisoners behind bars.", S),
        ("Belarus keeps scores of political prisoners in jail.", C),
        ("In Belarus 4,000 political prisoners remain in jail.", C),
        ("In Belarus 1,300 political prisoners remain in jail.", N),
        ("In Belarus 17 jailed journalists remain in prison.", N),
    ],
)
def test_people_held(judged, text, verdict):
    assert only(judged(text, "count_detained")).at_publication is (S if verdict is OLD else verdict)


def test_an_old_count_is_outdated_today_and_the_other_counts_are_named(judged):
    found = only(judged("In Belarus 1,227 political prisoners are behind bars.", "count_detained"))
    assert found.verdict is OLD
    assert "Viasna" in found.context


def test_no_count_near_the_day_is_said(judged):
    found = only(judged("In Belarus 50 political prisoners are behind bars.", "count_detained", date(2019, 1, 1)))
    assert found.verdict is N
    assert "60 days" in found.why
    assert "published count" in found.missing


@pytest.mark.parametrize(("days", "verdict"), [("1,613", S), ("1,611", S), ("1,808", C)])
def test_days_held_by_the_house_rule(judged, days, verdict):
    found = only(judged(f"Belarus: Ales Bialiatski walked out after {days} days in prison.", "days_held"))
    assert found.verdict is verdict
    assert "1,613" in found.why


def test_days_that_move_with_the_start_are_passed_with_a_note(judged):
    assert (
        "off by 2"
        in only(judged("Belarus: Ales Bialiatski walked out after 1,611 days in prison.", "days_held")).context
    )


def test_days_before_the_release_count_to_publication(judged):
    found = only(judged("Belarus: Ales Bialiatski has now spent 200 days in prison.", "days_held", date(2022, 1, 30)))
    assert found.verdict is S


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Belarus freed 123 people, among them Ales Bialiatski, on 13 December.", S),
        ("Belarus freed 123 people, among them Eduard Palchys, on 13 December.", C),
        ("Missing from the list of 13 December in Belarus is Eduard Palchys.", S),
        ("Missing from the list of 13 December in Belarus is Maria Kalesnikava.", C),
        ("Belarus freed 52 people on 11 September, including Mikalai Statkevich.", OLD),
        ("Belarus freed 123 people, among them Andrei Chapiuk, on 13 December.", N),
    ],
)
def test_membership(judged, text, verdict):
    assert only(judged(text, "membership")).verdict is verdict


def test_somebody_freed_on_a_day_that_is_not_said_is_never_contradicted(judged):
    text = "On 11 September Belarus pardoned 52 people. Ales Bialiatski was freed on the same day as others."
    assert only(judged(text, "membership")).verdict is N


def test_the_eve_of_a_release_is_no_release(judged):
    text = "Rights groups in Belarus counted 1,227 political prisoners on the eve of the release."
    found = only(judged(text, "count_detained"))
    assert (found.at_publication, found.today) == (S, N)  # a count of a past day is not overtaken


def test_numbers_by_where_people_were_taken(judged):
    text = "Belarus freed 123 people on 13 December. Nine were taken to Lithuania and 114 to Ukraine."
    found = judged(text, "count_released")[-1]
    assert found.claim.value["parts"] == {"to_LT": 9, "to_UA": 114}
    assert found.verdict is S


def test_a_list_gives_one_claim_for_each_person(judged):
    found = judged(
        "Belarus freed 123 people on 13 December, including Ales Bialiatski and the musician Maria Kalesnikava.",
        "membership",
    )
    assert [j.claim.value["person"] for j in found] == ["Ales Bialiatski", "Maria Kalesnikava"]


@pytest.mark.parametrize(
    ("text", "published", "verdict"),
    [
        ("In Belarus, Eduard Palchys remains in prison.", date(2025, 12, 14), OLD),
        ("In Belarus, Ales Bialiatski is still behind bars.", date(2026, 1, 10), C),
        ("In Belarus, Andrei Chapiuk remains in prison.", date(2020, 12, 14), S),
        ("In Belarus, Andrei Chapiuk remains in prison.", date(2025, 12, 14), N),
    ],
)
def test_status(judged, text, published, verdict):
    assert only(judged(text, "status_now", published)).verdict is verdict


def test_a_status_that_nothing_later_bears_out_is_not_called_outdated(judged):
    found = only(judged("In Belarus, Andrei Chapiuk remains in prison.", "status_now", date(2020, 12, 14)))
    assert found.today is N


def test_an_unknown_person_gets_no_verdict_and_the_missing_record_is_named(judged):
    found = only(judged("In Belarus, Abcdef Ghijklmn remains in prison.", "status_now"))
    assert found.verdict is N
    assert "no record of Abcdef Ghijklmn" in found.why


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("A court in Belarus sentenced Ales Bialiatski to ten years in a colony.", S),
        ("A court in Belarus sentenced Maria Kalesnikava to 15 years in a colony.", C),
        ("A court in Belarus sentenced Maria Kalesnikava to 12 years in a colony.", N),  # a year off: an amnesty?
        ("A court in Belarus sentenced Andrei Chapiuk to 8 years in a colony.", N),  # one source
        ("In Belarus the charge carries up to 12 years in prison.", N),
    ],
)
def test_sentences(judged, text, verdict):
    assert only(judged(text, "sentence_length")).verdict is verdict


def test_right_but_lifted_in_law_later(judged):
    found = only(
        judged("On 13 December the United States lifted sanctions on potash from Belarus.", "sanctions_measure")
    )
    assert found.verdict is S
    assert found.context.startswith("right, but:")
    assert "2025-12-15: licensed" in found.context
    assert "lifted in law 2026-03-19" in found.context


def test_no_measure_on_record_is_not_enough(judged):
    found = only(judged("On 13 December the EU lifted sanctions on potash from Belarus.", "sanctions_measure"))
    assert found.verdict is N
    assert found.missing


def test_a_deal_and_its_broker(judged):
    text = "Belarus released 123 prisoners on 13 December in exchange for sanctions relief. John Coale brokered the release."
    assert [j.verdict for j in judged(text, "deal")] == [S, S]


@pytest.mark.parametrize(
    ("text", "kind", "verdict"),
    [
        ("Alexander Lukashenko has ruled Belarus for more than 30 years.", "office_tenure", S),
        ("Belarus: Ales Bialiatski got a Nobel Peace Prize in 2022.", "award", S),
        ("Belarus: Ales Bialiatski got a Nobel Peace Prize in 2021.", "award", C),
        ("Belarus: Maria Kalesnikava, 43, is well.", "age", S),
        ("Belarus: Maria Kalesnikava, 55, is well.", "age", C),
        ("Belarus: Maria Kalesnikava was arrested in September 2020.", "date", S),
        ("Belarus: Maria Kalesnikava was arrested in March 2023.", "date", C),  # in custody since 2020
        ("Belarus: Maria Kalesnikava was arrested in March 2019.", "date", N),  # people are arrested more than once
    ],
)
def test_offices_awards_ages_and_dates(judged, text, kind, verdict):
    assert only(judged(text, kind)).verdict is verdict


def test_other_countries_get_no_verdict(check):
    checked = check("Cuba freed 553 prisoners. Havana said that Cuba holds 1,000 more prisoners in jail.")
    assert len(checked.judgements) == 2
    assert {j.verdict for j in checked.judgements} == {N}
    assert "this book covers Belarus" in checked.judgements[0].why


def test_a_question_is_no_claim(judged):
    assert only(judged("Do 4,000 political prisoners remain in jail in Belarus?", "count_detained")).verdict is N


def test_a_list_that_the_record_does_not_follow_makes_nobody_a_member(judged):
    """A list of June names him, the exit on record is September: the sources disagree."""
    for text in (
        "Belarus: Ihar Losik was not among those freed on 21 June 2025.",
        "Belarus: Ihar Losik was freed on 21 June 2025.",
    ):
        found = only(judged(text, "membership"))
        assert found.verdict is N
        assert "2025-09-11" in found.why


def test_two_stretches_are_added_up(judged):
    found = only(judged("Belarus: in all, Ales Bialiatski has spent 2,665 days in prison.", "days_held"))
    assert found.verdict is S
    assert "2,665 in all" in found.why


@pytest.mark.parametrize(
    ("text", "borne_out"),
    [
        (
            "Maria Kalesnikava was born in Belarus on 13 December 2025. Belarus freed 123 people on that day.",
            [False, True],
        ),
        ("An earthquake struck on 13 December 2025. Belarus freed 123 people on 13 December 2025.", [False, True]),
        ("In Belarus Ales Bialiatski was not detained on 14 July 2021.", [False]),
    ],
)
def test_a_day_bears_out_only_what_happened_on_it(judged, text, borne_out):
    assert [j.verdict is S for j in judged(text, "date")] == borne_out


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The US lifted sanctions on potash from Belarus on 13 December 2025.", S),
        ("The US lifted sanctions on 13 December 2025 on Iran, not Belarus.", N),
        ("The US lifted sanctions on potash from Belarus on 12 December 2025.", N),
        ("The US lifted sanctions on the tractor works MTZ in Belarus on 13 December 2025.", N),
    ],
)
def test_a_measure_is_of_its_day_and_its_target(judged, text, verdict):
    assert only(judged(text, "sanctions_measure")).verdict is verdict


def test_a_count_is_not_overtaken_by_somebody_elses(judged):
    """dissident.by counts more people than Viasna: Viasna's later count says nothing of it."""
    found = only(judged("In Belarus 1,336 political prisoners are in prison.", "count_detained", date(2025, 9, 30)))
    assert found.at_publication is S
    assert found.today is N


def test_an_exact_count_that_can_still_hold_is_left_open(judged):
    found = only(judged("In Belarus 1,133 political prisoners are in prison.", "count_detained", date(2025, 12, 23)))
    assert C not in (found.at_publication, found.today)
