"""What if: the stock under stated arrests, releases and deals, as fans; and how much arresting undoes a release.

Never a forecast: each scenario says what would follow if what it states were so. What research finds of releases and
later arrests disagrees, and both findings are printed beside every answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from habeas.answers.pace import Measure, measures
from habeas.answers.shapes.estimates import Even, Finding, Measured, PaceShape, ScenarioShape, Whatif
from habeas.dates import shift_months
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Part, Phrase, Question, Step, coded, only, say, say_count, together

if TYPE_CHECKING:
    from habeas.estimate.scenario import BreakEven, Fan, Pace, Scenario

DRAWS = 4_000
LITERATURE: tuple[Finding, ...] = (
    {
        "who": "Brandt, George and Sandler 2016",
        "says": say(
            "26% to 87% more kidnappings after negotiations that succeeded (64-87% in 2001-2013, 26-57% in 1978-2013)"
        ),
        "low": 0.26,
        "high": 0.87,
        "of": say("kidnappings by terrorist groups, three cohorts of countries; not arrests by a state"),
        "cite": (
            "Patrick T. Brandt, Justin George and Todd Sandler, “Why concessions should not be made to terrorist "
            "kidnappers”, European Journal of Political Economy 44 (2016), 41-52"
        ),
        "url": "https://docslib.org/doc/88211/why-concessions-should-not-be-made-to-terrorist-kidnappers",
    },
    {
        "who": "Foley Foundation 2024",
        "says": say(
            "no subsequent increase in wrongful detentions of U.S. nationals in Iran or Venezuela after exchanges"
        ),
        "low": 0.0,
        "high": 0.0,
        "of": say("U.S. nationals detained by states, January 2001 to May 2024; not a country's own citizens"),
        "cite": "James W. Foley Legacy Foundation, Bringing Americans Home 2024 (sixth edition), Washington 2024",
        "url": "https://jamesfoleyfoundation.org/hostage-advocacy/hostage-report",
    },
)


def whatif(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `whatif`: value is the break-even in percent with its 95% bounds (None where nobody is released).

    Raises:
        UsageError: an argument is no such number, the book gives no pace and none is stated, or the extra `estimate` is
            not installed.
    """
    try:
        from habeas.estimate.scenario import fans
    except ImportError as missing:
        raise UsageError(f"`ask whatif` needs {missing.name}: pip install 'habeas[estimate]'") from None
    args = _Arguments(question)
    found = measures(casebook, question.as_of.on)
    pace, measure = _pace(args, found)
    if args.release > pace.stock:
        raise UsageError(f"--release {args.release:,} is more than the {pace.stock:,} who are inside by this count")
    stated = _scenarios(args, pace)
    run = fans(pace, stated, months=args.months, draws=args.draws, seed=args.seed)
    even = None if args.release == 0 else _even(args.release, pace, args.over)
    start = question.as_of.on if measure is None or args.stock is not None else measure.stock_on
    more: Whatif = {
        "unit": say("people inside, by the count of the pace"),
        "start": start.isoformat(),
        "pace": _pace_json(measure, pace, args),
        "paces": [_measure_json(m) for m in found],
        "months": args.months,
        "after": args.after,
        "every": args.every,
        "over": args.over,
        "draws": args.draws,
        "seed": args.seed,
        "scenarios": [_fan_json(f, run[0], args) for f in run],
        "break_even": None if even is None else _even_json(even),
        "literature": [row.copy() for row in LITERATURE],
    }
    return _answer(question, more, measure, even)


class _Arguments:
    """The arguments of the question as numbers, each within its bounds."""

    def __init__(self, question: Question) -> None:
        self.given = question.args
        self.release = self._whole("release", 0, 0, 10_000_000)
        self.after = self._whole("after", 1, 1, 240)
        self.over = self._whole("over", 12, 1, 240)
        self.every = self._whole("every", 0, 0, 240)
        self.months = self._whole("months", 24, 1, 240)
        if self.every:
            self.over = self.every  # each release is to be undone before the next
        self.draws = self._whole("draws", DRAWS, 100, 100_000)
        self.seed = self._whole("seed", 1, 0, 2**32 - 1)
        self.stock = self._number("stock", 0, 10_000_000)
        self.arrests = self._number("arrests", 0, 1_000_000)
        self.leaving = self._number("leaving", 0, 100)
        self.pace = question.args.get("pace")
        self.changes = tuple(self._change(c) for c in question.args.get("change", "").split(",") if c.strip())
        if self.after > self.months:
            raise UsageError(f"--after {self.after} lies outside the {self.months} months that are run; raise --months")

    def _number(self, name: str, low: float, high: float) -> float | None:
        text = self.given.get(name)
        if text is None:
            return None
        try:
            number = float(text)
        except ValueError:
            raise UsageError(f"--{name} takes a number, not {text!r}") from None
        if not low <= number <= high:
            raise UsageError(f"--{name} takes {low:,} to {high:,}, not {text}")
        return number

    def _whole(self, name: str, otherwise: int, low: int, high: int) -> int:
        number = self._number(name, low, high)
        if number is not None and number != int(number):
            raise UsageError(f"--{name} takes a whole number, not {self.given[name]}")
        return otherwise if number is None else int(number)

    @staticmethod
    def _change(text: str) -> float:
        try:
            number = float(text.strip().removesuffix("%")) / 100
        except ValueError:
            raise UsageError(f"--change takes percentages such as 30 or -20, not {text!r}") from None
        if not -1 <= number <= 100:
            raise UsageError(f"--change takes -100 to 10000 percent, not {text}")
        return number


_LONG_ENOUGH = 1e9  # months of people inside


def _pace(args: _Arguments, found: Sequence[Measure]) -> tuple[Pace, Measure | None]:
    """The pace of the scenarios: what is stated, over what the book measures."""
    from habeas.estimate.scenario import Pace

    measure = _measured(args, found)
    months = 12.0 if measure is None else measure.months
    exits, exposure = _leaving(args.leaving, measure)
    return Pace(
        stock=round(_stated_or(args.stock, None if measure is None else measure.stock)),
        arrests=_stated_or(
            None if args.arrests is None else args.arrests * months, None if measure is None else measure.arrests
        ),
        months=months,
        exits=exits,
        exposure=exposure,
        varies=0.0 if measure is None else measure.varies,
        stated=args.arrests is not None,
    ), measure


def _measured(args: _Arguments, found: Sequence[Measure]) -> Measure | None:
    """The pace of the book that is asked for; None where all of it is stated.

    Raises:
        UsageError: the book gives no such pace, or none, and not all is stated.
    """
    names = [m.name for m in found]
    if args.pace is not None and args.pace not in names:
        raise UsageError(f"this book gives no pace {args.pace!r} on that day; it gives {', '.join(names) or 'none'}")
    measure = next((m for m in found if args.pace in (None, m.name)), None)
    missing = [n for n in ("stock", "arrests", "leaving") if getattr(args, n) is None]
    if measure is None and missing:
        need = " and ".join(f"--{n}" for n in missing)
        raise UsageError(f"this book gives no pace of arrests and releases on that day; state {need}")
    return measure


def _stated_or(stated: float | None, measured: float | None) -> float:
    return float(stated if stated is not None else measured or 0)


def _leaving(stated: float | None, measure: Measure | None) -> tuple[float, float]:
    """How many left, and over how much time of people inside.

    A stated share that leaves each month is taken as it is: counted over so long that nothing of it is chance.
    """
    if stated is None:
        assert measure is not None
        return float(measure.exits), measure.exposure
    return -math.log(max(1 - stated / 100, 1e-12)) * _LONG_ENOUGH, _LONG_ENOUGH


def _even(released: int, pace: Pace, over: int) -> BreakEven | None:
    from habeas.estimate.scenario import break_even

    return None if pace.per_month == 0 else break_even(released, pace, over)


def _scenarios(args: _Arguments, pace: Pace) -> list[Scenario]:
    """No release; the release at the pace of before; then with the rises that the literature found, and those stated."""
    from habeas.estimate.scenario import Scenario

    usual = Scenario(name=say("no release, arrests as before"))
    if args.release == 0:
        return [
            usual,
            *(
                Scenario(name=say("arrests {change:+.0%}", change=c), change=c, since=1, over=args.months)
                for c in args.changes
            ),
        ]
    months = [args.after]
    if args.every:
        months = list(range(args.after, args.months + 1, args.every))
    releases = dict.fromkeys(months, args.release)
    what = say("{n} freed", n=args.release)
    if args.every:
        what = say_count(
            "{n} freed every {months}",
            "{n} freed every {months}",
            args.release,
            months=say_count("{n} month", "{n} months", args.every),
        )
    over = args.months if args.every else args.over  # deal after deal: arrests stay changed

    def then(name: Phrase, change: float) -> Scenario:
        return Scenario(
            name=together([what, name], ", "), releases=releases, change=change, since=args.after, over=over
        )

    rows = [
        then(say("arrests as before (as the Foley Foundation found)"), 0.0),
        then(say("arrests {change:+.0%} (Brandt et al. 2016, low end)", change=0.26), 0.26),
        then(say("arrests {change:+.0%} (Brandt et al. 2016, high end)", change=0.87), 0.87),
    ]
    even = _even(args.release, pace, args.over)
    if even is not None:
        rows.append(then(say("arrests {change:+.0%} (break-even)", change=even.share), even.share))
    return [usual, *rows, *(then(say("arrests {change:+.0%} (stated)", change=c), c) for c in args.changes)]


def _fan_json(fan: Fan, usual: Fan, args: _Arguments) -> ScenarioShape:
    """A fan by month; `back`: the share of runs whose stock after the response is at or above that without the release."""
    s = fan.scenario
    end = min(args.months, args.after + args.over - 1)
    back = None if not s.releases else round(float((fan.runs[:, end] >= usual.runs[:, end]).mean()), 3)
    return {
        "name": s.name,
        "releases": [{"month": m, "n": n} for m, n in sorted(s.releases.items())],
        "change": round(s.change, 4),
        "since": s.since,
        "over": s.over,
        "fan": [
            {"month": m, "q05": int(q[0]), "q25": int(q[1]), "q75": int(q[2]), "q95": int(q[3])}
            for m, q in enumerate(fan.quantiles.T)
        ],
        "back_by": None if back is None else end,
        "back": back,
    }


def _even_json(even: BreakEven) -> Even:
    return {
        "released": even.released,
        "months": even.months,
        "share": round(even.share, 4),
        "low": round(even.low, 4),
        "high": round(even.high, 4),
        "extra_per_month": round(even.released / even.months, 2),
    }


def _measure_json(m: Measure) -> Measured:
    return {
        "pace": m.name,
        "what": m.what,
        "stock": m.stock,
        "stock_on": m.stock_on.isoformat(),
        "arrests": m.arrests,
        "months": round(m.months, 2),
        "arrests_per_month": round(m.arrests / m.months, 2),
        "leaving_per_month": round(m.exits / m.exposure, 4),
        "in_deals": m.in_deals,
        "varies": round(m.varies, 3),
        "note": m.note,
        "rests_on": list(m.rests_on),
    }


def _pace_json(measure: Measure | None, pace: Pace, args: _Arguments) -> PaceShape:
    return {
        "from": coded("stated") if measure is None else measure.name,
        "stated": [n for n in ("stock", "arrests", "leaving") if getattr(args, n) is not None],
        "stock": pace.stock,
        "arrests_per_month": round(pace.per_month, 2),
        "leaving_per_month": round(pace.exits / pace.exposure, 4),
        "varies": round(pace.varies, 3),
    }


def _answer(question: Question, more: Whatif, measure: Measure | None, even: BreakEven | None) -> Answer:
    pace, rests = more["pace"], () if measure is None else measure.rests_on
    of: str = say("as stated") if measure is None else measure.what
    steps = [
        Step(
            what=say("inside at the start ({by})", by=say("stated") if "stock" in pace["stated"] else of),
            result=only(pace["stock"]),
            rests_on=rests,
        ),
        Step(
            what=say("taken in a month (stated)") if "arrests" in pace["stated"] else say("taken in a month"),
            result=only(pace["arrests_per_month"], ",.1f"),
            rests_on=rests,
        ),
        Step(
            what=say("leaving in a month, deals apart (stated)")
            if "leaving" in pace["stated"]
            else say("leaving in a month, deals apart"),
            result=say("{share:.1%} of those inside", share=pace["leaving_per_month"]),
            rests_on=rests,
        ),
    ]
    if measure is not None:
        steps.append(
            Step(
                what=say("counted over"),
                result=say("{n:.1f} months: {note}", n=measure.months, note=measure.note),
                rests_on=rests,
            )
        )
    if even is not None:
        result = say(
            "{n} / ({rate:,.1f} × {months:d}) = {share:.0%}",
            n=even.released,
            rate=pace["arrests_per_month"],
            months=even.months,
            share=even.share,
        )
        steps.append(Step(what=say("break-even m* = R / (λT)"), result=result))
    share = None if even is None else round(even.share * 100)
    said = _sentence(more, even, of)
    return Answer(
        question=question,
        value=share,
        low=None if even is None else min(round(even.low * 100), share or 0),
        high=None if even is None else max(round(even.high * 100), share or 0),
        sentence=said if even is None else together([said, _DISPUTED]),
        said=said,
        steps=tuple(steps),
        rests_on=rests,
        more=more,
    )


_DISPUTED = say(
    "Whether releases make states arrest more is disputed: Brandt, George and Sandler 2016 found 26% to 87% more kidnappings, "
    "the Foley Foundation 2024 no increase."
)


def _sentence(more: Whatif, even: BreakEven | None, of: str) -> Phrase:
    pace = more["pace"]
    if even is None:
        last = more["scenarios"][0]["fan"][-1]
        return say(
            "If arrests and releases went on as counted, nine runs in ten end with {low} to {high} people inside on {day}; "
            "this is what follows from what is stated, not a forecast.",
            low=last["q05"],
            high=last["q95"],
            day=shift_months(date.fromisoformat(more["start"]), more["months"]),
        )
    rate = say("{number:,.1f} a month", number=pace["arrests_per_month"])
    stated = "arrests" in pace["stated"]
    parts: dict[str, Part] = {
        "freed": even.released,
        "months": say_count("{n} month", "{n} months", even.months),
        "share": even.share,
        "more": even.released / even.months,
        "pace": say("the {rate} that are stated", rate=rate) if stated else say("{rate} ({by})", rate=rate, by=of),
    }
    rise = only(even.share, ".0%")
    parts["share"] = (
        rise if stated else say("{share} (95%: {low:.0%} to {high:.0%})", share=rise, low=even.low, high=even.high)
    )
    if more["every"]:
        parts["every"] = say_count("{n} month", "{n} months", more["every"])
        return say(
            "Freeing {freed} every {every} is undone within {months} if arrests rise by {share}, that is by {more:,.1f} a month "
            "beside {pace}.",
            **parts,
        )
    return say(
        "Freeing {freed} is undone within {months} if arrests rise by {share}, that is by {more:,.1f} a month beside {pace}.",
        **parts,
    )
