"""Dates and figures as a language writes them; English is what the site has always said."""

from datetime import date

import pytest

from habeas.dates import PartialDate
from habeas.languages import language


@pytest.mark.parametrize(
    ("edtf", "en", "ru"),
    [
        ("2025-12-13", "13 December 2025", "13 декабря 2025 г."),
        ("2021-05", "May 2021", "май 2021 г."),
        ("2021", "2021", "2021"),
        ("2021-05~", "about May 2021", "приблизительно май 2021 г."),
        ("2021?", "perhaps 2021", "возможно, 2021"),
        ("2021%", "perhaps about 2021", "возможно, приблизительно 2021"),
        ("../2022-04-28", "by 28 April 2022", "не позднее: 28 апреля 2022 г."),
        ("2022-04-28/..", "28 April 2022 or later", "28 апреля 2022 г. или позже"),
        ("2021-05/2021-07", "May 2021 to July 2021", "май 2021 г. – июль 2021 г."),
        ("2021-24", "Dec 2021 – Feb 2022", None),
        ("202X", "2020–2029", "2020–2029"),
        ("2021-22", "Jun–Aug 2021", None),
        ("2021-05~/2021-07-03", "about May 2021 to 3 July 2021", None),
    ],
)
def test_partial_dates(edtf: str, en: str, ru: str | None) -> None:
    moment = PartialDate.parse(edtf)
    assert language("en").when(moment) == en
    if ru is not None:
        assert language("ru").when(moment).replace("\xa0", " ").replace("\u202f", " ") == ru


def test_short_dates_and_none() -> None:
    assert language("en").day(date(2025, 9, 3), short=True) == "3 Sep 2025"
    assert language("en").when_text("") == "not dated"
    assert language("en").when_text("spring, they say") == "spring, they say"
    assert language("be").when(None) == "без даты"


def test_durations_and_figures() -> None:
    english, russian = language("en"), language("ru")
    assert english.duration("P5Y9M") == "5 years 9 months"
    assert english.duration("life") == "life"
    assert english.duration("as decided") == "as decided"
    assert [english.duration(d) for d in ("P1Y", "P2W", "P")] == ["1 year", "2 weeks", "P"]
    assert [english.number(n, op) for n, op in ((1100, "gt"), (170, "ge"), (650, "approx_lt"))] == [
        "more than 1,100", "at least 170", "just under 650",
    ]  # fmt: skip
    assert russian.duration("P2Y6M") == "2 года 6 месяцев"
    assert english.number(1201) == "1,201"
    assert english.number(None) == "–"
    assert english.number(120, "ge") == "at least 120"
    assert english.number(0.5) == "0.5"
    assert russian.number(0.9652, digits=2) == "0,97"
    assert [english.interval(*t) for t in ((None, None, None), (None, 3, None), (9, 9, 9), (1, 2, None), (105, 109, 112))] == [
        "cannot say", "3", "9", "at least 1", "105–112",
    ]  # fmt: skip


def test_codes() -> None:
    assert language("en").code("release_kind", "swapped") == "exchanged"
    assert language("en").code("regime", "something_new") == "something new"
    assert language("be").code("sex", "female") == "жанчына"
