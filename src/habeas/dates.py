"""Partial dates, half-open spans, days held, and the two clocks.

The text form is EDTF (ISO 8601-2:2019): level 1, and of level 2 what prisoner lists need. The grammar is
small enough to own; its meaning as bounds is ours and is the law the rest of habeas stands on:

* a partial date is *one* unknown day inside `[earliest, latest]`, both inclusive, either open (`None`);
* `~`, `?` and `%` widen the bounds by one unit of the written precision on each side;
* a span in the world is half-open, `[start, end)`; days held = end minus start, first day not counted.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

ONE_DAY = timedelta(days=1)


class Precision(StrEnum):
    """How finely a date was written."""

    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    RANGE = "range"


# Seasons (21-24, 25-28 northern hemisphere), quarters (33-36) and halves (40-41) of EDTF, as (first month, months).
_SEASONS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    40: (1, 6), 41: (7, 6),
}  # fmt: skip

_SIMPLE = re.compile(
    r"""(?P<year>\d{4}|\d{3}X|\d{2}XX)
        (?:-(?P<month>\d{2}|XX)
           (?:-(?P<day>\d{2}|XX)?)?
        )?""",
    re.VERBOSE,
)
_QUALIFIER = re.compile(r"[~?%]")


def _month_after(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def shift_months(day: date, months: int) -> date:
    """The same day `months` later, cut to the length of its month.

    Raises:
        ValueError: that lies outside the years 1 to 9999.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise ValueError(f"year {year} is outside 1 to 9999")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class PartialDate:
    """One day, known only to lie between two bounds.

    `text` is the EDTF form; `earliest` and `latest` are inclusive, `None` where open; `approximate` (`~`) and
    `uncertain` (`?`) keep the qualifiers. Two dates are equal when their text is.
    """

    text: str
    earliest: date | None
    latest: date | None
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The partial date written in EDTF; `2021-05-~` is read as `2021-05~`.

        Raises:
            ValueError: the text is not EDTF as habeas reads it, or names a day that does not exist.
        """
        return _parse(text.strip())

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The exact day."""
        return _parse(day.isoformat())

    @property
    def is_day(self) -> bool:
        """True where exactly one day is meant, without a qualifier."""
        return self.earliest is not None and self.earliest == self.latest

    @property
    def middle(self) -> date | None:
        """The middle day of the bounds, a reading for sorting and drawing only; the known bound where one is open."""
        if self.earliest is None or self.latest is None:
            return self.earliest or self.latest
        return self.earliest + (self.latest - self.earliest) // 2

    def certainly_before(self, day: date) -> bool:
        """True where every day it may mean lies before `day`."""
        return self.latest is not None and self.latest < day

    def certainly_by(self, day: date) -> bool:
        """True where every day it may mean is `day` or earlier."""
        return self.latest is not None and self.latest <= day

    def possibly_by(self, day: date) -> bool:
        """True where some day it may mean is `day` or earlier."""
        return self.earliest is None or self.earliest <= day

    def compatible(self, other: PartialDate) -> bool:
        """True where one day could satisfy both."""
        low = max((d for d in (self.earliest, other.earliest) if d is not None), default=None)
        high = min((d for d in (self.latest, other.latest) if d is not None), default=None)
        return low is None or high is None or low <= high

    def within(self, other: PartialDate) -> bool:
        """True where every day this may mean is one that `other` may mean (this one is at least as precise)."""
        low = other.earliest is None or (self.earliest is not None and self.earliest >= other.earliest)
        high = other.latest is None or (self.latest is not None and self.latest <= other.latest)
        return low and high

    def __str__(self) -> str:
        return self.text


def _bounds(body: str) -> tuple[date, date, Precision]:
    """Inclusive bounds of one unqualified EDTF date."""
    match = _SIMPLE.fullmatch(body)
    if match is None:
        raise ValueError(f"{body!r} is not a date as YYYY, YYYY-MM or YYYY-MM-DD")
    year_text, month_text, day_text = match["year"], match["month"], match["day"]
    if "X" in year_text:
        if month_text is not None:
            raise ValueError(f"{body!r} leaves the year open but gives a month")
        first = int(year_text.replace("X", "0")) or 1
        last = int(year_text.replace("X", "9"))
        return date(first, 1, 1), date(last, 12, 31), Precision.DECADE
    year = int(year_text)
    if year == 0:
        raise ValueError("the year 0000 cannot be used")
    if month_text in (None, "XX"):
        if day_text not in (None, "XX"):
            raise ValueError(f"{body!r} leaves the month open but gives a day")
        return date(year, 1, 1), date(year, 12, 31), Precision.YEAR
    month = int(month_text)
    if month in _SEASONS and day_text is None:
        start_month, months = _SEASONS[month]
        start = date(year, start_month, 1)
        return start, shift_months(start, months) - ONE_DAY, Precision.SEASON
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month_text} in {body!r}")
    length = calendar.monthrange(year, month)[1]
    if day_text in (None, "XX"):
        return date(year, month, 1), date(year, month, length), Precision.MONTH
    if not 1 <= int(day_text) <= length:
        raise ValueError(f"there is no day {day_text} in {year}-{month_text}")
    exact = date(year, month, int(day_text))
    return exact, exact, Precision.DAY


def _widen(low: date, high: date, precision: Precision) -> tuple[date, date]:
    """Bounds one unit of the written precision wider on each side."""
    if precision is Precision.DAY:
        return low - ONE_DAY, high + ONE_DAY
    months = {Precision.MONTH: 1, Precision.SEASON: 3, Precision.YEAR: 12, Precision.DECADE: 120}[precision]
    return shift_months(low, -months), shift_months(high + ONE_DAY, months) - ONE_DAY


def _parse_one(text: str) -> PartialDate:
    marks = set(_QUALIFIER.findall(text))
    body = _QUALIFIER.sub("", text)
    trailing = body.endswith("-") and len(body) > 4
    if trailing:
        body = body[:-1]
        if not marks:
            raise ValueError(f"{text!r} ends in a dash")
    low, high, precision = _bounds(body)
    if marks:
        try:
            low, high = _widen(low, high, precision)
        except (ValueError, OverflowError):
            raise ValueError(f"{text!r} reaches outside the years 1 to 9999") from None
    mark = "%" if "%" in marks or marks == {"~", "?"} else "".join(sorted(marks))
    return PartialDate(
        text=body + mark,
        earliest=low,
        latest=high,
        precision=precision,
        approximate=bool(marks & {"~", "%"}),
        uncertain=bool(marks & {"?", "%"}),
    )


@lru_cache(maxsize=65_536)
def _parse(text: str) -> PartialDate:
    if not text:
        raise ValueError("an empty text is not a date")
    if text.startswith("[") and text.endswith("]") and ".." in text:
        # EDTF level 2 "one of a set"; its open form says the same as an open interval.
        left, _, right = text[1:-1].partition("..")
        text = f"{left or '..'}/{right or '..'}"
    return _parse_interval(text) if "/" in text else _parse_one(text)


def _bound(text: str) -> PartialDate | None:
    """One end of an interval; None where it is open or not known."""
    return None if text in ("", "..") else _parse_one(text)


def _parse_interval(text: str) -> PartialDate:
    left, _, right = text.partition("/")
    if "/" in right:
        raise ValueError(f"{text!r} has more than one slash")
    start, end = _bound(left), _bound(right)
    if start is None and end is None:
        raise ValueError(f"{text!r} gives no bound at all")
    low = None if start is None else start.earliest
    high = None if end is None else end.latest
    if low is not None and high is not None and high < low:
        raise ValueError(f"{text!r} ends before it starts")
    return PartialDate(
        text=f"{'..' if start is None else start.text}/{'..' if end is None else end.text}",
        earliest=low,
        latest=high,
        precision=Precision.RANGE,
        approximate=any(d is not None and d.approximate for d in (start, end)),
        uncertain=any(d is not None and d.uncertain for d in (start, end)),
    )


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of days, `[start, end)`; `None` is open on that side."""

    start: date | None
    end: date | None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"the span ends ({self.end}) before it starts ({self.start})")

    @classmethod
    def covering(cls, when: PartialDate) -> Span:
        """All the days that `when` may mean."""
        return cls(when.earliest, None if when.latest is None else when.latest + ONE_DAY)

    @property
    def days(self) -> int | None:
        """Length in days, or `None` where a side is open."""
        return None if self.start is None or self.end is None else (self.end - self.start).days

    def contains(self, day: date) -> bool:
        """True where `day` lies in the span; the end day does not."""
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def cut(self, other: Span) -> Span | None:
        """What both spans share, or `None` where they share no day."""
        start = max((d for d in (self.start, other.start) if d is not None), default=None)
        end = min((d for d in (self.end, other.end) if d is not None), default=None)
        if start is not None and end is not None and end <= start:
            return None
        return Span(start, end)

    def months(self) -> Iterator[Span]:
        """The calendar months the span touches, in order, uncut; the span must be closed."""
        if self.start is None or self.end is None:
            raise ValueError("an open span has no list of months")
        year, month = self.start.year, self.start.month
        while date(year, month, 1) < self.end:
            following = _month_after(year, month)
            yield Span(date(year, month, 1), date(*following, 1))
            year, month = following

    def __str__(self) -> str:
        return f"{self.start or '..'}/{self.end or '..'}"


@dataclass(frozen=True, slots=True)
class Days:
    """A length of time in days: certainly at least `low`, at most `high` (`None`: no bound), best reading `best`."""

    low: int
    best: int | None
    high: int | None

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def __str__(self) -> str:
        if self.exact:
            return f"{self.low:,}"
        if self.high is None:
            return f"at least {self.low:,}"
        return f"{self.low:,}–{self.high:,}"


def days_held(start: PartialDate, end: PartialDate) -> Days:
    """Days from `start` to `end` by the house rule: end minus start, first day not counted.

    2021-07-14 to 2025-12-13 is 1,613. Where a date is imprecise the length is an interval and `best` is the length
    between the middles of the bounds, never shown without them; an open bound leaves `best` and `high` unset.

    Raises:
        ValueError: the end certainly lies before the start.
    """
    if start.earliest is not None and end.latest is not None and end.latest < start.earliest:
        raise ValueError(f"held from {start} to {end}: the end lies before the start")
    low = 0
    if start.latest is not None and end.earliest is not None:
        low = max(0, (end.earliest - start.latest).days)
    if start.earliest is None or end.latest is None:
        return Days(low, None, None)
    high = (end.latest - start.earliest).days
    middle_start, middle_end = start.middle, end.middle
    if start.latest is None or end.earliest is None or middle_start is None or middle_end is None:
        return Days(low, None, high)
    return Days(low, min(max((middle_end - middle_start).days, low), high), high)


class Clock(StrEnum):
    """Which clock `known` is read on: when we recorded it, or when its source was published."""

    RECORDED = "recorded"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day asked about, and what was known: the state of the world `on`, as `known` on a clock.

    `known` is an aware UTC instant; `None` means everything on record.
    """

    on: date
    known: datetime | None = None
    known_by: Clock = Clock.RECORDED

    def __post_init__(self) -> None:
        if self.known is not None and self.known.tzinfo is None:
            raise ValueError("`known` must be an aware instant (UTC)")

    @property
    def known_day(self) -> date | None:
        return None if self.known is None else self.known.astimezone(UTC).date()


def end_of(day: date) -> datetime:
    """The last instant of a day in UTC: "as known on that day" includes the whole of it."""
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999_999, tzinfo=UTC)


def edtf(when: PartialDate | None) -> str:
    """A date in its EDTF form; empty where there is none."""
    return "" if when is None else when.text
