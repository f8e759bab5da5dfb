"""How dates, durations, figures and the vocabulary's codes are worded for a reader, in English."""

from __future__ import annotations

import re
from datetime import date

from habeas.dates import PartialDate, Precision

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")

OPERATORS = {
    "ge": "at least",
    "gt": "more than",
    "le": "at most",
    "lt": "fewer than",
    "approx": "about",
    "approx_lt": "just under",
}

# Codes whose plain reading (underscores as spaces) would mislead or say too little.
_CODES = {
    "regime": {
        "general": "general-regime colony",
        "medium": "medium-security colony",
        "maximum": "maximum-security colony",
        "special": "special-regime colony",
        "prison": "prison regime",
        "khimiya": "open-type institution (khimiya)",
        "home_khimiya": "restricted at home (home khimiya)",
        "house_arrest": "house arrest",
        "compulsory_treatment": "compulsory treatment",
        "suspended": "suspended sentence",
    },
    "release_kind": {
        "pardoned": "pardoned",
        "term_served": "term served in full",
        "swapped": "exchanged",
        "expelled": "taken out of the country",
        "early_release": "released early",
        "released": "released, grounds not stated",
    },
    "event": {
        "held_on": "seen in custody",
        "recognised": "recognised as a political prisoner",
        "appeal": "appeal heard",
        "returned": "taken back into custody",
        "died": "died in custody",
        "absent_since": "no longer on the list (not a release)",
    },
    "means": {
        "held": "in custody when the list was published",
        "recognised": "recognised as political prisoners by the publisher",
        "released": "released",
        "died": "died in custody",
        "named": "named, nothing more",
    },
    "extent": {"full": "says it holds everybody it covers", "sample": "a sample"},
    "status": {"executed": "carried out", "not_executed": "not carried out", "promised": "promised"},
    "said": {"none": "nothing said"},
    "effect": {"none": "no legal effect found", "unknown": "not known"},
    "stance": {"for": "an exchange", "against": "not an exchange"},
    "figure": {
        "announced": "announced",
        "part": "a part of it",
        "crossed": "crossed the border",
        "stayed": "stayed",
        "refused": "refused to leave",
        "identified": "identified by name",
        "political": "confirmed as political cases",
    },
}


def code(group: str, value: str) -> str:
    """A code of the vocabulary in plain words; an unknown one with its underscores as spaces."""
    return _CODES.get(group, {}).get(value, value.replace("_", " "))


def day(when: date, *, short: bool = False) -> str:
    """`13 December 2025`, or `13 Dec 2025`."""
    month = MONTHS[when.month - 1]
    return f"{when.day} {month[:3] if short else month} {when.year}"


def _one(when: PartialDate, *, short: bool) -> str:
    """A date that is no range and carries no qualifier."""
    if when.earliest is None or when.latest is None:
        return when.text
    if when.is_day:
        return day(when.earliest, short=short)
    first, last = MONTHS[when.earliest.month - 1], MONTHS[when.latest.month - 1]
    match when.precision:
        case Precision.MONTH:
            return f"{first[:3] if short else first} {when.earliest.year}"
        case Precision.YEAR:
            return str(when.earliest.year)
        case Precision.SEASON:
            if when.earliest.year == when.latest.year:
                return f"{first[:3]}–{last[:3]} {when.earliest.year}"
            return f"{first[:3]} {when.earliest.year} – {last[:3]} {when.latest.year}"
        case _:
            return f"{when.earliest.year}–{when.latest.year}"


def _qualified(text: str, *, short: bool) -> str:
    marks = re.findall(r"[~?%]", text)
    words = ("perhaps " if {"?", "%"} & set(marks) else "") + ("about " if {"~", "%"} & set(marks) else "")
    return words + _one(PartialDate.parse(re.sub(r"[~?%]", "", text)), short=short)


def when(moment: PartialDate | None, *, short: bool = False) -> str:
    """A partial date in words that claim no more than it knows: `about May 2021`, `by 28 April 2022`, `not dated`."""
    if moment is None:
        return "not dated"
    if moment.precision is not Precision.RANGE:
        return _qualified(moment.text, short=short)
    left, _, right = moment.text.partition("/")
    if left == "..":
        return f"by {_qualified(right, short=short)}"
    if right == "..":
        return f"{_qualified(left, short=short)} or later"
    return f"{_qualified(left, short=short)} to {_qualified(right, short=short)}"


def when_text(text: str, *, short: bool = False) -> str:
    """The same for a date still in its EDTF form; a text that is no date comes back as it is."""
    if not text:
        return "not dated"
    try:
        return when(PartialDate.parse(text), short=short)
    except ValueError:
        return text


def duration(text: str) -> str:
    """An ISO 8601 duration as `5 years 9 months`; `life` as `life`."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        return text
    units = zip(found.groups(), ("year", "month", "week", "day"), strict=True)
    return " ".join(f"{n} {unit}{'' if n == '1' else 's'}" for n, unit in units if n is not None)


def number(n: int | None, op: str = "eq") -> str:
    """`1,201`, `at least 120`; a dash where there is no figure."""
    if n is None:
        return "–"
    word = OPERATORS.get(op, "")
    return f"{word} {n:,}" if word else f"{n:,}"


def interval(low: int | None, best: int | str | None, high: int | None) -> str:
    """Low, best and high as one text: `109`, `105–112`, `at least 105`, `cannot say`."""
    if low is None and high is None:
        return f"{best:,}" if isinstance(best, int) else "cannot say" if best is None else best
    if low == high and low is not None:
        return f"{low:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low or 0:,}–{high:,}"


def count_of(n: int, one: str, many: str | None = None) -> str:
    """`1 source`, `3 sources`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
