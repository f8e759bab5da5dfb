"""Spells: one unbroken stretch each, contradictions kept, false releases found out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.cases.choose import Preference
from habeas.cases.spells import spells_of
from habeas.dates import PartialDate
from habeas.nouns import Case, Casebook, Draft, Mention, Statement, Team
from tests.answers.conftest import NOON, drafts_of
from tests.strategies import custody_drafts

Fold = Callable[..., Casebook[Team]]


def a_case(fold_drafts: Fold, *said: tuple[str, str], **more: object) -> Case:
    """One entry per statement, each from a source of its own, all one person."""
    drafts = [
        d
        for number, (prop, value) in enumerate(said)
        for d in drafts_of({f"entry:list-{number}:p": [(prop, value)]}, source=f"source:{number}")
    ]
    return fold_drafts(drafts, **more).cases["C-p"]


def stretches(case: Case) -> list[tuple[str | None, str | None]]:
    return [(s.start.value if s.start else None, s.end.value if s.end else None) for s in case.spells]


def test_an_arrest_and_a_release_are_a_spell(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("detained", "2021-07-14"), ("released", "2025-12-13"))
    assert stretches(case) == [("2021-07-14", "2025-12-13")]
    assert case.spells[0].days is not None
    assert case.spells[0].days.best == 1613


def test_a_re_arrest_is_a_new_spell(fold_drafts: Fold) -> None:
    case = a_case(
        fold_drafts,
        ("released", "2025-12-13"),
        ("detained", "2011-08-04"),
        ("detained", "2021-07-14"),
        ("released", "2014-06-21"),
    )
    assert stretches(case) == [("2011-08-04", "2014-06-21"), ("2021-07-14", "2025-12-13")]


def test_a_vaguer_date_agrees_and_a_different_one_contradicts(fold_drafts: Fold) -> None:
    case = a_case(
        fold_drafts,
        ("detained", "2020-09"),
        ("detained", "2020-09-07"),
        ("detained", "2020-09-08"),
        ("detained", "2020-09-07"),
    )
    (spell,) = case.spells
    assert spell.start is not None
    assert spell.start.value == "2020-09-07"
    assert [v for v, _ in spell.start.against] == ["2020-09-08"]
    assert spell.start.reason == "given by 3 sources against 2"
    assert "sources disagree on the arrest" in spell.doubts


def test_a_release_refuted_by_a_sighting_was_none(fold_drafts: Fold) -> None:
    """Stefanovic, 2025-12-13: named among the freed, listed as held two days later, out on 2026-03-19."""
    case = a_case(
        fold_drafts,
        ("detained", "2021-07-14"),
        ("released", "2025-12-13"),
        ("held_on", "2025-12-15"),
        ("released", "2026-03-19"),
    )
    assert stretches(case) == [("2021-07-14", "2026-03-19")]
    (spell,) = case.spells
    assert spell.end is not None
    assert [v for v, _ in spell.end.against] == ["2025-12-13"]
    assert "seen in custody on 2025-12-15, 2 days later" in spell.end.reason
    assert [e.disputed for e in case.events if e.when.text == "2025-12-13"] == [
        "seen in custody on 2025-12-15, 2 days later"
    ]


def test_before_the_correction_the_report_stands(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("detained", "2021-07-14"), ("released", "2025-12-13"))
    assert stretches(case) == [("2021-07-14", "2025-12-13")]


def test_a_refuted_release_without_a_later_one_leaves_the_spell_open(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("detained", "2021-07-14"), ("released", "2025-12-13"), ("held_on", "2025-12-15"))
    assert stretches(case) == [("2021-07-14", None)]


def test_taken_back_the_same_day_is_one_spell(fold_drafts: Fold) -> None:
    """Statkevich, 2025-09-11: pardoned, refused exile at the border, taken back, home on 2026-02-19."""
    case = a_case(
        fold_drafts,
        ("detained", "2020-05-31"),
        ("released", "2025-09-11"),
        ("returned", "2025-09-11"),
        ("released", "2026-02-19"),
    )
    assert stretches(case) == [("2020-05-31", "2026-02-19")]
    assert any("taken back into custody the same day" in d for d in case.spells[0].doubts)


def test_taken_back_later_is_a_new_spell(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("detained", "2020"), ("released", "2021-03-01"), ("returned", "2021-06-01"))
    assert stretches(case) == [("2020", "2021-03-01"), ("2021-06-01", None)]


def test_a_sighting_long_after_is_a_new_spell(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("detained", "2020-05-01"), ("released", "2021-03-01"), ("held_on", "2022-03-01"))
    assert stretches(case) == [("2020-05-01", "2021-03-01"), (None, None)]
    assert "the arrest is not on record" in case.spells[1].doubts


def test_two_arrests_far_apart_are_two_spells(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("detained", "2010-12-19"), ("detained", "2020-05-31"))
    assert stretches(case) == [("2010-12-19", "2010-12-19/2020-05-31"), ("2020-05-31", None)]
    assert "arrested again 2020-05-31" in case.spells[0].doubts[0]


def test_who_was_seen_in_custody_between_two_arrests_was_not_out_before(fold_drafts: Fold) -> None:
    case = a_case(
        fold_drafts,
        ("detained", "2018-07-13"),
        ("held_on", "2019-02-13"),
        ("detained", "2023-10-29"),
        ("released", "2023-11-15"),
    )
    assert stretches(case) == [("2018-07-13", "2019-02-13/2023-10-29"), ("2023-10-29", "2023-11-15")]
    assert case.spells[0].days is not None
    assert (case.spells[0].days.low, case.spells[0].days.high) == (215, 1934)


def test_a_sighting_long_before_an_arrest_is_of_a_custody_before_it(fold_drafts: Fold) -> None:
    case = a_case(
        fold_drafts,
        ("held_on", "2019-02-13"),
        ("held_on", "2019-12-21"),
        ("detained", "2021-11"),
        ("released", "2024-12-04"),
    )
    assert stretches(case) == [(None, "2019-12-21/2021-11-30"), ("2021-11", "2024-12-04")]
    assert "arrested again 2021-11" in case.spells[0].doubts[-1]


def test_who_is_released_and_taken_anew_the_same_day_was_inside_before(fold_drafts: Fold) -> None:
    taken = (("released", "2023-03-15"), ("detained", "2023-03-15"), ("held_on", "2023-03-16"))
    case = a_case(fold_drafts, *taken)
    assert stretches(case) == [(None, "2023-03-15"), ("2023-03-15", None)]
    assert "the arrest is not on record" in case.spells[0].doubts
    case = a_case(fold_drafts, ("detained", "2019-01"), *taken)
    assert stretches(case) == [("2019-01", "2023-03-15"), ("2023-03-15", None)]
    assert case.spells[0].doubts == ()


def test_who_is_taken_and_let_go_the_same_day_was_held_for_a_day(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("detained", "2023-03-15"), ("released", "2023-03-15"))
    assert stretches(case) == [("2023-03-15", "2023-03-15")]


def test_a_sighting_soon_before_an_arrest_is_of_the_same_custody(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("held_on", "2021-07-01"), ("detained", "2021-07-14"), ("released", "2025-12-13"))
    assert stretches(case) == [("2021-07-14", "2025-12-13")]


def test_a_sentence_of_before_any_arrest_on_record_is_of_no_custody(fold_drafts: Fold) -> None:
    """Told of another time: its term and its kind are not those of the custody that came later."""
    earlier = {"entry:old:p": [("sentenced", "2011-05"), ("sentence", "P2Y"), ("regime", "suspended")]}
    later = {"entry:new:p": [("detained", "2021-04-12"), ("sentence", "P10Y"), ("regime", "maximum")]}
    case = fold_drafts(drafts_of({**earlier, **later})).cases["C-p"]
    (spell,) = case.spells
    assert (spell.sentence.value, spell.sentence.against) == ("P10Y", ())  # type: ignore[union-attr]
    assert [v.value for v in case.of(spell, "regime")] == ["maximum"]
    assert case.of(spell, "sentenced") == ()
    assert [(e.kind.value, e.when.text) for e in case.events] == [("sentenced", "2011-05"), ("detained", "2021-04-12")]


def test_two_exits_far_apart_are_two_spells(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("released", "2014-06-21"), ("released", "2025-12-13"))
    assert stretches(case) == [(None, "2014-06-21"), (None, "2025-12-13")]


def test_exits_that_disagree_compete(fold_drafts: Fold) -> None:
    case = a_case(
        fold_drafts,
        ("detained", "2021"),
        ("released", "2025-12-13"),
        ("released", "2025-12-15"),
        ("released", "2025-12-15"),
    )
    (spell,) = case.spells
    assert spell.end is not None
    assert (spell.end.value, [v for v, _ in spell.end.against]) == ("2025-12-15", ["2025-12-13"])
    assert "sources disagree on the release" in spell.doubts


def test_a_death_ends_the_spell(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("detained", "2021-05"), ("died", "2023-07-11"), ("release_kind", "released"))
    (spell,) = case.spells
    assert spell.exit_kind is not None
    assert (spell.end and spell.end.value, spell.exit_kind.value) == ("2023-07-11", "died")


def test_recognition_is_evidence_of_custody_but_no_arrest(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("recognised", "2023-03-15"))
    assert stretches(case) == [(None, None)]
    assert case.spells[0].recognised[0][0].text == "2023-03-15"
    inside = a_case(fold_drafts, ("detained", "2022-01-01"), ("recognised", "2023-03-15"))
    assert len(inside.spells) == 1
    after = a_case(fold_drafts, ("detained", "2020-01-01"), ("released", "2021-01-01"), ("recognised", "2023-03-15"))
    assert [len(s.recognised) for s in after.spells] == [0]


def test_a_release_before_the_arrest_is_named(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("released", "2020-01-01"), ("detained", "2020-02-01"), ("released", "2020-01-01"))
    assert stretches(case) == [(None, "2020-01-01"), ("2020-02-01", None)]


def test_the_book_may_prefer_a_source(fold_drafts: Fold) -> None:
    said = (("detained", "2020-09-08"), ("detained", "2020-09-07"), ("detained", "2020-09-07"))
    assert stretches(a_case(fold_drafts, *said))[0][0] == "2020-09-07"
    preferred = a_case(fold_drafts, *said, prefer=("list-0",))
    assert stretches(preferred)[0][0] == "2020-09-08"
    assert preferred.spells[0].start is not None
    assert preferred.spells[0].start.reason == "the book prefers its source"


def test_the_term_runs_from_the_arrest(fold_drafts: Fold) -> None:
    drafts = drafts_of({"entry:l:p": [("detained", "2021-05-31"), ("sentence", "P1Y1M")]})
    assert fold_drafts(drafts).cases["C-p"].spells[0].term_ends == date(2022, 6, 30)
    life = drafts_of({"entry:l:q": [("detained", "2021-05-31"), ("sentence", "life")]})
    assert fold_drafts(life).cases["C-q"].spells[0].term_ends is None


def _statements(drafts: list[Draft]) -> list[Statement]:
    fields = ("subject", "prop", "value", "source", "published", "visibility")
    return [
        Statement(**{f: getattr(d, f) for f in fields}, id=f"s{n}", seq=n, recorded=NOON, recorder="k")
        for n, d in enumerate(drafts, start=1)
    ]


def _mentions(statements: list[Statement]) -> list[Mention]:
    by_subject: dict[str, list[Statement]] = {}
    for s in statements:
        by_subject.setdefault(s.subject, []).append(s)
    return [
        Mention(id=i, list_id=i.split(":")[1], names=(), statements=tuple(said))
        for i, said in sorted(by_subject.items())
    ]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(custody_drafts(), max_size=12), st.randoms(use_true_random=False))
def test_laws_of_spells(drafts: list[Draft], random: object) -> None:
    statements = _statements(drafts)
    preference = Preference(order=(), names={})
    spells, disputed = spells_of(_mentions(statements), preference)
    said = {s.id for s in statements if s.prop in ("detained", "held_on", "released", "returned", "died")}
    told = [i for spell in spells for i in spell.statements if i in said]
    assert set(told) == said, "nothing said of custody is lost"
    assert set(disputed) <= said
    for spell in spells:
        if spell.days is not None and spell.days.high is not None:
            assert 0 <= spell.days.low <= spell.days.high
        assert spell.start is not None or spell.end is not None or spell.seen or spell.recognised or spell.statements
    for before, after in zip(spells, spells[1:], strict=False):
        if (
            before.end is not None
            and after.start is not None
            and not before.end.contested
            and not after.start.contested
        ):
            ended, begun = PartialDate.parse(before.end.value), PartialDate.parse(after.start.value)
            assert ended.earliest is None or begun.latest is None or ended.earliest <= begun.latest, (
                "spells do not overlap"
            )


def test_a_term_longer_than_the_calendar_has_no_end(fold_drafts: Fold) -> None:
    drafts = drafts_of({"entry:l:p": [("detained", "2021-05-31"), ("sentence", "P9000Y")]})
    assert fold_drafts(drafts).cases["C-p"].spells[0].term_ends is None
    weeks = drafts_of({"entry:l:p": [("detained", "2021-05-31"), ("sentence", "P2W1D")]})
    assert fold_drafts(weeks).cases["C-p"].spells[0].term_ends == date(2021, 6, 15)


def test_a_second_arrest_without_a_last_bound_bounds_nothing(fold_drafts: Fold) -> None:
    case = a_case(fold_drafts, ("detained", "2010-12-19"), ("detained", "2020/.."))
    assert stretches(case) == [("2010-12-19", None), ("2020/..", None)]
    assert "no exit on record, but arrested again 2020/.." in case.spells[0].doubts
