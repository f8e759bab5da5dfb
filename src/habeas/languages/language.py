"""How a language words dates, figures, durations, codes and phrases."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent

from habeas.dates import PartialDate, Precision
from habeas.languages import amounts
from habeas.languages.catalogue import SOURCE, Catalogue, catalogue, languages
from habeas.languages.codes import code
from habeas.nouns import Book, Part, Phrase, Translated, fill, say

LANGUAGES = languages()

# Ways to write that are told apart by their language, each by the script that names are printed in.
_LETTERS = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang"}
_STOPS = re.compile(r"(?<=\w\.)((?:</\w+>)?)\.(?!\.)")


class Language:
    """One language: its tag, its own name, and how it says things. English where it has no translation yet."""

    def __init__(self, code: str, catalogue: Catalogue) -> None:
        self.tag = code
        self.locale = Locale.parse(code)
        self.name = (self.locale.get_display_name(code) or code).capitalize()
        self.gettext: Callable[[str], str] = catalogue.said.gettext
        self.ngettext: Callable[[str, str, int], str] = catalogue.said.ngettext
        self.left = catalogue.left  # messages that it has in English
        self.reviewed = bool(catalogue.reviewed_by)  # by somebody who speaks it
        self._moments: dict[tuple[str, bool], str] = {}
        self._days: dict[tuple[date, bool], str] = {}
        self._intervals: dict[tuple[int | str | None, ...], str] = {}
        self._numbers: dict[tuple[float, int | None], str] = {}

    # --- phrases --------------------------------------------------------------------------------------------------

    def text(self, said: str) -> str:
        """A phrase in this language; a plain text if a catalogue has it, else as it is."""
        if isinstance(said, Translated):
            return said.by.get(self.tag, str(said))
        if not isinstance(said, Phrase):
            return self.gettext(said) if said else said
        if said.many is not None and said.n is not None:
            message = self.ngettext(said.message, said.many, said.n)
        else:
            message = self.gettext(said.message) if said.message else ""
        return one_stop(fill(message, said.parts, self._part))

    def _part(self, part: Part, spec: str) -> str:
        if isinstance(part, (Phrase, Translated)):
            return self.text(part)
        if isinstance(part, str):
            return self.party(part) if spec == "party" else part
        if isinstance(part, date):
            return self.day(part)
        if isinstance(part, PartialDate):
            return self.when(part)
        return self._figure(part, spec)

    def _figure(self, n: float, spec: str) -> str:
        """A number as a format asks for it: `d` ungrouped, `+` with its sign, `.1%` a share, `.2f` and `.1f` so many places."""
        if spec == "d":
            return str(n)
        sign = "+" if spec.startswith("+") and n >= 0 else ""
        if spec.endswith("%"):
            whole = "#,##0" + (f".{'0' * places}" if (places := _digits(spec[:-1].lstrip("+") + "f")) else "")
            return sign + format_percent(
                n, self.locale.percent_formats[None].pattern.replace("#,##0", whole), self.locale
            )
        return sign + self.number(n, digits=_digits(spec.lstrip("+")))

    # --- dates ----------------------------------------------------------------------------------------------------

    def day(self, when: date, *, short: bool = False) -> str:
        """`13 December 2025`, or `13 Dec 2025`."""
        key = (when, short)
        if key not in self._days:
            if self.tag == "en":  # the day first, as sources and courts of the field write it
                self._days[key] = format_date(when, "d MMM y" if short else "d MMMM y", "en")
            elif short and "MMM" not in self.locale.date_formats["medium"].pattern:  # figures alone read as two days
                self._days[key] = format_skeleton("yMMMd", when, locale=self.locale)
            else:
                self._days[key] = format_date(when, "medium" if short else "long", self.locale)
        return self._days[key]

    def when(self, moment: PartialDate | None, *, short: bool = False) -> str:
        """A partial date in words that claim no more than it knows: `about May 2021`, `by 28 April 2022`, `not dated`."""
        if moment is None:
            return self.text(say("not dated"))
        key = (moment.text, short)
        if key not in self._moments:
            self._moments[key] = self._when(moment, short=short)
        return self._moments[key]

    def _when(self, moment: PartialDate, *, short: bool) -> str:
        if moment.precision is not Precision.RANGE:
            return self._qualified(moment.text, short=short)
        left, _, right = moment.text.partition("/")
        if left == "..":
            return self.text(say("by {date}", date=self._qualified(right, short=short)))
        if right == "..":
            return self.text(say("{date} or later", date=self._qualified(left, short=short)))
        first, last = (self._qualified(t, short=short) for t in (left, right))
        return self.text(say("{first} to {last}", first=first, last=last))

    def when_text(self, text: str, *, short: bool = False) -> str:
        """The same for a date still in its EDTF form; a text that is no date comes back as it is."""
        told = amounts.moment(text)
        return self.when(told, short=short) if isinstance(told, PartialDate) else self.text(told)

    def _qualified(self, text: str, *, short: bool) -> str:
        marks = set(re.findall(r"[~?%]", text))
        told = self._one(PartialDate.parse(re.sub(r"[~?%]", "", text)), short=short)
        if marks & {"~", "%"}:
            told = self.text(say("about {date}", date=told))
        return self.text(say("perhaps {date}", date=told)) if marks & {"?", "%"} else told

    def _one(self, when: PartialDate, *, short: bool) -> str:
        """A date that is no range and carries no qualifier."""
        first, last = when.earliest, when.latest
        if first is None or last is None:
            return when.text
        if when.is_day:
            return self.day(first, short=short)
        match when.precision:
            case Precision.MONTH:
                return self.month(first, short=short)
            case Precision.YEAR:
                return str(first.year)
            case Precision.SEASON:
                if first.year == last.year:
                    return f"{self._month_alone(first)}–{self.month(last, short=True)}"
                return f"{self.month(first, short=True)} – {self.month(last, short=True)}"
            case _:
                return f"{first.year}–{last.year}"

    def month(self, when: date, *, short: bool = False) -> str:
        """`December 2025`, or `Dec 2025`."""
        return format_skeleton("yMMM" if short else "yMMMM", when, locale=self.locale)

    def _month_alone(self, when: date) -> str:
        return format_date(when, "LLL", self.locale)

    # --- figures --------------------------------------------------------------------------------------------------

    def number(self, n: float | None, op: str = "eq", *, digits: int | None = None) -> str:
        """`1,201`, `at least 120`; a dash where there is no figure."""
        if n is None or op != "eq":
            return self.text(amounts.number(n, op))
        key = (n, digits)
        if key not in self._numbers:
            shape = "#,##0.###" if digits is None else f"#,##0.{'0' * digits}"
            self._numbers[key] = format_decimal(n, shape, self.locale)
        return self._numbers[key]

    def interval(self, low: int | None, best: int | str | None, high: int | None) -> str:
        """Low, best and high as one text: `109`, `105–112`, `at least 105`, `cannot say`."""
        key = (low, best, high)
        if key not in self._intervals:
            self._intervals[key] = self.text(amounts.interval(low, best, high))
        return self._intervals[key]

    def duration(self, text: str) -> str:
        """An ISO 8601 duration as `5 years 9 months`; `life` as `life`."""
        return self.text(amounts.duration(text))

    # --- parties --------------------------------------------------------------------------------------------------

    def party(self, name: str) -> str:
        """A state by its English name, as this language calls it; any other name as it is."""
        found = _territories().get(name)
        return name if found is None else str(self.locale.territories.get(found, name))

    # --- codes ----------------------------------------------------------------------------------------------------

    def code(self, group: str, value: str) -> str:
        """A code of the vocabulary in plain words; an unknown one with its underscores as spaces."""
        return self.text(code(group, value))

    @cached_property
    def script(self) -> str:
        """The script that is read in this language, as ISO 15924 has it: `Cyrl`, `Latn`."""
        return script_read(self.tag)

    @property
    def right_to_left(self) -> bool:
        return self.locale.text_direction == "rtl"


def languages_of(book: Book) -> tuple[str, ...]:
    """The languages that a book is read in: that of the keeper's own words first, those of its names, and English.

    Those without a catalogue are left out; where the keeper's has none, English is first. A tag of a script or region is
    its language: `es-CU` is read in `es`.
    """
    own, *others = (tag if tag in LANGUAGES else tag.partition("-")[0] for tag in (book.language, *book.languages))
    found = (own if own in LANGUAGES else SOURCE, *others, SOURCE)
    return tuple(dict.fromkeys(tag for tag in found if tag in LANGUAGES))


@lru_cache(maxsize=256)
def script_read(tag: str) -> str:
    """The script that a language is read in, whatever script the tag names: `Cyrl` for `be` and for `be-Latn`."""
    likely = str(get_global("likely_subtags").get(tag.partition("-")[0], "und_Latn"))
    found = next((part for part in likely.split("_") if len(part) == 4), "Latn")
    return _LETTERS.get(found, found)


def one_stop(text: str) -> str:
    """The text with one full stop where an abbreviation ends a sentence: `... 2026 г.`, also before a closing tag."""
    return _STOPS.sub(r"\1", text) if ".." in text or ".</" in text else text


def _digits(spec: str) -> int | None:
    """How many decimals a format such as `.2f` or `,.1f` asks for."""
    found = re.fullmatch(r",?\.(\d+)f", spec)
    return None if found is None else int(found[1])


@lru_cache(maxsize=1)
def _territories() -> Mapping[str, str]:
    """The codes of states and unions of states by their English names."""
    return {str(name): code for code, name in Locale.parse("en").territories.items() if code.isalpha()}


def is_state(name: str) -> bool:
    """True of the English name of a state or union of states: each language has its own for it, no book need translate it."""
    return name in _territories()


def state(code: str) -> str:
    """The English name of a state by its code; in a phrase, `{name:party}` says it in the reader's language."""
    return str(Locale.parse("en").territories.get({"UK": "GB"}.get(code, code), code))


@lru_cache(maxsize=16)
def language(code: str) -> Language:
    """The language of a code such as `be`.

    Raises:
        KeyError: there is no catalogue of it; LANGUAGES has those that there are.
    """
    if code not in LANGUAGES:
        raise KeyError(code)
    return Language(code, catalogue(code))
