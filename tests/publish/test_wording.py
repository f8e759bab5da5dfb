"""Words claim no more than the date or figure knows."""

from __future__ import annotations

import pytest

from habeas.dates import PartialDate
from habeas.publish import wording


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-12-13", "13 December 2025"),
        ("2021-05", "May 2021"),
        ("2021", "2021"),
        ("202X", "2020–2029"),
        ("2021-22", "Jun–Aug 2021"),
        ("2021-24", "Dec 2021 – Feb 2022"),
        ("2021-05~", "about May 2021"),
        ("2021?", "perhaps 2021"),
        ("2021-05%", "perhaps about May 2021"),
        ("../2022-04-28", "by 28 April 2022"),
        ("2021/..", "2021 or later"),
        ("2021-05/2021-07", "May 2021 to July 2021"),
        ("2021-05~/2021-07-03", "about May 2021 to 3 July 2021"),
    ],
)
def test_dates(edtf, words):
    assert wording.when(PartialDate.parse(edtf)) == words


def test_a_missing_date_stays_missing():
    assert wording.when(None) == "not dated"
    assert wording.when_text("") == "not dated"
    assert wording.when_text("last spring") == "last spring"


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("P5Y9M", "5 years 9 months"),
        ("P1Y", "1 year"),
        ("P15D", "15 days"),
        ("P2W", "2 weeks"),
        ("life", "life"),
        ("P", "P"),
    ],
)
def test_durations(iso, words):
    assert wording.duration(iso) == words


@pytest.mark.parametrize(
    ("n", "op", "words"),
    [
        (1201, "eq", "1,201"),
        (1100, "gt", "more than 1,100"),
        (170, "ge", "at least 170"),
        (650, "approx_lt", "just under 650"),
        (None, "eq", "–"),
    ],
)
def test_figures_keep_how_they_were_said(n, op, words):
    assert wording.number(n, op) == words


def test_an_unknown_code_is_read_plainly():
    assert wording.code("release_kind", "early_release") == "released early"
    assert wording.code("no such group", "some_code") == "some code"
