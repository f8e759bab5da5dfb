"""The population series: for each day of a stretch of time, what `inside` says of it.

How a person stands changes on few days, and those are known from the record: see `daily`. The series adds up the stretches
of one level that lie between them, as many days as there may be.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from habeas.answers.coverage import asked_span, covering, is_whole
from habeas.answers.evidence import evidence
from habeas.answers.inside import UNIT
from habeas.answers.shapes.people import DayRow, Series
from habeas.answers.standings import standings
from habeas.answers.stock import stocks
from habeas.dates import ONE_DAY
from habeas.nouns import Answer, Casebook, Phrase, Question, Step, only, say, say_count, together


def series(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `series`: low, best and high for each day; value is the best reading of the last day.

    A day outside every list's window has no figure.
    """
    span = asked_span(casebook, question)
    assert span.start is not None
    assert span.end is not None
    first, last = span.start, span.end - ONE_DAY
    found = stocks(casebook, first, (last - first).days + 1)
    rests = _statements(casebook, first, last)
    rows: list[DayRow] = []
    sample = False
    for at, bounds in enumerate(found):
        day = first + timedelta(days=at)
        lists = covering(casebook, day)
        sample = sample or not is_whole(lists, day)
        row: DayRow = {"on": day.isoformat(), "low": None, "best": None, "high": None, "lists": len(lists)}
        rows.append({**row, "low": bounds.low, "best": bounds.best, "high": bounds.high} if bounds is not None else row)
    told = [(r["best"], r["on"]) for r in rows if r["best"] is not None]
    most = max(told, default=None)
    end = rows[-1]
    short = _sentence(first, last, end, most)
    steps = (
        Step(what=say("days asked about"), result=only(len(rows))),
        Step(what=say("days that no list's window holds"), result=only(len(rows) - len(told))),
        Step(what=say("cases documented by name in this book"), result=only(len(casebook.cases))),
        Step(
            what=say("most in custody on one day, by the best reading"),
            result=say("cannot say")
            if most is None
            else say("{n} on {day}", n=most[0], day=date.fromisoformat(most[1])),
            rests_on=rests,
        ),
    )
    more: Series = {"unit": UNIT, "from": first.isoformat(), "to": last.isoformat(), "days": rows}
    return Answer(
        question=question,
        value=end["best"],
        low=end["low"],
        high=end["high"],
        sentence=together([short, _SAMPLE]) if sample and most is not None else short,
        said=short,
        steps=steps,
        rests_on=rests,
        more=more,
    )


_SAMPLE = say("The lists are samples: how many were inside in all cannot be said from them.")


def _statements(casebook: Casebook[Any], first: date, last: date) -> tuple[str, ...]:
    """The statements of every spell that counts on some day."""
    start, past = first.toordinal(), last.toordinal() + 1
    return evidence(
        (daily.case, spell) for daily in standings(casebook).values() for spell in daily.spells_between(start, past)
    )


def _sentence(first: date, last: date, end: DayRow, most: tuple[int, str] | None) -> Phrase:
    """Of the last day; `most` is the largest number with its day."""
    if most is None:
        return say(
            "Cannot say who was inside between {first} and {last}: no list of this book covers a day of it.",
            first=first,
            last=last,
        )
    low, best, high = end["low"], end["best"], end["high"]
    if low is not None and best is not None and high is not None:
        said = say_count(
            "On {day}, {n} person is documented by name here as in custody (certainly {low}, possibly {high})",
            "On {day}, {n} people are documented by name here as in custody (certainly {low}, possibly {high})",
            best,
            day=last,
            low=low,
            high=high,
        )
    else:
        said = say("On {day} no list of this book covers the day", day=last)
    return say(
        "{today}; between {first} and then the most were {n}, on {day}.",
        today=said,
        first=first,
        n=most[0],
        day=date.fromisoformat(most[1]),
    )
