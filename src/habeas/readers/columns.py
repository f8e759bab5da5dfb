"""How the dates of a column read, told from all its cells: which comes first, of which calendar, in which language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from habeas.readers.calendars import GREGORIAN, TOLD, UNSAID, may_mean
from habeas.readers.dating import pieces_of
from habeas.readers.printed import EXCEL, ORDERS, How, Printed, printed, readings

_PARTED = re.compile(r"(\d{1,2})([/\-.])(\d{1,2})\2(\d{4}|\d{3}|\d{2})")
_YEAR = re.compile(r"(?:\d{1,2}[-/.]){0,2}(\d{3,4})|(\d{3,4})(?:[-/.]\d{1,2}){1,2}")
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.\d+)?")  # days from 1954 to 2064
# Letters of those who count years otherwise, and what they count by; the first that fits the years is it.
_HABITS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), ("buddhist",)),
    (re.compile(r"[\u06f0-\u06f9پچژگکیۍېګ]"), ("jalali", "hijri")),
    (re.compile(r"[\u0600-\u06ff]"), ("hijri", "jalali")),
    (re.compile(r"[\u3400-\u9fff]"), ("minguo",)),
    (re.compile(r"[\uac00-\ud7af]"), ("juche",)),
)
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # letters of those who write the year first
_ETHIOPIC = re.compile(r"[\u1200-\u137f]")
_KEPT = ": days of ours are stated, and what is printed is kept"
_YEARS_AHEAD = {"jalali": 1410, "hijri": 1460, "buddhist": 2590}  # none of a list is later


def dates_of(heading: str, cells: Sequence[str]) -> tuple[How, tuple[str, ...]]:
    """How the dates of a column are printed as its cells tell it, and what no cell tells, which a person is asked."""
    plain = ["".join(text for _, text in pieces_of(cell)) for cell in cells]
    lang, remarks = _language(cells)
    calendar, said = _calendar(heading, cells, plain, lang)
    order, asked = _order(plain, calendar)
    year_first = _EAST.search(heading + " ".join(cells)) is not None
    formats = _formats(plain, order, calendar, year_first=year_first)
    remarks += (*said, *asked)
    if any("%y" in form for form in formats):
        remarks += (
            "Years of two digits: 00 to 68 are read as 20xx, 69 to 99 as 19xx, none after `published`: fill that in",
        )
    if EXCEL in formats:
        remarks += (
            f"Numbers such as {next(filter(_SERIAL.fullmatch, plain))} are read as days as a spreadsheet counts them",
        )
    return How(formats=formats, order=order, calendar=calendar, lang=lang), remarks


# --- the language ---


def _language(cells: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The language of the column where a word of it is two dates in two; it is one that knows all words of the column."""
    read = [found for cell in dict.fromkeys(cells) if (found := readings(cell))]
    unsure = [found for found in read if len({(one.edtf, one.calendar) for one in found.values()}) > 1]
    if not unsure:
        return None, ()
    shared = set.intersection(*(set(found) for found in read)) or _most_common(read)
    if len({_all_of(language, read) for language in shared}) == 1:
        return min(shared), ()
    languages = ", ".join(sorted({language for found in unsure for language in found})[:6])
    return None, (
        f'Some words are two dates in two languages: say which of {languages}, such as lang = "{min(shared)}"',
    )


def _most_common(read: Sequence[Mapping[str, Printed]]) -> set[str]:
    counted = Counter(language for found in read for language in found)
    most = max(counted.values())
    return {language for language, number in counted.items() if number == most}


def _all_of(language: str, read: Sequence[Mapping[str, Printed]]) -> tuple[str, ...]:
    return tuple(found[language].edtf if language in found else "" for found in read)


# --- the calendar ---


def _calendar(
    heading: str, cells: Sequence[str], plain: Sequence[str], lang: str | None
) -> tuple[str | None, tuple[str, ...]]:
    """The calendar that most cells name, or that the years need which cannot be ours, by the habit of those who write so."""
    named = Counter(found for cell in cells if (found := _named(cell, lang)) is not None)
    own, _ = next(iter(named.most_common(1)), (None, 0))
    if own in TOLD and own != GREGORIAN:
        example = next(cell for cell in cells if _named(cell, lang) == own)
        return own, (f"Years of the {own} calendar, such as {example[:40]}{_KEPT}",)
    years = _years(plain)
    strange = [year for year in years if not may_mean(year, GREGORIAN)]
    letters = heading + " ".join(cells)
    if strange:
        return _of_strange(strange, letters)
    if own is None and years and _ETHIOPIC.search(letters):
        return UNSAID, (
            'Nothing tells whether these years are Ethiopian or ours: say calendar = "ethiopic" or calendar = "gregorian";',
            "until then they are not read",
        )
    return None, ()


def _years(plain: Sequence[str]) -> list[int]:
    matches = (_YEAR.fullmatch(text) for text in plain)
    return [int(match[1] or match[2]) for match in matches if match is not None]


def _of_strange(years: Sequence[int], letters: str) -> tuple[str | None, tuple[str, ...]]:
    """The calendar of years that cannot be ours, by the habit of those who write with such letters; else it is asked."""
    for name in next((names for habit, names in _HABITS if habit.search(letters)), ()):
        if all(may_mean(year, name) and year <= _YEARS_AHEAD.get(name, year) for year in years):
            return name, (f"Years such as {years[0]} are of the {name} calendar{_KEPT}",)
    return None, (
        f'Years such as {years[0]} are not ours: say the calendar, such as calendar = "buddhist", "jalali" or "hijri"',
    )


def _named(cell: str, lang: str | None) -> str | None:
    """The calendar that the words of a cell name; None where it has none."""
    try:
        found = printed(cell, How(lang=lang, order=ORDERS[0]))
    except ValueError:
        return None
    return found.calendar if found.languages else None


# --- the order of day and month ---


def _order(plain: Sequence[str], calendar: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Which of day and month comes first in 05/07/2021, told by a number above 12; asked where no cell tells."""
    if calendar not in (None, GREGORIAN, UNSAID):
        return None, ()
    slashed = [match for text in plain if (match := _PARTED.fullmatch(text)) and match[2] != "."]
    day_first, month_first = (any(int(match[place]) > 12 for match in slashed) for place in (1, 3))
    unsure = [match[0] for match in slashed if match[1] != match[3] and max(int(match[1]), int(match[3])) <= 12]
    if day_first != month_first:
        return ORDERS[0] if day_first else ORDERS[1], ()
    if not unsure:
        return None, ()
    why = "cells show both" if day_first else "no cell proves which, since no number is above 12"
    return None, (
        f"{unsure[0]} may be day/month or month/day: {why}. {len(unsure)} cells are not read until you say which:",
        'order = "day first" or order = "month first"',
    )


def _formats(plain: Sequence[str], order: str | None, calendar: str | None, *, year_first: bool) -> tuple[str, ...]:
    """The formats that have to be told: of years of two digits, and of days that a spreadsheet counted."""
    formats: dict[str, None] = {}
    for text in plain if calendar is None else ():
        match = _PARTED.fullmatch(text.rstrip("."))
        if match is None or len(match[4]) != 2:
            continue
        if year_first:
            formats.setdefault(match[2].join(("%y", "%m", "%d")) + text[match.end() :])
        elif not text.endswith(".") and (match[2] == "." or order is not None):
            first = ("%m", "%d") if match[2] != "." and order == ORDERS[1] else ("%d", "%m")
            formats.setdefault(match[2].join((*first, "%y")))
    if any(_SERIAL.fullmatch(text) for text in plain):
        formats.setdefault(EXCEL)
    return tuple(formats)
