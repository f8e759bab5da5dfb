"""A printed date: read in every language that knows its words, in the calendar that it is printed in; never to two days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache

from habeas.dates import PartialDate
from habeas.readers.calendars import GREGORIAN, UNSAID, century_of, in_ours, may_be_another, may_mean, months_are_ours
from habeas.readers.dating import Token, pieces_of, tongues, whole_words

EXCEL = "excel"  # a format: days since the end of 1899, as spreadsheets count them
ORDERS = ("day first", "month first")
_INSTANT = re.compile(
    r"(.*?\d.*?)[T,]?\s*\b\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|UTC|[ap]\.?m\.?|[+-]00:?00)?", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(?P<y>\d{3,4})(?P<s>[-/.])(?P<m>\d{1,2})(?:(?P=s)(?P<d>\d{1,2}))?\.?")
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?P=s)(?P<y>\d{4}|\d{3}|\d{2})\.?")
_INTERVAL = re.compile(r"(?:\.\.|\d{4}(?:-\d\d){0,2}[~?%]?)/(?:\.\.|\d{4}(?:-\d\d){0,2}[~?%]?)")  # in EDTF
_MONTH_YEAR = re.compile(r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})\.?")
_UNSPACED = re.compile(r"\s*([^\d\s])\s*")  # a sign between numbers; two numbers without one stay two
_ERAS = frozenset(
    {
        "buddhist",
        "hijri",
        "jalali",
        "ethiopic",
        "minguo",
        "juche",
        "reiwa",
        "heisei",
        "showa",
        "taisho",
        "meiji",
        GREGORIAN,
    }
)
_UNITS = ("year", "month", "day")
_PARTS = {"early": (1, 4, 1, 10), "mid": (5, 8, 11, 20), "late": (9, 12, 21, 31)}  # months of a year, days of a month
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "first_half": 40, "second_half": 41}
# Calendars with months of their own whose seasons are months of theirs: the first and the last one of each.
_SEASONS_THERE = {
    "jalali": {
        "spring": (1, 3),
        "summer": (4, 6),
        "autumn": (7, 9),
        "winter": (10, 12),
        "first_half": (1, 6),
        "second_half": (7, 12),
    }
}
_SAID_OF_IT = ("about", "uncertain", "before", "after", "decade", "winter", *_PARTS, *_SEASONS)
_BESIDE = ".,，、،፣၊॰-/º°()'’·"  # signs that say nothing between the parts of a date
_DASHES = "-–—−~～"
_BUDDHIST = frozenset(
    {"th", "lo", "km", "my"}
)  # languages that also count years so; no other year of ours is meant then


class _Unlike(ValueError):
    """It has not the shape of a date at all, in that language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What is known of how the dates of a column are printed."""

    formats: tuple[str, ...] = ()
    order: str | None = None
    calendar: str | None = None
    lang: str | None = None
    until: int | None = None  # the year of the list: no year of two digits is later


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A date as it was read: in EDTF, of which calendar, and in which languages its words are (none: it has no words)."""

    edtf: str
    calendar: str = GREGORIAN
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What stands in a date: its numbers, in its own calendar, where words tell one."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: str | None = None
    own_months: str = ""  # the calendar whose month is named
    short: bool = False  # a year of two digits


def read_date(text: str, how: How = How()) -> str:
    """A printed date in EDTF: the column's formats first, then what its words, digits and calendar tell.

    `14.07.2021`, `14 July 2021`, «14 июля 2021», `2564年...` read by themselves; `05/07/2021` only where the order is told,
    since half the world reads the month first. `05.06.21` is of this century up to the year of the list.

    Raises:
        ValueError: it is no date, no such day exists, or it may be several; the message says which, and what would read it.
    """
    return printed(text, how).edtf


@lru_cache(maxsize=32_768)
def printed(text: str, how: How = How()) -> Printed:
    """A printed date, with the calendar and the languages that it was read in.

    Raises:
        ValueError: as `read_date`.
    """
    for form in how.formats:
        found = _by_format(text, form, how.until)
        if found is not None:
            return Printed(edtf=found)
    instant = _INSTANT.fullmatch(text)
    text = (text if instant is None else instant[1]).strip()
    pieces = pieces_of(text)
    if not any(kind == "words" for kind, _ in pieces):
        return _in_figures(text, pieces, how)
    return _in_words(pieces, how)


def _in_figures(text: str, pieces: tuple[tuple[str, str], ...], how: How) -> Printed:
    if _INTERVAL.fullmatch(text):
        return _in_edtf(text)
    try:
        return _read(list(pieces), how, None)
    except _Unlike:
        return _in_edtf(text)


def _in_edtf(text: str) -> Printed:
    when = PartialDate.parse(text)
    if any(end is not None and may_be_another(end.year) for end in (when.earliest, when.latest)):
        raise ValueError(_which_calendar(text))
    return Printed(edtf=when.text)


def _in_words(pieces: tuple[tuple[str, str], ...], how: How) -> Printed:
    """In every language that knows its words: they have to agree, unless the column tells the language."""
    found, faults = _in_each(pieces, how)
    told = [language for language in found if how.lang is not None and language.split("-")[0] == how.lang.split("-")[0]]
    read = {language: found[language] for language in told or found}
    days = {(one.edtf, one.calendar) for one in read.values()}
    if len(days) == 1:
        return replace(next(iter(read.values())), languages=tuple(read))
    if days:
        both = " or ".join(f"{one.edtf} ({language})" for language, one in list(read.items())[:3])
        first = next(iter(read))
        raise ValueError(f'its words are another date in another language: {both}; say which, such as lang = "{first}"')
    if faults:
        raise faults[0]
    raise ValueError("not a date as it is printed in any language that is known")


def _in_each(pieces: tuple[tuple[str, str], ...], how: How) -> tuple[dict[str, Printed], list[ValueError]]:
    """What the words are in each language that dates with all of them, and why it is no date in others."""
    text = " ".join(text for kind, text in pieces if kind == "words")
    letters, words = frozenset(text) - {" "}, whole_words(text)
    found: dict[str, Printed] = {}
    faults: list[ValueError] = []
    for language, tongue in tongues().items():
        tokens = tongue.tokens(pieces) if tongue.knows(letters, words) else None
        if tokens is None:
            continue
        try:
            found[language] = _read(tokens, how, language)
        except _Unlike:
            continue
        except ValueError as fault:
            faults.append(fault)
    return found, faults


def readings(text: str) -> Mapping[str, Printed]:
    """What the words of a cell are in each language that dates with all of them; nothing where it has none."""
    pieces = pieces_of(text)
    return _in_each(pieces, How())[0] if any(kind == "words" for kind, _ in pieces) else {}


# --- what a list of tokens says ---


def _read(tokens: list[Token], how: How, language: str | None) -> Printed:
    """The date that tokens are, with what is said of it: about, before, early, a range.

    Raises:
        ValueError: they are none, or may be several.
    """
    said, tokens = _said_of_it(tokens)
    parts = _whole(tokens, how)
    edtf, calendar = _range(tokens, how, language) if parts is None else _ours(parts, how, language)
    some = said & {*_PARTS, *_SEASONS, "winter"}
    if parts is not None and some and not months_are_ours(calendar):
        edtf, said = _part_there(parts, calendar, some), said - some
    return Printed(edtf=_as_said(edtf, calendar, said), calendar=calendar)


def _said_of_it(tokens: list[Token]) -> tuple[set[str], list[Token]]:
    """What is said of a date, and the tokens of the date itself."""
    said = {kind for kind, _ in tokens if kind in _SAID_OF_IT}
    tokens = [token for token in tokens if token[0] not in {"skip", "since", *_SAID_OF_IT}]
    if tokens and tokens[0] in {("sign", sign) for sign in "~≈±"}:
        said, tokens = said | {"about"}, tokens[1:]
    if tokens and tokens[-1] in {("sign", "?"), ("sign", "？")}:
        said, tokens = said | {"uncertain"}, tokens[:-1]
    tokens = [
        token for token in tokens if token not in {("sign", "?"), ("sign", "("), ("sign", ")")} or token[1] == "?"
    ]
    return said, _named_once(tokens)


def _named_once(tokens: list[Token]) -> list[Token]:
    """Without the second name of a month: "كانون الأول/ديسمبر" and "يناير (كانون الثاني)" are one month, as two countries call it."""
    found: list[Token] = []
    for token in tokens:
        named = found[:-1] if found and found[-1] == ("sign", "/") else found
        found = named if token[0] == "month" and named and named[-1] == token else [*found, token]
    return found


def _range(tokens: list[Token], how: How, language: str | None) -> tuple[str, str]:
    """From one date to another; the first has what the second tells of month and year, where it tells none."""
    for at, token in enumerate(tokens):
        if not (token[0] in ("to", "and") or (token[0] == "sign" and str(token[1]) in _DASHES)):
            continue
        left = _pieces([token for token in tokens[:at] if token[0] != "between"])
        right = _whole(tokens[at + 1 :], how)
        if left is None or right is None:
            continue
        left = _filled(left, right)
        if left is None:
            continue
        (first, calendar), (last, other) = _ours(left, how, language), _ours(right, how, language)
        same = (left.month is None, left.day is None) == (right.month is None, right.day is None)
        if same and calendar == other and "/" not in first + last:
            return PartialDate.parse(f"{first}/{last}").text, calendar
    raise _Unlike("not a date such as 14 July 2021 or 2021-07-14")


def _filled(left: _Parts, right: _Parts) -> _Parts | None:
    """The first end of a range with the month and year of the second, where only its finest part stands there."""
    if left.year is not None:
        return left
    same = replace(left, year=right.year, calendar=left.calendar or right.calendar, short=right.short)
    if left.month is not None and (left.day is None) == (right.day is None):
        return same
    if left.day is not None and right.day is not None:
        return replace(same, month=right.month, own_months=right.own_months)
    return None


def _as_said(edtf: str, calendar: str, said: set[str]) -> str:
    """A date with what is said of it: narrower (early, spring), wider (about), or open (before, after: that day included)."""
    for word in said & {*_PARTS, *_SEASONS, "winter", "decade"}:
        edtf = _narrowed(edtf, calendar, word)
    mark = "%" if {"about", "uncertain"} <= said else "~" if "about" in said else "?" if "uncertain" in said else ""
    if mark:
        edtf = "/".join(f"{end}{mark}" if end and end != ".." else end for end in edtf.split("/"))
    if {"before", "after"} <= said:
        raise _Unlike("both before and after")
    if "before" in said:
        edtf = f"../{edtf.rpartition('/')[2]}"
    if "after" in said:
        edtf = f"{edtf.partition('/')[0]}/.."
    return PartialDate.parse(edtf).text


def _narrowed(edtf: str, calendar: str, word: str) -> str:
    """The part of a year or of a month that a word tells; the winter of a year may lie at its start or at its end."""
    if not months_are_ours(calendar) or "/" in edtf or len(edtf) > 7 or (len(edtf) > 4 and word not in _PARTS):
        raise _Unlike("a part of what has no such parts")
    year = int(edtf[:4])
    if word in _SEASONS:
        return f"{edtf}-{_SEASONS[word]}"
    if word == "winter":
        return f"{year - 1}-12/{year + 1}-02"
    if word == "decade":
        if year % 10:
            raise _Unlike("a decade begins with a round year")
        return f"{edtf[:3]}X"
    first, last, start, end = _PARTS[word]
    if len(edtf) == 4:
        return f"{edtf}-{first:02d}/{edtf}-{last:02d}"
    latest = PartialDate.parse(edtf).latest
    assert latest is not None
    return f"{edtf}-{start:02d}/{edtf}-{min(end, latest.day):02d}"


def _part_there(parts: _Parts, calendar: str, words: set[str]) -> str:
    """The part of a month, or of a year, of a calendar with months of its own that a word tells, in days of ours."""
    word, year, month = min(words), parts.year, parts.month
    spans = {w: span[:2] for w, span in _PARTS.items()} | _SEASONS_THERE.get(calendar, {})
    if year is None or parts.day is not None or parts.short or len(words) > 1:
        raise _Unlike("a part of what has no such parts")
    if month is not None and word in _PARTS:
        _, _, start, end = _PARTS[word]
        return _days_of(
            in_ours(calendar, year, month, start), in_ours(calendar, year, month, None if word == "late" else end)
        )
    if month is not None or calendar not in _SEASONS_THERE:
        raise _Unlike("a part of what has no such parts")
    first, last = spans[word]
    return _days_of(in_ours(calendar, year, first, None), in_ours(calendar, year, last, None))


def _days_of(first: str, last: str) -> str:
    """From the first day of one date to the last day of another."""
    return f"{first.partition('/')[0]}/{last.rpartition('/')[2]}"


# --- the numbers and words of one date ---


def _whole(tokens: list[Token], how: How) -> _Parts | None:
    """The parts of one date that has at least a year, or None where the tokens are none.

    Raises:
        ValueError: they are one, and it may be several.
    """
    eras = [kind for kind, _ in tokens if kind in _ERAS]
    plain = [token for token in tokens if token[0] not in _ERAS]
    if len(set(eras)) > 1:
        return None
    era = eras[0] if eras else None
    if plain and all(kind in ("number", "sign") for kind, _ in plain):
        return _figures(_UNSPACED.sub(r"\1", " ".join(str(text) for _, text in plain)).strip("-,'’ "), how, era)
    parts = _pieces(tokens)
    return None if parts is None or parts.year is None else parts


def _figures(text: str, how: How, era: str | None) -> _Parts | None:
    calendar = None if how.calendar == UNSAID else era or how.calendar
    first, last, month = _YEAR_FIRST.fullmatch(text), _YEAR_LAST.fullmatch(text), _MONTH_YEAR.fullmatch(text)
    if first is not None:
        return _year_first(text, first, calendar, era)
    if last is not None:
        day, number = _ordered(text, last, how, calendar)
        return _Parts(year=int(last["y"]), month=number, day=day, calendar=era, short=len(last["y"]) == 2)
    if month is not None:
        return _Parts(year=int(month["y"]), month=int(month["m"]), calendar=era)
    return _run(text.rstrip("."), era)


def _year_first(text: str, parts: re.Match[str], calendar: str | None, era: str | None) -> _Parts:
    """2021-07-14 and 2021/07.

    Raises:
        ValueError: it may be something else.
    """
    year, month, sign = int(parts["y"]), int(parts["m"]), parts["s"]
    if parts["d"] is None and sign == "/" and len(parts["m"]) == 2 and month == year % 100 + 1:
        raise ValueError(f'{text} may be a month or two years: say which, such as formats = ["%Y/%m"]')
    if calendar == "ethiopic" and era is None and sign == "-":
        # A workbook prints its own dates so, whatever calendar the others are of.
        raise ValueError(f'{text} may be a date of ours in a column of others: if it is, say formats = ["%Y-%m-%d"]')
    return _Parts(year=year, month=month, day=None if parts["d"] is None else int(parts["d"]), calendar=era)


def _run(text: str, era: str | None) -> _Parts | None:
    """Figures without a sign: a year, or 20210714 where it cannot be 20.21.0714."""
    if not text.isdecimal():
        return None
    if len(text) == 4 or (era is not None and len(text) < 4):
        return _Parts(year=int(text), calendar=era)
    if len(text) == 8 and may_mean(int(text[:4]), GREGORIAN) and not may_mean(int(text[4:]), GREGORIAN):
        return _Parts(year=int(text[:4]), month=int(text[4:6]), day=int(text[6:]), calendar=era)
    return None


def _ordered(text: str, parts: re.Match[str], how: How, calendar: str | None) -> tuple[int, int]:
    """(day, month) of 05/07/2021: told by the column, by a full stop, by a calendar of the East, or by a number above 12.

    Raises:
        ValueError: nothing tells, and it may be two days.
    """
    first, second, short = int(parts["a"]), int(parts["b"]), len(parts["y"]) == 2
    if short and text.endswith("."):
        raise ValueError('the year may come first: say how it reads, such as formats = ["%y.%m.%d."]')  # as in Korea
    if parts["s"] == "." or calendar not in (None, GREGORIAN):
        return first, second
    if short and not how.formats:
        raise ValueError('a year of two digits: say how it reads, such as formats = ["%d/%m/%y"]')
    if how.order is not None:
        return (first, second) if how.order == ORDERS[0] else (second, first)
    if first == second or second > 12 or first > 12:
        return (second, first) if second > 12 else (first, second)
    days = f"{second}-{first} or {first}-{second} (month-day)"
    raise ValueError(f'{text} may be two days, {days}: say order = "day first" or order = "month first"')


def _pieces(tokens: list[Token]) -> _Parts | None:
    """The parts that words tell: a month by its name, numbers by 年 or "năm"; the others by how they look and stand."""
    found = _Found()
    for at, (kind, what) in enumerate(tokens):
        if not found.takes(at, kind, what):
            return None
    if found.calendar is not None and found.own_months not in ("", GREGORIAN, found.calendar):
        return None
    return found.parts()


@dataclass(slots=True)
class _Found:
    """The parts of a date while its tokens are taken one by one; `bare` are numbers that no word has told yet."""

    told: dict[str, int] = field(default_factory=dict)
    bare: list[tuple[int, str]] = field(default_factory=list)
    calendar: str | None = None
    own_months: str = ""
    month_at: int | None = None
    awaited: str | None = None  # the unit whose number comes next

    def takes(self, at: int, kind: str, what: object) -> bool:
        """False where a token is no part of a date, or says a part again."""
        unit, _, side = kind.partition("_")
        if kind == "number":
            return self._number(at, str(what))
        if kind == "month":
            return self._month(at, what)
        if unit in _UNITS and side:
            return self._unit(unit, side)
        if kind in _ERAS:
            self.calendar = kind
            return True
        return kind == "sign" and str(what) in _BESIDE

    def _number(self, at: int, text: str) -> bool:
        if self.awaited is None:
            self.bare.append((at, text))
            return True
        again, self.told[self.awaited], self.awaited = self.awaited in self.told, int(text), None
        return not again

    def _month(self, at: int, what: object) -> bool:
        if "month" in self.told or not isinstance(what, tuple):
            return False
        self.own_months, self.told["month"] = what
        self.month_at, self.awaited = at, None
        return True

    def _unit(self, unit: str, side: str) -> bool:
        if side == "before":
            self.awaited = unit
            return True
        if self.bare and unit not in self.told:
            self.told[unit] = int(self.bare.pop()[1])
            return True
        return unit == "month" or unit in self.told

    def parts(self) -> _Parts | None:
        """All of them, the bare numbers put where they belong; None where that cannot be told."""
        if any(len(text) > 4 for _, text in self.bare) or not self._years():
            return None
        rest = [(at, text) for at, text in self.bare if len(text) <= 2]
        short = len(rest) == 2 and "year" not in self.told and self._around_month(rest)
        if short:
            self.told["year"] = int(rest.pop()[1])
        if len(rest) == 1 and "day" not in self.told:
            self.told["day"] = int(rest.pop()[1])
        lone = "day" in self.told and "month" not in self.told and "year" in self.told
        if rest or lone:
            return None
        return _Parts(**self.told, calendar=self.calendar, own_months=self.own_months, short=short)

    def _years(self) -> bool:
        """False where more than one number must be the year."""
        years = [text for _, text in self.bare if len(text) > 2]
        if years and "year" not in self.told:
            self.told["year"] = int(years.pop())
        return not years

    def _around_month(self, rest: list[tuple[int, str]]) -> bool:
        """True of 8 Apr 21: the day before the month, and a year of two digits after it."""
        return self.month_at is not None and rest[0][0] < self.month_at < rest[1][0]


# --- calendars ---


def _ours(parts: _Parts, how: How, language: str | None) -> tuple[str, str]:
    """(EDTF, calendar) of the parts of a date.

    Raises:
        ValueError: the calendar has no such day, or nothing tells which calendar it is.
    """
    year = parts.year
    assert year is not None
    named = parts.own_months if parts.own_months not in ("", GREGORIAN) else parts.calendar
    if parts.short:
        year = _whole_year(year, named or how.calendar or GREGORIAN, how)
    calendar = named or _told(year, parts, how, language)
    if calendar is None:
        raise ValueError(_which_calendar(str(year)))
    if parts.own_months == GREGORIAN and not months_are_ours(calendar):
        raise ValueError(f"a month of ours with a year of the {calendar} calendar")
    return in_ours(calendar, year, parts.month, parts.day), calendar


def _told(year: int, parts: _Parts, how: How, language: str | None) -> str | None:
    """The calendar of a year that no word beside it tells: the column's, ours, or the language's where ours cannot be."""
    column = how.calendar
    if column == UNSAID and not parts.own_months:
        raise ValueError('its calendar is not said: say calendar = "ethiopic" or calendar = "gregorian"')
    if column == UNSAID:
        column = None
    if column is not None and may_mean(year, column) and (months_are_ours(column) or not parts.own_months):
        return column
    if year >= 1000 and not may_be_another(year):
        return GREGORIAN
    if language in _BUDDHIST and may_mean(year, "buddhist"):
        return "buddhist"
    return None


def _whole_year(year: int, calendar: str, how: How) -> int:
    """A year of two digits, of this century of its calendar; never after the list.

    Raises:
        ValueError: it would be, or nobody says when the list was published.
    """
    full = century_of(calendar) + year
    if how.until is None or int(in_ours(calendar, full, None, None)[:4]) > how.until:
        raise ValueError('a year of two digits: say how it reads, such as formats = ["%d.%m.%y"]')
    return full


def _which_calendar(year: str) -> str:
    return f'{year} is no year of ours that a list may mean: say its calendar, such as calendar = "buddhist", "jalali" or "hijri"'


# --- the column's own formats ---


def _by_format(text: str, form: str, until: int | None) -> str | None:
    """By one strptime format, no finer than the format itself; a year of two digits is never after `until`."""
    if form == EXCEL:
        serial = re.fullmatch(r"(\d{5})(?:\.\d+)?", text)
        return None if serial is None else (datetime(1899, 12, 30) + timedelta(days=int(serial[1]))).date().isoformat()  # noqa: DTZ001
    try:
        when = datetime.strptime(text, form)  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None
    year = when.year - 100 if "%y" in form and until is not None and when.year > until else when.year
    if any(sign in form for sign in ("%d", "%j", "%x", "%c", "%U", "%W", "%D", "%F")):
        return PartialDate.parse(f"{year:04d}-{when.month:02d}-{when.day:02d}").text
    if any(sign in form for sign in ("%m", "%b", "%B")):
        return f"{year:04d}-{when.month:02d}"
    return f"{year:04d}"


def several(text: str) -> Iterator[tuple[str, ...]]:
    """The ways in which a cell may hold several values: its pieces by each sign that parts them, the plainest first."""
    for sign in (r"[;；\n]+", r"[,،、，]+", r"\s[/|]\s", r"[|]"):
        pieces = tuple(filter(None, (piece.strip() for piece in re.split(sign, text))))
        if len(pieces) > 1:
            yield pieces
