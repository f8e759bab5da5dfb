"""The day of publication that a page shows: a printed date beats the page's metadata, and both are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from habeas.check.lexicon import LANGUAGES, lexicon
from habeas.check.text import tokens
from habeas.check.when import Reader, dates
from habeas.nouns import say

_FIRST_LINES = 12
_FEW_WORDS = 6  # beside a date, in a line that only dates the page
_SLACK = timedelta(days=1)
_LATER = timedelta(days=31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A day of publication with how it was found; `doubt` says what does not fit, empty where all does."""

    day: date | None
    came: str
    doubt: str = ""


def printed_day(text: str, language: str) -> tuple[date, str] | None:
    """The day in one of the first lines that hold hardly anything else, and the words it is printed in."""
    words = lexicon(language if language in LANGUAGES else "en")
    for line in [row for row in text.split("\n", 200) if row.strip()][:_FIRST_LINES]:
        found = tokens(line[:300])
        for chunk in dates(found, words, None):
            rest = [t for t in found[: chunk.i] + found[chunk.j :] if t.kind == "word"]
            if chunk.value["precision"] == "day" and len(rest) <= _FEW_WORDS:
                said = line[found[chunk.i].start : found[chunk.j - 1].end]
                return date.fromisoformat(str(chunk.value["date"])), said
    return None


def told_later(text: str, language: str, day: date) -> str:
    """A time the text tells of that lies well after a day, where it does so twice; else nothing.

    What is set for a coming day is no such time.
    """
    found = tokens(text[:20_000])
    words = lexicon(language if language in LANGUAGES else "en")
    reader = Reader(found, words, None)
    later = []
    for chunk in dates(found, words, None):
        said = str(chunk.value["date"])
        first = date.fromisoformat(said + "-01-01"[len(said) - 4 :] if len(said) < 10 else said)
        if first > day + _LATER and not reader.future(chunk.i):
            later.append(said)
    return later[0] if len(later) >= 2 else ""


def weigh(told: date | None, text: str, language: str) -> Dated:
    """The day of publication of a page with the day `told` in its metadata."""
    printed = printed_day(text, language)
    if printed is not None:
        day, said = printed
        if told is None or abs(told - day) <= _SLACK:
            return Dated(day=day, came=say("printed on the page ({day})", day=said))
        doubt = f"the page's metadata say {told}, the page itself {said}; the page is believed"
        return Dated(
            day=day,
            came=say("printed on the page ({day}), against its metadata ({other})", day=said, other=told),
            doubt=doubt,
        )
    if told is None:
        return Dated(day=None, came="")
    later = told_later(text, language, told)
    if later:
        doubt = f"the page's metadata say {told}, but the text tells of {later}; that day is not believed"
        return Dated(day=None, came="", doubt=doubt)
    return Dated(day=told, came=say("from the metadata of the page"))
