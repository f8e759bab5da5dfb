"""Dates, ages and lengths of time in English, absolute and relative to the day of publication.

A weekday, a month or a day without its year is the latest one on or before publication; after a word of the future
("set for", "due on") it is the next one. Without a day of publication a relative date stays unread.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from habeas.check.lexicon import Lexicon, english, longest
from habeas.check.numbers import Chunk, plain_number
from habeas.check.text import Token

_FUTURE = frozenset(
    ["will", "set", "due", "scheduled", "expected", "takes", "planned", "upcoming", "next", "coming", "until"]
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_PARTS = {"early": "early", "mid": "mid", "late": "late", "beginning": "early", "start": "early", "end": "late"}


# A year outside these is no year of an article: a slip, or another number.
YEARS = range(1800, 2200)


def _day(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(token: Token) -> int | None:
    return int(token.text) if re.fullmatch(r"(1[89]|20)\d\d", token.text) else None


@lru_cache(maxsize=1)
def _days_back() -> dict[str, list[tuple[list[str], int]]]:
    """`yesterday`, `this morning`: the words by the first of them, and how many days back they mean."""
    found: dict[str, list[tuple[list[str], int]]] = {}
    for phrase, days in english().tables["days_back"].items():
        found.setdefault(phrase.split()[0], []).append((phrase.split(), days))
    return found


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the dates of one sentence against a day of publication (None: not known)."""

    found: tuple[Token, ...]
    lexicon: Lexicon
    published: date | None

    def low(self, i: int) -> str:
        return self.found[i].low if 0 <= i < len(self.found) else ""

    def month(self, i: int) -> int | None:
        """The month named at token `i`; `may` only with its capital."""
        if not 0 <= i < len(self.found) or not self.found[i].capital:
            return None
        number: int | None = self.lexicon.tables["months"].get(self.found[i].low)
        return number

    def after_dot(self, i: int) -> int:
        """Past the full stop of an abbreviated month."""
        short = self.low(i - 1) in ("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
        return i + 1 if short and self.low(i) == "." else i

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A day of the month at token `i`, with or without its `th`."""
        if not 0 <= i < len(self.found) or not re.fullmatch(r"\d{1,2}", self.found[i].text):
            return None
        day = int(self.found[i].text)
        suffix = self.low(i + 1) in ("st", "nd", "rd", "th") and self.found[i + 1].start == self.found[i].end
        return (day, i + 2 if suffix else i + 1) if 1 <= day <= 31 else None

    def future(self, i: int) -> bool:
        return any(self.low(k) in _FUTURE for k in range(max(0, i - 4), i))

    # --- days -------------------------------------------------------------------------------------------------

    def year_after(self, i: int) -> tuple[int | None, int]:
        """A year, `last year` or `this year` after a day and month: (year, end)."""
        k = i + 1 if self.low(i) in (",", "of") else i
        if k < len(self.found) and _year(self.found[k]) is not None:
            return _year(self.found[k]), k + 1
        if self.published is not None and self.low(k + 1) == "year" and self.low(k) in ("last", "this", "next"):
            return self.published.year + {"last": -1, "this": 0, "next": 1}[self.low(k)], k + 2
        return None, i

    def nearest(self, month: int, day: int, i: int) -> date | None:
        """The latest such day on or before publication, or the next one after a word of the future."""
        if self.published is None:
            return None
        years = range(self.published.year, self.published.year - 5, -1)
        if self.future(i):
            years = range(self.published.year, self.published.year + 5)
            return next((d for y in years if (d := _day(y, month, day)) and d >= self.published), None)
        return next((d for y in years if (d := _day(y, month, day)) and d <= self.published), None)

    def full(self, i: int) -> tuple[str, str, int] | None:
        """`13 December 2025`, `December 13, 2025`, `Dec. 13`, `13th of December`: (date, precision, end)."""
        if self.month(i) is not None:
            month, after = self.month(i), self.after_dot(i + 1)
            number = self.day_number(after)
        else:
            number = self.day_number(i)
            if number is None:
                return None
            k = number[1] + 1 if self.low(number[1]) == "of" else number[1]
            month, end = self.month(k), self.after_dot(k + 1)
            number = None if month is None else (number[0], end)
        if month is None or number is None:
            return None
        year, end = self.year_after(number[1])
        day = _day(year, month, number[0]) if year is not None else self.nearest(month, number[0], i)
        return None if day is None else (day.isoformat(), "day", end)

    def printed(self, i: int) -> tuple[str, str, int] | None:
        """`2025-12-13`, `13.12.2025`, `12/13/2025`: numbers with marks; day and month in doubt are left unread."""
        found = self.found
        if i + 4 < len(found) and found[i + 1].text == found[i + 3].text and found[i + 1].text in "-./":
            texts = [found[i + k].text for k in (0, 2, 4)]
            if all(t.isdecimal() and len(t) <= 4 for t in texts) and found[i].end == found[i + 1].start:
                day = _numeric([int(t) for t in texts], found[i + 1].text)
                return None if day is None else (day.isoformat(), "day", i + 5)
        if not re.fullmatch(r"\d{2}\.\d{2}", found[i].text) or self.low(i + 1) != "." or i + 2 >= len(found):
            return None
        year = _year(found[i + 2])
        if year is None:
            return None
        day_text, month_text = found[i].text.split(".")
        dotted = _day(year, int(month_text), int(day_text))
        return None if dotted is None else (dotted.isoformat(), "day", i + 3)

    def weekday(self, i: int) -> tuple[str, str, int] | None:
        """`Saturday`, `last Friday`, `Saturday, December 13`: the named date wins over the weekday."""
        number = self.lexicon.tables["weekdays"].get(self.low(i))
        if number is None or not self.found[i].capital:
            return None
        k = i + 1
        while self.low(k) in (",", "the", "(", "night", "morning", "evening", "afternoon", "on"):
            k += 1
        dated = self.full(k) if k < len(self.found) else None
        if dated is not None:
            return dated
        if self.published is None:
            return None
        back = (self.published.weekday() - number) % 7
        if self.future(i):
            return (self.published + timedelta(days=(number - self.published.weekday()) % 7)).isoformat(), "day", i + 1
        return (self.published - timedelta(days=back)).isoformat(), "day", i + 1

    # --- months, years and words -------------------------------------------------------------------------------

    def month_year(self, i: int) -> tuple[str, str, int] | None:
        """`December 2025`, `in July`, `last November`, `January of 2025`."""
        month = self.month(i)
        if month is None:
            return None
        if self.low(i) == "may" and self.low(i - 1) not in (
            "in",
            "since",
            "of",
            "last",
            "until",
            "by",
            "early",
            "late",
        ):
            k = self.after_dot(i + 1)
            if k >= len(self.found) or _year(self.found[k]) is None:
                return None
        year, end = self.year_after(self.after_dot(i + 1))
        if year is None:
            if self.published is None:
                return None
            strictly = self.low(i - 1) == "last"
            year = self.published.year
            if self.future(i):
                year += 1 if month < self.published.month else 0
            elif month > self.published.month or (strictly and month == self.published.month):
                year -= 1
            end = i + 1
        return f"{year:04d}-{month:02d}", "month", end

    def relative(self, i: int) -> tuple[str, str, int] | None:
        """`yesterday`, `last week`, `this year`, `two days ago`, `the month before`."""
        if self.published is None:
            return None
        for words, days in _days_back().get(self.low(i), ()):
            if [self.low(i + k) for k in range(len(words))] == words:
                return (self.published - timedelta(days=days)).isoformat(), "day", i + len(words)
        unit = self.low(i + 1)
        if self.low(i) in ("last", "this", "previous", "past", "the") and unit in ("week", "month", "year"):
            back = {"last": 1, "this": 0, "previous": 1, "past": 1, "the": 1}[self.low(i)]
            if self.low(i) == "the":
                if self.low(i + 2) not in ("before", "earlier"):
                    return None
                return (*self.shift(back, unit), i + 3)
            return (*self.shift(back, unit), i + 2)
        return self.ago(i)

    def ago(self, i: int) -> tuple[str, str, int] | None:
        amount = plain_number(self.found, i, self.lexicon)
        if amount is None and self.low(i) in ("a", "an"):
            amount = (1.0, i + 1)
        if amount is None or self.low(amount[1] + 1) not in ("ago", "earlier", "before"):
            return None
        unit = self.lexicon.tables["units"].get(self.low(amount[1]), "")
        if unit not in ("days", "weeks", "months", "years") or amount[0] > 200:
            return None
        if self.low(amount[1] + 1) != "ago":
            return None
        return (*self.shift(int(amount[0]), unit.rstrip("s")), amount[1] + 2)

    def shift(self, back: int, unit: str) -> tuple[str, str]:
        """The day, week, month or year `back` units before publication, with its precision."""
        assert self.published is not None
        if unit == "day":
            return (self.published - timedelta(days=back)).isoformat(), "day"
        if unit == "week":
            return (self.published - timedelta(days=7 * back)).isoformat(), "week"
        if unit == "month":
            index = self.published.year * 12 + self.published.month - 1 - back
            return f"{index // 12:04d}-{index % 12 + 1:02d}", "month"
        return f"{self.published.year - back:04d}", "year"

    def bare_year(self, i: int) -> tuple[str, str, int] | None:
        """A year, where the word before or after it says that it is one."""
        if i >= len(self.found) or _year(self.found[i]) is None:
            return None
        if self.low(i + 1) in ("-", "–") and re.fullmatch(r"\d+", self.low(i + 2)):
            return f"{int(self.found[i].text):04d}", "year", i + 1
        before = self.low(i - 1)
        if before in ("in", "since", "of", "from", "until", "by", "during", "early", "late", "mid", "before", "after", "the",
                      "-", "'s", "year", "and", "to", "around", "controversial", "disputed", "for"):  # fmt: skip
            return f"{int(self.found[i].text):04d}", "year", i + 1
        seasoned = before in self.lexicon.tables["seasons"]
        named = self.low(i + 1) in self.event_nouns
        return (f"{int(self.found[i].text):04d}", "year", i + 1) if seasoned or named else None

    @property
    def event_nouns(self) -> frozenset[str]:
        return frozenset(str(w).rstrip("*") for w in self.lexicon.tables["classes"]["event_noun"]) | {
            "presidential", "elections", "protests", "nobel", "peace", "parliamentary", "islamic", "post",
        }  # fmt: skip

    def read(self, i: int) -> Chunk | None:
        """The date that begins at token `i`, with a leading `early`, `mid` or `late` and preposition taken in."""
        first, part = i, ""
        k = i
        if self.low(k) in _PARTS:
            part = _PARTS[self.low(k)]
            k += 1
            while self.low(k) in ("-", "of", "the"):
                k += 1
        if self.low(k) in ("last", "this", "next") and (
            self.month(k + 1) or self.low(k + 1) in self.lexicon.tables["weekdays"]
        ):
            k += 1
        if k >= len(self.found):
            return None
        hit = (
            self.printed(k)
            or self.weekday(k)
            or self.full(k)
            or self.month_year(k)
            or self.relative(k)
            or self.bare_year(k)
        )
        if hit is None:
            return None
        text, precision, end = hit
        value = {
            "date": text,
            "precision": f"{part}-{precision}" if part and precision in ("month", "year") else precision,
        }
        if part and precision == "month" and part == "late":
            year, month = (int(x) for x in text.split("-"))
            value["latest"] = f"{text}-{calendar.monthrange(year, month)[1]:02d}"
        return Chunk("date", first, end, value)


def _numeric(parts: list[int], mark: str) -> date | None:
    if parts[0] > 999:
        return _day(parts[0], parts[1], parts[2])
    if parts[2] < 1000:
        return None
    if mark == ".":
        return _day(parts[2], parts[1], parts[0])
    if parts[0] > 12:
        return _day(parts[2], parts[1], parts[0])
    return _day(parts[2], parts[0], parts[1]) if parts[1] > 12 or parts[0] == parts[1] else None


def dates(found: tuple[Token, ...], lexicon: Lexicon, published: date | None) -> Iterator[Chunk]:
    """The dates of a sentence in order; `value` has `date` (ISO, as precise as said) and `precision`."""
    reader = Reader(found, lexicon, published)
    i = 0
    while i < len(found):
        chunk = reader.read(i)
        if chunk is None:
            i += 1
        else:
            yield chunk
            i = chunk.j


def _operator(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[str, int]:
    for width in range(min(4, i), 0, -1):
        hit = longest(lexicon.operators, found, i - width)
        if hit is not None and hit[1] == i:
            operator = str(lexicon.tables["operators"][hit[0]])
            return ("approx" if operator == "some" else operator), i - width
    return "eq", i


def _unit(found: tuple[Token, ...], j: int, lexicon: Lexicon) -> tuple[str, int] | None:
    """The unit of time at token `j`, after a hyphen or not."""
    k = j + 1 if j < len(found) and found[j].text == "-" else j
    unit = lexicon.tables["units"].get(found[k].low) if k < len(found) else None
    return None if unit is None else (unit, k + 1)


def _amount(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[float, int] | None:
    low = found[i].low
    if low == "half" and i + 1 < len(found) and found[i + 1].low in ("a", "an"):
        return 0.5, i + 2
    if low in ("a", "an", "one") and i + 1 < len(found) and found[i + 1].low in lexicon.tables["units"]:
        return 1, i + 1
    plain = plain_number(found, i, lexicon)
    if (
        plain is not None
        and plain[1] + 2 < len(found)
        and [t.low for t in found[plain[1] : plain[1] + 3]] == ["and", "a", "half"]
    ):
        return plain[0] + 0.5, plain[1] + 3
    return plain


def _length(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> tuple[dict[str, float], int] | None:
    """`six years and two months`, `10-year`, `half a year` at `i`: (units, end)."""
    total: dict[str, float] = {}
    j = i
    while j < len(found):
        k = j + 1 if total and found[j].low in ("and", ",") and j + 1 < len(found) else j
        amount = _amount(found, k, lexicon)
        unit = None if amount is None else _unit(found, amount[1], lexicon)
        if amount is None or unit is None or unit[0] in total:
            break
        total[unit[0]] = amount[0]
        j = unit[1]
    return (total, j) if total else None


def _whole_units(total: dict[str, float]) -> dict[str, Any]:
    """Years, months, weeks, days and hours; decades become years, a half year six months."""
    years = total.pop("years", 0.0) + 10 * total.pop("decades", 0.0)
    months = total.pop("months", 0.0)
    if years != int(years):
        months += (years - int(years)) * 12
        years = int(years)
    out: dict[str, Any] = {}
    for key, amount in (("years", years), ("months", months), *total.items()):
        if amount:
            out[key] = int(amount) if amount == int(amount) else round(amount, 2)
    return out


def durations(found: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Chunk]:
    """Lengths of time and ages of a sentence: chunks `duration` (years, months, days, op) and `age` (age)."""
    i = 0
    while i < len(found):
        chunk = _ranged(found, i, lexicon) or _age(found, i, lexicon) or _duration(found, i, lexicon)
        if chunk is None:
            i += 1
        else:
            yield chunk
            i = chunk.j


def _duration(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    length = _length(found, i, lexicon)
    if length is None:
        return None
    total, j = length
    if j < len(found) and found[j].low in ("ago", "old"):
        return None
    operator, first = _operator(found, i, lexicon)
    return Chunk("duration", first, j, _whole_units(dict(total)) | {"op": operator})


def _ranged(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    """`between two and five years`, `from 7 to 9 years`, `7-9 years`."""
    worded = found[i].low in ("between", "from", "of")
    k = i + 1 if worded else i
    if k >= len(found):
        return None
    first = _length(found, k, lexicon) if worded else None
    low = (first[0], first[1]) if first is not None else None
    if low is None:
        plain = plain_number(found, k, lexicon)
        if plain is None:
            return None
        low = ({"years": plain[0]}, plain[1])
    j = low[1]
    if j >= len(found) or found[j].low not in (("and", "to") if worded else ("-", "–", "to")):
        return None
    high = _length(found, j + 1, lexicon) if j + 1 < len(found) else None
    if high is None or "years" not in high[0] or high[0]["years"] <= low[0].get("years", 0):
        return None
    value: dict[str, Any] = {"op": "range", "years_min": low[0].get("years"), "years_max": high[0]["years"]}
    value = {k: int(v) if isinstance(v, float) and v == int(v) else v for k, v in value.items()}
    return Chunk("duration", i if worded and found[i].low != "of" else k, high[1], value)


def _age(found: tuple[Token, ...], i: int, lexicon: Lexicon) -> Chunk | None:
    """`43-year-old`, `aged 69`, `at the age of 60`, `who is 78`."""
    plain = plain_number(found, i, lexicon)
    if plain is None or plain[0] != int(plain[0]) or not 0 < plain[0] < 120:
        return None
    value = {"age": int(plain[0])}
    lows = [t.low for t in found[plain[1] : plain[1] + 5] if t.text != "-"]
    if lows[:2] in (["year", "old"], ["years", "old"]):
        end = plain[1]
        while found[end].low != "old":
            end += 1
        return Chunk("age", i, end + 1, value)
    before = [t.low for t in found[max(0, i - 3) : i]]
    if before[-1:] == ["aged"] or before[-2:] == ["age", "of"]:
        return Chunk("age", i, plain[1], value)
    alone = plain[1] >= len(found) or found[plain[1]].low in (",", ".", ";", "and", ")", "now", "when")
    if before[-2:] == ["who", "is"] and alone:
        return Chunk("age", i, plain[1], value)
    named = before[-1:] in ([","], ["("]) and i >= 2 and found[i - 2].capital and plain[0] >= 10
    if named and plain[1] < len(found) and found[plain[1]].low in (",", ")", ".", ";", "and"):
        return Chunk("age", i, plain[1], value)
    return None
