"""How long does someone who is arrested stay, and by which way do people leave; with bands, and refused where few."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any

from habeas.answers.arguments import one_of
from habeas.answers.evidence import evidence
from habeas.answers.shapes.estimates import (
    Bounded,
    Check,
    Followed,
    Group,
    Ratio,
    Reading,
    StayFacet,
    Survival,
    Watched,
)
from habeas.answers.stays import FACETS, FOLLOWED, WATCHED, WAYS
from habeas.answers.words import word
from habeas.dates import PartialDate
from habeas.errors import UsageError
from habeas.nouns import Answer, Casebook, Phrase, Public, Question, Step, only, say, say_count, together

if TYPE_CHECKING:
    from habeas.answers.columns import Known, Stays
    from habeas.estimate.lifetimes import Lifetimes, Marks
    from habeas.estimate.survival import Curve

FEWEST_STAYS, FEWEST_EXITS, FEWEST_WATCHED = 10, 5, 5
YEAR = 365
YEARS = (1, 2, 3, 4, 5)
RESAMPLES = 200
MANY, WEEK, RESAMPLES_OF_MANY = 500, 7.0, 100  # many stays: by the week, and one step for each draw of their bounds
WIDEST = 62  # two months: wider bounds have no middle to speak of
MOST_VAGUE = 0.2  # of the exits of a group that is compared with another
UNIT = say("stays in custody documented by name here, a sample")


def survival(casebook: Casebook[Any], question: Question) -> Answer:
    """Answer `survival`: value is the median stay in days with its 95% bounds; None where too little is known.

    Raises:
        UsageError: an argument names nothing there is, or the extra `estimate` is not installed.
    """
    by = question.args.get("by")
    seed = question.args.get("seed", "1")
    if not seed.isdigit():
        raise UsageError(f"--seed takes a whole number, not {seed!r}")
    since = question.args.get("since")
    try:
        first = None if since is None else PartialDate.parse(since).earliest
    except ValueError as error:
        raise UsageError(f"--since takes a date: {error}") from None
    try:
        return _survival(
            casebook,
            question,
            by=None if by is None else one_of(FACETS, by, "by"),
            followed=one_of(FOLLOWED, question.args.get("followed", "best"), "followed"),
            watched=one_of(WATCHED, question.args.get("watched", "window"), "watched"),
            seed=int(seed),
            since=first,
        )
    except ImportError as missing:
        raise UsageError(f"`ask survival` needs {missing.name}: pip install 'habeas[estimate]'") from None


def _survival(
    casebook: Casebook[Any],
    question: Question,
    *,
    by: StayFacet | None,
    followed: Followed,
    watched: Watched,
    seed: int,
    since: date | None,
) -> Answer:
    from habeas.answers.columns import known_of

    known = known_of(casebook, question.as_of.on)
    found = known.stays(followed=followed, watched=watched, since=since)
    whole = found.lifetimes()
    groups = [_group(say("all"), found, seed, quiet=False, data=whole)]
    if by is not None:
        quiet = casebook.audience is Public
        groups += [_group(name, found.only(at), seed, quiet=quiet) for name, at in found.groups(casebook, by)]
    more: Survival = {
        "unit": UNIT,
        "by": by,
        "followed": followed,
        "watched": watched,
        "seed": seed,
        "since": None if since is None else since.isoformat(),
        "groups": groups,
        "left_out": dict(found.left_out),
        "ratios": [] if by is None else _ratios(casebook, found, by, [g for g in groups[1:] if g["refused"] is None]),
        "readings": _readings(known, since),
        "checks": _checks(whole) if groups[0]["refused"] is None else [],
    }
    return _answer(question, found, groups, more)


def _estimate(stays: Lifetimes, seed: int) -> Curve:
    """Exact ends need no resampling: Aalen-Johansen with its own bounds; else the self-consistent estimate."""
    from habeas.estimate.bounded import self_consistent
    from habeas.estimate.survival import aalen_johansen

    if stays.exact:
        return aalen_johansen(stays)
    if len(stays) > MANY:
        return self_consistent(stays.rounded(WEEK), resamples=RESAMPLES_OF_MANY, seed=seed, one_step=True)
    return self_consistent(stays, resamples=RESAMPLES, seed=seed)


def _dated(stays: Stays | Lifetimes) -> Marks:
    """True where the end is known within two months."""
    return stays.high - stays.low <= WIDEST


def _refusal(stays: int, dated: int, *, quiet: bool) -> Phrase | None:
    """Why a group is too small to speak of, or None; to the public without the small number."""
    if stays < FEWEST_STAYS:
        why = say("fewer than {fewest} stays", fewest=FEWEST_STAYS)
        return why if quiet else say("{why} ({n})", why=why, n=stays)
    if dated < FEWEST_EXITS:
        why = say("fewer than {fewest} exits dated within two months", fewest=FEWEST_EXITS)
        return why if quiet else say("{why} ({n} of {all} stays)", why=why, n=dated, all=stays)
    return None


def _group(name: str, stays: Stays, seed: int, *, quiet: bool, data: Lifetimes | None = None) -> Group:
    """One group's curve, or the reason why there is none."""
    exits = int(stays.ended.sum())
    refused = _refusal(len(stays), int(_dated(stays).sum()), quiet=quiet)
    told = None if refused is not None and quiet else len(stays)
    empty: Group = {
        "group": name,
        "stays": told,
        "exits": None if told is None else exits,
        "refused": refused,
        "median": None,
        "inside": [],
        "ways": [],
        "curve": [],
        "until": None,
    }
    if refused is not None:
        return empty
    data = stays.lifetimes() if data is None else data
    curve = _estimate(data, seed)
    until = _reach(curve)
    if until == 0:
        why = say("fewer than {fewest} stays were watched from the arrest on", fewest=FEWEST_WATCHED)
        return {**empty, "refused": why}
    return _told(empty, data, curve, until)


def _reach(curve: Curve) -> int:
    """How many steps of the curve rest on enough stays under watch, from the first step on."""
    few = [i for i, n in enumerate(curve.at_risk) if n < FEWEST_WATCHED]
    return few[0] if few else int(curve.lengths.size)


def _told(group: Group, data: Lifetimes, curve: Curve, until: int) -> Group:
    """The group with what its curve says: the median, the shares after whole years, and its steps."""

    def share(x: float) -> float:
        return round(float(x), 4)

    last = float(curve.lengths[until - 1])

    def median(found: float | None) -> int | None:
        return None if found is None or found > last else round(found)

    def after(i: int) -> Bounded:
        if i < 0:
            return {"share": 1.0, "low": 1.0, "high": 1.0}
        return {"share": share(curve.staying[i]), "low": share(curve.low[i]), "high": share(curve.high[i])}

    def gone(k: int, i: int) -> Bounded:
        if i < 0:
            return {"share": 0.0, "low": 0.0, "high": 0.0}
        return {
            "share": share(curve.left[k, i]),
            "low": share(curve.left_low[k, i]),
            "high": share(curve.left_high[k, i]),
        }

    shown = [y for y in YEARS if y * YEAR <= last]
    low, high = curve.median_bounds()
    return {
        **group,
        "median": {"days": median(curve.median()), "low": median(low), "high": median(high)},
        "inside": [{"years": y, **after(curve.at(y * YEAR))} for y in shown],
        "ways": [
            {
                "way": way,
                "exits": int((data.way == k).sum()),
                "after": [{"years": y, **gone(k, curve.at(y * YEAR))} for y in shown],
            }
            for k, way in enumerate(data.ways)
        ],
        "curve": [
            {
                "days": round(float(curve.lengths[i])),
                **after(i),
                "watched": int(curve.at_risk[i]),
                "left": {way: share(curve.left[k, i]) for k, way in enumerate(data.ways)},
            }
            for i in range(until)
        ],
        "until": round(last),
    }


def _ratios(casebook: Casebook[Any], stays: Stays, by: StayFacet, groups: Sequence[Group]) -> list[Ratio]:
    """How fast each group leaves against the largest (Cox), where groups do not overlap and their exits are dated.

    Leaving out the exits of one group that are known only vaguely would make it seem to stay: such a group is refused.
    """
    import numpy as np

    from habeas.estimate.survival import cox

    if len(groups) < 2 or by == "charge":
        return []
    places = dict(stays.groups(casebook, by))
    vague = stays.ended & ~_dated(stays)
    names: list[str] = []
    found: list[Ratio] = []
    for name in (g["group"] for g in groups):
        ended, lost = int(stays.ended[places[name]].sum()), int(vague[places[name]].sum())
        if lost > MOST_VAGUE * ended:
            why = say("{n} of {all} exits are not dated within two months", n=lost, all=ended)
            found.append({"group": name, "against": None, "ratio": None, "low": None, "high": None, "refused": why})
        else:
            names.append(name)
    if len(names) < 2:
        return found
    group = np.full(len(stays), -1)
    for at, name in enumerate(names):
        group[places[name]] = at
    kept = (group >= 0) & _in_middle(stays)
    try:
        ratios, _ = cox(stays.only(kept).lifetimes().at_middles(WIDEST), group[kept], names)
    except UsageError as why_not:
        return [
            *found,
            {"group": names[1], "against": names[0], "ratio": None, "low": None, "high": None, "refused": why_not.said},
        ]
    return found + [
        {
            "group": r.name,
            "against": names[0],
            "ratio": round(r.ratio, 2),
            "low": round(r.low, 2),
            "high": round(r.high, 2),
            "refused": None,
        }
        for r in ratios
    ]


def _in_middle(stays: Stays) -> Marks:
    """True where a stay has a middle and is watched before it: those that `at_middles` keeps."""
    return ~stays.ended | (_dated(stays) & (stays.entry < (stays.low + stays.high) / 2))


def _readings(known: Known, since: date | None) -> list[Reading]:
    """The median by every reading of what the record leaves open, so that nobody takes one for the truth."""
    from habeas.estimate.bounded import self_consistent

    rows: list[Reading] = []
    for watched, followed in product(WATCHED, FOLLOWED):
        data = known.stays(followed=followed, watched=watched, since=since).lifetimes()
        exits, dated = int(data.ended.sum()), int(_dated(data).sum())
        row: Reading = {"watched": watched, "followed": followed, "stays": len(data), "exits": exits, "median": None}
        if _refusal(len(data), dated, quiet=False) is None:
            curve = self_consistent(data.rounded(WEEK) if len(data) > MANY else data)
            until = _reach(curve)
            half = curve.median()
            if half is not None and until and half <= curve.lengths[until - 1]:
                row["median"] = round(half)
        rows.append(row)
    return rows


def _checks(data: Lifetimes) -> list[Check]:
    """The same stays by two other roads: all ways together by surpyval, and middles of bounds by Aalen-Johansen."""
    import numpy as np

    from habeas.estimate.survival import aalen_johansen, first_below, turnbull

    dated = data.at_middles(WIDEST)
    middle = aalen_johansen(dated).median() if bool(dated.ended.any()) else None
    found: list[Check] = [
        {
            "what": say("Aalen-Johansen at the middle of bounds of at most {n} days", n=WIDEST),
            "stays": len(dated),
            "median": _whole(middle),
        },
    ]
    if len(data) <= MANY:  # it takes minutes for very many
        lengths = np.unique(data.high[data.ended])
        half = first_below(lengths, turnbull(data, lengths))
        found.insert(
            0, {"what": say("Turnbull, all ways together (surpyval)"), "stays": len(data), "median": _whole(half)}
        )
    return found


def _whole(days: float | None) -> int | None:
    return None if days is None else round(days)


def _answer(question: Question, found: Stays, groups: Sequence[Group], more: Survival) -> Answer:
    whole = groups[0]
    exits = {way: int((found.way == at).sum()) for at, way in enumerate(WAYS)}
    rests = evidence(found.told())
    steps = (
        Step(
            what=say("stays with an arrest on record, watched before they ended"),
            result=only(len(found), "d"),
            rests_on=rests,
        ),
        Step(
            what=say("of them ended"),
            result=say(
                "{n:d}: {ways}",
                n=sum(exits.values()),
                ways=together([say("{way} {n:d}", way=word(w), n=exits[w]) for w in WAYS if exits[w]], ", "),
            ),
        ),
        Step(
            what=say("ended within bounds only (a month, “by April 2023”)"),
            result=only(int((found.ended & (found.high > found.low)).sum()), "d"),
        ),
        Step(
            what=say("watched from later than the arrest"),
            result=only(int((found.entry >= 0).sum()), "d"),
        ),
        *(Step(what=say("left out: {why}", why=why), result=only(n, "d")) for why, n in found.left_out.items()),
    )
    median = whole["median"]
    said = _sentence(whole)
    return Answer(
        question=question,
        value=None if median is None else median["days"],
        low=None if median is None else median["low"],
        high=None if median is None else median["high"],
        sentence=together([said, *_besides(whole, more["readings"])]),
        said=said,
        steps=steps,
        rests_on=rests,
        more=more,
    )


def _sentence(whole: Group) -> Phrase:
    median, stays, until = whole["median"], whole["stays"], whole["until"]
    if median is None or stays is None or until is None:
        return say("Cannot say how long people stay: {why}.", why=whole["refused"] or "")
    if median["days"] is None:
        half = say_count(
            "more than half lasted longer than {n} day, which is as far as the record reaches",
            "more than half lasted longer than {n} days, which is as far as the record reaches",
            until,
        )
    else:
        half = say_count(
            "half ended within {n} day (95%: {low} to {high})",
            "half ended within {n} days (95%: {low} to {high})",
            median["days"],
            low=median["low"] or 0,
            high=say("no upper bound") if median["high"] is None else median["high"],
        )
    return say_count(
        "Of {n} stay in custody documented by name here, a sample, {half}.",
        "Of {n} stays in custody documented by name here, a sample, {half}.",
        stays,
        half=half,
    )


def _besides(whole: Group, readings: Sequence[Reading]) -> list[Phrase]:
    """How many were still inside after some years, and what other readings of the record would say."""
    if whole["refused"] is not None:
        return []
    found = []
    if whole["inside"]:
        told = whole["inside"][min(2, len(whole["inside"]) - 1)]
        found.append(
            say_count(
                "After {n} year {share:.0%} were still inside ({low:.0%} to {high:.0%}).",
                "After {n} years {share:.0%} were still inside ({low:.0%} to {high:.0%}).",
                told["years"],
                share=told["share"],
                low=told["low"],
                high=told["high"],
            )
        )
    others = sorted(r["median"] for r in readings if r["median"] is not None)
    if len(set(others)) > 1:
        found.append(
            say(
                "Read otherwise where the record leaves it open, half ended within {low} to {high} days.",
                low=others[0],
                high=others[-1],
            )
        )
    return found
