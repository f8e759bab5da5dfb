"""The calendars that lists date by: which years each can mean, and the days of ours that a date of it is."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from hijridate import Hijri

GREGORIAN = "gregorian"
# Years that differ from ours by a number, their months and days being ours: that number, and the years that may be meant.
# The Thai year began in April until 1940, so that earlier ones are not told by a number.
_SHIFTED: Mapping[str, tuple[int, range]] = {
    GREGORIAN: (0, range(1850, 2151)),
    "buddhist": (-543, range(2484, 2694)),
    "minguo": (1911, range(1, 200)),
    "juche": (1911, range(1, 200)),
    "reiwa": (2018, range(1, 60)),
    "heisei": (1988, range(1, 32)),
    "showa": (1925, range(1, 65)),
    "taisho": (1911, range(1, 16)),
    "meiji": (1867, range(6, 46)),
}
_JALALI_LEAPS = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # of each 33 years, since the calendar is the law of Iran


def _ethiopic(year: int, month: int, day: int) -> date:
    """Twelve months of 30 days and a short one; a leap day ends the year before that of each fourth."""
    return date(2015, 9, 12) + timedelta(days=365 * (year - 2008) + year // 4 - 502 + 30 * (month - 1) + day - 1)


def _jalali(year: int, month: int, day: int) -> date:
    """Six months of 31 days, then months of 30; from the first day of 1400."""
    leaps = sum(other % 33 in _JALALI_LEAPS for other in range(min(year, 1400), max(year, 1400)))
    years = 365 * (year - 1400) + (leaps if year > 1400 else -leaps)
    return date(2021, 3, 21) + timedelta(days=years + 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)


def _hijri(year: int, month: int, day: int) -> date:
    found = Hijri(year, month, day).to_gregorian()
    return date(found.year, found.month, found.day)


# Calendars with months of their own: how a day is converted, the years that may be meant, and how many months there are.
_OWN: Mapping[str, tuple[Callable[[int, int, int], date], range, int]] = {
    "ethiopic": (_ethiopic, range(1840, 2143), 13),
    "jalali": (_jalali, range(1304, 1480), 12),
    "hijri": (_hijri, range(1343, 1500), 12),
}
CALENDARS = (*_SHIFTED, *_OWN)
UNSAID = "unsaid"  # nobody has said yet: dates of figures stay unread
TOLD = (
    *(name for name in CALENDARS if name not in ("taisho", "meiji", "showa", "heisei", "reiwa")),
    UNSAID,
)  # of a column


def months_are_ours(calendar: str) -> bool:
    """True of a calendar that has the months of ours, and only other years."""
    return calendar in _SHIFTED


def may_mean(year: int, calendar: str) -> bool:
    """True where a list may print that year of that calendar."""
    return year in (_SHIFTED[calendar][1] if calendar in _SHIFTED else _OWN[calendar][1])


def may_be_another(year: int) -> bool:
    """True of a year that no list means of ours, and that may be one of another calendar."""
    return not may_mean(year, GREGORIAN) and any(may_mean(year, other) for other in CALENDARS)


def century_of(calendar: str) -> int:
    """The hundred that a printed year of two digits is left without, in this century of that calendar."""
    return {"buddhist": 2500, "jalali": 1400, "hijri": 1400}.get(calendar, 2000)


def in_ours(calendar: str, year: int, month: int | None, day: int | None) -> str:
    """A date of a calendar in ours, in EDTF: a month or year with months of its own is the days from its first to its last.

    Raises:
        ValueError: it has no such day.
    """
    if not may_mean(year, calendar) and calendar != GREGORIAN:
        raise ValueError(f"there is no year {year} of the {calendar} calendar that a list may mean")
    if calendar in _SHIFTED:
        return _simple(year + _SHIFTED[calendar][0], month, day)
    try:
        first = _day(calendar, year, month or 1, day or 1)
        if day is not None:
            return first.isoformat()
        after = (year + 1, 1) if month is None or month == _OWN[calendar][2] else (year, month + 1)
        return f"{first.isoformat()}/{(_day(calendar, *after, 1) - timedelta(days=1)).isoformat()}"
    except OverflowError:
        raise ValueError(f"there is no such day of the {calendar} calendar") from None


def _simple(year: int, month: int | None, day: int | None) -> str:
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(f"there is no day {day} in {year}-{month:02d}")
    return "-".join(f"{part:0{width}d}" for part, width in ((year, 4), (month, 2), (day, 2)) if part is not None)


def _day(calendar: str, year: int, month: int, day: int) -> date:
    """One day of a calendar with months of its own.

    Raises:
        ValueError: there is no such day: the first of the next month is reached before it, or it has no such month.
    """
    convert, _, months = _OWN[calendar]
    if not 1 <= month <= months:
        raise ValueError(f"there is no month {month} in the {calendar} calendar")
    first = convert(year, month, 1)
    after = convert(year + 1, 1, 1) if month == months else convert(year, month + 1, 1)
    found = first + timedelta(days=day - 1)
    if not 1 <= day <= 31 or found >= after:
        raise ValueError(f"there is no day {day} in month {month} of {year} in the {calendar} calendar")
    return found
