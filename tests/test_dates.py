"""The law of dates: bounds, spans, days held, and the two clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.dates import AsOf, Clock, Days, PartialDate, Precision, Span, days_held, end_of
from tests.strategies import DAYS, PARTIAL, closed_spans, partial_texts, spans


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2021", "2021-01-01", "2021-12-31", Precision.YEAR),
        ("2021-05", "2021-05-01", "2021-05-31", Precision.MONTH),
        ("2020-02", "2020-02-01", "2020-02-29", Precision.MONTH),
        ("2021-05-14", "2021-05-14", "2021-05-14", Precision.DAY),
        ("2021-05-~", "2021-04-01", "2021-06-30", Precision.MONTH),
        ("2021-05~", "2021-04-01", "2021-06-30", Precision.MONTH),
        ("2021?", "2020-01-01", "2022-12-31", Precision.YEAR),
        ("2021-05-14%", "2021-05-13", "2021-05-15", Precision.DAY),
        ("202X~", "2010-01-01", "2039-12-31", Precision.DECADE),
        ("2021-05/2021-07", "2021-05-01", "2021-07-31", Precision.RANGE),
        ("../2021-05", None, "2021-05-31", Precision.RANGE),
        ("/2021-05", None, "2021-05-31", Precision.RANGE),
        ("2021/..", "2021-01-01", None, Precision.RANGE),
        ("[2021-05-02..2021-05-04]", "2021-05-02", "2021-05-04", Precision.RANGE),
        ("[..2021-05]", None, "2021-05-31", Precision.RANGE),
        ("2021-XX-XX", "2021-01-01", "2021-12-31", Precision.YEAR),
        ("2021-05-XX", "2021-05-01", "2021-05-31", Precision.MONTH),
        ("2021-22", "2021-06-01", "2021-08-31", Precision.SEASON),
        ("2021-24", "2021-12-01", "2022-02-28", Precision.SEASON),
        ("2021-33", "2021-01-01", "2021-03-31", Precision.SEASON),
        ("2021-22~", "2021-03-01", "2021-11-30", Precision.SEASON),
        ("20XX", "2000-01-01", "2099-12-31", Precision.DECADE),
    ],
)
def test_edtf_bounds(text: str, earliest: str | None, latest: str | None, precision: Precision) -> None:
    when = PartialDate.parse(text)
    assert (when.earliest and when.earliest.isoformat(), when.latest and when.latest.isoformat()) == (earliest, latest)
    assert when.precision is precision


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("soon", "not a date"),
        ("2021-02-31", "no day 31 in 2021-02"),
        ("2021-13", "no month 13"),
        ("2021-00", "no month 00"),
        ("2021-05-00", "no day 00"),
        ("2021-05-", "ends in a dash"),
        ("0000", "0000"),
        ("202X-05", "leaves the year open"),
        ("2021-XX-05", "leaves the month open"),
        ("2021/2020", "ends before it starts"),
        ("../..", "no bound at all"),
        ("2020/2021/2022", "more than one slash"),
        ("0001~", "outside the years"),
        ("9999-12-31~", "outside the years"),
        ("14.07.2021", "not a date"),
    ],
)
def test_what_is_not_a_date_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        PartialDate.parse(text)


def test_qualifiers_are_kept() -> None:
    assert PartialDate.parse("2021-05~").approximate
    assert PartialDate.parse("2021?").uncertain
    both = PartialDate.parse("2021?~")
    assert (both.text, both.approximate, both.uncertain) == ("2021%", True, True)
    assert PartialDate.parse("2021~/2022").approximate
    assert str(PartialDate.of(date(2021, 7, 14))) == "2021-07-14"


@given(partial_texts())
def test_normal_form_is_stable(text: str) -> None:
    once = PartialDate.parse(text)
    assert PartialDate.parse(once.text) == once


@given(PARTIAL)
def test_bounds_are_in_order_and_hold_the_middle(when: PartialDate) -> None:
    if when.earliest is not None and when.latest is not None:
        assert when.earliest <= when.latest
        assert when.middle is not None
        assert when.earliest <= when.middle <= when.latest
        assert when.is_day == (when.earliest == when.latest)
    assert when.middle is not None
    assert when.within(when)
    assert when.compatible(when)


@given(PARTIAL, PARTIAL)
def test_within_implies_compatible_and_compatible_is_symmetric(a: PartialDate, b: PartialDate) -> None:
    assert a.compatible(b) == b.compatible(a)
    if a.within(b):
        assert a.compatible(b)


@given(PARTIAL, DAYS)
def test_certain_implies_possible(when: PartialDate, day: date) -> None:
    if when.certainly_by(day):
        assert when.possibly_by(day)
    if when.certainly_before(day):
        assert when.certainly_by(day)


def test_days_held_known_answers() -> None:
    # Bialiatski: https://www.radiosvoboda.org/a/news-bilorus-zvilnennja-politvjazniv-kolesnykova-beljackyj/33622347.html
    assert days_held(PartialDate.parse("2021-07-14"), PartialDate.parse("2025-12-13")) == Days(1613, 1613, 1613)
    assert days_held(PartialDate.parse("2011-08-04"), PartialDate.parse("2014-06-21")) == Days(1052, 1052, 1052)
    assert days_held(PartialDate.parse("2020-09-07"), PartialDate.parse("2025-12-13")).best == 1923


def test_days_held_of_imprecise_dates() -> None:
    assert days_held(PartialDate.parse("2020-05"), PartialDate.parse("2020-06")) == Days(1, 30, 60)
    assert str(days_held(PartialDate.parse("2020-05"), PartialDate.parse("2020-06"))) == "1–60"
    assert days_held(PartialDate.parse("../2020-05-10"), PartialDate.parse("2020-05-12")) == Days(2, None, None)
    assert str(Days(2, None, None)) == "at least 2"
    assert days_held(PartialDate.parse("2020-05-10"), PartialDate.parse("../2020-05-12")) == Days(0, None, 2)
    assert str(Days(1613, 1613, 1613)) == "1,613"
    with pytest.raises(ValueError, match="the end lies before the start"):
        days_held(PartialDate.parse("2021"), PartialDate.parse("2020"))


@given(PARTIAL, PARTIAL)
def test_days_held_low_best_high(start: PartialDate, end: PartialDate) -> None:
    if start.earliest is not None and end.latest is not None and end.latest < start.earliest:
        return
    days = days_held(start, end)
    assert days.low >= 0
    if days.high is not None:
        assert days.low <= days.high
        if days.best is not None:
            assert days.low <= days.best <= days.high


@given(PARTIAL, PARTIAL, st.data())
def test_narrowing_a_date_never_widens_the_bounds(start: PartialDate, end: PartialDate, data: st.DataObject) -> None:
    if start.earliest is None or start.latest is None or end.latest is None:
        return
    pinned = PartialDate.of(
        start.earliest + timedelta(days=data.draw(st.integers(0, (start.latest - start.earliest).days)))
    )
    if end.latest < pinned.earliest:  # type: ignore[operator]
        return
    wide, narrow = days_held(start, end), days_held(pinned, end)
    assert narrow.low >= wide.low
    assert narrow.high is not None
    assert wide.high is not None
    assert narrow.high <= wide.high


@given(closed_spans(), DAYS)
def test_cutting_a_span_keeps_its_total(span: Span, day: date) -> None:
    parts = [span.cut(Span(None, day)), span.cut(Span(day, None))]
    assert sum(p.days or 0 for p in parts if p is not None) == span.days


@given(spans(), spans(), DAYS)
def test_a_cut_holds_what_both_hold(a: Span, b: Span, day: date) -> None:
    cut = a.cut(b)
    assert (cut is not None and cut.contains(day)) == (a.contains(day) and b.contains(day))


@given(closed_spans())
def test_months_tile_the_span(span: Span) -> None:
    months = list(span.months())
    assert sum((m.cut(span) or Span(span.start, span.start)).days or 0 for m in months) == span.days
    for before, after in zip(months, months[1:], strict=False):
        assert before.end == after.start


@given(PARTIAL, DAYS)
def test_a_covering_span_holds_what_the_date_may_mean(when: PartialDate, day: date) -> None:
    possible = when.possibly_by(day) and not when.certainly_before(day)
    assert Span.covering(when).contains(day) == possible


def test_spans_say_what_they_cannot_do() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Span(date(2021, 1, 2), date(2021, 1, 1))
    with pytest.raises(ValueError, match="open span"):
        list(Span(None, date(2021, 1, 1)).months())
    assert Span(None, None).days is None
    assert str(Span(None, date(2021, 1, 1))) == "../2021-01-01"


def test_as_of_wants_an_aware_instant() -> None:
    with pytest.raises(ValueError, match="aware instant"):
        AsOf(date(2021, 1, 1), datetime(2021, 1, 1))
    asked = AsOf(date(2025, 12, 13), end_of(date(2025, 12, 14)), Clock.PUBLISHED)
    assert asked.known_day == date(2025, 12, 14)
    assert AsOf(date(2021, 1, 1)).known_day is None
    assert end_of(date(2021, 1, 1)) < datetime(2021, 1, 2, tzinfo=UTC)
