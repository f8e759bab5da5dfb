"""Did the pace change at a day: the series of months before and after it, and where it changed by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from habeas.answers.arguments import one_of
from habeas.answers.coverage import covered_months, dated
from habeas.answers.dated import IN, OUT, RECOGNISED, Happening, happenings
from habeas.answers.deals import the_deal
from habeas.answers.pace import settled_until
from habeas.answers.shapes.estimates import ChangePoint, EffectShape, Interruption, Month, SeriesName, Trend
from habeas.answers.words import word
from habeas.dates import ONE_DAY, PartialDate, Span, shift_months
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Part, Phrase, Question, Step, only, say, say_count, together

if TYPE_CHECKING:
    from habeas.estimate.series import Change, Effect, Interrupted

SERIES: tuple[SeriesName, ...] = ("arrests", "recognised", "exits")
WINDOW, WIDEST = 36, 62  # months looked at on each side; days that a counted date may span
ASSUMED = (
    say("without the day, the months would have gone on by the trend before it: nothing else changed then"),
    say("how completely people are documented by name did not change at the day"),
    say("months are independent given the trend (see the correlation of neighbouring months)"),
    say("a month is counted where the middle of the date lies in it"),
)


def trend(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `trend`: value is the change of level at the day in percent with its 95% bounds; None where too few.

    Raises:
        UsageError: no day or deal is given or it is none, or the extra `estimate` is not installed.
    """
    series = one_of(SERIES, question.args.get("series", "arrests"), "series")
    day = _day(casebook, question)
    months, counts, rests = _counted(casebook, question.as_of.on, day, series)
    try:
        from habeas.estimate.series import change_point, interrupted
    except ImportError as missing:
        raise UsageError(f"`ask trend` needs {missing.name}: pip install 'habeas[estimate]'") from None
    first_after = sum(m.start is not None and m.start <= day for m in months)
    fit: Interrupted | None = None
    change: Change | None = None
    refused: str | None = None
    if first_after == len(months):
        refused = say("no month after it is covered and settled yet")
    else:
        try:
            fit = interrupted(counts, first_after)
        except UsageError as why:
            refused = why.said
        change = change_point(counts) if len(counts) >= 3 and sum(counts) > 0 else None
    settled = None if series == "exits" else settled_until(casebook, question.as_of.on)
    more: Trend = {
        "unit": say("{series} documented by name here, a sample", series=word(series)),
        "series": series,
        "day": day.isoformat(),
        "settled_until": None if settled is None else settled.isoformat(),
        "refused": refused,
        "months": [_month(i, m, counts[i], first_after, fit) for i, m in enumerate(months)],
        "interrupted": None if fit is None else _fit_json(fit),
        "change": None if change is None else _change_json(change, months),
        "assumed": list(ASSUMED),
    }
    return _answer(question, more, fit, rests)


def _day(casebook: Casebook[Any], question: Question) -> date:
    deal, at = question.args.get("deal"), question.args.get("at")
    if (deal is None) == (at is None):
        raise UsageError("state one of --deal DEAL and --at DAY")
    if deal is not None:
        middle = the_deal(casebook, deal).when.middle
        if middle is None:
            raise UsageError(f"the day of the deal {deal} is not known")
        return middle
    try:
        when = PartialDate.parse(at or "")
    except ValueError as error:
        raise UsageError(f"--at takes a day: {error}") from None
    if not when.is_day or when.earliest is None:
        raise UsageError(f"--at takes one day such as 2025-12-13, not {at!r}")
    return when.earliest


def _counted(
    casebook: Casebook[Any], on: date, day: date, series: str
) -> tuple[list[Span], list[int], tuple[str, ...]]:
    """The months that lists cover, from three years before the day to the last they have learned of, and the counts."""
    settled = on.replace(day=1) if series == "exits" else settled_until(casebook, on)
    first = shift_months(day.replace(day=1), -WINDOW)
    last = first if settled is None else min(settled, shift_months(day.replace(day=1), WINDOW + 1))
    if last <= first:
        return [], [], ()
    months = list(Span(first, last).months())
    begin, past = covered_months(casebook, months, min(day, last - ONE_DAY))
    months = months[begin:past]
    place = {m.start: i for i, m in enumerate(months)}
    counted: Counter[int] = Counter()
    rests: list[str] = []
    for month, statements in casebook.once(_MONTHS[series]):
        if month in place:
            counted[place[month]] += 1
            rests.extend(statements)
    return months, [counted[i] for i in range(len(months))], tuple(dict.fromkeys(rests))


Months = list[tuple[date, tuple[str, ...]]]  # the first day of a month, and the statements of what is counted in it


def _arrests(casebook: Casebook[Any]) -> Months:
    return _months(one for one in happenings(casebook) if one.kind == IN and one.last - one.first <= WIDEST)


def _exits(casebook: Casebook[Any]) -> Months:
    return _months(one for one in happenings(casebook) if one.kind.startswith(OUT) and one.last - one.first <= WIDEST)


def _recognised(casebook: Casebook[Any]) -> Months:
    return _months(one for one in happenings(casebook) if one.kind == RECOGNISED)


def _months(found: Iterable[Happening]) -> Months:
    """What a series counts, by the month of its middle; arrests and exits known only vaguely are not counted."""
    dated = ((one.when.middle, one.statements) for one in found)
    return [(middle.replace(day=1), statements) for middle, statements in dated if middle is not None]


_MONTHS = {"arrests": _arrests, "recognised": _recognised, "exits": _exits}


def _month(i: int, month: Span, n: int, first_after: int, fit: Interrupted | None) -> Month:
    assert month.start is not None
    return {
        "month": month.start.isoformat()[:7],
        "n": n,
        "after": i >= first_after,
        "expected": None if fit is None else round(float(fit.expected[i]), 2),
        "fitted": None if fit is None else round(float(fit.fitted[i]), 2),
    }


def _effect(effect: Effect) -> EffectShape:
    return {
        "factor": round(effect.factor, 3),
        "low": round(effect.low, 3),
        "high": round(effect.high, 3),
        "p": round(effect.p, 4),
    }


def _fit_json(fit: Interrupted) -> Interruption:
    return {
        "family": fit.family,
        "dispersion": round(fit.dispersion, 2),
        "lag1": round(fit.lag1, 2),
        "level": _effect(fit.level),
        "slope": _effect(fit.slope),
        "turn": _effect(fit.turn),
    }


def _change_json(change: Change, months: list[Span]) -> ChangePoint:
    def name(i: int) -> str:
        start = months[i].start
        assert start is not None
        return start.isoformat()[:7]

    return {
        "first_month_after": name(change.last + 1),
        "from": name(change.first + 1),
        "to": name(change.final + 1),
        "chance": round(float(change.chances[change.last]), 3),
        "odds": float(f"{change.odds:.3g}"),
        "before": [round(x, 3) for x in change.before],
        "after": [round(x, 3) for x in change.after],
    }


def _answer(question: Question, more: Trend, fit: Interrupted | None, rests: tuple[str, ...]) -> Answer:
    before = sum(m["n"] for m in more["months"] if not m["after"])
    after = sum(m["n"] for m in more["months"] if m["after"])
    months_after = sum(m["after"] for m in more["months"])
    series = word(more["series"])
    steps = [
        Step(
            what=say_count(
                "{series} in {n} month up to that of {day}",
                "{series} in {n} months up to that of {day}",
                len(more["months"]) - months_after,
                series=series,
                day=date.fromisoformat(more["day"]),
            ),
            result=only(before, "d"),
            rests_on=rests,
        ),
        Step(
            what=say_count(
                "{series} in {n} month after it", "{series} in {n} months after it", months_after, series=series
            ),
            result=only(after, "d"),
        ),
    ]
    if more["series"] != "exits":
        steps.append(
            Step(
                what=say("later months are left out, as lists still learn of them"),
                result=say("from {day}", day=_settled(more)),
            )
        )
    if fit is not None:
        steps += [
            Step(
                what=say("law of the counts"),
                result=say("{family} (dispersion {number:.2f})", family=word(fit.family), number=fit.dispersion),
            ),
            Step(what=say("correlation of neighbouring months"), result=only(fit.lag1, "+.2f")),
        ]
    steps += [Step(what=say("assumed"), result=text) for text in more["assumed"]]

    said, beware = _sentence(more, fit)

    def percent(x: float) -> int:
        return round((x - 1) * 100)

    return Answer(
        question=question,
        value=None if fit is None else percent(fit.level.factor),
        low=None if fit is None else percent(fit.level.low),
        high=None if fit is None else percent(fit.level.high),
        sentence=together([said, beware]),
        said=said,
        steps=tuple(steps),
        rests_on=rests,
        more=more,
    )


def _settled(more: Trend) -> Part:
    """The first day of the months that are left out."""
    return dated(more["settled_until"]) if more["settled_until"] else say("the first on")


def _sentence(more: Trend, fit: Interrupted | None) -> tuple[Phrase, Phrase]:
    """What to quote, and what has to be added to it."""
    series, day = word(more["series"]), date.fromisoformat(more["day"])
    if fit is None:
        said = say(
            "Cannot say whether {series} changed at {day}: {why}",
            series=series,
            day=day,
            why=together([more["refused"] or ""]),
        )
        if more["series"] == "exits":
            return together([said], end="."), together([])
        young = say(
            "{said} (months from {when} are left out, as lists still learn of them).", said=said, when=_settled(more)
        )
        return young, together([])
    level = fit.level
    parts: dict[str, Part] = {
        "series": series,
        "change": level.factor - 1,
        "day": day,
        "low": level.low - 1,
        "high": level.high - 1,
    }
    if level.low <= 1 <= level.high:
        said = say(
            "Against the trend before, {series} documented by name here, a sample, changed by {change:+.0%} at {day} "
            "(95%: {low:+.0%} to {high:+.0%}), which may be no change.",
            **parts,
        )
    else:
        said = say(
            "Against the trend before, {series} documented by name here, a sample, changed by {change:+.0%} at {day} "
            "(95%: {low:+.0%} to {high:+.0%}).",
            **parts,
        )
    return said, say("That the day is its cause does not follow.")
