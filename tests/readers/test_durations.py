"""Lengths of time as lists print them; what is more than a length of time is refused."""

from __future__ import annotations

import pytest

from habeas.readers.settings import settings_of
from habeas.vocabulary import normal


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("5 years, 9 months", "P5Y9M"),
        ("4.5 years", "P4Y6M"),
        ("P5Y9M", "P5Y9M"),
        ("5y 9m", "P5Y9M"),
        ("7 years in prison", "P7Y"),
        ("5 лет", "P5Y"),
        ("2 года 6 месяцев", "P2Y6M"),
        ("2 года и 6 мес.", "P2Y6M"),
        ("3,5 года", "P3Y6M"),
        ("1 ГОД", "P1Y"),
        ("5 лет лишения свободы", "P5Y"),
        ("4½ года", "P4Y6M"),
        ("3 с половиной года", "P3Y6M"),
        ("15 суток", "P15D"),
        ("пожизненно", "life"),
        ("6 гадоў", "P6Y"),
        ("2 гады і 3 месяцы", "P2Y3M"),
        ("5 з паловай гадоў", "P5Y6M"),
        ("4 роки", "P4Y"),
        ("довічне ув’язнення", "life"),
        ("6 lat", "P6Y"),
        ("1 rok i 6 miesięcy", "P1Y6M"),
        ("dożywocie", "life"),
        ("3 Jahre und 2 Monate", "P3Y2M"),
        ("5 años y 6 meses", "P5Y6M"),
        ("2 ans et 6 mois", "P2Y6M"),
        ("5 metų 3 mėn.", "P5Y3M"),
        ("پنج سال", "P5Y"),
        ("یک سال و سه ماه", "P1Y3M"),
        ("چهار سال و نیم", "P4Y6M"),
        ("ده سال حبس تعزیری", "P10Y"),
        ("پانچ برس", "P5Y"),
        ("10 dienų", "P10D"),
        ("十一年六个月", "P11Y6M"),
        ("11年", "P11Y"),
        ("無期徒刑", "life"),
        ("42 yıl 6 ay", "P42Y6M"),
        ("9 năm tù", "P9Y"),
        ("5 años y 3 meses", "P5Y3M"),
        ("seis años y medio", "P6Y6M"),
        ("10 ปี 6 เดือน", "P10Y6M"),
        ("៨ ឆ្នាំ ៦ ខែ", "P8Y6M"),
        ("ལོ་ ༢ དང་ ཟླ་ ༣", "P2Y3M"),
        ("miaka 2 na miezi 3", "P2Y3M"),
        ("7 ዓመት ከ6 ወር", "P7Y6M"),
        ("٥ سنوات", "P5Y"),
        ("سنتان", "P2Y"),
        ("징역 3년 6개월", "P3Y6M"),
        ("10 anni e sei mesi", "P10Y6M"),
        ("diecisiete años", "P17Y"),
        ("treinta años de privación de libertad", "P30Y"),
    ],
)
def test_a_duration_in_the_languages_of_lists(printed: str, iso: str) -> None:
    assert normal("entry", "sentence", printed) == iso


@pytest.mark.parametrize(
    ("printed", "says"),
    [
        ("5", "not a duration"),
        ("лет", "not a duration"),
        ("5 лет условно", "not a duration"),
        ("5 years suspended", "not a duration"),
        ("5 лет колонии строгого режима", "not a duration"),
        ("5-6 лет", "not a duration"),
        ("30 базовых величин", "not a duration"),
        ("5 лет, 6 лет", "two lengths of time"),
        ("2021 г.", "a year, and not a length"),
        ("1,3 года", "no whole number of months"),
    ],
)
def test_what_is_more_or_less_than_a_duration_is_refused(printed: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        normal("entry", "sentence", printed)


def test_a_bare_number_is_read_with_the_unit_of_its_heading() -> None:
    read = settings_of("sentence length (years)", "sentence", ["4", "10.5", "life"], "")
    assert (read.prop, read.values) == ("sentence", {"4": "P4Y", "10.5": "P10Y6M"})
    assert settings_of("sentence (years, months)", "sentence", ["4", "5"], "").prop is None
    assert settings_of("刑期（年）", "sentence", ["11"], "").values == {"11": "P11Y"}
