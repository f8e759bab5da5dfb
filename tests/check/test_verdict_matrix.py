"""Every kind of claim with every verdict it can have, and none called wrong where the record is unsure."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.check import check_article, read_article
from habeas.dates import PartialDate
from habeas.nouns import Fact, FigureKind, Group, Said, Verdict
from tests.check import plain_truths, plain_truths_of_languages
from tests.check.conftest import Shelf
from tests.check.plain_truths_of_languages import HEAD

S, C, OLD, N = Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.OUTDATED, Verdict.NOT_ENOUGH
EVE, SPRING, SUMMER = date(2025, 12, 20), date(2026, 3, 19), date(2025, 6, 22)
TODAY = date(2026, 4, 10)
REPORT = "This is a report from Belarus.\n"

# (day of publication, text, kind, verdict, what the context or the missing thing has to say)
MATRIX = [
    (EVE, "On 13 December 2025 Belarus freed 123 people.", "count_released", S, ""),
    (EVE, "On 13 December 2025 Belarus freed 132 people.", "count_released", C, ""),
    (EVE, "On 13 December 2025 Belarus freed 114 people.", "count_released", S, "announced: 123"),
    (EVE, "On 13 December 2025 Belarus freed 40 people.", "count_released", N, "which people the number counts"),
    (EVE, "Belarus freed Ales Bialiatski and 122 other prisoners on 13 December 2025.", "count_released", S, ""),
    (EVE, "Belarus has released hundreds of prisoners since August 2024.", "count_released", S, ""),
    (EVE, "In Belarus 1,135 political prisoners remain in prison.", "count_detained", S, ""),
    (date(2025, 12, 12), "In Belarus 1,227 political prisoners remain in prison.", "count_detained", OLD, "Viasna"),
    (EVE, "In Belarus 4,000 political prisoners remain in prison.", "count_detained", C, ""),
    (EVE, "In Belarus 1,300 political prisoners remain in prison.", "count_detained", N, "the count that the text relies on"),
    (EVE, "Belarus freed 123 people on 13 December 2025, among them Maksim Znak.", "membership", S, ""),
    (EVE, "Belarus freed 123 people on 13 December 2025, among them Eduard Palchys.", "membership", C, ""),
    (EVE, "Belarus freed 123 people on 13 December 2025, among them Andrei Chapiuk.", "membership", N, "a full list"),
    (date(2025, 9, 12), "On 11 September 2025 Belarus freed 52 people, among them Mikalai Statkevich.", "membership", OLD, "not free"),
    (EVE, "Eduard Palchys is still in prison.", "status_now", OLD, ""),
    (EVE, "Maria Kalesnikava is still in prison.", "status_now", C, ""),
    (SPRING, "Ales Bialiatski won the Nobel Peace Prize in 2022 while behind bars.", "status_now", S, ""),
    (EVE, "Andrei Chapiuk is still in prison.", "status_now", N, "a source on Andrei Chapiuk"),
    (EVE, "Ales Bialiatski spent 1,613 days in prison.", "days_held", S, ""),
    (EVE, "Ales Bialiatski spent 1,611 days in prison.", "days_held", S, "off by 2"),
    (EVE, "Maria Kalesnikava spent 1,808 days in prison.", "days_held", C, ""),
    (EVE, "Maria Kalesnikava spent 1,910 days in prison.", "days_held", N, "exact dates"),
    (EVE, "Viktar Babaryka spent more than five years in prison.", "duration", S, ""),
    (EVE, "Viktar Babaryka spent two years in prison.", "duration", N, "the dates of Viktar Babaryka"),
    (EVE, "Maksim Znak was sentenced to 10 years in prison.", "sentence_length", S, ""),
    (EVE, "Maria Kalesnikava was sentenced to 13 years in prison.", "sentence_length", C, ""),
    (EVE, "Maria Kalesnikava was sentenced to 12 years in prison.", "sentence_length", N, "the verdict that the text means"),
    (EVE, "Maria Kalesnikava, 43, is well.", "age", S, ""),
    (EVE, "Maria Kalesnikava, 55, is well.", "age", C, ""),
    (EVE, "In 2021 a court tried Maria Kalesnikava, a 39-year-old musician.", "age", OLD, "right on 2021"),
    (EVE, "Maksim Znak, 44, is well.", "age", N, "the year of birth"),
    (EVE, "Ales Bialiatski won the Nobel Peace Prize in 2022.", "award", S, ""),
    (EVE, "Ales Bialiatski won the Nobel Peace Prize in 2021.", "award", C, ""),
    (EVE, "Maria Kalesnikava won the Nobel Peace Prize in 2021.", "award", N, "a source on the award"),
    (EVE, "Maria Kalesnikava won the Nobel Peace Prize in 2022.", "award", C, ""),
    (EVE, "Lukashenko has ruled Belarus for more than three decades.", "office_tenure", S, ""),
    (EVE, "Lukashenko has ruled Belarus for 40 years.", "office_tenure", C, ""),
    (EVE, "Lukashenko has been in power since 2001.", "office_tenure", C, ""),
    (EVE, "Lukashenko has ruled Belarus for 29 years.", "office_tenure", N, ""),
    (EVE, "Lukashenko is serving his sixth term.", "office_tenure", C, ""),
    (EVE, "Lukashenko claimed a sixth term in 2020.", "office_tenure", S, "term 7 has begun"),
    (date(2024, 12, 9), "Lukashenko is running for a seventh term.", "office_tenure", S, ""),
    (EVE, "Lukashenko is in his ninth term.", "office_tenure", N, "term 9"),
    (EVE, "Maria Kalesnikava was arrested on 7 September 2020.", "date", S, ""),
    (EVE, "Maria Kalesnikava was arrested in March 2023.", "date", C, ""),
    (EVE, "Maria Kalesnikava was arrested in May 2019.", "date", N, "2020-09-07"),
    (EVE, "The presidential election in Belarus was held on 9 August 2020.", "date", S, ""),
    (EVE, "The presidential election in Belarus was held on 9 July 2020.", "date", N, "what happened then (2020-07-09)"),
    (EVE, "On 13 December 2025 the United States lifted sanctions on Belarusian potash.", "sanctions_measure", S, "licensed"),
    (EVE, "In May 2025 Canada lifted sanctions on Belarusian potash.", "sanctions_measure", N, "the act itself (Canada)"),
    (EVE, "OFAC delisted Belaruskali on 15 December 2025.", "sanctions_measure", C, ""),
    (EVE, "The United States lifted all sanctions on Belarus.", "sanctions_measure", C, ""),
    (EVE, "The EU lifted sanctions on Belarusian potash.", "sanctions_measure", C, ""),
    (EVE, "The US lifted sanctions on a Belarusian bank on 13 December 2025.", "sanctions_measure", N, "the act itself (United States)"),
    (EVE, "The US is said to have lifted all sanctions on Belarus.", "sanctions_measure", N, ""),
    (EVE, "On 13 December 2025 Belarus freed 123 people in exchange for sanctions relief.", "deal", S, ""),
    (EVE, "In exchange for the release of 123 prisoners the EU lifted sanctions on potash.", "deal", C, ""),
    (EVE, "On 13 December 2025 Belarus freed 123 people in exchange for a loan.", "deal", N, "what was given"),
    (SUMMER, "On 21 June 2025 Belarus freed 14 people in exchange for sanctions relief.", "deal", N, ""),
]  # fmt: skip


def extended(casebook):
    """The small casebook with terms of office and an election."""
    shelf, office = (
        Shelf(casebook.statements),
        {"kind": "office", "post": "head_of_state", "person": "Aliaksandr Lukashenka"},
    )
    facts = (
        shelf.record(Fact, "more-0", **office, term="6", what="president of Belarus, term 6", **{"from": "2020-08-09"}),
        shelf.record(Fact, "more-1", **office, term="7", what="president of Belarus, term 7", **{"from": "2025-01-26"}),
        shelf.record(Fact, "more-2", kind="event", topic="election", what="presidential election of 2020", **{"from": "2020-08-09"}),
    )  # fmt: skip
    return replace(casebook, facts=(*casebook.facts, *facts), statements=shelf.statements)


def checked(casebook, text, published):
    article = read_article(Path("article.txt"), text.encode(), published=published)
    return check_article(article, casebook, today=TODAY).judgements


@pytest.mark.parametrize(
    ("published", "text", "kind", "verdict", "told"),
    MATRIX,
    ids=[f"{k}-{v.name}-{n}" for n, (_, _, k, v, _) in enumerate(MATRIX)],
)
def test_each_kind_with_each_verdict(casebook, published, text, kind, verdict, told):
    found = [j for j in checked(extended(casebook), REPORT + text, published) if j.claim.kind == kind]
    assert [j.verdict for j in found] == [verdict], [(j.claim.quote.text, dict(j.claim.value), j.why) for j in found]
    assert told in f"{found[0].context} {found[0].missing}", (found[0].context, found[0].missing, found[0].why)
    if verdict is N:
        assert found[0].missing
    else:
        assert found[0].rests_on


def test_the_matrix_has_every_verdict_and_every_kind():
    assert {row[3] for row in MATRIX} == {S, C, OLD, N}
    assert len({row[2] for row in MATRIX}) == 13
    assert all(any(r[2] == kind and r[3] is N for r in MATRIX) for kind in {row[2] for row in MATRIX})


# --- a record that is unsure --------------------------------------------------------------------------------------------


def _doubted(value, other):
    """A value that another source contradicts."""
    return None if value is None else replace(value, against=((other, value.statements),))


def _blurred(value):
    """A date of which only the year is known."""
    return None if value is None else replace(value, value=value.value[:4])


def _with_spells(casebook, change):
    cases = {i: replace(c, spells=tuple(change(s) for s in c.spells)) for i, c in casebook.cases.items()}
    return replace(casebook, cases=cases)


def dates_contested(casebook):
    return _with_spells(
        casebook, lambda s: replace(s, start=_doubted(s.start, "2019-01-01"), end=_doubted(s.end, "2030-01-01"))
    )


def dates_blurred(casebook):
    return _with_spells(casebook, lambda s: replace(s, start=_blurred(s.start), end=_blurred(s.end)))


def no_exit(casebook):
    return _with_spells(casebook, lambda s: replace(s, end=None))


def two_sentences(casebook):
    return _with_spells(casebook, lambda s: replace(s, sentence=_doubted(s.sentence, "P13Y")))


def birth_contested(casebook):
    cases = {
        i: replace(c, attributes={p: tuple(_doubted(v, "1970") for v in vs) for p, vs in c.attributes.items()})
        for i, c in casebook.cases.items()
    }
    return replace(casebook, cases=cases)


def two_announcements(casebook):
    def other(release):
        first = release.figures[0] if release.figures else None
        if first is None:
            return release
        another = replace(first, id=f"{first.id}-b", n=(first.n or 0) + 17)
        return replace(release, figures=(*release.figures, another))

    return replace(casebook, releases={i: other(r) for i, r in casebook.releases.items()})


def one_count(casebook):
    return replace(casebook, counts=casebook.counts[-1:])


def _by_year(fact):
    return replace(fact, from_=PartialDate.parse(fact.from_.text[:4]))


def years_of_awards(casebook):
    return replace(casebook, facts=tuple(_by_year(f) if f.kind == "award" else f for f in casebook.facts))


def no_later_acts(casebook):
    """Of each deal only what was said and done up to the licence, and nothing of who gave nothing."""
    deals = {
        i: replace(d, legs=tuple(x for x in d.legs if x.said_on.text < "2026" and x.said is not Said.MAINTAINED))
        for i, d in casebook.deals.items()
    }
    return replace(casebook, deals=deals)


def year_of_office(casebook):
    return replace(casebook, facts=tuple(_by_year(f) if f.kind == "office" else f for f in casebook.facts))


UNSURE = {
    "sanctions_measure": [no_later_acts],
    "deal": [no_later_acts],
    "office_tenure": [year_of_office],
    "status_now": [dates_contested, no_exit],
    "days_held": [dates_contested, dates_blurred, no_exit],
    "sentence_length": [two_sentences],
    "age": [birth_contested],
    "award": [years_of_awards],
    "date": [dates_contested, no_exit],
    "count_released": [two_announcements],
    "count_detained": [one_count],
    "membership": [],
}
PLAIN = [("en", day, REPORT + text, kind) for day, text, kind in plain_truths.FALSE] + [
    (language, day, HEAD[language] + text, kind) for language, day, text, kind in plain_truths_of_languages.FALSE
]
CASES = [(row, change) for row in PLAIN for change in UNSURE[row[3]] if "crossed" not in row[2]]


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(drawn=st.sampled_from(CASES))
def test_nothing_is_called_wrong_where_the_record_is_unsure(casebook, drawn):
    (_, published, text, kind), change = drawn
    for judgement in checked(change(casebook), text, published):
        if judgement.claim.kind == kind:
            assert C not in (judgement.at_publication, judgement.today), (text, change.__name__, judgement.why)


@pytest.mark.parametrize("change", [dates_contested, no_exit, one_count, two_announcements])
def test_what_is_missing_is_said_where_the_record_is_unsure(casebook, change):
    kinds = {kind for kind, changes in UNSURE.items() if change in changes}
    for language, published, text, kind in PLAIN:
        if kind in kinds and language == "en" and "crossed" not in text:
            found = [j for j in checked(change(casebook), text, published) if j.claim.kind == kind]
            assert all(j.missing for j in found if j.verdict is N)
            assert not any(j.verdict is C for j in found)


def test_of_a_list_with_somebody_unknown_the_rest_is_judged_and_the_unknown_one_named(casebook):
    text = (
        REPORT
        + "Belarus freed 123 people on 13 December 2025. Ales Bialiatski, Maria Kalesnikava, Maksim Znak and Piatro Nieviadomy are free."
    )
    found = [j for j in checked(casebook, text, EVE) if j.claim.kind == "status_now" and "persons" in j.claim.value]
    for judgement in found:
        assert judgement.verdict is not C
        assert judgement.verdict is N or "nobody on record" in judgement.context


def test_a_part_by_age_is_of_the_release_only_where_the_sentence_says_so(casebook):
    release = casebook.releases["BY-2024-08-16"]
    older = replace(
        release.figures[0],
        id="older",
        figure=FigureKind.PART,
        n=13,
        group=(Group.OLDER,),
    )
    book = replace(
        casebook, releases={**casebook.releases, release.id: replace(release, figures=(*release.figures, older))}
    )
    head = "On 16 August 2024 Belarus pardoned 30 people. "
    for text, verdict in (("Of them 13 are over 50.", S), ("Of them 13 are journalists.", N)):
        found = [j for j in checked(book, head + text, date(2024, 8, 17)) if "13" in j.claim.quote.text]
        assert [j.verdict for j in found] == [verdict], (text, [(j.why, dict(j.claim.value)) for j in found])
