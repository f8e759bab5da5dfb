"""Printed dates: every language, digit and calendar; never to another day than is printed."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from babel.dates import format_date
from hijridate import Gregorian
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.dates import PartialDate
from habeas.readers.calendars import CALENDARS, in_ours
from habeas.readers.columns import dates_of
from habeas.readers.dating import tongues
from habeas.readers.printed import How, printed, read_date

# The languages whose long form CLDR writes with the month in words, or with a word beside each number.
LONG = [
    "en",
    "es",
    "fr",
    "pt",
    "de",
    "it",
    "nl",
    "tr",
    "az",
    "kk",
    "uz",
    "ky",
    "tk",
    "tg",
    "ar",
    "ckb",
    "ur",
    "hi",
    "bn",
    "ne",
    "ta",
    "my",
    "lo",
    "km",
    "vi",
    "id",
    "ms",
    "zh",
    "ja",
    "ko",
    "mn",
    "bo",
    "ug",
    "ka",
    "hy",
    "ru",
    "be",
    "uk",
    "pl",
    "cs",
    "sk",
    "hu",
    "ro",
    "bg",
    "sr",
    "hr",
    "bs",
    "lt",
    "lv",
    "et",
    "el",
    "he",
    "so",
    "sw",
    "ha",
    "sq",
]
days = st.dates(date(1990, 1, 1), date(2030, 12, 31))
DIGITS = [chr(zero) for zero in (0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0xFF10)]


@settings(deadline=None)  # the words of all languages are read once
@given(day=days, language=st.sampled_from(LONG), width=st.sampled_from(["long", "full"]))
def test_what_a_language_writes_reads_back_to_that_day(day: date, language: str, width: str) -> None:
    text = format_date(day, width, locale=language)
    assert read_date(text, How(lang=language)) == day.isoformat(), text


@settings(deadline=None)  # the words of all languages are read once
@given(day=days, language=st.sampled_from(LONG), width=st.sampled_from(["long", "full", "medium", "short"]))
def test_nothing_a_language_writes_reads_as_another_day(day: date, language: str, width: str) -> None:
    text = format_date(day, width, locale=language)
    try:
        read = PartialDate.parse(read_date(text, How(until=2030)))
    except ValueError:
        return
    assert read.earliest is not None
    assert read.latest is not None
    assert read.earliest <= day <= read.latest, text


@settings(deadline=None)  # the words of all languages are read once
@given(day=days, zero=st.sampled_from(DIGITS), sign=st.sampled_from("-/."))
def test_digits_of_every_script(day: date, zero: str, sign: str) -> None:
    text = f"{day.year}{sign}{day.month}{sign}{day.day}"
    assert read_date("".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in text)) == day.isoformat()


@settings(deadline=None)  # the words of all languages are read once
@given(day=days)
def test_a_day_of_each_calendar_is_the_same_day(day: date) -> None:
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    assert in_ours("hijri", hijri.year, hijri.month, hijri.day) == day.isoformat()
    for calendar, shift in (("buddhist", 543), ("minguo", -1911), ("gregorian", 0)):
        assert in_ours(calendar, day.year + shift, day.month, day.day) == day.isoformat()


@pytest.mark.parametrize("calendar", ["jalali", "ethiopic", "hijri"])
def test_the_days_of_a_calendar_follow_each_other(calendar: str) -> None:
    """Each day once, none left out, over a hundred years."""
    found = []
    for year in range(1345, 1450):
        shift = 600 if calendar == "ethiopic" else 0
        for month in range(1, 14):
            for day in range(1, 32):
                try:
                    found.append(in_ours(calendar, year + shift, month, day))
                except ValueError:
                    continue
    read = [date.fromisoformat(one) for one in found]
    assert all((after - before).days == 1 for before, after in pairwise(read))


@pytest.mark.parametrize(
    ("calendar", "year", "first"),
    [
        ("jalali", 1357, "1978-03-21"), ("jalali", 1399, "2020-03-20"), ("jalali", 1400, "2021-03-21"),
        ("jalali", 1404, "2025-03-21"), ("ethiopic", 1967, "1974-09-11"), ("ethiopic", 2000, "2007-09-12"),
        ("ethiopic", 2013, "2020-09-11"), ("ethiopic", 2016, "2023-09-12"), ("hijri", 1445, "2023-07-19"),
    ],
)  # fmt: skip
def test_new_years_days_that_are_known(calendar: str, year: int, first: str) -> None:
    assert in_ours(calendar, year, 1, 1) == first


@settings(deadline=None)  # the words of all languages are read once
@given(day=days, calendar=st.sampled_from(["buddhist", "jalali", "hijri", "minguo"]))
def test_the_years_of_another_calendar_are_not_read_as_ours(day: date, calendar: str) -> None:
    shift = {"buddhist": 543, "jalali": -621, "hijri": -579, "minguo": -1911}[calendar]
    for text in (f"{day.year + shift:04d}-{day.month:02d}-{day.day:02d}", f"{day.day}.{day.month}.{day.year + shift}"):
        with pytest.raises(ValueError, match=r".+"):
            read_date(text, How(until=2030))


@pytest.mark.parametrize("calendar", CALENDARS)
@given(year=st.integers(1, 2700), month=st.integers(-1, 15), day=st.integers(-1, 40))
def test_a_calendar_gives_a_day_or_a_sentence(calendar: str, year: int, month: int, day: int) -> None:
    try:
        found = in_ours(calendar, year, month, day)
    except ValueError:
        return
    assert PartialDate.parse(found).is_day


@pytest.mark.parametrize(
    ("text", "edtf", "calendar"),
    [
        ("8 เม.ย. 2564", "2021-04-08", "buddhist"),
        ("วันที่ ๘ เมษายน พ.ศ. ๒๕๖๔", "2021-04-08", "buddhist"),
        ("۱۸ فروردین ۱۴۰۰", "2021-04-07", "jalali"),
        ("٢٦ شعبان ١٤٤٢ هـ", "2021-04-08", "hijri"),
        ("ኅዳር 25 ቀን 2015 ዓ.ም.", "2022-12-04", "ethiopic"),
        ("ነሐሴ 2013 ዓ.ም.", "2021-08-07/2021-09-05", "ethiopic"),
        ("民國110年4月8日", "2021-04-08", "minguo"),
        ("令和3年4月8日", "2021-04-08", "reiwa"),
        ("二〇二一年四月八日", "2021-04-08", "gregorian"),
        ("二零二一年十二月三十日", "2021-12-30", "gregorian"),
        ("٨ نيسان ٢٠٢١", "2021-04-08", "gregorian"),
        ("٨ أبريل ٢٠٢١", "2021-04-08", "gregorian"),
        ("2021 m. balandžio 8 d.", "2021-04-08", "gregorian"),
        ("ngày 8 tháng 4 năm 2021", "2021-04-08", "gregorian"),
        ("2021-yil 8-aprel", "2021-04-08", "gregorian"),
        ("2021'den beri", "2021", "gregorian"),
        ("since 2011", "2011", "gregorian"),
        ("before May 2021", "../2021-05", "gregorian"),
        ("circa 2011", "2011~", "gregorian"),
        ("2021?", "2021?", "gregorian"),
        ("mid-May 2021", "2021-05-11/2021-05-20", "gregorian"),
        ("1990s", "199X", "gregorian"),
        ("2021-2022", "2021/2022", "gregorian"),
        ("2020-08/2021", "2020-08/2021", "gregorian"),
        ("2-3 April 2021", "2021-04-02/2021-04-03", "gregorian"),
        ("between March and May 2021", "2021-03/2021-05", "gregorian"),
        ("Thursday, 8 April 2021, 10:30", "2021-04-08", "gregorian"),
        ("4 كانون الأول/ديسمبر 2024", "2024-12-04", "gregorian"),
        ("الرابع من كانون الأول/ديسمبر 2024", "2024-12-04", "gregorian"),
        ("29 أكتوبر/ تشرين الأول 2023", "2023-10-29", "gregorian"),
        ("10 يناير (كانون الثاني) 2023", "2023-01-10", "gregorian"),
        ("مايو/أيار 2022", "2022-05", "gregorian"),
        ("الحادي والثلاثين من كانون الثاني 2023", "2023-01-31", "gregorian"),
        ("نوفمبر-ديسمبر 2022", "2022-11/2022-12", "gregorian"),
        ("هشتم شهریور ۱۳۸۹", "2010-08-30", "jalali"),
        ("بیست و هفتم اسفند ۱۳۹۸", "2020-03-17", "jalali"),
        ("سه‌شنبه ۱۲ آذرماه ۱۳۹۸", "2019-12-03", "jalali"),
        ("اواخر مهر ۱۴۰۱", "2022-10-13/2022-10-22", "jalali"),
    ],
)
def test_what_is_printed_is_read_in_its_calendar(text: str, edtf: str, calendar: str) -> None:
    found = printed(text)
    assert (found.edtf, found.calendar) == (edtf, calendar)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("بهار ۱۴۰۲", "2023-03-21/2023-06-21"),
        ("پاییز ۱۴۰۱", "2022-09-23/2022-12-21"),
        ("زمستان ۱۳۹۶", "2017-12-22/2018-03-20"),
        ("اوایل سال ۱۴۰۲", "2023-03-21/2023-07-22"),
        ("اواسط مهر ۱۴۰۱", "2022-10-03/2022-10-12"),
    ],
)
def test_a_season_is_one_of_the_calendar_of_its_year(text: str, edtf: str) -> None:
    assert read_date(text, How(calendar="jalali")) == edtf


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("05/07/2021", 'order = "day first"'),
        ("2021/22", "a month or two years"),
        ("2011/12", "a month or two years"),
        ("listopad 2021", "another date in another language"),
        ("1400/01/18", "say its calendar"),
        ("08.04.2564", "say its calendar"),
        ("31 February 2021", "no day 31"),
        ("03-04.2021", "not a date"),
        ("April 8", "not a date"),
        ("20 21", "not a date"),
        ("نوفمبر/ديسمبر 2022", "not a date"),
        ("اواخر ۲۱ مهر ۱۴۰۱", "not a date"),
        ("05/06/21", "two digits"),
    ],
)
def test_what_may_be_two_days_is_refused_with_what_would_read_it(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_date(text, How(until=2024))


def test_a_word_that_is_two_months_is_read_in_the_language_of_its_column() -> None:
    assert dates_of("datum", ["8. listopada 2021.", "3. siječnja 2020."])[0].lang == "hr"
    assert dates_of("data", ["listopad 2021", "styczeń 2020"])[0].lang == "pl"
    assert dates_of("x", ["listopad 2021"])[0].lang is None


def test_a_column_is_asked_where_its_figures_may_be_of_two_calendars() -> None:
    assert dates_of("የታሰሩበት ቀን", ["12/03/2013"])[0].calendar == "unsaid"
    assert dates_of("วันที่", ["10/1/2565", "๐๗/๑๐/๒๕๖๔"])[0].calendar == "buddhist"
    assert dates_of("تاریخ بازداشت", ["1400/1/18"])[0].calendar == "jalali"
    assert dates_of("date", ["1400/1/18"])[0].calendar is None


def test_every_language_has_all_its_months() -> None:
    for language, tongue in tongues().items():
        months = {what[1] for kind, what in tongue.said.values() if kind == "month" and isinstance(what, tuple)}
        assert months >= set(range(1, 13)) or language in {"vi", "zh", "zh-Hant", "ja", "ko"}, language
