"""The stories that the example book must be able to tell, each a test of the model on real, sourced facts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from habeas.answers import ask
from habeas.dates import AsOf, Clock, PartialDate, end_of
from habeas.languages import code
from habeas.ledger import open_ledger
from habeas.nouns import Answer, Book, Casebook, CountKind, Limit, Question, Team, Verdict
from habeas.pipeline import Built, casebook
from habeas.resolve import find

Example = tuple[Book, Built]


def as_published(example: Example, day: str) -> Casebook[Team]:
    """The casebook by what sources had published on a day."""
    book, _ = example
    with open_ledger(book.ledger) as ledger:
        return casebook(book, ledger, Team, end_of(date.fromisoformat(day)), Clock.PUBLISHED)


def asked(cases: Casebook[Any], question: str, on: str = "2026-04-01", **args: str) -> Answer:
    return ask(cases, Question(ask=question, as_of=AsOf(date.fromisoformat(on)), args=args))


def test_the_book_reads_without_a_problem(example: Example) -> None:
    _, built = example
    assert built.problems == ()
    assert built.added > 10_000


@pytest.mark.parametrize(
    "name",
    ["Алесь Бяляцкі", "Александр Беляцкий", "Ales Bialiatski", "Aleś Bialacki", "алесь бяляцкі", "BIALIATSKI ALES"],
)
def test_bialiatski_is_found_in_every_script_and_held_1613_days(cases: Casebook[Team], name: str) -> None:
    found = asked(cases, "case", name=name)
    assert found.more["name"] == "Ales Bialiatski"
    assert (found.low, found.value, found.high) == (1613, 1613, 1613)
    assert [s["days"]["best"] for s in found.more["spells"]] == [1052, 1613]


def test_kalesnikava_was_held_1923_days_not_1808(cases: Casebook[Team]) -> None:
    found = asked(cases, "case", name="Марыя Калеснікава")
    assert found.value == 1923


def test_123_is_9_and_114_and_114_is_109_and_5(cases: Casebook[Team]) -> None:
    found = asked(cases, "release", id="BY-2025-12-13")
    assert found.value == 123
    sums = {s["split"]: s for s in found.more["sums"]}
    destination, nationality = sums["destination"], sums["nationality"]
    assert ([p["n"] for p in destination["parts"]], destination["sum"], destination["residual"]) == ([9, 114], 123, 0)
    assert ([p["n"] for p in nationality["parts"]], nationality["sum"], nationality["residual"]) == ([109, 5], 114, 0)
    other = [e for p in nationality["parts"] for e in p["else"]]
    assert [(e["n"], e["by"]) for e in other] == [(104, "Viasna")]
    assert found.more["named"] < 123


def test_52_were_pardoned_and_51_crossed(cases: Casebook[Team]) -> None:
    found = asked(cases, "release", id="BY-2025-09-11")
    assert (found.more["announced"], found.more["crossed"], found.more["refused"]) == (52, 51, 1)


def test_statkevich_was_freed_in_two_deals_and_held_between(cases: Casebook[Team]) -> None:
    (person,) = find("Статкевіч", cases)
    assert {"BY-2015-08-22", "BY-2025-09-11", "BY-2026-02-19"} <= set(person.releases)
    first, second = person.spells
    assert first.end is not None
    assert second.end is not None
    assert (first.end.value, second.end.value) == ("2015-08-22", "2026-02-19")
    assert "2025-09-11" in {v for v, _ in second.end.against}
    found = asked(cases, "case", "2025-12-31", name=person.id)
    assert found.more["spells"][1]["in_custody"] in ("certain", "likely")


def test_a_false_release_as_known_on_two_days(example: Example) -> None:
    """Stefanovic: reported freed 2025-12-13, listed as held on 12-15, out on 2026-03-19."""

    def end_as_published(day: str) -> str | None:
        (person,) = find("Валентин Стефанович", as_published(example, day))
        spell = person.spells[-1]
        return None if spell.end is None else spell.end.value

    assert end_as_published("2025-12-14") == "2025-12-13"
    assert end_as_published("2025-12-20") is None
    assert end_as_published("2026-03-31") == "2026-03-19"


def test_on_the_clock_of_record_nothing_was_known_before_the_build(example: Example) -> None:
    book, _ = example
    with open_ledger(book.ledger) as ledger:
        before = casebook(book, ledger, Team, datetime(2026, 3, 31, tzinfo=UTC))
    assert before.cases == {}
    assert asked(before, "inside", "2025-12-01").value is None


def test_word_and_legal_act_have_their_own_dates(cases: Casebook[Team]) -> None:
    legs = {leg["act"]: leg for leg in asked(cases, "deal", id="BY-2025-12-13").more["legs"]}
    potash = next(leg for act, leg in legs.items() if "General License 13" in act)
    assert (potash["said_on"], potash["act_on"], potash["days_between"]) == ("2025-12-13", "2025-12-15", "2")
    assert (potash["said"], potash["effect"], potash["act_does_what_was_said"]) == ("lifted", "licensed", "no")
    belavia = [leg for leg in asked(cases, "deal", id="BY-2025-09-11").more["legs"] if leg["effect"] == "delisted"]
    assert [(leg["said_on"], leg["act_on"]) for leg in belavia] == [("2025-09-11", "2025-11-04")]


def test_somebody_denies_that_it_was_an_exchange(cases: Casebook[Team]) -> None:
    found = asked(cases, "deal", id="BY-2025-09-11")
    assert found.more["said_for"] >= 1
    assert found.more["said_against"] >= 1


def test_2012_had_a_release_and_no_relief(cases: Casebook[Team]) -> None:
    assert asked(cases, "deal", id="BY-2012-04").more["relief"] == []


def test_two_counts_on_one_day(cases: Casebook[Team]) -> None:
    found = asked(cases, "reconcile", "2025-09-30")
    assert {p["by"]: p["n"] for p in found.more["published"]} == {"Viasna": 1201, "dissident.by": 1336}
    assert "135 more than Viasna" in found.sentence


def test_a_report_that_is_off_by_one(cases: Casebook[Team]) -> None:
    found = asked(cases, "reconcile", "2025-12-23", by="Viasna")
    assert any("1,136 against 1,135: off by 1" in s.result for s in found.steps)


def test_a_notice_of_17_that_prints_16_names(cases: Casebook[Team]) -> None:
    assert cases.lists["nashaniva-recognised-2023-08-29-ru"].entries == 16
    said = [c for c in cases.counts if c.kind is CountKind.FLOW and c.on == PartialDate.parse("2023-08-29")]
    assert [c.n for c in said] == [17]


def test_the_revolving_door(cases: Casebook[Team]) -> None:
    flows = {c.id: c.n for c in cases.counts if c.kind is CountKind.FLOW}
    assert flows["flow-2025-pardoned-to-september"] == 170
    assert flows["flow-2025-recognised-to-september"] == 283


def test_names_that_are_one_person_and_names_that_are_two(cases: Casebook[Team]) -> None:
    spellings = ["Henrykh Akalatovich", "Henryk Okołotowicz", "Henryk Khakalotowych"]
    assert len({find(s, cases)[0].id for s in spellings}) == 1
    assert find("Katsiaryna Bakhvalava", cases) == find("Katsiaryna Andreyeva", cases)
    ihar, viktar = find("Ihar Losik", cases), find("Viktar Losik", cases)
    assert len(ihar) == len(viktar) == 1
    assert ihar != viktar


def test_the_sample_is_never_shown_as_the_whole(cases: Casebook[Team]) -> None:
    found = asked(cases, "inside", "2025-12-01")
    assert found.more["inside"] == "cannot say"
    assert found.value is not None
    assert found.value < min(c["n"] for c in found.more["published"])
    assert asked(cases, "inside", "2030-01-01").value is None


def test_announced_or_offered_is_no_release(cases: Casebook[Team]) -> None:
    assert {cases.releases[i].status for i in ("BY-2025-10-31", "BY-2025-12-14")} <= {"not_executed", "promised"}
    assert len([i for i in cases.releases if i.startswith("BY-")]) == 31


def test_the_three_articles(example: Example) -> None:
    _, built = example
    by_name = {c.article.path.name: c for c in built.published.checked}
    assert len(by_name) == 3
    wrong = next(c for name, c in by_name.items() if "wrong-number" in name)
    contradicted = {j.claim.quote.text for j in wrong.judgements if j.verdict is Verdict.CONTRADICTED}
    assert any("132" in q for q in contradicted)
    assert any("1,808" in q for q in contradicted)
    news = next(c for name, c in by_name.items() if "news" in name)
    assert [j.claim.quote.text for j in news.judgements if j.verdict is Verdict.CONTRADICTED] == []
    assert any(j.claim.kind == "days_held" and j.verdict is Verdict.SUPPORTED for j in news.judgements)
    opinion = next(c for name, c in by_name.items() if "opinion" in name)
    assert opinion.loaded
    assert any(j.verdict is Verdict.CONTRADICTED and j.claim.kind == "status_now" for j in opinion.judgements)


def test_the_series_says_of_each_day_what_a_count_of_that_day_says(cases: Casebook[Team]) -> None:
    found = asked(cases, "series", on="2026-03-31", **{"from": "2020-01-01"})
    by_day = {d["on"]: d for d in found.more["days"]}
    assert len(by_day) == 2282
    for day in (
        "2020-01-01",
        "2020-08-09",
        "2021-07-14",
        "2022-02-28",
        "2023-04-01",
        "2025-12-12",
        "2025-12-13",
        "2026-03-31",
    ):
        one = asked(cases, "inside", on=day)
        said = by_day[day]
        assert (said["best"], said["low"], said["high"]) == (one.value, one.low, one.high)
    assert (by_day["2025-12-01"]["low"], by_day["2025-12-01"]["best"], by_day["2025-12-01"]["high"]) == (17, 59, 401)


def test_what_the_example_signs_still_holds(example: Example) -> None:
    _, built = example
    assert [str(p) for p in built.problems if "signatures.csv" in p.file] == []
    verdicts = built.published.casebook.verdicts
    assert {v.by for v in verdicts} == {"editor-1"}
    assert sorted(v.verdict.value for v in verdicts) == ["contradicted"] * 4 + ["supported"] * 4
    assert {v.text for v in verdicts} == {c.article.fingerprint for c in built.published.checked}


def test_nothing_that_is_dated_before_an_arrest_is_told_of_the_custody_after_it(cases: Casebook[Team]) -> None:
    """The judge, the term and the kind of a sentence of years before are not those of this custody."""
    dated = [
        (case.label, spell.start.value, prop, day)
        for case in cases.cases.values()
        for spell in case.spells
        if spell.start is not None
        for prop in ("sentenced", "appeal", "pardoned")
        for value in spell.facts.get(prop, ())
        for day in (value.value, *(other for other, _ in value.against))
    ]
    assert len(dated) > 100
    early = [
        one
        for one in dated
        if (day := PartialDate.parse(one[3]).latest) is not None
        and (arrest := PartialDate.parse(one[1]).earliest) is not None
        and day < arrest
    ]
    assert early == []


def test_no_limit_is_told_as_the_kind_of_custody_of_those_inside(cases: Casebook[Team]) -> None:
    limits = {code("regime", limit.value) for limit in Limit}
    told: set[str] = set()
    for year in range(2010, 2027):
        for month in (1, 7):
            question = Question(ask="inside", as_of=AsOf(date(year, month, 1)), args={"by": "regime"})
            told |= {row["value"] for row in ask(cases, question).more["facet"]}
    assert {"colony", code("regime", "khimiya"), code("regime", "prison")} <= told
    assert told & limits == set()
