"""The drawing of spells claims no custody that the dates do not give."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from habeas.dates import PartialDate
from habeas.nouns import Case, Spell, Value
from habeas.publish.timeline import timeline

ON = date(2026, 1, 5)


def case(start: str | None, end: str | None, seen: tuple[date, ...] = ()) -> Case:
    def value(text: str | None) -> Value | None:
        return None if text is None else Value(value=text, statements=("s",))

    spell = Spell(start=value(start), end=value(end), seen=tuple((d, "s") for d in seen))
    return Case(
        id="C-1",
        label="C-1",
        names=(),
        mentions=(),
        lists=(),
        spells=(spell,),
        events=(),
        attributes={},
        releases=(),
        statements=(),
    )


def sorts(drawing) -> list[str]:
    return [bar.sort for bar in drawing.bars]


def test_two_exact_days_are_one_certain_bar():
    drawing = timeline(case("2021-07-14", "2025-12-13"), ON)
    assert sorts(drawing) == ["certain"]
    assert (drawing.first, drawing.last) == (2021, 2025)


def test_imprecise_dates_are_pale_at_their_ends():
    assert sorts(timeline(case("2021-05", "2023"), ON)) == ["possible", "certain", "possible"]


def test_no_exit_is_hatched_from_the_last_sign_to_the_date_of_knowledge():
    drawing = timeline(case("2021-05-01", None, seen=(date(2022, 3, 1),)), ON)
    assert sorts(drawing) == ["certain", "unknown"]
    assert drawing.open_ended


def test_a_sighting_alone_is_a_day_and_not_a_stretch():
    drawing = timeline(case(None, None, seen=(date(2022, 3, 1),)), ON)
    assert sorts(drawing) == ["unknown"]
    assert len(drawing.seen) == 1


def test_without_any_day_nothing_is_drawn():
    assert timeline(case(None, None), ON) is None


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))


@given(start=DAYS, end=DAYS, month_start=st.booleans(), month_end=st.booleans())
def test_bars_stay_on_the_paper_and_do_not_overlap(start, end, month_start, month_end):
    def text(day: date, month: bool) -> str:
        return day.isoformat()[: 7 if month else 10]

    begun, ended = sorted((start, end))
    drawing = timeline(case(text(begun, month_start), text(ended, month_end)), ON)
    assert drawing is not None
    assert PartialDate.parse(text(begun, month_start)).earliest.year == drawing.first
    at = 0.0
    for bar in drawing.bars:
        assert bar.x >= at - 0.011
        assert bar.x + bar.width <= 100.5
        at = bar.x + bar.width if bar.width > 0.4 else bar.x
