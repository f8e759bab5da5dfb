"""One cell: what is text in it, what is not, and how a printed date reads."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from habeas.dates import PartialDate
from habeas.names import dropped

LONGEST = 100_000  # characters in a cell
LONGEST_NAME = 300
_DASHES = frozenset({"-", "–", "—", "−", "--"})
# A telephone number (+375 29 ...) and a negative number are none; +1+cmd|... is.
_FORMULA = re.compile(r"[=@]|[+\-](?:\d[\d.]*[+\-*/])*(?:[^\W\d_]|\()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell as text: cleaned, and as found; `marks` where control characters or direction marks were taken out.

    `unread` where it could not be read at all: it then says nothing, which is not the same as being empty.
    """

    text: str
    found: str
    marks: bool = False
    unread: bool = False

    @property
    def empty(self) -> bool:
        return self.text == "" or self.text in _DASHES

    @property
    def formula(self) -> bool:
        """True where a spreadsheet would run it instead of showing it."""
        return _FORMULA.match(self.text) is not None


def clean(found: str) -> Cell:
    """The cell without control characters and direction marks, in composed form (NFC), runs of spaces as one.

    A mark that turns the reading direction can make one name look like another; what was found is kept beside it.
    """
    if found.isascii() and found.isprintable() and "  " not in found:
        text = found.strip()
        return Cell(text=text, found=text)
    kept = dropped(found)
    text = " ".join(unicodedata.normalize("NFC", kept).split())
    return Cell(text=text, found=found.strip(), marks=len(kept) < len(found))


def shortened(value: str, length: int = 80) -> str:
    """A value as a Problem shows it."""
    return value if len(value) <= length else f"{value[:length]}… ({len(value):,} characters)"


def letters(text: str) -> int:
    return sum(1 for sign in text if sign.isalpha())


_MONTHS = {
    "en": "january february march april may june july august september october november december",
    "en short": "jan feb mar apr - jun jul aug sep oct nov dec",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ru named": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "be": "студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "be named": "студзень люты сакавік красавік май чэрвень ліпень жнівень верасень кастрычнік лістапад снежань",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "uk named": "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "pl named": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
}
_MONTH = {
    word: number for words in _MONTHS.values() for number, word in enumerate(words.split(), start=1) if word != "-"
}
_DOTTED = re.compile(r"(?:(?P<day>\d{1,2})\.)?(?P<month>\d{1,2})\.(?P<year>\d{4})(?:\s?(?:г|р|r)\.?)?")
_SHORT = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2})(?:\s?(?:г|р|r)\.?)?")
_WORDED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\.?\s+)?(?P<month>[^\W\d]+)\.?,?\s+(?P<year>\d{4})"
    r"(?:\s?(?:г|р|r|года|году|року)\.?)?"
)
_AMERICAN = re.compile(r"(?P<month>[^\W\d]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,\s+(?P<year>\d{4})")
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?")


@lru_cache(maxsize=16_384)
def read_date(text: str, formats: tuple[str, ...] = (), until: int | None = None) -> str:
    """A printed date in EDTF: the column's formats first, then EDTF, then the forms that lists commonly print.

    `14.07.2021`, `07.2021`, `14 July 2021`, `14 июля 2021`, `July 14, 2021` read by themselves; `14/07/2021` only
    where a format says so, since half the world reads the month first. `05.06.21` is of this century up to the year
    `until`, that of the list; a later one, or where the list has no year, needs a format.

    Raises:
        ValueError: it is no date, or no such day exists; the message says which.
    """
    for form in formats:
        found = _by_format(text, form, until)
        if found is not None:
            return found
    instant = _INSTANT.fullmatch(text)
    if instant is not None:
        return PartialDate.parse(instant[1]).text
    short = _SHORT.fullmatch(text.casefold())
    if short is not None:
        year = 2000 + int(short[3])
        if until is None or year > until:
            raise ValueError('a year of two digits: say how it reads, such as formats = ["%d.%m.%y"]')
        return PartialDate.parse(f"{year}-{int(short[2]):02d}-{int(short[1]):02d}").text
    for pattern in (_DOTTED, _WORDED, _AMERICAN):
        parts = pattern.fullmatch(text.casefold())
        if parts is not None:
            month = _MONTH.get(parts["month"]) or (int(parts["month"]) if parts["month"].isdecimal() else None)
            if month is not None:
                day = f"-{int(parts['day']):02d}" if parts["day"] else ""
                return PartialDate.parse(f"{parts['year']}-{month:02d}{day}").text
    return PartialDate.parse(text).text


def _by_format(text: str, form: str, until: int | None) -> str | None:
    """By one strptime format, no finer than the format itself; a year of two digits is never after `until`."""
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
