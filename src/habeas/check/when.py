"""Dates, ages and lengths of time, absolute and relative to the day of publication, in the language of a sentence.

A weekday, a month or a day without its year is the latest one on or before publication; after a word of the future
("set for", "due on") it is the next one. Without a day of publication a relative date stays unread.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from habeas.check.lexicon import Lexicon, longest
from habeas.check.numbers import Chunk, plain_number
from habeas.check.text import Token

# A year outside these is no year of an article: a slip, or another number.
YEARS = range(1800, 2200)
_NOT_BEFORE = 1900  # a bare number before it is hardly a year of an article
# By the first month of a season: the part of the year it is.
_SEASONS = {3: "early-year", 6: "mid-year", 9: "late-year", 12: "late-year"}
Found = tuple[str, str, int]  # date (ISO, as precise as said), precision, end token


def _day(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


_LONG_PAST, _SOON = 270, 95  # days from publication to the last such day, and to the next


def _year(token: Token) -> int | None:
    return int(token.text) if re.fullmatch(r"(1[89]|20)\d\d", token.text) else None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the dates of one sentence against a day of publication (None: not known)."""

    found: tuple[Token, ...]
    lexicon: Lexicon
    published: date | None

    def low(self, i: int) -> str:
        return self.found[i].low if 0 <= i < len(self.found) else ""

    def among(self, i: int, name: str) -> bool:
        """True where token `i` is one of the small words of that name."""
        return 0 <= i < len(self.found) and self.found[i].low in self.lexicon.small[name]

    def written(self, i: int) -> bool:
        """True where token `i` is written as months and weekdays are: with a capital in English, without one elsewhere."""
        if not 0 <= i < len(self.found):
            return False
        return self.found[i].capital if self.lexicon.tables["capital_dates"] else i == 0 or not self.found[i].capital

    def month(self, i: int) -> int | None:
        """The month named at token `i`; `may` only with its capital."""
        if not self.written(i):
            return None
        number: int | None = self.lexicon.tables["months"].get(self.found[i].low)
        return number

    def after_dot(self, i: int) -> int:
        """Past the full stop of an abbreviated month or of `г.`."""
        return i + 1 if self.among(i - 1, "dotted") and self.low(i) == "." else i

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A day of the month at token `i`, with or without its `th`, `-го`, `º`."""
        if not 0 <= i < len(self.found):
            return None
        if self.among(i, "first_day"):
            return 1, i + 1
        worded = self.lexicon.tables["days_in_words"].get(self.found[i].low)
        if worded is not None and self.month(i + 1) is not None:
            return worded, i + 1
        if not re.fullmatch(r"\d{1,2}", self.found[i].text):
            return None
        day, k = int(self.found[i].text), i + 1
        if self.low(k) in ("-", ".") and self.among(k + 1, "day_endings"):
            k += 1
        if self.among(k, "day_endings") and self.found[k].start <= self.found[i].end + 1:
            k += 1
        else:
            k = i + 1
        return (day, k) if 1 <= day <= 31 else None

    def future(self, i: int) -> bool:
        """True where a word of the future stands shortly before token `i`, or `will` anywhere in its clause."""
        if any(self.among(k, "future") for k in range(max(0, i - 4), i)):
            return True
        if any(self.among(k, "coming") for k in range(max(0, i - 7), i)):
            return True  # "de cara a las elecciones del 26 de enero"
        start = next((k for k in range(i - 1, max(-1, i - 14), -1) if self.found[k].text in ",;:"), i - 14)
        if any(self.among(k, "ahead") for k in range(max(0, start, i - 8), i)):
            return True  # "ahead of the vote on 6 December"
        return any(self.among(k, "will_far") for k in range(max(0, start), i))

    # --- days -------------------------------------------------------------------------------------------------

    def year_at(self, i: int) -> tuple[int, int] | None:
        """A year in digits at token `i` with its `года`, `г.` or ending: (year, end)."""
        if not 0 <= i < len(self.found) or _year(self.found[i]) is None:
            return None
        year, k = _year(self.found[i]) or 0, i + 1
        if self.low(k) == "-" and self.among(k + 1, "day_endings"):
            k += 2
        if self.among(k, "year_words"):
            k = self.after_dot(k + 1)
        return year, k

    def year_after(self, i: int) -> tuple[int | None, int]:
        """A year, `last year` or `this year` after a day and month: (year, end)."""
        k = i
        while self.low(k) == "," or self.among(k, "of"):
            k += 1
        k = k if k <= i + 1 else i
        year = self.year_at(k)
        if year is not None:
            return year
        hit = longest(self.lexicon.relative, self.found, k) if k < len(self.found) else None
        hit = hit or (longest(self.lexicon.relative, self.found, i) if i < k else None)  # "del año pasado"
        if hit is not None and self.published is not None:
            unit, back = self.lexicon.tables["relative"][hit[0]]
            if unit == "year":
                return self.published.year - back, hit[1]
        return None, i

    def nearest(self, month: int, day: int, i: int) -> date | None:
        """The latest such day on or before publication, or the next one after a word of the future."""
        if self.published is None:
            return None
        years = range(self.published.year, self.published.year - 5, -1)
        if self.future(i):
            years = range(self.published.year, self.published.year + 5)
            return next((d for y in years if (d := _day(y, month, day)) and d >= self.published), None)
        past = next((d for y in years if (d := _day(y, month, day)) and d <= self.published), None)
        until = self.lexicon.cases and self.among(i - 1, "before")
        ahead = _day(past.year + 1, month, day) if until and past is not None else None
        if past and ahead and (self.published - past).days > _LONG_PAST and (ahead - self.published).days < _SOON:
            return ahead  # "до 3 июня" in April: a day of a year ago has its year beside it
        return past

    def full(self, i: int) -> Found | None:
        """`13 December 2025`, `December 13, 2025`, `13 декабря`, `13 de diciembre de 2025`: (date, precision, end)."""
        if self.month(i) is not None:
            month, after = self.month(i), self.after_dot(i + 1)
            number = self.day_number(after) if self.lexicon.tables["month_first"] else None
        else:
            number = self.day_number(i)
            if number is None:
                return None
            k = number[1] + 1 if self.among(number[1], "of") else number[1]
            month, end = self.month(k), self.after_dot(k + 1)
            number = None if month is None else (number[0], end)
        if month is None or number is None or self._counts_people(number):
            return None
        year, end = self.year_after(number[1])
        day = _day(year, month, number[0]) if year is not None else self.nearest(month, number[0], i)
        return None if day is None else (day.isoformat(), "day", end)

    def day_alone(self, i: int) -> Found | None:
        """`23 числа`: the latest such day on or before publication."""
        number = self.day_number(i)
        opened = self.among(i - 1, "day_word") and not self._goes_on(number[1]) if number is not None else False
        if number is None or self.published is None or not (opened or self.among(number[1], "day_of_month")):
            return None
        if opened:
            ahead = (self.published + timedelta(days=k * (1 if self.future(i - 1) else -1)) for k in range(62))
            day = next((d for d in ahead if d.day == number[0]), None)
            return None if day is None else (day.isoformat(), "day", number[1])
        back = (self.published - timedelta(days=k) for k in range(62))
        day = next((d for d in back if d.day == number[0]), None)
        return None if day is None else (day.isoformat(), "day", number[1] + 1)

    def weekday_number(self, weekday: int, k: int) -> Found | None:
        """`el lunes 11`, `Monday the 11th`: the latest such weekday with that number on or before publication."""
        number = self.day_number(k)
        if number is None or self.published is None or self._goes_on(number[1]):
            return None
        back = (self.published - timedelta(days=d) for d in range(370))
        day = next((d for d in back if d.day == number[0] and d.weekday() == weekday), None)
        return None if day is None else (day.isoformat(), "day", number[1])

    def _goes_on(self, k: int) -> bool:
        """True where a word follows that a number can count: `on Monday 11 people`."""
        return (
            k < len(self.found)
            and (self.found[k].kind != "mark" or self.found[k].text in "%-–./:$€")
            and (not self.among(k, "after_day_alone"))
            and self.found[k].text != "."
        )

    def _counts_people(self, number: tuple[int, int]) -> bool:
        """True for `in July 18 prisoners were let go`: the number is no day but a count."""
        if not self.lexicon.tables["month_first"] or number[1] >= len(self.found):
            return False
        return any(label in ("people", "political") for label, _ in self.lexicon.classes.at(self.found, number[1]))

    def printed(self, i: int) -> Found | None:
        """`2025-12-13`, `13.12.2025`, `12/13/2025`: numbers with marks; day and month in doubt are left unread."""
        found = self.found
        if i + 4 < len(found) and found[i + 1].text == found[i + 3].text and found[i + 1].text in "-./":
            texts = [found[i + k].text for k in (0, 2, 4)]
            if all(t.isdecimal() and len(t) <= 4 for t in texts) and found[i].end == found[i + 1].start:
                day_first = not self.lexicon.tables["month_first"]
                day = _numeric([int(t) for t in texts], found[i + 1].text, day_first=day_first)
                return None if day is None else (day.isoformat(), "day", i + 5)
        if not re.fullmatch(r"\d{1,2}\.\d{2}", found[i].text) or self.low(i + 1) != "." or i + 2 >= len(found):
            return None
        year = _year(found[i + 2])
        if year is None:
            return None
        day_text, month_text = found[i].text.split(".")
        dotted = _day(year, int(month_text), int(day_text))
        return None if dotted is None else (dotted.isoformat(), "day", i + 3)

    def weekday(self, i: int) -> Found | None:
        """`Saturday`, `last Friday`, `en sábado`, `Saturday, December 13`: the named date wins over the weekday."""
        number = self.lexicon.tables["weekdays"].get(self.low(i))
        if number is None or not self.written(i):
            return None
        k = i + 1
        while self.among(k, "after_weekday"):
            k += 1
        dated = self.full(k) if k < len(self.found) else None
        dated = dated or self.weekday_number(number, i + 2 if self.among(i + 1, "articles") else i + 1)
        if dated is not None:
            return dated
        if self.published is None:
            return None
        ofweek = self.weekday_of_a_week(number, i + 1)
        if ofweek is not None:
            return ofweek
        end = i + 2 if self.among(i + 1, "past") else i + 1
        back = (self.published.weekday() - number) % 7
        if self.future(i):
            return (self.published + timedelta(days=(number - self.published.weekday()) % 7)).isoformat(), "day", end
        if end > i + 1 and not back:
            back = 7
        return (self.published - timedelta(days=back)).isoformat(), "day", end

    def weekday_of_a_week(self, weekday: int, i: int) -> Found | None:
        """`Wednesday of last week`, `в среду на прошлой неделе`: the weekday number and the token after the name."""
        for k in range(i, min(i + 3, len(self.found))):
            hit = longest(self.lexicon.relative, self.found, k)
            unit, back = self.lexicon.tables["relative"][hit[0]] if hit is not None else ("", 0)
            if hit is not None and unit == "week" and self.published is not None:
                monday = self.published - timedelta(days=self.published.weekday() + 7 * back)
                return (monday + timedelta(days=weekday)).isoformat(), "day", hit[1]
            if not any(self.among(k, name) for name in ("of", "at_time", "articles")):
                break
        return None

    # --- months, years and words -------------------------------------------------------------------------------

    def month_year(self, i: int) -> Found | None:
        """`December 2025`, `in July`, `last November`, `у ліпені 2025 года`."""
        month = self.month(i)
        if month is None:
            return None
        dated = self.year_after(self.after_dot(i + 1))
        if self.among(i, "doubtful_month") and not self.among(i - 1, "before_month") and dated[0] is None:
            return None
        year, end = dated
        if year is None:
            if self.published is None:
                return None
            strictly = self.low(i - 1) == "last" or self.among(i + 1, "past")
            year = self.published.year
            if self.future(i):
                year += 1 if month < self.published.month else 0
            elif month > self.published.month or (strictly and month == self.published.month):
                year -= 1
            end = i + 2 if self.among(i + 1, "past") else i + 1
        return f"{year:04d}-{month:02d}", "month", end

    def relative(self, i: int) -> Found | None:
        """`yesterday`, `last week`, `на прошлой неделе`, `two days ago`, `hace un mes`."""
        if self.published is None:
            return None
        hit = longest(self.lexicon.relative, self.found, i)
        if hit is not None:
            unit, back = self.lexicon.tables["relative"][hit[0]]
            date_, precision = self.shift(back, unit)
            told = self.within(hit[1]) if unit == "year" and self.lexicon.cases else None
            if told is not None:
                return f"{date_[:4]}{told[0][4:]}", told[1], told[2]
            return date_, "now" if unit == "day" and not back else precision, hit[1]
        return self.ago(i)

    def within(self, k: int) -> Found | None:
        """The day or month after a word for a year: the `3 ліпеня` of `сёлета 3 ліпеня`, the `жніўні` of `летась у жніўні`."""
        k += self.among(k, "at_time")
        return (self.full(k) or self.month_year(k)) if k < len(self.found) else None

    def ago(self, i: int) -> Found | None:
        before = self.among(i, "ago_before") and not self.among(i - 1, "since")
        k = i + 1 if before else i
        about = longest(self.lexicon.operators, self.found, k) if before and k < len(self.found) else None
        k = k if about is None else about[1]  # "hace casi un año"
        if k >= len(self.found):
            return None
        amount = plain_number(self.found, k, self.lexicon)
        if amount is None and self.among(k, "one"):
            amount = (1.0, k + 1)
        units = self.lexicon.tables["units"]
        if amount is None and self.low(k) in units and self.among(k + 1, "ago"):
            amount = (1.0, k)
        if amount is None:
            return None
        unit = units.get(self.low(amount[1]), "")
        said = before or self.among(amount[1] + 1, "ago")
        if not said or unit not in ("days", "weeks", "months", "years") or not 0 < amount[0] <= 200:
            return None
        return (*self.shift(int(amount[0]), unit.rstrip("s")), amount[1] + (1 if before else 2))

    def shift(self, back: int, unit: str) -> tuple[str, str]:
        """The day, week, month or year `back` units before publication, with its precision."""
        assert self.published is not None
        if unit == "day":
            return (self.published - timedelta(days=back)).isoformat(), "day"
        if unit == "week":
            return (self.published - timedelta(days=7 * back)).isoformat(), "week"
        if unit == "season":
            ended = self.published.month >= (back + 3) % 12 if back < 12 else self.published.month >= 3
            return f"{self.published.year - (not ended or back == 12):04d}", _SEASONS[back]
        if unit == "month":
            months = self.published.year * 12 + self.published.month - 1 - back
            return f"{months // 12:04d}-{months % 12 + 1:02d}", "month"
        return f"{self.published.year - back:04d}", "year"

    def bare_year(self, i: int) -> Found | None:
        """A year, where the word before or after it says that it is one."""
        year = self.year_at(i)
        if year is None:
            return None
        text = f"{year[0]:04d}"
        if self.low(i + 1) in ("-", "–") and re.fullmatch(r"\d+", self.low(i + 2)):
            return text, "year", i + 1
        if self.lexicon.cases and self.low(i - 1) in ("-", "–") and re.fullmatch(r"(19|20)\d\d", self.low(i - 2)):
            return None  # "с 2007–2011 годов"
        worded = year[1] > i + 1
        before = self.low(i - 1)
        if worded or self.among(i - 1, "before_year") or before in ("-", "'s"):
            return (text, "year", year[1]) if worded or year[0] >= _NOT_BEFORE else None
        seasoned = before in self.lexicon.tables["seasons"]
        named = self.low(i + 1) in self.lexicon.small["after_year"] or self._event_noun(i + 1)
        return (text, "year", i + 1) if seasoned or named else None

    def _event_noun(self, i: int) -> bool:
        return i < len(self.found) and any(label == "event_noun" for label, _ in self.lexicon.classes.at(self.found, i))

    def read(self, i: int) -> Chunk | None:
        """The date that begins at token `i`, with a leading `early`, `mid` or `late` and preposition taken in."""
        first, part = i, ""
        k = i
        opened = self.lexicon.tables["parts_of_time"].get(self.low(k))
        if opened is not None:
            part = str(opened)
            k += 1
            while self.low(k) == "-" or self.among(k, "of") or self.among(k, "articles"):
                k += 1
        if self.among(k, "past_before") and (self.month(k + 1) or self.low(k + 1) in self.lexicon.tables["weekdays"]):
            k += 1
        if k >= len(self.found):
            return None
        hit = (
            self.printed(k)
            or self.weekday(k)
            or self.full(k)
            or self.day_alone(k)
            or self.month_year(k)
            or self.relative(k)
            or self.bare_year(k)
        )
        if hit is None and part:
            part, hit = "", self.relative(first)  # "a principios de mes"
        if hit is None:
            return None
        text, precision, end = hit
        value: dict[str, Any] = {
            "date": text,
            "precision": f"{part}-{precision}" if part and precision in ("month", "year") else precision,
        }
        if precision == "now":
            value |= {"precision": "day", "today": True}
        if part and precision == "month" and part == "late":
            year, month = (int(x) for x in text.split("-"))
            value["latest"] = f"{text}-{calendar.monthrange(year, month)[1]:02d}"
        return Chunk("date", first, end, value)


def _numeric(parts: list[int], mark: str, *, day_first: bool) -> date | None:
    if parts[0] > 999:
        return _day(parts[0], parts[1], parts[2])
    if parts[2] < 1000:
        return None
    if mark == "." or parts[0] > 12 or day_first:
        return _day(parts[2], parts[1], parts[0])
    return _day(parts[2], parts[0], parts[1]) if parts[1] > 12 or parts[0] == parts[1] else None


def dates(found: tuple[Token, ...], lexicon: Lexicon, published: date | None) -> Iterator[Chunk]:
    """The dates of a sentence in order; `value` has `date` (ISO, as precise as said) and `precision`."""
    reader = Reader(found, lexicon, published)
    i = 0
    while i < len(found):
        opens = found[i].kind == "number" or found[i].low in lexicon.opens_time
        chunk = reader.read(i) if opens else None
        if chunk is None:
            i += 1
        else:
            yield chunk
            i = chunk.j
