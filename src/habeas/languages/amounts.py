"""Figures, their bounds and lengths of time as phrases: each is said in a reader's language when it is shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from habeas.dates import PartialDate
from habeas.nouns import Phrase, say, say_count, together

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")

_HEDGES: Mapping[str, str] = {
    "ge": say("at least {number}").message,
    "gt": say("more than {number}").message,
    "le": say("at most {number}").message,
    "lt": say("fewer than {number}").message,
    "approx": say("about {number}").message,
    "approx_lt": say("just under {number}").message,
}


def number(n: float | None, op: str = "eq") -> Phrase:
    """`1,201`, `at least 120`; a dash where there is no figure."""
    return say("–") if n is None else Phrase(_HEDGES.get(op, "{number}"), {"number": n})


def interval(low: int | None, best: int | str | None, high: int | None) -> Phrase:
    """Low, best and high as one text: `109`, `105–112`, `at least 105`, `cannot say`."""
    if low is None and high is None:
        if isinstance(best, int):
            return number(best)
        return say("cannot say") if best is None else Phrase("{best}", {"best": best})
    if low == high and low is not None:
        return number(low)
    if high is None:
        return number(low, "ge")
    return Phrase("{low}–{high}", {"low": low or 0, "high": high})


def duration(text: str) -> str:
    """An ISO 8601 duration as `5 years 9 months`; `life` as `life`."""
    found = _DURATION.fullmatch(text)
    if found is None or not any(found.groups()):
        return say("life") if text == "life" else text
    years, months, weeks, days = (None if n is None else int(n) for n in found.groups())
    return together(
        (
            "" if years is None else say_count("{n} year", "{n} years", years),
            "" if months is None else say_count("{n} month", "{n} months", months),
            "" if weeks is None else say_count("{n} week", "{n} weeks", weeks),
            "" if days is None else say_count("{n} day", "{n} days", days),
        )
    )


def moment(text: str) -> PartialDate | str:
    """A date in its EDTF form as a date; a text that is none as it is, nothing as `not dated`."""
    if not text:
        return say("not dated")
    try:
        return PartialDate.parse(text)
    except ValueError:
        return text
